/*
 * screen/detect_confidence.c - marks of confidence, private matters of a person, business and
 * single matters of the school.
 *
 * Read first: pattern_int.h, then words/confidence.txt. Start at: screen_detect_confidence.
 *
 * What must hold: marks come first, since what stands beside one is more likely meant for few; a
 * private matter needs a person who can be recognised.
 */
#include "screen/pattern_int.h"

/* A mark takes in so many words behind "until", and so many before "only". */
#define UNTIL_TOKENS_MAX 2
#define ONLY_TOKENS_MAX 7
/* What a mark is said of is looked for so far from it. */
#define OTHER_TOKENS_MAX 5

/* ---- Marks ----------------------------------------------------------------------------------- */

static const struct str mark_because = STR_INIT("These words say that it is not meant for others.");

static bool is_word(const struct screen_reading *reading, uint32_t at, enum screen_word class)
{
    return at < reading->work->draft->token_count &&
           screen_word_is(&reading->work->draft->tokens[at], class);
}

static bool is_sign(const struct screen_draft *draft, uint32_t at)
{
    return at >= draft->token_count || draft->tokens[at].kind == SCREEN_TOKEN_SIGN ||
           draft->tokens[at].flags & SCREEN_TOKEN_LINE;
}

/* Whether a clause begins here. */
static bool is_opening(const struct screen_draft *draft, uint32_t at)
{
    return draft->tokens[at].flags & (SCREEN_TOKEN_FIRST | SCREEN_TOKEN_LINE) || at == 0 ||
           draft->tokens[at - 1].kind == SCREEN_TOKEN_SIGN;
}

/* Words that are said in fun as well mark nothing where there is nothing to be kept. */
static bool has_something_to_keep(const struct screen_reading *reading)
{
    return screen_draft_has(reading, MARK(PERSON)) ||
           screen_draft_has(reading, WORD(CONFIDE_CORPORATE)) ||
           screen_draft_has(reading, WORD(CONFIDE_COMMERCIAL)) ||
           screen_draft_has(reading, WORD(CONFIDE_POLITICAL)) ||
           screen_draft_has(reading, WORD(CONFIDE_DISCIPLINE)) ||
           screen_draft_has(reading, WORD(CONFIDE_TOLD)) ||
           screen_draft_has(reading, WORD(CONFIDE_HARMED));
}

/* "confidential" and the like as a heading: nothing before it, and a sign or nothing behind. */
static bool is_heading(const struct screen_reading *reading, uint32_t first, uint32_t last)
{
    const struct screen_draft *draft = reading->work->draft;
    const struct screen_token *token = &draft->tokens[first];
    if (!is_opening(draft, first) || !is_sign(draft, last + 1)) {
        return false;
    }
    bool is_colon = last + 1 < draft->token_count && draft->tokens[last + 1].sign == ':';
    bool is_loud = token->flags & SCREEN_TOKEN_ALL_CAPITAL;
    return is_colon || is_loud || is_word(reading, first, SCREEN_WORD_CONFIDE_SURE);
}

static uint32_t run_last(const struct screen_reading *reading, uint32_t at, enum screen_word class)
{
    uint32_t end = screen_sentence_end(reading->work->draft, at);
    while (at + 1 < end && is_word(reading, at + 1, class)) {
        at++;
    }
    return at;
}

/* Takes in "until Friday", where nothing follows it. */
static uint32_t until_take(const struct screen_reading *reading, uint32_t last)
{
    const struct screen_draft *draft = reading->work->draft;
    if (!is_word(reading, last + 1, SCREEN_WORD_CONFIDE_UNTIL)) {
        return last;
    }
    for (uint32_t i = 1; i <= UNTIL_TOKENS_MAX; i++) {
        uint32_t at = last + 1 + i;
        if (at >= draft->token_count || draft->tokens[at].kind == SCREEN_TOKEN_SIGN) {
            break;
        }
        if (is_word(reading, at, SCREEN_WORD_CONFIDE_DATE)) {
            return at;
        }
    }
    return last;
}

/* "for staff working with him only": a whole clause from "for" to "only". */
static bool is_for_some_only(const struct screen_reading *reading, uint32_t at, uint32_t *last)
{
    const struct screen_draft *draft = reading->work->draft;
    if (!is_opening(draft, at) || !is_word(reading, at, SCREEN_WORD_CONFIDE_FOR)) {
        return false;
    }
    bool has_readers = false;
    for (uint32_t i = at + 1; i < draft->token_count && i - at <= ONLY_TOKENS_MAX; i++) {
        if (draft->tokens[i].kind == SCREEN_TOKEN_SIGN) {
            return false;
        }
        has_readers = has_readers || is_word(reading, i, SCREEN_WORD_CONFIDE_READERS);
        if (is_word(reading, i, SCREEN_WORD_CONFIDE_ONLY) && is_sign(draft, i + 1)) {
            *last = i;
            return has_readers;
        }
    }
    return false;
}

/* "Exams office eyes only": the mark begins where its clause does, if that is near. */
static uint32_t eyes_first(const struct screen_reading *reading, uint32_t first)
{
    const struct screen_draft *draft = reading->work->draft;
    if (!is_word(reading, first, SCREEN_WORD_CONFIDE_EYES)) {
        return first;
    }
    for (uint32_t i = first; first - i < 4; i--) {
        if (is_opening(draft, i)) {
            return i;
        }
        if (i == 0) {
            break;
        }
    }
    return first;
}

/* Whether the words close by say that nothing is marked: a helpline, a password, a recipe. */
static bool is_said_of_other(const struct screen_reading *reading, uint32_t first, uint32_t last)
{
    const struct screen_draft *draft = reading->work->draft;
    uint32_t begin = screen_sentence_first(draft, first);
    uint32_t end = screen_sentence_end(draft, last);
    uint32_t from = first - begin > OTHER_TOKENS_MAX ? first - OTHER_TOKENS_MAX : begin;
    for (uint32_t at = from; at < end && at <= last + OTHER_TOKENS_MAX; at++) {
        if (is_word(reading, at, SCREEN_WORD_CONFIDE_UNMARKED)) {
            return true;
        }
    }
    return false;
}

/* "do not share": a mark where it ends there, or says with whom or what: "this", "outside". */
static bool is_bid(const struct screen_reading *reading, uint32_t last)
{
    return is_sign(reading->work->draft, last + 1) ||
           is_word(reading, last + 1, SCREEN_WORD_CONFIDE_BID_AFTER);
}

/* The confidence in a mark that begins at `at`, and its last token; 0 where none does. */
static unsigned mark_read(const struct screen_reading *reading, uint32_t at, uint32_t *last)
{
    if (is_for_some_only(reading, at, last)) {
        return 750;
    }
    if (is_word(reading, at, SCREEN_WORD_CONFIDE_MARK)) {
        *last = run_last(reading, at, SCREEN_WORD_CONFIDE_MARK);
        return is_said_of_other(reading, at, *last) ? 0 : 850;
    }
    if (is_word(reading, at, SCREEN_WORD_CONFIDE_BID)) {
        *last = run_last(reading, at, SCREEN_WORD_CONFIDE_BID);
        return is_bid(reading, *last) && !is_said_of_other(reading, at, *last) ? 800 : 0;
    }
    if (is_word(reading, at, SCREEN_WORD_CONFIDE_LIGHT)) {
        *last = run_last(reading, at, SCREEN_WORD_CONFIDE_LIGHT);
        bool is_idle = is_said_of_other(reading, at, *last) || !has_something_to_keep(reading);
        return is_idle ? 0 : 750;
    }
    if (is_word(reading, at, SCREEN_WORD_CONFIDE_WORD)) {
        *last = run_last(reading, at, SCREEN_WORD_CONFIDE_WORD);
        return is_heading(reading, at, *last) && !is_said_of_other(reading, at, *last) ? 850 : 0;
    }
    return 0;
}

static void marks_find(const struct screen_reading *reading)
{
    static const enum screen_word begins[] = {SCREEN_WORD_CONFIDE_FOR, SCREEN_WORD_CONFIDE_MARK,
                                              SCREEN_WORD_CONFIDE_BID, SCREEN_WORD_CONFIDE_LIGHT,
                                              SCREEN_WORD_CONFIDE_WORD};
    const struct screen_classes any = SCREEN_CLASSES_OF(begins);
    struct screen_work *work = reading->work;
    if (!screen_classes_meet(&work->draft->classes, &any)) {
        return;
    }
    for (uint32_t at = 0; at < work->draft->token_count; at++) {
        uint32_t last = at;
        if (!screen_classes_meet(&work->draft->tokens[at].classes, &any)) {
            continue;
        }
        unsigned confidence = mark_read(reading, at, &last);
        if (confidence == 0) {
            continue;
        }
        uint32_t first = eyes_first(reading, at);
        while (first > screen_sentence_first(work->draft, first) &&
               is_word(reading, first - 1, SCREEN_WORD_CONFIDE_PLEASE)) {
            first--;
        }
        last = until_take(reading, last);
        uint32_t next = last + 2; /* "CONFIDENTIAL - staff only" is one mark */
        uint32_t next_last = next;
        if (next < work->draft->token_count && is_sign(work->draft, last + 1) &&
            !(work->draft->tokens[last + 1].sign == '.') &&
            mark_read(reading, next, &next_last) > 0) {
            last = next_last;
        }
        screen_found(work, SCREEN_CONFIDENTIALITY_MARK, SCREEN_DETAIL_NONE, first, last, confidence,
                     mark_because);
        at = last;
    }
}

/* ---- Private matters of a person ------------------------------------------------------------- */

enum { HEALTH, NEEDS, SAFEGUARDING, FAMILY, DISCIPLINE, PAY };

static const struct str context_because[] = {
    STR_INIT("It tells about the health of a person who can be recognised."),
    STR_INIT("It tells about the special needs of a person who can be recognised."),
    STR_INIT("It tells about the safety of a person who can be recognised."),
    STR_INIT("It tells about the family of a person who can be recognised."),
    STR_INIT("It tells about a procedure against a person who can be recognised."),
    STR_INIT("It tells about the pay of a person who can be recognised."),
};

/* A row for a state that stands behind the person, one behind a pronoun, and one before them. */
#define STATE_ROWS(class, what, sure)                                                              \
    {.steps = {{MARK(PERSON)}, {WORD(class), .gap = 7}},                                           \
     .without = {WORD(CONFIDE_PUBLIC)},                                                            \
     .confidence = (sure),                                                                         \
     .detail = (what),                                                                             \
     .because = (what)},                                                                           \
        {.steps = {{MARK(BACK)}, {WORD(class), .gap = 2}},                                         \
         .without = {WORD(CONFIDE_PUBLIC)},                                                        \
         .confidence = (sure)-100,                                                                 \
         .detail = (what),                                                                         \
         .because = (what)},                                                                       \
    {                                                                                              \
        .steps = {{WORD(class)}, {MARK(PERSON), .gap = 4}}, .without = {WORD(CONFIDE_PUBLIC)},     \
        .confidence = (sure)-150, .detail = (what), .because = (what)                              \
    }

/* A thing that a person has: "has", then the thing; or the thing at once, as theirs. */
#define THING_ROWS(class, what, sure)                                                              \
    {.steps = {{MARK(PERSON)}, {WORD(CONFIDE_HAS), .gap = 3}, {WORD(class), .gap = 4}},            \
     .without = {WORD(CONFIDE_PUBLIC)},                                                            \
     .confidence = (sure),                                                                         \
     .detail = (what),                                                                             \
     .because = (what)},                                                                           \
        {.steps = {{MARK(BACK)}, {WORD(CONFIDE_HAS), .gap = 2}, {WORD(class), .gap = 4}},          \
         .without = {WORD(CONFIDE_PUBLIC)},                                                        \
         .confidence = (sure)-100,                                                                 \
         .detail = (what),                                                                         \
         .because = (what)},                                                                       \
    {                                                                                              \
        .steps = {{MARK(PERSON)}, {WORD(class), .gap = 1}}, .without = {WORD(CONFIDE_PUBLIC)},     \
        .confidence = (sure)-150, .detail = (what), .because = (what)                              \
    }

static const struct screen_pattern context_rows[] = {
    STATE_ROWS(CONFIDE_ILL, HEALTH, 850),
    THING_ROWS(CONFIDE_ILLNESS, HEALTH, 800),
    STATE_ROWS(CONFIDE_NEEDING, NEEDS, 850),
    THING_ROWS(CONFIDE_NEED, NEEDS, 800),
    STATE_ROWS(CONFIDE_HARMED, SAFEGUARDING, 900),
    THING_ROWS(CONFIDE_HARM, SAFEGUARDING, 750),
    STATE_ROWS(CONFIDE_FAMILY, FAMILY, 750),
    STATE_ROWS(CONFIDE_DISCIPLINE, DISCIPLINE, 800),
    {.steps = {{MARK(PERSON)}, {WORD(CONFIDE_PAY), .gap = 4}},
     .without = {WORD(CONFIDE_PUBLIC)},
     .confidence = 750,
     .detail = PAY,
     .because = PAY},
    {.steps = {{MARK(STAFF), MARK(BACK)}, {WORD(CONFIDE_EARNS), .gap = 2}, {MARK(MONEY), .gap = 4}},
     .without = {WORD(CONFIDE_PUBLIC)},
     .confidence = 750,
     .detail = PAY,
     .because = PAY},
};

static const struct screen_patterns context = {.rows = context_rows,
                                               .count = sizeof context_rows / sizeof *context_rows,
                                               .because = context_because,
                                               .kind = SCREEN_SENSITIVE_CONTEXT,
                                               .has_details = true};

/* ---- Business of the school ------------------------------------------------------------------ */

enum { CORPORATE, COMMERCIAL, POLITICAL, IN_CONFIDENCE };

static const struct str matter_because[] = {
    STR_INIT("It tells of plans, money or reports of the school that are not public."),
    STR_INIT("It tells of a bid, a price or a contract that is not public."),
    STR_INIT("It tells of talks with a council or ministry that are not public."),
    STR_INIT("It tells what somebody said in confidence."),
};

static const struct screen_pattern matter_rows[] = {
    {.steps = {{WORD(CONFIDE_TOLD)}},
     .without = {WORD(CONFIDE_UNMARKED)},
     .confidence = 750,
     .detail = IN_CONFIDENCE,
     .because = IN_CONFIDENCE},
    {.steps = {{WORD(CONFIDE_CORPORATE)}},
     .with = {{MARK(MARKED)}},
     .flags = SCREEN_PATTERN_NEAR,
     .confidence = 850,
     .detail = CORPORATE,
     .because = CORPORATE},
    {.steps = {{WORD(CONFIDE_COMMERCIAL)}},
     .with = {{MARK(MARKED)}},
     .flags = SCREEN_PATTERN_NEAR,
     .confidence = 850,
     .detail = COMMERCIAL,
     .because = COMMERCIAL},
    {.steps = {{WORD(CONFIDE_POLITICAL)}},
     .with = {{MARK(MARKED)}},
     .flags = SCREEN_PATTERN_NEAR,
     .confidence = 850,
     .detail = POLITICAL,
     .because = POLITICAL},
    {.steps = {{WORD(CONFIDE_CORPORATE)}},
     .with = {{WORD(CONFIDE_LEAK)}, {WORD(CONFIDE_OURS), MARK(SCHOOL)}},
     .without = {WORD(CONFIDE_NEWS), WORD(CONFIDE_PUBLIC)},
     .confidence = 700,
     .detail = CORPORATE,
     .because = CORPORATE},
    {.steps = {{WORD(CONFIDE_COMMERCIAL)}},
     .with = {{WORD(CONFIDE_LEAK)}, {WORD(CONFIDE_OURS), MARK(SCHOOL)}},
     .without = {WORD(CONFIDE_NEWS), WORD(CONFIDE_PUBLIC)},
     .confidence = 700,
     .detail = COMMERCIAL,
     .because = COMMERCIAL},
    {.steps = {{WORD(CONFIDE_COMMERCIAL)}, {MARK(MONEY), .gap = 8}},
     .with = {{WORD(CONFIDE_OURS), MARK(SCHOOL)}},
     .without = {WORD(CONFIDE_NEWS), WORD(CONFIDE_PUBLIC)},
     .confidence = 700,
     .detail = COMMERCIAL,
     .because = COMMERCIAL},
    {.steps = {{WORD(CONFIDE_POLITICAL)}},
     .with = {{WORD(CONFIDE_LEAK)}, {WORD(CONFIDE_OURS), MARK(SCHOOL)}},
     .without = {WORD(CONFIDE_NEWS), WORD(CONFIDE_PUBLIC)},
     .confidence = 700,
     .detail = POLITICAL,
     .because = POLITICAL},
    {.steps = {{WORD(CONFIDE_GRAVE)}},
     .with = {{WORD(CONFIDE_OURS), MARK(SCHOOL)}},
     .without = {WORD(CONFIDE_NEWS), WORD(CONFIDE_PUBLIC)},
     .confidence = 650,
     .detail = CORPORATE,
     .because = CORPORATE},
};

static const struct screen_patterns matter = {.rows = matter_rows,
                                              .count = sizeof matter_rows / sizeof *matter_rows,
                                              .because = matter_because,
                                              .kind = SCREEN_CONFIDENTIAL_MATTER,
                                              .has_details = true};

/* ---- One matter at the school ---------------------------------------------------------------- */

static const struct str specific_because[] = {
    STR_INIT("It tells of one incident or case, so that readers can tell which is meant."),
};

static const struct screen_pattern specific_rows[] = {
    {.steps = {{WORD(CONFIDE_THAT)}, {WORD(CONFIDE_INCIDENT), .gap = 2}},
     .with = {{WORD(TALK_DAY)}, {WORD(TALK_SCHOOL), WORD(TALK_CHILD)}},
     .without = {WORD(CONFIDE_OWN_LIFE)},
     .confidence = 750},
    {.steps = {{WORD(CONFIDE_THAT)}, {WORD(CONFIDE_INCIDENT), .gap = 2}},
     .with = {{WORD(TALK_DAY)}, {MARK(PERSON), MARK(SCHOOL)}},
     .without = {WORD(CONFIDE_OWN_LIFE)},
     .confidence = 700},
    /* "that business with the trolley on Thursday" */
    {.steps = {{WORD(CONFIDE_THIS)},
               {WORD(CONFIDE_INCIDENT), WORD(CONFIDE_OCCASION), .gap = 2},
               {WORD(TALK_DAY), .gap = 8}},
     .without = {WORD(CONFIDE_OWN_LIFE)},
     .confidence = 700},
    {.steps = {{WORD(CONFIDE_THIS)},
               {WORD(CONFIDE_OCCASION), .gap = 2},
               {WORD(CONFIDE_WHEN), .gap = 4}},
     .with = {{WORD(CONFIDE_INCIDENT), WORD(CONFIDE_HAPPENED)}},
     .without = {WORD(CONFIDE_OWN_LIFE)},
     .confidence = 650},
    /* Only schools have them. */
    {.steps = {{WORD(CONFIDE_CASE)}}, .without = {WORD(CONFIDE_OWN_LIFE)}, .confidence = 700},
    {.steps = {{WORD(TALK_CHILD), WORD(TALK_POST)}, {WORD(CONFIDE_HAPPENED), .gap = 8}},
     .with = {{WORD(TALK_DAY)}},
     .without = {WORD(CONFIDE_OWN_LIFE)},
     .confidence = 700},
    {.steps = {{MARK(PERSON)}, {WORD(CONFIDE_HAPPENED), .gap = 6}},
     .with = {{WORD(TALK_DAY)}},
     .without = {WORD(CONFIDE_OWN_LIFE)},
     .confidence = 700},
    {.steps = {{WORD(CONFIDE_HAPPENED)}, {WORD(TALK_CHILD), WORD(TALK_SCHOOL), .gap = 6}},
     .with = {{WORD(TALK_DAY)}, {WORD(TALK_SCHOOL)}},
     .without = {WORD(CONFIDE_OWN_LIFE)},
     .confidence = 600},
    /* "the lad who collapsed in PE" */
    {.steps = {{WORD(CONFIDE_THE)},
               {WORD(TALK_CHILD), WORD(TALK_PARENT), .gap = 3},
               {WORD(CONFIDE_WHO), .gap = 1},
               {WORD(CONFIDE_HAPPENED), .gap = 2}},
     .without = {WORD(CONFIDE_OWN_LIFE)},
     .confidence = 650},
    {.steps = {{WORD(CONFIDE_SOMEBODY)}, {WORD(CONFIDE_HAPPENED), .gap = 1}},
     .with = {{WORD(TALK_SCHOOL)}},
     .without = {WORD(CONFIDE_OWN_LIFE)},
     .confidence = 650},
};

/* What somebody outside tells the school about is its matter, so that less is asked for. */
static const struct screen_pattern incoming_rows[] = {
    {.steps = {{WORD(CONFIDE_HAPPENED)}},
     .with = {{WORD(TALK_DAY)}},
     .without = {WORD(CONFIDE_OWN_LIFE)},
     .confidence = 700},
    {.steps = {{WORD(CONFIDE_INCIDENT)}},
     .with = {{WORD(TALK_DAY)}},
     .without = {WORD(CONFIDE_OWN_LIFE)},
     .confidence = 650},
    {.steps = {{WORD(TALK_MY)}, {WORD(TALK_CHILD), .gap = 1}, {WORD(CONFIDE_HAPPENED), .gap = 8}},
     .without = {WORD(CONFIDE_OWN_LIFE)},
     .confidence = 600},
};

static const struct screen_patterns specific = {.rows = specific_rows,
                                                .count =
                                                    sizeof specific_rows / sizeof *specific_rows,
                                                .because = specific_because,
                                                .kind = SCREEN_SPECIFIC_MATTER};

static const struct screen_patterns specific_incoming = {.rows = incoming_rows,
                                                         .count = sizeof incoming_rows /
                                                                  sizeof *incoming_rows,
                                                         .because = specific_because,
                                                         .kind = SCREEN_SPECIFIC_MATTER};

/* ---- Where no turn of phrase is known -------------------------------------------------------- */

static const struct screen_weight context_weights[] = {
    {WORD(CONFIDE_HARMED), 350, SAFEGUARDING},
    {WORD(CONFIDE_PAY), 340, PAY},
    {WORD(CONFIDE_DISCIPLINE), 320, DISCIPLINE},
    {WORD(CONFIDE_FAMILY), 320, FAMILY},
    {WORD(CONFIDE_NEEDING), 315, NEEDS},
    {WORD(CONFIDE_ILL), 310, HEALTH},
    {MARK(PUPIL), 200},
    {MARK(PERSON), 180},
    {WORD(CONFIDE_ILLNESS), 160, HEALTH},
    {WORD(CONFIDE_HARM), 140, SAFEGUARDING},
    {WORD(CONFIDE_NEED), 135, NEEDS},
    {MARK(STAFF), 130},
    {WORD(CONFIDE_LIGHT), 120},
    {WORD(CONFIDE_MARK), 100},
    {WORD(CONFIDE_PUBLIC), -250},
    {WORD(CLAIM_REFER), -90},
    {WORD(MAIL_GREET), -90},
    {WORD(MAIL_ENQUIRE), -90},
    {MARK(SCHOOL), -90},
    {WORD(CLAIM_SECRET), -100},
    {WORD(VOICE_REACH), -100},
    {WORD(VOICE_GOOD_CAUSE), -100},
    {WORD(CLAIM_VIEW), -110},
};

static const struct screen_tally context_tally = {.weights = context_weights,
                                                  .count = sizeof context_weights /
                                                           sizeof *context_weights,
                                                  .because = context_because,
                                                  .kind = SCREEN_SENSITIVE_CONTEXT,
                                                  .needs = MARK(PERSON),
                                                  .points_shown = 520,
                                                  .has_details = true};

static const struct screen_weight matter_weights[] = {
    {WORD(CONFIDE_CORPORATE), 430, CORPORATE},
    {WORD(CONFIDE_COMMERCIAL), 420, COMMERCIAL},
    {WORD(CONFIDE_POLITICAL), 410, POLITICAL},
    {WORD(CONFIDE_TOLD), 400, IN_CONFIDENCE},
    {WORD(CONFIDE_GRAVE), 210, CORPORATE},
    {WORD(CONFIDE_LIGHT), 170},
    {WORD(CONFIDE_MARK), 150},
    {MARK(MONEY), 140},
    {WORD(CONFIDE_SURE), 100},
    {WORD(CONFIDE_LEAK), 100},
    {WORD(CONFIDE_OURS), 60},
    {MARK(SCHOOL), 90},
    {MARK(STAFF), 60},
    {WORD(CONFIDE_NEWS), -350},
    {WORD(CONFIDE_PUBLIC), -200},
    {WORD(VOICE_FOR_SALE), -50},
    {WORD(CLAIM_DOUBT), -90},
    {WORD(VOICE_ANYONE), -100},
    {MARK(QUESTION), -60},
};

static const struct screen_tally matter_tally = {.weights = matter_weights,
                                                 .count =
                                                     sizeof matter_weights / sizeof *matter_weights,
                                                 .because = matter_because,
                                                 .kind = SCREEN_CONFIDENTIAL_MATTER,
                                                 .needs = WORD(CONFIDE_OURS),
                                                 .needs_or = WORD(CONFIDE_TOLD),
                                                 .points_shown = 540,
                                                 .has_details = true};

static const struct screen_weight specific_weights[] = {
    {WORD(CONFIDE_CASE), 410},
    {WORD(CONFIDE_HAPPENED), 280},
    {WORD(CONFIDE_HARMED), 200},
    {WORD(TALK_DAY), 110},
    {WORD(CONFIDE_SOMEBODY), 110},
    {WORD(CONFIDE_INCIDENT), 110},
    {WORD(TALK_SCHOOL), 105},
    {WORD(CLAIM_CRIME), 100},
    {WORD(TALK_CHILD), 90},
    {WORD(CONFIDE_OCCASION), 90},
    {WORD(MAIL_HARMED), 80},
    {MARK(STAFF), 60},
    {WORD(CLAIM_STRIKE), 60},
    {MARK(BACK), 60},
    {MARK(PUPIL), 60},
    {WORD(MAIL_SAR), -30},
    {WORD(CONFIDE_UNMARKED), -40},
    {WORD(MAIL_PRAISE), -100},
    {WORD(CONFIDE_OWN_LIFE), -250},
    {WORD(MAIL_GOOD), -120},
};

static const struct screen_tally specific_tally = {.weights = specific_weights,
                                                   .count = sizeof specific_weights /
                                                            sizeof *specific_weights,
                                                   .because = specific_because,
                                                   .kind = SCREEN_SPECIFIC_MATTER,
                                                   .points_shown = 540};

void screen_detect_confidence(struct screen_work *work)
{
    const struct screen_reading *reading = screen_reading_of(work);
    marks_find(reading);
    reading = screen_reading_of(work); /* knows the marks now */
    screen_patterns_find(reading, &context);
    screen_patterns_find(reading, &matter);
    screen_patterns_find(reading, &specific);
    if (work->channel == SCREEN_CHANNEL_INCOMING) {
        screen_patterns_find(reading, &specific_incoming);
    }
    screen_tally_find(reading, &context_tally);
    screen_tally_find(reading, &matter_tally);
    screen_tally_find(reading, &specific_tally);
}
