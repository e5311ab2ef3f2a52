/*
 * policy/check_int.h - what the check_*.c files share: the tables of all names of a bundle.
 *
 * Read first: policy/policy.h, docs/policy-language.md sections 2 to 4, 7 and 8. The steps, in the
 * order in which check.c runs them:
 *   check_names.c      declare every name: duplicates, reserved words, clashes, limits
 *   check_vocabulary.c facts, values and relations refer to what there is
 *   check_condition.c  conditions: names and types
 *   check_rule.c       rules, definitions, known conflicts, settings
 *   check_world.c      rules that no world can fire
 *   check_circle.c     circles of definitions and of attacks
 *   check_example.c    examples
 *   check_operation.c  operation statements
 *
 * What must hold: an item found by name is one of the bundle's tree and is not changed, save that a
 * rule's effect is settled and a comparison with a setting is recognised (see policy/ast.h).
 */
#ifndef HANDRAIL_POLICY_CHECK_INT_H
#define HANDRAIL_POLICY_CHECK_INT_H

#include "base/hash.h"
#include "policy/limits_int.h"
#include "policy/list_int.h"
#include "policy/operation.h"
#include "policy/policy.h"
#include "policy/problem_int.h"

#define CHECK_DOCUMENTS_MAX (POLICY_CHAIN_MAX + 2)

/* A kind of names, each with its own table. */
enum check_table {
    CHECK_TOPICS,        /* struct policy_topic */
    CHECK_ROLES,         /* struct policy_role */
    CHECK_ROLE_GROUPS,   /* struct policy_role: the first member */
    CHECK_ACTS,          /* struct policy_act */
    CHECK_ACT_GROUPS,    /* struct policy_act: the first member */
    CHECK_FACTS,         /* struct check_fact */
    CHECK_DEFINITIONS,   /* struct policy_definition */
    CHECK_SETTINGS,      /* struct policy_setting */
    CHECK_ASSIGNMENTS,   /* struct policy_assignment: the last of the chain */
    CHECK_CLAUSES,       /* struct check_clause */
    CHECK_DUTIES,        /* struct policy_operation */
    CHECK_RELATIONSHIPS, /* struct policy_relationship */
    CHECK_TABLE_COUNT
};

struct check_entry {
    struct policy_name name;
    void *item; /* of the bundle's tree, or of this check */
};

struct check_table_data {
    struct hash_map map; /* name -> index into entries */
    struct check_entry *entries;
    size_t count;
};

/* A fact with the values of all its extensions. */
struct check_fact {
    const struct policy_fact *fact;
    struct hash_map values; /* name -> bit */
    struct hash_map groups; /* name -> index into group_masks */
    const struct policy_value *value_at[LIMIT_POLICY_VALUES_MAX];
    uint64_t implies[LIMIT_POLICY_VALUES_MAX]; /* directly: what else holds with this value */
    size_t value_count;                        /* those past the limit are counted, not kept */
    uint64_t *group_masks;
    size_t group_count;
    uint64_t *never; /* masks of values of which at most one holds */
    size_t never_count;
    int64_t cuts[LIMIT_POLICY_THRESHOLDS_MAX + 1];
    size_t cut_count;
};

struct check_clause {
    struct policy_clause *clause;
    const struct policy_document *document;
    size_t index; /* in check.clauses */
    bool is_law;
};

struct check {
    struct arena *arena;
    struct diag_list *diags;
    const struct policy_bundle *bundle;
    struct policy_document *documents[CHECK_DOCUMENTS_MAX]; /* vocabulary, law, chain */
    size_t document_count;
    struct check_table_data tables[CHECK_TABLE_COUNT];
    struct check_clause **clauses; /* of law and chain, duplicates too */
    size_t clause_count;
};

/* ---- check_names.c --------------------------------------------------------------------------- */

void check_names(struct check *check);

/* The item of this name, or NULL. */
void *check_find(const struct check *check, enum check_table table, struct str name);

/* A problem at a name, with a suggestion from the tables, or else `otherwise` as the hint. */
void check_unknown(struct check *check, enum problem problem, struct policy_name name,
                   const enum check_table *tables, size_t table_count, struct str otherwise,
                   const char *what);

/* Each name must be known; says so otherwise. */
void check_roles(struct check *check, const struct policy_names *names);
void check_acts(struct check *check, const struct policy_names *names);
void check_topics(struct check *check, const struct policy_names *names);
void check_keys(struct check *check, const struct policy_names *names);
void check_duties(struct check *check, const struct policy_names *names);

/* ---- check_vocabulary.c ---------------------------------------------------------------------- */

void check_vocabulary(struct check *check);

/* The bits of a value or a group of a fact. False: neither. */
bool check_value_bits(const struct check_fact *fact, struct str name, uint64_t *bits);

/* A message about an unknown value of this fact. */
void check_unknown_value(struct check *check, const struct check_fact *fact,
                         struct policy_name name);

/* ---- check_condition.c ----------------------------------------------------------------------- */

/* Where a condition stands: approvals belong to exceptions only. */
enum check_where {
    CHECK_WHERE_WHEN,
    CHECK_WHERE_EXCEPTION, /* unless, only if */
    CHECK_WHERE_DEFINITION,
    CHECK_WHERE_CONFLICT,
    CHECK_WHERE_SCREEN,
    CHECK_WHERE_COUNT
};

/* NULL is fine. */
void check_condition(struct check *check, struct policy_condition *condition,
                     enum check_where where);

/* ---- check_rule.c ---------------------------------------------------------------------------- */

void check_rules(struct check *check, const struct check_clause *clause);

/* The value of a setting in this bundle: assigned, else its default, else empty. */
struct str check_setting_value(const struct check *check, const struct policy_setting *setting);

/* ---- check_world.c, check_circle.c, check_example.c, check_operation.c ----------------------- */

void check_possible(struct check *check, const struct policy_rule *rule);
void check_circles(struct check *check);
void check_examples(struct check *check, const struct check_clause *clause);
void check_operations(struct check *check, const struct check_clause *clause);

#endif
