/*
 * identity/jose_keys.c - a set of keys (RFC 7517), and when to fetch it again.
 *
 * Read first: identity/jose.h; RFC 7518, section 6, and RFC 8037, section 2.
 * Start at: jose_keys_read().
 *
 * What must hold: a key in the list is complete and of a strength that we accept.
 */
#include <assert.h>

#include "base/arena.h"
#include "identity/encode.h"
#include "identity/jose_int.h"

#define P256_BYTES 32
#define ED25519_BYTES 32
#define RSA_EXPONENT_MIN 65537 /* FIPS 186-5, section 5.4 */
#define RSA_EXPONENT_BYTES_MAX ((size_t)4)
#define KID_BYTES_MAX ((size_t)512)

uint32_t jose_kind_algorithms(enum jose_key_kind kind)
{
    static const uint32_t algorithms[JOSE_KEY_KIND_COUNT] = {
        [JOSE_KEY_RSA] = JOSE_SET(JOSE_RS256) | JOSE_SET(JOSE_PS256),
        [JOSE_KEY_P256] = JOSE_SET(JOSE_ES256),
        [JOSE_KEY_ED25519] = JOSE_SET(JOSE_EDDSA),
    };
    assert(kind < JOSE_KEY_KIND_COUNT);
    return algorithms[kind];
}

/* A member that is bytes in base64url, and not empty. */
static bool bytes_get(struct arena *arena, const struct json_value *object, struct str key,
                      struct str *bytes)
{
    struct str text;
    return jose_text_get(object, key, &text) && !str_is_empty(text) &&
           encode_base64url_read(arena, text, bytes) && bytes->len > 0;
}

/* Without the zero bytes that some write before a number. */
static struct str number_of(struct str bytes)
{
    size_t from = 0;
    while (from < bytes.len && bytes.at[from] == '\0') {
        from++;
    }
    return str_slice(bytes, from, bytes.len);
}

static size_t bits_of(struct str number)
{
    size_t bits = number.len * 8;
    for (unsigned first = number.len > 0 ? (unsigned char)number.at[0] : 0; first && first < 128;
         first <<= 1) {
        bits--;
    }
    return bits;
}

static bool is_odd(struct str number)
{
    return number.len > 0 && (number.at[number.len - 1] & 1) != 0;
}

static bool rsa_read(struct arena *arena, const struct json_value *object, struct jose_key *key)
{
    if (!bytes_get(arena, object, STR("n"), &key->a) ||
        !bytes_get(arena, object, STR("e"), &key->b)) {
        return false;
    }
    key->a = number_of(key->a);
    key->b = number_of(key->b);
    size_t bits = bits_of(key->a);
    if (bits < JOSE_RSA_BITS_MIN || bits > JOSE_RSA_BITS_MAX || !is_odd(key->a) ||
        key->b.len > RSA_EXPONENT_BYTES_MAX || !is_odd(key->b)) {
        return false;
    }
    uint32_t exponent = 0;
    for (size_t i = 0; i < key->b.len; i++) {
        exponent = exponent << 8 | (unsigned char)key->b.at[i];
    }
    return exponent >= RSA_EXPONENT_MIN;
}

static bool p256_read(struct arena *arena, const struct json_value *object, struct jose_key *key)
{
    struct str curve;
    return jose_text_get(object, STR("crv"), &curve) && str_equal(curve, STR("P-256")) &&
           bytes_get(arena, object, STR("x"), &key->a) && key->a.len == P256_BYTES &&
           bytes_get(arena, object, STR("y"), &key->b) && key->b.len == P256_BYTES;
}

static bool ed25519_read(struct arena *arena, const struct json_value *object, struct jose_key *key)
{
    struct str curve;
    return jose_text_get(object, STR("crv"), &curve) && str_equal(curve, STR("Ed25519")) &&
           bytes_get(arena, object, STR("x"), &key->a) && key->a.len == ED25519_BYTES;
}

static const struct {
    struct str type; /* kty */
    enum jose_key_kind kind;
    bool (*read)(struct arena *arena, const struct json_value *object, struct jose_key *key);
} kinds[] = {
    {STR_INIT("RSA"), JOSE_KEY_RSA, rsa_read},
    {STR_INIT("EC"), JOSE_KEY_P256, p256_read},
    {STR_INIT("OKP"), JOSE_KEY_ED25519, ed25519_read},
};

/* Whether "use" and "key_ops" (RFC 7517, sections 4.2 and 4.3) let a signature be checked. */
static bool is_for_signatures(const struct json_value *object)
{
    struct str use;
    if (!jose_text_get(object, STR("use"), &use) ||
        (!str_is_empty(use) && !str_equal(use, STR("sig")))) {
        return false;
    }
    const struct json_value *operations = json_get(object, STR("key_ops"));
    if (!operations) {
        return true;
    }
    bool verifies = false;
    for (size_t i = 0; operations->kind == JSON_ARRAY && i < operations->count; i++) {
        const struct json_value *operation = &operations->elements[i];
        verifies = verifies ||
                   (operation->kind == JSON_STRING && str_equal(operation->text, STR("verify")));
    }
    return verifies;
}

/* False when this is no key that we can use. */
static bool key_read(struct arena *arena, const struct json_value *object, struct jose_key *key)
{
    struct str type, algorithm;
    if (!jose_text_get(object, STR("kty"), &type) ||
        !jose_text_get(object, STR("kid"), &key->kid) ||
        !jose_text_get(object, STR("alg"), &algorithm) ||
        !jose_text_get(object, STR("issuer"), &key->issuer) || key->kid.len > KID_BYTES_MAX ||
        !is_for_signatures(object)) {
        return false;
    }
    /* A private or a shared key has no place in a public list. */
    if (json_get(object, STR("d")) || json_get(object, STR("k"))) {
        return false;
    }
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (!str_equal(type, kinds[i].type)) {
            continue;
        }
        key->kind = kinds[i].kind;
        key->algorithms = jose_kind_algorithms(key->kind);
        enum jose_algorithm only;
        if (!str_is_empty(algorithm)) {
            key->algorithms &= jose_algorithm_read(algorithm, &only) ? JOSE_SET(only) : 0;
        }
        return key->algorithms != 0 && kinds[i].read(arena, object, key);
    }
    return false;
}

struct result jose_keys_read(struct arena *arena, struct str json, struct jose_keys *keys)
{
    static const char message[] = "The provider's list of keys cannot be read";
    if (json.len > JOSE_KEYS_BYTES_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "The provider's list of keys is too long",
                           (struct str){0});
    }
    const struct json_value *list = json_get(jose_object_read(arena, json), STR("keys"));
    if (!list || list->kind != JSON_ARRAY) {
        return result_fail(RESULT_CODE_INVALID, message, (struct str){0});
    }
    if (list->count > JOSE_KEYS_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "The provider's list of keys is too long",
                           (struct str){0});
    }
    struct jose_key *items = ARENA_ARRAY(arena, struct jose_key, list->count);
    struct jose_keys read = {.items = items};
    for (size_t i = 0; i < list->count; i++) {
        struct jose_key key = {0};
        if (list->elements[i].kind != JSON_OBJECT) {
            return result_fail(RESULT_CODE_INVALID, message, (struct str){0});
        }
        if (key_read(arena, &list->elements[i], &key)) {
            items[read.count++] = key;
        } else {
            read.skipped++;
        }
    }
    *keys = read;
    return RESULT_OK;
}

/* Less than so long ago. A time that lies ahead, after a clock was set back, is not: it would
 * otherwise stop all fetching until it is reached. */
static bool is_within(struct instant then, struct instant now, int64_t milliseconds)
{
    int64_t since = now.milliseconds - then.milliseconds;
    return instant_is_given(then) && since >= 0 && since < milliseconds;
}

bool jose_keys_are_due(struct jose_keys_age age, struct instant now)
{
    return !is_within(age.fetched, now, JOSE_KEYS_FRESH_MILLISECONDS) &&
           !is_within(age.tried, now, JOSE_KEYS_RETRY_MILLISECONDS);
}

bool jose_keys_may_have_changed(struct jose_keys_age age, struct instant now)
{
    return !is_within(age.tried, now, JOSE_KEYS_ROTATE_MILLISECONDS);
}
