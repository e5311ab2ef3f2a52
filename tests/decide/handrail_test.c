/*
 * tests/decide/handrail_test.c - the C interface: opening, asking, refusing, closing, and threads.
 *
 * Read first: include/handrail.h. tests/end_to_end/ asks every example over it, and compiles the
 * header's own example.
 */
#include "support/check.h"

#include "handrail.h"

#include <pthread.h>
#include <string.h>

#include "base/json.h"
#include "support/small_policy.h"

#define THREADS 4
#define TURNS 25

static const char the_clauses[] =
    CLAUSE("A", "contacts",
           "should not accept\n  when other is pupil or (other is former-pupil and other.age is "
           "under 18)\n  unless other is relative\n");

static struct handrail_pack *pack_of(const struct small_policy *policy)
{
    struct handrail_pack *pack = NULL;
    assert_int_equal(handrail_pack_open(policy->image.bytes, policy->image.size, &pack),
                     HANDRAIL_OK);
    assert_non_null(pack);
    return pack;
}

/* Asks with ' for " and answers the status; `json` is a copy in the arena. */
static enum handrail_status put(struct arena *arena, const struct handrail_pack *pack,
                                const char *question, struct str *json)
{
    struct handrail_answer *answer = NULL;
    struct str text = small_json(arena, question);
    enum handrail_status status = handrail_decide(pack, text.at, text.len, &answer);
    assert_non_null(answer);
    assert_int_equal(strlen(handrail_answer_json(answer)), handrail_answer_bytes(answer));
    *json = str_copy(arena, (struct str){handrail_answer_json(answer),
                                         handrail_answer_bytes(answer)});
    handrail_answer_close(answer);
    return status;
}

static void the_version_is_that_of_the_header(void **state)
{
    (void)state;
    assert_int_equal(handrail_abi_version(), HANDRAIL_ABI_VERSION);
}

static void a_pack_is_opened_named_and_closed(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct handrail_pack *pack = pack_of(small_policy_open(arena, the_clauses));
    assert_string_equal(handrail_pack_name(pack), "small");
    handrail_pack_close(pack);
    handrail_pack_close(NULL);
    handrail_answer_close(NULL);
}

static void what_is_no_image_is_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    uint8_t *bytes = arena_alloc(arena, policy->image.size + 8);
    struct handrail_pack *pack;
    for (size_t size = 0; size < policy->image.size; size += 97) {
        memcpy(bytes, policy->image.bytes, policy->image.size);
        pack = (struct handrail_pack *)(void *)bytes;
        assert_int_equal(handrail_pack_open(bytes, size, &pack), HANDRAIL_BAD_IMAGE);
        assert_null(pack);
        bytes[size] ^= 1;
        assert_int_equal(handrail_pack_open(bytes, policy->image.size, &pack),
                         HANDRAIL_BAD_IMAGE);
    }
    memmove(bytes + 4, policy->image.bytes, policy->image.size);
    assert_int_equal(handrail_pack_open(bytes + 4, policy->image.size, &pack),
                     HANDRAIL_BAD_IMAGE);
    assert_int_equal(handrail_pack_open(NULL, 0, &pack), HANDRAIL_BAD_IMAGE);
}

static void an_answer_is_the_one_that_the_program_gives(void **state)
{
    (void)state;
    static const char question[] = "{'act':'accept','others':[{'is':['former-pupil'],'age':17}]}";
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct handrail_pack *pack = pack_of(policy);
    struct text own = {.arena = arena};
    struct str json;
    decide_answer_write(ask(policy, question), &own);
    assert_int_equal(put(arena, pack, question, &json), HANDRAIL_OK);
    assert_true(str_equal(json, text_str(&own)));
    handrail_pack_close(pack);
}

static void what_is_wrong_with_a_question_is_said_as_json(void **state)
{
    (void)state;
    static const struct {
        const char *question, *code;
        int64_t line, column;
    } cases[] = {
        {"{'act':'accept',\n 'facts':{'acount':1}}", "unknown-fact", 2, 11},
        {"{'act':'accept','others':[{'is':['pupil','former-pupil']}]}", "contradiction", 0, 0},
        {"", NULL, 1, 1},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct handrail_pack *pack = pack_of(small_policy_open(arena, the_clauses));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diag_list diags = diag_list_new(arena);
        struct str text;
        assert_int_equal(put(arena, pack, cases[i].question, &text), HANDRAIL_BAD_QUESTION);
        const struct json_value *json = json_read(arena, STR("errors"), text, &diags);
        assert_non_null(json);
        const struct json_value *errors = json_get(json, STR("errors"));
        assert_int_equal(errors->count, 1);
        const struct json_value *error = &errors->elements[0];
        assert_int_equal(json_get(error, STR("line"))->integer, cases[i].line);
        assert_int_equal(json_get(error, STR("column"))->integer, cases[i].column);
        if (cases[i].code != NULL)
            check_str(json_get(error, STR("code"))->text, cases[i].code);
        assert_false(str_is_empty(json_get(error, STR("message"))->text));
        assert_int_equal(json_get(error, STR("hint"))->kind, JSON_STRING);
    }
    handrail_pack_close(pack);
}

/* The question need not end with a zero byte, and a zero byte inside does not end it. */
static void questions_are_pointer_and_length(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct handrail_pack *pack = pack_of(small_policy_open(arena, the_clauses));
    struct handrail_answer *answer = NULL;
    struct str json = small_json(arena, "{'act':'accept'}garbage");
    assert_int_equal(handrail_decide(pack, json.at, json.len - 7, &answer), HANDRAIL_OK);
    handrail_answer_close(answer);
    assert_int_equal(handrail_decide(pack, "{}\0{}", 5, &answer), HANDRAIL_BAD_QUESTION);
    handrail_answer_close(answer);
    assert_int_equal(handrail_decide(pack, NULL, 0, &answer), HANDRAIL_BAD_QUESTION);
    handrail_answer_close(answer);
    handrail_pack_close(pack);
}

/* ---- Threads --------------------------------------------------------------------------------- */

static const char *const shared_questions[] = {
    "{'act':'accept'}",
    "{'act':'accept','others':[{'is':['pupil']},{'age':3}]}",
    "{'act':'accept','others':[{'is':{'either':['pupil','former-pupil']},'age':17}]}",
    "{'act':'nothing'}",
};
#define SHARED_QUESTIONS (sizeof shared_questions / sizeof *shared_questions)

struct sharing {
    const struct handrail_pack *pack;
    struct str expected[SHARED_QUESTIONS];
    uint32_t first, same;
};

static void *asker_run(void *argument)
{
    struct sharing *sharing = argument;
    for (uint32_t i = 0; i < TURNS; i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        size_t which = (sharing->first + i) % SHARED_QUESTIONS;
        struct str json;
        (void)put(arena, sharing->pack, shared_questions[which], &json);
        sharing->same += str_equal(json, sharing->expected[which]);
    }
    return NULL;
}

static void threads_may_share_a_pack(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct handrail_pack *pack = pack_of(small_policy_open(arena, the_clauses));
    struct sharing sharing[THREADS] = {{.pack = pack}};
    for (size_t i = 0; i < SHARED_QUESTIONS; i++)
        (void)put(arena, pack, shared_questions[i], &sharing[0].expected[i]);
    pthread_t threads[THREADS];
    for (uint32_t i = 0; i < THREADS; i++) {
        sharing[i] = sharing[0];
        sharing[i].first = i;
    }
    for (uint32_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, asker_run, &sharing[i]), 0);
    for (uint32_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(sharing[i].same, TURNS);
    }
    handrail_pack_close(pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_version_is_that_of_the_header),
        cmocka_unit_test(a_pack_is_opened_named_and_closed),
        cmocka_unit_test(what_is_no_image_is_refused),
        cmocka_unit_test(an_answer_is_the_one_that_the_program_gives),
        cmocka_unit_test(what_is_wrong_with_a_question_is_said_as_json),
        cmocka_unit_test(questions_are_pointer_and_length),
        cmocka_unit_test(threads_may_share_a_pack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
