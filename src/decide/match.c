/*
 * Matching a world against the row masks of an act's table.
 *
 * Read first: pack/image.h on outcomes and tables. One AND for each variable that rows read: a row
 * that is left holds. A variable that may be several things keeps two sets apart: rows that hold
 * whatever it is (the AND over its values) and rows that hold for something it may be (the OR).
 * This is the innermost loop of everything; it knows nothing of rules.
 *
 * For speed rows are taken in blocks of MATCH_WORDS words, whose sets stay in registers, and the
 * plan of a table names for each block the variables that its rows read at all, first those that
 * can empty a whole word. Most blocks of a real policy are empty after a few variables, and then
 * the rest is passed over.
 *
 * What must hold: blocks cover all words. The last one may begin inside the one before it; both
 * come to the same there. A table with fewer words than a block is taken word by word.
 */
#include "decide/decide_int.h"

#define MATCH_WORDS 4u
#define MATCH_LOOK_EVERY 4u      /* variables between two looks whether a block is empty */
#define MATCH_SEVERAL UINT32_MAX /* in `selected`: the variable may be several things */

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

static uint32_t block_words(const struct pack_table *table)
{
    return table->word_count >= MATCH_WORDS ? MATCH_WORDS : 1;
}

static uint32_t block_begin(const struct pack_table *table, uint32_t block)
{
    uint32_t width = block_words(table), begin = block * width;
    return begin + width <= table->word_count ? begin : table->word_count - width;
}

/* ---- The plan -------------------------------------------------------------------------------- */

/* What the masks of a variable can do to a block: 0 nothing, 1 drop rows, 2 empty a word. */
static uint32_t mask_power(const struct pack_table *table, const uint64_t *mask,
                           uint32_t value_count, uint32_t begin)
{
    uint32_t power = 0;
    for (uint32_t w = begin; w < begin + block_words(table); w++) {
        uint64_t rows = word_rows(table, w);
        for (uint32_t value = 0; value < value_count; value++) {
            uint64_t allowed = mask[value * table->word_count + w] & rows;
            if (allowed == 0)
                return 2;
            if (allowed != rows)
                power = 1;
        }
    }
    return power;
}

/* Positions of the variables that a block reads, those that can empty a word in front. */
static uint32_t block_plan(const struct pack *pack, const struct pack_table *table,
                           const uint32_t *first, uint32_t begin, uint32_t *positions)
{
    uint32_t front = 0, count = 0;
    for (uint32_t i = 0; i < table->variables.count; i++) {
        uint32_t variable = pack->list[table->variables.first + i];
        uint32_t power =
            mask_power(table, pack->mask + first[i], pack->variable[variable].domain, begin);
        if (power == 0)
            continue;
        positions[count++] = i;
        if (power == 2) {
            positions[count - 1] = positions[front];
            positions[front++] = i;
        }
    }
    return count;
}

struct decide_plan decide_plan_new(struct arena *arena, const struct pack *pack,
                                   const struct pack_table *table)
{
    uint32_t width = block_words(table), variables = table->variables.count;
    struct decide_plan plan = {.block_count = (table->word_count + width - 1) / width};
    plan.first = ARENA_ARRAY(arena, uint32_t, variables + 1);
    plan.selected = ARENA_ARRAY(arena, uint32_t, variables + 1);
    plan.ends = ARENA_ARRAY(arena, uint32_t, plan.block_count + 1);
    plan.positions = ARENA_ARRAY(arena, uint32_t, (size_t)plan.block_count * variables + 1);
    uint32_t mask = table->first_mask, count = 0;
    for (uint32_t i = 0; i < variables; i++) {
        plan.first[i] = mask;
        mask += pack->variable[pack->list[table->variables.first + i]].domain * table->word_count;
    }
    for (uint32_t block = 0; block < plan.block_count; block++) {
        count += block_plan(pack, table, plan.first, block_begin(table, block),
                            plan.positions + count);
        plan.ends[block] = count;
    }
    return plan;
}

/* ---- Matching -------------------------------------------------------------------------------- */

/* For each variable the mask of its value. True when every variable has a single one. */
static bool masks_select(const struct pack *pack, const struct pack_table *table,
                         const struct decide_plan *plan, const uint64_t *domain)
{
    const uint32_t *variables = pack->list + table->variables.first;
    bool all_single = true;
    for (uint32_t i = 0; i < table->variables.count; i++) {
        uint64_t values = domain[variables[i]];
        bool single = is_single(values);
        uint32_t value = (uint32_t)__builtin_ctzll(values);
        plan->selected[i] = single ? plan->first[i] + value * table->word_count : MATCH_SEVERAL;
        all_single = all_single && single;
    }
    return all_single;
}

/* One block where all is known: the two sets are the same. Inlined, so that `width` is a number. */
static inline __attribute__((always_inline)) void
block_known(const uint64_t *masks, const uint32_t *selected, const uint32_t *at,
            const uint32_t *end, uint32_t width, uint64_t *possible)
{
    uint64_t rows[MATCH_WORDS], left = UINT64_MAX;
    for (uint32_t w = 0; w < width; w++)
        rows[w] = possible[w];
    while (at < end && left != 0) {
        const uint32_t *look = end - at > MATCH_LOOK_EVERY ? at + MATCH_LOOK_EVERY : end;
        for (; at < look; at++)
            for (uint32_t w = 0; w < width; w++)
                rows[w] &= masks[selected[*at] + w];
        left = 0;
        for (uint32_t w = 0; w < width; w++)
            left |= rows[w];
    }
    for (uint32_t w = 0; w < width; w++)
        possible[w] = rows[w];
}

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

/* One block where something is open. */
static void block_open(const struct pack *pack, const struct pack_table *table,
                       const struct decide_plan *plan, const uint64_t *domain, uint32_t block,
                       uint64_t *certain, uint64_t *possible)
{
    uint32_t begin = block_begin(table, block), width = block_words(table);
    const uint32_t *variables = pack->list + table->variables.first;
    uint64_t left = UINT64_MAX;
    for (uint32_t at = block == 0 ? 0 : plan->ends[block - 1];
         at < plan->ends[block] && left != 0; at++) {
        uint32_t position = plan->positions[at];
        const uint64_t *mask = pack->mask + begin;
        if (plan->selected[position] == MATCH_SEVERAL) {
            block_several(mask + plan->first[position], table->word_count,
                          domain[variables[position]], width, certain + begin, possible + begin);
            continue;
        }
        mask += plan->selected[position];
        left = 0;
        for (uint32_t w = 0; w < width; w++) {
            certain[begin + w] &= mask[w];
            left |= possible[begin + w] &= mask[w];
        }
    }
}

void decide_match(const struct pack *pack, const struct pack_table *table,
                  const struct decide_plan *plan, const uint64_t *domain, uint64_t *certain,
                  uint64_t *possible)
{
    bool is_known = masks_select(pack, table, plan, domain);
    uint32_t width = block_words(table);
    for (uint32_t w = 0; w < table->word_count; w++)
        certain[w] = possible[w] = word_rows(table, w);
    const uint32_t *at = plan->positions;
    for (uint32_t block = 0; block < plan->block_count; block++) {
        uint32_t begin = block_begin(table, block);
        const uint32_t *end = plan->positions + plan->ends[block];
        const uint64_t *masks = pack->mask + begin;
        if (!is_known)
            block_open(pack, table, plan, domain, block, certain, possible);
        else if (width == MATCH_WORDS)
            block_known(masks, plan->selected, at, end, MATCH_WORDS, possible + begin);
        else
            block_known(masks, plan->selected, at, end, 1, possible + begin);
        at = end;
    }
    for (uint32_t w = 0; is_known && w < table->word_count; w++)
        certain[w] = possible[w];
}

bool decide_table_reads(const struct pack *pack, const struct pack_table *table,
                        uint32_t variable)
{
    for (uint32_t i = 0; i < table->variables.count; i++)
        if (pack->list[table->variables.first + i] == variable)
            return true;
    return false;
}
