/*
 * store/sqlite_int.h - what only the SQLite engine can do.
 *
 * Read first: store_int.h.
 */
#ifndef HANDRAIL_STORE_SQLITE_INT_H
#define HANDRAIL_STORE_SQLITE_INT_H

#include "store/store_int.h"

/* See store_copy(), store_check(), store_tidy() in store.h. Outside of transactions. */
MUST_USE struct result store_sqlite_copy(struct store_connection *connection, struct arena *arena,
                                         struct str path);
MUST_USE struct result store_sqlite_check(struct store_connection *connection, struct arena *arena);
MUST_USE struct result store_sqlite_tidy(struct store_connection *connection, struct arena *arena);
MUST_USE struct result store_sqlite_be_alone(struct store_connection *connection,
                                             struct arena *arena);

#endif
