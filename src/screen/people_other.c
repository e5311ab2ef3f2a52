/*
 * screen/people_other.c - private people who are named in full and are not on the roll.
 *
 * Read first: people_int.h. Start at: people_stranger_at.
 *
 * What must hold: a public, historical or made-up figure is none of them, nor is an author. Not all
 * of those are known, so on a person's own account a name counts only where the draft itself says
 * that it is somebody of the writer's life: "my landlord", "her number is", a name under a letter.
 */
#include "screen/people_int.h"

#include "screen/model_int.h"

bool people_is_first_name(const struct people *people, const struct screen_token *token)
{
    if (!people_is_word(token)) {
        return false;
    }
    return screen_word_is(token, SCREEN_WORD_PEOPLE_FIRST) ||
           screen_word_is(token, SCREEN_WORD_PEOPLE_FIRST_COMMON) ||
           screen_word_is(token, SCREEN_WORD_PEOPLE_FIRST_USUAL) ||
           screen_model_is_first_name(people->work->setting->model, token->hash);
}

/* The end of a surname: a hyphen or an apostrophe within it. */
static uint32_t surname_end(const struct people *people, uint32_t at)
{
    uint32_t last = at;
    for (int parts = 0; parts < 2; parts++) {
        const struct screen_token *next = people_token(people, (int64_t)last + 1);
        if (!people_is_word(next) || !(next->flags & SCREEN_TOKEN_HYPHEN) ||
            !people_is_capital(next)) {
            break;
        }
        last++;
    }
    return last;
}

/* A place or a thing is named after somebody: "Garrett Anderson School", "the Harry Lime theme". */
static bool is_of_thing(const struct people *people, uint32_t last)
{
    const struct screen_token *next = people_token(people, (int64_t)last + 1);
    return people_is_word(next) && people_is_capital(next) && !(next->flags & SCREEN_TOKEN_FIRST) &&
           !(people->draft->tokens[last].flags & SCREEN_TOKEN_POSSESSIVE);
}

static bool is_known_between(const struct people *people, uint32_t first, uint32_t last)
{
    for (uint32_t at = first; at <= last; at++) {
        const struct screen_token *token = people_token(people, at);
        if (screen_word_is(token, SCREEN_WORD_PEOPLE_KNOWN) ||
            screen_word_is(token, SCREEN_WORD_PEOPLE_IDIOM)) {
            return true;
        }
    }
    return false;
}

static void stranger_put(struct people_mention *mention, enum people_form form, uint32_t first,
                         uint32_t last, uint32_t hash)
{
    *mention = (struct people_mention){
        .form = form, .first = first, .last = last, .hash = hash, .row = SCREEN_NOBODY};
}

/* "Miss Kirsty Allardyce", "Mrs Jenkins", "Mr T. Ogden" */
static bool title_at(const struct people *people, uint32_t at, struct people_mention *mention)
{
    const struct screen_token *title = people_token(people, at);
    uint32_t behind = at + 1;
    if (people_is_sign(people_token(people, behind), '.')) {
        behind++;
    }
    const struct screen_token *token = people_token(people, behind);
    if (!people_is_capital(title) || !people_is_word(token) || !people_is_capital(token) ||
        (token->flags & SCREEN_TOKEN_LINE) || screen_word_is(token, SCREEN_WORD_PEOPLE_MOCK)) {
        return false;
    }
    if (token->plain_bytes == 1) {
        behind++;
        if (people_is_sign(people_token(people, behind), '.')) {
            behind++;
        }
    } else {
        const struct screen_token *next = people_token(people, (int64_t)behind + 1);
        bool is_first = people_is_word(next) && people_may_be_surname(people, behind + 1) &&
                        !screen_word_is(next, SCREEN_WORD_PEOPLE_MOCK);
        behind += is_first;
    }
    token = people_token(people, behind);
    if (!people_is_word(token) || !people_is_capital(token) || token->plain_bytes < 3 ||
        (token->flags & SCREEN_TOKEN_ALL_CAPITAL && people->letters == PEOPLE_CASE_MIXED)) {
        return false;
    }
    uint32_t last = surname_end(people, behind);
    stranger_put(mention, PEOPLE_STRANGER_TITLE, at, last, token->stem_hash);
    return !is_known_between(people, at, last);
}

/* "No more Dan Browns", "seven Dan Browns": books, not people. */
static bool is_many(const struct people *people, uint32_t first, uint32_t last)
{
    const struct screen_token *before = people_token(people, (int64_t)first - 1);
    bool is_counted = before != NULL && (before->kind == SCREEN_TOKEN_NUMBER ||
                                         people_is(before, SCREEN_WORD_PEOPLE_DETERMINER));
    return is_counted && str_ends(screen_token_plain(people->draft, last), STR("s"));
}

static bool full_at(const struct people *people, uint32_t at, struct people_mention *mention)
{
    const struct screen_token *token = people_token(people, at);
    if (people->letters != PEOPLE_CASE_MIXED || !people_is_capital(token) ||
        (token->flags & SCREEN_TOKEN_ALL_CAPITAL) || !people_is_first_name(people, token) ||
        (token->flags & SCREEN_TOKEN_POSSESSIVE)) {
        return false;
    }
    uint32_t behind = at + 1;
    const struct screen_token *middle = people_token(people, behind);
    if (people_is_word(middle) && middle->plain_bytes == 1 && people_is_capital(middle)) {
        behind += people_is_sign(people_token(people, (int64_t)behind + 1), '.') ? 2 : 1;
    }
    if (behind >= people->draft->token_count || !people_may_be_surname(people, behind)) {
        return false;
    }
    uint32_t last = surname_end(people, behind);
    const struct screen_token *before = people_token(people, (int64_t)at - 1);
    bool is_part = people_is_word(before) && people_is_capital(before) &&
                   !(before->flags & SCREEN_TOKEN_FIRST) &&
                   !screen_word_is(before, SCREEN_WORD_PEOPLE_GREETING);
    stranger_put(mention, PEOPLE_STRANGER_FULL, at, last, token->hash);
    return !is_part && !is_many(people, at, last) && !is_of_thing(people, last) &&
           !is_known_between(people, at, last) && !people_is(before, SCREEN_WORD_PEOPLE_HONOUR);
}

/* "name J Rudge": a first letter will do where the draft says that a name comes. */
static bool initial_at(const struct people *people, uint32_t at, struct people_mention *mention)
{
    uint32_t behind = at + 1;
    if (people_is_sign(people_token(people, behind), '.')) {
        behind++;
    }
    const struct screen_token *before = people_token(people, (int64_t)at - 1);
    if (!people_is_capital(people_token(people, at)) || behind >= people->draft->token_count ||
        !people_is(before, SCREEN_WORD_PEOPLE_ROLE) || !people_may_be_surname(people, behind)) {
        return false;
    }
    uint32_t last = surname_end(people, behind);
    stranger_put(mention, PEOPLE_STRANGER_FULL, at, last, people->draft->tokens[behind].stem_hash);
    return !is_of_thing(people, last);
}

bool people_stranger_at(const struct people *people, uint32_t at, struct people_mention *mention)
{
    const struct screen_token *token = people_token(people, at);
    if (!people_is_word(token)) {
        return false;
    }
    return screen_word_is(token, SCREEN_WORD_PEOPLE_TITLE) ? title_at(people, at, mention)
           : token->plain_bytes == 1                       ? initial_at(people, at, mention)
                                                           : full_at(people, at, mention);
}

/* ---- How sure -------------------------------------------------------------------------------- */

static bool is_written_by(const struct people *people, const struct people_mention *mention)
{
    int64_t before = (int64_t)mention->first - 1;
    return people_is(people_token(people, before), SCREEN_WORD_PEOPLE_MAKER);
}

/* A name under a letter, or before "hon. secretary" there. */
static bool is_signature(const struct people *people, const struct people_mention *mention)
{
    const struct screen_token *first = people_token(people, mention->first);
    uint32_t left = people->draft->token_count - 1 - mention->last;
    return (first->flags & SCREEN_TOKEN_FIRST) && left <= 6 && mention->first > 3;
}

/* "Amy Sandiford from the Gazette here" */
static bool is_speaker(const struct people *people, const struct people_mention *mention)
{
    uint32_t behind = mention->last + 1;
    return behind < people->draft->token_count &&
           people->work->channel == SCREEN_CHANNEL_INCOMING &&
           (str_equal(screen_token_plain(people->draft, behind), STR("from")) ||
            str_equal(screen_token_plain(people->draft, behind), STR("here")));
}

/* Telephone, mail or address stand near. */
static bool is_beside_contact(const struct people *people, const struct people_mention *mention)
{
    for (int64_t at = (int64_t)mention->last + 1; at <= (int64_t)mention->last + 6; at++) {
        const struct screen_token *token = people_token(people, at);
        if (token == NULL) {
            break;
        }
        bool is_number = token->kind == SCREEN_TOKEN_NUMBER && token->plain_bytes >= 5;
        if (token->kind == SCREEN_TOKEN_MAIL || is_number) {
            return true;
        }
    }
    return false;
}

unsigned people_stranger_weigh(const struct people *people, const struct people_mention *mention,
                               const struct people_signs *signs)
{
    enum screen_channel channel = people->work->channel;
    bool is_private = channel == SCREEN_CHANNEL_MESSAGE || channel == SCREEN_CHANNEL_INCOMING;
    bool is_titled = mention->form == PEOPLE_STRANGER_TITLE;
    int64_t role = (int64_t)mention->first - 1;
    role -= people_is_sign(people_token(people, role), ',') ||
            people_is_sign(people_token(people, role), ':');
    const struct screen_token *before = people_token(people, role);
    int points = is_private ? 3 : channel == SCREEN_CHANNEL_OFFICIAL ? 2 : 0;
    points += is_titled ? 2 : 0;
    points += signs->is_kin || people_is(before, SCREEN_WORD_PEOPLE_ROLE) ? 4 : 0;
    points += signs->is_greeted || signs->is_introduced || signs->is_acted_on ? 2 : 0;
    points += is_signature(people, mention) ? 3 : 0;
    points += is_beside_contact(people, mention) ? 3 : 0;
    points += signs->school > 0 ? 1 : 0;
    points -= is_written_by(people, mention) ? 6 : 0;
    points -= signs->is_animal ? 6 : 0;
    points -= signs->is_naming ? 4 : 0;
    points -= is_titled && signs->is_long_past ? 6 : 0;
    points -= is_titled && signs->is_of_show ? 3 : 0;
    points += signs->is_addressed ? 3 : 0;
    points += is_speaker(people, mention) ? 2 : 0;
    const struct screen_token *first = people_token(people, mention->first);
    points -= !is_titled && screen_word_is(first, SCREEN_WORD_PEOPLE_WORD)
                  ? signs->is_sentence_first ? 2 : 1
                  : 0;
    static const uint16_t table[] = {50, 150, 300, 450, 620, 740, 820, 880, 920};
    int at = points < 0 ? 0 : points > 8 ? 8 : points;
    return table[at];
}
