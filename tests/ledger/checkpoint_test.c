/*
 * tests/ledger/checkpoint_test.c - checkpoints, and what shows that a ledger was tampered with.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "ledger/checkpoint.h"
#include "ledger/keys.h"
#include "ledger/memory_tiles.h"

#define ORIGIN "example.org/ledger"
#define ROOT "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
#define EMPTY_ROOT "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

/* A ledger, its key, and a reader who trusts it. */
struct fixture {
    struct arena *arena;
    struct memory_tiles tiles;
    struct note_signer signer;
    struct checkpoint_trust trust;
};

static struct fixture *fixture_new(struct arena *arena)
{
    struct fixture *fixture = ARENA_NEW(arena, struct fixture);
    fixture->arena = arena;
    fixture->tiles.arena = arena;
    fixture->signer = keys_signer(STR(ORIGIN), NOTE_KEY_PLAIN, 1);
    fixture->trust = (struct checkpoint_trust){
        .origin = STR(ORIGIN),
        .keys = &fixture->signer.key,
        .key_count = 1,
    };
    memory_tiles_grow(&fixture->tiles, 300);
    return fixture;
}

static struct checkpoint at_size(struct fixture *fixture, uint64_t size)
{
    struct checkpoint checkpoint = {.origin = STR(ORIGIN), .size = size};
    struct tree_reader reader = memory_tiles_reader(&fixture->tiles);
    assert_true(result_is_ok(tile_root(&reader, size, &checkpoint.root)));
    return checkpoint;
}

static struct tree_proof proof_between(struct fixture *fixture, uint64_t older, uint64_t newer)
{
    struct tree_proof proof;
    struct tree_reader reader = memory_tiles_reader(&fixture->tiles);
    assert_true(result_is_ok(tile_consistency_prove(&reader, older, newer, &proof)));
    return proof;
}

/* The example of the specification, without its signature. */
static void published_text(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char text[] = "example.com/behind-the-sofa\n20852163\n" ROOT "\n";
    struct checkpoint checkpoint;
    assert_true(result_is_ok(checkpoint_read(arena, str_from(text), &checkpoint)));
    check_str(checkpoint.origin, "example.com/behind-the-sofa");
    assert_int_equal(checkpoint.size, 20852163);
    assert_int_equal(checkpoint.root.bytes[0], 0x0a);
    assert_int_equal(checkpoint.extension_count, 0);
    check_str(checkpoint_write(arena, &checkpoint), text);
    static const char more[] = ORIGIN "\n0\n" EMPTY_ROOT "\nepoch 2\nafter " ORIGIN "\n";
    assert_true(result_is_ok(checkpoint_read(arena, str_from(more), &checkpoint)));
    assert_int_equal(checkpoint.extension_count, 2);
    check_str(checkpoint.extensions[0], "epoch 2");
    check_str(checkpoint_write(arena, &checkpoint), more);
}

static void texts_that_are_none(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        ORIGIN "\n",
        ORIGIN "\n1\n",
        ORIGIN "\n1\n" ROOT,
        "\n1\n" ROOT "\n",
        ORIGIN "\n\n" ROOT "\n",
        ORIGIN "\n01\n" ROOT "\n",
        ORIGIN "\n+1\n" ROOT "\n",
        ORIGIN "\n-1\n" ROOT "\n",
        ORIGIN "\n1 \n" ROOT "\n",
        ORIGIN "\n1e3\n" ROOT "\n",
        ORIGIN "\n9223372036854775808\n" ROOT "\n",
        ORIGIN "\n18446744073709551617\n" ROOT "\n",
        ORIGIN "\n1\n\n",
        ORIGIN "\n1\n" ROOT " \n",
        ORIGIN "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        ORIGIN "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
        ORIGIN "\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n",
        ORIGIN "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n",
        ORIGIN "\n0\n" ROOT "\n",
        ORIGIN "\n1\n" ROOT "\n\n",
        ORIGIN "\n1\n" ROOT "\nmore\n\nmore\n",
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checkpoint checkpoint;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct result result = checkpoint_read(arena, str_from(bad[i]), &checkpoint);
        if (result_is_ok(result) || !result.message) {
            fail_msg("taken: %s", bad[i]);
        }
    }
    static const char last[] = ORIGIN "\n9223372036854775807\n" ROOT "\n";
    assert_true(result_is_ok(checkpoint_read(arena, str_from(last), &checkpoint)));
}

static void limits(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct fixture *fixture = fixture_new(arena);
    struct str extensions[CHECKPOINT_EXTENSIONS_MAX + 1];
    struct str out;
    char *longest = arena_alloc(arena, CHECKPOINT_EXTENSION_BYTES_MAX + 1);
    memset(longest, 'e', CHECKPOINT_EXTENSION_BYTES_MAX + 1);
    for (size_t i = 0; i <= CHECKPOINT_EXTENSIONS_MAX; i++) {
        extensions[i] = (struct str){longest, CHECKPOINT_EXTENSION_BYTES_MAX};
    }
    struct checkpoint checkpoint = at_size(fixture, 9);
    checkpoint.extensions = extensions;
    checkpoint.extension_count = CHECKPOINT_EXTENSIONS_MAX;
    assert_true(result_is_ok(checkpoint_sign(arena, &checkpoint, &fixture->signer, 1, &out)));
    checkpoint.extension_count++;
    assert_int_equal(checkpoint_sign(arena, &checkpoint, &fixture->signer, 1, &out).code,
                     RESULT_CODE_LIMIT);
    checkpoint.extension_count = 1;
    extensions[0].len++;
    assert_int_equal(checkpoint_sign(arena, &checkpoint, &fixture->signer, 1, &out).code,
                     RESULT_CODE_INVALID);
    extensions[0] = STR("two\nlines");
    assert_int_equal(checkpoint_sign(arena, &checkpoint, &fixture->signer, 1, &out).code,
                     RESULT_CODE_INVALID);
    checkpoint.extension_count = 0;
    checkpoint.origin = (struct str){longest, CHECKPOINT_ORIGIN_BYTES_MAX};
    assert_true(result_is_ok(checkpoint_sign(arena, &checkpoint, &fixture->signer, 1, &out)));
    checkpoint.origin.len++;
    assert_false(result_is_ok(checkpoint_sign(arena, &checkpoint, &fixture->signer, 1, &out)));
    checkpoint.origin = STR("x\n1\n" ROOT);
    assert_false(result_is_ok(checkpoint_sign(arena, &checkpoint, &fixture->signer, 1, &out)));
}

static void opened_only_with_the_right_key_and_origin(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct fixture *fixture = fixture_new(arena);
    struct note_signer stranger = keys_signer(STR(ORIGIN), NOTE_KEY_PLAIN, 2);
    struct checkpoint checkpoint = at_size(fixture, 300), opened;
    struct str message, other;
    assert_true(result_is_ok(checkpoint_sign(arena, &checkpoint, &fixture->signer, 1, &message)));
    assert_true(result_is_ok(checkpoint_open(arena, message, &fixture->trust, &opened)));
    assert_int_equal(opened.size, 300);
    assert_true(tree_hash_equal(&opened.root, &checkpoint.root));

    assert_true(result_is_ok(checkpoint_sign(arena, &checkpoint, &stranger, 1, &other)));
    assert_int_equal(checkpoint_open(arena, other, &fixture->trust, &opened).code,
                     RESULT_CODE_REFUSED);
    checkpoint.origin = STR("example.org/another");
    assert_true(result_is_ok(checkpoint_sign(arena, &checkpoint, &fixture->signer, 1, &other)));
    assert_int_equal(checkpoint_open(arena, other, &fixture->trust, &opened).code,
                     RESULT_CODE_REFUSED);
    assert_true(
        result_is_ok(note_sign(arena, STR("no checkpoint\n"), &fixture->signer, 1, &other)));
    assert_int_equal(checkpoint_open(arena, other, &fixture->trust, &opened).code,
                     RESULT_CODE_INVALID);
    char *changed = str_cstr(arena, message);
    for (size_t bit = 0; bit < 8 * message.len; bit++) {
        struct arena_mark mark = arena_mark(arena);
        changed[bit / 8] = (char)(changed[bit / 8] ^ (1 << bit % 8));
        assert_false(result_is_ok(
            checkpoint_open(arena, (struct str){changed, message.len}, &fixture->trust, &opened)));
        changed[bit / 8] = (char)(changed[bit / 8] ^ (1 << bit % 8));
        arena_rewind(arena, mark);
    }
}

static void witnesses_are_counted(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct fixture *fixture = fixture_new(arena);
    struct note_signer first = keys_signer(STR("w.example/1"), NOTE_KEY_WITNESS, 10);
    struct note_signer second = keys_signer(STR("w.example/2"), NOTE_KEY_WITNESS, 11);
    struct note_signer alias = keys_signer(STR("w.example/alias"), NOTE_KEY_WITNESS, 10);
    struct note_key witnesses[] = {first.key, second.key, alias.key};
    struct checkpoint checkpoint = at_size(fixture, 7), opened;
    struct str message, once, alone, twice;
    assert_true(result_is_ok(checkpoint_sign(arena, &checkpoint, &fixture->signer, 1, &message)));
    assert_true(result_is_ok(note_sign_more(arena, message, &first, 100, &once)));
    assert_true(result_is_ok(note_sign_more(arena, once, &alias, 100, &alone)));
    assert_true(result_is_ok(note_sign_more(arena, once, &second, 101, &twice)));
    fixture->trust.witnesses = witnesses;
    fixture->trust.witness_count = 3;
    fixture->trust.witnesses_min = 1;
    assert_int_equal(checkpoint_open(arena, message, &fixture->trust, &opened).code,
                     RESULT_CODE_REFUSED);
    assert_true(result_is_ok(checkpoint_open(arena, once, &fixture->trust, &opened)));
    fixture->trust.witnesses_min = 2;
    assert_int_equal(checkpoint_open(arena, once, &fixture->trust, &opened).code,
                     RESULT_CODE_REFUSED);
    assert_int_equal(checkpoint_open(arena, alone, &fixture->trust, &opened).code,
                     RESULT_CODE_REFUSED);
    assert_true(result_is_ok(checkpoint_open(arena, twice, &fixture->trust, &opened)));

    /* Witnesses alone are not enough, and a key is trusted for what it is. */
    struct note_signer stranger = keys_signer(STR(ORIGIN), NOTE_KEY_PLAIN, 2);
    fixture->trust.keys = &stranger.key;
    assert_int_equal(checkpoint_open(arena, twice, &fixture->trust, &opened).code,
                     RESULT_CODE_REFUSED);
    fixture->trust.keys = witnesses;
    assert_int_equal(checkpoint_open(arena, twice, &fixture->trust, &opened).code,
                     RESULT_CODE_INVALID);
    fixture->trust.keys = &fixture->signer.key;
    fixture->trust.witnesses = &fixture->signer.key;
    fixture->trust.witness_count = 1;
    assert_int_equal(checkpoint_open(arena, twice, &fixture->trust, &opened).code,
                     RESULT_CODE_INVALID);
    fixture->trust.witness_count = NOTE_KEYS_MAX;
    assert_int_equal(checkpoint_open(arena, twice, &fixture->trust, &opened).code,
                     RESULT_CODE_LIMIT);
}

static void one_continues_the_other(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct fixture *fixture = fixture_new(arena);
    static const uint64_t sizes[] = {0, 1, 2, 100, 255, 256, 257, 300};
    for (size_t a = 0; a < 8; a++) {
        for (size_t b = a; b < 8; b++) {
            struct checkpoint older = at_size(fixture, sizes[a]);
            struct checkpoint newer = at_size(fixture, sizes[b]);
            struct tree_proof proof = proof_between(fixture, sizes[a], sizes[b]);
            assert_true(result_is_ok(checkpoint_follows(&older, &newer, &proof)));
            if (a < b) { /* a rollback */
                assert_int_equal(checkpoint_follows(&newer, &older, &proof).code,
                                 RESULT_CODE_CONFLICT);
            }
        }
    }
    struct checkpoint older = at_size(fixture, 100), newer = at_size(fixture, 300);
    struct tree_proof proof = proof_between(fixture, 100, 300);
    newer.origin = STR("example.org/another");
    assert_int_equal(checkpoint_follows(&older, &newer, &proof).code, RESULT_CODE_CONFLICT);
}

/* Entry 50 is another one, and all behind it are the same: nothing fits any more. */
static void a_fork_is_found(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct fixture *fixture = fixture_new(arena), *forked = fixture_new(arena);
    struct memory_tiles tiles = {.arena = arena};
    for (uint64_t i = 0; i < 300; i++) {
        struct tree_hash leaf = memory_tiles_leaf(i == 50 ? 1000 : i);
        memory_tiles_append(&tiles, &leaf);
    }
    forked->tiles = tiles;
    struct tree_proof none = {0};
    struct checkpoint ours = at_size(fixture, 300), theirs = at_size(forked, 300);
    struct result result = checkpoint_follows(&ours, &theirs, &none);
    assert_int_equal(result.code, RESULT_CODE_CONFLICT);
    assert_non_null(strstr(result.message, "two ledgers of this length"));
    for (uint64_t size = 51; size < 300; size++) {
        struct tree_proof own = proof_between(fixture, size, 300);
        struct tree_proof other = proof_between(forked, size, 300);
        struct checkpoint older = at_size(fixture, size);
        assert_false(result_is_ok(checkpoint_follows(&older, &theirs, &own)));
        assert_false(result_is_ok(checkpoint_follows(&older, &theirs, &other)));
    }
    struct checkpoint before = at_size(fixture, 50);
    struct tree_proof other = proof_between(forked, 50, 300);
    assert_true(result_is_ok(checkpoint_follows(&before, &theirs, &other)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_text),
        cmocka_unit_test(texts_that_are_none),
        cmocka_unit_test(limits),
        cmocka_unit_test(opened_only_with_the_right_key_and_origin),
        cmocka_unit_test(witnesses_are_counted),
        cmocka_unit_test(one_continues_the_other),
        cmocka_unit_test(a_fork_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
