/*
 * cli/test_mutate.c - `handrail test --mutate`: do the examples notice when a rule is wrong?
 *
 * Read first: mutants.h. Each mutant is compiled in a scratch arena and asked the examples with an
 * act of its rule, until one answers differently than expected: those of the pack, then, for a law
 * or a parent, those of the packs of this call that are built upon it. A mutant that the checker or
 * the compiler refuses is caught too. Mutants that mean the same as the original are counted like
 * all others: whoever reads the list of survivors decides.
 */
#include <assert.h>

#include "cli/mutants.h"
#include "cli/terminal.h"
#include "cli/test_int.h"
#include "coverage/examples.h"

/* How often progress is shown. */
#define TEST_PROGRESS_STEP 10

/* A pack whose examples are asked: the one that is changed, and those that are built upon it. */
struct test_witness {
    struct test_pack *pack;
    bool *wanted;  /* by act: its examples are asked */
    size_t *order; /* of examples: those that caught something last come first */
};

struct test_mutating {
    struct test_run *run;
    struct test_pack *pack; /* whose document is changed */
    struct arena *scratch;
    struct str clause; /* key of the clause that is being changed */
    struct test_witness *witnesses;
    size_t witness_count;
    bool shows_progress;
};

static void test_progress(const struct test_mutating *mutating)
{
    const struct test_mutation *mutation = &mutating->pack->mutation;
    if (mutating->shows_progress && mutation->total % TEST_PROGRESS_STEP == 0) {
        cli_printf(mutating->run->cli->err, "\r" STR_FMT ": %zu mutants, %zu not noticed ",
                   STR_ARG(mutating->pack->one->document->name), mutation->total,
                   mutation->total - mutation->caught);
        (void)fflush(mutating->run->cli->err);
    }
}

/* Moves an example to the front: what caught one mutant of a rule often catches the next. */
static void test_move_front(size_t *order, size_t at)
{
    size_t chosen = order[at];
    for (size_t i = at; i > 0; i--) {
        order[i] = order[i - 1];
    }
    order[0] = chosen;
}

/* Whether some example that passes with the real rules fails with these. */
static bool test_notices(struct test_mutating *mutating, struct test_witness *witness,
                         const struct pack *pack)
{
    for (size_t i = 0; i < witness->pack->example_count; i++) {
        const struct test_example *result = &witness->pack->examples[witness->order[i]];
        uint32_t act = pack_act_find(pack, result->example->act.text);
        if (!result->has_passed || !witness->wanted[act]) {
            continue;
        }
        struct arena_mark mark = arena_mark(mutating->scratch);
        struct diag_list diags = diag_list_new(mutating->scratch);
        struct decide_answer *answer =
            example_answer(mutating->scratch, pack, result->example, &diags);
        bool is_caught = !answer || !example_passes(result->example, answer);
        arena_rewind(mutating->scratch, mark);
        if (is_caught) {
            test_move_front(witness->order, i);
            return true;
        }
    }
    return false;
}

enum test_outcome { TEST_SURVIVED, TEST_NOTICED, TEST_REFUSED };

static enum test_outcome test_one_witness(struct test_mutating *mutating,
                                          struct test_witness *witness)
{
    const struct policy_bundle *bundle = &witness->pack->one->bundle;
    struct diag_list diags = diag_list_new(mutating->scratch);
    policy_check(mutating->scratch, bundle, &diags);
    if (diag_error_count(&diags) > 0) {
        return TEST_REFUSED;
    }
    struct policy_image image = policy_compile(mutating->scratch, bundle, &diags);
    struct pack pack;
    if (!image.bytes || diag_error_count(&diags) > 0 ||
        pack_open(&pack, image.bytes, image.size) != NULL) {
        return TEST_REFUSED;
    }
    return test_notices(mutating, witness, &pack) ? TEST_NOTICED : TEST_SURVIVED;
}

/* What becomes of the mutant that is in place. */
static enum test_outcome test_outcome_of(struct test_mutating *mutating)
{
    enum test_outcome outcome = TEST_SURVIVED;
    for (size_t i = 0; i < mutating->witness_count && outcome == TEST_SURVIVED; i++) {
        struct arena_mark mark = arena_mark(mutating->scratch);
        outcome = test_one_witness(mutating, &mutating->witnesses[i]);
        arena_rewind(mutating->scratch, mark);
    }
    return outcome;
}

static void test_try(void *context, const struct policy_place *place, struct str change)
{
    struct test_mutating *mutating = context;
    struct test_mutation *mutation = &mutating->pack->mutation;
    enum test_outcome outcome = test_outcome_of(mutating);
    mutation->total++;
    mutation->caught += outcome != TEST_SURVIVED ? 1 : 0;
    mutation->refused += outcome == TEST_REFUSED ? 1 : 0;
    if (outcome == TEST_SURVIVED && mutation->survivor_count < TEST_SURVIVORS_MAX) {
        mutation->survivors[mutation->survivor_count++] =
            (struct test_survivor){.place = *place,
                                   .clause = mutating->clause,
                                   .change = str_copy(mutating->run->cli->arena, change)};
    }
    test_progress(mutating);
}

/* ---- Which examples -------------------------------------------------------------------------- */

static void test_want_all(struct test_mutating *mutating, bool is_wanted)
{
    for (size_t w = 0; w < mutating->witness_count; w++) {
        const struct pack *pack = &mutating->witnesses[w].pack->one->pack;
        for (uint32_t act = 0; act < pack->act_count; act++) {
            mutating->witnesses[w].wanted[act] = is_wanted;
        }
    }
}

/* The acts of the rules that were written on a line of the clause. */
static void test_want_acts(struct test_mutating *mutating, uint32_t line)
{
    test_want_all(mutating, false);
    for (size_t w = 0; w < mutating->witness_count; w++) {
        const struct pack *pack = &mutating->witnesses[w].pack->one->pack;
        const struct pack_clause *clause = &pack->clause[pack_clause_find(pack, mutating->clause)];
        for (uint32_t i = 0; i < clause->rule_count; i++) {
            const struct pack_rule *rule = &pack->rule[clause->first_rule + i];
            for (uint32_t a = 0; a < rule->acts.count && rule->line == line; a++) {
                mutating->witnesses[w].wanted[pack->list[rule->acts.first + a]] = true;
            }
        }
    }
}

static bool test_is_built_upon(const struct policy_bundle *bundle,
                               const struct policy_document *document)
{
    bool is_part = bundle->law == document;
    for (size_t i = 0; i < bundle->chain_count; i++) {
        is_part = is_part || bundle->chain[i] == document;
    }
    return is_part;
}

static void test_add_witness(struct test_mutating *mutating, struct test_pack *pack)
{
    struct arena *arena = mutating->run->cli->arena;
    struct test_witness *witness = &mutating->witnesses[mutating->witness_count++];
    *witness = (struct test_witness){.pack = pack,
                                     .wanted = ARENA_ARRAY(arena, bool, pack->one->pack.act_count),
                                     .order = ARENA_ARRAY(arena, size_t, pack->example_count)};
    for (size_t i = 0; i < pack->example_count; i++) {
        witness->order[i] = i;
    }
}

/* The pack itself first; a law and a parent show their effect in the packs below them. */
static void test_find_witnesses(struct test_mutating *mutating)
{
    struct test_run *run = mutating->run;
    mutating->witnesses = ARENA_ARRAY(run->cli->arena, struct test_witness, run->shelf.count);
    test_add_witness(mutating, mutating->pack);
    for (size_t i = 0; i < run->shelf.count; i++) {
        if (&run->at[i] != mutating->pack &&
            test_is_built_upon(&run->at[i].one->bundle, mutating->pack->one->document)) {
            test_add_witness(mutating, &run->at[i]);
        }
    }
}

/* ---- All mutants ----------------------------------------------------------------------------- */

static void test_mutate_clause(struct test_mutating *mutating, struct mutants *mutants,
                               struct policy_clause *clause)
{
    mutating->clause = clause->key.text;
    for (size_t i = 0; i < clause->rule_count; i++) {
        struct arena_mark mark = arena_mark(mutating->scratch);
        test_want_acts(mutating, clause->rules[i].place.line);
        mutants_of_rule(mutants, clause, i);
        arena_rewind(mutating->scratch, mark);
    }
    test_want_all(mutating, true);
    for (size_t i = 0; i < clause->definition_count; i++) {
        struct arena_mark mark = arena_mark(mutating->scratch);
        mutants_of_definition(mutants, &clause->definitions[i]);
        arena_rewind(mutating->scratch, mark);
    }
    for (size_t i = 0; i < clause->known_conflict_count; i++) {
        struct arena_mark mark = arena_mark(mutating->scratch);
        mutants_of_known_conflict(mutants, clause, i);
        arena_rewind(mutating->scratch, mark);
    }
}

void test_mutate(struct test_run *run, struct test_pack *pack)
{
    DEFER(arena_close) struct arena *scratch = arena_open();
    struct cli *cli = run->cli;
    struct test_mutating mutating = {
        .run = run,
        .pack = pack,
        .scratch = scratch,
        .shows_progress = terminal_of(cli->err, true).is_interactive,
    };
    test_find_witnesses(&mutating);
    pack->mutation.survivors = ARENA_ARRAY(cli->arena, struct test_survivor, TEST_SURVIVORS_MAX);
    struct mutants mutants = {.arena = scratch, .try = test_try, .context = &mutating};
    struct policy_document *document = pack->one->document;
    for (size_t i = 0; i < document->clause_count; i++) {
        test_mutate_clause(&mutating, &mutants, &document->clauses[i]);
    }
    if (mutating.shows_progress) {
        cli_printf(cli->err, "\n");
    }
    /* All is as it was: after a slip every later mutant would have counted as caught. */
    test_want_all(&mutating, true);
    enum test_outcome outcome = test_outcome_of(&mutating);
    assert(outcome == TEST_SURVIVED && "a mutant was not taken away again");
    (void)outcome;
}
