/*
 * web/compare_int.h - the clauses of each policy as the comparison shows them, made when the server
 * starts.
 *
 * Read first: web/templates/compare.html. What must hold: nothing here changes while the server
 * runs.
 */
#ifndef HANDRAIL_WEB_COMPARE_INT_H
#define HANDRAIL_WEB_COMPARE_INT_H

#include "page/templates.h"
#include "shelf/shelf.h"

/* Bytes of the sentence that stands for a clause; a longer one is cut between words. */
#define WEB_COMPARE_SENTENCE_BYTES_MAX ((size_t)280)

/* Clauses of one topic, in the order of reading. */
struct web_compare_topic {
    struct str name, title; /* both empty: clauses that stand under no topic */
    struct page_compare_clause *clauses;
    size_t count;
};

struct web_compare_policy {
    const struct shelf_pack *one;
    struct str name; /* "REAch2 Academy Trust" */
    struct web_compare_topic *topics;
    size_t count;
};

/* In the order of the shelf. */
const struct web_compare_policy *web_compare_prepare(struct arena *arena,
                                                     const struct shelf *shelf);

/* The first sentence of plain words; cut, with "…", where it is longer than `bytes_max`. */
struct str web_compare_sentence(struct arena *arena, struct str words, size_t bytes_max);

#endif
