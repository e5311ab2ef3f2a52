/*
 * cli/terminal.c - see terminal.h.
 */
#include "cli/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/str.h"

static size_t terminal_columns(int file)
{
    struct winsize size = {0};
    if (ioctl(file, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 ||
        size.ws_col > TERMINAL_COLUMNS_MAX) {
        return TERMINAL_COLUMNS_MAX;
    }
    return size.ws_col < TERMINAL_COLUMNS_MIN ? TERMINAL_COLUMNS_MIN : size.ws_col;
}

struct terminal terminal_of(FILE *stream, bool is_plain)
{
    int file = fileno(stream);
    bool is_interactive = file >= 0 && isatty(file);
    struct str refused = str_from(getenv("NO_COLOR"));
    struct str kind = str_from(getenv("TERM"));
    bool has_colour = is_interactive && !is_plain && str_is_empty(refused) && !str_is_empty(kind) &&
                      !str_equal(kind, STR("dumb"));
    return (struct terminal){.is_interactive = is_interactive,
                             .has_colour = has_colour,
                             .columns =
                                 is_interactive ? terminal_columns(file) : TERMINAL_COLUMNS_MAX};
}

struct str terminal_style(const struct terminal *terminal, enum terminal_style style)
{
    static const struct str codes[TERMINAL_STYLE_COUNT] = {
        [TERMINAL_STYLE_PLAIN] = STR_INIT("\033[0m"),
        [TERMINAL_STYLE_STRONG] = STR_INIT("\033[1m"),
        [TERMINAL_STYLE_FAINT] = STR_INIT("\033[2m"),
        [TERMINAL_STYLE_GOOD] = STR_INIT("\033[1;32m"),
        [TERMINAL_STYLE_CARE] = STR_INIT("\033[1;33m"),
        [TERMINAL_STYLE_BAD] = STR_INIT("\033[1;31m"),
    };
    return terminal->has_colour ? codes[style] : (struct str){0};
}

void terminal_add(struct text *out, const struct terminal *terminal, enum terminal_style style,
                  struct str s)
{
    text_add(out, terminal_style(terminal, style));
    text_add(out, s);
    text_add(out, terminal_style(terminal, TERMINAL_STYLE_PLAIN));
}
