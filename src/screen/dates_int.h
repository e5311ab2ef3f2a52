/*
 * screen/dates_int.h - dates of a day as people write them.
 *
 * Read first: draft_int.h. "3rd of March 2011", "March 3", "03/03/11", "2011-03-03", "4 May".
 *
 * What must hold: a day of 1 to 31 and a month of 1 to 12; a year may be missing (0).
 */
#ifndef HANDRAIL_SCREEN_DATES_INT_H
#define HANDRAIL_SCREEN_DATES_INT_H

#include "screen/draft_int.h"

struct screen_date {
    uint32_t last; /* the last token */
    unsigned day, month;
    unsigned year;     /* of four digits; 0: none */
    bool has_word;     /* the month is a word: hardly anything else */
    bool has_signs;    /* numbers with signs between them */
};

/* The date that begins with a token; false when none does. */
bool screen_date_read(const struct screen_draft *draft, uint32_t token, struct screen_date *date);

/* The same for digits alone: "030311", "03032011". For places where a date is expected. */
bool screen_date_digits(struct str digits, struct screen_date *date);

#endif
