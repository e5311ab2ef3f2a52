/*
 * tests/interview/offer_test.c - which answers a question offers.
 *
 * Read first: src/interview/interview.h.
 */
#include "support/check.h"

#include "interview/interview.h"
#include "support/small_policy.h"

static const char the_clauses[] = CLAUSE("A", "contacts", "must not post\n");

/* The names that are offered of a fact of which only `choices` (all: none) can matter. */
static struct str offered(const struct small_policy *policy, const char *fact, uint32_t *choices,
                          size_t choice_count)
{
    struct decide_next next = {
        .fact = small_fact(policy, fact), .choices = choices, .choice_count = choice_count};
    struct interview_offer offer;
    struct text out = {.arena = policy->arena};
    interview_offer(&policy->pack, &next, &offer);
    for (size_t i = 0; i < offer.count; i++) {
        uint32_t value = policy->pack.fact[next.fact].first_value + offer.values[i];
        text_addf(&out, "%s" STR_FMT, i == 0 ? "" : " ",
                  STR_ARG(pack_text(&policy->pack, policy->pack.value[value].name)));
    }
    return text_str(&out);
}

static void all_values_where_none_are_named(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    check_str(offered(policy, "account", NULL, 0), "personal official associated");
    check_str(offered(policy, "tone", NULL, 0), "rude insults kind");
    check_str(offered(policy, "signed", NULL, 0), "");
    check_str(offered(policy, "readers", NULL, 0), "");
}

/* In the order of the vocabulary; the value that stands for "none" is offered otherwise. */
static void those_that_can_matter(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    uint32_t official = small_value(policy, "account", "official");
    uint32_t personal = small_value(policy, "account", "personal");
    check_str(offered(policy, "account", (uint32_t[]){official, personal}, 2), "personal official");
    check_str(offered(policy, "account", (uint32_t[]){3, official}, 2), "official");
    check_str(offered(policy, "account", (uint32_t[]){3}, 1), "");
}

static bool is_single(const struct small_policy *policy, const char *fact, uint32_t *choices,
                      size_t choice_count)
{
    struct decide_next next = {
        .fact = small_fact(policy, fact), .choices = choices, .choice_count = choice_count};
    return interview_is_single(&policy->pack, &next);
}

static void one_of_several_is_a_yes_or_no(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    uint32_t both[] = {0, 1};
    assert_true(is_single(policy, "tone", both, 1));
    assert_false(is_single(policy, "tone", both, 2));
    assert_false(is_single(policy, "tone", NULL, 0));
    assert_false(is_single(policy, "account", both, 1)); /* or something else */
    assert_false(is_single(policy, "signed", NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_values_where_none_are_named),
        cmocka_unit_test(those_that_can_matter),
        cmocka_unit_test(one_of_several_is_a_yes_or_no),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
