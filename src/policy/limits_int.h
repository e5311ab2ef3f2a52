/*
 * policy/limits_int.h - the named bounds of reading a policy.
 *
 * docs/policy-language.md, section 10, states those that an author can meet. Each has a test at the
 * bound and one past it (tests/policy/limits_test.c).
 */
#ifndef HANDRAIL_POLICY_LIMITS_INT_H
#define HANDRAIL_POLICY_LIMITS_INT_H

#define LIMIT_POLICY_FILE_BYTES_MAX ((size_t)2 * 1024 * 1024)
#define LIMIT_POLICY_FILE_LINES_MAX ((size_t)50000)

/* In one pack, its parents included. */
#define LIMIT_POLICY_CLAUSES_MAX ((size_t)8192)
#define LIMIT_POLICY_RULES_MAX ((size_t)8192)

/* Values of one fact, those of "extend fact" included. */
#define LIMIT_POLICY_VALUES_MAX ((size_t)62)

/* Places where rules cut a number or a date. */
#define LIMIT_POLICY_THRESHOLDS_MAX ((size_t)61)

/* Brackets and "not" inside one another. */
#define LIMIT_POLICY_NESTING_MAX ((size_t)32)

/* People in one example, as in one question. */
#define LIMIT_POLICY_PEOPLE_MAX ((size_t)32)

#endif
