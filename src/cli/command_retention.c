/*
 * cli/command_retention.c - `handrail retention see | due | run | proof`.
 *
 * Read first: docs/retention.md, acting.h. Start at: command_retention.
 *
 * What must hold: nothing is erased but by the actions of the pages, and by a person who may.
 */
#include "actions/keeper.h"
#include "actions/retention.h"
#include "cli/acting.h"
#include "cli/commands.h"
#include "ledger/ledger.h"
#include "shelf/files.h"

/* Steps between two words about how far it is. */
#define RETENTION_TELL_STEPS 10

#define RETENTION_WORDS_BYTES_MAX 8000

struct retention_options {
    struct acting_options acting;
    struct str as_of, kept, count, words;
};

struct retention_verb {
    struct str name;
    size_t operands;
    int (*run)(struct acting *acting, const struct retention_options *options);
};

static int see(struct acting *acting, const struct retention_options *options)
{
    struct action_outcome outcome;
    (void)options;
    return acting_show_pages(acting, "retention.see", NULL, 0, "", &outcome) ? CLI_EXIT_FINE
                                                                             : CLI_EXIT_WRONG;
}

static int due(struct acting *acting, const struct retention_options *options)
{
    const struct action_given given[] = {{STR("as-of"), options->as_of},
                                         {STR("kept"), options->kept}};
    struct action_outcome outcome;
    return acting_show_pages(acting, "retention.due", given, 2, "items", &outcome) ? CLI_EXIT_FINE
                                                                                   : CLI_EXIT_WRONG;
}

/* ---- proof ----------------------------------------------------------------------------------- */

/* The numbers of a column of a list, added up. */
static int64_t sum_of(const struct action_list *list, size_t column)
{
    int64_t sum = 0, number = 0;
    for (size_t i = 0; i < list->row_count; i++) {
        if (str_to_int(list->cells[i * list->column_count + column].text, &number)) {
            sum += number;
        }
    }
    return sum;
}

/* The column of this name, of a list of this name; 0 when there is none. */
static int64_t number_of(const struct action_outcome *outcome, const char *name, const char *column)
{
    const struct action_list *list = action_list_named(&outcome->answer, name);
    for (size_t i = 0; i < list->column_count; i++) {
        if (str_equal(list->columns[i].name, str_from(column))) {
            return sum_of(list, i);
        }
    }
    return 0;
}

MUST_USE static struct result checkpoint_of(struct acting *acting, struct str *note)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(acting->place->actions.store, acting->cli->arena, STORE_READ, &transaction));
    return ledger_checkpoint_read(transaction, note);
}

/* Signed with the ledger's key: who has it can hold the history to it later. */
static bool show_checkpoint(struct acting *acting)
{
    struct str note;
    struct result read = checkpoint_of(acting, &note);
    if (read.code == RESULT_CODE_MISSING) {
        cli_printf(acting->cli->out, "\nThe history has not been signed yet.\n");
        return true;
    }
    if (!result_is_ok(read)) {
        (void)cli_failed(acting->cli, read);
        return false;
    }
    cli_printf(acting->cli->out,
               "\nThe newest signed checkpoint of the history (\"handrail audit verify --since\" "
               "takes it; \"handrail audit prove ACT\" shows that an act stands in it)\n\n" STR_FMT,
               STR_ARG(note));
    return true;
}

/* Looks for the words of a file; *found: in how many places. */
static bool search(struct acting *acting, struct str run, struct str file, int64_t *found)
{
    struct str words;
    struct action_outcome outcome;
    struct result read =
        shelf_file_read(acting->cli->arena, file, RETENTION_WORDS_BYTES_MAX, &words);
    if (!result_is_ok(read)) {
        (void)cli_failed(acting->cli, read);
        return false;
    }
    const struct action_given given[] = {{STR("run"), run}, {STR("words"), words}};
    if (!acting_do(acting, "retention.search", given, 2, &outcome)) {
        return false;
    }
    cli_printf(acting->cli->out, "\n");
    acting_show(acting, action_named(STR("retention.search")), &outcome);
    *found = number_of(&outcome, "places", "cells");
    return true;
}

static int proof_of(struct acting *acting, const struct retention_options *options, struct str run)
{
    const struct action_given given[] = {{STR("run"), run}};
    struct action_outcome outcome;
    int64_t found = 0;
    if (!acting_show_pages(acting, "retention.proof", given, 1, "acts", &outcome) ||
        (!str_is_empty(options->words) && !search(acting, run, options->words, &found)) ||
        !show_checkpoint(acting)) {
        return CLI_EXIT_WRONG;
    }
    return found + number_of(&outcome, "classes", "left") > 0 ? CLI_EXIT_NO : CLI_EXIT_FINE;
}

static int proof(struct acting *acting, const struct retention_options *options)
{
    return proof_of(acting, options, acting->cli->operands[1]);
}

/* Of the execution that was begun last. */
static int last_proof(struct acting *acting, const struct retention_options *options)
{
    struct action_outcome outcome;
    if (!acting_do(acting, "retention.see", NULL, 0, &outcome)) {
        return CLI_EXIT_WRONG;
    }
    const struct action_list *executions = action_list_named(&outcome.answer, "executions");
    if (executions->row_count > 0) {
        return proof_of(acting, options, executions->cells[0].value);
    }
    return cli_wrong(acting->cli, STR("look with \"handrail retention due\", and give --count"),
                     "nothing was ever begun here");
}

/* ---- run ------------------------------------------------------------------------------------- */

/* What was erased is overwritten on the disk, and the history signed where its key is. */
MUST_USE static struct result finish(struct acting *acting)
{
    struct place *place = acting->place;
    TRY(ledger_tidy(place->actions.store, acting->cli->arena));
    return str_is_empty(place->key_path)
               ? RESULT_OK
               : keeper_sign(place->actions.store, acting->cli->arena, place->key_path);
}

/* A server that is at it meanwhile does both within seconds. */
static bool is_finished(struct acting *acting, struct result finished)
{
    bool is_fine = result_is_ok(finished) || finished.code == RESULT_CODE_BUSY;
    if (!is_fine) {
        (void)cli_failed(acting->cli, finished);
    }
    return is_fine;
}

/* Until nothing is left to do. */
static bool carry_out(struct acting *acting)
{
    bool is_open = true;
    while (is_open) {
        struct arena_mark mark = arena_mark(acting->cli->arena);
        struct result kept = retention_keep(&acting->place->actions, acting->cli->arena, false,
                                            RETENTION_TELL_STEPS, &is_open);
        if (!result_is_ok(kept)) {
            (void)cli_failed(acting->cli, kept);
            return false;
        }
        arena_rewind(acting->cli->arena, mark);
        if (is_open) {
            cli_printf(acting->cli->err, "Erasing goes on ...\n");
        }
    }
    return is_finished(acting, finish(acting));
}

static int run(struct acting *acting, const struct retention_options *options)
{
    struct action_outcome outcome;
    const struct action_given given[] = {{STR("count"), options->count}, {STR("sure"), STR("yes")}};
    if (acting->actor.value == 0) {
        return cli_wrong(acting->cli, STR("add --as with the e-mail address of somebody who may"),
                         "it is not said who has what is due erased");
    }
    /* Without a number: one that somebody has begun goes on. */
    if (!str_is_empty(options->count) && !acting_do(acting, "retention.run", given, 2, &outcome)) {
        return CLI_EXIT_WRONG;
    }
    return carry_out(acting) ? last_proof(acting, options) : CLI_EXIT_WRONG;
}

/* ---- The command ----------------------------------------------------------------------------- */

static const struct retention_verb verbs[] = {
    {STR_INIT("see"), 1, see},
    {STR_INIT("due"), 1, due},
    {STR_INIT("run"), 1, run},
    {STR_INIT("proof"), 2, proof},
};
#define VERB_COUNT (sizeof verbs / sizeof verbs[0])

static int verb_run(struct cli *cli, const struct retention_verb *verb,
                    struct retention_options *options)
{
    struct acting acting;
    if (!cli_operands(cli, verb->operands, verb->operands) ||
        !acting_is_usable(cli, &options->acting) || !acting_open(cli, &options->acting, &acting)) {
        return CLI_EXIT_WRONG;
    }
    int status = verb->run(&acting, options);
    place_close(acting.place);
    return status;
}

int command_retention(struct cli *cli)
{
    struct retention_options given = {0};
    const struct cli_option options[] = {
        {.name = STR("--data"), .value = &given.acting.data},
        {.name = STR("--store"), .value = &given.acting.store},
        {.name = STR("--packs"), .values = &given.acting.packs},
        {.name = STR("--as"), .value = &given.acting.as},
        {.name = STR("--as-of"), .value = &given.as_of},
        {.name = STR("--kept"), .value = &given.kept},
        {.name = STR("--count"), .value = &given.count},
        {.name = STR("--words"), .value = &given.words},
    };
    if (!cli_options(cli, options, sizeof options / sizeof options[0])) {
        return CLI_EXIT_WRONG;
    }
    struct str word = cli->operand_count > 0 ? cli->operands[0] : (struct str){0};
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (str_equal(verbs[i].name, word)) {
            return verb_run(cli, &verbs[i], &given);
        }
    }
    struct str nearest = cli_nearest(word, &verbs[0].name, VERB_COUNT, sizeof verbs[0]);
    return cli_wrong(cli, cli_suggest(cli->arena, nearest, STR("say see, due, run or proof")),
                     "\"retention\" does not know what to do");
}
