/*
 * cli/audit.h - what `audit`, `backup` and `restore` share: keys that verify, and reading the whole
 * history while somebody waits.
 *
 * Read first: ledger/ledger.h, cli/place.h. What must hold: nothing that is looked at is changed.
 */
#ifndef HANDRAIL_CLI_AUDIT_H
#define HANDRAIL_CLI_AUDIT_H

#include "cli/cli.h"
#include "ledger/ledger.h"

/* Keys of one ledger, of which a later one takes the place of those before. */
#define AUDIT_KEYS_MAX NOTE_KEYS_MAX

struct audit_keys {
    struct note_key at[AUDIT_KEYS_MAX];
    size_t count;
};

/*
 * Those of --key, with spaces between; without any the one in the folder `data`, which may be
 * empty; none when it has none. Errors: INVALID, LIMIT, IO.
 */
MUST_USE struct result audit_keys_read(struct arena *arena, struct str words, struct str data,
                                       struct audit_keys *out);

/* The checkpoint in a note that one of the keys has signed, of whichever epoch. */
MUST_USE struct result audit_checkpoint_open(struct arena *arena, struct str note,
                                             const struct audit_keys *keys,
                                             struct checkpoint_trust *trust,
                                             struct checkpoint *out);

/*
 * Reads the pages of the database and the whole history. Progress is told on `err` when it takes
 * over two seconds. A fault of the database is LEDGER_FAULT_NONE with `damage` set.
 */
struct audit_found {
    struct ledger_report report;
    struct result damage; /* of the database file; OK when there is none */
};

MUST_USE struct result audit_verify(struct cli *cli, struct store *store,
                                    const struct audit_keys *keys, struct audit_found *out);

bool audit_is_whole(const struct audit_found *found);

/*
 * Behind audit_verify(), which found them good: adds the other keys that the history declares, for
 * what they signed. Nothing when there are no keys.
 */
void audit_keys_add_declared(struct audit_keys *keys, const struct ledger_keys *declared);

/* What is wrong and where, for a person. */
struct str audit_fault_words(struct arena *arena, const struct audit_found *found);

/* "entry", "act" ... and "database". */
struct str audit_fault_name(const struct audit_found *found);

struct str audit_hash_words(struct arena *arena, const struct tree_hash *hash);

#endif
