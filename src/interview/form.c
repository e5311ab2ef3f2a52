/*
 * interview/form.c - see form.h.
 */
#include "interview/form.h"

#include "base/utf8.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7F;
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '*';
}

/* One name or value; false when it is not well formed. */
static bool part_decode(struct arena *arena, struct str part, bool is_name, struct str *out)
{
    char *bytes = arena_alloc(arena, part.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < part.len; i++) {
        char c = part.at[i];
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            int high = i + 2 < part.len ? hex_digit(part.at[i + 1]) : -1;
            int low = i + 2 < part.len ? hex_digit(part.at[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        bool is_layout = !is_name && (c == '\t' || c == '\n' || c == '\r');
        if (is_control(c) && !is_layout)
            return false;
        bytes[len++] = c;
    }
    *out = (struct str){bytes, len};
    return utf8_valid(*out);
}

const char *form_read_long(struct arena *arena, struct str bytes, size_t bytes_max,
                           struct form *out)
{
    *out = (struct form){0};
    if (bytes.len > bytes_max)
        return "The form is too long";
    out->fields = ARENA_ARRAY(arena, struct form_field, FORM_FIELDS_MAX);
    struct str rest = bytes;
    while (rest.len != 0) {
        struct str pair, name, value;
        (void)str_cut(rest, '&', &pair, &rest);
        if (pair.len == 0)
            continue;
        if (out->count == FORM_FIELDS_MAX)
            return "The form has too many fields";
        (void)str_cut(pair, '=', &name, &value);
        struct form_field *field = &out->fields[out->count++];
        if (!part_decode(arena, name, true, &field->name) ||
            !part_decode(arena, value, false, &field->value))
            return "The form is not well formed";
    }
    return NULL;
}

const char *form_read(struct arena *arena, struct str bytes, struct form *out)
{
    return form_read_long(arena, bytes, FORM_BYTES_MAX, out);
}

static void part_encode(struct text *out, struct str part)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < part.len; i++) {
        unsigned char c = (unsigned char)part.at[i];
        if (is_plain((char)c)) {
            text_add_char(out, (char)c);
        } else if (c == ' ') {
            text_add_char(out, '+');
        } else {
            text_add_char(out, '%');
            text_add_char(out, digits[c >> 4]);
            text_add_char(out, digits[c & 15]);
        }
    }
}

void form_write(struct text *out, struct str name, struct str value)
{
    if (out->len != 0)
        text_add_char(out, '&');
    part_encode(out, name);
    text_add_char(out, '=');
    part_encode(out, value);
}

struct str form_value(const struct form *form, struct str name)
{
    for (size_t i = 0; i < form->count; i++)
        if (str_equal(form->fields[i].name, name))
            return form->fields[i].value;
    return (struct str){0};
}

bool form_has(const struct form *form, struct str name)
{
    for (size_t i = 0; i < form->count; i++)
        if (str_equal(form->fields[i].name, name))
            return true;
    return false;
}
