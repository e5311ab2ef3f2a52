/*
 * cli/packs.c - see packs.h.
 */
#include "cli/packs.h"

/* A folder of a similar name beside the one that is not there, or the empty text. */
static struct str packs_similar(struct arena *arena, struct str path)
{
    struct shelf_names names;
    struct str folder = shelf_path_folder(path);
    if (!result_is_ok(shelf_folder_list(arena, folder, &names)) || names.count == 0) {
        return (struct str){0};
    }
    struct str nearest =
        cli_nearest(shelf_path_last(path), names.at, names.count, sizeof names.at[0]);
    return str_is_empty(nearest) ? nearest : shelf_path_join(arena, folder, nearest);
}

int packs_failed(struct cli *cli, struct result result)
{
    bool is_nowhere =
        result.code == RESULT_CODE_MISSING && !shelf_folder_exists(cli->arena, result.detail);
    struct str similar = {0};
    if (is_nowhere) {
        similar = packs_similar(cli->arena, result.detail);
    }
    if (!str_is_empty(similar)) {
        struct str message = str_format(
            cli->arena, "there is no such folder; did you mean \"" STR_FMT "\"?", STR_ARG(similar));
        result.message = str_cstr(cli->arena, message);
    }
    return cli_failed(cli, result);
}

bool packs_open(struct cli *cli, struct shelf *shelf, size_t operand_count, bool with_warnings,
                int broken, int *status)
{
    *shelf = shelf_new(cli->arena);
    for (size_t i = 0; i < operand_count; i++) {
        struct result result = shelf_load(shelf, cli->operands[i]);
        if (!result_is_ok(result)) {
            *status = packs_failed(cli, result);
            return false;
        }
    }
    struct diag_list problems = shelf_problems(shelf, with_warnings);
    cli_diagnose(cli, &problems);
    for (size_t i = 0; i < shelf->count; i++) {
        if (!shelf->at[i].is_ready) {
            *status = broken;
            return false;
        }
    }
    *status = CLI_EXIT_FINE;
    return true;
}

bool packs_open_one(struct cli *cli, struct shelf *shelf, int *status)
{
    if (!packs_open(cli, shelf, 1, false, CLI_EXIT_WRONG, status)) {
        return false;
    }
    if (shelf->count != 1) {
        *status = cli_wrong(cli,
                            str_format(cli->arena, "name one of them, such as " STR_FMT,
                                       STR_ARG(shelf->at[0].folder)),
                            "\"" STR_FMT "\" holds several policies: " STR_FMT,
                            STR_ARG(cli->operands[0]), STR_ARG(shelf_pack_names_text(shelf)));
        return false;
    }
    return true;
}
