/*
 * The world of one person: from what was said to the values that every variable may still have.
 *
 * Read first: docs/policy-language.md, section 5.8 (what is not known) and 9 (matching approvals).
 * A fact left out is not so where it cannot matter, takes its default, or is missing; what is
 * given is
 * closed under the relations of the vocabulary; what contradicts them is an error of the question.
 */
#include "decide/decide_int.h"

uint64_t decide_full_domain(const struct pack *pack, uint32_t variable)
{
    uint32_t domain = pack->variable[variable].domain;
    return domain >= 64 ? UINT64_MAX : (UINT64_C(1) << domain) - 1;
}

static bool fact_is_number(const struct pack_fact *fact)
{
    return fact->kind == PACK_FACT_NUMBER || fact->kind == PACK_FACT_DATE;
}

uint64_t decide_open_domain(const struct pack *pack, uint32_t variable)
{
    uint64_t full = decide_full_domain(pack, variable);
    uint32_t fact = pack->variable[variable].fact;
    if (fact == PACK_NONE || !fact_is_number(&pack->fact[fact]))
        return full;
    return full >> 1;
}

/* Empty, no, none, not applicable. */
static uint64_t not_so(const struct pack *pack, uint32_t variable)
{
    const struct pack_variable *record = &pack->variable[variable];
    if (record->fact != PACK_NONE && pack->fact[record->fact].kind != PACK_FACT_SOME_OF &&
        pack->fact[record->fact].kind != PACK_FACT_YES_NO)
        return UINT64_C(1) << (record->domain - 1);
    return 1;
}

/* ---- Approvals ------------------------------------------------------------------------------- */

/* True when a value that a record names is among those given for the fact of that name. */
static bool record_fits_fact(const struct decide_world *world, struct str fact_name,
                             struct str value)
{
    const struct pack *pack = world->pack;
    uint32_t fact = pack_fact_find(pack, fact_name);
    if (str_is_empty(value))
        return true;
    if (fact == PACK_NONE)
        return false;
    uint32_t index = pack_value_find(pack, fact, value);
    if (index == PACK_NONE)
        return false;
    bool is_set = pack->fact[fact].kind == PACK_FACT_SOME_OF;
    uint32_t variable = pack->fact[fact].first_variable + (is_set ? index : 0);
    uint64_t wanted = is_set ? 2 : UINT64_C(1) << index;
    return world->state[variable] == DECIDE_STATE_GIVEN && world->domain[variable] == wanted;
}

static bool record_fits(const struct decide_world *world, uint32_t person,
                        const struct pack_approval *approval, const struct decide_approval *record)
{
    const struct pack *pack = world->pack;
    if (record->clause != PACK_NONE && record->clause != approval->clause)
        return false;
    if (record->person != 0 && record->person != person)
        return false;
    bool fits_role = approval->roles.count == 0;
    for (uint32_t i = 0; i < approval->roles.count && record->role != PACK_NONE && !fits_role; i++)
        fits_role =
            pack_role_is_in(pack, record->role, pack->list[approval->roles.first + i]);
    return fits_role && record_fits_fact(world, STR("platform"), record->platform) &&
           record_fits_fact(world, STR("purpose"), record->purpose) &&
           record_fits_fact(world, STR("device"), record->device) &&
           record_fits_fact(world, STR("account"), record->account);
}

#define LASTS_MAX 1000000u /* of any unit; longer ends as this does, with the calendar */

/* True when the period that the rule states has passed since the record's first day. */
static bool record_has_run_out(const struct pack_approval *approval,
                               const struct decide_approval *record, struct civil_date as_of)
{
    bool is_longer = approval->lasts_amount > LASTS_MAX;
    int32_t amount = (int32_t)(is_longer ? LASTS_MAX : approval->lasts_amount);
    struct civil_date end = record->from;
    if (!record->has_from)
        return false;
    switch ((enum pack_lasts)approval->lasts_unit) {
    case PACK_LASTS_ALWAYS:
    case PACK_LASTS_COUNT:
        return false;
    case PACK_LASTS_DAYS:
        end = civil_date_add_days(record->from, amount);
        break;
    case PACK_LASTS_WEEKS:
        end = civil_date_add_days(record->from, 7 * amount);
        break;
    case PACK_LASTS_MONTHS:
        end = civil_date_add_months(record->from, amount);
        break;
    case PACK_LASTS_YEARS:
        end = civil_date_add_months(record->from, 12 * amount);
        break;
    }
    return end.days <= as_of.days;
}

static enum pack_approval_state record_state(const struct decide_question *question,
                                             const struct pack_approval *approval,
                                             const struct decide_approval *record)
{
    if (record->state != PACK_APPROVAL_GRANTED)
        return record->state;
    if ((record->has_until && record->until.days < question->as_of.days) ||
        record_has_run_out(approval, record, question->as_of))
        return PACK_APPROVAL_EXPIRED;
    if (record->has_from && record->from.days > question->as_of.days)
        return PACK_APPROVAL_ASKED;
    if (((approval->flags & PACK_APPROVAL_WITH_REASON) != 0 && !record->has_reason) ||
        ((approval->flags & PACK_APPROVAL_IN_WRITING) != 0 && !record->in_writing))
        return PACK_APPROVAL_ASKED;
    return PACK_APPROVAL_GRANTED;
}

/* The last record that fits counts. */
static enum pack_approval_state approval_state(const struct decide_world *world,
                                               const struct decide_question *question,
                                               uint32_t person,
                                               const struct pack_approval *approval)
{
    enum pack_approval_state state = PACK_APPROVAL_NONE;
    if ((approval->flags & PACK_APPROVAL_CONSENT) != 0)
        return person == 0 ? PACK_APPROVAL_NONE : question->people[person - 1].consent;
    for (uint32_t i = 0; i < question->approval_count; i++)
        if (record_fits(world, person, approval, &question->approvals[i]))
            state = record_state(question, approval, &question->approvals[i]);
    return state;
}

/* ---- Facts ----------------------------------------------------------------------------------- */

static bool fact_is_relevant(const struct pack *pack, const struct pack_fact *fact, uint32_t act)
{
    for (uint32_t i = 0; i < fact->relevant.count; i++)
        if (pack->list[fact->relevant.first + i] == act)
            return true;
    return fact->relevant.count == 0;
}

/* A variable of which nothing was said. */
static void variable_left_out(struct decide_world *world, const struct decide_question *question,
                              uint32_t variable)
{
    const struct pack *pack = world->pack;
    const struct pack_fact *fact = &pack->fact[pack->variable[variable].fact];
    world->state[variable] = DECIDE_STATE_LEFT_OUT;
    if (!fact_is_relevant(pack, fact, world->act)) {
        world->domain[variable] = not_so(pack, variable);
    } else if (fact->preset != PACK_NONE) {
        world->domain[variable] = UINT64_C(1) << fact->preset;
        world->is_presumed[variable] = true;
    } else {
        world->domain[variable] = question->is_otherwise_none
                                      ? not_so(pack, variable)
                                      : decide_open_domain(pack, variable);
    }
}

static void variable_set(struct decide_world *world, const struct decide_question *question,
                         uint32_t person, uint32_t variable)
{
    const struct pack *pack = world->pack;
    const struct pack_variable *record = &pack->variable[variable];
    bool is_nobody = record->is_other != 0 && person == 0;
    world->state[variable] = DECIDE_STATE_GIVEN;
    if (is_nobody) {
        world->domain[variable] = not_so(pack, variable);
        return;
    }
    const struct decide_given *given = record->is_other != 0
                                           ? &question->people[person - 1].given[variable]
                                           : &question->given[variable];
    world->state[variable] = given->state;
    switch (given->state) {
    case DECIDE_STATE_LEFT_OUT:
        variable_left_out(world, question, variable);
        break;
    case DECIDE_STATE_GIVEN:
        world->domain[variable] = given->domain;
        break;
    case DECIDE_STATE_UNKNOWN:
    case DECIDE_STATE_WITHHELD:
    case DECIDE_STATE_COUNT:
        world->domain[variable] =
            given->domain != 0 ? given->domain : decide_open_domain(pack, variable);
        break;
    }
}

/* ---- Relations ------------------------------------------------------------------------------- */

/* Carries one implication over: yes makes yes, unknown makes what was not listed unknown too. */
static bool implication_carry(struct decide_world *world, const struct pack_relation *relation)
{
    uint32_t first = relation->first, second = relation->second;
    if (world->domain[first] == 2 && world->domain[second] != 2) {
        world->domain[second] = 2;
        world->state[second] = DECIDE_STATE_GIVEN;
        return true;
    }
    if (world->domain[first] == 3 && world->state[first] == DECIDE_STATE_UNKNOWN &&
        world->domain[second] == 1 && world->state[second] == DECIDE_STATE_GIVEN) {
        world->domain[second] = 3;
        world->state[second] = DECIDE_STATE_UNKNOWN;
        return true;
    }
    return false;
}

/* What is given means what it implies, though that was not listed. Bounded: each round settles
 * one. */
static void implications_close(struct decide_world *world)
{
    const struct pack *pack = world->pack;
    bool has_changed = true;
    for (uint32_t round = 0; has_changed && round <= 2 * pack->variable_count; round++) {
        has_changed = false;
        for (uint32_t i = 0; i < pack->relation_count; i++)
            if (pack->relation[i].kind == PACK_RELATION_IMPLIES &&
                implication_carry(world, &pack->relation[i]))
                has_changed = true;
    }
}

static struct str value_name(const struct pack *pack, uint32_t variable)
{
    const struct pack_variable *record = &pack->variable[variable];
    return pack_text(pack,
                     pack->value[pack->fact[record->fact].first_value + record->value].name);
}

static bool relations_hold(const struct decide_world *world, struct diag_list *diags)
{
    const struct pack *pack = world->pack;
    for (uint32_t i = 0; i < pack->relation_count; i++) {
        const struct pack_relation *relation = &pack->relation[i];
        if (relation->kind != PACK_RELATION_NEVER || world->domain[relation->first] != 2 ||
            world->domain[relation->second] != 2)
            continue;
        struct str first = value_name(pack, relation->first);
        struct str second = value_name(pack, relation->second);
        struct str fact =
            pack_text(pack, pack->fact[pack->variable[relation->first].fact].name);
        diag_addf(diags, DIAG_ERROR, STR("contradiction"), STR("question"), 0, 0,
                  STR("Give only one of them, or say under 'unknown' what is not certain."),
                  "The fact '" STR_FMT "' cannot be both '" STR_FMT "' and '" STR_FMT "'.",
                  STR_ARG(fact), STR_ARG(first), STR_ARG(second));
        return false;
    }
    return true;
}

/* Values that relations rule out are no longer possible. */
static bool relations_narrow(struct arena *arena, struct decide_world *world)
{
    const struct pack *pack = world->pack;
    struct decide_trail trail = decide_trail_of(arena, world);
    for (uint32_t v = 0; v < pack->variable_count; v++) {
        uint64_t domain = world->domain[v];
        if (pack->variable[v].domain != 2 || domain == 3)
            continue;
        world->domain[v] = 3;
        if (!decide_narrow(pack, world->domain, v, domain, &trail))
            return false;
    }
    return true;
}

/* The lists of alternatives that are about the act or about this person. */
static void somes_set(struct arena *arena, struct decide_world *world,
                      const struct decide_question *question, uint32_t person)
{
    world->somes = ARENA_ARRAY(arena, struct decide_some, question->either_count + 1);
    for (uint32_t i = 0; i < question->either_count; i++) {
        const struct decide_either *either = &question->eithers[i];
        if (either->person == 0 || either->person == person)
            world->somes[world->some_count++] = (struct decide_some){
                world->pack->fact[either->fact].first_variable, either->values};
    }
}

struct decide_world *decide_world_new(struct arena *arena, const struct decide_question *question,
                                      uint32_t person, struct diag_list *diags)
{
    const struct pack *pack = question->pack;
    struct decide_world *world = ARENA_NEW(arena, struct decide_world);
    world->pack = pack;
    world->act = question->act;
    world->table = &pack->table[pack->act[question->act].table];
    world->domain = ARENA_ARRAY(arena, uint64_t, pack->variable_count + 1);
    world->state = ARENA_ARRAY(arena, enum decide_state, pack->variable_count + 1);
    world->is_presumed = ARENA_ARRAY(arena, bool, pack->variable_count + 1);
    for (uint32_t v = 0; v < pack->variable_count; v++)
        if (pack->variable[v].approval == PACK_NONE)
            variable_set(world, question, person, v);
    somes_set(arena, world, question, person);
    implications_close(world);
    for (uint32_t v = 0; v < pack->variable_count; v++)
        if (pack->variable[v].approval != PACK_NONE)
            world->domain[v] =
                UINT64_C(1) << approval_state(world, question, person,
                                              &pack->approval[pack->variable[v].approval]);
    if (!relations_hold(world, diags))
        return NULL;
    if (!relations_narrow(arena, world)) {
        diag_add(diags, DIAG_ERROR, STR("contradiction"), STR("question"), 0, 0,
                 STR("The facts given cannot all be so."),
                 STR("Take one of them out, or say 'unknown' where you are not certain."));
        return NULL;
    }
    return world;
}

/* ---- Narrowing ------------------------------------------------------------------------------- */

struct decide_trail decide_trail_new(struct arena *arena, const struct pack *pack)
{
    struct decide_trail trail = {0};
    for (uint32_t v = 0; v < pack->variable_count; v++)
        trail.capacity += pack->variable[v].domain;
    trail.variables = ARENA_ARRAY(arena, uint32_t, trail.capacity + 1);
    trail.before = ARENA_ARRAY(arena, uint64_t, trail.capacity + 1);
    return trail;
}

struct decide_trail decide_trail_of(struct arena *arena, const struct decide_world *world)
{
    struct decide_trail trail = decide_trail_new(arena, world->pack);
    trail.somes = world->somes;
    trail.some_count = world->some_count;
    return trail;
}

/* Of a list of which at least one holds the last that is left must. */
static bool somes_follow(const struct pack *pack, uint64_t *domain, uint32_t variable,
                         struct decide_trail *trail)
{
    for (uint32_t i = 0; i < trail->some_count; i++) {
        const struct decide_some *some = &trail->somes[i];
        uint32_t left = 0, last = 0;
        if (variable < some->first_variable || variable - some->first_variable >= 64 ||
            (some->values >> (variable - some->first_variable) & 1) == 0)
            continue;
        for (uint64_t rest = some->values; rest != 0; rest &= rest - 1) {
            uint32_t member = some->first_variable + (uint32_t)__builtin_ctzll(rest);
            left += domain[member] != 1;
            last = domain[member] != 1 ? member : last;
        }
        if (left == 0 || (left == 1 && !decide_narrow(pack, domain, last, 2, trail)))
            return false;
    }
    return true;
}

/* What one relation says once `variable` is settled; false when it cannot hold. */
static bool relation_follow(const struct pack *pack, uint64_t *domain, uint32_t variable,
                            const struct pack_relation *relation, struct decide_trail *trail)
{
    bool is_first = relation->first == variable;
    bool is_yes = domain[variable] == 2;
    uint32_t other = is_first ? relation->second : relation->first;
    if (relation->kind == PACK_RELATION_NEVER)
        return !is_yes || decide_narrow(pack, domain, other, 1, trail);
    if (is_first)
        return !is_yes || decide_narrow(pack, domain, other, 2, trail);
    return is_yes || decide_narrow(pack, domain, other, 1, trail);
}

bool decide_narrow(const struct pack *pack, uint64_t *domain, uint32_t variable, uint64_t to,
                   struct decide_trail *trail)
{
    uint64_t narrowed = domain[variable] & to;
    if (narrowed == 0)
        return false;
    if (narrowed == domain[variable])
        return true;
    trail->variables[trail->count] = variable;
    trail->before[trail->count++] = domain[variable];
    domain[variable] = narrowed;
    struct pack_list relations = pack->variable[variable].relations;
    for (uint32_t i = 0; i < relations.count; i++)
        if (!relation_follow(pack, domain, variable,
                             &pack->relation[pack->list[relations.first + i]], trail))
            return false;
    return trail->some_count == 0 || narrowed != 1 || somes_follow(pack, domain, variable, trail);
}

void decide_undo(uint64_t *domain, struct decide_trail *trail, uint32_t down_to)
{
    while (trail->count > down_to) {
        trail->count--;
        domain[trail->variables[trail->count]] = trail->before[trail->count];
    }
}
