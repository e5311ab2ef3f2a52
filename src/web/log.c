/*
 * web/log.c - the access log: lines are put into one buffer while a thread writes the other.
 *
 * Read first: request_int.h, "The access log". Start at web_log_request().
 * What must hold
 * - A line holds the route's name, never the path, the query, an address or a header.
 * - Nobody waits for the reader of the log: when the buffer is full, lines are counted and dropped,
 *   and the log says how many.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "web/request_int.h"

/* One line: time 24, method 5, name, status 3, two numbers of 20 digits at most; names in JSON. */
#define LOG_LINE_BYTES_MAX 256

struct web_log {
    int file;
    bool is_json;
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t added;
    char *filling; /* WEB_LOG_BYTES_MAX each */
    char *writing; /* the thread's alone */
    size_t bytes;
    size_t dropped;
    bool is_closing;
};

static void log_write(int file, const char *at, size_t bytes)
{
    while (bytes > 0) {
        ssize_t written = write(file, at, bytes);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return; /* nobody can be told */
        }
        at += written;
        bytes -= (size_t)written;
    }
}

static void *log_work(void *argument)
{
    struct web_log *log = argument;
    pthread_mutex_lock(&log->lock);
    while (true) {
        while (log->bytes == 0 && !log->is_closing) {
            pthread_cond_wait(&log->added, &log->lock);
        }
        if (log->bytes == 0) {
            break;
        }
        char *full = log->filling;
        size_t bytes = log->bytes;
        size_t dropped = log->dropped;
        log->filling = log->writing;
        log->writing = full;
        log->bytes = 0;
        log->dropped = 0;
        pthread_mutex_unlock(&log->lock);
        log_write(log->file, full, bytes);
        if (dropped > 0) {
            char line[LOG_LINE_BYTES_MAX];
            int length = snprintf(line, sizeof line,
                                  log->is_json ? "{\"level\":\"warning\",\"lost\":%zu}\n"
                                               : "%zu lines of the log were lost\n",
                                  dropped);
            log_write(log->file, line, (size_t)length);
        }
        pthread_mutex_lock(&log->lock);
    }
    pthread_mutex_unlock(&log->lock);
    return NULL;
}

struct result web_log_open(struct arena *arena, int file, bool is_json, struct web_log **out)
{
    struct web_log *log = ARENA_NEW(arena, struct web_log);
    log->file = file;
    log->is_json = is_json;
    *out = log;
    if (file < 0) {
        return RESULT_OK;
    }
    log->filling = ARENA_ARRAY(arena, char, WEB_LOG_BYTES_MAX);
    log->writing = ARENA_ARRAY(arena, char, WEB_LOG_BYTES_MAX);
    pthread_mutex_init(&log->lock, NULL);
    pthread_cond_init(&log->added, NULL);
    if (pthread_create(&log->thread, NULL, log_work, log) != 0) {
        return result_fail(RESULT_CODE_LIMIT, "the system allows no more threads", (struct str){0});
    }
    log->has_thread = true;
    return RESULT_OK;
}

static const char *log_method(enum web_method method)
{
    switch (method) {
    case WEB_GET:
        return "GET";
    case WEB_HEAD:
        return "HEAD";
    case WEB_POST:
        return "POST";
    case WEB_METHOD_OTHER:
    case WEB_METHOD_COUNT:
        break;
    }
    return "other";
}

/* The words of a line are the program's own, so nothing in it has to be escaped. */
static int log_line(const struct web_log *log, const struct web_request *request, bool is_aborted,
                    char line[LOG_LINE_BYTES_MAX])
{
    struct timespec now;
    struct tm utc;
    char when[64];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    (void)snprintf(when, sizeof when, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ",
                   (utc.tm_year + 1900) % 10000, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour,
                   utc.tm_min, utc.tm_sec, now.tv_nsec / 1000000 % 1000);
    const struct web_route *route = request->exchange.route;
    const char *name = route ? route->name : request->refused == WEB_NOT_FOUND ? "none" : "refused";
    const char *method = log_method(request->exchange.method);
    long long took = web_microseconds() - request->started_microseconds;
    return log->is_json
               ? snprintf(
                     line, LOG_LINE_BYTES_MAX,
                     "{\"time\":\"%s\",\"level\":\"info\",\"method\":\"%s\",\"page\":\"%.64s\","
                     "\"status\":%d,\"bytes\":%zu,\"microseconds\":%lld,\"aborted\":%s}\n",
                     when, method, name, (int)request->status, request->bytes, took,
                     is_aborted ? "true" : "false")
               : snprintf(line, LOG_LINE_BYTES_MAX, "%s %s %.64s %03d %zu %lld%s\n", when, method,
                          name, (int)request->status, request->bytes, took,
                          is_aborted ? " aborted" : "");
}

void web_log_request(struct web_log *log, const struct web_request *request, bool is_aborted)
{
    if (!log->has_thread) {
        return;
    }
    char line[LOG_LINE_BYTES_MAX];
    int length = log_line(log, request, is_aborted, line);
    pthread_mutex_lock(&log->lock);
    if (log->bytes + (size_t)length <= WEB_LOG_BYTES_MAX) {
        for (int i = 0; i < length; i++) {
            log->filling[log->bytes++] = line[i];
        }
        pthread_cond_signal(&log->added);
    } else {
        log->dropped++;
    }
    pthread_mutex_unlock(&log->lock);
}

void web_log_close(struct web_log *log)
{
    if (!log || !log->has_thread) {
        return;
    }
    pthread_mutex_lock(&log->lock);
    log->is_closing = true;
    pthread_cond_signal(&log->added);
    pthread_mutex_unlock(&log->lock);
    pthread_join(log->thread, NULL);
    log->has_thread = false;
}
