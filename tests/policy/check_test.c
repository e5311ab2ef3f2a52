/*
 * tests/policy/check_test.c - what checking settles in the tree, and that it can be done twice.
 *
 * Read first: src/policy/ast.h (struct policy_rule). What it refuses is in tests/policy/bad/.
 */
#include "support/check.h"

#include "cases.h"
#include "dump.h"

#define PACK "```pack\nname a\ntitle \"A\"\n```\n## C {#1 topic=\"posts\"}\nProse.\n"
#define END "```\n```example\nI post.\n  act post\n  -> allowed\n```\n"
#define DUTY "```operation\nduty tell \"tell\"\n  who \"you\"\n  by \"today\"\n"

/* The tree of a policy whose rule block this is, checked twice without a diagnostic. */
static const struct policy_document *checked(struct arena *arena, const char *rules)
{
    struct diag_list diags = diag_list_new(arena);
    struct str vocabulary;
    struct policy_bundle bundle = {.chain_count = 1};
    assert_true(cases_read_file(arena, "tests/policy/vocabulary.md", &vocabulary));
    bundle.vocabulary = policy_read(arena, STR("vocabulary.md"), vocabulary, &diags);
    struct str text = str_format(arena, PACK "```rule\n%s\n```\n" DUTY END, rules);
    bundle.chain[0] = policy_read(arena, STR("policy.md"), text, &diags);
    policy_check(arena, &bundle, &diags);
    struct str once = dump_document(arena, bundle.chain[0]);
    policy_check(arena, &bundle, &diags);
    check_str(dump_document(arena, bundle.chain[0]), str_cstr(arena, once));
    check_str(cases_render(arena, &diags, "policy", true), "");
    return bundle.chain[0];
}

static const struct policy_rule *first_rule(const struct policy_document *document)
{
    assert_int_equal(document->clauses[0].rule_count, 1);
    return &document->clauses[0].rules[0];
}

static void a_duty_becomes_one(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct policy_rule *rule = first_rule(checked(arena, "must tell"));
    assert_int_equal(rule->effect, POLICY_EFFECT_ADDS_DUTY);
    check_str(rule->duty.text, "tell");
    assert_int_equal(rule->acts.count, 1);
    check_str(rule->acts.at[0].text, "anything");
}

static void a_duty_keeps_its_acts(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct policy_rule *rule = first_rule(checked(arena, "must tell\n  on post, comment"));
    assert_int_equal(rule->effect, POLICY_EFFECT_ADDS_DUTY);
    check_str(rule->duty.text, "tell");
    assert_int_equal(rule->acts.count, 2);
}

static void an_act_stays_required(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct policy_rule *rule = first_rule(checked(arena, "should publish"));
    assert_int_equal(rule->effect, POLICY_EFFECT_REQUIRES);
    assert_int_equal(rule->duty.text.len, 0);
    check_str(rule->acts.at[0].text, "publish");
}

static void a_number_may_be_a_setting(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct policy_rule *rule =
        first_rule(checked(arena, "setting limit number \"How many?\" default 9\n"
                                  "must not post\n  when hours is limit"));
    assert_int_equal(rule->when->kind, POLICY_CONDITION_COMPARE);
    assert_int_equal(rule->when->compare, POLICY_COMPARE_EXACTLY);
    check_str(rule->when->setting.text, "limit");
}

static void a_vocabulary_has_no_rules(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    struct policy_bundle bundle = {0};
    struct str text = STR("## C {#1}\nProse.\n```rule\nmust not post\n```\n## D {#2}\nProse.\n");
    bundle.vocabulary = policy_read(arena, STR("vocabulary.md"), text, &diags);
    policy_check(arena, &bundle, &diags);
    check_str(cases_render(arena, &diags, "vocabulary", false), "1:1: error: [pack-kind]\n");
}

static void a_file_that_cannot_be_read_has_one_error(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    struct policy_bundle bundle = {.chain_count = 1};
    bundle.vocabulary = policy_read(arena, STR("vocabulary.md"), STR(""), &diags);
    bundle.chain[0] = policy_read(arena, STR("policy.md"), STR("\xFF"), &diags);
    assert_true(bundle.chain[0]->is_unread);
    policy_check(arena, &bundle, &diags);
    check_str(cases_render(arena, &diags, "policy", false), "1:0: error: [not-text]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_duty_becomes_one),
        cmocka_unit_test(a_duty_keeps_its_acts),
        cmocka_unit_test(an_act_stays_required),
        cmocka_unit_test(a_number_may_be_a_setting),
        cmocka_unit_test(a_vocabulary_has_no_rules),
        cmocka_unit_test(a_file_that_cannot_be_read_has_one_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
