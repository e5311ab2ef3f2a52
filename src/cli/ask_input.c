/*
 * cli/ask_input.c - one line of input. Read first: ask_int.h.
 */
#include "cli/ask_int.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

/* Refused lines in a row after which the input is taken for something that is no person. */
#define ASK_REFUSED_MAX 20

static volatile sig_atomic_t ask_stopped;

/* The signal may come just before a read that would wait: with its file closed it does not. */
static void ask_stop(int signal_number)
{
    int before = errno;
    (void)signal_number;
    ask_stopped = 1;
    (void)close(STDIN_FILENO);
    errno = before;
}

void ask_input_begin(void)
{
    struct sigaction action = {.sa_handler = ask_stop}; /* no SA_RESTART: reading ends */
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
}

bool ask_input_was_stopped(void)
{
    return ask_stopped != 0;
}

/* Throws away the rest of a line that was too long. */
static bool ask_skip_line(FILE *stream)
{
    int byte;
    do {
        byte = getc(stream);
    } while (byte != EOF && byte != '\n');
    return byte != EOF;
}

static bool ask_is_text(struct str line)
{
    for (size_t i = 0; i < line.len; i++) {
        unsigned char byte = (unsigned char)line.at[i];
        if ((byte < 0x20 && byte != '\t') || byte == 0x7f) {
            return false;
        }
    }
    return utf8_valid(line);
}

/* Reads up to the end of the line. *is_whole is false when it did not fit. */
static bool ask_read(struct ask *ask, struct str *out, bool *is_whole)
{
    size_t len = 0;
    int byte = getc(ask->cli->in);
    if (byte == EOF) {
        return false;
    }
    *is_whole = true;
    while (byte != EOF && byte != '\n') {
        if (len == sizeof ask->line) {
            *is_whole = false;
            (void)ask_skip_line(ask->cli->in);
            break;
        }
        ask->line[len++] = (char)byte;
        byte = getc(ask->cli->in);
    }
    *out = str_trim((struct str){.at = ask->line, .len = len});
    return !ask_stopped;
}

bool ask_input_line(struct ask *ask, const char *prompt, struct str *out)
{
    for (unsigned refused = 0; refused < ASK_REFUSED_MAX; refused++) {
        if (ask->line_count++ >= ASK_LINES_MAX) {
            return false;
        }
        struct text shown = {.arena = ask->arena};
        terminal_add(&shown, &ask->terminal, TERMINAL_STYLE_STRONG, str_from(prompt));
        cli_print(ask->cli->out, text_str(&shown));
        (void)fflush(ask->cli->out);
        bool is_whole;
        if (!ask_read(ask, out, &is_whole)) {
            return false;
        }
        /* The window may have been made wider or narrower meanwhile. */
        ask->terminal.columns = terminal_of(ask->cli->out, true).columns;
        if (is_whole && ask_is_text(*out)) {
            *out = str_copy(ask->arena, *out);
            return true;
        }
        ask_show(ask, is_whole ? STR("I could not read that. Please type letters and numbers.")
                               : STR("That is longer than I can read. A number or a few words are "
                                     "enough."));
    }
    return false;
}

enum ask_step ask_input_command(struct str line)
{
    static const struct {
        struct str letter, word;
        enum ask_step step;
    } commands[] = {
        {STR_INIT("b"), STR_INIT("back"), ASK_STEP_BACK},
        {STR_INIT("c"), STR_INIT("change"), ASK_STEP_CHANGE},
        {STR_INIT("r"), STR_INIT("restart"), ASK_STEP_RESTART},
        {STR_INIT("q"), STR_INIT("quit"), ASK_STEP_QUIT},
    };
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (str_equal(line, commands[i].letter) || str_equal(line, commands[i].word)) {
            return commands[i].step;
        }
    }
    return ASK_STEP_STAY;
}

struct str ask_lower(struct arena *arena, struct str s)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        text_add_char(&out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return text_str(&out);
}
