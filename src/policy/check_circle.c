/*
 * policy/check_circle.c - circles of definitions, and circles of attacks between rules.
 *
 * Read first: docs/policy-language.md, section 4 ("Definitions") and 5.4 (who attacks whom).
 * Start at: check_circles.
 *
 * Attacks are looked at act by act, because rules of different acts never fire together. Between
 * a rule and its targets stand points, so that a clause with n attackers and m targets has n + m
 * edges and not n times m:
 *     rule -> point of (clause, way of attacking) -> each rule of the clause that is a target there
 *
 * What must hold: walks keep their own stack, so that depth is bounded by memory of the arena and
 * not by the stack of the program; the time is linear in rules and overrides for each act.
 */
#include "policy/check_int.h"

#include <string.h>

/* ---- Definitions ----------------------------------------------------------------------------- */

enum mark { MARK_NEW, MARK_OPEN, MARK_DONE };

struct definitions {
    struct check *check;
    struct hash_map index;
    struct policy_definition **at;
    enum mark *marks;
    size_t count;
};

/* The names of definitions that a condition uses, in a list. */
static void add_uses(const struct definitions *all, const struct policy_condition *condition,
                     struct policy_names *uses)
{
    if (condition->kind == POLICY_CONDITION_BARE &&
        hash_map_get(&all->index, condition->fact.text, NULL)) {
        *LIST_ADD(all->check->arena, uses->at, uses->count) = condition->fact;
    }
    for (size_t i = 0; i < condition->child_count; i++) {
        add_uses(all, condition->children[i], uses);
    }
}

struct step {
    uint32_t definition;
    struct policy_names uses;
    size_t next;
};

static void report_definition(struct definitions *all, const struct step *steps, size_t count,
                              uint32_t first)
{
    struct text path = {.arena = all->check->arena};
    bool is_inside = false;
    for (size_t i = 0; i < count; i++) {
        is_inside |= steps[i].definition == first;
        if (is_inside) {
            text_add(&path, all->at[steps[i].definition]->name.text);
            text_add(&path, STR(", "));
        }
    }
    text_add(&path, all->at[first]->name.text);
    problem_add(all->check->diags, PROBLEM_DEFINITION_CIRCLE, all->at[first]->name.place,
                STR("let one of them say what it means without the others"),
                "definitions lead back to themselves: " STR_FMT, STR_ARG(text_str(&path)));
}

static void walk_definition(struct definitions *all, uint32_t start)
{
    struct step *steps = NULL;
    size_t count = 0;
    uint32_t next = start;
    for (bool is_new = true;;) {
        if (is_new) {
            struct step *step = LIST_ADD(all->check->arena, steps, count);
            *step = (struct step){.definition = next};
            all->marks[next] = MARK_OPEN;
            if (all->at[next]->when) {
                add_uses(all, all->at[next]->when, &step->uses);
            }
        }
        struct step *top = &steps[count - 1];
        is_new = false;
        if (top->next == top->uses.count) {
            all->marks[top->definition] = MARK_DONE;
            if (--count == 0) {
                return;
            }
            continue;
        }
        (void)hash_map_get(&all->index, top->uses.at[top->next++].text, &next);
        if (all->marks[next] == MARK_OPEN) {
            report_definition(all, steps, count, next);
        }
        is_new = all->marks[next] == MARK_NEW;
    }
}

static void check_definitions(struct check *check)
{
    const struct check_table_data *table = &check->tables[CHECK_DEFINITIONS];
    struct definitions all = {.check = check, .index = table->map, .count = table->count};
    all.at = ARENA_ARRAY(check->arena, struct policy_definition *, table->count + 1);
    all.marks = ARENA_ARRAY(check->arena, enum mark, table->count + 1);
    for (size_t i = 0; i < table->count; i++) {
        all.at[i] = table->entries[i].item;
    }
    for (size_t i = 0; i < table->count; i++) {
        if (all.marks[i] == MARK_NEW) {
            walk_definition(&all, (uint32_t)i);
        }
    }
}

/* ---- Attacks --------------------------------------------------------------------------------- */

/* How a clause can be attacked: each a point with edges to some of the clause's rules. */
enum way {
    WAY_PERMIT,          /* by a permit of the same clause */
    WAY_OVERRIDE,        /* by name */
    WAY_OVERRIDE_BY_LAW, /* a law rule names a clause of a policy: regardless or not */
    WAY_COUNT
};

#define EVERY_ACT SIZE_MAX          /* look at all rules, whatever their acts */
#define NOWHERE SIZE_MAX            /* an edge that is none */
#define RULES_SHOWN_MAX ((size_t)6) /* of a circle, in a message */

struct attack_rule {
    const struct policy_rule *rule;
    const struct check_clause *clause;
};

struct visit {
    size_t node, next; /* next: the edge to follow */
};

struct attacks {
    struct check *check;
    struct attack_rule *rules; /* clause by clause */
    size_t rule_count;
    size_t *first_rule; /* of each clause, and one past the last */
    uint64_t *acts;     /* of each rule, act_words each */
    size_t act_words;
    size_t act;        /* looked at now, or EVERY_ACT */
    bool *is_reported; /* of rules */
    bool has_circle;

    /* Of each node, rules first and then points: for finding strongly connected components. */
    size_t node_count;
    uint32_t *order, *low; /* order 0: not visited yet */
    bool *is_open;         /* its component is not complete */
    size_t *open;          /* nodes whose component is not complete, in the order of visiting */
    size_t open_count;
    uint32_t visited;
    struct visit *visits; /* from the start of the walk down to here */
    size_t visit_count;
};

static bool is_weighing(const struct policy_rule *rule)
{
    return rule->effect == POLICY_EFFECT_FORBIDS || rule->effect == POLICY_EFFECT_CAUTIONS ||
           rule->effect == POLICY_EFFECT_ASKS_FIRST;
}

static bool is_target(const struct policy_rule *rule, enum way way)
{
    switch (way) {
    case WAY_PERMIT:
        return is_weighing(rule) && !rule->is_regardless;
    case WAY_OVERRIDE:
    case WAY_OVERRIDE_BY_LAW:
        /* Of "may" with "only if" and "regardless" the gate is regardless, and not the permit. */
        return rule->effect == POLICY_EFFECT_PERMITS ||
               (is_weighing(rule) && (!rule->is_regardless || way == WAY_OVERRIDE_BY_LAW));
    case WAY_COUNT:
        break;
    }
    return false;
}

static bool has_act(const struct attacks *attacks, size_t rule, size_t act)
{
    return (attacks->acts[rule * attacks->act_words + act / 64] >> (act % 64) & 1) != 0;
}

/* Whether a node takes part in what is looked at. */
static bool is_present(const struct attacks *attacks, size_t node)
{
    return node >= attacks->rule_count || attacks->act == EVERY_ACT ||
           has_act(attacks, node, attacks->act);
}

/* From a rule to the points that it attacks. False past its last edge. */
static bool edge_of_rule(const struct attacks *attacks, size_t rule, size_t nth, size_t *to)
{
    const struct attack_rule *from = &attacks->rules[rule];
    size_t points = attacks->rule_count;
    *to = NOWHERE;
    if (nth == 0) {
        bool is_permit = from->rule->effect == POLICY_EFFECT_PERMITS;
        *to = is_permit ? points + from->clause->index * WAY_COUNT + WAY_PERMIT : NOWHERE;
        return true;
    }
    if (nth > from->rule->overrides.count) {
        return false;
    }
    const struct check_clause *clause =
        check_find(attacks->check, CHECK_CLAUSES, from->rule->overrides.at[nth - 1].text);
    if (clause && (from->clause->is_law || !clause->is_law)) {
        bool is_strong = from->clause->is_law && !clause->is_law;
        enum way way = is_strong ? WAY_OVERRIDE_BY_LAW : WAY_OVERRIDE;
        *to = points + clause->index * WAY_COUNT + way;
    }
    return true;
}

/* From a point to the rules of its clause that are targets there. */
static bool edge_of_point(const struct attacks *attacks, size_t point, size_t nth, size_t *to)
{
    size_t index = point - attacks->rule_count;
    size_t clause = index / WAY_COUNT, rule = attacks->first_rule[clause] + nth;
    if (rule >= attacks->first_rule[clause + 1]) {
        return false;
    }
    bool is_hit = is_target(attacks->rules[rule].rule, (enum way)(index % WAY_COUNT));
    *to = is_hit ? rule : NOWHERE;
    return true;
}

/* ---- Strongly connected components (Tarjan 1972) --------------------------------------------- */

/* The rules of a component, the first of which has not been reported yet. */
static void report_circle(struct attacks *attacks, const size_t *nodes, size_t count, size_t rules)
{
    bool *is_member = ARENA_ARRAY(attacks->check->arena, bool, attacks->rule_count);
    struct text list = {.arena = attacks->check->arena};
    struct policy_place place = {0};
    size_t shown = 0;
    for (size_t i = 0; i < count; i++) {
        if (nodes[i] < attacks->rule_count) {
            is_member[nodes[i]] = true;
            attacks->is_reported[nodes[i]] = true;
        }
    }
    for (size_t i = 0; i < attacks->rule_count && shown < RULES_SHOWN_MAX; i++) {
        const struct attack_rule *member = &attacks->rules[i];
        if (is_member[i]) {
            place = shown == 0 ? member->rule->place : place;
            text_addf(&list, "%s" STR_FMT " (line %u)", shown == 0 ? "" : ", ",
                      STR_ARG(member->clause->clause->key.text), member->rule->place.line);
            shown++;
        }
    }
    if (rules > shown) {
        text_addf(&list, " and %zu more", rules - shown);
    }
    problem_add(attacks->check->diags, PROBLEM_ATTACK_CIRCLE, place,
                STR("take one \"overrides\" out, so that it is clear which rule prevails"),
                "rules override one another in a circle: " STR_FMT, STR_ARG(text_str(&list)));
}

/*
 * The component that begins with `node` is complete. Two rules in it attack one another by way of
 * others; a rule alone attacks at most itself, which does not count.
 */
static void close_component(struct attacks *attacks, size_t node)
{
    size_t begin = attacks->open_count, rules = 0;
    bool is_new = true;
    do {
        begin--;
        size_t member = attacks->open[begin];
        attacks->is_open[member] = false;
        if (member < attacks->rule_count) {
            rules++;
            is_new = is_new && !attacks->is_reported[member];
        }
    } while (attacks->open[begin] != node);
    if (rules >= 2) {
        attacks->has_circle = true;
        if (is_new && attacks->act != EVERY_ACT) {
            report_circle(attacks, &attacks->open[begin], attacks->open_count - begin, rules);
        }
    }
    attacks->open_count = begin;
}

static void enter(struct attacks *attacks, size_t node)
{
    attacks->order[node] = attacks->low[node] = ++attacks->visited;
    attacks->is_open[node] = true;
    attacks->open[attacks->open_count++] = node;
    attacks->visits[attacks->visit_count++] = (struct visit){node, 0};
}

static void lower(struct attacks *attacks, size_t node, uint32_t to)
{
    attacks->low[node] = to < attacks->low[node] ? to : attacks->low[node];
}

static void leave(struct attacks *attacks)
{
    size_t node = attacks->visits[--attacks->visit_count].node;
    if (attacks->low[node] == attacks->order[node]) {
        close_component(attacks, node);
    } else {
        lower(attacks, attacks->visits[attacks->visit_count - 1].node, attacks->low[node]);
    }
}

static void walk_from(struct attacks *attacks, size_t start)
{
    enter(attacks, start);
    while (attacks->visit_count > 0) {
        struct visit *top = &attacks->visits[attacks->visit_count - 1];
        size_t to = NOWHERE, nth = top->next++;
        bool has_edge = top->node < attacks->rule_count
                            ? edge_of_rule(attacks, top->node, nth, &to)
                            : edge_of_point(attacks, top->node, nth, &to);
        if (!has_edge) {
            leave(attacks);
        } else if (to != NOWHERE && is_present(attacks, to)) {
            if (attacks->order[to] == 0) {
                enter(attacks, to);
            } else if (attacks->is_open[to]) {
                lower(attacks, top->node, attacks->order[to]);
            }
        }
    }
}

/* Looks at the rules of one act, or of all. */
static void look_at(struct attacks *attacks, size_t act)
{
    attacks->act = act;
    attacks->visited = 0;
    memset(attacks->order, 0, attacks->node_count * sizeof *attacks->order);
    for (size_t i = 0; i < attacks->rule_count; i++) {
        if (attacks->order[i] == 0 && is_present(attacks, i)) {
            walk_from(attacks, i);
        }
    }
}

/* ---- The graph ------------------------------------------------------------------------------- */

static void set_act(uint64_t *acts, size_t act)
{
    acts[act / 64] |= UINT64_C(1) << (act % 64);
}

/* The acts of a rule as bits; acts are numbered as they are declared. */
static void fill_acts(const struct attacks *attacks, const struct policy_rule *rule, uint64_t *acts,
                      uint64_t *const *group_acts)
{
    const struct check_table_data *table = &attacks->check->tables[CHECK_ACTS];
    const struct check_table_data *groups = &attacks->check->tables[CHECK_ACT_GROUPS];
    for (size_t i = 0; i < rule->acts.count; i++) {
        struct str name = rule->acts.at[i].text;
        uint32_t index = 0;
        if (hash_map_get(&table->map, name, &index)) {
            set_act(acts, index);
        } else if (hash_map_get(&groups->map, name, &index)) {
            for (size_t word = 0; word < attacks->act_words; word++) {
                acts[word] |= group_acts[index][word];
            }
        } else if (str_equal(name, STR("anything"))) {
            memset(acts, 0xFF, attacks->act_words * sizeof *acts);
        }
    }
}

static uint64_t **make_group_acts(const struct attacks *attacks)
{
    struct check *check = attacks->check;
    const struct check_table_data *groups = &check->tables[CHECK_ACT_GROUPS];
    const struct check_table_data *acts = &check->tables[CHECK_ACTS];
    uint64_t **out = ARENA_ARRAY(check->arena, uint64_t *, groups->count + 1);
    for (size_t i = 0; i < groups->count; i++) {
        out[i] = ARENA_ARRAY(check->arena, uint64_t, attacks->act_words);
    }
    for (size_t i = 0; i < acts->count; i++) {
        const struct policy_act *act = acts->entries[i].item;
        for (size_t j = 0; j < act->groups.count; j++) {
            uint32_t group = 0;
            if (hash_map_get(&groups->map, act->groups.at[j].text, &group)) {
                set_act(out[group], i);
            }
        }
    }
    return out;
}

static void make_rules(struct attacks *attacks)
{
    struct check *check = attacks->check;
    attacks->first_rule = ARENA_ARRAY(check->arena, size_t, check->clause_count + 1);
    for (size_t i = 0; i < check->clause_count; i++) {
        const struct policy_clause *clause = check->clauses[i]->clause;
        attacks->first_rule[i] = attacks->rule_count;
        for (size_t j = 0; j < clause->rule_count; j++) {
            *LIST_ADD(check->arena, attacks->rules, attacks->rule_count) =
                (struct attack_rule){&clause->rules[j], check->clauses[i]};
        }
    }
    attacks->first_rule[check->clause_count] = attacks->rule_count;
}

static void make_nodes(struct attacks *attacks)
{
    struct arena *arena = attacks->check->arena;
    size_t count = attacks->rule_count + attacks->check->clause_count * WAY_COUNT;
    attacks->node_count = count;
    attacks->order = ARENA_ARRAY(arena, uint32_t, count);
    attacks->low = ARENA_ARRAY(arena, uint32_t, count);
    attacks->is_open = ARENA_ARRAY(arena, bool, count);
    attacks->open = ARENA_ARRAY(arena, size_t, count);
    attacks->visits = ARENA_ARRAY(arena, struct visit, count);
    attacks->is_reported = ARENA_ARRAY(arena, bool, attacks->rule_count + 1);
}

static void make_acts(struct attacks *attacks)
{
    struct arena *arena = attacks->check->arena;
    attacks->act_words = attacks->check->tables[CHECK_ACTS].count / 64 + 1;
    attacks->acts = ARENA_ARRAY(arena, uint64_t, attacks->rule_count * attacks->act_words);
    uint64_t **group_acts = make_group_acts(attacks);
    for (size_t i = 0; i < attacks->rule_count; i++) {
        uint64_t *acts = &attacks->acts[i * attacks->act_words];
        fill_acts(attacks, attacks->rules[i].rule, acts, group_acts);
    }
}

/* Acts with the same rules have the same circles: a number that stands for the rules of an act. */
static uint64_t rules_of_act(const struct attacks *attacks, size_t act)
{
    uint64_t mixed = 0;
    for (size_t i = 0; i < attacks->rule_count; i++) {
        if (has_act(attacks, i, act)) {
            mixed = (mixed ^ (i + 1)) * UINT64_C(0x9E3779B97F4A7C15);
            mixed ^= mixed >> 29;
        }
    }
    return mixed;
}

static void check_attacks(struct check *check)
{
    struct attacks attacks = {.check = check};
    make_rules(&attacks);
    make_nodes(&attacks);
    look_at(&attacks, EVERY_ACT);
    if (!attacks.has_circle) {
        return; /* as in every policy that is in order */
    }
    make_acts(&attacks);
    size_t count = check->tables[CHECK_ACTS].count;
    uint64_t *seen = ARENA_ARRAY(check->arena, uint64_t, count + 1);
    struct hash_map is_seen = hash_map_new(check->arena);
    for (size_t act = 0; act < count; act++) {
        seen[act] = rules_of_act(&attacks, act);
        if (hash_map_put(&is_seen, (struct str){(const char *)&seen[act], sizeof seen[act]}, 0)) {
            look_at(&attacks, act);
        }
    }
}

void check_circles(struct check *check)
{
    check_definitions(check);
    check_attacks(check);
}
