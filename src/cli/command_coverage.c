/*
 * cli/command_coverage.c - `handrail coverage PACK... [--ledger TSV] [--json]`.
 *
 * Read first: coverage/coverage.h. Without --ledger, a file `ledger.tsv` in the folder of packs,
 * beside it or above it is used; where there is none, each clause is a row.
 */
#include "cli/commands.h"
#include "cli/coverage_int.h"
#include "cli/packs.h"

/* Reads the ledger that was named. False when it cannot be used; that has been said. */
static bool coverage_open_ledger(struct cli *cli, struct coverage *coverage, struct str file)
{
    struct str text;
    struct result result = shelf_file_read(cli->arena, file, COVERAGE_LEDGER_BYTES_MAX, &text);
    if (!result_is_ok(result)) {
        (void)cli_failed(cli, result);
        return false;
    }
    struct diag_list diags = diag_list_new(cli->arena);
    coverage_ledger_read(cli->arena, file, text, &coverage->ledger, &diags);
    cli_diagnose(cli, &diags);
    return diag_error_count(&diags) == 0;
}

/* The ledger that lies with the packs, or the empty text. */
static struct str coverage_find_ledger(struct cli *cli)
{
    struct str inside = shelf_path_join(cli->arena, cli->operands[0], STR(COVERAGE_LEDGER_FILE));
    if (shelf_file_exists(cli->arena, inside)) {
        return shelf_path_plain(cli->arena, inside);
    }
    return shelf_file_find_above(cli->arena, cli->operands[0], STR(COVERAGE_LEDGER_FILE));
}

static void coverage_take(struct coverage *coverage, const struct shelf *shelf)
{
    struct coverage_policy *policies =
        ARENA_ARRAY(coverage->arena, struct coverage_policy, shelf->count);
    for (size_t i = 0; i < shelf->count; i++) {
        policies[i] = (struct coverage_policy){.document = shelf->at[i].document};
    }
    coverage->policies = policies;
    coverage->policy_count = shelf->count;
}

int command_coverage(struct cli *cli)
{
    bool is_json = false;
    struct str ledger = {0};
    struct coverage coverage = {.arena = cli->arena};
    const struct cli_option options[] = {
        {.name = STR("--json"), .flag = &is_json},
        {.name = STR("--ledger"), .value = &ledger},
    };
    if (!cli_options(cli, options, 2) || !cli_operands(cli, 1, CLI_OPERANDS_MAX)) {
        return CLI_EXIT_WRONG;
    }
    if (str_is_empty(ledger)) {
        ledger = coverage_find_ledger(cli);
    }
    if (!str_is_empty(ledger) && !coverage_open_ledger(cli, &coverage, ledger)) {
        return CLI_EXIT_WRONG;
    }
    struct shelf shelf;
    int status;
    if (!packs_open(cli, &shelf, cli->operand_count, false, CLI_EXIT_NO, &status)) {
        return status;
    }
    coverage_take(&coverage, &shelf);
    coverage_compute(&coverage);
    struct text out = {.arena = cli->arena};
    if (is_json) {
        coverage_write(&coverage, &out);
    } else {
        coverage_show(&coverage, &out);
    }
    cli_print(cli->out, text_str(&out));
    struct coverage_totals totals = coverage_sum(&coverage, NULL);
    bool is_complete = totals.by_status[COVERAGE_MISSING] == 0 && totals.lacking_rule == 0;
    return is_complete ? CLI_EXIT_FINE : CLI_EXIT_NO;
}
