/*
 * generate.h - random packs, and random questions about them; the same seed makes the same case.
 *
 * Read first: oracle.h. Start at: generate_pack, generate_question, then render.h.
 *
 * What must hold: packs are valid by docs/policy-language.md, and questions have few enough
 * completions for the oracle.
 */
#ifndef HANDRAIL_TESTS_ORACLE_GENERATE_H
#define HANDRAIL_TESTS_ORACLE_GENERATE_H

#include "oracle.h"

/* Numbers that look random (splitmix64). */
struct generate_random {
    uint64_t state;
};

uint64_t generate_next(struct generate_random *random);

/* 0 to bound - 1; bound must be above 0. */
int generate_below(struct generate_random *random, int bound);

/* True in `percent` of 100 cases. */
bool generate_chance(struct generate_random *random, int percent);

/* The seed of the n-th thing made from a seed. */
uint64_t generate_seed(uint64_t seed, uint64_t n);

void generate_pack(struct oracle_pack *pack, uint64_t seed);
void generate_question(const struct oracle_engine *engine, struct oracle_question *question,
                       uint64_t seed);

#endif
