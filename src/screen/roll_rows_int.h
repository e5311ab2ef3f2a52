/*
 * screen/roll_rows_int.h - rows that are found by a hash.
 *
 * Start at: roll_table_make. Rows stand sorted by hash; a table of where each range of hashes
 * begins
 * leads to the right ones, so that a look-up reads two or three rows however many there are.
 *
 * What must hold: hashes are spread evenly (screen_hash() of draft_int.h).
 */
#ifndef HANDRAIL_SCREEN_ROLL_ROWS_INT_H
#define HANDRAIL_SCREEN_ROLL_ROWS_INT_H

#include "base/arena.h"

#include <stdint.h>

/* So many rows are read one after the other. */
#define ROLL_ROWS_NEAR 8

struct roll_row {
    uint32_t hash, place;
};

struct roll_table {
    const struct roll_row *rows;
    const uint32_t *starts; /* of each range, and the end behind the last */
    uint32_t count, shift;  /* a hash is brought to its range by the shift */
};

/* Rows while they are gathered; begin with `{.arena = arena}`. */
struct roll_rows {
    struct arena *arena;
    struct roll_row *at;
    uint32_t count, room;
};

/* Makes room for so many at once, before the first is added. */
void roll_rows_room(struct roll_rows *rows, uint32_t room);
void roll_rows_add(struct roll_rows *rows, uint32_t hash, uint32_t place);
/* Sorts by hash; what has the same hash keeps its order. */
void roll_rows_sort(struct roll_rows *rows);

/* A copy of sorted rows in the arena, ready to be searched. */
struct roll_table roll_table_make(struct arena *arena, const struct roll_rows *rows);

/* The first row of at least this hash; `count` when there is none. */
static inline uint32_t roll_table_find(const struct roll_table *table, uint32_t hash)
{
    uint32_t range = hash >> table->shift;
    uint32_t low = table->starts[range];
    uint32_t high = table->starts[range + 1];
    while (high - low > ROLL_ROWS_NEAR) { /* many have one hash */
        uint32_t middle = low + (high - low) / 2;
        if (table->rows[middle].hash < hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while (low < high && table->rows[low].hash < hash) {
        low++;
    }
    return low;
}

#endif
