/*
 * screen/codes_int.h - letters and digits that belong together, however they are spaced.
 *
 * Read first: draft_int.h. "AB 12 34 56 C" is the code "ab123456c".
 *
 * What must hold: at most SCREEN_CODE_TOKENS_MAX tokens of one line make a code.
 */
#ifndef HANDRAIL_SCREEN_CODES_INT_H
#define HANDRAIL_SCREEN_CODES_INT_H

#include "screen/draft_int.h"

#define SCREEN_CODE_BYTES_MAX 34
#define SCREEN_CODE_TOKENS_MAX 14

struct screen_code {
    uint32_t last; /* the last token */
    uint32_t tokens;
    char bytes[SCREEN_CODE_BYTES_MAX]; /* folded */
    size_t count;
    bool is_capital; /* no small letter stands in it */
};

/* The code of exactly `count` bytes that begins with a token; false when tokens give no such one.
 * */
bool screen_code_read(const struct screen_draft *draft, uint32_t token, size_t count,
                      struct screen_code *code);

static inline struct str screen_code_str(const struct screen_code *code)
{
    return (struct str){code->bytes, code->count};
}

#endif
