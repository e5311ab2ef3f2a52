/*
 * cli/commands.h - one function for each command. The table that names them is in main.c.
 */
#ifndef HANDRAIL_CLI_COMMANDS_H
#define HANDRAIL_CLI_COMMANDS_H

#include "cli/cli.h"

#ifndef HANDRAIL_VERSION
#define HANDRAIL_VERSION "0.1.0"
#endif

int command_ask(struct cli *cli);
int command_audit(struct cli *cli);
int command_backup(struct cli *cli);
int command_check(struct cli *cli);
int command_compile(struct cli *cli);
int command_coverage(struct cli *cli);
int command_decide(struct cli *cli);
int command_demo(struct cli *cli);
int command_explain(struct cli *cli);
int command_export(struct cli *cli);
int command_fmt(struct cli *cli);
int command_import(struct cli *cli);
int command_lint(struct cli *cli);
int command_restore(struct cli *cli);
int command_serve(struct cli *cli);
int command_test(struct cli *cli);
int command_vocabulary(struct cli *cli);

#endif
