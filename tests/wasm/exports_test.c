/*
 * tests/wasm/exports_test.c - the functions that handrail.wasm shows, as part of a plain program.
 *
 * Read first: src/wasm/wasm.h. That the module answers as this program does is shown by
 * tests/run_wasm.py, over every example.
 */
#include "support/check.h"

#include "wasm/wasm.h"

#include <string.h>

#include "handrail.h"
#include "support/small_policy.h"

static const char the_clauses[] =
    CLAUSE("A", "contacts",
           "should not accept\n  when other is pupil or (other is former-pupil and other.age is "
           "under 18)\n  unless other is relative\n");

static struct wasm_room *room_with(const void *bytes, size_t size)
{
    struct wasm_room *room = wasm_room_open(size);
    assert_non_null(room);
    assert_int_equal(wasm_room_bytes(room), size);
    if (size != 0)
        memcpy(wasm_room_at(room), bytes, size);
    return room;
}

static struct str room_text(struct wasm_room *room)
{
    return (struct str){wasm_room_at(room), wasm_room_bytes(room)};
}

static void a_room_has_a_largest_size(void **state)
{
    (void)state;
    struct wasm_room *room = wasm_room_open(WASM_ROOM_BYTES_MAX);
    assert_non_null(room);
    ((char *)wasm_room_at(room))[WASM_ROOM_BYTES_MAX - 1] = 1;
    wasm_room_close(room);
    assert_null(wasm_room_open(WASM_ROOM_BYTES_MAX + 1));
    assert_null(wasm_room_open(SIZE_MAX));
    wasm_room_close(wasm_room_open(0));
    wasm_room_close(NULL);
}

static void a_pack_answers_as_the_c_interface_does(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct wasm_pack *pack = wasm_pack_open(room_with(policy->image.bytes, policy->image.size));
    assert_non_null(pack);
    struct wasm_room *name = wasm_pack_name(pack);
    check_str(room_text(name), "small");
    wasm_room_close(name);
    struct handrail_pack *handrail = NULL;
    assert_int_equal(handrail_pack_open(policy->image.bytes, policy->image.size, &handrail),
                     HANDRAIL_OK);
    const char *const questions[] = {"{'act': 'accept', 'others': [{'is': ['pupil']}]}",
                                     "{'act': 'accept'}", "{'act': 'no such act'}", "{", ""};
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        struct str json = small_json(arena, questions[i]);
        struct wasm_room *asked = room_with(json.at, json.len);
        struct wasm_room *said = wasm_decide(pack, asked);
        struct handrail_answer *answer = NULL;
        (void)handrail_decide(handrail, json.at, json.len, &answer);
        check_str(room_text(said), handrail_answer_json(answer));
        handrail_answer_close(answer);
        wasm_room_close(said);
        wasm_room_close(asked);
    }
    handrail_pack_close(handrail);
    wasm_pack_close(pack);
    wasm_pack_close(NULL);
}

/* The day is brought into range, and a form that is none is a page with a note. */
static void every_form_and_day_gets_a_page(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct wasm_pack *pack = wasm_pack_open(room_with(policy->image.bytes, policy->image.size));
    const char *const forms[] = {"",  "act=accept", "act=accept&people=1&go=on",
                                 "%", "act=%00",    "&&&=="};
    const int32_t days[] = {20777, 0, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        for (size_t d = 0; d < sizeof days / sizeof days[0]; d++) {
            struct wasm_room *form = room_with(forms[i], strlen(forms[i]));
            struct wasm_room *page = wasm_page(pack, form, days[d]);
            struct wasm_room *title = wasm_page_title(page);
            assert_true(str_find(room_text(page), STR("<h1")) != STR_NONE);
            assert_true(wasm_room_bytes(title) > 0);
            wasm_room_close(title);
            assert_true(str_find(room_text(page), STR("data-hr-interview")) != STR_NONE);
            wasm_room_close(page);
            wasm_room_close(form);
        }
    wasm_pack_close(pack);
}

static void what_is_no_image_is_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    for (size_t size = 0; size < policy->image.size; size += 997)
        assert_null(wasm_pack_open(room_with(policy->image.bytes, size)));
    struct wasm_room *damaged = room_with(policy->image.bytes, policy->image.size);
    ((char *)wasm_room_at(damaged))[policy->image.size / 2] ^= 1;
    assert_null(wasm_pack_open(damaged));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_room_has_a_largest_size),
        cmocka_unit_test(a_pack_answers_as_the_c_interface_does),
        cmocka_unit_test(every_form_and_day_gets_a_page),
        cmocka_unit_test(what_is_no_image_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
