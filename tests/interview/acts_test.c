/*
 * tests/interview/acts_test.c - acts in groups, and found by words.
 *
 * Read first: src/interview/interview.h. What words find is text: acts.txt, where a case is a line.
 */
#include "support/check.h"

#include "base/arena.h"
#include "interview/interview.h"
#include "shelf/shelf.h"
#include "support/small_policy.h"

#define CASES_FILE "tests/interview/acts.txt"

/* Opened once for all tests: it takes a while with sanitizers. */
static struct arena *shelved;
static struct shelf shelf;

static int policies_open(void **state)
{
    (void)state;
    shelved = arena_open();
    shelf = shelf_new(shelved);
    return result_is_ok(shelf_load(&shelf, STR("policies"))) && shelf.count >= 5 ? 0 : 1;
}

static int policies_close(void **state)
{
    (void)state;
    arena_close(shelved);
    return 0;
}

static struct str act_name(const struct pack *pack, uint32_t act)
{
    return pack_text(pack, pack->act[act].name);
}

static struct interview_found search(struct arena *arena, const struct pack *pack,
                                     const char *words)
{
    struct interview_found found;
    interview_search(arena, pack, str_from(words), &found);
    return found;
}

/* True when the act stands first, or the policy does not know it. */
static bool is_found(struct arena *arena, const struct pack *pack, struct str words, struct str act)
{
    struct interview_found found;
    uint32_t wanted = pack_act_find(pack, act);
    interview_search(arena, pack, words, &found);
    if (wanted == PACK_NONE || (found.count > 0 && found.acts[0] == wanted))
        return true;
    print_error("\"" STR_FMT "\" finds " STR_FMT " and not " STR_FMT ", in " STR_FMT "\n",
                STR_ARG(words),
                STR_ARG(found.count > 0 ? act_name(pack, found.acts[0]) : STR("nothing")),
                STR_ARG(act), STR_ARG(pack_name(pack)));
    return false;
}

static void words_find_their_act_in_every_policy(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str line, rest = small_policy_file(arena, CASES_FILE), words, act;
    size_t cases = 0, failed = 0, known = 0;
    while (rest.len != 0) {
        (void)str_cut(rest, '\n', &line, &rest);
        size_t arrow = str_find(line, STR(" -> "));
        if (str_is_empty(line) || str_starts(line, STR("#")))
            continue;
        assert_true(arrow != STR_NONE);
        words = str_slice(line, 0, arrow);
        act = str_slice(line, arrow + 4, line.len);
        cases++;
        for (size_t i = 0; i < shelf.count; i++) {
            assert_true(shelf.at[i].is_ready);
            known += pack_act_find(&shelf.at[i].pack, act) != PACK_NONE;
            failed += !is_found(arena, &shelf.at[i].pack, words, act);
        }
    }
    assert_true(cases >= 40 && known >= 5 * cases);
    assert_int_equal(failed, 0);
}

static void words_that_say_nothing_find_nothing(void **state)
{
    (void)state;
    static const char *const nothing[] = {
        "", "   ", "?!", "What is it all about?", "I would like to", "xylophone", "\xC3\xA9", "a"};
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++)
        assert_int_equal(search(arena, &shelf.at[0].pack, nothing[i]).count, 0);
}

static void a_name_is_one_act(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct pack *pack = &shelf.at[0].pack;
    for (uint32_t i = 0; i < pack->act_count; i++) {
        struct interview_found found;
        interview_search(arena, pack, act_name(pack, i), &found);
        assert_int_equal(found.count, 1);
        assert_int_equal(found.acts[0], i);
    }
}

/* Each act of the vocabulary is found by its own description, if not always first. */
static void a_description_finds_its_act(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct pack *pack = &shelf.at[0].pack;
    for (uint32_t i = 0; i < pack->act_count; i++) {
        struct interview_found found;
        bool is_among = false;
        interview_search(arena, pack, pack_text(pack, pack->act[i].text), &found);
        for (size_t f = 0; f < found.count; f++)
            is_among = is_among || found.acts[f] == i;
        if (!is_among)
            print_error("not found: " STR_FMT "\n", STR_ARG(pack_text(pack, pack->act[i].text)));
        assert_true(is_among);
    }
}

static void the_best_stand_first_and_few_are_shown(void **state)
{
    (void)state;
    static const char *const many[] = {"school", "pupil",
                                       "post comment share message photo account",
                                       "account of a pupil on a phone in a lesson"};
    DEFER(arena_close) struct arena *arena = arena_open();
    size_t most = 0;
    for (size_t i = 0; i < sizeof many / sizeof many[0]; i++) {
        struct interview_found found = search(arena, &shelf.at[0].pack, many[i]);
        assert_in_range(found.count, 1, INTERVIEW_SEARCH_MAX);
        most = found.count > most ? found.count : most;
        for (size_t f = 1; f < found.count; f++) {
            assert_true(found.scores[f - 1] >= found.scores[f]);
            assert_true(found.scores[f] * 3 >= found.scores[0]);
        }
    }
    assert_int_equal(most, INTERVIEW_SEARCH_MAX);
}

/* Sixteen words of a search are looked at; words that say nothing do not count. */
static void a_long_search_is_cut(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct pack *pack = &shelf.at[0].pack;
    struct text words = {.arena = arena};
    for (int i = 0; i < 15; i++)
        text_add(&words, STR("xylophone and the "));
    struct str within = str_format(arena, STR_FMT "photograph", STR_ARG(text_str(&words)));
    struct str past = str_format(arena, STR_FMT "xylophone photograph", STR_ARG(text_str(&words)));
    assert_true(is_found(arena, pack, within, STR("take-photo")));
    assert_int_equal(search(arena, pack, str_cstr(arena, past)).count, 0);
}

static void every_act_is_in_one_group(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t p = 0; p < shelf.count; p++) {
        const struct pack *pack = &shelf.at[p].pack;
        struct interview_groups groups;
        unsigned *times = ARENA_ARRAY(arena, unsigned, pack->act_count);
        interview_groups(pack, &groups);
        assert_in_range(groups.count, 2, INTERVIEW_GROUPS_MAX);
        for (size_t g = 0; g < groups.count; g++) {
            struct interview_found found;
            interview_group_acts(pack, groups.names[g], &found);
            assert_true(found.count > 0);
            for (size_t i = 0; i < found.count; i++) {
                times[found.acts[i]]++;
                assert_true(i == 0 || found.acts[i - 1] < found.acts[i]);
            }
        }
        for (uint32_t i = 0; i < pack->act_count; i++)
            assert_int_equal(times[i], 1);
    }
}

static void acts_of_no_group_stand_together(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy =
        small_policy_open(arena, CLAUSE("A", "contacts", "must not post\n"));
    struct interview_groups groups;
    struct interview_found found;
    interview_groups(&policy->pack, &groups);
    assert_int_equal(groups.count, 2);
    check_str(groups.names[0], "publish");
    check_str(groups.names[1], "");
    interview_group_acts(&policy->pack, STR("publish"), &found);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.acts[0], small_act(policy, "post"));
    interview_group_acts(&policy->pack, STR(""), &found);
    assert_int_equal(found.count, 3);
    interview_group_acts(&policy->pack, STR("there is no such group"), &found);
    assert_int_equal(found.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_find_their_act_in_every_policy),
        cmocka_unit_test(words_that_say_nothing_find_nothing),
        cmocka_unit_test(a_name_is_one_act),
        cmocka_unit_test(a_description_finds_its_act),
        cmocka_unit_test(the_best_stand_first_and_few_are_shown),
        cmocka_unit_test(a_long_search_is_cut),
        cmocka_unit_test(every_act_is_in_one_group),
        cmocka_unit_test(acts_of_no_group_stand_together),
    };
    return cmocka_run_group_tests(tests, policies_open, policies_close);
}
