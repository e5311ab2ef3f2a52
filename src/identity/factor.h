/*
 * identity/factor.h - the second factor of an account: set up, used, taken away; who needs one.
 *
 * Read first: totp.h, recovery.h, sealed.h; docs/identity.md. Start at: factor_begin().
 *
 * What must hold
 * - A secret counts only once a code of it was given: nobody is shut out by a picture that was not
 *   scanned.
 * - It is shown until then, and never afterwards.
 * - A code is good once, in the transaction of whatever it proves.
 */
#ifndef HANDRAIL_IDENTITY_FACTOR_H
#define HANDRAIL_IDENTITY_FACTOR_H

#include "identity/recovery.h"
#include "identity/sealed.h"
#include "identity/totp.h"
#include "store/ids.h"
#include "store/store.h"

/* How long a secret waits for its first code. */
#define FACTOR_WAITS_MILLISECONDS (30 * INSTANT_MINUTE_MILLISECONDS)

struct factor_state {
    bool is_there;      /* the person has one */
    bool is_begun;      /* a secret waits for its first code */
    struct str name;    /* of the person */
    struct str account; /* what an app calls the account: the e-mail, or the name */
    struct totp_secret next;
};

/* Nothing, where there is no account. `key` may be NULL: then nothing can be begun. */
MUST_USE struct result factor_state(struct store_transaction *transaction,
                                    const struct sealed_key *key, struct person_id person,
                                    struct factor_state *out);

/* A new secret that waits. MISSING: no such account. */
MUST_USE struct result factor_begin(struct store_transaction *transaction,
                                    const struct sealed_key *key, struct person_id person);

/* The first code: from now on the secret counts, and there are new recovery codes. */
MUST_USE struct result factor_confirm(struct store_transaction *transaction,
                                      const struct sealed_key *key, struct person_id person,
                                      struct str typed, bool *is_right,
                                      struct token codes[RECOVERY_CODES]);

/* Ten others; those before are not good any more. */
MUST_USE struct result factor_codes_new(struct store_transaction *transaction,
                                        struct person_id person,
                                        struct token codes[RECOVERY_CODES]);

/* No second factor; is_due: the person has to choose one anew before anything else. */
MUST_USE struct result factor_remove(struct store_transaction *transaction, struct person_id person,
                                     bool is_due);

enum factor_match { FACTOR_NO, FACTOR_CODE, FACTOR_RECOVERY, FACTOR_MATCH_COUNT };

/* A code of the app, or of the paper; it is used up. */
MUST_USE struct result factor_use(struct store_transaction *transaction,
                                  const struct sealed_key *key, struct person_id person,
                                  struct str typed, enum factor_match *out);

/* The person needs a second factor today, by a role or as the last was reset, and has none. */
MUST_USE struct result factor_is_missing(struct store_transaction *transaction,
                                         struct person_id person, struct civil_date today,
                                         bool *out);

#endif
