/*
 * tests/identity/encode_test.c - base64, base64url, base32 and percent, with RFC 4648's examples.
 */
#include "support/check.h"

#include "base/arena.h"
#include "identity/encode.h"

/* RFC 4648, section 10. */
static const struct {
    const char *bytes, *base64, *base64url, *base32;
} examples[] = {
    {"", "", "", ""},
    {"f", "Zg==", "Zg", "MY"},
    {"fo", "Zm8=", "Zm8", "MZXQ"},
    {"foo", "Zm9v", "Zm9v", "MZXW6"},
    {"foob", "Zm9vYg==", "Zm9vYg", "MZXW6YQ"},
    {"fooba", "Zm9vYmE=", "Zm9vYmE", "MZXW6YTB"},
    {"foobar", "Zm9vYmFy", "Zm9vYmFy", "MZXW6YTBOI"},
    {"\xFB\xFF", "+/8=", "-_8", "7P7Q"},
};

static void examples_of_the_standard(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        struct str bytes = str_from(examples[i].bytes), read = {0};
        check_str(encode_base64(arena, bytes), examples[i].base64);
        check_str(encode_base64url(arena, bytes), examples[i].base64url);
        check_str(encode_base32(arena, bytes), examples[i].base32);
        assert_true(encode_base64url_read(arena, str_from(examples[i].base64url), &read));
        check_str(read, examples[i].bytes);
        assert_true(encode_base32_read(arena, str_from(examples[i].base32), &read));
        check_str(read, examples[i].bytes);
    }
}

static void base64url_is_read_strictly(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char *const bad[] = {"Zg==", "Zh",    "Zm9=", "Z",      "Zm9vY",   "Zm+v", "Zm/v",
                                      " Zg",  "Zm9v ", "Zm\n", "Zm9v\n", "Zm9v.Zm", "=",    "Zm9"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct str read = STR("untouched");
        assert_false(encode_base64url_read(arena, str_from(bad[i]), &read));
        check_str(read, "untouched");
    }
    struct str read;
    assert_false(encode_base64url_read(arena, STR("Zm9v\0Zm9v"), &read));
}

static void base32_is_read_strictly(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char *const bad[] = {"MZ",    "M",     "MZX",      "MZXW6Y",
                                      "mzxw6", "MZXW1", "MY======", "MZXW 6"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct str read = STR("untouched");
        assert_false(encode_base32_read(arena, str_from(bad[i]), &read));
        check_str(read, "untouched");
    }
}

static void random_bytes_come_back(void **state)
{
    (void)state;
    struct check_random random = check_random_new("random_bytes_come_back");
    for (int round = 0; round < 2000; round++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        char bytes[80];
        struct str all = {bytes, (size_t)check_random_below(&random, sizeof(bytes) + 1)}, read;
        for (size_t i = 0; i < all.len; i++) {
            bytes[i] = (char)check_random_next(&random);
        }
        assert_true(encode_base64url_read(arena, encode_base64url(arena, all), &read));
        assert_true(str_equal(read, all));
        assert_true(encode_base32_read(arena, encode_base32(arena, all), &read));
        assert_true(str_equal(read, all));
    }
}

static void percent(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text out = {.arena = arena};
    encode_field(&out, '?', STR("a b"), STR("az-AZ_09.~"));
    encode_field(&out, '&', STR("c"), STR("\xC3\xA9&=+%/\n"));
    encode_field(&out, '\0', STR(""), STR(""));
    check_str(text_str(&out), "?a%20b=az-AZ_09.~&c=%C3%A9%26%3D%2B%25%2F%0A=");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_of_the_standard),
        cmocka_unit_test(base64url_is_read_strictly),
        cmocka_unit_test(base32_is_read_strictly),
        cmocka_unit_test(random_bytes_come_back),
        cmocka_unit_test(percent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
