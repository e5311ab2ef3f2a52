/*
 * screen/number_words_int.h - numbers that are written in words.
 *
 * Read first: draft_int.h. Two kinds: digit by digit ("oh seven double oh"), as telephone numbers
 * and codes are said, and whole numbers ("forty-one", "two thousand and eleven").
 */
#ifndef HANDRAIL_SCREEN_NUMBER_WORDS_INT_H
#define HANDRAIL_SCREEN_NUMBER_WORDS_INT_H

#include "screen/draft_int.h"

#define SCREEN_SAID_MAX 18 /* digits that are said one by one */

struct screen_said {
    char digits[SCREEN_SAID_MAX];
    size_t count;
    unsigned words;  /* how many of them were words and not figures */
    uint32_t last;   /* token */
};

/* Digits said from a token on: words, figures between them, "double", "hundred"; commas are
 * passed over. False when the first token is no digit. */
bool screen_said_read(const struct screen_draft *draft, uint32_t token, struct screen_said *said);

/* The letter or digit that a word says: "seven", "tango"; 0 when none. */
char screen_said_character(const struct screen_draft *draft, uint32_t token);

/* A whole number from 1 to 9999 in words, also a year as it is said ("nineteen eighty four"): the
 * last token in *last; 0 when there is none. */
unsigned screen_number_read(const struct screen_draft *draft, uint32_t token, uint32_t *last);

#endif
