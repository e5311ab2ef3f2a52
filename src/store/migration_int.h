/*
 * store/migration_int.h - the migrations, made of migrations/NNNN_name.sql by tools/sql.py.
 *
 * What must hold: a migration that has been released is never edited; its checksum is kept in the
 * database and compared when it is opened.
 */
#ifndef HANDRAIL_STORE_MIGRATION_INT_H
#define HANDRAIL_STORE_MIGRATION_INT_H

#include <stddef.h>
#include <stdint.h>

struct store_migration {
    int64_t number; /* from 1, without a gap */
    const char *name;
    const char *checksum; /* SHA-256 of the file, hexadecimal */
    const char *sqlite;
    const char *postgres;
};

extern const struct store_migration store_migrations[];
extern const size_t store_migration_count;

#endif
