/*
 * cli/progress.h - how far something is, on the error channel, once it takes more than two seconds.
 *
 *     struct progress progress = progress_new(cli->err, "people");
 *     ... something that calls progress_tell(&progress, done, all) now and then ...
 *     progress_end(&progress);
 */
#ifndef HANDRAIL_CLI_PROGRESS_H
#define HANDRAIL_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
    FILE *stream;
    const char *what; /* "people" */
    int64_t told_at;  /* ms of a clock that only runs forward */
    bool is_terminal, has_told;
};

struct progress progress_new(FILE *stream, const char *what);

/* The form that what takes long wants. `context` is the struct progress. */
void progress_tell(void *context, int64_t done, int64_t all);

/* Ends the line. */
void progress_end(struct progress *progress);

#endif
