/*
 * store/store.c - connections handed out and given back, transactions, and what keeps a store that
 * could not write from being used as if nothing had happened.
 *
 * Read first: store.h, store_int.h.
 *
 * What must hold
 * - One thread of this program writes at a time; between programs the engines see to it.
 * - After a failure that breaks a connection, store_begin() refuses writers with the reason for
 *   STORE_REPAIR_SECONDS, then connects anew. The first commit that succeeds ends it.
 */
#include "store/store.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "store/sqlite_int.h"
#include "store/store_int.h"

#define NANOSECONDS_OF_MILLISECOND 1000000

static int64_t monotonic_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static struct instant wall_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (struct instant){(int64_t)now.tv_sec * INSTANT_SECOND_MILLISECONDS +
                            now.tv_nsec / NANOSECONDS_OF_MILLISECOND};
}

/* ---- Open and close -------------------------------------------------------------------------- */

enum store_engine_kind store_engine_of_address(struct str where)
{
    return str_starts(where, STR("postgresql://")) || str_starts(where, STR("postgres://"))
               ? STORE_POSTGRESQL
               : STORE_SQLITE;
}

static struct store *store_new(struct str where)
{
    static const struct store_engine *const engines[STORE_ENGINE_COUNT] = {&store_sqlite,
                                                                           &store_postgresql};
    struct arena *own = arena_open();
    struct store *store = ARENA_NEW(own, struct store);
    store->arena = own;
    store->where = str_copy(own, where);
    store->kind = store_engine_of_address(where);
    store->engine = engines[store->kind];
    pthread_mutex_init(&store->mutex, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&store->given_back, &attributes);
    pthread_condattr_destroy(&attributes);
    return store;
}

MUST_USE static struct result opened(struct store *store, struct result result, struct store **out)
{
    if (!result_is_ok(result)) {
        store_close(store);
        return result;
    }
    *out = store;
    return RESULT_OK;
}

struct result store_open(struct arena *arena, struct str where, struct store **out)
{
    struct store *store = store_new(where);
    return opened(store, store_migrate(store, arena), out);
}

struct result store_look(struct arena *arena, struct str where, struct store **out)
{
    if (store_engine_of_address(where) == STORE_SQLITE &&
        access(str_cstr(arena, where), F_OK) != 0) {
        return result_fail(RESULT_CODE_MISSING, "nothing is kept there: there is no such database",
                           where);
    }
    struct store *store = store_new(where);
    return opened(store, store_migrated(store, arena), out);
}

static void disconnect_all(struct store *store)
{
    assert(!store->is_writing && store->idle_count == store->reader_count &&
           "a transaction has not ended");
    for (size_t i = 0; i < store->idle_count; i++) {
        store->engine->disconnect(store->idle[i]);
    }
    if (store->writer) {
        store->engine->disconnect(store->writer);
    }
    store->writer = NULL;
    store->idle_count = store->reader_count = 0;
}

void store_close(struct store *store)
{
    disconnect_all(store);
    pthread_cond_destroy(&store->given_back);
    pthread_mutex_destroy(&store->mutex);
    arena_close(store->arena);
}

enum store_engine_kind store_engine_of(const struct store *store)
{
    return store->kind;
}

int64_t store_version(const struct store *store)
{
    return store->version;
}

struct result store_health(struct store *store, struct arena *arena)
{
    pthread_mutex_lock(&store->mutex);
    struct result wound = store->wound;
    wound.detail = str_copy(arena, wound.detail);
    pthread_mutex_unlock(&store->mutex);
    return wound;
}

/* ---- Connections ----------------------------------------------------------------------------- */

/* Waits until something is given back; false when the time is over. The mutex is held. */
static bool wait_until(struct store *store, const struct timespec *end)
{
    return pthread_cond_timedwait(&store->given_back, &store->mutex, end) != ETIMEDOUT;
}

static struct timespec wait_end(void)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += STORE_WAIT_MILLISECONDS / 1000;
    return end;
}

MUST_USE static struct result busy(void)
{
    return result_fail(RESULT_CODE_BUSY,
                       "too many others use the records at this moment: try again in a moment",
                       (struct str){0});
}

/* *out stays NULL when a connection is still to be made. */
MUST_USE static struct result take_reader(struct store *store, struct store_connection **out)
{
    struct timespec end = wait_end();
    pthread_mutex_lock(&store->mutex);
    bool in_time = true;
    while (store->idle_count == 0 && store->reader_count == STORE_READERS_MAX && in_time) {
        in_time = wait_until(store, &end);
    }
    struct result taken = RESULT_OK;
    if (store->idle_count > 0) {
        *out = store->idle[--store->idle_count];
    } else if (store->reader_count < STORE_READERS_MAX) {
        store->reader_count++;
    } else {
        taken = busy();
    }
    pthread_mutex_unlock(&store->mutex);
    return taken;
}

MUST_USE static struct result take_writer(struct store *store, struct arena *arena,
                                          struct store_connection **out)
{
    struct timespec end = wait_end();
    pthread_mutex_lock(&store->mutex);
    bool in_time = true;
    store->writers_waiting++;
    while (store->is_writing && in_time) {
        in_time = wait_until(store, &end);
    }
    store->writers_waiting--;
    struct result taken = RESULT_OK;
    if (store->is_writing) {
        taken = busy();
    } else if (!result_is_ok(store->wound) &&
               monotonic_seconds() - store->wounded_at < STORE_REPAIR_SECONDS) {
        taken = store->wound;
        taken.detail = str_copy(arena, taken.detail);
    } else {
        store->is_writing = true;
        *out = store->writer;
        store->writer = NULL;
    }
    pthread_mutex_unlock(&store->mutex);
    return taken;
}

static void give_back(struct store *store, enum store_mode mode,
                      struct store_connection *connection)
{
    if (connection && store->engine->is_broken(connection)) {
        store->engine->disconnect(connection);
        connection = NULL;
    }
    pthread_mutex_lock(&store->mutex);
    if (mode == STORE_WRITE) {
        store->is_writing = false;
        store->writer = connection;
    } else if (connection) {
        store->idle[store->idle_count++] = connection;
    } else {
        store->reader_count--;
    }
    pthread_cond_broadcast(&store->given_back);
    pthread_mutex_unlock(&store->mutex);
}

static void wound(struct store *store, struct result why)
{
    why.message = why.message == store->engine->unknown ? store->engine->away : why.message;
    pthread_mutex_lock(&store->mutex);
    size_t bytes =
        why.detail.len < sizeof store->wound_detail ? why.detail.len : sizeof store->wound_detail;
    if (bytes) {
        memcpy(store->wound_detail, why.detail.at, bytes);
    }
    why.detail = (struct str){store->wound_detail, bytes};
    store->wound = why;
    store->wounded_at = monotonic_seconds();
    pthread_mutex_unlock(&store->mutex);
}

static void heal(struct store *store)
{
    pthread_mutex_lock(&store->mutex);
    store->wound = RESULT_OK;
    pthread_mutex_unlock(&store->mutex);
}

struct store_counts store_counts(struct store *store)
{
    pthread_mutex_lock(&store->mutex);
    struct store_counts counts = {store->writers_waiting, store->reader_count, store->is_writing};
    pthread_mutex_unlock(&store->mutex);
    return counts;
}

/* ---- Transactions ---------------------------------------------------------------------------- */

/* Connected and begun. A connection that has gone stale meanwhile is replaced once. */
MUST_USE static struct result connect_and_begin(struct store *store, struct arena *arena,
                                                enum store_mode mode,
                                                struct store_connection **connection)
{
    for (bool is_kept = *connection != NULL;; is_kept = false) {
        if (!*connection) {
            TRY(store->engine->connect(store, arena, mode, connection));
        }
        struct result begun = store->engine->begin(*connection, arena, mode);
        if (result_is_ok(begun) || !is_kept || !store->engine->is_broken(*connection)) {
            return begun;
        }
        store->engine->disconnect(*connection);
        *connection = NULL;
    }
}

struct result store_begin(struct store *store, struct arena *arena, enum store_mode mode,
                          struct store_transaction **out)
{
    struct store_connection *connection = NULL;
    TRY(mode == STORE_WRITE ? take_writer(store, arena, &connection)
                            : take_reader(store, &connection));
    struct result begun = connect_and_begin(store, arena, mode, &connection);
    if (!result_is_ok(begun)) {
        if (mode == STORE_WRITE && begun.code != RESULT_CODE_BUSY) {
            wound(store, begun);
        }
        if (connection) {
            store->engine->rollback(connection);
        }
        give_back(store, mode, connection);
        return begun;
    }
    struct store_transaction *transaction = ARENA_NEW(arena, struct store_transaction);
    *transaction = (struct store_transaction){.store = store,
                                              .connection = connection,
                                              .arena = arena,
                                              .mode = mode,
                                              .now = wall_clock()};
    *out = transaction;
    return RESULT_OK;
}

/* What broke a writer's connection keeps others from trying at once. */
MUST_USE static struct result noted(struct store_transaction *transaction, struct result result)
{
    struct store *store = transaction->store;
    if (!result_is_ok(result)) {
        if (result_is_ok(transaction->failure)) {
            transaction->failure = result;
        }
        if (transaction->mode == STORE_WRITE && store->engine->is_broken(transaction->connection)) {
            wound(store, result);
        }
    }
    return result;
}

struct result store_commit(struct store_transaction *transaction)
{
    assert(!transaction->is_done);
    if (!result_is_ok(transaction->failure)) {
        return transaction->failure;
    }
    struct store *store = transaction->store;
    TRY(noted(transaction, store->engine->commit(transaction->connection, transaction->arena)));
    transaction->is_done = true;
    if (transaction->mode == STORE_WRITE) {
        heal(store);
    }
    return RESULT_OK;
}

void store_end(struct store_transaction *transaction)
{
    struct store *store = transaction->store;
    if (!transaction->is_done) {
        store->engine->rollback(transaction->connection);
    }
    give_back(store, transaction->mode, transaction->connection);
    transaction->connection = NULL;
}

struct arena *store_arena(struct store_transaction *transaction)
{
    return transaction->arena;
}

struct instant store_now(const struct store_transaction *transaction)
{
    return transaction->now;
}

void store_now_set(struct store_transaction *transaction, struct instant now)
{
    transaction->now = now;
}

/* ---- Statements ------------------------------------------------------------------------------ */

struct result store_values_check(struct arena *arena, const struct store_statement *statement,
                                 const struct store_value *values)
{
    for (size_t i = 0; i < statement->take_count; i++) {
        struct str text = values[i].text;
        assert(values[i].kind == statement->takes[i]);
        if (text.len > STORE_VALUE_BYTES_MAX) {
            return result_fail(RESULT_CODE_LIMIT, "this is too long to be stored",
                               str_from(statement->name));
        }
        if (values[i].kind == STORE_KIND_TEXT && text.len > 0 &&
            (!utf8_valid(text) || memchr(text.at, 0, text.len))) {
            return result_fail(RESULT_CODE_INVALID,
                               "a text holds bytes that are no letters (it must be UTF-8)",
                               str_format(arena, "%s, value %zu", statement->name, i + 1));
        }
    }
    return RESULT_OK;
}

MUST_USE static struct result run(struct store_transaction *transaction,
                                  const struct store_statement *statement,
                                  const struct store_value *values, size_t *changed,
                                  struct store_rows *rows)
{
    if (!result_is_ok(transaction->failure)) {
        return transaction->failure;
    }
    TRY(noted(transaction, store_values_check(transaction->arena, statement, values)));
    return noted(transaction,
                 transaction->store->engine->run(transaction->connection, transaction->arena,
                                                 statement, values, changed, rows));
}

struct result store_do(struct store_transaction *transaction,
                       const struct store_statement *statement, const struct store_value *values,
                       size_t *changed)
{
    return run(transaction, statement, values, changed, NULL);
}

struct result store_one(struct store_transaction *transaction,
                        const struct store_statement *statement, const struct store_value *values,
                        const struct store_value **row)
{
    struct store_rows rows = {0};
    TRY(run(transaction, statement, values, NULL, &rows));
    *row = rows.count > 0 ? rows.at : NULL;
    return RESULT_OK;
}

struct result store_many(struct store_transaction *transaction,
                         const struct store_statement *statement, const struct store_value *values,
                         struct store_rows *out)
{
    *out = (struct store_rows){0};
    return run(transaction, statement, values, NULL, out);
}

/* ---- Copies ---------------------------------------------------------------------------------- */

/* Runs `act` on a connection of its own, outside of transactions. */
MUST_USE static struct result apart(struct store *store, struct arena *arena,
                                    struct result (*act)(struct store_connection *, struct arena *))
{
    struct store_connection *connection = NULL;
    TRY(store->engine->connect(store, arena, STORE_READ, &connection));
    struct result done = act(connection, arena);
    store->engine->disconnect(connection);
    return done;
}

struct result store_check(struct store *store, struct arena *arena)
{
    return store->kind == STORE_SQLITE ? apart(store, arena, store_sqlite_check) : RESULT_OK;
}

struct result store_tidy(struct store *store, struct arena *arena)
{
    return store->kind == STORE_SQLITE ? apart(store, arena, store_sqlite_tidy) : RESULT_OK;
}

struct result store_be_alone(struct store *store, struct arena *arena)
{
    if (store->kind != STORE_SQLITE) {
        return result_fail(RESULT_CODE_UNSUPPORTED, "only a database in a file can be alone",
                           store->where);
    }
    disconnect_all(store);
    struct store_connection *connection = NULL;
    TRY(store->engine->connect(store, arena, STORE_WRITE, &connection));
    struct result alone = store_sqlite_be_alone(connection, arena);
    store->engine->disconnect(connection);
    return alone;
}

struct result store_copy(struct store *store, struct arena *arena, struct str path)
{
    if (store->kind != STORE_SQLITE) {
        return result_fail(RESULT_CODE_UNSUPPORTED,
                           "PostgreSQL makes its own copies: see docs/operating.md", store->where);
    }
    struct store_connection *connection = NULL;
    TRY(store->engine->connect(store, arena, STORE_WRITE, &connection));
    struct result copied = store_sqlite_copy(connection, arena, path);
    store->engine->disconnect(connection);
    TRY(copied);
    struct store copy = {.where = path, .kind = STORE_SQLITE, .engine = &store_sqlite};
    return store_check(&copy, arena);
}
