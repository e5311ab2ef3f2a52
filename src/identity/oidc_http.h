/*
 * identity/oidc_http.h - the few requests that go to a provider of sign-in, and their bounds.
 *
 * The rest of the module knows only struct oidc_http, so tests can stand in for the network.
 *
 * What must hold of the real one
 * - https only, with the certificate checked; http only where the settings allow it, and then only
 *   to 127.0.0.1 and [::1].
 * - No redirect is followed. No proxy but that of the settings, whatever the environment says.
 * - Time and size of every answer are bounded.
 * - The program ignores SIGPIPE, as the server does: libcurl is told to leave signals alone.
 */
#ifndef HANDRAIL_IDENTITY_OIDC_HTTP_H
#define HANDRAIL_IDENTITY_OIDC_HTTP_H

#include "base/result.h"

struct arena;

#define OIDC_URL_BYTES_MAX ((size_t)2048)
#define OIDC_BODY_BYTES_MAX ((size_t)256 * 1024)

struct oidc_request {
    struct str url;
    bool is_post;
    struct str form;          /* of a POST: application/x-www-form-urlencoded */
    struct str authorization; /* the value of that header; empty for none */
};

struct oidc_response {
    int32_t status;          /* 200 and so on */
    struct str content_type; /* as it was sent; may be empty */
    struct str body;         /* in the arena */
};

struct oidc_http {
    /* Any answer with a status is RESULT_OK; RESULT_CODE_IO when there was none. */
    struct result (*fetch)(void *context, struct arena *arena, const struct oidc_request *request,
                           struct oidc_response *response);
    void *context;
};

/* How the real one asks. Zeros and empty texts mean what stands behind them. */
struct oidc_http_settings {
    struct str proxy;                 /* "http://proxy.ashdownvale.example:3128"; empty: none */
    struct str certificates;          /* a file of authorities to trust; empty: the system's */
    int64_t connect_milliseconds_max; /* 0: 5,000 */
    int64_t whole_milliseconds_max;   /* 0: 15,000 */
    bool allows_loopback_http;        /* for tests */
};

/*
 * The real one, by libcurl. It lives in the arena, needs no closing, and may be used by several
 * threads at once. The texts are borrowed.
 */
struct oidc_http oidc_http_curl(struct arena *arena, const struct oidc_http_settings *settings);

/*
 * Whether a URL is one that we use: https, a host, no user, no fragment, only visible ASCII, not
 * longer than OIDC_URL_BYTES_MAX. Where allowed, also http to 127.0.0.1 and [::1].
 */
bool oidc_url_is_fit(struct str url, bool allows_loopback_http);

#endif
