/*
 * cli/mutants.h - every small mistake that somebody could make in one rule, one after the other.
 *
 * Each mutant changes the tree of the rule in place, calls back, and puts everything as it was. So
 * a document is read once, and a mutant costs no more than what the caller does with it.
 *
 *   rule        drop it; permit <-> forbid; drop when, an unless, the only if, an override,
 *               regardless
 *   condition   drop a part of "and" or "or"; swap "and" and "or"; drop "not"
 *   atom        negate it; drop one of its values; any of for all of; number plus and minus one
 *               (which is also under <-> at most); drop one role, the writing or the reason of an
 *               approval
 *   other       drop a known conflict; the conditions of definitions like those of rules
 *
 * Start at mutants_of_rule().
 */
#ifndef HANDRAIL_CLI_MUTANTS_H
#define HANDRAIL_CLI_MUTANTS_H

#include "policy/ast.h"

struct mutants;

/* Called with each mutant in place; `place` and `change` say what was changed. */
typedef void mutants_try(void *context, const struct policy_place *place, struct str change);

struct mutants {
    struct arena *arena; /* for changed parts; the caller may rewind it after each call */
    mutants_try *try;
    void *context;
};

/* All mutants of the rule at `index` of a clause. */
void mutants_of_rule(struct mutants *mutants, struct policy_clause *clause, size_t index);

/* All mutants of the condition of a definition. */
void mutants_of_definition(struct mutants *mutants, struct policy_definition *definition);

/* Without the known conflict at `index` of a clause. */
void mutants_of_known_conflict(struct mutants *mutants, struct policy_clause *clause, size_t index);

#endif
