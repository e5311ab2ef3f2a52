/*
 * policy/parse_condition.c - conditions and approvals.
 *
 * Read first: docs/policy-language.md, section 4 ("Conditions", "Approvals"). Start at:
 * parse_condition. By recursive descent:
 *
 *     condition := unary { "and" unary } | unary { "or" unary }
 *     unary     := "not" unary | "(" condition ")" | atom
 *     atom      := approval | NAME [ "is" ["not"] what ]
 *
 * What must hold: recursion is bounded by LIMIT_POLICY_NESTING_MAX, which counts brackets and
 * "not".
 */
#include "policy/limits_int.h"
#include "policy/parse_int.h"

static struct policy_condition *read_chain(struct words *words, size_t depth);

static struct policy_condition *new_condition(struct words *words, enum policy_condition_kind kind)
{
    struct policy_condition *condition = ARENA_NEW(words->parse->arena, struct policy_condition);
    condition->kind = kind;
    condition->place = words_place(words);
    return condition;
}

static void add_child(struct words *words, struct policy_condition *parent,
                      struct policy_condition *child)
{
    *LIST_ADD(words->parse->arena, parent->children, parent->child_count) = child;
}

/* ---- Approvals ------------------------------------------------------------------------------- */

/* "a, b" without list words is most often a slip for a list. */
static void fail_list_words(struct words *words, const char *phrase)
{
    words_fail(words, PROBLEM_LIST_WORDS,
               str_format(words->parse->arena, "write %s before a list", phrase),
               "a list stands here without saying whether any or all of it is meant");
}

static void read_approval_roles(struct words *words, struct policy_approval *approval)
{
    if (!words_take(words, "by")) {
        return;
    }
    bool is_list = words_take(words, "any of");
    approval->roles = words_names(words, "a role");
    if (!words->failed && approval->roles.count > 1 && !is_list) {
        words->at -= approval->roles.count * 2 - 1;
        fail_list_words(words, "\"by any of\"");
    }
}

static void read_approval_lasts(struct words *words, struct policy_approval *approval)
{
    struct words from = *words;
    approval->lasts = words_duration(words);
    enum policy_duration_unit unit = approval->lasts.unit;
    bool is_period = unit == POLICY_DURATION_DAYS || unit == POLICY_DURATION_WEEKS ||
                     unit == POLICY_DURATION_MONTHS || unit == POLICY_DURATION_YEARS;
    if (!words->failed && !is_period) {
        *words = from;
        words_fail(words, PROBLEM_EXPECTED_DURATION, STR("write days, weeks, months or years"),
                   "an approval cannot last so long");
    }
}

static void read_qualifiers(struct words *words, struct policy_approval *approval)
{
    const struct {
        const char *phrase;
        bool *flag;
    } qualifiers[] = {
        {"in writing", &approval->in_writing},
        {"in advance", &approval->in_advance},
        {"afterwards", &approval->afterwards},
        {"with reason", &approval->with_reason},
    };
    for (bool is_found = true; is_found && !words->failed;) {
        is_found = false;
        for (size_t i = 0; i < sizeof qualifiers / sizeof qualifiers[0]; i++) {
            if (words_is(words, qualifiers[i].phrase)) {
                is_found = !words_is_second(words, *qualifiers[i].flag, qualifiers[i].phrase);
                *qualifiers[i].flag = true;
                (void)words_take(words, qualifiers[i].phrase);
            }
        }
        if (words_take(words, "for")) {
            read_approval_lasts(words, approval);
            is_found = true;
        }
    }
}

static struct policy_condition *read_approval(struct words *words)
{
    struct policy_condition *condition = new_condition(words, POLICY_CONDITION_APPROVED);
    struct policy_approval *approval = &condition->approval;
    if (words_take(words, "approved")) {
        read_approval_roles(words, approval);
    } else if (words_take(words, "consent of other")) {
        approval->is_consent = true;
    } else {
        words_fail(words, PROBLEM_EXPECTED_CONDITION, STR("write consent of other"),
                   "consent can only be that of the other person");
    }
    read_qualifiers(words, approval);
    if (!words->failed && approval->in_advance && approval->afterwards) {
        words_fail(words, PROBLEM_UNEXPECTED_WORDS, STR("keep one of the two"),
                   "an approval is given in advance or afterwards, not both");
    }
    return condition;
}

/* ---- Comparisons ----------------------------------------------------------------------------- */

static const struct {
    const char *phrase;
    enum policy_compare compare;
    bool is_date;
} comparisons[] = {
    {"under", POLICY_COMPARE_UNDER, false},       {"over", POLICY_COMPARE_OVER, false},
    {"at least", POLICY_COMPARE_AT_LEAST, false}, {"at most", POLICY_COMPARE_AT_MOST, false},
    {"before", POLICY_COMPARE_BEFORE, true},      {"from", POLICY_COMPARE_FROM, true},
};

/* A number, or the name of a setting that holds one. */
static void read_bound(struct words *words, struct policy_condition *condition)
{
    struct civil_date date;
    if (words_is_date(words, &date)) {
        words_fail(words, PROBLEM_WRONG_TYPE, STR("dates are compared with before and from"),
                   "a date cannot be compared in this way");
    } else if (words_is_number(words, &condition->number)) {
        words->at++;
    } else if (words_peek(words) && words_peek(words)->kind == LEX_WORD &&
               lex_is_name(words_peek(words)->text)) {
        condition->setting = words_name(words, "a number");
    } else {
        condition->number = words_number(words, "a number, or the name of a setting");
    }
}

static bool read_comparison(struct words *words, struct policy_condition *condition)
{
    for (size_t i = 0; i < sizeof comparisons / sizeof comparisons[0]; i++) {
        struct words ahead = *words;
        /* "is under" at the end, or before "and", is a value of that name. */
        if (!words_take(&ahead, comparisons[i].phrase) || words_at_end(&ahead) ||
            words_is(&ahead, "and") || words_is(&ahead, "or") ||
            words_is_kind(&ahead, LEX_COMMA) || words_is_kind(&ahead, LEX_CLOSE)) {
            continue;
        }
        *words = ahead;
        condition->kind = POLICY_CONDITION_COMPARE;
        condition->compare = comparisons[i].compare;
        if (comparisons[i].is_date) {
            condition->number = words_date(words, "a date").days;
            condition->is_date = true;
        } else {
            read_bound(words, condition);
        }
        return true;
    }
    struct civil_date date;
    if (words_is_number(words, &condition->number) || words_is_date(words, &date)) {
        condition->kind = POLICY_CONDITION_COMPARE;
        condition->compare = POLICY_COMPARE_EXACTLY;
        if (words_is_date(words, &date)) {
            condition->number = date.days;
            condition->is_date = true;
        }
        words->at++;
        return true;
    }
    return false;
}

/* ---- Conditions ------------------------------------------------------------------------------ */

static void read_is(struct words *words, struct policy_condition *condition)
{
    condition->is_negated = words_take(words, "not");
    if (read_comparison(words, condition)) {
        return;
    }
    condition->kind = POLICY_CONDITION_IS;
    condition->is_all_of = words_is(words, "all of");
    condition->has_list_words = words_take(words, "all of") || words_take(words, "any of");
    size_t list_at = words->at;
    condition->values = words_names(words, "a value");
    if (!words->failed && condition->values.count > 1 && !condition->has_list_words) {
        words->at = list_at;
        fail_list_words(words, "\"any of\" or \"all of\"");
    }
}

static struct policy_condition *read_atom(struct words *words)
{
    if (words_is(words, "approved") || words_is(words, "consent")) {
        return read_approval(words);
    }
    struct policy_condition *condition = new_condition(words, POLICY_CONDITION_BARE);
    if (!words_is_kind(words, LEX_WORD) || words_is(words, "and") || words_is(words, "or") ||
        words_is(words, "is")) {
        words_fail(words, PROBLEM_EXPECTED_CONDITION,
                   STR("a condition is such as: account is personal and not emergency"),
                   words_at_end(words) ? "a condition is missing at the end of this line"
                                       : "no condition can begin here");
        return condition;
    }
    condition->fact = words_name(words, "a fact");
    if (words_take(words, "is")) {
        read_is(words, condition);
    } else if (words_is(words, "has") || words_is(words, "are") || words_is(words, "in")) {
        words_fail(words, PROBLEM_EXPECTED_CONDITION, STR("write FACT is VALUE"),
                   "\"" STR_FMT "\" has no meaning here", STR_ARG(words_peek(words)->text));
    }
    return condition;
}

static struct policy_condition *read_unary(struct words *words, size_t depth)
{
    bool is_not = words_is(words, "not"), is_open = words_is_kind(words, LEX_OPEN);
    if (depth > LIMIT_POLICY_NESTING_MAX && (is_not || is_open)) {
        words_fail(words, PROBLEM_TOO_DEEP, STR("give parts of it a name with \"define\""),
                   "more than %zu brackets or \"not\" stand inside one another",
                   LIMIT_POLICY_NESTING_MAX);
        return new_condition(words, POLICY_CONDITION_BARE);
    }
    if (is_not) {
        struct policy_condition *condition = new_condition(words, POLICY_CONDITION_NOT);
        (void)words_take(words, "not");
        add_child(words, condition, read_unary(words, depth + 1));
        return condition;
    }
    if (!is_open) {
        return read_atom(words);
    }
    struct policy_place place = words_place(words);
    (void)words_take_kind(words, LEX_OPEN);
    struct policy_condition *condition = read_chain(words, depth + 1);
    condition->is_bracketed = true;
    if (!words->failed && !words_take_kind(words, LEX_CLOSE)) {
        words_fail(words, PROBLEM_EXPECTED_CONDITION,
                   str_format(words->parse->arena, "the bracket was opened on line %u", place.line),
                   "a closing bracket is missing here");
    }
    return condition;
}

static struct policy_condition *read_chain(struct words *words, size_t depth)
{
    struct policy_condition *first = read_unary(words, depth);
    bool is_and = words_is(words, "and");
    if (words->failed || (!is_and && !words_is(words, "or"))) {
        return first;
    }
    struct policy_condition *chain =
        new_condition(words, is_and ? POLICY_CONDITION_AND : POLICY_CONDITION_OR);
    chain->place = first->place;
    add_child(words, chain, first);
    while (words_take(words, is_and ? "and" : "or")) {
        add_child(words, chain, read_unary(words, depth));
    }
    if (!words->failed && (words_is(words, "and") || words_is(words, "or"))) {
        words_fail(words, PROBLEM_MIXED_AND_OR,
                   STR("put brackets around the part that belongs together"),
                   "\"and\" and \"or\" are mixed without brackets");
    }
    return chain;
}

struct policy_condition *parse_condition(struct words *words)
{
    struct policy_condition *condition = read_chain(words, 1);
    if (!words_end(words)) {
        return NULL;
    }
    return condition;
}
