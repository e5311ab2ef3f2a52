/*
 * told/shown.h - what somebody shows, and whether it is right: a receipt, the proof of an act, or a
 * checkpoint. For the command `audit check` and the page /verify.
 *
 * Read first: ledger/receipt.h, proof.h, checkpoint.h. Start at told_shown_open().
 * What must hold: nothing of it is used before a known key has been found right, and nothing is
 * kept.
 */
#ifndef HANDRAIL_TOLD_SHOWN_H
#define HANDRAIL_TOLD_SHOWN_H

#include "ledger/checkpoint.h"
#include "ledger/commitment.h"
#include "ledger/proof.h"
#include "ledger/receipt.h"

enum told_shown_kind {
    TOLD_SHOWN_RECEIPT,
    TOLD_SHOWN_PROOF,
    TOLD_SHOWN_CHECKPOINT,
    TOLD_SHOWN_KIND_COUNT
};

struct told_shown {
    enum told_shown_kind kind;
    struct receipt receipt;       /* RECEIPT */
    struct proof proof;           /* PROOF */
    struct entry entry;           /* PROOF: what it is about */
    struct checkpoint checkpoint; /* PROOF: what it rests on; CHECKPOINT */
};

/* Which of them a text says it is, by its first line; a checkpoint when it is no other. */
enum told_shown_kind told_shown_kind(struct str text);

/*
 * REFUSED when no key of these has signed it, or one of them is wrong; INVALID and others with the
 * reason when it is not of the form, or the proof does not hold. The text must outlive `out`.
 */
MUST_USE struct result told_shown_open(struct arena *arena, struct str text,
                                       const struct note_key *keys, size_t key_count,
                                       struct told_shown *out);

#endif
