/*
 * The next question: the missing fact that is expected to settle most.
 *
 * Read first: docs/policy-language.md, section 5.10. A sample of completions is weighed; for each
 * missing
 * fact that is still open the sample is parted by its answer, and the fact whose parts agree most
 * within themselves wins (Gini impurity: Breiman, Friedman, Olshen and Stone 1984). Completions
 * are drawn with few or many values at once, since most acts are plain and some are not. The draw
 * is seeded from nothing but the question, so the same question is always followed by the same one.
 */
#include "decide/decide_int.h"

#define SAMPLES 256u
#define CANDIDATES_MAX 256u
#define SENSITIVE_MARGIN 0.98 /* among facts this close to the best the least sensitive is asked */

struct candidate {
    uint32_t fact;
    double left_over; /* expected impurity after the answer; the smaller the better */
    uint32_t open_rows;
};

struct sampling {
    struct arena *arena;
    const struct decide_world *world;
    struct decide_weigh *weigh;
    uint64_t *domain;
    struct decide_trail trail;
    uint32_t *open;   /* variables that are still open and that open rows read */
    uint32_t open_count;
    uint64_t seed;
    uint8_t verdicts[SAMPLES];
    uint64_t *answers; /* by sample and candidate: what the answer to the fact was */
    struct candidate *candidates;
    uint32_t candidate_count;
    uint64_t *parts;   /* scratch: the different answers */
    uint32_t (*counts)[DECIDE_VERDICT_COUNT];
};

/* SplitMix64 (Steele, Lea and Flood 2014). */
static uint64_t draw(uint64_t *seed)
{
    uint64_t z = (*seed += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static struct candidate *candidate_of(struct sampling *sampling, uint32_t fact)
{
    for (uint32_t i = 0; i < sampling->candidate_count; i++)
        if (sampling->candidates[i].fact == fact)
            return &sampling->candidates[i];
    if (sampling->candidate_count == CANDIDATES_MAX)
        return NULL;
    struct candidate *made = &sampling->candidates[sampling->candidate_count++];
    made->fact = fact;
    return made;
}

/* Variables that still matter, and the missing facts among them that can be asked. */
static void candidates_find(struct sampling *sampling)
{
    const struct decide_world *world = sampling->world;
    const struct pack *pack = world->pack;
    const uint64_t *mask = pack->mask + world->table->first_mask;
    for (uint32_t i = 0; i < world->table->variables.count; i++) {
        uint32_t variable = pack->list[world->table->variables.first + i];
        uint64_t domain = world->domain[variable];
        uint32_t rows = (domain & (domain - 1)) == 0
                            ? 0
                            : decide_open_rows(world, sampling->weigh, variable, mask);
        mask += (size_t)pack->variable[variable].domain * world->table->word_count;
        if (rows == 0)
            continue;
        sampling->open[sampling->open_count++] = variable;
        if (world->state[variable] != DECIDE_STATE_LEFT_OUT)
            continue;
        struct candidate *candidate = candidate_of(sampling, pack->variable[variable].fact);
        if (candidate != NULL)
            candidate->open_rows += rows;
    }
}

/* One value of a domain; yes with a chance of `halves` in twice the open variables, or evenly. */
static uint64_t value_draw(struct sampling *sampling, uint32_t variable, uint32_t halves)
{
    uint64_t domain = sampling->domain[variable];
    uint64_t random = draw(&sampling->seed);
    if (domain == 3)
        return random % (2u * (uint64_t)sampling->open_count + 1u) < halves ? 2 : 1;
    uint32_t skip = (uint32_t)(random % (uint64_t)__builtin_popcountll(domain));
    for (uint32_t i = 0; i < skip; i++)
        domain &= domain - 1;
    return domain & (~domain + 1);
}

static uint64_t answer_of(const struct sampling *sampling, uint32_t fact)
{
    const struct pack_fact *record = &sampling->world->pack->fact[fact];
    uint64_t answer = 0;
    for (uint32_t i = 0; i < sampling->open_count; i++) {
        uint32_t variable = sampling->open[i];
        if (variable - record->first_variable < record->variable_count)
            answer = answer * UINT64_C(0x100000001b3) + sampling->domain[variable];
    }
    return answer;
}

static void sample_take(struct sampling *sampling, uint32_t sample)
{
    static const uint8_t halves_by_turn[8] = {1, 2, 4, 1, 3, 6, 2, 12};
    const struct pack *pack = sampling->world->pack;
    uint32_t first = (uint32_t)(draw(&sampling->seed) % sampling->open_count);
    for (uint32_t i = 0; i < sampling->open_count; i++) {
        uint32_t variable = sampling->open[(first + i) % sampling->open_count];
        uint64_t value = value_draw(sampling, variable, halves_by_turn[sample % 8]);
        uint32_t mark = sampling->trail.count;
        if (!decide_narrow(pack, sampling->domain, variable, value, &sampling->trail)) {
            decide_undo(sampling->domain, &sampling->trail, mark);
            decide_narrow(pack, sampling->domain, variable, ~value, &sampling->trail);
        }
    }
    decide_weigh_world(sampling->weigh, sampling->domain);
    enum decide_verdict verdict = decide_weigh_verdict(sampling->weigh);
    sampling->verdicts[sample] = (uint8_t)(verdict == DECIDE_VERDICT_COUNT
                                               ? DECIDE_VERDICT_UNDETERMINED
                                               : verdict);
    for (uint32_t c = 0; c < sampling->candidate_count; c++)
        sampling->answers[c * SAMPLES + sample] = answer_of(sampling, sampling->candidates[c].fact);
    decide_undo(sampling->domain, &sampling->trail, 0);
}

/* Sum over the parts of n - (sum of squares of verdict counts) / n. */
static double impurity_after(struct sampling *sampling, uint32_t candidate)
{
    uint32_t part_count = 0;
    for (uint32_t s = 0; s < SAMPLES; s++) {
        uint64_t answer = sampling->answers[candidate * SAMPLES + s];
        uint32_t part = 0;
        while (part < part_count && sampling->parts[part] != answer)
            part++;
        if (part == part_count) {
            sampling->parts[part_count++] = answer;
            for (uint32_t v = 0; v < DECIDE_VERDICT_COUNT; v++)
                sampling->counts[part][v] = 0;
        }
        sampling->counts[part][sampling->verdicts[s]]++;
    }
    double sum = 0;
    for (uint32_t part = 0; part < part_count; part++) {
        double total = 0, squares = 0;
        for (uint32_t v = 0; v < DECIDE_VERDICT_COUNT; v++) {
            double n = sampling->counts[part][v];
            total += n;
            squares += n * n;
        }
        sum += total - squares / total;
    }
    return sum;
}

static bool is_better(const struct sampling *sampling, const struct candidate *a,
                      const struct candidate *b, double best)
{
    const struct pack_fact *facts = sampling->world->pack->fact;
    bool a_near = a->left_over * SENSITIVE_MARGIN <= best;
    bool b_near = b->left_over * SENSITIVE_MARGIN <= best;
    if (a_near != b_near)
        return a_near;
    if (facts[a->fact].sensitivity != facts[b->fact].sensitivity)
        return facts[a->fact].sensitivity < facts[b->fact].sensitivity;
    if (a->left_over < b->left_over || a->left_over > b->left_over)
        return a->left_over < b->left_over;
    return a->open_rows > b->open_rows;
}

static uint32_t best_fact(struct sampling *sampling)
{
    double best = (double)SAMPLES * SAMPLES;
    for (uint32_t c = 0; c < sampling->candidate_count; c++) {
        sampling->candidates[c].left_over = impurity_after(sampling, c);
        if (sampling->candidates[c].left_over < best)
            best = sampling->candidates[c].left_over;
    }
    uint32_t chosen = 0;
    for (uint32_t c = 1; c < sampling->candidate_count; c++)
        if (is_better(sampling, &sampling->candidates[c], &sampling->candidates[chosen], best))
            chosen = c;
    return sampling->candidates[chosen].fact;
}

/* True when rows tell a value of a one-of fact apart from "something else". */
static bool value_matters(const struct decide_world *world, uint32_t variable, uint32_t value)
{
    const struct pack *pack = world->pack;
    const struct pack_table *table = world->table;
    const uint64_t *mask = pack->mask + table->first_mask;
    uint32_t none = pack->variable[variable].domain - 1;
    for (uint32_t i = 0; i < table->variables.count; i++) {
        uint32_t candidate = pack->list[table->variables.first + i];
        for (uint32_t w = 0; candidate == variable && w < table->word_count; w++)
            if (mask[value * table->word_count + w] != mask[none * table->word_count + w])
                return true;
        mask += (size_t)pack->variable[candidate].domain * table->word_count;
    }
    return value == none || (world->domain[variable] >> none & 1) == 0;
}

/* Choices that can still matter: of a set the open ones; of a one-of fact those still possible. */
static void choices_set(struct sampling *sampling, struct decide_next *next)
{
    const struct pack *pack = sampling->world->pack;
    const struct pack_fact *fact = &pack->fact[next->fact];
    next->choices = ARENA_ARRAY(sampling->arena, uint32_t, fact->value_count + 2);
    if (fact->kind == PACK_FACT_SOME_OF) {
        for (uint32_t i = 0; i < sampling->open_count; i++)
            if (sampling->open[i] - fact->first_variable < fact->variable_count)
                next->choices[next->choice_count++] = sampling->open[i] - fact->first_variable;
    } else if (fact->kind == PACK_FACT_ONE_OF) {
        for (uint32_t v = 0; v <= fact->value_count; v++)
            if ((sampling->world->domain[fact->first_variable] >> v & 1) != 0 &&
                value_matters(sampling->world, fact->first_variable, v))
                next->choices[next->choice_count++] = v;
    }
}

static bool next_in_world(struct arena *arena, const struct decide_world *world,
                          struct decide_next *next)
{
    const struct pack *pack = world->pack;
    struct sampling sampling = {.arena = arena,
                                .world = world,
                                .weigh = decide_weigh_new(arena, pack, world->act),
                                .domain = ARENA_ARRAY(arena, uint64_t, pack->variable_count + 1),
                                .trail = decide_trail_of(arena, world),
                                .open = ARENA_ARRAY(arena, uint32_t, pack->variable_count + 1),
                                .candidates = ARENA_ARRAY(arena, struct candidate, CANDIDATES_MAX)};
    for (uint32_t v = 0; v < pack->variable_count; v++)
        sampling.domain[v] = world->domain[v];
    decide_weigh_world(sampling.weigh, sampling.domain);
    candidates_find(&sampling);
    if (sampling.candidate_count == 0)
        return false;
    sampling.answers =
        ARENA_ARRAY(arena, uint64_t, (size_t)sampling.candidate_count * SAMPLES);
    sampling.parts = ARENA_ARRAY(arena, uint64_t, SAMPLES);
    sampling.counts = arena_alloc(arena, SAMPLES * sizeof *sampling.counts);
    for (uint32_t s = 0; s < SAMPLES; s++)
        sample_take(&sampling, s);
    next->fact = best_fact(&sampling);
    choices_set(&sampling, next);
    return true;
}

void decide_next_find(struct decide_answer_parts *parts)
{
    struct decide_answer *answer = parts->answer;
    answer->next = (struct decide_next){.fact = PACK_NONE};
    for (uint32_t i = 0; i < parts->world_count; i++) {
        if (answer->person_verdicts[i] != DECIDE_VERDICT_UNDETERMINED)
            continue;
        if (!next_in_world(parts->arena, parts->worlds[i], &answer->next))
            continue;
        if (parts->question->pack->fact[answer->next.fact].is_other != 0)
            answer->next.person = i + 1;
        return;
    }
}
