/*
 * fuzz/jose_fuzz.c - any bytes at all as a token, and as what a token says.
 *
 * Run it with tools/fuzz.sh jose SECONDS. Read first: src/identity/jose.h.
 *
 * Modules: base identity
 * Libraries: libcrypto libcurl libqrencode libsodium -lzxcvbn
 *
 * The first byte says which: t a token, c claims. The keys are those of the examples in RFC 7515
 * and RFC 8037, whose private halves the fuzzer does not have.
 *
 * What must hold, beyond that no sanitizer complains
 * - A token holds only when what is signed is one of those examples.
 * - Claims hold only when issuer, audience and nonce are those that were asked for.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "identity/jose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static const char keys_json[] =
    "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"r\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbj"
    "i9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690"
    "r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmt"
    "dVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAc"
    "DTW9gb54h4FRWyuXpoQ\",\"e\":\"AQAB\"},"
    "{\"kty\":\"EC\",\"kid\":\"e\",\"crv\":\"P-256\","
    "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
    "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"},"
    "{\"kty\":\"OKP\",\"kid\":\"o\",\"crv\":\"Ed25519\","
    "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";

static const struct str signed_texts[] = {
    STR_INIT("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
             "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"),
    STR_INIT("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
             "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"),
    STR_INIT("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"),
};

static void token_check(struct arena *arena, struct str compact)
{
    struct jose_keys keys;
    struct jose_token token;
    struct result result = jose_keys_read(arena, str_from(keys_json), &keys);
    assert(result_is_ok(result) && keys.count == 3);
    if (jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token) != JOSE_FINE) {
        return;
    }
    bool is_known = false;
    for (size_t i = 0; i < sizeof(signed_texts) / sizeof(signed_texts[0]); i++) {
        is_known = is_known ||
                   (str_starts(compact, signed_texts[i]) && compact.at[signed_texts[i].len] == '.');
    }
    assert(is_known);
}

static void claims_check(struct arena *arena, struct str payload)
{
    static const struct str tenants[] = {STR_INIT("t")};
    struct jose_token token = {.algorithm = JOSE_RS256, .payload = payload};
    for (int i = 0; i < 2; i++) {
        struct jose_expected expected = {
            .issuer = i ? STR("i{tenantid}") : STR("i"),
            .tenants = tenants,
            .tenants_count = i ? 1 : 0,
            .client_id = STR("c"),
            .needs_nonce = true,
            .nonce = STR("n"),
            .access_token = STR("a"),
            .now = {1800000000000},
            .leeway_milliseconds = 1000,
            .issued_age_max_milliseconds = 1000000,
        };
        const struct json_value *claims;
        if (jose_claims_check(arena, &token, &expected, &claims) == JOSE_FINE) {
            assert(str_equal(json_get(claims, STR("iss"))->text, i ? STR("it") : STR("i")));
            assert(str_equal(json_get(claims, STR("nonce"))->text, STR("n")));
            assert(json_get(claims, STR("exp"))->number > 1799999999);
            const struct json_value *audience = json_get(claims, STR("aud"));
            assert(audience->kind == JSON_ARRAY || str_equal(audience->text, STR("c")));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    if (bytes == 0) {
        return 0;
    }
    struct str rest = {(const char *)data + 1, bytes - 1};
    if (data[0] == 't') {
        token_check(arena, rest);
    } else {
        claims_check(arena, rest);
    }
    return 0;
}
