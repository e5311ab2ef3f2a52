/*
 * fuzz/jose_keys_fuzz.c - any bytes at all as a provider's list of keys.
 *
 * Run it with tools/fuzz.sh jose_keys SECONDS. Read first: src/identity/jose.h.
 *
 * Modules: base identity
 * Libraries: libcrypto libcurl libqrencode libsodium -lzxcvbn
 *
 * What must hold, beyond that no sanitizer complains
 * - A key in the list has at least one algorithm, all of them of its kind, and numbers of its size.
 * - A signature of zeros holds with none of them, nor does OpenSSL mind the key.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "identity/jose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void key_check(const struct jose_key *key)
{
    switch (key->kind) {
    case JOSE_KEY_RSA:
        assert((key->algorithms & ~(JOSE_SET(JOSE_RS256) | JOSE_SET(JOSE_PS256))) == 0);
        assert(key->a.len >= JOSE_RSA_BITS_MIN / 8 && key->a.len <= JOSE_RSA_BITS_MAX / 8);
        assert(key->b.len >= 3 && key->b.len <= 4);
        break;
    case JOSE_KEY_P256:
        assert(key->algorithms == JOSE_SET(JOSE_ES256));
        assert(key->a.len == 32 && key->b.len == 32);
        break;
    case JOSE_KEY_ED25519:
        assert(key->algorithms == JOSE_SET(JOSE_EDDSA));
        assert(key->a.len == 32);
        break;
    case JOSE_KEY_KIND_COUNT:
        assert(false && "no such kind of key");
        break;
    }
    assert(key->algorithms != 0);
}

/* {"alg":"RS256"} and so on, {}, and 64 or 256 bytes that are no signature. */
static void key_use(struct arena *arena, const struct jose_key *key)
{
    static const struct str heads[JOSE_ALGORITHM_COUNT] = {
        [JOSE_RS256] = STR_INIT("eyJhbGciOiJSUzI1NiJ9.e30."),
        [JOSE_PS256] = STR_INIT("eyJhbGciOiJQUzI1NiJ9.e30."),
        [JOSE_ES256] = STR_INIT("eyJhbGciOiJFUzI1NiJ9.e30."),
        [JOSE_EDDSA] = STR_INIT("eyJhbGciOiJFZERTQSJ9.e30."),
    };
    struct jose_key nameless = *key;
    nameless.kid = (struct str){0};
    struct jose_keys keys = {.items = &nameless, .count = 1};
    for (unsigned i = 0; i < JOSE_ALGORITHM_COUNT; i++) {
        struct text compact = {.arena = arena};
        struct jose_token token;
        size_t letters = key->kind == JOSE_KEY_RSA ? (key->a.len * 4 + 2) / 3 : 86;
        text_add(&compact, heads[i]);
        for (size_t letter = 0; letter < letters; letter++) {
            text_add_char(&compact, letter + 4 < letters ? 'Q' : 'A');
        }
        assert(jose_verify(arena, &keys, JOSE_SET_ALL, text_str(&compact), &token) != JOSE_FINE);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_keys keys = {0};
    if (!result_is_ok(jose_keys_read(arena, (struct str){(const char *)data, bytes}, &keys))) {
        assert(keys.count == 0);
        return 0;
    }
    assert(keys.count + keys.skipped <= JOSE_KEYS_MAX);
    for (size_t i = 0; i < keys.count; i++) {
        key_check(&keys.items[i]);
        key_use(arena, &keys.items[i]);
    }
    return 0;
}
