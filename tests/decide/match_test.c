/*
 * tests/decide/match_test.c - rows matched against random worlds, and against one row at a time.
 *
 * Read first: src/decide/match.c; src/pack/image.h on tables.
 */
#include "support/check.h"

#include "decide/decide_int.h"
#include "support/small_policy.h"

#define WORLDS 120

/* What every row allows every variable of a table, read from the masks one bit at a time. */
static uint64_t *rows_read(struct arena *arena, const struct pack *pack,
                           const struct pack_table *table)
{
    uint32_t count = table->variables.count;
    uint64_t *allowed = ARENA_ARRAY(arena, uint64_t, (size_t)count * table->row_count + 1);
    size_t at = table->first_mask;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t variable = pack->list[table->variables.first + i];
        for (uint32_t value = 0; value < pack->variable[variable].domain; value++) {
            for (uint32_t row = 0; row < table->row_count; row++)
                if ((pack->mask[at + row / 64] >> row % 64 & 1) != 0)
                    allowed[(size_t)row * count + i] |= UINT64_C(1) << value;
            at += table->word_count;
        }
    }
    return allowed;
}

static enum decide_truth row_truth(const struct pack *pack, const struct pack_table *table,
                                   const uint64_t *allowed, const uint64_t *domain)
{
    enum decide_truth truth = DECIDE_YES;
    for (uint32_t i = 0; i < table->variables.count; i++) {
        uint64_t values = domain[pack->list[table->variables.first + i]];
        if ((values & allowed[i]) == 0)
            return DECIDE_NO;
        if ((values & ~allowed[i]) != 0)
            truth = DECIDE_OPEN;
    }
    return truth;
}

/* Of `open` in 16 variables several values are possible; 0: everything is known. */
static void random_domains(struct check_random *random, const struct pack *pack, uint64_t open,
                           uint64_t *domain)
{
    for (uint32_t v = 0; v < pack->variable_count; v++) {
        uint64_t full = decide_full_domain(pack, v);
        bool is_open = check_random_below(random, 16) < open;
        do {
            domain[v] = is_open ? check_random_next(random) & full
                                : UINT64_C(1) << check_random_below(random,
                                                                    pack->variable[v].domain);
        } while (domain[v] == 0);
    }
}

static void check_table(struct check_random *random, const struct pack *pack,
                        const struct pack_table *table)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct decide_match match = decide_match_new(arena, pack, table);
    uint64_t *domain = ARENA_ARRAY(arena, uint64_t, pack->variable_count);
    const uint64_t *allowed = rows_read(arena, pack, table);
    for (int world = 0; world < WORLDS; world++) {
        random_domains(random, pack, (uint64_t)world % 3 * 8, domain);
        decide_match_world(&match, domain);
        uint32_t listed = 0;
        for (uint32_t row = 0; row < table->word_count * 64; row++) {
            enum decide_truth truth =
                row < table->row_count
                    ? row_truth(pack, table, allowed + (size_t)row * table->variables.count, domain)
                    : DECIDE_NO;
            assert_int_equal(match.certain[row / 64] >> row % 64 & 1, truth == DECIDE_YES);
            assert_int_equal(match.possible[row / 64] >> row % 64 & 1, truth != DECIDE_NO);
            if (truth != DECIDE_NO)
                assert_int_equal(match.rows[listed++], row);
        }
        assert_int_equal(match.row_count, listed);
    }
}

/*
 * Rules whose conditions read many variables, few or none, so that some words read variables that
 * others do not.
 */
static struct small_policy *policy_of_rules(struct arena *arena, int rules)
{
    static const char *const conditions[] = {
        "account is personal and tone is rude",
        "account is official and not signed",
        "other is pupil and device is own",
        "other.age is under 18 and platform is not linkedin",
        "posted-on is from 2026-09-01 and device is any of own, school",
        "tone is none and purpose is teaching",
        "health or in-lesson",
    };
    struct text text = {.arena = arena};
    text_add(&text, STR("## A {#A topic=\"contacts\"}\nWords.\n```rule\n"));
    for (int i = 0; i < rules; i++) {
        text_addf(&text, "must not post\n  when (%s) and readers is over %d\n",
                  conditions[(size_t)i / 40 % 7], i % 50);
        if (i % 9 == 0)
            text_addf(&text, "  unless approved by union for %d days\n", i + 1);
    }
    text_add(&text, STR("```\n"));
    return small_policy_open(arena, str_cstr(arena, text_str(&text)));
}

static const struct pack_table *table_of(const struct small_policy *policy, const char *act)
{
    return &policy->pack.table[policy->pack.act[small_act(policy, act)].table];
}

/* Tables of 1 to 14 words: blocks of one word, and of four to sixteen. */
static void rows_hold_as_one_by_one(void **state)
{
    (void)state;
    static const int counts[] = {1, 20, 60, 110, 160, 210, 270, 320, 370, 420, 480, 560, 700};
    struct check_random random = check_random_new(__func__);
    uint32_t most = 0;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct small_policy *policy = policy_of_rules(arena, counts[i]);
        check_table(&random, &policy->pack, table_of(policy, "post"));
        check_table(&random, &policy->pack, table_of(policy, "report"));
        most = table_of(policy, "post")->word_count;
    }
    assert_true(most >= 13);
}

static void the_last_word_may_be_full_or_nearly_empty(void **state)
{
    (void)state;
    struct check_random random = check_random_new(__func__);
    bool is_full_seen = false, is_one_seen = false;
    for (int rules = 40; rules <= 70; rules++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct small_policy *policy = policy_of_rules(arena, rules);
        const struct pack_table *table = table_of(policy, "post");
        uint32_t over = table->row_count % 64;
        if (over > 1)
            continue;
        check_table(&random, &policy->pack, table);
        is_full_seen = is_full_seen || over == 0;
        is_one_seen = is_one_seen || over == 1;
    }
    assert_true(is_full_seen || is_one_seen);
}

static void an_act_without_rules_has_no_rows(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = policy_of_rules(arena, 3);
    const struct pack *pack = &policy->pack;
    const struct pack_table *table = table_of(policy, "wander");
    struct decide_match match = decide_match_new(arena, pack, table);
    uint64_t *domain = ARENA_ARRAY(arena, uint64_t, pack->variable_count);
    for (uint32_t v = 0; v < pack->variable_count; v++)
        domain[v] = decide_full_domain(pack, v);
    assert_int_equal(table->row_count, 0);
    assert_int_equal(table->word_count, 0);
    decide_match_world(&match, domain);
    assert_int_equal(match.row_count, 0);
}

static void a_table_reads_what_its_rules_name(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not post\n  when account is personal and signed\n"));
    const struct pack *pack = &policy->pack;
    const struct pack_table *table = &pack->table[pack->act[small_act(policy, "post")].table];
    assert_true(decide_table_reads(pack, table, small_variable(policy, "account", NULL)));
    assert_true(decide_table_reads(pack, table, small_variable(policy, "signed", NULL)));
    assert_false(decide_table_reads(pack, table, small_variable(policy, "device", NULL)));
    assert_false(decide_table_reads(pack, table, small_variable(policy, "tone", "rude")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_hold_as_one_by_one),
        cmocka_unit_test(the_last_word_may_be_full_or_nearly_empty),
        cmocka_unit_test(an_act_without_rules_has_no_rows),
        cmocka_unit_test(a_table_reads_what_its_rules_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
