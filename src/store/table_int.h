/*
 * store/table_int.h - all tables that the migrations make, for what treats them alike: writing
 * everything out, and reading it in. Made by tools/sql.py.
 *
 * Read first: statement.h, transfer.h.
 * What must hold: in the order in which they are made, so that a row comes after what it refers to.
 */
#ifndef HANDRAIL_STORE_TABLE_INT_H
#define HANDRAIL_STORE_TABLE_INT_H

#include "store/statement.h"

/* Columns of one table. */
#define STORE_COLUMNS_MAX 24

struct store_column {
    const char *name;
    enum store_kind kind;
};

struct store_table {
    const char *name;
    const struct store_column *columns;
    size_t column_count;
    const size_t *key; /* indices of the columns of its primary key */
    size_t key_count;
    const struct store_statement *first; /* rows in the order of the key: how many at most */
    const struct store_statement *next;  /* those after a key */
    const struct store_statement *add;
};

extern const struct store_table store_tables[];
extern const size_t store_table_count;

#endif
