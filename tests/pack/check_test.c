/*
 * tests/pack/check_test.c - images damaged inside, whose frame and checksum are right.
 *
 * Read first: src/pack/check.c, src/pack/image.h; fuzz/small_pack.h, the image with one of
 * everything. What a damaged file is by chance, fuzz/pack_fuzz.c looks for at length.
 *
 * What must hold: damage that could lead a reader outside the image, or round for ever, is refused;
 * an image that opens in spite of damage can be asked without harm.
 */
#include "support/check.h"

#include <string.h>

#include "../../fuzz/small_pack.h"
#include "decide/decide.h"
#include "pack/build.h"
#include "pack/pack.h"

/* One image for all tests, and a copy of it that each test may spoil. */
struct spoiling {
    struct arena *arena;
    struct policy_image good;
    uint8_t *bytes;
    struct pack pack; /* views into `bytes`, as they were before */
};

static struct spoiling spoiling_new(struct arena *arena)
{
    struct spoiling spoiling = {.arena = arena, .good = small_pack_make(arena)};
    spoiling.bytes = arena_alloc(arena, spoiling.good.size);
    memcpy(spoiling.bytes, spoiling.good.bytes, spoiling.good.size);
    assert_null(pack_open(&spoiling.pack, spoiling.bytes, spoiling.good.size));
    return spoiling;
}

static void restore(const struct spoiling *spoiling)
{
    memcpy(spoiling->bytes, spoiling->good.bytes, spoiling->good.size);
}

static const char *reopen(const struct spoiling *spoiling, struct pack *pack)
{
    uint64_t sum = pack_checksum(spoiling->bytes, spoiling->good.size);
    memcpy(spoiling->bytes + sizeof(uint64_t), &sum, sizeof sum);
    return pack_open(pack, spoiling->bytes, spoiling->good.size);
}

static void check_refused(const struct spoiling *spoiling, const char *what, size_t number)
{
    struct pack pack;
    if (reopen(spoiling, &pack) == NULL) {
        print_error("%s %zu: an image with this damage was opened\n", what, number);
        fail();
    }
    restore(spoiling);
    assert_null(reopen(spoiling, &pack));
}

static void *record_at(const struct spoiling *spoiling, enum pack_section section, uint32_t index)
{
    const struct pack_span *span = &spoiling->pack.header->sections[section];
    assert_true(index < span->count);
    return spoiling->bytes + span->offset + (size_t)index * pack_record_bytes(section);
}

/* ---- Fields that point somewhere ------------------------------------------------------------- */

#define IN(section, record, member) PACK_SECTION_##section, offsetof(struct record, member)
#define SECOND(section, record, member) \
    PACK_SECTION_##section, offsetof(struct record, member) + sizeof(uint32_t)
#define FAR UINT32_C(0x7ffffff0)

static const struct {
    enum pack_section section;
    size_t offset;
    uint32_t bad;
} damages[] = {
    {IN(TOPIC, pack_topic, name), FAR},
    {SECOND(TOPIC, pack_topic, text), FAR},
    {IN(ROLE, pack_role, name), FAR},
    {SECOND(ROLE, pack_role, members), FAR},
    {IN(ACT, pack_act, name), FAR},
    {SECOND(ACT, pack_act, example), FAR},
    {IN(ACT, pack_act, table), FAR},
    {SECOND(ACT, pack_act, groups), FAR},
    {SECOND(ACT, pack_act, groups), 1},
    {IN(FACT, pack_fact, name), FAR},
    {SECOND(FACT, pack_fact, question), FAR},
    {IN(FACT, pack_fact, label), FAR},
    {IN(FACT, pack_fact, help), FAR},
    {IN(FACT, pack_fact, why), FAR},
    {IN(FACT, pack_fact, unit), FAR},
    {IN(FACT, pack_fact, kind), PACK_FACT_KIND_COUNT},
    {IN(FACT, pack_fact, is_other), 1},
    {IN(FACT, pack_fact, first_value), FAR},
    {IN(FACT, pack_fact, value_count), FAR},
    {IN(FACT, pack_fact, value_count), 3},
    {IN(FACT, pack_fact, first_variable), FAR},
    {IN(FACT, pack_fact, variable_count), 2},
    {IN(FACT, pack_fact, preset), 3},
    {IN(FACT, pack_fact, first_cut), FAR},
    {IN(FACT, pack_fact, cut_count), FAR},
    {SECOND(FACT, pack_fact, relevant), FAR},
    {IN(VALUE, pack_value, name), FAR},
    {IN(VALUE, pack_value, text), FAR},
    {IN(VALUE, pack_value, fact), FAR},
    {IN(VARIABLE, pack_variable, fact), FAR},
    {IN(VARIABLE, pack_variable, fact), PACK_NONE},
    {IN(VARIABLE, pack_variable, fact), 1},
    {IN(VARIABLE, pack_variable, value), 0},
    {IN(VARIABLE, pack_variable, approval), 0},
    {IN(VARIABLE, pack_variable, domain), 2},
    {IN(VARIABLE, pack_variable, domain), 65},
    {IN(VARIABLE, pack_variable, is_other), 1},
    {SECOND(VARIABLE, pack_variable, relations), FAR},
    {IN(RELATION, pack_relation, kind), PACK_RELATION_KIND_COUNT},
    {IN(RELATION, pack_relation, first), FAR},
    {IN(RELATION, pack_relation, second), FAR},
    {IN(RELATION, pack_relation, second), 0},
    {IN(CLAUSE, pack_clause, key), FAR},
    {IN(CLAUSE, pack_clause, at), FAR},
    {IN(CLAUSE, pack_clause, title), FAR},
    {IN(CLAUSE, pack_clause, ledger), FAR},
    {IN(CLAUSE, pack_clause, prose), FAR},
    {IN(CLAUSE, pack_clause, topic), FAR},
    {IN(CLAUSE, pack_clause, first_note), FAR},
    {IN(CLAUSE, pack_clause, first_rule), FAR},
    {IN(CLAUSE, pack_clause, rule_count), FAR},
    {IN(CLAUSE, pack_clause, first_operation), FAR},
    {IN(NOTE, pack_note, text), FAR},
    {IN(RULE, pack_rule, clause), FAR},
    {IN(RULE, pack_rule, clause), PACK_NONE},
    {IN(RULE, pack_rule, effect), PACK_EFFECT_COUNT},
    {IN(RULE, pack_rule, strength), PACK_STRENGTH_COUNT},
    {IN(RULE, pack_rule, head), FAR},
    {IN(RULE, pack_rule, say), FAR},
    {IN(RULE, pack_rule, instead), FAR},
    {IN(RULE, pack_rule, duty), FAR},
    {SECOND(RULE, pack_rule, acts), FAR},
    {SECOND(RULE, pack_rule, roles), FAR},
    {SECOND(RULE, pack_rule, against), FAR},
    {SECOND(RULE, pack_rule, attacks), FAR},
    {SECOND(RULE, pack_rule, attackers), FAR},
    {IN(RULE, pack_rule, rank), UINT32_C(0x10000)},
    {IN(RULE, pack_rule, when), FAR},
    {SECOND(RULE, pack_rule, unless), FAR},
    {IN(RULE, pack_rule, only_if), FAR},
    {IN(RULE, pack_rule, first_outcome), FAR},
    {IN(OUTCOME, pack_outcome, rule), FAR},
    {IN(OUTCOME, pack_outcome, rule), PACK_NONE},
    {IN(OUTCOME, pack_outcome, known), 0},
    {IN(OUTCOME, pack_outcome, level), PACK_LEVEL_COUNT},
    {SECOND(OUTCOME, pack_outcome, approvals), FAR},
    {IN(APPROVAL, pack_approval, clause), FAR},
    {IN(APPROVAL, pack_approval, variable), FAR},
    {IN(APPROVAL, pack_approval, variable), 0},
    {SECOND(APPROVAL, pack_approval, roles), FAR},
    {IN(DUTY, pack_duty, name), FAR},
    {IN(DUTY, pack_duty, text), FAR},
    {IN(DUTY, pack_duty, who), FAR},
    {IN(DUTY, pack_duty, by), FAR},
    {IN(DUTY, pack_duty, evidence), FAR},
    {IN(DUTY, pack_duty, otherwise), FAR},
    {IN(KNOWN, pack_known, first), FAR},
    {IN(KNOWN, pack_known, second), PACK_NONE},
    {IN(KNOWN, pack_known, take), PACK_TAKE_COUNT},
    {IN(KNOWN, pack_known, outcome), FAR},
    {SECOND(KNOWN, pack_known, roles), FAR},
    {IN(KNOWN, pack_known, say), FAR},
    {IN(NODE, pack_node, kind), PACK_NODE_KIND_COUNT},
    {IN(NODE, pack_node, kind), PACK_NODE_NOT},
    {IN(NODE, pack_node, variable), FAR},
    {IN(NODE, pack_node, text), FAR},
    {SECOND(NODE, pack_node, children), FAR},
    {IN(TABLE, pack_table, act), FAR},
    {IN(TABLE, pack_table, row_count), 65},
    {IN(TABLE, pack_table, word_count), FAR},
    {IN(TABLE, pack_table, word_count), 2},
    {SECOND(TABLE, pack_table, outcomes), FAR},
    {SECOND(TABLE, pack_table, outcomes), 0},
    {SECOND(TABLE, pack_table, row_outcomes), FAR},
    {SECOND(TABLE, pack_table, variables), FAR},
    {IN(TABLE, pack_table, first_mask), FAR},
    {IN(OPERATION, pack_operation, clause), FAR},
    {IN(OPERATION, pack_operation, first_field), FAR},
    {IN(OPERATION, pack_operation, kind), FAR},
    {IN(OPERATION, pack_operation, name), FAR},
    {IN(OPERATION, pack_operation, text), FAR},
    {IN(FIELD, pack_field, name), FAR},
    {IN(FIELD, pack_field, text), FAR},
};

/* Each in the first record of its section. */
static void fields_that_point_nowhere_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct spoiling spoiling = spoiling_new(arena);
    bool is_damaged[PACK_SECTION_COUNT] = {false};
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        uint8_t *record = record_at(&spoiling, damages[i].section, 0);
        memcpy(record + damages[i].offset, &damages[i].bad, sizeof damages[i].bad);
        check_refused(&spoiling, "damage", i);
        is_damaged[damages[i].section] = true;
    }
    for (int i = PACK_SECTION_TOPIC; i < PACK_SECTION_COUNT; i++)
        assert_true(is_damaged[i]);
}

/* The first index that is not there, in the last record of each section. */
static void an_index_one_past_the_end_is_refused(void **state)
{
    (void)state;
    static const struct {
        enum pack_section section;
        size_t offset;
        enum pack_section target;
    } cases[] = {
        {IN(ACT, pack_act, table), PACK_SECTION_TABLE},
        {IN(VALUE, pack_value, fact), PACK_SECTION_FACT},
        {IN(RELATION, pack_relation, first), PACK_SECTION_VARIABLE},
        {IN(CLAUSE, pack_clause, topic), PACK_SECTION_TOPIC},
        {IN(RULE, pack_rule, clause), PACK_SECTION_CLAUSE},
        {IN(RULE, pack_rule, duty), PACK_SECTION_DUTY},
        {IN(RULE, pack_rule, when), PACK_SECTION_NODE},
        {IN(OUTCOME, pack_outcome, rule), PACK_SECTION_RULE},
        {IN(OUTCOME, pack_outcome, known), PACK_SECTION_KNOWN},
        {IN(APPROVAL, pack_approval, variable), PACK_SECTION_VARIABLE},
        {IN(KNOWN, pack_known, outcome), PACK_SECTION_OUTCOME},
        {IN(TABLE, pack_table, act), PACK_SECTION_ACT},
        {IN(OPERATION, pack_operation, clause), PACK_SECTION_CLAUSE},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct spoiling spoiling = spoiling_new(arena);
    const struct pack_span *sections = spoiling.pack.header->sections;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t past = sections[cases[i].target].count;
        uint8_t *record =
            record_at(&spoiling, cases[i].section, sections[cases[i].section].count - 1);
        memcpy(record + cases[i].offset, &past, sizeof past);
        check_refused(&spoiling, "index", i);
    }
    for (uint32_t i = 0; i < spoiling.pack.node_count; i++) {
        struct pack_node *node = record_at(&spoiling, PACK_SECTION_NODE, i);
        if (node->kind != PACK_NODE_ATOM)
            continue;
        node->variable = spoiling.pack.variable_count;
        check_refused(&spoiling, "atom", i);
    }
}

/* Every item of every list that is found through a record, set far out. */
static void lists_that_point_nowhere_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct spoiling spoiling = spoiling_new(arena);
    assert_true(spoiling.pack.list_count > 100);
    for (uint32_t i = 0; i < spoiling.pack.list_count; i++) {
        uint32_t *item = record_at(&spoiling, PACK_SECTION_LIST, i);
        *item = FAR;
        check_refused(&spoiling, "list item", i);
    }
}

/* ---- What no single field shows -------------------------------------------------------------- */

static void attacks_in_a_circle_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct spoiling spoiling = spoiling_new(arena);
    uint32_t seen = 0;
    for (uint32_t i = 0; i < spoiling.pack.rule_count; i++) {
        struct pack_rule *rule = record_at(&spoiling, PACK_SECTION_RULE, i);
        if (rule->attackers.count == 0)
            continue;
        rule->rank = 0; /* no higher than its attackers */
        check_refused(&spoiling, "rule", i);
        seen++;
    }
    assert_true(seen >= 2);
}

static void conditions_in_a_circle_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct spoiling spoiling = spoiling_new(arena);
    uint32_t seen = 0;
    for (uint32_t i = 0; i < spoiling.pack.node_count; i++) {
        struct pack_list children = spoiling.pack.node[i].children;
        for (uint32_t k = 0; k < children.count; k++) {
            uint32_t *item = record_at(&spoiling, PACK_SECTION_LIST, children.first + k);
            *item = i; /* itself */
            check_refused(&spoiling, "node", i);
            seen++;
        }
    }
    assert_true(seen >= 10);
}

/* Two rows of different outcomes change places: the reader counts on their order. */
static void rows_out_of_order_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct spoiling spoiling = spoiling_new(arena);
    uint32_t seen = 0;
    for (uint32_t t = 0; t < spoiling.pack.table_count; t++) {
        struct pack_list rows = spoiling.pack.table[t].row_outcomes;
        for (uint32_t k = 1; k < rows.count; k++) {
            uint32_t *item = record_at(&spoiling, PACK_SECTION_LIST, rows.first + k);
            if (item[0] == item[-1])
                continue;
            uint32_t first = item[-1];
            item[-1] = item[0];
            item[0] = first;
            check_refused(&spoiling, "row", k);
            seen++;
        }
    }
    assert_true(seen >= 10);
}

static uint32_t fact_of_kind(const struct spoiling *spoiling, enum pack_fact_kind kind)
{
    for (uint32_t i = 0; i < spoiling->pack.fact_count; i++)
        if (spoiling->pack.fact[i].kind == kind)
            return i;
    fail();
    return PACK_NONE;
}

static void days_that_no_calendar_knows_are_refused(void **state)
{
    (void)state;
    struct civil_date first, last;
    assert_true(civil_date_parse(STR("1583-01-01"), &first));
    assert_true(civil_date_parse(STR("9999-12-31"), &last));
    const int64_t bad[] = {INT64_MAX, INT64_MIN, first.days - 1, (int64_t)last.days + 1};
    const int64_t good[] = {first.days, last.days};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct spoiling spoiling = spoiling_new(arena);
    uint32_t fact = fact_of_kind(&spoiling, PACK_FACT_DATE);
    int64_t *cut = record_at(&spoiling, PACK_SECTION_NUMBER, spoiling.pack.fact[fact].first_cut);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        *cut = bad[i];
        check_refused(&spoiling, "date", i);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct pack pack;
        *cut = good[i];
        assert_null(reopen(&spoiling, &pack));
    }
}

static void more_values_than_a_word_has_bits_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (uint32_t count = PACK_VALUES_MAX; count <= PACK_VALUES_MAX + 1; count++) {
        struct pack_builder *builder = pack_builder_new(arena);
        struct pack_fact fact = {.kind = PACK_FACT_SOME_OF,
                                 .value_count = count,
                                 .variable_count = count,
                                 .preset = PACK_NONE};
        (void)pack_builder_add(builder, PACK_SECTION_FACT, &fact);
        (void)pack_builder_add_zero(builder, PACK_SECTION_VALUE, count);
        for (uint32_t i = 0; i < count; i++) {
            struct pack_variable variable = {.value = i, .approval = PACK_NONE, .domain = 2};
            (void)pack_builder_add(builder, PACK_SECTION_VARIABLE, &variable);
        }
        size_t size = 0;
        const uint8_t *bytes = pack_builder_finish(builder, &size);
        struct pack pack;
        assert_int_equal(pack_open(&pack, bytes, size) == NULL, count == PACK_VALUES_MAX);
    }
}

/* A relation may join values of one some-of fact only. */
static void relations_between_other_variables_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct spoiling spoiling = spoiling_new(arena);
    uint32_t own = spoiling.pack.variable[spoiling.pack.relation[0].first].fact;
    uint32_t refused = 0;
    for (uint32_t v = 0; v < spoiling.pack.variable_count; v++) {
        struct pack_relation *relation = record_at(&spoiling, PACK_SECTION_RELATION, 0);
        relation->second = v;
        struct pack pack;
        bool fits = spoiling.pack.variable[v].fact == own;
        assert_int_equal(reopen(&spoiling, &pack) == NULL, fits);
        refused += !fits;
        restore(&spoiling);
    }
    assert_true(refused > 5);
}

/* ---- By chance ------------------------------------------------------------------------------- */

static void every_flipped_byte_is_noticed(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct spoiling spoiling = spoiling_new(arena);
    struct pack pack;
    for (size_t i = 0; i < spoiling.good.size; i++) {
        spoiling.bytes[i] ^= 0xff;
        assert_non_null(pack_open(&pack, spoiling.bytes, spoiling.good.size));
        spoiling.bytes[i] ^= 0xff;
    }
    assert_null(pack_open(&pack, spoiling.bytes, spoiling.good.size));
}

/* A short question to each act; whatever the answer is, it can be written. */
static void ask_all(const struct pack *pack)
{
    for (uint32_t act = 0; act < pack->act_count; act++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct diag_list diags = diag_list_new(arena);
        struct decide_question *question = decide_question_new(arena, pack, act);
        question->is_brief = true;
        struct decide_answer *answer = decide_answer(arena, question, &diags);
        struct text out = {.arena = arena};
        if (answer != NULL)
            decide_answer_write(answer, &out);
        assert_true(answer != NULL ? out.len != 0 : diag_error_count(&diags) != 0);
    }
}

/* With the checksum mended. Texts are left out: any byte may stand in a text. */
static void an_image_with_a_flipped_byte_is_refused_or_can_be_asked(void **state)
{
    (void)state;
    static const uint8_t flips[] = {0x01, 0x80};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct spoiling spoiling = spoiling_new(arena);
    uint32_t opened = 0, refused = 0;
    for (size_t i = spoiling.pack.header->sections[PACK_SECTION_LIST].offset;
         i < spoiling.good.size; i++)
        for (size_t k = 0; k < sizeof flips; k++) {
            struct pack pack;
            spoiling.bytes[i] ^= flips[k];
            if (reopen(&spoiling, &pack) == NULL) {
                ask_all(&pack);
                opened++;
            } else {
                refused++;
            }
            spoiling.bytes[i] ^= flips[k];
        }
    assert_true(opened > 1000 && refused > 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_that_point_nowhere_are_refused),
        cmocka_unit_test(an_index_one_past_the_end_is_refused),
        cmocka_unit_test(lists_that_point_nowhere_are_refused),
        cmocka_unit_test(attacks_in_a_circle_are_refused),
        cmocka_unit_test(conditions_in_a_circle_are_refused),
        cmocka_unit_test(rows_out_of_order_are_refused),
        cmocka_unit_test(days_that_no_calendar_knows_are_refused),
        cmocka_unit_test(more_values_than_a_word_has_bits_are_refused),
        cmocka_unit_test(relations_between_other_variables_are_refused),
        cmocka_unit_test(every_flipped_byte_is_noticed),
        cmocka_unit_test(an_image_with_a_flipped_byte_is_refused_or_can_be_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
