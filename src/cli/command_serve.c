/*
 * cli/command_serve.c - `handrail serve [--listen ADDR] [PACK...]`: the web application.
 *
 * Read first: web/web.h.
 * What must hold: nothing is served unless every policy could be read without errors.
 */
#include "cli/commands.h"
#include "cli/packs.h"
#include "web/web.h"

/* Where the policies are when no operand says it. */
#define SERVE_PACKS "policies"

/* The access log. */
#define SERVE_LOG_FILE 2

static int serve_run(struct cli *cli, const struct web_options *options)
{
    DEFER(web_close) struct web *web = NULL;
    struct result opened = web_open(cli->arena, options, &web);
    if (!result_is_ok(opened)) {
        return cli_failed(cli, opened);
    }
    cli_printf(cli->out, "Handrail listens on " STR_FMT "\n", STR_ARG(web_address(web)));
    cli_printf(cli->out, "Open that address in a browser. Ctrl-C stops Handrail.\n");
    (void)fflush(cli->out);
    struct result ran = web_run(web);
    return result_is_ok(ran) ? CLI_EXIT_FINE : cli_failed(cli, ran);
}

int command_serve(struct cli *cli)
{
    struct str listen = STR(WEB_LISTEN_DEFAULT);
    const struct cli_option options[] = {{.name = STR("--listen"), .value = &listen}};
    if (!cli_options(cli, options, 1) || !cli_operands(cli, 0, CLI_OPERANDS_MAX)) {
        return CLI_EXIT_WRONG;
    }
    if (cli->operand_count == 0) {
        cli->operands[cli->operand_count++] = STR(SERVE_PACKS);
    }
    struct shelf shelf;
    int status;
    if (!packs_open(cli, &shelf, cli->operand_count, false, CLI_EXIT_WRONG, &status)) {
        return status;
    }
    struct web_site site = web_site_make(cli->arena, STR(HANDRAIL_VERSION), &shelf);
    struct web_options web_options = {.listen = listen, .site = &site, .log = SERVE_LOG_FILE};
    return serve_run(cli, &web_options);
}
