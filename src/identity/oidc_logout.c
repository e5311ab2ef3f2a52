/*
 * identity/oidc_logout.c - signing out, in both directions.
 *
 * Read first: identity/oidc.h; OpenID Connect RP-Initiated Logout 1.0 and Back-Channel Logout 1.0.
 *
 * What must hold: an ID token is no logout token and the other way round. A logout token may have
 * no nonce, and an ID token must have one.
 */
#include "base/arena.h"
#include "identity/encode.h"
#include "identity/jose_int.h"
#include "identity/oidc_int.h"

struct result oidc_sign_out_url(struct oidc_client *client, struct arena *arena, struct instant now,
                                struct str id_token, struct str return_url, struct str state,
                                struct str *url)
{
    const struct oidc_settings *settings = oidc_client_settings(client);
    struct oidc_provider provider;
    TRY(oidc_client_provider(client, arena, now, &provider));
    if (str_is_empty(provider.end_session_endpoint)) {
        return result_fail(RESULT_CODE_MISSING,
                           "The provider has no address to sign out at. Close the browser",
                           (struct str){0});
    }
    const struct {
        struct str name, value;
    } fields[] = {
        {STR("client_id"), settings->client_id},
        {STR("id_token_hint"), id_token},
        {STR("post_logout_redirect_uri"), return_url},
        {STR("state"), state},
    };
    struct text out = {.arena = arena};
    text_add(&out, provider.end_session_endpoint);
    char separator = str_find(provider.end_session_endpoint, STR("?")) != STR_NONE ? '&' : '?';
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (!str_is_empty(fields[i].value)) {
            encode_field(&out, separator, fields[i].name, fields[i].value);
            separator = '&';
        }
    }
    *url = text_str(&out);
    return RESULT_OK;
}

/* Whether `events` says that this is a logout (Back-Channel Logout 1.0, section 2.4). */
static bool tells_of_logout(const struct json_value *claims)
{
    const struct json_value *event = json_get(
        json_get(claims, STR("events")), STR("http://schemas.openid.net/event/backchannel-logout"));
    return event && event->kind == JSON_OBJECT;
}

/* None, "JWT", or its own; older providers write the first two. */
static bool is_logout_type(struct str type)
{
    static const struct str types[] = {STR_INIT("logout+jwt"), STR_INIT("JWT"), STR_INIT("jwt")};
    return str_is_empty(type) || str_is_any(type, types, sizeof(types) / sizeof(types[0]));
}

/* When the token would be refused anyway, because it has expired or is too old. Both times were
 * checked with the other claims. */
static struct instant last_moment(const struct json_value *claims)
{
    int64_t expires = (int64_t)(json_get(claims, STR("exp"))->number * 1000);
    int64_t issued = (int64_t)(json_get(claims, STR("iat"))->number * 1000);
    int64_t too_old = issued + OIDC_LOGOUT_AGE_MILLISECONDS_MAX;
    return (struct instant){(expires < too_old ? expires : too_old) + OIDC_LEEWAY_MILLISECONDS};
}

struct result oidc_logout_check(struct oidc_client *client, struct arena *arena, struct instant now,
                                struct str logout_token, struct oidc_logout *logout)
{
    const struct oidc_settings *settings = oidc_client_settings(client);
    struct jose_token token;
    TRY(oidc_client_verify(client, arena, now, logout_token, &token));
    if (!is_logout_type(token.type)) {
        return oidc_refuse(JOSE_TYPE, oidc_log_word(arena, token.type));
    }
    struct jose_expected expected = {
        .issuer = settings->issuer,
        .tenants = settings->tenants,
        .tenants_count = settings->tenants_count,
        .client_id = settings->client_id,
        .forbids_nonce = true,
        .now = now,
        .leeway_milliseconds = OIDC_LEEWAY_MILLISECONDS,
        .issued_age_max_milliseconds = OIDC_LOGOUT_AGE_MILLISECONDS_MAX,
    };
    const struct json_value *claims;
    enum jose_verdict verdict = jose_claims_check(arena, &token, &expected, &claims);
    if (verdict != JOSE_FINE) {
        return oidc_refuse(verdict, (struct str){0});
    }
    if (!tells_of_logout(claims)) {
        return oidc_refuse(JOSE_EVENT, (struct str){0});
    }
    struct oidc_logout read = {
        .issuer = oidc_claim_text(claims, STR("iss")),
        .subject = oidc_claim_text(claims, STR("sub")),
        .session_id = oidc_claim_text(claims, STR("sid")),
        .id = oidc_claim_text(claims, STR("jti")),
    };
    if (str_is_empty(read.id) || (str_is_empty(read.subject) && str_is_empty(read.session_id))) {
        return oidc_refuse(JOSE_CLAIM_MISSING, STR("jti, sub or sid"));
    }
    read.expires = last_moment(claims);
    *logout = read;
    return RESULT_OK;
}
