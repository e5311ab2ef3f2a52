/*
 * web/today.c - see today_int.h.
 */
#include "web/today_int.h"

#include <stdlib.h>
#include <time.h>

#define SECONDS_AN_HOUR 3600
#define SECONDS_A_DAY 86400
#define MARCH 3
#define OCTOBER 10

/* 01:00 UTC on the last Sunday of a month of 31 days. */
static int64_t change_of(int32_t year, int32_t month)
{
    struct civil_date last = {0};
    if (!civil_date_from_ymd((struct civil_ymd){.year = year, .month = month, .day = 31}, &last)) {
        return 0;
    }
    int32_t past_sunday = ((int32_t)civil_date_weekday(last) + 1) % CIVIL_WEEKDAY_COUNT;
    return (int64_t)(last.days - past_sunday) * SECONDS_A_DAY + SECONDS_AN_HOUR;
}

static struct civil_date day_of(int64_t seconds)
{
    return civil_date_add_days((struct civil_date){0}, (int32_t)(seconds / SECONDS_A_DAY));
}

struct civil_date web_day_at(int64_t seconds)
{
    int32_t year = civil_date_to_ymd(day_of(seconds)).year;
    bool is_summer = seconds >= change_of(year, MARCH) && seconds < change_of(year, OCTOBER);
    return day_of(is_summer ? seconds + SECONDS_AN_HOUR : seconds);
}

struct civil_date web_today(void)
{
    struct civil_date date = {0};
    if (civil_date_parse(str_from(getenv("HANDRAIL_TODAY")), &date)) {
        return date;
    }
    time_t now = time(NULL);
    return web_day_at(now > 0 ? (int64_t)now : 0);
}
