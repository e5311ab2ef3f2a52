/*
 * screen/affiliation_int.h - the part of detect_affiliation.c that has a file of its own.
 *
 * Read first: work_int.h.
 */
#ifndef HANDRAIL_SCREEN_AFFILIATION_INT_H
#define HANDRAIL_SCREEN_AFFILIATION_INT_H

#include "screen/work_int.h"

void screen_find_disclaimers(struct screen_work *work); /* detect_disclaimer.c: disclaimer */

#endif
