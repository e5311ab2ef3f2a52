/*
 * cli/ask_screen.c - everything that the interview shows. Read first: ask_int.h.
 */
#include "cli/ask_int.h"

#include "cli/answer_show.h"
#include "cli/wrap.h"
#include "interview/words.h"

/* Columns of the number before a choice. */
#define ASK_NUMBER_COLUMNS 4

/* Lines of an answer that a small window shows at once, the question after it left out. */
#define ASK_LINES_SEEN 20

/* Clauses named in the one line that sums up a long answer. */
#define ASK_CLAUSES_MAX 4

static void ask_put(struct ask *ask, const struct text *text)
{
    cli_print(ask->cli->out, text_str(text));
}

static struct text ask_text(struct ask *ask)
{
    return (struct text){.arena = ask->arena};
}

void ask_line(struct ask *ask)
{
    cli_print(ask->cli->out, STR("\n"));
}

void ask_show(struct ask *ask, struct str text)
{
    struct text out = ask_text(ask);
    wrap_add(&out, text, (struct wrap){ask->terminal.columns, 0, 0});
    ask_put(ask, &out);
}

void ask_show_strong(struct ask *ask, struct str text)
{
    struct text out = ask_text(ask);
    text_add(&out, terminal_style(&ask->terminal, TERMINAL_STYLE_STRONG));
    wrap_add(&out, text, (struct wrap){ask->terminal.columns, 0, 0});
    text_add(&out, terminal_style(&ask->terminal, TERMINAL_STYLE_PLAIN));
    ask_put(ask, &out);
}

void ask_show_choice(struct ask *ask, size_t number, struct str text, struct str below)
{
    struct text out = ask_text(ask);
    struct str shown = str_format(ask->arena, "%2zu", number);
    wrap_pad(&out, shown, ASK_NUMBER_COLUMNS);
    wrap_add(&out, text,
             (struct wrap){ask->terminal.columns, ASK_NUMBER_COLUMNS, ASK_NUMBER_COLUMNS});
    if (!str_is_empty(below)) {
        wrap_space(&out, ASK_NUMBER_COLUMNS);
        text_add(&out, terminal_style(&ask->terminal, TERMINAL_STYLE_FAINT));
        wrap_add(&out, below,
                 (struct wrap){ask->terminal.columns, ASK_NUMBER_COLUMNS, ASK_NUMBER_COLUMNS});
        text_add(&out, terminal_style(&ask->terminal, TERMINAL_STYLE_PLAIN));
    }
    ask_put(ask, &out);
}

void ask_show_welcome(struct ask *ask)
{
    const struct policy_document *document = ask->one->document;
    ask_show_strong(ask, document->title);
    if (!str_is_empty(document->notice)) {
        ask_show(ask, document->notice);
    }
    ask_show(ask, STR("I ask only what can change the answer. Nothing is stored or sent. Type q at "
                      "any time to leave."));
}

/* ---- A question ------------------------------------------------------------------------------ */

static struct str ask_whom(struct ask *ask, uint32_t person)
{
    if (person == 0 || ask->interview->person_count < 2) {
        return (struct str){0};
    }
    return str_format(ask->arena, "About " STR_FMT ". ",
                      STR_ARG(interview_person_words(ask->interview, person)));
}

static void ask_show_choices(struct ask *ask, const struct decide_next *next)
{
    const struct pack_fact *fact = &ask->pack->fact[next->fact];
    struct interview_offer offer;
    interview_offer(ask->pack, next, &offer);
    for (size_t i = 0; i < offer.count; i++) {
        uint32_t value = fact->first_value + offer.values[i];
        ask_show_choice(ask, i + 1, pack_text(ask->pack, ask->pack->value[value].text),
                        (struct str){0});
    }
    if (fact->kind == PACK_FACT_ONE_OF) {
        ask_show_choice(ask, 0, STR("something else, or does not apply"), (struct str){0});
    }
}

void ask_show_fact(struct ask *ask, const struct decide_next *next, size_t number)
{
    const struct pack_fact *fact = &ask->pack->fact[next->fact];
    struct str whom = ask_whom(ask, next->person);
    struct str question = pack_text(ask->pack, fact->question);
    if (interview_is_single(ask->pack,
                            next)) { /* "choose all that fit" would be odd of one thing */
        question = words_question(question);
    }
    ask_line(ask);
    ask_show_strong(ask, str_format(ask->arena, "%zu. " STR_FMT STR_FMT, number, STR_ARG(whom),
                                    STR_ARG(question)));
    if (fact->value_count > 0) {
        ask_show_choices(ask, next);
    }
    if (!ask->has_shown_help) {
        ask->has_shown_help = true;
        ask_show(ask, STR("(Or type ? for help, d for \"I don't know\", b to go back.)"));
    }
}

void ask_show_help(struct ask *ask, const struct pack_fact *fact)
{
    static const struct {
        struct str letter, words;
    } letters[] = {
        {STR_INIT("d"), STR_INIT("I don't know")},
        {STR_INIT("w"), STR_INIT("I would rather not say")},
        {STR_INIT("b"), STR_INIT("back to the question before")},
        {STR_INIT("c"), STR_INIT("change an earlier answer")},
        {STR_INIT("r"), STR_INIT("start again")},
        {STR_INIT("q"), STR_INIT("leave")},
    };
    if (fact->help.length > 0) {
        ask_show(ask, pack_text(ask->pack, fact->help));
    }
    if (fact->why.length > 0) {
        ask_show(ask, str_format(ask->arena, "Why we ask: " STR_FMT,
                                 STR_ARG(pack_text(ask->pack, fact->why))));
    }
    if (fact->kind == PACK_FACT_SOME_OF) {
        ask_show(ask, STR("Type several numbers with spaces between them. Put ? behind a number if "
                          "you are not sure of it: 1 3?"));
    }
    ask_show(ask, STR("You can also type:"));
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        struct text out = ask_text(ask);
        wrap_space(&out, 1);
        wrap_pad(&out, letters[i].letter, ASK_NUMBER_COLUMNS - 1);
        text_addf(&out, STR_FMT "\n", STR_ARG(letters[i].words));
        ask_put(ask, &out);
    }
}

/* ---- What was said --------------------------------------------------------------------------- */

void ask_show_said(struct ask *ask)
{
    ask_line(ask);
    ask_show_strong(ask, STR("What do you want to change?"));
    for (size_t i = 0; i < ask->interview->said_count; i++) {
        const struct interview_said *said = &ask->interview->said[i];
        struct str answer = interview_said_words(ask->interview, said);
        struct str question =
            words_question(pack_text(ask->pack, ask->pack->fact[said->fact].question));
        struct str whom = ask_whom(ask, said->person);
        ask_show_choice(ask, i + 1,
                        str_format(ask->arena, STR_FMT STR_FMT " - " STR_FMT, STR_ARG(whom),
                                   STR_ARG(question), STR_ARG(answer)),
                        (struct str){0});
    }
}

/* The clauses that decide, each once: "RE-16 (3.5), RE-18 (3.6)". */
static struct str ask_deciding_clauses(struct ask *ask, const struct decide_answer *answer)
{
    struct text out = ask_text(ask);
    uint32_t named[ASK_CLAUSES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < answer->cited_count && count < ASK_CLAUSES_MAX; i++) {
        uint32_t clause = ask->pack->rule[answer->cited[i].rule].clause;
        bool is_new = answer->cited[i].decides;
        for (size_t n = 0; n < count; n++) {
            is_new = is_new && named[n] != clause;
        }
        if (is_new) {
            named[count++] = clause;
            struct str where = words_clause(ask->arena, ask->pack, clause);
            text_addf(&out, "%s" STR_FMT, out.len > 0 ? ", " : "", STR_ARG(where));
        }
    }
    return text_str(&out);
}

/* The verdict again: a long answer has moved it out of the window. */
static void ask_show_short(struct ask *ask, const struct decide_answer *answer)
{
    struct str clauses = ask_deciding_clauses(ask, answer);
    struct str colon = str_is_empty(clauses) ? (struct str){0} : STR(": ");
    ask_line(ask);
    ask_show_strong(ask, str_format(ask->arena, "In short: " STR_FMT STR_FMT STR_FMT ".",
                                    STR_ARG(answer->headline), STR_ARG(colon), STR_ARG(clauses)));
}

static size_t ask_count_lines(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += text.at[i] == '\n' ? 1 : 0;
    }
    return count;
}

void ask_show_answer(struct ask *ask, const struct decide_answer *answer)
{
    struct str said = interview_words(ask->interview);
    said = str_is_empty(said) ? STR("You gave no particulars.") : said;
    struct answer_text *blocks = answer_text_make(ask->arena, answer, said);
    struct text out = ask_text(ask);
    text_add_char(&out, '\n');
    answer_show(&out, &ask->terminal, answer, blocks);
    ask_put(ask, &out);
    if (ask_count_lines(text_str(&out)) > ASK_LINES_SEEN) {
        ask_show_short(ask, answer);
    }
}

void ask_show_clause(struct ask *ask, uint32_t index)
{
    const struct pack_clause *clause = &ask->pack->clause[index];
    struct text out = ask_text(ask);
    struct str key = words_clause(ask->arena, ask->pack, index);
    struct str title = pack_text(ask->pack, clause->title);
    text_add_char(&out, '\n');
    terminal_add(&out, &ask->terminal, TERMINAL_STYLE_STRONG,
                 str_format(ask->arena, STR_FMT "  " STR_FMT, STR_ARG(key), STR_ARG(title)));
    text_add_char(&out, '\n');
    wrap_prose(&out, pack_text(ask->pack, clause->prose), ask->terminal.columns, 2);
    for (uint32_t i = 0; i < clause->note_count; i++) {
        struct str note = pack_text(ask->pack, ask->pack->note[clause->first_note + i].text);
        text_add(&out, STR("  Reader's note: "));
        wrap_add(&out, note, (struct wrap){ask->terminal.columns, 17, 2});
    }
    ask_put(ask, &out);
}
