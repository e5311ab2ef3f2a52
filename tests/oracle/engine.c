/*
 * engine.c - a pack made ready for the oracle: rules split as 5.2 says, attacks, approvals, names.
 *
 * Read first: oracle.h; docs/policy-language.md, sections 4, 5.2 and 5.4. Start at: oracle_prepare.
 */
#include "oracle.h"

#include <assert.h>

/* ---- Heads, section 4 ------------------------------------------------------------------------ */

static const struct {
    enum oracle_effect effect;
    enum oracle_strength strength;
} heads[ORACLE_HEAD_COUNT] = {
    [ORACLE_HEAD_MUST_NOT] = {ORACLE_EFFECT_FORBIDS, ORACLE_STRENGTH_MUST},
    [ORACLE_HEAD_SHOULD_NOT] = {ORACLE_EFFECT_FORBIDS, ORACLE_STRENGTH_SHOULD},
    [ORACLE_HEAD_ADVISED_NOT] = {ORACLE_EFFECT_CAUTIONS, ORACLE_STRENGTH_ADVISED},
    [ORACLE_HEAD_TAKE_CARE] = {ORACLE_EFFECT_CAUTIONS, ORACLE_STRENGTH_SHOULD},
    [ORACLE_HEAD_ASK_FIRST] = {ORACLE_EFFECT_ASKS_FIRST, ORACLE_STRENGTH_SHOULD},
    [ORACLE_HEAD_MUST] = {ORACLE_EFFECT_REQUIRES, ORACLE_STRENGTH_MUST},
    [ORACLE_HEAD_SHOULD] = {ORACLE_EFFECT_REQUIRES, ORACLE_STRENGTH_SHOULD},
    [ORACLE_HEAD_DUTY_MUST] = {ORACLE_EFFECT_DUTY, ORACLE_STRENGTH_MUST},
    [ORACLE_HEAD_DUTY_SHOULD] = {ORACLE_EFFECT_DUTY, ORACLE_STRENGTH_SHOULD},
    [ORACLE_HEAD_DUTY_ADVISED] = {ORACLE_EFFECT_DUTY, ORACLE_STRENGTH_ADVISED},
    [ORACLE_HEAD_MAY] = {ORACLE_EFFECT_PERMITS, ORACLE_STRENGTH_MAY},
    [ORACLE_HEAD_COVERS] = {ORACLE_EFFECT_COVERS, ORACLE_STRENGTH_STATES},
    [ORACLE_HEAD_LEAVES_OUT] = {ORACLE_EFFECT_LEAVES_OUT, ORACLE_STRENGTH_STATES},
    [ORACLE_HEAD_PROTECTS] = {ORACLE_EFFECT_PROTECTS, ORACLE_STRENGTH_MUST},
    [ORACLE_HEAD_IF_UNSURE] = {ORACLE_EFFECT_IF_UNSURE, ORACLE_STRENGTH_SHOULD},
};

static void add_instance(struct oracle_engine *engine, int rule, enum oracle_effect effect,
                         enum oracle_strength strength)
{
    assert(engine->instance_count < ORACLE_INSTANCES_MAX &&
           "more rules than the oracle has room for");
    int clause = engine->pack->rules[rule].clause;
    engine->instances[engine->instance_count++] = (struct oracle_instance){
        .rule = rule,
        .effect = effect,
        .strength = strength,
        .is_law = engine->pack->clauses[clause].file == 0,
    };
}

static void split_rules(struct oracle_engine *engine)
{
    for (int r = 0; r < engine->pack->rule_count; r++) {
        const struct oracle_rule *rule = &engine->pack->rules[r];
        enum oracle_strength strength = rule->has_words ? rule->words : heads[rule->head].strength;
        add_instance(engine, r, heads[rule->head].effect, strength);
        if (rule->only_if != ORACLE_NONE) {
            /* Reading: a "words" line restates the permit; the gate forbids with "may" (5.2). */
            add_instance(engine, r, ORACLE_EFFECT_GATE, ORACLE_STRENGTH_MAY);
        }
    }
}

/* ---- 5.4 Defeat: who attacks whom ------------------------------------------------------------ */

static bool is_overridable(enum oracle_effect effect)
{
    return effect == ORACLE_EFFECT_FORBIDS || effect == ORACLE_EFFECT_GATE ||
           effect == ORACLE_EFFECT_CAUTIONS || effect == ORACLE_EFFECT_ASKS_FIRST ||
           effect == ORACLE_EFFECT_PERMITS;
}

static bool attacks(const struct oracle_engine *engine, int q, int r)
{
    const struct oracle_instance *first = &engine->instances[q];
    const struct oracle_instance *second = &engine->instances[r];
    const struct oracle_rule *first_rule = &engine->pack->rules[first->rule];
    const struct oracle_rule *second_rule = &engine->pack->rules[second->rule];
    if (!first->is_law && second->is_law) {
        return false; /* a policy rule never attacks a law rule */
    }
    bool is_liftable = second->effect == ORACLE_EFFECT_FORBIDS ||
                       second->effect == ORACLE_EFFECT_CAUTIONS ||
                       second->effect == ORACLE_EFFECT_ASKS_FIRST;
    if (first->effect == ORACLE_EFFECT_PERMITS && is_liftable &&
        first_rule->clause == second_rule->clause && !second_rule->is_regardless) {
        return true;
    }
    bool is_regardless = second_rule->is_regardless && second->effect != ORACLE_EFFECT_PERMITS;
    bool may_override = !is_regardless || (first->is_law && !second->is_law);
    if (first->effect == ORACLE_EFFECT_GATE) {
        return false; /* 5.2: `overrides` belongs to the permit, `regardless` to the gate */
    }
    return (first_rule->overrides >> second_rule->clause & 1) && is_overridable(second->effect) &&
           q != r && may_override;
}

/* ---- Approvals: "in one clause, the same roles with the same qualifiers are one" ------------- */

static bool is_same(const struct oracle_approval *a, const struct oracle_approval *b)
{
    return a->is_consent == b->is_consent && a->roles == b->roles &&
           a->in_writing == b->in_writing && a->in_advance == b->in_advance &&
           a->afterwards == b->afterwards && a->with_reason == b->with_reason &&
           a->lasts == b->lasts && a->lasts_unit == b->lasts_unit;
}

/* Roles that may give it: those named, and the members of a group that is named. */
static uint32_t who_may_give(const struct oracle_pack *pack, const struct oracle_approval *what)
{
    uint32_t group = pack->role_group == ORACLE_NONE ? 0 : UINT32_C(1) << pack->role_group;
    return what->roles & group ? (what->roles & ~group) | pack->role_group_members : what->roles;
}

/* Reading: roles are the same when they are so once settings have their values. */
static void settle_roles(const struct oracle_pack *pack, struct oracle_approval *what)
{
    uint32_t setting = pack->role_setting == ORACLE_NONE ? 0 : UINT32_C(1) << pack->role_setting;
    if (what->roles & setting) {
        what->roles = (what->roles & ~setting) | UINT32_C(1) << pack->role_setting_value;
    }
    if (what->roles == 0 && !what->is_consent && pack->has_approver) {
        what->roles = UINT32_C(1) << pack->approver;
    }
}

static int find_approval(struct oracle_engine *engine, int clause,
                         const struct oracle_approval *what)
{
    for (int i = 0; i < engine->approval_count; i++) {
        if (engine->approvals[i].clause == clause && is_same(&engine->approvals[i].what, what)) {
            return i;
        }
    }
    assert(engine->approval_count < ORACLE_APPROVALS_MAX &&
           "more approvals than there is room for");
    engine->approvals[engine->approval_count] = (struct oracle_asked){
        .clause = clause,
        .what = *what,
        .roles = who_may_give(engine->pack, what),
    };
    return engine->approval_count++;
}

static void collect_approvals(struct oracle_engine *engine, int clause, int index)
{
    if (index == ORACLE_NONE) {
        return;
    }
    const struct oracle_condition *node = &engine->pack->nodes[index];
    if (node->kind == ORACLE_CONDITION_APPROVED) {
        struct oracle_approval what = node->approval;
        settle_roles(engine->pack, &what);
        engine->node_approval[index] = find_approval(engine, clause, &what);
    }
    for (int i = 0; i < node->child_count; i++) {
        collect_approvals(engine, clause, node->children[i]);
    }
}

void oracle_prepare(struct oracle_engine *engine, const struct oracle_pack *pack)
{
    engine->pack = pack;
    engine->instance_count = 0;
    engine->approval_count = 0;
    for (int i = 0; i < ORACLE_NODES_MAX; i++) {
        engine->node_approval[i] = ORACLE_NONE;
    }
    for (int r = 0; r < pack->rule_count; r++) {
        const struct oracle_rule *rule = &pack->rules[r];
        for (int u = 0; u < rule->unless_count; u++) {
            collect_approvals(engine, rule->clause, rule->unless[u]);
        }
        collect_approvals(engine, rule->clause, rule->only_if);
    }
    split_rules(engine);
    for (int r = 0; r < engine->instance_count; r++) {
        for (int q = 0; q < engine->instance_count; q++) {
            if (attacks(engine, q, r)) {
                engine->instances[r].attackers |= UINT64_C(1) << q;
            }
        }
    }
}

/* ---- Which facts a rule asks about ----------------------------------------------------------- */

static uint32_t facts_in(const struct oracle_pack *pack, int index)
{
    if (index == ORACLE_NONE) {
        return 0;
    }
    const struct oracle_condition *node = &pack->nodes[index];
    uint32_t facts = 0;
    if (node->kind == ORACLE_CONDITION_IS || node->kind == ORACLE_CONDITION_COMPARE ||
        node->kind == ORACLE_CONDITION_YES) {
        facts |= UINT32_C(1) << node->fact;
    }
    if (node->kind == ORACLE_CONDITION_DEFINED) {
        facts |= facts_in(pack, pack->definition_when[node->definition]);
    }
    for (int i = 0; i < node->child_count; i++) {
        facts |= facts_in(pack, node->children[i]);
    }
    return facts;
}

uint32_t oracle_facts_of_rule(const struct oracle_pack *pack, const struct oracle_rule *rule)
{
    uint32_t facts = facts_in(pack, rule->when) | facts_in(pack, rule->only_if);
    for (int u = 0; u < rule->unless_count; u++) {
        facts |= facts_in(pack, rule->unless[u]);
    }
    return facts;
}

uint32_t oracle_facts_of_act(const struct oracle_pack *pack, int act)
{
    uint32_t facts = 0;
    for (int r = 0; r < pack->rule_count; r++) {
        if (oracle_rule_is_for(pack, &pack->rules[r], act)) {
            facts |= oracle_facts_of_rule(pack, &pack->rules[r]);
        }
    }
    return facts;
}

/* 5.9: rules or known conflicts. Reading: "consent of other" alone does not ask about a person. */
bool oracle_asks_other(const struct oracle_pack *pack, int act)
{
    uint32_t facts = oracle_facts_of_act(pack, act);
    for (int k = 0; k < pack->known_count; k++) {
        facts |= facts_in(pack, pack->knowns[k].when);
    }
    for (int f = 0; f < pack->fact_count; f++) {
        if ((facts >> f & 1) && pack->facts[f].is_other) {
            return true;
        }
    }
    return false;
}

uint32_t oracle_facts_mentioned(const struct oracle_pack *pack)
{
    uint32_t facts = 0;
    for (int r = 0; r < pack->rule_count; r++) {
        facts |= oracle_facts_of_rule(pack, &pack->rules[r]);
    }
    for (int k = 0; k < pack->known_count; k++) {
        facts |= facts_in(pack, pack->knowns[k].when);
    }
    for (int d = 0; d < pack->definition_count; d++) {
        facts |= facts_in(pack, pack->definition_when[d]);
    }
    return facts;
}

/* ---- Names, as the answer's JSON has them ---------------------------------------------------- */

const char *oracle_verdict_name(enum oracle_verdict verdict)
{
    static const char *const names[ORACLE_VERDICT_COUNT] = {
        "not-covered", "allowed",        "allowed-with-duties", "caution",      "required",
        "ask-first",   "needs-approval", "forbidden",           "undetermined",
    };
    return names[verdict];
}

const char *oracle_strength_name(enum oracle_strength strength)
{
    static const char *const names[ORACLE_STRENGTH_COUNT] = {"must", "should", "advised", "may",
                                                             "states"};
    return names[strength];
}

const char *oracle_approval_state_name(enum oracle_approval_state state)
{
    static const char *const names[ORACLE_APPROVAL_STATE_COUNT] = {
        "none", "asked", "refused", "granted", "withdrawn", "expired",
    };
    return names[state];
}

const char *oracle_effect_name(enum oracle_effect effect)
{
    static const char *const names[ORACLE_EFFECT_COUNT] = {
        "forbids", "gates",  "cautions",   "asks-first", "requires",  "adds-duty",
        "permits", "covers", "leaves-out", "protects",   "if-unsure",
    };
    return names[effect];
}
