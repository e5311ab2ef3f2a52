/*
 * tests/base/json_write_test.c - writing JSON: layout, escapes, and calls out of place.
 */
#include "support/check.h"

#include "base/arena.h"
#include "base/json.h"

static void write_answer(struct json_writer *writer)
{
    json_begin_object(writer);
    json_key_str(writer, STR("verdict"), STR("forbidden"));
    json_key(writer, STR("clauses"));
    json_begin_array(writer);
    json_str(writer, STR("3.5"));
    json_int(writer, -7);
    json_begin_object(writer);
    json_end_object(writer);
    json_end_array(writer);
    json_key(writer, STR("none"));
    json_begin_array(writer);
    json_end_array(writer);
    json_key_bool(writer, STR("strict"), true);
    json_key_int(writer, STR("days"), 28);
    json_key(writer, STR("unknown"));
    json_null(writer);
    json_key(writer, STR("raw"));
    json_raw(writer, STR("[1,2]"));
    json_end_object(writer);
}

static struct str answer(struct arena *arena, enum json_layout layout)
{
    struct text out = {.arena = arena};
    struct json_writer writer = json_writer_new(&out, layout);
    assert_false(json_writer_is_done(&writer));
    write_answer(&writer);
    assert_true(json_writer_is_done(&writer));
    return text_str(&out);
}

static void compact(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(answer(arena, JSON_COMPACT),
              "{\"verdict\":\"forbidden\",\"clauses\":[\"3.5\",-7,{}],\"none\":[],"
              "\"strict\":true,\"days\":28,\"unknown\":null,\"raw\":[1,2]}");
}

static void pretty(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(answer(arena, JSON_PRETTY), "{\n"
                                          "  \"verdict\": \"forbidden\",\n"
                                          "  \"clauses\": [\n"
                                          "    \"3.5\",\n"
                                          "    -7,\n"
                                          "    {}\n"
                                          "  ],\n"
                                          "  \"none\": [],\n"
                                          "  \"strict\": true,\n"
                                          "  \"days\": 28,\n"
                                          "  \"unknown\": null,\n"
                                          "  \"raw\": [1,2]\n"
                                          "}");
}

static struct str string_of(struct arena *arena, struct str value)
{
    struct text out = {.arena = arena};
    struct json_writer writer = json_writer_new(&out, JSON_COMPACT);
    json_str(&writer, value);
    return text_str(&out);
}

static void escapes(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(string_of(arena, STR("")), "\"\"");
    check_str(string_of(arena, STR("a\"b\\c/d")), "\"a\\\"b\\\\c/d\"");
    check_str(string_of(arena, STR("\b\f\n\r\t")), "\"\\b\\f\\n\\r\\t\"");
    check_str(string_of(arena, STR("\x01\x1F\x7F")), "\"\\u0001\\u001f\x7F\"");
    check_str(string_of(arena, STR("a\0b")), "\"a\\u0000b\"");
    check_str(string_of(arena, STR("caf\xC3\xA9 \xF0\x9F\x98\x80")),
              "\"caf\xC3\xA9 \xF0\x9F\x98\x80\"");
    check_str(string_of(arena, STR("a\xFF\xC3")), "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

static void numbers(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text out = {.arena = arena};
    struct json_writer writer = json_writer_new(&out, JSON_COMPACT);
    json_begin_array(&writer);
    json_int(&writer, INT64_MIN);
    json_int(&writer, INT64_MAX);
    json_end_array(&writer);
    check_str(text_str(&out), "[-9223372036854775808,9223372036854775807]");
}

/* Whatever text goes in, the same comes out of the reader. */
static void random_texts_survive(void **state)
{
    (void)state;
    struct check_random random = check_random_new(__func__);
    for (int round = 0; round < 3000; round++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct diag_list diags = diag_list_new(arena);
        char bytes[12];
        size_t len = (size_t)check_random_below(&random, sizeof(bytes) + 1);
        for (size_t i = 0; i < len; i++) {
            bytes[i] = (char)check_random_below(&random, 128);
        }
        struct str json = string_of(arena, (struct str){bytes, len});
        const struct json_value *value = json_read(arena, STR("f"), json, &diags);
        assert_non_null(value);
        assert_true(str_equal(value->text, (struct str){bytes, len}));
    }
}

static void open_lists(struct json_writer *writer, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        json_begin_array(writer);
    }
}

enum mistake {
    TWO_TOP_VALUES,
    VALUE_WITHOUT_KEY,
    KEY_WITHOUT_VALUE,
    TWO_KEYS,
    KEY_IN_LIST,
    KEY_ALONE,
    WRONG_END,
    END_ALONE,
    TOO_DEEP,
    EMPTY_RAW,
    MISTAKE_COUNT
};

static void make_mistake_in(struct json_writer *writer, enum mistake mistake)
{
    switch (mistake) {
    case TWO_TOP_VALUES:
        json_null(writer);
        json_null(writer);
        break;
    case VALUE_WITHOUT_KEY:
        json_begin_object(writer);
        json_int(writer, 1);
        break;
    case KEY_WITHOUT_VALUE:
        json_begin_object(writer);
        json_key(writer, STR("a"));
        json_end_object(writer);
        break;
    case TWO_KEYS:
        json_begin_object(writer);
        json_key(writer, STR("a"));
        json_key(writer, STR("b"));
        break;
    case KEY_IN_LIST:
        json_begin_array(writer);
        json_key(writer, STR("a"));
        break;
    case KEY_ALONE:
        json_key(writer, STR("a"));
        break;
    case WRONG_END:
        json_begin_array(writer);
        json_end_object(writer);
        break;
    case END_ALONE:
        json_end_array(writer);
        break;
    case TOO_DEEP:
        open_lists(writer, LIMIT_JSON_DEPTH_MAX + 1);
        break;
    case EMPTY_RAW:
        json_raw(writer, STR(""));
        break;
    case MISTAKE_COUNT:
        break;
    }
}

static void make_mistake(void *mistake)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text out = {.arena = arena};
    struct json_writer writer = json_writer_new(&out, JSON_COMPACT);
    make_mistake_in(&writer, *(enum mistake *)mistake);
}

static void calls_out_of_place_stop_the_program(void **state)
{
    (void)state;
    for (int i = 0; i < MISTAKE_COUNT; i++) {
        enum mistake mistake = (enum mistake)i;
        check_stops(make_mistake, &mistake);
    }
}

static void the_deepest_document(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text out = {.arena = arena};
    struct json_writer writer = json_writer_new(&out, JSON_PRETTY);
    open_lists(&writer, LIMIT_JSON_DEPTH_MAX);
    for (size_t i = 0; i < LIMIT_JSON_DEPTH_MAX; i++) {
        json_end_array(&writer);
    }
    assert_true(json_writer_is_done(&writer));
    struct diag_list diags = diag_list_new(arena);
    assert_non_null(json_read(arena, STR("f"), text_str(&out), &diags));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compact),
        cmocka_unit_test(pretty),
        cmocka_unit_test(escapes),
        cmocka_unit_test(numbers),
        cmocka_unit_test(random_texts_survive),
        cmocka_unit_test(calls_out_of_place_stop_the_program),
        cmocka_unit_test(the_deepest_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
