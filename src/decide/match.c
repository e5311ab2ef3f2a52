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
 * The rows that are left are written down at once, without a guess how many a word holds: what a
 * processor guesses wrongly costs more than the matching.
 *
 * What must hold: each word is in one block; a variable that is not in a block's list allows all
 * rows of the block, whatever its value.
 */
#include "decide/decide_int.h"

#include "base/cpu.h"

#include <string.h>

#define BLOCK_WORDS_MAX 16u
#define MATCH_STEP_COST 6u /* looking up the value of a variable, in ANDs of four words */
#define ROWS_AT_ONCE 4u
#define MATCH_LOOK_EVERY 8 /* variables between two looks whether a block is empty */

/* Four words as one value. Processors without such registers take fewer at once. */
typedef uint64_t match_four __attribute__((vector_size(32), aligned(8), may_alias));

static inline const match_four *fours_at(const uint64_t *words)
{
    return (const match_four *)(const void *)words;
}

static bool is_single(uint64_t domain)
{
    return (domain & (domain - 1)) == 0;
}

/* The bits of a word that are rows: some of the last words may have none. */
static uint64_t word_rows(const struct pack_table *table, uint32_t word)
{
    if (word * 64 >= table->row_count)
        return 0;
    uint32_t rows = table->row_count - word * 64;
    return rows >= 64 ? UINT64_MAX : (UINT64_C(1) << rows) - 1;
}

static const match_four match_all = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};

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

static uint32_t powers_find(const struct decide_match *match, uint32_t begin, uint32_t width,
                            uint8_t *powers)
{
    const struct pack *pack = match->pack;
    const struct pack_table *table = match->table;
    uint32_t count = 0;
    for (uint32_t i = 0; i < table->variables.count; i++) {
        uint32_t variable = pack->list[table->variables.first + i];
        powers[i] = mask_power(table, pack->mask + match->first[i], pack->variable[variable].domain,
                               begin, width);
        count += powers[i] != POWER_NONE;
    }
    return count;
}

/* A block and the variables that it reads, those that can empty a word in front. */
static void block_add(struct decide_match *match, uint32_t begin, uint32_t width,
                      const uint8_t *powers, uint32_t variables)
{
    uint32_t end = match->block_count == 0 ? 0 : match->blocks[match->block_count - 1].end;
    struct decide_block *block = &match->blocks[match->block_count++];
    uint32_t front = end;
    *block = (struct decide_block){begin, width, end};
    for (uint32_t i = 0; i < variables; i++) {
        if (powers[i] == POWER_NONE)
            continue;
        match->positions[block->end++] = i;
        if (powers[i] == POWER_EMPTIES) {
            match->positions[block->end - 1] = match->positions[front];
            match->positions[front++] = i;
        }
    }
}

/* What a block costs, in about the time of one AND of four words. */
static uint32_t block_cost(uint32_t variables, uint32_t width)
{
    return variables * (MATCH_STEP_COST + width / 4);
}

/*
 * Cuts the words into blocks of one word, or of four to sixteen. The next four words join a block
 * where that is cheaper than a block of their own: where they read nearly the same variables.
 */
static void blocks_cut(struct decide_match *match, uint8_t *powers, uint8_t *joined)
{
    uint32_t words = match->table->word_count, variables = match->table->variables.count;
    uint32_t unit = words < 4 ? 1 : 4, at = 0;
    while (at < words) {
        uint32_t width = unit, count = powers_find(match, at, unit, powers);
        while (unit == 4 && width < BLOCK_WORDS_MAX && at + width < words) {
            uint32_t both = 0, next = powers_find(match, at + width, unit, joined);
            for (uint32_t i = 0; i < variables; i++) {
                joined[i] = joined[i] > powers[i] ? joined[i] : powers[i];
                both += joined[i] != POWER_NONE;
            }
            if (block_cost(both, width + unit) > block_cost(count, width) + block_cost(next, unit))
                break;
            memcpy(powers, joined, variables);
            count = both;
            width += unit;
        }
        block_add(match, at, width, powers, variables);
        at += width;
    }
}

struct decide_match decide_match_new(struct arena *arena, const struct pack *pack,
                                     const struct pack_table *table)
{
    uint32_t variables = table->variables.count, words = table->word_count;
    uint32_t mask = table->first_mask;
    size_t blocks_max = words / 4 + 3;
    struct decide_match match = {
        .pack = pack,
        .table = table,
        .certain = ARENA_ARRAY(arena, uint64_t, words + 1),
        .possible = ARENA_ARRAY(arena, uint64_t, words + 1),
        .all = ARENA_ARRAY(arena, uint64_t, words + 1),
        .rows = ARENA_ARRAY(arena, uint32_t, words * 64 + ROWS_AT_ONCE),
        .first = ARENA_ARRAY(arena, uint32_t, variables + 1),
        .selected = ARENA_ARRAY(arena, uint32_t, variables + 1),
        .positions = ARENA_ARRAY(arena, uint32_t, blocks_max * variables + 1),
        .blocks = ARENA_ARRAY(arena, struct decide_block, blocks_max),
    };
    for (uint32_t i = 0; i < variables; i++) {
        match.first[i] = mask;
        mask += pack->variable[pack->list[table->variables.first + i]].domain * words;
    }
    for (uint32_t w = 0; w < words; w++)
        match.all[w] = word_rows(table, w);
    blocks_cut(&match, ARENA_ARRAY(arena, uint8_t, variables + 1),
               ARENA_ARRAY(arena, uint8_t, variables + 1));
    return match;
}

/* ---- All is known ---------------------------------------------------------------------------- */

/* For each variable the mask of its least value; true when none has several. */
static inline bool masks_select(struct decide_match *match, const uint64_t *domain)
{
    const struct pack_table *table = match->table;
    const uint32_t *variables = match->pack->list + table->variables.first, *first = match->first;
    uint32_t *selected = match->selected;
    uint32_t count = table->variables.count, words = table->word_count;
    uint64_t several = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t values = domain[variables[i]];
        several |= values & (values - 1);
        selected[i] = first[i] + (uint32_t)__builtin_ctzll(values) * words;
    }
    return several == 0;
}

/* The masks of a block and the variables that it reads, where all is known. */
struct block_known {
    const uint64_t *masks;
    const uint32_t *selected, *at, *end;
};

/* Left as soon as the block is empty. `fours` is a constant where this is called: the sets are
 * registers. */
static inline __attribute__((always_inline)) void fours_known(struct block_known block,
                                                              uint64_t *possible, uint32_t fours)
{
    match_four sets[BLOCK_WORDS_MAX / 4];
#pragma GCC unroll 4
    for (uint32_t i = 0; i < fours; i++)
        sets[i] = match_all;
    while (block.at < block.end) {
        const uint32_t *look = block.end - block.at > MATCH_LOOK_EVERY
                                   ? block.at + MATCH_LOOK_EVERY
                                   : block.end;
        for (; block.at < look; block.at++) {
            const match_four *mask = fours_at(block.masks + block.selected[*block.at]);
#pragma GCC unroll 4
            for (uint32_t i = 0; i < fours; i++)
                sets[i] &= mask[i];
        }
        match_four left = sets[0];
#pragma GCC unroll 4
        for (uint32_t i = 1; i < fours; i++)
            left |= sets[i];
        if ((left[0] | left[1] | left[2] | left[3]) == 0)
            break;
    }
#pragma GCC unroll 4
    for (uint32_t i = 0; i < fours; i++)
        ((match_four *)(void *)possible)[i] = sets[i];
}

static inline void one_known(struct block_known block, uint64_t *possible)
{
    uint64_t rows = UINT64_MAX;
    for (; block.at < block.end && rows != 0; block.at++)
        rows &= block.masks[block.selected[*block.at]];
    *possible = rows;
}

static inline __attribute__((always_inline)) void blocks_known(struct decide_match *match)
{
    const uint32_t *at = match->positions;
    uint64_t *possible = match->possible;
    for (uint32_t i = 0; i < match->block_count; i++) {
        uint32_t begin = match->blocks[i].begin, width = match->blocks[i].width;
        struct block_known block = {match->pack->mask + begin, match->selected, at,
                                    match->positions + match->blocks[i].end};
        if (width == 16)
            fours_known(block, possible + begin, 4);
        else if (width == 12)
            fours_known(block, possible + begin, 3);
        else if (width == 8)
            fours_known(block, possible + begin, 2);
        else if (width == 4)
            fours_known(block, possible + begin, 1);
        else
            one_known(block, possible + begin);
        at = block.end;
    }
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

/* One block; left when nothing is possible in it any more. */
static void block_open(struct decide_match *match, const uint64_t *domain, uint32_t index)
{
    const struct decide_block *block = &match->blocks[index];
    const uint32_t *variables = match->pack->list + match->table->variables.first;
    const uint32_t *at = match->positions + (index == 0 ? 0 : match->blocks[index - 1].end);
    const uint32_t *end = match->positions + block->end;
    uint64_t *certain = match->certain + block->begin, *possible = match->possible + block->begin;
    const uint64_t *masks = match->pack->mask + block->begin;
    uint64_t left = UINT64_MAX;
    for (; at < end && left != 0; at++) {
        uint64_t values = domain[variables[*at]];
        if (!is_single(values)) {
            block_several(masks + match->first[*at], match->table->word_count, values,
                          block->width, certain, possible);
            continue;
        }
        const uint64_t *mask = masks + match->selected[*at];
        left = 0;
        for (uint32_t w = 0; w < block->width; w++) {
            certain[w] &= mask[w];
            left |= possible[w] &= mask[w];
        }
    }
}

static void blocks_open(struct decide_match *match, const uint64_t *domain)
{
    for (uint32_t w = 0; w < match->table->word_count; w++)
        match->certain[w] = match->possible[w] = match->all[w];
    for (uint32_t i = 0; i < match->block_count; i++)
        block_open(match, domain, i);
}

/* ---- Rows ------------------------------------------------------------------------------------ */

/* The lowest row of a word, taken from it; of an empty word any. */
static inline uint32_t row_take(uint64_t *rest)
{
    uint32_t row = (uint32_t)__builtin_ctzll(*rest | UINT64_C(1) << 63);
    *rest &= *rest - 1;
    return row;
}

/*
 * Writes down the rows that are possible. Four are written for each word, whether or not it has as
 * many: what is too much is overwritten by those of the next word.
 */
static inline void rows_list(struct decide_match *match)
{
    const uint64_t *possible = match->possible;
    uint32_t *rows = match->rows, words = (match->table->row_count + 63) / 64, count = 0;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t rest = possible[w];
        uint32_t end = count + (uint32_t)__builtin_popcountll(rest);
        do {
            rows[count] = w * 64 + row_take(&rest);
            rows[count + 1] = w * 64 + row_take(&rest);
            rows[count + 2] = w * 64 + row_take(&rest);
            rows[count + 3] = w * 64 + row_take(&rest);
            count += 4;
        } while (count < end);
        count = end;
    }
    match->row_count = count;
}

CPU_CLONES
void decide_match_world(struct decide_match *match, const uint64_t *domain)
{
    uint64_t *certain = match->certain, *possible = match->possible;
    uint32_t words = match->table->word_count;
    match->is_known = masks_select(match, domain);
    if (match->is_known) {
        blocks_known(match);
        for (uint32_t w = 0; w < words; w++)
            certain[w] = possible[w] &= match->all[w];
    } else {
        blocks_open(match, domain);
    }
    rows_list(match);
}

bool decide_table_reads(const struct pack *pack, const struct pack_table *table, uint32_t variable)
{
    for (uint32_t i = 0; i < table->variables.count; i++)
        if (pack->list[table->variables.first + i] == variable)
            return true;
    return false;
}
