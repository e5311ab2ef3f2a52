/*
 * tests/shelf/files_test.c - names of files, and whole files in and out.
 *
 * Read first: src/shelf/files.h.
 */
#include "support/check.h"

#include "shelf/files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A new empty folder, taken away by folder_close(). */
static struct str folder_open(struct arena *arena)
{
    char *name = str_cstr(arena, STR("/tmp/handrail-files-XXXXXX"));
    assert_non_null(mkdtemp(name));
    return str_from(name);
}

static void folder_close(struct arena *arena, struct str folder)
{
    struct shelf_names names;
    if (result_is_ok(shelf_folder_list(arena, folder, &names)))
        for (size_t i = 0; i < names.count; i++)
            (void)unlink(str_cstr(arena, shelf_path_join(arena, folder, names.at[i])));
    assert_int_equal(rmdir(str_cstr(arena, folder)), 0);
}

static void names_are_joined_and_taken_apart(void **state)
{
    (void)state;
    static const struct {
        const char *path, *folder, *last;
    } cases[] = {
        {"a/b", "a", "b"},     {"a/b/", "a", "b"}, {"a//b", "a", "b"},
        {"b", ".", "b"},       {"/b", "/", "b"},   {"/", "/", ""},
        {"a/b/c", "a/b", "c"}, {"./b", ".", "b"},  {"b/", ".", "b"},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_str(shelf_path_folder(str_from(cases[i].path)), cases[i].folder);
        check_str(shelf_path_last(str_from(cases[i].path)), cases[i].last);
    }
    check_str(shelf_path_join(arena, STR("a"), STR("b")), "a/b");
    check_str(shelf_path_join(arena, STR("a/"), STR("b")), "a/b");
    check_str(shelf_path_join(arena, STR("/"), STR("b")), "/b");
    check_str(shelf_path_join(arena, STR("."), STR("b")), "b");
    check_str(shelf_path_join(arena, STR(""), STR("b")), "b");
}

static void paths_are_made_plain(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(shelf_path_plain(arena, STR("./tests/../tests/shelf/")), "tests/shelf");
    check_str(shelf_path_plain(arena, STR(".")), ".");
    check_str(shelf_path_plain(arena, STR("/")), "/");
    check_str(shelf_path_plain(arena, STR("not/there")), "not/there");
    struct str here = shelf_path_absolute(arena, STR("."));
    assert_true(str_starts(here, STR("/")));
    check_str(shelf_path_plain(arena, shelf_path_join(arena, here, STR("tests"))), "tests");
}

static void files_and_folders_are_told_apart(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    assert_true(shelf_file_exists(arena, STR("meson.build")));
    assert_false(shelf_folder_exists(arena, STR("meson.build")));
    assert_true(shelf_folder_exists(arena, STR("tests")));
    assert_false(shelf_file_exists(arena, STR("tests")));
    assert_false(shelf_file_exists(arena, STR("not-there")));
    assert_false(shelf_folder_exists(arena, STR("not-there")));
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str folder = folder_open(arena), text;
    struct str file = shelf_path_join(arena, folder, STR("one.txt"));
    struct str bytes = {"a\0b\n", 4};
    assert_true(result_is_ok(shelf_file_write(arena, file, bytes)));
    assert_true(result_is_ok(shelf_file_read(arena, file, 100, &text)));
    assert_true(str_equal(text, bytes));
    assert_int_equal(chmod(str_cstr(arena, file), 0640), 0);
    assert_true(result_is_ok(shelf_file_write(arena, file, STR(""))));
    assert_true(result_is_ok(shelf_file_read(arena, file, 100, &text)));
    assert_int_equal(text.len, 0);
    struct stat status;
    assert_int_equal(stat(str_cstr(arena, file), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
    struct shelf_names names;
    assert_true(result_is_ok(shelf_folder_list(arena, folder, &names)));
    assert_int_equal(names.count, 1); /* nothing is left beside it */
    folder_close(arena, folder);
}

static void so_many_bytes_and_no_more(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str folder = folder_open(arena), text;
    struct str file = shelf_path_join(arena, folder, STR("large"));
    size_t size = (size_t)300 * 1024;
    char *bytes = arena_alloc(arena, size);
    memset(bytes, 'x', size);
    assert_true(result_is_ok(shelf_file_write(arena, file, (struct str){bytes, size})));
    assert_true(result_is_ok(shelf_file_read(arena, file, size, &text)));
    assert_true(str_equal(text, (struct str){bytes, size}));
    struct result result = shelf_file_read(arena, file, size - 1, &text);
    assert_int_equal(result.code, RESULT_CODE_LIMIT);
    check_str(result.detail, str_cstr(arena, file));
    folder_close(arena, folder);
}

static void what_cannot_be_read_or_written_says_so(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str text;
    struct shelf_names names;
    assert_int_equal(shelf_file_read(arena, STR("not-there"), 10, &text).code, RESULT_CODE_MISSING);
    assert_false(result_is_ok(shelf_file_read(arena, STR("tests"), 10, &text)));
    assert_false(result_is_ok(shelf_file_write(arena, STR("not-there/x"), STR("x"))));
    assert_int_equal(shelf_folder_list(arena, STR("not-there"), &names).code, RESULT_CODE_MISSING);
    assert_false(result_is_ok(shelf_folder_list(arena, STR("meson.build"), &names)));
}

static void folder_fill(struct arena *arena, struct str folder, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct str name = str_format(arena, "%05zu", i);
        FILE *file = fopen(str_cstr(arena, shelf_path_join(arena, folder, name)), "wb");
        assert_non_null(file);
        (void)fclose(file);
    }
}

static void so_many_entries_and_no_more(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str folder = folder_open(arena);
    struct str hidden = shelf_path_join(arena, folder, STR(".hidden"));
    struct shelf_names names;
    folder_fill(arena, folder, 0, SHELF_FOLDER_ENTRIES_MAX);
    assert_true(result_is_ok(shelf_file_write(arena, hidden, STR("x"))));
    struct str past = shelf_path_join(arena, folder, STR("past"));
    assert_int_equal(unlink(str_cstr(arena, hidden)), 0);
    assert_true(result_is_ok(shelf_folder_list(arena, folder, &names)));
    assert_int_equal(names.count, SHELF_FOLDER_ENTRIES_MAX);
    for (size_t i = 1; i < names.count; i++)
        assert_true(str_compare(names.at[i - 1], names.at[i]) < 0);
    assert_true(result_is_ok(shelf_file_write(arena, past, STR("x"))));
    assert_int_equal(shelf_folder_list(arena, folder, &names).code, RESULT_CODE_LIMIT);
    assert_int_equal(unlink(str_cstr(arena, past)), 0);
    folder_close(arena, folder);
}

static void names_that_begin_with_a_dot_are_left_out(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str folder = folder_open(arena);
    struct str hidden = shelf_path_join(arena, folder, STR(".hidden"));
    struct shelf_names names;
    folder_fill(arena, folder, 0, 2);
    assert_true(result_is_ok(shelf_file_write(arena, hidden, STR("x"))));
    assert_true(result_is_ok(shelf_folder_list(arena, folder, &names)));
    assert_int_equal(names.count, 2);
    check_str(names.at[0], "00000");
    assert_int_equal(unlink(str_cstr(arena, hidden)), 0);
    folder_close(arena, folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_joined_and_taken_apart),
        cmocka_unit_test(paths_are_made_plain),
        cmocka_unit_test(files_and_folders_are_told_apart),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(so_many_bytes_and_no_more),
        cmocka_unit_test(what_cannot_be_read_or_written_says_so),
        cmocka_unit_test(so_many_entries_and_no_more),
        cmocka_unit_test(names_that_begin_with_a_dot_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
