/*
 * web/server.c - the server: one thread that waits, one that serves the sockets, and the workers.
 *
 * Read first: web.h, request_int.h. Start at web_open() and web_run(), then server_on_request().
 *
 * - The thread that calls web_run() accepts connections, waits for signals, and shuts down what has
 *   used up its time.
 * - libmicrohttpd's thread waits for all sockets with epoll, reads requests and writes answers. No
 *   handler runs in it, save the one for assets: it only looks a name up.
 * - Each worker takes a request from the queue, runs its handler and makes its response, while the
 *   connection is suspended.
 *
 * What must hold
 * - The requests (struct web_request) that are kept, and all counts here, belong to libmicrohttpd's
 *   thread.
 * - An answer to a request that is followed by another at once (pipelining) is always given after
 *   suspending: connection.c says why.
 */
#define _GNU_SOURCE /* accept4 */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "web/connection_int.h"
#include "web/pages_int.h"
#include "web/server_int.h"
#include "web/web.h"

/* Connections that are accepted before anything else is looked at. */
#define SERVER_ACCEPTS_MAX 64

/* Milliseconds between two looks while the server stops, or can take no connection. */
#define SERVER_SOON_MILLISECONDS 10

/* What an event of the watcher is about; see also CONNECTIONS_LINGERING. */
enum server_event { SERVER_LISTENER, SERVER_SIGNAL };

struct web {
    struct arena *arena;
    const struct web_site *site;
    struct str address;
    int listener, signals, watcher; /* -1: not open */
    bool is_listening;              /* the watcher looks at the listener */
    _Atomic bool is_stopping;
    struct connections *connections;
    struct workers *workers;
    struct web_log *log;
    struct MHD_Daemon *daemon;

    struct web_request *kept; /* for the next requests */
    size_t kept_count;
    size_t body_bytes;   /* memory of all bodies */
    size_t answer_bytes; /* memory of all answers that are being sent */
};

/* ---- Requests are kept ----------------------------------------------------------------------- */

static struct web_request *server_take_request(struct web *web)
{
    struct web_request *request = web->kept;
    if (request) {
        web->kept = request->next;
        web->kept_count--;
    } else {
        struct arena *arena = arena_open();
        request = ARENA_NEW(arena, struct web_request);
        request->arena = arena;
        request->start = arena_mark(arena);
    }
    *request = (struct web_request){
        .arena = request->arena,
        .start = request->start,
        .exchange = {.arena = request->arena, .site = web->site, .path = STR("/")},
        .body = {.arena = request->arena},
        .started_microseconds = web_microseconds(),
    };
    return request;
}

static void server_give_back(struct web *web, struct web_request *request)
{
    if (web->kept_count == WEB_EXCHANGES_KEPT_MAX) {
        arena_close(request->arena);
        return;
    }
    arena_rewind(request->arena, request->start);
    request->next = web->kept;
    web->kept = request;
    web->kept_count++;
}

/* ---- What libmicrohttpd calls ---------------------------------------------------------------- */

static void server_on_connection(void *context, struct MHD_Connection *mhd, void **of_socket,
                                 enum MHD_ConnectionNotificationCode code)
{
    struct web *web = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        int socket = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        *of_socket = connections_at(web->connections, socket);
    } else {
        connections_leave(web->connections, *of_socket);
    }
}

/* The request line has been read; `target` is as it was sent. Gives the request's context. */
static void *server_on_target(void *context, const char *target, struct MHD_Connection *mhd)
{
    struct web *web = context;
    struct web_request *request = server_take_request(web);
    request->mhd = mhd;
    request->connection =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    request->exchange.path = str_copy(request->arena, str_from(target));
    return request;
}

/* Paths and queries are decoded by us (route.c, form.c), after they have been cut. */
static size_t server_on_unescape(void *context, struct MHD_Connection *mhd, char *text)
{
    (void)context;
    (void)mhd;
    return str_from(text).len;
}

static enum MHD_Result server_send(struct web *web, struct web_request *request)
{
    atomic_store(&request->connection->answer_bytes, request->answer_bytes);
    connection_enter(request->connection, CONNECTION_SENDING);
    web->answer_bytes += request->answer_bytes;
    if (web->answer_bytes > WEB_ANSWERS_BYTES_MAX) {
        connections_cut_answers(web->connections);
    }
    enum MHD_Result queued =
        MHD_queue_response(request->mhd, (unsigned)request->status, request->response);
    MHD_destroy_response(request->response);
    request->response = NULL;
    request->stage = REQUEST_SENT;
    return queued;
}

/* In a worker. After the last line the request belongs to libmicrohttpd's thread again. */
static void server_work(struct web_request *request)
{
    request_run(request);
    request->stage = REQUEST_DONE;
    MHD_resume_connection(request->mhd);
}

static bool server_is_quick(const struct web_request *request)
{
    const struct web_route *route = request->exchange.route;
    return request->refused || (route && route->handler == page_asset);
}

/* All of the request is here. */
static enum MHD_Result server_dispatch(struct web *web, struct web_request *request)
{
    request->closes = request->closes || atomic_load(&web->is_stopping);
    if (!server_is_quick(request) || request->connection->has_more) {
        request->stage = REQUEST_WORKING;
        MHD_suspend_connection(request->mhd);
        if (workers_add(web->workers, request)) {
            return MHD_YES;
        }
        request_refuse(request, WEB_BUSY, true);
        server_work(request);
        return MHD_YES;
    }
    request_run(request);
    return server_send(web, request);
}

static void server_take_body(struct web *web, struct web_request *request, struct str part)
{
    if (web->body_bytes + part.len > WEB_BODIES_BYTES_MAX) {
        request_refuse(request, WEB_BUSY, true);
    }
    if (request->body.len + part.len > request->body_max) {
        request_refuse(request, WEB_BODY_TOO_LARGE, true); /* request_begin() has seen to it */
    }
    if (!request->refused) {
        size_t before = arena_bytes(request->arena);
        text_add(&request->body, part);
        request->body_bytes += arena_bytes(request->arena) - before;
        web->body_bytes += arena_bytes(request->arena) - before;
    }
}

/* Called once when the head is here, for each part of the body, at its end, and after resuming. */
static enum MHD_Result server_on_request(void *context, struct MHD_Connection *mhd,
                                         const char *path, const char *method, const char *version,
                                         const char *part, size_t *part_bytes, void **of_request)
{
    struct web *web = context;
    struct web_request *request = *of_request;
    (void)path;
    (void)version;
    assert(request && request->mhd == mhd);
    switch (request->stage) {
    case REQUEST_NEW:
        request->stage = REQUEST_READING;
        request_begin(request, request->exchange.path, str_from(method), web_routes,
                      web_route_count);
        return MHD_YES;
    case REQUEST_READING:
        if (*part_bytes > 0) {
            server_take_body(web, request, (struct str){part, *part_bytes});
            *part_bytes = 0;
            return MHD_YES;
        }
        return server_dispatch(web, request);
    case REQUEST_DONE:
        return server_send(web, request);
    case REQUEST_WORKING:
    case REQUEST_SENT:
    case REQUEST_STAGE_COUNT:
        break;
    }
    assert(!"a suspended connection is left alone");
    return MHD_NO;
}

static void server_on_completed(void *context, struct MHD_Connection *mhd, void **of_request,
                                enum MHD_RequestTerminationCode code)
{
    struct web *web = context;
    struct web_request *request = *of_request;
    (void)mhd;
    *of_request = NULL;
    if (request->response) { /* made, and the client had gone before it could be sent */
        MHD_destroy_response(request->response);
    }
    web->body_bytes -= request->body_bytes;
    if (request->stage == REQUEST_SENT) {
        web->answer_bytes -= request->answer_bytes;
    }
    web_metrics_request(request);
    web_log_request(web->log, request, code != MHD_REQUEST_TERMINATED_COMPLETED_OK);
    connections_rest(web->connections, request->connection);
    server_give_back(web, request);
}

/* ---- Opening --------------------------------------------------------------------------------- */

MUST_USE static struct result server_fail(const char *message)
{
    return result_fail(RESULT_CODE_LIMIT, message, (struct str){0});
}

MUST_USE static struct result server_watch(struct web *web, int file, enum server_event about)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = about};
    if (epoll_ctl(web->watcher, EPOLL_CTL_ADD, file, &event) != 0) {
        return server_fail("the system does not let the server wait for its sockets");
    }
    return RESULT_OK;
}

/* SIGTERM and SIGINT become readable; no thread is interrupted by them. */
MUST_USE static struct result server_take_signals(struct web *web)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    web->signals = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    return web->signals >= 0 ? RESULT_OK
                             : server_fail("the system does not let the server wait for signals");
}

static unsigned server_worker_count(unsigned wanted)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned count = wanted > 0 ? wanted : processors > 0 ? (unsigned)processors : 1;
    count = count < WEB_WORKERS_MIN ? WEB_WORKERS_MIN : count;
    return count > WEB_WORKERS_MAX ? WEB_WORKERS_MAX : count;
}

MUST_USE static struct result server_start_library(struct web *web)
{
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET |
                           MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
    /* Its own limits stand above ours, which connection.c keeps: there is no time limit here. */
    web->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, server_on_request, web, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)(2 * WEB_CONNECTIONS_MAX), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        WEB_CONNECTION_BYTES_MAX, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_CONNECTION,
        server_on_connection, web, MHD_OPTION_URI_LOG_CALLBACK, server_on_target, web,
        MHD_OPTION_UNESCAPE_CALLBACK, server_on_unescape, web, MHD_OPTION_NOTIFY_COMPLETED,
        server_on_completed, web, MHD_OPTION_END);
    return web->daemon ? RESULT_OK : server_fail("the HTTP library cannot be started");
}

MUST_USE static struct result server_open(struct web *web, const struct web_options *options)
{
    TRY(web_listen(web->arena, options->listen, &web->listener, &web->address));
    web->watcher = epoll_create1(EPOLL_CLOEXEC);
    if (web->watcher < 0) {
        return server_fail("the system does not let the server wait for its sockets");
    }
    TRY(server_take_signals(web));
    TRY(server_watch(web, web->signals, SERVER_SIGNAL));
    TRY(connections_open(web->arena, web->watcher, &web->connections));
    TRY(web_log_open(web->arena, options->log, options->log_is_json, &web->log));
    TRY(workers_open(web->arena, server_worker_count(options->workers), server_work,
                     &web->workers));
    return server_start_library(web);
}

struct result web_open(struct arena *arena, const struct web_options *options, struct web **out)
{
    struct web *web = ARENA_NEW(arena, struct web);
    *web = (struct web){
        .arena = arena, .site = options->site, .listener = -1, .signals = -1, .watcher = -1};
    struct result opened = server_open(web, options);
    if (!result_is_ok(opened)) {
        web_close(web);
        return opened;
    }
    *out = web;
    return RESULT_OK;
}

struct str web_address(const struct web *web)
{
    return web->address;
}

/* ---- Running --------------------------------------------------------------------------------- */

static void server_admit(struct web *web, int socket, const struct sockaddr_storage *address,
                         socklen_t bytes)
{
    const struct sockaddr *at = (const struct sockaddr *)(const void *)address;
    if (!connections_admit(web->connections, socket, at)) {
        close(socket);
        return;
    }
    if (MHD_add_connection(web->daemon, socket, at, bytes) != MHD_YES) {
        /* It has closed the socket, and says nothing more about it. */
        connections_leave(web->connections, connections_at(web->connections, socket));
    }
}

/* Listen again, or not for a while: a listener that nobody serves would wake us without end. */
static void server_listen(struct web *web, bool listens)
{
    if (web->is_listening == listens) {
        return;
    }
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = SERVER_LISTENER};
    epoll_ctl(web->watcher, listens ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, web->listener, &event);
    web->is_listening = listens;
}

static void server_accept(struct web *web)
{
    for (int i = 0; i < SERVER_ACCEPTS_MAX; i++) {
        if (connections_are_full(web->connections)) {
            server_listen(web, false);
            return;
        }
        struct sockaddr_storage address;
        socklen_t bytes = sizeof address;
        int socket = accept4(web->listener, (struct sockaddr *)(void *)&address, &bytes,
                             SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket >= 0) {
            server_admit(web, socket, &address, bytes);
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            server_listen(web, false); /* until some have gone */
            return;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        }
    }
}

/* Milliseconds to wait for the next event at most; -1: for ever. */
static int server_patience(struct web *web)
{
    if (atomic_load(&web->is_stopping) || !web->is_listening) {
        return SERVER_SOON_MILLISECONDS;
    }
    bool has_any =
        connections_count(web->connections) > 0 || connections_any_linger(web->connections);
    return has_any ? WEB_SWEEP_MILLISECONDS : -1;
}

/* A second signal does what signals do. */
static void server_stop(struct web *web)
{
    sigset_t signals;
    struct signalfd_siginfo information;
    (void)!read(web->signals, &information, sizeof information);
    atomic_store(&web->is_stopping, true);
    server_listen(web, false);
    close(web->listener);
    web->listener = -1;
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
}

static void server_on_event(struct web *web, uint64_t about)
{
    if (about & CONNECTIONS_LINGERING) {
        connections_drain(web->connections, about);
    } else if (about == SERVER_LISTENER) {
        server_accept(web);
    } else if (!atomic_load(&web->is_stopping)) {
        server_stop(web);
    }
}

struct result web_run(struct web *web)
{
    int64_t stopped = 0;
    int64_t swept = 0;
    server_listen(web, true);
    while (stopped == 0 ||
           (connections_count(web->connections) > 0 &&
            web_microseconds() - stopped < (int64_t)WEB_STOP_MILLISECONDS_MAX * 1000)) {
        struct epoll_event events[SERVER_ACCEPTS_MAX];
        int count = epoll_wait(web->watcher, events, SERVER_ACCEPTS_MAX, server_patience(web));
        if (count < 0 && errno != EINTR) {
            return server_fail("the system does not let the server wait for its sockets");
        }
        for (int i = 0; i < count; i++) {
            server_on_event(web, events[i].data.u64);
        }
        bool is_stopping = atomic_load(&web->is_stopping);
        if (is_stopping && stopped == 0) {
            stopped = web_microseconds();
        }
        if (is_stopping || web_microseconds() - swept >= WEB_SWEEP_MILLISECONDS * 1000) {
            connections_sweep(web->connections, is_stopping);
            swept = web_microseconds();
        }
        if (!is_stopping && !web->is_listening) {
            server_listen(web, !connections_are_full(web->connections));
        }
    }
    return RESULT_OK;
}

/* ---- Closing --------------------------------------------------------------------------------- */

static void server_close_file(int *file)
{
    if (*file >= 0) {
        close(*file);
        *file = -1;
    }
}

void web_close(struct web *web)
{
    if (!web) {
        return;
    }
    atomic_store(&web->is_stopping, true);
    server_close_file(&web->listener);
    if (web->connections) {
        connections_shut_all(web->connections);
    }
    workers_close(web->workers); /* all connections are resumed */
    if (web->daemon) {
        MHD_stop_daemon(web->daemon);
    }
    web_log_close(web->log);
    while (web->kept) {
        struct web_request *request = web->kept;
        web->kept = request->next;
        arena_close(request->arena);
    }
    connections_close(web->connections);
    server_close_file(&web->signals);
    server_close_file(&web->watcher);
    web->daemon = NULL;
    web->connections = NULL;
    web->workers = NULL;
    web->log = NULL;
}
