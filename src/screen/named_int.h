/*
 * screen/named_int.h - whether somebody of the roll is named at a place.
 *
 * Read first: work_int.h. For detectors that run behind detect_people.c.
 */
#ifndef HANDRAIL_SCREEN_NAMED_INT_H
#define HANDRAIL_SCREEN_NAMED_INT_H

#include "screen/work_int.h"

/* Whether a pupil, a member of staff or a parent is named, surely enough to be reported, by words
 * that touch tokens first..last and none of which is token `but`. */
bool screen_is_named(const struct screen_work *work, uint32_t first, uint32_t last, uint32_t but);

#endif
