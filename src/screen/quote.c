/*
 * screen/quote.c - pairs the quotation marks of a draft.
 *
 * Read first: draft_int.h. Start at: quote_mark.
 *
 * What must hold: a quotation begins and ends with marks of one kind, holds at most
 * QUOTE_TOKENS_MAX tokens, and no other quotation: of two within one another the outer one counts.
 * Each token is looked at a fixed number of times, however many marks there are.
 */
#include "screen/draft_parts_int.h"

enum mark { MARK_NONE, MARK_DOUBLE, MARK_SINGLE, MARK_ANGLE, MARK_COUNT };

static enum mark mark_of(const struct screen_token *token)
{
    if (token->kind != SCREEN_TOKEN_SIGN) {
        return MARK_NONE;
    }
    switch (token->sign) {
    case '"':
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0xFF02:
        return MARK_DOUBLE;
    case '\'':
    case '`':
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
        return MARK_SINGLE;
    case 0xAB:
    case 0xBB:
        return MARK_ANGLE;
    default: /* not an enum */
        return MARK_NONE;
    }
}

static bool is_bracket(const struct screen_token *token)
{
    return token->kind == SCREEN_TOKEN_SIGN &&
           (token->sign == '(' || token->sign == '[' || mark_of(token) != MARK_NONE ||
            token->sign == 0x2014 || token->sign == 0x2013);
}

bool quote_is_elision(struct str text, size_t at)
{
    static const struct str words[] = {
        STR_INIT("tis"),   STR_INIT("twas"), STR_INIT("em"),   STR_INIT("cause"), STR_INIT("cos"),
        STR_INIT("til"),   STR_INIT("bout"), STR_INIT("round"), STR_INIT("n"),    STR_INIT("cuz"),
    };
    char lower[8];
    size_t bytes = 0;
    while (bytes < sizeof lower && ascii_is_letter(byte_at(text, at + bytes))) {
        lower[bytes] = (char)(byte_at(text, at + bytes) | 0x20);
        bytes++;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal((struct str){lower, bytes}, words[i])) {
            return true;
        }
    }
    return ascii_is_digit(byte_at(text, at)) && ascii_is_digit(byte_at(text, at + 1)) &&
           byte_at(text, at + 2) == 's';
}

/* Opens: something follows at once, and space or a bracket stands before it. */
static bool is_opening(const struct screen_draft *draft, uint32_t at)
{
    const struct screen_token *token = &draft->tokens[at];
    bool is_free = token->flags & (SCREEN_TOKEN_SPACE | SCREEN_TOKEN_LINE) ||
                   (at > 0 && is_bracket(token - 1)) || token->sign == 0x201C ||
                   token->sign == 0x201E;
    bool is_closing_only = token->sign == 0x201D || token->sign == 0xBB;
    bool is_apostrophe =
        mark_of(token) == MARK_SINGLE && quote_is_elision(draft->text, token->end);
    return is_free && !is_closing_only && !is_apostrophe && at + 1 < draft->token_count &&
           !(token[1].flags & SCREEN_TOKEN_SPACE);
}

/* Closes: nothing stands between it and what it ends, and no word follows at once. */
static bool is_closing(const struct screen_draft *draft, uint32_t at)
{
    const struct screen_token *token = &draft->tokens[at];
    bool is_opening_only = token->sign == 0x201C || token->sign == 0x2018 || token->sign == 0xAB;
    if (token->flags & SCREEN_TOKEN_SPACE || is_opening_only) {
        return false;
    }
    return at + 1 == draft->token_count || token[1].flags & SCREEN_TOKEN_SPACE ||
           token[1].kind == SCREEN_TOKEN_SIGN;
}

/* The mark that closes the quotation which opens at `at`; `at` when there is none near enough.
 * *next is the first closing mark of the kind from the last such question on: each token is looked
 * at once, however many marks open. */
static uint32_t closing_find(const struct screen_draft *draft, uint32_t at, enum mark mark,
                             uint32_t *next)
{
    *next = *next > at + 2 ? *next : at + 2; /* something stands between */
    while (*next < draft->token_count &&
           (mark_of(&draft->tokens[*next]) != mark || !is_closing(draft, *next))) {
        (*next)++;
    }
    bool is_near = *next < draft->token_count && *next - at <= QUOTE_TOKENS_MAX + 1;
    return is_near ? *next : at;
}

void quote_mark(struct screen_draft *draft)
{
    uint32_t next[MARK_COUNT] = {0};
    for (uint32_t at = 0; at < draft->token_count; at++) {
        enum mark mark = mark_of(&draft->tokens[at]);
        if (mark == MARK_NONE || !is_opening(draft, at)) {
            continue;
        }
        uint32_t end = closing_find(draft, at, mark, &next[mark]);
        if (end == at) {
            continue;
        }
        draft->quote_count++;
        for (uint32_t i = at + 1; i < end; i++) {
            draft->tokens[i].flags |= SCREEN_TOKEN_QUOTED;
            draft->tokens[i].quote = (uint16_t)draft->quote_count;
        }
        at = end;
    }
}
