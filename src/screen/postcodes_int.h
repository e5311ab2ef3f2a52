/*
 * screen/postcodes_int.h - full postcodes as people write them.
 *
 * Read first: draft_int.h. One or two letters, a digit, perhaps a digit or letter; then a digit and
 * two letters (Royal Mail, Programmers' Guide to the Postcode Address File: which letters may stand
 * where). An O may stand for a nought. "AV3 5QL", "av35ql", "BN1 OAA".
 *
 * What must hold: the form alone makes no postcode of what is odd; detect_postcode.c asks for words
 * around it.
 */
#ifndef HANDRAIL_SCREEN_POSTCODES_INT_H
#define HANDRAIL_SCREEN_POSTCODES_INT_H

#include "screen/draft_int.h"

struct screen_postcode {
    uint32_t last;   /* token */
    bool is_capital; /* all letters of it */
    bool is_sure;    /* in capitals, in two parts, of a known area, and like nothing else */
    bool is_known;   /* its area is one of the Royal Mail */
    bool is_odd;     /* like "ks3 5th" */
};

/* The postcode that begins with a token; false when none does. */
bool screen_postcode_read(const struct screen_draft *draft, uint32_t at,
                          struct screen_postcode *code);

/* Whether folded letters and digits have the form of the first part, or of the second. */
bool screen_is_outward(struct str part);
bool screen_is_inward(struct str part);

#endif
