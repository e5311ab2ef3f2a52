/*
 * base/result.h - the outcome of work that the world can make fail, and closing on every way out.
 *
 * Three kinds of error are never mixed. A programmer's mistake is an assert, on in release. Bad
 * input is a diagnostic (base/diag.h): several are collected and all are reported. What is left is
 * an operating failure - a file that is missing, a database that is busy, a limit that is reached -
 * and that is a struct result.
 *
 *     MUST_USE struct result store_open(struct str path, struct store **out);
 *
 *     MUST_USE static struct result roll_load(struct str path)
 *     {
 *         DEFER(arena_close) struct arena *arena = arena_open();
 *         TRY(file_read(arena, path, &bytes));
 *         return RESULT_OK;
 *     }
 *
 * What must hold: every function that returns a struct result is declared MUST_USE (checked by
 * tools/check_style.py); the message says what a school office can do and names no C symbol.
 */
#ifndef HANDRAIL_BASE_RESULT_H
#define HANDRAIL_BASE_RESULT_H

#include "base/str.h"

/* The compiler warns when a caller throws the answer away. */
#define MUST_USE __attribute__((warn_unused_result))

enum result_code {
    RESULT_CODE_OK,
    RESULT_CODE_MISSING,     /* a file, a row or a person is not there */
    RESULT_CODE_EXISTS,      /* it is there already */
    RESULT_CODE_REFUSED,     /* permission: of the operating system or of this program */
    RESULT_CODE_INVALID,     /* what was given cannot be used */
    RESULT_CODE_LIMIT,       /* a named limit is reached */
    RESULT_CODE_CONFLICT,    /* somebody else changed it meanwhile */
    RESULT_CODE_BUSY,        /* try again later */
    RESULT_CODE_CORRUPT,     /* stored bytes are not what was written */
    RESULT_CODE_UNSUPPORTED, /* a format or version that this program does not know */
    RESULT_CODE_IO,          /* reading, writing or the network failed */
    RESULT_CODE_COUNT
};

struct result {
    enum result_code code;
    const char *message; /* static text, a sentence for a person; NULL when ok */
    struct str detail;   /* what it is about, such as a file name; borrowed; may be empty */
};

#define RESULT_OK ((struct result){.code = RESULT_CODE_OK})

/* A failure. `message` is a literal; `detail` must outlive the result (an arena of the caller). */
MUST_USE static inline struct result result_fail(enum result_code code, const char *message,
                                                 struct str detail)
{
    return (struct result){.code = code, .message = message, .detail = detail};
}

static inline bool result_is_ok(struct result result)
{
    return result.code == RESULT_CODE_OK;
}

/* Do it, or hand its failure to the caller. The one macro that hides control flow. */
#define TRY(expression)                                                                            \
    do {                                                                                           \
        struct result try_result = (expression);                                                   \
        if (!result_is_ok(try_result)) {                                                           \
            return try_result;                                                                     \
        }                                                                                          \
    } while (0)

/*
 * Close a variable whenever its scope is left: `DEFER(arena_close) struct arena *arena = ...;`.
 * A module with x_close(struct x *) says once in its header DEFER_DEFINE(x_close, struct x *);
 * NULL is not closed.
 */
#define DEFER(close_function) __attribute__((cleanup(close_function##_deferred)))
#define DEFER_DEFINE(close_function, pointer_type)                                                 \
    static inline void close_function##_deferred(pointer_type *variable)                           \
    {                                                                                              \
        if (*variable) {                                                                           \
            close_function(*variable);                                                             \
        }                                                                                          \
    }                                                                                              \
    _Static_assert(sizeof(pointer_type) == sizeof(void *), "DEFER closes pointers")

#endif
