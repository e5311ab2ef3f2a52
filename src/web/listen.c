/*
 * web/listen.c - from "127.0.0.1:8420" to a socket that listens, or to words that say why not.
 *
 * Read first: request_int.h, "Listening". Start at web_listen().
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/request_int.h"

#define LISTEN_PORT_MAX 65535

/* Connections that the system keeps for us while we are busy; its own limit is 4096 (somaxconn). To
 * those beyond it says nothing, and they try again after one second, two and four. */
#define LISTEN_WAITING_MAX 4096

struct listen_address {
    struct sockaddr_storage at;
    socklen_t bytes;
};

MUST_USE static struct result listen_wrong(struct str address)
{
    return result_fail(RESULT_CODE_INVALID,
                       "this is no address to listen on: write an address and a port, such as "
                       "127.0.0.1:8420 or [::1]:8420",
                       address);
}

MUST_USE static struct result listen_parse(struct arena *arena, struct str text,
                                           struct listen_address *out)
{
    size_t colon = text.len;
    while (colon > 0 && text.at[colon - 1] != ':') {
        colon--;
    }
    if (colon < 2) {
        return listen_wrong(text);
    }
    struct str host = str_slice(text, 0, colon - 1);
    int64_t port;
    if (!str_to_int(str_slice(text, colon, text.len), &port) || port < 0 ||
        port > LISTEN_PORT_MAX) {
        return listen_wrong(text);
    }
    *out = (struct listen_address){0};
    if (str_starts(host, STR("[")) && str_ends(host, STR("]")) && host.len > 2) {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)&out->at;
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)port);
        out->bytes = sizeof *six;
        host = str_slice(host, 1, host.len - 1);
        return inet_pton(AF_INET6, str_cstr(arena, host), &six->sin6_addr) == 1
                   ? RESULT_OK
                   : listen_wrong(text);
    }
    struct sockaddr_in *four = (struct sockaddr_in *)(void *)&out->at;
    four->sin_family = AF_INET;
    four->sin_port = htons((uint16_t)port);
    out->bytes = sizeof *four;
    if (str_equal(host, STR("localhost"))) {
        host = STR("127.0.0.1");
    }
    return inet_pton(AF_INET, str_cstr(arena, host), &four->sin_addr) == 1 ? RESULT_OK
                                                                           : listen_wrong(text);
}

/* Why the system would not have it. */
MUST_USE static struct result listen_failed(int why, struct str address)
{
    switch (why) { /* not an enum */
    case EADDRINUSE:
        return result_fail(RESULT_CODE_BUSY,
                           "another program listens there already: stop it, or name another port "
                           "with --listen",
                           address);
    case EACCES:
    case EPERM:
        return result_fail(RESULT_CODE_REFUSED,
                           "the system does not allow it: ports below 1024 need root, so name a "
                           "higher port with --listen",
                           address);
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
        return result_fail(RESULT_CODE_INVALID,
                           "this machine does not have that address: name one of its own with "
                           "--listen",
                           address);
    default: /* not an enum */
        return result_fail(RESULT_CODE_IO, "the system cannot listen there", address);
    }
}

static struct str listen_show(struct arena *arena, int socket)
{
    struct listen_address bound = {.bytes = sizeof bound.at};
    char host[INET6_ADDRSTRLEN] = "?";
    if (getsockname(socket, (struct sockaddr *)(void *)&bound.at, &bound.bytes) != 0) {
        return (struct str){0};
    }
    if (bound.at.ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)&bound.at;
        inet_ntop(AF_INET6, &six->sin6_addr, host, sizeof host);
        return str_format(arena, "http://[%s]:%u/", host, (unsigned)ntohs(six->sin6_port));
    }
    const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)&bound.at;
    inet_ntop(AF_INET, &four->sin_addr, host, sizeof host);
    return str_format(arena, "http://%s:%u/", host, (unsigned)ntohs(four->sin_port));
}

MUST_USE static struct result listen_bind(int socket, const struct listen_address *address,
                                          struct str text)
{
    /* A server that was stopped just now must not keep its own port busy. */
    int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (address->at.ss_family == AF_INET6) {
        setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
    }
    if (bind(socket, (const struct sockaddr *)(const void *)&address->at, address->bytes) != 0 ||
        listen(socket, LISTEN_WAITING_MAX) != 0 || fcntl(socket, F_SETFL, O_NONBLOCK) != 0 ||
        fcntl(socket, F_SETFD, FD_CLOEXEC) != 0) {
        return listen_failed(errno, text);
    }
    return RESULT_OK;
}

struct result web_listen(struct arena *arena, struct str text, int *out, struct str *shown)
{
    struct listen_address address;
    TRY(listen_parse(arena, text, &address));
    int opened = socket(address.at.ss_family, SOCK_STREAM, 0);
    if (opened < 0) {
        return listen_failed(errno, text);
    }
    struct result bound = listen_bind(opened, &address, text);
    if (!result_is_ok(bound)) {
        close(opened);
        return bound;
    }
    *out = opened;
    *shown = listen_show(arena, opened);
    return RESULT_OK;
}
