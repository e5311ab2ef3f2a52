/*
 * compare_int.h - what the two halves of compare share. Private.
 */
#ifndef HANDRAIL_TESTS_ORACLE_COMPARE_INT_H
#define HANDRAIL_TESTS_ORACLE_COMPARE_INT_H

#include "base/arena.h"
#include "compare.h"

/* The first difference found stays; later ones are dropped. */
struct comparison {
    struct arena *arena;
    const struct oracle_engine *engine;
    const struct oracle_question *question;
    const struct oracle_answer *answer;
    const struct json_value *json;
    struct str difference;
};

void comparison_differs(struct comparison *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A list member of the answer; a difference when there is none. */
const struct json_value *comparison_list(struct comparison *c, const char *key);

/* The text of a member, empty when there is none. */
struct str comparison_text(const struct json_value *object, const char *key);

/* Indices by name, ORACLE_NONE when there is none. */
int comparison_clause(const struct comparison *c, struct str key);
int comparison_fact(const struct comparison *c, struct str name);

/* The persons of an entry, as bits from 0: of its "for", or all where it is empty or not there. */
uint32_t comparison_for(const struct comparison *c, const struct json_value *entry);

/* True when the facts of this person (from 0) are settled: one completion. */
bool comparison_is_settled(const struct comparison *c, int p);

/* True when the facts of everybody are settled: one completion each. */
bool comparison_is_total(const struct comparison *c);

/* Rules, duties, approvals, whom to ask, conflicts, what was set aside. */
void comparison_rules(struct comparison *c);

#endif
