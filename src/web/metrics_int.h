/*
 * web/metrics_int.h - what is counted while the server runs, for whoever watches it.
 *
 * Start at: web_metrics_request(), called once a request; web_metrics_write().
 *
 * What must hold
 * - Counts are of the whole program and only grow. Anybody may count, from any thread, and nobody
 *   waits for it.
 * - Nothing here tells who asked for what: names of routes and numbers alone.
 */
#ifndef HANDRAIL_WEB_METRICS_INT_H
#define HANDRAIL_WEB_METRICS_INT_H

#include "identity/sign_in.h"
#include "web/web_int.h"

/* What an attempt to sign in, or to prove who one is, came to. */
void web_metrics_sign_in(enum sign_in_status status);

/* The text of Prometheus, version 0.0.4; names begin with handrail_. The office may be NULL. */
void web_metrics_write(struct text *out, const struct web_office *office);

#endif
