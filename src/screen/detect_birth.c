/*
 * screen/detect_birth.c - days on which somebody was born, or has a birthday.
 *
 * Read first: contact_int.h, dates_int.h. Start at: screen_find_births. birth_digits.c reads dates
 * that are digits alone.
 *
 * A date is one when something says so:
 *   before it    "dob 03/03/11", "born on 3rd of March 2011", "her birthday is 4 May"
 *   behind it    "4 May is his birthday"
 *   an age       "turns 12 on 4 May", "is 13 on Sunday! 9 November 2012", "her 18th is on 4 May",
 *                "on 4 May she will be 12"
 *   a question   "When is your birthday? 21 October"
 *   a sign of the stars  "12.02.1994, Aquarius"
 *   a weight     "baby girl arrived 4 May, 7lb 2oz"
 *   a list       "Zofia Nowak, 9B, 12/08/2012", "12/08/2012 Zofia Nowak": beside a name of the roll
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
#define BEING_MAX 3
#define FORM_AFTER 18
#define FORM_BEFORE 24 /* from "date of birth" to a full date in one sentence */
#define OWN_BEFORE 3
#define THING_BEFORE 10
#define THING_AFTER 5
#define THING_WORDS 3 /* of "the village hall" behind "birthday to" */
#define CAKE 0x1F382u /* the emoji */
#define ASIDE_BEFORE 8
#define ARRIVAL_BEFORE 6
#define ARRIVED_BEFORE 4
#define AGE_BEFORE 9
#define AGE_AFTER 10
#define AGE_LEAD 8  /* tokens: "years old next Friday, the" */
#define ROW_SIGNS 5 /* tokens between a name and its date: ", 9B," */
#define INITIALS_WITHIN 4
#define ROW_BEFORE 8
#define ROTA_NEAR 40
#define LINE_BEFORE 4 /* tokens from the begin of a line to its date */
#define ABOUT_BEFORE 14 /* how far away somebody famous is looked for */
#define ABOUT_AFTER 10
#define AGE_MAX 110
#define MILESTONE_BEFORE 5
#define STARS_NEAR 3
#define STARS_FIRST 0x2648u /* the signs of the stars as emoji */
#define STARS_LAST 0x2653u
#define WORLD_BEFORE 6
#define WAITED_BEFORE 3 /* tokens from "birthday" to "till" */
#define LIMIT_BEFORE 8 /* tokens from "between" to the second date */
#define YEAR_LIVING_MIN 1915u
#define YEAR_LIST_MIN 1930u /* of dates in a list, which nothing but a name says what they are */
#define YEAR_LIST_MAX 2021u
#define YEAR_CHILD_MIN 2005u
#define YEAR_CHILD_MAX 2016u

static const struct str because_said =
    STR_INIT("A date stands here that is said to be a birthday.");
static const struct str because_age =
    STR_INIT("A date stands here on which somebody reaches an age.");
static const struct str because_list = STR_INIT("A full date stands right behind a name.");

static bool is_list_year(const struct screen_date *date)
{
    return date->year >= YEAR_LIST_MIN && date->year <= YEAR_LIST_MAX;
}

/* "dob", "date of birth" */
static bool is_form_word(const struct screen_draft *draft, uint32_t word)
{
    return !screen_is_birthday(draft, word) && !screen_is_word(draft, word, STR("born"));
}

/* "D.O.B.: 12.4.2010", "b. 14 March 2011" */
static bool is_initials_before(const struct screen_draft *draft, uint32_t token,
                               const struct screen_date *date)
{
    bool is_b = date->year != 0 && token > 1 && screen_is_sign(draft, token - 1, '.') &&
                screen_is_word(draft, token - 2, STR("b")) &&
                !(draft->tokens[token - 2].flags & SCREEN_TOKEN_CAPITAL);
    is_b = is_b || (is_list_year(date) && token > 1 && screen_is_word(draft, token - 1, STR("b")) &&
                    (draft->tokens[token - 2].kind == SCREEN_TOKEN_SIGN ||
                     draft->tokens[token - 2].flags & SCREEN_TOKEN_CAPITAL)); /* "Ivy (b 3/3/12)" */
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
            !screen_is_word(draft, word + 1, STR("a")) && /* "birthday a week today" */
            draft->tokens[word + 1].kind == SCREEN_TOKEN_WORD);
}

/* Whether somebody of the roll is named in the sentence; a month may be a name elsewhere. */
static bool is_of_roll(const struct screen_work *work, uint32_t token,
                       const struct screen_date *date)
{
    return screen_is_named(work, screen_sentence_first(work->draft, token),
                           screen_sentence_end(work->draft, token) - 1, date->last);
}

/* "my birthday", "I was born", "our daughter was born": whatever else is spoken of near it. */
static bool is_own(const struct screen_draft *draft, uint32_t word)
{
    if (word == SCREEN_NO_TOKEN) {
        return false;
    }
    uint32_t kin = screen_near_before(draft, word, SCREEN_WORD_BIRTH_KIN, OWN_BEFORE);
    return kin != SCREEN_NO_TOKEN &&
           screen_near_before(draft, word, SCREEN_WORD_ANIMAL, OWN_BEFORE) == SCREEN_NO_TOKEN;
}

/* An animal, a town, a company close to the date: it may be theirs. What stands behind a full date
 * on which somebody was born tells of something else ("... in a car park"). */
static bool is_of_thing_near(const struct screen_draft *draft, uint32_t token,
                             const struct screen_date *date)
{
    static const enum screen_word things[] = {SCREEN_WORD_ANIMAL, SCREEN_WORD_PUBLIC_THING};
    struct screen_classes asked = SCREEN_CLASSES_OF(things);
    struct screen_classes before = screen_classes_near(draft, token, THING_BEFORE, 0);
    struct screen_classes after = screen_classes_near(draft, date->last, 0, THING_AFTER);
    bool is_born = is_list_year(date) && screen_near_before(draft, token, SCREEN_WORD_BIRTH_WORD,
                                                            OWN_BEFORE) != SCREEN_NO_TOKEN;
    return screen_classes_meet(&before, &asked) ||
           (!is_born && screen_classes_meet(&after, &asked));
}

/* "the choir's birthday", "the choir's 40th birthday", "happy birthday to the library". */
static bool is_of_institution(const struct screen_draft *draft, uint32_t word)
{
    uint32_t owner = word - (word > 1 && screen_is_at(draft, word - 1, SCREEN_WORD_MILESTONE)) - 1;
    if (word > 0 && draft->tokens[owner].flags & SCREEN_TOKEN_POSSESSIVE) {
        struct str name = screen_token_plain(draft, owner);
        size_t end = str_ends(name, STR("'s")) ? name.len - 2 : name.len - (name.len > 0);
        name = str_slice(name, 0, end);
        return screen_word_has(name, SCREEN_WORD_NO_PERSON) ||
               screen_word_has(name, SCREEN_WORD_AGED_THING);
    }
    uint32_t at = word + 2;
    bool is_to = screen_is_word(draft, word + 1, STR("to")) &&
                 (screen_is_word(draft, at, STR("the")) || screen_is_word(draft, at, STR("our")));
    for (uint32_t i = at + 1; is_to && i <= at + THING_WORDS && i < draft->token_count; i++) {
        bool is_end = i + 1 >= draft->token_count ||
                      draft->tokens[i + 1].kind == SCREEN_TOKEN_SIGN ||
                      draft->tokens[i + 1].flags & SCREEN_TOKEN_LINE;
        if (is_end && (screen_is_at(draft, i, SCREEN_WORD_NO_PERSON) ||
                       screen_is_at(draft, i, SCREEN_WORD_AGED_THING))) {
            return true; /* and not "to our club captain" */
        }
    }
    return false;
}

/* Nobody's own day: of a famous person, an animal, an institution; or long ago. */
static bool is_of_others(const struct screen_work *work, uint32_t token,
                         const struct screen_date *date)
{
    const struct screen_draft *draft = work->draft;
    uint32_t word = screen_near_before(draft, token, SCREEN_WORD_BIRTH_WORD, BIRTH_BEFORE);
    if ((word != SCREEN_NO_TOKEN && is_form_word(draft, word)) || is_of_roll(work, token, date)) {
        return false;
    }
    if (word != SCREEN_NO_TOKEN && screen_is_birthday(draft, word) &&
        is_of_institution(draft, word)) {
        return true;
    }
    if (word == SCREEN_NO_TOKEN) {
        word = screen_near_before(draft, token, SCREEN_WORD_TURNS_WORD, AGE_BEFORE);
    }
    if (is_own(draft, word)) {
        return false;
    }
    static const enum screen_word others[] = {SCREEN_WORD_PUBLIC_BIRTH, SCREEN_WORD_PEOPLE_KNOWN};
    struct screen_classes asked = SCREEN_CLASSES_OF(others);
    struct screen_classes before = screen_classes_near(draft, token, ABOUT_BEFORE, 0);
    struct screen_classes after = screen_classes_near(draft, date->last, 0, ABOUT_AFTER);
    return (date->year != 0 && date->year < YEAR_LIVING_MIN) ||
           screen_classes_meet(&before, &asked) || screen_classes_meet(&after, &asked) ||
           is_of_thing_near(draft, token, date);
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
                         screen_is_at(draft, first - 1, SCREEN_WORD_AGED_THING) ||
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
    bool is_told = at > 0 && screen_is_at(draft, at - 1, SCREEN_WORD_OWN_DAY); /* "mine's 4 May" */
    at -= is_told;
    return at > word && (is_told || screen_is_sign(draft, at - 1, '?'));
}

/* "the date of birth on the form that you sent back is 3 March 2012" */
static bool is_form_before(const struct screen_draft *draft, uint32_t token,
                           const struct screen_date *date)
{
    if (!is_list_year(date)) {
        return false;
    }
    uint32_t word = screen_near_before(draft, token, SCREEN_WORD_BIRTH_WORD, FORM_BEFORE);
    return word != SCREEN_NO_TOKEN && sentences_between(draft, word, token) == 0 &&
           is_form_word(draft, word);
}

static bool is_said_before(const struct screen_draft *draft, uint32_t token,
                           const struct screen_date *date)
{
    uint32_t word = screen_near_before(draft, token, SCREEN_WORD_BIRTH_WORD,
                                       date->year != 0 ? FORM_BEFORE : BIRTH_BEFORE);
    if (word == SCREEN_NO_TOKEN) {
        return false;
    }
    if (token - word > BIRTH_BEFORE && !screen_is_word(draft, word, STR("born"))) {
        return is_form_before(draft, token, date);
    }
    bool is_born = screen_is_word(draft, word, STR("born"));
    bool is_day = screen_is_birthday(draft, word);
    unsigned sentences = sentences_between(draft, word, token);
    if (is_born && sentences == 1) { /* "When were you born? 4 May 1988" */
        return is_answer(draft, word, token);
    }
    if (is_born) {
        return token - word <= (date->year != 0 ? FORM_BEFORE : BORN_BEFORE) && sentences == 0 &&
               !is_of_thing(draft, word) && !is_saying(draft, word, token);
    }
    if (is_day && word > 0 && screen_is_word(draft, word - 1, STR("no"))) {
        return false; /* "has no birthday" */
    }
    bool is_next = word + 2 == token && screen_is_sign(draft, word + 1, '.');
    if (is_day && is_next) { /* "My birthday. 4 May." */
        return true;
    }
    if (is_day && sentences == 1 && is_answer(draft, word, token)) {
        return true;
    }
    if (is_day) {
        return sentences <= (date->year != 0) && !is_event(draft, word);
    }
    return sentences <= 1;
}

/* "4 May, my birthday", "4 May, the same birthday as his", "4 May. That's my birthday". */
static bool is_owned_after(const struct screen_draft *draft, uint32_t last, uint32_t word)
{
    bool is_stop = screen_is_sign(draft, last + 1, '.') || screen_is_sign(draft, last + 1, '!');
    bool is_said = false;
    uint32_t next = last + 2;
    for (; next < last + 2 + BEING_MAX; next++, is_said = true) { /* "isn't that", "that's" */
        if (!screen_is_at(draft, next, SCREEN_WORD_BE_WORD) &&
            !screen_is_at(draft, next, SCREEN_WORD_THAT_WORD)) {
            break;
        }
    }
    if (!(is_stop && is_said) && !screen_is_sign(draft, last + 1, ',')) {
        return false;
    }
    next += screen_is_word(draft, next, STR("the"));
    bool is_owner = screen_is_at(draft, next, SCREEN_WORD_AGE_OWNER) ||
                    screen_is_word(draft, next, STR("same"));
    return is_owner && word <= next + 2 && screen_is_birthday(draft, word) &&
           !is_event(draft, word);
}

/* ", Kofi's birthday", "(my actual birthday": nothing but an owner between a sign and the word. */
static bool is_owner_alone(const struct screen_draft *draft, uint32_t last, uint32_t word)
{
    uint32_t owner = word - 1;
    bool is_owner = draft->tokens[owner].flags & SCREEN_TOKEN_POSSESSIVE ||
                    screen_is_at(draft, owner, SCREEN_WORD_AGE_OWNER);
    return owner > last + 1 && is_owner && screen_is_sign(draft, owner - 1, ',') &&
           screen_is_birthday(draft, word) && !is_event(draft, word);
}

/* "4 May 2012 is what was put, can you mend her date of birth" */
static bool is_form_after(const struct screen_draft *draft, const struct screen_date *date)
{
    if (!is_list_year(date) || !date->has_signs) {
        return false;
    }
    uint32_t word = screen_near_after(draft, date->last, SCREEN_WORD_BIRTH_WORD, FORM_AFTER);
    return word != SCREEN_NO_TOKEN && sentences_between(draft, date->last, word) == 0 &&
           is_form_word(draft, word);
}

/* Whether a token belongs to the name of a person, of the roll or not. */
static bool is_name_at(const struct screen_work *work, uint32_t at, uint32_t but)
{
    const struct screen_token *token = &work->draft->tokens[at];
    static const enum screen_word first[] = {
        SCREEN_WORD_PEOPLE_FIRST, SCREEN_WORD_PEOPLE_FIRST_USUAL, SCREEN_WORD_PEOPLE_FIRST_COMMON};
    struct screen_classes asked = SCREEN_CLASSES_OF(first);
    bool is_first =
        token->flags & SCREEN_TOKEN_CAPITAL && screen_classes_meet(&token->classes, &asked);
    return is_first || screen_is_named(work, at, at, but) ||
           screen_finding_at(work, SCREEN_PERSON_NAMED, token->start, token->end) != NULL;
}

/* "I'm 19-06-1990": a full date of some years ago that somebody is. */
static bool is_being(const struct screen_draft *draft, uint32_t token,
                     const struct screen_date *date)
{
    return token > 0 && date->has_signs && is_list_year(date) &&
           screen_is_at(draft, token - 1, SCREEN_WORD_AGE_SUBJECT) &&
           screen_is_at(draft, token - 1, SCREEN_WORD_TURNS_WORD);
}

/* "on 4 May my daughter was born", "4 May 2012 was the day he was born" */
static bool is_born_after(const struct screen_work *work, uint32_t word, uint32_t but)
{
    const struct screen_draft *draft = work->draft;
    return word > 1 && screen_is_word(draft, word, STR("born")) &&
           screen_is_word(draft, word - 1, STR("was")) &&
           (screen_is_at(draft, word - 2, SCREEN_WORD_AGE_SUBJECT) ||
            is_name_at(work, word - 2, but));
}

/* "4 May is her birthday", "19 May: birthday of ..." */
static bool is_said_after(const struct screen_work *work, uint32_t token,
                          const struct screen_date *date)
{
    const struct screen_draft *draft = work->draft;
    uint32_t last = date->last;
    uint32_t word = screen_near_after(draft, last, SCREEN_WORD_BIRTH_WORD, BIRTH_AFTER);
    if (word == SCREEN_NO_TOKEN) {
        return is_form_after(draft, date);
    }
    if (is_owned_after(draft, last, word)) {
        return true;
    }
    if (sentences_between(draft, token, word) > 0) {
        return false;
    }
    if (is_born_after(work, word, token) || is_form_after(draft, date) ||
        is_owner_alone(draft, last, word)) {
        return true;
    }
    if (!screen_is_birthday(draft, word)) {
        bool is_being = screen_is_at(draft, last + 1, SCREEN_WORD_BE_WORD);
        uint32_t far = date->year != 0 ? BIRTH_AFTER : 4;
        return word - last <= (is_being ? far : 2) && !screen_is_word(draft, word, STR("born"));
    }
    for (uint32_t i = last + 1; i < word; i++) {
        if (draft->tokens[i].kind == SCREEN_TOKEN_SIGN && draft->tokens[i].sign == ',') {
            return false;
        }
    }
    bool has_owner = word - last <= 5 &&
                     (draft->tokens[word - 1].flags & SCREEN_TOKEN_POSSESSIVE ||
                      screen_is_at(draft, word - 1, SCREEN_WORD_BIRTH_KIN) || /* "mum bday" */
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

/* "our Ed is the baby, 5 on 28 August": an age behind a comma and somebody who may have it. */
static bool is_age_aside(const struct screen_work *work, uint32_t age)
{
    const struct screen_draft *draft = work->draft;
    if (age < 2 || !screen_is_sign(draft, age - 1, ',') ||
        !screen_is_word(draft, age + 1, STR("on"))) {
        return false;
    }
    uint32_t who = screen_near_before(draft, age, SCREEN_WORD_AGE_SUBJECT, ASIDE_BEFORE);
    bool is_kin = who != SCREEN_NO_TOKEN && sentences_between(draft, who, age) == 0;
    return is_kin || screen_is_named(work, age - 2, age - 2, age);
}

/* The first token of "on Friday, the" before a date, which says that an age belongs to the day;
 * the date itself when there is none. */
static uint32_t lead_first(const struct screen_draft *draft, uint32_t token)
{
    uint32_t at = token;
    bool is_lead = false;
    while (at > 0 && token - at < AGE_LEAD) {
        bool is_day = screen_is_at(draft, at - 1, SCREEN_WORD_WEEKDAY) ||
                      screen_is_at(draft, at - 1, SCREEN_WORD_DAY_LEAD) ||
                      screen_is_sign(draft, at - 1, '(');
        bool is_sign = screen_is_sign(draft, at - 1, ',') || screen_is_sign(draft, at - 1, ')') ||
                       screen_is_sign(draft, at - 1, '!');
        if (!is_day && !is_sign && !screen_is_at(draft, at - 1, SCREEN_WORD_DAY_SMALL)) {
            break;
        }
        is_lead = is_lead || is_day;
        at--;
    }
    return is_lead ? at : token;
}

/* Whether a turning word before an age is said of a person: "turns", "will be"; "was" and "nan's"
 * need one right before them. */
static bool is_turning(const struct screen_work *work, uint32_t age)
{
    const struct screen_draft *draft = work->draft;
    bool is_today = draft->tokens[age].flags & SCREEN_TOKEN_FIRST && /* "18 today! 4 May" */
                    screen_is_word(draft, age + 1, STR("today"));
    age -= age > 1 && screen_is_word(draft, age - 1, STR("a")); /* "a hundred" */
    if (age == 0 || is_of_thing(draft, age)) {
        return is_today;
    }
    bool is_was = age > 1 && screen_is_word(draft, age - 1, STR("was")) &&
                  screen_is_at(draft, age - 2, SCREEN_WORD_AGE_SUBJECT);
    bool is_owner = draft->tokens[age - 1].flags & SCREEN_TOKEN_POSSESSIVE &&
                    (screen_is_at(draft, age - 1, SCREEN_WORD_AGE_SUBJECT) ||
                     is_name_at(work, age - 1, age));
    bool is_named = is_name_at(work, age - 1, age); /* "is Reuben 13 on 6 June?" */
    return is_was || is_owner || is_today || is_named ||
           screen_is_at(draft, age - 1, SCREEN_WORD_TURNS_WORD);
}

/* "turns eight on Friday, 12 June", "will be 8 years old on 12 June", "becomes a teenager on". */
static bool is_age_led(const struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    uint32_t at = lead_first(draft, token);
    if (at < 1 || at == token) {
        return false;
    }
    at--;
    if (screen_is_at(draft, at, SCREEN_WORD_AGE_NOUN)) {
        return at > 1 && is_turning(work, at - 1);
    }
    return is_age(draft, at) && (is_turning(work, at) || is_age_aside(work, at));
}

/* Whether the clause ends behind an age: "she'll be eight", "he turns 16 so ...". */
static bool is_age_end(const struct screen_draft *draft, uint32_t age)
{
    return age + 1 >= draft->token_count || draft->tokens[age + 1].kind == SCREEN_TOKEN_SIGN ||
           draft->tokens[age + 1].flags & SCREEN_TOKEN_LINE ||
           screen_is_word(draft, age + 1, STR("so")) ||
           screen_is_word(draft, age + 1, STR("and")) || screen_is_word(draft, age + 2, STR("old"));
}

/* "On 12 June he turns 16", "on 12 June she'll be eight": who, a turning word, the age. */
static bool is_age_after(const struct screen_work *work, uint32_t last)
{
    const struct screen_draft *draft = work->draft;
    if (!screen_draft_has_word(draft, SCREEN_WORD_TURNS_WORD)) {
        return false;
    }
    uint32_t end = screen_sentence_end(draft, last);
    for (uint32_t i = last + 3; i < end && i <= last + AGE_AFTER; i++) {
        if (!is_age(draft, i) || !is_age_end(draft, i) ||
            !screen_is_at(draft, i - 1, SCREEN_WORD_TURNS_WORD)) {
            continue;
        }
        uint32_t who = i - 1;
        while (who > last + 1 && (screen_is_at(draft, who, SCREEN_WORD_TURNS_WORD) &&
                                  !screen_is_at(draft, who, SCREEN_WORD_AGE_SUBJECT))) {
            who--;
        }
        return screen_is_at(draft, who, SCREEN_WORD_AGE_SUBJECT) ||
               screen_is_named(work, who, who, last);
    }
    return false;
}

/* "turns 12 on 4 May", "will be 40 on the 4th of July", "is 13 on Sunday!! 9 November 2012" */
static bool is_age_before(const struct screen_work *work, uint32_t token,
                          const struct screen_date *date)
{
    const struct screen_draft *draft = work->draft;
    if (is_age_led(work, token)) {
        return true;
    }
    for (uint32_t i = 2; i <= AGE_BEFORE && i < token; i++) {
        uint32_t number = token - i;
        bool is_turned = screen_is_at(draft, number - 1, SCREEN_WORD_TURNS_WORD);
        bool is_on = screen_is_word(draft, number + 1, STR("on"));
        if (!is_turned || !is_age(draft, number) || !is_on || is_of_thing(draft, number)) {
            continue;
        }
        return sentences_between(draft, number, token) <= 1 && date->year != 0;
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
            screen_is_sign(draft, at - 1, '!') || screen_is_sign(draft, at - 1, '(') ||
            screen_is_at(draft, at - 1, SCREEN_WORD_BE_WORD) ||
            screen_is_at(draft, at - 1, SCREEN_WORD_WEEKDAY))) {
        at--;
    }
    bool is_for = at > 2 && at < token && screen_is_word(draft, at - 2, STR("for")); /* "for me" */
    at -= is_for ? 2 : 0;
    return at > 1 && screen_is_at(draft, at - 1, SCREEN_WORD_MILESTONE) &&
           (screen_is_at(draft, at - 2, SCREEN_WORD_AGE_OWNER) ||
            screen_is_at(draft, at - 2, SCREEN_WORD_MILESTONE) || /* "the big 4-0" */
            screen_is_word(draft, at - 2, STR("big")) ||
            draft->tokens[at - 2].flags & SCREEN_TOKEN_POSSESSIVE);
}

/* "3 March weighing 7lb", "3 March, 7lb 2oz" */
static bool has_weight(const struct screen_draft *draft, uint32_t last)
{
    uint32_t next = last + 1 + screen_is_sign(draft, last + 1, ',');
    bool is_pounds = next < draft->token_count && draft->tokens[next].kind == SCREEN_TOKEN_MIXED &&
                     str_ends(screen_token_folded(draft, next), STR("lb"));
    return is_pounds || screen_is_at(draft, last + 1, SCREEN_WORD_BIRTH_WEIGHT);
}

static bool is_star(const struct screen_draft *draft, uint32_t at)
{
    return screen_is_at(draft, at, SCREEN_WORD_STAR_SIGN) ||
           (at < draft->token_count && draft->tokens[at].kind == SCREEN_TOKEN_SIGN &&
            draft->tokens[at].sign >= STARS_FIRST && draft->tokens[at].sign <= STARS_LAST);
}

/* "12.02.1994, Aquarius", "Pisces (12.03.1994)" */
static bool has_stars(const struct screen_draft *draft, uint32_t token,
                      const struct screen_date *date)
{
    for (uint32_t i = 1; i <= STARS_NEAR && date->year != 0; i++) {
        if (is_star(draft, date->last + i) || (i <= token && is_star(draft, token - i))) {
            return true;
        }
    }
    return false;
}

/* "born before 1 September", "between 1 September and 31 August" */
static bool is_limit(const struct screen_draft *draft, uint32_t token)
{
    uint32_t before = token > 0 && screen_is_word(draft, token - 1, STR("the")) ? 2 : 1;
    if (token < before) {
        return false;
    }
    bool is_second = screen_is_word(draft, token - before, STR("and"));
    bool is_waited = /* "my birthday isn't till 4 May" */
        (screen_is_word(draft, token - before, STR("till")) ||
         screen_is_word(draft, token - before, STR("until"))) &&
        screen_near_before(draft, token - before, SCREEN_WORD_BIRTH_WORD, WAITED_BEFORE) !=
            SCREEN_NO_TOKEN;
    return (screen_is_at(draft, token - before, SCREEN_WORD_DATE_LIMIT) && !is_waited) ||
           (is_second && screen_near_before(draft, token, SCREEN_WORD_DATE_LIMIT, LIMIT_BEFORE) !=
                             SCREEN_NO_TOKEN);
}

/* "me 4 Jan", a line of its own in talk of birthdays. */
static bool is_list_line(const struct screen_draft *draft, uint32_t token, uint32_t last)
{
    bool is_end =
        last + 1 >= draft->token_count || draft->tokens[last + 1].flags & SCREEN_TOKEN_LINE;
    for (uint32_t i = token; is_end && i > 0 && i + LINE_BEFORE > token; i--) {
        if (draft->tokens[i].flags & SCREEN_TOKEN_LINE) {
            return i < token;
        }
    }
    return false;
}

/* "Bernard 22/4, Cliff 1 Aug", "22/4 Bernard" in talk of birthdays: a name beside it. */
static bool is_on_rota(const struct screen_work *work, uint32_t token, uint32_t last)
{
    const struct screen_draft *draft = work->draft;
    if (!screen_is_near(draft, token, last, SCREEN_WORD_BIRTH_WORD, ROTA_NEAR, ROTA_NEAR)) {
        return false;
    }
    if (is_list_line(draft, token, last)) {
        return true;
    }
    uint32_t before = token;
    while (before > 0 && token - before < 2 &&
           draft->tokens[before - 1].kind == SCREEN_TOKEN_SIGN) {
        before--;
    }
    uint32_t next = last + 1;
    next += next < draft->token_count && draft->tokens[next].kind == SCREEN_TOKEN_SIGN &&
            draft->tokens[next].sign != ',';
    bool is_list = before < token || draft->tokens[token].flags & SCREEN_TOKEN_LINE;
    return (before > 0 && is_name_at(work, before - 1, token)) ||
           (is_list && next < draft->token_count && is_name_at(work, next, token));
}

/* What may stand between a name and its date in a list: signs, "9B", "F", "Year 9". */
static bool is_list_part(const struct screen_draft *draft, uint32_t at)
{
    const struct screen_token *token = &draft->tokens[at];
    bool is_short = token->kind != SCREEN_TOKEN_SIGN && token->folded_bytes <= 2;
    bool is_form = token->kind == SCREEN_TOKEN_MIXED && token->folded_bytes <= 3;
    return token->kind == SCREEN_TOKEN_SIGN || is_short || is_form ||
           screen_is_word(draft, at, STR("year"));
}

/* "12/08/2012 Zofia Nowak" where the date begins a line or an entry. */
static bool is_before_name(const struct screen_work *work, uint32_t token,
                           const struct screen_date *date)
{
    const struct screen_draft *draft = work->draft;
    uint32_t next = date->last + 1;
    next += next < draft->token_count && draft->tokens[next].kind == SCREEN_TOKEN_SIGN;
    bool is_entry = token == 0 || draft->tokens[token].flags & SCREEN_TOKEN_LINE ||
                    draft->tokens[token - 1].kind == SCREEN_TOKEN_SIGN;
    return is_entry && next < draft->token_count &&
           !(draft->tokens[next].flags & SCREEN_TOKEN_POSSESSIVE) && is_name_at(work, next, token);
}

/* "Orla Kerrigan (31 August 2014)", "my son (4.5.14)" */
static bool is_behind_person(const struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    return token > 1 && screen_is_sign(draft, token - 1, '(') &&
           (is_name_at(work, token - 2, token) ||
            screen_is_at(draft, token - 2, SCREEN_WORD_BIRTH_KIN));
}

/* "our son arrived on 4 May": said of a baby, with a year behind it or with its weight. */
static bool is_arrival(const struct screen_draft *draft, uint32_t token)
{
    uint32_t verb = screen_near_before(draft, token, SCREEN_WORD_BIRTH_ARRIVAL, ARRIVAL_BEFORE);
    if (verb == SCREEN_NO_TOKEN || sentences_between(draft, verb, token) > 0) {
        return false;
    }
    uint32_t baby = screen_near_before(draft, verb, SCREEN_WORD_BIRTH_BABY, ARRIVED_BEFORE);
    return baby != SCREEN_NO_TOKEN && sentences_between(draft, baby, verb) == 0 &&
           !(draft->tokens[baby].flags & SCREEN_TOKEN_POSSESSIVE);
}

/* Beside a pupil's name, with little but signs between, a full date of some years ago. */
static bool is_in_list(const struct screen_work *work, uint32_t token,
                       const struct screen_date *date)
{
    const struct screen_draft *draft = work->draft;
    if (!is_list_year(date)) {
        return false;
    }
    uint32_t before = token;
    while (before > 0 && token - before < ROW_SIGNS && is_list_part(draft, before - 1) &&
           !is_name_at(work, before - 1, token)) {
        before--;
    }
    return (before > 0 && is_name_at(work, before - 1, token) &&
            (date->has_signs || screen_is_named(work, before - 1, before - 1, token))) ||
           is_before_name(work, token, date) || is_behind_person(work, token);
}

/* "aged 12 (03/03/2011)", "turned 13 (5 June 2013)" */
static bool is_behind_age(const struct screen_draft *draft, uint32_t token,
                          const struct screen_date *date)
{
    uint32_t at = token;
    while (at > 0 && token - at < 2 && draft->tokens[at - 1].kind == SCREEN_TOKEN_SIGN) {
        at--;
    }
    uint32_t old = at;
    while (old > 0 && at - old < 2 && screen_is_at(draft, old - 1, SCREEN_WORD_DAY_SMALL)) {
        old--; /* "9 years old, 04/05/2016" */
    }
    if (old < at && old > 0 && screen_is_word(draft, at - 1, STR("old"))) {
        return date->year != 0 && is_age(draft, old - 1);
    }
    bool is_aged = at > 1 && (screen_is_at(draft, at - 2, SCREEN_WORD_TURNS_WORD) ||
                              screen_is_word(draft, at - 2, STR("age")) ||
                              screen_is_word(draft, at - 2, STR("aged")));
    return date->year != 0 && is_aged && is_age(draft, at - 1);
}

/* "SIMS shows 14/2/11 for Kofi": a day of a pupil's first years, in one sentence with the name. */
static bool is_of_pupil(const struct screen_work *work, uint32_t token,
                        const struct screen_date *date)
{
    const struct screen_draft *draft = work->draft;
    if (date->year < YEAR_CHILD_MIN || date->year > YEAR_CHILD_MAX) {
        return false;
    }
    uint32_t first = screen_sentence_first(draft, token);
    uint32_t last = screen_sentence_end(draft, token) - 1;
    return screen_is_named(work, first, last, date->last) &&
           screen_finding_at(work, SCREEN_PUPIL_NAMED, draft->tokens[first].start,
                             draft->tokens[last].end) != NULL;
}

/* "Leeds | 12.04.1990", "🎂 12 April": what a day in a profile is for. */
static bool is_in_profile(const struct screen_work *work, uint32_t token,
                          const struct screen_date *date)
{
    if (work->channel != SCREEN_CHANNEL_PROFILE) {
        return false;
    }
    bool has_cake = (token > 0 && screen_is_sign(work->draft, token - 1, CAKE)) ||
                    screen_is_sign(work->draft, date->last + 1, CAKE);
    bool is_other = screen_near_before(work->draft, token, SCREEN_WORD_OTHER_DAY, STARS_NEAR) !=
                    SCREEN_NO_TOKEN; /* "married", "est." */
    return has_cake || (is_list_year(date) && date->has_signs && !is_other);
}

/* One more of "dobs: Zofia 03/03/11, Will 04/04/11". */
static bool is_next_in_row(const struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    uint32_t from = token > ROW_BEFORE ? token - ROW_BEFORE : 0;
    return token > 0 && screen_finding_at(work, SCREEN_DATE_OF_BIRTH, draft->tokens[from].start,
                                          draft->tokens[token - 1].end) != NULL;
}

/* "Saturday 4 August": the weekday right before a date is a part of it. */
static uint32_t day_first(const struct screen_draft *draft, uint32_t token)
{
    uint32_t at = token;
    at -= at > 1 && screen_is_word(draft, at - 1, STR("the"));
    bool is_weekday = at > 0 && screen_is_at(draft, at - 1, SCREEN_WORD_WEEKDAY) &&
                      !(draft->tokens[at].flags & SCREEN_TOKEN_LINE);
    return is_weekday ? at - 1 : token;
}

/* "6 June or 6 July", "6 June, not 6 July": beside a day that was found. */
static bool is_other_choice(const struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    uint32_t at = token;
    at -= at > 0 && screen_is_word(draft, at - 1, STR("the"));
    if (at < 2 || (!screen_is_word(draft, at - 1, STR("or")) &&
                   !screen_is_word(draft, at - 1, STR("not")) &&
                   !screen_is_word(draft, at - 1, STR("sorry")))) {
        return false;
    }
    at -= 2;
    at -= at > 0 && screen_is_sign(draft, at, ',');
    return screen_finding_at(work, SCREEN_DATE_OF_BIRTH, draft->tokens[at].start,
                             draft->tokens[at].end) != NULL;
}

static void birth_report(struct screen_work *work, uint32_t token, const struct screen_date *date)
{
    const struct screen_draft *draft = work->draft;
    if (is_limit(draft, token)) {
        return;
    }
    uint32_t first = day_first(draft, token);
    bool is_initials =
        is_initials_before(draft, token, date) || is_initials_after(draft, date->last);
    if (is_initials) {
        screen_found(work, SCREEN_DATE_OF_BIRTH, SCREEN_DETAIL_NONE, first, date->last, 930,
                     because_said);
        return;
    }
    bool is_profile = is_in_profile(work, token, date);
    bool is_starred = date->year >= YEAR_LIST_MIN && has_stars(draft, token, date);
    if (!is_profile && !is_starred && is_of_others(work, token, date)) {
        return;
    }
    bool is_said =
        is_said_before(draft, token, date) || is_on_rota(work, token, date->last) ||
        is_arrival(draft, token) || is_being(draft, token, date) ||
        screen_near_before(draft, token, SCREEN_WORD_WORLD_BIRTH, WORLD_BEFORE) != SCREEN_NO_TOKEN;
    bool is_before = is_said || is_age_before(work, token, date) || is_age_first(draft, token) ||
                     is_milestone_before(draft, token) || is_age_after(work, date->last);
    if (is_before || is_said_after(work, token, date) || has_stars(draft, token, date) ||
        has_weight(draft, date->last)) {
        screen_found(work, SCREEN_DATE_OF_BIRTH, SCREEN_DETAIL_NONE, first, date->last,
                     is_before ? 930 : 850, is_said || !is_before ? because_said : because_age);
    } else if (is_in_list(work, token, date) || is_of_pupil(work, token, date) || is_profile ||
               is_behind_age(draft, token, date) || is_other_choice(work, token) ||
               (date->year != 0 && is_next_in_row(work, token))) {
        screen_found(work, SCREEN_DATE_OF_BIRTH, SCREEN_DETAIL_NONE, first, date->last, 700,
                     because_list);
    }
}

void screen_find_births(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    if (!screen_draft_has_kind(draft, SCREEN_TOKEN_NUMBER) &&
        !screen_draft_has_kind(draft, SCREEN_TOKEN_MIXED) &&
        !screen_draft_has_word(draft, SCREEN_WORD_ORDINAL_WORD) &&
        !screen_draft_has_word(draft, SCREEN_WORD_NAMED_DAY) &&
        !screen_draft_has_word(draft, SCREEN_WORD_DIGIT_WORD)) {
        return;
    }
    static const enum screen_word begins[] = {SCREEN_WORD_MONTH_NAME, SCREEN_WORD_ORDINAL_WORD,
                                              SCREEN_WORD_NAMED_DAY};
    const struct screen_classes any = SCREEN_CLASSES_OF(begins);
    for (uint32_t i = 0; i < draft->token_count;) {
        uint16_t kind = draft->tokens[i].kind;
        bool may_begin = kind == SCREEN_TOKEN_NUMBER || kind == SCREEN_TOKEN_MIXED ||
                         screen_classes_meet(&draft->tokens[i].classes, &any) ||
                         (screen_is_at(draft, i, SCREEN_WORD_DIGIT_WORD) &&
                          screen_draft_has_word(draft, SCREEN_WORD_BIRTH_WORD));
        struct screen_date date;
        bool is_date =
            may_begin && (screen_date_read(draft, i, &date) ||
                          screen_birth_digits_read(draft, i, &date));
        if (is_date) {
            birth_report(work, i, &date);
            i = date.last + 1;
        } else {
            i++;
        }
    }
}
