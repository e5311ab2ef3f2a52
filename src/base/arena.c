/*
 * base/arena.c - pieces of memory in a list; allocation moves forward in the newest.
 *
 * Read first: base/arena.h. Start at: arena_alloc.
 *
 * What must hold
 * - Every piece is newer than the one it points to, so rewinding frees from the head of the list.
 * - The first piece is never freed before the arena is closed: an arena that serves one request
 *   after another asks the system for nothing when requests are small.
 * - Under AddressSanitizer all bytes of a piece that are not handed out are poisoned, and a gap
 *   follows each allocation.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define ARENA_GAP_BYTES ((size_t)16)
static void arena_poison(const void *at, size_t bytes)
{
    ASAN_POISON_MEMORY_REGION(at, bytes);
}
static void arena_unpoison(const void *at, size_t bytes)
{
    ASAN_UNPOISON_MEMORY_REGION(at, bytes);
}
#else
#define ARENA_GAP_BYTES ((size_t)0)
static void arena_poison(const void *at, size_t bytes)
{
    (void)at;
    (void)bytes;
}
static void arena_unpoison(const void *at, size_t bytes)
{
    (void)at;
    (void)bytes;
}
#endif

#define ARENA_ALIGN ((size_t)16)

struct chunk {
    struct chunk *older;
    size_t capacity; /* bytes of data */
    size_t used;     /* bytes of data handed out, gaps included; a multiple of ARENA_ALIGN */
    _Alignas(16) unsigned char data[];
};

struct arena {
    struct chunk *newest; /* never NULL */
    size_t bytes;         /* handed out over all pieces */
};

static size_t round_up(size_t bytes)
{
    return (bytes + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
}

/* What an allocation takes of a piece. One of no bytes takes a place too, so that addresses differ.
 */
static size_t stored_bytes(size_t bytes)
{
    return round_up(bytes ? bytes : 1) + ARENA_GAP_BYTES;
}

/* The assertion's text is the message: the core has no other way to speak. */
static void *memory_or_stop(void *memory)
{
    assert(memory != NULL && "Handrail has no memory left on this machine and must stop");
    if (!memory) {
        abort();
    }
    return memory;
}

static struct chunk *chunk_open(size_t capacity, struct chunk *older)
{
    size_t bytes = round_up(sizeof(struct chunk) + capacity);
    struct chunk *chunk = memory_or_stop(aligned_alloc(ARENA_ALIGN, bytes));
    chunk->older = older;
    chunk->capacity = capacity;
    chunk->used = 0;
    arena_poison(chunk->data, capacity);
    return chunk;
}

static void chunk_close(struct chunk *chunk)
{
    arena_unpoison(chunk->data, chunk->capacity);
    free(chunk);
}

struct arena *arena_open(void)
{
    struct arena *arena = memory_or_stop(malloc(sizeof(*arena)));
    arena->newest = chunk_open(LIMIT_ARENA_CHUNK_BYTES_FIRST, NULL);
    arena->bytes = 0;
    return arena;
}

void arena_close(struct arena *arena)
{
    if (!arena) {
        return;
    }
    while (arena->newest) {
        struct chunk *older = arena->newest->older;
        chunk_close(arena->newest);
        arena->newest = older;
    }
    free(arena);
}

/* A new piece with room for `stored` bytes, twice the last one's size up to the limit. */
static void arena_add_chunk(struct arena *arena, size_t stored)
{
    size_t capacity = arena->newest->capacity * 2;
    if (capacity > LIMIT_ARENA_CHUNK_BYTES_MAX) {
        capacity = LIMIT_ARENA_CHUNK_BYTES_MAX;
    }
    if (capacity < stored) {
        capacity = stored;
    }
    arena->newest = chunk_open(capacity, arena->newest);
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    assert(bytes <= LIMIT_ARENA_ALLOC_BYTES_MAX && "one allocation is larger than the limit");
    size_t stored = stored_bytes(bytes);
    if (arena->newest->capacity - arena->newest->used < stored) {
        arena_add_chunk(arena, stored);
    }
    struct chunk *chunk = arena->newest;
    unsigned char *at = chunk->data + chunk->used;
    chunk->used += stored;
    arena->bytes += stored;
    arena_unpoison(at, bytes);
    memset(at, 0, bytes);
    return at;
}

/* Make the last allocation longer where it is. False when it is not the last or there is no room.
 */
static bool grow_in_place(struct arena *arena, const unsigned char *old, size_t old_bytes,
                          size_t new_bytes)
{
    struct chunk *chunk = arena->newest;
    size_t old_stored = stored_bytes(old_bytes);
    size_t more = stored_bytes(new_bytes) - old_stored;
    if (old_bytes == 0 || chunk->used < old_stored ||
        old != chunk->data + (chunk->used - old_stored) || chunk->capacity - chunk->used < more) {
        return false;
    }
    chunk->used += more;
    arena->bytes += more;
    arena_unpoison(old, new_bytes);
    return true;
}

void *arena_grow(struct arena *arena, void *old, size_t old_bytes, size_t new_bytes)
{
    assert(new_bytes >= old_bytes && "arena_grow only grows");
    assert((old || old_bytes == 0) && "nothing has no bytes");
    assert(new_bytes <= LIMIT_ARENA_ALLOC_BYTES_MAX && "one allocation is larger than the limit");
    if (grow_in_place(arena, old, old_bytes, new_bytes)) {
        memset((unsigned char *)old + old_bytes, 0, new_bytes - old_bytes);
        return old;
    }
    void *grown = arena_alloc(arena, new_bytes);
    if (old_bytes > 0) {
        memcpy(grown, old, old_bytes);
        arena_poison(old, old_bytes);
    }
    return grown;
}

struct arena_mark arena_mark(struct arena *arena)
{
    return (struct arena_mark){
        .chunk = arena->newest, .used = arena->newest->used, .bytes = arena->bytes};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    while (arena->newest != mark.chunk) {
        struct chunk *older = arena->newest->older;
        assert(older && "this mark is not of this arena, or was rewound already");
        chunk_close(arena->newest);
        arena->newest = older;
    }
    assert(mark.used <= arena->newest->used && "this mark was rewound already");
    arena_poison(arena->newest->data + mark.used, arena->newest->used - mark.used);
    arena->newest->used = mark.used;
    arena->bytes = mark.bytes;
}

size_t arena_bytes(const struct arena *arena)
{
    return arena->bytes;
}

size_t arena_array_bytes(size_t count, size_t size)
{
    assert(size > 0 && count <= LIMIT_ARENA_ALLOC_BYTES_MAX / size &&
           "an array is larger than the limit of one allocation");
    return count * size;
}
