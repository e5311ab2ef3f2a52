/*
 * tests/decide/headline_test.c - the one line that heads an answer.
 *
 * Read first: src/decide/headline.c.
 */
#include "support/check.h"

#include "decide/decide.h"
#include "support/small_policy.h"

static const char law[] =
    CLAUSE("L", "reputation", "protects publish\n  when rights is belief\n  of union\n");
static const char the_clauses[] =
    CLAUSE("A", "contacts",
           "should not post\n  when account is personal\n"
           "must not post\n  when signed\n"
           "take care post\n  when health\n"
           "must not comment\n  unless approved by union\n"
           "if unsure accept\n  of union\nask first accept\n  when signed\n  of union\n")
    CLAUSE("B", "hours", "may report\n  when signed\n")
    CLAUSE("C", "hours", "must not report\n  when signed\n");

static void each_kind_of_answer_has_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *question, *headline;
    } cases[] = {
        {"{'act':'post','otherwise':'none','facts':{'account':'personal'}}",
         "Not allowed (the policy says \"should not\")"},
        {"{'act':'post','otherwise':'none','facts':{'account':'personal','signed':true}}",
         "Not allowed (the policy says \"must not\")"},
        {"{'act':'post','otherwise':'none','facts':{'health':true}}",
         "Take care: advised against (the policy says \"take care\")"},
        {"{'act':'comment'}", "Needs approval (the policy says \"must not\")"},
        {"{'act':'post','otherwise':'none'}", "Allowed"},
        {"{'act':'post'}", "Cannot be said yet"},
        {"{'act':'wander'}", "This policy says nothing about it"},
        {"{'act':'accept','facts':{'signed':true}}", "Ask first"},
        {"{'act':'accept','facts':{'signed':'unknown'}}", "Not certain: ask first"},
        {"{'act':'post','otherwise':'none','facts':{'signed':true,'rights':['belief']}}",
         "May be protected by law: take advice before acting"},
        {"{'act':'report','otherwise':'none','facts':{'signed':true}}",
         "The policy contradicts itself here: ask its owner"},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open_under(arena, law, the_clauses);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_str(ask(policy, cases[i].question)->headline, cases[i].headline);
}

static void every_verdict_has_a_name_and_words(void **state)
{
    (void)state;
    for (int i = 0; i < DECIDE_VERDICT_COUNT; i++)
        for (int k = 0; k <= i; k++) {
            enum decide_verdict a = (enum decide_verdict)i, b = (enum decide_verdict)k;
            assert_int_equal(str_equal(decide_verdict_name(a), decide_verdict_name(b)), i == k);
            assert_int_equal(str_equal(decide_verdict_words(a), decide_verdict_words(b)), i == k);
        }
    check_str(decide_verdict_name(DECIDE_VERDICT_UNDETERMINED), "undetermined");
    check_str(decide_verdict_name(DECIDE_VERDICT_ALLOWED_WITH_DUTIES), "allowed-with-duties");
    check_str(decide_verdict_words(DECIDE_VERDICT_COUNT), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_answer_has_its_line),
        cmocka_unit_test(every_verdict_has_a_name_and_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
