/*
 * page/check.h - a checked draft as HTML: the same on the server and in the browser.
 *
 * Read first: check/check.h; web/templates/check.html. A form comes in, the results go out. Start
 * at page_check_results() in check.c.
 *
 * A form says
 *   as=personal | message | profile | official | incoming   where the words would stand
 *   text=WORDS                 the draft
 *   f.FACT=VALUE               what the person has said (interview/interview.h)
 *   offer.FACT=VALUE,VALUE     the answers that were offered before, to be offered again
 *   school=, short=, mail=     names of the school, one a line: read by page_check_school()
 *   policy=NAME                for whoever chooses the policy; not read here
 *
 * What must hold
 * - The same policy, screen, form and day give the same bytes everywhere, whatever the form is.
 * - Nothing of the draft stands in an address, so that following a link does not send it.
 */
#ifndef HANDRAIL_PAGE_CHECK_H
#define HANDRAIL_PAGE_CHECK_H

#include "base/civil.h"
#include "base/diag.h"
#include "check/check.h"
#include "interview/form.h"
#include "page/html.h"
#include "screen/roll.h"

/* A draft of SCREEN_DRAFT_BYTES_MAX of which each byte is escaped, and what is said beside it. */
#define PAGE_CHECK_FORM_BYTES_MAX ((size_t)256 * 1024)

/* Whom a draft is taken to be from when nothing is said of it: a value of the fact `person`. */
#define PAGE_CHECK_PERSON "teacher"

/* What a draft is checked with; borrowed, and not changed. */
struct page_check {
    const struct pack *pack;
    const struct check *check; /* of the pack */
    const struct screen *screen;
};

/*
 * Writes the results for a form, which is application/x-www-form-urlencoded. Answers them in a
 * sentence or two, such as "3 things found. Not allowed."; the empty text where there is no draft.
 */
struct str page_check_results(struct html *out, const struct page_check *with, struct str form,
                              struct civil_date as_of);

/* The names of the school that a form holds. A short name of capitals alone is an abbreviation. */
struct screen_school *page_check_school(struct arena *arena, const struct form *form);

/* The field in which somebody says who they are; `chosen` is a value of it, or empty. */
void page_check_who(struct html *out, const struct pack *pack, struct str chosen);

/* How many people a roll has, and what is wrong with it, line by line. */
void page_check_roll(struct html *out, const struct screen_roll *roll,
                     const struct diag_list *diags);

#endif
