/*
 * screen/contact_int.h - the parts of contact data, each found by a file of its own.
 *
 * Read first: work_int.h. detect_contact.c runs them; they are detect_mail.c, detect_phone.c,
 * detect_address.c and detect_birth.c.
 */
#ifndef HANDRAIL_SCREEN_CONTACT_INT_H
#define HANDRAIL_SCREEN_CONTACT_INT_H

#include "screen/work_int.h"

void screen_find_mails(struct screen_work *work);     /* email-address, school-email */
void screen_find_phones(struct screen_work *work);    /* phone-number */
void screen_find_addresses(struct screen_work *work); /* postal-address, postcode */
void screen_find_births(struct screen_work *work);    /* date-of-birth */

#endif
