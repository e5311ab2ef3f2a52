/*
 * ledger/tile.h - the tree stored and published as tiles, and proofs made from them.
 *
 * C2SP tlog-tiles (https://c2sp.org/tlog-tiles): a tile is up to 256 consecutive hashes of one
 * level. On level 0 they are leaves; on level k the roots of full tiles of level k - 1, so each
 * stands for 256^k leaves. A full tile never changes; the last of a level may be partial and only
 * becomes longer. Bundles of entries are cut like the tiles of level 0.
 *
 * Read first: ledger/tree.h. Start at: tile_growth to store what an append changed, struct
 * tree_reader and tile_inclusion_prove to answer questions.
 *
 * What must hold
 * - A proof is made of what the reader gives, which may be damaged. Verify a proof against the
 *   signed root before it is handed out.
 */
#ifndef HANDRAIL_LEDGER_TILE_H
#define HANDRAIL_LEDGER_TILE_H

#include "ledger/tree.h"

#define TILE_HEIGHT 8 /* levels of the tree that one tile spans */
#define TILE_WIDTH 256
#define TILE_BYTES_MAX (TILE_WIDTH * TREE_HASH_BYTES)
#define TILE_LEVELS_MAX 8

/* Bytes of one entry, whose length is written in 16 bits. */
#define TILE_ENTRY_BYTES_MAX 65535

/* Bytes of a path, tile/entries/... with seven groups of digits and a width. */
#define TILE_PATH_BYTES_MAX 64

struct tile {
    unsigned level; /* 0 to TILE_LEVELS_MAX - 1 */
    uint64_t index; /* on its level, from the left */
    unsigned width; /* hashes: 1 to TILE_WIDTH; below TILE_WIDTH it is partial */
};

/* Hashes that this tile has in a tree of that size: 0 (there is none) to TILE_WIDTH. */
unsigned tile_width(uint64_t tree_size, unsigned level, uint64_t index);

/*
 * Which tiles become new or longer when the tree grows. Level by level, from the left; those of
 * level 0 name the bundles of entries too.
 *
 *     struct tile_growth growth = {.from = 70000, .to = 70400};
 *     while (tile_growth_next(&growth, &tile)) ...
 */
struct tile_growth {
    uint64_t from, to; /* sizes; from <= to */
    unsigned level;    /* where it goes on; begin with 0 */
    uint64_t index;    /* where it goes on, when has_begun */
    bool has_begun;
};

/* False when there is none left. */
bool tile_growth_next(struct tile_growth *growth, struct tile *tile);

/* tile/0/x001/067, tile/1/000.p/4; tile/entries/x001/067 (the level must then be 0). */
struct str tile_path(struct arena *arena, struct tile tile);
struct str tile_entries_path(struct arena *arena, struct tile tile);

/* The way back, in this one form only. False, and nothing set, for anything else. */
MUST_USE bool tile_path_read(struct str path, struct tile *tile, bool *is_entries);

/* A bundle of entries: each with its length before it, in 16 bits, the higher byte first. */
void tile_entries_add(struct text *bundle, struct str entry);

/* Exactly `width` entries, which borrow from the bundle. CORRUPT when it holds anything else. */
MUST_USE struct result tile_entries_read(struct str bundle, unsigned width,
                                         struct str out[TILE_WIDTH]);

/* Where hashes come from: a table, a folder, another machine. */
struct tree_reader {
    void *context;
    /* The first tile.width hashes of the tile; more may be written when a longer one is stored. */
    struct result (*read)(void *context, struct tile tile, struct tree_hash out[TILE_WIDTH]);
};

/* The root of the first `size` leaves, and the edge to append to. */
MUST_USE struct result tile_root(const struct tree_reader *reader, uint64_t size,
                                 struct tree_hash *out);
MUST_USE struct result tile_frontier(const struct tree_reader *reader, uint64_t size,
                                     struct tree_frontier *out);

/* That entry `index` stands in the tree of `size`. INVALID when index is not below size. */
MUST_USE struct result tile_inclusion_prove(const struct tree_reader *reader, uint64_t index,
                                            uint64_t size, struct tree_proof *out);

/* That the tree of new_size begins with that of old_size. INVALID when it is the smaller one. */
MUST_USE struct result tile_consistency_prove(const struct tree_reader *reader, uint64_t old_size,
                                              uint64_t new_size, struct tree_proof *out);

#endif
