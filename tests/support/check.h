/*
 * tests/support/check.h - what every unit test includes: cmocka, and checks for our own types.
 *
 * Read first: cmocka.h. Start a test file with this header, after its own comment.
 *
 * What must hold: a random test takes its numbers from a struct check_random, whose seed is printed
 * and can be given again as HANDRAIL_SEED, so that every failure can be repeated.
 */
#ifndef HANDRAIL_TESTS_SUPPORT_CHECK_H
#define HANDRAIL_TESTS_SUPPORT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

/* The text is this; on failure both are printed. The second may be a literal or char pointer. */
#define check_str(actual, expected) check_str_at((actual), (expected), __FILE__, __LINE__)
void check_str_at(struct str actual, const char *expected, const char *file, int line);

/*
 * The call stops the program by an assertion (and not by a signal of another kind). It runs in a
 * process of its own, whose complaint is not shown.
 */
#define check_stops(function, argument)                                                            \
    check_stops_at((function), (argument), #function, __FILE__, __LINE__)
void check_stops_at(void (*function)(void *), void *argument, const char *name, const char *file,
                    int line);

/* Numbers that look random (xorshift64*). */
struct check_random {
    uint64_t state;
};

/* From HANDRAIL_SEED, or else from the clock; prints the seed with the test's name. */
struct check_random check_random_new(const char *test);
uint64_t check_random_next(struct check_random *random);

/* 0 to bound - 1; bound must not be 0. */
uint64_t check_random_below(struct check_random *random, uint64_t bound);

#endif
