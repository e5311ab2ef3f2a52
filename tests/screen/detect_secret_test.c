/*
 * tests/screen/detect_secret_test.c - passwords, meetings, door codes, security answers.
 *
 * Read first: found.h.
 */
#include "support/check.h"

#include "found.h"

#define SECRETS "credential meeting-link door-code security-answer"

static void passwords_and_keys(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"wifi password is sunflower for anyone new", "credential[sunflower]"},
        {"Password: Tuesday42!", "credential[Tuesday42]"},
        {"the pw for the ipads is Teapot-Engine-9", "credential[Teapot-Engine-9]"},
        {"laptop login is jsmith / Autumn2024", "credential[jsmith / Autumn2024]"},
        {"BlueKettle7 is the password, don't tell", "credential[BlueKettle7]"},
        {"the password is \"open sesame\"", "credential[open]"},
        {"ipad pin 2580", "credential[2580]"},
        {"api key for the weather station sk_live_4f9aKk20XmPz81",
         "credential[sk_live_4f9aKk20XmPz81]"},
        {"-----BEGIN RSA PRIVATE KEY-----", "credential[BEGIN RSA]"},
        {"pass: Conker2025", "credential[Conker2025]"},
        {"hall wifi is Marmalade_42, capital M", "credential[Marmalade_42]"},
        {"username exams, password exams", "credential[username exams] credential[exams]"},
        {"log on as exams2 with Invigilate!7", "credential[exams2 with Invigilate!7]"},
        {"Reset to Welcome123, change it", "credential[Welcome123]"},
    };
    found_check(SECRETS, SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void meetings(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"zoom https://us02web.zoom.us/j/81234567890?pwd=abc",
         "meeting-link[https://us02web.zoom.us/j/81234567890?pwd=abc]"},
        {"https://meet.google.com/abc-defg-hij in five",
         "meeting-link[https://meet.google.com/abc-defg-hij]"},
        {"https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc123",
         "meeting-link[https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc123]"},
        {"Zoom ID 881 2245 0192 passcode 4412",
         "meeting-link[881 2245 0192] meeting-link[4412]"},
        {"google meet code xkq-pdrv-mno", "meeting-link[xkq-pdrv-mno]"},
        {"Zoom: 845 1122 3344 pw 9bfern", "meeting-link[845 1122 3344] meeting-link[9bfern]"},
    };
    found_check(SECRETS, SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void codes_of_doors(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"side gate code C1948X", "door-code[C1948X]"},
        {"alarm is 90210# and you have 30 secs", "door-code[90210#]"},
        {"the keypad on the staffroom is 1357 now", "door-code[1357]"},
        {"gate keypad changed again, it's 0852 then star", "door-code[0852]"},
        {"gate is 4-8-1-6 till half term", "door-code[4-8-1-6]"},
        {"padlock on the shed 7243", "door-code[7243]"},
        {"5519 opens the bike cage", "door-code[5519]"},
        {"press 3842 for the main entrance", "door-code[3842]"},
        {"back door: 2468#", "door-code[2468#]"},
        {"front doors six two oh nine, hold", "door-code[six two oh nine]"},
        {"staffroom: press star nine nine zero two", "door-code[star nine nine zero two]"},
        {"the hall still opens with 1066", "door-code[1066]"},
        {"studio keypad C 19 47 Y", "door-code[C 19 47 Y]"},
        {"Alarm has gone off, code to reset 7-1-9-3", "door-code[7-1-9-3]"},
    };
    found_check(SECRETS, SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void answers(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Security Qs: mother's maiden name Thistlewood, first pet Pickles",
         "security-answer[mother's maiden name Thistlewood] security-answer[first pet Pickles]"},
        {"my first school was Willowbrook Infants, that's what it asks for",
         "security-answer[first school was Willowbrook Infants]"},
        {"reset question, town: I was born in Little Maddon",
         "security-answer[born in Little Maddon]"},
        {"Thistlewood is mum's maiden name", "security-answer[Thistlewood is mum's maiden name]"},
        {"memorable word: pineapple", "security-answer[memorable word: pineapple]"},
        {"my first pet was a goose called Kevin",
         "security-answer[first pet was a goose called Kevin]"},
        {"Born in Whitby, raised on kippers", "security-answer[Born in Whitby]"},
        {"a photo of my mother, n\u00e9e Abelard", "security-answer[mother, n\u00e9e Abelard]"},
        {"Mum was a Trelawney before she wed", "security-answer[Mum was a Trelawney]"},
        {"my team, since I could walk, is Harrogate Town",
         "security-answer[my team, since I could walk, is Harrogate Town]"},
        {"it asks for mum's maiden name? Thistlewood obviously",
         "security-answer[mum's maiden name? Thistlewood]"},
    };
    found_check(SECRETS, SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void what_is_no_secret(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "forgot my password again, third time this week",
        "The password is wrong, says the machine",
        "Never use Password123 as your password, folks",
        "pick a password like a sentence, not like Fluffy2015",
        "three random words beats one clever one with a dollar sign in it",
        "\"HOW DO YOU KNOW MY PASSWORD\" indeed",
        "lunch token 14 still unclaimed",
        "Year9Set2 is the name of my spreadsheet",
        "Zoom fatigue is real, I have muted my own mother",
        "https://www.bbc.example/news/zoom-fatigue-2025 on video meetings",
        "a six-year-old joined the meeting, link or no link",
        "the door code has changed and I am outside",
        "dress code: smart casual, 2024 edition",
        "Alarm set for 0530",
        "alarm is 6.15, alarm is always 6.15",
        "Use code WICK20 for 20% off candles",
        "Discount code SAVE4455 at the door on Saturday",
        "Gate 1420 at the airport",
        "Highway Code rule 239",
        "Fire alarm went at 1045",
        "Contact the office: 01632 960000",
        "my first pet was a goldfish, it lived for years",
        "born in the eighties, raised on crisps",
        "Born in May, moved in June",
        "My first car was a van with one working door",
        "Please don't do those first pet plus first street quizzes",
        "maiden voyage of the air fryer tonight",
        "The safe in the escape room opened with 1815 and a riddle",
        "A quiz wants your mother's maiden name? Shut the tab and walk away",
    };
    found_none(SECRETS, SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passwords_and_keys),
        cmocka_unit_test(meetings),
        cmocka_unit_test(codes_of_doors),
        cmocka_unit_test(answers),
        cmocka_unit_test(what_is_no_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
