/*
 * cli/command_lint.c - `handrail lint PACK...`: what is wrong with a policy, and how large it is.
 */
#include "cli/commands.h"
#include "cli/packs.h"

static struct str lint_size(struct arena *arena, const struct policy_document *document)
{
    size_t rules = 0;
    size_t examples = 0;
    size_t operations = 0;
    for (size_t i = 0; i < document->clause_count; i++) {
        rules += document->clauses[i].rule_count;
        examples += document->clauses[i].example_count;
        operations += document->clauses[i].operation_count;
    }
    struct str parts[] = {
        cli_count(arena, document->clause_count, "clause", NULL),
        cli_count(arena, rules, "rule", NULL),
        cli_count(arena, operations, "operation statement", NULL),
        cli_count(arena, examples, "example", NULL),
    };
    return str_join(arena, parts, sizeof parts / sizeof parts[0], STR(", "));
}

static void lint_summary(struct cli *cli, const struct packs_one *one)
{
    struct str name = one->document && one->document->name.len > 0 ? one->document->name
                                                                    : one->folder;
    size_t errors = diag_error_count(&one->diags);
    size_t warnings = one->diags.totals[DIAG_WARNING];
    struct str size = one->document ? lint_size(cli->arena, one->document) : STR("not read");
    cli_printf(cli->out, STR_FMT ": " STR_FMT ": " STR_FMT ", " STR_FMT "\n", STR_ARG(name),
               STR_ARG(size), STR_ARG(cli_count(cli->arena, errors, "error", NULL)),
               STR_ARG(cli_count(cli->arena, warnings, "warning", NULL)));
}

int command_lint(struct cli *cli)
{
    if (!cli_options(cli, NULL, 0) || !cli_operands(cli, 1, CLI_OPERANDS_MAX)) {
        return CLI_EXIT_WRONG;
    }
    struct packs packs;
    int status;
    if (!packs_open(cli, &packs, cli->operand_count, true, CLI_EXIT_NO, &status) &&
        status == CLI_EXIT_WRONG) {
        return status;
    }
    for (size_t i = 0; i < packs.count; i++) {
        lint_summary(cli, &packs.at[i]);
    }
    return status;
}
