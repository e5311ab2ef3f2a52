/*
 * base/instant.c - see instant.h.
 */
#include "base/instant.h"

/* "2026-11-29T05:10:00" */
#define INSTANT_SECONDS_LENGTH 19

/* Whole days before it, for times before 1970 too. */
static int64_t instant_days(int64_t milliseconds)
{
    int64_t days = milliseconds / INSTANT_DAY_MILLISECONDS;
    return milliseconds % INSTANT_DAY_MILLISECONDS < 0 ? days - 1 : days;
}

struct civil_date instant_date(struct instant instant)
{
    return civil_date_add_days((struct civil_date){0}, (int32_t)instant_days(instant.milliseconds));
}

struct str instant_format(struct arena *arena, struct instant instant)
{
    int64_t days = instant_days(instant.milliseconds);
    int64_t rest = instant.milliseconds - days * INSTANT_DAY_MILLISECONDS;
    struct str date = civil_date_format(arena, instant_date(instant));
    return str_format(arena, STR_FMT "T%02d:%02d:%02d.%03dZ", STR_ARG(date),
                      (int)(rest / INSTANT_HOUR_MILLISECONDS),
                      (int)(rest / INSTANT_MINUTE_MILLISECONDS % 60),
                      (int)(rest / INSTANT_SECOND_MILLISECONDS % 60),
                      (int)(rest % INSTANT_SECOND_MILLISECONDS));
}

/* `digits` digits at `at` as a number below `below`. */
static bool instant_digits(struct str s, size_t at, size_t digits, int64_t below, int64_t *out)
{
    return str_to_int(str_slice(s, at, at + digits), out) && s.at[at] != '-' && *out < below;
}

bool instant_parse(struct str s, struct instant *out)
{
    struct civil_date date;
    int64_t hour, minute, second, thousandth = 0;
    bool is_long = s.len == INSTANT_SECONDS_LENGTH + 5;
    if ((!is_long && s.len != INSTANT_SECONDS_LENGTH + 1) || s.at[s.len - 1] != 'Z' ||
        s.at[10] != 'T' || s.at[13] != ':' || s.at[16] != ':' ||
        (is_long && s.at[INSTANT_SECONDS_LENGTH] != '.') ||
        !civil_date_parse(str_slice(s, 0, 10), &date) || !instant_digits(s, 11, 2, 24, &hour) ||
        !instant_digits(s, 14, 2, 60, &minute) || !instant_digits(s, 17, 2, 60, &second) ||
        (is_long && !instant_digits(s, INSTANT_SECONDS_LENGTH + 1, 3, 1000, &thousandth))) {
        return false;
    }
    out->milliseconds = date.days * INSTANT_DAY_MILLISECONDS + hour * INSTANT_HOUR_MILLISECONDS +
                        minute * INSTANT_MINUTE_MILLISECONDS +
                        second * INSTANT_SECOND_MILLISECONDS + thousandth;
    return true;
}
