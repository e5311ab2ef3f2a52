/*
 * questions.c - questions per verdict over the examples of the five policies.
 *
 * Read first: docs/benchmarks.md, "Questions per verdict"; interview.h. Start at main().
 *
 *     questions STEP PACKS [ORDER]      every STEP-th example; one line of JSON for each pack
 *
 * For each order: the sum of questions, over how many examples, how many more ended without a
 * verdict, and the questions of every example as they come (-1: it ended without). For Handrail's
 * own order also the time of an undetermined answer with its next question: median and worst, in
 * microseconds.
 */
#include "interview.h"
#include "shelf/shelf.h"

#include <stdlib.h>
#include <string.h>

#define ANSWERS_MAX 65536u

static const char *const order_names[INTERVIEW_ORDER_COUNT] = {
    "handrail", "first_unknown", "l4_determinability", "l4_asks", "l4_gain"};

/* Interviews of one pack by one order. */
struct holding {
    struct arena *arena;
    const struct shelf_pack *one;
    uint32_t step;
    enum interview_order order;
    uint64_t questions;
    uint32_t verdicts, without;
    struct interview_times times;
};

static void example_hold(struct holding *holding, const struct policy_example *example)
{
    struct arena_mark mark = arena_mark(holding->arena);
    const struct decide_question *full =
        interview_full(holding->arena, &holding->one->pack, example);
    if (full != NULL) {
        uint32_t questions =
            interview_hold(holding->arena, full, holding->order, &holding->times);
        printf(holding->verdicts + holding->without == 0 ? "%d" : ", %d", (int)questions);
        holding->questions += questions == UINT32_MAX ? 0 : questions;
        holding->verdicts += questions != UINT32_MAX;
        holding->without += questions == UINT32_MAX;
    }
    arena_rewind(holding->arena, mark);
}

/* Every step-th example, counted over the whole pack. */
static void pack_hold(struct holding *holding)
{
    const struct policy_document *document = holding->one->document;
    size_t seen = 0;
    for (size_t c = 0; c < document->clause_count; c++)
        for (size_t e = 0; e < document->clauses[c].example_count; e++)
            if (seen++ % holding->step == 0)
                example_hold(holding, &document->clauses[c].examples[e]);
}

static int times_compare(const void *a, const void *b)
{
    uint64_t first = *(const uint64_t *)a, second = *(const uint64_t *)b;
    return (first > second) - (first < second);
}

static void times_show(struct interview_times *times)
{
    if (times->count == 0)
        return;
    qsort(times->nanoseconds, times->count, sizeof *times->nanoseconds, times_compare);
    printf(", \"median_us\": %.0f, \"worst_us\": %.0f",
           (double)times->nanoseconds[times->count / 2] / 1e3,
           (double)times->nanoseconds[times->count - 1] / 1e3);
}

static void order_show(const struct shelf_pack *one, uint32_t step, enum interview_order order)
{
    struct arena *arena = arena_open();
    struct holding holding = {.arena = arena, .one = one, .step = step, .order = order};
    if (order == INTERVIEW_HANDRAIL) {
        holding.times.nanoseconds = ARENA_ARRAY(arena, uint64_t, ANSWERS_MAX);
        holding.times.capacity = ANSWERS_MAX;
    }
    printf(", \"%s\": {\"each\": [", order_names[order]);
    pack_hold(&holding);
    printf("], \"questions\": %llu, \"verdicts\": %u, \"without\": %u",
           (unsigned long long)holding.questions, holding.verdicts, holding.without);
    times_show(&holding.times);
    printf("}");
    fflush(stdout);
    arena_close(arena);
}

static void pack_show(const struct shelf_pack *one, uint32_t step, const char *only)
{
    printf("{\"pack\": \"" STR_FMT "\"", STR_ARG(one->document->name));
    for (int order = 0; order < INTERVIEW_ORDER_COUNT; order++)
        if (only == NULL || strcmp(only, order_names[order]) == 0)
            order_show(one, step, (enum interview_order)order);
    printf("}\n");
}

int main(int count, char **arguments)
{
    uint32_t step = count >= 3 ? (uint32_t)strtoul(arguments[1], NULL, 10) : 0;
    if (step == 0) {
        fprintf(stderr, "usage: questions STEP PACKS [ORDER]\n");
        return 2;
    }
    struct arena *arena = arena_open();
    struct shelf shelf = shelf_new(arena);
    struct result result = shelf_load(&shelf, str_from(arguments[2]));
    if (!result_is_ok(result)) {
        fprintf(stderr, "questions: %s\n", result.message);
        return 2;
    }
    for (size_t i = 0; i < shelf.count; i++)
        if (shelf.at[i].is_ready && shelf.at[i].document->kind != POLICY_KIND_LAW)
            pack_show(&shelf.at[i], step, count > 3 ? arguments[3] : NULL);
    arena_close(arena);
    return 0;
}
