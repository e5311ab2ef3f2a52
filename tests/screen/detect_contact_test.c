/*
 * tests/screen/detect_contact_test.c - mail addresses, telephone numbers, addresses, dates of
 * birth.
 *
 * Read first: found.h. Telephone numbers are of ranges that Ofcom keeps for drama. Most examples
 * of addresses, postcodes and dates of birth stand in contact_cases.tsv, where anybody can add one.
 */
#include "support/check.h"

#include "found.h"

static void mail_addresses_in_all_their_forms(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"write to jo.smith@postbox.example!", "email-address[jo.smith@postbox.example]"},
        {"JO@POSTBOX.EXAMPLE", "email-address[JO@POSTBOX.EXAMPLE]"},
        {"to p.raghunathan@ashdownvale.example", "school-email[p.raghunathan@ashdownvale.example]"},
        {"head@sixth.ashdownvale.example", "school-email[head@sixth.ashdownvale.example]"},
        {"x@notashdownvale.example", "email-address[x@notashdownvale.example]"},
        {"email jo dot smith at postbox dot example", "email-address[jo dot smith at postbox dot "
                                                      "example]"},
        {"kath(at)inboxly.example", "email-address[kath(at)inboxly.example]"},
        {"kath [at] inboxly [dot] example", "email-address[kath [at] inboxly [dot] example]"},
        {"hannah underscore b at gmail dot com", "email-address[hannah underscore b at gmail dot "
                                                 "com]"},
        {"drop me a line: tom @ choirmail.example", "email-address[tom @ choirmail.example]"},
        {"d.fielding at ashdownvale dot example", "school-email[d.fielding at ashdownvale dot "
                                                  "example]"},
        {"jos\u00e9@postbox.example", "email-address[jos\u00e9@postbox.example]"},
    };
    found_check("email-address school-email", SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void what_is_no_mail_address(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "look at gov dot uk for the dates",
        "available at amazon dot co dot uk apparently",
        "mastodon: @gardenmuddle@social.example",
        "find me @ fairycakes",
        "meet at Bob. Com is short for comedy",
        "tickets at theatre.example, under a tenner",
        "@ @ @",
        "at at dot",
    };
    found_none("email-address school-email", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

static void telephone_numbers_however_they_are_spaced(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"07700 900 456", "phone-number[07700 900 456]"},
        {"ring 07700900456.", "phone-number[07700900456]"},
        {"+44 (0)7700 900123 if urgent", "phone-number[+44 (0)7700 900123]"},
        {"+447700900123", "phone-number[+447700900123]"},
        {"0044 7700 900 321", "phone-number[0044 7700 900 321]"},
        {"(01632) 960 101", "phone-number[(01632) 960 101]"},
        {"01632-960 456 ext 3", "phone-number[01632-960 456 ext 3]"},
        {"01632/960111, please", "phone-number[01632/960111]"},
        {"07700.900.002", "phone-number[07700.900.002]"},
        {"o7700 9OO123", "phone-number[o7700 9OO123]"},
        {"\uff10\uff17\uff17\uff10\uff10 900123",
         "phone-number[\uff10\uff17\uff17\uff10\uff10 900123]"},
        {"mum 07700 900143 dad 07700 900144",
         "phone-number[07700 900143] phone-number[07700 900144]"},
        {"oh seven seven double oh nine hundred one two three",
         "phone-number[oh seven seven double oh nine hundred one two three]"},
        {"her mobile is 7700 900345", "phone-number[7700 900345]"},
        {"ring us on 960456 after six", "phone-number[960456]"},
        {"https://wa.me/447700900123", "phone-number[https://wa.me/447700900123]"},
        {"+353 20 913 4567", "phone-number[+353 20 913 4567]"},
        {"07700-900-DOUBLE-ONE-7", "phone-number[07700-900-DOUBLE-ONE-7]"},
        {"1 1 1 1 1 1 1 1 1 1 1 07700 900123", "phone-number[07700 900123]"},
        {"1 1 1 1 1 1 1 1 1 1 1 1 07700 900123", "phone-number[07700 900123]"},
        {"about the voucher, +44 7700 900 173", "phone-number[+44 7700 900 173]"},
        {"I lost my ticket. 07700 900 173, evenings", "phone-number[07700 900 173]"},
    };
    found_check("phone-number", SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void what_is_no_telephone_number(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Order ref 01632960456 has been dispatched",
        "ISBN 0 7475 3269 9 is the edition",
        "Parcel no 07700900123 sat at the depot",
        "order ref. 07700900123 sat at the depot",
        "certificate 4471 9982 0136 for the car",
        "Lottery numbers 04 07 11 23 35 41",
        "01/02/2026, 08/02/2026, 15/02/2026",
        "Childline is 0800 1111, free, any time",
        "Samaritans: 116 123, always somebody there",
        "1066 1215 1666 1914: my whole degree",
        "pi is 3.14159265358979",
        "\u00a31,632.96 for a boiler part",
        "score 07 - 11, tea at 4",
        "01632-960-456-789-123",
        "text SHOUT to 85258",
    };
    found_none("phone-number", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

static void addresses_and_postcodes(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"we live at 14 Tanner's Row, Lower Fenwick, AV3 5QL",
         "postal-address[14 Tanner's Row, Lower Fenwick, AV3 5QL] postcode[AV3 5QL]"},
        {"Flat 2, 91 Marlpit Lane, Ashdown, AV1 2TG",
         "postal-address[Flat 2, 91 Marlpit Lane, Ashdown, AV1 2TG] postcode[AV1 2TG]"},
        {"12 Castlegate, Fenwick AV1 2TG",
         "postal-address[12 Castlegate, Fenwick AV1 2TG] postcode[AV1 2TG]"},
        {"post it to Rose Cottage, Church Lane, Nether Fenwick, AV9 2PP",
         "postal-address[Rose Cottage, Church Lane, Nether Fenwick, AV9 2PP] postcode[AV9 2PP]"},
        {"1 The Crescent\nAshdown\nAV1 4QQ",
         "postal-address[1 The Crescent/Ashdown/AV1 4QQ] postcode[AV1 4QQ]"},
        {"its 12 mill lane if you drop the tuba", "postal-address[12 mill lane]"},
        {"he lives at 12 Church St.", "postal-address[12 Church St]"},
        {"42a Bramble Way by the post box", "postal-address[42a Bramble Way]"},
        {"the satnav wants av35ql", "postcode[av35ql]"},
        {"is SW1A 1AA in the zone", "postcode[SW1A 1AA]"},
        {"its av1 2tg not av2", "postcode[av1 2tg]"},
        {"bonfire at ours, forty-one Mill Rise, bring sparklers",
         "postal-address[forty-one Mill Rise]"},
        {"home is 9 Weavers Yd, nr Hexby (NE77 3JT)",
         "postal-address[9 Weavers Yd, nr Hexby (NE77 3JT] postcode[NE77 3JT]"},
        {"postcode is tango november nine eight two foxtrot zulu",
         "postcode[tango november nine eight two foxtrot zulu]"},
    };
    found_check("postal-address postcode", SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void what_is_no_address(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "12 Angry Men at the Hill Street Theatre",
        "10 Downing Street has a cat",
        "ran 5 Park Road loops before breakfast",
        "Won 4 1 at Mill Road",
        "the 42 bus down Station Road",
        "3 High Street shops gone",
        "KS3 5th period cover",
        "got the ps5 4gb thing working",
        "the AB12 CDE number plate",
        "T20 1ST innings: rain",
        "A4 3pm sharp, said the printer man",
        "Year 9 Park Lane trip",
        "2 Row boats and a canoe",
        "\u00a35 Hyde Park Road tickets",
    };
    found_none("postal-address postcode", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

static void dates_of_birth(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"dob 03/03/11", "date-of-birth[03/03/11]"},
        {"D.O.B: 12.4.2010", "date-of-birth[12.4.2010]"},
        {"born on 3rd of March 2011", "date-of-birth[3rd of March 2011]"},
        {"born on the third of March 2011", "date-of-birth[third of March 2011]"},
        {"turns 12 on 4 May", "date-of-birth[4 May]"},
        {"he turns five on 2 May", "date-of-birth[2 May]"},
        {"is 13 on Sunday!! 9 November 2012, a card?", "date-of-birth[9 November 2012]"},
        {"27 Feb is her birthday so shhh", "date-of-birth[27 Feb]"},
        {"his bday is March 3rd", "date-of-birth[March 3rd]"},
        {"Date of birth - 2012-06-21", "date-of-birth[2012-06-21]"},
        {"DoB 140811", "date-of-birth[140811]"},
        {"Zofia Nowak, 12/08/2012, 9B", "date-of-birth[12/08/2012]"},
        {"the record of Kofi, b. 14 March 2011", "date-of-birth[14 March 2011]"},
        {"1st Jan '79 is my birthday", "date-of-birth[1st Jan '79]"},
        {"born on the twelfth of May two thousand and eleven",
         "date-of-birth[twelfth of May two thousand and eleven]"},
        {"Forty on the 3rd of November and I mind", "date-of-birth[3rd of November]"},
        {"Came into the world on New Year's Day 1951", "date-of-birth[New Year's Day 1951]"},
        {"SIMS has 14/02/2011 as d.o.b. for May Tran", "date-of-birth[14/02/2011]"},
    };
    found_check("date-of-birth", SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void what_is_no_date_of_birth(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Shakespeare was born on 23 April 1564",
        "Roald Dahl's birthday is 13 September",
        "the dog's birthday is 4 May",
        "birthday cake sale on Friday 12 May",
        "birthday party on 12 May at the bowling place",
        "The NHS's birthday is 5 July",
        "born in the eighties, raised on crisps",
        "14 October 1066: one arrow, one eye",
        "Mock exams 12/01/2026 to 20/01/2026",
        "On 4 May 2011 we met",
        "born on 45/13/2010",
        "Year 6 born before 1 September may apply",
    };
    found_none("date-of-birth", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

static void addresses_postcodes_and_births_of_the_file(void **state)
{
    (void)state;
    assert_true(found_file_check("postal-address postcode date-of-birth",
                                 "tests/screen/contact_cases.tsv") > 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mail_addresses_in_all_their_forms),
        cmocka_unit_test(what_is_no_mail_address),
        cmocka_unit_test(telephone_numbers_however_they_are_spaced),
        cmocka_unit_test(what_is_no_telephone_number),
        cmocka_unit_test(addresses_and_postcodes),
        cmocka_unit_test(what_is_no_address),
        cmocka_unit_test(dates_of_birth),
        cmocka_unit_test(what_is_no_date_of_birth),
        cmocka_unit_test(addresses_postcodes_and_births_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
