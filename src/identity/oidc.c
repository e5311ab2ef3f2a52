/*
 * identity/oidc.c - signing in: the question to the provider, the answer, and who it is.
 *
 * Read first: identity/oidc.h; OpenID Connect Core 1.0, section 3.1; RFC 7636 (PKCE); RFC 9207.
 * Start at: oidc_begin(), oidc_finish().
 *
 * What must hold: a person comes out only when state, time, issuer, code, signature and every claim
 * were found good, in this order, so that nothing is asked of the provider for a forged answer.
 */
#include "base/arena.h"
#include "base/sha256.h"
#include "identity/encode.h"
#include "identity/jose_int.h"
#include "identity/oidc_int.h"
#include "identity/token.h"

struct str oidc_claim_text(const struct json_value *claims, struct str key)
{
    struct str text = {0};
    if (!jose_text_get(claims, key, &text) || text.len > OIDC_CLAIM_BYTES_MAX) {
        return (struct str){0};
    }
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] < 0x20 || text.at[i] == 0x7F) {
            return (struct str){0};
        }
    }
    return text;
}

/* RFC 7636, section 4.2: S256. */
static struct str code_challenge(struct arena *arena, struct str verifier)
{
    uint8_t hash[SHA256_BYTES];
    sha256(verifier.at, verifier.len, hash);
    return encode_base64url(arena, (struct str){(const char *)hash, sizeof(hash)});
}

/* What is asked for beyond the flow itself. `hd` is Google's; others do not look at it. */
static void add_wish(struct text *url, const struct oidc_settings *settings,
                     const struct oidc_wish *wish)
{
    if (wish->asks_for_account) {
        encode_field(url, '&', STR("prompt"), STR("select_account"));
    }
    if (!str_is_empty(wish->login_hint)) {
        encode_field(url, '&', STR("login_hint"), wish->login_hint);
    }
    if (wish->signed_in_age_max_seconds > 0) {
        text_addf(url, "&max_age=%lld", (long long)wish->signed_in_age_max_seconds);
    }
    if (settings->domains_count > 0) {
        encode_field(url, '&', STR("hd"),
                     settings->domains_count == 1 ? settings->domains[0] : STR("*"));
    }
}

struct result oidc_begin(struct oidc_client *client, struct arena *arena, struct instant now,
                         const struct oidc_wish *wish, struct oidc_flow *flow, struct str *url)
{
    const struct oidc_settings *settings = oidc_client_settings(client);
    struct oidc_provider provider;
    TRY(oidc_client_provider(client, arena, now, &provider));
    /* 256 random bits each. As a verifier its 43 characters are the form of RFC 7636. */
    *flow = (struct oidc_flow){
        .state = token_new(arena).text,
        .nonce = token_new(arena).text,
        .verifier = token_new(arena).text,
        .begun = now,
        .signed_in_age_max_seconds = wish->signed_in_age_max_seconds,
    };
    struct str scope =
        str_is_empty(settings->scope) ? STR("openid profile email") : settings->scope;
    bool has_query = str_find(provider.authorization_endpoint, STR("?")) != STR_NONE;
    struct text out = {.arena = arena};
    text_add(&out, provider.authorization_endpoint);
    encode_field(&out, has_query ? '&' : '?', STR("response_type"), STR("code"));
    encode_field(&out, '&', STR("client_id"), settings->client_id);
    encode_field(&out, '&', STR("redirect_uri"), settings->redirect_uri);
    encode_field(&out, '&', STR("scope"), scope);
    encode_field(&out, '&', STR("state"), flow->state);
    encode_field(&out, '&', STR("nonce"), flow->nonce);
    encode_field(&out, '&', STR("code_challenge"), code_challenge(arena, flow->verifier));
    encode_field(&out, '&', STR("code_challenge_method"), STR("S256"));
    add_wish(&out, settings, wish);
    *url = text_str(&out);
    return RESULT_OK;
}

MUST_USE static struct result refuse(const char *message, struct str detail)
{
    return result_fail(RESULT_CODE_REFUSED, message, detail);
}

/* Whether the answer belongs to this flow and is in time. */
MUST_USE static struct result check_flow(const struct oidc_flow *flow,
                                         const struct oidc_answer *answer, struct instant now)
{
    int64_t since = now.milliseconds - flow->begun.milliseconds;
    if (str_is_empty(flow->state) || !token_text_equal(flow->state, answer->state)) {
        return refuse("This sign-in was not begun in this browser. Sign in again", STR("state"));
    }
    if (since < 0 || since > OIDC_FLOW_MILLISECONDS_MAX) {
        return refuse("The sign-in took too long. Sign in again", STR("time"));
    }
    return RESULT_OK;
}

/*
 * Whether the answer comes from the provider that was asked (RFC 9207), and is not an error. An
 * issuer with "{tenantid}" names nobody yet; the ID token settles that.
 */
MUST_USE static struct result check_answer(struct arena *arena,
                                           const struct oidc_provider *provider,
                                           const struct oidc_answer *answer)
{
    bool is_named = !str_is_empty(answer->issuer);
    bool is_template = str_find(provider->issuer, STR("{")) != STR_NONE;
    if (is_named ? !is_template && !str_equal(answer->issuer, provider->issuer)
                 : provider->names_itself) {
        return refuse("The answer is from another provider than was asked. Sign in again",
                      STR("iss"));
    }
    if (str_equal(answer->error, STR("access_denied"))) {
        return refuse("The sign-in was not finished, or the provider did not allow it",
                      oidc_log_word(arena, answer->error));
    }
    if (!str_is_empty(answer->error)) {
        return refuse("The provider refused the sign-in", oidc_log_word(arena, answer->error));
    }
    if (str_is_empty(answer->code) || answer->code.len > OIDC_CODE_BYTES_MAX) {
        return refuse("The provider's answer has no code. Sign in again", STR("code"));
    }
    return RESULT_OK;
}

/* RFC 6749, section 2.3.1: both are percent-encoded before they are joined. */
static struct str basic_authorization(struct arena *arena, const struct oidc_settings *settings)
{
    struct text pair = {.arena = arena};
    encode_percent(&pair, settings->client_id);
    text_add_char(&pair, ':');
    encode_percent(&pair, settings->client_secret);
    return str_format(arena, "Basic " STR_FMT, STR_ARG(encode_base64(arena, text_str(&pair))));
}

/* What a refusal of the token endpoint means (RFC 6749, section 5.2). */
MUST_USE static struct result exchange_error(struct arena *arena,
                                             const struct oidc_response *response)
{
    const struct json_value *object = jose_object_read(arena, response->body);
    struct str error = oidc_claim_text(object, STR("error"));
    struct str word = oidc_log_word(arena, error);
    if (str_equal(error, STR("invalid_grant"))) {
        return refuse("The sign-in was used already, or took too long. Sign in again", word);
    }
    if (str_equal(error, STR("invalid_client")) || str_equal(error, STR("unauthorized_client"))) {
        return result_fail(RESULT_CODE_INVALID,
                           "The provider does not accept our client id and secret. The secret may "
                           "have expired",
                           word);
    }
    if (!str_is_empty(error)) {
        return result_fail(RESULT_CODE_INVALID, "The provider refused our question", word);
    }
    return result_fail(RESULT_CODE_IO, "The provider does not answer as it should",
                       str_format(arena, "status %d", (int)response->status));
}

struct tokens {
    struct str id_token, access_token;
};

/* The code for tokens: OpenID Connect Core 1.0, section 3.1.3. */
MUST_USE static struct result exchange(struct oidc_client *client, struct arena *arena,
                                       const struct oidc_provider *provider,
                                       const struct oidc_flow *flow, struct str code,
                                       struct tokens *tokens)
{
    const struct oidc_settings *settings = oidc_client_settings(client);
    const struct oidc_http *http = oidc_client_http(client);
    struct text form = {.arena = arena};
    encode_field(&form, '\0', STR("grant_type"), STR("authorization_code"));
    encode_field(&form, '&', STR("code"), code);
    encode_field(&form, '&', STR("redirect_uri"), settings->redirect_uri);
    encode_field(&form, '&', STR("code_verifier"), flow->verifier);
    struct oidc_request request = {.url = provider->token_endpoint, .is_post = true};
    if (provider->takes_secret_in_header) {
        request.authorization = basic_authorization(arena, settings);
    } else {
        encode_field(&form, '&', STR("client_id"), settings->client_id);
        encode_field(&form, '&', STR("client_secret"), settings->client_secret);
    }
    request.form = text_str(&form);
    struct oidc_response response = {0};
    TRY(http->fetch(http->context, arena, &request, &response));
    if (!oidc_response_is_json(&response)) {
        return exchange_error(arena, &response);
    }
    const struct json_value *object = jose_object_read(arena, response.body);
    struct str type = {0};
    if (!object || !jose_text_get(object, STR("token_type"), &type) ||
        !jose_text_get(object, STR("access_token"), &tokens->access_token) ||
        !jose_text_get(object, STR("id_token"), &tokens->id_token) ||
        str_is_empty(tokens->id_token) ||
        !(str_equal(type, STR("Bearer")) || str_equal(type, STR("bearer")))) {
        return result_fail(RESULT_CODE_INVALID, "The provider's answer has no ID token",
                           (struct str){0});
    }
    return RESULT_OK;
}

/* Whether `amr` (RFC 8176) says that there was more than one factor; "ngcmfa" is Microsoft's. A
 * single method says nothing of that: "otp" alone may be a code by e-mail. */
static bool has_second_factor(const struct json_value *claims)
{
    static const struct str methods[] = {STR_INIT("mfa"), STR_INIT("ngcmfa")};
    const struct json_value *list = json_get(claims, STR("amr"));
    for (size_t i = 0; list && list->kind == JSON_ARRAY && i < list->count; i++) {
        if (list->elements[i].kind == JSON_STRING &&
            str_is_any(list->elements[i].text, methods, sizeof(methods) / sizeof(methods[0]))) {
            return true;
        }
    }
    return false;
}

static struct oidc_person person_of(const struct json_value *claims, struct str id_token)
{
    const struct json_value *verified = json_get(claims, STR("email_verified"));
    const struct json_value *signed_in = json_get(claims, STR("auth_time"));
    struct oidc_person person = {
        .issuer = oidc_claim_text(claims, STR("iss")),
        .subject = oidc_claim_text(claims, STR("sub")),
        .tenant = oidc_claim_text(claims, STR("tid")),
        .object_id = oidc_claim_text(claims, STR("oid")),
        .domain = oidc_claim_text(claims, STR("hd")),
        .name = oidc_claim_text(claims, STR("name")),
        .email = oidc_claim_text(claims, STR("email")),
        .username = oidc_claim_text(claims, STR("preferred_username")),
        .is_email_verified = verified && verified->kind == JSON_BOOL && verified->boolean,
        .used_second_factor = has_second_factor(claims),
        .session_id = oidc_claim_text(claims, STR("sid")),
        .id_token = id_token,
    };
    if (signed_in) { /* its range was checked with the other times */
        person.signed_in.milliseconds = (int64_t)(signed_in->number * 1000);
    }
    return person;
}

/* The ID token: OpenID Connect Core 1.0, section 3.1.3.7. */
MUST_USE static struct result check_id_token(struct oidc_client *client, struct arena *arena,
                                             struct instant now, const struct oidc_flow *flow,
                                             const struct tokens *tokens,
                                             struct oidc_person *person)
{
    const struct oidc_settings *settings = oidc_client_settings(client);
    struct jose_token token;
    TRY(oidc_client_verify(client, arena, now, tokens->id_token, &token));
    if (!str_is_empty(token.type) && !str_equal(token.type, STR("JWT")) &&
        !str_equal(token.type, STR("jwt"))) {
        return oidc_refuse(JOSE_TYPE, oidc_log_word(arena, token.type));
    }
    struct jose_expected expected = {
        .issuer = settings->issuer,
        .tenants = settings->tenants,
        .tenants_count = settings->tenants_count,
        .domains = settings->domains,
        .domains_count = settings->domains_count,
        .client_id = settings->client_id,
        .needs_nonce = true,
        .nonce = flow->nonce,
        .access_token = tokens->access_token,
        .now = now,
        .leeway_milliseconds = OIDC_LEEWAY_MILLISECONDS,
        .signed_in_age_max_milliseconds =
            flow->signed_in_age_max_seconds * INSTANT_SECOND_MILLISECONDS,
    };
    const struct json_value *claims;
    enum jose_verdict verdict = jose_claims_check(arena, &token, &expected, &claims);
    if (verdict != JOSE_FINE) {
        return oidc_refuse(verdict, (struct str){0});
    }
    *person = person_of(claims, tokens->id_token);
    return str_is_empty(person->subject) ? oidc_refuse(JOSE_CLAIM_MISSING, STR("sub")) : RESULT_OK;
}

struct result oidc_finish(struct oidc_client *client, struct arena *arena, struct instant now,
                          const struct oidc_flow *flow, const struct oidc_answer *answer,
                          struct oidc_person *person)
{
    struct oidc_provider provider;
    struct tokens tokens = {0};
    struct oidc_person read = {0};
    TRY(check_flow(flow, answer, now));
    TRY(oidc_client_provider(client, arena, now, &provider));
    TRY(check_answer(arena, &provider, answer));
    TRY(exchange(client, arena, &provider, flow, answer->code, &tokens));
    TRY(check_id_token(client, arena, now, flow, &tokens, &read));
    *person = read;
    return RESULT_OK;
}
