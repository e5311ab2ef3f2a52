/*
 * oracle_test.c - the worked examples of docs/policy-language.md, section 6, put to the oracle.
 *
 * Each test builds a tiny policy by hand and states the verdict that the page states. What the page
 * does not say in words is not tested here.
 */
#include "support/check.h"

#include "build.h"

/* A pack, its engine and a question, as every test needs them. */
struct example {
    struct oracle_pack pack;
    struct oracle_engine engine;
    struct oracle_question question;
    struct oracle_answer answer;
};

static void start(struct example *x)
{
    *x = (struct example){0};
    build_pack(&x->pack);
    build_question(&x->question);
}

static enum oracle_verdict ask(struct example *x)
{
    x->engine = (struct oracle_engine){0};
    oracle_prepare(&x->engine, &x->pack);
    oracle_answer(&x->engine, &x->question, &x->answer);
    assert_false(x->answer.is_error);
    return x->answer.verdict;
}

static void check_verdict(struct example *x, const char *expected)
{
    assert_string_equal(oracle_verdict_name(ask(x)), expected);
}

static void scope_in_three_values(void **state)
{
    (void)state;
    static const char *const accounts[] = {"personal", "official", NULL};
    struct example x;
    start(&x);
    struct oracle_pack *pack = &x.pack;
    int account = build_fact(pack, ORACLE_FACT_ONE_OF, "account", accounts);
    int affiliated = build_fact(pack, ORACLE_FACT_YES_NO, "affiliated", NULL);
    int affects = build_fact(pack, ORACLE_FACT_YES_NO, "affects-school", NULL);
    int mentions = build_fact(pack, ORACLE_FACT_YES_NO, "mentions-school", NULL);
    int clause = build_clause(pack, "AT-03", 1, 0);
    build_rule(pack, clause, ORACLE_HEAD_COVERS)->when =
        build_or(pack, build_is(pack, account, 2), build_yes(pack, mentions));
    build_rule(pack, clause, ORACLE_HEAD_COVERS)->when =
        build_and(pack, build_is(pack, account, 1),
                  build_or(pack, build_yes(pack, affiliated), build_yes(pack, affects)));
    build_rule(pack, clause, ORACLE_HEAD_LEAVES_OUT)->when = build_and(
        pack, build_is(pack, account, 1),
        build_not(pack, build_or(pack, build_yes(pack, mentions), build_yes(pack, affects))));
    build_rule(pack, build_clause(pack, "AT-07", 1, 0), ORACLE_HEAD_MUST_NOT)->when =
        build_and(pack, build_is(pack, account, 2), build_yes(pack, mentions));
    build_give(x.question.given, account, 0);
    build_give(x.question.given, affiliated, 1);
    build_give(x.question.given, mentions, 0);
    x.question.given[affects].state = ORACLE_GIVEN_UNKNOWN;
    check_verdict(&x, "undetermined");
    assert_int_equal(x.answer.persons[0].scope, ORACLE_SCOPE_UNKNOWN);
    build_give(x.question.given, affects, 1);
    check_verdict(&x, "allowed");
    assert_int_equal(x.answer.persons[0].scope, ORACLE_SCOPE_IN);
    build_give(x.question.given, affects, 0);
    check_verdict(&x, "not-covered");
    assert_int_equal(x.answer.persons[0].scope, ORACLE_SCOPE_OUT);
}

/* RE-16: no pupils, and no ex-pupils under 18, relatives apart. */
enum { PUPIL, FORMER, RELATIVE, CHILD };

static void start_contacts(struct example *x, int *other, int *age)
{
    static const char *const kinds[] = {"pupil", "former-pupil", "relative", "own-child", NULL};
    start(x);
    struct oracle_pack *pack = &x->pack;
    *other = build_fact(pack, ORACLE_FACT_SOME_OF, "other", kinds);
    *age = build_fact(pack, ORACLE_FACT_NUMBER, "other.age", NULL);
    struct oracle_fact *fact = &pack->facts[*other];
    fact->never_count = 1;
    fact->never[0] = 1u << PUPIL | 1u << FORMER;
    fact->implies_count = 1;
    fact->implies_left[0] = 1u << CHILD;
    fact->implies_right[0] = RELATIVE;
    int young = build_and(pack, build_is(pack, *other, 1u << FORMER),
                          build_compare(pack, *age, ORACLE_COMPARE_UNDER, 18));
    struct oracle_rule *rule =
        build_rule(pack, build_clause(pack, "RE-16", 1, 0), ORACLE_HEAD_SHOULD_NOT);
    rule->when = build_or(pack, build_is(pack, *other, 1u << PUPIL), young);
    rule->unless_count = 1;
    rule->unless[0] = build_is(pack, *other, 1u << RELATIVE);
}

static void each_person_apart(void **state)
{
    (void)state;
    struct example x;
    int other = 0, age = 0;
    start_contacts(&x, &other, &age);
    x.question.states_others = true;
    x.question.person_count = 2;
    build_give(x.question.persons[0].given, other, 1u << PUPIL | 1u << CHILD);
    build_give(x.question.persons[0].given, age, 15);
    build_give(x.question.persons[1].given, other, 1u << FORMER);
    build_give(x.question.persons[1].given, age, 17);
    check_verdict(&x, "forbidden");
    assert_int_equal(x.answer.persons[0].verdict, ORACLE_VERDICT_ALLOWED);
    assert_int_equal(x.answer.persons[1].verdict, ORACLE_VERDICT_FORBIDDEN);
}

static void seventeen_either_way(void **state)
{
    (void)state;
    struct example x;
    int other = 0, age = 0;
    start_contacts(&x, &other, &age);
    x.question.states_others = true;
    x.question.person_count = 1;
    build_give(x.question.persons[0].given, other, 0);
    x.question.persons[0].given[other].unknown = 1u << PUPIL | 1u << FORMER;
    build_give(x.question.persons[0].given, age, 17);
    check_verdict(&x, "undetermined"); /* neither is possible, and then it is allowed */
    x.question.persons[0].given[other].unknown = 0;
    x.question.persons[0].given[other].either = 1u << PUPIL | 1u << FORMER;
    check_verdict(&x, "forbidden"); /* one of the two, it is not known which */
    build_give(x.question.persons[0].given, other, 1u << PUPIL);
    check_verdict(&x, "forbidden");
    build_give(x.question.persons[0].given, other, 1u << FORMER);
    check_verdict(&x, "forbidden");
    build_give(x.question.persons[0].given, other, 0);
    check_verdict(&x, "allowed");
    build_give(x.question.persons[0].given, other, 1u << PUPIL | 1u << FORMER);
    oracle_answer(&x.engine, &x.question, &x.answer);
    assert_true(x.answer.is_error); /* never together */
}

static void known_to_be_one_of_them(void **state)
{
    (void)state;
    static const char *const kinds[] = {"pupil", "former-pupil", NULL};
    struct example x;
    start(&x);
    /* A one-of fact that is the one or the other: what is open decides nothing. */
    int kind = build_fact(&x.pack, ORACLE_FACT_ONE_OF, "other.kind", kinds);
    int age = build_fact(&x.pack, ORACLE_FACT_NUMBER, "other.age", NULL);
    int clause = build_clause(&x.pack, "RE-16", 1, 0);
    build_rule(&x.pack, clause, ORACLE_HEAD_SHOULD_NOT)->when =
        build_or(&x.pack, build_is(&x.pack, kind, 1),
                 build_and(&x.pack, build_not(&x.pack, build_is(&x.pack, kind, 1)),
                           build_compare(&x.pack, age, ORACLE_COMPARE_UNDER, 18)));
    x.question.states_others = true;
    x.question.person_count = 1;
    x.question.persons[0].given[kind].state = ORACLE_GIVEN_UNKNOWN;
    build_give(x.question.persons[0].given, age, 17);
    check_verdict(&x, "forbidden");
    assert_int_equal(x.answer.persons[0].completions, 3);
}

enum { HEADTEACHER, PRINCIPAL, CHAIR };

static void any_of_three_and_a_reason(void **state)
{
    (void)state;
    struct example x;
    start(&x);
    x.pack.role_count = 3;
    x.pack.roles[0] = "headteacher";
    x.pack.roles[1] = "principal";
    x.pack.roles[2] = "chair-of-governors";
    int clause = build_clause(&x.pack, "CH-23", 1, 0);
    struct oracle_rule *rule = build_rule(&x.pack, clause, ORACLE_HEAD_MUST_NOT);
    rule->unless_count = 1;
    rule->unless[0] =
        build_approved(&x.pack, (struct oracle_approval){.roles = 7, .with_reason = true});
    check_verdict(&x, "needs-approval"); /* no record */
    struct oracle_record *record = &x.question.records[0];
    x.question.record_count = 1;
    *record = (struct oracle_record){
        .by = PRINCIPAL, .clause = clause, .state = ORACLE_APPROVAL_GRANTED, .fact = ORACLE_NONE};
    check_verdict(&x, "needs-approval"); /* no reason */
    assert_int_equal(x.answer.persons[0].states[0], ORACLE_APPROVAL_ASKED);
    record->has_reason = true;
    check_verdict(&x, "allowed");
    record->state = ORACLE_APPROVAL_REFUSED;
    check_verdict(&x, "forbidden");
    record->state = ORACLE_APPROVAL_GRANTED;
    record->has_until = x.question.has_as_of = true;
    record->until = 100;
    x.question.as_of = 100;
    check_verdict(&x, "allowed");
    x.question.as_of = 101;
    check_verdict(&x, "needs-approval");
    assert_int_equal(x.answer.persons[0].states[0], ORACLE_APPROVAL_EXPIRED);
}

static void approval_only_on_one_platform(void **state)
{
    (void)state;
    static const char *const platforms[] = {"linkedin", "facebook", NULL};
    struct example x;
    start(&x);
    x.pack.role_count = 1;
    x.pack.roles[0] = "finance-and-personnel-manager";
    int platform = build_fact(&x.pack, ORACLE_FACT_ONE_OF, "platform", platforms);
    struct oracle_rule *rule =
        build_rule(&x.pack, build_clause(&x.pack, "MA-34", 1, 0), ORACLE_HEAD_MUST_NOT);
    rule->unless_count = 1;
    rule->unless[0] = build_and(
        &x.pack, build_is(&x.pack, platform, 1),
        build_approved(&x.pack, (struct oracle_approval){.roles = 1, .in_advance = true}));
    build_give(x.question.given, platform, 1);
    check_verdict(&x, "forbidden");
    build_give(x.question.given, platform, 0);
    check_verdict(&x, "needs-approval");
}

static void a_disclaimer_does_not_cure(void **state)
{
    (void)state;
    struct example x;
    start(&x);
    x.pack.duty_count = 1;
    x.pack.duties[0] = "add-disclaimer";
    struct oracle_rule *duty =
        build_rule(&x.pack, build_clause(&x.pack, "MA-54", 1, 0), ORACLE_HEAD_DUTY_MUST);
    duty->duty = 0;
    check_verdict(&x, "allowed-with-duties");
    build_rule(&x.pack, build_clause(&x.pack, "MA-56", 1, 0), ORACLE_HEAD_MUST_NOT);
    check_verdict(&x, "forbidden");
    assert_int_equal(x.answer.persons[0].stands_all, 3); /* both stand */
}

static void contrary_to_duty(void **state)
{
    (void)state;
    struct example x;
    start(&x);
    int refers = build_fact(&x.pack, ORACLE_FACT_YES_NO, "refers", NULL);
    x.pack.duty_count = 1;
    x.pack.duties[0] = "add-statement";
    build_rule(&x.pack, build_clause(&x.pack, "MA-34", 1, 0), ORACLE_HEAD_MUST_NOT)->when =
        build_yes(&x.pack, refers);
    struct oracle_rule *duty =
        build_rule(&x.pack, build_clause(&x.pack, "MA-54", 1, 0), ORACLE_HEAD_DUTY_MUST);
    duty->duty = 0;
    duty->is_nevertheless = true;
    duty->when = build_yes(&x.pack, refers);
    build_give(x.question.given, refers, 1);
    check_verdict(&x, "forbidden");
    assert_int_equal(x.answer.persons[0].stands_all, 3);
    x.pack.rules[1].when = ORACLE_NONE;
    build_give(x.question.given, refers, 0);
    check_verdict(&x, "allowed"); /* nevertheless duties add no level */
}

static void a_closed_topic(void **state)
{
    (void)state;
    static const char *const devices[] = {"own", "school", NULL};
    static const char *const times[] = {"lesson", "structured-session", "break", NULL};
    struct example x;
    start(&x);
    int device = build_fact(&x.pack, ORACLE_FACT_ONE_OF, "device", devices);
    int time = build_fact(&x.pack, ORACLE_FACT_ONE_OF, "time", times);
    struct oracle_rule *rule =
        build_rule(&x.pack, build_clause(&x.pack, "CN-07", 1, 0), ORACLE_HEAD_MAY);
    rule->when = build_is(&x.pack, device, 1);
    rule->only_if = build_not(&x.pack, build_is(&x.pack, time, 3));
    build_rule(&x.pack, 0, ORACLE_HEAD_MAY);                                    /* same clause */
    build_rule(&x.pack, build_clause(&x.pack, "CN-08", 1, 0), ORACLE_HEAD_MAY); /* same topic */
    build_give(x.question.given, device, 0);
    build_give(x.question.given, time, 0);
    check_verdict(&x, "forbidden"); /* no other permit opens it */
    build_give(x.question.given, time, 2);
    check_verdict(&x, "allowed");
    build_give(x.question.given, device, 1);
    build_give(x.question.given, time, 0);
    check_verdict(&x, "allowed");
}

static void a_contradiction_in_the_source(void **state)
{
    (void)state;
    struct example x;
    start(&x);
    int permit = build_clause(&x.pack, "CH-13", 1, 0);
    int prohibition = build_clause(&x.pack, "CH-14", 1, 0);
    build_rule(&x.pack, permit, ORACLE_HEAD_MAY);
    build_rule(&x.pack, prohibition, ORACLE_HEAD_MUST_NOT);
    check_verdict(&x, "undetermined");
    assert_int_equal(x.answer.persons[0].conflicts_all[permit], 1u << prohibition);
    x.pack.known_count = 1;
    x.pack.knowns[0] = (struct oracle_known){
        .first = permit, .second = prohibition, .when = ORACLE_NONE, .take = ORACLE_TAKE_PERMIT};
    check_verdict(&x, "allowed");
    x.pack.knowns[0].take = ORACLE_TAKE_PROHIBITION;
    check_verdict(&x, "forbidden");
    x.pack.knowns[0].take = ORACLE_TAKE_ASK;
    check_verdict(&x, "ask-first");
}

static void freedom_with_limits(void **state)
{
    (void)state;
    struct example x;
    start(&x);
    int harasses = build_fact(&x.pack, ORACLE_FACT_YES_NO, "harasses", NULL);
    build_rule(&x.pack, build_clause(&x.pack, "RE-51", 1, 0), ORACLE_HEAD_MAY);
    struct oracle_rule *limit =
        build_rule(&x.pack, build_clause(&x.pack, "RE-52", 1, 0), ORACLE_HEAD_MUST_NOT);
    limit->when = build_yes(&x.pack, harasses);
    limit->is_regardless = true;
    build_give(x.question.given, harasses, 1);
    check_verdict(&x, "forbidden");
    build_give(x.question.given, harasses, 0);
    check_verdict(&x, "allowed");
}

static void the_unsure(void **state)
{
    (void)state;
    struct example x;
    start(&x);
    int names_pupil = build_fact(&x.pack, ORACLE_FACT_YES_NO, "names-pupil", NULL);
    build_rule(&x.pack, build_clause(&x.pack, "MA-50", 1, 0), ORACLE_HEAD_MUST_NOT)->when =
        build_yes(&x.pack, names_pupil);
    build_rule(&x.pack, build_clause(&x.pack, "MA-57", 1, 0), ORACLE_HEAD_IF_UNSURE);
    check_verdict(&x, "undetermined"); /* a fact is missing: ask for it */
    x.question.given[names_pupil].state = ORACLE_GIVEN_UNKNOWN;
    check_verdict(&x, "ask-first");
    assert_true(x.answer.is_unsure);
    build_give(x.question.given, names_pupil, 0);
    check_verdict(&x, "allowed");
    assert_false(x.answer.is_unsure);
}

static void the_law_above(void **state)
{
    (void)state;
    struct example x;
    start(&x);
    int disclosure = build_fact(&x.pack, ORACLE_FACT_YES_NO, "protected-disclosure", NULL);
    int criticises = build_fact(&x.pack, ORACLE_FACT_YES_NO, "criticises", NULL);
    x.pack.has_law = true;
    x.pack.topic_count = 2;
    x.pack.topics[1] = "reputation";
    struct oracle_rule *law =
        build_rule(&x.pack, build_clause(&x.pack, "L-1", 0, 0), ORACLE_HEAD_PROTECTS);
    law->when = build_yes(&x.pack, disclosure);
    law->against = 2;
    build_rule(&x.pack, build_clause(&x.pack, "RE-30", 1, 1), ORACLE_HEAD_MUST_NOT)->when =
        build_yes(&x.pack, criticises);
    build_give(x.question.given, criticises, 1);
    build_give(x.question.given, disclosure, 1);
    check_verdict(&x, "ask-first");
    assert_true(x.answer.persons[0].is_protected_all);
    build_give(x.question.given, disclosure, 0);
    check_verdict(&x, "forbidden");
    build_give(x.question.given, disclosure, 1);
    build_give(x.question.given, criticises, 0);
    check_verdict(&x, "allowed");
    assert_false(x.answer.persons[0].is_protected_some); /* suspends nothing, says nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scope_in_three_values),
        cmocka_unit_test(each_person_apart),
        cmocka_unit_test(seventeen_either_way),
        cmocka_unit_test(known_to_be_one_of_them),
        cmocka_unit_test(any_of_three_and_a_reason),
        cmocka_unit_test(approval_only_on_one_platform),
        cmocka_unit_test(a_disclaimer_does_not_cure),
        cmocka_unit_test(contrary_to_duty),
        cmocka_unit_test(a_closed_topic),
        cmocka_unit_test(a_contradiction_in_the_source),
        cmocka_unit_test(freedom_with_limits),
        cmocka_unit_test(the_unsure),
        cmocka_unit_test(the_law_above),
    };
    return cmocka_run_group_tests_name("oracle", tests, NULL, NULL);
}
