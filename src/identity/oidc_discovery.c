/*
 * identity/oidc_discovery.c - what a school configures, and what a provider says of itself.
 *
 * Read first: identity/oidc.h; OpenID Connect Discovery 1.0, sections 3 and 4.
 * Start at: oidc_settings_check(), oidc_discovery_read().
 *
 * What must hold: a provider that passes here has the issuer of the settings, and only addresses
 * that are fit to use.
 */
#include "base/arena.h"
#include "identity/jose_int.h"
#include "identity/oidc_int.h"

#define SETTING_BYTES_MAX ((size_t)512)
#define SETTING_LIST_MAX ((size_t)64)

#define TENANT_MARK "{tenantid}"
#define GOOGLE "https://accounts.google.com"

uint32_t oidc_settings_algorithms(const struct oidc_settings *settings)
{
    return settings->algorithms != 0 ? settings->algorithms : JOSE_SET(JOSE_RS256);
}

static bool has_tenant_mark(const struct oidc_settings *settings)
{
    return str_find(settings->issuer, STR(TENANT_MARK)) != STR_NONE;
}

struct str oidc_discovery_url(struct arena *arena, const struct oidc_settings *settings)
{
    struct str issuer = settings->issuer;
    size_t at = str_find(issuer, STR(TENANT_MARK));
    if (at != STR_NONE) {
        /* Microsoft's document for work and school accounts of every tenant. */
        struct str after = str_slice(issuer, at + sizeof(TENANT_MARK) - 1, issuer.len);
        issuer = str_format(arena, STR_FMT "organizations" STR_FMT,
                            STR_ARG(str_slice(issuer, 0, at)), STR_ARG(after));
    }
    if (str_ends(issuer, STR("/"))) {
        issuer = str_slice(issuer, 0, issuer.len - 1);
    }
    return str_format(arena, STR_FMT "/.well-known/openid-configuration", STR_ARG(issuer));
}

MUST_USE static struct result invalid(const char *message, struct str detail)
{
    return result_fail(RESULT_CODE_INVALID, message, detail);
}

static bool is_list_fit(const struct str *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is_empty(list[i]) || list[i].len > SETTING_BYTES_MAX) {
            return false;
        }
    }
    return count <= SETTING_LIST_MAX;
}

struct result oidc_settings_check(const struct oidc_settings *settings)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    bool is_loose = settings->allows_loopback_http;
    if (!oidc_url_is_fit(oidc_discovery_url(arena, settings), is_loose) ||
        str_find(settings->issuer, STR("?")) != STR_NONE) {
        return invalid("The issuer must be an address that begins with https://", settings->issuer);
    }
    if (!oidc_url_is_fit(settings->redirect_uri, is_loose)) {
        return invalid("The address to come back to must begin with https://",
                       settings->redirect_uri);
    }
    if (str_is_empty(settings->client_id) || settings->client_id.len > SETTING_BYTES_MAX ||
        str_is_empty(settings->client_secret) || settings->client_secret.len > SETTING_BYTES_MAX ||
        settings->scope.len > SETTING_BYTES_MAX) {
        return invalid("The client id and the client secret that the provider gave must be set",
                       (struct str){0});
    }
    if (!is_list_fit(settings->tenants, settings->tenants_count) ||
        !is_list_fit(settings->domains, settings->domains_count)) {
        return invalid("A tenant or domain in the settings is empty, or there are too many",
                       (struct str){0});
    }
    if (has_tenant_mark(settings) && settings->tenants_count == 0) {
        return invalid("With {tenantid} in the issuer the tenants that may sign in must be named",
                       settings->issuer);
    }
    if (str_starts(settings->issuer, STR(GOOGLE)) && settings->domains_count == 0) {
        return invalid("With Google the domains that may sign in must be named, because anybody "
                       "can have an account there",
                       settings->issuer);
    }
    if ((oidc_settings_algorithms(settings) & ~JOSE_SET_ALL) != 0) {
        return invalid("An algorithm in the settings is not known", (struct str){0});
    }
    return RESULT_OK;
}

/* Whether a list in the document has this word; `otherwise` when there is no such list. */
static bool list_has(const struct json_value *document, struct str key, struct str word,
                     bool otherwise)
{
    const struct json_value *list = json_get(document, key);
    if (!list) {
        return otherwise;
    }
    for (size_t i = 0; list->kind == JSON_ARRAY && i < list->count; i++) {
        if (list->elements[i].kind == JSON_STRING && str_equal(list->elements[i].text, word)) {
            return true;
        }
    }
    return false;
}

static bool signs_acceptably(const struct json_value *document,
                             const struct oidc_settings *settings)
{
    bool does = false;
    for (unsigned i = 0; i < JOSE_ALGORITHM_COUNT; i++) {
        does = does || ((oidc_settings_algorithms(settings) & JOSE_SET(i)) != 0 &&
                        list_has(document, STR("id_token_signing_alg_values_supported"),
                                 jose_algorithm_name((enum jose_algorithm)i), true));
    }
    return does;
}

/* An address of the document that we can use. */
static bool address_get(const struct json_value *document, struct str key,
                        const struct oidc_settings *settings, struct str *address)
{
    return jose_text_get(document, key, address) &&
           oidc_url_is_fit(*address, settings->allows_loopback_http);
}

MUST_USE static struct result check_support(const struct json_value *document,
                                            const struct oidc_settings *settings)
{
    struct str methods = STR("code_challenge_methods_supported");
    const char *lacks = NULL;
    if (!list_has(document, STR("response_types_supported"), STR("code"), true)) {
        lacks = "the authorisation code flow";
    } else if (!list_has(document, methods, STR("S256"), true)) { /* Entra is silent and can */
        lacks = "PKCE with S256";
    } else if (!signs_acceptably(document, settings)) {
        lacks = "an algorithm of signatures that is accepted here";
    }
    return lacks ? result_fail(RESULT_CODE_UNSUPPORTED,
                               "The provider lacks something that is needed to sign in",
                               str_from(lacks))
                 : RESULT_OK;
}

/* Where the secret goes; the standard's default is the header (Discovery 1.0, section 3). */
MUST_USE static struct result read_client_authentication(const struct json_value *document,
                                                         struct oidc_provider *provider)
{
    struct str methods = STR("token_endpoint_auth_methods_supported");
    provider->takes_secret_in_header =
        list_has(document, methods, STR("client_secret_basic"), true);
    return provider->takes_secret_in_header ||
                   list_has(document, methods, STR("client_secret_post"), false)
               ? RESULT_OK
               : result_fail(RESULT_CODE_UNSUPPORTED,
                             "The provider lacks something that is needed to sign in",
                             STR("client_secret_basic or client_secret_post"));
}

struct result oidc_discovery_read(struct arena *arena, const struct oidc_settings *settings,
                                  struct str json, struct oidc_provider *provider)
{
    if (json.len > OIDC_BODY_BYTES_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "The provider's description of itself is too long",
                           (struct str){0});
    }
    const struct json_value *document = jose_object_read(arena, json);
    struct oidc_provider read = {0};
    if (!document || !jose_text_get(document, STR("issuer"), &read.issuer)) {
        return invalid("The provider's description of itself cannot be read", (struct str){0});
    }
    if (!str_equal(read.issuer, settings->issuer)) {
        return invalid("The provider calls itself another name than the issuer in the settings",
                       oidc_log_word(arena, read.issuer));
    }
    if (!address_get(document, STR("authorization_endpoint"), settings,
                     &read.authorization_endpoint) ||
        !address_get(document, STR("token_endpoint"), settings, &read.token_endpoint) ||
        !address_get(document, STR("jwks_uri"), settings, &read.jwks_uri)) {
        return invalid("The provider's description lacks an address, or has one not to be used",
                       (struct str){0});
    }
    if (json_get(document, STR("end_session_endpoint")) &&
        !address_get(document, STR("end_session_endpoint"), settings, &read.end_session_endpoint)) {
        return invalid("The provider's description has an address that is not to be used",
                       STR("end_session_endpoint"));
    }
    const struct json_value *names =
        json_get(document, STR("authorization_response_iss_parameter_supported"));
    read.names_itself = names && names->kind == JSON_BOOL && names->boolean;
    TRY(check_support(document, settings));
    TRY(read_client_authentication(document, &read));
    *provider = read;
    return RESULT_OK;
}
