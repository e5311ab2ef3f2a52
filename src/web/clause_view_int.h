/*
 * web/clause_view_int.h - a clause as templates show it: prose, rules in plain English, examples,
 * what it declares.
 *
 * Read first: web/templates/policy.html; interview/rule_text.h. Start at web_clause_view().
 */
#ifndef HANDRAIL_WEB_CLAUSE_VIEW_INT_H
#define HANDRAIL_WEB_CLAUSE_VIEW_INT_H

#include "page/templates.h"
#include "shelf/shelf.h"

struct page_clause_view web_clause_view(struct arena *arena, const struct shelf_pack *one,
                                        const struct policy_clause *clause);

/* Where the source document has it: "Clause 7.2", "Control box"; may be empty. */
struct str web_clause_place(struct arena *arena, const struct policy_clause *clause);

/* What a clause declares, in words: operation_view.c. */
const struct page_operation_view *web_operation_views(struct arena *arena, const struct pack *pack,
                                                      const struct policy_clause *clause,
                                                      const struct pack_clause *compiled);

#endif
