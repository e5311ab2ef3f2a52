/*
 * tests/screen/detect_confidence_test.c - marks, private matters, business, incidents.
 *
 * Read first: found.h, and tests/screen/corpus/README.md for what each kind is.
 */
#include "support/check.h"

#include "found.h"

#define MARK "confidentiality-mark"

static void marks(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Private and confidential. The list is attached.", MARK "[Private and confidential]"},
        {"CONFIDENTIAL - staff only: the list", MARK "[CONFIDENTIAL - staff only]"},
        {"Confidential: the list", MARK "[Confidential]"},
        {"Minutes attached, please do not circulate.", MARK "[please do not circulate]"},
        {"The list. Do not share", MARK "[Do not share]"},
        {"Embargoed until Friday as the letter is late", MARK "[Embargoed until Friday]"},
        {"Row 1: 25 minutes. Exams office eyes only", MARK "[Exams office eyes only]"},
        {"be gentle. For staff working with him only", MARK "[For staff working with him only]"},
        {"OFFICIAL-SENSITIVE the list", MARK "[OFFICIAL-SENSITIVE]"},
        {"tell nobody, Kofi is moving", MARK "[tell nobody]"}, /* there is something to keep */
    };
    found_check(MARK, SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void what_marks_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "I love how confidential the helpline is",
        "The counselling service in town is free and confidential.",
        "Please do not share passwords or leave laptops unlocked.",
        "do not share your lunch with the year 7s, allergies",
        "please don't forward those chain messages",
        "Don't tell anyone but I've watched the whole series in one night.",
        "Top secret mission tonight: getting a bike into the loft.",
        "it stays between you and the office",
        "For adults only, said the sign",
        "Embargoed until pudding: we are having crumble",
    };
    found_none(MARK, SCREEN_CHANNEL_MESSAGE, texts, FOUND_COUNT(texts));
}

static void private_matters_of_a_person(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Zainab has epilepsy so read the plan",
         "sensitive-context:health[Zainab has epilepsy so read the plan]"},
        {"Barty was diagnosed with ADHD in the holidays",
         "sensitive-context:needs[Barty was diagnosed with ADHD in the holidays]"},
        {"Ffion is on a child protection plan",
         "sensitive-context:safeguarding[Ffion is on a child protection plan]"},
        {"Declan O'Rourke has gone into prison again",
         "sensitive-context:family[Declan O'Rourke has gone into prison again]"},
        {"Cliff has been given a final warning",
         "sensitive-context:discipline[Cliff has been given a final warning]"},
        {"Gareth Penhaligon earns \u00a378k now",
         "sensitive-context:pay[Gareth Penhaligon earns \u00a378k now]"},
        {"About Bilal. He has type 1 diabetes", "sensitive-context:health[He has type 1 diabetes]"},
    };
    found_check("sensitive-context", SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void ones_own_health_and_public_causes(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "I've had asthma since I was six.",
        "My son got his autism diagnosis today.",
        "Dawn ran the London Marathon for Diabetes UK and raised a thousand pounds.",
        "Mrs Abernethy is our safeguarding lead",
        "May Tran spoke in assembly about the autism awareness week stall.",
        "Sunita needs allergy lists from all trip leaders by noon",
    };
    found_none("sensitive-context", SCREEN_CHANNEL_MESSAGE, texts, FOUND_COUNT(texts));
}

static void business_that_is_not_public(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Strictly confidential: the draft inspection report is out",
         "confidential-matter:corporate[the draft inspection report is out]"},
        {"They're going to make eleven people redundant in the summer",
         "confidential-matter:corporate[They're going to make eleven people redundant in the "
         "summer]"},
        {"Do not share: the lowest bid for our kitchen is theirs",
         "confidential-matter:commercial[the lowest bid for our kitchen is theirs]"},
        {"the council has quietly offered us the old library site",
         "confidential-matter:political[the council has quietly offered us the old library site]"},
        {"she swore me to secrecy but she's off at Easter",
         "confidential-matter:in-confidence[she swore me to secrecy but she's off at Easter]"},
    };
    found_check("confidential-matter", SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void business_that_is(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Our Ofsted report is out and we are so proud: Good in every area.",
        "We are delighted that our bid for the new pitch was successful.",
        "School budgets are on their knees across the country and I've written to my MP.",
        "Our choir is merging with the one in the next village.",
        "budget codes for this year: paper 4410, ink 4420",
        "can you send me the quote for the new blinds, three are fine",
        "I shall tell nobody the ending. Sworn to secrecy, all of us",
    };
    found_none("confidential-matter", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

static void one_matter_at_the_school(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"That business with the laptop trolley on Thursday is not over",
         "specific-matter[That business with the laptop trolley on Thursday is not over]"},
        {"a year 8 fell off the wall at lunch",
         "specific-matter[a year 8 fell off the wall at lunch]"},
        {"the exclusion hearing for the fireworks is at 2",
         "specific-matter[the exclusion hearing for the fireworks is at 2]"},
    };
    found_check("specific-matter", SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void happy_events_and_ones_own_life(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Our Year 10 team fought hard on Wednesday and lost 3-2.",
        "Fell off my bike on Tuesday and have a bruise like a map of Wales.",
        "fire alarm test at 10 today, nobody panic",
        "A Year 7 told me on Friday that I look like a tired wizard.",
        "My son lost his tooth at school yesterday",
        "Year 9 had their vaccinations on Tuesday and were very brave.",
        "Our Year 4s set off for the farm this morning with a packed lunch each",
        "selling raffle tickets for the air ambulance at break",
        "When I was a lad a black eye cost you nothing at the fair",
    };
    found_none("specific-matter", SCREEN_CHANNEL_MESSAGE, texts, FOUND_COUNT(texts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks),
        cmocka_unit_test(what_marks_nothing),
        cmocka_unit_test(private_matters_of_a_person),
        cmocka_unit_test(ones_own_health_and_public_causes),
        cmocka_unit_test(business_that_is_not_public),
        cmocka_unit_test(business_that_is),
        cmocka_unit_test(one_matter_at_the_school),
        cmocka_unit_test(happy_events_and_ones_own_life),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
