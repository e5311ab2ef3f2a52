/*
 * actions/do_import_undo.c - what stood there before an import stands there again.
 *
 * Read first: import_int.h, do_import.c.
 *
 * What must hold: a person whom somebody has changed since is left as they are, and named. Who was
 * added and has been given something since (an account, a role) is such a person.
 */
#include "actions/import_int.h"
#include "actions/table_int.h"
#include "records/imports.h"

#define TELL_LINES 256

struct undoing {
    struct action_call *call;
    struct import_world world;
    struct arena *scratch;
    struct row_id run;
    struct import_added_used_rows used; /* numbers of lines, in their order */
    size_t used_at;
    int64_t undone, kept;
};

/* Whether somebody who was added has been given something; lines come in the order of numbers. */
MUST_USE static struct result is_used(struct undoing *undoing, int64_t number, bool *out)
{
    while (undoing->used_at < undoing->used.count &&
           undoing->used.at[undoing->used_at].number < number) {
        undoing->used_at++;
        if (undoing->used_at == undoing->used.count && undoing->used.count == IMPORT_PAGE_ROWS) {
            struct import_added_used_in next = {
                undoing->run, undoing->used.at[undoing->used_at - 1].number, IMPORT_PAGE_ROWS};
            TRY(import_added_used(undoing->call->transaction, next, &undoing->used));
            undoing->used_at = 0;
        }
    }
    *out = undoing->used_at < undoing->used.count &&
           undoing->used.at[undoing->used_at].number == number;
    return RESULT_OK;
}

/* Why a line is not undone, or empty. */
MUST_USE static struct result keep_reason(struct undoing *undoing,
                                          const struct import_lines_after_row *line,
                                          const struct import_known *known,
                                          const struct import_state *earlier, struct str *out)
{
    const struct import_world *world = &undoing->world;
    bool has_used = false;
    *out = (struct str){0};
    if (!known || !str_equal(import_state_json(undoing->scratch, &known->state), line->later)) {
        *out = STR("The person was changed since.");
        return RESULT_OK;
    }
    if (!earlier) {
        TRY(is_used(undoing, line->number, &has_used));
        has_used |= known->is_beyond;
        *out = has_used ? STR("The person has been given an account, a role or something else.")
                        : (struct str){0};
        return RESULT_OK;
    }
    if (import_is_beyond(known, earlier)) {
        *out = STR("The person has a role beyond your school: ask the trust to undo it.");
        return RESULT_OK;
    }
    const struct import_known *by_reference = import_world_by_reference(world, earlier->reference);
    const struct import_known *by_email = import_world_by_email(world, earlier->email);
    if ((by_reference && by_reference != known) || (by_email && by_email != known)) {
        *out = STR("Somebody else has the number or e-mail of before by now.");
    }
    return RESULT_OK;
}

MUST_USE static struct result line_undo(struct undoing *undoing,
                                        const struct import_lines_after_row *line)
{
    struct action_call *call = undoing->call;
    struct import_state earlier;
    bool had_none = str_is_empty(line->earlier);
    if (!had_none && !import_state_read(undoing->scratch, line->earlier, &earlier)) {
        return result_fail(RESULT_CODE_CORRUPT, "a line of the import cannot be read",
                           (struct str){0});
    }
    struct import_known *known = import_world_person(&undoing->world, line->person);
    struct str reason;
    TRY(keep_reason(undoing, line, known, had_none ? NULL : &earlier, &reason));
    bool is_kept = !str_is_empty(reason);
    TRY(import_line_undo(call->transaction, (struct import_line_undo_in){
                                                undoing->run, line->number,
                                                is_kept ? STR("kept") : STR("undone"), reason}));
    undoing->kept += is_kept;
    undoing->undone += !is_kept;
    if (is_kept) {
        return RESULT_OK;
    }
    return had_none ? import_person_take_back(call, known->id, &known->state)
                    : import_state_write(call, known->id, &known->state, &earlier);
}

MUST_USE static struct result lines_undo(struct undoing *undoing, size_t all)
{
    struct action_call *call = undoing->call;
    struct import_lines_after_rows rows;
    int64_t last = 0;
    size_t done = 0;
    TRY(import_added_used(call->transaction,
                          (struct import_added_used_in){undoing->run, 0, IMPORT_PAGE_ROWS},
                          &undoing->used));
    do {
        TRY(import_lines_after(call->transaction,
                               (struct import_lines_after_in){undoing->run, last, IMPORT_PAGE_ROWS},
                               &rows));
        for (size_t i = 0; i < rows.count; i++) {
            struct arena_mark mark = arena_mark(undoing->scratch);
            last = rows.at[i].number;
            if (!str_is_empty(rows.at[i].later)) {
                TRY(line_undo(undoing, &rows.at[i]));
            }
            arena_rewind(undoing->scratch, mark);
            if (++done % TELL_LINES == 0) {
                action_tell(call, done, all);
            }
        }
    } while (rows.count == IMPORT_PAGE_ROWS);
    return RESULT_OK;
}

static const struct action_field undo_fields[] = {
    {.name = STR_INIT("run"),
     .label = STR_INIT("Import"),
     .kind = ACTION_ROW,
     .is_required = true,
     .is_hidden = true},
};

MUST_USE static struct result undo(struct action_call *call)
{
    DEFER(arena_close) struct arena *scratch = arena_open();
    struct undoing undoing = {
        .call = call, .scratch = scratch, .run = {action_number(call, "run")}};
    struct import_run_of_row row;
    bool is_there = false;
    TRY(import_admit(call, undoing.run));
    TRY(import_run_of(call->transaction, (struct import_run_of_in){undoing.run}, &is_there, &row));
    if (!str_equal(row.state, STR("done"))) {
        action_error(call, "run",
                     str_equal(row.state, STR("undone"))
                         ? STR("This import has been undone already")
                         : STR("This import has not been carried out: there is nothing to undo"));
        return RESULT_OK;
    }
    TRY(import_world_read(call, &undoing.world));
    TRY(lines_undo(&undoing, (size_t)(row.added + row.changed + row.departed + row.refused)));
    size_t changed = 0;
    TRY(import_run_undone(call->transaction,
                          (struct import_run_undone_in){undoing.run, store_now(call->transaction)},
                          &changed));
    action_note_number(call, "undone", undoing.undone);
    action_note_number(call, "kept", undoing.kept);
    action_say_number(call, "linesUndone", "People put back", undoing.undone);
    action_say_number(call, "linesKept", "People left as they are", undoing.kept);
    return import_show(call, undoing.run, (struct str){0}, 0);
}

const struct action action_import_undo = {
    .number = 92,
    .name = STR_INIT("import.undo"),
    .title = STR_INIT("Undo the import"),
    .help = STR_INIT("Puts back what stood there before. Whom somebody has changed since stays as "
                     "they are, and is named."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOLS,
    .is_sensitive = true,
    .fields = undo_fields,
    .field_count = ACTION_COUNT_OF(undo_fields),
    .run = undo,
};
