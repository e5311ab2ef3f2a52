/*
 * readings.h - how the oracle reads what docs/policy-language.md leaves open.
 *
 * Each is one question to the page. When the page answers it, the constant follows the page, and when
 * nothing else is possible any more it goes.
 */
#ifndef HANDRAIL_TESTS_ORACLE_READINGS_H
#define HANDRAIL_TESTS_ORACLE_READINGS_H

/* 5.4: "may ... only if" with `overrides`: its gate overrides too, not only its permit. */
#define READING_GATE_OVERRIDES false

/*
 * 5.8: "unknown": ["a"] where a implies b, and b is not listed: b is open too. Otherwise "the rest
 * does not hold" would make b false, hence a, although the asker does not know.
 */
#define READING_UNKNOWN_OPENS_IMPLIED true

/* 5.9, 9: `others` left out and "otherwise": "none": nobody is concerned. Else one person. */
#define READING_OTHERWISE_NONE_MEANS_NOBODY false

/* 5.7: a "protects" rule that suspends something is a rule of the level ask-first, for strength. */
#define READING_PROTECTS_HAS_LEVEL true

#endif
