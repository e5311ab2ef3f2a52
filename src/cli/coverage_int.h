/*
 * cli/coverage_int.h - how `handrail coverage` shows what coverage/coverage.h works out.
 *
 *   coverage_write.c     as a table, and as JSON (docs/schemas/coverage.json)
 *   command_coverage.c   the command; start there
 */
#ifndef HANDRAIL_CLI_COVERAGE_INT_H
#define HANDRAIL_CLI_COVERAGE_INT_H

#include "coverage/coverage.h"

void coverage_show(const struct coverage *coverage, struct text *out);
void coverage_write(const struct coverage *coverage, struct text *out);

#endif
