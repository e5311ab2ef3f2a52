/*
 * actions/keeper.c - signs the ledger and forgets what is over.
 *
 * Read first: keeper.h.
 */
#include "actions/keeper.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "actions/actions_sql.h"
#include "actions/import_int.h"
#include "base/arena.h"
#include "calendar/london.h"
#include "identity/sign_in_sql.h"
#include "ledger/ledger.h"
#include "store/secret_file.h"

struct keeper {
    const struct actions_place *place;
    struct store *store;
    int32_t looked_on; /* the day on which it last looked for what is due by night */
    struct str key_path;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool is_ending;
    struct keeper_tell tell;
    struct keeper_state state;
    struct result last;
    char detail[256];
};

/* ---- The key --------------------------------------------------------------------------------- */

struct result keeper_key_read(struct arena *arena, struct str path, bool *is_there,
                              struct note_signer *out)
{
    struct secret_line line;
    TRY(secret_file_read(arena, path, is_there, &line));
    struct result known = *is_there ? note_signer_read(line.text, out) : RESULT_OK;
    if (*is_there && result_is_ok(known)) {
        out->key.name = str_copy(arena, out->key.name); /* it was in the line */
    }
    secret_line_forget(&line);
    known.detail = (struct str){0}; /* it may borrow from the line */
    return known;
}

struct result keeper_key(struct store *store, struct arena *arena, struct str key_path,
                         struct note_signer *out)
{
    bool is_there = false;
    TRY(note_start());
    TRY(keeper_key_read(arena, key_path, &is_there, out));
    if (is_there) {
        return RESULT_OK;
    }
    struct ledger_head head;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_READ, &transaction));
    TRY(ledger_head_read(transaction, &head));
    if (head.checkpoints > 0) {
        return result_fail(RESULT_CODE_REFUSED,
                           "the key that signs this history is not in its folder: put its file "
                           "there, from its copy or from another node; if it is lost, see "
                           "docs/operating.md",
                           key_path);
    }
    TRY(note_signer_new(str_copy(arena, head.origin), NOTE_KEY_PLAIN, out));
    struct result written = secret_file_write(arena, key_path, note_signer_write(arena, out));
    return written.code == RESULT_CODE_EXISTS ? keeper_key_read(arena, key_path, &is_there, out)
                                              : written;
}

/* ---- Once ------------------------------------------------------------------------------------ */

struct result keeper_sign(struct store *store, struct arena *arena, struct str key_path)
{
    struct note_signer signer;
    struct result known = keeper_key(store, arena, key_path, &signer);
    if (known.code == RESULT_CODE_MISSING) {
        return RESULT_OK; /* nothing has begun yet */
    }
    TRY(known);
    struct str note;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    struct result signed_now = store_begin(store, arena, STORE_WRITE, &transaction);
    if (result_is_ok(signed_now)) {
        signed_now = ledger_checkpoint(transaction, &signer, 1, &note);
    }
    note_signer_forget(&signer);
    TRY(signed_now);
    return store_commit(transaction);
}

struct result keeper_forget(struct store *store, struct arena *arena)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    struct instant now = store_now(transaction);
    size_t changed = 0;
    TRY(signed_in_forget(transaction, (struct signed_in_forget_in){now}, &changed));
    TRY(provider_visits_forget(transaction, (struct provider_visits_forget_in){now}, &changed));
    TRY(provider_words_forget(transaction, (struct provider_words_forget_in){now}, &changed));
    TRY(throttle_forget(transaction,
                        (struct throttle_forget_in){instant_add(now, -INSTANT_DAY_MILLISECONDS)},
                        &changed));
    TRY(act_keys_forget(transaction,
                        (struct act_keys_forget_in){instant_add(now, -KEEPER_KEY_MILLISECONDS)},
                        &changed));
    TRY(import_forget(transaction));
    return store_commit(transaction);
}

/* ---- The thread ------------------------------------------------------------------------------ */

/* False when it is to end. */
static bool rest(struct keeper *keeper)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += KEEPER_SIGN_SECONDS;
    pthread_mutex_lock(&keeper->mutex);
    int waited = 0;
    while (!keeper->is_ending && waited == 0) {
        waited = pthread_cond_timedwait(&keeper->wake, &keeper->mutex, &until);
    }
    bool goes_on = !keeper->is_ending;
    pthread_mutex_unlock(&keeper->mutex);
    return goes_on;
}

static void note_result(struct keeper *keeper, struct result result)
{
    pthread_mutex_lock(&keeper->mutex);
    bool is_news = keeper->last.code != result.code || keeper->last.message != result.message;
    size_t bytes =
        result.detail.len < sizeof keeper->detail ? result.detail.len : sizeof keeper->detail;
    if (bytes > 0) {
        memcpy(keeper->detail, result.detail.at, bytes);
    }
    result.detail = (struct str){keeper->detail, bytes};
    keeper->last = result;
    pthread_mutex_unlock(&keeper->mutex);
    if (is_news && keeper->tell.tell) {
        keeper->tell.tell(keeper->tell.context, result);
    }
}

/* What is signed now. Where nothing has begun yet there is nothing to say. */
static void note_state(struct keeper *keeper, struct arena *arena)
{
    struct ledger_head head;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    struct result found = store_begin(keeper->store, arena, STORE_READ, &transaction);
    if (result_is_ok(found)) {
        found = ledger_head_read(transaction, &head);
    }
    if (result_is_ok(found)) {
        pthread_mutex_lock(&keeper->mutex);
        keeper->state = (struct keeper_state){store_now(transaction), (int64_t)head.frontier.size};
        pthread_mutex_unlock(&keeper->mutex);
    }
}

/* What is due by the schedule, in the small hours; and an execution that somebody has begun. */
MUST_USE static struct result retain(struct keeper *keeper, struct arena *arena)
{
    struct timespec clock;
    clock_gettime(CLOCK_REALTIME, &clock);
    struct london_time now =
        london_time_of((struct instant){(int64_t)clock.tv_sec * INSTANT_SECOND_MILLISECONDS});
    bool is_night = now.minute >= KEEPER_NIGHT_MINUTE && now.minute < KEEPER_MORNING_MINUTE;
    bool may_begin = is_night && keeper->looked_on != now.date.days;
    bool is_open = false;
    TRY(retention_keep(keeper->place, arena, may_begin, KEEPER_RETENTION_STEPS, &is_open));
    keeper->looked_on = may_begin ? now.date.days : keeper->looked_on;
    return RESULT_OK;
}

static void *keep(void *context)
{
    struct keeper *keeper = context;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct arena_mark mark = arena_mark(arena);
    int64_t since_forgotten = KEEPER_FORGET_SECONDS;
    for (bool goes_on = true;; goes_on = rest(keeper)) {
        struct result signed_now = keeper_sign(keeper->store, arena, keeper->key_path);
        struct result retained = goes_on ? retain(keeper, arena) : RESULT_OK;
        struct result tidied = ledger_tidy(keeper->store, arena);
        if (result_is_ok(signed_now)) {
            signed_now = tidied.code == RESULT_CODE_BUSY ? RESULT_OK : tidied;
        }
        if (result_is_ok(signed_now)) {
            signed_now = retained.code == RESULT_CODE_BUSY ? RESULT_OK : retained;
        }
        note_result(keeper, signed_now);
        if (result_is_ok(signed_now)) {
            note_state(keeper, arena);
        }
        if (!goes_on) {
            break;
        }
        since_forgotten += KEEPER_SIGN_SECONDS;
        if (since_forgotten >= KEEPER_FORGET_SECONDS) {
            struct result forgotten = keeper_forget(keeper->store, arena);
            since_forgotten = result_is_ok(forgotten) ? 0 : since_forgotten;
        }
        arena_rewind(arena, mark);
    }
    return NULL;
}

struct keeper *keeper_open(struct arena *arena, const struct actions_place *place,
                           struct str key_path, struct keeper_tell tell)
{
    struct keeper *keeper = ARENA_NEW(arena, struct keeper);
    keeper->place = place;
    keeper->store = place->store;
    keeper->key_path = key_path;
    keeper->tell = tell;
    pthread_mutex_init(&keeper->mutex, NULL);
    pthread_cond_init(&keeper->wake, NULL);
    /* Signals are for the thread that serves: this one would end the program by one. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int started = pthread_create(&keeper->thread, NULL, keep, keeper);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (started != 0) {
        keeper->is_ending = true;
        keeper->last = result_fail(RESULT_CODE_LIMIT, "the system gives no thread for the ledger",
                                   (struct str){0});
    }
    return keeper;
}

void keeper_close(struct keeper *keeper)
{
    pthread_mutex_lock(&keeper->mutex);
    bool is_running = !keeper->is_ending;
    keeper->is_ending = true;
    pthread_cond_signal(&keeper->wake);
    pthread_mutex_unlock(&keeper->mutex);
    if (is_running) {
        pthread_join(keeper->thread, NULL);
    }
    pthread_cond_destroy(&keeper->wake);
    pthread_mutex_destroy(&keeper->mutex);
}

struct result keeper_health(struct keeper *keeper, struct arena *arena)
{
    pthread_mutex_lock(&keeper->mutex);
    struct result last = keeper->last;
    last.detail = str_copy(arena, last.detail);
    pthread_mutex_unlock(&keeper->mutex);
    return last;
}

struct result keeper_signer(struct keeper *keeper, struct arena *arena, struct note_signer *out)
{
    bool is_there = false;
    TRY(note_start());
    TRY(keeper_health(keeper, arena));
    if (keeper_state(keeper).signed_at.milliseconds != 0) {
        TRY(keeper_key_read(arena, keeper->key_path, &is_there, out));
    }
    return is_there
               ? RESULT_OK
               : result_fail(RESULT_CODE_MISSING,
                             "the history has not been signed yet: that happens within a minute",
                             (struct str){0});
}

MUST_USE static struct result public_key(struct keeper *keeper, struct arena *arena,
                                         struct note_key *out)
{
    struct note_signer signer;
    bool is_there = false;
    TRY(note_start());
    TRY(keeper_key_read(arena, keeper->key_path, &is_there, &signer));
    if (!is_there) {
        return result_fail(RESULT_CODE_MISSING, "there is no key yet", (struct str){0});
    }
    *out = signer.key;
    note_signer_forget(&signer);
    return RESULT_OK;
}

struct result keeper_public_keys(struct keeper *keeper, struct store_transaction *transaction,
                                 struct ledger_keys *out)
{
    struct note_key own;
    TRY(public_key(keeper, store_arena(transaction), &own));
    TRY(ledger_keys_read(transaction, out));
    return ledger_keys_end_with(out, &own)
               ? RESULT_OK
               : result_fail(RESULT_CODE_REFUSED,
                             "the key of this server is not the one that signs the history now",
                             (struct str){0});
}

struct keeper_state keeper_state(struct keeper *keeper)
{
    pthread_mutex_lock(&keeper->mutex);
    struct keeper_state state = keeper->state;
    pthread_mutex_unlock(&keeper->mutex);
    return state;
}
