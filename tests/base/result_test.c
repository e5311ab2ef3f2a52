/*
 * tests/base/result_test.c - failures are handed on; what was opened is closed on every way out.
 */
#include "support/check.h"

#include "base/result.h"

struct door {
    int closed;
};

static void door_close(struct door *door)
{
    door->closed++;
}
DEFER_DEFINE(door_close, struct door *);

MUST_USE static struct result step(bool works)
{
    return works ? RESULT_OK
                 : result_fail(RESULT_CODE_MISSING, "there is no such file", STR("roll.csv"));
}

MUST_USE static struct result two_steps(bool first, bool second, struct door *door, int *reached)
{
    DEFER(door_close) struct door *open = door;
    *reached = 0;
    TRY(step(first));
    *reached = 1;
    TRY(step(second));
    *reached = 2;
    return open->closed == 0 ? RESULT_OK : step(false);
}

static void success_goes_on(void **state)
{
    (void)state;
    struct door door = {0};
    int reached = 0;
    assert_true(result_is_ok(two_steps(true, true, &door, &reached)));
    assert_int_equal(reached, 2);
    assert_int_equal(door.closed, 1);
}

static void failure_is_handed_on_and_closes(void **state)
{
    (void)state;
    struct door door = {0};
    int reached = 0;
    struct result result = two_steps(true, false, &door, &reached);
    assert_false(result_is_ok(result));
    assert_int_equal(result.code, RESULT_CODE_MISSING);
    assert_string_equal(result.message, "there is no such file");
    check_str(result.detail, "roll.csv");
    assert_int_equal(reached, 1);
    assert_int_equal(door.closed, 1);
    assert_false(result_is_ok(two_steps(false, true, &door, &reached)));
    assert_int_equal(reached, 0);
    assert_int_equal(door.closed, 2);
}

static void nothing_is_not_closed(void **state)
{
    (void)state;
    DEFER(door_close) struct door *none = NULL;
    assert_null(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(success_goes_on),
        cmocka_unit_test(failure_is_handed_on_and_closes),
        cmocka_unit_test(nothing_is_not_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
