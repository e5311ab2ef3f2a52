/*
 * screen/detect_birth.c - days on which somebody was born, or has a birthday.
 *
 * Read first: contact_int.h, dates_int.h. Start at: screen_find_births.
 *
 * A date is one when something says so:
 *   before it    "dob 03/03/11", "born on 3rd of March 2011", "her birthday is 4 May"
 *   behind it    "4 May is his birthday"
 *   an age       "turns 12 on 4 May", "is 13 on Sunday! 9 November 2012", "her 18th is on 4 May"
 *   a question   "When is your birthday? 21 October"
 *   a sign of the stars  "12.02.1994, Aquarius"
 *   a list       "Zofia Nowak, 12/08/2012" right behind a name of the roll
 *
 * What must hold: days of parties, of famous people, of animals and of institutions are none.
 */
#include "screen/contact_int.h"

#include <string.h>

#include "screen/dates_int.h"
#include "screen/named_int.h"
#include "screen/near_int.h"
#include "screen/number_words_int.h"

#define BIRTH_BEFORE 11 /* tokens */
#define BIRTH_AFTER 7
#define BORN_BEFORE 12
#define AGE_BEFORE 9
#define INITIALS_WITHIN 4
#define ROW_BEFORE 8
#define ROTA_BEFORE 40
#define ABOUT_BEFORE 14 /* how far away somebody famous is looked for */
#define ABOUT_AFTER 10
#define AGE_MAX 110
#define MILESTONE_BEFORE 5
#define STARS_AFTER 3
#define BIRTH_DIGITS_MAX 8
#define LIMIT_BEFORE 8 /* tokens from "between" to the second date */
#define YEAR_LIVING_MIN 1915u
#define YEAR_LIST_MIN 1930u /* of dates in a list, which nothing but a name says what they are */
#define YEAR_LIST_MAX 2021u

static const struct str because_said =
    STR_INIT("A date stands here that is said to be a birthday.");
static const struct str because_age =
    STR_INIT("A date stands here on which somebody reaches an age.");
static const struct str because_list = STR_INIT("A full date stands right behind a name.");

static bool is_birthday(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_at(draft, token, SCREEN_WORD_BIRTH_WORD) &&
           str_find(screen_token_folded(draft, token), STR("day")) != STR_NONE;
}

/* "D.O.B.: 12.4.2010", "b. 14 March 2011" */
static bool is_initials_before(const struct screen_draft *draft, uint32_t token,
                               const struct screen_date *date)
{
    bool is_b = date->year != 0 && token > 1 && screen_is_sign(draft, token - 1, '.') &&
                screen_is_word(draft, token - 2, STR("b")) &&
                !(draft->tokens[token - 2].flags & SCREEN_TOKEN_CAPITAL);
    return is_b || screen_dotted_before(draft, token, STR("dob"), INITIALS_WITHIN);
}

/* "14/02/2011 as d.o.b." */
static bool is_initials_after(const struct screen_draft *draft, uint32_t last)
{
    for (uint32_t at = last + 1; at <= last + INITIALS_WITHIN; at++) {
        if (screen_is_dotted(draft, at, STR("dob"))) {
            return true;
        }
    }
    return false;
}

/* "birthday party", "birthday cake sale": the day of something else. */
static bool is_event(const struct screen_draft *draft, uint32_t word)
{
    bool is_this = screen_is_word(draft, word + 1, STR("this")) ||
                   screen_is_word(draft, word + 1, STR("next")); /* "birthdays this week" */
    return screen_is_at(draft, word + 1, SCREEN_WORD_BIRTHDAY_EVENT) ||
           (screen_is_at(draft, word + 2, SCREEN_WORD_BIRTHDAY_EVENT) && !is_this &&
            draft->tokens[word + 1].kind == SCREEN_TOKEN_WORD);
}

/* Whether somebody of the roll is named in the sentence; a month may be a name elsewhere. */
static bool is_of_roll(const struct screen_work *work, uint32_t token,
                       const struct screen_date *date)
{
    return screen_is_named(work, screen_sentence_first(work->draft, token),
                           screen_sentence_end(work->draft, token) - 1, date->last);
}

/* Nobody's own day: of a famous person, an animal, an institution; or long ago. */
static bool is_of_others(const struct screen_work *work, uint32_t token,
                         const struct screen_date *date)
{
    const struct screen_draft *draft = work->draft;
    uint32_t word = screen_near_before(draft, token, SCREEN_WORD_BIRTH_WORD, BIRTH_BEFORE);
    bool is_form = word != SCREEN_NO_TOKEN && !is_birthday(draft, word) &&
                   !screen_is_word(draft, word, STR("born"));
    if (is_form || is_of_roll(work, token, date)) {
        return false;
    }
    struct screen_classes near = screen_classes_near(draft, token, ABOUT_BEFORE, ABOUT_AFTER);
    return (date->year != 0 && date->year < YEAR_LIVING_MIN) ||
           screen_classes_have(&near, SCREEN_WORD_PUBLIC_BIRTH) ||
           screen_classes_have(&near, SCREEN_WORD_PEOPLE_KNOWN) ||
           screen_classes_have(&near, SCREEN_WORD_ANIMAL);
}

/* Sentences between two tokens, from the first to the later one. */
static unsigned sentences_between(const struct screen_draft *draft, uint32_t first, uint32_t later)
{
    return draft->tokens[later].sentence - (unsigned)draft->tokens[first].sentence;
}

/* Whether what is said at `at` to happen is said of no person: "the school was born", "it will
 * be 20". */
static bool is_of_thing(const struct screen_draft *draft, uint32_t at)
{
    uint32_t first = at;
    while (first > 0 && (screen_is_at(draft, first - 1, SCREEN_WORD_TURNS_WORD) ||
                         screen_is_at(draft, first - 1, SCREEN_WORD_BE_WORD))) {
        first--;
    }
    return first > 0 && (screen_is_at(draft, first - 1, SCREEN_WORD_NO_PERSON) ||
                         draft->tokens[first - 1].kind == SCREEN_TOKEN_NUMBER ||
                         screen_is_word(draft, first, STR("it's")));
}

/* "born free: assembly on 3 March", "born to run on 3 March" */
static bool is_saying(const struct screen_draft *draft, uint32_t word, uint32_t token)
{
    if (screen_is_word(draft, word + 1, STR("to")) &&
        !(draft->tokens[word + 2].flags & SCREEN_TOKEN_CAPITAL)) { /* not "born to Sara" */
        return true;
    }
    for (uint32_t i = word + 2; i < token; i++) {
        if (screen_is_sign(draft, i, ':')) {
            return true;
        }
    }
    return false;
}

/* "When is your birthday? 21 October", "... mine is 21 October" */
static bool is_answer(const struct screen_draft *draft, uint32_t word, uint32_t token)
{
    uint32_t at = token;
    while (at > 0 && (screen_is_word(draft, at - 1, STR("the")) ||
                      screen_is_at(draft, at - 1, SCREEN_WORD_BE_WORD))) {
        at--;
    }
    at -= at > 0 && (screen_is_word(draft, at - 1, STR("mine")) ||
                     screen_is_word(draft, at - 1, STR("mine's")));
    return at > word && screen_is_sign(draft, at - 1, '?');
}

static bool is_said_before(const struct screen_draft *draft, uint32_t token,
                           const struct screen_date *date)
{
    uint32_t word = screen_near_before(draft, token, SCREEN_WORD_BIRTH_WORD, BIRTH_BEFORE);
    if (word == SCREEN_NO_TOKEN) {
        return false;
    }
    bool is_born = screen_is_word(draft, word, STR("born"));
    bool is_day = is_birthday(draft, word);
    unsigned sentences = sentences_between(draft, word, token);
    if (is_born) {
        return token - word <= BORN_BEFORE && sentences == 0 && !is_of_thing(draft, word) &&
               !is_saying(draft, word, token);
    }
    if (is_day && sentences == 1 && is_answer(draft, word, token)) {
        return true;
    }
    if (is_day) {
        return sentences <= (date->year != 0) && !is_event(draft, word);
    }
    return sentences <= 1;
}

/* "4 May is her birthday", "19 May: birthday of ..." */
static bool is_said_after(const struct screen_draft *draft, uint32_t token, uint32_t last)
{
    uint32_t word = screen_near_after(draft, last, SCREEN_WORD_BIRTH_WORD, BIRTH_AFTER);
    if (word == SCREEN_NO_TOKEN || sentences_between(draft, token, word) > 0) {
        return false;
    }
    if (!is_birthday(draft, word)) {
        bool is_being = screen_is_at(draft, last + 1, SCREEN_WORD_BE_WORD);
        return word - last <= (is_being ? 4 : 2) && !screen_is_word(draft, word, STR("born"));
    }
    for (uint32_t i = last + 1; i < word; i++) {
        if (draft->tokens[i].kind == SCREEN_TOKEN_SIGN && draft->tokens[i].sign == ',') {
            return false;
        }
    }
    bool has_owner = word - last <= 5 &&
                     (draft->tokens[word - 1].flags & SCREEN_TOKEN_POSSESSIVE ||
                      (word - last <= 3 && screen_is_at(draft, word - 1, SCREEN_WORD_AGE_OWNER)));
    bool has_verb = screen_near_before(draft, word, SCREEN_WORD_BE_WORD, 4) != SCREEN_NO_TOKEN;
    return !is_event(draft, word) && (word - last <= 2 || has_owner || has_verb);
}

static bool is_age(const struct screen_draft *draft, uint32_t token)
{
    struct str text = screen_token_folded(draft, token);
    int64_t age;
    if (screen_is_at(draft, token, SCREEN_WORD_AGE_WORD)) {
        return true;
    }
    return draft->tokens[token].kind == SCREEN_TOKEN_NUMBER && text.len <= 3 &&
           str_to_int(text, &age) && age >= 1 && age <= AGE_MAX;
}

/* "turns 12 on 4 May", "will be 40 on the 4th of July", "is 13 on Sunday!! 9 November 2012" */
static bool is_age_before(const struct screen_draft *draft, uint32_t token,
                          const struct screen_date *date)
{
    for (uint32_t i = 2; i <= AGE_BEFORE && i < token; i++) {
        uint32_t number = token - i;
        bool is_turned = screen_is_at(draft, number - 1, SCREEN_WORD_TURNS_WORD);
        bool is_on = screen_is_word(draft, number + 1, STR("on"));
        if (!is_turned || !is_age(draft, number) || !is_on || is_of_thing(draft, number)) {
            continue;
        }
        bool is_small = i == 3 && (screen_is_word(draft, token - 1, STR("the")) ||
                                   screen_is_at(draft, token - 1, SCREEN_WORD_WEEKDAY));
        bool is_next = i == 2 || is_small;
        unsigned sentences = sentences_between(draft, number, token);
        return is_next || (sentences <= 1 && date->year != 0);
    }
    return false;
}

/* "Forty on the 3rd of November", where a sentence begins with the age in words. */
static bool is_age_first(const struct screen_draft *draft, uint32_t token)
{
    uint32_t on = token;
    while (on > 0 && token - on < 2 &&
           (screen_is_word(draft, on - 1, STR("the")) ||
            screen_is_at(draft, on - 1, SCREEN_WORD_WEEKDAY))) {
        on--;
    }
    if (on < 2 || !screen_is_word(draft, on - 1, STR("on"))) {
        return false;
    }
    uint32_t number = on - 2;
    number -= number > 0 && draft->tokens[number].flags & SCREEN_TOKEN_HYPHEN;
    uint32_t last;
    unsigned age = screen_number_read(draft, number, &last);
    bool is_told = draft->tokens[number].kind == SCREEN_TOKEN_NUMBER && is_age(draft, number) &&
                   screen_token_folded(draft, number).len > 1 &&
                   screen_near_before(draft, number, SCREEN_WORD_BIRTH_WORD, INITIALS_WITHIN) !=
                       SCREEN_NO_TOKEN;
    if (is_told) { /* "birthday girl! 12 on 3 March" */
        return draft->tokens[number].flags & SCREEN_TOKEN_FIRST;
    }
    return age >= 10 && age <= AGE_MAX && last == on - 2 &&
           draft->tokens[number].flags & SCREEN_TOKEN_FIRST;
}

/* "her 18th is on Saturday 4 August", "my fortieth, 4 August": an age that people celebrate. */
static bool is_milestone_before(const struct screen_draft *draft, uint32_t token)
{
    uint32_t at = token;
    while (at > 1 && token - at < MILESTONE_BEFORE &&
           (screen_is_word(draft, at - 1, STR("on")) || screen_is_word(draft, at - 1, STR("the")) ||
            screen_is_sign(draft, at - 1, ',') || screen_is_sign(draft, at - 1, ':') ||
            screen_is_at(draft, at - 1, SCREEN_WORD_BE_WORD) ||
            screen_is_at(draft, at - 1, SCREEN_WORD_WEEKDAY))) {
        at--;
    }
    return at > 1 && screen_is_at(draft, at - 1, SCREEN_WORD_MILESTONE) &&
           (screen_is_at(draft, at - 2, SCREEN_WORD_AGE_OWNER) ||
            screen_is_word(draft, at - 2, STR("big")) ||
            draft->tokens[at - 2].flags & SCREEN_TOKEN_POSSESSIVE);
}

/* "12.02.1994, Aquarius", "3 March weighing 7lb" */
static bool has_stars(const struct screen_draft *draft, const struct screen_date *date)
{
    return (date->year != 0 && screen_near_after(draft, date->last, SCREEN_WORD_STAR_SIGN,
                                                 STARS_AFTER) != SCREEN_NO_TOKEN) ||
           screen_is_at(draft, date->last + 1, SCREEN_WORD_BIRTH_WEIGHT);
}

/* "born before 1 September", "between 1 September and 31 August" */
static bool is_limit(const struct screen_draft *draft, uint32_t token)
{
    uint32_t before = token > 0 && screen_is_word(draft, token - 1, STR("the")) ? 2 : 1;
    if (token < before) {
        return false;
    }
    bool is_second = screen_is_word(draft, token - before, STR("and"));
    return screen_is_at(draft, token - before, SCREEN_WORD_DATE_LIMIT) ||
           (is_second && screen_near_before(draft, token, SCREEN_WORD_DATE_LIMIT, LIMIT_BEFORE) !=
                             SCREEN_NO_TOKEN);
}

/* "Bernard 22/4, Cliff 1 Aug" in talk of birthdays: a name of the roll right before it. */
static bool is_on_rota(const struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    uint32_t before = token;
    while (before > 0 && token - before < 2 &&
           draft->tokens[before - 1].kind == SCREEN_TOKEN_SIGN) {
        before--;
    }
    return before > 0 && screen_is_named(work, before - 1, before - 1, token) &&
           screen_near_before(draft, token, SCREEN_WORD_BIRTH_WORD, ROTA_BEFORE) != SCREEN_NO_TOKEN;
}

/* Right behind a pupil's name, with nothing but a sign between, a full date of some years ago. */
static bool is_in_list(const struct screen_work *work, uint32_t token,
                       const struct screen_date *date)
{
    const struct screen_draft *draft = work->draft;
    uint32_t before = token;
    while (before > 0 && token - before < 2 &&
           draft->tokens[before - 1].kind == SCREEN_TOKEN_SIGN) {
        before--;
    }
    if (before == 0 || date->year < YEAR_LIST_MIN || date->year > YEAR_LIST_MAX) {
        return false;
    }
    return screen_is_named(work, before - 1, before - 1, token);
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
        bool is_year = i == token + 2 && part.len == 4;
        if (part.len != 2 && !is_year) {
            return SCREEN_NO_TOKEN;
        }
        memcpy(digits + *count, part.at, part.len);
        *count += part.len;
    }
    return token + 2;
}

/* "dob 030311", "dob 03 03 11": digits alone, right behind the word. */
static bool digits_after_word(const struct screen_draft *draft, uint32_t token,
                              struct screen_date *date)
{
    uint32_t word = screen_near_before(draft, token, SCREEN_WORD_BIRTH_WORD, 4);
    if (word == SCREEN_NO_TOKEN || is_birthday(draft, word) ||
        draft->tokens[token].kind != SCREEN_TOKEN_NUMBER) {
        return false;
    }
    char joined[BIRTH_DIGITS_MAX];
    size_t count;
    uint32_t last = spaced_digits(draft, token, joined, &count);
    bool is_spaced = last != SCREEN_NO_TOKEN;
    struct str digits = is_spaced ? (struct str){joined, count} : screen_token_plain(draft, token);
    bool is_date = screen_date_digits(digits, date);
    date->last = is_spaced ? last : token;
    return is_date;
}

/* "aged 12 (03/03/2011)", "turned 13 (5 June 2013)" */
static bool is_behind_age(const struct screen_draft *draft, uint32_t token,
                          const struct screen_date *date)
{
    uint32_t at = token;
    while (at > 0 && token - at < 2 && draft->tokens[at - 1].kind == SCREEN_TOKEN_SIGN) {
        at--;
    }
    bool is_aged = at > 1 && (screen_is_at(draft, at - 2, SCREEN_WORD_TURNS_WORD) ||
                              screen_is_word(draft, at - 2, STR("age")) ||
                              screen_is_word(draft, at - 2, STR("aged")));
    return date->year != 0 && is_aged && is_age(draft, at - 1);
}

/* One more of "dobs: Zofia 03/03/11, Will 04/04/11". */
static bool is_next_in_row(const struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    uint32_t from = token > ROW_BEFORE ? token - ROW_BEFORE : 0;
    return token > 0 && screen_finding_at(work, SCREEN_DATE_OF_BIRTH, draft->tokens[from].start,
                                          draft->tokens[token - 1].end) != NULL;
}

static void birth_report(struct screen_work *work, uint32_t token, const struct screen_date *date)
{
    const struct screen_draft *draft = work->draft;
    if (is_limit(draft, token)) {
        return;
    }
    bool is_initials =
        is_initials_before(draft, token, date) || is_initials_after(draft, date->last);
    if (is_initials) {
        screen_found(work, SCREEN_DATE_OF_BIRTH, SCREEN_DETAIL_NONE, token, date->last, 930,
                     because_said);
        return;
    }
    if (is_of_others(work, token, date)) {
        return;
    }
    bool is_said = is_said_before(draft, token, date) || is_on_rota(work, token) ||
                   screen_near_before(draft, token, SCREEN_WORD_WORLD_BIRTH, 3) != SCREEN_NO_TOKEN;
    bool is_before = is_said || is_age_before(draft, token, date) || is_age_first(draft, token) ||
                     is_milestone_before(draft, token);
    if (is_before || is_said_after(draft, token, date->last) || has_stars(draft, date)) {
        screen_found(work, SCREEN_DATE_OF_BIRTH, SCREEN_DETAIL_NONE, token, date->last,
                     is_before ? 930 : 850, is_said || !is_before ? because_said : because_age);
    } else if (is_in_list(work, token, date) || is_behind_age(draft, token, date) ||
               (date->year != 0 && is_next_in_row(work, token))) {
        screen_found(work, SCREEN_DATE_OF_BIRTH, SCREEN_DETAIL_NONE, token, date->last, 700,
                     because_list);
    }
}

void screen_find_births(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    for (uint32_t i = 0; i < draft->token_count;) {
        uint16_t kind = draft->tokens[i].kind;
        bool may_begin = kind == SCREEN_TOKEN_NUMBER || kind == SCREEN_TOKEN_MIXED ||
                         screen_is_at(draft, i, SCREEN_WORD_MONTH_NAME) ||
                         screen_is_at(draft, i, SCREEN_WORD_ORDINAL_WORD) ||
                         screen_is_at(draft, i, SCREEN_WORD_NAMED_DAY);
        struct screen_date date;
        bool is_date =
            may_begin && (screen_date_read(draft, i, &date) || digits_after_word(draft, i, &date));
        if (is_date) {
            birth_report(work, i, &date);
            i = date.last + 1;
        } else {
            i++;
        }
    }
}
