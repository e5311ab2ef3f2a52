/*
 * screen/roll_rows.c - gathers and sorts rows. Read first: roll_rows_int.h.
 */
#include "screen/roll_rows_int.h"

#include <assert.h>
#include <string.h>

#define ROWS_AT_FIRST 1024
/* Rows of one range, about. */
#define ROWS_OF_RANGE 2

void roll_rows_room(struct roll_rows *rows, uint32_t room)
{
    assert(rows->room == 0);
    rows->at = ARENA_ARRAY(rows->arena, struct roll_row, (size_t)room + 1);
    rows->room = room;
}

void roll_rows_add(struct roll_rows *rows, uint32_t hash, uint32_t place)
{
    if (rows->count == rows->room) {
        size_t room = rows->room > 0 ? (size_t)rows->room * 2 : ROWS_AT_FIRST;
        rows->at = arena_grow(rows->arena, rows->at, rows->room * sizeof *rows->at,
                              room * sizeof *rows->at);
        rows->room = (uint32_t)room;
    }
    rows->at[rows->count++] = (struct roll_row){hash, place};
}

/* By the bytes of the hash, the lowest first: after four passes the rows stand where they stood. */
void roll_rows_sort(struct roll_rows *rows)
{
    struct roll_row *from = rows->at;
    struct roll_row *to = ARENA_ARRAY(rows->arena, struct roll_row, (size_t)rows->count + 1);
    for (unsigned shift = 0; shift < 32; shift += 8) {
        uint32_t starts[257] = {0};
        for (uint32_t i = 0; i < rows->count; i++) {
            starts[(from[i].hash >> shift & 255) + 1]++;
        }
        for (unsigned value = 0; value < 256; value++) {
            starts[value + 1] += starts[value];
        }
        for (uint32_t i = 0; i < rows->count; i++) {
            to[starts[from[i].hash >> shift & 255]++] = from[i];
        }
        struct roll_row *swapped = from;
        from = to;
        to = swapped;
    }
}

struct roll_table roll_table_make(struct arena *arena, const struct roll_rows *rows)
{
    struct roll_row *copy = ARENA_ARRAY(arena, struct roll_row, (size_t)rows->count + 1);
    if (rows->count > 0) {
        memcpy(copy, rows->at, rows->count * sizeof *copy);
    }
    unsigned width = 1;
    while (width < 24 && ((uint32_t)1 << width) * ROWS_OF_RANGE < rows->count) {
        width++;
    }
    uint32_t shift = 32 - width;
    uint32_t *starts = ARENA_ARRAY(arena, uint32_t, ((size_t)1 << width) + 1);
    uint32_t range = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        for (; range <= rows->at[i].hash >> shift; range++) {
            starts[range] = i;
        }
    }
    for (; range <= (uint32_t)1 << width; range++) {
        starts[range] = rows->count;
    }
    return (struct roll_table){copy, starts, rows->count, shift};
}
