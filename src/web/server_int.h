/*
 * web/server_int.h - what server.c asks of request.c. Read first: request_int.h.
 */
#ifndef HANDRAIL_WEB_SERVER_INT_H
#define HANDRAIL_WEB_SERVER_INT_H

#include "web/request_int.h"
#include "web/route_int.h"

/* Its head has been read: `target` as it was sent. Finds the route, or refuses. */
void request_begin(struct web_request *request, struct str target, struct str method,
                   const struct web_route *routes, size_t route_count);

/* Answers with an error in place of a handler; the first refusal counts. */
void request_refuse(struct web_request *request, enum web_status status, bool closes);

#endif
