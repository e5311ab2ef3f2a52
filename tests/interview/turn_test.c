/*
 * tests/interview/turn_test.c - whole interviews, a form a turn, as pages lead them.
 *
 * Read first: src/interview/interview.h, "Turns". Start at post(), which does what a page and a
 * browser do together, and shown(), which puts a turn into a line.
 */
#include "support/check.h"

#include "interview/interview.h"
#include "shelf/shelf.h"
#include "support/small_policy.h"

#define TODAY ((struct civil_date){20000})

static const char the_clauses[] = CLAUSE(
    "A", "contacts",
    "must not post\n  when account is personal and tone is rude and readers is over 10\n"
    "  unless approved by headteacher in writing\n")
    CLAUSE("B", "contacts", "must not accept\n  when other is pupil\n  unless consent of other\n")
        CLAUSE("C", "hours", "must not comment\n  when posted-on is before 2026-01-01\n")
            CLAUSE("D", "hours", "must not report\n  when signed\n");

/* ---- A page and a browser -------------------------------------------------------------------- */

static struct interview_turn *turn_of(struct small_policy *policy, struct str bytes)
{
    struct form *form = ARENA_NEW(policy->arena, struct form);
    assert_null(form_read(policy->arena, bytes, form));
    return interview_turn(policy->arena, &policy->pack, form, TODAY);
}

static struct interview_turn *begin(struct small_policy *policy, const char *bytes)
{
    return turn_of(policy, str_from(bytes));
}

/* The hidden fields of the page that shows this turn, and what is said on it. */
static struct interview_turn *post(struct small_policy *policy, const struct interview_turn *page,
                                   const char *more)
{
    struct text bytes = {.arena = policy->arena};
    text_add(&bytes, interview_form_text(page->interview));
    if (!str_is_empty(page->was))
        form_write(&bytes, STR("was"), page->was);
    text_addf(&bytes, "&%s", more);
    return turn_of(policy, text_str(&bytes));
}

/* "fact f.1.other", "answer forbidden"; behind it what is wrong and how much was lost. */
static struct str shown(struct small_policy *policy, const struct interview_turn *turn)
{
    static const char *const stages[INTERVIEW_STAGE_COUNT] = {[INTERVIEW_STAGE_ACT] = "act",
                                                              [INTERVIEW_STAGE_PEOPLE] = "people",
                                                              [INTERVIEW_STAGE_NAMES] = "names",
                                                              [INTERVIEW_STAGE_FACT] = "fact ",
                                                              [INTERVIEW_STAGE_ANSWER] = "answer "};
    struct text out = {.arena = policy->arena};
    text_addf(&out, "%s", stages[turn->stage]);
    if (turn->stage == INTERVIEW_STAGE_FACT)
        text_add(&out,
                 interview_field(policy->arena, &policy->pack, turn->next.fact, turn->next.person));
    if (turn->stage == INTERVIEW_STAGE_ANSWER)
        text_add(&out, decide_verdict_name(turn->answer->verdict));
    if (turn->is_change)
        text_add(&out, STR(" (change)"));
    if (!str_is_empty(turn->problem.message))
        text_addf(&out, " | " STR_FMT ": " STR_FMT, STR_ARG(turn->problem.field),
                  STR_ARG(turn->problem.message));
    if (turn->lost != 0)
        text_addf(&out, " | %zu lost", turn->lost);
    return text_str(&out);
}

#define check_shown(policy, turn, expected) check_str(shown((policy), (turn)), (expected))
#define check_state(turn, expected) check_str(interview_form_text((turn)->interview), (expected))

/* ---- Stage by stage -------------------------------------------------------------------------- */

static void a_whole_interview(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *turn = begin(policy, "");
    check_shown(policy, turn, "act");
    turn = post(policy, turn, "asked=act&go=on&act=accept");
    check_shown(policy, turn, "people");
    turn = post(policy, turn, "asked=people&go=on&people=2");
    check_shown(policy, turn, "names");
    turn = post(policy, turn, "asked=names&go=on&label.1=my+niece&label.2=");
    check_shown(policy, turn, "fact f.1.other");
    turn = post(policy, turn, "asked=f.1.other&go=on&f.1.other=former-pupil");
    check_shown(policy, turn, "fact f.2.other");
    turn = post(policy, turn, "asked=f.2.other&go=on&f.2.other=pupil&f.2.other=relative");
    check_shown(policy, turn, "answer needs-approval");
    check_state(turn, "act=accept&people=2&named=yes&label.1=my+niece&f.1.other=former-pupil"
                      "&f.2.other=pupil&f.2.other=relative");
    turn = post(policy, turn,
                "go=have+h1&h1.clause=consent&h1.who=2&h1.state=granted&h2.clause=consent");
    check_shown(policy, turn, "answer allowed");
    check_str(interview_words(turn->interview),
              "About my niece. The other person: a former pupil. About person 2. The other person: "
              "a pupil; my relative. Agreement of the person concerned: granted.");
    turn = post(policy, turn, "go=restart");
    check_shown(policy, turn, "act");
    check_state(turn, "");
}

static void back_leads_to_the_beginning(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *turn =
        begin(policy, "act=accept&people=2&named=yes&label.1=x&f.1.other=none&f.2.other=pupil"
                      "&have=consent+2+asked+-");
    static const char *const steps[] = {"answer needs-approval",
                                        "answer needs-approval",
                                        "fact f.2.other",
                                        "fact f.1.other",
                                        "names",
                                        "people",
                                        "act",
                                        "act"};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        check_shown(policy, turn, steps[i]);
        turn = post(policy, turn, "go=back");
    }
    turn = post(policy, begin(policy, "act=accept&people=1"), "asked=f.1.other&go=back");
    check_shown(policy, turn, "people");
    turn = post(policy, begin(policy, "act=report"), "asked=f.signed&go=back&f.signed=yes");
    check_shown(policy, turn, "act");
}

static void the_act(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    check_shown(policy, begin(policy, "asked=act&go=on"), "act | act: Choose what you want to do");
    check_shown(policy, begin(policy, "asked=act&act="), "act | act: Choose what you want to do");
    check_shown(policy, begin(policy, "asked=act&act=fly&find=+"),
                "act | act: Choose what you want to do");
    struct interview_turn *turn = begin(policy, "asked=act&go=on&find=comment");
    check_shown(policy, turn, "act");
    assert_true(turn->has_searched);
    check_str(turn->find, "comment");
    assert_int_equal(turn->found.count, 1);
    assert_int_equal(turn->found.acts[0], small_act(policy, "comment"));
    turn = begin(policy, "asked=act&go=find&find=xylophone&act=post&f.tone=rude");
    assert_true(turn->has_searched && turn->found.count == 0);
    check_state(turn, "");
    turn = begin(policy, "asked=act&go=find&find=+");
    assert_false(turn->has_searched);
    check_shown(policy, begin(policy, "asked=act&act=report&find=comment"), "fact f.signed");
    check_shown(policy, begin(policy, "act=wander"), "answer not-covered");
}

static void how_many_people(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *page = begin(policy, "act=accept");
    static const char wrong[] = "people | people: Enter a whole number from 0 to 32";
    static const char *const bad[] = {"-1", "33", "two", "1.5", "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct str more = str_format(arena, "asked=people&go=on&people=%s", bad[i]);
        struct interview_turn *turn = post(policy, page, str_cstr(arena, more));
        check_shown(policy, turn, wrong);
        check_str(form_value(turn->posted, STR("people")), bad[i]);
    }
    check_shown(policy, post(policy, page, "asked=people&go=on&people=+"), "fact f.1.other");
    check_shown(policy, post(policy, page, "asked=people&go=on"), "fact f.1.other");
    check_shown(policy, post(policy, page, "asked=people&people=0"), "answer allowed");
    check_shown(policy, post(policy, page, "asked=people&people=32"), "names");
    struct text label = {.arena = arena};
    page = begin(policy, "act=accept&people=2");
    text_add(&label, STR("asked=names&label.1=x&label.2="));
    for (size_t i = 0; i < INTERVIEW_LABEL_BYTES_MAX; i++)
        text_add_char(&label, 'x');
    check_shown(policy, post(policy, page, str_cstr(arena, text_str(&label))), "fact f.1.other");
    text_add_char(&label, 'x');
    check_shown(policy, post(policy, page, str_cstr(arena, text_str(&label))),
                "names | label.2: Use a few words, such as: my niece");
}

/* ---- One question ---------------------------------------------------------------------------- */

static void each_kind_of_answer_and_what_is_wrong_with_it(void **state)
{
    (void)state;
    static const struct {
        const char *field, *said, *shown;
    } cases[] = {
        {"f.account", "", "Choose one answer, or \"I don't know\""},
        {"f.account", "f.account=", "Choose one of the answers in the list"},
        {"f.account", "f.account=gone", "Choose one of the answers in the list"},
        {"f.account", "f.account=personal", NULL},
        {"f.account", "f.account=none", NULL},
        {"f.tone", "", NULL}, /* none of them */
        {"f.tone", "f.tone=rude", NULL},
        {"f.tone", "f.tone=rude&f.tone=insults%3F", NULL},
        {"f.tone", "f.tone=rude&f.tone=gone", "Choose one of the answers in the list"},
        {"f.signed", "", "Choose yes or no, or \"I don't know\""},
        {"f.signed", "f.signed=maybe", "Choose yes or no"},
        {"f.signed", "f.signed=no", NULL},
        {"f.readers", "", "Enter a number, or choose \"I don't know\""},
        {"f.readers", "f.readers=+", "Enter a number, or choose \"I don't know\""},
        {"f.readers", "f.readers=many", "Enter a whole number from 0 to 1000"},
        {"f.readers", "f.readers=1001", "Enter a whole number from 0 to 1000"},
        {"f.readers", "f.readers=1000", NULL},
        {"f.readers", "f.readers=none", NULL},
        {"f.posted-on", "", "Enter a date, or choose \"I don't know\""},
        {"f.posted-on", "f.posted-on.day=&f.posted-on.month=+&f.posted-on.year=",
         "Enter a date, or choose \"I don't know\""},
        {"f.posted-on", "f.posted-on.day=29&f.posted-on.month=2&f.posted-on.year=2027",
         "Enter a real date, such as 1 9 2026"},
        {"f.posted-on", "f.posted-on.day=1&f.posted-on.month=9",
         "Enter a real date, such as 1 9 2026"},
        {"f.posted-on", "f.posted-on.day=1&f.posted-on.month=9&f.posted-on.year=26",
         "Enter a real date, such as 1 9 2026"},
        {"f.posted-on", "f.posted-on.day=1&f.posted-on.month=May&f.posted-on.year=2026",
         "Enter a real date, such as 1 9 2026"},
        {"f.posted-on", "f.posted-on.day=1&f.posted-on.month=13&f.posted-on.year=99999",
         "Enter a real date, such as 1 9 2026"},
        {"f.posted-on", "f.posted-on.day=31&f.posted-on.month=12&f.posted-on.year=1899",
         "Enter a real date, such as 1 9 2026"},
        {"f.posted-on", "f.posted-on.day=1&f.posted-on.month=1&f.posted-on.year=1900", NULL},
        {"f.posted-on", "f.posted-on.day=+1&f.posted-on.month=09&f.posted-on.year=2026", NULL},
        {"f.posted-on", "f.posted-on=2026-09-01", NULL},
        {"f.posted-on", "f.posted-on=none", NULL},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *page = begin(policy, "act=post");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str more = str_format(arena, "asked=%s&go=on&%s", cases[i].field, cases[i].said);
        struct interview_turn *turn = post(policy, page, str_cstr(arena, more));
        uint32_t fact = small_fact(policy, cases[i].field + 2);
        check_str(turn->problem.message, cases[i].shown == NULL ? "" : cases[i].shown);
        assert_int_equal(turn->lost, 0);
        if (cases[i].shown == NULL) {
            assert_non_null(interview_said_find(turn->interview, fact, 0));
            continue;
        }
        check_str(turn->problem.field, cases[i].field);
        assert_int_equal(turn->stage, INTERVIEW_STAGE_FACT);
        assert_int_equal(turn->next.fact, fact);
        assert_null(interview_said_find(turn->interview, fact, 0));
    }
}

static void days_are_put_together(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *page = begin(policy, "act=comment");
    check_shown(policy, page, "fact f.posted-on");
    struct interview_turn *turn = post(
        policy, page,
        "asked=f.posted-on&go=on&f.posted-on.day=5&f.posted-on.month=12&f.posted-on.year=2025");
    check_state(turn, "act=comment&f.posted-on=2025-12-05");
    check_shown(policy, turn, "answer forbidden");
}

static void i_do_not_know(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *page = begin(policy, "act=post");
    struct interview_turn *turn = post(policy, page, "asked=f.account&go=unknown&f.account=gone");
    check_state(turn, "act=post&f.account=unknown");
    turn = post(policy, turn, "asked=f.readers&go=withheld&f.readers=");
    check_state(turn, "act=post&f.account=unknown&f.readers=withheld");
    turn = post(policy, turn, "asked=f.tone&go=on&f.tone=unknown");
    check_state(turn, "act=post&f.account=unknown&f.readers=withheld&f.tone=unknown");
    check_shown(policy, turn, "answer undetermined");
}

/* The choices that can matter are those of the question that the engine asks, and of no other. */
static void choices_that_matter(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *turn = begin(policy, "act=post&f.account=personal&f.readers=20");
    check_shown(policy, turn, "fact f.tone");
    assert_true(turn->next.choice_count > 0);
    size_t choices = turn->next.choice_count;
    turn = post(policy, turn, "asked=f.tone&go=on&f.tone=gone");
    check_shown(policy, turn, "fact f.tone | f.tone: Choose one of the answers in the list");
    assert_int_equal(turn->next.choice_count, choices);
    turn = begin(policy, "act=post&f.account=official&f.tone=rude&f.readers=20");
    turn = post(policy, turn, "go=change+f.tone"); /* none of it can matter */
    check_shown(policy, turn, "fact f.tone (change)");
    assert_int_equal(turn->next.choice_count, 0);
}

/* ---- Contradictions -------------------------------------------------------------------------- */

static void what_does_not_fit_is_asked_again(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *page = begin(policy, "act=post&f.account=personal");
    struct interview_turn *turn = post(policy, page, "asked=f.tone&go=on&f.tone=rude&f.tone=kind");
    check_shown(policy, turn,
                "fact f.tone | f.tone: The fact 'tone' cannot be both 'rude' and 'kind'.");
    check_state(turn, "act=post&f.account=personal");
    turn = post(policy, turn, "asked=f.tone&go=on&f.tone=rude");
    check_state(turn, "act=post&f.account=personal&f.tone=rude");
    check_str(turn->problem.message, "");
}

/* A link says it, so nothing was asked: the last is taken back until it fits, and counted. */
static void a_link_that_does_not_fit_loses_the_last(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *turn =
        begin(policy, "act=post&f.account=personal&f.tone=rude&f.tone=kind&f.readers=50");
    check_shown(policy, turn, "fact f.tone | 2 lost");
    check_state(turn, "act=post&f.account=personal");
    turn = begin(policy, "act=post&f.tone=rude&f.tone=kind&have=A+-+asked+-");
    check_state(turn, "act=post");
}

/* ---- Changing -------------------------------------------------------------------------------- */

#define SAID "act=post&f.account=personal&f.tone=rude&f.readers=20"

static void a_changed_answer_keeps_its_place(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *page = post(policy, begin(policy, SAID), "go=change+f.account");
    check_shown(policy, page, "fact f.account (change)");
    check_state(page, "act=post&f.tone=rude&f.readers=20");
    assert_int_equal(page->before.fact, small_fact(policy, "account"));
    assert_int_equal(page->before.values[0], small_value(policy, "account", "personal"));
    struct interview_turn *turn = post(policy, page, "asked=f.account&go=on&f.account=official");
    check_state(turn, "act=post&f.account=official&f.tone=rude&f.readers=20");
    check_shown(policy, turn, "answer allowed");
    turn = post(policy, page, "asked=f.account&go=unknown");
    check_state(turn, "act=post&f.account=unknown&f.tone=rude&f.readers=20");
    page = post(policy, begin(policy, SAID), "go=change+f.tone");
    turn = post(policy, page, "asked=f.tone&go=on&f.tone=insults");
    check_state(turn, "act=post&f.account=personal&f.tone=insults&f.readers=20");
    page = post(policy, begin(policy, SAID), "go=change+f.readers");
    turn = post(policy, page, "asked=f.readers&go=on&f.readers=5");
    check_state(turn, "act=post&f.account=personal&f.tone=rude&f.readers=5");
}

static void back_from_a_change_keeps_the_answer(void **state)
{
    (void)state;
    static const char *const fields[] = {"f.account", "f.tone", "f.readers"};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    for (size_t i = 0; i < 3; i++) {
        struct str change = str_format(arena, "go=change+%s", fields[i]);
        struct str back = str_format(arena, "asked=%s&go=back&%s=gone", fields[i], fields[i]);
        struct interview_turn *turn = post(policy, begin(policy, SAID), str_cstr(arena, change));
        turn = post(policy, turn, str_cstr(arena, back));
        check_state(turn, SAID);
        check_shown(policy, turn, "answer needs-approval");
    }
}

/* A slip while changing does not forget what was said before. */
static void back_after_a_slip_keeps_the_answer_too(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *turn = post(policy, begin(policy, SAID), "go=change+f.tone");
    turn = post(policy, turn, "asked=f.tone&go=on&f.tone=rude&f.tone=kind");
    check_shown(policy, turn,
                "fact f.tone | f.tone: The fact 'tone' cannot be both 'rude' and 'kind'.");
    turn = post(policy, turn, "asked=f.tone&go=on&f.tone=gone");
    check_shown(policy, turn, "fact f.tone | f.tone: Choose one of the answers in the list");
    check_state(post(policy, turn, "asked=f.tone&go=back"), SAID);
    turn = post(policy, turn, "asked=f.tone&go=on&f.tone=insults");
    check_state(turn, "act=post&f.account=personal&f.tone=insults&f.readers=20");
}

static void another_change_keeps_the_first(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *turn = post(policy, begin(policy, SAID), "go=change+f.account");
    turn = post(policy, turn, "asked=f.account&go=change+f.tone");
    check_shown(policy, turn, "fact f.tone (change)");
    turn = post(policy, turn, "asked=f.tone&go=on&f.tone=insults");
    check_state(turn, "act=post&f.account=personal&f.tone=insults&f.readers=20");
}

static void what_cannot_be_changed_is_let_be(void **state)
{
    (void)state;
    static const char *const bad[] = {"f.signed", "f.gone", "f.1.other", "f.99.other", "", "act"};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct str change = str_format(arena, "go=change+%s", bad[i]);
        struct interview_turn *turn = post(policy, begin(policy, SAID), str_cstr(arena, change));
        check_state(turn, SAID);
        check_shown(policy, turn, "answer needs-approval");
    }
}

static void what_was_taken_for_granted_can_be_changed(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "must not post\n  when account is personal\n  unless emergency\n"));
    const char *said = "act=post&f.account=personal";
    check_shown(policy, begin(policy, said), "answer forbidden");
    struct interview_turn *turn = post(policy, begin(policy, said), "go=change+f.emergency");
    check_shown(policy, turn, "fact f.emergency (change)");
    check_shown(policy, post(policy, turn, "asked=f.emergency&go=back"), "answer forbidden");
    check_state(post(policy, turn, "asked=f.emergency&go=back"), "act=post&f.account=personal");
    turn = post(policy, turn, "asked=f.emergency&f.emergency=yes&go=on");
    check_state(turn, "act=post&f.account=personal&f.emergency=yes");
}

/* ---- Approvals ------------------------------------------------------------------------------- */

static void an_approval_that_somebody_has(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct interview_turn *page = begin(policy, SAID), *turn;
    turn = post(policy, page,
                "go=have+h1&h1.clause=A&h1.who=headteacher&h1.state=granted&h1.writing=yes");
    check_shown(policy, turn, "answer allowed");
    check_state(turn, SAID "&have=A+headteacher+granted+-writing");
    turn = post(policy, page, "go=have+h1&h1.clause=A&h1.state=asked&h1.reason=yes");
    check_shown(policy, turn, "answer needs-approval");
    check_state(turn, SAID "&have=A+-+asked+-reason");
    turn = post(policy, page, "go=have+h1&h1.clause=A&h1.who=headteacher");
    check_shown(policy, turn,
                "answer needs-approval | verdict: Choose who it was and what they said");
    check_state(turn, SAID);
    turn = post(policy, page, "go=have+h2&h1.clause=A&h1.who=headteacher&h1.state=granted");
    check_state(turn, SAID);
}

/* ---- Links ----------------------------------------------------------------------------------- */

static void an_old_link_loses_what_is_gone(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    check_shown(policy, begin(policy, SAID "&f.gone=yes"), "answer needs-approval | 1 lost");
    check_shown(policy, begin(policy, "act=gone&f.account=personal"), "act | 1 lost");
    check_shown(policy, begin(policy, "act=post&f.account=gone&f.tone=rude&f.readers=20"),
                "fact f.account | 1 lost");
    check_shown(policy, begin(policy, "act=accept&people=1&f.1.other=gone&f.1.gone=1"),
                "fact f.1.other | 2 lost");
    check_shown(policy, begin(policy, SAID "&have=GONE+headteacher+granted+-writing"),
                "answer needs-approval | 1 lost");
}

/* Forms that no page sends lead on all the same. */
static void forms_that_no_page_sends(void **state)
{
    (void)state;
    static const struct {
        const char *form, *shown;
    } cases[] = {
        {"asked=f.9.other&f.9.other=pupil&act=accept&people=1", "fact f.1.other"},
        {"asked=f.1.other&f.1.other=pupil&act=accept", "people"},
        {"asked=f.1.other&f.1.other=pupil&act=accept&people=0", "answer allowed"},
        {"asked=people&people=1&act=accept&people=2&f.2.other=pupil", "fact f.1.other | 1 lost"},
        {"act=accept&people=2&f.2.other=pupil&people=1&named=1", "fact f.1.other | 1 lost"},
        {"act=accept&people=2&named=1&have=consent+2+granted+-&people=1",
         "fact f.1.other | 1 lost"},
        {"act=report&people=2&named=1", "fact f.signed"},
        {"go=back", "act"},
        {"go=have+", "act | verdict: Choose who it was and what they said"},
        {"go=change+", "act"},
        {"go=unknown&asked=act", "act | act: Choose what you want to do"},
        {"asked=gone&go=on", "act"},
        {"asked=f.gone&go=on&f.gone=1", "act"},
        {"act=report&go=back&was=%25", "fact f.signed"},
        {"act=report&go=back&was=f.signed%3Dgone%26place%3D1", "fact f.signed | 1 lost"},
        {"act=wander&go=back&was=f.account%3Dpersonal%26place%3D99999999999999999999",
         "answer not-covered"},
        {"act=wander&go=back&was=f.account%3Dpersonal%26place%3D-1", "answer not-covered"},
        {"act=wander&go=back&was=f.account%3Dpersonal%26place%3D7", "answer not-covered"},
        {"act=wander&go=back&was=act%3Dreport%26place%3D1", "fact f.signed"},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str is = shown(policy, begin(policy, cases[i].form));
        if (!str_equal(is, str_from(cases[i].shown)))
            print_error("%s\n", cases[i].form);
        check_str(is, cases[i].shown);
    }
}

/* ---- Random interviews ----------------------------------------------------------------------- */

#define TURNS_MAX 400

/* An answer to what the turn asks, as a page sends it; now and then another button. */
static struct str reply_random(struct arena *arena, const struct pack *pack,
                               const struct interview_turn *turn, struct check_random *random)
{
    uint64_t way = check_random_below(random, 12);
    if (turn->stage == INTERVIEW_STAGE_ACT) {
        uint32_t act = (uint32_t)check_random_below(random, pack->act_count);
        return str_format(arena, "asked=act&act=" STR_FMT,
                          STR_ARG(pack_text(pack, pack->act[act].name)));
    }
    if (turn->stage == INTERVIEW_STAGE_PEOPLE)
        return str_format(arena, "asked=people&people=%d", (int)check_random_below(random, 4));
    if (turn->stage == INTERVIEW_STAGE_NAMES)
        return STR("asked=names&label.1=a&label.2=b");
    struct str field = interview_field(arena, pack, turn->next.fact, turn->next.person);
    if (way < 3)
        return str_format(arena, "asked=" STR_FMT "&go=%s", STR_ARG(field),
                          way == 0   ? "back"
                          : way == 1 ? "unknown"
                                     : "withheld");
    const struct pack_fact *fact = &pack->fact[turn->next.fact];
    struct interview_offer offer;
    struct text out = {.arena = arena};
    interview_offer(pack, &turn->next, &offer);
    text_addf(&out, "asked=" STR_FMT "&go=on", STR_ARG(field));
    for (size_t i = 0; i < offer.count; i++) {
        uint32_t value = fact->first_value + offer.values[i];
        if (check_random_below(random, fact->kind == PACK_FACT_ONE_OF ? offer.count : 3) == 0)
            text_addf(&out, "&" STR_FMT "=" STR_FMT, STR_ARG(field),
                      STR_ARG(pack_text(pack, pack->value[value].name)));
    }
    if (fact->kind == PACK_FACT_YES_NO)
        text_addf(&out, "&" STR_FMT "=%s", STR_ARG(field), way % 2 == 0 ? "yes" : "no");
    if (fact->kind == PACK_FACT_NUMBER)
        text_addf(&out, "&" STR_FMT "=%d", STR_ARG(field), (int)check_random_below(random, 60));
    if (fact->kind == PACK_FACT_DATE)
        text_addf(&out, "&" STR_FMT "=2026-01-01", STR_ARG(field));
    return text_str(&out);
}

/* What must hold of every turn. */
static void turn_check(const struct interview_turn *turn)
{
    bool is_late = turn->stage >= INTERVIEW_STAGE_FACT;
    assert_int_equal(turn->lost, 0);
    assert_int_equal(turn->answer != NULL, is_late);
    assert_int_equal(turn->next.fact != PACK_NONE, turn->stage == INTERVIEW_STAGE_FACT);
    assert_int_equal(turn->interview->act != PACK_NONE, turn->stage != INTERVIEW_STAGE_ACT);
    if (turn->stage == INTERVIEW_STAGE_FACT)
        assert_null(interview_said_find(turn->interview, turn->next.fact, turn->next.person));
}

/* True when it came to an answer. */
static bool interview_play(const struct pack *pack, struct check_random *random)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str bytes = {0};
    for (int i = 0; i < TURNS_MAX; i++) {
        struct form *form = ARENA_NEW(arena, struct form);
        assert_null(form_read(arena, bytes, form));
        struct interview_turn *turn = interview_turn(arena, pack, form, TODAY);
        turn_check(turn);
        if (turn->stage == INTERVIEW_STAGE_ANSWER)
            return true;
        struct str state = interview_form_text(turn->interview);
        struct str reply = reply_random(arena, pack, turn, random);
        bytes = str_format(arena, STR_FMT "&" STR_FMT, STR_ARG(state), STR_ARG(reply));
    }
    return false;
}

static void random_interviews_come_to_an_answer(void **state)
{
    (void)state;
    struct check_random random = check_random_new("turns");
    DEFER(arena_close) struct arena *arena = arena_open();
    struct shelf shelf = shelf_new(arena);
    assert_true(result_is_ok(shelf_load(&shelf, STR("policies"))));
    for (size_t p = 0; p < shelf.count; p++)
        for (int run = 0; run < 6; run++)
            assert_true(interview_play(&shelf.at[p].pack, &random));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_interview),
        cmocka_unit_test(back_leads_to_the_beginning),
        cmocka_unit_test(the_act),
        cmocka_unit_test(how_many_people),
        cmocka_unit_test(each_kind_of_answer_and_what_is_wrong_with_it),
        cmocka_unit_test(days_are_put_together),
        cmocka_unit_test(i_do_not_know),
        cmocka_unit_test(choices_that_matter),
        cmocka_unit_test(what_does_not_fit_is_asked_again),
        cmocka_unit_test(a_link_that_does_not_fit_loses_the_last),
        cmocka_unit_test(a_changed_answer_keeps_its_place),
        cmocka_unit_test(back_from_a_change_keeps_the_answer),
        cmocka_unit_test(back_after_a_slip_keeps_the_answer_too),
        cmocka_unit_test(another_change_keeps_the_first),
        cmocka_unit_test(what_cannot_be_changed_is_let_be),
        cmocka_unit_test(what_was_taken_for_granted_can_be_changed),
        cmocka_unit_test(an_approval_that_somebody_has),
        cmocka_unit_test(an_old_link_loses_what_is_gone),
        cmocka_unit_test(forms_that_no_page_sends),
        cmocka_unit_test(random_interviews_come_to_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
