/*
 * An opened pack: typed views into an image that has been checked.
 *
 * Read first: pack/image.h, the format. Start at pack_open().
 * What must hold: after pack_open() succeeds every index, list and text of the image is in range,
 * every mask fits its domain and rank order has no circle, so readers need no further checks.
 */
#ifndef HANDRAIL_PACK_PACK_H
#define HANDRAIL_PACK_PACK_H

#include "base/str.h"
#include "pack/image.h"

#include <stdbool.h>
#include <stddef.h>

#define PACK_VIEW(type, name) \
    const struct type *name;  \
    uint32_t name##_count

struct pack {
    const struct pack_header *header;
    const char *text;
    uint32_t text_count;
    const uint32_t *list;
    uint32_t list_count;
    const uint64_t *mask;
    uint32_t mask_count;
    const int64_t *number;
    uint32_t number_count;
    PACK_VIEW(pack_topic, topic);
    PACK_VIEW(pack_role, role);
    PACK_VIEW(pack_act, act);
    PACK_VIEW(pack_fact, fact);
    PACK_VIEW(pack_value, value);
    PACK_VIEW(pack_variable, variable);
    PACK_VIEW(pack_relation, relation);
    PACK_VIEW(pack_clause, clause);
    PACK_VIEW(pack_note, note);
    PACK_VIEW(pack_rule, rule);
    PACK_VIEW(pack_outcome, outcome);
    PACK_VIEW(pack_approval, approval);
    PACK_VIEW(pack_duty, duty);
    PACK_VIEW(pack_known, known);
    PACK_VIEW(pack_node, node);
    PACK_VIEW(pack_table, table);
    PACK_VIEW(pack_operation, operation);
    PACK_VIEW(pack_field, field);
};

/*
 * Opens an image for reading in place. `bytes` must be 8-aligned and outlive the pack. Answers NULL
 * when all is well, else one sentence that says what is wrong with the image.
 */
const char *pack_open(struct pack *pack, const void *bytes, size_t size);

struct str pack_text(const struct pack *pack, struct pack_text text);
struct str pack_name(const struct pack *pack);
struct str pack_title(const struct pack *pack);

/* Indices by name; PACK_NONE where there is none. Linear: names are few. */
uint32_t pack_act_find(const struct pack *pack, struct str name);
uint32_t pack_fact_find(const struct pack *pack, struct str name);
uint32_t pack_clause_find(const struct pack *pack, struct str key);
uint32_t pack_role_find(const struct pack *pack, struct str name);
/* A value of one fact: its index within the fact (0-based); the value count for "none" of a
 * one-of fact. */
uint32_t pack_value_find(const struct pack *pack, uint32_t fact, struct str name);

/* True when `role` is `group` or a member of it, however deep. */
bool pack_role_is_in(const struct pack *pack, uint32_t role, uint32_t group);

/* The interval of a number: index of the bit in its variable. */
uint32_t pack_cut_find(const struct pack *pack, const struct pack_fact *fact, int64_t number);

/* "forbidden", "needs-approval" ...; "must", "should" ... */
struct str pack_level_name(enum pack_level level);
struct str pack_strength_name(enum pack_strength strength);
struct str pack_effect_name(enum pack_effect effect);
struct str pack_approval_state_name(enum pack_approval_state state);

#endif
