/*
 * tests/wasm/drafts_test.c - what handrail-check.wasm shows, as part of a plain program.
 *
 * Read first: src/wasm/drafts.h. That the module answers as this program does is shown by
 * tests/wasm/drafts.test.mjs, over drafts of the corpus.
 */
#include "support/check.h"

#include "support/small_policy.h"

#include <string.h>

#include "page/check.h"
#include "trained/trained.h"
#include "wasm/drafts.h"

static const char the_clauses[] = CLAUSE("A", "contacts", "must not post\n  when tone is rude\n");

static struct wasm_room *room_with(struct str bytes)
{
    struct wasm_room *room = wasm_room_open(bytes.len);
    assert_non_null(room);
    if (bytes.len != 0)
        memcpy(wasm_room_at(room), bytes.at, bytes.len);
    return room;
}

static struct str room_text(struct wasm_room *room)
{
    return (struct str){wasm_room_at(room), wasm_room_bytes(room)};
}

static struct wasm_pack *pack_new(struct arena *arena)
{
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    return wasm_pack_open(
        room_with((struct str){(const char *)policy->image.bytes, policy->image.size}));
}

/* The same page as page_check_results() writes, with and without roll, model and school. */
static void results_are_those_of_the_page(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct wasm_pack *pack = pack_new(arena);
    struct str csv = STR("kind,name\npupil,Zofia Nowak\n");
    struct wasm_roll *roll = wasm_roll_open(room_with(csv));
    struct wasm_model *model = wasm_model_open(room_with(trained_bytes()));
    assert_non_null(model);
    struct wasm_room *school = room_with(STR("school=Zork+Academy"));
    struct wasm_screen *screen = wasm_screen_open(model, roll, school);
    struct form form;
    assert_null(form_read(arena, room_text(school), &form));
    struct diag_list diags = diag_list_new(arena);
    const struct screen_setting setting = {.school = page_check_school(arena, &form),
                                           .roll = screen_roll_read(arena, csv, STR("r"), &diags),
                                           .model = trained_model(arena)};
    const struct page_check with = {.pack = &policy->pack,
                                    .check = check_open(arena, &policy->pack),
                                    .screen = screen_open(arena, &setting)};
    static const char *const forms[] = {"text=Zofia+Nowak+of+Zork+Academy", "", "%",
                                        "as=incoming&text=Hello", "as=profile&text=Zork+Academy"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct html expected = html_new(arena);
        struct str summary = page_check_results(&expected, &with, str_from(forms[i]),
                                                civil_date_add_days((struct civil_date){0}, 20777));
        struct wasm_room *said = room_with(str_from(forms[i]));
        struct wasm_room *page = wasm_check(pack, screen, said, 20777);
        struct wasm_room *title = wasm_page_title(page);
        assert_true(str_equal(room_text(page), html_take(&expected).markup));
        assert_true(str_equal(room_text(title), summary));
        wasm_room_close(title);
        wasm_room_close(page);
        wasm_room_close(said);
    }
    wasm_screen_close(screen);
    wasm_room_close(school);
    wasm_model_close(model);
    wasm_roll_close(roll);
    wasm_pack_close(pack);
}

static void nothing_is_needed_but_a_policy(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct wasm_pack *pack = pack_new(arena);
    static const char *const schools[] = {"", "%", "school=%FF", "a&b&&=="};
    for (size_t i = 0; i < sizeof schools / sizeof schools[0]; i++) {
        struct wasm_room *school = room_with(str_from(schools[i]));
        struct wasm_screen *screen = wasm_screen_open(NULL, NULL, school);
        wasm_room_close(school);
        struct wasm_room *said = room_with(STR("text=Hello"));
        struct wasm_room *page = wasm_check(pack, screen, said, INT32_MAX);
        assert_true(str_find(room_text(page), STR("Nothing was found")) != STR_NONE);
        wasm_room_close(page);
        wasm_room_close(said);
        wasm_screen_close(screen);
    }
    wasm_screen_close(NULL);
    wasm_model_close(NULL);
    wasm_roll_close(NULL);
    wasm_pack_close(pack);
}

static void what_is_no_model_is_refused(void **state)
{
    (void)state;
    struct str bytes = trained_bytes();
    for (size_t size = 0; size < bytes.len; size += bytes.len / 7 + 1)
        assert_null(wasm_model_open(room_with(str_slice(bytes, 0, size))));
    assert_null(wasm_model_open(room_with(STR("a model? no"))));
}

static void every_file_has_a_page_about_its_people(void **state)
{
    (void)state;
    static const struct {
        struct str csv;
        const char *says;
    } rows[] = {
        {STR_INIT("kind,name\npupil,Zofia Nowak\n"), "1 person is known now"},
        {STR_INIT(""), "Nobody could be read"},
        {STR_INIT("\xFF\xFE\x00\x01"), "Nobody could be read"},
        {STR_INIT("kind,name\nwhale,Zofia Nowak\nstaff,Bernard Okafor\n"), "Line 2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct wasm_roll *roll = wasm_roll_open(room_with(rows[i].csv));
        struct wasm_room *page = wasm_roll_page(roll);
        assert_true(str_find(room_text(page), str_from(rows[i].says)) != STR_NONE);
        wasm_room_close(page);
        wasm_roll_close(roll);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_those_of_the_page),
        cmocka_unit_test(nothing_is_needed_but_a_policy),
        cmocka_unit_test(what_is_no_model_is_refused),
        cmocka_unit_test(every_file_has_a_page_about_its_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
