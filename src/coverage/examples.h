/*
 * coverage/examples.h - the examples of a policy as tests: asked, answered and compared.
 *
 * Read first: docs/policy-language.md, section 7. Start at example_answer().
 * What must hold: what an example does not mention is not so, and only what it calls unknown,
 * withheld or missing is left open.
 */
#ifndef HANDRAIL_COVERAGE_EXAMPLES_H
#define HANDRAIL_COVERAGE_EXAMPLES_H

#include "base/diag.h"
#include "decide/decide.h"
#include "policy/ast.h"

/* The question that an example asks, in full: every fact is given or left open on purpose. */
struct decide_question *example_question(struct arena *arena, const struct pack *pack,
                                         const struct policy_example *example);

/* Asks and answers. NULL, with diagnostics, when the facts of the example contradict each other. */
struct decide_answer *example_answer(struct arena *arena, const struct pack *pack,
                                     const struct policy_example *example, struct diag_list *diags);

/*
 * Compares one expectation. True when all of it holds; else adds to `differences`, parted by "; ",
 * what does not. `differences` may be NULL.
 */
bool example_compare(const struct policy_expectation *expectation,
                     const struct decide_answer *answer, struct text *differences);

/* True when all expectations hold. */
bool example_passes(const struct policy_example *example, const struct decide_answer *answer);

/* An expectation as it is written: "forbidden by RE-16 for person 2". */
struct str example_expected(struct arena *arena, const struct policy_expectation *expectation);

/* The answer in the same words: "forbidden by RE-16, RE-18; possibly RE-20; owing disclaimer". */
struct str example_actual(struct arena *arena, const struct decide_answer *answer);

#endif
