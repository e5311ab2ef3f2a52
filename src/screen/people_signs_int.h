/*
 * screen/people_signs_int.h - what people_before.c, people_behind.c and people_row.c share.
 *
 * Read first: people_int.h.
 */
#ifndef HANDRAIL_SCREEN_PEOPLE_SIGNS_INT_H
#define HANDRAIL_SCREEN_PEOPLE_SIGNS_INT_H

#include "screen/people_int.h"

/* Tokens to either side of a mention that are looked at. */
#define PEOPLE_WINDOW 5
/* Names of one row: "Kofi, Will, Rose and Grace". */
#define PEOPLE_ROW_MAX 4

/* Whether the word at a place is this one, in plain letters. */
bool people_is_text(const struct people *people, int64_t at, struct str word);
bool people_is_any(const struct people *people, int64_t at, const struct str *words, size_t count);
#define PEOPLE_IS_ANY(people, at, words)                                                           \
    people_is_any((people), (at), (words), sizeof(words) / sizeof *(words))

/* "my", "our" */
bool people_is_ours(const struct people *people, int64_t at);
/* A sign or word that stands between names of a row: a comma, "and". */
bool people_is_joint(const struct people *people, int64_t at);
/* "Year 9", "9B", "my form" at a place. */
bool people_is_class_at(const struct people *people, int64_t at);

void people_before_read(const struct people *people, const struct people_mention *mention,
                        struct people_signs *signs);
void people_behind_read(const struct people *people, const struct people_mention *mention,
                        struct people_signs *signs);
void people_row_read(const struct people *people, const struct people_mention *mention,
                     struct people_signs *signs);

#endif
