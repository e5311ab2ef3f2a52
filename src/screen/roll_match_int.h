/*
 * screen/roll_match_int.h - the people of a roll as a draft is compared with them.
 *
 * Read first: roll_int.h, draft_int.h. Made once, when a roll is read (roll_match.c); a look-up
 * then
 * takes the same time for ten people and for ten thousand.
 *
 * A name is known by the hash of its plain letters run together: "Al-Rashid", "al rashid" and
 * "alrashid" are one, and so are "O'Rourke" and "ORourke". For each person stand here
 *   names    first name (and first with middle name), known-as, short and other forms of them
 *            (words/nicknames.txt), surname and parts of it; with ü as ue and the like as well
 *   pairs    each of the former with each of the latter
 *   initials first letters of first name and surname
 *   near     names of five letters and more without one letter, of eight and more without two: what
 *            is misspelt has one of these in common with what is right
 *
 * What must hold: rows and forms come in the order of the roll; a hash that two names share by
 * chance
 * (one look-up in 50,000 on the largest roll) is told apart for pairs by whoever needs to know.
 */
#ifndef HANDRAIL_SCREEN_ROLL_MATCH_INT_H
#define HANDRAIL_SCREEN_ROLL_MATCH_INT_H

#include "screen/draft_int.h"
#include "screen/roll_int.h"
#include "screen/roll_rows_int.h"

enum name_form {
    NAME_GIVEN,        /* first name; first and middle name together */
    NAME_KNOWN,        /* known-as */
    NAME_SHORT,        /* "Bill" of William, "William" of Bill, "Mohamed" of Mohammed */
    NAME_SURNAME,      /* the whole */
    NAME_SURNAME_PART, /* "Lane" of Mensah-Lane */
    NAME_BEGINS,       /* the first word of a name of several words: "anne" of Anne-Marie */
    NAME_TOGETHER,     /* all in one word, as in handles: "zofianowak" */
    NAME_FORM_COUNT
};

#define NAME_FORM_BITS 3

/* Bearers of a name: each a row and a form. */
struct name_hits {
    const uint32_t *items; /* see name_row(), name_form() */
    uint32_t count;
    unsigned uses; /* NAME_USE() of each form that occurs */
};

#define NAME_USE(form) (1u << (form))
#define NAME_USE_FIRST (NAME_USE(NAME_GIVEN) | NAME_USE(NAME_KNOWN) | NAME_USE(NAME_SHORT))
#define NAME_USE_LAST (NAME_USE(NAME_SURNAME) | NAME_USE(NAME_SURNAME_PART))

static inline uint32_t name_row(uint32_t item)
{
    return item >> NAME_FORM_BITS;
}

static inline enum name_form name_form(uint32_t item)
{
    return (enum name_form)(item & ((1u << NAME_FORM_BITS) - 1));
}

/* What a draft says of itself that tells people of one name apart. */
struct roll_place {
    uint32_t class_hash; /* screen_hash() of "9b"; 0: none */
    uint8_t year;        /* 1 to 14, 0 for Reception; ROLL_NO_YEAR */
    char given, surname; /* first letters, plain; 0 where there is none */
};

#define ROLL_NO_YEAR 255u

struct name_bits { /* which hashes may be there: a bit for the top bits of each */
    const uint64_t *bits;
    uint32_t shift; /* a hash is brought to its bit by this; 32: nothing is there */
};

struct screen_roll_index {
    struct name_bits seen;
    struct roll_table names;  /* place: of the first of its items; one row more stands behind */
    const uint8_t *name_uses; /* of each name: NAME_USE() of its forms */
    const uint32_t *items;
    struct roll_table pairs;      /* place: a row of the roll */
    struct roll_table near;       /* place: a word in near_words */
    const struct str *near_words; /* plain */
    struct roll_place *places;    /* for each row of the roll */
    const uint32_t *classes;      /* hashes of all names of classes, sorted */
    uint32_t class_count;
    struct { /* by first letters */
        uint32_t row, count;
    } initials[26][26];
};

const struct screen_roll_index *roll_index_make(struct arena *arena, const struct screen_roll *roll,
                                                const uint8_t *surname_places);

/* False where nobody has a name of this hash, by one look at a small table. */
static inline bool roll_name_may_be(const struct screen_roll_index *index, uint32_t hash)
{
    uint32_t bit = hash >> index->seen.shift;
    return index->seen.bits[bit / 64] >> (bit % 64) & 1;
}

/* Everybody who has a name of this hash; count is 0 for nobody. */
struct name_hits roll_name_find(const struct screen_roll_index *index, uint32_t hash);

/* Everybody with both names: *row is the first of them. Answers how many, of very many a part. */
uint32_t roll_pair_find(const struct screen_roll_index *index, uint32_t given, uint32_t surname,
                        uint32_t *row);

/* The names that a word may be a slip of (two slips at most where `slips` is 2), nearest first, as
 * hashes. Answers how many. */
#define ROLL_NEAR_MAX 6
uint32_t roll_near_find(const struct screen_roll_index *index, struct str plain, size_t slips,
                        uint32_t found[ROLL_NEAR_MAX]);

/* Whether a class has this name. */
bool roll_class_is(const struct screen_roll_index *index, uint32_t hash);

/* roll_near.c: fills index->near and near_words from words (plain, each once). */
void roll_near_make(struct arena *arena, struct arena *scratch, struct screen_roll_index *index,
                    const struct str *words, uint32_t count);

#endif
