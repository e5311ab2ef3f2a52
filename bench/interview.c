/*
 * interview.c - see interview.h. The orders of L4 are at the end.
 */
#include "interview.h"

#include "clock.h"

#include <math.h>

#define QUESTIONS_MAX 512u
#define GAIN_SAMPLES 512u
#define SHOWN_SAMPLES 128u

/* ---- The interview --------------------------------------------------------------------------- */

static void all_give(struct decide_question *question, uint32_t person, struct decide_given *given)
{
    const struct pack *pack = question->pack;
    for (uint32_t fact = 0; fact < pack->fact_count; fact++) {
        const struct pack_fact *record = &pack->fact[fact];
        if ((record->is_other != 0) != (person != 0) || record->variable_count == 0)
            continue;
        if (given[record->first_variable].state == DECIDE_STATE_LEFT_OUT &&
            record->preset == PACK_NONE)
            decide_give_none(question, person, fact);
    }
}

struct decide_question *interview_full(struct arena *arena, const struct pack *pack,
                                       const struct policy_example *example)
{
    struct decide_question *question = example_question(arena, pack, example);
    struct diag_list diags = diag_list_new(arena);
    all_give(question, 0, question->given);
    for (uint32_t i = 0; i < question->person_count; i++)
        all_give(question, i + 1, question->people[i].given);
    question->is_brief = true;
    question->has_people = true;
    struct decide_answer *answer = decide_answer(arena, question, &diags);
    bool is_determined = answer != NULL && answer->verdict != DECIDE_VERDICT_UNDETERMINED;
    return is_determined ? question : NULL;
}

struct interview interview_begin(struct arena *arena, const struct decide_question *full)
{
    struct decide_question *asked = decide_question_new(arena, full->pack, full->act);
    for (uint32_t i = 0; i < full->person_count; i++) {
        uint32_t person = decide_question_add_person(asked, full->people[i].label);
        asked->people[person - 1].consent = full->people[i].consent;
    }
    for (uint32_t i = 0; i < full->approval_count; i++)
        decide_add_approval(asked, &full->approvals[i]);
    asked->has_people = full->has_people;
    asked->has_as_of = full->has_as_of;
    asked->as_of = full->as_of;
    return (struct interview){arena, full, asked, 0};
}

struct decide_answer *interview_judge(struct interview *interview, bool is_brief)
{
    struct diag_list diags = diag_list_new(interview->arena);
    interview->asked->is_brief = is_brief;
    return decide_answer(interview->arena, interview->asked, &diags);
}

void interview_reply(struct interview *interview, struct decide_open open)
{
    const struct pack_fact *fact = &interview->full->pack->fact[open.fact];
    struct decide_question *asked = interview->asked;
    const struct decide_question *full = interview->full;
    for (uint32_t v = fact->first_variable; v < fact->first_variable + fact->variable_count; v++)
        if (open.person == 0)
            asked->given[v] = full->given[v];
        else
            asked->people[open.person - 1].given[v] = full->people[open.person - 1].given[v];
    for (uint32_t i = 0; i < full->either_count && asked->either_count < DECIDE_EITHERS_MAX; i++)
        if (full->eithers[i].fact == open.fact && full->eithers[i].person == open.person)
            asked->eithers[asked->either_count++] = full->eithers[i];
    interview->questions++;
}

/* ---- First unknown --------------------------------------------------------------------------- */

static struct decide_open first_unknown(const struct decide_answer *answer)
{
    struct decide_open first = {PACK_NONE, 0};
    for (size_t i = 0; i < answer->missing_count; i++) {
        struct decide_open open = answer->missing[i];
        if (open.fact < first.fact || (open.fact == first.fact && open.person < first.person))
            first = open;
    }
    return first;
}

/* ---- L4 -------------------------------------------------------------------------------------- */

struct sample { /* one completion of a world */
    const uint64_t *domain;
    uint32_t verdict; /* DECIDE_VERDICT_COUNT: a kind of its own */
};

/* The worlds of all people, and what all completions of each come to. */
struct probe {
    struct interview *interview;
    const struct pack *pack;
    struct decide_weigh *weigh;
    struct decide_world *worlds[DECIDE_PEOPLE_MAX];
    enum decide_verdict verdicts[DECIDE_PEOPLE_MAX];
    struct decide_trail trails[DECIDE_PEOPLE_MAX];
    struct sample *shown[DECIDE_PEOPLE_MAX]; /* SHOWN_SAMPLES completions of each world */
    uint32_t world_count;
    uint32_t first_person; /* whether world 0 is a person's: 1, or nobody's: 0 */
};

/* SplitMix64 (Steele, Lea and Flood 2014). */
static uint64_t draw(uint64_t *seed)
{
    uint64_t z = (*seed += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* A completion: yes with a chance of 1 in 2^sparse, other values each with the same. */
static struct sample sample_take(struct probe *probe, uint32_t index, uint32_t sparse,
                                 uint64_t *seed)
{
    struct decide_world *world = probe->worlds[index];
    struct decide_trail *trail = &probe->trails[index];
    const struct pack *pack = probe->pack;
    uint32_t count = world->table->variables.count;
    uint64_t *domain = ARENA_ARRAY(probe->interview->arena, uint64_t, pack->variable_count + 1);
    uint32_t first = count == 0 ? 0 : (uint32_t)(draw(seed) % count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = pack->list[world->table->variables.first + (first + i) % count];
        uint64_t values = world->domain[v], random = draw(seed);
        if (values == 3)
            values = (random & ((UINT64_C(1) << sparse) - 1)) == 0 ? 2 : 1;
        else
            for (random %= (uint64_t)__builtin_popcountll(values); random > 0; random--)
                values &= values - 1;
        uint32_t mark = trail->count;
        values &= ~values + 1;
        if (!decide_narrow(pack, world->domain, v, values, trail)) {
            decide_undo(world->domain, trail, mark);
            (void)decide_narrow(pack, world->domain, v, ~values, trail);
        }
    }
    decide_weigh_world(probe->weigh, world->domain);
    for (uint32_t v = 0; v < pack->variable_count; v++)
        domain[v] = world->domain[v];
    decide_undo(world->domain, trail, 0);
    return (struct sample){domain, decide_weigh_verdict(probe->weigh)};
}

/* Completions that show at once, for most answers, that they leave the verdict open. */
static void shown_take(struct probe *probe, uint32_t index)
{
    uint64_t seed = 2;
    probe->shown[index] = ARENA_ARRAY(probe->interview->arena, struct sample, SHOWN_SAMPLES);
    for (uint32_t s = 0; s < SHOWN_SAMPLES; s++)
        probe->shown[index][s] = sample_take(probe, index, 1 + s % 7, &seed);
}

static bool probe_open(struct probe *probe, struct interview *interview)
{
    const struct decide_question *asked = interview->asked;
    struct diag_list diags = diag_list_new(interview->arena);
    *probe = (struct probe){.interview = interview, .pack = asked->pack};
    probe->weigh = decide_weigh_new(interview->arena, asked->pack, asked->act);
    probe->first_person = asked->person_count == 0 ? 0 : 1;
    probe->world_count = asked->person_count == 0 ? 1 : asked->person_count;
    for (uint32_t i = 0; i < probe->world_count; i++) {
        bool is_cut_short = false;
        probe->worlds[i] =
            decide_world_new(interview->arena, asked, i + probe->first_person, &diags);
        if (probe->worlds[i] == NULL)
            return false;
        probe->trails[i] = decide_trail_of(interview->arena, probe->worlds[i]);
        probe->verdicts[i] =
            decide_complete(interview->arena, probe->weigh, probe->worlds[i], &is_cut_short);
        if (probe->verdicts[i] == DECIDE_VERDICT_UNDETERMINED)
            shown_take(probe, i);
    }
    return true;
}

/* An atom of L4: a variable that is one of `yes` of its values, or is not. */
struct atom {
    uint32_t variable, person;
    uint64_t yes;
};

static bool atom_reaches(const struct probe *probe, const struct atom *atom, uint32_t world)
{
    return probe->pack->variable[atom->variable].is_other == 0 ||
           world + probe->first_person == atom->person;
}

static uint32_t support_count(const struct decide_world *world, struct decide_weigh *weigh)
{
    const struct pack *pack = world->pack;
    const uint64_t *mask = pack->mask + world->table->first_mask;
    uint32_t count = 0;
    for (uint32_t i = 0; i < world->table->variables.count; i++) {
        uint32_t variable = pack->list[world->table->variables.first + i];
        uint64_t domain = world->domain[variable];
        count += (domain & (domain - 1)) != 0 &&
                 decide_open_rows(world, weigh, variable, mask) != 0;
        mask += (size_t)pack->variable[variable].domain * world->table->word_count;
    }
    return count;
}

struct outcome {
    bool is_possible, is_determined;
    uint32_t support; /* variables that still matter */
};

/* Two completions with this answer come to different verdicts: no search is needed. */
static bool is_shown_open(const struct probe *probe, uint32_t world, uint32_t variable,
                          uint64_t values)
{
    uint32_t first = UINT32_MAX;
    for (uint32_t s = 0; probe->shown[world] != NULL && s < SHOWN_SAMPLES; s++) {
        const struct sample *sample = &probe->shown[world][s];
        if ((sample->domain[variable] & values) == 0 || sample->verdict == DECIDE_VERDICT_COUNT)
            continue;
        if (first != UINT32_MAX && sample->verdict != first)
            return true;
        first = sample->verdict;
    }
    return false;
}

/* What is known when an atom is answered with these values. */
static struct outcome atom_outcome(struct probe *probe, const struct atom *atom, uint64_t values)
{
    struct outcome outcome = {true, false, 0};
    enum decide_verdict joint = DECIDE_VERDICT_NOT_COVERED;
    for (uint32_t i = 0; i < probe->world_count && outcome.is_possible; i++) {
        struct decide_world *world = probe->worlds[i];
        enum decide_verdict verdict = probe->verdicts[i];
        bool is_cut_short = false;
        if (atom_reaches(probe, atom, i)) {
            outcome.is_possible = decide_narrow(probe->pack, world->domain, atom->variable, values,
                                                &probe->trails[i]);
            if (outcome.is_possible && is_shown_open(probe, i, atom->variable, values))
                verdict = DECIDE_VERDICT_UNDETERMINED;
            else if (outcome.is_possible)
                verdict = decide_complete(probe->interview->arena, probe->weigh, world,
                                          &is_cut_short);
        }
        if (outcome.is_possible && verdict == DECIDE_VERDICT_UNDETERMINED) {
            decide_weigh_world(probe->weigh, world->domain);
            outcome.support += support_count(world, probe->weigh);
        }
        decide_undo(world->domain, &probe->trails[i], 0);
        joint = i == 0 ? verdict : decide_join(joint, verdict);
    }
    outcome.is_determined = outcome.is_possible && joint != DECIDE_VERDICT_UNDETERMINED;
    outcome.support = outcome.is_determined ? 0 : outcome.support;
    return outcome;
}

/* Calls `visit` for each atom of a missing fact that is still open. */
static void atoms_visit(struct probe *probe, struct decide_open open,
                        void (*visit)(struct probe *, const struct atom *, void *), void *data)
{
    const struct pack_fact *fact = &probe->pack->fact[open.fact];
    uint32_t index = open.person == 0 ? 0 : open.person - probe->first_person;
    const uint64_t *domain = probe->worlds[index]->domain;
    bool is_number = fact->kind == PACK_FACT_NUMBER || fact->kind == PACK_FACT_DATE;
    for (uint32_t v = fact->first_variable; v < fact->first_variable + fact->variable_count; v++) {
        uint64_t values = domain[v];
        if ((values & (values - 1)) == 0)
            continue;
        if (values == 3) {
            visit(probe, &(struct atom){v, open.person, 2}, data);
            continue;
        }
        for (uint64_t rest = values & (values - 1); rest != 0; rest &= rest - 1) {
            uint64_t value = rest & (~rest + 1);
            visit(probe, &(struct atom){v, open.person, is_number ? ~(value - 1) : value}, data);
        }
        if (!is_number)
            visit(probe, &(struct atom){v, open.person, values & (~values + 1)}, data);
    }
}

struct score {
    uint32_t support;      /* before */
    double best, asks;     /* of the fact: its best atom; the sum over its atoms */
};

static void score_determining(struct probe *probe, const struct atom *atom, void *data)
{
    struct score *score = data;
    struct outcome yes = atom_outcome(probe, atom, atom->yes);
    struct outcome no = atom_outcome(probe, atom, ~atom->yes);
    double count = (double)yes.is_determined + (double)no.is_determined;
    double before = score->support == 0 ? 1 : (double)score->support;
    double shrink = 2 * (double)score->support - (double)yes.support - (double)no.support;
    if (score->best < count)
        score->best = count;
    score->asks += 1 + (count > 0 ? 2 : 0) + shrink / before;
}

/* ---- L4's information gain ------------------------------------------------------------------- */

struct gain {
    struct sample *samples; /* GAIN_SAMPLES of them */
    double best;            /* of the fact at hand */
};

/* Worlds in which every variable that is open has each of its values with the same chance. */
static void gain_sample(struct probe *probe, uint32_t index, struct gain *gain)
{
    uint64_t seed = 1;
    gain->samples = ARENA_ARRAY(probe->interview->arena, struct sample, GAIN_SAMPLES);
    for (uint32_t s = 0; s < GAIN_SAMPLES; s++)
        gain->samples[s] = sample_take(probe, index, 1, &seed);
}

static double entropy(const uint32_t *counts, uint32_t total)
{
    double bits = 0;
    for (uint32_t v = 0; v <= DECIDE_VERDICT_COUNT; v++)
        if (counts[v] != 0)
            bits -= (double)counts[v] / total * log2((double)counts[v] / total);
    return bits;
}

static void score_gain(struct probe *probe, const struct atom *atom, void *data)
{
    struct gain *gain = data;
    (void)probe;
    uint32_t counts[2][DECIDE_VERDICT_COUNT + 1] = {{0}}, totals[2] = {0, 0};
    for (uint32_t s = 0; s < GAIN_SAMPLES; s++) {
        uint32_t is_yes = (gain->samples[s].domain[atom->variable] & atom->yes) != 0;
        counts[is_yes][gain->samples[s].verdict]++;
        totals[is_yes]++;
    }
    double after = 0;
    for (uint32_t i = 0; i < 2; i++)
        after += totals[i] == 0 ? 0 : totals[i] * entropy(counts[i], totals[i]) / GAIN_SAMPLES;
    if (gain->best < -after)
        gain->best = -after;
}

/* ---- Choosing -------------------------------------------------------------------------------- */

/* The first fact that is missing for the first person whose verdict is undetermined, by gain. */
static struct decide_open gain_next(struct probe *probe, const struct decide_answer *answer)
{
    struct decide_open chosen = {PACK_NONE, 0};
    struct gain *gain = ARENA_NEW(probe->interview->arena, struct gain);
    double best = -1e9;
    uint32_t index = 0;
    while (index + 1 < probe->world_count &&
           probe->verdicts[index] != DECIDE_VERDICT_UNDETERMINED)
        index++;
    gain_sample(probe, index, gain);
    for (size_t i = 0; i < answer->missing_count; i++) {
        struct decide_open open = answer->missing[i];
        if (open.person != 0 && open.person != index + probe->first_person)
            continue;
        gain->best = -1e9;
        atoms_visit(probe, open, score_gain, gain);
        bool is_before = open.fact < chosen.fact;
        if (gain->best > best || (gain->best >= best && is_before)) {
            best = gain->best;
            chosen = open;
        }
    }
    return chosen;
}

static struct decide_open l4_next(struct probe *probe, const struct decide_answer *answer,
                                  bool by_asks)
{
    struct decide_open chosen = {PACK_NONE, 0};
    double best = -1;
    uint32_t support = 0;
    for (uint32_t i = 0; i < probe->world_count; i++) {
        decide_weigh_world(probe->weigh, probe->worlds[i]->domain);
        support += probe->verdicts[i] == DECIDE_VERDICT_UNDETERMINED
                       ? support_count(probe->worlds[i], probe->weigh)
                       : 0;
    }
    for (size_t i = 0; i < answer->missing_count; i++) {
        struct decide_open open = answer->missing[i];
        struct score score = {.support = support};
        atoms_visit(probe, open, score_determining, &score);
        double value = by_asks ? score.asks : score.best;
        bool is_before = open.fact < chosen.fact ||
                         (open.fact == chosen.fact && open.person < chosen.person);
        if (value > best || (value >= best && is_before)) {
            best = value;
            chosen = open;
        }
    }
    return chosen;
}

struct decide_open interview_next(struct interview *interview, enum interview_order order,
                                  const struct decide_answer *answer)
{
    struct probe probe;
    switch (order) {
    case INTERVIEW_HANDRAIL:
        return (struct decide_open){answer->next.fact, answer->next.person};
    case INTERVIEW_FIRST:
        return first_unknown(answer);
    case INTERVIEW_L4:
    case INTERVIEW_L4_ASKS:
        if (probe_open(&probe, interview))
            return l4_next(&probe, answer, order == INTERVIEW_L4_ASKS);
        break;
    case INTERVIEW_L4_GAIN:
        if (probe_open(&probe, interview))
            return gain_next(&probe, answer);
        break;
    case INTERVIEW_ORDER_COUNT:
        break;
    }
    return (struct decide_open){PACK_NONE, 0};
}

uint32_t interview_hold(struct arena *arena, const struct decide_question *full,
                        enum interview_order order, struct interview_times *times)
{
    struct interview interview = interview_begin(arena, full);
    while (interview.questions < QUESTIONS_MAX) {
        struct arena_mark mark = arena_mark(arena);
        uint64_t begin = clock_nanoseconds();
        struct decide_answer *answer =
            interview_judge(&interview, order != INTERVIEW_HANDRAIL);
        uint64_t taken = clock_nanoseconds() - begin;
        if (answer == NULL)
            return UINT32_MAX;
        if (answer->verdict != DECIDE_VERDICT_UNDETERMINED)
            return interview.questions;
        if (times != NULL && times->count < times->capacity)
            times->nanoseconds[times->count++] = taken;
        struct decide_open open = interview_next(&interview, order, answer);
        arena_rewind(arena, mark);
        if (open.fact == PACK_NONE)
            return UINT32_MAX;
        interview_reply(&interview, open);
    }
    return UINT32_MAX;
}
