/*
 * web/page_receipt.c - receipts of "May I?": POST /may-i/receipt for browsers, POST /api/v1/receipt
 * for programs. Nobody has to sign in.
 *
 * Read first: told/receipt_of.h, ledger/receipt.h.
 *
 * What must hold
 * - Nothing of what is said is kept or logged; what is counted is an address, in memory, for a
 *   minute.
 * - The answer that is signed is worked out here. What a form says of an answer is only compared.
 * - A browser sends the form from a page of ours alone: no other site can put words, signed by the
 *   school, into somebody's hands.
 */
#include "actions/keeper.h"
#include "base/json.h"
#include "ledger/note.h"
#include "page/templates.h"
#include "told/receipt_of.h"
#include "web/frame_int.h"
#include "web/kept_int.h"
#include "web/office_int.h"
#include "web/pages_int.h"
#include "web/rate_int.h"
#include "web/signed_in_int.h"
#include "web/today_int.h"

static struct web_rate rate = WEB_RATE_INIT(WEB_RECEIPTS_PER_ADDRESS_MAX, WEB_RECEIPTS_MAX);

/* What is asked for a receipt; the policy is NULL when there is none of that name. */
struct asked {
    const struct web_kept_policy *policy;
    struct form form;
    struct str name, shown;
};

/* Why not, as a status; 0: *receipt is one. `why` is for the person. */
static enum web_status receipt_make(struct web_exchange *exchange, const struct asked *asked,
                                    struct str *receipt, struct str *why)
{
    int64_t now = told_now();
    unsigned wait = web_rate_take(&rate, exchange->address, now / 1000);
    if (wait > 0) {
        *why = STR("Too many receipts are asked for from where you are. Try again in a minute");
        return WEB_TOO_MANY;
    }
    struct note_signer signer;
    struct result made = keeper_signer(exchange->site->office->keeper, exchange->arena, &signer);
    if (!result_is_ok(made)) {
        *why = STR("Receipts cannot be signed at the moment. Try again in a minute");
        return WEB_BUSY;
    }
    made = told_receipt(exchange->arena,
                        &(struct told_asked){.pack = &asked->policy->pack->pack,
                                             .digest = asked->policy->digest,
                                             .form = &asked->form,
                                             .name = asked->name,
                                             .shown = asked->shown,
                                             .as_of = web_today(),
                                             .time_ms = now},
                        &signer, receipt);
    note_signer_forget(&signer);
    *why = str_from(made.message);
    return result_is_ok(made)                  ? 0
           : made.code == RESULT_CODE_CONFLICT ? WEB_CONFLICT
                                               : WEB_FORM_INVALID;
}

/* Headers that go with a refusal. */
static void refusal_add(struct web_exchange *exchange, enum web_status status)
{
    if (status == WEB_TOO_MANY || status == WEB_BUSY) {
        web_header_add(exchange, STR("Retry-After"), STR("60"));
    }
}

/* ---- Browsers -------------------------------------------------------------------------------- */

static void refuse_page(struct web_exchange *exchange, enum web_status status, struct str why)
{
    struct str title = STR("There is no receipt");
    struct html main = html_new(exchange->arena);
    page_receipt_refused(&main, &(struct page_receipt_refused_args){.title = title, .words = why});
    web_frame(
        exchange, status,
        &(struct web_frame){.title = title, .place = STR("/may-i"), .main = html_take(&main)});
    refusal_add(exchange, status);
}

void page_receipt(struct web_exchange *exchange)
{
    struct asked asked;
    struct str receipt, why;
    if (!web_office_of(exchange)) {
        return;
    }
    if (!web_is_from_here(exchange)) {
        web_error(exchange, WEB_FORBIDDEN);
        return;
    }
    const char *wrong = form_read(exchange->arena, exchange->body, &asked.form);
    asked.policy = web_kept_policy_named(exchange, form_value(&asked.form, STR("policy")));
    if (wrong || !asked.policy) {
        refuse_page(exchange, WEB_FORM_INVALID,
                    wrong ? str_from(wrong) : STR("There is no policy of that name here"));
        return;
    }
    asked.name = str_trim(form_value(&asked.form, STR("receipt-name")));
    asked.shown = form_value(&asked.form, STR("shown"));
    enum web_status refused = receipt_make(exchange, &asked, &receipt, &why);
    if (refused) {
        refuse_page(exchange, refused, why);
    } else {
        struct str day = civil_date_format(exchange->arena, web_today());
        web_file(exchange,
                 str_format(exchange->arena, "handrail-receipt-" STR_FMT ".txt", STR_ARG(day)),
                 receipt);
    }
}

/* ---- Programs -------------------------------------------------------------------------------- */

static void refuse_program(struct web_exchange *exchange, enum web_status status, struct str field,
                           struct str why)
{
    struct action_error error = {.field = field, .message = why};
    web_problem(exchange, status, STR("There is no receipt"),
                &(struct action_outcome){.errors = &error, .error_count = 1});
    refusal_add(exchange, status);
}

static struct str text_of(const struct json_value *body, const char *name)
{
    const struct json_value *value = json_get(body, str_from(name));
    return value && value->kind == JSON_STRING ? value->text : (struct str){0};
}

void page_receipt_api(struct web_exchange *exchange)
{
    struct asked asked;
    struct str receipt, why;
    if (!web_office_of(exchange)) {
        return;
    }
    struct diag_list diags = diag_list_new(exchange->arena);
    const struct json_value *body = json_read(exchange->arena, STR("body"), exchange->body, &diags);
    if (!body || body->kind != JSON_OBJECT) {
        refuse_program(exchange, WEB_BAD_REQUEST, (struct str){0},
                       diags.count > 0 ? diags.items[0].message
                                       : STR("the body must be one JSON object"));
        return;
    }
    asked.policy = web_kept_policy_named(exchange, text_of(body, "policy"));
    if (!asked.policy) {
        refuse_program(exchange, WEB_FORM_INVALID, STR("policy"),
                       STR("There is no policy of that name here"));
        return;
    }
    struct result read =
        told_form_of_json(exchange->arena, json_get(body, STR("answers")), &asked.form);
    if (!result_is_ok(read)) {
        refuse_program(exchange, WEB_FORM_INVALID, STR("answers"), str_from(read.message));
        return;
    }
    asked.name = str_trim(text_of(body, "name"));
    asked.shown = text_of(body, "verdict");
    enum web_status refused = receipt_make(exchange, &asked, &receipt, &why);
    if (refused) {
        refuse_program(exchange, refused, STR("answers"), why);
        return;
    }
    struct text out = {.arena = exchange->arena};
    struct json_writer writer = json_writer_new(&out, JSON_COMPACT);
    json_begin_object(&writer);
    json_key_str(&writer, STR("receipt"), receipt);
    json_end_object(&writer);
    web_data(exchange, WEB_OK, STR("application/json"), text_str(&out));
}
