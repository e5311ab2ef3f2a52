/*
 * questions.c - questions per verdict over the examples of the five policies.
 *
 * Read first: docs/benchmarks.md, "Questions per verdict"; interview.h. Start at main().
 *
 *     questions STEP PACKS [ORDER]      every STEP-th example; one line of JSON for each pack
 *
 * For each order: the number of questions of every example, as they come.
 */
#include "cli/examples.h"
#include "cli/packs.h"
#include "interview.h"

#include <stdlib.h>
#include <string.h>

static const char *const order_names[INTERVIEW_ORDER_COUNT] = {
    "handrail", "first_unknown", "l4_determinability", "l4_asks", "l4_gain"};

/* What an example leaves out on purpose is not so: an interview needs an answer to everything. */
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

/* The question with every fact answered; NULL when even so the verdict is undetermined. */
static struct decide_question *full_question(struct arena *arena, const struct pack *pack,
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

/* Every step-th example, counted over the whole pack; answers how many were held. */
static size_t pack_hold(struct arena *arena, const struct packs_one *one, uint32_t step,
                        enum interview_order order)
{
    size_t seen = 0, held = 0;
    for (size_t c = 0; c < one->document->clause_count; c++) {
        const struct policy_clause *clause = &one->document->clauses[c];
        for (size_t e = 0; e < clause->example_count; e++) {
            if (seen++ % step != 0)
                continue;
            struct arena_mark mark = arena_mark(arena);
            const struct decide_question *full =
                full_question(arena, &one->pack, &clause->examples[e]);
            uint32_t questions = full == NULL ? 0 : interview_hold(arena, full, order);
            if (full != NULL)
                printf(held++ == 0 ? "%d" : ", %d", (int)questions);
            arena_rewind(arena, mark);
        }
    }
    return held;
}

static void pack_show(struct arena *arena, const struct packs_one *one, uint32_t step,
                      const char *only)
{
    printf("{\"pack\": \"" STR_FMT "\"", STR_ARG(one->document->name));
    for (int order = 0; order < INTERVIEW_ORDER_COUNT; order++) {
        if (only != NULL && strcmp(only, order_names[order]) != 0)
            continue;
        printf(", \"%s\": [", order_names[order]);
        (void)pack_hold(arena, one, step, (enum interview_order)order);
        printf("]");
        fflush(stdout);
    }
    printf("}\n");
}

int main(int count, char **arguments)
{
    uint32_t step = count >= 3 ? (uint32_t)strtoul(arguments[1], NULL, 10) : 0;
    if (step == 0) {
        fprintf(stderr, "usage: questions STEP PACKS [ORDER]\n");
        return 2;
    }
    struct arena *arena = arena_open(), *scratch = arena_open();
    struct packs packs = packs_new(arena);
    struct result result = packs_load(&packs, str_from(arguments[2]));
    if (!result_is_ok(result)) {
        fprintf(stderr, "questions: %s\n", result.message);
        return 2;
    }
    for (size_t i = 0; i < packs.count; i++)
        if (packs.at[i].is_ready && packs.at[i].document->kind != POLICY_KIND_LAW)
            pack_show(scratch, &packs.at[i], step, count > 3 ? arguments[3] : NULL);
    arena_close(scratch);
    arena_close(arena);
    return 0;
}
