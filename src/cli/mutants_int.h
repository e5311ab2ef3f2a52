/*
 * cli/mutants_int.h - shared by mutants.c and mutants_condition.c only.
 */
#ifndef HANDRAIL_CLI_MUTANTS_INT_H
#define HANDRAIL_CLI_MUTANTS_INT_H

#include "cli/mutants.h"

/* Conditions inside each other; the language allows 32. */
#define MUTANTS_DEPTH_MAX 64

/* Calls back with the words of a change. */
void mutants_tell(struct mutants *mutants, const struct policy_place *place, const char *format,
                  ...) __attribute__((format(printf, 3, 4)));

struct policy_names mutants_names_without(struct arena *arena, const struct policy_names *names,
                                          size_t index);

/* All mutants of the condition that `slot` points to, and of those inside it. */
void mutants_of_condition(struct mutants *mutants, struct policy_condition **slot, unsigned depth);

#endif
