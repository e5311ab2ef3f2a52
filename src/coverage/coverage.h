/*
 * coverage/coverage.h - how each clause of policies is put into operation.
 *
 *     struct coverage coverage = {.arena = arena, .policies = policies, .policy_count = count};
 *     coverage_ledger_read(arena, file, text, &coverage.ledger, &diags);      where there is one
 *     coverage_compute(&coverage);
 *     coverage_try(&coverage);                                                where it is wanted
 *
 *   ledger.c     the ledger of source clauses, a table of tab-separated columns
 *   compute.c    each row beside its clause: enforced, declared, text or missing
 *   tried.c      which rules the policies' own examples reach
 *   cover.h      rules and conditions, and which of them an answer reaches
 *   examples.h   the examples of a policy as tests
 *
 * Read first: docs/policy-language.md, section 8, "Coverage". Start at coverage_compute().
 * What must hold: nothing is called enforced but what decides today; what waits for a part of
 * Handrail that is not there yet says so.
 */
#ifndef HANDRAIL_COVERAGE_COVERAGE_H
#define HANDRAIL_COVERAGE_COVERAGE_H

#include "base/diag.h"
#include "pack/pack.h"
#include "policy/ast.h"

#define COVERAGE_ROWS_MAX 20000

/* A ledger of source clauses. */
#define COVERAGE_LEDGER_BYTES_MAX ((size_t)2 * 1024 * 1024)

/* The ledger that lies with policies. */
#define COVERAGE_LEDGER_FILE "ledger.tsv"

/* Ways of putting one row into operation ("rule, permission, screening"). */
#define COVERAGE_TOKENS_MAX 16

/* Operation statements kept of one clause. */
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

/* Reads a ledger. What is wrong with it is in `diags`; `out` is then not to be used. */
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

/* Borrowed; lives as long as the coverage. */
struct coverage_policy {
    const struct policy_document *document;
    const struct policy_bundle *bundle; /* these two for coverage_try() only */
    const struct pack *pack;
};

struct coverage_item {
    const struct coverage_row *row; /* NULL: a clause without a ledger */
    const struct coverage_policy *policy;
    const struct policy_clause *clause; /* NULL: missing */
    struct str id;
    enum coverage_status status;
    size_t rule_count;
    size_t tried_count; /* rules that stand in the answer to some example; see coverage_try() */
    struct coverage_operation *operations; /* COVERAGE_OPERATIONS_MAX at most */
    size_t operation_count;
    struct str *unmet; /* tokens that nothing in the clause answers */
    size_t unmet_count;
    bool lacks_rule; /* the ledger says "rule", and there is none */
};

struct coverage_totals {
    size_t rows, by_status[COVERAGE_STATUS_COUNT], lacking_rule, with_unmet;
};

struct coverage {
    struct arena *arena;
    const struct coverage_policy *policies;
    size_t policy_count;
    struct coverage_ledger ledger;
    struct coverage_item *items; /* by policy, in the order of the ledger or of the policy */
    size_t count, capacity;
    size_t strange_rows; /* rows whose prefix no policy uses */
    size_t unlisted;     /* clauses of the policies that the ledger does not list */
};

/* Fills the items of the policies and of the ledger, if there is one. */
void coverage_compute(struct coverage *coverage);

/*
 * Asks every example of the policies, and counts in each item the rules that stood in an answer.
 * After coverage_compute(); the policies have been compiled. Some tenths of a millisecond an
 * example at most.
 */
void coverage_try(struct coverage *coverage);

/* Of one policy, or of all when `policy` is NULL. */
struct coverage_totals coverage_sum(const struct coverage *coverage,
                                    const struct coverage_policy *policy);

/* "enforced", "declared", "text", "missing". */
struct str coverage_status_name(enum coverage_status status);

#endif
