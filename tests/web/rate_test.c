/*
 * tests/web/rate_test.c - so many in a minute: at the bound, one past it, and in the next minute.
 */
#include "support/check.h"

#include "base/arena.h"
#include "web/rate_int.h"

static void one_address_has_its_share(void **state)
{
    (void)state;
    static struct web_rate rate = WEB_RATE_INIT(3, 100);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(web_rate_take(&rate, STR("192.0.2.1"), 6000 + i), 0);
    }
    assert_int_equal(web_rate_take(&rate, STR("192.0.2.1"), 6003), 57);
    assert_int_equal(web_rate_take(&rate, STR("192.0.2.1"), 6059), 1);
    assert_int_equal(web_rate_take(&rate, STR("192.0.2.2"), 6059), 0);
    assert_int_equal(web_rate_take(&rate, STR("192.0.2.1"), 6060), 0);
}

static void all_together_have_theirs(void **state)
{
    (void)state;
    static struct web_rate rate = WEB_RATE_INIT(10, 20);
    DEFER(arena_close) struct arena *arena = arena_open();
    unsigned went = 0;
    for (int i = 0; i < 200; i++) {
        struct str address = str_format(arena, "192.0.2.%d", i);
        went += web_rate_take(&rate, address, 120) == 0;
    }
    assert_int_equal(went, 20);
    assert_int_equal(web_rate_take(&rate, STR("192.0.2.9"), 180), 0);
}

/* What was refused is not counted: whoever waits is let in again. */
static void refusals_are_not_counted(void **state)
{
    (void)state;
    static struct web_rate rate = WEB_RATE_INIT(1, 2);
    assert_int_equal(web_rate_take(&rate, STR("192.0.2.1"), 0), 0);
    for (int i = 0; i < 50; i++) {
        assert_int_equal(web_rate_take(&rate, STR("192.0.2.1"), 1), 59);
    }
    assert_int_equal(web_rate_take(&rate, STR("198.51.100.7"), 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_address_has_its_share),
        cmocka_unit_test(all_together_have_theirs),
        cmocka_unit_test(refusals_are_not_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
