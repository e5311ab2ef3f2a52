/*
 * tests/pack/build_test.c - an image made record by record.
 *
 * Read first: src/pack/build.h.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "pack/build.h"
#include "pack/pack.h"

static void an_empty_pack_opens(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct pack_builder *builder = pack_builder_new(arena);
    size_t size = 0;
    const uint8_t *bytes = pack_builder_finish(builder, &size);
    struct pack pack;
    assert_null(pack_open(&pack, bytes, size));
    assert_int_equal(pack.rule_count, 0);
    check_str(pack_name(&pack), "");
}

static void records_are_found_by_index(void **state)
{
    (void)state;
    enum { COUNT = 500 };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct pack_builder *builder = pack_builder_new(arena);
    for (uint32_t i = 0; i < COUNT; i++) {
        struct pack_relation relation = {.kind = i, .first = i + 1, .second = i + 2};
        assert_int_equal(pack_builder_add(builder, PACK_SECTION_RELATION, &relation), i);
    }
    assert_int_equal(pack_builder_count(builder, PACK_SECTION_RELATION), COUNT);
    for (uint32_t i = 0; i < COUNT; i++) {
        const struct pack_relation *relation =
            pack_builder_at(builder, PACK_SECTION_RELATION, i);
        assert_int_equal(relation->kind, i);
        assert_int_equal(relation->second, i + 2);
    }
    assert_int_equal(pack_builder_count(builder, PACK_SECTION_NODE), 0);
}

static void added_zero_is_zero(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct pack_builder *builder = pack_builder_new(arena);
    struct pack_known known = {.first = 7};
    (void)pack_builder_add(builder, PACK_SECTION_KNOWN, &known);
    assert_int_equal(pack_builder_add_zero(builder, PACK_SECTION_KNOWN, 40), 1);
    assert_int_equal(pack_builder_add_zero(builder, PACK_SECTION_KNOWN, 0), 41);
    assert_int_equal(pack_builder_count(builder, PACK_SECTION_KNOWN), 41);
    const struct pack_known *last = pack_builder_at(builder, PACK_SECTION_KNOWN, 40);
    assert_int_equal(last->first, 0);
}

static void equal_texts_are_kept_once(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct pack_builder *builder = pack_builder_new(arena);
    struct pack_text one = pack_builder_text(builder, STR("pupil"));
    struct pack_text two = pack_builder_text(builder, STR("parent"));
    struct pack_text again = pack_builder_text(builder, STR("pupil"));
    struct pack_text none = pack_builder_text(builder, STR(""));
    assert_int_equal(again.offset, one.offset);
    assert_int_equal(again.length, 5);
    assert_int_not_equal(two.offset, one.offset);
    assert_int_equal(none.length, 0);
    assert_int_equal(pack_builder_count(builder, PACK_SECTION_TEXT), 11);
    check_str(pack_builder_str(builder, two), "parent");
}

static void lists_stand_one_behind_the_other(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct pack_builder *builder = pack_builder_new(arena);
    uint32_t items[] = {4, 5, 6};
    struct pack_list one = pack_builder_list(builder, items, 3);
    struct pack_list none = pack_builder_list(builder, NULL, 0);
    struct pack_list two = pack_builder_list(builder, items + 1, 2);
    assert_int_equal(one.count, 3);
    assert_int_equal(none.count, 0);
    assert_int_equal(two.first, 3);
    assert_int_equal(*(uint32_t *)pack_builder_at(builder, PACK_SECTION_LIST, 4), 6);
}

/* Sections of every size, odd ones too, begin at a multiple of eight, in order, and apart. */
static void sections_are_aligned_and_in_order(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct pack_builder *builder = pack_builder_new(arena);
    for (int i = 0; i < PACK_SECTION_COUNT; i++) {
        (void)pack_builder_add_zero(builder, (enum pack_section)i, 3);
        assert_true(pack_record_bytes((enum pack_section)i) > 0);
    }
    size_t size = 0;
    const uint8_t *bytes = pack_builder_finish(builder, &size);
    const struct pack_header *header = (const void *)bytes;
    size_t end = sizeof *header;
    for (int i = 0; i < PACK_SECTION_COUNT; i++) {
        assert_int_equal(header->sections[i].offset % 8, 0);
        assert_int_equal(header->sections[i].count, 3);
        assert_true(header->sections[i].offset >= end);
        end = header->sections[i].offset + 3 * pack_record_bytes((enum pack_section)i);
    }
    assert_true(end <= size);
    assert_int_equal(header->size, size);
    assert_int_equal((uintptr_t)bytes % 8, 0);
}

static void records_hold_no_hidden_padding(void **state)
{
    (void)state;
    for (int i = PACK_SECTION_TOPIC; i < PACK_SECTION_COUNT; i++) {
        assert_int_equal(pack_record_bytes((enum pack_section)i) % 4, 0);
    }
    assert_int_equal(sizeof(struct pack_fact) % 8, 0);
    assert_int_equal(sizeof(struct pack_node) % 8, 0);
    assert_int_equal(sizeof(struct pack_header) % 8, 0);
}

static void the_same_records_give_the_same_bytes(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const uint8_t *images[2];
    size_t sizes[2];
    for (int i = 0; i < 2; i++) {
        struct pack_builder *builder = pack_builder_new(arena);
        struct pack_text text = pack_builder_text(builder, STR("reputation"));
        struct pack_topic topic = {.name = text, .text = text};
        (void)pack_builder_add(builder, PACK_SECTION_TOPIC, &topic);
        builder->header.name = text;
        images[i] = pack_builder_finish(builder, &sizes[i]);
    }
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(images[0], images[1], sizes[0]);
}

static void the_checksum_is_of_all_that_follows_it(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    size_t size = 0;
    struct pack_builder *builder = pack_builder_new(arena);
    (void)pack_builder_text(builder, STR("some text"));
    const uint8_t *made = pack_builder_finish(builder, &size);
    uint8_t *bytes = arena_alloc(arena, size);
    memcpy(bytes, made, size);
    uint64_t sum = pack_checksum(bytes, size);
    assert_true(sum == ((const struct pack_header *)(const void *)made)->checksum);
    for (size_t i = 0; i < size; i++) {
        bytes[i] ^= 0x10;
        assert_int_equal(pack_checksum(bytes, size) == sum, i < 16);
        bytes[i] ^= 0x10;
    }
}

static void look_past_the_end(void *builder)
{
    (void)pack_builder_at(builder, PACK_SECTION_TOPIC, 1);
}

static void a_record_that_is_not_there_stops_the_program(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct pack_builder *builder = pack_builder_new(arena);
    (void)pack_builder_add_zero(builder, PACK_SECTION_TOPIC, 1);
    assert_non_null(pack_builder_at(builder, PACK_SECTION_TOPIC, 0));
    check_stops(look_past_the_end, builder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_pack_opens),
        cmocka_unit_test(records_are_found_by_index),
        cmocka_unit_test(added_zero_is_zero),
        cmocka_unit_test(equal_texts_are_kept_once),
        cmocka_unit_test(lists_stand_one_behind_the_other),
        cmocka_unit_test(sections_are_aligned_and_in_order),
        cmocka_unit_test(records_hold_no_hidden_padding),
        cmocka_unit_test(the_same_records_give_the_same_bytes),
        cmocka_unit_test(the_checksum_is_of_all_that_follows_it),
        cmocka_unit_test(a_record_that_is_not_there_stops_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
