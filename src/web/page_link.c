/*
 * web/page_link.c - GET and POST /link/{token}: an invitation, a new password, or a link that signs
 * in.
 *
 * Read first: signed_in_int.h, office_int.h; actions/do_account.c, "A link that was sent".
 * What must hold: opening a link changes nothing, since mail programs open links by themselves;
 * only the button does.
 */
#include "page/templates.h"
#include "web/frame_int.h"
#include "web/office_int.h"
#include "web/pages_int.h"
#include "web/signed_in_int.h"

MUST_USE static struct result read_link(struct web_exchange *exchange, struct person_id *person,
                                        struct str *purpose)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(exchange->site->office->place.store, exchange->arena, STORE_READ,
                    &transaction));
    return sign_in_link_read(transaction, web_parameter(exchange, 0), person, purpose);
}

/*
 * A session of the person; `link` is used up by it, unless it is empty. Where a second factor is
 * set up, the session waits for its code.
 */
MUST_USE static struct result begin_session(struct web_exchange *exchange, struct person_id person,
                                            struct str link, struct str *token)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(exchange->site->office->place.store, exchange->arena, STORE_WRITE,
                    &transaction));
    if (!str_is_empty(link)) {
        TRY(sign_in_link_use(transaction, link));
    }
    struct sign_in_start start = {
        .person = person, .way = STR("link"), .device = exchange->user_agent};
    TRY(sign_in_begin(transaction, &start, token));
    return store_commit(transaction);
}

static void sign_in_with(struct web_exchange *exchange, struct person_id person, struct str link)
{
    struct str token;
    struct result begun = begin_session(exchange, person, link, &token);
    if (begun.code == RESULT_CODE_CONFLICT) {
        web_not_found(exchange);
    } else if (!result_is_ok(begun)) {
        web_failed(exchange, begun);
    } else {
        web_redirect(exchange, STR("/desk"));
        web_cookie_set(exchange, token);
    }
}

static void show(struct web_exchange *exchange, const struct action_outcome *outcome,
                 enum web_status status)
{
    struct str token = web_parameter(exchange, 0);
    struct str values[ACTION_FIELDS_MAX] = {token};
    web_office_form_show(
        exchange, &(struct web_office_form){
                      .action = action_named(STR("account.accept")),
                      .values = values,
                      .outcome = outcome,
                      .address = str_format(exchange->arena, "/link/" STR_FMT, STR_ARG(token)),
                      .status = status});
}

static void show_button(struct web_exchange *exchange)
{
    struct html main = html_new(exchange->arena);
    page_office_form(&main, &(struct page_office_form_args){
                                .title = STR("Sign in"),
                                .action = str_format(exchange->arena, "/link/" STR_FMT,
                                                     STR_ARG(web_parameter(exchange, 0))),
                                .button = STR("Sign in")});
    web_frame(exchange, WEB_OK,
              &(struct web_frame){
                  .title = STR("Sign in"), .place = STR("/desk"), .main = html_take(&main)});
}

/* The link of the address counts, not one in the form; sent again, it is not good any more. */
static void accept(struct web_exchange *exchange)
{
    struct action_given given[] = {
        {STR("link"), web_parameter(exchange, 0)},
        {STR("password"), web_form_value(&exchange->form, STR("password"))},
    };
    struct action_request request = {.action = action_named(STR("account.accept")),
                                     .given = given,
                                     .given_count = sizeof given / sizeof given[0]};
    struct action_outcome outcome;
    struct result ran =
        action_run(&exchange->site->office->place, &request, exchange->arena, &outcome);
    if (!result_is_ok(ran)) {
        web_failed(exchange, ran);
    } else if (outcome.status == ACTION_DONE) {
        sign_in_with(exchange, outcome.person, (struct str){0});
    } else {
        show(exchange, &outcome, WEB_FORM_INVALID);
    }
}

void page_link(struct web_exchange *exchange)
{
    struct person_id person = {0};
    struct str purpose;
    if (!web_office_of(exchange)) {
        return;
    }
    struct result read = read_link(exchange, &person, &purpose);
    if (!result_is_ok(read)) {
        web_failed(exchange, read);
        return;
    }
    if (!person.value) {
        web_not_found(exchange);
        return;
    }
    bool is_sign_in = str_equal(purpose, STR("sign-in"));
    struct action_outcome none = {0};
    if (exchange->method != WEB_POST) {
        is_sign_in ? show_button(exchange) : show(exchange, &none, WEB_OK);
    } else if (!web_is_from_here(exchange)) {
        web_error(exchange, WEB_FORBIDDEN);
    } else if (is_sign_in) {
        sign_in_with(exchange, person, web_parameter(exchange, 0));
    } else {
        accept(exchange);
    }
}
