/*
 * base/arena.h - memory that is given back all at once.
 *
 * A request, a command or a compile owns one arena; whatever it makes lives there, and nobody
 * frees. malloc and free occur only in this module.
 *
 * Start at: arena_open, ARENA_NEW, ARENA_ARRAY, arena_close.
 *
 * What must hold
 * - Memory is zeroed and aligned to 16 bytes. It is never NULL: when memory ends the program stops
 *   with a message, because nothing useful can be done half-way.
 * - Nothing allocated after a mark may be used after arena_rewind to that mark. Under
 *   AddressSanitizer such a use, and a use past the end of any allocation, is reported.
 * - An arena belongs to one thread at a time.
 */
#ifndef HANDRAIL_BASE_ARENA_H
#define HANDRAIL_BASE_ARENA_H

#include <stddef.h>

#include "base/result.h"

struct arena;

/* A place to rewind to. Good until the arena is rewound to an earlier place, or closed. */
struct arena_mark {
    const void *chunk;
    size_t used;  /* bytes used in that piece */
    size_t bytes; /* bytes handed out in all */
};

/* Never NULL. Close it with arena_close, or write DEFER(arena_close). */
struct arena *arena_open(void);

/* Gives all memory back. NULL is fine. */
void arena_close(struct arena *arena);
DEFER_DEFINE(arena_close, struct arena *);

/*
 * `bytes` of zeroed memory, aligned to 16. 0 bytes gives an address that must not be read.
 * More than LIMIT_ARENA_ALLOC_BYTES_MAX stops the program.
 */
void *arena_alloc(struct arena *arena, size_t bytes) __attribute__((returns_nonnull, malloc));

/*
 * The same contents with room for new_bytes (at least old_bytes); the new part is zeroed. Grows in
 * place when `old` was the last allocation, else copies: do not use `old` afterwards. `old` may be
 * NULL with old_bytes 0.
 */
void *arena_grow(struct arena *arena, void *old, size_t old_bytes, size_t new_bytes)
    __attribute__((returns_nonnull, warn_unused_result));

struct arena_mark arena_mark(struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Bytes handed out and not rewound, rounded up as they are stored. */
size_t arena_bytes(const struct arena *arena);

/* count * size, or stop the program when that does not fit: for ARENA_ARRAY. */
size_t arena_array_bytes(size_t count, size_t size);

/* One zeroed `type`, and `count` of them. */
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count)                                                            \
    ((type *)arena_alloc((arena), arena_array_bytes((count), sizeof(type))))

#endif
