/*
 * cli/test_mutate.c - `handrail test --mutate`: do the examples notice when a rule is wrong?
 *
 * Read first: mutants.h. Each mutant is compiled in a scratch arena and asked the examples with an
 * act of its rule, until one answers differently than expected. A mutant that the checker or the
 * compiler refuses is caught too. Mutants that mean the same as the original are counted like all
 * others: whoever reads the list of survivors decides.
 */
#include "cli/examples.h"
#include "cli/mutants.h"
#include "cli/terminal.h"
#include "cli/test_int.h"

/* How often progress is shown. */
#define TEST_PROGRESS_STEP 10

struct test_mutating {
    struct test_run *run;
    struct test_pack *pack;
    struct arena *scratch;
    struct str clause;     /* key of the clause that is being changed */
    const bool *act_wanted; /* by act: its examples are asked; NULL: all */
    size_t *order;         /* examples, those that caught something last come first */
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
static bool test_notices(struct test_mutating *mutating, const struct pack *pack)
{
    const struct test_pack *tested = mutating->pack;
    for (size_t i = 0; i < tested->example_count; i++) {
        const struct test_example *result = &tested->examples[mutating->order[i]];
        uint32_t act = pack_act_find(pack, result->example->act.text);
        if (!result->has_passed || (mutating->act_wanted && !mutating->act_wanted[act])) {
            continue;
        }
        struct arena_mark mark = arena_mark(mutating->scratch);
        struct diag_list diags = diag_list_new(mutating->scratch);
        struct decide_answer *answer =
            example_answer(mutating->scratch, pack, result->example, &diags);
        bool is_caught = !answer || !example_passes(result->example, answer);
        arena_rewind(mutating->scratch, mark);
        if (is_caught) {
            test_move_front(mutating->order, i);
            return true;
        }
    }
    return false;
}

/* Whether the mutant that is in place is refused or noticed. */
static bool test_is_caught(struct test_mutating *mutating)
{
    const struct policy_bundle *bundle = &mutating->pack->one->bundle;
    struct diag_list diags = diag_list_new(mutating->scratch);
    policy_check(mutating->scratch, bundle, &diags);
    if (diag_error_count(&diags) > 0) {
        mutating->pack->mutation.refused++;
        return true;
    }
    struct policy_image image = policy_compile(mutating->scratch, bundle, &diags);
    struct pack pack;
    if (!image.bytes || diag_error_count(&diags) > 0 ||
        pack_open(&pack, image.bytes, image.size) != NULL) {
        mutating->pack->mutation.refused++;
        return true;
    }
    return test_notices(mutating, &pack);
}

static void test_try(void *context, const struct policy_place *place, struct str change)
{
    struct test_mutating *mutating = context;
    struct test_mutation *mutation = &mutating->pack->mutation;
    struct arena *arena = mutating->run->cli->arena;
    struct arena_mark mark = arena_mark(mutating->scratch);
    bool is_caught = test_is_caught(mutating);
    arena_rewind(mutating->scratch, mark);
    mutation->total++;
    mutation->caught += is_caught ? 1 : 0;
    if (!is_caught && mutation->survivor_count < TEST_SURVIVORS_MAX) {
        mutation->survivors[mutation->survivor_count++] = (struct test_survivor){
            .place = *place, .clause = mutating->clause, .change = str_copy(arena, change)};
    }
    test_progress(mutating);
}

/* The acts of the rules that were written on a line of the clause. */
static void test_want_acts(const struct pack *pack, struct str key, uint32_t line, bool *wanted)
{
    uint32_t index = pack_clause_find(pack, key);
    const struct pack_clause *clause = &pack->clause[index];
    for (uint32_t i = 0; i < clause->rule_count; i++) {
        const struct pack_rule *rule = &pack->rule[clause->first_rule + i];
        for (uint32_t a = 0; a < rule->acts.count && rule->line == line; a++) {
            wanted[pack->list[rule->acts.first + a]] = true;
        }
    }
}

static void test_mutate_clause(struct test_mutating *mutating, struct mutants *mutants,
                               struct policy_clause *clause)
{
    const struct pack *pack = &mutating->pack->one->pack;
    mutating->clause = clause->key.text;
    for (size_t i = 0; i < clause->rule_count; i++) {
        struct arena_mark mark = arena_mark(mutating->scratch);
        bool *wanted = ARENA_ARRAY(mutating->scratch, bool, pack->act_count);
        test_want_acts(pack, clause->key.text, clause->rules[i].place.line, wanted);
        mutating->act_wanted = wanted;
        mutants_of_rule(mutants, clause, i);
        arena_rewind(mutating->scratch, mark);
    }
    mutating->act_wanted = NULL;
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
        .order = ARENA_ARRAY(cli->arena, size_t, pack->example_count),
        .shows_progress = terminal_of(cli->err, true).is_interactive,
    };
    for (size_t i = 0; i < pack->example_count; i++) {
        mutating.order[i] = i;
    }
    pack->mutation.survivors =
        ARENA_ARRAY(cli->arena, struct test_survivor, TEST_SURVIVORS_MAX);
    struct mutants mutants = {.arena = scratch, .try = test_try, .context = &mutating};
    struct policy_document *document = pack->one->document;
    for (size_t i = 0; i < document->clause_count; i++) {
        test_mutate_clause(&mutating, &mutants, &document->clauses[i]);
    }
    if (mutating.shows_progress) {
        cli_printf(cli->err, "\n");
    }
}
