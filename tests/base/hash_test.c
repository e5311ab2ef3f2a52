/*
 * tests/base/hash_test.c - the table from names to numbers.
 */
#include "support/check.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"

static void an_empty_map_knows_nothing(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct hash_map map = hash_map_new(arena);
    uint32_t value = 42;
    assert_false(hash_map_get(&map, STR("pupil"), &value));
    assert_int_equal(value, 42);
    assert_int_equal(map.count, 0);
}

static void put_get_and_replace(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct hash_map map = hash_map_new(arena);
    uint32_t value = 0;
    assert_true(hash_map_put(&map, STR("pupil"), 1));
    assert_true(hash_map_put(&map, STR("parent"), 2));
    assert_true(hash_map_get(&map, STR("pupil"), &value));
    assert_int_equal(value, 1);
    assert_false(hash_map_put(&map, STR("pupil"), 3));
    assert_true(hash_map_get(&map, STR("pupil"), &value));
    assert_int_equal(value, 3);
    assert_int_equal(map.count, 2);
    assert_true(hash_map_get(&map, STR("parent"), NULL));
    assert_false(hash_map_get(&map, STR("paren"), NULL));
    assert_false(hash_map_get(&map, STR("pupils"), NULL));
}

static void unusual_names(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct hash_map map = hash_map_new(arena);
    uint32_t value = 0;
    assert_true(hash_map_put(&map, STR(""), 7));
    assert_true(hash_map_put(&map, STR("a\0b"), 8));
    assert_true(hash_map_put(&map, STR("a\0c"), 9));
    assert_false(hash_map_put(&map, (struct str){0}, 10));
    assert_true(hash_map_get(&map, (struct str){0}, &value));
    assert_int_equal(value, 10);
    assert_true(hash_map_get(&map, STR("a\0b"), &value));
    assert_int_equal(value, 8);
}

static void many_names(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct hash_map map = hash_map_new(arena);
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_true(hash_map_put(&map, str_format(arena, "name-%u", (unsigned)i), i));
    }
    assert_int_equal(map.count, COUNT);
    assert_true(map.count * 4 <= map.capacity * 3);
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t value = 0;
        assert_true(hash_map_get(&map, str_format(arena, "name-%u", (unsigned)i), &value));
        assert_int_equal(value, i);
    }
    assert_false(hash_map_get(&map, STR("name-20000"), NULL));
}

static void random_maps_agree_with_a_plain_array(void **state)
{
    (void)state;
    enum { NAMES = 300, STEPS = 5000 };
    struct check_random random = check_random_new(__func__);
    DEFER(arena_close) struct arena *arena = arena_open();
    struct hash_map map = hash_map_new(arena);
    struct {
        bool is_there;
        uint32_t value;
    } plain[NAMES] = {{0}};
    for (int i = 0; i < STEPS; i++) {
        size_t n = (size_t)check_random_below(&random, NAMES);
        uint32_t value = (uint32_t)check_random_next(&random);
        uint32_t got = 0;
        struct str name = str_format(arena, "%zu", n);
        assert_int_equal(hash_map_get(&map, name, &got), plain[n].is_there);
        assert_int_equal(got, plain[n].value);
        assert_int_equal(hash_map_put(&map, name, value), !plain[n].is_there);
        plain[n].is_there = true;
        plain[n].value = value;
    }
}

static void the_hash_is_stable(void **state)
{
    (void)state;
    assert_true(hash_str(STR("")) == hash_str((struct str){0}));
    assert_true(hash_str(STR("pupil")) == UINT64_C(0x1d9abf2bf2dccec2));
    assert_true(hash_str(STR("pupil")) != hash_str(STR("pupjl")));
}

static void put_past_the_limit(void *map)
{
    (void)hash_map_put(map, STR("one more"), 1);
}

/* Filling sixteen million names would take too long: the count alone is moved to the bound. */
static void names_at_their_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct hash_map map = hash_map_new(arena);
    map.count = LIMIT_HASH_MAP_NAMES_MAX - 1;
    assert_true(hash_map_put(&map, STR("last"), 1));
    assert_int_equal(map.count, LIMIT_HASH_MAP_NAMES_MAX);
    assert_false(hash_map_put(&map, STR("last"), 2));
    check_stops(put_past_the_limit, &map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_map_knows_nothing),
        cmocka_unit_test(put_get_and_replace),
        cmocka_unit_test(unusual_names),
        cmocka_unit_test(many_names),
        cmocka_unit_test(random_maps_agree_with_a_plain_array),
        cmocka_unit_test(the_hash_is_stable),
        cmocka_unit_test(names_at_their_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
