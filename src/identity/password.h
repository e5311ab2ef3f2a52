/*
 * identity/password.h - passwords of local accounts: what may be one, how it is kept, how it is
 * checked.
 *
 * Hashing is Argon2id (RFC 9106) by libsodium, kept as its usual encoded text
 * ("$argon2id$v=19$m=65536,t=3,p=1$salt$hash"). What may be a password follows NIST SP 800-63B,
 * section 5.1.1.2: long, no rules of composition, no change by the calendar, nothing that is easily
 * guessed, and the refusal says why.
 *
 * Start at: password_judge() when one is chosen, password_hash() to keep it, password_verify() to
 * sign in.
 *
 * What must hold
 * - A password is UTF-8 and is hashed byte for byte. It is not normalised: instead password_judge()
 *   refuses combining marks, the one thing that devices commonly write in two ways.
 * - Each hash takes as much memory as the cost says, so a gate lets few run at once, lets few wait,
 *   and answers RESULT_CODE_BUSY to the rest.
 * - An account that does not exist costs as much as one that does: verify the empty text for it.
 * - Nothing here counts failed attempts: whoever calls slows a guesser down.
 */
#ifndef HANDRAIL_IDENTITY_PASSWORD_H
#define HANDRAIL_IDENTITY_PASSWORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"

struct arena;

#define PASSWORD_CHARACTERS_MIN 12
#define PASSWORD_CHARACTERS_MAX 128

/* The one of demonstrations: everybody can read it here, so password_judge() refuses it. */
#define PASSWORD_DEMONSTRATION "lantern otter nine hedges"

#define PASSWORD_BYTES_MAX ((size_t)512) /* of one password; longer ones never match */

/* An encoded hash is shorter than this. */
#define PASSWORD_ENCODED_BYTES_MAX ((size_t)128)

/* What password_judge() is told about the person: at most so many words are looked at. */
#define PASSWORD_OWN_WORDS_MAX 64

/* A password has to withstand 2 to the power of this many guesses, as zxcvbn counts them. */
#define PASSWORD_BITS_MIN 34

/* How much work one hash is, with one lane: libsodium offers no more. */
struct password_cost {
    uint32_t memory_kib; /* at least 8 */
    uint32_t passes;     /* at least 1 */
};

/* For a server of a school: the memory and passes of RFC 9106's second choice, above OWASP's least
 * (19 MiB, 2 passes). */
#define PASSWORD_COST_USUAL ((struct password_cost){.memory_kib = 65536, .passes = 3})

struct password_gate; /* opaque; shared by all threads */

struct password_limits {
    struct password_cost cost;
    uint32_t at_once_max; /* hashes at once; their memory adds up. At least 1 */
    uint32_t waiting_max; /* callers who may wait for their turn */
};

/* Two at once (128 MiB) and sixteen waiting. */
#define PASSWORD_LIMITS_USUAL                                                                      \
    ((struct password_limits){.cost = PASSWORD_COST_USUAL, .at_once_max = 2, .waiting_max = 16})

/* Lives in the arena until closed; never NULL. When it is closed nobody may be inside. */
struct password_gate *password_gate_open(struct arena *arena, struct password_limits limits);
void password_gate_close(struct password_gate *gate);
DEFER_DEFINE(password_gate_close, struct password_gate *);

/*
 * The encoded hash, in the arena, with a new salt. RESULT_CODE_BUSY when the gate is full,
 * RESULT_CODE_LIMIT when the password is longer than PASSWORD_BYTES_MAX or memory is short. It does
 * not judge: see password_judge().
 */
MUST_USE struct result password_hash(struct password_gate *gate, struct arena *arena,
                                     struct str password, struct str *encoded);

struct password_check {
    bool matches;
    bool needs_rehash; /* it matches, and was hashed at another cost than the gate's: hash anew */
};

/*
 * Whether the password is the one that was hashed. An empty `encoded` stands for an account that
 * does not exist or has no password: it takes as long and never matches. RESULT_CODE_BUSY when the
 * gate is full, RESULT_CODE_CORRUPT when `encoded` is no hash of ours.
 */
MUST_USE struct result password_verify(struct password_gate *gate, struct str password,
                                       struct str encoded, struct password_check *check);

enum password_fault {
    PASSWORD_FAULT_NONE,
    PASSWORD_FAULT_SHORT,
    PASSWORD_FAULT_LONG,
    PASSWORD_FAULT_NOT_TEXT,  /* not UTF-8, or control characters in it */
    PASSWORD_FAULT_MARKS,     /* combining marks */
    PASSWORD_FAULT_PUBLISHED, /* that of demonstrations */
    PASSWORD_FAULT_OWN_WORDS, /* made of the person's own words */
    PASSWORD_FAULT_COMMON,    /* made of words that are commonly used */
    PASSWORD_FAULT_PATTERN,   /* made of rows of keys, repeats, sequences, dates */
    PASSWORD_FAULT_GUESSABLE, /* a mixture of these */
    PASSWORD_FAULT_COUNT
};

struct password_judgement {
    enum password_fault fault;
    double bits;       /* of guessing, as zxcvbn counts; 0 where it was not asked */
    struct str reason; /* a sentence for the person; empty without a fault */
    struct str advice; /* what to do instead; empty without a fault */
};

/*
 * Whether this may become somebody's password. `own_words` are what a stranger would try for this
 * person: name, e-mail address, user name, school. They are taken whole and in parts. The sentences
 * never repeat the password.
 */
struct password_judgement password_judge(struct arena *arena, struct str password,
                                         const struct str *own_words, size_t own_words_count);

#endif
