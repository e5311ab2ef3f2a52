/*
 * tests/cli/mutants_test.c - which mutants there are of a rule, and that each is taken away again.
 */
#include "support/check.h"

#include "base/arena.h"
#include "cli/mutants.h"
#include "policy/policy.h"

static const char policy[] = "# P\n"
                             "\n"
                             "```pack\n"
                             "name p\n"
                             "title \"P\"\n"
                             "kind policy\n"
                             "```\n"
                             "\n"
                             "## One {#1}\n"
                             "Prose.\n"
                             "```rule\n"
                             "must not post\n"
                             "  when account is any of own, official\n"
                             "    and (age is under 18 or sure)\n"
                             "  unless approved by any of head, chair in writing with reason\n"
                             "  regardless\n"
                             "  overrides 2, 3\n"
                             "```\n";

static const char *const expected =
    "12: the rule left out\n"
    "12: \"may\" for \"must not\"\n"
    "13: without \"when\"\n"
    "15: without this \"unless\"\n"
    "12: without \"regardless\"\n"
    "17: without \"overrides 2\"\n"
    "17: without \"overrides 3\"\n"
    "13: \"or\" for \"and\"\n"
    "13: without this part of \"and\": account\n"
    "14: without this part of \"and\": (...)\n"
    "13: \"account\" negated\n"
    "13: without the value \"own\"\n"
    "13: without the value \"official\"\n"
    "14: \"and\" for \"or\"\n"
    "14: without this part of \"or\": age\n"
    "14: without this part of \"or\": sure\n"
    "14: \"age\" negated\n"
    "14: \"age\" compared with one less\n"
    "14: \"age\" compared with one more\n"
    "14: \"sure\" negated\n"
    "15: without the role \"head\"\n"
    "15: without the role \"chair\"\n"
    "15: without \"in writing\"\n"
    "15: without \"with reason\"\n";

/* A rule as numbers, so that any change of it shows. */
static uint64_t sum_condition(const struct policy_condition *condition)
{
    if (!condition) {
        return 7;
    }
    uint64_t sum = (uint64_t)condition->kind * 31 + condition->values.count * 37 +
                   (condition->is_negated ? 41u : 0u) + (condition->is_all_of ? 43u : 0u) +
                   (uint64_t)condition->compare * 47 + (uint64_t)condition->number * 53 +
                   condition->approval.roles.count * 59 +
                   (condition->approval.in_writing ? 61u : 0u) +
                   (condition->approval.with_reason ? 67u : 0u);
    for (size_t i = 0; i < condition->child_count; i++) {
        sum = sum * 101 + sum_condition(condition->children[i]);
    }
    return sum;
}

static uint64_t sum_clause(const struct policy_clause *clause)
{
    uint64_t sum = clause->rule_count;
    for (size_t i = 0; i < clause->rule_count; i++) {
        const struct policy_rule *rule = &clause->rules[i];
        sum = sum * 103 + (uint64_t)rule->effect + (uint64_t)rule->strength * 3 +
              rule->unless_count * 5 + rule->overrides.count * 7 + (rule->is_regardless ? 11u : 0u);
        sum = sum * 107 + sum_condition(rule->when);
        for (size_t u = 0; u < rule->unless_count; u++) {
            sum = sum * 109 + sum_condition(rule->unless[u]);
        }
    }
    return sum;
}

struct seen {
    const struct policy_clause *clause;
    uint64_t before;
    struct text changes;
    size_t unchanged; /* mutants that changed nothing */
};

static void note(void *context, const struct policy_place *place, struct str change)
{
    struct seen *seen = context;
    text_addf(&seen->changes, "%u: " STR_FMT "\n", place->line, STR_ARG(change));
    seen->unchanged += sum_clause(seen->clause) == seen->before ? 1 : 0;
}

static void every_mutant_once_and_taken_away(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    struct policy_document *document = policy_read(arena, STR("p.md"), str_from(policy), &diags);
    assert_int_equal(diag_error_count(&diags), 0);
    struct policy_clause *clause = &document->clauses[0];
    struct seen seen = {
        .clause = clause, .before = sum_clause(clause), .changes = {.arena = arena}};
    struct mutants mutants = {.arena = arena, .try = note, .context = &seen};
    mutants_of_rule(&mutants, clause, 0);
    check_str(text_str(&seen.changes), expected);
    assert_int_equal(seen.unchanged, 0);
    assert_true(sum_clause(clause) == seen.before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mutant_once_and_taken_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
