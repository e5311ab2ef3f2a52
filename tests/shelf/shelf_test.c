/*
 * tests/shelf/shelf_test.c - packs on disk: found, read once, ready, or said what is wrong.
 *
 * Read first: src/shelf/shelf.h. Good packs are those of tests/policies; bad ones are written into
 * a folder of their own, see broken_open().
 */
#include "support/check.h"

#include "shelf/shelf.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define GOOD "tests/policies"

static struct shelf loaded(struct arena *arena, const char *path)
{
    struct shelf shelf = shelf_new(arena);
    struct result result = shelf_load(&shelf, str_from(path));
    if (!result_is_ok(result))
        print_error("%s: %s\n", path, result.message);
    assert_true(result_is_ok(result));
    return shelf;
}

static void a_folder_of_packs(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct shelf shelf = loaded(arena, GOOD);
    assert_true(shelf.is_folder);
    check_str(shelf_pack_names_text(&shelf), "elder-brook, law, wherry-lane, wherry-quay");
    assert_int_equal(shelf_problems(&shelf, false).count, 0);
    for (size_t i = 0; i < shelf.count; i++) {
        struct shelf_pack *one = &shelf.at[i];
        assert_true(one->is_ready);
        assert_ptr_equal(shelf_pack_find(&shelf, one->document->name), one);
        assert_true(str_equal(pack_name(&one->pack), one->document->name));
        assert_non_null(one->bundle.vocabulary);
        assert_int_equal(one->bundle.law == NULL, one->document->kind == POLICY_KIND_LAW);
        assert_ptr_equal(one->bundle.chain[one->bundle.chain_count - 1], one->document);
    }
    assert_null(shelf_pack_find(&shelf, STR("not-there")));
}

static void a_pack_by_any_of_its_paths(void **state)
{
    (void)state;
    static const char *const paths[] = {GOOD "/elder-brook", GOOD "/elder-brook/",
                                        GOOD "/elder-brook/policy.md",
                                        "./" GOOD "/../policies/elder-brook"};
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct shelf shelf = loaded(arena, paths[i]);
        assert_int_equal(shelf.count, 1);
        assert_false(shelf.is_folder);
        assert_true(shelf.at[0].is_ready);
        check_str(shelf.at[0].folder, GOOD "/elder-brook");
        check_str(shelf.at[0].file, GOOD "/elder-brook/policy.md");
    }
}

/* A document is read once, and what stands above a pack is found from where it lies. */
static void files_are_read_once(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct shelf shelf = loaded(arena, GOOD);
    const struct policy_document *vocabulary = shelf.at[0].bundle.vocabulary;
    for (size_t i = 0; i < shelf.count; i++)
        assert_ptr_equal(shelf.at[i].bundle.vocabulary, vocabulary);
    struct diag_list diags = diag_list_new(arena);
    struct str file = shelf_vocabulary_find(arena, STR(GOOD));
    check_str(file, "policies/vocabulary/vocabulary.md"); /* where the link leads */
    assert_ptr_equal(shelf_document_read(&shelf, file, &diags), vocabulary);
    check_str(shelf_vocabulary_find(arena, STR(GOOD "/vocabulary")), str_cstr(arena, file));
    check_str(shelf_vocabulary_find(arena, STR(GOOD "/elder-brook")), str_cstr(arena, file));
    check_str(shelf_file_find_above(arena, STR(GOOD "/elder-brook"), STR("law/policy.md")),
              "policies/law/policy.md");
    check_str(shelf_file_find_above(arena, STR(GOOD), STR("no/such/file")), "");
    assert_int_equal(diag_error_count(&diags), 0);
    assert_null(shelf_document_read(&shelf, STR("not-there.md"), &diags));
    assert_int_equal(diag_error_count(&diags), 1);
}

static void paths_that_lead_nowhere(void **state)
{
    (void)state;
    static const char *const bad[] = {"not-there", "tests/base", "README.md", "",
                                      GOOD "/vocabulary/vocabulary.md"};
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct shelf shelf = shelf_new(arena);
        struct result result = shelf_load(&shelf, str_from(bad[i]));
        assert_int_equal(result.code, RESULT_CODE_MISSING);
        assert_int_equal(shelf.count, 0);
    }
}

/* ---- Packs with faults ----------------------------------------------------------------------- */

static void file_put(struct arena *arena, struct str folder, const char *name, const char *text)
{
    struct str path = shelf_path_join(arena, folder, str_from(name));
    (void)mkdir(str_cstr(arena, shelf_path_folder(path)), 0700);
    assert_true(result_is_ok(shelf_file_write(arena, path, str_from(text))));
}

#define PACK_BLOCK(name, more) "```pack\nname " name "\ntitle \"T\"\nkind policy\n" more "```\n"

static const char *const broken_files[] = {
    "vocabulary/vocabulary.md", "one/policy.md",   "two/policy.md",
    "lost/policy.md",           "round/policy.md",
};

/*
 * A vocabulary with one fault that two packs share; `lost` extends what is not there, `round`
 * itself.
 */
static struct str broken_open(struct arena *arena)
{
    char *name = str_cstr(arena, STR("/tmp/handrail-shelf-XXXXXX"));
    assert_non_null(mkdtemp(name));
    struct str folder = str_from(name);
    file_put(arena, folder, broken_files[0],
             "```vocabulary\nact post \"post\"\nact post \"post again\"\n```\n");
    file_put(arena, folder, broken_files[1], PACK_BLOCK("one", ""));
    file_put(arena, folder, broken_files[2], PACK_BLOCK("two", ""));
    file_put(arena, folder, broken_files[3], PACK_BLOCK("lost", "extends \"../not-there\"\n"));
    file_put(arena, folder, broken_files[4], PACK_BLOCK("round", "extends \"../round\"\n"));
    return folder;
}

static void broken_close(struct arena *arena, struct str folder)
{
    for (size_t i = 0; i < sizeof broken_files / sizeof broken_files[0]; i++) {
        struct str file = shelf_path_join(arena, folder, str_from(broken_files[i]));
        (void)unlink(str_cstr(arena, file));
        (void)rmdir(str_cstr(arena, shelf_path_folder(file)));
    }
    assert_int_equal(rmdir(str_cstr(arena, folder)), 0);
}

/* How often a problem is said, and by how many packs. */
static size_t times_said(const struct diag_list *diags, const char *code)
{
    size_t times = 0;
    for (size_t i = 0; i < diags->count; i++)
        times += str_equal(diags->items[i].code, str_from(code));
    return times;
}

static void what_packs_share_is_said_once(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str folder = broken_open(arena);
    struct shelf shelf = loaded(arena, str_cstr(arena, folder));
    assert_int_equal(shelf.count, 4);
    struct diag_list errors = shelf_problems(&shelf, false), all = shelf_problems(&shelf, true);
    const char *code = str_cstr(arena, shelf.at[1].diags.items[0].code);
    size_t packs_saying = 0;
    for (size_t i = 0; i < shelf.count; i++) {
        assert_false(shelf.at[i].is_ready);
        packs_saying += times_said(&shelf.at[i].diags, code) != 0;
    }
    assert_true(packs_saying >= 2);
    assert_int_equal(times_said(&errors, code), 1);
    assert_true(all.count >= errors.count);
    for (size_t i = 0; i < errors.count; i++)
        assert_int_equal(errors.items[i].severity, DIAG_ERROR);
    broken_close(arena, folder);
}

static void parents_that_are_not_there_or_go_round(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str folder = broken_open(arena);
    struct shelf shelf = loaded(arena, str_cstr(arena, folder));
    struct shelf_pack *lost = shelf_pack_find(&shelf, STR("lost"));
    struct shelf_pack *round = shelf_pack_find(&shelf, STR("round"));
    assert_int_equal(times_said(&lost->diags, "extends"), 1);
    assert_int_equal(times_said(&round->diags, "extends-depth"), 1);
    assert_int_equal(round->bundle.chain_count, POLICY_CHAIN_MAX);
    broken_close(arena, folder);
}

static void without_a_vocabulary_nothing_is_ready(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str folder = broken_open(arena);
    struct str file = shelf_path_join(arena, folder, str_from(broken_files[0]));
    assert_int_equal(unlink(str_cstr(arena, file)), 0);
    struct str one = shelf_path_join(arena, folder, STR("one"));
    struct shelf shelf = loaded(arena, str_cstr(arena, one));
    assert_false(shelf.at[0].is_ready);
    assert_int_equal(times_said(&shelf.at[0].diags, "no-vocabulary"), 1);
    broken_close(arena, folder);
}

/* As many packs as a shelf holds, and one more. */
static void so_many_packs_and_no_more(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str folder = broken_open(arena);
    struct str one = shelf_path_join(arena, folder, STR("one"));
    struct shelf shelf = shelf_new(arena);
    for (size_t i = 0; i < SHELF_PACKS_MAX; i++)
        assert_true(result_is_ok(shelf_load(&shelf, one)));
    assert_true(shelf.is_folder); /* several packs */
    assert_int_equal(shelf_load(&shelf, one).code, RESULT_CODE_LIMIT);
    assert_int_equal(shelf.count, SHELF_PACKS_MAX);
    broken_close(arena, folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_of_packs),
        cmocka_unit_test(a_pack_by_any_of_its_paths),
        cmocka_unit_test(files_are_read_once),
        cmocka_unit_test(paths_that_lead_nowhere),
        cmocka_unit_test(what_packs_share_is_said_once),
        cmocka_unit_test(parents_that_are_not_there_or_go_round),
        cmocka_unit_test(without_a_vocabulary_nothing_is_ready),
        cmocka_unit_test(so_many_packs_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
