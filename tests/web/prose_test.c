/*
 * tests/web/prose_test.c - the prose of clauses: what Markdown can say, and what it cannot do.
 */
#include "support/check.h"

#include "base/arena.h"
#include "web/prose_int.h"

static void check_prose(const char *markdown, const char *html)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(web_prose_read(arena, str_from(markdown)).html.markup, html);
}

static void check_plain(const char *markdown, const char *plain)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(web_prose_read(arena, str_from(markdown)).plain, plain);
}

static void test_paragraphs_and_spans(void **state)
{
    (void)state;
    check_prose("", "");
    check_prose("One\nline.", "<p>One line.</p>");
    check_prose("One.\n\nTwo.", "<p>One.</p><p>Two.</p>");
    check_prose("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>");
    check_prose("a\\\nb", "<p>a<br>b</p>");
    check_prose("Q&amp;A &copyx; &pound;5", "<p>Q&amp;A &amp;copyx; \xC2\xA3"
                                            "5</p>");
}

static void test_lists(void **state)
{
    (void)state;
    check_prose("- a\n- b",
                "<ul class=\"govuk-list govuk-list--bullet\"><li>a</li><li>b</li></ul>");
    check_prose("3. a\n4. b",
                "<ol class=\"govuk-list govuk-list--number\" start=\"3\"><li>a</li><li>b</li>"
                "</ol>");
    check_prose("- a\n\n  b",
                "<ul class=\"govuk-list govuk-list--bullet\"><li><p>a</p><p>b</p></li></ul>");
}

static void test_links_stay_in_their_schemes(void **state)
{
    (void)state;
    check_prose("[a](https://example.org/?b=1&c=2)",
                "<p><a class=\"govuk-link\" href=\"https://example.org/?b=1&amp;c=2\">a</a></p>");
    check_prose("[a](/policies)", "<p><a class=\"govuk-link\" href=\"/policies\">a</a></p>");
    check_prose("[a](javascript:b)", "<p><a class=\"govuk-link\" href=\"#\">a</a></p>");
    check_prose("[a](data:text/html,b)", "<p><a class=\"govuk-link\" href=\"#\">a</a></p>");
    check_prose("[a](//example.org)", "<p><a class=\"govuk-link\" href=\"#\">a</a></p>");
    check_prose("![words](https://example.org/a.png)", "<p>words</p>");
}

static void test_html_is_shown_and_not_used(void **state)
{
    (void)state;
    check_prose("<script>a</script>", "<p>&lt;script&gt;a&lt;/script&gt;</p>");
    check_prose("<img src=x onerror=y> & \"'",
                "<p>&lt;img src=x onerror=y&gt; &amp; &#34;&#39;</p>");
    check_prose("`<b>`", "<p><code>&lt;b&gt;</code></p>");
    check_prose("~~~\n<b>\n~~~", "<pre class=\"hr-code\"><code>&lt;b&gt;\n</code></pre>");
    check_prose("&lt;b&gt;", "<p>&lt;b&gt;</p>");
}

/* Deeper than anybody writes: shown as it is written. */
static void test_depth_is_bounded(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text deep = {.arena = arena};
    for (int i = 0; i < 200; i++) {
        text_add(&deep, STR("> "));
    }
    text_add(&deep, STR("<b>"));
    struct web_prose prose = web_prose_read(arena, text_str(&deep));
    assert_true(str_starts(prose.html.markup, STR("<p>&gt; &gt; ")));
    assert_true(str_ends(prose.html.markup, STR("&lt;b&gt;</p>")));
    struct str fine = str_slice(text_str(&deep), 400 - 2 * 60, deep.len);
    prose = web_prose_read(arena, fine);
    assert_true(str_starts(prose.html.markup, STR("<blockquote")));
}

static void test_plain_words(void **state)
{
    (void)state;
    check_plain("a *b*\nc\n\n- d\n- [e](/f)", "a b c d e");
    check_plain("Q&amp;A<br>", "Q&A<br>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paragraphs_and_spans),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_links_stay_in_their_schemes),
        cmocka_unit_test(test_html_is_shown_and_not_used),
        cmocka_unit_test(test_depth_is_bounded),
        cmocka_unit_test(test_plain_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
