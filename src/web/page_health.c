/*
 * web/page_health.c - for whoever watches: GET /health says "ok" while the server lives; GET /ready
 * says whether it can do its work, and else why not.
 *
 * Workers answer, so that both are silent when the workers are stuck.
 * What must hold: neither asks the store, so that a thousand of them cost nothing; and why it is
 * not ready is told in words that name no file and nobody.
 */
#include "web/office.h"
#include "web/pages_int.h"

void page_health(struct web_exchange *exchange)
{
    text_add(web_text(exchange, WEB_OK), STR("ok\n"));
}

static void refuse(struct web_exchange *exchange, const char *what, struct result why)
{
    text_addf(web_text(exchange, WEB_BUSY), "not ready\n%s: %s\n", what, why.message);
    web_header_add(exchange, STR("Retry-After"), STR("10"));
}

void page_ready(struct web_exchange *exchange)
{
    const struct web_office *office = exchange->site ? exchange->site->office : NULL;
    struct str version = exchange->site ? exchange->site->version : (struct str){0};
    struct result stored = RESULT_OK, kept = RESULT_OK;
    if (office) {
        stored = store_health(office->place.store, exchange->arena);
        kept = keeper_health(office->keeper, exchange->arena);
    }
    if (!result_is_ok(stored)) {
        refuse(exchange, "Nothing can be written", stored);
    } else if (!result_is_ok(kept)) {
        refuse(exchange, "The history cannot be signed", kept);
    } else {
        text_addf(web_text(exchange, WEB_OK), "ready\nHandrail " STR_FMT "\n", STR_ARG(version));
    }
}
