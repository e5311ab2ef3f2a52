/*
 * web/route.c - a path, segment by segment, against the patterns of the table.
 *
 * Read first: route_int.h. Start at web_route_find().
 *
 * What must hold
 * - A segment is decoded after the path has been cut, so that an escaped slash makes no new one; it
 *   is refused, like an escaped backslash, a dot segment, a control byte and what is no UTF-8,
 *   because a proxy in front or a file system behind might read it in another way.
 * - Nothing is ever cleaned up ("//", "/./"): such a path is not one of ours.
 */
#include "base/utf8.h"
#include "web/escape_int.h"
#include "web/route_int.h"

struct route_path {
    struct str segments[WEB_PATH_SEGMENTS_MAX];
    size_t count;
    bool is_too_long;
};

static bool route_is_trick(struct str segment)
{
    for (size_t i = 0; i < segment.len; i++) {
        unsigned char c = (unsigned char)segment.at[i];
        if (c < 0x20 || c == 0x7F || c == '/' || c == '\\') {
            return true;
        }
    }
    return str_equal(segment, STR(".")) || str_equal(segment, STR("..")) || !utf8_valid(segment);
}

static bool route_decode(struct arena *arena, struct str raw, struct str *out)
{
    char *bytes = ARENA_ARRAY(arena, char, raw.len);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.at[i];
        if (c == '%') {
            if (!web_escape_read(raw, i, &c)) {
                return false;
            }
            i += 2;
        }
        bytes[len++] = c;
    }
    *out = (struct str){bytes, len};
    return !route_is_trick(*out);
}

/* False when the path plays tricks. "/" has no segments; "/a/" has two, the last one empty. */
static bool route_read_path(struct arena *arena, struct str path, struct route_path *out)
{
    struct str rest = str_slice(path, 1, path.len);
    bool has_more = rest.len > 0;
    while (has_more) {
        struct str raw, segment;
        has_more = str_cut(rest, '/', &raw, &rest);
        if (!route_decode(arena, raw, &segment)) {
            return false;
        }
        if (out->count < WEB_PATH_SEGMENTS_MAX) {
            out->segments[out->count++] = segment;
        } else {
            out->is_too_long = true;
        }
    }
    return true;
}

/* From there on every segment is something. */
static bool route_has_no_gap(const struct route_path *path, size_t from)
{
    bool has_none = true;
    for (size_t i = from; i < path->count; i++) {
        has_none = has_none && path->segments[i].len > 0;
    }
    return has_none;
}

static bool route_fits(const struct route_path *path, const char *pattern,
                       struct str parameters[WEB_ROUTE_PARAMETERS_MAX], size_t *parameter_count)
{
    struct str rest = str_slice(str_from(pattern), 1, STR_NONE);
    bool has_more = rest.len > 0;
    size_t at = 0;
    *parameter_count = 0;
    while (has_more) {
        struct str part;
        has_more = str_cut(rest, '/', &part, &rest);
        if (at == path->count) {
            return false;
        }
        struct str segment = path->segments[at++];
        if (str_equal(part, STR("{...}"))) {
            return route_has_no_gap(path, at - 1);
        }
        bool is_parameter = str_starts(part, STR("{"));
        if (is_parameter ? segment.len == 0 : !str_equal(part, segment)) {
            return false;
        }
        if (is_parameter && *parameter_count < WEB_ROUTE_PARAMETERS_MAX) {
            parameters[(*parameter_count)++] = segment;
        }
    }
    return at == path->count;
}

enum web_status web_route_find(struct web_exchange *exchange, const struct web_route *routes,
                               size_t route_count, struct str *allow)
{
    static const struct str allows[] = {STR_INIT(""), STR_INIT("GET, HEAD"), STR_INIT("POST"),
                                        STR_INIT("GET, HEAD, POST")};
    struct route_path path = {0};
    if (!route_read_path(exchange->arena, exchange->path, &path)) {
        return WEB_BAD_REQUEST;
    }
    enum web_method wanted = exchange->method == WEB_HEAD ? WEB_GET : exchange->method;
    unsigned allowed = 0;
    for (size_t i = 0; i < route_count && !path.is_too_long; i++) {
        struct str parameters[WEB_ROUTE_PARAMETERS_MAX] = {0};
        size_t parameter_count;
        if (!route_fits(&path, routes[i].pattern, parameters, &parameter_count)) {
            continue;
        }
        if (routes[i].method == wanted) {
            exchange->route = &routes[i];
            exchange->parameter_count = parameter_count;
            for (size_t p = 0; p < parameter_count; p++) {
                exchange->parameters[p] = parameters[p];
            }
            return WEB_OK;
        }
        allowed |= routes[i].method == WEB_GET ? 1u : 2u;
    }
    *allow = allows[allowed];
    return allowed ? WEB_METHOD_NOT_ALLOWED : WEB_NOT_FOUND;
}
