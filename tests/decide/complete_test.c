/*
 * tests/decide/complete_test.c - what all completions of what is not known agree on.
 *
 * Read first: docs/policy-language.md, section 5.8; src/decide/complete.c. That the search agrees
 * with trying every completion is for tests/oracle/.
 */
#include "support/check.h"

#include "decide/decide_int.h"
#include "support/small_policy.h"

static const char ages[] =
    CLAUSE("A", "contacts",
           "should not accept\n  when other is pupil\n"
           "should not accept\n  when other is former-pupil and other.age is under 18\n");

static void check_one(const char *clauses, const char *question, const char *expected)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, clauses);
    check_verdict(policy, question, expected);
}

static void where_all_completions_agree_that_is_the_verdict(void **state)
{
    (void)state;
    /* One of the two, of 17: forbidden either way. */
    check_one(ages,
              "{'act':'accept','others':[{'is':{'either':['pupil','former-pupil']},'age':17}]}",
              "forbidden");
    /* At 18 it depends on which; and so it does when it may be neither. */
    check_one(ages,
              "{'act':'accept','others':[{'is':{'either':['pupil','former-pupil']},'age':18}]}",
              "undetermined");
    check_one(ages,
              "{'act':'accept','others':[{'is':{'unknown':['pupil','former-pupil']},'age':17}]}",
              "undetermined");
    check_one(ages, "{'act':'accept','others':[{'is':['pupil'],'age':'unknown'}]}", "forbidden");
    check_one(ages, "{'act':'accept','others':[{'is':['relative'],'age':'withheld'}]}", "allowed");
}

static void false_and_unknown_is_false(void **state)
{
    (void)state;
    static const char clauses[] =
        CLAUSE("A", "contacts", "must not post\n  when signed and (health or in-lesson)\n");
    check_one(clauses, "{'act':'post','facts':{'signed':false,'health':'unknown',"
                       "'in-lesson':'unknown'}}",
              "allowed");
    check_one(clauses, "{'act':'post','facts':{'signed':true,'health':'unknown',"
                       "'in-lesson':false}}",
              "undetermined");
    check_one(clauses, "{'act':'post','facts':{'signed':true,'health':'unknown',"
                       "'in-lesson':true}}",
              "forbidden");
}

static void a_case_and_its_contrary_agree(void **state)
{
    (void)state;
    static const char clauses[] =
        CLAUSE("A", "contacts", "must not post\n  when signed\n")
        CLAUSE("B", "reputation", "should not post\n  when not signed\n")
        CLAUSE("C", "hours",
               "must not comment\n  when readers is under 10\n"
               "must not comment\n  when readers is at least 10\n");
    check_one(clauses, "{'act':'post','facts':{'signed':'unknown'}}", "forbidden");
    check_one(clauses, "{'act':'post'}", "forbidden");
    check_one(clauses, "{'act':'comment','facts':{'readers':'unknown'}}", "forbidden");
    check_one(clauses, "{'act':'comment','facts':{'readers':null}}", "allowed");
}

static void a_rule_that_stands_in_some_is_possible_only(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy =
        small_policy_open(arena, CLAUSE("A", "contacts", "must not post\n  when signed\n")
                                 CLAUSE("B", "reputation", "should not post\n  when not signed\n"));
    struct decide_answer *answer = ask(policy, "{'act':'post','facts':{'signed':'unknown'}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_true(small_is_possible(answer, "A") && small_is_possible(answer, "B"));
    assert_false(small_applies(answer, "A") || small_applies(answer, "B"));
}

/* No part of its condition is certain, and yet it holds whatever the unknown fact is. */
static void a_rule_that_stands_in_all_decides_though_no_part_of_it_is_certain(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "should not post\n  when (signed and health) or (signed and not health)\n")
               CLAUSE("B", "hours", "must not post\n  when health and in-lesson\n"));
    struct decide_answer *answer = ask(
        policy, "{'act':'post','facts':{'signed':true,'health':'unknown','in-lesson':true}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_true(small_applies(answer, "A"));
    assert_true(small_is_possible(answer, "B"));
    assert_true(answer->cited[0].decides && !answer->cited[1].decides);
    assert_int_equal(answer->strength, PACK_STRENGTH_SHOULD);
}

/* Conflicts in every completion are a verdict too: undetermined, with the clauses named. */
static void conflicts_in_every_completion(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "may post\n  when signed\n")
               CLAUSE("B", "contacts",
                      "must not post\n  when signed and account is personal\n"
                      "must not post\n  when signed and account is not personal\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','facts':{'signed':true,'account':'unknown'}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_UNDETERMINED);
    assert_int_equal(answer->conflict_count, 1);
    answer = ask(policy, "{'act':'post','facts':{'signed':'unknown','account':'unknown'}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_UNDETERMINED);
    assert_int_equal(answer->conflict_count, 0);
}

/* ---- If unsure ------------------------------------------------------------------------------- */

static const char unsure[] =
    CLAUSE("S", "scope", "covers publish\n  when account is any of personal, official\n")
    CLAUSE("A", "contacts",
           "must not post\n  when tone is rude\n"
           "if unsure post\n  when not emergency\n  of union\n");

static void the_unsure_ask_first(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, unsure);
    struct decide_answer *answer =
        ask(policy, "{'act':'post','facts':{'account':'personal','tone':'unknown'}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_ASK_FIRST);
    assert_true(answer->is_unsure);
    assert_int_equal(answer->ask_count, 1);
    assert_int_equal(policy->pack.list[answer->ask[0].roles.first], small_role(policy, "union"));
    assert_int_equal(answer->cited[0].level, PACK_LEVEL_ASK_FIRST);
}

static void an_if_unsure_rule_has_no_effect_otherwise(void **state)
{
    (void)state;
    /* Settled; a question that was never asked; not in an emergency; perhaps out of scope is well,
     * but not surely out of it. */
    check_one(unsure, "{'act':'post','facts':{'account':'personal','tone':['rude']}}", "forbidden");
    check_one(unsure, "{'act':'post','facts':{'account':'personal','tone':[]}}", "allowed");
    check_one(unsure, "{'act':'post','facts':{'account':'personal'}}", "undetermined");
    check_one(unsure,
              "{'act':'post','facts':{'account':'personal','tone':'unknown','emergency':true}}",
              "undetermined");
    check_one(unsure, "{'act':'post','facts':{'account':'unknown','tone':['rude']}}", "ask-first");
    check_one(unsure, "{'act':'post','facts':{'account':'associated','tone':'unknown'}}",
              "not-covered");
    check_one(unsure, "{'act':'post','facts':{'account':'unknown','tone':'withheld'}}",
              "ask-first");
    check_one(unsure, "{'act':'post','facts':{'account':'unknown'}}", "undetermined");
}

/* The rule applies either way, but what is missing decides between two levels of it. */
static void a_fact_that_changes_only_the_level_is_open_too(void **state)
{
    (void)state;
    static const char clauses[] =
        CLAUSE("A", "contacts",
               "must not post\n  when tone is rude\n  unless device is own and approved by union\n"
               "advised not post\n  when health\n"
               "if unsure post\n  of headteacher\n");
    check_one(clauses, "{'act':'post','facts':{'tone':['rude'],'health':'unknown'}}",
              "undetermined");
    check_one(clauses, "{'act':'post','facts':{'tone':['rude'],'device':'unknown'}}",
              "undetermined"); /* health was never asked */
    check_one(clauses, "{'act':'post','facts':{'tone':['rude'],'device':'unknown',"
                       "'health':'unknown'}}",
              "ask-first");
    check_one(clauses, "{'act':'post','facts':{'tone':['rude'],'device':'own'}}",
              "needs-approval");
}

/* What is missing matters to no rule that is open: health only to signed posts. */
static void a_missing_fact_that_no_open_rule_reads_does_not_hinder_the_unsure(void **state)
{
    (void)state;
    static const char clauses[] =
        CLAUSE("A", "contacts",
               "must not post\n  when tone is rude\n"
               "must not post\n  when health and signed\n"
               "if unsure post\n  of union\nif unsure wander\n  of union\n");
    check_one(clauses, "{'act':'post','facts':{'tone':'unknown','signed':false}}", "ask-first");
    check_one(clauses, "{'act':'post','facts':{'tone':'unknown','signed':true}}",
              "undetermined");
    check_one(clauses, "{'act':'wander'}", "not-covered"); /* settled, though as silence */
}

/* The caution reads what is missing, but it applies whatever that is. */
static void a_missing_fact_that_changes_nothing_does_not_hinder_the_unsure(void **state)
{
    (void)state;
    check_one(CLAUSE("A", "contacts",
                     "advised not post\n  when signed and (in-lesson or (not in-lesson and "
                     "device is own) or (not in-lesson and device is not own))\n"
                     "must not post\n  when tone is rude\n"
                     "if unsure post\n  of union\n"),
              "{'act':'post','facts':{'tone':'unknown','signed':true}}", "ask-first");
}

static void if_unsure_is_cited_only_where_it_decides(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not post\n  when tone is rude\n")
               CLAUSE("U", "reputation", "if unsure anything\n  of union\n"));
    assert_false(small_applies(ask(policy, "{'act':'post','facts':{'tone':['rude']}}"), "U"));
    assert_false(small_applies(ask(policy, "{'act':'post'}"), "U"));
    assert_true(small_applies(ask(policy, "{'act':'post','facts':{'tone':'unknown'}}"), "U"));
}

/* ---- The limit ------------------------------------------------------------------------------- */

static void a_search_that_ends_is_exact(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct decide_answer *answer =
        ask(small_policy_pigeons(arena, 5, "", ""), "{'act':'post','brief':true}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_false(answer->is_cut_short);
}

/* What is given up is never allowed, and says so. */
static void past_its_limit_the_search_gives_up_and_says_so(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct decide_answer *answer =
        ask(small_policy_pigeons(arena, 10, "", ""), "{'act':'post','brief':true}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_UNDETERMINED);
    assert_true(answer->is_cut_short);
    check_str(answer->headline, "Too much is open to be worked out: answer more questions");
}

/* All searches for one answer share the steps: what is left decides, at the bound and one past. */
static void the_steps_are_those_of_the_whole_answer(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_pigeons(arena, 5, "", "");
    struct diag_list diags = diag_list_new(arena);
    struct decide_question *question =
        decide_question_new(arena, &policy->pack, small_act(policy, "post"));
    struct decide_world *world = decide_world_new(arena, question, 0, &diags);
    uint32_t used = 0;
    for (uint32_t turn = 0; turn < 3; turn++) {
        struct decide_weigh *weigh = decide_weigh_new(arena, &policy->pack, question->act);
        bool is_cut_short = false, is_past = turn == 2;
        weigh->steps = turn == 0 ? 0 : DECIDE_STEPS_MAX - used + is_past;
        enum decide_verdict verdict = decide_complete(arena, weigh, world, &is_cut_short);
        assert_int_equal(is_cut_short, is_past);
        assert_int_equal(verdict,
                         is_past ? DECIDE_VERDICT_UNDETERMINED : DECIDE_VERDICT_FORBIDDEN);
        used = turn == 0 ? weigh->steps : used;
    }
    assert_true(used > 10 && used < DECIDE_STEPS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_all_completions_agree_that_is_the_verdict),
        cmocka_unit_test(false_and_unknown_is_false),
        cmocka_unit_test(a_case_and_its_contrary_agree),
        cmocka_unit_test(a_rule_that_stands_in_some_is_possible_only),
        cmocka_unit_test(a_rule_that_stands_in_all_decides_though_no_part_of_it_is_certain),
        cmocka_unit_test(conflicts_in_every_completion),
        cmocka_unit_test(the_unsure_ask_first),
        cmocka_unit_test(an_if_unsure_rule_has_no_effect_otherwise),
        cmocka_unit_test(a_fact_that_changes_only_the_level_is_open_too),
        cmocka_unit_test(a_missing_fact_that_no_open_rule_reads_does_not_hinder_the_unsure),
        cmocka_unit_test(a_missing_fact_that_changes_nothing_does_not_hinder_the_unsure),
        cmocka_unit_test(if_unsure_is_cited_only_where_it_decides),
        cmocka_unit_test(a_search_that_ends_is_exact),
        cmocka_unit_test(past_its_limit_the_search_gives_up_and_says_so),
        cmocka_unit_test(the_steps_are_those_of_the_whole_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
