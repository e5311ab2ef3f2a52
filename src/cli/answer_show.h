/*
 * cli/answer_show.h - the blocks of an answer on a terminal: labels at the left, sentences beside.
 *
 * Read first: answer_text.h.
 */
#ifndef HANDRAIL_CLI_ANSWER_SHOW_H
#define HANDRAIL_CLI_ANSWER_SHOW_H

#include "interview/answer_text.h"
#include "cli/terminal.h"

/* Adds the whole answer to `out`. */
void answer_show(struct text *out, const struct terminal *terminal,
                 const struct decide_answer *answer, const struct answer_text *text);

#endif
