/*
 * tests/policy/limits_test.c - the bounds of a policy: at a bound it is read, one past refused.
 *
 * Read first: src/policy/limits_int.h; docs/policy-language.md, section 10.
 */
#include "support/check.h"

#include "cases.h"
#include "policy/limits_int.h"

#define PACK "```pack\nname a\ntitle \"A\"\n```\n"
#define CLAUSE "## C {#1 topic=\"posts\"}\nProse.\n"
#define EXAMPLE "```example\nI post.\n  act post\n  -> allowed\n```\n"

/* The first code that a policy gives, or nothing. */
static struct str code_of(struct arena *arena, struct str text)
{
    struct diag_list diags = diag_list_new(arena);
    struct str vocabulary;
    struct policy_bundle bundle = {.chain_count = 1};
    assert_true(cases_read_file(arena, "tests/policy/vocabulary.md", &vocabulary));
    bundle.vocabulary = policy_read(arena, STR("vocabulary.md"), vocabulary, &diags);
    bundle.chain[0] = policy_read(arena, STR("policy.md"), text, &diags);
    policy_check(arena, &bundle, &diags);
    diag_sort(&diags);
    return diags.count > 0 ? diags.items[0].code : (struct str){0};
}

/* What a policy of so many parts looks like. */
typedef void (*make_function)(struct text *out, size_t count);

static void check_bound(make_function make, size_t bound, const char *code)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text at = {.arena = arena}, past = {.arena = arena};
    make(&at, bound);
    make(&past, bound + 1);
    check_str(code_of(arena, text_str(&at)), "");
    check_str(code_of(arena, text_str(&past)), code);
}

static void make_bytes(struct text *out, size_t count)
{
    text_add(out, STR(PACK CLAUSE));
    while (out->len < count) {
        text_add_char(out, out->len % 80 == 79 ? '\n' : 'x');
    }
}

static void make_lines(struct text *out, size_t count)
{
    text_add(out, STR(PACK CLAUSE)); /* six lines */
    for (size_t i = 6; i < count; i++) {
        text_add(out, STR("x\n"));
    }
}

static void make_clauses(struct text *out, size_t count)
{
    text_add(out, STR(PACK));
    for (size_t i = 0; i < count; i++) {
        text_addf(out, "# C {#%zu}\nProse.\n", i);
    }
}

static void make_rules(struct text *out, size_t count)
{
    text_add(out, STR(PACK CLAUSE "```rule\n"));
    for (size_t i = 0; i < count; i++) {
        text_add(out, STR("must not post\n"));
    }
    text_add(out, STR("```\n" EXAMPLE));
}

static void make_values(struct text *out, size_t count)
{
    text_add(out, STR(PACK "```vocabulary\nfact f: some of \"F?\"\n"));
    for (size_t i = 0; i + 1 < count; i++) {
        text_addf(out, "  v%zu \"V\"\n", i);
    }
    text_add(out, STR("extend fact f\n  last \"V\"\n```\n"));
}

static void make_thresholds(struct text *out, size_t count)
{
    text_add(out,
             STR(PACK CLAUSE "```vocabulary\nfact f: number of metres \"F?\"\n```\n```rule\n"));
    for (size_t i = 0; i < count; i++) {
        text_addf(out, "must not post\n  when f is under %zu\n", i + 1);
        text_addf(out, "must not post\n  when f is at most %zu\n", i); /* the same cut */
    }
    text_add(out, STR("```\n" EXAMPLE));
}

static void make_nesting(struct text *out, size_t count)
{
    text_add(out, STR(PACK CLAUSE "```rule\nmust not post\n  when "));
    for (size_t i = 0; i < count; i++) {
        text_add(out, i % 2 == 0 ? STR("(") : STR("not "));
    }
    text_add(out, STR("doubt"));
    for (size_t i = 0; i < count; i += 2) {
        text_add(out, STR(")"));
    }
    text_add(out, STR("\n```\n" EXAMPLE));
}

static void make_people(struct text *out, size_t count)
{
    text_add(out, STR(PACK CLAUSE "```example\nI accept.\n  act accept-contact\n"));
    for (size_t i = 0; i < count; i++) {
        text_add(out, STR("  with pupil\n"));
    }
    text_add(out, STR("  -> allowed\n```\n"));
}

static void bytes_of_a_file(void **state)
{
    (void)state;
    check_bound(make_bytes, LIMIT_POLICY_FILE_BYTES_MAX, "file-too-large");
}

static void lines_of_a_file(void **state)
{
    (void)state;
    check_bound(make_lines, LIMIT_POLICY_FILE_LINES_MAX, "file-too-large");
}

static void clauses_of_a_pack(void **state)
{
    (void)state;
    check_bound(make_clauses, LIMIT_POLICY_CLAUSES_MAX, "too-many-clauses");
}

static void rules_of_a_pack(void **state)
{
    (void)state;
    check_bound(make_rules, LIMIT_POLICY_RULES_MAX, "too-many-rules");
}

static void values_of_a_fact(void **state)
{
    (void)state;
    check_bound(make_values, LIMIT_POLICY_VALUES_MAX, "too-many-values");
}

static void thresholds_of_a_number(void **state)
{
    (void)state;
    check_bound(make_thresholds, LIMIT_POLICY_THRESHOLDS_MAX, "too-many-thresholds");
}

static void nesting_of_brackets(void **state)
{
    (void)state;
    check_bound(make_nesting, LIMIT_POLICY_NESTING_MAX, "too-deep");
}

static void people_of_an_example(void **state)
{
    (void)state;
    check_bound(make_people, LIMIT_POLICY_PEOPLE_MAX, "too-many-people");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_of_a_file),     cmocka_unit_test(lines_of_a_file),
        cmocka_unit_test(clauses_of_a_pack),   cmocka_unit_test(rules_of_a_pack),
        cmocka_unit_test(values_of_a_fact),    cmocka_unit_test(thresholds_of_a_number),
        cmocka_unit_test(nesting_of_brackets), cmocka_unit_test(people_of_an_example),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
