/*
 * web/metrics.c - see metrics_int.h.
 */
#include "web/metrics_int.h"

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "web/office.h"
#include "web/request_int.h"

/* Routes that are counted; the place behind them is for requests that found none. */
#define ROUTES_MAX 128

/* 1xx to 5xx, at status / 100 - 1. */
#define CLASSES 5

static _Atomic uint64_t requests[ROUTES_MAX + 1][CLASSES];
static _Atomic uint64_t sign_ins[SIGN_IN_STATUS_COUNT];

/* Upper bounds of the buckets of durations; the last one has none. */
static const struct {
    const char *seconds;
    int64_t microseconds;
} buckets[] = {
    {"0.001", 1000},  {"0.0025", 2500}, {"0.005", 5000},  {"0.01", 10000}, {"0.025", 25000},
    {"0.05", 50000},  {"0.1", 100000},  {"0.25", 250000}, {"0.5", 500000}, {"1", 1000000},
    {"2.5", 2500000}, {"5", 5000000},   {"10", 10000000},
};
#define BUCKETS (sizeof buckets / sizeof buckets[0])

static _Atomic uint64_t durations[BUCKETS + 1], duration_sum_microseconds;

/* ---- Counting -------------------------------------------------------------------------------- */

/* The place of a route; ROUTES_MAX: none, or of another table (in tests). */
static size_t place_of(const struct web_route *route)
{
    for (size_t i = 0; route && i < web_route_count && i < ROUTES_MAX; i++) {
        if (route == &web_routes[i]) {
            return i;
        }
    }
    return ROUTES_MAX;
}

void web_metrics_request(const struct web_request *request)
{
    int64_t took = web_microseconds() - request->started_microseconds;
    size_t bucket = 0;
    while (bucket < BUCKETS && took > buckets[bucket].microseconds) {
        bucket++;
    }
    size_t status_class = (size_t)request->status / 100;
    if (status_class >= 1 && status_class <= CLASSES) { /* 0: the client had gone before */
        size_t place = place_of(request->exchange.route);
        atomic_fetch_add_explicit(&requests[place][status_class - 1], 1, memory_order_relaxed);
    }
    atomic_fetch_add_explicit(&durations[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&duration_sum_microseconds, (uint64_t)took, memory_order_relaxed);
}

void web_metrics_sign_in(enum sign_in_status status)
{
    atomic_fetch_add_explicit(&sign_ins[status], 1, memory_order_relaxed);
}

/* ---- Writing --------------------------------------------------------------------------------- */

static void head(struct text *out, const char *name, const char *type, const char *help)
{
    text_addf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct text *out, const char *name, const char *type, const char *help,
                int64_t value)
{
    head(out, name, type, help);
    text_addf(out, "%s %lld\n", name, (long long)value);
}

static bool is_named_before(size_t place)
{
    for (size_t i = 0; i < place; i++) {
        if (str_equal(str_from(web_routes[i].name), str_from(web_routes[place].name))) {
            return true;
        }
    }
    return false;
}

/* Rows of one name are one page. */
static uint64_t count_of(size_t place, size_t status_class)
{
    uint64_t count = atomic_load(&requests[place][status_class]);
    for (size_t i = place + 1; place < ROUTES_MAX && i < web_route_count; i++) {
        if (str_equal(str_from(web_routes[i].name), str_from(web_routes[place].name))) {
            count += atomic_load(&requests[i][status_class]);
        }
    }
    return count;
}

static void write_requests(struct text *out)
{
    head(out, "handrail_requests_total", "counter", "Requests by page and class of status.");
    for (size_t i = 0; i <= ROUTES_MAX; i = i + 1 == web_route_count ? ROUTES_MAX : i + 1) {
        const char *name = i < ROUTES_MAX ? web_routes[i].name : "none";
        for (size_t status = 0; status < CLASSES; status++) {
            bool is_first = i == ROUTES_MAX || !is_named_before(i);
            uint64_t count = is_first ? count_of(i, status) : 0;
            if (count > 0) {
                text_addf(out, "handrail_requests_total{page=\"%s\",class=\"%zuxx\"} %llu\n", name,
                          status + 1, (unsigned long long)count);
            }
        }
    }
}

static void write_durations(struct text *out)
{
    const char *name = "handrail_request_seconds";
    uint64_t count = 0;
    head(out, name, "histogram", "From the head of a request to the end of its answer.");
    for (size_t i = 0; i <= BUCKETS; i++) {
        count += atomic_load(&durations[i]);
        text_addf(out, "%s_bucket{le=\"%s\"} %llu\n", name,
                  i < BUCKETS ? buckets[i].seconds : "+Inf", (unsigned long long)count);
    }
    uint64_t sum = atomic_load(&duration_sum_microseconds);
    text_addf(out, "%s_sum %llu.%06llu\n%s_count %llu\n", name, (unsigned long long)sum / 1000000,
              (unsigned long long)sum % 1000000, name, (unsigned long long)count);
}

static void write_memory(struct text *out)
{
    long long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    bool is_read = file && fscanf(file, "%*s %lld", &pages) == 1;
    if (file) {
        (void)fclose(file);
    }
    if (is_read) {
        one(out, "process_resident_memory_bytes", "gauge", "Memory of the program.",
            pages * sysconf(_SC_PAGESIZE));
    }
}

static void write_office(struct text *out, const struct web_office *office)
{
    static const char *const outcomes[SIGN_IN_STATUS_COUNT] = {
        [SIGN_IN_DONE] = "done",
        [SIGN_IN_WRONG] = "failed",
        [SIGN_IN_CODE] = "code",
        [SIGN_IN_WAIT] = "too-often",
    };
    head(out, "handrail_sign_ins_total", "counter",
         "Attempts to sign in: done, failed, a code was asked for, tried too often.");
    for (size_t i = 0; i < SIGN_IN_STATUS_COUNT; i++) {
        text_addf(out, "handrail_sign_ins_total{outcome=\"%s\"} %llu\n", outcomes[i],
                  (unsigned long long)atomic_load(&sign_ins[i]));
    }
    struct store_counts counts = store_counts(office->place.store);
    struct keeper_state state = keeper_state(office->keeper);
    one(out, "handrail_store_writes_waiting", "gauge", "Writers that wait for the one before.",
        (int64_t)counts.writers_waiting);
    one(out, "handrail_store_readers", "gauge", "Connections that read, in use or kept.",
        (int64_t)counts.readers);
    bool is_stored = result_is_ok(store_health(office->place.store, out->arena));
    bool is_kept = result_is_ok(keeper_health(office->keeper, out->arena));
    one(out, "handrail_store_writable", "gauge", "1 while records can be written.", is_stored);
    one(out, "handrail_ledger_signing", "gauge", "1 while the history can be signed.", is_kept);
    if (instant_is_given(state.signed_at)) {
        one(out, "handrail_ledger_entries", "gauge", "Acts in the history when it was last signed.",
            state.entries);
        one(out, "handrail_ledger_signed_timestamp_seconds", "gauge",
            "When all of the history was last known to be signed.",
            state.signed_at.milliseconds / INSTANT_SECOND_MILLISECONDS);
    }
}

void web_metrics_write(struct text *out, const struct web_office *office)
{
    write_requests(out);
    write_durations(out);
    write_memory(out);
    if (office) {
        write_office(out, office);
    }
}
