/*
 * screen/word_tables_int.h - the tables that tools/screen_words.py makes of words/. Read: words.c.
 *
 * Keys stand in buckets of eight slots; of buckets there are a power of two. The search for a key
 * begins in bucket (key & count - 1). A bucket has a tag of eight bits for each slot, all in one
 * number, the first lowest: screen_word_tag() of the key, 0 where the slot is empty. So nearly all
 * that is not there is known by one look at a small table. A full bucket may go on in the next one.
 */
#ifndef HANDRAIL_SCREEN_WORD_TABLES_INT_H
#define HANDRAIL_SCREEN_WORD_TABLES_INT_H

#include "screen/word_classes.h"

#include <stdint.h>

#define SCREEN_BUCKET_SLOTS 8

struct screen_word_row { /* of a slot */
    uint32_t hash, set;  /* screen_hash() of the word; index into screen_class_sets */
};

struct screen_prefix_row {
    uint32_t hash, bytes, set; /* of the beginning of a word, which has this many bytes */
};

struct screen_phrase_row {
    uint32_t hash, second; /* of the first two words */
    uint32_t first;        /* the hashes of the others in screen_phrase_rest */
    uint16_t set;
    uint8_t more;    /* words behind the first */
    uint8_t is_last; /* the next row begins with two other words */
};

/* Where a count is 0 there is one row of zeros. */
extern const uint64_t screen_word_tags[];
extern const uint32_t screen_word_tags_count;
extern const struct screen_word_row screen_word_rows[]; /* by slot */
extern const uint32_t screen_word_rows_count;
extern const struct screen_prefix_row screen_prefix_rows[];
extern const uint32_t screen_prefix_rows_count;
extern const uint32_t screen_prefix_seconds[]; /* of a first letter: bits by the second letter */
extern const uint32_t screen_prefix_seconds_count; /* 32: low bits of letters */
extern const uint64_t screen_phrase_tags[]; /* key: screen_pair_hash() of the first two words */
extern const uint32_t screen_phrase_tags_count;
extern const uint32_t screen_phrase_places[]; /* by slot: the first row of the two words */
extern const uint32_t screen_phrase_places_count;
extern const struct screen_phrase_row screen_phrase_rows[];
extern const uint32_t screen_phrase_rows_count;
extern const uint32_t screen_phrase_rest[];
extern const uint32_t screen_phrase_rest_count;
extern const struct screen_classes screen_class_sets[]; /* the first is empty */
extern const uint32_t screen_class_sets_count;

static inline uint64_t screen_word_tag(uint32_t key)
{
    uint32_t tag = key >> 24;
    return tag + (tag == 0);
}

/* The slots of a bucket that have a tag, as the highest bit of their byte. The lowest is right;
 * above it others may be named that have not, so a key is compared as well. */
static inline uint64_t screen_tags_find(uint64_t tags, uint64_t tag)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t off = tags ^ tag * ones;
    return (off - ones) & ~off & ones << 7;
}

/* The set of a word, 0 for none. */
uint32_t screen_word_set(uint32_t hash);

#endif
