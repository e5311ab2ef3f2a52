/*
 * tests/web/today_test.c - the day in the United Kingdom around midnight and the change of clocks.
 */
#include "support/check.h"

#include <stdlib.h>

#include "base/arena.h"
#include "web/today_int.h"

static int64_t utc(const char *day, int hours, int minutes)
{
    struct civil_date date;
    assert_true(civil_date_parse(str_from(day), &date));
    return (int64_t)date.days * 86400 + hours * 3600 + minutes * 60;
}

static void check_day(int64_t seconds, const char *expected)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(civil_date_format(arena, web_day_at(seconds)), expected);
}

static void test_winter_is_utc(void **state)
{
    (void)state;
    check_day(utc("2026-01-15", 23, 59), "2026-01-15");
    check_day(utc("2026-01-16", 0, 0), "2026-01-16");
    check_day(0, "1970-01-01");
}

static void test_summer_is_an_hour_ahead(void **state)
{
    (void)state;
    check_day(utc("2026-07-15", 22, 59), "2026-07-15");
    check_day(utc("2026-07-15", 23, 0), "2026-07-16");
}

/* In 2026 the last Sundays are 29 March and 25 October; in 2024 a month ends on one. */
static void test_the_clocks_change_on_the_last_sunday(void **state)
{
    (void)state;
    check_day(utc("2026-03-28", 23, 30), "2026-03-28");
    check_day(utc("2026-03-29", 23, 30), "2026-03-30");
    check_day(utc("2026-10-24", 23, 30), "2026-10-25");
    check_day(utc("2026-10-25", 23, 30), "2026-10-25");
    check_day(utc("2024-03-30", 23, 30), "2024-03-30");
    check_day(utc("2024-03-31", 23, 30), "2024-04-01");
}

static void test_the_environment_goes_first(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    assert_int_equal(setenv("HANDRAIL_TODAY", "2026-09-01", 1), 0);
    check_str(civil_date_format(arena, web_today()), "2026-09-01");
    assert_int_equal(setenv("HANDRAIL_TODAY", "tomorrow", 1), 0);
    assert_true(web_today().days > 20000);
    assert_int_equal(unsetenv("HANDRAIL_TODAY"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_winter_is_utc),
        cmocka_unit_test(test_summer_is_an_hour_ahead),
        cmocka_unit_test(test_the_clocks_change_on_the_last_sunday),
        cmocka_unit_test(test_the_environment_goes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
