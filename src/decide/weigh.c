/*
 * From matched rows to standing rules and the verdict.
 *
 * Read first: docs/policy-language.md, sections 5.2 to 5.7, whose order this file follows:
 *   1. which outcomes hold, so which rules fire        (5.2)
 *   2. scope                                           (5.3)
 *   3. defeat, in order of rank                        (5.4)
 *   4. protection by law                               (5.6, before conflicts: suspended rules
 * take no part)
 *   5. conflicts                                       (5.5, conflict.c)
 *   6. the verdict, as lowest and highest level        (5.7)
 * In a world where everything is known lowest and highest are the same and the answer is exact.
 * Elsewhere YES and NO are safe: they hold in every completion. Only rules that may fire are
 * looked at.
 */
#include "decide/decide_int.h"

#define EFFECT_LAW_SCOPE PACK_EFFECT_COUNT /* scope rules of the law, which have no effect */

static bool is_scope(const struct pack_rule *rule)
{
    return rule->effect == PACK_EFFECT_COVERS || rule->effect == PACK_EFFECT_LEAVES_OUT;
}

static uint8_t effect_of(const struct pack_rule *rule)
{
    bool is_law = (rule->flags & PACK_RULE_LAW) != 0;
    return is_law && is_scope(rule) ? (uint8_t)EFFECT_LAW_SCOPE : (uint8_t)rule->effect;
}

/* What is asked of every outcome that may hold, side by side. */
static struct decide_found *founds_gather(struct arena *arena, const struct pack *pack,
                                          const struct pack_table *table)
{
    struct decide_found *founds =
        ARENA_ARRAY(arena, struct decide_found, table->outcomes.count + 1);
    for (uint32_t i = 0; i < table->outcomes.count; i++) {
        const struct pack_outcome *outcome =
            &pack->outcome[pack->list[table->outcomes.first + i]];
        founds[i].rule = outcome->rule;
        founds[i].level = (uint8_t)outcome->level;
        if (outcome->rule == PACK_NONE)
            continue;
        founds[i].rank = (uint16_t)pack->rule[outcome->rule].rank;
        founds[i].effect = effect_of(&pack->rule[outcome->rule]);
    }
    return founds;
}

struct decide_weigh *decide_weigh_new(struct arena *arena, const struct pack *pack, uint32_t act)
{
    struct decide_weigh *weigh = ARENA_NEW(arena, struct decide_weigh);
    const struct pack_table *table = &pack->table[pack->act[act].table];
    weigh->pack = pack;
    weigh->table = table;
    weigh->plan = decide_plan_new(arena, pack, table);
    weigh->founds = founds_gather(arena, pack, table);
    weigh->certain = ARENA_ARRAY(arena, uint64_t, table->word_count + 1);
    weigh->possible = ARENA_ARRAY(arena, uint64_t, table->word_count + 1);
    weigh->outcomes = ARENA_ARRAY(arena, uint32_t, table->outcomes.count + 1);
    weigh->outcome_truth = ARENA_ARRAY(arena, uint8_t, table->outcomes.count + 1);
    weigh->rules = ARENA_ARRAY(arena, uint32_t, table->outcomes.count + 1);
    weigh->fires = ARENA_ARRAY(arena, uint8_t, pack->rule_count + 1);
    weigh->stands = ARENA_ARRAY(arena, uint8_t, pack->rule_count + 1);
    weigh->level_low = ARENA_ARRAY(arena, uint8_t, pack->rule_count + 1);
    weigh->level_high = ARENA_ARRAY(arena, uint8_t, pack->rule_count + 1);
    weigh->suspended = ARENA_ARRAY(arena, uint8_t, pack->rule_count + 1);
    weigh->defeated_by = ARENA_ARRAY(arena, uint32_t, pack->rule_count + 1);
    weigh->aside_by = ARENA_ARRAY(arena, uint32_t, pack->rule_count + 1);
    weigh->known_took = ARENA_ARRAY(arena, uint8_t, pack->known_count + 1);
    weigh->conflicts = ARENA_ARRAY(arena, struct decide_conflict, DECIDE_CONFLICTS_MAX);
    for (uint32_t i = 0; i < pack->rule_count; i++)
        weigh->defeated_by[i] = weigh->aside_by[i] = PACK_NONE;
    return weigh;
}

/* A rule of one of these effects may fire; the argument is a set of 1 << effect. */
#define EFFECT(name) (UINT32_C(1) << PACK_EFFECT_##name)

static bool has_effect(const struct decide_weigh *weigh, uint32_t effects)
{
    return (weigh->effects & effects) != 0;
}

/* Takes back what the world before left behind, of the rules that it found. */
static void weigh_reset(struct decide_weigh *weigh)
{
    const uint32_t *rules = weigh->rules, *outcomes = weigh->outcomes;
    uint32_t rule_count = weigh->rule_count, outcome_count = weigh->outcome_count;
    uint8_t *fires = weigh->fires, *stands = weigh->stands, *truth = weigh->outcome_truth;
    bool has_marks = weigh->rank_max != 0 ||
                     has_effect(weigh, EFFECT(PROTECTS) | EFFECT(PERMITS) | EFFECT(REQUIRES));
    for (uint32_t i = 0; i < outcome_count; i++)
        truth[outcomes[i]] = DECIDE_NO;
    for (uint32_t i = 0; i < rule_count; i++)
        fires[rules[i]] = stands[rules[i]] = DECIDE_NO;
    for (uint32_t i = 0; has_marks && i < rule_count; i++) {
        weigh->suspended[rules[i]] = DECIDE_NO;
        weigh->defeated_by[rules[i]] = weigh->aside_by[rules[i]] = PACK_NONE;
    }
}

/* 1. Outcomes whose rows may hold. Rows are sorted by outcome: those of one stand together. */
static void outcomes_collect(struct decide_weigh *weigh)
{
    const uint32_t *of_row = weigh->pack->list + weigh->table->row_outcomes.first;
    const uint64_t *possible = weigh->possible, *certain = weigh->certain;
    uint32_t *outcomes = weigh->outcomes;
    uint8_t *truth = weigh->outcome_truth;
    uint32_t words = weigh->table->word_count, count = 0, last = PACK_NONE;
    for (uint32_t w = 0; w < words; w++)
        for (uint64_t rest = possible[w]; rest != 0; rest &= rest - 1) {
            uint32_t position = of_row[w * 64 + (uint32_t)__builtin_ctzll(rest)];
            bool is_certain = (certain[w] & rest & (~rest + 1)) != 0;
            if (position != last) {
                outcomes[count++] = last = position;
                truth[position] = DECIDE_OPEN;
            }
            if (is_certain)
                truth[position] = DECIDE_YES;
        }
    weigh->outcome_count = count;
}

/* A further outcome of a rule that may fire. */
static void rule_raise(struct decide_weigh *weigh, uint32_t rule, uint8_t low, uint8_t high,
                       uint8_t truth)
{
    if (truth == DECIDE_YES)
        weigh->fires[rule] = DECIDE_YES;
    if (weigh->level_high[rule] < high)
        weigh->level_high[rule] = high;
    if (weigh->level_low[rule] < low)
        weigh->level_low[rule] = low;
}

/* 1. Their rules: the first outcome makes a rule one of those that may fire. */
static void rules_collect(struct decide_weigh *weigh)
{
    const struct decide_found *founds = weigh->founds;
    const uint32_t *outcomes = weigh->outcomes;
    uint32_t *rules = weigh->rules;
    uint8_t *fires = weigh->fires, *lows = weigh->level_low, *highs = weigh->level_high;
    const uint8_t *truths = weigh->outcome_truth;
    uint32_t outcome_count = weigh->outcome_count, count = 0, effects = 0, rank_max = 0;
    bool is_total = true;
    for (uint32_t i = 0; i < outcome_count; i++) {
        const struct decide_found *found = &founds[outcomes[i]];
        uint32_t rule = found->rule;
        uint8_t truth = truths[outcomes[i]], high = found->level;
        uint8_t low = truth == DECIDE_YES ? high : (uint8_t)PACK_LEVEL_NOT_COVERED;
        is_total = is_total && truth == DECIDE_YES;
        if (rule == PACK_NONE)
            continue;
        if (fires[rule] != DECIDE_NO) {
            rule_raise(weigh, rule, low, high, truth);
            continue;
        }
        effects |= UINT32_C(1) << found->effect;
        rank_max = rank_max < found->rank ? found->rank : rank_max;
        rules[count++] = rule;
        fires[rule] = truth;
        lows[rule] = low;
        highs[rule] = high;
    }
    weigh->rule_count = count;
    weigh->effects = effects;
    weigh->rank_max = rank_max;
    weigh->is_total = is_total;
}

/* 2. In scope when something covers the act, or nothing speaks of its scope, and nothing leaves
 * it out. */
static void scope_find(struct decide_weigh *weigh)
{
    bool has_scope = (weigh->pack->act[weigh->table->act].flags & PACK_ACT_HAS_SCOPE) != 0;
    enum decide_truth covered = has_scope ? DECIDE_NO : DECIDE_YES;
    enum decide_truth left_out = DECIDE_NO;
    bool has_any = has_effect(weigh, EFFECT(COVERS) | EFFECT(LEAVES_OUT));
    for (uint32_t i = 0; has_any && i < weigh->rule_count; i++) {
        const struct pack_rule *rule = &weigh->pack->rule[weigh->rules[i]];
        enum decide_truth fires = (enum decide_truth)weigh->fires[weigh->rules[i]];
        if ((rule->flags & PACK_RULE_LAW) != 0)
            continue;
        if (rule->effect == PACK_EFFECT_COVERS && covered != DECIDE_YES)
            covered = fires;
        if (rule->effect == PACK_EFFECT_LEAVES_OUT && left_out != DECIDE_YES)
            left_out = fires;
    }
    if (covered == DECIDE_NO || left_out == DECIDE_YES)
        weigh->in_scope = DECIDE_NO;
    else if (covered == DECIDE_YES && left_out == DECIDE_NO)
        weigh->in_scope = DECIDE_YES;
    else
        weigh->in_scope = DECIDE_OPEN;
}

static enum decide_truth truth_and(enum decide_truth a, enum decide_truth b)
{
    if (a == DECIDE_NO || b == DECIDE_NO)
        return DECIDE_NO;
    return a == DECIDE_OPEN || b == DECIDE_OPEN ? DECIDE_OPEN : DECIDE_YES;
}

/* Whether a rule counts, before defeat. */
static enum decide_truth rule_counts(const struct decide_weigh *weigh, uint32_t index)
{
    const struct pack_rule *rule = &weigh->pack->rule[index];
    bool is_law = (rule->flags & PACK_RULE_LAW) != 0;
    enum decide_truth fires = (enum decide_truth)weigh->fires[index];
    if (is_scope(rule))
        return is_law ? DECIDE_NO : fires;
    return is_law ? fires : truth_and(fires, weigh->in_scope);
}

static enum decide_truth rule_stands(struct decide_weigh *weigh, uint32_t index)
{
    const struct pack_rule *rule = &weigh->pack->rule[index];
    enum decide_truth stands = rule_counts(weigh, index);
    for (uint32_t i = 0; i < rule->attackers.count && stands != DECIDE_NO; i++) {
        uint32_t attacker = weigh->pack->list[rule->attackers.first + i];
        if (weigh->stands[attacker] == DECIDE_NO)
            continue;
        stands = weigh->stands[attacker] == DECIDE_YES ? DECIDE_NO : DECIDE_OPEN;
        weigh->defeated_by[index] = attacker;
    }
    return stands;
}

/* Nothing attacks and all is in scope: what fires stands. */
static void all_stand(struct decide_weigh *weigh)
{
    const uint8_t *fires = weigh->fires;
    const uint32_t *rules = weigh->rules;
    uint8_t *stands = weigh->stands;
    uint32_t count = weigh->rule_count;
    for (uint32_t i = 0; i < count; i++)
        stands[rules[i]] = fires[rules[i]];
}

/* 3. Attackers have a lower rank, so they are settled first. Mostly there are none: all stand. */
static void defeat_settle(struct decide_weigh *weigh)
{
    uint32_t rank = 0, next = 0;
    if (weigh->rank_max == 0 && weigh->in_scope == DECIDE_YES &&
        !has_effect(weigh, UINT32_C(1) << EFFECT_LAW_SCOPE)) {
        all_stand(weigh);
        return;
    }
    while (next <= weigh->rank_max) {
        rank = next;
        next = PACK_NONE;
        for (uint32_t i = 0; i < weigh->rule_count; i++) {
            uint32_t index = weigh->rules[i];
            uint32_t of_rule = weigh->pack->rule[index].rank;
            if (of_rule == rank)
                weigh->stands[index] = (uint8_t)rule_stands(weigh, index);
            else if (of_rule > rank && of_rule < next)
                next = of_rule;
        }
    }
}

static bool topic_is_among(const struct pack *pack, struct pack_list topics, uint32_t topic)
{
    for (uint32_t i = 0; i < topics.count; i++)
        if (pack->list[topics.first + i] == topic)
            return true;
    return topics.count == 0;
}

static void rule_suspend(struct decide_weigh *weigh, uint32_t index, uint32_t law)
{
    enum decide_truth by = (enum decide_truth)weigh->stands[law];
    enum decide_truth is_strict = weigh->level_low[index] >= PACK_LEVEL_ASK_FIRST ? DECIDE_YES
                                                                                  : DECIDE_OPEN;
    enum decide_truth truth =
        truth_and(truth_and(by, (enum decide_truth)weigh->stands[index]), is_strict);
    if (weigh->suspended[index] != DECIDE_YES)
        weigh->suspended[index] = (uint8_t)truth;
    if (weigh->suspended[law] != DECIDE_YES)
        weigh->suspended[law] = (uint8_t)truth;
    if (weigh->level_low[index] > PACK_LEVEL_ASK_FIRST)
        weigh->level_low[index] = PACK_LEVEL_ASK_FIRST;
    if (by == DECIDE_YES)
        weigh->level_high[index] = PACK_LEVEL_ASK_FIRST;
    if (weigh->is_protected != DECIDE_YES)
        weigh->is_protected = truth;
}

/* 4. The law above suspends prohibitions of the policy. */
static void protection_apply(struct decide_weigh *weigh)
{
    const struct pack *pack = weigh->pack;
    weigh->is_protected = DECIDE_NO;
    bool has_any = has_effect(weigh, EFFECT(PROTECTS));
    for (uint32_t i = 0; has_any && i < weigh->rule_count; i++) {
        const struct pack_rule *law = &pack->rule[weigh->rules[i]];
        enum decide_truth by = (enum decide_truth)weigh->stands[weigh->rules[i]];
        if (law->effect != PACK_EFFECT_PROTECTS || by == DECIDE_NO ||
            (law->flags & PACK_RULE_LAW) == 0)
            continue;
        for (uint32_t k = 0; k < weigh->rule_count; k++) {
            uint32_t index = weigh->rules[k];
            const struct pack_rule *rule = &pack->rule[index];
            if ((rule->flags & PACK_RULE_LAW) == 0 && weigh->stands[index] != DECIDE_NO &&
                weigh->level_high[index] >= PACK_LEVEL_ASK_FIRST &&
                topic_is_among(pack, law->against, pack->clause[rule->clause].topic))
                rule_suspend(weigh, index, weigh->rules[i]);
        }
    }
}

static void level_raise(struct decide_weigh *weigh, enum pack_level low, enum pack_level high)
{
    if (weigh->lowest < low)
        weigh->lowest = low;
    if (weigh->highest < high)
        weigh->highest = high;
}

/* 6. The strictest of what stands; nothing standing: the scope and the policy's silence decide. */
static void levels_sum(struct decide_weigh *weigh)
{
    bool has_rules = (weigh->pack->act[weigh->table->act].flags & PACK_ACT_HAS_RULES) != 0;
    enum pack_level in = has_rules ? PACK_LEVEL_ALLOWED : PACK_LEVEL_NOT_COVERED;
    weigh->lowest = weigh->in_scope == DECIDE_YES ? in : PACK_LEVEL_NOT_COVERED;
    weigh->highest = weigh->in_scope == DECIDE_NO ? PACK_LEVEL_NOT_COVERED : in;
    const uint8_t *stands = weigh->stands, *low = weigh->level_low, *high = weigh->level_high;
    const uint32_t *rules = weigh->rules;
    uint32_t count = weigh->rule_count;
    uint8_t lowest = PACK_LEVEL_NOT_COVERED, highest = PACK_LEVEL_NOT_COVERED;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = rules[i];
        if (stands[index] == DECIDE_YES && low[index] > lowest)
            lowest = low[index];
        if (stands[index] != DECIDE_NO && high[index] > highest)
            highest = high[index];
    }
    level_raise(weigh, (enum pack_level)lowest, (enum pack_level)highest);
    for (uint32_t k = 0; k < weigh->pack->known_count; k++)
        if (weigh->known_took[k] != 0 && weigh->pack->known[k].take == PACK_TAKE_ASK)
            level_raise(weigh, PACK_LEVEL_ASK_FIRST, PACK_LEVEL_ASK_FIRST);
}

void decide_weigh_world(struct decide_weigh *weigh, const uint64_t *domain)
{
    weigh_reset(weigh);
    decide_match(weigh->pack, weigh->table, &weigh->plan, domain, weigh->certain,
                 weigh->possible);
    outcomes_collect(weigh);
    rules_collect(weigh);
    scope_find(weigh);
    defeat_settle(weigh);
    protection_apply(weigh);
    decide_conflicts_find(weigh);
    levels_sum(weigh);
}

enum decide_verdict decide_weigh_verdict(const struct decide_weigh *weigh)
{
    if (weigh->conflict == DECIDE_YES)
        return DECIDE_VERDICT_UNDETERMINED;
    if (weigh->conflict == DECIDE_OPEN || weigh->lowest != weigh->highest)
        return DECIDE_VERDICT_COUNT;
    return (enum decide_verdict)weigh->lowest;
}
