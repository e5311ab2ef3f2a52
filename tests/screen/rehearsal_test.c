/*
 * tests/screen/rehearsal_test.c - a rehearsal changes nothing, whatever a screen has been given.
 *
 * Read first: src/screen/screen.h.
 */
#include "support/check.h"

#include "base/arena.h"
#include "screen/screen.h"

static void nothing_stays_of_a_rehearsal(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_setting nothing = {0};
    const struct screen *screen = screen_open(arena, &nothing);
    size_t bytes = arena_bytes(arena);
    screen_rehearse(screen, arena);
    assert_int_equal(arena_bytes(arena), bytes);
    struct screen_findings found =
        screen_run(screen, arena, STR("Tea at four."), SCREEN_CHANNEL_PERSONAL);
    assert_int_equal(found.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_stays_of_a_rehearsal)};
    return cmocka_run_group_tests_name("screen/rehearsal", tests, NULL, NULL);
}
