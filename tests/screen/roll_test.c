/*
 * tests/screen/roll_test.c - rolls: good ones, foreign ones, broken ones, hostile ones.
 *
 * Read first: src/screen/roll.h, src/base/csv.h. What must be said of a bad line stands
 * beside
 * it, as it is shown to an office.
 */
#include "support/check.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "screen/roll.h"
#include "screen/roll_match_int.h"

#define HEAD "kind,name,known_as,school,year,class,role,photo_consent\n"

struct read {
    struct arena *arena;
    struct diag_list diags;
    const struct screen_roll *roll;
};

static struct read read_of(struct arena *arena, struct str csv)
{
    struct read read = {.arena = arena, .diags = diag_list_new(arena)};
    read.roll = screen_roll_read(arena, csv, STR("roll.csv"), &read.diags);
    return read;
}

/* "kind|name|known as|school|year|class|role|photo", a line for each person. */
static struct str people(struct read *read)
{
    static const char *const kinds[] = {"pupil", "staff", "parent"};
    static const char *const photos[] = {"?", "yes", "no", "withdrawn"};
    struct text out = {.arena = read->arena};
    for (uint32_t row = 0; row < screen_roll_count(read->roll); row++) {
        const struct screen_person *one = screen_roll_person(read->roll, row);
        text_addf(
            &out, "%s|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|%s\n",
            kinds[one->kind], STR_ARG(one->name), STR_ARG(one->known_as), STR_ARG(one->school),
            STR_ARG(one->year), STR_ARG(one->class_name), STR_ARG(one->role), photos[one->photo]);
    }
    return text_str(&out);
}

/* The messages, without their hints. */
static struct str said(struct read *read)
{
    struct text out = {.arena = read->arena};
    diag_sort(&read->diags);
    for (size_t i = 0; i < read->diags.count; i++) {
        const struct diag *one = &read->diags.items[i];
        assert_true(one->hint.len > 0);
        assert_true(str_equal(one->file, STR("roll.csv")));
        text_addf(&out, "%u:%u " STR_FMT ": " STR_FMT "\n", one->line, one->column,
                  STR_ARG(diag_severity_name(one->severity)), STR_ARG(one->message));
    }
    return text_str(&out);
}

static void check_roll(struct str csv, const char *expected_people, const char *expected_said)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct read read = read_of(arena, csv);
    check_str(people(&read), expected_people);
    check_str(said(&read), expected_said);
}

/* ---- Good ones ------------------------------------------------------------------------------- */

static void columns_of_our_own(void **state)
{
    (void)state;
    check_roll(STR(HEAD "pupil,Zofia Nowak,,Vale,9,9B,,yes\n"
                        "staff,Tomasz Zielinski,Tom,Vale,,,Head of Music,no\n"
                        "parent,Ewa Nowak,,Vale,,,Parent of Zofia Nowak,\n"
                        "pupil,Luke Day,,Vale,9,9B,,withdrawn"),
               "pupil|Zofia Nowak||Vale|9|9B||yes\n"
               "staff|Tomasz Zielinski|Tom|Vale|||Head of Music|no\n"
               "parent|Ewa Nowak||Vale|||Parent of Zofia Nowak|?\n"
               "pupil|Luke Day||Vale|9|9B||withdrawn\n",
               "");
}

static void columns_of_management_systems(void **state)
{
    (void)state;
    check_roll(
        STR("UPN,Legal Surname,Legal Forename,Middle Names,Preferred Forename,Year Group,Reg\n"
            "B801200005001,O'Rourke,Siobh\xC3\xA1n,Mary,Shiv,Year 9,9B\n"),
        "pupil|Siobh\xC3\xA1n Mary O'Rourke|Shiv||Year 9|9B||?\n", "");
    check_roll(STR("Staff Code;First Name;Last Name;Job Title\nTZI;Tomasz;Zielinski;Teacher\n"),
               "staff|Tomasz Zielinski|||||Teacher|?\n", "");
    check_roll(STR("Name\tReg Group\n\"Nowak, Zofia\"\t9B\n"), "pupil|Zofia Nowak||||9B||?\n", "");
    check_roll(STR("Type,Full Name\nStudent,Miss Zofia Nowak\nTeacher,Mr Imran de la Cruz\n"),
               "pupil|Zofia Nowak||||||?\nstaff|Imran de la Cruz||||||?\n", "");
}

static void quotes_ends_of_lines_and_marks(void **state)
{
    (void)state;
    check_roll(
        STR("\xEF\xBB\xBFkind,name\r\npupil,\"Nowak, Zofia\"\r\n\r\npupil,\"Jo \"\"JJ\"\" Day\""
            "\r\n"),
        "pupil|Zofia Nowak||||||?\npupil|Jo \"JJ\" Day||||||?\n", "");
    check_roll(STR("sep=;\nkind;name\npupil;Zofia Nowak\n"), "pupil|Zofia Nowak||||||?\n", "");
    check_roll(STR("kind,name,role\rpupil, Zofia  Nowak ,\"a\nb\"\rpupil,Kofi Lane,\r"),
               "pupil|Zofia Nowak|||||a\nb|?\npupil|Kofi Lane||||||?\n", "");
    check_roll(STR("kind,name\npupil,Zofia Nowak,,,\n"), "pupil|Zofia Nowak||||||?\n", "");
}

/* ---- Bad lines ------------------------------------------------------------------------------- */

static void a_bad_line_costs_itself_alone(void **state)
{
    (void)state;
    check_roll(STR(HEAD "pupil,Zofia Nowak,,Vale,9,9B,,yes\n"
                        "pupil,Kofi Lane,Vale,9,9B,yes\n"
                        "visitor,Ann Day,,Vale,9,9B,,yes\n"
                        "pupil,,,Vale,9,9B,,yes\n"
                        "pupil,12345,,Vale,9,9B,,yes\n"
                        "pupil,ann@vale.example,,Vale,9,9B,,yes\n"
                        "pupil,Ivy Green,,Vale,9,9B,,maybe\n"),
               "pupil|Zofia Nowak||Vale|9|9B||yes\npupil|Ivy Green||Vale|9|9B||?\n",
               "3:0 error: this line has 6 cells and the first line 8; it is left out\n"
               "4:1 error: this cell says neither pupil, staff nor parent; the line is left out\n"
               "5:0 error: the name of this line is missing or has no letters; the line is left"
               " out\n"
               "6:0 error: the name of this line is missing or has no letters; the line is left"
               " out\n"
               "7:0 error: an address stands where a name should; the line is left out\n"
               "8:29 warning: this cell says nothing that is known about photographs\n");
}

static void formulae_are_errors(void **state)
{
    (void)state;
    check_roll(STR("kind,name,role\npupil,=1+1,\npupil,Zofia Nowak,+44 is it\n"
                   "pupil,@SUM,\npupil,Kofi Lane,-\npupil,Ann Day,-2\n"),
               "pupil|Kofi Lane||||||?\n",
               "2:7 error: a cell begins like a formula (=, +, - or @); the line is left out\n"
               "3:19 error: a cell begins like a formula (=, +, - or @); the line is left out\n"
               "4:7 error: a cell begins like a formula (=, +, - or @); the line is left out\n"
               "6:15 error: a cell begins like a formula (=, +, - or @); the line is left out\n");
    /* What is not read may be a telephone number. */
    check_roll(STR("kind,name,mobile\npupil,Zofia Nowak,+447700900123\n"),
               "pupil|Zofia Nowak||||||?\n", "");
}

static void quotes_that_do_not_close(void **state)
{
    (void)state;
    check_roll(STR("kind,name\npupil,\"Zofia Nowak\npupil,Kofi Lane\n"), "pupil|Kofi Lane||||||?\n",
               "2:7 error: a quotation mark opens here and is not closed; the line is left out\n");
    check_roll(STR("kind,name\npupil,\"Zofia\" Nowak\npupil,Kofi Lane\n"),
               "pupil|Kofi Lane||||||?\n",
               "2:15 error: words stand behind a closing quotation mark; the line is left out\n");
    check_roll(STR("kind,name\npupil,Zofia\" Nowak\n"), "pupil|Zofia\" Nowak||||||?\n", "");
}

static void bytes_that_are_no_text(void **state)
{
    (void)state;
    check_roll(STR("kind,name\npupil,Chlo\xE9 Day\npupil,Jos\xC3\xA9 Day\npupil,Jo\x01 Day\n"),
               "pupil|Jos\xC3\xA9 Day||||||?\n",
               "2:11 error: a character here is not UTF-8; the line is left out\n"
               "4:9 error: a character that cannot be seen stands here; the line is left out\n");
}

static void the_same_person_twice(void **state)
{
    (void)state;
    check_roll(STR("kind,name,class\npupil,Zofia Nowak,9B\npupil,Kofi Lane,9B\n"
                   "pupil,Zofia Nowak,9B\npupil,Zofia Nowak,8A\nparent,Zofia Nowak,\n"),
               "pupil|Zofia Nowak||||9B||?\npupil|Kofi Lane||||9B||?\n"
               "pupil|Zofia Nowak||||8A||?\nparent|Zofia Nowak||||||?\n",
               "4:0 warning: this line has the same person as line 2; it is left out\n");
}

/* ---- What is no roll ------------------------------------------------------------------------- */

static void files_that_are_no_roll(void **state)
{
    (void)state;
    check_roll(STR(""), "", "0:0 error: this file has no first line that names its columns\n");
    check_roll(STR("\n\n"), "", "0:0 error: this file has no first line that names its columns\n");
    check_roll(STR("colour,size\nred,4\n"), "",
               "1:0 error: no column of this file is called \"name\", or \"forename\" and"
               " \"surname\"\n");
    check_roll(STR("name,colour\nZofia Nowak,red\n"), "",
               "1:0 error: no column of this file says who is pupil, staff or parent\n");
    check_roll(STR("PK\x03\x04 and so on"), "",
               "0:0 error: this file is a workbook and not a CSV file\n");
    check_roll(STR("\xFF\xFEk"), "",
               "0:0 error: this file is Unicode text in UTF-16, which is not read here\n");
}

static void heads_that_stand_twice(void **state)
{
    (void)state;
    check_roll(STR("kind,name,name\npupil,Zofia Nowak,Kofi Lane\n"), "pupil|Zofia Nowak||||||?\n",
               "1:11 warning: columns 2 and 3 have the same head; the first is read\n");
}

/* ---- Limits ---------------------------------------------------------------------------------- */

/* "pupil,Ann Day" and `letters` more, as one line after a head. */
static struct str long_line(struct arena *arena, size_t letters)
{
    struct text text = {.arena = arena};
    text_add(&text, STR("kind,name,role\npupil,Zofia Nowak,"));
    for (size_t i = 0; i < letters; i++) {
        text_add_char(&text, 'x');
    }
    text_add(&text, STR("\npupil,Kofi Lane,\n"));
    return text_str(&text);
}

static void lines_at_the_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    size_t before = strlen("pupil,Zofia Nowak,");
    struct read good = read_of(arena, long_line(arena, SCREEN_ROLL_LINE_BYTES_MAX - before));
    assert_int_equal(screen_roll_count(good.roll), 2);
    struct read bad = read_of(arena, long_line(arena, SCREEN_ROLL_LINE_BYTES_MAX - before + 1));
    assert_int_equal(screen_roll_count(bad.roll), 1);
    check_str(said(&bad), "2:0 error: this line has more than 4096 bytes and is left out\n");
    struct read huge = read_of(arena, long_line(arena, (size_t)5 * 1024 * 1024));
    assert_int_equal(screen_roll_count(huge.roll), 1);
    check_str(said(&huge), "2:0 error: this line has more than 4096 bytes and is left out\n");
}

static void names_at_the_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t extra = 0; extra < 2; extra++) {
        struct text text = {.arena = arena};
        text_add(&text, STR("kind,name\npupil,"));
        for (size_t i = 0; i < SCREEN_ROLL_NAME_BYTES_MAX + extra; i++) {
            text_add_char(&text, 'x');
        }
        struct read read = read_of(arena, text_str(&text));
        assert_int_equal(screen_roll_count(read.roll), 1 - extra);
        check_str(said(&read),
                  extra ? "2:7 error: a name has more than 200 bytes; the line is left out\n" : "");
    }
}

static struct str many_people(struct arena *arena, uint32_t count)
{
    static const char *const firsts[] = {"Zofia", "Kofi", "Grace", "Bilal", "Aoife", "Mark"};
    struct text text = {.arena = arena};
    text_add(&text, STR("kind,name,year,class\n"));
    for (uint32_t i = 0; i < count; i++) {
        text_addf(&text, "pupil,%s Xa%cb%cc%cd%c,%u,%u%c\n", firsts[i % 6], 'a' + (int)(i % 26),
                  'a' + (int)(i / 26 % 26), 'a' + (int)(i / 676 % 26), 'a' + (int)(i / 17576 % 26),
                  7 + i % 5, 7 + i % 5, 'A' + (int)(i % 4));
    }
    return text_str(&text);
}

static void people_at_the_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text text = {.arena = arena};
    text_add(&text, STR("kind,name,class\n"));
    for (uint32_t i = 0; i <= SCREEN_ROLL_PEOPLE_MAX; i++) {
        text_addf(&text, "pupil,Jo Lee,%u\n", i);
    }
    /* As many as a roll holds are kept, and the one beyond is refused. */
    struct read read = read_of(arena, text_str(&text));
    assert_int_equal(screen_roll_count(read.roll), SCREEN_ROLL_PEOPLE_MAX);
    check_str(said(&read), "200002:0 error: a roll holds 200000 people; this line and all after it"
                           " are left out\n");
}

static void the_whole_file_has_a_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    char *bytes = arena_alloc(arena, SCREEN_ROLL_BYTES_MAX + 1);
    memset(bytes, '\n', SCREEN_ROLL_BYTES_MAX + 1);
    memcpy(bytes, "kind,name\npupil,Zofia Nowak\n", 28);
    struct read good = read_of(arena, (struct str){bytes, SCREEN_ROLL_BYTES_MAX});
    assert_int_equal(screen_roll_count(good.roll), 1);
    struct read bad = read_of(arena, (struct str){bytes, SCREEN_ROLL_BYTES_MAX + 1});
    assert_int_equal(screen_roll_count(bad.roll), 0);
    check_str(said(&bad), "0:0 error: this file is larger than 32 MB and was not read\n");
}

/* A file of nothing but bad lines is read to its end, and its messages are counted. */
static void many_bad_lines(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text text = {.arena = arena};
    text_add(&text, STR("kind,name\n"));
    for (int i = 0; i < 3000; i++) {
        text_add(&text, STR("pupil,\"Zofia\npupil,a,b\n"));
    }
    text_add(&text, STR("pupil,Kofi Lane\n"));
    struct read read = read_of(arena, text_str(&text));
    assert_int_equal(screen_roll_count(read.roll), 1);
    assert_int_equal(diag_error_count(&read.diags), 6000);
    assert_int_equal(read.diags.count, LIMIT_DIAGS_MAX);
}

static void ten_thousand_people_take_little(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str csv = many_people(arena, 10000);
    size_t before = arena_bytes(arena);
    struct read read = read_of(arena, csv);
    assert_int_equal(screen_roll_count(read.roll), 10000);
    assert_true(arena_bytes(arena) - before < (size_t)20 * 1024 * 1024);
}

/* ---- What names are compared with ------------------------------------------------------------ */

static const struct screen_roll *small_roll(struct arena *arena)
{
    struct read read =
        read_of(arena, STR(HEAD "pupil,Zofia Nowak,,,9,9B,,\n"
                                "pupil,Siobh\xC3\xA1n O'Rourke,Shiv,,9,9B,,\n"
                                "pupil,\xC5\x81ukasz Wi\xC5\x9Bniewski,Luke,,9,9B,,\n"
                                "pupil,Mohammed Al-Rashid,Mo,,9,9B,,\n"
                                "pupil,Anne-Marie Fitzwilliam,Annie,,10,10C,,\n"
                                "pupil,Will Hardcastle,,,9,9B,,\n"
                                "pupil,J\xC3\xB6rg M\xC3\xBCller,,,9,9B,,\n"
                                "pupil,Autumn Leigh Pickering,,,8,8A,,\n"
                                "pupil,Nguy\xE1\xBB\x85n Th\xE1\xBB\x8B Lan,Lan,,9,9B,,\n"
                                "staff,Juan de la Cruz,,,,,Teacher,\n"));
    assert_int_equal(diag_error_count(&read.diags), 0);
    return read.roll;
}

static void check_pair(const struct screen_roll *roll, const char *given, const char *surname,
                       uint32_t expected)
{
    uint32_t row = UINT32_MAX;
    uint32_t count = roll_pair_find(roll->index, screen_hash(str_from(given)),
                                    screen_hash(str_from(surname)), &row);
    if (count != (expected != UINT32_MAX) || row != expected) {
        fail_msg("%s %s: %u people, row %u", given, surname, count, row);
    }
}

static void names_in_all_their_forms(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_roll *roll = small_roll(arena);
    check_pair(roll, "zofia", "nowak", 0);
    check_pair(roll, "siobhan", "orourke", 1);
    check_pair(roll, "shiv", "orourke", 1);
    check_pair(roll, "lukasz", "wisniewski", 2);
    check_pair(roll, "luke", "wisniewski", 2);
    check_pair(roll, "mohamed", "alrashid", 3);
    check_pair(roll, "mo", "rashid", 3);
    check_pair(roll, "annemarie", "fitzwilliam", 4);
    check_pair(roll, "annie", "fitzwilliam", 4);
    check_pair(roll, "william", "hardcastle", 5);
    check_pair(roll, "bill", "hardcastle", UINT32_MAX);
    check_pair(roll, "jorg", "muller", 6);
    check_pair(roll, "joerg", "mueller", 6);
    check_pair(roll, "autumnleigh", "pickering", 7);
    check_pair(roll, "autumn", "pickering", 7);
    check_pair(roll, "lan", "nguyen", 8);
    check_pair(roll, "juan", "delacruz", 9);
    check_pair(roll, "juan", "cruz", 9);
    check_pair(roll, "zofia", "orourke", UINT32_MAX);
    assert_true(roll_class_is(roll->index, screen_hash(STR("10c"))));
    assert_false(roll_class_is(roll->index, screen_hash(STR("10d"))));
    assert_int_equal(roll->index->initials['z' - 'a']['n' - 'a'].count, 1);
}

static void check_near(const struct screen_roll *roll, const char *word, const char *name)
{
    uint32_t found[ROLL_NEAR_MAX];
    uint32_t count = roll_near_find(roll->index, str_from(word), 2, found);
    bool is_found = false;
    for (uint32_t i = 0; i < count; i++) {
        is_found = is_found || (name && found[i] == screen_hash(str_from(name)));
    }
    if (is_found != (name != NULL) || (name == NULL && count > 0)) {
        fail_msg("%s: %u names near", word, count);
    }
}

static void slips_of_the_keyboard(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_roll *roll = small_roll(arena);
    check_near(roll, "zofai", "zofia");          /* swapped */
    check_near(roll, "zofi", "zofia");           /* too few */
    check_near(roll, "zoffia", "zofia");         /* too many */
    check_near(roll, "novak", "nowak");          /* another */
    check_near(roll, "zufja", NULL);             /* two, in five letters */
    check_near(roll, "hardcasle", "hardcastle"); /* one, in ten */
    check_near(roll, "hradcasle", "hardcastle"); /* two, in ten */
    check_near(roll, "hradcale", NULL);          /* three */
    check_near(roll, "wisnewskij", "wisniewski");
    check_near(roll, "wil", NULL);   /* short names are not looked for */
    check_near(roll, "zofia", NULL); /* the name itself is no slip of it */
    check_near(roll, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_of_our_own),
        cmocka_unit_test(columns_of_management_systems),
        cmocka_unit_test(quotes_ends_of_lines_and_marks),
        cmocka_unit_test(a_bad_line_costs_itself_alone),
        cmocka_unit_test(formulae_are_errors),
        cmocka_unit_test(quotes_that_do_not_close),
        cmocka_unit_test(bytes_that_are_no_text),
        cmocka_unit_test(the_same_person_twice),
        cmocka_unit_test(files_that_are_no_roll),
        cmocka_unit_test(heads_that_stand_twice),
        cmocka_unit_test(lines_at_the_limit),
        cmocka_unit_test(names_at_the_limit),
        cmocka_unit_test(people_at_the_limit),
        cmocka_unit_test(the_whole_file_has_a_limit),
        cmocka_unit_test(many_bad_lines),
        cmocka_unit_test(ten_thousand_people_take_little),
        cmocka_unit_test(names_in_all_their_forms),
        cmocka_unit_test(slips_of_the_keyboard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
