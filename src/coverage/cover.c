/*
 * coverage/cover.c - see cover.h.
 *
 * A condition is found twice: as a tree of the policy, which knows its place, and as a tree of the
 * compiled pack, which can be evaluated. Both have the same shape down to the atoms, so they are
 * walked together.
 */
#include "coverage/cover.h"

#include <assert.h>

#include "pack/pack.h"

#define COVER_DEPTH_MAX 64

/* Points for which there is room at first. */
#define COVER_POINTS_FIRST ((size_t)256)

struct cover_rule {
    uint32_t rule; /* of the pack */
    uint32_t point;
};

struct cover_condition {
    uint32_t rule, node; /* of the pack */
    uint32_t point;
};

struct cover_pack {
    const struct pack *pack;
    struct cover_rule *rules;
    size_t rule_count, rule_capacity;
    struct cover_condition *conditions;
    size_t condition_count, condition_capacity;
};

struct cover cover_new(struct arena *arena)
{
    return (struct cover){.arena = arena, .places = hash_map_new(arena)};
}

/* ---- Points ---------------------------------------------------------------------------------- */

/* The point of a place, new or known; PACK_NONE when there are too many. */
static uint32_t cover_point_at(struct cover *cover, const struct cover_point *wanted)
{
    struct str name = str_format(cover->arena, STR_FMT ":%u:%u:%d", STR_ARG(wanted->place.file),
                                 wanted->place.line, wanted->place.column, (int)wanted->kind);
    uint32_t index;
    if (hash_map_get(&cover->places, name, &index)) {
        return index;
    }
    if (cover->count >= COVER_POINTS_MAX) {
        return PACK_NONE;
    }
    if (cover->count == cover->capacity) {
        size_t more = cover->capacity > 0 ? cover->capacity * 2 : COVER_POINTS_FIRST;
        cover->points =
            arena_grow(cover->arena, cover->points, cover->capacity * sizeof *cover->points,
                       arena_array_bytes(more, sizeof *cover->points));
        cover->capacity = more;
    }
    index = (uint32_t)cover->count++;
    cover->points[index] = *wanted;
    (void)hash_map_put(&cover->places, name, index);
    return index;
}

/* Where the walk over one document stands. */
struct cover_walk {
    struct cover *cover;
    struct cover_pack *into;
    const struct policy_document *document;
    const struct policy_clause *clause;
    uint32_t rule;
};

static void cover_add_rule(struct cover_walk *walk, const struct policy_rule *source,
                           struct str text, uint32_t column)
{
    struct cover_point point = {.kind = COVER_RULE,
                                .document = walk->document,
                                .clause = walk->clause->key.text,
                                .place = source->place,
                                .text = text};
    point.place.column += column;
    struct cover_pack *into = walk->into;
    uint32_t index = cover_point_at(walk->cover, &point);
    if (index != PACK_NONE && into->rule_count < into->rule_capacity) {
        into->rules[into->rule_count++] = (struct cover_rule){.rule = walk->rule, .point = index};
    }
}

static void cover_add_condition(struct cover_walk *walk, const struct policy_condition *source,
                                uint32_t node)
{
    const struct pack *pack = walk->into->pack;
    struct cover_point point = {.kind = COVER_CONDITION,
                                .document = walk->document,
                                .clause = walk->clause->key.text,
                                .place = source->place,
                                .text = pack_text(pack, pack->node[node].text)};
    struct cover_pack *into = walk->into;
    uint32_t index = cover_point_at(walk->cover, &point);
    if (index != PACK_NONE && into->condition_count < into->condition_capacity) {
        into->conditions[into->condition_count++] =
            (struct cover_condition){.rule = walk->rule, .node = node, .point = index};
    }
}

/* The atoms below a condition. */
static void cover_add_atoms(struct cover_walk *walk, const struct policy_condition *source,
                            uint32_t node, unsigned depth)
{
    const struct pack *pack = walk->into->pack;
    bool is_tree = source->kind == POLICY_CONDITION_AND || source->kind == POLICY_CONDITION_OR ||
                   source->kind == POLICY_CONDITION_NOT;
    const struct pack_list children = pack->node[node].children;
    if (!is_tree || children.count != source->child_count || depth >= COVER_DEPTH_MAX) {
        cover_add_condition(walk, source, node);
        return;
    }
    for (size_t i = 0; i < source->child_count; i++) {
        cover_add_atoms(walk, source->children[i], pack->list[children.first + i], depth + 1);
    }
}

/* ---- Rules of a pack ------------------------------------------------------------------------- */

static void cover_add_rule_conditions(struct cover_walk *walk, const struct policy_rule *source)
{
    const struct pack *pack = walk->into->pack;
    const struct pack_rule *rule = &pack->rule[walk->rule];
    if (source->when && rule->when != PACK_NONE) {
        cover_add_atoms(walk, source->when, rule->when, 0);
    }
    for (uint32_t i = 0; i < rule->unless.count && i < source->unless_count; i++) {
        cover_add_atoms(walk, source->unless[i], pack->list[rule->unless.first + i], 0);
    }
    if (source->only_if && rule->only_if != PACK_NONE) {
        cover_add_atoms(walk, source->only_if, rule->only_if, 0);
    }
}

static void cover_add_clause(struct cover_walk *walk)
{
    const struct pack *pack = walk->into->pack;
    uint32_t index = pack_clause_find(pack, walk->clause->key.text);
    assert(index != PACK_NONE && "the pack was compiled from this bundle");
    const struct pack_clause *clause = &pack->clause[index];
    for (uint32_t i = 0; i < clause->rule_count; i++) {
        walk->rule = clause->first_rule + i;
        const struct pack_rule *rule = &pack->rule[walk->rule];
        for (size_t s = 0; s < walk->clause->rule_count; s++) {
            const struct policy_rule *source = &walk->clause->rules[s];
            if (source->place.line != rule->line) {
                continue;
            }
            bool is_gate = rule->effect == PACK_EFFECT_GATES;
            cover_add_rule(walk, source, is_gate ? STR("only if") : source->head, is_gate ? 1 : 0);
            if (!is_gate) {
                cover_add_rule_conditions(walk, source);
            }
        }
    }
}

static bool cover_is_wanted(const struct policy_document *document,
                            const struct policy_document *const *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (wanted[i] == document) {
            return true;
        }
    }
    return false;
}

struct cover_pack *cover_add_pack(struct cover *cover, const struct policy_bundle *bundle,
                                  const struct pack *pack,
                                  const struct policy_document *const *wanted, size_t wanted_count)
{
    struct cover_pack *into = ARENA_NEW(cover->arena, struct cover_pack);
    into->pack = pack;
    into->rule_capacity = pack->rule_count;
    into->rules = ARENA_ARRAY(cover->arena, struct cover_rule, into->rule_capacity);
    into->condition_capacity = pack->node_count;
    into->conditions = ARENA_ARRAY(cover->arena, struct cover_condition, into->condition_capacity);
    for (size_t d = 0; d <= bundle->chain_count; d++) {
        const struct policy_document *document =
            d < bundle->chain_count ? bundle->chain[d] : bundle->law;
        if (!document || !cover_is_wanted(document, wanted, wanted_count)) {
            continue;
        }
        for (size_t i = 0; i < document->clause_count; i++) {
            struct cover_walk walk = {.cover = cover,
                                      .into = into,
                                      .document = document,
                                      .clause = &document->clauses[i]};
            cover_add_clause(&walk);
        }
    }
    return into;
}

/* ---- Worlds ---------------------------------------------------------------------------------- */

/* Whether a granted record of the question fits an approval, as section 9 matches them. */
static bool cover_is_granted(const struct decide_question *question, uint32_t person,
                             const struct pack_approval *approval)
{
    const struct pack *pack = question->pack;
    if (approval->flags & PACK_APPROVAL_CONSENT) {
        return person > 0 && question->people[person - 1].consent == PACK_APPROVAL_GRANTED;
    }
    bool is_granted = false;
    for (uint32_t i = 0; i < question->approval_count; i++) {
        const struct decide_approval *record = &question->approvals[i];
        bool fits = record->role == PACK_NONE || approval->roles.count == 0;
        for (uint32_t r = 0; r < approval->roles.count && !fits; r++) {
            fits = pack_role_is_in(pack, record->role, pack->list[approval->roles.first + r]);
        }
        fits = fits && (record->clause == PACK_NONE || record->clause == approval->clause);
        if (fits) {
            bool has_all = (record->has_reason || !(approval->flags & PACK_APPROVAL_WITH_REASON)) &&
                           (record->in_writing || !(approval->flags & PACK_APPROVAL_IN_WRITING));
            is_granted = record->state == PACK_APPROVAL_GRANTED && has_all;
        }
    }
    return is_granted;
}

static uint64_t cover_full(const struct pack_variable *variable)
{
    return variable->domain >= 64 ? UINT64_MAX : (UINT64_C(1) << variable->domain) - 1;
}

/* What a variable may be for one person (from 1; 0: nobody). */
static uint64_t cover_domain(const struct decide_question *question, uint32_t person,
                             uint32_t index)
{
    const struct pack *pack = question->pack;
    const struct pack_variable *variable = &pack->variable[index];
    if (variable->approval != PACK_NONE) {
        bool is_granted = cover_is_granted(question, person, &pack->approval[variable->approval]);
        return UINT64_C(1) << (is_granted ? PACK_APPROVAL_GRANTED : PACK_APPROVAL_NONE);
    }
    const struct pack_fact *fact = &pack->fact[variable->fact];
    if (variable->is_other && person == 0) {
        bool is_last = fact->kind == PACK_FACT_ONE_OF || fact->kind == PACK_FACT_NUMBER ||
                       fact->kind == PACK_FACT_DATE;
        return question->has_people ? UINT64_C(1) << (is_last ? variable->domain - 1 : 0)
                                    : cover_full(variable);
    }
    const struct decide_given *given =
        variable->is_other ? &question->people[person - 1].given[index] : &question->given[index];
    if (given->state == DECIDE_STATE_GIVEN) {
        return given->domain;
    }
    if (given->state == DECIDE_STATE_LEFT_OUT && fact->preset != PACK_NONE && fact->preset < 64) {
        return UINT64_C(1) << fact->preset;
    }
    return cover_full(variable);
}

static uint64_t *cover_world(struct arena *arena, const struct decide_question *question,
                             uint32_t person)
{
    const struct pack *pack = question->pack;
    uint64_t *domain = ARENA_ARRAY(arena, uint64_t, pack->variable_count);
    for (uint32_t i = 0; i < pack->variable_count; i++) {
        domain[i] = cover_domain(question, person, i);
    }
    bool has_changed = true;
    for (uint32_t round = 0; has_changed && round < pack->variable_count; round++) {
        has_changed = false;
        for (uint32_t i = 0; i < pack->relation_count; i++) {
            const struct pack_relation *relation = &pack->relation[i];
            if (relation->kind == PACK_RELATION_IMPLIES && domain[relation->first] == 2 &&
                domain[relation->second] != 2) {
                domain[relation->second] = 2;
                has_changed = true;
            }
        }
    }
    return domain;
}

static enum decide_truth cover_join(const struct pack *pack, const uint64_t *domain, uint32_t node,
                                    unsigned depth);

/* Whether a condition holds in all (YES), none (NO) or some of the worlds of the domains. */
static enum decide_truth cover_truth(const struct pack *pack, const uint64_t *domain, uint32_t node,
                                     unsigned depth)
{
    const struct pack_node *at = &pack->node[node];
    if (at->kind != PACK_NODE_ATOM) {
        return cover_join(pack, domain, node, depth);
    }
    uint64_t may = domain[at->variable];
    if ((may & at->mask) == 0) {
        return DECIDE_NO;
    }
    return (may & ~at->mask) == 0 ? DECIDE_YES : DECIDE_OPEN;
}

static enum decide_truth cover_join(const struct pack *pack, const uint64_t *domain, uint32_t node,
                                    unsigned depth)
{
    const struct pack_node *at = &pack->node[node];
    enum decide_truth all = at->kind == PACK_NODE_OR ? DECIDE_NO : DECIDE_YES;
    enum decide_truth breaks = at->kind == PACK_NODE_OR ? DECIDE_YES : DECIDE_NO;
    for (uint32_t i = 0; i < at->children.count && depth < COVER_DEPTH_MAX; i++) {
        enum decide_truth one =
            cover_truth(pack, domain, pack->list[at->children.first + i], depth + 1);
        if (at->kind == PACK_NODE_NOT) {
            return one == DECIDE_OPEN ? one : one == DECIDE_YES ? DECIDE_NO : DECIDE_YES;
        }
        if (one == breaks) {
            return breaks;
        }
        all = one == DECIDE_OPEN ? one : all;
    }
    return all;
}

static bool cover_has_act(const struct pack *pack, uint32_t rule, uint32_t act)
{
    const struct pack_list acts = pack->rule[rule].acts;
    for (uint32_t i = 0; i < acts.count; i++) {
        if (pack->list[acts.first + i] == act) {
            return true;
        }
    }
    return false;
}

static void cover_mark_conditions(struct cover *cover, const struct cover_pack *of, uint32_t act,
                                  const uint64_t *domain)
{
    for (size_t i = 0; i < of->condition_count; i++) {
        const struct cover_condition *condition = &of->conditions[i];
        if (!cover_has_act(of->pack, condition->rule, act)) {
            continue;
        }
        struct cover_point *point = &cover->points[condition->point];
        if (point->was_true && point->was_false) {
            continue;
        }
        enum decide_truth truth = cover_truth(of->pack, domain, condition->node, 0);
        point->was_true = point->was_true || truth == DECIDE_YES;
        point->was_false = point->was_false || truth == DECIDE_NO;
    }
}

void cover_mark(struct cover *cover, const struct cover_pack *of,
                const struct decide_answer *answer)
{
    const struct decide_question *question = answer->question;
    for (size_t i = 0; i < answer->cited_count; i++) {
        for (size_t r = 0; r < of->rule_count && answer->cited[i].is_certain; r++) {
            if (of->rules[r].rule == answer->cited[i].rule) {
                cover->points[of->rules[r].point].has_stood = true;
            }
        }
    }
    uint32_t first = question->person_count > 0 ? 1 : 0;
    for (uint32_t person = first; person <= question->person_count; person++) {
        struct arena_mark mark = arena_mark(cover->arena);
        uint64_t *domain = cover_world(cover->arena, question, person);
        cover_mark_conditions(cover, of, question->act, domain);
        arena_rewind(cover->arena, mark);
    }
}

/* ---- Sums ------------------------------------------------------------------------------------ */

struct str cover_missing(const struct cover_point *point)
{
    if (point->kind == COVER_RULE) {
        return point->has_stood ? (struct str){0} : STR("never stood");
    }
    if (!point->was_true && !point->was_false) {
        return STR("never true and never false");
    }
    return !point->was_true    ? STR("never true")
           : !point->was_false ? STR("never false")
                               : (struct str){0};
}

/* Rules of one clause follow one another, so a clause is new where its key changes. */
static void cover_sum_rule(struct cover_totals *totals, const struct cover_point *point,
                           const struct cover_point **clause, bool *has_fired)
{
    bool is_same = *clause && (*clause)->document == point->document &&
                   str_equal((*clause)->clause, point->clause);
    if (!is_same) {
        *clause = point;
        *has_fired = false;
        totals->clauses++;
    }
    totals->rules++;
    totals->rules_fired += point->has_stood ? 1 : 0;
    if (point->has_stood && !*has_fired) {
        *has_fired = true;
        totals->clauses_fired++;
    }
}

struct cover_totals cover_sum(const struct cover *cover, const struct policy_document *document)
{
    struct cover_totals totals = {0};
    const struct cover_point *clause = NULL;
    bool has_fired = false;
    for (size_t i = 0; i < cover->count; i++) {
        const struct cover_point *point = &cover->points[i];
        if (document && point->document != document) {
            continue;
        }
        if (point->kind == COVER_RULE) {
            cover_sum_rule(&totals, point, &clause, &has_fired);
        } else {
            totals.conditions++;
            totals.conditions_both += point->was_true && point->was_false ? 1 : 0;
        }
    }
    return totals;
}
