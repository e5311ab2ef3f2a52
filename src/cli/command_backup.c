/*
 * cli/command_backup.c - `handrail backup FILE --data DIR`: all that is kept in one file, read to
 * the end.
 *
 * Read first: backup.h, audit.h.
 */
#include <time.h>
#include <unistd.h>

#include "base/instant.h"
#include "cli/audit.h"
#include "cli/backup.h"
#include "cli/commands.h"
#include "cli/place.h"
#include "shelf/files.h"

struct backup {
    struct cli *cli;
    struct str data, store, file;
    struct audit_keys keys;
    struct audit_found found;
    struct backup_manifest manifest;
};

MUST_USE static struct result copy(struct backup *backup)
{
    struct arena *arena = backup->cli->arena;
    DEFER(store_close) struct store *store = NULL;
    TRY(store_look(arena, place_store(arena, backup->data, backup->store), &store));
    return store_copy(store, arena, backup->file);
}

/* What the copy holds, from the copy alone. */
MUST_USE static struct result read_copy(struct backup *backup)
{
    struct arena *arena = backup->cli->arena;
    struct backup_manifest *manifest = &backup->manifest;
    DEFER(store_close) struct store *store = NULL;
    TRY(store_look(arena, backup->file, &store));
    TRY(audit_verify(backup->cli, store, &backup->keys, &backup->found));
    manifest->tables = store_version(store);
    manifest->is_whole = audit_is_whole(&backup->found);
    manifest->acts = backup->found.report.entries;
    manifest->root = audit_hash_words(arena, &backup->found.report.root);
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_READ, &transaction));
    struct result newest = ledger_checkpoint_read(transaction, &manifest->checkpoint);
    return newest.code == RESULT_CODE_MISSING ? RESULT_OK : newest;
}

/* After the copy has been closed: its bytes are what they stay. */
MUST_USE static struct result describe(struct backup *backup)
{
    struct arena *arena = backup->cli->arena;
    struct backup_manifest *manifest = &backup->manifest;
    struct backup_digest digest;
    struct timespec now;
    TRY(backup_file_read(arena, backup->file, (struct str){0}, &digest));
    clock_gettime(CLOCK_REALTIME, &now);
    manifest->file = shelf_path_last(backup->file);
    manifest->bytes = digest.bytes;
    manifest->sha256 = digest.sha256;
    manifest->made_at =
        instant_format(arena, (struct instant){(int64_t)now.tv_sec * INSTANT_SECOND_MILLISECONDS});
    if (backup->keys.count > 0) {
        manifest->key = note_key_write(arena, &backup->keys.at[0]);
    }
    return backup_manifest_write(arena, backup->file, manifest);
}

int command_backup(struct cli *cli)
{
    struct backup backup = {.cli = cli};
    const struct cli_option table[] = {
        {.name = STR("--data"), .value = &backup.data},
        {.name = STR("--store"), .value = &backup.store},
    };
    if (!cli_options(cli, table, sizeof table / sizeof table[0])) {
        return CLI_EXIT_WRONG;
    }
    if (cli->operand_count != 1 || str_is_empty(backup.data)) {
        return cli_wrong(cli, STR("for example: handrail backup /backup/monday.db --data /var/h"),
                         "name one file to write, and with --data the folder to copy");
    }
    backup.file = cli->operands[0];
    struct result done = audit_keys_read(cli->arena, (struct str){0}, backup.data, &backup.keys);
    if (result_is_ok(done)) {
        done = copy(&backup);
    }
    if (!result_is_ok(done)) {
        return cli_failed(cli, done);
    }
    done = read_copy(&backup);
    if (result_is_ok(done)) {
        done = describe(&backup);
    }
    if (!result_is_ok(done)) {
        (void)unlink(str_cstr(cli->arena, backup.file));
        return cli_failed(cli, done);
    }
    cli_printf(cli->out, STR_FMT ": " STR_FMT ", %lld bytes, SHA-256 " STR_FMT "\n",
               STR_ARG(backup.file),
               STR_ARG(cli_count(cli->arena, (size_t)backup.manifest.acts, "act", NULL)),
               (long long)backup.manifest.bytes, STR_ARG(backup.manifest.sha256));
    if (backup.manifest.is_whole) {
        return CLI_EXIT_FINE;
    }
    cli_printf(cli->out, "What is kept is not whole, and so the copy is not: " STR_FMT ".\n",
               STR_ARG(audit_fault_words(cli->arena, &backup.found)));
    return CLI_EXIT_NO;
}
