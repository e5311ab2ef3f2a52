/*
 * import/people.c - reads the list: line by line, cell by cell, each fault with its place.
 *
 * Read first: people.h, people_int.h. Start at: import_people_read.
 */
#include "import/people_int.h"

#include <string.h>

#include "base/email.h"
#include "base/utf8.h"

#define ROWS_FIRST 256

struct people_reading {
    struct arena *arena;
    const struct import_people_options *options;
    struct csv *csv;
    struct import_head head;
    struct import_people *people;
    struct import_people_row *rows, *row; /* `row` is the one that is being read */
    struct import_people_fault *faults;
    uint32_t *loose; /* of each row: the column of a date that may be month first; 0: none */
    size_t row_capacity, fault_capacity;
    bool has_month_first;
};

/* ---- Faults ---------------------------------------------------------------------------------- */

struct people_fault {
    const char *message, *hint;
};

static const struct people_fault line_faults[CSV_OUTCOME_COUNT] = {
    [CSV_TOO_LONG] = {"the line has more than 4096 bytes", "Look whether a line break is missing."},
    [CSV_UNCLOSED] = {"a quotation mark opens here and is not closed",
                      "Put a second quotation mark at the end of the cell, or take this one away."},
    [CSV_STRAY] = {"words stand behind a closing quotation mark",
                   "Within a quoted cell write each quotation mark twice."},
    [CSV_NOT_UTF8] = {"a character here is not UTF-8, though others are",
                      "Save the whole file as \"CSV UTF-8\"."},
    [CSV_CONTROL] = {"a character that cannot be seen stands here", "Write the cell anew."},
    [CSV_TOO_MANY] = {"the line has more than 256 cells", "Look whether a line break is missing."},
};

/* Room for one more, doubled when it is used up. */
static void *room_for(struct arena *arena, void *at, size_t count, size_t *capacity, size_t bytes)
{
    if (count < *capacity) {
        return at;
    }
    size_t more = *capacity ? 2 * *capacity : ROWS_FIRST;
    at = arena_grow(arena, at, *capacity * bytes, more * bytes);
    *capacity = more;
    return at;
}

static void fault_put(struct people_reading *reading, struct import_people_row *row,
                      uint32_t column, struct str message, struct str hint)
{
    struct import_people *people = reading->people;
    reading->faults = room_for(reading->arena, reading->faults, people->fault_count,
                               &reading->fault_capacity, sizeof *reading->faults);
    reading->faults[people->fault_count++] =
        (struct import_people_fault){row->line, column, message, hint};
    row->is_refused = true;
}

/* Of a field's cell: the message begins with the column's name, as the file has it. */
static void fault_add(struct people_reading *reading, enum import_people_field field,
                      const char *message, const char *hint)
{
    const struct csv *csv = reading->csv;
    uint32_t cell = reading->head.cell[field];
    uint32_t column = cell < csv->count ? csv_column(csv, csv->cells[cell].start) : 0;
    struct str named = {0};
    if (cell < reading->head.cells) {
        named = reading->head.columns[cell].head;
    }
    fault_put(reading, reading->row, column,
              str_format(reading->arena, "\"" STR_FMT "\": %s", STR_ARG(named), message),
              str_from(hint));
}

/* ---- Cells ----------------------------------------------------------------------------------- */

static struct str cell_raw(const struct people_reading *reading, enum import_people_field field)
{
    uint32_t cell = reading->head.cell[field];
    if (cell >= reading->csv->count) {
        return (struct str){0};
    }
    struct str text = reading->csv->cells[cell].text;
    return str_equal(text, STR("-")) ? (struct str){0} : text; /* "nothing" */
}

/* Marks that turn the direction of writing or take no room: in a name they are a disguise. */
static bool is_unseen(uint32_t code_point)
{
    return code_point == 0xAD || code_point == 0x200B || code_point == 0x200E ||
           code_point == 0x200F || (code_point >= 0x2028 && code_point <= 0x202E) ||
           (code_point >= 0x2060 && code_point <= 0x206F) || code_point == 0xFEFF;
}

static bool is_blank(uint32_t code_point)
{
    return code_point == ' ' || (code_point >= '\t' && code_point <= '\r') || code_point == 0xA0 ||
           (code_point >= 0x2000 && code_point <= 0x200A) || code_point == 0x202F ||
           code_point == 0x3000;
}

/* A copy with single blanks and without marks that cannot be seen. */
static struct str text_tidy(struct arena *arena, struct str text)
{
    char *at = arena_alloc(arena, text.len);
    size_t count = 0;
    bool is_gap = false;
    for (size_t i = 0; i < text.len;) {
        uint32_t code_point;
        size_t bytes = utf8_decode(text, i, &code_point);
        if (is_blank(code_point) || is_unseen(code_point)) {
            is_gap |= is_blank(code_point) && count > 0;
        } else {
            if (is_gap) {
                at[count++] = ' ';
            }
            is_gap = false;
            memcpy(at + count, text.at + i, bytes);
            count += bytes;
        }
        i += bytes; /* csv_next() has seen that it is UTF-8 */
    }
    return (struct str){at, count};
}

/* Says so of what a spreadsheet would run. */
static bool is_formula(struct people_reading *reading, enum import_people_field field,
                       struct str text)
{
    if (csv_is_formula(text)) {
        fault_add(reading, field, "the cell begins like a formula (=, +, - or @)",
                  "Take the sign away: a spreadsheet would run the cell.");
    }
    return csv_is_formula(text);
}

static struct str cell_text(struct people_reading *reading, enum import_people_field field,
                            size_t bytes_max)
{
    struct str text = cell_raw(reading, field);
    if (str_is_empty(text)) {
        return text;
    }
    if (text.len > bytes_max) {
        fault_add(reading, field, "the cell is too long", "Look whether cells have run together.");
        return (struct str){0};
    }
    text = text_tidy(reading->arena, text);
    return is_formula(reading, field, text) || str_equal(text, STR("-")) ? (struct str){0} : text;
}

static struct civil_date cell_date(struct people_reading *reading, enum import_people_field field)
{
    static const struct people_fault faults[IMPORT_DATE_COUNT] = {
        [IMPORT_DATE_MONTH_FIRST] = {"the date has the month first",
                                     "Have dates written with the day first, like 01/09/2024, or "
                                     "like 2024-09-01."},
        [IMPORT_DATE_SHORT_YEAR] = {"the year must have four digits",
                                    "Have dates written like 01/09/2024."},
        [IMPORT_DATE_IMPOSSIBLE] = {"there is no such day", "Look it up and write it anew."},
        [IMPORT_DATE_NONE] = {"this is no date",
                              "Have dates written like 01/09/2024, 2024-09-01 or 1 Sep 2024."},
    };
    struct str text = cell_raw(reading, field);
    struct civil_date date = CIVIL_NO_DATE;
    if (str_is_empty(text)) {
        return date;
    }
    enum import_date_outcome outcome = import_date_read(text, &date);
    const struct csv_cell *cell = &reading->csv->cells[reading->head.cell[field]];
    if (outcome == IMPORT_DATE_LOOSE) {
        reading->loose[reading->row - reading->rows] = csv_column(reading->csv, cell->start);
    } else if (outcome != IMPORT_DATE_FINE) {
        reading->has_month_first |= outcome == IMPORT_DATE_MONTH_FIRST;
        fault_add(reading, field, faults[outcome].message, faults[outcome].hint);
        return CIVIL_NO_DATE;
    }
    return date;
}

/* ---- One line -------------------------------------------------------------------------------- */

static bool has_letter(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80) {
            return true;
        }
    }
    return false;
}

static void name_read(struct people_reading *reading)
{
    struct import_people_row *row = reading->row;
    struct arena *arena = reading->arena;
    struct str given, family, whole;
    enum import_people_field place = IMPORT_PEOPLE_NAME;
    if (reading->head.cell[IMPORT_PEOPLE_NAME] == IMPORT_NO_CELL) {
        given = cell_text(reading, IMPORT_PEOPLE_FORENAME, IMPORT_TEXT_BYTES_MAX);
        family = cell_text(reading, IMPORT_PEOPLE_SURNAME, IMPORT_TEXT_BYTES_MAX);
        place = IMPORT_PEOPLE_SURNAME;
    } else {
        whole = cell_text(reading, IMPORT_PEOPLE_NAME, IMPORT_TEXT_BYTES_MAX);
        bool is_turned = str_cut(whole, ',', &family, &given);
        given = is_turned ? str_trim(given) : whole;
        family = is_turned ? str_trim(family) : (struct str){0};
    }
    bool has_both = given.len > 0 && family.len > 0;
    row->name =
        has_both ? str_format(arena, STR_FMT " " STR_FMT, STR_ARG(given), STR_ARG(family)) : given;
    if (given.len == 0) {
        row->name = family;
    }
    row->sorted = has_both
                      ? str_format(arena, STR_FMT ", " STR_FMT, STR_ARG(family), STR_ARG(given))
                      : (struct str){0};
    if (is_formula(reading, place, row->name)) {
        row->name = row->sorted = (struct str){0}; /* "Byron, =Ada" turned round */
    }
    if (!row->is_refused && !has_letter(row->name)) {
        fault_add(reading, place, "the name is missing or has no letters", "Write the name.");
    } else if (row->name.len > IMPORT_TEXT_BYTES_MAX) {
        fault_add(reading, place, "the name is too long", "Look whether cells have run together.");
    }
    row->known_as = cell_text(reading, IMPORT_PEOPLE_KNOWN_AS, IMPORT_TEXT_BYTES_MAX);
    if (str_equal(row->known_as, given) || str_equal(row->known_as, row->name)) {
        row->known_as = (struct str){0};
    }
}

static void who_read(struct people_reading *reading)
{
    struct import_people_row *row = reading->row;
    row->reference = cell_text(reading, IMPORT_PEOPLE_REFERENCE, IMPORT_REFERENCE_BYTES_MAX);
    struct str email = cell_text(reading, IMPORT_PEOPLE_EMAIL, EMAIL_BYTES_MAX);
    if (email.len > 0 && !email_fold(reading->arena, email, &row->email)) {
        fault_add(reading, IMPORT_PEOPLE_EMAIL, "this is no address of mail",
                  "Write one address, like name@school.example.");
    }
    if (!row->is_refused && str_is_empty(row->reference) && str_is_empty(row->email)) {
        fault_put(reading, row, 0,
                  STR("the line has neither the number of the person nor an e-mail"),
                  STR("Give one of them, so that the person is found again next time."));
    }
}

static void kind_read(struct people_reading *reading)
{
    struct import_people_row *row = reading->row;
    const struct import_people_options *options = reading->options;
    struct str cell = cell_text(reading, IMPORT_PEOPLE_KIND, IMPORT_TEXT_BYTES_MAX);
    row->job = cell_text(reading, IMPORT_PEOPLE_JOB, IMPORT_TEXT_BYTES_MAX);
    if (cell.len > 0) {
        row->kind = import_kind_of(cell, options);
        if (str_is_empty(row->kind)) {
            fault_add(reading, IMPORT_PEOPLE_KIND, "what kind of staff this is, is not known here",
                      "Say which kind the word means, such as \"TCH=kind:teacher\".");
        }
        return;
    }
    row->kind = import_kind_of(row->job, options);
    if (str_is_empty(row->kind)) {
        row->kind = options->kind;
    }
    if (!row->is_refused && str_is_empty(row->kind)) {
        fault_put(reading, row, 0, STR("the line does not say what the person is"),
                  STR("Choose what people are whose line does not say it, or say what a job means, "
                      "such as \"Site Manager=kind:support-staff\"."));
    }
}

static void place_read(struct people_reading *reading)
{
    struct import_people_row *row = reading->row;
    row->school = cell_text(reading, IMPORT_PEOPLE_SCHOOL, IMPORT_TEXT_BYTES_MAX);
    row->school_name = cell_text(reading, IMPORT_PEOPLE_SCHOOL_NAME, IMPORT_TEXT_BYTES_MAX);
    bool has_none = str_is_empty(row->school) && str_is_empty(row->school_name);
    if (!row->is_refused && has_none && !reading->options->has_school) {
        fault_put(reading, row, 0, STR("the line names no school"),
                  STR("Give its code or name, or choose the school of lines that name none."));
    }
    row->starts = cell_date(reading, IMPORT_PEOPLE_STARTS);
    row->ends = cell_date(reading, IMPORT_PEOPLE_ENDS);
    bool are_given = civil_date_is_given(row->starts) && civil_date_is_given(row->ends);
    if (are_given && civil_date_compare(row->ends, row->starts) < 0) {
        fault_add(reading, IMPORT_PEOPLE_ENDS, "it lies before the first day",
                  "Look which of the two days is wrong.");
    }
}

/* Cells behind the last head that say something: then cells have slipped. */
static bool has_cells_beyond(const struct people_reading *reading)
{
    for (size_t i = reading->head.cells; i < reading->csv->count; i++) {
        if (reading->csv->cells[i].text.len > 0) {
            return true;
        }
    }
    return false;
}

static bool is_empty_line(const struct csv *csv)
{
    for (size_t i = 0; i < csv->count; i++) {
        if (csv->cells[i].text.len > 0) {
            return false;
        }
    }
    return true;
}

static void row_begin(struct people_reading *reading)
{
    struct import_people *people = reading->people;
    size_t capacity = reading->row_capacity;
    reading->rows = room_for(reading->arena, reading->rows, people->row_count,
                             &reading->row_capacity, sizeof *reading->rows);
    reading->loose = room_for(reading->arena, reading->loose, people->row_count, &capacity,
                              sizeof *reading->loose);
    reading->row = &reading->rows[people->row_count];
    reading->loose[people->row_count++] = 0;
    *reading->row = (struct import_people_row){
        .line = reading->csv->line, .starts = CIVIL_NO_DATE, .ends = CIVIL_NO_DATE};
}

static void line_read(struct people_reading *reading, enum csv_outcome outcome)
{
    const struct csv *csv = reading->csv;
    row_begin(reading);
    if (outcome != CSV_CELLS) {
        fault_put(reading, reading->row, csv_column(csv, csv->fault),
                  str_from(line_faults[outcome].message), str_from(line_faults[outcome].hint));
    } else if (has_cells_beyond(reading)) {
        fault_put(reading, reading->row, 0, STR("the line has more cells than the first line"),
                  STR("Put cells that hold the sign between cells in quotation marks."));
    } else {
        who_read(reading);
        name_read(reading);
        kind_read(reading);
        place_read(reading);
    }
    const struct import_people_row *row = reading->row;
    reading->people->is_whole &=
        !row->is_refused || !str_is_empty(row->reference) || !str_is_empty(row->email);
}

/* ---- The file -------------------------------------------------------------------------------- */

static void file_fault(const struct people_reading *reading, struct diag_list *diags,
                       const char *code, const char *message, const char *hint)
{
    diag_add(diags, DIAG_ERROR, str_from(code), reading->options->file, 0, 0, str_from(message),
             str_from(hint));
}

static bool is_readable(const struct people_reading *reading, struct str text,
                        struct diag_list *diags)
{
    if (text.len > IMPORT_PEOPLE_BYTES_MAX) {
        file_fault(reading, diags, "file-too-large", "the file has more than 64 MB",
                   "Export staff alone, and the columns that are needed.");
        return false;
    }
    if (str_starts(text, STR("\xFF\xFE")) || str_starts(text, STR("\xFE\xFF"))) {
        file_fault(reading, diags, "not-csv", "the file is Unicode text in UTF-16",
                   "Save it as \"CSV UTF-8\".");
        return false;
    }
    if (str_starts(text, STR("PK\x03\x04")) || str_starts(text, STR("\xD0\xCF\x11\xE0"))) {
        file_fault(reading, diags, "not-csv", "the file is a workbook and not a CSV file",
                   "Open it in the spreadsheet and save it as \"CSV UTF-8\".");
        return false;
    }
    return true;
}

static bool head_find(struct people_reading *reading, struct diag_list *diags)
{
    struct csv *csv = reading->csv;
    enum csv_outcome got;
    do {
        got = csv_next(csv);
    } while (got == CSV_CELLS && is_empty_line(csv));
    if (got == CSV_CELLS) {
        return import_head_read(reading->arena, csv, reading->options, diags, &reading->head);
    }
    file_fault(reading, diags, "no-head-line", "the file has no first line that names its columns",
               "Export it with the names of the columns in the first line.");
    return false;
}

/* In a file that writes the month first somewhere, 01/02/2024 can mean two days. */
static void loose_refuse(struct people_reading *reading)
{
    for (size_t i = 0; reading->has_month_first && i < reading->people->row_count; i++) {
        if (reading->loose[i]) {
            fault_put(reading, &reading->rows[i], reading->loose[i],
                      STR("the date can be read two ways, since other lines have the month first"),
                      STR("Have all dates written like 2024-09-01."));
        }
    }
}

static int compare_faults(const struct import_people_fault *a, const struct import_people_fault *b)
{
    return a->line != b->line ? (a->line < b->line ? -1 : 1)
                              : (a->column > b->column) - (a->column < b->column);
}

/* Within a line by column: few, so that each moves a little. */
static void faults_settle(struct import_people_fault *faults, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct import_people_fault one = faults[i];
        size_t at = i;
        for (; at > 0 && compare_faults(&faults[at - 1], &one) > 0; at--) {
            faults[at] = faults[at - 1];
        }
        faults[at] = one;
    }
}

/* Those of loose dates came last: a merge puts each to its line. */
static void faults_order(struct people_reading *reading, size_t first_count)
{
    size_t count = reading->people->fault_count;
    struct import_people_fault *out =
        ARENA_ARRAY(reading->arena, struct import_people_fault, count);
    size_t a = 0, b = first_count;
    for (size_t i = 0; i < count; i++) {
        bool is_first = b == count || (a < first_count && compare_faults(&reading->faults[a],
                                                                         &reading->faults[b]) <= 0);
        out[i] = reading->faults[is_first ? a++ : b++];
    }
    faults_settle(out, count);
    reading->faults = out;
}

static void lines_read(struct people_reading *reading, struct diag_list *diags)
{
    struct csv *csv = reading->csv;
    struct import_people *people = reading->people;
    for (enum csv_outcome got; (got = csv_next(csv)) != CSV_END;) {
        if (got == CSV_CELLS && is_empty_line(csv)) {
            continue;
        }
        if (people->row_count == IMPORT_PEOPLE_ROWS_MAX) {
            file_fault(reading, diags, "too-many-lines", "the file has more than 100,000 people",
                       "Divide it into several files, each with whole schools.");
            return;
        }
        line_read(reading, got);
    }
    if (people->row_count == 0) {
        file_fault(reading, diags, "nobody", "the file names nobody",
                   "Look whether the export was restricted to something.");
    }
    size_t first_count = people->fault_count;
    loose_refuse(reading);
    faults_order(reading, first_count);
}

const struct import_people *import_people_read(struct arena *arena, struct str text,
                                               const struct import_people_options *options,
                                               struct diag_list *diags)
{
    struct import_people *people = ARENA_NEW(arena, struct import_people);
    struct people_reading *reading = ARENA_NEW(arena, struct people_reading);
    *reading = (struct people_reading){
        .arena = arena, .options = options, .csv = ARENA_NEW(arena, struct csv), .people = people};
    people->is_whole = true;
    if (!is_readable(reading, text, diags)) {
        return people;
    }
    people->was_windows = import_is_windows(text);
    csv_open(reading->csv, people->was_windows ? import_windows_decode(arena, text) : text);
    if (!head_find(reading, diags)) {
        return people;
    }
    people->columns = reading->head.columns;
    people->column_count = reading->head.cells;
    for (size_t field = 0; field < IMPORT_PEOPLE_FIELD_COUNT; field++) {
        people->has[field] = reading->head.cell[field] != IMPORT_NO_CELL;
    }
    lines_read(reading, diags);
    people->rows = reading->rows;
    people->faults = reading->faults;
    if (diag_error_count(diags) > 0) {
        people->row_count = people->fault_count = 0;
    }
    return people;
}

/* ---- Mappings -------------------------------------------------------------------------------- */

bool import_mappings_read(struct arena *arena, struct str text, struct import_mapping **out,
                          size_t *count)
{
    *out = ARENA_ARRAY(arena, struct import_mapping, IMPORT_MAPPINGS_MAX);
    *count = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.at[end] != '\n' && text.at[end] != ';') {
            end++;
        }
        struct str one = str_trim(str_slice(text, at, end)), word, meaning;
        at = end + 1;
        if (str_is_empty(one)) {
            continue;
        }
        if (*count == IMPORT_MAPPINGS_MAX || !str_cut(one, '=', &word, &meaning)) {
            return false;
        }
        (*out)[(*count)++] = (struct import_mapping){str_trim(word), str_trim(meaning)};
    }
    return true;
}
