/*
 * web/connection.c - the table of connections, and the gate at the socket.
 *
 * Read first: connection_int.h, gate_int.h. Start at recv(), at the end.
 *
 * Why a gate, and why here. libmicrohttpd 0.9.75 was given the 54 hostile requests of
 * tests/web/gate_http_test.py without one. With MHD_OPTION_STRICT_FOR_CLIENT at its strictest it
 * hands 37 of them to the handler: two Content-Lengths (the first counts), Content-Length with
 * Transfer-Encoding, two Hosts and bad ones, bare LF and bare CR as line ends, folded lines, NUL
 * and other control bytes, white space before the colon; an unknown Transfer-Encoding it reads to
 * the end of the connection. Its callbacks come after it has parsed, when lines have been cut apart
 * and joined: what was sent cannot be told any more, and where a request ends has been decided. So
 * the check must come before the library reads. A second pair of sockets between client and library
 * would cost three descriptors a connection and copy each answer twice. Instead the program defines
 * recv(), which the dynamic linker then uses for the library too. It looks at a head while this is
 * still in the kernel (MSG_PEEK), and lets the library read exactly the bytes that have passed. A
 * slow or endless head takes none of our memory, and the library never sees part of one.
 *
 * In place of a refused head the library reads a small good one whose target is "!400" or the like,
 * which no client can send. So the answer to it waits its turn behind those to earlier requests, is
 * written and counted as all others are, and ends the connection.
 *
 * If recv() should ever not be ours (another way of linking), no head has passed, and request.c
 * answers every request with 500: it fails closed.
 *
 * What must hold
 * - recv() is called by the library with MSG_NOSIGNAL or the like, never to peek: our sockets are
 *   not blocking, and the library reads in one thread.
 * - When less is handed over than was asked for, the library waits for the next edge of epoll. More
 *   may be in the kernel already only when another request follows (has_more); that request is then
 *   picked up because server.c suspends and resumes the connection, after which the library reads
 *   again.
 */
#define _GNU_SOURCE /* POLLRDHUP */
#include "web/connection_int.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "web/gate_int.h"

/* Descriptors for everything that is no connection. */
#define CONNECTIONS_OTHER_FILES 64

struct connection_lingering {
    int socket; /* 0: this place is free */
    int64_t since;
    size_t bytes; /* dropped so far */
};

struct connections {
    pthread_mutex_t lock;      /* of who is in the table, and of what lingers */
    struct web_connection *at; /* by descriptor */
    size_t capacity;           /* of the table */
    size_t most;               /* connections at once */
    size_t count;
    size_t top; /* no connection has a descriptor as large as this */
    struct connection_lingering lingering[WEB_LINGERING_MAX];
    size_t lingering_count;
    int watcher;
    char *head; /* WEB_HEAD_BYTES_MAX bytes: the head that is being looked at */
};

/* Whom recv() asks. */
static struct connections *connections_of_program;

static int64_t connection_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- The table ------------------------------------------------------------------------------- */

/* How many files may be open, after asking for as many as we want. */
static size_t connections_files(void)
{
    const rlim_t wanted = WEB_CONNECTIONS_MAX + WEB_CONNECTIONS_CLOSING_MAX + WEB_LINGERING_MAX +
                          CONNECTIONS_OTHER_FILES;
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return CONNECTIONS_OTHER_FILES;
    }
    if (limit.rlim_cur < wanted) {
        limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
        (void)getrlimit(RLIMIT_NOFILE, &limit);
    }
    return limit.rlim_cur < wanted ? (size_t)limit.rlim_cur : (size_t)wanted;
}

struct result connections_open(struct arena *arena, int watcher, struct connections **out)
{
    const size_t others = WEB_CONNECTIONS_CLOSING_MAX + WEB_LINGERING_MAX + CONNECTIONS_OTHER_FILES;
    size_t files = connections_files();
    if (files < others + WEB_WORKERS_MIN) {
        return result_fail(RESULT_CODE_LIMIT,
                           "too few files may be open: raise the limit (ulimit -n)",
                           (struct str){0});
    }
    struct connections *connections = ARENA_NEW(arena, struct connections);
    pthread_mutex_init(&connections->lock, NULL);
    connections->capacity = files;
    connections->most = files - others;
    connections->at = ARENA_ARRAY(arena, struct web_connection, files);
    connections->head = ARENA_ARRAY(arena, char, WEB_HEAD_BYTES_MAX);
    connections->watcher = watcher;
    assert(!connections_of_program && "there is one server in a program");
    connections_of_program = connections;
    *out = connections;
    return RESULT_OK;
}

void connections_close(struct connections *connections)
{
    if (!connections) {
        return;
    }
    for (size_t i = 0; i < WEB_LINGERING_MAX; i++) {
        if (connections->lingering[i].socket > 0) {
            close(connections->lingering[i].socket);
        }
    }
    connections_of_program = NULL;
}

size_t connections_count(struct connections *connections)
{
    pthread_mutex_lock(&connections->lock);
    size_t count = connections->count;
    pthread_mutex_unlock(&connections->lock);
    return count;
}

bool connections_are_full(struct connections *connections)
{
    return connections_count(connections) >= connections->most + WEB_CONNECTIONS_CLOSING_MAX;
}

struct web_connection *connections_at(struct connections *connections, int socket)
{
    assert(socket >= 0 && (size_t)socket < connections->capacity);
    return &connections->at[socket];
}

void connection_enter(struct web_connection *connection, enum connection_phase phase)
{
    /* What was shut down stays so. */
    if (atomic_load(&connection->phase) != CONNECTION_CLOSING) {
        int64_t now = connection_now();
        atomic_store(&connection->since, now);
        if (phase == CONNECTION_IDLE) {
            atomic_store(&connection->rests_since, now);
        }
        atomic_store(&connection->phase, phase);
    }
}

/* With the lock. The library notices: its next read or write fails, and it lets go. */
static void connection_shut(struct web_connection *connection)
{
    atomic_store(&connection->phase, CONNECTION_CLOSING);
    shutdown(connection->socket, SHUT_RDWR);
}

/* ---- Admitting ------------------------------------------------------------------------------- */

static void connection_note_address(struct web_connection *connection,
                                    const struct sockaddr *address)
{
    if (address->sa_family == AF_INET6) {
        connection->address = ((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
        connection->is_here = IN6_IS_ADDR_LOOPBACK(&connection->address);
        return;
    }
    in_addr_t four = ((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr;
    connection->address = (struct in6_addr){0};
    memcpy(&connection->address.s6_addr[12], &four, sizeof four);
    connection->is_here = ntohl(four) >> 24 == IN_LOOPBACKNET;
}

static bool connection_is_same(const struct web_connection *a, const struct web_connection *b)
{
    return memcmp(&a->address, &b->address, sizeof a->address) == 0;
}

/*
 * With the lock: the connection whose last request was answered longest ago, or that was accepted
 * longest ago without one, unless a handler works for it; of the same address as `like` unless that
 * is NULL. What it waits for does not matter: were those without a request closed before those with
 * a half-sent one, a crowd of slow senders would have each newcomer shut out.
 */
static struct web_connection *connections_oldest(struct connections *connections,
                                                 const struct web_connection *like)
{
    struct web_connection *oldest = NULL;
    for (size_t i = 0; i < connections->top; i++) {
        struct web_connection *one = &connections->at[i];
        int phase = atomic_load(&one->phase);
        if (phase == CONNECTION_NONE || phase == CONNECTION_RUNNING ||
            phase == CONNECTION_CLOSING || (like && !connection_is_same(one, like))) {
            continue;
        }
        if (!oldest || atomic_load(&one->rests_since) < atomic_load(&oldest->rests_since)) {
            oldest = one;
        }
    }
    return oldest;
}

/* With the lock. */
static bool connections_make_room(struct connections *connections,
                                  const struct web_connection *newcomer)
{
    if (connections->count >= connections->most) {
        struct web_connection *oldest = connections_oldest(connections, NULL);
        if (!oldest) {
            return false;
        }
        connection_shut(oldest);
    }
    if (newcomer->is_here) {
        return true;
    }
    size_t same = 0;
    for (size_t i = 0; i < connections->top; i++) {
        int phase = atomic_load(&connections->at[i].phase);
        same += phase != CONNECTION_NONE && phase != CONNECTION_CLOSING &&
                connection_is_same(&connections->at[i], newcomer);
    }
    if (same >= WEB_CONNECTIONS_PER_ADDRESS_MAX) {
        struct web_connection *oldest = connections_oldest(connections, newcomer);
        if (!oldest) {
            return false;
        }
        connection_shut(oldest);
    }
    return true;
}

bool connections_admit(struct connections *connections, int socket, const struct sockaddr *address)
{
    if (socket < 0 || (size_t)socket >= connections->capacity) {
        return false;
    }
    struct web_connection newcomer = {.socket = socket};
    connection_note_address(&newcomer, address);
    pthread_mutex_lock(&connections->lock);
    bool has_room = connections_make_room(connections, &newcomer);
    if (has_room) {
        struct web_connection *connection = &connections->at[socket];
        *connection = newcomer;
        connection_enter(connection, CONNECTION_IDLE);
        connections->count++;
        if ((size_t)socket >= connections->top) {
            connections->top = (size_t)socket + 1;
        }
    }
    pthread_mutex_unlock(&connections->lock);
    return has_room;
}

/* ---- Leaving --------------------------------------------------------------------------------- */

/*
 * With the lock. A client whose request was refused may still be sending. Were its socket closed
 * now, the system would answer the rest with a reset, and the client might lose our answer. A
 * duplicate keeps the socket for a while; what comes is dropped.
 */
static void connection_linger(struct connections *connections, int socket)
{
    for (size_t i = 0; i < WEB_LINGERING_MAX; i++) {
        struct connection_lingering *place = &connections->lingering[i];
        if (place->socket > 0) {
            continue;
        }
        int duplicate = dup(socket);
        struct epoll_event event = {.events = EPOLLIN,
                                    .data.u64 = CONNECTIONS_LINGERING | (uint64_t)i};
        if (duplicate <= 0) {
            return;
        }
        if (epoll_ctl(connections->watcher, EPOLL_CTL_ADD, duplicate, &event) != 0) {
            close(duplicate);
            return;
        }
        *place = (struct connection_lingering){.socket = duplicate, .since = connection_now()};
        connections->lingering_count++;
        return;
    }
}

void connections_leave(struct connections *connections, struct web_connection *connection)
{
    pthread_mutex_lock(&connections->lock);
    if (connection->is_refused && atomic_load(&connection->phase) != CONNECTION_CLOSING) {
        connection_linger(connections, connection->socket);
    }
    atomic_store(&connection->phase, CONNECTION_NONE);
    connections->count--;
    pthread_mutex_unlock(&connections->lock);
}

/* With the lock. */
static void connections_stop_lingering(struct connections *connections,
                                       struct connection_lingering *place)
{
    close(place->socket);
    place->socket = 0;
    connections->lingering_count--;
}

void connections_drain(struct connections *connections, uint64_t data)
{
    char dropped[4096];
    pthread_mutex_lock(&connections->lock);
    struct connection_lingering *place =
        &connections->lingering[(data & ~CONNECTIONS_LINGERING) % WEB_LINGERING_MAX];
    while (place->socket > 0) {
        ssize_t bytes = recvfrom(place->socket, dropped, sizeof dropped, MSG_DONTWAIT, NULL, NULL);
        if (bytes < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) {
            break;
        }
        place->bytes += bytes > 0 ? (size_t)bytes : 0;
        if (bytes <= 0 || place->bytes >= WEB_LINGER_BYTES_MAX) {
            connections_stop_lingering(connections, place);
        }
    }
    pthread_mutex_unlock(&connections->lock);
}

bool connections_any_linger(struct connections *connections)
{
    pthread_mutex_lock(&connections->lock);
    bool any = connections->lingering_count > 0;
    pthread_mutex_unlock(&connections->lock);
    return any;
}

/* ---- Time that is used up -------------------------------------------------------------------- */

static bool connection_is_late(const struct web_connection *connection, int64_t now,
                               bool is_stopping)
{
    static const int64_t most[CONNECTION_PHASE_COUNT] = {
        [CONNECTION_NONE] = INT64_MAX,
        [CONNECTION_IDLE] = WEB_IDLE_MILLISECONDS_MAX,
        [CONNECTION_HEAD] = WEB_HEAD_MILLISECONDS_MAX,
        [CONNECTION_BODY] = WEB_BODY_MILLISECONDS_MAX,
        [CONNECTION_RUNNING] = INT64_MAX, /* a handler ends by itself */
        [CONNECTION_SENDING] = WEB_SEND_MILLISECONDS_MAX,
        [CONNECTION_CLOSING] = INT64_MAX,
    };
    int phase = atomic_load(&connection->phase);
    int64_t extra = phase == CONNECTION_BODY ? atomic_load(&connection->body_milliseconds) : 0;
    bool is_waiting = phase == CONNECTION_IDLE || phase == CONNECTION_HEAD;
    return (is_stopping && is_waiting) ||
           now - atomic_load(&connection->since) - extra > most[phase];
}

/* With the lock: the oldest answer that is still being sent, if there is another one, and the
 * memory of all. */
static struct web_connection *connections_slowest(struct connections *connections, size_t *bytes)
{
    struct web_connection *slowest = NULL;
    size_t count = 0;
    *bytes = 0;
    for (size_t i = 0; i < connections->top; i++) {
        struct web_connection *one = &connections->at[i];
        size_t held = atomic_load(&one->answer_bytes);
        if (atomic_load(&one->phase) != CONNECTION_SENDING || held == 0) {
            continue;
        }
        count++;
        *bytes += held;
        if (!slowest || atomic_load(&one->since) < atomic_load(&slowest->since)) {
            slowest = one;
        }
    }
    return count > 1 ? slowest : NULL;
}

void connections_cut_answers(struct connections *connections)
{
    size_t bytes;
    struct web_connection *slowest;
    pthread_mutex_lock(&connections->lock);
    while ((slowest = connections_slowest(connections, &bytes)) && bytes > WEB_ANSWERS_BYTES_MAX) {
        connection_shut(slowest);
    }
    pthread_mutex_unlock(&connections->lock);
}

void connections_sweep(struct connections *connections, bool is_stopping)
{
    int64_t now = connection_now();
    pthread_mutex_lock(&connections->lock);
    for (size_t i = 0; i < connections->top; i++) {
        if (connection_is_late(&connections->at[i], now, is_stopping)) {
            connection_shut(&connections->at[i]);
        }
    }
    for (size_t i = 0; i < WEB_LINGERING_MAX; i++) {
        struct connection_lingering *place = &connections->lingering[i];
        if (place->socket > 0 && now - place->since > WEB_LINGER_MILLISECONDS_MAX) {
            connections_stop_lingering(connections, place);
        }
    }
    pthread_mutex_unlock(&connections->lock);
}

void connections_shut_all(struct connections *connections)
{
    pthread_mutex_lock(&connections->lock);
    for (size_t i = 0; i < connections->top; i++) {
        if (atomic_load(&connections->at[i].phase) != CONNECTION_NONE) {
            connection_shut(&connections->at[i]);
        }
    }
    pthread_mutex_unlock(&connections->lock);
}

/* ---- The gate at the socket ------------------------------------------------------------------ */

#define CONNECTION_REFUSAL(status)                                                                 \
    {                                                                                              \
        status, STR_INIT("GET !" #status " HTTP/1.1\r\nHost: -\r\nConnection: close\r\n\r\n"),     \
            STR_INIT("HEAD !" #status " HTTP/1.1\r\nHost: -\r\nConnection: close\r\n\r\n"),        \
            STR_INIT("GET !" #status "/api/ HTTP/1.1\r\nHost: -\r\nConnection: close\r\n\r\n")     \
    }

static const struct {
    int status;
    struct str get, head, api;
} connection_refusals[] = {
    CONNECTION_REFUSAL(400), CONNECTION_REFUSAL(405), CONNECTION_REFUSAL(411),
    CONNECTION_REFUSAL(413), CONNECTION_REFUSAL(414), CONNECTION_REFUSAL(417),
    CONNECTION_REFUSAL(431), CONNECTION_REFUSAL(501), CONNECTION_REFUSAL(505),
};

/* A program asks, as far as can be seen: "POST /api/...". */
static bool connection_is_api(struct str head)
{
    struct str line = str_slice(head, 0, WEB_METHOD_BYTES_MAX), target;
    if (!str_cut(line, ' ', NULL, &target)) {
        return false;
    }
    size_t at = (size_t)(target.at - head.at);
    return str_starts(str_slice(head, at, head.len), STR("/api/"));
}

static struct str connection_refusal(const struct gate_reading *reading, struct str head)
{
    size_t count = sizeof connection_refusals / sizeof connection_refusals[0];
    size_t i = 0;
    while (i + 1 < count && connection_refusals[i].status != (int)reading->status) {
        i++;
    }
    assert(connection_refusals[i].status == (int)reading->status && "the gate refuses with these");
    return reading->method == WEB_HEAD ? connection_refusals[i].head
           : connection_is_api(head)   ? connection_refusals[i].api
                                       : connection_refusals[i].get;
}

static ssize_t connection_wait(void)
{
    errno = EAGAIN;
    return -1;
}

/* The peer sends nothing any more; what it has sent before may still be there to read. */
static bool connection_has_end(const struct web_connection *connection)
{
    struct pollfd poll_one = {.fd = connection->socket, .events = POLLRDHUP};
    return poll(&poll_one, 1, 0) > 0;
}

/*
 * epoll does not tell of an end that came together with the last bytes that were read. So when the
 * next bytes are waited for, this asks; and if there will be none, lets the library notice.
 */
static void connection_notice_end(struct connections *connections,
                                  struct web_connection *connection)
{
    char next;
    bool has_ended = connection->has_ended || (connection_has_end(connection) &&
                                               recvfrom(connection->socket, &next, 1,
                                                        MSG_PEEK | MSG_DONTWAIT, NULL, NULL) == 0);
    if (has_ended) {
        pthread_mutex_lock(&connections->lock);
        connection_shut(connection);
        pthread_mutex_unlock(&connections->lock);
    }
}

void connections_rest(struct connections *connections, struct web_connection *connection)
{
    atomic_store(&connection->answer_bytes, 0);
    connection_enter(connection, CONNECTION_IDLE);
    connection_notice_end(connections, connection);
}

static ssize_t connection_hand_over_refusal(struct web_connection *connection, char *buffer,
                                            size_t size)
{
    size_t bytes = connection->refusal.len < size ? connection->refusal.len : size;
    if (bytes == 0) {
        return connection_wait();
    }
    memcpy(buffer, connection->refusal.at, bytes);
    connection->refusal = str_slice(connection->refusal, bytes, connection->refusal.len);
    return (ssize_t)bytes;
}

/*
 * Reads the head that is next, while it stays in the kernel. Answers how many bytes of it or after
 * it there are, and otherwise what recv() is to answer: 0 at the end, -1 when there is nothing.
 */
static ssize_t connection_peek(struct connections *connections, struct web_connection *connection,
                               struct gate_reading *reading)
{
    ssize_t seen = 0, before;
    do {
        before = seen;
        seen = recvfrom(connection->socket, connections->head, WEB_HEAD_BYTES_MAX,
                        MSG_PEEK | MSG_DONTWAIT, NULL, NULL);
        if (seen <= 0) {
            return seen;
        }
        *reading = web_gate_read((struct str){connections->head, (size_t)seen});
        /* epoll does not tell of an end that came together with the last bytes, so ask for it. */
    } while (reading->verdict == GATE_INCOMPLETE && seen != before &&
             connection_has_end(connection));
    return seen == before ? 0 : seen;
}

/* Looks at the next head. True when the library may read: bytes that passed, or a refusal. */
static bool connection_look(struct connections *connections, struct web_connection *connection,
                            ssize_t *answer)
{
    struct gate_reading reading;
    *answer = connection_peek(connections, connection, &reading);
    if (*answer == 0 && atomic_load(&connection->phase) == CONNECTION_RUNNING) {
        /* Who only stops sending still gets the answer; the library would drop it now. */
        connection->has_ended = true;
        *answer = connection_wait();
    }
    if (*answer <= 0) {
        return false;
    }
    if (reading.verdict == GATE_INCOMPLETE) {
        if (atomic_load(&connection->phase) == CONNECTION_IDLE) {
            connection_enter(connection, CONNECTION_HEAD);
        }
        *answer = connection_wait();
        return false;
    }
    connection->has_passed = true;
    if (reading.verdict == GATE_REFUSED) {
        connection->is_refused = true;
        connection->refusal =
            connection_refusal(&reading, (struct str){connections->head, (size_t)*answer});
        connection_enter(connection, CONNECTION_RUNNING);
        return true;
    }
    connection->passing = reading.head_bytes + reading.body_bytes;
    atomic_store(&connection->body_milliseconds,
                 (int64_t)(reading.body_bytes / WEB_BODY_BYTES_OF_A_SECOND) * 1000);
    connection->has_more = (size_t)*answer > connection->passing;
    connection_enter(connection, reading.body_bytes > 0 ? CONNECTION_BODY : CONNECTION_RUNNING);
    return true;
}

static ssize_t connection_receive(struct connections *connections,
                                  struct web_connection *connection, char *buffer, size_t size)
{
    ssize_t answer;
    if (atomic_load(&connection->phase) == CONNECTION_CLOSING) {
        return 0;
    }
    if (connection->passing == 0 && !connection->is_refused &&
        !connection_look(connections, connection, &answer)) {
        return answer;
    }
    if (connection->is_refused) {
        return connection_hand_over_refusal(connection, buffer, size);
    }
    answer =
        recvfrom(connection->socket, buffer,
                 connection->passing < size ? connection->passing : size, MSG_DONTWAIT, NULL, NULL);
    if (answer > 0) {
        connection->passing -= (size_t)answer;
        if (connection->passing == 0) {
            connection_enter(connection, CONNECTION_RUNNING);
        } else {
            connection_notice_end(connections, connection);
        }
    }
    return answer;
}

/*
 * In place of the C library's, for the whole program: answers one event less than there is room
 * for, so that the room is never full. The library (0.9.75, MHD_epoll()) takes a full array of 128
 * as a sign that more may have come, and asks again before it looks at these, with the same
 * patience: none at all if nothing has a deadline. Exactly 128 events at once would then wait for
 * the next one to come, and when it is 128 connections that we have shut to make room, none comes,
 * as we accept nobody meanwhile. What is not answered now is at the next call.
 */
int epoll_wait(int watcher, struct epoll_event *events, int room, int milliseconds)
{
    return epoll_pwait(watcher, events, room > 1 ? room - 1 : room, milliseconds, NULL);
}

/*
 * In place of the C library's, for the whole program. For a socket that is not in the table it is
 * the same as recvfrom() without an address, as POSIX says of recv().
 */
ssize_t recv(int socket, void *buffer, size_t size, int flags)
{
    struct connections *connections = connections_of_program;
    if (connections && socket >= 0 && (size_t)socket < connections->capacity) {
        struct web_connection *connection = &connections->at[socket];
        if (atomic_load(&connection->phase) != CONNECTION_NONE) {
            return connection_receive(connections, connection, buffer, size);
        }
    }
    return recvfrom(socket, buffer, size, flags, NULL, NULL);
}
