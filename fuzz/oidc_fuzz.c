/*
 * fuzz/oidc_fuzz.c - any bytes at all from a provider: its description, its keys, its tokens.
 *
 * Run it with tools/fuzz.sh oidc SECONDS. Read first: src/identity/oidc.h.
 *
 * Modules: base identity
 * Libraries: libcrypto libcurl libqrencode libsodium -lzxcvbn
 *
 * The first byte says which: d a description, t an answer with tokens, e an answer of status 400,
 * l a logout token, u a URL.
 *
 * What must hold, beyond that no sanitizer complains
 * - A description that is read has the issuer of the settings, and addresses that are fit.
 * - Nobody comes in: the fuzzer has no key. A failure has words.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "identity/oidc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

#define ISSUER "https://i.example"
#define NOW ((struct instant){1800000000000})

static const char description[] =
    "{\"issuer\":\"" ISSUER "\",\"authorization_endpoint\":\"" ISSUER "/a\",\"token_endpoint\":"
    "\"" ISSUER "/t\",\"jwks_uri\":\"" ISSUER "/k\"}";

static const char keys[] = "{\"keys\":[{\"kty\":\"OKP\",\"kid\":\"o\",\"crv\":\"Ed25519\",\"x\":"
                           "\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";

/* What the input is, and what it makes the provider say. */
struct said {
    char kind;
    struct str input;
};

MUST_USE static struct result fetch(void *context, struct arena *arena,
                                    const struct oidc_request *request,
                                    struct oidc_response *response)
{
    const struct said *said = context;
    (void)arena;
    *response = (struct oidc_response){
        .status = request->is_post && said->kind == 'e' ? 400 : 200,
        .content_type = STR("application/json"),
        .body = request->is_post                            ? said->input
                : str_equal(request->url, STR(ISSUER "/k")) ? str_from(keys)
                : said->kind == 'd'                         ? said->input
                                                            : str_from(description),
    };
    return RESULT_OK;
}

static void description_check(struct arena *arena, const struct oidc_settings *settings,
                              struct str input)
{
    struct oidc_provider provider;
    if (result_is_ok(oidc_discovery_read(arena, settings, input, &provider))) {
        assert(str_equal(provider.issuer, settings->issuer));
        assert(oidc_url_is_fit(provider.authorization_endpoint, false));
        assert(oidc_url_is_fit(provider.token_endpoint, false));
        assert(oidc_url_is_fit(provider.jwks_uri, false));
        assert(str_is_empty(provider.end_session_endpoint) ||
               oidc_url_is_fit(provider.end_session_endpoint, false));
    }
}

static void client_use(struct arena *arena, const struct oidc_settings *settings, struct said *said)
{
    struct oidc_http http = {.fetch = fetch, .context = said};
    DEFER(oidc_client_close) struct oidc_client *client = oidc_client_open(arena, settings, http);
    struct oidc_wish wish = {0};
    struct oidc_flow flow;
    struct oidc_person person;
    struct oidc_logout logout;
    struct str url;
    if (said->kind == 'l') {
        struct result out = oidc_logout_check(client, arena, NOW, said->input, &logout);
        assert(!result_is_ok(out) && out.message);
        return;
    }
    if (!result_is_ok(oidc_begin(client, arena, NOW, &wish, &flow, &url))) {
        assert(said->kind == 'd');
        return;
    }
    struct oidc_answer answer = {.code = STR("code"), .state = flow.state};
    struct result finished = oidc_finish(client, arena, NOW, &flow, &answer, &person);
    assert(!result_is_ok(finished) && finished.message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    if (bytes == 0) {
        return 0;
    }
    struct said said = {.kind = (char)data[0], .input = {(const char *)data + 1, bytes - 1}};
    struct oidc_settings settings = {
        .issuer = STR(ISSUER),
        .client_id = STR("c"),
        .client_secret = STR("s"),
        .redirect_uri = STR("https://h.example/back"),
        .algorithms = JOSE_SET_ALL,
    };
    if (said.kind == 'u') {
        if (oidc_url_is_fit(said.input, true) && !oidc_url_is_fit(said.input, false)) {
            assert(str_starts(said.input, STR("http://127.0.0.1")) ||
                   str_starts(said.input, STR("http://[::1]")));
        }
        return 0;
    }
    description_check(arena, &settings, said.input);
    client_use(arena, &settings, &said);
    return 0;
}
