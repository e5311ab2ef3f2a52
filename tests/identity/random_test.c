/*
 * tests/identity/random_test.c - that all randomness of the module comes from identity_random().
 *
 * libsodium is given a source that counts, so whatever is taken from it is seen; the sources of the
 * module are searched for the names of others.
 */
#include "support/check.h"

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>

#include "base/arena.h"
#include "identity/password.h"
#include "identity/random.h"
#include "identity/recovery.h"
#include "identity/token.h"
#include "identity/totp.h"

static size_t bytes_taken;

static const char *counting_name(void)
{
    return "counting";
}

static void counting_fill(void *const out, const size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        ((unsigned char *)out)[i] = (unsigned char)(bytes_taken++ & 255);
    }
}

static uint32_t counting_number(void)
{
    uint32_t number;
    counting_fill(&number, sizeof(number));
    return number;
}

static struct randombytes_implementation counting = {
    .implementation_name = counting_name, .random = counting_number, .buf = counting_fill};

static size_t taken_since(size_t before)
{
    return bytes_taken - before;
}

static void everything_takes_from_it(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    size_t before = bytes_taken;
    (void)token_new(arena);
    assert_int_equal(taken_since(before), TOKEN_RANDOM_BYTES);
    before = bytes_taken;
    (void)token_api_new(arena);
    assert_int_equal(taken_since(before), TOKEN_RANDOM_BYTES);
    before = bytes_taken;
    (void)token_csrf_new(arena, STR("a session"));
    assert_int_equal(taken_since(before), 16);
    before = bytes_taken;
    (void)totp_secret_new();
    assert_int_equal(taken_since(before), TOTP_SECRET_BYTES);
    before = bytes_taken;
    struct token codes[RECOVERY_CODES];
    recovery_codes_new(arena, codes);
    assert_int_equal(taken_since(before), RECOVERY_CODES * RECOVERY_CODE_CHARACTERS);
}

static void what_is_random_follows_from_it(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    bytes_taken = 0;
    struct token first = token_new(arena), second = token_new(arena);
    assert_false(str_equal(first.text, second.text));
    check_str(first.text, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    bytes_taken = 0;
    struct password_limits limits = {{8, 1}, 1, 0};
    DEFER(password_gate_close) struct password_gate *gate = password_gate_open(arena, limits);
    size_t before = bytes_taken;
    struct str encoded;
    assert_true(result_is_ok(password_hash(gate, arena, STR("a password"), &encoded)));
    assert_int_equal(taken_since(before), crypto_pwhash_SALTBYTES);
    assert_true(str_find(encoded, STR("$MDEyMzQ1Njc4OTo7PD0+Pw$")) != STR_NONE);
}

static void no_other_source_is_named(void **state)
{
    (void)state;
    static const char *const others[] = {"randombytes", "RAND_", "getrandom", "arc4random",
                                         "getentropy",  "/dev/", "rand()",    "BN_rand"};
    const char *folder = "src/identity";
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    size_t files = 0;
    for (struct dirent *entry = readdir(listing); entry; entry = readdir(listing)) {
        static char content[200000];
        struct str name = str_from(entry->d_name);
        if (!str_ends(name, STR(".c")) || str_equal(name, STR("random.c"))) {
            continue;
        }
        char path[1024];
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        struct str text = {content, fread(content, 1, sizeof(content), file)};
        fclose(file);
        files++;
        for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
            if (str_find(text, str_from(others[i])) != STR_NONE) {
                fail_msg("%s names %s", entry->d_name, others[i]);
            }
        }
    }
    closedir(listing);
    assert_true(files > 10);
}

int main(void)
{
    /* libsodium wants a source of one's own before it is started. */
    randombytes_set_implementation(&counting);
    char started;
    identity_random(&started, sizeof(started)); /* libsodium takes some for itself when it starts */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_takes_from_it),
        cmocka_unit_test(what_is_random_follows_from_it),
        cmocka_unit_test(no_other_source_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
