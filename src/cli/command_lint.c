/*
 * cli/command_lint.c - `handrail lint PACK...`: what is wrong with a policy, and how large it is.
 */
#include "analyse/analyse.h"
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

static struct str lint_clause(const struct pack *pack, uint32_t rule)
{
    return pack_text(pack, pack->clause[pack->rule[rule].clause].key);
}

/* The file that a clause stands in: the pack's own, a parent's or the law's. */
static struct str lint_file(const struct shelf_pack *one, struct str key)
{
    for (size_t d = 0; d < one->bundle.chain_count; d++) {
        const struct policy_document *document = one->bundle.chain[d];
        for (size_t i = 0; i < document->clause_count; i++) {
            if (str_equal(document->clauses[i].key.text, key)) {
                return document->file;
            }
        }
    }
    return one->bundle.law != NULL ? one->bundle.law->file : one->document->file;
}

/* Clauses that contradict each other without a word on which prevails: how many were found. */
static size_t lint_conflicts(struct cli *cli, const struct shelf_pack *one)
{
    struct diag_list diags = diag_list_new(cli->arena);
    const struct analyse_conflicts *found = analyse_conflicts(cli->arena, &one->pack);
    for (uint32_t i = 0; i < found->count; i++) {
        const struct analyse_conflict *conflict = &found->at[i];
        struct str allowing = lint_clause(&one->pack, conflict->allowing);
        struct str blocking = lint_clause(&one->pack, conflict->blocking);
        struct str hint =
            str_format(cli->arena,
                       "let one clause override the other, or declare a 'known conflict " STR_FMT
                       ", " STR_FMT "'; a situation in which they collide: " STR_FMT,
                       STR_ARG(allowing), STR_ARG(blocking), STR_ARG(conflict->situation));
        diag_addf(&diags, DIAG_ERROR, STR("conflict"), lint_file(one, blocking),
                  one->pack.rule[conflict->blocking].line, 1, hint,
                  "the clauses \"" STR_FMT "\" and \"" STR_FMT "\" contradict each other",
                  STR_ARG(allowing), STR_ARG(blocking));
    }
    cli_diagnose(cli, &diags);
    return found->count;
}

static void lint_summary(struct cli *cli, const struct shelf_pack *one, size_t conflicts)
{
    struct str name =
        one->document && one->document->name.len > 0 ? one->document->name : one->folder;
    size_t errors = diag_error_count(&one->diags) + conflicts;
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
    struct shelf shelf;
    int status;
    if (!packs_open(cli, &shelf, cli->operand_count, true, CLI_EXIT_NO, &status) &&
        status == CLI_EXIT_WRONG) {
        return status;
    }
    for (size_t i = 0; i < shelf.count; i++) {
        size_t conflicts = shelf.at[i].is_ready ? lint_conflicts(cli, &shelf.at[i]) : 0;
        status = conflicts != 0 && status == CLI_EXIT_FINE ? CLI_EXIT_NO : status;
        lint_summary(cli, &shelf.at[i], conflicts);
    }
    return status;
}
