/*
 * tests/web/form_test.c - forms: read strictly, looked up, typed, written; every bound.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "web/web_int.h"

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

static struct web_form read_form(const char *encoded)
{
    struct web_form form;
    assert_int_equal(web_form_parse(arena, str_from(encoded), WEB_FORM_FIELDS_MAX,
                                    WEB_FORM_VALUE_BYTES_MAX, &form),
                     WEB_FORM_FINE);
    return form;
}

static void check_fault(const char *encoded, enum web_form_fault expected)
{
    struct web_form form;
    assert_int_equal(web_form_parse(arena, str_from(encoded), WEB_FORM_FIELDS_MAX,
                                    WEB_FORM_VALUE_BYTES_MAX, &form),
                     expected);
    assert_int_equal(form.count, 0);
    assert_false(str_is_empty(web_form_fault_words(expected)));
}

static void order_and_repeated_names_are_kept(void **state)
{
    (void)state;
    struct web_form form = read_form("b=1&a=2&b=3&empty=&bare&=x&&c=d=e");
    static const char *const expected[][2] = {{"b", "1"},   {"a", "2"}, {"b", "3"},  {"empty", ""},
                                              {"bare", ""}, {"", "x"},  {"c", "d=e"}};
    assert_int_equal(form.count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < form.count; i++) {
        check_str(form.fields[i].name, expected[i][0]);
        check_str(form.fields[i].value, expected[i][1]);
    }
    check_str(web_form_value(&form, STR("b")), "1");
    assert_int_equal(web_form_count(&form, STR("b")), 2);
    assert_true(web_form_has(&form, STR("bare")));
    assert_false(web_form_has(&form, STR("B")));
    assert_null(web_form_find(&form, STR("none")));
    assert_int_equal(read_form("").count, 0);
}

static void escapes_are_decoded(void **state)
{
    (void)state;
    struct web_form form = read_form("caf%C3%A9=a+b%20c%2B%26%3d&f.1.act=%E2%82%AC~'()!");
    check_str(form.fields[0].name, "caf\xC3\xA9");
    check_str(form.fields[0].value, "a b c+&=");
    check_str(form.fields[1].value, "\xE2\x82\xAC~'()!");
    form = read_form("t=one%0D%0Atwo%0Athree%09.");
    check_str(form.fields[0].value, "one\ntwo\nthree\t.");
}

static void faults_are_found(void **state)
{
    (void)state;
    check_fault("a=%", WEB_FORM_BAD_ESCAPE);
    check_fault("a=%4", WEB_FORM_BAD_ESCAPE);
    check_fault("a=%4g", WEB_FORM_BAD_ESCAPE);
    check_fault("a=1&%zz=2", WEB_FORM_BAD_ESCAPE);
    check_fault("a=%u0041", WEB_FORM_BAD_ESCAPE);
    check_fault("a=b c", WEB_FORM_BAD_BYTE);
    check_fault("a=\x01", WEB_FORM_BAD_BYTE);
    check_fault("a=\xC3\xA9", WEB_FORM_BAD_BYTE);
    check_fault("a=%00", WEB_FORM_BAD_BYTE);
    check_fault("a=%1B", WEB_FORM_BAD_BYTE);
    check_fault("a=%7F", WEB_FORM_BAD_BYTE);
    check_fault("a=one%0Dtwo", WEB_FORM_BAD_BYTE);
    check_fault("a=%C3", WEB_FORM_NOT_UTF8);
    check_fault("a=%C0%AF", WEB_FORM_NOT_UTF8);
    check_fault("a=%ED%A0%80", WEB_FORM_NOT_UTF8);
    check_fault("%FF=1", WEB_FORM_NOT_UTF8);
    check_fault("a=%C3&b=%A9", WEB_FORM_NOT_UTF8);
}

static struct str filled(const char *start, size_t count, char fill)
{
    struct text text = {.arena = arena};
    text_add(&text, str_from(start));
    for (size_t i = 0; i < count; i++) {
        text_add_char(&text, fill);
    }
    return text_str(&text);
}

static void bounds(void **state)
{
    (void)state;
    struct web_form form;
    /* Each "&" begins a field: one more than there are of them. */
    struct str many = filled("", 9, '&');
    assert_int_equal(web_form_parse(arena, many, 10, WEB_FORM_VALUE_BYTES_MAX, &form),
                     WEB_FORM_FINE);
    assert_int_equal(web_form_parse(arena, many, 9, WEB_FORM_VALUE_BYTES_MAX, &form),
                     WEB_FORM_TOO_MANY);

    size_t most = WEB_FORM_VALUE_BYTES_MAX;
    assert_int_equal(
        web_form_parse(arena, filled("a=", most, 'x'), 1, WEB_FORM_VALUE_BYTES_MAX, &form),
        WEB_FORM_FINE);
    assert_int_equal(form.fields[0].value.len, most);
    assert_int_equal(
        web_form_parse(arena, filled("a=", most + 1, 'x'), 1, WEB_FORM_VALUE_BYTES_MAX, &form),
        WEB_FORM_VALUE_TOO_LONG);
    most = WEB_FORM_NAME_BYTES_MAX;
    assert_int_equal(
        web_form_parse(arena, filled("", most, 'x'), 1, WEB_FORM_VALUE_BYTES_MAX, &form),
        WEB_FORM_FINE);
    assert_int_equal(
        web_form_parse(arena, filled("", most + 1, 'x'), 1, WEB_FORM_VALUE_BYTES_MAX, &form),
        WEB_FORM_NAME_TOO_LONG);
}

static void what_is_written_reads_the_same(void **state)
{
    (void)state;
    struct text out = {.arena = arena};
    web_form_add(&out, STR("f.1.other"), STR("a pupil & \"friend\" <b>"));
    web_form_add(&out, STR("caf\xC3\xA9"), STR("100 %\nnext+line"));
    web_form_add(&out, STR("empty"), STR(""));
    check_str(text_str(&out), "f.1.other=a+pupil+%26+%22friend%22+%3Cb%3E&caf%C3%A9="
                              "100+%25%0Anext%2Bline&empty=");
    struct web_form form;
    assert_int_equal(web_form_parse(arena, text_str(&out), 3, WEB_FORM_VALUE_BYTES_MAX, &form),
                     WEB_FORM_FINE);
    check_str(form.fields[0].value, "a pupil & \"friend\" <b>");
    check_str(form.fields[1].name, "caf\xC3\xA9");
    check_str(form.fields[1].value, "100 %\nnext+line");
    check_str(form.fields[2].value, "");
}

static void typed_reads_collect_errors(void **state)
{
    (void)state;
    struct web_form form = read_form("name=+Ann+&age=17&old=500&colour=blue&tick=yes&blank=++");
    struct web_form_errors errors = {.arena = arena};
    static const struct str colours[] = {STR_INIT("red"), STR_INIT("blue")};
    int64_t number = -1;
    check_str(web_form_text(&form, STR("name"), 10, STR("Write a name"), &errors), "Ann");
    check_str(web_form_text(&form, STR("blank"), 10, STR(""), &errors), "");
    assert_true(web_form_int(&form, STR("age"), 0, 120, STR("Write an age"), &errors, &number));
    assert_int_equal(number, 17);
    assert_int_equal(
        web_form_choice(&form, STR("colour"), colours, 2, STR("Choose a colour"), &errors), 1);
    assert_true(web_form_yes(&form, STR("tick")));
    assert_false(web_form_yes(&form, STR("age")));
    assert_int_equal(errors.count, 0);

    check_str(web_form_text(&form, STR("blank"), 10, STR("Write something"), &errors), "");
    assert_false(web_form_int(&form, STR("old"), 0, 120, STR("Write an age"), &errors, &number));
    assert_false(web_form_int(&form, STR("name"), 0, 120, STR("Write a number"), &errors, &number));
    assert_int_equal(number, 17);
    assert_int_equal(web_form_choice(&form, STR("none"), colours, 2, STR("Choose"), &errors),
                     STR_NONE);
    check_str(web_form_text(&form, STR("colour"), 3, STR("Write it"), &errors), "");
    web_form_error(&errors, STR("blank"), STR("another"));
    assert_int_equal(errors.count, 5);
    check_str(errors.at[0].field, "blank");
    check_str(web_form_error_of(&errors, STR("blank")), "Write something");
    check_str(web_form_error_of(&errors, STR("colour")),
              "This is too long: write at most 3 characters");
    check_str(web_form_error_of(&errors, STR("fine")), "");
}

static void many_errors_are_kept(void **state)
{
    (void)state;
    struct web_form_errors errors = {.arena = arena};
    for (int i = 0; i < 100; i++) {
        web_form_error(&errors, str_format(arena, "field%d", i), STR("wrong"));
    }
    assert_int_equal(errors.count, 100);
    check_str(errors.at[99].field, "field99");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(order_and_repeated_names_are_kept, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(escapes_are_decoded, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(faults_are_found, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(bounds, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(what_is_written_reads_the_same, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(typed_reads_collect_errors, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(many_errors_are_kept, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
