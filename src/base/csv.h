/*
 * base/csv.h - a file of cells: RFC 4180, and what spreadsheets and offices make of it.
 *
 *     struct csv *csv = ARENA_NEW(arena, struct csv);
 *     csv_open(csv, text);
 *     for (enum csv_outcome got; (got = csv_next(csv)) != CSV_END;) ... csv->cells[0] ...
 *
 * Cells are divided by a comma, semicolon or tab, whichever the first line has most of, or by the
 * sign that a line "sep=;" in front names. A mark of the order of bytes in front is passed over;
 * lines end in CR LF, LF or CR.
 *
 * What must hold
 * - A bad line costs itself alone: reading goes on at the line after the one in which it began.
 * - No line is looked at beyond LIMIT_CSV_LINE_BYTES_MAX but for its end.
 * - Cells hold UTF-8 without controls, blanks at their ends taken off; they are good until the next
 *   csv_next().
 */
#ifndef HANDRAIL_BASE_CSV_H
#define HANDRAIL_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "base/str.h"

enum csv_outcome {
    CSV_CELLS,    /* csv.cells, csv.count of them; 0 for an empty line */
    CSV_END,      /* nothing is left */
    CSV_TOO_LONG, /* a line of more bytes than the limit */
    CSV_UNCLOSED, /* a quotation mark opens and no other closes it */
    CSV_STRAY,    /* words between a closing quotation mark and the next cell */
    CSV_NOT_UTF8,
    CSV_CONTROL,  /* a character that cannot be seen */
    CSV_TOO_MANY, /* more cells than LIMIT_CSV_CELLS_MAX */
    CSV_OUTCOME_COUNT
};

struct csv_cell {
    struct str text;
    uint32_t start; /* bytes from the beginning of its line; see csv_column() */
};

struct csv {
    struct str text;
    size_t at;
    size_t line_start; /* of the line that was read last */
    uint32_t line;     /* its number, from 1 */
    uint32_t lines;    /* that have been passed */
    uint32_t fault;    /* bytes from line_start to what is wrong */
    char divider;
    size_t count;
    struct csv_cell cells[LIMIT_CSV_CELLS_MAX];
    char bytes[LIMIT_CSV_LINE_BYTES_MAX];
};

/* Begins to read. Large: some 12 KB. */
void csv_open(struct csv *csv, struct str text);

/* Reads the next line (or lines, where a quoted cell goes on); see enum csv_outcome. */
enum csv_outcome csv_next(struct csv *csv);

/* The column, counted in characters from 1, of a place in the line that was read last. */
uint32_t csv_column(const struct csv *csv, uint32_t start);

/* ---- Writing --------------------------------------------------------------------------------- */

/* Begins like a formula: a spreadsheet would run it. "-" alone stands for "nothing" and is none. */
bool csv_is_formula(struct str cell);

/*
 * Adds a cell, in quotation marks where it needs them; an apostrophe is put before what begins like
 * a formula, so that spreadsheets show it as text. The caller adds "," and CR LF.
 */
void csv_add_cell(struct text *out, struct str cell);

#endif
