/*
 * tests/coverage/compute_test.c - what becomes of each clause and of each row of a ledger.
 */
#include "support/check.h"

#include "base/arena.h"
#include "coverage/coverage.h"
#include "policy/policy.h"

#define PACK(name) "# P\n\n```pack\nname " name "\ntitle \"P\"\nkind policy\n```\n\n"

static const char first_policy[] = PACK(
    "first") "## No pupils {#A-1}\nProse.\n```rule\nmust not accept\n```\n"
             "## A list {#A-2}\nProse.\n```operation\nrecord list \"A list\"\n  holds \"names\"\n"
             "screen words \"Words\"\n  finds insult\n  sets rude\n```\n"
             "## Why {#A-3}\nProse.\n"
             "## With consent {#four ledger=\"A-4\"}\nProse.\n```rule\nmust not post\n"
             "  unless approved by head\n```\n"
             "## A duty {#A-5}\nProse.\n```operation\nduty tell \"Tell the head\"\n  who "
             "\"staff\"\n"
             "  by \"at once\"\n```\n"
             "## Its rule {#A-6}\nProse.\n```rule\nmust tell\n```\n"
             "## A duty of nobody {#A-7}\nProse.\n```operation\nduty keep \"Keep it\"\n  who "
             "\"staff\"\n"
             "  by \"at once\"\n```\n";

static const char second_policy[] = PACK("second") "## Other {#B-1}\nProse.\n";

struct made {
    struct coverage coverage;
    struct coverage_policy policies[2];
};

static struct made *made_of(struct arena *arena, const char *ledger)
{
    struct made *made = ARENA_NEW(arena, struct made);
    struct diag_list diags = diag_list_new(arena);
    made->policies[0].document =
        policy_read(arena, STR("first.md"), str_from(first_policy), &diags);
    made->policies[1].document =
        policy_read(arena, STR("second.md"), str_from(second_policy), &diags);
    made->coverage =
        (struct coverage){.arena = arena, .policies = made->policies, .policy_count = 2};
    if (ledger) {
        coverage_ledger_read(arena, STR("l.tsv"), str_from(ledger), &made->coverage.ledger, &diags);
    }
    assert_int_equal(diag_error_count(&diags), 0);
    coverage_compute(&made->coverage);
    return made;
}

static const struct coverage_item *item_of(const struct made *made, const char *id)
{
    for (size_t i = 0; i < made->coverage.count; i++) {
        if (str_equal(made->coverage.items[i].id, str_from(id))) {
            return &made->coverage.items[i];
        }
    }
    fail_msg("there is no %s", id);
    return NULL;
}

static void each_clause_has_its_status(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        enum coverage_status status;
        size_t rules, operations;
    } expected[] = {
        {"A-1", COVERAGE_ENFORCED, 1, 0}, {"A-2", COVERAGE_DECLARED, 0, 2},
        {"A-3", COVERAGE_TEXT, 0, 0},     {"A-4", COVERAGE_ENFORCED, 1, 0},
        {"A-5", COVERAGE_ENFORCED, 0, 1}, {"A-6", COVERAGE_ENFORCED, 1, 0},
        {"A-7", COVERAGE_DECLARED, 0, 1}, {"B-1", COVERAGE_TEXT, 0, 0},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct made *made = made_of(arena, NULL);
    assert_int_equal(made->coverage.count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < made->coverage.count; i++) {
        const struct coverage_item *item = &made->coverage.items[i];
        check_str(item->id, expected[i].id);
        assert_int_equal(item->status, expected[i].status);
        assert_int_equal(item->rule_count, expected[i].rules);
        assert_int_equal(item->operation_count, expected[i].operations);
        assert_null(item->row);
    }
    assert_int_equal(made->coverage.strange_rows, 0);
    assert_int_equal(made->coverage.unlisted, 0);
}

static void statements_name_what_they_wait_for(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct made *made = made_of(arena, NULL);
    const struct coverage_item *item = item_of(made, "A-2");
    check_str(item->operations[0].kind, "record");
    check_str(item->operations[0].name, "list");
    check_str(item->operations[0].module, "records");
    check_str(item->operations[1].module, ""); /* screening works */
    check_str(item_of(made, "A-5")->operations[0].module, "");
}

static void rows_of_a_ledger_find_their_clauses(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct made *made =
        made_of(arena, "id\tput into operation by\nA-4\tpermission\nA-1\trule, clock\nA-9\trule\n"
                       "A-3\trule\nC-1\ttext\n");
    assert_int_equal(made->coverage.count, 4);
    check_str(made->coverage.items[0].id, "A-4");
    check_str(item_of(made, "A-4")->clause->key.text, "four");
    assert_int_equal(item_of(made, "A-4")->unmet_count, 0);
    assert_int_equal(item_of(made, "A-1")->unmet_count, 1);
    check_str(item_of(made, "A-1")->unmet[0], "clock");
    assert_int_equal(item_of(made, "A-9")->status, COVERAGE_MISSING);
    assert_ptr_equal(item_of(made, "A-9")->policy, &made->policies[0]);
    assert_true(item_of(made, "A-9")->lacks_rule);
    assert_true(item_of(made, "A-3")->lacks_rule);
    assert_int_equal(made->coverage.strange_rows, 1); /* C-1 */
    assert_int_equal(made->coverage.unlisted, 5);     /* B-1 */
}

static void sums_are_of_one_policy_or_of_all(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct made *made =
        made_of(arena, "id\tput into operation by\nA-1\trule\nA-9\ttext\nB-1\ttext\n");
    struct coverage_totals first = coverage_sum(&made->coverage, &made->policies[0]);
    assert_int_equal(first.rows, 2);
    assert_int_equal(first.by_status[COVERAGE_ENFORCED], 1);
    assert_int_equal(first.by_status[COVERAGE_MISSING], 1);
    assert_int_equal(first.with_unmet, 1);
    assert_int_equal(coverage_sum(&made->coverage, &made->policies[1]).rows, 1);
    struct coverage_totals all = coverage_sum(&made->coverage, NULL);
    assert_int_equal(all.rows, 3);
    assert_int_equal(all.by_status[COVERAGE_TEXT], 1);
    assert_int_equal(all.lacking_rule, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_clause_has_its_status),
        cmocka_unit_test(statements_name_what_they_wait_for),
        cmocka_unit_test(rows_of_a_ledger_find_their_clauses),
        cmocka_unit_test(sums_are_of_one_policy_or_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
