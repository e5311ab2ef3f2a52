/*
 * policy/check_condition.c - names and types of conditions.
 *
 * Read first: docs/policy-language.md, section 4 ("Conditions", "Approvals"). Start at:
 * check_condition. Recursion is bounded by the nesting that the parser allows.
 */
#include "policy/check_int.h"

#include "base/limits.h"

/* ---- Facts ----------------------------------------------------------------------------------- */

static void wrong_type(struct check *check, struct policy_name name, struct str hint,
                       const char *what)
{
    problem_add(check->diags, PROBLEM_WRONG_TYPE, name.place, hint, "\"" STR_FMT "\" %s",
                STR_ARG(name.text), what);
}

/* The fact of a condition, or NULL with a message. */
static struct check_fact *find_fact(struct check *check, struct policy_name name)
{
    const enum check_table tables[] = {CHECK_FACTS, CHECK_DEFINITIONS};
    struct check_fact *fact = check_find(check, CHECK_FACTS, name.text);
    if (fact) {
        return fact;
    }
    if (check_find(check, CHECK_DEFINITIONS, name.text)) {
        wrong_type(check, name, STR("use it alone, or with \"not\" before it"),
                   "is a definition, and has no values");
        return NULL;
    }
    check_unknown(check, PROBLEM_UNKNOWN_FACT, name, tables, 2,
                  STR("\"handrail vocabulary\" lists the facts"), "fact");
    return NULL;
}

/* ---- FACT is VALUE --------------------------------------------------------------------------- */

static void check_value(struct check *check, const struct policy_condition *condition,
                        const struct check_fact *fact, struct policy_name name)
{
    uint64_t bits = 0;
    if (check_value_bits(fact, name.text, &bits)) {
        return;
    }
    if (!str_equal(name.text, STR("none"))) {
        check_unknown_value(check, fact, name);
        return;
    }
    if (condition->values.count > 1 && fact->fact->kind == POLICY_FACT_SOME_OF) {
        wrong_type(check, name, STR("write (FACT is none or FACT is any of A, B)"),
                   "cannot stand in a list: it says that no value holds");
    }
}

static void check_values(struct check *check, const struct policy_condition *condition,
                         const struct check_fact *fact)
{
    if (condition->is_all_of && fact->fact->kind == POLICY_FACT_ONE_OF) {
        wrong_type(check, condition->fact, STR("write any of"),
                   "has one value only, so \"all of\" can never hold");
    }
    for (size_t i = 0; i < condition->values.count; i++) {
        check_value(check, condition, fact, condition->values.at[i]);
    }
}

static void check_comparison(struct check *check, struct policy_condition *condition,
                             struct check_fact *fact);

/* "age is adult-age": only now it is known that this compares a number with a setting. */
static void check_number_is(struct check *check, struct policy_condition *condition,
                            struct check_fact *fact)
{
    const struct policy_setting *setting = NULL;
    if (condition->values.count == 1) {
        setting = check_find(check, CHECK_SETTINGS, condition->values.at[0].text);
    }
    if (!setting) {
        wrong_type(check, condition->fact, STR("write is under 18, is at least 18 or is 18"),
                   "is a number, and has no such values");
        return;
    }
    condition->kind = POLICY_CONDITION_COMPARE;
    condition->compare = POLICY_COMPARE_EXACTLY;
    condition->setting = condition->values.at[0];
    check_comparison(check, condition, fact);
}

static void check_is(struct check *check, struct policy_condition *condition)
{
    struct check_fact *fact = find_fact(check, condition->fact);
    if (!fact) {
        return;
    }
    switch (fact->fact->kind) {
    case POLICY_FACT_ONE_OF:
    case POLICY_FACT_SOME_OF:
        check_values(check, condition, fact);
        break;
    case POLICY_FACT_YES_NO:
        wrong_type(check, condition->fact,
                   str_format(check->arena, "write " STR_FMT ", or not " STR_FMT,
                              STR_ARG(condition->fact.text), STR_ARG(condition->fact.text)),
                   "is answered with yes or no, and has no values");
        break;
    case POLICY_FACT_NUMBER:
        check_number_is(check, condition, fact);
        break;
    case POLICY_FACT_DATE:
        wrong_type(check, condition->fact, STR("write is before 2026-09-01 or is from 2026-09-01"),
                   "is a date, and has no such values");
        break;
    case POLICY_FACT_KIND_COUNT:
        break;
    }
}

/* ---- Comparisons ----------------------------------------------------------------------------- */

static void add_cut(struct check *check, struct check_fact *fact, struct policy_name name,
                    int64_t cut)
{
    for (size_t i = 0; i < fact->cut_count; i++) {
        if (fact->cuts[i] == cut || i == LIMIT_POLICY_THRESHOLDS_MAX) {
            return; /* known, or past the limit and said so */
        }
    }
    if (fact->cut_count == LIMIT_POLICY_THRESHOLDS_MAX) {
        problem_add(check->diags, PROBLEM_TOO_MANY_THRESHOLDS, name.place,
                    STR("compare it with fewer different numbers"),
                    "the fact \"" STR_FMT "\" is compared with more than %zu numbers",
                    STR_ARG(fact->fact->name.text), LIMIT_POLICY_THRESHOLDS_MAX);
    }
    fact->cuts[fact->cut_count++] = cut;
}

/* The first number of the interval that the comparison begins or ends at. */
static int64_t cut_of(enum policy_compare compare, int64_t number)
{
    switch (compare) {
    case POLICY_COMPARE_OVER:
    case POLICY_COMPARE_AT_MOST:
        return number + 1;
    case POLICY_COMPARE_UNDER:
    case POLICY_COMPARE_AT_LEAST:
    case POLICY_COMPARE_EXACTLY:
    case POLICY_COMPARE_BEFORE:
    case POLICY_COMPARE_FROM:
    case POLICY_COMPARE_COUNT:
        break;
    }
    return number;
}

static void check_cut(struct check *check, const struct policy_condition *condition,
                      struct check_fact *fact, int64_t number)
{
    const struct policy_fact *about = fact->fact;
    int64_t cut = cut_of(condition->compare, number);
    bool is_exact = condition->compare == POLICY_COMPARE_EXACTLY;
    int64_t least = is_exact ? about->from : about->from + 1;
    if (about->kind == POLICY_FACT_NUMBER && (cut < least || cut > about->to)) {
        problem_add(check->diags, PROBLEM_NUMBER_OUT_OF_BOUNDS, condition->place,
                    str_format(check->arena, "\"" STR_FMT "\" goes from %lld to %lld",
                               STR_ARG(about->name.text), (long long)about->from,
                               (long long)about->to),
                    "this comparison is %s", is_exact ? "never true" : "always true or never true");
        return;
    }
    add_cut(check, fact, condition->fact, cut);
    if (is_exact) {
        add_cut(check, fact, condition->fact, number + 1);
    }
}

/* The number of a setting. False, with a message, when it has none. */
static bool setting_number(struct check *check, struct policy_name name, int64_t *number)
{
    const enum check_table tables[] = {CHECK_SETTINGS};
    const struct policy_setting *setting = check_find(check, CHECK_SETTINGS, name.text);
    if (!setting) {
        check_unknown(check, PROBLEM_UNKNOWN_SETTING, name, tables, 1,
                      STR("write a number in digits, or declare the setting in a rule block"),
                      "setting");
        return false;
    }
    if (setting->kind != POLICY_SETTING_NUMBER) {
        wrong_type(check, name, STR("declare it as a number: setting NAME number \"question\""),
                   "is a setting, but not a number");
        return false;
    }
    struct str value = check_setting_value(check, setting);
    if (value.len == 0) {
        problem_add(check->diags, PROBLEM_SETTING_UNSET, name.place,
                    STR("give the setting a default"),
                    "the setting \"" STR_FMT "\" has no number yet", STR_ARG(name.text));
        return false;
    }
    return str_to_int(value, number);
}

static void check_comparison(struct check *check, struct policy_condition *condition,
                             struct check_fact *fact)
{
    enum policy_fact_kind kind = fact->fact->kind;
    bool is_date = kind == POLICY_FACT_DATE;
    if (kind != POLICY_FACT_NUMBER && !is_date) {
        wrong_type(check, condition->fact, STR("only numbers and dates are compared"),
                   "is neither a number nor a date");
        return;
    }
    if (is_date != condition->is_date) {
        wrong_type(check, condition->fact,
                   is_date ? STR("write is before 2026-09-01 or is from 2026-09-01")
                           : STR("write is under 18, is at least 18 or is 18"),
                   is_date ? "is a date" : "is a number, not a date");
        return;
    }
    int64_t number = condition->number;
    if (condition->setting.text.len == 0 || setting_number(check, condition->setting, &number)) {
        check_cut(check, condition, fact, number);
    }
}

static void check_compare(struct check *check, struct policy_condition *condition)
{
    struct check_fact *fact = find_fact(check, condition->fact);
    if (fact) {
        check_comparison(check, condition, fact);
    }
}

/* ---- Bare names ------------------------------------------------------------------------------ */

/* A value, a role or an act that stands alone: most often "any of" was forgotten. */
static struct str bare_hint(struct check *check, struct policy_name name)
{
    const struct check_table_data *facts = &check->tables[CHECK_FACTS];
    uint64_t bits = 0;
    if (check_find(check, CHECK_ROLES, name.text)) {
        return STR("it is a role: write approved by any of A, B");
    }
    bool is_shown = check->diags->count < LIMIT_DIAGS_MAX;
    for (size_t i = 0; i < facts->count && is_shown; i++) {
        const struct check_fact *fact = facts->entries[i].item;
        if (check_value_bits(fact, name.text, &bits)) {
            return str_format(
                check->arena,
                "it is a value: write " STR_FMT " is " STR_FMT ", or " STR_FMT " is any of A, B",
                STR_ARG(fact->fact->name.text), STR_ARG(name.text), STR_ARG(fact->fact->name.text));
        }
    }
    return STR("a name alone is a yes-or-no fact, or a definition of this pack");
}

static void check_bare(struct check *check, const struct policy_condition *condition)
{
    const enum check_table tables[] = {CHECK_FACTS, CHECK_DEFINITIONS};
    const struct check_fact *fact = check_find(check, CHECK_FACTS, condition->fact.text);
    if (!fact && !check_find(check, CHECK_DEFINITIONS, condition->fact.text)) {
        check_unknown(check, PROBLEM_UNKNOWN_NAME, condition->fact, tables, 2,
                      bare_hint(check, condition->fact), "fact or definition");
    } else if (fact && fact->fact->kind != POLICY_FACT_YES_NO) {
        wrong_type(check, condition->fact, STR("write FACT is VALUE"),
                   "is not a yes-or-no fact and cannot stand alone");
    }
}

/* ---- Approvals ------------------------------------------------------------------------------- */

static void check_approval(struct check *check, const struct policy_condition *condition,
                           enum check_where where, bool is_under_not)
{
    static const char *const places[CHECK_WHERE_COUNT] = {
        [CHECK_WHERE_WHEN] = "\"when\"",           [CHECK_WHERE_EXCEPTION] = "",
        [CHECK_WHERE_DEFINITION] = "a definition", [CHECK_WHERE_CONFLICT] = "a known conflict",
        [CHECK_WHERE_SCREEN] = "\"sets\"",
    };
    if (where != CHECK_WHERE_EXCEPTION) {
        problem_add(check->diags, PROBLEM_APPROVAL_PLACE, condition->place,
                    STR("approvals belong in \"unless\" and \"only if\""),
                    "an approval cannot stand in %s", places[where]);
    } else if (is_under_not) {
        problem_add(check->diags, PROBLEM_APPROVAL_UNDER_NOT, condition->place,
                    STR("say what is approved, not what is not"),
                    "an approval cannot stand under \"not\"");
    }
    check_roles(check, &condition->approval.roles);
}

/* ---- All ------------------------------------------------------------------------------------- */

static void check_node(struct check *check, struct policy_condition *condition,
                       enum check_where where, bool is_under_not)
{
    switch (condition->kind) {
    case POLICY_CONDITION_IS:
        check_is(check, condition);
        break;
    case POLICY_CONDITION_COMPARE:
        check_compare(check, condition);
        break;
    case POLICY_CONDITION_BARE:
        check_bare(check, condition);
        break;
    case POLICY_CONDITION_APPROVED:
        check_approval(check, condition, where, is_under_not);
        break;
    case POLICY_CONDITION_NOT:
    case POLICY_CONDITION_AND:
    case POLICY_CONDITION_OR:
        is_under_not = is_under_not || condition->kind == POLICY_CONDITION_NOT;
        for (size_t i = 0; i < condition->child_count; i++) {
            check_node(check, condition->children[i], where, is_under_not);
        }
        break;
    case POLICY_CONDITION_KIND_COUNT:
        break;
    }
}

void check_condition(struct check *check, struct policy_condition *condition,
                     enum check_where where)
{
    if (condition) {
        check_node(check, condition, where, false);
    }
}
