/*
 * bench/paced.c - asks a server at a steady rate, whatever it answers, and says how long each kind
 * of page took. bench/office.sh starts it.
 *
 *     paced PORT RATE SECONDS CONNECTIONS COOKIE <PAGES
 *
 * PAGES has a line for each, "KIND PATH"; they are asked one after the other, then from the first
 * again. A request is due at its time and not when the one before is answered: when all connections
 * are busy it waits, and that counts as time of the answer. So a server that stops for a second is
 * seen to have made all of that second's people wait (what is called coordinated omission).
 *
 * What must hold: connections are kept open; an answer has a Content-Length; 2xx and 304 are good.
 */
#include <arpa/inet.h>
#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PAGES_MAX 20000
#define KINDS_MAX 40
#define CONNECTIONS_MAX 256
#define ANSWER_BYTES_MAX ((size_t)4 * 1024 * 1024)
#define WARM_SECONDS 2 /* not counted */

struct page {
    size_t kind;
    char path[200];
};

struct connection {
    int socket;
    bool is_busy;
    size_t page;
    double due;
    size_t length, whole; /* bytes that came; of head and body, 0: not known yet */
    bool is_good;
    char *bytes;
};

static struct page pages[PAGES_MAX];
static size_t page_count;
static char kinds[KINDS_MAX][40];
static size_t kind_count;
static struct connection connections[CONNECTIONS_MAX];
static size_t connection_count;
static int poll_of;

static float *times[KINDS_MAX + 1]; /* milliseconds; the last: all of them */
static size_t time_counts[KINDS_MAX + 1];
static size_t bad_count;

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static size_t kind_of(const char *name)
{
    for (size_t i = 0; i < kind_count; i++) {
        if (strcmp(kinds[i], name) == 0) {
            return i;
        }
    }
    assert(kind_count < KINDS_MAX);
    snprintf(kinds[kind_count], sizeof kinds[0], "%s", name);
    return kind_count++;
}

static void connect_to(struct connection *one, uint16_t port)
{
    struct sockaddr_in where = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    one->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(one->socket, (struct sockaddr *)&where, sizeof where) != 0) {
        perror("paced: connect");
        exit(1);
    }
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = one};
    epoll_ctl(poll_of, EPOLL_CTL_ADD, one->socket, &event);
}

static void ask(struct connection *one, size_t page, double due, uint16_t port, const char *cookie)
{
    char head[1000];
    int length = snprintf(head, sizeof head,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nCookie: %s\r\n"
                          "Sec-Fetch-Site: same-origin\r\n\r\n",
                          pages[page].path, port, cookie);
    one->is_busy = true;
    one->page = page;
    one->due = due;
    one->length = one->whole = 0;
    if (write(one->socket, head, (size_t)length) != length) {
        perror("paced: write");
        exit(1);
    }
}

static void head_read(struct connection *one)
{
    one->bytes[one->length] = 0;
    const char *end = strstr(one->bytes, "\r\n\r\n");
    if (!end) {
        return;
    }
    long status = strtol(one->bytes + strlen("HTTP/1.1 "), NULL, 10);
    one->is_good = (status >= 200 && status < 300) || status == 304;
    size_t body = 0;
    for (const char *line = one->bytes; line < end; line = strstr(line, "\r\n") + 2) {
        if (strncasecmp(line, "content-length:", 15) == 0) {
            body = strtoul(line + 15, NULL, 10);
        }
    }
    one->whole = (size_t)(end + 4 - one->bytes) + body;
}

static void answered(struct connection *one, bool counts)
{
    one->is_busy = false;
    if (!one->is_good && bad_count++ < 5) {
        fprintf(stderr, "%s: %.*s\n", pages[one->page].path, 40, one->bytes);
    }
    if (counts) {
        float took = (float)((now() - one->due) * 1e3);
        size_t kind = pages[one->page].kind;
        times[kind][time_counts[kind]++] = took;
        times[KINDS_MAX][time_counts[KINDS_MAX]++] = took;
    }
}

static void read_some(struct connection *one, uint16_t port, bool counts)
{
    ssize_t got = read(one->socket, one->bytes + one->length, ANSWER_BYTES_MAX - one->length - 1);
    if (got <= 0) {
        bad_count += one->is_busy;
        close(one->socket);
        one->is_busy = false;
        connect_to(one, port);
        return;
    }
    one->length += (size_t)got;
    if (one->whole == 0) {
        head_read(one);
    }
    if (one->whole > 0 && one->length >= one->whole) {
        answered(one, counts);
    }
}

static struct connection *free_one(void)
{
    for (size_t i = 0; i < connection_count; i++) {
        if (!connections[i].is_busy) {
            return &connections[i];
        }
    }
    return NULL;
}

static void run(uint16_t port, double rate, double seconds, const char *cookie)
{
    double begun = now(), end = begun + WARM_SECONDS + seconds;
    size_t asked = 0;
    while (now() < end) {
        double due = begun + (double)asked / rate;
        struct connection *one;
        while (due <= now() && (one = free_one())) {
            ask(one, asked % page_count, due, port, cookie);
            due = begun + (double)++asked / rate;
        }
        struct epoll_event events[64];
        int wait = due > now() ? (int)((due - now()) * 1e3) : 1;
        int count = epoll_wait(poll_of, events, 64, wait);
        for (int i = 0; i < count; i++) {
            struct connection *at = events[i].data.ptr;
            read_some(at, port, at->due >= begun + WARM_SECONDS);
        }
    }
}

static int compare(const void *left, const void *right)
{
    float a = *(const float *)left, b = *(const float *)right;
    return (a > b) - (a < b);
}

static void report(const char *name, size_t kind)
{
    size_t count = time_counts[kind];
    if (count == 0) {
        return;
    }
    qsort(times[kind], count, sizeof(float), compare);
    printf("%-28s %7zu  median %7.2f ms  p99 %7.2f ms  most %8.2f ms\n", name, count,
           (double)times[kind][count / 2], (double)times[kind][count * 99 / 100],
           (double)times[kind][count - 1]);
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: paced PORT RATE SECONDS CONNECTIONS COOKIE <PAGES\n");
        return 2;
    }
    uint16_t port = (uint16_t)strtoul(argv[1], NULL, 10);
    double rate = strtod(argv[2], NULL), seconds = strtod(argv[3], NULL);
    connection_count = strtoul(argv[4], NULL, 10);
    assert(connection_count > 0 && connection_count <= CONNECTIONS_MAX);
    char kind[40];
    while (page_count < PAGES_MAX && scanf("%39s %199s", kind, pages[page_count].path) == 2) {
        pages[page_count++].kind = kind_of(kind);
    }
    assert(page_count > 0);
    for (size_t i = 0; i <= KINDS_MAX; i++) {
        times[i] = calloc((size_t)(rate * (seconds + WARM_SECONDS + 60)), sizeof(float));
    }
    poll_of = epoll_create1(0);
    for (size_t i = 0; i < connection_count; i++) {
        connections[i].bytes = malloc(ANSWER_BYTES_MAX);
        connect_to(&connections[i], port);
    }
    run(port, rate, seconds, argv[5]);
    for (size_t i = 0; i < kind_count; i++) {
        report(kinds[i], i);
    }
    report("all", KINDS_MAX);
    printf("not good: %zu; asked for %.0f a second, answered %.0f\n", bad_count, rate,
           (double)time_counts[KINDS_MAX] / seconds);
    return bad_count > 0;
}
