/*
 * screen/links_int.h - the parts of a link.
 *
 * Read first: draft_int.h. Parts are folded text of the draft and may be empty (RFC 3986, 3).
 */
#ifndef HANDRAIL_SCREEN_LINKS_INT_H
#define HANDRAIL_SCREEN_LINKS_INT_H

#include "screen/draft_int.h"

#define SCREEN_LINK_LABELS_MAX 16 /* of a host; the last ones are kept */

struct screen_link {
    struct str user; /* before "@" */
    struct str host; /* without "www." and port */
    struct str path; /* from "/", "?" or "#" on, without that character */
    struct str labels[SCREEN_LINK_LABELS_MAX]; /* of the host, in their order */
    size_t label_count;
    bool is_number; /* an address of numbers, however written */
};

/* The parts of a token of kind LINK. */
struct screen_link screen_link_read(const struct screen_draft *draft, uint32_t token);

#endif
