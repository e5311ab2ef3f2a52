/*
 * tests/base/csv_test.c - files of cells: read, refused by line and place, and written.
 *
 * Read first: src/base/csv.h. tests/screen/roll_test.c and tests/import/people_test.c show what
 * offices are told.
 */
#include "support/check.h"

#include "base/arena.h"
#include "base/csv.h"

/* "line: [cell][cell]", or the outcome and the column of what is wrong, a line each. */
static void check_csv(struct str text, const char *expected)
{
    static const char *const names[CSV_OUTCOME_COUNT] = {
        "", "end", "too long", "unclosed", "stray", "not UTF-8", "control", "too many"};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct csv *csv = ARENA_NEW(arena, struct csv);
    struct text out = {.arena = arena};
    csv_open(csv, text);
    for (enum csv_outcome got; (got = csv_next(csv)) != CSV_END;) {
        text_addf(&out, "%u:", csv->line);
        for (size_t i = 0; got == CSV_CELLS && i < csv->count; i++) {
            text_addf(&out, "[" STR_FMT "]", STR_ARG(csv->cells[i].text));
        }
        if (got != CSV_CELLS) {
            text_addf(&out, " %s at %u", names[got], csv_column(csv, csv->fault));
        }
        text_add_char(&out, '\n');
    }
    check_str(text_str(&out), expected);
}

static void dividers_and_ends_of_lines(void **state)
{
    (void)state;
    check_csv(STR("a,b\r\nc,d\ne,f\rg,"), "1:[a][b]\n2:[c][d]\n3:[e][f]\n4:[g][]\n");
    check_csv(STR("a;b;c,d\n1;2;3\n"), "1:[a][b][c,d]\n2:[1][2][3]\n");
    check_csv(STR("a\tb\n1\t2\n"), "1:[a][b]\n2:[1][2]\n");
    check_csv(STR("sep=|\na|b\n"), "2:[a][b]\n");
    check_csv(STR("\xEF\xBB\xBF a , b\n"), "1:[a][b]\n");
    check_csv(STR("a\n\nb\n"), "1:[a]\n2:\n3:[b]\n");
    check_csv(STR(""), "");
}

static void quotation_marks(void **state)
{
    (void)state;
    check_csv(STR("\"a,b\",\"say \"\"so\"\"\"\n"), "1:[a,b][say \"so\"]\n");
    check_csv(STR("\"a\nb\",c\nd,e\n"), "1:[a\nb][c]\n3:[d][e]\n");
    check_csv(STR("a,\"b\nc,d\n"), "1: unclosed at 3\n2:[c][d]\n");
    check_csv(STR("a,\"b\"c\nd,e\n"), "1: stray at 6\n2:[d][e]\n");
}

static void what_is_no_text(void **state)
{
    (void)state;
    check_csv(STR("\xC3\xA9,\xE9\nb,c\n"), "1: not UTF-8 at 3\n2:[b][c]\n");
    check_csv(STR("a,\x01\nb,c\n"), "1: control at 3\n2:[b][c]\n");
}

static void limits(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct csv *csv = ARENA_NEW(arena, struct csv);
    for (size_t extra = 0; extra < 2; extra++) {
        char *line = arena_alloc(arena, LIMIT_CSV_LINE_BYTES_MAX + extra + 1);
        memset(line, 'x', LIMIT_CSV_LINE_BYTES_MAX + extra);
        line[LIMIT_CSV_LINE_BYTES_MAX + extra] = '\n';
        csv_open(csv, (struct str){line, LIMIT_CSV_LINE_BYTES_MAX + extra + 1});
        assert_int_equal(csv_next(csv), extra ? CSV_TOO_LONG : CSV_CELLS);
        char *cells = arena_alloc(arena, LIMIT_CSV_CELLS_MAX + extra);
        memset(cells, ',', LIMIT_CSV_CELLS_MAX + extra);
        csv_open(csv, (struct str){cells, LIMIT_CSV_CELLS_MAX - 1 + extra});
        assert_int_equal(csv_next(csv), extra ? CSV_TOO_MANY : CSV_CELLS);
    }
}

static void check_written(const char *cell, const char *expected)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text out = {.arena = arena};
    csv_add_cell(&out, str_from(cell));
    check_str(text_str(&out), expected);
}

static void what_is_written(void **state)
{
    (void)state;
    check_written("Zofia", "Zofia");
    check_written("Nowak, \"Zo\"", "\"Nowak, \"\"Zo\"\"\"");
    check_written("two\nlines", "\"two\nlines\"");
    check_written(" blank", "\" blank\"");
    check_written("", "");
}

static void formulae_are_written_as_text(void **state)
{
    (void)state;
    check_written("=1+1", "'=1+1");
    check_written("@SUM(A1)", "'@SUM(A1)");
    check_written("+44", "'+44");
    check_written("-2, or more", "\"'-2, or more\"");
    check_written("\t=1", "\"'\t=1\"");
    check_written("-", "-");
    check_written("a=1", "a=1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dividers_and_ends_of_lines),
        cmocka_unit_test(quotation_marks),
        cmocka_unit_test(what_is_no_text),
        cmocka_unit_test(limits),
        cmocka_unit_test(what_is_written),
        cmocka_unit_test(formulae_are_written_as_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
