/*
 * actions/answer.c - what an action shows, gathered; and as JSON.
 *
 * Read first: action_int.h, "Answering".
 */
#include <assert.h>
#include <string.h>

#include "actions/table_int.h"
#include "base/json.h"
#include "calendar/london.h"
#include "records/people.h"
#include "store/statement.h"

#define ERRORS_MAX 64
#define ROWS_FIRST 16

void action_error(struct action_call *call, const char *field, struct str message)
{
    struct action_outcome *outcome = call->outcome;
    if (!outcome->errors) {
        outcome->errors = ARENA_ARRAY(call->arena, struct action_error, ERRORS_MAX);
    }
    if (outcome->error_count < ERRORS_MAX) {
        outcome->errors[outcome->error_count++] =
            (struct action_error){str_copy(call->arena, str_from(field)), message};
    }
    outcome->status = ACTION_INVALID;
}

bool action_has_errors(const struct action_call *call)
{
    return call->outcome->error_count > 0;
}

struct result action_changed(struct action_call *call, size_t changed)
{
    (void)call;
    return changed == 1
               ? RESULT_OK
               : result_fail(RESULT_CODE_CONFLICT,
                             "somebody else has changed this meanwhile, or it is not there any "
                             "more: look at it again",
                             (struct str){0});
}

static void say(struct action_call *call, const char *name, const char *label,
                enum action_cell_kind kind, struct action_cell cell)
{
    struct action_answer *answer = &call->outcome->answer;
    if (str_is_empty(cell.text)) {
        return;
    }
    assert(answer->entry_count < ACTION_ENTRIES_MAX);
    answer->entries[answer->entry_count++] =
        (struct action_entry){{str_from(name), str_from(label), kind}, cell};
}

void action_say(struct action_call *call, const char *name, const char *label, struct str text)
{
    say(call, name, label, ACTION_CELL_TEXT, (struct action_cell){.text = text});
}

void action_say_number(struct action_call *call, const char *name, const char *label,
                       int64_t number)
{
    say(call, name, label, ACTION_CELL_NUMBER, action_cell_number(call, number));
}

void action_say_link(struct action_call *call, const char *name, const char *label, struct str text,
                     const char *action, const char *field, int64_t id)
{
    say(call, name, label, ACTION_CELL_TEXT, action_cell_link(call, text, action, field, id));
}

struct action_cell action_cell_date(struct action_call *call, struct civil_date date)
{
    if (!store_date_is_given(date)) {
        return (struct action_cell){0};
    }
    return (struct action_cell){.text = civil_date_words(call->arena, date),
                                .raw = civil_date_format(call->arena, date)};
}

struct action_cell action_cell_instant(struct action_call *call, struct instant instant)
{
    return (struct action_cell){.text = london_words(call->arena, instant),
                                .raw = instant_format(call->arena, instant)};
}

const struct action_choice *action_choice_find(struct action_word_list list, struct str value)
{
    for (size_t i = 0; i < list.count; i++) {
        if (str_equal(list.at[i].value, value)) {
            return &list.at[i];
        }
    }
    return NULL;
}

struct action_cell action_cell_choice(const struct action_choice *choices, size_t count,
                                      struct str value)
{
    const struct action_choice *choice =
        action_choice_find((struct action_word_list){choices, count}, value);
    return choice ? (struct action_cell){.text = choice->label, .raw = value}
                  : (struct action_cell){.text = value};
}

struct action_cell action_cell_word(struct action_call *call, enum action_words words,
                                    struct str value)
{
    struct action_word_list list = call->place->words[words];
    return action_cell_choice(list.at, list.count, value);
}

struct str action_word_means(struct action_call *call, enum action_words words, struct str value)
{
    const struct action_choice *choice = action_choice_find(call->place->words[words], value);
    return choice ? choice->means : (struct str){0};
}

void action_say_date(struct action_call *call, const char *name, const char *label,
                     struct civil_date date)
{
    say(call, name, label, ACTION_CELL_TEXT, action_cell_date(call, date));
}

void action_say_cell(struct action_call *call, const char *name, const char *label,
                     struct action_cell cell)
{
    say(call, name, label, ACTION_CELL_TEXT, cell);
}

struct action_cell action_cell_number(struct action_call *call, int64_t number)
{
    return (struct action_cell){.text = str_format(call->arena, "%lld", (long long)number)};
}

struct action_cell action_cell_act(struct action_call *call, int64_t position)
{
    struct action_cell cell = action_cell_number(call, position);
    cell.action = action_ledger_see.name;
    cell.field = STR("act");
    cell.value = cell.text;
    return cell;
}

struct action_cell action_cell_linked(struct action_call *call, struct action_cell cell,
                                      const char *action, const char *field, int64_t id)
{
    cell.action = str_from(action);
    cell.field = str_from(field);
    cell.value = store_id_format(call->arena, id);
    return cell;
}

struct action_cell action_cell_link(struct action_call *call, struct str text, const char *action,
                                    const char *field, int64_t id)
{
    return action_cell_linked(call, (struct action_cell){.text = text}, action, field, id);
}

struct action_cell action_cell_row(struct action_call *call, const char *words,
                                   const struct action *action, const char *field, int64_t id,
                                   struct row_id row)
{
    if (!action_may(call, action)) {
        return (struct action_cell){0};
    }
    struct action_cell cell = {.text = str_from(words),
                               .action = action->name,
                               .field = str_from(field),
                               .value = store_id_format(call->arena, id),
                               .row = store_id_format(call->arena, row.value)};
    return cell;
}

struct result action_person_cell(struct action_call *call, struct person_id id,
                                 struct action_cell *cell)
{
    if (!id.value) {
        return RESULT_OK;
    }
    struct person_of_row row;
    bool is_there = false;
    TRY(person_of(call->transaction, (struct person_of_in){id}, &is_there, &row));
    *cell = action_cell_link(call, is_there ? row.name : STR("somebody"), "person.see", "person",
                             id.value);
    return RESULT_OK;
}

struct action_list *action_list(struct action_call *call, const char *name, const char *title,
                                const struct action_column *columns, size_t column_count,
                                const char *nothing)
{
    struct action_answer *answer = &call->outcome->answer;
    assert(answer->list_count < ACTION_LISTS_MAX);
    struct action_list *list = &answer->lists[answer->list_count++];
    *list = (struct action_list){.name = str_from(name),
                                 .title = str_from(title),
                                 .nothing = str_from(nothing),
                                 .columns = columns,
                                 .column_count = column_count};
    return list;
}

struct action_cell *action_row(struct action_call *call, struct action_list *list)
{
    if (list->row_count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : ROWS_FIRST;
        struct action_cell *cells =
            ARENA_ARRAY(call->arena, struct action_cell, capacity * list->column_count);
        if (list->row_count) {
            memcpy(cells, list->cells, list->row_count * list->column_count * sizeof *cells);
        }
        list->cells = cells;
        list->capacity = capacity;
    }
    return &list->cells[list->row_count++ * list->column_count];
}

void action_offer(struct action_call *call, const struct action *action, const char *first,
                  int64_t first_id, const char *second, int64_t second_id)
{
    struct action_answer *answer = &call->outcome->answer;
    if (!action_may(call, action)) {
        return;
    }
    assert(answer->link_count < ACTION_LINKS_MAX);
    struct action_link *link = &answer->links[answer->link_count++];
    *link = (struct action_link){.action = action};
    if (first) {
        link->given[link->given_count++] =
            (struct action_given){str_from(first), store_id_format(call->arena, first_id)};
    }
    if (second) {
        link->given[link->given_count++] =
            (struct action_given){str_from(second), store_id_format(call->arena, second_id)};
    }
}

/* ---- Found again ----------------------------------------------------------------------------- */

const struct action_list *action_list_named(const struct action_answer *answer, const char *name)
{
    static const struct action_list none;
    for (size_t i = 0; i < answer->list_count; i++) {
        if (str_equal(answer->lists[i].name, str_from(name))) {
            return &answer->lists[i];
        }
    }
    return &none;
}

const struct action_cell *action_entry_named(const struct action_answer *answer, const char *name)
{
    static const struct action_cell none;
    for (size_t i = 0; i < answer->entry_count; i++) {
        if (str_equal(answer->entries[i].column.name, str_from(name))) {
            return &answer->entries[i].cell;
        }
    }
    return &none;
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void write_cell(struct json_writer *writer, const struct action_column *column,
                       const struct action_cell *cell)
{
    int64_t number;
    json_key(writer, column->name);
    if (column->kind == ACTION_CELL_NUMBER && str_to_int(cell->text, &number)) {
        json_int(writer, number);
    } else {
        json_str(writer, str_is_empty(cell->raw) ? cell->text : cell->raw);
    }
    if (!str_is_empty(cell->value)) {
        struct str id = str_format(writer->out->arena, STR_FMT "Id", STR_ARG(column->name));
        json_key_str(writer, id, cell->value);
    }
    if (!str_is_empty(cell->row)) {
        struct str row = str_format(writer->out->arena, STR_FMT "Row", STR_ARG(column->name));
        json_key_str(writer, row, cell->row);
    }
}

static void write_list(struct json_writer *writer, const struct action_list *list)
{
    json_key(writer, list->name);
    json_begin_array(writer);
    for (size_t row = 0; row < list->row_count; row++) {
        json_begin_object(writer);
        for (size_t i = 0; i < list->column_count; i++) {
            write_cell(writer, &list->columns[i], &list->cells[row * list->column_count + i]);
        }
        json_end_object(writer);
    }
    json_end_array(writer);
}

struct str action_answer_json(struct arena *arena, const struct action *action,
                              const struct action_outcome *outcome)
{
    const struct action_answer *answer = &outcome->answer;
    struct text out = {.arena = arena};
    struct json_writer writer = json_writer_new(&out, JSON_COMPACT);
    json_begin_object(&writer);
    json_key_str(&writer, STR("action"), action->name);
    if (outcome->position >= 0) {
        json_key_int(&writer, STR("act"), outcome->position);
    }
    if (outcome->person.value) {
        json_key_str(&writer, STR("person"), store_id_format(arena, outcome->person.value));
    }
    if (outcome->school.value) {
        json_key_str(&writer, STR("school"), store_id_format(arena, outcome->school.value));
    }
    json_key(&writer, STR("shown"));
    json_begin_object(&writer);
    for (size_t i = 0; i < answer->entry_count; i++) {
        write_cell(&writer, &answer->entries[i].column, &answer->entries[i].cell);
    }
    for (size_t i = 0; i < answer->list_count; i++) {
        write_list(&writer, &answer->lists[i]);
    }
    json_end_object(&writer);
    if (!str_is_empty(answer->next)) {
        json_key_str(&writer, STR("next"), answer->next);
    }
    json_end_object(&writer);
    return text_str(&out);
}
