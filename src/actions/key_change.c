/*
 * actions/key_change.c - the key of the history is changed.
 *
 * Read first: key_change.h, which has the steps.
 */
#include "actions/key_change.h"

#include "actions/keeper.h"
#include "base/arena.h"
#include "ledger/ledger.h"
#include "store/secret_file.h"

enum { FRESH, OWN, SIGNERS }; /* the new key, and the one in the file */

struct changing {
    const struct key_change *change;
    struct arena *arena;
    struct str fresh_path;
    struct note_signer signers[SIGNERS];
    bool is_there[SIGNERS];
    struct ledger_keys keys;
    struct key_changed *out;
};

static bool is_own(const struct changing *changing, size_t at)
{
    return changing->is_there[OWN] &&
           ledger_key_is(&changing->keys.at[at], &changing->signers[OWN].key);
}

/* ---- 1, 2 ------------------------------------------------------------------------------------ */

/* Does the key that is in the file go with what is said of it? There is a last key. */
MUST_USE static struct result judge(const struct changing *changing)
{
    size_t last = changing->keys.count - 1;
    enum ledger_key_why why = changing->change->why;
    for (size_t at = 0; at < last; at++) {
        if (is_own(changing, at)) {
            return result_fail(RESULT_CODE_REFUSED,
                               "the key of this history was changed already: copy the key file of "
                               "the node on which that was done. If that one is lost or has leaked "
                               "too, move this file away first",
                               changing->change->key_path);
        }
    }
    if (why == LEDGER_KEY_ROUTINE && !is_own(changing, last)) {
        return result_fail(RESULT_CODE_REFUSED,
                           "the key that signs this history is not there, so it cannot agree: put "
                           "its file there, or say --why lost",
                           changing->change->key_path);
    }
    if (why == LEDGER_KEY_LOST && is_own(changing, last)) {
        return result_fail(RESULT_CODE_REFUSED,
                           "the key that signs this history is there: say --why routine, or --why "
                           "leaked if somebody else may have it",
                           changing->change->key_path);
    }
    return RESULT_OK;
}

/* A new key in its file. One that stands there and was never declared may be known to others. */
MUST_USE static struct result fresh_make(struct changing *changing, struct str name)
{
    struct note_signer *fresh = &changing->signers[FRESH];
    TRY(secret_file_remove(changing->arena, changing->fresh_path));
    TRY(note_signer_new(name, NOTE_KEY_PLAIN, fresh));
    return secret_file_write(changing->arena, changing->fresh_path,
                             note_signer_write(changing->arena, fresh));
}

/* The act that declares it, unless an earlier call has come so far. */
MUST_USE static struct result declare(struct changing *changing)
{
    const struct key_change *change = changing->change;
    struct arena *arena = changing->arena;
    struct note_signer *fresh = &changing->signers[FRESH], *own = &changing->signers[OWN];
    struct ledger_head head;
    int64_t position = 0;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(change->store, arena, STORE_WRITE, &transaction));
    TRY(keeper_key_read(arena, change->key_path, &changing->is_there[OWN], own));
    TRY(keeper_key_read(arena, changing->fresh_path, &changing->is_there[FRESH], fresh));
    TRY(ledger_head_read(transaction, &head));
    TRY(ledger_keys_read(transaction, &changing->keys));
    size_t count = changing->keys.count;
    changing->out->was_begun = changing->is_there[FRESH] && count > 0 &&
                               ledger_key_is(&changing->keys.at[count - 1], &fresh->key);
    if (changing->out->was_begun) {
        return RESULT_OK;
    }
    TRY(count > 0 ? judge(changing) : RESULT_OK);
    TRY(fresh_make(changing, head.origin));
    bool has_old = count > 0 && is_own(changing, count - 1);
    TRY(ledger_key_change(transaction,
                          &(struct ledger_key_change){.why = change->why,
                                                      .fresh = &fresh->key,
                                                      .old = has_old ? &own->key : change->old},
                          &position));
    return store_commit(transaction);
}

/* ---- 3, 4 ------------------------------------------------------------------------------------ */

MUST_USE static struct result sign(struct changing *changing)
{
    struct key_changed *out = changing->out;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(changing->change->store, changing->arena, STORE_WRITE, &transaction));
    TRY(ledger_keys_read(transaction, &changing->keys));
    size_t last = changing->keys.count - 1;
    out->before = changing->keys.at[last - 1];
    out->now = changing->keys.at[last];
    bool is_routine = out->now.why == LEDGER_KEY_ROUTINE;
    if (is_routine && !is_own(changing, last - 1)) {
        return result_fail(RESULT_CODE_REFUSED,
                           "a change of the key was begun, to which the old key has to agree: put "
                           "its file back; or remove the one of the new key, and say --why lost",
                           changing->fresh_path);
    }
    TRY(ledger_checkpoint(transaction, changing->signers, is_routine ? 2 : 1, &out->note));
    return store_commit(transaction);
}

MUST_USE static struct result put_in_place(struct changing *changing)
{
    struct arena *arena = changing->arena;
    struct str path = changing->change->key_path;
    /* A file that comes there meanwhile would be kept as well. */
    struct str id = changing->is_there[OWN]
                        ? note_key_id_write(arena, changing->signers[OWN].key.id)
                        : STR("none");
    struct str aside = str_format(arena, STR_FMT "." STR_FMT, STR_ARG(path), STR_ARG(id));
    changing->out->aside = changing->is_there[OWN] ? aside : (struct str){0};
    return secret_file_replace(arena, changing->fresh_path, path, aside);
}

struct result key_change(const struct key_change *change, struct arena *arena,
                         struct key_changed *out)
{
    struct changing changing = {.change = change,
                                .arena = arena,
                                .fresh_path =
                                    str_format(arena, STR_FMT ".new", STR_ARG(change->key_path)),
                                .out = out};
    *out = (struct key_changed){0};
    TRY(note_start());
    struct result done = declare(&changing);
    done = result_is_ok(done) ? sign(&changing) : done;
    done = result_is_ok(done) ? put_in_place(&changing) : done;
    note_signer_forget(&changing.signers[FRESH]);
    note_signer_forget(&changing.signers[OWN]);
    return done;
}
