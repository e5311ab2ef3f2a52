/*
 * fuzz/ledger_proof_fuzz.c - any bytes at all as proofs, paths, bundles, entries, the tree's edge.
 *
 * Run it with tools/fuzz.sh ledger_proof SECONDS. Read first: src/ledger/tree.h, tile.h, proof.h.
 *
 * Modules: base ledger
 * Libraries: libsodium
 *
 * What must hold, beyond that no sanitizer complains
 * - What is read can be written again, and is then the same bytes.
 * - Of all proofs for an entry, or for two sizes, exactly the right one is taken.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "ledger/commitment.h"
#include "ledger/proof.h"
#include "ledger/tile.h"

#include "../tests/ledger/keys.h"
#include "../tests/ledger/memory_tiles.h"

enum { SIZE_MAX_HERE = 90 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void try_texts(struct arena *arena, struct str input)
{
    struct proof proof;
    struct checkpoint checkpoint;
    struct tile tile;
    bool is_entries;
    if (result_is_ok(proof_read(arena, input, &proof))) {
        assert(str_equal(proof_write(arena, &proof), input));
        struct note_signer signer = keys_signer(STR("example.org/ledger"), NOTE_KEY_PLAIN, 1);
        struct checkpoint_trust trust = {signer.key.name, &signer.key, 1, NULL, 0, 0};
        struct result result = proof_open(arena, input, &trust, &proof, &checkpoint);
        assert(!result_is_ok(result) || proof.index < checkpoint.size);
    }
    if (tile_path_read(input, &tile, &is_entries)) {
        struct str path = is_entries ? tile_entries_path(arena, tile) : tile_path(arena, tile);
        assert(str_equal(path, input));
    }
}

static void try_bytes(struct arena *arena, struct str input)
{
    struct tree_frontier frontier;
    struct entry entry;
    unsigned char edge[TREE_FRONTIER_BYTES_MAX], bytes[ENTRY_BYTES];
    struct str entries[TILE_WIDTH];
    if (result_is_ok(tree_frontier_read(input, &frontier))) {
        size_t count = tree_frontier_write(&frontier, edge);
        assert(str_equal((struct str){(char *)edge, count}, input));
    }
    if (result_is_ok(entry_read(input, &entry))) {
        entry_write(&entry, bytes);
        assert(str_equal((struct str){(char *)bytes, sizeof(bytes)}, input));
    }
    unsigned width = input.len > 0 ? (unsigned)(unsigned char)input.at[0] + 1 : 1;
    struct str bundle = str_slice(input, 1, input.len);
    if (result_is_ok(tile_entries_read(bundle, width, entries))) {
        struct text again = {.arena = arena};
        for (unsigned i = 0; i < width; i++) {
            tile_entries_add(&again, entries[i]);
        }
        assert(str_equal(text_str(&again), bundle));
    }
}

static bool is_same(const struct tree_proof *a, const struct tree_proof *b)
{
    return a->count == b->count &&
           memcmp(a->hashes, b->hashes, a->count * sizeof(a->hashes[0])) == 0;
}

/* The right proof, with as many of its bytes changed as the input has to give. */
static struct tree_proof changed(const struct tree_proof *right, const uint8_t *data, size_t bytes)
{
    struct tree_proof proof = *right;
    if (bytes > 0) {
        proof.count = (proof.count + data[0]) % (TREE_PROOF_HASHES_MAX + 2);
    }
    for (size_t i = 1; i + 1 < bytes; i += 2) {
        proof.hashes[data[i] / 32 % 8].bytes[data[i] % 32] ^= data[i + 1];
    }
    return proof;
}

static void try_tree(struct arena *arena, const uint8_t *data, size_t bytes)
{
    if (bytes < 3) {
        return;
    }
    struct memory_tiles tiles = {.arena = arena};
    struct tree_reader reader = memory_tiles_reader(&tiles);
    uint64_t size = 1 + data[0] % SIZE_MAX_HERE, index = data[1] % size;
    struct tree_proof right, proof;
    struct tree_hash root, old;
    memory_tiles_grow(&tiles, size);
    struct result result = tile_root(&reader, size, &root);
    assert(result_is_ok(result));
    result = tile_root(&reader, index, &old);
    assert(result_is_ok(result));
    result = tile_inclusion_prove(&reader, index, size, &right);
    assert(result_is_ok(result));
    proof = changed(&right, data + 2, bytes - 2);
    assert(tree_inclusion_verify(&proof, index, size, &tiles.levels[0].at[index], &root) ==
           is_same(&proof, &right));
    result = tile_consistency_prove(&reader, index, size, &right);
    assert(result_is_ok(result));
    proof = changed(&right, data + 2, bytes - 2);
    assert(tree_consistency_verify(&proof, index, size, &old, &root) == is_same(&proof, &right));
}

/* Sizes and hashes of any kind. Who may choose the root can have one that fits. */
static void try_wild(const uint8_t *data, size_t bytes)
{
    struct {
        uint64_t index, size;
        struct tree_hash leaf, root;
        struct tree_proof proof;
    } wild = {0};
    memcpy(&wild, data, bytes < sizeof(wild) ? bytes : sizeof(wild));
    wild.proof.count %= TREE_PROOF_HASHES_MAX + 2;
    bool is_in = tree_inclusion_verify(&wild.proof, wild.index, wild.size, &wild.leaf, &wild.root);
    assert(!is_in || (wild.index < wild.size && wild.size <= TREE_SIZE_MAX));
    bool follows =
        tree_consistency_verify(&wild.proof, wild.index, wild.size, &wild.leaf, &wild.root);
    assert(!follows || (wild.index <= wild.size && wild.size <= TREE_SIZE_MAX));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str input = {(const char *)data, bytes};
    try_texts(arena, input);
    try_bytes(arena, input);
    try_tree(arena, data, bytes);
    try_wild(data, bytes);
    return 0;
}
