/*
 * identity/token.h - what proves a session, a link in an e-mail or a program, and forms against
 * forgery.
 *
 * A token is 256 random bits as text. Its text is given to its bearer once; kept is only its
 * SHA-256, which is enough since nobody can guess 256 bits. A look-up by the hash needs no
 * comparison in constant time, for the hash of a guess tells nothing of the token.
 *
 * Read first: base/str.h, identity/random.h. Start at: token_new(), token_read().
 *
 * What must hold
 * - The text of a token is neither kept nor logged.
 * - A personal API token begins with "hr_" and ends with a checksum: a scanner of secrets
 *   recognises it, and a slip of the keyboard is told apart from a token that was revoked.
 */
#ifndef HANDRAIL_IDENTITY_TOKEN_H
#define HANDRAIL_IDENTITY_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

#define TOKEN_RANDOM_BYTES 32
#define TOKEN_HASH_BYTES 32

/* base64url of the random bytes. */
#define TOKEN_TEXT_BYTES ((size_t)43)

/* "hr_", the random bytes and 32 bits of checksum as 43 and 6 digits of base 62. */
#define TOKEN_API_PREFIX "hr_"
#define TOKEN_API_TEXT_BYTES ((size_t)52)

/* What is kept of a token. */
struct token_hash {
    uint8_t bytes[TOKEN_HASH_BYTES];
};

struct token {
    struct str text; /* in the arena: for its bearer */
    struct token_hash hash;
};

/* For a session, a link that signs in, an invitation: its text is fit for a URL and a cookie. */
struct token token_new(struct arena *arena);

/* The hash of what somebody brings. False when it cannot be a token of this form. */
bool token_read(struct str text, struct token_hash *hash) __attribute__((warn_unused_result));

/* A personal API token: "hr_" and letters and digits only, so that a double click selects it. */
struct token token_api_new(struct arena *arena);

enum token_api_form {
    TOKEN_API_FINE,
    TOKEN_API_OTHER,    /* it does not begin with "hr_" */
    TOKEN_API_MISTYPED, /* it does, but its length or checksum is wrong: never one of ours */
    TOKEN_API_FORM_COUNT
};

/* The hash of what a program brings; *hash is set when it is TOKEN_API_FINE. */
enum token_api_form token_api_read(struct str text, struct token_hash *hash);

/* In a time that does not depend on where they differ. */
bool token_hash_equal(const struct token_hash *a, const struct token_hash *b);

/* The same for texts; only their lengths can be told from the time. */
bool token_text_equal(struct str a, struct str b);

/*
 * The hidden field of a form, bound to a session by HMAC-SHA-256 with the session's token as key.
 * Each call gives another text (16 random bytes come first), so that a compressed page tells
 * nothing of it; all of them are good as long as the session. Before somebody has signed in, the
 * token of the cookie that the form came with stands in for the session.
 */
struct str token_csrf_new(struct arena *arena, struct str session_token);
bool token_csrf_check(struct str session_token, struct str field)
    __attribute__((warn_unused_result));

#endif
