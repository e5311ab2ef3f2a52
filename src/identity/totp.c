/*
 * identity/totp.c - see totp.h. The picture of the secret is made in totp_qr.c.
 */
#include "identity/totp.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/arena.h"
#include "identity/encode.h"
#include "identity/random.h"

#define SHA1_BYTES 20
#define CODES_COUNT 1000000u /* 10 to the power of TOTP_DIGITS */
#define SECRET_GROUP 4
#define TYPED_BYTES_MAX ((size_t)32)

struct totp_secret totp_secret_new(void)
{
    struct totp_secret secret;
    identity_random(secret.bytes, sizeof(secret.bytes));
    return secret;
}

static struct str secret_base32(struct arena *arena, const struct totp_secret *secret)
{
    return encode_base32(arena, (struct str){(const char *)secret->bytes, sizeof(secret->bytes)});
}

struct str totp_secret_text(struct arena *arena, const struct totp_secret *secret)
{
    struct str digits = secret_base32(arena, secret);
    struct text out = {.arena = arena};
    for (size_t at = 0; at < digits.len; at += SECRET_GROUP) {
        if (at > 0) {
            text_add_char(&out, ' ');
        }
        text_add(&out, str_slice(digits, at, at + SECRET_GROUP));
    }
    return text_str(&out);
}

int64_t totp_step(struct instant now)
{
    assert(now.milliseconds >= 0);
    return now.milliseconds / TOTP_STEP_MILLISECONDS;
}

/* RFC 4226, section 5.3, with the step as counter (RFC 6238, section 4.2). */
uint32_t totp_code(const struct totp_secret *secret, int64_t step)
{
    unsigned char counter[8], code[SHA1_BYTES];
    for (size_t i = 0; i < sizeof(counter); i++) {
        counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    }
    unsigned bytes = sizeof(code);
    const unsigned char *made = HMAC(EVP_sha1(), secret->bytes, sizeof(secret->bytes), counter,
                                     sizeof(counter), code, &bytes);
    assert(made && bytes == sizeof(code) && "OpenSSL has no HMAC with SHA-1");
    size_t at = code[SHA1_BYTES - 1] & 15;
    uint32_t number = (uint32_t)(code[at] & 127) << 24 | (uint32_t)code[at + 1] << 16 |
                      (uint32_t)code[at + 2] << 8 | code[at + 3];
    return number % CODES_COUNT;
}

/* Six digits, perhaps with spaces between them. */
static bool read_code(struct str typed, uint32_t *code)
{
    size_t digits = 0;
    *code = 0;
    for (size_t i = 0; i < typed.len && typed.len <= TYPED_BYTES_MAX; i++) {
        char c = typed.at[i];
        if (c >= '0' && c <= '9' && digits < TOTP_DIGITS) {
            *code = *code * 10 + (uint32_t)(c - '0');
            digits++;
        } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
            return false;
        }
    }
    return digits == TOTP_DIGITS;
}

int64_t totp_check(const struct totp_secret *secret, struct str typed, struct instant now,
                   int64_t last_step)
{
    uint32_t code;
    int64_t matched = TOTP_STEP_NONE, middle = totp_step(now);
    if (!read_code(typed, &code)) {
        return TOTP_STEP_NONE;
    }
    /* All of them each time, so that the time does not tell which step it was. */
    for (int64_t step = middle - TOTP_STEPS_EITHER_WAY; step <= middle + TOTP_STEPS_EITHER_WAY;
         step++) {
        bool is_new = step >= 0 && step > last_step;
        if (totp_code(secret, step) == code && is_new && matched == TOTP_STEP_NONE) {
            matched = step;
        }
    }
    return matched;
}

struct str totp_uri(struct arena *arena, const struct totp_secret *secret, struct str issuer,
                    struct str account)
{
    struct text out = {.arena = arena};
    text_add(&out, STR("otpauth://totp/"));
    encode_percent(&out, issuer);
    text_add_char(&out, ':');
    encode_percent(&out, account);
    encode_field(&out, '?', STR("secret"), secret_base32(arena, secret));
    encode_field(&out, '&', STR("issuer"), issuer);
    text_add(&out, STR("&algorithm=SHA1&digits=6&period=30"));
    return text_str(&out);
}
