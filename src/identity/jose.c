/*
 * identity/jose.c - a signed token: its head, the key that it names, its signature.
 *
 * Read first: identity/jose.h, RFC 7515 (section 5.2 is jose_verify()), RFC 8725.
 * Start at: jose_verify().
 *
 * What must hold: the payload is not looked at before the signature holds.
 */
#include <assert.h>

#include "base/arena.h"
#include "identity/encode.h"
#include "identity/jose_int.h"

#define SIGNATURE_BYTES_MAX ((size_t)JOSE_RSA_BITS_MAX / 8)

static const struct str algorithm_names[JOSE_ALGORITHM_COUNT] = {
    [JOSE_RS256] = STR_INIT("RS256"),
    [JOSE_PS256] = STR_INIT("PS256"),
    [JOSE_ES256] = STR_INIT("ES256"),
    [JOSE_EDDSA] = STR_INIT("EdDSA"),
};

static const char *const verdict_words[JOSE_VERDICT_COUNT] = {
    [JOSE_FINE] = "",
    [JOSE_TOO_LONG] = "The token of the provider is too long",
    [JOSE_MALFORMED] = "The token of the provider cannot be read",
    [JOSE_CRITICAL] = "The token of the provider needs an extension that is not known here",
    [JOSE_ALGORITHM] = "The token is signed in a way that is not accepted",
    [JOSE_TYPE] = "The token is of a type that is not for this",
    [JOSE_KEY_UNKNOWN] = "The token is signed with a key that the provider does not name",
    [JOSE_KEY_UNCLEAR] = "The token does not say which key of the provider it is signed with",
    [JOSE_SIGNATURE] = "The signature of the token does not hold",
    [JOSE_CLAIM_MISSING] = "The token lacks something that it must say",
    [JOSE_ISSUER] = "The token is from another issuer. Check the issuer in the settings",
    [JOSE_AUDIENCE] = "The token is for another program. Check the client id in the settings",
    [JOSE_PARTY] = "The token was issued to another program",
    [JOSE_EXPIRED] = "The token has expired. Check the clock of the server",
    [JOSE_NOT_YET] = "The token is from the future. Check the clock of the server",
    [JOSE_TOO_OLD] = "The sign-in was too long ago. Sign in again",
    [JOSE_NONCE] = "The token does not belong to this sign-in. Sign in again",
    [JOSE_ACCESS_TOKEN] = "The token does not fit the access token that came with it",
    [JOSE_TENANT] = "This account belongs to an organisation that may not sign in here",
    [JOSE_DOMAIN] = "This account belongs to a domain that may not sign in here",
    [JOSE_EVENT] = "The token tells of no sign-out",
};

struct str jose_algorithm_name(enum jose_algorithm algorithm)
{
    assert(algorithm < JOSE_ALGORITHM_COUNT);
    return algorithm_names[algorithm];
}

bool jose_algorithm_read(struct str name, enum jose_algorithm *algorithm)
{
    for (unsigned i = 0; i < JOSE_ALGORITHM_COUNT; i++) {
        if (str_equal(name, algorithm_names[i])) {
            *algorithm = (enum jose_algorithm)i;
            return true;
        }
    }
    return false;
}

const char *jose_verdict_words(enum jose_verdict verdict)
{
    assert(verdict < JOSE_VERDICT_COUNT);
    return verdict_words[verdict];
}

const struct json_value *jose_object_read(struct arena *arena, struct str json)
{
    struct diag_list diags = diag_list_new(arena);
    const struct json_value *value = json_read(arena, STR("token"), json, &diags);
    return value && value->kind == JSON_OBJECT ? value : NULL;
}

bool jose_text_get(const struct json_value *object, struct str key, struct str *text)
{
    const struct json_value *value = json_get(object, key);
    if (value && value->kind != JSON_STRING) {
        return false;
    }
    *text = value ? value->text : (struct str){0};
    return true;
}

/* The three parts of the compact form, and what the head says. */
struct parts {
    struct str signed_text; /* head and payload with the dot between them */
    struct str payload, signature;
    struct str algorithm, kid, type;
};

static enum jose_verdict read_head(struct arena *arena, struct str encoded, struct parts *parts)
{
    struct str json;
    if (encoded.len > JOSE_HEAD_BYTES_MAX) {
        return JOSE_TOO_LONG;
    }
    if (!encode_base64url_read(arena, encoded, &json)) {
        return JOSE_MALFORMED;
    }
    const struct json_value *head = jose_object_read(arena, json);
    if (!head || !json_get(head, STR("alg")) ||
        !jose_text_get(head, STR("alg"), &parts->algorithm) ||
        !jose_text_get(head, STR("kid"), &parts->kid) ||
        !jose_text_get(head, STR("typ"), &parts->type)) {
        return JOSE_MALFORMED;
    }
    /* RFC 7515, section 4.1.11. "b64" (RFC 7797) needs it, so that is refused as well. */
    return json_get(head, STR("crit")) ? JOSE_CRITICAL : JOSE_FINE;
}

static enum jose_verdict read_parts(struct arena *arena, struct str compact, struct parts *parts)
{
    struct str head, rest;
    if (compact.len > JOSE_TOKEN_BYTES_MAX) {
        return JOSE_TOO_LONG;
    }
    if (!str_cut(compact, '.', &head, &rest) ||
        !str_cut(rest, '.', &parts->payload, &parts->signature) ||
        str_find(parts->signature, STR(".")) != STR_NONE) {
        return JOSE_MALFORMED;
    }
    parts->signed_text = str_slice(compact, 0, head.len + 1 + parts->payload.len);
    return read_head(arena, head, parts);
}

/*
 * The keys that a token may be signed with: those of its name, or the only one that there is when
 * it names none (OpenID Connect Core 1.0, section 10.1).
 */
static enum jose_verdict choose_keys(const struct jose_keys *keys, struct str kid,
                                     enum jose_algorithm algorithm,
                                     const struct jose_key *chosen[JOSE_KEYS_TRIED_MAX],
                                     size_t *count)
{
    bool is_named = !str_is_empty(kid), is_seen = false;
    *count = 0;
    for (size_t i = 0; i < keys->count; i++) {
        const struct jose_key *key = &keys->items[i];
        if (is_named && !str_equal(key->kid, kid)) {
            continue;
        }
        is_seen = true;
        if ((key->algorithms & JOSE_SET(algorithm)) == 0) {
            continue;
        }
        if (!is_named && *count == 1) {
            return JOSE_KEY_UNCLEAR;
        }
        if (*count < JOSE_KEYS_TRIED_MAX) {
            chosen[(*count)++] = key;
        }
    }
    if (*count == 0) {
        return is_seen ? JOSE_ALGORITHM : JOSE_KEY_UNKNOWN;
    }
    return JOSE_FINE;
}

enum jose_verdict jose_verify(struct arena *arena, const struct jose_keys *keys,
                              uint32_t algorithms, struct str compact, struct jose_token *token)
{
    struct parts parts;
    enum jose_verdict verdict = read_parts(arena, compact, &parts);
    if (verdict != JOSE_FINE) {
        return verdict;
    }
    struct jose_token read = {.kid = parts.kid, .type = parts.type};
    if (!jose_algorithm_read(parts.algorithm, &read.algorithm) ||
        (algorithms & JOSE_SET(read.algorithm)) == 0) {
        return JOSE_ALGORITHM;
    }
    const struct jose_key *chosen[JOSE_KEYS_TRIED_MAX];
    size_t count;
    verdict = choose_keys(keys, parts.kid, read.algorithm, chosen, &count);
    if (verdict != JOSE_FINE) {
        return verdict;
    }
    struct str signature;
    if (!encode_base64url_read(arena, parts.signature, &signature)) {
        return JOSE_MALFORMED;
    }
    if (signature.len == 0 || signature.len > SIGNATURE_BYTES_MAX) {
        return JOSE_SIGNATURE;
    }
    for (size_t i = 0; i < count; i++) {
        if (jose_signature_holds(chosen[i], read.algorithm, parts.signed_text, signature)) {
            read.key_issuer = chosen[i]->issuer;
            if (!encode_base64url_read(arena, parts.payload, &read.payload)) {
                return JOSE_MALFORMED;
            }
            *token = read;
            return JOSE_FINE;
        }
    }
    return JOSE_SIGNATURE;
}
