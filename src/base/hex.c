/*
 * base/hex.c - see hex.h.
 */
#include "base/hex.h"

static const char hex_digits[] = "0123456789abcdef";

void hex_add(struct text *out, const void *bytes, size_t count)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < count; i++) {
        text_add_char(out, hex_digits[at[i] >> 4]);
        text_add_char(out, hex_digits[at[i] & 15]);
    }
}

struct str hex_of(struct arena *arena, const void *bytes, size_t count)
{
    struct text out = {.arena = arena};
    hex_add(&out, bytes, count);
    return text_str(&out);
}

bool hex_read(struct str digits, void *out, size_t count)
{
    unsigned char *at = out;
    if (digits.len != 2 * count) {
        return false;
    }
    for (size_t i = 0; i < digits.len; i++) {
        const char *found = memchr(hex_digits, digits.at[i], sizeof hex_digits - 1);
        if (!found) {
            return false;
        }
        at[i / 2] = (unsigned char)(at[i / 2] << 4 | (found - hex_digits));
    }
    return true;
}
