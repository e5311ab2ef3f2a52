/*
 * What would change the verdict: the smallest sets of changes that give "caution" or milder.
 *
 * Read first: docs/policy-language.md, section 5.10. A change gives one variable another value in
 * the worlds that
 * it belongs to. Only variables that the strict rules, or rules that could defeat them, read are
 * tried: first one
 * change, then two, then three; the first size that helps is the smallest.
 */
#include "decide/decide_int.h"

#define CANDIDATES_MAX 96u
#define CHANGES_MAX 6u /* given */
#define FOUND_MAX 48u  /* looked through, the readiest are given */
#define TRIALS_MAX 20000u

struct change {
    uint32_t variable, person; /* person from 1; 0: a variable of the act */
    uint64_t value;
};

struct changing {
    struct decide_answer_parts *parts;
    struct decide_weigh *weigh;
    struct decide_trail trail;
    struct change candidates[CANDIDATES_MAX];
    uint32_t candidate_count;
    uint32_t trials;
    struct change first[FOUND_MAX]; /* the first change of each set found */
};

/* ---- Candidates ------------------------------------------------------------------------------ */

static bool rule_is_strict(const struct decide_weigh *weigh, uint32_t rule)
{
    const struct decide_ruling *ruling = &weigh->rulings[rule];
    return ruling->stands != DECIDE_NO && ruling->level_high > PACK_LEVEL_CAUTION;
}

/* Strict rules, and those that attack one. */
static bool rule_matters(const struct decide_weigh *weigh, uint32_t rule)
{
    const struct pack *pack = weigh->pack;
    if (rule == PACK_NONE)
        return false;
    if (rule_is_strict(weigh, rule))
        return true;
    for (uint32_t i = 0; i < pack->rule[rule].attacks.count; i++)
        if (rule_is_strict(weigh, pack->list[pack->rule[rule].attacks.first + i]))
            return true;
    return false;
}

static void candidate_add(struct changing *changing, uint32_t variable, uint32_t person,
                          uint64_t value)
{
    for (uint32_t i = 0; i < changing->candidate_count; i++)
        if (changing->candidates[i].variable == variable &&
            changing->candidates[i].person == person && changing->candidates[i].value == value)
            return;
    if (changing->candidate_count < CANDIDATES_MAX)
        changing->candidates[changing->candidate_count++] =
            (struct change){variable, person, value};
}

/* The values of a variable that some row of a rule that matters treats unlike the present one. */
static void variable_candidates(struct changing *changing, const struct decide_world *world,
                                uint32_t person, uint32_t position, const uint64_t *mask)
{
    const struct pack *pack = world->pack;
    const struct pack_table *table = world->table;
    uint32_t variable = pack->list[table->variables.first + position];
    const struct pack_variable *record = &pack->variable[variable];
    uint64_t domain = world->domain[variable];
    if ((domain & (domain - 1)) != 0)
        return;
    uint32_t now = (uint32_t)__builtin_ctzll(domain);
    for (uint32_t row = 0; row < table->row_count; row++) {
        uint32_t outcome =
            pack->list[table->outcomes.first + pack->list[table->row_outcomes.first + row]];
        if (!rule_matters(changing->weigh, pack->outcome[outcome].rule))
            continue;
        uint64_t has_now = mask[now * table->word_count + row / 64] >> row % 64 & 1;
        uint64_t open = decide_open_domain(pack, variable);
        for (uint32_t value = 0; value < record->domain; value++) {
            uint64_t has = mask[value * table->word_count + row / 64] >> row % 64 & 1;
            bool is_grant = record->approval == PACK_NONE || value == PACK_APPROVAL_GRANTED;
            if (has != has_now && is_grant && (open >> value & 1) != 0)
                candidate_add(changing, variable, record->is_other != 0 ? person : 0,
                              UINT64_C(1) << value);
        }
    }
}

static void candidates_find(struct changing *changing)
{
    for (uint32_t p = 0; p < changing->parts->world_count; p++) {
        const struct decide_world *world = changing->parts->worlds[p];
        decide_weigh_world(changing->weigh, world->domain);
        for (uint32_t pass = 0; pass < 2; pass++) { /* approvals first */
            const uint64_t *mask = world->pack->mask + world->table->first_mask;
            for (uint32_t i = 0; i < world->table->variables.count; i++) {
                uint32_t variable = world->pack->list[world->table->variables.first + i];
                bool is_approval = world->pack->variable[variable].approval != PACK_NONE;
                if (is_approval == (pass == 0))
                    variable_candidates(changing, world, p + 1, i, mask);
                mask += (size_t)world->pack->variable[variable].domain * world->table->word_count;
            }
        }
    }
}

/* ---- Trials ---------------------------------------------------------------------------------- */

/* Sets the value and what it means; false when that cannot be. */
static bool change_set(struct changing *changing, uint64_t *domain, const struct change *change)
{
    const struct pack *pack = changing->parts->question->pack;
    struct decide_trail *trail = &changing->trail;
    trail->variables[trail->count] = change->variable;
    trail->before[trail->count++] = domain[change->variable];
    domain[change->variable] = decide_full_domain(pack, change->variable);
    return decide_narrow(pack, domain, change->variable, change->value, trail);
}

static enum decide_verdict world_try(struct changing *changing, uint32_t world,
                                     const struct change *changes, uint32_t count)
{
    uint64_t *domain = changing->parts->worlds[world]->domain;
    bool is_possible = true, is_touched = false, is_cut_short = false;
    enum decide_verdict verdict = changing->parts->answer->person_verdicts[world];
    changing->trail.count = 0;
    for (uint32_t i = 0; i < count && is_possible; i++)
        if (changes[i].person == 0 || changes[i].person == world + 1) {
            is_possible = change_set(changing, domain, &changes[i]);
            is_touched = true;
        }
    if (is_possible && is_touched) {
        verdict = decide_complete(changing->parts->arena, changing->weigh,
                                  changing->parts->worlds[world], &is_cut_short);
        decide_weigh_world(changing->weigh, domain);
        if (changing->weigh->in_scope == DECIDE_NO)
            verdict = DECIDE_VERDICT_UNDETERMINED; /* leaving the policy is no advice */
    }
    decide_undo(domain, &changing->trail, 0);
    return is_possible ? verdict : DECIDE_VERDICT_UNDETERMINED;
}

static struct str approval_words(struct arena *arena, const struct pack *pack,
                                 const struct pack_approval *approval)
{
    if ((approval->flags & PACK_APPROVAL_CONSENT) != 0)
        return STR("the person concerned consents");
    if (approval->roles.count == 0)
        return STR("whoever your school names for this approves");
    struct text words = {.arena = arena};
    for (uint32_t i = 0; i < approval->roles.count; i++) {
        const struct pack_role *role = &pack->role[pack->list[approval->roles.first + i]];
        text_add(&words, i == 0                           ? STR("")
                         : i + 1 == approval->roles.count ? STR(" or ")
                                                          : STR(", "));
        text_add(&words, pack_text(pack, role->text));
    }
    text_add(&words, STR(" approves"));
    if ((approval->flags & PACK_APPROVAL_IN_WRITING) != 0)
        text_add(&words, STR(" in writing"));
    return text_str(&words);
}

/* How readily a change comes about: approval, time, something that is so, another choice, not
 * so. */
static uint32_t change_rank(const struct pack *pack, const struct change *change)
{
    const struct pack_variable *variable = &pack->variable[change->variable];
    if (variable->approval != PACK_NONE)
        return 0;
    uint32_t kind = pack->fact[variable->fact].kind;
    if (kind == PACK_FACT_NUMBER || kind == PACK_FACT_DATE)
        return 1;
    if (kind == PACK_FACT_ONE_OF)
        return change->value == UINT64_C(1) << (variable->domain - 1) ? 5 : 3;
    return change->value == 2 ? 2 : 4;
}

/* Where a change of one variable goes: in the place of a stricter one of the same, else at the
 * end. */
static struct decide_change *change_place(struct changing *changing, const struct change *changes,
                                          uint32_t count, enum decide_verdict verdict)
{
    struct decide_answer *answer = changing->parts->answer;
    for (uint32_t i = 0; count == 1 && i < answer->change_count; i++)
        if (changing->first[i].variable == changes[0].variable &&
            changing->first[i].person == changes[0].person)
            return verdict < answer->changes[i].verdict ? &answer->changes[i] : NULL;
    if (answer->change_count == FOUND_MAX)
        return NULL;
    changing->first[answer->change_count] = changes[0];
    return &answer->changes[answer->change_count++];
}

static void change_record(struct changing *changing, const struct change *changes, uint32_t count,
                          enum decide_verdict verdict)
{
    const struct pack *pack = changing->parts->question->pack;
    struct decide_change *made = change_place(changing, changes, count, verdict);
    if (made == NULL)
        return;
    made->verdict = verdict;
    made->rank = 0;
    made->step_count = count;
    for (uint32_t i = 0; i < count; i++) {
        const struct pack_variable *variable = &pack->variable[changes[i].variable];
        struct decide_step *step = &made->steps[i];
        step->person = changes[i].person;
        made->rank += change_rank(pack, &changes[i]);
        step->fact = variable->fact;
        step->text =
            variable->approval != PACK_NONE
                ? approval_words(changing->parts->arena, pack, &pack->approval[variable->approval])
                : decide_variable_text(changing->parts->arena, pack, changes[i].variable,
                                       (uint32_t)__builtin_ctzll(changes[i].value));
    }
}

static void changes_try(struct changing *changing, const struct change *changes, uint32_t count)
{
    struct decide_answer *answer = changing->parts->answer;
    if (answer->change_count == FOUND_MAX || changing->trials++ > TRIALS_MAX)
        return;
    struct arena_mark mark = arena_mark(changing->parts->arena);
    enum decide_verdict verdict = DECIDE_VERDICT_NOT_COVERED;
    for (uint32_t w = 0; w < changing->parts->world_count; w++)
        verdict = decide_join(verdict, world_try(changing, w, changes, count));
    arena_rewind(changing->parts->arena, mark);
    if (verdict >= DECIDE_VERDICT_ALLOWED && verdict <= DECIDE_VERDICT_CAUTION)
        change_record(changing, changes, count, verdict);
}

/* Every set of `size` candidates, in order; at most one change a variable. */
static void changes_of_size(struct changing *changing, struct change *chosen, uint32_t have,
                            uint32_t size, uint32_t from)
{
    if (have == size) {
        changes_try(changing, chosen, size);
        return;
    }
    for (uint32_t i = from; i < changing->candidate_count; i++) {
        bool is_taken = false;
        for (uint32_t k = 0; k < have; k++)
            is_taken = is_taken || (chosen[k].variable == changing->candidates[i].variable &&
                                    chosen[k].person == changing->candidates[i].person);
        if (is_taken || changing->trials > TRIALS_MAX)
            continue;
        chosen[have] = changing->candidates[i];
        changes_of_size(changing, chosen, have + 1, size, i + 1);
    }
}

/* The readiest first; equal ones keep the order in which they were found. */
static void changes_sort(struct decide_answer *answer)
{
    for (size_t i = 1; i < answer->change_count; i++) {
        struct decide_change moved = answer->changes[i];
        size_t at = i;
        while (at > 0 && answer->changes[at - 1].rank > moved.rank) {
            answer->changes[at] = answer->changes[at - 1];
            at--;
        }
        answer->changes[at] = moved;
    }
}

/* What was never asked is taken as not so: a number stays open. */
static void missing_fill(struct changing *changing, const struct decide_world *world)
{
    const struct pack *pack = world->pack;
    struct decide_trail trail = decide_trail_of(changing->parts->arena, world);
    for (uint32_t i = 0; i < world->table->variables.count; i++) {
        uint32_t variable = pack->list[world->table->variables.first + i];
        const struct pack_variable *record = &pack->variable[variable];
        if (world->state[variable] != DECIDE_STATE_LEFT_OUT || record->fact == PACK_NONE)
            continue;
        uint32_t kind = pack->fact[record->fact].kind;
        bool is_number = kind == PACK_FACT_NUMBER || kind == PACK_FACT_DATE;
        uint64_t absent =
            kind == PACK_FACT_ONE_OF ? UINT64_C(1) << (record->domain - 1) : UINT64_C(1);
        uint32_t mark = trail.count;
        if (!is_number && !decide_narrow(pack, world->domain, variable, absent, &trail))
            decide_undo(world->domain, &trail, mark);
    }
}

void decide_changes_find(struct decide_answer_parts *parts)
{
    const struct pack *pack = parts->question->pack;
    struct changing *changing = ARENA_NEW(parts->arena, struct changing);
    changing->parts = parts;
    changing->weigh = decide_weigh_new(parts->arena, pack, parts->question->act);
    changing->trail = decide_trail_new(parts->arena, pack);
    changing->trail.variables =
        ARENA_ARRAY(parts->arena, uint32_t, changing->trail.capacity * 2 + 16);
    changing->trail.before = ARENA_ARRAY(parts->arena, uint64_t, changing->trail.capacity * 2 + 16);
    parts->answer->changes = ARENA_ARRAY(parts->arena, struct decide_change, FOUND_MAX);
    for (uint32_t w = 0; w < parts->world_count; w++)
        missing_fill(changing, parts->worlds[w]);
    candidates_find(changing);
    struct change chosen[DECIDE_CHANGE_STEPS_MAX];
    for (uint32_t size = 1; size <= DECIDE_CHANGE_STEPS_MAX && parts->answer->change_count == 0;
         size++)
        changes_of_size(changing, chosen, 0, size, 0);
    changes_sort(parts->answer);
    if (parts->answer->change_count > CHANGES_MAX)
        parts->answer->change_count = CHANGES_MAX;
}
