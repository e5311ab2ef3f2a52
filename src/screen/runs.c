/*
 * screen/runs.c - what stands between two spaces, and whether it looks like a secret.
 *
 * Read first: secret_int.h. Start at: screen_run_is_odd.
 */
#include "screen/secret_int.h"

#include <string.h>

#include "screen/near_int.h"

#define RUN_TOKENS_MAX 24
#define ODD_BYTES_MIN 6
#define ODD_BYTES_MAX 80

static bool is_punctuation(const struct screen_token *token)
{
    return token->kind == SCREEN_TOKEN_SIGN &&
           (token->sign >= 0x80 || strchr(".,;:!?()[]\"'`", (int)token->sign) != NULL);
}

static void characters_count(struct str raw, struct screen_run *run)
{
    for (size_t i = 0; i < raw.len && i < UINT8_MAX; i++) {
        char c = raw.at[i];
        bool is_upper = c >= 'A' && c <= 'Z';
        bool is_lower = c >= 'a' && c <= 'z';
        run->is_turned =
            run->is_turned || (is_upper && i > 0 && raw.at[i - 1] >= 'a' && raw.at[i - 1] <= 'z');
        run->upper += is_upper;
        run->lower += is_lower;
        bool is_digit = c >= '0' && c <= '9';
        run->digits += is_digit;
        bool is_sign = c > ' ' && !is_upper && !is_lower && !is_digit && c != '\'';
        run->signs += is_sign;
    }
}

struct screen_run screen_run_read(const struct screen_draft *draft, uint32_t token, uint32_t *next)
{
    struct screen_run run = {.first = token, .last = token};
    uint32_t end = token;
    while (end + 1 < draft->token_count && end - token < RUN_TOKENS_MAX &&
           !(draft->tokens[end + 1].flags & (SCREEN_TOKEN_SPACE | SCREEN_TOKEN_LINE))) {
        end++;
    }
    run.last = end;
    *next = end + 1;
    while (run.last > run.first && is_punctuation(&draft->tokens[run.last])) {
        run.last--;
    }
    while (run.first < run.last && is_punctuation(&draft->tokens[run.first])) {
        run.first++;
    }
    for (uint32_t i = run.first; i <= run.last; i++) {
        uint16_t kind = draft->tokens[i].kind;
        bool is_entity = screen_is_sign(draft, i, '&') && screen_is_sign(draft, i + 1, '#');
        run.is_address = run.is_address || kind == SCREEN_TOKEN_LINK || kind == SCREEN_TOKEN_MAIL ||
                         kind == SCREEN_TOKEN_HANDLE || kind == SCREEN_TOKEN_HASHTAG || is_entity;
    }
    characters_count(
        str_slice(draft->text, draft->tokens[run.first].start, draft->tokens[run.last].end), &run);
    return run;
}

/* "Year9", "10am", "2nd", "20th-century", "9B/9C": letters and digits of ordinary talk. */
static bool is_ordinary(const struct screen_draft *draft, const struct screen_run *run)
{
    const struct screen_token *first = &draft->tokens[run->first];
    struct str raw = str_slice(draft->text, first->start, draft->tokens[run->last].end);
    bool is_led_by_digit = raw.at[0] >= '0' && raw.at[0] <= '9';
    return raw.len < ODD_BYTES_MIN || raw.len > ODD_BYTES_MAX ||
           (is_led_by_digit && run->lower + run->upper <= 4 && run->signs == 0) ||
           (memchr(raw.at, '/', raw.len) != NULL && run->digits < 2);
}

bool screen_run_is_odd(const struct screen_draft *draft, const struct screen_run *run)
{
    unsigned letters = (unsigned)run->lower + run->upper;
    if (run->is_address || letters < 2 || is_ordinary(draft, run)) {
        return false;
    }
    bool has_both = run->digits > 0;
    bool has_signs = run->signs > 0 && run->is_turned;
    bool has_inner_capital = run->is_turned && letters >= 8;
    return has_both || has_signs || has_inner_capital;
}
