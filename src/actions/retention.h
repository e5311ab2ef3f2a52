/*
 * actions/retention.h - retention by schedule: what the policies say, for the program that opens
 * them, and what the keeper does by night.
 *
 * Read first: docs/retention.md; docs/policy-language.md, section 8, "Retention".
 * Read next: retention_int.h (classes, the walk), do_retention.c (schedule and dry run),
 * do_retention_run.c (carried out), do_retention_proof.c (shown to have been).
 *
 * What must hold
 * - How long anything is kept stands in the policies alone. Where they are silent it is kept.
 * - A hold always keeps.
 * - Nothing is erased but by an act of the history, in the same transaction.
 */
#ifndef HANDRAIL_ACTIONS_RETENTION_H
#define HANDRAIL_ACTIONS_RETENTION_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/result.h"
#include "base/str.h"
#include "policy/ast.h"

/* Statements of all policies together: one more is left out, and lint has said so before. */
#define RETENTION_RULES_MAX 4096

/* Months and days, of which one is 0: "6 years" is 72 months. */
struct retention_period {
    bool is_stated; /* false: the policy speaks of it and states none */
    int32_t months, days;
    struct str words; /* "6 years" */
};

/* One statement about one class of what is kept. */
struct retention_rule {
    struct str policy;        /* the pack that schools adopt */
    struct str clause, title; /* key of the clause; the statement's own text */
    struct str kept, event;   /* words of the vocabulary */
    struct str then;          /* in the policy's words */
    struct retention_period period;
};

struct retention_rules {
    struct retention_rule *at;
    size_t count;
};

struct retention_rules retention_rules_new(struct arena *arena);

/* Those of a checked policy and of what stands above it, under the name that schools adopt. */
void retention_rules_add(struct arena *arena, const struct policy_bundle *bundle, struct str policy,
                         struct retention_rules *rules);

/* The day on which something is due that happened on `since`. */
struct civil_date retention_due_on(struct retention_period period, struct civil_date since);

struct actions_place;

/*
 * What the keeper does: goes on with the execution that is open, at most `steps` steps; without one
 * it begins one, when the schedule of today is confirmed, carried out by night, and has something
 * due. *is_open: there is more to do. Errors: those of action_run().
 */
MUST_USE struct result retention_keep(const struct actions_place *place, struct arena *arena,
                                      bool may_begin, size_t steps, bool *is_open);

#endif
