/*
 * cli/command_test.c - `handrail test PACK... [--coverage] [--mutate] [--json]`.
 *
 * Read first: coverage/examples.h, coverage/cover.h, and mutants.h for --mutate. Start at
 * command_test().
 */
#include "cli/commands.h"
#include "cli/terminal.h"
#include "cli/test_int.h"
#include "cli/wrap.h"
#include "coverage/examples.h"

/* Columns of a policy's name in the table. */
#define TEST_NAME_COLUMNS 14

/* ---- Running --------------------------------------------------------------------------------- */

static size_t test_count_examples(const struct policy_document *document)
{
    size_t count = 0;
    for (size_t i = 0; i < document->clause_count; i++) {
        count += document->clauses[i].example_count;
    }
    return count;
}

/* Keeps what is to be shown of an example that failed, or of every example for JSON. */
static void test_keep(struct test_run *run, struct test_example *result,
                      const struct decide_answer *answer)
{
    struct arena *arena = run->cli->arena;
    const struct policy_example *example = result->example;
    result->expected = ARENA_ARRAY(arena, struct str, example->expectation_count);
    struct text differences = {.arena = arena};
    for (size_t i = 0; i < example->expectation_count; i++) {
        result->expected[i] = example_expected(arena, &example->expectations[i]);
        (void)example_compare(&example->expectations[i], answer, &differences);
    }
    result->actual = example_actual(arena, answer);
    result->differences = str_copy(arena, text_str(&differences));
}

static void test_example(struct test_run *run, struct arena *scratch, const struct shelf_pack *one,
                         const struct cover_pack *cover, struct test_example *result)
{
    struct diag_list diags = diag_list_new(scratch);
    struct decide_answer *answer = example_answer(scratch, &one->pack, result->example, &diags);
    if (!answer) {
        struct str why = diags.count > 0 ? diags.items[0].message : STR("no reason was given");
        result->actual = str_format(run->cli->arena, "no answer: " STR_FMT, STR_ARG(why));
        result->differences = STR("the facts of the example cannot be true together");
        return;
    }
    result->has_passed = example_passes(result->example, answer);
    cover_mark(&run->cover, cover, answer);
    if (!result->has_passed || run->is_json) {
        test_keep(run, result, answer);
    }
}

static void test_pack(struct test_run *run, struct test_pack *pack, const struct cover_pack *cover)
{
    const struct policy_document *document = pack->one->document;
    pack->examples =
        ARENA_ARRAY(run->cli->arena, struct test_example, test_count_examples(document));
    DEFER(arena_close) struct arena *scratch = arena_open();
    for (size_t c = 0; c < document->clause_count; c++) {
        const struct policy_clause *clause = &document->clauses[c];
        for (size_t e = 0; e < clause->example_count; e++) {
            struct test_example *result = &pack->examples[pack->example_count++];
            struct arena_mark mark = arena_mark(scratch);
            result->example = &clause->examples[e];
            result->clause = clause->key.text;
            test_example(run, scratch, pack->one, cover, result);
            arena_rewind(scratch, mark);
            pack->passed += result->has_passed ? 1 : 0;
            pack->failed += result->has_passed ? 0 : 1;
        }
    }
    test_drafts(run, pack);
    run->passed += pack->passed;
    run->failed += pack->failed;
}

static void test_all(struct test_run *run)
{
    struct arena *arena = run->cli->arena;
    size_t count = run->shelf.count;
    const struct policy_document **wanted =
        ARENA_ARRAY(arena, const struct policy_document *, count);
    for (size_t i = 0; i < count; i++) {
        wanted[i] = run->shelf.at[i].document;
    }
    run->cover = cover_new(arena);
    run->at = ARENA_ARRAY(arena, struct test_pack, count);
    for (size_t i = 0; i < count; i++) {
        const struct shelf_pack *one = &run->shelf.at[i];
        run->at[i].one = one;
        struct cover_pack *cover =
            cover_add_pack(&run->cover, &one->bundle, &one->pack, wanted, count);
        test_pack(run, &run->at[i], cover);
    }
    for (size_t i = 0; i < count; i++) {
        run->at[i].cover = cover_sum(&run->cover, run->at[i].one->document);
    }
}

/* ---- Showing --------------------------------------------------------------------------------- */

static void test_show_failure(struct text *out, const struct test_example *result)
{
    const struct policy_example *example = result->example;
    text_addf(out, STR_FMT ":%u: " STR_FMT "\n", STR_ARG(example->place.file), example->place.line,
              STR_ARG(example->story));
    for (size_t i = 0; result->expected && i < example->expectation_count; i++) {
        text_add(out, i == 0 ? STR("    expected: ") : STR("              "));
        wrap_add(out, result->expected[i], (struct wrap){TERMINAL_COLUMNS_MAX, 14, 16});
    }
    text_add(out, STR("    actual:   "));
    wrap_add(out, result->actual, (struct wrap){TERMINAL_COLUMNS_MAX, 14, 16});
    text_add(out, STR("    because:  "));
    wrap_add(out, result->differences, (struct wrap){TERMINAL_COLUMNS_MAX, 14, 16});
}

static void test_show_draft(struct text *out, const struct test_draft *draft)
{
    const char *wrong = draft->is_in_vain  ? "finds this, and no rule is cited for it"
                        : draft->must_fire ? "does not find this"
                                           : "finds this, which passes";
    struct str line =
        str_format(out->arena, STR_FMT ":%u: " STR_FMT ": " STR_FMT " %s: " STR_FMT,
                   STR_ARG(draft->place.file), draft->place.line, STR_ARG(draft->clause),
                   STR_ARG(draft->statement), wrong, STR_ARG(draft->text));
    wrap_add(out, line, (struct wrap){TERMINAL_COLUMNS_MAX, 0, 4});
}

static void test_show_points(const struct test_run *run, struct text *out)
{
    for (size_t i = 0; i < run->cover.count; i++) {
        const struct cover_point *point = &run->cover.points[i];
        struct str missing = cover_missing(point);
        if (!str_is_empty(missing)) {
            struct str line =
                str_format(out->arena, STR_FMT ":%u: " STR_FMT ": " STR_FMT ": " STR_FMT,
                           STR_ARG(point->place.file), point->place.line, STR_ARG(point->clause),
                           STR_ARG(missing), STR_ARG(point->text));
            wrap_add(out, line, (struct wrap){TERMINAL_COLUMNS_MAX, 0, 4});
        }
    }
}

/* "29/30   96 %" in a column. */
static void test_show_share(struct text *out, size_t part, size_t whole)
{
    struct str share = str_format(out->arena, "%zu/%zu", part, whole);
    text_addf(out, "  %9.*s %3u %%", STR_ARG(share), cli_percent(part, whole));
}

/* One row for each policy: what passed, and how much of it the examples reach. */
static void test_show_table(const struct test_run *run, struct text *out)
{
    wrap_pad(out, STR("policy"), TEST_NAME_COLUMNS);
    text_add(out, STR("passed  failed   clauses fired  conditions T/F"));
    text_add(out, run->is_mutate ? STR("  mutants caught\n") : STR("\n"));
    for (size_t i = 0; i < run->shelf.count; i++) {
        const struct test_pack *pack = &run->at[i];
        wrap_pad(out, pack->one->document->name, TEST_NAME_COLUMNS);
        text_addf(out, "%6zu  %6zu", pack->passed, pack->failed);
        test_show_share(out, pack->cover.clauses_fired, pack->cover.clauses);
        test_show_share(out, pack->cover.conditions_both, pack->cover.conditions);
        if (run->is_mutate) {
            test_show_share(out, pack->mutation.caught, pack->mutation.total);
        }
        text_add_char(out, '\n');
    }
}

static void test_show_survivors(const struct test_pack *pack, struct text *out)
{
    const struct test_mutation *mutation = &pack->mutation;
    for (size_t i = 0; i < mutation->survivor_count; i++) {
        const struct test_survivor *survivor = &mutation->survivors[i];
        struct str line = str_format(out->arena, STR_FMT ":%u: " STR_FMT ": not noticed: " STR_FMT,
                                     STR_ARG(survivor->place.file), survivor->place.line,
                                     STR_ARG(survivor->clause), STR_ARG(survivor->change));
        wrap_add(out, line, (struct wrap){TERMINAL_COLUMNS_MAX, 0, 4});
    }
    if (mutation->total - mutation->caught > mutation->survivor_count) {
        text_addf(out, "and %zu more\n",
                  mutation->total - mutation->caught - mutation->survivor_count);
    }
}

static void test_show(const struct test_run *run, struct text *out)
{
    for (size_t i = 0; i < run->shelf.count; i++) {
        for (size_t e = 0; e < run->at[i].example_count; e++) {
            if (!run->at[i].examples[e].has_passed) {
                test_show_failure(out, &run->at[i].examples[e]);
            }
        }
    }
    for (size_t i = 0; i < run->shelf.count; i++) {
        for (size_t d = 0; d < run->at[i].draft_count; d++) {
            if (!run->at[i].drafts[d].has_passed) {
                test_show_draft(out, &run->at[i].drafts[d]);
            }
        }
    }
    if (run->is_coverage) {
        test_show_points(run, out);
    }
    for (size_t i = 0; i < run->shelf.count && run->is_mutate; i++) {
        test_show_survivors(&run->at[i], out);
    }
    text_add(out, out->len > 0 ? STR("\n") : STR(""));
    test_show_table(run, out);
    text_addf(out, "%zu passed, %zu failed\n", run->passed, run->failed);
}

static int test_status(const struct test_run *run)
{
    int status = run->failed > 0 ? CLI_EXIT_NO : CLI_EXIT_FINE;
    for (size_t i = 0; i < run->shelf.count && run->is_mutate; i++) {
        const struct test_mutation *mutation = &run->at[i].mutation;
        if (cli_percent(mutation->caught, mutation->total) < TEST_CAUGHT_PERCENT_MIN) {
            status = CLI_EXIT_NO;
        }
    }
    return status;
}

int command_test(struct cli *cli)
{
    struct test_run run = {.cli = cli};
    const struct cli_option options[] = {
        {.name = STR("--json"), .flag = &run.is_json},
        {.name = STR("--mutate"), .flag = &run.is_mutate},
        {.name = STR("--coverage"), .flag = &run.is_coverage},
    };
    if (!cli_options(cli, options, sizeof options / sizeof options[0]) ||
        !cli_operands(cli, 1, CLI_OPERANDS_MAX)) {
        return CLI_EXIT_WRONG;
    }
    int status;
    if (!packs_open(cli, &run.shelf, cli->operand_count, false, CLI_EXIT_NO, &status)) {
        return status;
    }
    test_all(&run);
    for (size_t i = 0; i < run.shelf.count && run.is_mutate; i++) {
        test_mutate(&run, &run.at[i]);
    }
    struct text out = {.arena = cli->arena};
    if (run.is_json) {
        test_write_json(&run, &out);
    } else {
        test_show(&run, &out);
    }
    cli_print(cli->out, text_str(&out));
    return test_status(&run);
}
