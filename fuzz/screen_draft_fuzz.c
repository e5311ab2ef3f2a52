/*
 * fuzz/screen_draft_fuzz.c - any bytes at all read as a draft.
 *
 * Run it with tools/fuzz.sh screen_draft SECONDS. Read first: src/screen/draft_int.h.
 *
 * Modules: base screen
 *
 * What must hold, beyond that no sanitizer complains
 * - All that tests/support/draft_check.h says of tokens, sentences and folded text.
 * - Words marked, nothing of it changes; read twice, a draft is the same.
 */
#include <string.h>

#include "../tests/support/draft_check.h"
#include "screen/words_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str text = {(const char *)data, bytes};
    struct screen_draft *draft = screen_draft_read(arena, text);
    const struct screen_draft *again = screen_draft_read(arena, text);
    draft_check(draft);
    assert(draft->token_count == again->token_count);
    assert(draft->token_count == 0 || memcmp(draft->tokens, again->tokens,
                                             sizeof *draft->tokens * draft->token_count) == 0);
    assert(str_equal(draft->folded, again->folded) && str_equal(draft->plain, again->plain));
    screen_words_mark(draft);
    draft_check(draft);
    return 0;
}
