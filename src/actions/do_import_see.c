/*
 * actions/do_import_see.c - imports, listed and shown: line by line, field by field.
 *
 * Read first: import_int.h.
 */
#include "actions/import_int.h"
#include "actions/table_int.h"
#include "records/imports.h"
#include "store/statement.h"

/* Schools that are named; the others are counted. */
#define SCHOOLS_SHOWN 5

/* Imports shown on the page of one person. */
#define PERSON_LINES_MAX 20

/* ---- Which may be seen ----------------------------------------------------------------------- */

MUST_USE static struct result may_run(struct action_call *call, struct row_id run, bool *out)
{
    struct import_schools_of_rows schools;
    TRY(import_schools_of(call->transaction, (struct import_schools_of_in){run, IMPORT_SCHOOLS_MAX},
                          &schools));
    *out = schools.count > 0 || action_may_at(call, call->action, (struct school_id){0});
    for (size_t i = 0; i < schools.count && *out; i++) {
        *out = action_may_at(call, call->action, schools.at[i].school);
    }
    return RESULT_OK;
}

struct result import_admit(struct action_call *call, struct row_id run)
{
    struct import_run_of_row row;
    bool is_there = false, may = false;
    TRY(import_run_of(call->transaction, (struct import_run_of_in){run}, &is_there, &row));
    if (is_there) {
        TRY(may_run(call, run, &may));
    }
    return may ? RESULT_OK
               : result_fail(RESULT_CODE_MISSING, "there is no such import", (struct str){0});
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static const struct action_column line_columns[] = {
    {STR_INIT("line"), STR_INIT("Line"), ACTION_CELL_NUMBER},
    {STR_INIT("change"), STR_INIT("Change"), ACTION_CELL_TEXT},
    {STR_INIT("person"), STR_INIT("Who"), ACTION_CELL_TEXT},
    {STR_INIT("field"), STR_INIT("What"), ACTION_CELL_TEXT},
    {STR_INIT("before"), STR_INIT("Before"), ACTION_CELL_TEXT},
    {STR_INIT("after"), STR_INIT("Afterwards"), ACTION_CELL_TEXT},
};

/* What was done to one person, as far as it is still kept. */
struct shown_line {
    struct import_state earlier, later;
    bool had_any, has_any;
    const struct import_difference *differences;
    size_t count;
};

static void line_compare(struct action_call *call, struct str earlier, struct str later,
                         struct shown_line *out)
{
    *out = (struct shown_line){0};
    out->had_any = import_state_read(call->arena, earlier, &out->earlier);
    out->has_any = import_state_read(call->arena, later, &out->later);
    if (out->has_any) {
        out->count = import_state_compare(call, out->had_any ? &out->earlier : NULL, &out->later,
                                          &out->differences);
    }
}

static void show_line(struct action_call *call, struct action_list *list, bool is_done,
                      const struct import_lines_after_row *line)
{
    struct shown_line shown;
    line_compare(call, line->earlier, line->later, &shown);
    struct action_cell first[3] = {{.text = {NULL, 0}}};
    if (line->line) {
        first[0] = action_cell_number(call, line->line);
    }
    first[1].text = line->change;
    if (shown.has_any && (is_done || shown.had_any)) {
        first[2] =
            action_cell_link(call, shown.later.name, "person.see", "person", line->person.value);
    } else if (shown.has_any) {
        first[2].text = shown.later.name;
    }
    size_t rows = shown.count ? shown.count : 1;
    for (size_t i = 0; i < rows; i++) {
        struct action_cell *cells = action_row(call, list);
        memcpy(cells, first, sizeof first);
        if (shown.count) {
            cells[3].text = shown.differences[i].label;
            cells[4] = shown.differences[i].before;
            cells[5] = shown.differences[i].after;
        } else {
            cells[5].text = line->remark;
        }
    }
}

_Static_assert(sizeof(struct import_lines_after_row) == sizeof(struct import_lines_of_change_row),
               "rows of lines are alike");

MUST_USE static struct result show_lines(struct action_call *call, struct row_id run, bool is_done,
                                         struct str change, int64_t after)
{
    struct import_lines_after_rows rows;
    int64_t most = ACTION_PAGE_ROWS + 1;
    if (str_is_empty(change)) {
        TRY(import_lines_after(call->transaction, (struct import_lines_after_in){run, after, most},
                               &rows));
    } else {
        TRY(import_lines_of_change(call->transaction,
                                   (struct import_lines_of_change_in){run, change, after, most},
                                   (struct import_lines_of_change_rows *)&rows));
    }
    struct action_list *list = action_list(call, "lines", "Lines", line_columns,
                                           ACTION_COUNT_OF(line_columns), "Nothing changes.");
    for (size_t i = 0; i < rows.count && i < ACTION_PAGE_ROWS; i++) {
        show_line(call, list, is_done, &rows.at[i]);
    }
    if (rows.count > ACTION_PAGE_ROWS) {
        call->outcome->answer.next =
            str_format(call->arena, "%lld", (long long)rows.at[ACTION_PAGE_ROWS - 1].number);
    }
    return RESULT_OK;
}

static const struct action_column kept_columns[] = {
    {STR_INIT("line"), STR_INIT("Line"), ACTION_CELL_NUMBER},
    {STR_INIT("person"), STR_INIT("Who"), ACTION_CELL_TEXT},
    {STR_INIT("why"), STR_INIT("Why"), ACTION_CELL_TEXT},
};

MUST_USE static struct result show_kept(struct action_call *call, struct row_id run)
{
    struct import_lines_kept_rows rows;
    TRY(import_lines_kept(call->transaction,
                          (struct import_lines_kept_in){run, 4 * ACTION_PAGE_ROWS}, &rows));
    struct action_list *list = action_list(call, "kept", "Not undone", kept_columns,
                                           ACTION_COUNT_OF(kept_columns), "Everything was undone.");
    for (size_t i = 0; i < rows.count; i++) {
        struct action_cell *cells = action_row(call, list);
        if (rows.at[i].line) {
            cells[0] = action_cell_number(call, rows.at[i].line);
        }
        cells[1] = action_cell_link(call, rows.at[i].name, "person.see", "person",
                                    rows.at[i].person.value);
        cells[2].text = rows.at[i].remark;
    }
    return RESULT_OK;
}

/* ---- One import ------------------------------------------------------------------------------ */

MUST_USE static struct result say_schools(struct action_call *call, struct row_id run)
{
    struct import_schools_of_rows rows;
    TRY(import_schools_of(call->transaction, (struct import_schools_of_in){run, IMPORT_SCHOOLS_MAX},
                          &rows));
    struct text out = {.arena = call->arena};
    for (size_t i = 0; i < rows.count && i < SCHOOLS_SHOWN; i++) {
        text_addf(&out, "%s" STR_FMT, i ? ", " : "", STR_ARG(rows.at[i].name));
    }
    if (rows.count > SCHOOLS_SHOWN) {
        text_addf(&out, " and %zu more", rows.count - SCHOOLS_SHOWN);
    }
    action_say(call, "schools", "Schools", text_str(&out));
    return RESULT_OK;
}

static struct str state_words(struct str state)
{
    if (str_equal(state, STR("preview"))) {
        return STR("shown only: nobody is changed yet");
    }
    return str_equal(state, STR("done")) ? STR("carried out") : STR("undone");
}

static void say_counts(struct action_call *call, const struct import_run_of_row *row)
{
    action_say_number(call, "added", "Added", row->added);
    action_say_number(call, "changed", "Changed", row->changed);
    action_say_number(call, "left", "Left", row->departed);
    action_say_number(call, "same", "The same as before", row->same);
    action_say_number(call, "refused", "Lines refused", row->refused);
    if (row->absent) {
        action_say_number(call, "absent", "Not in the list any more, and left alone", row->absent);
    }
    if (row->passed) {
        action_say_number(call, "passed", "Had left before they were known here", row->passed);
    }
}

struct result import_show(struct action_call *call, struct row_id run, struct str change,
                          int64_t after)
{
    struct import_run_of_row row;
    bool is_there = false;
    TRY(import_run_of(call->transaction, (struct import_run_of_in){run}, &is_there, &row));
    if (!is_there) {
        return result_fail(RESULT_CODE_MISSING, "there is no such import", (struct str){0});
    }
    action_say_link(call, "run", "Import", str_is_empty(row.source) ? STR("a list") : row.source,
                    "import.see", "run", run.value);
    action_say(call, "state", "State", state_words(row.state));
    action_say_cell(call, "madeAt", "Shown on", action_cell_instant(call, row.made_at));
    action_say(call, "madeBy", "By", row.made_by_name);
    if (instant_is_given(row.done_at)) {
        action_say_cell(call, "doneAt", "Carried out on", action_cell_instant(call, row.done_at));
    }
    TRY(say_schools(call, run));
    say_counts(call, &row);
    action_say(call, "digest", "SHA-256 of the file", action_digest_text(call->arena, row.digest));
    if (str_equal(row.state, STR("undone"))) {
        TRY(show_kept(call, run));
    }
    TRY(show_lines(call, run, str_equal(row.state, STR("done")), change, after));
    if (str_equal(row.state, STR("preview"))) {
        action_offer(call, &action_import_apply, "run", run.value, NULL, 0);
    } else if (str_equal(row.state, STR("done"))) {
        action_offer(call, &action_import_undo, "run", run.value, NULL, 0);
    }
    return RESULT_OK;
}

static const struct action_choice changes[] = {
    {STR_INIT("added"), STR_INIT("Added")},
    {STR_INIT("changed"), STR_INIT("Changed")},
    {STR_INIT("left"), STR_INIT("Left")},
    {STR_INIT("refused"), STR_INIT("Refused")},
};
static const struct action_field see_fields[] = {
    {.name = STR_INIT("run"),
     .label = STR_INIT("Import"),
     .kind = ACTION_ROW,
     .is_required = true,
     .is_hidden = true},
    {.name = STR_INIT("change"),
     .label = STR_INIT("Only those that are"),
     .kind = ACTION_CHOICE,
     .choices = changes,
     .choice_count = ACTION_COUNT_OF(changes)},
    {.name = STR_INIT("after"),
     .label = STR_INIT("After"),
     .kind = ACTION_NUMBER,
     .is_hidden = true},
};

MUST_USE static struct result see(struct action_call *call)
{
    struct row_id run = {action_number(call, "run")};
    TRY(import_admit(call, run));
    return import_show(call, run, action_text(call, "change"), action_number(call, "after"));
}

const struct action action_import_see = {
    .number = 94,
    .name = STR_INIT("import.see"),
    .title = STR_INIT("An import of people"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_SCHOOLS,
    .fields = see_fields,
    .field_count = ACTION_COUNT_OF(see_fields),
    .run = see,
};

/* ---- All imports ----------------------------------------------------------------------------- */

static const struct action_field list_fields[] = {
    {.name = STR_INIT("after"), .label = STR_INIT("After"), .kind = ACTION_ROW, .is_hidden = true},
};

static const struct action_column list_columns[] = {
    {STR_INIT("madeAt"), STR_INIT("When"), ACTION_CELL_TEXT},
    {STR_INIT("source"), STR_INIT("List"), ACTION_CELL_TEXT},
    {STR_INIT("state"), STR_INIT("State"), ACTION_CELL_TEXT},
    {STR_INIT("added"), STR_INIT("Added"), ACTION_CELL_NUMBER},
    {STR_INIT("changed"), STR_INIT("Changed"), ACTION_CELL_NUMBER},
    {STR_INIT("left"), STR_INIT("Left"), ACTION_CELL_NUMBER},
    {STR_INIT("refused"), STR_INIT("Refused"), ACTION_CELL_NUMBER},
};

/* Those of other schools are passed over, so that a page may have fewer rows. */
MUST_USE static struct result list(struct action_call *call)
{
    struct row_id before = {action_number(call, "after")};
    struct import_runs_before_rows rows;
    before.value = before.value ? before.value : INT64_MAX;
    TRY(import_runs_before(call->transaction,
                           (struct import_runs_before_in){before, ACTION_PAGE_ROWS + 1}, &rows));
    struct action_list *shown =
        action_list(call, "imports", "Imports", list_columns, ACTION_COUNT_OF(list_columns),
                    "Nobody has been imported yet.");
    for (size_t i = 0; i < rows.count && i < ACTION_PAGE_ROWS; i++) {
        const struct import_runs_before_row *row = &rows.at[i];
        bool may = false;
        TRY(may_run(call, row->id, &may));
        if (!may) {
            continue;
        }
        struct action_cell *cells = action_row(call, shown);
        cells[0] = action_cell_linked(call, action_cell_instant(call, row->made_at), "import.see",
                                      "run", row->id.value);
        cells[1].text = row->source;
        cells[2].text = state_words(row->state);
        cells[3] = action_cell_number(call, row->added);
        cells[4] = action_cell_number(call, row->changed);
        cells[5] = action_cell_number(call, row->departed);
        cells[6] = action_cell_number(call, row->refused);
    }
    if (rows.count > ACTION_PAGE_ROWS) {
        call->outcome->answer.next =
            store_id_format(call->arena, rows.at[ACTION_PAGE_ROWS - 1].id.value);
    }
    action_offer(call, &action_import_preview, NULL, 0, NULL, 0);
    return RESULT_OK;
}

const struct action action_import_list = {
    .number = 93,
    .name = STR_INIT("import.list"),
    .title = STR_INIT("Imports of people"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_SCHOOLS,
    .fields = list_fields,
    .field_count = ACTION_COUNT_OF(list_fields),
    .run = list,
};

/* ---- One person ------------------------------------------------------------------------------ */

static const struct action_column person_columns[] = {
    {STR_INIT("doneAt"), STR_INIT("Imported on"), ACTION_CELL_TEXT},
    {STR_INIT("change"), STR_INIT("Change"), ACTION_CELL_TEXT},
    {STR_INIT("field"), STR_INIT("What"), ACTION_CELL_TEXT},
    {STR_INIT("before"), STR_INIT("Before"), ACTION_CELL_TEXT},
    {STR_INIT("after"), STR_INIT("Afterwards"), ACTION_CELL_TEXT},
};

struct result import_show_of_person(struct action_call *call)
{
    struct import_lines_of_person_rows rows;
    TRY(import_lines_of_person(call->transaction,
                               (struct import_lines_of_person_in){call->person, PERSON_LINES_MAX},
                               &rows));
    if (rows.count == 0) {
        return RESULT_OK;
    }
    struct action_list *list = action_list(call, "imports", "From the staff system", person_columns,
                                           ACTION_COUNT_OF(person_columns), "Nothing.");
    for (size_t i = 0; i < rows.count; i++) {
        struct shown_line shown;
        line_compare(call, rows.at[i].earlier, rows.at[i].later, &shown);
        for (size_t at = 0; at < shown.count; at++) {
            struct action_cell *cells = action_row(call, list);
            cells[0] = action_cell_linked(call, action_cell_instant(call, rows.at[i].done_at),
                                          "import.see", "run", rows.at[i].run.value);
            cells[1].text =
                str_equal(rows.at[i].outcome, STR("undone")) ? STR("undone") : rows.at[i].change;
            cells[2].text = shown.differences[at].label;
            cells[3] = shown.differences[at].before;
            cells[4] = shown.differences[at].after;
        }
    }
    return RESULT_OK;
}
