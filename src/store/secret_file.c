/*
 * store/secret_file.c - see secret_file.h.
 */
#include "store/secret_file.h"

#include <errno.h>
#include <fcntl.h>
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
