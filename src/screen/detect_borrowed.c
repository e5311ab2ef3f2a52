/*
 * screen/detect_borrowed.c - long quotations, pictures of somebody else.
 *
 * Read first: pattern_int.h, then words/borrowed.txt.
 *
 * What must hold: a quotation with a source near it is none of ours, however long; nor is a picture
 * whose maker is named, was asked, or is the writer.
 */
#include "screen/pattern_int.h"

#define QUOTATION_WORDS_MIN 40
/* Where a source is looked for: so many tokens before a quotation and behind it. */
#define SOURCE_TOKENS_MAX 16

/* ---- Long quotations ------------------------------------------------------------------------- */

static const struct str quotation_because =
    STR_INIT("Forty words or more of somebody else's text stand here without a source.");

static bool is_worded(const struct screen_token *token)
{
    return token->kind == SCREEN_TOKEN_WORD || token->kind == SCREEN_TOKEN_NUMBER ||
           token->kind == SCREEN_TOKEN_MIXED;
}

/* A word with a capital in the midst of a sentence: a name, as a rule. */
static bool is_name(const struct screen_reading *reading, uint32_t at)
{
    const struct screen_token *token = &reading->work->draft->tokens[at];
    return token->kind == SCREEN_TOKEN_WORD && token->flags & SCREEN_TOKEN_CAPITAL &&
           !(token->flags & (SCREEN_TOKEN_FIRST | SCREEN_TOKEN_ALL_CAPITAL)) &&
           token->plain_bytes > 2 && !screen_token_has(reading, at, MARK(SCHOOL)) &&
           !screen_token_has(reading, at, MARK(PERSON)) &&
           !screen_word_is(token, SCREEN_WORD_TALK_DATE);
}

static bool is_dash(const struct screen_token *token)
{
    return token->kind == SCREEN_TOKEN_SIGN &&
           (token->sign == '-' || token->sign == 0x2013 || token->sign == 0x2014 ||
            token->sign == '~' || token->sign == '(');
}

/* Before a quotation any name will do, and so will somebody of the writer's own who said it. */
static bool has_source_before(const struct screen_reading *reading, uint32_t first)
{
    const struct screen_draft *draft = reading->work->draft;
    for (uint32_t i = first > SOURCE_TOKENS_MAX ? first - SOURCE_TOKENS_MAX : 0; i < first; i++) {
        if (is_name(reading, i) || draft->tokens[i].kind == SCREEN_TOKEN_HANDLE ||
            screen_word_is(&draft->tokens[i], SCREEN_WORD_BORROWED_SPOKEN)) {
            return true;
        }
    }
    return false;
}

/* Behind it: a name after a dash or a word such as "by"; or one that stands by itself. */
static bool has_source_behind(const struct screen_reading *reading, uint32_t last)
{
    const struct screen_draft *draft = reading->work->draft;
    bool is_after_cue = false;
    for (uint32_t i = last + 1; i < draft->token_count && i - last <= SOURCE_TOKENS_MAX; i++) {
        const struct screen_token *token = &draft->tokens[i];
        bool is_capital = token->kind == SCREEN_TOKEN_WORD && token->flags & SCREEN_TOKEN_CAPITAL;
        bool is_alone = i + 1 == draft->token_count || token[1].flags & SCREEN_TOKEN_CAPITAL ||
                        (token[1].kind == SCREEN_TOKEN_SIGN && token[1].sign == ',');
        if (token->kind == SCREEN_TOKEN_LINK || token->kind == SCREEN_TOKEN_HANDLE ||
            (is_capital && is_after_cue) || (is_capital && is_alone && i - last <= 3)) {
            return true;
        }
        is_after_cue = is_dash(token) || screen_word_is(token, SCREEN_WORD_BORROWED_SOURCE) ||
                       (is_after_cue && token->kind != SCREEN_TOKEN_SIGN);
    }
    return false;
}

static void quotation_report(struct screen_work *work, uint32_t first, uint32_t last,
                             unsigned confidence)
{
    screen_found(work, SCREEN_LONG_QUOTATION, SCREEN_DETAIL_NONE, first, last, confidence,
                 quotation_because);
}

/* Within quotation marks. */
static void quotations_find(const struct screen_reading *reading)
{
    struct screen_work *work = reading->work;
    const struct screen_draft *draft = work->draft;
    uint32_t at = 0;
    while (at < draft->token_count) {
        unsigned quote = draft->tokens[at].quote;
        uint32_t first = at;
        uint32_t words = 0;
        while (at < draft->token_count && draft->tokens[at].quote == quote) {
            words += is_worded(&draft->tokens[at]);
            at++;
        }
        if (quote != 0 && words >= QUOTATION_WORDS_MIN && !has_source_before(reading, first) &&
            !has_source_behind(reading, at - 1)) {
            quotation_report(work, first, at - 1, 850);
        }
    }
}

static uint32_t words_count(const struct screen_draft *draft, uint32_t first, uint32_t end)
{
    uint32_t words = 0;
    for (uint32_t i = first; i < end; i++) {
        words += is_worded(&draft->tokens[i]);
    }
    return words;
}

/* Without marks, where the writer says that the words are copied: those before or behind it. */
static void copied_find(const struct screen_reading *reading)
{
    struct screen_work *work = reading->work;
    const struct screen_draft *draft = work->draft;
    if (draft->quote_count > 0 || !screen_draft_has(reading, WORD(BORROWED_COPIED))) {
        return;
    }
    uint32_t cue = 0;
    while (!screen_word_is(&draft->tokens[cue], SCREEN_WORD_BORROWED_COPIED)) {
        cue++;
    }
    uint32_t end_before = screen_sentence_first(draft, cue);
    uint32_t cue_end = cue;
    while (cue_end < draft->token_count &&
           screen_word_is(&draft->tokens[cue_end], SCREEN_WORD_BORROWED_COPIED)) {
        cue_end++;
    }
    if (has_source_behind(reading, cue_end - 1)) {
        return;
    }
    if (words_count(draft, 0, end_before) >= QUOTATION_WORDS_MIN) {
        quotation_report(work, 0, end_before - 1, 700);
    } else if (words_count(draft, cue_end, draft->token_count) >= QUOTATION_WORDS_MIN) {
        quotation_report(work, cue_end, draft->token_count - 1, 700);
    }
}

/* ---- Pictures -------------------------------------------------------------------------------- */

static const struct str image_because[] = {
    STR_INIT("It says that a picture is somebody else's, taken without credit or permission."),
};

static const struct screen_pattern image_rows[] = {
    /* "nicked this sunset off google" */
    {.steps = {{WORD(BORROWED_STEAL)},
               {WORD(BORROWED_IMAGE), .gap = 5},
               {WORD(BORROWED_PLACE), .gap = 6}},
     .without = {WORD(BORROWED_CREDITED), WORD(BORROWED_OWN_PLACE)},
     .confidence = 850},
    /* "photo pinched from the local paper's website" */
    {.steps = {{WORD(BORROWED_IMAGE)},
               {WORD(BORROWED_STEAL), .gap = 6},
               {WORD(BORROWED_PLACE), .gap = 7}},
     .without = {WORD(BORROWED_CREDITED), WORD(BORROWED_OWN_PLACE)},
     .confidence = 850},
    {.steps = {{WORD(BORROWED_STEAL)}, {WORD(BORROWED_PLACE), .gap = 6}},
     .with = {{WORD(BORROWED_IMAGE)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(BORROWED_CREDITED), WORD(BORROWED_OWN_PLACE)},
     .confidence = 700},
    {.steps = {{WORD(BORROWED_TAKE)}, {WORD(BORROWED_PLACE), .gap = 9}},
     .with = {{WORD(BORROWED_IMAGE)}, {WORD(BORROWED_UNCREDITED)}},
     .flags = SCREEN_PATTERN_NEAR,
     .confidence = 800},
    {.steps = {{WORD(BORROWED_UNCREDITED)}},
     .with = {{WORD(BORROWED_IMAGE)}},
     .without = {WORD(BORROWED_OWN_MAKING)},
     .confidence = 700},
    {.steps = {{WORD(BORROWED_NOT_MINE)}},
     .with = {{WORD(BORROWED_TAKE), WORD(BORROWED_UNCREDITED)}},
     .flags = SCREEN_PATTERN_NEAR,
     .confidence = 750},
    {.steps = {{WORD(BORROWED_UNCREDITED)}},
     .with = {{WORD(BORROWED_IMAGE)}, {WORD(BORROWED_TAKE)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(BORROWED_OWN_MAKING)},
     .confidence = 650},
};

static const struct screen_patterns image = {.rows = image_rows,
                                             .count = sizeof image_rows / sizeof *image_rows,
                                             .because = image_because,
                                             .kind = SCREEN_UNCREDITED_IMAGE};

/* ---- Where no turn of phrase is known -------------------------------------------------------- */

static const struct screen_weight image_weights[] = {
    {WORD(BORROWED_UNCREDITED), 450}, {WORD(BORROWED_NOT_MINE), 180},
    {WORD(BORROWED_STEAL), 160},      {WORD(BORROWED_IMAGE), 120},
    {WORD(BORROWED_PLACE), 120},      {WORD(BORROWED_TAKE), 80},
    {WORD(BORROWED_OWN_PLACE), -150}, {WORD(BORROWED_CREDITED), -200},
    {WORD(BORROWED_SPOKEN), -50},     {WORD(BORROWED_OWN_MAKING), -150},
    {WORD(MAIL_HARMED), -100},        {MARK(PERSON), -30},
};

static const struct screen_tally image_tally = {.weights = image_weights,
                                                .count =
                                                    sizeof image_weights / sizeof *image_weights,
                                                .because = image_because,
                                                .kind = SCREEN_UNCREDITED_IMAGE,
                                                .points_shown = 500};

void screen_detect_borrowed(struct screen_work *work)
{
    const struct screen_reading *reading = screen_reading_of(work);
    quotations_find(reading);
    copied_find(reading);
    screen_patterns_find(reading, &image);
    screen_tally_find(reading, &image_tally);
}
