/*
 * ledger/checkpoint.h - the signed statement of how long the ledger is and what its root is.
 *
 * C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint): a note (ledger/note.h) whose text is
 *
 *     example.org/ledger                              the origin: which ledger
 *     20852163                                        entries
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=    the root, RFC 6962
 *     more lines, if any                              extensions
 *
 * Start at: checkpoint_sign, checkpoint_open; checkpoint_follows for two of them.
 *
 * What must hold: the ledger never signs a checkpoint that does not follow from all it signed
 * before under the same origin. Whoever keeps a checkpoint can tell when that was broken.
 */
#ifndef HANDRAIL_LEDGER_CHECKPOINT_H
#define HANDRAIL_LEDGER_CHECKPOINT_H

#include "ledger/note.h"
#include "ledger/tree.h"

#define CHECKPOINT_ORIGIN_BYTES_MAX NOTE_NAME_BYTES_MAX
#define CHECKPOINT_EXTENSIONS_MAX 16
#define CHECKPOINT_EXTENSION_BYTES_MAX 1000

struct checkpoint {
    struct str origin;
    uint64_t size;
    struct tree_hash root;
    const struct str *extensions; /* lines without their ends */
    size_t extension_count;
};

/* The text to sign. What it says must be of the form that checkpoint_read takes. */
struct str checkpoint_write(struct arena *arena, const struct checkpoint *checkpoint);

/* From the text of a note; borrows from it. INVALID with the reason when it is none. */
MUST_USE struct result checkpoint_read(struct arena *arena, struct str text,
                                       struct checkpoint *out);

/* Written and signed. INVALID when origin or extensions cannot stand in one. */
MUST_USE struct result checkpoint_sign(struct arena *arena, const struct checkpoint *checkpoint,
                                       const struct note_signer *signers, size_t signer_count,
                                       struct str *out);

/* Whom somebody who reads checkpoints trusts. */
struct checkpoint_trust {
    struct str origin;
    const struct note_key *keys; /* of the ledger: one of them must have signed */
    size_t key_count;
    const struct note_key *witnesses;
    size_t witness_count;
    size_t witnesses_min; /* so many of them must have signed */
};

/*
 * A checkpoint that may be used: signed by a key of the ledger and by witnesses enough, of this
 * origin. REFUSED or INVALID with the reason otherwise.
 */
MUST_USE struct result checkpoint_open(struct arena *arena, struct str message,
                                       const struct checkpoint_trust *trust,
                                       struct checkpoint *out);

/*
 * The same of whichever epoch of a ledger that one of the keys is named after: its origin is the
 * key's name, or that with "/epoch-N". What was trusted stands in *trust; it borrows.
 */
MUST_USE struct result checkpoint_open_of(struct arena *arena, struct str message,
                                          const struct note_key *keys, size_t key_count,
                                          struct checkpoint_trust *trust, struct checkpoint *out);

/*
 * Whether the newer one continues the older, both opened before. CONFLICT when it is of another
 * origin, when entries are gone (a rollback), or when it has other entries (a fork, or a proof that
 * is not right).
 */
MUST_USE struct result checkpoint_follows(const struct checkpoint *older,
                                          const struct checkpoint *newer,
                                          const struct tree_proof *proof);

#endif
