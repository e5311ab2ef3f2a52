/*
 * policy/problem_int.h - everything that can be wrong with a policy, each with a stable short code.
 *
 * Read first: base/diag.h. docs/diagnostics.md explains each code to the people who write policies;
 * tests/policy/cases_test.c checks that the page and this table name the same codes, and that each
 * occurs in a bad policy of the tests.
 *
 * Start at: problem_add. What must hold: a code never changes its meaning; a message says what is
 * wrong, a hint what to do, and neither ends in a full stop.
 */
#ifndef HANDRAIL_POLICY_PROBLEM_INT_H
#define HANDRAIL_POLICY_PROBLEM_INT_H

#include "policy/ast.h"

enum problem {
    /* the file */
    PROBLEM_FILE_TOO_LARGE,
    PROBLEM_NOT_TEXT,
    PROBLEM_TOO_MANY_CLAUSES,
    PROBLEM_TOO_MANY_RULES,
    /* headings, blocks, notes */
    PROBLEM_CLAUSE_BRACES,
    PROBLEM_CLAUSE_KEY,
    PROBLEM_CLAUSE_ATTRIBUTE,
    PROBLEM_UNCLOSED_BLOCK,
    PROBLEM_INDENTED_BLOCK,
    PROBLEM_UNKNOWN_BLOCK,
    PROBLEM_BLOCK_OUTSIDE_CLAUSE,
    PROBLEM_NOTE_OUTSIDE_CLAUSE,
    PROBLEM_NOTE_SPELLING,
    /* words and lines in blocks */
    PROBLEM_TAB,
    PROBLEM_INDENT,
    PROBLEM_CURLY_QUOTE,
    PROBLEM_BAD_CHARACTER,
    PROBLEM_OPEN_TEXT,
    PROBLEM_NAME_FORM,
    PROBLEM_EXPECTED_NAME,
    PROBLEM_EXPECTED_TEXT,
    PROBLEM_EXPECTED_NUMBER,
    PROBLEM_EXPECTED_DATE,
    PROBLEM_EXPECTED_DURATION,
    PROBLEM_UNEXPECTED_WORDS,
    PROBLEM_LINE_WITHOUT_HEAD,
    PROBLEM_UNKNOWN_STATEMENT,
    PROBLEM_UNKNOWN_LINE,
    PROBLEM_SECOND_LINE,
    PROBLEM_MISSING_LINE,
    /* the pack block */
    PROBLEM_PACK_MISSING,
    PROBLEM_PACK_TWICE,
    PROBLEM_PACK_LATE,
    PROBLEM_PACK_KIND,
    /* vocabulary */
    PROBLEM_UNKNOWN_FACT_KIND,
    PROBLEM_NO_VALUES,
    PROBLEM_VALUE_PLACE,
    PROBLEM_VALUE_SPELLING,
    PROBLEM_DEFAULT,
    PROBLEM_BOUNDS,
    PROBLEM_TOO_MANY_VALUES,
    PROBLEM_TOO_MANY_THRESHOLDS,
    PROBLEM_RESERVED_NAME,
    PROBLEM_DUPLICATE_NAME,
    PROBLEM_DUPLICATE_KEY,
    PROBLEM_NAME_CLASH,
    /* conditions */
    PROBLEM_EXPECTED_CONDITION,
    PROBLEM_MIXED_AND_OR,
    PROBLEM_LIST_WORDS,
    PROBLEM_TOO_DEEP,
    PROBLEM_WRONG_TYPE,
    PROBLEM_APPROVAL_PLACE,
    PROBLEM_APPROVAL_UNDER_NOT,
    PROBLEM_IMPOSSIBLE_RULE,
    PROBLEM_NUMBER_OUT_OF_BOUNDS,
    /* names that nobody declared */
    PROBLEM_UNKNOWN_TOPIC,
    PROBLEM_UNKNOWN_ROLE,
    PROBLEM_UNKNOWN_ACT,
    PROBLEM_UNKNOWN_FACT,
    PROBLEM_UNKNOWN_VALUE,
    PROBLEM_UNKNOWN_NAME,
    PROBLEM_UNKNOWN_CLAUSE,
    PROBLEM_UNKNOWN_DUTY,
    PROBLEM_UNKNOWN_SETTING,
    /* clauses and rules */
    PROBLEM_NO_PROSE,
    PROBLEM_NO_EXAMPLE,
    PROBLEM_LINE_NOT_FOR_HEAD,
    PROBLEM_ACTS_AND_DUTIES,
    PROBLEM_REQUIRES_ANYTHING,
    PROBLEM_NOBODY_TO_ASK,
    PROBLEM_ONLY_IN_LAW,
    PROBLEM_NO_EFFECT_IN_LAW,
    PROBLEM_OVERRIDES_LAW,
    PROBLEM_OVERRIDES_NOTHING,
    PROBLEM_DEFINITION_CIRCLE,
    PROBLEM_ATTACK_CIRCLE,
    PROBLEM_SETTING_KIND,
    PROBLEM_SETTING_UNSET,
    /* examples */
    PROBLEM_EXAMPLE_STORY,
    PROBLEM_EXAMPLE_ACT,
    PROBLEM_EXAMPLE_EXPECTATION,
    PROBLEM_EXAMPLE_TWICE,
    PROBLEM_UNKNOWN_VERDICT,
    PROBLEM_UNKNOWN_STATE,
    PROBLEM_UNKNOWN_PERSON,
    PROBLEM_WRONG_PERSON,
    PROBLEM_TOO_MANY_PEOPLE,
    PROBLEM_NEVER_TOGETHER,
    PROBLEM_NO_DEFAULT,
    PROBLEM_DATES_WITHOUT_TODAY,
    /* operation */
    PROBLEM_UNKNOWN_KIND,
    PROBLEM_UNKNOWN_FIELD,
    PROBLEM_MISSING_FIELD,
    PROBLEM_SCREEN_SETS,
    PROBLEM_SCREEN_DETAIL,
    PROBLEM_NO_DRAFT,
    PROBLEM_UNKNOWN_KEPT,
    PROBLEM_RETENTION_EVENT,
    PROBLEM_RETENTION_PERIOD,
    PROBLEM_COUNT
};

struct problem_row {
    struct str code;
    enum diag_severity severity;
};

/* The row of a problem; every problem has one. */
const struct problem_row *problem_row(enum problem problem);

/* A problem at a place. The hint may be empty; the message is made by printf. */
void problem_add(struct diag_list *diags, enum problem problem, struct policy_place place,
                 struct str hint, const char *format, ...) __attribute__((format(printf, 5, 6)));

/*
 * "Did you mean": offer candidates one after another; the nearest one that is near enough wins.
 * Begin with problem_guess_new.
 */
struct problem_guess {
    struct str wanted, best;
    size_t distance; /* of `best`; at first one more than what counts as near */
};

struct problem_guess problem_guess_new(struct str wanted);
void problem_guess_offer(struct problem_guess *guess, struct str candidate);

/* `did you mean "X"?`, or `otherwise` where nothing was near. */
struct str problem_guess_hint(struct arena *arena, const struct problem_guess *guess,
                              struct str otherwise);

#endif
