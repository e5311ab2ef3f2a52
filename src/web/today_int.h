/*
 * web/today_int.h - the day in the United Kingdom, where the schools are.
 *
 * Source: Summer Time Act 1972, as amended: an hour ahead of UTC from 01:00 UTC on the last Sunday
 * of March to 01:00 UTC on the last Sunday of October.
 * What must hold: the clock of the machine may stand in any zone.
 */
#ifndef HANDRAIL_WEB_TODAY_INT_H
#define HANDRAIL_WEB_TODAY_INT_H

#include <stdint.h>

#include "base/civil.h"

/* The day at this many seconds since 1970-01-01 00:00 UTC. */
struct civil_date web_day_at(int64_t seconds);

/* Now. HANDRAIL_TODAY, such as 2026-09-01, takes its place: for tests. */
struct civil_date web_today(void);

#endif
