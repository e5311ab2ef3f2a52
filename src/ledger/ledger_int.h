/*
 * ledger/ledger_int.h - what ledger.c, succession.c, erase.c, verify.c and verify_keys.c share.
 *
 * Read first: ledger.h.
 */
#ifndef HANDRAIL_LEDGER_LEDGER_INT_H
#define HANDRAIL_LEDGER_LEDGER_INT_H

#include "ledger/ledger.h"

/*
 * What an entry commits to: the numbers of actor, person and school (0: none), each on a line of
 * its own, then the content. So none of the columns of an act can be changed unnoticed.
 */
struct str ledger_committed(struct arena *arena, int64_t actor, int64_t person, int64_t school,
                            struct str content);

/* The origin of checkpoints: the ledger's own; from the second epoch on with the epoch's number. */
struct str ledger_checkpoint_origin(struct arena *arena, struct str origin, int64_t epoch);

/* A digest of positions, in rising order: each in 8 bytes, the highest first. */
struct ledger_positions {
    struct sha256 state;
    int64_t count;
};

struct ledger_positions ledger_positions_begin(void);
void ledger_positions_add(struct ledger_positions *positions, int64_t position);

/* In hexadecimal. */
struct str ledger_positions_end(struct arena *arena, struct ledger_positions *positions);

/* Whose signatures of checkpoints are good: while a ledger is verified. */
struct ledger_signing {
    const struct ledger_keys *keys; /* that the ledger declares */
    const struct note_key *trusted; /* by whoever verifies; none: nothing is looked at */
    size_t trusted_count;
    int64_t unknown; /* checkpoints of a first key that nobody knows */
    struct {
        int64_t size;     /* of the first checkpoint that it signed; 0: none */
        bool is_followed; /* the key before it signed that one too */
    } of[LEDGER_KEYS_MAX];
};

/*
 * The next checkpoint, in the order of their sizes. REFUSED when it is not signed as the ledger
 * declares, or INVALID.
 */
MUST_USE struct result ledger_signing_take(struct ledger_signing *signing, struct arena *arena,
                                           struct str message, int64_t size, struct note *out);

/* Behind the last one: REFUSED when a key has signed that does not follow from one that is trusted;
 * then *size is that of its first checkpoint. */
MUST_USE struct result ledger_signing_end(const struct ledger_signing *signing, int64_t *size);

#endif
