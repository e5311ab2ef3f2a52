/*
 * ledger/ledger.h - the log of what was done, in the store: append, prove, sign, verify, erase.
 *
 * Read first: docs/ledger.md; commitment.h (what an entry is), tile.h, checkpoint.h.
 * Start at: ledger_append, which actions call; ledger_verify, which the auditor calls.
 *
 * What must hold
 * - An act and its entry are written in the transaction of what was done: both or neither.
 * - Entries and tiles are only ever added; a tile's beginning never changes. Erasing takes salt and
 *   content of acts, and nothing that the tree is made of.
 * - A checkpoint is made in a transaction of its own that begins after the commit of all its
 *   entries: it never promises what could still be lost.
 */
#ifndef HANDRAIL_LEDGER_LEDGER_H
#define HANDRAIL_LEDGER_LEDGER_H

#include "base/result.h"
#include "ledger/checkpoint.h"
#include "ledger/commitment.h"
#include "ledger/proof.h"
#include "ledger/succession.h"
#include "ledger/tile.h"
#include "store/ids.h"
#include "store/store.h"

/* Acts that are read at a time while verifying. */
#define LEDGER_PAGE_ROWS 4096

/* Begins the ledger of a new store under this name. EXISTS when there is one already. */
MUST_USE struct result ledger_start(struct store_transaction *transaction, struct str origin);

struct ledger_head {
    struct str origin;
    int64_t epoch;
    int64_t checkpoints;           /* how many there are */
    struct str first_key;          /* as text; empty: not known (succession.h) */
    struct tree_frontier frontier; /* and size */
};

/* MISSING when ledger_start() has not been called. */
MUST_USE struct result ledger_head_read(struct store_transaction *transaction,
                                        struct ledger_head *out);

/* Numbers of the acts that the ledger itself knows. Those of actions begin at LEDGER_KIND_FIRST. */
#define LEDGER_KIND_START 1
#define LEDGER_KIND_EPOCH 2
#define LEDGER_KIND_ERASURE 3
#define LEDGER_KIND_KEY 4
#define LEDGER_KIND_FIRST 16

struct ledger_act {
    uint16_t kind; /* of the act: never 0, and never used for another afterwards */
    struct person_id actor, person;
    struct school_id school;
    struct str content; /* JSON, people in it by number */
};

/* At the time of the transaction. *position, from 0, may be NULL. */
MUST_USE struct result ledger_append(struct store_transaction *transaction,
                                     const struct ledger_act *act, int64_t *position);

/* Whether an act, with its salt, is what the entry commits to: in kind and in all it says. */
bool ledger_act_is_of(struct arena *arena, const struct ledger_act *act, struct str salt,
                      const struct entry *entry);

/*
 * What stands in all acts about a person goes for good. An act of LEDGER_KIND_ERASURE says how
 * many there were and which, by a digest of their positions, so that nothing else can be lost in
 * the same manner; the person's number stands in it, and `why`, a JSON text. *count: of the acts.
 */
MUST_USE struct result ledger_erase(struct store_transaction *transaction, struct person_id person,
                                    struct person_id actor, struct str why, size_t *count);

/*
 * The same of single acts about people, whose positions rise. An act that is erased already, or
 * that the ledger wrote itself, is not among them: CONFLICT.
 */
MUST_USE struct result ledger_erase_acts(struct store_transaction *transaction,
                                         const int64_t *positions, size_t count,
                                         struct person_id actor, struct str why);

/*
 * What ledger_erase() and ledger_erase_acts() took is overwritten on the disk (store_tidy()).
 * Whoever erases calls this after the commit; the keeper calls it from time to time, so that a
 * crash in between loses nothing. Does nothing when nothing was erased since. BUSY: try again
 * later.
 */
MUST_USE struct result ledger_tidy(struct store *store, struct arena *arena);

/* A reader of tiles for tile.h's proofs, of the tree as it is in this transaction. */
struct tree_reader ledger_reader(struct store_transaction *transaction);

/*
 * Signs the ledger as it is, unless the last checkpoint says the same; *note is the newest
 * checkpoint in either case. A second signer is the key that was at hand before the first one took
 * its place (succession.h); the checkpoint then names the first as "next key KEY", so that a note
 * that the old key signed says which the new one is.
 * REFUSED, and nothing is signed, when the first signer is not the key that the ledger declares, or
 * when what is stored does not continue the last checkpoint: then something was changed behind the
 * program's back.
 */
MUST_USE struct result ledger_checkpoint(struct store_transaction *transaction,
                                         const struct note_signer *signers, size_t signer_count,
                                         struct str *note);

/* The newest checkpoint; MISSING when there is none. */
MUST_USE struct result ledger_checkpoint_read(struct store_transaction *transaction,
                                              struct str *note);

/*
 * A file that shows that an entry stands in the ledger (proof.h), under the newest checkpoint.
 * INVALID when that checkpoint does not reach so far.
 */
MUST_USE struct result ledger_prove(struct store_transaction *transaction, int64_t position,
                                    struct str *proof);

/*
 * After a restore: the next epoch begins. `lost` is the newest checkpoint that somebody still has
 * and that reaches further than what was restored, or NULL; an act says what it said. The number of
 * the epoch is above `above` too, the highest that anything may have been signed under: no two
 * restores of one copy may sign under one name.
 */
MUST_USE struct result ledger_epoch_begin(struct store_transaction *transaction,
                                          struct person_id actor, const struct checkpoint *lost,
                                          int64_t above);

/* The epoch that a checkpoint's origin names: 1 when it names none. */
int64_t ledger_epoch_of(struct str origin);

/* ---- Verification ---------------------------------------------------------------------------- */

enum ledger_fault_kind {
    LEDGER_FAULT_NONE,
    LEDGER_FAULT_ENTRY,      /* an entry is missing, twice there or not of the form */
    LEDGER_FAULT_ACT,        /* an act is missing, or is not what its entry commits to */
    LEDGER_FAULT_ERASURE,    /* what was erased is not what an erasure says */
    LEDGER_FAULT_TILE,       /* a stored tile is not what the entries make */
    LEDGER_FAULT_HEAD,       /* the head is not what the entries make */
    LEDGER_FAULT_CHECKPOINT, /* not signed by a known key, or not of these entries */
    LEDGER_FAULT_COUNT
};

/* A sentence for a person. */
struct str ledger_fault_words(enum ledger_fault_kind kind);

struct ledger_report {
    enum ledger_fault_kind fault; /* the first */
    int64_t fault_at;             /* position, size or number that it is about */
    struct str fault_detail;
    int64_t entries, erased, checkpoints; /* looked at, and found good */
    int64_t unknown; /* of the checkpoints: nobody knows the first key, so its signatures */
    struct tree_hash root;
    struct ledger_keys keys; /* that the ledger declares; none when they are not as recorded */
};

/* May be {0}. Called about a hundred times, in the thread of the caller. */
struct ledger_progress {
    void *context;
    void (*tell)(void *context, int64_t done, int64_t all);
};

/*
 * Reads everything and believes nothing: entries, acts, tiles, head, checkpoints. Without keys
 * signatures are not looked at. With them each checkpoint must be signed by the key that the ledger
 * declares for it, and every such key must be one of these or follow from one: the last key vouches
 * for those before it, which its checkpoints cover, and a key for the one that it introduced. A
 * result that fails means that it could not be read; what was found wrong stands in the report.
 */
MUST_USE struct result ledger_verify(struct store *store, struct arena *arena,
                                     const struct note_key *keys, size_t key_count,
                                     struct ledger_progress progress, struct ledger_report *out);

#endif
