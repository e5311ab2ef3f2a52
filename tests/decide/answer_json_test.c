/*
 * tests/decide/answer_json_test.c - the answer as JSON.
 *
 * Read first: docs/policy-language.md, section 9; docs/schemas/answer.json, against which
 * tests/cli/ validates what the program writes. Here: what stands in each member.
 */
#include "support/check.h"

#include "base/json.h"
#include "decide/decide.h"
#include "support/small_policy.h"

static const char law[] =
    CLAUSE("L", "hours",
           "protects publish\n  when rights is belief\n  of union\n  against hours\n");
static const char the_clauses[] =
    "## D {#D at=\"page 2\" topic=\"contacts\"}\nWords.\n\n"
    "> Reader's note: the \"source\" errs.\n\n"
    "```operation\nduty tell \"Tell the office\"\n  who \"whoever posts\"\n  by \"today\"\n"
    "  evidence \"an e-mail\"\n  otherwise \"the office asks\"\n```\n"
    "```rule\nshould tell\n  on post\n  when signed\n"
    "must not post\n  when account is personal\n  unless device is school\n"
    "  unless approved by any of union, headteacher in writing in advance with reason\n"
    "  say \"Not from there.\"\n  instead \"Use the school's.\"\n```\n"
    CLAUSE("E", "reputation",
           "should not accept\n  when other is pupil\n  unless consent of other\n"
           "take care accept\n  when other.age is under 18\n")
    CLAUSE("F", "hours",
           "may comment\n  when signed\n"
           "ask first comment\n  when health\n  of it-manager\n")
    CLAUSE("G", "hours",
           "must not comment\n  when in-lesson\n"
           "known conflict F, G\n  when emergency\n  take permit\n  say \"An emergency.\"\n"
           "should not comment\n  when readers is over 100\n  unless approved\n");

static const struct json_value *answer_of(struct arena *arena, const char *question)
{
    struct small_policy *policy = small_policy_open_under(arena, law, the_clauses);
    struct text out = {.arena = arena};
    struct diag_list diags = diag_list_new(arena);
    decide_answer_write(ask(policy, question), &out);
    const struct json_value *json = json_read(arena, STR("answer"), text_str(&out), &diags);
    assert_non_null(json);
    return json;
}

/* Follows names and positions: "clauses.0.because.1". */
static const struct json_value *at(const struct json_value *json, const char *path)
{
    struct str rest = str_from(path), step;
    while (rest.len != 0) {
        (void)str_cut(rest, '.', &step, &rest);
        int64_t position = 0;
        if (json->kind == JSON_ARRAY && str_to_int(step, &position)) {
            assert_true(position >= 0 && (size_t)position < json->count);
            json = &json->elements[position];
        } else {
            json = json_get(json, step);
        }
        if (json == NULL)
            fail_msg("there is no %s", path);
    }
    return json;
}

#define check_text(json, path, expected) check_str(at((json), (path))->text, (expected))
#define check_number(json, path, expected) \
    assert_int_equal(at((json), (path))->integer, (expected))
#define check_count(json, path, expected) assert_int_equal(at((json), (path))->count, (expected))

static void every_member_is_always_there(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum json_kind kind;
    } members[] = {
        {"pack", JSON_OBJECT},      {"act", JSON_STRING},      {"verdict", JSON_STRING},
        {"strength", JSON_STRING},  {"headline", JSON_STRING}, {"protected", JSON_BOOL},
        {"unsure", JSON_BOOL},      {"silent", JSON_BOOL},     {"cut_short", JSON_BOOL},
        {"scope", JSON_STRING},     {"scope_text", JSON_STRING}, {"persons", JSON_ARRAY},
        {"clauses", JSON_ARRAY},    {"possible", JSON_ARRAY},  {"set_aside", JSON_ARRAY},
        {"duties", JSON_ARRAY},     {"approvals", JSON_ARRAY}, {"ask", JSON_ARRAY},
        {"conflicts", JSON_ARRAY},  {"presumed", JSON_ARRAY},  {"missing", JSON_ARRAY},
        {"unknown", JSON_ARRAY},    {"withheld", JSON_ARRAY},  {"next", JSON_OBJECT},
        {"changes", JSON_ARRAY},    {"notes", JSON_ARRAY},     {"wording", JSON_STRING},
    };
    static const char *const questions[] = {
        "{'act':'wander'}", "{'act':'accept'}",
        "{'act':'post','otherwise':'none','facts':{'account':'personal'}}"};
    for (size_t q = 0; q < sizeof questions / sizeof *questions; q++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        const struct json_value *json = answer_of(arena, questions[q]);
        assert_int_equal(json->count, sizeof members / sizeof *members);
        for (size_t i = 0; i < json->count; i++) {
            check_str(json->members[i].key, members[i].name);
            enum json_kind kind = json->members[i].value.kind;
            bool may_be_null = str_equal(json->members[i].key, STR("next")) ||
                               str_equal(json->members[i].key, STR("strength"));
            assert_true(kind == members[i].kind || (may_be_null && kind == JSON_NULL));
        }
    }
}

static void the_head(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct json_value *json =
        answer_of(arena, "{'act':'accept','otherwise':'none','others':[{'label':'my \\'niece\\'',"
                         "'is':['pupil']},{}]}");
    check_text(json, "pack.name", "small");
    check_text(json, "pack.title", "A small policy");
    check_text(json, "act", "accept");
    check_text(json, "verdict", "needs-approval");
    check_text(json, "strength", "should");
    check_text(json, "scope", "in");
    check_count(json, "persons", 2);
    check_text(json, "persons.0.label", "my \"niece\"");
    check_text(json, "persons.0.verdict", "needs-approval");
    check_text(json, "persons.1.label", "");
    check_text(json, "persons.1.verdict", "allowed");
    check_text(json, "wording", "The wording prevails.");
}

static void a_clause_that_applies(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct json_value *json =
        answer_of(arena, "{'act':'post','otherwise':'none','facts':{'account':'personal'}}");
    check_count(json, "clauses", 1);
    check_text(json, "clauses.0.clause", "D");
    check_text(json, "clauses.0.at", "page 2");
    check_text(json, "clauses.0.title", "D");
    check_text(json, "clauses.0.topic", "contacts");
    check_text(json, "clauses.0.effect", "forbids");
    check_text(json, "clauses.0.level", "needs-approval");
    check_text(json, "clauses.0.strength", "must");
    assert_true(at(json, "clauses.0.decides")->boolean);
    assert_false(at(json, "clauses.0.law")->boolean);
    check_text(json, "clauses.0.say", "Not from there.");
    check_text(json, "clauses.0.instead", "Use the school's.");
    check_count(json, "clauses.0.for", 0);
    check_text(json, "clauses.0.because.0", "the account: my own account");
    check_count(json, "clauses.0.unless", 2);
    check_text(json, "clauses.0.unless.0.state", "no");
    check_count(json, "approvals", 1);
    check_text(json, "approvals.0.clause", "D");
    check_text(json, "approvals.0.roles.0", "union");
    check_text(json, "approvals.0.roles.1", "headteacher");
    check_text(json, "approvals.0.how.0", "in-writing");
    check_text(json, "approvals.0.how.1", "in-advance");
    check_text(json, "approvals.0.how.2", "with-reason");
    check_text(json, "approvals.0.state", "none");
    check_text(json, "notes.0.clause", "D");
    check_text(json, "notes.0.text", "the \"source\" errs.");
    check_text(json, "changes.0.verdict", "allowed");
    assert_null(json_get(at(json, "changes.0.steps.0"), STR("fact")));
    check_text(json, "changes.1.steps.0.fact", "account");
    check_number(json, "changes.1.steps.0.person", 0);
}

static void people_are_counted_from_one(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct json_value *json =
        answer_of(arena, "{'act':'accept','otherwise':'none','others':[{},{'is':['pupil'],"
                         "'consent':'refused','age':9},{'is':{'unknown':['pupil']},'age':3}]}");
    check_text(json, "verdict", "forbidden");
    check_count(json, "clauses.0.for", 1);
    check_number(json, "clauses.0.for.0", 2);
    check_text(json, "clauses.1.effect", "cautions");
    check_number(json, "clauses.1.for.1", 3);
    check_count(json, "possible", 1);
    check_text(json, "possible.0.clause", "E");
    check_number(json, "possible.0.for.0", 3);
    check_text(json, "unknown.0.fact", "other");
    check_number(json, "unknown.0.person", 3);
    assert_null(json_get(at(json, "possible.0"), STR("decides")));
}

static void duties_and_whom_to_ask(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct json_value *json =
        answer_of(arena, "{'act':'post','otherwise':'none','facts':{'signed':true}}");
    check_text(json, "duties.0.duty", "tell");
    check_text(json, "duties.0.text", "Tell the office");
    check_text(json, "duties.0.who", "whoever posts");
    check_text(json, "duties.0.by", "today");
    check_text(json, "duties.0.evidence", "an e-mail");
    check_text(json, "duties.0.otherwise", "the office asks");
    check_text(json, "duties.0.clause", "D");
    check_text(json, "duties.0.strength", "should");
    assert_false(at(json, "duties.0.nevertheless")->boolean);
    json = answer_of(arena, "{'act':'comment','otherwise':'none','facts':{'health':true}}");
    check_text(json, "verdict", "ask-first");
    check_text(json, "ask.0.clause", "F");
    check_text(json, "ask.0.roles.0", "it-manager");
}

static void conflicts_and_what_settles_them(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct json_value *json = answer_of(
        arena, "{'act':'comment','otherwise':'none','facts':{'signed':true,'in-lesson':true}}");
    check_text(json, "verdict", "undetermined");
    check_text(json, "conflicts.0.clauses.0", "F");
    check_text(json, "conflicts.0.clauses.1", "G");
    json = answer_of(arena, "{'act':'comment','otherwise':'none','facts':{'signed':true,"
                            "'in-lesson':true,'emergency':true}}");
    check_text(json, "verdict", "allowed");
    check_text(json, "set_aside.0.clause", "G");
    check_text(json, "set_aside.0.by", "F");
    check_text(json, "set_aside.0.why", "known-conflict");
    check_text(json, "set_aside.0.say", "An emergency.");
}

static void the_approval_that_nobody_is_named_for_and_consent(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct json_value *json =
        answer_of(arena, "{'act':'comment','otherwise':'none','facts':{'readers':101}}");
    check_count(json, "approvals.0.roles", 0);
    check_text(json, "approvals.0.how.0", "approver-not-named");
    json = answer_of(arena, "{'act':'accept','otherwise':'none','others':[{'is':['pupil']}]}");
    check_text(json, "approvals.0.how.0", "consent-of-the-person");
    check_number(json, "approvals.0.for.0", 1);
}

static void presumed_missing_withheld_and_the_next_question(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct json_value *json = answer_of(
        arena, "{'act':'comment','facts':{'health':'withheld','in-lesson':false,'readers':5}}");
    check_text(json, "verdict", "undetermined");
    check_text(json, "withheld.0.fact", "health");
    check_text(json, "presumed.0.fact", "emergency");
    check_text(json, "presumed.0.value", "emergency: no");
    json = answer_of(arena, "{'act':'post','facts':{'account':'official'}}");
    check_text(json, "missing.0.fact", "signed");
    check_number(json, "missing.0.person", 0);
    check_text(json, "next.fact", "signed");
    check_text(json, "next.question", "Is it signed?");
    check_text(json, "next.help", "Look at its end.");
    check_text(json, "next.why", "Signed posts are judged apart.");
    check_text(json, "next.kind", "yes-no");
    check_count(json, "next.choices", 0);
    json = answer_of(arena, "{'act':'post','facts':{'signed':false}}");
    check_text(json, "next.kind", "one-of");
    check_text(json, "next.choices.0.value", "personal");
    check_text(json, "next.choices.0.text", "my own account");
    check_text(json, "next.choices.1.value", "none");
}

static void protection_is_marked(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct json_value *json =
        answer_of(arena, "{'act':'comment','otherwise':'none','facts':{'in-lesson':true,"
                         "'rights':['belief']}}");
    assert_true(at(json, "protected")->boolean);
    check_text(json, "verdict", "ask-first");
    check_text(json, "clauses.0.level", "ask-first");
    check_text(json, "ask.0.clause", "L");
    assert_true(at(json, "clauses.0.law")->boolean || at(json, "clauses.1.law")->boolean);
}

/* Whatever a label holds, the answer is JSON with the same text in it. */
static void texts_are_escaped(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct json_value *json = answer_of(
        arena, "{'act':'accept','others':[{'label':'a\\\\b\\u0000\\n\\u00e9\\ud83d\\ude00'}]}");
    struct str label = at(json, "persons.0.label")->text;
    assert_int_equal(label.len, 11);
    assert_memory_equal(label.at, "a\\b\0\n\xc3\xa9\xf0\x9f\x98\x80", 11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_is_always_there),
        cmocka_unit_test(the_head),
        cmocka_unit_test(a_clause_that_applies),
        cmocka_unit_test(people_are_counted_from_one),
        cmocka_unit_test(duties_and_whom_to_ask),
        cmocka_unit_test(conflicts_and_what_settles_them),
        cmocka_unit_test(the_approval_that_nobody_is_named_for_and_consent),
        cmocka_unit_test(presumed_missing_withheld_and_the_next_question),
        cmocka_unit_test(protection_is_marked),
        cmocka_unit_test(texts_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
