/*
 * web/page_worker.c - GET /worker.js; GET /offline.json, /offline-check.json: "May I?" and "Check
 * before you post" without a network.
 *
 * Read first: web/assets/worker.js. The script stands at the root, because a service worker is
 * responsible for what lies below it; so its name holds no hash, and it is checked each time.
 */
#include "web/asset_names.h"
#include "web/kept_int.h"
#include "web/pages_int.h"

void page_worker(struct web_exchange *exchange)
{
    exchange->parameters[0] = STR(WEB_ASSET_WORKER_JS);
    exchange->parameter_count = 1;
    page_asset(exchange);
    exchange->answer.cache = WEB_CACHE_CHECK;
}

static void list_send(struct web_exchange *exchange, const struct web_document *list)
{
    bool is_exact = str_equal(exchange->query, list->tag);
    web_document_send(exchange, list, is_exact ? WEB_CACHE_FOREVER : WEB_CACHE_CHECK);
}

void page_offline(struct web_exchange *exchange)
{
    if (exchange->site) {
        list_send(exchange, &exchange->site->kept->offline);
    } else {
        web_not_found(exchange);
    }
}

void page_offline_check(struct web_exchange *exchange)
{
    if (exchange->site) {
        list_send(exchange, &exchange->site->kept->offline_check);
    } else {
        web_not_found(exchange);
    }
}
