/*
 * screen/check_digits.c - sums that tell real numbers from others. Read first: check_digits_int.h.
 */
#include "screen/check_digits_int.h"

#include <string.h>

#define PUPIL_CHARACTERS 13
#define HEALTH_DIGITS 10
#define INSURANCE_CHARACTERS 9
#define CARD_DIGITS_MIN 13
#define CARD_DIGITS_MAX 19
#define IBAN_CHARACTERS_MIN 15
#define IBAN_CHARACTERS_MAX 34

/* Check letters by their value: no i, o, s. */
static const char pupil_letters[] = "abcdefghjklmnpqrtuvwxyz";

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool are_digits(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.at[i])) {
            return false;
        }
    }
    return true;
}

/* The value of a check letter or of a digit; -1: neither. */
static int pupil_value(char c)
{
    const char *found = c ? strchr(pupil_letters, c) : NULL;
    return is_digit(c) ? c - '0' : found ? (int)(found - pupil_letters) : -1;
}

bool screen_is_pupil_form(struct str code)
{
    return code.len == PUPIL_CHARACTERS && pupil_value(code.at[0]) >= 0 && !is_digit(code.at[0]) &&
           are_digits(str_slice(code, 1, PUPIL_CHARACTERS - 1)) &&
           pupil_value(code.at[PUPIL_CHARACTERS - 1]) >= 0;
}

bool screen_is_pupil_checked(struct str code)
{
    if (!screen_is_pupil_form(code)) {
        return false;
    }
    int sum = 0;
    for (int i = 1; i < PUPIL_CHARACTERS; i++) {
        sum += (i + 1) * pupil_value(code.at[i]);
    }
    return pupil_letters[sum % 23] == code.at[0];
}

bool screen_is_health_checked(struct str digits)
{
    if (digits.len != HEALTH_DIGITS || !are_digits(digits)) {
        return false;
    }
    int sum = 0;
    for (int i = 0; i < HEALTH_DIGITS - 1; i++) {
        sum += (HEALTH_DIGITS - i) * (digits.at[i] - '0');
    }
    int check = 11 - sum % 11;
    return check != 10 && (check == 11 ? 0 : check) == digits.at[HEALTH_DIGITS - 1] - '0';
}

bool screen_is_insurance_form(struct str code, bool *is_prefix)
{
    static const char *const barred[] = {"bg", "gb", "nk", "kn", "tn", "nt", "zz"};
    *is_prefix = false;
    if (code.len != INSURANCE_CHARACTERS || is_digit(code.at[0]) || is_digit(code.at[1]) ||
        !are_digits(str_slice(code, 2, INSURANCE_CHARACTERS - 1)) ||
        code.at[INSURANCE_CHARACTERS - 1] < 'a' || code.at[INSURANCE_CHARACTERS - 1] > 'd') {
        return false;
    }
    *is_prefix = !strchr("dfiquv", code.at[0]) && !strchr("dfiquvo", code.at[1]);
    for (size_t i = 0; i < sizeof barred / sizeof *barred; i++) {
        *is_prefix = *is_prefix && memcmp(code.at, barred[i], 2) != 0;
    }
    return true;
}

bool screen_is_card_checked(struct str digits)
{
    if (digits.len < CARD_DIGITS_MIN || digits.len > CARD_DIGITS_MAX || !are_digits(digits) ||
        digits.at[0] < '2' || digits.at[0] > '6') {
        return false;
    }
    int sum = 0;
    for (size_t i = 0; i < digits.len; i++) {
        int digit = digits.at[digits.len - 1 - i] - '0';
        int doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += i % 2 ? doubled : digit;
    }
    return sum % 10 == 0;
}

bool screen_is_iban_checked(struct str code)
{
    if (code.len < IBAN_CHARACTERS_MIN || code.len > IBAN_CHARACTERS_MAX || is_digit(code.at[0]) ||
        is_digit(code.at[1]) || !is_digit(code.at[2]) || !is_digit(code.at[3])) {
        return false;
    }
    int rest = 0;
    for (size_t i = 0; i < code.len; i++) {
        char c = code.at[(i + 4) % code.len];
        bool is_small = c >= 'a' && c <= 'z';
        if (!is_digit(c) && !is_small) {
            return false;
        }
        rest = is_digit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'a' + 10)) % 97;
    }
    return rest == 1;
}
