/*
 * Compiling clauses: rules, conditions as trees, approvals, known conflicts, notes, operation.
 * Read first: compile_int.h; docs/policy-language.md, section 4.
 */
#include "policy/compile_int.h"

#include <assert.h>
#include <string.h>

static struct pack_text kept(struct compile *compile, struct str text)
{
    return pack_builder_text(compile->builder, text);
}

/* ---- Conditions ------------------------------------------------------------------------------ */

static uint32_t node_add(struct compile *compile, enum pack_node_kind kind,
                         const uint32_t *children, size_t count, struct pack_text text)
{
    struct pack_node node;
    memset(&node, 0, sizeof node);
    node.kind = (uint32_t)kind;
    node.variable = PACK_NONE;
    node.children = pack_builder_list(compile->builder, children, count);
    node.text = text;
    return pack_builder_add(compile->builder, PACK_SECTION_NODE, &node);
}

static uint32_t node_atom(struct compile *compile, uint32_t variable, uint64_t mask,
                          struct pack_text text)
{
    struct pack_node node;
    memset(&node, 0, sizeof node);
    node.kind = PACK_NODE_ATOM;
    node.variable = variable;
    node.mask = mask;
    node.text = text;
    return pack_builder_add(compile->builder, PACK_SECTION_NODE, &node);
}

static uint32_t node_negated(struct compile *compile, uint32_t node, bool is_negated,
                             struct pack_text text)
{
    return is_negated ? node_add(compile, PACK_NODE_NOT, &node, 1, text) : node;
}

/* "is none" of a some-of fact: no value holds. */
static uint32_t node_empty(struct compile *compile, const struct compile_fact *fact,
                           struct pack_text text)
{
    uint32_t *children = ARENA_ARRAY(compile->arena, uint32_t, fact->value_count + 1);
    for (uint32_t i = 0; i < fact->value_count; i++)
        children[i] = node_atom(compile, fact->first_variable + i, 1, (struct pack_text){0, 0});
    return node_add(compile, PACK_NODE_AND, children, fact->value_count, text);
}

/* One name in a list over a some-of fact: the value, any of the group, or "none". */
static uint32_t node_member(struct compile *compile, const struct compile_fact *fact,
                            struct str name, struct pack_text text)
{
    uint64_t bits = compile_value_bits(fact, name);
    if (bits == 0)
        return node_empty(compile, fact, text);
    uint32_t children[PACK_VALUES_MAX];
    size_t count = 0;
    for (uint32_t i = 0; i < fact->value_count; i++)
        if ((bits >> i & 1) != 0)
            children[count++] =
                node_atom(compile, fact->first_variable + i, 2,
                          pack_builder_text(compile->builder,
                                            str_format(compile->arena, STR_FMT ": " STR_FMT,
                                                       STR_ARG(compile_label(compile, fact->fact)),
                                                       STR_ARG(fact->sources[i]->text))));
    return count == 1 ? children[0] : node_add(compile, PACK_NODE_OR, children, count, text);
}

static uint32_t node_is(struct compile *compile, const struct policy_condition *condition,
                        struct pack_text text)
{
    const struct compile_fact *fact = compile_fact_find(compile, condition->fact.text);
    struct pack_text plain =
        kept(compile, compile_condition_text(compile, condition, condition->is_negated));
    uint32_t node;
    if (fact->fact->kind == POLICY_FACT_ONE_OF) {
        uint64_t mask = 0;
        for (size_t i = 0; i < condition->values.count; i++) {
            uint64_t bits = compile_value_bits(fact, condition->values.at[i].text);
            mask |= bits != 0 ? bits : UINT64_C(1) << fact->value_count;
        }
        node = node_atom(compile, fact->first_variable, mask, plain);
    } else {
        uint32_t *children = ARENA_ARRAY(compile->arena, uint32_t, condition->values.count + 1);
        for (size_t i = 0; i < condition->values.count; i++)
            children[i] = node_member(compile, fact, condition->values.at[i].text, plain);
        node = condition->values.count == 1
                   ? children[0]
                   : node_add(compile, condition->is_all_of ? PACK_NODE_AND : PACK_NODE_OR,
                              children, condition->values.count, plain);
    }
    return node_negated(compile, node, condition->is_negated, text);
}

static uint32_t node_compare(struct compile *compile, const struct policy_condition *condition,
                             struct pack_text text)
{
    const struct compile_fact *fact = compile_fact_find(compile, condition->fact.text);
    int64_t last = 0;
    int64_t first = compile_cut(compile, condition, &last);
    uint64_t mask = 0;
    for (uint32_t i = 0; i <= fact->cut_count; i++) {
        bool is_from_first = i > 0 && fact->cuts[i - 1] >= first;
        bool is_from_last = i > 0 && fact->cuts[i - 1] >= last;
        bool is_in = is_from_first;
        if (condition->compare == POLICY_COMPARE_UNDER ||
            condition->compare == POLICY_COMPARE_AT_MOST ||
            condition->compare == POLICY_COMPARE_BEFORE)
            is_in = !is_from_first;
        if (condition->compare == POLICY_COMPARE_EXACTLY)
            is_in = is_from_first && !is_from_last;
        if (is_in)
            mask |= UINT64_C(1) << i;
    }
    struct pack_text plain =
        kept(compile, compile_condition_text(compile, condition, condition->is_negated));
    uint32_t node = node_atom(compile, fact->first_variable, mask, plain);
    return node_negated(compile, node, condition->is_negated, text);
}

static uint32_t node_bare(struct compile *compile, const struct policy_condition *condition,
                          struct pack_text text)
{
    uint32_t index = 0;
    if (hash_map_get(&compile->definitions, condition->fact.text, &index)) {
        if (compile->definition_nodes[index] == PACK_NONE) {
            uint32_t inner = compile_node(compile, compile->definition_at[index]->when);
            compile->definition_nodes[index] =
                node_add(compile, PACK_NODE_AND, &inner, 1,
                         kept(compile, compile->definition_at[index]->text));
        }
        return compile->definition_nodes[index];
    }
    const struct compile_fact *fact = compile_fact_find(compile, condition->fact.text);
    return node_atom(compile, fact->first_variable, 2, text);
}

/* ---- Approvals ------------------------------------------------------------------------------- */

static uint32_t approval_flags(const struct policy_approval *approval)
{
    return (approval->in_writing ? PACK_APPROVAL_IN_WRITING : 0) |
           (approval->in_advance ? PACK_APPROVAL_IN_ADVANCE : 0) |
           (approval->afterwards ? PACK_APPROVAL_AFTERWARDS : 0) |
           (approval->with_reason ? PACK_APPROVAL_WITH_REASON : 0) |
           (approval->is_consent ? PACK_APPROVAL_CONSENT : 0) |
           (!approval->is_consent && approval->roles.count == 0 ? PACK_APPROVAL_UNNAMED : 0);
}

static uint32_t approval_lasts(enum policy_duration_unit unit)
{
    static const enum pack_lasts units[POLICY_DURATION_COUNT] = {
        [POLICY_DURATION_DAYS] = PACK_LASTS_DAYS,
        [POLICY_DURATION_WEEKS] = PACK_LASTS_WEEKS,
        [POLICY_DURATION_MONTHS] = PACK_LASTS_MONTHS,
        [POLICY_DURATION_YEARS] = PACK_LASTS_YEARS,
    };
    return units[unit];
}

static bool lists_equal(const struct compile *compile, struct pack_list a, struct pack_list b)
{
    for (uint32_t i = 0; a.count == b.count && i < a.count; i++) {
        const uint32_t *x = pack_builder_at(compile->builder, PACK_SECTION_LIST, a.first + i);
        const uint32_t *y = pack_builder_at(compile->builder, PACK_SECTION_LIST, b.first + i);
        if (*x != *y)
            return false;
    }
    return a.count == b.count;
}

/* The same roles and qualifiers in one clause are one approval. */
static uint32_t approval_find(const struct compile *compile, const struct pack_approval *wanted)
{
    uint32_t count = pack_builder_count(compile->builder, PACK_SECTION_APPROVAL);
    for (uint32_t i = 0; i < count; i++) {
        const struct pack_approval *have =
            pack_builder_at(compile->builder, PACK_SECTION_APPROVAL, i);
        if (have->clause == wanted->clause && have->flags == wanted->flags &&
            have->lasts_unit == wanted->lasts_unit && have->lasts_amount == wanted->lasts_amount &&
            lists_equal(compile, have->roles, wanted->roles))
            return have->variable;
    }
    return PACK_NONE;
}

static struct pack_list approval_roles(struct compile *compile,
                                       const struct policy_approval *approval)
{
    if (approval->roles.count != 0 || approval->is_consent)
        return compile_roles(compile, &approval->roles);
    struct str value = compile_setting_value(compile, STR("approver"));
    if (value.len == 0)
        return (struct pack_list){0, 0};
    uint32_t role = compile_role(compile, value);
    return pack_builder_list(compile->builder, &role, 1);
}

static uint32_t node_approved(struct compile *compile, const struct policy_condition *condition,
                              struct pack_text text)
{
    const struct policy_approval *approval = &condition->approval;
    struct pack_approval record;
    memset(&record, 0, sizeof record);
    record.clause = compile->clause_now;
    record.flags = approval_flags(approval);
    record.roles = approval_roles(compile, approval);
    record.lasts_unit = approval_lasts(approval->lasts.unit);
    record.lasts_amount = (uint32_t)approval->lasts.amount;
    uint32_t variable = approval_find(compile, &record);
    if (variable == PACK_NONE) {
        record.variable = pack_builder_count(compile->builder, PACK_SECTION_VARIABLE);
        variable = record.variable;
        struct pack_variable made = {
            .fact = PACK_NONE,
            .value = PACK_NONE,
            .approval = pack_builder_add(compile->builder, PACK_SECTION_APPROVAL, &record),
            .domain = PACK_APPROVAL_STATE_COUNT,
            .is_other = approval->is_consent};
        pack_builder_add(compile->builder, PACK_SECTION_VARIABLE, &made);
    }
    return node_atom(compile, variable, UINT64_C(1) << PACK_APPROVAL_GRANTED, text);
}

uint32_t compile_node(struct compile *compile, const struct policy_condition *condition)
{
    struct pack_text text = kept(compile, compile_condition_text(compile, condition, false));
    switch (condition->kind) {
    case POLICY_CONDITION_IS:
        return node_is(compile, condition, text);
    case POLICY_CONDITION_COMPARE:
        return node_compare(compile, condition, text);
    case POLICY_CONDITION_BARE:
        return node_bare(compile, condition, text);
    case POLICY_CONDITION_APPROVED:
        return node_approved(compile, condition, text);
    case POLICY_CONDITION_NOT:
    case POLICY_CONDITION_AND:
    case POLICY_CONDITION_OR:
    case POLICY_CONDITION_KIND_COUNT:
        break;
    }
    uint32_t *children = ARENA_ARRAY(compile->arena, uint32_t, condition->child_count + 1);
    for (size_t i = 0; i < condition->child_count; i++)
        children[i] = compile_node(compile, condition->children[i]);
    enum pack_node_kind kind = condition->kind == POLICY_CONDITION_NOT   ? PACK_NODE_NOT
                               : condition->kind == POLICY_CONDITION_AND ? PACK_NODE_AND
                                                                         : PACK_NODE_OR;
    return node_add(compile, kind, children, condition->child_count, text);
}

/* ---- Rules ----------------------------------------------------------------------------------- */

static struct pack_list topics_of(struct compile *compile, const struct policy_names *names)
{
    uint32_t *items = ARENA_ARRAY(compile->arena, uint32_t, names->count + 1);
    for (size_t i = 0; i < names->count; i++)
        hash_map_get(&compile->topics, names->at[i].text, &items[i]);
    return pack_builder_list(compile->builder, items, names->count);
}

static uint32_t rule_flags(const struct policy_rule *rule, bool is_law, bool is_gate)
{
    bool is_regardless = rule->is_regardless && (rule->only_if == NULL || is_gate);
    return (is_regardless ? PACK_RULE_REGARDLESS : 0) |
           (rule->is_nevertheless ? PACK_RULE_NEVERTHELESS : 0) | (is_law ? PACK_RULE_LAW : 0);
}

static void rule_add(struct compile *compile, const struct policy_rule *rule, bool is_law,
                     bool is_gate, uint32_t when, struct pack_list unless, uint32_t only_if)
{
    struct pack_rule record;
    memset(&record, 0, sizeof record);
    record.clause = compile->clause_now;
    record.effect = is_gate ? PACK_EFFECT_GATES : (uint32_t)rule->effect;
    record.strength = (uint32_t)rule->strength;
    record.flags = rule_flags(rule, is_law, is_gate);
    record.head = kept(compile, is_gate ? STR("may only") : rule->head);
    record.say = kept(compile, rule->say);
    record.instead = kept(compile, rule->instead);
    record.duty = PACK_NONE;
    if (rule->duty.text.len != 0)
        hash_map_get(&compile->duties, rule->duty.text, &record.duty);
    record.line = rule->place.line;
    record.acts = compile_acts(compile, &rule->acts);
    record.roles = compile_roles(compile, &rule->roles);
    record.against = topics_of(compile, &rule->against);
    record.when = when;
    record.unless = unless;
    record.only_if = only_if;
    uint32_t index = pack_builder_add(compile->builder, PACK_SECTION_RULE, &record);
    compile->is_too_wide = false;
    compile_rule_outcomes(compile, index);
    if (compile->is_too_wide)
        diag_add(compile->diags, DIAG_ERROR, STR("too-wide"), rule->place.file, rule->place.line,
                 rule->place.column,
                 STR("This rule combines too many alternatives to be worked out."),
                 STR("Split it into several rules, or name parts of it with value groups."));
}

static void rule_compile(struct compile *compile, const struct policy_rule *rule, bool is_law)
{
    uint32_t when = rule->when != NULL ? compile_node(compile, rule->when) : PACK_NONE;
    uint32_t *items = ARENA_ARRAY(compile->arena, uint32_t, rule->unless_count + 1);
    for (size_t i = 0; i < rule->unless_count; i++)
        items[i] = compile_node(compile, rule->unless[i]);
    struct pack_list unless = pack_builder_list(compile->builder, items, rule->unless_count);
    uint32_t only_if = rule->only_if != NULL ? compile_node(compile, rule->only_if) : PACK_NONE;
    rule_add(compile, rule, is_law, false, when, unless, only_if);
    if (rule->only_if != NULL)
        rule_add(compile, rule, is_law, true, when, unless, only_if);
}

static void known_compile(struct compile *compile, const struct policy_known_conflict *known)
{
    struct pack_known record;
    memset(&record, 0, sizeof record);
    hash_map_get(&compile->clauses, known->first.text, &record.first);
    hash_map_get(&compile->clauses, known->second.text, &record.second);
    record.take = (uint32_t)known->take;
    record.roles = compile_roles(compile, &known->roles);
    record.say = kept(compile, known->say);
    uint32_t when = known->when != NULL ? compile_node(compile, known->when) : PACK_NONE;
    uint32_t index = pack_builder_count(compile->builder, PACK_SECTION_KNOWN);
    record.outcome = compile_known_outcome(compile, index, when);
    pack_builder_add(compile->builder, PACK_SECTION_KNOWN, &record);
}

/* ---- Operation and clauses ------------------------------------------------------------------- */

static void operation_compile(struct compile *compile, const struct policy_operation *operation,
                              uint32_t clause)
{
    const struct operation_kind *kind = operation_kind_find(operation->kind.text);
    assert(kind != NULL && "an operation that policy_check let pass is unknown");
    struct pack_operation record = {.clause = clause,
                                    .kind = kept(compile, operation->kind.text),
                                    .name = kept(compile, operation->name.text),
                                    .text = kept(compile, operation->text)};
    record.first_field = pack_builder_count(compile->builder, PACK_SECTION_FIELD);
    record.field_count = (uint32_t)operation->field_count;
    for (size_t f = 0; f < operation->field_count; f++) {
        const struct policy_field *said = &operation->fields[f];
        const struct operation_field *known = operation_field_find(kind, said->name.text);
        assert(known != NULL && "a field that policy_check let pass is unknown");
        struct pack_field field = {kept(compile, said->name.text),
                                   kept(compile, compile_field_text(compile, known->type, said)),
                                   PACK_NONE, 0};
        if (known->type == OPERATION_CONDITION) {
            field.node = compile_node(compile, said->condition);
        }
        pack_builder_add(compile->builder, PACK_SECTION_FIELD, &field);
    }
    pack_builder_add(compile->builder, PACK_SECTION_OPERATION, &record);
}

static void clause_start(struct compile *compile, const struct policy_clause *clause, bool is_law)
{
    struct pack_clause record;
    memset(&record, 0, sizeof record);
    record.key = kept(compile, clause->key.text);
    record.at = kept(compile, clause->at.len != 0 ? clause->at : clause->key.text);
    record.title = kept(compile, clause->title);
    record.ledger = kept(compile, clause->ledger.len != 0 ? clause->ledger : clause->key.text);
    record.prose = kept(compile, clause->prose);
    record.topic = PACK_NONE;
    if (clause->topic.len != 0)
        hash_map_get(&compile->topics, clause->topic, &record.topic);
    record.is_law = is_law;
    hash_map_put(&compile->clauses, clause->key.text,
                 pack_builder_add(compile->builder, PACK_SECTION_CLAUSE, &record));
}

static void clause_finish(struct compile *compile, const struct policy_clause *clause, bool is_law)
{
    uint32_t index = 0;
    hash_map_get(&compile->clauses, clause->key.text, &index);
    compile->clause_now = index;
    uint32_t first_note = pack_builder_count(compile->builder, PACK_SECTION_NOTE);
    for (size_t i = 0; i < clause->note_count; i++) {
        struct pack_note note = {kept(compile, clause->notes[i])};
        pack_builder_add(compile->builder, PACK_SECTION_NOTE, &note);
    }
    uint32_t first_rule = pack_builder_count(compile->builder, PACK_SECTION_RULE);
    for (size_t i = 0; i < clause->rule_count; i++)
        rule_compile(compile, &clause->rules[i], is_law);
    uint32_t first_operation = pack_builder_count(compile->builder, PACK_SECTION_OPERATION);
    for (size_t i = 0; i < clause->operation_count; i++)
        operation_compile(compile, &clause->operations[i], index);
    struct pack_clause *record = pack_builder_at(compile->builder, PACK_SECTION_CLAUSE, index);
    record->first_note = first_note;
    record->note_count = (uint32_t)clause->note_count;
    record->first_rule = first_rule;
    record->rule_count = pack_builder_count(compile->builder, PACK_SECTION_RULE) - first_rule;
    record->first_operation = first_operation;
    record->operation_count = (uint32_t)clause->operation_count;
}

void compile_clauses(struct compile *compile)
{
    for (uint32_t d = 0; d < compile->document_count; d++)
        for (size_t i = 0; i < compile->documents[d]->clause_count; i++)
            clause_start(compile, &compile->documents[d]->clauses[i],
                         compile->documents[d]->kind == POLICY_KIND_LAW);
    for (uint32_t d = 0; d < compile->document_count; d++)
        for (size_t i = 0; i < compile->documents[d]->clause_count; i++)
            clause_finish(compile, &compile->documents[d]->clauses[i],
                          compile->documents[d]->kind == POLICY_KIND_LAW);
    for (uint32_t d = 0; d < compile->document_count; d++)
        for (size_t i = 0; i < compile->documents[d]->clause_count; i++)
            for (size_t k = 0; k < compile->documents[d]->clauses[i].known_conflict_count; k++)
                known_compile(compile, &compile->documents[d]->clauses[i].known_conflicts[k]);
}
