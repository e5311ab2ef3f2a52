/*
 * identity/recovery.h - ten codes on paper, each good once, for who has lost the second factor.
 *
 * A code is 120 random bits in Crockford's base 32, which has no I, L, O and U:
 * "4k7m-x9qd-2hw8-p3tz-7ac5-v6gr". Kept is the SHA-256 of each, which is enough from 112 bits on.
 *
 * Read first: identity/token.h.
 * What must hold: a code that was used is taken off the list in the same transaction that signs in.
 */
#ifndef HANDRAIL_IDENTITY_RECOVERY_H
#define HANDRAIL_IDENTITY_RECOVERY_H

#include "identity/token.h"

#define RECOVERY_CODES 10
#define RECOVERY_CODE_CHARACTERS 24 /* without the hyphens */

/* Ten new codes, to be shown once; their texts are in the arena. */
void recovery_codes_new(struct arena *arena, struct token codes[RECOVERY_CODES]);

/*
 * The hash of what somebody typed: capitals, spaces and hyphens do not matter, and O, I and L are
 * read as 0 and 1. False when it cannot be a code.
 */
bool recovery_code_read(struct str typed, struct token_hash *hash)
    __attribute__((warn_unused_result));

#endif
