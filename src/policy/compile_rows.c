/*
 * Conditions in disjunctive form: rows of literals.
 *
 * Read first: compile_int.h. A literal allows some values of one variable; a row is true when all
 * its literals are; rows are true when one of them is. An empty list of rows is never true.
 * What must hold: a row's literals are sorted by variable, each at most once, none allowing every
 * value
 * or none of them; no row implies another of the same rows (up to SUBSUME_MAX rows).
 */
#include "policy/compile_int.h"

#include <assert.h>
#include <string.h>

#define SUBSUME_MAX 1024u

static uint64_t domain_mask(const struct compile *compile, uint32_t variable)
{
    const struct pack_variable *record =
        pack_builder_at(compile->builder, PACK_SECTION_VARIABLE, variable);
    return record->domain >= 64 ? UINT64_MAX : (UINT64_C(1) << record->domain) - 1;
}

/* True when every world of `narrow` is one of `wide`. */
static bool row_implies(const struct compile_row *narrow, const struct compile_row *wide)
{
    uint32_t n = 0;
    for (uint32_t w = 0; w < wide->count; w++) {
        while (n < narrow->count && narrow->literals[n].variable < wide->literals[w].variable)
            n++;
        if (n == narrow->count || narrow->literals[n].variable != wide->literals[w].variable ||
            (narrow->literals[n].mask & ~wide->literals[w].mask) != 0)
            return false;
    }
    return true;
}

void compile_rows_add(struct compile *compile, struct compile_rows *rows, struct compile_row row)
{
    if (rows->count >= COMPILE_ROWS_MAX) {
        compile->is_too_wide = true;
        return;
    }
    if (rows->count <= SUBSUME_MAX) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < rows->count; i++)
            if (row_implies(&row, &rows->at[i]))
                return;
        for (uint32_t i = 0; i < rows->count; i++)
            if (!row_implies(&rows->at[i], &row))
                rows->at[kept++] = rows->at[i];
        rows->count = kept;
    }
    if (rows->count == rows->capacity) {
        uint32_t capacity = rows->capacity == 0 ? 4 : rows->capacity * 2;
        rows->at = arena_grow(compile->arena, rows->at, rows->capacity * sizeof *rows->at,
                              capacity * sizeof *rows->at);
        rows->capacity = capacity;
    }
    rows->at[rows->count++] = row;
}

struct compile_rows compile_rows_true(struct compile *compile)
{
    struct compile_rows rows = {0};
    compile_rows_add(compile, &rows, (struct compile_row){NULL, 0});
    return rows;
}

struct compile_rows compile_rows_literal(struct compile *compile, uint32_t variable, uint64_t mask)
{
    uint64_t all = domain_mask(compile, variable);
    struct compile_rows rows = {0};
    if ((mask & all) == 0)
        return rows;
    if ((mask & all) == all)
        return compile_rows_true(compile);
    struct compile_literal *literal = ARENA_NEW(compile->arena, struct compile_literal);
    *literal = (struct compile_literal){variable, mask & all};
    compile_rows_add(compile, &rows, (struct compile_row){literal, 1});
    return rows;
}

/* Both rows at once; false when no world obeys both. */
static bool row_and(struct compile *compile, const struct compile_row *a,
                    const struct compile_row *b, struct compile_row *out)
{
    uint32_t i = 0, k = 0;
    out->count = 0;
    out->literals = ARENA_ARRAY(compile->arena, struct compile_literal, a->count + b->count + 1);
    while (i < a->count || k < b->count) {
        struct compile_literal literal;
        if (k == b->count || (i < a->count && a->literals[i].variable < b->literals[k].variable)) {
            literal = a->literals[i++];
        } else if (i == a->count || b->literals[k].variable < a->literals[i].variable) {
            literal = b->literals[k++];
        } else {
            literal = a->literals[i++];
            literal.mask &= b->literals[k++].mask;
        }
        if (literal.mask == 0)
            return false;
        out->literals[out->count++] = literal;
    }
    return true;
}

struct compile_rows compile_rows_and(struct compile *compile, const struct compile_rows *a,
                                     const struct compile_rows *b)
{
    struct compile_rows rows = {0};
    for (uint32_t i = 0; i < a->count && !compile->is_too_wide; i++)
        for (uint32_t k = 0; k < b->count && !compile->is_too_wide; k++) {
            struct arena_mark mark = arena_mark(compile->arena);
            struct compile_row row;
            if (row_and(compile, &a->at[i], &b->at[k], &row))
                compile_rows_add(compile, &rows, row);
            else
                arena_rewind(compile->arena, mark);
        }
    return rows;
}

void compile_rows_or(struct compile *compile, struct compile_rows *into,
                     const struct compile_rows *more)
{
    for (uint32_t i = 0; i < more->count; i++)
        compile_rows_add(compile, into, more->at[i]);
}

struct compile_rows compile_rows_not(struct compile *compile, const struct compile_rows *rows)
{
    struct compile_rows result = compile_rows_true(compile);
    for (uint32_t i = 0; i < rows->count; i++) {
        struct compile_rows other = {0};
        for (uint32_t k = 0; k < rows->at[i].count; k++) {
            struct compile_literal literal = rows->at[i].literals[k];
            struct compile_rows one =
                compile_rows_literal(compile, literal.variable, ~literal.mask);
            compile_rows_or(compile, &other, &one);
        }
        result = compile_rows_and(compile, &result, &other);
    }
    return result;
}

struct compile_rows compile_rows_of(struct compile *compile, uint32_t node, bool is_positive)
{
    const struct pack_node record =
        *(const struct pack_node *)pack_builder_at(compile->builder, PACK_SECTION_NODE, node);
    if (record.kind == PACK_NODE_ATOM)
        return compile_rows_literal(compile, record.variable,
                                    is_positive ? record.mask : ~record.mask);
    bool is_and = (record.kind == PACK_NODE_AND) == is_positive;
    bool child_positive = record.kind == PACK_NODE_NOT ? !is_positive : is_positive;
    struct compile_rows rows = {0};
    if (record.kind != PACK_NODE_NOT && is_and)
        rows = compile_rows_true(compile);
    for (uint32_t i = 0; i < record.children.count; i++) {
        uint32_t child = *(const uint32_t *)pack_builder_at(compile->builder, PACK_SECTION_LIST,
                                                            record.children.first + i);
        struct compile_rows more = compile_rows_of(compile, child, child_positive);
        if (record.kind != PACK_NODE_NOT && is_and)
            rows = compile_rows_and(compile, &rows, &more);
        else
            compile_rows_or(compile, &rows, &more);
    }
    return rows;
}
