/*
 * readings.h - how the oracle reads what docs/policy-language.md leaves open.
 *
 * Each is one question to the page. When the page answers it, the constant follows, and when
 * nothing else is possible any more it goes.
 */
#ifndef HANDRAIL_TESTS_ORACLE_READINGS_H
#define HANDRAIL_TESTS_ORACLE_READINGS_H

/* 5.4: "may ... only if" with `overrides`: its gate overrides too, not only its permit. */
#define READING_GATE_OVERRIDES false

/* 5.4: "may ... only if" with `regardless`: its permit is regardless too, not only its gate. */
#define READING_REGARDLESS_HOLDS_PERMIT false

/*
 * 5.8: "unknown": ["a"] where a implies b, and b is not listed: b is open too. Otherwise "the rest
 * does not hold" would make b false, hence a, although the asker does not know.
 */
#define READING_UNKNOWN_OPENS_IMPLIED true

/* 5.8: a value under "either" that also is listed settles the others under it: they do not hold. */
#define READING_EITHER_DONE_BY_LISTED true

/* 5.9, 9: `others` left out and "otherwise": "none": nobody is concerned. Else one person. */
#define READING_OTHERWISE_NONE_MEANS_NOBODY false

/* 5.9: a known conflict whose `when` asks about a person asks, whatever the act. */
#define READING_KNOWN_CONFLICTS_ASK true

/*
 * 5.8, "if unsure": a fact that is missing may hold the rule back although the verdict does not
 * depend on it, if the answer lists it as missing. Otherwise only one that the verdict depends on.
 */
#define READING_ANY_MISSING_HOLDS_UNSURE_BACK true

/* 5.6: with facts open, `protected` may stay false although something is suspended either way. */
#define READING_PROTECTED_MAY_BE_MISSED true

/* 5.5: with facts open, `conflicts` may name a pair that can conflict in no completion. */
#define READING_CONFLICTS_MAY_BE_WIDE true

/* 5.7: a "protects" rule that suspends something is a rule of the level ask-first, for strength. */
#define READING_PROTECTS_HAS_LEVEL true

#endif
