/*
 * tests/ledger/tile_test.c - tiles: widths, growth, paths, bundles, and proofs of large ledgers.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "ledger/memory_tiles.h"
#include "ledger/tile.h"

/* The example of the specification: 70,000 entries. */
static void widths_of_the_specification(void **state)
{
    (void)state;
    assert_int_equal(tile_width(70000, 0, 272), 256);
    assert_int_equal(tile_width(70000, 0, 273), 112);
    assert_int_equal(tile_width(70000, 0, 274), 0);
    assert_int_equal(tile_width(70000, 1, 0), 256);
    assert_int_equal(tile_width(70000, 1, 1), 17);
    assert_int_equal(tile_width(70000, 2, 0), 1);
    assert_int_equal(tile_width(70000, 3, 0), 0);
    assert_int_equal(tile_width(256, 0, 0), 256);
    assert_int_equal(tile_width(256, 0, 1), 0);
    assert_int_equal(tile_width(256, 1, 0), 1);
    assert_int_equal(tile_width(0, 0, 0), 0);
    assert_int_equal(tile_width(TREE_SIZE_MAX, 7, 0), 127);
    assert_int_equal(tile_width(TREE_SIZE_MAX, 0, TREE_SIZE_MAX >> 8), 255);
    assert_int_equal(tile_width(TREE_SIZE_MAX, 0, UINT64_MAX), 0);
}

/* Exactly the tiles whose width is another, each once, level by level from the left. */
static void check_growth(uint64_t from, uint64_t to)
{
    struct tile_growth growth = {.from = from, .to = to};
    struct tile tile;
    for (unsigned level = 0; level < TILE_LEVELS_MAX; level++) {
        uint64_t count = (to >> (8 * level) >> 8) + 1;
        for (uint64_t index = from >> (8 * level) >> 8; index < count; index++) {
            unsigned width = tile_width(to, level, index);
            if (width == tile_width(from, level, index)) {
                continue;
            }
            assert_true(tile_growth_next(&growth, &tile));
            assert_int_equal(tile.level, level);
            assert_int_equal(tile.index, index);
            assert_int_equal(tile.width, width);
        }
    }
    assert_false(tile_growth_next(&growth, &tile));
    assert_false(tile_growth_next(&growth, &tile));
}

static void growth_is_what_changed(void **state)
{
    (void)state;
    static const uint64_t sizes[] = {0,
                                     1,
                                     2,
                                     255,
                                     256,
                                     257,
                                     511,
                                     512,
                                     513,
                                     600,
                                     768,
                                     65279,
                                     65280,
                                     65535,
                                     65536,
                                     65537,
                                     65792,
                                     70000,
                                     131072,
                                     TREE_SIZE_MAX - 300,
                                     TREE_SIZE_MAX};
    enum { COUNT = sizeof(sizes) / sizeof(sizes[0]) };
    for (size_t a = 0; a < COUNT; a++) {
        for (size_t b = a; b < COUNT && sizes[b] - sizes[a] < 200000; b++) {
            check_growth(sizes[a], sizes[b]);
        }
    }
    struct check_random random = check_random_new("growth_is_what_changed");
    for (size_t round = 0; round < 300; round++) {
        uint64_t from = check_random_below(&random, 200000);
        check_growth(from, from + check_random_below(&random, 3000));
        from = check_random_below(&random, TREE_SIZE_MAX - 3000);
        check_growth(from, from + check_random_below(&random, 3000));
    }
}

static void paths(void **state)
{
    (void)state;
    static const struct {
        struct tile tile;
        const char *path, *entries;
    } cases[] = {
        {{0, 0, 256}, "tile/0/000", "tile/entries/000"},
        {{0, 0, 1}, "tile/0/000.p/1", "tile/entries/000.p/1"},
        {{0, 67, 255}, "tile/0/067.p/255", "tile/entries/067.p/255"},
        {{0, 999, 256}, "tile/0/999", "tile/entries/999"},
        {{0, 1000, 256}, "tile/0/x001/000", "tile/entries/x001/000"},
        {{0, 1234067, 256}, "tile/0/x001/x234/067", "tile/entries/x001/x234/067"},
        {{1, 1067, 8}, "tile/1/x001/067.p/8", NULL},
        {{7, 0, 127}, "tile/7/000.p/127", NULL},
        {{0, TREE_SIZE_MAX >> 8, 255},
         "tile/0/x036/x028/x797/x018/x963/967.p/255",
         "tile/entries/x036/x028/x797/x018/x963/967.p/255"},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct tile back;
        bool is_entries;
        check_str(tile_path(arena, cases[i].tile), cases[i].path);
        assert_true(tile_path_read(str_from(cases[i].path), &back, &is_entries));
        assert_false(is_entries);
        assert_int_equal(back.level, cases[i].tile.level);
        assert_int_equal(back.index, cases[i].tile.index);
        assert_int_equal(back.width, cases[i].tile.width);
        if (cases[i].entries) {
            check_str(tile_entries_path(arena, cases[i].tile), cases[i].entries);
            assert_true(tile_path_read(str_from(cases[i].entries), &back, &is_entries));
            assert_true(is_entries);
            assert_int_equal(back.level, 0);
            assert_int_equal(back.index, cases[i].tile.index);
        }
    }
}

static void paths_that_are_none(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/00/000",
        "tile/8/000",
        "tile/-1/000",
        "tile/ 0/000",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/x000/000",
        "tile/0/x000/x001/000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/x001/",
        "tile/0/X001/000",
        "tile/0/x1/000",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/8/",
        "tile/0/000.p/+8",
        "tile/0/000.p8",
        "tile/0/../000",
        "tile/entries/",
        "tile/entries/0",
        "tile/entries",
        "tile/entries/0/000",
        "tile/Entries/000",
        "tile/0/x036/x028/x797/x018/x963/968",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/x001/x000/x000/x000/x000/x000/000",
        "tile/0/x001/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/000",
        "tile/0/00\xD9\xA1",
        "tile/18446744073709551616/000",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct tile tile;
        bool is_entries;
        if (tile_path_read(str_from(bad[i]), &tile, &is_entries)) {
            fail_msg("taken: %s", bad[i]);
        }
    }
}

static void bundles(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text bundle = {.arena = arena};
    struct str entries[TILE_WIDTH];
    char *longest = arena_alloc(arena, TILE_ENTRY_BYTES_MAX);
    memset(longest, 'x', TILE_ENTRY_BYTES_MAX);
    tile_entries_add(&bundle, STR("first"));
    tile_entries_add(&bundle, STR(""));
    tile_entries_add(&bundle, (struct str){longest, TILE_ENTRY_BYTES_MAX});
    struct str whole = text_str(&bundle);
    assert_int_equal(whole.len, 7 + 2 + 2 + TILE_ENTRY_BYTES_MAX);
    assert_true(result_is_ok(tile_entries_read(whole, 3, entries)));
    check_str(entries[0], "first");
    check_str(entries[1], "");
    assert_int_equal(entries[2].len, TILE_ENTRY_BYTES_MAX);
    assert_int_equal(tile_entries_read(whole, 2, entries).code, RESULT_CODE_CORRUPT);
    assert_int_equal(tile_entries_read(whole, 4, entries).code, RESULT_CODE_CORRUPT);
    for (size_t len = 0; len < 12; len++) {
        struct str cut = str_slice(whole, 0, len);
        assert_int_equal(tile_entries_read(cut, 3, entries).code, RESULT_CODE_CORRUPT);
    }
    whole.len--;
    assert_int_equal(tile_entries_read(whole, 3, entries).code, RESULT_CODE_CORRUPT);
}

static void add_too_long(void *context)
{
    struct text bundle = {.arena = context};
    tile_entries_add(&bundle, (struct str){"", TILE_ENTRY_BYTES_MAX + 1});
}

static void an_entry_too_long(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_stops(add_too_long, arena);
}

/* Of a ledger of 70,000 entries, at any size that it once had. */
static void random_proofs(void **state)
{
    (void)state;
    enum { SIZE = 70000 };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct check_random random = check_random_new("random_proofs");
    struct memory_tiles tiles = {.arena = arena};
    struct tree_reader reader = memory_tiles_reader(&tiles);
    memory_tiles_grow(&tiles, SIZE);
    for (size_t round = 0; round < 400; round++) {
        uint64_t size = 1 + check_random_below(&random, SIZE);
        uint64_t index = check_random_below(&random, size);
        struct tree_proof proof;
        struct tree_hash root, old_root;
        assert_true(result_is_ok(tile_root(&reader, size, &root)));
        assert_true(result_is_ok(tile_root(&reader, index, &old_root)));
        assert_true(result_is_ok(tile_inclusion_prove(&reader, index, size, &proof)));
        const struct tree_hash *leaf = &tiles.levels[0].at[index];
        assert_true(tree_inclusion_verify(&proof, index, size, leaf, &root));
        if (proof.count > 0) {
            size_t bit = (size_t)check_random_below(&random, proof.count * 256);
            proof.hashes[bit / 256].bytes[bit / 8 % 32] ^= (unsigned char)(1u << bit % 8);
            assert_false(tree_inclusion_verify(&proof, index, size, leaf, &root));
        }
        assert_true(result_is_ok(tile_consistency_prove(&reader, index, size, &proof)));
        assert_true(tree_consistency_verify(&proof, index, size, &old_root, &root));
        if (index > 0) {
            size_t bit = (size_t)check_random_below(&random, proof.count * 256);
            proof.hashes[bit / 256].bytes[bit / 8 % 32] ^= (unsigned char)(1u << bit % 8);
            assert_false(tree_consistency_verify(&proof, index, size, &old_root, &root));
        }
    }
    struct tree_frontier frontier;
    assert_true(result_is_ok(tile_frontier(&reader, SIZE, &frontier)));
    struct tree_hash root = tree_frontier_root(&frontier);
    struct tree_hash expected = tree_frontier_root(&tiles.frontier);
    assert_true(tree_hash_equal(&root, &expected));
}

/* A ledger all of whose entries are the same: every subtree of a height is the same. */
struct uniform {
    struct tree_hash heights[64];
};

MUST_USE static struct result read_uniform(void *context, struct tile tile,
                                           struct tree_hash out[TILE_WIDTH])
{
    struct uniform *uniform = context;
    for (size_t i = 0; i < tile.width; i++) {
        out[i] = uniform->heights[8 * tile.level];
    }
    return RESULT_OK;
}

static void proofs_up_to_the_largest_size(void **state)
{
    (void)state;
    struct check_random random = check_random_new("proofs_up_to_the_largest_size");
    struct uniform uniform = {.heights[0] = memory_tiles_leaf(0)};
    struct tree_reader reader = {&uniform, read_uniform};
    for (size_t i = 1; i < 64; i++) {
        uniform.heights[i] = tree_hash_node(&uniform.heights[i - 1], &uniform.heights[i - 1]);
    }
    for (size_t round = 0; round < 60; round++) {
        uint64_t size =
            round == 0 ? TREE_SIZE_MAX : 1 + check_random_next(&random) % (TREE_SIZE_MAX >> round);
        uint64_t index = round % 3 == 0 ? size - 1 : check_random_below(&random, size);
        struct tree_proof proof;
        struct tree_hash root, old_root;
        assert_true(result_is_ok(tile_root(&reader, size, &root)));
        assert_true(result_is_ok(tile_root(&reader, index, &old_root)));
        assert_true(result_is_ok(tile_inclusion_prove(&reader, index, size, &proof)));
        assert_true(tree_inclusion_verify(&proof, index, size, &uniform.heights[0], &root));
        assert_true(result_is_ok(tile_consistency_prove(&reader, index, size, &proof)));
        assert_true(tree_consistency_verify(&proof, index, size, &old_root, &root));
    }
    struct tree_proof proof;
    struct tree_frontier frontier;
    uint64_t over = TREE_SIZE_MAX + 1;
    assert_int_equal(tile_inclusion_prove(&reader, 0, over, &proof).code, RESULT_CODE_INVALID);
    assert_int_equal(tile_consistency_prove(&reader, 1, over, &proof).code, RESULT_CODE_INVALID);
    assert_int_equal(tile_frontier(&reader, over, &frontier).code, RESULT_CODE_INVALID);
}

/* What the reader says goes to the caller. */
static void a_tile_is_missing(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct memory_tiles tiles = {.arena = arena};
    struct tree_reader reader = memory_tiles_reader(&tiles);
    struct tree_proof proof;
    struct tree_hash root;
    memory_tiles_grow(&tiles, 300);
    assert_int_equal(tile_root(&reader, 301, &root).code, RESULT_CODE_MISSING);
    assert_int_equal(tile_inclusion_prove(&reader, 0, 301, &proof).code, RESULT_CODE_MISSING);
    assert_int_equal(tile_consistency_prove(&reader, 1, 301, &proof).code, RESULT_CODE_MISSING);
    assert_true(result_is_ok(tile_root(&reader, 0, &root)));
    struct tree_hash empty = tree_hash_empty();
    assert_true(tree_hash_equal(&root, &empty));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_of_the_specification),
        cmocka_unit_test(growth_is_what_changed),
        cmocka_unit_test(paths),
        cmocka_unit_test(paths_that_are_none),
        cmocka_unit_test(bundles),
        cmocka_unit_test(an_entry_too_long),
        cmocka_unit_test(random_proofs),
        cmocka_unit_test(proofs_up_to_the_largest_size),
        cmocka_unit_test(a_tile_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
