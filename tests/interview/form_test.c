/*
 * tests/interview/form_test.c - forms: what is read, what is refused, and that both ways agree.
 *
 * Read first: src/interview/form.h.
 */
#include "support/check.h"

#include "base/utf8.h"
#include "interview/form.h"

/* The fields as "name|value" and a line end each; or "refused: ..." */
static struct str shown(struct arena *arena, struct str bytes)
{
    struct form form;
    struct text out = {.arena = arena};
    const char *wrong = form_read(arena, bytes, &form);
    if (wrong != NULL)
        return str_format(arena, "refused: %s", wrong);
    for (size_t i = 0; i < form.count; i++)
        text_addf(&out, STR_FMT "|" STR_FMT "\n", STR_ARG(form.fields[i].name),
                  STR_ARG(form.fields[i].value));
    return text_str(&out);
}

static void forms_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *form, *fields;
    } cases[] = {
        {"", ""},
        {"a=1", "a|1\n"},
        {"a=1&b=2&a=3", "a|1\nb|2\na|3\n"},
        {"a=1+2+3", "a|1 2 3\n"},
        {"a+b=c", "a b|c\n"},
        {"a=%41%6a%6A", "a|Ajj\n"},
        {"%61=b", "a|b\n"},
        {"a=%26%3D%25%2B", "a|&=%+\n"},
        {"a", "a|\n"},
        {"a=", "a|\n"},
        {"=b", "|b\n"},
        {"=", "|\n"},
        {"a=b=c", "a|b=c\n"},
        {"&&a=1&&b=2&", "a|1\nb|2\n"},
        {"a=%E2%82%AC", "a|\xE2\x82\xAC\n"},
        {"a=\xE2\x82\xAC", "a|\xE2\x82\xAC\n"},
        {"a=%0D%0A%09b", "a|\r\n\tb\n"},
        {"a=~'()!", "a|~'()!\n"},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_str(shown(arena, str_from(cases[i].form)), cases[i].fields);
}

static void what_no_browser_sends_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "a=%",          "a=%4",     "%",           "a=%4g",    "a=%g4",          "a=%%41",
        "a=%&b=1",      "a=%4&b=1", "a=% 41",      "a=%+1",    "a=%00",          "a=%01",
        "a=\x01",       "a=%1F",    "a=%7F",       "a=\x7F",   "%0A=1",          "a\nb=1",
        "%09=1",        "a%0Db=1",  "a=\xFF",      "a=%FF",    "a=%C3",          "a=%C3&b=%A9",
        "%C3=%A9",      "a=%C0%AF", "a=%ED%A0%80", "a=%E2%82", "a=%F4%90%80%80", "a=%80",
        "a=1&b=2&c=%0", "a=%u20AC", "a=%E2%28%A1"};
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        check_str(shown(arena, str_from(bad[i])), "refused: The form is not well formed");
    check_str(shown(arena, (struct str){"a=\0b", 4}), "refused: The form is not well formed");
}

static void so_many_bytes_and_no_more(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    char *bytes = arena_alloc(arena, FORM_BYTES_MAX + 1);
    for (size_t i = 0; i <= FORM_BYTES_MAX; i++)
        bytes[i] = i == 1 ? '=' : 'a';
    struct form form;
    assert_null(form_read(arena, (struct str){bytes, FORM_BYTES_MAX}, &form));
    assert_int_equal(form.fields[0].value.len, FORM_BYTES_MAX - 2);
    check_str(shown(arena, (struct str){bytes, FORM_BYTES_MAX + 1}),
              "refused: The form is too long");
}

static void so_many_fields_and_no_more(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text bytes = {.arena = arena};
    struct form form;
    for (size_t i = 0; i < FORM_FIELDS_MAX; i++)
        form_write(&bytes, STR("f"), STR("v"));
    text_add(&bytes, STR("&&&")); /* these are no fields */
    assert_null(form_read(arena, text_str(&bytes), &form));
    assert_int_equal(form.count, FORM_FIELDS_MAX);
    form_write(&bytes, STR("one"), STR("more"));
    check_str(shown(arena, text_str(&bytes)), "refused: The form has too many fields");
}

static void the_first_value_of_a_name_counts(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct form form;
    assert_null(form_read(arena, STR("a=1&b=&a=2"), &form));
    check_str(form_value(&form, STR("a")), "1");
    check_str(form_value(&form, STR("b")), "");
    check_str(form_value(&form, STR("c")), "");
    assert_true(form_has(&form, STR("b")));
    assert_false(form_has(&form, STR("c")));
    assert_false(form_has(&form, STR("")));
}

static void a_form_is_written_as_browsers_do(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text out = {.arena = arena};
    form_write(&out, STR("f.1.other"), STR("own-child?"));
    form_write(&out, STR("a b&c"), STR("1=2 +%~\n\xE2\x82\xAC*_"));
    form_write(&out, STR(""), STR(""));
    check_str(text_str(&out), "f.1.other=own-child%3F&a+b%26c=1%3D2+%2B%25%7E%0A%E2%82%AC*_&=");
}

static struct str random_text(struct arena *arena, struct check_random *random, bool is_name)
{
    static const char *const pieces[] = {"a",
                                         "Z",
                                         "0",
                                         " ",
                                         "+",
                                         "%",
                                         "&",
                                         "=",
                                         "%4",
                                         "\xC3\xA9",
                                         "\xE2\x82\xAC",
                                         ".",
                                         "-",
                                         "_",
                                         "*",
                                         "\xF0\x9F\x8E\x93",
                                         "?",
                                         "\"",
                                         "'",
                                         "<",
                                         "\t",
                                         "\n",
                                         "\r"};
    size_t count = sizeof pieces / sizeof pieces[0] - (is_name ? 3 : 0);
    struct text out = {.arena = arena};
    for (uint64_t left = check_random_below(random, 12); left != 0; left--)
        text_add(&out, str_from(pieces[check_random_below(random, count)]));
    return text_str(&out);
}

static void what_is_written_reads_as_it_was(void **state)
{
    (void)state;
    struct check_random random = check_random_new("form round trip");
    for (int run = 0; run < 2000; run++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct str names[8], values[8];
        size_t count = (size_t)check_random_below(&random, 9);
        struct text out = {.arena = arena};
        for (size_t i = 0; i < count; i++) {
            names[i] = random_text(arena, &random, true);
            values[i] = random_text(arena, &random, false);
            form_write(&out, names[i], values[i]);
        }
        struct form form;
        assert_null(form_read(arena, text_str(&out), &form));
        assert_int_equal(form.count, count);
        for (size_t i = 0; i < count; i++)
            assert_true(str_equal(form.fields[i].name, names[i]) &&
                        str_equal(form.fields[i].value, values[i]));
    }
}

/* Any bytes are refused, or hold nothing that could not be written again. */
static void random_bytes_are_refused_or_read_for_good(void **state)
{
    (void)state;
    static const char likely[] = "a=&%+4C3A9f.%%==&&";
    struct check_random random = check_random_new("form of random bytes");
    unsigned read = 0;
    for (int run = 0; run < 20000; run++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        char bytes[24];
        size_t len = (size_t)check_random_below(&random, sizeof bytes);
        for (size_t i = 0; i < len; i++)
            bytes[i] = check_random_below(&random, 8) == 0
                           ? (char)check_random_below(&random, 256)
                           : likely[check_random_below(&random, sizeof likely - 1)];
        struct form form, again;
        if (form_read(arena, (struct str){bytes, len}, &form) != NULL)
            continue;
        read++;
        struct text out = {.arena = arena};
        for (size_t i = 0; i < form.count; i++) {
            assert_true(utf8_valid(form.fields[i].name) && utf8_valid(form.fields[i].value));
            form_write(&out, form.fields[i].name, form.fields[i].value);
        }
        assert_null(form_read(arena, text_str(&out), &again));
        assert_int_equal(again.count, form.count);
        for (size_t i = 0; i < form.count; i++)
            assert_true(str_equal(form.fields[i].name, again.fields[i].name) &&
                        str_equal(form.fields[i].value, again.fields[i].value));
    }
    assert_true(read > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_read),
        cmocka_unit_test(what_no_browser_sends_is_refused),
        cmocka_unit_test(so_many_bytes_and_no_more),
        cmocka_unit_test(so_many_fields_and_no_more),
        cmocka_unit_test(the_first_value_of_a_name_counts),
        cmocka_unit_test(a_form_is_written_as_browsers_do),
        cmocka_unit_test(what_is_written_reads_as_it_was),
        cmocka_unit_test(random_bytes_are_refused_or_read_for_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
