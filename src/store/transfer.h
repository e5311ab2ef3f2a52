/*
 * store/transfer.h - everything that is kept, written as lines of JSON or as CSV, and read in
 * again: from one engine into the other, for people who leave Handrail, and to look at.
 *
 * Read first: docs/export.md, which says what the files mean.
 *
 *     {"handrail":"records","tables":5}
 *     {"table":"person","row":{"id":"6H2DGJ9V5X7VP","name":"...","salt":"hex:0a1b..."}}
 *     {"end":1234}                                      how many rows
 *
 * What must hold
 * - What is written is one moment of the store. What is read in goes into empty tables, all of it
 *   or nothing, and must be what was written: the last line says how many rows there were.
 * - Digests of passwords and tokens are among it: such a file is as precious as the store.
 */
#ifndef HANDRAIL_STORE_TRANSFER_H
#define HANDRAIL_STORE_TRANSFER_H

#include <stdio.h>

#include "store/store.h"

/* A line that is longer is refused. */
#define TRANSFER_LINE_BYTES_MAX ((size_t)32 * 1024 * 1024)

/* May be {0}. */
struct transfer_progress {
    void *context;
    void (*tell)(void *context, const char *table, int64_t rows);
};

/* All tables as lines of JSON. Errors: IO, and those of the store. */
MUST_USE struct result transfer_write(struct store *store, struct arena *arena, FILE *out,
                                      struct transfer_progress progress);

/* One table as CSV (RFC 4180), with the names of its columns in the first line. */
MUST_USE struct result transfer_write_csv(struct store *store, struct arena *arena,
                                          struct str table, FILE *out);

/* The names of the tables, in the order in which they are made. */
size_t transfer_table_count(void);
struct str transfer_table_name(size_t index);

/*
 * Reads what transfer_write() wrote. Errors: EXISTS when there are rows already, INVALID with the
 * number of the line, UNSUPPORTED for a file of another version.
 */
MUST_USE struct result transfer_read(struct store *store, struct arena *arena, FILE *in,
                                     struct transfer_progress progress);

#endif
