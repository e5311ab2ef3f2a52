/*
 * What all completions of a world agree on.
 *
 * Read first: docs/policy-language.md, section 5.8. Matching alone settles most worlds. Where it
 * leaves the
 * verdict open, this search splits the world in two at a row that is open: in one half a variable
 * has the values that the row allows, in the other those that it does not. Each half is settled by
 * matching, or split again. It stops at the second different result, since then nothing is common.
 * What must hold: halves are disjoint and together are the whole, so the search is exact; past
 * DECIDE_STEPS_MAX it
 * gives up and says so, which is never taken for "allowed".
 */
#include "decide/decide_int.h"

enum { COMMON_UNSET = -2, COMMON_DIFFERS = -1 };

/* How much it helps to settle an outcome first: scope, then what defeats others, then the
 * strictest. */
static uint32_t outcome_score(const struct decide_search *search, uint32_t position)
{
    const struct decide_weigh *weigh = search->weigh;
    const struct pack *pack = weigh->pack;
    const struct pack_outcome *outcome =
        &pack->outcome[pack->list[weigh->table->outcomes.first + position]];
    bool is_conflict_open = weigh->conflict == DECIDE_OPEN;
    if (outcome->rule == PACK_NONE)
        return is_conflict_open ? 90 : 15;
    const struct pack_rule *rule = &pack->rule[outcome->rule];
    if (outcome->rule == search->rule)
        return 200;
    if (is_conflict_open &&
        (rule->effect == PACK_EFFECT_PERMITS || rule->effect == PACK_EFFECT_REQUIRES))
        return 88;
    if (rule->effect == PACK_EFFECT_COVERS || rule->effect == PACK_EFFECT_LEAVES_OUT)
        return weigh->in_scope == DECIDE_OPEN ? 100 : 1;
    if (rule->effect == PACK_EFFECT_IF_UNSURE)
        return 1;
    if (rule->effect == PACK_EFFECT_PROTECTS)
        return weigh->highest >= PACK_LEVEL_ASK_FIRST ? 65 : 2;
    if (outcome->level <= (uint32_t)weigh->lowest && rule->attacks.count == 0 &&
        rule->effect != PACK_EFFECT_PERMITS)
        return 3;
    return 10 + 8 * outcome->level + (rule->attacks.count != 0 ? 30 : 0);
}

static bool row_variable_find(const struct decide_search *search, uint32_t row, uint32_t *variable,
                              uint64_t *allowed);

/* Whether something can be split at a row: nothing can where only the fact apart keeps it open. */
static bool row_is_split(const struct decide_search *search, uint32_t row)
{
    uint32_t variable;
    uint64_t allowed;
    return search->apart == NULL || row_variable_find(search, row, &variable, &allowed);
}

/* The open row that is best settled first; false when every row is settled. */
static bool open_row_find(const struct decide_search *search, uint32_t *row)
{
    const struct decide_weigh *weigh = search->weigh;
    const uint32_t *of_row = weigh->pack->list + weigh->table->row_outcomes.first;
    uint32_t best = 0;
    for (uint32_t w = 0; w < weigh->table->word_count; w++)
        for (uint64_t rest = weigh->match.possible[w] & ~weigh->match.certain[w]; rest != 0;
             rest &= rest - 1) {
            uint32_t index = w * 64 + (uint32_t)__builtin_ctzll(rest);
            if (weigh->outcome_truth[of_row[index]] != DECIDE_OPEN)
                continue;
            uint32_t score = outcome_score(search, of_row[index]);
            if (score > best && row_is_split(search, index)) {
                best = score;
                *row = index;
            }
        }
    return best != 0;
}

static bool is_apart(const struct decide_search *search, uint32_t variable)
{
    return search->apart != NULL &&
           variable - search->apart->first_variable < search->apart->variable_count;
}

/* A variable that keeps the row open, and the values that the row allows. */
static bool row_variable_find(const struct decide_search *search, uint32_t row,
                              uint32_t *variable, uint64_t *allowed)
{
    const struct pack *pack = search->weigh->pack;
    const struct pack_table *table = search->weigh->table;
    const uint64_t *mask = pack->mask + table->first_mask;
    for (uint32_t i = 0; i < table->variables.count; i++) {
        uint32_t candidate = pack->list[table->variables.first + i];
        uint32_t count = pack->variable[candidate].domain;
        uint64_t domain = search->domain[candidate];
        *allowed = 0;
        if ((domain & (domain - 1)) != 0)
            for (uint32_t value = 0; value < count; value++)
                if ((mask[value * table->word_count + row / 64] >> row % 64 & 1) != 0)
                    *allowed |= UINT64_C(1) << value;
        if ((domain & *allowed) != 0 && (domain & ~*allowed) != 0 && !is_apart(search, candidate)) {
            *variable = candidate;
            return true;
        }
        mask += (size_t)count * table->word_count;
    }
    return false;
}

bool decide_split_find(const struct decide_search *search, uint32_t *variable, uint64_t *allowed)
{
    uint32_t row = 0;
    return open_row_find(search, &row) && row_variable_find(search, row, variable, allowed);
}

static int common_join(int common, int result)
{
    if (common == COMMON_UNSET)
        return result;
    return common == result ? common : COMMON_DIFFERS;
}

/* Bounded by DECIDE_STEPS_MAX in all and by the number of values in depth: each split removes
 * one. */
static int search_split(struct decide_search *search, int common)
{
    if (++search->weigh->steps > DECIDE_STEPS_MAX) {
        search->is_cut_short = true;
        return COMMON_DIFFERS;
    }
    decide_weigh_world(search->weigh, search->domain);
    int result = search->judge(search);
    if (result >= 0)
        return common_join(common, result);
    uint32_t variable = 0;
    uint64_t allowed = 0;
    if (!decide_split_find(search, &variable, &allowed))
        return COMMON_DIFFERS;
    uint64_t halves[2] = {allowed, ~allowed};
    for (uint32_t i = 0; i < 2 && common != COMMON_DIFFERS; i++) {
        uint32_t mark = search->trail.count;
        if (decide_narrow(search->weigh->pack, search->domain, variable, halves[i],
                          &search->trail))
            common = search_split(search, common);
        decide_undo(search->domain, &search->trail, mark);
    }
    return common;
}

int decide_search_common(struct decide_search *search)
{
    int common = search_split(search, COMMON_UNSET);
    return common < 0 ? -1 : common;
}

int decide_judge_verdict(const struct decide_search *search)
{
    enum decide_verdict verdict = decide_weigh_verdict(search->weigh);
    return verdict == DECIDE_VERDICT_COUNT ? -1 : (int)verdict;
}

int decide_judge_scope(const struct decide_search *search)
{
    return search->weigh->in_scope == DECIDE_OPEN ? -1 : (int)search->weigh->in_scope;
}

int decide_judge_unsure(const struct decide_search *search)
{
    enum decide_truth fires = (enum decide_truth)search->weigh->rulings[search->rule].fires;
    enum decide_truth scope = search->weigh->in_scope;
    if (fires == DECIDE_YES || scope == DECIDE_NO)
        return 1;
    return fires == DECIDE_NO && scope == DECIDE_YES ? 0 : -1;
}

int decide_judge_stands(const struct decide_search *search)
{
    const struct decide_weigh *weigh = search->weigh;
    uint32_t rule = search->rule;
    if (weigh->rulings[rule].stands == DECIDE_NO)
        return 0;
    bool is_settled = weigh->rulings[rule].stands == DECIDE_YES && weigh->conflict != DECIDE_OPEN &&
                      weigh->rulings[rule].level_low == weigh->rulings[rule].level_high;
    return is_settled ? (int)weigh->rulings[rule].level_low + 1 : -1;
}

/* 0: the rule does not fire; 1 and its level where it does. */
int decide_judge_level(const struct decide_search *search)
{
    const struct decide_weigh *weigh = search->weigh;
    uint32_t lowest = 0, highest = 0;
    if (weigh->rulings[search->rule].fires == DECIDE_NO)
        return 0;
    for (uint32_t i = 0; i < weigh->outcome_count; i++) {
        uint32_t index = weigh->pack->list[weigh->table->outcomes.first + weigh->outcomes[i]];
        const struct pack_outcome *outcome = &weigh->pack->outcome[index];
        if (outcome->rule != search->rule)
            continue;
        bool is_certain = weigh->outcome_truth[weigh->outcomes[i]] == DECIDE_YES;
        lowest = is_certain && outcome->level > lowest ? outcome->level : lowest;
        highest = outcome->level > highest ? outcome->level : highest;
    }
    bool is_settled = weigh->rulings[search->rule].fires == DECIDE_YES && lowest == highest;
    return is_settled ? (int)lowest + 1 : -1;
}

enum decide_verdict decide_complete(struct arena *arena, struct decide_weigh *weigh,
                                    const struct decide_world *world, bool *is_cut_short)
{
    struct decide_search search = {.weigh = weigh,
                                   .domain = world->domain,
                                   .trail = decide_trail_of(arena, world),
                                   .judge = decide_judge_verdict,
                                   .rule = PACK_NONE};
    int common = decide_search_common(&search);
    *is_cut_short = *is_cut_short || search.is_cut_short;
    return common < 0 ? DECIDE_VERDICT_UNDETERMINED : (enum decide_verdict)common;
}

uint32_t decide_open_rows(const struct decide_world *world, const struct decide_weigh *weigh,
                          uint32_t variable, const uint64_t *mask)
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < world->table->word_count; w++) {
        uint64_t all = UINT64_MAX, any = 0;
        for (uint64_t rest = world->domain[variable]; rest != 0; rest &= rest - 1) {
            uint64_t rows = mask[(uint32_t)__builtin_ctzll(rest) * world->table->word_count + w];
            all &= rows;
            any |= rows;
        }
        count += (uint32_t)__builtin_popcountll((any & ~all) & weigh->match.possible[w] &
                                                ~weigh->match.certain[w]);
    }
    return count;
}
