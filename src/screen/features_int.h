/*
 * screen/features_int.h - what the model sees of a draft: hashed features of words and their
 * letters.
 *
 * Read first: draft_int.h. model.c scores with these features and tools/train_screen.c learns with
 * them; both come here, so that what is used is what was learnt. Start at screen_feature_next().
 *
 *   item     a token that takes part: a word, number, address, hashtag or emoji, but no punctuation
 *   word     what stands for an item: the hash of its plain text without a possessive ending. All
 *            numbers are one word, and so are all addresses and all handles
 *   group    a word that names people by a protected characteristic ("women", "Muslims", "deaf").
 *            All of these are one word, SCREEN_ITEM_GROUP, and their letters are not looked at:
 *            what is said of one group scores as the same said of any other
 *   key      32 bits that stand for a feature. Of an item there is its word, and the runs of 3 and
 *            4 letters in it, "^" and "$" at its ends; then the pairs that it ends: with the item
 *            before it, with the one before that, and with a group anywhere in its sentence
 *
 * What must hold: keys do not depend on the machine, nor on anything but the sentence and the set
 * of groups. A change here is a new version of the model (SCREEN_MODEL_VERSION).
 */
#ifndef HANDRAIL_SCREEN_FEATURES_INT_H
#define HANDRAIL_SCREEN_FEATURES_INT_H

#include "screen/draft_int.h"

#include <stdbool.h>
#include <stdint.h>

/* Letters of a word that are looked at; what lies beyond is not. */
#define SCREEN_LETTERS_MAX 24
/* Keys of one item: its word, runs of two lengths over the letters with both ends, pairs. */
#define SCREEN_KEYS_MAX (1 + 2 * (SCREEN_LETTERS_MAX + 1) + 3)

/* Words that are no hashes of a text. */
enum screen_item_word {
    SCREEN_ITEM_NONE, /* of a token that takes no part */
    SCREEN_ITEM_GROUP,
    SCREEN_ITEM_NUMBER,
    SCREEN_ITEM_ADDRESS,
    SCREEN_ITEM_HANDLE,
    SCREEN_ITEM_COUNT
};

/* Keys that are made of two words. */
enum screen_pair {
    SCREEN_PAIR_NEXT,   /* left stands before right */
    SCREEN_PAIR_SKIP,   /* left, any item, right */
    SCREEN_PAIR_GROUP,  /* right stands in a sentence with a group; left is SCREEN_ITEM_GROUP */
    SCREEN_PAIR_AROUND, /* right stands near the item whose blame is asked; left is 0 */
    SCREEN_PAIR_COUNT
};

/* Hashes in rising order. */
struct screen_hashes {
    const uint32_t *at; /* borrowed */
    uint32_t count;
};

bool screen_hashes_have(const struct screen_hashes *hashes, uint32_t hash);

/* A bit for each of the low twelve of a hash: most words are in no set, and this tells it at
 * once. */
struct screen_sieve {
    uint64_t bits[64];
};

/* Words that the model treats apart. Made by screen_feature_sets(). */
struct screen_feature_sets {
    struct screen_sieve sieve;   /* of both */
    struct screen_hashes groups; /* see above */
    struct screen_hashes people; /* "people": takes no part behind a group, nor do more groups */
};

struct screen_feature_item {
    uint32_t token, word;
    uint32_t own; /* the first `own` keys are of the item by itself, the others are pairs */
    uint32_t count;
    uint32_t keys[SCREEN_KEYS_MAX];
};

/* A walk over the items of one sentence. */
struct screen_feature_walk {
    const struct screen_draft *draft;
    const uint32_t *words; /* of all tokens of the draft: screen_feature_words() */
    uint32_t next, end;    /* tokens */
    uint32_t last, before_last; /* words of the two items before */
    bool has_group;
};

struct screen_feature_sets screen_feature_sets(struct screen_hashes groups,
                                               struct screen_hashes people);

/* The words of the tokens of a sentence, each at the place of its token. */
void screen_feature_sentence(const struct screen_draft *draft,
                             const struct screen_feature_sets *sets, uint32_t sentence,
                             uint32_t *words);

/* The word of each token, in the arena. */
const uint32_t *screen_feature_words(struct arena *arena, const struct screen_draft *draft,
                                     const struct screen_feature_sets *sets);

struct screen_feature_walk screen_feature_walk(const struct screen_draft *draft,
                                               const uint32_t *words, uint32_t first, uint32_t end);

/* The item of a token that takes part, with its own keys alone. */
void screen_feature_own(const struct screen_draft *draft, const uint32_t *words, uint32_t token,
                        struct screen_feature_item *item);

/* The next item, or false at the end. */
bool screen_feature_next(struct screen_feature_walk *walk, struct screen_feature_item *item);

/* The keys of all items of the first `end` tokens as if they were one sentence, but for the runs of
 * their letters: SCREEN_WORD_KEYS_MAX a token at most. Answers how many. */
#define SCREEN_WORD_KEYS_MAX 4
uint32_t screen_feature_words_keys(const struct screen_draft *draft, const uint32_t *words,
                                   uint32_t end, uint32_t *keys);

static inline uint32_t screen_pair_key(enum screen_pair kind, uint32_t left, uint32_t right)
{
    uint64_t both = ((uint64_t)left << 32 | right) + ((uint64_t)kind + 1) * 0x9E3779B97F4A7C15u;
    both = (both ^ both >> 32) * 0xD6E8FEB86659FD93u;
    both = (both ^ both >> 32) * 0xD6E8FEB86659FD93u;
    return (uint32_t)(both >> 32);
}

#endif
