/*
 * wasm/wasm.h - what handrail.wasm shows to the browser, beside the functions of handrail.h.
 *
 * Read first: include/handrail.h, whose functions are exported too, for other hosts of WebAssembly;
 * web/assets/handrail.js, which calls these. Start at wasm_pack_open().
 *
 *     room = wasm_room_open(size)         JavaScript writes the image at wasm_room_at(room)
 *     pack = wasm_pack_open(room)         the pack keeps the room
 *     said = wasm_room_open(bytes)        and the form at wasm_room_at(said)
 *     html = wasm_page(pack, said, day)   JavaScript reads wasm_room_bytes(html) bytes
 *     name = wasm_page_title(html)
 *     wasm_room_close(name), wasm_room_close(html), wasm_room_close(said), wasm_pack_close(pack)
 *
 * What must hold
 * - The module imports nothing: what this code cannot do, it cannot be given.
 * - Whatever bytes come in, a call ends or traps; it reads and writes nothing outside the module.
 *   After a trap the caller makes a new instance: nothing of the old one is used again but
 *   wasm_fault().
 */
#ifndef HANDRAIL_WASM_WASM_H
#define HANDRAIL_WASM_WASM_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of one room that the caller asks for: a pack is below 1 MB, a question below 4 MB. */
#define WASM_ROOM_BYTES_MAX ((size_t)16 * 1024 * 1024)

struct wasm_pack; /* an open pack and the image that it reads */
struct wasm_room; /* bytes that one side writes and the other reads */

/* `bytes` of zeroed memory, 16-aligned. NULL beyond WASM_ROOM_BYTES_MAX. */
struct wasm_room *wasm_room_open(size_t bytes);
void *wasm_room_at(struct wasm_room *room);
size_t wasm_room_bytes(const struct wasm_room *room);
void wasm_room_close(struct wasm_room *room);

/* Opens the image in the room, which the pack keeps. NULL, and the room closed, when it is none. */
struct wasm_pack *wasm_pack_open(struct wasm_room *image);
void wasm_pack_close(struct wasm_pack *pack);

/* The pack's name, in UTF-8. */
struct wasm_room *wasm_pack_name(const struct wasm_pack *pack);

/* The answer to a question in JSON, in JSON: what handrail_decide() answers, or the errors. */
struct wasm_room *wasm_decide(const struct wasm_pack *pack, struct wasm_room *question);

/*
 * The page "May I?" at which a form arrives, in HTML: what page_may_i() writes. `today_days` is the
 * day where the person is, in days since 1970-01-01; one out of range counts as the nearest in it.
 */
struct wasm_room *wasm_page(const struct wasm_pack *pack, struct wasm_room *form,
                            int32_t today_days);

/* The heading of a page that wasm_page() has made, in UTF-8: for the title of the document. */
struct wasm_room *wasm_page_title(const struct wasm_room *page);

#endif
