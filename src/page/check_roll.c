/*
 * page/check_roll.c - what was read of a roll. Read first: check.h, screen/roll.h.
 *
 * What must hold: a message shows where the roll is wrong; the roll is somebody else's text, so it
 * is escaped like any other.
 */
#include "page/check_int.h"

#define LINES_SHOWN_MAX 20

static struct str sum_words(struct arena *arena, const struct screen_roll *roll)
{
    size_t counts[SCREEN_PERSON_KIND_COUNT] = {0};
    uint32_t people = screen_roll_count(roll);
    for (uint32_t i = 0; i < people; i++) {
        counts[screen_roll_person(roll, i)->kind]++;
    }
    if (people == 0) {
        return (struct str){0};
    }
    return str_format(arena, "%u %s known now: pupils %zu, staff %zu, parents and carers %zu.",
                      people, people == 1 ? "person is" : "people are", counts[SCREEN_PERSON_PUPIL],
                      counts[SCREEN_PERSON_STAFF], counts[SCREEN_PERSON_PARENT]);
}

void page_check_roll(struct html *out, const struct screen_roll *roll,
                     const struct diag_list *diags)
{
    struct arena *arena = out->out.arena;
    size_t count = diags->count < LINES_SHOWN_MAX ? diags->count : LINES_SHOWN_MAX;
    struct page_check_roll_line *lines = ARENA_ARRAY(arena, struct page_check_roll_line, count + 1);
    for (size_t i = 0; i < count; i++) {
        lines[i] = (struct page_check_roll_line){.line = diags->items[i].line,
                                                 .message = diags->items[i].message,
                                                 .hint = diags->items[i].hint};
    }
    page_check_roll_read(out, &(struct page_check_roll_read_args){
                                  .sum = sum_words(arena, roll),
                                  .lines = lines,
                                  .lines_count = count,
                                  .more = (int64_t)(diags->count - count + diags->dropped)});
}
