/*
 * screen/tone_int.h - a learnt score: how much a draft sounds like one that runs somebody of a
 * school down: in irony, in a denial that is none, in a quotation that the writer takes up.
 *
 * Read first: speech_int.h, features_int.h. speech_irony.c asks it; tools/train_tone.c learns it
 * with the same keys. docs/model-card.md says from what, and how well it does.
 *
 *   symbol   what stands for a token: whom it stands for, else a class of its word ("praise",
 *            "not"), else its sign, else nothing. Turns of phrase carry over by their symbols
 *   key      32 bits: the words and pairs of features_int.h; words and symbols in twos and
 *            threes; pairs of symbols close by; the classes of the draft; its shape
 *
 * The file, little-endian: struct tone_head, int8_t weights[slots], uint16_t tags[slots], in rows
 * as in model.c. The value of a draft is the sum of the weights of its keys, divided by the root
 * of how many there are.
 *
 * What must hold: whole numbers alone, so that it comes out the same on every machine; the score
 * never makes a finding without somebody of a school of whom it is said.
 */
#ifndef HANDRAIL_SCREEN_TONE_INT_H
#define HANDRAIL_SCREEN_TONE_INT_H

#include "screen/features_int.h"
#include "screen/speech_int.h"

#define TONE_MAGIC "HRtone01"
#define TONE_ROW 4
/* So many tokens of a draft are looked at, and so many keys at most come of them. */
#define TONE_TOKENS_MAX 120
#define TONE_KEYS_MAX (TONE_TOKENS_MAX * 16 + 256)
/* Values are a draft's natural logarithm of odds times this. */
#define TONE_ONE 1024
/* There is no model. */
#define TONE_NONE INT32_MIN

struct tone_head {
    char magic[8];
    uint32_t slots; /* a power of two */
    int32_t bias;   /* in TONE_ONE parts */
    int32_t scale;  /* of a weight, in hundredths of TONE_ONE parts */
    uint32_t zero;
};

/* The keys of a draft; answers how many of the TONE_KEYS_MAX are used. */
uint32_t speech_tone_keys(const struct speech *speech, uint32_t *keys);

/* The root of a number, rounded down. */
uint32_t tone_root(uint32_t number);

/* How much a draft runs down, in TONE_ONE parts of a logarithm of odds. */
int32_t speech_tone(const struct speech *speech);

static inline uint32_t tone_row(uint32_t key, uint32_t slots)
{
    return (key & (slots / TONE_ROW - 1)) * TONE_ROW;
}

static inline uint16_t tone_tag(uint32_t key)
{
    return (uint16_t)(key >> 16 == 0 ? 1 : key >> 16);
}

#endif
