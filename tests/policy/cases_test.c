/*
 * tests/policy/cases_test.c - good and bad policies, and the list of diagnostics.
 *
 * A bad case is bad/NAME.md with bad/NAME.expect: one line for each diagnostic,
 * "LINE:COLUMN: severity: [code]" and perhaps words of its message or hint. All of them must come,
 * in this order, and no other.
 *
 * A good case is good/NAME.md. It has no diagnostics. Formatting it gives good/NAME.formatted, or
 * itself where there is no such file; formatting that changes nothing, and reading it gives the
 * same tree. Where there is good/NAME.tree, the tree is that (tests/policy/dump.h).
 */
#include "support/check.h"

#include "cases.h"
#include "dump.h"
#include "policy/problem_int.h"

#include <stdio.h>

/* ---- Bad policies ---------------------------------------------------------------------------- */

/* The line of a rendering without and with message and hint must fit the line that is expected. */
static bool is_expected(struct str expected, struct str line, struct str with_hints)
{
    if (!str_starts(expected, line)) {
        return false;
    }
    struct str words = str_trim(str_slice(expected, line.len, expected.len));
    return str_find(with_hints, words) != STR_NONE;
}

/* A bad policy is formatted where only names are wrong, and refused where it could not be read. */
static void check_bad_format(struct arena *arena, const char *name)
{
    struct str source;
    struct diag_list diags = diag_list_new(arena), again = diag_list_new(arena);
    struct text once = {.arena = arena}, twice = {.arena = arena};
    assert_true(cases_read_file(arena, cases_path(arena, CASES_BAD, name, ".md"), &source));
    bool is_formatted = policy_format(arena, STR("source"), source, &once, &diags);
    assert_int_equal(is_formatted, diag_error_count(&diags) == 0);
    if (is_formatted) {
        assert_true(policy_format(arena, STR("formatted"), text_str(&once), &twice, &again));
        check_str(text_str(&twice), str_cstr(arena, text_str(&once)));
    } else {
        assert_int_equal(once.len, 0);
    }
}

static void bad_case(void **state)
{
    const char *name = *state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = cases_check(arena, CASES_BAD, name, NULL);
    struct str actual = cases_render(arena, &diags, name, false);
    struct str hinted = cases_render(arena, &diags, name, true);
    struct str expected = {0}, all = hinted;
    bool is_good = cases_read_file(arena, cases_path(arena, CASES_BAD, name, ".expect"), &expected);
    struct str line, hint, want;
    while (is_good && (actual.len > 0 || expected.len > 0)) {
        (void)str_cut(actual, '\n', &line, &actual);
        (void)str_cut(hinted, '\n', &hint, &hinted);
        (void)str_cut(expected, '\n', &want, &expected);
        is_good = line.len > 0 && is_expected(want, line, hint);
    }
    if (!is_good) {
        print_error("%s/%s.md gives:\n" STR_FMT, CASES_BAD, name, STR_ARG(all));
    }
    assert_true(is_good);
    check_bad_format(arena, name);
}

/* ---- Good policies --------------------------------------------------------------------------- */

static void check_tree(struct arena *arena, const char *name, struct str tree)
{
    struct str expected;
    if (cases_read_file(arena, cases_path(arena, CASES_GOOD, name, ".tree"), &expected)) {
        check_str(tree, str_cstr(arena, expected));
    }
}

static void check_format(struct arena *arena, const char *name, struct str tree)
{
    struct diag_list diags = diag_list_new(arena);
    struct str source, expected;
    struct text once = {.arena = arena}, twice = {.arena = arena};
    assert_true(cases_read_file(arena, cases_path(arena, CASES_GOOD, name, ".md"), &source));
    if (!cases_read_file(arena, cases_path(arena, CASES_GOOD, name, ".formatted"), &expected)) {
        expected = source;
    }
    assert_true(policy_format(arena, STR("source"), source, &once, &diags));
    check_str(text_str(&once), str_cstr(arena, expected));
    assert_true(policy_format(arena, STR("formatted"), text_str(&once), &twice, &diags));
    check_str(text_str(&twice), str_cstr(arena, text_str(&once)));
    const struct policy_document *again =
        policy_read(arena, STR("formatted"), text_str(&once), &diags);
    check_str(dump_document(arena, again), str_cstr(arena, tree));
}

static void good_case(void **state)
{
    const char *name = *state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    struct str source;
    assert_true(cases_read_file(arena, cases_path(arena, CASES_GOOD, name, ".md"), &source));
    struct str tree = dump_document(arena, policy_read(arena, STR("source"), source, &diags));
    diags = cases_check(arena, CASES_GOOD, name, NULL);
    check_str(cases_render(arena, &diags, name, true), "");
    check_tree(arena, name, tree);
    check_format(arena, name, tree);
}

/* ---- The list of diagnostics ----------------------------------------------------------------- */

/* Codes that need a larger policy than one wants to keep; tests/policy/limits_test.c makes them. */
static bool is_of_limits(enum problem problem)
{
    return problem == PROBLEM_FILE_TOO_LARGE || problem == PROBLEM_TOO_MANY_CLAUSES ||
           problem == PROBLEM_TOO_MANY_RULES;
}

static struct str all_expectations(struct arena *arena)
{
    size_t count;
    const char **names = cases_list(arena, CASES_BAD, &count);
    struct text out = {.arena = arena};
    struct str expected;
    for (size_t i = 0; i < count; i++) {
        if (cases_read_file(arena, cases_path(arena, CASES_BAD, names[i], ".expect"), &expected)) {
            text_add(&out, expected);
        }
    }
    return text_str(&out);
}

static void every_code_has_a_bad_case(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str expected = all_expectations(arena);
    for (size_t i = 0; i < PROBLEM_COUNT; i++) {
        struct str code = problem_row((enum problem)i)->code;
        struct str wanted = str_format(arena, "[" STR_FMT "]", STR_ARG(code));
        if (!is_of_limits((enum problem)i) && str_find(expected, wanted) == STR_NONE) {
            print_error("no bad case has the code " STR_FMT "\n", STR_ARG(code));
            fail();
        }
    }
}

static void every_code_is_explained(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str page, line;
    size_t rows = 0;
    assert_true(cases_read_file(arena, "docs/diagnostics.md", &page));
    for (size_t i = 0; i < PROBLEM_COUNT; i++) {
        const struct problem_row *row = problem_row((enum problem)i);
        struct str wanted =
            str_format(arena, "\n| `" STR_FMT "` | " STR_FMT " |", STR_ARG(row->code),
                       STR_ARG(diag_severity_name(row->severity)));
        if (str_find(page, wanted) == STR_NONE) {
            print_error("docs/diagnostics.md has no row for " STR_FMT "\n", STR_ARG(row->code));
            fail();
        }
    }
    while (str_cut(page, '\n', &line, &page)) {
        rows += str_starts(line, STR("| `"));
    }
    assert_int_equal(rows, PROBLEM_COUNT);
}

/* ---- All ------------------------------------------------------------------------------------- */

static void add_cases(struct arena *arena, const char *folder, CMUnitTestFunction function,
                      struct CMUnitTest *tests, size_t *count)
{
    size_t names_count;
    const char **names = cases_list(arena, folder, &names_count);
    for (size_t i = 0; i < names_count; i++) {
        tests[(*count)++] = (struct CMUnitTest){cases_path(arena, folder, names[i], ""), function,
                                                NULL, NULL, str_cstr(arena, str_from(names[i]))};
    }
}

/* "cases_test NAME" prints what a bad case gives, in the form of NAME.expect. */
static int show(const char *name)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = cases_check(arena, CASES_BAD, name, NULL);
    struct str lines = cases_render(arena, &diags, name, true);
    return printf(STR_FMT, STR_ARG(lines)) < 0;
}

int main(int count, char **arguments)
{
    if (count == 2) {
        return show(arguments[1]);
    }
    DEFER(arena_close) struct arena *arena = arena_open();
    struct CMUnitTest *tests = ARENA_ARRAY(arena, struct CMUnitTest, 2048);
    size_t tests_count = 0;
    add_cases(arena, CASES_BAD, bad_case, tests, &tests_count);
    add_cases(arena, CASES_GOOD, good_case, tests, &tests_count);
    tests[tests_count++] = (struct CMUnitTest)cmocka_unit_test(every_code_has_a_bad_case);
    tests[tests_count++] = (struct CMUnitTest)cmocka_unit_test(every_code_is_explained);
    return _cmocka_run_group_tests("policy/cases", tests, tests_count, NULL, NULL);
}
