/*
 * identity/password_judge.c - whether something may become a password, and why not.
 *
 * Guessing is counted by zxcvbn (Wheeler, USENIX Security 2016), which knows common passwords and
 * words, rows of keys, repeats and dates, and is told the person's own words.
 *
 * Read first: identity/password.h. Start at: password_judge().
 */
#include "identity/password.h"

#include <sodium.h>
#include <zxcvbn.h>

#include "base/arena.h"
#include "base/utf8.h"

/* Parts of an own word that are shorter say nothing of anybody. */
#define PART_BYTES_MIN 3

/* The words of these that are given to zxcvbn, and the NULL behind them. */
#define PARTS_MAX ((size_t)256)

struct part_list {
    struct arena *arena;
    const char *items[PARTS_MAX + 1];
    size_t count;
};

static const struct {
    const char *reason, *advice;
} words[PASSWORD_FAULT_COUNT] = {
    [PASSWORD_FAULT_NONE] = {"", ""},
    [PASSWORD_FAULT_SHORT] =
        {"This password is too short.",
         "Use at least 12 characters. Three or four words that have nothing to "
         "do with each other are long and easy to remember."},
    [PASSWORD_FAULT_LONG] = {"This password is too long.", "Use at most 128 characters."},
    [PASSWORD_FAULT_NOT_TEXT] = {"This password has characters in it that cannot be typed.",
                                 "Use letters, digits, signs and spaces."},
    [PASSWORD_FAULT_MARKS] = {"This password has an accent in it that is a character of its own.",
                              "Other devices may write it differently. Use a letter that has its "
                              "accent already, or one without."},
    [PASSWORD_FAULT_PUBLISHED] = {"This is the password of demonstrations, which everybody can "
                                  "read.",
                                  "Use three or four words of your own that have nothing to do "
                                  "with each other."},
    [PASSWORD_FAULT_OWN_WORDS] =
        {"This password is mostly your own name, address or school.",
         "Those are tried first. Use three or four words that have nothing "
         "to do with you or with each other."},
    [PASSWORD_FAULT_COMMON] =
        {"This password is made of words that many people use in passwords.",
         "Use three or four words that have nothing to do with each other, or "
         "let a password manager make one."},
    [PASSWORD_FAULT_PATTERN] =
        {"This password is mostly a row of keys, a repetition, a sequence or "
         "a date.",
         "Use three or four words that have nothing to do with each other, or "
         "let a password manager make one."},
    [PASSWORD_FAULT_GUESSABLE] = {"This password is easy to guess.",
                                  "Make it longer, with words that have nothing to do with each "
                                  "other, or let a password manager make one."},
};

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* In small letters, as zxcvbn wants it. */
static void add_part(struct part_list *list, struct str part)
{
    if (part.len < PART_BYTES_MIN || part.len > PASSWORD_BYTES_MAX || list->count == PARTS_MAX) {
        return;
    }
    char *copy = str_cstr(list->arena, part);
    for (char *c = copy; *c; c++) {
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    }
    list->items[list->count++] = copy;
}

/* "a.okafor@ashdownvale.example" whole, and "okafor", "ashdownvale", "example"; "Ashdown Vale" also
 * as "ashdownvale". */
static void add_own_word(struct part_list *list, struct str word)
{
    struct text joined = {.arena = list->arena};
    size_t from = 0;
    add_part(list, word);
    for (size_t i = 0; i <= word.len; i++) {
        if (i == word.len || !is_letter_or_digit(word.at[i])) {
            struct str part = str_slice(word, from, i);
            if (part.len < word.len) {
                add_part(list, part);
            }
            text_add(&joined, part);
            from = i + 1;
        }
    }
    if (joined.len < word.len) {
        add_part(list, text_str(&joined));
    }
}

/* Faults of the characters alone. */
static enum password_fault judge_characters(struct str password)
{
    if (password.len > PASSWORD_BYTES_MAX) {
        return PASSWORD_FAULT_LONG;
    }
    size_t count = 0;
    for (size_t at = 0; at < password.len; count++) {
        uint32_t c;
        size_t bytes = utf8_decode(password, at, &c);
        if (bytes == 0 || c < 0x20 || (c >= 0x7F && c < 0xA0)) {
            return PASSWORD_FAULT_NOT_TEXT;
        }
        /* Combining marks: the blocks of Unicode that are nothing else. */
        if ((c >= 0x300 && c <= 0x36F) || (c >= 0x1AB0 && c <= 0x1AFF) ||
            (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) ||
            (c >= 0xFE20 && c <= 0xFE2F)) {
            return PASSWORD_FAULT_MARKS;
        }
        at += bytes;
    }
    if (count > PASSWORD_CHARACTERS_MAX) {
        return PASSWORD_FAULT_LONG;
    }
    return count < PASSWORD_CHARACTERS_MIN ? PASSWORD_FAULT_SHORT : PASSWORD_FAULT_NONE;
}

/* What zxcvbn calls a stretch of the password, as one of our faults; _NONE: it found nothing. */
static enum password_fault stretch_fault(const struct ZxcMatch *match)
{
    switch ((int)match->Type & ~(int)MULTIPLE_MATCH) {
    case DICTIONARY_MATCH:
    case DICT_LEET_MATCH:
        return PASSWORD_FAULT_COMMON;
    case USER_MATCH:
    case USER_LEET_MATCH:
        return PASSWORD_FAULT_OWN_WORDS;
    case REPEATS_MATCH:
    case SEQUENCE_MATCH:
    case SPATIAL_MATCH:
    case DATE_MATCH:
    case YEAR_MATCH:
        return PASSWORD_FAULT_PATTERN;
    default: /* not an enum */
        return PASSWORD_FAULT_NONE;
    }
}

/* The fault that makes up at least half of a password that is too easily guessed. */
static enum password_fault main_fault(const struct ZxcMatch *matches, size_t bytes)
{
    size_t shares[PASSWORD_FAULT_COUNT] = {0};
    for (const struct ZxcMatch *match = matches; match; match = match->Next) {
        shares[stretch_fault(match)] += (size_t)match->Length;
    }
    static const enum password_fault order[] = {PASSWORD_FAULT_OWN_WORDS, PASSWORD_FAULT_COMMON,
                                                PASSWORD_FAULT_PATTERN};
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        if (shares[order[i]] * 2 >= bytes) {
            return order[i];
        }
    }
    return PASSWORD_FAULT_GUESSABLE;
}

struct password_judgement password_judge(struct arena *arena, struct str password,
                                         const struct str *own_words, size_t own_words_count)
{
    struct password_judgement out = {.fault = judge_characters(password)};
    if (str_equal(password, STR(PASSWORD_DEMONSTRATION))) {
        out.fault = PASSWORD_FAULT_PUBLISHED;
    }
    if (out.fault == PASSWORD_FAULT_NONE) {
        struct part_list *parts = ARENA_NEW(arena, struct part_list);
        parts->arena = arena;
        for (size_t i = 0; i < own_words_count && i < PASSWORD_OWN_WORDS_MAX; i++) {
            add_own_word(parts, own_words[i]);
        }
        char *text = str_cstr(arena, password);
        struct ZxcMatch *matches = NULL;
        out.bits = ZxcvbnMatch(text, parts->items, &matches);
        if (out.bits < PASSWORD_BITS_MIN) {
            out.fault = main_fault(matches, password.len);
        }
        ZxcvbnFreeInfo(matches);
        sodium_memzero(text, password.len);
    }
    out.reason = str_from(words[out.fault].reason);
    out.advice = str_from(words[out.fault].advice);
    return out;
}
