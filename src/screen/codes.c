/*
 * screen/codes.c - letters and digits that belong together. Read first: codes_int.h.
 */
#include "screen/codes_int.h"

#include <assert.h>
#include <string.h>

#include "screen/near_int.h"

static bool has_small(struct str raw)
{
    for (size_t i = 0; i < raw.len; i++) {
        if (raw.at[i] >= 'a' && raw.at[i] <= 'z') {
            return true;
        }
    }
    return false;
}

bool screen_code_read(const struct screen_draft *draft, uint32_t token, size_t count,
                      struct screen_code *code)
{
    assert(count <= SCREEN_CODE_BYTES_MAX);
    code->count = 0;
    code->tokens = 0;
    code->is_capital = true;
    for (uint32_t at = token; at < draft->token_count && code->tokens < SCREEN_CODE_TOKENS_MAX;
         at++) {
        uint16_t kind = draft->tokens[at].kind;
        struct str folded = screen_token_folded(draft, at);
        bool is_part =
            kind == SCREEN_TOKEN_WORD || kind == SCREEN_TOKEN_NUMBER || kind == SCREEN_TOKEN_MIXED;
        bool is_next_line = at > token && draft->tokens[at].flags & SCREEN_TOKEN_LINE;
        if (!is_part || is_next_line || folded.len > count - code->count) {
            return false;
        }
        memcpy(code->bytes + code->count, folded.at, folded.len);
        code->count += folded.len;
        code->tokens++;
        code->last = at;
        code->is_capital = code->is_capital && !has_small(screen_token_raw(draft, at));
        if (code->count == count) {
            return true;
        }
    }
    return false;
}
