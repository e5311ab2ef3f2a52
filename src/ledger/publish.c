/*
 * ledger/publish.c - the newest checkpoint, tiles and bundles, as outsiders fetch them.
 *
 * Read first: publish.h.
 */
#include "ledger/publish.h"

#include <assert.h>

#include "base/arena.h"
#include "ledger/ledger_int.h"
#include "ledger/ledger_sql.h"

struct result ledger_published_read(struct store_transaction *transaction,
                                    struct ledger_published *out)
{
    struct arena *arena = store_arena(transaction);
    struct ledger_head head;
    struct ledger_public_of_row setting = {0};
    struct ledger_checkpoint_last_row last;
    bool is_there = false, is_signed = false;
    TRY(ledger_head_read(transaction, &head));
    TRY(ledger_public_of(transaction, &is_there, &setting));
    TRY(ledger_checkpoint_last(transaction, &is_signed, &last));
    *out = (struct ledger_published){.is_public = setting.is_public != 0,
                                     .origin =
                                         ledger_checkpoint_origin(arena, head.origin, head.epoch),
                                     .epoch = head.epoch};
    if (is_signed && last.epoch == head.epoch) {
        out->checkpoint = last.note;
        out->size = (uint64_t)last.size;
    }
    return RESULT_OK;
}

struct result ledger_publish(struct store_transaction *transaction, bool is_public)
{
    return ledger_public_change(transaction, (struct ledger_public_change_in){is_public});
}

MUST_USE static struct result entries_bytes(struct store_transaction *transaction, struct tile tile,
                                            struct str *out)
{
    struct ledger_leaves_rows rows;
    uint64_t first = tile.index * TILE_WIDTH;
    TRY(ledger_leaves(transaction, (struct ledger_leaves_in){(int64_t)first, tile.width}, &rows));
    struct text bundle = {.arena = store_arena(transaction)};
    bool is_whole = rows.count == tile.width;
    for (size_t i = 0; i < rows.count && is_whole; i++) {
        is_whole = (uint64_t)rows.at[i].position == first + i && rows.at[i].leaf.len == ENTRY_BYTES;
        tile_entries_add(&bundle, rows.at[i].leaf);
    }
    *out = text_str(&bundle);
    return is_whole ? RESULT_OK
                    : result_fail(RESULT_CODE_CORRUPT, "entries of the ledger are missing",
                                  (struct str){0});
}

struct result ledger_tile_bytes(struct store_transaction *transaction,
                                const struct ledger_published *published, struct tile tile,
                                bool is_entries, struct str *out)
{
    assert(tile.level < TILE_LEVELS_MAX && tile.width >= 1 && tile.width <= TILE_WIDTH);
    assert(!is_entries || tile.level == 0);
    if (tile_width(published->size, tile.level, tile.index) < tile.width) {
        return result_fail(RESULT_CODE_MISSING, "no checkpoint covers this part of the ledger",
                           (struct str){0});
    }
    if (is_entries) {
        return entries_bytes(transaction, tile, out);
    }
    struct tree_reader reader = ledger_reader(transaction);
    struct tree_hash *hashes = ARENA_ARRAY(store_arena(transaction), struct tree_hash, TILE_WIDTH);
    TRY(reader.read(reader.context, tile, hashes));
    *out = (struct str){(const char *)hashes, tile.width * TREE_HASH_BYTES};
    return RESULT_OK;
}
