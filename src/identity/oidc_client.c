/*
 * identity/oidc_client.c - a client, and what it keeps of its provider: two documents.
 *
 * Read first: identity/oidc_int.h. Start at: client_document().
 *
 * The documents are kept as text that was found good, and each caller reads a copy in an arena of
 * its own: so nobody holds a lock while verifying, and nothing is freed under somebody's hands.
 *
 * What must hold
 * - `fetching` is held while a document is fetched, so that a crowd asks once; `mutex` guards the
 *   documents and is held for a copy only. Who has a document that will do waits for nobody.
 * - A document that cannot be fetched or read leaves the one before in its place.
 */
#include <assert.h>
#include <pthread.h>

#include "base/arena.h"
#include "identity/jose_int.h"
#include "identity/oidc_int.h"

#define LOG_WORD_BYTES_MAX ((size_t)64)

struct document {
    struct arena *arena; /* of the body; NULL while there is none */
    struct str body;
    struct jose_keys_age age;
};

struct oidc_client {
    struct oidc_settings settings;
    struct oidc_http http;
    pthread_mutex_t fetching, mutex;
    struct document discovery, keys;
};

/* Why a document may be fetched. */
enum need { NEED_WHEN_DUE, NEED_CHANGED };

/* One of the two documents: where it is kept, and how to tell whether it makes sense. */
struct source {
    struct document *document;
    struct str url;
    struct result (*check)(struct oidc_client *client, struct arena *arena, struct str body);
};

struct oidc_client *oidc_client_open(struct arena *arena, const struct oidc_settings *settings,
                                     struct oidc_http http)
{
    struct oidc_client *client = ARENA_NEW(arena, struct oidc_client);
    client->settings = *settings;
    client->http = http;
    int fault =
        pthread_mutex_init(&client->fetching, NULL) | pthread_mutex_init(&client->mutex, NULL);
    assert(fault == 0);
    return client;
}

void oidc_client_close(struct oidc_client *client)
{
    arena_close(client->discovery.arena);
    arena_close(client->keys.arena);
    client->discovery.arena = client->keys.arena = NULL;
    pthread_mutex_destroy(&client->fetching);
    pthread_mutex_destroy(&client->mutex);
}

const struct oidc_settings *oidc_client_settings(const struct oidc_client *client)
{
    return &client->settings;
}

const struct oidc_http *oidc_client_http(const struct oidc_client *client)
{
    return &client->http;
}

bool oidc_response_is_json(const struct oidc_response *response)
{
    struct str type, rest;
    (void)str_cut(response->content_type, ';', &type, &rest);
    type = str_trim(type);
    return response->status == 200 && (str_equal(type, STR("application/json")) ||
                                       str_equal(type, STR("application/jwk-set+json")));
}

struct str oidc_log_word(struct arena *arena, struct str word)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < word.len && i < LOG_WORD_BYTES_MAX; i++) {
        text_add_char(&out, word.at[i] > 0x20 && word.at[i] < 0x7F ? word.at[i] : '?');
    }
    return text_str(&out);
}

/* Says under the mutex whether to fetch now, and if so that it was tried. */
static bool document_begin(struct oidc_client *client, struct document *document, enum need need,
                           struct instant now)
{
    pthread_mutex_lock(&client->mutex);
    bool is_due = need == NEED_CHANGED ? jose_keys_may_have_changed(document->age, now)
                                       : jose_keys_are_due(document->age, now);
    if (is_due) {
        document->age.tried = now;
    }
    pthread_mutex_unlock(&client->mutex);
    return is_due;
}

static void document_replace(struct oidc_client *client, struct document *document, struct str body,
                             struct instant now)
{
    struct arena *fresh = arena_open();
    struct str kept = str_copy(fresh, body);
    pthread_mutex_lock(&client->mutex);
    struct arena *old = document->arena;
    document->arena = fresh;
    document->body = kept;
    document->age.fetched = now;
    pthread_mutex_unlock(&client->mutex);
    arena_close(old);
}

/* With `fetching` held. */
MUST_USE static struct result document_fetch(struct oidc_client *client, struct arena *arena,
                                             const struct source *source, enum need need,
                                             struct instant now)
{
    struct oidc_request request = {.url = source->url};
    struct oidc_response response = {0};
    if (!document_begin(client, source->document, need, now)) {
        return RESULT_OK;
    }
    TRY(client->http.fetch(client->http.context, arena, &request, &response));
    if (!oidc_response_is_json(&response)) {
        return result_fail(
            RESULT_CODE_IO, "The provider does not answer as it should",
            str_format(arena, STR_FMT ": status %d", STR_ARG(source->url), (int)response.status));
    }
    TRY(source->check(client, arena, response.body));
    document_replace(client, source->document, response.body, now);
    return RESULT_OK;
}

/* Whether to fetch, or to wait for whoever fetches: not where there is a document that will do. */
static bool document_is_wanted(struct oidc_client *client, const struct document *document,
                               enum need need, struct instant now)
{
    pthread_mutex_lock(&client->mutex);
    bool is_wanted =
        need == NEED_CHANGED || !document->arena || jose_keys_are_due(document->age, now);
    pthread_mutex_unlock(&client->mutex);
    return is_wanted;
}

/* The document, fetched first if need be. Where an older one is there, that will do when fetching
 * fails. */
MUST_USE static struct result client_document(struct oidc_client *client, struct arena *arena,
                                              const struct source *source, enum need need,
                                              struct instant now, struct str *body)
{
    struct result fetched = RESULT_OK;
    if (document_is_wanted(client, source->document, need, now)) {
        pthread_mutex_lock(&client->fetching);
        fetched = document_fetch(client, arena, source, need, now);
        pthread_mutex_unlock(&client->fetching);
    }
    pthread_mutex_lock(&client->mutex);
    bool is_there = source->document->arena != NULL;
    *body = is_there ? str_copy(arena, source->document->body) : (struct str){0};
    pthread_mutex_unlock(&client->mutex);
    if (is_there) {
        return RESULT_OK;
    }
    TRY(fetched);
    return result_fail(RESULT_CODE_IO, "The provider cannot be reached. Try again in a minute",
                       source->url);
}

MUST_USE static struct result check_discovery(struct oidc_client *client, struct arena *arena,
                                              struct str body)
{
    struct oidc_provider provider;
    return oidc_discovery_read(arena, &client->settings, body, &provider);
}

MUST_USE static struct result check_keys(struct oidc_client *client, struct arena *arena,
                                         struct str body)
{
    (void)client;
    struct jose_keys keys;
    return jose_keys_read(arena, body, &keys);
}

struct result oidc_client_provider(struct oidc_client *client, struct arena *arena,
                                   struct instant now, struct oidc_provider *provider)
{
    struct source source = {&client->discovery, oidc_discovery_url(arena, &client->settings),
                            check_discovery};
    struct str body;
    TRY(client_document(client, arena, &source, NEED_WHEN_DUE, now, &body));
    return oidc_discovery_read(arena, &client->settings, body, provider);
}

struct result oidc_refuse(enum jose_verdict verdict, struct str detail)
{
    assert(verdict != JOSE_FINE);
    return result_fail(RESULT_CODE_REFUSED, jose_verdict_words(verdict), detail);
}

enum jose_verdict oidc_refusal(struct result result)
{
    for (unsigned i = JOSE_FINE + 1; i < JOSE_VERDICT_COUNT; i++) {
        if (result.message == jose_verdict_words((enum jose_verdict)i)) {
            return (enum jose_verdict)i;
        }
    }
    return JOSE_FINE;
}

struct result oidc_client_verify(struct oidc_client *client, struct arena *arena,
                                 struct instant now, struct str compact, struct jose_token *token)
{
    struct oidc_provider provider;
    struct jose_keys keys;
    struct str body;
    uint32_t algorithms = oidc_settings_algorithms(&client->settings);
    TRY(oidc_client_provider(client, arena, now, &provider));
    struct source source = {&client->keys, provider.jwks_uri, check_keys};
    enum jose_verdict verdict = JOSE_KEY_UNKNOWN;
    for (enum need need = NEED_WHEN_DUE; need <= NEED_CHANGED && verdict == JOSE_KEY_UNKNOWN;
         need++) {
        TRY(client_document(client, arena, &source, need, now, &body));
        TRY(jose_keys_read(arena, body, &keys));
        verdict = jose_verify(arena, &keys, algorithms, compact, token);
    }
    return verdict == JOSE_FINE ? RESULT_OK : oidc_refuse(verdict, (struct str){0});
}
