/*
 * screen/meant_int.h - a learnt score: whether a draft means the insult that stands in it, or the
 * praise.
 *
 * Read first: speech_int.h, features_int.h. speech_meant.c asks it, of drafts that the rules leave
 * in doubt; tools/train_drafts.c learns it with the same keys. docs/model-card.md says from what,
 * and how well it does.
 *
 * It sees more of a draft than the score of tone (tone_int.h), and costs more: runs of letters, and
 * what stands around each insult. A key is 32 bits:
 *
 *   item      a word with its letters and pairs, as the model has them
 *   turn      words, or the symbols that stand for them, in twos and threes; symbols close by
 *   outside   the words outside of quotation marks, where there are any
 *   place     the words of the first sentence of several, and of the last
 *   verdict   of each insult: whether the rules take it for said, whose words, how, of whom
 *   around    of each insult: the words before and behind, and how far off; those of the sentence
 *             that follows
 *   shape     number and length of sentences, channel, signs
 *
 * The weights stand in the model's file, which also knows the words that name a group: model.c.
 *
 * What must hold: whole numbers alone, so that it comes out the same on every machine; what an
 * insult is and of whom it is said, the rules alone tell.
 */
#ifndef HANDRAIL_SCREEN_MEANT_INT_H
#define HANDRAIL_SCREEN_MEANT_INT_H

#include "screen/features_int.h"
#include "screen/speech_int.h"

/* So many tokens of a draft are looked at, so many insults, and so many keys at most come of
 * them: of a token besides those of its item, and of a draft besides those of its tokens. */
#define MEANT_TOKENS_MAX 120
#define MEANT_INSULTS_MAX 6
#define MEANT_TOKEN_KEYS 16
#define MEANT_OTHER_KEYS 1024
#define MEANT_KEYS_MAX (MEANT_TOKENS_MAX * (SCREEN_KEYS_MAX + MEANT_TOKEN_KEYS) + MEANT_OTHER_KEYS)

/* How many keys a draft has at most, MEANT_KEYS_MAX or fewer: a short one wants little memory. */
uint32_t speech_meant_keys_max(const struct speech *speech);

/* The keys of a draft; answers how many. `keys` has room for speech_meant_keys_max(). */
uint32_t speech_meant_keys(const struct speech *speech, uint32_t *keys);

#endif
