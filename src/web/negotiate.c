/*
 * web/negotiate.c - reads Accept-Encoding and If-None-Match.
 *
 * Read first: negotiate_int.h. Start at web_coding_choose().
 * What must hold: what cannot be understood is left out, never a failure: these headers are wishes.
 */
#include "web/negotiate_int.h"

static const struct str coding_names[WEB_CODING_COUNT] = {
    [WEB_CODING_IDENTITY] = STR_INIT("identity"),
    [WEB_CODING_GZIP] = STR_INIT("gzip"),
    [WEB_CODING_BR] = STR_INIT("br"),
};

struct str web_coding_name(enum web_coding coding)
{
    return coding == WEB_CODING_IDENTITY ? (struct str){0} : coding_names[coding];
}

/* ASCII only; `lower` is in small letters. */
static bool negotiate_is(struct str s, struct str lower)
{
    bool is_same = s.len == lower.len;
    for (size_t i = 0; is_same && i < s.len; i++) {
        char c = s.at[i] >= 'A' && s.at[i] <= 'Z' ? (char)(s.at[i] + ('a' - 'A')) : s.at[i];
        is_same = c == lower.at[i];
    }
    return is_same;
}

/* A weight in thousandths, "0.8" being 800; 0 for what is no weight. */
static int negotiate_weight(struct str s)
{
    static const int places[] = {100, 10, 1};
    if (s.len == 0 || s.len > 5 || (s.at[0] != '0' && s.at[0] != '1') ||
        (s.len > 1 && s.at[1] != '.')) {
        return 0;
    }
    int weight = (s.at[0] - '0') * 1000;
    for (size_t i = 2; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') {
            return 0;
        }
        weight += (s.at[i] - '0') * places[i - 2];
    }
    return weight > 1000 ? 0 : weight;
}

/* One element, such as "gzip;q=0.8". */
static void negotiate_read_coding(struct str element, int weights[WEB_CODING_COUNT], int *others)
{
    struct str name, parameter, key, value;
    int weight = 1000;
    if (str_cut(element, ';', &name, &parameter)) {
        bool is_weight = str_cut(parameter, '=', &key, &value);
        if (is_weight && negotiate_is(str_trim(key), STR("q"))) {
            weight = negotiate_weight(str_trim(value));
        }
    }
    name = str_trim(name);
    if (str_equal(name, STR("*"))) {
        *others = weight;
    }
    if (negotiate_is(name, STR("x-gzip"))) {
        name = coding_names[WEB_CODING_GZIP];
    }
    for (int i = 0; i < WEB_CODING_COUNT; i++) {
        if (negotiate_is(name, coding_names[i])) {
            weights[i] = weight;
        }
    }
}

enum web_coding web_coding_choose(struct str accept_encoding,
                                  const bool available[WEB_CODING_COUNT])
{
    int weights[WEB_CODING_COUNT];
    int others = -1; /* "*" was not said */
    for (int i = 0; i < WEB_CODING_COUNT; i++) {
        weights[i] = -1;
    }
    struct str rest = accept_encoding, element;
    while (rest.len > 0) {
        str_cut(rest, ',', &element, &rest);
        negotiate_read_coding(element, weights, &others);
    }
    for (int i = 0; i < WEB_CODING_COUNT; i++) {
        if (weights[i] < 0) {
            weights[i] = others;
        }
    }
    /* Identity is acceptable unless refused, but only just: a coding that was named is smaller. */
    if (weights[WEB_CODING_IDENTITY] < 0) {
        weights[WEB_CODING_IDENTITY] = 1;
    }
    enum web_coding best = WEB_CODING_IDENTITY;
    for (int i = 0; i < WEB_CODING_COUNT; i++) {
        if (available[i] && weights[i] > 0 && weights[i] >= weights[best]) {
            best = (enum web_coding)i;
        }
    }
    return best;
}

bool web_tag_matches(struct str if_none_match, struct str etag)
{
    struct str rest = if_none_match, element;
    while (rest.len > 0) {
        str_cut(rest, ',', &element, &rest);
        element = str_trim(element);
        if (str_equal(element, STR("*"))) {
            return true;
        }
        if (str_starts(element, STR("W/"))) {
            element = str_slice(element, 2, element.len);
        }
        if (element.len == etag.len + 2 && element.at[0] == '"' &&
            element.at[element.len - 1] == '"' &&
            str_equal(str_slice(element, 1, element.len - 1), etag)) {
            return true;
        }
    }
    return false;
}
