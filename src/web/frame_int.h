/*
 * web/frame_int.h - the frame of every page: title, navigation, footer. Read first: web_int.h.
 *
 *     struct html main = html_new(exchange->arena);
 *     page_about(&main, ...);                               a template of web/templates
 *     web_frame(exchange, WEB_OK, &(struct web_frame){.title = STR("About"),
 *                                                     .place = STR("/about"),
 *                                                     .main = html_take(&main)});
 */
#ifndef HANDRAIL_WEB_FRAME_INT_H
#define HANDRAIL_WEB_FRAME_INT_H

#include "page/html.h"
#include "web/web_int.h"

#define WEB_PAGE_TYPE "text/html; charset=utf-8"

struct web_frame {
    struct str title;       /* its heading; the name of the site is added */
    struct str place;       /* the entry of the navigation in which the page is: "/may-i" */
    struct html_raw before; /* above <main>: breadcrumbs, a back link; may be empty */
    struct html_raw main;
    struct str script; /* name of an asset; may be empty */
    bool has_desk;     /* web_frame() sets it: things are kept here, and people sign in */
};

/* The whole page. */
struct str web_frame_render(struct arena *arena, const struct web_frame *frame);

/* Answers with a page. What it depends on says how it may be cached: set answer.cache after it. */
void web_frame(struct web_exchange *exchange, enum web_status status,
               const struct web_frame *frame);

#endif
