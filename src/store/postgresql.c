/*
 * store/postgresql.c - the PostgreSQL engine.
 *
 * Read first: store_int.h; https://www.postgresql.org/docs/15/libpq-pipeline-mode.html.
 *
 * A connection is always in pipeline mode. What gives nothing is sent and not waited for: its
 * answer is read with the next that is asked for, so an act of ten statements takes two or three
 * round trips. `waiting` holds what has been sent and not yet been answered.
 *
 * What must hold
 * - Writers take one advisory lock at their beginning, so that there is one writer in a whole
 *   cluster of Handrails, as with SQLite.
 * - At most WAITING_MAX answers are outstanding, so that neither side blocks with full buffers.
 * - After a failure the server passes over the rest of the pipeline: no later statement of the
 *   transaction has an effect.
 */
#include <assert.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include "store/store_int.h"

/* Types of values, from PostgreSQL's catalogue pg_type. */
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_TEXT 25

/* Values of one statement. */
#define TAKES_MAX 64

/* Sent and not answered; each takes two when it must first be prepared. */
#define WAITING_MAX 64

/* "hrl1", as a number that other programs are unlikely to lock. */
#define WRITER_LOCK "1752329265"

#define NAME_BYTES_MAX 24 /* of a prepared statement */

/* In milliseconds where no unit is written. */
#define SETTINGS                                                                                   \
    "-c statement_timeout=30000 -c lock_timeout=10000 -c client_min_messages=warning "             \
    "-c idle_in_transaction_session_timeout=60000 -c synchronous_commit=on"

struct waiting {
    const char *what; /* a statement's name, for messages */
    bool is_preparation;
};

struct store_connection {
    struct arena *arena; /* its own */
    PGconn *server;
    bool is_broken;
    bool is_begun;
    bool has_lost_preparations; /* some were passed over by the server after a failure */
    size_t waiting_count;
    struct waiting waiting[WAITING_MAX + 2];
    size_t prepared_count;
    const struct store_statement *prepared[STORE_STATEMENTS_MAX];
};

/* ---- Failures -------------------------------------------------------------------------------- */

static const char unknown[] = "the database went away while this was being saved, and it is not "
                              "known whether it was: look before you do it again";
static const char away[] = "the database does not answer: see that it runs";

struct postgres_failure {
    const char *state; /* how the SQLSTATE begins */
    enum result_code result;
    bool is_breaking;
    const char *message;
};

static const struct postgres_failure failures[] = {
    {"23505", RESULT_CODE_EXISTS, false, "this is there already"},
    {"23503", RESULT_CODE_MISSING, false,
     "what this refers to is not there, or something still refers to it"},
    {"23502", RESULT_CODE_INVALID, false, "something that is needed is missing"},
    {"23", RESULT_CODE_INVALID, false, "the records do not allow this"},
    {"22", RESULT_CODE_INVALID, false, "a value cannot be stored"},
    {"40", RESULT_CODE_BUSY, false, "somebody else was faster: try again"},
    {"55P03", RESULT_CODE_BUSY, false,
     "somebody else has been writing for a long time: try again in a moment"},
    {"57014", RESULT_CODE_BUSY, false, "the database took too long: try again in a moment"},
    {"53100", RESULT_CODE_IO, true,
     "the database's disk is full: nothing was changed. Make room, and try again"},
    {"53", RESULT_CODE_BUSY, true, "the database is overloaded: try again in a moment"},
    {"25006", RESULT_CODE_IO, true, "the database can only be read at present: try again soon"},
    {"28", RESULT_CODE_REFUSED, true,
     "the database does not let Handrail in: see the name and password in its address"},
    {"42P01", RESULT_CODE_UNSUPPORTED, false, "this is not a database of Handrail"},
    {"3D", RESULT_CODE_MISSING, true, "there is no such database: make it first"},
    {"XX", RESULT_CODE_CORRUPT, true, "the database reports damage: see its log"},
};

MUST_USE static struct result fail_with(struct store_connection *connection, struct arena *arena,
                                        const char *state, const char *said, const char *what)
{
    struct postgres_failure failure = {"", RESULT_CODE_IO, true, away};
    for (size_t i = 0; state && i < sizeof failures / sizeof failures[0]; i++) {
        if (strncmp(state, failures[i].state, strlen(failures[i].state)) == 0) {
            failure = failures[i];
            break;
        }
    }
    connection->is_broken |= failure.is_breaking;
    return result_fail(failure.result, failure.message,
                       str_format(arena, "%s: " STR_FMT, what, STR_ARG(str_trim(str_from(said)))));
}

MUST_USE static struct result fail_connection(struct store_connection *connection,
                                              struct arena *arena, const char *what)
{
    connection->is_broken = true;
    return fail_with(connection, arena, NULL, PQerrorMessage(connection->server), what);
}

/* ---- Answers --------------------------------------------------------------------------------- */

static bool is_fine(ExecStatusType status)
{
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

MUST_USE static struct result failure_of(struct store_connection *connection, struct arena *arena,
                                         const PGresult *answer, const char *what)
{
    if (!answer || PQstatus(connection->server) == CONNECTION_BAD) {
        return fail_connection(connection, arena, what);
    }
    return fail_with(connection, arena, PQresultErrorField(answer, PG_DIAG_SQLSTATE),
                     PQresultErrorMessage(answer), what);
}

/* The answer to one that waits: read to its end. Free it with PQclear(). */
static PGresult *answer_next(struct store_connection *connection)
{
    PGresult *answer = PQgetResult(connection->server);
    PGresult *more = NULL;
    while (answer && (more = PQgetResult(connection->server)) != NULL) {
        PQclear(more);
    }
    return answer;
}

/*
 * Reads the answers to all that waits. *last, which may be NULL, becomes the answer to the last of
 * them; it is NULL after a failure. The first failure is answered.
 */
MUST_USE static struct result settle(struct store_connection *connection, struct arena *arena,
                                     PGresult **last)
{
    struct result first = RESULT_OK;
    if (PQpipelineSync(connection->server) != 1) {
        return fail_connection(connection, arena, "send");
    }
    for (size_t i = 0; i < connection->waiting_count; i++) {
        PGresult *answer = answer_next(connection);
        bool is_good = answer && is_fine(PQresultStatus(answer));
        if (!is_good && result_is_ok(first)) {
            first = failure_of(connection, arena, answer, connection->waiting[i].what);
        }
        connection->has_lost_preparations |= !is_good && connection->waiting[i].is_preparation;
        if (last && is_good && i + 1 == connection->waiting_count && result_is_ok(first)) {
            *last = answer;
        } else {
            PQclear(answer);
        }
        if (!answer) {
            connection->waiting_count = 0;
            return first;
        }
    }
    connection->waiting_count = 0;
    PGresult *sync = PQgetResult(connection->server);
    bool is_in_step = sync && PQresultStatus(sync) == PGRES_PIPELINE_SYNC;
    PQclear(sync);
    if (!is_in_step && result_is_ok(first)) {
        first = fail_connection(connection, arena, "read");
    }
    connection->is_broken |= !is_in_step;
    return first;
}

static void expect(struct store_connection *connection, const char *what)
{
    assert(connection->waiting_count < sizeof connection->waiting / sizeof connection->waiting[0]);
    connection->waiting[connection->waiting_count++] = (struct waiting){.what = what};
}

/* Sends a fixed statement without values. */
MUST_USE static struct result send_plain(struct store_connection *connection, struct arena *arena,
                                         const char *sql)
{
    if (PQsendQueryParams(connection->server, sql, 0, NULL, NULL, NULL, NULL, 0) != 1) {
        return fail_connection(connection, arena, sql);
    }
    expect(connection, sql);
    return RESULT_OK;
}

/* ---- Connections ----------------------------------------------------------------------------- */

static void postgres_disconnect(struct store_connection *connection)
{
    PQfinish(connection->server);
    arena_close(connection->arena);
}

static void no_notices(void *context, const char *message)
{
    (void)context;
    (void)message;
}

MUST_USE static struct result postgres_connect(struct store *store, struct arena *arena,
                                               enum store_mode mode, struct store_connection **out)
{
    (void)mode;
    const char *names[] = {"target_session_attrs",
                           "connect_timeout",
                           "tcp_user_timeout",
                           "keepalives_idle",
                           "application_name",
                           "client_encoding",
                           "options",
                           "dbname",
                           NULL};
    const char *values[] = {"read-write", "5",    "15000",  "10",
                            "handrail",   "UTF8", SETTINGS, str_cstr(arena, store->where),
                            NULL};
    struct arena *own = arena_open();
    struct store_connection *connection = ARENA_NEW(own, struct store_connection);
    connection->arena = own;
    connection->server = PQconnectdbParams(names, values, 1);
    if (PQstatus(connection->server) != CONNECTION_OK) {
        struct result failed = fail_connection(connection, arena, "connect");
        postgres_disconnect(connection);
        return failed;
    }
    PQsetNoticeProcessor(connection->server, no_notices, NULL);
    const char *encoding = PQparameterStatus(connection->server, "server_encoding");
    if (!encoding || strcmp(encoding, "UTF8") != 0) {
        postgres_disconnect(connection);
        return result_fail(RESULT_CODE_UNSUPPORTED,
                           "the database must keep text as UTF8: make it with ENCODING 'UTF8'",
                           (struct str){0});
    }
    if (PQenterPipelineMode(connection->server) != 1) {
        struct result failed = fail_connection(connection, arena, "pipeline");
        postgres_disconnect(connection);
        return failed;
    }
    *out = connection;
    return RESULT_OK;
}

MUST_USE static struct result postgres_script(struct store_connection *connection,
                                              struct arena *arena, const char *sql)
{
    TRY(settle(connection, arena, NULL));
    if (PQexitPipelineMode(connection->server) != 1) {
        return fail_connection(connection, arena, "pipeline");
    }
    PGresult *answer = PQexec(connection->server, sql);
    struct result done = answer && is_fine(PQresultStatus(answer))
                             ? RESULT_OK
                             : failure_of(connection, arena, answer, "settings or tables");
    PQclear(answer);
    if (PQenterPipelineMode(connection->server) != 1) {
        return fail_connection(connection, arena, "pipeline");
    }
    return done;
}

/* ---- Statements ------------------------------------------------------------------------------ */

/* Places in the connection's table are names: "s17". */
MUST_USE static struct result prepare(struct store_connection *connection, struct arena *arena,
                                      const struct store_statement *statement,
                                      char name[NAME_BYTES_MAX])
{
    static const Oid oids[STORE_KIND_COUNT] = {OID_INT8, OID_TEXT, OID_BYTEA};
    size_t place = store_statement_place(statement);
    while (connection->prepared[place] && connection->prepared[place] != statement) {
        place = (place + 1) & (STORE_STATEMENTS_MAX - 1);
    }
    snprintf(name, NAME_BYTES_MAX, "s%zu", place);
    if (connection->prepared[place]) {
        return RESULT_OK;
    }
    assert(connection->prepared_count < STORE_STATEMENTS_MAX / 2 && "too many statements");
    Oid types[TAKES_MAX];
    assert(statement->take_count <= TAKES_MAX);
    for (size_t i = 0; i < statement->take_count; i++) {
        types[i] = oids[statement->takes[i]];
    }
    if (PQsendPrepare(connection->server, name, statement->postgres, (int)statement->take_count,
                      types) != 1) {
        return fail_connection(connection, arena, statement->name);
    }
    expect(connection, statement->name);
    connection->waiting[connection->waiting_count - 1].is_preparation = true;
    connection->prepared[place] = statement;
    connection->prepared_count++;
    return RESULT_OK;
}

/* Values go in binary: numbers as 8 bytes, highest first; text and bytes as they are. */
MUST_USE static struct result send(struct store_connection *connection, struct arena *arena,
                                   const struct store_statement *statement,
                                   const struct store_value *values)
{
    char name[NAME_BYTES_MAX];
    TRY(prepare(connection, arena, statement, name));
    const char *at[TAKES_MAX];
    int lengths[TAKES_MAX], formats[TAKES_MAX];
    unsigned char numbers[TAKES_MAX][8];
    for (size_t i = 0; i < statement->take_count; i++) {
        const struct store_value *value = &values[i];
        formats[i] = 1;
        if (value->kind == STORE_KIND_INT) {
            for (size_t byte = 0; byte < 8; byte++) {
                numbers[i][byte] = (unsigned char)((uint64_t)value->number >> (56 - 8 * byte));
            }
            at[i] = (const char *)numbers[i];
            lengths[i] = 8;
        } else {
            at[i] = value->text.len ? value->text.at : "";
            lengths[i] = (int)value->text.len;
        }
        at[i] = value->is_null ? NULL : at[i];
    }
    if (PQsendQueryPrepared(connection->server, name, (int)statement->take_count, at, lengths,
                            formats, 0) != 1) {
        return fail_connection(connection, arena, statement->name);
    }
    expect(connection, statement->name);
    return RESULT_OK;
}

static int hex_digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* bytea as text: "\x" and two digits a byte. */
static struct str bytes_of(struct arena *arena, struct str text)
{
    size_t count = text.len < 2 ? 0 : (text.len - 2) / 2;
    char *at = arena_alloc(arena, count);
    for (size_t i = 0; i < count; i++) {
        at[i] = (char)(hex_digit(text.at[2 + 2 * i]) << 4 | hex_digit(text.at[3 + 2 * i]));
    }
    return (struct str){at, count};
}

static bool number_of(struct str text, int64_t *out)
{
    bool is_word = str_equal(text, STR("t")) || str_equal(text, STR("f"));
    if (is_word) {
        *out = text.at[0] == 't';
    }
    return is_word || str_to_int(text, out);
}

MUST_USE static struct result value_of(struct arena *arena, const PGresult *answer, int row,
                                       int column, const struct store_statement *statement,
                                       struct store_value *out)
{
    *out = (struct store_value){.kind = statement->gives[column]};
    out->is_null = PQgetisnull(answer, row, column) == 1;
    struct str text = {PQgetvalue(answer, row, column), (size_t)PQgetlength(answer, row, column)};
    if (out->is_null) {
        return RESULT_OK;
    }
    switch (out->kind) {
    case STORE_KIND_INT:
        return number_of(text, &out->number)
                   ? RESULT_OK
                   : result_fail(RESULT_CODE_CORRUPT, "a stored number is no whole number",
                                 str_from(statement->name));
    case STORE_KIND_TEXT:
        out->text = str_copy(arena, text);
        return RESULT_OK;
    case STORE_KIND_BYTES:
        out->text = bytes_of(arena, text);
        return RESULT_OK;
    case STORE_KIND_COUNT:
        break;
    }
    assert(!"a column has no kind");
    return RESULT_OK;
}

MUST_USE static struct result rows_of(struct arena *arena, const PGresult *answer,
                                      const struct store_statement *statement,
                                      struct store_rows *rows)
{
    size_t count = (size_t)PQntuples(answer);
    assert((size_t)PQnfields(answer) == statement->give_count);
    if (count > STORE_ROWS_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "too many records at once: ask for fewer",
                           str_from(statement->name));
    }
    struct store_value *at = ARENA_ARRAY(arena, struct store_value, count * statement->give_count);
    for (size_t row = 0; row < count; row++) {
        for (size_t i = 0; i < statement->give_count; i++) {
            TRY(value_of(arena, answer, (int)row, (int)i, statement,
                         &at[row * statement->give_count + i]));
        }
    }
    *rows = (struct store_rows){at, count};
    return RESULT_OK;
}

MUST_USE static struct result postgres_run(struct store_connection *connection, struct arena *arena,
                                           const struct store_statement *statement,
                                           const struct store_value *values, size_t *changed,
                                           struct store_rows *rows)
{
    if (connection->waiting_count >= WAITING_MAX) {
        TRY(settle(connection, arena, NULL));
    }
    TRY(send(connection, arena, statement, values));
    if (!changed && !rows) {
        return RESULT_OK;
    }
    PGresult *answer = NULL;
    struct result settled = settle(connection, arena, &answer);
    if (result_is_ok(settled) && rows) {
        settled = rows_of(arena, answer, statement, rows);
    }
    if (result_is_ok(settled) && changed) {
        int64_t count = 0;
        *changed = str_to_int(str_from(PQcmdTuples(answer)), &count) ? (size_t)count : 0;
    }
    PQclear(answer);
    return settled;
}

/* ---- Transactions ---------------------------------------------------------------------------- */

MUST_USE static struct result postgres_begin(struct store_connection *connection,
                                             struct arena *arena, enum store_mode mode)
{
    if (mode == STORE_WRITE) {
        TRY(send_plain(connection, arena, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"));
        TRY(send_plain(connection, arena, "SELECT pg_advisory_xact_lock(" WRITER_LOCK ")"));
    } else {
        TRY(send_plain(connection, arena, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    }
    connection->is_begun = true;
    return settle(connection, arena, NULL);
}

MUST_USE static struct result postgres_commit(struct store_connection *connection,
                                              struct arena *arena)
{
    TRY(settle(connection, arena, NULL));
    TRY(send_plain(connection, arena, "COMMIT"));
    PGresult *answer = NULL;
    struct result settled = settle(connection, arena, &answer);
    bool is_committed = answer && strcmp(PQcmdStatus(answer), "COMMIT") == 0;
    PQclear(answer);
    if (result_is_ok(settled) && is_committed) {
        connection->is_begun = false;
        return RESULT_OK;
    }
    if (connection->is_broken) {
        return result_fail(RESULT_CODE_IO, unknown, settled.detail);
    }
    return result_is_ok(settled)
               ? result_fail(RESULT_CODE_CONFLICT, "this could not be saved", STR("COMMIT"))
               : settled;
}

/* A preparation that the server passed over would be missed later: all are made anew. */
static void forget_preparations(struct store_connection *connection, struct arena *arena)
{
    memset(connection->prepared, 0, sizeof connection->prepared);
    connection->prepared_count = 0;
    connection->has_lost_preparations = false;
    struct result forgotten = send_plain(connection, arena, "DEALLOCATE ALL");
    if (result_is_ok(forgotten)) {
        forgotten = settle(connection, arena, NULL);
    }
    connection->is_broken |= !result_is_ok(forgotten);
}

static void postgres_rollback(struct store_connection *connection)
{
    if (!connection->is_begun || connection->is_broken) {
        return;
    }
    DEFER(arena_close) struct arena *arena = arena_open();
    struct result ended = settle(connection, arena, NULL);
    ended = send_plain(connection, arena, "ROLLBACK");
    if (result_is_ok(ended)) {
        ended = settle(connection, arena, NULL);
    }
    connection->is_broken |= !result_is_ok(ended);
    connection->is_begun = false;
    if (connection->has_lost_preparations && !connection->is_broken) {
        forget_preparations(connection, arena);
    }
}

static bool postgres_is_broken(const struct store_connection *connection)
{
    return connection->is_broken || PQstatus(connection->server) == CONNECTION_BAD;
}

const struct store_engine store_postgresql = {
    .name = STR_INIT("PostgreSQL"),
    .unknown = unknown,
    .away = away,
    .connect = postgres_connect,
    .disconnect = postgres_disconnect,
    .begin = postgres_begin,
    .run = postgres_run,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .script = postgres_script,
    .is_broken = postgres_is_broken,
};
