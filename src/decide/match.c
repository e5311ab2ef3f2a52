/*
 * Matching a world against the row masks of an act's table.
 *
 * Read first: pack/image.h on outcomes and tables. One AND for each variable that rows read: a row
 * that is left holds. A variable that may be several things keeps two sets apart: rows that hold
 * whatever it is (the AND over its values) and rows that hold for something it may be (the OR).
 * This is the innermost loop of everything; it knows nothing of rules.
 *
 * For speed the words are cut into blocks, whose sets stay in registers, and the plan of a table
 * names for each block the variables that its rows read at all, first those that can empty a whole
 * word. Most blocks of a real policy are empty after a few variables, and the rest is passed over.
 *
 * What must hold: each word is in one block; a variable that is not in a block's list allows all
 * rows of the block, whatever its value.
 */
#include "decide/decide_int.h"

#define MATCH_LOOK_EVERY 8 /* variables between two looks whether a block is empty */

/* Two words as one value. Processors without such registers take them one by one. */
typedef uint64_t match_pair __attribute__((vector_size(16), aligned(8), may_alias));

static bool is_single(uint64_t domain)
{
    return (domain & (domain - 1)) == 0;
}

/* The bits of a word that are rows. */
static uint64_t word_rows(const struct pack_table *table, uint32_t word)
{
    bool is_cut = word + 1 == table->word_count && table->row_count % 64 != 0;
    return is_cut ? (UINT64_C(1) << table->row_count % 64) - 1 : UINT64_MAX;
}

/* ---- The plan -------------------------------------------------------------------------------- */

enum { POWER_NONE, POWER_DROPS, POWER_EMPTIES }; /* rows are dropped; a whole word may be emptied */

/* What the masks of a variable can do to some words. */
static uint8_t mask_power(const struct pack_table *table, const uint64_t *mask,
                          uint32_t value_count, uint32_t begin, uint32_t width)
{
    uint8_t power = POWER_NONE;
    for (uint32_t w = begin; w < begin + width; w++) {
        uint64_t rows = word_rows(table, w);
        for (uint32_t value = 0; value < value_count; value++) {
            uint64_t allowed = mask[value * table->word_count + w] & rows;
            if (allowed == 0)
                return POWER_EMPTIES;
            if (allowed != rows)
                power = POWER_DROPS;
        }
    }
    return power;
}

static uint32_t powers_find(const struct pack *pack, const struct pack_table *table,
                            const struct decide_plan *plan, uint32_t begin, uint32_t width,
                            uint8_t *powers)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < table->variables.count; i++) {
        uint32_t variable = pack->list[table->variables.first + i];
        powers[i] = mask_power(table, pack->mask + plan->first[i], pack->variable[variable].domain,
                               begin, width);
        count += powers[i] != POWER_NONE;
    }
    return count;
}

/* A block and the variables that it reads, those that can empty a word in front. */
static void block_add(struct decide_plan *plan, uint32_t begin, uint32_t width,
                      const uint8_t *powers, uint32_t variables)
{
    uint32_t end = plan->block_count == 0 ? 0 : plan->blocks[plan->block_count - 1].end;
    struct decide_block *block = &plan->blocks[plan->block_count++];
    uint32_t front = end;
    *block = (struct decide_block){begin, width, end};
    for (uint32_t i = 0; i < variables; i++) {
        if (powers[i] == POWER_NONE)
            continue;
        plan->positions[block->end++] = i;
        if (powers[i] == POWER_EMPTIES) {
            plan->positions[block->end - 1] = plan->positions[front];
            plan->positions[front++] = i;
        }
    }
}

/*
 * Cuts the words into blocks of 8, 4 or 1. Two blocks of 4 are one of 8 where they read nearly the
 * same variables: a step over 8 words costs about half as much again as one over 4.
 */
static void blocks_cut(const struct pack *pack, const struct pack_table *table,
                       struct decide_plan *plan, uint8_t *low, uint8_t *high)
{
    uint32_t words = table->word_count, variables = table->variables.count, at = 0;
    while (at < words) {
        uint32_t width = words - at >= 4 ? 4 : 1;
        uint32_t count = powers_find(pack, table, plan, at, width, low);
        if (words - at >= 8) {
            uint32_t apart = count + powers_find(pack, table, plan, at + 4, 4, high);
            uint32_t both = 0;
            for (uint32_t i = 0; i < variables; i++) {
                high[i] = low[i] > high[i] ? low[i] : high[i];
                both += high[i] != POWER_NONE;
            }
            width = both * 3 <= apart * 2 ? 8 : 4;
        }
        block_add(plan, at, width, width == 8 ? high : low, variables);
        at += width;
    }
}

struct decide_plan decide_plan_new(struct arena *arena, const struct pack *pack,
                                   const struct pack_table *table)
{
    uint32_t variables = table->variables.count, mask = table->first_mask;
    size_t blocks_max = table->word_count / 4 + 3;
    struct decide_plan plan = {
        .first = ARENA_ARRAY(arena, uint32_t, variables + 1),
        .selected = ARENA_ARRAY(arena, const uint64_t *, variables + 1),
        .positions = ARENA_ARRAY(arena, uint32_t, blocks_max * variables + 1),
        .blocks = ARENA_ARRAY(arena, struct decide_block, blocks_max),
    };
    for (uint32_t i = 0; i < variables; i++) {
        plan.first[i] = mask;
        mask += pack->variable[pack->list[table->variables.first + i]].domain * table->word_count;
    }
    blocks_cut(pack, table, &plan, ARENA_ARRAY(arena, uint8_t, variables + 1),
               ARENA_ARRAY(arena, uint8_t, variables + 1));
    return plan;
}

/* ---- All is known ---------------------------------------------------------------------------- */

/* For each variable the masks of its value, NULL where there are several. True: none has
 * several. */
static bool masks_select(const struct pack *pack, const struct pack_table *table,
                         const struct decide_plan *plan, const uint64_t *domain)
{
    const uint32_t *variables = pack->list + table->variables.first, *first = plan->first;
    const uint64_t **selected = plan->selected;
    const uint64_t *masks = pack->mask;
    uint32_t count = table->variables.count, words = table->word_count;
    bool all_single = true;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t values = domain[variables[i]];
        const uint64_t *of_value = masks + first[i] + (uint32_t)__builtin_ctzll(values) * words;
        if (!is_single(values)) {
            of_value = NULL;
            all_single = false;
        }
        selected[i] = of_value;
    }
    return all_single;
}

static const match_pair *pairs_at(const uint64_t *words)
{
    return (const match_pair *)(const void *)words;
}

/* Eight words; the sets stay in registers. No look whether they are empty: such blocks seldom
 * are. */
static void eight_known(const uint64_t *const *selected, const uint32_t *at, const uint32_t *end,
                        uint32_t begin, uint64_t *possible)
{
    match_pair *rows = (match_pair *)(void *)(possible + begin);
    match_pair a = rows[0], b = rows[1], c = rows[2], d = rows[3];
    for (; at < end; at++) {
        const match_pair *mask = pairs_at(selected[*at] + begin);
        a &= mask[0];
        b &= mask[1];
        c &= mask[2];
        d &= mask[3];
    }
    rows[0] = a;
    rows[1] = b;
    rows[2] = c;
    rows[3] = d;
}

/* Four words, left as soon as they are empty. */
static void four_known(const uint64_t *const *selected, const uint32_t *at, const uint32_t *end,
                       uint32_t begin, uint64_t *possible)
{
    match_pair *rows = (match_pair *)(void *)(possible + begin);
    match_pair a = rows[0], b = rows[1];
    while (at < end) {
        const uint32_t *look = end - at > MATCH_LOOK_EVERY ? at + MATCH_LOOK_EVERY : end;
        for (; at < look; at++) {
            const match_pair *mask = pairs_at(selected[*at] + begin);
            a &= mask[0];
            b &= mask[1];
        }
        match_pair left = a | b;
        if ((left[0] | left[1]) == 0)
            break;
    }
    rows[0] = a;
    rows[1] = b;
}

static void one_known(const uint64_t *const *selected, const uint32_t *at, const uint32_t *end,
                      uint32_t begin, uint64_t *possible)
{
    uint64_t rows = possible[begin];
    for (; at < end && rows != 0; at++)
        rows &= selected[*at][begin];
    possible[begin] = rows;
}

/* ---- Something is open ----------------------------------------------------------------------- */

/* A variable that may be several things, in one block. */
static void block_several(const uint64_t *mask, uint32_t words, uint64_t values, uint32_t width,
                          uint64_t *certain, uint64_t *possible)
{
    for (uint32_t w = 0; w < width; w++) {
        uint64_t all = UINT64_MAX, any = 0;
        for (uint64_t rest = values; rest != 0; rest &= rest - 1) {
            uint64_t of_value = mask[(uint32_t)__builtin_ctzll(rest) * words + w];
            all &= of_value;
            any |= of_value;
        }
        certain[w] &= all;
        possible[w] &= any;
    }
}

static void block_open(const struct pack *pack, const struct pack_table *table,
                       const struct decide_plan *plan, const uint64_t *domain,
                       const struct decide_block *block, const uint32_t *at, uint64_t *certain,
                       uint64_t *possible)
{
    const uint32_t *variables = pack->list + table->variables.first;
    const uint32_t *end = plan->positions + block->end;
    uint32_t begin = block->begin;
    uint64_t left = UINT64_MAX;
    for (; at < end && left != 0; at++) {
        const uint64_t *mask = plan->selected[*at];
        if (mask == NULL) {
            block_several(pack->mask + plan->first[*at] + begin, table->word_count,
                          domain[variables[*at]], block->width, certain + begin, possible + begin);
            continue;
        }
        left = 0;
        for (uint32_t w = begin; w < begin + block->width; w++) {
            certain[w] &= mask[w];
            left |= possible[w] &= mask[w];
        }
    }
}

void decide_match(const struct pack *pack, const struct pack_table *table,
                  const struct decide_plan *plan, const uint64_t *domain, uint64_t *certain,
                  uint64_t *possible)
{
    bool is_known = masks_select(pack, table, plan, domain);
    uint32_t words = table->word_count;
    for (uint32_t w = 0; w < words; w++)
        certain[w] = possible[w] = UINT64_MAX;
    if (words != 0)
        certain[words - 1] = possible[words - 1] = word_rows(table, words - 1);
    const uint32_t *at = plan->positions;
    for (uint32_t i = 0; i < plan->block_count; i++) {
        const struct decide_block *block = &plan->blocks[i];
        const uint32_t *end = plan->positions + block->end;
        if (!is_known)
            block_open(pack, table, plan, domain, block, at, certain, possible);
        else if (block->width == 8)
            eight_known(plan->selected, at, end, block->begin, possible);
        else if (block->width == 4)
            four_known(plan->selected, at, end, block->begin, possible);
        else
            one_known(plan->selected, at, end, block->begin, possible);
        at = end;
    }
    for (uint32_t w = 0; is_known && w < words; w++)
        certain[w] = possible[w];
}

bool decide_table_reads(const struct pack *pack, const struct pack_table *table, uint32_t variable)
{
    for (uint32_t i = 0; i < table->variables.count; i++)
        if (pack->list[table->variables.first + i] == variable)
            return true;
    return false;
}
