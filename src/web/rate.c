/*
 * web/rate.c - see rate_int.h.
 */
#include "web/rate_int.h"

#include <string.h>

#include "base/hash.h"

#define SECONDS_A_MINUTE 60

unsigned web_rate_take(struct web_rate *rate, struct str address, int64_t now_seconds)
{
    int64_t minute = now_seconds / SECONDS_A_MINUTE;
    pthread_mutex_lock(&rate->mutex);
    if (rate->minute != minute) {
        rate->minute = minute;
        rate->all = 0;
        memset(rate->each, 0, sizeof rate->each);
    }
    unsigned *each = &rate->each[hash_str(address) % WEB_RATE_PLACES];
    bool is_over = rate->all >= rate->all_max || *each >= rate->each_max;
    if (!is_over) {
        rate->all++;
        (*each)++;
    }
    pthread_mutex_unlock(&rate->mutex);
    return is_over ? (unsigned)(SECONDS_A_MINUTE - now_seconds % SECONDS_A_MINUTE) : 0;
}
