/*
 * policy/operation.h - the kinds of operation statements, their fields, and which module waits for
 * them.
 *
 * Read first: docs/policy-language.md, section 8, whose table stands in operation.c word for word.
 * Start at: operation_kind_find. Reading, checking, compiling and coverage all go by this table.
 */
#ifndef HANDRAIL_POLICY_OPERATION_H
#define HANDRAIL_POLICY_OPERATION_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct policy_field; /* ast.h */
struct policy_operation;

/* What a field holds, and which member of struct policy_field carries it. */
enum operation_type {
    OPERATION_TEXT,        /* text */
    OPERATION_NAMES,       /* names: words of the field's own list, where it has one */
    OPERATION_ROLES,       /* names: roles, groups of roles, or role settings */
    OPERATION_ACTS,        /* names: acts and groups of acts */
    OPERATION_KEYS,        /* names: keys of clauses */
    OPERATION_KEPT,        /* names: kinds of what is kept */
    OPERATION_DURATION,    /* duration */
    OPERATION_DATE,        /* number: days since 1970-01-01 */
    OPERATION_NUMBER,      /* number */
    OPERATION_NUMBER_TEXT, /* number and text: at-least 2 "runners" */
    OPERATION_CONDITION,   /* condition */
    OPERATION_FLAG,        /* nothing: that it stands there is what it says */
    OPERATION_TYPE_COUNT
};

struct operation_field {
    struct str name;
    enum operation_type type;
    bool is_required, is_repeatable;
    const struct str *words; /* NAMES: what they may be; NULL: any name */
    size_t word_count;
};

struct operation_kind {
    struct str name;
    struct str module; /* the module that puts it to work: "records"; "decide" does so already */
    const struct operation_field *fields;
    size_t field_count;
};

/* The kind of this name, or NULL. */
const struct operation_kind *operation_kind_find(struct str name);

/* Every kind, in the order of the specification. */
const struct operation_kind *operation_kinds(size_t *count);

/* What a statement says in this field, the first when there are several; or NULL. */
const struct policy_field *operation_said_find(const struct policy_operation *operation,
                                               struct str name);

/* The field of this name, or NULL. */
const struct operation_field *operation_field_find(const struct operation_kind *kind,
                                                   struct str name);

#endif
