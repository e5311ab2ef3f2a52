/*
 * wasm/wasm_int.h - rooms and packs as the files of this module know them. Read first: wasm.h.
 */
#ifndef HANDRAIL_WASM_WASM_INT_H
#define HANDRAIL_WASM_WASM_INT_H

#include "base/arena.h"
#include "handrail.h"
#include "pack/pack.h"
#include "page/html.h"
#include "wasm/wasm.h"

/* In the program of the tests these are plain functions. */
#ifdef __wasm__
#define EXPORTED(name) __attribute__((export_name(#name)))
#else
#define EXPORTED(name)
#endif

struct wasm_room {
    struct arena *arena;
    void *at;
    size_t bytes;
    struct str title; /* of a page */
};

struct wasm_pack {
    struct arena *arena;
    struct wasm_room *image;
    struct handrail_pack *handrail;
    struct pack pack;
};

/* A room whose bytes are in its arena already. */
struct wasm_room *wasm_room_new(struct arena *arena, void *at, size_t bytes);

/* The room of a page: `html` grows in the arena, which is the room's from now on. */
struct wasm_room *wasm_room_of_page(struct arena *arena, const struct html *html, struct str title);

#endif
