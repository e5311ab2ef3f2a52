/*
 * identity/totp.h - the second factor: six digits from an authenticator app (RFC 6238).
 *
 * SHA-1, 30 seconds, six digits: what every app knows. A code of the step before and of the step
 * after is good too, since clocks differ.
 *
 * Read first: base/instant.h. Start at: totp_secret_new(), totp_uri(), totp_qr_svg(); then
 * totp_check() with each code.
 *
 * What must hold
 * - A code is good once. totp_check() answers the step that it matched; the caller keeps it with
 *   the secret, in the same transaction, and gives it again as `last_step`.
 * - A million codes are few: whoever calls allows few attempts.
 * - The secret has to be kept in the clear, or encrypted with a key of the server; a hash of it
 *   would be of no use.
 */
#ifndef HANDRAIL_IDENTITY_TOTP_H
#define HANDRAIL_IDENTITY_TOTP_H

#include <stdint.h>

#include "base/instant.h"
#include "base/result.h"

struct arena;

#define TOTP_SECRET_BYTES 20 /* RFC 4226, section 4, R6: 160 bits */
#define TOTP_DIGITS 6
#define TOTP_STEP_MILLISECONDS (30 * INSTANT_SECOND_MILLISECONDS)
#define TOTP_STEPS_EITHER_WAY 1

/* No step: nothing matched, or no code was accepted yet. */
#define TOTP_STEP_NONE ((int64_t)-1)

/* A QR code holds no more than this here. */
#define TOTP_QR_BYTES_MAX ((size_t)1024)

struct totp_secret {
    uint8_t bytes[TOTP_SECRET_BYTES];
};

struct totp_secret totp_secret_new(void);

/* base32 in groups of four, for who cannot scan: "JBSW Y3DP ...". */
struct str totp_secret_text(struct arena *arena, const struct totp_secret *secret);

/* Steps of 30 seconds since 1970; `now` must not lie before that. */
int64_t totp_step(struct instant now);

/* The six digits of a step: 0 to 999999. */
uint32_t totp_code(const struct totp_secret *secret, int64_t step);

/*
 * The step whose code this is, of those around `now` and after `last_step` (TOTP_STEP_NONE: any);
 * TOTP_STEP_NONE when there is none. Spaces in what was typed do not matter.
 */
int64_t totp_check(const struct totp_secret *secret, struct str typed, struct instant now,
                   int64_t last_step);

/* otpauth://totp/... as apps read it. `issuer` names the school, `account` the person. */
struct str totp_uri(struct arena *arena, const struct totp_secret *secret, struct str issuer,
                    struct str account);

/* A QR code as a drawing: a square, and a path of its dark parts, with a light margin around. */
struct totp_qr {
    int32_t side;
    struct str dark; /* "M4 4h7v1h-7z..." */
};

/* RESULT_CODE_LIMIT when the text is longer than TOTP_QR_BYTES_MAX. */
MUST_USE struct result totp_qr(struct arena *arena, struct str text, struct totp_qr *out);

/*
 * The same as an <svg> element: paths only, black on white in light and dark, no script and no
 * style. `title` is its accessible name; say there what it is for, and put nothing secret into it.
 * RESULT_CODE_LIMIT when the text is longer than TOTP_QR_BYTES_MAX.
 */
MUST_USE struct result totp_qr_svg(struct arena *arena, struct str text, struct str title,
                                   struct str *svg);

#endif
