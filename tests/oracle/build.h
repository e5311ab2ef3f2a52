/*
 * build.h - small hands for putting a struct oracle_pack together: used by generate.c and by tests.
 *
 * Read first: oracle.h. Every function adds to the pack and answers the index of what it added.
 */
#ifndef HANDRAIL_TESTS_ORACLE_BUILD_H
#define HANDRAIL_TESTS_ORACLE_BUILD_H

#include "oracle.h"

/* An empty pack with one topic, one act, no law and no settings. */
void build_pack(struct oracle_pack *pack);

/* `values` ends with NULL; it may be NULL for facts without values. Numbers are 0 to 120. */
int build_fact(struct oracle_pack *pack, enum oracle_fact_kind kind, const char *name,
               const char *const *values);

int build_clause(struct oracle_pack *pack, const char *key, int file, int topic);

/* Conditions. `values` are bits of values, with bit value_count for none. */
int build_is(struct oracle_pack *pack, int fact, uint32_t values);
int build_compare(struct oracle_pack *pack, int fact, enum oracle_compare compare, int64_t number);
int build_yes(struct oracle_pack *pack, int fact);
int build_defined(struct oracle_pack *pack, int definition);
int build_approved(struct oracle_pack *pack, struct oracle_approval approval);
int build_not(struct oracle_pack *pack, int child);
int build_and(struct oracle_pack *pack, int a, int b);
int build_or(struct oracle_pack *pack, int a, int b);

/* A rule about all acts, without conditions. Change it in place; good until the pack moves. */
struct oracle_rule *build_rule(struct oracle_pack *pack, int clause, enum oracle_head head);

/* A question about act 0, everything left out, otherwise missing. */
void build_question(struct oracle_question *question);
void build_give(struct oracle_given *given, int fact, int64_t value);

#endif
