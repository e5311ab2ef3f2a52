/*
 * identity/token.c - see token.h.
 */
#include "identity/token.h"

#include <assert.h>
#include <sodium.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "identity/encode.h"
#include "identity/random.h"

#define CSRF_SALT_BYTES 16
#define CSRF_BYTES (CSRF_SALT_BYTES + crypto_auth_hmacsha256_BYTES)

#define API_PREFIX_LENGTH (sizeof(TOKEN_API_PREFIX) - 1)
#define API_RANDOM_DIGITS 43 /* 62^43 is above 2^256 */
#define API_CHECK_DIGITS 6   /* 62^6 is above 2^32 */

_Static_assert(API_PREFIX_LENGTH + API_RANDOM_DIGITS + API_CHECK_DIGITS == TOKEN_API_TEXT_BYTES,
               "the parts of an API token");
_Static_assert(TOKEN_HASH_BYTES == SHA256_BYTES, "the hash of a token");

static struct token_hash hash_text(struct str text)
{
    struct token_hash hash;
    sha256(text.at, text.len, hash.bytes);
    return hash;
}

struct token token_new(struct arena *arena)
{
    char random[TOKEN_RANDOM_BYTES];
    identity_random(random, sizeof(random));
    struct token token = {.text = encode_base64url(arena, (struct str){random, sizeof(random)})};
    sodium_memzero(random, sizeof(random));
    assert(token.text.len == TOKEN_TEXT_BYTES);
    token.hash = hash_text(token.text);
    return token;
}

static bool is_of(struct str text, const char *digits)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!memchr(digits, text.at[i], strlen(digits))) {
            return false;
        }
    }
    return true;
}

bool token_read(struct str text, struct token_hash *hash)
{
    if (text.len != TOKEN_TEXT_BYTES ||
        !is_of(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")) {
        return false;
    }
    *hash = hash_text(text);
    return true;
}

static const char base62_digits[] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/* A number of big-endian bytes as exactly so many digits, which must be enough. Uses them up. */
static void add_base62(struct text *out, uint8_t *bytes, size_t count, size_t digits)
{
    char written[API_RANDOM_DIGITS];
    assert(digits <= sizeof(written));
    for (size_t digit = digits; digit-- > 0;) {
        uint32_t rest = 0;
        for (size_t i = 0; i < count; i++) {
            rest = rest << 8 | bytes[i];
            bytes[i] = (uint8_t)(rest / 62);
            rest %= 62;
        }
        written[digit] = base62_digits[rest];
    }
    text_add(out, (struct str){written, digits});
}

/* The first 32 bits of the SHA-256 of what stands before. */
static void add_checksum(struct text *out)
{
    struct token_hash hash = hash_text(text_str(out));
    add_base62(out, hash.bytes, 4, API_CHECK_DIGITS);
}

struct token token_api_new(struct arena *arena)
{
    uint8_t random[TOKEN_RANDOM_BYTES];
    identity_random(random, sizeof(random));
    struct text out = {.arena = arena};
    text_add(&out, STR(TOKEN_API_PREFIX));
    add_base62(&out, random, sizeof(random), API_RANDOM_DIGITS);
    add_checksum(&out);
    return (struct token){.text = text_str(&out), .hash = hash_text(text_str(&out))};
}

enum token_api_form token_api_read(struct str text, struct token_hash *hash)
{
    if (!str_starts(text, STR(TOKEN_API_PREFIX))) {
        return TOKEN_API_OTHER;
    }
    if (text.len != TOKEN_API_TEXT_BYTES ||
        !is_of(str_slice(text, API_PREFIX_LENGTH, text.len), base62_digits)) {
        return TOKEN_API_MISTYPED;
    }
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text again = {.arena = arena};
    text_add(&again, str_slice(text, 0, text.len - API_CHECK_DIGITS));
    add_checksum(&again);
    if (!str_equal(text_str(&again), text)) {
        return TOKEN_API_MISTYPED;
    }
    *hash = hash_text(text);
    return TOKEN_API_FINE;
}

bool token_hash_equal(const struct token_hash *a, const struct token_hash *b)
{
    return sodium_memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

bool token_text_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || sodium_memcmp(a.at, b.at, a.len) == 0);
}

/* HMAC-SHA-256 of the salt, with the session's token as key; the words keep it apart from any other
 * use of that key. */
static void csrf_code(struct str session_token, const unsigned char salt[CSRF_SALT_BYTES],
                      unsigned char code[crypto_auth_hmacsha256_BYTES])
{
    static const unsigned char purpose[] = "handrail form 1";
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)str_print_bytes(session_token),
                                session_token.len);
    crypto_auth_hmacsha256_update(&state, purpose, sizeof(purpose));
    crypto_auth_hmacsha256_update(&state, salt, CSRF_SALT_BYTES);
    crypto_auth_hmacsha256_final(&state, code);
}

struct str token_csrf_new(struct arena *arena, struct str session_token)
{
    unsigned char field[CSRF_BYTES];
    assert(session_token.len > 0);
    identity_random(field, CSRF_SALT_BYTES);
    csrf_code(session_token, field, field + CSRF_SALT_BYTES);
    return encode_base64url(arena, (struct str){(const char *)field, sizeof(field)});
}

bool token_csrf_check(struct str session_token, struct str field)
{
    unsigned char bytes[CSRF_BYTES], code[crypto_auth_hmacsha256_BYTES];
    size_t len = 0;
    if (session_token.len == 0 || field.len == 0 ||
        sodium_base642bin(bytes, sizeof(bytes), field.at, field.len, NULL, &len, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        len != sizeof(bytes)) {
        return false;
    }
    csrf_code(session_token, bytes, code);
    return sodium_memcmp(code, bytes + CSRF_SALT_BYTES, sizeof(code)) == 0;
}
