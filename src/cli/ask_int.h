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
 * bottom. What was said is kept as a list; each turn builds the question anew from it, so going
 * back is leaving out the last.
 */
#ifndef HANDRAIL_CLI_ASK_INT_H
#define HANDRAIL_CLI_ASK_INT_H

#include "cli/cli.h"
#include "cli/packs.h"
#include "cli/terminal.h"
#include "decide/decide.h"

#define ASK_LINE_BYTES_MAX 512
#define ASK_LINES_MAX 2000 /* of one interview: more come from no person */
#define ASK_SAID_MAX 512
#define ASK_HAVE_MAX 64
#define ASK_VALUES_MAX 64

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

struct ask_said {
    uint32_t fact, person; /* person 0: about the act */
    enum decide_state state;
    uint32_t values[ASK_VALUES_MAX], open[ASK_VALUES_MAX];
    size_t value_count, open_count;
    int64_t number;
    bool yes, is_none;
    struct str words; /* as it is shown again */
};

/* An approval that the person says they have. */
struct ask_have {
    bool is_consent;
    uint32_t person; /* consent */
    struct decide_approval record;
};

struct ask {
    struct cli *cli;
    struct arena *arena; /* of one round: from choosing the act to leaving it */
    struct terminal terminal;
    struct packs *packs;
    const struct packs_one *one;
    const struct pack *pack;
    uint32_t act;
    struct str labels[DECIDE_PEOPLE_MAX];
    uint32_t person_count;
    bool has_people;
    bool is_rest_none; /* what is left out is not so: the demonstration */
    struct ask_said said[ASK_SAID_MAX];
    size_t said_count;
    struct ask_have have[ASK_HAVE_MAX];
    size_t have_count;
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

/*
 * Asks for a fact and notes the answer in *said. `choices` are those that can matter; none: all.
 */
enum ask_step ask_fact(struct ask *ask, const struct decide_next *next, struct ask_said *said);

/* True when one of several things is all that is left to ask of a fact: a yes or a no will do. */
bool ask_is_single(const struct pack_fact *fact, const struct decide_next *next);

/* Puts what was said into a question. */
void ask_give(struct decide_question *question, const struct ask_said *said);

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

/* What was said, in one sentence. */
struct str ask_said_words(struct ask *ask);

#endif
