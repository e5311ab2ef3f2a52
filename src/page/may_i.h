/*
 * page/may_i.h - "May I?" as HTML: the same on the server and in the browser.
 *
 * A form comes in (interview/interview.h says what it holds), the content of <main> goes out. Start
 * at page_may_i() in may_i.c.
 *
 * What must hold: the same pack, form and day give the same bytes everywhere, whatever the form is.
 */
#ifndef HANDRAIL_PAGE_MAY_I_H
#define HANDRAIL_PAGE_MAY_I_H

#include "base/civil.h"
#include "pack/pack.h"
#include "page/html.h"

/*
 * Writes the turn of the interview that follows the form, which is application/
 * x-www-form-urlencoded and empty at first. `as_of` is the day of the person who asks. Answers its
 * heading, for the title of the page.
 */
struct str page_may_i(struct html *out, const struct pack *pack, struct str form,
                      struct civil_date as_of);

#endif
