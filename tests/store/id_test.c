/*
 * tests/store/id_test.c - numbers of rows.
 *
 * Read first: store_id() in src/store/store.h.
 */
#include "support/check.h"
#include "support/store_case.h"

static void numbers_rise_and_differ(void **state)
{
    struct store_case *test = *state;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_WRITE, &transaction));
    int64_t last = 0;
    for (size_t i = 0; i < 100000; i++) {
        int64_t id = store_id(transaction);
        assert_true(id > last);
        last = id;
    }
}

static void what_is_shown_is_read_again(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct check_random random = check_random_new("id");
    for (size_t i = 0; i < 10000; i++) {
        int64_t id = (int64_t)(check_random_next(&random) >> 1), again = -1;
        struct str shown = store_id_format(arena, id);
        assert_int_equal(shown.len, 13);
        assert_true(store_id_parse(shown, &again));
        assert_true(again == id);
    }
}

static void nothing_else_is_a_number(void **state)
{
    (void)state;
    const char *const wrong[] = {"",
                                 "0",
                                 "000000000000",
                                 "00000000000000",
                                 "8000000000000",
                                 "000000000000i",
                                 "000000000000I",
                                 "000000000000U",
                                 "00000 0000000",
                                 "-000000000001"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int64_t id = 77;
        assert_false(store_id_parse(str_from(wrong[i]), &id));
        assert_true(id == 77);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE_ON(numbers_rise_and_differ, SQLITE),
        cmocka_unit_test(what_is_shown_is_read_again),
        cmocka_unit_test(nothing_else_is_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
