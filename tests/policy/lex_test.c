/*
 * tests/policy/lex_test.c - words, texts and continued lines at the edges.
 *
 * Read first: src/policy/lex_int.h. Lines are compared as text: words between bars,
 * a text in quotes.
 */
#include "support/check.h"

#include "policy/lex_int.h"

/* The lines of a block: "0|word|word" with the depth first; blank: "~", comment "#", story "S". */
static struct str lines_of(struct arena *arena, enum markdown_block kind, const char *text,
                           struct diag_list *diags)
{
    struct markdown_part part = {.kind = MARKDOWN_BLOCK,
                                 .block = kind,
                                 .place = {STR("block"), 10, 1},
                                 .text = str_from(text)};
    struct lex_block block = lex_read(arena, &part, diags);
    struct text out = {.arena = arena};
    for (size_t i = 0; i < block.count; i++) {
        const struct lex_line *line = &block.lines[i];
        switch (line->kind) {
        case LEX_LINE_BLANK:
            text_add(&out, STR("~"));
            break;
        case LEX_LINE_COMMENT:
            text_addf(&out, "#" STR_FMT, STR_ARG(line->text));
            break;
        case LEX_LINE_STORY:
            text_addf(&out, "S" STR_FMT, STR_ARG(line->text));
            break;
        case LEX_LINE_WORDS:
            text_addf(&out, "%u%s", line->depth, line->is_broken ? "!" : "");
            break;
        }
        for (size_t j = 0; j < line->count; j++) {
            const char *mark = line->words[j].kind == LEX_TEXT ? "\"" : "";
            text_addf(&out, "|%s" STR_FMT "%s", mark, STR_ARG(line->words[j].text), mark);
        }
        text_add_char(&out, '\n');
    }
    return text_str(&out);
}

static void check_lines(enum markdown_block kind, const char *text, const char *expected,
                        const char *code)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    check_str(lines_of(arena, kind, text, &diags), expected);
    assert_int_equal(diags.count, code ? 1 : 0);
    if (code) {
        check_str(diags.items[0].code, code);
    }
}

static void words_are_cut(void **state)
{
    (void)state;
    check_lines(MARKDOWN_BLOCK_RULE, "a-b c.d 12 2026-01-02 CH-1.a",
                "0|a-b|c.d|12|2026-01-02|CH-1.a\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a,b;c:d(e)f", "0|a|,|b|;|c|:|d|(|e|)|f\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a->b -> c -1", "0|a|->|b|->|c|-1\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a\"b\"c", "0|a|\"b\"|c\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a   b  ", "0|a|b\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "", "", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "\r\n", "~\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a\r\n  b\r\n", "0|a\n1|b\n", NULL);
}

static void deeper_lines_continue(void **state)
{
    (void)state;
    check_lines(MARKDOWN_BLOCK_RULE, "a\n  b\n    c\n  d\n", "0|a\n1|b|c\n1|d\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a\n  b\n      c\n    d\n", "0|a\n1|b|c|d\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a\n    b\n  c\n", "0|a\n1|b\n1|c\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a,\n  b,\n  c\n  d\n", "0|a|,|b|,|c\n1|d\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a\n  b,\n  c\n", "0|a\n1|b|,\n1|c\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a\n  b\n# x\n\n    c\n", "0|a\n1|b|c\n## x\n~\n", NULL);
}

static void group_stands_under_a_value(void **state)
{
    (void)state;
    check_lines(MARKDOWN_BLOCK_VOCABULARY, "f\n  v\n    group a\n    includes b\n  w\n",
                "0|f\n1|v\n2|group|a\n2|includes|b\n1|w\n", NULL);
    check_lines(MARKDOWN_BLOCK_VOCABULARY, "f\n  v\n    group a,\n      b\n",
                "0|f\n1|v\n2|group|a|,|b\n", NULL);
    check_lines(MARKDOWN_BLOCK_VOCABULARY, "f\n  v\n  group a\n", "0|f\n1|v\n1|group|a\n", NULL);
    check_lines(MARKDOWN_BLOCK_VOCABULARY, "f\n  v\n    grouping\n", "0|f\n1|v|grouping\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "f\n  v\n    group a\n", "0|f\n1|v|group|a\n", NULL);
}

static void texts_may_be_continued(void **state)
{
    (void)state;
    check_lines(MARKDOWN_BLOCK_RULE, "a \" b \"", "0|a|\" b \"\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a\n  b \"c  \n    d\" e\n", "0|a\n1|b|\"c d\"|e\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a \"b\n  c\n # d\n  e\"\n  f\n", "0|a|\"b c # d e\"\n1|f\n",
                NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a \"\n  b\n  \"\n", "0|a|\"b\"\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a \"b\r\n  c\"\r\n", "0|a|\"b c\"\n", NULL);
    check_lines(MARKDOWN_BLOCK_RULE, "a \"b\n", "0!|a\n", "open-text");
    check_lines(MARKDOWN_BLOCK_RULE, "a \"b\n\n  c\n", "0!|a\n~\n1|c\n", "open-text");
}

static void bad_characters_break_the_line(void **state)
{
    (void)state;
    check_lines(MARKDOWN_BLOCK_RULE, "a = b\nc\n", "0!|a\n0|c\n", "bad-character");
    check_lines(MARKDOWN_BLOCK_RULE, "a\n\tb\n", "0|a\n1!|b\n", "tab");
    check_lines(MARKDOWN_BLOCK_RULE, "a\n b\n", "0|a\n1!|b\n", "indent");
    check_lines(MARKDOWN_BLOCK_RULE,
                "a \xE2\x80\x9C"
                "b\n",
                "0!|a\n", "curly-quote");
}

static void examples_have_stories(void **state)
{
    (void)state;
    check_lines(MARKDOWN_BLOCK_EXAMPLE, "A story, \"told\".\nand on\n  act b\n",
                "SA story, \"told\".\nSand on\n1|act|b\n", NULL);
    check_lines(MARKDOWN_BLOCK_EXAMPLE, "-> a\n", "0|->|a\n", NULL);
}

static void places_count_characters(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    struct markdown_part part = {.block = MARKDOWN_BLOCK_RULE,
                                 .place = {STR("block"), 10, 1},
                                 .text = STR("a \"\xC3\xA9\xC3\xA9\" b\n  c \"d\n    e\" f")};
    struct lex_block block = lex_read(arena, &part, &diags);
    assert_int_equal(block.count, 2);
    assert_int_equal(block.lines[0].words[2].place.column, 8);
    assert_int_equal(block.lines[0].words[2].place.line, 11);
    assert_int_equal(block.lines[1].words[1].place.line, 12);
    assert_int_equal(block.lines[1].words[2].place.line, 13);
    assert_int_equal(block.lines[1].words[2].place.column, 8);
}

static void names_and_keys_have_a_form(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "a-b", "a.b", "a1", "other.age", "a-1b", "a-1"};
    static const char *const others[] = {"",   "A",  "a-",  "-a",  "a--b", "a.",
                                         ".a", "1a", "a_b", "a.1", "a.-b", "a'b"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_true(lex_is_name(str_from(names[i])));
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_false(lex_is_name(str_from(others[i])));
    }
    assert_true(lex_is_key(STR("CH-1.a")));
    assert_true(lex_is_key(STR("1")));
    assert_false(lex_is_key(STR("-1")));
    assert_false(lex_is_key(STR(".a")));
    assert_false(lex_is_key(STR("a_b")));
    assert_false(lex_is_key(STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_cut),
        cmocka_unit_test(deeper_lines_continue),
        cmocka_unit_test(group_stands_under_a_value),
        cmocka_unit_test(texts_may_be_continued),
        cmocka_unit_test(bad_characters_break_the_line),
        cmocka_unit_test(examples_have_stories),
        cmocka_unit_test(places_count_characters),
        cmocka_unit_test(names_and_keys_have_a_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
