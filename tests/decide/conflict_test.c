/*
 * tests/decide/conflict_test.c - clauses that say opposite things, and what settles them.
 *
 * Read first: docs/policy-language.md, section 5.5; src/decide/conflict.c.
 */
#include "support/check.h"

#include "decide/decide.h"
#include "support/small_policy.h"

#define PERMIT CLAUSE("A", "contacts", "may post\n  when signed\n")
#define SIGNED "{'act':'post','otherwise':'none','facts':{'signed':true}}"

static void check_one(const char *law, const char *clauses, const char *question,
                      const char *expected)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open_under(arena, law, clauses);
    check_verdict(policy, question, expected);
}

static void a_permit_and_a_prohibition_of_one_topic_conflict(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, PERMIT CLAUSE("B", "contacts", "should not post\n  when signed\n"));
    struct decide_answer *answer = ask(policy, SIGNED);
    assert_int_equal(answer->verdict, DECIDE_VERDICT_UNDETERMINED);
    assert_int_equal(answer->conflict_count, 1);
    assert_int_equal(answer->conflicts[0].first, small_clause(policy, "A"));
    assert_int_equal(answer->conflicts[0].second, small_clause(policy, "B"));
    assert_int_equal(answer->next.fact, PACK_NONE);
    assert_true(small_applies(answer, "A") && small_applies(answer, "B"));
    check_verdict(policy, "{'act':'post','otherwise':'none'}", "allowed");
}

static void what_does_not_conflict(void **state)
{
    (void)state;
    /* Another topic; no topic at all; the same clause (a permit defeats it). */
    check_one(NULL, PERMIT CLAUSE("B", "reputation", "must not post\n  when signed\n"), SIGNED,
              "forbidden");
    check_one(NULL,
              "## A {#A}\nWords.\n```rule\nmay post\n  when signed\n```\n"
              "## B {#B}\nWords.\n```rule\nmust not post\n  when signed\n```\n",
              SIGNED, "forbidden");
    check_one(NULL,
              CLAUSE("A", "contacts",
                     "may post\n  when signed\nmust not post\n  when account is none\n"),
              SIGNED, "allowed");
    /* Regardless, gates, the law. */
    check_one(NULL, PERMIT CLAUSE("B", "contacts", "must not post\n  when signed\n  regardless\n"),
              SIGNED, "forbidden");
    check_one(NULL, PERMIT CLAUSE("B", "contacts", "may post\n  when signed\n  only if health\n"),
              SIGNED, "forbidden");
    check_one(CLAUSE("L", "contacts", "must not post\n  when signed\n"), PERMIT, SIGNED,
              "forbidden");
    /* Milder than needs approval. */
    check_one(NULL,
              PERMIT CLAUSE("B", "contacts", "ask first post\n  when signed\n  of union\n"), SIGNED,
              "ask-first");
    check_one(NULL, PERMIT CLAUSE("B", "contacts", "take care post\n  when signed\n"), SIGNED,
              "caution");
    /* Overridden. */
    check_one(NULL,
              CLAUSE("A", "contacts", "may post\n  when signed\n  overrides B\n")
              CLAUSE("B", "contacts", "must not post\n  when signed\n"),
              SIGNED, "allowed");
}

static void needs_approval_conflicts_with_a_permit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, PERMIT CLAUSE("B", "contacts",
                             "must not post\n  when signed\n  unless approved by union\n"));
    check_verdict(policy, SIGNED, "undetermined");
    check_verdict(policy,
                  "{'act':'post','otherwise':'none','facts':{'signed':true},"
                  "'approvals':[{'by':'union','state':'granted'}]}",
                  "allowed");
}

/* One that requires the act conflicts whatever the topics, the law and "regardless". */
static void what_is_required_and_forbidden_conflicts(void **state)
{
    (void)state;
    static const char required[] = CLAUSE("A", "contacts", "must post\n  when signed\n");
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str both = str_format(arena, "%s%s", required,
                                 CLAUSE("B", "reputation", "must not post\n  when signed\n"));
    check_one(NULL, str_cstr(arena, both), SIGNED, "undetermined");
    both = str_format(arena, "%s%s", required,
                      CLAUSE("B", "reputation", "must not post\n  when signed\n  regardless\n"));
    check_one(NULL, str_cstr(arena, both), SIGNED, "undetermined");
    check_one(CLAUSE("L", "hours", "must not post\n  when signed\n"), required, SIGNED,
              "undetermined");
    check_one(NULL, required, SIGNED, "required");
}

/* ---- Declared conflicts ---------------------------------------------------------------------- */

#define DECLARED(line)                                                                             \
    PERMIT CLAUSE("B", "contacts",                                                                 \
                  "must not post\n  when signed\nknown conflict A, B\n  when not health\n  take "  \
                  line "\n  say \"As the owner said.\"\n")

static struct decide_answer *declared(struct arena *arena, const char *clauses,
                                      struct small_policy **policy)
{
    *policy = small_policy_open(arena, clauses);
    /* Where its "when" does not hold, a declared conflict settles nothing. */
    check_verdict(*policy,
                  "{'act':'post','otherwise':'none','facts':{'signed':true,'health':true}}",
                  "undetermined");
    return ask(*policy, SIGNED);
}

static void take_permit_sets_the_prohibition_aside(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy;
    struct decide_answer *answer = declared(arena, DECLARED("permit"), &policy);
    assert_int_equal(answer->verdict, DECIDE_VERDICT_ALLOWED);
    assert_true(small_applies(answer, "A"));
    assert_false(small_applies(answer, "B"));
    assert_int_equal(answer->set_aside_count, 1);
    assert_int_equal(answer->set_aside[0].why, DECIDE_ASIDE_KNOWN);
    assert_int_equal(answer->set_aside[0].by_clause, small_clause(policy, "A"));
    assert_int_equal(answer->conflict_count, 0);
}

static void take_prohibition_sets_the_permit_aside(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy;
    struct decide_answer *answer = declared(arena, DECLARED("prohibition"), &policy);
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_true(small_applies(answer, "B"));
    assert_false(small_applies(answer, "A"));
    assert_int_equal(answer->set_aside[0].by_clause, small_clause(policy, "B"));
}

static void take_ask_sets_both_aside_and_asks(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy;
    struct decide_answer *answer = declared(arena, DECLARED("ask union, it-manager"), &policy);
    assert_int_equal(answer->verdict, DECIDE_VERDICT_ASK_FIRST);
    assert_false(small_applies(answer, "A") || small_applies(answer, "B"));
    assert_int_equal(answer->set_aside_count, 2);
    assert_int_equal(answer->ask_count, 1);
    struct pack_list roles = answer->ask[0].roles;
    assert_int_equal(roles.count, 2);
    assert_int_equal(policy->pack.list[roles.first], small_role(policy, "union"));
}

static void a_declared_conflict_takes_the_side_that_requires_as_one_that_permits(void **state)
{
    (void)state;
    static const char clauses[] =
        CLAUSE("A", "contacts", "must post\n  when signed\n")
        CLAUSE("B", "reputation",
               "must not post\n  when signed\n"
               "known conflict B, A\n  when health\n  take prohibition\n"
               "known conflict B, A\n  when not health\n  take permit\n");
    check_one(NULL, clauses, SIGNED, "required");
    check_one(NULL, clauses,
              "{'act':'post','otherwise':'none','facts':{'signed':true,'health':true}}",
              "forbidden");
}

/* A conflicts with B, where the permit is taken, and with C, of which nothing is said. */
static void a_conflict_that_is_not_declared_remains(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, PERMIT
        CLAUSE("B", "contacts",
               "must not post\n  when signed\nknown conflict A, B\n  take permit\n")
        CLAUSE("C", "contacts", "must not post\n  when signed\n"));
    struct decide_answer *answer = ask(policy, SIGNED);
    assert_int_equal(answer->verdict, DECIDE_VERDICT_UNDETERMINED);
    assert_int_equal(answer->conflict_count, 1);
    assert_int_equal(answer->conflicts[0].second, small_clause(policy, "C"));
}

/* The same with the prohibition taken: A is set aside, and its conflict with C no longer counts. */
static void a_conflict_whose_side_is_set_aside_no_longer_counts(void **state)
{
    (void)state;
    check_one(NULL,
              PERMIT
              CLAUSE("B", "contacts",
                     "must not post\n  when signed\nknown conflict A, B\n  take prohibition\n")
              CLAUSE("C", "contacts", "should not post\n  when signed\n"),
              SIGNED, "forbidden");
}

/* Where it is not known whether they conflict, nothing is set aside for certain. */
static void what_is_open_is_not_set_aside(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "may post\n  when signed\n")
               CLAUSE("B", "contacts",
                      "must not post\n  when account is personal\n"
                      "known conflict A, B\n  take permit\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'personal',"
                    "'signed':'unknown'}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_UNDETERMINED);
    assert_int_equal(answer->set_aside_count, 0);
    assert_true(small_is_possible(answer, "A") && small_is_possible(answer, "B"));
    assert_int_equal(answer->conflict_count, 0);
}

/* Suspended rules take no part in conflicts. */
static void protection_comes_before_conflicts(void **state)
{
    (void)state;
    check_one(CLAUSE("L", "contacts", "protects publish\n  when rights is belief\n  of union\n"),
              PERMIT CLAUSE("B", "contacts", "must not post\n  when signed\n"),
              "{'act':'post','otherwise':'none','facts':{'signed':true,'rights':['belief']}}",
              "ask-first");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_permit_and_a_prohibition_of_one_topic_conflict),
        cmocka_unit_test(what_does_not_conflict),
        cmocka_unit_test(needs_approval_conflicts_with_a_permit),
        cmocka_unit_test(what_is_required_and_forbidden_conflicts),
        cmocka_unit_test(take_permit_sets_the_prohibition_aside),
        cmocka_unit_test(take_prohibition_sets_the_permit_aside),
        cmocka_unit_test(take_ask_sets_both_aside_and_asks),
        cmocka_unit_test(a_declared_conflict_takes_the_side_that_requires_as_one_that_permits),
        cmocka_unit_test(a_conflict_that_is_not_declared_remains),
        cmocka_unit_test(a_conflict_whose_side_is_set_aside_no_longer_counts),
        cmocka_unit_test(what_is_open_is_not_set_aside),
        cmocka_unit_test(protection_comes_before_conflicts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
