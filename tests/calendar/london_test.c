/*
 * tests/calendar/london_test.c - the time on the wall in the United Kingdom.
 *
 * Read first: src/calendar/london.h. The days are those that the government published.
 */
#include "support/check.h"

#include "base/arena.h"
#include "calendar/london.h"

static void clocks_change_on_the_published_days(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const struct {
        const char *utc, *date;
        int minute;
    } cases[] = {
        {"2026-01-15T12:00:00Z", "2026-01-15", 720},  {"2026-03-29T00:59:59Z", "2026-03-29", 59},
        {"2026-03-29T01:00:00Z", "2026-03-29", 120},  {"2026-07-01T23:30:00Z", "2026-07-02", 30},
        {"2026-10-25T00:59:59Z", "2026-10-25", 119},  {"2026-10-25T01:00:00Z", "2026-10-25", 60},
        {"2026-12-31T23:59:00Z", "2026-12-31", 1439}, {"2025-03-30T01:00:00Z", "2025-03-30", 120},
        {"2025-10-26T01:00:00Z", "2025-10-26", 60},   {"2027-03-28T01:00:00Z", "2027-03-28", 120},
        {"2024-03-31T01:00:00Z", "2024-03-31", 120},  {"2024-10-27T00:59:00Z", "2024-10-27", 119},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct instant instant;
        assert_true(instant_parse(str_from(cases[i].utc), &instant));
        struct london_time shown = london_time_of(instant);
        check_str(civil_date_format(arena, shown.date), cases[i].date);
        assert_int_equal(shown.minute, cases[i].minute);
    }
}

static void a_moment_is_told_by_the_clock_on_the_wall(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char *const cases[][2] = {
        {"2026-11-29T19:12:13Z", "29 November 2026, 19:12"},
        {"2026-07-01T23:05:00Z", "2 July 2026, 00:05"},
        {"2027-01-01T00:00:59Z", "1 January 2027, 00:00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct instant instant;
        assert_true(instant_parse(str_from(cases[i][0]), &instant));
        check_str(london_words(arena, instant), cases[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clocks_change_on_the_published_days),
        cmocka_unit_test(a_moment_is_told_by_the_clock_on_the_wall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
