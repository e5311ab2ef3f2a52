/*
 * store/migrate.c - brings the tables up to those of this program.
 *
 * Read first: migration_int.h; migrations/, whose files are carried out in the order of their
 * numbers.
 *
 * What must hold: all of them or none, in one transaction; a database that a newer program made, or
 * whose migrations are not ours, is not touched.
 */
#include "store/migrate.h" /* made of migrate.sql */
#include "store/migration_int.h"
#include "store/store_int.h"

static const char list_sqlite[] = "CREATE TABLE IF NOT EXISTS store_migration ("
                                  "number INTEGER PRIMARY KEY, name TEXT NOT NULL,"
                                  "checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;";

static const char list_postgresql[] = "CREATE TABLE IF NOT EXISTS store_migration ("
                                      "number bigint PRIMARY KEY, name text NOT NULL,"
                                      "checksum text NOT NULL, applied_at bigint NOT NULL);";

MUST_USE static struct result script(struct store_transaction *transaction, const char *sqlite,
                                     const char *postgres)
{
    const struct store *store = transaction->store;
    return store->engine->script(transaction->connection, transaction->arena,
                                 store->kind == STORE_SQLITE ? sqlite : postgres);
}

MUST_USE static struct result compare(struct arena *arena,
                                      const struct migrations_applied_rows *applied)
{
    if (applied->count > store_migration_count) {
        return result_fail(RESULT_CODE_UNSUPPORTED,
                           "a newer Handrail has used this database: install that one",
                           str_format(arena, "its tables are number %zu, ours %zu", applied->count,
                                      store_migration_count));
    }
    for (size_t i = 0; i < applied->count; i++) {
        const struct store_migration *ours = &store_migrations[i];
        if (applied->at[i].number != ours->number ||
            !str_equal(applied->at[i].checksum, str_from(ours->checksum))) {
            return result_fail(RESULT_CODE_CORRUPT,
                               "the tables of this database were not made by this Handrail: "
                               "restore a backup, or install the version that made them",
                               applied->at[i].name);
        }
    }
    return RESULT_OK;
}

MUST_USE static struct result apply(struct store_transaction *transaction, size_t from)
{
    for (size_t i = from; i < store_migration_count; i++) {
        const struct store_migration *migration = &store_migrations[i];
        TRY(script(transaction, migration->sqlite, migration->postgres));
        TRY(migration_add(transaction,
                          (struct migration_add_in){.number = migration->number,
                                                    .name = str_from(migration->name),
                                                    .checksum = str_from(migration->checksum),
                                                    .applied_at = store_now(transaction)}));
    }
    return RESULT_OK;
}

struct result store_migrate(struct store *store, struct arena *arena)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    TRY(script(transaction, list_sqlite, list_postgresql));
    struct migrations_applied_rows applied = {0};
    TRY(migrations_applied(transaction, &applied));
    TRY(compare(arena, &applied));
    TRY(apply(transaction, applied.count));
    store->version = (int64_t)store_migration_count;
    return store_commit(transaction);
}

struct result store_migrated(struct store *store, struct arena *arena)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_READ, &transaction));
    struct migrations_applied_rows applied = {0};
    TRY(migrations_applied(transaction, &applied));
    TRY(compare(arena, &applied));
    store->version = (int64_t)applied.count;
    return applied.count == store_migration_count
               ? RESULT_OK
               : result_fail(RESULT_CODE_UNSUPPORTED,
                             "an older Handrail has used this database: start this one once, which "
                             "brings its tables up to date",
                             str_format(arena, "its tables are number %zu, ours %zu", applied.count,
                                        store_migration_count));
}
