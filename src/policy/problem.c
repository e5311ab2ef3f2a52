/*
 * policy/problem.c - the codes of all problems, and suggestions for words that are misspelt.
 *
 * Read first: policy/problem_int.h. A new problem is a row here, a line in docs/diagnostics.md and
 * a bad policy in tests/policy/bad/.
 */
#include "policy/problem_int.h"

#include "base/limits.h"

#include <assert.h>

#define ERROR(name) {STR_INIT(name), DIAG_ERROR}
#define WARNING(name) {STR_INIT(name), DIAG_WARNING}
#define NOTE(name) {STR_INIT(name), DIAG_NOTE}

static const struct problem_row rows[PROBLEM_COUNT] = {
    [PROBLEM_FILE_TOO_LARGE] = ERROR("file-too-large"),
    [PROBLEM_NOT_TEXT] = ERROR("not-text"),
    [PROBLEM_TOO_MANY_CLAUSES] = ERROR("too-many-clauses"),
    [PROBLEM_TOO_MANY_RULES] = ERROR("too-many-rules"),
    [PROBLEM_CLAUSE_BRACES] = ERROR("clause-braces"),
    [PROBLEM_CLAUSE_KEY] = ERROR("clause-key"),
    [PROBLEM_CLAUSE_ATTRIBUTE] = ERROR("clause-attribute"),
    [PROBLEM_UNCLOSED_BLOCK] = ERROR("unclosed-block"),
    [PROBLEM_INDENTED_BLOCK] = ERROR("indented-block"),
    [PROBLEM_UNKNOWN_BLOCK] = WARNING("unknown-block"),
    [PROBLEM_BLOCK_OUTSIDE_CLAUSE] = ERROR("block-outside-clause"),
    [PROBLEM_NOTE_OUTSIDE_CLAUSE] = WARNING("note-outside-clause"),
    [PROBLEM_NOTE_SPELLING] = WARNING("note-spelling"),
    [PROBLEM_TAB] = ERROR("tab"),
    [PROBLEM_INDENT] = ERROR("indent"),
    [PROBLEM_CURLY_QUOTE] = ERROR("curly-quote"),
    [PROBLEM_BAD_CHARACTER] = ERROR("bad-character"),
    [PROBLEM_OPEN_TEXT] = ERROR("open-text"),
    [PROBLEM_NAME_FORM] = ERROR("name-form"),
    [PROBLEM_EXPECTED_NAME] = ERROR("expected-name"),
    [PROBLEM_EXPECTED_TEXT] = ERROR("expected-text"),
    [PROBLEM_EXPECTED_NUMBER] = ERROR("expected-number"),
    [PROBLEM_EXPECTED_DATE] = ERROR("expected-date"),
    [PROBLEM_EXPECTED_DURATION] = ERROR("expected-duration"),
    [PROBLEM_UNEXPECTED_WORDS] = ERROR("unexpected-words"),
    [PROBLEM_LINE_WITHOUT_HEAD] = ERROR("line-without-head"),
    [PROBLEM_UNKNOWN_STATEMENT] = ERROR("unknown-statement"),
    [PROBLEM_UNKNOWN_LINE] = ERROR("unknown-line"),
    [PROBLEM_SECOND_LINE] = ERROR("second-line"),
    [PROBLEM_MISSING_LINE] = ERROR("missing-line"),
    [PROBLEM_PACK_MISSING] = ERROR("pack-missing"),
    [PROBLEM_PACK_TWICE] = ERROR("pack-twice"),
    [PROBLEM_PACK_LATE] = ERROR("pack-late"),
    [PROBLEM_PACK_KIND] = ERROR("pack-kind"),
    [PROBLEM_UNKNOWN_FACT_KIND] = ERROR("unknown-fact-kind"),
    [PROBLEM_NO_VALUES] = ERROR("no-values"),
    [PROBLEM_VALUE_PLACE] = ERROR("value-place"),
    [PROBLEM_VALUE_SPELLING] = WARNING("value-spelling"),
    [PROBLEM_DEFAULT] = ERROR("default"),
    [PROBLEM_BOUNDS] = ERROR("bounds"),
    [PROBLEM_TOO_MANY_VALUES] = ERROR("too-many-values"),
    [PROBLEM_TOO_MANY_THRESHOLDS] = ERROR("too-many-thresholds"),
    [PROBLEM_RESERVED_NAME] = ERROR("reserved-name"),
    [PROBLEM_DUPLICATE_NAME] = ERROR("duplicate-name"),
    [PROBLEM_DUPLICATE_KEY] = ERROR("duplicate-key"),
    [PROBLEM_NAME_CLASH] = ERROR("name-clash"),
    [PROBLEM_EXPECTED_CONDITION] = ERROR("expected-condition"),
    [PROBLEM_MIXED_AND_OR] = ERROR("mixed-and-or"),
    [PROBLEM_LIST_WORDS] = ERROR("list-words"),
    [PROBLEM_TOO_DEEP] = ERROR("too-deep"),
    [PROBLEM_WRONG_TYPE] = ERROR("wrong-type"),
    [PROBLEM_APPROVAL_PLACE] = ERROR("approval-place"),
    [PROBLEM_APPROVAL_UNDER_NOT] = ERROR("approval-under-not"),
    [PROBLEM_IMPOSSIBLE_RULE] = WARNING("impossible-rule"),
    [PROBLEM_NUMBER_OUT_OF_BOUNDS] = ERROR("number-out-of-bounds"),
    [PROBLEM_UNKNOWN_TOPIC] = ERROR("unknown-topic"),
    [PROBLEM_UNKNOWN_ROLE] = ERROR("unknown-role"),
    [PROBLEM_UNKNOWN_ACT] = ERROR("unknown-act"),
    [PROBLEM_UNKNOWN_FACT] = ERROR("unknown-fact"),
    [PROBLEM_UNKNOWN_VALUE] = ERROR("unknown-value"),
    [PROBLEM_UNKNOWN_NAME] = ERROR("unknown-name"),
    [PROBLEM_UNKNOWN_CLAUSE] = ERROR("unknown-clause"),
    [PROBLEM_UNKNOWN_DUTY] = ERROR("unknown-duty"),
    [PROBLEM_UNKNOWN_SETTING] = ERROR("unknown-setting"),
    [PROBLEM_NO_PROSE] = ERROR("no-prose"),
    [PROBLEM_NO_EXAMPLE] = WARNING("no-example"),
    [PROBLEM_LINE_NOT_FOR_HEAD] = ERROR("line-not-for-head"),
    [PROBLEM_ACTS_AND_DUTIES] = ERROR("acts-and-duties"),
    [PROBLEM_REQUIRES_ANYTHING] = ERROR("requires-anything"),
    [PROBLEM_NOBODY_TO_ASK] = WARNING("nobody-to-ask"),
    [PROBLEM_ONLY_IN_LAW] = ERROR("only-in-law"),
    [PROBLEM_NO_EFFECT_IN_LAW] = WARNING("no-effect-in-law"),
    [PROBLEM_OVERRIDES_LAW] = ERROR("overrides-law"),
    [PROBLEM_OVERRIDES_NOTHING] = WARNING("overrides-nothing"),
    [PROBLEM_DEFINITION_CIRCLE] = ERROR("definition-circle"),
    [PROBLEM_ATTACK_CIRCLE] = ERROR("attack-circle"),
    [PROBLEM_SETTING_KIND] = ERROR("setting-kind"),
    [PROBLEM_SETTING_UNSET] = ERROR("setting-unset"),
    [PROBLEM_EXAMPLE_STORY] = ERROR("example-story"),
    [PROBLEM_EXAMPLE_ACT] = ERROR("example-act"),
    [PROBLEM_EXAMPLE_EXPECTATION] = ERROR("example-expectation"),
    [PROBLEM_EXAMPLE_TWICE] = ERROR("example-twice"),
    [PROBLEM_UNKNOWN_VERDICT] = ERROR("unknown-verdict"),
    [PROBLEM_UNKNOWN_STATE] = ERROR("unknown-state"),
    [PROBLEM_UNKNOWN_PERSON] = ERROR("unknown-person"),
    [PROBLEM_WRONG_PERSON] = ERROR("wrong-person"),
    [PROBLEM_TOO_MANY_PEOPLE] = ERROR("too-many-people"),
    [PROBLEM_NEVER_TOGETHER] = ERROR("never-together"),
    [PROBLEM_NO_DEFAULT] = ERROR("no-default"),
    [PROBLEM_DATES_WITHOUT_TODAY] = ERROR("dates-without-today"),
    [PROBLEM_UNKNOWN_KIND] = ERROR("unknown-kind"),
    [PROBLEM_UNKNOWN_FIELD] = ERROR("unknown-field"),
    [PROBLEM_MISSING_FIELD] = ERROR("missing-field"),
    [PROBLEM_SCREEN_SETS] = ERROR("screen-sets"),
    [PROBLEM_SCREEN_DETAIL] = ERROR("screen-detail"),
    [PROBLEM_NO_DRAFT] = WARNING("no-draft"),
    [PROBLEM_UNKNOWN_KEPT] = ERROR("unknown-kept"),
    [PROBLEM_RETENTION_EVENT] = ERROR("retention-event"),
    [PROBLEM_RETENTION_PERIOD] = ERROR("retention-period"),
};

const struct problem_row *problem_row(enum problem problem)
{
    assert(problem < PROBLEM_COUNT && rows[problem].code.len > 0);
    return &rows[problem];
}

void problem_add(struct diag_list *diags, enum problem problem, struct policy_place place,
                 struct str hint, const char *format, ...)
{
    const struct problem_row *row = problem_row(problem);
    va_list arguments;
    va_start(arguments, format);
    struct str message = str_format_list(diags->arena, format, arguments);
    va_end(arguments);
    diag_add(diags, row->severity, row->code, place.file, place.line, place.column, message, hint);
}

/* A slip in a short word makes another word, so fewer slips count as near. */
static size_t near_enough(size_t bytes)
{
    if (bytes <= 3) {
        return bytes <= 2 ? 0 : 1;
    }
    return bytes <= 7 ? 2 : 3;
}

struct problem_guess problem_guess_new(struct str wanted)
{
    return (struct problem_guess){.wanted = wanted, .distance = near_enough(wanted.len) + 1};
}

void problem_guess_offer(struct problem_guess *guess, struct str candidate)
{
    if (guess->distance == 0 || candidate.len == 0) {
        return;
    }
    size_t distance = str_distance(guess->wanted, candidate, guess->distance - 1);
    if (distance < guess->distance) {
        guess->distance = distance;
        guess->best = candidate;
    }
}

struct str problem_guess_hint(struct arena *arena, const struct problem_guess *guess,
                              struct str otherwise)
{
    if (guess->best.len == 0) {
        return otherwise;
    }
    return str_format(arena, "did you mean \"" STR_FMT "\"?", STR_ARG(guess->best));
}
