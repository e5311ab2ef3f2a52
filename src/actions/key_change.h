/*
 * actions/key_change.h - another key takes the place of the one that signs the history: in the
 * history, and in its file.
 *
 * Read first: ledger/succession.h, keeper.h; docs/ledger.md, "Keys of the ledger".
 *
 *     1. the new key is written beside the old one, as PATH.new
 *     2. the act that declares it is committed
 *     3. the checkpoint behind it is signed and committed: in the ordinary course with both keys
 *     4. the old file becomes PATH.ID, and one rename puts the new one in its place
 *
 * What must hold
 * - Whenever it is broken off everything is as before, or as afterwards, or the same call finishes
 *   it: between 2 and 4 PATH.new has the key that the history declares. Until then no server signs.
 * - No key that signed is lost: the old file stays, under another name.
 */
#ifndef HANDRAIL_ACTIONS_KEY_CHANGE_H
#define HANDRAIL_ACTIONS_KEY_CHANGE_H

#include "base/result.h"
#include "ledger/succession.h"
#include "store/store.h"

struct key_change {
    struct store *store;
    struct str key_path;
    enum ledger_key_why why;
    const struct note_key *old; /* of a key that is lost, if somebody knows it; else NULL */
};

struct key_changed {
    struct ledger_key before, now;
    bool was_begun;   /* earlier, and was broken off: now.why is what was said then */
    struct str note;  /* the checkpoint behind it */
    struct str aside; /* where the old file is; empty: there was none */
};

/*
 * Errors: MISSING (nothing has been signed yet), REFUSED (the key that is there does not go with
 * what is said of it), and those of the files and the store.
 */
MUST_USE struct result key_change(const struct key_change *change, struct arena *arena,
                                  struct key_changed *out);

#endif
