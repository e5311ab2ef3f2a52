/*
 * screen/code_values_int.h - what a code of a door, an alarm or a meeting looks like.
 *
 * Read first: draft_int.h. "2580", "7-1-9-3", "90210#", "77*21", "C4471Y", "C 19 47 Y", "six two oh
 * nine"; right behind a word for codes also "112" and "LeafCup".
 *
 * What must hold: prices, years, what is counted and parts of longer numbers are none.
 */
#ifndef HANDRAIL_SCREEN_CODE_VALUES_INT_H
#define HANDRAIL_SCREEN_CODE_VALUES_INT_H

#include "screen/draft_int.h"

struct screen_code_value {
    uint32_t last;  /* token */
    bool is_strong; /* letters and digits, "7-1-9-3", "90210#", words: hardly anything else */
    bool is_clock;  /* may be a time of day */
    bool is_round;  /* ends in two noughts */
};

/* Whether a token begins something that may be a code; behind a word for codes more may be one. */
bool screen_code_value_read(const struct screen_draft *draft, uint32_t at, bool is_right_behind,
                            struct screen_code_value *value);

#endif
