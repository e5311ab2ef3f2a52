/*
 * cli/coverage_int.h - shared by the files of `handrail coverage`.
 *
 *   coverage_ledger.c    the ledger of source clauses, a table of tab-separated columns
 *   coverage_compute.c   each row beside its clause: enforced, declared, text or missing
 *   coverage_write.c     as a table, and as JSON (docs/schemas/coverage.json)
 *   command_coverage.c   the command; start there
 */
#ifndef HANDRAIL_CLI_COVERAGE_INT_H
#define HANDRAIL_CLI_COVERAGE_INT_H

#include "cli/cli.h"
#include "cli/packs.h"

#define COVERAGE_ROWS_MAX 20000

/* Ways of putting one row into operation ("rule, permission, screening"). */
#define COVERAGE_TOKENS_MAX 16

/* Operation statements shown of one row; more are counted. */
#define COVERAGE_OPERATIONS_MAX 32

/* ---- The ledger ------------------------------------------------------------------------------ */

struct coverage_row {
    uint32_t line; /* in the ledger */
    struct str id, where, says, strength, seen;
    struct str tokens[COVERAGE_TOKENS_MAX]; /* put into operation by */
    size_t token_count;
};

struct coverage_ledger {
    struct str file; /* empty: there is none */
    struct coverage_row *rows;
    size_t count;
};

/* Reads a ledger. What is wrong with it is in `diags`. */
void coverage_ledger_read(struct arena *arena, struct str file, struct str text,
                          struct coverage_ledger *out, struct diag_list *diags);

/* ---- What becomes of a row ------------------------------------------------------------------- */

enum coverage_status {
    COVERAGE_ENFORCED, /* the clause has a rule that decides */
    COVERAGE_DECLARED, /* it has statements that wait for a module */
    COVERAGE_TEXT,     /* prose only */
    COVERAGE_MISSING,  /* there is no such clause */
    COVERAGE_STATUS_COUNT
};

struct coverage_operation {
    struct str kind, name, module; /* module: empty when it works already */
};

struct coverage_item {
    const struct coverage_row *row; /* NULL: a clause without a ledger */
    const struct packs_one *pack;
    const struct policy_clause *clause; /* NULL: missing */
    struct str id;
    enum coverage_status status;
    size_t rule_count;
    struct coverage_operation operations[COVERAGE_OPERATIONS_MAX];
    size_t operation_count;
    struct str unmet[COVERAGE_TOKENS_MAX]; /* tokens that nothing in the clause answers */
    size_t unmet_count;
    bool lacks_rule; /* the ledger says "rule", and there is none */
};

struct coverage_totals {
    size_t rows, by_status[COVERAGE_STATUS_COUNT], lacking_rule, with_unmet;
};

struct coverage {
    struct arena *arena;
    struct packs packs;
    struct coverage_ledger ledger;
    struct coverage_item *items; /* by pack, in the order of the ledger or of the policy */
    size_t count, capacity;
    size_t strange_rows; /* rows whose prefix no pack uses */
    size_t unlisted;     /* clauses of the packs that the ledger does not list */
};

void coverage_compute(struct coverage *coverage);

/* Of one pack, or of all when `pack` is NULL. */
struct coverage_totals coverage_sum(const struct coverage *coverage, const struct packs_one *pack);

struct str coverage_status_name(enum coverage_status status);

/* ---- Writing --------------------------------------------------------------------------------- */

void coverage_show(const struct coverage *coverage, struct text *out);
void coverage_write(const struct coverage *coverage, struct text *out);

#endif
