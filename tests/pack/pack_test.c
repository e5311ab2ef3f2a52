/*
 * tests/pack/pack_test.c - opening an image, and finding things in it by name.
 *
 * Read first: src/pack/pack.h. What an image is damaged inside is for check_test.c.
 */
#include "support/check.h"

#include <string.h>

#include "pack/build.h"
#include "pack/pack.h"
#include "support/small_policy.h"

static const char a_clause[] = CLAUSE("A-1", "contacts",
                                      "must not post\n"
                                      "  when readers is at least 10 and readers is under 50\n"
                                      "  unless approved by senior-leader\n"
                                      "should not accept\n  when posted-on is before 2026-09-01\n");

/* A copy of an image that a test may spoil. */
struct copy {
    uint8_t *bytes;
    size_t size;
};

static struct copy copy_of(struct arena *arena, const struct small_policy *policy)
{
    struct copy copy = {arena_alloc(arena, policy->image.size), policy->image.size};
    memcpy(copy.bytes, policy->image.bytes, copy.size);
    return copy;
}

static struct pack_header *header_of(const struct copy *copy)
{
    return (struct pack_header *)(void *)copy->bytes;
}

static void mend(const struct copy *copy)
{
    header_of(copy)->checksum = pack_checksum(copy->bytes, copy->size);
}

#define check_refused(bytes, size, part) check_refused_at((bytes), (size), (part), __LINE__)
static void check_refused_at(const void *bytes, size_t size, const char *part, int line)
{
    struct pack pack;
    const char *problem = pack_open(&pack, bytes, size);
    if (problem == NULL || str_find(str_from(problem), str_from(part)) == STR_NONE) {
        print_error("line %d: \"%s\" does not say \"%s\"\n", line, problem ? problem : "", part);
        fail();
    }
}

static void what_is_whole_opens(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct copy copy = copy_of(arena, policy);
    struct pack pack;
    mend(&copy);
    assert_null(pack_open(&pack, copy.bytes, copy.size));
    check_str(pack_name(&pack), "small");
    check_str(pack_title(&pack), "A small policy");
}

static void every_shorter_image_is_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    for (size_t size = 0; size < policy->image.size; size++) {
        struct arena_mark mark = arena_mark(arena);
        /* A copy of exactly this size, so that the sanitizer sees a read past its end. */
        uint8_t *bytes = arena_alloc(arena, size);
        memcpy(bytes, policy->image.bytes, size);
        struct pack pack;
        assert_non_null(pack_open(&pack, bytes, size));
        arena_rewind(arena, mark);
    }
}

/* The same with size and checksum made to fit, so that the sections themselves are cut off. */
static void every_shorter_image_that_says_so_is_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    size_t last = policy->pack.header->sections[PACK_SECTION_COUNT - 1].offset;
    for (size_t size = sizeof(struct pack_header); size < policy->image.size; size += 8) {
        struct arena_mark mark = arena_mark(arena);
        struct copy copy = {arena_alloc(arena, size), size};
        memcpy(copy.bytes, policy->image.bytes, size);
        header_of(&copy)->size = (uint32_t)size;
        mend(&copy);
        struct pack pack;
        bool is_whole = size >= last && policy->pack.field_count == 0;
        assert_int_equal(pack_open(&pack, copy.bytes, size) == NULL, is_whole);
        arena_rewind(arena, mark);
    }
}

static void other_files_and_versions_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    struct copy copy = copy_of(arena, policy);
    header_of(&copy)->magic ^= 1;
    mend(&copy);
    check_refused(copy.bytes, copy.size, "not a compiled policy");
    copy = copy_of(arena, policy);
    header_of(&copy)->magic = __builtin_bswap64(PACK_MAGIC); /* a machine of the other byte order */
    check_refused(copy.bytes, copy.size, "not a compiled policy");
    for (uint32_t version = 0; version <= PACK_VERSION + 1; version++) {
        copy = copy_of(arena, policy);
        header_of(&copy)->version = version;
        mend(&copy);
        struct pack pack;
        if (version == PACK_VERSION)
            assert_null(pack_open(&pack, copy.bytes, copy.size));
        else
            check_refused(copy.bytes, copy.size, "another version");
    }
    copy = copy_of(arena, policy);
    header_of(&copy)->checksum ^= 1;
    check_refused(copy.bytes, copy.size, "damaged");
    copy = copy_of(arena, policy);
    header_of(&copy)->size += 8;
    mend(&copy);
    check_refused(copy.bytes, copy.size, "damaged");
}

static void bytes_that_are_not_aligned_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    uint8_t *room = arena_alloc(arena, policy->image.size + 8);
    for (size_t shift = 1; shift < 8; shift++) {
        memmove(room + shift, policy->image.bytes, policy->image.size);
        check_refused(room + shift, policy->image.size, "aligned");
    }
}

static void sections_outside_the_image_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, a_clause);
    for (int i = 0; i < PACK_SECTION_COUNT; i++) {
        const uint32_t size = (uint32_t)policy->image.size;
        const struct pack_span good = policy->pack.header->sections[i];
        const struct pack_span bad[] = {
            {good.offset + 4, good.count}, {good.offset + 1, good.count},
            {0, good.count},               {(uint32_t)sizeof(struct pack_header) - 8, 1},
            {size + 8, 0},                 {UINT32_MAX - 7, 1},
            {good.offset, UINT32_MAX},     {good.offset, size},
            {size, 1},                     {size - 8, 9},
        };
        for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
            struct arena_mark mark = arena_mark(arena);
            struct copy copy = copy_of(arena, policy);
            header_of(&copy)->sections[i] = bad[k];
            mend(&copy);
            check_refused(copy.bytes, copy.size, "outside the file");
            arena_rewind(arena, mark);
        }
    }
}

static void things_are_found_by_name(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct pack *pack = &small_policy_open(arena, a_clause)->pack;
    check_str(pack_text(pack, pack->act[pack_act_find(pack, STR("accept"))].name), "accept");
    check_str(pack_text(pack, pack->fact[pack_fact_find(pack, STR("other.age"))].name),
              "other.age");
    check_str(pack_text(pack, pack->clause[pack_clause_find(pack, STR("A-1"))].key), "A-1");
    check_str(pack_text(pack, pack->role[pack_role_find(pack, STR("union"))].name), "union");
    assert_int_equal(pack_act_find(pack, STR("acce")), PACK_NONE);
    assert_int_equal(pack_act_find(pack, STR("accepts")), PACK_NONE);
    assert_int_equal(pack_act_find(pack, STR("")), PACK_NONE);
    assert_int_equal(pack_fact_find(pack, STR("accept")), PACK_NONE);
    assert_int_equal(pack_clause_find(pack, STR("a-1")), PACK_NONE);
    assert_int_equal(pack_role_find(pack, STR("publish")), PACK_NONE);
}

static void values_are_numbered_within_their_fact(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct pack *pack = &small_policy_open(arena, a_clause)->pack;
    uint32_t account = pack_fact_find(pack, STR("account"));
    uint32_t tone = pack_fact_find(pack, STR("tone"));
    uint32_t signed_ = pack_fact_find(pack, STR("signed"));
    assert_int_equal(pack_value_find(pack, account, STR("personal")), 0);
    assert_int_equal(pack_value_find(pack, account, STR("associated")), 2);
    assert_int_equal(pack_value_find(pack, account, STR("none")), 3);
    assert_int_equal(pack_value_find(pack, account, STR("rude")), PACK_NONE);
    assert_int_equal(pack_value_find(pack, account, STR("facebook")), PACK_NONE); /* next door */
    assert_int_equal(pack_value_find(pack, tone, STR("kind")), 2);
    assert_int_equal(pack_value_find(pack, tone, STR("none")), PACK_NONE);
    assert_int_equal(pack_value_find(pack, signed_, STR("yes")), PACK_NONE);
}

static void roles_are_in_themselves_and_in_their_groups(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct pack *pack = &small_policy_open(arena, a_clause)->pack;
    uint32_t group = pack_role_find(pack, STR("senior-leader"));
    uint32_t head = pack_role_find(pack, STR("headteacher"));
    uint32_t union_ = pack_role_find(pack, STR("union"));
    assert_true(group != PACK_NONE && head != PACK_NONE && union_ != PACK_NONE);
    assert_true(pack_role_is_in(pack, group, group));
    assert_true(pack_role_is_in(pack, head, group));
    assert_true(pack_role_is_in(pack, pack_role_find(pack, STR("principal")), group));
    assert_false(pack_role_is_in(pack, group, head));
    assert_false(pack_role_is_in(pack, union_, group));
    assert_false(pack_role_is_in(pack, union_, head));
}

static void numbers_fall_between_cuts(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct pack *pack = &small_policy_open(arena, a_clause)->pack;
    const struct pack_fact *readers = &pack->fact[pack_fact_find(pack, STR("readers"))];
    assert_int_equal(readers->cut_count, 2);
    assert_int_equal(pack_cut_find(pack, readers, INT64_MIN), 0);
    assert_int_equal(pack_cut_find(pack, readers, 9), 0);
    assert_int_equal(pack_cut_find(pack, readers, 10), 1);
    assert_int_equal(pack_cut_find(pack, readers, 49), 1);
    assert_int_equal(pack_cut_find(pack, readers, 50), 2);
    assert_int_equal(pack_cut_find(pack, readers, INT64_MAX), 2);
    const struct pack_fact *age = &pack->fact[pack_fact_find(pack, STR("other.age"))];
    assert_int_equal(age->cut_count, 0);
    assert_int_equal(pack_cut_find(pack, age, 17), 0);
}

static void every_word_of_an_enumeration_is_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < PACK_LEVEL_COUNT; i++)
        for (int k = 0; k <= i; k++)
            assert_int_equal(str_equal(pack_level_name((enum pack_level)i),
                                       pack_level_name((enum pack_level)k)),
                             i == k);
    for (int i = 0; i < PACK_EFFECT_COUNT; i++)
        for (int k = 0; k <= i; k++)
            assert_int_equal(str_equal(pack_effect_name((enum pack_effect)i),
                                       pack_effect_name((enum pack_effect)k)),
                             i == k);
    check_str(pack_level_name(PACK_LEVEL_NEEDS_APPROVAL), "needs-approval");
    check_str(pack_effect_name(PACK_EFFECT_GATES), "gates");
    check_str(pack_strength_name(PACK_STRENGTH_ADVISED), "advised");
    check_str(pack_approval_state_name(PACK_APPROVAL_EXPIRED), "expired");
    check_str(pack_level_name(PACK_LEVEL_COUNT), "");
    check_str(pack_strength_name(PACK_STRENGTH_COUNT), "");
    check_str(pack_effect_name(PACK_EFFECT_COUNT), "");
    check_str(pack_approval_state_name(PACK_APPROVAL_STATE_COUNT), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_whole_opens),
        cmocka_unit_test(every_shorter_image_is_refused),
        cmocka_unit_test(every_shorter_image_that_says_so_is_refused),
        cmocka_unit_test(other_files_and_versions_are_refused),
        cmocka_unit_test(bytes_that_are_not_aligned_are_refused),
        cmocka_unit_test(sections_outside_the_image_are_refused),
        cmocka_unit_test(things_are_found_by_name),
        cmocka_unit_test(values_are_numbered_within_their_fact),
        cmocka_unit_test(roles_are_in_themselves_and_in_their_groups),
        cmocka_unit_test(numbers_fall_between_cuts),
        cmocka_unit_test(every_word_of_an_enumeration_is_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
