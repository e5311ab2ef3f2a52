/*
 * fuzz/html_fuzz.c - any bytes at all as text, as an address and as a part of one.
 *
 * Run it with tools/fuzz.sh html SECONDS. Read first: src/page/html.h. The rest of the module page
 * needs templates that only the build makes, so html.c is included here.
 *
 * Modules: base
 *
 * What must hold, beyond that no sanitizer complains
 * - What is written is UTF-8 without control characters and without < > " ', and each & begins one
 *   of the five references. Read back, it is the text without what is left out.
 * - An address, read as a browser does, has one of four schemes or stays on this site.
 * - A part of an address has no character that means something there.
 */
#include "page/html.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

/* What a reference at the beginning of `rest` stands for; 0 when there is none. */
static char referred(struct str rest, size_t *len)
{
    static const struct {
        struct str reference;
        char stands_for;
    } rows[] = {{STR_INIT("&amp;"), '&'},
                {STR_INIT("&lt;"), '<'},
                {STR_INIT("&gt;"), '>'},
                {STR_INIT("&#34;"), '"'},
                {STR_INIT("&#39;"), '\''}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (str_starts(rest, rows[i].reference)) {
            *len = rows[i].reference.len;
            return rows[i].stands_for;
        }
    }
    return 0;
}

/* As a browser reads what is written. */
static struct str read_back(struct arena *arena, struct str written)
{
    assert(utf8_valid(written));
    struct text out = {.arena = arena};
    for (size_t at = 0; at < written.len;) {
        char c = written.at[at];
        assert(c != '<' && c != '>' && c != '"' && c != '\'');
        size_t len = 1;
        if (c == '&') {
            c = referred(str_slice(written, at, written.len), &len);
            assert(c != 0);
        }
        text_add_char(&out, c);
        at += len;
    }
    return text_str(&out);
}

/* The text that a reader should see. */
static struct str seen(struct arena *arena, struct str given)
{
    struct text out = {.arena = arena};
    for (size_t at = 0; at < given.len;) {
        uint32_t code_point;
        char encoded[UTF8_BYTES_MAX];
        size_t bytes = utf8_decode(given, at, &code_point);
        bool is_control = code_point < ' ' ? code_point != '\t' && code_point != '\n'
                                           : code_point >= 0x7F && code_point < 0xA0;
        if (!is_control) {
            text_add(&out, (struct str){encoded, utf8_encode(code_point, encoded)});
        }
        at += bytes ? bytes : 1;
    }
    return text_str(&out);
}

/* The URL Standard: spaces and controls before it, tabs and line ends anywhere do not count. */
static struct str as_browser(struct arena *arena, struct str url)
{
    size_t start = 0;
    while (start < url.len && (unsigned char)url.at[start] <= ' ') {
        start++;
    }
    struct text out = {.arena = arena};
    for (size_t at = start; at < url.len; at++) {
        char c = url.at[at];
        if (c != '\t' && c != '\n' && c != '\r') {
            bool is_capital = c >= 'A' && c <= 'Z';
            text_add_char(&out, c == '\\' ? '/' : is_capital ? (char)(c - 'A' + 'a') : c);
        }
    }
    return text_str(&out);
}

static void check_address(struct str url)
{
    size_t at = 0;
    while (at < url.len && (is_letter(url.at[at]) ||
                            (at > 0 && (is_digit(url.at[at]) || strchr("+-.", url.at[at]))))) {
        at++;
    }
    if (at > 0 && at < url.len && url.at[at] == ':') {
        assert(str_starts(url, STR("https://")) || str_starts(url, STR("http://")) ||
               str_starts(url, STR("mailto:")) || str_starts(url, STR("tel:")));
    } else {
        assert(!str_starts(url, STR("//")));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str given = {(const char *)data, bytes};

    struct html text = html_new(arena);
    html_text(&text, given);
    assert(str_equal(read_back(arena, html_take(&text).markup), seen(arena, given)));

    struct html url = html_new(arena);
    html_url(&url, given);
    struct str address = read_back(arena, html_take(&url).markup);
    assert(str_equal(address, seen(arena, address)));
    check_address(as_browser(arena, address));

    struct html part = html_new(arena);
    html_url_part(&part, given);
    struct str written = html_take(&part).markup;
    for (size_t i = 0; i < written.len; i++) {
        assert(is_unreserved(written.at[i]) || written.at[i] == '%');
    }
    return 0;
}
