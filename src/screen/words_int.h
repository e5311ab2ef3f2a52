/*
 * screen/words_int.h - which words and phrases belong to which class.
 *
 * The files of words/ hold them: a line "[class-name]" and below it words and phrases, one a line
 * or divided by commas, lower case, "#" begins a comment. tools/screen_words.py makes tables of
 * them when building: word_classes.h with an enumeration of the classes (SCREEN_WORD_CLASS_NAME for
 * [class-name]) and word_tables.c. A class may stand in several files. Words may end in "*": then
 * they stand for all words that begin so (at least four letters before it).
 *
 * What must hold: no slur stands in words/ (docs/model-card.md says how the model knows them).
 */
#ifndef HANDRAIL_SCREEN_WORDS_INT_H
#define HANDRAIL_SCREEN_WORDS_INT_H

#include "screen/draft_int.h"

/* Sets token.classes for all tokens: words alone, words by their stem, and phrases; and the classes
 * of the whole draft, of which a detector asks first whether there is anything for it to do. */
void screen_words_mark(struct screen_draft *draft);

/* Whether a token belongs to a class. */
static inline bool screen_word_is(const struct screen_token *token, enum screen_word class)
{
    return token->classes.bits[class / 64] >> (class % 64) & 1;
}

/* Whether any token of the draft does. */
static inline bool screen_draft_has_word(const struct screen_draft *draft, enum screen_word class)
{
    return draft->classes.bits[class / 64] >> (class % 64) & 1;
}

#endif
