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

/* screen_bytes_fetch() of all tables of words. */
void screen_words_fetch(void);

/* ---- Classes --------------------------------------------------------------------------------- */

#define SCREEN_CLASS_PARTS (sizeof(struct screen_classes) / sizeof(uint64_t))

static inline bool screen_classes_have(const struct screen_classes *classes, enum screen_word class)
{
    return classes->bits[class / 64] >> (class % 64) & 1;
}

/* They must not be the same. */
static inline void screen_classes_add(struct screen_classes *restrict to,
                                      const struct screen_classes *restrict more)
{
#pragma GCC unroll 16
    for (size_t i = 0; i < SCREEN_CLASS_PARTS; i++) {
        to->bits[i] |= more->bits[i];
    }
}

static inline bool screen_classes_are_none(const struct screen_classes *classes)
{
    uint64_t any = 0;
#pragma GCC unroll 16
    for (size_t i = 0; i < SCREEN_CLASS_PARTS; i++) {
        any |= classes->bits[i];
    }
    return any == 0;
}

/* Classes in one, to ask for any of them at once. Of a list that is constant it is made when
 * compiling, and screen_classes_meet() reads those parts alone in which one of them stands: hence
 * the loops that are taken apart. */
__attribute__((always_inline)) static inline struct screen_classes
screen_classes_of(const enum screen_word *list, size_t count)
{
    struct screen_classes all = {0};
#pragma GCC unroll 64
    for (size_t i = 0; i < count; i++) {
        all.bits[list[i] / 64] |= (uint64_t)1 << list[i] % 64;
    }
    return all;
}
#define SCREEN_CLASSES_OF(list) screen_classes_of(list, sizeof(list) / sizeof *(list))

/* Whether two have any class in common. */
__attribute__((always_inline)) static inline bool
screen_classes_meet(const struct screen_classes *a, const struct screen_classes *b)
{
    uint64_t common = 0;
#pragma GCC unroll 16
    for (size_t i = 0; i < SCREEN_CLASS_PARTS; i++) {
        common |= a->bits[i] & b->bits[i];
    }
    return common != 0;
}

/* ---- Tokens, drafts -------------------------------------------------------------------------- */

/* Whether a token belongs to a class. */
static inline bool screen_word_is(const struct screen_token *token, enum screen_word class)
{
    return screen_classes_have(&token->classes, class);
}

/* Whether any token of the draft does. */
static inline bool screen_draft_has_word(const struct screen_draft *draft, enum screen_word class)
{
    return screen_classes_have(&draft->classes, class);
}

#endif
