/*
 * ledger/proof.h - one file that shows, without a network, that an entry stands in the ledger.
 *
 * C2SP tlog-proof (https://c2sp.org/tlog-proof), with the entry itself as its extra data:
 *
 *     c2sp.org/tlog-proof@v1
 *     extra AQAB...                                    the entry, base64
 *     index 73894
 *     gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=     siblings, from the leaf up
 *     B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
 *
 *     the checkpoint, as it was signed
 *
 * Read first: ledger/tree.h, ledger/checkpoint.h. Start at: proof_write, proof_open.
 */
#ifndef HANDRAIL_LEDGER_PROOF_H
#define HANDRAIL_LEDGER_PROOF_H

#include "ledger/checkpoint.h"
#include "ledger/tree.h"

/* Bytes of a whole file: a note, 63 hashes and an entry. */
#define PROOF_BYTES_MAX (NOTE_BYTES_MAX + (size_t)100000)

struct proof {
    struct str entry; /* may be empty: then the line "extra" is left out */
    uint64_t index;
    struct tree_proof inclusion;
    struct str checkpoint; /* the signed note */
};

struct str proof_write(struct arena *arena, const struct proof *proof);

/* The form alone. The entry is a copy in the arena, the checkpoint borrows. */
MUST_USE struct result proof_read(struct arena *arena, struct str text, struct proof *out);

/*
 * Reads it, opens its checkpoint and verifies that the entry in it, which must be there, stands in
 * the ledger. Only then are `out` and `checkpoint` to be believed.
 */
MUST_USE struct result proof_open(struct arena *arena, struct str text,
                                  const struct checkpoint_trust *trust, struct proof *out,
                                  struct checkpoint *checkpoint);

#endif
