/*
 * base/hash.h - a table from names to numbers.
 *
 * Start at: hash_map_new, hash_map_put, hash_map_get.
 *
 * What must hold
 * - The map is for names that an author wrote (facts, clauses, roles). Its hash has no secret, so
 *   a stranger could choose names that collide: do not fill a map with what strangers send.
 * - The value is usually an index into an array of the caller.
 */
#ifndef HANDRAIL_BASE_HASH_H
#define HANDRAIL_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* FNV-1a in 64 bits, then mixed so that the low bits are good too. Stable for ever. */
uint64_t hash_str(struct str s);

struct hash_slot; /* private */

/* Begin with hash_map_new. Memory is in the arena; nothing is ever removed. */
struct hash_map {
    struct arena *arena;
    struct hash_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;    /* names in the map */
};

struct hash_map hash_map_new(struct arena *arena);

/*
 * Set the value of a name. True when the name is new; false when it was there, and its value is now
 * the new one. The name is borrowed: it must live as long as the map.
 */
bool hash_map_put(struct hash_map *map, struct str name, uint32_t value);

/* True when the name is there; then *value is set. `value` may be NULL to ask only whether. */
bool hash_map_get(const struct hash_map *map, struct str name, uint32_t *value);

#endif
