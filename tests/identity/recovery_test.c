/*
 * tests/identity/recovery_test.c - ten codes on paper, and how people type them.
 */
#include "support/check.h"

#include "base/arena.h"
#include "identity/recovery.h"

static void ten_codes_of_one_form(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct token codes[RECOVERY_CODES];
    recovery_codes_new(arena, codes);
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        struct token_hash hash;
        assert_int_equal(codes[i].text.len, 29);
        for (size_t at = 0; at < 29; at++) {
            assert_int_equal(codes[i].text.at[at] == '-', at % 5 == 4);
            assert_null(strchr("ilouILOU", codes[i].text.at[at]));
        }
        assert_true(recovery_code_read(codes[i].text, &hash));
        assert_true(token_hash_equal(&hash, &codes[i].hash));
        for (size_t other = 0; other < i; other++) {
            assert_false(token_hash_equal(&hash, &codes[other].hash));
        }
    }
}

static void typing_does_not_matter(void **state)
{
    (void)state;
    static const char *const same[] = {
        "0k1m-x9qd-2hw8-p3tz-7ac5-v6gr", "0K1M-X9QD-2HW8-P3TZ-7AC5-V6GR",
        "0k1mx9qd2hw8p3tz7ac5v6gr",      "Ok1m x9qd 2hw8 p3tz 7ac5 v6gr",
        "oKlM-X9Qd-2hW8-p3tZ-7aC5-v6Gr", " 0kim--x9qd\t2hw8 p3tz 7ac5-v6gr\r\n",
    };
    struct token_hash first, hash;
    assert_true(recovery_code_read(str_from(same[0]), &first));
    for (size_t i = 1; i < sizeof(same) / sizeof(same[0]); i++) {
        assert_true(recovery_code_read(str_from(same[i]), &hash));
        assert_true(token_hash_equal(&hash, &first));
    }
}

static void other_forms_are_no_codes(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "----",
        "0k1m-x9qd-2hw8-p3tz-7ac5-v6g",
        "0k1m-x9qd-2hw8-p3tz-7ac5-v6gr0",
        "0k1m-x9qd-2hw8-p3tz-7ac5-v6gu",
        "0k1m_x9qd_2hw8_p3tz_7ac5_v6gr",
        "0k1m-x9qd-2hw8-p3tz-7ac5-v6g\xC3\xA9",
        "0k1m-x9qd-2hw8-p3tz-7ac5-v6gr                                        ",
    };
    struct token_hash hash;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(recovery_code_read(str_from(bad[i]), &hash));
    }
    assert_false(recovery_code_read(STR("0k1m-x9qd-2hw8-p3tz-7ac5-v6g\0"), &hash));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_codes_of_one_form),
        cmocka_unit_test(typing_does_not_matter),
        cmocka_unit_test(other_forms_are_no_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
