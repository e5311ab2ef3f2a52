/*
 * tests/identity/oidc_logout_test.c - signing out at the provider, and by its word.
 */
#include "support/check.h"

#include "base/arena.h"
#include "identity/fake_provider.h"
#include "identity/oidc.h"

#define EVENTS "\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}"

static enum jose_verdict verdict_of(struct fake_provider *fake, struct oidc_client *client,
                                    const char *head, const char *payload,
                                    struct oidc_logout *logout)
{
    struct str token =
        signer_sign(fake->arena, fake->signer, JOSE_ES256, str_from(head), str_from(payload));
    struct result result = oidc_logout_check(client, fake->arena, FAKE_NOW, token, logout);
    assert_int_equal(result_is_ok(result), oidc_refusal(result) == JOSE_FINE);
    return oidc_refusal(result);
}

#define HEAD "{\"alg\":\"ES256\",\"kid\":\"first\",\"typ\":\"logout+jwt\"}"

static void a_logout_is_read(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(fake_provider_close) struct fake_provider *fake = fake_provider_open(arena);
    struct oidc_settings settings = fake_provider_settings();
    DEFER(oidc_client_close)
    struct oidc_client *client = oidc_client_open(arena, &settings, fake_provider_http(fake));
    struct oidc_logout logout;
    assert_int_equal(verdict_of(fake, client, HEAD,
                                "{" FAKE_CLAIMS ",\"jti\":\"j1\",\"sid\":\"s1\"," EVENTS "}",
                                &logout),
                     JOSE_FINE);
    check_str(logout.issuer, FAKE_ISSUER);
    check_str(logout.subject, "person-1");
    check_str(logout.session_id, "s1");
    check_str(logout.id, "j1");
    assert_int_equal(logout.expires.milliseconds, 1800000300000 + OIDC_LEEWAY_MILLISECONDS);
    /* A token without end is too old soon. */
    assert_int_equal(verdict_of(fake, client, "{\"alg\":\"ES256\",\"kid\":\"first\"}",
                                "{\"iss\":\"" FAKE_ISSUER
                                "\",\"aud\":[\"handrail\"],\"sid\":\"s1\","
                                "\"exp\":1900000000,\"iat\":1799999900,\"jti\":\"j2\"," EVENTS "}",
                                &logout),
                     JOSE_FINE);
    check_str(logout.subject, "");
    assert_int_equal(logout.expires.milliseconds,
                     1799999900000 + OIDC_LOGOUT_AGE_MILLISECONDS_MAX + OIDC_LEEWAY_MILLISECONDS);
}

static void logouts_that_do_not_hold(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(fake_provider_close) struct fake_provider *fake = fake_provider_open(arena);
    struct oidc_settings settings = fake_provider_settings();
    DEFER(oidc_client_close)
    struct oidc_client *client = oidc_client_open(arena, &settings, fake_provider_http(fake));
    static const struct {
        enum jose_verdict verdict;
        const char *head, *payload;
    } rows[] = {
        {JOSE_EVENT, HEAD, "{" FAKE_CLAIMS ",\"jti\":\"j1\"}"},
        {JOSE_EVENT, HEAD, "{" FAKE_CLAIMS ",\"jti\":\"j1\",\"events\":{}}"},
        {JOSE_EVENT, HEAD, "{" FAKE_CLAIMS ",\"jti\":\"j1\",\"events\":[]}"},
        {JOSE_EVENT, HEAD,
         "{" FAKE_CLAIMS ",\"jti\":\"j1\",\"events\":{\"http://schemas.openid.net/event/"
         "backchannel-logout\":true}}"},
        {JOSE_NONCE, HEAD, "{" FAKE_CLAIMS ",\"jti\":\"j1\",\"nonce\":\"n\"," EVENTS "}"},
        {JOSE_CLAIM_MISSING, HEAD, "{" FAKE_CLAIMS "," EVENTS "}"},
        {JOSE_CLAIM_MISSING, HEAD, "{" FAKE_CLAIMS ",\"jti\":7," EVENTS "}"},
        {JOSE_CLAIM_MISSING, HEAD,
         "{\"iss\":\"" FAKE_ISSUER "\",\"aud\":\"handrail\",\"exp\":1800000300,"
         "\"iat\":1800000000,\"jti\":\"j1\"," EVENTS "}"},
        {JOSE_CLAIM_MISSING, HEAD,
         "{\"iss\":\"" FAKE_ISSUER "\",\"aud\":\"handrail\",\"sub\":\"1\","
         "\"iat\":1800000000,\"jti\":\"j1\"," EVENTS "}"},
        {JOSE_AUDIENCE, HEAD,
         "{\"iss\":\"" FAKE_ISSUER "\",\"aud\":\"other\",\"sub\":\"1\",\"exp\":1800000300,"
         "\"iat\":1800000000,\"jti\":\"j1\"," EVENTS "}"},
        {JOSE_ISSUER, HEAD,
         "{\"iss\":\"https://other.example\",\"aud\":\"handrail\",\"sub\":\"1\","
         "\"exp\":1800000300,\"iat\":1800000000,\"jti\":\"j1\"," EVENTS "}"},
        {JOSE_TOO_OLD, HEAD,
         "{\"iss\":\"" FAKE_ISSUER "\",\"aud\":\"handrail\",\"sub\":\"1\",\"exp\":1900000000,"
         "\"iat\":1799990000,\"jti\":\"j1\"," EVENTS "}"},
        {JOSE_TYPE, "{\"alg\":\"ES256\",\"kid\":\"first\",\"typ\":\"at+jwt\"}",
         "{" FAKE_CLAIMS ",\"jti\":\"j1\"," EVENTS "}"},
        {JOSE_KEY_UNKNOWN, "{\"alg\":\"ES256\",\"kid\":\"second\"}",
         "{" FAKE_CLAIMS ",\"jti\":\"j1\"," EVENTS "}"},
        {JOSE_ALGORITHM, "{\"alg\":\"none\",\"kid\":\"first\"}",
         "{" FAKE_CLAIMS ",\"jti\":\"j1\"," EVENTS "}"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct oidc_logout logout = {0};
        enum jose_verdict verdict =
            verdict_of(fake, client, rows[i].head, rows[i].payload, &logout);
        if (verdict != rows[i].verdict) {
            fail_msg("%s: %s", rows[i].payload, jose_verdict_words(verdict));
        }
        assert_true(str_is_empty(logout.id));
    }
}

static void logouts_of_other_tenants(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(fake_provider_close) struct fake_provider *fake = fake_provider_open(arena);
    struct oidc_settings settings = fake_provider_settings();
    static const struct str tenants[] = {STR_INIT("ours")};
    settings.tenants = tenants;
    settings.tenants_count = 1;
    DEFER(oidc_client_close)
    struct oidc_client *client = oidc_client_open(arena, &settings, fake_provider_http(fake));
    struct oidc_logout logout;
    assert_int_equal(verdict_of(fake, client, HEAD,
                                "{" FAKE_CLAIMS ",\"jti\":\"j1\",\"tid\":\"ours\"," EVENTS "}",
                                &logout),
                     JOSE_FINE);
    assert_int_equal(verdict_of(fake, client, HEAD,
                                "{" FAKE_CLAIMS ",\"jti\":\"j1\",\"tid\":\"theirs\"," EVENTS "}",
                                &logout),
                     JOSE_TENANT);
}

static void where_to_sign_out(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(fake_provider_close) struct fake_provider *fake = fake_provider_open(arena);
    struct oidc_settings settings = fake_provider_settings();
    struct oidc_client *client = oidc_client_open(arena, &settings, fake_provider_http(fake));
    struct str url;
    assert_true(result_is_ok(oidc_sign_out_url(client, arena, FAKE_NOW, STR("a.b.c"),
                                               STR("https://handrail.ashdownvale.example/"),
                                               STR("st"), &url)));
    check_str(url,
              FAKE_ISSUER "/logout?client_id=handrail&id_token_hint=a.b.c&post_logout_redirect_"
                          "uri=https%3A%2F%2Fhandrail.ashdownvale.example%2F&state=st");
    assert_true(result_is_ok(oidc_sign_out_url(client, arena, FAKE_NOW, (struct str){0},
                                               (struct str){0}, (struct str){0}, &url)));
    check_str(url, FAKE_ISSUER "/logout?client_id=handrail");
    oidc_client_close(client);
    fake->discovery = fake_provider_discovery(arena, "");
    client = oidc_client_open(arena, &settings, fake_provider_http(fake));
    struct result result =
        oidc_sign_out_url(client, arena, FAKE_NOW, STR("a.b.c"), STR(""), STR(""), &url);
    assert_int_equal(result.code, RESULT_CODE_MISSING);
    oidc_client_close(client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_logout_is_read),
        cmocka_unit_test(logouts_that_do_not_hold),
        cmocka_unit_test(logouts_of_other_tenants),
        cmocka_unit_test(where_to_sign_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
