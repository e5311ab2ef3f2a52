/*
 * base/diag.c - collecting, sorting and showing diagnostics.
 *
 * Read first: base/diag.h. Start at: diag_add.
 */
#include "base/diag.h"

#include <assert.h>

#include "base/arena.h"
#include "base/limits.h"

#define DIAGS_CAPACITY_FIRST ((size_t)8)

struct diag_list diag_list_new(struct arena *arena)
{
    return (struct diag_list){.arena = arena};
}

/* The place for one more, or NULL when the list is full. */
static struct diag *list_extend(struct diag_list *list)
{
    assert(list->arena && "a list begins with diag_list_new");
    if (list->count == LIMIT_DIAGS_MAX) {
        return NULL;
    }
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : DIAGS_CAPACITY_FIRST;
        list->items = arena_grow(list->arena, list->items, list->capacity * sizeof(struct diag),
                                 capacity * sizeof(struct diag));
        list->capacity = capacity;
    }
    return &list->items[list->count++];
}

/* In a full list: the last that is not an error, for an error to take its place; or NULL. */
static struct diag *last_lesser(struct diag_list *list)
{
    for (size_t i = list->count; i > 0; i--) {
        if (list->items[i - 1].severity != DIAG_ERROR) {
            return &list->items[i - 1];
        }
    }
    return NULL;
}

void diag_add(struct diag_list *list, enum diag_severity severity, struct str code, struct str file,
              uint32_t line, uint32_t column, struct str message, struct str hint)
{
    assert(severity < DIAG_COUNT);
    list->totals[severity]++;
    struct diag *place = list_extend(list);
    if (!place) {
        list->dropped++;
        place = severity == DIAG_ERROR ? last_lesser(list) : NULL;
    }
    if (place) {
        *place = (struct diag){severity, code, file, line, column, message, hint};
    }
}

void diag_addf(struct diag_list *list, enum diag_severity severity, struct str code,
               struct str file, uint32_t line, uint32_t column, struct str hint, const char *format,
               ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str message = str_format_list(list->arena, format, arguments);
    va_end(arguments);
    diag_add(list, severity, code, file, line, column, message, hint);
}

size_t diag_error_count(const struct diag_list *list)
{
    return list->totals[DIAG_ERROR];
}

static int place_compare(const struct diag *a, const struct diag *b)
{
    int order = str_compare(a->file, b->file);
    if (order == 0) {
        order = (a->line > b->line) - (a->line < b->line);
    }
    if (order == 0) {
        order = (a->column > b->column) - (a->column < b->column);
    }
    return order;
}

/* By insertion: stable, and quick for lists that are short or nearly in order, as these are. */
void diag_sort(struct diag_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        struct diag moving = list->items[i];
        size_t to = i;
        while (to > 0 && place_compare(&list->items[to - 1], &moving) > 0) {
            list->items[to] = list->items[to - 1];
            to--;
        }
        list->items[to] = moving;
    }
}

struct str diag_severity_name(enum diag_severity severity)
{
    switch (severity) {
    case DIAG_ERROR:
        return STR("error");
    case DIAG_WARNING:
        return STR("warning");
    case DIAG_NOTE:
        return STR("note");
    case DIAG_COUNT:
        break;
    }
    assert(false && "a severity outside the list");
    return STR("error");
}

/* Text whose later lines stand under its first. */
static void add_indented(struct text *out, struct str lines)
{
    struct str line;
    while (str_cut(lines, '\n', &line, &lines)) {
        text_add(out, line);
        text_add(out, STR("\n    "));
    }
    text_add(out, line);
}

static void diag_render_one(const struct diag *diag, struct text *out)
{
    if (!str_is_empty(diag->file)) {
        text_add(out, diag->file);
        text_add_char(out, ':');
    }
    if (diag->line > 0) {
        text_addf(out, "%u:", (unsigned)diag->line);
    }
    if (diag->line > 0 && diag->column > 0) {
        text_addf(out, "%u:", (unsigned)diag->column);
    }
    if (!str_is_empty(diag->file) || diag->line > 0) {
        text_add_char(out, ' ');
    }
    text_add(out, diag_severity_name(diag->severity));
    text_add(out, STR(": "));
    add_indented(out, diag->message);
    text_addf(out, " [" STR_FMT "]\n", STR_ARG(diag->code));
    if (!str_is_empty(diag->hint)) {
        text_add(out, STR("    hint: "));
        add_indented(out, diag->hint);
        text_add_char(out, '\n');
    }
}

void diag_render(struct diag_list *list, struct text *out)
{
    diag_sort(list);
    for (size_t i = 0; i < list->count; i++) {
        diag_render_one(&list->items[i], out);
    }
    if (list->dropped > 0) {
        text_addf(out, "%zu more %s not shown: mend these first\n", list->dropped,
                  list->dropped == 1 ? "message is" : "messages are");
    }
}
