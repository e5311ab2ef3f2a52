/*
 * ledger/succession.h - which keys sign the ledger, and from where on, as the ledger itself says.
 *
 * Read first: docs/ledger.md, "Keys of the ledger". Start at: ledger_keys_read, ledger_key_change.
 *
 * The first key is the one that signed first; the head remembers it. Each later one is declared by
 * an act of LEDGER_KIND_KEY:
 *
 *     {"why":"lost","old":"example.org/ledger+c186e258+AYqI...","key":"example.org/ledger+..."}
 *
 * What must hold
 * - A checkpoint of n entries counts when the last key that is declared below n has signed it.
 * - Where a key follows in the ordinary course (LEDGER_KEY_ROUTINE), the one before it signs the
 *   first checkpoint behind the act as well: who trusts that one can trust this one.
 */
#ifndef HANDRAIL_LEDGER_SUCCESSION_H
#define HANDRAIL_LEDGER_SUCCESSION_H

#include "base/instant.h"
#include "ledger/note.h"
#include "store/store.h"

/* Keys of one ledger, one after the other. */
#define LEDGER_KEYS_MAX NOTE_KEYS_MAX

enum ledger_key_why {
    LEDGER_KEY_FIRST,
    LEDGER_KEY_ROUTINE, /* the key before it is at hand, and nobody else has it */
    LEDGER_KEY_LOST,    /* nobody has the key before it */
    LEDGER_KEY_LEAKED,  /* somebody else may have the key before it */
    LEDGER_KEY_WHY_COUNT
};

/* "routine", "lost", "leaked", and "first". */
struct str ledger_key_why_word(enum ledger_key_why why);

/* Why a key is changed. False for any other word. */
bool ledger_key_why_read(struct str word, enum ledger_key_why *out)
    __attribute__((warn_unused_result));

struct ledger_key {
    struct note_key key; /* its name borrows from the transaction's arena */
    bool is_known;       /* false: only name and id are, which can happen to the first */
    enum ledger_key_why why;
    int64_t since;           /* the act that declares it; of the first 0 */
    struct instant since_at; /* when that was; of the first 0 */
};

struct ledger_keys {
    struct ledger_key at[LEDGER_KEYS_MAX]; /* the oldest first */
    size_t count;                          /* 0: nothing has been signed yet */
};

/* CORRUPT when what an act declares is not what was recorded, or does not follow from the last. */
MUST_USE struct result ledger_keys_read(struct store_transaction *transaction,
                                        struct ledger_keys *out);

/* The place in `at` of the key that signs a checkpoint of so many entries. There is a key. */
size_t ledger_key_of_size(const struct ledger_keys *keys, int64_t size);

/* The same key; of one that is not known as far as can be told. */
bool ledger_key_is(const struct ledger_key *declared, const struct note_key *key);

/*
 * Whether this is the key that is to sign now: the last that is declared, or the first one where
 * nothing has been signed. Then it stands there whole.
 */
bool ledger_keys_end_with(struct ledger_keys *keys, const struct note_key *key)
    __attribute__((warn_unused_result));

/* Whether somebody else may have it: the one behind it says so. */
bool ledger_key_has_leaked(const struct ledger_keys *keys, size_t at);

/* Those that are known: of which nobody else may have any, or those that have leaked. How many. */
size_t ledger_keys_public(const struct ledger_keys *keys, bool has_leaked,
                          struct note_key out[LEDGER_KEYS_MAX]);

/* As text: whole, or its id alone where no more is known. */
struct str ledger_key_text(struct arena *arena, const struct ledger_key *declared);

/* Another key takes the place of the last one: an act at *position. */
struct ledger_key_change {
    enum ledger_key_why why;
    const struct note_key *fresh;
    const struct note_key *old; /* if somebody has it; NULL: what the ledger knows will do */
};

/*
 * Errors: MISSING (nothing has been signed), REFUSED (`old` did not sign before), LIMIT. Sign
 * behind the commit with ledger_checkpoint(): in the ordinary course with both keys.
 */
MUST_USE struct result ledger_key_change(struct store_transaction *transaction,
                                         const struct ledger_key_change *change, int64_t *position);

#endif
