/*
 * identity/jose_claims.c - what a token says, held against what it must say.
 *
 * Read first: identity/jose.h; OpenID Connect Core 1.0, section 3.1.3.7.
 * Start at: jose_claims_check(), a list of steps.
 */
#include <assert.h>
#include <openssl/evp.h>

#include "base/arena.h"
#include "identity/encode.h"
#include "identity/jose_int.h"
#include "identity/token.h"

/* The end of the year 9999: a later second is no time. */
#define SECONDS_MAX 253402300799.0

#define HASH_BYTES_MAX 64

/* Everything that a step looks at. */
struct work {
    struct arena *arena;
    const struct jose_token *token;
    const struct jose_expected *expected;
    const struct json_value *claims;
};

/* Without regard to capitals, of ASCII letters: for tenants and domains. */
static bool is_same_name(struct str a, struct str b)
{
    bool is_same = a.len == b.len;
    for (size_t i = 0; is_same && i < a.len; i++) {
        char x = a.at[i], y = b.at[i];
        x = x >= 'A' && x <= 'Z' ? (char)(x - 'A' + 'a') : x;
        y = y >= 'A' && y <= 'Z' ? (char)(y - 'A' + 'a') : y;
        is_same = x == y;
    }
    return is_same;
}

static bool is_in(struct str name, const struct str *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!str_is_empty(name) && is_same_name(name, list[i])) {
            return true;
        }
    }
    return false;
}

/* "{tenantid}" of Microsoft's issuers becomes the tenant. */
static struct str with_tenant(struct arena *arena, struct str issuer, struct str tenant)
{
    struct str mark = STR("{tenantid}");
    size_t at = str_find(issuer, mark);
    if (at == STR_NONE) {
        return issuer;
    }
    struct str before = str_slice(issuer, 0, at);
    struct str after = str_slice(issuer, at + mark.len, issuer.len);
    return str_format(arena, STR_FMT STR_FMT STR_FMT, STR_ARG(before), STR_ARG(tenant),
                      STR_ARG(after));
}

static enum jose_verdict check_issuer(const struct work *w)
{
    struct str issuer, tenant;
    if (!jose_text_get(w->claims, STR("iss"), &issuer) || str_is_empty(issuer) ||
        !jose_text_get(w->claims, STR("tid"), &tenant)) {
        return JOSE_CLAIM_MISSING;
    }
    const struct jose_expected *expected = w->expected;
    bool has_mark = str_find(expected->issuer, STR("{tenantid}")) != STR_NONE;
    if ((has_mark || expected->tenants_count > 0) &&
        !is_in(tenant, expected->tenants, expected->tenants_count)) {
        return JOSE_TENANT;
    }
    if (!str_equal(issuer, with_tenant(w->arena, expected->issuer, tenant))) {
        return JOSE_ISSUER;
    }
    struct str only = w->token->key_issuer;
    return str_is_empty(only) || str_equal(issuer, with_tenant(w->arena, only, tenant))
               ? JOSE_FINE
               : JOSE_ISSUER;
}

static enum jose_verdict check_audience(const struct work *w)
{
    const struct json_value *audience = json_get(w->claims, STR("aud"));
    struct str party, client = w->expected->client_id;
    if (!audience || !jose_text_get(w->claims, STR("azp"), &party)) {
        return JOSE_CLAIM_MISSING;
    }
    bool is_list = audience->kind == JSON_ARRAY;
    size_t count = is_list ? audience->count : 1;
    const struct json_value *items = is_list ? audience->elements : audience;
    if (count > JOSE_AUDIENCES_MAX) {
        return JOSE_AUDIENCE;
    }
    bool is_there = false;
    for (size_t i = 0; i < count; i++) {
        if (items[i].kind != JSON_STRING) {
            return JOSE_CLAIM_MISSING;
        }
        is_there = is_there || str_equal(items[i].text, client);
    }
    if (!is_there) {
        return JOSE_AUDIENCE;
    }
    bool needs_party = count > 1 || json_get(w->claims, STR("azp"));
    return needs_party && !str_equal(party, client) ? JOSE_PARTY : JOSE_FINE;
}

/*
 * A time (RFC 7519, NumericDate). False when it is there and no time, or not there and needed;
 * *is_there says which when it is not needed.
 */
static bool time_get(const struct json_value *claims, struct str key, bool is_needed,
                     struct instant *time, bool *is_there)
{
    const struct json_value *value = json_get(claims, key);
    *is_there = value != NULL;
    if (!value) {
        return !is_needed;
    }
    if (value->kind != JSON_NUMBER || !(value->number >= 0 && value->number <= SECONDS_MAX)) {
        return false;
    }
    time->milliseconds = (int64_t)(value->number * 1000);
    return true;
}

static bool is_too_old(struct instant then, int64_t age_max, const struct jose_expected *expected)
{
    return age_max > 0 &&
           expected->now.milliseconds - then.milliseconds > age_max + expected->leeway_milliseconds;
}

static enum jose_verdict check_times(const struct work *w)
{
    const struct jose_expected *expected = w->expected;
    int64_t now = expected->now.milliseconds, leeway = expected->leeway_milliseconds;
    bool needs_sign_in = expected->signed_in_age_max_milliseconds > 0, is_there;
    struct instant expires, issued, begins = {0}, signed_in = {0};
    if (!time_get(w->claims, STR("exp"), true, &expires, &is_there) ||
        !time_get(w->claims, STR("iat"), true, &issued, &is_there) ||
        !time_get(w->claims, STR("nbf"), false, &begins, &is_there) ||
        !time_get(w->claims, STR("auth_time"), needs_sign_in, &signed_in, &is_there)) {
        return JOSE_CLAIM_MISSING;
    }
    if (now >= expires.milliseconds + leeway) {
        return JOSE_EXPIRED;
    }
    if (issued.milliseconds > now + leeway || begins.milliseconds > now + leeway ||
        signed_in.milliseconds > now + leeway) {
        return JOSE_NOT_YET;
    }
    return is_too_old(issued, expected->issued_age_max_milliseconds, expected) ||
                   is_too_old(signed_in, expected->signed_in_age_max_milliseconds, expected)
               ? JOSE_TOO_OLD
               : JOSE_FINE;
}

static enum jose_verdict check_nonce(const struct work *w)
{
    const struct json_value *nonce = json_get(w->claims, STR("nonce"));
    if (w->expected->forbids_nonce) {
        return nonce ? JOSE_NONCE : JOSE_FINE;
    }
    if (!w->expected->needs_nonce) {
        return JOSE_FINE;
    }
    assert(!str_is_empty(w->expected->nonce));
    if (!nonce || nonce->kind != JSON_STRING) {
        return JOSE_CLAIM_MISSING;
    }
    return token_text_equal(nonce->text, w->expected->nonce) ? JOSE_FINE : JOSE_NONCE;
}

/*
 * OpenID Connect Core 1.0, section 3.1.3.6: the left half of the hash of the access token, with the
 * hash of the token's algorithm (which is SHA-512 for Ed25519).
 */
static enum jose_verdict check_access_token(const struct work *w)
{
    struct str given, access = w->expected->access_token;
    unsigned char hash[HASH_BYTES_MAX];
    unsigned bytes = 0;
    if (!jose_text_get(w->claims, STR("at_hash"), &given)) {
        return JOSE_CLAIM_MISSING;
    }
    if (str_is_empty(access) || !json_get(w->claims, STR("at_hash"))) {
        return JOSE_FINE;
    }
    const EVP_MD *kind = w->token->algorithm == JOSE_EDDSA ? EVP_sha512() : EVP_sha256();
    int worked = EVP_Digest(access.at, access.len, hash, &bytes, kind, NULL);
    assert(worked == 1 && "OpenSSL has no SHA-2");
    struct str half = encode_base64url(w->arena, (struct str){(const char *)hash, bytes / 2});
    return str_equal(given, half) ? JOSE_FINE : JOSE_ACCESS_TOKEN;
}

static enum jose_verdict check_domain(const struct work *w)
{
    struct str domain;
    if (w->expected->domains_count == 0) {
        return JOSE_FINE;
    }
    return jose_text_get(w->claims, STR("hd"), &domain) &&
                   is_in(domain, w->expected->domains, w->expected->domains_count)
               ? JOSE_FINE
               : JOSE_DOMAIN;
}

enum jose_verdict jose_claims_check(struct arena *arena, const struct jose_token *token,
                                    const struct jose_expected *expected,
                                    const struct json_value **claims)
{
    static enum jose_verdict (*const steps[])(const struct work *) = {
        check_issuer, check_audience, check_times, check_nonce, check_access_token, check_domain,
    };
    assert(!str_is_empty(expected->issuer) && !str_is_empty(expected->client_id));
    struct work work = {.arena = arena, .token = token, .expected = expected};
    work.claims = jose_object_read(arena, token->payload);
    if (!work.claims) {
        return JOSE_MALFORMED;
    }
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        enum jose_verdict verdict = steps[i](&work);
        if (verdict != JOSE_FINE) {
            return verdict;
        }
    }
    *claims = work.claims;
    return JOSE_FINE;
}
