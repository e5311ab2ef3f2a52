/*
 * What each rule can come to, and which rules defeat which.
 *
 * Read first: docs/policy-language.md, sections 5.2 (firing, needs approval) and 5.4 (defeat).
 * A rule fires where `when` holds and no exception does. A forbidding rule whose exceptions hold
 * approvals comes to several outcomes: one "needs approval" for each set of approvals that would
 * lift it, and "forbidden" where no approval can.
 */
#include "policy/compile_int.h"

#include <assert.h>
#include <string.h>

static uint32_t outcome_add(struct compile *compile, const struct pack_outcome *record,
                            struct compile_rows rows)
{
    uint32_t index = pack_builder_add(compile->builder, PACK_SECTION_OUTCOME, record);
    if (index >= compile->outcome_capacity) {
        uint32_t capacity = compile->outcome_capacity == 0 ? 64 : compile->outcome_capacity * 2;
        compile->outcomes = arena_grow(compile->arena, compile->outcomes,
                                       compile->outcome_capacity * sizeof *compile->outcomes,
                                       capacity * sizeof *compile->outcomes);
        compile->outcome_capacity = capacity;
    }
    compile->outcomes[index].rows = rows;
    return index;
}

static bool variable_is_approval(const struct compile *compile, uint32_t variable)
{
    const struct pack_variable *record =
        pack_builder_at(compile->builder, PACK_SECTION_VARIABLE, variable);
    return record->approval != PACK_NONE;
}

static uint32_t variable_approval(const struct compile *compile, uint32_t variable)
{
    const struct pack_variable *record =
        pack_builder_at(compile->builder, PACK_SECTION_VARIABLE, variable);
    return record->approval;
}

/* A set of approvals that would lift the rule, and where they would. */
struct gate {
    uint32_t *variables;
    uint32_t count;
    struct compile_rows where; /* the parts that are not approvals, and none refused or withdrawn */
};

/* Splits one exception row; false when it holds no approval. */
static bool gate_split(struct compile *compile, const struct compile_row *row, struct gate *gate)
{
    const uint64_t alive =
        ~((UINT64_C(1) << PACK_APPROVAL_REFUSED) | (UINT64_C(1) << PACK_APPROVAL_WITHDRAWN));
    struct compile_row rest = {ARENA_ARRAY(compile->arena, struct compile_literal, row->count + 1),
                               0};
    gate->variables = ARENA_ARRAY(compile->arena, uint32_t, row->count + 1);
    gate->count = 0;
    for (uint32_t i = 0; i < row->count; i++)
        if (variable_is_approval(compile, row->literals[i].variable))
            gate->variables[gate->count++] = row->literals[i].variable;
        else
            rest.literals[rest.count++] = row->literals[i];
    gate->where = (struct compile_rows){0};
    compile_rows_add(compile, &gate->where, rest);
    for (uint32_t i = 0; i < gate->count; i++) {
        struct compile_rows one = compile_rows_literal(compile, gate->variables[i], alive);
        gate->where = compile_rows_and(compile, &gate->where, &one);
    }
    return gate->count != 0;
}

static bool gates_same(const struct gate *a, const struct gate *b)
{
    return a->count == b->count &&
           memcmp(a->variables, b->variables, a->count * sizeof *a->variables) == 0;
}

/* The gates of a rule's exceptions, those with the same approvals joined. */
static uint32_t gates_collect(struct compile *compile, const struct compile_rows *exceptions,
                              struct gate *gates)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < exceptions->count; i++) {
        struct gate gate;
        if (!gate_split(compile, &exceptions->at[i], &gate))
            continue;
        uint32_t at = 0;
        while (at < count && !gates_same(&gates[at], &gate))
            at++;
        if (at == count)
            gates[count++] = gate;
        else
            compile_rows_or(compile, &gates[at].where, &gate.where);
    }
    return count;
}

static const enum pack_level effect_levels[PACK_EFFECT_COUNT] = {
    [PACK_EFFECT_FORBIDS] = PACK_LEVEL_FORBIDDEN,
    [PACK_EFFECT_CAUTIONS] = PACK_LEVEL_CAUTION,
    [PACK_EFFECT_ASKS_FIRST] = PACK_LEVEL_ASK_FIRST,
    [PACK_EFFECT_REQUIRES] = PACK_LEVEL_REQUIRED,
    [PACK_EFFECT_ADDS_DUTY] = PACK_LEVEL_ALLOWED_WITH_DUTIES,
    [PACK_EFFECT_PERMITS] = PACK_LEVEL_ALLOWED,
    [PACK_EFFECT_COVERS] = PACK_LEVEL_NOT_COVERED,
    [PACK_EFFECT_LEAVES_OUT] = PACK_LEVEL_NOT_COVERED,
    [PACK_EFFECT_PROTECTS] = PACK_LEVEL_NOT_COVERED,
    [PACK_EFFECT_IF_UNSURE] = PACK_LEVEL_NOT_COVERED,
    [PACK_EFFECT_GATES] = PACK_LEVEL_FORBIDDEN,
};

static void forbidding_outcomes(struct compile *compile, uint32_t rule,
                                const struct compile_rows *fires,
                                const struct compile_rows *exceptions)
{
    struct gate *gates = ARENA_ARRAY(compile->arena, struct gate, exceptions->count + 1);
    uint32_t count = gates_collect(compile, exceptions, gates);
    struct compile_rows liftable = {0};
    for (uint32_t i = 0; i < count; i++) {
        compile_rows_or(compile, &liftable, &gates[i].where);
        struct compile_rows rows = compile_rows_and(compile, fires, &gates[i].where);
        for (uint32_t k = 0; k < gates[i].count; k++)
            gates[i].variables[k] = variable_approval(compile, gates[i].variables[k]);
        struct pack_outcome record = {
            .rule = rule,
            .known = PACK_NONE,
            .level = PACK_LEVEL_NEEDS_APPROVAL,
            .approvals = pack_builder_list(compile->builder, gates[i].variables, gates[i].count)};
        outcome_add(compile, &record, rows);
    }
    struct compile_rows closed = compile_rows_not(compile, &liftable);
    struct pack_outcome record = {.rule = rule, .known = PACK_NONE, .level = PACK_LEVEL_FORBIDDEN};
    outcome_add(compile, &record, compile_rows_and(compile, fires, &closed));
}

void compile_rule_outcomes(struct compile *compile, uint32_t index)
{
    const struct pack_rule rule =
        *(const struct pack_rule *)pack_builder_at(compile->builder, PACK_SECTION_RULE, index);
    uint32_t first = pack_builder_count(compile->builder, PACK_SECTION_OUTCOME);
    struct compile_rows exceptions = {0};
    for (uint32_t i = 0; i < rule.unless.count; i++) {
        uint32_t node = *(const uint32_t *)pack_builder_at(compile->builder, PACK_SECTION_LIST,
                                                           rule.unless.first + i);
        struct compile_rows more = compile_rows_of(compile, node, true);
        compile_rows_or(compile, &exceptions, &more);
    }
    struct compile_rows fires = compile_rows_not(compile, &exceptions);
    if (rule.when != PACK_NONE) {
        struct compile_rows when = compile_rows_of(compile, rule.when, true);
        fires = compile_rows_and(compile, &when, &fires);
    }
    if (rule.only_if != PACK_NONE) {
        bool is_gate = rule.effect == PACK_EFFECT_GATES;
        struct compile_rows only_if = compile_rows_of(compile, rule.only_if, true);
        if (is_gate)
            compile_rows_or(compile, &exceptions, &only_if);
        struct compile_rows part = compile_rows_of(compile, rule.only_if, !is_gate);
        fires = compile_rows_and(compile, &fires, &part);
    }
    if (rule.effect == PACK_EFFECT_FORBIDS || rule.effect == PACK_EFFECT_GATES) {
        forbidding_outcomes(compile, index, &fires, &exceptions);
    } else {
        bool adds_level = (rule.flags & PACK_RULE_NEVERTHELESS) == 0;
        struct pack_outcome record = {.rule = index,
                                      .known = PACK_NONE,
                                      .level = adds_level ? (uint32_t)effect_levels[rule.effect]
                                                          : PACK_LEVEL_NOT_COVERED};
        outcome_add(compile, &record, fires);
    }
    struct pack_rule *kept = pack_builder_at(compile->builder, PACK_SECTION_RULE, index);
    kept->first_outcome = first;
    kept->outcome_count = pack_builder_count(compile->builder, PACK_SECTION_OUTCOME) - first;
}

uint32_t compile_known_outcome(struct compile *compile, uint32_t known, uint32_t when)
{
    struct compile_rows rows =
        when == PACK_NONE ? compile_rows_true(compile) : compile_rows_of(compile, when, true);
    struct pack_outcome record = {
        .rule = PACK_NONE, .known = known, .level = PACK_LEVEL_NOT_COVERED};
    return outcome_add(compile, &record, rows);
}

/* ---- Attacks --------------------------------------------------------------------------------- */

static const struct pack_rule *rule_at(const struct compile *compile, uint32_t index)
{
    return pack_builder_at(compile->builder, PACK_SECTION_RULE, index);
}

static bool clause_is_named(const struct compile *compile, const struct policy_names *names,
                            uint32_t clause)
{
    for (size_t i = 0; i < names->count; i++) {
        uint32_t index = PACK_NONE;
        if (hash_map_get(&compile->clauses, names->at[i].text, &index) && index == clause)
            return true;
    }
    return false;
}

static bool rules_share_act(const struct compile *compile, const struct pack_rule *a,
                            const struct pack_rule *b)
{
    for (uint32_t i = 0; i < a->acts.count; i++)
        for (uint32_t k = 0; k < b->acts.count; k++) {
            const uint32_t *x =
                pack_builder_at(compile->builder, PACK_SECTION_LIST, a->acts.first + i);
            const uint32_t *y =
                pack_builder_at(compile->builder, PACK_SECTION_LIST, b->acts.first + k);
            if (*x == *y)
                return true;
        }
    return false;
}

static bool effect_can_fall(uint32_t effect)
{
    return effect == PACK_EFFECT_FORBIDS || effect == PACK_EFFECT_GATES ||
           effect == PACK_EFFECT_CAUTIONS || effect == PACK_EFFECT_ASKS_FIRST;
}

/* Section 5.4. `overrides` are the clauses that the attacking rule names. */
static bool rule_attacks(const struct compile *compile, const struct pack_rule *q,
                         const struct pack_rule *r, const struct policy_names *overrides)
{
    bool q_is_law = (q->flags & PACK_RULE_LAW) != 0, r_is_law = (r->flags & PACK_RULE_LAW) != 0;
    bool is_regardless = (r->flags & PACK_RULE_REGARDLESS) != 0;
    if (q == r || (r_is_law && !q_is_law))
        return false;
    if (q->effect == PACK_EFFECT_PERMITS && q->clause == r->clause && effect_can_fall(r->effect) &&
        r->effect != PACK_EFFECT_GATES && !is_regardless)
        return true;
    bool can_fall = effect_can_fall(r->effect) || r->effect == PACK_EFFECT_PERMITS;
    return q->effect != PACK_EFFECT_GATES && can_fall &&
           (!is_regardless || (q_is_law && !r_is_law)) &&
           clause_is_named(compile, overrides, r->clause);
}

/* The rule of the tree for each rule of the image, in the order in which they were compiled. */
static const struct policy_names *overrides_collect(struct compile *compile, uint32_t count)
{
    struct policy_names *overrides = ARENA_ARRAY(compile->arena, struct policy_names, count + 1);
    uint32_t at = 0;
    for (uint32_t d = 0; d < compile->document_count; d++)
        for (size_t c = 0; c < compile->documents[d]->clause_count; c++) {
            const struct policy_clause *clause = &compile->documents[d]->clauses[c];
            for (size_t r = 0; r < clause->rule_count; r++) {
                overrides[at++] = clause->rules[r].overrides;
                if (clause->rules[r].only_if != NULL)
                    overrides[at++] = (struct policy_names){0};
            }
        }
    assert(at == count);
    return overrides;
}

static void attackers_set(struct compile *compile, uint32_t count,
                          const struct policy_names *overrides)
{
    uint32_t *attackers = ARENA_ARRAY(compile->arena, uint32_t, count + 1);
    uint32_t *attacked = ARENA_ARRAY(compile->arena, uint32_t, count + 1);
    for (uint32_t r = 0; r < count; r++) {
        uint32_t in = 0, out = 0;
        for (uint32_t q = 0; q < count; q++) {
            const struct pack_rule *one = rule_at(compile, r), *other = rule_at(compile, q);
            if (rule_attacks(compile, other, one, &overrides[q]) &&
                rules_share_act(compile, other, one))
                attackers[in++] = q;
            if (rule_attacks(compile, one, other, &overrides[r]) &&
                rules_share_act(compile, one, other))
                attacked[out++] = q;
        }
        struct pack_list by = pack_builder_list(compile->builder, attackers, in);
        struct pack_list whom = pack_builder_list(compile->builder, attacked, out);
        struct pack_rule *rule = pack_builder_at(compile->builder, PACK_SECTION_RULE, r);
        rule->attackers = by;
        rule->attacks = whom;
    }
}

/* One more than the highest rank of the attackers, until nothing changes; false: a circle. */
static bool ranks_set(struct compile *compile, uint32_t count)
{
    bool has_changed = true;
    for (uint32_t round = 0; has_changed; round++) {
        if (round > count)
            return false;
        has_changed = false;
        for (uint32_t r = 0; r < count; r++) {
            struct pack_rule *rule = pack_builder_at(compile->builder, PACK_SECTION_RULE, r);
            for (uint32_t i = 0; i < rule->attackers.count; i++) {
                const uint32_t *attacker =
                    pack_builder_at(compile->builder, PACK_SECTION_LIST, rule->attackers.first + i);
                uint32_t need = rule_at(compile, *attacker)->rank + 1;
                has_changed = has_changed || rule->rank < need;
                rule->rank = rule->rank < need ? need : rule->rank;
            }
        }
    }
    return true;
}

void compile_attacks(struct compile *compile)
{
    uint32_t count = pack_builder_count(compile->builder, PACK_SECTION_RULE);
    attackers_set(compile, count, overrides_collect(compile, count));
    const struct policy_document *pack = compile->documents[compile->document_count - 1];
    if (!ranks_set(compile, count))
        diag_add(compile->diags, DIAG_ERROR, STR("circle"), pack->file, 1, 1,
                 STR("Rules override one another in a circle, so none of them prevails."),
                 STR("Take one of the 'overrides' lines out."));
}
