/*
 * screen/pattern.c - reads a draft for rows of words. Read first: pattern_int.h.
 *
 * A row is first asked of the draft as a whole, which refuses nearly all of them, then of each
 * sentence; only then are its steps looked for among the words. Start at: screen_patterns_find.
 */
#include "screen/pattern_int.h"

#include <assert.h>
#include <string.h>

/* A pronoun means the person who was found at most so many tokens before it. */
#define BACK_TOKENS_MAX 60
/* A denial counts for what follows within so many tokens. */
#define DENIAL_TOKENS_MAX 3

/* ---- Marks ----------------------------------------------------------------------------------- */

#define BIT(mark) ((uint32_t)1 << SCREEN_MARK_##mark)

/* What a finding makes of the tokens that it covers. */
static const uint32_t marks_of_kind[SCREEN_KIND_COUNT] = {
    [SCREEN_PUPIL_NAMED] = BIT(PUPIL) | BIT(PERSON),
    [SCREEN_PUPIL_DESCRIBED] = BIT(PUPIL) | BIT(PERSON),
    [SCREEN_STAFF_NAMED] = BIT(STAFF) | BIT(PERSON),
    [SCREEN_STAFF_DESCRIBED] = BIT(STAFF) | BIT(PERSON),
    [SCREEN_PARENT_NAMED] = BIT(PERSON),
    [SCREEN_PARENT_DESCRIBED] = BIT(PERSON),
    [SCREEN_PERSON_NAMED] = BIT(PERSON),
    [SCREEN_SCHOOL_NAME] = BIT(SCHOOL),
    [SCREEN_SCHOOL_ABBREVIATION] = BIT(SCHOOL),
    [SCREEN_SCHOOL_LOOK_ALIKE] = BIT(SCHOOL),
    [SCREEN_PHONE_NUMBER] = BIT(WAY),
    [SCREEN_EMAIL_ADDRESS] = BIT(WAY),
    [SCREEN_SCHOOL_EMAIL] = BIT(WAY),
    [SCREEN_RISKY_LINK] = BIT(RISKY) | BIT(WAY),
    [SCREEN_CONFIDENTIALITY_MARK] = BIT(MARKED),
};

static void findings_mark(struct screen_reading *reading)
{
    const struct screen_work *work = reading->work;
    for (size_t i = 0; i < work->found_count; i++) {
        const struct screen_finding *finding = &work->found[i];
        uint32_t marks = marks_of_kind[finding->kind];
        if (marks == 0 || finding->confidence < SCREEN_SHOWN) {
            continue;
        }
        for (uint32_t token = screen_token_at(work->draft, finding->start);
             token < work->draft->token_count && work->draft->tokens[token].start < finding->end;
             token++) {
            reading->marks[token] |= marks;
        }
    }
}

static bool is_numeral(const struct screen_draft *draft, uint32_t at)
{
    return at < draft->token_count && (draft->tokens[at].kind == SCREEN_TOKEN_NUMBER ||
                                       draft->tokens[at].kind == SCREEN_TOKEN_MIXED);
}

static uint32_t marks_of_sign(const struct screen_draft *draft, uint32_t at)
{
    switch (draft->tokens[at].sign) {
    case '?':
        return BIT(QUESTION);
    case '%':
        return at > 0 && is_numeral(draft, at - 1) ? BIT(SHARE) : 0;
    case 0xA3:
    case 0x20AC:
    case '$':
        return is_numeral(draft, at + 1) ? BIT(MONEY) : 0;
    default: /* not an enum */
        return 0;
    }
}

static uint32_t marks_of_form(const struct screen_draft *draft, uint32_t at)
{
    const struct screen_token *token = &draft->tokens[at];
    switch ((enum screen_token_kind)token->kind) {
    case SCREEN_TOKEN_SIGN:
        return marks_of_sign(draft, at);
    case SCREEN_TOKEN_NUMBER:
        if (at + 1 < draft->token_count && screen_word_is(token + 1, SCREEN_WORD_TALK_COIN)) {
            return BIT(NUMBER) | BIT(MONEY);
        }
        return BIT(NUMBER);
    case SCREEN_TOKEN_MAIL:
    case SCREEN_TOKEN_LINK:
    case SCREEN_TOKEN_HANDLE:
        return BIT(WAY);
    case SCREEN_TOKEN_WORD:
    case SCREEN_TOKEN_MIXED:
    case SCREEN_TOKEN_HASHTAG:
    case SCREEN_TOKEN_KIND_COUNT:
        return 0;
    }
    return 0;
}

/* Marks that do not depend on what has been found. */
static const uint32_t *forms_open(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    uint32_t *forms = ARENA_ARRAY(work->arena, uint32_t, draft->token_count + 1);
    for (uint32_t at = 0; at < draft->token_count; at++) {
        forms[at] = marks_of_form(draft, at);
    }
    return forms;
}

/* Pronouns that mean somebody who has been marked. */
static void pronouns_mark(struct screen_reading *reading)
{
    const struct screen_draft *draft = reading->work->draft;
    if (!screen_draft_has_word(draft, SCREEN_WORD_TALK_PRONOUN)) {
        return;
    }
    uint32_t person = UINT32_MAX; /* the last one */
    for (uint32_t at = 0; at < draft->token_count; at++) {
        if (reading->marks[at] & BIT(PERSON)) {
            person = at;
        } else if (person != UINT32_MAX && at - person <= BACK_TOKENS_MAX &&
                   screen_word_is(&draft->tokens[at], SCREEN_WORD_TALK_PRONOUN)) {
            reading->marks[at] |= BIT(BACK);
        }
    }
}

/* ---- Sentences ------------------------------------------------------------------------------- */

static void sentences_open(struct screen_reading *reading)
{
    const struct screen_draft *draft = reading->work->draft;
    for (uint32_t i = 0; i < draft->sentence_count; i++) {
        reading->sentences[i] = (struct screen_sentence){.first = draft->sentences[i],
                                                         .end = draft->sentences[i + 1],
                                                         .classes = draft->sentence_classes[i]};
    }
}

/* Of the whole draft: WORD() is a class and one, since 0 is nothing. */
static void all_note(struct screen_reading *reading, uint64_t marks)
{
    const struct screen_classes *classes = &reading->work->draft->classes;
    memset(reading->all, 0, sizeof reading->all);
    for (size_t i = 0; i < SCREEN_ALL_PARTS; i++) {
        uint64_t here = i < SCREEN_CLASS_PARTS ? classes->bits[i] << 1 : 0;
        reading->all[i] = here | (i > 0 ? classes->bits[i - 1] >> 63 : 0);
    }
    for (unsigned mark = 0; mark < SCREEN_MARK_COUNT; mark++) {
        unsigned what = SCREEN_WORD_COUNT + 1 + mark;
        reading->all[what / 64] |= (marks >> mark & 1) << what % 64;
    }
}

static void sentences_sum_marks(struct screen_reading *reading)
{
    uint32_t all = 0;
    for (uint32_t i = 0; i < reading->sentence_count; i++) {
        struct screen_sentence *sentence = &reading->sentences[i];
        sentence->marks = 0;
        for (uint32_t at = sentence->first; at < sentence->end; at++) {
            sentence->marks |= reading->marks[at];
        }
        all |= sentence->marks;
    }
    all_note(reading, all);
}

/* ---- Making ---------------------------------------------------------------------------------- */

/* Whether anything that makes a mark was found since the marks were made. */
static bool is_outdated(const struct screen_reading *reading)
{
    const struct screen_work *work = reading->work;
    for (size_t i = reading->marked; i < work->found_count; i++) {
        if (marks_of_kind[work->found[i].kind] != 0 && work->found[i].confidence >= SCREEN_SHOWN) {
            return true;
        }
    }
    return false;
}

static void marks_make(struct screen_reading *reading)
{
    memcpy(reading->marks, reading->forms,
           reading->work->draft->token_count * sizeof *reading->marks);
    findings_mark(reading);
    pronouns_mark(reading);
    sentences_sum_marks(reading);
    reading->marked = reading->work->found_count;
}

static struct screen_reading *reading_open(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    struct screen_reading *reading = ARENA_NEW(work->arena, struct screen_reading);
    *reading = (struct screen_reading){
        .work = work,
        .forms = forms_open(work),
        .marks = ARENA_ARRAY(work->arena, uint32_t, draft->token_count + 1),
        .sentences = ARENA_ARRAY(work->arena, struct screen_sentence, draft->sentence_count + 1),
        .sentence_count = draft->sentence_count};
    sentences_open(reading);
    marks_make(reading);
    return reading;
}

const struct screen_reading *screen_reading_of(struct screen_work *work)
{
    if (work->reading == NULL) {
        work->reading = reading_open(work);
    } else if (is_outdated(work->reading)) {
        marks_make(work->reading);
    }
    return work->reading;
}

/* ---- Asking ---------------------------------------------------------------------------------- */

static bool has(const struct screen_classes *classes, uint32_t marks, unsigned what)
{
    unsigned number = what - 1;
    if (number < SCREEN_WORD_COUNT) {
        return screen_classes_have(classes, (enum screen_word)number);
    }
    return marks >> (number - SCREEN_WORD_COUNT) & 1;
}

bool screen_token_has(const struct screen_reading *reading, uint32_t token, unsigned what)
{
    return has(&reading->work->draft->tokens[token].classes, reading->marks[token], what);
}

bool screen_sentence_has(const struct screen_reading *reading, uint32_t sentence, unsigned what)
{
    const struct screen_sentence *one = &reading->sentences[sentence];
    return has(&one->classes, one->marks, what);
}

bool screen_draft_has(const struct screen_reading *reading, unsigned what)
{
    return reading->all[what / 64] >> (what % 64) & 1;
}

static bool token_is_step(const struct screen_reading *reading, uint32_t token,
                          const struct screen_step *step)
{
    return screen_token_has(reading, token, step->is) ||
           (step->or != 0 && screen_token_has(reading, token, step->or));
}

/* `or` may be nothing, which no draft has. */
static bool draft_has_step(const struct screen_reading *reading, const struct screen_step *step)
{
    return (int)screen_draft_has(reading, step->is) | (int)screen_draft_has(reading, step->or);
}

static bool sentence_has_step(const struct screen_reading *reading, uint32_t sentence,
                              const struct screen_step *step)
{
    return screen_sentence_has(reading, sentence, step->is) ||
           (step->or != 0 && screen_sentence_has(reading, sentence, step->or));
}

/* ---- One row --------------------------------------------------------------------------------- */

/* Whether a row that begins somewhere can stand anywhere, judged by the draft as a whole. */
static bool is_possible_at_all(const struct screen_reading *reading,
                               const struct screen_pattern *row)
{
    for (size_t i = 1; i < SCREEN_STEPS_MAX && row->steps[i].is != 0; i++) {
        if (!draft_has_step(reading, &row->steps[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < SCREEN_WITH_MAX && row->with[i].is != 0; i++) {
        if (!draft_has_step(reading, &row->with[i])) {
            return false;
        }
    }
    return true;
}

static bool near_has(const struct screen_reading *reading, uint32_t sentence, bool is_near,
                     const struct screen_step *step)
{
    return sentence_has_step(reading, sentence, step) ||
           (is_near && sentence > 0 && sentence_has_step(reading, sentence - 1, step)) ||
           (is_near && sentence + 1 < reading->sentence_count &&
            sentence_has_step(reading, sentence + 1, step));
}

/* Whether the row can stand, judged by the sentence as a whole. */
static bool is_possible(const struct screen_reading *reading, const struct screen_pattern *row,
                        uint32_t sentence)
{
    for (size_t i = 0; i < SCREEN_STEPS_MAX && row->steps[i].is != 0; i++) {
        if (!sentence_has_step(reading, sentence, &row->steps[i])) {
            return false;
        }
    }
    bool is_near = row->flags & SCREEN_PATTERN_NEAR;
    for (size_t i = 0; i < SCREEN_WITH_MAX && row->with[i].is != 0; i++) {
        if (!near_has(reading, sentence, is_near, &row->with[i])) {
            return false;
        }
    }
    return true;
}

/* Whether something that the row must not have stands close to its steps, in their sentence. */
static bool is_spoilt(const struct screen_reading *reading, const struct screen_pattern *row,
                      uint32_t sentence, uint32_t first, uint32_t last)
{
    const struct screen_sentence *in = &reading->sentences[sentence];
    uint32_t from =
        first - in->first > SCREEN_CLOSE_TOKENS ? first - SCREEN_CLOSE_TOKENS : in->first;
    uint32_t end = in->end - last > SCREEN_CLOSE_TOKENS ? last + SCREEN_CLOSE_TOKENS + 1 : in->end;
    for (size_t i = 0; i < SCREEN_WITHOUT_MAX && row->without[i] != 0; i++) {
        if (!screen_sentence_has(reading, sentence, row->without[i])) {
            continue;
        }
        for (uint32_t at = from; at < end; at++) {
            if (screen_token_has(reading, at, row->without[i])) {
                return true;
            }
        }
    }
    return false;
}

static bool is_denied(const struct screen_reading *reading, uint32_t first, uint32_t at)
{
    uint32_t from = at > first + DENIAL_TOKENS_MAX ? at - DENIAL_TOKENS_MAX : first;
    for (uint32_t i = from; i < at; i++) {
        if (screen_token_has(reading, i, WORD(TALK_NOT))) {
            return true;
        }
    }
    return false;
}

/* Whether a sentence, or a clause of it, begins at the token. */
static bool is_opening(const struct screen_draft *draft, uint32_t first, uint32_t at)
{
    return at == first || draft->tokens[at - 1].kind == SCREEN_TOKEN_SIGN ||
           draft->tokens[at].flags & (SCREEN_TOKEN_FIRST | SCREEN_TOKEN_LINE);
}

static bool may_begin(const struct screen_reading *reading, const struct screen_pattern *row,
                      const struct screen_sentence *sentence, uint32_t at)
{
    const struct screen_draft *draft = reading->work->draft;
    if (!token_is_step(reading, at, &row->steps[0])) {
        return false;
    }
    if (draft->tokens[at].flags & SCREEN_TOKEN_QUOTED && !(row->flags & SCREEN_PATTERN_QUOTED)) {
        return false;
    }
    if (row->flags & SCREEN_PATTERN_OPENS && !is_opening(draft, sentence->first, at)) {
        return false;
    }
    return !(row->flags & SCREEN_PATTERN_DENIABLE) || !is_denied(reading, sentence->first, at);
}

/* The last token of a step that is taken at `at`: its phrase, if it is one. */
static uint32_t step_last(const struct screen_reading *reading, const struct screen_step *step,
                          uint32_t at, uint32_t end)
{
    while (at + 1 < end && token_is_step(reading, at + 1, step)) {
        at++;
    }
    return at;
}

/* Follows the steps of a row from a token; the last token of them, or UINT32_MAX. */
static uint32_t steps_follow(const struct screen_reading *reading, const struct screen_pattern *row,
                             uint32_t at, uint32_t end)
{
    uint32_t last = step_last(reading, &row->steps[0], at, end);
    for (size_t i = 1; i < SCREEN_STEPS_MAX && row->steps[i].is != 0; i++) {
        const struct screen_step *step = &row->steps[i];
        uint32_t place = last + 1;
        uint32_t limit = end - place > step->gap ? place + step->gap + 1 : end;
        while (place < limit && !token_is_step(reading, place, step) &&
               (step->unless == 0 || !screen_token_has(reading, place, step->unless))) {
            place++;
        }
        if (place >= limit || !token_is_step(reading, place, step)) {
            return UINT32_MAX;
        }
        last = step_last(reading, step, place, end);
    }
    return last;
}

bool screen_pattern_stands(const struct screen_reading *reading, const struct screen_pattern *row,
                           uint32_t sentence, uint32_t *first, uint32_t *last)
{
    if (!is_possible(reading, row, sentence)) {
        return false;
    }
    const struct screen_sentence *in = &reading->sentences[sentence];
    for (uint32_t at = in->first; at < in->end; at++) {
        if (!may_begin(reading, row, in, at)) {
            continue;
        }
        uint32_t found = steps_follow(reading, row, at, in->end);
        if (found != UINT32_MAX && !is_spoilt(reading, row, sentence, at, found)) {
            *first = at;
            *last = found;
            return true;
        }
        at = step_last(reading, &row->steps[0], at, in->end);
    }
    return false;
}

/* ---- Reporting ------------------------------------------------------------------------------- */

static bool is_break(const struct screen_token *token)
{
    if (token->kind != SCREEN_TOKEN_SIGN) {
        return false;
    }
    switch (token->sign) {
    case ',':
    case ';':
    case ':':
    case '(':
    case ')':
    case 0x2013:
    case 0x2014:
        return true;
    default: /* not an enum */
        return false;
    }
}

void screen_clause_widen(const struct screen_draft *draft, uint32_t *first, uint32_t *last)
{
    uint32_t begin = screen_sentence_first(draft, *first);
    uint32_t end = screen_sentence_end(draft, *last);
    while (*first > begin && !is_break(&draft->tokens[*first - 1])) {
        (*first)--;
    }
    while (*last + 1 < end && !is_break(&draft->tokens[*last + 1])) {
        (*last)++;
    }
    while (*last > *first && draft->tokens[*last].kind == SCREEN_TOKEN_SIGN) {
        (*last)--;
    }
}

/* The only person in a clause, or SCREEN_NOBODY. */
static uint32_t person_in(const struct screen_work *work, uint32_t start, uint32_t end)
{
    uint32_t person = SCREEN_NOBODY;
    for (size_t i = 0; i < work->found_count; i++) {
        const struct screen_finding *finding = &work->found[i];
        bool is_in = finding->start >= start && finding->end <= end;
        if (!is_in || finding->person == SCREEN_NOBODY || finding->confidence < SCREEN_SHOWN) {
            continue;
        }
        if (person != SCREEN_NOBODY && person != finding->person) {
            return SCREEN_NOBODY;
        }
        person = finding->person;
    }
    return person;
}

static void row_report(const struct screen_reading *reading, const struct screen_patterns *patterns,
                       const struct screen_pattern *row, uint32_t first, uint32_t last)
{
    struct screen_work *work = reading->work;
    screen_clause_widen(work->draft, &first, &last);
    struct screen_finding *finding =
        screen_found(work, patterns->kind, patterns->has_details ? row->detail : SCREEN_DETAIL_NONE,
                     first, last, row->confidence, patterns->because[row->because]);
    if (finding != NULL) {
        finding->person = person_in(work, finding->start, finding->end);
    }
}

/* The row that stands in a sentence, and its steps; row NULL: none does. */
struct standing {
    const struct screen_pattern *row;
    uint32_t first, last;
};

/* Where the row stands in a sentence, and no row as sure as it does. */
static void row_find(const struct screen_reading *reading, const struct screen_pattern *row,
                     struct standing *best)
{
    for (uint32_t sentence = 0; sentence < reading->sentence_count; sentence++) {
        struct standing found = {.row = row};
        const struct screen_pattern *other = best[sentence].row;
        if ((other == NULL || row->confidence > other->confidence) &&
            screen_pattern_stands(reading, row, sentence, &found.first, &found.last)) {
            best[sentence] = found;
        }
    }
}

/* The rows whose first step stands in the draft. Which do cannot be foretold, so there is no branch
 * for it: a row is kept if it counts. */
static size_t rows_begun(const struct screen_reading *reading,
                         const struct screen_patterns *patterns,
                         const struct screen_pattern *begun[SCREEN_PATTERNS_MAX + 1])
{
    assert(patterns->count <= SCREEN_PATTERNS_MAX);
    size_t count = 0;
    for (size_t i = 0; i < patterns->count; i++) {
        begun[count] = &patterns->rows[i];
        count += draft_has_step(reading, &patterns->rows[i].steps[0]);
    }
    return count;
}

void screen_patterns_find(const struct screen_reading *reading,
                          const struct screen_patterns *patterns)
{
    struct standing *best = NULL; /* of each sentence */
    const struct screen_pattern *begun[SCREEN_PATTERNS_MAX + 1];
    size_t count = rows_begun(reading, patterns, begun);
    for (size_t i = 0; i < count; i++) {
        if (!is_possible_at_all(reading, begun[i])) {
            continue;
        }
        if (best == NULL) {
            best = ARENA_ARRAY(reading->work->arena, struct standing, reading->sentence_count + 1);
        }
        row_find(reading, begun[i], best);
    }
    for (uint32_t sentence = 0; best != NULL && sentence < reading->sentence_count; sentence++) {
        if (best[sentence].row != NULL) {
            row_report(reading, patterns, best[sentence].row, best[sentence].first,
                       best[sentence].last);
        }
    }
}

/* ---- Tallies --------------------------------------------------------------------------------- */

#define TALLY_CONFIDENCE_MAX 750
#define TALLY_WEIGHTS_MAX 160

static bool has_needed(const struct screen_reading *reading, uint32_t sentence,
                       const struct screen_tally *tally)
{
    return tally->needs == 0 || screen_sentence_has(reading, sentence, tally->needs) ||
           (tally->needs_or != 0 && screen_sentence_has(reading, sentence, tally->needs_or));
}

static bool may_have_needed(const struct screen_reading *reading, const struct screen_tally *tally)
{
    return tally->needs == 0 || screen_draft_has(reading, tally->needs) ||
           (tally->needs_or != 0 && screen_draft_has(reading, tally->needs_or));
}

/* Whether one of the kind is reported for the sentence, or for the one before or after it: what is
 * said in two sentences is one thing as a rule. */
static bool is_reported(const struct screen_reading *reading, uint32_t sentence,
                        enum screen_kind kind)
{
    const struct screen_work *work = reading->work;
    const struct screen_sentence *from = &reading->sentences[sentence > 0 ? sentence - 1 : 0];
    bool is_last = sentence + 1 == reading->sentence_count;
    const struct screen_sentence *to = &reading->sentences[is_last ? sentence : sentence + 1];
    if (to->end == 0) {
        to = &reading->sentences[sentence];
    }
    const struct screen_finding *found = screen_finding_at(
        work, kind, work->draft->tokens[from->first].start, work->draft->tokens[to->end - 1].end);
    return found != NULL && found->confidence >= SCREEN_SHOWN;
}

static void tally_report(const struct screen_reading *reading, uint32_t sentence,
                         const struct screen_tally *tally, const struct screen_weight *heaviest,
                         int points)
{
    uint32_t at = reading->sentences[sentence].first;
    while (!screen_token_has(reading, at, heaviest->what)) {
        at++;
    }
    if (reading->work->draft->tokens[at].flags & SCREEN_TOKEN_QUOTED) {
        return; /* somebody else's words */
    }
    unsigned detail = tally->has_details ? heaviest->detail : SCREEN_DETAIL_NONE;
    unsigned sure = SCREEN_SHOWN + 50 + (unsigned)(points - tally->points_shown) / 2;
    uint32_t first = at, last = at;
    screen_clause_widen(reading->work->draft, &first, &last);
    struct screen_finding *finding =
        screen_found(reading->work, tally->kind, detail, first, last,
                     sure < TALLY_CONFIDENCE_MAX ? sure : TALLY_CONFIDENCE_MAX,
                     tally->because[tally->has_details ? heaviest->detail : 0]);
    if (finding != NULL) {
        finding->person = person_in(reading->work, finding->start, finding->end);
    }
}

/* The weights of things that stand in the draft at all. */
static size_t weights_present(const struct screen_reading *reading,
                              const struct screen_tally *tally,
                              const struct screen_weight *present[TALLY_WEIGHTS_MAX + 1])
{
    assert(tally->count <= TALLY_WEIGHTS_MAX);
    size_t count = 0;
    for (size_t i = 0; i < tally->count; i++) {
        present[count] = &tally->weights[i]; /* kept if it counts: which do cannot be foretold */
        count += screen_draft_has(reading, tally->weights[i].what);
    }
    return count;
}

static void sentence_tally(const struct screen_reading *reading, uint32_t sentence,
                           const struct screen_tally *tally,
                           const struct screen_weight *const *present, size_t count)
{
    const struct screen_weight *heaviest = NULL;
    int points = 0;
    for (size_t i = 0; i < count; i++) {
        const struct screen_weight *weight = present[i];
        if (!screen_sentence_has(reading, sentence, weight->what)) {
            continue;
        }
        bool is_word = weight->what <= SCREEN_WORD_COUNT;
        points += weight->points;
        heaviest =
            is_word && weight->points > 0 && (heaviest == NULL || weight->points > heaviest->points)
                ? weight
                : heaviest;
    }
    if (heaviest != NULL && points >= tally->points_shown &&
        !is_reported(reading, sentence, tally->kind)) {
        tally_report(reading, sentence, tally, heaviest, points);
    }
}

void screen_tally_find(const struct screen_reading *reading, const struct screen_tally *tally)
{
    const struct screen_weight *present[TALLY_WEIGHTS_MAX + 1];
    if (!may_have_needed(reading, tally)) {
        return;
    }
    size_t count = weights_present(reading, tally, present);
    int most = 0;
    for (size_t i = 0; i < count; i++) {
        most += present[i]->points > 0 ? present[i]->points : 0;
    }
    if (most < tally->points_shown) {
        return;
    }
    for (uint32_t sentence = 0; sentence < reading->sentence_count; sentence++) {
        if (reading->sentences[sentence].end > 0 && has_needed(reading, sentence, tally)) {
            sentence_tally(reading, sentence, tally, present, count);
        }
    }
}
