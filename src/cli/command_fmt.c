/*
 * cli/command_fmt.c - `handrail fmt PACK... [--check]`: lays out the blocks of policies in place.
 *
 * A folder of packs has its vocabulary laid out too; so has the folder `vocabulary` when named.
 */
#include "cli/commands.h"
#include "cli/packs.h"

#define FMT_FILES_MAX (SHELF_PACKS_MAX + 1)

struct fmt_files {
    struct str at[FMT_FILES_MAX];
    size_t count;
};

static bool fmt_add(struct cli *cli, struct fmt_files *files, struct str file)
{
    if (files->count >= FMT_FILES_MAX) {
        (void)cli_wrong(cli, STR("name fewer at once"), "more than %d files in one call",
                        FMT_FILES_MAX);
        return false;
    }
    files->at[files->count++] = file;
    return true;
}

/* The files that an operand means: a policy, a vocabulary, or all of a folder. */
static bool fmt_find(struct cli *cli, struct fmt_files *files, struct str path)
{
    struct str inside = shelf_path_join(cli->arena, path, STR("vocabulary.md"));
    if (shelf_file_exists(cli->arena, inside)) {
        return fmt_add(cli, files, shelf_path_plain(cli->arena, inside));
    }
    if (shelf_file_exists(cli->arena, path) &&
        str_equal(shelf_path_last(path), STR("vocabulary.md"))) {
        return fmt_add(cli, files, shelf_path_plain(cli->arena, path));
    }
    struct shelf_names folders;
    bool is_folder;
    struct result result = shelf_packs_find(cli->arena, path, &folders, &is_folder);
    if (!result_is_ok(result)) {
        (void)packs_failed(cli, result);
        return false;
    }
    for (size_t i = 0; i < folders.count; i++) {
        if (!fmt_add(cli, files, shelf_path_join(cli->arena, folders.at[i], STR("policy.md")))) {
            return false;
        }
    }
    struct str shared = shelf_path_join(cli->arena, path, STR("vocabulary/vocabulary.md"));
    if (is_folder && shelf_file_exists(cli->arena, shared)) {
        return fmt_add(cli, files, shelf_path_plain(cli->arena, shared));
    }
    return true;
}

/* One file. Answers the worst status so far. */
static int fmt_one(struct cli *cli, struct str file, bool is_check, int status)
{
    struct str before;
    struct result result = shelf_file_read(cli->arena, file, SHELF_POLICY_BYTES_MAX, &before);
    if (!result_is_ok(result)) {
        return cli_failed(cli, result);
    }
    struct diag_list diags = diag_list_new(cli->arena);
    struct text after = {.arena = cli->arena};
    if (!policy_format(cli->arena, file, before, &after, &diags)) {
        cli_diagnose(cli, &diags);
        cli_printf(cli->err, STR_FMT ": left as it is; mend the errors first\n", STR_ARG(file));
        return status > CLI_EXIT_NO ? status : CLI_EXIT_NO;
    }
    if (str_equal(before, text_str(&after))) {
        return status;
    }
    if (is_check) {
        cli_printf(cli->out, STR_FMT ": would be laid out anew\n", STR_ARG(file));
        return status > CLI_EXIT_NO ? status : CLI_EXIT_NO;
    }
    result = shelf_file_write(cli->arena, file, text_str(&after));
    if (!result_is_ok(result)) {
        return cli_failed(cli, result);
    }
    cli_printf(cli->out, STR_FMT ": laid out\n", STR_ARG(file));
    return status;
}

int command_fmt(struct cli *cli)
{
    bool is_check = false;
    const struct cli_option options[] = {{.name = STR("--check"), .flag = &is_check}};
    if (!cli_options(cli, options, 1) || !cli_operands(cli, 1, CLI_OPERANDS_MAX)) {
        return CLI_EXIT_WRONG;
    }
    struct fmt_files *files = ARENA_NEW(cli->arena, struct fmt_files);
    for (size_t i = 0; i < cli->operand_count; i++) {
        if (!fmt_find(cli, files, cli->operands[i])) {
            return CLI_EXIT_WRONG;
        }
    }
    int status = CLI_EXIT_FINE;
    for (size_t i = 0; i < files->count; i++) {
        status = fmt_one(cli, files->at[i], is_check, status);
    }
    if (status == CLI_EXIT_NO && is_check) {
        cli_printf(cli->err, "    hint: run `handrail fmt` without --check to lay them out\n");
    }
    return status;
}
