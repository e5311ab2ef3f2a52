/*
 * cli/progress.c - see progress.h.
 */
#include "cli/progress.h"

#include <time.h>

#include "cli/cli.h"
#include "cli/terminal.h"

/* Before the first word, and between two of them where nobody looks at a terminal. */
#define QUIET_MILLISECONDS 2000
#define TERMINAL_MILLISECONDS 200

static int64_t clock_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct progress progress_new(FILE *stream, const char *what)
{
    return (struct progress){.stream = stream,
                             .what = what,
                             .told_at = clock_milliseconds(),
                             .is_terminal = terminal_of(stream, true).is_interactive};
}

void progress_tell(void *context, int64_t done, int64_t all)
{
    struct progress *progress = context;
    int64_t now = clock_milliseconds();
    bool is_quick = progress->is_terminal && progress->has_told;
    if (now - progress->told_at < (is_quick ? TERMINAL_MILLISECONDS : QUIET_MILLISECONDS)) {
        return;
    }
    progress->told_at = now;
    progress->has_told = true;
    cli_printf(progress->stream, "%s%lld of %lld %s%s", progress->is_terminal ? "\r" : "",
               (long long)done, (long long)all, progress->what, progress->is_terminal ? "" : "\n");
    (void)fflush(progress->stream);
}

void progress_end(struct progress *progress)
{
    if (progress->has_told && progress->is_terminal) {
        cli_printf(progress->stream, "\n");
    }
    progress->has_told = false;
}
