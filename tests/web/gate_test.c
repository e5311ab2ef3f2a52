/*
 * tests/web/gate_test.c - the gate: what passes, what is refused with which status, every bound.
 *
 * tests/web/gate_http_test.py says the same over sockets, to the whole server.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "web/gate_int.h"

#define HOST "Host: school.example\r\n"
#define END "\r\n"

static struct gate_reading read_text(const char *text)
{
    return web_gate_read(str_from(text));
}

static void check_passes(const char *text, size_t body_bytes)
{
    struct gate_reading reading = read_text(text);
    if (reading.verdict != GATE_PASSED) {
        print_message("status %d: %s\n", (int)reading.status, text);
    }
    assert_int_equal(reading.verdict, GATE_PASSED);
    assert_int_equal(reading.body_bytes, body_bytes);
    assert_int_equal(reading.head_bytes, strstr(text, "\r\n\r\n") + 4 - text);
}

static void check_refused(const char *text, int status)
{
    struct gate_reading reading = read_text(text);
    if (reading.verdict != GATE_REFUSED || (int)reading.status != status) {
        print_message("verdict %d, status %d: %s\n", (int)reading.verdict, (int)reading.status,
                      text);
    }
    assert_int_equal(reading.verdict, GATE_REFUSED);
    assert_int_equal(reading.status, status);
}

static void ordinary_requests_pass(void **state)
{
    (void)state;
    check_passes("GET / HTTP/1.1\r\n" HOST END, 0);
    check_passes("GET / HTTP/1.0\r\n" END, 0);
    check_passes("GET /search?q=a%20b&x=|{}^`\\\"<> HTTP/1.1\r\n" HOST END, 0);
    check_passes("GET /a HTTP/1.1\r\nHOST:school.example:8420\r\nX-Empty:\r\n" END, 0);
    check_passes("GET /a HTTP/1.1\r\nHost: [::1]:8420\r\n" END, 0);
    check_passes("GET http://school.example/a?b HTTP/1.1\r\n" HOST END, 0);
    check_passes("GET HTTP://school.example HTTP/1.1\r\n" HOST END, 0);
    check_passes("HEAD / HTTP/1.1\r\n" HOST "X: caf\xC3\xA9\t!\r\n" END, 0);
    check_passes("POST / HTTP/1.1\r\n" HOST "Content-Length: 0\r\n" END, 0);
    check_passes("POST / HTTP/1.1\r\n" HOST "content-length: \t 00012 \r\n" END "a=1", 12);
    check_passes("POST / HTTP/1.1\r\n" HOST "Expect: 100-Continue\r\nContent-Length: 3\r\n" END, 3);
    check_passes("DELETE /x HTTP/1.1\r\n" HOST END, 0);
    check_passes("GET / HTTP/1.1\r\n" HOST "Content-Length: 0\r\n" END, 0);
    check_passes("GET / HTTP/1.1\r\n" HOST END "\x01 what follows is not looked at", 0);
}

static void methods_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(read_text("GET / HTTP/1.0\r\n\r\n").method, WEB_GET);
    assert_int_equal(read_text("HEAD / HTTP/1.0\r\n\r\n").method, WEB_HEAD);
    assert_int_equal(read_text("POST / HTTP/1.0\r\nContent-Length: 1\r\n\r\n").method, WEB_POST);
    assert_int_equal(read_text("get / HTTP/1.0\r\n\r\n").method, WEB_METHOD_OTHER);
    assert_int_equal(read_text("HEAD / HTTP/1.1\r\n\r\n").method, WEB_HEAD); /* refused, no Host */
}

static void a_part_waits_for_the_rest(void **state)
{
    (void)state;
    static const char whole[] =
        "POST /form?a=1 HTTP/1.1\r\n" HOST "Content-Type: text/plain\r\nContent-Length: 5\r\n" END;
    for (size_t len = 0; len + 1 < sizeof whole; len++) {
        struct gate_reading reading = web_gate_read((struct str){whole, len});
        assert_int_equal(reading.verdict, GATE_INCOMPLETE);
    }
    assert_int_equal(web_gate_read(str_from(whole)).verdict, GATE_PASSED);
}

static void request_lines_are_strict(void **state)
{
    (void)state;
    check_refused("\r\nGET / HTTP/1.1\r\n", 400);
    check_refused(" GET / HTTP/1.1\r\n", 400);
    check_refused("GET  / HTTP/1.1\r\n", 400);
    check_refused("GET /  HTTP/1.1\r\n", 400);
    check_refused("GET / HTTP/1.1 \r\n", 400);
    check_refused("GET\t/ HTTP/1.1\r\n", 400);
    check_refused("GET /\r\n", 400);
    check_refused("GET / http/1.1\r\n", 400);
    check_refused("GET / HTTP/1.1x\r\n", 400);
    check_refused("G(T / HTTP/1.1\r\n", 400);
    check_refused("GET / HTTP/1.2\r\n", 505);
    check_refused("GET / HTTP/0.9\r\n", 505);
    check_refused("PRI * HTTP/2.0\r\n", 505);
    check_refused("GET a HTTP/1.1\r\n", 400);
    check_refused("GET * HTTP/1.1\r\n", 400);
    check_refused("OPTIONS * HTTP/1.1\r\n", 405);
    check_refused("CONNECT school.example:443 HTTP/1.1\r\n", 405);
    check_refused("GET http:///a HTTP/1.1\r\n", 400);
    check_refused("GET http://user@school.example/ HTTP/1.1\r\n", 400);
    check_refused("GET https://school.example/ HTTP/1.1\r\n", 400);
    check_refused("GET !400 HTTP/1.1\r\n", 400);
    check_refused("\x16\x03\x01\x02", 400); /* TLS */
}

static void paths_hold_what_a_path_may_hold(void **state)
{
    (void)state;
    check_refused("GET /a\\b HTTP/1.1\r\n", 400);
    check_refused("GET /a#b HTTP/1.1\r\n", 400);
    check_refused("GET /<script> HTTP/1.1\r\n", 400);
    check_refused("GET /\xC3\xA9 HTTP/1.1\r\n", 400);
    check_refused("GET /a\x01 HTTP/1.1\r\n", 400);
    check_refused("GET /a?\x7F HTTP/1.1\r\n", 400);
    check_refused("GET /a?b#c HTTP/1.1\r\n", 400);
    check_refused("GET /a?\xC3\xA9 HTTP/1.1\r\n", 400);
}

static void fields_are_strict(void **state)
{
    (void)state;
    check_refused("GET / HTTP/1.1\r\nHost : a\r\n", 400);
    check_refused("GET / HTTP/1.1\r\nHost\t: a\r\n", 400);
    check_refused("GET / HTTP/1.1\r\n Host: a\r\n", 400);
    check_refused("GET / HTTP/1.1\r\nX: a\r\n b\r\n", 400);
    check_refused("GET / HTTP/1.1\r\nX: a\r\n\tb\r\n", 400);
    check_refused("GET / HTTP/1.1\r\nno colon\r\n", 400);
    check_refused("GET / HTTP/1.1\r\n: empty name\r\n", 400);
    check_refused("GET / HTTP/1.1\r\nX(Y): a\r\n", 400);
    check_refused("GET / HTTP/1.1\r\nX: a\x01\r\n", 400);
    check_refused("GET / HTTP/1.1\r\nX: a\x7F\r\n", 400);
    check_refused("GET / HTTP/1.1\r\nX: a\rY: b\r\n", 400);
    struct str nul = STR("GET / HTTP/1.1\r\nX: a\0b\r\n");
    assert_int_equal(web_gate_read(nul).status, 400);
}

static void lines_end_in_cr_lf(void **state)
{
    (void)state;
    check_refused("GET / HTTP/1.1\n", 400);
    check_refused("GET / HTTP/1.1\r\nHost: a\n", 400);
    check_refused("GET / HTTP/1.1\r\nHost: a\r\n\n", 400);
    check_refused("GET / HTTP/1.1\r\nHost: a\r\n\r\r\n", 400);
    check_refused("\n", 400);
}

static void there_is_one_host(void **state)
{
    (void)state;
    check_refused("GET / HTTP/1.1\r\n" END, 400);
    check_refused("GET / HTTP/1.1\r\n" HOST HOST END, 400);
    check_refused("GET / HTTP/1.0\r\n" HOST "host: b\r\n" END, 400);
    check_refused("GET / HTTP/1.1\r\nHost:\r\n" END, 400);
    check_refused("GET / HTTP/1.1\r\nHost: a b\r\n" END, 400);
    check_refused("GET / HTTP/1.1\r\nHost: a,b\r\n" END, 400);
    check_refused("GET / HTTP/1.1\r\nHost: a/b\r\n" END, 400);
    check_refused("GET / HTTP/1.1\r\nHost: a@b\r\n" END, 400);
    check_refused("GET / HTTP/1.1\r\nHost: <b>\r\n" END, 400);
}

static void a_body_has_one_length(void **state)
{
    (void)state;
    check_refused("POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 5\r\n" END, 400);
    check_refused("POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\ncontent-length: 6\r\n" END, 400);
    static const char *const bad[] = {"", "5, 5", "+5", "-5", "5 5", "0x5", "5.0", "five", "5;"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[128];
        (void)snprintf(text, sizeof text, "POST / HTTP/1.1\r\n" HOST "Content-Length: %s\r\n" END,
                       bad[i]);
        check_refused(text, 400);
    }
    check_refused("POST / HTTP/1.1\r\n" HOST END, 411);
    check_refused("GET / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n" END, 400);
    check_refused("HEAD / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n" END, 400);
    check_refused("POST / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999999999\r\n" END,
                  413);
    check_refused("POST / HTTP/1.1\r\n" HOST "Content-Length: 18446744073709551617\r\n" END, 413);
}

static void transfer_codings_are_refused(void **state)
{
    (void)state;
    check_refused("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n" END, 411);
    check_refused("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: cHuNkEd\r\n" END, 411);
    check_refused(
        "POST / HTTP/1.1\r\n" HOST "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n" END, 400);
    check_refused(
        "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n" END, 400);
    check_refused("POST / HTTP/1.1\r\n" HOST
                  "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" END,
                  400);
    check_refused("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n" END, 501);
    check_refused("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n" END, 501);
    check_refused("POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: identity\r\n" END, 501);
    check_refused("GET / HTTP/1.1\r\n" HOST "Transfer-Encoding:\r\n" END, 501);
    check_refused("POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n" END, 400);
}

static void other_fields_that_matter(void **state)
{
    (void)state;
    check_refused("POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nExpect: 200-ok\r\n" END, 417);
    check_refused("GET / HTTP/1.1\r\n" HOST "Content-Type: a/b\r\nContent-Type: c/d\r\n" END, 400);
}

/* ---- Bounds: at the bound, and one past it --------------------------------------------------- */

static struct gate_reading read_filled(const char *before, size_t count, const char *after)
{
    struct arena *arena = arena_open();
    struct text text = {.arena = arena};
    text_add(&text, str_from(before));
    for (size_t i = 0; i < count; i++) {
        text_add_char(&text, 'x');
    }
    text_add(&text, str_from(after));
    struct gate_reading reading = web_gate_read(text_str(&text));
    arena_close(arena);
    return reading;
}

static void the_request_line_has_a_bound(void **state)
{
    (void)state;
    size_t fixed = strlen("GET / HTTP/1.1");
    size_t fill = WEB_REQUEST_LINE_BYTES_MAX - fixed;
    assert_int_equal(read_filled("GET /", fill, " HTTP/1.1\r\n" HOST END).verdict, GATE_PASSED);
    assert_int_equal(read_filled("GET /", fill + 1, " HTTP/1.1\r\n" HOST END).status, 414);
    /* Without its end: refused as soon as it is certain. */
    size_t start = strlen("GET /");
    struct gate_reading reading = read_filled("GET /", WEB_REQUEST_LINE_BYTES_MAX + 1 - start, "");
    assert_int_equal(reading.verdict, GATE_INCOMPLETE);
    reading = read_filled("GET /", WEB_REQUEST_LINE_BYTES_MAX + 2 - start, "");
    assert_int_equal(reading.status, 414);
}

static void the_head_has_a_bound(void **state)
{
    (void)state;
    static const char start[] = "GET / HTTP/1.1\r\n" HOST "X: ";
    size_t fill = WEB_HEAD_BYTES_MAX - strlen(start) - 4;
    struct gate_reading reading = read_filled(start, fill, "\r\n\r\n");
    assert_int_equal(reading.verdict, GATE_PASSED);
    assert_int_equal(reading.head_bytes, WEB_HEAD_BYTES_MAX);
    assert_int_equal(read_filled(start, fill + 1, "\r\n\r\n").status, 431);
    assert_int_equal(read_filled(start, fill + 3, "").verdict, GATE_INCOMPLETE);
    assert_int_equal(read_filled(start, fill + 4, "").status, 431);
}

/* The same piece again and again after the request line. */
static struct gate_reading read_repeated(const char *start, const char *piece, size_t count,
                                         const char *end)
{
    struct arena *arena = arena_open();
    struct text text = {.arena = arena};
    text_add(&text, str_from(start));
    for (size_t i = 0; i < count; i++) {
        text_add(&text, str_from(piece));
    }
    text_add(&text, str_from(end));
    struct gate_reading reading = web_gate_read(text_str(&text));
    arena_close(arena);
    return reading;
}

static void counts_have_bounds(void **state)
{
    (void)state;
    const char *start = "GET / HTTP/1.1\r\n" HOST;
    size_t most = WEB_HEAD_FIELDS_MAX - 1; /* and the Host */
    assert_int_equal(read_repeated(start, "X: y\r\n", most, END).verdict, GATE_PASSED);
    assert_int_equal(read_repeated(start, "X: y\r\n", most + 1, END).status, 431);

    const char *query_end = " HTTP/1.1\r\n" HOST END;
    most = WEB_QUERY_FIELDS_MAX - 1; /* each "&" ends one */
    assert_int_equal(read_repeated("GET /?a", "&a", most, query_end).verdict, GATE_PASSED);
    assert_int_equal(read_repeated("GET /?a", "&a", most + 1, query_end).status, 400);

    start = "GET / HTTP/1.1\r\n" HOST "Cookie: a=b";
    most = WEB_COOKIES_MAX - 1;
    assert_int_equal(read_repeated(start, "; a=b", most, "\r\n\r\n").verdict, GATE_PASSED);
    assert_int_equal(read_repeated(start, "; a=b", most + 1, "\r\n\r\n").status, 431);

    start = "GET / HTTP/1.1\r\n" HOST "Cookie: ";
    assert_int_equal(read_filled(start, WEB_COOKIE_BYTES_MAX, "\r\n\r\n").verdict, GATE_PASSED);
    assert_int_equal(read_filled(start, WEB_COOKIE_BYTES_MAX + 1, "\r\n\r\n").status, 431);

    most = WEB_METHOD_BYTES_MAX;
    assert_int_equal(read_filled("", most, " / HTTP/1.1\r\n" HOST END).verdict, GATE_PASSED);
    assert_int_equal(read_filled("", most + 1, " / HTTP/1.1\r\n" HOST END).status, 400);
    assert_int_equal(read_filled("", most, "").verdict, GATE_INCOMPLETE);
    assert_int_equal(read_filled("", most + 1, "").status, 400);
}

static void the_body_has_a_bound(void **state)
{
    (void)state;
    char text[128];
    (void)snprintf(text, sizeof text, "POST / HTTP/1.1\r\n" HOST "Content-Length: %zu\r\n" END,
                   WEB_FILE_BYTES_MAX);
    check_passes(text, WEB_FILE_BYTES_MAX);
    (void)snprintf(text, sizeof text, "POST / HTTP/1.1\r\n" HOST "Content-Length: %zu\r\n" END,
                   WEB_FILE_BYTES_MAX + 1);
    check_refused(text, 413);
}

/*
 * Whatever passes is a head by a second reading of the same rules, written the slow way: so random
 * changes to good heads find no way around one of them.
 */
static bool is_plain_head(struct str head)
{
    if (!str_ends(head, STR("\r\n\r\n"))) {
        return false;
    }
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.at[i];
        bool is_end = (c == '\r' && i + 1 < head.len && head.at[i + 1] == '\n') ||
                      (c == '\n' && i > 0 && head.at[i - 1] == '\r');
        if ((c < 0x20 && c != '\t' && !is_end) || c == 0x7F) {
            return false;
        }
        bool is_fold =
            c == '\n' && i + 1 < head.len && (head.at[i + 1] == ' ' || head.at[i + 1] == '\t');
        if (is_fold) {
            return false;
        }
    }
    return true;
}

static void random_changes_find_no_gap(void **state)
{
    (void)state;
    static const char whole[] = "POST /form?a=1 HTTP/1.1\r\nHost: school.example\r\n"
                                "Content-Type: application/x-www-form-urlencoded\r\n"
                                "Accept-Encoding: gzip\r\nContent-Length: 5\r\n\r\n";
    static const char spice[] = "\r\n\t \0:;,%/\\?#&=\x01\x7F\x80\xFF"
                                "aZ09";
    struct check_random random = check_random_new("random_changes_find_no_gap");
    size_t passed = 0;
    for (int round = 0; round < 200000; round++) {
        char head[sizeof whole];
        memcpy(head, whole, sizeof whole);
        for (uint64_t changes = check_random_below(&random, 3); changes > 0; changes--) {
            head[check_random_below(&random, sizeof whole - 1)] =
                spice[check_random_below(&random, sizeof spice - 1)];
        }
        struct gate_reading reading = web_gate_read((struct str){head, sizeof whole - 1});
        if (reading.verdict == GATE_PASSED) {
            passed++;
            assert_true(is_plain_head((struct str){head, reading.head_bytes}));
        }
    }
    assert_true(passed > 1000); /* else nothing was tested */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_requests_pass),
        cmocka_unit_test(methods_are_told_apart),
        cmocka_unit_test(a_part_waits_for_the_rest),
        cmocka_unit_test(request_lines_are_strict),
        cmocka_unit_test(paths_hold_what_a_path_may_hold),
        cmocka_unit_test(fields_are_strict),
        cmocka_unit_test(lines_end_in_cr_lf),
        cmocka_unit_test(there_is_one_host),
        cmocka_unit_test(a_body_has_one_length),
        cmocka_unit_test(transfer_codings_are_refused),
        cmocka_unit_test(other_fields_that_matter),
        cmocka_unit_test(the_request_line_has_a_bound),
        cmocka_unit_test(the_head_has_a_bound),
        cmocka_unit_test(counts_have_bounds),
        cmocka_unit_test(the_body_has_a_bound),
        cmocka_unit_test(random_changes_find_no_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
