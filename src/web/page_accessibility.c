/*
 * web/page_accessibility.c - GET /accessibility: what can be used by whom, and what is not good
 * enough yet.
 *
 * What must hold: it says what has been tested and no more. Change it with the tests.
 */
#include "page/templates.h"
#include "web/frame_int.h"
#include "web/pages_int.h"

void page_accessibility(struct web_exchange *exchange)
{
    struct html main = html_new(exchange->arena);
    page_accessibility_main(
        &main, &(struct page_accessibility_main_args){.version = exchange->site->version});
    web_frame(exchange, WEB_OK,
              &(struct web_frame){.title = STR("Accessibility"),
                                  .place = STR("/accessibility"),
                                  .main = html_take(&main)});
    exchange->answer.cache = WEB_CACHE_CHECK;
}
