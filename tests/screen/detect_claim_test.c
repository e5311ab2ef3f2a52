/*
 * tests/screen/detect_claim_test.c - complaints about work, wrongs, references, views of others.
 *
 * Read first: found.h, and tests/screen/corpus/README.md for what each kind is.
 */
#include "support/check.h"

#include "found.h"

static void complaints_about_ones_own_work(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"He's turned down my flexible working again.",
         "grievance[He's turned down my flexible working again]"},
        {"Six cover lessons in one week and not so much as a thank you.",
         "grievance[Six cover lessons in one week and not so much as a thank you]"},
        {"I'm still waiting for four months of overtime", "grievance[I'm still waiting for four "
                                                          "months of overtime]"},
        {"management didnt even read my application", "grievance[management didnt even read my "
                                                      "application]"},
        {"The trust has frozen our pay again", "grievance[The trust has frozen our pay again]"},
        {"I was refused leave for my own graduation, nobody said why",
         "grievance[I was refused leave for my own graduation]"},
        {"they docked my pay for a dentist", "grievance[they docked my pay for a dentist]"},
    };
    found_check("grievance", SCREEN_CHANNEL_PERSONAL, cases, FOUND_COUNT(cases));
}

static void work_without_a_complaint(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "thanks for covering my lesson yesterday, I owe you one",
        "Marked 90 books on a Sunday with the cricket on.",
        "payday is the 28th this month because of the bank holiday",
        "My head of department gave me a Twix for covering her Year 8s",
        "They've moved my classroom next to the library and I love it",
        "I think support staff everywhere deserve a proper pay rise",
        "Nurses are underpaid and undervalued and I marched for them.",
        "Still waiting for the plumber. It's been three weeks.",
        "can anyone swap duty with me on thursday",
        "Can't believe I've paid six pounds to park by the sea",
        "Cancel the search party, the cat was in the wardrobe",
        "My first pay packet came in a brown envelope, 40 years ago today",
        "I told that joke to a class in 1999 and I'm still waiting for a laugh",
    };
    found_none("grievance", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

static void wrongs_of_somebody_who_can_be_recognised(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Mr Okafor fiddles the exam results.", "allegation[Mr Okafor fiddles the exam results]"},
        {"Reuben Goldfarb punched Noor Sheikh in the loos",
         "specific-matter[Reuben Goldfarb punched Noor Sheikh in the loos] "
         "allegation[Reuben Goldfarb punched Noor Sheikh in the loos]"},
        {"Mr Cheeseman sells the old laptops on eBay and keeps the cash.",
         "allegation[Mr Cheeseman sells the old laptops on eBay and keeps the cash]"},
        {"Gareth Penhaligon has been in meetings all day. He forged the register.",
         "specific-matter[He forged the register] allegation[He forged the register]"},
    };
    found_check("allegation specific-matter", SCREEN_CHANNEL_PERSONAL, cases, FOUND_COUNT(cases));
}

static void what_is_no_wrong(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Mr Zielinski stole the show at last night's concert",
        "Bernard nicked the last biscuit",
        "Kofi Mensah-Lane smashed the school record today",
        "Mrs Okafor took the register this morning",
        "Joy has taken the money to the bank",
        "Imran got the job!!!",
        "Mr Okafor never fiddled anything",
        "Noor was punched in the loos and is going home", /* done to her */
        "somebody fiddles the exam results",              /* nobody who can be recognised */
    };
    found_none("allegation", SCREEN_CHANNEL_MESSAGE, texts, FOUND_COUNT(texts));
}

static void references_good_and_bad(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"I would appoint Imran Siddiqui again tomorrow",
         "reference[I would appoint Imran Siddiqui again tomorrow]"},
        {"In my judgement Cliff isn't ready for the senior job",
         "reference[In my judgement Cliff isn't ready for the senior job]"},
        {"The cleaner you rang about: honest, I'd have her back tomorrow",
         "reference[I'd have her back tomorrow]"},
    };
    found_check("reference", SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void praise_is_no_reference(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Can recommend the new noodle place by the station.",
        "Miss Fielding is an angel, thank you",
        "Would recommend this author to anyone, her last book had me up till three.",
        "Miss Fielding has been with us twenty years today.",
        "Need a reference for a flat.",
    };
    found_none("reference", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

static void views_of_others(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Winston voted leave and says he'd do it again", "reported-views[Winston voted leave and "
                                                          "says he'd do it again]"},
        {"Our head thinks the strikers are wrong.",
         "reported-views[Our head thinks the strikers are wrong]"},
        {"A friend in the office privately thinks grammar schools should come back",
         "reported-views[A friend in the office privately thinks grammar schools should come "
         "back]"},
    };
    found_check("reported-views", SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void views_that_are_public_or_practical(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "The Prime Minister thinks maths till 18 is the answer.",
        "Bernard thinks it's the boiler, he's got a man coming",
        "Priya says the council consultation closes on friday",
        "My brother thinks the moon landings were faked.",
        "I think the strike is right and I understand those who don't.",
        "Tom told me the piano tuner is coming tomorrow",
    };
    found_none("reported-views", SCREEN_CHANNEL_MESSAGE, texts, FOUND_COUNT(texts));
}

static void complaints_of_the_file(void **state)
{
    (void)state;
    assert_true(found_file_check("grievance", "tests/screen/claim_cases.tsv") > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(complaints_about_ones_own_work),
        cmocka_unit_test(work_without_a_complaint),
        cmocka_unit_test(complaints_of_the_file),
        cmocka_unit_test(wrongs_of_somebody_who_can_be_recognised),
        cmocka_unit_test(what_is_no_wrong),
        cmocka_unit_test(references_good_and_bad),
        cmocka_unit_test(praise_is_no_reference),
        cmocka_unit_test(views_of_others),
        cmocka_unit_test(views_that_are_public_or_practical),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
