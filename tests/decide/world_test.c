/*
 * tests/decide/world_test.c - what every variable may still be, after what was said.
 *
 * Read first: docs/policy-language.md, section 5.8; src/decide/world.c. Approvals on record are
 * matched in world_approval_test.c.
 */
#include "support/check.h"

#include "decide/decide_int.h"
#include "support/small_policy.h"

static const char the_clauses[] =
    CLAUSE("A", "contacts", "must not publish\n  when readers is at least 10 and tone is rude\n")
    CLAUSE("B", "contacts", "should not accept\n  when other is pupil and other.age is under 18\n");

struct asked {
    struct small_policy *policy;
    struct decide_world *world;
    struct diag_list diags;
};

/* The world of a question in JSON, for person 1 or, where there is none, for nobody. */
static struct asked world_of(struct arena *arena, const char *question)
{
    struct asked asked = {.policy = small_policy_open(arena, the_clauses),
                          .diags = diag_list_new(arena)};
    struct decide_question *read =
        decide_question_read(arena, &asked.policy->pack, STR("q"), small_json(arena, question),
                             &asked.diags);
    assert_non_null(read);
    asked.world = decide_world_new(arena, read, read->person_count == 0 ? 0 : 1, &asked.diags);
    return asked;
}

struct expected {
    const char *fact, *value;
    uint64_t domain;
};

#define check_domains(question, ...)                                                              \
    check_domains_at((question), (const struct expected[]){__VA_ARGS__, {NULL, NULL, 0}}, __LINE__)
static void check_domains_at(const char *question, const struct expected *expected, int line)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct asked asked = world_of(arena, question);
    assert_non_null(asked.world);
    for (; expected->fact != NULL; expected++) {
        uint64_t domain =
            asked.world->domain[small_variable(asked.policy, expected->fact, expected->value)];
        if (domain != expected->domain) {
            print_error("line %d: %s %s may be %llx, not %llx\n", line, expected->fact,
                        expected->value ? expected->value : "", (unsigned long long)domain,
                        (unsigned long long)expected->domain);
            fail();
        }
    }
}

static void a_fact_left_out_takes_its_default_or_is_open(void **state)
{
    (void)state;
    check_domains("{'act':'post'}", {"emergency", NULL, 1}, {"rights", "belief", 1},
                  {"signed", NULL, 3}, {"account", NULL, 15}, {"tone", "rude", 3},
                  {"in-lesson", NULL, 3}, {"readers", NULL, 3});
    check_domains("{'act':'post','facts':{'emergency':true,'rights':['belief']}}",
                  {"emergency", NULL, 2}, {"rights", "belief", 2}, {"rights", "union-work", 1});
}

static void with_otherwise_none_the_rest_is_not_so(void **state)
{
    (void)state;
    check_domains("{'act':'post','otherwise':'none'}", {"emergency", NULL, 1}, {"signed", NULL, 1},
                  {"account", NULL, 8}, {"tone", "rude", 1}, {"readers", NULL, 4});
}

static void a_fact_that_cannot_matter_is_not_so(void **state)
{
    (void)state;
    check_domains("{'act':'comment'}", {"in-lesson", NULL, 1});
    check_domains("{'act':'comment','facts':{'in-lesson':'unknown'}}", {"in-lesson", NULL, 3});
    check_domains("{'act':'comment','facts':{'in-lesson':true}}", {"in-lesson", NULL, 2});
}

static void what_is_presumed_is_marked(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct asked asked = world_of(arena, "{'act':'comment','otherwise':'none'}");
    const bool *is_presumed = asked.world->is_presumed;
    assert_true(is_presumed[small_variable(asked.policy, "emergency", NULL)]);
    assert_true(is_presumed[small_variable(asked.policy, "rights", "belief")]);
    assert_false(is_presumed[small_variable(asked.policy, "signed", NULL)]);
    assert_false(is_presumed[small_variable(asked.policy, "in-lesson", NULL)]);
    asked = world_of(arena, "{'act':'comment','facts':{'emergency':false}}");
    assert_false(asked.world->is_presumed[small_variable(asked.policy, "emergency", NULL)]);
}

static void unknown_and_withheld_never_take_a_default(void **state)
{
    (void)state;
    check_domains("{'act':'post','facts':{'emergency':'unknown','rights':'withheld'}}",
                  {"emergency", NULL, 3}, {"rights", "belief", 3});
    check_domains("{'act':'post','otherwise':'none','facts':{'emergency':'withheld',"
                  "'account':'unknown','tone':'unknown'}}",
                  {"emergency", NULL, 3}, {"account", NULL, 15}, {"tone", "rude", 3});
}

static void an_unknown_number_is_some_number(void **state)
{
    (void)state;
    check_domains("{'act':'post','facts':{'readers':'unknown'}}", {"readers", NULL, 3});
    check_domains("{'act':'post','facts':{'readers':null}}", {"readers", NULL, 4});
    check_domains("{'act':'post','facts':{'readers':10}}", {"readers", NULL, 2});
}

static void with_nobody_concerned_every_fact_of_a_person_is_not_so(void **state)
{
    (void)state;
    check_domains("{'act':'accept','others':[]}", {"other", "pupil", 1}, {"other.age", NULL, 4},
                  {"other.started-it", NULL, 1});
    check_domains("{'act':'accept','others':[{}]}", {"other", "pupil", 3}, {"other.age", NULL, 3},
                  {"other.started-it", NULL, 3});
    check_domains("{'act':'accept','others':[{}],'otherwise':'none'}", {"other", "pupil", 1},
                  {"other.age", NULL, 4}, {"other.started-it", NULL, 1});
}

static void what_is_given_means_what_it_implies(void **state)
{
    (void)state;
    check_domains("{'act':'accept','others':[{'is':['own-child']}]}", {"other", "own-child", 2},
                  {"other", "relative", 2}, {"other", "pupil", 1});
    check_domains("{'act':'post','facts':{'purpose':['teaching']}}",
                  {"purpose", "school-business", 2}, {"purpose", "own-life", 1});
}

static void what_is_unknown_makes_what_it_implies_unknown(void **state)
{
    (void)state;
    check_domains("{'act':'accept','others':[{'is':{'is':[],'unknown':['own-child']}}]}",
                  {"other", "own-child", 3}, {"other", "relative", 3}, {"other", "pupil", 1});
    check_domains("{'act':'accept','others':[{'is':{'is':['relative'],'unknown':['own-child']}}]}",
                  {"other", "own-child", 3}, {"other", "relative", 2});
    /* The reverse does not follow: a relative need not be a child. */
    check_domains("{'act':'accept','others':[{'is':{'is':[],'unknown':['relative']}}]}",
                  {"other", "own-child", 1}, {"other", "relative", 3});
}

static void of_alternatives_the_last_that_is_left_holds(void **state)
{
    (void)state;
    check_domains("{'act':'accept','others':[{'is':{'either':['pupil','relative']}}]}",
                  {"other", "pupil", 3}, {"other", "relative", 3}, {"other", "former-pupil", 1});
    check_domains("{'act':'accept','others':[{'is':{'either':['own-child','pupil']}}]}",
                  {"other", "own-child", 3}, {"other", "relative", 3});
    /* A former pupil is no pupil, so of pupil and relative only relative is left. */
    check_domains("{'act':'accept','others':[{'is':{'is':['former-pupil'],"
                  "'either':['pupil','relative']}}]}",
                  {"other", "pupil", 1}, {"other", "relative", 2});
    check_domains("{'act':'post','facts':{'account':{'either':['personal','official']}}}",
                  {"account", NULL, 3});
}

static void what_cannot_be_together_is_ruled_out(void **state)
{
    (void)state;
    check_domains("{'act':'accept','others':[{'is':{'is':['pupil'],'unknown':['former-pupil']}}]}",
                  {"other", "pupil", 2}, {"other", "former-pupil", 1});
    /* Insults are rude, and what is rude is not kind. */
    check_domains("{'act':'post','facts':{'tone':{'is':['insults'],'unknown':['kind']}}}",
                  {"tone", "rude", 2}, {"tone", "kind", 1});
    check_domains("{'act':'post','facts':{'tone':{'is':['kind'],'unknown':['insults']}}}",
                  {"tone", "kind", 2}, {"tone", "insults", 1}, {"tone", "rude", 1});
}

static void contradictions_are_errors_of_the_question(void **state)
{
    (void)state;
    static const char *const questions[] = {
        "{'act':'accept','others':[{'is':['pupil','former-pupil']}]}",
        "{'act':'post','facts':{'tone':['rude','kind']}}",
        "{'act':'post','facts':{'tone':['insults','kind']}}", /* by what it implies */
        "{'act':'post','facts':{'tone':{'is':['kind'],'either':['rude','insults']}}}",
    };
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct asked asked = world_of(arena, questions[i]);
        assert_null(asked.world);
        assert_int_equal(asked.diags.count, 1);
        check_str(asked.diags.items[0].code, "contradiction");
        assert_false(str_is_empty(asked.diags.items[0].hint));
    }
}

static void a_contradiction_names_both_values(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct asked asked =
        world_of(arena, "{'act':'accept','others':[{'is':['former-pupil','pupil']}]}");
    check_str(asked.diags.items[0].message,
              "The fact 'other' cannot be both 'pupil' and 'former-pupil'.");
}

static void each_person_has_a_world_of_their_own(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct diag_list diags = diag_list_new(arena);
    struct decide_question *question = decide_question_read(
        arena, &policy->pack, STR("q"),
        small_json(arena, "{'act':'accept','facts':{'signed':true},'others':[{'is':['pupil']},"
                          "{'is':{'either':['pupil','relative']},'age':17}]}"),
        &diags);
    struct decide_world *one = decide_world_new(arena, question, 1, &diags);
    struct decide_world *two = decide_world_new(arena, question, 2, &diags);
    uint32_t pupil = small_variable(policy, "other", "pupil");
    uint32_t age = small_variable(policy, "other.age", NULL);
    uint32_t signed_ = small_variable(policy, "signed", NULL);
    assert_int_equal(one->domain[pupil], 2);
    assert_int_equal(two->domain[pupil], 3);
    assert_int_equal(one->domain[age], 3);
    assert_int_equal(two->domain[age], 1);
    assert_int_equal(one->some_count, 0);
    assert_int_equal(two->some_count, 1);
    assert_int_equal(one->domain[signed_], 2);
    assert_int_equal(two->domain[signed_], 2);
}

/* ---- Long chains ----------------------------------------------------------------------------- */

/* A fact whose values v0 -> v1 -> ... imply one another, listed backwards. */
static struct small_policy *chain_open(struct arena *arena, int length)
{
    struct text words = {.arena = arena};
    text_add(&words, STR("```vocabulary\ntopic contacts \"C\"\nact post \"post\"\n"
                         "fact f: some of \"F?\"\n"));
    for (int i = 0; i < length; i++)
        text_addf(&words, "  v%d \"v\"\n", i);
    for (int i = length - 1; i > 0; i--)
        text_addf(&words, "implies f: v%d -> v%d\n", i - 1, i);
    text_add(&words, STR("```\n"));
    return small_policy_open_files(
        arena, text_str(&words), (struct str){0},
        STR("```pack\nname p\ntitle \"P\"\nkind policy\n```\n" CLAUSE(
            "A", "contacts", "must not post\n  when f is v61\n")));
}

static void implications_are_followed_to_their_end(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = chain_open(arena, 62);
    check_verdict(policy, "{'act':'post','facts':{'f':['v0']}}", "forbidden");
    check_verdict(policy, "{'act':'post','facts':{'f':['v60']}}", "forbidden");
    check_verdict(policy, "{'act':'post','facts':{'f':[]}}", "allowed");
    check_verdict(policy, "{'act':'post','facts':{'f':{'unknown':['v0']}}}", "undetermined");
    check_verdict(policy, "{'act':'post','facts':{'f':{'either':['v0','v30']}}}", "forbidden");
}

/* ---- Narrowing ------------------------------------------------------------------------------- */

static void narrowing_can_be_taken_back(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct asked asked = world_of(arena, "{'act':'accept','others':[{}]}");
    const struct pack *pack = &asked.policy->pack;
    uint64_t *domain = asked.world->domain;
    struct decide_trail trail = decide_trail_of(arena, asked.world);
    uint32_t pupil = small_variable(asked.policy, "other", "pupil");
    uint32_t former = small_variable(asked.policy, "other", "former-pupil");
    uint32_t relative = small_variable(asked.policy, "other", "relative");
    uint32_t child = small_variable(asked.policy, "other", "own-child");
    assert_true(decide_narrow(pack, domain, pupil, 2, &trail));
    assert_int_equal(domain[former], 1);
    uint32_t mark = trail.count;
    assert_true(decide_narrow(pack, domain, relative, 1, &trail));
    assert_int_equal(domain[child], 1);
    assert_false(decide_narrow(pack, domain, child, 2, &trail));
    assert_true(decide_narrow(pack, domain, child, 3, &trail)); /* says nothing new */
    decide_undo(domain, &trail, mark);
    assert_int_equal(domain[child], 3);
    assert_int_equal(domain[former], 1);
    decide_undo(domain, &trail, 0);
    assert_int_equal(domain[pupil], 3);
    assert_int_equal(domain[former], 3);
}

/* After random narrowing and undoing, everything is as it was. */
static void random_narrowing_leaves_no_trace(void **state)
{
    (void)state;
    struct check_random random = check_random_new(__func__);
    DEFER(arena_close) struct arena *arena = arena_open();
    struct asked asked = world_of(
        arena, "{'act':'accept','others':[{'is':{'either':['pupil','relative','own-child']}}]}");
    const struct pack *pack = &asked.policy->pack;
    uint64_t *domain = asked.world->domain;
    uint64_t before[64];
    assert_true(pack->variable_count <= 64);
    for (uint32_t v = 0; v < pack->variable_count; v++)
        before[v] = domain[v];
    for (int turn = 0; turn < 2000; turn++) {
        struct arena_mark mark = arena_mark(arena);
        struct decide_trail trail = decide_trail_of(arena, asked.world);
        for (int step = 0; step < 20; step++) {
            uint32_t v = (uint32_t)check_random_below(&random, pack->variable_count);
            uint32_t at = trail.count;
            if (!decide_narrow(pack, domain, v, check_random_next(&random), &trail))
                decide_undo(domain, &trail, at);
            assert_true(domain[v] != 0);
        }
        decide_undo(domain, &trail, 0);
        for (uint32_t v = 0; v < pack->variable_count; v++)
            assert_int_equal(domain[v], before[v]);
        arena_rewind(arena, mark);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fact_left_out_takes_its_default_or_is_open),
        cmocka_unit_test(with_otherwise_none_the_rest_is_not_so),
        cmocka_unit_test(a_fact_that_cannot_matter_is_not_so),
        cmocka_unit_test(what_is_presumed_is_marked),
        cmocka_unit_test(unknown_and_withheld_never_take_a_default),
        cmocka_unit_test(an_unknown_number_is_some_number),
        cmocka_unit_test(with_nobody_concerned_every_fact_of_a_person_is_not_so),
        cmocka_unit_test(what_is_given_means_what_it_implies),
        cmocka_unit_test(what_is_unknown_makes_what_it_implies_unknown),
        cmocka_unit_test(of_alternatives_the_last_that_is_left_holds),
        cmocka_unit_test(what_cannot_be_together_is_ruled_out),
        cmocka_unit_test(contradictions_are_errors_of_the_question),
        cmocka_unit_test(a_contradiction_names_both_values),
        cmocka_unit_test(each_person_has_a_world_of_their_own),
        cmocka_unit_test(implications_are_followed_to_their_end),
        cmocka_unit_test(narrowing_can_be_taken_back),
        cmocka_unit_test(random_narrowing_leaves_no_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
