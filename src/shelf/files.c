/*
 * shelf/files.c - whole files in, whole files out.
 *
 * Read first: files.h.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "shelf/files.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Memory asked for at first; it doubles from there. */
#define BYTES_FIRST ((size_t)64 * 1024)

/* ---- Names ----------------------------------------------------------------------------------- */

struct str shelf_path_join(struct arena *arena, struct str folder, struct str name)
{
    if (str_is_empty(folder) || str_equal(folder, STR("."))) {
        return name;
    }
    const char *between = str_ends(folder, STR("/")) ? "" : "/";
    return str_format(arena, STR_FMT "%s" STR_FMT, STR_ARG(folder), between, STR_ARG(name));
}

static struct str without_slashes(struct str path)
{
    while (path.len > 1 && path.at[path.len - 1] == '/') {
        path.len--;
    }
    return path;
}

struct str shelf_path_last(struct str path)
{
    path = without_slashes(path);
    for (size_t i = path.len; i > 0; i--) {
        if (path.at[i - 1] == '/') {
            return str_slice(path, i, path.len);
        }
    }
    return path;
}

struct str shelf_path_folder(struct str path)
{
    path = without_slashes(path);
    for (size_t i = path.len; i > 0; i--) {
        if (path.at[i - 1] == '/') {
            return i == 1 ? STR("/") : without_slashes(str_slice(path, 0, i - 1));
        }
    }
    return STR(".");
}

struct str shelf_path_absolute(struct arena *arena, struct str path)
{
    char real[PATH_MAX];
    if (!realpath(str_cstr(arena, path), real)) {
        return path;
    }
    return str_copy(arena, str_from(real));
}

struct str shelf_path_plain(struct arena *arena, struct str path)
{
    struct str absolute = shelf_path_absolute(arena, path);
    struct str here = shelf_path_absolute(arena, STR("."));
    if (str_equal(absolute, here)) {
        return STR(".");
    }
    if (here.len > 1 && str_starts(absolute, here) && absolute.at[here.len] == '/') {
        return str_slice(absolute, here.len + 1, absolute.len);
    }
    return absolute;
}

bool shelf_file_exists(struct arena *arena, struct str path)
{
    struct stat status;
    return stat(str_cstr(arena, path), &status) == 0 && S_ISREG(status.st_mode);
}

bool shelf_folder_exists(struct arena *arena, struct str path)
{
    struct stat status;
    return stat(str_cstr(arena, path), &status) == 0 && S_ISDIR(status.st_mode);
}

/* ---- Reading --------------------------------------------------------------------------------- */

MUST_USE static struct result trouble(int error, struct str path)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return result_fail(RESULT_CODE_MISSING, "there is no such file or folder", path);
    case EACCES:
    case EPERM:
        return result_fail(RESULT_CODE_REFUSED,
                           "this account may not open it; ask for permission, or copy it", path);
    case EISDIR:
        return result_fail(RESULT_CODE_INVALID, "this is a folder, and a file is needed", path);
    case ENOSPC:
        return result_fail(RESULT_CODE_IO, "the disk is full; make room and try again", path);
    case EROFS:
        return result_fail(RESULT_CODE_REFUSED, "this disk can only be read", path);
    default: /* not an enum */
        return result_fail(RESULT_CODE_IO, strerror(error), path);
    }
}

struct result shelf_stream_read(struct arena *arena, FILE *stream, struct str name,
                                size_t bytes_max, struct str *out)
{
    size_t capacity = bytes_max + 1 < BYTES_FIRST ? bytes_max + 1 : BYTES_FIRST;
    char *bytes = arena_alloc(arena, capacity);
    size_t len = 0;
    for (;;) {
        size_t got = fread(bytes + len, 1, capacity - len, stream);
        len += got;
        if (got == 0 || len > bytes_max) {
            break;
        }
        if (len == capacity) {
            size_t wanted = capacity * 2 < bytes_max + 1 ? capacity * 2 : bytes_max + 1;
            bytes = arena_grow(arena, bytes, capacity, wanted);
            capacity = wanted;
        }
    }
    if (ferror(stream)) {
        return trouble(errno, name);
    }
    if (len > bytes_max) {
        struct str message = str_format(
            arena, "larger than the limit of %zu MiB, so it was not read", bytes_max / 1024 / 1024);
        return result_fail(RESULT_CODE_LIMIT, str_cstr(arena, message), name);
    }
    *out = (struct str){.at = bytes, .len = len};
    return RESULT_OK;
}

struct result shelf_file_read(struct arena *arena, struct str path, size_t bytes_max,
                              struct str *out)
{
    if (shelf_folder_exists(arena, path)) {
        return trouble(EISDIR, path);
    }
    FILE *stream = fopen(str_cstr(arena, path), "rb");
    if (!stream) {
        return trouble(errno, path);
    }
    struct result result = shelf_stream_read(arena, stream, path, bytes_max, out);
    (void)fclose(stream);
    return result;
}

static int compare_names(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

struct result shelf_folder_list(struct arena *arena, struct str folder, struct shelf_names *out)
{
    DIR *stream = opendir(str_cstr(arena, folder));
    if (!stream) {
        return trouble(errno, folder);
    }
    struct str *names = ARENA_ARRAY(arena, struct str, SHELF_FOLDER_ENTRIES_MAX);
    size_t count = 0;
    struct dirent *entry;
    while ((entry = readdir(stream)) != NULL && count < SHELF_FOLDER_ENTRIES_MAX) {
        if (entry->d_name[0] != '.') {
            names[count++] = str_copy(arena, str_from(entry->d_name));
        }
    }
    (void)closedir(stream);
    if (entry) {
        return result_fail(RESULT_CODE_LIMIT, "more entries than a folder of packs can have",
                           folder);
    }
    qsort(names, count, sizeof names[0], compare_names);
    *out = (struct shelf_names){.at = names, .count = count};
    return RESULT_OK;
}

/* ---- Writing --------------------------------------------------------------------------------- */

MUST_USE static struct result write_all(int file, struct str bytes, struct str path)
{
    size_t done = 0;
    while (done < bytes.len) {
        ssize_t wrote = write(file, bytes.at + done, bytes.len - done);
        if (wrote < 0 && errno == EINTR) {
            continue;
        }
        if (wrote <= 0) {
            return trouble(errno, path);
        }
        done += (size_t)wrote;
    }
    return fsync(file) == 0 ? RESULT_OK : trouble(errno, path);
}

/* The permissions of the file that is replaced, or those that a new file would get. */
static mode_t mode_of(const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0) {
        return status.st_mode & 07777;
    }
    mode_t mask = umask(0);
    (void)umask(mask);
    return 0666 & ~mask;
}

struct result shelf_file_write(struct arena *arena, struct str path, struct str bytes)
{
    char *name = str_cstr(arena, path);
    struct str beside = shelf_path_join(arena, shelf_path_folder(path), STR(".handrail-XXXXXX"));
    char *temporary = str_cstr(arena, beside);
    int file = mkstemp(temporary);
    if (file < 0) {
        return trouble(errno, path);
    }
    struct result result = write_all(file, bytes, path);
    if (result_is_ok(result) && fchmod(file, mode_of(name)) != 0) {
        result = trouble(errno, path);
    }
    if (close(file) != 0 && result_is_ok(result)) {
        result = trouble(errno, path);
    }
    if (result_is_ok(result) && rename(temporary, name) != 0) {
        result = trouble(errno, path);
    }
    if (!result_is_ok(result)) {
        (void)unlink(temporary);
    }
    return result;
}
