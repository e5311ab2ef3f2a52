/*
 * base/json_write.c - writing JSON. Reading it stands in base/json.c.
 *
 * Read first: base/json.h. Start at: before_value, which every value passes through.
 *
 * What must hold: whatever the calls were, the text is valid JSON as soon as json_writer_is_done,
 * and a call that would break it stops the program.
 */
#include <assert.h>

#include "base/json.h"
#include "base/utf8.h"

struct json_writer json_writer_new(struct text *out, enum json_layout layout)
{
    return (struct json_writer){.out = out, .layout = layout};
}

static void line_break(struct json_writer *writer)
{
    if (writer->layout == JSON_PRETTY) {
        text_add_char(writer->out, '\n');
        for (size_t i = 0; i < writer->depth; i++) {
            text_add(writer->out, STR("  "));
        }
    }
}

/* The comma and the line break before an element or a member's name. */
static void separate(struct json_writer *writer)
{
    assert(writer->depth > 0 && "only a list or an object has more than one value");
    if (writer->levels[writer->depth - 1].has_any) {
        text_add_char(writer->out, ',');
    }
    writer->levels[writer->depth - 1].has_any = true;
    line_break(writer);
}

static void before_value(struct json_writer *writer)
{
    assert(!writer->is_done && "the document is complete already");
    if (writer->depth == 0) {
        return;
    }
    if (writer->levels[writer->depth - 1].is_object) {
        assert(writer->has_key && "a value in an object follows its key");
        writer->has_key = false;
    } else {
        separate(writer);
    }
}

static void after_value(struct json_writer *writer)
{
    writer->is_done = writer->depth == 0;
}

static void begin(struct json_writer *writer, bool is_object)
{
    before_value(writer);
    assert(writer->depth < LIMIT_JSON_DEPTH_MAX && "deeper than a reader would accept");
    writer->levels[writer->depth].is_object = is_object;
    writer->levels[writer->depth].has_any = false;
    writer->depth++;
    text_add_char(writer->out, is_object ? '{' : '[');
}

static void end(struct json_writer *writer, bool is_object)
{
    assert(writer->depth > 0 && "nothing is open");
    assert(writer->levels[writer->depth - 1].is_object == is_object && "another kind is open");
    assert(!writer->has_key && "a key has no value");
    bool has_any = writer->levels[writer->depth - 1].has_any;
    writer->depth--;
    if (has_any) {
        line_break(writer);
    }
    text_add_char(writer->out, is_object ? '}' : ']');
    after_value(writer);
}

void json_begin_object(struct json_writer *writer)
{
    begin(writer, true);
}

void json_end_object(struct json_writer *writer)
{
    end(writer, true);
}

void json_begin_array(struct json_writer *writer)
{
    begin(writer, false);
}

void json_end_array(struct json_writer *writer)
{
    end(writer, false);
}

/* What must be escaped, as text; empty when the code point stands for itself. */
static struct str escape_of(uint32_t code_point)
{
    switch (code_point) {
    case '"':
        return STR("\\\"");
    case '\\':
        return STR("\\\\");
    case '\b':
        return STR("\\b");
    case '\f':
        return STR("\\f");
    case '\n':
        return STR("\\n");
    case '\r':
        return STR("\\r");
    case '\t':
        return STR("\\t");
    }
    return (struct str){0};
}

/* Where the bytes from `at` on that stand for themselves end: ASCII, as nearly all text is. */
static size_t plain_end(struct str s, size_t at)
{
    while (at < s.len && s.at[at] >= 0x20 && s.at[at] < 0x7F && s.at[at] != '"' &&
           s.at[at] != '\\') {
        at++;
    }
    return at;
}

static void write_string(struct text *out, struct str s)
{
    text_add_char(out, '"');
    for (size_t at = 0; at < s.len;) {
        size_t end = plain_end(s, at);
        if (end > at) {
            text_add(out, str_slice(s, at, end));
            at = end;
            continue;
        }
        uint32_t code_point;
        size_t bytes = utf8_decode(s, at, &code_point);
        struct str escape = escape_of(code_point);
        if (bytes == 0) {
            text_add(out, STR("\xEF\xBF\xBD"));
        } else if (!str_is_empty(escape)) {
            text_add(out, escape);
        } else if (code_point < 0x20) {
            text_addf(out, "\\u%04x", (unsigned)code_point);
        } else {
            text_add(out, str_slice(s, at, at + bytes));
        }
        at += bytes ? bytes : 1;
    }
    text_add_char(out, '"');
}

void json_key(struct json_writer *writer, struct str key)
{
    assert(!writer->is_done && "the document is complete already");
    assert(writer->depth > 0 && writer->levels[writer->depth - 1].is_object &&
           "a key stands in an object");
    assert(!writer->has_key && "a key has no value");
    separate(writer);
    write_string(writer->out, key);
    text_add(writer->out, writer->layout == JSON_PRETTY ? STR(": ") : STR(":"));
    writer->has_key = true;
}

void json_str(struct json_writer *writer, struct str value)
{
    before_value(writer);
    write_string(writer->out, value);
    after_value(writer);
}

void json_int(struct json_writer *writer, int64_t value)
{
    before_value(writer);
    text_addf(writer->out, "%lld", (long long)value);
    after_value(writer);
}

void json_bool(struct json_writer *writer, bool value)
{
    json_raw(writer, value ? STR("true") : STR("false"));
}

void json_null(struct json_writer *writer)
{
    json_raw(writer, STR("null"));
}

void json_raw(struct json_writer *writer, struct str json)
{
    assert(!str_is_empty(json) && "no value is empty");
    before_value(writer);
    text_add(writer->out, json);
    after_value(writer);
}

void json_key_str(struct json_writer *writer, struct str key, struct str value)
{
    json_key(writer, key);
    json_str(writer, value);
}

void json_key_int(struct json_writer *writer, struct str key, int64_t value)
{
    json_key(writer, key);
    json_int(writer, value);
}

void json_key_bool(struct json_writer *writer, struct str key, bool value)
{
    json_key(writer, key);
    json_bool(writer, value);
}

bool json_writer_is_done(const struct json_writer *writer)
{
    return writer->is_done;
}
