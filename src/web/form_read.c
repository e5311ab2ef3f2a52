/*
 * web/form_read.c - typed reads of a form, and what is wrong with it in the words of the page.
 *
 * Read first: web_int.h. Start at web_form_error().
 * What must hold: a field has one error at most, the first that was found.
 */
#include "web/web_int.h"

void web_form_error(struct web_form_errors *errors, struct str field, struct str message)
{
    if (!str_is_empty(web_form_error_of(errors, field))) {
        return;
    }
    if (errors->count == errors->capacity) {
        size_t more = errors->capacity > 0 ? errors->capacity * 2 : 8;
        errors->at = arena_grow(errors->arena, errors->at, errors->capacity * sizeof *errors->at,
                                arena_array_bytes(more, sizeof *errors->at));
        errors->capacity = more;
    }
    errors->at[errors->count++] = (struct web_form_error){field, message};
}

struct str web_form_error_of(const struct web_form_errors *errors, struct str field)
{
    for (size_t i = 0; i < errors->count; i++) {
        if (str_equal(errors->at[i].field, field)) {
            return errors->at[i].message;
        }
    }
    return (struct str){0};
}

struct str web_form_text(const struct web_form *form, struct str field, size_t bytes_max,
                         struct str missing, struct web_form_errors *errors)
{
    struct str value = str_trim(web_form_value(form, field));
    if (str_is_empty(value) && !str_is_empty(missing)) {
        web_form_error(errors, field, missing);
    } else if (value.len > bytes_max) {
        web_form_error(
            errors, field,
            str_format(errors->arena, "This is too long: write at most %zu characters", bytes_max));
        return (struct str){0};
    }
    return value;
}

size_t web_form_choice(const struct web_form *form, struct str field, const struct str *choices,
                       size_t choice_count, struct str wrong, struct web_form_errors *errors)
{
    const struct web_field *found = web_form_find(form, field);
    for (size_t i = 0; found && i < choice_count; i++) {
        if (str_equal(found->value, choices[i])) {
            return i;
        }
    }
    web_form_error(errors, field, wrong);
    return STR_NONE;
}

bool web_form_int(const struct web_form *form, struct str field, int64_t least, int64_t most,
                  struct str wrong, struct web_form_errors *errors, int64_t *out)
{
    int64_t value;
    if (!str_to_int(str_trim(web_form_value(form, field)), &value) || value < least ||
        value > most) {
        web_form_error(errors, field, wrong);
        return false;
    }
    *out = value;
    return true;
}

bool web_form_yes(const struct web_form *form, struct str field)
{
    return str_equal(web_form_value(form, field), STR("yes"));
}
