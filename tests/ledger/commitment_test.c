/*
 * tests/ledger/commitment_test.c - entries, byte for byte, and what their commitments hide.
 *
 * The expected hashes were computed by another program (Python's hashlib) from the table in
 * ledger/commitment.h.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "ledger/commitment.h"
#include "ledger/keys.h"
#include "ledger/tree.h"

static struct str hex(struct arena *arena, const unsigned char *bytes, size_t count)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        text_addf(&out, "%02x", (unsigned)bytes[i]);
    }
    return text_str(&out);
}

static struct entry example(void)
{
    struct commitment_salt salt;
    for (size_t i = 0; i < sizeof(salt.bytes); i++) {
        salt.bytes[i] = (unsigned char)i;
    }
    return (struct entry){
        .kind = 0x0102,
        .time_ms = INT64_C(1772619751123),
        .commitment = commitment_make(&salt, STR("content")),
    };
}

static void known_bytes(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    unsigned char bytes[ENTRY_BYTES];
    struct entry entry = example(), back;
    entry_write(&entry, bytes);
    check_str(hex(arena, bytes, sizeof(bytes)), "0101020000019cb85eded31dfd6bed9b69cb2386b30c"
                                                "0c811fbe212096e9bed7d65d3b97deb5a038cb0ca5");
    assert_true(result_is_ok(entry_read((struct str){(char *)bytes, sizeof(bytes)}, &back)));
    assert_int_equal(back.kind, 0x0102);
    assert_int_equal(back.time_ms, INT64_C(1772619751123));
    assert_memory_equal(&back.commitment, &entry.commitment, COMMITMENT_BYTES);
    struct tree_hash leaf = entry_leaf(&entry);
    check_str(hex(arena, leaf.bytes, sizeof(leaf.bytes)),
              "7c99fade6d8154c66ec654e09e81a3aa0384e8fb1833b87ceab3d32fe114d898");
}

static void only_salt_and_content_match(void **state)
{
    (void)state;
    struct result started = note_start();
    assert_true(result_is_ok(started));
    struct commitment_salt salt = commitment_salt_new(), other = commitment_salt_new();
    assert_memory_not_equal(&salt, &other, sizeof(salt));
    struct commitment commitment = commitment_make(&salt, STR("approved by the head"));
    assert_true(commitment_matches(&commitment, &salt, STR("approved by the head")));
    assert_false(commitment_matches(&commitment, &salt, STR("approved by the Head")));
    assert_false(commitment_matches(&commitment, &salt, STR("")));
    assert_false(commitment_matches(&commitment, &other, STR("approved by the head")));
    for (size_t bit = 0; bit < 8 * sizeof(salt.bytes); bit++) {
        other = salt;
        other.bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        assert_false(commitment_matches(&commitment, &other, STR("approved by the head")));
    }
    struct commitment empty = commitment_make(&salt, STR(""));
    assert_true(commitment_matches(&empty, &salt, (struct str){0}));
}

static void entries_that_are_none(void **state)
{
    (void)state;
    unsigned char bytes[ENTRY_BYTES + 1] = {0};
    struct entry entry = example(), back;
    entry_write(&entry, bytes);
    for (size_t len = 0; len <= ENTRY_BYTES + 1; len++) {
        struct result result = entry_read((struct str){(char *)bytes, len}, &back);
        assert_int_equal(result.code, len == ENTRY_BYTES ? RESULT_CODE_OK : RESULT_CODE_CORRUPT);
    }
    struct str whole = {(char *)bytes, ENTRY_BYTES};
    bytes[0] = 2;
    assert_int_equal(entry_read(whole, &back).code, RESULT_CODE_UNSUPPORTED);
    bytes[0] = 0;
    assert_int_equal(entry_read(whole, &back).code, RESULT_CODE_UNSUPPORTED);
    entry.kind = 1;
    entry_write(&entry, bytes);
    bytes[2] = 0;
    assert_int_equal(entry_read(whole, &back).code, RESULT_CODE_CORRUPT);
    entry.time_ms = ENTRY_TIME_MS_MAX;
    entry_write(&entry, bytes);
    assert_true(result_is_ok(entry_read(whole, &back)));
    bytes[9]++;
    assert_int_equal(entry_read(whole, &back).code, RESULT_CODE_CORRUPT);
    bytes[3] = 0x80;
    assert_int_equal(entry_read(whole, &back).code, RESULT_CODE_CORRUPT);
}

static void write_changed(void *context)
{
    unsigned char bytes[ENTRY_BYTES];
    entry_write(context, bytes);
}

static void entries_that_cannot_be_written(void **state)
{
    (void)state;
    struct entry entry = example();
    entry.kind = 0;
    check_stops(write_changed, &entry);
    entry = example();
    entry.time_ms = -1;
    check_stops(write_changed, &entry);
    entry.time_ms = ENTRY_TIME_MS_MAX + 1;
    check_stops(write_changed, &entry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_bytes),
        cmocka_unit_test(only_salt_and_content_match),
        cmocka_unit_test(entries_that_are_none),
        cmocka_unit_test(entries_that_cannot_be_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
