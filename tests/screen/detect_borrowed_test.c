/*
 * tests/screen/detect_borrowed_test.c - long quotations, pictures of somebody else.
 *
 * Read first: found.h, and tests/screen/corpus/README.md for what each kind is.
 */
#include "support/check.h"

#include "found.h"

#include "base/arena.h"

#define NINE "the lamp is lit and the door is open " /* nine words */
#define THIRTY_NINE NINE NINE NINE NINE "come in friend"

static void forty_words_are_long_and_thirty_nine_are_not(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"For everybody tonight: \"" THIRTY_NINE " now\" with love",
         "long-quotation[" THIRTY_NINE " now]"},
        {"For everybody tonight: \"" THIRTY_NINE "\" with love", ""},
        {THIRTY_NINE " now", ""}, /* the writer's own words */
    };
    found_check("long-quotation", SCREEN_CHANNEL_PERSONAL, cases, FOUND_COUNT(cases));
}

static void quotations_with_a_source(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "From The Secret Garden by Frances Hodgson Burnett: \"" THIRTY_NINE " now\"",
        "Read this: \"" THIRTY_NINE " now\" - Emily Dickinson",
        "Read this: \"" THIRTY_NINE " now\" (from Dombey and Son)",
        "Read this: \"" THIRTY_NINE " now\" https://poems.example/lamp",
        "My gran used to say: \"" THIRTY_NINE " now\"",
    };
    found_none("long-quotation", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

static void words_that_the_writer_says_are_copied(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {THIRTY_NINE " now. Copied it word for word from some blog",
         "long-quotation[" THIRTY_NINE " now.]"},
        {THIRTY_NINE ". Copied it word for word from some blog", ""},
        {"Copied it word for word from some blog, short as it is", ""},
    };
    found_check("long-quotation", SCREEN_CHANNEL_PERSONAL, cases, FOUND_COUNT(cases));
}

static void pictures_of_somebody_else(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"nicked this sunset off google", "uncredited-image[nicked this sunset off google]"},
        {"Photo pinched from the local paper's website, hope they don't mind",
         "uncredited-image[Photo pinched from the local paper's website]"},
        {"Not my cartoon, no idea who drew it", "uncredited-image[Not my cartoon]"},
        {"Avatar screenshotted from some artist's page",
         "uncredited-image[Avatar screenshotted from some artist's page]"},
    };
    found_check("uncredited-image", SCREEN_CHANNEL_PERSONAL, cases, FOUND_COUNT(cases));
}

static void pictures_that_may_be_shown(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Photo: my own, taken on the canal at six this morning.",
        "Photo by our Year 12 students, used with their kind permission.",
        "saved the photos in the shared drive under trips",
        "Nicked my husband's coat, took the dog out, sunset was glorious.",
        "Found this picture of my gran in the loft.",
        "Took this photo on my phone from the top of the car park.",
    };
    found_none("uncredited-image", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forty_words_are_long_and_thirty_nine_are_not),
        cmocka_unit_test(quotations_with_a_source),
        cmocka_unit_test(words_that_the_writer_says_are_copied),
        cmocka_unit_test(pictures_of_somebody_else),
        cmocka_unit_test(pictures_that_may_be_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
