/*
 * screen/number_words.c - reads numbers in words. Read first: number_words_int.h.
 */
#include "screen/number_words_int.h"

#include <string.h>

#include "screen/near_int.h"

#define SAID_TOKENS_MAX 40
#define NUMBER_TOKENS_MAX 8

/*
 * ---- Digit by digit
 * ------------------------------------------------------------------------------
 */

static char digit_of(struct str word)
{
    static const struct {
        struct str word;
        char digit;
    } list[] = {
        {STR_INIT("oh"), '0'},     {STR_INIT("o"), '0'},     {STR_INIT("zero"), '0'},
        {STR_INIT("nought"), '0'}, {STR_INIT("one"), '1'},   {STR_INIT("two"), '2'},
        {STR_INIT("three"), '3'},  {STR_INIT("four"), '4'},  {STR_INIT("five"), '5'},
        {STR_INIT("six"), '6'},    {STR_INIT("seven"), '7'}, {STR_INIT("eight"), '8'},
        {STR_INIT("nine"), '9'},   {STR_INIT("niner"), '9'},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (str_equal(list[i].word, word)) {
            return list[i].digit;
        }
    }
    return 0;
}

static bool digits_add(struct screen_said *said, const char *digits, size_t count)
{
    if (count > SCREEN_SAID_MAX - said->count) {
        return false;
    }
    memcpy(said->digits + said->count, digits, count);
    said->count += count;
    return true;
}

/* Adds what one token says: "seven", "900", or the times of "double". False: no digits. */
static bool token_add(const struct screen_draft *draft, uint32_t token, struct screen_said *said,
                      size_t *times)
{
    struct str word = screen_token_folded(draft, token);
    if (draft->tokens[token].kind == SCREEN_TOKEN_NUMBER) {
        return digits_add(said, word.at, word.len);
    }
    said->words++;
    if (str_equal(word, STR("double"))) {
        *times = 2;
        return true;
    }
    if (str_equal(word, STR("triple")) || str_equal(word, STR("treble"))) {
        *times = 3;
        return true;
    }
    if (str_equal(word, STR("hundred")) && said->count > 0) { /* "nine hundred" */
        return digits_add(said, "00", 2);
    }
    char digit = digit_of(word);
    for (; digit && *times > 0; (*times)--) {
        if (!digits_add(said, &digit, 1)) {
            return false;
        }
    }
    *times = 1;
    return digit != 0;
}

bool screen_said_read(const struct screen_draft *draft, uint32_t token, struct screen_said *said)
{
    size_t times = 1;
    *said = (struct screen_said){.last = token};
    for (uint32_t at = token; at < draft->token_count && at - token < SAID_TOKENS_MAX; at++) {
        const struct screen_token *one = &draft->tokens[at];
        bool is_pause =
            one->kind == SCREEN_TOKEN_SIGN && at > token && (one->sign == ',' || one->sign == '-');
        if (is_pause) {
            continue;
        }
        struct screen_said before = *said;
        bool is_line = at > token && one->flags & SCREEN_TOKEN_LINE;
        if (is_line || !token_add(draft, at, said, &times)) {
            *said = before;
            break;
        }
        said->last = at;
    }
    return said->count > 0;
}

char screen_said_character(const struct screen_draft *draft, uint32_t token)
{
    struct str word = screen_token_folded(draft, token);
    if (screen_is_at(draft, token, SCREEN_WORD_SPELLING_WORD)) {
        return word.at[0];
    }
    bool is_one = word.len == 1 && draft->tokens[token].kind != SCREEN_TOKEN_SIGN;
    return is_one ? word.at[0] : digit_of(word);
}

/*
 * ---- Whole numbers
 * -------------------------------------------------------------------------------
 */

/* 1 to 19, or tens from 20 to 90; 0 for another word. */
static unsigned small_of(const struct screen_draft *draft, uint32_t token)
{
    static const struct str units[] = {
        STR_INIT("one"),       STR_INIT("two"),      STR_INIT("three"),    STR_INIT("four"),
        STR_INIT("five"),      STR_INIT("six"),      STR_INIT("seven"),    STR_INIT("eight"),
        STR_INIT("nine"),      STR_INIT("ten"),      STR_INIT("eleven"),   STR_INIT("twelve"),
        STR_INIT("thirteen"),  STR_INIT("fourteen"), STR_INIT("fifteen"),  STR_INIT("sixteen"),
        STR_INIT("seventeen"), STR_INIT("eighteen"), STR_INIT("nineteen"),
    };
    static const struct str tens[] = {
        STR_INIT("twenty"), STR_INIT("thirty"),  STR_INIT("forty"),  STR_INIT("fifty"),
        STR_INIT("sixty"),  STR_INIT("seventy"), STR_INIT("eighty"), STR_INIT("ninety"),
    };
    if (!screen_is_at(draft, token, SCREEN_WORD_AGE_WORD)) {
        return 0;
    }
    for (unsigned i = 0; i < sizeof units / sizeof *units; i++) {
        if (screen_is_word(draft, token, units[i])) {
            return i + 1;
        }
    }
    for (unsigned i = 0; i < sizeof tens / sizeof *tens; i++) {
        if (screen_is_word(draft, token, tens[i])) {
            return (i + 2) * 10;
        }
    }
    return 0;
}

/* "forty-one", "forty", "seven": below 100. */
static unsigned below_hundred(const struct screen_draft *draft, uint32_t token, uint32_t *last)
{
    unsigned value = small_of(draft, token);
    *last = token;
    if (value >= 20) {
        unsigned unit = small_of(draft, token + 1);
        if (unit >= 1 && unit <= 9) {
            *last = token + 1;
            value += unit;
        }
    }
    return value;
}

unsigned screen_number_read(const struct screen_draft *draft, uint32_t token, uint32_t *last)
{
    unsigned value = below_hundred(draft, token, last);
    if (value == 0) {
        return 0;
    }
    uint32_t next = *last + 1;
    uint32_t end;
    bool is_thousand = screen_is_word(draft, next, STR("thousand"));
    bool is_hundred = screen_is_word(draft, next, STR("hundred"));
    if ((is_thousand && value < 10) || (is_hundred && value < 100)) {
        value *= is_thousand ? 1000 : 100;
        *last = next;
        next += 1u + screen_is_word(draft, next + 1, STR("and"));
        unsigned rest = below_hundred(draft, next, &end);
        if (rest > 0) {
            *last = end;
            value += rest;
        }
        return value;
    }
    if (value >= 19 && value <= 20) { /* a year: "nineteen eighty four" */
        unsigned rest = below_hundred(draft, next, &end);
        if (rest >= 10) {
            *last = end;
            return value * 100 + rest;
        }
    }
    return value;
}
