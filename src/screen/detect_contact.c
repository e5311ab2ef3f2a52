/*
 * screen/detect_contact.c - contact data and dates of birth, part by part.
 *
 * Read first: work_int.h, contact_int.h. Addresses come before postcodes and dates are last, since
 * each looks at what was found before it.
 */
#include "screen/contact_int.h"

void screen_detect_contact(struct screen_work *work)
{
    screen_find_mails(work);
    screen_find_phones(work);
    screen_find_addresses(work);
    screen_find_postcodes(work);
    screen_find_births(work);
}
