/*
 * tests/ledger/tree_test.c - the tree against published answers and against RFC 6962 word by word.
 *
 * The published answers are those of the Certificate Transparency project's reference code: eight
 * entries, their roots, and paths among them. The naive functions below follow RFC 6962, section
 * 2.1, as it stands, recursively over all leaves.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "ledger/memory_tiles.h"
#include "ledger/tree.h"

/* Of other roots every ninth is tried. */
enum { SMALL_MAX = 70, BITS_MAX = 20, STEP = 9 };

static const struct str published_entries[] = {
    STR_INIT(""),
    STR_INIT("\x00"),
    STR_INIT("\x10"),
    STR_INIT("\x20\x21"),
    STR_INIT("\x30\x31"),
    STR_INIT("\x40\x41\x42\x43"),
    STR_INIT("\x50\x51\x52\x53\x54\x55\x56\x57"),
    STR_INIT("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"),
};

#define HASH_0 "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
#define HASH_1 "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
#define HASH_01 "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
#define HASH_23 "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
#define HASH_0123 "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
#define HASH_4 "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
#define HASH_45 "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
#define HASH_67 "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
#define HASH_4567 "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"

static const char *const published_roots[] = {
    HASH_0,
    HASH_01,
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    HASH_0123,
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static void check_hash(const struct tree_hash *hash, const char *hex)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text out = {.arena = arena};
    for (size_t i = 0; i < TREE_HASH_BYTES; i++) {
        text_addf(&out, "%02x", (unsigned)hash->bytes[i]);
    }
    check_str(text_str(&out), hex);
}

static uint64_t split(uint64_t n)
{
    uint64_t k = 1;
    while (2 * k < n) {
        k *= 2;
    }
    return k;
}

/* MTH(D[0:n]). */
static struct tree_hash naive_root(const struct tree_hash *D, uint64_t n)
{
    if (n == 0) {
        return tree_hash_empty();
    }
    if (n == 1) {
        return D[0];
    }
    uint64_t k = split(n);
    struct tree_hash left = naive_root(D, k), right = naive_root(D + k, n - k);
    return tree_hash_node(&left, &right);
}

static void add(struct tree_proof *proof, struct tree_hash hash)
{
    proof->hashes[proof->count++] = hash;
}

/* PATH(m, D[n]). */
static void naive_path(uint64_t m, const struct tree_hash *D, uint64_t n, struct tree_proof *out)
{
    if (n == 1) {
        return;
    }
    uint64_t k = split(n);
    if (m < k) {
        naive_path(m, D, k, out);
        add(out, naive_root(D + k, n - k));
    } else {
        naive_path(m - k, D + k, n - k, out);
        add(out, naive_root(D, k));
    }
}

/* SUBPROOF(m, D[n], b). */
static void naive_subproof(uint64_t m, const struct tree_hash *D, uint64_t n, bool b,
                           struct tree_proof *out)
{
    if (m == n) {
        if (!b) {
            add(out, naive_root(D, n));
        }
        return;
    }
    uint64_t k = split(n);
    if (m <= k) {
        naive_subproof(m, D, k, b, out);
        add(out, naive_root(D + k, n - k));
    } else {
        naive_subproof(m - k, D + k, n - k, false, out);
        add(out, naive_root(D, k));
    }
}

static void check_proof(const struct tree_proof *proof, const struct tree_proof *expected)
{
    assert_int_equal(proof->count, expected->count);
    assert_memory_equal(proof->hashes, expected->hashes, proof->count * TREE_HASH_BYTES);
}

static void published_answers(void **state)
{
    (void)state;
    static const struct {
        uint64_t index, size;
        size_t count;
        const char *path[3];
    } inclusions[] = {
        {0, 1, 0, {NULL}},
        {0, 8, 3, {HASH_1, HASH_23, HASH_4567}},
        {5, 8, 3, {HASH_4, HASH_67, HASH_0123}},
        {2, 3, 1, {HASH_01}},
        {1, 5, 3, {HASH_0, HASH_23, HASH_4}},
    };
    static const struct {
        uint64_t old_size, new_size;
        size_t count;
        const char *path[3];
    } consistencies[] = {
        {1, 1, 0, {NULL}},
        {1, 8, 3, {HASH_1, HASH_23, HASH_4567}},
        {6, 8, 3, {HASH_45, HASH_67, HASH_0123}},
        {2, 5, 2, {HASH_23, HASH_4}},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct memory_tiles tiles = {.arena = arena};
    struct tree_reader reader = memory_tiles_reader(&tiles);
    struct tree_proof proof;
    struct tree_hash root = tree_frontier_root(&tiles.frontier);
    check_hash(&root, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (size_t i = 0; i < 8; i++) {
        struct tree_hash leaf = tree_hash_leaf(published_entries[i]);
        memory_tiles_append(&tiles, &leaf);
        root = tree_frontier_root(&tiles.frontier);
        check_hash(&root, published_roots[i]);
    }
    for (size_t i = 0; i < sizeof(inclusions) / sizeof(inclusions[0]); i++) {
        assert_true(result_is_ok(
            tile_inclusion_prove(&reader, inclusions[i].index, inclusions[i].size, &proof)));
        assert_int_equal(proof.count, inclusions[i].count);
        for (size_t k = 0; k < proof.count; k++) {
            check_hash(&proof.hashes[k], inclusions[i].path[k]);
        }
    }
    for (size_t i = 0; i < sizeof(consistencies) / sizeof(consistencies[0]); i++) {
        assert_true(result_is_ok(tile_consistency_prove(&reader, consistencies[i].old_size,
                                                        consistencies[i].new_size, &proof)));
        assert_int_equal(proof.count, consistencies[i].count);
        for (size_t k = 0; k < proof.count; k++) {
            check_hash(&proof.hashes[k], consistencies[i].path[k]);
        }
    }
}

/* Every inclusion in every small tree: made as the RFC says, verified, and of no other entry. */
static void all_small_inclusions(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct memory_tiles tiles = {.arena = arena};
    struct tree_reader reader = memory_tiles_reader(&tiles);
    memory_tiles_grow(&tiles, SMALL_MAX);
    const struct tree_hash *leaves = tiles.levels[0].at;
    for (uint64_t size = 1; size <= SMALL_MAX; size++) {
        struct tree_hash root = naive_root(leaves, size);
        for (uint64_t index = 0; index < size; index++) {
            struct tree_proof proof, expected = {0};
            assert_true(result_is_ok(tile_inclusion_prove(&reader, index, size, &proof)));
            naive_path(index, leaves, size, &expected);
            check_proof(&proof, &expected);
            for (uint64_t other = 0; other < size + 2; other++) {
                assert_int_equal(tree_inclusion_verify(&proof, other, size, &leaves[index], &root),
                                 other == index);
            }
            struct tree_hash joined = leaves[index];
            for (size_t i = 0; i < proof.count; i++) {
                joined = tree_inclusion_is_left(index, size, i)
                             ? tree_hash_node(&proof.hashes[i], &joined)
                             : tree_hash_node(&joined, &proof.hashes[i]);
            }
            assert_true(tree_hash_equal(&joined, &root));
            proof.count++;
            assert_false(tree_inclusion_verify(&proof, index, size, &leaves[index], &root));
            if (proof.count >= 2) {
                proof.count -= 2;
                assert_false(tree_inclusion_verify(&proof, index, size, &leaves[index], &root));
            }
        }
        assert_false(
            result_is_ok(tile_inclusion_prove(&reader, size, size, &(struct tree_proof){0})));
    }
}

/* Every pair of small trees: made as the RFC says, verified, and of no other pair. */
static void all_small_consistencies(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct memory_tiles tiles = {.arena = arena};
    struct tree_reader reader = memory_tiles_reader(&tiles);
    struct tree_hash roots[SMALL_MAX + 1];
    memory_tiles_grow(&tiles, SMALL_MAX);
    for (uint64_t size = 0; size <= SMALL_MAX; size++) {
        roots[size] = naive_root(tiles.levels[0].at, size);
    }
    for (uint64_t new = 0; new <= SMALL_MAX; new ++) {
        for (uint64_t old = 0; old <= new; old++) {
            struct tree_proof proof, expected = {0};
            assert_true(result_is_ok(tile_consistency_prove(&reader, old, new, &proof)));
            if (old > 0) {
                naive_subproof(old, tiles.levels[0].at, new, true, &expected);
            }
            check_proof(&proof, &expected);
            assert_true(tree_consistency_verify(&proof, old, new, &roots[old], &roots[new]));
            for (uint64_t other = old % STEP; other <= SMALL_MAX; other += STEP) {
                bool is_old = other == old, is_new = other == new || old == 0;
                assert_int_equal(
                    tree_consistency_verify(&proof, old, new, &roots[other], &roots[new]), is_old);
                assert_int_equal(
                    tree_consistency_verify(&proof, old, new, &roots[old], &roots[other]),
                    old == new ? other == new : is_new);
            }
            proof.count++;
            assert_false(tree_consistency_verify(&proof, old, new, &roots[old], &roots[new]));
            if (proof.count >= 2) {
                proof.count -= 2;
                assert_false(tree_consistency_verify(&proof, old, new, &roots[old], &roots[new]));
            }
        }
        assert_false(
            result_is_ok(tile_consistency_prove(&reader, new + 1, new, &(struct tree_proof){0})));
    }
}

/* One bit of the proof, of the leaf or of a root is another: refused. */
static void every_bit_counts(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct memory_tiles tiles = {.arena = arena};
    struct tree_reader reader = memory_tiles_reader(&tiles);
    memory_tiles_grow(&tiles, BITS_MAX);
    for (uint64_t size = 1; size <= BITS_MAX; size++) {
        for (uint64_t index = 0; index < size; index++) {
            struct tree_proof inclusion, consistency;
            struct tree_hash leaf = tiles.levels[0].at[index];
            struct tree_hash root = naive_root(tiles.levels[0].at, size);
            struct tree_hash old = naive_root(tiles.levels[0].at, index + 1);
            assert_true(result_is_ok(tile_inclusion_prove(&reader, index, size, &inclusion)));
            assert_true(
                result_is_ok(tile_consistency_prove(&reader, index + 1, size, &consistency)));
            for (size_t bit = 0; bit < inclusion.count * 256; bit++) {
                inclusion.hashes[bit / 256].bytes[bit / 8 % 32] ^= (unsigned char)(1u << bit % 8);
                assert_false(tree_inclusion_verify(&inclusion, index, size, &leaf, &root));
                inclusion.hashes[bit / 256].bytes[bit / 8 % 32] ^= (unsigned char)(1u << bit % 8);
            }
            for (size_t bit = 0; bit < consistency.count * 256; bit++) {
                unsigned char *byte = &consistency.hashes[bit / 256].bytes[bit / 8 % 32];
                *byte ^= (unsigned char)(1u << bit % 8);
                assert_false(tree_consistency_verify(&consistency, index + 1, size, &old, &root));
                *byte ^= (unsigned char)(1u << bit % 8);
            }
            leaf.bytes[size % 32] ^= 1;
            assert_false(tree_inclusion_verify(&inclusion, index, size, &leaf, &root));
        }
    }
}

static void limits_of_sizes(void **state)
{
    (void)state;
    struct tree_hash hash = memory_tiles_leaf(0);
    struct tree_proof proof = {.count = TREE_PROOF_HASHES_MAX + 1};
    assert_false(tree_inclusion_verify(&proof, 0, TREE_SIZE_MAX, &hash, &hash));
    assert_false(tree_consistency_verify(&proof, 1, TREE_SIZE_MAX, &hash, &hash));
    proof.count = TREE_PROOF_HASHES_MAX;
    assert_false(tree_inclusion_verify(&proof, 0, TREE_SIZE_MAX, &hash, &hash));
    assert_false(tree_inclusion_verify(&proof, 0, UINT64_MAX, &hash, &hash));
    assert_false(tree_consistency_verify(&proof, 1, UINT64_MAX, &hash, &hash));
}

static void edge_as_bytes(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct memory_tiles tiles = {.arena = arena};
    unsigned char bytes[TREE_FRONTIER_BYTES_MAX + 1] = {0}, again[TREE_FRONTIER_BYTES_MAX];
    for (uint64_t size = 0; size <= 300; size++) {
        struct tree_frontier back = {0};
        memory_tiles_grow(&tiles, size);
        size_t count = tree_frontier_write(&tiles.frontier, bytes);
        struct str whole = {(const char *)bytes, count};
        assert_true(result_is_ok(tree_frontier_read(whole, &back)));
        assert_int_equal(back.size, size);
        assert_int_equal(tree_frontier_write(&back, again), count);
        assert_memory_equal(bytes, again, count);
        struct tree_hash root = tree_frontier_root(&back);
        struct tree_hash expected = naive_root(tiles.levels[0].at, size);
        assert_true(tree_hash_equal(&root, &expected));
        whole.len++;
        assert_int_equal(tree_frontier_read(whole, &back).code, RESULT_CODE_CORRUPT);
        whole.len -= 2;
        assert_int_equal(tree_frontier_read(whole, &back).code, RESULT_CODE_CORRUPT);
    }
    memset(bytes, 0, sizeof(bytes));
    bytes[0] = 0x80; /* 2^63: one more than there may be */
    struct str too_large = {(const char *)bytes, 8 + 32};
    assert_int_equal(tree_frontier_read(too_large, &(struct tree_frontier){0}).code,
                     RESULT_CODE_CORRUPT);
}

static void append_too_many(void *context)
{
    (void)context;
    struct tree_frontier full = {.size = TREE_SIZE_MAX};
    struct tree_hash leaf = memory_tiles_leaf(0);
    tree_frontier_append(&full, &leaf, NULL);
}

static void the_last_entry(void **state)
{
    (void)state;
    struct tree_frontier frontier = {.size = TREE_SIZE_MAX - 1};
    struct tree_hash leaf = memory_tiles_leaf(0);
    struct tree_tops tops;
    tree_frontier_append(&frontier, &leaf, &tops);
    assert_int_equal(frontier.size, TREE_SIZE_MAX);
    frontier.size = (UINT64_C(1) << 62) - 1;
    tree_frontier_append(&frontier, &leaf, &tops);
    assert_int_equal(tops.count, TREE_TOPS_MAX);
    check_stops(append_too_many, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_answers),       cmocka_unit_test(all_small_inclusions),
        cmocka_unit_test(all_small_consistencies), cmocka_unit_test(every_bit_counts),
        cmocka_unit_test(limits_of_sizes),         cmocka_unit_test(edge_as_bytes),
        cmocka_unit_test(the_last_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
