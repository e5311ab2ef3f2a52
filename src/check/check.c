/*
 * check/check.c - a draft from text to consequences. Read first: check.h, check_int.h.
 *
 *   screen - which statements fire - the question without them - one question a statement - all
 *   together - what is to be asked beside the draft
 */
#include "check/check_int.h"

#include <assert.h>
#include <stdlib.h>

/* What a channel is in the words of the vocabulary. */
static const struct {
    struct str act, account;
} channel_words[SCREEN_CHANNEL_COUNT] = {
    [SCREEN_CHANNEL_PERSONAL] = {STR_INIT("post"), STR_INIT("personal")},
    [SCREEN_CHANNEL_OFFICIAL] = {STR_INIT("post"), STR_INIT("official")},
    [SCREEN_CHANNEL_MESSAGE] = {STR_INIT("send-message"), STR_INIT("personal")},
    [SCREEN_CHANNEL_PROFILE] = {STR_INIT("change-profile"), STR_INIT("personal")},
    [SCREEN_CHANNEL_INCOMING] = {STR_INIT(""), STR_INIT("")},
};

uint32_t check_act(const struct pack *pack, enum screen_channel channel)
{
    assert(channel < SCREEN_CHANNEL_COUNT);
    return pack_act_find(pack, channel_words[channel].act);
}

struct fired { /* a statement and the finding that it fires on */
    const struct check_statement *statement;
    size_t finding;
    struct check_consequence *consequences;
    size_t count;
    bool is_lifting; /* without it, the whole draft would be cited for something more */
};

struct decided { /* what stands with some facts: many findings come to the same facts */
    const struct check_facts *facts;
    const struct decide_stand *stands; /* by rule */
    const struct decided *before;
};

struct check_run {
    struct arena *arena;
    const struct check *check;
    const struct check_draft *draft;
    uint32_t act;
    struct fired *fired;
    size_t fired_count;
    struct decide_standing *standing;
    const struct decided *decided;    /* the latest */
    const struct decide_stand *cited; /* by rule, of the whole draft; NULL: it has no answer */
};

/* ---- Questions ------------------------------------------------------------------------------- */

/* What the person has said, and the account that the channel is. */
static struct decide_question *question_begin(const struct check_run *run)
{
    const struct pack *pack = run->check->pack;
    const struct interview *said = run->draft->said;
    struct interview asked = {.arena = run->arena, .pack = pack};
    if (said != NULL) {
        asked = *said;
    }
    asked.act = run->act;
    struct decide_question *question = interview_question(&asked, run->draft->as_of);
    uint32_t account = pack_fact_find(pack, STR("account"));
    if (account == PACK_NONE || pack->fact[account].is_other != 0 ||
        interview_said_find(&asked, account, 0) != NULL) {
        return question;
    }
    uint32_t value = pack_value_find(pack, account, channel_words[run->draft->channel].account);
    if (value != PACK_NONE) {
        decide_give_values(question, 0, account, &value, 1, NULL, 0);
    }
    return question;
}

static struct decide_question *question_with(const struct check_run *run,
                                             const struct check_facts *facts)
{
    struct decide_question *question = question_begin(run);
    check_facts_give(facts, run->check, question);
    return question;
}

/* The answer to the whole draft. What would change it is not shown beside a draft. */
static const struct decide_answer *answer_whole(const struct check_run *run,
                                                const struct check_facts *facts)
{
    struct decide_question *question = question_with(run, facts);
    question->is_without_changes = true;
    struct diag_list diags = diag_list_new(run->arena);
    return decide_answer(run->arena, question, &diags);
}

/* What stands with some facts, nothing where they exclude each other; decided once for the same. */
static const struct decide_stand *stands_with(struct check_run *run,
                                              const struct check_facts *facts)
{
    for (const struct decided *one = run->decided; one != NULL; one = one->before) {
        if (check_facts_equal(one->facts, facts)) {
            return one->stands;
        }
    }
    struct decided *decided = ARENA_NEW(run->arena, struct decided);
    *decided = (struct decided){
        .facts = facts,
        .stands = decide_standing_find(run->arena, run->standing, question_with(run, facts)),
        .before = run->decided};
    run->decided = decided;
    return decided->stands;
}

/* ---- One statement --------------------------------------------------------------------------- */

static bool is_telling(uint32_t effect)
{
    return effect != PACK_EFFECT_COVERS && effect != PACK_EFFECT_LEAVES_OUT &&
           effect != PACK_EFFECT_PERMITS && effect != PACK_EFFECT_IF_UNSURE;
}

/* Strictest first; of equals what is certain; then in the order of the policy. */
static int by_strictness(const void *left, const void *right)
{
    const struct check_consequence *a = left;
    const struct check_consequence *b = right;
    if (a->is_certain != b->is_certain) {
        return a->is_certain ? -1 : 1;
    }
    if (a->level != b->level) {
        return a->level > b->level ? -1 : 1;
    }
    return a->rule < b->rule ? -1 : a->rule > b->rule;
}

/* How each rule is cited in the answer to the whole draft: for certain where it is for anybody. */
static const struct decide_stand *cited_note(const struct check_run *run,
                                             const struct decide_answer *answer)
{
    struct decide_stand *by_rule =
        ARENA_ARRAY(run->arena, struct decide_stand, run->check->pack->rule_count + 1);
    for (size_t i = 0; i < answer->cited_count; i++) {
        const struct decide_cited *cited = &answer->cited[i];
        struct decide_stand *noted = &by_rule[cited->rule];
        uint8_t truth = cited->is_certain ? DECIDE_YES : DECIDE_OPEN;
        if (noted->truth == DECIDE_NO || (truth == DECIDE_YES && noted->truth == DECIDE_OPEN) ||
            (truth == noted->truth && cited->level > noted->level)) {
            *noted = (struct decide_stand){truth, (uint8_t)cited->level, 0};
        }
    }
    return by_rule;
}

static bool is_listed(const struct fired *fired, uint32_t rule)
{
    for (size_t i = 0; i < fired->count; i++) {
        if (fired->consequences[i].rule == rule) {
            return true;
        }
    }
    return false;
}

/* Whether a rule stands, more surely, or in more ways. */
static bool is_new(const struct decide_stand *with, const struct decide_stand *before)
{
    bool is_surer = (with->truth != DECIDE_NO && before->truth == DECIDE_NO) ||
                    (with->truth == DECIDE_YES && before->truth == DECIDE_OPEN);
    bool has_more_ways =
        with->truth == DECIDE_OPEN && before->truth == DECIDE_OPEN && with->ways > before->ways;
    return is_surer || has_more_ways;
}

/*
 * Adds the rules that are new with something. Of the whole draft it is said what its answer says:
 * what does not stand there any more is left out.
 */
static void consequences_add(const struct check_run *run, struct fired *fired,
                             const struct decide_stand *with, const struct decide_stand *before)
{
    for (uint32_t rule = 0; rule < run->check->pack->rule_count; rule++) {
        const struct decide_stand *said = run->cited != NULL ? &run->cited[rule] : &with[rule];
        if (is_new(&with[rule], &before[rule]) && said->truth != DECIDE_NO &&
            is_telling(run->check->pack->rule[rule].effect) && !is_listed(fired, rule)) {
            fired->consequences[fired->count++] =
                (struct check_consequence){rule, said->level, said->truth == DECIDE_YES};
        }
    }
}

/* Whether some rule stands without the findings of a statement, and with them no longer. */
static bool is_lifting(const struct check_run *run, const struct decide_stand *with,
                       const struct decide_stand *without)
{
    for (uint32_t rule = 0; rule < run->check->pack->rule_count; rule++) {
        if (without[rule].truth != DECIDE_NO && with[rule].truth == DECIDE_NO &&
            is_telling(run->check->pack->rule[rule].effect)) {
            return true;
        }
    }
    return false;
}

/* The same statement with a finding of the same kind and detail comes to the same. */
static const struct fired *fired_alike(const struct check_run *run, const struct fired *wanted,
                                       const struct screen_finding *findings)
{
    const struct screen_finding *of_wanted = &findings[wanted->finding];
    for (const struct fired *one = run->fired; one < wanted; one++) {
        if (one->statement == wanted->statement && findings[one->finding].kind == of_wanted->kind &&
            findings[one->finding].detail == of_wanted->detail) {
            return one;
        }
    }
    return NULL;
}

/* The facts of all findings but those of the kind and detail of `left_out`; NULL: of all. */
static const struct check_facts *facts_without(const struct check_run *run,
                                               const struct screen_finding *findings,
                                               const struct screen_finding *left_out)
{
    struct check_facts *facts = check_facts_new(run->arena, run->check->pack);
    for (size_t i = 0; i < run->fired_count; i++) {
        const struct screen_finding *one = &findings[run->fired[i].finding];
        if (left_out == NULL || one->kind != left_out->kind || one->detail != left_out->detail) {
            check_facts_add(facts, run->fired[i].statement, one);
        }
    }
    return facts;
}

/*
 * What a statement brings about: what its own facts bring, and what the whole draft would be rid of
 * without the findings of that kind (a telephone number beside a pupil's name may be within a
 * policy that does not speak of the number alone).
 */
static void fired_decide(struct check_run *run, const struct screen_finding *findings,
                         const struct check_facts *all)
{
    const struct decide_stand *before =
        stands_with(run, check_facts_new(run->arena, run->check->pack));
    const struct decide_stand *whole = stands_with(run, all);
    for (size_t i = 0; i < run->fired_count; i++) {
        struct fired *fired = &run->fired[i];
        const struct screen_finding *finding = &findings[fired->finding];
        const struct fired *alike = fired_alike(run, fired, findings);
        if (alike != NULL) {
            fired->consequences = alike->consequences;
            fired->count = alike->count;
            fired->is_lifting = alike->is_lifting;
            continue;
        }
        struct check_facts *alone = check_facts_new(run->arena, run->check->pack);
        check_facts_add(alone, fired->statement, finding);
        fired->consequences =
            ARENA_ARRAY(run->arena, struct check_consequence, run->check->pack->rule_count + 1);
        consequences_add(run, fired, stands_with(run, alone), before);
        const struct decide_stand *rest = stands_with(run, facts_without(run, findings, finding));
        consequences_add(run, fired, whole, rest);
        fired->is_lifting = is_lifting(run, whole, rest);
    }
}

static void fired_find(struct check_run *run, struct screen_findings found)
{
    run->fired = ARENA_ARRAY(run->arena, struct fired, found.count * run->check->count + 1);
    for (size_t f = 0; f < found.count; f++) {
        for (size_t s = 0; s < run->check->count; s++) {
            const struct check_statement *statement = &run->check->statements[s];
            if (check_statement_fits(statement, &found.items[f], run->draft->channel)) {
                run->fired[run->fired_count++] =
                    (struct fired){.statement = statement, .finding = f};
            }
        }
    }
}

/* ---- Items ----------------------------------------------------------------------------------- */

static bool item_has(const struct check_item *item, uint32_t rule)
{
    for (size_t i = 0; i < item->consequence_count; i++) {
        if (item->consequences[i].rule == rule) {
            return true;
        }
    }
    return false;
}

/* What is uncertain is worth saying only where it is stricter than what is certain. */
static void item_settle(struct check_item *item)
{
    for (size_t i = 0; i < item->consequence_count; i++) {
        const struct check_consequence *one = &item->consequences[i];
        if (one->is_certain && one->level > item->level) {
            item->level = one->level;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < item->consequence_count; i++) {
        const struct check_consequence one = item->consequences[i];
        if (one.is_certain || one.level > item->level) {
            item->consequences[kept++] = one;
            item->may_be_more |= !one.is_certain;
        }
    }
    item->consequence_count = kept;
    if (kept > 1) {
        qsort(item->consequences, kept, sizeof *item->consequences, by_strictness);
    }
}

static struct check_item item_make(const struct check_run *run, size_t index,
                                   const struct screen_finding *finding)
{
    struct check_item item = {.finding = finding,
                              .level = PACK_LEVEL_NOT_COVERED,
                              .mend = screen_kind_info(finding->kind)->mend};
    size_t room = 0;
    for (size_t i = 0; i < run->fired_count; i++) {
        room += run->fired[i].finding == index ? run->fired[i].count : 0;
    }
    item.consequences = ARENA_ARRAY(run->arena, struct check_consequence, room + 1);
    for (size_t i = 0; i < run->fired_count; i++) {
        const struct fired *fired = &run->fired[i];
        if (fired->finding != index) {
            continue;
        }
        for (size_t c = 0; c < fired->count; c++) {
            if (!item_has(&item, fired->consequences[c].rule)) {
                item.consequences[item.consequence_count++] = fired->consequences[c];
            }
        }
        if (!str_is_empty(fired->statement->mend)) {
            item.mend = fired->statement->mend;
        }
    }
    item_settle(&item);
    return item;
}

bool check_item_is_aside(const struct check_item *item)
{
    return screen_kind_info(item->finding->kind)->is_not_shown && item->consequence_count == 0;
}

/* ---- All together ---------------------------------------------------------------------------- */

/* Worlds looked at to see whether a fact is worth asking, and facts of which that is seen. */
#define MATTERS_STEPS_MAX 300
#define MATTERS_FACTS_MAX 10

static bool is_asked(const struct check_answer *answer, uint32_t fact)
{
    for (size_t i = 0; i < answer->asked_count; i++) {
        if (answer->asked[i].fact == fact) {
            return true;
        }
    }
    return false;
}

/*
 * The next question first, then what else is missing: what can change the verdict by itself. The
 * next question also stands where the search gave up, so that there is a way on.
 */
static void asked_find(struct arena *arena, struct check_answer *answer)
{
    const struct decide_answer *overall = answer->overall;
    if (overall == NULL) {
        return;
    }
    const struct decide_open next = {overall->next.fact, overall->next.person};
    if (next.fact != PACK_NONE && next.person == 0 &&
        decide_fact_matters(arena, overall->question, next.fact, MATTERS_STEPS_MAX) != DECIDE_NO) {
        answer->asked[answer->asked_count++] = next;
    }
    size_t looked_at = 0;
    for (size_t i = 0; i < overall->missing_count && answer->asked_count < CHECK_ASKED_MAX &&
                       looked_at < MATTERS_FACTS_MAX;
         i++) {
        const struct decide_open *open = &overall->missing[i];
        if (open->person != 0 || open->fact == next.fact || is_asked(answer, open->fact)) {
            continue;
        }
        looked_at++;
        if (decide_fact_matters(arena, overall->question, open->fact, MATTERS_STEPS_MAX) ==
            DECIDE_YES) {
            answer->asked[answer->asked_count++] = *open;
        }
    }
}

static void verdict_find(struct check_answer *answer)
{
    if (answer->overall != NULL) {
        answer->verdict = answer->overall->verdict;
        answer->question = answer->overall->question;
        return;
    }
    for (size_t i = 0; i < answer->count; i++) {
        if (answer->items[i].level > (uint32_t)answer->verdict) {
            answer->verdict = (enum decide_verdict)answer->items[i].level;
        }
    }
}

/* What is found, which statements fire, and what follows from each. */
static struct check_run run_make(struct arena *arena, const struct check *check,
                                 const struct screen *screen, const struct check_draft *draft,
                                 struct check_answer *answer)
{
    answer->findings = screen_run(screen, arena, draft->text, draft->channel);
    struct check_run run = {.arena = arena,
                            .check = check,
                            .draft = draft,
                            .act = check_act(check->pack, draft->channel)};
    fired_find(&run, answer->findings);
    if (run.act != PACK_NONE) {
        const struct check_facts *all = facts_without(&run, answer->findings.items, NULL);
        answer->overall = answer_whole(&run, all);
        run.cited = answer->overall == NULL ? NULL : cited_note(&run, answer->overall);
        run.standing = decide_standing_new(arena, check->pack, run.act);
        fired_decide(&run, answer->findings.items, all);
    }
    return run;
}

const struct check_answer *check_run(struct arena *arena, const struct check *check,
                                     const struct screen *screen, const struct check_draft *draft)
{
    struct check_answer *answer = ARENA_NEW(arena, struct check_answer);
    struct check_run run = run_make(arena, check, screen, draft, answer);
    answer->count = answer->findings.count;
    answer->items = ARENA_ARRAY(arena, struct check_item, answer->count + 1);
    for (size_t i = 0; i < answer->count; i++) {
        answer->items[i] = item_make(&run, i, &answer->findings.items[i]);
    }
    if (run.act != PACK_NONE) {
        verdict_find(answer);
        asked_find(arena, answer);
    }
    return answer;
}

enum check_shown check_try(struct arena *arena, const struct check *check,
                           const struct screen *screen, const struct check_draft *draft,
                           uint32_t operation)
{
    struct check_answer answer = {0};
    struct check_run run = run_make(arena, check, screen, draft, &answer);
    enum check_shown shown = CHECK_SHOWN_NOT;
    for (size_t i = 0; i < run.fired_count && shown != CHECK_SHOWN_CITED; i++) {
        if (run.fired[i].statement->operation == operation) {
            bool is_cited =
                run.fired[i].count > 0 || run.fired[i].is_lifting || run.act == PACK_NONE;
            shown = is_cited ? CHECK_SHOWN_CITED : CHECK_SHOWN_IN_VAIN;
        }
    }
    return shown;
}
