/*
 * web/check_int.h - the private check as a page, with what is known of whoever is signed in.
 *
 * Read first: page_check.c, page_mine.c.
 */
#ifndef HANDRAIL_WEB_CHECK_INT_H
#define HANDRAIL_WEB_CHECK_INT_H

#include "web/kept_int.h"

/* A fact that the records give. It is shown, and can be taken away before anything is checked. */
struct web_check_known {
    struct str fact, value; /* words of the policy */
    struct str source;      /* where it is known from */
};

struct web_check_mine {
    const struct web_check_known *known;
    size_t known_count;
    struct str names, brief, mail; /* of the school, one a line */
    struct html_raw before;        /* stands above the page */
};

/* `mine` is NULL for somebody who is not signed in. Nothing of it is sent back. */
void web_check_private(struct web_exchange *exchange, const struct web_kept_policy *policy,
                       const struct web_check_mine *mine);

#endif
