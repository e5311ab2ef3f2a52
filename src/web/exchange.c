/*
 * web/exchange.c - what a handler calls to look at its request and to answer.
 *
 * Read first: web_int.h. The answer is sent by answer.c.
 */
#include "web/web_int.h"

#include <assert.h>

static const struct {
    enum web_status status;
    struct str words;
} exchange_statuses[] = {
    {WEB_OK, STR_INIT("OK")},
    {WEB_SEE_OTHER, STR_INIT("See Other")},
    {WEB_NOT_MODIFIED, STR_INIT("Not Modified")},
    {WEB_BAD_REQUEST, STR_INIT("Bad Request")},
    {WEB_UNAUTHORISED, STR_INIT("Unauthorized")},
    {WEB_FORBIDDEN, STR_INIT("Forbidden")},
    {WEB_NOT_FOUND, STR_INIT("Not Found")},
    {WEB_METHOD_NOT_ALLOWED, STR_INIT("Method Not Allowed")},
    {WEB_CONFLICT, STR_INIT("Conflict")},
    {WEB_LENGTH_REQUIRED, STR_INIT("Length Required")},
    {WEB_BODY_TOO_LARGE, STR_INIT("Content Too Large")},
    {WEB_TARGET_TOO_LONG, STR_INIT("URI Too Long")},
    {WEB_TYPE_UNSUPPORTED, STR_INIT("Unsupported Media Type")},
    {WEB_EXPECTATION_FAILED, STR_INIT("Expectation Failed")},
    {WEB_MISDIRECTED, STR_INIT("Misdirected Request")},
    {WEB_FORM_INVALID, STR_INIT("Unprocessable Content")},
    {WEB_TOO_MANY, STR_INIT("Too Many Requests")},
    {WEB_HEAD_TOO_LARGE, STR_INIT("Request Header Fields Too Large")},
    {WEB_FAILED, STR_INIT("Internal Server Error")},
    {WEB_NOT_IMPLEMENTED, STR_INIT("Not Implemented")},
    {WEB_BUSY, STR_INIT("Service Unavailable")},
    {WEB_VERSION_UNSUPPORTED, STR_INIT("HTTP Version Not Supported")},
};

struct str web_status_words(enum web_status status)
{
    for (size_t i = 0; i < sizeof exchange_statuses / sizeof exchange_statuses[0]; i++) {
        if (exchange_statuses[i].status == status) {
            return exchange_statuses[i].words;
        }
    }
    return STR("Error");
}

struct str web_parameter(const struct web_exchange *exchange, size_t index)
{
    return index < exchange->parameter_count ? exchange->parameters[index] : (struct str){0};
}

const struct shelf_pack *web_pack_named(const struct web_exchange *exchange, struct str name)
{
    return exchange->site ? shelf_pack_find(exchange->site->shelf, name) : NULL;
}

/* ---- Answering ------------------------------------------------------------------------------- */

static struct text *exchange_begin(struct web_exchange *exchange, enum web_status status,
                                   struct str type)
{
    exchange->answer =
        (struct web_answer){.status = status, .type = type, .text = {.arena = exchange->arena}};
    return &exchange->answer.text;
}

struct text *web_html(struct web_exchange *exchange, enum web_status status)
{
    return exchange_begin(exchange, status, STR("text/html; charset=utf-8"));
}

struct text *web_text(struct web_exchange *exchange, enum web_status status)
{
    return exchange_begin(exchange, status, STR("text/plain; charset=utf-8"));
}

void web_data(struct web_exchange *exchange, enum web_status status, struct str type,
              struct str bytes)
{
    exchange_begin(exchange, status, type);
    exchange->answer.bytes = bytes;
}

void web_redirect(struct web_exchange *exchange, struct str place)
{
    assert(str_starts(place, STR("/")) && !str_starts(place, STR("//")) &&
           str_find(place, STR("\\")) == STR_NONE && "a redirect stays on this site");
    exchange_begin(exchange, WEB_SEE_OTHER, (struct str){0});
    web_header_add(exchange, STR("Location"), place);
}

void web_redirect_away(struct web_exchange *exchange, struct str url)
{
    assert((str_starts(url, STR("https://")) || str_starts(url, STR("http://127.0.0.1:"))) &&
           "a redirect elsewhere is to a provider");
    exchange_begin(exchange, WEB_SEE_OTHER, (struct str){0});
    web_header_add(exchange, STR("Location"), url);
}

void web_error(struct web_exchange *exchange, enum web_status status)
{
    exchange_begin(exchange, status, (struct str){0});
    web_error_page(exchange);
    exchange->answer.status = status;
}

void web_not_found(struct web_exchange *exchange)
{
    web_error(exchange, WEB_NOT_FOUND);
}

void web_header_add(struct web_exchange *exchange, struct str name, struct str value)
{
    struct web_answer *answer = &exchange->answer;
    assert(answer->header_count < WEB_ANSWER_FIELDS_MAX && "an answer has so many headers");
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];
        assert(c >= 0x20 && c != 0x7F && "a header holds no control byte");
    }
    answer->headers[answer->header_count++] = (struct web_header){name, value};
}
