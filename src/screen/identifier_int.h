/*
 * screen/identifier_int.h - the part of detect_identifier.c that has a file of its own.
 *
 * Read first: work_int.h.
 */
#ifndef HANDRAIL_SCREEN_IDENTIFIER_INT_H
#define HANDRAIL_SCREEN_IDENTIFIER_INT_H

#include "screen/work_int.h"

void screen_find_bank_details(struct screen_work *work); /* detect_bank.c: bank-details */

#endif
