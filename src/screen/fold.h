/*
 * screen/fold.h - one character at a time: what it is, what it folds to, what it looks like.
 *
 * Folding is NFKC_Casefold (Unicode Standard, 3.13, D146 and UAX #44) and then the canonical
 * decomposition, so that "é" and "e" with an accent after it are the same. Tables are made of
 * Debian's package unicode-data by tools/screen_unicode.py when building.
 *
 * Read next: draft_int.h. What must hold
 * - Folding the characters of a text one by one, and then composing (NFC), gives NFKC_Casefold.
 * - Every mark whose place could change when a text is normalised is one that screen_fold() leaves
 *   out, so its answer does not depend on the order of marks. Vowel signs of Indian scripts are
 *   letters here: without them names would run together.
 */
#ifndef HANDRAIL_SCREEN_FOLD_H
#define HANDRAIL_SCREEN_FOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Of the tables: "15.0.0". */
struct str screen_unicode_version(void);

/* Code points that one folds to, at most: U+FDFA gives 18. */
#define SCREEN_FOLDED_MAX 18

enum screen_char { /* tools/screen_unicode.py has the same order */
    SCREEN_CHAR_SIGN,
    SCREEN_CHAR_SPACE, /* white space and controls */
    SCREEN_CHAR_LETTER,
    SCREEN_CHAR_DIGIT,
    SCREEN_CHAR_MARK,    /* a combining mark: belongs to the character before it */
    SCREEN_CHAR_NOTHING, /* default-ignorable: zero-width characters, the soft hyphen, selectors */
    SCREEN_CHAR_COUNT
};

struct screen_folded {
    uint32_t at[SCREEN_FOLDED_MAX];
    uint32_t count;
};

/* What a code point is, judged by what it folds to: "①" is a digit, "🅰" a letter. */
enum screen_char screen_char_kind(uint32_t code_point);
/* An upper or title case letter. */
bool screen_char_is_capital(uint32_t code_point);

/* NFKC_Casefold of one code point, decomposed, marks and all. No scalar value folds to itself. */
void screen_fold_whole(uint32_t code_point, struct screen_folded *out);
/* The same without marks: what folded text is made of. */
void screen_fold(uint32_t code_point, struct screen_folded *out);

/* The letter a-z or digit 0-9 that a character outside ASCII folds to, looks like, or has the value
 * of; 0 when there is none. What digits and signs of ASCII stand for is plain.c's to say. */
char screen_look_alike(uint32_t code_point);

#endif
