/*
 * interview/form.h - what a form says: names and values, in the order of the page.
 *
 * Reads and writes application/x-www-form-urlencoded (WHATWG URL Standard, "application/
 * x-www-form-urlencoded parsing" and "serializing"), strictly: what no browser sends is refused
 * instead of guessed at. Start at form_read().
 *
 * What must hold: names and values are UTF-8 without control bytes, but for line ends and tabs in
 * values; a form that has been written reads as it was.
 */
#ifndef HANDRAIL_INTERVIEW_FORM_H
#define HANDRAIL_INTERVIEW_FORM_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

#define FORM_BYTES_MAX 65536u
#define FORM_FIELDS_MAX 1024u

struct form_field {
    struct str name, value;
};

struct form {
    struct form_field *fields;
    size_t count;
};

/* NULL and *out filled, or one sentence that says what is wrong. Everything is copied. */
const char *form_read(struct arena *arena, struct str bytes, struct form *out);

/* The same of at most `bytes_max` bytes, in the place of FORM_BYTES_MAX. */
const char *form_read_long(struct arena *arena, struct str bytes, size_t bytes_max,
                           struct form *out);

/* Appends "name=value", after "&" when something stands before it. */
void form_write(struct text *out, struct str name, struct str value);

/* The first value of that name; the empty text when there is none. */
struct str form_value(const struct form *form, struct str name);
bool form_has(const struct form *form, struct str name);

#endif
