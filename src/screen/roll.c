/*
 * screen/roll.c - reads the people of a school out of a file.
 *
 * Read first: roll.h, roll_int.h, base/csv.h. Start at: screen_roll_read.
 *
 * What must hold
 * - A message names file, line and what to do, and nothing of what stands in a cell: a list of
 * errors
 *   is passed around more freely than a roll.
 * - The text of the file is not kept; cells that are used are copied.
 */
#include "screen/roll_int.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "screen/roll_match_int.h"

#define PEOPLE_AT_FIRST 256

struct roll_reading {
    struct arena *arena, *scratch;
    struct str file;
    struct diag_list *diags;
    struct csv *csv;
    struct roll_head head;
    struct screen_person *people;
    uint32_t *lines;         /* of each person */
    uint8_t *surname_places; /* where the surname begins in each name, in bytes */
    uint32_t count, room;
};

/* ---- Messages -------------------------------------------------------------------------------- */

struct roll_fault {
    const char *code;
    const char *message;
    const char *hint;
    bool has_column;
};

static const struct roll_fault line_faults[CSV_OUTCOME_COUNT] = {
    [CSV_TOO_LONG] = {"line-too-long", "this line has more than 4096 bytes and is left out",
                      "Look whether a line break is missing; a person needs one short line.",
                      false},
    [CSV_UNCLOSED] = {"unclosed-quote",
                      "a quotation mark opens here and is not closed; the line is left out",
                      "Put a second quotation mark at the end of the cell, or take this one away.",
                      true},
    [CSV_STRAY] = {"stray-text",
                   "words stand behind a closing quotation mark; the line is left out",
                   "Within a quoted cell write each quotation mark twice.", true},
    [CSV_NOT_UTF8] = {"not-utf-8", "a character here is not UTF-8; the line is left out",
                      "Save the file as \"CSV UTF-8\": accents are lost otherwise.", true},
    [CSV_CONTROL] = {"control-character",
                     "a character that cannot be seen stands here; the line is left out",
                     "Write the cell anew.", true},
    [CSV_TOO_MANY] = {"too-many-cells", "this line has more than 256 cells and is left out",
                      "Look whether a line break is missing.", false},
};

static void fault_add(const struct roll_reading *reading, const struct roll_fault *fault,
                      uint32_t column)
{
    diag_add(reading->diags, DIAG_ERROR, str_from(fault->code), reading->file, reading->csv->line,
             fault->has_column ? column : 0, str_from(fault->message), str_from(fault->hint));
}

static bool cell_fault(const struct roll_reading *reading, uint32_t cell,
                       const struct roll_fault *fault)
{
    fault_add(reading, fault, csv_column(reading->csv, reading->csv->cells[cell].start));
    return false;
}

/* No more is kept: what is added from here on takes no memory. */
static bool is_full(const struct roll_reading *reading)
{
    return reading->diags->count >= LIMIT_DIAGS_MAX;
}

/* ---- Cells ----------------------------------------------------------------------------------- */

static struct str cell_text(const struct roll_reading *reading, enum roll_column column)
{
    uint32_t cell = reading->head.cell[column];
    if (cell >= reading->csv->count) {
        return (struct str){0};
    }
    struct str text = reading->csv->cells[cell].text;
    return str_equal(text, STR("-")) ? (struct str){0} : text;
}

/* A copy; a cell that is the same as that of the person before shares its bytes. */
static struct str cell_copy(const struct roll_reading *reading, enum roll_column column,
                            struct str before)
{
    struct str text = cell_text(reading, column);
    return str_equal(text, before) ? before : str_copy(reading->arena, text);
}

static bool cells_are_good(const struct roll_reading *reading)
{
    static const struct roll_fault formula = {
        "formula", "a cell begins like a formula (=, +, - or @); the line is left out",
        "Take the sign away: a spreadsheet would run the cell.", true};
    static const struct roll_fault too_long = {
        "name-too-long", "a name has more than 200 bytes; the line is left out",
        "Look whether cells have run together.", true};
    for (unsigned column = 0; column < ROLL_COLUMN_COUNT; column++) {
        struct str text = cell_text(reading, (enum roll_column)column);
        if (text.len > 0 && strchr("=+-@", text.at[0]) && text.at[0] != 0) {
            return cell_fault(reading, reading->head.cell[column], &formula);
        }
        bool is_name = column >= ROLL_NAME && column <= ROLL_KNOWN_AS;
        if (is_name && text.len > SCREEN_ROLL_NAME_BYTES_MAX) {
            return cell_fault(reading, reading->head.cell[column], &too_long);
        }
    }
    return true;
}

/* As many cells as heads; empty ones behind the last head do no harm. */
static bool has_good_count(const struct roll_reading *reading)
{
    const struct csv *csv = reading->csv;
    size_t used = csv->count;
    while (used > reading->head.cells && csv->cells[used - 1].text.len == 0) {
        used--;
    }
    if (used == reading->head.cells) {
        return true;
    }
    static const struct roll_fault wrong_cells = {
        "wrong-cells", "this line has more or fewer cells than the first; it is left out",
        "Compare the line with the first: a comma within a cell needs quotation marks around the"
        " cell.",
        false};
    if (is_full(reading)) {
        fault_add(reading, &wrong_cells, 0);
        return false;
    }
    diag_addf(reading->diags, DIAG_ERROR, STR("wrong-cells"), reading->file, csv->line, 0,
              str_from(wrong_cells.hint),
              "this line has %zu cells and the first line %u; it is left out", used,
              reading->head.cells);
    return false;
}

/* ---- Names ----------------------------------------------------------------------------------- */

static bool is_title(struct str word)
{
    static const struct str titles[] = {
        STR_INIT("mr"),     STR_INIT("mrs"),  STR_INIT("ms"),   STR_INIT("miss"),
        STR_INIT("mx"),     STR_INIT("dr"),   STR_INIT("prof"), STR_INIT("professor"),
        STR_INIT("rev"),    STR_INIT("revd"), STR_INIT("sir"),  STR_INIT("dame"),
        STR_INIT("master"),
    };
    char lower[10] = {0};
    struct str bare = str_ends(word, STR(".")) ? str_slice(word, 0, word.len - 1) : word;
    if (bare.len > sizeof lower) {
        return false;
    }
    for (size_t i = 0; i < bare.len; i++) {
        lower[i] = (char)(bare.at[i] >= 'A' && bare.at[i] <= 'Z' ? bare.at[i] | 0x20 : bare.at[i]);
    }
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        if (str_equal(titles[i], (struct str){lower, bare.len})) {
            return true;
        }
    }
    return false;
}

/* "van", "de la", "Al": what belongs to the surname behind it. */
static bool is_particle(struct str word)
{
    static const struct str particles[] = {
        STR_INIT("de"),  STR_INIT("da"),  STR_INIT("di"),  STR_INIT("do"),    STR_INIT("dos"),
        STR_INIT("das"), STR_INIT("du"),  STR_INIT("del"), STR_INIT("della"), STR_INIT("la"),
        STR_INIT("le"),  STR_INIT("van"), STR_INIT("von"), STR_INIT("der"),   STR_INIT("den"),
        STR_INIT("ten"), STR_INIT("ter"), STR_INIT("zu"),  STR_INIT("af"),    STR_INIT("av"),
        STR_INIT("el"),  STR_INIT("El"),  STR_INIT("al"),  STR_INIT("Al"),    STR_INIT("bin"),
        STR_INIT("Bin"), STR_INIT("ibn"), STR_INIT("Ibn"), STR_INIT("ap"),    STR_INIT("St"),
        STR_INIT("St."), STR_INIT("Mac"), STR_INIT("Mc"),  STR_INIT("O"),     STR_INIT("De"),
        STR_INIT("La"),  STR_INIT("Le"),  STR_INIT("Di"),  STR_INIT("Da"),    STR_INIT("Van"),
        STR_INIT("Von"), STR_INIT("Dos"), STR_INIT("Del"),
    };
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
        if (str_equal(particles[i], word)) {
            return true;
        }
    }
    return false;
}

#define NAME_WORDS_MAX 12

struct name_words {
    struct str at[NAME_WORDS_MAX];
    size_t count;
};

static void words_divide(struct str text, struct name_words *words)
{
    size_t at = 0;
    while (at < text.len && words->count < NAME_WORDS_MAX) {
        size_t from = at;
        while (at < text.len && !strchr(" \t\r\n", text.at[at])) {
            at++;
        }
        if (at > from) {
            words->at[words->count++] = str_slice(text, from, at);
        }
        at++;
    }
}

/* A name as it is kept: words with one space between, the surname's place in bytes. */
struct whole_name {
    struct name_words given, surname;
};

/* "Nowak, Zofia" and "Mr Tom van Berg" divided; a single word is a first name. */
static struct whole_name name_divide(struct str text)
{
    struct whole_name name = {0};
    struct str before, after;
    if (str_cut(text, ',', &before, &after) && str_trim(after).len > 0) {
        words_divide(before, &name.surname);
        words_divide(after, &name.given);
        return name;
    }
    struct name_words words = {0};
    words_divide(before, &words);
    size_t first = 0;
    while (first + 1 < words.count && is_title(words.at[first])) {
        first++;
    }
    size_t surname = words.count - (words.count - first > 1);
    while (surname > first + 1 && surname < words.count && is_particle(words.at[surname - 1])) {
        surname--;
    }
    for (size_t i = first; i < words.count; i++) {
        struct name_words *part = i < surname ? &name.given : &name.surname;
        part->at[part->count++] = words.at[i];
    }
    return name;
}

static bool has_letter(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) {
            return true;
        }
    }
    return false;
}

static struct str words_join(struct arena *arena, const struct name_words *given,
                             const struct name_words *surname, uint8_t *surname_place)
{
    struct text text = {.arena = arena};
    for (size_t i = 0; i < given->count + surname->count; i++) {
        bool is_given = i < given->count;
        if (i > 0) {
            text_add_char(&text, ' ');
        }
        if (i == given->count) {
            *surname_place = (uint8_t)(text.len < UINT8_MAX ? text.len : UINT8_MAX);
        }
        text_add(&text, is_given ? given->at[i] : surname->at[i - given->count]);
    }
    if (surname->count == 0) {
        *surname_place = (uint8_t)(text.len < UINT8_MAX ? text.len : UINT8_MAX);
    }
    return text_str(&text);
}

static bool name_read(const struct roll_reading *reading, struct screen_person *person,
                      uint8_t *surname_place)
{
    static const struct roll_fault no_name = {"no-name",
                                              "the name of this line is missing or has no letters;"
                                              " the line is left out",
                                              "Write first name and surname.", false};
    static const struct roll_fault address = {
        "no-name", "an address stands where a name should; the line is left out",
        "Write first name and surname.", false};
    struct whole_name name = {0};
    if (reading->head.cell[ROLL_FORENAME] != ROLL_NO_CELL &&
        reading->head.cell[ROLL_SURNAME] != ROLL_NO_CELL) {
        words_divide(cell_text(reading, ROLL_FORENAME), &name.given);
        words_divide(cell_text(reading, ROLL_MIDDLE), &name.given);
        words_divide(cell_text(reading, ROLL_SURNAME), &name.surname);
    } else {
        name = name_divide(cell_text(reading, ROLL_NAME));
    }
    struct str whole = words_join(reading->arena, &name.given, &name.surname, surname_place);
    const struct roll_fault *fault = !has_letter(whole)                      ? &no_name
                                     : str_find(whole, STR("@")) != STR_NONE ? &address
                                                                             : NULL;
    if (fault) {
        fault_add(reading, fault, 0);
        return false;
    }
    person->name = whole;
    return true;
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static bool kind_read(const struct roll_reading *reading, struct screen_person *person)
{
    static const struct roll_fault no_kind = {
        "no-kind", "this cell says neither pupil, staff nor parent; the line is left out",
        "Write pupil, staff or parent.", true};
    person->kind = reading->head.kind;
    if (person->kind == SCREEN_PERSON_KIND_COUNT) {
        person->kind = roll_kind_of(cell_text(reading, ROLL_KIND));
    }
    return person->kind != SCREEN_PERSON_KIND_COUNT ||
           cell_fault(reading, reading->head.cell[ROLL_KIND], &no_kind);
}

static void photo_read(const struct roll_reading *reading, struct screen_person *person)
{
    person->photo = roll_photo_of(cell_text(reading, ROLL_PHOTO));
    if (person->photo == SCREEN_PHOTO_COUNT) {
        person->photo = SCREEN_PHOTO_NOT_TOLD;
        diag_add(
            reading->diags, DIAG_WARNING, STR("photo-consent"), reading->file, reading->csv->line,
            csv_column(reading->csv, reading->csv->cells[reading->head.cell[ROLL_PHOTO]].start),
            STR("this cell says nothing that is known about photographs"),
            STR("Write yes, no or withdrawn; until then it counts as not told."));
    }
}

static void room_make(struct roll_reading *reading)
{
    if (reading->count < reading->room) {
        return;
    }
    size_t old = reading->room;
    size_t room = old > 0 ? old * 2 : PEOPLE_AT_FIRST;
    reading->people = arena_grow(reading->scratch, reading->people, old * sizeof *reading->people,
                                 room * sizeof *reading->people);
    reading->lines = arena_grow(reading->scratch, reading->lines, old * sizeof *reading->lines,
                                room * sizeof *reading->lines);
    reading->surname_places = arena_grow(reading->scratch, reading->surname_places, old, room);
    reading->room = (uint32_t)room;
}

static void person_read(struct roll_reading *reading)
{
    room_make(reading);
    static const struct screen_person nobody;
    struct screen_person *person = &reading->people[reading->count];
    const struct screen_person *before = reading->count > 0 ? person - 1 : &nobody;
    *person = nobody;
    if (!has_good_count(reading) || !cells_are_good(reading) || !kind_read(reading, person) ||
        !name_read(reading, person, &reading->surname_places[reading->count])) {
        return;
    }
    photo_read(reading, person);
    person->known_as = cell_copy(reading, ROLL_KNOWN_AS, (struct str){0});
    person->school = cell_copy(reading, ROLL_SCHOOL, before->school);
    person->year = cell_copy(reading, ROLL_YEAR, before->year);
    person->class_name = cell_copy(reading, ROLL_CLASS, before->class_name);
    person->role = cell_copy(reading, ROLL_ROLE, before->role);
    reading->lines[reading->count++] = reading->csv->line;
}

static void lines_read(struct roll_reading *reading)
{
    struct csv *csv = reading->csv;
    for (enum csv_outcome got; (got = csv_next(csv)) != CSV_END;) {
        if (got != CSV_CELLS) {
            fault_add(reading, &line_faults[got],
                      line_faults[got].has_column ? csv_column(csv, csv->fault) : 0);
        } else if (csv->count > 0 && reading->count == SCREEN_ROLL_PEOPLE_MAX) {
            diag_addf(reading->diags, DIAG_ERROR, STR("too-many-people"), reading->file, csv->line,
                      0, STR("Make one file for each school."),
                      "a roll holds %d people; this line and all after it are left out",
                      SCREEN_ROLL_PEOPLE_MAX);
            return;
        } else if (csv->count > 0) {
            person_read(reading);
        }
    }
}

/* ---- The same person twice ------------------------------------------------------------------- */

static bool is_same(const struct screen_person *a, const struct screen_person *b)
{
    return a->kind == b->kind && str_equal(a->name, b->name) && str_equal(a->school, b->school) &&
           str_equal(a->year, b->year) && str_equal(a->class_name, b->class_name) &&
           str_equal(a->role, b->role);
}

/* Leaves the first of each; people of the same name in different classes are different people. */
static void doubles_leave_out(struct roll_reading *reading)
{
    struct roll_rows rows = {.arena = reading->scratch};
    bool *is_double = ARENA_ARRAY(reading->scratch, bool, (size_t)reading->count + 1);
    for (uint32_t row = 0; row < reading->count; row++) {
        const struct screen_person *person = &reading->people[row];
        roll_rows_add(&rows, screen_hash(person->name) ^ screen_hash(person->class_name), row);
    }
    roll_rows_sort(&rows);
    for (uint32_t i = 1; i < reading->count; i++) {
        uint32_t first = rows.at[i - 1].place;
        uint32_t second = rows.at[i].place;
        if (rows.at[i].hash == rows.at[i - 1].hash &&
            is_same(&reading->people[first], &reading->people[second])) {
            is_double[second] = true;
            if (is_full(reading)) {
                continue;
            }
            diag_addf(reading->diags, DIAG_WARNING, STR("same-person"), reading->file,
                      reading->lines[second], 0,
                      STR("Delete one of the two lines, or write the class that tells them apart."),
                      "this line has the same person as line %u; it is left out",
                      reading->lines[first]);
        }
    }
    uint32_t kept = 0;
    for (uint32_t row = 0; row < reading->count; row++) {
        if (!is_double[row]) {
            reading->surname_places[kept] = reading->surname_places[row];
            reading->people[kept++] = reading->people[row];
        }
    }
    reading->count = kept;
}

/* ---- The whole file -------------------------------------------------------------------------- */

/* What is no file of this sort at all; one error says so. */
static bool is_readable(const struct roll_reading *reading, struct str csv)
{
    if (csv.len > SCREEN_ROLL_BYTES_MAX) {
        diag_add(reading->diags, DIAG_ERROR, STR("too-large"), reading->file, 0, 0,
                 STR("this file is larger than 32 MB and was not read"),
                 STR("Make one file for each school, with the columns that are needed."));
        return false;
    }
    bool is_wide = str_starts(csv, STR("\xFF\xFE")) || str_starts(csv, STR("\xFE\xFF"));
    bool is_archive =
        str_starts(csv, STR("PK\x03\x04")) || str_starts(csv, STR("\xD0\xCF\x11\xE0"));
    if (is_wide || is_archive) {
        diag_add(reading->diags, DIAG_ERROR, STR("not-csv"), reading->file, 0, 0,
                 is_wide ? STR("this file is Unicode text in UTF-16, which is not read here")
                         : STR("this file is a workbook and not a CSV file"),
                 STR("In the spreadsheet choose \"Save as\" and \"CSV UTF-8\"."));
        return false;
    }
    return true;
}

static bool head_read(struct roll_reading *reading)
{
    struct csv *csv = reading->csv;
    enum csv_outcome got;
    do {
        got = csv_next(csv);
    } while (got == CSV_CELLS && csv->count == 0);
    if (got == CSV_CELLS) {
        return roll_head_read(csv, reading->file, reading->diags, &reading->head);
    }
    if (got != CSV_END) {
        fault_add(reading, &line_faults[got],
                  line_faults[got].has_column ? csv_column(csv, csv->fault) : 0);
    }
    diag_add(reading->diags, DIAG_ERROR, STR("no-head"), reading->file,
             got == CSV_END ? 0 : csv->line, 0,
             STR("this file has no first line that names its columns"),
             STR("The first line must read, for example:"
                 " kind,name,known_as,school,year,class,role,photo_consent."));
    return false;
}

const struct screen_roll *screen_roll_read(struct arena *arena, struct str csv, struct str file,
                                           struct diag_list *diags)
{
    DEFER(arena_close) struct arena *scratch = arena_open();
    struct roll_reading reading = {.arena = arena,
                                   .scratch = scratch,
                                   .file = file,
                                   .diags = diags,
                                   .csv = ARENA_NEW(scratch, struct csv)};
    struct screen_roll *roll = ARENA_NEW(arena, struct screen_roll);
    if (is_readable(&reading, csv)) {
        csv_open(reading.csv, csv);
        if (head_read(&reading)) {
            lines_read(&reading);
            doubles_leave_out(&reading);
        }
    }
    roll->count = reading.count;
    roll->people = ARENA_ARRAY(arena, struct screen_person, (size_t)reading.count + 1);
    if (reading.count > 0) {
        memcpy(roll->people, reading.people, reading.count * sizeof *roll->people);
    }
    roll->index = roll_index_make(arena, roll, reading.surname_places);
    return roll;
}

uint32_t screen_roll_count(const struct screen_roll *roll)
{
    return roll->count;
}

const struct screen_person *screen_roll_person(const struct screen_roll *roll, uint32_t row)
{
    assert(row < roll->count);
    return &roll->people[row];
}
