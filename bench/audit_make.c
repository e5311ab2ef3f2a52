/*
 * bench/audit_make.c - a history of many acts, and what an act costs. bench/audit.sh starts it.
 *
 *     audit_make DATA ACTS     DATA/handrail.db and DATA/ledger.key; a line of JSON on the output
 *
 * Read first: src/ledger/ledger.h. The acts are of the length of those of a school: some 120 bytes,
 * about 500 people at 10 schools; a checkpoint for each 10,000.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "clock.h"
#include "ledger/ledger.h"

#define ORIGIN "ashdownvale.example/handrail"
#define ACTS_OF_A_TRANSACTION 1000
#define ACTS_OF_A_CHECKPOINT 10000
#define ACTS_ALONE 500 /* each in a transaction of its own: how acts are done */

MUST_USE static struct result append(struct store *store, size_t first, size_t count)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    for (size_t i = first; i < first + count; i++) {
        struct ledger_act act = {
            .kind = (uint16_t)(LEDGER_KIND_FIRST + i % 50),
            .actor = {1000000 + (int64_t)(i % 37)},
            .person = {1000000 + (int64_t)(i * 7919 % 500)},
            .school = {2000000 + (int64_t)(i % 10)},
            .content = str_format(arena,
                                  "{\"person\":\"7q2m4x9k3bz1a\",\"school\":\"3f8w2n6c5rt0y\","
                                  "\"kind\":\"teacher\",\"job\":\"Form tutor %zu\","
                                  "\"from\":\"2026-09-01\"}",
                                  i)};
        TRY(ledger_append(transaction, &act, NULL));
    }
    return store_commit(transaction);
}

MUST_USE static struct result sign(struct store *store, const struct note_signer *signer)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(store_end) struct store_transaction *transaction = NULL;
    struct str note;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    TRY(ledger_checkpoint(transaction, signer, 1, &note));
    return store_commit(transaction);
}

MUST_USE static struct result start(struct arena *arena, struct store *store)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    TRY(ledger_start(transaction, STR(ORIGIN)));
    return store_commit(transaction);
}

MUST_USE static struct result make(struct arena *arena, struct str data, size_t acts)
{
    static const unsigned char seed[NOTE_SEED_BYTES] = {1, 2, 3};
    struct note_signer signer;
    TRY(note_start());
    TRY(note_signer_from_seed(STR(ORIGIN), NOTE_KEY_PLAIN, seed, &signer));
    DEFER(store_close) struct store *store = NULL;
    TRY(store_open(arena, str_format(arena, STR_FMT "/handrail.db", STR_ARG(data)), &store));
    TRY(start(arena, store));
    double begun = (double)clock_nanoseconds() / 1e9;
    for (size_t done = 1; done < acts; done += ACTS_OF_A_TRANSACTION) {
        size_t left = acts - done;
        TRY(append(store, done, left < ACTS_OF_A_TRANSACTION ? left : ACTS_OF_A_TRANSACTION));
        TRY(done % ACTS_OF_A_CHECKPOINT == 1 ? sign(store, &signer) : RESULT_OK);
    }
    double together = (double)clock_nanoseconds() / 1e9 - begun;
    begun = (double)clock_nanoseconds() / 1e9;
    for (size_t i = 0; i < ACTS_ALONE; i++) {
        TRY(append(store, acts + i, 1));
    }
    double alone = (double)clock_nanoseconds() / 1e9 - begun;
    printf("{\"acts\": %zu, \"together_us\": %.2f, \"alone_us\": %.1f, \"key\": \"" STR_FMT "\"}\n",
           acts + ACTS_ALONE, together * 1e6 / (double)acts, alone * 1e6 / ACTS_ALONE,
           STR_ARG(note_key_write(arena, &signer.key)));
    return sign(store, &signer);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: audit_make DATA ACTS\n");
        return 2;
    }
    DEFER(arena_close) struct arena *arena = arena_open();
    struct result made = make(arena, str_from(argv[1]), strtoul(argv[2], NULL, 10));
    if (!result_is_ok(made)) {
        fprintf(stderr, "%s (" STR_FMT ")\n", made.message, STR_ARG(made.detail));
        return 1;
    }
    return 0;
}
