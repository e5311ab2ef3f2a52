/*
 * cli/command_coverage.c - `handrail coverage PACK... [--ledger TSV] [--json]`.
 *
 * Read first: coverage_int.h. Without --ledger, a file `ledger.tsv` in the folder of packs,
 * beside it or above it is used; where there is none, each clause is a row.
 */
#include "cli/commands.h"
#include "cli/coverage_int.h"

/* Reads the ledger that was named. False when it cannot be used; that has been said. */
static bool coverage_open_ledger(struct cli *cli, struct coverage *coverage, struct str file)
{
    struct str text;
    struct result result = files_read(cli->arena, file, FILES_LEDGER_BYTES_MAX, &text);
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
    struct str inside = files_join(cli->arena, cli->operands[0], STR("ledger.tsv"));
    if (files_is_file(cli->arena, inside)) {
        return files_plain(cli->arena, inside);
    }
    return packs_above(cli->arena, cli->operands[0], STR("ledger.tsv"));
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
    int status;
    if (!packs_open(cli, &coverage.packs, cli->operand_count, false, CLI_EXIT_NO, &status)) {
        return status;
    }
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
