/*
 * screen/people_title.c - names behind a title, and names cut down to letters.
 *
 * Read first: people_find_int.h. Start at: people_title_find.
 */
#include "screen/people_find_int.h"

#include <string.h>

/* ---- Title ----------------------------------------------------------------------------------- */

static bool has_kind(const struct people *people, const struct name_hits *hits, unsigned uses,
                     bool is_adult)
{
    for (uint32_t i = 0; i < hits->count && i < PEOPLE_BEARERS_MAX; i++) {
        bool is_pupil = people->roll->people[name_row(hits->items[i])].kind == SCREEN_PERSON_PUPIL;
        if ((uses & NAME_USE(name_form(hits->items[i]))) && is_pupil != is_adult) {
            return true;
        }
    }
    return false;
}

/* Where a name begins behind a title: past its full stop, and past "and Mrs". */
static uint32_t after_title(const struct people *people, uint32_t at)
{
    uint32_t behind = at + 1;
    if (people_is_sign(people_token(people, behind), '.')) {
        behind++;
    }
    const struct screen_token *joint = people_token(people, behind);
    bool is_and = people_is_sign(joint, '&') ||
                  (joint != NULL && people_is_word(joint) &&
                   str_equal(screen_token_plain(people->draft, behind), STR("and")));
    if (is_and && people_is(people_token(people, (int64_t)behind + 1), SCREEN_WORD_PEOPLE_TITLE)) {
        behind += 2;
        if (people_is_sign(people_token(people, behind), '.')) {
            behind++;
        }
    }
    return behind;
}

/* "Mr Delacriox" */
static bool title_near_find(const struct people *people, uint32_t at, uint32_t behind,
                            struct people_mention *mention)
{
    const struct screen_token *token = people_token(people, behind);
    if (!people_may_be_name(people, token) || people_is(token, SCREEN_WORD_PEOPLE_MOCK)) {
        return false;
    }
    uint32_t near[ROLL_NEAR_MAX];
    uint32_t last = people_hyphens_end(people, behind);
    uint32_t count = people_near_at(people, behind, last, 2, near);
    for (uint32_t i = 0; i < count; i++) {
        struct people_name name = {near[i], last, roll_name_find(people->index, near[i]),
                                   people_is_possessive_at(people, last)};
        if (has_kind(people, &name.hits, NAME_USE_LAST, true)) {
            people_mention_hits(mention, PEOPLE_TITLE_NEAR, at, &name, NAME_USE_LAST);
            mention->is_of_adults = true;
            return true;
        }
    }
    return false;
}

bool people_title_find(const struct people *people, uint32_t at, struct people_mention *mention)
{
    uint32_t behind = after_title(people, at);
    const struct screen_token *token = people_token(people, behind);
    if (!people_is_word(token) || (token->flags & SCREEN_TOKEN_LINE)) {
        return false;
    }
    struct people_name names[PEOPLE_NAMES_MAX];
    uint32_t count = people_names_read(people, behind, false, names);
    for (uint32_t i = 0; i < count; i++) {
        if (people_full_find(people, behind, &names[i], mention) ||
            people_surname_near_find(people, behind, &names[i], mention)) {
            mention->first = at;
            return true;
        }
    }
    char initial = 0;
    if (token->plain_bytes == 1 && people_is_capital(token)) { /* "Mr T. Zielinski" */
        initial = screen_token_plain(people->draft, behind).at[0];
        behind++;
        if (people_is_sign(people_token(people, behind), '.')) {
            behind++;
        }
        count = people_names_read(people, behind, false, names);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (has_kind(people, &names[i].hits, NAME_USE_LAST, true)) {
            people_mention_hits(mention, PEOPLE_TITLE, at, &names[i], NAME_USE_LAST);
            mention->is_of_adults = true;
            mention->initial = initial;
            return true;
        }
    }
    if (behind < people->draft->token_count && title_near_find(people, at, behind, mention)) {
        return true;
    }
    for (uint32_t i = 0; i < count && initial == 0; i++) {
        unsigned uses = NAME_USE(NAME_GIVEN) | NAME_USE(NAME_KNOWN);
        const struct screen_token *next = people_token(people, (int64_t)names[i].last + 1);
        if (has_kind(people, &names[i].hits, uses, true) && !people_is_capital(next)) {
            people_mention_hits(mention, PEOPLE_TITLE_FIRST, at, &names[i], uses);
            mention->is_of_adults = true;
            return true;
        }
    }
    return false;
}

/* ---- Initials -------------------------------------------------------------------------------- */

static char letter_at(const struct people *people, uint32_t at)
{
    const struct screen_token *token = people_token(people, at);
    if (!people_is_word(token) || token->plain_bytes != 1 ||
        (!people_is_capital(token) && people->letters != PEOPLE_CASE_LOWER)) {
        return 0;
    }
    char letter = screen_token_plain(people->draft, at).at[0];
    return (char)(letter >= 'a' && letter <= 'z' ? letter : 0);
}

/* Two capitals that are short for something else. */
static bool is_short_form(char first, char second)
{
    static const char forms[] =
        "pe re it dt ps us uk id tv dj mc pc ta pa ht la ai ok eu un bc ad am"
        " pm no mp st dr qc kc cv hr po xx vs ie eg pp nb ra bo ba ma bs ac dc"
        " fc rc oj ot rt si ks ft pr jp jr dd cd gp ep ip os ou ox ss";
    for (size_t i = 0; i + 1 < sizeof forms; i += 3) {
        if (forms[i] == first && forms[i + 1] == second) {
            return true;
        }
    }
    return false;
}

/* "K.M-L." and "K.M.L." of Mensah-Lane: the letter of the second part of the surname. */
static bool has_second_surname(const struct people *people, uint32_t row, char letter)
{
    struct str name = people->roll->people[row].name;
    for (size_t i = name.len; i > 1; i--) {
        if (name.at[i - 2] == '-') {
            return (name.at[i - 1] | 0x20) == letter;
        }
    }
    return false;
}

/* "Z.N." and "Z. N." */
bool people_initials_find(const struct people *people, uint32_t at, struct people_mention *mention)
{
    char given = letter_at(people, at);
    char surname = letter_at(people, at + 2);
    const struct screen_token *stop = people_token(people, (int64_t)at + 1);
    if (given == 0 || surname == 0 || !people_is_capital(people_token(people, at)) ||
        !people_is_capital(people_token(people, (int64_t)at + 2)) || !people_is_sign(stop, '.') ||
        is_short_form(given, surname)) {
        return false;
    }
    const struct screen_token *before = people_token(people, (int64_t)at - 1);
    bool is_in_row = people_is_sign(before, '.') && before->end == people->draft->tokens[at].start;
    uint32_t last = at + 2;
    const struct screen_token *behind = people_token(people, (int64_t)last + 1);
    bool has_stop = people_is_sign(behind, '.') && behind->end > 0 &&
                    people->draft->tokens[last].end == behind->start;
    const struct screen_token *beyond = people_token(people, (int64_t)last + 1 + has_stop);
    uint32_t row = people->index->initials[given - 'a'][surname - 'a'].row;
    bool is_third = people_is_word(beyond) && beyond->plain_bytes == 1 &&
                    people_is_capital(beyond) &&
                    (has_stop || (beyond->flags & SCREEN_TOKEN_HYPHEN));
    bool is_of_more = is_third;
    if (is_third && people->index->initials[given - 'a'][surname - 'a'].count > 0 &&
        has_second_surname(people, row, letter_at(people, last + 1 + has_stop))) {
        last += 1 + has_stop;
        has_stop = people_is_sign(people_token(people, (int64_t)last + 1), '.');
        beyond = people_token(people, (int64_t)last + 1 + has_stop);
        is_of_more = false;
    }
    bool has_surname = people_is_word(beyond) && people_is_capital(beyond) &&
                       !(beyond->flags & SCREEN_TOKEN_FIRST);
    uint32_t bearers = people->index->initials[given - 'a'][surname - 'a'].count;
    if (bearers == 0 || is_in_row || is_of_more || has_surname) {
        return false;
    }
    people_mention_row(mention, PEOPLE_INITIALS, at, last + has_stop, bearers, row);
    return true;
}

bool people_initial_surname_find(const struct people *people, uint32_t at,
                                 struct people_mention *mention)
{
    char initial = letter_at(people, at);
    uint32_t behind = at + 1;
    bool has_stop = people_is_sign(people_token(people, behind), '.');
    if (initial == 0 || (!has_stop && (initial == 'i' || initial == 'a'))) {
        return false;
    }
    behind += has_stop;
    if (letter_at(people, behind) &&
        people_is_sign(people_token(people, (int64_t)behind + 1), '.')) {
        behind += 2; /* "J.L. Amadi" */
    }
    const struct screen_token *token = people_token(people, behind);
    if (!people_is_capital(token) || (token->flags & SCREEN_TOKEN_LINE)) {
        return false;
    }
    struct people_name names[PEOPLE_NAMES_MAX];
    uint32_t count = people_names_read(people, behind, true, names);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t h = 0; h < names[i].hits.count && h < PEOPLE_BEARERS_MAX; h++) {
            uint32_t item = names[i].hits.items[h];
            if ((NAME_USE_LAST & NAME_USE(name_form(item))) &&
                people->index->places[name_row(item)].given == initial) {
                people_mention_hits(mention, PEOPLE_INITIAL_SURNAME, at, &names[i], NAME_USE_LAST);
                mention->initial = initial;
                return true;
            }
        }
    }
    return false;
}

/* "Zofia N.", "Will H" */
bool people_first_initial_find(const struct people *people, uint32_t at,
                               const struct people_name *given, struct people_mention *mention)
{
    uint32_t behind = given->last + 1;
    char initial = letter_at(people, behind);
    const struct screen_token *stop = people_token(people, (int64_t)behind + 1);
    const struct screen_token *token = people_token(people, behind);
    bool has_stop = people_is_sign(stop, '.') && stop->start == token->end;
    bool is_short_word = people->letters == PEOPLE_CASE_LOWER && initial != 0 &&
                         memchr("aiburcknxyo", initial, 11) != NULL;
    if (given->is_possessive || initial == 0 || is_short_word || (initial == 'i' && !has_stop) ||
        (token->flags & SCREEN_TOKEN_LINE)) {
        return false;
    }
    for (uint32_t i = 0; i < given->hits.count && i < PEOPLE_BEARERS_MAX; i++) {
        uint32_t item = given->hits.items[i];
        if ((NAME_USE_FIRST & NAME_USE(name_form(item))) &&
            people->index->places[name_row(item)].surname == initial) {
            people_mention_hits(mention, PEOPLE_FIRST_INITIAL, at, given, NAME_USE_FIRST);
            mention->last = behind + has_stop;
            mention->initial = initial;
            return true;
        }
    }
    return false;
}
