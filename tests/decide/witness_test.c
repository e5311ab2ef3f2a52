/*
 * tests/decide/witness_test.c - which rules may conflict at all, and a situation in words.
 *
 * Read first: src/decide/witness.h. That what is found is true, and what is there is found, is for
 * tests/analyse/conflicts_test.c.
 */
#include "support/check.h"

#include "decide/witness.h"
#include "support/small_policy.h"

static const char law[] = CLAUSE("L", "contacts", "must not post\n  when health\n");
static const char the_clauses[] =
    CLAUSE("P", "contacts", "may post\n  when signed\nmust not post\n  when in-lesson\n")
    CLAUSE("R", "hours", "must post\n  when signed\n")
    CLAUSE("F", "contacts", "must not post\n  when account is personal and tone is rude\n")
    CLAUSE("O", "reputation", "must not post\n  when tone is insults\n")
    CLAUSE("X", "contacts", "should not post\n  when tone is rude\n  regardless\n")
    CLAUSE("G", "contacts", "may post\n  when device is own\n  only if not in-lesson\n")
    CLAUSE("C", "contacts", "take care post\n  when signed\n");

static void which_rules_may_conflict(void **state)
{
    (void)state;
    static const struct {
        const char *one;
        enum pack_effect one_effect;
        const char *two;
        enum pack_effect two_effect;
        bool may;
    } cases[] = {
        {"P", PACK_EFFECT_PERMITS, "F", PACK_EFFECT_FORBIDS, true},
        {"F", PACK_EFFECT_FORBIDS, "P", PACK_EFFECT_PERMITS, false}, /* the other way round */
        {"P", PACK_EFFECT_PERMITS, "P", PACK_EFFECT_FORBIDS, false}, /* one clause */
        {"P", PACK_EFFECT_PERMITS, "O", PACK_EFFECT_FORBIDS, false}, /* another topic */
        {"P", PACK_EFFECT_PERMITS, "X", PACK_EFFECT_FORBIDS, false}, /* regardless */
        {"P", PACK_EFFECT_PERMITS, "G", PACK_EFFECT_GATES, false},
        {"P", PACK_EFFECT_PERMITS, "L", PACK_EFFECT_FORBIDS, false}, /* the law */
        {"P", PACK_EFFECT_PERMITS, "C", PACK_EFFECT_CAUTIONS, false},
        {"G", PACK_EFFECT_PERMITS, "F", PACK_EFFECT_FORBIDS, true},
        {"R", PACK_EFFECT_REQUIRES, "F", PACK_EFFECT_FORBIDS, true},
        {"R", PACK_EFFECT_REQUIRES, "O", PACK_EFFECT_FORBIDS, true},
        {"R", PACK_EFFECT_REQUIRES, "X", PACK_EFFECT_FORBIDS, true},
        {"R", PACK_EFFECT_REQUIRES, "G", PACK_EFFECT_GATES, true},
        {"R", PACK_EFFECT_REQUIRES, "L", PACK_EFFECT_FORBIDS, true},
        {"R", PACK_EFFECT_REQUIRES, "C", PACK_EFFECT_CAUTIONS, false},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open_under(arena, law, the_clauses);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t one = small_rule(policy, cases[i].one, cases[i].one_effect);
        uint32_t two = small_rule(policy, cases[i].two, cases[i].two_effect);
        if (decide_rules_may_conflict(&policy->pack, one, two) != cases[i].may)
            fail_msg("%s and %s", cases[i].one, cases[i].two);
    }
}

static bool hunt(struct arena *arena, const struct small_policy *policy, const char *one,
                 const char *two, struct decide_witness *witness)
{
    return decide_witness_conflict(arena, &policy->pack, small_act(policy, "post"),
                                   small_rule(policy, one, PACK_EFFECT_PERMITS),
                                   small_rule(policy, two, PACK_EFFECT_FORBIDS), witness);
}

static void what_is_absent_is_not_told(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open_under(arena, law, the_clauses);
    struct decide_witness witness;
    assert_true(hunt(arena, policy, "P", "F", &witness));
    assert_int_equal(witness.first, small_clause(policy, "P"));
    assert_int_equal(witness.second, small_clause(policy, "F"));
    check_str(decide_witness_text(arena, &policy->pack, &witness),
              "post something; the account: my own account; signed: yes; tone: it is rude");
}

/* Every situation with both has a third rule in it that defeats one of them. */
static void where_there_is_none_none_is_found(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(
        arena, CLAUSE("P", "contacts", "may post\n  when signed\n")
               CLAUSE("F", "contacts", "must not post\n  when health\n")
               CLAUSE("T", "hours",
                      "take care post\n  when signed and health\n  overrides F\n"));
    struct decide_witness witness;
    assert_false(hunt(arena, policy, "P", "F", &witness));
    assert_false(witness.is_cut_short);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(which_rules_may_conflict),
        cmocka_unit_test(what_is_absent_is_not_told),
        cmocka_unit_test(where_there_is_none_none_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
