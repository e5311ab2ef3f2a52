/*
 * tests/web/page_compare_test.c - the sentence that stands for a clause.
 */
#include "support/check.h"

#include "base/arena.h"
#include "web/compare_int.h"

static void the_first_sentence_is_taken(void **state)
{
    (void)state;
    static const struct {
        const char *words, *sentence;
    } cases[] = {
        {"", ""},
        {"One.", "One."},
        {"  One. Two.  ", "One."},
        {"Is it so? It is.", "Is it so?"},
        {"Clause 3.5 of version 2.0 holds. So it does.", "Clause 3.5 of version 2.0 holds."},
        {"Write to us, e.g. by post. Or call.", "Write to us, e.g. by post."},
        {"It ends. \"Why?\" they ask.", "It ends."},
        {"It ends. \xe2\x80\x9cWhy?\xe2\x80\x9d they ask.", "It ends."},
        {"No end at all", "No end at all"},
        {"A. ", "A."},
        {". A", "."},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_str(web_compare_sentence(arena, str_from(cases[i].words), 100), cases[i].sentence);
    }
}

static void a_long_one_is_cut_between_words(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str words = STR("one two three four");
    check_str(web_compare_sentence(arena, words, 18), "one two three four");
    check_str(web_compare_sentence(arena, words, 17), "one two three…");
    check_str(web_compare_sentence(arena, words, 14), "one two three…");
    check_str(web_compare_sentence(arena, words, 8), "one two…");
    check_str(web_compare_sentence(arena, STR("one, two; three"), 8), "one…");
    check_str(web_compare_sentence(arena, STR("one, two; three"), 12), "one, two…");
    check_str(web_compare_sentence(arena, STR("onetwothree"), 4), "onetwothree");
    check_str(web_compare_sentence(arena, STR("ä ö ü ä ö ü"), 5), "ä…");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_sentence_is_taken),
        cmocka_unit_test(a_long_one_is_cut_between_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
