/*
 * tests/actions/retention_test.c - what the schedule says is due, what is erased, and what is kept,
 * on both engines.
 *
 * Read first: src/actions/retention_int.h; docs/retention.md.
 */
#include "support/check.h"

#include <time.h>

#include "actions/keeper.h"
#include "actions/retention_int.h"
#include "identity/password.h"
#include "identity/sign_in_sql.h"
#include "ledger/ledger.h"
#include "policy/policy.h"
#include "records/imports.h"
#include "records/people.h"
#include "records/retention.h"
#include "support/cheap_gate.h"
#include "support/small_policy.h"
#include "support/store_case.h"

static const struct action_choice roles[] = {
    {STR_INIT("it-manager"), STR_INIT("the IT manager")},
    {STR_INIT("dpo"), STR_INIT("the data protection officer")},
    {STR_INIT("headteacher"), STR_INIT("the headteacher")},
};
static const struct action_choice declared_words[] = {
    {STR_INIT("parent-of-pupil"), STR_INIT("a parent of a pupil"), STR_INIT("other pupil")}};
static const struct action_choice kinds[] = {{STR_INIT("teacher"), STR_INIT("a teacher")}};
static const struct action_choice policies[] = {{STR_INIT("short"), STR_INIT("Short")},
                                                {STR_INIT("long"), STR_INIT("Long")},
                                                {STR_INIT("silent"), STR_INIT("Silent")}};
static const struct action_choice kept[] = {
    {STR_INIT("leavers"), STR_INIT("people who have left")},
    {STR_INIT("history"), STR_INIT("what the history says of people")},
    {STR_INIT("communications"), STR_INIT("copies of communications")},
};

#define YEARS(count)                                                                               \
    {                                                                                              \
        .is_stated = true, .months = 12 * (count), .words = STR_INIT(#count " years")              \
    }
#define DAYS(count)                                                                                \
    {                                                                                              \
        .is_stated = true, .days = (count), .words = STR_INIT(#count " days")                      \
    }

static struct retention_rule usual[] = {
    {STR_INIT("short"), STR_INIT("S-1"), STR_INIT("Leavers"), STR_INIT("leavers"),
     STR_INIT("leaving"), STR_INIT("erase"), YEARS(2)},
    {STR_INIT("long"), STR_INIT("L-1"), STR_INIT("Leavers"), STR_INIT("leavers"),
     STR_INIT("leaving"), STR_INIT("erase"), YEARS(6)},
    {STR_INIT("short"), STR_INIT("S-2"), STR_INIT("Shorter"), STR_INIT("leavers"),
     STR_INIT("leaving"), STR_INIT("erase"), DAYS(10)},
    {STR_INIT("short"), STR_INIT("S-3"), STR_INIT("Declared"), STR_INIT("declarations"),
     STR_INIT("ending"), STR_INIT("erase"), DAYS(30)},
    {STR_INIT("short"), STR_INIT("S-4"), STR_INIT("Agreed"), STR_INIT("adjustments"),
     STR_INIT("ending"), STR_INIT("erase"), DAYS(30)},
    {STR_INIT("short"), STR_INIT("S-5"), STR_INIT("Imports"), STR_INIT("imports"),
     STR_INIT("making"), STR_INIT("erase"), DAYS(30)},
    {STR_INIT("short"), STR_INIT("S-6"), STR_INIT("Keys"), STR_INIT("tokens"), STR_INIT("ending"),
     STR_INIT("erase"), DAYS(30)},
    {STR_INIT("short"), STR_INIT("S-7"), STR_INIT("History"), STR_INIT("history"),
     STR_INIT("making"), STR_INIT("erase"), YEARS(3)},
    {STR_INIT("short"), STR_INIT("S-8"), STR_INIT("Copies"), STR_INIT("communications"),
     STR_INIT("making"), STR_INIT("erase"), YEARS(3)},
};

struct trust {
    struct store_case *test;
    struct actions_place place;
    int64_t technician, dpo;
    int64_t short_school, long_school, silent_school;
    struct instant now; /* of the acts; 0: the clock's */
};

/* ---- Acting ---------------------------------------------------------------------------------- */

static struct action_outcome act(struct trust *trust, int64_t actor, const char *name,
                                 const char *const *words)
{
    struct action_given given[ACTION_FIELDS_MAX];
    struct action_request request = {.action = action_named(str_from(name)),
                                     .actor = {actor},
                                     .proven_at = {INT64_MAX},
                                     .now = trust->now,
                                     .given = given};
    assert_non_null(request.action);
    for (; words[request.given_count]; request.given_count++) {
        struct action_given *one = &given[request.given_count];
        assert_true(str_cut(str_from(words[request.given_count]), '=', &one->name, &one->value));
    }
    struct action_outcome outcome;
    check_ok(action_run(&trust->place, &request, trust->test->arena, &outcome));
    return outcome;
}

#define ACT(actor, name, ...) act(trust, (actor), (name), (const char *const[]){__VA_ARGS__, NULL})

static struct action_outcome done(struct action_outcome outcome)
{
    for (size_t i = 0; i < outcome.error_count; i++) {
        print_error(STR_FMT ": " STR_FMT "\n", STR_ARG(outcome.errors[i].field),
                    STR_ARG(outcome.errors[i].message));
    }
    assert_int_equal(outcome.status, ACTION_DONE);
    return outcome;
}

#define DONE(actor, name, ...) done(ACT((actor), (name), __VA_ARGS__))

static const char *given_text(struct trust *trust, const char *name, const char *value)
{
    return str_cstr(trust->test->arena, str_format(trust->test->arena, "%s=%s", name, value));
}

static const char *given_id(struct trust *trust, const char *name, int64_t id)
{
    return given_text(trust, name,
                      str_cstr(trust->test->arena, store_id_format(trust->test->arena, id)));
}

static const char *given_number(struct trust *trust, const char *name, int64_t number)
{
    return str_cstr(trust->test->arena,
                    str_format(trust->test->arena, "%s=%lld", name, (long long)number));
}

static int64_t add_person(struct trust *trust, int64_t school, const char *name)
{
    return DONE(0, "person.add", given_id(trust, "school", school), "kind=teacher",
                given_text(trust, "name", name))
        .person.value;
}

/* In the records directly: the actions would want a revision. */
static void leave(struct trust *trust, int64_t person, const char *day)
{
    struct person_of_row row;
    bool is_there = false;
    size_t changed = 0;
    struct civil_date left;
    assert_true(civil_date_parse(str_from(day), &left));
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(trust->test->store, trust->test->arena, STORE_WRITE, &transaction));
    check_ok(person_of(transaction, (struct person_of_in){{person}}, &is_there, &row));
    check_ok(person_change(transaction,
                           (struct person_change_in){.id = {person},
                                                     .name = row.name,
                                                     .sort_name = row.sort_name,
                                                     .email = row.email,
                                                     .joined_on = STORE_NO_DATE,
                                                     .left_on = left,
                                                     .revision = row.revision},
                           &changed));
    assert_int_equal(changed, 1);
    check_ok(store_commit(transaction));
}

static int64_t add_leaver(struct trust *trust, int64_t school, const char *name, const char *day)
{
    int64_t person = add_person(trust, school, name);
    leave(trust, person, day);
    return person;
}

static int64_t add_school(struct trust *trust, const char *name, const char *policy)
{
    return DONE(0, "school.add", given_text(trust, "name", name), given_text(trust, "code", name),
                "nation=england", given_text(trust, "policy", policy))
        .school.value;
}

/* Three schools: their policies keep leavers two years, six, and say nothing. */
static struct trust *trust_new(struct store_case *test)
{
    check_ok(note_start());
    struct trust *trust = ARENA_NEW(test->arena, struct trust);
    trust->test = test;
    trust->place =
        (struct actions_place){.store = test->store,
                               .gate = cheap_gate,
                               .retention = {usual, ACTION_COUNT_OF(usual)},
                               .words = {[ACTION_WORDS_ROLES] = {roles, 3},
                                         [ACTION_WORDS_KINDS] = {kinds, 1},
                                         [ACTION_WORDS_RELATIONSHIPS] = {declared_words, 1},
                                         [ACTION_WORDS_KEPT] = {kept, 3},
                                         [ACTION_WORDS_POLICIES] = {policies, 3}}};
    struct action_outcome outcome = DONE(
        0, "trust.set-up", "trust=Ashdown Vale Learning Trust",
        "origin=handrail.ashdownvale.example", "school-name=Short", "school-code=short",
        "nation=england", "policy=short", "name=Terry Technician", "email=it@ashdownvale.example",
        "kind=teacher", "role=it-manager", "password=quiet lamp under nine hedges");
    trust->technician = outcome.person.value;
    trust->short_school = outcome.school.value;
    trust->long_school = add_school(trust, "Long", "long");
    trust->silent_school = add_school(trust, "Silent", "silent");
    trust->dpo = add_person(trust, trust->long_school, "Dora Dpo");
    DONE(0, "role.give", given_id(trust, "person", trust->dpo), "role=dpo");
    return trust;
}

static struct action_outcome dry_run(struct trust *trust, const char *day)
{
    return DONE(trust->dpo, "retention.due", given_text(trust, "as-of", day));
}

static int64_t said(const struct action_outcome *outcome, const char *name)
{
    for (size_t i = 0; i < outcome->answer.entry_count; i++) {
        int64_t number = 0;
        if (str_equal(outcome->answer.entries[i].column.name, str_from(name)) &&
            str_to_int(outcome->answer.entries[i].cell.text, &number)) {
            return number;
        }
    }
    fail_msg("the answer has no number %s", name);
    return 0;
}

static int64_t due_now(struct trust *trust)
{
    struct action_outcome outcome = DONE(trust->dpo, "retention.due", "kept=");
    return said(&outcome, "count");
}

static struct str cell(const struct action_outcome *outcome, size_t list, size_t row, size_t column)
{
    const struct action_list *shown = &outcome->answer.lists[list];
    assert_true(row < shown->row_count && column < shown->column_count);
    return shown->cells[row * shown->column_count + column].text;
}

static struct action_outcome begin(struct trust *trust)
{
    return DONE(trust->dpo, "retention.run", given_number(trust, "count", due_now(trust)),
                "sure=yes");
}

static bool keep(struct trust *trust, size_t steps)
{
    bool is_open = false;
    check_ok(retention_keep(&trust->place, trust->test->arena, false, steps, &is_open));
    return is_open;
}

#define STEPS_ENOUGH 100

static int64_t last_run(struct trust *trust)
{
    struct retention_runs_rows rows;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(trust->test->store, trust->test->arena, STORE_READ, &transaction));
    check_ok(retention_runs(transaction, (struct retention_runs_in){10}, &rows));
    assert_true(rows.count > 0);
    return rows.at[0].id.value;
}

static struct retention_run_of_row run_row(struct trust *trust, int64_t run)
{
    struct retention_run_of_row row;
    bool is_there = false;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(trust->test->store, trust->test->arena, STORE_READ, &transaction));
    check_ok(retention_run_of(transaction, (struct retention_run_of_in){{run}}, &is_there, &row));
    assert_true(is_there);
    return row;
}

static bool is_erased(struct trust *trust, int64_t person)
{
    struct person_of_row row;
    bool is_there = false;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(trust->test->store, trust->test->arena, STORE_READ, &transaction));
    check_ok(person_of(transaction, (struct person_of_in){{person}}, &is_there, &row));
    return instant_is_given(row.erased_at);
}

static struct ledger_report verify(struct trust *trust)
{
    struct ledger_report report;
    check_ok(ledger_verify(trust->test->store, trust->test->arena, NULL, 0,
                           (struct ledger_progress){0}, &report));
    check_str(ledger_fault_words(report.fault), "the ledger is whole");
    return report;
}

/* What the proof of an execution says is left, row by row. */
static int64_t left_of(struct trust *trust, int64_t run)
{
    struct action_outcome proof = DONE(trust->dpo, "retention.proof", given_id(trust, "run", run));
    int64_t left = 0, number = 0;
    for (size_t i = 0; i < proof.answer.lists[0].row_count; i++) {
        assert_true(str_to_int(cell(&proof, 0, i, 3), &number));
        left += number;
    }
    return left;
}

static int64_t search(struct trust *trust, const char *words)
{
    struct action_outcome found =
        DONE(trust->dpo, "retention.search", given_id(trust, "run", last_run(trust)),
             given_text(trust, "words", words));
    int64_t places = 0, number = 0;
    for (size_t i = 0; i < found.answer.lists[0].row_count; i++) {
        assert_true(str_to_int(cell(&found, 0, i, 2), &number));
        places += number;
    }
    return places;
}

/* ---- What is due ----------------------------------------------------------------------------- */

static struct civil_date day_of(const char *text)
{
    struct civil_date day;
    assert_true(civil_date_parse(str_from(text), &day));
    return day;
}

static void a_period_is_of_the_calendar(void **state)
{
    (void)state;
    static const struct {
        const char *since, *due_on;
        int32_t months, days;
    } cases[] = {
        {"2020-02-29", "2026-02-28", 72, 0}, {"2020-02-29", "2024-02-29", 48, 0},
        {"2026-08-31", "2027-02-28", 6, 0},  {"2026-01-31", "2026-02-28", 1, 0},
        {"2026-12-31", "2027-01-10", 0, 10}, {"2026-12-31", "2026-12-31", 0, 0},
    };
    for (size_t i = 0; i < ACTION_COUNT_OF(cases); i++) {
        struct retention_period period = {true, cases[i].months, cases[i].days, {0}};
        struct civil_date due = retention_due_on(period, day_of(cases[i].since));
        assert_int_equal(due.days, day_of(cases[i].due_on).days);
    }
}

static void it_is_due_on_the_day_and_not_before(void **state)
{
    struct trust *trust = trust_new(*state);
    add_leaver(trust, trust->short_school, "Lena Leaver", "2020-05-31");
    struct action_outcome before = dry_run(trust, "2022-05-30");
    assert_int_equal(said(&before, "count"), 0);
    struct action_outcome on = dry_run(trust, "2022-05-31");
    assert_int_equal(said(&on, "count"), 1);
    check_str(cell(&on, 0, 0, 0), "people who have left");
    check_str(cell(&on, 0, 0, 1), "Short");
    check_str(cell(&on, 0, 0, 4), "2 years from leaving");
    check_str(cell(&on, 0, 0, 5), "S-1");
    struct action_outcome items =
        DONE(trust->dpo, "retention.due", "as-of=2022-05-31", "kept=leavers");
    check_str(cell(&items, 0, 0, 1), "Lena Leaver");
    check_str(cell(&items, 0, 0, 3), "31 May 2020");
    check_str(cell(&items, 0, 0, 5), "31 May 2022");
}

static void the_longest_of_several_schools_stands_and_silence_keeps(void **state)
{
    struct trust *trust = trust_new(*state);
    int64_t both = add_leaver(trust, trust->short_school, "Bo Both", "2010-01-01");
    int64_t quiet = add_leaver(trust, trust->short_school, "Quinn Quiet", "2010-01-01");
    add_leaver(trust, trust->silent_school, "Sid Silent", "2010-01-01");
    DONE(0, "person.engage", given_id(trust, "person", both),
         given_id(trust, "school", trust->long_school), "kind=teacher");
    DONE(0, "person.engage", given_id(trust, "person", quiet),
         given_id(trust, "school", trust->silent_school), "kind=teacher");
    struct action_outcome outcome = dry_run(trust, "2015-12-31");
    assert_int_equal(said(&outcome, "count"), 0);
    outcome = dry_run(trust, "2016-01-01");
    assert_int_equal(said(&outcome, "count"), 1);
    check_str(cell(&outcome, 0, 0, 1), "Several schools");
    const int64_t schools[] = {trust->short_school, trust->long_school, trust->silent_school};
    for (size_t i = 0; i < ACTION_COUNT_OF(schools); i++) {
        struct action_outcome there = DONE(trust->dpo, "retention.due", "as-of=2016-01-01",
                                           given_id(trust, "school", schools[i]));
        assert_int_equal(said(&there, "count"), i < 2);
    }
    check_str(cell(&outcome, 0, 0, 5), "L-1");
}

static void who_is_at_no_school_is_kept_as_long_as_any_policy_says(void **state)
{
    struct trust *trust = trust_new(*state);
    int64_t person = add_leaver(trust, trust->short_school, "Nora Nowhere", "2010-01-01");
    {
        DEFER(store_end) struct store_transaction *transaction = NULL;
        check_ok(store_begin(trust->test->store, trust->test->arena, STORE_WRITE, &transaction));
        check_ok(
            person_erase_engagements(transaction, (struct person_erase_engagements_in){{person}}));
        check_ok(store_commit(transaction));
    }
    struct action_outcome outcome = dry_run(trust, "2026-01-01");
    assert_int_equal(said(&outcome, "count"), 0);
}

static void the_page_of_the_schedule_says_where_policies_are_silent(void **state)
{
    struct trust *trust = trust_new(*state);
    struct action_outcome page = DONE(trust->dpo, "retention.see", "none=");
    const struct action_list *shown = &page.answer.lists[0];
    size_t by_hand = 0;
    for (size_t i = 0; i < shown->row_count; i++) {
        by_hand += str_starts(cell(&page, 0, i, 5), STR("by hand"));
    }
    assert_int_equal(shown->row_count, 5); /* leavers three times, history, communications */
    assert_int_equal(by_hand, 1);
    assert_int_equal(page.answer.lists[1].row_count, retention_class_count);
    check_str(cell(&page, 1, 0, 1), "Long; Silent");
    check_str(cell(&page, 1, retention_class_count - 1, 1), "Silent");
}

static void a_policy_is_read_with_what_stands_above_it(void **state)
{
    struct store_case *test = *state;
    struct diag_list diags = diag_list_new(test->arena);
    struct str file = small_policy_file(test->arena, "tests/policy/good/operations.md");
    struct policy_document *document = policy_read(test->arena, STR("a.md"), file, &diags);
    struct policy_bundle bundle = {.chain = {document}, .chain_count = 1};
    struct retention_rules rules = retention_rules_new(test->arena);
    retention_rules_add(test->arena, &bundle, STR("a"), &rules);
    assert_int_equal(rules.count, 3);
    check_str(rules.at[0].kept, "leavers");
    check_str(rules.at[1].kept, "lists");
    check_str(rules.at[1].event, "leaving");
    check_str(rules.at[1].period.words, "6 years");
    assert_int_equal(rules.at[1].period.months, 72);
    check_str(rules.at[2].kept, "papers");
    assert_false(rules.at[2].period.is_stated);
}

static void a_dry_run_comes_by_the_page(void **state)
{
    struct trust *trust = trust_new(*state);
    for (size_t i = 0; i < ACTION_PAGE_ROWS + 5; i++) {
        add_leaver(trust, trust->short_school, "Lena Leaver", "2020-01-01");
    }
    struct action_outcome page = DONE(trust->dpo, "retention.due", "kept=leavers");
    assert_int_equal(page.answer.lists[0].row_count, ACTION_PAGE_ROWS);
    const char *after = given_text(trust, "after", str_cstr(trust->test->arena, page.answer.next));
    page = DONE(trust->dpo, "retention.due", "kept=leavers", after);
    assert_int_equal(page.answer.lists[0].row_count, 5);
    assert_true(str_is_empty(page.answer.next));
    assert_int_equal(ACT(trust->dpo, "retention.due", "kept=leavers", "after=nonsense").status,
                     ACTION_INVALID);
    assert_int_equal(ACT(trust->dpo, "retention.due", "kept=communications").status,
                     ACTION_INVALID);
}

/* ---- Carried out ----------------------------------------------------------------------------- */

static void what_is_due_is_erased_and_what_is_held_is_not(void **state)
{
    struct trust *trust = trust_new(*state);
    /* By the day of leaving who is held comes first. */
    int64_t gone = add_leaver(trust, trust->short_school, "Lena Zsuppan", "2010-01-02");
    int64_t held = add_leaver(trust, trust->short_school, "Hans Zeldin", "2010-01-01");
    int64_t last = add_leaver(trust, trust->short_school, "Lara Zsuppan", "2010-01-03");
    int64_t here = add_person(trust, trust->short_school, "Hedda Here");
    DONE(0, "relationship.declare", given_id(trust, "person", gone), "kind=parent-of-pupil",
         "whom=my daughter Zsofi");
    DONE(trust->dpo, "hold.place", given_id(trust, "person", held), "why=a claim");
    struct action_outcome outcome = dry_run(trust, "2026-01-01");
    assert_int_equal(said(&outcome, "count"), 2);
    assert_int_equal(said(&outcome, "held"), 1);
    check_str(cell(&outcome, 1, 0, 3), "a claim");
    begin(trust);
    assert_true(search(trust, "zsuppan") > 0);
    assert_false(keep(trust, STEPS_ENOUGH));
    assert_true(is_erased(trust, gone));
    assert_true(is_erased(trust, last));
    assert_false(is_erased(trust, held));
    assert_false(is_erased(trust, here));
    struct retention_run_of_row run = run_row(trust, last_run(trust));
    check_str(run.outcome, "done");
    assert_int_equal(run.erased, 2);
    assert_int_equal(run.held, 1);
    assert_int_equal(left_of(trust, last_run(trust)), 0);
    assert_int_equal(search(trust, "Zsuppan\nzsofi"), 0);
    assert_true(search(trust, "Zeldin") > 0);
    assert_true(verify(trust).erased > 0);
}

static void a_hold_that_is_lifted_holds_no_longer(void **state)
{
    struct trust *trust = trust_new(*state);
    int64_t held = add_leaver(trust, trust->short_school, "Hans Zeldin", "2010-01-01");
    DONE(trust->dpo, "hold.place", given_id(trust, "person", held), "why=a claim of Hans Zeldin");
    struct action_outcome page = DONE(0, "person.see", given_id(trust, "person", held));
    struct str hold = {0};
    for (size_t i = 0; i < page.answer.link_count; i++) {
        if (str_equal(page.answer.links[i].action->name, STR("hold.lift"))) {
            hold = page.answer.links[i].given[1].value;
        }
    }
    assert_int_equal(due_now(trust), 0);
    DONE(trust->dpo, "hold.lift", given_id(trust, "person", held),
         given_text(trust, "hold", str_cstr(trust->test->arena, hold)));
    assert_int_equal(ACT(trust->dpo, "hold.lift", given_id(trust, "person", held),
                         given_text(trust, "hold", str_cstr(trust->test->arena, hold)))
                         .status,
                     ACTION_CONFLICT);
    begin(trust);
    assert_false(keep(trust, STEPS_ENOUGH));
    assert_true(is_erased(trust, held));
    assert_int_equal(search(trust, "Zeldin"), 0);
    verify(trust);
}

static void a_hold_of_the_last_moment_is_respected(void **state)
{
    struct trust *trust = trust_new(*state);
    int64_t person = add_leaver(trust, trust->short_school, "Lena Leaver", "2010-01-01");
    begin(trust);
    DONE(trust->dpo, "hold.place", given_id(trust, "person", person), "why=a claim");
    assert_false(keep(trust, STEPS_ENOUGH));
    assert_false(is_erased(trust, person));
    struct action_outcome proof =
        DONE(trust->dpo, "retention.proof", given_id(trust, "run", last_run(trust)));
    check_str(cell(&proof, 2, 0, 2), "a claim");
}

static void it_goes_on_where_it_was_interrupted(void **state)
{
    struct trust *trust = trust_new(*state);
    size_t count = 2 * RETENTION_STEP_ITEMS + 7;
    for (size_t i = 0; i < count; i++) {
        add_leaver(trust, trust->short_school, "Lena Leaver", "2010-01-01");
    }
    begin(trust);
    assert_int_equal(
        ACT(trust->dpo, "retention.run", given_number(trust, "count", (int64_t)count), "sure=yes")
            .status,
        ACTION_INVALID);
    assert_true(keep(trust, 1));
    assert_int_equal(due_now(trust), (int64_t)count - RETENTION_STEP_ITEMS);
    verify(trust);
    /* Another program, or the same after a crash. */
    assert_true(keep(trust, 1));
    assert_false(keep(trust, STEPS_ENOUGH));
    struct retention_run_of_row run = run_row(trust, last_run(trust));
    assert_int_equal(run.erased, (int64_t)count);
    assert_int_equal(due_now(trust), 0);
    assert_int_equal(left_of(trust, last_run(trust)), 0);
    struct action_outcome proof =
        DONE(trust->dpo, "retention.proof", given_id(trust, "run", last_run(trust)));
    assert_int_equal(proof.answer.lists[1].row_count, 3);
    struct action_outcome shown =
        DONE(trust->dpo, "ledger.see",
             given_text(trust, "act", str_cstr(trust->test->arena, cell(&proof, 1, 0, 0))));
    check_str(cell(&shown, 0, 4, 1), "short S-1: 100");
    assert_int_equal(keep(trust, STEPS_ENOUGH), false);
    verify(trust);
}

static void it_can_be_stopped(void **state)
{
    struct trust *trust = trust_new(*state);
    int64_t person = add_leaver(trust, trust->short_school, "Lena Leaver", "2010-01-01");
    assert_int_equal(ACT(trust->dpo, "retention.stop", "none=").status, ACTION_INVALID);
    begin(trust);
    DONE(trust->dpo, "retention.stop", "none=");
    assert_false(keep(trust, STEPS_ENOUGH));
    assert_false(is_erased(trust, person));
    check_str(run_row(trust, last_run(trust)).outcome, "stopped");
    assert_int_equal(ACT(0, "retention.step", "none=").status, ACTION_INVALID);
    assert_int_equal(ACT(trust->dpo, "retention.step", "none=").status, ACTION_FORBIDDEN);
}

static void another_policy_ends_it(void **state)
{
    struct trust *trust = trust_new(*state);
    int64_t person = add_leaver(trust, trust->short_school, "Lena Leaver", "2010-01-01");
    begin(trust);
    struct retention_rule changed[ACTION_COUNT_OF(usual)];
    for (size_t i = 0; i < ACTION_COUNT_OF(usual); i++) {
        changed[i] = usual[i];
    }
    changed[0].period.months = 600;
    trust->place.retention.at = changed;
    assert_false(keep(trust, STEPS_ENOUGH));
    assert_false(is_erased(trust, person));
    check_str(run_row(trust, last_run(trust)).outcome, "changed");
}

static void who_begins_has_looked_at_what_is_due(void **state)
{
    struct trust *trust = trust_new(*state);
    assert_int_equal(ACT(trust->dpo, "retention.run", "count=0", "sure=yes").status,
                     ACTION_INVALID);
    add_leaver(trust, trust->short_school, "Lena Leaver", "2010-01-01");
    assert_int_equal(ACT(trust->dpo, "retention.run", "count=2", "sure=yes").status,
                     ACTION_INVALID);
    assert_int_equal(ACT(trust->dpo, "retention.run", "count=1").status, ACTION_INVALID);
    assert_int_equal(ACT(trust->technician, "retention.run", "count=1", "sure=yes").status,
                     ACTION_FORBIDDEN);
    DONE(trust->dpo, "retention.run", "count=1", "sure=yes");
}

/* ---- By night -------------------------------------------------------------------------------- */

static bool by_night(struct trust *trust)
{
    bool is_open = false;
    check_ok(retention_keep(&trust->place, trust->test->arena, true, 0, &is_open));
    return is_open;
}

static void by_night_only_what_a_person_has_confirmed(void **state)
{
    struct trust *trust = trust_new(*state);
    int64_t person = add_leaver(trust, trust->short_school, "Lena Leaver", "2010-01-01");
    assert_false(by_night(trust));
    assert_int_equal(ACT(trust->dpo, "retention.nightly", "on=yes").status, ACTION_INVALID);
    assert_int_equal(ACT(trust->dpo, "retention.confirm", "count=7").status, ACTION_INVALID);
    DONE(trust->dpo, "retention.confirm", "count=1");
    assert_false(by_night(trust));
    DONE(trust->dpo, "retention.nightly", "on=yes");
    /* A school more is another schedule, which nobody has confirmed. */
    add_school(trust, "New", "short");
    assert_false(by_night(trust));
    DONE(trust->dpo, "retention.confirm", "count=1");
    assert_true(by_night(trust));
    assert_false(keep(trust, STEPS_ENOUGH));
    assert_true(is_erased(trust, person));
    /* Once a night. */
    add_leaver(trust, trust->short_school, "Lena Later", "2010-01-01");
    assert_false(by_night(trust));
    DONE(trust->dpo, "retention.nightly", "none=");
    assert_int_equal(due_now(trust), 1);
}

static void by_night_nothing_is_begun_when_nothing_is_due(void **state)
{
    struct trust *trust = trust_new(*state);
    DONE(trust->dpo, "retention.confirm", "count=0");
    DONE(trust->dpo, "retention.nightly", "on=yes");
    int64_t entries = verify(trust).entries;
    assert_false(by_night(trust));
    assert_int_equal(verify(trust).entries, entries);
}

/* Tries of a tenth of a second while the keeper works. */
#define KEEPER_TRIES 300

static void the_keeper_goes_on_with_what_somebody_has_begun(void **state)
{
    struct trust *trust = trust_new(*state);
    int64_t person = add_leaver(trust, trust->short_school, "Lena Leaver", "2010-01-01");
    begin(trust);
    struct str key =
        str_format(trust->test->arena, STR_FMT "/ledger.key", STR_ARG(trust->test->folder));
    struct keeper *keeper =
        keeper_open(trust->test->arena, &trust->place, key, (struct keeper_tell){0});
    for (int i = 0; i < KEEPER_TRIES && !is_erased(trust, person); i++) {
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    }
    keeper_close(keeper);
    assert_true(is_erased(trust, person));
    check_str(run_row(trust, last_run(trust)).outcome, "done");
    check_ok(keeper_health(keeper, trust->test->arena));
}

/* ---- Each class ------------------------------------------------------------------------------ */

static struct instant days_ago(int64_t days)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (struct instant){(int64_t)now.tv_sec * 1000 - days * INSTANT_DAY_MILLISECONDS};
}

static void a_page_of_each_class_pages_on(void **state)
{
    struct trust *trust = trust_new(*state);
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(trust->test->store, trust->test->arena, STORE_READ, &transaction));
    for (size_t i = 0; i < retention_class_count; i++) {
        const struct retention_class *class = &retention_classes[i];
        struct retention_page page = {{60000}, RETENTION_SPOT_FIRST};
        struct retention_items first, next;
        check_ok(class->due(transaction, &page, &first));
        page.after = first.count > 0 ? first.at[first.count - 1].spot : page.after;
        check_ok(class->due(transaction, &page, &next));
        assert_true(next.count == 0);
        assert_ptr_equal(retention_class_named(class->kept), class);
    }
    assert_null(retention_class_named(STR("communications")));
}

static void acts_of_long_ago_lose_what_they_say_of_people(void **state)
{
    struct trust *trust = trust_new(*state);
    int64_t person = add_person(trust, trust->short_school, "Old Hand");
    trust->now = days_ago(5 * 366);
    DONE(0, "relationship.declare", given_id(trust, "person", person), "kind=parent-of-pupil",
         "whom=my daughter Zsofi");
    int64_t position = DONE(0, "relationship.declare", given_id(trust, "person", person),
                            "kind=parent-of-pupil", "whom=my son Zoltan")
                           .position;
    trust->now = (struct instant){0};
    DONE(0, "relationship.declare", given_id(trust, "person", person), "kind=parent-of-pupil",
         "whom=my niece Zelda");
    assert_int_equal(due_now(trust), 2);
    begin(trust);
    assert_false(keep(trust, STEPS_ENOUGH));
    assert_int_equal(due_now(trust), 0);
    assert_int_equal(left_of(trust, last_run(trust)), 0);
    struct action_outcome shown =
        DONE(trust->dpo, "ledger.see", given_number(trust, "act", position));
    assert_int_equal(shown.answer.lists[0].row_count, 0);
    /* What was declared still stands in the records: only the history forgets. */
    assert_int_equal(search(trust, "Zsofi"), 1);
    assert_int_equal(search(trust, "Zelda"), 2);
    assert_int_equal(verify(trust).erased, 2);
}

static void acts_in_one_step_are_named_by_one_erasure(void **state)
{
    struct trust *trust = trust_new(*state);
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(trust->test->store, trust->test->arena, STORE_WRITE, &transaction));
    const int64_t own[] = {0}; /* the first act names the ledger: it is about nobody */
    struct result refused =
        ledger_erase_acts(transaction, own, 1, (struct person_id){0}, STR("\"x\""));
    assert_int_equal(refused.code, RESULT_CODE_CONFLICT);
}

/* One of each, of a person, that ended 40 days ago. */
static void add_things(struct trust *trust, int64_t person)
{
    struct instant ended = days_ago(40);
    size_t changed = 0;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(trust->test->store, trust->test->arena, STORE_WRITE, &transaction));
    struct row_id id = {store_id(transaction)}, run = {store_id(transaction)};
    check_ok(relationship_add(transaction,
                              (struct relationship_add_in){.id = id,
                                                           .person = {person},
                                                           .kind = STR("parent"),
                                                           .of_whom = STR("my daughter Zsofi"),
                                                           .declared_at = ended},
                              &changed));
    check_ok(
        relationship_end(transaction, (struct relationship_end_in){id, {person}, ended}, &changed));
    check_ok(adjustment_add(transaction,
                            (struct adjustment_add_in){.id = id,
                                                       .person = {person},
                                                       .words = STR("Zsofi is fetched at three"),
                                                       .agreed_by = {trust->dpo},
                                                       .agreed_on = instant_date(ended),
                                                       .review_on = STORE_NO_DATE},
                            &changed));
    check_ok(adjustment_end(
        transaction, (struct adjustment_end_in){id, {person}, instant_date(ended)}, &changed));
    check_ok(api_token_add(transaction, (struct api_token_add_in){
                                            .id = id,
                                            .digest = store_id_format(trust->test->arena, id.value),
                                            .person = {person},
                                            .name = STR("Zsofi's laptop"),
                                            .scopes = STR("*"),
                                            .made_at = days_ago(400),
                                            .ends_at = ended}));
    check_ok(import_run_add(transaction, (struct import_run_add_in){.id = run,
                                                                    .made_at = ended,
                                                                    .source = STR("people.csv"),
                                                                    .digest = STR("digest")}));
    check_ok(import_run_done(transaction, (struct import_run_done_in){run, ended}, &changed));
    check_ok(import_line_add(transaction,
                             (struct import_line_add_in){.run = run,
                                                         .number = 1,
                                                         .change = STR("changed"),
                                                         .person = {person},
                                                         .earlier = STR("{\"name\":\"Zsofi A\"}"),
                                                         .later = STR("{\"name\":\"Zsofi B\"}")}));
    check_ok(store_commit(transaction));
}

static void what_is_over_is_erased_class_by_class(void **state)
{
    struct trust *trust = trust_new(*state);
    add_things(trust, add_person(trust, trust->short_school, "Paula Person"));
    add_things(trust, add_person(trust, trust->silent_school, "Sid Silent"));
    assert_int_equal(due_now(trust), 4);
    begin(trust);
    assert_true(search(trust, "Zsofi") == 10);
    assert_false(keep(trust, STEPS_ENOUGH));
    struct retention_run_of_row run = run_row(trust, last_run(trust));
    assert_int_equal(run.erased, 4);
    assert_int_equal(left_of(trust, last_run(trust)), 0);
    /* Those of the school whose policy is silent. */
    assert_int_equal(search(trust, "Zsofi"), 5);
    assert_true(search(trust, "Paula Person") > 0);
    verify(trust);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_period_is_of_the_calendar),
        STORE_CASE(it_is_due_on_the_day_and_not_before),
        STORE_CASE(the_longest_of_several_schools_stands_and_silence_keeps),
        STORE_CASE(who_is_at_no_school_is_kept_as_long_as_any_policy_says),
        STORE_CASE(the_page_of_the_schedule_says_where_policies_are_silent),
        STORE_CASE(a_policy_is_read_with_what_stands_above_it),
        STORE_CASE(a_dry_run_comes_by_the_page),
        STORE_CASE(what_is_due_is_erased_and_what_is_held_is_not),
        STORE_CASE(a_hold_that_is_lifted_holds_no_longer),
        STORE_CASE(a_hold_of_the_last_moment_is_respected),
        STORE_CASE(it_goes_on_where_it_was_interrupted),
        STORE_CASE(it_can_be_stopped),
        STORE_CASE(another_policy_ends_it),
        STORE_CASE(who_begins_has_looked_at_what_is_due),
        STORE_CASE(by_night_only_what_a_person_has_confirmed),
        STORE_CASE(by_night_nothing_is_begun_when_nothing_is_due),
        STORE_CASE(the_keeper_goes_on_with_what_somebody_has_begun),
        STORE_CASE(a_page_of_each_class_pages_on),
        STORE_CASE(acts_of_long_ago_lose_what_they_say_of_people),
        STORE_CASE(acts_in_one_step_are_named_by_one_erasure),
        STORE_CASE(what_is_over_is_erased_class_by_class),
    };
    return cmocka_run_group_tests(tests, cheap_gate_open, cheap_gate_close);
}
