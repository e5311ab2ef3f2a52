/*
 * screen/detect_voice.c - speaking for the school, the writer's own business, calling pupils.
 *
 * Read first: pattern_int.h, then words/voice.txt.
 *
 * What must hold: who speaks on an account of the school speaks for it, so that kind is for private
 * accounts, closed chats and profiles alone.
 */
#include "screen/pattern_int.h"

/* ---- For the school -------------------------------------------------------------------------- */

static const struct str speaking_because[] = {
    STR_INIT("It speaks as the school, the trust or its leaders would."),
};

static const struct screen_pattern speaking_rows[] = {
    {.steps = {{WORD(VOICE_WE_AT)}, {MARK(SCHOOL), WORD(VOICE_BODY), .gap = 1}},
     .with = {{WORD(VOICE_MINDS), WORD(TALK_WE)}},
     .confidence = 800},
    {.steps = {{WORD(VOICE_BEHALF)}, {MARK(SCHOOL), WORD(VOICE_BODY), .gap = 3}},
     .flags = SCREEN_PATTERN_DENIABLE,
     .confidence = 850},
    {.steps = {{WORD(VOICE_AS)}, {WORD(TALK_WE), WORD(VOICE_MINDS), .gap = 3}},
     .flags = SCREEN_PATTERN_DENIABLE,
     .confidence = 800},
    {.steps = {{MARK(SCHOOL)}, {WORD(VOICE_MINDS), .gap = 1}},
     .without = {WORD(VOICE_ABOUT)},
     .confidence = 750},
    {.steps = {{WORD(VOICE_POSITION)}, {WORD(VOICE_IS), .gap = 4}},
     .flags = SCREEN_PATTERN_DENIABLE,
     .confidence = 700},
    {.steps = {{WORD(VOICE_POSITION)}},
     .with = {{MARK(SCHOOL), WORD(VOICE_BODY)}},
     .flags = SCREEN_PATTERN_DENIABLE,
     .confidence = 750},
    {.steps = {{MARK(SCHOOL)}, {WORD(TALK_WE), .gap = 1}, {WORD(VOICE_MINDS), .gap = 2}},
     .confidence = 750},
    {.steps = {{WORD(TALK_WE)}, {MARK(SCHOOL), .gap = 2}, {WORD(VOICE_MINDS), .gap = 2}},
     .confidence = 650},
    {.steps = {{WORD(VOICE_BODY)}, {WORD(VOICE_RESOLVE), .gap = 1}},
     .with = {{WORD(TALK_WE), MARK(SCHOOL)}},
     .confidence = 650},
};

static const struct screen_patterns speaking = {.rows = speaking_rows,
                                                .count =
                                                    sizeof speaking_rows / sizeof *speaking_rows,
                                                .because = speaking_because,
                                                .kind = SCREEN_SPEAKING_FOR_SCHOOL};

/* ---- The writer's own business --------------------------------------------------------------- */

static const struct str gain_because[] = {
    STR_INIT("It sells or promotes something of the writer's own, or of somebody close."),
    STR_INIT("It is advertising."),
};

static const struct screen_pattern gain_rows[] = {
    {.steps = {{WORD(VOICE_SELL)}, {WORD(VOICE_GOODS), WORD(VOICE_SERVICE), .gap = 5}},
     .with = {{MARK(MONEY), WORD(VOICE_BUY)}},
     .without = {WORD(VOICE_GOOD_CAUSE)},
     .confidence = 850},
    {.steps = {{WORD(VOICE_SELL)}, {MARK(MONEY), .gap = 10}},
     .without = {WORD(VOICE_GOOD_CAUSE)},
     .confidence = 800},
    {.steps = {{WORD(VOICE_SELL)}, {WORD(VOICE_GOODS), .gap = 4}},
     .with = {{WORD(TALK_SELF), WORD(VOICE_SELLING)}},
     .without = {WORD(VOICE_GOOD_CAUSE)},
     .confidence = 700},
    {.steps = {{WORD(VOICE_GOODS)}, {WORD(VOICE_FOR_SALE), .gap = 3}},
     .with = {{MARK(MONEY), WORD(VOICE_BUY)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(VOICE_GOOD_CAUSE)},
     .confidence = 750},
    {.steps = {{WORD(VOICE_SERVICE)}},
     .with = {{MARK(MONEY)}, {WORD(VOICE_BUY), WORD(VOICE_PER)}},
     .without = {WORD(VOICE_GOOD_CAUSE), WORD(VOICE_PAYING)},
     .confidence = 800},
    {.steps = {{WORD(VOICE_SERVICE)}, {WORD(VOICE_BUY), .gap = 10}},
     .with = {{WORD(TALK_SELF)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(VOICE_GOOD_CAUSE), WORD(VOICE_PAYING)},
     .confidence = 650},
    {.steps = {{WORD(VOICE_OFFER)}, {WORD(VOICE_SERVICE), WORD(VOICE_GOODS), .gap = 5}},
     .with = {{MARK(MONEY), WORD(VOICE_BUY)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(VOICE_GOOD_CAUSE), WORD(VOICE_PAYING)},
     .confidence = 800},
    {.steps = {{WORD(VOICE_MY_TRADE)}},
     .with = {{WORD(VOICE_BUY), MARK(MONEY)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(VOICE_GOOD_CAUSE), WORD(VOICE_PAYING)},
     .confidence = 800},
    {.steps = {{WORD(VOICE_GOODS)}}, .with = {{WORD(VOICE_CODE)}}, .confidence = 750},
    {.steps = {{MARK(SHARE)}, {WORD(VOICE_CODE), .gap = 4}}, .confidence = 750},
    {.steps = {{WORD(VOICE_KIN_TRADE)},
               {WORD(VOICE_KIN_WORK), .gap = 5},
               {WORD(VOICE_KIN_PUSH), .gap = 12}},
     .without = {WORD(VOICE_GOOD_CAUSE)},
     .confidence = 750},
    {.steps = {{WORD(VOICE_KIN_TRADE)},
               {WORD(VOICE_KIN_PUSH), .gap = 5},
               {WORD(VOICE_KIN_WORK), WORD(VOICE_SERVICE), .gap = 6}},
     .without = {WORD(VOICE_GOOD_CAUSE)},
     .confidence = 700},
    {.steps = {{WORD(VOICE_BUYABLE)}, {WORD(VOICE_BUY), .gap = 8}},
     .with = {{MARK(MONEY)}},
     .without = {WORD(VOICE_GOOD_CAUSE)},
     .confidence = 700},
    {.steps = {{WORD(VOICE_PITCH)}},
     .with = {{MARK(MONEY), MARK(WAY)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(VOICE_GOOD_CAUSE)},
     .confidence = 700,
     .because = 1},
    {.steps = {{WORD(VOICE_PITCH)}, {WORD(VOICE_PITCH), WORD(VOICE_BUY), .gap = 8}},
     .without = {WORD(TALK_NOT)},
     .confidence = 650,
     .because = 1},
    /* "a cot, £40, hardly used" */
    {.steps = {{WORD(VOICE_GOODS), WORD(VOICE_SERVICE)}, {WORD(VOICE_WARES), .gap = 12}},
     .with = {{MARK(MONEY)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(VOICE_GOOD_CAUSE), WORD(VOICE_PAYING)},
     .confidence = 650},
    {.steps = {{WORD(VOICE_WARES)}, {WORD(VOICE_GOODS), WORD(VOICE_SERVICE), .gap = 10}},
     .with = {{MARK(MONEY)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(VOICE_GOOD_CAUSE), WORD(VOICE_PAYING)},
     .confidence = 600},
    {.steps = {{WORD(VOICE_ANYONE)}, {WORD(VOICE_GOODS), WORD(VOICE_SERVICE), .gap = 4}},
     .with = {{MARK(MONEY), WORD(VOICE_MONEYED)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(VOICE_GOOD_CAUSE), WORD(VOICE_PAYING)},
     .confidence = 700},
    {.steps = {{WORD(VOICE_SERVICE)}, {MARK(MONEY), .gap = 8}},
     .with = {{WORD(VOICE_WARES), WORD(VOICE_PER)}},
     .without = {WORD(VOICE_GOOD_CAUSE), WORD(VOICE_PAYING)},
     .confidence = 700},
    {.steps = {{WORD(VOICE_MONEYED)}}, .without = {WORD(VOICE_GOOD_CAUSE)}, .confidence = 700},
};

static const struct screen_patterns gain = {.rows = gain_rows,
                                            .count = sizeof gain_rows / sizeof *gain_rows,
                                            .because = gain_because,
                                            .kind = SCREEN_PERSONAL_GAIN};

/* ---- Calling pupils -------------------------------------------------------------------------- */

static const struct str solicitation_because[] = {
    STR_INIT("It asks pupils to reach or meet the writer privately."),
    STR_INIT("It asks somebody to reach the writer privately, and to keep it from others."),
};

static const struct screen_pattern solicitation_rows[] = {
    {.steps = {{WORD(VOICE_REACH)}},
     .with = {{WORD(VOICE_PUPILS), MARK(PUPIL)}, {WORD(VOICE_PRIVATE_WAY)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(VOICE_GROWN)},
     .confidence = 850},
    {.steps = {{WORD(VOICE_PUPILS)}, {WORD(VOICE_REACH), .gap = 14}},
     .without = {WORD(VOICE_GROWN)},
     .confidence = 800},
    {.steps = {{WORD(VOICE_REACH)}, {WORD(VOICE_PUPILS), .gap = 8}},
     .without = {WORD(VOICE_GROWN)},
     .confidence = 700},
    {.steps = {{MARK(PUPIL)}, {WORD(VOICE_REACH), .gap = 10}},
     .without = {WORD(VOICE_GROWN)},
     .confidence = 700},
    {.steps = {{WORD(VOICE_REACH)}},
     .with = {{WORD(VOICE_SECRECY)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(VOICE_GROWN)},
     .confidence = 800,
     .because = 1},
    {.steps = {{WORD(VOICE_REACH)}},
     .with = {{WORD(VOICE_TEACHER_HERE)}},
     .flags = SCREEN_PATTERN_NEAR,
     .confidence = 850},
    {.steps = {{WORD(VOICE_REACH)}},
     .with = {{WORD(VOICE_PUPILS), MARK(PUPIL)}, {WORD(VOICE_SPOKEN)}},
     .flags = SCREEN_PATTERN_NEAR,
     .without = {WORD(VOICE_GROWN)},
     .confidence = 700},
    {.steps = {{MARK(PUPIL), WORD(VOICE_PUPILS)}, {WORD(VOICE_SECRECY), .gap = 20}},
     .with = {{WORD(VOICE_REACH)}},
     .flags = SCREEN_PATTERN_NEAR,
     .confidence = 800,
     .because = 1},
};

static const struct screen_patterns solicitation = {.rows = solicitation_rows,
                                                    .count = sizeof solicitation_rows /
                                                             sizeof *solicitation_rows,
                                                    .because = solicitation_because,
                                                    .kind = SCREEN_SOLICITATION};

/* ---- Where no turn of phrase is known -------------------------------------------------------- */

static const struct screen_weight speaking_weights[] = {
    {MARK(SCHOOL), 380},        {WORD(VOICE_POSITION), 370}, {WORD(VOICE_BEHALF), 340},
    {WORD(VOICE_AS), 330},      {WORD(VOICE_MINDS), 210},    {WORD(VOICE_BODY), 170},
    {WORD(VOICE_RESOLVE), 170}, {WORD(VOICE_WE_AT), 150},    {WORD(TALK_WE), 40},
    {MARK(PERSON), -40},        {WORD(CLAIM_GOOD), -60},     {MARK(QUESTION), -80},
    {WORD(VOICE_ABOUT), -250},  {WORD(TALK_NOT), -60},
};

static const struct screen_tally speaking_tally = {.weights = speaking_weights,
                                                   .count = sizeof speaking_weights /
                                                            sizeof *speaking_weights,
                                                   .because = speaking_because,
                                                   .kind = SCREEN_SPEAKING_FOR_SCHOOL,
                                                   .needs = MARK(SCHOOL),
                                                   .needs_or = WORD(VOICE_BODY),
                                                   .points_shown = 510};

static const struct screen_weight gain_weights[] = {
    {WORD(VOICE_WARES), 380},
    {WORD(VOICE_PITCH), 350},
    {WORD(VOICE_MONEYED), 320},
    {WORD(VOICE_MY_TRADE), 270},
    {WORD(VOICE_SELL), 250},
    {WORD(VOICE_BUY), 200},
    {MARK(MONEY), 200},
    {WORD(VOICE_ANYONE), 180},
    {WORD(VOICE_CODE), 180},
    {WORD(VOICE_SERVICE), 160},
    {MARK(RISKY), 150},
    {WORD(VOICE_KIN_PUSH), 110},
    {WORD(VOICE_SELLING), 70},
    {WORD(VOICE_OFFER), 70},
    {WORD(VOICE_KIN_TRADE), 60},
    {WORD(VOICE_KIN_WORK), 60},
    {WORD(VOICE_GOODS), 50},
    {WORD(CONFIDE_COMMERCIAL), -80},
    {WORD(VOICE_GOOD_CAUSE), -300},
    {WORD(VOICE_PAYING), -200},
    {WORD(CLAIM_PURSE), -90},
    {WORD(CLAIM_THINKS), -100},
};

static const struct screen_tally gain_tally = {.weights = gain_weights,
                                               .count = sizeof gain_weights / sizeof *gain_weights,
                                               .because = gain_because,
                                               .kind = SCREEN_PERSONAL_GAIN,
                                               .points_shown = 500};

static const struct screen_weight solicitation_weights[] = {
    {WORD(VOICE_REACH), 420},      {WORD(VOICE_SECRECY), 340}, {WORD(VOICE_TEACHER_HERE), 200},
    {WORD(VOICE_PUPILS), 140},     {WORD(CONFIDE_LIGHT), 110}, {MARK(PUPIL), 80},
    {WORD(VOICE_PRIVATE_WAY), 60}, {WORD(VOICE_ANYONE), -50},  {WORD(CONFIDE_CORPORATE), -50},
    {WORD(CLAIM_GOOD), -60},       {WORD(MAIL_CLOSE), -90},    {WORD(VOICE_SELL), -140},
    {WORD(VOICE_GROWN), -150},     {MARK(MONEY), -100},
};

static const struct screen_tally solicitation_tally = {.weights = solicitation_weights,
                                                       .count = sizeof solicitation_weights /
                                                                sizeof *solicitation_weights,
                                                       .because = solicitation_because,
                                                       .kind = SCREEN_SOLICITATION,
                                                       .needs = WORD(VOICE_REACH),
                                                       .needs_or = WORD(VOICE_PUPILS),
                                                       .points_shown = 510};

/* On its own account the school sells tickets; a trade, or somebody's kin, is no school's. */
static bool may_be_own_business(const struct screen_reading *reading)
{
    return screen_draft_has(reading, WORD(VOICE_SERVICE)) ||
           screen_draft_has(reading, WORD(VOICE_SELL)) ||
           screen_draft_has(reading, WORD(VOICE_MY_TRADE)) ||
           screen_draft_has(reading, WORD(VOICE_KIN_TRADE));
}

void screen_detect_voice(struct screen_work *work)
{
    const struct screen_reading *reading = screen_reading_of(work);
    if (work->channel != SCREEN_CHANNEL_OFFICIAL && work->channel != SCREEN_CHANNEL_INCOMING) {
        screen_patterns_find(reading, &speaking);
        screen_tally_find(reading, &speaking_tally);
    }
    bool is_official = work->channel == SCREEN_CHANNEL_OFFICIAL;
    if (!is_official || may_be_own_business(reading)) {
        screen_patterns_find(reading, &gain);
    }
    if (!is_official) {
        screen_tally_find(reading, &gain_tally);
    }
    screen_patterns_find(reading, &solicitation);
    screen_tally_find(reading, &solicitation_tally);
}
