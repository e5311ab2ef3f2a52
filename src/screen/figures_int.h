/*
 * screen/figures_int.h - numbers as people write them: groups of digits with something between.
 *
 * Read first: draft_int.h. "01632-960 456" is three groups. Which of them belong together is for a
 * detector to say: a run may hold more than one number ("3 07700 900123").
 *
 * What must hold: a run has at most SCREEN_FIGURES_MAX groups and ends at the end of a line.
 */
#ifndef HANDRAIL_SCREEN_FIGURES_INT_H
#define HANDRAIL_SCREEN_FIGURES_INT_H

#include "screen/draft_int.h"

#define SCREEN_FIGURES_MAX 12
#define SCREEN_FIGURE_DIGITS_MAX 20 /* of one group; a longer one is kept as its beginning */

/* What stands before a group. */
enum screen_joint {
    SCREEN_JOINT_FIRST,   /* nothing: it begins the run */
    SCREEN_JOINT_SPACE,
    SCREEN_JOINT_HYPHEN,  /* and no space */
    SCREEN_JOINT_DASH,    /* a hyphen or dash with a space */
    SCREEN_JOINT_STOP,    /* 07700.900.123 */
    SCREEN_JOINT_SLASH,   /* 03/03/11 */
    SCREEN_JOINT_BRACKET, /* (01632) 960456 */
    SCREEN_JOINT_COUNT
};

struct screen_figure {
    uint32_t token;
    uint8_t count; /* digits of the group, up to 255 */
    uint8_t joint;
    bool is_read_as; /* has letters that stand for digits: "9OO" */
    char digits[SCREEN_FIGURE_DIGITS_MAX];
};

struct screen_figures {
    struct screen_figure items[SCREEN_FIGURES_MAX];
    uint32_t count;
};

/* Whether a token of letters and digits stands for digits: "9OO" and "o7700". */
bool screen_is_read_as_figure(const struct screen_draft *draft, uint32_t token);

/* Whether a token is a group of digits; with `may_stand_for` also one that stands for digits. */
static inline bool screen_is_figure(const struct screen_draft *draft, uint32_t token,
                                    bool may_stand_for)
{
    if (token >= draft->token_count) {
        return false;
    }
    uint16_t kind = draft->tokens[token].kind;
    return kind == SCREEN_TOKEN_NUMBER || (may_stand_for && kind == SCREEN_TOKEN_MIXED &&
                                           screen_is_read_as_figure(draft, token));
}

/* The run that begins with `token`, which is a group. */
void screen_figures_read(const struct screen_draft *draft, uint32_t token, bool may_stand_for,
                         struct screen_figures *run);

/* Where to go on behind a run: in the middle of one that is as long as is read, since a number may
 * lie across its end. */
uint32_t screen_figures_next(const struct screen_figures *run);

/* Adds the digits of groups first..last (both included) to `out`; 0 when there is no room. */
size_t screen_figures_join(const struct screen_figures *run, uint32_t first, uint32_t last,
                           char *out, size_t room);

/* Whether the groups from `first` on have these lengths: "334" for an NHS number. */
bool screen_figures_are(const struct screen_figures *run, uint32_t first, const char *pattern);

#endif
