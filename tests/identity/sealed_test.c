/*
 * tests/identity/sealed_test.c - secrets that are encrypted where they are kept, and their key.
 */
#include "support/check.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "identity/sealed.h"

static struct arena *arena;
static const struct sealed_key key = {{1, 2, 3}}, other = {{1, 2, 4}};

static enum result_code read_code(const struct sealed_key *with, struct str purpose,
                                  struct str sealed)
{
    struct str bytes;
    return sealed_read(arena, with, purpose, sealed, &bytes).code;
}

static void what_is_sealed_can_be_read(void **state)
{
    (void)state;
    struct str sealed = sealed_write(arena, &key, STR("totp 5"), STR("a secret")), bytes;
    assert_true(result_is_ok(sealed_read(arena, &key, STR("totp 5"), sealed, &bytes)));
    check_str(bytes, "a secret");
    assert_true(str_find(sealed, STR("a secret")) == STR_NONE);
    struct str again = sealed_write(arena, &key, STR("totp 5"), STR("a secret"));
    assert_false(str_equal(sealed, again));
    sealed = sealed_write(arena, &key, STR(""), STR(""));
    assert_true(result_is_ok(sealed_read(arena, &key, STR(""), sealed, &bytes)));
    assert_int_equal(bytes.len, 0);
}

static void anything_else_is_refused(void **state)
{
    (void)state;
    struct str sealed = sealed_write(arena, &key, STR("totp 5"), STR("a secret"));
    assert_int_equal(read_code(&other, STR("totp 5"), sealed), RESULT_CODE_CORRUPT);
    assert_int_equal(read_code(&key, STR("totp 6"), sealed), RESULT_CODE_CORRUPT);
    assert_int_equal(read_code(&key, STR(""), sealed), RESULT_CODE_CORRUPT);
    for (size_t length = 0; length < sealed.len; length++) {
        assert_int_equal(read_code(&key, STR("totp 5"), str_slice(sealed, 0, length)),
                         RESULT_CODE_CORRUPT);
    }
    for (size_t i = 0; i < sealed.len; i++) {
        char *changed = arena_alloc(arena, sealed.len);
        memcpy(changed, sealed.at, sealed.len);
        changed[i] = (char)(changed[i] ^ 1);
        assert_int_equal(read_code(&key, STR("totp 5"), (struct str){changed, sealed.len}),
                         RESULT_CODE_CORRUPT);
    }
}

static void the_longest_is_sealed(void **state)
{
    (void)state;
    char *longest = arena_alloc(arena, SEALED_BYTES_MAX);
    memset(longest, 'x', SEALED_BYTES_MAX);
    struct str whole = {longest, SEALED_BYTES_MAX}, bytes;
    struct str sealed = sealed_write(arena, &key, STR("x"), whole);
    assert_true(result_is_ok(sealed_read(arena, &key, STR("x"), sealed, &bytes)));
    assert_true(str_equal(bytes, whole));
}

static void the_key_is_made_once_for_its_owner(void **state)
{
    (void)state;
    char folder[] = "/tmp/handrail-sealed-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct str path = str_format(arena, "%s/secrets.key", folder);
    struct sealed_key made, again;
    struct stat about;
    assert_true(result_is_ok(sealed_key_open(arena, path, &made)));
    assert_true(result_is_ok(sealed_key_open(arena, path, &again)));
    assert_memory_equal(made.bytes, again.bytes, SEALED_KEY_BYTES);
    assert_int_equal(stat(str_cstr(arena, path), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(truncate(str_cstr(arena, path), 30), 0);
    assert_int_equal(sealed_key_open(arena, path, &again).code, RESULT_CODE_CORRUPT);
    assert_int_equal(unlink(str_cstr(arena, path)), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(sealed_key_open(arena, path, &again).code, RESULT_CODE_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sealed_can_be_read),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(the_longest_is_sealed),
        cmocka_unit_test(the_key_is_made_once_for_its_owner),
    };
    arena = arena_open();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(arena);
    return failed;
}
