/*
 * tests/support/draft_check.h - what must hold of every draft that has been read, whatever it says.
 *
 * Read first: src/screen/draft_int.h. Used by tests/screen/draft_test.c and the fuzz target.
 */
#ifndef HANDRAIL_TESTS_SUPPORT_DRAFT_CHECK_H
#define HANDRAIL_TESTS_SUPPORT_DRAFT_CHECK_H

#include <assert.h>

#include "base/utf8.h"
#include "screen/draft_int.h"

/* The place after the character at `at`; a byte that is not UTF-8 is one. */
static inline size_t draft_check_next(struct str text, size_t at)
{
    uint32_t code_point;
    size_t bytes = utf8_decode(text, at, &code_point);
    return at + (bytes ? bytes : 1);
}

static inline void draft_check_token(const struct screen_draft *draft, uint32_t index)
{
    const struct screen_token *token = &draft->tokens[index];
    struct str folded = screen_token_folded(draft, index);
    struct str plain = screen_token_plain(draft, index);
    assert(token->start < token->end && token->end <= draft->text.len);
    assert(index == 0 || token->start >= token[-1].end);
    assert(token->kind < SCREEN_TOKEN_KIND_COUNT);
    assert(token->folded + token->folded_bytes <= draft->folded.len);
    assert(token->plain + token->plain_bytes <= draft->plain.len);
    assert(index == 0 || draft->folded.at[token->folded - 1] == ' ');
    assert(index == 0 || draft->plain.at[token->plain - 1] == ' ');
    assert(utf8_valid(folded) && utf8_valid(plain));
    assert(folded.len > 0 || token->kind == SCREEN_TOKEN_SIGN);
    assert(token->hash == screen_hash(plain));
    assert(str_equal(folded, plain) == !(token->flags & SCREEN_TOKEN_DISGUISED));
    assert((token->kind == SCREEN_TOKEN_SIGN) == (token->sign != 0));
    assert(!(token->flags & SCREEN_TOKEN_QUOTED) == (token->quote == 0));
    assert(token->quote <= draft->quote_count);
    uint32_t first = screen_sentence_first(draft, index);
    assert(first <= index && index < screen_sentence_end(draft, index));
    assert(screen_sentence_end(draft, index) <= draft->token_count);
    assert(token->sentence == draft->tokens[first].sentence);
}

static inline void draft_check(const struct screen_draft *draft)
{
    assert(draft->token_count <= SCREEN_TOKENS_MAX);
    assert(draft->sentence_count <= SCREEN_SENTENCES_MAX);
    assert((draft->sentence_count > 0) == (draft->token_count > 0));
    size_t at = 0;
    for (uint32_t i = 0; i < draft->token_count; i++) {
        draft_check_token(draft, i);
        while (at < draft->tokens[i].start) {
            at = draft_check_next(draft->text, at);
        }
        assert(at == draft->tokens[i].start);
        while (at < draft->tokens[i].end) {
            at = draft_check_next(draft->text, at);
        }
        assert(at == draft->tokens[i].end);
    }
}

#endif
