/*
 * screen/check_digits_int.h - check digits and forms of numbers of people, cards and accounts.
 *
 * Nothing else is read first. All take folded text: small letters and digits, nothing between them.
 */
#ifndef HANDRAIL_SCREEN_CHECK_DIGITS_INT_H
#define HANDRAIL_SCREEN_CHECK_DIGITS_INT_H

#include "base/str.h"

/*
 * A unique pupil number: a check letter, eleven digits, and a digit or (of a temporary one) a
 * letter. Department for Education, Unique pupil numbers: weights 2 to 13, modulo 23.
 */
bool screen_is_pupil_form(struct str code);
bool screen_is_pupil_checked(struct str code);

/* Ten digits with weights 10 to 2, modulo 11 (NHS Data Dictionary, NHS number). */
bool screen_is_health_checked(struct str digits);

/*
 * Two letters, six digits and a letter A to D (HMRC, National Insurance Manual 39110): `is_prefix`
 * is false for first letters that are never given out.
 */
bool screen_is_insurance_form(struct str code, bool *is_prefix);

/* Digits of a card, doubled from the right, modulo 10 (ISO/IEC 7812-1, annex B). */
bool screen_is_card_checked(struct str digits);

/* Country, two check digits and 11 to 30 more, modulo 97 (ISO 13616-1). */
bool screen_is_iban_checked(struct str code);

#endif
