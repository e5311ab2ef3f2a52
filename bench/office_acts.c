/*
 * bench/office_acts.c - a long history for people who are there already. bench/office.sh starts it.
 *
 *     office_acts WHERE ACTS <PEOPLE     WHERE: a file or a postgresql:// address
 *
 * PEOPLE has a line for each, "PERSON SCHOOL", by their numbers. Each act is by one of them, about
 * another one at that one's school, as long as those of a school are (some 120 bytes).
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "ledger/ledger.h"

#define PEOPLE_MAX 400000
#define ACTS_OF_A_TRANSACTION 2000

struct place {
    int64_t person, school;
};

static struct place people[PEOPLE_MAX];
static size_t people_count;

MUST_USE static struct result append(struct store *store, size_t first, size_t count)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    for (size_t i = first; i < first + count; i++) {
        const struct place *whom = &people[i * 7919 % people_count];
        struct ledger_act act = {
            .kind = (uint16_t)(LEDGER_KIND_FIRST + i % 50),
            .actor = {people[i * 104729 % people_count].person},
            .person = {whom->person},
            .school = {whom->school},
            .content = str_format(arena,
                                  "{\"kind\":\"teacher\",\"job\":\"Form tutor %zu\",\"from\":"
                                  "\"2026-09-01\",\"why\":\"changed at the start of the year\"}",
                                  i)};
        TRY(ledger_append(transaction, &act, NULL));
    }
    return store_commit(transaction);
}

MUST_USE static struct result make(struct arena *arena, const char *where, size_t acts)
{
    DEFER(store_close) struct store *store = NULL;
    TRY(store_open(arena, str_from(where), &store));
    for (size_t done = 0; done < acts; done += ACTS_OF_A_TRANSACTION) {
        size_t left = acts - done;
        TRY(append(store, done, left < ACTS_OF_A_TRANSACTION ? left : ACTS_OF_A_TRANSACTION));
        if (done % (100 * ACTS_OF_A_TRANSACTION) == 0) {
            fprintf(stderr, "\r%zu acts", done);
        }
    }
    fprintf(stderr, "\r%zu acts\n", acts);
    return RESULT_OK;
}

int main(int argc, char **argv)
{
    struct place *at = people;
    while (people_count < PEOPLE_MAX &&
           scanf("%" SCNd64 " %" SCNd64, &at->person, &at->school) == 2) {
        at = &people[++people_count];
    }
    if (argc != 3 || people_count == 0) {
        fprintf(stderr, "usage: office_acts WHERE ACTS <PEOPLE\n");
        return 2;
    }
    DEFER(arena_close) struct arena *arena = arena_open();
    struct result made = make(arena, argv[1], strtoul(argv[2], NULL, 10));
    if (!result_is_ok(made)) {
        fprintf(stderr, "%s (" STR_FMT ")\n", made.message, STR_ARG(made.detail));
        return 1;
    }
    return 0;
}
