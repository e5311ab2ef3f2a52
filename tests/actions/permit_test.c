/*
 * tests/actions/permit_test.c - who may do what: every action, by every role of the vocabulary, at
 * the own school, at another, for the trust and about oneself, through action_run() on a real
 * store.
 *
 * Read first: src/actions/permissions.tsv, which is read here by another hand than
 * tools/permissions.py. What must hold: an action that is added is tried without a change here,
 * unless a field names a row that must be there (row_of()).
 */
#include "support/check.h"

#include "actions/actions.h"
#include "identity/password.h"
#include "ledger/ledger.h"
#include "records/organisation.h"
#include "records/people.h"
#include "records/retention.h"
#include "store/statement.h"
#include "support/cheap_gate.h"
#include "support/small_policy.h"
#include "support/store_case.h"

#define ROLES_MAX 100

/* ---- The table, read from the text ----------------------------------------------------------- */

/* Is this word among those of a line, which stand between spaces? */
static bool has_word(struct str words, struct str wanted)
{
    struct str rest = words, word;
    bool has_more = true;
    while (has_more) {
        has_more = str_cut(rest, ' ', &word, &rest);
        if (str_equal(word, wanted)) {
            return true;
        }
    }
    return false;
}

/* The roles of one line of the table: "person.see", "school". There may be none. */
static struct str roles_of(struct str table, struct str action, const char *scope)
{
    struct str rest = table, line, name, kind, roles;
    bool has_more = true;
    while (has_more) {
        has_more = str_cut(rest, '\n', &line, &rest);
        if (!str_starts(line, STR("#")) && str_cut(line, '\t', &name, &line) &&
            str_cut(line, '\t', &kind, &roles) && str_equal(name, action) &&
            str_equal(kind, str_from(scope))) {
            return roles;
        }
    }
    return (struct str){0};
}

enum where { OWN_SCHOOL, OTHER_SCHOOL, WHOLE_TRUST, ONESELF, WHERE_COUNT };

static const char *const where_words[WHERE_COUNT] = {"own school", "other school", "trust",
                                                     "oneself"};

/*
 * What the table says. Oneself: who holds the role elsewhere and works at no school does it about
 * themselves, or at the school that is not theirs. An act of the history is their own when they did
 * it.
 */
static bool is_said(struct str table, const struct action *action, struct str role,
                    enum where where)
{
    struct str self = roles_of(table, action->name, "self");
    struct str school = roles_of(table, action->name, "school");
    struct str trust = roles_of(table, action->name, "trust");
    bool names_school = false, names_act = false;
    for (size_t i = 0; i < action->field_count; i++) {
        names_school |= str_equal(action->fields[i].name, STR("school"));
        names_act |= str_equal(action->fields[i].name, STR("act"));
    }
    bool is_about_self = action->about == ACTION_ABOUT_SELF ||
                         (where == ONESELF && (action->about == ACTION_ABOUT_PERSON || names_act));
    if (is_about_self && has_word(self, STR("anyone")) &&
        !(action->about == ACTION_ABOUT_PERSON && names_school)) {
        return true;
    }
    /* A list of what several schools did is for whoever may see some of it. */
    bool is_list = str_equal(action->name, STR("import.list")) && has_word(school, role);
    return is_list || has_word(trust, STR("anyone")) ||
           (has_word(school, role) && (where == OWN_SCHOOL || where == WHOLE_TRUST)) ||
           (has_word(trust, role) && where == WHOLE_TRUST);
}

/* ---- A place where they all are -------------------------------------------------------------- */

struct place {
    struct store_case *test;
    struct str table;
    struct action_choice roles[ROLES_MAX];
    size_t role_count;
    struct school_id school, elsewhere;
    struct person_id target, manager, nobody;
    struct person_id holders[ROLES_MAX][WHERE_COUNT];
    int64_t role_row; /* the target's, at the school */
    int64_t trust_role_row;
    int64_t import_row;    /* of people of the school */
    int64_t retention_row; /* an execution */
    int made;              /* for texts of which there may be only one */
};

static const struct action_choice declared_words[] = {
    {STR_INIT("parent-of-pupil"), STR_INIT("a parent of a pupil"), STR_INIT("other pupil")}};
static const struct action_choice kinds[] = {{STR_INIT("teacher"), STR_INIT("a teacher")}};
static const struct action_choice times[] = {{STR_INIT("lesson"), STR_INIT("a lesson")}};

/* "role NAME "words"" of the vocabulary, and nobody's role. */
static void read_roles(struct place *place)
{
    struct str rest = small_policy_file(place->test->arena, "policies/vocabulary/vocabulary.md"),
               line, name;
    bool has_more = true;
    while (has_more) {
        has_more = str_cut(rest, '\n', &line, &rest);
        if (str_starts(line, STR("role "))) {
            str_cut(str_slice(line, sizeof "role " - 1, line.len), ' ', &name, NULL);
            assert_true(place->role_count < ROLES_MAX);
            place->roles[place->role_count++] = (struct action_choice){name, name};
        }
    }
    assert_true(place->role_count > 30);
}

static struct person_id add_person(struct store_transaction *transaction, struct str name,
                                   struct school_id school)
{
    struct person_id person = {store_id(transaction)};
    struct str email =
        str_format(store_arena(transaction), "p%lld@ashdownvale.example", (long long)person.value);
    size_t changed = 0;
    check_ok(person_add(transaction,
                        (struct person_add_in){.id = person,
                                               .name = name,
                                               .sort_name = name,
                                               .email = email,
                                               .joined_on = STORE_NO_DATE},
                        &changed));
    if (school.value) {
        check_ok(
            engagement_put(transaction, (struct engagement_put_in){.id = {store_id(transaction)},
                                                                   .person = person,
                                                                   .school = school,
                                                                   .kind = STR("teacher"),
                                                                   .starts_on = STORE_NO_DATE,
                                                                   .ends_on = STORE_NO_DATE}));
    }
    return person;
}

static int64_t give(struct store_transaction *transaction, struct person_id person, struct str role,
                    struct school_id school, int first_day, int last_day)
{
    struct civil_date today = instant_date(store_now(transaction));
    struct row_id id = {store_id(transaction)};
    size_t changed = 0;
    check_ok(
        role_add(transaction,
                 (struct role_add_in){.id = id,
                                      .person = person,
                                      .role = role,
                                      .school = school,
                                      .starts_on = civil_date_add_days(today, first_day),
                                      .ends_on = last_day ? civil_date_add_days(today, last_day)
                                                          : STORE_NO_DATE},
                 &changed));
    return id.value;
}

static struct school_id add_school(struct store_transaction *transaction, const char *name)
{
    struct school_id school = {store_id(transaction)};
    size_t changed = 0;
    check_ok(school_add(transaction,
                        (struct school_add_in){.id = school,
                                               .code = str_from(name),
                                               .name = str_from(name),
                                               .nation = STR("england"),
                                               .adopted_on = STORE_NO_DATE},
                        &changed));
    return school;
}

static void add_holders(struct store_transaction *transaction, struct place *place)
{
    struct school_id trust = {0};
    const struct school_id schools[WHERE_COUNT] = {[OWN_SCHOOL] = place->school,
                                                   [OTHER_SCHOOL] = place->elsewhere,
                                                   [ONESELF] = place->elsewhere};
    for (size_t i = 0; i < place->role_count; i++) {
        for (int where = 0; where < WHERE_COUNT; where++) {
            struct person_id holder = add_person(transaction, place->roles[i].value, trust);
            give(transaction, holder, place->roles[i].value, schools[where], 0, 0);
            place->holders[i][where] = holder;
        }
    }
    place->nobody = add_person(transaction, STR("Nobody"), trust);
}

/* One that has come to its end: there is something to show, and to search for. */
static void add_execution(struct store_transaction *transaction, struct place *place)
{
    struct row_id run = {store_id(transaction)};
    size_t changed = 0;
    check_ok(retention_run_add(transaction,
                               (struct retention_run_add_in){.id = run,
                                                             .begun_at = store_now(transaction),
                                                             .as_of = {20000},
                                                             .schedule = STR("x"),
                                                             .class = STR("leavers")},
                               &changed));
    check_ok(retention_run_end(
        transaction, (struct retention_run_end_in){run, store_now(transaction), STR("done")},
        &changed));
    place->retention_row = run.value;
}

static struct place *place_new(struct store_case *test)
{
    struct place *place = ARENA_NEW(test->arena, struct place);
    place->test = test;
    place->table = small_policy_file(test->arena, "src/actions/permissions.tsv");
    read_roles(place);
    check_ok(note_start());
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_WRITE, &transaction));
    check_ok(ledger_start(transaction, STR("handrail.ashdownvale.example")));
    check_ok(trust_add(transaction, (struct trust_add_in){STR("Ashdown Vale Learning Trust"),
                                                          store_now(transaction)}));
    place->school = add_school(transaction, "Ashdown Primary");
    place->elsewhere = add_school(transaction, "Vale Secondary");
    place->target = add_person(transaction, STR("Tam Target"), place->school);
    place->manager = add_person(transaction, STR("Max Manager"), place->school);
    size_t changed = 0;
    /* So that nobody who may erase the target does. */
    check_ok(hold_add(transaction,
                      (struct hold_add_in){.id = {store_id(transaction)},
                                           .person = place->target,
                                           .why = STR("a claim"),
                                           .placed_by = place->manager,
                                           .placed_at = store_now(transaction)},
                      &changed));
    struct school_id trust = {0};
    place->role_row = give(transaction, place->target, STR("pupil-voice"), place->school, 0, 0);
    place->trust_role_row = give(transaction, place->manager, STR("pupil-voice"), trust, 0, 0);
    add_holders(transaction, place);
    add_execution(transaction, place);
    check_ok(store_commit(transaction));
    return place;
}

/* ---- An action with values that will do ------------------------------------------------------ */

/* The row that a field of an action names; 1 is none of anything. */
static int64_t row_of(const struct place *place, const struct action *action)
{
    return str_equal(action->name, STR("role.end"))      ? place->role_row
           : str_starts(action->name, STR("import."))    ? place->import_row
           : str_starts(action->name, STR("retention.")) ? place->retention_row
                                                         : 1;
}

/* The number of an act that this person has done. */
static struct str act_by(struct place *place, struct person_id person)
{
    struct arena *arena = place->test->arena;
    struct ledger_act act = {.kind = 20, .actor = person, .content = STR("{}")};
    int64_t position = 0;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(place->test->store, arena, STORE_WRITE, &transaction));
    check_ok(ledger_append(transaction, &act, &position));
    check_ok(store_commit(transaction));
    return str_format(arena, "%lld", (long long)position);
}

static struct str value_for(struct place *place, const struct action *action,
                            const struct action_field *field, struct person_id about)
{
    struct arena *arena = place->test->arena;
    int number = ++place->made;
    switch (field->kind) {
    case ACTION_TEXT:
    case ACTION_LONG_TEXT:
        return str_equal(field->name, STR("scopes")) ? STR("*") : str_format(arena, "t%d", number);
    case ACTION_EMAIL:
        return str_format(arena, "n%d@ashdownvale.example", number);
    case ACTION_PASSWORD:
        return STR("quiet lamp under nine hedges");
    case ACTION_DATE:
        return STR("2026-09-01");
    case ACTION_TIME:
        return str_equal(field->name, STR("to")) ? STR("10:00") : STR("09:00");
    case ACTION_NUMBER:
        return str_equal(field->name, STR("act")) ? act_by(place, about) : STR("1");
    case ACTION_REVISION:
        return STR("1");
    case ACTION_YES:
        return STR("yes");
    case ACTION_CHOICE:
        return field->words == ACTION_WORDS_ROLES           ? place->roles[0].value
               : field->words == ACTION_WORDS_KINDS         ? kinds[0].value
               : field->words == ACTION_WORDS_TIMES         ? times[0].value
               : field->words == ACTION_WORDS_RELATIONSHIPS ? declared_words[0].value
                                                            : field->choices[0].value;
    case ACTION_PERSON:
        return store_id_format(arena, str_equal(field->name, STR("person")) ? about.value
                                                                            : place->manager.value);
    case ACTION_SCHOOL:
        return store_id_format(arena, place->school.value);
    case ACTION_ROW:
        return store_id_format(arena, row_of(place, action));
    case ACTION_FILE:
        return STR("Staff Code,Forename,Surname,School,Staff Type\n"
                   "T1,Ana,Example,Ashdown Primary,Teacher\n");
    case ACTION_FIELD_KIND_COUNT:
        break;
    }
    fail_msg("a field has no kind");
    return (struct str){0};
}

static struct action_request request_of(struct place *place, const struct action *action,
                                        struct person_id actor, struct person_id about)
{
    struct arena *arena = place->test->arena;
    struct action_given *given = ARENA_ARRAY(arena, struct action_given, ACTION_FIELDS_MAX);
    struct action_request request = {
        .action = action, .actor = actor, .proven_at = {INT64_MAX}, .given = given};
    for (size_t i = 0; i < action->field_count; i++) {
        const struct action_field *field = &action->fields[i];
        if (field->is_required || str_equal(field->name, STR("school"))) {
            given[request.given_count++] =
                (struct action_given){field->name, value_for(place, action, field, about)};
        }
    }
    return request;
}

static struct action_outcome outcome_of(struct place *place, const struct action_request *request)
{
    struct actions_place actions = {
        .store = place->test->store,
        .gate = cheap_gate,
        .words = {[ACTION_WORDS_ROLES] = {place->roles, place->role_count},
                  [ACTION_WORDS_KINDS] = {kinds, 1},
                  [ACTION_WORDS_RELATIONSHIPS] = {declared_words, 1},
                  [ACTION_WORDS_TIMES] = {times, 1}}};
    struct action_outcome outcome;
    check_ok(action_run(&actions, request, place->test->arena, &outcome));
    return outcome;
}

static enum action_status run(struct place *place, const struct action_request *request)
{
    return outcome_of(place, request).status;
}

/* An import of people of the school: there is something to see, to carry out and to undo. */
static void begin_import(struct place *place)
{
    struct person_id program = {0};
    struct action_request request =
        request_of(place, action_named(STR("import.preview")), program, place->target);
    struct action_outcome outcome = outcome_of(place, &request);
    for (size_t i = 0; i < outcome.answer.entry_count; i++) {
        if (str_equal(outcome.answer.entries[i].column.name, STR("run"))) {
            assert_true(store_id_parse(outcome.answer.entries[i].cell.value, &place->import_row));
        }
    }
    assert_true(place->import_row > 0);
}

/* Counts what does not agree, and says what it is. */
static int disagrees(struct place *place, const struct action *action, struct str role,
                     struct person_id actor, enum where where)
{
    struct person_id about = where == ONESELF ? actor : place->target;
    struct action_request request = request_of(place, action, actor, about);
    bool may = run(place, &request) != ACTION_FORBIDDEN;
    bool is_may = is_said(place->table, action, role, where);
    if (may != is_may) {
        print_error(STR_FMT " by " STR_FMT " (%s): the table says %s\n", STR_ARG(action->name),
                    STR_ARG(role), where_words[where], is_may ? "yes" : "no");
    }
    return may != is_may;
}

static void every_action_is_for_whom_the_table_says(void **state)
{
    struct place *place = place_new(*state);
    begin_import(place);
    int wrong = 0;
    for (size_t at = 0; at < action_count; at++) {
        const struct action *action = action_table[at];
        struct arena_mark mark = arena_mark(place->test->arena);
        for (size_t i = 0; i < place->role_count; i++) {
            for (int where = 0; where < WHERE_COUNT; where++) {
                wrong += disagrees(place, action, place->roles[i].value, place->holders[i][where],
                                   (enum where)where);
            }
        }
        wrong += disagrees(place, action, STR("nobody"), place->nobody, OTHER_SCHOOL);
        wrong += disagrees(place, action, STR("nobody"), place->nobody, ONESELF);
        arena_rewind(place->test->arena, mark);
    }
    assert_int_equal(wrong, 0);
}

static void every_line_of_the_table_names_an_action_and_roles_that_are_there(void **state)
{
    struct place *place = place_new(*state);
    struct str rest = place->table, line, name, kind, role;
    size_t seen = 0;
    bool has_more = true;
    while (has_more) {
        has_more = str_cut(rest, '\n', &line, &rest);
        if (str_is_empty(line) || str_starts(line, STR("#"))) {
            continue;
        }
        assert_true(str_cut(line, '\t', &name, &line) && str_cut(line, '\t', &kind, &line));
        assert_non_null(action_named(name));
        bool has_roles = true;
        while (has_roles) {
            has_roles = str_cut(line, ' ', &role, &line);
            bool is_there = str_equal(role, STR("anyone"));
            for (size_t i = 0; i < place->role_count && !is_there; i++) {
                is_there = str_equal(place->roles[i].value, role);
            }
            if (!is_there) {
                fail_msg("no role of the vocabulary: " STR_FMT, STR_ARG(role));
            }
            seen++;
        }
    }
    assert_int_equal(seen, action_permission_count);
}

/* ---- What the table cannot say --------------------------------------------------------------- */

static struct person_id head_from(struct place *place, int first_day, int last_day)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(place->test->store, place->test->arena, STORE_WRITE, &transaction));
    struct person_id person = add_person(transaction, STR("Hazel Head"), place->school);
    give(transaction, person, STR("headteacher"), place->school, first_day, last_day);
    check_ok(store_commit(transaction));
    return person;
}

static enum action_status see_target(struct place *place, struct person_id actor)
{
    struct action_request request =
        request_of(place, action_named(STR("person.see")), actor, place->target);
    return run(place, &request);
}

static void a_role_counts_from_its_first_day_to_its_last(void **state)
{
    struct place *place = place_new(*state);
    assert_int_equal(see_target(place, head_from(place, -9, 0)), ACTION_DONE);
    assert_int_equal(see_target(place, head_from(place, 0, 9)), ACTION_DONE);
    assert_int_equal(see_target(place, head_from(place, -9, -1)), ACTION_FORBIDDEN);
    assert_int_equal(see_target(place, head_from(place, 1, 9)), ACTION_FORBIDDEN);
}

static void a_head_ends_no_role_of_the_trust(void **state)
{
    struct place *place = place_new(*state);
    struct person_id head = head_from(place, 0, 0);
    struct action_request request =
        request_of(place, action_named(STR("role.end")), head, place->target);
    struct action_given given = {STR("role"),
                                 store_id_format(place->test->arena, place->trust_role_row)};
    request.given = &given;
    assert_int_equal(run(place, &request), ACTION_FORBIDDEN);
    given.value = store_id_format(place->test->arena, 12345);
    assert_int_equal(run(place, &request), ACTION_FORBIDDEN);
    given.value = store_id_format(place->test->arena, place->role_row);
    assert_int_equal(run(place, &request), ACTION_DONE);
}

/* Who sees the link of an invitation can choose the password. */
static void a_head_opens_and_shuts_no_account_that_reaches_further(void **state)
{
    struct place *place = place_new(*state);
    struct person_id head = head_from(place, 0, 0);
    static const struct str names[] = {STR_INIT("account.invite"), STR_INIT("account.disable")};
    for (size_t i = 0; i < 2; i++) {
        struct action_request request =
            request_of(place, action_named(names[i]), head, place->target);
        assert_int_equal(run(place, &request), ACTION_DONE);
        request = request_of(place, action_named(names[i]), head, place->manager);
        assert_int_equal(run(place, &request), ACTION_INVALID);
    }
}

static void a_head_moves_no_account_that_reaches_further(void **state)
{
    struct place *place = place_new(*state);
    struct person_id head = head_from(place, 0, 0);
    struct action_request request =
        request_of(place, action_named(STR("person.change")), head, place->manager);
    assert_int_equal(run(place, &request), ACTION_INVALID); /* its address would be gone */
    struct action_given given[ACTION_FIELDS_MAX];
    memcpy(given, request.given, request.given_count * sizeof given[0]);
    given[request.given_count++] = (struct action_given){
        STR("email"), str_format(place->test->arena, "p%lld@ashdownvale.example",
                                 (long long)place->manager.value)};
    request.given = given;
    assert_int_equal(run(place, &request), ACTION_DONE);
    request = request_of(place, action_named(STR("person.change")), head, place->target);
    assert_int_equal(run(place, &request), ACTION_DONE);
}

static void a_token_is_held_to_its_scopes_in_all_that_asks_again(void **state)
{
    struct place *place = place_new(*state);
    struct person_id head = head_from(place, 0, 0);
    struct action_request request =
        request_of(place, action_named(STR("role.end")), head, place->target);
    request.scopes = STR("role.give");
    assert_int_equal(run(place, &request), ACTION_FORBIDDEN);
    request.scopes = STR("role.end");
    assert_int_equal(run(place, &request), ACTION_DONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(every_action_is_for_whom_the_table_says),
        STORE_CASE_ON(every_line_of_the_table_names_an_action_and_roles_that_are_there, SQLITE),
        STORE_CASE(a_role_counts_from_its_first_day_to_its_last),
        STORE_CASE(a_head_ends_no_role_of_the_trust),
        STORE_CASE(a_head_opens_and_shuts_no_account_that_reaches_further),
        STORE_CASE(a_head_moves_no_account_that_reaches_further),
        STORE_CASE(a_token_is_held_to_its_scopes_in_all_that_asks_again),
    };
    return cmocka_run_group_tests(tests, cheap_gate_open, cheap_gate_close);
}
