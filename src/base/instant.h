/*
 * base/instant.h - a point of time, and how it is written for programs.
 *
 * Now never comes from here: whoever decides is given the time.
 *
 * What must hold: an instant is a one-field struct, so that it cannot be swapped with a duration;
 * 0 milliseconds, the first of 1970, stands for "no time" wherever a time may be missing.
 */
#ifndef HANDRAIL_BASE_INSTANT_H
#define HANDRAIL_BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/civil.h"
#include "base/str.h"

struct instant {
    int64_t milliseconds; /* since 1970-01-01T00:00:00Z, without leap seconds */
};

#define INSTANT_SECOND_MILLISECONDS ((int64_t)1000)
#define INSTANT_MINUTE_MILLISECONDS (60 * INSTANT_SECOND_MILLISECONDS)
#define INSTANT_HOUR_MILLISECONDS (60 * INSTANT_MINUTE_MILLISECONDS)
#define INSTANT_DAY_MILLISECONDS (24 * INSTANT_HOUR_MILLISECONDS)

static inline bool instant_is_given(struct instant instant)
{
    return instant.milliseconds != 0;
}

static inline bool instant_is_before(struct instant a, struct instant b)
{
    return a.milliseconds < b.milliseconds;
}

static inline struct instant instant_add(struct instant instant, int64_t milliseconds)
{
    return (struct instant){instant.milliseconds + milliseconds};
}

/* The day in UTC. */
struct civil_date instant_date(struct instant instant);

/* "2026-11-29T05:10:00.123Z" (RFC 3339) in the arena. */
struct str instant_format(struct arena *arena, struct instant instant);

/* Reads what instant_format() writes; the milliseconds may be left out. False for anything else. */
bool instant_parse(struct str s, struct instant *out) __attribute__((warn_unused_result));

#endif
