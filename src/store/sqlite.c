/*
 * store/sqlite.c - the SQLite engine: one file, its log beside it.
 *
 * Read first: store_int.h; https://www.sqlite.org/wal.html.
 *
 * What must hold
 * - synchronous=FULL: a commit is on disk when it answers. A commit that failed leaves a connection
 *   that is not used again, since the system may have dropped the pages that it could not write.
 * - What is deleted is overwritten (secure_delete), for erasure must be real.
 * - The file is Handrail's (application_id) and is readable by its owner alone.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/folder_int.h"
#include "store/sqlite_int.h"
#include "store/store_int.h"

/* "HRL1" as a number: how a file says that it is Handrail's. */
#define SQLITE_APPLICATION_ID 0x48524c31

/* Rows are gathered in a list that begins with room for as many values. */
#define SQLITE_VALUES_FIRST 64

/* Of the whole page cache of a connection. */
#define SQLITE_SETTINGS                                                                            \
    "PRAGMA journal_mode = WAL;"                                                                   \
    "PRAGMA synchronous = FULL;"                                                                   \
    "PRAGMA foreign_keys = ON;"                                                                    \
    "PRAGMA trusted_schema = OFF;"                                                                 \
    "PRAGMA secure_delete = ON;"                                                                   \
    "PRAGMA cell_size_check = ON;"                                                                 \
    "PRAGMA temp_store = MEMORY;"                                                                  \
    "PRAGMA cache_size = -8192;"

struct store_connection {
    struct arena *arena; /* its own */
    sqlite3 *database;
    bool is_broken;
    size_t prepared_count;
    struct {
        const struct store_statement *statement;
        sqlite3_stmt *prepared;
    } prepared[STORE_STATEMENTS_MAX];
};

/* ---- Failures -------------------------------------------------------------------------------- */

static const char unknown[] =
    "the disk failed while this was being saved, and it is not known whether "
    "it was: see to the disk, and look before you do it again";

struct sqlite_failure {
    int code;
    enum result_code result;
    bool is_breaking; /* the connection is not to be trusted afterwards */
    const char *message;
};

/* By extended code first, then by its low byte. */
static const struct sqlite_failure failures[] = {
    {SQLITE_CONSTRAINT_UNIQUE, RESULT_CODE_EXISTS, false, "this is there already"},
    {SQLITE_CONSTRAINT_PRIMARYKEY, RESULT_CODE_EXISTS, false, "this is there already"},
    {SQLITE_CONSTRAINT_ROWID, RESULT_CODE_EXISTS, false, "this is there already"},
    {SQLITE_CONSTRAINT_FOREIGNKEY, RESULT_CODE_MISSING, false,
     "what this refers to is not there, or something still refers to it"},
    {SQLITE_CONSTRAINT_CHECK, RESULT_CODE_INVALID, false, "the records do not allow this"},
    {SQLITE_CONSTRAINT_NOTNULL, RESULT_CODE_INVALID, false, "something that is needed is missing"},
    {SQLITE_CONSTRAINT, RESULT_CODE_INVALID, false, "the records do not allow this"},
    {SQLITE_BUSY, RESULT_CODE_BUSY, false,
     "somebody else has been writing for a long time: try again in a moment"},
    {SQLITE_LOCKED, RESULT_CODE_BUSY, false,
     "somebody else has been writing for a long time: try again in a moment"},
    {SQLITE_FULL, RESULT_CODE_IO, true,
     "the disk is full: nothing was changed. Make room, and try again"},
    {SQLITE_TOOBIG, RESULT_CODE_LIMIT, false, "this is too long to be stored"},
    {SQLITE_CORRUPT, RESULT_CODE_CORRUPT, true,
     "the database file is damaged: stop Handrail and restore the last backup"},
    {SQLITE_NOTADB, RESULT_CODE_UNSUPPORTED, true, "this file is not a database of Handrail"},
    {SQLITE_READONLY, RESULT_CODE_REFUSED, true,
     "the database file may not be written: see who owns it and its folder"},
    {SQLITE_PERM, RESULT_CODE_REFUSED, true, "the database file may not be opened"},
    {SQLITE_CANTOPEN, RESULT_CODE_IO, true,
     "the database file cannot be opened: see that its folder is there and who owns it"},
    {SQLITE_IOERR, RESULT_CODE_IO, true,
     "the disk did not take what was written, or gave nothing back: nothing was changed. "
     "See to the disk, and try again"},
};

MUST_USE static struct result fail_now(struct store_connection *connection, struct arena *arena,
                                       int code, const char *what)
{
    struct sqlite_failure failure = {code, RESULT_CODE_IO, true, "the database failed"};
    size_t count = sizeof failures / sizeof failures[0];
    bool is_found = false;
    for (int pass = 0; pass < 2 && !is_found; pass++) {
        int wanted = pass == 0 ? code : code & 0xff;
        for (size_t i = 0; i < count && !is_found; i++) {
            is_found = failures[i].code == wanted;
            failure = is_found ? failures[i] : failure;
        }
    }
    connection->is_broken |= failure.is_breaking;
    struct str detail = str_format(arena, "%s: %s", what,
                                   connection->database ? sqlite3_errmsg(connection->database)
                                                        : sqlite3_errstr(code));
    return result_fail(failure.result, failure.message, detail);
}

/* ---- Connections ----------------------------------------------------------------------------- */

static void sqlite_disconnect(struct store_connection *connection)
{
    for (size_t i = 0; i < STORE_STATEMENTS_MAX; i++) {
        sqlite3_finalize(connection->prepared[i].prepared);
    }
    int closed = sqlite3_close(connection->database);
    assert(closed == SQLITE_OK);
    arena_close(connection->arena);
}

MUST_USE static struct result sqlite_script(struct store_connection *connection,
                                            struct arena *arena, const char *sql)
{
    int code = sqlite3_exec(connection->database, sql, NULL, NULL, NULL);
    return code == SQLITE_OK
               ? RESULT_OK
               : fail_now(connection, arena, sqlite3_extended_errcode(connection->database),
                          "settings or tables");
}

/* One number that a pragma answers; -1 when it answers nothing. */
static int64_t pragma(struct store_connection *connection, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int64_t number = -1;
    if (sqlite3_prepare_v2(connection->database, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        number = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return number;
}

/* A file that somebody else made is left alone. An empty one is taken by who writes. */
MUST_USE static struct result claim(struct store_connection *connection, struct arena *arena,
                                    struct str where, enum store_mode mode)
{
    int64_t id = pragma(connection, "PRAGMA application_id");
    int64_t tables = id < 0 ? id : pragma(connection, "SELECT count(*) FROM sqlite_schema");
    if (tables < 0) {
        return fail_now(connection, arena, sqlite3_extended_errcode(connection->database), "open");
    }
    if (id == SQLITE_APPLICATION_ID) {
        return RESULT_OK;
    }
    if (id != 0 || tables > 0 || mode == STORE_READ) {
        return result_fail(RESULT_CODE_UNSUPPORTED,
                           "this is a database of another program: choose another place", where);
    }
    return sqlite_script(
        connection, arena,
        str_cstr(arena, str_format(arena, "PRAGMA application_id = %d;", SQLITE_APPLICATION_ID)));
}

static void harden(sqlite3 *database)
{
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 2 * (int)STORE_VALUE_BYTES_MAX);
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, STORE_WAIT_MILLISECONDS);
}

/* Makes the file, for its owner alone, and writes its name to disk. */
MUST_USE static struct result create(struct arena *arena, struct str where)
{
    const char *path = str_cstr(arena, where);
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return errno == EEXIST ? RESULT_OK
                               : result_fail(RESULT_CODE_IO,
                                             "the database file cannot be made: see that its "
                                             "folder is there and who owns it",
                                             where);
    }
    close(file);
    return store_folder_sync(arena, where);
}

MUST_USE static struct result sqlite_connect(struct store *store, struct arena *arena,
                                             enum store_mode mode, struct store_connection **out)
{
    if (mode == STORE_WRITE) {
        TRY(create(arena, store->where));
    }
    struct arena *own = arena_open();
    struct store_connection *connection = ARENA_NEW(own, struct store_connection);
    connection->arena = own;
    int code = sqlite3_open_v2(str_cstr(arena, store->where), &connection->database,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    struct result made = code == SQLITE_OK ? RESULT_OK : fail_now(connection, arena, code, "open");
    if (result_is_ok(made)) {
        harden(connection->database);
        made = claim(connection, arena, store->where, mode);
    }
    if (result_is_ok(made)) {
        made = sqlite_script(connection, arena, SQLITE_SETTINGS);
    }
    if (result_is_ok(made) && mode == STORE_READ) {
        made = sqlite_script(connection, arena, "PRAGMA query_only = ON;");
    }
    if (!result_is_ok(made)) {
        sqlite_disconnect(connection);
        return made;
    }
    *out = connection;
    return RESULT_OK;
}

/* ---- Statements ------------------------------------------------------------------------------ */

MUST_USE static struct result prepare(struct store_connection *connection, struct arena *arena,
                                      const struct store_statement *statement, sqlite3_stmt **out)
{
    size_t place = store_statement_place(statement);
    while (connection->prepared[place].statement &&
           connection->prepared[place].statement != statement) {
        place = (place + 1) & (STORE_STATEMENTS_MAX - 1);
    }
    if (!connection->prepared[place].statement) {
        assert(connection->prepared_count < STORE_STATEMENTS_MAX / 2 && "too many statements");
        sqlite3_stmt *prepared = NULL;
        int code = sqlite3_prepare_v3(connection->database, statement->sqlite, -1,
                                      SQLITE_PREPARE_PERSISTENT, &prepared, NULL);
        if (code != SQLITE_OK) {
            return fail_now(connection, arena, code, statement->name);
        }
        assert((size_t)sqlite3_bind_parameter_count(prepared) == statement->take_count);
        assert((size_t)sqlite3_column_count(prepared) == statement->give_count);
        connection->prepared[place].statement = statement;
        connection->prepared[place].prepared = prepared;
        connection->prepared_count++;
    }
    *out = connection->prepared[place].prepared;
    return RESULT_OK;
}

static int bind(sqlite3_stmt *prepared, int place, const struct store_value *value)
{
    const char *at = value->text.at ? value->text.at : "";
    if (value->is_null) {
        return sqlite3_bind_null(prepared, place);
    }
    switch (value->kind) {
    case STORE_KIND_INT:
        return sqlite3_bind_int64(prepared, place, value->number);
    case STORE_KIND_TEXT:
        return sqlite3_bind_text(prepared, place, at, (int)value->text.len, SQLITE_STATIC);
    case STORE_KIND_BYTES:
        return sqlite3_bind_blob(prepared, place, at, (int)value->text.len, SQLITE_STATIC);
    case STORE_KIND_COUNT:
        break;
    }
    assert(!"a value has no kind");
    return SQLITE_MISUSE;
}

/* False when what is stored is of another kind: nobody writes that but a disk or a meddler. */
static bool column(struct arena *arena, sqlite3_stmt *prepared, int index, enum store_kind kind,
                   struct store_value *value)
{
    static const int types[STORE_KIND_COUNT] = {[STORE_KIND_INT] = SQLITE_INTEGER,
                                                [STORE_KIND_TEXT] = SQLITE_TEXT,
                                                [STORE_KIND_BYTES] = SQLITE_BLOB};
    int type = sqlite3_column_type(prepared, index);
    *value = (struct store_value){.kind = kind, .is_null = type == SQLITE_NULL};
    if (value->is_null || type != types[kind]) {
        return value->is_null;
    }
    if (kind == STORE_KIND_INT) {
        value->number = sqlite3_column_int64(prepared, index);
        return true;
    }
    const char *at = sqlite3_column_blob(prepared, index);
    size_t bytes = (size_t)sqlite3_column_bytes(prepared, index);
    value->text = str_copy(arena, (struct str){at, bytes});
    return true;
}

/* A list of values that doubles. */
struct gathered {
    struct store_value *at;
    size_t count, capacity;
};

static struct store_value *gather(struct arena *arena, struct gathered *list, size_t count)
{
    if (list->count + count > list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : SQLITE_VALUES_FIRST + count;
        struct store_value *at = ARENA_ARRAY(arena, struct store_value, capacity);
        if (list->count) {
            memcpy(at, list->at, list->count * sizeof *at);
        }
        *list = (struct gathered){at, list->count, capacity};
    }
    struct store_value *row = list->at + list->count;
    list->count += count;
    return row;
}

MUST_USE static struct result read_rows(struct store_connection *connection, struct arena *arena,
                                        const struct store_statement *statement,
                                        sqlite3_stmt *prepared, struct store_rows *rows)
{
    struct gathered list = {0};
    size_t bytes = 0;
    int code;
    while ((code = sqlite3_step(prepared)) == SQLITE_ROW) {
        if (!rows) {
            continue;
        }
        if (rows->count == STORE_ROWS_MAX || bytes > STORE_ROWS_BYTES_MAX) {
            return result_fail(RESULT_CODE_LIMIT, "too many records at once: ask for fewer",
                               str_from(statement->name));
        }
        struct store_value *row = gather(arena, &list, statement->give_count);
        for (size_t i = 0; i < statement->give_count; i++) {
            if (!column(arena, prepared, (int)i, statement->gives[i], &row[i])) {
                return result_fail(RESULT_CODE_CORRUPT,
                                   "the database holds a value of a kind that Handrail does not "
                                   "write there: restore the last backup",
                                   str_from(statement->name));
            }
            bytes += row[i].text.len;
        }
        rows->count++;
    }
    if (rows) {
        rows->at = list.at;
    }
    return code == SQLITE_DONE ? RESULT_OK : fail_now(connection, arena, code, statement->name);
}

MUST_USE static struct result sqlite_run(struct store_connection *connection, struct arena *arena,
                                         const struct store_statement *statement,
                                         const struct store_value *values, size_t *changed,
                                         struct store_rows *rows)
{
    sqlite3_stmt *prepared = NULL;
    TRY(prepare(connection, arena, statement, &prepared));
    struct result result = RESULT_OK;
    for (size_t i = 0; i < statement->take_count && result_is_ok(result); i++) {
        int code = bind(prepared, (int)i + 1, &values[i]);
        if (code != SQLITE_OK) {
            result = fail_now(connection, arena, code, statement->name);
        }
    }
    if (result_is_ok(result)) {
        result = read_rows(connection, arena, statement, prepared, rows);
    }
    if (changed) {
        *changed = (size_t)sqlite3_changes64(connection->database);
    }
    sqlite3_reset(prepared);
    sqlite3_clear_bindings(prepared);
    return result;
}

/* ---- Transactions ---------------------------------------------------------------------------- */

MUST_USE static struct result sqlite_begin(struct store_connection *connection, struct arena *arena,
                                           enum store_mode mode)
{
    return sqlite_script(connection, arena, mode == STORE_WRITE ? "BEGIN IMMEDIATE" : "BEGIN");
}

MUST_USE static struct result sqlite_commit(struct store_connection *connection,
                                            struct arena *arena)
{
    struct result done = sqlite_script(connection, arena, "COMMIT");
    int code = sqlite3_extended_errcode(connection->database) & 0xff;
    return result_is_ok(done) || code != SQLITE_IOERR
               ? done
               : result_fail(RESULT_CODE_IO, unknown, done.detail);
}

static void sqlite_rollback(struct store_connection *connection)
{
    if (!sqlite3_get_autocommit(connection->database) &&
        sqlite3_exec(connection->database, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK) {
        connection->is_broken = true;
    }
}

static bool sqlite_is_broken(const struct store_connection *connection)
{
    return connection->is_broken;
}

const struct store_engine store_sqlite = {
    .name = STR_INIT("SQLite"),
    .unknown = unknown,
    .away = "the disk fails: see to it",
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .begin = sqlite_begin,
    .run = sqlite_run,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .script = sqlite_script,
    .is_broken = sqlite_is_broken,
};

/* ---- Copies and checks ----------------------------------------------------------------------- */

struct result store_sqlite_check(struct store_connection *connection, struct arena *arena)
{
    sqlite3_stmt *statement = NULL;
    int code =
        sqlite3_prepare_v2(connection->database, "PRAGMA integrity_check(1)", -1, &statement, NULL);
    struct str said = {0};
    if (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        said = str_copy(arena, str_from((const char *)sqlite3_column_text(statement, 0)));
    }
    sqlite3_finalize(statement);
    if (!str_equal(said, STR("ok"))) {
        return result_fail(RESULT_CODE_CORRUPT,
                           "the database file is damaged: restore the last backup", said);
    }
    int64_t orphans = pragma(connection, "SELECT count(*) FROM pragma_foreign_key_check");
    return orphans == 0
               ? RESULT_OK
               : result_fail(RESULT_CODE_CORRUPT, "records refer to others that are not there",
                             str_format(arena, "%lld records", (long long)orphans));
}

struct result store_sqlite_copy(struct store_connection *connection, struct arena *arena,
                                struct str path)
{
    const char *name = str_cstr(arena, path);
    int file = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        bool is_there = errno == EEXIST;
        return result_fail(is_there ? RESULT_CODE_EXISTS : RESULT_CODE_IO,
                           is_there ? "there is a file of this name already: choose another"
                                    : "the copy cannot be made: see that its folder is there",
                           path);
    }
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(connection->database, "VACUUM INTO ?1", -1, &statement, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    }
    code = code == SQLITE_OK ? sqlite3_step(statement) : code;
    struct result copied =
        code == SQLITE_DONE ? RESULT_OK : fail_now(connection, arena, code, "copy");
    sqlite3_finalize(statement);
    if (result_is_ok(copied) && fsync(file) != 0) {
        copied = result_fail(RESULT_CODE_IO, "the copy could not be written to disk", path);
    }
    close(file);
    if (!result_is_ok(copied)) {
        (void)unlink(name);
        return copied;
    }
    return store_folder_sync(arena, path);
}

struct result store_sqlite_tidy(struct store_connection *connection, struct arena *arena)
{
    int log = 0, copied = 0;
    int code = sqlite3_wal_checkpoint_v2(connection->database, NULL, SQLITE_CHECKPOINT_TRUNCATE,
                                         &log, &copied);
    return code == SQLITE_OK ? RESULT_OK : fail_now(connection, arena, code, "tidy");
}

struct result store_sqlite_be_alone(struct store_connection *connection, struct arena *arena)
{
    return sqlite_script(connection, arena, "PRAGMA journal_mode = DELETE;");
}
