/*
 * identity/oidc_curl.c - requests to a provider, by libcurl.
 *
 * Read first: identity/oidc_http.h. Start at: curl_fetch(), then set_bounds().
 *
 * What must hold: an option that libcurl does not take is a failure, never a request without it.
 */
#include <assert.h>
#include <curl/curl.h>
#include <pthread.h>

#include "base/arena.h"
#include "identity/oidc_http.h"

#define CONNECT_MILLISECONDS_MAX 5000
#define WHOLE_MILLISECONDS_MAX 15000

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;

static void curl_start(void)
{
    CURLcode fault = curl_global_init(CURL_GLOBAL_DEFAULT);
    assert(fault == CURLE_OK && "libcurl cannot be started");
}

DEFER_DEFINE(curl_easy_cleanup, CURL *);
DEFER_DEFINE(curl_slist_free_all, struct curl_slist *);

/* What curl_write() fills. */
struct body {
    struct text text;
    bool is_too_long;
};

static size_t curl_write(char *bytes, size_t size, size_t count, void *context)
{
    struct body *body = context;
    size_t len = size * count; /* size is 1, as libcurl promises */
    if (len > OIDC_BODY_BYTES_MAX - body->text.len) {
        body->is_too_long = true;
        return 0;
    }
    text_add(&body->text, (struct str){bytes, len});
    return len;
}

static bool set_bounds(CURL *curl, const struct oidc_http_settings *settings, struct arena *arena)
{
    int64_t connect = settings->connect_milliseconds_max;
    int64_t whole = settings->whole_milliseconds_max;
    const char *protocols = settings->allows_loopback_http ? "https,http" : "https";
    CURLcode fault = CURLE_OK;
    fault |= curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols);
    fault |= curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    /* The empty text also means: not the proxy of the environment. */
    fault |= curl_easy_setopt(curl, CURLOPT_PROXY, str_cstr(arena, settings->proxy));
    fault |= curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    fault |= curl_easy_setopt(curl, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    fault |= curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    fault |= curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                              (long)(connect > 0 ? connect : CONNECT_MILLISECONDS_MAX));
    fault |= curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                              (long)(whole > 0 ? whole : WHOLE_MILLISECONDS_MAX));
    fault |= curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)OIDC_BODY_BYTES_MAX);
    fault |= curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    fault |= curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    fault |= curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!str_is_empty(settings->certificates)) {
        fault |= curl_easy_setopt(curl, CURLOPT_CAINFO, str_cstr(arena, settings->certificates));
        fault |= curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
    }
    return fault == CURLE_OK;
}

static bool add_header(struct curl_slist **headers, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*headers, line);
    *headers = longer ? longer : *headers;
    return longer != NULL;
}

static bool set_request(CURL *curl, const struct oidc_request *request, struct arena *arena,
                        struct curl_slist **headers, struct body *body)
{
    CURLcode fault = CURLE_OK;
    bool is_set = add_header(headers, "Accept: application/json");
    if (!str_is_empty(request->authorization)) {
        struct str line =
            str_format(arena, "Authorization: " STR_FMT, STR_ARG(request->authorization));
        is_set = is_set && add_header(headers, str_cstr(arena, line));
    }
    fault |= curl_easy_setopt(curl, CURLOPT_URL, str_cstr(arena, request->url));
    fault |= curl_easy_setopt(curl, CURLOPT_HTTPHEADER, *headers);
    fault |= curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, curl_write);
    fault |= curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
    if (request->is_post) {
        fault |= curl_easy_setopt(curl, CURLOPT_POST, 1L);
        fault |= curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->form.len);
        fault |= curl_easy_setopt(curl, CURLOPT_POSTFIELDS, str_print_bytes(request->form));
    }
    return is_set && fault == CURLE_OK;
}

MUST_USE static struct result curl_fetch(void *context, struct arena *arena,
                                         const struct oidc_request *request,
                                         struct oidc_response *response)
{
    const struct oidc_http_settings *settings = context;
    if (!oidc_url_is_fit(request->url, settings->allows_loopback_http)) {
        return result_fail(RESULT_CODE_INVALID, "The provider's address is not one to ask",
                           request->url);
    }
    DEFER(curl_slist_free_all) struct curl_slist *headers = NULL;
    DEFER(curl_easy_cleanup) CURL *curl = curl_easy_init();
    struct body body = {.text = {.arena = arena}};
    if (!curl || !set_bounds(curl, settings, arena) ||
        !set_request(curl, request, arena, &headers, &body)) {
        return result_fail(RESULT_CODE_UNSUPPORTED, "The provider cannot be asked from this server",
                           request->url);
    }
    CURLcode fault = curl_easy_perform(curl);
    if (body.is_too_long || fault == CURLE_FILESIZE_EXCEEDED) {
        return result_fail(RESULT_CODE_LIMIT, "The provider's answer is too long", request->url);
    }
    long status = 0;
    char *type = NULL;
    if (fault != CURLE_OK || curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK ||
        curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type) != CURLE_OK) {
        return result_fail(
            RESULT_CODE_IO, "The provider cannot be reached. Try again in a minute",
            str_format(arena, STR_FMT ": %s", STR_ARG(request->url), curl_easy_strerror(fault)));
    }
    *response = (struct oidc_response){.status = (int32_t)status,
                                       .content_type = str_copy(arena, str_from(type)),
                                       .body = text_str(&body.text)};
    return RESULT_OK;
}

struct oidc_http oidc_http_curl(struct arena *arena, const struct oidc_http_settings *settings)
{
    pthread_once(&curl_once, curl_start);
    struct oidc_http_settings *kept = ARENA_NEW(arena, struct oidc_http_settings);
    *kept = *settings;
    return (struct oidc_http){.fetch = curl_fetch, .context = kept};
}
