/*
 * tests/ledger/proof_test.c - proofs as files that an outsider can check alone.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "ledger/keys.h"
#include "ledger/memory_tiles.h"
#include "ledger/proof.h"

#define ORIGIN "example.org/ledger"
#define HASH "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
#define FIRST "c2sp.org/tlog-proof@v1\n"

/* The proof that entry 73 stands in a ledger of 300, and who trusts what. */
static struct proof example(struct arena *arena, struct note_signer *signer,
                            struct checkpoint_trust *trust)
{
    struct memory_tiles tiles = {.arena = arena};
    struct tree_reader reader = memory_tiles_reader(&tiles);
    struct proof proof = {.entry = STR("entry 73"), .index = 73};
    struct checkpoint checkpoint = {.origin = STR(ORIGIN), .size = 300};
    memory_tiles_grow(&tiles, 300);
    *signer = keys_signer(STR(ORIGIN), NOTE_KEY_PLAIN, 1);
    *trust = (struct checkpoint_trust){.origin = STR(ORIGIN), .keys = &signer->key, .key_count = 1};
    checkpoint.root = tree_frontier_root(&tiles.frontier);
    assert_true(result_is_ok(tile_inclusion_prove(&reader, 73, 300, &proof.inclusion)));
    assert_true(result_is_ok(checkpoint_sign(arena, &checkpoint, signer, 1, &proof.checkpoint)));
    return proof;
}

static void written_and_opened(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_signer signer;
    struct checkpoint_trust trust;
    struct checkpoint checkpoint;
    struct proof proof = example(arena, &signer, &trust), back;
    struct str text = proof_write(arena, &proof);
    assert_true(str_starts(text, STR(FIRST "extra ZW50cnkgNzM=\nindex 73\n")));
    assert_true(result_is_ok(proof_open(arena, text, &trust, &back, &checkpoint)));
    check_str(back.entry, "entry 73");
    assert_int_equal(back.index, 73);
    assert_int_equal(checkpoint.size, 300);
    assert_true(str_equal(proof_write(arena, &back), text));

    proof.entry = STR("");
    text = proof_write(arena, &proof);
    assert_true(result_is_ok(proof_read(arena, text, &back)));
    assert_int_equal(back.entry.len, 0);
    assert_true(str_equal(proof_write(arena, &back), text));
    assert_int_equal(proof_open(arena, text, &trust, &back, &checkpoint).code, RESULT_CODE_INVALID);
}

static void every_bit_counts(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_signer signer;
    struct checkpoint_trust trust;
    struct checkpoint checkpoint;
    struct proof proof = example(arena, &signer, &trust), back;
    struct str text = proof_write(arena, &proof);
    char *changed = str_cstr(arena, text);
    for (size_t bit = 0; bit < 8 * text.len; bit++) {
        struct arena_mark mark = arena_mark(arena);
        changed[bit / 8] = (char)(changed[bit / 8] ^ (1 << bit % 8));
        assert_false(result_is_ok(
            proof_open(arena, (struct str){changed, text.len}, &trust, &back, &checkpoint)));
        changed[bit / 8] = (char)(changed[bit / 8] ^ (1 << bit % 8));
        arena_rewind(arena, mark);
    }
    proof.entry = STR("entry 74");
    text = proof_write(arena, &proof);
    assert_int_equal(proof_open(arena, text, &trust, &back, &checkpoint).code, RESULT_CODE_REFUSED);
}

static void texts_that_are_none(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        FIRST,
        "c2sp.org/tlog-proof@v2\nindex 1\n" HASH "\nrest\n",
        FIRST "index 1\n" HASH,
        FIRST "index 1\n",
        FIRST "index 01\n" HASH "\n",
        FIRST "index -1\n" HASH "\n",
        FIRST "index 9223372036854775808\n" HASH "\n",
        FIRST "Index 1\n" HASH "\n",
        FIRST "index 1\n" HASH "AAAA\n\n",
        FIRST "index 1\n" HASH " \n\n",
        FIRST "extra\nindex 1\n" HASH "\n",
        FIRST "extra \nindex 1\n" HASH "\n",
        FIRST "extra AAA\nindex 1\n" HASH "\n",
        FIRST "extra AAB=\nindex 1\n" HASH "\n",
        FIRST "extra AAAA\n",
        FIRST "extra AAAA\nextra AAAA\nindex 1\n" HASH "\n",
        FIRST "index 1\nextra AAAA\n" HASH "\n",
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct proof proof;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct result result = proof_read(arena, str_from(bad[i]), &proof);
        if (result_is_ok(result) || !result.message) {
            fail_msg("taken: %s", bad[i]);
        }
    }
}

static void limits(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct proof proof = {.checkpoint = STR("a checkpoint\n")}, back;
    proof.inclusion.count = TREE_PROOF_HASHES_MAX;
    char *entry = arena_alloc(arena, 65536);
    proof.entry = (struct str){entry, 65535};
    struct str text = proof_write(arena, &proof);
    assert_true(result_is_ok(proof_read(arena, text, &back)));
    assert_int_equal(back.entry.len, 65535);
    proof.entry.len = 65536;
    assert_int_equal(proof_read(arena, proof_write(arena, &proof), &back).code,
                     RESULT_CODE_INVALID);
    size_t empty = str_find(text, STR("\n\n"));
    struct str start = str_slice(text, 0, empty + 1), end = str_slice(text, empty + 1, text.len);
    struct str over = str_format(arena, STR_FMT HASH STR_FMT, STR_ARG(start), STR_ARG(end));
    assert_int_equal(proof_read(arena, over, &back).code, RESULT_CODE_LIMIT);

    char *longest = arena_alloc(arena, PROOF_BYTES_MAX + 1);
    memset(longest, 'x', PROOF_BYTES_MAX + 1);
    memcpy(longest, FIRST "index 0\n\n", sizeof(FIRST "index 0\n\n") - 1);
    assert_true(result_is_ok(proof_read(arena, (struct str){longest, PROOF_BYTES_MAX}, &back)));
    assert_int_equal(proof_read(arena, (struct str){longest, PROOF_BYTES_MAX + 1}, &back).code,
                     RESULT_CODE_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_and_opened),
        cmocka_unit_test(every_bit_counts),
        cmocka_unit_test(texts_that_are_none),
        cmocka_unit_test(limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
