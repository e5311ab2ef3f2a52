/*
 * web/page_health.c - GET /health says "ok": for whoever watches whether the server lives.
 *
 * A worker answers it, so that it is silent when the workers are stuck.
 */
#include "web/pages_int.h"

void page_health(struct web_exchange *exchange)
{
    text_add(web_text(exchange, WEB_OK), STR("ok\n"));
}
