/*
 * Private to policy: the compiler from the tree of a checked bundle to the image of a pack.
 *
 * Read first: policy/ast.h, pack/image.h, docs/policy-language.md section 5.
 * The steps, in the order in which compile.c runs them:
 *   compile_words.c   topics, roles, acts, facts, variables, relations, duties, settings
 *   compile_rules.c   clauses, rules, conditions as trees, approvals
 *   compile_text.c    conditions in plain words
 *   compile_rows.c    conditions in disjunctive form
 *   compile_outcomes.c  what each rule can come to; attacks and ranks
 *   compile_tables.c  rows as bit masks, one table for acts with the same rules
 * What must hold: the bundle passed policy_check() without errors, so names resolve. Where one
 * does not, that
 * is the mistake of a programmer, and an assertion says so.
 */
#ifndef HANDRAIL_POLICY_COMPILE_INT_H
#define HANDRAIL_POLICY_COMPILE_INT_H

#include "base/hash.h"
#include "pack/build.h"
#include "policy/operation.h"
#include "policy/policy.h"

#define COMPILE_ROWS_MAX 4096u
#define COMPILE_DOCUMENTS_MAX (POLICY_CHAIN_MAX + 2)

/* A fact with its extensions joined. */
struct compile_fact {
    const struct policy_fact *fact;
    uint32_t index;
    struct hash_map values; /* value name -> bit */
    struct hash_map groups; /* group name -> index into group_masks */
    uint64_t *group_masks;
    uint32_t group_count;
    struct pack_value *records;
    const struct policy_value **sources; /* the same order as records */
    uint32_t value_count;
    int64_t *cuts;
    uint32_t cut_count;
    uint32_t first_variable;
};

/* One literal of a row: the variable has one of the values in `mask`. */
struct compile_literal {
    uint32_t variable;
    uint64_t mask;
};

/* A conjunction, sorted by variable; no literals: always true. */
struct compile_row {
    struct compile_literal *literals;
    uint32_t count;
};

/* A disjunction of rows; no rows: never true. */
struct compile_rows {
    struct compile_row *at;
    uint32_t count, capacity;
};

struct compile_outcome { /* beside each pack_outcome */
    struct compile_rows rows;
};

struct compile {
    struct arena *arena;
    const struct policy_bundle *bundle;
    struct diag_list *diags;
    struct pack_builder *builder;
    const struct policy_document *documents[COMPILE_DOCUMENTS_MAX]; /* vocabulary, law, chain */
    uint32_t document_count;
    struct hash_map topics, roles, acts, act_groups, facts, duties, clauses;
    struct hash_map definitions, settings, assignments; /* name -> index into the arrays below */
    const struct policy_definition **definition_at;
    uint32_t *definition_nodes; /* PACK_NONE until made */
    uint32_t definition_count;
    const struct policy_setting **setting_at;
    uint32_t setting_count;
    const struct policy_assignment **assignment_at;
    uint32_t assignment_count;
    struct compile_fact *fact_at;
    uint32_t fact_count;
    uint32_t **act_group_members; /* lists of acts, each ended by PACK_NONE */
    uint32_t act_group_count;
    uint32_t act_count;
    struct compile_outcome *outcomes; /* the same order as PACK_SECTION_OUTCOME */
    uint32_t outcome_capacity;
    uint32_t clause_now; /* the clause whose rules are being compiled */
    bool is_too_wide;    /* rows went past COMPILE_ROWS_MAX */
};

/* compile_words.c */
void compile_vocabulary(struct compile *compile);
struct compile_fact *compile_fact_find(const struct compile *compile, struct str name);
/* The setting's value: assigned, else its default, else empty. */
struct str compile_setting_value(const struct compile *compile, struct str name);
/* The role index of a role, a group or a role setting. */
uint32_t compile_role(struct compile *compile, struct str name);
struct pack_list compile_roles(struct compile *compile, const struct policy_names *names);
/* The acts of a rule; no names or "anything": all. */
struct pack_list compile_acts(struct compile *compile, const struct policy_names *names);
/* The mask of bits of the values or group that `name` is within a fact; 0 for "none". */
uint64_t compile_value_bits(const struct compile_fact *fact, struct str name);
/* The cut that a comparison stands on: intervals from this number on. */
int64_t compile_cut(const struct compile *compile, const struct policy_condition *condition,
                    int64_t *second);

/* compile_text.c */
struct str compile_condition_text(struct compile *compile, const struct policy_condition *condition,
                                  bool is_negated);
struct str compile_label(struct compile *compile, const struct policy_fact *fact);
struct str compile_duration_text(struct compile *compile, struct policy_duration duration);
/* The value of an operation's field, as plain text. */
struct str compile_field_text(struct compile *compile, enum operation_type type,
                              const struct policy_field *field);

/* compile_rules.c */
void compile_clauses(struct compile *compile);
uint32_t compile_node(struct compile *compile, const struct policy_condition *condition);

/* compile_rows.c */
struct compile_rows compile_rows_true(struct compile *compile);
struct compile_rows compile_rows_of(struct compile *compile, uint32_t node, bool is_positive);
struct compile_rows compile_rows_and(struct compile *compile, const struct compile_rows *a,
                                     const struct compile_rows *b);
void compile_rows_or(struct compile *compile, struct compile_rows *into,
                     const struct compile_rows *more);
struct compile_rows compile_rows_not(struct compile *compile, const struct compile_rows *rows);
struct compile_rows compile_rows_literal(struct compile *compile, uint32_t variable, uint64_t mask);
void compile_rows_add(struct compile *compile, struct compile_rows *rows, struct compile_row row);

/* compile_outcomes.c */
void compile_rule_outcomes(struct compile *compile, uint32_t rule);
uint32_t compile_known_outcome(struct compile *compile, uint32_t known, uint32_t when);
void compile_attacks(struct compile *compile);

/* compile_tables.c */
void compile_tables(struct compile *compile);

#endif
