/*
 * screen/described_int.h - people whom a draft makes known without a name.
 *
 * Read first: work_int.h. detect_described.c finds posts that one person holds ("our SENCO"),
 * described_family.c pupils and parents who stand out by several traits.
 *
 * What must hold: a group, or one trait that fits many, is nobody.
 */
#ifndef HANDRAIL_SCREEN_DESCRIBED_INT_H
#define HANDRAIL_SCREEN_DESCRIBED_INT_H

#include "screen/work_int.h"

/* Tokens to either side that are looked at. */
#define DESCRIBED_BEFORE_MAX 5
#define DESCRIBED_BEHIND_MAX 24

/* A token that may not be there: past either end it is NULL. */
static inline const struct screen_token *described_token(const struct screen_work *work, int64_t at)
{
    return at >= 0 && at < (int64_t)work->draft->token_count ? &work->draft->tokens[at] : NULL;
}

static inline bool described_is(const struct screen_work *work, int64_t at, enum screen_word class)
{
    const struct screen_token *token = described_token(work, at);
    return token != NULL && screen_word_is(token, class);
}

static inline bool described_is_text(const struct screen_work *work, int64_t at, struct str word)
{
    const struct screen_token *token = described_token(work, at);
    return token != NULL && token->kind != SCREEN_TOKEN_SIGN &&
           str_equal(screen_token_plain(work->draft, (uint32_t)at), word);
}

bool described_is_any(const struct screen_work *work, int64_t at, const struct str *words,
                      size_t count);

/* Whether the sentence has a word of school outside the tokens `first` to `last`. */
bool described_has_school(const struct screen_work *work, uint32_t first, uint32_t last);

/* "the", "that", "our" ... */
bool described_is_definite(const struct screen_work *work, int64_t at);
bool described_is_ours(const struct screen_work *work, int64_t at);

/* described_family.c: pupils and parents that begin at a token. */
void described_family_at(struct screen_work *work, uint32_t at);

/* "8A", "Year 9", "9B", "KS3": the tokens that a class takes, 0 for none; *points grows by how few
 * it fits. */
uint32_t described_class_read(const struct screen_work *work, int64_t at, int *points);

/* Whether a clause ends before the token. */
bool described_is_clause_end(const struct screen_work *work, int64_t at);

/* described_work.c: staff who are known by what they do, at a token. */
void described_work_at(struct screen_work *work, uint32_t at);

#endif
