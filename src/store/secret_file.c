/*
 * store/secret_file.c - see secret_file.h.
 */
#include "store/secret_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/folder_int.h"

struct result secret_file_read(struct arena *arena, struct str path, bool *is_there,
                               struct secret_line *out)
{
    int file = open(str_cstr(arena, path), O_RDONLY | O_CLOEXEC);
    *is_there = file >= 0;
    if (file < 0 && errno == ENOENT) {
        return RESULT_OK;
    }
    ssize_t length = file < 0 ? -1 : read(file, out->bytes, sizeof out->bytes);
    if (file >= 0) {
        close(file);
    }
    if (length < 0) {
        return result_fail(RESULT_CODE_IO, "a key cannot be read: see who owns its file", path);
    }
    out->text = str_trim((struct str){out->bytes, (size_t)length});
    return RESULT_OK;
}

void secret_line_forget(struct secret_line *line)
{
    volatile char *bytes = line->bytes;
    for (size_t i = 0; i < sizeof line->bytes; i++) {
        bytes[i] = 0;
    }
    line->text = (struct str){0};
}

/* All of it on disk, under a name that nobody else has and nobody looks for. */
static bool is_written(char *name, struct str line)
{
    int file = mkstemp(name);
    bool is_on_disk =
        file >= 0 && write(file, line.at, line.len) == (ssize_t)line.len && fsync(file) == 0;
    if (file >= 0) {
        close(file);
    }
    return is_on_disk;
}

struct result secret_file_write(struct arena *arena, struct str path, struct str line)
{
    const char *name = str_cstr(arena, path);
    char *part = str_cstr(arena, str_format(arena, STR_FMT ".XXXXXX", STR_ARG(path)));
    bool is_complete = is_written(part, str_format(arena, STR_FMT "\n", STR_ARG(line)));
    bool is_linked = is_complete && link(part, name) == 0;
    bool is_there = is_complete && !is_linked && errno == EEXIST;
    (void)unlink(part);
    if (is_there) {
        return result_fail(RESULT_CODE_EXISTS, "there is a key already", path);
    }
    if (!is_linked) {
        return result_fail(RESULT_CODE_IO,
                           "a key cannot be written: see that its folder is there, who owns it, "
                           "and that the disk is not full",
                           path);
    }
    return store_folder_sync(arena, path);
}

struct result secret_file_replace(struct arena *arena, struct str fresh, struct str path,
                                  struct str aside)
{
    const char *name = str_cstr(arena, path);
    if (link(name, str_cstr(arena, aside)) != 0 && errno != EEXIST && errno != ENOENT) {
        return result_fail(RESULT_CODE_IO, "the old key could not be put aside", aside);
    }
    TRY(store_folder_sync(arena, path)); /* the second name is there before the first one goes */
    if (rename(str_cstr(arena, fresh), name) != 0 && errno != ENOENT) {
        return result_fail(RESULT_CODE_IO, "the new key could not be put in its place", path);
    }
    return store_folder_sync(arena, path);
}

struct result secret_file_remove(struct arena *arena, struct str path)
{
    if (unlink(str_cstr(arena, path)) != 0 && errno != ENOENT) {
        return result_fail(RESULT_CODE_IO, "a key cannot be removed: see who owns its file", path);
    }
    return store_folder_sync(arena, path);
}
