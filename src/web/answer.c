/*
 * web/answer.c - from the answer of a handler to a response of the library: headers, tags, 304.
 *
 * Read first: web_int.h, struct web_answer. Start at answer_make().
 *
 * What must hold
 * - answer_headers are on every answer.
 * - A page that was written is copied, at its exact size, and everything else that its handler made
 *   is given back at once: a page takes a hundredth of the memory that it took to find the answer,
 *   and may be long on its way. Bytes that live elsewhere (web_data) are not copied.
 */
#include <assert.h>
#include <string.h>
#include <time.h>

#include "web/negotiate_int.h"
#include "web/office.h"
#include "web/request_int.h"

static const struct {
    const char *name, *value;
} answer_headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; "
     "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
     "manifest-src 'self'; worker-src 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy",
     "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"},
};

/* Behind TLS: for two years nothing is asked of this name without it. */
#define ANSWER_TRANSPORT "max-age=63072000; includeSubDomains"

static const char *const answer_caches[WEB_CACHE_COUNT] = {
    [WEB_CACHE_NONE] = "no-store",
    [WEB_CACHE_CHECK] = "no-cache",
    [WEB_CACHE_FOREVER] = "public, max-age=31536000, immutable",
};

int64_t web_microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/*
 * A tag of the content: eight bytes at a time, multiplied and folded; each step can be undone, so a
 * change in one place always changes the tag. Nobody gains by making two pages of one tag.
 */
static uint64_t answer_mix(uint64_t a, uint64_t b)
{
    a ^= b;
    a *= UINT64_C(0x9E3779B97F4A7C15);
    return a ^ (a >> 29);
}

static struct str answer_tag(struct arena *arena, struct str body)
{
    uint64_t tag = answer_mix(UINT64_C(0x243F6A8885A308D3), body.len);
    for (size_t i = 0; i < body.len; i += sizeof tag) {
        uint64_t word = 0;
        memcpy(&word, body.at + i, body.len - i < sizeof word ? body.len - i : sizeof word);
        tag = answer_mix(tag, word);
    }
    return str_format(arena, "%016llx", (unsigned long long)answer_mix(tag, tag >> 32));
}

static void answer_add(struct web_request *request, const char *name, const char *value)
{
    enum MHD_Result added = MHD_add_response_header(request->response, name, value);
    assert(added == MHD_YES && "our own headers are well formed, and there is memory");
    (void)added;
}

static void answer_add_headers(struct web_request *request, const struct web_answer *answer)
{
    struct arena *arena = request->arena;
    for (size_t i = 0; i < sizeof answer_headers / sizeof answer_headers[0]; i++) {
        answer_add(request, answer_headers[i].name, answer_headers[i].value);
    }
    const struct web_office *office =
        request->exchange.site ? request->exchange.site->office : NULL;
    if (office && !str_is_empty(office->public_host)) {
        answer_add(request, "Strict-Transport-Security", ANSWER_TRANSPORT);
    }
    answer_add(request, MHD_HTTP_HEADER_CACHE_CONTROL, answer_caches[answer->cache]);
    if (!str_is_empty(answer->etag)) {
        struct str quoted = str_format(arena, "\"" STR_FMT "\"", STR_ARG(answer->etag));
        answer_add(request, MHD_HTTP_HEADER_ETAG, str_cstr(arena, quoted));
    }
    if (answer->varies) {
        answer_add(request, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    }
    bool has_body = answer->status != WEB_NOT_MODIFIED;
    if (has_body && !str_is_empty(answer->encoding)) {
        answer_add(request, MHD_HTTP_HEADER_CONTENT_ENCODING, str_cstr(arena, answer->encoding));
    }
    if (has_body && !str_is_empty(answer->type)) {
        answer_add(request, MHD_HTTP_HEADER_CONTENT_TYPE, str_cstr(arena, answer->type));
    }
    for (size_t i = 0; i < answer->header_count; i++) {
        answer_add(request, str_cstr(arena, answer->headers[i].name),
                   str_cstr(arena, answer->headers[i].value));
    }
    if (request->closes) {
        answer_add(request, MHD_HTTP_HEADER_CONNECTION, "close");
    }
}

/* Nobody looks at what the handler was given and made any more, save for the log. */
static void answer_forget(struct web_request *request)
{
    request->exchange = (struct web_exchange){.arena = request->arena,
                                              .method = request->exchange.method,
                                              .route = request->exchange.route};
    request->body = (struct text){0};
    arena_rewind(request->arena, request->start);
}

void answer_make(struct web_request *request)
{
    struct web_exchange *exchange = &request->exchange;
    struct web_answer *answer = &exchange->answer;
    struct str body = answer->text.len > 0 ? text_str(&answer->text) : answer->bytes;
    bool is_get = exchange->method == WEB_GET || exchange->method == WEB_HEAD;
    bool is_document = is_get && answer->status == WEB_OK;

    if (is_document && answer->cache == WEB_CACHE_CHECK && str_is_empty(answer->etag)) {
        answer->etag = answer_tag(request->arena, body);
    }
    if (is_document && !str_is_empty(answer->etag) &&
        web_tag_matches(exchange->if_none_match, answer->etag)) {
        answer->status = WEB_NOT_MODIFIED;
        body = (struct str){0};
    }
    request->status = answer->status;
    request->bytes = exchange->method == WEB_HEAD ? 0 : body.len;
    bool is_written = answer->text.len > 0;
    /* The library's interface is not const, but it only reads what is persistent or copied. */
    void *bytes = (void *)(uintptr_t)str_print_bytes(body);
    request->response = MHD_create_response_from_buffer(
        body.len, bytes, is_written ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT);
    assert(request->response && "there is memory for an answer");
    answer_add_headers(request, answer);
    if (is_written) {
        request->answer_bytes = body.len;
        answer_forget(request);
    }
}
