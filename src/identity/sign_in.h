/*
 * identity/sign_in.h - who it is: passwords, second factors, links and tokens against the store,
 * and the sessions that come of them.
 *
 * Read first: docs/identity.md; password.h, totp.h, token.h, recovery.h; sign_in.sql.
 * Start at: sign_in_password; sign_in_session for each request afterwards.
 *
 * What must hold
 * - Whether there is an account cannot be told from an answer or its time.
 * - A password is hashed outside of transactions: nobody waits for it.
 * - Every attempt counts before its outcome is known, so that many at once are no more than many
 *   one after the other. Who signs in starts anew, and does not count at the address, which a whole
 *   school may share.
 * - Who has a second factor gives it, whichever way they come, unless the provider vouches for one.
 * - A session's token is new at each sign-in and each fresh proof. Disabling an account, leaving
 *   and erasure end all sessions and tokens at once, since each request asks.
 */
#ifndef HANDRAIL_IDENTITY_SIGN_IN_H
#define HANDRAIL_IDENTITY_SIGN_IN_H

#include "base/instant.h"
#include "base/result.h"
#include "identity/password.h"
#include "identity/sealed.h"
#include "identity/token.h"
#include "store/ids.h"
#include "store/store.h"

/* A session lasts no longer than a working day, and ends when it is not used for a while. */
#define SIGN_IN_LASTS_MILLISECONDS (12 * INSTANT_HOUR_MILLISECONDS)
#define SIGN_IN_IDLE_MILLISECONDS (2 * INSTANT_HOUR_MILLISECONDS)

/* How often it is written down that a session is still in use. */
#define SIGN_IN_SEEN_MILLISECONDS (5 * INSTANT_MINUTE_MILLISECONDS)

/* Wrong attempts on one account, and from one address, before there is a wait; it doubles. */
#define SIGN_IN_ACCOUNT_ATTEMPTS 5
#define SIGN_IN_ADDRESS_ATTEMPTS 60
#define SIGN_IN_WAIT_MILLISECONDS_FIRST (30 * INSTANT_SECOND_MILLISECONDS)
#define SIGN_IN_WAIT_MILLISECONDS_MAX (15 * INSTANT_MINUTE_MILLISECONDS)
#define SIGN_IN_COUNT_MILLISECONDS INSTANT_HOUR_MILLISECONDS

/* How long a session waits for the code of the second factor; until then it is good for nothing. */
#define SIGN_IN_CODE_MILLISECONDS (10 * INSTANT_MINUTE_MILLISECONDS)

#define SIGN_IN_LINK_MILLISECONDS (20 * INSTANT_MINUTE_MILLISECONDS)
#define SIGN_IN_INVITATION_MILLISECONDS (7 * INSTANT_DAY_MILLISECONDS)

/* Bytes kept of what a browser says it is. */
#define SIGN_IN_DEVICE_BYTES_MAX 200

enum sign_in_status {
    SIGN_IN_DONE,
    SIGN_IN_WRONG, /* address, password or code; it is not said which */
    SIGN_IN_CODE,  /* the password is right: a code is wanted as well */
    SIGN_IN_WAIT,  /* too many attempts: not before `until` */
    SIGN_IN_STATUS_COUNT
};

struct sign_in_attempt {
    struct str email, password;
    struct str code;    /* of the app, or a recovery code; may be empty */
    struct str address; /* where it comes from, for counting attempts; never kept in the clear */
    struct str device;  /* what the browser says it is */
    const struct sealed_key *key; /* that second factors are sealed with; NULL: none can be used */
};

struct sign_in_outcome {
    enum sign_in_status status;
    struct instant until; /* with SIGN_IN_WAIT */
    struct person_id person;
    struct str token; /* for the cookie */
};

/* Errors: BUSY when too many sign in at once, and those of the store. */
MUST_USE struct result sign_in_password(struct store *store, struct password_gate *gate,
                                        struct arena *arena, const struct sign_in_attempt *attempt,
                                        struct sign_in_outcome *out);

struct sign_in_session {
    bool is_good;
    struct row_id id;
    struct person_id person;
    struct str name;
    struct instant proven_at, now;
    struct str way;         /* as in sign_in_start */
    struct str scopes;      /* of an API token; empty for a session */
    bool has_password;      /* so the person can prove with it who it is */
    bool is_factor_vouched; /* the provider says that there was a second factor */
    struct row_id waiting;  /* a session that wants the second factor; is_good is false then */
    struct person_id waiting_person;
    struct str provider_token; /* of the provider, to sign out there; empty: another way */
};

/* Whose cookie it is. Nobody's: is_good is false. */
MUST_USE struct result sign_in_session_of(struct store *store, struct arena *arena,
                                          struct str token, struct sign_in_session *out);

/* Whose program it is: "hr_..." */
MUST_USE struct result sign_in_token_of(struct store *store, struct arena *arena, struct str token,
                                        struct sign_in_session *out);

/* Who is signed in proves again who it is; outcome.token is the new one for the cookie. */
MUST_USE struct result sign_in_prove(struct store *store, struct password_gate *gate,
                                     struct arena *arena, const struct sign_in_session *session,
                                     const struct sign_in_attempt *attempt,
                                     struct sign_in_outcome *out);

/* The code that a waiting session wants; outcome.token is the new one for the cookie. */
MUST_USE struct result sign_in_code(struct store *store, struct arena *arena,
                                    const struct sign_in_session *session,
                                    const struct sign_in_attempt *attempt,
                                    struct sign_in_outcome *out);

MUST_USE struct result sign_in_out(struct store *store, struct arena *arena,
                                   const struct sign_in_session *session);

/* ---- Within a transaction of somebody else: actions ------------------------------------------ */

struct sign_in_start {
    struct person_id person;
    struct str way;         /* "password", "recovery", "provider" or "link" */
    bool has_factor;        /* its code was given */
    bool is_factor_vouched; /* the provider says that there was one */
    struct str provider_sid, provider_token;
    struct str device;
};

/*
 * A session of a person who has proved who it is. *token: for the cookie. Where the person has a
 * second factor and it was not given, the session waits for it: see sign_in_code().
 */
MUST_USE struct result sign_in_begin(struct store_transaction *transaction,
                                     const struct sign_in_start *start, struct str *token);

/* A link for a purpose: "sign-in", "invitation" or "password". *token: its last part. */
MUST_USE struct result sign_in_link(struct store_transaction *transaction, struct person_id person,
                                    struct str purpose, struct str *token);

/* Whose link it is and what for; *person is 0 when it is not good (any more). */
MUST_USE struct result sign_in_link_read(struct store_transaction *transaction, struct str token,
                                         struct person_id *person, struct str *purpose);

/* It is good once. CONFLICT when somebody was faster. */
MUST_USE struct result sign_in_link_use(struct store_transaction *transaction, struct str token);

/*
 * A password that was judged and hashed before; ends all other sessions and links. An account that
 * was shut stays shut: inviting the person opens it.
 */
MUST_USE struct result sign_in_password_set(struct store_transaction *transaction,
                                            struct person_id person, struct str encoded,
                                            struct row_id but);

/* The person has proved at the provider, at that moment, who it is. *token: for the cookie. */
MUST_USE struct result sign_in_proven(struct store_transaction *transaction, struct row_id session,
                                      struct instant at, struct str *token);

/* May this person sign in at all: an account that is not shut, and nobody who has left. */
MUST_USE struct result sign_in_stands(struct store_transaction *transaction,
                                      struct person_id person, bool *out);

/* The account, its sessions, links and tokens are of no use from now on. */
MUST_USE struct result sign_in_disable(struct store_transaction *transaction,
                                       struct person_id person);

/* Everything about signing in is gone: with the person. */
MUST_USE struct result sign_in_erase(struct store_transaction *transaction,
                                     struct person_id person);

#endif
