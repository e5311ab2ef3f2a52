/*
 * Matching a world against the row masks of an act's table.
 *
 * Read first: pack/image.h on outcomes and tables. One AND for each variable that rows read: a row
 * that is left holds. A variable that may be several things keeps two sets apart: rows that hold
 * whatever it is (the AND over its values) and rows that hold for something it may be (the OR).
 * This is the innermost loop of everything; it knows nothing of rules.
 */
#include "decide/decide_int.h"

static bool is_single(uint64_t domain)
{
    return (domain & (domain - 1)) == 0;
}

/* Both sets at once for a variable whose value is known. */
static void match_single(const uint64_t *mask, uint32_t words, uint64_t *certain,
                         uint64_t *possible)
{
    for (uint32_t w = 0; w < words; w++) {
        certain[w] &= mask[w];
        possible[w] &= mask[w];
    }
}

static void match_several(const uint64_t *mask, uint32_t words, uint64_t domain,
                          uint64_t *certain, uint64_t *possible)
{
    for (uint32_t w = 0; w < words; w++) {
        uint64_t all = UINT64_MAX, any = 0;
        for (uint64_t rest = domain; rest != 0; rest &= rest - 1) {
            uint64_t of_value = mask[(uint32_t)__builtin_ctzll(rest) * words + w];
            all &= of_value;
            any |= of_value;
        }
        certain[w] &= all;
        possible[w] &= any;
    }
}

void decide_match(const struct pack *pack, const struct pack_table *table, const uint64_t *domain,
                  uint64_t *certain, uint64_t *possible)
{
    uint32_t words = table->word_count;
    for (uint32_t w = 0; w < words; w++)
        certain[w] = possible[w] = UINT64_MAX;
    if (words != 0 && table->row_count % 64 != 0)
        certain[words - 1] = possible[words - 1] =
            (UINT64_C(1) << table->row_count % 64) - 1;
    const uint64_t *mask = pack->mask + table->first_mask;
    const uint32_t *variables = pack->list + table->variables.first;
    for (uint32_t i = 0; i < table->variables.count; i++) {
        uint32_t variable = variables[i];
        uint64_t values = domain[variable];
        if (is_single(values))
            match_single(mask + (uint32_t)__builtin_ctzll(values) * words, words, certain,
                         possible);
        else
            match_several(mask, words, values, certain, possible);
        mask += (size_t)pack->variable[variable].domain * words;
    }
}

bool decide_table_reads(const struct pack *pack, const struct pack_table *table,
                        uint32_t variable)
{
    for (uint32_t i = 0; i < table->variables.count; i++)
        if (pack->list[table->variables.first + i] == variable)
            return true;
    return false;
}
