/*
 * tests/screen/detect_voice_test.c - speaking for the school, one's own business, calling pupils.
 *
 * Read first: found.h, and tests/screen/corpus/README.md for what each kind is.
 */
#include "support/check.h"

#include "found.h"

#define SPEAKING "speaking-for-school"

static void speaking_for_the_school(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"We at Ashdown Vale believe in lunch.", SPEAKING "[We at Ashdown Vale believe in lunch]"},
        {"On behalf of the trust I'd like to apologise for the noise",
         SPEAKING "[On behalf of the trust I'd like to apologise for the noise]"},
        {"As a school we do not support the walkout",
         SPEAKING "[As a school we do not support the walkout]"},
        {"AVLT has no plans to close anything", SPEAKING "[AVLT has no plans to close anything]"},
        {"Our position at AVA is that phones live in lockers",
         SPEAKING "[Our position at AVA is that phones live in lockers]"},
    };
    found_check(SPEAKING, SCREEN_CHANNEL_PERSONAL, cases, FOUND_COUNT(cases));
    found_check(SPEAKING, SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
    found_check(SPEAKING, SCREEN_CHANNEL_PROFILE, cases, FOUND_COUNT(cases));
}

static void an_account_of_the_school_may_speak_for_it(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "We at Ashdown Vale believe every child should learn to swim.",
        "On behalf of the trust, thank you.",
    };
    found_none(SPEAKING, SCREEN_CHANNEL_OFFICIAL, texts, FOUND_COUNT(texts));
    found_none(SPEAKING, SCREEN_CHANNEL_INCOMING, texts, FOUND_COUNT(texts));
}

static void we_of_a_family_or_a_club(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "We at Fenwick Bowls Club believe nobody is too young.",
        "We as a family have decided to give up plastic bottles.",
        "On behalf of my entire household I'd like to apologise to next door's cat.",
        "AVA sports day today, factor 50 and a flask",
        "Not speaking on behalf of the trust, but I loved that concert.",
        "Proud to work at Ashdown Vale Academy, what a concert.",
    };
    found_none(SPEAKING, SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

static void business_of_ones_own(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Selling my old mountain bike, \u00a380 ono",
         "personal-gain[Selling my old mountain bike]"},
        {"My Easter tutoring slots are open, \u00a335 an hour",
         "personal-gain[My Easter tutoring slots are open]"},
        {"Anyone need a cot? \u00a340, hardly used", "personal-gain[Anyone need a cot]"},
        {"Wedding cakes to order, DM for prices", "personal-gain[Wedding cakes to order]"},
        {"My wife's new salon opens Saturday, tell her I sent you",
         "personal-gain[My wife's new salon opens Saturday]"},
    };
    found_check("personal-gain", SCREEN_CHANNEL_PERSONAL, cases, FOUND_COUNT(cases));
}

static void money_that_is_no_gain(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Tickets for the spring show are on sale at the front desk, \u00a34 and \u00a32.",
        "I'm running the half marathon for the hospice, please sponsor me, link in bio.",
        "Hunter wellies, \u00a35 at the car boot.",
        "spare ticket for Friday, row C. Face value \u00a318, first to shout",
        "Sold the car to a man called Trevor.",
        "My piano lesson went terribly, \u00a325 to be told I have wrists like a heron.",
        "free to collect: two bookcases, in the corridor by drama",
        "Who's in for a chip shop run? Orders by noon",
        "splitting a bulk order of glue sticks, 40 for £12, who's in",
    };
    found_none("personal-gain", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

static void calling_pupils(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Sixth formers, you can follow me on my other account",
         "solicitation[you can follow me on my other account]"},
        {"hey its sir, message me on my own number", "solicitation[message me on my own number]"},
        {"just ring me at night, don't tell your mum", "solicitation[just ring me at night]"},
        {"Mark, give me your whatsapp and I'll send you the clips",
         "solicitation[give me your whatsapp and I'll send you the clips]"},
    };
    found_check("solicitation", SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void calling_friends_and_parents(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Anybody fancy a coffee in town on Saturday? Message me, it's been ages.",
        "year 9 tutors, message me with your numbers for the trip pls",
        "Year 11: revision in Room 7 after school, all welcome.",
        "Sixth formers, follow the school careers page for apprenticeship news.",
        "message me if you want the spare desk",
    };
    found_none("solicitation", SCREEN_CHANNEL_MESSAGE, texts, FOUND_COUNT(texts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speaking_for_the_school),
        cmocka_unit_test(an_account_of_the_school_may_speak_for_it),
        cmocka_unit_test(we_of_a_family_or_a_club),
        cmocka_unit_test(business_of_ones_own),
        cmocka_unit_test(money_that_is_no_gain),
        cmocka_unit_test(calling_pupils),
        cmocka_unit_test(calling_friends_and_parents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
