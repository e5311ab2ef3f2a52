/*
 * ledger/lines.c - lines, numbers and base64, strictly. Read first: ledger/lines_int.h.
 */
#include "ledger/lines_int.h"

#include <assert.h>
#include <sodium.h>

#include "base/arena.h"

#define EXACT_BYTES_MAX 64

bool lines_next(struct str *rest, struct str *line)
{
    struct str head, tail;
    if (!str_cut(*rest, '\n', &head, &tail)) {
        return false;
    }
    *line = head;
    *rest = tail;
    return true;
}

bool lines_number_read(struct str digits, uint64_t max, uint64_t *out)
{
    uint64_t number = 0;
    if (digits.len == 0 || (digits.len > 1 && digits.at[0] == '0')) {
        return false;
    }
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9') {
            return false;
        }
        uint64_t digit = (uint64_t)(digits.at[i] - '0');
        if (number > max / 10 || number * 10 > max - digit || digit > max) {
            return false;
        }
        number = number * 10 + digit;
    }
    *out = number;
    return true;
}

struct str lines_base64_write(struct arena *arena, const void *bytes, size_t count)
{
    size_t room = sodium_base64_ENCODED_LEN(count, sodium_base64_VARIANT_ORIGINAL);
    char *out = arena_alloc(arena, room);
    sodium_bin2base64(out, room, bytes, count, sodium_base64_VARIANT_ORIGINAL);
    return (struct str){out, room - 1};
}

/*
 * libsodium 1.0.18 takes some bytes above 0x7F for letters, so what was read counts only if it is
 * written the same. `again` has room for a zero byte more than the text.
 */
static bool decode(struct str text, unsigned char *out, size_t room, size_t *bytes, char *again)
{
    if (text.len % 4 != 0 || sodium_base642bin(out, room, text.at, text.len, NULL, bytes, NULL,
                                               sodium_base64_VARIANT_ORIGINAL) != 0) {
        return false;
    }
    size_t length = sodium_base64_ENCODED_LEN(*bytes, sodium_base64_VARIANT_ORIGINAL) - 1;
    if (length != text.len) {
        return false;
    }
    sodium_bin2base64(again, length + 1, out, *bytes, sodium_base64_VARIANT_ORIGINAL);
    return str_equal((struct str){again, length}, text);
}

bool lines_base64_read(struct arena *arena, struct str text, size_t bytes_max, struct str *out)
{
    size_t bytes = 0;
    if (text.len > (bytes_max + 2) / 3 * 4) {
        return false;
    }
    size_t room = text.len / 4 * 3;
    unsigned char *decoded = arena_alloc(arena, room);
    struct arena_mark mark = arena_mark(arena);
    bool is_good = decode(text, decoded, room, &bytes, arena_alloc(arena, text.len + 1));
    arena_rewind(arena, mark);
    if (!is_good || bytes > bytes_max) {
        return false;
    }
    *out = (struct str){(const char *)decoded, bytes};
    return true;
}

bool lines_base64_read_exactly(struct str text, unsigned char *out, size_t bytes)
{
    unsigned char decoded[EXACT_BYTES_MAX];
    char again[sodium_base64_ENCODED_LEN(EXACT_BYTES_MAX, sodium_base64_VARIANT_ORIGINAL)];
    size_t count = 0;
    assert(bytes <= EXACT_BYTES_MAX);
    bool is_good = decode(text, decoded, sizeof(decoded), &count, again) && count == bytes;
    if (is_good) {
        memcpy(out, decoded, bytes);
    }
    sodium_memzero(decoded, sizeof(decoded));
    sodium_memzero(again, sizeof(again));
    return is_good;
}

bool lines_is_space(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

uint64_t lines_big_endian_read(const char *at, size_t bytes)
{
    uint64_t number = 0;
    assert(bytes <= 8);
    for (size_t i = 0; i < bytes; i++) {
        number = number << 8 | (unsigned char)at[i];
    }
    return number;
}

void lines_big_endian_write(uint64_t number, unsigned char *out, size_t bytes)
{
    assert(bytes <= 8);
    for (size_t i = 0; i < bytes; i++) {
        out[i] = (unsigned char)(number >> (8 * (bytes - 1 - i)));
    }
}
