/*
 * tests/web/test_server.c - the web server with pages made for tests, for run_http.py.
 *
 *     test_server ADDRESS        prints its address when it listens; the access log is on stderr
 *
 * Its tables of routes and assets take the place of the program's; everything else is the same.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "web/assets.h"
#include "web/pages_int.h"
#include "web/web.h"

#define BYTES(text)                                                                                \
    {                                                                                              \
        (const unsigned char *)(text), sizeof(text) - 1                                            \
    }

const struct web_asset web_assets[] = {
    {"app-0001.css", "text/css; charset=utf-8", "0001", BYTES("identity"), BYTES("as gzip"),
     BYTES("as br")},
    {"plain-0002.txt", "text/plain; charset=utf-8", "0002", BYTES("only so"), {0}, {0}},
};
const size_t web_asset_count = sizeof web_assets / sizeof web_assets[0];

/* Bytes of /page, about as many as an answer of Handrail. */
#define PAGE_BYTES 20000

static void page_of_text(struct web_exchange *exchange)
{
    struct text *out = web_html(exchange, WEB_OK);
    while (out->len < PAGE_BYTES) {
        text_add(out, STR("<p>All staff ask the head teacher before they publish.</p>\n"));
    }
}

static void page_document(struct web_exchange *exchange)
{
    page_of_text(exchange);
    exchange->answer.cache = WEB_CACHE_CHECK;
}

/* Everything that the handler was given, one thing a line. */
static void page_echo(struct web_exchange *exchange)
{
    struct text *out = web_text(exchange, WEB_OK);
    text_addf(out, "path " STR_FMT "\n", STR_ARG(exchange->path));
    text_addf(out, "host " STR_FMT "\n", STR_ARG(exchange->host));
    for (size_t i = 0; i < exchange->parameter_count; i++) {
        text_addf(out, "parameter " STR_FMT "\n", STR_ARG(web_parameter(exchange, i)));
    }
    const struct web_form *forms[] = {&exchange->arguments, &exchange->form};
    static const char *const names[] = {"argument", "field"};
    for (size_t f = 0; f < 2; f++) {
        for (size_t i = 0; i < forms[f]->count; i++) {
            text_addf(out, "%s " STR_FMT "=" STR_FMT "\n", names[f],
                      STR_ARG(forms[f]->fields[i].name), STR_ARG(forms[f]->fields[i].value));
        }
    }
    text_addf(out, "body %zu\n", exchange->body.len);
}

/* Takes ?ms=.. of a worker's time. */
static void page_slow(struct web_exchange *exchange)
{
    int64_t milliseconds = 0;
    if (!str_to_int(web_form_value(&exchange->arguments, STR("ms")), &milliseconds)) {
        web_error(exchange, WEB_BAD_REQUEST);
        return;
    }
    struct timespec wait = {.tv_sec = milliseconds / 1000,
                            .tv_nsec = milliseconds % 1000 * 1000000};
    nanosleep(&wait, NULL);
    text_add(web_text(exchange, WEB_OK), STR("slow\n"));
}

/* ?bytes=.. of them. */
static void page_large(struct web_exchange *exchange)
{
    int64_t bytes = 0;
    struct text *out = web_text(exchange, WEB_OK);
    if (str_to_int(web_form_value(&exchange->arguments, STR("bytes")), &bytes)) {
        while ((int64_t)out->len < bytes) {
            text_add(out, STR("0123456789abcdef"));
        }
    }
}

static void page_redirect(struct web_exchange *exchange)
{
    web_redirect(exchange, STR("/health"));
}

/* A handler that forgets to answer. */
static void page_silent(struct web_exchange *exchange)
{
    (void)exchange;
}

const struct web_route web_routes[] = {
    {WEB_GET, "/", page_of_text, "home"},
    {WEB_GET, "/page", page_of_text, "page"},
    {WEB_GET, "/document", page_document, "document"},
    {WEB_GET, "/health", page_health, "health"},
    {WEB_GET, "/assets/{name}", page_asset, "asset"},
    {WEB_GET, "/echo", page_echo, "echo"},
    {WEB_POST, "/echo", page_echo, "echo"},
    {WEB_GET, "/policy/{pack}/clause/{key}", page_echo, "clause"},
    {WEB_POST, "/form", page_echo, "form"},
    {WEB_GET, "/slow", page_slow, "slow"},
    {WEB_GET, "/large", page_large, "large"},
    {WEB_GET, "/redirect", page_redirect, "redirect"},
    {WEB_GET, "/silent", page_silent, "silent"},
};
const size_t web_route_count = sizeof web_routes / sizeof web_routes[0];

int main(int argc, char **argv)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct web_options options = {
        .listen = str_from(argc > 1 ? argv[1] : "127.0.0.1:0"), .log = 2, .workers = 2};
    struct web *web;
    struct result result = web_open(arena, &options, &web);
    if (!result_is_ok(result)) {
        fprintf(stderr, STR_FMT ": %s\n", STR_ARG(result.detail), result.message);
        return 2;
    }
    printf(STR_FMT "\n", STR_ARG(web_address(web)));
    fflush(stdout);
    result = web_run(web);
    web_close(web);
    return result_is_ok(result) ? 0 : 2;
}
