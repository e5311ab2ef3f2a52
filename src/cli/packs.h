/*
 * cli/packs.h - the packs that a call names, ready to use, or said what is wrong with them.
 *
 * Read first: shelf/shelf.h, which does the work. Start at packs_open().
 */
#ifndef HANDRAIL_CLI_PACKS_H
#define HANDRAIL_CLI_PACKS_H

#include "cli/cli.h"
#include "shelf/shelf.h"

/* Where the policies are when nothing else is said. */
#define PACKS_USUAL "policies"

/*
 * Loads the operands of a call and shows what is wrong with them; notes and warnings too
 * `with_warnings`. False when a pack is not ready (then *status is what the command answers:
 * `broken` for errors in a policy, CLI_EXIT_WRONG for a path that leads nowhere).
 */
bool packs_open(struct cli *cli, struct shelf *shelf, size_t operand_count, bool with_warnings,
                int broken, int *status) __attribute__((warn_unused_result));

/* The same for a command that works on one pack: says so when a folder of several was named. */
bool packs_open_one(struct cli *cli, struct shelf *shelf, int *status)
    __attribute__((warn_unused_result));

/* What cli_failed() says, of a path to packs: a folder of a similar name is proposed. */
int packs_failed(struct cli *cli, struct result result);

#endif
