/*
 * tests/screen/detect_identifier_test.c - numbers of pupils, patients, the insured, teachers;
 * banks.
 *
 * Read first: found.h. The numbers are made up: their check digits are right, their owners are not.
 */
#include "support/check.h"

#include "found.h"

#include "screen/check_digits_int.h"

#define NUMBERS "pupil-number health-number insurance-number teacher-number bank-details"

static void pupil_numbers(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"UPN B801200005001", "pupil-number[B801200005001]"},
        {"new starter L801200017003 on Monday", "pupil-number[L801200017003]"},
        {"upn is b801200005001", "pupil-number[b801200005001]"},
        {"pupil number B801 20000 5001", "pupil-number[B801 20000 5001]"},
        {"UPN C801200005001 looks wrong", "pupil-number[C801200005001]"},
        {"the UPNs: L801200017003, W801200019042",
         "pupil-number[L801200017003] pupil-number[W801200019042]"},
        {"ULN 1234567890", "pupil-number[1234567890]"},
    };
    found_check(NUMBERS, SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void health_numbers(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"NHS number 943 476 5870", "health-number[943 476 5870]"},
        {"his nhs no. is 9434765870", "health-number[9434765870]"},
        {"for the nurse: 999-012-3454", "health-number[999-012-3454]"},
        {"the care plan has 999 000 1235 on it", "health-number[999 000 1235]"},
        {"NHS number 943 476 5871, or so it says", "health-number[943 476 5871]"},
    };
    found_check(NUMBERS, SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void insurance_and_teacher_numbers(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"NI number AB 12 34 56 C", "insurance-number[AB 12 34 56 C]"},
        {"payroll want JG103759A", "insurance-number[JG103759A]"},
        {"nino ab123456c", "insurance-number[ab123456c]"},
        {"National Insurance: CE-12-34-56-B", "insurance-number[CE-12-34-56-B]"},
        {"my NI no is AB 12 34 56", "insurance-number[AB 12 34 56]"},
        {"TRN 1234567", "teacher-number[1234567]"},
        {"7654321 is my trn", "teacher-number[7654321]"},
        {"TRN: RP 12/34567", "teacher-number[12/34567]"},
        {"payroll no 1234567, TRN 7654321", "teacher-number[7654321]"},
        {"her teacher reference number is 3456789", "teacher-number[3456789]"},
    };
    found_check(NUMBERS, SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void accounts_and_cards(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"sort code 20-00-00 account 12345678",
         "bank-details[sort code 20-00-00 account 12345678]"},
        {"s/c 12-34-56 a/c 00112233", "bank-details[s/c 12-34-56 a/c 00112233]"},
        {"speaker's bank: 20-00-00 87654321", "bank-details[20-00-00 87654321]"},
        {"acc no 12345678, sort code 123456", "bank-details[acc no 12345678, sort code 123456]"},
        {"my card is 4111 1111 1111 1111 exp 09/27",
         "bank-details[4111 1111 1111 1111 exp 09/27]"},
        {"5555-5555-5555-4444", "bank-details[5555-5555-5555-4444]"},
        {"amex 3782 822463 10005", "bank-details[3782 822463 10005]"},
        {"IBAN GB29 NWBK 6016 1331 9268 19", "bank-details[GB29 NWBK 6016 1331 9268 19]"},
    };
    found_check(NUMBERS, SCREEN_CHANNEL_MESSAGE, cases, FOUND_COUNT(cases));
}

static void what_is_no_number_of_a_person(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Order number 9990001234 still says out for delivery",
        "order 943 476 5870 has been delayed again",
        "9434765870 is my high score",
        "Parcel Z801200005001 is in Hull",
        "flight AB 1234 delayed",
        "part number AB123456C for the dishwasher",
        "your NI number looks like QQ 12 34 56 C",
        "staff number 4410926 gets you the discount",
        "7654321 steps this year",
        "just ordered 30 more glue sticks, PO 4471902",
        "12-10-15 are not the scores you want",
        "Energy account number 12345678",
        "1234 5678 9012 3456 is not a real card number",
        "ISBN 0 7475 3269 9",
        "Course code ED4410926 starts in May",
        "score by quarter 12-34-56, total 12345678 people",
        "GB28 NWBK 6016 1331 9268 19",
    };
    found_none(NUMBERS, SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

static void check_digits(void **state)
{
    (void)state;
    bool is_prefix;
    assert_true(screen_is_pupil_checked(STR("b801200005001")));
    assert_false(screen_is_pupil_checked(STR("c801200005001")));
    assert_true(screen_is_pupil_form(STR("b80120000500a")));
    assert_false(screen_is_pupil_form(STR("b80120000500s"))); /* no check letter */
    assert_false(screen_is_pupil_form(STR("b80120000500")));
    assert_true(screen_is_health_checked(STR("9434765870")));
    assert_false(screen_is_health_checked(STR("9434765871")));
    assert_false(screen_is_health_checked(STR("943476587")));
    assert_true(screen_is_insurance_form(STR("ab123456c"), &is_prefix) && is_prefix);
    assert_true(screen_is_insurance_form(STR("bg123456c"), &is_prefix) && !is_prefix);
    assert_true(screen_is_insurance_form(STR("do123456c"), &is_prefix) && !is_prefix);
    assert_false(screen_is_insurance_form(STR("ab123456e"), &is_prefix));
    assert_true(screen_is_card_checked(STR("4111111111111111")));
    assert_false(screen_is_card_checked(STR("4111111111111112")));
    assert_false(screen_is_card_checked(STR("411111111111")));
    assert_true(screen_is_iban_checked(STR("gb29nwbk60161331926819")));
    assert_false(screen_is_iban_checked(STR("gb29nwbk60161331926818")));
    assert_false(screen_is_iban_checked(STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pupil_numbers),
        cmocka_unit_test(health_numbers),
        cmocka_unit_test(insurance_and_teacher_numbers),
        cmocka_unit_test(accounts_and_cards),
        cmocka_unit_test(what_is_no_number_of_a_person),
        cmocka_unit_test(check_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
