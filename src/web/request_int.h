/*
 * web/request_int.h - the parts of the server that one request passes through, and what it is made
 * of on its way.
 *
 *     socket -> connection.c (the gate) -> libmicrohttpd -> server.c -> workers.c -> handler
 *            <------------------------------ libmicrohttpd <- answer.c <-'
 *
 * Read first: web_int.h. Start at server.c.
 *
 * What must hold
 * - A request belongs to the thread that serves the sockets, save between workers_add() and the
 *   call of MHD_resume_connection(), when it belongs to one worker.
 */
#ifndef HANDRAIL_WEB_REQUEST_INT_H
#define HANDRAIL_WEB_REQUEST_INT_H

#include <microhttpd.h>

#include "web/web_int.h"

enum request_stage {
    REQUEST_NEW,     /* its head has come */
    REQUEST_READING, /* its body comes */
    REQUEST_WORKING, /* waits for a worker, or has one */
    REQUEST_DONE,    /* its answer is ready */
    REQUEST_SENT,    /* the library has its answer */
    REQUEST_STAGE_COUNT
};

struct web_connection;

struct web_request {
    struct web_exchange exchange; /* what the handler sees */
    struct arena *arena;          /* holds this too */
    struct arena_mark start;      /* where the exchange's part of the arena begins */
    struct web_request *next;     /* in the queue, or among those kept */
    struct web_connection *connection;
    struct MHD_Connection *mhd;
    struct MHD_Response *response; /* when done */
    enum request_stage stage;
    enum web_status refused; /* by the gate, or here before a handler could run; 0: not */
    bool closes;             /* the connection is closed after the answer */
    struct str allow;        /* of a 405 */
    struct text body;
    size_t body_max;   /* bytes that it may have */
    size_t body_bytes; /* memory that it takes */
    int64_t started_microseconds;
    enum web_status status; /* as sent */
    size_t bytes;           /* of the body that is sent */
    size_t answer_bytes;    /* memory that the answer takes while it is sent */
};

/* Finds the handler, reads the forms, runs it, and makes the response. In a worker, or inline. */
void request_run(struct web_request *request);

/* Makes the response of the answer in the exchange: answer.c. */
void answer_make(struct web_request *request);

int64_t web_microseconds(void); /* of a clock that only goes forward */

/* ---- Workers: workers.c ---------------------------------------------------------------------- */

struct workers;

/* `run` is called for each request, in one of `count` threads. */
MUST_USE struct result workers_open(struct arena *arena, unsigned count,
                                    void (*run)(struct web_request *request), struct workers **out);

/* False when WEB_QUEUE_MAX requests wait already. */
bool workers_add(struct workers *workers, struct web_request *request)
    __attribute__((warn_unused_result));

/* Finishes what waits, then ends the threads. */
void workers_close(struct workers *workers);

/* ---- Measured: metrics.c --------------------------------------------------------------------- */

/* A request has been answered. */
void web_metrics_request(const struct web_request *request);

/* ---- The access log: log.c ------------------------------------------------------------------- */

struct web_log;

/*
 * One line a request, without personal data:
 *     2026-11-20T09:15:02.117Z GET policy 200 18734 412
 * time (UTC), method, name of the route, status, bytes of the body, microseconds; and "aborted"
 * when the client did not wait; or the same as JSON. A thread writes, so that a slow reader of the
 * log delays nobody. `file` -1: nothing is written.
 */
MUST_USE struct result web_log_open(struct arena *arena, int file, bool is_json,
                                    struct web_log **out);
void web_log_request(struct web_log *log, const struct web_request *request, bool is_aborted);
void web_log_close(struct web_log *log);

/* ---- Listening: listen.c --------------------------------------------------------------------- */

/* A bound and listening socket, and its address as text: "http://127.0.0.1:8420/". */
MUST_USE struct result web_listen(struct arena *arena, struct str address, int *out,
                                  struct str *shown);

#endif
