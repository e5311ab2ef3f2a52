/*
 * web/prose_int.h - a clause's prose, which is Markdown, as HTML and as plain words.
 *
 * What must hold: whatever the prose is, the HTML is whole elements made by templates
 * (web/templates/prose.html); HTML that stands in the prose is shown as it is written, and no
 * address leaves the schemes of page/html.h.
 */
#ifndef HANDRAIL_WEB_PROSE_INT_H
#define HANDRAIL_WEB_PROSE_INT_H

#include "page/html.h"

struct web_prose {
    struct html_raw html;
    struct str plain; /* the words, one space between them, for searching */
};

struct web_prose web_prose_read(struct arena *arena, struct str markdown);

#endif
