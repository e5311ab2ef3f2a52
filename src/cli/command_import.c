/*
 * cli/command_import.c - `handrail import people FILE --data DIR`, and `import undo NUMBER`.
 *
 * Read first: docs/import.md, actions/import_int.h. Start at: command_import.
 *
 * What must hold: everything is done by action_run(), as it is for a page; nobody is changed
 * without --apply. The answer is CLI_EXIT_NO when lines were refused.
 */
#include "base/email.h"
#include "cli/command_export.h"
#include "cli/commands.h"
#include "cli/import_int.h"
#include "cli/packs.h"
#include "import/people.h"
#include "records/organisation.h"
#include "records/people.h"

/* Where the policies are when no option says it. */
#define IMPORT_PACKS "policies"

/* What was shown may be out of date when it is carried out: once more, then it is said. */
#define IMPORT_TRIES_MAX 3

struct import_options {
    struct str data, store, packs, as, school, kind;
    struct cli_values maps;
    bool applies, has_leavers, is_sure, shows_all, is_json, is_csv;
};

/* ---- Acts ------------------------------------------------------------------------------------ */

static bool act_failed(struct people_run *run, const struct action_outcome *outcome)
{
    if (outcome->status == ACTION_FORBIDDEN) {
        (void)cli_wrong(run->cli, STR("ask somebody who may import for these schools"),
                        "this is not there, or not for the person of --as to do");
    }
    for (size_t i = 0; i < outcome->error_count; i++) {
        (void)cli_wrong(run->cli, (struct str){0}, STR_FMT, STR_ARG(outcome->errors[i].message));
    }
    return false;
}

/* The same without a word about what is wrong; false for an operating failure, which is said. */
static bool act_try(struct people_run *run, const char *action, const struct action_given *given,
                    size_t given_count, struct action_outcome *out)
{
    struct progress progress = progress_new(run->cli->err, "people");
    struct action_request request = {
        .action = action_named(str_from(action)),
        .actor = run->actor,
        .proven_at = {INT64_MAX}, /* who sits at this machine has its records anyway */
        .given = given,
        .given_count = given_count,
        .progress = {&progress, progress_tell}};
    struct result ran = action_run(&run->place->actions, &request, run->cli->arena, out);
    progress_end(&progress);
    if (!result_is_ok(ran)) {
        (void)cli_failed(run->cli, ran);
    }
    return result_is_ok(ran);
}

bool people_act(struct people_run *run, const char *action, const struct action_given *given,
                size_t given_count, struct action_outcome *out)
{
    return act_try(run, action, given, given_count, out) &&
           (out->status == ACTION_DONE || act_failed(run, out));
}

/* ---- Who, and which school ------------------------------------------------------------------- */

MUST_USE static struct result actor_find(struct people_run *run, struct str as,
                                         struct store_transaction *transaction)
{
    struct person_by_email_row person = {.left_on = CIVIL_NO_DATE};
    struct str email;
    bool is_there = false;
    if (email_fold(run->cli->arena, as, &email)) {
        TRY(person_by_email(transaction, (struct person_by_email_in){email}, &is_there, &person));
    }
    if (!is_there || civil_date_is_given(person.left_on)) {
        return result_fail(RESULT_CODE_MISSING, "nobody here has this e-mail, or they have left",
                           as);
    }
    run->actor = person.id;
    return RESULT_OK;
}

/* Sets the actor, and the number of the school that was named. */
MUST_USE static struct result look_up(struct people_run *run, const struct import_options *options,
                                      struct str *school)
{
    struct school_by_code_row row;
    bool is_there = false;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(run->place->actions.store, run->cli->arena, STORE_READ, &transaction));
    if (!str_is_empty(options->as)) {
        TRY(actor_find(run, options->as, transaction));
    }
    if (str_is_empty(options->school)) {
        return RESULT_OK;
    }
    TRY(school_by_code(transaction, (struct school_by_code_in){options->school}, &is_there, &row));
    *school = store_id_format(run->cli->arena, row.id.value);
    return is_there
               ? RESULT_OK
               : result_fail(RESULT_CODE_MISSING, "no school here has this code", options->school);
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
        if (!act_try(run, "import.apply", &number, 1, &applied)) {
            return false;
        }
        run->is_done = applied.status == ACTION_DONE;
        if (run->is_done || applied.status != ACTION_CONFLICT || tries == IMPORT_TRIES_MAX) {
            return run->is_done || act_failed(run, &applied);
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
        got = look_up(run, options, &school);
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
    struct str school;
    struct result got = look_up(run, options, &school);
    if (!result_is_ok(got)) {
        return cli_failed(run->cli, got);
    }
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

static bool are_usable(struct cli *cli, struct import_options *options)
{
    bool is_address = store_engine_of_address(options->data) == STORE_POSTGRESQL;
    if (is_address) {
        options->store = options->data;
        options->data = (struct str){0};
    }
    if (str_is_empty(options->data) && str_is_empty(options->store)) {
        (void)cli_wrong(cli, STR("name the folder that \"handrail serve --data\" has"),
                        "--data is missing");
        return false;
    }
    struct str file = shelf_path_join(cli->arena, options->data, STR("handrail.db"));
    if (str_is_empty(options->store) && !shelf_file_exists(cli->arena, file)) {
        (void)cli_wrong(cli, STR("set Handrail up first, with \"handrail serve --data\""),
                        "nothing is kept in \"" STR_FMT "\"", STR_ARG(options->data));
        return false;
    }
    return true;
}

static int import_with(struct cli *cli, const struct import_options *options, bool is_undo)
{
    struct shelf shelf;
    int status;
    struct cli packs = *cli;
    packs.operands[0] = options->packs;
    if (!packs_open(&packs, &shelf, 1, false, CLI_EXIT_WRONG, &status)) {
        return status;
    }
    DEFER(place_close) struct place *place = NULL;
    bool is_set_up = false;
    struct result opened = place_open(cli->arena, options->data, options->store, &shelf, &place);
    if (result_is_ok(opened)) {
        opened = place_is_set_up(place, cli->arena, &is_set_up);
    }
    if (!result_is_ok(opened)) {
        return cli_failed(cli, opened);
    }
    if (!is_set_up) {
        return cli_wrong(cli, STR("set Handrail up first, with \"handrail serve --data\""),
                         "there is no trust here yet");
    }
    struct people_run run = {.cli = cli, .place = place};
    return is_undo ? import_undo(&run, options) : import_people(&run, options);
}

int command_import(struct cli *cli)
{
    struct import_options given = {.packs = STR(IMPORT_PACKS)};
    const struct cli_option options[] = {
        {.name = STR("--data"), .value = &given.data},
        {.name = STR("--store"), .value = &given.store},
        {.name = STR("--packs"), .value = &given.packs},
        {.name = STR("--as"), .value = &given.as},
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
    if (is_records && !(str_is_empty(given.data) && str_is_empty(given.store))) {
        return import_records(cli, given.data, given.store);
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
    return are_usable(cli, &given) ? import_with(cli, &given, is_undo) : CLI_EXIT_WRONG;
}
