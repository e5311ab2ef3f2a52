/*
 * cli/import_show.c - an import as a table, as JSON and as CSV.
 *
 * Read first: import_int.h; actions/do_import_see.c, which says what lines are made of.
 */
#include "base/csv.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/import_int.h"
#include "cli/terminal.h"
#include "cli/wrap.h"

/* Where the columns of the table begin. */
#define CHANGE_COLUMN 7
#define WHO_COLUMN 16
#define WHAT_COLUMN 36

/* Lines of one kind that are shown unless all are wanted. */
#define SHOWN_MAX 20

/* The cells of a line, in the order of do_import_see.c. */
enum { CELL_LINE, CELL_CHANGE, CELL_WHO, CELL_FIELD, CELL_BEFORE, CELL_AFTER, CELL_COUNT };

struct str people_entry(const struct action_outcome *outcome, const char *name)
{
    return action_entry_named(&outcome->answer, name)->text;
}

int64_t people_entry_number(const struct action_outcome *outcome, const char *name)
{
    int64_t number = 0;
    return str_to_int(people_entry(outcome, name), &number) ? number : 0;
}

/* A page of lines of one kind of change (empty: all), from `after` on; moves `after`. */
static bool page_read(struct people_run *run, const char *change, struct str *after,
                      struct action_outcome *out)
{
    const struct action_given given[] = {
        {STR("run"), run->number}, {STR("change"), str_from(change)}, {STR("after"), *after}};
    if (!people_act(run, "import.see", given, 3, out)) {
        return false;
    }
    *after = out->answer.next;
    return true;
}

/* ---- The table ------------------------------------------------------------------------------- */

static size_t columns_of_line(const struct text *out)
{
    size_t at = out->len;
    while (at > 0 && out->at[at - 1] != '\n') {
        at--;
    }
    return utf8_columns((struct str){out->at + at, out->len - at});
}

static struct str what_words(struct arena *arena, const struct action_cell *cells)
{
    struct str field = cells[CELL_FIELD].text, before = cells[CELL_BEFORE].text;
    struct str after = cells[CELL_AFTER].text;
    if (str_is_empty(field)) {
        return after;
    }
    if (str_is_empty(before)) {
        return str_format(arena, STR_FMT ": " STR_FMT, STR_ARG(field), STR_ARG(after));
    }
    return str_format(arena, STR_FMT ": " STR_FMT " \xE2\x86\x92 " STR_FMT, STR_ARG(field),
                      STR_ARG(before), STR_ARG(str_is_empty(after) ? STR("nothing") : after));
}

static bool is_same_line(const struct action_cell *a, const struct action_cell *b)
{
    return str_equal(a[CELL_LINE].text, b[CELL_LINE].text) &&
           str_equal(a[CELL_WHO].text, b[CELL_WHO].text) &&
           str_equal(a[CELL_WHO].value, b[CELL_WHO].value);
}

/* Line, change and who; the text goes on in the column of what. */
static void add_who(struct text *out, const struct action_cell *cells)
{
    struct str line = cells[CELL_LINE].text;
    wrap_space(out, line.len < CHANGE_COLUMN - 2 ? CHANGE_COLUMN - 2 - line.len : 0);
    text_add(out, line);
    text_add(out, STR("  "));
    wrap_pad(out, cells[CELL_CHANGE].text, WHO_COLUMN - CHANGE_COLUMN);
    text_add(out, cells[CELL_WHO].text);
    if (columns_of_line(out) >= WHAT_COLUMN) {
        text_add_char(out, '\n');
    }
}

static void add_what(struct text *out, const struct terminal *terminal, struct str what)
{
    wrap_space(out, WHAT_COLUMN - columns_of_line(out));
    wrap_add(out, what, (struct wrap){terminal->columns, WHAT_COLUMN, WHAT_COLUMN});
}

/* Somebody new in one sentence: the name stands beside it, and the first day with the school. */
static struct str added_words(struct arena *arena, const struct action_list *list, size_t row,
                              size_t end)
{
    struct text out = {.arena = arena};
    for (; row < end; row++) {
        const struct action_cell *cells = &list->cells[row * list->column_count];
        struct str field = cells[CELL_FIELD].text;
        if (!str_equal(field, STR("Name")) && !str_equal(field, STR("Joined on"))) {
            struct str words = what_words(arena, cells);
            text_addf(&out, "%s" STR_FMT, out.len ? "; " : "", STR_ARG(words));
        }
    }
    return text_str(&out);
}

/* One person, or one refused line: the rows from `row` to `end`. */
static void add_person(struct text *out, const struct terminal *terminal,
                       const struct action_list *list, size_t row, size_t end)
{
    const struct action_cell *cells = &list->cells[row * list->column_count];
    add_who(out, cells);
    if (str_equal(cells[CELL_CHANGE].text, STR("added"))) {
        add_what(out, terminal, added_words(out->arena, list, row, end));
        return;
    }
    for (; row < end; row++) {
        add_what(out, terminal, what_words(out->arena, &list->cells[row * list->column_count]));
    }
}

static void add_rows(struct text *out, const struct terminal *terminal,
                     const struct action_list *list, size_t *left)
{
    for (size_t row = 0; row<list->row_count && * left> 0;) {
        size_t end = row + 1;
        while (end < list->row_count && is_same_line(&list->cells[row * list->column_count],
                                                     &list->cells[end * list->column_count])) {
            end++;
        }
        add_person(out, terminal, list, row, end);
        *left -= 1;
        row = end;
    }
}

static bool show_change(struct people_run *run, struct text *out, const struct terminal *terminal,
                        const char *change, int64_t count)
{
    struct str after = {0};
    size_t left = run->shows_all ? SIZE_MAX : SHOWN_MAX;
    struct action_outcome page;
    do {
        if (!page_read(run, change, &after, &page)) {
            return false;
        }
        add_rows(out, terminal, action_list_named(&page.answer, "lines"), &left);
    } while (!str_is_empty(after) && left > 0);
    if (!run->shows_all && count > SHOWN_MAX) {
        text_addf(out, "%*s... and %lld more; --all shows them\n", CHANGE_COLUMN, "",
                  (long long)(count - SHOWN_MAX));
    }
    return true;
}

static void add_entry(struct text *out, const struct terminal *terminal, const char *label,
                      struct str text)
{
    if (!str_is_empty(text)) {
        wrap_pad(out, str_from(label), WHO_COLUMN);
        wrap_add(out, text, (struct wrap){terminal->columns, WHO_COLUMN, WHO_COLUMN});
    }
}

static struct str counts_words(struct arena *arena, const struct action_outcome *outcome)
{
    struct text out = {.arena = arena};
    text_addf(&out, "%lld added, %lld changed, %lld left, %lld the same, %lld lines refused",
              (long long)people_entry_number(outcome, "added"),
              (long long)people_entry_number(outcome, "changed"),
              (long long)people_entry_number(outcome, "left"),
              (long long)people_entry_number(outcome, "same"),
              (long long)people_entry_number(outcome, "refused"));
    if (people_entry_number(outcome, "absent")) {
        text_addf(&out, "; %lld not in the list any more and left alone (--leavers)",
                  (long long)people_entry_number(outcome, "absent"));
    }
    if (people_entry_number(outcome, "passed")) {
        text_addf(&out, "; %lld had left before they were known here",
                  (long long)people_entry_number(outcome, "passed"));
    }
    return text_str(&out);
}

static void add_kept(struct text *out, const struct terminal *terminal,
                     const struct action_outcome *outcome)
{
    const struct action_list *list = action_list_named(&outcome->answer, "kept");
    for (size_t row = 0; row < list->row_count; row++) {
        const struct action_cell *cells = &list->cells[row * list->column_count];
        struct str words = str_format(out->arena, STR_FMT ": " STR_FMT, STR_ARG(cells[1].text),
                                      STR_ARG(cells[2].text));
        add_entry(out, terminal, row ? "" : "Not undone", words);
    }
}

bool people_show(struct people_run *run)
{
    static const char *const changes[] = {"refused", "changed", "left", "added"};
    struct terminal terminal = terminal_of(run->cli->out, false);
    struct text out = {.arena = run->cli->arena};
    struct str after = {0};
    struct action_outcome page;
    if (!page_read(run, "", &after, &page)) {
        return false;
    }
    add_entry(&out, &terminal, "Import", run->number);
    add_entry(&out, &terminal, "State", people_entry(&page, "state"));
    add_entry(&out, &terminal, "Schools", people_entry(&page, "schools"));
    add_entry(&out, &terminal, "Columns read", people_entry(&run->preview, "columnsRead"));
    add_entry(&out, &terminal, "Not read", people_entry(&run->preview, "columnsNotRead"));
    add_entry(&out, &terminal, "Letters", people_entry(&run->preview, "encoding"));
    add_entry(&out, &terminal, "People", counts_words(run->cli->arena, &page));
    add_kept(&out, &terminal, &page);
    bool has_lines = false;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        int64_t count = people_entry_number(&page, changes[i]);
        if (count > 0 && !has_lines) {
            text_add(&out, STR("\n Line  Change   Who                 What\n"));
            has_lines = true;
        }
        if (count > 0 && !show_change(run, &out, &terminal, changes[i], count)) {
            return false;
        }
    }
    cli_print(run->cli->out, text_str(&out));
    return true;
}

/* ---- For programs ---------------------------------------------------------------------------- */

static struct str raw_of(const struct action_cell *cell)
{
    return str_is_empty(cell->raw) ? cell->text : cell->raw;
}

static void json_line(struct json_writer *writer, const struct action_cell *cells)
{
    int64_t line = 0;
    json_begin_object(writer);
    if (str_to_int(cells[CELL_LINE].text, &line)) {
        json_key_int(writer, STR("line"), line);
    }
    json_key_str(writer, STR("change"), cells[CELL_CHANGE].text);
    json_key_str(writer, STR("who"), cells[CELL_WHO].text);
    if (!str_is_empty(cells[CELL_WHO].value)) {
        json_key_str(writer, STR("person"), cells[CELL_WHO].value);
    }
    json_key_str(writer, STR("field"), cells[CELL_FIELD].text);
    json_key_str(writer, STR("before"), raw_of(&cells[CELL_BEFORE]));
    json_key_str(writer, STR("after"), raw_of(&cells[CELL_AFTER]));
    json_end_object(writer);
}

bool people_write_json(struct people_run *run)
{
    static const char *const counts[] = {"added",   "changed", "left",  "same",
                                         "refused", "absent",  "passed"};
    struct text out = {.arena = run->cli->arena};
    struct json_writer writer = json_writer_new(&out, JSON_PRETTY);
    struct str after = {0};
    struct action_outcome page;
    bool has_counts = false;
    json_begin_object(&writer);
    json_key_str(&writer, STR("import"), run->number);
    json_key_str(&writer, STR("state"),
                 run->is_undone ? STR("undone") : (run->is_done ? STR("done") : STR("preview")));
    json_key_str(&writer, STR("columnsRead"), people_entry(&run->preview, "columnsRead"));
    json_key_str(&writer, STR("columnsNotRead"), people_entry(&run->preview, "columnsNotRead"));
    do {
        if (!page_read(run, "", &after, &page)) {
            return false;
        }
        for (size_t i = 0; !has_counts && i < sizeof counts / sizeof counts[0]; i++) {
            json_key_int(&writer, str_from(counts[i]), people_entry_number(&page, counts[i]));
        }
        if (!has_counts) {
            json_key(&writer, STR("lines"));
            json_begin_array(&writer);
            has_counts = true;
        }
        const struct action_list *list = action_list_named(&page.answer, "lines");
        for (size_t row = 0; row < list->row_count; row++) {
            json_line(&writer, &list->cells[row * list->column_count]);
        }
    } while (!str_is_empty(after));
    json_end_array(&writer);
    json_end_object(&writer);
    text_add_char(&out, '\n');
    cli_print(run->cli->out, text_str(&out));
    return true;
}

bool people_write_csv(struct people_run *run)
{
    struct text out = {.arena = run->cli->arena};
    struct str after = {0};
    struct action_outcome page;
    text_add(&out, STR("Line,Change,Who,What,Before,Afterwards\r\n"));
    do {
        if (!page_read(run, "", &after, &page)) {
            return false;
        }
        const struct action_list *list = action_list_named(&page.answer, "lines");
        for (size_t row = 0; row < list->row_count; row++) {
            for (size_t i = 0; i < CELL_COUNT; i++) {
                text_add(&out, i ? STR(",") : STR(""));
                csv_add_cell(&out, raw_of(&list->cells[row * list->column_count + i]));
            }
            text_add(&out, STR("\r\n"));
        }
    } while (!str_is_empty(after));
    cli_print(run->cli->out, text_str(&out));
    return true;
}
