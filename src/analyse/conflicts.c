/*
 * Conflicts between clauses that no "overrides" and no "known conflict" settles.
 * Read first: analyse.h. Only pairs of rules that share an act and may conflict are looked at.
 */
#include "analyse/analyse.h"

#include "decide/witness.h"

static bool rule_has_act(const struct pack *pack, const struct pack_rule *rule, uint32_t act)
{
    for (uint32_t i = 0; i < rule->acts.count; i++)
        if (pack->list[rule->acts.first + i] == act)
            return true;
    return false;
}

static bool is_reported(const struct pack *pack, const struct analyse_conflicts *found, uint32_t a,
                        uint32_t b)
{
    for (uint32_t i = 0; i < found->count; i++)
        if (pack->rule[found->at[i].allowing].clause == pack->rule[a].clause &&
            pack->rule[found->at[i].blocking].clause == pack->rule[b].clause)
            return true;
    return false;
}

/* Acts with the same table have the same rules: one of them is enough. */
static bool table_is_new(const struct pack *pack, uint32_t act)
{
    for (uint32_t i = 0; i < act; i++)
        if (pack->act[i].table == pack->act[act].table)
            return false;
    return true;
}

static void pair_look(struct arena *arena, const struct pack *pack, uint32_t a, uint32_t b,
                      struct analyse_conflicts *found)
{
    for (uint32_t i = 0; i < pack->rule[a].acts.count; i++) {
        uint32_t act = pack->list[pack->rule[a].acts.first + i];
        if (!table_is_new(pack, act) || !rule_has_act(pack, &pack->rule[b], act) ||
            is_reported(pack, found, a, b) || found->count == ANALYSE_CONFLICTS_MAX)
            continue;
        struct decide_witness witness;
        if (decide_witness_conflict(arena, pack, act, a, b, &witness))
            found->at[found->count++] = (struct analyse_conflict){
                a, b, act, decide_witness_text(arena, pack, &witness)};
        else if (witness.is_cut_short)
            found->unsettled++;
    }
}

const struct analyse_conflicts *analyse_conflicts(struct arena *arena, const struct pack *pack)
{
    struct analyse_conflicts *found = ARENA_NEW(arena, struct analyse_conflicts);
    for (uint32_t a = 0; a < pack->rule_count; a++)
        for (uint32_t b = 0; b < pack->rule_count; b++)
            if (a != b && decide_rules_may_conflict(pack, a, b))
                pair_look(arena, pack, a, b, found);
    return found;
}
