/*
 * screen/plain.c - the plain form of a word: look-alikes, digits and signs made letters again.
 *
 * Read first: draft_parts_int.h. Start at: plain_word.
 *
 * What must hold
 * - Look-alikes are replaced only when nothing but a-z and digits is left: a word of another script
 *   that merely holds some of them stays as it is.
 * - Digits are letters only in what is likely a word: "id1ot", "w4nk3r5", "5hit", not "9B", "Y11B",
 *   "10am", "year9", "b2b". When in doubt a digit stays.
 */
#include "screen/draft_parts_int.h"

#include <string.h>

#include "base/utf8.h"

/* A word while it is turned back; its letters are small. */
struct plain {
    char *at;
    size_t bytes;
};

static bool add(struct plain *plain, char c)
{
    if (plain->bytes == DISGUISE_MAX) {
        return false;
    }
    plain->at[plain->bytes++] = c;
    return true;
}

/* False when it looks like no letter of ours. */
static bool add_other(struct plain *plain, uint32_t code_point)
{
    char alike = screen_look_alike(code_point);
    if (alike) {
        return add(plain, alike);
    }
    struct screen_folded folded;
    screen_fold(code_point, &folded);
    for (uint32_t i = 0; i < folded.count; i++) {
        alike = folded.at[i] < 0x80 ? (char)folded.at[i] : screen_look_alike(folded.at[i]);
        if (!alike || !add(plain, alike)) {
            return false;
        }
    }
    return true;
}

static bool look_alikes_replace(struct plain *plain, struct str raw)
{
    for (size_t at = 0; at < raw.len;) {
        size_t bytes = 1;
        unsigned char c = byte_at(raw, at);
        bool is_good = true;
        if (c < 0x80) {
            is_good = add(plain, (char)(c == '`' ? '\'' : ascii_is_letter(c) ? c | 0x20 : c));
        } else {
            uint32_t code_point;
            enum screen_char kind = reader_look(raw, at, &code_point, &bytes);
            if (apostrophe_bytes(raw, at) > 0) {
                is_good = add(plain, '\'');
            } else if (kind == SCREEN_CHAR_LETTER || kind == SCREEN_CHAR_DIGIT) {
                is_good = add_other(plain, code_point);
            }
        }
        if (!is_good) {
            return false;
        }
        at += bytes ? bytes : 1;
    }
    return true;
}

/* ---- Digits and signs ------------------------------------------------------------------------ */

/* '1' stands for i or l, which place_one() decides. '2' is never a letter. */
static char letter_of(char c)
{
    static const char signs[] = "0134567890@$!";
    static const char letters[] = "oieasgtbgoasi";
    const char *found = strchr(signs, c);
    return c != 0 && found ? letters[found - signs] : 0;
}

static bool is_vowel(char c)
{
    return c != 0 && strchr("aeiou", c) != NULL;
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* "fa11", "who1e", "c1own" have an l; "id1ot", "sh1t", "st1ll" an i. */
static char place_one(const struct plain *plain, size_t at)
{
    char before = at > 0 ? plain->at[at - 1] : 0;
    char after = at + 1 < plain->bytes ? plain->at[at + 1] : 0;
    bool is_double = before == '1' || after == '1' || before == 'l';
    bool is_cluster = before != 0 && strchr("bcfgp", before) && is_vowel(after);
    bool is_between = is_vowel(before) && (is_vowel(after) || after == 0);
    return is_double || is_cluster || is_between ? 'l' : 'i';
}

struct counts {
    size_t letters, digits, signs;
    size_t first_letter, last_letter; /* places */
    bool has_two;
};

static struct counts count(const struct plain *plain)
{
    struct counts counts = {.first_letter = plain->bytes};
    for (size_t i = 0; i < plain->bytes; i++) {
        char c = plain->at[i];
        if (is_letter(c)) {
            counts.letters++;
            counts.last_letter = i;
            counts.first_letter = counts.first_letter < i ? counts.first_letter : i;
        } else if (ascii_is_digit((unsigned char)c)) {
            counts.digits++;
            counts.has_two = counts.has_two || c == '2';
        } else {
            counts.signs += letter_of(c) != 0;
        }
    }
    return counts;
}

/* "1diot", "5hit", but not "1st", "10am", "9Green". */
static bool is_led_by_digit(const struct plain *plain, const struct counts *counts, struct str raw)
{
    unsigned char second = byte_at(raw, 1);
    unsigned char third = byte_at(raw, 2);
    bool is_class = second >= 'A' && second <= 'Z' && third >= 'a';
    return counts->first_letter == 1 && counts->letters >= 3 && !is_class &&
           plain->bytes == counts->letters + 1;
}

/* Whether the digits of a word are likely letters. */
static bool are_digits_letters(const struct plain *plain, const struct counts *counts,
                               struct str raw)
{
    size_t within = 0;
    bool has_vowel = false;
    for (size_t i = counts->first_letter; i < counts->last_letter; i++) {
        bool is_digit = ascii_is_digit((unsigned char)plain->at[i]);
        within += is_digit;
        has_vowel = has_vowel || (is_digit && is_vowel(letter_of(plain->at[i])));
    }
    if (counts->digits == 0 || counts->has_two || counts->letters < counts->digits) {
        return false;
    }
    if (counts->first_letter > 0) {
        return is_led_by_digit(plain, counts, raw) ||
               (counts->first_letter == 1 && within > 0 && counts->letters >= 3);
    }
    bool is_class = counts->letters == 2 && (counts->digits > 1 || plain->at[0] == 'y');
    return within > 0 && !is_class && (plain->bytes > 3 || has_vowel);
}

static void digits_replace(struct plain *plain, struct str raw)
{
    struct counts counts = count(plain);
    if (counts.letters == 0 || counts.digits + counts.signs == 0) {
        return;
    }
    bool are_letters = are_digits_letters(plain, &counts, raw);
    char before[DISGUISE_MAX];
    memcpy(before, plain->at, plain->bytes);
    const struct plain old = {before, plain->bytes};
    for (size_t i = 0; i < plain->bytes; i++) {
        bool is_digit = ascii_is_digit((unsigned char)before[i]);
        char letter = letter_of(before[i]);
        if (letter && (!is_digit || are_letters)) {
            plain->at[i] = before[i] == '1' ? place_one(&old, i) : letter;
        }
    }
}

struct str plain_word(struct str raw, struct str folded, char out[DISGUISE_MAX])
{
    struct plain plain = {.at = out};
    if (!look_alikes_replace(&plain, raw)) {
        return folded;
    }
    digits_replace(&plain, raw);
    struct str made = {plain.at, plain.bytes};
    return str_equal(made, folded) ? folded : made;
}
