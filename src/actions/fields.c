/*
 * actions/fields.c - what was sent, read into typed values.
 *
 * Read first: action_int.h.
 */
#include <assert.h>
#include <stdlib.h>

#include "actions/action_int.h"
#include "actions/name.h"
#include "base/utf8.h"
#include "store/statement.h"

#define TEXT_BYTES_MAX 200

static const struct action_field *field_named(const struct action *action, const char *name,
                                              size_t *index)
{
    for (size_t i = 0; i < action->field_count; i++) {
        if (str_equal(action->fields[i].name, str_from(name))) {
            *index = i;
            return &action->fields[i];
        }
    }
    return NULL;
}

const struct action_value *action_value(const struct action_call *call, const char *name)
{
    size_t index = 0;
    const struct action_field *field = field_named(call->action, name, &index);
    assert(field && "the action has this field");
    (void)field;
    return &call->values[index];
}

struct str action_text(const struct action_call *call, const char *name)
{
    return action_value(call, name)->text;
}

int64_t action_number(const struct action_call *call, const char *name)
{
    return action_value(call, name)->number;
}

struct civil_date action_date(const struct action_call *call, const char *name)
{
    const struct action_value *value = action_value(call, name);
    return value->is_given ? value->date : STORE_NO_DATE;
}

struct person_id action_person(const struct action_call *call, const char *name)
{
    return (struct person_id){action_number(call, name)};
}

struct school_id action_school(const struct action_call *call, const char *name)
{
    return (struct school_id){action_number(call, name)};
}

struct str action_date_text(struct arena *arena, struct civil_date date)
{
    return store_date_is_given(date) ? civil_date_format(arena, date) : (struct str){0};
}

void action_begin_with(struct action_call *call, const char *name, struct str value)
{
    size_t index = 0;
    const struct action_field *field = field_named(call->action, name, &index);
    assert(field && call->filled);
    (void)field;
    call->filled[index] = value;
}

/* ---- One field each -------------------------------------------------------------------------- */

static bool read_time(struct str text, int64_t *minutes)
{
    struct str hour_text, minute_text;
    int64_t hour, minute;
    if (text.len != 5 || !str_cut(text, ':', &hour_text, &minute_text) ||
        !str_to_int(hour_text, &hour) || !str_to_int(minute_text, &minute) || hour < 0 ||
        hour > 24 || minute < 0 || minute > 59 || (hour == 24 && minute > 0)) {
        return false;
    }
    *minutes = 60 * hour + minute;
    return true;
}

static bool is_one_of(const struct action_call *call, const struct action_field *field,
                      struct str text)
{
    struct action_word_list list = call->place->words[field->words];
    if (field->words == ACTION_WORDS_OWN) {
        list = (struct action_word_list){field->choices, field->choice_count};
    }
    return action_choice_find(list, text) != NULL;
}

/*
 * What is not seen has no place in a text: control characters, and marks that turn the direction of
 * what stands around them, so that a name reads as another. Lines are for long texts.
 */
static bool is_plain_text(struct str text, bool has_lines)
{
    if (!utf8_valid(text)) {
        return false;
    }
    for (size_t at = 0; at < text.len;) {
        uint32_t c = 0;
        at += utf8_decode(text, at, &c);
        bool is_line = has_lines && (c == '\n' || c == '\t');
        bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
        bool is_turn = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        if ((is_control && !is_line) || is_turn) {
            return false;
        }
    }
    return true;
}

static struct str read_text(const struct action_field *field, struct str text)
{
    if (text.len > (field->bytes_max ? field->bytes_max : TEXT_BYTES_MAX)) {
        return STR("this is too long");
    }
    return field->kind == ACTION_PASSWORD || is_plain_text(text, field->kind == ACTION_LONG_TEXT)
               ? STR("")
               : STR("leave out characters that are not seen, such as ends of lines");
}

/* A sentence when the value cannot be used, or the empty text. */
static struct str read_value(struct action_call *call, const struct action_field *field,
                             struct action_value *value)
{
    switch (field->kind) {
    case ACTION_TEXT:
    case ACTION_LONG_TEXT:
    case ACTION_PASSWORD:
        return read_text(field, value->text);
    case ACTION_FILE:
        return value->text.len > (field->bytes_max ? field->bytes_max : TEXT_BYTES_MAX)
                   ? STR("this is too long")
                   : STR("");
    case ACTION_EMAIL:
        return email_fold(call->arena, value->text, &value->text)
                   ? STR("")
                   : STR("give an address like name@school.example");
    case ACTION_DATE:
        return civil_date_parse(value->text, &value->date)
                   ? STR("")
                   : STR("give a day as year, month and day, like 2026-09-01");
    case ACTION_TIME:
        return read_time(value->text, &value->number) ? STR("") : STR("give a time like 08:45");
    case ACTION_NUMBER:
    case ACTION_REVISION:
        return str_to_int(value->text, &value->number) && value->number >= 0
                   ? STR("")
                   : STR("give a whole number");
    case ACTION_YES:
        value->number = str_equal(value->text, STR("yes")) || str_equal(value->text, STR("true"));
        return value->number || str_equal(value->text, STR("no")) ||
                       str_equal(value->text, STR("false"))
                   ? STR("")
                   : STR("say yes or no");
    case ACTION_CHOICE:
        return is_one_of(call, field, value->text) ? STR("") : STR("choose one of the list");
    case ACTION_PERSON:
    case ACTION_SCHOOL:
    case ACTION_ROW:
        return store_id_parse(value->text, &value->number) && value->number > 0
                   ? STR("")
                   : STR("this names nobody and nothing here");
    case ACTION_FIELD_KIND_COUNT:
        break;
    }
    assert(!"a field has no kind");
    return STR("");
}

static struct str given_for(const struct action_request *request, const struct action_field *field)
{
    for (size_t i = 0; i < request->given_count; i++) {
        if (str_equal(request->given[i].name, field->name)) {
            struct str value = request->given[i].value;
            bool is_exact = field->kind == ACTION_PASSWORD || field->kind == ACTION_FILE;
            return is_exact ? value : str_trim(value);
        }
    }
    return (struct str){0};
}

void action_read_fields(struct action_call *call)
{
    const struct action *action = call->action;
    for (size_t i = 0; i < action->field_count; i++) {
        const struct action_field *field = &action->fields[i];
        struct action_value *value = &call->values[i];
        value->date = STORE_NO_DATE;
        value->text = given_for(call->request, field);
        value->is_given = !str_is_empty(value->text);
        const char *name = str_cstr(call->arena, field->name);
        if (value->is_given) {
            struct str fault = read_value(call, field, value);
            if (!str_is_empty(fault)) {
                action_error(call, name,
                             str_format(call->arena, STR_FMT ": " STR_FMT, STR_ARG(field->label),
                                        STR_ARG(fault)));
                *value = (struct action_value){.text = value->text, .date = STORE_NO_DATE};
            }
        } else if (field->is_required) {
            action_error(
                call, name,
                str_format(call->arena, STR_FMT ": this is needed", STR_ARG(field->label)));
        }
    }
}
