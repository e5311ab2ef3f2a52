/*
 * handrail_bench.c - Handrail's side of the comparison of engines.
 *
 * Read first: docs/benchmarks.md; bench/measure.py, which starts this beside the programs for
 * Cedar and
 * OPA and speaks the same words with all three. Start at main().
 *
 *     handrail_bench FOLDER       a folder that bench/generate.py wrote, with synthetic.pack
 *
 * Reads one command a line: `verify` (every world against expected.txt, both ways), `core SECONDS`,
 * `json SECONDS`, `memory`; answers each with one line of JSON.
 *
 *   core   the world is there already, as the values that each variable may have; out come the
 *          verdict and the list of all clauses that stand
 *   json   handrail_decide(): a question as JSON text in, the answer as JSON text out
 */
#include "base/arena.h"
#include "clock.h"
#include "decide/decide_int.h"
#include "handrail.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define WORLDS_MAX 65536u
#define NAME_MAX_BYTES 4096u

struct bench {
    struct arena *arena;
    struct pack pack;
    struct handrail_pack *handle;
    struct str *questions, *expected; /* one a world */
    uint32_t world_count;
    const uint64_t **domains;
    struct decide_weigh *weigh;
    uint32_t *clauses; /* those that stand, of the last world */
    uint32_t clause_count;
    uint64_t sink; /* keeps the optimiser from leaving work out */
};

static struct str file_read(struct arena *arena, const char *folder, const char *name)
{
    char path[NAME_MAX_BYTES];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "handrail_bench: cannot read %s\n", path);
        exit(2);
    }
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *bytes = arena_alloc(arena, size + 8);
    size_t got = fread(bytes, 1, size, file);
    fclose(file);
    return (struct str){bytes, got};
}

/* The lines of a text; answers how many. */
static uint32_t lines_cut(struct arena *arena, struct str text, struct str **lines)
{
    *lines = ARENA_ARRAY(arena, struct str, WORLDS_MAX);
    uint32_t count = 0;
    const char *at = text.at, *end = text.at + text.len;
    while (at < end && count < WORLDS_MAX) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop == NULL ? end : stop;
        (*lines)[count++] = (struct str){at, (size_t)(stop - at)};
        at = stop + 1;
    }
    return count;
}

static void worlds_make(struct bench *bench)
{
    bench->domains = ARENA_ARRAY(bench->arena, const uint64_t *, bench->world_count);
    for (uint32_t i = 0; i < bench->world_count; i++) {
        struct diag_list diags = diag_list_new(bench->arena);
        struct decide_question *question = decide_question_read(
            bench->arena, &bench->pack, STR("question"), bench->questions[i], &diags);
        assert(question != NULL && "the generator wrote a question that cannot be read");
        struct decide_world *world = decide_world_new(bench->arena, question, 0, &diags);
        assert(world != NULL && "the generator wrote facts that contradict each other");
        bench->domains[i] = world->domain;
    }
}

static struct bench *bench_open(const char *folder)
{
    struct arena *arena = arena_open();
    struct bench *bench = ARENA_NEW(arena, struct bench);
    bench->arena = arena;
    struct str image = file_read(arena, folder, "synthetic.pack");
    const char *trouble = pack_open(&bench->pack, image.at, image.len);
    if (trouble != NULL || handrail_pack_open(image.at, image.len, &bench->handle) != 0) {
        fprintf(stderr, "handrail_bench: %s\n", trouble != NULL ? trouble : "cannot open");
        exit(2);
    }
    bench->world_count =
        lines_cut(arena, file_read(arena, folder, "questions.ndjson"), &bench->questions);
    uint32_t lines = lines_cut(arena, file_read(arena, folder, "expected.txt"), &bench->expected);
    assert(lines == bench->world_count && "as many answers as questions");
    worlds_make(bench);
    bench->weigh =
        decide_weigh_new(arena, &bench->pack, pack_act_find(&bench->pack, STR("publish")));
    bench->clauses = ARENA_ARRAY(arena, uint32_t, bench->pack.rule_count + 1);
    return bench;
}

/* One decision with the list of clauses, as a caller would take it. */
static enum decide_verdict core_decide(struct bench *bench, uint32_t world)
{
    struct decide_weigh *weigh = bench->weigh;
    decide_weigh_world(weigh, bench->domains[world]);
    enum decide_verdict verdict = decide_weigh_verdict(weigh);
    uint32_t count = 0;
    for (uint32_t i = 0; i < weigh->rule_count; i++)
        if (weigh->rulings[weigh->rules[i]].stands == DECIDE_YES)
            bench->clauses[count++] = bench->pack.rule[weigh->rules[i]].clause;
    bench->clause_count = count;
    return verdict;
}

static struct handrail_answer *json_decide(struct bench *bench, uint32_t world)
{
    struct handrail_answer *answer = NULL;
    struct str question = bench->questions[world];
    enum handrail_status status =
        handrail_decide(bench->handle, question.at, question.len, &answer);
    assert(status == HANDRAIL_OK && "the question was read before");
    (void)status;
    return answer;
}

/* ---- Verifying ------------------------------------------------------------------------------- */

static bool core_is_right(struct bench *bench, uint32_t world)
{
    enum decide_verdict verdict = core_decide(bench, world);
    struct text found = {.arena = bench->arena};
    for (uint32_t c = 0; c < bench->pack.clause_count; c++)
        for (uint32_t i = 0; i < bench->clause_count; i++)
            if (bench->clauses[i] == c) {
                text_add(&found, found.len == 0 ? STR("") : STR(" "));
                text_add(&found, pack_text(&bench->pack, bench->pack.clause[c].key));
                break;
            }
    bool is_forbidden = verdict == DECIDE_VERDICT_FORBIDDEN;
    return str_equal(text_str(&found), bench->expected[world]) &&
           is_forbidden == (bench->clause_count != 0);
}

/* Every expected clause is in the answer, and there are as many of them. */
static bool json_is_right(struct bench *bench, uint32_t world)
{
    struct handrail_answer *answer = json_decide(bench, world);
    const char *json = handrail_answer_json(answer);
    struct str rest = bench->expected[world];
    size_t wanted = 0, found = 0;
    bool has_all = true;
    while (rest.len != 0) {
        struct str key, after;
        if (!str_cut(rest, ' ', &key, &after)) {
            key = rest;
            after = (struct str){0};
        }
        char member[64];
        snprintf(member, sizeof member, "\"clause\": \"" STR_FMT "\"", STR_ARG(key));
        has_all = has_all && strstr(json, member) != NULL;
        rest = after;
        wanted++;
    }
    for (const char *at = json; (at = strstr(at, "\"clause\": \"")) != NULL; at++)
        found++;
    handrail_answer_close(answer);
    return has_all && found == wanted;
}

static void verify(struct bench *bench)
{
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < bench->world_count; i++)
        wrong += !core_is_right(bench, i) || !json_is_right(bench, i);
    printf("{\"worlds\": %u, \"wrong\": %u}\n", bench->world_count, wrong);
}

/* ---- Measuring ------------------------------------------------------------------------------- */

static void core_pass(struct bench *bench)
{
    for (uint32_t i = 0; i < bench->world_count; i++)
        bench->sink += core_decide(bench, i) + bench->clause_count;
}

static void json_pass(struct bench *bench)
{
    for (uint32_t i = 0; i < bench->world_count; i++) {
        struct handrail_answer *answer = json_decide(bench, i);
        bench->sink += handrail_answer_bytes(answer);
        handrail_answer_close(answer);
    }
}

/* Passes over all worlds until the time is up. */
static void measure(struct bench *bench, void (*pass)(struct bench *), double seconds)
{
    uint64_t budget = (uint64_t)(seconds * 1e9), passes = 0;
    uint64_t begin = clock_nanoseconds(), now = begin;
    while (now - begin < budget) {
        pass(bench);
        passes++;
        now = clock_nanoseconds();
    }
    double decisions = (double)passes * bench->world_count;
    printf("{\"ns\": %.3f, \"decisions\": %.0f}\n", (double)(now - begin) / decisions, decisions);
}

static void memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"peak_kib\": %ld}\n", usage.ru_maxrss);
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: handrail_bench FOLDER\n");
        return 2;
    }
    struct bench *bench = bench_open(arguments[1]);
    char line[256];
    printf("{\"engine\": \"Handrail\", \"abi\": %u}\n", handrail_abi_version());
    fflush(stdout);
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (strncmp(line, "verify", 6) == 0)
            verify(bench);
        else if (strncmp(line, "core ", 5) == 0)
            measure(bench, core_pass, strtod(line + 5, NULL));
        else if (strncmp(line, "json ", 5) == 0)
            measure(bench, json_pass, strtod(line + 5, NULL));
        else if (strncmp(line, "memory", 6) == 0)
            memory();
        fflush(stdout);
    }
    handrail_pack_close(bench->handle);
    arena_close(bench->arena);
    return 0;
}
