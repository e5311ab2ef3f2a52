/*
 * cli/backup.c - manifests, and files read or copied with their digest.
 *
 * Read first: backup.h.
 */
#include "cli/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/hex.h"
#include "base/json.h"
#include "shelf/files.h"

/* Read and written at a time. */
#define BLOCK_BYTES ((size_t)1024 * 1024)

/* ---- Manifests ------------------------------------------------------------------------------- */

struct str backup_manifest_path(struct arena *arena, struct str file)
{
    return str_format(arena, STR_FMT ".json", STR_ARG(file));
}

struct result backup_manifest_write(struct arena *arena, struct str file,
                                    const struct backup_manifest *manifest)
{
    struct text out = {.arena = arena};
    struct json_writer writer = json_writer_new(&out, JSON_PRETTY);
    json_begin_object(&writer);
    json_key_str(&writer, STR("format"), STR(BACKUP_FORMAT));
    json_key_str(&writer, STR("file"), manifest->file);
    json_key_str(&writer, STR("sha256"), manifest->sha256);
    json_key_int(&writer, STR("bytes"), manifest->bytes);
    json_key_str(&writer, STR("madeAt"), manifest->made_at);
    json_key_int(&writer, STR("tables"), manifest->tables);
    json_key_bool(&writer, STR("whole"), manifest->is_whole);
    json_key_int(&writer, STR("acts"), manifest->acts);
    json_key_str(&writer, STR("root"), manifest->root);
    json_key_str(&writer, STR("checkpoint"), manifest->checkpoint);
    json_key_str(&writer, STR("key"), manifest->key);
    json_end_object(&writer);
    text_add_char(&out, '\n');
    return shelf_file_write(arena, backup_manifest_path(arena, file), text_str(&out));
}

static struct str text_of(const struct json_value *object, const char *name)
{
    const struct json_value *value = json_get(object, str_from(name));
    return value ? value->text : (struct str){0};
}

struct result backup_manifest_read(struct arena *arena, struct str file,
                                   struct backup_manifest *out)
{
    struct str path = backup_manifest_path(arena, file), text;
    TRY(shelf_file_read(arena, path, BACKUP_MANIFEST_BYTES_MAX, &text));
    struct diag_list diags = diag_list_new(arena);
    const struct json_value *said = json_read(arena, path, text, &diags);
    const struct json_value *bytes = json_get(said, STR("bytes"));
    const struct json_value *whole = json_get(said, STR("whole"));
    if (!bytes || !whole || !str_equal(text_of(said, "format"), STR(BACKUP_FORMAT))) {
        return result_fail(RESULT_CODE_INVALID, "this does not say what a backup of Handrail holds",
                           path);
    }
    *out = (struct backup_manifest){.file = text_of(said, "file"),
                                    .sha256 = text_of(said, "sha256"),
                                    .bytes = bytes->integer,
                                    .made_at = text_of(said, "madeAt"),
                                    .is_whole = whole->boolean,
                                    .checkpoint = text_of(said, "checkpoint"),
                                    .key = text_of(said, "key")};
    return RESULT_OK;
}

/* ---- Files ----------------------------------------------------------------------------------- */

MUST_USE static struct result write_all(int file, const char *at, size_t bytes, struct str path)
{
    while (bytes > 0) {
        ssize_t written = write(file, at, bytes);
        if (written <= 0 && errno != EINTR) {
            return result_fail(RESULT_CODE_IO,
                               errno == ENOSPC ? "the disk is full; make room and try again"
                                               : "this could not be written: see to the disk",
                               path);
        }
        at += written > 0 ? written : 0;
        bytes -= written > 0 ? (size_t)written : 0;
    }
    return RESULT_OK;
}

/* `to` is -1 when nothing is copied. */
MUST_USE static struct result pass(struct arena *arena, int from, int to, struct str path,
                                   struct backup_digest *out)
{
    char *block = arena_alloc(arena, BLOCK_BYTES);
    struct sha256 state = sha256_begin();
    for (;;) {
        ssize_t bytes = read(from, block, BLOCK_BYTES);
        if (bytes < 0 && errno == EINTR) {
            continue;
        }
        if (bytes < 0) {
            return result_fail(RESULT_CODE_IO, "this could not be read: see to the disk", path);
        }
        if (bytes == 0) {
            break;
        }
        sha256_add(&state, block, (size_t)bytes);
        out->bytes += bytes;
        TRY(to >= 0 ? write_all(to, block, (size_t)bytes, path) : RESULT_OK);
    }
    uint8_t digest[SHA256_BYTES];
    sha256_end(&state, digest);
    out->sha256 = hex_of(arena, digest, sizeof digest);
    return to < 0 || fsync(to) == 0
               ? RESULT_OK
               : result_fail(RESULT_CODE_IO, "this could not be written to disk", path);
}

struct result backup_file_read(struct arena *arena, struct str from, struct str to,
                               struct backup_digest *out)
{
    *out = (struct backup_digest){0};
    int in = open(str_cstr(arena, from), O_RDONLY | O_CLOEXEC);
    if (in < 0) {
        return result_fail(errno == ENOENT ? RESULT_CODE_MISSING : RESULT_CODE_IO,
                           errno == ENOENT ? "there is no such file"
                                           : "this file cannot be read: see who owns it",
                           from);
    }
    int copy = -1;
    struct result passed = RESULT_OK;
    if (!str_is_empty(to)) {
        copy = open(str_cstr(arena, to), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        passed = copy >= 0 ? RESULT_OK
                           : result_fail(errno == EEXIST ? RESULT_CODE_EXISTS : RESULT_CODE_IO,
                                         "this file cannot be made: see that its folder is there, "
                                         "and that no file of this name is",
                                         to);
    }
    if (result_is_ok(passed)) {
        passed = pass(arena, in, copy, copy >= 0 ? to : from, out);
    }
    (void)close(in);
    if (copy >= 0) {
        (void)close(copy);
        if (!result_is_ok(passed)) {
            (void)unlink(str_cstr(arena, to));
        }
    }
    return passed;
}

struct result backup_folder_sync(struct arena *arena, struct str path)
{
    int file = open(str_cstr(arena, shelf_path_folder(path)), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_done = file >= 0 && fsync(file) == 0;
    if (file >= 0) {
        (void)close(file);
    }
    return is_done ? RESULT_OK
                   : result_fail(RESULT_CODE_IO, "the folder could not be written to disk", path);
}
