/*
 * screen/contact_int.h - the parts of contact data, each found by a file of its own.
 *
 * Read first: work_int.h. detect_contact.c runs them; they are detect_mail.c, detect_phone.c,
 * detect_address.c, detect_postcode.c and detect_birth.c, with birth_digits.c.
 */
#ifndef HANDRAIL_SCREEN_CONTACT_INT_H
#define HANDRAIL_SCREEN_CONTACT_INT_H

#include "screen/dates_int.h"
#include "screen/work_int.h"

void screen_find_mails(struct screen_work *work);     /* email-address, school-email */
void screen_find_phones(struct screen_work *work);    /* phone-number */
void screen_find_addresses(struct screen_work *work); /* postal-address */
void screen_find_postcodes(struct screen_work *work); /* postcode: behind the addresses */
void screen_find_births(struct screen_work *work);    /* date-of-birth */

/* Whether words about an address, living or delivery stand close to tokens first..last. */
bool screen_has_address_word(const struct screen_draft *draft, uint32_t first, uint32_t last);

/* Whether a token says "birthday", and not "born" or "date of birth". */
bool screen_is_birthday(const struct screen_draft *draft, uint32_t token);

/* "dob 030311", "dob 03 03 11": the date in digits alone that begins with a token; false: none. */
bool screen_birth_digits_read(const struct screen_draft *draft, uint32_t token,
                              struct screen_date *date);

#endif
