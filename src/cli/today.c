/*
 * cli/today.c - see today.h.
 */
#include "cli/today.h"

#include <stdlib.h>
#include <time.h>

struct civil_date today_date(void)
{
    struct civil_date date = {0};
    if (civil_date_parse(str_from(getenv("HANDRAIL_TODAY")), &date)) {
        return date;
    }
    time_t now = time(NULL);
    struct tm local;
    if (now == (time_t)-1 || !localtime_r(&now, &local)) {
        return date;
    }
    struct civil_ymd ymd = {
        .year = local.tm_year + 1900, .month = local.tm_mon + 1, .day = local.tm_mday};
    return civil_date_from_ymd(ymd, &date) ? date : (struct civil_date){0};
}
