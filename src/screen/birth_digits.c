/*
 * screen/birth_digits.c - days of birth that are numbers alone, right behind a word for them.
 *
 * Read first: contact_int.h, dates_int.h. Start at: screen_birth_digits_read.
 *
 *   in one         dob 030311
 *   apart          dob 03 03 11, dob 3 4 2012
 *   in words       dob oh three oh three twelve
 *
 * What must hold: nothing but the word says that such numbers are a date, so it must be "dob" or
 * "date of birth" and no more than a few tokens away.
 */
#include "screen/contact_int.h"

#include <string.h>

#include "screen/near_int.h"
#include "screen/number_words_int.h"

#define BIRTH_DIGITS_MAX 8
#define CENTURY_TURNS 30u
#define DIGITS_BEFORE 6 /* tokens from the word to the digits */
#define INITIALS_WITHIN 4

bool screen_is_birthday(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_at(draft, token, SCREEN_WORD_BIRTH_WORD) &&
           str_find(screen_token_folded(draft, token), STR("day")) != STR_NONE;
}

/* "03 03 11": the last of the three numbers from `token` on, joined in `digits`. */
static uint32_t spaced_digits(const struct screen_draft *draft, uint32_t token,
                              char digits[BIRTH_DIGITS_MAX], size_t *count)
{
    *count = 0;
    for (uint32_t i = token; i < token + 3; i++) {
        if (i >= draft->token_count || draft->tokens[i].kind != SCREEN_TOKEN_NUMBER ||
            (i > token && draft->tokens[i].flags & SCREEN_TOKEN_LINE)) {
            return SCREEN_NO_TOKEN;
        }
        struct str part = screen_token_plain(draft, i);
        bool is_year = part.len == 4 && (i == token + 2 || i == token);
        if (part.len != 2 && !is_year) {
            return SCREEN_NO_TOKEN;
        }
        if (part.len > BIRTH_DIGITS_MAX - *count) {
            return SCREEN_NO_TOKEN;
        }
        memcpy(digits + *count, part.at, part.len);
        *count += part.len;
    }
    return token + 2;
}

/* "12", "88", "2012" */
static unsigned year_said(unsigned value)
{
    return value < 100 ? value + (value < CENTURY_TURNS ? 2000 : 1900) : value;
}

static bool is_day(const struct screen_date *date)
{
    return date->day >= 1 && date->day <= 31 && date->month >= 1 && date->month <= 12;
}

/* "3 4 12", "3 4 2012": three numbers behind a word for the date of birth. */
static bool spaced_numbers(const struct screen_draft *draft, uint32_t token,
                           struct screen_date *date)
{
    int64_t parts[3];
    size_t digits = 0;
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t at = token + i;
        if (at >= draft->token_count || draft->tokens[at].kind != SCREEN_TOKEN_NUMBER) {
            return false;
        }
        digits = draft->tokens[at].plain_bytes;
        if (digits > (i == 2 ? 4 : 2) || !str_to_int(screen_token_plain(draft, at), &parts[i])) {
            return false;
        }
    }
    *date = (struct screen_date){.last = token + 2,
                                 .day = (unsigned)parts[0],
                                 .month = (unsigned)parts[1],
                                 .year = year_said((unsigned)parts[2])};
    return is_day(date) && (digits == 2 || digits == 4);
}

/* "oh three oh three twelve", "three three twenty twelve": a date said by its numbers. */
static bool said_read(const struct screen_draft *draft, uint32_t token, struct screen_date *date)
{
    unsigned parts[3];
    uint32_t at = token;
    for (unsigned i = 0; i < 3; i++) {
        at += screen_is_word(draft, at, STR("oh")) || screen_is_word(draft, at, STR("zero")) ||
              screen_is_word(draft, at, STR("nought"));
        parts[i] = screen_number_read(draft, at, &date->last);
        at = date->last + 1;
        at += screen_is_sign(draft, at, ',');
    }
    *date = (struct screen_date){
        .last = date->last,
        .day = parts[0],
        .month = parts[1],
        .year = year_said(parts[2]),
    };
    return is_day(date) && parts[2] != 0;
}

/* "dob 030311", "dob 03 03 11": digits alone, right behind the word. */
bool screen_birth_digits_read(const struct screen_draft *draft, uint32_t token,
                              struct screen_date *date)
{
    bool is_said = screen_is_at(draft, token, SCREEN_WORD_DIGIT_WORD) ||
                   screen_is_at(draft, token, SCREEN_WORD_AGE_WORD);
    if (draft->tokens[token].kind != SCREEN_TOKEN_NUMBER && !is_said) {
        return false;
    }
    uint32_t word = screen_near_before(draft, token, SCREEN_WORD_BIRTH_WORD, DIGITS_BEFORE);
    bool is_dotted = screen_dotted_before(draft, token, STR("dob"), INITIALS_WITHIN);
    bool is_word = word != SCREEN_NO_TOKEN && !screen_is_birthday(draft, word);
    if (!is_dotted && !is_word) {
        return false;
    }
    if (is_said) {
        return said_read(draft, token, date);
    }
    char joined[BIRTH_DIGITS_MAX];
    size_t count;
    uint32_t last = spaced_digits(draft, token, joined, &count);
    bool is_spaced = last != SCREEN_NO_TOKEN;
    struct str digits = is_spaced ? (struct str){joined, count} : screen_token_plain(draft, token);
    bool is_date = screen_date_digits(digits, date);
    date->last = is_spaced ? last : token;
    return is_date || spaced_numbers(draft, token, date);
}
