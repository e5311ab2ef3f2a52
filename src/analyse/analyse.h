/*
 * The public face of the analyse module: faults of a policy that no single rule shows.
 *
 * Read first: docs/policy-language.md, section 5.5; decide/witness.h. Start at analyse_conflicts().
 */
#ifndef HANDRAIL_ANALYSE_ANALYSE_H
#define HANDRAIL_ANALYSE_ANALYSE_H

#include "base/arena.h"
#include "pack/pack.h"

/* Two clauses that say opposite things, with the simplest situation found. */
struct analyse_conflict {
    uint32_t allowing, blocking; /* rules */
    uint32_t act;
    struct str situation;        /* in plain words */
};

#define ANALYSE_CONFLICTS_MAX 64u

struct analyse_conflicts {
    struct analyse_conflict at[ANALYSE_CONFLICTS_MAX];
    uint32_t count;
    uint32_t unsettled; /* pairs of rules of which not every situation could be looked at */
};

/*
 * Every pair of clauses that conflict undecided in some situation in which nothing is unknown.
 * Once a
 * pair of clauses is found it is not reported again. Everything lives in `arena`.
 */
const struct analyse_conflicts *analyse_conflicts(struct arena *arena, const struct pack *pack);

#endif
