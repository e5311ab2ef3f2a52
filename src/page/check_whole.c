/*
 * page/check_whole.c - what a policy says of a draft as a whole. Read first: check_int.h;
 * interview/answer_text.h, which puts the answer into sentences.
 */
#include "page/check_int.h"

#include "interview/answer_text.h"
#include "page/reasons.h"

/*
 * What can decide. Of what is open only that clauses contradict each other: what is not answered
 * yet, the questions say.
 */
static bool is_reason(const struct check_page *page, enum answer_part part)
{
    return part == ANSWER_PART_PROTECTED || part == ANSWER_PART_BECAUSE ||
           (part == ANSWER_PART_OPEN && page->answer->overall->conflict_count > 0) ||
           part == ANSWER_PART_APPROVAL || part == ANSWER_PART_ASK || part == ANSWER_PART_DUTY;
}

/* Not what stands elsewhere on the page, or is asked by "May I?". */
static bool has_place(const struct check_page *page, enum answer_part part)
{
    return is_reason(page, part) || part == ANSWER_PART_INSTEAD || part == ANSWER_PART_ALSO ||
           part == ANSWER_PART_PRESUMED || part == ANSWER_PART_NOTE;
}

/* Whether what was found explains the verdict by itself. */
static bool is_explained(const struct check_page *page)
{
    for (size_t i = 0; i < page->shown_count; i++) {
        if (page->shown[i]->level == (uint32_t)page->answer->verdict) {
            return true;
        }
    }
    return false;
}

struct html_raw check_whole_render(const struct check_page *page)
{
    struct html out = html_new(page->arena);
    const struct decide_answer *overall = page->answer->overall;
    if (overall == NULL) {
        return html_take(&out);
    }
    struct answer_text *text = answer_text_make(page->arena, overall, STR("-"));
    struct page_reason_row *rows =
        ARENA_ARRAY(page->arena, struct page_reason_row, text->count + 1);
    size_t count = 0;
    bool has_reason = false;
    for (size_t i = 0; i < text->count; i++) {
        enum answer_part part = text->blocks[i].part;
        if (has_place(page, part)) {
            rows[count++] = page_reason_row_of(page->arena, page->pack, &text->blocks[i]);
            has_reason |= is_reason(page, part);
        }
    }
    page_check_whole(&out,
                     &(struct page_check_whole_args){
                         .policy = pack_name(page->pack),
                         .taken = answer_text_given(page->arena, page->answer->question, 0),
                         .rows = rows,
                         .rows_count = count,
                         .is_open = has_reason && page->shown_count > 0 && !is_explained(page)});
    return html_take(&out);
}
