/*
 * tests/base/civil_test.c - dates: every day of the range, month ends, weekdays, and wrong dates.
 */
#include "support/check.h"

#include "base/arena.h"
#include "base/civil.h"
#include "base/limits.h"

static struct civil_date date_of(const char *iso)
{
    struct civil_date date = {0};
    assert_true(civil_date_parse(str_from(iso), &date));
    return date;
}

static void check_date(struct civil_date date, const char *iso)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(civil_date_format(arena, date), iso);
}

static void known_days(void **state)
{
    (void)state;
    assert_int_equal(date_of("1970-01-01").days, 0);
    assert_int_equal(date_of("1970-01-02").days, 1);
    assert_int_equal(date_of("1969-12-31").days, -1);
    assert_int_equal(date_of("2000-03-01").days, 11017);
    assert_int_equal(date_of("2024-02-29").days, 19782);
}

/* One day after another, counted by hand, over the whole range. */
static void every_day_of_the_range(void **state)
{
    (void)state;
    struct civil_ymd ymd = {LIMIT_CIVIL_YEAR_MIN, 1, 1};
    struct civil_date date = {0};
    assert_true(civil_date_from_ymd(ymd, &date));
    int weekday = (int)civil_date_weekday(date);
    int32_t days = date.days;
    while (ymd.year <= LIMIT_CIVIL_YEAR_MAX) {
        assert_true(civil_date_from_ymd(ymd, &date));
        assert_int_equal(date.days, days);
        assert_int_equal(civil_date_weekday(date), weekday);
        struct civil_ymd again = civil_date_to_ymd(date);
        assert_true(again.year == ymd.year && again.month == ymd.month && again.day == ymd.day);
        weekday = (weekday + 1) % 7;
        days++;
        ymd.day++;
        if (ymd.day > civil_month_days(ymd.year, ymd.month)) {
            ymd.day = 1;
            ymd.month++;
        }
        if (ymd.month > 12) {
            ymd.month = 1;
            ymd.year++;
        }
    }
}

static void month_lengths(void **state)
{
    (void)state;
    assert_int_equal(civil_month_days(2023, 2), 28);
    assert_int_equal(civil_month_days(2024, 2), 29);
    assert_int_equal(civil_month_days(1900, 2), 28);
    assert_int_equal(civil_month_days(2000, 2), 29);
    assert_int_equal(civil_month_days(2023, 4), 30);
    assert_int_equal(civil_month_days(2023, 12), 31);
}

static void dates_that_do_not_exist(void **state)
{
    (void)state;
    const char *const wrong[] = {
        "",           "2023-02-29", "1900-02-29",  "2023-13-01",  "2023-00-10",
        "2023-01-00", "2023-01-32", "2023-04-31",  "2023-1-01",   "23-01-01",
        "2023/01/01", "2023-01-1",  "2023-01-01 ", " 2023-01-01", "2023-01-0x",
        "-023-01-01", "+023-01-01", "10000-01-01", "1582-12-31",  "2023-01-01T00:00"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct civil_date date = {77};
        assert_false(civil_date_parse(str_from(wrong[i]), &date));
        assert_int_equal(date.days, 77);
    }
    struct civil_date date = {77};
    assert_false(civil_date_from_ymd((struct civil_ymd){INT32_MAX, 1, 1}, &date));
    assert_false(civil_date_from_ymd((struct civil_ymd){2023, INT32_MIN, 1}, &date));
}

static void the_range_and_one_past_it(void **state)
{
    (void)state;
    struct civil_date first = date_of("1583-01-01"), last = date_of("9999-12-31");
    assert_true(civil_date_compare(civil_date_add_days(first, -1), first) == 0);
    assert_true(civil_date_compare(civil_date_add_days(last, 1), last) == 0);
    check_date(civil_date_add_days(last, INT32_MIN), "1583-01-01");
    check_date(civil_date_add_days(first, INT32_MAX), "9999-12-31");
    check_date(civil_date_add_months(last, 1), "9999-12-31");
    check_date(civil_date_add_months(first, -1), "1583-01-01");
    check_date(civil_date_add_months(first, INT32_MAX), "9999-12-31");
    check_date(civil_date_add_months(last, INT32_MIN), "1583-01-01");
    check_date(civil_date_add_months(date_of("1583-02-15"), -1), "1583-01-15");
    check_date(civil_date_add_months(date_of("9999-11-15"), 1), "9999-12-15");
    check_date(civil_date_add_days(first, 1), "1583-01-02");
    check_date(civil_date_add_days(last, -1), "9999-12-30");
}

static void adding_days(void **state)
{
    (void)state;
    check_date(civil_date_add_days(date_of("2024-02-28"), 1), "2024-02-29");
    check_date(civil_date_add_days(date_of("2023-02-28"), 1), "2023-03-01");
    check_date(civil_date_add_days(date_of("2024-01-01"), -1), "2023-12-31");
    check_date(civil_date_add_days(date_of("2024-01-01"), 366), "2025-01-01");
    check_date(civil_date_add_days(date_of("2024-01-01"), 0), "2024-01-01");
}

static void adding_months(void **state)
{
    (void)state;
    check_date(civil_date_add_months(date_of("2024-01-31"), 1), "2024-02-29");
    check_date(civil_date_add_months(date_of("2023-01-31"), 1), "2023-02-28");
    check_date(civil_date_add_months(date_of("2023-01-31"), 3), "2023-04-30");
    check_date(civil_date_add_months(date_of("2023-12-15"), 1), "2024-01-15");
    check_date(civil_date_add_months(date_of("2024-03-31"), -1), "2024-02-29");
    check_date(civil_date_add_months(date_of("2024-01-15"), -1), "2023-12-15");
    check_date(civil_date_add_months(date_of("2024-02-29"), 12), "2025-02-28");
    check_date(civil_date_add_months(date_of("2024-02-29"), -48), "2020-02-29");
    check_date(civil_date_add_months(date_of("2024-05-31"), 0), "2024-05-31");
}

static void weekdays(void **state)
{
    (void)state;
    assert_int_equal(civil_date_weekday(date_of("1970-01-01")), CIVIL_THURSDAY);
    assert_int_equal(civil_date_weekday(date_of("1969-12-31")), CIVIL_WEDNESDAY);
    assert_int_equal(civil_date_weekday(date_of("2024-02-29")), CIVIL_THURSDAY);
    assert_int_equal(civil_date_weekday(date_of("1815-06-18")), CIVIL_SUNDAY);
    assert_int_equal(civil_date_weekday(date_of("2000-01-03")), CIVIL_MONDAY);
}

static void random_sums_can_be_undone(void **state)
{
    (void)state;
    struct check_random random = check_random_new(__func__);
    for (int i = 0; i < 5000; i++) {
        struct civil_date date = {(int32_t)check_random_below(&random, 100000)};
        int32_t days = (int32_t)check_random_below(&random, 100000);
        int32_t months = (int32_t)check_random_below(&random, 500);
        struct civil_date there = civil_date_add_days(date, days);
        assert_int_equal(civil_date_add_days(there, -days).days, date.days);
        struct civil_ymd from = civil_date_to_ymd(date);
        struct civil_ymd to = civil_date_to_ymd(civil_date_add_months(date, months));
        assert_int_equal((to.year - from.year) * 12 + to.month - from.month, months);
        int32_t month_end = civil_month_days(to.year, to.month);
        assert_int_equal(to.day, from.day > month_end ? month_end : from.day);
    }
}

static void order(void **state)
{
    (void)state;
    assert_true(civil_date_compare(date_of("2024-01-01"), date_of("2024-01-02")) < 0);
    assert_true(civil_date_compare(date_of("2024-01-02"), date_of("2024-01-01")) > 0);
    assert_true(civil_date_compare(date_of("2024-01-01"), date_of("2024-01-01")) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days),
        cmocka_unit_test(every_day_of_the_range),
        cmocka_unit_test(month_lengths),
        cmocka_unit_test(dates_that_do_not_exist),
        cmocka_unit_test(the_range_and_one_past_it),
        cmocka_unit_test(adding_days),
        cmocka_unit_test(adding_months),
        cmocka_unit_test(weekdays),
        cmocka_unit_test(random_sums_can_be_undone),
        cmocka_unit_test(order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
