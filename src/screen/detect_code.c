/*
 * screen/detect_code.c - codes of doors, gates and alarms, pass codes of meetings, PINs of
 * machines.
 *
 * Read first: secret_int.h. Start at: screen_find_codes.
 *
 * A code is a word for one ("code", "pin", "combination") and digits near it; what it opens is what
 * stands nearest: a meeting, a door, a machine. Codes of doors without such a word are
 * detect_door.c's.
 *
 * What must hold: codes of dress, discount, courses and the highway open nothing; a time, a year, a
 * price and a number that counts are no code.
 */
#include "screen/code_values_int.h"
#include "screen/near_int.h"
#include "screen/secret_int.h"

#define VALUE_WITHIN 14 /* tokens from the word to the digits behind it */
#define VALUE_BEFORE 7
#define THING_BEFORE 16
#define THING_AFTER 12

static const struct str because_door = STR_INIT("It looks like the code of a door, gate or alarm.");
static const struct str because_meeting = STR_INIT("It looks like the pass code of a meeting.");
static const struct str because_login = STR_INIT("It looks like the code of a device or account.");

/* Whether the digits are something else that has been found already. */
bool screen_is_number_taken(const struct screen_work *work, uint32_t first, uint32_t last)
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
        screen_is_number_taken(work, first, last)) {
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
        struct screen_code_value value;
        if (screen_is_word(draft, at - 1, STR("from")) &&
            screen_is_word(draft, at + 1, STR("to"))) {
            continue; /* "changed from 1111 to 2222" */
        }
        if (screen_code_value_read(draft, at, is_near, &value)) {
            return code_report(work, word, at, value.last, is_near);
        }
    }
    for (uint32_t i = 1; i <= VALUE_BEFORE && i <= word; i++) {
        uint32_t at = word - i;
        struct screen_code_value value;
        if (draft->tokens[at].sentence != sentence) {
            break;
        }
        if (screen_code_value_read(draft, at, false, &value) &&
            screen_is_at(draft, value.last + 1, SCREEN_WORD_CODE_VERB)) {
            return code_report(work, word, at, value.last, true);
        }
    }
    return false;
}

/* ---- The loop -------------------------------------------------------------------------------- */

void screen_find_codes(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    bool has_word = screen_draft_has_word(draft, SCREEN_WORD_CODE_WORD);
    for (uint32_t i = 0; has_word && i < draft->token_count; i++) {
        bool is_last_word = screen_is_at(draft, i, SCREEN_WORD_CODE_WORD) &&
                            !screen_is_at(draft, i + 1, SCREEN_WORD_CODE_WORD);
        if (is_last_word && !is_of_other(draft, i)) {
            (void)word_find(work, i);
        }
    }
    screen_find_door_codes(work);
}
