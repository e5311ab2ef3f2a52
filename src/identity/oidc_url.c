/*
 * identity/oidc_url.c - which URLs are used at all.
 *
 * Read first: identity/oidc_http.h. Stricter than RFC 3986 on purpose: what could be read in two
 * ways is refused.
 */
#include "identity/oidc_http.h"

#define PORT_DIGITS_MAX 5

static bool is_visible_ascii(struct str url)
{
    for (size_t i = 0; i < url.len; i++) {
        if (url.at[i] <= 0x20 || url.at[i] >= 0x7F || strchr("\\\"<>^`{|}#", url.at[i])) {
            return false;
        }
    }
    return true;
}

/* "name" or "[address]" with perhaps ":port"; the host alone goes to *host. */
static bool read_authority(struct str authority, struct str *host)
{
    size_t end = 0;
    bool is_address = str_starts(authority, STR("["));
    for (end = is_address ? 1 : 0; end < authority.len; end++) {
        char c = authority.at[end];
        bool is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_address ? !is_hex && c != ':' && c != '.'
                       : !is_hex && !is_letter && c != '-' && c != '.') {
            break;
        }
    }
    if (is_address) {
        if (end == 1 || end == authority.len || authority.at[end] != ']') {
            return false;
        }
        end++;
    }
    *host = str_slice(authority, 0, end);
    struct str port = str_slice(authority, end, authority.len);
    if (port.len == 0) {
        return host->len > 0;
    }
    bool is_port = port.at[0] == ':' && port.len >= 2 && port.len <= 1 + PORT_DIGITS_MAX;
    for (size_t i = 1; is_port && i < port.len; i++) {
        is_port = port.at[i] >= '0' && port.at[i] <= '9';
    }
    return is_port && host->len > 0;
}

bool oidc_url_is_fit(struct str url, bool allows_loopback_http)
{
    static const struct str loopbacks[] = {STR_INIT("127.0.0.1"), STR_INIT("[::1]")};
    bool is_secure = str_starts(url, STR("https://"));
    if (url.len > OIDC_URL_BYTES_MAX || !is_visible_ascii(url) ||
        (!is_secure && !(allows_loopback_http && str_starts(url, STR("http://"))))) {
        return false;
    }
    struct str rest = str_slice(url, sizeof("http://") - 1 + (is_secure ? 1 : 0), url.len);
    size_t end = 0;
    while (end < rest.len && rest.at[end] != '/' && rest.at[end] != '?') {
        end++;
    }
    struct str host;
    return read_authority(str_slice(rest, 0, end), &host) &&
           (is_secure || str_is_any(host, loopbacks, sizeof(loopbacks) / sizeof(loopbacks[0])));
}
