/*
 * tests/decide/next_test.c - which question comes next.
 *
 * Read first: docs/policy-language.md, section 5.10; src/decide/next.c.
 */
#include "support/check.h"

#include "decide/decide.h"
#include "support/small_policy.h"

static const char the_clauses[] =
    CLAUSE("A", "contacts",
           "must not post\n  when account is personal and tone is rude\n"
           "must not comment\n  when signed and (health or in-lesson)\n"
           "should not accept\n"
           "  when other is pupil or (other is former-pupil and other.age is under 18)\n"
           "  unless other is relative\n");

static struct str next_name(const struct decide_answer *answer)
{
    const struct pack *pack = answer->question->pack;
    return answer->next.fact == PACK_NONE ? STR("nothing")
                                          : pack_text(pack, pack->fact[answer->next.fact].name);
}

static void check_next(const char *clauses, const char *question, const char *expected)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, clauses);
    check_str(next_name(ask(policy, question)), expected);
}

static void the_same_question_is_always_followed_by_the_same(void **state)
{
    (void)state;
    static const char *const questions[] = {"{'act':'post'}", "{'act':'comment'}",
                                            "{'act':'accept'}",
                                            "{'act':'accept','others':[{},{}]}"};
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct decide_answer *one = ask(small_policy_open(arena, the_clauses), questions[i]);
        struct decide_answer *two = ask(small_policy_open(arena, the_clauses), questions[i]);
        assert_int_equal(one->next.fact, two->next.fact);
        assert_int_not_equal(one->next.fact, PACK_NONE);
        assert_int_equal(one->next.person, two->next.person);
        assert_int_equal(one->next.choice_count, two->next.choice_count);
    }
}

static void where_the_verdict_is_settled_nothing_is_asked(void **state)
{
    (void)state;
    check_next(the_clauses, "{'act':'post','facts':{'account':'official'}}", "nothing");
    check_next(the_clauses, "{'act':'post','otherwise':'none'}", "nothing");
    check_next(the_clauses, "{'act':'wander'}", "nothing");
    check_next(the_clauses, "{'act':'post','brief':true}", "nothing");
}

static void only_what_is_missing_and_open_is_asked(void **state)
{
    (void)state;
    check_next(the_clauses, "{'act':'post','facts':{'account':'personal'}}", "tone");
    check_next(the_clauses, "{'act':'post','facts':{'tone':['rude']}}", "account");
    check_next(the_clauses, "{'act':'post','facts':{'tone':'unknown'}}", "account");
    check_next(the_clauses, "{'act':'post','facts':{'tone':'withheld'}}", "account");
    check_next(the_clauses, "{'act':'post','facts':{'tone':'unknown','account':'personal'}}",
               "nothing");
    check_next(the_clauses, "{'act':'comment','facts':{'health':false}}", "nothing");
}

/* The one fact that every completion turns on is asked before those that matter seldom. */
static void what_settles_most_is_asked_first(void **state)
{
    (void)state;
    static const char clauses[] =
        CLAUSE("S", "scope", "covers post\n  when emergency or account is official\n")
        CLAUSE("A", "contacts",
               "must not post\n  when signed\n"
               "must not post\n  when tone is insults and health and in-lesson\n");
    check_next(clauses, "{'act':'post','facts':{'account':'official','emergency':false}}",
               "signed");
    check_next(clauses, "{'act':'post','facts':{'signed':true}}", "account");
}

/* Many rules ask for a lesson, but each wants so much else that it hardly ever decides. */
static void a_fact_of_many_rules_may_settle_little(void **state)
{
    (void)state;
    check_next(CLAUSE("A", "contacts",
                      "must not post\n"
                      "  when in-lesson and tone is insults and purpose is own-life\n"
                      "must not post\n  when in-lesson and tone is kind and rights is belief\n"
                      "must not post\n  when in-lesson and device is own and rights is belief\n"
                      "should not post\n  when signed\n"),
               "{'act':'post'}", "signed");
}

/* Two of three rules want a signature, but where the tone is none of these nothing is left. */
static void what_leaves_nothing_to_ask_comes_before_what_settles_one_rule(void **state)
{
    (void)state;
    static const char clauses[] =
        CLAUSE("A", "contacts",
               "must not post\n"
               "  when device is own and tone is insults and health and in-lesson and purpose is"
               " own-life\n")
        CLAUSE("B", "contacts",
               "must not post\n  when signed and platform is facebook and tone is kind\n"
               "must not post\n"
               "  when signed and platform is facebook and account is official and tone is rude\n");
    check_next(clauses, "{'act':'post'}", "tone");
    check_next(clauses, "{'act':'post','facts':{'tone':[]}}", "nothing");
}

/* Health and being signed do exactly the same work; health is sensitive. */
static void among_equals_the_sensitive_one_comes_last(void **state)
{
    (void)state;
    check_next(CLAUSE("A", "contacts", "must not post\n  when health and signed\n"),
               "{'act':'post'}", "signed");
    check_next(CLAUSE("A", "contacts", "must not post\n  when signed and health\n"),
               "{'act':'post'}", "signed");
    check_next(CLAUSE("A", "contacts", "must not post\n  when signed and health\n"),
               "{'act':'post','facts':{'signed':true}}", "health");
}

static void of_a_set_only_open_choices_are_shown(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct decide_answer *answer =
        ask(policy, "{'act':'post','facts':{'account':'personal'}}");
    check_str(next_name(answer), "tone");
    assert_int_equal(answer->next.choice_count, 1);
    assert_int_equal(answer->next.choices[0], small_value(policy, "tone", "rude"));
    answer = ask(policy, "{'act':'accept','others':[{'age':20}]}");
    check_str(next_name(answer), "other");
    assert_int_equal(answer->next.choice_count, 2); /* a former pupil of 20 no longer matters */
    assert_int_equal(answer->next.choices[0], small_value(policy, "other", "pupil"));
    assert_int_equal(answer->next.choices[1], small_value(policy, "other", "relative"));
}

static void of_a_choice_values_that_rules_tell_apart_are_shown(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct decide_answer *answer = ask(policy, "{'act':'post','facts':{'tone':['rude']}}");
    check_str(next_name(answer), "account");
    assert_int_equal(answer->next.choice_count, 2); /* the rest is "something else" */
    assert_int_equal(answer->next.choices[0], small_value(policy, "account", "personal"));
    assert_int_equal(answer->next.choices[1], small_value(policy, "account", "none"));
    answer = ask(policy, "{'act':'post','facts':{'tone':['rude'],"
                         "'account':{'either':['personal','official']}}}");
    check_str(next_name(answer), "nothing"); /* unknown is an answer too */
    answer = ask(policy, "{'act':'comment','facts':{'health':true}}");
    check_str(next_name(answer), "signed");
    assert_int_equal(answer->next.choice_count, 0);
}

static void the_person_of_whom_it_is_asked_is_named(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct decide_answer *answer =
        ask(policy, "{'act':'accept','others':[{'is':['relative']},{'is':['former-pupil']}]}");
    check_str(next_name(answer), "other.age");
    assert_int_equal(answer->next.person, 2);
    answer = ask(policy, "{'act':'accept'}");
    check_str(next_name(answer), "other");
    assert_int_equal(answer->next.person, 1);
    answer = ask(policy, "{'act':'post'}");
    assert_int_equal(answer->next.person, 0);
}

/* Answering question after question ends, with a verdict, whatever the answers are. */
static void an_interview_ends(void **state)
{
    (void)state;
    struct check_random random = check_random_new(__func__);
    for (int turn = 0; turn < 60; turn++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct small_policy *policy = small_policy_open(arena, the_clauses);
        struct diag_list diags = diag_list_new(arena);
        uint32_t acts[] = {small_act(policy, "post"), small_act(policy, "comment"),
                           small_act(policy, "accept")};
        struct decide_question *question =
            decide_question_new(arena, &policy->pack, acts[turn % 3]);
        if (turn % 3 == 2)
            (void)decide_question_add_person(question, STR(""));
        uint32_t asked = 0;
        struct decide_answer *answer = decide_answer(arena, question, &diags);
        for (; answer->next.fact != PACK_NONE; asked++) {
            const struct decide_next *next = &answer->next;
            assert_true(asked < policy->pack.fact_count);
            uint64_t choice = check_random_below(&random, 3);
            if (choice == 0)
                decide_give_none(question, next->person, next->fact);
            else if (choice == 1)
                decide_give_state(question, next->person, next->fact, DECIDE_STATE_UNKNOWN);
            else if (next->choice_count != 0 && next->choices[0] <
                                                    policy->pack.fact[next->fact].value_count)
                decide_give_values(question, next->person, next->fact, next->choices, 1, NULL, 0);
            else
                decide_give_none(question, next->person, next->fact);
            answer = decide_answer(arena, question, &diags);
            assert_non_null(answer);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_question_is_always_followed_by_the_same),
        cmocka_unit_test(where_the_verdict_is_settled_nothing_is_asked),
        cmocka_unit_test(only_what_is_missing_and_open_is_asked),
        cmocka_unit_test(what_settles_most_is_asked_first),
        cmocka_unit_test(a_fact_of_many_rules_may_settle_little),
        cmocka_unit_test(what_leaves_nothing_to_ask_comes_before_what_settles_one_rule),
        cmocka_unit_test(among_equals_the_sensitive_one_comes_last),
        cmocka_unit_test(of_a_set_only_open_choices_are_shown),
        cmocka_unit_test(of_a_choice_values_that_rules_tell_apart_are_shown),
        cmocka_unit_test(the_person_of_whom_it_is_asked_is_named),
        cmocka_unit_test(an_interview_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
