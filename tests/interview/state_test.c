/*
 * tests/interview/state_test.c - an interview as a form and back, and in words.
 *
 * Read first: src/interview/interview.h, which says what the fields are.
 */
#include "support/check.h"

#include "interview/interview.h"
#include "shelf/shelf.h"
#include "support/small_policy.h"

#include <string.h>

#define TODAY ((struct civil_date){20000})

static const char the_clauses[] =
    CLAUSE("A", "contacts", "must not post\n  unless approved by headteacher in writing\n")
        CLAUSE("B-2", "contacts", "must not accept\n  unless consent of other\n");

struct taken {
    struct interview *interview;
    size_t lost;
};

static struct taken take(struct arena *arena, const struct pack *pack, const char *bytes)
{
    struct form form;
    struct taken taken = {.interview = interview_new(arena, pack)};
    assert_null(form_read(arena, str_from(bytes), &form));
    taken.lost = interview_take(taken.interview, &form);
    return taken;
}

/* A form says this and nothing is lost: as a form again, and in words. */
struct state_case {
    const char *form, *written, *words;
};

static void check_states(const struct state_case *cases, size_t count)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    for (size_t i = 0; i < count; i++) {
        struct taken taken = take(arena, &policy->pack, cases[i].form);
        if (taken.lost != 0)
            print_error("%zu lost of %s\n", taken.lost, cases[i].form);
        assert_int_equal(taken.lost, 0);
        check_str(interview_form_text(taken.interview), cases[i].written);
        check_str(interview_words(taken.interview), cases[i].words);
    }
}

#define CHECK_STATES(cases) check_states((cases), sizeof(cases) / sizeof(cases)[0])

static void each_kind_of_fact(void **state)
{
    (void)state;
    static const struct state_case cases[] = {
        {"", "", ""},
        {"act=post", "act=post", ""},
        {"f.account=personal", "f.account=personal", "The account: my own account."},
        {"f.account=none", "f.account=none", ""},
        {"f.tone=rude", "f.tone=rude", "Tone: it is rude."},
        {"f.tone=rude&f.tone=insults", "f.tone=rude&f.tone=insults",
         "Tone: it is rude; it insults."},
        {"f.tone=rude%3F", "f.tone=rude%3F", "Tone: it is rude (perhaps)."},
        {"f.tone=kind%3F&f.tone=rude", "f.tone=rude&f.tone=kind%3F",
         "Tone: it is rude; it is kind (perhaps)."},
        {"f.tone=none", "f.tone=none", ""},
        {"f.signed=yes", "f.signed=yes", "Signed: yes."},
        {"f.signed=no", "f.signed=no", "Signed: no."},
        {"f.readers=17", "f.readers=17", "Readers: 17 people."},
        {"f.readers=none", "f.readers=none", ""},
        {"f.posted-on=2026-09-01", "f.posted-on=2026-09-01", "Posted on: 2026-09-01."},
        {"f.posted-on=none", "f.posted-on=none", ""},
        {"people=1&f.1.other=pupil&f.1.other.age=9", "people=1&f.1.other=pupil&f.1.other.age=9",
         "The other person: a pupil. Their age: 9 years."},
    };
    CHECK_STATES(cases);
}

static void each_state_of_a_fact(void **state)
{
    (void)state;
    static const struct state_case cases[] = {
        {"f.account=unknown", "f.account=unknown", "The account: I do not know."},
        {"f.account=withheld", "f.account=withheld", "The account: I would rather not say."},
        {"f.tone=unknown", "f.tone=unknown", "Tone: I do not know."},
        {"f.tone=withheld", "f.tone=withheld", "Tone: I would rather not say."},
        {"f.signed=unknown", "f.signed=unknown", "Signed: I do not know."},
        {"f.readers=withheld", "f.readers=withheld", "Readers: I would rather not say."},
        {"f.posted-on=unknown", "f.posted-on=unknown", "Posted on: I do not know."},
        {"people=1&f.1.other=unknown", "people=1&f.1.other=unknown",
         "The other person: I do not know."},
    };
    CHECK_STATES(cases);
}

/* The last word counts, but for several values of a list, which add up. */
static void what_is_said_twice(void **state)
{
    (void)state;
    static const struct state_case cases[] = {
        {"act=post&act=accept", "act=accept", ""},
        {"f.account=personal&f.account=official", "f.account=official",
         "The account: an official account."},
        {"f.account=unknown&f.account=official", "f.account=official",
         "The account: an official account."},
        {"f.tone=rude&f.tone=rude%3F&f.tone=rude", "f.tone=rude", "Tone: it is rude."},
        {"f.tone=none&f.tone=rude", "f.tone=rude", "Tone: it is rude."},
        {"f.tone=rude&f.tone=unknown", "f.tone=unknown", "Tone: I do not know."},
        {"f.tone=unknown&f.tone=rude", "f.tone=rude", "Tone: it is rude."},
        {"f.signed=yes&f.signed=no", "f.signed=no", "Signed: no."},
        {"f.readers=none&f.readers=5", "f.readers=5", "Readers: 5 people."},
        {"f.readers=5&f.readers=none", "f.readers=none", ""},
        {"f.readers=5&f.readers=withheld", "f.readers=withheld",
         "Readers: I would rather not say."},
        {"people=2&people=2", "people=2", ""},
        {"f.signed=yes&f.account=personal&f.signed=no", "f.signed=no&f.account=personal",
         "Signed: no. The account: my own account."},
    };
    CHECK_STATES(cases);
}

static void people_and_what_they_are_called(void **state)
{
    (void)state;
    static const struct state_case cases[] = {
        {"people=0", "people=0", ""},
        {"people=32", "people=32", ""},
        {"people=2&named=yes&label.1=my+niece&label.2=+&f.1.other=relative&f.2.other=pupil",
         "people=2&named=yes&label.1=my+niece&f.1.other=relative&f.2.other=pupil",
         "About my niece. The other person: my relative. About person 2. The other person: a "
         "pupil."},
        {"people=1&label.1=my+niece&f.signed=no&f.1.other=relative",
         "people=1&label.1=my+niece&f.signed=no&f.1.other=relative",
         "Signed: no. The other person: my relative."},
        {"label.2=x&people=1", "people=1", ""}, /* nobody is there for it */
    };
    CHECK_STATES(cases);
}

static void approvals_that_somebody_has(void **state)
{
    (void)state;
    static const struct state_case cases[] = {
        {"have=A+headteacher+granted+-", "have=A+headteacher+granted+-",
         "Approval by the headteacher: granted."},
        {"have=A+headteacher+granted+-reasonwriting", "have=A+headteacher+granted+-reasonwriting",
         "Approval by the headteacher: granted."},
        {"have=B-2+-+asked+-writing", "have=B-2+-+asked+-writing", "Approval: asked."},
        {"have=A+it-manager+refused+-reason", "have=A+it-manager+refused+-reason",
         "Approval by the IT manager: refused."},
        {"people=1&have=consent+1+withdrawn+-", "people=1&have=consent+1+withdrawn+-",
         "Agreement of the person concerned: withdrawn."},
    };
    CHECK_STATES(cases);
}

/* Each of these is no answer. */
static const char *const not_understood[] = {
    "act=fly",
    "act=",
    "act=Post",
    "people=-1",
    "people=33",
    "people=two",
    "people=",
    "people=1.5",
    "people=99999999999999999999",
    "label.0=x",
    "label.33=x",
    "label.=x",
    "label.one=x",
    "f.=x",
    "f.fly=yes",
    "f.Account=personal",
    "f.account.=personal",
    "f.1.account=personal",
    "f.other=pupil",
    "f.1.other=pupil",
    "f.0.other=pupil",
    "f.33.other=pupil",
    "f.1.=x",
    "f.account=",
    "f.account=Personal",
    "f.account=personal%3F",
    "f.account=missing",
    "f.tone=",
    "f.tone=%3F",
    "f.tone=none%3F",
    "f.tone=rude%3F%3F",
    "f.tone=rude+kind",
    "f.signed=",
    "f.signed=y",
    "f.signed=none",
    "f.signed=true",
    "f.readers=",
    "f.readers=-1",
    "f.readers=1001",
    "f.readers=1.5",
    "f.readers=many",
    "f.readers=99999999999999999999",
    "f.readers=none%3F",
    "f.posted-on=",
    "f.posted-on=2026-02-29",
    "f.posted-on=2026-13-01",
    "f.posted-on=1+9+2026",
    "f.posted-on=2026-9-1",
    "f.posted-on=today",
    "have=",
    "have=A",
    "have=A+headteacher",
    "have=A+headteacher+granted",
    "have=A+-+maybe+-",
    "have=Z+headteacher+granted+-",
    "have=A+porter+granted+-",
    "have=consent+1+granted+-",
    "have=consent+0+granted+-",
    "have=consent+x+granted+-",
};

/* It is counted; fields of others are left alone. */
static void what_is_not_understood_is_lost(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    for (size_t i = 0; i < sizeof not_understood / sizeof not_understood[0]; i++) {
        struct taken taken = take(arena, &policy->pack, not_understood[i]);
        if (taken.lost != 1)
            print_error("%s: %zu lost\n", not_understood[i], taken.lost);
        assert_int_equal(taken.lost, 1);
        check_str(interview_form_text(taken.interview), "");
    }
    assert_int_equal(take(arena, &policy->pack, "go=on&asked=act&find=x&=&fact=1&F.account=x").lost,
                     0);
}

/* What is lost takes nothing else with it. */
static void the_rest_is_kept(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct taken taken =
        take(arena, &policy->pack,
             "act=post&f.gone=1&f.account=personal&f.account=gone&f.readers=5&f.readers=5000");
    assert_int_equal(taken.lost, 3);
    check_str(interview_form_text(taken.interview), "act=post&f.account=personal&f.readers=5");
}

/* Somebody of whom something was said cannot be taken away again by the same form. */
static void people_stay_as_they_were_said_first(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct taken taken = take(
        arena, &policy->pack,
        "act=accept&people=2&f.2.other=pupil&have=consent+2+granted+-&people=1&f.3.other=pupil");
    assert_int_equal(taken.lost, 2);
    assert_int_equal(taken.interview->person_count, 2);
    struct diag_list diags = diag_list_new(arena);
    assert_non_null(decide_answer(arena, interview_question(taken.interview, TODAY), &diags));
}

static void bounds_and_one_past_them(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    assert_int_equal(take(arena, &policy->pack, "f.readers=0").lost, 0);
    assert_int_equal(take(arena, &policy->pack, "f.readers=1000").lost, 0);
    struct text label = {.arena = arena};
    text_add(&label, STR("people=1&label.1="));
    for (size_t i = 0; i < INTERVIEW_LABEL_BYTES_MAX; i++)
        text_add_char(&label, 'x');
    assert_int_equal(take(arena, &policy->pack, str_cstr(arena, text_str(&label))).lost, 0);
    text_add_char(&label, 'x');
    assert_int_equal(take(arena, &policy->pack, str_cstr(arena, text_str(&label))).lost, 1);

    struct interview *interview = interview_new(arena, &policy->pack);
    for (size_t i = 0; i < INTERVIEW_HAVE_MAX; i++)
        assert_true(interview_have_read(interview, STR("A headteacher asked -")));
    assert_false(interview_have_read(interview, STR("A headteacher asked -")));
    assert_int_equal(interview->have_count, INTERVIEW_HAVE_MAX);
    struct interview_said said = {.fact = small_fact(policy, "other")};
    for (uint32_t i = 0; i < INTERVIEW_SAID_MAX; i++) {
        said.person = i;
        assert_true(interview_say(interview, &said));
    }
    assert_true(interview_say(interview, &said)); /* in its own place */
    said.person = INTERVIEW_SAID_MAX;
    assert_false(interview_say(interview, &said));
    assert_int_equal(interview->said_count, INTERVIEW_SAID_MAX);
    for (uint32_t i = 0; i < INTERVIEW_SAID_MAX; i++)
        assert_int_equal(interview->said[i].person, i);
}

static void the_last_is_taken_back_first(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview *interview =
        take(arena, &policy->pack, "act=post&f.signed=yes&have=A+-+asked+-&f.readers=5").interview;
    static const char *const left[] = {"act=post&f.signed=yes&f.readers=5", "act=post&f.signed=yes",
                                       "act=post"};
    for (size_t i = 0; i < 3; i++) {
        assert_true(interview_unsay_last(interview));
        check_str(interview_form_text(interview), left[i]);
    }
    assert_false(interview_unsay_last(interview));
    interview = take(arena, &policy->pack, "f.signed=yes&f.readers=5&f.account=none").interview;
    interview_unsay(interview, small_fact(policy, "readers"), 0);
    interview_unsay(interview, small_fact(policy, "tone"), 0);
    check_str(interview_form_text(interview), "f.signed=yes&f.account=none");
}

static void fields_are_found_by_their_names(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    const struct pack *pack = &policy->pack;
    uint32_t fact, person, fields = 0;
    for (uint32_t i = 0; i < pack->fact_count; i++) {
        uint32_t wanted = pack->fact[i].is_other != 0 ? 32 : 0;
        assert_true(
            interview_field_find(pack, interview_field(arena, pack, i, wanted), &fact, &person));
        assert_true(fact == i && person == wanted);
        fields++;
    }
    assert_true(fields > 10);
    check_str(interview_field(arena, pack, small_fact(policy, "other.age"), 2), "f.2.other.age");
    struct text name = {.arena = arena};
    text_add(&name, STR("f."));
    for (int i = 0; i < 300; i++)
        text_add_char(&name, 'x');
    assert_false(interview_field_find(pack, text_str(&name), &fact, &person));
}

/* ---- Random interviews ----------------------------------------------------------------------- */

static void value_random(const struct pack *pack, struct check_random *random,
                         struct interview_said *said)
{
    const struct pack_fact *fact = &pack->fact[said->fact];
    switch ((enum pack_fact_kind)fact->kind) {
    case PACK_FACT_ONE_OF:
        said->values[said->value_count++] =
            (uint32_t)check_random_below(random, fact->value_count + 1);
        return;
    case PACK_FACT_SOME_OF:
        for (uint32_t i = 0; i < fact->value_count; i++) {
            uint64_t way = check_random_below(random, 6);
            if (way == 0)
                said->values[said->value_count++] = i;
            else if (way == 1)
                said->open[said->open_count++] = i;
        }
        return;
    case PACK_FACT_YES_NO:
        said->yes = check_random_below(random, 2) == 1;
        return;
    case PACK_FACT_NUMBER:
        said->number =
            fact->from + (int64_t)check_random_below(random, (uint64_t)(fact->to - fact->from) + 1);
        said->is_none = check_random_below(random, 5) == 0;
        return;
    case PACK_FACT_DATE:
        said->number = (int64_t)check_random_below(random, 40000);
        said->is_none = check_random_below(random, 5) == 0;
        return;
    case PACK_FACT_KIND_COUNT:
        return;
    }
}

static void said_random(struct interview *interview, struct check_random *random)
{
    const struct pack *pack = interview->pack;
    struct interview_said said = {.state = DECIDE_STATE_GIVEN};
    said.fact = (uint32_t)check_random_below(random, pack->fact_count);
    if (pack->fact[said.fact].is_other != 0) {
        if (interview->person_count == 0)
            return;
        said.person = 1 + (uint32_t)check_random_below(random, interview->person_count);
    }
    uint64_t way = check_random_below(random, 8);
    if (way < 2)
        said.state = way == 0 ? DECIDE_STATE_UNKNOWN : DECIDE_STATE_WITHHELD;
    else
        value_random(pack, random, &said);
    assert_true(interview_say(interview, &said));
}

static void have_random(struct interview *interview, struct check_random *random)
{
    const struct pack *pack = interview->pack;
    struct interview_have have = {.record = {.role = PACK_NONE, .clause = PACK_NONE}};
    have.record.state =
        (enum pack_approval_state)check_random_below(random, PACK_APPROVAL_STATE_COUNT);
    have.is_consent = interview->person_count > 0 && check_random_below(random, 2) == 0;
    if (have.is_consent) {
        have.person = 1 + (uint32_t)check_random_below(random, interview->person_count);
    } else {
        have.record.clause = (uint32_t)check_random_below(random, pack->clause_count);
        if (check_random_below(random, 3) != 0)
            have.record.role = (uint32_t)check_random_below(random, pack->role_count);
        have.record.has_reason = check_random_below(random, 2) == 0;
        have.record.in_writing = check_random_below(random, 2) == 0;
    }
    assert_true(interview_have_add(interview, &have));
}

static struct interview *interview_random(struct arena *arena, const struct pack *pack,
                                          struct check_random *random)
{
    static const char *const labels[] = {"", "my niece", "x & y=z", "caf\xC3\xA9", "50 %"};
    struct interview *interview = interview_new(arena, pack);
    interview->act = (uint32_t)check_random_below(random, pack->act_count);
    interview->has_people = check_random_below(random, 3) != 0;
    interview->person_count = interview->has_people ? (uint32_t)check_random_below(random, 4) : 0;
    interview->is_named = check_random_below(random, 2) == 0;
    for (uint32_t i = 0; i < interview->person_count; i++)
        interview->labels[i] = str_from(labels[check_random_below(random, 5)]);
    for (uint64_t left = check_random_below(random, 30); left != 0; left--)
        said_random(interview, random);
    for (uint64_t left = check_random_below(random, 4); left != 0; left--)
        have_random(interview, random);
    return interview;
}

/* What is said of every variable, bytes that mean nothing left out. */
static void check_same_given(const struct pack *pack, const struct decide_given *a,
                             const struct decide_given *b)
{
    for (uint32_t v = 0; v < pack->variable_count; v++)
        assert_true(a[v].state == b[v].state && a[v].domain == b[v].domain);
}

static void check_same_approval(const struct decide_approval *a, const struct decide_approval *b)
{
    assert_int_equal(a->role, b->role);
    assert_int_equal(a->clause, b->clause);
    assert_int_equal(a->state, b->state);
    assert_int_equal(a->has_reason, b->has_reason);
    assert_int_equal(a->in_writing, b->in_writing);
}

static void check_same_question(const struct decide_question *a, const struct decide_question *b)
{
    assert_int_equal(a->act, b->act);
    assert_int_equal(a->has_people, b->has_people);
    assert_int_equal(a->person_count, b->person_count);
    assert_int_equal(a->approval_count, b->approval_count);
    check_same_given(a->pack, a->given, b->given);
    for (uint32_t i = 0; i < a->person_count; i++) {
        assert_true(str_equal(a->people[i].label, b->people[i].label));
        assert_int_equal(a->people[i].consent, b->people[i].consent);
        check_same_given(a->pack, a->people[i].given, b->people[i].given);
    }
    for (uint32_t i = 0; i < a->approval_count; i++)
        check_same_approval(&a->approvals[i], &b->approvals[i]);
}

static void random_interviews_read_as_they_were(void **state)
{
    (void)state;
    struct check_random random = check_random_new("interviews as forms");
    DEFER(arena_close) struct arena *shelved = arena_open();
    struct shelf shelf = shelf_new(shelved);
    assert_true(result_is_ok(shelf_load(&shelf, STR("policies"))));
    size_t said = 0, runs = 0;
    for (size_t p = 0; p < shelf.count; p++) {
        const struct pack *pack = &shelf.at[p].pack;
        for (int run = 0; run < 200; run++, runs++) {
            DEFER(arena_close) struct arena *arena = arena_open();
            struct interview *before = interview_random(arena, pack, &random);
            struct str bytes = interview_form_text(before);
            struct taken after = take(arena, pack, str_cstr(arena, bytes));
            assert_int_equal(after.lost, 0);
            assert_true(str_equal(bytes, interview_form_text(after.interview)));
            assert_true(str_equal(interview_words(before), interview_words(after.interview)));
            check_same_question(interview_question(before, TODAY),
                                interview_question(after.interview, TODAY));
            said += before->said_count;
        }
    }
    assert_true(runs >= 1000 && said > 5 * runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_fact),
        cmocka_unit_test(each_state_of_a_fact),
        cmocka_unit_test(what_is_said_twice),
        cmocka_unit_test(people_and_what_they_are_called),
        cmocka_unit_test(approvals_that_somebody_has),
        cmocka_unit_test(what_is_not_understood_is_lost),
        cmocka_unit_test(the_rest_is_kept),
        cmocka_unit_test(people_stay_as_they_were_said_first),
        cmocka_unit_test(bounds_and_one_past_them),
        cmocka_unit_test(the_last_is_taken_back_first),
        cmocka_unit_test(fields_are_found_by_their_names),
        cmocka_unit_test(random_interviews_read_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
