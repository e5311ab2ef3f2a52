/*
 * web/page_tiles.c - the ledger for outside witnesses, as C2SP tlog-tiles has it: GET /checkpoint,
 * /tile/LEVEL/NUMBER[.p/WIDTH] and /tile/entries/NUMBER[.p/WIDTH].
 *
 * Read first: ledger/publish.h; docs/ledger.md, "Outside witnesses".
 *
 * What must hold
 * - Unless the trust has said that it wants this, there are no such pages.
 * - A path has one form alone, escapes not decoded: what is kept on the way is kept once.
 * - After a restore other entries may stand where lost ones stood, and a tile is kept for a year by
 *   whoever fetched it. So each epoch has paths of its own, "/epoch-2/tile/...": with the site's
 *   name before it that is its origin.
 */
#include "ledger/publish.h"
#include "web/office_int.h"
#include "web/pages_int.h"
#include "web/signed_in_int.h"

#define TILE_TYPE "application/octet-stream"
#define CHECKPOINT_TYPE "text/plain; charset=utf-8"

/* What is asked for, when it is of this epoch. */
static bool path_within(const struct web_exchange *exchange, int64_t epoch, struct str *out)
{
    struct str prefix =
        epoch == 1 ? STR("/") : str_format(exchange->arena, "/epoch-%lld/", (long long)epoch);
    *out = str_slice(exchange->path, prefix.len, exchange->path.len);
    return str_starts(exchange->path, prefix);
}

/* The bytes and how long they may be kept. MISSING: there is no such page. */
MUST_USE static struct result bytes_of(struct web_exchange *exchange,
                                       struct store_transaction *transaction, struct str *bytes,
                                       bool *is_tile)
{
    struct ledger_published published;
    struct str path;
    struct tile tile;
    bool is_entries = false;
    struct result missing =
        result_fail(RESULT_CODE_MISSING, "there is no such page", exchange->path);
    TRY(ledger_published_read(transaction, &published));
    if (!published.is_public || published.size == 0 ||
        !path_within(exchange, published.epoch, &path)) {
        return missing;
    }
    *is_tile = !str_equal(path, STR("checkpoint"));
    if (!*is_tile) {
        *bytes = published.checkpoint;
        return RESULT_OK;
    }
    return tile_path_read(path, &tile, &is_entries)
               ? ledger_tile_bytes(transaction, &published, tile, is_entries, bytes)
               : missing;
}

void page_tiles(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    struct str bytes = {0};
    bool is_tile = false;
    if (!office) {
        return;
    }
    DEFER(store_end) struct store_transaction *transaction = NULL;
    struct result found =
        store_begin(office->place.store, exchange->arena, STORE_READ, &transaction);
    if (result_is_ok(found)) {
        found = bytes_of(exchange, transaction, &bytes, &is_tile);
    }
    if (found.code == RESULT_CODE_MISSING) {
        web_not_found(exchange);
    } else if (!result_is_ok(found)) {
        web_failed(exchange, found);
    } else {
        web_data(exchange, WEB_OK, is_tile ? STR(TILE_TYPE) : STR(CHECKPOINT_TYPE), bytes);
        exchange->answer.cache = is_tile ? WEB_CACHE_FOREVER : WEB_CACHE_CHECK;
    }
}
