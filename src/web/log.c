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

/* One line: time 24, method 5, name, status 3, two numbers of 20 digits at most. */
#define LOG_LINE_BYTES_MAX 192

struct web_log {
    int file;
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
            int length = snprintf(line, sizeof line, "%zu lines of the log were lost\n", dropped);
            log_write(log->file, line, (size_t)length);
        }
        pthread_mutex_lock(&log->lock);
    }
    pthread_mutex_unlock(&log->lock);
    return NULL;
}

struct result web_log_open(struct arena *arena, int file, struct web_log **out)
{
    struct web_log *log = ARENA_NEW(arena, struct web_log);
    log->file = file;
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

void web_log_request(struct web_log *log, const struct web_request *request, bool is_aborted)
{
    if (!log->has_thread) {
        return;
    }
    struct timespec now;
    struct tm utc;
    char line[LOG_LINE_BYTES_MAX];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    const struct web_route *route = request->exchange.route;
    const char *name = route ? route->name : request->refused == WEB_NOT_FOUND ? "none" : "refused";
    int length = snprintf(
        line, sizeof line, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ %s %.64s %03d %zu %lld%s\n",
        utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec,
        now.tv_nsec / 1000000, log_method(request->exchange.method), name, (int)request->status,
        request->bytes, (long long)(web_microseconds() - request->started_microseconds),
        is_aborted ? " aborted" : "");
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
