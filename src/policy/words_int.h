/*
 * policy/words_int.h - the fixed words of the language that more than one file needs.
 *
 * Read first: docs/policy-language.md, sections 3, 5.1 and 5.7.
 */
#ifndef HANDRAIL_POLICY_WORDS_INT_H
#define HANDRAIL_POLICY_WORDS_INT_H

#include "base/str.h"

/* Verdicts, from mild to strict, and "undetermined". */
static const struct str verdict_words[] = {
    STR_INIT("not-covered"), STR_INIT("allowed"),        STR_INIT("allowed-with-duties"),
    STR_INIT("caution"),     STR_INIT("required"),       STR_INIT("ask-first"),
    STR_INIT("needs-approval"), STR_INIT("forbidden"),   STR_INIT("undetermined"),
};
#define VERDICT_WORD_COUNT (sizeof verdict_words / sizeof verdict_words[0])

/* States of an approval or a consent. */
static const struct str state_words[] = {
    STR_INIT("none"),    STR_INIT("asked"),     STR_INIT("refused"),
    STR_INIT("granted"), STR_INIT("withdrawn"), STR_INIT("expired"),
};
#define STATE_WORD_COUNT (sizeof state_words / sizeof state_words[0])

#endif
