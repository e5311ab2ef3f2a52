/*
 * web/page_interview.c - "May I?": which policy, and then one turn after the other.
 *
 * Read first: page/may_i.h, which writes what stands in <main> here and in the browser;
 * web/templates/may_i.html. What must hold: nothing of a form is kept or logged.
 */
#include "page/may_i.h"
#include "page/templates.h"
#include "web/asset_names.h"
#include "web/frame_int.h"
#include "web/interview_int.h"
#include "web/kept_int.h"
#include "web/pages_int.h"
#include "web/today_int.h"

/* The policies that somebody can ask: not the law, which stands over each of them. */
static size_t choices_fill(const struct web_exchange *exchange, struct page_policy_choice *choices)
{
    const struct shelf *shelf = exchange->site->shelf;
    size_t count = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct policy_document *document = shelf->at[i].document;
        if (web_is_asked(shelf, &shelf->at[i]))
            choices[count++] =
                (struct page_policy_choice){.name = document->name, .title = document->title};
    }
    return count;
}

static void choose(struct web_exchange *exchange, const struct page_policy_choice *choices,
                   size_t count, bool is_unknown)
{
    struct html main = html_new(exchange->arena);
    page_choose_policy(&main, &(struct page_choose_policy_args){.choices = choices,
                                                                .choices_count = count,
                                                                .is_unknown = is_unknown});
    web_frame(exchange, is_unknown ? WEB_NOT_FOUND : WEB_OK,
              &(struct web_frame){.title = STR("Which policy is yours?"),
                                  .place = STR("/may-i"),
                                  .main = html_take(&main)});
    exchange->answer.cache = WEB_CACHE_CHECK;
}

bool web_pack_knows(const struct pack *pack, struct str fact, struct str value)
{
    uint32_t index = pack_fact_find(pack, fact);
    return index != PACK_NONE && pack_value_find(pack, index, value) != PACK_NONE;
}

void web_interview_turn(struct web_exchange *exchange, const struct web_kept_policy *policy,
                        struct str form, struct html_raw before)
{
    struct html inside = html_new(exchange->arena), main = html_new(exchange->arena);
    struct str title = page_may_i(&inside, &policy->pack->pack, form, web_today());
    page_interview_place(&main,
                         &(struct page_interview_place_args){
                             .core = STR(WEB_ASSET_HANDRAIL_WASM),
                             .pack = web_pack_address(exchange->arena, policy),
                             .worker = STR("/worker.js"),
                             .offline = web_offline_address(exchange->arena, exchange->site->kept),
                             .inside = html_take(&inside)});
    web_frame(exchange, WEB_OK,
              &(struct web_frame){.title = title,
                                  .place = STR("/may-i"),
                                  .before = before,
                                  .main = html_take(&main),
                                  .script = STR(WEB_ASSET_HANDRAIL_JS)});
}

void page_interview(struct web_exchange *exchange)
{
    bool is_post = exchange->method == WEB_POST;
    struct str name =
        web_form_value(is_post ? &exchange->form : &exchange->arguments, STR("policy"));
    const struct web_kept_policy *policy = web_kept_policy_named(exchange, name);
    struct page_policy_choice *choices =
        ARENA_ARRAY(exchange->arena, struct page_policy_choice, exchange->site->shelf->count + 1);
    size_t count = choices_fill(exchange, choices);
    if (policy == NULL && count == 1)
        policy = web_kept_policy_named(exchange, choices[0].name);
    if (policy == NULL) {
        choose(exchange, choices, count, !str_is_empty(name));
        return;
    }
    web_interview_turn(exchange, policy, is_post ? exchange->body : (struct str){0},
                       (struct html_raw){0});
    exchange->answer.cache = is_post ? WEB_CACHE_NONE : WEB_CACHE_CHECK;
}
