/*
 * wasm/drafts.h - what handrail-check.wasm shows to the browser beside the functions of wasm.h:
 * drafts are checked on the device.
 *
 * Read first: wasm.h for rooms and packs; page/check.h for forms; web/assets/check.js, which calls
 * these. Start at wasm_check().
 *
 *     model  = wasm_model_open(room)                the bytes of model.bin; it keeps the room
 *     roll   = wasm_roll_open(room)                 a CSV file; it keeps the room
 *     screen = wasm_screen_open(model, roll, room)  the room: a form with the names of the school
 *     html   = wasm_check(pack, screen, form, day)  wasm_page_title(html) is the summary
 *
 * What must hold: as in wasm.h; a screen is closed before the model and the roll that it was opened
 * with.
 */
#ifndef HANDRAIL_WASM_DRAFTS_H
#define HANDRAIL_WASM_DRAFTS_H

#include "wasm/wasm.h"

struct wasm_model;
struct wasm_roll;
struct wasm_screen;

/* Opens the trained model in the room. NULL, and the room closed, when it is none. */
struct wasm_model *wasm_model_open(struct wasm_room *bytes);
void wasm_model_close(struct wasm_model *model);

/* Reads the roll in the room; what is wrong with it is on its page. */
struct wasm_roll *wasm_roll_open(struct wasm_room *csv);
void wasm_roll_close(struct wasm_roll *roll);

/* How many people it has and what is wrong with it, in HTML: what page_check_roll() writes. */
struct wasm_room *wasm_roll_page(const struct wasm_roll *roll);

/* Ready to read drafts. Model and roll may be NULL; the room stays the caller's. */
struct wasm_screen *wasm_screen_open(const struct wasm_model *model, const struct wasm_roll *roll,
                                     const struct wasm_room *school);
void wasm_screen_close(struct wasm_screen *screen);

/* The results for a form, in HTML: what page_check_results() writes. */
struct wasm_room *wasm_check(const struct wasm_pack *pack, const struct wasm_screen *screen,
                             const struct wasm_room *form, int32_t today_days);

/* The field in which somebody says who they are, in HTML; the room holds the value chosen. */
struct wasm_room *wasm_check_who(const struct wasm_pack *pack, const struct wasm_room *chosen);

#endif
