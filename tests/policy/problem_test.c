/*
 * tests/policy/problem_test.c - codes, and when a word is near enough to be suggested.
 *
 * Read first: src/policy/problem_int.h.
 */
#include "support/check.h"

#include "base/arena.h"
#include "policy/problem_int.h"

static struct str hint_for(struct arena *arena, const char *wanted)
{
    static const char *const known[] = {"account", "act", "accounts", "at", "platform"};
    struct problem_guess guess = problem_guess_new(str_from(wanted));
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        problem_guess_offer(&guess, str_from(known[i]));
    }
    return problem_guess_hint(arena, &guess, STR("-"));
}

static void the_nearest_word_is_suggested(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(hint_for(arena, "acount"), "did you mean \"account\"?");
    check_str(hint_for(arena, "acounts"), "did you mean \"accounts\"?");
    check_str(hint_for(arena, "cat"), "did you mean \"act\"?");
    check_str(hint_for(arena, "plattfrom"), "did you mean \"platform\"?");
}

static void what_is_far_is_not(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(hint_for(arena, "person"), "-");
    check_str(hint_for(arena, "if"), "-");
    check_str(hint_for(arena, ""), "-");
}

static void every_problem_has_a_code_of_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < PROBLEM_COUNT; i++) {
        struct str code = problem_row((enum problem)i)->code;
        assert_true(code.len > 0);
        for (size_t j = 0; j < i; j++) {
            assert_false(str_equal(code, problem_row((enum problem)j)->code));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_word_is_suggested),
        cmocka_unit_test(what_is_far_is_not),
        cmocka_unit_test(every_problem_has_a_code_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
