/*
 * policy/check_circle.c - circles of definitions, and circles of attacks between rules.
 *
 * Read first: docs/policy-language.md, section 4 ("Definitions") and 5.4 (who attacks whom).
 * Start at: check_circles.
 *
 * Attacks are looked at act by act, because rules of different acts never fire together. Between a
 * rule and its targets stand points, so that a clause with n permits and m prohibitions has n + m
 * edges and not n times m:
 *     rule -> point of (clause, way of attacking) -> each rule of the clause that it can defeat
 * The way says what the target must not be: the four are in enum way.
 *
 * What must hold: walks keep their own stack, so that depth is bounded by memory of the arena and
 * not by the stack of the program.
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

struct attack_rule {
    const struct policy_rule *rule;
    const struct check_clause *clause;
};

struct attacks {
    struct check *check;
    struct attack_rule *rules; /* clause by clause */
    size_t rule_count;
    size_t *first_rule; /* of each clause, and one past the last */
    uint64_t *acts;     /* of each rule, act_words each */
    size_t act_words;
    enum mark *marks;  /* of rules, then of points */
    bool *is_reported; /* of rules */
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
        /* Of "may ... only if ... regardless" the gate is regardless; the permit can be overridden. */
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

static bool overrides_own_clause(const struct attack_rule *rule)
{
    for (size_t i = 0; i < rule->rule->overrides.count; i++) {
        if (str_equal(rule->rule->overrides.at[i].text, rule->clause->clause->key.text)) {
            return true;
        }
    }
    return false;
}

/* A rule that names its own clause attacks each other rule there, without a point between. */
static bool edge_within_clause(const struct attacks *attacks, size_t rule, size_t nth, size_t *to)
{
    size_t clause = attacks->rules[rule].clause->index;
    size_t target = attacks->first_rule[clause] + nth;
    if (target >= attacks->first_rule[clause + 1] || !overrides_own_clause(&attacks->rules[rule])) {
        return false;
    }
    if (target != rule && is_target(attacks->rules[target].rule, WAY_OVERRIDE)) {
        *to = target;
    }
    return true;
}

/*
 * The nth edge of a node: from a rule to a point, from a point to a rule. False past the last.
 * SIZE_MAX is an edge to nowhere.
 */
static bool edge_of_rule(const struct attacks *attacks, size_t rule, size_t nth, size_t *to)
{
    const struct attack_rule *from = &attacks->rules[rule];
    size_t point = attacks->rule_count;
    *to = SIZE_MAX;
    if (nth == 0) {
        if (from->rule->effect == POLICY_EFFECT_PERMITS) {
            *to = point + from->clause->index * WAY_COUNT + WAY_PERMIT;
        }
        return true;
    }
    size_t named = from->rule->overrides.count;
    if (nth > named) {
        return edge_within_clause(attacks, rule, nth - named - 1, to);
    }
    const struct check_clause *clause =
        check_find(attacks->check, CHECK_CLAUSES, from->rule->overrides.at[nth - 1].text);
    bool is_lawful = clause && (from->clause->is_law || !clause->is_law);
    if (is_lawful && clause != from->clause) {
        bool is_strong = from->clause->is_law && !clause->is_law;
        *to = point + clause->index * WAY_COUNT + (is_strong ? WAY_OVERRIDE_BY_LAW : WAY_OVERRIDE);
    }
    return true;
}

static bool edge_of_point(const struct attacks *attacks, size_t point, size_t nth, size_t *to)
{
    size_t index = point - attacks->rule_count;
    size_t clause = index / WAY_COUNT, rule = attacks->first_rule[clause] + nth;
    *to = SIZE_MAX;
    if (rule >= attacks->first_rule[clause + 1]) {
        return false;
    }
    if (is_target(attacks->rules[rule].rule, (enum way)(index % WAY_COUNT))) {
        *to = rule;
    }
    return true;
}

struct visit {
    size_t node, next;
};

/* The circle goes from `again`, a node that is open, to the top of the stack. */
static void report_attack(struct attacks *attacks, const struct visit *visits, size_t count,
                          size_t again)
{
    struct text path = {.arena = attacks->check->arena};
    size_t at = count - 1;
    while (visits[at].node != again) {
        at--;
    }
    size_t first = again < attacks->rule_count ? again : visits[at + 1].node;
    bool is_known = attacks->is_reported[first];
    for (; at < count; at++) {
        size_t node = visits[at].node;
        if (node < attacks->rule_count) {
            const struct attack_rule *rule = &attacks->rules[node];
            attacks->is_reported[node] = true;
            text_addf(&path, STR_FMT " (line %u), ", STR_ARG(rule->clause->clause->key.text),
                      rule->rule->place.line);
        }
    }
    if (is_known) {
        return;
    }
    const struct attack_rule *rule = &attacks->rules[first];
    text_addf(&path, STR_FMT, STR_ARG(rule->clause->clause->key.text));
    problem_add(attacks->check->diags, PROBLEM_ATTACK_CIRCLE, rule->rule->place,
                STR("take one \"overrides\" out, so that it is clear which rule prevails"),
                "rules override one another in a circle: " STR_FMT, STR_ARG(text_str(&path)));
}

/* Depth first from one rule, over the rules of one act. */
static void walk_attacks(struct attacks *attacks, size_t start, size_t act, struct visit *stack)
{
    size_t count = 0;
    stack[count++] = (struct visit){start, 0};
    attacks->marks[start] = MARK_OPEN;
    while (count > 0) {
        struct visit *top = &stack[count - 1];
        size_t to = SIZE_MAX;
        bool is_rule = top->node < attacks->rule_count;
        bool has_edge = is_rule ? edge_of_rule(attacks, top->node, top->next, &to)
                                : edge_of_point(attacks, top->node, top->next, &to);
        top->next++;
        if (!has_edge) {
            attacks->marks[top->node] = MARK_DONE;
            count--;
        } else if (to != SIZE_MAX && (to >= attacks->rule_count || has_act(attacks, to, act))) {
            if (attacks->marks[to] == MARK_NEW) {
                attacks->marks[to] = MARK_OPEN;
                stack[count++] = (struct visit){to, 0};
            } else if (attacks->marks[to] == MARK_OPEN) {
                report_attack(attacks, stack, count, to);
            }
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
                      const struct hash_map *groups, uint64_t *const *group_acts)
{
    const struct check_table_data *table = &attacks->check->tables[CHECK_ACTS];
    for (size_t i = 0; i < rule->acts.count; i++) {
        struct str name = rule->acts.at[i].text;
        uint32_t index = 0;
        if (hash_map_get(&table->map, name, &index)) {
            set_act(acts, index);
        } else if (hash_map_get(groups, name, &index)) {
            for (size_t word = 0; word < attacks->act_words; word++) {
                acts[word] |= group_acts[index][word];
            }
        } else if (str_equal(name, STR("anything"))) {
            for (size_t act = 0; act < table->count; act++) {
                set_act(acts, act);
            }
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

static bool has_overrides(const struct attacks *attacks)
{
    for (size_t i = 0; i < attacks->rule_count; i++) {
        if (attacks->rules[i].rule->overrides.count > 0) {
            return true;
        }
    }
    return false;
}

static void check_attacks(struct check *check)
{
    struct attacks attacks = {.check = check};
    make_rules(&attacks);
    if (!has_overrides(&attacks)) {
        return; /* permits attack only what never attacks back */
    }
    size_t act_count = check->tables[CHECK_ACTS].count;
    size_t nodes = attacks.rule_count + check->clause_count * WAY_COUNT;
    attacks.act_words = act_count / 64 + 1;
    attacks.acts = ARENA_ARRAY(check->arena, uint64_t, attacks.rule_count * attacks.act_words);
    attacks.marks = ARENA_ARRAY(check->arena, enum mark, nodes);
    attacks.is_reported = ARENA_ARRAY(check->arena, bool, attacks.rule_count);
    struct visit *visits = ARENA_ARRAY(check->arena, struct visit, nodes);
    uint64_t **group_acts = make_group_acts(&attacks);
    for (size_t i = 0; i < attacks.rule_count; i++) {
        fill_acts(&attacks, attacks.rules[i].rule, &attacks.acts[i * attacks.act_words],
                  &check->tables[CHECK_ACT_GROUPS].map, group_acts);
    }
    for (size_t act = 0; act < act_count; act++) {
        memset(attacks.marks, 0, nodes * sizeof *attacks.marks);
        for (size_t i = 0; i < attacks.rule_count; i++) {
            if (attacks.marks[i] == MARK_NEW && has_act(&attacks, i, act)) {
                walk_attacks(&attacks, i, act, visits);
            }
        }
    }
}

void check_circles(struct check *check)
{
    check_definitions(check);
    check_attacks(check);
}
