/*
 * tests/decide/explain_test.c - why a rule applies, in sentences.
 *
 * Read first: src/decide/explain.c; docs/policy-language.md, section 9 ("because", "unless").
 */
#include "support/check.h"

#include "decide/decide_int.h"
#include "support/small_policy.h"

static const char the_clauses[] =
    CLAUSE("A", "contacts",
           "define loud \"it is loud\"\n  when tone is rude or readers is at least 100\n"
           "must not post\n  when account is personal and loud and (signed or health)\n"
           "  unless device is school\n  unless emergency or in-lesson\n");

#define FACTS "'account':'personal','tone':['rude'],'signed':true"

static struct decide_answer *post(struct arena *arena, struct small_policy **policy,
                                  const char *facts)
{
    *policy = small_policy_open(arena, the_clauses);
    struct str question =
        str_format(arena, "{'act':'post','otherwise':'none','facts':{%s}}", facts);
    struct decide_answer *answer = ask(*policy, str_cstr(arena, question));
    assert_int_equal(answer->cited_count, 1);
    return answer;
}

static void each_part_that_holds_is_told(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy;
    struct decide_answer *answer = post(arena, &policy, FACTS);
    const struct decide_cited *cited = &answer->cited[0];
    assert_int_equal(cited->because_count, 3);
    check_str(cited->because[0].text, "the account: my own account");
    check_str(cited->because[1].text, "it is loud");
    check_str(cited->because[2].text, "signed: yes");
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(cited->because[i].truth, DECIDE_YES);
}

static void each_exception_is_told_with_its_state(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy;
    struct decide_answer *answer = post(arena, &policy, FACTS);
    const struct decide_cited *cited = &answer->cited[0];
    assert_int_equal(cited->unless_count, 2);
    check_str(cited->unless[0].text, "device: a school device");
    assert_int_equal(cited->unless[0].truth, DECIDE_NO);
    assert_int_equal(cited->unless[1].truth, DECIDE_NO);
    answer = post(arena, &policy, FACTS ",'device':'unknown','emergency':'unknown'");
    assert_false(answer->cited[0].is_certain);
    assert_int_equal(answer->cited[0].unless[0].truth, DECIDE_OPEN);
    assert_int_equal(answer->cited[0].unless[1].truth, DECIDE_OPEN);
}

static void truth_has_three_values(void **state)
{
    (void)state;
    static const struct {
        const char *facts;
        enum decide_truth truth; /* of: account is personal and loud and (signed or health) */
    } cases[] = {
        {FACTS, DECIDE_YES},
        {"'account':'official','tone':'unknown'", DECIDE_NO},
        {"'account':'personal','tone':'unknown','signed':true", DECIDE_OPEN},
        {"'account':'personal','tone':'unknown','readers':100,'signed':true", DECIDE_YES},
        {"'account':'personal','tone':[],'readers':99,'signed':true", DECIDE_NO},
        {"'account':'personal','tone':['rude'],'signed':'unknown','health':true", DECIDE_YES},
        {"'account':'personal','tone':['rude'],'signed':'unknown'", DECIDE_OPEN},
        {"'account':'personal','tone':['rude']", DECIDE_NO},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    uint32_t when = policy->pack.rule[small_rule(policy, "A", PACK_EFFECT_FORBIDS)].when;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diag_list diags = diag_list_new(arena);
        struct str json = str_format(arena, "{'act':'post','otherwise':'none','facts':{%s}}",
                                     cases[i].facts);
        struct decide_question *question =
            decide_question_read(arena, &policy->pack, STR("q"),
                                 small_json(arena, str_cstr(arena, json)), &diags);
        struct decide_world *world = decide_world_new(arena, question, 0, &diags);
        assert_int_equal(decide_node_truth(&policy->pack, world->domain, when), cases[i].truth);
    }
}

static void a_gate_shows_what_it_wants(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "hours", "may post\n  when device is own\n  only if not in-lesson\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'device':'own',"
                    "'in-lesson':true}}");
    assert_int_equal(answer->cited[0].because_count, 1);
    check_str(answer->cited[0].because[0].text, "device: my own device");
    assert_int_equal(answer->cited[0].unless_count, 1);
    assert_int_equal(answer->cited[0].unless[0].truth, DECIDE_NO);
    answer = ask(policy, "{'act':'post','otherwise':'none','facts':{'device':'own'}}");
    assert_int_equal(answer->cited[0].because_count, 2);
    assert_int_equal(answer->cited[0].unless_count, 0);
}

static void values_in_words(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "must not post\n  when readers is at least 10 and readers is under 50\n"
                      "    and posted-on is from 2026-09-01\n"));
    const struct {
        const char *fact, *value;
        uint32_t bit;
        const char *words;
    } cases[] = {
        {"account", NULL, 1, "the account: an official account"},
        {"account", NULL, 3, "the account: something else"},
        {"tone", "rude", 1, "tone: it is rude"},
        {"tone", "rude", 0, "tone: not it is rude"},
        {"signed", NULL, 1, "signed: yes"},
        {"signed", NULL, 0, "signed: no"},
        {"readers", NULL, 0, "readers: under 10 people"},
        {"readers", NULL, 1, "readers: at least 10 people"},
        {"readers", NULL, 2, "readers: at least 50 people"},
        {"readers", NULL, 3, "readers: does not apply"},
        {"posted-on", NULL, 0, "posted on: before 2026-09-01"},
        {"posted-on", NULL, 1, "posted on: from 2026-09-01"},
        {"other.age", NULL, 0, "their age: any"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t variable = small_variable(policy, cases[i].fact, cases[i].value);
        check_str(decide_variable_text(arena, &policy->pack, variable, cases[i].bit),
                  cases[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_that_holds_is_told),
        cmocka_unit_test(each_exception_is_told_with_its_state),
        cmocka_unit_test(truth_has_three_values),
        cmocka_unit_test(a_gate_shows_what_it_wants),
        cmocka_unit_test(values_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
