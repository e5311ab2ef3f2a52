/*
 * tests/store/transfer_test.c - everything out of a store, and into another.
 *
 * Read first: src/store/transfer.h.
 */
#include "support/check.h"

#include <stdlib.h>

#include "store/notes.h" /* made of notes.sql */
#include "store/transfer.h"
#include "support/store_case.h"

/* A person with awkward words, and bytes of all kinds. */
static void fill(struct store_case *test)
{
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_WRITE, &transaction));
    size_t changed;
    check_ok(someone_add(transaction,
                         (struct someone_add_in){1, STR("=cmd \"quoted\", \xc3\xa9\nnext line"),
                                                 STR(""), STORE_NO_DATE},
                         &changed));
    check_ok(someone_add(transaction,
                         (struct someone_add_in){2, STR("hex:00"), STR("b@ashdownvale.example"),
                                                 (struct civil_date){0}},
                         &changed));
    check_ok(manager_add(transaction, (struct manager_add_in){1, 2}, &changed));
    char bytes[256];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)i;
    }
    check_ok(tile_add(transaction, (struct tile_add_in){1, {bytes, 0}}));
    for (int64_t i = 2; i < 2500; i++) {
        check_ok(tile_add(transaction, (struct tile_add_in){i, {bytes, sizeof bytes}}));
    }
    check_ok(store_commit(transaction));
    store_end(transaction);
}

static struct str written(struct store_case *test, struct store *store)
{
    char *bytes = NULL;
    size_t count = 0;
    FILE *out = open_memstream(&bytes, &count);
    check_ok(transfer_write(store, test->arena, out, (struct transfer_progress){0}));
    fclose(out);
    struct str copy = str_copy(test->arena, (struct str){bytes, count});
    free(bytes);
    return copy;
}

MUST_USE static struct result read_in(struct store_case *test, struct store *store, struct str text)
{
    FILE *in = fmemopen((void *)(uintptr_t)text.at, text.len, "r");
    struct result read = transfer_read(store, test->arena, in, (struct transfer_progress){0});
    fclose(in);
    return read;
}

static void all_goes_over_and_back_the_same(void **state)
{
    struct store_case *test = *state;
    fill(test);
    struct str text = written(test, test->store);
    struct str path = str_format(test->arena, STR_FMT "/second.db", STR_ARG(test->folder));
    struct store *second = NULL;
    check_ok(store_open(test->arena, path, &second));
    check_ok(read_in(test, second, text));
    assert_true(str_equal(text, written(test, second)));
    check_fails(read_in(test, second, text), RESULT_CODE_EXISTS);
    store_close(second);
}

static void a_file_that_is_not_whole_changes_nothing(void **state)
{
    struct store_case *test = *state;
    struct str empty = written(test, test->store);
    fill(test);
    struct str text = written(test, test->store);
    struct store_case other = {.arena = test->arena};
    struct str path = str_format(test->arena, STR_FMT "/third.db", STR_ARG(test->folder));
    check_ok(store_open(test->arena, path, &other.store));
    size_t last = text.len - 2;
    while (text.at[last] != '\n') {
        last--;
    }
    const struct str wrong[] = {str_slice(text, 0, last + 1), str_slice(text, 0, text.len / 2),
                                STR("not JSON\n"), STR("")};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        check_fails(read_in(test, other.store, wrong[i]), RESULT_CODE_INVALID);
    }
    check_fails(read_in(test, other.store, STR("{\"handrail\":\"records\",\"tables\":999}\n")),
                RESULT_CODE_UNSUPPORTED);
    assert_true(str_equal(empty, written(test, other.store)));
    store_close(other.store);
}

/* /dev/full takes what fits the buffer, and fails when that is to be written. */
static void a_full_disk_is_said(void **state)
{
    struct store_case *test = *state;
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    check_fails(transfer_write(test->store, test->arena, full, (struct transfer_progress){0}),
                RESULT_CODE_IO);
    check_fails(transfer_write_csv(test->store, test->arena, STR("person"), full), RESULT_CODE_IO);
    fclose(full);
}

static void csv_holds_no_formulas(void **state)
{
    struct store_case *test = *state;
    fill(test);
    char *bytes = NULL;
    size_t count = 0;
    FILE *out = open_memstream(&bytes, &count);
    check_ok(transfer_write_csv(test->store, test->arena, STR("person"), out));
    check_fails(transfer_write_csv(test->store, test->arena, STR("nothing"), out),
                RESULT_CODE_MISSING);
    fclose(out);
    struct str text = {bytes, count};
    assert_true(str_starts(text, STR("id,name,sort_name,")));
    assert_true(str_find(text, STR("\"'=cmd \"\"quoted\"\", \xc3\xa9\nnext line\"")) != STR_NONE);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(all_goes_over_and_back_the_same),
        STORE_CASE(a_file_that_is_not_whole_changes_nothing),
        STORE_CASE(a_full_disk_is_said),
        STORE_CASE(csv_holds_no_formulas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
