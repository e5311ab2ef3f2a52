/*
 * fuzz/import_people_fuzz.c - any bytes at all given to the reader of staff lists.
 *
 * Run it with tools/fuzz.sh import_people SECONDS. Read first: src/import/people.h.
 * What stands before a zero byte is taken as mappings, the rest is the file.
 *
 * Modules: base import
 *
 * What must hold, beyond that no sanitizer complains
 * - Messages have a hint and stand in the order of lines; an empty list comes with a message.
 * - Rows that are not refused have a name, a kind, a number or an address, and no formula.
 * - Every refused row has a message of its line, and no other row has.
 * - What csv_add_cell() writes of a cell is read as that cell again, unless it is a formula.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/csv.h"
#include "base/utf8.h"
#include "import/people.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void text_check(struct str text)
{
    assert(utf8_valid(text) && !csv_is_formula(text));
    for (size_t i = 0; i < text.len; i++) {
        assert((unsigned char)text.at[i] >= 0x20);
    }
    assert(text.len == 0 || (text.at[0] != ' ' && text.at[text.len - 1] != ' '));
}

static void cell_check(struct arena *arena, struct csv *csv, struct str cell)
{
    struct text out = {.arena = arena};
    text_add(&out, STR("x,"));
    csv_add_cell(&out, cell);
    text_add(&out, STR(",x\r\n"));
    csv_open(csv, text_str(&out));
    assert(csv_next(csv) == CSV_CELLS && csv->count == 3);
    assert(str_equal(csv->cells[1].text, cell));
}

static void row_check(struct arena *arena, struct csv *csv, const struct import_people_row *row)
{
    const struct str texts[] = {row->reference,   row->name,  row->sorted,
                                row->known_as,    row->email, row->school,
                                row->school_name, row->kind,  row->job};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        text_check(texts[i]);
        if (!row->is_refused) {
            cell_check(arena, csv, texts[i]);
        }
    }
    bool are_given = civil_date_is_given(row->starts) && civil_date_is_given(row->ends);
    assert(row->is_refused || (row->name.len > 0 && row->kind.len > 0 &&
                               (row->reference.len > 0 || row->email.len > 0)));
    assert(row->is_refused || !are_given || civil_date_compare(row->starts, row->ends) <= 0);
}

static void people_check(struct arena *arena, const struct import_people *people)
{
    struct csv *csv = ARENA_NEW(arena, struct csv);
    size_t fault = 0;
    for (size_t i = 0; i < people->row_count; i++) {
        const struct import_people_row *row = &people->rows[i];
        assert(i == 0 || people->rows[i - 1].line < row->line);
        size_t first = fault;
        while (fault < people->fault_count && people->faults[fault].line == row->line) {
            assert(people->faults[fault].message.len > 0 && people->faults[fault].hint.len > 0);
            assert(utf8_valid(people->faults[fault].message));
            fault++;
        }
        assert((fault > first) == row->is_refused);
        row_check(arena, csv, row);
    }
    assert(fault == people->fault_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const struct str kinds[] = {STR_INIT("teacher"), STR_INIT("support-staff")};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str text = {(const char *)data, bytes}, said = {0}, rest;
    struct import_people_options options = {.file = STR("staff.csv"),
                                            .kinds = kinds,
                                            .kind_count = 2,
                                            .kind = bytes % 2 ? kinds[0] : (struct str){0},
                                            .has_school = bytes % 3 == 0};
    struct import_mapping *mappings = NULL;
    if (str_cut(text, 0, &said, &rest)) {
        text = rest;
    } else {
        said = (struct str){0};
    }
    if (utf8_valid(said) && import_mappings_read(arena, said, &mappings, &options.mapping_count)) {
        options.mappings = mappings;
    } else {
        options.mapping_count = 0;
    }
    struct diag_list diags = diag_list_new(arena);
    const struct import_people *people = import_people_read(arena, text, &options, &diags);
    assert((diag_error_count(&diags) > 0) == (people->row_count == 0));
    people_check(arena, people);
    return 0;
}
