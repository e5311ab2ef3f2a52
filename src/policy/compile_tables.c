/*
 * Rows as bit masks: one table for all acts that the same rules speak of.
 *
 * Read first: pack/image.h on outcomes and tables. For each variable that the rows read and for
 * each of its
 * values, the mask has a bit for every row that allows the value.
 */
#include "policy/compile_int.h"

#include <assert.h>
#include <string.h>

/* The outcomes of one act, in the order of the image. */
struct act_outcomes {
    uint32_t *at;
    uint32_t count;
    uint32_t flags;
};

/* The acts that an outcome is about, and what it makes of them. */
struct outcome_acts {
    const uint32_t *at; /* in the builder's lists: not to be kept while lists are added */
    uint32_t count;
    uint32_t flags;
};

static uint32_t rule_act_flags(const struct pack_rule *rule)
{
    if ((rule->flags & PACK_RULE_LAW) != 0)
        return 0;
    switch ((enum pack_effect)rule->effect) {
    case PACK_EFFECT_COVERS:
        return PACK_ACT_HAS_SCOPE;
    case PACK_EFFECT_FORBIDS:
    case PACK_EFFECT_GATES:
    case PACK_EFFECT_CAUTIONS:
    case PACK_EFFECT_ASKS_FIRST:
    case PACK_EFFECT_REQUIRES:
    case PACK_EFFECT_PERMITS:
        return PACK_ACT_HAS_RULES;
    case PACK_EFFECT_ADDS_DUTY:
    case PACK_EFFECT_LEAVES_OUT:
    case PACK_EFFECT_PROTECTS:
    case PACK_EFFECT_IF_UNSURE:
    case PACK_EFFECT_COUNT:
        break;
    }
    return 0;
}

static const uint32_t *acts_at(const struct compile *compile, struct pack_list acts)
{
    return acts.count == 0 ? NULL
                           : pack_builder_at(compile->builder, PACK_SECTION_LIST, acts.first);
}

/* Sets the bit for each act that a rule of the clause speaks of. */
static void clause_mark(const struct compile *compile, uint32_t clause, uint8_t *marks, uint8_t bit)
{
    const struct pack_clause *record =
        pack_builder_at(compile->builder, PACK_SECTION_CLAUSE, clause);
    for (uint32_t i = 0; i < record->rule_count; i++) {
        const struct pack_rule *rule =
            pack_builder_at(compile->builder, PACK_SECTION_RULE, record->first_rule + i);
        const uint32_t *acts = acts_at(compile, rule->acts);
        for (uint32_t k = 0; k < rule->acts.count; k++)
            marks[acts[k]] |= bit;
    }
}

/* A known conflict is about the acts of which both of its clauses speak. */
static struct outcome_acts known_acts(struct compile *compile, uint32_t index)
{
    const struct pack_known *known = pack_builder_at(compile->builder, PACK_SECTION_KNOWN, index);
    uint8_t *marks = ARENA_ARRAY(compile->arena, uint8_t, compile->act_count + 1);
    uint32_t *at = ARENA_ARRAY(compile->arena, uint32_t, compile->act_count + 1);
    struct outcome_acts acts = {at, 0, 0};
    clause_mark(compile, known->first, marks, 1);
    clause_mark(compile, known->second, marks, 2);
    for (uint32_t act = 0; act < compile->act_count; act++)
        if (marks[act] == 3)
            at[acts.count++] = act;
    return acts;
}

static struct outcome_acts outcome_acts_of(struct compile *compile, uint32_t index)
{
    const struct pack_outcome *outcome =
        pack_builder_at(compile->builder, PACK_SECTION_OUTCOME, index);
    if (outcome->known != PACK_NONE)
        return known_acts(compile, outcome->known);
    const struct pack_rule *rule =
        pack_builder_at(compile->builder, PACK_SECTION_RULE, outcome->rule);
    return (struct outcome_acts){acts_at(compile, rule->acts), rule->acts.count,
                                 rule_act_flags(rule)};
}

/* For each act its outcomes: every outcome is looked at once, not once for each act. */
static struct act_outcomes *outcomes_by_act(struct compile *compile)
{
    uint32_t count = pack_builder_count(compile->builder, PACK_SECTION_OUTCOME);
    struct outcome_acts *of = ARENA_ARRAY(compile->arena, struct outcome_acts, count + 1);
    uint32_t *room = ARENA_ARRAY(compile->arena, uint32_t, compile->act_count + 1);
    for (uint32_t i = 0; i < count; i++) {
        of[i] = outcome_acts_of(compile, i);
        for (uint32_t k = 0; k < of[i].count; k++)
            room[of[i].at[k]]++;
    }
    struct act_outcomes *lists =
        ARENA_ARRAY(compile->arena, struct act_outcomes, compile->act_count + 1);
    for (uint32_t act = 0; act < compile->act_count; act++)
        lists[act].at = ARENA_ARRAY(compile->arena, uint32_t, room[act] + 1);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < of[i].count; k++) {
            struct act_outcomes *list = &lists[of[i].at[k]];
            bool is_there = list->count != 0 && list->at[list->count - 1] == i;
            list->flags |= of[i].flags;
            if (!is_there) /* a rule may name an act twice */
                list->at[list->count++] = i;
        }
    return lists;
}

/* The table that has exactly these outcomes already; PACK_NONE: none. */
static uint32_t table_find(const struct compile *compile, const struct act_outcomes *list)
{
    uint32_t count = pack_builder_count(compile->builder, PACK_SECTION_TABLE);
    for (uint32_t i = 0; i < count; i++) {
        const struct pack_table *table = pack_builder_at(compile->builder, PACK_SECTION_TABLE, i);
        if (table->outcomes.count != list->count)
            continue;
        if (list->count == 0 ||
            memcmp(pack_builder_at(compile->builder, PACK_SECTION_LIST, table->outcomes.first),
                   list->at, list->count * sizeof *list->at) == 0)
            return i;
    }
    return PACK_NONE;
}

/* The rows of the outcomes one after the other, and the outcome of each. */
static const struct compile_row **rows_gather(struct compile *compile,
                                              const struct act_outcomes *list, uint32_t **of_row,
                                              uint32_t *row_count)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < list->count; i++)
        total += compile->outcomes[list->at[i]].rows.count;
    const struct compile_row **rows =
        ARENA_ARRAY(compile->arena, const struct compile_row *, total + 1);
    *of_row = ARENA_ARRAY(compile->arena, uint32_t, total + 1);
    uint32_t at = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct compile_rows *of = &compile->outcomes[list->at[i]].rows;
        for (uint32_t k = 0; k < of->count; k++) {
            (*of_row)[at] = i;
            rows[at++] = &of->at[k];
        }
    }
    *row_count = at;
    return rows;
}

/* The variables that rows read, in order. */
static uint32_t *variables_read(struct compile *compile, const struct compile_row **rows,
                                uint32_t row_count, uint32_t *count)
{
    uint32_t total = pack_builder_count(compile->builder, PACK_SECTION_VARIABLE);
    bool *is_read = ARENA_ARRAY(compile->arena, bool, total + 1);
    for (uint32_t row = 0; row < row_count; row++)
        for (uint32_t i = 0; i < rows[row]->count; i++)
            is_read[rows[row]->literals[i].variable] = true;
    uint32_t *variables = ARENA_ARRAY(compile->arena, uint32_t, total + 1);
    *count = 0;
    for (uint32_t i = 0; i < total; i++)
        if (is_read[i])
            variables[(*count)++] = i;
    return variables;
}

/* Masks in which every row allows every value of a variable; the first of them. */
static uint32_t masks_open(struct compile *compile, const struct pack_table *table,
                           uint32_t variable)
{
    const struct pack_variable record = *(const struct pack_variable *)pack_builder_at(
        compile->builder, PACK_SECTION_VARIABLE, variable);
    uint32_t first = pack_builder_add_zero(compile->builder, PACK_SECTION_MASK,
                                           (size_t)table->word_count * record.domain);
    if (table->row_count == 0)
        return first;
    uint64_t *mask = pack_builder_at(compile->builder, PACK_SECTION_MASK, first);
    uint32_t whole = table->row_count / 64;
    uint32_t rest = table->row_count % 64;
    for (uint32_t value = 0; value < record.domain; value++) {
        uint64_t *of_value = mask + (size_t)value * table->word_count;
        memset(of_value, 0xff, whole * sizeof *of_value);
        if (rest != 0)
            of_value[whole] = (UINT64_C(1) << rest) - 1;
    }
    return first;
}

/* Takes a row out of the values that one of its literals does not allow. */
static void masks_narrow(struct compile *compile, const struct pack_table *table, uint32_t first,
                         uint32_t row, const struct compile_literal *literal)
{
    const struct pack_variable *record =
        pack_builder_at(compile->builder, PACK_SECTION_VARIABLE, literal->variable);
    uint64_t *mask = pack_builder_at(compile->builder, PACK_SECTION_MASK, first);
    for (uint32_t value = 0; value < record->domain; value++)
        if ((literal->mask >> value & 1) == 0)
            mask[(size_t)value * table->word_count + row / 64] &= ~(UINT64_C(1) << row % 64);
}

static void table_mask(struct compile *compile, struct pack_table *table,
                       const struct compile_row **rows, const uint32_t *variables)
{
    uint32_t total = pack_builder_count(compile->builder, PACK_SECTION_VARIABLE);
    uint32_t *first = ARENA_ARRAY(compile->arena, uint32_t, total + 1);
    table->first_mask = pack_builder_count(compile->builder, PACK_SECTION_MASK);
    for (uint32_t i = 0; i < table->variables.count; i++)
        first[variables[i]] = masks_open(compile, table, variables[i]);
    for (uint32_t row = 0; row < table->row_count; row++)
        for (uint32_t i = 0; i < rows[row]->count; i++) {
            const struct compile_literal *literal = &rows[row]->literals[i];
            masks_narrow(compile, table, first[literal->variable], row, literal);
        }
}

static uint32_t table_add(struct compile *compile, uint32_t act, const struct act_outcomes *list)
{
    uint32_t *of_row = NULL;
    struct pack_table table;
    memset(&table, 0, sizeof table);
    table.act = act;
    const struct compile_row **rows = rows_gather(compile, list, &of_row, &table.row_count);
    table.word_count = pack_words(table.row_count);
    uint32_t variable_count = 0;
    uint32_t *variables = variables_read(compile, rows, table.row_count, &variable_count);
    table.outcomes = pack_builder_list(compile->builder, list->at, list->count);
    table.row_outcomes = pack_builder_list(compile->builder, of_row, table.row_count);
    table.variables = pack_builder_list(compile->builder, variables, variable_count);
    table_mask(compile, &table, rows, variables);
    return pack_builder_add(compile->builder, PACK_SECTION_TABLE, &table);
}

static bool table_asks_other(const struct compile *compile, uint32_t index)
{
    const struct pack_table *table = pack_builder_at(compile->builder, PACK_SECTION_TABLE, index);
    for (uint32_t i = 0; i < table->variables.count; i++) {
        const uint32_t *variable =
            pack_builder_at(compile->builder, PACK_SECTION_LIST, table->variables.first + i);
        const struct pack_variable *record =
            pack_builder_at(compile->builder, PACK_SECTION_VARIABLE, *variable);
        if (record->is_other != 0)
            return true;
    }
    return false;
}

void compile_tables(struct compile *compile)
{
    const struct act_outcomes *lists = outcomes_by_act(compile);
    for (uint32_t act = 0; act < compile->act_count; act++) {
        const struct act_outcomes *list = &lists[act];
        uint32_t table = table_find(compile, list);
        if (table == PACK_NONE)
            table = table_add(compile, act, list);
        struct pack_act *record = pack_builder_at(compile->builder, PACK_SECTION_ACT, act);
        record->table = table;
        record->flags = list->flags;
        if (table_asks_other(compile, table))
            record->flags |= PACK_ACT_ASKS_OTHER;
    }
}
