/*
 * cli/command_demo.c - `handrail demo --data DIR`: fills an empty store with a trust that does not
 * exist, to look at and to learn with.
 *
 * Read first: demo_int.h.
 * What must hold
 * - A store that holds anything is left alone; one of a demonstration is only described again.
 * - The password is known to everybody: `serve` shows a demonstration to this machine alone.
 */
#include "actions/keeper.h"
#include "cli/commands.h"
#include "cli/demo_int.h"
#include "cli/packs.h"
#include "cli/today.h"
#include "records/organisation.h"

static void say_whom(struct cli *cli)
{
    cli_printf(cli->out, DEMO_TRUST ": nobody and nothing in it exists. Sign in as\n\n");
    for (size_t i = 0; i < DEMO_KNOWN_COUNT; i++) {
        if (demo_known[i].what) {
            cli_printf(cli->out, "    %-30s %s\n", demo_known[i].email, demo_known[i].what);
        }
    }
    cli_printf(cli->out, "\nThe password of all of them: " PASSWORD_DEMONSTRATION "\n");
    (void)fflush(cli->out);
}

MUST_USE static struct result fill(struct cli *cli, struct place *place, uint64_t seed)
{
    struct demo *demo = ARENA_NEW(cli->arena, struct demo);
    *demo = (struct demo){.arena = cli->arena, .place = place, .random = seed};
    demo->today = today_date();
    demo->progress = cli->err;
    place->actions.is_demonstration = true;
    demo_clock_to(demo, civil_date_add_days(demo->today, -DEMO_PAST_DAYS));
    demo_plan_known(demo);
    demo_plan_schools(demo);
    demo_plan_people(demo);
    demo_plan_past(demo);
    TRY(demo_carry_out(demo));
    return keeper_sign(place->actions.store, cli->arena, place->key_path);
}

/* Whether the last act was reached. */
MUST_USE static struct result is_whole(struct cli *cli, struct place *place, bool *out)
{
    struct trust_of_row trust;
    bool is_there = false;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(place->actions.store, cli->arena, STORE_READ, &transaction));
    TRY(trust_of(transaction, &is_there, &trust));
    *out = is_there && str_equal(trust.name, STR(DEMO_TRUST));
    return RESULT_OK;
}

static int demo_in(struct cli *cli, struct place *place, uint64_t seed)
{
    bool is_set_up = false, is_demonstration = false;
    struct result known = place_is_set_up(place, cli->arena, &is_set_up);
    if (result_is_ok(known)) {
        known = place_is_demonstration(place, cli->arena, &is_demonstration);
    }
    if (result_is_ok(known) && is_set_up && !is_demonstration) {
        return cli_wrong(cli, STR("name a new folder with --data"),
                         "a school's own records are there already");
    }
    if (result_is_ok(known) && !is_set_up) {
        known = fill(cli, place, seed);
    }
    bool whole = false;
    if (result_is_ok(known)) {
        known = is_whole(cli, place, &whole);
    }
    if (!result_is_ok(known)) {
        return cli_failed(cli, known);
    }
    if (!whole) {
        return cli_wrong(cli, STR("delete the folder, then make it again"),
                         "this demonstration was cut short while it was made");
    }
    say_whom(cli);
    return CLI_EXIT_FINE;
}

int command_demo(struct cli *cli)
{
    struct str data = {0}, store = {0}, seed_text = STR("1");
    int64_t seed = 0;
    const struct cli_option options[] = {
        {.name = STR("--data"), .value = &data},
        {.name = STR("--store"), .value = &store},
        {.name = STR("--seed"), .value = &seed_text},
    };
    if (!cli_options(cli, options, 3) || !cli_operands(cli, 0, CLI_OPERANDS_MAX)) {
        return CLI_EXIT_WRONG;
    }
    if (str_is_empty(data) || !str_to_int(seed_text, &seed)) {
        return cli_wrong(cli, STR("such as: handrail demo --data build/demo-data"),
                         str_is_empty(data) ? "the folder is not said" : "--seed wants a number");
    }
    if (cli->operand_count == 0) {
        cli->operands[cli->operand_count++] = STR(PACKS_USUAL);
    }
    struct shelf shelf;
    int status;
    if (!packs_open(cli, &shelf, cli->operand_count, false, CLI_EXIT_WRONG, &status)) {
        return status;
    }
    DEFER(place_close) struct place *place = NULL;
    struct result opened = place_open(cli->arena, data, store, &shelf, &place);
    return result_is_ok(opened) ? demo_in(cli, place, (uint64_t)seed) : cli_failed(cli, opened);
}
