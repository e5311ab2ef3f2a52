/*
 * compare.c - the verdict, the persons, the flags and the facts of an answer; the rules are
 * compared in compare_rules.c.
 *
 * Read first: compare.h. Start at: compare_answers, at the end.
 */
#include "compare_int.h"
#include "readings.h"

void comparison_differs(struct comparison *c, const char *format, ...)
{
    if (!str_is_empty(c->difference)) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    c->difference = str_format_list(c->arena, format, arguments);
    va_end(arguments);
}

const struct json_value *comparison_list(struct comparison *c, const char *key)
{
    static const struct json_value nothing = {.kind = JSON_ARRAY};
    const struct json_value *list = json_get(c->json, str_from(key));
    if (!list || list->kind != JSON_ARRAY) {
        comparison_differs(c, "%s: the answer has no such list", key);
        return &nothing;
    }
    return list;
}

struct str comparison_text(const struct json_value *object, const char *key)
{
    const struct json_value *value = json_get(object, str_from(key));
    return value && value->kind == JSON_STRING ? value->text : (struct str){0};
}

int comparison_clause(const struct comparison *c, struct str key)
{
    const struct oracle_pack *pack = c->engine->pack;
    for (int i = 0; i < pack->clause_count; i++) {
        if (str_equal(str_from(pack->clauses[i].key), key)) {
            return i;
        }
    }
    return ORACLE_NONE;
}

int comparison_fact(const struct comparison *c, struct str name)
{
    const struct oracle_pack *pack = c->engine->pack;
    for (int i = 0; i < pack->fact_count; i++) {
        if (str_equal(str_from(pack->facts[i].name), name)) {
            return i;
        }
    }
    return ORACLE_NONE;
}

uint32_t comparison_for(const struct comparison *c, const struct json_value *entry)
{
    const struct json_value *list = json_get(entry, STR("for"));
    uint32_t all = (UINT32_C(1) << c->answer->person_count) - 1;
    if (!list || list->count == 0) {
        return all;
    }
    uint32_t bits = 0;
    for (size_t i = 0; i < list->count; i++) {
        int64_t number = list->elements[i].integer;
        if (number >= 1 && number <= c->answer->person_count) {
            bits |= UINT32_C(1) << (number - 1);
        }
    }
    return bits;
}

/* A value named as the only one under "either" is settled, but the product need not notice. */
bool comparison_is_settled(const struct comparison *c, int p)
{
    for (int f = 0; f < c->engine->pack->fact_count; f++) {
        const struct oracle_given *given = p < c->question->person_count
                                               ? &c->question->persons[p].given[f]
                                               : &c->question->given[f];
        if (given->either != 0 || c->question->given[f].either != 0) {
            return false;
        }
    }
    return c->answer->persons[p].completions == 1;
}

bool comparison_is_total(const struct comparison *c)
{
    for (int p = 0; p < c->answer->person_count; p++) {
        if (!comparison_is_settled(c, p)) {
            return false;
        }
    }
    return true;
}

static bool flag(struct comparison *c, const char *key)
{
    const struct json_value *value = json_get(c->json, str_from(key));
    if (!value || value->kind != JSON_BOOL) {
        comparison_differs(c, "%s: the answer does not say", key);
        return false;
    }
    return value->boolean;
}

static void compare_verdicts(struct comparison *c)
{
    struct str verdict = comparison_text(c->json, "verdict");
    const char *expected = oracle_verdict_name(c->answer->verdict);
    if (!str_equal(verdict, str_from(expected))) {
        comparison_differs(c, "verdict: is " STR_FMT ", must be %s", STR_ARG(verdict), expected);
    }
    const struct json_value *persons = comparison_list(c, "persons");
    size_t wanted = (size_t)c->answer->person_count;
    /* Of nobody, or of one of whom nothing was said, there may be no entry. */
    bool is_free = c->answer->has_nobody || !c->question->states_others;
    if (persons->count != wanted && !(is_free && persons->count == 0)) {
        comparison_differs(c, "persons: are %zu, must be %zu", persons->count, wanted);
        return;
    }
    for (size_t p = 0; p < persons->count; p++) {
        verdict = comparison_text(&persons->elements[p], "verdict");
        expected = oracle_verdict_name(c->answer->persons[p].verdict);
        if (!str_equal(verdict, str_from(expected))) {
            comparison_differs(c, "persons: %zu is " STR_FMT ", must be %s", p + 1,
                               STR_ARG(verdict), expected);
        }
    }
}

/* The joint scope is that of all, else unknown. */
static void compare_scope(struct comparison *c)
{
    static const char *const names[] = {"in", "out", "unknown"};
    enum oracle_scope scope = c->answer->persons[0].scope;
    for (int p = 1; p < c->answer->person_count; p++) {
        if (c->answer->persons[p].scope != scope) {
            scope = ORACLE_SCOPE_UNKNOWN;
        }
    }
    struct str is = comparison_text(c->json, "scope");
    if (!str_equal(is, str_from(names[scope]))) {
        comparison_differs(c, "scope: is " STR_FMT ", must be %s", STR_ARG(is), names[scope]);
    }
}

static void compare_flags(struct comparison *c)
{
    bool must_be_protected = false, may_be_protected = false;
    bool must_be_silent = true, may_be_silent = false;
    for (int p = 0; p < c->answer->person_count; p++) {
        const struct oracle_person_answer *person = &c->answer->persons[p];
        must_be_protected = must_be_protected ||
                            (person->is_protected_all &&
                             (comparison_is_settled(c, p) || !READING_PROTECTED_MAY_BE_MISSED));
        may_be_protected = may_be_protected || person->is_protected_some;
        must_be_silent = must_be_silent && person->is_silent_all;
        may_be_silent = may_be_silent || person->is_silent_some;
    }
    bool is_protected = flag(c, "protected"), is_silent = flag(c, "silent");
    if (is_protected ? !may_be_protected : must_be_protected) {
        comparison_differs(c, "protected: is %d, must be %d", is_protected, !is_protected);
    }
    if (is_silent ? !may_be_silent : must_be_silent) {
        comparison_differs(c, "silent: is %d, must be %d", is_silent, !is_silent);
    }
    bool is_unsure = flag(c, "unsure");
    if (is_unsure != c->answer->is_unsure) {
        comparison_differs(c, "unsure: is %d, must be %d", is_unsure, c->answer->is_unsure);
    }
}

/* ---- Facts: missing, unknown, withheld, presumed --------------------------------------------- */

/* Of person p (from 0), or of the act when the fact is not of the other. */
static uint32_t facts_of(const struct comparison *c, int p, const char *list)
{
    const struct oracle_person_answer *person = &c->answer->persons[p];
    switch (list[0]) {
    case 'm':
        return person->missing;
    case 'u':
        return person->unknown;
    case 'w':
        return person->withheld;
    }
    return person->presumed;
}

/* The entry's person from 0; for facts of the act any will do. */
static int person_of(const struct comparison *c, const struct json_value *entry)
{
    const struct json_value *person = json_get(entry, STR("person"));
    int64_t number = person ? person->integer : 0;
    return number >= 1 && number <= c->answer->person_count ? (int)number - 1 : 0;
}

static bool is_listed(const struct comparison *c, const struct json_value *list, int f, int p)
{
    bool is_other = c->engine->pack->facts[f].is_other;
    for (size_t i = 0; i < list->count; i++) {
        const struct json_value *entry = &list->elements[i];
        if (comparison_fact(c, comparison_text(entry, "fact")) == f &&
            (!is_other || person_of(c, entry) == p)) {
            return true;
        }
    }
    return false;
}

/* Nothing that is not so, and all on which the verdict depends. */
static void compare_open(struct comparison *c, const char *name)
{
    const struct json_value *list = comparison_list(c, name);
    for (size_t i = 0; i < list->count; i++) {
        const struct json_value *entry = &list->elements[i];
        struct str fact = comparison_text(entry, "fact");
        int f = comparison_fact(c, fact);
        if (f == ORACLE_NONE || !(facts_of(c, person_of(c, entry), name) >> f & 1)) {
            comparison_differs(c, "%s: has " STR_FMT " (person %d), which is not", name,
                               STR_ARG(fact), person_of(c, entry) + 1);
        }
    }
    for (int p = 0; p < c->answer->person_count; p++) {
        uint32_t needed = facts_of(c, p, name) & c->answer->persons[p].depends;
        for (int f = 0; f < c->engine->pack->fact_count; f++) {
            if ((needed >> f & 1) && !is_listed(c, list, f, p)) {
                comparison_differs(c, "%s: lacks %s (person %d), on which the verdict depends",
                                   name, c->engine->pack->facts[f].name, p + 1);
            }
        }
    }
}

/* Each presumption of a fact that bears on the act. */
static void compare_presumed(struct comparison *c)
{
    const struct json_value *list = comparison_list(c, "presumed");
    uint32_t bearing = oracle_facts_of_act(c->engine->pack, c->question->act);
    uint32_t presumed = 0, listed = 0;
    for (int p = 0; p < c->answer->person_count; p++) {
        presumed |= c->answer->persons[p].presumed;
    }
    for (size_t i = 0; i < list->count; i++) {
        struct str name = comparison_text(&list->elements[i], "fact");
        int f = comparison_fact(c, name);
        if (f == ORACLE_NONE || !(presumed >> f & 1)) {
            comparison_differs(c, "presumed: has " STR_FMT ", which is not", STR_ARG(name));
        } else {
            listed |= UINT32_C(1) << f;
        }
    }
    for (int f = 0; f < c->engine->pack->fact_count; f++) {
        if (((presumed & bearing & ~listed) >> f & 1) &&
            oracle_matters(c->engine, c->question->act, f, UINT64_MAX)) {
            comparison_differs(c, "presumed: lacks %s", c->engine->pack->facts[f].name);
        }
    }
}

/* A question that may be asked next is one about a missing fact. */
static void compare_next(struct comparison *c)
{
    const struct json_value *next = json_get(c->json, STR("next"));
    if (c->question->is_brief || !next || next->kind != JSON_OBJECT) {
        return;
    }
    int f = comparison_fact(c, comparison_text(next, "fact"));
    if (f == ORACLE_NONE || !(facts_of(c, person_of(c, next), "missing") >> f & 1)) {
        comparison_differs(c, "next: asks " STR_FMT ", which is not missing",
                           STR_ARG(comparison_text(next, "fact")));
    }
}

/*
 * Reading: a rule whose words name a fact that cannot change it any more need not count as reading
 * it. Where only facts are open on which no verdict depends, the product may take "if unsure" or
 * not; the answer that is compared follows it.
 */
static void follow_unsure(struct comparison *c, struct oracle_answer *answer)
{
    enum oracle_verdict verdicts[ORACLE_PERSONS_MAX];
    const struct json_value *persons = json_get(c->json, STR("persons"));
    for (int p = 0; p < answer->person_count; p++) {
        struct oracle_person_answer *person = &answer->persons[p];
        const struct json_value *from =
            persons && (size_t)p < persons->count ? &persons->elements[p] : c->json;
        bool is_tried = !person->is_unsure && person->would_be_unsure != 0 &&
                        str_equal(comparison_text(from, "verdict"), STR("ask-first"));
        is_tried = is_tried && (person->open & person->depends) == 0;
        if (is_tried) {
            person->verdict = ORACLE_VERDICT_ASK_FIRST;
            person->is_unsure = true;
            person->unsure_rules = person->would_be_unsure;
            answer->is_unsure = true;
        }
        verdicts[p] = person->verdict;
    }
    answer->verdict = oracle_joint(verdicts, answer->person_count);
}

struct str compare_answers(struct arena *arena, const struct oracle_engine *engine,
                           const struct oracle_question *question,
                           const struct oracle_answer *answer, const struct json_value *json)
{
    static _Thread_local struct oracle_answer followed;
    followed = *answer;
    struct comparison c = {arena, engine, question, &followed, json, {0}};
    follow_unsure(&c, &followed);
    compare_verdicts(&c);
    compare_scope(&c);
    compare_flags(&c);
    comparison_rules(&c);
    compare_open(&c, "missing");
    compare_open(&c, "unknown");
    compare_open(&c, "withheld");
    compare_presumed(&c);
    compare_next(&c);
    return c.difference;
}
