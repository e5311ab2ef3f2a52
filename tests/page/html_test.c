/*
 * tests/page/html_test.c - escaping: every byte, broken UTF-8, addresses, and text of any length
 * beside a slow and simple writer of the same rules.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "page/html.h"

/* What one function writes for one text. */
static struct str text_of(struct arena *arena, struct str s)
{
    struct html html = html_new(arena);
    html_text(&html, s);
    return html_take(&html).markup;
}

static struct str attribute_of(struct arena *arena, struct str s)
{
    struct html html = html_new(arena);
    html_attribute(&html, s);
    return html_take(&html).markup;
}

static struct str url_of(struct arena *arena, struct str s)
{
    struct html html = html_new(arena);
    html_url(&html, s);
    return html_take(&html).markup;
}

static struct str part_of(struct arena *arena, struct str s)
{
    struct html html = html_new(arena);
    html_url_part(&html, s);
    return html_take(&html).markup;
}

static struct str int_of(struct arena *arena, int64_t number)
{
    struct html html = html_new(arena);
    html_int(&html, number);
    return html_take(&html).markup;
}

/* What a byte alone must become in text; bytes from 0x80 are no UTF-8 alone. */
static const char *reference_of(int byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&#34;";
    case '\'':
        return "&#39;";
    default: /* not an enum */
        return NULL;
    }
}

static void add_expected_byte(struct text *out, int byte)
{
    const char *reference = reference_of(byte);
    if (reference) {
        text_add(out, str_from(reference));
    } else if (byte >= 0x80) {
        text_add(out, STR("\xEF\xBF\xBD"));
    } else if (byte == '\t' || byte == '\n' || (byte >= ' ' && byte != 0x7F)) {
        text_add_char(out, (char)byte);
    }
}

static void every_byte_in_text_and_attribute(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (int byte = 0; byte < 256; byte++) {
        char c = (char)byte;
        struct text expected = {.arena = arena};
        add_expected_byte(&expected, byte);
        char *wanted = str_cstr(arena, text_str(&expected));
        check_str(text_of(arena, (struct str){&c, 1}), wanted);
        check_str(attribute_of(arena, (struct str){&c, 1}), wanted);
    }
}

/* Each byte at each place of two words, so that both ways through the writer see it. */
static void every_byte_among_others(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (int byte = 0; byte < 256; byte++) {
        for (size_t at = 0; at < 16; at++) {
            struct arena_mark mark = arena_mark(arena);
            char around[17] = "abcdefghijklmnop";
            around[at] = (char)byte;
            struct text expected = {.arena = arena};
            for (size_t i = 0; i < 16; i++) {
                add_expected_byte(&expected, (unsigned char)around[i]);
            }
            check_str(text_of(arena, (struct str){around, 16}),
                      str_cstr(arena, text_str(&expected)));
            arena_rewind(arena, mark);
        }
    }
}

static void utf8_is_kept_and_mended(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const struct {
        const char *given, *written;
    } rows[] = {
        {"caf\xC3\xA9 \xE2\x80\x98x\xE2\x80\x99 \xF0\x9F\x98\x80",
         "caf\xC3\xA9 \xE2\x80\x98x\xE2\x80\x99 \xF0\x9F\x98\x80"},
        {"\xC2\x80\xC2\x9F\xC2\xA0", "\xC2\xA0"},             /* controls C1, and the first after */
        {"\xC0\xBC", "\xEF\xBF\xBD\xEF\xBF\xBD"},             /* < in two bytes */
        {"\xE0\x80\xBC", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* and in three */
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* half of a surrogate pair */
        {"a\xE2\x80", "a\xEF\xBF\xBD\xEF\xBF\xBD"},           /* cut short */
        {"\xC3<b", "\xEF\xBF\xBD&lt;b"},                      /* does not swallow what follows */
        {"\xF4\x90\x80\x80x", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDx"},
        {"\xEF\xBF\xBD", "\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        check_str(text_of(arena, str_from(rows[i].given)), rows[i].written);
    }
}

/* html_text, one byte or code point after the other. */
static struct str text_slowly(struct arena *arena, struct str s)
{
    struct text out = {.arena = arena};
    for (size_t at = 0; at < s.len;) {
        uint32_t code_point;
        size_t bytes = utf8_decode(s, at, &code_point);
        if (bytes < 2) {
            add_expected_byte(&out, (unsigned char)s.at[at]);
            at++;
            continue;
        }
        if (code_point >= 0xA0) {
            text_add(&out, str_slice(s, at, at + bytes));
        }
        at += bytes;
    }
    return text_str(&out);
}

/* Lengths beyond the stretch for which room is made at once, with much to escape. */
static void long_text_is_written_alike(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct check_random random = check_random_new("long_text_is_written_alike");
    static const char letters[] = "abc &<>\"'\xC3\xA9\xE2\x80\x99\xF0\x9F\x98\x80\x01\n\xFF";
    for (size_t round = 0; round < 300; round++) {
        struct arena_mark mark = arena_mark(arena);
        size_t len = check_random_below(&random, 4000);
        uint64_t plain = check_random_below(&random, 40); /* of 40 letters so many are plain */
        char *bytes = arena_alloc(arena, len);
        for (size_t i = 0; i < len; i++) {
            bool is_plain = check_random_below(&random, 40) < plain;
            bytes[i] = is_plain ? 'p' : letters[check_random_below(&random, sizeof(letters) - 1)];
        }
        struct str given = {bytes, len};
        assert_true(str_equal(text_of(arena, given), text_slowly(arena, given)));
        arena_rewind(arena, mark);
    }
}

static void addresses_that_pass(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const struct {
        const char *given, *written;
    } rows[] = {
        {"", ""},
        {"/", "/"},
        {"page", "page"},
        {"#part", "#part"},
        {"?q=1&r=2", "?q=1&amp;r=2"},
        {"/a/b:c", "/a/b:c"},
        {"a/b:c", "a/b:c"},
        {"/a b", "/a%20b"},
        {"/caf\xC3\xA9", "/caf\xC3\xA9"},
        {"/x?y='\"<>", "/x?y=&#39;&#34;&lt;&gt;"},
        {"https://example.org", "https://example.org"},
        {"HTTPS://Example.org/", "HTTPS://Example.org/"},
        {"http://[::1]:8420/", "http://[::1]:8420/"},
        {"mailto:office@example.org", "mailto:office@example.org"},
        {"tel:+441632960000", "tel:+441632960000"},
        {"java&#115;cript:alert(1)", "java&amp;#115;cript:alert(1)"}, /* a path and a fragment */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_true(html_url_is_safe(str_from(rows[i].given)));
        check_str(url_of(arena, str_from(rows[i].given)), rows[i].written);
    }
}

static void addresses_that_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char *const rows[] = {
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "\tjavascript:alert(1)",
        "\x01javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\rscript:alert(1)",
        "java\tscript:alert(1)",
        "javascript\n:alert(1)",
        "javascript :alert(1)",
        "javascript&colon;alert(1):",
        "vbscript:msgbox",
        "data:text/html,<script>alert(1)</script>",
        "DATA:text/html;base64,PHNjcmlwdD4=",
        "blob:https://example.org/x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "view-source:x",
        "x:y",
        ":",
        "://evil.example",
        "//evil.example",
        " //evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        "https://",
        "https://@evil.example",
        "http://\\evil.example",
        "/a\x7F",
        "/a\xFF",
        "/a\xC2\x85",
        "/a\xC0\xAF",
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_false(html_url_is_safe(str_from(rows[i])));
        check_str(url_of(arena, str_from(rows[i])), "#");
    }
    check_str(url_of(arena, STR("/a\0b")), "#");
    check_str(url_of(arena, STR("\0javascript:x")), "#");
}

/* No byte before, within or behind a scheme that is refused lets it pass. */
static void a_refused_scheme_with_any_byte(void **state)
{
    (void)state;
    static const char scheme[] = "javascript:x";
    const size_t len = sizeof(scheme) - 1;
    for (int byte = 0; byte < 256; byte++) {
        for (size_t at = 0; at <= len - 2; at++) {
            char url[sizeof(scheme)];
            memcpy(url, scheme, at);
            url[at] = (char)byte;
            memcpy(url + at + 1, scheme + at, len - at);
            bool is_path = byte == '/' || byte == '?' || byte == '#'; /* no scheme any more */
            assert_int_equal(html_url_is_safe((struct str){url, len + 1}), is_path);
        }
    }
}

static void every_byte_as_a_part_of_an_address(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@";
    for (int byte = 0; byte < 256; byte++) {
        char c = (char)byte;
        struct str written = part_of(arena, (struct str){&c, 1});
        if (byte >= 0x80) {
            check_str(written, "%EF%BF%BD");
        } else if (byte != 0 && strchr(plain, byte)) {
            check_str(written, str_cstr(arena, (struct str){&c, 1}));
        } else {
            check_str(written, str_cstr(arena, str_format(arena, "%%%02X", (unsigned)byte)));
        }
    }
    check_str(part_of(arena, (struct str){0}), "");
    check_str(part_of(arena, STR("\xC3\xA9/\xF0\x9F\x98\x80")), "%C3%A9%2F%F0%9F%98%80");
    check_str(part_of(arena, STR("a\xC3z")), "a%EF%BF%BDz");
}

static void numbers(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(int_of(arena, 0), "0");
    check_str(int_of(arena, 7), "7");
    check_str(int_of(arena, -10), "-10");
    check_str(int_of(arena, INT64_MAX), "9223372036854775807");
    check_str(int_of(arena, INT64_MIN), "-9223372036854775808");
}

static void literals_and_raw_html_are_as_they_are(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct html part = html_new(arena);
    html_literal(&part, "<b>", 3);
    html_text(&part, STR("<"));
    html_literal(&part, "</b>", 4);
    struct html whole = html_new(arena);
    html_raw(&whole, html_take(&part));
    html_raw(&whole, (struct html_raw){0});
    html_text(&whole, (struct str){0});
    check_str(html_take(&whole).markup, "<b>&lt;</b>");
}

/* Many small pieces, so that room is made again and again. */
static void a_page_grows(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct html html = html_new(arena);
    for (int64_t i = 0; i < 20000; i++) {
        html_literal(&html, "<i>", 3);
        html_text(&html, STR("&"));
        html_literal(&html, "</i>", 4);
    }
    struct str page = html_take(&html).markup;
    assert_int_equal(page.len, 20000 * 12);
    for (size_t at = 0; at < page.len; at += 12) {
        assert_true(str_equal(str_slice(page, at, at + 12), STR("<i>&amp;</i>")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_in_text_and_attribute),
        cmocka_unit_test(every_byte_among_others),
        cmocka_unit_test(utf8_is_kept_and_mended),
        cmocka_unit_test(long_text_is_written_alike),
        cmocka_unit_test(addresses_that_pass),
        cmocka_unit_test(addresses_that_are_refused),
        cmocka_unit_test(a_refused_scheme_with_any_byte),
        cmocka_unit_test(every_byte_as_a_part_of_an_address),
        cmocka_unit_test(numbers),
        cmocka_unit_test(literals_and_raw_html_are_as_they_are),
        cmocka_unit_test(a_page_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
