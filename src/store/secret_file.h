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

/* The file's text without the end of its line. Callers wipe it when they are done, such as with
 * secret_line_forget(). */
struct secret_line {
    char bytes[SECRET_LINE_BYTES_MAX];
    struct str text; /* in bytes */
};

/* `is_there` is false, and all is well, where there is no such file. */
MUST_USE struct result secret_file_read(struct arena *arena, struct str path, bool *is_there,
                                        struct secret_line *out);

/* Wipes it, in a manner that no compiler leaves out. */
void secret_line_forget(struct secret_line *line);

/* EXISTS: somebody was faster, and what they wrote stands. */
MUST_USE struct result secret_file_write(struct arena *arena, struct str path, struct str line);

/*
 * The key in the file `fresh` takes the place of the one at `path`, if there is one: that one is
 * `aside` from then on. All three are in one folder. OK when it was done already.
 */
MUST_USE struct result secret_file_replace(struct arena *arena, struct str fresh, struct str path,
                                           struct str aside);

/* It is not there any more. OK when it was not. */
MUST_USE struct result secret_file_remove(struct arena *arena, struct str path);

#endif
