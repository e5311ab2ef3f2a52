/*
 * page/check_draft.c - the draft with its findings marked. Read first: check_int.h.
 *
 * Findings may overlap and lie inside each other. So the draft is cut wherever one begins or ends;
 * each piece then lies in the same findings from its first byte to its last.
 *
 * What must hold: the pieces together are the draft, and each number stands once, where its finding
 * ends.
 */
#include "page/check_int.h"

#include <assert.h>
#include <stdlib.h>

struct edges { /* offsets in the draft, each once, in order */
    uint32_t *at;
    size_t count;
};

static int by_offset(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

static struct edges edges_find(const struct check_page *page)
{
    struct edges edges = {.at = ARENA_ARRAY(page->arena, uint32_t, page->shown_count * 2 + 2)};
    edges.at[edges.count++] = 0;
    edges.at[edges.count++] = (uint32_t)page->text.len;
    for (size_t i = 0; i < page->shown_count; i++) {
        const struct screen_finding *finding = page->shown[i]->finding;
        assert(finding->start <= finding->end && finding->end <= page->text.len);
        edges.at[edges.count++] = finding->start;
        edges.at[edges.count++] = finding->end;
    }
    qsort(edges.at, edges.count, sizeof *edges.at, by_offset);
    size_t kept = 0;
    for (size_t i = 0; i < edges.count; i++) {
        if (kept == 0 || edges.at[kept - 1] != edges.at[i]) {
            edges.at[kept++] = edges.at[i];
        }
    }
    edges.count = kept;
    return edges;
}

static struct page_check_piece piece_make(const struct check_page *page, uint32_t from, uint32_t to)
{
    struct page_check_number *numbers =
        ARENA_ARRAY(page->arena, struct page_check_number, page->shown_count + 1);
    struct page_check_piece piece = {.text = str_slice(page->text, from, to), .numbers = numbers};
    uint32_t level = PACK_LEVEL_NOT_COVERED;
    size_t covering = 0;
    for (size_t i = 0; i < page->shown_count; i++) {
        const struct screen_finding *finding = page->shown[i]->finding;
        if (finding->start > from || finding->end < to || finding->start == finding->end) {
            continue;
        }
        covering++;
        uint32_t own = check_shown_level(page->shown[i]);
        level = own > level ? own : level;
        if (finding->end == to) {
            numbers[piece.numbers_count++] = (struct page_check_number){
                .number = (int64_t)i + 1, .slug = pack_level_name((enum pack_level)own)};
        }
    }
    piece.is_found = covering > 0;
    piece.is_several = covering > 1;
    piece.slug = pack_level_name((enum pack_level)level);
    return piece;
}

struct html_raw check_draft_render(const struct check_page *page, struct str title)
{
    struct edges edges = edges_find(page);
    struct page_check_piece *pieces =
        ARENA_ARRAY(page->arena, struct page_check_piece, edges.count + 1);
    size_t count = 0;
    for (size_t i = 0; i + 1 < edges.count; i++) {
        pieces[count++] = piece_make(page, edges.at[i], edges.at[i + 1]);
    }
    struct html out = html_new(page->arena);
    page_check_marked(&out, &(struct page_check_marked_args){
                                .title = title, .pieces = pieces, .pieces_count = count});
    return html_take(&out);
}
