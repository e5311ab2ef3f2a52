/*
 * cli/audit.c - keys that verify, and reading the whole history.
 *
 * Read first: audit.h.
 */
#include "cli/audit.h"

#include <pthread.h>
#include <time.h>

#include "base/hex.h"
#include "cli/place.h"
#include "ledger/note.h"
#include "shelf/files.h"

/* A key as text. */
#define KEY_BYTES_MAX 1024

/* Somebody who waits is told how far it is, first after so long and then as often. */
#define TELL_FIRST_SECONDS 2
#define TELL_SECONDS 2

/* ---- Keys ------------------------------------------------------------------------------------ */

MUST_USE static struct result key_add(struct audit_keys *keys, struct str line)
{
    if (keys->count == AUDIT_KEYS_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "these are too many keys", line);
    }
    TRY(note_key_read(line, &keys->at[keys->count]));
    keys->count++;
    return RESULT_OK;
}

MUST_USE static struct result key_of_folder(struct arena *arena, struct str data,
                                            struct audit_keys *keys)
{
    struct str path = place_key_path(arena, data), line;
    if (str_is_empty(data) || !shelf_file_exists(arena, path)) {
        return RESULT_OK;
    }
    struct note_signer signer;
    TRY(shelf_file_read(arena, path, KEY_BYTES_MAX, &line));
    TRY(note_signer_read(str_trim(line), &signer));
    keys->at[keys->count++] = signer.key;
    note_signer_forget(&signer);
    return RESULT_OK;
}

struct result audit_keys_read(struct arena *arena, struct str words, struct str data,
                              struct audit_keys *out)
{
    *out = (struct audit_keys){0};
    TRY(note_start());
    struct str rest = str_trim(words), word;
    if (str_is_empty(rest)) {
        return key_of_folder(arena, data, out);
    }
    while (!str_is_empty(rest)) {
        (void)str_cut(rest, ' ', &word, &rest);
        rest = str_trim(rest);
        TRY(key_add(out, word));
    }
    return RESULT_OK;
}

void audit_keys_add_declared(struct audit_keys *keys, const struct ledger_keys *declared)
{
    size_t named = keys->count;
    for (size_t i = 0; i < declared->count && named > 0 && keys->count < AUDIT_KEYS_MAX; i++) {
        if (declared->at[i].is_known) {
            keys->at[keys->count++] = declared->at[i].key;
        }
    }
}

struct result audit_checkpoint_open(struct arena *arena, struct str message,
                                    const struct audit_keys *keys, struct checkpoint_trust *trust,
                                    struct checkpoint *out)
{
    return checkpoint_open_of(arena, message, keys->at, keys->count, trust, out);
}

/* ---- Reading everything ---------------------------------------------------------------------- */

struct waiting {
    FILE *err;
    time_t tell_at;
};

static time_t seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static void tell(void *context, int64_t done, int64_t all)
{
    struct waiting *waiting = context;
    time_t now = seconds_now();
    if (now < waiting->tell_at || done == all) {
        return;
    }
    waiting->tell_at = now + TELL_SECONDS;
    cli_printf(waiting->err, "%lld of %lld acts read\n", (long long)done, (long long)all);
    (void)fflush(waiting->err);
}

/* The pages and indexes are read beside the history: each takes some seconds for a million acts. */
struct checking {
    struct store *store;
    struct arena *arena; /* the thread's own */
    struct result checked;
};

static void *check(void *context)
{
    struct checking *checking = context;
    checking->checked = store_check(checking->store, checking->arena);
    return NULL;
}

struct result audit_verify(struct cli *cli, struct store *store, const struct audit_keys *keys,
                           struct audit_found *out)
{
    struct waiting waiting = {cli->err, seconds_now() + TELL_FIRST_SECONDS};
    struct ledger_progress progress = {&waiting, tell};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checking checking = {store, arena, RESULT_OK};
    pthread_t thread;
    *out = (struct audit_found){0};
    bool is_beside = pthread_create(&thread, NULL, check, &checking) == 0;
    struct result verified =
        ledger_verify(store, cli->arena, keys->at, keys->count, progress, &out->report);
    if (is_beside) {
        pthread_join(thread, NULL);
    } else {
        (void)check(&checking);
    }
    TRY(verified);
    checking.checked.detail = str_copy(cli->arena, checking.checked.detail);
    bool is_damaged = checking.checked.code == RESULT_CODE_CORRUPT;
    out->damage = is_damaged ? checking.checked : RESULT_OK;
    return is_damaged ? RESULT_OK : checking.checked;
}

bool audit_is_whole(const struct audit_found *found)
{
    return found->report.fault == LEDGER_FAULT_NONE && result_is_ok(found->damage);
}

/* ---- Words ----------------------------------------------------------------------------------- */

struct str audit_fault_name(const struct audit_found *found)
{
    static const struct str names[LEDGER_FAULT_COUNT] = {
        [LEDGER_FAULT_NONE] = STR_INIT("database"),
        [LEDGER_FAULT_ENTRY] = STR_INIT("entry"),
        [LEDGER_FAULT_ACT] = STR_INIT("act"),
        [LEDGER_FAULT_ERASURE] = STR_INIT("erasure"),
        [LEDGER_FAULT_TILE] = STR_INIT("tile"),
        [LEDGER_FAULT_HEAD] = STR_INIT("head"),
        [LEDGER_FAULT_CHECKPOINT] = STR_INIT("checkpoint"),
    };
    return names[found->report.fault];
}

static struct str place_words(struct arena *arena, const struct ledger_report *report)
{
    long long at = report->fault_at;
    switch (report->fault) {
    case LEDGER_FAULT_ENTRY:
    case LEDGER_FAULT_ACT:
    case LEDGER_FAULT_ERASURE:
        return str_format(arena, "act %lld", at);
    case LEDGER_FAULT_TILE:
        return str_format(arena, "tile %lld", at);
    case LEDGER_FAULT_HEAD:
        return str_format(arena, "%lld acts", at);
    case LEDGER_FAULT_CHECKPOINT:
        return str_format(arena, "the checkpoint of %lld acts", at);
    case LEDGER_FAULT_NONE:
    case LEDGER_FAULT_COUNT:
        break;
    }
    return (struct str){0};
}

struct str audit_fault_words(struct arena *arena, const struct audit_found *found)
{
    const struct ledger_report *report = &found->report;
    if (report->fault == LEDGER_FAULT_NONE) {
        return str_format(arena, "%s (" STR_FMT ")", found->damage.message,
                          STR_ARG(found->damage.detail));
    }
    struct str where = place_words(arena, report);
    return str_format(arena, STR_FMT ", at " STR_FMT ": " STR_FMT,
                      STR_ARG(ledger_fault_words(report->fault)), STR_ARG(where),
                      STR_ARG(report->fault_detail));
}

struct str audit_hash_words(struct arena *arena, const struct tree_hash *hash)
{
    return hex_of(arena, hash->bytes, TREE_HASH_BYTES);
}
