/*
 * shrink.h - cuts a case down while the product and the oracle still differ in the same way.
 */
#ifndef HANDRAIL_TESTS_ORACLE_SHRINK_H
#define HANDRAIL_TESTS_ORACLE_SHRINK_H

#include "trial.h"

/* Changes `test` in place. `difference` is what trial_difference() said of it. */
void shrink_case(struct trial_case *test, struct str difference);

#endif
