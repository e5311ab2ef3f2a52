/*
 * store/ids.h - numbers of rows, a type for each table, so that they cannot be swapped.
 *
 * Read first: store_id() in store.h.
 *
 * What must hold: value 0 is nobody and nothing.
 */
#ifndef HANDRAIL_STORE_IDS_H
#define HANDRAIL_STORE_IDS_H

#include <stdint.h>

struct person_id {
    int64_t value;
};

struct school_id {
    int64_t value;
};

/* Of rows that have no type of their own: they are named by the table that they stand in. */
struct row_id {
    int64_t value;
};

#endif
