/*
 * cli/wrap.h - paragraphs and labelled lines within a number of columns.
 *
 * Pure. Columns are counted as a terminal shows them (utf8_columns), so accents are right.
 */
#ifndef HANDRAIL_CLI_WRAP_H
#define HANDRAIL_CLI_WRAP_H

#include "base/str.h"

struct wrap {
    size_t columns; /* of a line */
    size_t start;   /* columns already used on the first line */
    size_t indent;  /* of the lines after it */
};

/*
 * Adds the words of `s`, broken between words, and ends the line. White space of any kind parts
 * words; a word that is too long for a line stands alone and is not cut.
 */
void wrap_add(struct text *out, struct str s, struct wrap wrap);

/* Adds `count` spaces. */
void wrap_space(struct text *out, size_t count);

/* Adds `s` and spaces up to `columns`, at least one. */
void wrap_pad(struct text *out, struct str s, size_t columns);

/*
 * Prose in Markdown: paragraphs apart, list items with their marker, each wrapped and indented.
 */
void wrap_prose(struct text *out, struct str prose, size_t columns, size_t indent);

#endif
