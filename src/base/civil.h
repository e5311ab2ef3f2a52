/*
 * base/civil.h - a date in the calendar that people use, without a time and without a time zone.
 *
 * Today never comes from here: `as_of` is always a parameter of whoever decides.
 *
 * What must hold
 * - A date is a one-field struct, so that it cannot be swapped with a number of days.
 * - Years run from LIMIT_CIVIL_YEAR_MIN to LIMIT_CIVIL_YEAR_MAX in the Gregorian calendar. Sums
 *   that would leave this range stop at its first or last day.
 */
#ifndef HANDRAIL_BASE_CIVIL_H
#define HANDRAIL_BASE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct civil_date {
    int32_t days; /* since 1970-01-01; before it, negative */
};

/* Where there may be no date: 0 days is one. */
#define CIVIL_NO_DATE ((struct civil_date){INT32_MIN})

static inline bool civil_date_is_given(struct civil_date date)
{
    return date.days != INT32_MIN;
}

struct civil_ymd {
    int32_t year;
    int32_t month; /* 1 to 12 */
    int32_t day;   /* 1 to 31 */
};

/* In the order of ISO 8601, which begins the week on Monday. */
enum civil_weekday {
    CIVIL_MONDAY,
    CIVIL_TUESDAY,
    CIVIL_WEDNESDAY,
    CIVIL_THURSDAY,
    CIVIL_FRIDAY,
    CIVIL_SATURDAY,
    CIVIL_SUNDAY,
    CIVIL_WEEKDAY_COUNT
};

/* False, and *out untouched, when there is no such day. */
bool civil_date_from_ymd(struct civil_ymd ymd, struct civil_date *out)
    __attribute__((warn_unused_result));

/* The date must be in range, as every date made here is. */
struct civil_ymd civil_date_to_ymd(struct civil_date date);

/* Exactly YYYY-MM-DD (ISO 8601, RFC 3339). False, and *out untouched, for anything else. */
bool civil_date_parse(struct str s, struct civil_date *out) __attribute__((warn_unused_result));

/* YYYY-MM-DD in the arena. */
struct str civil_date_format(struct arena *arena, struct civil_date date);

/* For people: "1 September 2026", in the arena. */
struct str civil_date_words(struct arena *arena, struct civil_date date);

struct civil_date civil_date_add_days(struct civil_date date, int32_t days);

/*
 * The same day of another month, or that month's last day when the month is shorter: one month
 * after 31 January is 28 or 29 February.
 */
struct civil_date civil_date_add_months(struct civil_date date, int32_t months);

enum civil_weekday civil_date_weekday(struct civil_date date);

/* Below, equal to, above 0. */
int civil_date_compare(struct civil_date a, struct civil_date b);

/* 28 to 31; the month must be 1 to 12. */
int32_t civil_month_days(int32_t year, int32_t month);

#endif
