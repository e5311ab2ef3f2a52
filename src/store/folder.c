/*
 * store/folder.c - see folder_int.h.
 */
#include "store/folder_int.h"

#include <fcntl.h>
#include <unistd.h>

struct result store_folder_sync(struct arena *arena, struct str path)
{
    size_t end = path.len;
    while (end > 0 && path.at[end - 1] != '/') {
        end--;
    }
    struct str folder = end == 0 ? STR(".") : str_slice(path, 0, end);
    int file = open(str_cstr(arena, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_done = file >= 0 && fsync(file) == 0;
    if (file >= 0) {
        close(file);
    }
    return is_done ? RESULT_OK
                   : result_fail(RESULT_CODE_IO, "the folder could not be written to disk",
                                 str_copy(arena, folder));
}
