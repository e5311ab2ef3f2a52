/*
 * base/utf8.c - decoding, encoding and measuring UTF-8.
 *
 * Read first: base/utf8.h. Start at: utf8_decode, which all others use.
 */
#include "base/utf8.h"

/* Table 3-7 of the Unicode Standard: the first byte says how many follow and bounds the second. */
struct lead {
    unsigned char first, last;            /* range of the first byte */
    unsigned char second_min, second_max; /* range of the second byte, if any */
    unsigned char bytes;                  /* of the whole code point */
    unsigned char mask;                   /* bits of the first byte that count */
};

static const struct lead leads[] = {
    {0x00, 0x7F, 0x00, 0x00, 1, 0x7F}, {0xC2, 0xDF, 0x80, 0xBF, 2, 0x1F},
    {0xE0, 0xE0, 0xA0, 0xBF, 3, 0x0F}, {0xE1, 0xEC, 0x80, 0xBF, 3, 0x0F},
    {0xED, 0xED, 0x80, 0x9F, 3, 0x0F}, {0xEE, 0xEF, 0x80, 0xBF, 3, 0x0F},
    {0xF0, 0xF0, 0x90, 0xBF, 4, 0x07}, {0xF1, 0xF3, 0x80, 0xBF, 4, 0x07},
    {0xF4, 0xF4, 0x80, 0x8F, 4, 0x07},
};

static const struct lead *lead_of(unsigned char first)
{
    for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
        if (first >= leads[i].first && first <= leads[i].last) {
            return &leads[i];
        }
    }
    return NULL;
}

size_t utf8_decode(struct str s, size_t at, uint32_t *code_point)
{
    *code_point = UTF8_REPLACEMENT;
    if (at >= s.len) {
        return 0;
    }
    const struct lead *lead = lead_of((unsigned char)s.at[at]);
    if (!lead || s.len - at < lead->bytes) {
        return 0;
    }
    uint32_t value = (unsigned char)s.at[at] & lead->mask;
    for (size_t i = 1; i < lead->bytes; i++) {
        unsigned char next = (unsigned char)s.at[at + i];
        unsigned char min = i == 1 ? lead->second_min : 0x80;
        unsigned char max = i == 1 ? lead->second_max : 0xBF;
        if (next < min || next > max) {
            return 0;
        }
        value = value << 6 | (next & 0x3Fu);
    }
    *code_point = value;
    return lead->bytes;
}

size_t utf8_encode(uint32_t code_point, char out[UTF8_BYTES_MAX])
{
    static const unsigned char marks[] = {0, 0x00, 0xC0, 0xE0, 0xF0};
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        return 0;
    }
    size_t bytes = code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = bytes - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    out[0] = (char)(marks[bytes] | code_point);
    return bytes;
}

bool utf8_valid(struct str s)
{
    size_t at = 0;
    while (at < s.len) {
        uint32_t code_point;
        size_t bytes = utf8_decode(s, at, &code_point);
        if (bytes == 0) {
            return false;
        }
        at += bytes;
    }
    return true;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.len; count++) {
        uint32_t code_point;
        size_t bytes = utf8_decode(s, at, &code_point);
        at += bytes ? bytes : 1;
    }
    return count;
}

struct width {
    uint32_t first, last;
    size_t columns;
};

/* In order. What is not here takes one column. */
static const struct width widths[] = {
    {0x0000, 0x001F, 0},   {0x007F, 0x009F, 0},   {0x00AD, 0x00AD, 0},   {0x0300, 0x036F, 0},
    {0x0483, 0x0489, 0},   {0x0591, 0x05BD, 0},   {0x0610, 0x061A, 0},   {0x064B, 0x065F, 0},
    {0x093C, 0x093C, 0},   {0x0941, 0x0948, 0},   {0x094D, 0x094D, 0},   {0x0E31, 0x0E31, 0},
    {0x0E34, 0x0E3A, 0},   {0x1100, 0x115F, 2},   {0x1AB0, 0x1AFF, 0},   {0x1DC0, 0x1DFF, 0},
    {0x200B, 0x200F, 0},   {0x202A, 0x202E, 0},   {0x2060, 0x2064, 0},   {0x20D0, 0x20FF, 0},
    {0x231A, 0x231B, 2},   {0x23E9, 0x23EC, 2},   {0x2614, 0x2615, 2},   {0x2648, 0x2653, 2},
    {0x26A1, 0x26A1, 2},   {0x26BD, 0x26BE, 2},   {0x2705, 0x2705, 2},   {0x274C, 0x274C, 2},
    {0x2753, 0x2755, 2},   {0x2E80, 0x303E, 2},   {0x3041, 0xA4CF, 2},   {0xA960, 0xA97F, 2},
    {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE20, 0xFE2F, 0},
    {0xFE30, 0xFE6F, 2},   {0xFEFF, 0xFEFF, 0},   {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},
    {0x1F1E6, 0x1F1FF, 1}, {0x1F300, 0x1F64F, 2}, {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1F9FF, 2},
    {0x1FA70, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2}, {0xE0001, 0xE01EF, 0},
};

static size_t columns_of(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
        if (code_point >= widths[i].first && code_point <= widths[i].last) {
            return widths[i].columns;
        }
    }
    return 1;
}

size_t utf8_columns(struct str s)
{
    size_t columns = 0;
    size_t at = 0;
    while (at < s.len) {
        uint32_t code_point;
        size_t bytes = utf8_decode(s, at, &code_point);
        columns += code_point >= ' ' && code_point < 0x7F ? 1 : columns_of(code_point);
        at += bytes ? bytes : 1;
    }
    return columns;
}
