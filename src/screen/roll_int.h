/*
 * screen/roll_int.h - what a roll is made of. Read first: roll.h.
 *
 * roll.c reads people out of a file (base/csv.h), roll_head.c knows the names of columns,
 * roll_match.c and roll_near.c make what a draft is compared with (roll_match_int.h).
 */
#ifndef HANDRAIL_SCREEN_ROLL_INT_H
#define HANDRAIL_SCREEN_ROLL_INT_H

#include "base/csv.h"
#include "screen/roll.h"

struct screen_roll_index; /* roll_match.c */

struct screen_roll {
    struct screen_person *people;
    uint32_t count;
    const struct screen_roll_index *index; /* never NULL */
};

enum roll_column {
    ROLL_KIND,
    ROLL_NAME,
    ROLL_FORENAME,
    ROLL_MIDDLE,
    ROLL_SURNAME,
    ROLL_KNOWN_AS,
    ROLL_SCHOOL,
    ROLL_YEAR,
    ROLL_CLASS,
    ROLL_ROLE,
    ROLL_PHOTO,
    ROLL_COLUMN_COUNT
};

#define ROLL_NO_CELL UINT32_MAX

struct roll_head {
    uint32_t cell[ROLL_COLUMN_COUNT]; /* which cell of a line, or ROLL_NO_CELL */
    uint32_t cells;                   /* of the head line */
    enum screen_person_kind kind;     /* of everybody, where there is no column for it */
};

/* The columns of a head line. False, with an error, when it is the head of no roll. */
bool roll_head_read(const struct csv *csv, struct str file, struct diag_list *diags,
                    struct roll_head *head);

/* What a cell says, in the words of offices; the COUNT of the enumeration where it is none. */
enum screen_person_kind roll_kind_of(struct str cell);
enum screen_photo_consent roll_photo_of(struct str cell);

#endif
