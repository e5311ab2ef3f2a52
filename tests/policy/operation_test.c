/*
 * tests/policy/operation_test.c - the table of operation statements is that of the specification.
 *
 * Read first: src/policy/operation.h; docs/policy-language.md, section 8.
 */
#include "support/check.h"

#include "cases.h"
#include "policy/operation.h"

/* How the specification writes what a field holds. */
static const char *const notations[OPERATION_TYPE_COUNT] = {
    [OPERATION_TEXT] = " \"\xE2\x80\xA6\"",
    [OPERATION_NAMES] = " NAMES",
    [OPERATION_ROLES] = " ROLES",
    [OPERATION_ACTS] = " ACTS",
    [OPERATION_KEYS] = " KEYS",
    [OPERATION_KEPT] = " KEPT",
    [OPERATION_DURATION] = " DURATION",
    [OPERATION_DATE] = " DATE",
    [OPERATION_NUMBER] = " N",
    [OPERATION_NUMBER_TEXT] = " N \"\xE2\x80\xA6\"",
    [OPERATION_CONDITION] = " CONDITION",
    [OPERATION_FLAG] = "",
};

static struct str field_notation(struct arena *arena, const struct operation_field *field)
{
    return str_format(arena, "`" STR_FMT "%s%s%s`", STR_ARG(field->name), notations[field->type],
                      field->is_repeatable ? "*" : "", field->is_required ? "!" : "");
}

/* The row of a kind in the specification, from its name on. */
static struct str row_of(struct arena *arena, struct str page, struct str kind)
{
    struct str row, begin = str_format(arena, "\n| `" STR_FMT "` | `", STR_ARG(kind));
    size_t at = str_find(page, begin);
    if (at == STR_NONE) {
        print_error("section 8 has no row for " STR_FMT "\n", STR_ARG(kind));
        fail();
    }
    (void)str_cut(str_slice(page, at + 1, page.len), '\n', &row, NULL);
    return row;
}

static size_t count_fields(struct str row)
{
    size_t ticks = 0;
    for (size_t i = 0; i < row.len; i++) {
        ticks += row.at[i] == '`';
    }
    return ticks / 2 - 1;
}

static void the_table_is_that_of_the_specification(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str page;
    size_t count;
    const struct operation_kind *kinds = operation_kinds(&count);
    assert_true(cases_read_file(arena, "docs/policy-language.md", &page));
    page = str_slice(page, str_find(page, STR("\n## 8.")), page.len);
    for (size_t i = 0; i < count; i++) {
        struct str row = row_of(arena, page, kinds[i].name);
        assert_int_equal(count_fields(row), kinds[i].field_count);
        for (size_t j = 0; j < kinds[i].field_count; j++) {
            struct str notation = field_notation(arena, &kinds[i].fields[j]);
            if (str_find(row, notation) == STR_NONE) {
                print_error("no " STR_FMT " in " STR_FMT "\n", STR_ARG(notation), STR_ARG(row));
                fail();
            }
        }
        assert_true(str_find(row, kinds[i].module) != STR_NONE);
    }
}

static void kinds_and_fields_are_found(void **state)
{
    (void)state;
    const struct operation_kind *duty = operation_kind_find(STR("duty"));
    assert_non_null(duty);
    assert_non_null(operation_field_find(duty, STR("who")));
    assert_null(operation_field_find(duty, STR("whom")));
    assert_null(operation_kind_find(STR("duties")));
    assert_null(operation_kind_find(STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_that_of_the_specification),
        cmocka_unit_test(kinds_and_fields_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
