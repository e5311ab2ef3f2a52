/*
 * tests/decide/answer_test.c - people joined, and everything that an answer cites.
 *
 * Read first: docs/policy-language.md, sections 5.8, 5.9 and 9; src/decide/answer.c.
 */
#include "support/check.h"

#include "decide/decide.h"
#include "support/small_policy.h"

static const char contacts[] =
    CLAUSE("A", "contacts",
           "should not accept\n  when other is pupil\n  unless other is relative\n"
           "should not accept\n  when other is former-pupil and other.age is under 18\n"
           "take care accept\n  when other.started-it\n"
           "must not post\n  when tone is rude\n");

/* ---- Several people -------------------------------------------------------------------------- */

static void each_person_is_judged_apart(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, contacts);
    struct decide_answer *answer =
        ask(policy, "{'act':'accept','otherwise':'none','others':[{'label':'my daughter',"
                    "'is':['own-child','pupil']},{'is':['former-pupil'],'age':17}]}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_int_equal(answer->person_count, 2);
    assert_int_equal(answer->person_verdicts[0], DECIDE_VERDICT_ALLOWED);
    assert_int_equal(answer->person_verdicts[1], DECIDE_VERDICT_FORBIDDEN);
    assert_int_equal(answer->cited_count, 1);
    assert_int_equal(answer->cited[0].for_people, 2);
}

static void the_joint_verdict(void **state)
{
    (void)state;
#define PUPIL "{'is':['pupil']}"
#define FRIEND "{'is':[]}"
#define STARTED "{'is':[],'started-it':true}"
#define OPEN "{'is':{'unknown':['pupil']}}"
    static const struct {
        const char *people, *verdict;
    } cases[] = {
        {FRIEND, "allowed"},
        {FRIEND "," STARTED, "caution"},
        {STARTED "," FRIEND, "caution"},
        {STARTED "," PUPIL, "forbidden"},
        {OPEN "," STARTED, "undetermined"},
        {OPEN "," PUPIL, "forbidden"}, /* whatever the other is */
        {PUPIL "," OPEN, "forbidden"},
        {FRIEND "," FRIEND "," OPEN, "undetermined"},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, contacts);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str question = str_format(
            arena, "{'act':'accept','otherwise':'none','others':[%s]}", cases[i].people);
        check_verdict(policy, str_cstr(arena, question), cases[i].verdict);
    }
}

static void the_last_of_thirty_two_people_counts(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, contacts);
    struct text question = {.arena = arena};
    text_add(&question, STR("{'act':'accept','otherwise':'none','others':["));
    for (int i = 0; i < 31; i++)
        text_add(&question, STR(FRIEND ","));
    text_add(&question, STR(PUPIL "]}"));
    struct decide_answer *answer = ask(policy, str_cstr(arena, text_str(&question)));
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_int_equal(answer->person_count, 32);
    assert_int_equal(answer->cited[0].for_people, UINT32_C(1) << 31);
}

/* Nobody, somebody of whom nothing is said, and an act that asks about nobody. */
static void nobody_and_somebody_unknown(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, contacts);
    struct decide_answer *answer = ask(policy, "{'act':'accept','others':[]}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_ALLOWED);
    assert_int_equal(answer->question->person_count, 0);
    answer = ask(policy, "{'act':'accept'}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_UNDETERMINED);
    assert_int_equal(answer->question->person_count, 1);
    assert_int_equal(answer->missing_count, 3); /* who, how old, who started it */
    assert_int_equal(answer->missing[0].person, 1);
    check_verdict(policy, "{'act':'accept','otherwise':'none'}", "allowed");
    answer = ask(policy, "{'act':'post','facts':{'tone':['rude']}}");
    assert_int_equal(answer->question->person_count, 0);
    assert_int_equal(answer->person_count, 1);
}

static void approvals_and_asks_are_kept_with_whom_they_are_for(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "should not accept\n  when other is pupil\n  unless approved by union\n"
                      "ask first accept\n  when other is former-pupil\n  of headteacher\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'accept','otherwise':'none','others':[{'is':['pupil']},"
                    "{'is':['former-pupil']},{'is':['pupil']}]}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_NEEDS_APPROVAL);
    assert_int_equal(answer->needed_count, 1);
    assert_int_equal(answer->needed[0].for_people, 5);
    assert_int_equal(answer->ask_count, 1);
    assert_int_equal(answer->cited_count, 2);
}

/* A rule without roles and a known conflict of the same clause: both say whom to ask. */
static void whom_to_ask_is_kept_beside_whomever_of_the_same_clause(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("B", "contacts", "should not post\n")
                   CLAUSE("A", "contacts",
                          "known conflict A, B\n  take ask principal\nmay post\n"
                          "ask first post\n  regardless\n"));
    struct decide_answer *answer = ask(policy, "{'act':'post','otherwise':'none'}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_ASK_FIRST);
    bool has_whomever = false, has_principal = false;
    for (size_t i = 0; i < answer->ask_count; i++) {
        struct pack_list roles = answer->ask[i].roles;
        has_whomever = has_whomever || roles.count == 0;
        has_principal = has_principal || roles.count == 1;
    }
    assert_true(has_whomever && has_principal);
}

/* ---- Facts ----------------------------------------------------------------------------------- */

static bool is_among(const struct decide_open *list, size_t count, uint32_t fact, uint32_t person)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].fact == fact && list[i].person == person)
            return true;
    return false;
}

static void presumptions_are_listed(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "must not post\n  when emergency and signed\n"
                      "must not post\n  when rights is belief\n"
                      "must not comment\n  when signed\n"));
    struct decide_answer *answer = ask(policy, "{'act':'post','facts':{'signed':false}}");
    assert_int_equal(answer->presumed_count, 2);
    assert_int_equal(answer->presumed[0].fact, small_fact(policy, "emergency"));
    check_str(answer->presumed[0].text, "emergency: no");
    check_str(answer->presumed[1].text, "rights: none of the choices");
    answer = ask(policy, "{'act':'post','otherwise':'none'}");
    assert_int_equal(answer->presumed_count, 2);
    answer = ask(policy, "{'act':'post','facts':{'emergency':false,'rights':[]}}");
    assert_int_equal(answer->presumed_count, 0);
    answer = ask(policy, "{'act':'comment'}"); /* no rule of this act reads them */
    assert_int_equal(answer->presumed_count, 0);
}

static void what_is_missing_unknown_and_withheld_is_listed(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "must not accept\n  when signed and health and in-lesson and other is pupil\n"
                      "must not accept\n  when device is own and other.age is under 18\n"));
    uint32_t signed_ = small_fact(policy, "signed"), health = small_fact(policy, "health");
    struct decide_answer *answer =
        ask(policy, "{'act':'accept','facts':{'signed':'unknown','health':'withheld',"
                    "'device':'school','in-lesson':true,'account':'unknown'},"
                    "'others':[{'age':3},{'is':{'unknown':['pupil']}}]}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_UNDETERMINED);
    assert_int_equal(answer->unknown_count, 2); /* the account matters to no rule */
    assert_true(is_among(answer->unknown, 2, signed_, 0));
    assert_true(is_among(answer->unknown, 2, small_fact(policy, "other"), 2));
    assert_int_equal(answer->withheld_count, 1);
    assert_true(is_among(answer->withheld, 1, health, 0));
    assert_int_equal(answer->missing_count, 1); /* the age no longer matters */
    assert_true(is_among(answer->missing, 1, small_fact(policy, "other"), 1));
}

static void where_all_is_settled_nothing_is_missing(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not post\n  when signed\n"
                                       "should not post\n  when health\n"));
    struct decide_answer *answer = ask(policy, "{'act':'post','facts':{'signed':true}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_int_equal(answer->missing_count, 0);
    assert_int_equal(answer->cited_count, 2);
    assert_true(answer->cited[0].is_certain && answer->cited[0].decides);
    assert_false(answer->cited[1].is_certain || answer->cited[1].decides);
}

static void a_contradiction_is_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, contacts);
    struct diag_list diags =
        refuse(policy, "{'act':'accept','others':[{},{'is':['pupil','former-pupil']}]}");
    check_str(diags.items[0].code, "contradiction");
}

/* ---- Scope ----------------------------------------------------------------------------------- */

static const char scoped[] =
    CLAUSE("S", "scope",
           "covers post\n  when account is official\n"
           "covers post\n  when signed and health\n"
           "leaves out post\n  when in-lesson\n")
    CLAUSE("A", "contacts", "must not post\n  when tone is rude\n");

static void scope_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *facts;
        enum decide_scope scope;
    } cases[] = {
        {"'account':'official'", DECIDE_SCOPE_IN},
        {"'account':'personal'", DECIDE_SCOPE_OUT},
        {"'account':'official','in-lesson':true", DECIDE_SCOPE_OUT},
        {"'account':'unknown'", DECIDE_SCOPE_UNKNOWN},
        {"'account':'unknown','signed':true,'health':true", DECIDE_SCOPE_IN},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, scoped);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str question = str_format(
            arena, "{'act':'post','otherwise':'none','facts':{%s}}", cases[i].facts);
        assert_int_equal(ask(policy, str_cstr(arena, question))->scope, cases[i].scope);
    }
}

static void open_scope_says_what_it_turns_on(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, scoped);
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'personal',"
                    "'signed':true,'health':'unknown'}}");
    check_str(answer->scope_text, "Outside this policy, unless health: yes.");
    answer = ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'official'}}");
    check_str(answer->scope_text, "");
    answer = ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'official',"
                         "'in-lesson':'unknown'}}");
    check_str(answer->scope_text, "It is not known whether this policy covers it.");
    answer = ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'unknown',"
                         "'signed':true,'health':'unknown'}}");
    check_str(answer->scope_text,
              "Outside this policy, unless the account: an official account; or health: yes.");
}

static void allowed_without_a_permit_rests_on_the_scope(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, scoped);
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'official'}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_ALLOWED);
    assert_int_equal(answer->cited_count, 1);
    assert_true(answer->cited[0].decides && small_applies(answer, "S"));
    assert_int_equal(answer->strength, PACK_STRENGTH_STATES);
    answer = ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'official',"
                         "'in-lesson':true}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_NOT_COVERED);
    assert_true(answer->cited[0].decides); /* the rule that leaves it out */
    assert_int_equal(policy->pack.rule[answer->cited[0].rule].effect, PACK_EFFECT_LEAVES_OUT);
}

/* Which clause it is depends on what is unknown: those that may be it decide together. */
static void what_decides_may_be_several_clauses_together(void **state)
{
    (void)state;
    static const struct {
        const char *clauses, *verdict;
        size_t decide;
    } cases[] = {
        {CLAUSE("A", "contacts", "should not post\n  when signed\nmust not post\n  when health\n")
         CLAUSE("B", "hours", "must not post\n  when not signed\n"),
         "forbidden", 2},
        {CLAUSE("S", "scope", "covers post\n  when signed\ncovers post\n  when not signed\n")
         CLAUSE("A", "contacts", "must not post\n  when health\n"),
         "allowed", 2},
        {CLAUSE("S", "scope",
                "covers post\n  when account is none\ncovers post\n  when signed\n")
         CLAUSE("A", "contacts", "must not post\n  when health\n"),
         "allowed", 1},
        {CLAUSE("S", "scope", "covers post\n  when signed\nleaves out post\n  when signed\n")
         CLAUSE("A", "contacts", "must not post\n  when health\n"),
         "not-covered", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct small_policy *policy = small_policy_open(arena, cases[i].clauses);
        struct decide_answer *answer =
            ask(policy, "{'act':'post','otherwise':'none','facts':{'signed':'unknown'}}");
        check_str(decide_verdict_name(answer->verdict), cases[i].verdict);
        size_t count = 0;
        for (size_t k = 0; k < answer->cited_count; k++)
            count += answer->cited[k].decides;
        assert_int_equal(count, cases[i].decide);
        assert_true(answer->cited[0].decides);
        assert_int_not_equal(answer->strength, PACK_STRENGTH_COUNT);
    }
}

/* The scope of several people is that of all, else unknown. */
static void scope_of_several_people(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("S", "scope", "covers accept\n  when other is pupil\n")
               CLAUSE("A", "contacts", "must not accept\n  when other is pupil\n"));
    assert_int_equal(
        ask(policy, "{'act':'accept','others':[{'is':['pupil']},{'is':['pupil']}]}")->scope,
        DECIDE_SCOPE_IN);
    assert_int_equal(ask(policy, "{'act':'accept','others':[{'is':[]},{'is':[]}]}")->scope,
                     DECIDE_SCOPE_OUT);
    assert_int_equal(ask(policy, "{'act':'accept','others':[{'is':['pupil']},{'is':[]}]}")->scope,
                     DECIDE_SCOPE_UNKNOWN);
}

/* ---- What is cited --------------------------------------------------------------------------- */

static void what_decides_stands_first(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("P", "hours", "may post\n  when readers is under 10\n")
               CLAUSE("C", "contacts", "take care post\n  when signed\n")
               CLAUSE("F", "reputation", "should not post\n  when health\n")
               CLAUSE("X", "reputation", "must not post\n  when in-lesson\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'readers':3,'signed':true,"
                    "'health':true,'in-lesson':'unknown'}}");
    static const char *const order[] = {"F", "C", "P", "X"};
    assert_int_equal(answer->cited_count, 4);
    for (size_t i = 0; i < 4; i++) {
        uint32_t clause = policy->pack.rule[answer->cited[i].rule].clause;
        assert_int_equal(clause, small_clause(policy, order[i]));
        assert_int_equal(answer->cited[i].decides, i == 0);
        assert_int_equal(answer->cited[i].is_certain, i != 3);
    }
}

static void equal_ones_keep_the_order_of_the_policy(void **state)
{
    (void)state;
    static const char *const order[] = {"Z", "M", "A"};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("Z", "hours", "must not post\n  when signed\n")
               CLAUSE("M", "contacts", "should not post\n  when signed\n")
               CLAUSE("A", "reputation", "must not post\n  when signed\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'signed':true}}");
    assert_int_equal(answer->cited_count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(policy->pack.rule[answer->cited[i].rule].clause,
                         small_clause(policy, order[i]));
}

static void what_is_set_aside_says_by_what(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts",
                      "must not post\n  when account is personal\nmay post\n  when signed\n")
               CLAUSE("B", "contacts", "ask first post\n  when signed\n  of union\n")
               CLAUSE("C", "contacts", "take care post\n  when health\n  overrides B\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'account':'personal',"
                    "'signed':true,'health':true}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_CAUTION);
    assert_int_equal(answer->set_aside_count, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct decide_set_aside *aside = &answer->set_aside[i];
        bool is_permit = policy->pack.rule[aside->rule].clause == small_clause(policy, "A");
        assert_int_equal(aside->why, is_permit ? DECIDE_ASIDE_PERMIT : DECIDE_ASIDE_OVERRIDE);
        assert_int_equal(aside->by_clause, small_clause(policy, is_permit ? "A" : "C"));
    }
}

static void reader_s_notes_of_clauses_that_matter_are_shown(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE_NOTED("A", "contacts", "the source has two dates.",
                            "must not post\n  when tone is rude\n")
               CLAUSE_NOTED("B", "reputation", "nobody checked this.",
                            "must not post\n  when signed\n")
               CLAUSE("C", "hours", "must not post\n  when health\n")
               CLAUSE_NOTED("P", "scope", "this permits.", "may post\n  when in-lesson\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'post','otherwise':'none','facts':{'tone':['rude']}}");
    assert_int_equal(answer->note_count, 1);
    assert_int_equal(answer->notes[0], small_clause(policy, "A"));
    answer = ask(policy, "{'act':'post','otherwise':'none','facts':{'health':true}}");
    assert_int_equal(answer->note_count, 0);
    answer = ask(policy, "{'act':'post','otherwise':'none','facts':{'health':true,"
                         "'signed':'unknown'}}");
    assert_int_equal(answer->note_count, 0); /* only possible */
    answer = ask(policy, "{'act':'post','otherwise':'none','facts':{'health':true,"
                         "'in-lesson':true}}");
    assert_int_equal(answer->note_count, 0); /* it permits, but that is not what is answered */
    answer = ask(policy, "{'act':'post','otherwise':'none','facts':{'in-lesson':true}}");
    assert_int_equal(answer->note_count, 1);
}

static void duties_are_owed_also_where_it_was_forbidden(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, "## D {#D topic=\"hours\"}\nWords.\n```operation\n"
               "duty tell \"Tell the office\"\n  who \"you\"\n  by \"today\"\n```\n"
               "```rule\nnevertheless must tell\n  on publish\n  when tone is rude\n```\n"
        CLAUSE("A", "contacts", "must not publish\n  when tone is rude\n"));
    struct decide_answer *answer =
        ask(policy, "{'act':'comment','otherwise':'none','facts':{'tone':['rude']}}");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_true(small_applies(answer, "D"));
    assert_int_equal(answer->cited[0].level, PACK_LEVEL_FORBIDDEN);
    assert_int_not_equal(policy->pack.rule[answer->cited[1].rule].duty, PACK_NONE);
    assert_int_not_equal(policy->pack.rule[answer->cited[1].rule].flags & PACK_RULE_NEVERTHELESS,
                         0);
}

static void the_same_question_gets_the_same_answer(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, contacts);
    struct text one = {.arena = arena}, two = {.arena = arena};
    static const char question[] = "{'act':'accept','others':[{'age':17},{'is':['pupil']}]}";
    decide_answer_write(ask(policy, question), &one);
    decide_answer_write(ask(policy, "{'act':'post'}"), &(struct text){.arena = arena});
    decide_answer_write(ask(policy, question), &two);
    assert_true(str_equal(text_str(&one), text_str(&two)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_person_is_judged_apart),
        cmocka_unit_test(the_joint_verdict),
        cmocka_unit_test(the_last_of_thirty_two_people_counts),
        cmocka_unit_test(nobody_and_somebody_unknown),
        cmocka_unit_test(approvals_and_asks_are_kept_with_whom_they_are_for),
        cmocka_unit_test(whom_to_ask_is_kept_beside_whomever_of_the_same_clause),
        cmocka_unit_test(presumptions_are_listed),
        cmocka_unit_test(what_is_missing_unknown_and_withheld_is_listed),
        cmocka_unit_test(where_all_is_settled_nothing_is_missing),
        cmocka_unit_test(a_contradiction_is_refused),
        cmocka_unit_test(scope_is_told),
        cmocka_unit_test(open_scope_says_what_it_turns_on),
        cmocka_unit_test(allowed_without_a_permit_rests_on_the_scope),
        cmocka_unit_test(what_decides_may_be_several_clauses_together),
        cmocka_unit_test(scope_of_several_people),
        cmocka_unit_test(what_decides_stands_first),
        cmocka_unit_test(equal_ones_keep_the_order_of_the_policy),
        cmocka_unit_test(what_is_set_aside_says_by_what),
        cmocka_unit_test(reader_s_notes_of_clauses_that_matter_are_shown),
        cmocka_unit_test(duties_are_owed_also_where_it_was_forbidden),
        cmocka_unit_test(the_same_question_gets_the_same_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
