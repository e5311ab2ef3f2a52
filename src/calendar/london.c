/*
 * calendar/london.c - see london.h.
 */
#include "calendar/london.h"

#include <assert.h>

#define MARCH 3
#define OCTOBER 10
#define MONTH_DAYS 31 /* of both */
#define CHANGE_MILLISECONDS INSTANT_HOUR_MILLISECONDS

/* 01:00 UTC on the last Sunday of a month of 31 days. */
static int64_t change_of(int32_t year, int32_t month)
{
    struct civil_date last;
    bool is_there = civil_date_from_ymd((struct civil_ymd){year, month, MONTH_DAYS}, &last);
    assert(is_there);
    (void)is_there;
    /* Sunday is the last day of the week: as many days back as have passed since it. */
    int32_t weekday = (int32_t)civil_date_weekday(last);
    int32_t back = (weekday + 1) % (int32_t)CIVIL_WEEKDAY_COUNT;
    return (int64_t)civil_date_add_days(last, -back).days * INSTANT_DAY_MILLISECONDS +
           CHANGE_MILLISECONDS;
}

bool london_is_summer(struct instant instant)
{
    int32_t year = civil_date_to_ymd(instant_date(instant)).year;
    return instant.milliseconds >= change_of(year, MARCH) &&
           instant.milliseconds < change_of(year, OCTOBER);
}

struct london_time london_time_of(struct instant instant)
{
    struct instant shown =
        instant_add(instant, london_is_summer(instant) ? INSTANT_HOUR_MILLISECONDS : 0);
    struct civil_date date = instant_date(shown);
    int64_t of_day = shown.milliseconds - date.days * INSTANT_DAY_MILLISECONDS;
    return (struct london_time){date, (int32_t)(of_day / INSTANT_MINUTE_MILLISECONDS)};
}

struct str london_words(struct arena *arena, struct instant instant)
{
    struct london_time time = london_time_of(instant);
    struct str day = civil_date_words(arena, time.date);
    return str_format(arena, STR_FMT ", %02d:%02d", STR_ARG(day), (int)(time.minute / 60),
                      (int)(time.minute % 60));
}
