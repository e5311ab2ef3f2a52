/*
 * policy/list_int.h - arrays that grow in an arena, for the many lists of the tree.
 *
 * Start at: LIST_ADD. What must hold: such a list is only ever extended at its end, by LIST_ADD;
 * its capacity follows from its count (4, then doubling), so that the tree needs no
 * capacity fields.
 * Growing may move the list: a pointer to an element is good until the next LIST_ADD.
 */
#ifndef HANDRAIL_POLICY_LIST_INT_H
#define HANDRAIL_POLICY_LIST_INT_H

#include "base/arena.h"

#define LIST_COUNT_FIRST ((size_t)4)

/* Room for one more after `count` elements of `size` bytes. */
static inline void *list_room(struct arena *arena, void *items, size_t count, size_t size)
{
    if (count == 0) {
        return arena_alloc(arena, arena_array_bytes(LIST_COUNT_FIRST, size));
    }
    if (count < LIST_COUNT_FIRST || (count & (count - 1)) != 0) {
        return items;
    }
    return arena_grow(arena, items, arena_array_bytes(count, size),
                      arena_array_bytes(count * 2, size));
}

/* The address of one new, zeroed element at the end of the list `items` with its `count`. */
#define LIST_ADD(arena, items, count)                                                              \
    ((items) = list_room((arena), (items), (count), sizeof *(items)), &(items)[(count)++])

#endif
