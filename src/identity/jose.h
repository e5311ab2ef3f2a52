/*
 * identity/jose.h - signed tokens of others: JWS (RFC 7515), their keys (JWK, RFC 7517) and claims
 * (JWT, RFC 7519), checked as OpenID Connect Core 1.0 and RFC 8725 ask.
 *
 * Read first: base/json.h, base/instant.h.
 * Start at: jose_keys_read(), jose_verify(), jose_claims_check().
 *
 * What must hold
 * - Only signatures with a public key are known. There is no "none" and no HMAC in this program, so
 *   no token can choose them.
 * - A key decides which algorithms may be used with it, the caller which of them it accepts; a
 *   token only names one of what is left.
 * - A token brings no key: jwk, jku, x5c and x5u in its head are not looked at. "crit" is refused.
 * - Nothing of a token is given out before its signature holds.
 * - Keys are plain data in an arena; nothing has to be closed.
 */
#ifndef HANDRAIL_IDENTITY_JOSE_H
#define HANDRAIL_IDENTITY_JOSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/json.h"
#include "base/result.h"

#define JOSE_TOKEN_BYTES_MAX ((size_t)16 * 1024)
#define JOSE_HEAD_BYTES_MAX ((size_t)4 * 1024)   /* of the head of a token, encoded */
#define JOSE_KEYS_BYTES_MAX ((size_t)256 * 1024) /* of a set of keys */
#define JOSE_KEYS_MAX 64                         /* in one set, of every kind */
#define JOSE_KEYS_TRIED_MAX 4                    /* of one name, for one token */
#define JOSE_AUDIENCES_MAX 32
#define JOSE_RSA_BITS_MIN 2048
#define JOSE_RSA_BITS_MAX 8192

enum jose_algorithm {
    JOSE_RS256, /* RSA, PKCS #1 v1.5, SHA-256 */
    JOSE_PS256, /* RSA, PSS, SHA-256 */
    JOSE_ES256, /* ECDSA, P-256, SHA-256 */
    JOSE_EDDSA, /* Ed25519 */
    JOSE_ALGORITHM_COUNT
};

/* A set of algorithms: JOSE_SET(JOSE_RS256) | JOSE_SET(JOSE_ES256). */
#define JOSE_SET(algorithm) (1u << (algorithm))
#define JOSE_SET_ALL (JOSE_SET(JOSE_ALGORITHM_COUNT) - 1u)

/* Its name, "RS256" and so on. */
struct str jose_algorithm_name(enum jose_algorithm algorithm);
bool jose_algorithm_read(struct str name, enum jose_algorithm *algorithm)
    __attribute__((warn_unused_result));

enum jose_key_kind { JOSE_KEY_RSA, JOSE_KEY_P256, JOSE_KEY_ED25519, JOSE_KEY_KIND_COUNT };

struct jose_key {
    enum jose_key_kind kind;
    struct str kid;      /* empty when it has no name */
    uint32_t algorithms; /* a set: those that may be used with it */
    struct str issuer;   /* Entra: the only issuer that it signs for, may have {tenantid} in it */
    struct str a, b;     /* bytes. RSA: modulus, exponent; P-256: x, y; Ed25519: x, nothing */
};

struct jose_keys {
    const struct jose_key *items;
    size_t count;
    size_t skipped; /* keys of other kinds or for other uses, which are not in the list */
};

/*
 * Reads a set of keys (RFC 7517, section 5) into the arena. Keys that this program cannot use for
 * signatures are skipped and counted; RESULT_CODE_INVALID when it is no set of keys,
 * RESULT_CODE_LIMIT when it is too large. A set without a usable key is read, and is empty.
 */
MUST_USE struct result jose_keys_read(struct arena *arena, struct str json, struct jose_keys *keys);

/* When keys were fetched: kept by whoever caches them. */
struct jose_keys_age {
    struct instant fetched; /* the last time that it worked; 0 for never */
    struct instant tried;   /* the last time that it was tried */
};

#define JOSE_KEYS_FRESH_MILLISECONDS (24 * INSTANT_HOUR_MILLISECONDS)
#define JOSE_KEYS_RETRY_MILLISECONDS (1 * INSTANT_MINUTE_MILLISECONDS)
#define JOSE_KEYS_ROTATE_MILLISECONDS (5 * INSTANT_MINUTE_MILLISECONDS)

/*
 * Whether to fetch the keys before they are used: there are none, or they are a day old; and the
 * last attempt is at least a minute ago.
 */
bool jose_keys_are_due(struct jose_keys_age age, struct instant now);

/*
 * Whether to fetch them because a token names a key that is not among them: the provider may have
 * changed its keys. At most once in five minutes, so forged tokens cannot make us ask more often.
 */
bool jose_keys_may_have_changed(struct jose_keys_age age, struct instant now);

enum jose_verdict {
    JOSE_FINE,
    JOSE_TOO_LONG,
    JOSE_MALFORMED,     /* not three parts of base64url, or no JSON where there should be */
    JOSE_CRITICAL,      /* it demands extensions that we do not know */
    JOSE_ALGORITHM,     /* one that we do not accept, or that its key is not for */
    JOSE_TYPE,          /* a token of another type than this is for */
    JOSE_KEY_UNKNOWN,   /* no key of that name; the keys may have changed */
    JOSE_KEY_UNCLEAR,   /* it names no key, and there are several */
    JOSE_SIGNATURE,     /* the signature does not hold */
    JOSE_CLAIM_MISSING, /* a claim that must be there is not, or is of another kind */
    JOSE_ISSUER,        /* from somebody else */
    JOSE_AUDIENCE,      /* for somebody else */
    JOSE_PARTY,         /* issued to another client (azp) */
    JOSE_EXPIRED,
    JOSE_NOT_YET,      /* nbf or iat lie ahead */
    JOSE_TOO_OLD,      /* issued, or signed in to, longer ago than the caller accepts */
    JOSE_NONCE,        /* not the answer to our question; or one where none may be */
    JOSE_ACCESS_TOKEN, /* at_hash does not fit the access token */
    JOSE_TENANT,       /* of a tenant that was not configured */
    JOSE_DOMAIN,       /* of a Google Workspace that was not configured */
    JOSE_EVENT,        /* not a logout */
    JOSE_VERDICT_COUNT
};

/* A sentence for the log of who runs the program; static. Empty for JOSE_FINE. */
const char *jose_verdict_words(enum jose_verdict verdict);

/* What a token says, once its signature holds. In the arena. */
struct jose_token {
    enum jose_algorithm algorithm;
    struct str kid;        /* of its head; may be empty */
    struct str type;       /* `typ` of its head; may be empty */
    struct str key_issuer; /* of the key that it was signed with; may be empty */
    struct str payload;    /* bytes */
};

/*
 * Checks a token in its compact form with one of the keys. `algorithms` is the set that the caller
 * accepts. *token is set only when the answer is JOSE_FINE.
 */
enum jose_verdict jose_verify(struct arena *arena, const struct jose_keys *keys,
                              uint32_t algorithms, struct str compact, struct jose_token *token);

/* What a token must say. Empty texts and zeros: not looked at, except where said. */
struct jose_expected {
    /* Exactly this. With "{tenantid}" in it (Microsoft Entra for several tenants) the tenant of
     * the claim `tid` is put in, which must then be one of `tenants`. Never empty. */
    struct str issuer;
    const struct str *tenants; /* if any: `tid` must be one of these */
    size_t tenants_count;
    const struct str *domains; /* if any: `hd` must be one of these */
    size_t domains_count;
    struct str client_id; /* must be the audience, or one of them and then azp too. Never empty */
    bool needs_nonce;     /* an ID token */
    bool forbids_nonce;   /* a logout token */
    struct str nonce;     /* with needs_nonce; never empty then */
    struct str access_token; /* that came with it: at_hash, where it is there, must fit */
    struct instant now;
    int64_t leeway_milliseconds;            /* by how much clocks may differ */
    int64_t issued_age_max_milliseconds;    /* since `iat` */
    int64_t signed_in_age_max_milliseconds; /* since `auth_time`, which must then be there */
};

/*
 * Checks the claims of a token that was verified with `algorithm`: OpenID Connect Core 1.0, section
 * 3.1.3.7, steps 2 to 5 and 9 to 13. *claims is set only when the answer is JOSE_FINE.
 */
enum jose_verdict jose_claims_check(struct arena *arena, const struct jose_token *token,
                                    const struct jose_expected *expected,
                                    const struct json_value **claims);

#endif
