/*
 * store/secret_file.h - a key in a file of its own, beside what it protects.
 *
 *     bool is_there;
 *     struct secret_line line;
 *     TRY(secret_file_read(arena, path, &is_there, &line));
 *
 * What must hold
 * - A key that was written is there after a power cut, whole; it is never there in part.
 * - No key is ever written over another one.
 * - The file is for its owner alone.
 */
#ifndef HANDRAIL_STORE_SECRET_FILE_H
#define HANDRAIL_STORE_SECRET_FILE_H

#include <stdbool.h>

#include "base/result.h"

#define SECRET_LINE_BYTES_MAX 1024

/* The file's text without the end of its line. Callers wipe it when they are done. */
struct secret_line {
    char bytes[SECRET_LINE_BYTES_MAX];
    struct str text; /* in bytes */
};

/* `is_there` is false, and all is well, where there is no such file. */
MUST_USE struct result secret_file_read(struct arena *arena, struct str path, bool *is_there,
                                        struct secret_line *out);

/* EXISTS: somebody was faster, and what they wrote stands. */
MUST_USE struct result secret_file_write(struct arena *arena, struct str path, struct str line);

#endif
