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

#include <assert.h>

/* Marks of an outcome, so that a glance tells what may fire: 1 << the effect of its rule, and */
#define MARK(effect) (UINT32_C(1) << PACK_EFFECT_##effect)
#define MARK_LAW_SCOPE MARK(COUNT)          /* it is the law that covers or leaves out: no effect */
#define MARK_LEVEL_FIRST 16u
#define MARK_LEVEL(level) (UINT32_C(1) << (MARK_LEVEL_FIRST + (level)))
#define MARK_RANK (UINT32_C(1) << 31)       /* its rule can be attacked */
#define MARKS_CONTENDING (MARK(PROTECTS) | MARK(PERMITS) | MARK(REQUIRES)) /* steps 4 and 5 */
static_assert(PACK_EFFECT_COUNT < MARK_LEVEL_FIRST && PACK_LEVEL_COUNT < 15, "marks overlap");

#define RULING(truth, low, high) {truth, truth, low, high, DECIDE_NO, PACK_NONE, PACK_NONE}
#define RULINGS(level)                                                                             \
    [level] = {RULING(DECIDE_OPEN, PACK_LEVEL_NOT_COVERED, level), RULING(DECIDE_YES, level, level)}

/* What a rule comes to by one row: by the level of its outcome, and whether the row is certain. */
static const struct decide_ruling ruling_of_row[PACK_LEVEL_COUNT][2] = {
    RULINGS(PACK_LEVEL_NOT_COVERED),
    RULINGS(PACK_LEVEL_ALLOWED),
    RULINGS(PACK_LEVEL_ALLOWED_WITH_DUTIES),
    RULINGS(PACK_LEVEL_CAUTION),
    RULINGS(PACK_LEVEL_REQUIRED),
    RULINGS(PACK_LEVEL_ASK_FIRST),
    RULINGS(PACK_LEVEL_NEEDS_APPROVAL),
    RULINGS(PACK_LEVEL_FORBIDDEN),
};
static const struct decide_ruling ruling_none = RULING(DECIDE_NO, 0, 0);

static bool is_scope(const struct pack_rule *rule)
{
    return rule->effect == PACK_EFFECT_COVERS || rule->effect == PACK_EFFECT_LEAVES_OUT;
}

static uint32_t marks_of(const struct pack_rule *rule, uint32_t level)
{
    bool is_law = (rule->flags & PACK_RULE_LAW) != 0;
    uint32_t effect = is_law && is_scope(rule) ? MARK_LAW_SCOPE : UINT32_C(1) << rule->effect;
    return effect | MARK_LEVEL(level) | (rule->rank != 0 ? MARK_RANK : 0);
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
        founds[i].level = outcome->level;
        if (outcome->rule == PACK_NONE)
            continue;
        founds[i].marks = marks_of(&pack->rule[outcome->rule], outcome->level);
    }
    return founds;
}

struct decide_weigh *decide_weigh_new(struct arena *arena, const struct pack *pack, uint32_t act)
{
    struct decide_weigh *weigh = ARENA_NEW(arena, struct decide_weigh);
    const struct pack_table *table = &pack->table[pack->act[act].table];
    weigh->pack = pack;
    weigh->table = table;
    weigh->match = decide_match_new(arena, pack, table);
    weigh->founds = founds_gather(arena, pack, table);
    weigh->outcomes = ARENA_ARRAY(arena, uint32_t, table->outcomes.count + 1);
    weigh->outcome_truth = ARENA_ARRAY(arena, uint8_t, table->outcomes.count + 1);
    weigh->rules = ARENA_ARRAY(arena, uint32_t, table->outcomes.count + 1);
    weigh->rulings = ARENA_ARRAY(arena, struct decide_ruling, pack->rule_count + 1);
    weigh->known_took = ARENA_ARRAY(arena, uint8_t, pack->known_count + 1);
    weigh->conflicts = ARENA_ARRAY(arena, struct decide_conflict, DECIDE_CONFLICTS_MAX);
    for (uint32_t i = 0; i < pack->rule_count; i++)
        weigh->rulings[i] = ruling_none;
    return weigh;
}

static bool has_mark(const struct decide_weigh *weigh, uint32_t marks)
{
    return (weigh->marks & marks) != 0;
}

/* Takes back what the world before left behind, of the rules that it found. */
static void weigh_reset(struct decide_weigh *weigh)
{
    struct decide_ruling *rulings = weigh->rulings;
    const uint32_t *rules = weigh->rules;
    uint32_t count = weigh->rule_count;
    for (uint32_t i = 0; i < count; i++)
        rulings[rules[i]] = ruling_none;
}

/* What one more row adds to a rule that may fire. */
static void ruling_raise(struct decide_ruling *ruling, const struct decide_ruling *by)
{
    if (by->fires == DECIDE_YES)
        ruling->fires = ruling->stands = DECIDE_YES;
    if (ruling->level_high < by->level_high)
        ruling->level_high = by->level_high;
    if (ruling->level_low < by->level_low)
        ruling->level_low = by->level_low;
}

/*
 * 1. Outcomes whose rows may hold, and their rules. Rows are sorted by outcome: those of one stand
 * together. What fires stands, as long as nothing is found against it.
 */
static void rows_collect(struct decide_weigh *weigh)
{
    const uint32_t *of_row = weigh->pack->list + weigh->table->row_outcomes.first;
    const uint32_t *rows = weigh->match.rows;
    const uint64_t *certain = weigh->match.certain;
    const struct decide_found *founds = weigh->founds;
    struct decide_ruling *rulings = weigh->rulings;
    uint32_t *outcomes = weigh->outcomes, *rules = weigh->rules;
    uint8_t *truths = weigh->outcome_truth;
    uint32_t row_count = weigh->match.row_count, outcome_count = 0, rule_count = 0, marks = 0;
    uint32_t open_count = 0, last = PACK_NONE;
    for (uint32_t i = 0; i < row_count; i++) {
        uint32_t row = rows[i], position = of_row[row];
        bool is_certain = (certain[row / 64] >> row % 64 & 1) != 0;
        struct decide_found found = founds[position];
        const struct decide_ruling *by = &ruling_of_row[found.level][is_certain];
        if (position != last) {
            outcomes[outcome_count++] = last = position;
            truths[position] = by->fires;
            open_count += !is_certain;
        } else if (is_certain && truths[position] == DECIDE_OPEN) {
            truths[position] = DECIDE_YES;
            open_count--;
        }
        if (found.rule == PACK_NONE)
            continue;
        struct decide_ruling *ruling = &rulings[found.rule];
        marks |= found.marks;
        if (ruling->fires == DECIDE_NO) {
            *ruling = *by;
            rules[rule_count++] = found.rule;
        } else {
            ruling_raise(ruling, by);
        }
    }
    weigh->outcome_count = outcome_count;
    weigh->rule_count = rule_count;
    weigh->marks = marks;
    weigh->is_total = open_count == 0;
}

/* 2. In scope when something covers the act, or nothing speaks of its scope, and nothing leaves
 * it out. */
static void scope_find(struct decide_weigh *weigh)
{
    bool has_scope = (weigh->pack->act[weigh->table->act].flags & PACK_ACT_HAS_SCOPE) != 0;
    enum decide_truth covered = has_scope ? DECIDE_NO : DECIDE_YES;
    enum decide_truth left_out = DECIDE_NO;
    bool has_any = has_mark(weigh, MARK(COVERS) | MARK(LEAVES_OUT));
    for (uint32_t i = 0; has_any && i < weigh->rule_count; i++) {
        const struct pack_rule *rule = &weigh->pack->rule[weigh->rules[i]];
        enum decide_truth fires = (enum decide_truth)weigh->rulings[weigh->rules[i]].fires;
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
    enum decide_truth fires = (enum decide_truth)weigh->rulings[index].fires;
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
        if (weigh->rulings[attacker].stands == DECIDE_NO)
            continue;
        stands = weigh->rulings[attacker].stands == DECIDE_YES ? DECIDE_NO : DECIDE_OPEN;
        weigh->rulings[index].defeated_by = attacker;
    }
    return stands;
}

/* No rule that may fire can be set aside: all that fires stands. */
static bool all_stand(const struct decide_weigh *weigh)
{
    return weigh->in_scope == DECIDE_YES && !has_mark(weigh, MARK_RANK | MARK_LAW_SCOPE);
}

/* 3. Attackers have a lower rank, so they are settled first. */
static void defeat_settle(struct decide_weigh *weigh)
{
    uint32_t rank = 0, next = 0;
    if (all_stand(weigh))
        return;
    while (next != PACK_NONE) {
        rank = next;
        next = PACK_NONE;
        for (uint32_t i = 0; i < weigh->rule_count; i++) {
            uint32_t index = weigh->rules[i];
            uint32_t of_rule = weigh->pack->rule[index].rank;
            if (of_rule == rank)
                weigh->rulings[index].stands = (uint8_t)rule_stands(weigh, index);
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
    struct decide_ruling *ruling = &weigh->rulings[index], *above = &weigh->rulings[law];
    enum decide_truth by = (enum decide_truth)above->stands;
    enum decide_truth is_strict = ruling->level_low >= PACK_LEVEL_ASK_FIRST ? DECIDE_YES
                                                                            : DECIDE_OPEN;
    enum decide_truth truth =
        truth_and(truth_and(by, (enum decide_truth)ruling->stands), is_strict);
    if (ruling->suspended != DECIDE_YES)
        ruling->suspended = (uint8_t)truth;
    if (above->suspended != DECIDE_YES)
        above->suspended = (uint8_t)truth;
    if (ruling->level_low > PACK_LEVEL_ASK_FIRST)
        ruling->level_low = PACK_LEVEL_ASK_FIRST;
    if (by == DECIDE_YES)
        ruling->level_high = PACK_LEVEL_ASK_FIRST;
    if (weigh->is_protected != DECIDE_YES)
        weigh->is_protected = truth;
}

/* 4. The law above suspends prohibitions of the policy. */
static void protection_apply(struct decide_weigh *weigh)
{
    const struct pack *pack = weigh->pack;
    weigh->is_protected = DECIDE_NO;
    bool has_any = has_mark(weigh, MARK(PROTECTS));
    for (uint32_t i = 0; has_any && i < weigh->rule_count; i++) {
        const struct pack_rule *law = &pack->rule[weigh->rules[i]];
        enum decide_truth by = (enum decide_truth)weigh->rulings[weigh->rules[i]].stands;
        if (law->effect != PACK_EFFECT_PROTECTS || by == DECIDE_NO ||
            (law->flags & PACK_RULE_LAW) == 0)
            continue;
        for (uint32_t k = 0; k < weigh->rule_count; k++) {
            uint32_t index = weigh->rules[k];
            const struct pack_rule *rule = &pack->rule[index];
            if ((rule->flags & PACK_RULE_LAW) == 0 && weigh->rulings[index].stands != DECIDE_NO &&
                weigh->rulings[index].level_high >= PACK_LEVEL_ASK_FIRST &&
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

static uint8_t strictest_mark(const struct decide_weigh *weigh)
{
    uint32_t levels = weigh->marks >> MARK_LEVEL_FIRST;
    return levels == 0 ? PACK_LEVEL_NOT_COVERED : (uint8_t)(31 - __builtin_clz(levels));
}

/* 6. The strictest of what stands; nothing standing: the scope and the policy's silence decide. */
static void levels_sum(struct decide_weigh *weigh)
{
    bool has_rules = (weigh->pack->act[weigh->table->act].flags & PACK_ACT_HAS_RULES) != 0;
    enum pack_level in = has_rules ? PACK_LEVEL_ALLOWED : PACK_LEVEL_NOT_COVERED;
    weigh->lowest = weigh->in_scope == DECIDE_YES ? in : PACK_LEVEL_NOT_COVERED;
    weigh->highest = weigh->in_scope == DECIDE_NO ? PACK_LEVEL_NOT_COVERED : in;
    const struct decide_ruling *rulings = weigh->rulings;
    const uint32_t *rules = weigh->rules;
    uint32_t count = weigh->rule_count;
    uint8_t lowest = PACK_LEVEL_NOT_COVERED, highest = PACK_LEVEL_NOT_COVERED;
    if (weigh->is_total && all_stand(weigh) && !has_mark(weigh, MARKS_CONTENDING))
        lowest = highest = strictest_mark(weigh);
    else
        for (uint32_t i = 0; i < count; i++) {
            const struct decide_ruling *ruling = &rulings[rules[i]];
            if (ruling->stands == DECIDE_YES && ruling->level_low > lowest)
                lowest = ruling->level_low;
            if (ruling->stands != DECIDE_NO && ruling->level_high > highest)
                highest = ruling->level_high;
        }
    level_raise(weigh, (enum pack_level)lowest, (enum pack_level)highest);
    for (uint32_t k = 0; k < weigh->pack->known_count; k++)
        if (weigh->known_took[k] != 0 && weigh->pack->known[k].take == PACK_TAKE_ASK)
            level_raise(weigh, PACK_LEVEL_ASK_FIRST, PACK_LEVEL_ASK_FIRST);
}

void decide_weigh_world(struct decide_weigh *weigh, const uint64_t *domain)
{
    weigh_reset(weigh);
    decide_match_world(&weigh->match, domain);
    rows_collect(weigh);
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
