/*
 * tests/base/instant_test.c - points of time: the day, writing, reading.
 */
#include "support/check.h"

#include "base/arena.h"
#include "base/instant.h"

struct pair {
    int64_t milliseconds;
    const char *written;
};

static const struct pair pairs[] = {
    {0, "1970-01-01T00:00:00.000Z"},
    {1, "1970-01-01T00:00:00.001Z"},
    {-1, "1969-12-31T23:59:59.999Z"},
    {-86400000, "1969-12-31T00:00:00.000Z"},
    {-86400001, "1969-12-30T23:59:59.999Z"},
    {951782400000, "2000-02-29T00:00:00.000Z"},
    {1764393000123, "2025-11-29T05:10:00.123Z"},
    {253402300799999, "9999-12-31T23:59:59.999Z"},
};

#define PAIRS_COUNT (sizeof(pairs) / sizeof(pairs[0]))

static void writes_and_reads(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < PAIRS_COUNT; i++) {
        struct instant instant = {pairs[i].milliseconds}, read = {0};
        check_str(instant_format(arena, instant), pairs[i].written);
        assert_true(instant_parse(str_from(pairs[i].written), &read));
        assert_int_equal(read.milliseconds, pairs[i].milliseconds);
    }
}

static void reads_without_milliseconds(void **state)
{
    (void)state;
    struct instant read = {0};
    assert_true(instant_parse(STR("2025-11-29T05:10:00Z"), &read));
    assert_int_equal(read.milliseconds, 1764393000000);
}

static void refuses_other_forms(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "Z",
        "2025-11-29",
        "2025-11-29T05:10:00",
        "2025-11-29T05:10:00.123",
        "2025-11-29T05:10Z",
        "2025-11-29 05:10:00Z",
        "2025-11-29t05:10:00Z",
        "2025-11-29T05:10:00z",
        "2025-11-29T05-10-00Z",
        "2025-11-29T05:10:00,123Z",
        "2025-11-29T05:10:00.12Z",
        "2025-11-29T05:10:00.1234Z",
        "2025-11-29T05:10:00+00:00",
        "2025-11-29T24:00:00Z",
        "2025-11-29T05:60:00Z",
        "2025-11-29T05:10:60Z",
        "2025-02-29T05:10:00Z",
        "2025-11-29T-5:10:00Z",
        "2025-11-29T05:-1:00Z",
        "2025-11-29T05:10:-1Z",
        "2025-11-29T05:10:00.-12Z",
        "2025-11-29T0a:10:00Z",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct instant read = {7};
        assert_false(instant_parse(str_from(bad[i]), &read));
        assert_int_equal(read.milliseconds, 7);
    }
}

static void the_day_in_utc(void **state)
{
    (void)state;
    assert_int_equal(instant_date((struct instant){0}).days, 0);
    assert_int_equal(instant_date((struct instant){-1}).days, -1);
    assert_int_equal(instant_date((struct instant){INSTANT_DAY_MILLISECONDS - 1}).days, 0);
    assert_int_equal(instant_date((struct instant){INSTANT_DAY_MILLISECONDS}).days, 1);
}

static void order_and_sums(void **state)
{
    (void)state;
    struct instant early = {5}, late = instant_add(early, INSTANT_HOUR_MILLISECONDS);
    assert_int_equal(late.milliseconds, 3600005);
    assert_true(instant_is_before(early, late));
    assert_false(instant_is_before(late, early));
    assert_false(instant_is_before(early, early));
    assert_true(instant_is_given(early));
    assert_false(instant_is_given((struct instant){0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads),    cmocka_unit_test(reads_without_milliseconds),
        cmocka_unit_test(refuses_other_forms), cmocka_unit_test(the_day_in_utc),
        cmocka_unit_test(order_and_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
