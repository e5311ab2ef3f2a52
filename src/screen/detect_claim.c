/*
 * screen/detect_claim.c - grievance, allegation, reference, reported views.
 *
 * Read first: pattern_int.h, then words/claim.txt. The tables say which words make which kind; each
 * row is a way in which people say it.
 *
 * What must hold: wrongs and judgements need a person who can be recognised, so those rows ask for
 * one; a complaint about work needs the writer.
 */
#include "screen/pattern_int.h"

/* ---- The writer's own work ------------------------------------------------------------------- */

static const struct str grievance_because[] = {
    STR_INIT("It complains about the writer's own pay, workload or treatment at work."),
};

static const struct screen_pattern grievance_rows[] = {
    {.steps = {{WORD(CLAIM_MINE)}}, .without = {WORD(CLAIM_OTHERS)}, .confidence = 800},
    /* "he's turned down my flexible working" */
    {.steps = {{WORD(CLAIM_BOSS)}, {WORD(CLAIM_BAD), .gap = 4}, {WORD(TALK_SELF), .gap = 3}},
     .with = {{WORD(CLAIM_THING)}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 800},
    /* "I was refused leave" */
    {.steps = {{WORD(TALK_SELF)}, {WORD(CLAIM_BAD), .gap = 6}, {WORD(CLAIM_THING), .gap = 6}},
     .with = {{WORD(CLAIM_BOSS), WORD(CLAIM_WEARY)}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 700},
    /* "my only free, gone again" */
    {.steps = {{WORD(TALK_MY)}, {WORD(CLAIM_THING), .gap = 2}, {WORD(CLAIM_BAD), .gap = 6}},
     .with = {{WORD(CLAIM_BOSS), WORD(CLAIM_WEARY)}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 700},
    {.steps = {{WORD(CLAIM_BAD)}, {WORD(CLAIM_THING), .gap = 6}},
     .with = {{WORD(TALK_SELF)}, {WORD(CLAIM_BOSS)}, {WORD(CLAIM_WEARY)}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 700},
    {.steps = {{WORD(CLAIM_BOSS)}, {WORD(CLAIM_BAD), .gap = 5}, {WORD(CLAIM_THING), .gap = 6}},
     .with = {{WORD(CLAIM_WEARY)}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 650},
    /* "six cover lessons in one week and not so much as a thank you" */
    {.steps = {{WORD(CLAIM_COUNT)}, {WORD(CLAIM_THING), .gap = 2}, {WORD(CLAIM_BAD), .gap = 8}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 700},
    /* "third room change they have given me this week" */
    {.steps = {{WORD(CLAIM_COUNT)}, {WORD(CLAIM_THING), .gap = 2}, {WORD(CLAIM_BOSS), .gap = 3}},
     .with = {{WORD(TALK_SELF)}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 700},
    /* "another weekend gone to data nobody will look at" */
    {.steps = {{WORD(CLAIM_COUNT)}, {WORD(CLAIM_THING), .gap = 2}, {WORD(CLAIM_WEARY), .gap = 8}},
     .with = {{WORD(TALK_SELF)}, {WORD(TALK_NOT)}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 600},
    /* "management didn't even read my application" */
    {.steps = {{WORD(CLAIM_CHIEF)},
               {WORD(TALK_NOT), WORD(CLAIM_BAD), .gap = 2},
               {WORD(TALK_SELF), .gap = 5}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 650},
    {.steps = {{WORD(CLAIM_BOSS)}, {WORD(TALK_NOT), .gap = 2}, {WORD(TALK_SELF), .gap = 4}},
     .with = {{WORD(CLAIM_THING)}, {WORD(CLAIM_WEARY)}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 600},
    {.steps = {{WORD(CLAIM_BOSS)}, {WORD(CLAIM_BAD), .gap = 3}, {WORD(CLAIM_THING), .gap = 4}},
     .with = {{WORD(TALK_SELF)}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 700},
    /* "got told off for leaving at 5" */
    {.steps = {{WORD(CLAIM_BAD)}, {WORD(CLAIM_THING), .gap = 5}},
     .with = {{WORD(TALK_SELF)}},
     .flags = SCREEN_PATTERN_OPENS,
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 600},
    /* "half my holiday went on marking that nobody pays me for" */
    {.steps = {{WORD(TALK_MY)}, {WORD(CLAIM_THING), .gap = 2}, {WORD(CLAIM_THING), .gap = 4}},
     .with = {{WORD(CLAIM_BAD)}, {WORD(TALK_NOT)}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 600},
    /* "still waiting for four months of overtime" */
    {.steps = {{WORD(CLAIM_WAIT)}, {WORD(CLAIM_PAY), .gap = 5}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 800},
    {.steps = {{WORD(CLAIM_WAIT)}, {WORD(CLAIM_THING), .gap = 4}, {WORD(CLAIM_BAD), .gap = 10}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 700},
    {.steps = {{WORD(CLAIM_WAIT)}, {WORD(CLAIM_THING), .gap = 5}, {WORD(CLAIM_BOSS), .gap = 8}},
     .with = {{WORD(CLAIM_WEARY)}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 600},
    /* "my timetable is a joke", "they've halved our planning time" */
    {.steps = {{WORD(TALK_MY)}, {WORD(CLAIM_DUTY), .gap = 3}, {WORD(CLAIM_BAD), .gap = 5}},
     .without = {WORD(CLAIM_OTHERS), WORD(MAIL_GOOD), MARK(QUESTION)},
     .confidence = 650},
    {.steps = {{WORD(CLAIM_BAD)}, {WORD(CLAIM_DUTY), .gap = 4}},
     .with = {{WORD(TALK_SELF)}},
     .without = {WORD(CLAIM_OTHERS), WORD(MAIL_GOOD), MARK(QUESTION)},
     .confidence = 600},
    /* "they've moved me to reception without asking" */
    {.steps = {{WORD(CLAIM_BOSS)}, {WORD(CLAIM_BAD), .gap = 2}, {WORD(CLAIM_BAD), .gap = 5}},
     .with = {{WORD(TALK_SELF)}},
     .without = {WORD(CLAIM_OTHERS), WORD(MAIL_GOOD), MARK(PUPIL)},
     .confidence = 600},
    /* "another pay rise that is really a cut" */
    {.steps = {{WORD(CLAIM_PAY)}, {WORD(CLAIM_MEAGRE), .gap = 5}},
     .with = {{WORD(TALK_SELF), WORD(CLAIM_BOSS)}},
     .without = {WORD(CLAIM_OTHERS)},
     .confidence = 700},
};

static const struct screen_patterns grievance = {.rows = grievance_rows,
                                                 .count =
                                                     sizeof grievance_rows / sizeof *grievance_rows,
                                                 .because = grievance_because,
                                                 .kind = SCREEN_GRIEVANCE};

/* ---- Wrongs of a person ---------------------------------------------------------------------- */

static const struct str allegation_because[] = {
    STR_INIT("It tells as a fact that a person who can be recognised did wrong."),
};

static const struct screen_pattern allegation_rows[] = {
    {.steps = {{MARK(PERSON)}, {WORD(CLAIM_CRIME), .unless = WORD(CLAIM_PASSIVE), .gap = 3}},
     .without = {WORD(CLAIM_DOUBT)},
     .confidence = 800},
    {.steps = {{MARK(PERSON)}, {WORD(CLAIM_THEFT), .unless = WORD(CLAIM_PASSIVE), .gap = 2}},
     .without = {WORD(CLAIM_HARMLESS), WORD(CLAIM_DOUBT)},
     .confidence = 650},
    {.steps = {{MARK(PERSON)},
               {WORD(CLAIM_STRIKE), .unless = WORD(CLAIM_PASSIVE), .gap = 3},
               {WORD(CLAIM_VICTIM), .gap = 8}},
     .without = {WORD(CLAIM_HARMLESS), WORD(CLAIM_DOUBT)},
     .confidence = 750},
    /* "Princess punched Noor" */
    {.steps = {{MARK(PERSON)},
               {WORD(CLAIM_BLOW), .unless = WORD(CLAIM_PASSIVE), .gap = 2},
               {MARK(PERSON), .gap = 2}},
     .without = {WORD(CLAIM_HARMLESS), WORD(CLAIM_DOUBT)},
     .confidence = 750},
    {.steps = {{MARK(PERSON)}, {WORD(CLAIM_TAKE), .gap = 4}, {WORD(CLAIM_PURSE), .gap = 8}},
     .without = {WORD(CLAIM_GOOD), WORD(CLAIM_DOUBT)},
     .confidence = 700},
    {.steps = {{MARK(PERSON)}, {WORD(CLAIM_ALTER), .gap = 4}, {WORD(CLAIM_PAPER), .gap = 6}},
     .without = {WORD(CLAIM_GOOD), WORD(CLAIM_DOUBT)},
     .confidence = 650},
    {.steps = {{MARK(PERSON)}, {WORD(CLAIM_SECRET), .gap = 14}},
     .without = {WORD(CLAIM_GOOD), WORD(CLAIM_DOUBT)},
     .confidence = 600},
    {.steps = {{WORD(CLAIM_THEFT_TOLD)}, {MARK(PERSON), .gap = 8}},
     .without = {WORD(CLAIM_GOOD), WORD(CLAIM_DOUBT)},
     .confidence = 600},
    {.steps = {{MARK(PERSON)}, {WORD(CLAIM_THEFT_TOLD), .gap = 10}},
     .without = {WORD(CLAIM_GOOD), WORD(CLAIM_DOUBT)},
     .confidence = 550},
    {.steps = {{MARK(BACK)}, {WORD(CLAIM_FRAUD), .gap = 4}},
     .without = {WORD(CLAIM_DOUBT)},
     .confidence = 600},
    {.steps = {{MARK(BACK)}, {WORD(CLAIM_CRIME), .unless = WORD(CLAIM_PASSIVE), .gap = 1}},
     .without = {WORD(CLAIM_DOUBT)},
     .confidence = 600},
    {.steps = {{MARK(BACK)},
               {WORD(CLAIM_STRIKE), .unless = WORD(CLAIM_PASSIVE), .gap = 1},
               {WORD(CLAIM_VICTIM), .gap = 4}},
     .without = {WORD(CLAIM_HARMLESS), WORD(CLAIM_DOUBT)},
     .confidence = 550},
    {.steps = {{MARK(BACK)}, {WORD(CLAIM_TAKE), .gap = 1}, {WORD(CLAIM_PURSE), .gap = 6}},
     .without = {WORD(CLAIM_GOOD), WORD(CLAIM_DOUBT)},
     .confidence = 600},
    /* A post that only one person holds, where nobody has found it as such. */
    {.steps = {{WORD(CLAIM_COLLEAGUE)},
               {WORD(CLAIM_CRIME), .unless = WORD(CLAIM_PASSIVE), .gap = 2}},
     .without = {WORD(CLAIM_DOUBT)},
     .confidence = 600},
    {.steps = {{WORD(CLAIM_COLLEAGUE)},
               {WORD(CLAIM_TAKE), .gap = 2},
               {WORD(CLAIM_PURSE), .gap = 8}},
     .without = {WORD(CLAIM_GOOD), WORD(CLAIM_DOUBT)},
     .confidence = 600},
};

static const struct screen_patterns allegation = {.rows = allegation_rows,
                                                  .count = sizeof allegation_rows /
                                                           sizeof *allegation_rows,
                                                  .because = allegation_because,
                                                  .kind = SCREEN_ALLEGATION};

/* ---- Judgements of work ---------------------------------------------------------------------- */

static const struct str reference_because[] = {
    STR_INIT("It judges or recommends a person's work, as a reference does."),
};

static const struct screen_pattern reference_rows[] = {
    {.steps = {{WORD(CLAIM_REFER)}}, .with = {{MARK(PERSON), MARK(BACK)}}, .confidence = 800},
    {.steps = {{WORD(CLAIM_REFER)}},
     .with = {{WORD(CLAIM_WORKER)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(CLAIM_PRODUCT)},
     .confidence = 650},
    {.steps = {{WORD(CLAIM_BEST)}, {WORD(CLAIM_WORKER), .gap = 2}, {WORD(CLAIM_EVER), .gap = 6}},
     .with = {{MARK(PERSON), MARK(BACK)}},
     .confidence = 700},
    {.steps = {{WORD(CLAIM_TRAIT)}, {WORD(CLAIM_TRAIT), .gap = 4}},
     .with = {{MARK(PERSON)}, {WORD(CLAIM_HIRE)}},
     .confidence = 650},
};

static const struct screen_patterns reference = {.rows = reference_rows,
                                                 .count =
                                                     sizeof reference_rows / sizeof *reference_rows,
                                                 .because = reference_because,
                                                 .kind = SCREEN_REFERENCE};

/* ---- Private views of another ---------------------------------------------------------------- */

static const struct str views_because[] = {
    STR_INIT("It tells what a colleague or another person thinks in private."),
};

static const struct screen_pattern views_rows[] = {
    {.steps = {{MARK(PERSON), WORD(CLAIM_COLLEAGUE)}, {WORD(CLAIM_VIEW), .gap = 4}},
     .confidence = 800},
    {.steps = {{MARK(BACK)}, {WORD(CLAIM_VIEW), .gap = 2}}, .confidence = 700},
    {.steps = {{MARK(PERSON), WORD(CLAIM_COLLEAGUE)},
               {WORD(CLAIM_THINKS), .gap = 2},
               {WORD(CLAIM_CAUSE), .gap = 9}},
     .confidence = 750},
    {.steps = {{MARK(BACK)}, {WORD(CLAIM_THINKS), .gap = 1}, {WORD(CLAIM_CAUSE), .gap = 9}},
     .confidence = 650},
    {.steps = {{MARK(PERSON), WORD(CLAIM_COLLEAGUE)}, {WORD(CLAIM_PRIVATELY), .gap = 3}},
     .with = {{WORD(CLAIM_CAUSE), WORD(CLAIM_THINKS)}},
     .confidence = 700},
    {.steps = {{WORD(CLAIM_PRIVATELY)}},
     .with = {{MARK(PERSON), WORD(CLAIM_COLLEAGUE)}, {WORD(CLAIM_CAUSE)}, {WORD(CLAIM_THINKS)}},
     .confidence = 700},
};

static const struct screen_patterns views = {.rows = views_rows,
                                             .count = sizeof views_rows / sizeof *views_rows,
                                             .because = views_because,
                                             .kind = SCREEN_REPORTED_VIEWS};

/* ---- Where no turn of phrase is known -------------------------------------------------------- */

static const struct screen_weight grievance_weights[] = {
    {WORD(CLAIM_MINE), 330},     {WORD(CLAIM_BAD), 270},  {WORD(CLAIM_WAIT), 150},
    {WORD(CLAIM_THING), 130},    {WORD(CLAIM_PAY), 120},  {WORD(CLAIM_CHIEF), 110},
    {WORD(CLAIM_COLLEAGUE), 80}, {WORD(CLAIM_BOSS), 60},  {WORD(CLAIM_WEARY), 60},
    {WORD(CLAIM_COUNT), 60},     {MARK(PERSON), -80},     {WORD(CLAIM_VICTIM), -40},
    {WORD(CLAIM_OTHERS), -250},  {WORD(MAIL_GOOD), -100}, {MARK(QUESTION), -100},
};

static const struct screen_tally grievance_tally = {.weights = grievance_weights,
                                                    .count = sizeof grievance_weights /
                                                             sizeof *grievance_weights,
                                                    .because = grievance_because,
                                                    .kind = SCREEN_GRIEVANCE,
                                                    .needs = WORD(TALK_SELF),
                                                    .points_shown = 500};

static const struct screen_weight allegation_weights[] = {
    {WORD(CLAIM_FRAUD), 300},   {WORD(CLAIM_CRIME), 280},      {WORD(CLAIM_PAPER), 260},
    {WORD(CLAIM_PURSE), 220},   {WORD(CLAIM_SECRET), 210},     {MARK(STAFF), 200},
    {MARK(PERSON), 170},        {WORD(CLAIM_VICTIM), 140},     {WORD(TALK_COIN), 120},
    {MARK(PUPIL), 110},         {WORD(CLAIM_THEFT), 80},       {WORD(CLAIM_GOOD), -150},
    {WORD(CLAIM_TRAIT), -90},   {WORD(CLAIM_VIEW), -100},      {WORD(CLAIM_THINKS), -120},
    {WORD(CLAIM_REFER), -140},  {WORD(CONFIDE_ILLNESS), -110}, {WORD(CONFIDE_DISCIPLINE), -140},
    {WORD(CONFIDE_TOLD), -150}, {WORD(CONFIDE_PUBLIC), -200},  {WORD(CLAIM_HARMLESS), -150},
    {WORD(CLAIM_DOUBT), -600},  {WORD(CLAIM_PASSIVE), -60},
};

static const struct screen_tally allegation_tally = {.weights = allegation_weights,
                                                     .count = sizeof allegation_weights /
                                                              sizeof *allegation_weights,
                                                     .because = allegation_because,
                                                     .kind = SCREEN_ALLEGATION,
                                                     .needs = MARK(PERSON),
                                                     .points_shown = 510};

static const struct screen_weight reference_weights[] = {
    {WORD(CLAIM_REFER), 570},  {WORD(CLAIM_TRAIT), 240}, {MARK(STAFF), 90},
    {MARK(BACK), 60},          {WORD(CLAIM_HIRE), 50},   {WORD(TALK_POST), 50},
    {MARK(PERSON), 50},        {WORD(CLAIM_WORKER), 40}, {WORD(CLAIM_PRODUCT), -150},
    {WORD(CONFIDE_TOLD), -40}, {WORD(CLAIM_CRIME), -30},
};

static const struct screen_tally reference_tally = {.weights = reference_weights,
                                                    .count = sizeof reference_weights /
                                                             sizeof *reference_weights,
                                                    .because = reference_because,
                                                    .kind = SCREEN_REFERENCE,
                                                    .needs = MARK(PERSON),
                                                    .needs_or = WORD(CLAIM_WORKER),
                                                    .points_shown = 520};

static const struct screen_weight views_weights[] = {
    {WORD(CLAIM_VIEW), 400},
    {WORD(CLAIM_PRIVATELY), 250},
    {WORD(CLAIM_THINKS), 210},
    {WORD(CLAIM_COLLEAGUE), 210},
    {WORD(CLAIM_CAUSE), 130},
    {MARK(STAFF), 110},
    {MARK(BACK), 80},
    {MARK(PERSON), 60},
    {WORD(VOICE_SECRECY), 50},
    {MARK(PUPIL), -30},
    {WORD(CLAIM_CRIME), -50},
    {WORD(CLAIM_REFER), -60},
    {WORD(CLAIM_THEFT), -70},
    {WORD(CONFIDE_ILL), -80},
    {WORD(CONFIDE_DISCIPLINE), -100},
    {WORD(CLAIM_FRAUD), -180},
    {WORD(TALK_SELF), -120},
};

static const struct screen_tally views_tally = {.weights = views_weights,
                                                .count =
                                                    sizeof views_weights / sizeof *views_weights,
                                                .because = views_because,
                                                .kind = SCREEN_REPORTED_VIEWS,
                                                .needs = MARK(PERSON),
                                                .needs_or = WORD(CLAIM_COLLEAGUE),
                                                .points_shown = 510};

/* ---- Wrongs that are one matter -------------------------------------------------------------- */

static const struct str matter_because =
    STR_INIT("It tells of one thing that somebody did, so that readers can tell which is meant.");

/* Whether a clause tells of what was done once: a past verb, and no word for a habit. */
static bool is_done_once(const struct screen_draft *draft, uint32_t start, uint32_t end)
{
    bool is_past = false;
    for (uint32_t at = 0; at < draft->token_count && draft->tokens[at].start < end; at++) {
        const struct screen_token *token = &draft->tokens[at];
        if (token->start < start) {
            continue;
        }
        if (screen_word_is(token, SCREEN_WORD_CLAIM_HABIT)) {
            return false;
        }
        is_past = is_past || screen_word_is(token, SCREEN_WORD_CLAIM_PAST) ||
                  str_ends(screen_token_plain(draft, at), STR("ed"));
    }
    return is_past;
}

static void matters_find(struct screen_work *work)
{
    const size_t count = work->found_count;
    for (size_t i = 0; i < count; i++) {
        const struct screen_finding told = work->found[i];
        if (told.kind == SCREEN_ALLEGATION && is_done_once(work->draft, told.start, told.end)) {
            screen_found_bytes(work, SCREEN_SPECIFIC_MATTER, SCREEN_DETAIL_NONE, told.start,
                               told.end, 600, matter_because);
        }
    }
}

void screen_detect_claim(struct screen_work *work)
{
    const struct screen_reading *reading = screen_reading_of(work);
    screen_patterns_find(reading, &grievance);
    screen_patterns_find(reading, &allegation);
    screen_patterns_find(reading, &reference);
    screen_patterns_find(reading, &views);
    screen_tally_find(reading, &grievance_tally);
    screen_tally_find(reading, &allegation_tally);
    screen_tally_find(reading, &reference_tally);
    screen_tally_find(reading, &views_tally);
    matters_find(work);
}
