/*
 * cli/ask_int.h - shared by the files of the interview.
 *
 *   command_ask.c  the command; start there
 *   ask_choose.c   which policy, which act, how many people
 *   ask_answer.c   one question: what the person types becomes what is said
 *   ask_approval.c "I already have this approval"
 *   ask_screen.c   everything that is shown
 *   ask_input.c    one line of input, bounded
 *
 * A scrolling dialogue without cursor movements, so that a screen reader reads it from top to
 * bottom. What was said is kept as data, in interview/interview.h.
 */
#ifndef HANDRAIL_CLI_ASK_INT_H
#define HANDRAIL_CLI_ASK_INT_H

#include "cli/cli.h"
#include "cli/packs.h"
#include "cli/terminal.h"
#include "interview/interview.h"

#define ASK_LINE_BYTES_MAX 512
#define ASK_LINES_MAX 2000 /* of one interview: more come from no person */

/* What a line of input asks for, besides answering. */
enum ask_step {
    ASK_STEP_ON,   /* answered: go on */
    ASK_STEP_STAY, /* ask the same again */
    ASK_STEP_BACK,
    ASK_STEP_CHANGE,
    ASK_STEP_RESTART,
    ASK_STEP_QUIT,
    ASK_STEP_ENDED, /* the input ended, or Ctrl-C */
    ASK_STEP_COUNT
};

struct ask {
    struct cli *cli;
    struct arena *arena; /* of one round: from choosing the act to leaving it */
    struct terminal terminal;
    struct shelf *shelf;
    const struct shelf_pack *one;
    const struct pack *pack;     /* of `one` */
    struct interview *interview; /* over `pack`: all that was said */
    bool is_rest_none;           /* what is left out is not so: the demonstration */
    bool has_shown_help;
    size_t line_count; /* read so far */
    char line[ASK_LINE_BYTES_MAX];
};

/* ---- ask_input.c ----------------------------------------------------------------------------- */

/* From now on Ctrl-C ends the input instead of the program. */
void ask_input_begin(void);
bool ask_input_was_stopped(void);

/*
 * Shows a prompt and reads one line, trimmed. False at the end of the input. A line that is too
 * long or is not text is refused with a sentence and asked for again.
 */
bool ask_input_line(struct ask *ask, const char *prompt, struct str *out);

/* b, c, r, q as commands; ASK_STEP_STAY when the line is none of them. */
enum ask_step ask_input_command(struct str line);

/* Lower-case letters of ASCII only. */
struct str ask_lower(struct arena *arena, struct str s);

/* ---- ask_choose.c ---------------------------------------------------------------------------- */

enum ask_step ask_choose_pack(struct ask *ask);
enum ask_step ask_choose_act(struct ask *ask);
enum ask_step ask_choose_people(struct ask *ask);

/* ---- ask_answer.c ---------------------------------------------------------------------------- */

/* Asks for a fact and notes the answer in *said. */
enum ask_step ask_fact(struct ask *ask, const struct decide_next *next,
                       struct interview_said *said);

/* ---- ask_approval.c -------------------------------------------------------------------------- */

/* "I already have this approval": which one, by whom, how. */
enum ask_step ask_approval(struct ask *ask, const struct decide_answer *answer);

/* ---- ask_screen.c ---------------------------------------------------------------------------- */

void ask_show_welcome(struct ask *ask);
void ask_show(struct ask *ask, struct str text); /* wrapped, one paragraph */
void ask_show_strong(struct ask *ask, struct str text);
void ask_show_choice(struct ask *ask, size_t number, struct str text, struct str below);
void ask_show_fact(struct ask *ask, const struct decide_next *next, size_t number);
void ask_show_help(struct ask *ask,
                   const struct pack_fact *fact); /* why we ask, and what to type */
void ask_show_said(struct ask *ask);              /* numbered, for "change" */
void ask_show_answer(struct ask *ask, const struct decide_answer *answer);
void ask_show_clause(struct ask *ask, uint32_t clause);
void ask_line(struct ask *ask); /* an empty line */

#endif
