/*
 * tests/coverage/tried_test.c - which rules the examples of a policy reach.
 */
#include "support/check.h"

#include "base/arena.h"
#include "coverage/coverage.h"
#include "policy/policy.h"

static const char vocabulary[] = "```vocabulary\n"
                                 "topic scope \"Scope\"\n"
                                 "role head \"the head\"\n"
                                 "act post \"post something\"\n"
                                 "act accept \"accept a contact\"\n"
                                 "fact account: one of \"Which account?\"\n"
                                 "  personal \"my own account\"\n"
                                 "  official \"an official account\"\n"
                                 "  label \"the account\"\n"
                                 "```\n";

/* A's example reaches one of A's two rules, B's, and the gate of C's; nothing reaches D's. */
static const char policy[] =
    "# P\n\n```pack\nname p\ntitle \"P\"\nkind policy\n```\n\n"
    "## A {#A topic=\"scope\"}\nProse.\n"
    "```rule\nmust not post\n  when account is personal\nmust not accept\n"
    "  when account is official\n```\n"
    "```example\nSomebody posts.\n  act post; account personal\n  -> forbidden by A\n```\n"
    "## B {#B topic=\"scope\"}\nProse.\n```rule\ntake care post\n```\n"
    "## C {#C topic=\"scope\"}\nProse.\n```rule\nmay post\n  only if account is official\n```\n"
    "## D {#D topic=\"scope\"}\nProse.\n```rule\nmust not accept\n```\n"
    "## E {#E topic=\"scope\"}\nProse.\n";

static void rules_that_stand_in_an_answer_are_counted(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    struct policy_bundle bundle = {0};
    bundle.vocabulary = policy_read(arena, STR("vocabulary.md"), str_from(vocabulary), &diags);
    bundle.chain[bundle.chain_count++] =
        policy_read(arena, STR("policy.md"), str_from(policy), &diags);
    policy_check(arena, &bundle, &diags);
    struct text said = {.arena = arena};
    diag_render(&diags, &said);
    if (diag_error_count(&diags) > 0) {
        fail_msg(STR_FMT, STR_ARG(text_str(&said)));
    }
    struct policy_image image = policy_compile(arena, &bundle, &diags);
    assert_non_null(image.bytes);
    struct pack pack;
    assert_null(pack_open(&pack, image.bytes, image.size));
    struct coverage_policy policies[] = {
        {.document = bundle.chain[0], .bundle = &bundle, .pack = &pack}};
    struct coverage coverage = {.arena = arena, .policies = policies, .policy_count = 1};
    coverage_compute(&coverage);
    for (size_t i = 0; i < coverage.count; i++) {
        assert_int_equal(coverage.items[i].tried_count, 0);
    }
    coverage_try(&coverage);
    static const struct {
        size_t rules, tried;
    } expected[] = {{2, 1}, {1, 1}, {1, 1}, {1, 0}, {0, 0}};
    assert_int_equal(coverage.count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < coverage.count; i++) {
        assert_int_equal(coverage.items[i].rule_count, expected[i].rules);
        assert_int_equal(coverage.items[i].tried_count, expected[i].tried);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_that_stand_in_an_answer_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
