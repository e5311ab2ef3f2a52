/*
 * tests/decide/change_test.c - what would change the verdict.
 *
 * Read first: docs/policy-language.md, section 5.10; src/decide/change.c.
 */
#include "support/check.h"

#include "decide/decide.h"
#include "support/small_policy.h"

static void check_steps(const struct decide_change *change, const char *one, const char *two,
                        const char *three)
{
    const char *texts[] = {one, two, three};
    uint32_t count = three != NULL ? 3 : two != NULL ? 2 : 1;
    assert_int_equal(change->step_count, count);
    for (uint32_t i = 0; i < count; i++)
        check_str(change->steps[i].text, texts[i]);
}

static void an_approval_comes_first(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "must not post\n  when account is personal\n"
                      "  unless approved by headteacher in writing\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'personal'}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_NEEDS_APPROVAL);
    assert_true(answer->change_count >= 2);
    check_steps(&answer->changes[0], "the headteacher approves in writing", NULL, NULL);
    assert_int_equal(answer->changes[0].steps[0].fact, PACK_NONE);
    assert_int_equal(answer->changes[0].verdict, DECIDE_VERDICT_ALLOWED);
    assert_int_equal(answer->changes[1].steps[0].fact, small_fact(policy, "account"));
}

static void the_words_of_an_approval(void **state)
{
    (void)state;
    static const struct {
        const char *approval, *words;
    } cases[] = {
        {"consent of other", "the person concerned consents"},
        {"approved", "whoever your school names for this approves"},
        {"approved by any of headteacher, it-manager, union",
         "the headteacher, the IT manager or the union approves"},
        {"approved by union for 2 weeks", "the union approves"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct str rules = str_format(arena, "## A {#A topic=\"contacts\"}\nWords.\n```rule\n"
                                             "must not post\n  unless %s\n```\n",
                                      cases[i].approval);
        struct small_policy *policy = small_policy_open(arena, str_cstr(arena, rules));
        struct decide_answer *answer =
            ask(policy, "{'act':'post','otherwise':'none','others':[{}]}");
        assert_int_equal(answer->change_count, 1);
        check_str(answer->changes[0].steps[0].text, cases[i].words);
    }
}

/* One change is enough, so sets of two are not offered. */
static void the_smallest_sets_are_offered(void **state)
{
    (void)state;
    static const char clauses[] =
        CLAUSE("A", "contacts",
               "must not post\n  when account is personal and signed\n"
               "must not comment\n  when account is personal\nmust not comment\n  when signed\n"
               "must not accept\n  when account is personal\nmust not accept\n  when signed\n"
               "must not accept\n  when health\nmust not report\n  when account is personal\n"
               "must not report\n  when signed\nmust not report\n  when health\n"
               "must not report\n  when device is own\n");
    static const struct {
        const char *act;
        uint32_t steps;
    } cases[] = {{"post", 1}, {"comment", 2}, {"accept", 3}, {"report", 0}};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, clauses);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str question = str_format(
            arena,
            "{'act':'%s','otherwise':'none','facts':{'account':'personal','signed':true,"
            "'health':true,'device':'own'}}",
            cases[i].act);
        struct decide_answer *answer = ask(policy, str_cstr(arena, question));
        assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
        assert_int_equal(answer->change_count != 0, cases[i].steps != 0);
        for (size_t k = 0; k < answer->change_count; k++)
            assert_int_equal(answer->changes[k].step_count, cases[i].steps);
    }
}

static void each_fact_is_offered_once_at_its_mildest(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "must not post\n  when account is personal\n"
                      "take care post\n  when account is associated\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'personal'}}");
    assert_int_equal(answer->change_count, 1);
    assert_int_equal(answer->changes[0].verdict, DECIDE_VERDICT_ALLOWED);
}

static void what_comes_about_more_readily_stands_first(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena,
        CLAUSE("A", "contacts",
               "should not accept\n  when other is former-pupil and other.age is under 18\n"
               "  unless other is relative\n  unless approved by union\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'accept','others':[{'is':['former-pupil'],'age':17}]}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_NEEDS_APPROVAL);
    assert_int_equal(answer->change_count, 4);
    check_steps(&answer->changes[0], "the union approves", NULL, NULL);
    assert_int_equal(answer->changes[1].steps[0].fact, small_fact(policy, "other.age"));
    assert_int_equal(answer->changes[1].steps[0].person, 1);
    assert_int_equal(answer->changes[2].steps[0].fact, small_fact(policy, "other"));
}

/* A named choice is readier than "something else", in whatever order the rule names them. */
static void something_else_comes_late(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "must not post\n  when account is any of personal, official, associated\n"
                      "  unless device is own\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'personal'}}");
    assert_int_equal(answer->change_count, 2);
    check_steps(&answer->changes[0], "device: my own device", NULL, NULL);
    check_steps(&answer->changes[1], "the account: something else", NULL, NULL);
}

/* What defeats the strict rule is looked at too. */
static void a_rule_that_would_defeat_the_strict_one_is_a_way(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not post\n  when account is personal\n")
               CLAUSE("B", "hours", "may post\n  when signed\n  overrides A\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'personal'}}");
    assert_int_equal(answer->change_count, 2);
    check_steps(&answer->changes[0], "signed: yes", NULL, NULL);
}

/* Every change offered is true: made, it gives the verdict that it names. */
static void every_change_is_true(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "must not post\n  when account is personal and not signed\n"
                      "take care post\n  when account is associated or signed\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'personal'}}");
    assert_int_equal(answer->change_count, 2);
    check_steps(&answer->changes[0], "signed: yes", NULL, NULL);
    assert_int_equal(answer->changes[0].verdict, DECIDE_VERDICT_CAUTION);
    check_verdict(policy,
                  "{'act':'post','otherwise':'none','facts':{'account':'personal','signed':true}}",
                  "caution");
    check_steps(&answer->changes[1], "the account: an official account", NULL, NULL);
    check_verdict(policy, "{'act':'post','otherwise':'none','facts':{'account':'official'}}",
                  "allowed");
}

/* To leave the policy's scope is no advice. */
static void no_change_leaves_the_scope(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("S", "scope", "covers post\n  when account is official\n")
               CLAUSE("A", "contacts",
                      "must not post\n  when account is official and tone is rude\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'official',"
                    "'tone':['rude']}}");
    assert_int_equal(answer->change_count, 1);
    assert_int_equal(answer->changes[0].steps[0].fact, small_fact(policy, "tone"));
}

static void several_people_need_a_change_each(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "should not accept\n  when other is pupil\n"
                                       "  unless signed\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'accept','otherwise':'none','others':[{'is':['pupil']},"
                    "{'is':['relative']},{'is':['pupil']}]}");
    assert_int_equal(answer->change_count, 1); /* one fact of the act lifts both */
    assert_int_equal(answer->changes[0].step_count, 1);
    assert_int_equal(answer->changes[0].steps[0].person, 0);
    policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "should not accept\n  when other is pupil\n"));
    answer = ask(policy, "{'act':'accept','otherwise':'none','others':[{'is':['pupil']},"
                         "{'is':['relative']},{'is':['pupil']}]}");
    assert_int_equal(answer->change_count, 1);
    assert_int_equal(answer->changes[0].step_count, 2);
    assert_int_equal(answer->changes[0].steps[0].person, 1);
    assert_int_equal(answer->changes[0].steps[1].person, 3);
}

static void what_is_mild_enough_or_brief_has_no_changes(void **state)
{
    (void)state;
    static const char *const questions[] = {
        "{'act':'post','otherwise':'none','facts':{'signed':true}}",
        "{'act':'post','otherwise':'none'}",
        "{'act':'post','otherwise':'none','brief':true,'facts':{'tone':['rude']}}",
        "{'act':'post'}",
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not post\n  when tone is rude\n"
                                       "take care post\n  when signed\n"));
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        assert_int_equal(ask(policy, questions[i])->change_count, 0);
}

static void who_shows_no_changes_has_the_same_answer_without_them(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not post\n  when tone is rude\n  say \"No.\"\n"));
    struct diag_list diags = diag_list_new(arena);
    struct decide_question *question =
        decide_question_new(arena, &policy->pack, small_act(policy, "post"));
    question->is_without_changes = true;
    const struct decide_answer *answer = decide_answer(arena, question, &diags);
    assert_int_equal(answer->verdict, DECIDE_VERDICT_UNDETERMINED);
    assert_int_equal(answer->next.fact, small_fact(policy, "tone"));
    uint32_t rude = small_value(policy, "tone", "rude");
    decide_give_values(question, 0, small_fact(policy, "tone"), &rude, 1, NULL, 0);
    answer = decide_answer(arena, question, &diags);
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_true(small_applies(answer, "A"));
    assert_int_equal(answer->change_count, 0);
    question->is_without_changes = false;
    assert_int_not_equal(decide_answer(arena, question, &diags)->change_count, 0);
}

/* Facts that are still missing are taken as not so, and the answer itself is not touched by it. */
static void what_was_never_asked_does_not_hide_a_change(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "must not post\n  when account is personal\n"
                      "must not post\n  when tone is rude\n"));
    struct decide_answer *answer = ask(policy, "{'act':'post','facts':{'account':'personal'}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_int_equal(answer->change_count, 1);
    assert_int_equal(answer->changes[0].steps[0].fact, small_fact(policy, "account"));
    assert_int_equal(answer->cited_count, 2); /* one certain, one possible */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_approval_comes_first),
        cmocka_unit_test(the_words_of_an_approval),
        cmocka_unit_test(the_smallest_sets_are_offered),
        cmocka_unit_test(each_fact_is_offered_once_at_its_mildest),
        cmocka_unit_test(what_comes_about_more_readily_stands_first),
        cmocka_unit_test(something_else_comes_late),
        cmocka_unit_test(a_rule_that_would_defeat_the_strict_one_is_a_way),
        cmocka_unit_test(every_change_is_true),
        cmocka_unit_test(no_change_leaves_the_scope),
        cmocka_unit_test(several_people_need_a_change_each),
        cmocka_unit_test(what_is_mild_enough_or_brief_has_no_changes),
        cmocka_unit_test(who_shows_no_changes_has_the_same_answer_without_them),
        cmocka_unit_test(what_was_never_asked_does_not_hide_a_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
