/*
 * tests/base/json_test.c - reading JSON: what is read, what is refused and how it is said, limits.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/utf8.h"

static const struct json_value *read(struct arena *arena, struct str input)
{
    struct diag_list diags = diag_list_new(arena);
    const struct json_value *value = json_read(arena, STR("f"), input, &diags);
    assert_non_null(value);
    assert_int_equal(diags.count, 0);
    return value;
}

/* What is said about input that is refused. */
static struct str complaint(struct arena *arena, struct str input)
{
    struct diag_list diags = diag_list_new(arena);
    assert_null(json_read(arena, STR("f"), input, &diags));
    assert_int_equal(diags.count, 1);
    struct text out = {.arena = arena};
    diag_render(&diags, &out);
    return text_str(&out);
}

static void words(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    assert_int_equal(read(arena, STR("null"))->kind, JSON_NULL);
    assert_int_equal(read(arena, STR(" \t\r\ntrue\n"))->boolean, true);
    assert_int_equal(read(arena, STR("false"))->kind, JSON_BOOL);
    assert_int_equal(read(arena, STR("false"))->boolean, false);
}

static void whole_numbers(void **state)
{
    (void)state;
    static const struct {
        struct str input;
        int64_t integer;
    } cases[] = {
        {STR_INIT("0"), 0},
        {STR_INIT("-0"), 0},
        {STR_INIT("17"), 17},
        {STR_INIT("-17"), -17},
        {STR_INIT("9223372036854775807"), INT64_MAX},
        {STR_INIT("-9223372036854775808"), INT64_MIN},
        {STR_INIT("1.0"), 1},
        {STR_INIT("1e2"), 100},
        {STR_INIT("120e-1"), 12},
        {STR_INIT("9007199254740992.0"), INT64_C(9007199254740992)},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct json_value *value = read(arena, cases[i].input);
        assert_int_equal(value->kind, JSON_NUMBER);
        assert_true(value->is_integer);
        assert_int_equal(value->integer, cases[i].integer);
        assert_true(value->number == (double)cases[i].integer);
    }
}

static void other_numbers(void **state)
{
    (void)state;
    static const struct {
        struct str input;
        double number;
    } cases[] = {
        {STR_INIT("0.5"), 0.5},     {STR_INIT("-2.5E+3"), -2500.0},
        {STR_INIT("1e-2"), 0.01},   {STR_INIT("9223372036854775808"), 9223372036854775808.0},
        {STR_INIT("1e300"), 1e300}, {STR_INIT("1e-999"), 0.0},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct json_value *value = read(arena, cases[i].input);
        bool is_whole = cases[i].number == -2500.0 || cases[i].number == 0.0;
        assert_true(value->number == cases[i].number);
        assert_int_equal(value->is_integer, is_whole);
    }
}

static void strings(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(read(arena, STR("\"\""))->text, "");
    check_str(read(arena, STR("\"caf\xC3\xA9\""))->text, "caf\xC3\xA9");
    check_str(read(arena, STR("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""))->text, "\"\\/\b\f\n\r\t");
    check_str(read(arena, STR("\"\\u0041\\u00e9\\u20AC\""))->text, "A\xC3\xA9\xE2\x82\xAC");
    check_str(read(arena, STR("\"\\ud83d\\ude00\""))->text, "\xF0\x9F\x98\x80");
    check_str(read(arena, STR("\"\\uD800\\uDC00\""))->text, "\xF0\x90\x80\x80");
    check_str(read(arena, STR("\"\\uDBFF\\uDFFF\""))->text, "\xF4\x8F\xBF\xBF");
    assert_true(str_equal(read(arena, STR("\"a\\u0000b\""))->text, STR("a\0b")));
    check_str(read(arena, STR("\"\x7F\""))->text, "\x7F");
}

static void lists_and_objects(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct json_value *value =
        read(arena, STR("{\"act\": \"connect\", \"others\": [{\"age\": 17}, {}], \"none\": []}"));
    assert_int_equal(value->kind, JSON_OBJECT);
    assert_int_equal(value->count, 3);
    check_str(json_get(value, STR("act"))->text, "connect");
    const struct json_value *others = json_get(value, STR("others"));
    assert_int_equal(others->count, 2);
    assert_int_equal(json_get(&others->elements[0], STR("age"))->integer, 17);
    assert_int_equal(others->elements[1].count, 0);
    assert_int_equal(json_get(value, STR("none"))->count, 0);
    assert_null(json_get(value, STR("ac")));
    assert_null(json_get(others, STR("age")));
    assert_null(json_get(NULL, STR("age")));
    check_str(value->members[2].key, "none");
}

static void places(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct json_value *value =
        read(arena, STR("{\n  \"\xC3\xA9\": [1,\r\n 22],\n  \"b\" : true }"));
    assert_true(value->line == 1 && value->column == 1);
    assert_true(value->members[0].line == 2 && value->members[0].column == 3);
    const struct json_value *list = &value->members[0].value;
    assert_true(list->line == 2 && list->column == 8);
    assert_true(list->elements[1].line == 3 && list->elements[1].column == 2);
    assert_true(value->members[1].value.line == 4 && value->members[1].value.column == 9);
}

static void a_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct json_value *value = read(arena, STR("\xEF\xBB\xBF[1]"));
    assert_int_equal(value->column, 1);
    check_str(complaint(arena, STR("\xEF\xBB\xBF\xEF\xBB\xBF[1]")),
              "f:1:1: error: this is no JSON value [json-syntax]\n"
              "    hint: a value is text in double quotes, a number, true, false, null, a list or "
              "an object\n");
}

static void mistakes_and_their_places(void **state)
{
    (void)state;
    static const struct {
        struct str input;
        const char *start;
    } cases[] = {
        {STR_INIT(""), "f:1:1: error: a value is missing: the text ends here"},
        {STR_INIT("\n  "), "f:2:3: error: a value is missing"},
        {STR_INIT("[1,\n2"), "f:2:2: error: a comma or ] is missing"},
        {STR_INIT("[1 2]"), "f:1:4: error: a comma or ] is missing"},
        {STR_INIT("{\"a\":1"), "f:1:7: error: a comma or } is missing"},
        {STR_INIT("[1,]"), "f:1:4: error: nothing follows this comma"},
        {STR_INIT("{\"a\":1,}"), "f:1:8: error: nothing follows this comma"},
        {STR_INIT("[,1]"), "f:1:2: error: this is no JSON value"},
        {STR_INIT("{a:1}"), "f:1:2: error: a name in double quotes is missing"},
        {STR_INIT("{\"a\" 1}"), "f:1:6: error: a colon is missing after the name"},
        {STR_INIT("{\"a\":}"), "f:1:6: error: this is no JSON value"},
        {STR_INIT("\"abc"), "f:1:1: error: these double quotes are never closed"},
        {STR_INIT("[\n\"abc]\\"), "f:2:1: error: these double quotes are never closed"},
        {STR_INIT("\"a\nb\""), "f:1:3: error: a line end, tab or control character"},
        {STR_INIT("\"a\\x\""), "f:1:4: error: this character may not follow a backslash"},
        {STR_INIT("\"\\u12G4\""), "f:1:6: error: four hexadecimal digits must follow \\u"},
        {STR_INIT("\"\\ud83d\""), "f:1:8: error: half a character: the second"},
        {STR_INIT("\"\\ud83d\\u0041\""), "f:1:14: error: half a character: these two"},
        {STR_INIT("\"\\ud83d\\uDE0g\""), "f:1:13: error: four hexadecimal digits"},
        {STR_INIT("\"\\udc00\""), "f:1:8: error: half a character: the first"},
        {STR_INIT("\"\\ude00\""), "f:1:8: error: half a character: the first"},
        {STR_INIT("\"\xFF\""), "f:1:2: error: this is not UTF-8 text"},
        {STR_INIT("\"\xED\xA0\x80\""), "f:1:2: error: this is not UTF-8 text"},
        {STR_INIT("01"), "f:1:3: error: a number may not begin with 0"},
        {STR_INIT("-"), "f:1:2: error: a digit is missing"},
        {STR_INIT("1."), "f:1:3: error: a digit must follow the decimal point"},
        {STR_INIT("1e+"), "f:1:4: error: a digit is missing in the exponent"},
        {STR_INIT("1e999"), "f:1:1: error: this number is too large"},
        {STR_INIT("1 2"), "f:1:3: error: the JSON value has ended, but more follows"},
        {STR_INIT("{\"a\":1,\n \"a\":2}"), "f:2:2: error: \"a\" is given twice in one object"},
        {STR_INIT("{\"a\":1,\"\\u0061\":2}"), "f:1:8: error: \"a\" is given twice"},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct str said = complaint(arena, cases[i].input);
        check_str(str_slice(said, 0, strlen(cases[i].start)), cases[i].start);
    }
}

static void other_things_that_are_not_json(void **state)
{
    (void)state;
    static const struct str wrong[] = {
        STR_INIT("NaN"),
        STR_INIT("Infinity"),
        STR_INIT("-Infinity"),
        STR_INIT("nul"),
        STR_INIT("True"),
        STR_INIT("truee"),
        STR_INIT("'a'"),
        STR_INIT("+1"),
        STR_INIT(".5"),
        STR_INIT("0x10"),
        STR_INIT("1_000"),
        STR_INIT("// a\n1"),
        STR_INIT("/* a */ 1"),
        STR_INIT("[1] #"),
        STR_INIT("\0"),
        STR_INIT("[\0]"),
        STR_INIT("1\0"),
        STR_INIT("\v1"),
        STR_INIT("\xC2\xA0"
                 "1"),
        STR_INIT("]"),
        STR_INIT("}"),
        STR_INIT("[}"),
        STR_INIT("{]"),
        STR_INIT("{\"a\"}"),
        STR_INIT("{1:1}"),
        STR_INIT("{\"a\":1 \"b\":2}"),
        STR_INIT("[\"a\",\"b"),
        STR_INIT("\"\\"),
        STR_INIT("\"\\u"),
        STR_INIT("\"\\uD8"),
        STR_INIT("-01"),
        STR_INIT("1.e1"),
        STR_INIT("1e"),
        STR_INIT("{,}"),
        STR_INIT("[1,,2]"),
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_true(str_starts(complaint(arena, wrong[i]), STR("f:")));
    }
}

static struct str repeated(struct arena *arena, const char *part, size_t count)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        text_add(&out, str_from(part));
    }
    return text_str(&out);
}

static struct str nested(struct arena *arena, size_t depth)
{
    return str_format(arena, STR_FMT STR_FMT, STR_ARG(repeated(arena, "[", depth)),
                      STR_ARG(repeated(arena, "]", depth)));
}

static void depth_at_its_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    (void)read(arena, nested(arena, LIMIT_JSON_DEPTH_MAX));
    check_str(complaint(arena, nested(arena, LIMIT_JSON_DEPTH_MAX + 1)),
              "f:1:65: error: lists and objects may stand in each other 64 deep, no deeper "
              "[json-limit]\n");
    /* Depth counts what is open, not what there was. */
    (void)read(arena, str_format(arena, "[" STR_FMT "0]",
                                 STR_ARG(repeated(arena, "[],{},", LIMIT_JSON_DEPTH_MAX * 2))));
    assert_true(str_starts(complaint(arena, repeated(arena, "{\"a\":", 5000)), STR("f:1:321: ")));
}

static void values_at_their_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    /* The list itself is a value, and so is the last 0. */
    struct str at_limit = str_format(arena, "[" STR_FMT "0]",
                                     STR_ARG(repeated(arena, "0,", LIMIT_JSON_VALUES_MAX - 2)));
    assert_int_equal(read(arena, at_limit)->count, LIMIT_JSON_VALUES_MAX - 1);
    struct str past_limit = str_format(arena, "[" STR_FMT "0]",
                                       STR_ARG(repeated(arena, "0,", LIMIT_JSON_VALUES_MAX - 1)));
    assert_true(str_find(complaint(arena, past_limit), STR("more than 200000 values")) != STR_NONE);
}

static void bytes_at_their_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    char *input = arena_alloc(arena, LIMIT_JSON_INPUT_BYTES_MAX + 1);
    memset(input, ' ', LIMIT_JSON_INPUT_BYTES_MAX + 1);
    input[0] = '1';
    (void)read(arena, (struct str){input, LIMIT_JSON_INPUT_BYTES_MAX});
    check_str(complaint(arena, (struct str){input, LIMIT_JSON_INPUT_BYTES_MAX + 1}),
              "f:1:1: error: there are more than 4194304 bytes [json-limit]\n"
              "    hint: split the file\n");
}

static void digits_at_their_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str zeros = repeated(arena, "0", LIMIT_JSON_NUMBER_BYTES_MAX - 2);
    (void)read(arena, str_format(arena, "0." STR_FMT, STR_ARG(zeros)));
    check_str(complaint(arena, str_format(arena, " 0.0" STR_FMT, STR_ARG(zeros))),
              "f:1:2: error: this number has too many digits [json-limit]\n");
}

/* Many members, in an order that is bad for a table that trusts its hash, take no long time. */
static void many_members_and_one_twice(void **state)
{
    (void)state;
    enum { COUNT = 50000 };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text out = {.arena = arena};
    text_add_char(&out, '{');
    for (int i = 0; i < COUNT; i++) {
        text_addf(&out, "\"m%d\":%d,\n", COUNT - i, i);
    }
    size_t without_last = out.len;
    text_add(&out, STR("\"n\":0}"));
    assert_int_equal(read(arena, text_str(&out))->count, COUNT + 1);
    out.len = without_last;
    text_add(&out, STR("\"m7\":0}"));
    assert_true(str_starts(complaint(arena, text_str(&out)),
                           STR("f:50001:1: error: \"m7\" is given twice")));
}

static void the_first_repetition_is_reported(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    assert_true(str_starts(complaint(arena, STR("{\"b\":1,\"a\":2,\n\"b\":3,\n\"a\":4}")),
                           STR("f:2:1: error: \"b\"")));
}

static void names_of_kinds(void **state)
{
    (void)state;
    for (int kind = 0; kind < JSON_KIND_COUNT; kind++) {
        assert_false(str_is_empty(json_kind_name((enum json_kind)kind)));
    }
    check_str(json_kind_name(JSON_BOOL), "true or false");
}

/* Any bytes: read, or refused with exactly one error; both without harm. */
static void random_bytes(void **state)
{
    (void)state;
    static const char likely[] = "{}[]\":,0123456789.eE+-\\u trufalsn\n\xC3\xA9\xFF";
    struct check_random random = check_random_new(__func__);
    for (int round = 0; round < 20000; round++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct diag_list diags = diag_list_new(arena);
        char bytes[24];
        size_t len = (size_t)check_random_below(&random, sizeof(bytes) + 1);
        for (size_t i = 0; i < len; i++) {
            bytes[i] = likely[check_random_below(&random, sizeof(likely) - 1)];
        }
        bool is_read = json_read(arena, STR("f"), (struct str){bytes, len}, &diags) != NULL;
        assert_int_equal(diags.count, is_read ? 0 : 1);
    }
}

static void plain_values_are_as_somebody_types_them(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const struct {
        const char *json, *plain; /* NULL: none */
    } cases[] = {
        {"\"a b\"", "a b"}, {"\"\"", ""},   {"-17", "-17"}, {"true", "yes"}, {"false", "no"},
        {"1e3", "1000"},   {"1.5", NULL}, {"null", NULL}, {"[]", NULL},    {"{}", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct diag_list diags = diag_list_new(arena);
        struct str plain = STR("untouched");
        const struct json_value *value =
            json_read(arena, STR("test"), str_from(cases[i].json), &diags);
        assert_non_null(value);
        assert_int_equal(json_plain(arena, value, &plain), cases[i].plain != NULL);
        check_str(plain, cases[i].plain ? cases[i].plain : "untouched");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(plain_values_are_as_somebody_types_them),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(other_numbers),
        cmocka_unit_test(strings),
        cmocka_unit_test(lists_and_objects),
        cmocka_unit_test(places),
        cmocka_unit_test(a_byte_order_mark_is_skipped),
        cmocka_unit_test(mistakes_and_their_places),
        cmocka_unit_test(other_things_that_are_not_json),
        cmocka_unit_test(depth_at_its_limit),
        cmocka_unit_test(values_at_their_limit),
        cmocka_unit_test(bytes_at_their_limit),
        cmocka_unit_test(digits_at_their_limit),
        cmocka_unit_test(many_members_and_one_twice),
        cmocka_unit_test(the_first_repetition_is_reported),
        cmocka_unit_test(names_of_kinds),
        cmocka_unit_test(random_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
