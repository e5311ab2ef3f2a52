/*
 * cli/check_int.h - how a checked draft looks in a terminal. Read first: command_check.c.
 */
#ifndef HANDRAIL_CLI_CHECK_INT_H
#define HANDRAIL_CLI_CHECK_INT_H

#include "check/check.h"
#include "cli/terminal.h"

/* The draft with its findings underlined, and below it each of them. */
void check_show_findings(struct text *out, const struct terminal *terminal, struct str draft,
                         const struct screen_findings *found);

/* The same with the verdict and the clauses of a policy. */
void check_show_answer(struct text *out, const struct terminal *terminal, const struct pack *pack,
                       const struct check_draft *draft, const struct check_answer *answer);

#endif
