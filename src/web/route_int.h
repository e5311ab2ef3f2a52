/*
 * web/route_int.h - which row of the table answers a request. Read first: web_int.h, "Routes".
 */
#ifndef HANDRAIL_WEB_ROUTE_INT_H
#define HANDRAIL_WEB_ROUTE_INT_H

#include "web/web_int.h"

/*
 * Finds the row for the method and path of the exchange and sets its route and parameters.
 * WEB_OK; or WEB_BAD_REQUEST (a path that plays tricks), WEB_NOT_FOUND, or WEB_METHOD_NOT_ALLOWED,
 * and then *allow is "GET, HEAD" or the like.
 */
enum web_status web_route_find(struct web_exchange *exchange, const struct web_route *routes,
                               size_t route_count, struct str *allow);

#endif
