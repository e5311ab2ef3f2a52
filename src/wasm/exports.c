/*
 * wasm/exports.c - the functions of wasm.h. Read first: wasm.h, wasm_int.h.
 *
 * What must hold: each room and each pack owns an arena, and everything of it lives there.
 */
#include "base/civil.h"
#include "page/may_i.h"
#include "wasm/wasm_int.h"

/* ---- Rooms ----------------------------------------------------------------------------------- */

struct wasm_room *wasm_room_new(struct arena *arena, void *at, size_t bytes)
{
    struct wasm_room *room = ARENA_NEW(arena, struct wasm_room);
    *room = (struct wasm_room){.arena = arena, .at = at, .bytes = bytes};
    return room;
}

struct wasm_room *wasm_room_of_page(struct arena *arena, const struct html *html, struct str title)
{
    struct str written = html_take(html).markup;
    struct wasm_room *page = wasm_room_new(arena, (void *)(uintptr_t)written.at, written.len);
    page->title = title;
    return page;
}

/* A room of its own for a text. */
static struct wasm_room *room_of(struct str text)
{
    struct arena *arena = arena_open();
    struct str kept = str_copy(arena, text);
    return wasm_room_new(arena, (void *)(uintptr_t)kept.at, kept.len);
}

EXPORTED(wasm_room_open) struct wasm_room *wasm_room_open(size_t bytes)
{
    if (bytes > WASM_ROOM_BYTES_MAX)
        return NULL;
    struct arena *arena = arena_open();
    return wasm_room_new(arena, arena_alloc(arena, bytes), bytes);
}

EXPORTED(wasm_room_at) void *wasm_room_at(struct wasm_room *room)
{
    return room->at;
}

EXPORTED(wasm_room_bytes) size_t wasm_room_bytes(const struct wasm_room *room)
{
    return room->bytes;
}

EXPORTED(wasm_room_close) void wasm_room_close(struct wasm_room *room)
{
    if (room != NULL)
        arena_close(room->arena);
}

/* ---- Packs ----------------------------------------------------------------------------------- */

EXPORTED(wasm_pack_open) struct wasm_pack *wasm_pack_open(struct wasm_room *image)
{
    struct handrail_pack *handrail = NULL;
    if (handrail_pack_open(image->at, image->bytes, &handrail) != HANDRAIL_OK) {
        wasm_room_close(image);
        return NULL;
    }
    struct arena *arena = arena_open();
    struct wasm_pack *pack = ARENA_NEW(arena, struct wasm_pack);
    *pack = (struct wasm_pack){.arena = arena, .image = image, .handrail = handrail};
    if (pack_open(&pack->pack, image->at, image->bytes) != NULL) {
        wasm_pack_close(pack);
        return NULL;
    }
    return pack;
}

EXPORTED(wasm_pack_close) void wasm_pack_close(struct wasm_pack *pack)
{
    if (pack == NULL)
        return;
    handrail_pack_close(pack->handrail);
    wasm_room_close(pack->image);
    arena_close(pack->arena);
}

EXPORTED(wasm_pack_name) struct wasm_room *wasm_pack_name(const struct wasm_pack *pack)
{
    return room_of(pack_name(&pack->pack));
}

/* ---- Answers --------------------------------------------------------------------------------- */

EXPORTED(wasm_decide)
struct wasm_room *wasm_decide(const struct wasm_pack *pack, struct wasm_room *question)
{
    struct handrail_answer *answer = NULL;
    (void)handrail_decide(pack->handrail, question->at, question->bytes, &answer);
    struct wasm_room *room =
        room_of((struct str){handrail_answer_json(answer), handrail_answer_bytes(answer)});
    handrail_answer_close(answer);
    return room;
}

EXPORTED(wasm_page)
struct wasm_room *wasm_page(const struct wasm_pack *pack, struct wasm_room *form,
                            int32_t today_days)
{
    struct arena *arena = arena_open();
    struct html html = html_new(arena);
    struct str said = {form->at, form->bytes};
    struct civil_date today = civil_date_add_days((struct civil_date){0}, today_days);
    struct str title = page_may_i(&html, &pack->pack, said, today);
    return wasm_room_of_page(arena, &html, title);
}

EXPORTED(wasm_page_title) struct wasm_room *wasm_page_title(const struct wasm_room *page)
{
    return room_of(page->title);
}
