/*
 * policy/check_example.c - examples: facts and values exist, people can be, clauses are there.
 *
 * Read first: docs/policy-language.md, section 7. Start at: check_examples. Whether the expectation
 * is what the policy answers is for `handrail test`.
 */
#include "policy/check_int.h"

#define BIT(n) (UINT64_C(1) << (n))

static bool is_person_fact(struct str name)
{
    return str_equal(name, STR("other")) || str_starts(name, STR("other."));
}

/* ---- One fact -------------------------------------------------------------------------------- */

static void wrong_type(struct check *check, struct policy_name name, struct str hint,
                       const char *what)
{
    problem_add(check->diags, PROBLEM_WRONG_TYPE, name.place, hint, "\"" STR_FMT "\" %s",
                STR_ARG(name.text), what);
}

static uint64_t check_given_values(struct check *check, const struct check_fact *fact,
                                   const struct policy_names *names)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < names->count; i++) {
        struct policy_name name = names->at[i];
        uint32_t index = 0;
        if (hash_map_get(&fact->values, name.text, &index)) {
            mask |= index < LIMIT_POLICY_VALUES_MAX ? BIT(index) : 0;
        } else if (hash_map_get(&fact->groups, name.text, &index)) {
            wrong_type(check, name, STR("name one value of the group"),
                       "is a group; an example says which value it is");
        } else if (str_equal(name.text, STR("none"))) {
            wrong_type(check, name, STR("write none alone, or leave it out"),
                       "cannot stand beside values");
        } else {
            check_unknown_value(check, fact, name);
        }
    }
    return mask;
}

/* Values that hold with these, and two of them that never hold together. */
static void check_together(struct check *check, const struct check_fact *fact,
                           struct policy_name name, uint64_t given)
{
    uint64_t all = given;
    for (uint64_t before = 0; before != all;) {
        before = all;
        for (size_t i = 0; i < LIMIT_POLICY_VALUES_MAX; i++) {
            all |= (before & BIT(i)) != 0 ? fact->implies[i] : 0;
        }
    }
    for (size_t i = 0; i < fact->never_count; i++) {
        uint64_t both = all & fact->never[i];
        if ((both & (both - 1)) != 0) {
            problem_add(check->diags, PROBLEM_NEVER_TOGETHER, name.place,
                        STR("keep the value that is meant"),
                        "values of \"" STR_FMT "\" stand here that never hold together",
                        STR_ARG(name.text));
            return;
        }
    }
}

static void check_values(struct check *check, const struct check_fact *fact,
                         const struct policy_example_fact *given)
{
    bool is_one_of = fact->fact->kind == POLICY_FACT_ONE_OF;
    if (!is_one_of && fact->fact->kind != POLICY_FACT_SOME_OF) {
        wrong_type(check, given->fact,
                   fact->fact->kind == POLICY_FACT_YES_NO ? STR("write its name alone, or NAME no")
                                                          : STR("write a number or a date"),
                   "has no values to name");
        return;
    }
    size_t named = given->values.count + given->unknown.count + (given->either.count > 0);
    if (is_one_of && named > 1) {
        wrong_type(check, given->fact, STR("name one value"), "has one value only");
    }
    if (given->either.count == 1) {
        wrong_type(check, given->either.at[0], STR("write either A, either B"),
                   "stands alone, and \"either\" needs two values");
    }
    uint64_t mask = check_given_values(check, fact, &given->values);
    (void)check_given_values(check, fact, &given->unknown);
    (void)check_given_values(check, fact, &given->either);
    if (!is_one_of) {
        check_together(check, fact, given->fact, mask);
    }
}

static void check_number(struct check *check, const struct check_fact *fact,
                         const struct policy_example_fact *given)
{
    const struct policy_fact *about = fact->fact;
    bool is_date = about->kind == POLICY_FACT_DATE;
    if (about->kind != POLICY_FACT_NUMBER && !is_date) {
        wrong_type(check, given->fact, STR("name a value"), "is neither a number nor a date");
    } else if (is_date != given->is_date) {
        wrong_type(check, given->fact,
                   is_date ? STR("write a date as year-month-day: 2026-09-01")
                           : STR("write a whole number in digits"),
                   is_date ? "is a date" : "is a number, not a date");
    } else if (!is_date && (given->number < about->from || given->number > about->to)) {
        problem_add(check->diags, PROBLEM_NUMBER_OUT_OF_BOUNDS, given->fact.place,
                    str_format(check->arena, "it goes from %lld to %lld", (long long)about->from,
                               (long long)about->to),
                    "\"" STR_FMT "\" cannot be %lld", STR_ARG(given->fact.text),
                    (long long)given->number);
    }
}

static void check_given(struct check *check, const struct check_fact *fact,
                        const struct policy_example_fact *given)
{
    switch (given->given) {
    case POLICY_GIVEN_VALUES:
        check_values(check, fact, given);
        break;
    case POLICY_GIVEN_NUMBER:
        check_number(check, fact, given);
        break;
    case POLICY_GIVEN_YES:
    case POLICY_GIVEN_NO:
        if (fact->fact->kind != POLICY_FACT_YES_NO) {
            wrong_type(check, given->fact, STR("write the fact and its value: account personal"),
                       "is not a yes-or-no fact and needs a value");
        }
        break;
    case POLICY_GIVEN_NONE:
        if (fact->fact->kind == POLICY_FACT_YES_NO) {
            wrong_type(check, given->fact, STR("write NAME no"), "is answered with yes or no");
        }
        break;
    case POLICY_GIVEN_UNKNOWN:
    case POLICY_GIVEN_WITHHELD:
    case POLICY_GIVEN_MISSING:
        break;
    }
}

/* ---- Facts of the act and of people ---------------------------------------------------------- */

static struct str fact_hint(struct check *check, struct policy_name name, bool is_of_person)
{
    struct str as_person = str_format(check->arena, "other." STR_FMT, STR_ARG(name.text));
    struct str as_value = is_of_person ? str_slice(name.text, 6, name.text.len) : name.text;
    const struct check_fact *other = check_find(check, CHECK_FACTS, STR("other"));
    uint64_t bits = 0;
    if (!is_of_person && check_find(check, CHECK_FACTS, as_person)) {
        return STR("facts of a person stand in a line: with VALUES; age 17");
    }
    if (other && check_value_bits(other, as_value, &bits)) {
        return STR("name the values of the person first: with pupil, relative; age 17");
    }
    if (is_of_person && check_find(check, CHECK_FACTS, as_value)) {
        return STR("it is a fact of the act: write it in the line of \"act\"");
    }
    return STR("\"handrail vocabulary\" lists the facts");
}

static void check_fact(struct check *check, const struct policy_example_fact *given,
                       bool is_of_person, struct hash_map *seen)
{
    const enum check_table tables[] = {CHECK_FACTS};
    const struct check_fact *fact = check_find(check, CHECK_FACTS, given->fact.text);
    if (!fact) {
        check_unknown(check, PROBLEM_UNKNOWN_FACT, given->fact, tables, 1,
                      fact_hint(check, given->fact, is_of_person), "fact");
        return;
    }
    if (!is_of_person && is_person_fact(given->fact.text)) {
        problem_add(check->diags, PROBLEM_WRONG_PERSON, given->fact.place,
                    STR("write it in a line: with VALUES; age 17"),
                    "\"" STR_FMT "\" is about a person concerned, not about the act",
                    STR_ARG(given->fact.text));
        return;
    }
    if (!hash_map_put(seen, given->fact.text, 0)) {
        problem_add(check->diags, PROBLEM_EXAMPLE_TWICE, given->fact.place,
                    STR("join the two, with commas between values"),
                    "\"" STR_FMT "\" is stated twice", STR_ARG(given->fact.text));
    }
    check_given(check, fact, given);
}

static void check_facts(struct check *check, const struct policy_example *example)
{
    struct hash_map seen = hash_map_new(check->arena);
    for (size_t i = 0; i < example->fact_count; i++) {
        check_fact(check, &example->facts[i], false, &seen);
    }
    for (size_t i = 0; i < example->person_count; i++) {
        const struct policy_example_person *person = &example->people[i];
        seen = hash_map_new(check->arena);
        for (size_t j = 0; j < person->fact_count; j++) {
            check_fact(check, &person->facts[j], true, &seen);
        }
    }
}

/* ---- Act, approvals, expectations ------------------------------------------------------------ */

static void check_act(struct check *check, const struct policy_example *example)
{
    const enum check_table tables[] = {CHECK_ACTS};
    struct policy_name act = example->act;
    if (act.text.len == 0 || check_find(check, CHECK_ACTS, act.text)) {
        return;
    }
    if (check_find(check, CHECK_ACT_GROUPS, act.text)) {
        wrong_type(check, act, STR("name one act of the group"),
                   "is a group of acts; an example has one act");
        return;
    }
    check_unknown(check, PROBLEM_UNKNOWN_ACT, act, tables, 1,
                  STR("\"handrail vocabulary\" lists the acts"), "act");
}

static void check_approval(struct check *check, const struct policy_example *example,
                           const struct policy_example_approval *approval)
{
    struct policy_name by = approval->by, clause = approval->clause;
    struct policy_name platform = approval->platform;
    struct policy_names one = {&by, by.text.len > 0}, key = {&clause, clause.text.len > 0};
    check_roles(check, &one);
    check_keys(check, &key);
    const struct check_fact *fact = check_find(check, CHECK_FACTS, STR("platform"));
    uint64_t bits = 0;
    if (platform.text.len > 0 && fact && !check_value_bits(fact, platform.text, &bits)) {
        check_unknown_value(check, fact, platform);
    }
    bool has_dates = approval->from.len > 0 || approval->until.len > 0;
    if (has_dates && example->as_of.len == 0) {
        problem_add(check->diags, PROBLEM_DATES_WITHOUT_TODAY, approval->place,
                    STR("add a line such as: as of 2026-11-20"),
                    "an approval with dates needs to know which day it is");
    }
}

static void check_presuming(struct check *check, const struct policy_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct check_fact *fact = check_find(check, CHECK_FACTS, names->at[i].text);
        if (fact && fact->fact->preset.text.len == 0) {
            problem_add(check->diags, PROBLEM_NO_DEFAULT, names->at[i].place,
                        STR("only facts with a default are presumed"),
                        "\"" STR_FMT "\" has no default", STR_ARG(names->at[i].text));
        }
    }
}

static void check_fact_names(struct check *check, const struct policy_names *names)
{
    const enum check_table tables[] = {CHECK_FACTS};
    for (size_t i = 0; i < names->count; i++) {
        if (!check_find(check, CHECK_FACTS, names->at[i].text)) {
            check_unknown(check, PROBLEM_UNKNOWN_FACT, names->at[i], tables, 1,
                          STR("\"handrail vocabulary\" lists the facts"), "fact");
        }
    }
}

static void check_expectation(struct check *check, const struct policy_example *example,
                              const struct policy_expectation *expectation)
{
    check_keys(check, &expectation->by);
    check_keys(check, &expectation->not_by);
    check_roles(check, &expectation->roles);
    check_duties(check, &expectation->owing);
    check_duties(check, &expectation->not_owing);
    check_fact_names(check, &expectation->asking);
    check_fact_names(check, &expectation->presuming);
    check_presuming(check, &expectation->presuming);
    if (expectation->person > example->person_count) {
        problem_add(check->diags, PROBLEM_UNKNOWN_PERSON, expectation->place,
                    STR("people are counted from 1, in the order of the \"with\" lines"),
                    "this example has no person %u", expectation->person);
    }
}

void check_examples(struct check *check, const struct check_clause *entry)
{
    const struct policy_clause *clause = entry->clause;
    for (size_t i = 0; i < clause->example_count; i++) {
        const struct policy_example *example = &clause->examples[i];
        check_act(check, example);
        check_facts(check, example);
        for (size_t j = 0; j < example->approval_count; j++) {
            check_approval(check, example, &example->approvals[j]);
        }
        for (size_t j = 0; j < example->expectation_count; j++) {
            check_expectation(check, example, &example->expectations[j]);
        }
    }
}
