/*
 * web/page_search.c - GET /search?q=&policy=&page=: clauses that hold some words, the words marked.
 *
 * Read first: search_int.h. Within the page of one policy web/assets/policy.js searches as somebody
 * types; this is for all policies, and for a browser without JavaScript.
 */
#include "page/templates.h"
#include "web/clause_view_int.h"
#include "web/frame_int.h"
#include "web/kept_int.h"
#include "web/pages_int.h"

#define RESULTS_A_PAGE ((size_t)10)
#define QUERY_BYTES_MAX ((size_t)400)
#define TEXT_BYTES ((size_t)260)  /* shown of a clause */
#define BEFORE_BYTES ((size_t)90) /* of these at most, before the first word found */
#define PIECES_MAX ((size_t)64)

struct searching {
    struct web_exchange *exchange;
    struct arena *arena;
    struct str query;
    struct web_search_words words;
    const struct shelf_pack *pack; /* NULL: all */
    struct web_founds founds;
    size_t page, page_count; /* from 1 */
};

/* ---- What is shown of a clause --------------------------------------------------------------- */

struct pieces {
    struct page_piece *at;
    size_t count;
};

static void piece_add(struct pieces *pieces, struct str text, bool is_found)
{
    if (!str_is_empty(text) && pieces->count < PIECES_MAX) {
        pieces->at[pieces->count++] = (struct page_piece){.text = text, .is_found = is_found};
    }
}

/* The text from `from` to `to`, in pieces: those that were looked for, and those between. */
static struct pieces pieces_of(const struct searching *search, struct str text, struct str small,
                               size_t from, size_t to)
{
    struct pieces pieces = {.at = ARENA_ARRAY(search->arena, struct page_piece, PIECES_MAX + 2)};
    small = str_slice(small, 0, to);
    while (from < to && pieces.count + 2 < PIECES_MAX) {
        size_t bytes = 0, found = web_search_next(small, &search->words, from, &bytes);
        if (found == STR_NONE) {
            break;
        }
        piece_add(&pieces, str_slice(text, from, found), false);
        piece_add(&pieces, str_slice(text, found, found + bytes), true);
        from = found + bytes;
    }
    piece_add(&pieces, str_slice(text, from, to), false);
    return pieces;
}

/* The beginning of the word in which this byte stands: never inside a character. */
static size_t word_begin(struct str text, size_t at)
{
    while (at > 0 && at < text.len && text.at[at - 1] != ' ') {
        at--;
    }
    return at < text.len ? at : text.len;
}

static struct pieces snippet(const struct searching *search, const struct web_searched *clause)
{
    struct str text = clause->text;
    size_t bytes, first = web_search_next(clause->small_text, &search->words, 0, &bytes);
    first = first == STR_NONE ? 0 : first;
    size_t from = first > BEFORE_BYTES ? word_begin(text, first - BEFORE_BYTES) : 0;
    size_t to = from + TEXT_BYTES < text.len ? word_begin(text, from + TEXT_BYTES) : text.len;
    to = to > first ? to : text.len; /* one word without end */
    struct pieces inside = pieces_of(search, text, clause->small_text, from, to);
    struct pieces all = {.at = ARENA_ARRAY(search->arena, struct page_piece, PIECES_MAX + 2)};
    piece_add(&all, from > 0 ? STR("\xE2\x80\xA6 ") : STR(""), false);
    for (size_t i = 0; i < inside.count; i++) {
        piece_add(&all, inside.at[i].text, inside.at[i].is_found);
    }
    piece_add(&all, to < text.len ? STR("\xE2\x80\xA6") : STR(""), false);
    return all;
}

static struct page_search_result result_of(const struct searching *search,
                                           const struct web_searched *found)
{
    const struct policy_clause *clause = found->clause.clause;
    struct pieces title =
        pieces_of(search, clause->title, found->small_title, 0, clause->title.len);
    struct pieces text = snippet(search, found);
    return (struct page_search_result){.policy = found->pack->document->name,
                                       .key = clause->key.text,
                                       .place = web_clause_place(search->arena, clause),
                                       .title = title.at,
                                       .title_count = title.count,
                                       .text = text.at,
                                       .text_count = text.count,
                                       .policy_title = found->clause.document->title};
}

/* ---- Pages of results ------------------------------------------------------------------------ */

static struct str page_address(const struct searching *search, size_t page)
{
    struct text query = {.arena = search->arena};
    web_form_add(&query, STR("q"), search->query);
    if (search->pack) {
        web_form_add(&query, STR("policy"), search->pack->document->name);
    }
    web_form_add(&query, STR("page"), str_format(search->arena, "%zu", page));
    return str_format(search->arena, "/search?" STR_FMT, STR_ARG(text_str(&query)));
}

static struct html_raw pages(const struct searching *search)
{
    struct html out = html_new(search->arena);
    if (search->page_count < 2) {
        return html_take(&out);
    }
    struct page_pagination_page *all =
        ARENA_ARRAY(search->arena, struct page_pagination_page, search->page_count);
    for (size_t i = 0; i < search->page_count; i++) {
        all[i] = (struct page_pagination_page){.number = str_format(search->arena, "%zu", i + 1),
                                               .href = page_address(search, i + 1),
                                               .is_current = i + 1 == search->page};
    }
    struct page_pagination_args args = {
        .pages = all, .pages_count = search->page_count, .label = STR("Pages of results")};
    if (search->page > 1) {
        args.previous_href = page_address(search, search->page - 1);
    }
    if (search->page < search->page_count) {
        args.next_href = page_address(search, search->page + 1);
    }
    page_pagination(&out, &args);
    return html_take(&out);
}

static struct str sum(const struct searching *search)
{
    size_t count = search->founds.count;
    return count == 0 ? STR("No clause holds all of these words")
                      : str_format(search->arena, "%zu clause%s", count, count == 1 ? "" : "s");
}

/* ---- The page -------------------------------------------------------------------------------- */

static size_t policies_fill(const struct searching *search, struct page_search_policy *policies)
{
    const struct shelf *shelf = search->exchange->site->shelf;
    for (size_t i = 0; i < shelf->count; i++) {
        policies[i] = (struct page_search_policy){.name = shelf->at[i].document->name,
                                                  .title = shelf->at[i].document->title,
                                                  .is_selected = &shelf->at[i] == search->pack};
    }
    return shelf->count;
}

static void show(const struct searching *search)
{
    struct arena *arena = search->arena;
    size_t room = search->exchange->site->shelf->count + 1;
    struct page_search_policy *policies = ARENA_ARRAY(arena, struct page_search_policy, room);
    struct page_search_result *results =
        ARENA_ARRAY(arena, struct page_search_result, RESULTS_A_PAGE);
    size_t count = 0, from = (search->page - 1) * RESULTS_A_PAGE;
    for (size_t i = from; i < search->founds.count && count < RESULTS_A_PAGE; i++) {
        results[count++] = result_of(search, search->founds.at[i].clause);
    }
    struct html main = html_new(arena);
    page_search_main(
        &main, &(struct page_search_main_args){.query = search->query,
                                               .policies = policies,
                                               .policies_count = policies_fill(search, policies),
                                               .has_searched = search->words.count > 0,
                                               .sum = sum(search),
                                               .results = results,
                                               .results_count = count,
                                               .pages = pages(search)});
    web_frame(search->exchange, WEB_OK,
              &(struct web_frame){.title = STR("Search the policies"),
                                  .place = STR("/policies"),
                                  .main = html_take(&main)});
    search->exchange->answer.cache = WEB_CACHE_CHECK;
}

/* The page that was asked for, brought into range. */
static size_t page_number(const struct web_exchange *exchange, size_t page_count)
{
    int64_t page;
    if (!str_to_int(web_form_value(&exchange->arguments, STR("page")), &page) || page < 1) {
        return 1;
    }
    return (uint64_t)page < page_count ? (size_t)page : page_count;
}

/* The whole characters of the query that are looked at. */
static struct str query_cut(struct str query)
{
    size_t to = query.len < QUERY_BYTES_MAX ? query.len : QUERY_BYTES_MAX;
    while (to < query.len && to > 0 && ((unsigned char)query.at[to] & 0xC0) == 0x80) {
        to--;
    }
    return str_slice(query, 0, to);
}

void page_search_results(struct web_exchange *exchange)
{
    struct str query = str_trim(web_form_value(&exchange->arguments, STR("q")));
    struct searching search = {
        .exchange = exchange,
        .arena = exchange->arena,
        .query = query_cut(query),
        .pack = web_pack_named(exchange, web_form_value(&exchange->arguments, STR("policy")))};
    search.words = web_search_words(exchange->arena, search.query);
    search.founds =
        web_search(exchange->arena, &exchange->site->kept->search, &search.words, search.pack);
    size_t count = (search.founds.count + RESULTS_A_PAGE - 1) / RESULTS_A_PAGE;
    search.page_count = count > 0 ? count : 1;
    search.page = page_number(exchange, search.page_count);
    show(&search);
}
