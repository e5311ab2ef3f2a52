/*
 * screen/fold.c - looks characters up in the tables of tools/screen_unicode.py.
 *
 * Read first: fold.h. Start at: screen_fold_whole.
 */
#include "screen/fold.h"

#include <assert.h>
#include <stddef.h>

#include "base/utf8.h"
#include "screen/unicode_tables.h"

static_assert(UNICODE_FOLDING_MAX <= SCREEN_FOLDED_MAX, "the longest folding has room");

/* Hangul syllables are taken apart by counting (Unicode Standard, 3.12). */
#define HANGUL_FIRST 0xAC00u
#define HANGUL_LAST 0xD7A3u
#define HANGUL_LEAD 0x1100u
#define HANGUL_VOWEL 0x1161u
#define HANGUL_TAIL 0x11A7u
#define HANGUL_VOWELS 21u
#define HANGUL_TAILS 28u

/* Tags, selectors and what is kept free for their like: all ignorable, beyond the tables. */
#define IGNORABLE_FIRST 0xE0000u
#define IGNORABLE_LAST 0xE0FFFu

struct str screen_unicode_version(void)
{
    return STR(UNICODE_VERSION);
}

static unsigned kind_bits(uint32_t code_point)
{
    if (code_point < UNICODE_END) {
        uint32_t block = unicode_kind_blocks[code_point >> UNICODE_KIND_SHIFT];
        uint32_t within = code_point & ((1u << UNICODE_KIND_SHIFT) - 1);
        return unicode_kinds[block << UNICODE_KIND_SHIFT | within];
    }
    bool is_ignorable = code_point >= IGNORABLE_FIRST && code_point <= IGNORABLE_LAST;
    return is_ignorable ? SCREEN_CHAR_NOTHING : SCREEN_CHAR_SIGN;
}

enum screen_char screen_char_kind(uint32_t code_point)
{
    return (enum screen_char)(kind_bits(code_point) & (UNICODE_CAPITAL - 1));
}

bool screen_char_is_capital(uint32_t code_point)
{
    return kind_bits(code_point) & UNICODE_CAPITAL;
}

static void fold_hangul(uint32_t code_point, struct screen_folded *out)
{
    uint32_t index = code_point - HANGUL_FIRST;
    out->at[0] = HANGUL_LEAD + index / (HANGUL_VOWELS * HANGUL_TAILS);
    out->at[1] = HANGUL_VOWEL + index % (HANGUL_VOWELS * HANGUL_TAILS) / HANGUL_TAILS;
    out->at[2] = HANGUL_TAIL + index % HANGUL_TAILS;
    out->count = index % HANGUL_TAILS ? 3 : 2;
}

/* The folding in the pool, or the empty text when it is the code point itself. */
static struct str pool_text(uint32_t code_point)
{
    if (code_point >= UNICODE_END) {
        return (struct str){0};
    }
    uint32_t block = unicode_fold_blocks[code_point >> UNICODE_FOLD_SHIFT];
    uint32_t within = code_point & ((1u << UNICODE_FOLD_SHIFT) - 1);
    uint32_t place = unicode_folds[block << UNICODE_FOLD_SHIFT | within];
    return (struct str){(const char *)&unicode_pool[place + 1], unicode_pool[place]};
}

void screen_fold_whole(uint32_t code_point, struct screen_folded *out)
{
    out->count = 0;
    if (screen_char_kind(code_point) == SCREEN_CHAR_NOTHING) {
        return;
    }
    if (code_point >= HANGUL_FIRST && code_point <= HANGUL_LAST) {
        fold_hangul(code_point, out);
        return;
    }
    struct str folding = pool_text(code_point);
    if (folding.len == 0) {
        out->at[0] = code_point;
        out->count = 1;
    }
    for (size_t at = 0; at < folding.len && out->count < SCREEN_FOLDED_MAX;) {
        size_t bytes = utf8_decode(folding, at, &out->at[out->count++]);
        assert(bytes > 0 && "the pool holds UTF-8");
        at += bytes;
    }
}

void screen_fold(uint32_t code_point, struct screen_folded *out)
{
    screen_fold_whole(code_point, out);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->count; i++) {
        if (screen_char_kind(out->at[i]) != SCREEN_CHAR_MARK) {
            out->at[kept++] = out->at[i];
        }
    }
    out->count = kept;
}

static char table_look_alike(uint32_t code_point)
{
    size_t low = 0;
    size_t high = UNICODE_LOOK_ALIKES;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t entry = unicode_look_alikes[middle];
        if (entry >> 8 == code_point) {
            return (char)(entry & 0xFF);
        }
        if (entry >> 8 < code_point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 0;
}

char screen_look_alike(uint32_t code_point)
{
    if (code_point < 0x80) {
        return 0;
    }
    char alike = table_look_alike(code_point);
    struct screen_folded folded;
    screen_fold(code_point, &folded);
    if (alike || folded.count != 1) {
        return alike;
    }
    uint32_t single = folded.at[0];
    bool is_ascii_word = (single >= 'a' && single <= 'z') || (single >= '0' && single <= '9');
    return is_ascii_word ? (char)single : table_look_alike(single);
}
