/*
 * tests/identity/oidc_test.c - signing in at a stand-in of a provider: the way through, and each
 * way to be refused.
 */
#include "support/check.h"

#include "base/arena.h"
#include "identity/fake_provider.h"
#include "identity/oidc.h"

/* What each test has. */
struct scene {
    struct arena *arena;
    struct fake_provider *fake;
    struct oidc_settings settings;
    struct oidc_client *client;
    struct oidc_flow flow;
    struct str url;
    struct oidc_answer answer;
    struct oidc_person person;
};

static int scene_open(void **state)
{
    struct arena *arena = arena_open();
    struct scene *scene = ARENA_NEW(arena, struct scene);
    scene->arena = arena;
    scene->fake = fake_provider_open(arena);
    scene->settings = fake_provider_settings();
    scene->client = oidc_client_open(arena, &scene->settings, fake_provider_http(scene->fake));
    *state = scene;
    return 0;
}

static int scene_close(void **state)
{
    struct scene *scene = *state;
    oidc_client_close(scene->client);
    fake_provider_close(scene->fake);
    arena_close(scene->arena);
    return 0;
}

/* The settings were changed: another client. */
static void scene_renew(struct scene *scene)
{
    oidc_client_close(scene->client);
    scene->client =
        oidc_client_open(scene->arena, &scene->settings, fake_provider_http(scene->fake));
}

/* Begins, and prepares a good answer and a token of good claims with more of them. */
static void scene_begin(struct scene *scene, const char *more)
{
    struct oidc_wish wish = {0};
    assert_true(result_is_ok(
        oidc_begin(scene->client, scene->arena, FAKE_NOW, &wish, &scene->flow, &scene->url)));
    scene->answer = (struct oidc_answer){.code = STR("the-code"), .state = scene->flow.state};
    fake_provider_says(scene->fake,
                       str_format(scene->arena, "{" FAKE_CLAIMS ",\"nonce\":\"" STR_FMT "\"%s}",
                                  STR_ARG(scene->flow.nonce), more));
}

MUST_USE static struct result scene_finish_at(struct scene *scene, struct instant now)
{
    return oidc_finish(scene->client, scene->arena, now, &scene->flow, &scene->answer,
                       &scene->person);
}

MUST_USE static struct result scene_finish(struct scene *scene)
{
    return scene_finish_at(scene, FAKE_NOW);
}

static void check_has(struct str text, const char *part)
{
    if (str_find(text, str_from(part)) == STR_NONE) {
        fail_msg(STR_FMT " lacks %s", STR_ARG(text), part);
    }
}

static void the_address_asks_for_a_code(void **state)
{
    struct scene *scene = *state;
    scene_begin(scene, "");
    assert_true(str_starts(scene->url, STR(FAKE_ISSUER "/authorize?response_type=code&")));
    check_has(scene->url, "&client_id=handrail&");
    check_has(scene->url,
              "&redirect_uri=https%3A%2F%2Fhandrail.ashdownvale.example%2Fsign-in%2Fback&");
    check_has(scene->url, "&scope=openid%20profile%20email&");
    check_has(scene->url, "&code_challenge_method=S256");
    check_has(scene->url, str_cstr(scene->arena, scene->flow.state));
    check_has(scene->url, str_cstr(scene->arena, scene->flow.nonce));
    assert_int_equal(str_find(scene->url, scene->flow.verifier), STR_NONE);
    assert_int_equal(scene->flow.verifier.len, 43);
    struct oidc_flow first = scene->flow;
    scene_begin(scene, "");
    assert_false(str_equal(first.state, scene->flow.state));
    assert_false(str_equal(first.nonce, scene->flow.nonce));
    assert_false(str_equal(first.verifier, scene->flow.verifier));
    assert_int_equal(scene->fake->discoveries, 1);
}

static void wishes_are_asked_for(void **state)
{
    struct scene *scene = *state;
    static const struct str domains[] = {STR_INIT("ashdownvale.example"), STR_INIT("b.example")};
    scene->settings.domains = domains;
    scene->settings.domains_count = 1;
    scene->settings.scope = STR("openid");
    scene->fake->discovery = str_format(
        scene->arena, "{\"issuer\":\"" FAKE_ISSUER "\",\"authorization_endpoint\":\"" FAKE_ISSUER
                      "/authorize?p=1\",\"token_endpoint\":\"" FAKE_ISSUER
                      "/token\",\"jwks_uri\":\"" FAKE_ISSUER "/keys\"}");
    scene_renew(scene);
    struct oidc_wish wish = {STR("a.okafor@ashdownvale.example"), true, 300};
    assert_true(result_is_ok(
        oidc_begin(scene->client, scene->arena, FAKE_NOW, &wish, &scene->flow, &scene->url)));
    assert_true(str_starts(scene->url, STR(FAKE_ISSUER "/authorize?p=1&response_type=code&")));
    check_has(scene->url, "&scope=openid&");
    check_has(scene->url, "&prompt=select_account&login_hint=a.okafor%40ashdownvale.example&"
                          "max_age=300&hd=ashdownvale.example");
    scene->settings.domains_count = 2;
    scene_renew(scene);
    assert_true(result_is_ok(
        oidc_begin(scene->client, scene->arena, FAKE_NOW, &wish, &scene->flow, &scene->url)));
    check_has(scene->url, "&hd=%2A");
}

static void a_person_comes_in(void **state)
{
    struct scene *scene = *state;
    scene_begin(scene, ",\"name\":\"Adaeze Okafor\",\"email\":\"a.okafor@ashdownvale.example\","
                       "\"email_verified\":true,\"sid\":\"s1\",\"oid\":\"o1\",\"tid\":\"t1\","
                       "\"auth_time\":1799999990,\"amr\":[\"pwd\",\"mfa\"],"
                       "\"preferred_username\":\"aokafor\"");
    assert_true(result_is_ok(scene_finish(scene)));
    check_str(scene->person.issuer, FAKE_ISSUER);
    check_str(scene->person.subject, "person-1");
    check_str(scene->person.name, "Adaeze Okafor");
    check_str(scene->person.email, "a.okafor@ashdownvale.example");
    check_str(scene->person.username, "aokafor");
    check_str(scene->person.session_id, "s1");
    check_str(scene->person.object_id, "o1");
    check_str(scene->person.tenant, "t1");
    assert_true(scene->person.is_email_verified);
    assert_true(scene->person.used_second_factor);
    assert_int_equal(scene->person.signed_in.milliseconds, 1799999990000);
    assert_true(scene->person.id_token.len > 100);
    /* What was sent to the provider: the secret in the header, the verifier in the form. */
    assert_int_equal(scene->fake->exchanges, 1);
}

static void the_code_is_exchanged(void **state)
{
    struct scene *scene = *state;
    scene_begin(scene, "");
    scene->answer.code = STR("a/code+1");
    assert_true(result_is_ok(scene_finish(scene)));
    /* The last request was for the keys; finish again, with keys that are there already. */
    scene_begin(scene, "");
    scene->answer.code = STR("a/code+1");
    assert_true(result_is_ok(scene_finish(scene)));
    struct oidc_request *asked = &scene->fake->asked;
    assert_true(asked->is_post);
    check_str(asked->url, FAKE_ISSUER "/token");
    check_str(asked->authorization, "Basic aGFuZHJhaWw6czNjcmV0JTI2");
    check_has(asked->form, "grant_type=authorization_code&code=a%2Fcode%2B1&redirect_uri=https%3A");
    check_has(asked->form, str_cstr(scene->arena, scene->flow.verifier));
    assert_int_equal(str_find(asked->form, STR("s3cret")), STR_NONE);
    /* A provider that takes the secret in the form alone. */
    scene->fake->discovery = fake_provider_discovery(
        scene->arena, ",\"token_endpoint_auth_methods_supported\":[\"client_secret_post\"]");
    scene_renew(scene);
    for (int i = 0; i < 2; i++) {
        scene_begin(scene, "");
        assert_true(result_is_ok(scene_finish(scene)));
    }
    check_str(asked->authorization, "");
    check_has(asked->form, "&client_id=handrail&client_secret=s3cret%26");
}

static void modest_claims_are_enough(void **state)
{
    struct scene *scene = *state;
    scene_begin(scene, ",\"name\":7,\"email\":\"a\\u0000b\",\"email_verified\":\"true\","
                       "\"amr\":\"mfa\",\"sid\":null,\"preferred_username\":\"a\\nb\"");
    assert_true(result_is_ok(scene_finish(scene)));
    assert_true(str_is_empty(scene->person.name));
    assert_true(str_is_empty(scene->person.email));
    assert_true(str_is_empty(scene->person.username));
    assert_true(str_is_empty(scene->person.session_id));
    assert_false(scene->person.is_email_verified);
    assert_false(scene->person.used_second_factor);
    assert_int_equal(scene->person.signed_in.milliseconds, 0);
}

static void claims_are_bounded(void **state)
{
    struct scene *scene = *state;
    for (size_t length = 512; length <= 513; length++) {
        char *name = ARENA_ARRAY(scene->arena, char, length);
        memset(name, 'n', length);
        struct str more = str_format(scene->arena, ",\"name\":\"" STR_FMT "\"",
                                     STR_ARG(((struct str){name, length})));
        scene_begin(scene, str_cstr(scene->arena, more));
        assert_true(result_is_ok(scene_finish(scene)));
        assert_int_equal(scene->person.name.len, length == 512 ? 512 : 0);
    }
}

static void check_refused(struct scene *scene, struct result result, enum jose_verdict verdict)
{
    assert_int_equal(result.code, RESULT_CODE_REFUSED);
    assert_int_equal(oidc_refusal(result), verdict);
    assert_true(str_is_empty(scene->person.subject));
}

static void state_and_time(void **state)
{
    struct scene *scene = *state;
    scene_begin(scene, "");
    struct str good = scene->answer.state;
    scene->answer.state = STR("other");
    check_refused(scene, scene_finish(scene), JOSE_FINE);
    scene->answer.state = (struct str){0};
    check_refused(scene, scene_finish(scene), JOSE_FINE);
    scene->answer.state = good;
    struct oidc_flow empty = {.nonce = scene->flow.nonce, .begun = FAKE_NOW};
    struct oidc_answer answer = {.code = STR("the-code")};
    check_refused(
        scene, oidc_finish(scene->client, scene->arena, FAKE_NOW, &empty, &answer, &scene->person),
        JOSE_FINE);
    struct instant last = instant_add(FAKE_NOW, OIDC_FLOW_MILLISECONDS_MAX);
    check_refused(scene, scene_finish_at(scene, instant_add(last, 1)), JOSE_FINE);
    check_refused(scene, scene_finish_at(scene, instant_add(FAKE_NOW, -1)), JOSE_FINE);
    /* Nothing of this was worth a question. */
    assert_int_equal(scene->fake->exchanges, 0);
    fake_provider_says(
        scene->fake, str_format(scene->arena,
                                "{\"iss\":\"" FAKE_ISSUER "\",\"aud\":\"handrail\",\"sub\":\"1\","
                                "\"exp\":1800009000,\"iat\":1800000000,\"nonce\":\"" STR_FMT "\"}",
                                STR_ARG(scene->flow.nonce)));
    assert_true(result_is_ok(scene_finish_at(scene, last)));
}

static void errors_of_the_provider(void **state)
{
    struct scene *scene = *state;
    scene_begin(scene, "");
    static const char *const errors[] = {"access_denied", "server_error", "interaction_required",
                                         "<script>\n"};
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        scene->answer.error = str_from(errors[i]);
        struct result result = scene_finish(scene);
        check_refused(scene, result, JOSE_FINE);
        assert_int_equal(str_find(result.detail, STR("\n")), STR_NONE);
    }
    scene->answer.error = (struct str){0};
    scene->answer.code = (struct str){0};
    check_refused(scene, scene_finish(scene), JOSE_FINE);
    char *code = ARENA_ARRAY(scene->arena, char, OIDC_CODE_BYTES_MAX + 1);
    memset(code, 'c', OIDC_CODE_BYTES_MAX + 1);
    scene->answer.code = (struct str){code, OIDC_CODE_BYTES_MAX + 1};
    check_refused(scene, scene_finish(scene), JOSE_FINE);
    assert_int_equal(scene->fake->exchanges, 0);
    scene->answer.code.len--;
    assert_true(result_is_ok(scene_finish(scene)));
}

/* RFC 9207: an answer that names another provider, or none where it should. */
static void who_answers(void **state)
{
    struct scene *scene = *state;
    scene_begin(scene, "");
    scene->answer.issuer = STR("https://other.example");
    check_refused(scene, scene_finish(scene), JOSE_FINE);
    scene->answer.issuer = STR(FAKE_ISSUER);
    assert_true(result_is_ok(scene_finish(scene)));
    scene->fake->discovery = fake_provider_discovery(
        scene->arena, ",\"authorization_response_iss_parameter_supported\":true");
    scene_renew(scene);
    scene->person = (struct oidc_person){0};
    scene_begin(scene, "");
    check_refused(scene, scene_finish(scene), JOSE_FINE);
    scene->answer.issuer = STR(FAKE_ISSUER);
    assert_true(result_is_ok(scene_finish(scene)));
}

static void refusals_of_the_exchange(void **state)
{
    struct scene *scene = *state;
    static const struct {
        int32_t status;
        const char *body;
        enum result_code code;
    } rows[] = {
        {400, "{\"error\":\"invalid_grant\"}", RESULT_CODE_REFUSED},
        {401, "{\"error\":\"invalid_client\"}", RESULT_CODE_INVALID},
        {400, "{\"error\":\"unauthorized_client\"}", RESULT_CODE_INVALID},
        {400, "{\"error\":\"invalid_request\"}", RESULT_CODE_INVALID},
        {400, "{\"error\":7}", RESULT_CODE_IO},
        {400, "nonsense", RESULT_CODE_IO},
        {302, "", RESULT_CODE_IO},
        {500, "", RESULT_CODE_IO},
        {200, "nonsense", RESULT_CODE_INVALID},
        {200, "{}", RESULT_CODE_INVALID},
        {200, "{\"token_type\":\"Bearer\",\"access_token\":\"a\"}", RESULT_CODE_INVALID},
        {200, "{\"token_type\":\"Bearer\",\"id_token\":\"\"}", RESULT_CODE_INVALID},
        {200, "{\"token_type\":\"Bearer\",\"id_token\":7}", RESULT_CODE_INVALID},
        {200, "{\"token_type\":\"mac\",\"id_token\":\"a.b.c\"}", RESULT_CODE_INVALID},
        {200, "{\"id_token\":\"a.b.c\"}", RESULT_CODE_INVALID},
        {200, "{\"token_type\":\"Bearer\",\"id_token\":\"a.b.c\"}", RESULT_CODE_REFUSED},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        scene_begin(scene, "");
        scene->fake->token_status = rows[i].status;
        scene->fake->token = str_from(rows[i].body);
        struct result result = scene_finish(scene);
        if (result.code != rows[i].code) {
            fail_msg("%s: %d", rows[i].body, (int)result.code);
        }
        assert_true(str_is_empty(scene->person.subject));
    }
    scene->fake->token_status = 200;
    scene_begin(scene, "");
    scene->fake->content_type = "text/html";
    assert_int_equal(scene_finish(scene).code, RESULT_CODE_IO);
    scene->fake->is_down = true;
    assert_int_equal(scene_finish(scene).code, RESULT_CODE_IO);
}

/* One token after the other with something wrong in it. */
static void tokens_that_do_not_hold(void **state)
{
    struct scene *scene = *state;
    static const struct {
        enum jose_verdict verdict;
        const char *claims; /* %s is the nonce */
    } rows[] = {
        {JOSE_ISSUER, "\"iss\":\"https://other.example\",\"aud\":\"handrail\",\"sub\":\"1\","
                      "\"exp\":1800000300,\"iat\":1800000000,\"nonce\":\"%s\""},
        {JOSE_AUDIENCE, "\"iss\":\"" FAKE_ISSUER "\",\"aud\":\"other\",\"sub\":\"1\","
                        "\"exp\":1800000300,\"iat\":1800000000,\"nonce\":\"%s\""},
        {JOSE_EXPIRED, "\"iss\":\"" FAKE_ISSUER "\",\"aud\":\"handrail\",\"sub\":\"1\","
                       "\"exp\":1799999880,\"iat\":1799990000,\"nonce\":\"%s\""},
        {JOSE_NOT_YET, "\"iss\":\"" FAKE_ISSUER "\",\"aud\":\"handrail\",\"sub\":\"1\","
                       "\"exp\":1800000300,\"iat\":1800000121,\"nonce\":\"%s\""},
        {JOSE_NONCE, FAKE_CLAIMS ",\"nonce\":\"another-%s\""},
        {JOSE_CLAIM_MISSING, FAKE_CLAIMS ",\"unused\":\"%s\""},
        {JOSE_CLAIM_MISSING, "\"iss\":\"" FAKE_ISSUER "\",\"aud\":\"handrail\","
                             "\"exp\":1800000300,\"iat\":1800000000,\"nonce\":\"%s\""},
        {JOSE_CLAIM_MISSING, "\"iss\":\"" FAKE_ISSUER "\",\"aud\":\"handrail\",\"sub\":\"\","
                             "\"exp\":1800000300,\"iat\":1800000000,\"nonce\":\"%s\""},
        {JOSE_ACCESS_TOKEN, FAKE_CLAIMS ",\"at_hash\":\"AAAA\",\"nonce\":\"%s\""},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        scene_begin(scene, "");
        struct str claims = str_from(rows[i].claims), before, after;
        size_t mark = str_find(claims, STR("%s"));
        before = str_slice(claims, 0, mark);
        after = str_slice(claims, mark + 2, claims.len);
        fake_provider_says(scene->fake,
                           str_format(scene->arena, "{" STR_FMT STR_FMT STR_FMT "}",
                                      STR_ARG(before), STR_ARG(scene->flow.nonce), STR_ARG(after)));
        check_refused(scene, scene_finish(scene), rows[i].verdict);
    }
}

static void other_types_are_no_id_tokens(void **state)
{
    struct scene *scene = *state;
    static const struct {
        const char *type;
        bool is_fine;
    } rows[] = {{"JWT", true}, {"jwt", true}, {"logout+jwt", false}, {"at+jwt", false}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        scene_begin(scene, "");
        struct str head = str_format(
            scene->arena, "{\"alg\":\"ES256\",\"kid\":\"first\",\"typ\":\"%s\"}", rows[i].type);
        struct str payload = str_format(scene->arena, "{" FAKE_CLAIMS ",\"nonce\":\"" STR_FMT "\"}",
                                        STR_ARG(scene->flow.nonce));
        struct str token =
            signer_sign(scene->arena, scene->fake->signer, JOSE_ES256, head, payload);
        scene->fake->token =
            str_format(scene->arena, "{\"token_type\":\"bearer\",\"id_token\":\"" STR_FMT "\"}",
                       STR_ARG(token));
        scene->person = (struct oidc_person){0};
        if (rows[i].is_fine) {
            assert_true(result_is_ok(scene_finish(scene)));
        } else {
            check_refused(scene, scene_finish(scene), JOSE_TYPE);
        }
    }
}

/* The person was asked to sign in anew, and the provider has to say that it was so. */
static void signing_in_again(void **state)
{
    struct scene *scene = *state;
    struct oidc_wish wish = {.signed_in_age_max_seconds = 60};
    assert_true(result_is_ok(
        oidc_begin(scene->client, scene->arena, FAKE_NOW, &wish, &scene->flow, &scene->url)));
    scene->answer = (struct oidc_answer){.code = STR("the-code"), .state = scene->flow.state};
    static const struct {
        const char *more;
        enum jose_verdict verdict;
    } rows[] = {{"", JOSE_CLAIM_MISSING},
                {",\"auth_time\":1799999000", JOSE_TOO_OLD},
                {",\"auth_time\":1799999990", JOSE_FINE}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fake_provider_says(scene->fake,
                           str_format(scene->arena, "{" FAKE_CLAIMS ",\"nonce\":\"" STR_FMT "\"%s}",
                                      STR_ARG(scene->flow.nonce), rows[i].more));
        struct result result = scene_finish(scene);
        assert_int_equal(oidc_refusal(result), rows[i].verdict);
        assert_int_equal(result_is_ok(result), rows[i].verdict == JOSE_FINE);
    }
}

static void domains_and_tenants(void **state)
{
    struct scene *scene = *state;
    static const struct str names[] = {STR_INIT("ashdownvale.example")};
    scene->settings.domains = names;
    scene->settings.domains_count = 1;
    scene_renew(scene);
    scene_begin(scene, "");
    check_refused(scene, scene_finish(scene), JOSE_DOMAIN);
    scene_begin(scene, ",\"hd\":\"other.example\"");
    check_refused(scene, scene_finish(scene), JOSE_DOMAIN);
    scene_begin(scene, ",\"hd\":\"ashdownvale.example\"");
    assert_true(result_is_ok(scene_finish(scene)));
    scene->person = (struct oidc_person){0};
    scene->settings.domains_count = 0;
    scene->settings.tenants = names;
    scene->settings.tenants_count = 1;
    scene_renew(scene);
    scene_begin(scene, ",\"tid\":\"other\"");
    check_refused(scene, scene_finish(scene), JOSE_TENANT);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, scene_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE(the_address_asks_for_a_code),
        SCENE(wishes_are_asked_for),
        SCENE(a_person_comes_in),
        SCENE(the_code_is_exchanged),
        SCENE(modest_claims_are_enough),
        SCENE(claims_are_bounded),
        SCENE(state_and_time),
        SCENE(errors_of_the_provider),
        SCENE(who_answers),
        SCENE(refusals_of_the_exchange),
        SCENE(tokens_that_do_not_hold),
        SCENE(other_types_are_no_id_tokens),
        SCENE(signing_in_again),
        SCENE(domains_and_tenants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
