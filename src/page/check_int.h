/*
 * page/check_int.h - the parts of a checked draft. Read first: check.h.
 */
#ifndef HANDRAIL_PAGE_CHECK_INT_H
#define HANDRAIL_PAGE_CHECK_INT_H

#include "page/check.h"
#include "page/templates.h"

/* Findings and clauses that are shown; what is more is counted. */
#define CHECK_SHOWN_MAX 100

struct check_page {
    struct arena *arena;
    const struct page_check *with;
    const struct pack *pack;
    struct form fields;
    struct str text;
    enum screen_channel channel;
    struct interview *said;
    const struct check_answer *answer;
    const struct check_item **shown; /* those with a number, from 1 */
    size_t shown_count;
};

/* Of a person's own draft: it never leaves the device, and "This is wrong" is offered. */
bool check_is_private(const struct check_page *page);

/* ---- Words: check_items.c -------------------------------------------------------------------- */

/* The level by which a finding is shown: the strictest certain one, else the strictest. */
uint32_t check_shown_level(const struct check_item *item);

/* The words of a finding, cut where they are long; empty for what belongs to the whole draft. */
struct str check_words(struct arena *arena, struct str text, const struct screen_finding *finding);

/* "RE-16 (3.5)", "law, LAW-2" */
struct str check_citation(struct arena *arena, const struct pack *pack, uint32_t clause);

/* ---- Parts ----------------------------------------------------------------------------------- */

/* check_draft.c: the draft with its findings marked. */
struct html_raw check_draft_render(const struct check_page *page, struct str title);

/* check_items.c: each finding and what follows from it. */
struct html_raw check_findings_render(const struct check_page *page);

/* check_asked.c: what the answer can depend on; empty where nothing is asked. */
struct html_raw check_questions_render(const struct check_page *page);

/* check_asked.c: the address of "May I?" with what was found and said behind its "#". */
struct str check_further(const struct check_page *page);

/* check_whole.c: the answer to the draft as a whole; empty without one. */
struct html_raw check_whole_render(const struct check_page *page);

/* check_incoming.c: what a message is. Answers the summary. */
struct str check_incoming_render(const struct check_page *page, struct html *out);

#endif
