/*
 * base/civil.c - days and dates of the Gregorian calendar.
 *
 * Read first: base/civil.h. Start at: days_of and civil_date_to_ymd, each the other's inverse.
 *
 * The year here begins on 1 March, so that a leap day is its last day and months have a regular
 * length: 153 days in every five months. 400 years always have 146,097 days.
 */
#include "base/civil.h"

#include <assert.h>

#include "base/limits.h"

#define DAYS_IN_400_YEARS 146097
#define DAYS_TO_1970 719468 /* from 1 March of the year 0 */

static bool is_leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int32_t civil_month_days(int32_t year, int32_t month)
{
    static const int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    assert(month >= 1 && month <= 12);
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* For years in range, which are all above 0, so that divisions round down. */
static int32_t days_of(struct civil_ymd ymd)
{
    int32_t year = ymd.month <= 2 ? ymd.year - 1 : ymd.year;
    int32_t month_from_march = (ymd.month + 9) % 12;
    int32_t day_of_year = (153 * month_from_march + 2) / 5 + ymd.day - 1;
    return year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - DAYS_TO_1970;
}

static int32_t days_first(void)
{
    return days_of((struct civil_ymd){LIMIT_CIVIL_YEAR_MIN, 1, 1});
}

static int32_t days_last(void)
{
    return days_of((struct civil_ymd){LIMIT_CIVIL_YEAR_MAX, 12, 31});
}

bool civil_date_from_ymd(struct civil_ymd ymd, struct civil_date *out)
{
    if (ymd.year < LIMIT_CIVIL_YEAR_MIN || ymd.year > LIMIT_CIVIL_YEAR_MAX || ymd.month < 1 ||
        ymd.month > 12 || ymd.day < 1 || ymd.day > civil_month_days(ymd.year, ymd.month)) {
        return false;
    }
    *out = (struct civil_date){days_of(ymd)};
    return true;
}

struct civil_ymd civil_date_to_ymd(struct civil_date date)
{
    assert(date.days >= days_first() && date.days <= days_last());
    int32_t days = date.days + DAYS_TO_1970;
    int32_t era = days / DAYS_IN_400_YEARS;
    int32_t day_of_era = days % DAYS_IN_400_YEARS;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month_from_march = (5 * day_of_year + 2) / 153;
    int32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (struct civil_ymd){
        .year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
        .month = month,
        .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
    };
}

/* A field of digits only. False when another byte is among them. */
static bool digits(struct str s, int32_t *out)
{
    int32_t value = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') {
            return false;
        }
        value = value * 10 + (s.at[i] - '0');
    }
    *out = value;
    return true;
}

bool civil_date_parse(struct str s, struct civil_date *out)
{
    struct civil_ymd ymd;
    return s.len == 10 && s.at[4] == '-' && s.at[7] == '-' &&
           digits(str_slice(s, 0, 4), &ymd.year) && digits(str_slice(s, 5, 7), &ymd.month) &&
           digits(str_slice(s, 8, 10), &ymd.day) && civil_date_from_ymd(ymd, out);
}

struct str civil_date_format(struct arena *arena, struct civil_date date)
{
    struct civil_ymd ymd = civil_date_to_ymd(date);
    return str_format(arena, "%04d-%02d-%02d", (int)ymd.year, (int)ymd.month, (int)ymd.day);
}

struct str civil_date_words(struct arena *arena, struct civil_date date)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct civil_ymd ymd = civil_date_to_ymd(date);
    return str_format(arena, "%d %s %d", (int)ymd.day, months[ymd.month - 1], (int)ymd.year);
}

struct civil_date civil_date_add_days(struct civil_date date, int32_t days)
{
    int64_t sum = (int64_t)date.days + days;
    if (sum < days_first()) {
        return (struct civil_date){days_first()};
    }
    if (sum > days_last()) {
        return (struct civil_date){days_last()};
    }
    return (struct civil_date){(int32_t)sum};
}

struct civil_date civil_date_add_months(struct civil_date date, int32_t months)
{
    struct civil_ymd ymd = civil_date_to_ymd(date);
    int64_t month = (int64_t)ymd.year * 12 + (ymd.month - 1) + months;
    if (month < (int64_t)LIMIT_CIVIL_YEAR_MIN * 12) {
        return (struct civil_date){days_first()};
    }
    if (month >= ((int64_t)LIMIT_CIVIL_YEAR_MAX + 1) * 12) {
        return (struct civil_date){days_last()};
    }
    ymd.year = (int32_t)(month / 12);
    ymd.month = (int32_t)(month % 12) + 1;
    int32_t last = civil_month_days(ymd.year, ymd.month);
    ymd.day = ymd.day > last ? last : ymd.day;
    return (struct civil_date){days_of(ymd)};
}

enum civil_weekday civil_date_weekday(struct civil_date date)
{
    /* 1970-01-01 was a Thursday. */
    int32_t from_monday = (date.days % 7 + 7 + CIVIL_THURSDAY) % 7;
    return (enum civil_weekday)from_monday;
}

int civil_date_compare(struct civil_date a, struct civil_date b)
{
    return (a.days > b.days) - (a.days < b.days);
}
