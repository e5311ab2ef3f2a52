/*
 * tests/decide/standing_test.c - which rules stand, by matching alone.
 *
 * Read first: src/decide/standing.c. What stands is what the answer cites; only what a search
 * settles is left open.
 */
#include "support/check.h"

#include "decide/decide.h"
#include "support/small_policy.h"

static struct decide_stand stand_of(const struct small_policy *policy,
                                    const struct decide_stand *stands, const char *clause,
                                    enum pack_effect effect)
{
    return stands[small_rule(policy, clause, effect)];
}

#define check_stand(policy, stands, clause, effect, truth_of, level_of)                            \
    do {                                                                                           \
        struct decide_stand stand = stand_of((policy), (stands), (clause), (effect));              \
        assert_int_equal(stand.truth, truth_of);                                                   \
        assert_int_equal(stand.level, level_of);                                                   \
    } while (0)

static void rules_stand_as_the_answer_cites_them(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not post\n  when tone is rude\n")
                   CLAUSE("B", "hours", "take care post\n  when signed\n")
                       CLAUSE("C", "reputation", "must not post\n  when account is official\n"));
    struct decide_standing *standing =
        decide_standing_new(arena, &policy->pack, small_act(policy, "post"));
    struct decide_question *question =
        decide_question_new(arena, &policy->pack, small_act(policy, "post"));
    uint32_t rude = small_value(policy, "tone", "rude");
    uint32_t personal = small_value(policy, "account", "personal");
    decide_give_values(question, 0, small_fact(policy, "tone"), &rude, 1, NULL, 0);
    decide_give_values(question, 0, small_fact(policy, "account"), &personal, 1, NULL, 0);
    const struct decide_stand *stands = decide_standing_find(arena, standing, question);
    check_stand(policy, stands, "A", PACK_EFFECT_FORBIDS, DECIDE_YES, PACK_LEVEL_FORBIDDEN);
    check_stand(policy, stands, "B", PACK_EFFECT_CAUTIONS, DECIDE_OPEN, PACK_LEVEL_CAUTION);
    check_stand(policy, stands, "C", PACK_EFFECT_FORBIDS, DECIDE_NO, PACK_LEVEL_NOT_COVERED);
}

static void one_question_leaves_nothing_behind_for_the_next(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy =
        small_policy_open(arena, CLAUSE("A", "contacts", "must not post\n  when signed\n"));
    struct decide_standing *standing =
        decide_standing_new(arena, &policy->pack, small_act(policy, "post"));
    struct decide_question *question =
        decide_question_new(arena, &policy->pack, small_act(policy, "post"));
    decide_give_yes_no(question, 0, small_fact(policy, "signed"), true);
    const struct decide_stand *first = decide_standing_find(arena, standing, question);
    decide_give_yes_no(question, 0, small_fact(policy, "signed"), false);
    const struct decide_stand *second = decide_standing_find(arena, standing, question);
    check_stand(policy, first, "A", PACK_EFFECT_FORBIDS, DECIDE_YES, PACK_LEVEL_FORBIDDEN);
    check_stand(policy, second, "A", PACK_EFFECT_FORBIDS, DECIDE_NO, PACK_LEVEL_NOT_COVERED);
}

static void a_rule_that_stands_for_one_of_several_people_stands(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("A", "contacts", "must not accept\n  when other is pupil\n"));
    struct decide_standing *standing =
        decide_standing_new(arena, &policy->pack, small_act(policy, "accept"));
    struct decide_question *question =
        decide_question_new(arena, &policy->pack, small_act(policy, "accept"));
    question->has_people = true;
    uint32_t other = small_fact(policy, "other");
    uint32_t relative = small_value(policy, "other", "relative");
    uint32_t pupil = small_value(policy, "other", "pupil");
    decide_give_values(question, decide_question_add_person(question, STR("a")), other, &relative,
                       1, NULL, 0);
    const struct decide_stand *stands = decide_standing_find(arena, standing, question);
    check_stand(policy, stands, "A", PACK_EFFECT_FORBIDS, DECIDE_NO, PACK_LEVEL_NOT_COVERED);
    decide_give_values(question, decide_question_add_person(question, STR("b")), other, &pupil, 1,
                       NULL, 0);
    stands = decide_standing_find(arena, standing, question);
    check_stand(policy, stands, "A", PACK_EFFECT_FORBIDS, DECIDE_YES, PACK_LEVEL_FORBIDDEN);
}

static void nothing_stands_of_facts_that_exclude_each_other(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy =
        small_policy_open(arena, CLAUSE("A", "contacts", "must not post\n  when signed\n"));
    struct decide_question *question =
        decide_question_new(arena, &policy->pack, small_act(policy, "post"));
    uint32_t both[] = {small_value(policy, "tone", "rude"), small_value(policy, "tone", "kind")};
    decide_give_yes_no(question, 0, small_fact(policy, "signed"), true);
    decide_give_values(question, 0, small_fact(policy, "tone"), both, 2, NULL, 0);
    const struct decide_stand *stands = decide_standing_find(
        arena, decide_standing_new(arena, &policy->pack, small_act(policy, "post")), question);
    check_stand(policy, stands, "A", PACK_EFFECT_FORBIDS, DECIDE_NO, PACK_LEVEL_NOT_COVERED);
}

/* Signed or not, one of the two applies: a search sees that, matching does not. */
static void what_only_a_search_settles_is_open(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy =
        small_policy_open(arena, CLAUSE("A", "contacts", "must not post\n  when signed\n")
                                     CLAUSE("B", "contacts", "must not post\n  when not signed\n"));
    struct decide_question *question =
        decide_question_new(arena, &policy->pack, small_act(policy, "post"));
    struct diag_list diags = diag_list_new(arena);
    assert_int_equal(decide_answer(arena, question, &diags)->verdict, DECIDE_VERDICT_FORBIDDEN);
    const struct decide_stand *stands = decide_standing_find(
        arena, decide_standing_new(arena, &policy->pack, small_act(policy, "post")), question);
    check_stand(policy, stands, "A", PACK_EFFECT_FORBIDS, DECIDE_OPEN, PACK_LEVEL_FORBIDDEN);
    check_stand(policy, stands, "B", PACK_EFFECT_FORBIDS, DECIDE_OPEN, PACK_LEVEL_FORBIDDEN);
}

/* Signed and rude, or signed and about health: as long as neither is ruled out, two ways. */
static void a_rule_may_apply_in_several_ways(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena,
        CLAUSE("A", "contacts", "must not post\n  when signed and (tone is rude or health)\n"));
    struct decide_standing *standing =
        decide_standing_new(arena, &policy->pack, small_act(policy, "post"));
    struct decide_question *question =
        decide_question_new(arena, &policy->pack, small_act(policy, "post"));
    decide_give_yes_no(question, 0, small_fact(policy, "health"), false);
    uint32_t rule = small_rule(policy, "A", PACK_EFFECT_FORBIDS);
    assert_int_equal(decide_standing_find(arena, standing, question)[rule].ways, 1);
    decide_give_yes_no(question, 0, small_fact(policy, "health"), true);
    assert_int_equal(decide_standing_find(arena, standing, question)[rule].ways, 2);
    decide_give_yes_no(question, 0, small_fact(policy, "signed"), false);
    assert_int_equal(decide_standing_find(arena, standing, question)[rule].ways, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_stand_as_the_answer_cites_them),
        cmocka_unit_test(one_question_leaves_nothing_behind_for_the_next),
        cmocka_unit_test(a_rule_that_stands_for_one_of_several_people_stands),
        cmocka_unit_test(nothing_stands_of_facts_that_exclude_each_other),
        cmocka_unit_test(what_only_a_search_settles_is_open),
        cmocka_unit_test(a_rule_may_apply_in_several_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
