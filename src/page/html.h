/*
 * page/html.h - HTML as it is written: what templates call, and the type of HTML that is safe.
 *
 * Templates (web/templates, docs/templates.md) are compiled to C functions that call these; other
 * code calls html_new, the functions of page/templates.h, and html_take. Read first: base/str.h.
 *
 * What must hold
 * - After any bytes given to html_text, html_attribute, html_url or html_url_part a browser is in
 *   the same place of the page as before: the text, or the quoted value of an attribute.
 * - struct html_raw is made by html_take alone, from what templates wrote. Nothing else is written
 *   without escaping.
 * - What is written is UTF-8: bytes that are not are written as U+FFFD.
 */
#ifndef HANDRAIL_PAGE_HTML_H
#define HANDRAIL_PAGE_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"

struct arena;

/* HTML that grows in an arena. */
struct html {
    struct text out;
};

/* HTML that templates made: whole elements and text. The empty one is {0}. */
struct html_raw {
    struct str markup; /* borrowed from the arena in which it was made */
};

/* Empty, growing in the arena. */
struct html html_new(struct arena *arena);

/* What was written. Good until `html` is written to again. */
struct html_raw html_take(const struct html *html);

/*
 * Text of any origin. & < > " ' become character references; control characters (C0 but tab and
 * line feed, DEL, C1) are left out.
 */
void html_text(struct html *html, struct str text);

/* The same inside the quotes of an attribute: escaping is strict enough for both. */
static inline void html_attribute(struct html *html, struct str text)
{
    html_text(html, text);
}

/*
 * A whole address, in the quotes of href, src or action. It passes when html_url_is_safe, spaces
 * percent-encoded; else "#" is written.
 */
void html_url(struct html *html, struct str url);

/*
 * Relative to this site and not leaving it (no //), or with the scheme http, https, mailto or tel;
 * and all of it UTF-8 without control characters and backslashes.
 */
bool html_url_is_safe(struct str url);

/*
 * A part of an address - a segment of the path, a value of the query, a fragment - percent-encoded
 * but for letters, digits and - . _ ~ @ (RFC 3986).
 */
void html_url_part(struct html *html, struct str part);

void html_int(struct html *html, int64_t number);

/* HTML made by other templates, as it is. */
void html_raw(struct html *html, struct html_raw raw);

/* Templates are mostly literals: inline they are fast, and in handrail.wasm they would be large. */
#ifdef __OPTIMIZE_SIZE__
#define HTML_INLINE static __attribute__((noinline, unused))
#else
#define HTML_INLINE static inline
#endif

/* What stands in a template, as it is. For generated code. */
HTML_INLINE void html_literal(struct html *html, const char *at, size_t bytes)
{
    struct text *out = &html->out;
    if (out->capacity - out->len > bytes) {
        memcpy(out->at + out->len, at, bytes);
        out->len += bytes;
    } else {
        text_add(out, (struct str){at, bytes});
    }
}

#endif
