/*
 * identity/encode.c - see encode.h. The base64 forms are libsodium's, which reads them strictly.
 */
#include "identity/encode.h"

#include <assert.h>
#include <sodium.h>

#include "base/arena.h"

static struct str base64(struct arena *arena, struct str bytes, int variant)
{
    size_t room = sodium_base64_encoded_len(bytes.len, variant);
    char *out = ARENA_ARRAY(arena, char, room);
    sodium_bin2base64(out, room, (const unsigned char *)bytes.at, bytes.len, variant);
    return str_from(out);
}

struct str encode_base64(struct arena *arena, struct str bytes)
{
    return base64(arena, bytes, sodium_base64_VARIANT_ORIGINAL);
}

struct str encode_base64url(struct arena *arena, struct str bytes)
{
    return base64(arena, bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool encode_base64url_read(struct arena *arena, struct str text, struct str *bytes)
{
    size_t room = text.len / 4 * 3 + 3, len = 0;
    unsigned char *out = ARENA_ARRAY(arena, unsigned char, room);
    if (text.len > 0 && sodium_base642bin(out, room, text.at, text.len, NULL, &len, NULL,
                                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
        return false;
    }
    *bytes = (struct str){(const char *)out, len};
    return true;
}

static const char base32_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

struct str encode_base32(struct arena *arena, struct str bytes)
{
    struct text out = {.arena = arena};
    uint32_t bits = 0;
    int held = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        bits = bits << 8 | (unsigned char)bytes.at[i];
        held += 8;
        while (held >= 5) {
            held -= 5;
            text_add_char(&out, base32_digits[bits >> held & 31]);
        }
    }
    if (held > 0) {
        text_add_char(&out, base32_digits[bits << (5 - held) & 31]);
    }
    return text_str(&out);
}

bool encode_base32_read(struct arena *arena, struct str text, struct str *bytes)
{
    struct text out = {.arena = arena};
    uint32_t bits = 0;
    int held = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *digit = memchr(base32_digits, text.at[i], sizeof(base32_digits) - 1);
        if (!digit) {
            return false;
        }
        bits = bits << 5 | (uint32_t)(digit - base32_digits);
        held += 5;
        if (held >= 8) {
            held -= 8;
            text_add_char(&out, (char)(bits >> held & 255));
        }
    }
    /* What is left over is the padding of the last byte: shorter than a digit, and zero. */
    if (held >= 5 || (bits & ((1u << held) - 1)) != 0) {
        return false;
    }
    *bytes = text_str(&out);
    return true;
}

void encode_percent(struct text *out, struct str value)
{
    static const char unreserved[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (size_t i = 0; i < value.len; i++) {
        if (memchr(unreserved, value.at[i], sizeof(unreserved) - 1)) {
            text_add_char(out, value.at[i]);
        } else {
            text_addf(out, "%%%02X", (unsigned)(unsigned char)value.at[i]);
        }
    }
}

void encode_field(struct text *out, char separator, struct str name, struct str value)
{
    if (separator) {
        text_add_char(out, separator);
    }
    encode_percent(out, name);
    text_add_char(out, '=');
    encode_percent(out, value);
}
