/*
 * tests/decide/question_test.c - a question put together call by call.
 *
 * Read first: src/decide/decide.h.
 */
#include "support/check.h"

#include "decide/decide.h"
#include "support/small_policy.h"

static const char a_clause[] =
    CLAUSE("A", "contacts",
           "must not post\n  when account is personal and readers is at least 10\n"
           "should not accept\n  when other is pupil and other.age is under 18\n");

static struct decide_question *question_of(struct small_policy *policy, const char *act)
{
    return decide_question_new(policy->arena, &policy->pack, small_act(policy, act));
}

static void a_new_question_says_nothing(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = question_of(policy, "accept");
    assert_int_equal(question->act, small_act(policy, "accept"));
    assert_int_equal(question->person_count, 0);
    assert_false(question->has_people || question->is_otherwise_none || question->has_as_of);
    for (uint32_t v = 0; v < policy->pack.variable_count; v++)
        assert_int_equal(question->given[v].state, DECIDE_STATE_LEFT_OUT);
}

static void people_are_numbered_up_to_the_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = question_of(policy, "accept");
    for (uint32_t i = 1; i <= DECIDE_PEOPLE_MAX; i++)
        assert_int_equal(decide_question_add_person(question, STR("somebody")), i);
    assert_int_equal(decide_question_add_person(question, STR("one more")), 0);
    assert_int_equal(question->person_count, DECIDE_PEOPLE_MAX);
    assert_true(question->has_people);
}

static void approvals_are_kept_up_to_the_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = question_of(policy, "post");
    for (uint32_t i = 0; i < DECIDE_APPROVALS_MAX + 1; i++) {
        struct decide_approval record = {.role = i};
        decide_add_approval(question, &record);
    }
    assert_int_equal(question->approval_count, DECIDE_APPROVALS_MAX);
    assert_int_equal(question->approvals[DECIDE_APPROVALS_MAX - 1].role,
                     DECIDE_APPROVALS_MAX - 1);
}

static void alternatives_are_kept_up_to_the_limit(void **state)
{
    (void)state;
    static const uint32_t values[] = {0, 2};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = question_of(policy, "post");
    uint32_t tone = small_fact(policy, "tone");
    for (uint32_t i = 0; i < DECIDE_EITHERS_MAX; i++)
        assert_true(decide_give_either(question, 0, tone, values, 2));
    assert_false(decide_give_either(question, 0, tone, values, 2));
    assert_int_equal(question->either_count, DECIDE_EITHERS_MAX);
    /* Of a one-of fact they need no room. */
    assert_true(decide_give_either(question, 0, small_fact(policy, "account"), values, 2));
}

static void a_one_of_fact_has_one_value_or_none(void **state)
{
    (void)state;
    static const uint32_t official[] = {1}, both[] = {0, 1};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = question_of(policy, "post");
    uint32_t account = small_fact(policy, "account");
    const struct decide_given *given = &question->given[small_variable(policy, "account", NULL)];
    decide_give_values(question, 0, account, official, 1, NULL, 0);
    assert_int_equal(given->domain, 2);
    assert_int_equal(given->state, DECIDE_STATE_GIVEN);
    decide_give_values(question, 0, account, NULL, 0, NULL, 0);
    assert_int_equal(given->domain, 8);
    decide_give_none(question, 0, account);
    assert_int_equal(given->domain, 8);
    assert_true(decide_give_either(question, 0, account, both, 2));
    assert_int_equal(given->domain, 3);
    assert_int_equal(given->state, DECIDE_STATE_UNKNOWN);
    assert_int_equal(question->either_count, 0);
}

static void of_a_set_the_rest_does_not_hold(void **state)
{
    (void)state;
    static const uint32_t rude[] = {0}, kind[] = {2};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = question_of(policy, "post");
    const struct decide_given *given = &question->given[small_variable(policy, "tone", "rude")];
    decide_give_values(question, 0, small_fact(policy, "tone"), rude, 1, kind, 1);
    assert_int_equal(given[0].domain, 2);
    assert_int_equal(given[1].domain, 1);
    assert_int_equal(given[2].domain, 3);
    assert_int_equal(given[1].state, DECIDE_STATE_GIVEN);
    assert_int_equal(given[2].state, DECIDE_STATE_UNKNOWN);
    decide_give_none(question, 0, small_fact(policy, "tone"));
    for (int i = 0; i < 3; i++)
        assert_int_equal(given[i].domain, 1);
}

static void alternatives_of_which_one_is_given_leave_the_others_open(void **state)
{
    (void)state;
    static const uint32_t rude[] = {0}, both[] = {0, 2};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = question_of(policy, "post");
    const struct decide_given *given = &question->given[small_variable(policy, "tone", "rude")];
    decide_give_values(question, 0, small_fact(policy, "tone"), rude, 1, NULL, 0);
    assert_true(decide_give_either(question, 0, small_fact(policy, "tone"), both, 2));
    assert_int_equal(question->either_count, 0);
    assert_int_equal(given[0].domain, 2);
    assert_int_equal(given[2].domain, 3);
    assert_int_equal(given[2].state, DECIDE_STATE_UNKNOWN);
    decide_give_values(question, 0, small_fact(policy, "tone"), NULL, 0, NULL, 0);
    assert_true(decide_give_either(question, 0, small_fact(policy, "tone"), both, 2));
    assert_int_equal(question->either_count, 1);
    assert_int_equal(question->eithers[0].values, 5);
    assert_int_equal(given[0].domain, 3);
    assert_int_equal(given[2].domain, 3);
}

static void numbers_fall_into_their_interval(void **state)
{
    (void)state;
    static const struct {
        int64_t number;
        uint64_t domain;
    } cases[] = {{0, 1}, {9, 1}, {10, 2}, {1000, 2}};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = question_of(policy, "post");
    uint32_t readers = small_fact(policy, "readers");
    const struct decide_given *given = &question->given[small_variable(policy, "readers", NULL)];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        decide_give_number(question, 0, readers, cases[i].number);
        assert_int_equal(given->domain, cases[i].domain);
    }
    decide_give_none(question, 0, readers);
    assert_int_equal(given->domain, 4); /* not applicable */
}

static void what_was_said_can_be_taken_back(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = question_of(policy, "post");
    uint32_t signed_ = small_fact(policy, "signed");
    const struct decide_given *given = &question->given[small_variable(policy, "signed", NULL)];
    decide_give_yes_no(question, 0, signed_, true);
    assert_int_equal(given->domain, 2);
    decide_give_yes_no(question, 0, signed_, false);
    assert_int_equal(given->domain, 1);
    decide_give_state(question, 0, signed_, DECIDE_STATE_WITHHELD);
    assert_int_equal(given->state, DECIDE_STATE_WITHHELD);
    decide_give_state(question, 0, signed_, DECIDE_STATE_LEFT_OUT);
    assert_int_equal(given->state, DECIDE_STATE_LEFT_OUT);
    assert_int_equal(given->domain, 0);
}

static void each_person_has_facts_of_their_own(void **state)
{
    (void)state;
    static const uint32_t pupil[] = {0};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = question_of(policy, "accept");
    uint32_t variable = small_variable(policy, "other", "pupil");
    (void)decide_question_add_person(question, STR("one"));
    (void)decide_question_add_person(question, STR("two"));
    decide_give_values(question, 2, small_fact(policy, "other"), pupil, 1, NULL, 0);
    assert_int_equal(question->people[0].given[variable].state, DECIDE_STATE_LEFT_OUT);
    assert_int_equal(question->people[1].given[variable].domain, 2);
    assert_int_equal(question->given[variable].state, DECIDE_STATE_LEFT_OUT);
}

struct misplacing {
    struct decide_question *question;
    uint32_t person, fact;
};

static void misplace(void *argument)
{
    const struct misplacing *misplacing = argument;
    decide_give_state(misplacing->question, misplacing->person, misplacing->fact,
                      DECIDE_STATE_UNKNOWN);
}

static void a_fact_given_to_the_wrong_one_stops_the_program(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = question_of(policy, "accept");
    (void)decide_question_add_person(question, STR("one"));
    struct misplacing cases[] = {
        {question, 1, small_fact(policy, "account")}, /* of the act */
        {question, 0, small_fact(policy, "other")},   /* of a person */
        {question, 2, small_fact(policy, "other")},   /* who is not there */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_stops(misplace, &cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_question_says_nothing),
        cmocka_unit_test(people_are_numbered_up_to_the_limit),
        cmocka_unit_test(approvals_are_kept_up_to_the_limit),
        cmocka_unit_test(alternatives_are_kept_up_to_the_limit),
        cmocka_unit_test(a_one_of_fact_has_one_value_or_none),
        cmocka_unit_test(of_a_set_the_rest_does_not_hold),
        cmocka_unit_test(alternatives_of_which_one_is_given_leave_the_others_open),
        cmocka_unit_test(numbers_fall_into_their_interval),
        cmocka_unit_test(what_was_said_can_be_taken_back),
        cmocka_unit_test(each_person_has_facts_of_their_own),
        cmocka_unit_test(a_fact_given_to_the_wrong_one_stops_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
