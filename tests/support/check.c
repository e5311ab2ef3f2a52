/*
 * tests/support/check.c - checks for our own types, and repeatable random numbers.
 *
 * Read first: tests/support/check.h.
 */
#include "support/check.h"

#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void check_str_at(struct str actual, const char *expected, const char *file, int line)
{
    if (!str_equal(actual, str_from(expected))) {
        print_error("is:       \"" STR_FMT "\"\nexpected: \"%s\"\n", STR_ARG(actual), expected);
        _fail(file, line);
    }
}

void check_stops_at(void (*function)(void *), void *argument, const char *name, const char *file,
                    int line)
{
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        if (nowhere >= 0) {
            (void)dup2(nowhere, STDERR_FILENO);
        }
        (void)signal(SIGABRT, SIG_DFL);
        function(argument);
        _exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFSIGNALED(status) ||
        WTERMSIG(status) != SIGABRT) {
        print_error("%s did not stop the program by an assertion\n", name);
        _fail(file, line);
    }
}

struct check_random check_random_new(const char *test)
{
    const char *given = getenv("HANDRAIL_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    printf("%s: HANDRAIL_SEED=%" PRIu64 "\n", test, seed);
    return (struct check_random){.state = seed * UINT64_C(0x9E3779B97F4A7C15) | 1};
}

uint64_t check_random_next(struct check_random *random)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return random->state * UINT64_C(0x2545F4914F6CDD1D);
}

uint64_t check_random_below(struct check_random *random, uint64_t bound)
{
    return check_random_next(random) % bound;
}
