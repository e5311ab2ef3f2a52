/*
 * tests/base/hex_test.c - bytes as hexadecimal digits.
 *
 * Read first: src/base/hex.h.
 */
#include "support/check.h"

#include "base/arena.h"
#include "base/hex.h"

static void every_byte_comes_back(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    unsigned char bytes[256], again[256];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)i;
    }
    struct str digits = hex_of(arena, bytes, sizeof bytes);
    assert_int_equal(digits.len, 512);
    check_str(str_slice(digits, 0, 8), "00010203");
    check_str(str_slice(digits, 506, 512), "fdfeff");
    assert_true(hex_read(digits, again, sizeof again));
    assert_memory_equal(bytes, again, sizeof bytes);
    check_str(hex_of(arena, NULL, 0), "");
}

static void nothing_else_is_read(void **state)
{
    (void)state;
    unsigned char out[2];
    const struct str wrong[] = {STR(""),     STR("abc"),  STR("abcde"), STR("ABCD"),
                                STR("0x12"), STR("12 4"), {"ab\0d", 4}, STR("12\xc3\xa9")};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(hex_read(wrong[i], out, sizeof out));
    }
    assert_true(hex_read(STR("09af"), out, sizeof out));
    assert_int_equal(out[0], 0x09);
    assert_int_equal(out[1], 0xaf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_comes_back),
        cmocka_unit_test(nothing_else_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
