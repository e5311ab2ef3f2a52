/*
 * tests/identity/oidc_curl_test.c - the bounds of real requests, by a small server on loopback.
 *
 * The server reads one request, keeps it and says what it was told to say.
 */
#include "support/check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "identity/oidc_http.h"

#define REQUEST_BYTES_MAX 8192

struct server {
    int listener;
    unsigned port;
    pthread_t thread;
    struct str says;
    bool stays_silent;
    bool repeats; /* the answer's last byte, until nobody listens */
    char request[REQUEST_BYTES_MAX];
    size_t request_bytes;
};

static void *server_run(void *context)
{
    struct server *server = context;
    int connection = accept(server->listener, NULL, NULL);
    if (connection < 0) {
        return NULL;
    }
    for (;;) {
        ssize_t got = recv(connection, server->request + server->request_bytes,
                           REQUEST_BYTES_MAX - server->request_bytes, 0);
        server->request_bytes += got > 0 ? (size_t)got : 0;
        struct str request = {server->request, server->request_bytes};
        bool is_post = str_starts(request, STR("POST"));
        size_t end = str_find(request, STR("\r\n\r\n"));
        if (got <= 0 || (end != STR_NONE && (!is_post || request.len > end + 4))) {
            break;
        }
    }
    if (server->stays_silent) {
        char byte;
        (void)!recv(connection, &byte, 1, 0); /* until the other side gives up */
    } else {
        (void)!send(connection, server->says.at, server->says.len, MSG_NOSIGNAL);
        for (size_t sent = 0; server->repeats && sent < 2 * OIDC_BODY_BYTES_MAX; sent += 4096) {
            static char many[4096];
            if (send(connection, many, sizeof(many), MSG_NOSIGNAL) < 0) {
                break;
            }
        }
    }
    close(connection);
    return NULL;
}

static void server_start(struct server *server)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    server->request_bytes = 0;
    server->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(server->listener, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(server->listener, 1), 0);
    assert_int_equal(getsockname(server->listener, (struct sockaddr *)&address, &length), 0);
    server->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&server->thread, NULL, server_run, server), 0);
}

static void server_stop(struct server *server)
{
    shutdown(server->listener, SHUT_RDWR);
    close(server->listener);
    pthread_join(server->thread, NULL);
}

MUST_USE static struct result fetch(struct arena *arena, struct server *server,
                                    const struct oidc_http_settings *settings, bool is_post,
                                    struct oidc_response *response)
{
    struct oidc_http http = oidc_http_curl(arena, settings);
    server_start(server);
    struct oidc_request request = {
        .url = str_format(arena, "http://127.0.0.1:%u/path?x=1", server->port),
        .is_post = is_post,
        .form = is_post ? STR("a=1&b=2") : (struct str){0},
        .authorization = is_post ? STR("Basic abc") : (struct str){0},
    };
    struct result result = http.fetch(http.context, arena, &request, response);
    server_stop(server);
    return result;
}

static const struct oidc_http_settings loose = {.allows_loopback_http = true};

static struct str request_of(const struct server *server)
{
    return (struct str){server->request, server->request_bytes};
}

static void check_has(struct str text, const char *part)
{
    if (str_find(text, str_from(part)) == STR_NONE) {
        fail_msg(STR_FMT " lacks %s", STR_ARG(text), part);
    }
}

static void a_request_and_its_answer(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static struct server server;
    struct oidc_response response;
    server.says = STR("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                      "\r\n{}");
    assert_true(result_is_ok(fetch(arena, &server, &loose, false, &response)));
    assert_int_equal(response.status, 200);
    check_str(response.content_type, "application/json");
    check_str(response.body, "{}");
    assert_true(str_starts(request_of(&server), STR("GET /path?x=1 HTTP/1.1\r\n")));
    check_has(request_of(&server), "\r\nAccept: application/json\r\n");
    assert_true(result_is_ok(fetch(arena, &server, &loose, true, &response)));
    assert_true(str_starts(request_of(&server), STR("POST /path?x=1 HTTP/1.1\r\n")));
    check_has(request_of(&server), "\r\nAuthorization: Basic abc\r\n");
    check_has(request_of(&server), "\r\nContent-Type: application/x-www-form-urlencoded\r\n");
    assert_true(str_ends(request_of(&server), STR("\r\n\r\na=1&b=2")));
}

static void no_redirect_is_followed(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static struct server server;
    struct oidc_response response;
    server.says = STR("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
                      "Content-Length: 0\r\n\r\n");
    assert_true(result_is_ok(fetch(arena, &server, &loose, false, &response)));
    assert_int_equal(response.status, 302);
    check_str(response.content_type, "");
    check_str(response.body, "");
}

static void bodies_are_bounded(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static struct server server;
    struct oidc_response response;
    struct text answer = {.arena = arena};
    text_addf(&answer, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", OIDC_BODY_BYTES_MAX);
    size_t head = answer.len;
    while (answer.len < head + OIDC_BODY_BYTES_MAX) {
        text_add_char(&answer, 'x');
    }
    server.says = text_str(&answer);
    assert_true(result_is_ok(fetch(arena, &server, &loose, false, &response)));
    assert_int_equal(response.body.len, OIDC_BODY_BYTES_MAX);
    /* It says beforehand that it is longer. */
    server.says = str_format(arena, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\nx",
                             OIDC_BODY_BYTES_MAX + 1);
    assert_int_equal(fetch(arena, &server, &loose, false, &response).code, RESULT_CODE_LIMIT);
    /* It does not say, and does not end. */
    server.says = STR("HTTP/1.1 200 OK\r\n\r\n");
    server.repeats = true;
    assert_int_equal(fetch(arena, &server, &loose, false, &response).code, RESULT_CODE_LIMIT);
}

static void time_is_bounded(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static struct server server;
    struct oidc_response response;
    struct oidc_http_settings settings = loose;
    settings.whole_milliseconds_max = 200;
    server.stays_silent = true;
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    assert_int_equal(fetch(arena, &server, &settings, false, &response).code, RESULT_CODE_IO);
    clock_gettime(CLOCK_MONOTONIC, &to);
    assert_true(to.tv_sec - from.tv_sec < 10);
}

static void nonsense_is_no_answer(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static struct server server;
    struct oidc_response response;
    static const char *const answers[] = {"", "nonsense", "\r\n\r\n",
                                          "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}"};
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        server.says = str_from(answers[i]);
        assert_int_equal(fetch(arena, &server, &loose, false, &response).code, RESULT_CODE_IO);
    }
}

static void http_is_for_tests(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static struct server server;
    struct oidc_response response;
    struct oidc_http_settings strict = {0};
    server.says = STR("HTTP/1.1 200 OK\r\n\r\n");
    assert_int_equal(fetch(arena, &server, &strict, false, &response).code, RESULT_CODE_INVALID);
    assert_int_equal(server.request_bytes, 0);
}

/* A proxy of the environment is not asked; one of the settings is. */
static void proxies(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static struct server server, proxy;
    struct oidc_response response;
    server.says = STR("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    proxy.says = STR("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    server_start(&proxy);
    struct str address = str_format(arena, "http://127.0.0.1:%u", proxy.port);
    assert_int_equal(setenv("http_proxy", str_cstr(arena, address), 1), 0);
    assert_int_equal(setenv("all_proxy", str_cstr(arena, address), 1), 0);
    assert_int_equal(unsetenv("no_proxy"), 0);
    assert_true(result_is_ok(fetch(arena, &server, &loose, false, &response)));
    assert_int_equal(response.status, 200);
    struct oidc_http_settings settings = loose;
    settings.proxy = address;
    assert_true(result_is_ok(fetch(arena, &server, &settings, false, &response)));
    assert_int_equal(response.status, 404);
    check_has(request_of(&proxy), "GET http://127.0.0.1:");
    server_stop(&proxy);
    assert_int_equal(unsetenv("http_proxy"), 0);
    assert_int_equal(unsetenv("all_proxy"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_and_its_answer),
        cmocka_unit_test(no_redirect_is_followed),
        cmocka_unit_test(bodies_are_bounded),
        cmocka_unit_test(time_is_bounded),
        cmocka_unit_test(nonsense_is_no_answer),
        cmocka_unit_test(http_is_for_tests),
        cmocka_unit_test(proxies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
