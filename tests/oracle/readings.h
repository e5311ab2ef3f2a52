/*
 * readings.h - how the oracle reads what docs/policy-language.md leaves open.
 *
 * Each is one question to the page. When the page answers it, the constant follows, and when
 * nothing else is possible any more it goes.
 */
#ifndef HANDRAIL_TESTS_ORACLE_READINGS_H
#define HANDRAIL_TESTS_ORACLE_READINGS_H

/* 5.6: with facts open, `protected` may stay false although something is suspended either way. */
#define READING_PROTECTED_MAY_BE_MISSED true

/* 5.5: with facts open, `conflicts` may name a pair that can conflict in no completion. */
#define READING_CONFLICTS_MAY_BE_WIDE true

/* 5.7: a "protects" rule that suspends something is a rule of the level ask-first, for strength. */
#define READING_PROTECTS_HAS_LEVEL true

#endif
