/*
 * coverage/examples.c - see examples.h.
 */
#include "coverage/examples.h"

#include <assert.h>

#define EXAMPLES_VALUES_MAX 64

/* ---- The question ---------------------------------------------------------------------------- */

static size_t example_values(const struct pack *pack, uint32_t fact,
                             const struct policy_names *names, uint32_t *out)
{
    size_t count = 0;
    for (size_t i = 0; i < names->count && count < EXAMPLES_VALUES_MAX; i++) {
        uint32_t value = str_equal(names->at[i].text, STR("none"))
                             ? pack->fact[fact].value_count
                             : pack_value_find(pack, fact, names->at[i].text);
        assert(value != PACK_NONE && "the check has looked up every value");
        out[count++] = value;
    }
    return count;
}

static void example_give(struct decide_question *question, uint32_t person, uint32_t fact,
                         const struct policy_example_fact *said)
{
    uint32_t values[EXAMPLES_VALUES_MAX];
    uint32_t unknown[EXAMPLES_VALUES_MAX];
    switch (said->given) {
    case POLICY_GIVEN_VALUES: {
        size_t count = example_values(question->pack, fact, &said->values, values);
        size_t open = example_values(question->pack, fact, &said->unknown, unknown);
        decide_give_values(question, person, fact, values, count, unknown, open);
        count = example_values(question->pack, fact, &said->either, values);
        if (count != 0 && !decide_give_either(question, person, fact, values, count)) {
            assert(false && "an example has too many lists of alternatives");
        }
        return;
    }
    case POLICY_GIVEN_NUMBER:
        decide_give_number(question, person, fact, said->number);
        return;
    case POLICY_GIVEN_YES:
    case POLICY_GIVEN_NO:
        decide_give_yes_no(question, person, fact, said->given == POLICY_GIVEN_YES);
        return;
    case POLICY_GIVEN_UNKNOWN:
        decide_give_state(question, person, fact, DECIDE_STATE_UNKNOWN);
        return;
    case POLICY_GIVEN_WITHHELD:
        decide_give_state(question, person, fact, DECIDE_STATE_WITHHELD);
        return;
    case POLICY_GIVEN_MISSING:
        decide_give_state(question, person, fact, DECIDE_STATE_LEFT_OUT);
        return;
    case POLICY_GIVEN_NONE:
        decide_give_none(question, person, fact);
        return;
    }
}

static const struct policy_example_fact *example_said(const struct policy_example_fact *facts,
                                                      size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(facts[i].fact.text, name)) {
            return &facts[i];
        }
    }
    return NULL;
}

/* All facts of the act (person 0) or of one person. */
static void example_give_all(struct decide_question *question, uint32_t person,
                             const struct policy_example_fact *facts, size_t count,
                             bool is_rest_missing)
{
    const struct pack *pack = question->pack;
    for (uint32_t fact = 0; fact < pack->fact_count; fact++) {
        if ((pack->fact[fact].is_other != 0) != (person != 0)) {
            continue;
        }
        const struct policy_example_fact *said =
            example_said(facts, count, pack_text(pack, pack->fact[fact].name));
        if (said) {
            example_give(question, person, fact, said);
        } else if (!is_rest_missing && pack->fact[fact].preset == PACK_NONE) {
            decide_give_none(question, person, fact);
        }
    }
}

static enum pack_approval_state example_state(struct str name)
{
    for (int state = 0; state < PACK_APPROVAL_STATE_COUNT; state++) {
        if (str_equal(pack_approval_state_name((enum pack_approval_state)state), name)) {
            return (enum pack_approval_state)state;
        }
    }
    return PACK_APPROVAL_NONE;
}

static void example_add_approval(struct decide_question *question,
                                 const struct policy_example_approval *said)
{
    const struct pack *pack = question->pack;
    struct decide_approval approval = {
        .role = str_is_empty(said->by.text) ? PACK_NONE : pack_role_find(pack, said->by.text),
        .clause =
            str_is_empty(said->clause.text) ? PACK_NONE : pack_clause_find(pack, said->clause.text),
        .state = example_state(said->state.text),
        .has_reason = said->with_reason,
        .in_writing = said->in_writing,
        .platform = said->platform.text,
    };
    approval.has_from = civil_date_parse(said->from, &approval.from);
    approval.has_until = civil_date_parse(said->until, &approval.until);
    decide_add_approval(question, &approval);
}

struct decide_question *example_question(struct arena *arena, const struct pack *pack,
                                         const struct policy_example *example)
{
    uint32_t act = pack_act_find(pack, example->act.text);
    assert(act != PACK_NONE && "the check has looked up the act");
    struct decide_question *question = decide_question_new(arena, pack, act);
    question->is_brief = true;
    example_give_all(question, 0, example->facts, example->fact_count,
                     example->everything_else_missing);
    for (size_t i = 0; i < example->person_count; i++) {
        const struct policy_example_person *said = &example->people[i];
        uint32_t person = decide_question_add_person(question, (struct str){0});
        if (person == 0) {
            break;
        }
        question->people[person - 1].consent = example_state(said->consent);
        example_give_all(question, person, said->facts, said->fact_count,
                         example->everything_else_missing);
    }
    question->has_people =
        example->person_count > 0 || example->has_nobody || !example->everything_else_missing;
    for (size_t i = 0; i < example->approval_count; i++) {
        example_add_approval(question, &example->approvals[i]);
    }
    question->has_as_of = civil_date_parse(example->as_of, &question->as_of);
    return question;
}

struct decide_answer *example_answer(struct arena *arena, const struct pack *pack,
                                     const struct policy_example *example, struct diag_list *diags)
{
    return decide_answer(arena, example_question(arena, pack, example), diags);
}

/* ---- What the answer holds ------------------------------------------------------------------- */

static bool example_cites(const struct decide_answer *answer, struct str key, bool must_be_certain)
{
    const struct pack *pack = answer->question->pack;
    uint32_t clause = pack_clause_find(pack, key);
    for (size_t i = 0; i < answer->cited_count; i++) {
        const struct decide_cited *cited = &answer->cited[i];
        if (pack->rule[cited->rule].clause == clause && (cited->is_certain || !must_be_certain)) {
            return true;
        }
    }
    return false;
}

static bool example_owes(const struct decide_answer *answer, struct str duty, bool must_be_certain)
{
    const struct pack *pack = answer->question->pack;
    for (size_t i = 0; i < answer->cited_count; i++) {
        const struct decide_cited *cited = &answer->cited[i];
        uint32_t owed = pack->rule[cited->rule].duty;
        if (owed != PACK_NONE && (cited->is_certain || !must_be_certain) &&
            str_equal(pack_text(pack, pack->duty[owed].name), duty)) {
            return true;
        }
    }
    return false;
}

static bool example_has_role(const struct pack *pack, struct pack_list roles, uint32_t role)
{
    for (uint32_t i = 0; i < roles.count; i++) {
        if (pack_role_is_in(pack, role, pack->list[roles.first + i])) {
            return true;
        }
    }
    return false;
}

/* Whether the role is among those to approve or to ask. */
static bool example_asks_role(const struct decide_answer *answer, struct str name)
{
    const struct pack *pack = answer->question->pack;
    uint32_t role = pack_role_find(pack, name);
    if (role == PACK_NONE) {
        return false;
    }
    for (size_t i = 0; i < answer->needed_count; i++) {
        if (example_has_role(pack, pack->approval[answer->needed[i].approval].roles, role)) {
            return true;
        }
    }
    for (size_t i = 0; i < answer->ask_count; i++) {
        if (example_has_role(pack, answer->ask[i].roles, role)) {
            return true;
        }
    }
    return false;
}

static bool example_misses(const struct decide_answer *answer, struct str name)
{
    uint32_t fact = pack_fact_find(answer->question->pack, name);
    for (size_t i = 0; i < answer->missing_count; i++) {
        if (answer->missing[i].fact == fact) {
            return true;
        }
    }
    return false;
}

static bool example_presumes(const struct decide_answer *answer, struct str name)
{
    uint32_t fact = pack_fact_find(answer->question->pack, name);
    for (size_t i = 0; i < answer->presumed_count; i++) {
        if (answer->presumed[i].fact == fact) {
            return true;
        }
    }
    return false;
}

/* ---- Comparing ------------------------------------------------------------------------------- */

/* Notes one difference; answers false. */
static bool example_differs(struct text *differences, const char *format, struct str detail)
{
    if (differences) {
        struct str before = differences->len > 0 ? STR("; ") : STR("");
        text_add(differences, before);
        struct str name;
        struct str rest;
        (void)str_cut(str_from(format), '*', &name, &rest);
        text_add(differences, name);
        text_add(differences, detail);
        text_add(differences, rest);
    }
    return false;
}

static bool example_compare_verdict(const struct policy_expectation *expectation,
                                    const struct decide_answer *answer, struct text *differences)
{
    bool holds = true;
    struct str verdict = decide_verdict_name(answer->verdict);
    if (!str_equal(verdict, expectation->verdict)) {
        holds = example_differs(differences, "the verdict is *", verdict);
    }
    if (expectation->person == 0) {
        return holds;
    }
    if (expectation->person > answer->person_count) {
        return example_differs(differences, "there is no such person*", (struct str){0});
    }
    struct str own = decide_verdict_name(answer->person_verdicts[expectation->person - 1]);
    if (!str_equal(own, expectation->verdict)) {
        holds = example_differs(differences, "that person's own verdict is *", own);
    }
    return holds;
}

typedef bool example_test(const struct decide_answer *answer, struct str name);

static bool example_applies(const struct decide_answer *answer, struct str key)
{
    return example_cites(answer, key, true);
}

static bool example_is_silent_on(const struct decide_answer *answer, struct str key)
{
    return !example_cites(answer, key, false);
}

static bool example_is_owed(const struct decide_answer *answer, struct str duty)
{
    return example_owes(answer, duty, true);
}

static bool example_is_not_owed(const struct decide_answer *answer, struct str duty)
{
    return !example_owes(answer, duty, false);
}

static bool example_compare_names(const struct policy_names *names, example_test *test,
                                  const char *otherwise, const struct decide_answer *answer,
                                  struct text *differences)
{
    bool holds = true;
    for (size_t i = 0; i < names->count; i++) {
        if (!test(answer, names->at[i].text)) {
            holds = example_differs(differences, otherwise, names->at[i].text);
        }
    }
    return holds;
}

bool example_compare(const struct policy_expectation *expectation,
                     const struct decide_answer *answer, struct text *differences)
{
    const struct {
        const struct policy_names *names;
        example_test *test;
        const char *otherwise; /* the name stands at the star */
    } lists[] = {
        {&expectation->by, example_applies, "* does not apply"},
        {&expectation->not_by, example_is_silent_on, "* applies, or may apply"},
        {&expectation->roles, example_asks_role, "* is not among those to ask"},
        {&expectation->owing, example_is_owed, "* is not owed"},
        {&expectation->not_owing, example_is_not_owed, "* is owed, or may be"},
        {&expectation->asking, example_misses, "* is not missing"},
        {&expectation->presuming, example_presumes, "* is not presumed"},
    };
    bool holds = example_compare_verdict(expectation, answer, differences);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        holds &= example_compare_names(lists[i].names, lists[i].test, lists[i].otherwise, answer,
                                       differences);
    }
    if (expectation->is_protected && !answer->is_protected) {
        holds = example_differs(differences, "it is not marked protected*", (struct str){0});
    }
    if (expectation->is_unsure && !answer->is_unsure) {
        holds = example_differs(differences, "it is not marked unsure*", (struct str){0});
    }
    if (expectation->is_noting && answer->note_count == 0) {
        holds = example_differs(differences, "no reader's note is shown*", (struct str){0});
    }
    return holds;
}

bool example_passes(const struct policy_example *example, const struct decide_answer *answer)
{
    for (size_t i = 0; i < example->expectation_count; i++) {
        if (!example_compare(&example->expectations[i], answer, NULL)) {
            return false;
        }
    }
    return true;
}

/* ---- In words -------------------------------------------------------------------------------- */

static void example_add_names(struct text *out, const char *before,
                              const struct policy_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        text_addf(out, i == 0 ? " %s " STR_FMT : "%s" STR_FMT, i == 0 ? before : ", ",
                  STR_ARG(names->at[i].text));
    }
}

struct str example_expected(struct arena *arena, const struct policy_expectation *expectation)
{
    struct text out = {.arena = arena};
    text_add(&out, expectation->verdict);
    example_add_names(&out, "by", &expectation->by);
    example_add_names(&out, "not by", &expectation->not_by);
    example_add_names(&out, "of", &expectation->roles);
    example_add_names(&out, "owing", &expectation->owing);
    example_add_names(&out, "not owing", &expectation->not_owing);
    if (expectation->person > 0) {
        text_addf(&out, " for person %u", expectation->person);
    }
    example_add_names(&out, "asking", &expectation->asking);
    example_add_names(&out, "presuming", &expectation->presuming);
    text_add(&out, expectation->is_protected ? STR(" protected") : STR(""));
    text_add(&out, expectation->is_unsure ? STR(" unsure") : STR(""));
    text_add(&out, expectation->is_noting ? STR(" noting") : STR(""));
    return text_str(&out);
}

/* Clauses of rules that apply, or that are only possible; each clause once. */
static void example_add_cited(struct text *out, const char *before,
                              const struct decide_answer *answer, bool is_certain)
{
    const struct pack *pack = answer->question->pack;
    bool has_any = false;
    for (size_t i = 0; i < answer->cited_count; i++) {
        uint32_t clause = pack->rule[answer->cited[i].rule].clause;
        bool is_repeated = answer->cited[i].is_certain != is_certain;
        for (size_t j = 0; j < i && !is_repeated; j++) {
            is_repeated = answer->cited[j].is_certain == is_certain &&
                          pack->rule[answer->cited[j].rule].clause == clause;
        }
        if (!is_repeated) {
            text_addf(out, "%s" STR_FMT, has_any ? ", " : before,
                      STR_ARG(pack_text(pack, pack->clause[clause].key)));
            has_any = true;
        }
    }
}

struct str example_actual(struct arena *arena, const struct decide_answer *answer)
{
    const struct pack *pack = answer->question->pack;
    struct text out = {.arena = arena};
    text_add(&out, decide_verdict_name(answer->verdict));
    example_add_cited(&out, " by ", answer, true);
    example_add_cited(&out, "; possibly ", answer, false);
    for (size_t i = 0; i < answer->conflict_count; i++) {
        const struct decide_conflict *conflict = &answer->conflicts[i];
        text_addf(&out, "; conflict of " STR_FMT " and " STR_FMT,
                  STR_ARG(pack_text(pack, pack->clause[conflict->first].key)),
                  STR_ARG(pack_text(pack, pack->clause[conflict->second].key)));
    }
    for (size_t i = 0; i < answer->missing_count; i++) {
        text_addf(&out, "%s" STR_FMT, i == 0 ? "; missing " : ", ",
                  STR_ARG(pack_text(pack, pack->fact[answer->missing[i].fact].name)));
    }
    return text_str(&out);
}
