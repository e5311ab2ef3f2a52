/*
 * page/reasons.c - see reasons.h.
 */
#include "page/reasons.h"

struct page_reason_row page_reason_row_of(struct arena *arena, const struct pack *pack,
                                          const struct answer_block *block)
{
    struct page_reason *reasons = ARENA_ARRAY(arena, struct page_reason, block->count + 1);
    struct page_point *points = ARENA_ARRAY(arena, struct page_point, block->count + 1);
    size_t count = 0, point_count = 0;
    for (size_t i = 0; i < block->count; i++) {
        const struct answer_line *line = &block->lines[i];
        if (line->level == ANSWER_LEVEL_POINT && count != 0) {
            struct page_reason *reason = &reasons[count - 1];
            if (reason->points_count == 0)
                reason->points = &points[point_count];
            points[point_count++].text = line->text;
            reason->points_count++;
            continue;
        }
        reasons[count++] = (struct page_reason){
            .text = line->text,
            .clause = line->clause == PACK_NONE ? (struct str){0}
                                                : pack_text(pack, pack->clause[line->clause].key),
            .citation = line->citation};
    }
    return (struct page_reason_row){
        .word = block->label, .reasons = reasons, .reasons_count = count};
}
