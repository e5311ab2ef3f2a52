/*
 * screen/code_values.c - what a code of a door or meeting looks like. Read first:
 * code_values_int.h.
 */
#include "screen/code_values_int.h"

#include "screen/figures_int.h"
#include "screen/near_int.h"
#include "screen/number_words_int.h"
#include "screen/secret_int.h"

#define DIGITS_MIN 3
#define DIGITS_MAX 8
#define LETTERS_MAX 12 /* of a code right behind its name */

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

/* A time of day, as "1530" is; few are at school before five. */
static bool is_clock(struct str digits)
{
    return digits.len == 4 && digits.at[2] <= '5' &&
           ((digits.at[0] == '0' && digits.at[1] >= '5') || digits.at[0] == '1' ||
            (digits.at[0] == '2' && digits.at[1] <= '3'));
}

/* "4000", "1500": what is counted or paid. */
static bool is_round(struct str digits)
{
    return str_ends(digits, STR("00"));
}

/* "C4471Y", "Oak77"; right behind a word for codes also "LeafCup". */
static bool letters_value_read(const struct screen_draft *draft, uint32_t at, bool is_right_behind,
                               struct screen_code_value *value)
{
    uint32_t next;
    struct screen_run run = screen_run_read(draft, at, &next);
    unsigned letters = (unsigned)run.lower + run.upper;
    unsigned count = letters + run.digits;
    bool is_word = run.digits == 0;
    bool is_likely = run.digits >= 2 && run.lower == 0 && letters <= 3;
    bool is_said = is_right_behind && !run.is_address && (!is_word || run.is_turned);
    *value = (struct screen_code_value){.last = run.last, .is_strong = is_likely};
    return (is_said || is_likely) && count >= 4 &&
           count <= (is_right_behind ? LETTERS_MAX : DIGITS_MAX) && !is_counted(draft, at);
}

/* "six two oh nine", "star nine nine zero two": three digits or more that are said one by one. */
static bool said_value_read(const struct screen_draft *draft, uint32_t at,
                            struct screen_code_value *value)
{
    struct screen_said said;
    bool has_star = screen_is_at(draft, at, SCREEN_WORD_STAR_WORD);
    at += has_star;
    if (at >= draft->token_count || !screen_said_read(draft, at, &said)) {
        return false;
    }
    *value = (struct screen_code_value){.last = said.last, .is_strong = true};
    return (said.words >= DIGITS_MIN || (has_star && said.count >= DIGITS_MIN)) &&
           said.count <= DIGITS_MAX &&
           !screen_is_at(draft, said.last + 1, SCREEN_WORD_CODE_COUNTED);
}

/* "C 19 47 Y": capitals and numbers of at most two digits, one by one. */
static bool parted_value_read(const struct screen_draft *draft, uint32_t at,
                              struct screen_code_value *value)
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
    *value = (struct screen_code_value){.last = i - 1, .is_strong = true};
    return letters >= 1 && letters <= 3 && count >= letters + 3 && count <= DIGITS_MAX &&
           i - at >= 3;
}

/* A sign that keypads have, right behind a digit. */
static bool is_pad_sign(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_glued(draft, token) &&
           (screen_is_sign(draft, token, '#') || screen_is_sign(draft, token, '*'));
}

/* "2580", "7-1-9-3", "90210#", "12 34 56". */
static bool digits_value_read(const struct screen_draft *draft, uint32_t at, bool is_right_behind,
                              struct screen_code_value *value)
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
    bool is_signed = is_pad_sign(draft, last + 1);
    if (is_signed && screen_is_glued(draft, last + 2) && /* "77*21" */
        draft->tokens[last + 2].kind == SCREEN_TOKEN_NUMBER) {
        digits += draft->tokens[last + 2].folded_bytes;
        last++;
    }
    *value = (struct screen_code_value){.last = last + is_signed,
                                        .is_strong =
                                            is_signed || is_parted || (is_single && groups >= 4),
                                        .is_clock = is_one && !is_signed && is_clock(first),
                                        .is_round = is_one && !is_signed && is_round(first)};
    return digits >= DIGITS_MIN && digits <= DIGITS_MAX && !goes_on && !is_counted(draft, last) &&
           (is_right_behind || (digits >= 4 && !(is_one && is_year(first))));
}

bool screen_code_value_read(const struct screen_draft *draft, uint32_t at, bool is_right_behind,
                            struct screen_code_value *value)
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
