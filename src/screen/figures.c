/*
 * screen/figures.c - groups of digits with something between. Read first: figures_int.h.
 */
#include "screen/figures_int.h"

#include <string.h>

#include "screen/near_int.h"

/* The digit that a letter stands for in "o7700 9OO I23"; 0: none. */
static char digit_of(char c)
{
    switch (c) {
    case 'o':
        return '0';
    case 'i':
    case 'l':
        return '1';
    default: /* not an enum */
        return c >= '0' && c <= '9' ? c : 0;
    }
}

/* Two digits at least stand in it, or one and three characters: "9OO", not "O2" or "9l". */
static bool has_digits(struct str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits += text.at[i] >= '0' && text.at[i] <= '9';
        if (!digit_of(text.at[i])) {
            return false;
        }
    }
    return text.len >= 3 && digits > 0;
}

bool screen_is_read_as_figure(const struct screen_draft *draft, uint32_t token)
{
    return has_digits(screen_token_folded(draft, token));
}

static enum screen_joint joint_of_sign(const struct screen_draft *draft, uint32_t sign)
{
    bool is_tight = screen_is_glued(draft, sign) && screen_is_glued(draft, sign + 1);
    switch (draft->tokens[sign].sign) {
    case '.':
    case 0xB7: /* a stop at half height */
        return is_tight ? SCREEN_JOINT_STOP : SCREEN_JOINT_FIRST;
    case '/':
    case '_':
        return is_tight ? SCREEN_JOINT_SLASH : SCREEN_JOINT_FIRST;
    case '-':
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212: /* minus */
        return is_tight ? SCREEN_JOINT_HYPHEN : SCREEN_JOINT_DASH;
    case '(':
    case ')':
        return SCREEN_JOINT_BRACKET;
    default: /* not an enum */ /* arrows, bullets, emoji */
        return draft->tokens[sign].sign >= 0x2190 || draft->tokens[sign].sign == 0x2022
                   ? SCREEN_JOINT_SPACE
                   : SCREEN_JOINT_FIRST;
    }
}

static bool is_on_line(const struct screen_draft *draft, uint32_t token)
{
    return token < draft->token_count && !(draft->tokens[token].flags & SCREEN_TOKEN_LINE);
}

/* The next group after `token` and what stands between; SCREEN_JOINT_FIRST: there is none. */
static enum screen_joint next_group(const struct screen_draft *draft, uint32_t *token,
                                    bool may_stand_for)
{
    uint32_t next = *token + 1;
    if (!is_on_line(draft, next)) {
        return SCREEN_JOINT_FIRST;
    }
    enum screen_joint joint =
        draft->tokens[next].flags & SCREEN_TOKEN_HYPHEN ? SCREEN_JOINT_HYPHEN : SCREEN_JOINT_SPACE;
    for (unsigned signs = 0;
         signs < 2 && is_on_line(draft, next) && draft->tokens[next].kind == SCREEN_TOKEN_SIGN;
         signs++, next++) {
        joint = joint_of_sign(draft, next);
        if (joint == SCREEN_JOINT_FIRST) {
            return joint;
        }
    }
    if (!is_on_line(draft, next) || !screen_is_figure(draft, next, may_stand_for)) {
        return SCREEN_JOINT_FIRST;
    }
    *token = next;
    return joint;
}

static void group_read(const struct screen_draft *draft, uint32_t token, enum screen_joint joint,
                       struct screen_figure *figure)
{
    bool is_number = draft->tokens[token].kind == SCREEN_TOKEN_NUMBER;
    struct str text =
        is_number ? screen_token_plain(draft, token) : screen_token_folded(draft, token);
    *figure =
        (struct screen_figure){.token = token, .joint = (uint8_t)joint, .is_read_as = !is_number};
    for (size_t i = 0; i < text.len && figure->count < UINT8_MAX; i++) {
        char digit = digit_of(text.at[i]);
        if (!digit) { /* of a script that is not known: no number of ours */
            figure->count = UINT8_MAX;
            break;
        }
        if (figure->count < SCREEN_FIGURE_DIGITS_MAX) {
            figure->digits[figure->count] = digit;
        }
        figure->count++;
    }
}

void screen_figures_read(const struct screen_draft *draft, uint32_t token, bool may_stand_for,
                         struct screen_figures *run)
{
    run->count = 0;
    enum screen_joint joint = SCREEN_JOINT_FIRST;
    do {
        group_read(draft, token, joint, &run->items[run->count++]);
        joint = next_group(draft, &token, may_stand_for);
    } while (joint != SCREEN_JOINT_FIRST && run->count < SCREEN_FIGURES_MAX);
}

uint32_t screen_figures_next(const struct screen_figures *run)
{
    return run->count == SCREEN_FIGURES_MAX ? run->items[SCREEN_FIGURES_MAX / 2].token
                                            : run->items[run->count - 1].token + 1;
}

size_t screen_figures_join(const struct screen_figures *run, uint32_t first, uint32_t last,
                           char *out, size_t room)
{
    size_t length = 0;
    for (uint32_t i = first; i <= last; i++) {
        const struct screen_figure *figure = &run->items[i];
        if (figure->count > SCREEN_FIGURE_DIGITS_MAX || figure->count > room - length) {
            return 0;
        }
        memcpy(out + length, figure->digits, figure->count);
        length += figure->count;
    }
    return length;
}

bool screen_figures_are(const struct screen_figures *run, uint32_t first, const char *pattern)
{
    uint32_t count = 0;
    for (; pattern[count]; count++) {
        if (first + count >= run->count ||
            run->items[first + count].count != pattern[count] - '0') {
            return false;
        }
    }
    return count > 0;
}
