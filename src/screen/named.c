/*
 * screen/named.c - whether somebody of the roll is named at a place. Read first: named_int.h.
 */
#include "screen/named_int.h"

bool screen_is_named(const struct screen_work *work, uint32_t first, uint32_t last, uint32_t but)
{
    const struct screen_token *tokens = work->draft->tokens;
    for (size_t i = 0; i < work->found_count; i++) {
        const struct screen_finding *found = &work->found[i];
        bool is_name = found->kind == SCREEN_PUPIL_NAMED || found->kind == SCREEN_STAFF_NAMED ||
                       found->kind == SCREEN_PARENT_NAMED;
        bool is_there = found->start < tokens[last].end && tokens[first].start < found->end;
        bool is_other = found->start < tokens[but].end && tokens[but].start < found->end;
        if (is_name && is_there && !is_other && found->confidence >= SCREEN_SHOWN) {
            return true;
        }
    }
    return false;
}
