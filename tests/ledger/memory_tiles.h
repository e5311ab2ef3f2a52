/*
 * tests/ledger/memory_tiles.h - a ledger's tiles in memory, for tests, fuzzing and the benchmark.
 *
 * Start at: memory_tiles_append, then memory_tiles_reader.
 */
#ifndef HANDRAIL_TESTS_LEDGER_MEMORY_TILES_H
#define HANDRAIL_TESTS_LEDGER_MEMORY_TILES_H

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "ledger/tile.h"

/* The hashes of each level one after the other; a tile is a part of such a row. */
struct memory_tiles {
    struct arena *arena;
    struct tree_frontier frontier;
    struct {
        struct tree_hash *at;
        size_t count, room;
    } levels[TILE_LEVELS_MAX];
    size_t reads;
};

static inline void memory_tiles_append(struct memory_tiles *tiles, const struct tree_hash *leaf)
{
    struct tree_tops tops;
    tree_frontier_append(&tiles->frontier, leaf, &tops);
    for (size_t k = 0; k < tops.count; k++) {
        if (tiles->levels[k].count == tiles->levels[k].room) {
            size_t room = tiles->levels[k].room > 0 ? 2 * tiles->levels[k].room : 64;
            tiles->levels[k].at = (struct tree_hash *)arena_grow(
                tiles->arena, tiles->levels[k].at, tiles->levels[k].room * TREE_HASH_BYTES,
                room * TREE_HASH_BYTES);
            tiles->levels[k].room = room;
        }
        tiles->levels[k].at[tiles->levels[k].count++] = tops.at[k];
    }
}

/* Leaf number `index` of the ledgers of tests: the hash of "entry N". */
static inline struct tree_hash memory_tiles_leaf(uint64_t index)
{
    char entry[40];
    int bytes = snprintf(entry, sizeof(entry), "entry %" PRIu64, index);
    return tree_hash_leaf((struct str){entry, (size_t)bytes});
}

static inline void memory_tiles_grow(struct memory_tiles *tiles, uint64_t size)
{
    while (tiles->frontier.size < size) {
        struct tree_hash leaf = memory_tiles_leaf(tiles->frontier.size);
        memory_tiles_append(tiles, &leaf);
    }
}

MUST_USE static inline struct result memory_tiles_read(void *context, struct tile tile,
                                                       struct tree_hash out[TILE_WIDTH])
{
    struct memory_tiles *tiles = context;
    size_t from = (size_t)tile.index * TILE_WIDTH;
    tiles->reads++;
    if (from + tile.width > tiles->levels[tile.level].count) {
        return result_fail(RESULT_CODE_MISSING, "There is no such tile", STR(""));
    }
    memcpy(out, tiles->levels[tile.level].at + from, tile.width * sizeof(*out));
    return RESULT_OK;
}

static inline struct tree_reader memory_tiles_reader(struct memory_tiles *tiles)
{
    return (struct tree_reader){tiles, memory_tiles_read};
}

#endif
