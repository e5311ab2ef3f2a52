/*
 * actions/do_import.c - an import of people: what would change, and changing it.
 *
 * Read first: docs/import.md, import_int.h. Undoing is in do_import_undo.c, showing in
 * do_import_see.c.
 *
 * What must hold
 * - A preview changes nobody. It is carried out as it was shown, or not at all.
 * - An import is one act of the ledger; what it did to one person stands in import_line.
 */
#include "actions/import_int.h"
#include "actions/table_int.h"
#include "base/sha256.h"
#include "records/imports.h"
#include "store/statement.h"

/* Lines between two words about progress. */
#define TELL_LINES 256

/* ---- Preview --------------------------------------------------------------------------------- */

static const struct action_field preview_fields[] = {
    {.name = STR_INIT("file"),
     .label = STR_INIT("The list"),
     .hint =
         STR_INIT("A CSV file as your staff system exports it, with the names of its columns in "
                  "the first line"),
     .kind = ACTION_FILE,
     .name_field = STR_INIT("source"),
     .bytes_max = IMPORT_PEOPLE_BYTES_MAX,
     .is_required = true},
    {.name = STR_INIT("source"),
     .label = STR_INIT("What the list is called"),
     .hint = STR_INIT("Such as its file name, so that you find it again")},
    {.name = STR_INIT("map"),
     .label = STR_INIT("What columns and words mean"),
     .hint = STR_INIT("Only what is not recognised, one a line: Payroll Ref=reference, Notes=-, "
                      "TCH=kind:teacher"),
     .kind = ACTION_LONG_TEXT,
     .bytes_max = 8000},
    {.name = STR_INIT("school"),
     .label = STR_INIT("School of lines that name none"),
     .kind = ACTION_SCHOOL},
    {.name = STR_INIT("kind"),
     .label = STR_INIT("What people are whose line does not say it"),
     .kind = ACTION_CHOICE,
     .words = ACTION_WORDS_KINDS},
    {.name = STR_INIT("leavers"),
     .label = STR_INIT("Who is not in the list any more has left"),
     .hint = STR_INIT("Only those who came with an earlier list of the same schools"),
     .kind = ACTION_YES},
    {.name = STR_INIT("sure"),
     .label = STR_INIT("Even if that is more than one in five"),
     .kind = ACTION_YES},
};

/* The list as rows; what is wrong with it as a whole becomes errors. NULL then. */
static const struct import_people *list_read(struct action_call *call)
{
    struct action_word_list words = call->place->words[ACTION_WORDS_KINDS];
    struct str *kinds = ARENA_ARRAY(call->arena, struct str, words.count);
    for (size_t i = 0; i < words.count; i++) {
        kinds[i] = words.at[i].value;
    }
    struct import_people_options options = {.file = action_text(call, "source"),
                                            .kinds = kinds,
                                            .kind_count = words.count,
                                            .kind = action_text(call, "kind"),
                                            .has_school = call->school.value != 0};
    struct import_mapping *mappings;
    if (!import_mappings_read(call->arena, action_text(call, "map"), &mappings,
                              &options.mapping_count)) {
        action_error(
            call, "map",
            STR("What columns and words mean: write each as \"column=field\", at most 64"));
        return NULL;
    }
    options.mappings = mappings;
    struct diag_list diags = diag_list_new(call->arena);
    const struct import_people *people =
        import_people_read(call->arena, action_text(call, "file"), &options, &diags);
    for (size_t i = 0; i < diags.count; i++) {
        const struct diag *one = &diags.items[i];
        action_error(call, "file",
                     str_format(call->arena, "The list: " STR_FMT ". " STR_FMT,
                                STR_ARG(one->message), STR_ARG(one->hint)));
    }
    return action_has_errors(call) ? NULL : people;
}

/* Part of a list is soon taken for the whole of it. */
static void leavers_check(struct action_call *call, const struct import_people *people,
                          const struct import_plan *plan)
{
    if (!people->is_whole) {
        action_error(call, "leavers",
                     STR("Who is not in the list any more has left: some lines could not be read, "
                         "so this is not known. Mend them first"));
    } else if (100 * plan->absent > IMPORT_LEAVERS_PERCENT_MAX * plan->base &&
               !action_number(call, "sure")) {
        action_error(call, "sure",
                     str_format(call->arena,
                                "%lld of %lld people would leave, which is more than one in five: "
                                "the list looks like a part of one. If it is right, say that you "
                                "are sure",
                                (long long)plan->absent, (long long)plan->base));
    }
}

static struct str digest_of(struct action_call *call)
{
    struct str file = action_text(call, "file");
    uint8_t *digest = arena_alloc(call->arena, SHA256_BYTES);
    sha256(file.at, file.len, digest);
    return (struct str){(const char *)digest, SHA256_BYTES};
}

struct result import_forget(struct store_transaction *transaction)
{
    struct instant before = instant_add(store_now(transaction), -IMPORT_PREVIEW_MILLISECONDS);
    TRY(import_previews_forget_lines(transaction,
                                     (struct import_previews_forget_lines_in){before}));
    TRY(import_previews_forget_schools(transaction,
                                       (struct import_previews_forget_schools_in){before}));
    return import_previews_forget(transaction, (struct import_previews_forget_in){before});
}

MUST_USE static struct result run_write(struct action_call *call, struct row_id run,
                                        const struct import_world *world,
                                        const struct import_plan *plan)
{
    bool with_leavers = action_number(call, "leavers") != 0;
    TRY(import_run_add(call->transaction,
                       (struct import_run_add_in){.id = run,
                                                  .made_by = call->actor,
                                                  .made_at = store_now(call->transaction),
                                                  .source = action_text(call, "source"),
                                                  .digest = digest_of(call),
                                                  .added = plan->totals[IMPORT_ADDED],
                                                  .changed = plan->totals[IMPORT_CHANGED],
                                                  .departed = plan->totals[IMPORT_LEFT],
                                                  .absent = with_leavers ? 0 : plan->absent,
                                                  .same = plan->same,
                                                  .passed = plan->passed,
                                                  .refused = plan->totals[IMPORT_REFUSED]}));
    for (size_t i = 0; i < world->school_count; i++) {
        if (world->schools[i].is_in_file) {
            TRY(import_school_add(call->transaction,
                                  (struct import_school_add_in){run, world->schools[i].id}));
        }
    }
    for (size_t i = 0; i < plan->count; i++) {
        const struct import_plan_line *line = &plan->lines[i];
        TRY(import_line_add(call->transaction,
                            (struct import_line_add_in){.run = run,
                                                        .number = (int64_t)i + 1,
                                                        .line = line->line,
                                                        .change = import_change_word(line->change),
                                                        .person = line->person,
                                                        .earlier = line->earlier,
                                                        .later = line->later,
                                                        .remark = line->remark}));
        if (i % TELL_LINES == 0) {
            action_tell(call, i, plan->count);
        }
    }
    return RESULT_OK;
}

/* What was made of the columns. */
static void say_columns(struct action_call *call, const struct import_people *people)
{
    struct text read = {.arena = call->arena}, passed = {.arena = call->arena};
    for (size_t i = 0; i < people->column_count; i++) {
        const struct import_people_column *column = &people->columns[i];
        if (column->field != IMPORT_PEOPLE_FIELD_COUNT) {
            text_addf(&read, "%s" STR_FMT " (" STR_FMT ")", read.len ? ", " : "",
                      STR_ARG(column->head), STR_ARG(import_people_field_name(column->field)));
        } else if (!str_is_empty(column->head)) {
            text_addf(&passed, "%s" STR_FMT, passed.len ? ", " : "", STR_ARG(column->head));
        }
    }
    action_say(call, "columnsRead", "Columns read", text_str(&read));
    action_say(call, "columnsNotRead", "Columns not read", text_str(&passed));
    if (people->was_windows) {
        action_say(call, "encoding", "Letters",
                   STR("Windows-1252: look whether accents are right"));
    }
}

static void note_plan(struct action_call *call, struct row_id run, const struct import_plan *plan)
{
    action_note(call, "run", store_id_format(call->arena, run.value));
    for (int change = 0; change < IMPORT_CHANGE_COUNT; change++) {
        struct str word = import_change_word((enum import_change)change);
        action_note_number(call, str_cstr(call->arena, word), plan->totals[change]);
    }
    action_note_number(call, "same", plan->same);
}

MUST_USE static struct result preview(struct action_call *call)
{
    const struct import_people *people = list_read(call);
    if (!people) {
        return RESULT_OK;
    }
    struct import_world world;
    struct import_match match;
    struct import_plan plan;
    bool with_leavers = action_number(call, "leavers") != 0;
    TRY(import_world_read(call, &world));
    import_match(call, &world, people, call->school, &match);
    struct row_id run = {store_id(call->transaction)};
    import_plan_make(call, &world, &match, run, with_leavers, &plan);
    if (with_leavers) {
        leavers_check(call, people, &plan);
    }
    if (action_has_errors(call)) {
        return RESULT_OK;
    }
    TRY(import_forget(call->transaction));
    TRY(run_write(call, run, &world, &plan));
    note_plan(call, run, &plan);
    say_columns(call, people);
    return import_show(call, run, (struct str){0}, 0);
}

const struct action action_import_preview = {
    .number = 90,
    .name = STR_INIT("import.preview"),
    .title = STR_INIT("Import people"),
    .help = STR_INIT("Shows what a list would change. Nobody is changed yet."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOLS,
    .fields = preview_fields,
    .field_count = ACTION_COUNT_OF(preview_fields),
    .run = preview,
};

/* ---- Carry out ------------------------------------------------------------------------------- */

static const struct action_field run_fields[] = {
    {.name = STR_INIT("run"),
     .label = STR_INIT("Import"),
     .kind = ACTION_ROW,
     .is_required = true,
     .is_hidden = true},
};

/* Another has this number or address by now. */
static bool is_taken(const struct import_world *world, const struct import_state *state,
                     const struct import_known *known)
{
    const struct import_known *by_reference = import_world_by_reference(world, state->reference);
    const struct import_known *by_email = import_world_by_email(world, state->email);
    return (by_reference && by_reference != known) || (by_email && by_email != known);
}

static void conflict(struct action_call *call, int64_t line)
{
    struct str where = line ? str_format(call->arena, " (line %lld of the list)", (long long)line)
                            : (struct str){0};
    action_error(call, "run",
                 str_format(call->arena,
                            "Somebody has changed people meanwhile" STR_FMT
                            ", so this is not what was shown any more: import the list again",
                            STR_ARG(where)));
    call->outcome->status = ACTION_CONFLICT;
}

/* One line, while what stands there is what was shown. */
MUST_USE static struct result line_apply(struct action_call *call, const struct import_world *world,
                                         struct arena *scratch,
                                         const struct import_lines_after_row *line)
{
    struct import_state later;
    if (!import_state_read(scratch, line->later, &later)) {
        return result_fail(RESULT_CODE_CORRUPT, "a line of the import cannot be read",
                           (struct str){0});
    }
    struct import_known *known = import_world_person(world, line->person);
    bool is_new = str_equal(line->change, import_change_word(IMPORT_ADDED));
    bool is_as_shown =
        is_new ? !known
               : known && str_equal(import_state_json(scratch, &known->state), line->earlier);
    if (!is_as_shown || is_taken(world, &later, known)) {
        conflict(call, line->line);
        return RESULT_OK;
    }
    if (import_is_beyond(known, &later)) {
        action_error(call, "run",
                     str_format(call->arena,
                                "Line %lld of the list would change the e-mail or the last day of "
                                "somebody with a role beyond your school: ask the trust",
                                (long long)line->line));
        return RESULT_OK;
    }
    return import_state_write(call, line->person, known ? &known->state : NULL, &later);
}

MUST_USE static struct result lines_apply(struct action_call *call, struct row_id run, size_t all)
{
    DEFER(arena_close) struct arena *scratch = arena_open();
    struct import_world world;
    TRY(import_world_read(call, &world));
    struct import_lines_after_rows rows;
    int64_t last = 0;
    size_t done = 0;
    do {
        TRY(import_lines_after(call->transaction,
                               (struct import_lines_after_in){run, last, IMPORT_PAGE_ROWS}, &rows));
        for (size_t i = 0; i < rows.count && !action_has_errors(call); i++) {
            struct arena_mark mark = arena_mark(scratch);
            last = rows.at[i].number;
            if (!str_is_empty(rows.at[i].later)) {
                TRY(line_apply(call, &world, scratch, &rows.at[i]));
            }
            arena_rewind(scratch, mark);
            if (++done % TELL_LINES == 0) {
                action_tell(call, done, all);
            }
        }
    } while (rows.count == IMPORT_PAGE_ROWS && !action_has_errors(call));
    return RESULT_OK;
}

MUST_USE static struct result apply(struct action_call *call)
{
    struct row_id run = {action_number(call, "run")};
    struct import_run_of_row row;
    bool is_there = false;
    TRY(import_admit(call, run));
    TRY(import_run_of(call->transaction, (struct import_run_of_in){run}, &is_there, &row));
    if (!str_equal(row.state, STR("preview"))) {
        action_error(call, "run", STR("This import has been carried out already"));
        return RESULT_OK;
    }
    TRY(lines_apply(call, run, (size_t)(row.added + row.changed + row.departed + row.refused)));
    if (action_has_errors(call)) {
        return RESULT_OK;
    }
    size_t changed = 0;
    TRY(import_run_done(call->transaction,
                        (struct import_run_done_in){run, store_now(call->transaction)}, &changed));
    action_note(call, "digest", action_digest_text(call->arena, row.digest));
    action_note_number(call, "added", row.added);
    action_note_number(call, "changed", row.changed);
    action_note_number(call, "left", row.departed);
    return import_show(call, run, (struct str){0}, 0);
}

const struct action action_import_apply = {
    .number = 91,
    .name = STR_INIT("import.apply"),
    .title = STR_INIT("Carry out the import"),
    .help = STR_INIT("As it was shown, or not at all."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOLS,
    .is_sensitive = true,
    .fields = run_fields,
    .field_count = ACTION_COUNT_OF(run_fields),
    .run = apply,
};
