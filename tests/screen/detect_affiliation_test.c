/*
 * tests/screen/detect_affiliation_test.c - where the writer works, and whose views they are.
 *
 * Read first: found.h.
 */
#include "support/check.h"

#include "found.h"

#define BOTH "affiliation disclaimer"

static void profiles(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Head of Music at Ashdown Vale Academy. Trombone. Views my own.",
         "affiliation[Head of Music at Ashdown Vale Academy] disclaimer[Views my own]"},
        {"Head of PE by day, bass player by night", "affiliation[Head of PE]"},
        {"TA & first aider @ Fernhill Primary. All opinions are just me",
         "affiliation[TA & first aider @ Fernhill Primary] disclaimer[opinions are just me]"},
        {"dad, caretaker at AVA", "affiliation[caretaker at AVA]"},
        {"works in the office at Ashdown Vale",
         "affiliation[works in the office at Ashdown Vale]"},
        {"Maths teacher in a Leeds secondary, own views",
         "affiliation[Maths teacher in a Leeds secondary] disclaimer[own views]"},
        {"tweets don't represent my school", "disclaimer[don't represent my school]"},
    };
    found_check(BOTH, SCREEN_CHANNEL_PROFILE, cases, FOUND_COUNT(cases));
}

static void posts(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"I teach geography at Ashdown Vale and got lost",
         "affiliation[teach geography at Ashdown Vale]"},
        {"as a TA at Fernhill Primary I see it daily", "affiliation[TA at Fernhill Primary]"},
        {"my job at Ashdown Vale starts on Monday", "affiliation[job at Ashdown Vale]"},
        {"I run the kitchen at the Vale", "affiliation[run the kitchen at the Vale]"},
        {"I teach at a small primary in Dorset", "affiliation[teach at a small primary]"},
        {"not speaking for my school here, but", "disclaimer[not speaking for my school]"},
        {"Posting in a personal capacity: vote!", "disclaimer[personal capacity]"},
    };
    found_check(BOTH, SCREEN_CHANNEL_PERSONAL, cases, FOUND_COUNT(cases));
}

static void what_is_neither(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "My sister teaches at Ashdown Vale, lucky thing",
        "my daughter goes to Ashdown Vale and adores maths",
        "Lovely to meet the head of music at Ashdown Vale",
        "Teacher at a primary school in Leeds wins a barge",
        "Teachers deserve better. That's the post.",
        "I work in a bank, nobody's favourite",
        "I have my own views on custard",
        "a room with views of the sea, mine for a week",
        "In my opinion the tin one was better",
        "tweet me when you are home",
    };
    found_none(BOTH, SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
    static const char *const profiles_without[] = {
        "Yoga teacher, sea swimmer, mum of three",
        "Retired teacher, full time gardener",
        "Former Head of Music at Ashdown Vale",
        "Married to a teacher, send wine",
        "Head chef at a pub you can't afford",
        "Opinions about biscuits, none about politics",
        "Head of the biscuit department at home",
    };
    found_none(BOTH, SCREEN_CHANNEL_PROFILE, profiles_without, FOUND_COUNT(profiles_without));
    static const char *const official[] = {
        "Tomasz Zielinski, Head of Music at Ashdown Vale Academy, writes about the concert",
        "We teach at Ashdown Vale with love",
    };
    found_none(BOTH, SCREEN_CHANNEL_OFFICIAL, official, FOUND_COUNT(official));
}

static void an_affiliation_needs_a_disclaimer(void **state)
{
    (void)state;
    static const char kind[] = "affiliation-without-disclaimer";
    check_str(found_of(kind, "I teach maths at Ashdown Vale", SCREEN_CHANNEL_PERSONAL),
              "affiliation-without-disclaimer[teach maths at Ashdown Vale]");
    check_str(found_of(kind, "Deputy head, AVA. Tea.", SCREEN_CHANNEL_PROFILE),
              "affiliation-without-disclaimer[Deputy head, AVA]");
    check_str(found_of(kind, "Deputy head, AVA. Views my own.", SCREEN_CHANNEL_PROFILE), "");
    check_str(found_of(kind, "I teach maths at Ashdown Vale", SCREEN_CHANNEL_MESSAGE), "");
    check_str(found_of(kind, "Ashdown Vale won the cup", SCREEN_CHANNEL_PERSONAL), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(profiles),
        cmocka_unit_test(posts),
        cmocka_unit_test(what_is_neither),
        cmocka_unit_test(an_affiliation_needs_a_disclaimer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
