/*
 * screen/detect_door.c - codes of doors, gates and alarms where no word says that they are codes.
 *
 * Read first: secret_int.h, code_values_int.h. Start at: door_score.
 *
 * Each number that may be a code gets points: for what opens with codes near it, for its own form,
 * and for the words right before and behind it ("press 3842 for the main entrance", "gate is
 * 4-8-1-6", "0451 gets you in"). From POINTS_SHOWN on it is found.
 *
 * What must hold: no single sign is enough. "Gate opens 1130", "locker 2045", "room B204" and "dial
 * 4471 for the office" stay below.
 */
#include "screen/code_values_int.h"
#include "screen/near_int.h"
#include "screen/secret_int.h"

#define POINTS_SHOWN 5
#define LOCK_WITHIN 5 /* tokens */
#define NEAR 3
#define FAR 10
#define AFTER 7
#define HINT_WITHIN 9
#define GAME_WITHIN 16
#define TURN_TOKENS_MAX 12

static const struct str because_door =
    STR_INIT("Digits stand here like the code of a door, gate or alarm.");

static void report(struct screen_work *work, uint32_t first, uint32_t last, unsigned confidence)
{
    if (!screen_is_number_taken(work, first, last)) {
        screen_found(work, SCREEN_DOOR_CODE, SCREEN_DETAIL_NONE, first, last, confidence,
                     because_door);
    }
}

static bool is_before(const struct screen_draft *draft, uint32_t token, enum screen_word class,
                      uint32_t window)
{
    return screen_near_before(draft, token, class, window) != SCREEN_NO_TOKEN;
}

static bool is_behind(const struct screen_draft *draft, uint32_t token, enum screen_word class,
                      uint32_t window)
{
    return screen_near_after(draft, token, class, window) != SCREEN_NO_TOKEN;
}

/* For what stands near and opens, or keeps things shut. */
static int thing_points(const struct screen_draft *draft, uint32_t first, uint32_t last)
{
    if (is_before(draft, first, SCREEN_WORD_DOOR_LOCK, LOCK_WITHIN)) {
        return 4;
    }
    int before = is_before(draft, first, SCREEN_WORD_DOOR_OPENING, NEAR)  ? 3
                 : is_before(draft, first, SCREEN_WORD_DOOR_OPENING, FAR) ? 2
                 : is_before(draft, first, SCREEN_WORD_DOOR_THING, FAR)   ? 1
                                                                          : 0;
    int behind = is_behind(draft, last, SCREEN_WORD_DOOR_OPENING, AFTER) ? 2
                 : is_behind(draft, last, SCREEN_WORD_DOOR_THING, AFTER) ? 1
                                                                         : 0;
    return before > behind ? before : behind;
}

/* For what stands right before: a verb, "press", "opens with", a sign. */
static int lead_points(const struct screen_draft *draft, uint32_t first)
{
    if (first == 0) {
        return 0;
    }
    uint32_t at = first - 1;
    uint32_t verb = at - (at > 0 && screen_is_word(draft, at, STR("in")));
    if (screen_is_at(draft, verb, SCREEN_WORD_CODE_TYPE)) {
        return 3; /* "punch in" */
    }
    bool is_with = screen_is_word(draft, at, STR("with"));
    if (is_with && at > 0 && screen_is_at(draft, at - 1, SCREEN_WORD_OPEN_WITH)) {
        return 4;
    }
    bool is_owned =
        is_before(draft, first, SCREEN_WORD_DOOR_OPENING, 2) && /* "gate's on 7755" */
        draft->tokens[screen_is_word(draft, at, STR("on")) && at > 0 ? at - 1 : at].flags &
            SCREEN_TOKEN_POSSESSIVE;
    if (is_owned || screen_is_at(draft, at, SCREEN_WORD_CODE_VERB) ||
        screen_is_at(draft, at, SCREEN_WORD_CODE_PRESS)) {
        return 2;
    }
    bool is_told = screen_is_sign(draft, at, ':') || screen_is_sign(draft, at, '=');
    if (is_told && is_before(draft, at, SCREEN_WORD_DOOR_OPENING, 2)) {
        return 2; /* "back door: 2468" */
    }
    return is_told || screen_is_sign(draft, at, ',') || screen_is_sign(draft, at, '?');
}

/* For what stands right behind: "opens", "gets you in", "then", "for". */
static int tail_points(const struct screen_draft *draft, uint32_t last)
{
    uint32_t next = last + 1;
    next += screen_is_sign(draft, next, ',');
    bool is_to_get = screen_is_word(draft, next, STR("to")) &&
                     screen_is_at(draft, next + 1, SCREEN_WORD_CODE_OPENS);
    if (is_to_get || screen_is_at(draft, next, SCREEN_WORD_CODE_OPENS)) {
        return 3;
    }
    return screen_is_at(draft, next, SCREEN_WORD_CODE_AFTER);
}

static bool is_clause_end(const struct screen_draft *draft, uint32_t last)
{
    uint32_t next = last + 1;
    return next >= draft->token_count || draft->tokens[next].kind == SCREEN_TOKEN_SIGN ||
           draft->tokens[next].sentence != draft->tokens[last].sentence;
}

/* The points of a number at first..value->last; 0 when nothing near it opens. */
static int door_score(const struct screen_draft *draft, uint32_t first,
                      const struct screen_code_value *value)
{
    int thing = thing_points(draft, first, value->last);
    int lead = lead_points(draft, first);
    int tail = tail_points(draft, value->last);
    bool is_hinted = is_before(draft, first, SCREEN_WORD_CODE_HINT, HINT_WITHIN) ||
                     is_behind(draft, value->last, SCREEN_WORD_CODE_HINT, HINT_WITHIN);
    bool is_mixed = draft->tokens[first].kind == SCREEN_TOKEN_MIXED; /* or the name of a room */
    bool has_words = lead > 0 || tail > 0 || is_hinted;
    bool is_kept = thing == 4 || is_before(draft, first, SCREEN_WORD_LOCK_KEY, FAR + NEAR);
    int key = is_before(draft, first, SCREEN_WORD_LOCK_KEY, FAR + NEAR) ? 2 : 0;
    bool is_other = is_before(draft, first, SCREEN_WORD_ALARM_OF_OTHER, AFTER) ||
                    is_behind(draft, value->last, SCREEN_WORD_ALARM_OF_OTHER, NEAR) ||
                    is_before(draft, first, SCREEN_WORD_CODE_OF_OTHER, NEAR);
    if (thing == 0) {
        return 0;
    }
    int form = value->is_strong && (has_words || !is_mixed) ? 3 : 0;
    bool is_game =
        screen_is_near(draft, first, value->last, SCREEN_WORD_LOCK_GAME, GAME_WITHIN, GAME_WITHIN);
    int against = (value->is_clock ? (lead >= 2 ? 1 : 2) : 0) + (value->is_round ? 2 : 0) +
                  (is_game ? 5 : 0) + (is_other && lead < 3 ? 3 : 0);
    return thing + lead + tail + form + key + is_hinted +
           (is_kept && is_clause_end(draft, value->last)) - against;
}

/* "34 left 12 right 8": the turns of a safe; answers the token behind them. */
static void turns_find(struct screen_work *work, uint32_t turn)
{
    const struct screen_draft *draft = work->draft;
    uint32_t last = turn;
    while (last - turn < TURN_TOKENS_MAX && screen_is_at(draft, last, SCREEN_WORD_LOCK_TURN) &&
           last + 1 < draft->token_count && draft->tokens[last + 1].kind == SCREEN_TOKEN_NUMBER) {
        last += 2;
    }
    bool is_begun = turn > 0 && draft->tokens[turn - 1].kind == SCREEN_TOKEN_NUMBER;
    if (is_begun && last >= turn + 4) {
        report(work, turn - 1, last - 1, 800);
    }
}

static bool may_begin(const struct screen_draft *draft, uint32_t token)
{
    const struct screen_token *one = &draft->tokens[token];
    return one->kind == SCREEN_TOKEN_NUMBER || one->kind == SCREEN_TOKEN_MIXED ||
           (one->kind == SCREEN_TOKEN_WORD && one->folded_bytes == 1 &&
            one->flags & SCREEN_TOKEN_CAPITAL) ||
           screen_word_is(one, SCREEN_WORD_DIGIT_WORD) ||
           screen_word_is(one, SCREEN_WORD_STAR_WORD);
}

void screen_find_door_codes(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    if (!screen_draft_has_word(draft, SCREEN_WORD_DOOR_LOCK) &&
        !screen_draft_has_word(draft, SCREEN_WORD_DOOR_OPENING) &&
        !screen_draft_has_word(draft, SCREEN_WORD_DOOR_THING) &&
        !screen_draft_has_word(draft, SCREEN_WORD_LOCK_TURN)) {
        return;
    }
    for (uint32_t i = 0; i < draft->token_count;) {
        struct screen_code_value value;
        if (screen_is_at(draft, i, SCREEN_WORD_LOCK_TURN)) {
            turns_find(work, i);
        }
        if (!may_begin(draft, i) || !screen_code_value_read(draft, i, false, &value)) {
            i++;
            continue;
        }
        int points = door_score(draft, i, &value);
        if (points >= POINTS_SHOWN) {
            int more = points - POINTS_SHOWN;
            report(work, i, value.last, 650 + 50 * (unsigned)(more < 4 ? more : 4));
        }
        i = value.last + 1;
    }
}
