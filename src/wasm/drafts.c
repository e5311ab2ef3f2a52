/*
 * wasm/drafts.c - the functions of drafts.h. Read first: drafts.h, wasm_int.h.
 *
 * What must hold: each model, roll and screen owns an arena, and everything of it lives there or in
 * the room that it keeps.
 */
#include "wasm/drafts.h"

#include "page/check.h"
#include "screen/model.h"
#include "wasm/wasm_int.h"

struct wasm_model {
    struct arena *arena;
    struct wasm_room *room;
    const struct screen_model *model;
};

struct wasm_roll {
    struct arena *arena;
    struct wasm_room *room;
    const struct screen_roll *roll;
    struct diag_list diags;
};

struct wasm_screen {
    struct arena *arena;
    const struct screen *screen;
};

static struct str room_str(const struct wasm_room *room)
{
    return (struct str){room->at, room->bytes};
}

/* ---- The model and the roll ------------------------------------------------------------------ */

EXPORTED(wasm_model_open) struct wasm_model *wasm_model_open(struct wasm_room *bytes)
{
    struct arena *arena = arena_open();
    struct wasm_model *model = ARENA_NEW(arena, struct wasm_model);
    struct str why;
    *model = (struct wasm_model){
        .arena = arena, .room = bytes, .model = screen_model_open(arena, room_str(bytes), &why)};
    if (model->model == NULL) {
        wasm_model_close(model);
        return NULL;
    }
    return model;
}

EXPORTED(wasm_model_close) void wasm_model_close(struct wasm_model *model)
{
    if (model != NULL) {
        wasm_room_close(model->room);
        arena_close(model->arena);
    }
}

EXPORTED(wasm_roll_open) struct wasm_roll *wasm_roll_open(struct wasm_room *csv)
{
    struct arena *arena = arena_open();
    struct wasm_roll *roll = ARENA_NEW(arena, struct wasm_roll);
    *roll = (struct wasm_roll){.arena = arena, .room = csv, .diags = diag_list_new(arena)};
    roll->roll = screen_roll_read(arena, room_str(csv), STR("roll"), &roll->diags);
    return roll;
}

EXPORTED(wasm_roll_close) void wasm_roll_close(struct wasm_roll *roll)
{
    if (roll != NULL) {
        wasm_room_close(roll->room);
        arena_close(roll->arena);
    }
}

EXPORTED(wasm_roll_page) struct wasm_room *wasm_roll_page(const struct wasm_roll *roll)
{
    struct arena *arena = arena_open();
    struct html html = html_new(arena);
    page_check_roll(&html, roll->roll, &roll->diags);
    return wasm_room_of_page(arena, &html, (struct str){0});
}

/* ---- Drafts ---------------------------------------------------------------------------------- */

EXPORTED(wasm_screen_open)
struct wasm_screen *wasm_screen_open(const struct wasm_model *model, const struct wasm_roll *roll,
                                     const struct wasm_room *school)
{
    struct arena *arena = arena_open();
    struct form form;
    if (form_read_long(arena, room_str(school), PAGE_CHECK_FORM_BYTES_MAX, &form) != NULL) {
        form = (struct form){0};
    }
    const struct screen_setting setting = {.school = page_check_school(arena, &form),
                                           .roll = roll != NULL ? roll->roll : NULL,
                                           .model = model != NULL ? model->model : NULL};
    struct wasm_screen *screen = ARENA_NEW(arena, struct wasm_screen);
    *screen = (struct wasm_screen){.arena = arena, .screen = screen_open(arena, &setting)};
    screen_rehearse(screen->screen, arena);
    return screen;
}

EXPORTED(wasm_screen_close) void wasm_screen_close(struct wasm_screen *screen)
{
    if (screen != NULL) {
        arena_close(screen->arena);
    }
}

EXPORTED(wasm_check)
struct wasm_room *wasm_check(const struct wasm_pack *pack, const struct wasm_screen *screen,
                             const struct wasm_room *form, int32_t today_days)
{
    struct arena *arena = arena_open();
    struct html html = html_new(arena);
    const struct page_check with = {
        .pack = &pack->pack, .check = check_open(arena, &pack->pack), .screen = screen->screen};
    struct civil_date today = civil_date_add_days((struct civil_date){0}, today_days);
    struct str summary = page_check_results(&html, &with, room_str(form), today);
    return wasm_room_of_page(arena, &html, summary);
}

EXPORTED(wasm_check_who)
struct wasm_room *wasm_check_who(const struct wasm_pack *pack, const struct wasm_room *chosen)
{
    struct arena *arena = arena_open();
    struct html html = html_new(arena);
    page_check_who(&html, &pack->pack, room_str(chosen));
    return wasm_room_of_page(arena, &html, (struct str){0});
}
