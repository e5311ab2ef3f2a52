/*
 * tests/actions/import_test.c - imports of people: shown, carried out, undone, refused; on both
 * engines.
 *
 * Read first: docs/import.md, src/actions/import_int.h.
 */
#include "support/check.h"

#include "actions/actions.h"
#include "actions/import_int.h"
#include "identity/password.h"
#include "ledger/ledger.h"
#include "support/cheap_gate.h"
#include "support/store_case.h"

static const struct action_choice roles[] = {
    {STR_INIT("headteacher"), STR_INIT("the headteacher")},
    {STR_INIT("it-manager"), STR_INIT("the IT manager")},
};
static const struct action_choice kinds[] = {
    {STR_INIT("teacher"), STR_INIT("a teacher")},
    {STR_INIT("support-staff"), STR_INIT("support staff")},
};
static const struct action_choice policies[] = {{STR_INIT("ashdown"), STR_INIT("Ashdown")}};

static struct action_outcome run_with(struct store_case *test, int64_t actor, const char *name,
                                      const char *const *words)
{
    struct actions_place place = {.store = test->store,
                                  .gate = cheap_gate,
                                  .words = {[ACTION_WORDS_ROLES] = {roles, 2},
                                            [ACTION_WORDS_KINDS] = {kinds, 2},
                                            [ACTION_WORDS_POLICIES] = {policies, 1}}};
    struct action_given given[ACTION_FIELDS_MAX];
    struct action_request request = {.action = action_named(str_from(name)),
                                     .actor = {actor},
                                     .proven_at = {INT64_MAX},
                                     .given = given};
    assert_non_null(request.action);
    for (; words[request.given_count]; request.given_count++) {
        struct action_given *one = &given[request.given_count];
        assert_true(str_cut(str_from(words[request.given_count]), '=', &one->name, &one->value));
    }
    struct action_outcome outcome;
    check_ok(action_run(&place, &request, test->arena, &outcome));
    return outcome;
}

#define RUN(actor, name, ...)                                                                      \
    run_with(test, (actor), (name), (const char *const[]){__VA_ARGS__, NULL})

static const char *text_of(struct store_case *test, const char *field, struct str text)
{
    return str_cstr(test->arena, str_format(test->arena, "%s=" STR_FMT, field, STR_ARG(text)));
}

static const char *id_of(struct store_case *test, const char *field, int64_t id)
{
    return text_of(test, field, store_id_format(test->arena, id));
}

static void check_done(struct action_outcome outcome)
{
    for (size_t i = 0; i < outcome.error_count; i++) {
        print_error(STR_FMT ": " STR_FMT "\n", STR_ARG(outcome.errors[i].field),
                    STR_ARG(outcome.errors[i].message));
    }
    assert_int_equal(outcome.status, ACTION_DONE);
}

/* ---- What an answer shows -------------------------------------------------------------------- */

static const struct action_cell *entry_of(const struct action_outcome *outcome, const char *name)
{
    for (size_t i = 0; i < outcome->answer.entry_count; i++) {
        if (str_equal(outcome->answer.entries[i].column.name, str_from(name))) {
            return &outcome->answer.entries[i].cell;
        }
    }
    return NULL;
}

/* "added 2, changed 0, left 0, same 1, refused 0" */
static void check_counts(struct store_case *test, struct action_outcome outcome,
                         const char *expected)
{
    static const char *const names[] = {"added", "changed", "left", "same", "refused"};
    struct text out = {.arena = test->arena};
    check_done(outcome);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        text_addf(&out, "%s%s " STR_FMT, i ? ", " : "", names[i],
                  STR_ARG(entry_of(&outcome, names[i])->text));
    }
    check_str(text_str(&out), expected);
}

/* As programs read it. */
static struct str raw_of(const struct action_cell *cell)
{
    return str_is_empty(cell->raw) ? cell->text : cell->raw;
}

/* "line|change|who|what|before|after", a line each. */
static struct str lines_of(struct store_case *test, const struct action_outcome *outcome,
                           const char *name)
{
    struct text out = {.arena = test->arena};
    for (size_t i = 0; i < outcome->answer.list_count; i++) {
        const struct action_list *list = &outcome->answer.lists[i];
        for (size_t row = 0; str_equal(list->name, str_from(name)) && row < list->row_count;
             row++) {
            for (size_t at = 0; at < list->column_count; at++) {
                text_addf(&out, "%s" STR_FMT, at ? "|" : "",
                          STR_ARG(raw_of(&list->cells[row * list->column_count + at])));
            }
            text_add_char(&out, '\n');
        }
    }
    return text_str(&out);
}

/* ---- Schools and people to begin with -------------------------------------------------------- */

struct set_up {
    int64_t technician, first_school, second_school, head, teacher;
};

static int64_t add_person(struct store_case *test, int64_t school, const char *name,
                          const char *email)
{
    struct action_outcome added =
        RUN(0, "person.add", id_of(test, "school", school), "kind=teacher",
            text_of(test, "name", str_from(name)), text_of(test, "email", str_from(email)));
    check_done(added);
    return added.person.value;
}

static struct set_up set_up(struct store_case *test)
{
    check_ok(note_start());
    struct set_up made = {0};
    struct action_outcome outcome = RUN(
        0, "trust.set-up", "trust=Ashdown Vale Learning Trust",
        "origin=handrail.ashdownvale.example", "school-name=Ashdown Primary", "school-code=A1",
        "nation=england", "policy=ashdown", "name=Terry Technician", "email=it@ashdownvale.example",
        "password=quiet lamp under nine hedges", "kind=teacher", "role=it-manager");
    check_done(outcome);
    made.technician = outcome.person.value;
    made.first_school = outcome.school.value;
    outcome = RUN(0, "school.add", "name=Vale Secondary", "code=V1", "nation=wales");
    check_done(outcome);
    made.second_school = outcome.school.value;
    made.head = add_person(test, made.first_school, "Hazel Head", "head@ashdownvale.example");
    made.teacher = add_person(test, made.second_school, "Tam Teacher", "tam@ashdownvale.example");
    check_done(RUN(0, "role.give", id_of(test, "person", made.head), "role=headteacher",
                   id_of(test, "school", made.first_school)));
    return made;
}

#define HEAD "Employee ID,Forename,Surname,Work Email,School,Staff Type,Job Title,Start Date\n"
#define ADA "1,Ada,Byron,ada@a.example,A1,Teacher,Maths,01/09/2019\n"
#define BO "2,Bo,Lee,bo@a.example,A1,Support Staff,Office,\n"
#define CY "3,Cy,Quill,cy@v.example,Vale Secondary,Teacher,Art,\n"

#define PREVIEW(actor, file) RUN((actor), "import.preview", "source=staff.csv", "file=" file)

static const char *run_of(struct store_case *test, const struct action_outcome *outcome)
{
    return text_of(test, "run", entry_of(outcome, "run")->value);
}

/* Shows and carries out. Answers the field of the run. */
static const char *import(struct store_case *test, struct action_outcome preview)
{
    check_done(preview);
    const char *run = run_of(test, &preview);
    check_done(RUN(0, "import.apply", run));
    return run;
}

static struct str person_page(struct store_case *test, const char *named)
{
    struct action_outcome people = RUN(0, "person.list", text_of(test, "named", str_from(named)));
    assert_int_equal(people.answer.lists[0].row_count, 1);
    struct action_outcome page =
        RUN(0, "person.see", text_of(test, "person", people.answer.lists[0].cells[0].value));
    struct text out = {.arena = test->arena};
    for (size_t i = 0; i < page.answer.entry_count; i++) {
        text_addf(&out, STR_FMT "=" STR_FMT "\n", STR_ARG(page.answer.entries[i].column.name),
                  STR_ARG(raw_of(&page.answer.entries[i].cell)));
    }
    text_add(&out, lines_of(test, &page, "engagements"));
    return text_str(&out);
}

static void check_people(struct store_case *test, size_t count)
{
    struct action_outcome people = RUN(0, "person.list", "named=");
    assert_int_equal(people.answer.lists[0].row_count, count);
}

/* ---- Added, the same, changed ---------------------------------------------------------------- */

static void a_list_is_shown_and_carried_out_once(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    struct action_outcome shown = PREVIEW(0, HEAD ADA BO CY);
    check_counts(test, shown, "added 3, changed 0, left 0, same 0, refused 0");
    check_people(test, 3);
    const char *run = run_of(test, &shown);
    check_done(RUN(0, "import.apply", run));
    check_people(test, 6);
    check_str(person_page(test, "byron"), "name=Ada Byron\nemail=ada@a.example\nreference=1\n"
                                          "joinedOn=2019-09-01\n"
                                          "Ashdown Primary|teacher|Maths|2019-09-01|\n");
    assert_int_equal(RUN(0, "import.apply", run).status, ACTION_INVALID);
    check_counts(test, PREVIEW(0, HEAD ADA BO CY), "added 0, changed 0, left 0, same 3, refused 0");
    struct ledger_report report;
    check_ok(
        ledger_verify(test->store, test->arena, NULL, 0, (struct ledger_progress){0}, &report));
    assert_int_equal(report.fault, LEDGER_FAULT_NONE);
}

static void a_change_is_shown_field_by_field(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    import(test, PREVIEW(0, HEAD ADA BO));
    struct action_outcome shown =
        PREVIEW(0, HEAD "1,Ada,Lovelace,ada.l@a.example,A1,Teacher,Head of Maths,01/09/2019\n" BO);
    check_counts(test, shown, "added 0, changed 1, left 0, same 1, refused 0");
    check_str(lines_of(test, &shown, "lines"),
              "2|changed|Ada Lovelace|Name|Ada Byron|Ada Lovelace\n"
              "2|changed|Ada Lovelace|E-mail|ada@a.example|ada.l@a.example\n"
              "2|changed|Ada Lovelace|Ashdown Primary, job|Maths|Head of Maths\n");
    import(test, shown);
    check_str(person_page(test, "lovelace"),
              "name=Ada Lovelace\nemail=ada.l@a.example\nreference=1\njoinedOn=2019-09-01\n"
              "Ashdown Primary|teacher|Head of Maths|2019-09-01|\n");
}

static void a_person_at_two_schools_is_one_person(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    struct action_outcome shown =
        PREVIEW(0, HEAD ADA "1,Ada,Byron,,V1,Support staff,Choir,01/09/2018\n");
    check_counts(test, shown, "added 1, changed 0, left 0, same 0, refused 0");
    import(test, shown);
    check_str(person_page(test, "byron"), "name=Ada Byron\nemail=ada@a.example\nreference=1\n"
                                          "joinedOn=2018-09-01\n"
                                          "Ashdown Primary|teacher|Maths|2019-09-01|\n"
                                          "Vale Secondary|support-staff|Choir|2018-09-01|\n");
}

static void who_was_entered_by_hand_is_found_by_the_address(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    struct action_outcome shown =
        PREVIEW(0, HEAD "9,Tam,Teacher,TAM@ashdownvale.example,V1,Teacher,,\n");
    check_str(lines_of(test, &shown, "lines"),
              "2|changed|Tam Teacher|Number||9\n"
              "2|changed|Tam Teacher|Vale Secondary|entered by hand|kept by the staff system\n");
    import(test, shown);
    check_people(test, 3);
    check_counts(test, PREVIEW(0, HEAD "9,Tam,Teacher,TAM@ashdownvale.example,V1,Teacher,,\n"),
                 "added 0, changed 0, left 0, same 1, refused 0");
}

static void a_column_that_is_not_there_changes_nothing(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    import(test, PREVIEW(0, HEAD ADA BO));
    check_counts(test, PREVIEW(0, "Employee ID,Name,School,Staff Type\n1,Ada Byron,A1,Teacher\n"),
                 "added 0, changed 0, left 0, same 1, refused 0");
    /* An empty job is taken over; an empty address is not. */
    struct action_outcome shown = PREVIEW(0, HEAD "1,Ada,Byron,,A1,Teacher,,\n");
    check_str(lines_of(test, &shown, "lines"), "2|changed|Ada Byron|Ashdown Primary, job|Maths|\n");
}

static void another_kind_takes_the_place_of_the_last(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    import(test, PREVIEW(0, HEAD "2,Bo,Lee,,A1,Support staff,,01/09/2019\n"));
    struct action_outcome shown = PREVIEW(0, HEAD "2,Bo,Lee,,A1,Teacher,,\n");
    check_counts(test, shown, "added 0, changed 1, left 0, same 0, refused 0");
    import(test, shown);
    check_counts(test, PREVIEW(0, HEAD "2,Bo,Lee,,A1,Teacher,,\n"),
                 "added 0, changed 0, left 0, same 1, refused 0");
}

/* ---- Refused --------------------------------------------------------------------------------- */

static void lines_that_cannot_be_are_refused(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    struct action_outcome shown =
        PREVIEW(0, HEAD ADA "1,Ada,Byron,,A1,Teacher,,\n"
                            "1,Zed,Other,,V1,Teacher,,\n"
                            "4,Di,Two,ada@a.example,A1,Teacher,,\n"
                            "5,Ed,Nowhere,,X9,Teacher,,\n"
                            "6,Fi,Wizard,,A1,Wizard,,31/02/2024\n"
                            "7,Tim,Else,tam@ashdownvale.example,A1,Teacher,,\n"
                            ",Ada,Byron,ada@a.example,V1,Teacher,,\n");
    check_counts(test, shown, "added 1, changed 1, left 0, same 0, refused 5");
    shown = RUN(0, "import.see", run_of(test, &shown), "change=refused");
    check_str(
        lines_of(test, &shown, "lines"),
        "3|refused||||Line 2 has the same person in the same school and of the same kind already. "
        "One of the two is enough.\n"
        "4|refused||||Line 2 has the same number or e-mail and another name. Two people never "
        "share them: look which of the two is wrong.\n"
        "5|refused||||Line 2 has the same e-mail for somebody else. Give each their own, or leave "
        "it out where there is a number.\n"
        "6|refused||||No school here, or more than one, is called \"X9\". See \"Schools\" for "
        "their codes and names.\n"
        "7|refused||||Column 17: \"Staff Type\": what kind of staff this is, is not known here. "
        "Say which kind the word means, such as \"TCH=kind:teacher\". Column 25: \"Start Date\": "
        "there is no such day. Look it up and write it anew.\n");
}

static void numbers_and_addresses_of_others_are_refused(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    import(test, PREVIEW(0, HEAD ADA BO));
    struct action_outcome shown = PREVIEW(0, HEAD "1,Ada,Byron,bo@a.example,A1,Teacher,Maths,\n"
                                                  "8,Bo,Lee,bo@a.example,A1,Support Staff,,\n");
    check_counts(test, shown, "added 0, changed 0, left 0, same 0, refused 2");
    shown = PREVIEW(0, HEAD "8,Bo,Lee,bo@a.example,A1,Support Staff,,\n");
    check_str(lines_of(test, &shown, "lines"),
              "2|refused||||Who has this e-mail here has another number. If it is the same person, "
              "change the number here, or import without the numbers.\n");
    check_counts(test,
                 RUN(0, "import.preview",
                     "file=" HEAD "8,Bo,Lee,bo@a.example,A1,Support Staff,Office,\n",
                     "map=Employee ID=-"),
                 "added 0, changed 0, left 0, same 1, refused 0");
}

static void nobody_becomes_another_person(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    import(test, PREVIEW(0, HEAD ADA BO));
    static const char *const stranger =
        "2|refused||||Somebody of another name has this number or e-mail here. If it is the same "
        "person, change the name here first; else give the new person their own.\n";
    struct action_outcome shown =
        PREVIEW(0, HEAD "1,Zed,Other,zed@a.example,A1,Teacher,Maths,01/09/2019\n");
    check_str(lines_of(test, &shown, "lines"), stranger);
    struct action_outcome people = RUN(0, "person.list", "named=lee");
    check_done(RUN(0, "person.change",
                   text_of(test, "person", people.answer.lists[0].cells[0].value), "name=Bo Lee",
                   "email=bo@a.example", "reference=2", "left=2026-01-31", "revision=1"));
    shown = PREVIEW(0, HEAD "2,Bo,Other,,A1,Support Staff,Office,\n");
    check_str(lines_of(test, &shown, "lines"), stranger);
}

static void a_file_that_is_no_list_is_said_at_the_field(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    struct action_outcome outcome = PREVIEW(0, "colour,size\nred,4\n");
    assert_int_equal(outcome.status, ACTION_INVALID);
    check_str(outcome.errors[0].field, "file");
    outcome = RUN(0, "import.preview", "file=" HEAD ADA, "map=Employee ID");
    assert_int_equal(outcome.status, ACTION_INVALID);
    check_str(outcome.errors[0].field, "map");
    outcome = RUN(0, "import.preview", "file=Employee ID,Name\n1,Ada Byron\n", "kind=teacher");
    assert_int_equal(outcome.status, ACTION_INVALID);
}

static void a_school_and_a_kind_can_be_said_for_all(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    check_counts(test,
                 RUN(0, "import.preview", "file=Employee ID,Name\n1,Ada Byron\n", "kind=teacher",
                     id_of(test, "school", made.first_school)),
                 "added 1, changed 0, left 0, same 0, refused 0");
}

/* ---- Who may --------------------------------------------------------------------------------- */

static void a_head_imports_the_own_school_alone(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    struct action_outcome own = PREVIEW(made.head, HEAD ADA BO);
    check_counts(test, own, "added 2, changed 0, left 0, same 0, refused 0");
    struct action_outcome other = PREVIEW(made.head, HEAD ADA CY);
    assert_int_equal(other.status, ACTION_INVALID);
    check_str(other.errors[0].message, "You may not import people of Vale Secondary: leave its "
                                       "lines out, or ask the trust");
    assert_int_equal(PREVIEW(made.teacher, HEAD ADA).status, ACTION_FORBIDDEN);
    struct action_outcome all = PREVIEW(made.technician, HEAD ADA CY);
    check_counts(test, all, "added 2, changed 0, left 0, same 0, refused 0");
    assert_int_equal(RUN(made.head, "import.see", run_of(test, &all)).status, ACTION_FORBIDDEN);
    assert_int_equal(RUN(made.head, "import.apply", run_of(test, &all)).status, ACTION_FORBIDDEN);
    check_done(RUN(made.head, "import.apply", run_of(test, &own)));
    struct action_outcome list = RUN(made.head, "import.list", "after=");
    assert_int_equal(list.answer.lists[0].row_count, 1);
    list = RUN(made.technician, "import.list", "after=");
    assert_int_equal(list.answer.lists[0].row_count, 2);
}

static void nobody_is_drawn_into_a_school_by_its_list(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    struct action_outcome shown =
        PREVIEW(made.head, HEAD "9,Tam,Teacher,tam@ashdownvale.example,A1,Teacher,,\n");
    check_str(lines_of(test, &shown, "lines"),
              "2|refused||||The person is at a school that is not yours: ask the trust to import "
              "them.\n");
    check_counts(
        test, PREVIEW(made.technician, HEAD "9,Tam,Teacher,tam@ashdownvale.example,A1,Teacher,,\n"),
        "added 0, changed 1, left 0, same 0, refused 0");
}

/* Who could change the address of somebody with more rights could sign in as them. */
static void an_address_is_changed_by_who_reaches_as_far(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    const char *moved = "file=" HEAD "1,Terry,Technician,evil@a.example,A1,Teacher,,\n";
    const char *same = "file=" HEAD ",Terry,Technician,it@ashdownvale.example,A1,Teacher,IT,\n";
    check_done(RUN(0, "person.change", id_of(test, "person", made.technician),
                   "name=Terry Technician", "email=it@ashdownvale.example", "reference=1",
                   "revision=1"));
    struct action_outcome shown = RUN(made.head, "import.preview", moved);
    check_str(lines_of(test, &shown, "lines"),
              "2|refused||||The person has a role for the whole trust or for another school, and "
              "their e-mail or last day would change: ask the trust to import them.\n");
    check_counts(test, RUN(made.head, "import.preview", same),
                 "added 0, changed 1, left 0, same 0, refused 0");
    /* What was shown to the trust is not for the head to carry out. */
    shown = RUN(made.technician, "import.preview", moved);
    check_counts(test, shown, "added 0, changed 1, left 0, same 0, refused 0");
    assert_int_equal(RUN(made.head, "import.apply", run_of(test, &shown)).status, ACTION_INVALID);
    const char *run = run_of(test, &shown);
    check_done(RUN(made.technician, "import.apply", run));
    struct action_outcome undone = RUN(made.head, "import.undo", run);
    check_done(undone);
    check_str(entry_of(&undone, "linesKept")->text, "1");
}

/* ---- Leavers --------------------------------------------------------------------------------- */

/* `count` people of a school, of whom the first `without` are left out. */
static const char *many(struct store_case *test, size_t count, size_t without)
{
    struct text out = {.arena = test->arena};
    text_add(&out, STR("file=" HEAD));
    for (size_t i = without; i < count; i++) {
        text_addf(&out, "m%zu,Person,Num%c,m%zu@a.example,A1,Teacher,,\n", i, (int)('a' + i), i);
    }
    return str_cstr(test->arena, text_str(&out));
}

static void who_is_not_in_the_list_leaves_only_when_that_is_said(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    import(test, RUN(0, "import.preview", many(test, 10, 0)));
    struct action_outcome shown = RUN(0, "import.preview", many(test, 10, 2));
    check_counts(test, shown, "added 0, changed 0, left 0, same 8, refused 0");
    check_str(entry_of(&shown, "absent")->text, "2");
    shown = RUN(0, "import.preview", many(test, 10, 2), "leavers=yes");
    check_counts(test, shown, "added 0, changed 0, left 2, same 8, refused 0");
    const char *run = import(test, shown);
    assert_true(str_find(person_page(test, "numa"), STR("leftOn=")) != STR_NONE);
    check_counts(test, RUN(0, "import.preview", many(test, 10, 2), "leavers=yes"),
                 "added 0, changed 0, left 0, same 8, refused 0");
    /* Back on the list: back. */
    shown = RUN(0, "import.preview", many(test, 10, 1), "leavers=yes");
    check_counts(test, shown, "added 0, changed 1, left 0, same 8, refused 0");
    import(test, shown);
    assert_true(str_find(person_page(test, "numb"), STR("leftOn=")) == STR_NONE);
    struct action_outcome undone = RUN(0, "import.undo", run);
    check_done(undone);
    check_str(entry_of(&undone, "linesKept")->text, "1");
    assert_true(str_find(person_page(test, "numa"), STR("leftOn=")) == STR_NONE);
}

static void more_than_one_in_five_leave_only_when_it_is_sure(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    import(test, RUN(0, "import.preview", many(test, 10, 0)));
    struct action_outcome shown = RUN(0, "import.preview", many(test, 10, 3), "leavers=yes");
    assert_int_equal(shown.status, ACTION_INVALID);
    check_str(shown.errors[0].field, "sure");
    check_counts(test, RUN(0, "import.preview", many(test, 10, 3), "leavers=yes", "sure=yes"),
                 "added 0, changed 0, left 3, same 7, refused 0");
}

static void who_stands_on_a_bad_line_has_not_left(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    import(test, RUN(0, "import.preview", many(test, 10, 0)));
    struct str most = str_from(many(test, 10, 1));
    const char *bad =
        str_cstr(test->arena,
                 str_format(test->arena, STR_FMT "m0,Person,Numa,,A1,Wizard,,\n", STR_ARG(most)));
    check_counts(test, RUN(0, "import.preview", bad, "leavers=yes"),
                 "added 0, changed 0, left 0, same 9, refused 1");
    bad = str_cstr(test->arena,
                   str_format(test->arena, STR_FMT ",Person,Numa,,A1,Teacher,,\n", STR_ARG(most)));
    struct action_outcome shown = RUN(0, "import.preview", bad, "leavers=yes");
    assert_int_equal(shown.status, ACTION_INVALID);
    check_str(shown.errors[0].field, "leavers");
}

static void what_somebody_said_of_leaving_stays(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    import(test, PREVIEW(0, HEAD ADA));
    struct action_outcome people = RUN(0, "person.list", "named=byron");
    const char *person = text_of(test, "person", people.answer.lists[0].cells[0].value);
    check_done(RUN(0, "person.change", person, "name=Ada Byron", "email=ada@a.example",
                   "reference=1", "joined=2019-09-01", "left=2026-01-31", "revision=1"));
    check_counts(test, PREVIEW(0, HEAD ADA), "added 0, changed 0, left 0, same 1, refused 0");
}

static void who_had_left_before_is_passed_over(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    struct action_outcome shown =
        PREVIEW(0, "Employee ID,Name,School,Staff Type,Leaving Date\n"
                   "1,Ada Byron,A1,Teacher,31/08/2020\n2,Bo Lee,A1,Teacher,\n");
    check_counts(test, shown, "added 1, changed 0, left 0, same 0, refused 0");
    check_str(entry_of(&shown, "passed")->text, "1");
}

/* ---- What was shown must still be so; and undone --------------------------------------------- */

static void what_is_not_as_it_was_shown_is_not_carried_out(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    import(test, PREVIEW(0, HEAD ADA BO));
    struct action_outcome shown = PREVIEW(0, HEAD ADA "2,Bo,Lee,bo@a.example,A1,Teacher,,\n" CY);
    struct action_outcome people = RUN(0, "person.list", "named=lee");
    const char *person = text_of(test, "person", people.answer.lists[0].cells[0].value);
    check_done(RUN(0, "person.change", person, "name=Bo Lee-Park", "email=bo@a.example",
                   "reference=2", "revision=1"));
    struct action_outcome outcome = RUN(0, "import.apply", run_of(test, &shown));
    assert_int_equal(outcome.status, ACTION_CONFLICT);
    check_people(test, 5);
    shown = PREVIEW(0, HEAD CY);
    add_person(test, made.second_school, "Cyra Other", "cy@v.example");
    outcome = RUN(0, "import.apply", run_of(test, &shown));
    assert_int_equal(outcome.status, ACTION_CONFLICT);
    check_people(test, 6);
}

static void an_import_is_undone_but_for_what_was_changed_since(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    import(test, PREVIEW(0, HEAD ADA BO));
    const char *run =
        import(test, PREVIEW(0, HEAD "1,Ada,Lovelace,ada.l@a.example,A1,Teacher,Head,01/09/2019\n"
                                     "2,Bo,Park,bo.p@a.example,A1,Support Staff,Office,\n" CY
                                     "4,Di,Rolf,,V1,Teacher,,\n"));
    struct action_outcome people = RUN(0, "person.list", "named=park");
    check_done(RUN(0, "person.change",
                   text_of(test, "person", people.answer.lists[0].cells[0].value), "name=Bo Parker",
                   "email=bo.p@a.example", "reference=2", "revision=2"));
    people = RUN(0, "person.list", "named=rolf");
    check_done(RUN(0, "role.give", text_of(test, "person", people.answer.lists[0].cells[0].value),
                   "role=headteacher"));
    struct action_outcome undone = RUN(0, "import.undo", run);
    check_done(undone);
    check_str(entry_of(&undone, "linesUndone")->text, "2");
    check_str(lines_of(test, &undone, "kept"),
              "3|Bo Parker|The person was changed since.\n"
              "5|Di Rolf|The person has been given an account, a role or something else.\n");
    check_str(person_page(test, "byron"), "name=Ada Byron\nemail=ada@a.example\nreference=1\n"
                                          "joinedOn=2019-09-01\n"
                                          "Ashdown Primary|teacher|Maths|2019-09-01|\n");
    check_people(test, 6); /* Cy is gone */
    assert_int_equal(RUN(0, "import.undo", run).status, ACTION_INVALID);
    struct ledger_report report;
    check_ok(
        ledger_verify(test->store, test->arena, NULL, 0, (struct ledger_progress){0}, &report));
    assert_int_equal(report.fault, LEDGER_FAULT_NONE);
}

static void what_an_import_did_is_found_from_the_person(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    import(test, PREVIEW(0, HEAD ADA));
    struct action_outcome people = RUN(0, "person.list", "named=byron");
    const char *person = text_of(test, "person", people.answer.lists[0].cells[0].value);
    struct action_outcome page = RUN(0, "person.see", person);
    assert_true(str_find(lines_of(test, &page, "imports"), STR("added|E-mail||ada@a.example")) !=
                STR_NONE);
    check_done(RUN(0, "person.erase", person, "sure=yes"));
    struct action_outcome list = RUN(0, "import.list", "after=");
    struct action_outcome seen =
        RUN(0, "import.see", text_of(test, "run", list.answer.lists[0].cells[0].value));
    check_str(lines_of(test, &seen, "lines"), "");
}

static void lines_come_by_the_page(void **state)
{
    struct store_case *test = *state;
    set_up(test);
    struct text file = {.arena = test->arena};
    text_add(&file, STR("file=Employee ID,Name,School,Staff Type\n"));
    for (size_t i = 0; i < ACTION_PAGE_ROWS + 5; i++) {
        text_addf(&file, "x%zu,Person %zu,A1,Wizard\n", i, i);
    }
    struct action_outcome page = RUN(0, "import.preview", str_cstr(test->arena, text_str(&file)));
    const char *run = run_of(test, &page);
    check_str(page.answer.next, "50");
    page = RUN(0, "import.see", run, "after=50", "change=refused");
    assert_int_equal(page.answer.lists[0].row_count, 5);
    assert_true(str_is_empty(page.answer.next));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(a_list_is_shown_and_carried_out_once),
        STORE_CASE(a_change_is_shown_field_by_field),
        STORE_CASE(a_person_at_two_schools_is_one_person),
        STORE_CASE(who_was_entered_by_hand_is_found_by_the_address),
        STORE_CASE(a_column_that_is_not_there_changes_nothing),
        STORE_CASE(another_kind_takes_the_place_of_the_last),
        STORE_CASE(lines_that_cannot_be_are_refused),
        STORE_CASE(numbers_and_addresses_of_others_are_refused),
        STORE_CASE(nobody_becomes_another_person),
        STORE_CASE(a_file_that_is_no_list_is_said_at_the_field),
        STORE_CASE(a_school_and_a_kind_can_be_said_for_all),
        STORE_CASE(a_head_imports_the_own_school_alone),
        STORE_CASE(nobody_is_drawn_into_a_school_by_its_list),
        STORE_CASE(an_address_is_changed_by_who_reaches_as_far),
        STORE_CASE(who_is_not_in_the_list_leaves_only_when_that_is_said),
        STORE_CASE(more_than_one_in_five_leave_only_when_it_is_sure),
        STORE_CASE(who_stands_on_a_bad_line_has_not_left),
        STORE_CASE(what_somebody_said_of_leaving_stays),
        STORE_CASE(who_had_left_before_is_passed_over),
        STORE_CASE(what_is_not_as_it_was_shown_is_not_carried_out),
        STORE_CASE(an_import_is_undone_but_for_what_was_changed_since),
        STORE_CASE(what_an_import_did_is_found_from_the_person),
        STORE_CASE(lines_come_by_the_page),
    };
    return cmocka_run_group_tests(tests, cheap_gate_open, cheap_gate_close);
}
