/*
 * policy/check_world.c - rules that no world can fire, in the simple cases.
 *
 * Read first: docs/policy-language.md, 5.1 and 5.2. Start at: check_possible. The analyse module
 * finds all such rules; this finds those that contradict themselves within one conjunction, while
 * the policy is being written.
 *
 * What must hold: only what is certain is said. What is not understood (definitions, "or",
 * approvals, settings) constrains nothing.
 */
#include "policy/check_int.h"

#define BIT(n) (UINT64_C(1) << (n))
#define NONE_BIT BIT(LIMIT_POLICY_VALUES_MAX) /* "one of": none of the values */
#define FACTS_MAX ((size_t)64)                /* of one conjunction; more constrain nothing */

/* What a conjunction says of one fact. */
struct bound {
    const struct check_fact *fact;
    uint64_t allowed; /* one of: the values that it may have */
    uint64_t yes, no; /* some of: values that hold, and that do not; yes or no: bit 0 */
    int64_t from, to; /* numbers and dates, inclusive */
};

struct bounds {
    const struct check *check;
    struct bound at[FACTS_MAX];
    size_t count;
    bool is_partial; /* something was not understood */
};

static struct bound *bound_of(struct bounds *bounds, struct str name)
{
    const struct check_fact *fact = check_find(bounds->check, CHECK_FACTS, name);
    for (size_t i = 0; fact && i < bounds->count; i++) {
        if (bounds->at[i].fact == fact) {
            return &bounds->at[i];
        }
    }
    if (!fact || bounds->count == FACTS_MAX) {
        bounds->is_partial = true;
        return NULL;
    }
    struct bound *bound = &bounds->at[bounds->count++];
    *bound =
        (struct bound){.fact = fact, .allowed = UINT64_MAX, .from = INT64_MIN, .to = INT64_MAX};
    return bound;
}

/* ---- Reading a conjunction ------------------------------------------------------------------- */

static void add_one_of(struct bounds *bounds, const struct policy_condition *condition,
                       struct bound *bound, bool is_positive)
{
    uint64_t mask = 0, bits = 0;
    for (size_t i = 0; i < condition->values.count; i++) {
        struct str name = condition->values.at[i].text;
        if (check_value_bits(bound->fact, name, &bits)) {
            mask |= bits;
        } else if (str_equal(name, STR("none"))) {
            mask |= NONE_BIT;
        } else {
            bounds->is_partial = true;
            return;
        }
    }
    bound->allowed &= is_positive ? mask : ~mask;
}

static void add_some_of(struct bounds *bounds, const struct policy_condition *condition,
                        struct bound *bound, bool is_positive)
{
    size_t count = condition->values.count;
    bool is_each = count == 1 || condition->is_all_of == is_positive;
    for (size_t i = 0; i < count; i++) {
        struct str name = condition->values.at[i].text;
        uint64_t bits = 0;
        bool is_value = check_value_bits(bound->fact, name, &bits);
        bool is_single = (bits & (bits - 1)) == 0;
        if (is_positive && count == 1 && str_equal(name, STR("none"))) {
            bound->no = UINT64_MAX;
        } else if (is_positive && is_value && is_each && is_single) {
            bound->yes |= bits;
        } else if (!is_positive && is_value && is_each) {
            bound->no |= bits;
        } else {
            bounds->is_partial = true;
        }
    }
}

static void add_comparison(struct bounds *bounds, const struct policy_condition *condition,
                           struct bound *bound, bool is_positive)
{
    int64_t from = INT64_MIN, to = INT64_MAX, number = condition->number;
    if (condition->setting.text.len > 0 || !is_positive) {
        bounds->is_partial = true;
        return;
    }
    switch (condition->compare) {
    case POLICY_COMPARE_UNDER:
    case POLICY_COMPARE_BEFORE:
        to = number - 1;
        break;
    case POLICY_COMPARE_AT_MOST:
        to = number;
        break;
    case POLICY_COMPARE_OVER:
        from = number + 1;
        break;
    case POLICY_COMPARE_AT_LEAST:
    case POLICY_COMPARE_FROM:
        from = number;
        break;
    case POLICY_COMPARE_EXACTLY:
        from = to = number;
        break;
    case POLICY_COMPARE_COUNT:
        break;
    }
    bound->from = from > bound->from ? from : bound->from;
    bound->to = to < bound->to ? to : bound->to;
}

static void add_atom(struct bounds *bounds, const struct policy_condition *condition,
                     bool is_positive)
{
    struct bound *bound = bound_of(bounds, condition->fact.text);
    if (!bound) {
        return;
    }
    enum policy_fact_kind kind = bound->fact->fact->kind;
    if (condition->kind == POLICY_CONDITION_BARE && kind == POLICY_FACT_YES_NO) {
        *(is_positive ? &bound->yes : &bound->no) |= 1;
    } else if (condition->kind == POLICY_CONDITION_IS && kind == POLICY_FACT_ONE_OF) {
        add_one_of(bounds, condition, bound, is_positive);
    } else if (condition->kind == POLICY_CONDITION_IS && kind == POLICY_FACT_SOME_OF) {
        add_some_of(bounds, condition, bound, is_positive);
    } else if (condition->kind == POLICY_CONDITION_COMPARE) {
        add_comparison(bounds, condition, bound, is_positive);
    } else {
        bounds->is_partial = true;
    }
}

static void add_condition(struct bounds *bounds, const struct policy_condition *condition,
                          bool is_positive)
{
    switch (condition->kind) {
    case POLICY_CONDITION_IS:
    case POLICY_CONDITION_COMPARE:
    case POLICY_CONDITION_BARE:
        add_atom(bounds, condition, is_positive != condition->is_negated);
        break;
    case POLICY_CONDITION_NOT:
        add_condition(bounds, condition->children[0], !is_positive);
        break;
    case POLICY_CONDITION_AND:
    case POLICY_CONDITION_OR:
        if ((condition->kind == POLICY_CONDITION_AND) != is_positive) {
            bounds->is_partial = true;
            break;
        }
        for (size_t i = 0; i < condition->child_count; i++) {
            add_condition(bounds, condition->children[i], is_positive);
        }
        break;
    case POLICY_CONDITION_APPROVED:
    case POLICY_CONDITION_KIND_COUNT:
        bounds->is_partial = true;
        break;
    }
}

/* ---- Judging it ------------------------------------------------------------------------------ */

/* All values that hold when these do. */
static uint64_t closure(const struct check_fact *fact, uint64_t values)
{
    for (uint64_t before = 0; before != values;) {
        before = values;
        for (size_t i = 0; i < LIMIT_POLICY_VALUES_MAX; i++) {
            values |= (before & BIT(i)) != 0 ? fact->implies[i] : 0;
        }
    }
    return values;
}

static bool is_several(uint64_t mask)
{
    return (mask & (mask - 1)) != 0;
}

/* The values that one-of facts have at all, none included. */
static uint64_t all_values(const struct check_fact *fact)
{
    size_t count =
        fact->value_count < LIMIT_POLICY_VALUES_MAX ? fact->value_count : LIMIT_POLICY_VALUES_MAX;
    return (BIT(count) - 1) | NONE_BIT;
}

static bool is_impossible(const struct bound *bound)
{
    const struct check_fact *fact = bound->fact;
    switch (fact->fact->kind) {
    case POLICY_FACT_ONE_OF:
        return (bound->allowed & all_values(fact)) == 0;
    case POLICY_FACT_SOME_OF: {
        uint64_t yes = closure(fact, bound->yes);
        for (size_t i = 0; i < fact->never_count; i++) {
            if (is_several(yes & fact->never[i])) {
                return true;
            }
        }
        return (yes & bound->no) != 0;
    }
    case POLICY_FACT_YES_NO:
        return (bound->yes & bound->no) != 0;
    case POLICY_FACT_NUMBER:
    case POLICY_FACT_DATE:
        return bound->from > bound->to;
    case POLICY_FACT_KIND_COUNT:
        break;
    }
    return false;
}

/* Whether what `when` says of a fact is enough for what the exception says of it. */
static bool is_implied(const struct bound *exception, const struct bound *when)
{
    uint64_t yes =
        when->fact->fact->kind == POLICY_FACT_SOME_OF ? closure(when->fact, when->yes) : when->yes;
    return (when->allowed & ~exception->allowed & all_values(when->fact)) == 0 &&
           (exception->yes & ~yes) == 0 && (exception->no & ~when->no) == 0 &&
           when->from >= exception->from && when->to <= exception->to;
}

/* An exception that holds whenever the rule could fire. */
static bool is_always_excepted(const struct bounds *when, const struct bounds *exception)
{
    if (exception->is_partial) {
        return false;
    }
    for (size_t i = 0; i < exception->count; i++) {
        bool is_found = false;
        for (size_t j = 0; j < when->count; j++) {
            is_found |= when->at[j].fact == exception->at[i].fact &&
                        is_implied(&exception->at[i], &when->at[j]);
        }
        if (!is_found) {
            return false;
        }
    }
    return true;
}

static void check_exceptions(struct check *check, const struct policy_rule *rule,
                             const struct bounds *when)
{
    for (size_t i = 0; i < rule->unless_count; i++) {
        struct bounds exception = {.check = check};
        add_condition(&exception, rule->unless[i], true);
        if (is_always_excepted(when, &exception)) {
            problem_add(check->diags, PROBLEM_IMPOSSIBLE_RULE, rule->unless[i]->place,
                        STR("narrow the exception, or take the rule out"),
                        "this exception always holds when the rule's \"when\" does");
        }
    }
}

void check_possible(struct check *check, const struct policy_rule *rule)
{
    struct bounds when = {.check = check};
    if (rule->when) {
        add_condition(&when, rule->when, true);
    }
    for (size_t i = 0; i < when.count; i++) {
        if (is_impossible(&when.at[i])) {
            problem_add(check->diags, PROBLEM_IMPOSSIBLE_RULE, rule->when->place,
                        STR("only one of these can hold; perhaps \"or\" or \"any of\" is meant"),
                        "this can never hold: it contradicts itself about \"" STR_FMT "\"",
                        STR_ARG(when.at[i].fact->fact->name.text));
            return;
        }
    }
    check_exceptions(check, rule, &when);
}
