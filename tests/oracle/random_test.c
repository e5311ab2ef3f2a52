/*
 * random_test.c - the product against the oracle, on random policies and random questions.
 *
 * Read first: oracle.h, trial.h. Start at: main, at the end.
 *
 *     random_test [--packs N] [--questions M] [--cases N] [--seed S] [--first PACK] [--seconds T]
 *                 [--show N] [--only FIELD]
 *
 * Stops after T seconds (60 unless told), after N packs, or after N cases when --cases is said,
 * whichever is first. The seed is printed; --seed S --first PACK --packs 1 repeats one pack. Up to
 * --show differences (5 unless told) are cut down and printed. The last line is
 * "N passed, N failed".
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/hash.h"
#include "generate.h"
#include "shrink.h"
#include "trial.h"

#define FIELDS_MAX 64
#define FIELD_BYTES_MAX 32
#define SEEN_MAX 256
#define CUT_MAX 1000 /* differences that are cut down in one run, at most */

struct options {
    int64_t packs, questions, cases, seed, first, seconds, show;
    struct str only; /* shows differences of this field alone */
};

/* Differences of one field of the answer. */
struct tally {
    char field[FIELD_BYTES_MAX];
    int64_t count;
};

struct run {
    struct options options;
    struct tally tallies[FIELDS_MAX];
    int tally_count;
    int64_t passed, failed, shown, cut, refused_packs, packs, total, errors;
    uint64_t seen[SEEN_MAX]; /* differences shown, cut down: hashes of their words */
    int64_t verdicts[ORACLE_VERDICT_COUNT];
    int64_t completions;
    struct timespec started;
};

/* What is being tried, for a crash. */
static char now_trying[128];

static void on_crash(int signal_number)
{
    static const char before[] = "\ncrashed at: ";
    (void)!write(STDOUT_FILENO, before, sizeof(before) - 1);
    (void)!write(STDOUT_FILENO, now_trying, strlen(now_trying));
    (void)!write(STDOUT_FILENO, "\n0 passed, 1 failed\n", 20);
    (void)signal(signal_number, SIG_DFL);
    (void)raise(signal_number);
}

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

static bool read_options(int count, char **words, struct options *options)
{
    const struct {
        const char *name;
        int64_t *value;
    } numbers[] = {
        {"--packs", &options->packs}, {"--questions", &options->questions},
        {"--cases", &options->cases}, {"--seed", &options->seed},
        {"--first", &options->first}, {"--seconds", &options->seconds},
        {"--show", &options->show},
    };
    for (int i = 1; i + 1 < count; i += 2) {
        bool is_known = strcmp(words[i], "--only") == 0;
        if (is_known) {
            options->only = str_from(words[i + 1]);
        }
        for (size_t n = 0; n < sizeof(numbers) / sizeof(numbers[0]); n++) {
            if (strcmp(words[i], numbers[n].name) == 0) {
                is_known = str_to_int(str_from(words[i + 1]), numbers[n].value);
            }
        }
        if (!is_known) {
            return false;
        }
    }
    return count % 2 == 1;
}

/* ---- Differences ----------------------------------------------------------------------------- */

static struct str field_of(struct str difference)
{
    struct str field = {0};
    (void)str_cut(difference, ':', &field, NULL);
    return field;
}

static void count_difference(struct run *run, struct str difference)
{
    struct str field = field_of(difference);
    for (int i = 0; i < run->tally_count; i++) {
        if (str_equal(field, str_from(run->tallies[i].field))) {
            run->tallies[i].count++;
            return;
        }
    }
    if (run->tally_count < FIELDS_MAX) {
        struct tally *tally = &run->tallies[run->tally_count++];
        (void)snprintf(tally->field, sizeof(tally->field), STR_FMT, STR_ARG(field));
        tally->count = 1;
    }
}

static void print_case(const struct trial_case *test, const char *title)
{
    static struct trial trial;
    static struct trial_answers answers;
    DEFER(arena_close) struct arena *arena = arena_open();
    trial_open(&trial, arena, &test->pack);
    struct str markdown = render_all(arena, &trial.files);
    printf("---- %s: policy\n" STR_FMT "\n", title, STR_ARG(markdown));
    if (!trial.pack) {
        printf("---- refused:\n" STR_FMT "\n", STR_ARG(trial.complaint));
        return;
    }
    trial_ask(&trial, arena, &test->question, &answers);
    struct str described = trial_describe(arena, &trial.engine, &answers.oracle);
    printf("---- %s: question\n" STR_FMT "\n", title, STR_ARG(answers.question));
    printf("---- %s: product\n" STR_FMT "\n", title, STR_ARG(answers.product));
    printf("---- %s: oracle\n" STR_FMT, title, STR_ARG(described));
    printf("---- %s: difference\n" STR_FMT "\n", title, STR_ARG(answers.difference));
    trial_close(&trial);
}

/* True when a difference of these words was shown before in this run. */
static bool was_shown(struct run *run, const struct trial_case *small)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    uint64_t hash = hash_str(trial_difference(arena, small));
    for (int64_t i = 0; i < run->shown && i < SEEN_MAX; i++) {
        if (run->seen[i] == hash) {
            return true;
        }
    }
    run->seen[run->shown % SEEN_MAX] = hash;
    return false;
}

static void show_difference(struct run *run, const struct trial_case *test, struct str difference)
{
    static struct trial_case small;
    bool is_wanted =
        str_is_empty(run->options.only) || str_equal(run->options.only, field_of(difference));
    if (!is_wanted || run->shown >= run->options.show || run->cut >= CUT_MAX) {
        return;
    }
    small = *test;
    shrink_case(&small, difference);
    run->cut++;
    if (was_shown(run, &small)) {
        return;
    }
    run->shown++;
    printf("======== difference %" PRId64 ", %s\n" STR_FMT "\n", run->shown, now_trying,
           STR_ARG(difference));
    print_case(test, "as made");
    print_case(&small, "cut down");
    (void)fflush(stdout);
}

/* ---- Cases ----------------------------------------------------------------------------------- */

static bool is_over(const struct run *run)
{
    const struct options *options = &run->options;
    if (options->cases > 0 && run->passed + run->failed >= options->cases) {
        return true;
    }
    return options->seconds > 0 && seconds_since(&run->started) >= (double)options->seconds;
}

static void run_question(struct run *run, struct trial *trial, struct trial_case *test,
                         uint64_t seed)
{
    static struct trial_answers answers;
    struct arena_mark mark = arena_mark(trial->arena);
    generate_question(&trial->engine, &test->question, seed);
    trial_ask(trial, trial->arena, &test->question, &answers);
    if (answers.oracle.is_error) {
        run->errors++;
    } else {
        run->verdicts[answers.oracle.verdict]++;
        run->total += answers.oracle.persons[0].completions == 1;
        run->completions += answers.oracle.persons[0].completions;
    }
    if (str_is_empty(answers.difference)) {
        run->passed++;
    } else {
        run->failed++;
        count_difference(run, answers.difference);
        show_difference(run, test, answers.difference);
    }
    arena_rewind(trial->arena, mark);
}

static void run_pack(struct run *run, int64_t number)
{
    static struct trial_case test;
    static struct trial trial;
    DEFER(arena_close) struct arena *arena = arena_open();
    uint64_t seed = generate_seed((uint64_t)run->options.seed, (uint64_t)number);
    (void)snprintf(now_trying, sizeof(now_trying),
                   "--seed %" PRId64 " --first %" PRId64 " --packs 1", run->options.seed, number);
    generate_pack(&test.pack, seed);
    trial_open(&trial, arena, &test.pack);
    run->packs++;
    if (!trial.pack) {
        struct str difference = str_format(arena, "pack: " STR_FMT, STR_ARG(trial.complaint));
        run->failed++;
        run->refused_packs++;
        count_difference(run, difference);
        show_difference(run, &test, difference);
        return;
    }
    for (int64_t q = 0; q < run->options.questions && !is_over(run); q++) {
        (void)snprintf(now_trying, sizeof(now_trying),
                       "--seed %" PRId64 " --first %" PRId64 " --packs 1 (question %" PRId64 ")",
                       run->options.seed, number, q);
        run_question(run, &trial, &test, generate_seed(seed, (uint64_t)q));
    }
    trial_close(&trial);
}

static void report(const struct run *run)
{
    double seconds = seconds_since(&run->started);
    int64_t cases = run->passed + run->failed;
    printf("%" PRId64 " cases on %" PRId64 " packs in %.1f s, %.0f cases a second\n", cases,
           run->packs, seconds, (double)cases / (seconds > 0 ? seconds : 1));
    printf("all known: %" PRId64 "; to be refused: %" PRId64
           "; completions of the first person: %.1f"
           " on average\n",
           run->total, run->errors, (double)run->completions / (double)(cases > 0 ? cases : 1));
    for (int v = 0; v < ORACLE_VERDICT_COUNT; v++) {
        printf("%s %" PRId64 "%s", oracle_verdict_name((enum oracle_verdict)v), run->verdicts[v],
               v + 1 < ORACLE_VERDICT_COUNT ? ", " : "\n");
    }
    for (int i = 0; i < run->tally_count; i++) {
        printf("differences of %s: %" PRId64 "\n", run->tallies[i].field, run->tallies[i].count);
    }
    printf("%" PRId64 " passed, %" PRId64 " failed\n", run->passed, run->failed);
}

int main(int count, char **words)
{
    static struct run run = {
        .options = {.packs = INT64_MAX, .questions = 25, .show = 5, .seconds = -1},
    };
    run.options.seed = (int64_t)time(NULL);
    if (!read_options(count, words, &run.options)) {
        (void)fprintf(stderr,
                      "usage: random_test [--packs N] [--questions M] [--cases N] [--seed S]\n"
                      "                   [--first PACK] [--seconds T] [--show N]"
                      " [--only FIELD]\n");
        return 2;
    }
    if (run.options.seconds < 0) {
        bool is_bounded = run.options.cases > 0 || run.options.packs < INT64_MAX;
        run.options.seconds = is_bounded ? 0 : 60;
    }
    printf("random_test --seed %" PRId64 "\n", run.options.seed);
    (void)signal(SIGSEGV, on_crash);
    (void)signal(SIGABRT, on_crash);
    (void)clock_gettime(CLOCK_MONOTONIC, &run.started);
    for (int64_t n = 0; n < run.options.packs && !is_over(&run); n++) {
        run_pack(&run, run.options.first + n);
    }
    report(&run);
    return run.failed > 0 || run.passed == 0 ? 1 : 0;
}
