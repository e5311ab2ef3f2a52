/*
 * tests/told/shown_test.c - what somebody shows: known by its first line, believed by its key.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "ledger/keys.h"
#include "support/store_case.h"
#include "told/shown.h"

#define NAME "ashdownvale.example"

static struct str receipt_of(struct arena *arena, const struct note_signer *signer)
{
    struct receipt receipt = {
        .policy = STR("A policy"), .verdict = STR("Allowed"), .time_ms = 1000};
    struct str out;
    check_ok(receipt_sign(arena, &receipt, signer, &out));
    return out;
}

static struct str checkpoint_of(struct arena *arena, const struct note_signer *signer,
                                const char *origin, const struct tree_hash *root)
{
    struct checkpoint checkpoint = {.origin = str_from(origin), .size = 1, .root = *root};
    struct str out;
    check_ok(checkpoint_sign(arena, &checkpoint, signer, 1, &out));
    return out;
}

/* Of a ledger with one entry: its leaf is the root. */
static struct str proof_of(struct arena *arena, const struct note_signer *signer, uint16_t kind)
{
    struct commitment_salt salt = {{1}};
    struct entry entry = {
        .kind = kind, .time_ms = 5, .commitment = commitment_make(&salt, STR("content"))};
    unsigned char *bytes = arena_alloc(arena, ENTRY_BYTES);
    entry_write(&entry, bytes);
    struct tree_hash leaf = entry_leaf(&entry);
    struct proof proof = {.entry = {(const char *)bytes, ENTRY_BYTES},
                          .checkpoint = checkpoint_of(arena, signer, NAME, &leaf)};
    return proof_write(arena, &proof);
}

static void each_is_known_by_its_first_line(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_signer signer = keys_signer(STR(NAME), NOTE_KEY_PLAIN, 1);
    struct told_shown shown;
    struct tree_hash root = {{9}};
    check_ok(told_shown_open(arena, receipt_of(arena, &signer), &signer.key, 1, &shown));
    assert_int_equal(shown.kind, TOLD_SHOWN_RECEIPT);
    check_str(shown.receipt.verdict, "Allowed");
    check_ok(told_shown_open(arena, proof_of(arena, &signer, 40), &signer.key, 1, &shown));
    assert_int_equal(shown.kind, TOLD_SHOWN_PROOF);
    assert_int_equal(shown.entry.kind, 40);
    assert_int_equal(shown.checkpoint.size, 1);
    check_ok(told_shown_open(arena, checkpoint_of(arena, &signer, NAME "/epoch-2", &root),
                             &signer.key, 1, &shown));
    assert_int_equal(shown.kind, TOLD_SHOWN_CHECKPOINT);
    check_str(shown.checkpoint.origin, NAME "/epoch-2");
}

/* Of another name, of the same name, and of both where only one is known. */
static void a_foreign_key_is_not_believed(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_signer own = keys_signer(STR(NAME), NOTE_KEY_PLAIN, 1);
    const struct note_signer foreign[] = {keys_signer(STR(NAME), NOTE_KEY_PLAIN, 2),
                                          keys_signer(STR("evil.example"), NOTE_KEY_PLAIN, 1),
                                          keys_signer(STR("evil.example"), NOTE_KEY_PLAIN, 3)};
    struct told_shown shown;
    struct tree_hash root = {{9}};
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
        const struct str texts[] = {receipt_of(arena, &foreign[i]),
                                    proof_of(arena, &foreign[i], 40),
                                    checkpoint_of(arena, &foreign[i], NAME, &root)};
        for (size_t at = 0; at < sizeof texts / sizeof texts[0]; at++) {
            check_fails(told_shown_open(arena, texts[at], &own.key, 1, &shown),
                        RESULT_CODE_REFUSED);
            assert_false(result_is_ok(told_shown_open(arena, texts[at], NULL, 0, &shown)));
        }
    }
}

static void another_origin_is_not_believed(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_signer own = keys_signer(STR(NAME), NOTE_KEY_PLAIN, 1);
    struct told_shown shown;
    struct tree_hash root = {{9}};
    static const char *const origins[] = {"other.example", NAME "x", NAME "/epoch-1",
                                          NAME "/epoch-", NAME "/other"};
    for (size_t i = 0; i < sizeof origins / sizeof origins[0]; i++) {
        struct str text = checkpoint_of(arena, &own, origins[i], &root);
        assert_false(result_is_ok(told_shown_open(arena, text, &own.key, 1, &shown)));
    }
}

/* Every byte of each, changed. */
static void what_was_changed_is_not_believed(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_signer own = keys_signer(STR(NAME), NOTE_KEY_PLAIN, 1);
    const struct str texts[] = {receipt_of(arena, &own), proof_of(arena, &own, 40)};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (size_t at = 0; at < texts[i].len; at++) {
            char *bytes = arena_alloc(arena, texts[i].len);
            memcpy(bytes, texts[i].at, texts[i].len);
            bytes[at] ^= 1;
            struct told_shown shown;
            struct str changed = {bytes, texts[i].len};
            assert_false(result_is_ok(told_shown_open(arena, changed, &own.key, 1, &shown)));
        }
        struct told_shown shown;
        struct str shorter = str_slice(texts[i], 0, texts[i].len - 1);
        assert_false(result_is_ok(told_shown_open(arena, shorter, &own.key, 1, &shown)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_known_by_its_first_line),
        cmocka_unit_test(a_foreign_key_is_not_believed),
        cmocka_unit_test(another_origin_is_not_believed),
        cmocka_unit_test(what_was_changed_is_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
