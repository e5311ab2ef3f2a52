/*
 * tests/screen/detect_incoming_test.c - what a message to the school is as a whole.
 *
 * Read first: found.h, and tests/screen/corpus/README.md for what each kind is. Most examples of
 * harm and of what only sounds like it stand in harm_cases.tsv, where anybody can add one.
 */
#include "support/check.h"

#include "found.h"

#define KINDS                                                                                      \
    "query complaint praise subject-access-request press-enquiry disclosure-of-harm abuse spam"

static void messages_of_one_kind(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Hi, what time does the open evening start please?", "query[]"},
        {"do I need to send a doctor's note for one day off?", "query[]"},
        {"I have emailed twice about the lost blazer and had no answer. Not good enough.",
         "complaint[]"},
        {"Huge thanks to everyone in the kitchen, my daughter loved it", "praise[]"},
        {"Morning, I'm writing a piece for the Fenwick Courier on the new block, can I have a "
         "comment?",
         "press-enquiry[]"},
        {"You have WON a voucher!! Click here to claim: http://bit.ly/x1", "spam[]"},
        {"Get stuffed the lot of you, worst school in the county", "abuse[]"},
    };
    found_check(KINDS, SCREEN_CHANNEL_INCOMING, cases, FOUND_COUNT(cases));
}

static void requests_for_data_however_written(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Under Article 15 please provide all personal data you hold on me",
         "subject-access-request[]"},
        {"i want to see everything u have on my son", "subject-access-request[]"},
        {"SAR: send me the CCTV of me on 3 May and any notes", "subject-access-request[]"},
        {"I was a pupil there and would like a copy of my whole file", "subject-access-request[]"},
    };
    found_check(KINDS, SCREEN_CHANNEL_INCOMING, cases, FOUND_COUNT(cases));
}

static void harm_however_written(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"my stepdad hits me when mum is on nights", "disclosure-of-harm[]"},
        {"pls help mums boyfriend locks me in my room", "disclosure-of-harm[]"},
        {"i dont want to be here anymore", "disclosure-of-harm[]"},
        {"hes hittin me an i dont no what to do", "disclosure-of-harm[]"},
        {"someone i met on a game keeps asking me for photos", "disclosure-of-harm[]"},
        {"There is a man in a van asking the little ones to get in", "disclosure-of-harm[]"},
        {"my friend hasn't eaten for days, she told me not to say but i'm scared",
         "disclosure-of-harm[]"},
    };
    found_check(KINDS, SCREEN_CHANNEL_INCOMING, cases, FOUND_COUNT(cases));
}

static void harm_and_near_misses_of_the_file(void **state)
{
    (void)state;
    assert_true(found_file_check("disclosure-of-harm", "tests/screen/harm_cases.tsv") > 300);
}

static void small_talk(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Lovely photos from sports day, what a sunny afternoon for it",
        "That heron is having none of it",
        "Is it Friday yet, asking for my entire family",
        "Chips or mash though, that's what the nation wants to know",
        "Merry Christmas from the bakery over the road, the mince pies are in",
        "my knees hurt just watching that bleep test",
        "That's my old bench! I carved nothing on it, honest guv",
        "First!",
    };
    found_none(KINDS, SCREEN_CHANNEL_INCOMING, texts, FOUND_COUNT(texts));
}

static void only_what_comes_in_is_sorted(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Hi, what time does the open evening start please?",
        "my stepdad hits me when mum is on nights",
    };
    found_none(KINDS, SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
    found_none(KINDS, SCREEN_CHANNEL_MESSAGE, texts, FOUND_COUNT(texts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_of_one_kind), cmocka_unit_test(requests_for_data_however_written),
        cmocka_unit_test(harm_however_written), cmocka_unit_test(harm_and_near_misses_of_the_file),
        cmocka_unit_test(small_talk),           cmocka_unit_test(only_what_comes_in_is_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
