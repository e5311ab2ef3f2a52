/*
 * tests/identity/fake_provider.c - see fake_provider.h.
 */
#include "identity/fake_provider.h"

#include "base/arena.h"

struct str fake_provider_discovery(struct arena *arena, const char *more)
{
    return str_format(arena,
                      "{\"issuer\":\"" FAKE_ISSUER "\","
                      "\"authorization_endpoint\":\"" FAKE_ISSUER "/authorize\","
                      "\"token_endpoint\":\"" FAKE_ISSUER "/token\","
                      "\"jwks_uri\":\"" FAKE_ISSUER "/keys\"%s}",
                      more);
}

struct fake_provider *fake_provider_open(struct arena *arena)
{
    struct fake_provider *fake = ARENA_NEW(arena, struct fake_provider);
    *fake = (struct fake_provider){
        .arena = arena,
        .discovery =
            fake_provider_discovery(arena, ",\"end_session_endpoint\":\"" FAKE_ISSUER "/logout\""),
        .status = 200,
        .token_status = 200,
        .content_type = "application/json; charset=utf-8",
    };
    fake_provider_new_key(fake, "first");
    fake_provider_list_key(fake);
    return fake;
}

void fake_provider_close(struct fake_provider *fake)
{
    signer_close(fake->signer);
}

void fake_provider_new_key(struct fake_provider *fake, const char *kid)
{
    if (fake->signer) {
        signer_close(fake->signer);
    }
    fake->signer = signer_open(fake->arena, JOSE_KEY_P256, 0, kid);
}

void fake_provider_list_key(struct fake_provider *fake)
{
    fake->keys = signer_jwks(fake->arena, fake->signer, NULL);
}

void fake_provider_says(struct fake_provider *fake, struct str payload)
{
    struct str token = signer_token(fake->arena, fake->signer, JOSE_ES256, payload);
    fake->token = str_format(fake->arena,
                             "{\"token_type\":\"Bearer\",\"access_token\":\"the-access-token\","
                             "\"expires_in\":3600,\"id_token\":\"" STR_FMT "\"}",
                             STR_ARG(token));
}

MUST_USE static struct result fake_fetch(void *context, struct arena *arena,
                                         const struct oidc_request *request,
                                         struct oidc_response *response)
{
    struct fake_provider *fake = context;
    struct {
        const char *path;
        struct str body;
        unsigned *count;
        int32_t status;
    } rows[] = {
        {FAKE_ISSUER "/.well-known/openid-configuration", fake->discovery, &fake->discoveries,
         fake->status},
        {FAKE_ISSUER "/keys", fake->keys, &fake->key_lists, fake->status},
        {FAKE_ISSUER "/token", fake->token, &fake->exchanges, fake->token_status},
    };
    fake->asked = (struct oidc_request){
        .url = str_copy(fake->arena, request->url),
        .is_post = request->is_post,
        .form = str_copy(fake->arena, request->form),
        .authorization = str_copy(fake->arena, request->authorization),
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (str_equal(request->url, str_from(rows[i].path))) {
            (*rows[i].count)++;
            if (fake->is_down) {
                break;
            }
            *response = (struct oidc_response){.status = rows[i].status,
                                               .content_type = str_from(fake->content_type),
                                               .body = str_copy(arena, rows[i].body)};
            return RESULT_OK;
        }
    }
    return result_fail(RESULT_CODE_IO, "nothing answers", (struct str){0});
}

struct oidc_http fake_provider_http(struct fake_provider *fake)
{
    return (struct oidc_http){.fetch = fake_fetch, .context = fake};
}

struct oidc_settings fake_provider_settings(void)
{
    return (struct oidc_settings){
        .issuer = STR(FAKE_ISSUER),
        .client_id = STR("handrail"),
        .client_secret = STR("s3cret&"),
        .redirect_uri = STR("https://handrail.ashdownvale.example/sign-in/back"),
        .algorithms = JOSE_SET(JOSE_ES256),
    };
}
