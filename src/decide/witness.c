/*
 * Looking for a world in which two rules conflict.
 *
 * Read first: witness.h; complete.c, which splits worlds in the same way. The search begins with
 * one row of
 * each rule, and one row of a rule of scope, laid upon a world of which nothing is known; then it
 * tries to make
 * everything else absent, and splits only where that is not possible.
 * What must hold: a witness is replayed by weighing it once more before it is given out.
 */
#include "decide/witness.h"

#include "decide/decide_int.h"

#define WITNESS_STEPS_MAX 400u
#define WITNESS_TRIES_MAX 3000u

struct hunt {
    struct arena *arena;
    const struct pack *pack;
    const struct pack_table *table;
    struct decide_weigh *weigh;
    uint64_t *domain;
    struct decide_trail trail;
    uint32_t allowing, blocking;
    uint32_t steps, tries;
    bool is_cut_short;
};

bool decide_rules_may_conflict(const struct pack *pack, uint32_t allowing, uint32_t blocking)
{
    const struct pack_rule *a = &pack->rule[allowing], *b = &pack->rule[blocking];
    bool allows = a->effect == PACK_EFFECT_PERMITS || a->effect == PACK_EFFECT_REQUIRES;
    bool blocks = b->effect == PACK_EFFECT_FORBIDS || b->effect == PACK_EFFECT_GATES;
    return allows && blocks && decide_rules_conflict(pack, a, b);
}

/* The values that one row allows a variable of the table. */
static uint64_t row_allows(const struct hunt *hunt, uint32_t row, const uint64_t *mask,
                           uint32_t domain)
{
    uint64_t allowed = 0;
    for (uint32_t value = 0; value < domain; value++)
        if ((mask[value * hunt->table->word_count + row / 64] >> row % 64 & 1) != 0)
            allowed |= UINT64_C(1) << value;
    return allowed;
}

/* Lays a row upon the world; false when they cannot be together. */
static bool row_lay(struct hunt *hunt, uint32_t row)
{
    const uint64_t *mask = hunt->pack->mask + hunt->table->first_mask;
    for (uint32_t i = 0; i < hunt->table->variables.count; i++) {
        uint32_t variable = hunt->pack->list[hunt->table->variables.first + i];
        uint32_t domain = hunt->pack->variable[variable].domain;
        if (!decide_narrow(hunt->pack, hunt->domain, variable,
                           row_allows(hunt, row, mask, domain), &hunt->trail))
            return false;
        mask += (size_t)domain * hunt->table->word_count;
    }
    return true;
}

static bool conflict_is_here(const struct hunt *hunt)
{
    uint32_t first = hunt->pack->rule[hunt->allowing].clause;
    uint32_t second = hunt->pack->rule[hunt->blocking].clause;
    for (uint32_t i = 0; i < hunt->weigh->conflict_count; i++)
        if (hunt->weigh->conflicts[i].first == first && hunt->weigh->conflicts[i].second == second)
            return true;
    return false;
}

/* Makes absent what may be absent: no, empty, none. */
static void absent_fill(struct hunt *hunt)
{
    for (uint32_t i = 0; i < hunt->table->variables.count; i++) {
        uint32_t variable = hunt->pack->list[hunt->table->variables.first + i];
        uint64_t domain = hunt->domain[variable];
        uint32_t mark = hunt->trail.count;
        uint32_t top = 63 - (uint32_t)__builtin_clzll(domain);
        bool is_set = hunt->pack->variable[variable].domain == 2;
        uint64_t absent = is_set ? 1 : UINT64_C(1) << top;
        if ((domain & (domain - 1)) != 0 &&
            !decide_narrow(hunt->pack, hunt->domain, variable, absent, &hunt->trail))
            decide_undo(hunt->domain, &hunt->trail, mark);
    }
}

static bool hunt_split(struct hunt *hunt);

static bool hunt_halves(struct hunt *hunt, uint32_t variable, uint64_t allowed)
{
    uint64_t halves[2] = {~allowed, allowed};
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t mark = hunt->trail.count;
        if (decide_narrow(hunt->pack, hunt->domain, variable, halves[i], &hunt->trail) &&
            hunt_split(hunt))
            return true;
        decide_undo(hunt->domain, &hunt->trail, mark);
    }
    return false;
}

/* Bounded by WITNESS_STEPS_MAX; each split removes a value from a variable. */
static bool hunt_split(struct hunt *hunt)
{
    if (++hunt->steps > WITNESS_STEPS_MAX) {
        hunt->is_cut_short = true;
        return false;
    }
    decide_weigh_world(hunt->weigh, hunt->domain);
    if (hunt->weigh->is_total)
        return hunt->weigh->conflict == DECIDE_YES && conflict_is_here(hunt);
    if (hunt->weigh->conflict == DECIDE_NO || !conflict_is_here(hunt))
        return false;
    struct decide_search search = {
        .weigh = hunt->weigh, .domain = hunt->domain, .rule = PACK_NONE};
    uint32_t variable = 0;
    uint64_t allowed = 0;
    return decide_split_find(&search, &variable, &allowed) &&
           hunt_halves(hunt, variable, allowed);
}

/* First with everything else absent, then by splitting. */
static bool hunt_world(struct hunt *hunt)
{
    uint32_t mark = hunt->trail.count;
    hunt->steps = 0;
    absent_fill(hunt);
    decide_weigh_world(hunt->weigh, hunt->domain);
    if (hunt->weigh->is_total && hunt->weigh->conflict == DECIDE_YES && conflict_is_here(hunt))
        return true;
    decide_undo(hunt->domain, &hunt->trail, mark);
    return hunt_split(hunt);
}

static uint32_t row_rule(const struct hunt *hunt, uint32_t row)
{
    uint32_t position = hunt->pack->list[hunt->table->row_outcomes.first + row];
    return hunt->pack->outcome[hunt->pack->list[hunt->table->outcomes.first + position]].rule;
}

static bool row_is_scope(const struct hunt *hunt, uint32_t row)
{
    uint32_t rule = row_rule(hunt, row);
    return rule != PACK_NONE && hunt->pack->rule[rule].effect == PACK_EFFECT_COVERS &&
           (hunt->pack->rule[rule].flags & PACK_RULE_LAW) == 0;
}

/* With one row of scope after another, or none where nothing speaks of scope. */
static bool hunt_scopes(struct hunt *hunt)
{
    bool has_scope = (hunt->pack->act[hunt->table->act].flags & PACK_ACT_HAS_SCOPE) != 0;
    if (!has_scope)
        return hunt_world(hunt);
    for (uint32_t row = 0; row < hunt->table->row_count; row++) {
        if (!row_is_scope(hunt, row))
            continue;
        if (++hunt->tries > WITNESS_TRIES_MAX) {
            hunt->is_cut_short = true;
            return false;
        }
        uint32_t mark = hunt->trail.count;
        if (row_lay(hunt, row) && hunt_world(hunt))
            return true;
        decide_undo(hunt->domain, &hunt->trail, mark);
    }
    return false;
}

static bool hunt_rows(struct hunt *hunt)
{
    for (uint32_t a = 0; a < hunt->table->row_count; a++) {
        if (row_rule(hunt, a) != hunt->allowing)
            continue;
        uint32_t mark = hunt->trail.count;
        if (row_lay(hunt, a))
            for (uint32_t b = 0; b < hunt->table->row_count; b++) {
                uint32_t inner = hunt->trail.count;
                if (row_rule(hunt, b) == hunt->blocking && row_lay(hunt, b) && hunt_scopes(hunt))
                    return true;
                decide_undo(hunt->domain, &hunt->trail, inner);
            }
        decide_undo(hunt->domain, &hunt->trail, mark);
    }
    return false;
}

bool decide_witness_conflict(struct arena *arena, const struct pack *pack, uint32_t act,
                             uint32_t allowing, uint32_t blocking, struct decide_witness *witness)
{
    struct hunt hunt = {.arena = arena,
                        .pack = pack,
                        .table = &pack->table[pack->act[act].table],
                        .weigh = decide_weigh_new(arena, pack, act),
                        .domain = ARENA_ARRAY(arena, uint64_t, pack->variable_count + 1),
                        .trail = decide_trail_new(arena, pack),
                        .allowing = allowing,
                        .blocking = blocking};
    for (uint32_t v = 0; v < pack->variable_count; v++)
        hunt.domain[v] = pack->variable[v].approval != PACK_NONE
                             ? UINT64_C(1) << PACK_APPROVAL_NONE
                             : decide_open_domain(pack, v);
    bool found = hunt_rows(&hunt);
    *witness = (struct decide_witness){.act = act,
                                       .domain = hunt.domain,
                                       .first = pack->rule[allowing].clause,
                                       .second = pack->rule[blocking].clause,
                                       .is_cut_short = hunt.is_cut_short};
    return found;
}

/* Absent values are not worth a word. */
static bool value_is_absent(const struct pack *pack, uint32_t variable, uint64_t domain)
{
    const struct pack_variable *record = &pack->variable[variable];
    if ((domain & (domain - 1)) != 0 || record->fact == PACK_NONE)
        return true;
    uint32_t kind = pack->fact[record->fact].kind;
    if (kind == PACK_FACT_SOME_OF || kind == PACK_FACT_YES_NO)
        return domain == 1;
    return kind == PACK_FACT_ONE_OF && domain == UINT64_C(1) << (record->domain - 1);
}

struct str decide_witness_text(struct arena *arena, const struct pack *pack,
                               const struct decide_witness *witness)
{
    struct text out = {.arena = arena};
    text_add(&out, pack_text(pack, pack->act[witness->act].text));
    for (uint32_t v = 0; v < pack->variable_count; v++) {
        uint64_t domain = witness->domain[v];
        if (value_is_absent(pack, v, domain) ||
            !decide_table_reads(pack, &pack->table[pack->act[witness->act].table], v))
            continue;
        text_add(&out, STR("; "));
        text_add(&out,
                 decide_variable_text(arena, pack, v, (uint32_t)__builtin_ctzll(domain)));
    }
    return text_str(&out);
}
