/*
 * cli/backup.h - a copy of the database in a file, and what stands in FILE.json beside it: the
 * manifest, which says what the copy holds.
 *
 * Read first: store_copy() in store/store.h. What must hold: a file that this makes is whole and on
 * the disk, or it is not there.
 */
#ifndef HANDRAIL_CLI_BACKUP_H
#define HANDRAIL_CLI_BACKUP_H

#include "base/arena.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/str.h"

#define BACKUP_FORMAT "handrail-backup-1"

/* A manifest; the checkpoint in it may have many signatures. */
#define BACKUP_MANIFEST_BYTES_MAX ((size_t)2 * 1024 * 1024)

struct backup_manifest {
    struct str file;   /* the copy's name, without its folder */
    struct str sha256; /* of the copy, in hexadecimal */
    int64_t bytes;
    struct str made_at;
    int64_t tables; /* the number of the last migration */
    bool is_whole;  /* what `audit verify` said of the copy */
    int64_t acts;
    struct str root;       /* of the history, in hexadecimal */
    struct str checkpoint; /* the newest one that is signed; may be empty */
    struct str key;        /* that verifies it; may be empty */
};

/* FILE.json. */
struct str backup_manifest_path(struct arena *arena, struct str file);

MUST_USE struct result backup_manifest_write(struct arena *arena, struct str file,
                                             const struct backup_manifest *manifest);

/* MISSING when there is none. */
MUST_USE struct result backup_manifest_read(struct arena *arena, struct str file,
                                            struct backup_manifest *out);

struct backup_digest {
    int64_t bytes;
    struct str sha256;
};

/* Of a file; when `to` is not empty it is copied there meanwhile, where no file may be. */
MUST_USE struct result backup_file_read(struct arena *arena, struct str from, struct str to,
                                        struct backup_digest *out);

/* Writes the names in the folder of `path` to disk. */
MUST_USE struct result backup_folder_sync(struct arena *arena, struct str path);

#endif
