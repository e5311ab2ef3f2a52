/*
 * screen/tone_int.h - a learnt score: how much a draft sounds like one that runs somebody of a
 * school down: in irony, in a denial that is none, in a quotation that the writer takes up.
 *
 * Read first: speech_int.h, features_int.h. speech_irony.c asks it; tools/train_drafts.c learns it
 * with the same keys. docs/model-card.md says from what, and how well it does.
 *
 *   symbol   what stands for a token: whom it stands for, else a class of its word ("praise",
 *            "not"), else its sign, else nothing. Turns of phrase carry over by their symbols
 *   key      32 bits: the words and pairs of features_int.h; words and symbols in twos and
 *            threes; pairs of symbols close by; the classes of the draft; its shape
 *
 * The weights stand in the model's file, which also knows the words that name a group: model.c.
 *
 * What must hold: whole numbers alone, so that it comes out the same on every machine; the score
 * never makes a finding without somebody of a school of whom it is said.
 */
#ifndef HANDRAIL_SCREEN_TONE_INT_H
#define HANDRAIL_SCREEN_TONE_INT_H

#include "screen/model_int.h"
#include "screen/speech_int.h"

/* So many tokens of a draft are looked at, and so many keys at most come of them. */
#define TONE_TOKENS_MAX 120
#define TONE_KEYS_MAX (TONE_TOKENS_MAX * 16 + 256)

/* The keys of a draft; answers how many of the TONE_KEYS_MAX are used. */
uint32_t speech_tone_keys(const struct speech *speech, uint32_t *keys);

/* How much a draft runs down, in SCREEN_WHOLE_ONE parts of a logarithm of odds; SCREEN_WHOLE_NONE
 * without a model. */
int32_t speech_tone(const struct speech *speech);

#endif
