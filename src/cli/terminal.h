/*
 * cli/terminal.h - how wide to write, and whether to use colour.
 *
 * Start at terminal_of(). Colour never carries meaning of its own: everything is said in words too.
 */
#ifndef HANDRAIL_CLI_TERMINAL_H
#define HANDRAIL_CLI_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

#include "base/str.h"

#define TERMINAL_COLUMNS_MAX 80 /* longer lines are hard to read */
#define TERMINAL_COLUMNS_MIN 40

enum terminal_style {
    TERMINAL_STYLE_PLAIN,
    TERMINAL_STYLE_STRONG,
    TERMINAL_STYLE_FAINT,
    TERMINAL_STYLE_GOOD, /* allowed */
    TERMINAL_STYLE_CARE, /* caution, ask first, needs approval, undetermined */
    TERMINAL_STYLE_BAD,  /* forbidden */
    TERMINAL_STYLE_COUNT
};

struct terminal {
    bool is_interactive; /* a person looks at it */
    bool has_colour;
    size_t columns;
};

/* Of a stream. No colour when it is no terminal, when NO_COLOR is set (no-color.org), when TERM is
 * "dumb" or not set, or when it is not wanted. */
struct terminal terminal_of(FILE *stream, bool is_plain);

/* What switches a style on, and TERMINAL_STYLE_PLAIN all of them off. Empty without colour. */
struct str terminal_style(const struct terminal *terminal, enum terminal_style style);

/* Adds a text in a style, and switches it off after it. */
void terminal_add(struct text *out, const struct terminal *terminal, enum terminal_style style,
                  struct str s);

#endif
