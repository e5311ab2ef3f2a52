/*
 * calendar/london.h - the time on the wall in the United Kingdom.
 *
 * Greenwich Mean Time, and an hour more from the last Sunday of March to the last Sunday of
 * October, both at 01:00 UTC (Summer Time Act 1972 as amended by the Summer Time Order 2002).
 *
 * What must hold: pure; a moment is given, never asked for.
 */
#ifndef HANDRAIL_CALENDAR_LONDON_H
#define HANDRAIL_CALENDAR_LONDON_H

#include "base/civil.h"
#include "base/instant.h"
#include "base/str.h"

struct london_time {
    struct civil_date date;
    int32_t minute; /* of the day: 0 to 1439 */
};

struct london_time london_time_of(struct instant instant);

/* For people: "29 November 2026, 19:12", in the arena. */
struct str london_words(struct arena *arena, struct instant instant);

/* Whether an hour is added at that moment. */
bool london_is_summer(struct instant instant);

#endif
