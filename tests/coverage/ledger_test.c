/*
 * tests/coverage/ledger_test.c - reading a ledger: columns by their titles, rows, tokens, bounds.
 */
#include "support/check.h"

#include "base/arena.h"
#include "coverage/coverage.h"

#define HEAD                                                                                       \
    "id\twhere\tthe policy says (in our words)\tstrength\tput into operation by\t"                 \
    "what must be seen to work\n"

static struct coverage_ledger ledger_of(struct arena *arena, struct str text,
                                        struct diag_list *diags)
{
    struct coverage_ledger ledger = {0};
    *diags = diag_list_new(arena);
    coverage_ledger_read(arena, STR("ledger.tsv"), text, &ledger, diags);
    return ledger;
}

static void a_row_has_its_columns(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags;
    struct coverage_ledger ledger = ledger_of(
        arena, STR(HEAD "A-1\tpart 1\tno pupils\tmust\trule, clock ,, screening\tit says no\n"),
        &diags);
    assert_int_equal(diags.count, 0);
    assert_int_equal(ledger.count, 1);
    check_str(ledger.file, "ledger.tsv");
    const struct coverage_row *row = &ledger.rows[0];
    assert_int_equal(row->line, 2);
    check_str(row->id, "A-1");
    check_str(row->where, "part 1");
    check_str(row->says, "no pupils");
    check_str(row->strength, "must");
    check_str(row->seen, "it says no");
    assert_int_equal(row->token_count, 3);
    check_str(row->tokens[0], "rule");
    check_str(row->tokens[1], "clock");
    check_str(row->tokens[2], "screening");
}

static void columns_are_found_by_their_titles(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags;
    struct coverage_ledger ledger =
        ledger_of(arena, STR("strength\tput into operation by\tid\nmust\ttext\tA-1"), &diags);
    assert_int_equal(ledger.count, 1);
    check_str(ledger.rows[0].id, "A-1");
    check_str(ledger.rows[0].strength, "must");
    check_str(ledger.rows[0].tokens[0], "text");
    check_str(ledger.rows[0].says, "");
}

static void empty_and_short_lines_do_no_harm(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags;
    struct coverage_ledger ledger = ledger_of(arena, STR(HEAD "\n  \r\nA-1\n\nA-2\tx\r\n"), &diags);
    assert_int_equal(diags.count, 0);
    assert_int_equal(ledger.count, 2);
    assert_int_equal(ledger.rows[0].line, 4);
    assert_int_equal(ledger.rows[1].line, 6);
    check_str(ledger.rows[1].where, "x");
    assert_int_equal(ledger.rows[1].token_count, 0);
}

static void other_files_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "\n", "name\tvalue\n1\t2\n", "Id\n1\n"};
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct diag_list diags;
        struct coverage_ledger ledger = ledger_of(arena, str_from(texts[i]), &diags);
        assert_int_equal(diag_error_count(&diags), 1);
        check_str(diags.items[0].code, "ledger-columns");
        assert_int_equal(ledger.count, 0);
        check_str(ledger.file, "");
    }
}

/* Tokens and rows at their bounds, and one past them. */
static void bounds_hold(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t extra = 0; extra <= 1; extra++) {
        struct text text = {.arena = arena};
        text_add(&text, STR("put into operation by\tid\n"));
        for (size_t i = 0; i < COVERAGE_TOKENS_MAX + extra; i++) {
            text_addf(&text, "%st%zu", i > 0 ? "," : "", i);
        }
        text_add(&text, STR("\tA-0\n"));
        for (size_t i = 1; i < COVERAGE_ROWS_MAX + extra; i++) {
            text_addf(&text, "\tA-%zu\n", i);
        }
        struct diag_list diags;
        struct coverage_ledger ledger = ledger_of(arena, text_str(&text), &diags);
        assert_int_equal(ledger.count, COVERAGE_ROWS_MAX);
        assert_int_equal(ledger.rows[0].token_count, COVERAGE_TOKENS_MAX);
        assert_int_equal(diag_error_count(&diags), extra);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_has_its_columns),
        cmocka_unit_test(columns_are_found_by_their_titles),
        cmocka_unit_test(empty_and_short_lines_do_no_harm),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(bounds_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
