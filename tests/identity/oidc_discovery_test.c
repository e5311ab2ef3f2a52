/*
 * tests/identity/oidc_discovery_test.c - what a school configures, and what a provider says.
 */
#include "support/check.h"

#include "base/arena.h"
#include "identity/fake_provider.h"
#include "identity/oidc.h"

static const struct str names[] = {STR_INIT("ashdownvale.example"), STR_INIT("")};

static void settings_that_are_fine(void **state)
{
    (void)state;
    struct oidc_settings settings = fake_provider_settings();
    assert_true(result_is_ok(oidc_settings_check(&settings)));
    settings.issuer =
        STR("https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0");
    assert_true(result_is_ok(oidc_settings_check(&settings)));
    settings.issuer = STR("https://login.microsoftonline.com/{tenantid}/v2.0");
    settings.tenants = names;
    settings.tenants_count = 1;
    assert_true(result_is_ok(oidc_settings_check(&settings)));
    settings = fake_provider_settings();
    settings.issuer = STR("https://accounts.google.com");
    settings.domains = names;
    settings.domains_count = 1;
    assert_true(result_is_ok(oidc_settings_check(&settings)));
}

static void check_invalid(struct oidc_settings settings)
{
    struct result result = oidc_settings_check(&settings);
    assert_int_equal(result.code, RESULT_CODE_INVALID);
    assert_true(strlen(result.message) > 10);
}

static void settings_that_are_not(void **state)
{
    (void)state;
    struct oidc_settings good = fake_provider_settings(), bad;
    static const char *const addresses[] = {"", "id.ashdownvale.example", "http://127.0.0.1/",
                                            "https://user@id.ashdownvale.example/"};
    for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
        bad = good;
        bad.issuer = str_from(addresses[i]);
        check_invalid(bad);
        bad = good;
        bad.redirect_uri = str_from(addresses[i]);
        check_invalid(bad);
    }
    bad = good;
    bad.issuer = STR("https://id.ashdownvale.example/?x=1");
    check_invalid(bad);
    bad = good;
    bad.client_id = (struct str){0};
    check_invalid(bad);
    bad = good;
    bad.client_secret = (struct str){0};
    check_invalid(bad);
    bad = good;
    bad.domains = names;
    bad.domains_count = 2; /* the second is empty */
    check_invalid(bad);
    bad = good;
    bad.algorithms = JOSE_SET(JOSE_ALGORITHM_COUNT);
    check_invalid(bad);
    /* Anybody has an account there. */
    bad = good;
    bad.issuer = STR("https://accounts.google.com");
    check_invalid(bad);
    bad.issuer = STR("https://login.microsoftonline.com/{tenantid}/v2.0");
    check_invalid(bad);
}

static void addresses_of_the_document(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const struct {
        const char *issuer, *url;
    } rows[] = {
        {"https://accounts.google.com",
         "https://accounts.google.com/.well-known/openid-configuration"},
        {"https://id.example/a/", "https://id.example/a/.well-known/openid-configuration"},
        {"https://login.microsoftonline.com/{tenantid}/v2.0",
         "https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct oidc_settings settings = {.issuer = str_from(rows[i].issuer)};
        check_str(oidc_discovery_url(arena, &settings), rows[i].url);
    }
}

static void a_full_document_is_read(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct oidc_settings settings = fake_provider_settings();
    struct oidc_provider provider;
    struct str json = fake_provider_discovery(
        arena, ",\"end_session_endpoint\":\"" FAKE_ISSUER "/logout\","
               "\"response_types_supported\":[\"id_token\",\"code\"],"
               "\"code_challenge_methods_supported\":[\"plain\",\"S256\"],"
               "\"id_token_signing_alg_values_supported\":[\"RS256\",\"ES256\"],"
               "\"token_endpoint_auth_methods_supported\":[\"client_secret_post\","
               "\"private_key_jwt\",\"client_secret_basic\"],"
               "\"authorization_response_iss_parameter_supported\":true,\"more\":[{}]");
    assert_true(result_is_ok(oidc_discovery_read(arena, &settings, json, &provider)));
    check_str(provider.issuer, FAKE_ISSUER);
    check_str(provider.authorization_endpoint, FAKE_ISSUER "/authorize");
    check_str(provider.token_endpoint, FAKE_ISSUER "/token");
    check_str(provider.jwks_uri, FAKE_ISSUER "/keys");
    check_str(provider.end_session_endpoint, FAKE_ISSUER "/logout");
    assert_true(provider.takes_secret_in_header);
    assert_true(provider.names_itself);
    assert_true(result_is_ok(
        oidc_discovery_read(arena, &settings, fake_provider_discovery(arena, ""), &provider)));
    check_str(provider.end_session_endpoint, "");
    assert_true(provider.takes_secret_in_header); /* the standard's default */
    assert_false(provider.names_itself);
}

static void documents_that_lack_something(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct oidc_settings settings = fake_provider_settings();
    static const char *const lacks[] = {
        ",\"response_types_supported\":[\"id_token\"]",
        ",\"response_types_supported\":\"code\"",
        ",\"code_challenge_methods_supported\":[\"plain\"]",
        ",\"code_challenge_methods_supported\":[]",
        ",\"id_token_signing_alg_values_supported\":[\"RS256\",\"HS256\",\"none\"]",
        ",\"token_endpoint_auth_methods_supported\":[\"private_key_jwt\",\"none\"]",
    };
    for (size_t i = 0; i < sizeof(lacks) / sizeof(lacks[0]); i++) {
        struct oidc_provider provider;
        struct str json = fake_provider_discovery(arena, lacks[i]);
        struct result result = oidc_discovery_read(arena, &settings, json, &provider);
        assert_int_equal(result.code, RESULT_CODE_UNSUPPORTED);
    }
}

#define AUTHORIZE ",\"authorization_endpoint\":\"https://a.example/\""
#define TOKEN ",\"token_endpoint\":\"https://a.example/\""
#define KEYS ",\"jwks_uri\":\"https://a.example/\""

static void documents_that_make_no_sense(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct oidc_settings settings = fake_provider_settings();
    static const char *const bad[] = {
        "",
        "null",
        "[]",
        "{}",
        "{\"issuer\":7" AUTHORIZE TOKEN KEYS "}",
        "{\"issuer\":\"https://other.example\"" AUTHORIZE TOKEN KEYS "}",
        "{\"issuer\":\"" FAKE_ISSUER "/\"" AUTHORIZE TOKEN KEYS "}",
        "{\"issuer\":\"" FAKE_ISSUER "\"" TOKEN KEYS "}",
        "{\"issuer\":\"" FAKE_ISSUER "\"" AUTHORIZE KEYS "}",
        "{\"issuer\":\"" FAKE_ISSUER "\"" AUTHORIZE TOKEN "}",
        "{\"issuer\":\"" FAKE_ISSUER "\"" AUTHORIZE TOKEN ",\"jwks_uri\":\"http://a.example/\"}",
        "{\"issuer\":\"" FAKE_ISSUER "\"" AUTHORIZE TOKEN ",\"jwks_uri\":[\"https://a.example/\"]}",
        "{\"issuer\":\"" FAKE_ISSUER "\"" AUTHORIZE TOKEN ",\"jwks_uri\":\"file:///keys\"}",
        "{\"issuer\":\"" FAKE_ISSUER
        "\",\"authorization_endpoint\":\"javascript:alert(1)\"" TOKEN KEYS "}",
        "{\"issuer\":\"" FAKE_ISSUER "\"" AUTHORIZE ",\"token_endpoint\":\"http://127.0.0.1/\"" KEYS
        "}",
        "{\"issuer\":\"" FAKE_ISSUER "\"" AUTHORIZE TOKEN KEYS
        ",\"end_session_endpoint\":\"http://a.example/\"}",
        "{\"issuer\":\"" FAKE_ISSUER "\",\"issuer\":\"" FAKE_ISSUER "\"" AUTHORIZE TOKEN KEYS "}",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct oidc_provider provider;
        struct result result = oidc_discovery_read(arena, &settings, str_from(bad[i]), &provider);
        if (result.code != RESULT_CODE_INVALID) {
            fail_msg("%s", bad[i]);
        }
    }
}

static void the_document_is_bounded(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct oidc_settings settings = fake_provider_settings();
    struct oidc_provider provider;
    struct text json = {.arena = arena};
    text_add(&json, fake_provider_discovery(arena, ""));
    while (json.len < OIDC_BODY_BYTES_MAX) {
        text_add_char(&json, '\n');
    }
    assert_true(result_is_ok(oidc_discovery_read(arena, &settings, text_str(&json), &provider)));
    text_add_char(&json, '\n');
    assert_int_equal(oidc_discovery_read(arena, &settings, text_str(&json), &provider).code,
                     RESULT_CODE_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_that_are_fine),
        cmocka_unit_test(settings_that_are_not),
        cmocka_unit_test(addresses_of_the_document),
        cmocka_unit_test(a_full_document_is_read),
        cmocka_unit_test(documents_that_lack_something),
        cmocka_unit_test(documents_that_make_no_sense),
        cmocka_unit_test(the_document_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
