/*
 * oracle.c - judges one whole world, exactly as sections 5.2 to 5.7 of the language say.
 *
 * Read first: oracle.h; docs/policy-language.md, section 5. Start at: oracle_judge, at the end.
 *
 * What must hold: each step follows one paragraph in its order and no step is clever. Masks of
 * instances are only a way of writing sets down.
 */
#include "oracle.h"

#include <assert.h>
#include <string.h>

/* Alternatives of one disjunctive form; the generator's conditions have far fewer. */
#define ALTERNATIVES_MAX 64

static uint64_t bit(int i)
{
    return UINT64_C(1) << i;
}

static const struct oracle_rule *rule_of(const struct oracle_engine *engine, int instance)
{
    return &engine->pack->rules[engine->instances[instance].rule];
}

static int clause_of(const struct oracle_engine *engine, int instance)
{
    return rule_of(engine, instance)->clause;
}

/* ---- Conditions ------------------------------------------------------------------------------ */

static bool holds_is(const struct oracle_pack *pack, const struct oracle_world *world,
                     const struct oracle_condition *node)
{
    const struct oracle_fact *fact = &pack->facts[node->fact];
    uint32_t none = UINT32_C(1) << fact->value_count;
    uint32_t listed = node->values;
    if (node->group != ORACLE_NONE) {
        listed |= fact->group_members[node->group];
    }
    uint32_t world_values = fact->kind == ORACLE_FACT_ONE_OF
                                ? UINT32_C(1) << world->values[node->fact]
                                : (uint32_t)world->values[node->fact];
    if (fact->kind == ORACLE_FACT_SOME_OF && world_values == 0) {
        world_values = none; /* "is none" means that no value holds */
    }
    bool is = node->is_all_of ? (world_values & listed) == listed : (world_values & listed) != 0;
    return is != node->is_negated;
}

static bool holds_compare(const struct oracle_pack *pack, const struct oracle_world *world,
                          const struct oracle_condition *node)
{
    int64_t value = world->values[node->fact];
    int64_t limit = node->by_setting ? pack->number_setting : node->number;
    bool is = false; /* 5.1: not applicable makes every comparison false */
    if (value != ORACLE_NOT_APPLICABLE) {
        switch (node->compare) {
        case ORACLE_COMPARE_UNDER:
        case ORACLE_COMPARE_BEFORE:
            is = value < limit;
            break;
        case ORACLE_COMPARE_OVER:
            is = value > limit;
            break;
        case ORACLE_COMPARE_AT_LEAST:
        case ORACLE_COMPARE_FROM:
            is = value >= limit;
            break;
        case ORACLE_COMPARE_AT_MOST:
            is = value <= limit;
            break;
        case ORACLE_COMPARE_EXACTLY:
            is = value == limit;
            break;
        case ORACLE_COMPARE_COUNT:
            assert(false && "no comparison");
        }
    }
    return is != node->is_negated;
}

/* Recursion is as deep as the condition, which the generator keeps below ten. */
bool oracle_holds(const struct oracle_engine *engine, const struct oracle_world *world, int index)
{
    const struct oracle_pack *pack = engine->pack;
    const struct oracle_condition *node = &pack->nodes[index];
    switch (node->kind) {
    case ORACLE_CONDITION_IS:
        return holds_is(pack, world, node);
    case ORACLE_CONDITION_COMPARE:
        return holds_compare(pack, world, node);
    case ORACLE_CONDITION_YES:
        return world->values[node->fact] == 1;
    case ORACLE_CONDITION_DEFINED:
        return oracle_holds(engine, world, pack->definition_when[node->definition]);
    case ORACLE_CONDITION_APPROVED: /* 5.2: true only in the state granted */
        return world->approvals[engine->node_approval[index]] == ORACLE_APPROVAL_GRANTED;
    case ORACLE_CONDITION_NOT:
        return !oracle_holds(engine, world, node->children[0]);
    case ORACLE_CONDITION_AND:
        for (int i = 0; i < node->child_count; i++) {
            if (!oracle_holds(engine, world, node->children[i])) {
                return false;
            }
        }
        return true;
    case ORACLE_CONDITION_OR:
        for (int i = 0; i < node->child_count; i++) {
            if (oracle_holds(engine, world, node->children[i])) {
                return true;
            }
        }
        return false;
    case ORACLE_CONDITION_KIND_COUNT:
        break;
    }
    assert(false && "no condition");
    return false;
}

/* ---- 5.2 When a rule fires ------------------------------------------------------------------- */

bool oracle_acts_have(const struct oracle_pack *pack, uint32_t acts, int act)
{
    return (acts & ORACLE_ACTS_ANYTHING) || (acts >> act & 1) ||
           ((acts & ORACLE_ACTS_GROUP) && (pack->act_group >> act & 1));
}

bool oracle_rule_is_for(const struct oracle_pack *pack, const struct oracle_rule *rule, int act)
{
    bool is_duty = rule->head == ORACLE_HEAD_DUTY_MUST || rule->head == ORACLE_HEAD_DUTY_SHOULD ||
                   rule->head == ORACLE_HEAD_DUTY_ADVISED;
    return (is_duty && rule->acts == 0) || oracle_acts_have(pack, rule->acts, act);
}

static bool fires(const struct oracle_engine *engine, const struct oracle_world *world, int i)
{
    const struct oracle_rule *rule = rule_of(engine, i);
    if (!oracle_rule_is_for(engine->pack, rule, world->act)) {
        return false;
    }
    if (rule->when != ORACLE_NONE && !oracle_holds(engine, world, rule->when)) {
        return false;
    }
    for (int u = 0; u < rule->unless_count; u++) {
        if (oracle_holds(engine, world, rule->unless[u])) {
            return false;
        }
    }
    if (rule->only_if != ORACLE_NONE) {
        bool is_open = oracle_holds(engine, world, rule->only_if);
        return engine->instances[i].effect == ORACLE_EFFECT_GATE ? !is_open : is_open;
    }
    return true;
}

/* One alternative of a disjunctive form, in one world. */
struct alternative {
    bool facts_hold;    /* all parts that are not approvals hold */
    uint64_t approvals; /* the parts that are */
};

static bool has_approval(const struct oracle_pack *pack, int index)
{
    const struct oracle_condition *node = &pack->nodes[index];
    for (int i = 0; i < node->child_count; i++) {
        if (has_approval(pack, node->children[i])) {
            return true;
        }
    }
    return node->kind == ORACLE_CONDITION_APPROVED;
}

static int alternatives(const struct oracle_engine *engine, const struct oracle_world *world,
                        int index, struct alternative *out);

/* "and": every alternative of one part with every alternative of the next. */
static int alternatives_and(const struct oracle_engine *engine, const struct oracle_world *world,
                            const struct oracle_condition *node, struct alternative *out)
{
    int count = 1;
    out[0] = (struct alternative){.facts_hold = true};
    for (int c = 0; c < node->child_count; c++) {
        struct alternative before[ALTERNATIVES_MAX], part[ALTERNATIVES_MAX];
        int before_count = count;
        memcpy(before, out, sizeof(*out) * (size_t)count);
        int part_count = alternatives(engine, world, node->children[c], part);
        count = 0;
        for (int a = 0; a < before_count; a++) {
            for (int b = 0; b < part_count; b++) {
                assert(count < ALTERNATIVES_MAX && "a condition is too wide for the oracle");
                out[count++] = (struct alternative){
                    .facts_hold = before[a].facts_hold && part[b].facts_hold,
                    .approvals = before[a].approvals | part[b].approvals,
                };
            }
        }
    }
    return count;
}

/*
 * The disjunctive form of a condition. A part without approvals stays whole: splitting it further
 * would make more alternatives with the same approvals, and one of them holds when the part does.
 */
static int alternatives(const struct oracle_engine *engine, const struct oracle_world *world,
                        int index, struct alternative *out)
{
    const struct oracle_condition *node = &engine->pack->nodes[index];
    if (!has_approval(engine->pack, index)) {
        out[0] = (struct alternative){.facts_hold = oracle_holds(engine, world, index)};
        return 1;
    }
    if (node->kind == ORACLE_CONDITION_APPROVED) {
        out[0] = (struct alternative){.facts_hold = true,
                                      .approvals = bit(engine->node_approval[index])};
        return 1;
    }
    if (node->kind == ORACLE_CONDITION_AND) {
        return alternatives_and(engine, world, node, out);
    }
    assert(node->kind == ORACLE_CONDITION_OR && "approvals never stand under not");
    int count = 0;
    for (int c = 0; c < node->child_count; c++) {
        struct alternative part[ALTERNATIVES_MAX];
        int part_count = alternatives(engine, world, node->children[c], part);
        assert(count + part_count <= ALTERNATIVES_MAX && "a condition is too wide for the oracle");
        memcpy(out + count, part, sizeof(*out) * (size_t)part_count);
        count += part_count;
    }
    return count;
}

/* No approval of the alternative is refused or withdrawn. */
static bool can_be_had(const struct oracle_engine *engine, const struct oracle_world *world,
                       uint64_t approvals)
{
    for (int i = 0; i < engine->approval_count; i++) {
        if ((approvals & bit(i)) && (world->approvals[i] == ORACLE_APPROVAL_REFUSED ||
                                     world->approvals[i] == ORACLE_APPROVAL_WITHDRAWN)) {
            return false;
        }
    }
    return true;
}

static uint64_t not_yet_granted(const struct oracle_engine *engine,
                                const struct oracle_world *world, uint64_t approvals)
{
    for (int i = 0; i < engine->approval_count; i++) {
        if (world->approvals[i] == ORACLE_APPROVAL_GRANTED) {
            approvals &= ~bit(i);
        }
    }
    return approvals;
}

/* All alternatives of the exceptions of a forbidding rule: every `unless`, a gate's `only if`. */
static int alternatives_of_rule(const struct oracle_engine *engine,
                                const struct oracle_world *world, int i, struct alternative *out)
{
    const struct oracle_rule *rule = rule_of(engine, i);
    int count = 0;
    for (int u = 0; u < rule->unless_count; u++) {
        count += alternatives(engine, world, rule->unless[u], out + count);
    }
    if (engine->instances[i].effect == ORACLE_EFFECT_GATE) {
        count += alternatives(engine, world, rule->only_if, out + count);
    }
    return count;
}

/*
 * The level of a forbidding rule that fires. Adds to j->needed the approvals of every alternative
 * that lacks only approvals. An alternative that asks for all that another one asks for, and for
 * more, need not be in a disjunctive form: j->needed_least leaves it out.
 */
static enum oracle_verdict level_of_forbidding(const struct oracle_engine *engine,
                                               const struct oracle_world *world, int i,
                                               struct oracle_judgement *j)
{
    struct alternative list[(ORACLE_UNLESS_MAX + 1) * ALTERNATIVES_MAX];
    int count = alternatives_of_rule(engine, world, i, list);
    bool needs = false;
    for (int a = 0; a < count; a++) {
        list[a].facts_hold = list[a].facts_hold && list[a].approvals != 0 &&
                             can_be_had(engine, world, list[a].approvals);
    }
    for (int a = 0; a < count; a++) {
        if (!list[a].facts_hold) {
            continue;
        }
        needs = true;
        bool has_less = false;
        for (int b = 0; b < count; b++) {
            has_less = has_less || (list[b].facts_hold && list[b].approvals != list[a].approvals &&
                                    (list[b].approvals & ~list[a].approvals) == 0);
        }
        uint64_t lacking = not_yet_granted(engine, world, list[a].approvals);
        j->needed |= lacking;
        j->needed_least |= has_less ? 0 : lacking;
    }
    return needs ? ORACLE_VERDICT_NEEDS_APPROVAL : ORACLE_VERDICT_FORBIDDEN;
}

/* ---- 5.3 Scope ------------------------------------------------------------------------------- */

static bool in_scope(const struct oracle_engine *engine, const struct oracle_world *world,
                     uint64_t firing)
{
    bool has_covers = false, is_covered = false, is_left_out = false;
    for (int i = 0; i < engine->instance_count; i++) {
        const struct oracle_instance *instance = &engine->instances[i];
        if (instance->is_law || !oracle_rule_is_for(engine->pack, rule_of(engine, i), world->act)) {
            continue; /* covers and leaves out in law have no effect */
        }
        bool is_firing = firing & bit(i);
        if (instance->effect == ORACLE_EFFECT_COVERS) {
            has_covers = true;
            is_covered = is_covered || is_firing;
        }
        if (instance->effect == ORACLE_EFFECT_LEAVES_OUT) {
            is_left_out = is_left_out || is_firing;
        }
    }
    return (!has_covers || is_covered) && !is_left_out;
}

/* Out of scope only law rules count; scope rules that fire are cited whatever the scope (5.2). */
static uint64_t counting(const struct oracle_engine *engine, uint64_t firing, bool is_in_scope)
{
    uint64_t counts = 0;
    for (int i = 0; i < engine->instance_count; i++) {
        const struct oracle_instance *instance = &engine->instances[i];
        bool is_scope = instance->effect == ORACLE_EFFECT_COVERS ||
                        instance->effect == ORACLE_EFFECT_LEAVES_OUT;
        if ((firing & bit(i)) && (is_in_scope || instance->is_law || is_scope)) {
            counts |= bit(i);
        }
    }
    return counts;
}

/* ---- 5.4 Defeat ------------------------------------------------------------------------------ */

/* A fired rule is defeated when a fired, undefeated rule attacks it. Never in a circle. */
static bool is_defeated(const struct oracle_engine *engine, uint64_t counts, int i, int depth)
{
    assert(depth <= ORACLE_INSTANCES_MAX && "attacks run in a circle");
    uint64_t attackers = engine->instances[i].attackers & counts;
    for (int q = 0; attackers >> q != 0 && q < engine->instance_count; q++) {
        if ((attackers & bit(q)) && !is_defeated(engine, counts, q, depth + 1)) {
            return true;
        }
    }
    return false;
}

/* ---- 5.5 Conflicts --------------------------------------------------------------------------- */

static bool is_forbidding(enum oracle_verdict level)
{
    return level == ORACLE_VERDICT_FORBIDDEN || level == ORACLE_VERDICT_NEEDS_APPROVAL;
}

/* `a` requires or permits, `b` forbids or needs approval; both stand and are not suspended. */
static bool do_conflict(const struct oracle_engine *engine, const struct oracle_judgement *j, int a,
                        int b)
{
    const struct oracle_instance *first = &engine->instances[a];
    const struct oracle_instance *second = &engine->instances[b];
    const struct oracle_clause *clauses = engine->pack->clauses;
    if (!is_forbidding(j->levels[b]) ||
        (second->effect != ORACLE_EFFECT_FORBIDS && second->effect != ORACLE_EFFECT_GATE)) {
        return false;
    }
    if (first->effect == ORACLE_EFFECT_REQUIRES) {
        return true;
    }
    return first->effect == ORACLE_EFFECT_PERMITS && !first->is_law && !second->is_law &&
           clause_of(engine, a) != clause_of(engine, b) &&
           clauses[clause_of(engine, a)].topic == clauses[clause_of(engine, b)].topic &&
           second->effect != ORACLE_EFFECT_GATE && !rule_of(engine, b)->is_regardless;
}

static bool settles(const struct oracle_known *known, int clause_a, int clause_b)
{
    return (known->first == clause_a && known->second == clause_b) ||
           (known->first == clause_b && known->second == clause_a);
}

struct pair {
    int milder, forbidding;
};

/* All conflicts that stand, among the rules `rules`. */
static int find_conflicts(const struct oracle_engine *engine, const struct oracle_judgement *j,
                          uint64_t rules, struct pair *pairs)
{
    int count = 0;
    for (int a = 0; a < engine->instance_count; a++) {
        for (int b = 0; (rules & bit(a)) && b < engine->instance_count; b++) {
            if ((rules & bit(b)) && do_conflict(engine, j, a, b)) {
                pairs[count++] = (struct pair){a, b};
            }
        }
    }
    return count;
}

/* All conflicts are found first, then all known conflicts are applied to them at once. */
static bool settle_conflicts(const struct oracle_engine *engine, const struct oracle_world *world,
                             struct oracle_judgement *j)
{
    static _Thread_local struct pair pairs[ORACLE_INSTANCES_MAX * ORACLE_INSTANCES_MAX];
    int count = find_conflicts(engine, j, j->stands & ~j->suspended, pairs);
    for (int k = 0; count > 0 && k < engine->pack->known_count; k++) {
        const struct oracle_known *known = &engine->pack->knowns[k];
        if (known->when != ORACLE_NONE && !oracle_holds(engine, world, known->when)) {
            continue;
        }
        for (int p = 0; p < count; p++) {
            if (!settles(known, clause_of(engine, pairs[p].milder),
                         clause_of(engine, pairs[p].forbidding))) {
                continue;
            }
            if (known->take != ORACLE_TAKE_PROHIBITION) {
                j->set_aside |= bit(pairs[p].forbidding);
            }
            if (known->take != ORACLE_TAKE_PERMIT) {
                j->set_aside |= bit(pairs[p].milder);
            }
            if (known->take == ORACLE_TAKE_ASK) {
                j->known_asks |= UINT32_C(1) << k;
            }
        }
    }
    bool remains = false;
    for (int p = 0; p < count; p++) {
        if (j->set_aside & (bit(pairs[p].milder) | bit(pairs[p].forbidding))) {
            continue; /* a conflict with a side so set aside no longer counts */
        }
        remains = true;
        int a = clause_of(engine, pairs[p].milder), b = clause_of(engine, pairs[p].forbidding);
        j->conflicts[a] |= UINT32_C(1) << b;
        j->conflicts[b] |= UINT32_C(1) << a;
    }
    j->stands &= ~j->set_aside;
    return remains;
}

/* ---- 5.6 Protection by law ------------------------------------------------------------------- */

static void suspend(const struct oracle_engine *engine, struct oracle_judgement *j)
{
    for (int p = 0; p < engine->instance_count; p++) {
        const struct oracle_instance *protects = &engine->instances[p];
        if (protects->effect != ORACLE_EFFECT_PROTECTS || !(j->stands & bit(p))) {
            continue;
        }
        uint32_t against = rule_of(engine, p)->against;
        for (int i = 0; i < engine->instance_count; i++) {
            int topic = engine->pack->clauses[clause_of(engine, i)].topic;
            bool is_strict =
                is_forbidding(j->levels[i]) || j->levels[i] == ORACLE_VERDICT_ASK_FIRST;
            if ((j->stands & bit(i)) && !engine->instances[i].is_law && is_strict &&
                (against == 0 || (against >> topic & 1))) {
                j->suspended |= bit(i);
                j->protecting |= bit(p);
            }
        }
    }
    for (int i = 0; i < engine->instance_count; i++) {
        if (j->suspended & bit(i)) {
            j->levels[i] = ORACLE_VERDICT_ASK_FIRST;
        }
    }
}

/* ---- 5.7 The verdict of a world -------------------------------------------------------------- */

/* The level of a standing rule, NOT_COVERED when it has none. */
static enum oracle_verdict level_of(const struct oracle_engine *engine,
                                    const struct oracle_world *world, int i)
{
    struct oracle_judgement ignored = {0};
    switch (engine->instances[i].effect) {
    case ORACLE_EFFECT_FORBIDS:
    case ORACLE_EFFECT_GATE:
        return level_of_forbidding(engine, world, i, &ignored);
    case ORACLE_EFFECT_CAUTIONS:
        return ORACLE_VERDICT_CAUTION;
    case ORACLE_EFFECT_ASKS_FIRST:
        return ORACLE_VERDICT_ASK_FIRST;
    case ORACLE_EFFECT_REQUIRES:
        return ORACLE_VERDICT_REQUIRED;
    case ORACLE_EFFECT_DUTY: /* nevertheless duties add no level */
        return rule_of(engine, i)->is_nevertheless ? ORACLE_VERDICT_NOT_COVERED
                                                   : ORACLE_VERDICT_ALLOWED_WITH_DUTIES;
    case ORACLE_EFFECT_PERMITS:
        return ORACLE_VERDICT_ALLOWED;
    case ORACLE_EFFECT_COVERS:
    case ORACLE_EFFECT_LEAVES_OUT:
    case ORACLE_EFFECT_PROTECTS:
    case ORACLE_EFFECT_IF_UNSURE:
    case ORACLE_EFFECT_COUNT:
        break;
    }
    return ORACLE_VERDICT_NOT_COVERED;
}

/* Any policy rule for this act forbids, cautions, asks, requires or permits at all. */
static bool policy_speaks(const struct oracle_engine *engine, int act)
{
    for (int i = 0; i < engine->instance_count; i++) {
        enum oracle_effect effect = engine->instances[i].effect;
        if (effect <= ORACLE_EFFECT_PERMITS && effect != ORACLE_EFFECT_DUTY &&
            !engine->instances[i].is_law &&
            oracle_rule_is_for(engine->pack, rule_of(engine, i), act)) {
            return true;
        }
    }
    return false;
}

static void give_verdict(const struct oracle_engine *engine, const struct oracle_world *world,
                         struct oracle_judgement *j, bool conflict_remains)
{
    enum oracle_verdict strictest = ORACLE_VERDICT_NOT_COVERED;
    for (int i = 0; i < engine->instance_count; i++) {
        if (!(j->stands & bit(i))) {
            j->levels[i] = ORACLE_VERDICT_NOT_COVERED;
            continue;
        }
        if (is_forbidding(j->levels[i])) {
            (void)level_of_forbidding(engine, world, i, j);
        }
        strictest = j->levels[i] > strictest ? j->levels[i] : strictest;
    }
    if (j->known_asks != 0 && strictest < ORACLE_VERDICT_ASK_FIRST) {
        strictest = ORACLE_VERDICT_ASK_FIRST;
    }
    if (strictest == ORACLE_VERDICT_NOT_COVERED && j->is_in_scope) {
        j->is_silent = !policy_speaks(engine, world->act);
        strictest = j->is_silent ? ORACLE_VERDICT_NOT_COVERED : ORACLE_VERDICT_ALLOWED;
    }
    j->verdict = conflict_remains ? ORACLE_VERDICT_UNDETERMINED : strictest;
}

void oracle_judge(const struct oracle_engine *engine, const struct oracle_world *world,
                  struct oracle_judgement *j)
{
    *j = (struct oracle_judgement){0};
    for (int i = 0; i < engine->instance_count; i++) { /* 5.2 */
        if (fires(engine, world, i)) {
            j->fires |= bit(i);
            bool needs = level_of(engine, world, i) == ORACLE_VERDICT_NEEDS_APPROVAL;
            j->needs |= needs ? bit(i) : 0;
        }
    }
    j->is_in_scope = in_scope(engine, world, j->fires); /* 5.3 */
    j->counts = counting(engine, j->fires, j->is_in_scope);
    for (int i = 0; i < engine->instance_count; i++) { /* 5.4 */
        if ((j->counts & bit(i)) && is_defeated(engine, j->counts, i, 0)) {
            j->defeated |= bit(i);
        }
    }
    j->stands = j->counts & ~j->defeated;
    for (int i = 0; i < engine->instance_count; i++) {
        if (j->stands & bit(i)) {
            j->levels[i] = level_of(engine, world, i);
        }
    }
    suspend(engine, j); /* 5.6: suspended rules take no part in conflicts, so it comes first */
    bool conflict_remains = settle_conflicts(engine, world, j); /* 5.5 */
    give_verdict(engine, world, j, conflict_remains);           /* 5.7 */
}
