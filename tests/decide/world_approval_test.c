/*
 * tests/decide/world_approval_test.c - which record fits which approval, and the state it gives.
 *
 * Read first: docs/policy-language.md, section 9, "Matching approvals"; src/decide/world.c.
 */
#include "support/check.h"

#include "decide/decide.h"
#include "support/small_policy.h"

static const char the_clauses[] =
    CLAUSE("A", "contacts", "must not post\n  unless approved by senior-leader\n")
    CLAUSE("B", "contacts",
           "must not comment\n  unless approved by headteacher with reason in writing\n")
    CLAUSE("C", "contacts", "must not accept\n  unless consent of other\n")
    CLAUSE("D", "contacts", "must not report\n  unless approved\n")
    CLAUSE("E", "contacts",
           "must not wander\n  when other is pupil or signed\n  unless approved by it-manager\n");

struct matching {
    const char *question; /* without its end */
    const char *approvals, *verdict;
};

static void check_all(const struct matching *cases, size_t count)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    for (size_t i = 0; i < count; i++) {
        struct str question =
            str_format(arena, "{%s,'approvals':[%s]}", cases[i].question, cases[i].approvals);
        struct str verdict = decide_verdict_name(ask(policy, str_cstr(arena, question))->verdict);
        if (!str_equal(verdict, str_from(cases[i].verdict)))
            print_error("case %zu, %s\n", i, cases[i].approvals);
        check_str(verdict, cases[i].verdict);
    }
}

#define CHECK_ALL(cases) check_all((cases), sizeof(cases) / sizeof *(cases))

#define POST "'act':'post'"
#define COMMENT "'act':'comment'"
#define HEAD "'by':'headteacher'"

static void each_state_has_its_level(void **state)
{
    (void)state;
    static const struct matching cases[] = {
        {POST, "", "needs-approval"},
        {POST, "{" HEAD ",'state':'none'}", "needs-approval"},
        {POST, "{" HEAD ",'state':'asked'}", "needs-approval"},
        {POST, "{" HEAD ",'state':'refused'}", "forbidden"},
        {POST, "{" HEAD ",'state':'granted'}", "allowed"},
        {POST, "{" HEAD ",'state':'withdrawn'}", "forbidden"},
        {POST, "{" HEAD ",'state':'expired'}", "needs-approval"},
    };
    CHECK_ALL(cases);
}

static void the_last_record_that_fits_counts(void **state)
{
    (void)state;
    static const struct matching cases[] = {
        {POST, "{" HEAD ",'state':'granted'},{" HEAD ",'state':'refused'}", "forbidden"},
        {POST, "{" HEAD ",'state':'refused'},{" HEAD ",'state':'granted'}", "allowed"},
        {POST, "{" HEAD ",'state':'refused'},{'by':'principal','state':'granted'}", "allowed"},
        {POST, "{" HEAD ",'state':'granted'},{'by':'union','state':'refused'}", "allowed"},
        {POST, "{" HEAD ",'state':'granted'},{" HEAD ",'clause':'B','state':'refused'}",
         "allowed"},
        {POST, "{" HEAD ",'state':'granted'},{" HEAD ",'state':'none'}", "needs-approval"},
    };
    CHECK_ALL(cases);
}

static void dates_count_to_their_last_day(void **state)
{
    (void)state;
    static const struct matching cases[] = {
        {POST ",'as_of':'2026-11-20'", "{" HEAD ",'state':'granted','until':'2026-11-20'}",
         "allowed"},
        {POST ",'as_of':'2026-11-21'", "{" HEAD ",'state':'granted','until':'2026-11-20'}",
         "needs-approval"},
        {POST ",'as_of':'2026-11-20'", "{" HEAD ",'state':'granted','from':'2026-11-20'}",
         "allowed"},
        {POST ",'as_of':'2026-11-19'", "{" HEAD ",'state':'granted','from':'2026-11-20'}",
         "needs-approval"},
        {POST ",'as_of':'2026-03-01'",
         "{" HEAD ",'state':'granted','from':'2026-03-01','until':'2026-03-01'}", "allowed"},
        /* Dates concern what was granted, not what was refused. */
        {POST ",'as_of':'2026-11-21'", "{" HEAD ",'state':'refused','until':'2026-11-20'}",
         "forbidden"},
    };
    CHECK_ALL(cases);
}

#define FROM "{'by':'union','state':'granted','from':'2026-01-31'}"

/* An approval for a period holds from its first day until the day when that has passed. */
static void a_period_is_counted_from_the_first_day(void **state)
{
    (void)state;
    static const struct {
        const char *period, *last, *after;
    } cases[] = {
        {"for 1 days", "2026-01-31", "2026-02-01"},
        {"for 2 weeks", "2026-02-13", "2026-02-14"},
        {"for 1 months", "2026-02-27", "2026-02-28"}, /* the last day of a shorter month */
        {"for 6 months", "2026-07-30", "2026-07-31"},
        {"for 2 years", "2028-01-30", "2028-01-31"},
        {"for 1001 days", "2028-10-27", "2028-10-28"},
        {"for 999999999 years", "9999-12-30", "9999-12-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct str clause = str_format(arena, "## A {#A topic=\"contacts\"}\nWords.\n```rule\n"
                                              "must not post\n  unless approved by union %s\n```\n",
                                       cases[i].period);
        struct small_policy *policy = small_policy_open(arena, str_cstr(arena, clause));
        for (int k = 0; k < 3; k++) {
            const char *day = k == 0 ? "2026-01-31" : k == 1 ? cases[i].last : cases[i].after;
            struct str question = str_format(
                arena, "{'act':'post','as_of':'%s','approvals':[" FROM "]}", day);
            struct decide_answer *answer = ask(policy, str_cstr(arena, question));
            assert_int_equal(answer->verdict, k < 2 ? DECIDE_VERDICT_ALLOWED
                                                    : DECIDE_VERDICT_NEEDS_APPROVAL);
        }
        /* With no first day it is not counted. */
        check_verdict(policy, "{'act':'post','approvals':[{'by':'union','state':'granted'}]}",
                      "allowed");
    }
}

static void reason_and_writing_must_be_there_where_asked_for(void **state)
{
    (void)state;
    static const struct matching cases[] = {
        {COMMENT, "{" HEAD ",'state':'granted','reason':'r','written':true}", "allowed"},
        {COMMENT, "{" HEAD ",'state':'granted','reason':'r'}", "needs-approval"},
        {COMMENT, "{" HEAD ",'state':'granted','written':true}", "needs-approval"},
        {COMMENT, "{" HEAD ",'state':'granted','reason':'','written':true}", "needs-approval"},
        {COMMENT, "{" HEAD ",'state':'granted','reason':'r','written':false}", "needs-approval"},
        {COMMENT, "{" HEAD ",'state':'refused'}", "forbidden"},
        {POST, "{" HEAD ",'state':'granted'}", "allowed"}, /* where nobody asks for them */
    };
    CHECK_ALL(cases);
}

static void a_grant_that_lacks_something_is_shown_as_asked(void **state)
{
    (void)state;
    static const struct {
        const char *question;
        enum pack_approval_state state;
    } cases[] = {
        {"{'act':'comment','approvals':[{'by':'headteacher','state':'granted'}]}",
         PACK_APPROVAL_ASKED},
        {"{'act':'post','as_of':'2026-01-01','approvals':[{'by':'headteacher','state':'granted',"
         "'from':'2026-01-02'}]}",
         PACK_APPROVAL_ASKED},
        {"{'act':'post','as_of':'2026-01-03','approvals':[{'by':'headteacher','state':'granted',"
         "'until':'2026-01-02'}]}",
         PACK_APPROVAL_EXPIRED},
        {"{'act':'post'}", PACK_APPROVAL_NONE},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decide_answer *answer = ask(policy, cases[i].question);
        assert_int_equal(answer->needed_count, 1);
        assert_int_equal(answer->needed[0].state, cases[i].state);
    }
}

static void roles_and_their_groups(void **state)
{
    (void)state;
    static const struct matching cases[] = {
        {POST, "{'by':'principal','state':'granted'}", "allowed"},     /* of the group */
        {POST, "{'by':'senior-leader','state':'granted'}", "allowed"}, /* the group itself */
        {POST, "{'by':'it-manager','state':'granted'}", "needs-approval"},
        {POST, "{'state':'granted'}", "needs-approval"}, /* by nobody said */
        {COMMENT, "{'by':'senior-leader','state':'granted','reason':'r','written':true}",
         "needs-approval"}, /* of the group, and not said who */
        {"'act':'report'", "{'by':'union','state':'granted'}", "allowed"},
        {"'act':'report'", "{'state':'granted'}", "allowed"},
        {"'act':'report'", "{'state':'refused'}", "forbidden"},
    };
    CHECK_ALL(cases);
}

#define LINKEDIN "{" HEAD ",'state':'granted','platform':'linkedin'}"

static void what_a_record_names_must_be_given(void **state)
{
    (void)state;
    static const struct matching cases[] = {
        {POST ",'facts':{'platform':'linkedin'}", LINKEDIN, "allowed"},
        {POST ",'facts':{'platform':'facebook'}", LINKEDIN, "needs-approval"},
        {POST ",'facts':{'platform':'unknown'}", LINKEDIN, "needs-approval"},
        {POST ",'facts':{'platform':{'either':['linkedin']}}", LINKEDIN, "needs-approval"},
        {POST, LINKEDIN, "needs-approval"},
        {POST ",'facts':{'platform':'linkedin'}",
         "{" HEAD ",'state':'granted','platform':'myspace'}", "needs-approval"},
        {POST ",'facts':{'device':'own'}", "{" HEAD ",'state':'granted','device':'own'}",
         "allowed"},
        {POST ",'facts':{'device':'school'}", "{" HEAD ",'state':'granted','device':'own'}",
         "needs-approval"},
        {POST ",'facts':{'account':'official'}",
         "{" HEAD ",'state':'granted','account':'official'}", "allowed"},
        {POST ",'facts':{'account':'personal'}",
         "{" HEAD ",'state':'granted','account':'official'}", "needs-approval"},
        {POST ",'facts':{'platform':'linkedin','device':'own'}",
         "{" HEAD ",'state':'granted','platform':'linkedin','device':'school'}",
         "needs-approval"},
    };
    CHECK_ALL(cases);
}

static void a_value_that_is_implied_counts_as_given(void **state)
{
    (void)state;
    static const struct matching cases[] = {
        {POST ",'facts':{'purpose':['teaching']}",
         "{" HEAD ",'state':'granted','purpose':'school-business'}", "allowed"},
        {POST ",'facts':{'purpose':['school-business']}",
         "{" HEAD ",'state':'granted','purpose':'teaching'}", "needs-approval"},
        {POST ",'facts':{'purpose':['own-life','teaching']}",
         "{" HEAD ",'state':'granted','purpose':'own-life'}", "allowed"},
        {POST ",'facts':{'purpose':{'unknown':['teaching']}}",
         "{" HEAD ",'state':'granted','purpose':'teaching'}", "needs-approval"},
    };
    CHECK_ALL(cases);
}

static void a_record_of_one_person_is_for_them_alone(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct decide_answer *answer =
        ask(policy, "{'act':'wander','facts':{'signed':false},'others':[{'is':['pupil']},"
                    "{'is':['pupil']},{'is':['pupil']}],'approvals':["
                    "{'by':'it-manager','state':'granted','person':1},"
                    "{'by':'it-manager','state':'refused','person':3}]}");
    assert_int_equal(answer->person_verdicts[0], DECIDE_VERDICT_ALLOWED);
    assert_int_equal(answer->person_verdicts[1], DECIDE_VERDICT_NEEDS_APPROVAL);
    assert_int_equal(answer->person_verdicts[2], DECIDE_VERDICT_FORBIDDEN);
}

static void consent_comes_from_each_person_alone(void **state)
{
    (void)state;
    static const struct matching cases[] = {
        {"'act':'accept','others':[{'is':['pupil'],'consent':'granted'}]", "", "allowed"},
        {"'act':'accept','others':[{'is':['pupil']}]", "", "needs-approval"},
        {"'act':'accept','others':[{'is':['pupil'],'consent':'refused'}]", "", "forbidden"},
        {"'act':'accept','others':[{'consent':'granted'},{'consent':'asked'}]", "",
         "needs-approval"},
        {"'act':'accept','others':[{'consent':'granted'},{'consent':'withdrawn'}]", "",
         "forbidden"},
        /* No record by anybody takes its place, and nobody cannot consent. */
        {"'act':'accept','others':[{}]", "{'state':'granted'},{" HEAD ",'state':'granted'}",
         "needs-approval"},
        {"'act':'accept','others':[]", "{'state':'granted'}", "needs-approval"},
    };
    CHECK_ALL(cases);
}

static void a_record_for_a_clause_is_for_that_clause_alone(void **state)
{
    (void)state;
    static const struct matching cases[] = {
        {POST, "{" HEAD ",'clause':'A','state':'granted'}", "allowed"},
        {POST, "{" HEAD ",'clause':'B','state':'granted'}", "needs-approval"},
        {"'act':'report'", "{'clause':'A','state':'granted'}", "needs-approval"},
    };
    CHECK_ALL(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_has_its_level),
        cmocka_unit_test(the_last_record_that_fits_counts),
        cmocka_unit_test(dates_count_to_their_last_day),
        cmocka_unit_test(a_period_is_counted_from_the_first_day),
        cmocka_unit_test(reason_and_writing_must_be_there_where_asked_for),
        cmocka_unit_test(a_grant_that_lacks_something_is_shown_as_asked),
        cmocka_unit_test(roles_and_their_groups),
        cmocka_unit_test(what_a_record_names_must_be_given),
        cmocka_unit_test(a_value_that_is_implied_counts_as_given),
        cmocka_unit_test(a_record_of_one_person_is_for_them_alone),
        cmocka_unit_test(consent_comes_from_each_person_alone),
        cmocka_unit_test(a_record_for_a_clause_is_for_that_clause_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
