/*
 * optimum.c - the fewest questions that any order could need, beside what the orders need.
 *
 * Read first: docs/benchmarks.md, "Questions per verdict"; interview.h. Start at group_solve().
 *
 *     optimum STEP PACKS [STATES]      one line of JSON for each pack
 *
 * Examples that begin alike (the same act, as many people with the same consent) are a group; those
 * with an approval on record or with alternatives are left out. The optimum of a group is the least
 * sum of questions over its examples, for an order that knows all of them, but not which of them it
 * has before it, and chooses each question among the open facts by the answers so far. The search
 * goes through all such orders, over what has been asked and which examples still fit. STATES
 * bounds the states of one group: a group that needs more is counted under "given_up", its examples
 * under "examples_given_up", and both are left out of all sums.
 *
 * What must hold, so that the search is exact:
 * - A fact is necessary for an example when without it, all else told, the verdict is undetermined.
 *   A fact that is necessary for all examples that still fit is asked now: every order asks it
 *   sooner or later on each way, and asked first it only makes the rest better informed.
 * - The facts that are necessary and not yet asked bound from below what an example still needs.
 */
#include "interview.h"
#include "shelf/shelf.h"

#include <assert.h>
#include <stdlib.h>

#define GROUP_MAX 64u        /* examples and facts of a group: the bits of a word */
#define STATES_DEFAULT 20000u
#define EXAMPLES_MAX 4096u
#define COST_NONE UINT32_MAX

struct state { /* what has been asked and who still fits */
    uint64_t asked, fits;
    uint64_t open;    /* facts that can be asked; 0: the verdict is determined */
    uint32_t least;   /* no order needs fewer questions from here, over all that fit */
    bool is_used, is_exact;
};

struct group {
    struct arena *arena, *scratch;
    const struct decide_question *full[GROUP_MAX];
    uint32_t count;
    struct decide_open facts[GROUP_MAX];
    uint32_t fact_count;
    uint8_t answers[GROUP_MAX][GROUP_MAX]; /* by example and fact; equal where the answers are */
    uint64_t necessary[GROUP_MAX];         /* by example */
    struct state *states;
    uint32_t state_count, state_max, capacity; /* capacity: a power of two */
    bool has_given_up;
};

/* ---- One state ------------------------------------------------------------------------------- */

/* What is open once `asked` was answered as an example answers it; 0 when nothing need be. */
static uint64_t open_after(struct group *group, uint32_t example, uint64_t asked)
{
    struct arena_mark mark = arena_mark(group->scratch);
    struct interview interview = interview_begin(group->scratch, group->full[example]);
    for (uint64_t rest = asked; rest != 0; rest &= rest - 1)
        interview_reply(&interview, group->facts[__builtin_ctzll(rest)]);
    const struct decide_answer *answer = interview_judge(&interview, true);
    uint64_t open = 0;
    bool is_open = answer != NULL && answer->verdict == DECIDE_VERDICT_UNDETERMINED;
    for (size_t i = 0; is_open && i < answer->missing_count; i++)
        for (uint32_t f = 0; f < group->fact_count; f++)
            if (group->facts[f].fact == answer->missing[i].fact &&
                group->facts[f].person == answer->missing[i].person)
                open |= UINT64_C(1) << f;
    arena_rewind(group->scratch, mark);
    return open;
}

static uint32_t lower_bound(const struct group *group, uint64_t asked, uint64_t fits)
{
    uint32_t sum = 0;
    for (uint64_t rest = fits; rest != 0; rest &= rest - 1)
        sum += (uint32_t)__builtin_popcountll(group->necessary[__builtin_ctzll(rest)] & ~asked);
    return sum;
}

/* The state, made when it is new; NULL when there are too many. */
static struct state *state_at(struct group *group, uint64_t asked, uint64_t fits)
{
    uint64_t hash = (asked ^ fits * UINT64_C(0x9e3779b97f4a7c15)) * UINT64_C(0xbf58476d1ce4e5b9);
    uint32_t at = (uint32_t)(hash >> 32) & (group->capacity - 1);
    while (group->states[at].is_used &&
           (group->states[at].asked != asked || group->states[at].fits != fits))
        at = (at + 1) & (group->capacity - 1);
    struct state *state = &group->states[at];
    if (state->is_used)
        return state;
    if (group->state_count == group->state_max) {
        group->has_given_up = true;
        return NULL;
    }
    group->state_count++;
    *state = (struct state){.asked = asked, .fits = fits, .is_used = true};
    state->open = open_after(group, (uint32_t)__builtin_ctzll(fits), asked);
    state->is_exact = state->open == 0;
    uint32_t some = (uint32_t)__builtin_popcountll(fits), bound = lower_bound(group, asked, fits);
    state->least = state->is_exact ? 0 : bound > some ? bound : some;
    return state;
}

/* Those that still fit after the answer of the first of them. */
static uint64_t part_first(const struct group *group, uint64_t fits, uint32_t fact)
{
    uint32_t first = (uint32_t)__builtin_ctzll(fits);
    uint64_t part = 0;
    for (uint64_t rest = fits; rest != 0; rest &= rest - 1) {
        uint32_t example = (uint32_t)__builtin_ctzll(rest);
        if (group->answers[example][fact] == group->answers[first][fact])
            part |= UINT64_C(1) << example;
    }
    return part;
}

/* ---- The search ------------------------------------------------------------------------------ */

static uint32_t state_solve(struct group *group, uint64_t asked, uint64_t fits, uint32_t limit);

/* The sum when this fact is asked next; some number of at least `limit` when it is no less. */
static uint32_t fact_solve(struct group *group, const struct state *state, uint32_t fact,
                           uint32_t limit)
{
    uint64_t asked = state->asked | UINT64_C(1) << fact, parts[GROUP_MAX];
    uint32_t count = 0, sum = (uint32_t)__builtin_popcountll(state->fits);
    for (uint64_t rest = state->fits; rest != 0; rest &= ~parts[count - 1]) {
        parts[count++] = part_first(group, rest, fact);
        sum += lower_bound(group, asked, parts[count - 1]);
    }
    for (uint32_t i = 0; i < count && sum < limit && !group->has_given_up; i++) {
        uint32_t bound = lower_bound(group, asked, parts[i]);
        sum += state_solve(group, asked, parts[i], limit - sum + bound) - bound;
    }
    return sum;
}

/* A fact that is necessary for all that fit, else GROUP_MAX. */
static uint32_t fact_forced(const struct group *group, const struct state *state)
{
    uint64_t forced = state->open;
    for (uint64_t rest = state->fits; rest != 0; rest &= rest - 1)
        forced &= group->necessary[__builtin_ctzll(rest)];
    return forced == 0 ? GROUP_MAX : (uint32_t)__builtin_ctzll(forced);
}

/* The open facts, those that are necessary for most first: a good order is found early. */
static uint32_t facts_sort(const struct group *group, const struct state *state, uint32_t *facts)
{
    uint32_t count = 0, needs[GROUP_MAX] = {0};
    for (uint64_t rest = state->open; rest != 0; rest &= rest - 1) {
        uint32_t fact = (uint32_t)__builtin_ctzll(rest), at = count++;
        for (uint64_t fit = state->fits; fit != 0; fit &= fit - 1)
            needs[fact] += group->necessary[__builtin_ctzll(fit)] >> fact & 1;
        for (; at > 0 && needs[facts[at - 1]] < needs[fact]; at--)
            facts[at] = facts[at - 1];
        facts[at] = fact;
    }
    return count;
}

/*
 * The least sum of questions from here. When it is not less than `limit`, some number from `limit`
 * to that sum. Its depth is bounded by the number of facts.
 */
static uint32_t state_solve(struct group *group, uint64_t asked, uint64_t fits, uint32_t limit)
{
    uint32_t facts[GROUP_MAX], best = limit;
    struct state *state = state_at(group, asked, fits);
    if (state == NULL || state->is_exact || state->least >= limit)
        return state == NULL ? limit : state->least;
    uint32_t forced = fact_forced(group, state), count = 1;
    facts[0] = forced;
    if (forced == GROUP_MAX)
        count = facts_sort(group, state, facts);
    for (uint32_t i = 0; i < count && best > state->least && !group->has_given_up; i++) {
        uint32_t sum = fact_solve(group, state, facts[i], best);
        best = sum < best ? sum : best;
    }
    if (group->has_given_up)
        return limit;
    state->is_exact = best < limit;
    state->least = best;
    return best;
}

/* ---- Groups ---------------------------------------------------------------------------------- */

static bool begins_alike(const struct decide_question *a, const struct decide_question *b)
{
    if (a->act != b->act || a->person_count != b->person_count)
        return false;
    for (uint32_t i = 0; i < a->person_count; i++)
        if (a->people[i].consent != b->people[i].consent)
            return false;
    return true;
}

static bool answers_alike(const struct decide_question *a, const struct decide_question *b,
                          struct decide_open open)
{
    const struct pack_fact *fact = &a->pack->fact[open.fact];
    bool is_act = open.person == 0;
    const struct decide_given *of_a = is_act ? a->given : a->people[open.person - 1].given;
    const struct decide_given *of_b = is_act ? b->given : b->people[open.person - 1].given;
    for (uint32_t v = fact->first_variable; v < fact->first_variable + fact->variable_count; v++)
        if (of_a[v].state != of_b[v].state || of_a[v].domain != of_b[v].domain)
            return false;
    return true;
}

/* The facts that can be asked, what the examples say of them, and which of them they need. */
static bool group_open(struct group *group)
{
    struct interview interview = interview_begin(group->arena, group->full[0]);
    const struct decide_answer *answer = interview_judge(&interview, true);
    if (answer == NULL || answer->missing_count > GROUP_MAX)
        return false;
    for (size_t i = 0; i < answer->missing_count; i++)
        group->facts[group->fact_count++] = answer->missing[i];
    uint64_t all = group->fact_count == 64 ? UINT64_MAX : (UINT64_C(1) << group->fact_count) - 1;
    for (uint32_t e = 0; e < group->count; e++) {
        for (uint32_t f = 0; f < group->fact_count; f++) {
            while (!answers_alike(group->full[group->answers[e][f]], group->full[e],
                                  group->facts[f]))
                group->answers[e][f]++;
            if (open_after(group, e, all & ~(UINT64_C(1) << f)) != 0)
                group->necessary[e] |= UINT64_C(1) << f;
        }
    }
    return true;
}

/* The optimum of a group; COST_NONE when the search gave up. */
static uint32_t group_solve(struct group *group, uint32_t state_max)
{
    if (!group_open(group))
        return COST_NONE;
    group->state_max = state_max;
    for (group->capacity = 64; group->capacity < 2 * state_max;)
        group->capacity *= 2;
    group->states = ARENA_ARRAY(group->arena, struct state, group->capacity);
    uint64_t fits = group->count == 64 ? UINT64_MAX : (UINT64_C(1) << group->count) - 1;
    uint32_t sum = state_solve(group, 0, fits, COST_NONE);
    return group->has_given_up ? COST_NONE : sum;
}

/* ---- Packs ----------------------------------------------------------------------------------- */

struct sums {
    uint32_t groups, examples, given_up, examples_given_up;
    uint32_t optimum, needed[INTERVIEW_ORDER_COUNT];
};

static const enum interview_order orders[] = {INTERVIEW_HANDRAIL, INTERVIEW_FIRST, INTERVIEW_L4};
static const char *const order_names[] = {"handrail", "first_unknown", "l4_determinability"};

static void group_add(struct group *group, struct sums *sums, uint32_t state_max)
{
    uint32_t optimum = group_solve(group, state_max);
    if (optimum == COST_NONE) {
        sums->given_up++;
        sums->examples_given_up += group->count;
        return;
    }
    sums->groups++;
    sums->examples += group->count;
    sums->optimum += optimum;
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        uint32_t needed = 0;
        for (uint32_t e = 0; e < group->count; e++) {
            struct arena_mark mark = arena_mark(group->scratch);
            needed += interview_hold(group->scratch, group->full[e], orders[i], NULL);
            arena_rewind(group->scratch, mark);
        }
        assert(needed >= optimum);
        sums->needed[i] += needed;
    }
}

/* No approval on record, no alternatives, and an interview about it ends with a verdict. */
static bool is_fit(struct arena *arena, const struct decide_question *full)
{
    return full != NULL && full->approval_count == 0 && full->either_count == 0 &&
           interview_hold(arena, full, INTERVIEW_FIRST, NULL) != UINT32_MAX;
}

/* Every step-th example, as far as they are fit. */
static uint32_t examples_gather(struct arena *arena, const struct shelf_pack *one, uint32_t step,
                                const struct decide_question **gathered)
{
    uint32_t seen = 0, count = 0;
    for (size_t c = 0; c < one->document->clause_count; c++) {
        const struct policy_clause *clause = &one->document->clauses[c];
        for (size_t e = 0; e < clause->example_count; e++) {
            if (seen++ % step != 0 || count == EXAMPLES_MAX)
                continue;
            const struct decide_question *full =
                interview_full(arena, &one->pack, &clause->examples[e]);
            if (is_fit(arena, full))
                gathered[count++] = full;
        }
    }
    return count;
}

static void pack_show(const struct shelf_pack *one, uint32_t step, uint32_t state_max)
{
    struct arena *arena = arena_open(), *scratch = arena_open();
    const struct decide_question **all =
        ARENA_ARRAY(arena, const struct decide_question *, EXAMPLES_MAX);
    uint32_t count = examples_gather(arena, one, step, all);
    struct sums sums = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (all[i] == NULL)
            continue;
        struct arena_mark mark = arena_mark(arena);
        struct group *group = ARENA_NEW(arena, struct group);
        group->arena = arena;
        group->scratch = scratch;
        for (uint32_t k = i; k < count && group->count < GROUP_MAX; k++)
            if (k == i || (all[k] != NULL && begins_alike(group->full[0], all[k]))) {
                group->full[group->count++] = all[k];
                all[k] = NULL;
            }
        group_add(group, &sums, state_max);
        arena_rewind(arena, mark);
    }
    printf("{\"pack\": \"" STR_FMT "\", \"groups\": %u, \"examples\": %u, \"given_up\": %u, "
           "\"examples_given_up\": %u, \"optimum\": %u",
           STR_ARG(one->document->name), sums.groups, sums.examples, sums.given_up,
           sums.examples_given_up, sums.optimum);
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        printf(", \"%s\": %u", order_names[i], sums.needed[i]);
    printf("}\n");
    fflush(stdout);
    arena_close(scratch);
    arena_close(arena);
}

int main(int count, char **arguments)
{
    uint32_t step = count >= 3 ? (uint32_t)strtoul(arguments[1], NULL, 10) : 0;
    uint32_t states = count >= 4 ? (uint32_t)strtoul(arguments[3], NULL, 10) : STATES_DEFAULT;
    if (step == 0 || states == 0) {
        fprintf(stderr, "usage: optimum STEP PACKS [STATES]\n");
        return 2;
    }
    struct arena *arena = arena_open();
    struct shelf shelf = shelf_new(arena);
    struct result result = shelf_load(&shelf, str_from(arguments[2]));
    if (!result_is_ok(result)) {
        fprintf(stderr, "optimum: %s\n", result.message);
        return 2;
    }
    for (size_t i = 0; i < shelf.count; i++)
        if (shelf.at[i].is_ready && shelf.at[i].document->kind != POLICY_KIND_LAW)
            pack_show(&shelf.at[i], step, states);
    arena_close(arena);
    return 0;
}
