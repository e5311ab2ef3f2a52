/*
 * tests/store/store_test.c - what a store promises, on both engines.
 *
 * Read first: src/store/store.h, src/store/statement.h.
 */
#include "support/check.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/notes.h" /* made of notes.sql */
#include "store/statement.h"
#include "support/store_case.h"

static struct store_transaction *begin(struct store_case *test, enum store_mode mode)
{
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, mode, &transaction));
    return transaction;
}

static void note_write(struct store_case *test, int64_t id, const char *words)
{
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(
        note_add(transaction, (struct note_add_in){.id = id, .size = id, .note = str_from(words)}));
    check_ok(store_commit(transaction));
    store_end(transaction);
}

static struct str note_read(struct store_case *test, int64_t id)
{
    struct store_transaction *transaction = begin(test, STORE_READ);
    struct note_of_row row;
    bool is_there;
    check_ok(note_of(transaction, (struct note_of_in){id}, &is_there, &row));
    store_end(transaction);
    return is_there ? row.note : STR("(none)");
}

static void what_was_committed_is_there_after_opening_again(void **state)
{
    struct store_case *test = *state;
    note_write(test, 1, "kept");
    store_case_reopen(test);
    check_str(note_read(test, 1), "kept");
    assert_true(store_version(test->store) >= 5);
}

static void what_was_not_committed_is_not_there(void **state)
{
    struct store_case *test = *state;
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(note_add(transaction, (struct note_add_in){1, 1, STR("dropped")}));
    store_end(transaction);
    check_str(note_read(test, 1), "(none)");
    note_write(test, 1, "second");
    check_str(note_read(test, 1), "second");
}

static void a_reader_sees_one_moment(void **state)
{
    struct store_case *test = *state;
    note_write(test, 1, "before");
    struct store_transaction *reader = begin(test, STORE_READ);
    struct note_of_row row;
    bool is_there;
    check_ok(note_of(reader, (struct note_of_in){1}, &is_there, &row));
    struct store_transaction *writer = begin(test, STORE_WRITE);
    size_t changed = 0;
    check_ok(note_change(writer, (struct note_change_in){1, STR("after")}, &changed));
    assert_int_equal(changed, 1);
    check_ok(store_commit(writer));
    store_end(writer);
    check_ok(note_of(reader, (struct note_of_in){1}, &is_there, &row));
    check_str(row.note, "before");
    store_end(reader);
    check_str(note_read(test, 1), "after");
}

static void a_reader_cannot_write(void **state)
{
    struct store_case *test = *state;
    struct store_transaction *reader = begin(test, STORE_READ);
    size_t changed = 0;
    struct result written = note_change(reader, (struct note_change_in){1, STR("x")}, &changed);
    assert_false(result_is_ok(written));
    store_end(reader);
}

static void a_failed_statement_ends_the_transaction(void **state)
{
    struct store_case *test = *state;
    note_write(test, 1, "first");
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(note_add(transaction, (struct note_add_in){2, 2, STR("with it")}));
    struct result twice = note_add(transaction, (struct note_add_in){1, 9, STR("again")});
    struct note_of_row row;
    bool is_there;
    struct result later = note_of(transaction, (struct note_of_in){1}, &is_there, &row);
    check_fails(result_is_ok(twice) ? later : twice, RESULT_CODE_EXISTS);
    check_fails(store_commit(transaction), RESULT_CODE_EXISTS);
    store_end(transaction);
    check_str(note_read(test, 2), "(none)");
    note_write(test, 2, "the connection is of use again");
    check_str(note_read(test, 2), "the connection is of use again");
}

static void add_someone(struct store_transaction *transaction, int64_t id, struct str email)
{
    size_t changed;
    check_ok(someone_add(
        transaction, (struct someone_add_in){id, STR("Someone"), email, STORE_NO_DATE}, &changed));
}

static void constraints_answer_what_they_are(void **state)
{
    struct store_case *test = *state;
    static const struct {
        int64_t person, manager;
        enum result_code code;
    } cases[] = {{1, 2, RESULT_CODE_OK}, {1, 1, RESULT_CODE_INVALID}, {1, 99, RESULT_CODE_MISSING}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct store_transaction *transaction = begin(test, STORE_WRITE);
        add_someone(transaction, 1, STR("one@ashdownvale.example"));
        add_someone(transaction, 2, STR(""));
        size_t changed;
        check_fails(manager_add(transaction,
                                (struct manager_add_in){cases[i].person, cases[i].manager},
                                &changed),
                    cases[i].code);
        store_end(transaction);
    }
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    add_someone(transaction, 1, STR("one@ashdownvale.example"));
    size_t changed;
    check_fails(someone_add(transaction,
                            (struct someone_add_in){2, STR("Other"), STR("one@ashdownvale.example"),
                                                    STORE_NO_DATE},
                            &changed),
                RESULT_CODE_EXISTS);
    store_end(transaction);
}

static void nothing_is_told_from_the_first_day_of_1970(void **state)
{
    struct store_case *test = *state;
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    size_t changed;
    check_ok(someone_add(transaction,
                         (struct someone_add_in){1, STR("A"), STR(""), (struct civil_date){0}},
                         &changed));
    add_someone(transaction, 2, STR("b@ashdownvale.example"));
    struct someone_of_row row;
    bool is_there;
    check_ok(someone_of(transaction, (struct someone_of_in){1}, &is_there, &row));
    assert_int_equal(row.left_on.days, 0);
    assert_true(str_is_empty(row.email));
    check_ok(someone_of(transaction, (struct someone_of_in){2}, &is_there, &row));
    assert_false(store_date_is_given(row.left_on));
    check_str(row.email, "b@ashdownvale.example");
    store_end(transaction);
}

static void text_must_be_text(void **state)
{
    struct store_case *test = *state;
    static const char zero[] = "a\0b";
    const struct str wrong[] = {STR("\xff"), STR("\xc3"), {zero, 3}, STR("\xed\xa0\x80")};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct store_transaction *transaction = begin(test, STORE_WRITE);
        check_fails(note_add(transaction, (struct note_add_in){1, 1, wrong[i]}),
                    RESULT_CODE_INVALID);
        store_end(transaction);
    }
}

static void any_bytes_can_be_kept(void **state)
{
    struct store_case *test = *state;
    char bytes[1024];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(i * 7);
    }
    struct str lengths[] = {{bytes, 0}, {bytes, 1}, {bytes, sizeof bytes}};
    for (int64_t i = 0; i < 3; i++) {
        struct store_transaction *transaction = begin(test, STORE_WRITE);
        check_ok(tile_add(transaction, (struct tile_add_in){i, lengths[i]}));
        struct tile_of_row row;
        bool is_there;
        check_ok(tile_of(transaction, (struct tile_of_in){i}, &is_there, &row));
        assert_true(is_there && str_equal(row.hashes, lengths[i]));
        check_ok(store_commit(transaction));
        store_end(transaction);
    }
}

static void too_long_a_value_is_refused(void **state)
{
    struct store_case *test = *state;
    char *bytes = arena_alloc(test->arena, STORE_VALUE_BYTES_MAX + 1);
    memset(bytes, 'x', STORE_VALUE_BYTES_MAX + 1);
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(note_add(transaction, (struct note_add_in){1, 1, {bytes, STORE_VALUE_BYTES_MAX}}));
    struct note_of_row row;
    bool is_there;
    check_ok(note_of(transaction, (struct note_of_in){1}, &is_there, &row));
    assert_int_equal(row.note.len, STORE_VALUE_BYTES_MAX);
    check_fails(
        note_add(transaction, (struct note_add_in){2, 2, {bytes, STORE_VALUE_BYTES_MAX + 1}}),
        RESULT_CODE_LIMIT);
    store_end(transaction);
}

/* More at once than one pipeline holds, and more than one page of rows. */
static void many_rows_come_by_the_page(void **state)
{
    struct store_case *test = *state;
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    for (int64_t i = 1; i <= STORE_ROWS_MAX + 1; i++) {
        check_ok(note_add(transaction, (struct note_add_in){i, i, STR("n")}));
    }
    check_ok(store_commit(transaction));
    store_end(transaction);
    struct store_transaction *reader = begin(test, STORE_READ);
    struct notes_after_rows rows;
    check_ok(notes_after(reader, (struct notes_after_in){0, STORE_ROWS_MAX}, &rows));
    assert_int_equal(rows.count, STORE_ROWS_MAX);
    check_ok(notes_after(reader, (struct notes_after_in){rows.at[rows.count - 1].id, 10}, &rows));
    assert_int_equal(rows.count, 1);
    check_fails(notes_after(reader, (struct notes_after_in){0, STORE_ROWS_MAX + 1}, &rows),
                RESULT_CODE_LIMIT);
    store_end(reader);
}

static void text_is_ordered_by_its_bytes(void **state)
{
    struct store_case *test = *state;
    static const char *const words[] = {"a", "B", "\xc3\xa9", "Z", "b", "\xe2\x82\xac", "_"};
    static const char *const order[] = {"B", "Z", "_", "a", "b", "\xc3\xa9", "\xe2\x82\xac"};
    for (int64_t i = 0; i < 7; i++) {
        note_write(test, i + 1, words[i]);
    }
    struct store_transaction *reader = begin(test, STORE_READ);
    struct notes_by_text_rows rows;
    check_ok(notes_by_text(reader, &rows));
    for (size_t i = 0; i < 7; i++) {
        check_str(rows.at[i].note, order[i]);
    }
    store_end(reader);
}

struct adder {
    struct store *store;
    int64_t from;
    bool is_good;
};

#define ADDERS 6
#define ADDS 25

/* Reads the number that stands there and writes one more: nothing is lost if writers take turns. */
static void *add_some(void *context)
{
    struct adder *adder = context;
    adder->is_good = true;
    for (int64_t i = 0; i < ADDS; i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct store_transaction *transaction = NULL;
        struct note_of_row row;
        bool is_there;
        size_t changed = 0;
        int64_t number = 0;
        adder->is_good =
            adder->is_good &&
            result_is_ok(store_begin(adder->store, arena, STORE_WRITE, &transaction)) &&
            result_is_ok(note_of(transaction, (struct note_of_in){1}, &is_there, &row)) &&
            str_to_int(row.note, &number) &&
            result_is_ok(note_change(
                transaction,
                (struct note_change_in){1, str_format(arena, "%lld", (long long)number + 1)},
                &changed)) &&
            changed == 1 && result_is_ok(store_commit(transaction));
        if (transaction) {
            store_end(transaction);
        }
    }
    return NULL;
}

static void writers_take_turns(void **state)
{
    struct store_case *test = *state;
    note_write(test, 1, "0");
    struct store *second = NULL; /* as another program would have it */
    check_ok(store_open(test->arena, test->where, &second));
    pthread_t threads[ADDERS];
    struct adder adders[ADDERS];
    for (int64_t i = 0; i < ADDERS; i++) {
        adders[i] = (struct adder){i % 2 ? second : test->store, i, false};
        assert_int_equal(pthread_create(&threads[i], NULL, add_some, &adders[i]), 0);
    }
    for (size_t i = 0; i < ADDERS; i++) {
        pthread_join(threads[i], NULL);
        assert_true(adders[i].is_good);
    }
    store_close(second);
    check_str(note_read(test, 1), "150");
}

static void more_readers_than_connections_wait_for_each_other(void **state)
{
    struct store_case *test = *state;
    struct store_transaction *readers[STORE_READERS_MAX];
    for (size_t i = 0; i < STORE_READERS_MAX; i++) {
        readers[i] = begin(test, STORE_READ);
    }
    store_end(readers[0]);
    readers[0] = begin(test, STORE_READ);
    for (size_t i = 0; i < STORE_READERS_MAX; i++) {
        store_end(readers[i]);
    }
}

/* ---- SQLite alone ---------------------------------------------------------------------------- */

static void the_file_is_for_its_owner_alone(void **state)
{
    struct store_case *test = *state;
    struct stat info;
    assert_int_equal(stat(str_cstr(test->arena, test->where), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void a_file_of_another_program_is_left_alone(void **state)
{
    struct store_case *test = *state;
    struct str path = str_format(test->arena, STR_FMT "/other", STR_ARG(test->folder));
    FILE *file = fopen(str_cstr(test->arena, path), "w");
    fputs("This is a letter, not a database. It is long enough to have been one, though.", file);
    fclose(file);
    struct store *store = NULL;
    check_fails(store_open(test->arena, path, &store), RESULT_CODE_UNSUPPORTED);
    check_fails(store_open(test->arena, STR("/nowhere/at/all.db"), &store), RESULT_CODE_IO);
}

static void a_copy_is_whole_and_a_second_is_not_written_over_it(void **state)
{
    struct store_case *test = *state;
    note_write(test, 1, "kept");
    struct str path = str_format(test->arena, STR_FMT "/copy.db", STR_ARG(test->folder));
    check_ok(store_copy(test->store, test->arena, path));
    check_fails(store_copy(test->store, test->arena, path), RESULT_CODE_EXISTS);
    note_write(test, 1 + 1, "later");
    struct store_case copy = {.arena = test->arena, .where = path};
    check_ok(store_open(test->arena, path, &copy.store));
    check_str(note_read(&copy, 1), "kept");
    check_str(note_read(&copy, 2), "(none)");
    check_ok(store_check(copy.store, test->arena));
    store_close(copy.store);
}

static void damage_is_found(void **state)
{
    struct store_case *test = *state;
    for (int64_t i = 1; i < 400; i++) {
        note_write(test, i, "a note that takes some room on its page");
    }
    check_ok(store_check(test->store, test->arena));
    check_ok(store_tidy(test->store, test->arena));
    store_close(test->store);
    test->store = NULL;
    FILE *file = fopen(str_cstr(test->arena, test->where), "r+b");
    fseek(file, 0, SEEK_END);
    long end = ftell(file);
    for (long at = end - 4096; at < end - 3000; at++) {
        fseek(file, at, SEEK_SET);
        fputc(0x5a, file);
    }
    fclose(file);
    struct result opened = store_open(test->arena, test->where, &test->store);
    if (result_is_ok(opened)) {
        opened = store_check(test->store, test->arena);
    }
    check_fails(opened, RESULT_CODE_CORRUPT);
}

static void a_changed_migration_is_noticed(void **state)
{
    struct store_case *test = *state;
    store_close(test->store);
    test->store = NULL;
    struct str command = str_format(
        test->arena,
        "python3 -c \"import sqlite3; d = sqlite3.connect('" STR_FMT "');"
        "d.execute('UPDATE store_migration SET checksum = 7 WHERE number = 2'); d.commit()\"",
        STR_ARG(test->where));
    assert_int_equal(system(str_cstr(test->arena, command)), 0);
    check_fails(store_open(test->arena, test->where, &test->store), RESULT_CODE_CORRUPT);
}

static void a_newer_program_s_database_is_not_touched(void **state)
{
    struct store_case *test = *state;
    store_close(test->store);
    test->store = NULL;
    struct str command =
        str_format(test->arena,
                   "python3 -c \"import sqlite3; d = sqlite3.connect('" STR_FMT "');"
                   "d.execute('INSERT INTO store_migration VALUES (999, 7, 7, 7)'); d.commit()\"",
                   STR_ARG(test->where));
    assert_int_equal(system(str_cstr(test->arena, command)), 0);
    check_fails(store_open(test->arena, test->where, &test->store), RESULT_CODE_UNSUPPORTED);
}

static void who_looks_makes_and_changes_nothing(void **state)
{
    struct store_case *test = *state;
    struct store *seen = NULL;
    struct str nowhere = str_format(test->arena, STR_FMT "/none.db", STR_ARG(test->folder));
    check_fails(store_look(test->arena, nowhere, &seen), RESULT_CODE_MISSING);
    assert_int_equal(access(str_cstr(test->arena, nowhere), F_OK), -1);
    struct str other = str_format(test->arena, STR_FMT "/other.db", STR_ARG(test->folder));
    struct str command = str_format(test->arena,
                                    "python3 -c \"import sqlite3; d = sqlite3.connect('" STR_FMT
                                    "'); d.execute('CREATE TABLE a (b)'); d.commit()\"",
                                    STR_ARG(other));
    assert_int_equal(system(str_cstr(test->arena, command)), 0);
    check_fails(store_look(test->arena, other, &seen), RESULT_CODE_UNSUPPORTED);
    check_ok(store_look(test->arena, test->where, &seen));
    assert_int_equal(store_version(seen), store_version(test->store));
    store_close(seen);
}

static void alone_is_who_has_the_file_for_itself(void **state)
{
    struct store_case *test = *state;
    note_write(test, 1, "kept");
    struct store *second = NULL;
    check_ok(store_look(test->arena, test->where, &second));
    check_fails(store_be_alone(second, test->arena), RESULT_CODE_BUSY);
    store_close(test->store);
    test->store = NULL;
    check_ok(store_be_alone(second, test->arena));
    struct str log = str_format(test->arena, STR_FMT "-wal", STR_ARG(test->where));
    assert_int_equal(access(str_cstr(test->arena, log), F_OK), -1);
    store_close(second);
    check_ok(store_open(test->arena, test->where, &test->store));
    check_str(note_read(test, 1), "kept");
}

static void a_value_of_another_kind_is_damage(void **state)
{
    struct store_case *test = *state;
    note_write(test, 1, "a note");
    store_close(test->store);
    test->store = NULL;
    /* The kind of a value stands in one byte before it: text of 6 bytes is 25, bytes are 24. */
    struct str command =
        str_format(test->arena,
                   "python3 -c \"p = '" STR_FMT "'; b = bytearray(open(p, 'rb').read());"
                   "i = b.find(b'a note'); j = b.rfind(bytes([25]), 0, i);"
                   "assert i - j < 9; b[j] = 24; open(p, 'wb').write(b)\"",
                   STR_ARG(test->where));
    assert_int_equal(system(str_cstr(test->arena, command)), 0);
    check_ok(store_open(test->arena, test->where, &test->store));
    struct store_transaction *reader = begin(test, STORE_READ);
    struct note_of_row row;
    bool is_there;
    check_fails(note_of(reader, (struct note_of_in){1}, &is_there, &row), RESULT_CODE_CORRUPT);
    store_end(reader);
}

/* ---- PostgreSQL alone ------------------------------------------------------------------------ */

static void a_database_that_does_not_answer_is_said_to(void **state)
{
    struct store_case *test = *state;
    struct store *store = NULL;
    check_fails(store_open(test->arena, STR("postgresql://handrail@127.0.0.1:1/none"), &store),
                RESULT_CODE_IO);
    struct str cluster = str_from(getenv("HANDRAIL_TEST_POSTGRESQL"));
    size_t at = str_find(cluster, STR("/postgres?"));
    struct str none =
        str_format(test->arena, STR_FMT "/none" STR_FMT, STR_ARG(str_slice(cluster, 0, at)),
                   STR_ARG(str_slice(cluster, at + 9, cluster.len)));
    check_fails(store_open(test->arena, none, &store), RESULT_CODE_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(what_was_committed_is_there_after_opening_again),
        STORE_CASE(what_was_not_committed_is_not_there),
        STORE_CASE(a_reader_sees_one_moment),
        STORE_CASE(a_reader_cannot_write),
        STORE_CASE(a_failed_statement_ends_the_transaction),
        STORE_CASE(constraints_answer_what_they_are),
        STORE_CASE(nothing_is_told_from_the_first_day_of_1970),
        STORE_CASE(text_must_be_text),
        STORE_CASE(any_bytes_can_be_kept),
        STORE_CASE(too_long_a_value_is_refused),
        STORE_CASE(many_rows_come_by_the_page),
        STORE_CASE(text_is_ordered_by_its_bytes),
        STORE_CASE(writers_take_turns),
        STORE_CASE(more_readers_than_connections_wait_for_each_other),
        STORE_CASE_ON(the_file_is_for_its_owner_alone, SQLITE),
        STORE_CASE_ON(a_file_of_another_program_is_left_alone, SQLITE),
        STORE_CASE_ON(a_copy_is_whole_and_a_second_is_not_written_over_it, SQLITE),
        STORE_CASE_ON(damage_is_found, SQLITE),
        STORE_CASE_ON(a_changed_migration_is_noticed, SQLITE),
        STORE_CASE_ON(a_newer_program_s_database_is_not_touched, SQLITE),
        STORE_CASE_ON(who_looks_makes_and_changes_nothing, SQLITE),
        STORE_CASE_ON(alone_is_who_has_the_file_for_itself, SQLITE),
        STORE_CASE_ON(a_value_of_another_kind_is_damage, SQLITE),
        STORE_CASE_ON(a_database_that_does_not_answer_is_said_to, POSTGRESQL),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
