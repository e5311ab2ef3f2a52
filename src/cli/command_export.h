/*
 * cli/command_export.h - `handrail import records`, which command_import.c passes on.
 *
 * Read first: cli.h.
 */
#ifndef HANDRAIL_CLI_COMMAND_EXPORT_H
#define HANDRAIL_CLI_COMMAND_EXPORT_H

#include "cli/cli.h"

/* The file is the second operand. */
int import_records(struct cli *cli, struct str data, struct str where);

#endif
