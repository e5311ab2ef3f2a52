/*
 * cli/cli.h - what every command has: its arguments, its streams, its arena, and how it fails.
 *
 * Read first: main.c, the table of commands. A command is a function `int command_x(struct cli *)`
 * that answers an exit status.
 *
 * What must hold
 * - What was asked for goes to `out`, everything else (progress, errors) to `err`.
 * - Nothing ends the program but main(): a command answers its status and leaves.
 * - A message says what is wrong and what to do next, in words of a school office.
 */
#ifndef HANDRAIL_CLI_CLI_H
#define HANDRAIL_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/result.h"
#include "base/str.h"

enum cli_exit {
    CLI_EXIT_FINE = 0,
    CLI_EXIT_NO = 1,    /* the answer is "no": a failing test, an error in a policy */
    CLI_EXIT_WRONG = 2, /* the call or the input is wrong */
};

/* Operands (packs, clauses) of one call. */
#define CLI_OPERANDS_MAX 64

struct cli {
    struct arena *arena;   /* of the whole command */
    struct str command;    /* its name, for messages */
    struct str usage;      /* "PACK [--check]", for messages */
    struct str *arguments; /* after the command's name */
    size_t argument_count;
    struct str operands[CLI_OPERANDS_MAX]; /* set by cli_options(): what is no option */
    size_t operand_count;
    FILE *in, *out, *err;
};

/* What was given with an option that may stand several times. */
struct cli_values {
    struct str at[CLI_OPERANDS_MAX];
    size_t count;
};

/* One option of a command. Exactly one of `flag`, `value` and `values` is set. */
struct cli_option {
    struct str name;           /* "--json" */
    struct str short_name;     /* "-o", or empty */
    bool *flag;                /* set to true */
    struct str *value;         /* set to the text after it: --name VALUE or --name=VALUE */
    struct cli_values *values; /* the text is added */
};

/*
 * Reads the arguments into options and operands. False when something is wrong, which has then
 * been said; the command answers CLI_EXIT_WRONG. "--" ends the options.
 */
bool cli_options(struct cli *cli, const struct cli_option *options, size_t option_count)
    __attribute__((warn_unused_result));

/* True when there are between `least` and `most` operands; else says what is wrong. */
bool cli_operands(struct cli *cli, size_t least, size_t most) __attribute__((warn_unused_result));

/* Says on `err` what is wrong and, when `hint` is not empty, what to do. Answers CLI_EXIT_WRONG. */
int cli_wrong(struct cli *cli, struct str hint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for an operating failure. */
int cli_failed(struct cli *cli, struct result result);

/* Shows all diagnostics on `err`. */
void cli_diagnose(struct cli *cli, struct diag_list *diags);

void cli_print(FILE *stream, struct str s);
void cli_printf(FILE *stream, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * The nearest of `count` names, or the empty text when none is near enough to be meant. Names begin
 * `stride` bytes apart, so that a column of a table can be passed.
 */
struct str cli_nearest(struct str word, const struct str *names, size_t count, size_t stride);

/* `did you mean "lint"?` or, when nothing is near, the hint that is given. */
struct str cli_suggest(struct arena *arena, struct str nearest, struct str otherwise);

/* "1 rule", "2 rules": the plural is the word with "s" unless given. */
struct str cli_count(struct arena *arena, size_t count, const char *one, const char *many);

/* Whole per cent, rounded down, so that 100 % means all. 100 of nothing. */
unsigned cli_percent(size_t part, size_t whole);

#endif
