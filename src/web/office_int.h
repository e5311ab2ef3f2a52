/*
 * web/office_int.h - what the pages of the office share: forms and answers made from the table of
 * actions.
 *
 * Read first: office.h, actions/actions.h. Start at page_act.c.
 */
#ifndef HANDRAIL_WEB_OFFICE_INT_H
#define HANDRAIL_WEB_OFFICE_INT_H

#include "page/html.h"
#include "page/templates.h"
#include "web/office.h"
#include "web/web_int.h"

/* The office, or NULL when the site keeps nothing: then "not found" has been answered. */
const struct web_office *web_office_of(struct web_exchange *exchange);

/*
 * A failure for a program (RFC 9457). `outcome` may be NULL; else what is wrong of it is said by
 * field.
 */
void web_problem(struct web_exchange *exchange, enum web_status status, struct str title,
                 const struct action_outcome *outcome);

/*
 * Is the request for this site by its own name, or from this machine? Another name is another site,
 * or a page that has turned its own name to our address.
 */
bool web_host_is_own(const struct web_exchange *exchange);

/* The fields of a form that are seen, with their values and errors. False: the store failed. */
MUST_USE struct result web_office_fields(struct web_exchange *exchange, const struct action *action,
                                         const struct str *values,
                                         const struct action_outcome *outcome, struct html *out);

/* The summary of errors above a form; nothing when there are none. */
void web_office_errors(struct web_exchange *exchange, const struct action *action,
                       const struct action_outcome *outcome, struct html *out);

struct web_office_form {
    const struct action *action;
    const struct str *values;
    const struct action_outcome *outcome;
    struct str address;  /* where it is sent */
    struct str extra[2]; /* one more hidden field: its name and value; may be empty */
    enum web_status status;
};

/* The whole page with the form of an action: page_act.c. */
void web_office_form_show(struct web_exchange *exchange, const struct web_office_form *page);

/* A request of whoever is signed in, with the fields of a form. */
struct action_request web_office_request(struct web_exchange *exchange, const struct action *action,
                                         const struct web_form *form);

/* What an action shows: entries and lists. */
void web_office_shown(struct web_exchange *exchange, const struct action_answer *answer,
                      struct html *summary, struct html *lists);

/* The QR code of an answer that has one. */
void web_office_picture(struct web_exchange *exchange, const struct action_answer *answer,
                        struct html *out);

/* "/do/person.see?person=..." */
struct str web_office_address(struct arena *arena, struct str action,
                              const struct action_given *given, size_t given_count);

#endif
