/*
 * coverage/ledger.c - reading a ledger: a first line that names the columns, then one row a line,
 * columns parted by tabs. Read first: coverage.h.
 */
#include "coverage/coverage.h"

#define LEDGER_COLUMNS_MAX 32

enum ledger_column {
    LEDGER_ID,
    LEDGER_WHERE,
    LEDGER_SAYS,
    LEDGER_STRENGTH,
    LEDGER_PUT_BY,
    LEDGER_SEEN,
    LEDGER_COLUMN_COUNT
};

/* Each column is found by the beginning of its title. */
static const struct str ledger_titles[LEDGER_COLUMN_COUNT] = {
    [LEDGER_ID] = STR_INIT("id"),
    [LEDGER_WHERE] = STR_INIT("where"),
    [LEDGER_SAYS] = STR_INIT("the policy says"),
    [LEDGER_STRENGTH] = STR_INIT("strength"),
    [LEDGER_PUT_BY] = STR_INIT("put into operation by"),
    [LEDGER_SEEN] = STR_INIT("what must be seen"),
};

static size_t ledger_split(struct str line, struct str *cells)
{
    size_t count = 0;
    bool has_more = true;
    while (has_more && count < LEDGER_COLUMNS_MAX) {
        struct str cell;
        has_more = str_cut(line, '\t', &cell, &line);
        cells[count++] = str_trim(cell);
    }
    return count;
}

/* Where each column stands; SIZE_MAX where it is not there. */
static void ledger_find_columns(struct str line, size_t *columns)
{
    struct str cells[LEDGER_COLUMNS_MAX];
    size_t count = ledger_split(line, cells);
    for (size_t c = 0; c < LEDGER_COLUMN_COUNT; c++) {
        columns[c] = SIZE_MAX;
        for (size_t i = 0; i < count && columns[c] == SIZE_MAX; i++) {
            if (str_starts(cells[i], ledger_titles[c])) {
                columns[c] = i;
            }
        }
    }
}

static void ledger_read_tokens(struct coverage_row *row, struct str cell)
{
    bool has_more = cell.len > 0;
    while (has_more && row->token_count < COVERAGE_TOKENS_MAX) {
        struct str token;
        has_more = str_cut(cell, ',', &token, &cell);
        token = str_trim(token);
        if (!str_is_empty(token)) {
            row->tokens[row->token_count++] = token;
        }
    }
}

static void ledger_read_row(struct coverage_row *row, struct str line, const size_t *columns)
{
    struct str cells[LEDGER_COLUMNS_MAX];
    size_t count = ledger_split(line, cells);
    struct str found[LEDGER_COLUMN_COUNT] = {{0}};
    for (size_t c = 0; c < LEDGER_COLUMN_COUNT; c++) {
        if (columns[c] < count) {
            found[c] = cells[columns[c]];
        }
    }
    row->id = found[LEDGER_ID];
    row->where = found[LEDGER_WHERE];
    row->says = found[LEDGER_SAYS];
    row->strength = found[LEDGER_STRENGTH];
    row->seen = found[LEDGER_SEEN];
    ledger_read_tokens(row, found[LEDGER_PUT_BY]);
}

/* How many rows there can be at most. */
static size_t ledger_count_lines(struct str text)
{
    size_t count = 1;
    for (size_t i = 0; i < text.len && count < COVERAGE_ROWS_MAX; i++) {
        count += text.at[i] == '\n' ? 1 : 0;
    }
    return count;
}

void coverage_ledger_read(struct arena *arena, struct str file, struct str text,
                          struct coverage_ledger *out, struct diag_list *diags)
{
    size_t columns[LEDGER_COLUMN_COUNT];
    struct str line;
    (void)str_cut(text, '\n', &line, &text);
    ledger_find_columns(line, columns);
    if (columns[LEDGER_ID] == SIZE_MAX) {
        diag_add(diags, DIAG_ERROR, STR("ledger-columns"), file, 1, 0,
                 STR("the first line names no column \"id\""),
                 STR("the first line of a ledger names its columns, parted by tabs: id, where, "
                     "the policy says, strength, put into operation by, what must be seen"));
        return;
    }
    out->file = file;
    out->rows = ARENA_ARRAY(arena, struct coverage_row, ledger_count_lines(text));
    for (uint32_t number = 2; text.len > 0; number++) {
        (void)str_cut(text, '\n', &line, &text);
        if (str_is_empty(str_trim(line))) {
            continue;
        }
        if (out->count >= COVERAGE_ROWS_MAX) {
            diag_addf(diags, DIAG_ERROR, STR("ledger-rows"), file, number, 0,
                      STR("split the ledger"), "more than %d rows", COVERAGE_ROWS_MAX);
            return;
        }
        struct coverage_row *row = &out->rows[out->count++];
        row->line = number;
        ledger_read_row(row, line, columns);
    }
}
