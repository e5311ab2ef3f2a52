/*
 * cli/command_restore.c - `handrail restore FILE --data DIR`: a copy takes the place of what is
 * kept.
 *
 * Read first: backup.h, audit.h; ledger_epoch_begin() in ledger/ledger.h.
 *
 * The copy is made and finished beside the old database, under another name: read, and its next
 * epoch begun. Then the old one gets a second name, and one rename puts the new one in its place.
 *
 * What must hold: at every moment DIR has the old database or the new one, whole; nothing of the
 * old one is lost.
 */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/instant.h"
#include "cli/audit.h"
#include "cli/backup.h"
#include "cli/commands.h"
#include "cli/place.h"
#include "shelf/files.h"

#define NANOSECONDS_OF_MILLISECOND 1000000

struct restore {
    struct cli *cli;
    struct str file, data, store, key, lost_file;
    bool is_replacing;
    struct str place, fresh; /* where it goes, and where it is made ready */
    struct str aside;        /* the second name of the old one; empty: there was none */
    struct audit_keys keys;
    struct audit_found found;
    struct str lost_note; /* the newest checkpoint that is known of what was there */
    struct checkpoint lost;
    bool has_lost;
    int64_t epoch; /* the highest that anything may have been signed under */
};

/* ---- What is there --------------------------------------------------------------------------- */

MUST_USE static struct result old_checkpoint(struct restore *restore, struct store *store)
{
    struct arena *arena = restore->cli->arena;
    struct ledger_head head;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_READ, &transaction));
    TRY(ledger_head_read(transaction, &head));
    restore->epoch = head.epoch;
    return ledger_checkpoint_read(transaction, &restore->lost_note);
}

/*
 * The newest checkpoint of the old database, when it can still be read, and its log written into
 * it. It may be damaged, which is why somebody restores: then it is put aside as it is.
 */
MUST_USE static struct result old_look(struct restore *restore)
{
    struct arena *arena = restore->cli->arena;
    if (!shelf_file_exists(arena, restore->place)) {
        return RESULT_OK;
    }
    if (!restore->is_replacing) {
        return result_fail(RESULT_CODE_EXISTS,
                           "something is kept there already: stop Handrail and say --replace, and "
                           "it is put aside",
                           restore->place);
    }
    DEFER(store_close) struct store *store = NULL;
    struct result looked = store_look(arena, restore->place, &store);
    if (result_is_ok(looked)) {
        struct result known = old_checkpoint(restore, store);
        looked = store_be_alone(store, arena);
        looked = result_is_ok(looked) ? known : looked;
    }
    return looked.code == RESULT_CODE_BUSY
               ? result_fail(RESULT_CODE_BUSY, "Handrail is still running there: stop it first",
                             restore->place)
               : RESULT_OK;
}

/* ---- The copy -------------------------------------------------------------------------------- */

MUST_USE static struct result copy(struct restore *restore)
{
    struct arena *arena = restore->cli->arena;
    struct backup_manifest manifest = {0};
    struct backup_digest digest;
    struct result described = backup_manifest_read(arena, restore->file, &manifest);
    bool is_described = described.code != RESULT_CODE_MISSING;
    TRY(is_described ? described : RESULT_OK);
    (void)unlink(str_cstr(arena, restore->fresh)); /* of a restore that was broken off */
    TRY(backup_file_read(arena, restore->file, restore->fresh, &digest));
    if (is_described &&
        (digest.bytes != manifest.bytes || !str_equal(digest.sha256, manifest.sha256))) {
        return result_fail(RESULT_CODE_CORRUPT,
                           "this file is not as it was made: its SHA-256 is another. Take another "
                           "backup",
                           restore->file);
    }
    if (!is_described) {
        cli_printf(restore->cli->err,
                   "There is no " STR_FMT ".json, so it is not known whether the file is as it was "
                   "made; what it holds is read anyway.\n",
                   STR_ARG(restore->file));
    }
    return RESULT_OK;
}

MUST_USE static struct result lost_read(struct restore *restore)
{
    struct arena *arena = restore->cli->arena;
    struct checkpoint_trust trust;
    if (!str_is_empty(restore->lost_file)) {
        TRY(shelf_file_read(arena, restore->lost_file, NOTE_BYTES_MAX, &restore->lost_note));
    }
    if (str_is_empty(restore->lost_note) || restore->keys.count == 0) {
        return RESULT_OK;
    }
    struct result opened =
        audit_checkpoint_open(arena, restore->lost_note, &restore->keys, &trust, &restore->lost);
    if (!result_is_ok(opened)) {
        return str_is_empty(restore->lost_file) ? RESULT_OK : opened;
    }
    int64_t epoch = ledger_epoch_of(restore->lost.origin);
    restore->epoch = epoch > restore->epoch ? epoch : restore->epoch;
    restore->has_lost = (int64_t)restore->lost.size > restore->found.report.entries;
    return RESULT_OK;
}

MUST_USE static struct result epoch_begin(struct restore *restore, struct store *store)
{
    struct arena *arena = restore->cli->arena;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(lost_read(restore));
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    TRY(ledger_epoch_begin(transaction, (struct person_id){0},
                           restore->has_lost ? &restore->lost : NULL, restore->epoch));
    return store_commit(transaction);
}

/* Read to the end, and its next epoch begun. */
MUST_USE static struct result go_on(struct restore *restore, struct store *store)
{
    struct arena *arena = restore->cli->arena;
    TRY(audit_verify(restore->cli, store, &restore->keys, &restore->found));
    if (!audit_is_whole(&restore->found)) {
        return result_fail(RESULT_CODE_CORRUPT, "the copy is not whole: take another backup",
                           audit_fault_words(arena, &restore->found));
    }
    audit_keys_add_declared(&restore->keys, &restore->found.report.keys);
    return epoch_begin(restore, store);
}

/* And all of it in the one file. */
MUST_USE static struct result make_ready(struct restore *restore)
{
    struct arena *arena = restore->cli->arena;
    DEFER(store_close) struct store *store = NULL;
    TRY(store_open(arena, restore->fresh, &store));
    TRY(go_on(restore, store));
    return store_be_alone(store, arena);
}

/* ---- In its place ---------------------------------------------------------------------------- */

MUST_USE static struct result aside(struct restore *restore)
{
    struct arena *arena = restore->cli->arena;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (!shelf_file_exists(arena, restore->place)) {
        return RESULT_OK;
    }
    restore->aside = str_format(arena, STR_FMT ".replaced-%lld", STR_ARG(restore->place),
                                (long long)now.tv_sec * INSTANT_SECOND_MILLISECONDS +
                                    now.tv_nsec / NANOSECONDS_OF_MILLISECOND);
    static const char *const logs[] = {"-wal", "-shm"};
    for (size_t i = 0; i < sizeof logs / sizeof logs[0]; i++) {
        struct str from = str_format(arena, STR_FMT "%s", STR_ARG(restore->place), logs[i]);
        struct str to = str_format(arena, STR_FMT "%s", STR_ARG(restore->aside), logs[i]);
        if (shelf_file_exists(arena, from) &&
            rename(str_cstr(arena, from), str_cstr(arena, to)) != 0) {
            return result_fail(RESULT_CODE_IO, "this could not be put aside", from);
        }
    }
    return link(str_cstr(arena, restore->place), str_cstr(arena, restore->aside)) == 0
               ? RESULT_OK
               : result_fail(RESULT_CODE_IO, "this could not be put aside", restore->place);
}

MUST_USE static struct result put_in_place(struct restore *restore)
{
    struct arena *arena = restore->cli->arena;
    TRY(aside(restore));
    TRY(backup_folder_sync(arena, restore->place));
    if (rename(str_cstr(arena, restore->fresh), str_cstr(arena, restore->place)) != 0) {
        return result_fail(RESULT_CODE_IO, "the copy could not be put in its place",
                           restore->place);
    }
    return backup_folder_sync(arena, restore->place);
}

static void say(struct restore *restore)
{
    struct cli *cli = restore->cli;
    const struct ledger_report *report = &restore->found.report;
    cli_printf(cli->out, "Restored: " STR_FMT ". A new epoch of the history begins.\n",
               STR_ARG(cli_count(cli->arena, (size_t)report->entries, "act", NULL)));
    if (restore->has_lost) {
        cli_printf(
            cli->out, STR_FMT " that had been signed are lost; the history says so.\n",
            STR_ARG(cli_count(cli->arena, (size_t)((int64_t)restore->lost.size - report->entries),
                              "act", NULL)));
    }
    if (!str_is_empty(restore->aside)) {
        cli_printf(cli->out, "What was there before is kept as " STR_FMT ".\n",
                   STR_ARG(restore->aside));
    }
    if (restore->keys.count == 0) {
        cli_printf(cli->out,
                   "There is no key in the folder: put the old ledger.key and secrets.key into "
                   "its folder \"keys\" before you start Handrail. Without the first nothing is "
                   "signed; without the second a new one is made.\n");
    }
}

MUST_USE static struct result restore_all(struct restore *restore)
{
    struct arena *arena = restore->cli->arena;
    TRY(place_folders_make(arena, restore->data));
    TRY(audit_keys_read(arena, restore->key, restore->data, &restore->keys));
    if (!str_is_empty(restore->store)) {
        DEFER(store_close) struct store *store = NULL;
        TRY(store_open(arena, restore->store, &store));
        return go_on(restore, store);
    }
    TRY(old_look(restore));
    TRY(copy(restore));
    TRY(make_ready(restore));
    return put_in_place(restore);
}

int command_restore(struct cli *cli)
{
    struct restore restore = {.cli = cli};
    const struct cli_option table[] = {
        {.name = STR("--data"), .value = &restore.data},
        {.name = STR("--store"), .value = &restore.store},
        {.name = STR("--key"), .value = &restore.key},
        {.name = STR("--lost"), .value = &restore.lost_file},
        {.name = STR("--replace"), .flag = &restore.is_replacing},
    };
    if (!cli_options(cli, table, sizeof table / sizeof table[0])) {
        return CLI_EXIT_WRONG;
    }
    size_t files = str_is_empty(restore.store) ? 1 : 0;
    if (cli->operand_count != files || str_is_empty(restore.data)) {
        return cli_wrong(cli, STR("for example: handrail restore /backup/monday.db --data /var/h"),
                         "name one backup, and with --data the folder into which it goes");
    }
    restore.file = files > 0 ? cli->operands[0] : (struct str){0};
    restore.place = place_store(cli->arena, restore.data, (struct str){0});
    restore.fresh = str_format(cli->arena, STR_FMT ".restoring", STR_ARG(restore.place));
    struct result done = restore_all(&restore);
    if (!result_is_ok(done)) {
        (void)unlink(str_cstr(cli->arena, restore.fresh));
        return cli_failed(cli, done);
    }
    say(&restore);
    return CLI_EXIT_FINE;
}
