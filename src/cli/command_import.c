/*
 * cli/command_import.c - `handrail import people FILE --data DIR`, and `import undo NUMBER`.
 *
 * Read first: docs/import.md, actions/import_int.h. Start at: command_import.
 *
 * What must hold: everything is done by action_run(), as it is for a page; nobody is changed
 * without --apply. The answer is CLI_EXIT_NO when lines were refused.
 */
#include "cli/command_export.h"
#include "cli/commands.h"
#include "cli/import_int.h"
#include "import/people.h"
#include "records/organisation.h"

/* What was shown may be out of date when it is carried out: once more, then it is said. */
#define IMPORT_TRIES_MAX 3

struct import_options {
    struct acting_options acting;
    struct str school, kind;
    struct cli_values maps;
    bool applies, has_leavers, is_sure, shows_all, is_json, is_csv;
};

/* ---- Acts ------------------------------------------------------------------------------------ */

bool people_act(struct people_run *run, const char *action, const struct action_given *given,
                size_t given_count, struct action_outcome *out)
{
    return acting_do(&run->acting, action, given, given_count, out);
}

/* ---- Which school ---------------------------------------------------------------------------- */

/* The number of the school that was named; empty when none was. */
MUST_USE static struct result school_find(struct people_run *run, struct str code,
                                          struct str *school)
{
    struct school_by_code_row row;
    bool is_there = false;
    *school = (struct str){0};
    if (str_is_empty(code)) {
        return RESULT_OK;
    }
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(run->acting.place->actions.store, run->cli->arena, STORE_READ, &transaction));
    TRY(school_by_code(transaction, (struct school_by_code_in){code}, &is_there, &row));
    *school = store_id_format(run->cli->arena, row.id.value);
    return is_there ? RESULT_OK
                    : result_fail(RESULT_CODE_MISSING, "no school here has this code", code);
}

/* ---- People ---------------------------------------------------------------------------------- */

static struct str number_of(const struct action_outcome *outcome)
{
    for (size_t i = 0; i < outcome->answer.entry_count; i++) {
        if (str_equal(outcome->answer.entries[i].column.name, STR("run"))) {
            return outcome->answer.entries[i].cell.value;
        }
    }
    return (struct str){0};
}

static bool has_changes(const struct action_outcome *outcome)
{
    return people_entry_number(outcome, "added") + people_entry_number(outcome, "changed") +
               people_entry_number(outcome, "left") >
           0;
}

/* Shows what would change and, with --apply, changes it; shows anew what others changed between. */
static bool people_import(struct people_run *run, const struct import_options *options,
                          const struct action_given *given, size_t given_count)
{
    for (unsigned tries = 1;; tries++) {
        struct action_outcome applied;
        if (!people_act(run, "import.preview", given, given_count, &run->preview)) {
            return false;
        }
        run->number = number_of(&run->preview);
        if (!options->applies || !has_changes(&run->preview)) {
            return true;
        }
        struct action_given number = {STR("run"), run->number};
        if (!acting_try(&run->acting, "import.apply", &number, 1, &applied)) {
            return false;
        }
        run->is_done = applied.status == ACTION_DONE;
        if (run->is_done || applied.status != ACTION_CONFLICT || tries == IMPORT_TRIES_MAX) {
            return run->is_done || acting_failed(&run->acting, &applied);
        }
    }
}

static int run_show(struct people_run *run, const struct import_options *options,
                    const struct action_outcome *outcome)
{
    run->shows_all = options->shows_all;
    bool is_shown = options->is_json  ? people_write_json(run)
                    : options->is_csv ? people_write_csv(run)
                                      : people_show(run);
    bool is_whole = people_entry_number(outcome, "refused") == 0 &&
                    people_entry_number(outcome, "linesKept") == 0;
    if (!is_shown) {
        return CLI_EXIT_WRONG;
    }
    return is_whole ? CLI_EXIT_FINE : CLI_EXIT_NO;
}

static int import_people(struct people_run *run, const struct import_options *options)
{
    struct arena *arena = run->cli->arena;
    struct str path = run->cli->operands[1], file, school = {0};
    struct result got = shelf_file_read(arena, path, IMPORT_PEOPLE_BYTES_MAX, &file);
    if (result_is_ok(got)) {
        got = school_find(run, options->school, &school);
    }
    if (!result_is_ok(got)) {
        return cli_failed(run->cli, got);
    }
    const struct action_given given[] = {
        {STR("file"), file},
        {STR("source"), shelf_path_last(path)},
        {STR("map"), str_join(arena, options->maps.at, options->maps.count, STR("\n"))},
        {STR("school"), school},
        {STR("kind"), options->kind},
        {STR("leavers"), options->has_leavers ? STR("yes") : STR("")},
        {STR("sure"), options->is_sure ? STR("yes") : STR("")},
    };
    if (!people_import(run, options, given, sizeof given / sizeof given[0])) {
        return CLI_EXIT_WRONG;
    }
    return run_show(run, options, &run->preview);
}

static int import_undo(struct people_run *run, const struct import_options *options)
{
    run->number = run->cli->operands[1];
    struct action_given number = {STR("run"), run->number};
    struct action_outcome undone;
    if (!people_act(run, "import.undo", &number, 1, &undone)) {
        return CLI_EXIT_WRONG;
    }
    run->is_undone = true;
    return run_show(run, options, &undone);
}

/* ---- The command ----------------------------------------------------------------------------- */

static int import_with(struct cli *cli, const struct import_options *options, bool is_undo)
{
    struct people_run run = {.cli = cli};
    if (!acting_open(cli, &options->acting, &run.acting)) {
        return CLI_EXIT_WRONG;
    }
    int status = is_undo ? import_undo(&run, options) : import_people(&run, options);
    place_close(run.acting.place);
    return status;
}

int command_import(struct cli *cli)
{
    struct import_options given = {0};
    const struct cli_option options[] = {
        {.name = STR("--data"), .value = &given.acting.data},
        {.name = STR("--store"), .value = &given.acting.store},
        {.name = STR("--packs"), .values = &given.acting.packs},
        {.name = STR("--as"), .value = &given.acting.as},
        {.name = STR("--school"), .value = &given.school},
        {.name = STR("--kind"), .value = &given.kind},
        {.name = STR("--map"), .values = &given.maps},
        {.name = STR("--apply"), .flag = &given.applies},
        {.name = STR("--leavers"), .flag = &given.has_leavers},
        {.name = STR("--sure"), .flag = &given.is_sure},
        {.name = STR("--all"), .flag = &given.shows_all},
        {.name = STR("--json"), .flag = &given.is_json},
        {.name = STR("--csv"), .flag = &given.is_csv},
    };
    if (!cli_options(cli, options, sizeof options / sizeof options[0])) {
        return CLI_EXIT_WRONG;
    }
    bool is_records = cli->operand_count == 2 && str_equal(cli->operands[0], STR("records"));
    if (is_records && !(str_is_empty(given.acting.data) && str_is_empty(given.acting.store))) {
        return import_records(cli, given.acting.data, given.acting.store);
    }
    bool is_undo = cli->operand_count > 0 && str_equal(cli->operands[0], STR("undo"));
    bool is_people = cli->operand_count > 0 && str_equal(cli->operands[0], STR("people"));
    if ((!is_undo && !is_people) || cli->operand_count != 2) {
        return cli_wrong(
            cli,
            STR("the call is: handrail import people FILE --data DIR [--apply], or "
                "handrail import undo NUMBER --data DIR, or handrail import records FILE --data "
                "DIR"),
            "say what to import, and from which file");
    }
    return acting_is_usable(cli, &given.acting) ? import_with(cli, &given, is_undo)
                                                : CLI_EXIT_WRONG;
}
