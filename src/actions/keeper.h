/*
 * actions/keeper.h - what a server does by itself from time to time: it signs the ledger, forgets
 * what is over (sessions, visits to the provider, counts of attempts, keys of requests, previews
 * of imports), erases what is due by the schedule, and has what was erased overwritten on the disk.
 *
 * Read first: ledger/ledger.h, retention.h.
 * What must hold: a node whose key is not the one that the history declares signs nothing, and says
 * so. The file is read each time: a key that is put in its place (key_change.h) needs no restart.
 */
#ifndef HANDRAIL_ACTIONS_KEEPER_H
#define HANDRAIL_ACTIONS_KEEPER_H

#include "actions/actions.h"
#include "base/result.h"
#include "base/str.h"
#include "ledger/note.h"
#include "ledger/succession.h"
#include "store/store.h"

/* Between two signatures; an act is proven that much later. */
#define KEEPER_SIGN_SECONDS 10

/* Between two times of forgetting. */
#define KEEPER_FORGET_SECONDS 600

/* How long the key of a request is known. */
#define KEEPER_KEY_MILLISECONDS (3 * INSTANT_DAY_MILLISECONDS)

/* When the schedule is carried out by night: minutes of the day on the wall. */
#define KEEPER_NIGHT_MINUTE 60
#define KEEPER_MORNING_MINUTE 300

/* Steps of an execution between two signatures. */
#define KEEPER_RETENTION_STEPS 20

struct keeper;

/*
 * The key that signs the ledger stands in the file `key_path`, for its owner alone; it is made when
 * the ledger has begun and was never signed. Errors: MISSING (it has not begun), REFUSED (another
 * key has signed, and is not there), IO, INVALID (it is no key).
 */
MUST_USE struct result keeper_key(struct store *store, struct arena *arena, struct str key_path,
                                  struct note_signer *out);

/*
 * The key of the file as it is; nothing is made. `is_there` is false, and all is well, where there
 * is no such file. What is wrong is said without a detail, which would be of the key itself.
 */
MUST_USE struct result keeper_key_read(struct arena *arena, struct str key_path, bool *is_there,
                                       struct note_signer *out);

/* Told, in the keeper's thread, when signing fails, or does not fail any more. May be {0}. */
struct keeper_tell {
    void *context;
    void (*tell)(void *context, struct result result);
};

/* Starts the thread, which signs at once. The place and its store outlive it. */
struct keeper *keeper_open(struct arena *arena, const struct actions_place *place,
                           struct str key_path, struct keeper_tell tell);

/* Signs once more, then ends the thread. */
void keeper_close(struct keeper *keeper);
DEFER_DEFINE(keeper_close, struct keeper *);

/* OK, or why the last signature or the last tidying failed. */
MUST_USE struct result keeper_health(struct keeper *keeper, struct arena *arena);

/*
 * The key with which this node has signed the ledger, to sign receipts with; forget it afterwards
 * (note_signer_forget). Fails, with the reason, while the ledger is not or cannot be signed.
 */
MUST_USE struct result keeper_signer(struct keeper *keeper, struct arena *arena,
                                     struct note_signer *out);

/*
 * The keys that verify what this history and its receipts were signed with, the oldest first: those
 * that the history declares, up to the one of this node. MISSING while there is none, REFUSED when
 * this node has another than the last.
 */
MUST_USE struct result keeper_public_keys(struct keeper *keeper,
                                          struct store_transaction *transaction,
                                          struct ledger_keys *out);

struct keeper_state {
    struct instant signed_at; /* when all of the ledger was last known to be signed; 0: not yet */
    int64_t entries;          /* of the ledger then */
};

struct keeper_state keeper_state(struct keeper *keeper);

/* Once, now: for commands and tests. */
MUST_USE struct result keeper_sign(struct store *store, struct arena *arena, struct str key_path);
MUST_USE struct result keeper_forget(struct store *store, struct arena *arena);

#endif
