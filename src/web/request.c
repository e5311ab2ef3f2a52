/*
 * web/request.c - from what the library has read to a handler, and its forms.
 *
 * Read first: request_int.h. Start at request_begin(), then request_run().
 * What must hold: every way out has an answer.
 */
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "web/connection_int.h"
#include "web/office_int.h"
#include "web/server_int.h"

/* An address as text. */
#define REQUEST_ADDRESS_BYTES_MAX 64

static struct str request_header(struct web_request *request, const char *name)
{
    return str_from(MHD_lookup_connection_value(request->mhd, MHD_HEADER_KIND, name));
}

void request_refuse(struct web_request *request, enum web_status status, bool closes)
{
    if (!request->refused) {
        request->refused = status;
    }
    request->closes = request->closes || closes;
}

/* "/path?query", or the same after "http://host". The gate has checked it. */
static void request_split_target(struct web_request *request, struct str target)
{
    struct web_exchange *exchange = &request->exchange;
    exchange->host = request_header(request, MHD_HTTP_HEADER_HOST);
    if (!str_starts(target, STR("/"))) {
        struct str rest = str_slice(target, sizeof "http://" - 1, target.len);
        size_t end = 0;
        while (end < rest.len && rest.at[end] != '/' && rest.at[end] != '?') {
            end++;
        }
        exchange->host = str_slice(rest, 0, end);
        target = str_slice(rest, end, rest.len);
    }
    str_cut(target, '?', &exchange->path, &exchange->query);
    if (str_is_empty(exchange->path)) {
        exchange->path = STR("/");
    }
}

static enum web_method request_method(struct str name)
{
    return str_equal(name, STR("GET"))    ? WEB_GET
           : str_equal(name, STR("HEAD")) ? WEB_HEAD
           : str_equal(name, STR("POST")) ? WEB_POST
                                          : WEB_METHOD_OTHER;
}

/*
 * Where it comes from, for counting attempts. A proxy on this machine says so in the last part of
 * X-Forwarded-For, which is its own; others are not believed.
 */
static struct str request_address(struct web_request *request)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char host[REQUEST_ADDRESS_BYTES_MAX] = "";
    const struct sockaddr *at = info ? info->client_addr : NULL;
    socklen_t bytes =
        at && at->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    if (!at || getnameinfo(at, bytes, host, sizeof host, NULL, 0, NI_NUMERICHOST) != 0) {
        return (struct str){0};
    }
    struct str address = str_copy(request->arena, str_from(host));
    bool is_own = str_starts(address, STR("127.")) || str_equal(address, STR("::1"));
    struct str forwarded = request_header(request, "X-Forwarded-For");
    if (!is_own || str_is_empty(forwarded)) {
        return address;
    }
    struct str part = forwarded, rest = forwarded;
    while (str_cut(rest, ',', &part, &rest)) {
    }
    return str_trim(part);
}

/* What is longer than the route takes is refused before it is read. */
static void request_bound_body(struct web_request *request)
{
    const struct web_route *route = request->exchange.route;
    int64_t length = 0;
    bool has_length = str_to_int(request_header(request, MHD_HTTP_HEADER_CONTENT_LENGTH), &length);
    request->body_max =
        route && route->body_max ? route->body_max(&request->exchange) : WEB_BODY_BYTES_MAX;
    if (has_length && length > (int64_t)request->body_max) {
        request_refuse(request, WEB_BODY_TOO_LARGE, true);
    }
}

void request_begin(struct web_request *request, struct str target, struct str method,
                   const struct web_route *routes, size_t route_count)
{
    struct web_exchange *exchange = &request->exchange;
    int64_t refused;
    exchange->method = request_method(method);
    if (!request->connection->has_passed) {
        request_refuse(request, WEB_FAILED, true);
        return;
    }
    request->connection->has_passed = false;
    if (str_starts(target, STR("!"))) {
        struct str number;
        str_cut(target, '/', &number, NULL);
        bool is_number = str_to_int(str_slice(number, 1, number.len), &refused);
        /* "!413/api/": a program asked, and reads the answer. */
        exchange->path =
            number.len < target.len ? str_slice(target, number.len, target.len) : STR("/");
        request_refuse(request, is_number ? (enum web_status)refused : WEB_FAILED, true);
        request->allow = STR("GET, HEAD, POST");
        return;
    }
    request_split_target(request, target);
    exchange->accept_encoding = request_header(request, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    exchange->if_none_match = request_header(request, MHD_HTTP_HEADER_IF_NONE_MATCH);
    exchange->body_type = request_header(request, MHD_HTTP_HEADER_CONTENT_TYPE);
    exchange->cookies = request_header(request, MHD_HTTP_HEADER_COOKIE);
    exchange->authorization = request_header(request, MHD_HTTP_HEADER_AUTHORIZATION);
    exchange->origin = request_header(request, MHD_HTTP_HEADER_ORIGIN);
    exchange->fetch_site = request_header(request, "Sec-Fetch-Site");
    exchange->user_agent = request_header(request, MHD_HTTP_HEADER_USER_AGENT);
    exchange->idempotency_key = request_header(request, "Idempotency-Key");
    exchange->address = request_address(request);
    exchange->is_forwarded = !str_is_empty(request_header(request, "X-Forwarded-For"));
    struct str coding = request_header(request, MHD_HTTP_HEADER_CONTENT_ENCODING);
    if (!web_host_is_own(exchange)) {
        request_refuse(request, WEB_MISDIRECTED, false);
    } else if (!str_is_empty(coding) && !str_equal(coding, STR("identity"))) {
        request_refuse(request, WEB_TYPE_UNSUPPORTED, false);
    }
    enum web_status found = web_route_find(exchange, routes, route_count, &request->allow);
    if (found != WEB_OK) {
        request_refuse(request, found, false);
    }
    request_bound_body(request);
}

/* ---- Running --------------------------------------------------------------------------------- */

/* "application/x-www-form-urlencoded", perhaps with a parameter; UTF-8 if that is one. */
static bool request_is_of_type(struct str type, struct str form)
{
    struct str name;
    str_cut(type, ';', &name, NULL);
    name = str_trim(name);
    bool is_form = name.len == form.len;
    for (size_t i = 0; is_form && i < form.len; i++) {
        is_form = (name.at[i] | 0x20) == (form.at[i] | 0x20);
    }
    return is_form;
}

/* One value of a form is shorter than a body, but for a file. */
static size_t request_value_max(const struct web_request *request)
{
    return request->body_max > WEB_BODY_BYTES_MAX ? request->body_max : WEB_FORM_VALUE_BYTES_MAX;
}

static void request_read_forms(struct web_request *request)
{
    struct web_exchange *exchange = &request->exchange;
    if (web_form_parse(exchange->arena, exchange->query, WEB_QUERY_FIELDS_MAX,
                       WEB_FORM_VALUE_BYTES_MAX, &exchange->arguments) != WEB_FORM_FINE) {
        request_refuse(request, WEB_BAD_REQUEST, false);
        return;
    }
    if (exchange->method != WEB_POST) {
        return;
    }
    exchange->body = text_str(&request->body);
    bool is_json = exchange->route->takes_json;
    struct str wanted =
        is_json ? STR("application/json") : STR(MHD_HTTP_POST_ENCODING_FORM_URLENCODED);
    if (!request_is_of_type(exchange->body_type, wanted)) {
        request_refuse(request, WEB_TYPE_UNSUPPORTED, false);
    } else if (is_json) {
        return; /* the handler reads it */
    } else if (web_form_parse(exchange->arena, exchange->body, WEB_FORM_FIELDS_MAX,
                              request_value_max(request), &exchange->form) != WEB_FORM_FINE) {
        request_refuse(request, WEB_BAD_REQUEST, false);
    }
}

void request_run(struct web_request *request)
{
    struct web_exchange *exchange = &request->exchange;
    if (!request->refused) {
        request_read_forms(request);
    }
    if (!request->refused) {
        exchange->route->handler(exchange);
    } else {
        web_error(exchange, request->refused);
        if (request->refused == WEB_METHOD_NOT_ALLOWED) {
            web_header_add(exchange, STR("Allow"), request->allow);
        }
        if (request->refused == WEB_BUSY) {
            web_header_add(exchange, STR("Retry-After"), STR("1"));
        }
    }
    if (exchange->answer.status == 0) {
        web_error(exchange, WEB_FAILED);
    }
    answer_make(request);
}
