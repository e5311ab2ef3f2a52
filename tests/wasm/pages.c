/*
 * The pages of "May I?" as a native program writes them, for tests/wasm/pages.test.mjs, which
 * compares them with those of handrail.wasm.
 *
 *     wasm_pages IMAGE DAY < FORMS > PAGES
 *
 * FORMS and PAGES: for each its bytes as a uint32_t, then the bytes. DAY: days since 1970-01-01.
 * What must hold: a page for each form, or the program ends with a status that is not 0.
 */
#include "support/check.h"

#include "wasm/wasm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define IMAGE_BYTES_MAX (4u * 1024u * 1024u)

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

static struct wasm_pack *pack_read(const char *path)
{
    struct wasm_room *whole = wasm_room_open(IMAGE_BYTES_MAX);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        exit(2);
    size_t size = fread(wasm_room_at(whole), 1, IMAGE_BYTES_MAX, file);
    (void)fclose(file);
    struct wasm_room *image = wasm_room_open(size);
    memcpy(wasm_room_at(image), wasm_room_at(whole), size);
    wasm_room_close(whole);
    return wasm_pack_open(image);
}

int main(int count, char **words)
{
    if (count != 3)
        return 2;
    struct wasm_pack *pack = pack_read(words[1]);
    int32_t today = (int32_t)strtol(words[2], NULL, 10);
    if (pack == NULL)
        return 2;
    for (struct wasm_room *form = form_read(); form != NULL; form = form_read()) {
        struct wasm_room *page = wasm_page(pack, form, today);
        page_write(page);
        wasm_room_close(page);
        wasm_room_close(form);
    }
    wasm_pack_close(pack);
    return 0;
}
