/*
 * web/coverage_int.h - how the policies are put into operation, worked out when the server starts.
 *
 * Read first: coverage/coverage.h. What must hold: nothing here changes while the server runs.
 */
#ifndef HANDRAIL_WEB_COVERAGE_INT_H
#define HANDRAIL_WEB_COVERAGE_INT_H

#include "coverage/coverage.h"
#include "shelf/shelf.h"

struct web_coverage {
    struct coverage_policy *policies; /* in the order of the shelf */
    struct coverage clauses;          /* each clause is a row */
    struct coverage rows;             /* by the ledger; without policies when there is none */
    bool is_unreadable;               /* there is a ledger, and it could not be read */
};

/* With the ledger that lies beside the first policy or above it, where there is one. */
const struct web_coverage *web_coverage_make(struct arena *arena, const struct shelf *shelf);

#endif
