/*
 * tests/store/secret_file_test.c - a key is there whole, or not at all.
 *
 * Read first: src/store/secret_file.h.
 */
#include "support/check.h"

#include <sys/stat.h>
#include <unistd.h>

#include "store/secret_file.h"
#include "support/store_case.h"

static struct str path_of(struct store_case *test, const char *name)
{
    return str_format(test->arena, STR_FMT "/%s", STR_ARG(test->folder), name);
}

static void what_was_written_is_read(void **state)
{
    struct store_case *test = *state;
    struct str path = path_of(test, "key");
    struct secret_line line;
    bool is_there = true;
    check_ok(secret_file_read(test->arena, path, &is_there, &line));
    assert_false(is_there);
    check_ok(secret_file_write(test->arena, path, STR("key-1 abc")));
    check_ok(secret_file_read(test->arena, path, &is_there, &line));
    assert_true(is_there);
    assert_true(str_equal(line.text, STR("key-1 abc")));
    struct stat about;
    assert_int_equal(stat(str_cstr(test->arena, path), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(about.st_nlink, 1);
}

static void none_is_written_over_another(void **state)
{
    struct store_case *test = *state;
    struct str path = path_of(test, "key");
    struct secret_line line;
    bool is_there;
    check_ok(secret_file_write(test->arena, path, STR("first")));
    check_fails(secret_file_write(test->arena, path, STR("second")), RESULT_CODE_EXISTS);
    check_ok(secret_file_read(test->arena, path, &is_there, &line));
    assert_true(str_equal(line.text, STR("first")));
}

static void what_cannot_be_read_or_written_is_said(void **state)
{
    struct store_case *test = *state;
    struct secret_line line;
    bool is_there;
    struct str nowhere = path_of(test, "nowhere/key");
    check_fails(secret_file_write(test->arena, nowhere, STR("x")), RESULT_CODE_IO);
    check_ok(secret_file_read(test->arena, nowhere, &is_there, &line));
    assert_false(is_there);
    check_fails(secret_file_read(test->arena, test->folder, &is_there, &line), RESULT_CODE_IO);
}

static void check_key(struct store_case *test, struct str path, const char *line)
{
    struct secret_line read;
    bool is_there = false;
    check_ok(secret_file_read(test->arena, path, &is_there, &read));
    assert_true(is_there == (line != NULL));
    assert_true(!line || str_equal(read.text, str_from(line)));
}

static void one_takes_the_place_of_another_which_stays(void **state)
{
    struct store_case *test = *state;
    struct str path = path_of(test, "key"), fresh = path_of(test, "key.new");
    struct str aside = path_of(test, "key.1");
    check_ok(secret_file_write(test->arena, path, STR("first")));
    check_ok(secret_file_write(test->arena, fresh, STR("second")));
    for (int i = 0; i < 2; i++) { /* a second time as well */
        check_ok(secret_file_replace(test->arena, fresh, path, aside));
        check_key(test, path, "second");
        check_key(test, aside, "first");
        check_key(test, fresh, NULL);
    }
    struct stat about;
    assert_int_equal(stat(str_cstr(test->arena, aside), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static void one_is_put_where_there_was_none(void **state)
{
    struct store_case *test = *state;
    struct str path = path_of(test, "key"), fresh = path_of(test, "key.new");
    struct str aside = path_of(test, "key.1");
    check_ok(secret_file_write(test->arena, fresh, STR("second")));
    check_ok(secret_file_replace(test->arena, fresh, path, aside));
    check_key(test, path, "second");
    check_key(test, aside, NULL);
    check_ok(secret_file_remove(test->arena, path));
    check_key(test, path, NULL);
    check_ok(secret_file_remove(test->arena, path));
}

/* Broken off between the second name and the rename. */
static void what_was_put_aside_already_stays(void **state)
{
    struct store_case *test = *state;
    struct str path = path_of(test, "key"), fresh = path_of(test, "key.new");
    struct str aside = path_of(test, "key.1");
    check_ok(secret_file_write(test->arena, path, STR("first")));
    check_ok(secret_file_write(test->arena, fresh, STR("second")));
    assert_int_equal(link(str_cstr(test->arena, path), str_cstr(test->arena, aside)), 0);
    check_ok(secret_file_replace(test->arena, fresh, path, aside));
    check_key(test, path, "second");
    check_key(test, aside, "first");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE_ON(what_was_written_is_read, SQLITE),
        STORE_CASE_ON(none_is_written_over_another, SQLITE),
        STORE_CASE_ON(what_cannot_be_read_or_written_is_said, SQLITE),
        STORE_CASE_ON(one_takes_the_place_of_another_which_stays, SQLITE),
        STORE_CASE_ON(one_is_put_where_there_was_none, SQLITE),
        STORE_CASE_ON(what_was_put_aside_already_stays, SQLITE),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
