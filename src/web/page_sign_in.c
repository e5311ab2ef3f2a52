/*
 * web/page_sign_in.c - signing in and out, a fresh proof, the code of a second factor, and whom to
 * ask who cannot.
 *
 * Read first: signed_in_int.h, identity/sign_in.h; web/templates/office.html.
 */
#include "actions/name.h"
#include "identity/provider.h"
#include "page/templates.h"
#include "web/frame_int.h"
#include "web/metrics_int.h"
#include "web/office_int.h"
#include "web/pages_int.h"
#include "web/signed_in_int.h"

struct sign_in_page {
    bool is_proof, wants_code;
    struct str email, problem, back;
    enum web_status status;
};

static void show(struct web_exchange *exchange, const struct sign_in_page *page)
{
    struct page_office_hidden hidden[] = {
        {STR("back"), page->back},
        {STR("csrf"), page->is_proof ? web_form_mark(exchange) : STR("-")},
    };
    struct html problem = html_new(exchange->arena);
    if (!str_is_empty(page->problem)) {
        struct page_error_item item = {page->problem, STR("#email")};
        page_error_summary(
            &problem, &(struct page_error_summary_args){
                          .title = STR("There is a problem"), .items = &item, .items_count = 1});
    }
    const struct sign_in_session *session = web_session(exchange);
    const struct provider *provider = web_provider(exchange);
    bool is_offered = provider && (!page->is_proof || str_equal(session->way, STR("provider")));
    struct text query = {.arena = exchange->arena};
    web_form_add(&query, STR("back"), page->back);
    struct html main = html_new(exchange->arena);
    page_office_sign_in(&main, &(struct page_office_sign_in_args){
                                   .problem = html_take(&problem),
                                   .action = page->is_proof ? STR("/prove") : STR("/sign-in"),
                                   .hidden = hidden,
                                   .hidden_count = 2,
                                   .email = page->email,
                                   .wants_code = page->wants_code,
                                   .is_proof = page->is_proof,
                                   .has_password = !page->is_proof || session->has_password,
                                   .provider = is_offered ? provider->name : (struct str){0},
                                   .provider_href = str_format(exchange->arena, "%s?" STR_FMT,
                                                               page->is_proof ? "/prove/provider"
                                                                              : "/sign-in/provider",
                                                               STR_ARG(text_str(&query)))});
    struct str title = page->is_proof ? STR("Show that it is you") : STR("Sign in");
    if (!str_is_empty(page->problem)) {
        title = str_format(exchange->arena, "Error: " STR_FMT, STR_ARG(title));
    }
    web_frame(exchange, page->status,
              &(struct web_frame){.title = title, .place = STR("/desk"), .main = html_take(&main)});
}

static struct sign_in_attempt attempt_of(struct web_exchange *exchange)
{
    struct str email = web_form_value(&exchange->form, STR("email")), folded;
    return (struct sign_in_attempt){
        .email = email_fold(exchange->arena, email, &folded) ? folded : (struct str){0},
        .password = web_form_value(&exchange->form, STR("password")),
        .code = web_form_value(&exchange->form, STR("code")),
        .address = exchange->address,
        .device = exchange->user_agent,
        .key = exchange->site->office->place.key};
}

/* What is said when it did not come to a session. */
static void show_outcome(struct web_exchange *exchange, const struct sign_in_outcome *outcome,
                         bool is_proof, struct str back)
{
    struct sign_in_page page = {.is_proof = is_proof,
                                .wants_code = outcome->status == SIGN_IN_CODE ||
                                              web_form_has(&exchange->form, STR("code")),
                                .email = web_form_value(&exchange->form, STR("email")),
                                .back = back,
                                .status = WEB_FORM_INVALID};
    switch (outcome->status) {
    case SIGN_IN_WRONG:
        page.problem = page.wants_code ? STR("The e-mail, the password or the code is not right")
                                       : STR("The e-mail or the password is not right");
        break;
    case SIGN_IN_CODE:
        page.problem = STR("Give your password again, and the code from your app");
        break;
    case SIGN_IN_WAIT:
        page.problem = STR("That was tried too often. Wait some minutes, then try again");
        page.status = WEB_TOO_MANY;
        break;
    case SIGN_IN_DONE:
    case SIGN_IN_STATUS_COUNT:
        break;
    }
    show(exchange, &page);
}

static void answer(struct web_exchange *exchange, struct result result,
                   const struct sign_in_outcome *outcome, bool is_proof)
{
    struct str back = web_back(web_form_value(&exchange->form, STR("back")), STR("/desk"));
    if (!result_is_ok(result)) {
        web_failed(exchange, result);
        return;
    }
    web_metrics_sign_in(outcome->status);
    if (outcome->status == SIGN_IN_DONE) {
        web_redirect(exchange, back);
        web_cookie_set(exchange, outcome->token);
    } else {
        show_outcome(exchange, outcome, is_proof, back);
    }
}

void page_sign_in(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    if (!office) {
        return;
    }
    if (exchange->method != WEB_POST) {
        show(exchange,
             &(struct sign_in_page){
                 .back = web_back(web_form_value(&exchange->arguments, STR("back")), STR("/desk")),
                 .status = WEB_OK});
        return;
    }
    if (!web_is_from_here(exchange)) {
        web_error(exchange, WEB_FORBIDDEN);
        return;
    }
    struct sign_in_attempt attempt = attempt_of(exchange);
    struct sign_in_outcome outcome = {0};
    struct result tried = sign_in_password(office->place.store, office->place.gate, exchange->arena,
                                           &attempt, &outcome);
    answer(exchange, tried, &outcome, false);
}

void page_prove(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    if (!office || !web_must_sign_in(exchange)) {
        return;
    }
    if (exchange->method != WEB_POST) {
        show(exchange,
             &(struct sign_in_page){
                 .is_proof = true,
                 .back = web_back(web_form_value(&exchange->arguments, STR("back")), STR("/desk")),
                 .status = WEB_OK});
        return;
    }
    if (!web_form_is_own(exchange)) {
        return;
    }
    struct sign_in_attempt attempt = attempt_of(exchange);
    struct sign_in_outcome outcome = {0};
    struct result tried = sign_in_prove(office->place.store, office->place.gate, exchange->arena,
                                        web_session(exchange), &attempt, &outcome);
    answer(exchange, tried, &outcome, true);
}

/* ---- The code of the second factor ----------------------------------------------------------- */

static void show_code(struct web_exchange *exchange, struct str back, struct str wrong,
                      enum web_status status)
{
    struct page_office_hidden hidden[] = {{STR("back"), back},
                                          {STR("csrf"), web_form_mark(exchange)}};
    struct html problem = html_new(exchange->arena), main = html_new(exchange->arena);
    if (!str_is_empty(wrong)) {
        struct page_error_item item = {wrong, STR("#code")};
        page_error_summary(
            &problem, &(struct page_error_summary_args){
                          .title = STR("There is a problem"), .items = &item, .items_count = 1});
    }
    page_office_code(&main, &(struct page_office_code_args){.problem = html_take(&problem),
                                                            .action = STR("/sign-in/code"),
                                                            .hidden = hidden,
                                                            .hidden_count = 2});
    web_frame(exchange, status,
              &(struct web_frame){
                  .title = STR("Give your code"), .place = STR("/desk"), .main = html_take(&main)});
}

static void try_code(struct web_exchange *exchange, const struct web_office *office)
{
    struct str back = web_back(web_form_value(&exchange->form, STR("back")), STR("/desk"));
    struct sign_in_attempt attempt = attempt_of(exchange);
    struct sign_in_outcome outcome = {0};
    struct result tried = sign_in_code(office->place.store, exchange->arena, web_session(exchange),
                                       &attempt, &outcome);
    if (!result_is_ok(tried)) {
        web_failed(exchange, tried);
    } else if (outcome.status == SIGN_IN_DONE) {
        web_redirect(exchange, back);
        web_cookie_set(exchange, outcome.token);
    } else if (outcome.status == SIGN_IN_WAIT) {
        show_code(exchange, back,
                  STR("That was tried too often. Wait some minutes, then try again"), WEB_TOO_MANY);
    } else {
        show_code(exchange, back, STR("This is not the code"), WEB_FORM_INVALID);
    }
}

void page_sign_in_code(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    if (!office) {
        return;
    }
    if (!web_session(exchange)->waiting.value) {
        web_redirect(exchange, STR("/sign-in")); /* it has waited too long, or is not wanted */
    } else if (exchange->method != WEB_POST) {
        show_code(exchange,
                  web_back(web_form_value(&exchange->arguments, STR("back")), STR("/desk")),
                  (struct str){0}, WEB_OK);
    } else if (web_form_is_own(exchange)) {
        try_code(exchange, office);
    }
}

/* ---- Who cannot sign in ---------------------------------------------------------------------- */

/* The same for everybody, whoever has an account: the roles that may invite. */
void page_forgotten(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    if (!office) {
        return;
    }
    struct action_word_list words = office->place.words[ACTION_WORDS_ROLES];
    struct str *who = ARENA_ARRAY(exchange->arena, struct str, action_permission_count);
    size_t count = 0;
    for (size_t i = 0; i < action_permission_count; i++) {
        const struct action_permission *row = &action_permissions[i];
        bool is_meant =
            row->scope == ACTION_SCOPE_SCHOOL && str_equal(row->action, STR("account.invite"));
        for (size_t word = 0; is_meant && word < words.count; word++) {
            if (str_equal(words.at[word].value, row->role)) {
                who[count++] = words.at[word].label;
            }
        }
    }
    struct html main = html_new(exchange->arena);
    page_office_forgotten(&main,
                          &(struct page_office_forgotten_args){.who = who, .who_count = count});
    web_frame(exchange, WEB_OK,
              &(struct web_frame){.title = STR("I cannot sign in"),
                                  .place = STR("/desk"),
                                  .main = html_take(&main)});
}

/* ---- Out ------------------------------------------------------------------------------------- */

/*
 * Where the provider can end its session too, the browser goes there at once. Not by a redirect:
 * a form of ours may lead to this site alone.
 */
static void leave_site(struct web_exchange *exchange)
{
    struct str token = web_session(exchange)->provider_token, url;
    struct instant now = web_session(exchange)->now;
    struct provider *provider = str_is_empty(token) ? NULL : web_provider(exchange);
    if (!provider || !result_is_ok(oidc_sign_out_url(provider->client, exchange->arena, now, token,
                                                     (struct str){0}, (struct str){0}, &url))) {
        web_redirect(exchange, STR("/"));
        return;
    }
    struct html main = html_new(exchange->arena);
    page_office_signed_out(
        &main, &(struct page_office_signed_out_args){.provider = provider->name, .href = url});
    web_frame(exchange, WEB_OK,
              &(struct web_frame){.title = STR("You are signed out here"),
                                  .place = STR("/desk"),
                                  .main = html_take(&main)});
    web_header_add(exchange, STR("Refresh"),
                   str_format(exchange->arena, "0; url=" STR_FMT, STR_ARG(url)));
}

void page_sign_out(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    if (!office || !web_must_sign_in(exchange) || !web_form_is_own(exchange)) {
        return;
    }
    struct result out = sign_in_out(office->place.store, exchange->arena, web_session(exchange));
    if (!result_is_ok(out)) {
        web_failed(exchange, out);
        return;
    }
    leave_site(exchange);
    web_cookie_end(exchange);
    web_header_add(exchange, STR("Clear-Site-Data"), STR("\"cache\""));
}
