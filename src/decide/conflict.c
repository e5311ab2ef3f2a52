/*
 * Conflicts among standing rules, and the declared ones that settle them.
 *
 * Read first: docs/policy-language.md, section 5.5. Where everything is known the result is exact:
 * all
 * conflicts are found first, then all known conflicts are applied to them at once. Where something
 * is
 * open, a conflict that may be is OPEN, and rules that a known conflict may set aside are OPEN too.
 */
#include "decide/decide_int.h"

static bool rule_allows(const struct pack_rule *rule)
{
    return rule->effect == PACK_EFFECT_PERMITS || rule->effect == PACK_EFFECT_REQUIRES;
}

static bool rule_blocks(const struct decide_weigh *weigh, uint32_t index)
{
    uint32_t effect = weigh->pack->rule[index].effect;
    return (effect == PACK_EFFECT_FORBIDS || effect == PACK_EFFECT_GATES) &&
           weigh->rulings[index].level_high >= PACK_LEVEL_NEEDS_APPROVAL;
}

bool decide_rules_conflict(const struct pack *pack, const struct pack_rule *allowing,
                           const struct pack_rule *blocking)
{
    if (allowing->effect == PACK_EFFECT_REQUIRES)
        return true;
    uint32_t topic = pack->clause[allowing->clause].topic;
    return ((allowing->flags | blocking->flags) & PACK_RULE_LAW) == 0 &&
           allowing->clause != blocking->clause && topic != PACK_NONE &&
           topic == pack->clause[blocking->clause].topic &&
           (blocking->flags & PACK_RULE_REGARDLESS) == 0 &&
           blocking->effect != PACK_EFFECT_GATES;
}

static enum decide_truth known_truth(const struct decide_weigh *weigh, uint32_t known)
{
    uint32_t outcome = weigh->pack->known[known].outcome;
    for (uint32_t i = 0; i < weigh->outcome_count; i++)
        if (weigh->pack->list[weigh->table->outcomes.first + weigh->outcomes[i]] == outcome)
            return (enum decide_truth)weigh->outcome_truth[weigh->outcomes[i]];
    return DECIDE_NO;
}

static bool known_is_for(const struct pack_known *known, uint32_t a, uint32_t b)
{
    return (known->first == a && known->second == b) || (known->first == b && known->second == a);
}

/* Settled: set sides aside. Open: what may be set aside no longer surely stands. */
static void known_apply(struct decide_weigh *weigh, uint32_t allowing, uint32_t blocking)
{
    const struct pack *pack = weigh->pack;
    for (uint32_t k = 0; k < pack->known_count; k++) {
        const struct pack_known *known = &pack->known[k];
        if (!known_is_for(known, pack->rule[allowing].clause, pack->rule[blocking].clause))
            continue;
        enum decide_truth truth = known_truth(weigh, k);
        if (truth == DECIDE_NO)
            continue;
        weigh->known_took[k] = truth == DECIDE_YES && weigh->is_total;
        if (known->take != PACK_TAKE_PERMIT)
            weigh->rulings[allowing].aside_by = k;
        if (known->take != PACK_TAKE_PROHIBITION)
            weigh->rulings[blocking].aside_by = k;
    }
}

/* Calls `visit` for every pair of rules that conflict, or may. */
static void pairs_visit(struct decide_weigh *weigh,
                        void (*visit)(struct decide_weigh *weigh, uint32_t allowing,
                                      uint32_t blocking))
{
    const struct pack *pack = weigh->pack;
    for (uint32_t i = 0; i < weigh->rule_count; i++) {
        uint32_t allowing = weigh->rules[i];
        if (!rule_allows(&pack->rule[allowing]) || weigh->rulings[allowing].stands == DECIDE_NO)
            continue;
        for (uint32_t k = 0; k < weigh->rule_count; k++) {
            uint32_t blocking = weigh->rules[k];
            if (weigh->rulings[blocking].stands != DECIDE_NO && rule_blocks(weigh, blocking) &&
                decide_rules_conflict(pack, &pack->rule[allowing], &pack->rule[blocking]))
                visit(weigh, allowing, blocking);
        }
    }
}

/* Whatever else is open, a known conflict that holds for sure settles the pair. */
static bool pair_is_settled(const struct decide_weigh *weigh, uint32_t allowing, uint32_t blocking)
{
    const struct pack *pack = weigh->pack;
    if (weigh->is_total)
        return weigh->rulings[allowing].aside_by != PACK_NONE ||
               weigh->rulings[blocking].aside_by != PACK_NONE;
    for (uint32_t k = 0; k < pack->known_count; k++)
        if (known_is_for(&pack->known[k], pack->rule[allowing].clause,
                         pack->rule[blocking].clause) &&
            known_truth(weigh, k) == DECIDE_YES)
            return true;
    return false;
}

static void conflict_note(struct decide_weigh *weigh, uint32_t allowing, uint32_t blocking)
{
    uint32_t first = weigh->pack->rule[allowing].clause;
    uint32_t second = weigh->pack->rule[blocking].clause;
    if (pair_is_settled(weigh, allowing, blocking))
        return;
    bool is_certain = weigh->rulings[allowing].stands == DECIDE_YES &&
                      weigh->rulings[blocking].stands == DECIDE_YES &&
                      weigh->rulings[blocking].level_low >= PACK_LEVEL_NEEDS_APPROVAL &&
                      weigh->rulings[allowing].aside_by == PACK_NONE &&
                      weigh->rulings[blocking].aside_by == PACK_NONE;
    if (weigh->conflict != DECIDE_YES)
        weigh->conflict = is_certain ? DECIDE_YES : DECIDE_OPEN;
    for (uint32_t i = 0; i < weigh->conflict_count; i++)
        if (weigh->conflicts[i].first == first && weigh->conflicts[i].second == second)
            return;
    if (weigh->conflict_count < DECIDE_CONFLICTS_MAX)
        weigh->conflicts[weigh->conflict_count++] = (struct decide_conflict){first, second};
}

/* What a known conflict set aside falls; where that is not certain it is open whether it stands. */
static void asides_settle(struct decide_weigh *weigh)
{
    for (uint32_t i = 0; i < weigh->rule_count; i++) {
        uint32_t rule = weigh->rules[i];
        if (weigh->rulings[rule].aside_by != PACK_NONE && weigh->rulings[rule].stands != DECIDE_NO)
            weigh->rulings[rule].stands = weigh->is_total ? DECIDE_NO : DECIDE_OPEN;
    }
}

void decide_conflicts_find(struct decide_weigh *weigh)
{
    weigh->conflict = DECIDE_NO;
    weigh->conflict_count = 0;
    for (uint32_t k = 0; k < weigh->pack->known_count; k++)
        weigh->known_took[k] = 0;
    uint32_t allowing = UINT32_C(1) << PACK_EFFECT_PERMITS | UINT32_C(1) << PACK_EFFECT_REQUIRES;
    if ((weigh->marks & allowing) == 0)
        return;
    if (weigh->pack->known_count != 0)
        pairs_visit(weigh, known_apply);
    pairs_visit(weigh, conflict_note);
    asides_settle(weigh);
}
