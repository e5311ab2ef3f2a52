/*
 * web/web.h - Handrail's web server: open, run until told to stop, close.
 *
 *     struct web_options options = {.listen = STR("127.0.0.1:8420"), .site = &site};
 *     struct web *web;
 *     TRY(web_open(arena, &options, &web));       the port is bound from here on
 *     say(web_address(web));
 *     TRY(web_run(web));                          until SIGTERM or SIGINT
 *     web_close(web);
 *
 * Read next: web_int.h, to write a page; server.c, for how a request flows; limits_int.h.
 *
 * What must hold
 * - web_open() is called while the program has one thread: it blocks SIGTERM and SIGINT for all
 *   threads to come, and ignores SIGPIPE.
 * - There is one struct web in a program at a time (the gate stands in front of its sockets).
 * - The site is read by several threads at once and changes under none of them.
 */
#ifndef HANDRAIL_WEB_WEB_H
#define HANDRAIL_WEB_WEB_H

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "web/site.h"

/* Where `handrail serve` listens when nothing else is said. */
#define WEB_LISTEN_DEFAULT "127.0.0.1:8420"

struct web;

struct web_options {
    struct str listen;           /* "127.0.0.1:8420", "[::1]:8420", "localhost:0"; 0: any port */
    const struct web_site *site; /* what the pages show; lives longer than the server */
    unsigned workers; /* threads that run handlers; 0: one for each processor, 2 at least */
    int log;          /* file descriptor of the access log; -1: no log */
    bool log_is_json; /* one object a line */
};

/*
 * Binds the address and starts the threads; answers are given once web_run() is called. Fails when
 * the address is wrong, taken or not allowed: the message says which, and what to do.
 */
MUST_USE struct result web_open(struct arena *arena, const struct web_options *options,
                                struct web **out);

/* "http://127.0.0.1:8420/", with the port that the system has picked if 0 was asked for. */
struct str web_address(const struct web *web);

/*
 * Serves until SIGTERM or SIGINT; then takes no more connections, finishes the requests that are
 * being worked on (at most WEB_STOP_MILLISECONDS_MAX) and returns. A second signal ends the program
 * at once.
 */
MUST_USE struct result web_run(struct web *web);

/* Stops what still runs and gives everything back. NULL is fine. */
void web_close(struct web *web);
DEFER_DEFINE(web_close, struct web *);

#endif
