/*
 * tests/identity/jose_keys_test.c - sets of keys, and when they are fetched.
 */
#include "support/check.h"

#include "base/arena.h"
#include "identity/jose.h"
#include "identity/signer.h"

#define X32 "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
#define Y32 "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
#define EC "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X32 "\",\"y\":\"" Y32 "\""
#define OKP                                                                                        \
    "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\""

/* How many keys are read of a list with this one. */
static size_t count_of(const char *key)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_keys keys;
    struct str list = str_format(arena, "{\"keys\":[%s]}", key);
    assert_true(result_is_ok(jose_keys_read(arena, list, &keys)));
    assert_int_equal(keys.count + keys.skipped, 1);
    return keys.count;
}

static void keys_that_can_be_used(void **state)
{
    (void)state;
    static const char *const good[] = {
        "{" EC "}",
        "{" OKP "}",
        "{" EC ",\"use\":\"sig\",\"kid\":\"1\",\"alg\":\"ES256\"}",
        "{" EC ",\"key_ops\":[\"sign\",\"verify\"]}",
        "{" OKP ",\"alg\":\"EdDSA\",\"x5c\":[\"AAAA\"],\"x5t\":\"AAAA\",\"more\":{}}",
    };
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_int_equal(count_of(good[i]), 1);
    }
}

static void keys_that_cannot(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "{}",
        "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
        "{\"kty\":\"RSA\"}",
        "{\"kty\":1}",
        "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
        "{" EC ",\"d\":\"AAAA\"}",
        "{" OKP ",\"k\":\"AAAA\"}",
        "{" EC ",\"use\":\"enc\"}",
        "{" EC ",\"use\":1}",
        "{" EC ",\"key_ops\":[\"sign\"]}",
        "{" EC ",\"key_ops\":[]}",
        "{" EC ",\"key_ops\":\"verify\"}",
        "{" EC ",\"alg\":\"RS256\"}",
        "{" EC ",\"alg\":\"none\"}",
        "{" EC ",\"alg\":\"HS256\"}",
        "{" EC ",\"alg\":\"ES512\"}",
        "{" EC ",\"kid\":7}",
        "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"" X32 "\",\"y\":\"" Y32 "\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X32 "\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"" Y32 "\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X32 "\",\"y\":\"" Y32 "AA\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X32 "=\",\"y\":\"" Y32 "\"}",
        "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" X32 "\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"" X32 "\"}",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (count_of(bad[i]) != 0) {
            fail_msg("%s", bad[i]);
        }
    }
}

/* An RSA key of `bytes` bytes that begins with `first` and ends with `last`. */
static size_t rsa_count(size_t bytes, unsigned first, unsigned last, const char *exponent)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    struct text n = {.arena = arena};
    for (size_t at = 0; at < bytes; at += 3) {
        unsigned three[3];
        for (size_t i = 0; i < 3; i++) {
            three[i] = at + i == 0 ? first : at + i == bytes - 1 ? last : at + i < bytes ? 0x5A : 0;
        }
        unsigned all = three[0] << 16 | three[1] << 8 | three[2];
        size_t left = bytes - at < 3 ? bytes - at : 3;
        for (size_t i = 0; i <= left; i++) {
            text_add_char(&n, digits[all >> (18 - 6 * i) & 63]);
        }
    }
    struct str key = str_format(arena, "{\"kty\":\"RSA\",\"n\":\"" STR_FMT "\",\"e\":\"%s\"}",
                                STR_ARG(text_str(&n)), exponent);
    return count_of(str_cstr(arena, key));
}

static void rsa_keys_are_of_some_strength(void **state)
{
    (void)state;
    assert_int_equal(rsa_count(256, 0x80, 1, "AQAB"), 1);  /* 2048 bits */
    assert_int_equal(rsa_count(256, 0x7F, 1, "AQAB"), 0);  /* 2047 */
    assert_int_equal(rsa_count(257, 0x00, 1, "AQAB"), 0);  /* a zero first, then 0x5A: 2047 */
    assert_int_equal(rsa_count(258, 0x00, 1, "AQAB"), 1);  /* a zero before 2055 */
    assert_int_equal(rsa_count(1024, 0xFF, 1, "AQAB"), 1); /* 8192 */
    assert_int_equal(rsa_count(1025, 0x01, 1, "AQAB"), 0); /* 8193 */
    assert_int_equal(rsa_count(256, 0x80, 2, "AQAB"), 0);  /* even */
    static const char *const weak[] = {"",     "AQ", "Aw",  "AAAAAw",   "Ag",
                                       "AQAA", "_w", "__8", "Af_____8", "!!"};
    for (size_t i = 0; i < sizeof(weak) / sizeof(weak[0]); i++) {
        assert_int_equal(rsa_count(256, 0x80, 1, weak[i]), 0);
    }
    assert_int_equal(rsa_count(256, 0x80, 1, "AAEAAQ"), 1); /* 65537 with a zero before it */
}

static void what_is_no_list(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char *const bad[] = {"",
                                      "null",
                                      "[]",
                                      "{}",
                                      "{",
                                      "{\"keys\":{}}",
                                      "{\"keys\":1}",
                                      "{\"keys\":[1]}",
                                      "{\"keys\":[[]]}",
                                      "{\"keys\":[]",
                                      "{\"keys\":[],\"keys\":[]}"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct jose_keys keys;
        assert_int_equal(jose_keys_read(arena, str_from(bad[i]), &keys).code, RESULT_CODE_INVALID);
    }
    struct jose_keys keys;
    assert_true(result_is_ok(jose_keys_read(arena, STR("{\"keys\":[]}"), &keys)));
    assert_int_equal(keys.count, 0);
}

static void the_list_is_bounded(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text list = {.arena = arena};
    struct jose_keys keys;
    text_add(&list, STR("{\"keys\":["));
    for (size_t i = 0; i < JOSE_KEYS_MAX; i++) {
        text_addf(&list, "%s{" EC "}", i > 0 ? "," : "");
    }
    struct text longer = {.arena = arena};
    text_add(&longer, text_str(&list));
    text_add(&list, STR("]}"));
    text_add(&longer, STR(",{}]}"));
    assert_true(result_is_ok(jose_keys_read(arena, text_str(&list), &keys)));
    assert_int_equal(keys.count, JOSE_KEYS_MAX);
    assert_int_equal(jose_keys_read(arena, text_str(&longer), &keys).code, RESULT_CODE_LIMIT);
    while (list.len < JOSE_KEYS_BYTES_MAX) {
        text_add_char(&list, ' ');
    }
    assert_true(result_is_ok(jose_keys_read(arena, text_str(&list), &keys)));
    text_add_char(&list, ' ');
    assert_int_equal(jose_keys_read(arena, text_str(&list), &keys).code, RESULT_CODE_LIMIT);
}

/* A point beside the curve is a key by its form; no signature holds with it. */
static void a_point_beside_the_curve(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_keys keys;
    struct jose_token token;
    struct str list =
        STR("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X32 "\",\"y\":\"" X32 "\"}]}");
    DEFER(signer_close) struct signer *signer = signer_open(arena, JOSE_KEY_P256, 0, "");
    struct str compact =
        signer_sign(arena, signer, JOSE_ES256, STR("{\"alg\":\"ES256\"}"), STR("{}"));
    assert_true(result_is_ok(jose_keys_read(arena, list, &keys)));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_SIGNATURE);
}

static void keys_are_fetched_once_a_day(void **state)
{
    (void)state;
    int64_t now = 1800000000000;
    struct instant time = {now};
    struct jose_keys_age never = {0};
    assert_true(jose_keys_are_due(never, time));
    struct jose_keys_age age = {.fetched = {now}, .tried = {now}};
    assert_false(jose_keys_are_due(age, time));
    assert_false(jose_keys_are_due(age, instant_add(time, JOSE_KEYS_FRESH_MILLISECONDS - 1)));
    assert_true(jose_keys_are_due(age, instant_add(time, JOSE_KEYS_FRESH_MILLISECONDS)));
    /* It failed: not again within a minute. */
    struct jose_keys_age failed = {.tried = {now}};
    assert_false(jose_keys_are_due(failed, instant_add(time, JOSE_KEYS_RETRY_MILLISECONDS - 1)));
    assert_true(jose_keys_are_due(failed, instant_add(time, JOSE_KEYS_RETRY_MILLISECONDS)));
    /* The clock was set back. */
    assert_true(jose_keys_are_due(age, (struct instant){now - 1}));
}

static void changed_keys_are_fetched_once_in_a_while(void **state)
{
    (void)state;
    int64_t now = 1800000000000;
    struct jose_keys_age age = {.fetched = {now}, .tried = {now}};
    assert_true(jose_keys_may_have_changed((struct jose_keys_age){0}, (struct instant){now}));
    assert_false(jose_keys_may_have_changed(age, (struct instant){now}));
    struct instant later = {now + JOSE_KEYS_ROTATE_MILLISECONDS};
    assert_false(jose_keys_may_have_changed(age, instant_add(later, -1)));
    assert_true(jose_keys_may_have_changed(age, later));
    assert_true(jose_keys_may_have_changed(age, (struct instant){now - 1}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_that_can_be_used),
        cmocka_unit_test(keys_that_cannot),
        cmocka_unit_test(rsa_keys_are_of_some_strength),
        cmocka_unit_test(what_is_no_list),
        cmocka_unit_test(the_list_is_bounded),
        cmocka_unit_test(a_point_beside_the_curve),
        cmocka_unit_test(keys_are_fetched_once_a_day),
        cmocka_unit_test(changed_keys_are_fetched_once_in_a_while),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
