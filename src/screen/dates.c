/*
 * screen/dates.c - reads dates of a day. Read first: dates_int.h.
 */
#include "screen/dates_int.h"

#include "screen/figures_int.h"
#include "screen/near_int.h"
#include "screen/number_words_int.h"

/* Two digits of a year: from here on the 1900s, below the 2000s. */
#define CENTURY_TURNS 30

static unsigned value_of(const char *digits, size_t count)
{
    unsigned value = 0;
    for (size_t i = 0; i < count; i++) {
        value = value * 10 + (unsigned)(digits[i] - '0');
    }
    return value;
}

static unsigned year_of(unsigned value, size_t digits)
{
    if (digits == 2) {
        return value < CENTURY_TURNS ? 2000 + value : 1900 + value;
    }
    return digits == 4 && value >= 1000 && value < 2200 ? value : 0;
}

static bool is_day_of_year(const struct screen_date *date)
{
    return date->day >= 1 && date->day <= 31 && date->month >= 1 && date->month <= 12;
}

/* 1 to 12 by the first three letters of a word of SCREEN_WORD_MONTH_NAME, misspelt or not. */
static unsigned month_of_word(struct str word)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (unsigned month = 0; month < 12 && word.len >= 3; month++) {
        if (str_equal(str_slice(word, 0, 3), (struct str){months + (size_t)month * 3, 3})) {
            return month + 1;
        }
    }
    return word.len > 0 && word.at[0] == 'a' ? 8 : 9; /* "agust", "setpember" */
}

static unsigned month_of(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_at(draft, token, SCREEN_WORD_MONTH_NAME)
               ? month_of_word(screen_token_plain(draft, token))
               : 0;
}

static size_t digits_count(struct str text)
{
    size_t digits = 0;
    while (digits < text.len && text.at[digits] >= '0' && text.at[digits] <= '9') {
        digits++;
    }
    return digits;
}

/* "3", "03", "3rd", "12th"; 0: no day. */
static unsigned day_of(const struct screen_draft *draft, uint32_t token)
{
    if (token >= draft->token_count || (draft->tokens[token].kind != SCREEN_TOKEN_NUMBER &&
                                        draft->tokens[token].kind != SCREEN_TOKEN_MIXED)) {
        return 0;
    }
    struct str text = screen_token_folded(draft, token);
    size_t digits = digits_count(text);
    struct str rest = str_slice(text, digits, text.len);
    bool is_ordinal = str_equal(rest, STR("st")) || str_equal(rest, STR("nd")) ||
                      str_equal(rest, STR("rd")) || str_equal(rest, STR("th"));
    if (digits == 0 || digits > 2 || (rest.len > 0 && !is_ordinal)) {
        return 0;
    }
    unsigned day = value_of(text.at, digits);
    return day <= 31 ? day : 0;
}

/* "first", "twenty first": the last token of the ordinal, or `token` minus nothing when none. */
static unsigned ordinal_of(const struct screen_draft *draft, uint32_t token, uint32_t *last)
{
    static const struct str words[] = {
        STR_INIT("first"),      STR_INIT("second"),      STR_INIT("third"),
        STR_INIT("fourth"),     STR_INIT("fifth"),       STR_INIT("sixth"),
        STR_INIT("seventh"),    STR_INIT("eighth"),      STR_INIT("ninth"),
        STR_INIT("tenth"),      STR_INIT("eleventh"),    STR_INIT("twelfth"),
        STR_INIT("thirteenth"), STR_INIT("fourteenth"),  STR_INIT("fifteenth"),
        STR_INIT("sixteenth"),  STR_INIT("seventeenth"), STR_INIT("eighteenth"),
        STR_INIT("nineteenth"), STR_INIT("twentieth"),
    };
    unsigned tens = 0;
    *last = token;
    if (screen_is_word(draft, token, STR("twenty"))) {
        tens = 20;
    } else if (screen_is_word(draft, token, STR("thirty"))) {
        tens = 30;
    } else if (screen_is_word(draft, token, STR("thirtieth"))) {
        return 30;
    }
    *last = token + (tens > 0);
    for (unsigned i = 0; i < sizeof words / sizeof *words && (tens == 0 || i < 9); i++) {
        if (screen_is_word(draft, *last, words[i])) {
            return tens + i + 1;
        }
    }
    return 0;
}

/* "two thousand and eleven" behind a date. */
static void year_words_read(const struct screen_draft *draft, struct screen_date *date)
{
    uint32_t at = date->last + 1;
    uint32_t last;
    at += screen_is_sign(draft, at, ',');
    at += screen_is_word(draft, at, STR("in"));
    at += screen_is_word(draft, at + 1, STR("year")) ? 2 : 0; /* "in the year" */
    unsigned year = screen_number_read(draft, at, &last);
    if (year >= 1900 && year < 2100) {
        date->year = year;
        date->last = last;
    }
}

/* A year behind a date in words: "2011", ", 2011", "'11". */
static void year_read(const struct screen_draft *draft, struct screen_date *date)
{
    uint32_t at = date->last + 1;
    at += screen_is_sign(draft, at, ',') || screen_is_sign(draft, at, '/') ||
          (date->has_signs && screen_is_sign(draft, at, '.') && screen_is_glued(draft, at + 1));
    bool is_short = screen_is_sign(draft, at, '\'') || screen_is_sign(draft, at, 0x2019) ||
                    screen_is_sign(draft, at, 0x2018);
    at += is_short;
    if (at >= draft->token_count || draft->tokens[at].flags & SCREEN_TOKEN_LINE) {
        return;
    }
    if (draft->tokens[at].kind != SCREEN_TOKEN_NUMBER) {
        year_words_read(draft, date);
        return;
    }
    struct str digits = screen_token_plain(draft, at);
    bool is_hyphenated = draft->tokens[at].flags & SCREEN_TOKEN_HYPHEN;
    bool is_time = screen_is_sign(draft, at + 1, ':') || screen_is_sign(draft, at + 1, '.');
    bool is_nought = digits.len == 2 && digits.at[0] == '0' && !is_time; /* "4 Aug 09" */
    bool is_two = is_short || is_hyphenated || is_nought || date->has_signs;
    if (digits.len != 4 && !(digits.len == 2 && is_two)) {
        return;
    }
    unsigned year = year_of(value_of(digits.at, digits.len), digits.len);
    if (year != 0) {
        date->year = year;
        date->last = at;
    }
}

/* "third", "3rd" at *at, which goes on to its last token; 0: no day. */
static unsigned any_day_of(const struct screen_draft *draft, uint32_t *at)
{
    unsigned day = day_of(draft, *at);
    return day != 0 ? day : ordinal_of(draft, *at, at);
}

/* "of the fifth" behind a day: the month by its number. */
static bool month_number_read(const struct screen_draft *draft, uint32_t at,
                              struct screen_date *date)
{
    uint32_t last = at + 2;
    bool is_said =
        screen_is_word(draft, at, STR("of")) && screen_is_word(draft, at + 1, STR("the"));
    if (date->day == 0 || !is_said) {
        return false;
    }
    date->month = any_day_of(draft, &last);
    date->last = last;
    date->has_signs = true; /* a year of two digits may follow */
    year_read(draft, date);
    return is_day_of_year(date);
}

/* "12may2012", "12May": in one. */
static bool joined_read(const struct screen_draft *draft, uint32_t token, struct screen_date *date)
{
    struct str text = screen_token_folded(draft, token);
    size_t digits = digits_count(text);
    struct str month = str_slice(text, digits, text.len);
    size_t letters = 0;
    while (letters < month.len && month.at[letters] >= 'a' && month.at[letters] <= 'z') {
        letters++;
    }
    struct str year = str_slice(month, letters, month.len);
    month = str_slice(month, 0, letters);
    if (draft->tokens[token].kind != SCREEN_TOKEN_MIXED || digits == 0 || digits > 2 ||
        letters < 3 || (year.len != 0 && year.len != 2 && year.len != 4) ||
        digits_count(year) != year.len || !screen_word_has(month, SCREEN_WORD_MONTH_NAME)) {
        return false;
    }
    *date = (struct screen_date){.last = token,
                                 .day = value_of(text.at, digits),
                                 .month = month_of_word(month),
                                 .year = year_of(value_of(year.at, year.len), year.len),
                                 .has_word = true};
    if (year.len == 0) {
        year_read(draft, date);
    }
    return is_day_of_year(date);
}

/* "3rd of March", "3 March", "the third of March", "March 3rd", "March the 3rd". */
static bool words_read(const struct screen_draft *draft, uint32_t token, struct screen_date *date)
{
    uint32_t at = token;
    date->month = month_of(draft, at);
    if (date->month != 0) {
        at++;
        at += screen_is_sign(draft, at, '.');
        at += screen_is_word(draft, at, STR("the"));
        date->day = any_day_of(draft, &at);
        if (screen_is_sign(draft, at + 1, '/') && screen_is_glued(draft, at + 1)) {
            return false; /* "May 05/05/11": a name and a date */
        }
    } else {
        date->day = any_day_of(draft, &at);
        at++;
        if (month_number_read(draft, at, date)) {
            return true;
        }
        at += screen_is_word(draft, at, STR("of"));
        at += screen_is_sign(draft, at, '/') || screen_is_sign(draft, at, '.');
        date->month = date->day != 0 ? month_of(draft, at) : 0;
        date->has_signs = screen_is_sign(draft, at - 1, '/') || screen_is_sign(draft, at - 1, '.');
    }
    if (!is_day_of_year(date)) {
        return false;
    }
    date->last = at;
    date->has_word = true;
    year_read(draft, date);
    return true;
}

/* "03/03/11", "3.3.2011", "2011-03-03", "21/06". */
static bool numbers_read(const struct screen_draft *draft, uint32_t token, struct screen_date *date)
{
    struct screen_figures run;
    screen_figures_read(draft, token, false, &run);
    const struct screen_figure *part = run.items;
    bool has_slash = run.count > 1 && part[1].joint == SCREEN_JOINT_SLASH;
    bool is_joined = has_slash || (run.count > 1 && (part[1].joint == SCREEN_JOINT_HYPHEN ||
                                                     part[1].joint == SCREEN_JOINT_STOP));
    if (!is_joined || part[0].count > 4 || part[1].count > 2) {
        return false;
    }
    bool has_three = run.count > 2 && part[2].joint == part[1].joint;
    bool goes_on = run.count > 3 && part[3].joint == part[1].joint;
    date->has_signs = true;
    if (has_three && !goes_on && part[0].count == 4 && part[2].count <= 2) {
        date->year = year_of(value_of(part[0].digits, 4), 4);
        date->month = value_of(part[1].digits, part[1].count);
        date->day = value_of(part[2].digits, part[2].count);
        date->last = part[2].token;
        return date->year != 0 && is_day_of_year(date);
    }
    if (part[0].count > 2 || goes_on || (has_three && part[2].count != 2 && part[2].count != 4)) {
        return false;
    }
    date->day = value_of(part[0].digits, part[0].count);
    date->month = value_of(part[1].digits, part[1].count);
    if (date->month > 12 && date->day <= 12) { /* month first */
        unsigned day = date->month;
        date->month = date->day;
        date->day = day;
    }
    date->year = has_three ? year_of(value_of(part[2].digits, part[2].count), part[2].count) : 0;
    date->last = part[has_three ? 2 : 1].token;
    return is_day_of_year(date) && (has_three ? date->year != 0 : has_slash);
}

/* "3 / 3 / 2012": signs with spaces around them. */
static bool spaced_read(const struct screen_draft *draft, uint32_t token, struct screen_date *date)
{
    unsigned parts[3];
    size_t digits = 0;
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t at = token + 2 * i;
        bool is_part = at < draft->token_count && draft->tokens[at].kind == SCREEN_TOKEN_NUMBER;
        bool is_last = i == 2 || screen_is_sign(draft, at + 1, '/');
        digits = is_part ? draft->tokens[at].plain_bytes : 0;
        if (!is_last || digits == 0 || digits > (i == 2 ? 4 : 2)) {
            return false;
        }
        parts[i] = value_of(screen_token_plain(draft, at).at, digits);
    }
    *date = (struct screen_date){.last = token + 4,
                                 .day = parts[0],
                                 .month = parts[1],
                                 .year = year_of(parts[2], digits),
                                 .has_signs = true};
    return date->year != 0 && is_day_of_year(date);
}

bool screen_date_digits(struct str digits, struct screen_date *date)
{
    *date = (struct screen_date){0};
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9') {
            return false;
        }
    }
    if (digits.len != 6 && digits.len != 8) {
        return false;
    }
    date->day = value_of(digits.at, 2);
    date->month = value_of(digits.at + 2, 2);
    date->year = year_of(value_of(digits.at + 4, digits.len - 4), digits.len - 4);
    if (digits.len == 8 && (date->year == 0 || !is_day_of_year(date))) { /* "20110303" */
        date->year = year_of(value_of(digits.at, 4), 4);
        date->month = value_of(digits.at + 4, 2);
        date->day = value_of(digits.at + 6, 2);
    }
    return date->year != 0 && is_day_of_year(date);
}

/* "New Year's Day 1951": a day that is known by its name. Which day it is does not matter here. */
static bool named_read(const struct screen_draft *draft, uint32_t token, struct screen_date *date)
{
    if (!screen_is_at(draft, token, SCREEN_WORD_NAMED_DAY)) {
        return false;
    }
    *date = (struct screen_date){.last = token, .day = 1, .month = 1, .has_word = true};
    while (screen_is_at(draft, date->last + 1, SCREEN_WORD_NAMED_DAY)) {
        date->last++;
    }
    year_read(draft, date);
    struct screen_date said; /* "Christmas Day, 25 December 2011": what follows says it better */
    uint32_t next = date->last + 1 + screen_is_sign(draft, date->last + 1, ',');
    return date->year != 0 || screen_is_at(draft, next, SCREEN_WORD_NAMED_DAY) ||
           !screen_date_read(draft, next, &said);
}

bool screen_date_read(const struct screen_draft *draft, uint32_t token, struct screen_date *date)
{
    *date = (struct screen_date){0};
    if (token >= draft->token_count || draft->tokens[token].kind == SCREEN_TOKEN_SIGN) {
        return false;
    }
    if (draft->tokens[token].kind == SCREEN_TOKEN_NUMBER &&
        (numbers_read(draft, token, date) || spaced_read(draft, token, date))) {
        return true;
    }
    *date = (struct screen_date){0};
    return named_read(draft, token, date) || joined_read(draft, token, date) ||
           words_read(draft, token, date);
}
