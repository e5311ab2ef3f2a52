/*
 * screen/detect_incoming.c - what a message to the school is as a whole.
 *
 * Read first: pattern_int.h, then words/incoming.txt and words/harm.txt. Start at:
 * screen_detect_incoming.
 *
 * Each word and each turn of phrase of a table adds its points to a kind; what was found in the
 * message before adds some too. Then kinds are weighed against one another, since a threat with a
 * question mark is no query.
 *
 * What must hold
 * - Harm and requests for data are found rather once too often: whoever writes of them may write
 *   badly, and missing one is worse.
 * - Small talk is nothing.
 */
#include "screen/pattern_int.h"

/* From so many points on a message is of a kind; of a second one it needs more, and harm is
 * believed sooner. Confidence, of a thousand, grows with the points. */
#define POINTS_SHOWN 400
#define POINTS_SECOND 480
#define POINTS_HARM 340
#define POINTS_SURE(points) ((points) + SCREEN_SHOWN + 50 - POINTS_SHOWN)
#define CONFIDENCE_MAX 950
/* What takes from harm: each sign of sport or fun up to so often, a thing that hits, talk about
 * harm, an idiom. */
#define PLAY_TIMES_MAX 3
#define PLAY_POINTS 170
#define THING_POINTS 200
#define TOPIC_POINTS 600
#define HARMLESS_POINTS 450
#define IDIOM_POINTS 900
/* At most so many kinds of one message. */
#define KINDS_MAX 2

/* ---- Words ----------------------------------------------------------------------------------- */

/* Each time that something stands in the message, up to `max` times, adds points. */
struct weight {
    uint16_t what;
    uint8_t kind, max;
    uint16_t points;
};

static const struct weight weights[] = {
    {WORD(MAIL_GREET), SCREEN_QUERY, 1, 100},
    {WORD(MAIL_CLOSE), SCREEN_QUERY, 1, 100},
    {WORD(MAIL_ENQUIRE), SCREEN_QUERY, 1, 200},
    {MARK(QUESTION), SCREEN_QUERY, 1, 100},

    {WORD(MAIL_FORMAL), SCREEN_COMPLAINT, 1, 350},
    {WORD(MAIL_BAD), SCREEN_COMPLAINT, 4, 140},

    {WORD(MAIL_PRAISE), SCREEN_PRAISE, 2, 300},
    {WORD(MAIL_GOOD), SCREEN_PRAISE, 2, 100},

    {WORD(MAIL_RIGHT), SCREEN_SUBJECT_ACCESS_REQUEST, 1, 500},
    {WORD(MAIL_SAR), SCREEN_SUBJECT_ACCESS_REQUEST, 2, 230},
    {WORD(MAIL_RECORD), SCREEN_SUBJECT_ACCESS_REQUEST, 2, 80},
    {WORD(MAIL_WANT), SCREEN_SUBJECT_ACCESS_REQUEST, 1, 80},
    {WORD(MAIL_ALL), SCREEN_SUBJECT_ACCESS_REQUEST, 1, 50},
    {WORD(MAIL_HELD), SCREEN_SUBJECT_ACCESS_REQUEST, 1, 50},
    {WORD(MAIL_OWN), SCREEN_SUBJECT_ACCESS_REQUEST, 1, 50},

    {WORD(MAIL_REPORTER), SCREEN_PRESS_ENQUIRY, 2, 400},
    {WORD(MAIL_PRESS), SCREEN_PRESS_ENQUIRY, 2, 160},
    {WORD(MAIL_COMMENT), SCREEN_PRESS_ENQUIRY, 2, 140},

    {WORD(MAIL_HARMED), SCREEN_DISCLOSURE_OF_HARM, 2, 450},
    {WORD(MAIL_PLEA), SCREEN_DISCLOSURE_OF_HARM, 2, 180},
    {WORD(MAIL_HARM), SCREEN_DISCLOSURE_OF_HARM, 3, 55},
    {WORD(MAIL_VICTIM), SCREEN_DISCLOSURE_OF_HARM, 1, 60},
    {WORD(MAIL_DOER), SCREEN_DISCLOSURE_OF_HARM, 1, 50},
    {WORD(MAIL_NIGHT), SCREEN_DISCLOSURE_OF_HARM, 1, 60},
    {WORD(HARM_SELF), SCREEN_DISCLOSURE_OF_HARM, 1, 340},
    {WORD(HARM_SEXUAL), SCREEN_DISCLOSURE_OF_HARM, 2, 250},
    {WORD(HARM_EATING), SCREEN_DISCLOSURE_OF_HARM, 2, 230},
    {WORD(HARM_ROOFLESS), SCREEN_DISCLOSURE_OF_HARM, 1, 240},
    {WORD(HARM_ILL), SCREEN_DISCLOSURE_OF_HARM, 1, 240},
    {WORD(HARM_WED), SCREEN_DISCLOSURE_OF_HARM, 2, 240},
    {WORD(HARM_ARMED), SCREEN_DISCLOSURE_OF_HARM, 2, 170},
    {WORD(HARM_FEAR), SCREEN_DISCLOSURE_OF_HARM, 2, 150},
    {WORD(HARM_MARK), SCREEN_DISCLOSURE_OF_HARM, 1, 130},
    {WORD(HARM_SECRET), SCREEN_DISCLOSURE_OF_HARM, 2, 120},
    {WORD(HARM_NEGLECT), SCREEN_DISCLOSURE_OF_HARM, 3, 115},
    {WORD(HARM_BULLIED), SCREEN_DISCLOSURE_OF_HARM, 2, 100},
    {WORD(HARM_EXPLOIT), SCREEN_DISCLOSURE_OF_HARM, 3, 110},
    {WORD(HARM_LURE), SCREEN_DISCLOSURE_OF_HARM, 3, 110},
    {WORD(HARM_NEAR), SCREEN_DISCLOSURE_OF_HARM, 2, 60},
    {WORD(HARM_DRUG), SCREEN_DISCLOSURE_OF_HARM, 2, 70},
    {WORD(HARM_KIN), SCREEN_DISCLOSURE_OF_HARM, 1, 60},
    {WORD(HARM_MADE), SCREEN_DISCLOSURE_OF_HARM, 1, 150},
    {WORD(HARM_TELL), SCREEN_DISCLOSURE_OF_HARM, 2, 60},

    {WORD(MAIL_RAGE), SCREEN_ABUSE, 2, 300},
    {WORD(MAIL_ABUSE), SCREEN_ABUSE, 3, 150},

    {WORD(MAIL_HAWK), SCREEN_SPAM, 2, 400},
    {WORD(MAIL_SPAM), SCREEN_SPAM, 3, 120},
    {WORD(VOICE_PITCH), SCREEN_SPAM, 1, 150},
    {MARK(RISKY), SCREEN_SPAM, 1, 350},
    {MARK(WAY), SCREEN_SPAM, 1, 50},
    {MARK(MONEY), SCREEN_SPAM, 1, 50},
};

/* ---- Turns of phrase ------------------------------------------------------------------------- */

struct turn {
    enum screen_kind kind;
    struct screen_pattern pattern; /* its confidence: the points */
};

static const struct turn turns[] = {
    {SCREEN_QUERY, {.steps = {{WORD(MAIL_ASK)}, {WORD(MAIL_MATTER), .gap = 8}}, .confidence = 250}},
    {SCREEN_QUERY,
     {.steps = {{WORD(MAIL_ASK)}},
      .with = {{WORD(MAIL_MATTER)}, {MARK(QUESTION)}},
      .confidence = 250}},
    {SCREEN_QUERY, {.steps = {{WORD(MAIL_ASK)}}, .flags = SCREEN_PATTERN_OPENS, .confidence = 200}},
    {SCREEN_QUERY, {.steps = {{MARK(QUESTION)}}, .with = {{WORD(MAIL_MATTER)}}, .confidence = 200}},
    {SCREEN_QUERY, {.steps = {{WORD(TALK_MY)}, {WORD(TALK_CHILD), .gap = 1}}, .confidence = 50}},

    {SCREEN_COMPLAINT,
     {.steps = {{WORD(TALK_MY)}, {WORD(TALK_CHILD), .gap = 1}, {WORD(MAIL_BAD), .gap = 12}},
      .confidence = 200}},
    {SCREEN_COMPLAINT,
     {.steps = {{WORD(MAIL_BAD)}}, .with = {{WORD(MAIL_YOUR)}}, .confidence = 150}},
    {SCREEN_COMPLAINT, {.steps = {{WORD(MAIL_FORMAL)}}, .confidence = 150}},

    {SCREEN_PRAISE,
     {.steps = {{WORD(MAIL_PRAISE)}},
      .with = {{WORD(MAIL_SCHOOL), MARK(STAFF)}},
      .flags = SCREEN_PATTERN_NEAR,
      .confidence = 200}},
    {SCREEN_PRAISE,
     {.steps = {{WORD(MAIL_GOOD)}},
      .with = {{WORD(MAIL_YOUR)}, {WORD(MAIL_SCHOOL)}},
      .confidence = 200}},
    {SCREEN_PRAISE,
     {.steps = {{WORD(TALK_MY)}, {WORD(TALK_CHILD), .gap = 1}, {WORD(MAIL_GOOD), .gap = 12}},
      .confidence = 200}},

    {SCREEN_SUBJECT_ACCESS_REQUEST,
     {.steps = {{WORD(MAIL_WANT)},
                {WORD(MAIL_RECORD), .gap = 8},
                {WORD(MAIL_OWN), MARK(PERSON), .gap = 6}},
      .with = {{WORD(MAIL_ALL), WORD(MAIL_HELD)}},
      .confidence = 250}},
    {SCREEN_SUBJECT_ACCESS_REQUEST,
     {.steps = {{WORD(MAIL_WANT)}, {WORD(MAIL_RECORD), .gap = 8}, {WORD(MAIL_HELD), .gap = 5}},
      .confidence = 300}},
    {SCREEN_SUBJECT_ACCESS_REQUEST,
     {.steps = {{WORD(MAIL_HELD)}, {WORD(MAIL_OWN), MARK(PERSON), .gap = 4}},
      .with = {{WORD(MAIL_ALL)}, {WORD(MAIL_RECORD)}},
      .confidence = 300}},

    {SCREEN_PRESS_ENQUIRY,
     {.steps = {{WORD(MAIL_FROM)}, {WORD(MAIL_PAPER), .gap = 4}},
      .with = {{WORD(MAIL_COMMENT), WORD(MAIL_PRESS)}},
      .flags = SCREEN_PATTERN_NEAR,
      .confidence = 250}},

    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(MAIL_DOER)}, {WORD(MAIL_HARM), .gap = 4}, {WORD(MAIL_VICTIM), .gap = 4}},
      .confidence = 100}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(MAIL_VICTIM)}, {WORD(MAIL_HARM), .gap = 5}, {WORD(MAIL_NIGHT), .gap = 8}},
      .confidence = 100}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(MAIL_HARMED)}},
      .with = {{WORD(MAIL_VICTIM), WORD(MAIL_DOER)}},
      .flags = SCREEN_PATTERN_NEAR,
      .confidence = 150}},

    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_ADULT)}, {WORD(HARM_BLOW), .gap = 5}, {WORD(HARM_CHILD), .gap = 3}},
      .confidence = 290}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_GRIP), WORD(HARM_BLOW)},
                {WORD(HARM_OWN), .gap = 2},
                {WORD(HARM_BODY), .gap = 3}},
      .confidence = 230}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_GRIP), WORD(HARM_BLOW)},
                {WORD(HARM_CHILD), .gap = 2},
                {WORD(HARM_BODY), .gap = 8}},
      .without = {WORD(HARM_PLAY)},
      .confidence = 200}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_GOT)}, {WORD(HARM_BLOW)}},
      .without = {WORD(HARM_PLAY)},
      .confidence = 130}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_ADULT)}, {WORD(HARM_FORCE), .gap = 3}, {WORD(HARM_CHILD), .gap = 1}},
      .without = {WORD(HARM_NICE)},
      .confidence = 200}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_ASK)}, {WORD(HARM_CHILD), .gap = 1}, {WORD(HARM_PICTURE), .gap = 6}},
      .without = {WORD(HARM_NICE), WORD(HARM_PLAY)},
      .confidence = 220}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_ADULT)}, {WORD(HARM_WIELD), .gap = 6}, {WORD(HARM_ARMED), .gap = 4}},
      .confidence = 100}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_ADULT)}, {WORD(HARM_TOUCH), .gap = 3}, {WORD(HARM_CHILD), .gap = 2}},
      .without = {WORD(HARM_PLAY)},
      .confidence = 230}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_GRIP), WORD(HARM_BLOW)},
                {WORD(HARM_CHILD), .gap = 2},
                {WORD(HARM_AGAINST), .gap = 2}},
      .without = {WORD(HARM_PLAY)},
      .confidence = 230}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_SLEEP)}, {WORD(HARM_ODD_PLACE), .gap = 4}},
      .without = {WORD(HARM_NICE)},
      .confidence = 220}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_BEG)}, {WORD(HARM_FOOD), .gap = 6}},
      .with = {{WORD(HARM_CHILD)}},
      .confidence = 220}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_KIN)}, {WORD(HARM_DID), .gap = 1}}, .confidence = 165}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_LEAVE)}, {WORD(HARM_CHILD), .gap = 4}, {WORD(HARM_NEGLECT), .gap = 10}},
      .confidence = 120}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_TAKEN)}, {WORD(HARM_COUNTRY), .gap = 4}},
      .with = {{WORD(HARM_KIN), WORD(HARM_CHILD)}},
      .without = {WORD(HARM_PLAY)},
      .confidence = 280}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_GIVE)}, {WORD(HARM_CHILD), .gap = 2}, {WORD(HARM_GIFT), .gap = 3}},
      .confidence = 150}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_SCARED)}, {WORD(HARM_ADULT), WORD(HARM_OWN), .gap = 1}},
      .confidence = 250}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_CHILD)}, {WORD(HARM_DRUG), .gap = 6}}, .confidence = 150}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_CHILD)}, {WORD(HARM_MARK), .gap = 8}}, .confidence = 100}},
    {SCREEN_DISCLOSURE_OF_HARM,
     {.steps = {{WORD(HARM_MARK)}, {WORD(HARM_BODY), .gap = 8}}, .confidence = 100}},

    {SCREEN_ABUSE, {.steps = {{WORD(MAIL_YOUR)}, {WORD(MAIL_ABUSE), .gap = 5}}, .confidence = 200}},
    {SCREEN_ABUSE, {.steps = {{WORD(MAIL_RAGE)}, {WORD(MAIL_ABUSE), .gap = 3}}, .confidence = 200}},

    {SCREEN_SPAM,
     {.steps = {{WORD(MAIL_HAWK)}},
      .with = {{WORD(MAIL_SPAM)}},
      .flags = SCREEN_PATTERN_NEAR,
      .confidence = 150}},
};

/* ---- Findings -------------------------------------------------------------------------------- */

/* What a finding in the message says about the message. */
struct hint {
    enum screen_kind found, kind;
    unsigned points;
};

static const struct hint hints[] = {
    {SCREEN_INSULT, SCREEN_ABUSE, 600},
    {SCREEN_THREAT, SCREEN_ABUSE, 800},
    {SCREEN_HATRED, SCREEN_ABUSE, 800},
    {SCREEN_HARASSMENT, SCREEN_ABUSE, 700},
    {SCREEN_EXTREMISM_SUPPORT, SCREEN_ABUSE, 600},
    {SCREEN_OBSCENITY, SCREEN_ABUSE, 350},
    {SCREEN_DISPARAGEMENT, SCREEN_ABUSE, 300},
    {SCREEN_DISPARAGEMENT, SCREEN_COMPLAINT, 350},
    {SCREEN_SEXUAL_CONTENT, SCREEN_ABUSE, 300},
    {SCREEN_SEXUAL_CONTENT, SCREEN_SPAM, 250},
    {SCREEN_ALLEGATION, SCREEN_COMPLAINT, 550},
    {SCREEN_SPECIFIC_MATTER, SCREEN_COMPLAINT, 450},
    {SCREEN_GRIEVANCE, SCREEN_COMPLAINT, 550},
    {SCREEN_PERSONAL_GAIN, SCREEN_SPAM, 450},
    {SCREEN_REFERENCE, SCREEN_PRAISE, 450},
    {SCREEN_SOLICITATION, SCREEN_SPAM, 200},
};

/* Whether private matters of the detail "safeguarding" were found: then harm is told. */
static bool has_harm(const struct screen_work *work)
{
    const unsigned safeguarding = screen_detail_find(SCREEN_SENSITIVE_CONTEXT, STR("safeguarding"));
    for (size_t i = 0; i < work->found_count; i++) {
        if (work->found[i].kind == SCREEN_SENSITIVE_CONTEXT &&
            work->found[i].detail == safeguarding && work->found[i].confidence >= SCREEN_SHOWN) {
            return true;
        }
    }
    return false;
}

/* ---- Points ---------------------------------------------------------------------------------- */

/* How often something stands in the message; a phrase once. */
static unsigned times(const struct screen_reading *reading, unsigned what, unsigned max)
{
    unsigned count = 0;
    for (uint32_t i = 0; i < reading->sentence_count && count < max; i++) {
        if (!screen_sentence_has(reading, i, what)) {
            continue;
        }
        bool is_in = false;
        for (uint32_t at = reading->sentences[i].first; at < reading->sentences[i].end; at++) {
            bool has = screen_token_has(reading, at, what);
            count += has && !is_in;
            is_in = has;
        }
    }
    return count < max ? count : max;
}

static bool turn_stands(const struct screen_reading *reading, const struct screen_pattern *pattern)
{
    uint32_t first, last;
    for (uint32_t i = 0; i < reading->sentence_count; i++) {
        if (screen_pattern_stands(reading, pattern, i, &first, &last)) {
            return true;
        }
    }
    return false;
}

static void points_count(const struct screen_reading *reading, unsigned points[SCREEN_KIND_COUNT])
{
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        points[weights[i].kind] +=
            times(reading, weights[i].what, weights[i].max) * weights[i].points;
    }
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        if (turn_stands(reading, &turns[i].pattern)) {
            points[turns[i].kind] += turns[i].pattern.confidence;
        }
    }
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        if (screen_has(reading->work, hints[i].found)) {
            points[hints[i].kind] += hints[i].points;
        }
    }
    if (has_harm(reading->work)) {
        points[SCREEN_DISCLOSURE_OF_HARM] += 450;
    }
}

/* ---- Deciding -------------------------------------------------------------------------------- */

/* What a kind that is shown, or a word that stands, takes from another. */
struct rival {
    enum screen_kind stronger, weaker;
    unsigned points;
};

/* In their order: the first decide before the others are asked. */
static const struct rival rivals[] = {
    {SCREEN_DISCLOSURE_OF_HARM, SCREEN_QUERY, 600},
    {SCREEN_DISCLOSURE_OF_HARM, SCREEN_ABUSE, 400},
    {SCREEN_DISCLOSURE_OF_HARM, SCREEN_COMPLAINT, 300},
    {SCREEN_DISCLOSURE_OF_HARM, SCREEN_PRAISE, 600},
    {SCREEN_DISCLOSURE_OF_HARM, SCREEN_SPAM, 300},
    {SCREEN_SPAM, SCREEN_QUERY, 900},
    {SCREEN_SPAM, SCREEN_PRAISE, 900},
    {SCREEN_SPAM, SCREEN_COMPLAINT, 600},
    {SCREEN_SPAM, SCREEN_ABUSE, 400},
    {SCREEN_SPAM, SCREEN_PRESS_ENQUIRY, 300},
    {SCREEN_PRESS_ENQUIRY, SCREEN_QUERY, 700},
    {SCREEN_PRESS_ENQUIRY, SCREEN_COMPLAINT, 800},
    {SCREEN_PRESS_ENQUIRY, SCREEN_PRAISE, 500},
    {SCREEN_SUBJECT_ACCESS_REQUEST, SCREEN_QUERY, 900},
    {SCREEN_SUBJECT_ACCESS_REQUEST, SCREEN_PRAISE, 900},
    {SCREEN_SUBJECT_ACCESS_REQUEST, SCREEN_COMPLAINT, 150},
    {SCREEN_ABUSE, SCREEN_QUERY, 700},
    {SCREEN_ABUSE, SCREEN_PRAISE, 900},
    {SCREEN_ABUSE, SCREEN_COMPLAINT, 250},
    {SCREEN_COMPLAINT, SCREEN_QUERY, 400},
    {SCREEN_COMPLAINT, SCREEN_PRAISE, 300},
    {SCREEN_PRAISE, SCREEN_COMPLAINT, 200},
};

static void lower(unsigned points[SCREEN_KIND_COUNT], enum screen_kind kind, unsigned by)
{
    points[kind] = points[kind] > by ? points[kind] - by : 0;
}

/* Signs of sport, of books, of talks about harm: each takes from it, but what is told plainly
 * stands. */
static void harm_weigh(const struct screen_reading *reading, unsigned points[SCREEN_KIND_COUNT])
{
    unsigned play = times(reading, WORD(HARM_PLAY), PLAY_TIMES_MAX);
    lower(points, SCREEN_DISCLOSURE_OF_HARM, play * PLAY_POINTS);
    if (screen_draft_has(reading, WORD(HARM_THING)) && !screen_draft_has(reading, WORD(HARM_KIN))) {
        lower(points, SCREEN_DISCLOSURE_OF_HARM, THING_POINTS);
    }
    if (screen_draft_has(reading, WORD(HARM_TOPIC))) {
        lower(points, SCREEN_DISCLOSURE_OF_HARM, TOPIC_POINTS);
    }
    if (screen_draft_has(reading, WORD(MAIL_HARMLESS))) {
        lower(points, SCREEN_DISCLOSURE_OF_HARM, HARMLESS_POINTS);
    }
    if (screen_draft_has(reading, WORD(HARM_IDIOM))) {
        lower(points, SCREEN_DISCLOSURE_OF_HARM, IDIOM_POINTS);
    }
}

static void points_weigh(const struct screen_reading *reading, unsigned points[SCREEN_KIND_COUNT])
{
    if (screen_draft_has(reading, WORD(MAIL_CHAT))) {
        lower(points, SCREEN_QUERY, 300);
        lower(points, SCREEN_COMPLAINT, 150);
        lower(points, SCREEN_PRAISE, 100);
    }
    if (screen_draft_has(reading, WORD(MAIL_SEASON))) {
        lower(points, SCREEN_PRAISE, 300);
    }
    harm_weigh(reading, points);
    for (size_t i = 0; i < sizeof rivals / sizeof *rivals; i++) {
        if (points[rivals[i].stronger] >= POINTS_SHOWN) {
            lower(points, rivals[i].weaker, rivals[i].points);
        }
    }
}

static const struct str because[SCREEN_KIND_COUNT] = {
    [SCREEN_QUERY] = STR_INIT("It asks about something that a school is asked about."),
    [SCREEN_COMPLAINT] = STR_INIT("It says that something went wrong or was not good enough."),
    [SCREEN_PRAISE] = STR_INIT("It thanks or praises the school or somebody there."),
    [SCREEN_SUBJECT_ACCESS_REQUEST] = STR_INIT("It asks to see what is held about somebody."),
    [SCREEN_PRESS_ENQUIRY] = STR_INIT("It reads as if a newspaper or a station wrote it."),
    [SCREEN_DISCLOSURE_OF_HARM] =
        STR_INIT("It tells that somebody is harmed or afraid, or may be."),
    [SCREEN_ABUSE] = STR_INIT("It insults or threatens somebody."),
    [SCREEN_SPAM] = STR_INIT("It sells something or leads to a doubtful link."),
};

/* Whether the points are enough: for the first kind that is found, or for a further one. */
static bool is_enough(enum screen_kind kind, unsigned points, unsigned found)
{
    if (kind == SCREEN_DISCLOSURE_OF_HARM) {
        return points >= POINTS_HARM;
    }
    return points >= (found == 0 ? POINTS_SHOWN : POINTS_SECOND);
}

static void kind_report(struct screen_work *work, enum screen_kind kind, unsigned points)
{
    unsigned sure = POINTS_SURE(points) < SCREEN_SHOWN ? SCREEN_SHOWN : POINTS_SURE(points);
    unsigned confidence = sure < CONFIDENCE_MAX ? sure : CONFIDENCE_MAX;
    screen_found_bytes(work, kind, SCREEN_DETAIL_NONE, 0, 0, confidence, because[kind]);
}

void screen_detect_incoming(struct screen_work *work)
{
    if (work->channel != SCREEN_CHANNEL_INCOMING) {
        return;
    }
    const struct screen_reading *reading = screen_reading_of(work);
    unsigned points[SCREEN_KIND_COUNT] = {0};
    points_count(reading, points);
    points_weigh(reading, points);
    for (unsigned found = 0; found < KINDS_MAX; found++) {
        unsigned best = SCREEN_DISCLOSURE_OF_HARM;
        for (unsigned kind = SCREEN_QUERY; kind < SCREEN_KIND_COUNT; kind++) {
            bool is_better = points[kind] > points[best] ||
                             !is_enough((enum screen_kind)best, points[best], found);
            best =
                is_better && is_enough((enum screen_kind)kind, points[kind], found) ? kind : best;
        }
        if (!is_enough((enum screen_kind)best, points[best], found)) {
            return;
        }
        kind_report(work, (enum screen_kind)best, points[best]);
        points[best] = 0;
    }
}
