/*
 * tests/ledger/keys.h - keys that are always the same, for the ledger's tests and fuzz targets.
 */
#ifndef HANDRAIL_TESTS_LEDGER_KEYS_H
#define HANDRAIL_TESTS_LEDGER_KEYS_H

#include <assert.h>

#include "ledger/note.h"

/* The key of that name from a seed of 32 times the same byte. */
static inline struct note_signer keys_signer(struct str name, enum note_key_kind kind,
                                             unsigned char seed_byte)
{
    unsigned char seed[NOTE_SEED_BYTES];
    struct note_signer signer;
    struct result started = note_start();
    memset(seed, seed_byte, sizeof(seed));
    struct result made = note_signer_from_seed(name, kind, seed, &signer);
    assert(result_is_ok(started) && result_is_ok(made));
    return signer;
}

#endif
