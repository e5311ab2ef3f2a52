/*
 * bench/screen_patterns.c - times Hyperscan on the pattern part: mail, telephone, postcode,
 * numbers, links and
 * the 10,000 names of a roll as literals.   screen_patterns ROLL < drafts
 *
 * Read first: bench/screen.sh. Prints the median and the 99th of a hundred nanoseconds a post.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LINES_MAX 100000
#define PATTERNS_MAX 20000

static const char *const fixed[] = {
    "[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,}",
    "(\\+44\\s?\\(?0?\\)?|\\b0)\\d[\\d\\s-]{8,12}",
    "\\b[a-z]{1,2}\\d[a-z\\d]?\\s*\\d[a-z]{2}\\b",
    "\\b[a-hj-np-rt-z]\\d{11}[\\da-hj-np-rt-z]\\b",
    "\\b\\d{3}\\s?\\d{3}\\s?\\d{4}\\b",
    "\\b[a-ceghj-prs-tw-z][a-ceghj-nprs-tw-z]\\s?\\d{2}\\s?\\d{2}\\s?\\d{2}\\s?[a-d]\\b",
    "\\b\\d{2}-\\d{2}-\\d{2}\\b",
    "https?://[^\\s]+",
    "\\b\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}\\b",
    "pass(word|code)",
};

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *count)
{
    (void)id, (void)from, (void)to, (void)flags;
    (*(unsigned long *)count)++;
    return 0;
}

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* The name of a line of the roll as a pattern: its second field, quoted. */
static char *name_pattern(const char *line)
{
    const char *from = strchr(line, ',');
    const char *to = from != NULL ? strchr(from + 1, ',') : NULL;
    if (to == NULL || to - from > 200) {
        return strdup("none");
    }
    char *pattern = calloc(1, 1024);
    size_t length = 0;
    pattern[length++] = '\\';
    pattern[length++] = 'b';
    for (const char *at = from + 1; at < to; at++) {
        if (strchr(".^$*+?()[]{}|\\-", *at) != NULL) {
            pattern[length++] = '\\';
        }
        pattern[length++] = *at;
    }
    pattern[length++] = '\\';
    pattern[length++] = 'b';
    return pattern;
}

int main(int argument_count, char **arguments)
{
    static const char *patterns[PATTERNS_MAX];
    static unsigned flags[PATTERNS_MAX], ids[PATTERNS_MAX];
    static char *lines[LINES_MAX];
    unsigned count = 0;
    FILE *roll = argument_count > 1 ? fopen(arguments[1], "r") : NULL;
    if (roll == NULL) {
        fprintf(stderr, "usage: screen_patterns ROLL < drafts\n");
        return 2;
    }
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        patterns[count++] = fixed[i];
    }
    char *line = NULL;
    size_t room = 0;
    while (count < PATTERNS_MAX && getline(&line, &room, roll) > 0) {
        patterns[count++] = name_pattern(line);
    }
    for (unsigned i = 0; i < count; i++) {
        flags[i] = HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH;
        ids[i] = i;
    }
    hs_database_t *database;
    hs_compile_error_t *error;
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    if (hs_compile_multi(patterns, flags, ids, count, HS_MODE_BLOCK, NULL, &database, &error) !=
        HS_SUCCESS) {
        fprintf(stderr, "%s: %s\n", error->expression >= 0 ? patterns[error->expression] : "",
                error->message);
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    hs_scratch_t *scratch = NULL;
    hs_alloc_scratch(database, &scratch);
    size_t line_count = 0;
    for (ssize_t got; line_count < LINES_MAX && (got = getline(&line, &room, stdin)) > 0;) {
        char *tab = strchr(line, '\t');
        lines[line_count++] = strdup(tab != NULL ? tab + 1 : line);
    }
    double *times = calloc(line_count + 1, sizeof *times);
    unsigned long matches = 0;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < line_count; i++) {
            struct timespec start, end;
            clock_gettime(CLOCK_MONOTONIC, &start);
            hs_scan(database, lines[i], (unsigned)strlen(lines[i]), 0, scratch, on_match, &matches);
            clock_gettime(CLOCK_MONOTONIC, &end);
            times[i] =
                (double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec);
        }
    }
    qsort(times, line_count, sizeof *times, by_size);
    printf("compiled in %.2f s; median %.0f ns, 99 %% under %.0f ns, %lu matches\n",
           (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) * 1e-9,
           times[line_count / 2], times[line_count * 99 / 100], matches);
    return 0;
}
