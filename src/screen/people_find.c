/*
 * screen/people_find.c - which words of a draft are a name of the roll.
 *
 * Read first: people_int.h. Start at: people_find_at, which tries the forms of a name one after the
 * other, those that say most first.
 *
 * What must hold: a form looks at no more than PEOPLE_NAME_WORDS_MAX words and tries each name
 * that can
 * begin there; nothing is compared letter by letter but what stands beside a name or a title.
 */
#include "screen/people_find_int.h"

#include <string.h>

/* ---- Names ----------------------------------------------------------------------------------- */

/* Adds the letters of a token, without apostrophes; of the last one without its possessive end. */
size_t people_letters_add(const struct people *people, uint32_t at, bool is_last,
                          char out[PEOPLE_NAME_BYTES_MAX], size_t length)
{
    const struct screen_token *token = &people->draft->tokens[at];
    struct str plain = screen_token_plain(people->draft, at);
    size_t end = plain.len;
    if (is_last && (token->flags & SCREEN_TOKEN_POSSESSIVE)) {
        end -= str_ends(plain, STR("'s")) ? 2 : 1;
    }
    for (size_t i = 0; i < end && length < PEOPLE_NAME_BYTES_MAX; i++) {
        if (plain.at[i] != '\'') {
            out[length++] = plain.at[i];
        }
    }
    return length;
}

static bool name_put(const struct people *people, uint32_t hash, uint32_t last, bool is_possessive,
                     struct people_name found[PEOPLE_NAMES_MAX], uint32_t *count)
{
    struct name_hits hits = roll_name_find(people->index, hash);
    if (hits.count == 0 || *count == PEOPLE_NAMES_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < *count; i++) {
        if (found[i].hash == hash && found[i].last == last) {
            return false;
        }
    }
    found[(*count)++] = (struct people_name){hash, last, hits, is_possessive};
    return true;
}

/* Whether the word after `at` belongs close to it: a hyphen or a space between, and no sign. */
static bool is_next_word(const struct people *people, uint32_t at)
{
    const struct screen_token *next = people_token(people, (int64_t)at + 1);
    return people_is_word(next) && !(next->flags & SCREEN_TOKEN_LINE);
}

/* Several words as one name. */
static void joined_put(const struct people *people, uint32_t at, uint32_t last,
                       struct people_name found[PEOPLE_NAMES_MAX], uint32_t *count)
{
    char bytes[PEOPLE_NAME_BYTES_MAX];
    size_t length = 0;
    for (uint32_t i = at; i <= last; i++) {
        length = people_letters_add(people, i, i == last, bytes, length);
    }
    bool is_possessive = people->draft->tokens[last].flags & SCREEN_TOKEN_POSSESSIVE;
    name_put(people, screen_hash((struct str){bytes, length}), last, is_possessive, found, count);
}

static bool has_apostrophe(const struct people *people, uint32_t at)
{
    struct str plain = screen_token_plain(people->draft, at);
    return !(people->draft->tokens[at].flags & SCREEN_TOKEN_EVEN) && plain.len > 0 &&
           memchr(plain.at, '\'', plain.len) != NULL;
}

uint32_t people_names_read(const struct people *people, uint32_t at, bool is_after_first,
                           struct people_name found[PEOPLE_NAMES_MAX])
{
    uint32_t count = 0;
    const struct screen_token *token = people_token(people, at);
    if (!people_is_word(token)) {
        return 0;
    }
    const struct screen_token *next = people_token(people, (int64_t)at + 1);
    bool is_hyphened = next != NULL && (next->flags & SCREEN_TOKEN_HYPHEN);
    struct name_hits alone = roll_name_find(people->index, token->hash);
    bool is_simple = !is_hyphened && !is_after_first && token->stem_hash == token->hash;
    if (is_simple && alone.count == 0 && !has_apostrophe(people, at)) {
        return 0; /* most words */
    }
    if (is_hyphened || is_after_first || (alone.uses & NAME_USE(NAME_BEGINS))) {
        uint32_t last = at;
        while (last - at + 1 < PEOPLE_NAME_WORDS_MAX && is_next_word(people, last)) {
            last++;
        }
        for (; last > at; last--) {
            joined_put(people, at, last, found, &count);
        }
    }
    name_put(people, token->hash, at, false, found, &count);
    if (token->stem_hash != token->hash) {
        name_put(people, token->stem_hash, at, true, found, &count);
    }
    if (has_apostrophe(people, at)) {
        joined_put(people, at, at, found, &count);
    }
    return count;
}

uint32_t people_names_at(const struct people *people, uint32_t at,
                         struct people_name found[PEOPLE_NAMES_MAX])
{
    return people_names_read(people, at, false, found);
}

/* The last of words that hyphens hold together. */
uint32_t people_hyphens_end(const struct people *people, uint32_t at)
{
    uint32_t last = at;
    for (const struct screen_token *next;
         last - at + 1 < PEOPLE_NAME_WORDS_MAX &&
         (next = people_token(people, (int64_t)last + 1)) != NULL && people_is_word(next) &&
         (next->flags & SCREEN_TOKEN_HYPHEN);) {
        last++;
    }
    return last;
}

/* The names that words, taken together, may be a slip of. */
uint32_t people_near_at(const struct people *people, uint32_t at, uint32_t last, size_t slips,
                        uint32_t found[ROLL_NEAR_MAX])
{
    char bytes[PEOPLE_NAME_BYTES_MAX];
    size_t length = 0;
    for (uint32_t i = at; i <= last; i++) {
        length = people_letters_add(people, i, i == last, bytes, length);
    }
    return roll_near_find(people->index, (struct str){bytes, length}, slips, found);
}

bool people_is_possessive_at(const struct people *people, uint32_t at)
{
    return people->draft->tokens[at].flags & SCREEN_TOKEN_POSSESSIVE;
}

/* Words that people capitalise, or any word where no capitals are used. */
bool people_may_be_name(const struct people *people, const struct screen_token *token)
{
    return people_is_word(token) &&
           (people->letters == PEOPLE_CASE_LOWER || people_is_capital(token));
}

/* The place behind `at` where a surname may stand: the next word, or one behind an initial. */
static uint32_t places_after(const struct people *people, uint32_t at, uint32_t places[2])
{
    uint32_t count = 0;
    const struct screen_token *next = people_token(people, (int64_t)at + 1);
    if (!people_is_word(next) || (next->flags & SCREEN_TOKEN_LINE)) {
        return 0;
    }
    places[count++] = at + 1;
    bool is_initial = next->plain_bytes == 1;
    uint32_t behind = at + 2;
    if (is_initial && people_is_sign(people_token(people, behind), '.')) {
        behind++;
    }
    const struct screen_token *other = people_token(people, behind);
    if (people_is_word(other) && people_may_be_name(people, next) &&
        people_may_be_name(people, other) && !(other->flags & SCREEN_TOKEN_LINE)) {
        places[count++] = behind; /* a middle name, or the first letter of one */
    }
    return count;
}

/* ---- First name and surname ------------------------------------------------------------------ */

void people_mention_row(struct people_mention *mention, enum people_form form, uint32_t first,
                        uint32_t last, uint32_t hash, uint32_t row)
{
    *mention = (struct people_mention){
        .form = form, .first = first, .last = last, .hash = hash, .row = row};
}

void people_mention_hits(struct people_mention *mention, enum people_form form, uint32_t first,
                         const struct people_name *name, unsigned uses)
{
    *mention = (struct people_mention){.form = form,
                                       .first = first,
                                       .last = name->last,
                                       .hash = name->hash,
                                       .row = SCREEN_NOBODY,
                                       .hits = name->hits,
                                       .uses = uses,
                                       .is_possessive = name->is_possessive};
}

bool people_full_find(const struct people *people, uint32_t at, const struct people_name *given,
                      struct people_mention *mention)
{
    uint32_t places[2];
    uint32_t place_count = given->is_possessive ? 0 : places_after(people, given->last, places);
    for (uint32_t p = 0; p < place_count; p++) {
        struct people_name names[PEOPLE_NAMES_MAX];
        uint32_t count = people_names_read(people, places[p], true, names);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t row;
            if (roll_pair_find(people->index, given->hash, names[i].hash, &row) > 0) {
                people_mention_row(mention, PEOPLE_FULL, at, names[i].last, given->hash, row);
                mention->is_possessive = names[i].is_possessive;
                return true;
            }
        }
    }
    return false;
}

/* "Nowak, Zofia", as lists have it, and "NOWAK Zofia". */
static bool turned_find(const struct people *people, uint32_t at, const struct people_name *surname,
                        struct people_mention *mention)
{
    uint32_t behind = surname->last + 1;
    bool is_divided = people_is_sign(people_token(people, behind), ',');
    bool is_loud = people->letters == PEOPLE_CASE_MIXED &&
                   (people->draft->tokens[surname->last].flags & SCREEN_TOKEN_ALL_CAPITAL);
    if (!(surname->hits.uses & NAME_USE_LAST) || (!is_divided && !is_loud)) {
        return false;
    }
    struct people_name names[PEOPLE_NAMES_MAX];
    uint32_t count = people_names_read(people, behind + is_divided, false, names);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row;
        if (roll_pair_find(people->index, names[i].hash, surname->hash, &row) > 0) {
            people_mention_row(mention, PEOPLE_FULL, at, names[i].last, names[i].hash, row);
            mention->is_possessive = names[i].is_possessive;
            return true;
        }
    }
    return false;
}

/* The first name is right and the surname is not. */
bool people_surname_near_find(const struct people *people, uint32_t at,
                              const struct people_name *given, struct people_mention *mention)
{
    uint32_t behind = given->last + 1;
    if (given->is_possessive || !people_may_be_name(people, people_token(people, behind)) ||
        !is_next_word(people, given->last)) {
        return false;
    }
    bool is_small = people->letters == PEOPLE_CASE_LOWER &&
                    people_is(people_token(people, at), SCREEN_WORD_PEOPLE_WORD);
    uint32_t near[ROLL_NEAR_MAX];
    uint32_t last = people_hyphens_end(people, behind);
    uint32_t count = is_small ? 0 : people_near_at(people, behind, last, 2, near);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row;
        if (roll_pair_find(people->index, given->hash, near[i], &row) > 0) {
            people_mention_row(mention, PEOPLE_FULL_NEAR, at, last, given->hash, row);
            mention->is_possessive = people_is_possessive_at(people, last);
            return true;
        }
    }
    return false;
}

/* The first name is no name of the roll, but nearly; the surname is one, or nearly one. */
static bool first_near_find(const struct people *people, uint32_t at,
                            struct people_mention *mention)
{
    const struct screen_token *token = people_token(people, at);
    const struct screen_token *next = people_token(people, (int64_t)at + 1);
    if (!people_may_be_name(people, token) || !people_may_be_name(people, next) ||
        !is_next_word(people, at) || token->plain_bytes < 4 ||
        people_is_possessive_at(people, at)) {
        return false;
    }
    struct people_name names[PEOPLE_NAMES_MAX];
    uint32_t surname_count = people_names_read(people, at + 1, true, names);
    bool is_likely = people_is_capital(token) && people_is_capital(next);
    if (surname_count == 0 && !is_likely) {
        return false;
    }
    uint32_t near[ROLL_NEAR_MAX], behind[ROLL_NEAR_MAX];
    bool is_sure = surname_count > 0;
    uint32_t count = people_near_at(people, at, at, is_sure ? 2 : 1, near);
    uint32_t behind_count =
        count > 0 && !is_sure ? people_near_at(people, at + 1, at + 1, 1, behind) : 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row;
        for (uint32_t s = 0; s < surname_count + behind_count; s++) {
            uint32_t surname = s < surname_count ? names[s].hash : behind[s - surname_count];
            if (roll_pair_find(people->index, near[i], surname, &row) > 0) {
                uint32_t last = s < surname_count ? names[s].last : at + 1;
                people_mention_row(mention, PEOPLE_FULL_NEAR, at, last, near[i], row);
                mention->is_possessive = people_is_possessive_at(people, last);
                return true;
            }
        }
    }
    return false;
}

bool people_find_at(const struct people *people, uint32_t at, struct people_mention *mention)
{
    const struct screen_token *token = &people->draft->tokens[at];
    if (token->kind == SCREEN_TOKEN_HANDLE || token->kind == SCREEN_TOKEN_HASHTAG) {
        return people_together_find(people, at, mention);
    }
    if (token->kind != SCREEN_TOKEN_WORD) {
        return false;
    }
    if (people_is(token, SCREEN_WORD_PEOPLE_TITLE) && people_title_find(people, at, mention)) {
        return true;
    }
    if (token->plain_bytes == 1 && (people_initials_find(people, at, mention) ||
                                    people_initial_surname_find(people, at, mention))) {
        return true;
    }
    struct people_name names[PEOPLE_NAMES_MAX];
    uint32_t count = people_names_read(people, at, false, names);
    for (uint32_t i = 0; i < count; i++) {
        if (people_full_find(people, at, &names[i], mention) ||
            turned_find(people, at, &names[i], mention)) {
            return true;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        if ((names[i].hits.uses & NAME_USE_FIRST) &&
            (people_first_initial_find(people, at, &names[i], mention) ||
             people_surname_near_find(people, at, &names[i], mention))) {
            return true;
        }
    }
    if (people_alone_find(names, count, at, mention) || people_owner_find(people, at, mention)) {
        return true;
    }
    return first_near_find(people, at, mention) || people_alone_near_find(people, at, mention);
}
