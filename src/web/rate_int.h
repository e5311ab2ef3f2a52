/*
 * web/rate_int.h - so many in a minute, by address and all together: for what anybody may ask and
 * what costs more than a page.
 *
 * In memory alone: it is forgotten with the minute and with the program, and no address is written
 * down. Start at web_rate_take().
 *
 * What must hold: threads may share it; it takes the same memory however many addresses come. Two
 * addresses may fall on one place and are then counted together.
 */
#ifndef HANDRAIL_WEB_RATE_INT_H
#define HANDRAIL_WEB_RATE_INT_H

#include <pthread.h>
#include <stdint.h>

#include "base/str.h"

#define WEB_RATE_PLACES 4096

struct web_rate {
    unsigned each_max, all_max; /* in a minute */
    pthread_mutex_t mutex;
    int64_t minute; /* which one is counted: since 1970 */
    unsigned all;
    unsigned each[WEB_RATE_PLACES]; /* by a hash of the address */
};

/* clang-format off: a static one */
#define WEB_RATE_INIT(each, all)                                                                   \
    {                                                                                              \
        .each_max = (each), .all_max = (all), .mutex = PTHREAD_MUTEX_INITIALIZER                   \
    }
/* clang-format on */

/* 0: go on, and it is counted. Else the seconds until the next minute, and nothing is counted. */
unsigned web_rate_take(struct web_rate *rate, struct str address, int64_t now_seconds)
    __attribute__((warn_unused_result));

#endif
