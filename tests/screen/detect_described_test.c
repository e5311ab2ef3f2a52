/*
 * tests/screen/detect_described_test.c - who can be recognised without a name, and who cannot.
 *
 * Read first: src/screen/described_int.h, tests/screen/found.h. Most examples stand in
 * described_cases.tsv, where anybody can add one.
 */
#include "support/check.h"

#include "found.h"

#define KINDS "pupil-described staff-described parent-described"

#define check_found(channel, cases) found_check(KINDS, (channel), (cases), FOUND_COUNT(cases))
#define check_none(channel, texts) found_none(KINDS, (channel), (texts), FOUND_COUNT(texts))

static void posts_of_one_person(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"The head of Year 8 asked for the plans", "staff-described[The head of Year 8]"},
        {"our SENCO is off", "staff-described[our SENCO]"},
        {"our site manager has put salt down", "staff-described[our site manager]"},
        {"Head of Music says yes", "staff-described[Head of Music]"},
        {"the music technician has a spare amp", "staff-described[the music technician]"},
        {"the new drama teacher has lost her letter", "staff-described[the new drama teacher]"},
        {"the deputy is dead against it", "staff-described[the deputy]"},
        {"our deputy's first pet was a goat", "staff-described[our deputy's]"},
        {"our head wants us in on Saturday", "staff-described[our head]"},
        {"the lady on reception was kind", "staff-described[the lady on reception]"},
    };
    check_found(SCREEN_CHANNEL_MESSAGE, cases);
    static const struct found_case incoming[] = {
        {"your precious head's car", "staff-described[your precious head's]"},
        {"that receptionist was rude", "staff-described[that receptionist]"},
    };
    check_found(SCREEN_CHANNEL_INCOMING, incoming);
}

static void posts_of_nobody(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "I'm the exams officer and I can't read that timetable",
        "As the caretaker I have keys to everything",
        "Every SENCO I know is running on fumes",
        "Being a head of year means cold tea",
        "deputy head interviews are on the 12th",
        "SENCO training day moved to June",
        "The new head of the weather service has promised rain",
        "My head hurts",
        "Keep your head when all about you are losing theirs",
        "The head torch lasted to the top of the hill",
        "The librarian at the town library knows everything",
        "The receptionist at the vet's is scary",
        "The headteacher on Waterloo Road has worse hair",
        "The principal reason I run is cake",
        "Our new SENCO is Hope Castleton",
        "it's the new cover supervisor here",
        "In the novel I'm on, the headmaster hides a body in the boiler room",
    };
    check_none(SCREEN_CHANNEL_PERSONAL, texts);
    static const char *const profile[] = {"Head of Music, trombone, tea", "SENCO. Mum. Tired."};
    check_none(SCREEN_CHANNEL_PROFILE, profile);
}

static void pupils_of_several_traits(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"that ginger lad from 10C with the guide dog puppy",
         "pupil-described[that ginger lad from 10C with the guide dog puppy]"},
        {"The twins in 8B who do the diving are at nationals",
         "pupil-described[The twins in 8B who do the diving are at nationals]"},
        {"the tall lad in 8A who plays tuba for the county",
         "pupil-described[the tall lad in 8A who plays tuba for the county]"},
        {"The ginger lad in my Year 9 set whose dad runs the chip shop",
         "pupil-described[The ginger lad in my Year 9 set whose dad runs the chip shop]"},
        {"Our head girl opened the library", "pupil-described[Our head girl]"},
    };
    check_found(SCREEN_CHANNEL_PERSONAL, cases);
}

static void pupils_who_can_be_anybody(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "A boy in my class asked if fish get thirsty",
        "One of my Year 11s has written a rap about osmosis",
        "My Year 9s are convinced I'm 60",
        "The kids in 9B who did the bake sale raised £80",
        "Some lad in Year 8 asked if I knew Shakespeare",
        "The lad at the chip shop gave me extra scraps",
        "The girl with the pearl earring is small",
        "The boy who lived",
        "Head boy and head girl applications open Monday",
    };
    check_none(SCREEN_CHANNEL_PERSONAL, texts);
    check_none(SCREEN_CHANNEL_OFFICIAL, texts);
}

static void parents(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Kofi's mum rang", "parent-described[Kofi's mum]"},
        {"Zofias mum can't come", "parent-described[Zofias mum]"},
        {"mum of Bilal rang", "parent-described[mum of Bilal]"},
        {"the dad who runs the chippy on Station Road",
         "parent-described[the dad who runs the chippy on Station Road]"},
        {"The mum with the orange camper van left her lights on",
         "parent-described[The mum with the orange camper van left her lights on]"},
        {"my mum with her new hip is unstoppable", ""},
        {"The mums on this class chat are lovely", ""},
    };
    check_found(SCREEN_CHANNEL_MESSAGE, cases);
    static const char *const personal[] = {
        "To the dad who let me out at the roundabout: I love you",
        "The mum in the advert has clearly never met a child",
        "the dad jokes are getting worse",
    };
    check_none(SCREEN_CHANNEL_PERSONAL, personal);
}

static void people_of_the_file(void **state)
{
    (void)state;
    assert_true(found_file_check(KINDS, "tests/screen/described_cases.tsv") > 190);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posts_of_one_person),
        cmocka_unit_test(posts_of_nobody),
        cmocka_unit_test(pupils_of_several_traits),
        cmocka_unit_test(pupils_who_can_be_anybody),
        cmocka_unit_test(parents),
        cmocka_unit_test(people_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
