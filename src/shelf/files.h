/*
 * shelf/files.h - reading and writing whole files, with bounds and with messages for people.
 *
 * Start at: shelf_file_read, shelf_stream_read, shelf_file_write.
 * What must hold: a write replaces the file at once or not at all; a reader never takes more than
 * its limit into memory.
 */
#ifndef HANDRAIL_SHELF_FILES_H
#define HANDRAIL_SHELF_FILES_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"

/* A policy or a vocabulary (docs/policy-language.md, section 10). */
#define SHELF_POLICY_BYTES_MAX ((size_t)2 * 1024 * 1024)

/* Entries looked at in one folder. */
#define SHELF_FOLDER_ENTRIES_MAX 4096

/* The whole file. RESULT_CODE_LIMIT when it is larger than `bytes_max`. */
MUST_USE struct result shelf_file_read(struct arena *arena, struct str path, size_t bytes_max,
                                       struct str *out);

/* All that is left of a stream, which `name` calls in messages. */
MUST_USE struct result shelf_stream_read(struct arena *arena, FILE *stream, struct str name,
                                         size_t bytes_max, struct str *out);

/*
 * Writes a whole file: into a new one beside it, which then takes its place. The permissions of an
 * existing file are kept.
 */
MUST_USE struct result shelf_file_write(struct arena *arena, struct str path, struct str bytes);

bool shelf_file_exists(struct arena *arena, struct str path);
bool shelf_folder_exists(struct arena *arena, struct str path);

struct shelf_names {
    struct str *at;
    size_t count;
};

/* The names in a folder, those that begin with a dot left out, in byte order. */
MUST_USE struct result shelf_folder_list(struct arena *arena, struct str folder,
                                         struct shelf_names *out);

/* "a/b" of "a" and "b". */
struct str shelf_path_join(struct arena *arena, struct str folder, struct str name);

/* "a" of "a/b", "." of "b", "/" of "/b". */
struct str shelf_path_folder(struct str path);

/* "b" of "a/b" and of "a/b/". */
struct str shelf_path_last(struct str path);

/*
 * The path without ".", ".." and links, and without the current folder before it, so that it can
 * be shown. The path itself when it does not exist.
 */
struct str shelf_path_plain(struct arena *arena, struct str path);

/* The same from the root. */
struct str shelf_path_absolute(struct arena *arena, struct str path);

#endif
