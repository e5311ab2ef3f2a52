/*
 * web/page_policy.c - GET /policy/{pack}: the whole policy. Read first: document_int.h, kept_int.h.
 */
#include "web/kept_int.h"
#include "web/pages_int.h"

void page_policy(struct web_exchange *exchange)
{
    const struct web_kept_policy *policy =
        web_kept_policy_named(exchange, web_parameter(exchange, 0));
    if (!policy) {
        web_not_found(exchange);
        return;
    }
    web_document_send(exchange, &policy->page, WEB_CACHE_CHECK);
}
