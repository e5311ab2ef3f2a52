/*
 * identity/provider.c - to the school's provider and back.
 *
 * Read first: provider.h.
 */
#include "identity/provider.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/sha256.h"
#include "identity/oidc_int.h"
#include "identity/sign_in_sql.h"
#include "store/statement.h"

/* A code that no provider has given out. */
#define NO_CODE "handrail-asks-whether-the-secret-is-right"

/* ---- Settings -------------------------------------------------------------------------------- */

static struct str text_of(const struct json_value *object, struct str key)
{
    const struct json_value *value = json_get(object, key);
    return value && value->kind == JSON_STRING ? value->text : (struct str){0};
}

static bool yes_of(const struct json_value *object, struct str key)
{
    const struct json_value *value = json_get(object, key);
    return value && value->kind == JSON_BOOL && value->boolean;
}

static size_t list_of(const struct json_value *object, struct str key,
                      struct str list[PROVIDER_LIST_MAX])
{
    const struct json_value *value = json_get(object, key);
    size_t count = 0;
    for (size_t i = 0;
         value && value->kind == JSON_ARRAY && i < value->count && count < PROVIDER_LIST_MAX; i++) {
        list[count++] = value->elements[i].text;
    }
    return count;
}

/* Only a server that is for its own machine alone may have a provider there: for tests. */
static bool allows_loopback(struct str redirect_uri)
{
    return str_starts(redirect_uri, STR("http://"));
}

struct result provider_make(struct arena *arena, const struct provider_settings *given,
                            struct str redirect_uri, struct provider **out)
{
    struct provider_settings *kept = ARENA_NEW(arena, struct provider_settings);
    *kept = *given;
    struct oidc_settings *settings = ARENA_NEW(arena, struct oidc_settings);
    *settings = (struct oidc_settings){.issuer = kept->issuer,
                                       .client_id = kept->client_id,
                                       .client_secret = kept->client_secret,
                                       .redirect_uri = redirect_uri,
                                       .tenants = kept->tenants,
                                       .tenants_count = kept->tenants_count,
                                       .domains = kept->domains,
                                       .domains_count = kept->domains_count,
                                       .allows_loopback_http = allows_loopback(redirect_uri)};
    TRY(oidc_settings_check(settings));
    struct oidc_http_settings *http = ARENA_NEW(arena, struct oidc_http_settings);
    *http = (struct oidc_http_settings){.proxy = kept->proxy,
                                        .allows_loopback_http = settings->allows_loopback_http};
    struct provider *provider = ARENA_NEW(arena, struct provider);
    *provider = (struct provider){
        .name = str_is_empty(kept->name) ? STR("your school account") : kept->name,
        .links_by_address = kept->links_by_address,
        .vouches_factor = kept->vouches_factor,
        .client = oidc_client_open(arena, settings, oidc_http_curl(arena, http))};
    *out = provider;
    return RESULT_OK;
}

struct result provider_open(struct arena *arena, struct str json, struct str redirect_uri,
                            struct provider **out)
{
    struct diag_list diags = diag_list_new(arena);
    const struct json_value *said = json_read(arena, STR("provider.json"), json, &diags);
    if (!said || said->kind != JSON_OBJECT) {
        struct text wrong = {.arena = arena};
        diag_render(&diags, &wrong);
        return result_fail(RESULT_CODE_INVALID, "the settings of the provider cannot be read",
                           text_str(&wrong));
    }
    struct provider_settings settings = {
        .name = text_of(said, STR("name")),
        .issuer = text_of(said, STR("issuer")),
        .client_id = text_of(said, STR("clientId")),
        .client_secret = text_of(said, STR("clientSecret")),
        .proxy = text_of(said, STR("proxy")),
        .links_by_address = yes_of(said, STR("linksByAddress")),
        .vouches_factor = yes_of(said, STR("vouchesFactor")),
    };
    settings.tenants_count = list_of(said, STR("tenants"), settings.tenants);
    settings.domains_count = list_of(said, STR("domains"), settings.domains);
    return provider_make(arena, &settings, redirect_uri, out);
}

void provider_close(struct provider *provider)
{
    oidc_client_close(provider->client);
}

/*
 * A code that was never given is refused as a code only by a provider that has accepted us first
 * (RFC 6749, section 5.2): so a wrong secret shows before anybody needs it.
 */
struct result provider_try(struct provider *provider, struct arena *arena, struct instant now)
{
    struct oidc_flow flow;
    struct oidc_person nobody;
    struct oidc_wish wish = {0};
    struct str url;
    TRY(oidc_begin(provider->client, arena, now, &wish, &flow, &url));
    struct oidc_answer answer = {.code = STR(NO_CODE),
                                 .state = flow.state,
                                 .issuer = oidc_client_settings(provider->client)->issuer};
    struct result asked = oidc_finish(provider->client, arena, now, &flow, &answer, &nobody);
    return asked.code == RESULT_CODE_REFUSED ? RESULT_OK : asked;
}

/* ---- There ----------------------------------------------------------------------------------- */

/* The digest under which a visit is kept. */
static struct str digest_of(struct arena *arena, struct str state)
{
    uint8_t *digest = arena_alloc(arena, SHA256_BYTES);
    sha256(state.at, state.len, digest);
    return (struct str){(const char *)digest, SHA256_BYTES};
}

MUST_USE static struct result now_of(struct store *store, struct arena *arena, struct instant *now)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_READ, &transaction));
    *now = store_now(transaction);
    return RESULT_OK;
}

struct result provider_leave(struct provider *provider, struct store *store, struct arena *arena,
                             const struct provider_wish *wish, struct str *url, struct str *state)
{
    struct instant now;
    struct oidc_flow flow;
    int64_t age_max = wish->proves.value ? PROVIDER_PROOF_SECONDS : 0;
    struct oidc_wish asked = {.signed_in_age_max_seconds = age_max};
    TRY(now_of(store, arena, &now));
    TRY(oidc_begin(provider->client, arena, now, &asked, &flow, url));
    *state = flow.state;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    TRY(provider_visit_add(
        transaction,
        (struct provider_visit_add_in){.state = digest_of(arena, flow.state),
                                       .nonce = flow.nonce,
                                       .verifier = flow.verifier,
                                       .back_to = wish->back,
                                       .proves = wish->proves,
                                       .age_max = age_max,
                                       .begun_at = flow.begun,
                                       .ends_at = instant_add(now, OIDC_FLOW_MILLISECONDS_MAX)}));
    return store_commit(transaction);
}

/* ---- And back -------------------------------------------------------------------------------- */

/* The visit is used up, whatever comes of it. */
MUST_USE static struct result visit_take(struct store *store, struct arena *arena, struct str state,
                                         struct oidc_flow *flow, struct provider_wish *wish,
                                         struct instant *now)
{
    struct provider_visit_of_row row;
    bool is_there = false;
    size_t changed = 0;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    *now = store_now(transaction);
    struct str digest = digest_of(arena, state);
    TRY(provider_visit_of(transaction, (struct provider_visit_of_in){digest, *now}, &is_there,
                          &row));
    if (!is_there) {
        return result_fail(RESULT_CODE_REFUSED,
                           "This sign-in took too long, or was used already. Begin again",
                           (struct str){0});
    }
    TRY(provider_visit_remove(transaction, (struct provider_visit_remove_in){digest}, &changed));
    *flow = (struct oidc_flow){.state = state,
                               .nonce = row.nonce,
                               .verifier = row.verifier,
                               .begun = row.begun_at,
                               .signed_in_age_max_seconds = row.age_max};
    *wish = (struct provider_wish){.back = row.back_to, .proves = row.proves};
    return store_commit(transaction);
}

/* An address that the provider vouches for: it says so, or people there cannot choose it. */
static struct str vouched_address(const struct oidc_person *who)
{
    bool is_own = !str_is_empty(who->tenant) && str_equal(who->email, who->username);
    return who->is_email_verified || is_own ? who->email : (struct str){0};
}

static struct str small(struct arena *arena, struct str text)
{
    char *at = arena_alloc(arena, text.len);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        at[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    return (struct str){at, text.len};
}

MUST_USE static struct result person_find(struct provider *provider, struct store *store,
                                          struct arena *arena, struct provider_arrival *out)
{
    struct account_identity_of_row known;
    struct account_link_find_row found;
    bool is_there = false;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_READ, &transaction));
    TRY(account_identity_of(transaction,
                            (struct account_identity_of_in){out->who.issuer, out->who.subject},
                            &is_there, &known));
    if (is_there) {
        bool stands = false;
        out->person = known.person;
        TRY(sign_in_stands(transaction, known.person, &stands));
        out->is_shut = !stands;
        return RESULT_OK;
    }
    struct str address = small(arena, vouched_address(&out->who)), domain;
    if (!provider->links_by_address || !str_cut(address, '@', NULL, &domain)) {
        return RESULT_OK;
    }
    TRY(account_link_find(transaction, (struct account_link_find_in){address, domain}, &is_there,
                          &found));
    out->is_first = is_there;
    out->person = is_there ? found.person : (struct person_id){0};
    return RESULT_OK;
}

struct result provider_return(struct provider *provider, struct store *store, struct arena *arena,
                              struct str cookie_state, const struct oidc_answer *answer,
                              struct provider_arrival *out)
{
    struct oidc_flow flow;
    struct provider_wish wish = {0};
    struct instant now;
    *out = (struct provider_arrival){0};
    if (str_is_empty(answer->state) || !token_text_equal(cookie_state, answer->state)) {
        return result_fail(RESULT_CODE_REFUSED,
                           "This sign-in was not begun in this browser. Begin again",
                           (struct str){0});
    }
    TRY(visit_take(store, arena, answer->state, &flow, &wish, &now));
    out->back = wish.back;
    out->proves = wish.proves;
    TRY(oidc_finish(provider->client, arena, now, &flow, answer, &out->who));
    return person_find(provider, store, arena, out);
}

struct result provider_link(struct store_transaction *transaction, struct person_id person,
                            struct str issuer, struct str subject)
{
    TRY(account_make(transaction, (struct account_make_in){person, store_now(transaction)}));
    return account_identity_add(transaction,
                                (struct account_identity_add_in){issuer, subject, person});
}

struct result provider_signed_out(struct provider *provider, struct store *store,
                                  struct arena *arena, struct str logout_token)
{
    struct instant now;
    struct oidc_logout out;
    size_t changed = 0;
    TRY(now_of(store, arena, &now));
    TRY(oidc_logout_check(provider->client, arena, now, logout_token, &out));
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    TRY(provider_word_add(transaction, (struct provider_word_add_in){out.id, out.expires},
                          &changed));
    if (changed == 0) {
        return result_fail(RESULT_CODE_REFUSED, "The provider has said this before",
                           (struct str){0});
    }
    if (!str_is_empty(out.session_id)) {
        TRY(signed_in_remove_provider(
            transaction, (struct signed_in_remove_provider_in){out.session_id}, &changed));
    } else {
        TRY(signed_in_remove_subject(
            transaction, (struct signed_in_remove_subject_in){out.issuer, out.subject}, &changed));
    }
    return store_commit(transaction);
}
