/*
 * fuzz/json_fuzz.c - any bytes at all given to the JSON reader.
 *
 * Run it with tools/fuzz.sh json SECONDS. Read first: src/base/json.h.
 *
 * Modules: base
 *
 * What must hold, beyond that no sanitizer complains
 * - A refusal comes with exactly one error, whose place is in the text or just behind it.
 * - What was read can be written and read again, and is then written the same.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void write_value(struct json_writer *writer, const struct json_value *value);

static void write_number(struct json_writer *writer, const struct json_value *value)
{
    if (value->is_integer) {
        json_int(writer, value->integer);
    } else {
        json_null(writer); /* the writer knows whole numbers only */
    }
}

static void write_items(struct json_writer *writer, const struct json_value *value)
{
    for (size_t i = 0; i < value->count; i++) {
        if (value->kind == JSON_OBJECT) {
            json_key(writer, value->members[i].key);
            write_value(writer, &value->members[i].value);
        } else {
            write_value(writer, &value->elements[i]);
        }
    }
}

static void write_value(struct json_writer *writer, const struct json_value *value)
{
    switch (value->kind) {
    case JSON_NULL:
        json_null(writer);
        break;
    case JSON_BOOL:
        json_bool(writer, value->boolean);
        break;
    case JSON_NUMBER:
        write_number(writer, value);
        break;
    case JSON_STRING:
        assert(utf8_valid(value->text));
        json_str(writer, value->text);
        break;
    case JSON_ARRAY:
        json_begin_array(writer);
        write_items(writer, value);
        json_end_array(writer);
        break;
    case JSON_OBJECT:
        json_begin_object(writer);
        write_items(writer, value);
        json_end_object(writer);
        break;
    case JSON_KIND_COUNT:
        assert(false && "no such kind");
        break;
    }
}

static struct str written(struct arena *arena, const struct json_value *value,
                          enum json_layout layout)
{
    struct text out = {.arena = arena};
    struct json_writer writer = json_writer_new(&out, layout);
    write_value(&writer, value);
    assert(json_writer_is_done(&writer));
    return text_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    struct str input = {(const char *)data, bytes};
    const struct json_value *value = json_read(arena, STR("input"), input, &diags);
    if (!value) {
        assert(diag_error_count(&diags) == 1);
        assert(diags.items[0].line >= 1 && diags.items[0].column >= 1);
        assert(diags.items[0].line <= bytes + 1 && diags.items[0].column <= bytes + 1);
        return 0;
    }
    assert(diags.count == 0);
    struct str once = written(arena, value, JSON_COMPACT);
    /* Escapes and layout can make the text longer than its source, and so than the limit. */
    struct str pretty = written(arena, value, JSON_PRETTY);
    if (once.len > LIMIT_JSON_INPUT_BYTES_MAX || pretty.len > LIMIT_JSON_INPUT_BYTES_MAX) {
        return 0;
    }
    const struct json_value *again = json_read(arena, STR("once"), pretty, &diags);
    assert(again);
    assert(str_equal(once, written(arena, again, JSON_COMPACT)));
    return 0;
}
