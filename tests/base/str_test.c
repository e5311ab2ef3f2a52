/*
 * tests/base/str_test.c - text: comparing, cutting, formatting, numbers, spelling, building.
 */
#include "support/check.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"

static void literals_and_terminated_text(void **state)
{
    (void)state;
    static const struct str table[] = {STR_INIT("one"), STR_INIT("")};
    assert_int_equal(STR("pupil").len, 5);
    assert_int_equal(table[0].len, 3);
    assert_true(str_is_empty(table[1]));
    assert_true(str_is_empty((struct str){0}));
    assert_true(str_is_empty(str_from(NULL)));
    check_str(str_from("school"), "school");
}

static void equality_and_order(void **state)
{
    (void)state;
    struct str nothing = {0};
    assert_true(str_equal(nothing, STR("")));
    assert_true(str_equal(STR("a\0b"), STR("a\0b")));
    assert_false(str_equal(STR("a\0b"), STR("a\0c")));
    assert_false(str_equal(STR("a"), STR("ab")));
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("b"), STR("ab")) > 0);
    assert_true(str_compare(nothing, STR("")) == 0);
    assert_true(str_compare(nothing, STR("a")) < 0);
    assert_true(str_compare(STR("z"), STR("\xC3\xA9")) < 0);
}

static void starts_and_ends(void **state)
{
    (void)state;
    assert_true(str_starts(STR("policy.md"), STR("policy")));
    assert_true(str_starts(STR("policy.md"), STR("")));
    assert_false(str_starts(STR("pol"), STR("policy")));
    assert_false(str_starts(STR("policy.md"), STR("olicy")));
    assert_false(str_ends(STR("policy.txt"), STR(".md")));
    assert_true(str_ends(STR("policy.md"), STR(".md")));
    assert_true(str_ends(STR(""), (struct str){0}));
    assert_false(str_ends(STR("md"), STR(".md")));
}

static void finding(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("banana"), STR("ana")), 1);
    assert_int_equal(str_find(STR("banana"), STR("na")), 2);
    assert_int_equal(str_find(STR("banana"), STR("banana")), 0);
    assert_int_equal(str_find(STR("banana"), STR("bananas")), STR_NONE);
    assert_int_equal(str_find(STR("banana"), STR("x")), STR_NONE);
    assert_int_equal(str_find(STR("aab"), STR("ab")), 1);
    assert_int_equal(str_find((struct str){0}, STR("a")), STR_NONE);
    assert_int_equal(str_find((struct str){0}, (struct str){0}), 0);
}

static void trimming(void **state)
{
    (void)state;
    check_str(str_trim(STR(" \t\r\n\f\va b \n")), "a b");
    check_str(str_trim(STR("   ")), "");
    check_str(str_trim((struct str){0}), "");
    check_str(str_trim(STR("a")), "a");
}

static void cutting(void **state)
{
    (void)state;
    struct str head, tail;
    assert_true(str_cut(STR("a=b=c"), '=', &head, &tail));
    check_str(head, "a");
    check_str(tail, "b=c");
    assert_true(str_cut(STR("a="), '=', &head, &tail));
    check_str(tail, "");
    assert_true(str_cut(STR("=a"), '=', &head, NULL));
    check_str(head, "");
    assert_false(str_cut(STR("abc"), '=', &head, &tail));
    check_str(head, "abc");
    check_str(tail, "");
    assert_false(str_cut((struct str){0}, '=', &head, &tail));
    assert_false(str_cut(STR("abc"), '=', NULL, NULL));
}

static void slices_come_into_range(void **state)
{
    (void)state;
    struct str s = STR("abcdef");
    check_str(str_slice(s, 1, 3), "bc");
    check_str(str_slice(s, 4, 100), "ef");
    check_str(str_slice(s, 6, 6), "");
    check_str(str_slice(s, 5, 2), "");
    check_str(str_slice(s, SIZE_MAX, SIZE_MAX), "");
}

static void copies(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    char source[] = "source";
    struct str copy = str_copy(arena, str_from(source));
    char *terminated = str_cstr(arena, str_from(source));
    source[0] = 'X';
    check_str(copy, "source");
    assert_string_equal(terminated, "source");
    assert_string_equal(str_cstr(arena, (struct str){0}), "");
    check_str(str_copy(arena, (struct str){0}), "");
}

static void formatting(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(str_format(arena, STR_FMT "/%d", STR_ARG(STR("CH-15")), 7), "CH-15/7");
    check_str(str_format(arena, "[" STR_FMT "]", STR_ARG((struct str){0})), "[]");
    char long_text[5000];
    memset(long_text, 'x', sizeof(long_text));
    struct str all = {long_text, sizeof(long_text)};
    assert_int_equal(str_format(arena, STR_FMT, STR_ARG(all)).len, sizeof(long_text));
}

static void whole_numbers(void **state)
{
    (void)state;
    int64_t n = 0;
    assert_true(str_to_int(STR("0"), &n) && n == 0);
    assert_true(str_to_int(STR("-0"), &n) && n == 0);
    assert_true(str_to_int(STR("007"), &n) && n == 7);
    assert_true(str_to_int(STR("9223372036854775807"), &n) && n == INT64_MAX);
    assert_true(str_to_int(STR("-9223372036854775808"), &n) && n == INT64_MIN);
    const char *const refused[] = {"",
                                   "-",
                                   "+1",
                                   " 1",
                                   "1 ",
                                   "1.0",
                                   "0x10",
                                   "1e3",
                                   "--1",
                                   "9223372036854775808",
                                   "-9223372036854775809",
                                   "99999999999999999999",
                                   "12a"};
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        n = 42;
        assert_false(str_to_int(str_from(refused[i]), &n));
        assert_int_equal(n, 42);
    }
    assert_false(str_to_int(STR("1\0"), &n));
}

static void random_numbers_survive_text(void **state)
{
    (void)state;
    struct check_random random = check_random_new(__func__);
    DEFER(arena_close) struct arena *arena = arena_open();
    for (int i = 0; i < 2000; i++) {
        int64_t number = (int64_t)check_random_next(&random) >> check_random_below(&random, 63);
        int64_t again = 0;
        assert_true(str_to_int(str_format(arena, "%" PRId64, number), &again));
        assert_int_equal(number, again);
    }
}

static void joining(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct str parts[] = {STR_INIT("a"), STR_INIT(""), STR_INIT("c")};
    check_str(str_join(arena, parts, 3, STR(", ")), "a, , c");
    check_str(str_join(arena, parts, 1, STR(", ")), "a");
    check_str(str_join(arena, parts, 0, STR(", ")), "");
}

static void spelling_distance(void **state)
{
    (void)state;
    assert_int_equal(str_distance(STR("account"), STR("account"), 2), 0);
    assert_int_equal(str_distance(STR("acount"), STR("account"), 2), 1);
    assert_int_equal(str_distance(STR("accuont"), STR("account"), 2), 1);
    assert_int_equal(str_distance(STR("bccount"), STR("account"), 2), 1);
    assert_int_equal(str_distance(STR("accountx"), STR("account"), 2), 1);
    assert_int_equal(str_distance(STR("kitten"), STR("sitting"), 5), 3);
    assert_int_equal(str_distance(STR("kitten"), STR("sitting"), 2), 3);
    assert_int_equal(str_distance(STR("ab"), STR("ba"), 0), 1);
    assert_int_equal(str_distance(STR("ca"), STR("abc"), 5), 3);
    assert_int_equal(str_distance(STR(""), STR("abc"), 5), 3);
    assert_int_equal(str_distance((struct str){0}, (struct str){0}, 5), 0);
}

static void spelling_distance_at_its_limit(void **state)
{
    (void)state;
    char longest[LIMIT_STR_DISTANCE_BYTES_MAX + 1];
    memset(longest, 'x', sizeof(longest));
    struct str at_limit = {longest, LIMIT_STR_DISTANCE_BYTES_MAX};
    struct str past_limit = {longest, LIMIT_STR_DISTANCE_BYTES_MAX + 1};
    assert_int_equal(str_distance(at_limit, at_limit, 2), 0);
    assert_int_equal(str_distance(past_limit, past_limit, 2), 3);
    assert_int_equal(str_distance(at_limit, past_limit, 2), 3);
}

/* The definition by recursion, for short words. */
static size_t plain_distance(struct str a, struct str b)
{
    if (a.len == 0 || b.len == 0) {
        return a.len + b.len;
    }
    struct str a1 = str_slice(a, 0, a.len - 1), b1 = str_slice(b, 0, b.len - 1);
    size_t best = plain_distance(a1, b1) + (a.at[a.len - 1] == b.at[b.len - 1] ? 0 : 1);
    size_t other = plain_distance(a1, b) + 1;
    best = other < best ? other : best;
    other = plain_distance(a, b1) + 1;
    best = other < best ? other : best;
    if (a.len > 1 && b.len > 1 && a.at[a.len - 1] == b.at[b.len - 2] &&
        a.at[a.len - 2] == b.at[b.len - 1]) {
        other = plain_distance(str_slice(a, 0, a.len - 2), str_slice(b, 0, b.len - 2)) + 1;
        best = other < best ? other : best;
    }
    return best;
}

static struct str random_word(struct check_random *random, char *to, size_t max)
{
    size_t len = (size_t)check_random_below(random, max + 1);
    for (size_t i = 0; i < len; i++) {
        to[i] = (char)('a' + (int)check_random_below(random, 3));
    }
    return (struct str){to, len};
}

static void spelling_distance_equals_its_definition(void **state)
{
    (void)state;
    struct check_random random = check_random_new(__func__);
    for (int i = 0; i < 1500; i++) {
        char one[6], two[6];
        struct str a = random_word(&random, one, sizeof(one));
        struct str b = random_word(&random, two, sizeof(two));
        size_t exact = plain_distance(a, b);
        for (size_t limit = 0; limit < 7; limit++) {
            assert_int_equal(str_distance(a, b, limit), exact > limit ? limit + 1 : exact);
        }
    }
}

static void building(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text out = {.arena = arena};
    check_str(text_str(&out), "");
    text_add(&out, (struct str){0});
    text_add(&out, STR("clause "));
    text_addf(&out, "%d.%d", 3, 5);
    text_add_char(&out, '!');
    check_str(text_str(&out), "clause 3.5!");
}

static void building_grows_among_other_allocations(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text out = {.arena = arena};
    for (int i = 0; i < 5000; i++) {
        text_addf(&out, "%04d", i);
        (void)arena_alloc(arena, 3);
    }
    struct str all = text_str(&out);
    assert_int_equal(all.len, 20000);
    check_str(str_slice(all, 0, 8), "00000001");
    check_str(str_slice(all, 19992, 20000), "49984999");
}

static void add_without_arena(void *unused)
{
    (void)unused;
    struct text out = {0};
    text_add_char(&out, 'x');
}

static void mistakes_stop_the_program(void **state)
{
    (void)state;
    check_stops(add_without_arena, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literals_and_terminated_text),
        cmocka_unit_test(equality_and_order),
        cmocka_unit_test(starts_and_ends),
        cmocka_unit_test(finding),
        cmocka_unit_test(trimming),
        cmocka_unit_test(cutting),
        cmocka_unit_test(slices_come_into_range),
        cmocka_unit_test(copies),
        cmocka_unit_test(formatting),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(random_numbers_survive_text),
        cmocka_unit_test(joining),
        cmocka_unit_test(spelling_distance),
        cmocka_unit_test(spelling_distance_at_its_limit),
        cmocka_unit_test(spelling_distance_equals_its_definition),
        cmocka_unit_test(building),
        cmocka_unit_test(building_grows_among_other_allocations),
        cmocka_unit_test(mistakes_stop_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
