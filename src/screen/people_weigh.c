/*
 * screen/people_weigh.c - how sure it is that a mention is a name, and whose.
 *
 * Read first: people_int.h. Start at: people_weigh.
 *
 * Both questions are answered by adding points and reading a table. A point is a small whole number
 * that can be defended by itself; a table says which share of mentions with so many points is
 * right,
 * and is kept below what drafts written for training showed.
 */
#include "screen/people_int.h"
#include "screen/people_signs_int.h"

#include <assert.h>

/* ---- Is it a name? --------------------------------------------------------------------------- */

static unsigned of_thousand(int points, const uint16_t *table, int least, int most)
{
    int at = points < least ? least : points > most ? most : points;
    return table[at - least];
}

/* Common words. */
static unsigned name_confidence(int points)
{
    static const uint16_t table[] = {20, 60, 150, 300, 480, 650, 800, 900, 950, 980};
    return of_thousand(points, table, -3, 6);
}

static const struct screen_token *main_token(const struct people *people,
                                             const struct people_mention *mention)
{
    return people_token(people, mention->first);
}

static bool is_common_word(const struct people *people, const struct people_mention *mention)
{
    bool has_word = false;
    for (uint32_t at = mention->first; at <= mention->last; at++) {
        const struct screen_token *token = people_token(people, at);
        if (people_is_word(token) && !screen_word_is(token, SCREEN_WORD_PEOPLE_WORD)) {
            return false;
        }
        has_word = has_word || people_is_word(token);
    }
    return has_word;
}

/* "1 May", "May 2nd": a day of a month. */
static bool is_beside_number(const struct people *people, const struct people_mention *mention)
{
    const struct screen_token *before = people_token(people, (int64_t)mention->first - 1);
    const struct screen_token *behind = people_token(people, (int64_t)mention->last + 1);
    return (before != NULL &&
            (before->kind == SCREEN_TOKEN_NUMBER || before->kind == SCREEN_TOKEN_MIXED)) ||
           (behind != NULL &&
            (behind->kind == SCREEN_TOKEN_NUMBER || behind->kind == SCREEN_TOKEN_MIXED));
}

/* "2 Mark": marks are counted, but "Year 9 Mark" is a pupil. */
static bool is_counted(const struct people *people, const struct people_mention *mention)
{
    const struct screen_token *before = people_token(people, (int64_t)mention->first - 1);
    return people_is(main_token(people, mention), SCREEN_WORD_PEOPLE_VERBAL) && before != NULL &&
           before->kind == SCREEN_TOKEN_NUMBER &&
           !people_is(people_token(people, (int64_t)mention->first - 2), SCREEN_WORD_PEOPLE_YEAR);
}

/* Points for the letters: capitals say something only where the writer uses them. */
static int letter_points(const struct people *people, const struct people_mention *mention,
                         const struct people_signs *signs)
{
    const struct screen_token *token = main_token(people, mention);
    bool is_season = screen_word_is(token, SCREEN_WORD_PEOPLE_TIME) ||
                     screen_word_is(token, SCREEN_WORD_PEOPLE_PLACE);
    bool is_month = screen_word_is(token, SCREEN_WORD_PEOPLE_MONTH);
    bool is_place = screen_word_is(token, SCREEN_WORD_PEOPLE_PLACE);
    if ((is_month && is_beside_number(people, mention)) || is_counted(people, mention)) {
        return -8;
    }
    if (people->letters != PEOPLE_CASE_MIXED) {
        bool is_usual_verb = screen_word_is(token, SCREEN_WORD_PEOPLE_VERBAL) &&
                             !screen_word_is(token, SCREEN_WORD_PEOPLE_FIRST_COMMON);
        return screen_word_is(token, SCREEN_WORD_PEOPLE_MODAL) ? -3
               : is_usual_verb || is_season                    ? -2
                                                               : -1;
    }
    if (!people_is_capital(token)) {
        return -5;
    }
    bool is_loud = (token->flags & SCREEN_TOKEN_ALL_CAPITAL) && token->plain_bytes > 2;
    /* Months and places have a capital anyway, seasons with some writers. */
    return signs->is_sentence_first || is_loud || is_month || is_place ? 0 : is_season ? 2 : 3;
}

static int idiom_points(const struct people *people, const struct people_mention *mention,
                        const struct people_signs *signs)
{
    const struct screen_token *token = main_token(people, mention);
    bool is_modal = screen_word_is(token, SCREEN_WORD_PEOPLE_MODAL) &&
                    !screen_word_is(token, SCREEN_WORD_PEOPLE_TIME);
    bool is_within = people_is_capital(token) && !signs->is_sentence_first &&
                     people->letters == PEOPLE_CASE_MIXED;
    bool is_excused = (is_modal && is_within) || signs->is_before_class || signs->is_praised ||
                      (signs->is_acted_sure && is_within) ||
                      (signs->is_inverted && screen_word_is(token, SCREEN_WORD_PEOPLE_MODAL));
    bool is_of_person = signs->is_before_verb || signs->is_state || signs->is_owner_of_school ||
                        signs->is_before_auxiliary;
    return !signs->is_idiom || is_excused ? 0 : is_of_person ? -3 : -6;
}

/* "Will you", "May I", "Mark the". */
static int grammar_points(const struct people *people, const struct people_mention *mention,
                          const struct people_signs *signs)
{
    const struct screen_token *token = main_token(people, mention);
    const struct screen_token *next = people_token(people, (int64_t)mention->last + 1);
    if (mention->is_possessive || !people_is_word(next)) {
        return 0;
    }
    if (signs->is_inverted) { /* "can autumn leave early" */
        bool is_determined = screen_word_is(next, SCREEN_WORD_PEOPLE_DETERMINER);
        return is_determined ? -3 : screen_word_is(next, SCREEN_WORD_PEOPLE_MODAL_AFTER) ? 2 : 0;
    }
    bool is_modal = screen_word_is(token, SCREEN_WORD_PEOPLE_MODAL) && !signs->is_acted_sure &&
                    !signs->is_beside_name && screen_word_is(next, SCREEN_WORD_PEOPLE_MODAL_AFTER);
    bool is_within = people->letters == PEOPLE_CASE_MIXED && people_is_capital(token) &&
                     !signs->is_sentence_first;
    bool is_verb = screen_word_is(token, SCREEN_WORD_PEOPLE_VERBAL) && !is_within &&
                   screen_word_is(next, SCREEN_WORD_PEOPLE_MARK_AFTER);
    return is_modal ? -4 : is_verb ? -3 : 0;
}

static int behind_points(const struct people *people, const struct people_mention *mention,
                         const struct people_signs *signs)
{
    const struct screen_token *token = main_token(people, mention);
    bool is_season = screen_word_is(token, SCREEN_WORD_PEOPLE_TIME) ||
                     screen_word_is(token, SCREEN_WORD_PEOPLE_PLACE);
    int points = mention->form == PEOPLE_SURNAME ? -2 : 0;
    bool is_will = screen_word_is(token, SCREEN_WORD_PEOPLE_MODAL) && !is_season;
    const struct screen_token *next = people_token(people, (int64_t)mention->last + 1);
    bool is_after_modal = people_is(next, SCREEN_WORD_PEOPLE_MODAL_AFTER);
    points += signs->is_owner_of_school ? 5 : signs->is_owner && !is_season ? 1 : 0;
    points += signs->is_before_verb ? is_season ? 2 : 3 : 0;
    /* No other verb can follow "will" and "may" but in its plain form. */
    bool is_modal = screen_word_is(token, SCREEN_WORD_PEOPLE_MODAL);
    points += is_modal && signs->is_before_verb && !is_after_modal ? 3 : 0;
    if (signs->is_before_linking) {
        bool is_owned =
            signs->is_having && !is_season && !screen_word_is(token, SCREEN_WORD_PEOPLE_VIRTUE);
        points += signs->is_state           ? is_season ? 3 : 4
                  : signs->is_word_of_thing ? -1
                  : is_owned                ? 3
                                            : 1;
    }
    if (signs->is_before_auxiliary) {
        points += is_will ? 3 : 2;
    }
    points += is_will && mention->is_possessive ? 3 : 0; /* no contraction of "will" ends so */
    points += signs->is_shortened ? 3 : 0;
    bool is_thing = is_season || screen_word_is(token, SCREEN_WORD_PEOPLE_VIRTUE);
    points += signs->is_from_school || (signs->is_in_school && !is_thing) ? 3 : 0;
    points += signs->is_before_pronoun ? signs->is_before_verb || signs->is_state ? 2 : 1 : 0;
    points += signs->is_with_writer ? 3 : 0;
    points += signs->is_before_class ? 4 : 0;
    points += signs->is_scored ? 3 : 0;
    points -= signs->is_virtue_row ? 6 : 0;
    points -= signs->is_after_capital ? 5 : 0;
    points += signs->is_addressed ? people->work->channel == SCREEN_CHANNEL_MESSAGE ? 3 : 1 : 0;
    return points;
}

static int before_points(const struct people *people, const struct people_mention *mention,
                         const struct people_signs *signs)
{
    const struct screen_token *token = main_token(people, mention);
    bool is_season = screen_word_is(token, SCREEN_WORD_PEOPLE_TIME) ||
                     screen_word_is(token, SCREEN_WORD_PEOPLE_PLACE);
    int points = 0;
    bool is_modal = screen_word_is(token, SCREEN_WORD_PEOPLE_MODAL);
    bool is_thing = is_season || screen_word_is(token, SCREEN_WORD_PEOPLE_VIRTUE);
    bool is_small = people->letters == PEOPLE_CASE_LOWER;
    bool is_verb = is_modal || screen_word_is(token, SCREEN_WORD_PEOPLE_VERBAL);
    points += signs->is_greeted ? is_small && !is_verb ? 4 : 3 : 0;
    points +=
        signs->is_after_verb && !signs->is_acted_on && !signs->is_acted_sure ? is_small ? 1 : 2 : 0;
    points += signs->is_kin && !signs->is_animal ? 3 : 0;
    points += signs->is_acted_on && !signs->is_acted_sure ? 2 : 0;
    points += signs->is_acted_sure ? is_modal ? 5 : 3 : 0;
    points += signs->is_inverted ? is_modal ? 4 : is_thing ? 2 : 3 : 0;
    points += signs->is_after_small && !is_season ? 1 : 0;
    points += signs->is_about && is_season && !signs->is_acted_sure ? 2 : 0;
    points += signs->is_introduced ? 1 : 0;
    points -=
        signs->is_after_time && is_season && !signs->is_greeted && !signs->is_acted_sure ? 4 : 0;
    points -= signs->is_determined || (signs->is_our && !signs->is_kin) ? 4 : 0;
    return points;
}

static bool is_named_in_full(const struct people *people, const struct people_mention *mention)
{
    for (uint32_t i = 0; i < mention->hits.count && i < PEOPLE_BEARERS_MAX; i++) {
        for (uint32_t r = 0; r < people->row_count; r++) {
            if (people->rows[r] == name_row(mention->hits.items[i])) {
                return true;
            }
        }
    }
    return false;
}

/* A name that is no word, in small letters: "kofi says" is as good as "Kofi says". */
static unsigned rare_name_confidence(const struct people *people,
                                     const struct people_mention *mention,
                                     const struct people_signs *signs)
{
    const struct screen_token *token = main_token(people, mention);
    if (signs->is_known || signs->is_idiom) {
        return 150;
    }
    if (people_is_capital(token) || people->letters != PEOPLE_CASE_MIXED ||
        token->kind == SCREEN_TOKEN_HANDLE) {
        return 980;
    }
    bool is_short = token->plain_bytes <= 3 || !(mention->hits.uses & ~NAME_USE(NAME_SHORT));
    if (mention->form == PEOPLE_SURNAME) {
        return 60;
    }
    bool is_usual = screen_word_is(token, SCREEN_WORD_PEOPLE_FIRST_COMMON);
    bool is_listed = is_usual || people_is_first_name(people, token);
    return is_short ? 400 : is_usual ? 850 : is_listed ? 930 : 750;
}

static unsigned alone_name_confidence(const struct people *people,
                                      const struct people_mention *mention,
                                      const struct people_signs *signs)
{
    if (!is_common_word(people, mention)) {
        return rare_name_confidence(people, mention, signs);
    }
    int points = letter_points(people, mention, signs) + idiom_points(people, mention, signs) +
                 grammar_points(people, mention, signs) + behind_points(people, mention, signs) +
                 before_points(people, mention, signs);
    points += signs->is_beside_name ? 4 : 0;
    points += signs->is_beside_word && signs->school > 0 && !signs->is_virtue_row ? 2 : 0;
    bool is_of_school = signs->school >= (people->letters == PEOPLE_CASE_MIXED ? 2 : 1);
    points += is_of_school && people->work->channel != SCREEN_CHANNEL_PERSONAL ? 1 : 0;
    points -= signs->is_known && !signs->is_before_class ? 5 : 0;
    points += is_named_in_full(people, mention) ? 5 : 0;
    return name_confidence(points);
}

/* Both words of "Jack Frost", "Mark Reading", "Summer Dale" are common ones. */
static unsigned full_name_confidence(const struct people *people,
                                     const struct people_mention *mention,
                                     const struct people_signs *signs)
{
    const struct screen_token *first = people_token(people, mention->first);
    const struct screen_token *last = people_token(people, mention->last);
    bool are_words = is_common_word(people, mention);
    if (signs->is_known) {
        bool is_of_school = signs->school >= 2 || (signs->school > 0 && signs->is_before_verb) ||
                            signs->is_before_class || people->row_count > 0 ||
                            people->work->channel == SCREEN_CHANNEL_OFFICIAL;
        bool is_written = people->letters != PEOPLE_CASE_MIXED ||
                          (people_is_capital(first) && people_is_capital(last));
        return is_of_school && is_written ? 800 : 150;
    }
    if (!are_words) {
        return 990;
    }
    if (people->letters == PEOPLE_CASE_MIXED) {
        bool are_capital = people_is_capital(first) && people_is_capital(last);
        return are_capital ? 960 : signs->school >= 2 ? 300 : 60;
    }
    bool is_sure = signs->school >= 1 || signs->is_before_class || signs->is_owner_of_school ||
                   signs->is_greeted || signs->is_acted_on || signs->is_beside_name;
    return signs->is_idiom ? 150 : is_sure ? 850 : 400;
}

/* ---- Is it somebody of the roll? ------------------------------------------------------------- */

static unsigned roll_confidence(int points)
{
    static const uint16_t table[] = {50, 120, 250, 400, 550, 680, 780, 860, 910, 945, 965};
    return of_thousand(points, table, -1, 9);
}

struct bearers {
    uint32_t best_row, best_count, count;
    int best;
    bool is_narrowed; /* class, year or an earlier mention tells them apart */
    enum screen_person_kind kind;
};

static int bearer_points(const struct people *people, const struct people_mention *mention,
                         uint32_t item)
{
    uint32_t row = name_row(item);
    const struct roll_place *place = &people->index->places[row];
    int points = 0;
    for (uint32_t i = 0; i < people->class_count; i++) {
        points += place->class_hash == people->classes[i] ? 5 : 0;
    }
    if (points == 0 && place->year != ROLL_NO_YEAR && (people->years >> place->year & 1)) {
        points += 3;
    }
    for (uint32_t i = 0; i < people->row_count; i++) {
        points += people->rows[i] == row ? 6 : 0;
    }
    enum name_form form = name_form(item);
    points -= form == NAME_SHORT ? 3 : form == NAME_SURNAME_PART ? 2 : 0;
    bool is_adult = people->roll->people[row].kind != SCREEN_PERSON_PUPIL;
    points +=
        mention->is_of_adults && people->roll->people[row].kind == SCREEN_PERSON_STAFF ? 1 : 0;
    points -= mention->is_of_adults && !is_adult ? 100 : 0;
    points +=
        mention->form == PEOPLE_SURNAME && people->roll->people[row].kind == SCREEN_PERSON_STAFF
            ? 1
            : 0;
    return points;
}

static bool item_counts(const struct people *people, const struct people_mention *mention,
                        uint32_t item)
{
    const struct roll_place *place = &people->index->places[name_row(item)];
    if (!(mention->uses & NAME_USE(name_form(item)))) {
        return false;
    }
    if (mention->initial == 0) {
        return true;
    }
    bool is_by_surname = mention->form == PEOPLE_FIRST_INITIAL;
    return (is_by_surname ? place->surname : place->given) == mention->initial ||
           mention->form == PEOPLE_TITLE;
}

static struct bearers bearers_find(const struct people *people,
                                   const struct people_mention *mention)
{
    struct bearers found = {.best_row = SCREEN_NOBODY, .best = -1000};
    uint32_t last_row = SCREEN_NOBODY;
    for (uint32_t i = 0; i < mention->hits.count && i < PEOPLE_BEARERS_MAX; i++) {
        uint32_t item = mention->hits.items[i];
        if (!item_counts(people, mention, item) || name_row(item) == last_row) {
            continue;
        }
        last_row = name_row(item);
        int points = bearer_points(people, mention, item);
        found.count++;
        if (points > found.best) {
            found.best = points;
            found.best_row = last_row;
            found.best_count = 0;
        }
        found.best_count += points == found.best;
    }
    if (found.best_row != SCREEN_NOBODY) {
        found.kind = people->roll->people[found.best_row].kind;
        found.is_narrowed = found.best >= 3;
    }
    return found;
}

static int channel_points(enum screen_channel channel)
{
    switch (channel) {
    case SCREEN_CHANNEL_PERSONAL:
        return 0;
    case SCREEN_CHANNEL_PROFILE:
        return 1;
    case SCREEN_CHANNEL_OFFICIAL:
    case SCREEN_CHANNEL_MESSAGE:
    case SCREEN_CHANNEL_INCOMING:
        return 3;
    case SCREEN_CHANNEL_COUNT:
        break;
    }
    assert(false && "no such channel");
    return 0;
}

/* Words of school say most where nothing else ties a draft to the school. */
static int school_points(const struct people *people, const struct people_signs *signs)
{
    bool is_bare = people->work->channel == SCREEN_CHANNEL_PERSONAL && signs->school > 0;
    return (int)signs->school + is_bare;
}

/* A name that few bear says more by itself; a long roll has most names that are met with at all. */
static int rarity_points(const struct people *people, const struct people_mention *mention)
{
    const struct screen_token *token = main_token(people, mention);
    int long_points = people->roll->count > PEOPLE_LONG_ROLL ? 1 : 0;
    if (mention->form == PEOPLE_SURNAME) {
        return is_common_word(people, mention) ? 1 - long_points : 4 - 2 * long_points;
    }
    if (screen_word_is(token, SCREEN_WORD_PEOPLE_FIRST_COMMON)) {
        return 1 - 2 * long_points;
    }
    if (screen_word_is(token, SCREEN_WORD_PEOPLE_FIRST_USUAL)) {
        return 2 - 2 * long_points;
    }
    if (is_common_word(people, mention)) {
        bool is_short = !(mention->hits.uses & mention->uses & ~NAME_USE(NAME_SHORT));
        return is_short ? 0 : 2 - long_points;
    }
    return people_is_first_name(people, token) ? 4 - long_points : 5 - long_points;
}

static int sharing_points(const struct bearers *bearers)
{
    uint32_t count = bearers->best_count;
    return count >= 40 ? -5 : count >= 15 ? -4 : count >= 5 ? -3 : count >= 2 ? -1 : 0;
}

/* "our Tom" is the writer's own more often than the school's. */
static int our_points(const struct people *people, const struct people_mention *mention)
{
    bool is_usual = screen_word_is(main_token(people, mention), SCREEN_WORD_PEOPLE_FIRST_COMMON);
    switch (people->work->channel) {
    case SCREEN_CHANNEL_PERSONAL:
    case SCREEN_CHANNEL_PROFILE:
        return 4;
    case SCREEN_CHANNEL_MESSAGE:
        return is_usual ? 4 : 1;
    case SCREEN_CHANNEL_OFFICIAL:
    case SCREEN_CHANNEL_INCOMING:
    case SCREEN_CHANNEL_COUNT:
        break;
    }
    return 0;
}

/* What says that somebody else is meant. */
static int other_points(const struct people *people, const struct people_mention *mention,
                        const struct people_signs *signs, enum screen_person_kind kind)
{
    enum screen_channel channel = people->work->channel;
    int points = 0;
    if (signs->is_own_kin) {
        bool is_of_writer = channel == SCREEN_CHANNEL_INCOMING;
        points += is_of_writer ? 1 : -8;
    } else if (signs->is_kin) {
        points += kind == SCREEN_PERSON_PARENT ? 2 : -2;
    }
    points -= signs->is_animal ? 9 : 0;
    points -= signs->is_called ? 5 : 0;
    points -= signs->is_elsewhere ? 6 : 0;
    points -= signs->is_of_work || signs->is_explained || signs->is_naming ? 5 : 0;
    points -= signs->is_near_animal && channel == SCREEN_CHANNEL_PERSONAL ? 3 : 0;
    points += signs->is_from_school || signs->is_in_school ? 2 : 0;
    bool is_figure = screen_word_is(main_token(people, mention), SCREEN_WORD_PEOPLE_FIGURE);
    points -= is_figure && channel == SCREEN_CHANNEL_PERSONAL ? 3 : 0;
    points -= signs->is_before_other || signs->is_after_other ? 9 : 0;
    bool is_place = mention->form == PEOPLE_SURNAME ||
                    screen_word_is(main_token(people, mention), SCREEN_WORD_PEOPLE_PLACE);
    points -= signs->is_placed && is_place ? 5 : 0;
    bool is_one = signs->is_determined &&
                  people_is_text(people, (int64_t)mention->first - 1, STR("a")); /* "a Delacroix" */
    points -= (signs->is_determined && mention->form == PEOPLE_FIRST) || is_one ? 5 : 0;
    bool is_bare = channel == SCREEN_CHANNEL_PERSONAL && signs->school == 0;
    points -= signs->is_of_show && is_bare ? 4 : 0;
    points -= signs->is_branded && signs->school == 0 ? 6 : 0;
    points -= signs->is_in_word ? 9 : 0;
    points -= signs->is_our && !signs->is_kin ? our_points(people, mention) : 0;
    for (uint32_t i = 0; i < people->not_meant_count; i++) {
        points -= people->not_meant[i] == mention->hash ? 8 : 0;
    }
    return points;
}

static struct people_verdict alone_weigh(const struct people *people,
                                         const struct people_mention *mention,
                                         const struct people_signs *signs)
{
    struct bearers bearers = bearers_find(people, mention);
    if (bearers.best_row == SCREEN_NOBODY) {
        return (struct people_verdict){.row = SCREEN_NOBODY};
    }
    int points = rarity_points(people, mention) + channel_points(people->work->channel) +
                 school_points(people, signs) + sharing_points(&bearers) + bearers.best;
    points += people->row_count > 0 ? 2 : 0;
    points += signs->is_beside_name ? 1 : 0;
    points += signs->is_before_class ? 3 : signs->is_owner_of_school ? 1 : 0;
    points += other_points(people, mention, signs, bearers.kind);
    points -= mention->form == PEOPLE_FIRST_NEAR ? 2 : 0;
    unsigned name = alone_name_confidence(people, mention, signs);
    return (struct people_verdict){.kind = bearers.kind,
                                   .row =
                                       bearers.best_count == 1 ? bearers.best_row : SCREEN_NOBODY,
                                   .confidence = roll_confidence(points) * name / 1000};
}

/* ---- Forms that say more --------------------------------------------------------------------- */

static struct people_verdict row_weigh(const struct people *people,
                                       const struct people_mention *mention,
                                       const struct people_signs *signs)
{
    unsigned confidence = full_name_confidence(people, mention, signs);
    if (mention->form == PEOPLE_FULL_NEAR) {
        confidence = confidence * 9 / 10;
    }
    return (struct people_verdict){.kind = people->roll->people[mention->row].kind,
                                   .row = mention->row,
                                   .confidence = confidence};
}

static struct people_verdict initials_weigh(const struct people *people,
                                            const struct people_mention *mention,
                                            const struct people_signs *signs)
{
    uint32_t bearers = mention->hash; /* people_find.c puts their number there */
    int points = 2 + channel_points(people->work->channel) + (int)signs->school;
    points -= bearers > 10 ? 8 : bearers > 3 ? 5 : bearers > 1 ? 2 : 0;
    points += people->row_count > 0 || signs->is_before_class ? 1 : 0;
    return (struct people_verdict){.kind = people->roll->people[mention->row].kind,
                                   .row = bearers == 1 ? mention->row : SCREEN_NOBODY,
                                   .confidence = roll_confidence(points)};
}

/* "miss" is a verb as well: "we miss Joy". */
static bool is_title_meant(const struct people *people, const struct people_mention *mention,
                           const struct people_signs *signs)
{
    const struct screen_token *token = main_token(people, mention);
    const struct screen_token *last = people_token(people, mention->last);
    last -= last->kind == SCREEN_TOKEN_SIGN; /* "Zofia N." */
    bool is_miss = str_equal(screen_token_plain(people->draft, mention->first), STR("miss"));
    if (!is_miss || people_is_capital(token)) {
        return !signs->is_known && (people_is_capital(last) || !people_is_capital(token) ||
                                    people->letters != PEOPLE_CASE_MIXED);
    }
    const struct screen_token *before = people_token(people, (int64_t)mention->first - 1);
    bool is_verb = people_is(before, SCREEN_WORD_PEOPLE_MODAL) ||
                   people_is(before, SCREEN_WORD_PEOPLE_MODAL_AFTER);
    bool is_of_person = signs->is_before_verb || signs->is_state || signs->is_owner_of_school ||
                        signs->is_greeted || signs->is_acted_on || signs->is_before_second;
    return !is_verb && (is_of_person || !screen_word_is(last, SCREEN_WORD_PEOPLE_WORD));
}

static struct people_verdict title_weigh(const struct people *people,
                                         const struct people_mention *mention,
                                         const struct people_signs *signs)
{
    struct bearers bearers = bearers_find(people, mention);
    if (bearers.best_row == SCREEN_NOBODY || !is_title_meant(people, mention, signs)) {
        return (struct people_verdict){.row = SCREEN_NOBODY};
    }
    static const uint16_t of_form[PEOPLE_FORM_COUNT] = {
        [PEOPLE_TITLE] = 960,         [PEOPLE_TITLE_NEAR] = 800,      [PEOPLE_TITLE_FIRST] = 780,
        [PEOPLE_FIRST_INITIAL] = 920, [PEOPLE_INITIAL_SURNAME] = 930, [PEOPLE_TOGETHER] = 900};
    return (struct people_verdict){.kind = bearers.kind,
                                   .row =
                                       bearers.best_count == 1 ? bearers.best_row : SCREEN_NOBODY,
                                   .confidence = of_form[mention->form]};
}

/* "Will H." where a word stands in front: as sure as the word is a name. */
static struct people_verdict initial_weigh(const struct people *people,
                                           const struct people_mention *mention,
                                           const struct people_signs *signs)
{
    struct people_verdict verdict = title_weigh(people, mention, signs);
    const struct screen_token *token = main_token(people, mention);
    bool is_small = people->letters == PEOPLE_CASE_MIXED && !people_is_capital(token) &&
                    mention->form != PEOPLE_TOGETHER;
    if (is_small || signs->is_known || signs->is_animal) {
        verdict.confidence = verdict.confidence / 3;
    }
    return verdict;
}

struct people_verdict people_weigh(const struct people *people,
                                   const struct people_mention *mention,
                                   const struct people_signs *signs)
{
    switch (mention->form) {
    case PEOPLE_FULL:
    case PEOPLE_FULL_NEAR:
        return row_weigh(people, mention, signs);
    case PEOPLE_TITLE:
    case PEOPLE_TITLE_NEAR:
    case PEOPLE_TITLE_FIRST:
        return title_weigh(people, mention, signs);
    case PEOPLE_FIRST_INITIAL:
    case PEOPLE_INITIAL_SURNAME:
    case PEOPLE_TOGETHER:
        return initial_weigh(people, mention, signs);
    case PEOPLE_INITIALS:
        return initials_weigh(people, mention, signs);
    case PEOPLE_FIRST:
    case PEOPLE_FIRST_NEAR:
    case PEOPLE_SURNAME:
        return alone_weigh(people, mention, signs);
    case PEOPLE_STRANGER_TITLE:
    case PEOPLE_STRANGER_FULL:
    case PEOPLE_FORM_COUNT:
        break;
    }
    return (struct people_verdict){.row = SCREEN_NOBODY};
}
