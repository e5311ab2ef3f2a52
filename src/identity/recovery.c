/*
 * identity/recovery.c - see recovery.h.
 */
#include "identity/recovery.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "identity/random.h"

#define GROUP 4
#define TYPED_BYTES_MAX ((size_t)64)

/* Crockford's base 32, in small letters. */
static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

static struct token_hash hash_code(const char code[RECOVERY_CODE_CHARACTERS])
{
    struct token_hash hash;
    sha256(code, RECOVERY_CODE_CHARACTERS, hash.bytes);
    return hash;
}

void recovery_codes_new(struct arena *arena, struct token codes[RECOVERY_CODES])
{
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        unsigned char random[RECOVERY_CODE_CHARACTERS];
        char code[RECOVERY_CODE_CHARACTERS];
        struct text shown = {.arena = arena};
        identity_random(random, sizeof(random));
        for (size_t at = 0; at < RECOVERY_CODE_CHARACTERS; at++) {
            code[at] = digits[random[at] & 31];
            if (at > 0 && at % GROUP == 0) {
                text_add_char(&shown, '-');
            }
            text_add_char(&shown, code[at]);
        }
        codes[i] = (struct token){.text = text_str(&shown), .hash = hash_code(code)};
        sodium_memzero(random, sizeof(random));
        sodium_memzero(code, sizeof(code));
    }
}

/* What a typed character stands for: a digit, or 0 for none. */
static char digit_of(char c)
{
    char small = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    small = small == 'o' ? '0' : small == 'i' || small == 'l' ? '1' : small;
    return memchr(digits, small, sizeof(digits) - 1) ? small : '\0';
}

bool recovery_code_read(struct str typed, struct token_hash *hash)
{
    char code[RECOVERY_CODE_CHARACTERS];
    size_t count = 0;
    if (typed.len > TYPED_BYTES_MAX) {
        return false;
    }
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.at[i];
        if (c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            continue;
        }
        char digit = digit_of(c);
        if (!digit || count == sizeof(code)) {
            return false;
        }
        code[count++] = digit;
    }
    if (count != sizeof(code)) {
        return false;
    }
    *hash = hash_code(code);
    return true;
}
