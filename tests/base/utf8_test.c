/*
 * tests/base/utf8_test.c - UTF-8: every code point there and back, and every wrong form refused.
 */
#include "support/check.h"

#include <string.h>

#include "base/utf8.h"

static bool is_scalar(uint32_t code_point)
{
    return code_point <= 0x10FFFF && !(code_point >= 0xD800 && code_point <= 0xDFFF);
}

static void every_code_point_there_and_back(void **state)
{
    (void)state;
    for (uint32_t code_point = 0; code_point <= 0x110000; code_point++) {
        char bytes[UTF8_BYTES_MAX] = {0};
        size_t len = utf8_encode(code_point, bytes);
        uint32_t again = 0;
        if (!is_scalar(code_point)) {
            assert_int_equal(len, 0);
            continue;
        }
        assert_true(len >= 1 && len <= UTF8_BYTES_MAX);
        assert_int_equal(utf8_decode((struct str){bytes, len}, 0, &again), len);
        assert_int_equal(again, code_point);
        assert_int_equal(utf8_decode((struct str){bytes, len - 1}, 0, &again), 0);
    }
    char bytes[UTF8_BYTES_MAX];
    assert_int_equal(utf8_encode(UINT32_MAX, bytes), 0);
}

static void wrong_forms_are_refused(void **state)
{
    (void)state;
    static const struct str wrong[] = {
        STR_INIT("\x80"),             /* continuation alone */
        STR_INIT("\xC0\x80"),         /* overlong zero */
        STR_INIT("\xC1\xBF"),         /* overlong */
        STR_INIT("\xE0\x9F\xBF"),     /* overlong */
        STR_INIT("\xF0\x8F\xBF\xBF"), /* overlong */
        STR_INIT("\xED\xA0\x80"),     /* surrogate */
        STR_INIT("\xED\xBF\xBF"),     /* surrogate */
        STR_INIT("\xF4\x90\x80\x80"), /* above U+10FFFF */
        STR_INIT("\xF5\x80\x80\x80"),
        STR_INIT("\xFE"),
        STR_INIT("\xFF"),
        STR_INIT("\xC3"),         /* cut short */
        STR_INIT("\xE2\x82"),     /* cut short */
        STR_INIT("\xF0\x9F\x98"), /* cut short */
        STR_INIT("\xC3("),        /* second byte wrong */
        STR_INIT("\xE2(\xA1"),
        STR_INIT("\xE2\x82("),
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        uint32_t code_point = 0;
        assert_false(utf8_valid(wrong[i]));
        assert_int_equal(utf8_decode(wrong[i], 0, &code_point), 0);
        assert_int_equal(code_point, UTF8_REPLACEMENT);
    }
}

static void valid_text(void **state)
{
    (void)state;
    uint32_t code_point = 0;
    assert_true(utf8_valid((struct str){0}));
    assert_true(utf8_valid(STR("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80 \0.")));
    assert_false(utf8_valid(STR("caf\xC3\xA9\xC3")));
    assert_int_equal(utf8_decode(STR("a"), 1, &code_point), 0);
    assert_int_equal(utf8_decode(STR("a"), SIZE_MAX, &code_point), 0);
}

static void counting(void **state)
{
    (void)state;
    assert_int_equal(utf8_count((struct str){0}), 0);
    assert_int_equal(utf8_count(STR("caf\xC3\xA9")), 4);
    assert_int_equal(utf8_count(STR("a\xFF\xFF")), 3);
}

static void columns(void **state)
{
    (void)state;
    assert_int_equal(utf8_columns((struct str){0}), 0);
    assert_int_equal(utf8_columns(STR("policy")), 6);
    assert_int_equal(utf8_columns(STR("caf\xC3\xA9")), 4);
    assert_int_equal(utf8_columns(STR("e\xCC\x81")), 1);        /* combining accent */
    assert_int_equal(utf8_columns(STR("\xE6\xBC\xA2")), 2);     /* Han */
    assert_int_equal(utf8_columns(STR("\xF0\x9F\x98\x80")), 2); /* emoji */
    assert_int_equal(utf8_columns(STR("a\xE2\x80\x8B"
                                      "b")),
                     2);                                                 /* zero width space */
    assert_int_equal(utf8_columns(STR("\xE2\x80\x98q\xE2\x80\x99")), 3); /* quotation marks */
    assert_int_equal(utf8_columns(STR("\n")), 0);
    assert_int_equal(utf8_columns(STR("\xFF")), 1);
}

static void any_bytes_are_measured_safely(void **state)
{
    (void)state;
    struct check_random random = check_random_new(__func__);
    for (int round = 0; round < 3000; round++) {
        char bytes[24];
        size_t len = (size_t)check_random_below(&random, sizeof(bytes) + 1);
        for (size_t i = 0; i < len; i++) {
            bytes[i] = (char)check_random_next(&random);
        }
        struct str s = {bytes, len};
        assert_true(utf8_count(s) <= len);
        assert_true(utf8_columns(s) <= 2 * len);
        (void)utf8_valid(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_there_and_back),
        cmocka_unit_test(wrong_forms_are_refused),
        cmocka_unit_test(valid_text),
        cmocka_unit_test(counting),
        cmocka_unit_test(columns),
        cmocka_unit_test(any_bytes_are_measured_safely),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
