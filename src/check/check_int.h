/*
 * check/check_int.h - the statements of a pack, resolved. Read first: check.h.
 */
#ifndef HANDRAIL_CHECK_CHECK_INT_H
#define HANDRAIL_CHECK_CHECK_INT_H

#include "check/check.h"

_Static_assert(SCREEN_KIND_COUNT <= 64, "kinds are bits of one word");

struct check_statement {
    uint32_t operation, clause;
    uint64_t kinds;     /* bit: enum screen_kind */
    uint32_t channels;  /* bit: enum screen_channel */
    bool has_channels;  /* `in` names them; else they are all */
    struct str details; /* names divided by ", "; empty: all */
    uint32_t sets;      /* node of the condition */
    struct str mend;    /* may be empty */
};

struct check {
    const struct pack *pack;
    struct check_statement *statements;
    size_t count;
    bool *is_settable; /* by fact: some statement sets it */
};

/* statement.c: whether a statement speaks of a finding in this channel. */
bool check_statement_fits(const struct check_statement *statement,
                          const struct screen_finding *finding, enum screen_channel channel);

/*
 * facts.c: what statements have set so far, gathered so that several may add values to one fact,
 * and then given to a question at once.
 */
struct check_facts;
struct check_facts *check_facts_new(struct arena *arena, const struct pack *pack);

/* Adds what `sets` says, refined by the finding's detail where a value has its name. */
void check_facts_add(struct check_facts *facts, const struct check_statement *statement,
                     const struct screen_finding *finding);

/* Whether two say the same. */
bool check_facts_equal(const struct check_facts *a, const struct check_facts *b);

/*
 * Gives all of it to a question. Settable facts of which nothing was added and nothing was said are
 * not so.
 */
void check_facts_give(const struct check_facts *facts, const struct check *check,
                      struct decide_question *question);

/* The names in a field of a statement, one after the other: `rest` begins as the whole. */
bool check_name_next(struct str *rest, struct str *name);

#endif
