/*
 * web/page_about.c - GET /about: the version, what is stored, where the policies come from, and
 * what Handrail is made with.
 *
 * What must hold: every library that the program links and every package whose style it carries is
 * in the table, with its licence.
 */
#include "page/templates.h"
#include "web/frame_int.h"
#include "web/pages_int.h"

static const struct page_about_part carried_parts[] = {
    {STR_INIT("GOV.UK Frontend"),
     STR_INIT("the look of the parts of a page, in colours of our own"),
     STR_INIT("MIT, Crown copyright, Government Digital Service")},
    {STR_INIT("MOJ Frontend"), STR_INIT("more parts of a page"),
     STR_INIT("MIT, Crown copyright, Ministry of Justice")},
    {STR_INIT("GNU libmicrohttpd"), STR_INIT("reads requests and writes answers"),
     STR_INIT("LGPL 2.1 or later")},
    {STR_INIT("MD4C"), STR_INIT("reads the Markdown of clauses"), STR_INIT("MIT")},
    {STR_INIT("zlib, Brotli"), STR_INIT("make pages small for the way"),
     STR_INIT("zlib licence, MIT")},
    {STR_INIT("wasi-libc"), STR_INIT("the C library of the part that runs in the browser"),
     STR_INIT("MIT, Apache 2.0 with LLVM exceptions")},
};

void page_about(struct web_exchange *exchange)
{
    const struct shelf *shelf = exchange->site->shelf;
    struct page_about_policy *policies =
        ARENA_ARRAY(exchange->arena, struct page_about_policy, shelf->count + 1);
    for (size_t i = 0; i < shelf->count; i++) {
        const struct policy_document *document = shelf->at[i].document;
        policies[i] = (struct page_about_policy){.name = document->name,
                                                 .title = document->title,
                                                 .source = document->source,
                                                 .notice = document->notice};
    }
    struct html main = html_new(exchange->arena);
    page_about_main(&main, &(struct page_about_main_args){
                               .version = exchange->site->version,
                               .policies = policies,
                               .policies_count = shelf->count,
                               .carried = carried_parts,
                               .carried_count = sizeof carried_parts / sizeof carried_parts[0]});
    web_frame(exchange, WEB_OK,
              &(struct web_frame){.title = STR("About Handrail"),
                                  .place = STR("/about"),
                                  .main = html_take(&main)});
    exchange->answer.cache = WEB_CACHE_CHECK;
}
