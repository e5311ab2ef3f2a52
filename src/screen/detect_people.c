/*
 * screen/detect_people.c - pupils, staff, parents and others who are named.
 *
 * Read first: people_int.h. Start at: screen_detect_people.
 *
 *   look at the draft as a whole - find mentions - note whose full names stand there, and which
 *   names
 *   belong to somebody else - weigh each mention - report
 */
#include "screen/people_int.h"

/* ---- The draft as a whole -------------------------------------------------------------------- */

/* Below this many words nothing can be said of how somebody writes. */
#define CASE_WORDS_MIN 2

static enum people_case case_of(const struct screen_draft *draft)
{
    uint32_t words = 0, capitals = 0, loud = 0, long_words = 0;
    for (uint32_t i = 0; i < draft->token_count && i < 400; i++) {
        const struct screen_token *token = &draft->tokens[i];
        if (token->kind != SCREEN_TOKEN_WORD) {
            continue;
        }
        bool is_i = token->plain_bytes == 1;
        words++;
        capitals += (token->flags & SCREEN_TOKEN_CAPITAL) && !is_i &&
                    !(token->flags & SCREEN_TOKEN_ALL_CAPITAL);
        loud += (token->flags & SCREEN_TOKEN_ALL_CAPITAL) != 0;
        long_words += token->plain_bytes > 1;
    }
    if (words < CASE_WORDS_MIN) {
        return PEOPLE_CASE_MIXED;
    }
    bool is_loud = long_words >= 4 && loud * 10 >= long_words * 7;
    return is_loud ? PEOPLE_CASE_UPPER : capitals == 0 ? PEOPLE_CASE_LOWER : PEOPLE_CASE_MIXED;
}

static const uint8_t *school_count(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    uint8_t *counts = ARENA_ARRAY(work->arena, uint8_t, (size_t)draft->sentence_count + 1);
    const bool has_any = screen_draft_has_word(draft, SCREEN_WORD_PEOPLE_SCHOOL);
    for (uint32_t i = 0; has_any && i < draft->token_count; i++) {
        const struct screen_token *token = &draft->tokens[i];
        if (screen_word_is(token, SCREEN_WORD_PEOPLE_SCHOOL) && counts[token->sentence] < 8) {
            counts[token->sentence]++;
        }
    }
    return counts;
}

static uint32_t number_of(const struct people *people, uint32_t at)
{
    const struct screen_token *token = people_token(people, at);
    if (token == NULL || token->kind == SCREEN_TOKEN_SIGN || token->plain_bytes > 3) {
        return UINT32_MAX;
    }
    struct str plain = screen_token_plain(people->draft, at);
    uint32_t number = 0;
    size_t digits = 0;
    for (size_t i = 0; i < plain.len; i++) {
        if (plain.at[i] >= '0' && plain.at[i] <= '9') {
            number = number * 10 + (uint32_t)(plain.at[i] - '0');
            digits++;
        }
    }
    return digits > 0 ? number : UINT32_MAX;
}

/* Classes ("9B", "Oak class") and years ("Year 9", "yr9s") that the draft speaks of. */
static void places_note(struct people *people)
{
    const struct screen_draft *draft = people->draft;
    if (!screen_draft_has_kind(draft, SCREEN_TOKEN_MIXED) &&
        !screen_draft_has_kind(draft, SCREEN_TOKEN_NUMBER) &&
        !screen_draft_has_word(draft, SCREEN_WORD_PEOPLE_CLASS) &&
        !screen_draft_has_word(draft, SCREEN_WORD_PEOPLE_YEAR)) {
        return;
    }
    for (uint32_t i = 0; i < draft->token_count; i++) {
        const struct screen_token *token = &draft->tokens[i];
        bool is_coded = token->kind == SCREEN_TOKEN_MIXED || token->kind == SCREEN_TOKEN_NUMBER;
        struct str plain = screen_token_plain(draft, i);
        bool is_before_class = people_is_word(token) && i + 1 < draft->token_count &&
                               screen_word_is(token + 1, SCREEN_WORD_PEOPLE_CLASS) &&
                               !(token[1].flags & SCREEN_TOKEN_POSSESSIVE);
        if ((is_coded || is_before_class) && people->class_count < PEOPLE_CLASSES_MAX &&
            (roll_class_is(people->index, token->hash) ||
             roll_class_is(people->index, token->stem_hash))) {
            bool is_whole = roll_class_is(people->index, token->hash);
            people->classes[people->class_count++] = is_whole ? token->hash : token->stem_hash;
        }
        bool is_year = screen_word_is(token, SCREEN_WORD_PEOPLE_YEAR) &&
                       !(token->flags & SCREEN_TOKEN_POSSESSIVE);
        uint32_t number = is_year ? number_of(people, i + 1)
                          : is_coded && plain.len > 1 && plain.at[0] == 'y' ? number_of(people, i)
                                                                            : UINT32_MAX;
        if (number <= 14) {
            people->years |= 1u << number;
        }
    }
}

/* ---- Mentions -------------------------------------------------------------------------------- */

static void row_note(struct people *people, uint32_t row)
{
    for (uint32_t i = 0; i < people->row_count; i++) {
        if (people->rows[i] == row) {
            return;
        }
    }
    if (people->row_count < PEOPLE_ROWS_MAX) {
        people->rows[people->row_count++] = row;
    }
}

/* Whether a mention may begin at a token. A sign or a number is none; nor is a small word, where
 * others have capitals, unless the roll has it or it may be a title or the owner of something. */
static bool may_begin(const struct people *people, uint32_t at)
{
    const struct screen_token *token = &people->draft->tokens[at];
    if (token->kind != SCREEN_TOKEN_WORD) {
        return token->kind == SCREEN_TOKEN_HANDLE || token->kind == SCREEN_TOKEN_HASHTAG;
    }
    const unsigned looks = SCREEN_TOKEN_EVEN | SCREEN_TOKEN_CAPITAL;
    const struct screen_token *next = people_token(people, (int64_t)at + 1);
    bool is_small = (token->flags & looks) == SCREEN_TOKEN_EVEN &&
                    people->letters != PEOPLE_CASE_LOWER && token->plain_bytes > 1;
    return !is_small || screen_word_is(token, SCREEN_WORD_PEOPLE_TITLE) ||
           (next != NULL && (next->flags & SCREEN_TOKEN_HYPHEN)) ||
           people_is(next, SCREEN_WORD_PEOPLE_OWN) ||
           (people->index != NULL && roll_name_may_be(people->index, token->hash));
}

static bool mention_find(struct people *people, uint32_t at, struct people_mention *mention)
{
    if (people->index != NULL && people_find_at(people, at, mention)) {
        bool is_weak = mention->form == PEOPLE_FIRST || mention->form == PEOPLE_SURNAME;
        struct people_mention other;
        if (!is_weak || !people_stranger_at(people, at, &other) || other.last <= mention->last) {
            return true;
        }
        /* "Grace Tollemache": the first name is one of the roll, the person is not. */
        *mention = other;
        return true;
    }
    return people_stranger_at(people, at, mention);
}

/* Finds the mentions, and what stands around each. */
static void mentions_find(struct people *people, struct people_signs **signs)
{
    const struct screen_draft *draft = people->draft;
    for (uint32_t at = 0; at < draft->token_count;) {
        struct people_mention *mention = &people->mentions[people->mention_count];
        if (people->mention_count == people->mention_room || !may_begin(people, at) ||
            !mention_find(people, at, mention)) {
            at++;
            continue;
        }
        struct people_signs *around = ARENA_NEW(people->work->arena, struct people_signs);
        people_signs_read(people, mention, around);
        bool is_full = mention->form == PEOPLE_FULL || mention->form == PEOPLE_FULL_NEAR;
        if (is_full && people_weigh(people, mention, around).confidence >= SCREEN_SHOWN) {
            row_note(people, mention->row);
        }
        at = mention->last + 1;
        signs[people->mention_count++] = around;
    }
}

/* Names that the draft gives to kin, animals or other people: "My son Luke is 30". */
static void not_meant_note(struct people *people, const struct people_mention *mention,
                           const struct people_signs *signs)
{
    bool is_first = mention->form == PEOPLE_FIRST;
    bool is_kin = signs->is_own_kin && people->work->channel != SCREEN_CHANNEL_INCOMING;
    bool is_other = is_kin || signs->is_animal || signs->is_before_other || signs->is_known;
    bool is_stranger = mention->form == PEOPLE_STRANGER_FULL;
    if (((is_first && is_other) || is_stranger) && people->not_meant_count < PEOPLE_NOT_MEANT_MAX) {
        people->not_meant[people->not_meant_count++] = mention->hash;
    }
}

/* ---- Reports --------------------------------------------------------------------------------- */

static enum screen_kind finding_kind(enum screen_person_kind kind)
{
    static const enum screen_kind kinds[SCREEN_PERSON_KIND_COUNT] = {
        [SCREEN_PERSON_PUPIL] = SCREEN_PUPIL_NAMED,
        [SCREEN_PERSON_STAFF] = SCREEN_STAFF_NAMED,
        [SCREEN_PERSON_PARENT] = SCREEN_PARENT_NAMED};
    return kinds[kind];
}

static struct str because_of(const struct people_mention *mention, enum screen_person_kind kind)
{
    static const struct str alone[SCREEN_PERSON_KIND_COUNT] = {
        STR_INIT("A pupil on the roll has this name."),
        STR_INIT("A member of staff on the roll has this name."),
        STR_INIT("A parent or carer on the roll has this name.")};
    static const struct str full[SCREEN_PERSON_KIND_COUNT] = {
        STR_INIT("This is the full name of a pupil on the roll."),
        STR_INIT("This is the full name of a member of staff on the roll."),
        STR_INIT("This is the full name of a parent or carer on the roll.")};
    static const struct str near[SCREEN_PERSON_KIND_COUNT] = {
        STR_INIT("A pupil on the roll has a name that differs by a letter or two."),
        STR_INIT("A member of staff on the roll has a name that differs by a letter or two."),
        STR_INIT("A parent or carer on the roll has a name that differs by a letter or two.")};
    bool is_near = mention->form == PEOPLE_FULL_NEAR || mention->form == PEOPLE_TITLE_NEAR ||
                   mention->form == PEOPLE_FIRST_NEAR;
    return is_near ? near[kind] : mention->form == PEOPLE_FULL ? full[kind] : alone[kind];
}

static void mention_report(struct people *people, const struct people_mention *mention,
                           const struct people_signs *signs)
{
    if (mention->form == PEOPLE_STRANGER_TITLE || mention->form == PEOPLE_STRANGER_FULL) {
        unsigned confidence = people_stranger_weigh(people, mention, signs);
        screen_found(people->work, SCREEN_PERSON_NAMED, SCREEN_DETAIL_NONE, mention->first,
                     mention->last, confidence,
                     STR("It has the form of a private person's full name, or of a title and"
                         " surname."));
        return;
    }
    struct people_verdict verdict = people_weigh(people, mention, signs);
    if (verdict.confidence == 0) {
        return;
    }
    struct screen_finding *finding =
        screen_found(people->work, finding_kind(verdict.kind), SCREEN_DETAIL_NONE, mention->first,
                     mention->last, verdict.confidence, because_of(mention, verdict.kind));
    if (finding != NULL) {
        finding->person = verdict.row;
    }
}

void screen_detect_people(struct screen_work *work)
{
    const struct screen_roll *roll = work->setting->roll;
    struct people people = {
        .work = work,
        .draft = work->draft,
        .roll = roll,
        .index = roll != NULL && screen_roll_count(roll) > 0 ? roll->index : NULL,
        .letters = case_of(work->draft),
        .school = school_count(work),
        .mention_room = work->draft->token_count < PEOPLE_MENTIONS_MAX ? work->draft->token_count
                                                                       : PEOPLE_MENTIONS_MAX};
    people.mentions =
        ARENA_ARRAY(work->arena, struct people_mention, (size_t)people.mention_room + 1);
    if (people.index != NULL) {
        places_note(&people);
    }
    struct people_signs **signs =
        ARENA_ARRAY(work->arena, struct people_signs *, (size_t)people.mention_room + 1);
    mentions_find(&people, signs);
    for (uint32_t i = 0; i < people.mention_count; i++) {
        not_meant_note(&people, &people.mentions[i], signs[i]);
    }
    for (uint32_t i = 0; i < people.mention_count; i++) {
        mention_report(&people, &people.mentions[i], signs[i]);
    }
}
