/*
 * web/page_home.c - GET /: what can be done here; GET /policies: the policies.
 *
 * Read first: web/templates/home.html.
 */
#include "page/templates.h"
#include "web/frame_int.h"
#include "web/kept_int.h"
#include "web/pages_int.h"

/* The policies that somebody can ask, or else the law above them. Answers how many. */
static size_t entries_fill(const struct web_exchange *exchange, bool is_asked,
                           struct page_policy_entry *entries)
{
    const struct shelf *shelf = exchange->site->shelf;
    size_t count = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct policy_document *document = shelf->at[i].document;
        if (web_is_asked(shelf, &shelf->at[i]) == is_asked) {
            entries[count++] = (struct page_policy_entry){
                .name = document->name,
                .title = document->title,
                .is_asked = is_asked,
                .text = str_format(exchange->arena, "%zu clause%s%s" STR_FMT,
                                   document->clause_count, document->clause_count == 1 ? "" : "s",
                                   str_is_empty(document->source) ? "" : ". ",
                                   STR_ARG(document->source))};
        }
    }
    return count;
}

static struct page_policy_entry *entries_new(struct web_exchange *exchange)
{
    size_t room = exchange->site->shelf->count + 1;
    return ARENA_ARRAY(exchange->arena, struct page_policy_entry, room);
}

void page_home(struct web_exchange *exchange)
{
    struct page_policy_entry *policies = entries_new(exchange);
    size_t count = entries_fill(exchange, true, policies);
    struct html main = html_new(exchange->arena);
    page_home_main(&main,
                   &(struct page_home_main_args){.policies = policies, .policies_count = count});
    web_frame(exchange, WEB_OK,
              &(struct web_frame){.title = STR("May I post that?"), .main = html_take(&main)});
    exchange->answer.cache = WEB_CACHE_CHECK;
}

void page_policies(struct web_exchange *exchange)
{
    struct page_policy_entry *policies = entries_new(exchange), *laws = entries_new(exchange);
    size_t count = entries_fill(exchange, true, policies);
    size_t law_count = entries_fill(exchange, false, laws);
    struct html main = html_new(exchange->arena);
    page_policies_main(&main, &(struct page_policies_main_args){.policies = policies,
                                                                .policies_count = count,
                                                                .laws = laws,
                                                                .laws_count = law_count});
    web_frame(exchange, WEB_OK,
              &(struct web_frame){
                  .title = STR("Policies"), .place = STR("/policies"), .main = html_take(&main)});
    exchange->answer.cache = WEB_CACHE_CHECK;
}
