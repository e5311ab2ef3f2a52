/*
 * web/today.c - see today_int.h.
 */
#include "web/today_int.h"

#include <stdlib.h>
#include <time.h>

#include "calendar/london.h"

struct civil_date web_day_at(int64_t seconds)
{
    return london_time_of((struct instant){seconds * 1000}).date;
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
