/*
 * bench/templates_bench.c - a page with a table of fifty rows, made again and again.
 *
 * Run it with bench/templates.sh, which compiles bench/templates/page.html for it.
 *
 *     templates_bench SECONDS HTML JSON      writes the page, and its values for the other engines
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/json.h"
#include "clock.h"
#include "page.h"

#define ROWS 50

static void fill(struct arena *arena, struct page_bench_row rows[ROWS])
{
    static const struct str titles[] = {
        STR_INIT("Pupils as contacts & friends on personal accounts"),
        STR_INIT("Don't name the school in a \"private\" post"),
        STR_INIT("Passwords and shared devices"),
        STR_INIT("Photographs of pupils <18, with their parents\xE2\x80\x99 consent"),
        STR_INIT("Reporting a concern the same day"),
    };
    for (int i = 0; i < ROWS; i++) {
        rows[i] = (struct page_bench_row){
            .key = str_format(arena, "%d.%d", i / 10 + 1, i % 10 + 1),
            .title = titles[i % 5],
            .place = str_format(arena, "page %d, section %d", i / 4 + 1, i / 10 + 1),
            .where = str_format(arena, "/policy/larch-lane/clause/%d.%d", i / 10 + 1, i % 10 + 1),
            .is_open = i % 3 == 0,
        };
    }
}

static void write_file(const char *path, struct str bytes)
{
    FILE *file = fopen(path, "wb");
    assert(file);
    size_t written = fwrite(bytes.at, 1, bytes.len, file);
    assert(written == bytes.len);
    fclose(file);
}

static struct str values_as_json(struct arena *arena, const struct page_bench_page_args *args)
{
    struct text out = {.arena = arena};
    struct json_writer writer = json_writer_new(&out, JSON_COMPACT);
    json_begin_object(&writer);
    json_key(&writer, STR("title"));
    json_str(&writer, args->title);
    json_key(&writer, STR("rows"));
    json_begin_array(&writer);
    for (size_t i = 0; i < args->rows_count; i++) {
        const struct page_bench_row *row = &args->rows[i];
        json_begin_object(&writer);
        json_key(&writer, STR("key"));
        json_str(&writer, row->key);
        json_key(&writer, STR("title"));
        json_str(&writer, row->title);
        json_key(&writer, STR("place"));
        json_str(&writer, row->place);
        json_key(&writer, STR("where"));
        json_str(&writer, row->where);
        json_key(&writer, STR("is_open"));
        json_bool(&writer, row->is_open);
        json_end_object(&writer);
    }
    json_end_array(&writer);
    json_end_object(&writer);
    return text_str(&out);
}

int main(int count, char **arguments)
{
    if (count != 4) {
        fputs("usage: templates_bench SECONDS HTML JSON\n", stderr);
        return 2;
    }
    struct arena *arena = arena_open();
    struct page_bench_row rows[ROWS];
    fill(arena, rows);
    const struct page_bench_page_args args = {
        .title = STR("Clauses of the policy"), .rows = rows, .rows_count = ROWS};
    struct html first = html_new(arena);
    page_bench_page(&first, &args);
    write_file(arguments[2], html_take(&first).markup);
    write_file(arguments[3], values_as_json(arena, &args));

    struct arena *request = arena_open();
    const struct arena_mark mark = arena_mark(request);
    uint64_t limit = (uint64_t)(strtod(arguments[1], NULL) * 1e9);
    uint64_t pages = 0, spent = 0, bytes = 0;
    uint64_t started = clock_nanoseconds();
    while (spent < limit) {
        for (int i = 0; i < 1000; i++) {
            struct html out = html_new(request);
            page_bench_page(&out, &args);
            bytes += html_take(&out).markup.len;
            arena_rewind(request, mark);
        }
        pages += 1000;
        spent = clock_nanoseconds() - started;
    }
    printf("Handrail: %.2f us a page of %d rows, %.2f GB a second\n",
           (double)spent / 1e3 / (double)pages, ROWS, (double)bytes / (double)spent);
    arena_close(request);
    arena_close(arena);
    return 0;
}
