/*
 * base/diag.h - what is wrong with some input, where, and what to do about it.
 *
 * A reader of input never stops at the first mistake when it can go on: it adds a diagnostic and
 * continues, and all of them are reported together.
 *
 *     policy.md:14:9: error: this policy knows no fact "acount" [unknown-fact]
 *         hint: did you mean "account"?
 *
 * Read first: base/str.h. Start at: diag_list_new, diag_add, diag_render.
 *
 * What must hold
 * - A message tells a school office what is wrong; a hint tells it what to do. Neither
 *   names a C symbol.
 * - Line and column count from 1; the column counts characters (code points), not bytes. 0 means
 *   that there is none (the whole file, or the whole line).
 * - The list keeps at most LIMIT_DIAGS_MAX and counts the rest. When it is full an error takes the
 *   place of a lesser message, so that a list with errors always shows one.
 */
#ifndef HANDRAIL_BASE_DIAG_H
#define HANDRAIL_BASE_DIAG_H

#include <stdint.h>

#include "base/str.h"

enum diag_severity { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE, DIAG_COUNT };

struct diag {
    enum diag_severity severity;
    struct str code; /* short and stable, such as "unknown-fact" */
    struct str file;
    uint32_t line, column;
    struct str message; /* one sentence without a full stop; a later line is indented when shown */
    struct str hint;    /* may be empty */
};

struct diag_list {
    struct arena *arena;
    struct diag *items; /* `count` of them, in the order of their arrival until diag_sort */
    size_t count;
    size_t capacity;
    size_t dropped;            /* counted but not kept */
    size_t totals[DIAG_COUNT]; /* of each severity, kept or not */
};

/* An empty list whose memory is in the arena. */
struct diag_list diag_list_new(struct arena *arena);

/* Add one. The texts are borrowed: literals, or in an arena that lives as long as the list. */
void diag_add(struct diag_list *list, enum diag_severity severity, struct str code, struct str file,
              uint32_t line, uint32_t column, struct str message, struct str hint);

/* The same with a message made by printf in the list's arena. Note that the hint comes before it.
 */
void diag_addf(struct diag_list *list, enum diag_severity severity, struct str code,
               struct str file, uint32_t line, uint32_t column, struct str hint, const char *format,
               ...) __attribute__((format(printf, 8, 9)));

/* Errors added so far, kept or not. The input is usable when this is 0. */
size_t diag_error_count(const struct diag_list *list);

/* By file, line and column; those of one place keep the order of their arrival. */
void diag_sort(struct diag_list *list);

/* "error", "warning" or "note". */
struct str diag_severity_name(enum diag_severity severity);

/* Sort, then write all of them, each as shown above, and how many more there were. */
void diag_render(struct diag_list *list, struct text *out);

#endif
