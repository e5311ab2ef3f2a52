/*
 * tests/cli/wrap_test.c - paragraphs within columns: nothing lost, nothing too wide.
 */
#include "support/check.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "cli/wrap.h"

static struct str wrapped(struct arena *arena, const char *text, struct wrap wrap)
{
    struct text out = {.arena = arena};
    wrap_add(&out, str_from(text), wrap);
    return text_str(&out);
}

static void breaks_between_words(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(wrapped(arena, "one two three", (struct wrap){9, 0, 2}), "one two\n  three\n");
    check_str(wrapped(arena, "one two three", (struct wrap){13, 0, 2}), "one two three\n");
    check_str(wrapped(arena, "one two three", (struct wrap){12, 0, 2}), "one two\n  three\n");
    check_str(wrapped(arena, "one two", (struct wrap){9, 6, 2}), "one\n  two\n");
    check_str(wrapped(arena, "  one\n\ttwo  ", (struct wrap){80, 0, 0}), "one two\n");
    check_str(wrapped(arena, "", (struct wrap){80, 0, 0}), "\n");
}

static void long_words_stay_whole(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(wrapped(arena, "a verylongword b", (struct wrap){5, 0, 0}), "a\nverylongword\nb\n");
}

static void counts_columns_and_not_bytes(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(wrapped(arena, "\u00e9\u00e9\u00e9 \u00e9\u00e9", (struct wrap){6, 0, 0}),
              "\u00e9\u00e9\u00e9 \u00e9\u00e9\n");
}

static void pads(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text out = {.arena = arena};
    wrap_pad(&out, STR("ab"), 4);
    wrap_pad(&out, STR("abcdef"), 4);
    check_str(text_str(&out), "ab  abcdef ");
}

static void prose_keeps_its_shape(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text out = {.arena = arena};
    wrap_prose(&out,
               STR("First line\nand second.\n\nA list:\n- one item that is long\n- two\n"
                   "  1. nested\n"),
               20, 1);
    check_str(text_str(&out), " First line and\n second.\n\n A list:\n - one item that is\n"
                              "   long\n - two\n   1. nested\n");
}

static void random_text_fits(void **state)
{
    (void)state;
    struct check_random random = check_random_new("random_text_fits");
    for (int round = 0; round < 2000; round++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct text text = {.arena = arena};
        uint64_t count = check_random_below(&random, 40);
        for (uint64_t i = 0; i < count; i++) {
            static const char *const parts[] = {"a", "bb", "ccc", " ", "\n", "\u00fc", "- ", "  "};
            text_add(&text, str_from(parts[check_random_below(&random, 8)]));
        }
        size_t indent = (size_t)check_random_below(&random, 5);
        struct text out = {.arena = arena};
        wrap_add(&out, text_str(&text), (struct wrap){60, indent, indent});
        struct str rest = text_str(&out);
        while (rest.len > 0) {
            struct str line;
            assert_true(str_cut(rest, '\n', &line, &rest));
            bool is_one_word = str_find(str_trim(line), STR(" ")) == STR_NONE;
            assert_true(utf8_columns(line) <= 60 || is_one_word);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_between_words),         cmocka_unit_test(long_words_stay_whole),
        cmocka_unit_test(counts_columns_and_not_bytes), cmocka_unit_test(pads),
        cmocka_unit_test(prose_keeps_its_shape),        cmocka_unit_test(random_text_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
