/*
 * tests/identity/jose_claims_test.c - what a token must say: a good one, and each way to be wrong.
 *
 * A case is the claims with one change, and the verdict.
 */
#include "support/check.h"

#include "base/arena.h"
#include "identity/jose.h"

#define NOW 1800000000

static const struct str tenants[] = {STR_INIT("11111111-2222-3333-4444-555555555555"),
                                     STR_INIT("AAAAAAAA-2222-3333-4444-555555555555")};
static const struct str domains[] = {STR_INIT("ashdownvale.example"), STR_INIT("st-mary.example")};

static struct jose_expected expected_new(void)
{
    return (struct jose_expected){
        .issuer = STR("https://id.ashdownvale.example"),
        .client_id = STR("handrail"),
        .needs_nonce = true,
        .nonce = STR("the-nonce"),
        .now = {NOW * INSTANT_SECOND_MILLISECONDS},
        .leeway_milliseconds = 60000,
    };
}

static enum jose_verdict verdict_by(const struct jose_expected *expected, const char *payload,
                                    enum jose_algorithm algorithm)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_token token = {.algorithm = algorithm, .payload = str_from(payload)};
    const struct json_value *claims = NULL;
    enum jose_verdict verdict = jose_claims_check(arena, &token, expected, &claims);
    assert_int_equal(claims != NULL, verdict == JOSE_FINE);
    return verdict;
}

#define ISS "\"iss\":\"https://id.ashdownvale.example\""
#define AUD "\"aud\":\"handrail\""
#define TIMES "\"exp\":1800000300,\"iat\":1800000000"
#define NONCE "\"nonce\":\"the-nonce\""

struct row {
    enum jose_verdict verdict;
    const char *payload;
};

static void check_rows(const struct jose_expected *expected, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum jose_verdict verdict = verdict_by(expected, rows[i].payload, JOSE_RS256);
        if (verdict != rows[i].verdict) {
            fail_msg("%s: %d", rows[i].payload, (int)verdict);
        }
    }
}

#define CHECK_ROWS(expected, rows) check_rows((expected), (rows), sizeof(rows) / sizeof((rows)[0]))

static void issuer_audience_and_nonce(void **state)
{
    (void)state;
    struct jose_expected expected = expected_new();
    static const struct row rows[] = {
        {JOSE_FINE, "{" ISS "," AUD "," TIMES "," NONCE ",\"sub\":\"1\"}"},
        {JOSE_MALFORMED, ""},
        {JOSE_MALFORMED, "[]"},
        {JOSE_MALFORMED, "\"text\""},
        {JOSE_MALFORMED, "{" ISS "," AUD "," TIMES "," NONCE ",}"},
        {JOSE_MALFORMED, "{" ISS "," ISS "," AUD "," TIMES "," NONCE "}"},
        {JOSE_CLAIM_MISSING, "{" AUD "," TIMES "," NONCE "}"},
        {JOSE_CLAIM_MISSING, "{\"iss\":7," AUD "," TIMES "," NONCE "}"},
        {JOSE_CLAIM_MISSING, "{\"iss\":\"\"," AUD "," TIMES "," NONCE "}"},
        {JOSE_ISSUER, "{\"iss\":\"https://id.ashdownvale.example/\"," AUD "," TIMES "," NONCE "}"},
        {JOSE_ISSUER, "{\"iss\":\"https://ID.ashdownvale.example\"," AUD "," TIMES "," NONCE "}"},
        {JOSE_ISSUER, "{\"iss\":\"http://id.ashdownvale.example\"," AUD "," TIMES "," NONCE "}"},
        {JOSE_CLAIM_MISSING, "{" ISS "," TIMES "," NONCE "}"},
        {JOSE_CLAIM_MISSING, "{" ISS ",\"aud\":7," TIMES "," NONCE "}"},
        {JOSE_CLAIM_MISSING, "{" ISS ",\"aud\":[7]," TIMES "," NONCE "}"},
        {JOSE_AUDIENCE, "{" ISS ",\"aud\":\"other\"," TIMES "," NONCE "}"},
        {JOSE_AUDIENCE, "{" ISS ",\"aud\":\"\"," TIMES "," NONCE "}"},
        {JOSE_AUDIENCE, "{" ISS ",\"aud\":\"handrail2\"," TIMES "," NONCE "}"},
        {JOSE_AUDIENCE, "{" ISS ",\"aud\":[]," TIMES "," NONCE "}"},
        {JOSE_AUDIENCE, "{" ISS ",\"aud\":[\"other\"]," TIMES "," NONCE "}"},
        {JOSE_FINE, "{" ISS ",\"aud\":[\"handrail\"]," TIMES "," NONCE "}"},
        {JOSE_PARTY, "{" ISS ",\"aud\":[\"handrail\",\"other\"]," TIMES "," NONCE "}"},
        {JOSE_PARTY,
         "{" ISS ",\"aud\":[\"handrail\",\"other\"],\"azp\":\"other\"," TIMES "," NONCE "}"},
        {JOSE_FINE,
         "{" ISS ",\"aud\":[\"other\",\"handrail\"],\"azp\":\"handrail\"," TIMES "," NONCE "}"},
        {JOSE_FINE, "{" ISS "," AUD ",\"azp\":\"handrail\"," TIMES "," NONCE "}"},
        {JOSE_PARTY, "{" ISS "," AUD ",\"azp\":\"other\"," TIMES "," NONCE "}"},
        {JOSE_PARTY, "{" ISS "," AUD ",\"azp\":\"\"," TIMES "," NONCE "}"},
        {JOSE_CLAIM_MISSING, "{" ISS "," AUD ",\"azp\":1," TIMES "," NONCE "}"},
        {JOSE_CLAIM_MISSING, "{" ISS "," AUD "," TIMES "}"},
        {JOSE_CLAIM_MISSING, "{" ISS "," AUD "," TIMES ",\"nonce\":1}"},
        {JOSE_NONCE, "{" ISS "," AUD "," TIMES ",\"nonce\":\"other\"}"},
        {JOSE_NONCE, "{" ISS "," AUD "," TIMES ",\"nonce\":\"the-nonce2\"}"},
        {JOSE_NONCE, "{" ISS "," AUD "," TIMES ",\"nonce\":\"\"}"},
    };
    CHECK_ROWS(&expected, rows);
    expected.needs_nonce = false;
    static const struct row without[] = {
        {JOSE_FINE, "{" ISS "," AUD "," TIMES "}"},
        {JOSE_FINE, "{" ISS "," AUD "," TIMES "," NONCE "}"},
    };
    CHECK_ROWS(&expected, without);
    expected.forbids_nonce = true;
    static const struct row forbidden[] = {
        {JOSE_FINE, "{" ISS "," AUD "," TIMES "}"},
        {JOSE_NONCE, "{" ISS "," AUD "," TIMES "," NONCE "}"},
        {JOSE_NONCE, "{" ISS "," AUD "," TIMES ",\"nonce\":null}"},
    };
    CHECK_ROWS(&expected, forbidden);
}

static void audiences_are_bounded(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_expected expected = expected_new();
    for (size_t count = JOSE_AUDIENCES_MAX; count <= JOSE_AUDIENCES_MAX + 1; count++) {
        struct text payload = {.arena = arena};
        text_add(&payload, STR("{" ISS "," TIMES "," NONCE ",\"azp\":\"handrail\",\"aud\":["));
        for (size_t i = 1; i < count; i++) {
            text_add(&payload, STR("\"x\","));
        }
        text_add(&payload, STR("\"handrail\"]}"));
        assert_int_equal(verdict_by(&expected, str_cstr(arena, text_str(&payload)), JOSE_RS256),
                         count <= JOSE_AUDIENCES_MAX ? JOSE_FINE : JOSE_AUDIENCE);
    }
}

static void times(void **state)
{
    (void)state;
    struct jose_expected expected = expected_new();
#define WITH(times) "{" ISS "," AUD "," NONCE "," times "}"
    static const struct row rows[] = {
        {JOSE_FINE, WITH("\"exp\":1800000300,\"iat\":1700000000")},
        {JOSE_FINE, WITH("\"exp\":1800000300.5,\"iat\":1.8e9")},
        /* A minute of leeway each way. */
        {JOSE_FINE, WITH("\"exp\":1799999941,\"iat\":1799999000")},
        {JOSE_EXPIRED, WITH("\"exp\":1799999940,\"iat\":1799999000")},
        {JOSE_EXPIRED, WITH("\"exp\":0,\"iat\":0")},
        {JOSE_FINE, WITH("\"exp\":1800000300,\"iat\":1800000060")},
        {JOSE_NOT_YET, WITH("\"exp\":1800000300,\"iat\":1800000061")},
        {JOSE_FINE, WITH(TIMES ",\"nbf\":1800000060")},
        {JOSE_NOT_YET, WITH(TIMES ",\"nbf\":1800000061")},
        {JOSE_FINE, WITH(TIMES ",\"auth_time\":1700000000")},
        {JOSE_NOT_YET, WITH(TIMES ",\"auth_time\":1800000061")},
        {JOSE_CLAIM_MISSING, WITH("\"iat\":1800000000")},
        {JOSE_CLAIM_MISSING, WITH("\"exp\":1800000300")},
        {JOSE_CLAIM_MISSING, WITH("\"exp\":\"1800000300\",\"iat\":1800000000")},
        {JOSE_CLAIM_MISSING, WITH("\"exp\":1800000300,\"iat\":null")},
        {JOSE_CLAIM_MISSING, WITH("\"exp\":1e300,\"iat\":1800000000")},
        {JOSE_CLAIM_MISSING, WITH("\"exp\":1800000300,\"iat\":-1")},
        {JOSE_CLAIM_MISSING, WITH(TIMES ",\"nbf\":\"now\"")},
        {JOSE_CLAIM_MISSING, WITH(TIMES ",\"auth_time\":[]")},
    };
    CHECK_ROWS(&expected, rows);
    expected.issued_age_max_milliseconds = 600000;
    static const struct row aged[] = {
        {JOSE_FINE, WITH("\"exp\":1800000300,\"iat\":1799999340")},
        {JOSE_TOO_OLD, WITH("\"exp\":1800000300,\"iat\":1799999339")},
    };
    CHECK_ROWS(&expected, aged);
    expected.issued_age_max_milliseconds = 0;
    expected.signed_in_age_max_milliseconds = 300000;
    static const struct row signed_in[] = {
        {JOSE_CLAIM_MISSING, WITH(TIMES)},
        {JOSE_FINE, WITH(TIMES ",\"auth_time\":1799999640")},
        {JOSE_TOO_OLD, WITH(TIMES ",\"auth_time\":1799999639")},
    };
    CHECK_ROWS(&expected, signed_in);
}

static void access_tokens(void **state)
{
    (void)state;
    struct jose_expected expected = expected_new();
    /* The example of OpenID Connect Core 1.0, appendix A.3. */
    expected.access_token = STR("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
    static const struct row rows[] = {
        {JOSE_FINE, WITH(TIMES)},
        {JOSE_FINE, WITH(TIMES ",\"at_hash\":\"77QmUPtjPfzWtF2AnpK9RQ\"")},
        {JOSE_ACCESS_TOKEN, WITH(TIMES ",\"at_hash\":\"77QmUPtjPfzWtF2AnpK9RA\"")},
        {JOSE_ACCESS_TOKEN, WITH(TIMES ",\"at_hash\":\"\"")},
        {JOSE_CLAIM_MISSING, WITH(TIMES ",\"at_hash\":7")},
    };
    CHECK_ROWS(&expected, rows);
    /* Ed25519 goes with SHA-512, so the same value is wrong. */
    assert_int_equal(verdict_by(&expected, rows[1].payload, JOSE_EDDSA), JOSE_ACCESS_TOKEN);
    expected.access_token = (struct str){0};
    assert_int_equal(verdict_by(&expected, rows[2].payload, JOSE_RS256), JOSE_FINE);
}

#define ENTRA                                                                                      \
    "\"iss\":\"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0\""
#define TID "\"tid\":\"11111111-2222-3333-4444-555555555555\""
#define REST AUD "," TIMES "," NONCE

static void tenants_of_entra(void **state)
{
    (void)state;
    struct jose_expected expected = expected_new();
    expected.issuer = STR("https://login.microsoftonline.com/{tenantid}/v2.0");
    expected.tenants = tenants;
    expected.tenants_count = 2;
    static const struct row rows[] = {
        {JOSE_FINE, "{" ENTRA "," TID "," REST "}"},
        {JOSE_TENANT, "{" ENTRA "," REST "}"},
        {JOSE_TENANT, "{" ENTRA ",\"tid\":\"\"," REST "}"},
        {JOSE_CLAIM_MISSING, "{" ENTRA ",\"tid\":7," REST "}"},
        {JOSE_TENANT, "{" ENTRA ",\"tid\":\"9188040d-6c67-4c5b-b112-36a304b66dad\"," REST "}"},
        /* Another tenant that may sign in, in the name of the first. */
        {JOSE_ISSUER, "{" ENTRA ",\"tid\":\"aaaaaaaa-2222-3333-4444-555555555555\"," REST "}"},
        {JOSE_ISSUER,
         "{\"iss\":\"https://login.microsoftonline.com/{tenantid}/v2.0\"," TID "," REST "}"},
        {JOSE_ISSUER, "{\"iss\":\"https://login.microsoftonline.example/11111111-2222-3333-4444-"
                      "555555555555/v2.0\"," TID "," REST "}"},
    };
    CHECK_ROWS(&expected, rows);
    /* Nobody is named: nobody comes in. */
    expected.tenants_count = 0;
    assert_int_equal(verdict_by(&expected, rows[0].payload, JOSE_RS256), JOSE_TENANT);
}

/* Entra writes beside a key for whom it signs. */
static void keys_of_one_tenant(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_expected expected = expected_new();
    expected.issuer = STR("https://login.microsoftonline.com/{tenantid}/v2.0");
    expected.tenants = tenants;
    expected.tenants_count = 2;
    static const struct {
        const char *key_issuer;
        enum jose_verdict verdict;
    } rows[] = {
        {"https://login.microsoftonline.com/{tenantid}/v2.0", JOSE_FINE},
        {"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0", JOSE_FINE},
        {"https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
         JOSE_ISSUER},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct jose_token token = {.key_issuer = str_from(rows[i].key_issuer),
                                   .payload = STR("{" ENTRA "," TID "," REST "}")};
        const struct json_value *claims;
        assert_int_equal(jose_claims_check(arena, &token, &expected, &claims), rows[i].verdict);
    }
}

static void domains_of_google(void **state)
{
    (void)state;
    struct jose_expected expected = expected_new();
    expected.domains = domains;
    expected.domains_count = 2;
    static const struct row rows[] = {
        {JOSE_FINE, "{" ISS ",\"hd\":\"st-mary.example\"," REST "}"},
        {JOSE_FINE, "{" ISS ",\"hd\":\"AshdownVale.example\"," REST "}"},
        {JOSE_DOMAIN, "{" ISS "," REST "}"},
        {JOSE_DOMAIN, "{" ISS ",\"hd\":\"\"," REST "}"},
        {JOSE_DOMAIN, "{" ISS ",\"hd\":7," REST "}"},
        {JOSE_DOMAIN, "{" ISS ",\"hd\":[\"st-mary.example\"]," REST "}"},
        {JOSE_DOMAIN, "{" ISS ",\"hd\":\"st-mary.example.evil.example\"," REST "}"},
        {JOSE_DOMAIN, "{" ISS ",\"email\":\"a@st-mary.example\"," REST "}"},
    };
    CHECK_ROWS(&expected, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(issuer_audience_and_nonce),
        cmocka_unit_test(audiences_are_bounded),
        cmocka_unit_test(times),
        cmocka_unit_test(access_tokens),
        cmocka_unit_test(tenants_of_entra),
        cmocka_unit_test(keys_of_one_tenant),
        cmocka_unit_test(domains_of_google),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
