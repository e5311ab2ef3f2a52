/*
 * cli/command_compile.c - `handrail compile PACK -o FILE`: the image of one policy.
 */
#include "cli/commands.h"
#include "cli/packs.h"

int command_compile(struct cli *cli)
{
    struct str file = {0};
    const struct cli_option options[] = {
        {.name = STR("--output"), .short_name = STR("-o"), .value = &file}};
    if (!cli_options(cli, options, 1) || !cli_operands(cli, 1, 1)) {
        return CLI_EXIT_WRONG;
    }
    if (str_is_empty(file)) {
        return cli_wrong(cli, STR("for example: handrail compile policies/reach2 -o reach2.pack"),
                         "say with -o into which file to write");
    }
    struct shelf shelf;
    int status;
    if (!packs_open_one(cli, &shelf, &status)) {
        return status;
    }
    struct policy_image image = shelf.at[0].image;
    struct str bytes = {.at = (const char *)image.bytes, .len = image.size};
    struct result result = shelf_file_write(cli->arena, file, bytes);
    if (!result_is_ok(result)) {
        return cli_failed(cli, result);
    }
    cli_printf(cli->out, STR_FMT ": " STR_FMT ", %zu bytes\n", STR_ARG(file),
               STR_ARG(pack_name(&shelf.at[0].pack)), image.size);
    return CLI_EXIT_FINE;
}
