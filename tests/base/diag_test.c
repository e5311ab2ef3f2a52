/*
 * tests/base/diag_test.c - diagnostics: their order, their look, and what a full list does.
 */
#include "support/check.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"

static struct str rendered(struct arena *arena, struct diag_list *list)
{
    struct text out = {.arena = arena};
    diag_render(list, &out);
    return text_str(&out);
}

static void one_with_a_hint(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list list = diag_list_new(arena);
    diag_addf(&list, DIAG_ERROR, STR("unknown-fact"), STR("policy.md"), 14, 9,
              STR("did you mean \"account\"?"), "this policy knows no fact \"%s\"", "acount");
    check_str(rendered(arena, &list),
              "policy.md:14:9: error: this policy knows no fact \"acount\" [unknown-fact]\n"
              "    hint: did you mean \"account\"?\n");
}

static void places_that_are_not_known(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list list = diag_list_new(arena);
    struct str none = {0};
    diag_add(&list, DIAG_ERROR, STR("a"), none, 0, 0, STR("no place"), none);
    diag_add(&list, DIAG_WARNING, STR("b"), STR("f"), 0, 0, STR("whole file"), none);
    diag_add(&list, DIAG_NOTE, STR("c"), STR("f"), 3, 0, STR("whole line"), none);
    check_str(rendered(arena, &list), "error: no place [a]\n"
                                      "f: warning: whole file [b]\n"
                                      "f:3: note: whole line [c]\n");
}

static void later_lines_are_indented(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list list = diag_list_new(arena);
    diag_add(&list, DIAG_ERROR, STR("conflict"), STR("f"), 1, 2, STR("one\ntwo"), STR("a\nb"));
    check_str(rendered(arena, &list),
              "f:1:2: error: one\n    two [conflict]\n    hint: a\n    b\n");
}

static void sorted_by_place_and_then_by_arrival(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list list = diag_list_new(arena);
    struct str none = {0};
    diag_add(&list, DIAG_ERROR, STR("1"), STR("b"), 1, 1, STR("m"), none);
    diag_add(&list, DIAG_ERROR, STR("2"), STR("a"), 10, 1, STR("m"), none);
    diag_add(&list, DIAG_ERROR, STR("3"), STR("a"), 9, 2, STR("m"), none);
    diag_add(&list, DIAG_NOTE, STR("4"), STR("a"), 9, 1, STR("m"), none);
    diag_add(&list, DIAG_ERROR, STR("5"), STR("a"), 9, 1, STR("m"), none);
    diag_sort(&list);
    const char *const order[] = {"4", "5", "3", "2", "1"};
    for (size_t i = 0; i < 5; i++) {
        check_str(list.items[i].code, order[i]);
    }
}

static void random_lists_are_sorted_stably(void **state)
{
    (void)state;
    struct check_random random = check_random_new(__func__);
    DEFER(arena_close) struct arena *arena = arena_open();
    for (int round = 0; round < 30; round++) {
        struct diag_list list = diag_list_new(arena);
        for (uint32_t i = 0; i < 60; i++) {
            diag_add(&list, DIAG_NOTE, str_format(arena, "%03u", (unsigned)i), STR("f"),
                     (uint32_t)check_random_below(&random, 5),
                     (uint32_t)check_random_below(&random, 5), STR("m"), (struct str){0});
        }
        diag_sort(&list);
        for (size_t i = 1; i < list.count; i++) {
            const struct diag *a = &list.items[i - 1], *b = &list.items[i];
            assert_true(a->line < b->line || (a->line == b->line && a->column < b->column) ||
                        (a->line == b->line && a->column == b->column &&
                         str_compare(a->code, b->code) < 0));
        }
    }
}

static void add_many(struct diag_list *list, enum diag_severity severity, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        diag_add(list, severity, STR("c"), STR("f"), (uint32_t)i + 1, 1, STR("m"), (struct str){0});
    }
}

static void the_limit_and_one_past_it(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list list = diag_list_new(arena);
    add_many(&list, DIAG_ERROR, LIMIT_DIAGS_MAX);
    assert_int_equal(list.count, LIMIT_DIAGS_MAX);
    assert_int_equal(list.dropped, 0);
    add_many(&list, DIAG_ERROR, 1);
    assert_int_equal(list.count, LIMIT_DIAGS_MAX);
    assert_int_equal(list.dropped, 1);
    assert_int_equal(diag_error_count(&list), LIMIT_DIAGS_MAX + 1);
    assert_true(
        str_ends(rendered(arena, &list), STR("\n1 more message is not shown: mend these first\n")));
    add_many(&list, DIAG_NOTE, 1);
    assert_true(str_ends(rendered(arena, &list),
                         STR("\n2 more messages are not shown: mend these first\n")));
}

static void an_error_is_shown_even_behind_many_warnings(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list list = diag_list_new(arena);
    add_many(&list, DIAG_WARNING, LIMIT_DIAGS_MAX + 5);
    assert_int_equal(diag_error_count(&list), 0);
    add_many(&list, DIAG_ERROR, 1);
    assert_int_equal(diag_error_count(&list), 1);
    assert_int_equal(list.totals[DIAG_WARNING], LIMIT_DIAGS_MAX + 5);
    assert_true(str_find(rendered(arena, &list), STR("f:1:1: error: m")) != STR_NONE);
}

static void an_error_never_takes_the_place_of_an_error(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list list = diag_list_new(arena);
    struct str none = {0};
    add_many(&list, DIAG_WARNING, LIMIT_DIAGS_MAX - 2);
    diag_add(&list, DIAG_ERROR, STR("first"), STR("f"), 1, 1, STR("m"), none);
    diag_add(&list, DIAG_ERROR, STR("second"), STR("f"), 1, 1, STR("m"), none);
    diag_add(&list, DIAG_ERROR, STR("third"), STR("f"), 1, 1, STR("m"), none);
    struct str said = rendered(arena, &list);
    assert_true(str_find(said, STR("[first]")) != STR_NONE);
    assert_true(str_find(said, STR("[second]")) != STR_NONE);
    assert_true(str_find(said, STR("[third]")) != STR_NONE);
}

static void an_empty_list_says_nothing(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list list = diag_list_new(arena);
    check_str(rendered(arena, &list), "");
    assert_int_equal(diag_error_count(&list), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_with_a_hint),
        cmocka_unit_test(places_that_are_not_known),
        cmocka_unit_test(later_lines_are_indented),
        cmocka_unit_test(sorted_by_place_and_then_by_arrival),
        cmocka_unit_test(random_lists_are_sorted_stably),
        cmocka_unit_test(the_limit_and_one_past_it),
        cmocka_unit_test(an_error_is_shown_even_behind_many_warnings),
        cmocka_unit_test(an_error_never_takes_the_place_of_an_error),
        cmocka_unit_test(an_empty_list_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
