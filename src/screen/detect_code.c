/*
 * screen/detect_code.c - codes of doors, gates and alarms, pass codes of meetings, PINs of
 * machines.
 *
 * Read first: secret_int.h. Start at: screen_find_codes.
 *
 * A code is a word for one ("code", "pin", "combination") and digits near it; what it opens is what
 * stands nearest: a meeting, a door, a machine. An alarm, a keypad or a padlock needs no such word.
 *
 * What must hold: codes of dress, discount, courses and the highway open nothing; a time, a year, a
 * price and a number that counts are no code.
 */
#include "screen/secret_int.h"

#include "screen/figures_int.h"
#include "screen/near_int.h"
#include "screen/number_words_int.h"

#define VALUE_WITHIN 14 /* tokens from the word to the digits behind it */
#define VALUE_BEFORE 7
#define THING_BEFORE 16
#define THING_AFTER 12
#define STRONG_WITHIN 8
#define THING_WITHIN 5
#define KEY_WITHIN 12
#define TURN_TOKENS_MAX 12
#define DIGITS_MIN 3
#define DIGITS_MAX 8

static const struct str because_door = STR_INIT("It looks like the code of a door, gate or alarm.");
static const struct str because_meeting = STR_INIT("It looks like the pass code of a meeting.");
static const struct str because_login = STR_INIT("It looks like the code of a device or account.");

/* ---- What a code looks like ------------------------------------------------------------------ */

static bool is_year(struct str digits)
{
    return digits.len == 4 && (str_starts(digits, STR("19")) || str_starts(digits, STR("20")));
}

static bool is_counted(const struct screen_draft *draft, uint32_t last)
{
    uint32_t next = last + 1;
    if (next >= draft->token_count) {
        return false;
    }
    const struct screen_token *after = &draft->tokens[next];
    bool is_glued_sign = after->kind == SCREEN_TOKEN_SIGN && screen_is_glued(draft, next) &&
                         (after->sign == '%' || after->sign == ':' || after->sign == 0xB0 ||
                          after->sign == '/' || after->sign == '.' || after->sign == ',') &&
                         screen_is_glued(draft, next + 1);
    return is_glued_sign || screen_is_at(draft, next, SCREEN_WORD_UNIT) ||
           screen_is_at(draft, next, SCREEN_WORD_CODE_COUNTED) ||
           screen_is_at(draft, next, SCREEN_WORD_MONTH_NAME);
}

static bool is_priced(const struct screen_draft *draft, uint32_t first)
{
    if (first == 0 || !screen_is_glued(draft, first)) {
        return false;
    }
    uint32_t sign = draft->tokens[first - 1].sign;
    return sign == 0xA3 || sign == '$' || sign == 0x20AC || sign == ':' || sign == '.';
}

/* A time of day, as "1530" is, or a year. */
static bool is_clock(struct str digits)
{
    bool is_time = digits.len == 4 && digits.at[0] <= '2' && digits.at[2] <= '5';
    return is_time || is_year(digits);
}

/* What may be a code. */
struct value {
    uint32_t last;
    bool is_strong; /* letters and digits, "7-1-9-3", "90210#": hardly anything else */
    bool is_clock;  /* digits that may be a time or year */
};

/* "C4471Y", "Oak77"; right behind a word for codes also "LeafCup". */
static bool letters_value_read(const struct screen_draft *draft, uint32_t at, bool is_right_behind,
                               struct value *value)
{
    uint32_t next;
    struct screen_run run = screen_run_read(draft, at, &next);
    unsigned letters = (unsigned)run.lower + run.upper;
    unsigned count = letters + run.digits;
    bool is_word = run.digits == 0;
    bool is_likely = run.digits >= 2 && run.lower == 0 && letters <= 3;
    bool is_said = is_right_behind && !run.is_address && (!is_word || run.is_turned);
    *value = (struct value){.last = run.last, .is_strong = is_likely};
    return (is_said || is_likely) && count >= 4 && count <= (is_right_behind ? 12 : DIGITS_MAX) &&
           !is_counted(draft, at);
}

/* "six two oh nine", "star nine nine zero two": three digits or more that are said one by one. */
static bool said_value_read(const struct screen_draft *draft, uint32_t at, struct value *value)
{
    struct screen_said said;
    at += screen_is_at(draft, at, SCREEN_WORD_STAR_WORD);
    if (at >= draft->token_count || !screen_said_read(draft, at, &said)) {
        return false;
    }
    *value = (struct value){.last = said.last, .is_strong = true};
    return said.words >= DIGITS_MIN && said.count <= DIGITS_MAX &&
           !screen_is_at(draft, said.last + 1, SCREEN_WORD_CODE_COUNTED);
}

/* "C 19 47 Y": capitals and numbers of at most two digits, one by one. */
static bool parted_value_read(const struct screen_draft *draft, uint32_t at, struct value *value)
{
    unsigned letters = 0;
    size_t count = 0;
    uint32_t i = at;
    for (; i < draft->token_count && i - at < DIGITS_MAX; i++) {
        const struct screen_token *one = &draft->tokens[i];
        bool is_letter = one->kind == SCREEN_TOKEN_WORD && one->folded_bytes == 1 &&
                         one->flags & SCREEN_TOKEN_CAPITAL;
        bool is_number = one->kind == SCREEN_TOKEN_NUMBER && one->folded_bytes <= 2;
        if (!is_letter && !is_number) {
            break;
        }
        letters += is_letter;
        count += one->folded_bytes;
    }
    *value = (struct value){.last = i - 1, .is_strong = true};
    return letters >= 1 && letters <= 3 && count >= letters + 3 && count <= DIGITS_MAX &&
           i - at >= 3;
}

/* "2580", "7-1-9-3", "90210#", "12 34 56". */
static bool digits_value_read(const struct screen_draft *draft, uint32_t at, bool is_right_behind,
                              struct value *value)
{
    struct screen_figures run;
    screen_figures_read(draft, at, false, &run);
    uint32_t groups = 1;
    unsigned digits = run.items[0].count;
    while (groups < run.count && run.items[groups].joint == SCREEN_JOINT_HYPHEN) {
        digits += run.items[groups++].count;
    }
    bool is_parted = groups > 1 && run.items[0].count == 1;
    bool is_spaced = groups == 1 && digits <= 2 && run.count >= 2;
    bool is_single = is_spaced && digits == 1;
    while (is_spaced && groups < run.count && run.items[groups].count <= 2 &&
           run.items[groups].joint == SCREEN_JOINT_SPACE) {
        digits += run.items[groups++].count;
    }
    uint32_t last = run.items[groups - 1].token;
    struct str first = screen_token_plain(draft, at);
    bool is_one = groups == 1;
    bool goes_on = groups < run.count && run.items[groups].joint == SCREEN_JOINT_SPACE &&
                   run.items[groups].count >= 3;
    bool is_signed =
        (screen_is_sign(draft, last + 1, '#') || screen_is_sign(draft, last + 1, '*')) &&
        screen_is_glued(draft, last + 1);
    *value = (struct value){.last = last + is_signed,
                            .is_strong = is_signed || is_parted || (is_single && groups >= 4),
                            .is_clock = is_one && !is_signed && is_clock(first)};
    return digits >= DIGITS_MIN && digits <= DIGITS_MAX && !goes_on && !is_counted(draft, last) &&
           (is_right_behind || (digits >= 4 && !(is_one && is_year(first))));
}

/* What begins at `at` and may be a code; behind a word for codes more may be one. */
static bool value_read(const struct screen_draft *draft, uint32_t at, bool is_right_behind,
                       struct value *value)
{
    if (at >= draft->token_count) {
        return false;
    }
    const struct screen_token *token = &draft->tokens[at];
    if (token->kind == SCREEN_TOKEN_NUMBER) {
        return !is_priced(draft, at) && !(token->flags & SCREEN_TOKEN_HYPHEN) &&
               digits_value_read(draft, at, is_right_behind, value);
    }
    bool is_said = screen_is_at(draft, at, SCREEN_WORD_DIGIT_WORD) ||
                   screen_is_at(draft, at, SCREEN_WORD_STAR_WORD);
    if (is_said && said_value_read(draft, at, value)) {
        return true;
    }
    bool is_word = token->kind == SCREEN_TOKEN_WORD && token->flags & SCREEN_TOKEN_CAPITAL;
    if (is_word && token->folded_bytes == 1) {
        return parted_value_read(draft, at, value);
    }
    return (token->kind == SCREEN_TOKEN_MIXED || is_word) &&
           letters_value_read(draft, at, is_right_behind, value);
}

/* Whether the digits are something else that has been found already. */
static bool is_taken(const struct screen_work *work, uint32_t first, uint32_t last)
{
    static const enum screen_kind others[] = {
        SCREEN_PHONE_NUMBER,     SCREEN_POSTAL_ADDRESS, SCREEN_POSTCODE,
        SCREEN_DATE_OF_BIRTH,    SCREEN_PUPIL_NUMBER,   SCREEN_HEALTH_NUMBER,
        SCREEN_INSURANCE_NUMBER, SCREEN_TEACHER_NUMBER, SCREEN_BANK_DETAILS,
    };
    const struct screen_token *tokens = work->draft->tokens;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (screen_finding_at(work, others[i], tokens[first].start, tokens[last].end)) {
            return true;
        }
    }
    return false;
}

static void door_report(struct screen_work *work, uint32_t first, uint32_t last,
                        unsigned confidence)
{
    if (!is_taken(work, first, last)) {
        screen_found(work, SCREEN_DOOR_CODE, SCREEN_DETAIL_NONE, first, last, confidence,
                     because_door);
    }
}

/* ---- What it opens --------------------------------------------------------------------------- */

/* The distance to the nearest token of a class, preferring neither side; the maximum when none. */
static uint32_t distance(const struct screen_draft *draft, uint32_t token, enum screen_word class)
{
    uint32_t before = screen_near_before(draft, token, class, THING_BEFORE);
    uint32_t after = screen_near_after(draft, token, class, THING_AFTER);
    uint32_t left = before == SCREEN_NO_TOKEN ? UINT32_MAX : token - before;
    uint32_t right = after == SCREEN_NO_TOKEN ? UINT32_MAX : after - token;
    return left < right ? left : right;
}

static bool is_of_other(const struct screen_draft *draft, uint32_t word)
{
    for (uint32_t i = 1; i <= 2 && i <= word; i++) {
        if (screen_is_at(draft, word - i, SCREEN_WORD_CODE_OF_OTHER)) {
            return true;
        }
    }
    return screen_is_at(draft, word + 1, SCREEN_WORD_CODE_OF_OTHER) ||
           (screen_is_word(draft, word + 1, STR("of")) &&
            screen_is_at(draft, word + 2, SCREEN_WORD_CODE_OF_OTHER));
}

static bool code_report(struct screen_work *work, uint32_t word, uint32_t first, uint32_t last,
                        bool is_right_behind)
{
    const struct screen_draft *draft = work->draft;
    uint32_t door = distance(draft, word, SCREEN_WORD_DOOR_THING);
    uint32_t meeting = distance(draft, word, SCREEN_WORD_MEETING_TOOL);
    uint32_t login = distance(draft, word, SCREEN_WORD_LOGIN_WORD);
    const struct screen_token *tokens = draft->tokens;
    bool has_link = screen_has(work, SCREEN_MEETING_LINK);
    enum screen_kind kind;
    struct str because;
    if (screen_finding_at(work, SCREEN_MEETING_LINK, tokens[first].start, tokens[last].end) ||
        is_taken(work, first, last)) {
        return true;
    }
    if ((meeting < door && meeting < login) || (has_link && door > 6)) {
        kind = SCREEN_MEETING_LINK;
        because = because_meeting;
    } else if (door != UINT32_MAX &&
               (door <= login || distance(draft, word, SCREEN_WORD_DOOR_STRONG) != UINT32_MAX)) {
        kind = SCREEN_DOOR_CODE;
        because = because_door;
    } else if (login != UINT32_MAX) {
        kind = SCREEN_CREDENTIAL;
        because = because_login;
    } else {
        return false;
    }
    screen_found(work, kind, SCREEN_DETAIL_NONE, first, last, is_right_behind ? 930 : 800, because);
    return true;
}

/* Whether only signs and small words stand between the word and the digits. */
static bool is_right_behind(const struct screen_draft *draft, uint32_t word, uint32_t at)
{
    for (uint32_t i = word + 1; i < at; i++) {
        bool is_small = draft->tokens[i].kind == SCREEN_TOKEN_SIGN
                            ? draft->tokens[i].sign != ',' && draft->tokens[i].sign != '?'
                            : screen_is_at(draft, i, SCREEN_WORD_CODE_VERB) ||
                                  screen_is_at(draft, i, SCREEN_WORD_CODE_WORD);
        if (!is_small) {
            return false;
        }
    }
    return true;
}

/* Digits behind a word for codes, or before it: "2580 opens the gate", "4471 is the code". */
static bool word_find(struct screen_work *work, uint32_t word)
{
    const struct screen_draft *draft = work->draft;
    unsigned sentence = draft->tokens[word].sentence;
    for (uint32_t at = word + 1; at < draft->token_count && at - word <= VALUE_WITHIN; at++) {
        if (draft->tokens[at].sentence > sentence + 1 ||
            screen_is_at(draft, at, SCREEN_WORD_CODE_OF_OTHER)) {
            break;
        }
        bool is_near = is_right_behind(draft, word, at);
        struct value value;
        if (value_read(draft, at, is_near, &value)) {
            return code_report(work, word, at, value.last, is_near);
        }
    }
    for (uint32_t i = 1; i <= VALUE_BEFORE && i <= word; i++) {
        uint32_t at = word - i;
        struct value value;
        if (draft->tokens[at].sentence != sentence) {
            break;
        }
        if (value_read(draft, at, false, &value) &&
            screen_is_at(draft, value.last + 1, SCREEN_WORD_CODE_VERB)) {
            return code_report(work, word, at, value.last, true);
        }
    }
    return false;
}

/* "alarm is 90210#", "gate keypad changed again, it's 0852": a verb or a sign before the digits. */
static void strong_find(struct screen_work *work, uint32_t word)
{
    const struct screen_draft *draft = work->draft;
    if (screen_near_before(draft, word, SCREEN_WORD_ALARM_OF_OTHER, 2) != SCREEN_NO_TOKEN ||
        screen_is_at(draft, word + 1, SCREEN_WORD_ALARM_OF_OTHER)) {
        return;
    }
    for (uint32_t at = word + 1; at < draft->token_count && at - word <= STRONG_WITHIN; at++) {
        struct value value;
        if (draft->tokens[at].sentence != draft->tokens[word].sentence ||
            screen_is_at(draft, at, SCREEN_WORD_ALARM_OF_OTHER)) {
            return;
        }
        bool is_told = screen_is_at(draft, at - 1, SCREEN_WORD_CODE_VERB) ||
                       screen_is_sign(draft, at - 1, ':') || screen_is_sign(draft, at - 1, '=') ||
                       at == word + 1;
        bool is_behind_comma = screen_is_sign(draft, at - 1, ',');
        if ((is_told || is_behind_comma) && value_read(draft, at, false, &value) &&
            !(is_behind_comma && value.is_clock)) {
            door_report(work, at, value.last, 850);
            return;
        }
    }
}

/* How sure digits are that stand behind a door without a word for codes; 0: they are none. */
static unsigned thing_confidence(const struct screen_draft *draft, uint32_t thing, uint32_t at,
                                 const struct value *value)
{
    bool is_lock = screen_is_at(draft, thing, SCREEN_WORD_DOOR_LOCK);
    bool is_opening = screen_is_at(draft, thing, SCREEN_WORD_DOOR_OPENING);
    bool is_owned = draft->tokens[thing].flags & SCREEN_TOKEN_POSSESSIVE; /* "the gate's 7755" */
    bool has_sign = screen_is_sign(draft, at - 1, ':') || screen_is_sign(draft, at - 1, '=');
    bool has_verb = screen_is_at(draft, at - 1, SCREEN_WORD_CODE_VERB) ||
                    (is_owned && (at == thing + 1 || screen_is_word(draft, at - 1, STR("on"))));
    bool is_right_behind = at <= thing + 2;
    bool is_said = value->is_strong && draft->tokens[at].kind == SCREEN_TOKEN_WORD &&
                   at == thing + 1 && is_opening; /* "front doors six two oh nine" */
    if (is_lock || is_said || ((has_sign || has_verb) && value->is_strong)) {
        return value->is_clock && !value->is_strong ? 0 : 800;
    }
    if (value->is_clock) {
        return 0;
    }
    bool is_hinted =
        at == thing + 1 && value->is_strong &&
        (screen_near_after(draft, at, SCREEN_WORD_CODE_HINT, 8) != SCREEN_NO_TOKEN ||
         screen_near_before(draft, thing, SCREEN_WORD_CODE_HINT, 8) != SCREEN_NO_TOKEN);
    bool is_told = is_right_behind && (has_sign || (has_verb && is_opening));
    return is_told || (is_hinted && is_opening) ? 650 : 0;
}

/* "padlock on the shed 7243" of what holds digits; "back door: 2468#"; "gate is 4-8-1-6". */
static void thing_find(struct screen_work *work, uint32_t thing)
{
    const struct screen_draft *draft = work->draft;
    for (uint32_t at = thing + 1; at < draft->token_count && at - thing <= THING_WITHIN; at++) {
        struct value value;
        if (draft->tokens[at].sentence != draft->tokens[thing].sentence) {
            return;
        }
        if (value_read(draft, at, false, &value)) {
            unsigned confidence = thing_confidence(draft, thing, at, &value);
            if (confidence > 0) {
                door_report(work, at, value.last, confidence);
            }
            return;
        }
    }
}

/* "press 3842 for the main entrance", "if the alarm goes type in 90125" */
static void press_find(struct screen_work *work, uint32_t verb)
{
    const struct screen_draft *draft = work->draft;
    uint32_t at = verb + 1;
    struct value value;
    at += screen_is_word(draft, at, STR("in"));
    if (!value_read(draft, at, false, &value)) {
        return;
    }
    bool is_behind =
        screen_is_at(draft, value.last + 1, SCREEN_WORD_PRESS_FOR) &&
        screen_near_after(draft, value.last, SCREEN_WORD_DOOR_THING, 6) != SCREEN_NO_TOKEN;
    bool is_before = screen_is_at(draft, verb, SCREEN_WORD_CODE_TYPE) &&
                     screen_near_before(draft, verb, SCREEN_WORD_DOOR_THING, 8) != SCREEN_NO_TOKEN;
    if (is_behind || is_before) {
        door_report(work, at, value.last, 800);
    }
}

/* "2580 opens the gate": digits, a verb of opening, a door. */
static void opens_find(struct screen_work *work, uint32_t verb)
{
    const struct screen_draft *draft = work->draft;
    for (uint32_t i = 1; i <= 2 && i <= verb; i++) {
        struct value value;
        if (value_read(draft, verb - i, false, &value) && value.last == verb - 1 &&
            screen_near_after(draft, verb, SCREEN_WORD_DOOR_THING, 4) != SCREEN_NO_TOKEN) {
            door_report(work, verb - i, value.last, 850);
            return;
        }
    }
}

/* "opens with 1066", "the back door let me in with 0451" */
static void with_find(struct screen_work *work, uint32_t with)
{
    const struct screen_draft *draft = work->draft;
    struct value value;
    bool is_opening = with > 0 && screen_is_at(draft, with - 1, SCREEN_WORD_OPEN_WITH) &&
                      screen_near_before(draft, with, SCREEN_WORD_DOOR_THING, 9) != SCREEN_NO_TOKEN;
    if (is_opening && value_read(draft, with + 1, true, &value)) {
        door_report(work, with + 1, value.last, 800);
    }
}

/* "Key's in the box by the boiler, 8842": behind a comma, and nothing more. */
static void key_find(struct screen_work *work, uint32_t key)
{
    const struct screen_draft *draft = work->draft;
    for (uint32_t at = key + 2; at < draft->token_count && at - key <= KEY_WITHIN; at++) {
        struct value value;
        if (draft->tokens[at].sentence != draft->tokens[key].sentence) {
            return;
        }
        bool is_behind = screen_is_sign(draft, at - 1, ',') || screen_is_sign(draft, at - 1, ':');
        if (is_behind && value_read(draft, at, false, &value) && !value.is_clock) {
            uint32_t next = value.last + 1;
            bool is_end = next >= draft->token_count ||
                          draft->tokens[next].kind == SCREEN_TOKEN_SIGN ||
                          draft->tokens[next].sentence != draft->tokens[key].sentence;
            if (is_end && screen_near_after(draft, key, SCREEN_WORD_DOOR_THING, KEY_WITHIN) !=
                              SCREEN_NO_TOKEN) {
                door_report(work, at, value.last, 650);
            }
            return;
        }
    }
}

/* "34 left 12 right 8": the turns of a safe. */
static void turns_find(struct screen_work *work, uint32_t turn)
{
    const struct screen_draft *draft = work->draft;
    uint32_t last = turn;
    while (last - turn < TURN_TOKENS_MAX && screen_is_at(draft, last, SCREEN_WORD_LOCK_TURN) &&
           last + 1 < draft->token_count && draft->tokens[last + 1].kind == SCREEN_TOKEN_NUMBER) {
        last += 2;
    }
    bool is_begun = turn > 0 && draft->tokens[turn - 1].kind == SCREEN_TOKEN_NUMBER;
    if (is_begun && last >= turn + 3) {
        door_report(work, turn - 1, last - 1, 800);
    } else if (is_begun && last == turn + 2 && !screen_is_at(draft, last, SCREEN_WORD_LOCK_TURN)) {
        door_report(work, turn - 1, last - 1, 600);
    }
}

void screen_find_codes(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    for (uint32_t i = 0; i < draft->token_count; i++) {
        const struct screen_token *token = &draft->tokens[i];
        bool is_last_word = screen_word_is(token, SCREEN_WORD_CODE_WORD) &&
                            !screen_is_at(draft, i + 1, SCREEN_WORD_CODE_WORD);
        bool is_found = is_last_word && !is_of_other(draft, i) && word_find(work, i);
        if (!is_found && screen_word_is(token, SCREEN_WORD_DOOR_STRONG)) {
            strong_find(work, i);
        } else if (!is_found && screen_is_word(draft, i, STR("opens"))) {
            opens_find(work, i);
        } else if (screen_is_word(draft, i, STR("with"))) {
            with_find(work, i);
        } else if (screen_word_is(token, SCREEN_WORD_CODE_PRESS)) {
            press_find(work, i);
        } else if (screen_word_is(token, SCREEN_WORD_LOCK_KEY)) {
            key_find(work, i);
        } else if (screen_word_is(token, SCREEN_WORD_LOCK_TURN)) {
            turns_find(work, i);
        }
        if (!is_found && screen_word_is(token, SCREEN_WORD_DOOR_THING) &&
            !screen_is_at(draft, i + 1, SCREEN_WORD_DOOR_THING)) {
            thing_find(work, i);
        }
    }
}
