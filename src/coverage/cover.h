/*
 * coverage/cover.h - which rules and conditions of policies their examples reach.
 *
 * Start at cover_new, cover_add_pack, cover_mark.
 * A point is a rule (was it ever among those that stand?) or a condition: one atom of a when,
 * unless or only if, or a name that stands for a definition (was it ever true, and ever false, in
 * an example with an act of its rule?). The same place in a file is one point, whichever pack was
 * asked: so a law is covered by the examples of all packs below it.
 */
#ifndef HANDRAIL_COVERAGE_COVER_H
#define HANDRAIL_COVERAGE_COVER_H

#include "base/hash.h"
#include "decide/decide.h"
#include "policy/ast.h"

/* Rules and conditions in all packs of one call. */
#define COVER_POINTS_MAX 65536

enum cover_kind { COVER_RULE, COVER_CONDITION, COVER_KIND_COUNT };

struct cover_point {
    enum cover_kind kind;
    const struct policy_document *document;
    struct str clause; /* key */
    struct policy_place place;
    struct str text;          /* the rule's head, or the condition in plain words */
    bool has_stood;           /* rules */
    bool was_true, was_false; /* conditions */
};

struct cover_pack; /* a pack's rules and conditions, and their points */

struct cover {
    struct arena *arena;
    struct hash_map places; /* "file:line:column:kind" -> point */
    struct cover_point *points;
    size_t count, capacity;
};

struct cover cover_new(struct arena *arena);

/*
 * Takes in the rules of those documents of a bundle that are among `wanted`. The pack must have
 * been compiled from the bundle.
 */
struct cover_pack *cover_add_pack(struct cover *cover, const struct policy_bundle *bundle,
                                  const struct pack *pack,
                                  const struct policy_document *const *wanted, size_t wanted_count);

/* Marks what an answer reached. */
void cover_mark(struct cover *cover, const struct cover_pack *of,
                const struct decide_answer *answer);

struct cover_totals {
    size_t clauses, clauses_fired; /* clauses with rules; of which a rule stood */
    size_t rules, rules_fired;
    size_t conditions, conditions_both; /* seen true and seen false */
};

/* Of one document, or of all when `document` is NULL. */
struct cover_totals cover_sum(const struct cover *cover, const struct policy_document *document);

/* What is missing at a point: "never stood", "never true", "never false", or empty. */
struct str cover_missing(const struct cover_point *point);

#endif
