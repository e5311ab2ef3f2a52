/*
 * tests/actions/name_test.c - names as they are ordered and looked for.
 *
 * Read first: src/actions/name.h.
 */
#include "support/check.h"

#include "actions/name.h"

static void the_family_name_comes_first(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char *const cases[][2] = {
        {"Zo\xc3\xab de la Cruz", "cruz zoe de la"},
        {"de la Cruz, Zo\xc3\xab", "de la cruz zoe"},
        {"  Ada  ", "ada"},
        {"O'Neil", "oneil"},
        {"Ana Smith-Jones", "smith jones ana"},
        {"\xc3\x85sa \xc3\x96stlund", "ostlund asa"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_str(name_sort(arena, str_from(cases[i][0])), cases[i][1]);
    }
}

static void a_name_ends_behind_all_that_begin_with_it(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str end = name_end(arena, STR("smi"));
    assert_true(str_compare(STR("smith ada"), end) < 0);
    assert_true(str_compare(STR("smi"), end) < 0);
    assert_true(str_compare(STR("smj"), end) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_family_name_comes_first),
        cmocka_unit_test(a_name_ends_behind_all_that_begin_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
