/*
 * web/connection_int.h - the table of connections: who is admitted, how far each one is, and which
 * bytes of it the HTTP library gets to see.
 *
 * Read first: gate_int.h. Start at connections_open(), connections_admit().
 *
 * What must hold
 * - A socket is in the table before libmicrohttpd knows it and until libmicrohttpd says that it is
 *   done with it, just before it closes the descriptor. So a descriptor in the table is ours.
 * - Only the thread that serves the sockets reads from one, and moves it from phase to phase; any
 *   thread may shut it down, with the table's lock held.
 */
#ifndef HANDRAIL_WEB_CONNECTION_INT_H
#define HANDRAIL_WEB_CONNECTION_INT_H

#include <netinet/in.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include "web/web_int.h"

enum connection_phase {
    CONNECTION_NONE,    /* this descriptor is no connection */
    CONNECTION_IDLE,    /* waits for the first byte of a request */
    CONNECTION_HEAD,    /* a part of a head has come */
    CONNECTION_BODY,    /* the head has passed, its body is not all here */
    CONNECTION_RUNNING, /* the request is being answered */
    CONNECTION_SENDING, /* the answer is on its way */
    CONNECTION_CLOSING, /* shut down by us; the library has not noticed yet */
    CONNECTION_PHASE_COUNT
};

struct web_connection {
    _Atomic int phase;                 /* enum connection_phase */
    _Atomic int64_t since;             /* milliseconds: when the phase began */
    _Atomic int64_t body_milliseconds; /* that a large body may take beyond the usual */
    _Atomic int64_t rests_since;       /* when it was accepted, or its last request answered */
    _Atomic size_t answer_bytes;       /* memory that the answer takes while it is sent */
    int socket;
    bool is_here;            /* the peer is on this machine: a person, or a proxy in front */
    struct in6_addr address; /* of the peer; IPv4 mapped */

    /* Of the thread that serves the sockets: */
    size_t passing;     /* checked bytes that the library has not read yet */
    struct str refusal; /* what is left of the request that the library gets instead of a bad one */
    bool is_refused;    /* nothing of what follows is read */
    bool has_passed;    /* a head has passed that request.c has not asked for yet */
    bool has_ended;     /* nothing will be sent after the request that is being answered */
    bool has_more;      /* more than one request has come at once */
};

struct connections;

/* The system's limit of open files is raised as far as it goes. `watcher` is an epoll descriptor:
 * sockets that linger are added to it, with their place in the upper half of the data. */
MUST_USE struct result connections_open(struct arena *arena, int watcher, struct connections **out);
void connections_close(struct connections *connections);

/* Connections now. */
size_t connections_count(struct connections *connections);

/* True while no connection can be taken: the library has yet to let go of those that were shut. */
bool connections_are_full(struct connections *connections);

/*
 * Enters a new socket. When there are too many, or too many of its address, the oldest one (see
 * connections_oldest) is shut down. False when it cannot be taken: close it.
 */
bool connections_admit(struct connections *connections, int socket, const struct sockaddr *address)
    __attribute__((warn_unused_result));

/* The entry of a socket. */
struct web_connection *connections_at(struct connections *connections, int socket);

/* The library is done with it. */
void connections_leave(struct connections *connections, struct web_connection *connection);

/* To the next phase, from now on. */
void connection_enter(struct web_connection *connection, enum connection_phase phase);

/* The answer has been sent: waits for the next request, or for nothing when there will be none. */
void connections_rest(struct connections *connections, struct web_connection *connection);

/* Shuts down the slowest readers while answers take more than WEB_ANSWERS_BYTES_MAX. */
void connections_cut_answers(struct connections *connections);

/* Shuts down what has used up its time; when the server stops, also what waits for a request. */
void connections_sweep(struct connections *connections, bool is_stopping);

/* Shuts down all. */
void connections_shut_all(struct connections *connections);

/* Something came from a socket that lingers: `data` of its event. */
#define CONNECTIONS_LINGERING ((uint64_t)1 << 32)
void connections_drain(struct connections *connections, uint64_t data);
bool connections_any_linger(struct connections *connections);

#endif
