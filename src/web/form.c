/*
 * web/form.c - application/x-www-form-urlencoded: read strictly, looked up, written.
 *
 * Read first: web_int.h. Start at web_form_parse(). Typed reads are in form_read.c.
 * Source: the URL Standard, section 5, without its tolerance: a bad escape is a fault here.
 * What must hold: nothing that is no UTF-8 text leaves this file.
 */
#include "base/utf8.h"
#include "web/escape_int.h"
#include "web/web_int.h"

int web_hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool web_escape_read(struct str s, size_t at, char *out)
{
    if (s.len - at < 3) {
        return false;
    }
    int high = web_hex_digit(s.at[at + 1]);
    int low = web_hex_digit(s.at[at + 2]);
    if (high < 0 || low < 0) {
        return false;
    }
    *out = (char)(unsigned char)(high * 16 + low);
    return true;
}

/* ---- Reading --------------------------------------------------------------------------------- */

static bool form_is_control(char c)
{
    unsigned char byte = (unsigned char)c;
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
}

/* Decodes one name or value. The result is not longer than what it is read from. */
static enum web_form_fault form_decode(struct arena *arena, struct str encoded, struct str *out)
{
    char *bytes = ARENA_ARRAY(arena, char, encoded.len);
    size_t len = 0;
    for (size_t i = 0; i < encoded.len; i++) {
        char c = encoded.at[i];
        if (c == '%') {
            if (!web_escape_read(encoded, i, &c)) {
                return WEB_FORM_BAD_ESCAPE;
            }
            i += 2;
        } else if (c == '+') {
            c = ' ';
        } else if (c <= ' ' || c > '~') {
            return WEB_FORM_BAD_BYTE;
        }
        /* A browser sends line ends as CR LF. */
        if (c == '\n' && len > 0 && bytes[len - 1] == '\r') {
            len--;
        }
        bytes[len++] = c;
    }
    for (size_t i = 0; i < len; i++) {
        if (form_is_control(bytes[i])) {
            return WEB_FORM_BAD_BYTE;
        }
    }
    *out = (struct str){bytes, len};
    return utf8_valid(*out) ? WEB_FORM_FINE : WEB_FORM_NOT_UTF8;
}

static enum web_form_fault form_read_field(struct arena *arena, struct str pair, size_t value_max,
                                           struct web_field *field)
{
    struct str name, value;
    str_cut(pair, '=', &name, &value);
    enum web_form_fault fault = form_decode(arena, name, &field->name);
    if (fault == WEB_FORM_FINE) {
        fault = form_decode(arena, value, &field->value);
    }
    if (fault != WEB_FORM_FINE) {
        return fault;
    }
    if (field->name.len > WEB_FORM_NAME_BYTES_MAX) {
        return WEB_FORM_NAME_TOO_LONG;
    }
    return field->value.len > value_max ? WEB_FORM_VALUE_TOO_LONG : WEB_FORM_FINE;
}

enum web_form_fault web_form_parse(struct arena *arena, struct str encoded, size_t fields_max,
                                   size_t value_max, struct web_form *out)
{
    *out = (struct web_form){0};
    size_t count = encoded.len > 0;
    for (size_t i = 0; i < encoded.len; i++) {
        count += encoded.at[i] == '&';
    }
    if (count > fields_max) {
        return WEB_FORM_TOO_MANY;
    }
    struct web_form form = {.fields = ARENA_ARRAY(arena, struct web_field, count)};
    struct str rest = encoded, pair;
    while (rest.len > 0) {
        str_cut(rest, '&', &pair, &rest);
        if (pair.len == 0) {
            continue;
        }
        enum web_form_fault fault =
            form_read_field(arena, pair, value_max, &form.fields[form.count++]);
        if (fault != WEB_FORM_FINE) {
            return fault;
        }
    }
    *out = form;
    return WEB_FORM_FINE;
}

struct str web_form_fault_words(enum web_form_fault fault)
{
    switch (fault) {
    case WEB_FORM_FINE:
        return STR("The form is fine.");
    case WEB_FORM_BAD_ESCAPE:
        return STR("The form holds a \"%\" that is not followed by two hexadecimal digits.");
    case WEB_FORM_BAD_BYTE:
        return STR("The form holds a character that cannot be in a form.");
    case WEB_FORM_NOT_UTF8:
        return STR("The form holds text that is not UTF-8.");
    case WEB_FORM_TOO_MANY:
        return STR("The form has too many fields.");
    case WEB_FORM_NAME_TOO_LONG:
        return STR("The name of a field in the form is too long.");
    case WEB_FORM_VALUE_TOO_LONG:
        return STR("One of the answers in the form is too long.");
    case WEB_FORM_FAULT_COUNT:
        break;
    }
    return STR("The form cannot be read.");
}

/* ---- Looking up ------------------------------------------------------------------------------ */

const struct web_field *web_form_find(const struct web_form *form, struct str name)
{
    for (size_t i = 0; i < form->count; i++) {
        if (str_equal(form->fields[i].name, name)) {
            return &form->fields[i];
        }
    }
    return NULL;
}

struct str web_form_value(const struct web_form *form, struct str name)
{
    const struct web_field *field = web_form_find(form, name);
    return field ? field->value : (struct str){0};
}

bool web_form_has(const struct web_form *form, struct str name)
{
    return web_form_find(form, name) != NULL;
}

size_t web_form_count(const struct web_form *form, struct str name)
{
    size_t count = 0;
    for (size_t i = 0; i < form->count; i++) {
        count += str_equal(form->fields[i].name, name);
    }
    return count;
}

/* ---- Writing --------------------------------------------------------------------------------- */

static void form_escape(struct text *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '*';
        if (is_plain) {
            text_add_char(out, (char)c);
        } else if (c == ' ') {
            text_add_char(out, '+');
        } else {
            text_addf(out, "%%%02X", (unsigned)c);
        }
    }
}

void web_form_add(struct text *out, struct str name, struct str value)
{
    if (out->len > 0) {
        text_add_char(out, '&');
    }
    form_escape(out, name);
    text_add_char(out, '=');
    form_escape(out, value);
}
