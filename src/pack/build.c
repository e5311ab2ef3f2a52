/*
 * Building the image of a pack. Read first: pack/build.h and pack/image.h.
 * What must hold: sections are laid out in the order of enum pack_section, each 8-aligned.
 */
#include "pack/build.h"

#include <assert.h>
#include <string.h>

static const uint16_t record_bytes[PACK_SECTION_COUNT] = {
    [PACK_SECTION_TEXT] = 1,
    [PACK_SECTION_LIST] = sizeof(uint32_t),
    [PACK_SECTION_MASK] = sizeof(uint64_t),
    [PACK_SECTION_NUMBER] = sizeof(int64_t),
    [PACK_SECTION_TOPIC] = sizeof(struct pack_topic),
    [PACK_SECTION_ROLE] = sizeof(struct pack_role),
    [PACK_SECTION_ACT] = sizeof(struct pack_act),
    [PACK_SECTION_FACT] = sizeof(struct pack_fact),
    [PACK_SECTION_VALUE] = sizeof(struct pack_value),
    [PACK_SECTION_VARIABLE] = sizeof(struct pack_variable),
    [PACK_SECTION_RELATION] = sizeof(struct pack_relation),
    [PACK_SECTION_CLAUSE] = sizeof(struct pack_clause),
    [PACK_SECTION_NOTE] = sizeof(struct pack_note),
    [PACK_SECTION_RULE] = sizeof(struct pack_rule),
    [PACK_SECTION_OUTCOME] = sizeof(struct pack_outcome),
    [PACK_SECTION_APPROVAL] = sizeof(struct pack_approval),
    [PACK_SECTION_DUTY] = sizeof(struct pack_duty),
    [PACK_SECTION_KNOWN] = sizeof(struct pack_known),
    [PACK_SECTION_NODE] = sizeof(struct pack_node),
    [PACK_SECTION_TABLE] = sizeof(struct pack_table),
    [PACK_SECTION_OPERATION] = sizeof(struct pack_operation),
    [PACK_SECTION_FIELD] = sizeof(struct pack_field),
};

#define CHECKSUM_STARTS_AT (2 * sizeof(uint64_t))

size_t pack_record_bytes(enum pack_section section)
{
    return record_bytes[section];
}

struct pack_builder *pack_builder_new(struct arena *arena)
{
    struct pack_builder *builder = ARENA_NEW(arena, struct pack_builder);
    builder->arena = arena;
    builder->texts = hash_map_new(arena);
    builder->header.magic = PACK_MAGIC;
    builder->header.version = PACK_VERSION;
    return builder;
}

/* Room for `bytes` more in a section; zeroed. */
static uint8_t *section_grow(struct pack_builder *builder, enum pack_section section, size_t bytes)
{
    size_t need = builder->sections[section].size + bytes;
    if (need > builder->sections[section].capacity) {
        size_t capacity = builder->sections[section].capacity;
        capacity = capacity < 512 ? 512 : capacity * 2;
        if (capacity < need)
            capacity = need;
        builder->sections[section].bytes =
            arena_grow(builder->arena, builder->sections[section].bytes,
                       builder->sections[section].capacity, capacity);
        builder->sections[section].capacity = capacity;
    }
    uint8_t *start = builder->sections[section].bytes + builder->sections[section].size;
    builder->sections[section].size = need;
    return start;
}

uint32_t pack_builder_count(const struct pack_builder *builder, enum pack_section section)
{
    return (uint32_t)(builder->sections[section].size / record_bytes[section]);
}

uint32_t pack_builder_add_zero(struct pack_builder *builder, enum pack_section section,
                               size_t count)
{
    uint32_t first = pack_builder_count(builder, section);
    if (count != 0)
        section_grow(builder, section, count * record_bytes[section]);
    return first;
}

uint32_t pack_builder_add(struct pack_builder *builder, enum pack_section section,
                          const void *record)
{
    uint32_t index = pack_builder_count(builder, section);
    memcpy(section_grow(builder, section, record_bytes[section]), record, record_bytes[section]);
    return index;
}

void *pack_builder_at(const struct pack_builder *builder, enum pack_section section,
                      uint32_t index)
{
    assert(index < pack_builder_count(builder, section));
    return builder->sections[section].bytes + (size_t)index * record_bytes[section];
}

struct pack_text pack_builder_text(struct pack_builder *builder, struct str text)
{
    if (text.len == 0)
        return (struct pack_text){0, 0};
    uint32_t offset = 0;
    if (!hash_map_get(&builder->texts, text, &offset)) {
        offset = (uint32_t)builder->sections[PACK_SECTION_TEXT].size;
        memcpy(section_grow(builder, PACK_SECTION_TEXT, text.len), text.at, text.len);
        hash_map_put(&builder->texts, str_copy(builder->arena, text), offset);
    }
    return (struct pack_text){offset, (uint32_t)text.len};
}

struct str pack_builder_str(const struct pack_builder *builder, struct pack_text text)
{
    return (struct str){(const char *)builder->sections[PACK_SECTION_TEXT].bytes + text.offset,
                        text.length};
}

struct pack_list pack_builder_list(struct pack_builder *builder, const uint32_t *items,
                                   size_t count)
{
    uint32_t first = pack_builder_add_zero(builder, PACK_SECTION_LIST, count);
    if (count != 0)
        memcpy(pack_builder_at(builder, PACK_SECTION_LIST, first), items, count * sizeof *items);
    return (struct pack_list){first, (uint32_t)count};
}

static size_t align_up(size_t bytes)
{
    return (bytes + 7) & ~(size_t)7;
}

uint64_t pack_checksum(const uint8_t *bytes, size_t size)
{
    return hash_str((struct str){(const char *)bytes + CHECKSUM_STARTS_AT,
                                 size - CHECKSUM_STARTS_AT});
}

const uint8_t *pack_builder_finish(struct pack_builder *builder, size_t *size)
{
    size_t total = align_up(sizeof builder->header);
    for (size_t i = 0; i < PACK_SECTION_COUNT; i++) {
        builder->header.sections[i].offset = (uint32_t)total;
        builder->header.sections[i].count = pack_builder_count(builder, (enum pack_section)i);
        total += align_up(builder->sections[i].size);
    }
    assert(total <= UINT32_MAX);
    builder->header.size = (uint32_t)total;
    uint8_t *bytes = arena_alloc(builder->arena, total);
    memcpy(bytes, &builder->header, sizeof builder->header);
    for (size_t i = 0; i < PACK_SECTION_COUNT; i++)
        if (builder->sections[i].size != 0)
            memcpy(bytes + builder->header.sections[i].offset, builder->sections[i].bytes,
                   builder->sections[i].size);
    uint64_t checksum = pack_checksum(bytes, total);
    memcpy(bytes + sizeof(uint64_t), &checksum, sizeof checksum);
    *size = total;
    return bytes;
}
