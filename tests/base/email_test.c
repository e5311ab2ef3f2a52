/*
 * tests/base/email_test.c - addresses of mail in one form.
 */
#include "support/check.h"

#include "base/email.h"

static void addresses_are_small_letters(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str out;
    assert_true(email_fold(arena, STR(" Head@AshdownVale.Example "), &out));
    check_str(out, "head@ashdownvale.example");
    assert_true(email_fold(arena, STR("a.b+c@x-y.example"), &out));
    const char *const wrong[] = {"",
                                 "a",
                                 "@x.example",
                                 "a@example",
                                 "a@b@x.example",
                                 "a b@x.example",
                                 "a@.example",
                                 "a@x..example",
                                 "a@x.example.",
                                 "a@x,y.example",
                                 "<a@x.example>"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(email_fold(arena, str_from(wrong[i]), &out));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(addresses_are_small_letters)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
