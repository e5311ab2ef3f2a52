/*
 * ledger/publish.h - what outsiders may fetch, if the trust wants it: the newest checkpoint, and
 * the tiles and bundles of entries that it covers (C2SP tlog-tiles).
 *
 * Read first: ledger/ledger.h, ledger/tile.h. Start at ledger_published_read(); the pages are
 * web/page_tiles.c.
 *
 * What must hold
 * - Nothing is handed out that no checkpoint covers: what is not signed yet can still be lost.
 * - The bytes of a tile or bundle of one width, in one epoch, never change.
 */
#ifndef HANDRAIL_LEDGER_PUBLISH_H
#define HANDRAIL_LEDGER_PUBLISH_H

#include "ledger/ledger.h"

struct ledger_published {
    bool is_public;        /* the trust lets anybody fetch it */
    struct str origin;     /* of the checkpoints of now, with the epoch */
    int64_t epoch;         /* whose tiles there are: those of an earlier one are gone */
    struct str checkpoint; /* the newest one of this epoch; empty: none is signed yet */
    uint64_t size;         /* entries that it covers */
};

/* MISSING when there is no ledger yet. */
MUST_USE struct result ledger_published_read(struct store_transaction *transaction,
                                             struct ledger_published *out);

/* The trust's decision. At first it is not public. */
MUST_USE struct result ledger_publish(struct store_transaction *transaction, bool is_public);

/*
 * The bytes of a tile, or of the bundle of entries of a tile of level 0. MISSING when the
 * checkpoint does not cover all of its width.
 */
MUST_USE struct result ledger_tile_bytes(struct store_transaction *transaction,
                                         const struct ledger_published *published, struct tile tile,
                                         bool is_entries, struct str *out);

#endif
