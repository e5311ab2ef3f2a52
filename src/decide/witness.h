/*
 * Worlds that bear witness: situations in which something stated happens.
 *
 * Read first: decide.h. Used by the analysis of a policy, which shows every fault with a situation
 * that anybody can put to the policy and see for themselves.
 */
#ifndef HANDRAIL_DECIDE_WITNESS_H
#define HANDRAIL_DECIDE_WITNESS_H

#include "decide/decide.h"

struct decide_witness {
    uint32_t act;
    uint64_t *domain;       /* by variable: one value each for what matters, else several */
    uint32_t first, second; /* clauses that conflict */
    bool is_cut_short;      /* the search gave up before it had seen every situation */
};

/*
 * A situation in which a rule that allows and a rule that blocks conflict undecided (section 5.5)
 * although nothing is unknown. False when there is none, or none was found in
 * `witness->is_cut_short`.
 */
bool decide_witness_conflict(struct arena *arena, const struct pack *pack, uint32_t act,
                             uint32_t allowing, uint32_t blocking, struct decide_witness *witness);

/* The facts of a witness that are not simply absent, as sentences joined with "; ". */
struct str decide_witness_text(struct arena *arena, const struct pack *pack,
                               const struct decide_witness *witness);

/* True when two rules of an act may conflict at all: what they are, not when they fire. */
bool decide_rules_may_conflict(const struct pack *pack, uint32_t allowing, uint32_t blocking);

#endif
