/*
 * tests/base/arena_test.c - memory of an arena: zeroed, aligned, apart, and given back.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "base/limits.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

static void memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t bytes = 1; bytes < 300; bytes++) {
        unsigned char *at = arena_alloc(arena, bytes);
        assert_int_equal((uintptr_t)at % 16, 0);
        for (size_t i = 0; i < bytes; i++) {
            assert_int_equal(at[i], 0);
        }
        memset(at, 0xAA, bytes);
    }
}

static void no_bytes_have_an_address_of_their_own(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    void *first = arena_alloc(arena, 0);
    void *second = arena_alloc(arena, 0);
    assert_non_null(first);
    assert_ptr_not_equal(first, second);
}

static void bytes_are_rounded_up_and_no_further(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    (void)arena_alloc(arena, 1);
    size_t of_one = arena_bytes(arena);
    (void)arena_alloc(arena, 16);
    size_t of_sixteen = arena_bytes(arena) - of_one;
    (void)arena_alloc(arena, 17);
    size_t of_seventeen = arena_bytes(arena) - of_one - of_sixteen;
    assert_int_equal(of_sixteen, of_one);
    assert_int_equal(of_seventeen, of_one + 16);
}

static void reused_memory_is_zeroed_again(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct arena_mark mark = arena_mark(arena);
    unsigned char *first = arena_alloc(arena, 100);
    memset(first, 0xFF, 100);
    arena_rewind(arena, mark);
    unsigned char *second = arena_alloc(arena, 100);
    assert_ptr_equal(first, second);
    assert_int_equal(second[0], 0);
    assert_int_equal(second[99], 0);
}

static void rewind_keeps_what_is_older(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    char *kept = arena_alloc(arena, 4);
    memcpy(kept, "kept", 4);
    size_t before = arena_bytes(arena);
    struct arena_mark mark = arena_mark(arena);
    for (int i = 0; i < 100; i++) {
        (void)arena_alloc(arena, LIMIT_ARENA_CHUNK_BYTES_FIRST);
    }
    assert_true(arena_bytes(arena) >= before + 100 * LIMIT_ARENA_CHUNK_BYTES_FIRST);
    arena_rewind(arena, mark);
    assert_int_equal(arena_bytes(arena), before);
    assert_memory_equal(kept, "kept", 4);
}

static void marks_nest(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct arena_mark outer = arena_mark(arena);
    (void)arena_alloc(arena, 1000);
    struct arena_mark inner = arena_mark(arena);
    (void)arena_alloc(arena, 100000);
    arena_rewind(arena, inner);
    arena_rewind(arena, inner);
    arena_rewind(arena, outer);
    assert_int_equal(arena_bytes(arena), 0);
}

static void the_last_allocation_grows_in_place(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    unsigned char *small = arena_alloc(arena, 10);
    memset(small, 7, 10);
    unsigned char *large = arena_grow(arena, small, 10, 1000);
    assert_ptr_equal(small, large);
    assert_int_equal(large[9], 7);
    assert_int_equal(large[10], 0);
    assert_int_equal(large[999], 0);
}

static void an_earlier_allocation_is_copied_to_grow(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    unsigned char *small = arena_alloc(arena, 10);
    memset(small, 7, 10);
    (void)arena_alloc(arena, 1);
    unsigned char *large = arena_grow(arena, small, 10, 40);
    assert_ptr_not_equal(small, large);
    assert_int_equal(large[9], 7);
    assert_int_equal(large[10], 0);
}

static void growth_from_nothing_and_by_nothing(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    char *at = arena_grow(arena, NULL, 0, 5);
    at[4] = 'x';
    char *same = arena_grow(arena, at, 5, 5);
    assert_int_equal(same[4], 'x');
}

static void growth_across_pieces_keeps_contents(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    size_t bytes = 1;
    unsigned char *at = arena_alloc(arena, bytes);
    at[0] = 1;
    while (bytes < 4 * LIMIT_ARENA_CHUNK_BYTES_MAX) {
        at = arena_grow(arena, at, bytes, bytes * 2);
        assert_int_equal(at[bytes - 1], 1);
        assert_int_equal(at[bytes], 0);
        bytes *= 2;
        at[bytes - 1] = 1;
    }
}

static void random_allocations_stay_apart(void **state)
{
    (void)state;
    enum { COUNT = 2000 };
    struct check_random random = check_random_new(__func__);
    DEFER(arena_close) struct arena *arena = arena_open();
    unsigned char *at[COUNT];
    size_t bytes[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        bytes[i] = (size_t)check_random_below(&random, 3000);
        at[i] = arena_alloc(arena, bytes[i]);
        memset(at[i], (int)(i % 251), bytes[i]);
    }
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < bytes[i]; j++) {
            assert_int_equal(at[i][j], i % 251);
        }
    }
}

static void typed_allocation(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str *one = ARENA_NEW(arena, struct str);
    struct str *many = ARENA_ARRAY(arena, struct str, 3);
    assert_null(one->at);
    assert_int_equal(many[2].len, 0);
}

static void alloc_bytes(void *bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    (void)arena_alloc(arena, *(size_t *)bytes);
}

static void alloc_array(void *count)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    (void)ARENA_ARRAY(arena, uint64_t, *(size_t *)count);
}

static void shrink(void *unused)
{
    (void)unused;
    DEFER(arena_close) struct arena *arena = arena_open();
    void *at = arena_alloc(arena, 10);
    assert_non_null(arena_grow(arena, at, 10, 9));
}

static void rewind_twice_out_of_order(void *unused)
{
    (void)unused;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct arena_mark outer = arena_mark(arena);
    (void)arena_alloc(arena, 100);
    struct arena_mark inner = arena_mark(arena);
    arena_rewind(arena, outer);
    arena_rewind(arena, inner);
}

static void mistakes_stop_the_program(void **state)
{
    (void)state;
    size_t too_many_bytes = LIMIT_ARENA_ALLOC_BYTES_MAX + 1;
    size_t too_many_items = LIMIT_ARENA_ALLOC_BYTES_MAX / sizeof(uint64_t) + 1;
    size_t overflowing = SIZE_MAX / sizeof(uint64_t) + 2;
    check_stops(alloc_bytes, &too_many_bytes);
    check_stops(alloc_array, &too_many_items);
    check_stops(alloc_array, &overflowing);
    check_stops(shrink, NULL);
    check_stops(rewind_twice_out_of_order, NULL);
}

static void the_limit_of_one_allocation_is_allowed(void **state)
{
    (void)state;
    size_t size = sizeof(uint64_t);
    assert_int_equal(arena_array_bytes(LIMIT_ARENA_ALLOC_BYTES_MAX / size, size),
                     LIMIT_ARENA_ALLOC_BYTES_MAX);
}

static void closing_nothing_is_fine(void **state)
{
    (void)state;
    arena_close(NULL);
}

#if defined(__SANITIZE_ADDRESS__)
static void misuse_is_seen_by_the_sanitizer(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct arena_mark mark = arena_mark(arena);
    char *at = arena_alloc(arena, 13);
    assert_false(__asan_address_is_poisoned(at + 12));
    assert_true(__asan_address_is_poisoned(at + 13));
    assert_true(__asan_address_is_poisoned(at + 16));
    (void)arena_alloc(arena, 1);
    assert_non_null(arena_grow(arena, at, 13, 30));
    assert_true(__asan_address_is_poisoned(at));
    char *later = arena_alloc(arena, 8);
    arena_rewind(arena, mark);
    assert_true(__asan_address_is_poisoned(later));
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(no_bytes_have_an_address_of_their_own),
        cmocka_unit_test(bytes_are_rounded_up_and_no_further),
        cmocka_unit_test(reused_memory_is_zeroed_again),
        cmocka_unit_test(rewind_keeps_what_is_older),
        cmocka_unit_test(marks_nest),
        cmocka_unit_test(the_last_allocation_grows_in_place),
        cmocka_unit_test(an_earlier_allocation_is_copied_to_grow),
        cmocka_unit_test(growth_from_nothing_and_by_nothing),
        cmocka_unit_test(growth_across_pieces_keeps_contents),
        cmocka_unit_test(random_allocations_stay_apart),
        cmocka_unit_test(typed_allocation),
        cmocka_unit_test(mistakes_stop_the_program),
        cmocka_unit_test(the_limit_of_one_allocation_is_allowed),
        cmocka_unit_test(closing_nothing_is_fine),
#if defined(__SANITIZE_ADDRESS__)
        cmocka_unit_test(misuse_is_seen_by_the_sanitizer),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
