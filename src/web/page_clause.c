/*
 * web/page_clause.c - GET /policy/{pack}/clause/{key}: one clause of a policy, or of the law above
 * it.
 *
 * Read first: clause_view_int.h, document_int.h.
 */
#include "web/clause_view_int.h"
#include "web/document_int.h"
#include "web/frame_int.h"
#include "web/kept_int.h"
#include "web/pages_int.h"

static struct str clause_address(struct arena *arena, const struct shelf_pack *pack,
                                 const struct web_clause *clause)
{
    return str_format(arena, "/policy/" STR_FMT "/clause/" STR_FMT, STR_ARG(pack->document->name),
                      STR_ARG(clause->clause->key.text));
}

/* Links to the clauses before and after. */
static struct html_raw around(struct arena *arena, const struct shelf_pack *pack,
                              const struct web_clauses *clauses, size_t at)
{
    struct page_pagination_args args = {.label = STR("Clauses before and after")};
    if (at > 0) {
        const struct web_clause *previous = &clauses->at[at - 1];
        args.previous_href = clause_address(arena, pack, previous);
        args.previous_text = STR("Previous clause");
        args.previous_label = previous->clause->title;
    }
    if (at + 1 < clauses->count) {
        const struct web_clause *next = &clauses->at[at + 1];
        args.next_href = clause_address(arena, pack, next);
        args.next_text = STR("Next clause");
        args.next_label = next->clause->title;
    }
    struct html out = html_new(arena);
    page_pagination(&out, &args);
    return html_take(&out);
}

static struct html_raw crumbs(struct arena *arena, const struct shelf_pack *pack,
                              const struct web_clause *clause)
{
    const struct page_crumb items[] = {
        {.text = STR("Policies"), .href = STR("/policies")},
        {.text = pack->document->title,
         .href = str_format(arena, "/policy/" STR_FMT, STR_ARG(pack->document->name))},
        {.text = clause->clause->key.text},
    };
    struct html out = html_new(arena);
    page_breadcrumbs(&out, &(struct page_breadcrumbs_args){
                               .items = items, .items_count = sizeof items / sizeof items[0]});
    return html_take(&out);
}

static void clause_show(struct web_exchange *exchange, const struct shelf_pack *pack,
                        const struct web_clauses *clauses, size_t at)
{
    struct arena *arena = exchange->arena;
    const struct web_clause *clause = &clauses->at[at];
    struct page_clause_view view = web_clause_view(arena, pack, clause->clause);
    struct html main = html_new(arena);
    page_clause_main(&main, &(struct page_clause_main_args){
                                .clause = view,
                                .policy_title = pack->document->title,
                                .prevails = clause->document->prevails,
                                .is_asked = web_is_asked(exchange->site->shelf, pack),
                                .is_law = clause->is_law,
                                .around = around(arena, pack, clauses, at)});
    web_frame(exchange, WEB_OK,
              &(struct web_frame){.title = str_format(arena, STR_FMT ", " STR_FMT,
                                                      STR_ARG(view.title), STR_ARG(view.key)),
                                  .place = STR("/policies"),
                                  .before = crumbs(arena, pack, clause),
                                  .main = html_take(&main)});
    exchange->answer.cache = WEB_CACHE_CHECK;
}

void page_clause(struct web_exchange *exchange)
{
    const struct shelf_pack *pack = web_pack_named(exchange, web_parameter(exchange, 0));
    if (!pack) {
        web_not_found(exchange);
        return;
    }
    struct web_clauses clauses = web_clauses_of(exchange->arena, pack);
    size_t at = web_clause_find(&clauses, web_parameter(exchange, 1));
    if (at == STR_NONE) {
        web_not_found(exchange);
        return;
    }
    clause_show(exchange, pack, &clauses, at);
}
