/*
 * screen/people_signs.c - what stands around a name, put together.
 *
 * Read first: people_int.h, people_signs_int.h. Start at: people_signs_read.
 *
 * What must hold: at most PEOPLE_WINDOW tokens beyond a row of names are looked at to each side,
 * and NEAR_BEFORE for what a draft speaks of.
 */
#include "screen/people_signs_int.h"

#include "screen/near_int.h"

/* A show, or words of long ago, so many tokens before a name or behind it. */
#define NEAR_BEFORE 24
#define NEAR_BEHIND 12

bool people_is_text(const struct people *people, int64_t at, struct str word)
{
    const struct screen_token *token = people_token(people, at);
    return token != NULL && token->kind != SCREEN_TOKEN_SIGN &&
           str_equal(screen_token_plain(people->draft, (uint32_t)at), word);
}

bool people_is_any(const struct people *people, int64_t at, const struct str *words, size_t count)
{
    const struct screen_token *token = people_token(people, at);
    if (token == NULL || token->kind == SCREEN_TOKEN_SIGN) {
        return false;
    }
    return str_is_any(screen_token_plain(people->draft, (uint32_t)at), words, count);
}

bool people_is_ours(const struct people *people, int64_t at)
{
    static const struct str words[] = {STR_INIT("my"), STR_INIT("our")};
    return PEOPLE_IS_ANY(people, at, words);
}

bool people_is_class_at(const struct people *people, int64_t at)
{
    static const struct str years[] = {STR_INIT("year"), STR_INIT("yr"), STR_INIT("set"),
                                       STR_INIT("y")};
    const struct screen_token *token = people_token(people, at);
    if (token == NULL || token->kind == SCREEN_TOKEN_SIGN) {
        return false;
    }
    const struct screen_token *next = people_token(people, at + 1);
    bool is_coded = token->kind != SCREEN_TOKEN_WORD && people->index != NULL &&
                    roll_class_is(people->index, token->hash);
    bool is_year = PEOPLE_IS_ANY(people, at, years) && next != NULL &&
                   (next->kind == SCREEN_TOKEN_NUMBER || next->kind == SCREEN_TOKEN_MIXED);
    return is_coded || is_year ||
           (people_is_ours(people, at - 1) && screen_word_is(token, SCREEN_WORD_PEOPLE_GROUP));
}

bool people_may_be_surname(const struct people *people, uint32_t at)
{
    const struct screen_token *token = people_token(people, at);
    return people_is_word(token) && people_is_capital(token) && token->plain_bytes >= 3 &&
           !(token->flags & (SCREEN_TOKEN_FIRST | SCREEN_TOKEN_LINE)) &&
           (people->letters != PEOPLE_CASE_MIXED || !(token->flags & SCREEN_TOKEN_ALL_CAPITAL)) &&
           !screen_word_is(token, SCREEN_WORD_PEOPLE_NOT_SURNAME) &&
           !screen_word_is(token, SCREEN_WORD_PEOPLE_TITLE) &&
           !screen_word_is(token, SCREEN_WORD_PEOPLE_GREETING);
}

/* Words of school near by: those of the sentence count whole, those of its neighbours half. */
static unsigned school_near(const struct people *people, uint32_t sentence)
{
    unsigned count = 2u * people->school[sentence];
    count += sentence > 0 ? people->school[sentence - 1] : 0;
    count += sentence + 1 < people->draft->sentence_count ? people->school[sentence + 1] : 0;
    unsigned near = (count + 1) / 2;
    return near < 3 ? near : 3;
}

/* Whether a word of a class stands near a token. */
static bool is_near(const struct people *people, uint32_t at, enum screen_word class)
{
    return screen_draft_has_word(people->draft, class) &&
           screen_is_near(people->draft, at, at, class, NEAR_BEFORE, NEAR_BEHIND);
}

/* "Best teacher I ever had was Mr Evans, 1984": the year of another century near by. */
static bool is_beside_old_year(const struct people *people, const struct people_mention *mention)
{
    if (!screen_draft_has_kind(people->draft, SCREEN_TOKEN_NUMBER)) {
        return false;
    }
    int64_t from = (int64_t)mention->first - NEAR_BEHIND;
    for (int64_t at = from; at <= (int64_t)mention->last + NEAR_BEHIND; at++) {
        const struct screen_token *token = people_token(people, at);
        if (token == NULL || token->kind != SCREEN_TOKEN_NUMBER || token->plain_bytes != 4) {
            continue;
        }
        struct str digits = screen_token_plain(people->draft, (uint32_t)at);
        if (str_starts(digits, STR("18")) || str_starts(digits, STR("19"))) {
            return true;
        }
    }
    return false;
}

/* Part of a longer word: a hyphen before it, or small letters behind one within it. */
static bool is_in_word(const struct people *people, const struct people_mention *mention)
{
    const struct screen_token *first = people_token(people, mention->first);
    const struct screen_token *before = people_token(people, (int64_t)mention->first - 1);
    if (first->flags & SCREEN_TOKEN_HYPHEN && people_is_word(before)) {
        return true;
    }
    for (uint32_t at = mention->first + 1; at <= mention->last; at++) {
        const struct screen_token *token = people_token(people, at);
        if (token->flags & SCREEN_TOKEN_HYPHEN && people->letters == PEOPLE_CASE_MIXED &&
            people_is_capital(first) && !people_is_capital(token)) {
            return true;
        }
    }
    return false;
}

void people_signs_read(const struct people *people, const struct people_mention *mention,
                       struct people_signs *signs)
{
    *signs = (struct people_signs){0};
    people_before_read(people, mention, signs);
    people_behind_read(people, mention, signs);
    people_row_read(people, mention, signs);
    for (uint32_t at = mention->first; at <= mention->last; at++) {
        const struct screen_token *token = people_token(people, at);
        signs->is_idiom = signs->is_idiom || screen_word_is(token, SCREEN_WORD_PEOPLE_IDIOM);
        signs->is_known = signs->is_known || screen_word_is(token, SCREEN_WORD_PEOPLE_KNOWN);
    }
    const struct screen_token *next = people_token(people, (int64_t)mention->last + 1);
    signs->is_branded = people_is(next, SCREEN_WORD_PEOPLE_PRODUCT) &&
                        (mention->form == PEOPLE_SURNAME || !mention->is_possessive);
    signs->is_in_word = is_in_word(people, mention);
    signs->is_of_show = is_near(people, mention->first, SCREEN_WORD_PEOPLE_SHOW);
    signs->is_long_past = is_near(people, mention->first, SCREEN_WORD_PEOPLE_LONG_PAST) ||
                          is_beside_old_year(people, mention);
    signs->school = school_near(people, people->draft->tokens[mention->first].sentence);
}
