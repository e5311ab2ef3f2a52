/*
 * tests/web/search_test.c - the words of a query, and where they begin a word of a text.
 */
#include "support/check.h"

#include "base/arena.h"
#include "web/search_int.h"

static void check_words(const char *query, const char *expected)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct web_search_words words = web_search_words(arena, str_from(query));
    check_str(str_join(arena, words.at, words.count, STR("|")), expected);
}

static void test_words_of_a_query(void **state)
{
    (void)state;
    check_words("", "");
    check_words("  . - ' ", "");
    check_words("Photos of PUPILS", "photo|of|pupil");
    check_words("7.2 AT-03", "7.2|at-03");
    check_words("the school's", "the|school");
    check_words("yes. no-", "yes|no");
    check_words("a 7 b", "7");
    check_words("caf\xC3\xA9", "caf\xC3\xA9");
    check_words("aa bb cc dd ee ff gg hh", "aa|bb|cc|dd|ee|ff|gg|hh");
    check_words("aa bb cc dd ee ff gg hh ii", "aa|bb|cc|dd|ee|ff|gg|hh");
}

static void check_next(const char *text, const char *query, size_t from, size_t place,
                       size_t length)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct web_search_words words = web_search_words(arena, str_from(query));
    size_t bytes = 0;
    assert_int_equal(web_search_next(str_from(text), &words, from, &bytes), place);
    if (place != STR_NONE) {
        assert_int_equal(bytes, length);
    }
}

static void test_words_begin_words(void **state)
{
    (void)state;
    check_next("a photograph", "photo", 0, 2, 5);
    check_next("telephoto photo", "photo", 0, 10, 5);
    check_next("telephoto", "photo", 0, STR_NONE, 0);
    check_next("photo photo", "photo", 1, 6, 5);
    check_next("(photo)", "photo", 0, 1, 5);
    check_next("pupil photo", "photo pupil", 0, 0, 5);
    check_next("photographs", "photo photograph", 0, 0, 10);
    check_next("", "photo", 0, STR_NONE, 0);
    check_next("photo", "", 0, STR_NONE, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_of_a_query),
        cmocka_unit_test(test_words_begin_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
