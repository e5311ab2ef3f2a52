/*
 * base/hash.c - the name table, by open addressing.
 *
 * Read first: base/hash.h. Start at: find_slot.
 *
 * What must hold: at least a quarter of the slots is free, so every search ends.
 */
#include "base/hash.h"

#include <assert.h>

#include "base/arena.h"
#include "base/limits.h"

#define SLOTS_FIRST ((size_t)16)

struct hash_slot {
    struct str name;
    uint32_t value;
    bool is_taken;
};

uint64_t hash_str(struct str s)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < s.len; i++) {
        hash ^= (unsigned char)s.at[i];
        hash *= UINT64_C(0x100000001b3);
    }
    /* FNV leaves its low bits weak for short names; this spreads the high ones over them. */
    hash ^= hash >> 32;
    hash *= UINT64_C(0xd6e8feb86659fd93);
    return hash ^ (hash >> 32);
}

struct hash_map hash_map_new(struct arena *arena)
{
    return (struct hash_map){.arena = arena};
}

/* The slot of this name, or the free one where it would go. There must be slots. */
static struct hash_slot *find_slot(struct hash_slot *slots, size_t capacity, struct str name)
{
    size_t at = (size_t)hash_str(name) & (capacity - 1);
    for (size_t tried = 0; tried < capacity; tried++) {
        struct hash_slot *slot = &slots[at];
        if (!slot->is_taken || str_equal(slot->name, name)) {
            return slot;
        }
        at = (at + 1) & (capacity - 1);
    }
    assert(false && "a hash map always has a free slot");
    return NULL;
}

static void grow(struct hash_map *map)
{
    size_t capacity = map->capacity ? map->capacity * 2 : SLOTS_FIRST;
    struct hash_slot *slots = ARENA_ARRAY(map->arena, struct hash_slot, capacity);
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->slots[i].is_taken) {
            *find_slot(slots, capacity, map->slots[i].name) = map->slots[i];
        }
    }
    map->slots = slots;
    map->capacity = capacity;
}

bool hash_map_put(struct hash_map *map, struct str name, uint32_t value)
{
    assert(map->arena && "a map begins with hash_map_new");
    if ((map->count + 1) * 4 > map->capacity * 3) {
        grow(map);
    }
    struct hash_slot *slot = find_slot(map->slots, map->capacity, name);
    bool is_new = !slot->is_taken;
    if (is_new) {
        assert(map->count < LIMIT_HASH_MAP_NAMES_MAX && "more names than a map may hold");
        map->count++;
    }
    *slot = (struct hash_slot){.name = name, .value = value, .is_taken = true};
    return is_new;
}

bool hash_map_get(const struct hash_map *map, struct str name, uint32_t *value)
{
    if (map->capacity == 0) {
        return false;
    }
    const struct hash_slot *slot = find_slot(map->slots, map->capacity, name);
    if (slot->is_taken && value) {
        *value = slot->value;
    }
    return slot->is_taken;
}
