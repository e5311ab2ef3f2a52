/*
 * Building the image of a pack: sections that grow, and the bytes at the end.
 *
 * Read first: pack/image.h. Start at pack_builder_new(), end with pack_builder_finish().
 * What must hold: records are added whole and found again by index; a pointer from
 * pack_builder_at() is good only until the next record of that section is added.
 */
#ifndef HANDRAIL_PACK_BUILD_H
#define HANDRAIL_PACK_BUILD_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "pack/image.h"

#include <stddef.h>

struct pack_builder {
    struct arena *arena;
    struct pack_header header; /* name, title ...: set before finish */
    struct hash_map texts;     /* text -> offset, so that equal texts are kept once */
    struct {
        uint8_t *bytes;
        size_t size, capacity; /* in bytes */
    } sections[PACK_SECTION_COUNT];
};

struct pack_builder *pack_builder_new(struct arena *arena);

/* Bytes of one record of a section. */
size_t pack_record_bytes(enum pack_section section);

/* Adds one record and answers its index. */
uint32_t pack_builder_add(struct pack_builder *builder, enum pack_section section,
                          const void *record);

/* Adds `count` records that are zero; answers the index of the first. */
uint32_t pack_builder_add_zero(struct pack_builder *builder, enum pack_section section,
                               size_t count);

void *pack_builder_at(const struct pack_builder *builder, enum pack_section section,
                      uint32_t index);
uint32_t pack_builder_count(const struct pack_builder *builder, enum pack_section section);

struct pack_text pack_builder_text(struct pack_builder *builder, struct str text);
struct str pack_builder_str(const struct pack_builder *builder, struct pack_text text);
struct pack_list pack_builder_list(struct pack_builder *builder, const uint32_t *items,
                                   size_t count);

/* The finished image, 8-aligned, in the builder's arena. */
const uint8_t *pack_builder_finish(struct pack_builder *builder, size_t *size);

/* The checksum of an image: of everything after the checksum field. */
uint64_t pack_checksum(const uint8_t *bytes, size_t size);

#endif
