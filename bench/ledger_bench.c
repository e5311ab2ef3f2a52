/*
 * bench/ledger_bench.c - a ledger of many entries: appended to, checked, proofs, signatures.
 *
 * Run it with bench/ledger.sh, which holds it against Go's sumdb/tlog and sumdb/note.
 *
 *     ledger_bench ENTRIES      prints a line for each measure: NAME NANOSECONDS, of one entry,
 *                               proof or signature; and the root, which Go must print too
 */
#include <assert.h>
#include <stdio.h>

#include "../tests/ledger/keys.h"
#include "../tests/ledger/memory_tiles.h"
#include "clock.h"
#include "ledger/checkpoint.h"
#include "ledger/commitment.h"

enum { PROOFS = 20000, SIGNATURES = 2000 };

#define ORIGIN "example.org/ledger"

static void say(const char *name, uint64_t from, uint64_t count)
{
    (void)printf("%s %.1f\n", name, (double)(clock_nanoseconds() - from) / (double)count);
}

static void need_ok(struct result result)
{
    assert(result_is_ok(result));
}

/* Entries as they lie in a table or a file, one after the other: the same ones as in Go. */
static unsigned char *make_entries(struct arena *arena, uint64_t count)
{
    unsigned char *entries = arena_alloc(arena, count * ENTRY_BYTES);
    for (uint64_t i = 0; i < count; i++) {
        struct entry entry = {.kind = 1, .time_ms = (int64_t)i};
        memset(entry.commitment.bytes, (int)(i % 251), COMMITMENT_BYTES);
        entry_write(&entry, entries + i * ENTRY_BYTES);
    }
    return entries;
}

static struct tree_hash leaf_at(const unsigned char *entries, uint64_t index)
{
    return tree_hash_leaf((struct str){(const char *)entries + index * ENTRY_BYTES, ENTRY_BYTES});
}

/* Each entry read, hashed and put into the tree: all that a check does beside reading it. */
static struct tree_hash check_all(const unsigned char *entries, uint64_t count)
{
    struct tree_frontier frontier = {0};
    uint64_t from = clock_nanoseconds();
    for (uint64_t i = 0; i < count; i++) {
        struct tree_hash leaf = leaf_at(entries, i);
        tree_frontier_append(&frontier, &leaf, NULL);
    }
    struct tree_hash root = tree_frontier_root(&frontier);
    say("check", from, count);
    return root;
}

static void measure_proofs(const struct tree_reader *reader, const unsigned char *entries,
                           uint64_t count, const struct tree_hash *root)
{
    struct arena *arena = arena_open();
    struct tree_proof *proofs = ARENA_ARRAY(arena, struct tree_proof, PROOFS);
    uint64_t from = clock_nanoseconds();
    for (uint64_t i = 0; i < PROOFS; i++) {
        need_ok(tile_inclusion_prove(reader, i * 7919 % count, count, &proofs[i]));
    }
    say("prove-inclusion-from-tiles", from, PROOFS);
    from = clock_nanoseconds();
    for (uint64_t i = 0; i < PROOFS; i++) {
        uint64_t index = i * 7919 % count;
        struct tree_hash leaf = leaf_at(entries, index);
        bool is_right = tree_inclusion_verify(&proofs[i], index, count, &leaf, root);
        assert(is_right);
    }
    say("verify-inclusion", from, PROOFS);
    from = clock_nanoseconds();
    for (uint64_t i = 0; i < PROOFS; i++) {
        need_ok(tile_consistency_prove(reader, 1 + i * 7919 % count, count, &proofs[i]));
    }
    say("prove-consistency-from-tiles", from, PROOFS);
    arena_close(arena);
}

static void measure_signatures(uint64_t count, const struct tree_hash *root)
{
    struct arena *arena = arena_open();
    struct note_signer signer = keys_signer(STR(ORIGIN), NOTE_KEY_PLAIN, 1);
    struct checkpoint_trust trust = {.origin = STR(ORIGIN), .keys = &signer.key, .key_count = 1};
    struct checkpoint checkpoint = {.origin = STR(ORIGIN), .size = count, .root = *root}, opened;
    struct str message = {0};
    uint64_t from = clock_nanoseconds();
    for (int i = 0; i < SIGNATURES; i++) {
        need_ok(checkpoint_sign(arena, &checkpoint, &signer, 1, &message));
    }
    say("sign-checkpoint", from, SIGNATURES);
    from = clock_nanoseconds();
    for (int i = 0; i < SIGNATURES; i++) {
        need_ok(checkpoint_open(arena, message, &trust, &opened));
    }
    say("open-checkpoint", from, SIGNATURES);
    arena_close(arena);
}

int main(int argument_count, char **words)
{
    int64_t count = 0;
    if (argument_count != 2 || !str_to_int(str_from(words[1]), &count) || count < 1) {
        (void)fprintf(stderr, "usage: ledger_bench ENTRIES\n");
        return 2;
    }
    struct arena *arena = arena_open();
    unsigned char *entries = make_entries(arena, (uint64_t)count);
    struct memory_tiles tiles = {.arena = arena_open()};
    struct tree_reader reader = memory_tiles_reader(&tiles);
    uint64_t from = clock_nanoseconds();
    for (uint64_t i = 0; i < (uint64_t)count; i++) {
        struct tree_hash leaf = leaf_at(entries, i);
        memory_tiles_append(&tiles, &leaf);
    }
    say("append", from, (uint64_t)count);
    struct tree_hash root = check_all(entries, (uint64_t)count), again;
    from = clock_nanoseconds();
    need_ok(tile_root(&reader, (uint64_t)count, &again));
    say("root-from-tiles", from, 1);
    assert(tree_hash_equal(&root, &again));
    measure_proofs(&reader, entries, (uint64_t)count, &root);
    measure_signatures((uint64_t)count, &root);
    (void)printf("root ");
    for (size_t i = 0; i < TREE_HASH_BYTES; i++) {
        (void)printf("%02x", (unsigned)root.bytes[i]);
    }
    (void)printf("\n");
    arena_close(tiles.arena);
    arena_close(arena);
    return 0;
}
