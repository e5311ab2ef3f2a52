/*
 * screen/people_find_int.h - what people_find.c, people_title.c and people_alone.c share.
 *
 * Read first: people_int.h, roll_match_int.h.
 */
#ifndef HANDRAIL_SCREEN_PEOPLE_FIND_INT_H
#define HANDRAIL_SCREEN_PEOPLE_FIND_INT_H

#include "screen/people_int.h"

/* Words of one name: "van der Berg", "Anne-Marie". */
#define PEOPLE_NAME_WORDS_MAX 3
#define PEOPLE_NAME_BYTES_MAX 64

/* ---- people_find.c --------------------------------------------------------------------------- */

/* Adds the letters of a token, without apostrophes; of the last one without its possessive end. */
size_t people_letters_add(const struct people *people, uint32_t at, bool is_last,
                          char out[PEOPLE_NAME_BYTES_MAX], size_t length);
/* The names that begin at a token; behind a first name several words are tried as one. */
uint32_t people_names_read(const struct people *people, uint32_t at, bool is_after_first,
                           struct people_name found[PEOPLE_NAMES_MAX]);
/* The names that words, taken together, may be a slip of. */
uint32_t people_near_at(const struct people *people, uint32_t at, uint32_t last, size_t slips,
                        uint32_t found[ROLL_NEAR_MAX]);
/* The last of words that hyphens hold together. */
uint32_t people_hyphens_end(const struct people *people, uint32_t at);
bool people_is_possessive_at(const struct people *people, uint32_t at);
/* A word with a capital, or any where no capitals are used. */
bool people_may_be_name(const struct people *people, const struct screen_token *token);

/* A mention of one row, and one of whoever has a name. */
void people_mention_row(struct people_mention *mention, enum people_form form, uint32_t first,
                        uint32_t last, uint32_t hash, uint32_t row);
void people_mention_hits(struct people_mention *mention, enum people_form form, uint32_t first,
                         const struct people_name *name, unsigned uses);

bool people_full_find(const struct people *people, uint32_t at, const struct people_name *given,
                      struct people_mention *mention);
bool people_surname_near_find(const struct people *people, uint32_t at,
                              const struct people_name *given, struct people_mention *mention);

/* ---- people_title.c -------------------------------------------------------------------------- */

bool people_title_find(const struct people *people, uint32_t at, struct people_mention *mention);
bool people_initials_find(const struct people *people, uint32_t at, struct people_mention *mention);
bool people_initial_surname_find(const struct people *people, uint32_t at,
                                 struct people_mention *mention);
bool people_first_initial_find(const struct people *people, uint32_t at,
                               const struct people_name *given, struct people_mention *mention);

/* ---- people_alone.c -------------------------------------------------------------------------- */

bool people_alone_find(const struct people_name *names, uint32_t count, uint32_t at,
                       struct people_mention *mention);
/* "bilals insulin": the apostrophe is left out. */
bool people_owner_find(const struct people *people, uint32_t at, struct people_mention *mention);
/* A name with a slip, alone: only where nothing else can be meant. */
bool people_alone_near_find(const struct people *people, uint32_t at,
                            struct people_mention *mention);
/* "@zofia.nowak", "#ZofiaNowak" */
bool people_together_find(const struct people *people, uint32_t at, struct people_mention *mention);

#endif
