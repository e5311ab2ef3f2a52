/*
 * clock.h - the time for measuring. Header only, for the programs of bench/.
 *
 * It is the time that this process has had on a processor, so that other programs on the machine do
 * not count.
 */
#ifndef HANDRAIL_BENCH_CLOCK_H
#define HANDRAIL_BENCH_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

#endif
