/*
 * ledger/erase.c - what acts say of a person is taken out for good, and that it was.
 *
 * Read first: ledger.h.
 */
#include "base/arena.h"
#include "base/hex.h"
#include "base/json.h"
#include "ledger/ledger_int.h"
#include "ledger/ledger_sql.h"

struct ledger_positions ledger_positions_begin(void)
{
    return (struct ledger_positions){.state = sha256_begin()};
}

void ledger_positions_add(struct ledger_positions *positions, int64_t position)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)((uint64_t)position >> (56 - 8 * i));
    }
    sha256_add(&positions->state, bytes, sizeof bytes);
    positions->count++;
}

struct str ledger_positions_end(struct arena *arena, struct ledger_positions *positions)
{
    uint8_t digest[SHA256_BYTES];
    sha256_end(&positions->state, digest);
    return hex_of(arena, digest, sizeof digest);
}

MUST_USE static struct result positions_of(struct store_transaction *transaction,
                                           struct person_id person,
                                           struct ledger_positions *positions)
{
    int64_t after = -1;
    struct ledger_positions_of_person_rows rows;
    do {
        TRY(ledger_positions_of_person(
            transaction, (struct ledger_positions_of_person_in){person, after, LEDGER_PAGE_ROWS},
            &rows));
        for (size_t i = 0; i < rows.count; i++) {
            after = rows.at[i].position;
            ledger_positions_add(positions, after);
        }
    } while (rows.count == LEDGER_PAGE_ROWS);
    return RESULT_OK;
}

struct result ledger_erase(struct store_transaction *transaction, struct person_id person,
                           struct person_id actor, struct str why, size_t *count)
{
    struct arena *arena = store_arena(transaction);
    struct ledger_positions positions = ledger_positions_begin();
    TRY(positions_of(transaction, person, &positions));
    struct text content = {.arena = arena};
    struct json_writer writer = json_writer_new(&content, JSON_COMPACT);
    json_begin_object(&writer);
    json_key_int(&writer, STR("acts"), positions.count);
    json_key_str(&writer, STR("positions"), ledger_positions_end(arena, &positions));
    json_key_str(&writer, STR("person"), store_id_format(arena, person.value));
    json_key(&writer, STR("why"));
    json_raw(&writer, why);
    json_end_object(&writer);
    struct ledger_act act = {
        .kind = LEDGER_KIND_ERASURE, .actor = actor, .content = text_str(&content)};
    int64_t position = 0;
    TRY(ledger_append(transaction, &act, &position));
    TRY(ledger_untidy_add(transaction));
    return ledger_acts_erase(
        transaction,
        (struct ledger_acts_erase_in){.person = person, .below = position, .erased_by = position},
        count);
}

MUST_USE static struct result untidy_read(struct store *store, struct arena *arena, int64_t *out)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_READ, &transaction));
    struct ledger_untidy_of_row row;
    bool is_there = false;
    TRY(ledger_untidy_of(transaction, &is_there, &row));
    *out = is_there ? row.untidy : 0;
    return RESULT_OK;
}

struct result ledger_tidy(struct store *store, struct arena *arena)
{
    int64_t untidy = 0;
    TRY(untidy_read(store, arena, &untidy));
    if (untidy == 0) {
        return RESULT_OK;
    }
    TRY(store_tidy(store, arena));
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    size_t changed = 0;
    TRY(ledger_tidied(transaction, (struct ledger_tidied_in){untidy}, &changed));
    return store_commit(transaction);
}
