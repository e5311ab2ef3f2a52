/*
 * web/page_provider.c - to the school's provider and back: GET /sign-in/provider,
 * GET /sign-in/back, GET /prove/provider, POST /sign-out/provider.
 *
 * Read first: identity/provider.h, signed_in_int.h; docs/identity.md.
 * What must hold: the browser goes only to the address that the provider's own description names.
 */
#include "identity/provider.h"
#include "page/templates.h"
#include "web/frame_int.h"
#include "web/metrics_int.h"
#include "web/office_int.h"
#include "web/pages_int.h"
#include "web/signed_in_int.h"

/* The office's provider, or NULL when "not found" has been answered. */
static struct provider *provider_of(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    struct provider *provider = office ? web_provider(exchange) : NULL;
    if (office && !provider) {
        web_not_found(exchange);
    }
    return provider;
}

/* Why it did not come to a session, and the way to begin again. */
static void refuse(struct web_exchange *exchange, enum web_status status, struct str title,
                   struct str why)
{
    struct html main = html_new(exchange->arena);
    page_office_refused(&main, &(struct page_office_refused_args){.title = title, .why = why});
    web_frame(exchange, status,
              &(struct web_frame){.title = title, .place = STR("/desk"), .main = html_take(&main)});
}

static void refuse_person(struct web_exchange *exchange, struct str why)
{
    refuse(exchange, WEB_FORBIDDEN, STR("You are not signed in"), why);
}

static void refuse_result(struct web_exchange *exchange, struct result result)
{
    if (result.code == RESULT_CODE_BUSY) {
        web_failed(exchange, result);
    } else if (result.code == RESULT_CODE_IO) {
        refuse(exchange, WEB_BUSY, STR("The school’s provider does not answer"),
               str_from(result.message));
    } else if (result.code == RESULT_CODE_REFUSED) {
        refuse_person(exchange, str_from(result.message));
    } else { /* the settings are wrong: nothing that who signs in could mend */
        refuse(
            exchange, WEB_FAILED, STR("Signing in with the provider does not work"),
            str_format(exchange->arena, "%s: tell the people who run this site", result.message));
    }
}

/* ---- There ----------------------------------------------------------------------------------- */

static void leave(struct web_exchange *exchange, struct provider *provider, struct row_id proves)
{
    struct str url, state;
    struct provider_wish wish = {
        .back = web_back(web_form_value(&exchange->arguments, STR("back")), STR("/desk")),
        .proves = proves};
    struct result left = provider_leave(provider, exchange->site->office->place.store,
                                        exchange->arena, &wish, &url, &state);
    if (!result_is_ok(left)) {
        refuse_result(exchange, left);
        return;
    }
    web_redirect_away(exchange, url);
    web_visit_cookie_set(exchange, state);
}

void page_provider_leave(struct web_exchange *exchange)
{
    struct provider *provider = provider_of(exchange);
    if (provider) {
        leave(exchange, provider, (struct row_id){0});
    }
}

/* Who is signed in proves there again who it is. */
void page_provider_prove(struct web_exchange *exchange)
{
    struct provider *provider = provider_of(exchange);
    if (provider && web_must_sign_in(exchange)) {
        leave(exchange, provider, web_session(exchange)->id);
    }
}

/* ---- And back -------------------------------------------------------------------------------- */

/* The first time, that this is the person becomes an act. False: it has been answered. */
static bool link_first(struct web_exchange *exchange, const struct provider_arrival *arrival)
{
    struct action_given given[] = {
        {STR("person"), store_id_format(exchange->arena, arrival->person.value)},
        {STR("issuer"), arrival->who.issuer},
        {STR("subject"), arrival->who.subject},
    };
    struct action_request request = {
        .action = action_named(STR("account.link")), .given = given, .given_count = 3};
    struct action_outcome outcome;
    struct result linked =
        action_run(&exchange->site->office->place, &request, exchange->arena, &outcome);
    if (!result_is_ok(linked)) {
        web_failed(exchange, linked);
        return false;
    }
    if (outcome.status != ACTION_DONE) {
        refuse_person(exchange,
                      STR("Your account could not be linked: tell the people who run this site"));
        return false;
    }
    return true;
}

MUST_USE static struct result begin_session(struct web_exchange *exchange,
                                            const struct provider *provider,
                                            const struct provider_arrival *arrival,
                                            struct str *token)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(exchange->site->office->place.store, exchange->arena, STORE_WRITE,
                    &transaction));
    struct sign_in_start start = {.person = arrival->person,
                                  .way = STR("provider"),
                                  .is_factor_vouched =
                                      provider->vouches_factor || arrival->who.used_second_factor,
                                  .provider_sid = arrival->who.session_id,
                                  .provider_token = arrival->who.id_token,
                                  .device = exchange->user_agent};
    TRY(sign_in_begin(transaction, &start, token));
    return store_commit(transaction);
}

MUST_USE static struct result prove_session(struct web_exchange *exchange,
                                            const struct provider_arrival *arrival,
                                            struct str *token)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(exchange->site->office->place.store, exchange->arena, STORE_WRITE,
                    &transaction));
    struct instant now = store_now(transaction), at = arrival->who.signed_in;
    TRY(sign_in_proven(transaction, arrival->proves, instant_is_before(now, at) ? now : at, token));
    return store_commit(transaction);
}

/* The moment at which the person last gave a password there becomes that of the proof. */
static void prove(struct web_exchange *exchange, const struct provider_arrival *arrival)
{
    const struct sign_in_session *session = web_session(exchange);
    struct str token;
    if (!session->is_good || session->id.value != arrival->proves.value ||
        session->person.value != arrival->person.value) {
        refuse(exchange, WEB_FORBIDDEN, STR("This was somebody else"),
               STR("You signed in there with another account than the one with which you are "
                   "signed in here"));
        return;
    }
    struct result proven = prove_session(exchange, arrival, &token);
    if (!result_is_ok(proven)) {
        refuse_result(exchange, proven);
        return;
    }
    web_redirect(exchange, web_back(arrival->back, STR("/desk")));
    web_cookie_set(exchange, token);
}

static void let_in(struct web_exchange *exchange, const struct provider *provider,
                   const struct provider_arrival *arrival)
{
    struct str token;
    if (!arrival->person.value || arrival->is_shut) {
        web_metrics_sign_in(SIGN_IN_WRONG);
    }
    if (!arrival->person.value) {
        refuse_person(exchange, STR("Nobody here is known under this account: ask your school’s "
                                    "office to add you, or to invite you"));
        return;
    }
    if (arrival->is_shut) {
        refuse_person(exchange, STR("Your account here has been shut: ask your school’s office"));
        return;
    }
    if (arrival->proves.value) {
        prove(exchange, arrival);
        return;
    }
    if (arrival->is_first && !link_first(exchange, arrival)) {
        return;
    }
    struct result begun = begin_session(exchange, provider, arrival, &token);
    if (!result_is_ok(begun)) {
        web_failed(exchange, begun);
        return;
    }
    web_metrics_sign_in(SIGN_IN_DONE);
    web_redirect(exchange, web_back(arrival->back, STR("/desk")));
    web_cookie_set(exchange, token);
}

/* A provider that does not say when, or has not asked again, has proved nothing. */
static void refuse_return(struct web_exchange *exchange, const struct provider_arrival *arrival,
                          struct result returned)
{
    enum jose_verdict verdict = oidc_refusal(returned);
    if (arrival->proves.value && (verdict == JOSE_CLAIM_MISSING || verdict == JOSE_TOO_OLD)) {
        refuse(
            exchange, WEB_FORBIDDEN, STR("This was no fresh proof"),
            STR("The provider does not say that you have just given your password. For sensitive "
                "things you need a password here: ask your school’s office to invite you"));
        return;
    }
    refuse_result(exchange, returned);
}

void page_provider_return(struct web_exchange *exchange)
{
    struct provider *provider = provider_of(exchange);
    if (!provider) {
        return;
    }
    const struct web_form *query = &exchange->arguments;
    struct oidc_answer answer = {.code = web_form_value(query, STR("code")),
                                 .state = web_form_value(query, STR("state")),
                                 .error = web_form_value(query, STR("error")),
                                 .error_description =
                                     web_form_value(query, STR("error_description")),
                                 .issuer = web_form_value(query, STR("iss"))};
    struct provider_arrival arrival;
    struct result returned =
        provider_return(provider, exchange->site->office->place.store, exchange->arena,
                        web_visit_cookie(exchange), &answer, &arrival);
    if (!result_is_ok(returned)) {
        web_metrics_sign_in(SIGN_IN_WRONG);
        refuse_return(exchange, &arrival, returned);
    } else {
        let_in(exchange, provider, &arrival);
    }
}

/* By the provider itself, without a browser: the signed token is the proof. */
void page_provider_signed_out(struct web_exchange *exchange)
{
    struct provider *provider = provider_of(exchange);
    if (!provider) {
        return;
    }
    struct result out =
        provider_signed_out(provider, exchange->site->office->place.store, exchange->arena,
                            web_form_value(&exchange->form, STR("logout_token")));
    bool is_refused = out.code == RESULT_CODE_REFUSED || out.code == RESULT_CODE_INVALID ||
                      out.code == RESULT_CODE_LIMIT;
    if (result_is_ok(out)) {
        (void)web_text(exchange, WEB_OK);
    } else if (is_refused) {
        (void)web_text(exchange, WEB_BAD_REQUEST);
    } else {
        web_failed(exchange, out);
    }
}
