/*
 * store/store.h - where everything that is kept is kept: SQLite, or PostgreSQL when its address is
 * given.
 *
 *     DEFER(store_close) struct store *store = NULL;
 *     TRY(store_open(arena, where, &store));
 *     DEFER(store_end) struct store_transaction *transaction = NULL;
 *     TRY(store_begin(store, arena, STORE_WRITE, &transaction));
 *     TRY(school_add(transaction, (struct school_add_in){.id = ..., .name = ...}));
 *     return store_commit(transaction);
 *
 * Read first: base/result.h. Read next: statement.h, which the functions made of .sql files call;
 * store_int.h, what an engine has to do.
 *
 * What must hold
 * - One writer at a time, on both engines: what a writing transaction has read stays true until it
 *   ends. Readers see one moment, and never wait for the writer.
 * - Committed means on disk (and at the standby, where PostgreSQL is set to wait for it).
 * - A transaction whose statement failed can only end: commit then answers that failure.
 * - A transaction that is closed without commit has changed nothing.
 * - Rows live in the arena that the transaction was begun with.
 */
#ifndef HANDRAIL_STORE_STORE_H
#define HANDRAIL_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/instant.h"
#include "base/result.h"

struct store;
struct store_transaction;

/* Connections that read at the same time; one more waits for the first to be given back. */
#define STORE_READERS_MAX 16

/* Rows, and bytes of texts, that one statement may give. Lists are asked for by the page. */
#define STORE_ROWS_MAX 20000
#define STORE_ROWS_BYTES_MAX ((size_t)64 * 1024 * 1024)

/* A text or a run of bytes that is stored in one piece. */
#define STORE_VALUE_BYTES_MAX ((size_t)8 * 1024 * 1024)

/* How long a writer waits for the one before it, and PostgreSQL for any one statement. */
#define STORE_WAIT_MILLISECONDS 10000

/* ---- Open, migrate, close -------------------------------------------------------------------- */

/*
 * `where` is the path of an SQLite file, which is made when it is not there, or the address of a
 * PostgreSQL database: postgresql://user@host1,host2/handrail. Of several hosts the one that can be
 * written is taken. The tables are brought up to this program's.
 * Errors: UNSUPPORTED (a newer Handrail made it, or it is not Handrail's), CORRUPT (a migration was
 * changed afterwards), IO, REFUSED, BUSY. Close with store_close().
 */
MUST_USE struct result store_open(struct arena *arena, struct str where, struct store **out);

/*
 * What is there already, and nothing of it is changed: no file is made, and tables stay as they
 * are. For auditors and for copies. Errors: MISSING (there is none), UNSUPPORTED (its tables are of
 * an older or newer Handrail, or it is not Handrail's), and those of store_open().
 */
MUST_USE struct result store_look(struct arena *arena, struct str where, struct store **out);

/* All transactions must have ended. */
void store_close(struct store *store);
DEFER_DEFINE(store_close, struct store *);

enum store_engine_kind { STORE_SQLITE, STORE_POSTGRESQL, STORE_ENGINE_COUNT };

enum store_engine_kind store_engine_of(const struct store *store);

/* What an address is of; nothing is opened. */
enum store_engine_kind store_engine_of_address(struct str where);

/* The number of the last migration that has been carried out. */
int64_t store_version(const struct store *store);

/*
 * OK, or why nothing can be written at present: a disk that is full or broken, a database that does
 * not answer. Asks nothing of the database; for health checks and pages.
 */
MUST_USE struct result store_health(struct store *store, struct arena *arena);

/* How busy it is at this moment, for whoever watches. */
struct store_counts {
    size_t writers_waiting; /* for the one who writes */
    size_t readers;         /* connections that read, in use or kept */
    bool is_writing;
};

struct store_counts store_counts(struct store *store);

/* ---- Transactions ---------------------------------------------------------------------------- */

enum store_mode { STORE_READ, STORE_WRITE, STORE_MODE_COUNT };

/*
 * Close with store_end(). The arena must outlive the transaction, and serve nobody else meanwhile.
 * Errors: BUSY (STORE_WAIT_MILLISECONDS passed), IO, and for a writer what store_health() says.
 */
MUST_USE struct result store_begin(struct store *store, struct arena *arena, enum store_mode mode,
                                   struct store_transaction **out);

/*
 * Makes what was written last. When this answers OK it is durable. CODE_IO may mean either: whoever
 * repeats must be able to see that it was done (actions have a key for that).
 */
MUST_USE struct result store_commit(struct store_transaction *transaction);

/* Undoes what was not committed, and gives the connection back. */
void store_end(struct store_transaction *transaction);
DEFER_DEFINE(store_end, struct store_transaction *);

struct arena *store_arena(struct store_transaction *transaction);

/* The moment at which the transaction got hold of the database: one for all that it writes. */
struct instant store_now(const struct store_transaction *transaction);

/* Another moment from now on: for demonstrations, imports and tests. */
void store_now_set(struct store_transaction *transaction, struct instant now);

/*
 * A number that no row has: the milliseconds of its making and something random, so that later ones
 * are higher and nobody can count by them. Never 0. For writing transactions.
 */
int64_t store_id(struct store_transaction *transaction);

/* A number as it is shown: 13 letters and digits that cannot be mistaken for each other. */
struct str store_id_format(struct arena *arena, int64_t id);

/* False for anything that store_id_format() does not write. */
bool store_id_parse(struct str text, int64_t *out) __attribute__((warn_unused_result));

/* ---- Copies ---------------------------------------------------------------------------------- */

/*
 * SQLite only: a whole, consistent copy in a new file while others go on writing. It holds no
 * deleted rows. Checked page by page before this answers OK. Errors: EXISTS, IO, UNSUPPORTED.
 */
MUST_USE struct result store_copy(struct store *store, struct arena *arena, struct str path);

/*
 * SQLite: every page and index is read and checked. PostgreSQL: rows that refer to nothing are not
 * possible, and pages are checked by its own tools: OK. Errors: CORRUPT with the first fault.
 */
MUST_USE struct result store_check(struct store *store, struct arena *arena);

/*
 * SQLite: what was erased is overwritten in the file and its log, which is emptied. BUSY while
 * somebody still reads what was before. PostgreSQL: OK; see docs/operating.md.
 */
MUST_USE struct result store_tidy(struct store *store, struct arena *arena);

/*
 * SQLite only: everything stands in the one file afterwards, without its log, and no other program
 * had it open: else BUSY. All transactions must have ended. Errors: UNSUPPORTED.
 */
MUST_USE struct result store_be_alone(struct store *store, struct arena *arena);

#endif
