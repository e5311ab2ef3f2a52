/*
 * tests/decide/weigh_test.c - rules that fire, scope, defeat, protection and the verdict.
 *
 * Read first: docs/policy-language.md, sections 5.2 to 5.7; src/decide/weigh.c. Conflicts are in
 * conflict_test.c.
 */
#include "support/check.h"

#include "decide/decide.h"
#include "support/small_policy.h"

/* One question to one small policy. */
struct weighing {
    const char *question, *expected;
};

#define check_cases(law, clauses, ...)                                                             \
    check_cases_at((law), (clauses), (const struct weighing[]){__VA_ARGS__, {NULL, NULL}}, __LINE__)
static void check_cases_at(const char *law, const char *clauses, const struct weighing *cases,
                           int line)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open_under(arena, law, clauses);
    for (; cases->question != NULL; cases++) {
        struct str verdict = decide_verdict_name(ask(policy, cases->question)->verdict);
        if (!str_equal(verdict, str_from(cases->expected)))
            print_error("line %d: %s\n", line, cases->question);
        check_str(verdict, cases->expected);
    }
}

/* ---- 5.2 When a rule fires ------------------------------------------------------------------- */

static void a_rule_fires_when_its_when_holds_and_no_unless(void **state)
{
    (void)state;
    check_cases(NULL,
                CLAUSE("A", "contacts",
                       "must not post\n  when account is personal\n  unless signed\n"
                       "  unless readers is under 10\n"),
                {"{'act':'post','otherwise':'none'}", "allowed"},
                {"{'act':'post','otherwise':'none','facts':{'account':'personal'}}", "forbidden"},
                {"{'act':'post','otherwise':'none','facts':{'account':'personal','signed':true}}",
                 "allowed"},
                {"{'act':'post','otherwise':'none','facts':{'account':'personal','readers':9}}",
                 "allowed"},
                {"{'act':'post','otherwise':'none','facts':{'account':'personal','readers':10}}",
                 "forbidden"},
                {"{'act':'report','otherwise':'none','facts':{'account':'personal'}}",
                 "not-covered"});
}

static void a_number_that_does_not_apply_compares_with_nothing(void **state)
{
    (void)state;
    check_cases(NULL,
                CLAUSE("A", "contacts",
                       "must not post\n  when readers is under 10\n"
                       "must not comment\n  when readers is not under 10\n"),
                {"{'act':'post','facts':{'readers':null}}", "allowed"},
                {"{'act':'comment','facts':{'readers':null}}", "forbidden"},
                {"{'act':'comment','facts':{'readers':9}}", "allowed"});
}

#define NEEDS_EITHER                                                                               \
    CLAUSE("A", "contacts",                                                                        \
           "must not post\n  when account is personal\n"                                           \
           "  unless device is own and approved by headteacher\n"                                  \
           "  unless platform is linkedin and approved by it-manager and approved by union\n")

static const char *const alternatives =
    NEEDS_EITHER CLAUSE("B", "reputation", "may comment\n  only if approved by headteacher\n");

static void needs_approval_when_only_approvals_lack(void **state)
{
    (void)state;
    check_cases(
        NULL, alternatives,
        {"{'act':'post','otherwise':'none','facts':{'account':'personal'}}", "forbidden"},
        {"{'act':'post','otherwise':'none','facts':{'account':'personal','device':'own'}}",
         "needs-approval"},
        {"{'act':'post','otherwise':'none','facts':{'account':'personal','device':'own'},"
         "'approvals':[{'by':'headteacher','state':'granted'}]}",
         "allowed"},
        {"{'act':'post','otherwise':'none','facts':{'account':'personal','device':'own'},"
         "'approvals':[{'by':'headteacher','state':'refused'}]}",
         "forbidden"},
        /* Refused on one way, open on the other. */
        {"{'act':'post','otherwise':'none','facts':{'account':'personal','device':'own',"
         "'platform':'linkedin'},'approvals':[{'by':'headteacher','state':'refused'}]}",
         "needs-approval"},
        {"{'act':'post','otherwise':'none','facts':{'account':'personal','platform':'linkedin'},"
         "'approvals':[{'by':'union','state':'withdrawn'}]}",
         "forbidden"},
        {"{'act':'comment'}", "needs-approval"},
        {"{'act':'comment','approvals':[{'by':'headteacher','state':'refused'}]}", "forbidden"},
        {"{'act':'comment','approvals':[{'by':'headteacher','state':'granted'}]}", "allowed"});
}

static void the_approvals_still_to_be_had_are_told(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, alternatives);
    static const struct {
        const char *question;
        size_t count;
    } cases[] = {
        {"{'act':'post','otherwise':'none','facts':{'account':'personal','device':'own'}}", 1},
        {"{'act':'post','otherwise':'none','facts':{'account':'personal','platform':'linkedin'}}",
         2},
        {"{'act':'post','otherwise':'none','facts':{'account':'personal','platform':'linkedin'},"
         "'approvals':[{'by':'union','state':'granted'}]}",
         1},
        {"{'act':'post','otherwise':'none','facts':{'account':'personal','device':'own',"
         "'platform':'linkedin'}}",
         3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(ask(policy, cases[i].question)->needed_count, cases[i].count);
}

/* ---- 5.3 Scope ------------------------------------------------------------------------------- */

static void scope_in_three_values(void **state)
{
    (void)state;
    check_cases(NULL,
                CLAUSE("S", "scope",
                       "covers publish\n  when account is official\n"
                       "covers publish\n  when account is personal\n"
                       "leaves out post\n  when account is personal and not signed\n")
                CLAUSE("A", "contacts", "should not publish\n  when tone is rude\n"),
                {"{'act':'post','otherwise':'none','facts':{'account':'official'}}", "allowed"},
                {"{'act':'post','otherwise':'none'}", "not-covered"},
                {"{'act':'post','otherwise':'none','facts':{'tone':['rude']}}", "not-covered"},
                {"{'act':'post','otherwise':'none','facts':{'account':'personal',"
                 "'tone':['rude']}}",
                 "not-covered"},
                {"{'act':'comment','otherwise':'none','facts':{'account':'personal',"
                 "'tone':['rude']}}",
                 "forbidden"},
                {"{'act':'post','otherwise':'none','facts':{'account':'official',"
                 "'tone':['rude']}}",
                 "forbidden"},
                /* Without "covers" for the act it is in scope. */
                {"{'act':'report'}", "not-covered"});
}

static void out_of_scope_only_the_law_counts(void **state)
{
    (void)state;
    check_cases(CLAUSE("L", "reputation", "must not publish\n  when tone is insults\n"),
                CLAUSE("S", "scope", "covers publish\n  when account is official\n")
                CLAUSE("A", "contacts", "must not publish\n  when tone is rude\n"),
                {"{'act':'post','otherwise':'none','facts':{'tone':['rude']}}", "not-covered"},
                {"{'act':'post','otherwise':'none','facts':{'tone':['insults']}}", "forbidden"},
                {"{'act':'post','otherwise':'none','facts':{'account':'official',"
                 "'tone':['rude']}}",
                 "forbidden"});
}

/* What the law says of scope has no effect, and is not cited. */
static void the_law_has_no_scope(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open_under(
        arena,
        CLAUSE("L", "reputation", "covers report\n  when signed\nleaves out post\n  when signed\n"),
        CLAUSE("A", "contacts",
               "must not post\n  when tone is rude\nmust not report\n  when tone is rude\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'tone':['rude'],'signed':true}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_false(small_applies(answer, "L") || small_is_possible(answer, "L"));
    answer = ask(policy, "{'act':'report','otherwise':'none','facts':{'tone':['rude']}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    answer = ask(policy, "{'act':'report','otherwise':'none','facts':{'signed':true}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_ALLOWED);
    assert_int_equal(answer->cited_count, 0);
}

static void silence_is_not_covered(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not post\n  when tone is rude\n"
                                       "covers comment\n  when account is official\n"));
    struct decide_answer *answer = ask(policy, "{'act':'wander'}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_NOT_COVERED);
    assert_true(answer->is_silent);
    answer = ask(policy, "{'act':'comment','facts':{'account':'official'}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_NOT_COVERED);
    assert_true(answer->is_silent);
    answer = ask(policy, "{'act':'comment','facts':{'account':'personal'}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_NOT_COVERED);
    assert_false(answer->is_silent);
    answer = ask(policy, "{'act':'post','facts':{'tone':[]}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_ALLOWED);
    assert_false(answer->is_silent);
}

/* ---- 5.4 Defeat ------------------------------------------------------------------------------ */

static void a_permit_lifts_the_rules_of_its_own_clause(void **state)
{
    (void)state;
    check_cases(NULL,
                CLAUSE("A", "contacts",
                       "must not post\n  when account is personal\n"
                       "take care post\n  when account is personal\n"
                       "ask first post\n  when account is personal\n  of headteacher\n"
                       "may post\n  when signed\n")
                CLAUSE("B", "reputation", "advised not post\n  when readers is over 100\n"),
                {"{'act':'post','otherwise':'none','facts':{'account':'personal'}}", "forbidden"},
                {"{'act':'post','otherwise':'none','facts':{'account':'personal','signed':true}}",
                 "allowed"},
                {"{'act':'post','otherwise':'none','facts':{'account':'personal','signed':true,"
                 "'readers':500}}",
                 "caution"});
}

static void regardless_is_not_lifted(void **state)
{
    (void)state;
    check_cases(NULL,
                CLAUSE("A", "contacts",
                       "must not post\n  when tone is rude\n  regardless\n"
                       "may post\n  when signed\n")
                CLAUSE("B", "contacts", "may post\n  when readers is under 10\n  overrides A\n"),
                {"{'act':'post','otherwise':'none','facts':{'tone':['rude'],'signed':true}}",
                 "forbidden"},
                {"{'act':'post','otherwise':'none','facts':{'tone':['rude'],'readers':5}}",
                 "forbidden"},
                {"{'act':'post','otherwise':'none','facts':{'readers':5}}", "allowed"});
}

/* C overrides B, B overrides A: with all three A stands again. */
static void defeat_is_settled_in_order_of_rank(void **state)
{
    (void)state;
    check_cases(NULL,
                CLAUSE("C", "hours", "may post\n  when health\n  overrides B\n")
                CLAUSE("B", "reputation", "may post\n  when signed\n  overrides A\n")
                CLAUSE("A", "contacts", "must not post\n  when account is personal\n"),
                {"{'act':'post','otherwise':'none','facts':{'account':'personal'}}", "forbidden"},
                {"{'act':'post','otherwise':'none','facts':{'account':'personal','signed':true}}",
                 "allowed"},
                {"{'act':'post','otherwise':'none','facts':{'account':'personal','signed':true,"
                 "'health':true}}",
                 "forbidden"},
                {"{'act':'post','otherwise':'none','facts':{'account':'personal',"
                 "'health':true}}",
                 "forbidden"});
}

static void a_prohibition_can_override_too(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "ask first post\n  when signed\n  of headteacher\n")
               CLAUSE("B", "contacts", "may post\n  when signed\n")
               CLAUSE("C", "contacts",
                      "should not post\n  when signed and health\n  overrides A, B\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'signed':true,'health':true}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_int_equal(answer->set_aside_count, 2);
    assert_int_equal(answer->set_aside[0].why, DECIDE_ASIDE_OVERRIDE);
    assert_int_equal(answer->set_aside[0].by_clause, small_clause(policy, "C"));
    assert_false(small_applies(answer, "A") || small_applies(answer, "B"));
}

/* ---- Gates ----------------------------------------------------------------------------------- */

#define CLOSED                                                                                     \
    CLAUSE("A", "hours",                                                                           \
           "may post\n  when device is own\n  only if not in-lesson\n"                             \
           "may post\n  when signed\n")

static void a_gate_closes_its_topic(void **state)
{
    (void)state;
    check_cases(NULL, CLOSED CLAUSE("B", "hours", "may post\n  when health\n"),
                {"{'act':'post','otherwise':'none','facts':{'device':'own'}}", "allowed"},
                {"{'act':'post','otherwise':'none','facts':{'device':'own','in-lesson':true}}",
                 "forbidden"},
                /* Neither a permit of its clause nor one of its topic opens it. */
                {"{'act':'post','otherwise':'none','facts':{'device':'own','in-lesson':true,"
                 "'signed':true}}",
                 "forbidden"},
                {"{'act':'post','otherwise':'none','facts':{'device':'own','in-lesson':true,"
                 "'health':true}}",
                 "forbidden"},
                {"{'act':'post','otherwise':'none','facts':{'device':'school','in-lesson':true}}",
                 "allowed"});
}

static void an_override_opens_a_gate_that_is_not_regardless(void **state)
{
    (void)state;
    check_cases(NULL, CLOSED CLAUSE("B", "hours", "may post\n  when health\n  overrides A\n"),
                {"{'act':'post','otherwise':'none','facts':{'device':'own','in-lesson':true,"
                 "'health':true}}",
                 "allowed"});
    check_cases(NULL,
                CLAUSE("A", "hours",
                       "may post\n  when device is own\n  only if not in-lesson\n  regardless\n")
                CLAUSE("B", "hours", "may post\n  when health\n  overrides A\n"),
                {"{'act':'post','otherwise':'none','facts':{'device':'own','in-lesson':true,"
                 "'health':true}}",
                 "forbidden"});
}

static void a_gate_forbids_with_the_strength_may(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, CLOSED);
    struct decide_answer *answer = ask(
        policy, "{'act':'post','otherwise':'none','facts':{'device':'own','in-lesson':true}}");
    assert_int_equal(answer->strength, PACK_STRENGTH_MAY);
    assert_int_equal(policy->pack.rule[answer->cited[0].rule].effect, PACK_EFFECT_GATES);
}

/* ---- 5.6 The law ----------------------------------------------------------------------------- */

#define PROTECTION                                                                                 \
    CLAUSE("L", "reputation",                                                                      \
           "protects publish\n  when rights is belief\n  of union\n  against reputation\n"         \
           "must not publish\n  when tone is insults\n")

static void protection_suspends_prohibitions_of_its_topics(void **state)
{
    (void)state;
    check_cases(PROTECTION,
                CLAUSE("A", "reputation",
                       "must not post\n  when tone is rude\n"
                       "advised not comment\n  when tone is rude\n")
                CLAUSE("B", "contacts", "must not post\n  when account is personal\n"),
                {"{'act':'post','otherwise':'none','facts':{'tone':['rude']}}", "forbidden"},
                {"{'act':'post','otherwise':'none','facts':{'tone':['rude'],"
                 "'rights':['belief']}}",
                 "ask-first"},
                {"{'act':'post','otherwise':'none','facts':{'tone':['rude'],"
                 "'rights':['union-work']}}",
                 "forbidden"},
                /* Not against this topic; and a caution needs no protection. */
                {"{'act':'post','otherwise':'none','facts':{'account':'personal',"
                 "'rights':['belief']}}",
                 "forbidden"},
                {"{'act':'comment','otherwise':'none','facts':{'tone':['rude'],"
                 "'rights':['belief']}}",
                 "caution"},
                {"{'act':'post','otherwise':'none','facts':{'rights':['belief']}}", "allowed"},
                /* What the law itself forbids is not suspended. */
                {"{'act':'post','otherwise':'none','facts':{'tone':['insults'],"
                 "'rights':['belief']}}",
                 "forbidden"});
}

static void protection_names_whom_to_ask(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open_under(
        arena, PROTECTION,
        CLAUSE("A", "reputation",
               "must not post\n  when tone is rude\n"
               "ask first post\n  when signed\n  of headteacher\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'tone':['rude'],'signed':true,"
                    "'rights':['belief']}}");
    assert_true(answer->is_protected);
    assert_int_equal(answer->ask_count, 1);
    assert_int_equal(answer->ask[0].clause, small_clause(policy, "L"));
    assert_true(small_applies(answer, "A") && small_applies(answer, "L"));
    answer = ask(policy, "{'act':'post','otherwise':'none','facts':{'rights':['belief']}}");
    assert_false(answer->is_protected);
    assert_false(small_applies(answer, "L")); /* it suspends nothing, so it says nothing */
}

static void a_policy_lifts_nothing_of_the_law(void **state)
{
    (void)state;
    check_cases(CLAUSE("L", "reputation", "must not publish\n  when tone is insults\n"),
                CLAUSE("A", "reputation", "may publish\n  when signed\n"),
                {"{'act':'post','otherwise':'none','facts':{'tone':['insults'],'signed':true}}",
                 "forbidden"},
                {"{'act':'post','otherwise':'none','facts':{'signed':true}}", "allowed"});
}

/* ---- 5.7 The verdict ------------------------------------------------------------------------- */

static void the_strictest_level_is_the_verdict(void **state)
{
    (void)state;
    check_cases(NULL,
                "## D {#D topic=\"hours\"}\nWords.\n```operation\n"
                "duty tell \"Tell the office\"\n  who \"you\"\n  by \"today\"\n```\n"
                "```rule\nmust tell\n  on post\n  when signed\n"
                "nevertheless must tell\n  on post\n  when health\n```\n"
                CLAUSE("P", "contacts", "may post\n  when account is official\n")
                CLAUSE("C", "contacts", "advised not post\n  when readers is at least 10\n")
                CLAUSE("R", "contacts", "must post\n  when readers is at least 20\n")
                CLAUSE("Q", "contacts",
                       "ask first post\n  when readers is at least 30\n  of union\n"),
                {"{'act':'post','otherwise':'none','facts':{'account':'official'}}", "allowed"},
                {"{'act':'post','otherwise':'none','facts':{'health':true}}", "allowed"},
                {"{'act':'post','otherwise':'none','facts':{'signed':true}}",
                 "allowed-with-duties"},
                {"{'act':'post','otherwise':'none','facts':{'signed':true,'readers':10}}",
                 "caution"},
                {"{'act':'post','otherwise':'none','facts':{'readers':20}}", "required"},
                {"{'act':'post','otherwise':'none','facts':{'readers':30}}", "ask-first"});
}

static void the_strongest_word_of_the_level_is_the_strength(void **state)
{
    (void)state;
    static const struct {
        const char *question;
        enum pack_strength strength;
    } cases[] = {
        {"{'act':'post','otherwise':'none','facts':{'tone':['rude']}}", PACK_STRENGTH_SHOULD},
        {"{'act':'post','otherwise':'none','facts':{'tone':['rude'],'signed':true}}",
         PACK_STRENGTH_MUST},
        {"{'act':'post','otherwise':'none','facts':{'health':true}}", PACK_STRENGTH_ADVISED},
        {"{'act':'post','otherwise':'none','facts':{'health':true,'tone':['rude']}}",
         PACK_STRENGTH_SHOULD},
        {"{'act':'post','otherwise':'none'}", PACK_STRENGTH_COUNT},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "should not post\n  when tone is rude\n"
                      "must not post\n  when signed\n"
                      "must not post\n  when health\n  words advised\n"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(ask(policy, cases[i].question)->strength, cases[i].strength);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_fires_when_its_when_holds_and_no_unless),
        cmocka_unit_test(a_number_that_does_not_apply_compares_with_nothing),
        cmocka_unit_test(needs_approval_when_only_approvals_lack),
        cmocka_unit_test(the_approvals_still_to_be_had_are_told),
        cmocka_unit_test(scope_in_three_values),
        cmocka_unit_test(out_of_scope_only_the_law_counts),
        cmocka_unit_test(the_law_has_no_scope),
        cmocka_unit_test(silence_is_not_covered),
        cmocka_unit_test(a_permit_lifts_the_rules_of_its_own_clause),
        cmocka_unit_test(regardless_is_not_lifted),
        cmocka_unit_test(defeat_is_settled_in_order_of_rank),
        cmocka_unit_test(a_prohibition_can_override_too),
        cmocka_unit_test(a_gate_closes_its_topic),
        cmocka_unit_test(an_override_opens_a_gate_that_is_not_regardless),
        cmocka_unit_test(a_gate_forbids_with_the_strength_may),
        cmocka_unit_test(protection_suspends_prohibitions_of_its_topics),
        cmocka_unit_test(protection_names_whom_to_ask),
        cmocka_unit_test(a_policy_lifts_nothing_of_the_law),
        cmocka_unit_test(the_strictest_level_is_the_verdict),
        cmocka_unit_test(the_strongest_word_of_the_level_is_the_strength),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
