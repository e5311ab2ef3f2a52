/*
 * web/document_int.h - a policy as one document: its own clauses, those it inherits, and the law.
 *
 * Start at web_clauses_of(). What must hold: the order is that of reading, and the same everywhere.
 */
#ifndef HANDRAIL_WEB_DOCUMENT_INT_H
#define HANDRAIL_WEB_DOCUMENT_INT_H

#include "shelf/shelf.h"

struct web_clause {
    const struct policy_document *document; /* where it stands */
    const struct policy_clause *clause;
    bool is_law; /* above the policy */
};

struct web_clauses {
    struct web_clause *at;
    size_t count;
};

/* Its own first, then those of the policies that it extends, the nearest first, then the law. */
struct web_clauses web_clauses_of(struct arena *arena, const struct shelf_pack *pack);

/* The index of the clause of that key; STR_NONE when there is none. */
size_t web_clause_find(const struct web_clauses *clauses, struct str key);

/* The page of the whole policy. */
struct str web_document_render(struct arena *arena, const struct shelf *shelf,
                               const struct shelf_pack *pack, bool has_desk);

#endif
