/*
 * ledger/ledger_int.h - what ledger.c, erase.c and verify.c share.
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

#endif
