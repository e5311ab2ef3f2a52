/*
 * The next question: the missing fact that is expected to settle most.
 *
 * Read first: docs/policy-language.md, section 5.10. A sample of completions is weighed, and for
 * each missing fact that is still open the sample is parted by its answer. Two things count:
 *   impurity  how much the parts disagree within themselves about the verdict (Gini: Breiman,
 *             Friedman, Olshen and Stone 1984)
 *   left      how many facts would still be open, on average over the answers most often given
 * The fact with the smallest product wins: (impurity + a little) * (1 + left). The first finds what
 * the verdict hangs on; the second, where nearly all completions agree, what rules other questions
 * out. Each alone needs more questions than both, and how much "a little" is hardly matters
 * (bench/questions.c; docs/benchmarks.md). Completions are drawn with a few things true at a time,
 * as acts are. The draw is seeded from nothing but the question, so the same question is always
 * followed by the same one.
 */
#include "decide/decide_int.h"

#define SAMPLES 256u
#define CANDIDATES_MAX 256u
#define PARTS_FOLLOWED 8u    /* answers to a fact for which the facts left are counted */
#define IMPURITY_ADDED 0.2   /* so that facts left count where no two completions disagree */
#define SENSITIVE_MARGIN 0.98 /* among facts this close to the best the least sensitive is asked */

struct candidate {
    uint32_t fact;
    double left_over; /* what is expected to be left to do after the answer; the less the better */
    uint32_t open_rows;
};

struct part { /* the completions with one answer */
    uint64_t answer;
    uint32_t first, size; /* one of them; how many */
    uint32_t verdicts[DECIDE_VERDICT_COUNT];
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
    uint8_t *values;   /* by sample and open variable: the bit of its value */
    uint64_t *answers; /* by candidate and sample: what the answer to the fact was */
    struct candidate *candidates;
    uint32_t candidate_count;
    struct part *parts; /* scratch: the sample parted by the answer to one fact */
    uint32_t part_count;
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
    for (uint32_t i = 0; i < sampling->open_count; i++)
        sampling->values[sample * sampling->open_count + i] =
            (uint8_t)__builtin_ctzll(sampling->domain[sampling->open[i]]);
    for (uint32_t c = 0; c < sampling->candidate_count; c++)
        sampling->answers[c * SAMPLES + sample] = answer_of(sampling, sampling->candidates[c].fact);
    decide_undo(sampling->domain, &sampling->trail, 0);
}

/* Parts the sample by the answer to one fact. */
static void sample_part(struct sampling *sampling, uint32_t candidate)
{
    sampling->part_count = 0;
    for (uint32_t s = 0; s < SAMPLES; s++) {
        uint64_t answer = sampling->answers[candidate * SAMPLES + s];
        uint32_t at = 0;
        while (at < sampling->part_count && sampling->parts[at].answer != answer)
            at++;
        if (at == sampling->part_count)
            sampling->parts[sampling->part_count++] = (struct part){.answer = answer, .first = s};
        sampling->parts[at].size++;
        sampling->parts[at].verdicts[sampling->verdicts[s]]++;
    }
}

/* From 0, each part of one mind, to nearly 1. */
static double parts_impurity(const struct sampling *sampling)
{
    double sum = 0;
    for (uint32_t at = 0; at < sampling->part_count; at++) {
        const struct part *part = &sampling->parts[at];
        double size = part->size, squares = 0;
        for (uint32_t v = 0; v < DECIDE_VERDICT_COUNT; v++)
            squares += (double)part->verdicts[v] * part->verdicts[v];
        sum += size - squares / size;
    }
    return sum / SAMPLES;
}

/* True when the variable may be several things that some open row tells apart. */
static bool variable_is_open(const struct sampling *sampling, uint32_t position)
{
    const struct decide_weigh *weigh = sampling->weigh;
    const struct pack *pack = weigh->pack;
    uint32_t words = weigh->table->word_count;
    uint64_t domain = sampling->domain[pack->list[weigh->table->variables.first + position]];
    const uint64_t *mask = pack->mask + weigh->match.first[position];
    for (uint32_t w = 0; (domain & (domain - 1)) != 0 && w < words; w++) {
        uint64_t all = weigh->match.possible[w] & ~weigh->match.certain[w], any = 0, open = all;
        for (uint64_t rest = open == 0 ? 0 : domain; rest != 0; rest &= rest - 1) {
            uint64_t rows = mask[(uint32_t)__builtin_ctzll(rest) * words + w];
            all &= rows;
            any |= rows;
        }
        if ((any & open & ~all) != 0)
            return true;
    }
    return false;
}

/* Facts of which something is still open in the world at hand; none when the verdict is settled. */
static uint32_t facts_left(struct sampling *sampling)
{
    const struct pack *pack = sampling->world->pack;
    struct pack_list variables = sampling->world->table->variables;
    uint32_t count = 0, last = PACK_NONE;
    decide_weigh_world(sampling->weigh, sampling->domain);
    if (decide_weigh_verdict(sampling->weigh) != DECIDE_VERDICT_COUNT)
        return 0;
    for (uint32_t i = 0; i < variables.count; i++) {
        uint32_t fact = pack->variable[pack->list[variables.first + i]].fact;
        if (fact != last && variable_is_open(sampling, i)) {
            last = fact;
            count++;
        }
    }
    return count;
}

/* The same after the answer that a completion gives to a fact. */
static uint32_t facts_left_after(struct sampling *sampling, uint32_t fact, uint32_t sample)
{
    const struct pack *pack = sampling->world->pack;
    const struct pack_fact *record = &pack->fact[fact];
    const uint8_t *values = sampling->values + sample * sampling->open_count;
    for (uint32_t i = 0; i < sampling->open_count; i++)
        if (sampling->open[i] - record->first_variable < record->variable_count)
            (void)decide_narrow(pack, sampling->domain, sampling->open[i],
                                UINT64_C(1) << values[i], &sampling->trail);
    uint32_t left = facts_left(sampling);
    decide_undo(sampling->domain, &sampling->trail, 0);
    return left;
}

/* Facts left on average, over the answers most often given. */
static double parts_left(struct sampling *sampling, uint32_t fact)
{
    double sum = 0, weight = 0;
    for (uint32_t i = 0; i < PARTS_FOLLOWED && i < sampling->part_count; i++) {
        struct part *most = &sampling->parts[0];
        for (uint32_t at = 1; at < sampling->part_count; at++)
            if (sampling->parts[at].size > most->size)
                most = &sampling->parts[at];
        sum += (double)most->size * facts_left_after(sampling, fact, most->first);
        weight += most->size;
        most->size = 0;
    }
    return sum / weight;
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
    double best = 0;
    for (uint32_t c = 0; c < sampling->candidate_count; c++) {
        struct candidate *candidate = &sampling->candidates[c];
        sample_part(sampling, c);
        double impurity = parts_impurity(sampling);
        candidate->left_over =
            (impurity + IMPURITY_ADDED) * (1 + parts_left(sampling, candidate->fact));
        if (c == 0 || candidate->left_over < best)
            best = candidate->left_over;
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
    sampling.values = ARENA_ARRAY(arena, uint8_t, (size_t)sampling.open_count * SAMPLES);
    sampling.parts = ARENA_ARRAY(arena, struct part, SAMPLES);
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
