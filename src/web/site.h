/*
 * web/site.h - what the pages show: the policies, read and compiled before the first request.
 *
 * Read first: shelf/shelf.h. Whoever starts the server makes it (cli/command_serve.c).
 * What must hold: every pack of the shelf is ready; nothing changes while the server runs, because
 * every worker reads it at once.
 */
#ifndef HANDRAIL_WEB_SITE_H
#define HANDRAIL_WEB_SITE_H

#include "shelf/shelf.h"
#include "web/network.h"

struct web_kept; /* what is worked out once for all requests: kept_int.h */
struct web_office; /* office.h */

struct web_site {
    struct str version; /* of Handrail */
    const struct shelf *shelf;
    const struct web_kept *kept;
    const struct web_office *office; /* NULL: nothing is kept */
    struct web_network metrics_from; /* who may measure besides this machine; {0}: nobody */
};

/*
 * The site of a shelf. Its documents are made here, in the arena: some tenths of a second. The
 * shelf, the arena and the office, which may be NULL, outlive it.
 */
struct web_site web_site_make(struct arena *arena, struct str version, const struct shelf *shelf,
                              const struct web_office *office);

#endif
