/*
 * tests/actions/run_test.c - what action_run() promises, on both engines.
 *
 * Read first: src/actions/actions.h.
 */
#include "support/check.h"

#include "actions/actions.h"
#include "actions/actions_sql.h"
#include "identity/factor.h"
#include "identity/password.h"
#include "ledger/ledger.h"
#include "support/cheap_gate.h"
#include "support/store_case.h"

static const struct action_choice roles[] = {
    {STR_INIT("headteacher"), STR_INIT("the headteacher")},
    {STR_INIT("it-manager"), STR_INIT("the IT manager")},
    {STR_INIT("dpo"), STR_INIT("the data protection officer")},
};
static const struct action_choice declared_words[] = {
    {STR_INIT("parent-of-pupil"), STR_INIT("a parent of a pupil"), STR_INIT("other pupil")}};
static const struct action_choice kinds[] = {{STR_INIT("teacher"), STR_INIT("a teacher")}};
static const struct action_choice policies[] = {{STR_INIT("ashdown"), STR_INIT("Ashdown")}};

static const struct sealed_key seal = {{5}};

static struct actions_place place_of(struct store_case *test)
{
    return (struct actions_place){.store = test->store,
                                  .gate = cheap_gate,
                                  .key = &seal,
                                  .words = {[ACTION_WORDS_ROLES] = {roles, 3},
                                            [ACTION_WORDS_KINDS] = {kinds, 1},
                                            [ACTION_WORDS_RELATIONSHIPS] = {declared_words, 1},
                                            [ACTION_WORDS_POLICIES] = {policies, 1}}};
}

/* Runs an action with "name=value" words, of an actor who has just proven who it is. */
static struct action_outcome run_with(struct store_case *test, int64_t actor, const char *name,
                                      const char *key, const char *const *words)
{
    struct actions_place place = place_of(test);
    struct action_given given[ACTION_FIELDS_MAX];
    struct action_request request = {.action = action_named(str_from(name)),
                                     .actor = {actor},
                                     .proven_at = {INT64_MAX},
                                     .key = str_from(key),
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
    run_with(test, (actor), (name), NULL, (const char *const[]){__VA_ARGS__, NULL})

static const char *field_id(struct store_case *test, const char *name, int64_t id)
{
    struct str shown = store_id_format(test->arena, id);
    return str_cstr(test->arena, str_format(test->arena, "%s=" STR_FMT, name, STR_ARG(shown)));
}

struct set_up {
    int64_t technician, first_school, second_school, head, teacher, other_teacher;
};

static void check_done(struct action_outcome outcome)
{
    for (size_t i = 0; i < outcome.error_count; i++) {
        print_error(STR_FMT ": " STR_FMT "\n", STR_ARG(outcome.errors[i].field),
                    STR_ARG(outcome.errors[i].message));
    }
    assert_int_equal(outcome.status, ACTION_DONE);
}

static int64_t add_person(struct store_case *test, int64_t actor, int64_t school, const char *name,
                          const char *email)
{
    struct action_outcome added =
        RUN(actor, "person.add", field_id(test, "school", school), "kind=teacher",
            str_cstr(test->arena, str_format(test->arena, "name=%s", name)),
            str_cstr(test->arena, str_format(test->arena, "email=%s", email)));
    check_done(added);
    return added.person.value;
}

/* Two schools; a technician of the trust, a head of the first, a teacher at each. */
static struct set_up set_up(struct store_case *test)
{
    check_ok(note_start());
    struct set_up made = {0};
    struct action_outcome outcome = RUN(
        0, "trust.set-up", "trust=Ashdown Vale Learning Trust",
        "origin=handrail.ashdownvale.example", "school-name=Ashdown Primary", "school-code=A1",
        "nation=england", "policy=ashdown", "name=Terry Technician", "email=it@ashdownvale.example",
        "kind=teacher", "role=it-manager", "password=quiet lamp under nine hedges");
    check_done(outcome);
    made.technician = outcome.person.value;
    made.first_school = outcome.school.value;
    outcome = RUN(made.technician, "school.add", "name=Vale Secondary", "code=V1", "nation=wales");
    check_done(outcome);
    made.second_school = outcome.school.value;
    made.head = add_person(test, made.technician, made.first_school, "Hazel Head",
                           "head@ashdownvale.example");
    made.teacher = add_person(test, made.technician, made.first_school, "Tam Teacher",
                              "tam@ashdownvale.example");
    made.other_teacher = add_person(test, made.technician, made.second_school, "Olu Other",
                                    "olu@ashdownvale.example");
    check_done(RUN(made.technician, "role.give", field_id(test, "person", made.head),
                   "role=headteacher", field_id(test, "school", made.first_school)));
    return made;
}

static struct ledger_report verify(struct store_case *test)
{
    struct ledger_report report;
    check_ok(
        ledger_verify(test->store, test->arena, NULL, 0, (struct ledger_progress){0}, &report));
    check_str(ledger_fault_words(report.fault), "the ledger is whole");
    return report;
}

static void the_set_up_is_done_once(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    assert_int_equal(verify(test).entries, 7);
    const char *const words[] = {"trust=B",
                                 "origin=b.example",
                                 "school-name=B",
                                 "school-code=B",
                                 "nation=england",
                                 "name=B",
                                 "email=b@b.example",
                                 "kind=teacher",
                                 "role=it-manager",
                                 "password=quiet lamp under nine hedges",
                                 NULL};
    assert_int_equal(run_with(test, 0, "trust.set-up", NULL, words).status, ACTION_INVALID);
    assert_int_equal(run_with(test, made.technician, "trust.set-up", NULL, words).status,
                     ACTION_FORBIDDEN);
    assert_int_equal(verify(test).entries, 7);
}

static void a_head_acts_in_the_own_school_alone(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    assert_int_equal(RUN(made.head, "person.see", field_id(test, "person", made.teacher)).status,
                     ACTION_DONE);
    assert_int_equal(
        RUN(made.head, "person.see", field_id(test, "person", made.other_teacher)).status,
        ACTION_FORBIDDEN);
    assert_int_equal(RUN(made.head, "person.see", field_id(test, "person", 12345)).status,
                     ACTION_FORBIDDEN);
    assert_int_equal(RUN(made.head, "person.list", "named=").status, ACTION_FORBIDDEN);
    assert_int_equal(
        RUN(made.head, "person.list", field_id(test, "school", made.first_school)).status,
        ACTION_DONE);
    assert_int_equal(
        RUN(made.head, "person.list", field_id(test, "school", made.second_school)).status,
        ACTION_FORBIDDEN);
}

static void nobody_is_drawn_into_a_school_to_be_read_there(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    assert_int_equal(RUN(made.head, "person.engage", field_id(test, "person", made.other_teacher),
                         field_id(test, "school", made.first_school), "kind=teacher")
                         .status,
                     ACTION_FORBIDDEN);
    assert_int_equal(RUN(made.head, "person.engage", field_id(test, "person", made.teacher),
                         field_id(test, "school", made.second_school), "kind=teacher")
                         .status,
                     ACTION_FORBIDDEN);
}

static void nobody_gives_a_role_to_oneself_or_beyond_the_own(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    assert_int_equal(RUN(made.head, "role.give", field_id(test, "person", made.head), "role=dpo",
                         field_id(test, "school", made.first_school))
                         .status,
                     ACTION_INVALID);
    assert_int_equal(
        RUN(made.head, "role.give", field_id(test, "person", made.teacher), "role=dpo").status,
        ACTION_INVALID);
    assert_int_equal(RUN(made.head, "role.give", field_id(test, "person", made.teacher),
                         "role=headteacher", field_id(test, "school", made.second_school))
                         .status,
                     ACTION_FORBIDDEN);
    check_done(RUN(made.head, "role.give", field_id(test, "person", made.teacher),
                   "role=headteacher", field_id(test, "school", made.first_school)));
    assert_int_equal(
        RUN(made.teacher, "role.give", field_id(test, "person", made.head), "role=none").status,
        ACTION_INVALID);
}

/* The only number of a role that is shown: in the link that ends it. */
static struct str role_of(struct store_case *test, int64_t actor, int64_t person)
{
    struct action_outcome seen = RUN(actor, "person.see", field_id(test, "person", person));
    check_done(seen);
    const struct action_list *roles_shown = &seen.answer.lists[1];
    assert_int_equal(roles_shown->row_count, 1);
    return roles_shown->cells[roles_shown->column_count - 1].value;
}

static void a_head_ends_a_role_of_the_own_school_alone(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    check_done(RUN(made.technician, "role.give", field_id(test, "person", made.teacher), "role=dpo",
                   field_id(test, "school", made.first_school)));
    check_done(RUN(made.technician, "role.give", field_id(test, "person", made.other_teacher),
                   "role=dpo", field_id(test, "school", made.second_school)));
    struct str own = role_of(test, made.technician, made.teacher);
    struct str other = role_of(test, made.technician, made.other_teacher);
    const char *own_role =
        str_cstr(test->arena, str_format(test->arena, "role=" STR_FMT, STR_ARG(own)));
    const char *other_role =
        str_cstr(test->arena, str_format(test->arena, "role=" STR_FMT, STR_ARG(other)));
    assert_int_equal(RUN(made.head, "role.end", other_role).status, ACTION_FORBIDDEN);
    assert_int_equal(RUN(made.teacher, "role.end", own_role).status, ACTION_FORBIDDEN);
    check_done(RUN(made.head, "role.end", own_role));
}

static void a_sensitive_act_wants_a_fresh_proof(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    struct actions_place place = place_of(test);
    struct action_given given[] = {
        {STR("person"), store_id_format(test->arena, made.teacher)},
        {STR("role"), STR("dpo")},
    };
    struct action_request request = {.action = action_named(STR("role.give")),
                                     .actor = {made.technician},
                                     .given = given,
                                     .given_count = 2};
    struct action_outcome outcome;
    check_ok(action_run(&place, &request, test->arena, &outcome));
    assert_int_equal(outcome.status, ACTION_UNPROVEN);
    request.proven_at.milliseconds = INT64_MAX;
    check_ok(action_run(&place, &request, test->arena, &outcome));
    assert_int_equal(outcome.status, ACTION_DONE);
}

static void a_token_does_what_its_scopes_name(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    struct actions_place place = place_of(test);
    struct action_request request = {.action = action_named(STR("school.list")),
                                     .actor = {made.technician},
                                     .scopes = STR("person.list school.list")};
    struct action_outcome outcome;
    check_ok(action_run(&place, &request, test->arena, &outcome));
    assert_int_equal(outcome.status, ACTION_DONE);
    request.action = action_named(STR("trust.see"));
    check_ok(action_run(&place, &request, test->arena, &outcome));
    assert_int_equal(outcome.status, ACTION_FORBIDDEN);
}

static void what_comes_again_with_its_key_is_done_once(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    const char *const words[] = {"name=Third School", "code=T1", "nation=scotland", NULL};
    struct action_outcome first = run_with(test, made.technician, "school.add", "k1", words);
    check_done(first);
    struct action_outcome second = run_with(test, made.technician, "school.add", "k1", words);
    check_done(second);
    assert_true(second.is_repeated);
    assert_true(second.position == first.position);
    assert_true(second.school.value == first.school.value);
    const char *const others[] = {"name=Fourth School", "code=F1", "nation=scotland", NULL};
    assert_int_equal(run_with(test, made.technician, "school.add", "k1", others).status,
                     ACTION_CONFLICT);
    const char *const same_code[] = {"name=Third School", "code=T1", "nation=scotland", NULL};
    assert_int_equal(run_with(test, made.technician, "school.add", "k2", same_code).status,
                     ACTION_INVALID);
}

/* A token is shown once, and stands nowhere else. */
static void what_is_kept_of_a_key_is_no_secret(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    const char *const words[] = {"name=Import", "scopes=*", "days=7", NULL};
    struct action_outcome made_token = run_with(test, made.technician, "token.make", "k1", words);
    check_done(made_token);
    struct str token = made_token.answer.entries[0].cell.text;
    assert_true(str_starts(token, STR("hr_")));
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_READ, &transaction));
    struct act_key_of_row row;
    bool is_there = false;
    check_ok(act_key_of(transaction, (struct act_key_of_in){{made.technician}, STR("k1")},
                        &is_there, &row));
    assert_true(is_there);
    assert_true(str_find(row.answer, token) == STR_NONE);
    assert_true(str_find(row.answer, STR("hr_")) == STR_NONE);
}

static void what_is_not_seen_is_no_text(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    static const char *const names[] = {"a\nb", "a\x1b[2Jb",
                                        "a\xe2\x80\xae"
                                        "b",
                                        "a\xc2\x85"
                                        "b",
                                        "a\xff"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *name = str_cstr(test->arena, str_format(test->arena, "name=%s", names[i]));
        assert_int_equal(RUN(made.technician, "school.add", name, "code=X", "nation=wales").status,
                         ACTION_INVALID);
    }
    assert_int_equal(
        RUN(made.technician, "school.add", "name=Zo\xc3\xab", "code=X", "nation=wales").status,
        ACTION_DONE);
}

static void who_saw_an_older_state_changes_nothing(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    check_done(RUN(made.technician, "trust.rename", "name=New name", "revision=1"));
    assert_int_equal(RUN(made.technician, "trust.rename", "name=Other", "revision=1").status,
                     ACTION_CONFLICT);
    struct action_outcome seen = RUN(made.technician, "trust.see", "x=");
    check_str(seen.answer.title, "New name");
}

static void what_cannot_be_used_is_said_by_field(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    struct action_outcome outcome =
        RUN(made.technician, "person.add", field_id(test, "school", made.first_school),
            "kind=wizard", "email=not an address", "joined=31/12/2026");
    assert_int_equal(outcome.status, ACTION_INVALID);
    assert_int_equal(outcome.error_count, 4);
    check_str(outcome.errors[0].field, "kind");
    check_str(outcome.errors[1].field, "name");
    outcome = RUN(made.technician, "person.add", field_id(test, "school", made.first_school),
                  "kind=teacher", "name=Twin", "email=TAM@ashdownvale.example");
    assert_int_equal(outcome.status, ACTION_INVALID);
    check_str(outcome.errors[0].field, "email");
}

static void erasing_takes_all_of_a_person_and_leaves_the_history_whole(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    check_done(RUN(made.technician, "role.give", field_id(test, "person", made.head), "role=dpo"));
    check_done(RUN(made.teacher, "relationship.declare", field_id(test, "person", made.teacher),
                   "kind=parent-of-pupil", "whom=my daughter Quillabelle"));
    check_done(RUN(made.head, "hold.place", field_id(test, "person", made.teacher), "why=a claim"));
    const char *sure[] = {field_id(test, "person", made.teacher), "sure=yes", NULL};
    assert_int_equal(run_with(test, made.head, "person.erase", NULL, sure).status, ACTION_INVALID);
    const char *other[] = {field_id(test, "person", made.other_teacher), "sure=yes", NULL};
    struct action_outcome erased = run_with(test, made.head, "person.erase", NULL, other);
    check_done(erased);
    struct ledger_report report = verify(test);
    assert_int_equal(report.erased, 1);
    assert_int_equal(
        RUN(made.technician, "person.see", field_id(test, "person", made.other_teacher)).status,
        ACTION_FORBIDDEN);
}

static void a_list_comes_by_the_page(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    for (size_t i = 0; i < ACTION_PAGE_ROWS + 5; i++) {
        add_person(test, made.technician, made.second_school,
                   str_cstr(test->arena, str_format(test->arena, "Person %c%c", (int)('A' + i / 26),
                                                    (int)('a' + i % 26))),
                   "");
    }
    struct action_outcome page =
        RUN(made.technician, "person.list", field_id(test, "school", made.second_school));
    assert_int_equal(page.answer.lists[0].row_count, ACTION_PAGE_ROWS);
    const char *after =
        str_cstr(test->arena, str_format(test->arena, "after=" STR_FMT, STR_ARG(page.answer.next)));
    page = RUN(made.technician, "person.list", field_id(test, "school", made.second_school), after);
    assert_int_equal(page.answer.lists[0].row_count, 6);
    assert_true(str_is_empty(page.answer.next));
    page = RUN(made.technician, "person.list", "named=teach");
    assert_int_equal(page.answer.lists[0].row_count, 1);
    check_str(page.answer.lists[0].cells[0].text, "Tam Teacher");
    page = RUN(made.technician, "person.list", "named=zzz");
    assert_int_equal(page.answer.lists[0].row_count, 0);
}

/* The code that the app of somebody who sets a factor up shows now. */
static const char *code_of(struct store_case *test, int64_t person)
{
    struct factor_state state;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_READ, &transaction));
    check_ok(factor_state(transaction, &seal, (struct person_id){person}, &state));
    assert_true(state.is_begun);
    uint32_t code = totp_code(&state.next, totp_step(store_now(transaction)));
    return str_cstr(test->arena, str_format(test->arena, "code=%06u", (unsigned)code));
}

static enum action_status status_with(struct store_case *test, struct action_request request)
{
    struct actions_place place = place_of(test);
    struct action_outcome outcome;
    request.action = action_named(STR("school.list"));
    check_ok(action_run(&place, &request, test->arena, &outcome));
    return outcome.status;
}

static void who_needs_a_second_factor_sets_it_up_first(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    struct person_id head = {made.head};
    check_done(RUN(made.technician, "account.invite", field_id(test, "person", made.head)));
    check_done(RUN(made.head, "school.list", "after="));
    check_done(RUN(made.technician, "trust.factor-require", "role=headteacher"));
    check_done(RUN(made.technician, "school.list", "after="));
    assert_int_equal(RUN(made.head, "school.list", "after=").status, ACTION_FACTOR);
    assert_int_equal(RUN(made.head, "account.factor-remove", "none=").status, ACTION_FACTOR);
    assert_int_equal(RUN(made.head, "trust.rename", "name=x").status, ACTION_FORBIDDEN);
    struct action_request request = {.actor = head, .scopes = STR("*")};
    assert_int_equal(status_with(test, request), ACTION_FACTOR);
    request = (struct action_request){.actor = head, .is_factor_vouched = true};
    assert_int_equal(status_with(test, request), ACTION_DONE);
    check_done(RUN(made.head, "account.factor-begin", "none="));
    assert_int_equal(RUN(made.head, "account.factor-confirm", "code=nonsense").status,
                     ACTION_INVALID);
    assert_int_equal(RUN(made.head, "school.list", "after=").status, ACTION_FACTOR);
    struct action_outcome confirmed =
        RUN(made.head, "account.factor-confirm", code_of(test, made.head));
    check_done(confirmed);
    assert_int_equal(confirmed.answer.lists[0].row_count, RECOVERY_CODES);
    check_done(RUN(made.head, "school.list", "after="));
    assert_int_equal(RUN(made.head, "account.factor-remove", "none=").status, ACTION_INVALID);
    check_done(RUN(made.technician, "trust.factor-waive", "role=headteacher"));
    check_done(RUN(made.head, "account.factor-remove", "none="));
    check_str(ledger_fault_words(verify(test).fault), "the ledger is whole");
}

static void a_lost_factor_is_chosen_anew(void **state)
{
    struct store_case *test = *state;
    struct set_up made = set_up(test);
    const char *head = field_id(test, "person", made.head);
    check_done(RUN(made.technician, "account.invite", head));
    assert_int_equal(RUN(made.technician, "account.factor-reset", head).status, ACTION_INVALID);
    check_done(RUN(made.head, "account.factor-begin", "none="));
    check_done(RUN(made.head, "account.factor-confirm", code_of(test, made.head)));
    /* Nobody resets the own, nor one that reaches further than the own right to. */
    assert_int_equal(RUN(made.head, "account.factor-reset", head).status, ACTION_INVALID);
    assert_int_equal(
        RUN(made.head, "account.link-send", field_id(test, "person", made.technician)).status,
        ACTION_INVALID);
    assert_int_equal(RUN(made.teacher, "account.factor-reset", head).status, ACTION_FORBIDDEN);
    check_done(RUN(made.technician, "account.factor-reset", head));
    assert_int_equal(RUN(made.head, "school.list", "after=").status, ACTION_FACTOR);
    check_done(RUN(made.head, "account.factor-begin", "none="));
    check_done(RUN(made.head, "account.factor-confirm", code_of(test, made.head)));
    check_done(RUN(made.head, "school.list", "after="));
}

static void every_row_of_the_table_is_one_of_a_kind(void **state)
{
    (void)state;
    for (size_t i = 0; i < action_count; i++) {
        assert_true(action_table[i]->number >= LEDGER_KIND_FIRST);
        assert_true(action_table[i]->field_count <= ACTION_FIELDS_MAX);
        assert_ptr_equal(action_named(action_table[i]->name), action_table[i]);
        assert_ptr_equal(action_numbered(action_table[i]->number), action_table[i]);
        assert_true(str_is_empty(action_table[i]->after) || action_named(action_table[i]->after));
    }
    for (size_t i = 0; i < action_permission_count; i++) {
        assert_non_null(action_named(action_permissions[i].action));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(the_set_up_is_done_once),
        STORE_CASE(a_head_acts_in_the_own_school_alone),
        STORE_CASE(nobody_is_drawn_into_a_school_to_be_read_there),
        STORE_CASE(nobody_gives_a_role_to_oneself_or_beyond_the_own),
        STORE_CASE(a_head_ends_a_role_of_the_own_school_alone),
        STORE_CASE(a_sensitive_act_wants_a_fresh_proof),
        STORE_CASE(a_token_does_what_its_scopes_name),
        STORE_CASE(what_comes_again_with_its_key_is_done_once),
        STORE_CASE(what_is_kept_of_a_key_is_no_secret),
        STORE_CASE(what_is_not_seen_is_no_text),
        STORE_CASE(who_saw_an_older_state_changes_nothing),
        STORE_CASE(what_cannot_be_used_is_said_by_field),
        STORE_CASE(erasing_takes_all_of_a_person_and_leaves_the_history_whole),
        STORE_CASE(a_list_comes_by_the_page),
        STORE_CASE(who_needs_a_second_factor_sets_it_up_first),
        STORE_CASE(a_lost_factor_is_chosen_anew),
        cmocka_unit_test(every_row_of_the_table_is_one_of_a_kind),
    };
    return cmocka_run_group_tests(tests, cheap_gate_open, cheap_gate_close);
}
