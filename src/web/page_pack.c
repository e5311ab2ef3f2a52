/*
 * web/page_pack.c - GET /pack/{name}: a compiled policy, "NAME.pack", for the core in the browser.
 *
 * Read first: kept_int.h; src/wasm/wasm.h, which opens it.
 */
#include "web/kept_int.h"
#include "web/pages_int.h"

#define ENDING ".pack"

void page_pack(struct web_exchange *exchange)
{
    struct str file = web_parameter(exchange, 0);
    if (!str_ends(file, STR(ENDING))) {
        web_not_found(exchange);
        return;
    }
    struct str name = str_slice(file, 0, file.len - sizeof ENDING + 1);
    const struct web_kept_policy *policy = web_kept_policy_named(exchange, name);
    if (!policy) {
        web_not_found(exchange);
        return;
    }
    bool is_exact = str_equal(exchange->query, policy->image.tag);
    web_document_send(exchange, &policy->image, is_exact ? WEB_CACHE_FOREVER : WEB_CACHE_CHECK);
}
