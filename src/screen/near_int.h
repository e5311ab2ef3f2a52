/*
 * screen/near_int.h - what stands near a word: signs, spaces, words of a class.
 *
 * Read first: draft_int.h, words_int.h. For detectors that know a thing by the words around it.
 *
 * What must hold: windows are counted in tokens and end at the draft; "before" is never the token
 * itself. Windows may cross the end of a sentence, since a stop after "no." ends one as well.
 */
#ifndef HANDRAIL_SCREEN_NEAR_INT_H
#define HANDRAIL_SCREEN_NEAR_INT_H

#include "screen/draft_int.h"
#include "screen/words_int.h"

#include <string.h>

#define SCREEN_NO_TOKEN UINT32_MAX

/* All classes of the tokens from `before` before to `after` behind a token, without itself. */
struct screen_classes screen_classes_near(const struct screen_draft *draft, uint32_t token,
                                          uint32_t before, uint32_t after);

/* The nearest token of a class, or SCREEN_NO_TOKEN. */
uint32_t screen_near_before(const struct screen_draft *draft, uint32_t token,
                            enum screen_word class, uint32_t window);
uint32_t screen_near_after(const struct screen_draft *draft, uint32_t token, enum screen_word class,
                           uint32_t window);

/* Whether one of a class stands so close before `first`, or so close behind `last`. */
bool screen_is_near(const struct screen_draft *draft, uint32_t first, uint32_t last,
                    enum screen_word class, uint32_t before, uint32_t after);

/* Whether there is such a token, and it is of the class, or is this sign. */
static inline bool screen_is_at(const struct screen_draft *draft, uint32_t token,
                                enum screen_word class)
{
    return token < draft->token_count && screen_word_is(&draft->tokens[token], class);
}

static inline bool screen_is_sign(const struct screen_draft *draft, uint32_t token, uint32_t sign)
{
    return token < draft->token_count && draft->tokens[token].kind == SCREEN_TOKEN_SIGN &&
           draft->tokens[token].sign == sign;
}

/* Whether there is such a token, no sign, and it reads so when folded. */
static inline bool screen_is_word(const struct screen_draft *draft, uint32_t token,
                                  struct str folded)
{
    return token < draft->token_count && draft->tokens[token].folded_bytes == folded.len &&
           draft->tokens[token].kind != SCREEN_TOKEN_SIGN &&
           memcmp(draft->folded.at + draft->tokens[token].folded, folded.at, folded.len) == 0;
}

/* Whether a token stands at once behind the one before it: no space, no hyphen, the same line. */
static inline bool screen_is_glued(const struct screen_draft *draft, uint32_t token)
{
    return token > 0 && token < draft->token_count &&
           draft->tokens[token].start == draft->tokens[token - 1].end;
}

/* "D.O.B.", "t.r.n.": whether letters with full stops between them begin at a token, or end at most
 * `window` tokens before it; `letters` are small. */
bool screen_is_dotted(const struct screen_draft *draft, uint32_t token, struct str letters);
bool screen_dotted_before(const struct screen_draft *draft, uint32_t token, struct str letters,
                          uint32_t window);

/* The bytes of a token as they stand in the draft. */
struct str screen_token_raw(const struct screen_draft *draft, uint32_t token);

/* Whether a word that need not stand in the draft belongs to a class; `word` is folded. */
bool screen_word_has(struct str word, enum screen_word class);

#endif
