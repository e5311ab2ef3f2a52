/*
 * cli/acting.c - opens the records, finds who acts, runs actions and shows their answers.
 *
 * Read first: acting.h.
 */
#include "cli/acting.h"

#include <assert.h>

#include "base/email.h"
#include "cli/packs.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "cli/wrap.h"
#include "records/people.h"

/* Columns before what a label says. */
#define LABEL_COLUMNS 26

/* ---- Open ------------------------------------------------------------------------------------ */

bool acting_is_usable(struct cli *cli, struct acting_options *options)
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

MUST_USE static struct result actor_find(struct acting *acting, struct str as)
{
    struct person_by_email_row person = {.left_on = CIVIL_NO_DATE};
    struct str email;
    bool is_there = false;
    if (str_is_empty(as)) {
        return RESULT_OK;
    }
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(acting->place->actions.store, acting->cli->arena, STORE_READ, &transaction));
    if (email_fold(acting->cli->arena, as, &email)) {
        TRY(person_by_email(transaction, (struct person_by_email_in){email}, &is_there, &person));
    }
    if (!is_there || civil_date_is_given(person.left_on)) {
        return result_fail(RESULT_CODE_MISSING, "nobody here has this e-mail, or they have left",
                           as);
    }
    acting->actor = person.id;
    return RESULT_OK;
}

MUST_USE static struct result
open_records(struct acting *acting, const struct acting_options *options, const struct shelf *shelf)
{
    bool is_set_up = false;
    TRY(place_open(acting->cli->arena, options->data, options->store, shelf, &acting->place));
    TRY(place_is_set_up(acting->place, acting->cli->arena, &is_set_up));
    if (!is_set_up) {
        return result_fail(RESULT_CODE_MISSING,
                           "there is no trust here yet: set Handrail up first, with \"handrail "
                           "serve --data\"",
                           (struct str){0});
    }
    return actor_find(acting, options->as);
}

bool acting_open(struct cli *cli, const struct acting_options *options, struct acting *acting)
{
    struct shelf *shelf = ARENA_NEW(cli->arena, struct shelf);
    int status;
    struct cli packs = *cli;
    packs.operand_count = options->packs.count > 0 ? options->packs.count : 1;
    packs.operands[0] = STR(ACTING_PACKS);
    for (size_t i = 0; i < options->packs.count; i++) {
        packs.operands[i] = options->packs.at[i];
    }
    *acting = (struct acting){.cli = cli};
    if (!packs_open(&packs, shelf, packs.operand_count, false, CLI_EXIT_WRONG, &status)) {
        return false;
    }
    struct result opened = open_records(acting, options, shelf);
    if (!result_is_ok(opened)) {
        (void)cli_failed(cli, opened);
        if (acting->place) {
            place_close(acting->place);
            acting->place = NULL;
        }
    }
    return result_is_ok(opened);
}

/* ---- Act ------------------------------------------------------------------------------------- */

bool acting_failed(struct acting *acting, const struct action_outcome *outcome)
{
    if (outcome->status == ACTION_FORBIDDEN) {
        (void)cli_wrong(acting->cli, STR("ask somebody who may do it"),
                        "this is not there, or not for the person of --as to do");
    }
    for (size_t i = 0; i < outcome->error_count; i++) {
        (void)cli_wrong(acting->cli, (struct str){0}, STR_FMT, STR_ARG(outcome->errors[i].message));
    }
    return false;
}

bool acting_try(struct acting *acting, const char *action, const struct action_given *given,
                size_t given_count, struct action_outcome *out)
{
    struct progress progress = progress_new(acting->cli->err, "people");
    struct action_request request = {
        .action = action_named(str_from(action)),
        .actor = acting->actor,
        .proven_at = {INT64_MAX}, /* who sits at this machine has its records anyway */
        .given = given,
        .given_count = given_count,
        .progress = {&progress, progress_tell}};
    struct result ran = action_run(&acting->place->actions, &request, acting->cli->arena, out);
    progress_end(&progress);
    if (!result_is_ok(ran)) {
        (void)cli_failed(acting->cli, ran);
    }
    return result_is_ok(ran);
}

bool acting_do(struct acting *acting, const char *action, const struct action_given *given,
               size_t given_count, struct action_outcome *out)
{
    return acting_try(acting, action, given, given_count, out) &&
           (out->status == ACTION_DONE || acting_failed(acting, out));
}

/* ---- Show ------------------------------------------------------------------------------------ */

static void show_entry(struct text *out, struct str label, struct str value)
{
    wrap_pad(out, label, LABEL_COLUMNS);
    size_t used = label.len < LABEL_COLUMNS ? LABEL_COLUMNS : label.len + 1;
    wrap_add(out, value, (struct wrap){TERMINAL_COLUMNS_MAX, used, LABEL_COLUMNS});
}

/* A row is a paragraph: as many cells as a list may have would not stand beside each other. */
static void show_list(struct text *out, const struct action_list *list)
{
    text_addf(out, "\n" STR_FMT "\n", STR_ARG(list->title));
    if (list->row_count == 0 && !str_is_empty(list->nothing)) {
        text_addf(out, "  " STR_FMT "\n", STR_ARG(list->nothing));
    }
    for (size_t row = 0; row < list->row_count; row++) {
        text_add(out, row > 0 ? STR("\n") : STR(""));
        for (size_t i = 0; i < list->column_count; i++) {
            struct str cell = list->cells[row * list->column_count + i].text;
            if (!str_is_empty(cell)) {
                wrap_space(out, 2);
                show_entry(out, list->columns[i].label, cell);
            }
        }
    }
}

void acting_show(struct acting *acting, const struct action *action,
                 const struct action_outcome *outcome)
{
    const struct action_answer *answer = &outcome->answer;
    struct text out = {.arena = acting->cli->arena};
    text_addf(&out, STR_FMT "\n\n",
              STR_ARG(str_is_empty(answer->title) ? action->title : answer->title));
    if (!str_is_empty(answer->note)) {
        wrap_add(&out, answer->note, (struct wrap){TERMINAL_COLUMNS_MAX, 0, 0});
        text_add(&out, STR("\n"));
    }
    for (size_t i = 0; i < answer->entry_count; i++) {
        show_entry(&out, answer->entries[i].column.label, answer->entries[i].cell.text);
    }
    for (size_t i = 0; i < answer->list_count; i++) {
        show_list(&out, &answer->lists[i]);
    }
    cli_print(acting->cli->out, text_str(&out));
}

bool acting_show_pages(struct acting *acting, const char *action, const struct action_given *given,
                       size_t given_count, const char *paged, struct action_outcome *first)
{
    struct action_given all[ACTION_FIELDS_MAX];
    assert(given_count < ACTION_FIELDS_MAX);
    for (size_t i = 0; i < given_count; i++) {
        all[i] = given[i];
    }
    if (!acting_do(acting, action, given, given_count, first)) {
        return false;
    }
    acting_show(acting, action_named(str_from(action)), first);
    struct str next = first->answer.next;
    while (!str_is_empty(next)) {
        struct action_outcome page;
        all[given_count] = (struct action_given){STR("after"), next};
        if (!acting_do(acting, action, all, given_count + 1, &page)) {
            return false;
        }
        struct text out = {.arena = acting->cli->arena};
        show_list(&out, action_list_named(&page.answer, paged));
        cli_print(acting->cli->out, text_str(&out));
        next = page.answer.next;
    }
    return true;
}
