/*
 * ledger/tree.h - the tree of hashes that binds the ledger's entries, and proofs in it.
 *
 * RFC 6962, section 2.1: a leaf is SHA-256 over 0x00 and the entry, a node SHA-256 over 0x01 and
 * its two children; a tree of any size is split at the largest power of two below that size. RFC
 * 9162, sections 2.1.3 and 2.1.4, says how proofs are verified. Who knows the root of a size knows
 * all entries up to there and their order.
 *
 * Start at: tree_frontier_append and tree_frontier_root to grow or to check a tree;
 * tree_inclusion_verify, tree_consistency_verify. Proofs are made in ledger/tile.h.
 *
 * What must hold
 * - Everything here is pure: no memory, no clock, no input or output.
 * - A proof is of exactly the length that index and size call for: one that is longer, shorter or
 *   otherwise than the only right one is refused.
 */
#ifndef HANDRAIL_LEDGER_TREE_H
#define HANDRAIL_LEDGER_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"
#include "base/sha256.h"
#include "base/str.h"

#define TREE_HASH_BYTES SHA256_BYTES

/* Sizes are below 2^63, so that they fit a whole number of SQL. */
#define TREE_SIZE_MAX ((uint64_t)INT64_MAX)

/* Complete subtrees at the right edge of a tree: one at most for each bit of its size. */
#define TREE_EDGE_HASHES_MAX 63

/* Hashes of one proof: 63 for an inclusion, one more for a consistency. */
#define TREE_PROOF_HASHES_MAX 64

/* One new entry completes a subtree of 1, 256, 256^2 ... 256^7 leaves: see ledger/tile.h. */
#define TREE_TOPS_MAX 8

struct tree_hash {
    unsigned char bytes[TREE_HASH_BYTES];
};

bool tree_hash_equal(const struct tree_hash *a, const struct tree_hash *b);

/* Of an entry, as its bytes stand in the ledger. */
struct tree_hash tree_hash_leaf(struct str entry);

struct tree_hash tree_hash_node(const struct tree_hash *left, const struct tree_hash *right);

/* The root of a tree without entries: SHA-256 of nothing. */
struct tree_hash tree_hash_empty(void);

/*
 * The right edge of a tree, which is all that is needed to make it longer: the complete subtrees
 * into which it falls. Begin with {0}, the empty tree, or with tree_frontier_read. To check a
 * whole ledger, append its leaves one after the other and compare the root.
 */
struct tree_frontier {
    uint64_t size; /* leaves */
    /* [level]: of 2^level leaves; only where that bit of size is set. The highest is leftmost. */
    struct tree_hash hashes[TREE_EDGE_HASHES_MAX];
};

/*
 * The hashes that an append adds to the tiles: at[0], the leaf, to level 0; at[k], the complete
 * subtree of 256^k leaves that ends with it, to level k. On its level such a hash has the number
 * (size after the append >> 8k) - 1.
 */
struct tree_tops {
    size_t count; /* at least 1 */
    struct tree_hash at[TREE_TOPS_MAX];
};

/* One leaf more; the size must be below TREE_SIZE_MAX. `tops` may be NULL. */
void tree_frontier_append(struct tree_frontier *frontier, const struct tree_hash *leaf,
                          struct tree_tops *tops);

struct tree_hash tree_frontier_root(const struct tree_frontier *frontier);

/*
 * As bytes: the size in 8 (the highest first), then the hash of each subtree from the left, 32
 * each. Answers how many there are.
 */
#define TREE_FRONTIER_BYTES_MAX (8 + TREE_EDGE_HASHES_MAX * TREE_HASH_BYTES)
size_t tree_frontier_write(const struct tree_frontier *frontier,
                           unsigned char out[TREE_FRONTIER_BYTES_MAX]);

/* CORRUPT when the bytes are not of the length that their size calls for, or it is too large. */
MUST_USE struct result tree_frontier_read(struct str bytes, struct tree_frontier *out);

/* Inclusion: siblings from the leaf up. Consistency: as RFC 6962, section 2.1.2, orders them. */
struct tree_proof {
    size_t count;
    struct tree_hash hashes[TREE_PROOF_HASHES_MAX];
};

/* Whether the proof shows that `leaf` is the entry number `index` (from 0) of the tree. */
MUST_USE bool tree_inclusion_verify(const struct tree_proof *proof, uint64_t index, uint64_t size,
                                    const struct tree_hash *leaf, const struct tree_hash *root);

/* For showing a proof of inclusion: whether its sibling number `step` stands on the left. */
bool tree_inclusion_is_left(uint64_t index, uint64_t size, size_t step);

/*
 * Whether the proof shows that the new tree begins with the whole old one. With an old size of 0,
 * or two equal sizes, the right proof has no hashes.
 */
MUST_USE bool tree_consistency_verify(const struct tree_proof *proof, uint64_t old_size,
                                      uint64_t new_size, const struct tree_hash *old_root,
                                      const struct tree_hash *new_root);

#endif
