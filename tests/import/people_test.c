/*
 * tests/import/people_test.c - staff lists: good ones, foreign ones, broken ones, hostile ones.
 *
 * Read first: src/import/people.h. What must be said of a bad line stands beside it, as it is shown
 * to an office.
 */
#include "support/check.h"

#include "base/limits.h"
#include "import/people.h"

static const struct str kinds[] = {STR_INIT("teacher"), STR_INIT("support-staff"),
                                   STR_INIT("headteacher")};

static const struct import_people_options plain_options = {
    .file = STR_INIT("staff.csv"), .kinds = kinds, .kind_count = 3};

struct read {
    struct arena *arena;
    struct diag_list diags;
    const struct import_people *people;
};

static struct read read_with(struct arena *arena, struct str text, const char *mappings,
                             struct import_people_options options)
{
    struct read read = {.arena = arena, .diags = diag_list_new(arena)};
    struct import_mapping *at;
    assert_true(import_mappings_read(arena, str_from(mappings), &at, &options.mapping_count));
    options.mappings = at;
    read.people = import_people_read(arena, text, &options, &read.diags);
    return read;
}

static void add_date(struct text *out, struct civil_date date)
{
    struct str text = STR("?");
    if (civil_date_is_given(date)) {
        text = civil_date_format(out->arena, date);
    }
    text_addf(out, "|" STR_FMT, STR_ARG(text));
}

/* "reference|name|sorted|known as|email|school|school name|kind|job|starts|ends", a line each. */
static struct str rows_of(const struct read *read)
{
    struct text out = {.arena = read->arena};
    for (size_t i = 0; i < read->people->row_count; i++) {
        const struct import_people_row *row = &read->people->rows[i];
        if (row->is_refused) {
            continue;
        }
        const struct str cells[] = {row->reference,   row->name,  row->sorted,
                                    row->known_as,    row->email, row->school,
                                    row->school_name, row->kind,  row->job};
        text_add(&out, str_join(read->arena, cells, sizeof cells / sizeof cells[0], STR("|")));
        add_date(&out, row->starts);
        add_date(&out, row->ends);
        text_add_char(&out, '\n');
    }
    return text_str(&out);
}

/* What is said of lines, and of the file. */
static struct str said(struct read *read)
{
    struct text out = {.arena = read->arena};
    for (size_t i = 0; i < read->diags.count; i++) {
        const struct diag *one = &read->diags.items[i];
        assert_true(one->hint.len > 0);
        text_addf(&out, "file: " STR_FMT "\n", STR_ARG(one->message));
    }
    for (size_t i = 0; i < read->people->fault_count; i++) {
        const struct import_people_fault *one = &read->people->faults[i];
        assert_true(one->hint.len > 0);
        text_addf(&out, "%u:%u: " STR_FMT "\n", one->line, one->column, STR_ARG(one->message));
    }
    return text_str(&out);
}

static void check_people(struct str text, const char *mappings, const char *rows,
                         const char *expected)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct read read = read_with(arena, text, mappings, plain_options);
    check_str(rows_of(&read), rows);
    check_str(said(&read), expected);
}

/* ---- Good ones ------------------------------------------------------------------------------- */

static void columns_as_staff_systems_name_them(void **state)
{
    (void)state;
    check_people(
        STR("Employee ID,Legal Surname,Forename,Preferred Forename,Work Email,Job Title,"
            "URN,Date of Arrival,Leaving Date\r\n"
            "0012,O'Rourke,Siobh\xC3\xA1n,Shiv,S.ORourke@Vale.Example,Teacher of Music,"
            "123456,01/09/2019,\r\n"),
        "",
        "0012|Siobh\xC3\xA1n O'Rourke|O'Rourke, Siobh\xC3\xA1n|Shiv|s.orourke@vale.example|"
        "123456||teacher|Teacher of Music|2019-09-01|?\n",
        "");
    check_people(STR("Staff Code;STAFF NAME;E-mail;Establishment;Staff_Type;Start Date;End Date\n"
                     "ABY;Byron, Ada;a@v.example;Vale Primary;Teaching Staff;2020-01-06;31 Aug 2024"
                     "\n"),
                 "",
                 "ABY|Ada Byron|Byron, Ada||a@v.example|Vale Primary||teacher||2020-01-06|"
                 "2024-08-31\n",
                 "");
    check_people(STR("Person ID\tFirst Name\tLast Name\tSchool Name\tSchool Code\tRole\n"
                     "7\tTam\tde la Cruz\tVale Primary\tV1\tSupport staff\n"),
                 "",
                 "7|Tam de la Cruz|de la Cruz, Tam|||V1|Vale Primary|support-staff|Support staff"
                 "|?|?\n",
                 "");
}

static void the_office_says_what_columns_and_words_mean(void **state)
{
    (void)state;
    struct str text = STR("Ref,Who,Base,Group,Staff Code\n7,Ada Byron,V1,TCH2,AB\n");
    check_people(text, "Ref=reference; who = name\nBASE=school;Group=kind;TCH2=kind:teacher",
                 "7|Ada Byron||||V1||teacher||?|?\n", "");
    check_people(STR("Employee ID,Email,Name,School,Role\n7,a@v.example,Ada Byron,V1,Teacher\n"),
                 "Employee ID=-", "|Ada Byron|||a@v.example|V1||teacher|Teacher|?|?\n", "");
    check_people(text, "Payroll=reference;Who=nickname", "",
                 "file: the file has no column \"Payroll\"\n"
                 "file: a column cannot be \"nickname\"\n"
                 "file: no column is called \"Name\", or \"Forename\" and \"Surname\"\n"
                 "file: no column says at which school people are (\"School\", \"URN\")\n"
                 "file: no column says what people are (\"Staff Type\", \"Job Title\")\n");
}

static void what_all_lines_have_can_be_said_once(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct import_people_options options = plain_options;
    options.kind = STR("support-staff");
    options.has_school = true;
    struct read read =
        read_with(arena, STR("ID,Name,Job\n1,Ada Byron,Gardener\n2,Tam Lee,Headteacher\n3,Bo,\n"),
                  "ID=reference", options);
    check_str(rows_of(&read), "1|Ada Byron||||||support-staff|Gardener|?|?\n"
                              "2|Tam Lee||||||headteacher|Headteacher|?|?\n"
                              "3|Bo||||||support-staff||?|?\n");
    check_str(said(&read), "");
}

static void other_encodings(void **state)
{
    (void)state;
    check_people(STR("Staff ID,Name,School,Type\n1,Zo\xEB Byron \x96 Lee,V1,Teacher\n"), "",
                 "1|Zo\xC3\xAB Byron \xE2\x80\x93 Lee||||V1||teacher||?|?\n", "");
    check_people(STR("\xEF\xBB\xBFStaff ID,Name,School,Type\n1,Zo\xC3\xAB,V1,Teacher\n"
                     "2,Ada\xE9,V1,Teacher\n"),
                 "", "1|Zo\xC3\xAB||||V1||teacher||?|?\n",
                 "3:6: a character here is not UTF-8, though others are\n");
    check_people(STR("Staff ID,Name,School,Type\n1,Zo\x81,V1,Teacher\n"), "", "",
                 "2:5: a character that cannot be seen stands here\n");
    check_people(STR("\xFF\xFEk\0"), "", "", "file: the file is Unicode text in UTF-16\n");
    check_people(STR("PK\x03\x04"), "", "", "file: the file is a workbook and not a CSV file\n");
}

static void blanks_and_marks_that_cannot_be_seen(void **state)
{
    (void)state;
    check_people(STR("Staff ID,Name,School,Type\n"
                     "1,\" Ada\xC2\xA0 \n Byron\xE2\x80\xAE\xE2\x80\x8B \",V1,Teacher\n"),
                 "", "1|Ada Byron||||V1||teacher||?|?\n", "");
}

/* ---- Bad lines ------------------------------------------------------------------------------- */

#define HEAD "Staff ID,Name,Email,School,Type,Start Date,Leaving Date\n"

static void a_bad_line_costs_itself_alone(void **state)
{
    (void)state;
    check_people(
        STR(HEAD "1,Ada Byron,a@v.example,V1,Teacher,01/09/2019,\n"
                 ",No Number,,V1,Teacher,,\n"
                 "3,,c@v.example,V1,Teacher,,\n"
                 "4,Bad Mail,not an address,V1,Wizard,,\n"
                 "5,No School,,,Teacher,,\n"
                 "6,More,,V1,Teacher,,,x\n"
                 "7,\"Open,,V1,Teacher,,\n"
                 "8,Turned,,V1,Teacher,02/09/2024,01/09/2024\n"
                 ",,,,,,\n"
                 "9,Short Line,,V1,Teacher\n"),
        "",
        "1|Ada Byron|||a@v.example|V1||teacher||2019-09-01|?\n9|Short Line||||V1||teacher||?|?\n",
        "3:0: the line has neither the number of the person nor an e-mail\n"
        "4:3: \"Name\": the name is missing or has no letters\n"
        "5:12: \"Email\": this is no address of mail\n"
        "5:30: \"Type\": what kind of staff this is, is not known here\n"
        "6:0: the line names no school\n"
        "7:0: the line has more cells than the first line\n"
        "8:3: a quotation mark opens here and is not closed\n"
        "9:33: \"Leaving Date\": it lies before the first day\n");
}

static void formulae_are_refused(void **state)
{
    (void)state;
    check_people(STR(HEAD "=1,Ada,,V1,Teacher,,\n2,@SUM,,V1,Teacher,,\n3,+Tam,,V1,Teacher,,\n"
                          "4,-Bo,,V1,Teacher,,\n5,Cy,-,V1,Teacher,-,-\n"
                          "6,\"Lee, =Di\",,V1,Teacher,,\n7,\xE2\x80\x8B=Ed,,V1,Teacher,,\n"),
                 "", "5|Cy||||V1||teacher||?|?\n",
                 "2:1: \"Staff ID\": the cell begins like a formula (=, +, - or @)\n"
                 "3:3: \"Name\": the cell begins like a formula (=, +, - or @)\n"
                 "4:3: \"Name\": the cell begins like a formula (=, +, - or @)\n"
                 "5:3: \"Name\": the cell begins like a formula (=, +, - or @)\n"
                 "7:3: \"Name\": the cell begins like a formula (=, +, - or @)\n"
                 "8:3: \"Name\": the cell begins like a formula (=, +, - or @)\n");
    /* What is not read may be a telephone number. */
    check_people(STR("Staff ID,Name,School,Type,Mobile\n1,Ada,V1,Teacher,+447700900123\n"), "",
                 "1|Ada||||V1||teacher||?|?\n", "");
}

static void dates_that_can_be_read_two_ways_are_refused(void **state)
{
    (void)state;
    check_people(STR(HEAD "1,Ada,,V1,Teacher,01/02/2020,\n"), "",
                 "1|Ada||||V1||teacher||2020-02-01|?\n", "");
    check_people(STR(HEAD "1,Ada,,V1,Teacher,01/02/2020,\n2,Bo,,V1,Teacher,02/02/2020,\n"
                          "3,Cy,,V1,Teacher,31/01/2020,\n4,Di,,V1,Teacher,01/31/2020,\n"
                          "5,Ed,,V1,Teacher,01/09/24,30/02/2024\n6,Fi,,V1,Teacher,soon,\n"),
                 "", "2|Bo||||V1||teacher||2020-02-02|?\n3|Cy||||V1||teacher||2020-01-31|?\n",
                 "2:19: the date can be read two ways, since other lines have the month first\n"
                 "5:18: \"Start Date\": the date has the month first\n"
                 "6:18: \"Start Date\": the year must have four digits\n"
                 "6:27: \"Leaving Date\": there is no such day\n"
                 "7:18: \"Start Date\": this is no date\n");
}

static void who_stands_on_a_refused_line_is_known_when_it_can_be(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct read read = read_with(arena, STR(HEAD "1,Ada,,V1,Wizard,,\n"), "", plain_options);
    assert_true(read.people->is_whole);
    check_str(read.people->rows[0].reference, "1");
    read = read_with(arena, STR(HEAD "1,\"Ada,,V1,Teacher,,\n2,Bo,,V1,Teacher,,\n"), "",
                     plain_options);
    assert_false(read.people->is_whole);
}

/* ---- No list at all -------------------------------------------------------------------------- */

static void files_that_are_no_list(void **state)
{
    (void)state;
    check_people(STR(""), "", "", "file: the file has no first line that names its columns\n");
    check_people(STR("\n,,\n"), "", "",
                 "file: the file has no first line that names its columns\n");
    check_people(STR(HEAD), "", "", "file: the file names nobody\n");
    check_people(STR("colour,size\nred,4\n"), "", "",
                 "file: no column is called \"Name\", or \"Forename\" and \"Surname\"\n"
                 "file: no column has the number of the person (\"Employee ID\") or the e-mail "
                 "(\"Work Email\")\n"
                 "file: no column says at which school people are (\"School\", \"URN\")\n"
                 "file: no column says what people are (\"Staff Type\", \"Job Title\")\n");
}

static void columns_that_are_not_read_are_known(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct read read = read_with(
        arena, STR("Staff ID,Name,Full Name,School,Type,Shoe Size\n1,Ada,x,V1,Teacher,38\n"), "",
        plain_options);
    assert_int_equal(read.people->column_count, 6);
    assert_int_equal(read.people->columns[1].field, IMPORT_PEOPLE_NAME);
    assert_int_equal(read.people->columns[2].field, IMPORT_PEOPLE_FIELD_COUNT);
    assert_int_equal(read.people->columns[5].field, IMPORT_PEOPLE_FIELD_COUNT);
    check_str(read.people->columns[5].head, "Shoe Size");
    assert_true(read.people->has[IMPORT_PEOPLE_KIND]);
    assert_false(read.people->has[IMPORT_PEOPLE_EMAIL]);
}

/* ---- Limits ---------------------------------------------------------------------------------- */

static void cells_at_the_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t extra = 0; extra < 2; extra++) {
        struct text text = {.arena = arena};
        text_add(&text, STR("Staff ID,Name,School,Type\n"));
        for (size_t i = 0; i < IMPORT_REFERENCE_BYTES_MAX + extra; i++) {
            text_add_char(&text, '7');
        }
        text_add(&text, STR(",Ada,V1,Teacher\n2,"));
        for (size_t i = 0; i < IMPORT_TEXT_BYTES_MAX + extra; i++) {
            text_add_char(&text, 'x');
        }
        text_add(&text, STR(",V1,Teacher\n"));
        struct read read = read_with(arena, text_str(&text), "", plain_options);
        check_str(said(&read), extra ? "2:1: \"Staff ID\": the cell is too long\n"
                                       "3:3: \"Name\": the cell is too long\n"
                                     : "");
    }
}

static void rows_at_the_limit(void **state)
{
    (void)state;
    for (size_t extra = 0; extra < 2; extra++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct text text = {.arena = arena};
        text_add(&text, STR("Staff ID,Name,School,Type\n"));
        for (size_t i = 0; i < IMPORT_PEOPLE_ROWS_MAX + extra; i++) {
            text_addf(&text, "%zu,Ada,V1,Teacher\n", i);
        }
        struct read read = read_with(arena, text_str(&text), "", plain_options);
        assert_int_equal(read.people->row_count, extra ? 0 : IMPORT_PEOPLE_ROWS_MAX);
        check_str(said(&read), extra ? "file: the file has more than 100,000 people\n" : "");
    }
}

static void bytes_at_the_limit(void **state)
{
    (void)state;
    for (size_t extra = 0; extra < 2; extra++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        char *bytes = arena_alloc(arena, IMPORT_PEOPLE_BYTES_MAX + extra);
        memset(bytes, '\n', IMPORT_PEOPLE_BYTES_MAX + extra);
        struct read read = read_with(arena, (struct str){bytes, IMPORT_PEOPLE_BYTES_MAX + extra},
                                     "", plain_options);
        check_str(said(&read), extra ? "file: the file has more than 64 MB\n"
                                     : "file: the file has no first line that names its columns\n");
    }
}

static void mappings_at_the_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text text = {.arena = arena};
    struct import_mapping *at;
    size_t count;
    for (size_t i = 0; i < IMPORT_MAPPINGS_MAX; i++) {
        text_addf(&text, "c%zu=-\n", i);
    }
    assert_true(import_mappings_read(arena, text_str(&text), &at, &count));
    assert_int_equal(count, IMPORT_MAPPINGS_MAX);
    text_add(&text, STR("more=-\n"));
    assert_false(import_mappings_read(arena, text_str(&text), &at, &count));
    assert_false(import_mappings_read(arena, STR("no sign"), &at, &count));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_as_staff_systems_name_them),
        cmocka_unit_test(the_office_says_what_columns_and_words_mean),
        cmocka_unit_test(what_all_lines_have_can_be_said_once),
        cmocka_unit_test(other_encodings),
        cmocka_unit_test(blanks_and_marks_that_cannot_be_seen),
        cmocka_unit_test(a_bad_line_costs_itself_alone),
        cmocka_unit_test(formulae_are_refused),
        cmocka_unit_test(dates_that_can_be_read_two_ways_are_refused),
        cmocka_unit_test(who_stands_on_a_refused_line_is_known_when_it_can_be),
        cmocka_unit_test(files_that_are_no_list),
        cmocka_unit_test(columns_that_are_not_read_are_known),
        cmocka_unit_test(cells_at_the_limit),
        cmocka_unit_test(rows_at_the_limit),
        cmocka_unit_test(bytes_at_the_limit),
        cmocka_unit_test(mappings_at_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
