/*
 * base/csv.c - divides a file into lines and cells, and writes cells.
 *
 * Read first: csv.h. Start at: csv_next.
 *
 * What must hold: each line is passed once, and read again at most LIMIT_CSV_LINE_BYTES_MAX bytes
 * far for each quotation mark that opens and is not closed.
 */
#include "base/csv.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

static const struct str byte_order_mark = STR_INIT("\xEF\xBB\xBF");

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static char divider_of(struct str line)
{
    static const char dividers[] = ",;\t";
    size_t counts[sizeof dividers - 1] = {0};
    bool is_quoted = false;
    for (size_t i = 0; i < line.len && i < LIMIT_CSV_LINE_BYTES_MAX; i++) {
        char c = line.at[i];
        if (is_line_end(c) && !is_quoted) {
            break;
        }
        is_quoted = is_quoted != (c == '"');
        const char *found = c != 0 && !is_quoted ? strchr(dividers, c) : NULL;
        if (found) {
            counts[found - dividers]++;
        }
    }
    size_t best = 0;
    for (size_t i = 1; i < sizeof counts / sizeof *counts; i++) {
        best = counts[i] > counts[best] ? i : best;
    }
    return dividers[best];
}

static void line_pass(struct csv *csv)
{
    const struct str text = csv->text;
    while (csv->at < text.len && !is_line_end(text.at[csv->at])) {
        csv->at++;
    }
    if (csv->at < text.len) {
        bool is_pair =
            text.at[csv->at] == '\r' && csv->at + 1 < text.len && text.at[csv->at + 1] == '\n';
        csv->at += is_pair ? 2 : 1;
    }
    csv->lines++;
}

void csv_open(struct csv *csv, struct str text)
{
    csv->text = text;
    csv->at = str_starts(text, byte_order_mark) ? byte_order_mark.len : 0;
    csv->line_start = csv->at;
    csv->line = csv->lines = csv->fault = 0;
    csv->count = 0;
    struct str rest = str_slice(text, csv->at, text.len);
    bool is_told = str_starts(rest, STR("sep=")) && rest.len > 5 && is_line_end(rest.at[5]) &&
                   strchr(",;\t|", rest.at[4]) && rest.at[4] != 0;
    if (is_told) {
        csv->divider = rest.at[4];
        line_pass(csv);
    } else {
        csv->divider = divider_of(rest);
    }
}

/* ---- One line -------------------------------------------------------------------------------- */

/* A line while it is read. */
struct csv_line {
    struct csv *csv;
    size_t start, at, end; /* of the text; `end` is where the bound lies */
    size_t bytes;          /* written to csv->bytes */
};

/* Whether the bound has been met, and not the end of the file. */
static bool is_beyond(const struct csv_line *line)
{
    return line->at == line->end && line->end < line->csv->text.len;
}

static enum csv_outcome fault_at(const struct csv_line *line, size_t at, enum csv_outcome outcome)
{
    line->csv->fault = (uint32_t)(at - line->start);
    return outcome;
}

/* What stands within quotation marks: two of them are one. The mark that opens is passed already.
 * */
static enum csv_outcome quoted_read(struct csv_line *line)
{
    struct csv *csv = line->csv;
    const size_t opened = line->at - 1;
    while (line->at < line->end) {
        char c = csv->text.at[line->at++];
        if (c != '"') {
            csv->bytes[line->bytes++] = c;
            continue;
        }
        if (line->at == line->end || csv->text.at[line->at] != '"') {
            return CSV_CELLS;
        }
        csv->bytes[line->bytes++] = c;
        line->at++;
    }
    return fault_at(line, opened, CSV_UNCLOSED);
}

static void blanks_pass(struct csv_line *line)
{
    const struct csv *csv = line->csv;
    while (line->at < line->end && csv->text.at[line->at] == ' ') {
        line->at++;
    }
}

static enum csv_outcome cell_read(struct csv_line *line)
{
    struct csv *csv = line->csv;
    if (csv->count == LIMIT_CSV_CELLS_MAX) {
        return fault_at(line, line->at, CSV_TOO_MANY);
    }
    blanks_pass(line);
    struct csv_cell *cell = &csv->cells[csv->count++];
    cell->start = (uint32_t)(line->at - line->start);
    const size_t first = line->bytes;
    if (line->at < line->end && csv->text.at[line->at] == '"') {
        line->at++;
        enum csv_outcome outcome = quoted_read(line);
        if (outcome != CSV_CELLS) {
            return outcome;
        }
        blanks_pass(line);
        if (line->at < line->end && csv->text.at[line->at] != csv->divider &&
            !is_line_end(csv->text.at[line->at])) {
            return fault_at(line, line->at, CSV_STRAY);
        }
    }
    while (line->at < line->end && csv->text.at[line->at] != csv->divider &&
           !is_line_end(csv->text.at[line->at])) {
        csv->bytes[line->bytes++] = csv->text.at[line->at++];
    }
    cell->text = str_trim((struct str){csv->bytes + first, line->bytes - first});
    return CSV_CELLS;
}

static enum csv_outcome cells_read(struct csv_line *line)
{
    const struct csv *csv = line->csv;
    for (;;) {
        enum csv_outcome outcome = cell_read(line);
        if (outcome != CSV_CELLS) {
            return outcome;
        }
        if (is_beyond(line)) {
            return is_line_end(csv->text.at[line->at]) ? CSV_CELLS
                                                       : fault_at(line, line->start, CSV_TOO_LONG);
        }
        if (line->at == line->end || csv->text.at[line->at] != csv->divider) {
            return CSV_CELLS;
        }
        line->at++;
    }
}

/* ---- What may not stand in a line ------------------------------------------------------------ */

static bool is_plain(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c >= 0x7F || (c < 0x20 && c != '\t' && c != '\n' && c != '\r')) {
            return false;
        }
    }
    return true;
}

static enum csv_outcome characters_check(const struct csv_line *line)
{
    struct str text = str_slice(line->csv->text, line->start, line->at);
    if (is_plain(text)) {
        return CSV_CELLS;
    }
    for (size_t at = 0; at < text.len;) {
        uint32_t code_point;
        size_t bytes = utf8_decode(text, at, &code_point);
        if (bytes == 0) {
            return fault_at(line, line->start + at, CSV_NOT_UTF8);
        }
        bool is_blank = code_point == '\t' || code_point == '\n' || code_point == '\r';
        if ((code_point < 0x20 && !is_blank) || (code_point >= 0x7F && code_point < 0xA0)) {
            return fault_at(line, line->start + at, CSV_CONTROL);
        }
        at += bytes;
    }
    return CSV_CELLS;
}

static uint32_t line_ends(struct str text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_pair = text.at[i] == '\r' && i + 1 < text.len && text.at[i + 1] == '\n';
        count += is_line_end(text.at[i]) && !is_pair;
    }
    return count;
}

enum csv_outcome csv_next(struct csv *csv)
{
    csv->count = 0;
    if (csv->at == csv->text.len) {
        return CSV_END;
    }
    size_t left = csv->text.len - csv->at;
    struct csv_line line = {
        .csv = csv,
        .start = csv->at,
        .at = csv->at,
        .end = csv->at + (left < LIMIT_CSV_LINE_BYTES_MAX ? left : LIMIT_CSV_LINE_BYTES_MAX)};
    csv->line_start = csv->at;
    csv->line = csv->lines + 1;
    enum csv_outcome outcome = cells_read(&line);
    if (outcome == CSV_CELLS) {
        outcome = characters_check(&line);
    }
    if (outcome == CSV_CELLS) {
        csv->lines += line_ends(str_slice(csv->text, line.start, line.at));
        csv->at = line.at;
    }
    line_pass(csv); /* the rest of a bad line; the end of a good one */
    if (csv->count == 1 && csv->cells[0].text.len == 0) {
        csv->count = 0;
    }
    return outcome;
}

uint32_t csv_column(const struct csv *csv, uint32_t start)
{
    struct str before = str_slice(csv->text, csv->line_start, csv->line_start + (size_t)start);
    return (uint32_t)utf8_count(before) + 1;
}

/* ---- Writing --------------------------------------------------------------------------------- */

bool csv_is_formula(struct str cell)
{
    bool is_dash = str_equal(cell, STR("-"));
    return cell.len > 0 && cell.at[0] != 0 && !is_dash && strchr("=+-@\t\r", cell.at[0]);
}

void csv_add_cell(struct text *out, struct str cell)
{
    bool is_quoted = false;
    for (size_t i = 0; i < cell.len && !is_quoted; i++) {
        is_quoted = cell.at[i] != 0 && strchr("\",;\t\r\n", cell.at[i]);
    }
    is_quoted |= cell.len > 0 && (cell.at[0] == ' ' || cell.at[cell.len - 1] == ' ');
    text_add(out, is_quoted ? STR("\"") : STR(""));
    text_add(out, csv_is_formula(cell) ? STR("'") : STR(""));
    for (size_t i = 0; i < cell.len; i++) {
        text_add(out, cell.at[i] == '"' ? STR("\"\"") : str_slice(cell, i, i + 1));
    }
    text_add(out, is_quoted ? STR("\"") : STR(""));
}
