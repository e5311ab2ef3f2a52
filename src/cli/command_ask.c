/*
 * cli/command_ask.c - `handrail ask PACK`: the interview in a terminal.
 *
 * Read first: ask_int.h. Start at command_ask(); ask_interview() walks from stage to stage.
 */
#include "cli/ask_int.h"
#include "cli/commands.h"
#include "cli/today.h"
#include "interview/words.h"

#include <assert.h>

/* Ctrl-C ends a program with this status, as shells expect (128 + SIGINT). */
#define ASK_EXIT_STOPPED 130

enum ask_stage { ASK_STAGE_PACK, ASK_STAGE_ACT, ASK_STAGE_PEOPLE, ASK_STAGE_FACTS };

/* The answer as far as it goes. NULL when what was said last contradicts the rest: said so. */
static struct decide_answer *ask_decide(struct ask *ask)
{
    struct diag_list diags = diag_list_new(ask->arena);
    struct decide_question *question = interview_question(ask->interview, today_date());
    question->is_otherwise_none = ask->is_rest_none;
    struct decide_answer *answer = decide_answer(ask->arena, question, &diags);
    for (size_t i = 0; i < diags.count && !answer; i++) {
        ask_show(ask, words_sentence(ask->arena, diags.items[i].message));
    }
    return answer;
}

/* ---- Changing -------------------------------------------------------------------------------- */

/* Lets the person pick an earlier answer and answer it anew. */
static enum ask_step ask_change(struct ask *ask)
{
    struct interview *interview = ask->interview;
    if (interview->said_count == 0) {
        ask_show(ask, STR("There is nothing to change yet."));
        return ASK_STEP_STAY;
    }
    ask_show_said(ask);
    struct str line;
    if (!ask_input_line(ask, "Number, or Enter to leave it> ", &line)) {
        return ASK_STEP_ENDED;
    }
    int64_t number;
    if (!str_to_int(line, &number) || number < 1 || number > (int64_t)interview->said_count) {
        enum ask_step step = ask_input_command(line);
        return step == ASK_STEP_RESTART || step == ASK_STEP_QUIT ? step : ASK_STEP_STAY;
    }
    struct interview_said before = interview->said[number - 1], after;
    struct decide_next next = {.fact = before.fact, .person = before.person};
    enum ask_step step = ask_fact(ask, &next, &after);
    if (step != ASK_STEP_ON) {
        return step == ASK_STEP_BACK || step == ASK_STEP_CHANGE ? ASK_STEP_STAY : step;
    }
    interview->said[number - 1] = after;
    if (!ask_decide(ask)) {
        ask_show(ask, STR("That does not fit your other answers, so I kept the earlier one."));
        interview->said[number - 1] = before;
    }
    return ASK_STEP_STAY;
}

/* ---- The final screen ------------------------------------------------------------------------ */

static void ask_show_options(struct ask *ask, const struct decide_answer *answer)
{
    struct str approval =
        answer->needed_count > 0 ? STR("a I already have this approval; ") : STR("");
    uint32_t clause = answer->cited_count > 0 ? ask->pack->rule[answer->cited[0].rule].clause : 0;
    ask_line(ask);
    ask_show(ask, str_format(ask->arena,
                             "What next? " STR_FMT "c change an answer; b back; r start again; q "
                             "leave; or type a clause, such as " STR_FMT ", to read it.",
                             STR_ARG(approval),
                             STR_ARG(pack_text(ask->pack, ask->pack->clause[clause].key))));
}

static bool ask_try_clause(struct ask *ask, struct str line)
{
    struct text upper = {.arena = ask->arena};
    for (size_t i = 0; i < line.len; i++) {
        char c = line.at[i];
        text_add_char(&upper, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    uint32_t clause = pack_clause_find(ask->pack, line);
    clause = clause == PACK_NONE ? pack_clause_find(ask->pack, text_str(&upper)) : clause;
    if (clause == PACK_NONE) {
        return false;
    }
    ask_show_clause(ask, clause);
    return true;
}

/* Shows the answer and what can be done with it. ASK_STEP_STAY: decide again. */
static enum ask_step ask_finish(struct ask *ask, const struct decide_answer *answer)
{
    bool has_approvals = answer->needed_count > 0;
    ask_show_answer(ask, answer);
    for (;;) {
        ask_show_options(ask, answer);
        struct str line;
        if (!ask_input_line(ask, "> ", &line)) {
            return ASK_STEP_QUIT; /* the answer has been given: an end here is no fault */
        }
        if (has_approvals && str_equal(line, STR("a"))) {
            enum ask_step step = ask_approval(ask, answer);
            return step == ASK_STEP_ON || step == ASK_STEP_BACK || step == ASK_STEP_CHANGE
                       ? ASK_STEP_STAY
                       : step;
        }
        enum ask_step step = ask_input_command(line);
        if (step != ASK_STEP_STAY) {
            return step;
        }
        if (str_is_empty(line) || !ask_try_clause(ask, line)) {
            ask_show(ask, STR("Please type one of these letters, or the key of a clause."));
        }
    }
}

/* ---- From stage to stage --------------------------------------------------------------------- */

static enum ask_step ask_step_on(struct ask *ask, const struct decide_answer *answer)
{
    struct interview_said said;
    if (answer->next.fact == PACK_NONE || ask->interview->said_count >= INTERVIEW_SAID_MAX) {
        return ask_finish(ask, answer);
    }
    enum ask_step step = ask_fact(ask, &answer->next, &said);
    bool is_kept = step != ASK_STEP_ON || interview_say(ask->interview, &said);
    assert(is_kept);
    return step;
}

/* Asks one question after the other, until the person goes back beyond the first, or leaves. */
static enum ask_step ask_facts(struct ask *ask)
{
    for (;;) {
        const struct decide_answer *answer = ask_decide(ask);
        if (!answer) {
            ask_show(ask,
                     STR("These answers cannot all be true. Please answer the last one again."));
            if (!interview_unsay_last(ask->interview)) {
                return ASK_STEP_BACK;
            }
            continue;
        }
        enum ask_step step = ask_step_on(ask, answer);
        if (step == ASK_STEP_CHANGE) {
            step = ask_change(ask);
        }
        if (step == ASK_STEP_BACK && interview_unsay_last(ask->interview)) {
            continue;
        }
        if (step != ASK_STEP_ON && step != ASK_STEP_STAY) {
            return step;
        }
    }
}

static enum ask_step ask_run_stage(struct ask *ask, enum ask_stage stage)
{
    switch (stage) {
    case ASK_STAGE_PACK:
        return ask_choose_pack(ask);
    case ASK_STAGE_ACT:
        return ask_choose_act(ask);
    case ASK_STAGE_PEOPLE:
        return ask_choose_people(ask);
    case ASK_STAGE_FACTS:
        return ask_facts(ask);
    }
    return ASK_STEP_QUIT;
}

/* The stage before this one that asks something. */
static enum ask_stage ask_stage_before(const struct ask *ask, enum ask_stage stage)
{
    if (stage == ASK_STAGE_FACTS && ask->interview->has_people) {
        return ASK_STAGE_PEOPLE;
    }
    if (stage == ASK_STAGE_FACTS || stage == ASK_STAGE_PEOPLE) {
        return ASK_STAGE_ACT;
    }
    return ask->shelf->is_folder ? ASK_STAGE_PACK : ASK_STAGE_ACT;
}

static enum ask_stage ask_stage_after(struct ask *ask, enum ask_stage stage)
{
    if (stage == ASK_STAGE_PACK) {
        ask_line(ask);
        ask_show_welcome(ask);
    }
    ask->interview->said_count = 0;
    ask->interview->have_count = 0;
    return (enum ask_stage)(stage + 1);
}

static int ask_interview(struct ask *ask)
{
    enum ask_stage stage = ASK_STAGE_PACK;
    ask_input_begin();
    for (;;) {
        switch (ask_run_stage(ask, stage)) {
        case ASK_STEP_ON:
            stage = ask_stage_after(ask, stage);
            break;
        case ASK_STEP_BACK:
            stage = ask_stage_before(ask, stage);
            break;
        case ASK_STEP_RESTART:
            stage = ASK_STAGE_ACT;
            break;
        case ASK_STEP_QUIT:
            ask_show(ask, STR("Goodbye. Nothing was stored."));
            return CLI_EXIT_FINE;
        case ASK_STEP_ENDED:
            ask_line(ask);
            if (ask_input_was_stopped()) {
                ask_show(ask, STR("Stopped. Nothing was stored."));
                return ASK_EXIT_STOPPED;
            }
            ask_show(ask, STR("The input ended before there was an answer. Nothing was stored."));
            return CLI_EXIT_WRONG;
        case ASK_STEP_STAY:
        case ASK_STEP_CHANGE:
        case ASK_STEP_COUNT:
            break;
        }
    }
}

/* ---- The demonstration ----------------------------------------------------------------------- */

/* A teacher is asked to accept a follow request by a former pupil of 17. Names of the shared
 * vocabulary; the answer is whatever the policy makes of it. */
#define ASK_DEMO_SAID                                                                              \
    "act=accept-contact&people=1&f.person=teacher&f.account=personal&f.1.other=former-pupil"       \
    "&f.1.other.age=17"

/* False when the vocabulary does not have these words. */
static bool ask_demo_say(struct ask *ask)
{
    struct form form;
    const char *trouble = form_read(ask->arena, STR(ASK_DEMO_SAID), &form);
    assert(!trouble);
    return interview_take(ask->interview, &form) == 0;
}

static int ask_demo(struct ask *ask)
{
    ask->one = shelf_pack_find(ask->shelf, STR("reach2"));
    ask->one = ask->one ? ask->one : &ask->shelf->at[0];
    ask->pack = &ask->one->pack;
    ask->interview = interview_new(ask->arena, ask->pack);
    ask->is_rest_none = true;
    const struct decide_answer *answer = ask_demo_say(ask) ? ask_decide(ask) : NULL;
    if (!answer) {
        return cli_wrong(ask->cli, STR("leave out --demo, and ask a question of your own"),
                         "the worked answer uses words that this vocabulary does not have");
    }
    ask_show_strong(ask, ask->one->document->title);
    ask_show(ask, STR("A worked answer: a teacher is asked to accept a follow request on a private "
                      "profile by a former pupil of 17. Nothing else is the case."));
    ask_show_answer(ask, answer);
    return CLI_EXIT_FINE;
}

int command_ask(struct cli *cli)
{
    bool is_plain = false;
    bool is_demo = false;
    const struct cli_option options[] = {
        {.name = STR("--plain"), .flag = &is_plain},
        {.name = STR("--demo"), .flag = &is_demo},
    };
    if (!cli_options(cli, options, 2) || !cli_operands(cli, 1, 1)) {
        return CLI_EXIT_WRONG;
    }
    struct shelf shelf;
    int status;
    if (!packs_open(cli, &shelf, 1, false, CLI_EXIT_WRONG, &status)) {
        return status;
    }
    struct ask *ask = ARENA_NEW(cli->arena, struct ask);
    ask->cli = cli;
    ask->arena = cli->arena;
    ask->shelf = &shelf;
    ask->terminal = terminal_of(cli->out, is_plain);
    return is_demo ? ask_demo(ask) : ask_interview(ask);
}
