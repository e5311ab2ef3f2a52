/*
 * tests/analyse/conflicts_test.c - contradictions of a policy, each with a situation that is true.
 *
 * Read first: docs/policy-language.md, section 5.5; src/analyse/analyse.h; src/decide/witness.h.
 *
 * What must hold: every situation that is found is put to the policy as a question, and the answer
 * names the same two clauses as in conflict.
 */
#include "support/check.h"

#include "analyse/analyse.h"
#include "decide/decide.h"
#include "decide/witness.h"
#include "support/small_policy.h"

/* ---- A witness as a question ----------------------------------------------------------------- */

/* One value of those that the witness leaves: of what does not matter, what is not so. */
static uint64_t one_value(const struct pack *pack, uint32_t variable, uint64_t domain)
{
    const struct pack_fact *fact = &pack->fact[pack->variable[variable].fact];
    bool is_one_of = fact->kind == PACK_FACT_ONE_OF;
    return is_one_of ? UINT64_C(1) << (63 - __builtin_clzll(domain)) : domain & (~domain + 1);
}

static struct decide_answer *replay(struct small_policy *policy,
                                    const struct decide_witness *witness)
{
    const struct pack *pack = &policy->pack;
    struct diag_list diags = diag_list_new(policy->arena);
    struct decide_question *question = decide_question_new(policy->arena, pack, witness->act);
    (void)decide_question_add_person(question, STR(""));
    for (uint32_t v = 0; v < pack->variable_count; v++) {
        if (pack->variable[v].approval != PACK_NONE)
            continue;
        struct decide_given given = {one_value(pack, v, witness->domain[v]), DECIDE_STATE_GIVEN};
        if (pack->variable[v].is_other != 0)
            question->people[0].given[v] = given;
        else
            question->given[v] = given;
    }
    struct decide_answer *answer = decide_answer(policy->arena, question, &diags);
    assert_non_null(answer);
    return answer;
}

/* The conflicts of a policy, each replayed. */
static const struct analyse_conflicts *conflicts_of(struct small_policy *policy)
{
    const struct pack *pack = &policy->pack;
    const struct analyse_conflicts *found = analyse_conflicts(policy->arena, pack);
    assert_int_equal(found->unsettled, 0);
    for (uint32_t i = 0; i < found->count; i++) {
        const struct analyse_conflict *conflict = &found->at[i];
        struct decide_witness witness;
        assert_true(decide_witness_conflict(policy->arena, pack, conflict->act,
                                            conflict->allowing, conflict->blocking, &witness));
        assert_false(witness.is_cut_short);
        struct decide_answer *answer = replay(policy, &witness);
        bool is_named = false;
        for (size_t k = 0; k < answer->conflict_count; k++)
            is_named = is_named || (answer->conflicts[k].first == witness.first &&
                                    answer->conflicts[k].second == witness.second);
        if (answer->verdict != DECIDE_VERDICT_UNDETERMINED || !is_named)
            print_error("not so: " STR_FMT "\n", STR_ARG(conflict->situation));
        assert_int_equal(answer->verdict, DECIDE_VERDICT_UNDETERMINED);
        assert_true(is_named);
        assert_int_equal(witness.first, pack->rule[conflict->allowing].clause);
        assert_int_equal(witness.second, pack->rule[conflict->blocking].clause);
        assert_false(str_is_empty(conflict->situation));
    }
    return found;
}

static uint32_t count_of(const char *law, const char *clauses)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    return conflicts_of(small_policy_open_under(arena, law, clauses))->count;
}

/* ---- Found ----------------------------------------------------------------------------------- */

#define PERMIT CLAUSE("A", "contacts", "may post\n  when signed and tone is insults\n")
#define FORBID CLAUSE("B", "contacts", "must not post\n  when tone is rude and readers is over 9\n")

static void a_conflict_is_found_with_a_situation(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, PERMIT FORBID);
    const struct analyse_conflicts *found = conflicts_of(policy);
    assert_int_equal(found->count, 1);
    assert_int_equal(found->at[0].allowing, small_rule(policy, "A", PACK_EFFECT_PERMITS));
    assert_int_equal(found->at[0].blocking, small_rule(policy, "B", PACK_EFFECT_FORBIDS));
    assert_int_equal(found->at[0].act, small_act(policy, "post"));
    check_str(found->at[0].situation,
              "post something; signed: yes; tone: it is rude; tone: it insults; "
              "readers: at least 10 people");
}

static void conflicts_of_every_kind_are_found(void **state)
{
    (void)state;
    assert_int_equal(count_of(NULL, PERMIT FORBID), 1);
    /* What is required and forbidden, of whatever topic, and against the law. */
    assert_int_equal(count_of(NULL, CLAUSE("A", "hours", "must post\n  when signed\n") FORBID), 1);
    assert_int_equal(count_of(CLAUSE("L", "hours", "must not post\n  when health\n"),
                              CLAUSE("A", "contacts", "should post\n  when signed\n")),
                     1);
    /* A need of approval is a prohibition as long as nobody approves. */
    assert_int_equal(count_of(NULL, PERMIT CLAUSE("B", "contacts",
                                                  "must not post\n  when health\n"
                                                  "  unless approved by union\n")),
                     1);
    /* Facts of the person concerned. */
    assert_int_equal(count_of(NULL,
                              CLAUSE("A", "contacts", "may accept\n  when other is relative\n")
                              CLAUSE("B", "contacts",
                                     "must not accept\n  when other is pupil\n")),
                     1);
}

/* Where the policy says whom it covers, the situation is one that it covers. */
static void a_situation_is_within_the_scope(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("S", "scope",
                      "covers post\n  when account is official and purpose is teaching\n"
                      "leaves out post\n  when account is none\n") PERMIT FORBID);
    const struct analyse_conflicts *found = conflicts_of(policy);
    assert_int_equal(found->count, 1);
    assert_true(str_find(found->at[0].situation, STR("an official account")) != STR_NONE);
    assert_true(str_find(found->at[0].situation, STR("teaching")) != STR_NONE);
}

static void each_pair_of_clauses_is_reported_once(void **state)
{
    (void)state;
    static const char clauses[] =
        CLAUSE("A", "contacts",
               "may post\n  when signed\nmay post\n  when health\nmay comment\n  when signed\n")
        CLAUSE("B", "contacts",
               "must not publish\n  when tone is rude\nmust not publish\n  when in-lesson\n")
        CLAUSE("C", "contacts", "must not comment\n  when tone is rude\n");
    assert_int_equal(count_of(NULL, clauses), 2);
}

static void a_known_conflict_that_leaves_a_gap_is_found_in_the_gap(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, PERMIT CLAUSE("B", "contacts",
                             "must not post\n  when tone is rude\n"
                             "known conflict A, B\n  when not health\n  take permit\n"));
    const struct analyse_conflicts *found = conflicts_of(policy);
    assert_int_equal(found->count, 1);
    assert_true(str_find(found->at[0].situation, STR("health: yes")) != STR_NONE);
}

static void reports_end_at_their_limit(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (uint32_t count = ANALYSE_CONFLICTS_MAX; count <= ANALYSE_CONFLICTS_MAX + 1; count++) {
        struct text clauses = {.arena = arena};
        text_add(&clauses, STR(CLAUSE("A", "contacts", "may post\n  when signed\n")));
        for (uint32_t i = 0; i < count; i++)
            text_addf(&clauses,
                      "## B {#B-%u topic=\"contacts\"}\nWords.\n```rule\n"
                      "must not post\n  when health\n```\n",
                      i);
        struct small_policy *policy = small_policy_open(arena, str_cstr(arena, text_str(&clauses)));
        assert_int_equal(analyse_conflicts(arena, &policy->pack)->count, ANALYSE_CONFLICTS_MAX);
    }
}

/* ---- Not found ------------------------------------------------------------------------------- */

static void what_is_settled_or_apart_is_no_conflict(void **state)
{
    (void)state;
    assert_int_equal(count_of(NULL, PERMIT CLAUSE("B", "reputation",
                                                  "must not post\n  when tone is rude\n")),
                     0);
    assert_int_equal(count_of(NULL, PERMIT CLAUSE("B", "contacts",
                                                  "must not post\n  when tone is rude\n"
                                                  "  regardless\n")),
                     0);
    assert_int_equal(count_of(NULL,
                              CLAUSE("A", "contacts",
                                     "may post\n  when signed and tone is insults\n"
                                     "  overrides B\n") FORBID),
                     0);
    assert_int_equal(count_of(NULL, PERMIT CLAUSE("B", "contacts",
                                                  "must not post\n  when tone is rude\n"
                                                  "  overrides A\n")),
                     0);
    assert_int_equal(count_of(NULL, PERMIT CLAUSE("B", "contacts",
                                                  "must not post\n  when tone is rude\n"
                                                  "known conflict A, B\n  take prohibition\n")),
                     0);
    assert_int_equal(count_of(NULL, PERMIT CLAUSE("B", "contacts",
                                                  "may post\n  when tone is rude\n"
                                                  "  only if health\n")),
                     0);
    assert_int_equal(count_of(NULL, PERMIT CLAUSE("B", "contacts",
                                                  "take care post\n  when tone is rude\n"
                                                  "ask first post\n  when health\n  of union\n")),
                     0);
}

/* Rules that no situation brings together. */
static void what_cannot_be_at_once_is_no_conflict(void **state)
{
    (void)state;
    assert_int_equal(count_of(NULL,
                              CLAUSE("A", "contacts", "may accept\n  when other is pupil\n")
                              CLAUSE("B", "contacts",
                                     "must not accept\n  when other is former-pupil\n")),
                     0);
    assert_int_equal(count_of(NULL,
                              CLAUSE("A", "contacts", "may post\n  when readers is under 10\n")
                              CLAUSE("B", "contacts",
                                     "must not post\n  when readers is at least 10\n")),
                     0);
    /* The exception of the one is the case of the other. */
    assert_int_equal(count_of(NULL,
                              CLAUSE("A", "contacts", "may post\n  when signed\n")
                              CLAUSE("B", "contacts", "must not post\n  unless signed\n")),
                     0);
    /* Both are out of scope where they meet. */
    assert_int_equal(count_of(NULL,
                              CLAUSE("S", "scope", "covers post\n  when account is official\n")
                              CLAUSE("A", "contacts",
                                     "may post\n  when account is personal and signed\n")
                              CLAUSE("B", "contacts", "must not post\n  when signed\n  unless "
                                                      "account is official\n")),
                     0);
    /* A third rule, which stands whenever both fire, defeats one of them. */
    assert_int_equal(count_of(NULL,
                              CLAUSE("A", "contacts", "may post\n  when signed\n")
                              CLAUSE("B", "contacts", "must not post\n  when signed\n")
                              CLAUSE("C", "hours",
                                     "take care post\n  when signed\n  overrides A\n")),
                     0);
}

/* P permits but where a pigeon lacks a hole: always, but that takes more steps than are taken. */
static void what_cannot_be_settled_is_counted(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char clauses[] =
        CLAUSE("P", "contacts", "may post\n") CLAUSE("N", "contacts", "must not post\n");
    struct small_policy *policy = small_policy_pigeons(arena, 2, "  overrides P\n", clauses);
    const struct analyse_conflicts *found = analyse_conflicts(arena, &policy->pack);
    assert_int_equal(found->count, 0);
    assert_int_equal(found->unsettled, 0);
    policy = small_policy_pigeons(arena, 8, "  overrides P\n", clauses);
    found = analyse_conflicts(arena, &policy->pack);
    assert_int_equal(found->count, 0);
    assert_int_equal(found->unsettled, 1);
}

/* ---- The five policies ----------------------------------------------------------------------- */

static struct small_policy *pack_open_text(struct arena *arena, struct str text, bool is_law)
{
    struct str vocabulary = small_policy_file(arena, "policies/vocabulary/vocabulary.md");
    struct str law = {0};
    if (!is_law)
        law = small_policy_file(arena, "policies/law/policy.md");
    return small_policy_open_files(arena, vocabulary, law, text);
}

static void the_policies_are_free_of_conflicts(void **state)
{
    (void)state;
    static const char *const names[] = {"athelstan", "chancery", "chiltern",
                                        "mandeville", "reach2",  "law"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct str path = str_format(arena, "policies/%s/policy.md", names[i]);
        struct str text = small_policy_file(arena, str_cstr(arena, path));
        struct small_policy *policy =
            pack_open_text(arena, text, str_equal(str_from(names[i]), STR("law")));
        assert_true(policy->pack.rule_count > 20);
        assert_int_equal(conflicts_of(policy)->count, 0);
    }
}

/* A policy without its known conflict number `which`; the empty text when it has fewer. */
static struct str without_known(struct arena *arena, struct str text, uint32_t which)
{
    size_t at = 0;
    for (uint32_t i = 0; i <= which; i++) {
        size_t found = str_find(str_slice(text, at, text.len), STR("\nknown conflict "));
        if (found == STR_NONE)
            return (struct str){0};
        at += found + 1;
    }
    struct str rest = str_slice(text, at, text.len);
    size_t blank = str_find(rest, STR("\n\n")), fence = str_find(rest, STR("\n```"));
    struct text out = {.arena = arena};
    text_add(&out, str_slice(text, 0, at));
    text_add(&out, str_slice(rest, (blank < fence ? blank : fence) + 1, rest.len));
    return text_str(&out);
}

static void chancery_without_a_known_conflict_is_unclean(void **state)
{
    (void)state;
    static const char *const blocking[] = {"CH-14", "CH-14", "CH-15", "CH-15"};
    for (uint32_t which = 0;; which++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct str text = without_known(
            arena, small_policy_file(arena, "policies/chancery/policy.md"), which);
        if (text.len == 0) {
            assert_int_equal(which, sizeof blocking / sizeof *blocking);
            return;
        }
        struct small_policy *policy = pack_open_text(arena, text, false);
        const struct analyse_conflicts *found = conflicts_of(policy);
        assert_int_equal(found->count, 1);
        assert_int_equal(policy->pack.rule[found->at[0].allowing].clause,
                         small_clause(policy, "CH-13"));
        assert_int_equal(policy->pack.rule[found->at[0].blocking].clause,
                         small_clause(policy, blocking[which]));
        bool in_emergency = str_find(found->at[0].situation, STR("emergency: yes")) != STR_NONE;
        assert_int_equal(in_emergency, which % 2 == 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_conflict_is_found_with_a_situation),
        cmocka_unit_test(conflicts_of_every_kind_are_found),
        cmocka_unit_test(a_situation_is_within_the_scope),
        cmocka_unit_test(each_pair_of_clauses_is_reported_once),
        cmocka_unit_test(a_known_conflict_that_leaves_a_gap_is_found_in_the_gap),
        cmocka_unit_test(reports_end_at_their_limit),
        cmocka_unit_test(what_is_settled_or_apart_is_no_conflict),
        cmocka_unit_test(what_cannot_be_at_once_is_no_conflict),
        cmocka_unit_test(what_cannot_be_settled_is_counted),
        cmocka_unit_test(the_policies_are_free_of_conflicts),
        cmocka_unit_test(chancery_without_a_known_conflict_is_unclean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
