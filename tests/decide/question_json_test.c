/*
 * tests/decide/question_json_test.c - questions read from JSON, and each way to be refused.
 *
 * Read first: docs/policy-language.md, section 9; src/decide/question_json.c.
 *
 * What must hold: what is not understood is refused at its own line and column, with what to do; a
 * question with one mistake is refused as a whole.
 */
#include "support/check.h"

#include "base/limits.h"
#include "decide/decide.h"
#include "support/small_policy.h"

static const char a_clause[] =
    CLAUSE("A-1", "contacts",
           "must not post\n"
           "  when readers is at least 10 and posted-on is from 2020-01-01\n"
           "  unless approved by headteacher\n"
           "should not accept\n  when other is pupil\n");

static const struct refusal {
    const char *question, *code;
    uint32_t line, column;
} refusals[] = {
    /* The whole. */
    {"[]", "wrong-type", 1, 1},
    {"'post'", "wrong-type", 1, 1},
    {"{}", "missing-act", 1, 1},
    {" {'act':7}", "missing-act", 1, 9},
    {"{'act':'pots'}", "unknown-act", 1, 8},
    {"{'act':'post','fact':{}}", "unknown-member", 1, 15},
    {"{'act':'post',\n 'otherwise':'all'}", "wrong-value", 2, 14},
    {"{'act':'post','otherwise':1}", "wrong-type", 1, 27},
    {"{'act':'post','brief':'yes'}", "wrong-type", 1, 23},
    {"{'act':'post','as_of':'1 May'}", "wrong-type", 1, 23},
    {"{'act':'post','as_of':'2026-02-29'}", "wrong-type", 1, 23},
    /* Facts. */
    {"{'act':'post','facts':[]}", "wrong-type", 1, 23},
    {"{'act':'post','facts':{\n'acount':'personal'}}", "unknown-fact", 2, 1},
    {"{'act':'post','facts':{'other':['pupil']}}", "misplaced-fact", 1, 24},
    {"{'act':'post','facts':{'other.age':9}}", "misplaced-fact", 1, 24},
    {"{'act':'post','facts':{'account':'persona'}}", "unknown-value", 1, 34},
    {"{'act':'post','facts':{'account':['personal']}}", "wrong-type", 1, 34},
    {"{'act':'post','facts':{'account':{'is':['personal']}}}", "unknown-member", 1, 35},
    {"{'act':'post','facts':{'account':{'either':'personal'}}}", "wrong-type", 1, 44},
    {"{'act':'post','facts':{'account':{'either':['persona']}}}", "unknown-value", 1, 45},
    {"{'act':'post','facts':{'tone':'rude'}}", "wrong-type", 1, 31},
    {"{'act':'post','facts':{'tone':['rude',3]}}", "wrong-type", 1, 39},
    {"{'act':'post','facts':{'tone':['none']}}", "unknown-value", 1, 32},
    {"{'act':'post','facts':{'tone':{'is':['rude'],'not':[]}}}", "unknown-member", 1, 46},
    {"{'act':'post','facts':{'tone':{'unknown':['loud']}}}", "unknown-value", 1, 43},
    {"{'act':'post','facts':{'signed':1}}", "wrong-type", 1, 33},
    {"{'act':'post','facts':{'signed':'perhaps'}}", "wrong-type", 1, 33},
    {"{'act':'post','facts':{'signed':null}}", "wrong-type", 1, 33},
    {"{'act':'post','facts':{'readers':'9'}}", "wrong-type", 1, 34},
    {"{'act':'post','facts':{'readers':9.5}}", "wrong-type", 1, 34},
    {"{'act':'post','facts':{'readers':-1}}", "out-of-range", 1, 34},
    {"{'act':'post','facts':{'readers':1001}}", "out-of-range", 1, 34},
    {"{'act':'post','facts':{'posted-on':20200101}}", "wrong-type", 1, 36},
    {"{'act':'post','facts':{'posted-on':'2020-13-01'}}", "wrong-type", 1, 36},
    /* People. */
    {"{'act':'accept','others':{}}", "wrong-type", 1, 26},
    {"{'act':'accept','others':['pupil']}", "wrong-type", 1, 27},
    {"{'act':'accept','others':[{'label':3}]}", "wrong-type", 1, 36},
    {"{'act':'accept','others':[{'consent':'yes'}]}", "unknown-state", 1, 38},
    {"{'act':'accept','others':[{'consent':true}]}", "unknown-state", 1, 38},
    {"{'act':'accept','others':[{\n  'agee':9}]}", "unknown-fact", 2, 3},
    {"{'act':'accept','others':[{'age':121}]}", "out-of-range", 1, 34},
    {"{'act':'accept','others':[{'is':['pupi']}]}", "unknown-value", 1, 34},
    /* Approvals. */
    {"{'act':'post','approvals':{}}", "wrong-type", 1, 27},
    {"{'act':'post','approvals':['headteacher']}", "wrong-type", 1, 28},
    {"{'act':'post','approvals':[{'by':'headteacher'}]}", "missing-state", 1, 28},
    {"{'act':'post','approvals':[{'state':'maybe'}]}", "unknown-state", 1, 37},
    {"{'act':'post','approvals':[{'state':'granted','by':'head'}]}", "unknown-role", 1, 52},
    {"{'act':'post','approvals':[{'state':'granted','by':3}]}", "wrong-type", 1, 52},
    {"{'act':'post','approvals':[{'state':'granted','clause':'A-2'}]}", "unknown-clause", 1, 56},
    {"{'act':'post','approvals':[{'state':'granted','for':'A-1'}]}", "unknown-member", 1, 47},
    {"{'act':'post','approvals':[{'state':'granted','written':'no'}]}", "wrong-type", 1, 57},
    {"{'act':'post','approvals':[{'state':'granted','reason':1}]}", "wrong-type", 1, 56},
    {"{'act':'post','as_of':'2026-01-01','approvals':[{'state':'granted','from':'now'}]}",
     "wrong-type", 1, 75},
    {"{'act':'post','approvals':[{'state':'granted','until':'2026-01-01'}]}", "missing-as-of", 1,
     1},
    {"{'act':'post','approvals':[{'state':'granted','from':'2026-01-01'}]}", "missing-as-of", 1,
     1},
    {"{'act':'post','approvals':[{'state':'granted','person':1}]}", "unknown-person", 1, 56},
    {"{'act':'accept','others':[{}],'approvals':[{'state':'granted','person':2}]}",
     "unknown-person", 1, 72},
    {"{'act':'accept','others':[{}],'approvals':[{'state':'granted','person':0}]}",
     "unknown-person", 1, 72},
};

static void each_mistake_is_refused_at_its_place(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        struct diag_list diags = refuse(policy, refusals[i].question);
        const struct diag *diag = &diags.items[0];
        if (diags.count != 1 || !str_equal(diag->code, str_from(refusals[i].code)) ||
            diag->line != refusals[i].line || diag->column != refusals[i].column) {
            print_error("%s\nis refused %zu times, first at %u:%u as " STR_FMT ": " STR_FMT "\n",
                        refusals[i].question, diags.count, diag->line, diag->column,
                        STR_ARG(diag->code), STR_ARG(diag->message));
            fail();
        }
        assert_false(str_is_empty(diag->message) || str_is_empty(diag->hint));
        check_str(diag->file, "question");
    }
}

/* Every code that the reader knows is met above or in the tests of the limits below. */
static void every_code_is_tested(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str source = small_policy_file(arena, "src/decide/question_json.c");
    uint32_t found = 0;
    for (struct str rest = source;;) {
        /* fault(reading, PLACE, "code", ... and the same of fault_unknown */
        size_t at = str_find(rest, STR("fault"));
        if (at == STR_NONE)
            break;
        rest = str_slice(rest, at + 5, rest.len);
        struct str call, code, behind;
        (void)str_cut(rest, ';', &call, NULL);
        if (!str_cut(call, '"', NULL, &behind) || !str_cut(behind, '"', &code, NULL) ||
            str_find(code, STR("-")) == STR_NONE || str_find(code, STR(" ")) != STR_NONE)
            continue;
        bool is_tested = str_equal(code, STR("too-many-people")) ||
                         str_equal(code, STR("too-many-alternatives"));
        for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
            is_tested = is_tested || str_equal(code, str_from(refusals[i].code));
        if (!is_tested)
            print_error("no test is refused with " STR_FMT "\n", STR_ARG(code));
        assert_true(is_tested);
        found++;
    }
    assert_true(found >= 17);
}

static void what_is_no_json_is_refused(void **state)
{
    (void)state;
    static const char *const questions[] = {"", "{", "{'act':'post'}}", "{'act':'post',}",
                                            "{'act':'post','act':'post'}", "act: post"};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct diag_list diags = refuse(policy, questions[i]);
        assert_int_equal(diags.count, 1);
        assert_true(diags.items[0].line >= 1 && diags.items[0].column >= 1);
    }
}

static void all_mistakes_are_told_at_once(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct diag_list diags = refuse(policy, "{'act':'post','facts':{'acount':'x','signed':3},"
                                            "'others':7,'approvals':[{'by':'hed'}]}");
    assert_int_equal(diags.count, 5);
}

static void a_misspelt_name_is_answered_with_the_nearest(void **state)
{
    (void)state;
    static const struct {
        const char *question, *hint;
    } cases[] = {
        {"{'act':'pots'}", "Did you mean 'post'?"},
        {"{'act':'post','facts':{'acount':'personal'}}", "Did you mean 'account'?"},
        {"{'act':'post','facts':{'account':'oficial'}}", "Did you mean 'official'?"},
        {"{'act':'accept','others':[{'started':true}]}", "Did you mean 'other.started-it'?"},
        {"{'act':'post','approvals':[{'state':'none','by':'headteachr'}]}",
         "Did you mean 'headteacher'?"},
        {"{'act':'post','approvals':[{'state':'none','clause':'A1'}]}", "Did you mean 'A-1'?"},
        {"{'act':'xxxxxxxxxx'}", "'handrail vocabulary' lists the names."},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_str(refuse(policy, cases[i].question).items[0].hint, cases[i].hint);
}

/* ---- What is read ---------------------------------------------------------------------------- */

static struct decide_question *read_question(struct small_policy *policy, const char *quoted)
{
    struct diag_list diags = diag_list_new(policy->arena);
    struct decide_question *question = decide_question_read(
        policy->arena, &policy->pack, STR("q"), small_json(policy->arena, quoted), &diags);
    assert_non_null(question);
    return question;
}

static void facts_are_read_as_they_are_given(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    const struct {
        const char *facts, *fact, *value;
        uint64_t domain;
        enum decide_state state;
    } cases[] = {
        {"'account':'official'", "account", NULL, 2, DECIDE_STATE_GIVEN},
        {"'account':'none'", "account", NULL, 8, DECIDE_STATE_GIVEN},
        {"'account':'unknown'", "account", NULL, 0, DECIDE_STATE_UNKNOWN},
        {"'account':'withheld'", "account", NULL, 0, DECIDE_STATE_WITHHELD},
        {"'account':{'either':['personal','associated']}", "account", NULL, 5,
         DECIDE_STATE_UNKNOWN},
        {"'signed':true", "signed", NULL, 2, DECIDE_STATE_GIVEN},
        {"'signed':'yes'", "signed", NULL, 2, DECIDE_STATE_GIVEN},
        {"'signed':false", "signed", NULL, 1, DECIDE_STATE_GIVEN},
        {"'signed':'no'", "signed", NULL, 1, DECIDE_STATE_GIVEN},
        {"'readers':0", "readers", NULL, 1, DECIDE_STATE_GIVEN},
        {"'readers':9", "readers", NULL, 1, DECIDE_STATE_GIVEN},
        {"'readers':10", "readers", NULL, 2, DECIDE_STATE_GIVEN},
        {"'readers':1000", "readers", NULL, 2, DECIDE_STATE_GIVEN},
        {"'readers':null", "readers", NULL, 4, DECIDE_STATE_GIVEN},
        {"'posted-on':'2019-12-31'", "posted-on", NULL, 1, DECIDE_STATE_GIVEN},
        {"'posted-on':'2020-01-01'", "posted-on", NULL, 2, DECIDE_STATE_GIVEN},
        {"'posted-on':null", "posted-on", NULL, 4, DECIDE_STATE_GIVEN},
        {"'tone':['kind']", "tone", "kind", 2, DECIDE_STATE_GIVEN},
        {"'tone':['kind']", "tone", "rude", 1, DECIDE_STATE_GIVEN},
        {"'tone':{'is':['kind'],'unknown':['rude']}", "tone", "rude", 3, DECIDE_STATE_UNKNOWN},
        {"'tone':{'unknown':['rude']}", "tone", "kind", 1, DECIDE_STATE_GIVEN},
        {"'tone':[]", "tone", "kind", 1, DECIDE_STATE_GIVEN},
        {"'tone':'unknown'", "tone", "kind", 0, DECIDE_STATE_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str json = str_format(arena, "{'act':'post','facts':{%s}}", cases[i].facts);
        struct decide_question *question = read_question(policy, str_cstr(arena, json));
        uint32_t variable = small_variable(policy, cases[i].fact, cases[i].value);
        assert_int_equal(question->given[variable].domain, cases[i].domain);
        assert_int_equal(question->given[variable].state, cases[i].state);
    }
}

static void the_rest_of_a_question_is_read(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = read_question(
        policy, "{'pack':'any','act':'accept','otherwise':'none','brief':true,"
                "'as_of':'2026-11-20','others':[{'label':'Ann','is':['pupil'],'age':15,"
                "'consent':'refused'}],'approvals':[{'by':'senior-leader','clause':'A-1',"
                "'state':'granted','reason':'r','written':true,'from':'2026-01-01',"
                "'until':'2026-12-31','platform':'linkedin','purpose':'teaching','device':'own',"
                "'account':'official','person':1},{'state':'asked','reason':''}]}");
    assert_true(question->is_otherwise_none && question->is_brief && question->has_as_of);
    assert_int_equal(question->person_count, 1);
    check_str(question->people[0].label, "Ann");
    assert_int_equal(question->people[0].consent, PACK_APPROVAL_REFUSED);
    const struct decide_approval *one = &question->approvals[0], *two = &question->approvals[1];
    assert_int_equal(one->role, small_role(policy, "senior-leader"));
    assert_int_equal(one->clause, small_clause(policy, "A-1"));
    assert_true(one->has_reason && one->in_writing && one->has_from && one->has_until);
    check_str(one->platform, "linkedin");
    check_str(one->purpose, "teaching");
    check_str(one->device, "own");
    check_str(one->account, "official");
    assert_int_equal(one->person, 1);
    assert_int_equal(two->state, PACK_APPROVAL_ASKED);
    assert_int_equal(two->role, PACK_NONE);
    assert_int_equal(two->clause, PACK_NONE);
    assert_false(two->has_reason || two->in_writing || two->has_from || two->has_until);
    assert_int_equal(two->person, 0);
}

static void nobody_is_not_the_same_as_not_said(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    assert_false(read_question(policy, "{'act':'accept'}")->has_people);
    assert_true(read_question(policy, "{'act':'accept','others':[]}")->has_people);
}

/* ---- Limits ---------------------------------------------------------------------------------- */

/* A question whose member `name` is a list of `count` times `item`. */
static const char *many(struct arena *arena, const char *name, const char *item, uint32_t count)
{
    struct text json = {.arena = arena};
    text_addf(&json, "{'act':'accept','%s':[", name);
    for (uint32_t i = 0; i < count; i++)
        text_addf(&json, "%s%s", i == 0 ? "" : ",", item);
    text_add(&json, STR("]}"));
    return str_cstr(arena, text_str(&json));
}

static void check_first_code(struct diag_list diags, const char *code)
{
    assert_int_equal(diags.count, 1);
    check_str(diags.items[0].code, code);
}

static void people_and_approvals_up_to_their_limits(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = read_question(policy, many(arena, "others", "{}", 32));
    assert_int_equal(question->person_count, 32);
    assert_int_equal(DECIDE_PEOPLE_MAX, 32);
    check_first_code(refuse(policy, many(arena, "others", "{}", 33)), "too-many-people");
    question = read_question(policy, many(arena, "approvals", "{'state':'none'}", 256));
    assert_int_equal(question->approval_count, 256);
    assert_int_equal(DECIDE_APPROVALS_MAX, 256);
    check_first_code(refuse(policy, many(arena, "approvals", "{'state':'none'}", 257)),
                     "wrong-type");
}

/* 64 lists of alternatives: two facts of 32 people. */
static void alternatives_up_to_their_limit(void **state)
{
    (void)state;
    static const char person[] = "{'is':{'is':[],'either':['pupil','former-pupil']}}";
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct decide_question *question = read_question(policy, many(arena, "others", person, 32));
    assert_int_equal(question->either_count, 32);
    assert_int_equal(DECIDE_EITHERS_MAX, 64);
    struct diag_list diags = diag_list_new(arena);
    uint32_t values[] = {0, 1};
    while (question->either_count < DECIDE_EITHERS_MAX)
        assert_true(decide_give_either(question, 1, small_fact(policy, "other"), values, 2));
    assert_non_null(decide_answer(arena, question, &diags));
    assert_false(decide_give_either(question, 1, small_fact(policy, "other"), values, 2));
}

/* Over JSON the 65th needs more facts of sets than people and act have in the small words. */
static void one_list_of_alternatives_too_many_is_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text words = {.arena = arena}, facts = {.arena = arena};
    text_add(&words, STR("```vocabulary\ntopic contacts \"C\"\nact accept \"accept\"\n"));
    for (int i = 0; i < 65; i++) {
        text_addf(&words, "fact set-%d: some of \"Set %d?\"\n  a \"a\"\n  b \"b\"\n", i, i);
        text_addf(&facts, "%s'set-%d':{'either':['a','b']}", i == 0 ? "" : ",", i);
    }
    text_add(&words, STR("```\n"));
    struct small_policy *policy = small_policy_open_files(
        arena, text_str(&words), (struct str){0},
        STR("```pack\nname p\ntitle \"P\"\nkind policy\n```\n" CLAUSE(
            "A", "contacts", "must not accept\n  when set-0 is a and set-64 is b\n")));
    struct str all = text_str(&facts);
    struct str question = str_format(arena, "{'act':'accept','facts':{" STR_FMT "}}", STR_ARG(all));
    struct diag_list diags = refuse(policy, str_cstr(arena, question));
    check_first_code(diags, "too-many-alternatives");
    struct str rest;
    (void)str_cut(all, ',', NULL, &rest); /* within the first set: 'b']},... */
    (void)str_cut(rest, ',', NULL, &rest);
    question = str_format(arena, "{'act':'accept','facts':{" STR_FMT "}}", STR_ARG(rest));
    assert_int_equal(read_question(policy, str_cstr(arena, question))->either_count, 64);
}

/* A label inside objects and arrays of JSON; only its depth is wrong. */
static void json_up_to_its_depth(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    for (int depth = LIMIT_JSON_DEPTH_MAX - 1; depth <= LIMIT_JSON_DEPTH_MAX; depth++) {
        struct text json = {.arena = arena};
        text_add(&json, STR("{'act':'post','facts':"));
        for (int i = 0; i < depth; i++)
            text_add_char(&json, '[');
        for (int i = 0; i < depth; i++)
            text_add_char(&json, ']');
        text_add_char(&json, '}');
        struct diag_list diags = refuse(policy, str_cstr(arena, text_str(&json)));
        assert_int_equal(diags.count, 1);
        /* One level is the question itself: at the limit its facts are wrong, past it the JSON. */
        assert_int_equal(str_equal(diags.items[0].code, STR("wrong-type")),
                         depth + 1 <= LIMIT_JSON_DEPTH_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mistake_is_refused_at_its_place),
        cmocka_unit_test(every_code_is_tested),
        cmocka_unit_test(what_is_no_json_is_refused),
        cmocka_unit_test(all_mistakes_are_told_at_once),
        cmocka_unit_test(a_misspelt_name_is_answered_with_the_nearest),
        cmocka_unit_test(facts_are_read_as_they_are_given),
        cmocka_unit_test(the_rest_of_a_question_is_read),
        cmocka_unit_test(nobody_is_not_the_same_as_not_said),
        cmocka_unit_test(people_and_approvals_up_to_their_limits),
        cmocka_unit_test(alternatives_up_to_their_limit),
        cmocka_unit_test(one_list_of_alternatives_too_many_is_refused),
        cmocka_unit_test(json_up_to_its_depth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
