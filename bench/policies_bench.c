/*
 * policies_bench.c - the five policies: decisions on the worlds of their examples, and making
 * packs.
 *
 * Read first: docs/benchmarks.md; src/shelf/shelf.h and src/coverage/examples.h, which read packs
 * and examples just as `handrail test` does. Start at main().
 *
 *     policies_bench SECONDS PACKS      one line of JSON for each pack
 *
 *   core     decide_weigh_world() and the verdict, on every person's world of every example whose
 * facts
 *            are all known; `core_open` on those where something is missing or unknown
 *   answer   decide_answer(): the whole answer with reasons, `full` with the next question and
 * changes
 *   compile  read, check and compile, from the Markdown in memory to an image in memory
 */
#include "coverage/examples.h"
#include "clock.h"
#include "decide/decide_int.h"
#include "shelf/shelf.h"

#include <stdlib.h>
#include <string.h>

#define WORLDS_MAX 8192u

struct bench_world {
    const uint64_t *domain;
    struct decide_weigh *weigh;
};

struct bench {
    struct arena *arena, *scratch;
    const struct shelf_pack *one;
    struct decide_weigh **weighs; /* by act */
    struct bench_world known[WORLDS_MAX], open[WORLDS_MAX];
    size_t known_count, open_count;
    struct decide_question *questions[WORLDS_MAX];
    size_t question_count;
    bool is_brief;
    uint64_t sink;
};

static bool world_is_known(const struct decide_world *world)
{
    const struct pack *pack = world->pack;
    for (uint32_t i = 0; i < world->table->variables.count; i++) {
        uint64_t domain = world->domain[pack->list[world->table->variables.first + i]];
        if ((domain & (domain - 1)) != 0)
            return false;
    }
    return true;
}

static void world_keep(struct bench *bench, const struct decide_world *world)
{
    struct bench_world kept = {world->domain, bench->weighs[world->act]};
    if (world_is_known(world) && bench->known_count < WORLDS_MAX)
        bench->known[bench->known_count++] = kept;
    else if (!world_is_known(world) && bench->open_count < WORLDS_MAX)
        bench->open[bench->open_count++] = kept;
}

static void example_keep(struct bench *bench, const struct policy_example *example)
{
    const struct pack *pack = &bench->one->pack;
    struct decide_question *question = example_question(bench->arena, pack, example);
    if (bench->question_count < WORLDS_MAX)
        bench->questions[bench->question_count++] = question;
    if (bench->weighs[question->act] == NULL)
        bench->weighs[question->act] = decide_weigh_new(bench->arena, pack, question->act);
    uint32_t worlds = question->person_count == 0 ? 1 : question->person_count;
    for (uint32_t i = 0; i < worlds; i++) {
        struct diag_list diags = diag_list_new(bench->arena);
        struct decide_world *world = decide_world_new(
            bench->arena, question, question->person_count == 0 ? 0 : i + 1, &diags);
        if (world != NULL)
            world_keep(bench, world);
    }
}

static void examples_keep(struct bench *bench)
{
    const struct policy_document *document = bench->one->document;
    bench->weighs = ARENA_ARRAY(bench->arena, struct decide_weigh *, bench->one->pack.act_count);
    for (size_t c = 0; c < document->clause_count; c++)
        for (size_t e = 0; e < document->clauses[c].example_count; e++)
            example_keep(bench, &document->clauses[c].examples[e]);
}

/* ---- Measuring ------------------------------------------------------------------------------- */

static void worlds_pass(struct bench *bench, const struct bench_world *worlds, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        decide_weigh_world(worlds[i].weigh, worlds[i].domain);
        bench->sink += decide_weigh_verdict(worlds[i].weigh) + worlds[i].weigh->rule_count;
    }
}

static size_t known_pass(struct bench *bench)
{
    worlds_pass(bench, bench->known, bench->known_count);
    return bench->known_count;
}

static size_t open_pass(struct bench *bench)
{
    worlds_pass(bench, bench->open, bench->open_count);
    return bench->open_count;
}

static size_t answer_pass(struct bench *bench)
{
    for (size_t i = 0; i < bench->question_count; i++) {
        struct arena_mark mark = arena_mark(bench->scratch);
        struct diag_list diags = diag_list_new(bench->scratch);
        bench->questions[i]->is_brief = bench->is_brief;
        struct decide_answer *answer = decide_answer(bench->scratch, bench->questions[i], &diags);
        bench->sink += answer != NULL ? answer->cited_count : 0;
        arena_rewind(bench->scratch, mark);
    }
    return bench->question_count;
}

static size_t compile_pass(struct bench *bench)
{
    struct arena_mark mark = arena_mark(bench->scratch);
    struct shelf shelf = shelf_new(bench->scratch);
    struct result result = shelf_load(&shelf, bench->one->folder);
    bench->sink += result_is_ok(result) && shelf.count == 1 ? shelf.at[0].image.size : 0;
    arena_rewind(bench->scratch, mark);
    return 1;
}

/* Nanoseconds for one of what a pass counts. */
static double measure(struct bench *bench, size_t (*pass)(struct bench *), double seconds)
{
    uint64_t budget = (uint64_t)(seconds * 1e9), count = pass(bench), done = 0;
    if (count == 0)
        return 0;
    uint64_t begin = clock_nanoseconds(), now = begin;
    while (now - begin < budget || done == 0) {
        done += pass(bench);
        now = clock_nanoseconds();
    }
    return (double)(now - begin) / (double)done;
}

/* Rules that stand, and rows of the act's table, on average over the known worlds. */
static void figures_show(struct bench *bench)
{
    double standing = 0, rows = 0, rules = 0;
    for (size_t i = 0; i < bench->known_count; i++) {
        struct decide_weigh *weigh = bench->known[i].weigh;
        decide_weigh_world(weigh, bench->known[i].domain);
        for (uint32_t k = 0; k < weigh->rule_count; k++)
            standing += weigh->rulings[weigh->rules[k]].stands == DECIDE_YES;
        rows += weigh->table->row_count;
        rules += weigh->table->outcomes.count;
    }
    double worlds = bench->known_count == 0 ? 1 : (double)bench->known_count;
    printf("\"rows\": %.1f, \"outcomes\": %.1f, \"standing\": %.2f, ", rows / worlds,
           rules / worlds, standing / worlds);
}

static void pack_measure(const struct shelf_pack *one, double seconds)
{
    struct arena *arena = arena_open();
    struct bench *bench = ARENA_NEW(arena, struct bench);
    bench->arena = arena;
    bench->scratch = arena_open();
    bench->one = one;
    examples_keep(bench);
    printf("{\"pack\": \"" STR_FMT "\", \"clauses\": %u, \"rules\": %u, \"image_bytes\": %zu, ",
           STR_ARG(one->document->name), one->pack.clause_count, one->pack.rule_count,
           one->image.size);
    printf("\"known\": %zu, \"open\": %zu, \"examples\": %zu, ", bench->known_count,
           bench->open_count, bench->question_count);
    figures_show(bench);
    printf("\"core_ns\": %.2f, ", measure(bench, known_pass, seconds));
    printf("\"core_open_ns\": %.2f, ", measure(bench, open_pass, seconds));
    bench->is_brief = true;
    printf("\"answer_brief_ns\": %.1f, ", measure(bench, answer_pass, seconds));
    bench->is_brief = false;
    printf("\"answer_full_ns\": %.1f, ", measure(bench, answer_pass, seconds));
    printf("\"compile_ns\": %.0f}\n", measure(bench, compile_pass, seconds));
    fflush(stdout);
    arena_close(bench->scratch);
    arena_close(arena);
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fprintf(stderr, "usage: policies_bench SECONDS PACKS\n");
        return 2;
    }
    struct arena *arena = arena_open();
    struct shelf shelf = shelf_new(arena);
    struct result result = shelf_load(&shelf, str_from(arguments[2]));
    if (!result_is_ok(result)) {
        fprintf(stderr, "policies_bench: %s\n", result.message);
        return 2;
    }
    for (size_t i = 0; i < shelf.count; i++)
        if (shelf.at[i].is_ready)
            pack_measure(&shelf.at[i], strtod(arguments[1], NULL));
    arena_close(arena);
    return 0;
}
