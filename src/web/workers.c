/*
 * web/workers.c - a bounded queue of requests and the threads that run their handlers.
 *
 * Read first: request_int.h. Start at workers_add().
 * What must hold: every request that was added is run, also while the server stops, because a
 * connection that is suspended must be resumed before libmicrohttpd may be stopped.
 */
#include <assert.h>
#include <pthread.h>

#include "web/request_int.h"

struct workers {
    void (*run)(struct web_request *request);
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t added;
    struct web_request *first, *last;
    size_t waiting;
    bool is_closing;
    unsigned count; /* of the threads */
    pthread_t threads[WEB_WORKERS_MAX];
};

/* The next request; NULL when there will be none any more. */
static struct web_request *workers_take(struct workers *workers)
{
    pthread_mutex_lock(&workers->lock);
    while (!workers->first && !workers->is_closing) {
        pthread_cond_wait(&workers->added, &workers->lock);
    }
    struct web_request *request = workers->first;
    if (request) {
        workers->first = request->next;
        workers->last = workers->first ? workers->last : NULL;
        workers->waiting--;
        request->next = NULL;
    }
    pthread_mutex_unlock(&workers->lock);
    return request;
}

static void *workers_work(void *argument)
{
    struct workers *workers = argument;
    struct web_request *request;
    while ((request = workers_take(workers))) {
        workers->run(request);
    }
    return NULL;
}

struct result workers_open(struct arena *arena, unsigned count,
                           void (*run)(struct web_request *request), struct workers **out)
{
    struct workers *workers = ARENA_NEW(arena, struct workers);
    assert(count > 0 && count <= WEB_WORKERS_MAX);
    workers->run = run;
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->added, NULL);
    *out = workers;
    while (workers->count < count) {
        if (pthread_create(&workers->threads[workers->count], NULL, workers_work, workers) != 0) {
            workers_close(workers);
            *out = NULL;
            return result_fail(RESULT_CODE_LIMIT, "the system allows no more threads",
                               (struct str){0});
        }
        workers->count++;
    }
    return RESULT_OK;
}

bool workers_add(struct workers *workers, struct web_request *request)
{
    pthread_mutex_lock(&workers->lock);
    bool has_room = workers->waiting < WEB_QUEUE_MAX && !workers->is_closing;
    if (has_room) {
        request->next = NULL;
        if (workers->last) {
            workers->last->next = request;
        } else {
            workers->first = request;
        }
        workers->last = request;
        workers->waiting++;
        pthread_cond_signal(&workers->added);
    }
    pthread_mutex_unlock(&workers->lock);
    return has_room;
}

void workers_close(struct workers *workers)
{
    if (!workers) {
        return;
    }
    pthread_mutex_lock(&workers->lock);
    workers->is_closing = true;
    pthread_cond_broadcast(&workers->added);
    pthread_mutex_unlock(&workers->lock);
    for (unsigned i = 0; i < workers->count; i++) {
        pthread_join(workers->threads[i], NULL);
    }
    workers->count = 0;
}
