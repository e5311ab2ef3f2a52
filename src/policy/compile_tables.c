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

static bool acts_have(const struct compile *compile, struct pack_list acts, uint32_t act)
{
    for (uint32_t i = 0; i < acts.count; i++) {
        const uint32_t *item = pack_builder_at(compile->builder, PACK_SECTION_LIST, acts.first + i);
        if (*item == act)
            return true;
    }
    return false;
}

static bool clause_speaks(const struct compile *compile, uint32_t clause, uint32_t act)
{
    const struct pack_clause *record =
        pack_builder_at(compile->builder, PACK_SECTION_CLAUSE, clause);
    for (uint32_t i = 0; i < record->rule_count; i++) {
        const struct pack_rule *rule =
            pack_builder_at(compile->builder, PACK_SECTION_RULE, record->first_rule + i);
        if (acts_have(compile, rule->acts, act))
            return true;
    }
    return false;
}

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

static struct act_outcomes act_outcomes_of(struct compile *compile, uint32_t act)
{
    uint32_t count = pack_builder_count(compile->builder, PACK_SECTION_OUTCOME);
    struct act_outcomes list = {ARENA_ARRAY(compile->arena, uint32_t, count + 1), 0, 0};
    for (uint32_t i = 0; i < count; i++) {
        const struct pack_outcome *outcome =
            pack_builder_at(compile->builder, PACK_SECTION_OUTCOME, i);
        if (outcome->known != PACK_NONE) {
            const struct pack_known *known =
                pack_builder_at(compile->builder, PACK_SECTION_KNOWN, outcome->known);
            if (clause_speaks(compile, known->first, act) &&
                clause_speaks(compile, known->second, act))
                list.at[list.count++] = i;
            continue;
        }
        const struct pack_rule *rule =
            pack_builder_at(compile->builder, PACK_SECTION_RULE, outcome->rule);
        if (!acts_have(compile, rule->acts, act))
            continue;
        list.flags |= rule_act_flags(rule);
        list.at[list.count++] = i;
    }
    return list;
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

static void rows_mask(struct compile *compile, const struct compile_row **rows, uint32_t row_count,
                      uint32_t variable, uint32_t words)
{
    const struct pack_variable record = *(const struct pack_variable *)pack_builder_at(
        compile->builder, PACK_SECTION_VARIABLE, variable);
    uint32_t first =
        pack_builder_add_zero(compile->builder, PACK_SECTION_MASK, (size_t)words * record.domain);
    for (uint32_t row = 0; row < row_count; row++) {
        uint64_t allowed = UINT64_MAX;
        for (uint32_t i = 0; i < rows[row]->count; i++)
            if (rows[row]->literals[i].variable == variable)
                allowed = rows[row]->literals[i].mask;
        for (uint32_t value = 0; value < record.domain; value++)
            if ((allowed >> value & 1) != 0) {
                uint64_t *word = pack_builder_at(compile->builder, PACK_SECTION_MASK,
                                                 first + value * words + row / 64);
                *word |= UINT64_C(1) << row % 64;
            }
    }
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
    table.first_mask = pack_builder_count(compile->builder, PACK_SECTION_MASK);
    for (uint32_t i = 0; i < variable_count; i++)
        rows_mask(compile, rows, table.row_count, variables[i], table.word_count);
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
    for (uint32_t act = 0; act < compile->act_count; act++) {
        struct act_outcomes list = act_outcomes_of(compile, act);
        uint32_t table = table_find(compile, &list);
        if (table == PACK_NONE)
            table = table_add(compile, act, &list);
        struct pack_act *record = pack_builder_at(compile->builder, PACK_SECTION_ACT, act);
        record->table = table;
        record->flags = list.flags;
        if (table_asks_other(compile, table))
            record->flags |= PACK_ACT_ASKS_OTHER;
    }
}
