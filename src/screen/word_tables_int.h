/*
 * screen/word_tables_int.h - the tables that tools/screen_words.py makes of words/. Read: words.c.
 *
 * A table of slots has a power of two of them: the search for a key begins at (key & count - 1) and
 * goes on to the next slot until it is found or a slot is 0; else a slot is 1 + the place of a row.
 */
#ifndef HANDRAIL_SCREEN_WORD_TABLES_INT_H
#define HANDRAIL_SCREEN_WORD_TABLES_INT_H

#include "screen/word_classes.h"

#include <stdint.h>

struct screen_word_row {
    uint32_t hash, set; /* screen_hash() of the word; index into screen_class_sets */
};

struct screen_prefix_row {
    uint32_t hash, bytes, set; /* of the beginning of a word, which has this many bytes */
};

struct screen_phrase_row {
    uint32_t hash;        /* of the first word */
    uint32_t first, more; /* the hashes of the others in screen_phrase_rest */
    uint32_t set;
    uint32_t is_last;     /* the next row begins with two other words */
};

/* Where a count is 0 there is one row of zeros. */
extern const struct screen_word_row screen_word_rows[];
extern const uint32_t screen_word_rows_count;
extern const uint32_t screen_word_slots[];
extern const uint32_t screen_word_slots_count;
extern const struct screen_prefix_row screen_prefix_rows[];
extern const uint32_t screen_prefix_rows_count;
extern const uint32_t screen_prefix_slots[];
extern const uint32_t screen_prefix_slots_count;
extern const uint32_t screen_prefix_lengths[]; /* in bytes, each once, the shortest first */
extern const uint32_t screen_prefix_lengths_count;
extern const struct screen_phrase_row screen_phrase_rows[];
extern const uint32_t screen_phrase_rows_count;
extern const uint32_t screen_phrase_rest[];
extern const uint32_t screen_phrase_rest_count;
extern const uint32_t screen_phrase_slots[]; /* key: screen_pair_hash() of the first two words */
extern const uint32_t screen_phrase_slots_count;
extern const struct screen_classes screen_class_sets[];
extern const uint32_t screen_class_sets_count;

#endif
