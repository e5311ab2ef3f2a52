/*
 * told/shown.c - a receipt, a proof or a checkpoint, opened.
 *
 * Read first: shown.h.
 */
#include "told/shown.h"

enum told_shown_kind told_shown_kind(struct str text)
{
    return str_starts(text, STR("c2sp.org/tlog-proof")) ? TOLD_SHOWN_PROOF
           : str_starts(text, STR("Handrail receipt"))  ? TOLD_SHOWN_RECEIPT
                                                        : TOLD_SHOWN_CHECKPOINT;
}

MUST_USE static struct result open_proof(struct arena *arena, struct str text,
                                         const struct note_key *keys, size_t key_count,
                                         struct told_shown *out)
{
    struct checkpoint_trust trust;
    TRY(proof_read(arena, text, &out->proof));
    TRY(checkpoint_open_of(arena, out->proof.checkpoint, keys, key_count, &trust,
                           &out->checkpoint));
    TRY(proof_open(arena, text, &trust, &out->proof, &out->checkpoint));
    return entry_read(out->proof.entry, &out->entry);
}

struct result told_shown_open(struct arena *arena, struct str text, const struct note_key *keys,
                              size_t key_count, struct told_shown *out)
{
    struct checkpoint_trust trust;
    *out = (struct told_shown){.kind = told_shown_kind(text)};
    switch (out->kind) {
    case TOLD_SHOWN_RECEIPT:
        return receipt_open(arena, text, keys, key_count, &out->receipt);
    case TOLD_SHOWN_PROOF:
        return open_proof(arena, text, keys, key_count, out);
    case TOLD_SHOWN_CHECKPOINT:
    case TOLD_SHOWN_KIND_COUNT:
        break;
    }
    return checkpoint_open_of(arena, text, keys, key_count, &trust, &out->checkpoint);
}
