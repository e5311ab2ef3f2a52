/*
 * tests/web/route_test.c - paths and patterns: what fits, what is unknown, what plays tricks.
 */
#include "support/check.h"

#include "base/arena.h"
#include "web/route_int.h"

static void nothing(struct web_exchange *exchange)
{
    (void)exchange;
}

static const struct web_route routes[] = {
    {WEB_GET, "/", nothing, "home"},
    {WEB_GET, "/may-i", nothing, "may-i"},
    {WEB_POST, "/may-i", nothing, "may-i-post"},
    {WEB_POST, "/only-post", nothing, "only-post"},
    {WEB_GET, "/policy/{pack}", nothing, "policy"},
    {WEB_GET, "/policy/{pack}/clause/{key}", nothing, "clause"},
    {WEB_GET, "/a/b/c/d/e/f/g/h", nothing, "deep"},
    {WEB_GET, "/tile/{...}", nothing, "rest"},
    {WEB_GET, "/{epoch}/tile/{...}", nothing, "rest-of"},
};

static enum web_status find(struct web_exchange *exchange, enum web_method method, const char *path,
                            struct str *allow)
{
    struct arena *arena = exchange->arena;
    *exchange = (struct web_exchange){.arena = arena, .method = method, .path = str_from(path)};
    *allow = (struct str){0};
    return web_route_find(exchange, routes, sizeof routes / sizeof routes[0], allow);
}

static void check_found(enum web_method method, const char *path, const char *name,
                        const char *first, const char *second)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct web_exchange exchange = {.arena = arena};
    struct str allow;
    assert_int_equal(find(&exchange, method, path, &allow), WEB_OK);
    assert_string_equal(exchange.route->name, name);
    check_str(exchange.parameters[0], first);
    check_str(exchange.parameters[1], second);
    assert_int_equal(exchange.parameter_count, (first[0] != 0) + (second[0] != 0));
}

static void check_not(enum web_method method, const char *path, enum web_status status,
                      const char *expected_allow)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct web_exchange exchange = {.arena = arena};
    struct str allow;
    enum web_status found = find(&exchange, method, path, &allow);
    if (found != status) {
        print_message("%s\n", path);
    }
    assert_int_equal(found, status);
    check_str(allow, expected_allow);
    assert_null(exchange.route);
}

static void paths_find_their_row(void **state)
{
    (void)state;
    check_found(WEB_GET, "/", "home", "", "");
    check_found(WEB_HEAD, "/may-i", "may-i", "", "");
    check_found(WEB_POST, "/may-i", "may-i-post", "", "");
    check_found(WEB_GET, "/policy/reach2", "policy", "reach2", "");
    check_found(WEB_GET, "/policy/reach2/clause/3.5", "clause", "reach2", "3.5");
    check_found(WEB_GET, "/policy/caf%C3%A9/clause/a%20b+c", "clause", "caf\xC3\xA9", "a b+c");
    check_found(WEB_GET, "/m%61y-i", "may-i", "", "");
    check_found(WEB_GET, "/policy/...", "policy", "...", "");
    check_found(WEB_GET, "/a/b/c/d/e/f/g/h", "deep", "", "");
    check_found(WEB_GET, "/tile/0", "rest", "", "");
    check_found(WEB_HEAD, "/tile/0/x001/x234/067.p/8/h", "rest", "", "");
    check_found(WEB_GET, "/epoch-2/tile/0/000", "rest-of", "epoch-2", "");
}

static void other_paths_are_unknown(void **state)
{
    (void)state;
    static const char *const paths[] = {"//",
                                        "/may-i/",
                                        "/may-I",
                                        "/policy",
                                        "/policy/",
                                        "/policy//clause",
                                        "/policy/a/b",
                                        "/policy/a/clause/",
                                        "/may-i//",
                                        "//may-i",
                                        "/policy/a/clause/b/c",
                                        "/a/b/c/d/e/f/g/h/i",
                                        "/a/b/c/d/e/f/g/h/",
                                        "/tile",
                                        "/tile/",
                                        "/tile//0",
                                        "/tile/0/",
                                        "/tile/0//000",
                                        "/tile/b/c/d/e/f/g/h/i",
                                        "/epoch-2/tile",
                                        "/epoch-2/tile/"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        check_not(WEB_GET, paths[i], WEB_NOT_FOUND, "");
    }
    check_not(WEB_METHOD_OTHER, "/nowhere", WEB_NOT_FOUND, "");
}

static void other_methods_are_told_what_is_allowed(void **state)
{
    (void)state;
    check_not(WEB_METHOD_OTHER, "/may-i", WEB_METHOD_NOT_ALLOWED, "GET, HEAD, POST");
    check_not(WEB_POST, "/", WEB_METHOD_NOT_ALLOWED, "GET, HEAD");
    check_not(WEB_GET, "/only-post", WEB_METHOD_NOT_ALLOWED, "POST");
    check_not(WEB_HEAD, "/only-post", WEB_METHOD_NOT_ALLOWED, "POST");
    check_not(WEB_POST, "/tile/0/000", WEB_METHOD_NOT_ALLOWED, "GET, HEAD");
}

static void tricks_are_refused(void **state)
{
    (void)state;
    static const char *const paths[] = {"/..",
                                        "/policy/..",
                                        "/policy/../may-i",
                                        "/.",
                                        "/policy/%2e%2e",
                                        "/policy/.%2E",
                                        "/policy/%2e",
                                        "/policy/a%2fb",
                                        "/policy/a%5cb",
                                        "/policy/%00",
                                        "/policy/a%00.html",
                                        "/policy/%0d%0aX:1",
                                        "/policy/%7f",
                                        "/policy/%c0%af",
                                        "/policy/%c0%ae%c0%ae",
                                        "/policy/%e0%80%af",
                                        "/policy/%ff",
                                        "/policy/%",
                                        "/policy/%2",
                                        "/policy/%zz",
                                        "/policy/%u002e",
                                        "/policy/%ed%a0%80",
                                        "/nowhere/%2e%2e"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        check_not(WEB_GET, paths[i], WEB_BAD_REQUEST, "");
    }
    /* Decoded once, not twice. */
    check_found(WEB_GET, "/policy/%252e%252e", "policy", "%2e%2e", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_find_their_row),
        cmocka_unit_test(other_paths_are_unknown),
        cmocka_unit_test(other_methods_are_told_what_is_allowed),
        cmocka_unit_test(tricks_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
