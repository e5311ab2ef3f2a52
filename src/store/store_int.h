/*
 * store/store_int.h - inside the store: connections, and what an engine has to do.
 *
 * Read first: store.h, statement.h. Engines: sqlite.c, postgresql.c. What they share: store.c.
 *
 * What must hold
 * - A connection serves one transaction at a time. store.c sees to it; engines need no locks.
 * - An engine answers a struct result of a code that store.h and statement.h name; its detail lives
 *   in the arena that is passed.
 */
#ifndef HANDRAIL_STORE_STORE_INT_H
#define HANDRAIL_STORE_STORE_INT_H

#include <pthread.h>

#include "store/statement.h"

/* Distinct statements that a connection keeps prepared; all of a program's, and room. */
#define STORE_STATEMENTS_MAX 2048 /* a power of two */

/* Seconds for which a store that could not write does not try again. */
#define STORE_REPAIR_SECONDS 2

struct store_connection; /* the engine's own */

struct store_engine {
    struct str name;     /* for messages */
    const char *unknown; /* of a commit of which it is not known whether it took place */
    const char *away;    /* what others are told meanwhile, whose own acts were not tried */
    MUST_USE struct result (*connect)(struct store *, struct arena *, enum store_mode,
                                      struct store_connection **);
    void (*disconnect)(struct store_connection *);
    MUST_USE struct result (*begin)(struct store_connection *, struct arena *, enum store_mode);
    /* `changed` and `rows` may each be NULL: nobody asks. */
    MUST_USE struct result (*run)(struct store_connection *, struct arena *,
                                  const struct store_statement *, const struct store_value *,
                                  size_t *changed, struct store_rows *rows);
    MUST_USE struct result (*commit)(struct store_connection *, struct arena *);
    void (*rollback)(struct store_connection *);
    /* Several statements at once, without values: migrations and settings. */
    MUST_USE struct result (*script)(struct store_connection *, struct arena *, const char *sql);
    /* Whether the connection is of no use any more. */
    bool (*is_broken)(const struct store_connection *);
};

extern const struct store_engine store_sqlite, store_postgresql;

struct store {
    struct arena *arena; /* its own */
    struct str where;
    const struct store_engine *engine;
    enum store_engine_kind kind;
    int64_t version;

    pthread_mutex_t mutex; /* over all that follows */
    pthread_cond_t given_back;
    struct store_connection *writer; /* NULL while in use, or not connected */
    bool is_writing;
    struct store_connection *idle[STORE_READERS_MAX];
    size_t idle_count, reader_count; /* reader_count: idle or in use */
    size_t writers_waiting;
    int64_t last_id;
    struct result wound; /* why nothing can be written; OK normally */
    char wound_detail[256];
    int64_t wounded_at; /* monotonic seconds */
};

struct store_transaction {
    struct store *store;
    struct store_connection *connection;
    struct arena *arena;
    enum store_mode mode;
    struct instant now;
    struct result failure; /* of the first statement that failed */
    bool is_done;          /* committed or rolled back */
};

/* Where a statement stands in a connection's table of STORE_STATEMENTS_MAX places. */
static inline size_t store_statement_place(const struct store_statement *statement)
{
    return ((size_t)(uintptr_t)statement >> 4) * (size_t)0x9E3779B97F4A7C15u >> 40 &
           (STORE_STATEMENTS_MAX - 1);
}

/* What was given is UTF-8 and not too long, or INVALID and LIMIT. */
MUST_USE struct result store_values_check(struct arena *arena,
                                          const struct store_statement *statement,
                                          const struct store_value *values);

/* Brings the tables up to date; in migrate.c. */
MUST_USE struct result store_migrate(struct store *store, struct arena *arena);

/* UNSUPPORTED when they are not. */
MUST_USE struct result store_migrated(struct store *store, struct arena *arena);

#endif
