/*
 * tests/decide/matters_test.c - whether a fact can change the verdict.
 *
 * Read first: src/decide/matters.c.
 */
#include "support/check.h"

#include "decide/decide.h"
#include "support/small_policy.h"

#define STEPS_MAX 1000

static struct decide_question *post(struct small_policy *policy)
{
    return decide_question_new(policy->arena, &policy->pack, small_act(policy, "post"));
}

static enum decide_truth matters(const struct small_policy *policy,
                                 const struct decide_question *question, const char *fact)
{
    return decide_fact_matters(policy->arena, question, small_fact(policy, fact), STEPS_MAX);
}

static void a_fact_matters_that_parts_two_verdicts(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not post\n  when tone is rude and signed\n"));
    struct decide_question *question = post(policy);
    assert_int_equal(matters(policy, question, "tone"), DECIDE_YES);
    assert_int_equal(matters(policy, question, "signed"), DECIDE_YES);
    assert_int_equal(matters(policy, question, "platform"), DECIDE_NO);
    decide_give_yes_no(question, 0, small_fact(policy, "signed"), false);
    assert_int_equal(matters(policy, question, "tone"), DECIDE_NO);
}

/* A milder rule reads it, and whatever else is open, a stricter one has the last word. */
static void a_fact_that_only_a_rule_reads_which_never_decides_does_not_matter(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not post\n  when tone is rude\n")
                   CLAUSE("B", "hours", "take care post\n  when tone is rude and signed\n"));
    assert_int_equal(matters(policy, post(policy), "tone"), DECIDE_YES);
    assert_int_equal(matters(policy, post(policy), "signed"), DECIDE_NO);
}

/* Two rules read the fact, and one of the two always applies. */
static void a_fact_does_not_matter_of_which_each_value_comes_to_the_same(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not post\n  when tone is rude and signed\n")
                   CLAUSE("B", "contacts", "must not post\n  when tone is rude and not signed\n"));
    assert_int_equal(matters(policy, post(policy), "signed"), DECIDE_NO);
    assert_int_equal(matters(policy, post(policy), "tone"), DECIDE_YES);
}

static void what_is_settled_does_not_matter(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy =
        small_policy_open(arena, CLAUSE("A", "contacts", "must not post\n  when tone is rude\n"));
    struct decide_question *question = post(policy);
    decide_give_none(question, 0, small_fact(policy, "tone"));
    assert_int_equal(matters(policy, question, "tone"), DECIDE_NO);
}

static void a_fact_matters_that_matters_for_one_of_several_people(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not accept\n  when other is pupil and signed\n"));
    struct decide_question *question =
        decide_question_new(arena, &policy->pack, small_act(policy, "accept"));
    question->has_people = true;
    uint32_t other = small_fact(policy, "other");
    decide_give_none(question, decide_question_add_person(question, STR("a")), other);
    assert_int_equal(matters(policy, question, "signed"), DECIDE_NO);
    uint32_t pupil = small_value(policy, "other", "pupil");
    decide_give_values(question, decide_question_add_person(question, STR("b")), other, &pupil, 1,
                       NULL, 0);
    assert_int_equal(matters(policy, question, "signed"), DECIDE_YES);
}

static void a_search_that_gives_up_leaves_it_open(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not post\n  when tone is rude and health\n"));
    struct decide_question *question = post(policy);
    uint32_t tone = small_fact(policy, "tone");
    assert_int_equal(decide_fact_matters(arena, question, tone, 0), DECIDE_OPEN);
    assert_int_equal(decide_fact_matters(arena, question, tone, 1), DECIDE_OPEN);
    assert_int_equal(decide_fact_matters(arena, question, tone, 2), DECIDE_YES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fact_matters_that_parts_two_verdicts),
        cmocka_unit_test(a_fact_that_only_a_rule_reads_which_never_decides_does_not_matter),
        cmocka_unit_test(a_fact_does_not_matter_of_which_each_value_comes_to_the_same),
        cmocka_unit_test(what_is_settled_does_not_matter),
        cmocka_unit_test(a_fact_matters_that_matters_for_one_of_several_people),
        cmocka_unit_test(a_search_that_gives_up_leaves_it_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
