/*
 * The public face of the decide module: a question goes in, an answer comes out.
 *
 * Read first: docs/policy-language.md, sections 5 and 9. Start at decide_answer().
 *
 *   question  what was asked: an act, what is known of each variable, the people, approvals on
 * record
 *   world     the variables of one person: for each the set of values still possible (world.c)
 *   match     worlds against the row masks of the act's table: outcomes certain, possible (match.c)
 *   weigh     outcomes -> standing rules, conflicts, protection, the verdict (weigh.c)
 *   complete  what all completions agree on, when match leaves it open (complete.c)
 *   next      the next question; change: what would change the verdict (next.c, change.c)
 *   answer    people joined, everything cited (answer.c); answer_json.c writes it down
 *   matters   whether a fact can change the verdict (matters.c)
 *   standing  which rules stand, and no more, for those who compare questions (standing.c)
 *
 * Pure: no I/O, no clock. Everything lives in the arena that the caller passes.
 */
#ifndef HANDRAIL_DECIDE_DECIDE_H
#define HANDRAIL_DECIDE_DECIDE_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/diag.h"
#include "base/str.h"
#include "pack/pack.h"

#define DECIDE_PEOPLE_MAX 32u
#define DECIDE_APPROVALS_MAX 256u
#define DECIDE_STEPS_MAX 200000u
#define DECIDE_EITHERS_MAX 64u /* in one question */

enum decide_state {
    DECIDE_STATE_LEFT_OUT, /* takes its default, else missing */
    DECIDE_STATE_GIVEN,
    DECIDE_STATE_UNKNOWN,  /* "I don't know" */
    DECIDE_STATE_WITHHELD,
    DECIDE_STATE_COUNT
};

/* What is said of one variable. `domain` is the set of values still possible when GIVEN. */
struct decide_given {
    uint64_t domain;
    enum decide_state state;
};

struct decide_person {
    struct str label;            /* as the asker calls them; may be empty */
    struct decide_given *given;  /* one for each variable of the pack; act variables unused */
    enum pack_approval_state consent;
};

struct decide_either { /* at least one of these values of a some-of fact holds, not known which */
    uint32_t person, fact;
    uint64_t values;
};

struct decide_approval { /* one record of an approval; indices, PACK_NONE where not stated */
    uint32_t role, clause;
    enum pack_approval_state state;
    bool has_reason, in_writing, has_from, has_until;
    struct civil_date from, until;
    struct str platform, purpose, device, account;
    uint32_t person; /* from 1; 0: not stated */
};

struct decide_question {
    const struct pack *pack;
    struct arena *arena;
    uint32_t act;
    struct decide_given *given;  /* one for each variable of the pack; other variables unused */
    struct decide_person *people;
    uint32_t person_count;
    bool has_people;             /* `people` was stated; an empty list means nobody */
    bool is_otherwise_none;      /* what is left out is not so */
    bool is_brief;               /* no next question, no changes */
    /* The next question, and no changes: for those who do not show them, since to find what would
     * change a verdict takes many times as long as to find the verdict. */
    bool is_without_changes;
    struct decide_approval *approvals;
    uint32_t approval_count;
    struct decide_either *eithers;
    uint32_t either_count;
    bool has_as_of;
    struct civil_date as_of;
};

/* An empty question about an act: everything left out. Room for DECIDE_PEOPLE_MAX people is
 * kept. */
struct decide_question *decide_question_new(struct arena *arena, const struct pack *pack,
                                            uint32_t act);

/* Adds a person concerned of whom nothing is known yet; the answer is their number from 1, 0 if
 * full. */
uint32_t decide_question_add_person(struct decide_question *question, struct str label);

/*
 * Say what is known of a fact. `person` is 0 for facts of the act, else the person's number.
 * decide_give_values: the values that hold (indices within the fact; for a one-of fact exactly one,
 * value_count for none); those in `unknown` stay open, all others do not hold.
 */
void decide_give_values(struct decide_question *question, uint32_t person, uint32_t fact,
                        const uint32_t *values, size_t count, const uint32_t *unknown,
                        size_t unknown_count);
/*
 * At least one of these values holds, and it is not known which. Call it after
 * decide_give_values().
 * False when there are DECIDE_EITHERS_MAX of them already.
 */
bool decide_give_either(struct decide_question *question, uint32_t person, uint32_t fact,
                        const uint32_t *values, size_t count) __attribute__((warn_unused_result));
void decide_give_yes_no(struct decide_question *question, uint32_t person, uint32_t fact, bool yes);
void decide_give_number(struct decide_question *question, uint32_t person, uint32_t fact,
                        int64_t number);
void decide_give_none(struct decide_question *question, uint32_t person, uint32_t fact);
/* LEFT_OUT takes back what was said; UNKNOWN and WITHHELD as they say. */
void decide_give_state(struct decide_question *question, uint32_t person, uint32_t fact,
                       enum decide_state state);
void decide_add_approval(struct decide_question *question, const struct decide_approval *approval);

/*
 * Reads a question in JSON (section 9). On bad input says so in `diags` and answers NULL. `file` is
 * the name shown in diagnostics.
 */
struct decide_question *decide_question_read(struct arena *arena, const struct pack *pack,
                                             struct str file, struct str json,
                                             struct diag_list *diags);

/* ---- The answer ------------------------------------------------------------------------------ */

enum decide_verdict { /* the levels of the pack, and undetermined */
    DECIDE_VERDICT_NOT_COVERED,
    DECIDE_VERDICT_ALLOWED,
    DECIDE_VERDICT_ALLOWED_WITH_DUTIES,
    DECIDE_VERDICT_CAUTION,
    DECIDE_VERDICT_REQUIRED,
    DECIDE_VERDICT_ASK_FIRST,
    DECIDE_VERDICT_NEEDS_APPROVAL,
    DECIDE_VERDICT_FORBIDDEN,
    DECIDE_VERDICT_UNDETERMINED,
    DECIDE_VERDICT_COUNT
};

enum decide_truth { DECIDE_NO, DECIDE_YES, DECIDE_OPEN };

enum decide_scope { DECIDE_SCOPE_IN, DECIDE_SCOPE_OUT, DECIDE_SCOPE_UNKNOWN };

struct decide_reason { /* one line of an explanation */
    struct str text;
    enum decide_truth truth;
};

struct decide_cited { /* a standing rule */
    uint32_t rule;
    uint32_t level;               /* enum pack_level of it here */
    bool is_certain;              /* false: possible */
    bool decides;                 /* its level is the headline's */
    uint32_t for_people;          /* bit i: person i + 1; all bits when it is about the act alone */
    struct decide_reason *because;
    size_t because_count;
    struct decide_reason *unless;
    size_t unless_count;
};

enum decide_aside {
    DECIDE_ASIDE_PERMIT,
    DECIDE_ASIDE_OVERRIDE,
    DECIDE_ASIDE_KNOWN,
    DECIDE_ASIDE_LAW
};

struct decide_set_aside {
    uint32_t rule, by_clause;
    struct str say; /* of a known conflict: why this side gives way; else empty */
    enum decide_aside why;
};

struct decide_needed { /* an approval to be had */
    uint32_t approval;
    enum pack_approval_state state;
    uint32_t for_people;
};

struct decide_ask {
    uint32_t clause;
    struct pack_list roles;
};

struct decide_conflict {
    uint32_t first, second; /* clauses */
};

struct decide_open { /* a fact and whose: person 0 the act */
    uint32_t fact, person;
};

struct decide_presumed {
    uint32_t fact, person;
    struct str text; /* the value in plain words */
};

struct decide_next {
    uint32_t fact, person;      /* fact PACK_NONE: nothing left to ask */
    /* value indices that can still matter, for one-of (value_count: none) and some-of */
    uint32_t *choices;
    size_t choice_count;
};

struct decide_step {
    uint32_t fact, person;      /* fact PACK_NONE: an approval */
    struct str text;            /* "the headteacher approves", "the person is a relative" */
};

#define DECIDE_CHANGE_STEPS_MAX 3u
struct decide_change {
    enum decide_verdict verdict;
    struct decide_step steps[DECIDE_CHANGE_STEPS_MAX];
    uint32_t step_count;
    uint32_t rank; /* the smaller the more readily it comes about */
};

struct decide_answer {
    const struct decide_question *question;
    enum decide_verdict verdict;
    enum pack_strength strength;  /* PACK_STRENGTH_COUNT: none */
    struct str headline;          /* one line in plain words */
    bool is_protected, is_unsure, is_silent, is_cut_short;
    enum decide_scope scope;
    struct str scope_text;        /* scope unknown: "outside this policy unless ..." */
    enum decide_verdict *person_verdicts; /* person_count (at least 1) */
    uint32_t person_count;
    struct decide_cited *cited;   /* certain ones first, deciding ones first among them */
    size_t cited_count;
    struct decide_set_aside *set_aside;
    size_t set_aside_count;
    struct decide_needed *needed;
    size_t needed_count;
    struct decide_ask *ask;
    size_t ask_count;
    struct decide_conflict *conflicts;
    size_t conflict_count;
    struct decide_presumed *presumed;
    size_t presumed_count;
    struct decide_open *missing, *unknown, *withheld;
    size_t missing_count, unknown_count, withheld_count;
    struct decide_next next;
    struct decide_change *changes;
    size_t change_count;
    uint32_t *notes; /* clauses whose reader's notes are to be shown */
    size_t note_count;
};

/* Answers a question. Facts that contradict each other are said in `diags`, and the answer is
 * NULL. */
struct decide_answer *decide_answer(struct arena *arena, const struct decide_question *question,
                                    struct diag_list *diags);

/*
 * What stands in a question, without an answer: as much as matching tells, and no search through
 * completions. YES and NO hold in every completion; OPEN is not settled by matching. It takes a
 * small part of the time of decide_answer(), for those who compare many questions about one act
 * with each other.
 */
struct decide_stand {
    uint8_t truth; /* enum decide_truth: what decide_answer() cites for certain, cites, or not */
    uint8_t level; /* enum pack_level of it here, the strictest possible where it is open */
    uint16_t ways; /* in how many ways it may apply: rows that may hold, of all people */
};

struct decide_standing; /* ready for any question about one act */
struct decide_standing *decide_standing_new(struct arena *arena, const struct pack *pack,
                                            uint32_t act);

/* By rule of the pack. Of facts that exclude each other nothing stands. */
const struct decide_stand *decide_standing_find(struct arena *arena,
                                                struct decide_standing *standing,
                                                const struct decide_question *question);

/*
 * Whether what is said of a fact can change somebody's verdict: YES when two completions of the
 * question that differ in this fact alone come to different verdicts, OPEN when `steps_max` worlds
 * that were looked at did not settle that.
 */
enum decide_truth decide_fact_matters(struct arena *arena, const struct decide_question *question,
                                      uint32_t fact, uint32_t steps_max);

/* The answer as JSON (section 9, docs/schemas/answer.json). */
void decide_answer_write(const struct decide_answer *answer, struct text *out);

struct str decide_verdict_name(enum decide_verdict verdict);

/* Words for people: "Forbidden", "Allowed, with duties" ... */
struct str decide_verdict_words(enum decide_verdict verdict);

#endif
