/*
 * The pages of "May I?", and the results of drafts, as a native program writes them, for
 * tests/wasm/pages.test.mjs and drafts.test.mjs, which compare them with those of WebAssembly.
 *
 *     wasm_pages IMAGE DAY < FORMS > PAGES
 *     wasm_pages IMAGE DAY MODEL ROLL SCHOOL < FORMS > PAGES
 *
 * FORMS and PAGES: for each its bytes as a uint32_t, then the bytes. DAY: days since 1970-01-01.
 * MODEL and ROLL: files. SCHOOL: a form, src/page/check.h.
 * What must hold: a page for each form, or the program ends with a status that is not 0.
 */
#include "support/check.h"

#include "wasm/drafts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_BYTES_MAX (8u * 1024u * 1024u)

/* Bytes from standard input into a new room; NULL at its end. */
static struct wasm_room *form_read(void)
{
    uint32_t size;
    if (fread(&size, 1, sizeof size, stdin) != sizeof size)
        return NULL;
    struct wasm_room *room = wasm_room_open(size);
    if (room == NULL || fread(wasm_room_at(room), 1, size, stdin) != size)
        exit(3);
    return room;
}

static void page_write(struct wasm_room *page)
{
    uint32_t size = (uint32_t)wasm_room_bytes(page);
    if (fwrite(&size, 1, sizeof size, stdout) != sizeof size ||
        fwrite(wasm_room_at(page), 1, size, stdout) != size)
        exit(4);
}

static struct wasm_room *file_read(const char *path)
{
    struct wasm_room *whole = wasm_room_open(FILE_BYTES_MAX);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        exit(2);
    size_t size = fread(wasm_room_at(whole), 1, FILE_BYTES_MAX, file);
    (void)fclose(file);
    struct wasm_room *room = wasm_room_open(size);
    memcpy(wasm_room_at(room), wasm_room_at(whole), size);
    wasm_room_close(whole);
    return room;
}

static struct wasm_screen *screen_read(char **words, struct wasm_model **model,
                                       struct wasm_roll **roll)
{
    *model = wasm_model_open(file_read(words[0]));
    *roll = wasm_roll_open(file_read(words[1]));
    struct wasm_room *school = wasm_room_open(strlen(words[2]));
    memcpy(wasm_room_at(school), words[2], strlen(words[2]));
    struct wasm_screen *screen = wasm_screen_open(*model, *roll, school);
    wasm_room_close(school);
    return *model == NULL ? NULL : screen;
}

int main(int count, char **words)
{
    if (count != 3 && count != 6)
        return 2;
    struct wasm_pack *pack = wasm_pack_open(file_read(words[1]));
    int32_t today = (int32_t)strtol(words[2], NULL, 10);
    struct wasm_model *model = NULL;
    struct wasm_roll *roll = NULL;
    struct wasm_screen *screen = count == 6 ? screen_read(words + 3, &model, &roll) : NULL;
    if (pack == NULL || (count == 6 && screen == NULL))
        return 2;
    for (struct wasm_room *form = form_read(); form != NULL; form = form_read()) {
        struct wasm_room *page = screen != NULL ? wasm_check(pack, screen, form, today)
                                                : wasm_page(pack, form, today);
        page_write(page);
        wasm_room_close(page);
        wasm_room_close(form);
    }
    wasm_screen_close(screen);
    wasm_roll_close(roll);
    wasm_model_close(model);
    wasm_pack_close(pack);
    return 0;
}
