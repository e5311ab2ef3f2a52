/*
 * ledger/tree.c - hashes of the tree, its right edge, and proofs verified.
 *
 * Read first: ledger/tree.h; RFC 6962, section 2.1; RFC 9162, sections 2.1.3.2 and 2.1.4.2, whose
 * names (fn, sn, fr, sr) are kept in the two verifiers.
 * Start at: tree_frontier_append.
 */
#include "ledger/tree.h"

#include <assert.h>
#include <string.h>

static const unsigned char leaf_prefix = 0x00, node_prefix = 0x01;

bool tree_hash_equal(const struct tree_hash *a, const struct tree_hash *b)
{
    return memcmp(a->bytes, b->bytes, TREE_HASH_BYTES) == 0;
}

struct tree_hash tree_hash_leaf(struct str entry)
{
    struct tree_hash hash;
    struct sha256 state = sha256_begin();
    sha256_add(&state, &leaf_prefix, 1);
    sha256_add(&state, entry.at, entry.len);
    sha256_end(&state, hash.bytes);
    return hash;
}

struct tree_hash tree_hash_node(const struct tree_hash *left, const struct tree_hash *right)
{
    unsigned char input[1 + 2 * TREE_HASH_BYTES];
    struct tree_hash hash;
    input[0] = node_prefix;
    memcpy(input + 1, left->bytes, TREE_HASH_BYTES);
    memcpy(input + 1 + TREE_HASH_BYTES, right->bytes, TREE_HASH_BYTES);
    sha256(input, sizeof(input), hash.bytes);
    return hash;
}

struct tree_hash tree_hash_empty(void)
{
    struct tree_hash hash;
    sha256(NULL, 0, hash.bytes);
    return hash;
}

static bool has_bit(uint64_t number, unsigned bit)
{
    return (number >> bit & 1) != 0;
}

void tree_frontier_append(struct tree_frontier *frontier, const struct tree_hash *leaf,
                          struct tree_tops *tops)
{
    assert(frontier->size < TREE_SIZE_MAX);
    struct tree_hash hash = *leaf;
    unsigned level = 0;
    if (tops) {
        tops->at[0] = hash;
        tops->count = 1;
    }
    /* Two subtrees of a level become one of the next, as a carry goes through a sum. */
    while (has_bit(frontier->size, level)) {
        hash = tree_hash_node(&frontier->hashes[level], &hash);
        level++;
        if (tops && level % 8 == 0) {
            tops->at[tops->count++] = hash;
        }
    }
    frontier->hashes[level] = hash;
    frontier->size++;
}

struct tree_hash tree_frontier_root(const struct tree_frontier *frontier)
{
    struct tree_hash root = tree_hash_empty();
    bool has_begun = false;
    for (unsigned level = 0; level < TREE_EDGE_HASHES_MAX; level++) {
        if (has_bit(frontier->size, level)) {
            const struct tree_hash *left = &frontier->hashes[level];
            root = has_begun ? tree_hash_node(left, &root) : *left;
            has_begun = true;
        }
    }
    return root;
}

size_t tree_frontier_write(const struct tree_frontier *frontier,
                           unsigned char out[TREE_FRONTIER_BYTES_MAX])
{
    size_t at = 0;
    for (unsigned i = 0; i < 8; i++) {
        out[at++] = (unsigned char)(frontier->size >> (56 - 8 * i));
    }
    for (unsigned level = TREE_EDGE_HASHES_MAX; level-- > 0;) {
        if (has_bit(frontier->size, level)) {
            memcpy(out + at, frontier->hashes[level].bytes, TREE_HASH_BYTES);
            at += TREE_HASH_BYTES;
        }
    }
    return at;
}

struct result tree_frontier_read(struct str bytes, struct tree_frontier *out)
{
    struct tree_frontier frontier = {0};
    size_t at = 8;
    if (bytes.len < at) {
        return result_fail(RESULT_CODE_CORRUPT, "The edge of the ledger is too short", STR(""));
    }
    for (size_t i = 0; i < at; i++) {
        frontier.size = frontier.size << 8 | (unsigned char)bytes.at[i];
    }
    if (frontier.size > TREE_SIZE_MAX) {
        return result_fail(RESULT_CODE_CORRUPT, "The edge of the ledger names no size", STR(""));
    }
    for (unsigned level = TREE_EDGE_HASHES_MAX; level-- > 0;) {
        if (has_bit(frontier.size, level)) {
            if (bytes.len - at < TREE_HASH_BYTES) {
                return result_fail(RESULT_CODE_CORRUPT, "The edge of the ledger is too short",
                                   STR(""));
            }
            memcpy(frontier.hashes[level].bytes, bytes.at + at, TREE_HASH_BYTES);
            at += TREE_HASH_BYTES;
        }
    }
    if (at != bytes.len) {
        return result_fail(RESULT_CODE_CORRUPT, "The edge of the ledger is too long", STR(""));
    }
    *out = frontier;
    return RESULT_OK;
}

/* RFC 9162, 2.1.3.2, step 4: the side of the next sibling; goes on to the one above. */
static bool sibling_is_left(uint64_t *fn, uint64_t *sn)
{
    bool is_left = has_bit(*fn, 0) || *fn == *sn;
    while (is_left && !has_bit(*fn, 0) && *fn != 0) {
        *fn >>= 1;
        *sn >>= 1;
    }
    *fn >>= 1;
    *sn >>= 1;
    return is_left;
}

bool tree_inclusion_is_left(uint64_t index, uint64_t size, size_t step)
{
    assert(index < size && step < TREE_PROOF_HASHES_MAX);
    uint64_t fn = index, sn = size - 1;
    bool is_left = sibling_is_left(&fn, &sn);
    for (size_t i = 0; i < step; i++) {
        is_left = sibling_is_left(&fn, &sn);
    }
    return is_left;
}

bool tree_inclusion_verify(const struct tree_proof *proof, uint64_t index, uint64_t size,
                           const struct tree_hash *leaf, const struct tree_hash *root)
{
    if (index >= size || size > TREE_SIZE_MAX || proof->count > TREE_PROOF_HASHES_MAX) {
        return false;
    }
    uint64_t fn = index, sn = size - 1;
    struct tree_hash r = *leaf;
    for (size_t i = 0; i < proof->count; i++) {
        const struct tree_hash *p = &proof->hashes[i];
        if (sn == 0) {
            return false;
        }
        r = sibling_is_left(&fn, &sn) ? tree_hash_node(p, &r) : tree_hash_node(&r, p);
    }
    return sn == 0 && tree_hash_equal(&r, root);
}

/* RFC 9162, 2.1.4.2, steps 4 to 8. `first` is the node that both trees are built up from. */
static bool consistency_holds(const struct tree_hash *first, const struct tree_hash *path,
                              size_t count, uint64_t fn, uint64_t sn,
                              const struct tree_hash *old_root, const struct tree_hash *new_root)
{
    struct tree_hash fr = *first, sr = *first;
    while (has_bit(fn, 0)) {
        fn >>= 1;
        sn >>= 1;
    }
    for (size_t i = 0; i < count; i++) {
        const struct tree_hash *c = &path[i];
        if (sn == 0) {
            return false;
        }
        if (has_bit(fn, 0) || fn == sn) {
            fr = tree_hash_node(c, &fr);
            sr = tree_hash_node(c, &sr);
            while (!has_bit(fn, 0) && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            sr = tree_hash_node(&sr, c);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && tree_hash_equal(&fr, old_root) && tree_hash_equal(&sr, new_root);
}

bool tree_consistency_verify(const struct tree_proof *proof, uint64_t old_size, uint64_t new_size,
                             const struct tree_hash *old_root, const struct tree_hash *new_root)
{
    if (old_size > new_size || new_size > TREE_SIZE_MAX || proof->count > TREE_PROOF_HASHES_MAX) {
        return false;
    }
    if (old_size == new_size) {
        return proof->count == 0 && tree_hash_equal(old_root, new_root);
    }
    if (old_size == 0) {
        struct tree_hash empty = tree_hash_empty();
        return proof->count == 0 && tree_hash_equal(old_root, &empty);
    }
    /* An old tree that is a complete subtree is known by its root, which the proof leaves out. */
    bool is_complete = (old_size & (old_size - 1)) == 0;
    if (proof->count == 0) {
        return false;
    }
    const struct tree_hash *first = is_complete ? old_root : &proof->hashes[0];
    const struct tree_hash *path = is_complete ? proof->hashes : proof->hashes + 1;
    size_t count = is_complete ? proof->count : proof->count - 1;
    return consistency_holds(first, path, count, old_size - 1, new_size - 1, old_root, new_root);
}
