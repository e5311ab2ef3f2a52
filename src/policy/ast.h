/*
 * What a policy file says, as read: the tree between the Markdown and the compiled pack.
 *
 * Read first: docs/policy-language.md, sections 2 to 4 and 8. This header mirrors it, word for
 * word.
 * Names are kept as text (struct str pointing into the source or its arena); check.c looks each of
 * them up, compile.c turns them into numbers. Everything lives in the arena of the read and is
 * never changed after it, save by tools that mutate rules on purpose (handrail test --mutate).
 */
#ifndef HANDRAIL_POLICY_AST_H
#define HANDRAIL_POLICY_AST_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/diag.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where something stands in a file: lines and columns from 1; columns in characters
 * (base/diag.h). */
struct policy_place {
    struct str file;
    uint32_t line, column;
};

/* A name as written, with its place, so that a diagnostic can point at it. */
struct policy_name {
    struct str text;
    struct policy_place place;
};

struct policy_names {
    struct policy_name *at;
    size_t count;
};

/* ---- Vocabulary ------------------------------------------------------------------------------ */

struct policy_topic {
    struct policy_name name;
    struct str text;
};

struct policy_role {
    struct policy_name name;
    struct str text;
    struct policy_names groups;
};

struct policy_act {
    struct policy_name name;
    struct str text, example;   /* the first of the examples, or empty */
    struct str *examples;
    size_t example_count;
    struct policy_names groups;
};

enum policy_fact_kind {
    POLICY_FACT_ONE_OF,
    POLICY_FACT_SOME_OF,
    POLICY_FACT_YES_NO,
    POLICY_FACT_NUMBER,
    POLICY_FACT_DATE,
    POLICY_FACT_KIND_COUNT
};

enum policy_sensitivity {
    POLICY_SENSITIVITY_LOW,
    POLICY_SENSITIVITY_PERSONAL,
    POLICY_SENSITIVITY_SENSITIVE,
    POLICY_SENSITIVITY_COUNT
};

struct policy_value {
    struct policy_name name;
    struct str text;
    struct policy_names groups;
    struct policy_names includes; /* narrower values that imply this one */
};

struct policy_fact {
    struct policy_name name;
    enum policy_fact_kind kind;
    struct str question, label, help, why;
    struct str unit;        /* numbers: "years" */
    int64_t from, to;       /* numbers: inclusive bounds; 0 and 150 where not stated */
    enum policy_sensitivity sensitivity;
    struct policy_name preset; /* default value, number, yes or no; empty text: none stated */
    bool has_bounds;        /* "from ... to ..." was written */
    struct policy_names relevant; /* acts and act groups for which it can matter; empty: all */
    struct policy_value *values;
    size_t value_count;
    bool is_extension;      /* "extend fact": values only, added to the fact of this name */
};

enum policy_relation_kind { POLICY_RELATION_NEVER, POLICY_RELATION_IMPLIES };

struct policy_relation {
    enum policy_relation_kind kind;
    struct policy_name fact;
    struct policy_names left; /* never: the values; implies: each of these ... */
    struct policy_name right; /* ... means this */
    struct policy_place place;
};

/* What people declare once, so that they need not say it each time. */
struct policy_relationship {
    struct policy_name name;
    struct str text; /* in the words of whoever declares it */
    struct policy_name fact;
    struct policy_names values; /* what of this fact then holds */
};

/* ---- Conditions ------------------------------------------------------------------------------ */

enum policy_condition_kind {
    /* fact is [not] any of / all of values; "is none" has the value none */
    POLICY_CONDITION_IS,
    /* fact is under / over / at least / at most / exactly / before / from */
    POLICY_CONDITION_COMPARE,
    POLICY_CONDITION_BARE,     /* a yes-or-no fact, or a defined name */
    POLICY_CONDITION_APPROVED, /* approved by ... or consent of other */
    POLICY_CONDITION_NOT,
    POLICY_CONDITION_AND,
    POLICY_CONDITION_OR,
    POLICY_CONDITION_KIND_COUNT
};

enum policy_compare {
    POLICY_COMPARE_UNDER,
    POLICY_COMPARE_OVER,
    POLICY_COMPARE_AT_LEAST,
    POLICY_COMPARE_AT_MOST,
    POLICY_COMPARE_EXACTLY,
    POLICY_COMPARE_BEFORE, /* dates: UNDER */
    POLICY_COMPARE_FROM,   /* dates: AT_LEAST */
    POLICY_COMPARE_COUNT
};

enum policy_duration_unit {
    POLICY_DURATION_NONE, /* not stated */
    POLICY_DURATION_IMMEDIATELY,
    POLICY_DURATION_MINUTES,
    POLICY_DURATION_HOURS,
    POLICY_DURATION_DAYS,
    POLICY_DURATION_WORKING_DAYS,
    POLICY_DURATION_WEEKS,
    POLICY_DURATION_MONTHS,
    POLICY_DURATION_YEARS,
    POLICY_DURATION_LESSONS,
    POLICY_DURATION_COUNT
};

struct policy_duration {
    enum policy_duration_unit unit;
    int64_t amount;
};

struct policy_approval {
    bool is_consent;            /* "consent of other": no roles */
    struct policy_names roles;  /* empty and not consent: unnamed */
    bool in_writing, in_advance, afterwards, with_reason;
    struct policy_duration lasts;
};

struct policy_condition {
    enum policy_condition_kind kind;
    struct policy_place place;
    struct policy_name fact;       /* IS, COMPARE, BARE */
    struct policy_names values;    /* IS; a single value without "any of" is a list of one */
    bool is_negated;               /* IS, COMPARE: written "is not" */
    bool is_all_of;                /* IS */
    bool has_list_words;           /* IS: written with "any of" or "all of" (for fmt) */
    enum policy_compare compare;   /* COMPARE */
    int64_t number;                /* COMPARE: the number, or days since 1970-01-01 for dates */
    bool is_date;                  /* COMPARE: written as a date */
    /* COMPARE with a number setting: its name, else empty. "age is SETTING" is read as IS; as
     * soon as it is known that age is a number, policy_check() makes it COMPARE EXACTLY. */
    struct policy_name setting;
    struct policy_approval approval;
    bool is_bracketed;             /* written in brackets (for fmt) */
    struct policy_condition **children; /* NOT: 1; AND, OR: 2 or more */
    size_t child_count;
};

/* ---- Rules ----------------------------------------------------------------------------------- */

enum policy_effect {
    POLICY_EFFECT_FORBIDS,      /* must not, should not */
    POLICY_EFFECT_CAUTIONS,     /* advised not, take care */
    POLICY_EFFECT_ASKS_FIRST,   /* ask first */
    POLICY_EFFECT_REQUIRES,     /* must ACT, should ACT */
    POLICY_EFFECT_ADDS_DUTY,    /* must DUTY, should DUTY, advised DUTY */
    POLICY_EFFECT_PERMITS,      /* may */
    POLICY_EFFECT_COVERS,
    POLICY_EFFECT_LEAVES_OUT,
    POLICY_EFFECT_PROTECTS,
    POLICY_EFFECT_IF_UNSURE,
    POLICY_EFFECT_COUNT
};

enum policy_strength {
    POLICY_STRENGTH_MUST,
    POLICY_STRENGTH_SHOULD,
    POLICY_STRENGTH_ADVISED,
    POLICY_STRENGTH_MAY,
    POLICY_STRENGTH_STATES,
    POLICY_STRENGTH_COUNT
};

/*
 * "must NAME" and "should NAME" require an act or add a duty: the reader cannot tell. It gives
 * REQUIRES with the name both in `acts` and in `duty`; policy_check() looks the name up and settles
 * it: ADDS_DUTY with the acts "anything", or REQUIRES with an empty `duty`. With an "on" line it is
 * ADDS_DUTY from the start.
 */
struct policy_rule {
    struct policy_place place;
    enum policy_effect effect;
    struct str head;               /* the head's words as written: "must not", "take care" */
    enum policy_strength strength; /* from the head, or the "words" line */
    bool has_words;
    bool is_nevertheless;
    /* as written; the single name "anything" for all; a duty's "on" acts */
    struct policy_names acts;
    struct policy_name duty;       /* ADDS_DUTY */
    struct policy_condition *when; /* NULL: always */
    struct policy_condition **unless;
    size_t unless_count;
    struct policy_condition *only_if; /* NULL: none */
    bool is_regardless;
    struct policy_names overrides; /* clause keys */
    struct policy_names roles;     /* "of" */
    struct policy_names against;   /* topics */
    struct str say, instead;
};

struct policy_definition {
    struct policy_name name;
    struct str text;
    struct policy_condition *when;
};

enum policy_take { POLICY_TAKE_PERMIT, POLICY_TAKE_PROHIBITION, POLICY_TAKE_ASK };

struct policy_known_conflict {
    struct policy_place place;
    struct policy_name first, second; /* clause keys */
    struct policy_condition *when;    /* NULL: always */
    enum policy_take take;
    struct policy_names roles;        /* take ask */
    struct str say;
};

enum policy_setting_kind { POLICY_SETTING_ROLE, POLICY_SETTING_NUMBER, POLICY_SETTING_TEXT };

struct policy_setting {
    struct policy_name name;
    enum policy_setting_kind kind;
    struct str question;
    struct policy_name preset; /* default as written (quotes removed); empty: none */
};

struct policy_assignment { /* set NAME VALUE */
    struct policy_name name, value;
};

/* ---- Examples -------------------------------------------------------------------------------- */

enum policy_given {
    POLICY_GIVEN_VALUES,  /* values listed, perhaps with some unknown */
    POLICY_GIVEN_NUMBER,  /* number or date */
    POLICY_GIVEN_YES,
    POLICY_GIVEN_NO,
    POLICY_GIVEN_UNKNOWN,
    POLICY_GIVEN_WITHHELD,
    POLICY_GIVEN_MISSING,
    POLICY_GIVEN_NONE     /* not applicable, or empty */
};

struct policy_example_fact {
    struct policy_name fact;      /* full name: other.age, not age; other for a person's kinds */
    enum policy_given given;
    struct policy_names values;
    struct policy_names unknown;  /* "unknown b" among values */
    struct policy_names either;   /* "either a, either b": at least one of them, not known which */
    int64_t number;               /* NUMBER; dates as days since 1970-01-01 */
    bool is_date;                 /* NUMBER: written as a date */
};

struct policy_example_person {
    struct policy_place place;
    struct policy_example_fact *facts;
    size_t fact_count;
    struct str consent;           /* a state, or empty */
};

struct policy_example_approval {
    struct policy_place place;
    struct policy_name by, clause, state, platform; /* empty where not stated */
    bool with_reason, in_writing;
    struct str from, until;       /* ISO dates, or empty */
};

struct policy_expectation {
    struct policy_place place;
    struct str verdict;
    struct policy_names by, not_by, roles, owing, not_owing, asking, presuming;
    uint32_t person;              /* from 1; 0: not stated */
    bool is_protected, is_unsure, is_noting;
};

struct policy_example {
    struct policy_place place;
    struct str story;
    struct policy_name act;
    struct policy_example_fact *facts;
    size_t fact_count;
    struct policy_example_person *people;
    size_t person_count;
    bool has_nobody;              /* "with nobody" */
    bool everything_else_missing;
    struct policy_example_approval *approvals;
    size_t approval_count;
    struct str as_of;
    struct policy_expectation *expectations;
    size_t expectation_count;
};

/* ---- Operation ------------------------------------------------------------------------------- */

/* One field of an operation statement. What it holds depends on the field's type in the table of
 * kinds (policy/operation.h). */
struct policy_field {
    struct policy_name name;
    struct str text;              /* quoted text */
    struct policy_names names;    /* names, roles, acts, keys */
    struct policy_duration duration;
    int64_t number;               /* numbers; days since 1970-01-01 for dates */
    struct policy_condition *condition;
};

struct policy_operation {
    struct policy_place place;
    struct policy_name kind, name;
    struct str text;
    struct policy_field *fields;
    size_t field_count;
};

/* ---- Clauses and documents ------------------------------------------------------------------- */

struct policy_clause {
    struct policy_place place;
    struct policy_name key;
    /* topic is settled by inheritance from above; may be empty */
    struct str at, topic, ledger, title;
    struct str part;                     /* the nearest heading without a key above it, or empty */
    struct policy_place topic_place;     /* where that topic is written */
    uint32_t level;                      /* heading level 1 to 6 */
    /* the clause's prose as Markdown: paragraphs and lists, no blocks or notes */
    struct str prose;
    struct str *notes;                   /* reader's notes, plain text without the marker */
    size_t note_count;
    struct policy_rule *rules;
    size_t rule_count;
    struct policy_definition *definitions;
    size_t definition_count;
    struct policy_known_conflict *known_conflicts;
    size_t known_conflict_count;
    struct policy_setting *settings;
    size_t setting_count;
    struct policy_assignment *assignments;
    size_t assignment_count;
    struct policy_example *examples;
    size_t example_count;
    struct policy_operation *operations;
    size_t operation_count;
};

enum policy_kind {
    POLICY_KIND_POLICY,
    POLICY_KIND_LAW,
    POLICY_KIND_SCHOOL,
    POLICY_KIND_VOCABULARY
};

struct policy_document {
    struct str file;
    bool is_unread;       /* the file was too large or no text: nothing of it is here */
    enum policy_kind kind;
    struct str name, title, source, notice, extends, prevails; /* from the pack block */
    struct policy_place pack_place;
    struct policy_topic *topics;
    size_t topic_count;
    struct policy_role *roles;
    size_t role_count;
    struct policy_act *acts;
    size_t act_count;
    struct policy_fact *facts;
    size_t fact_count;
    struct policy_relation *relations;
    size_t relation_count;
    struct policy_relationship *relationships;
    size_t relationship_count;
    struct policy_clause *clauses;
    size_t clause_count;
};

/* Everything one pack is made of, in the order of compiling. Not owned. */
#define POLICY_CHAIN_MAX 4
struct policy_bundle {
    struct policy_document *vocabulary;               /* never NULL */
    /* NULL: none (and NULL when the law itself is compiled as the pack) */
    struct policy_document *law;
    /* furthest parent first, the pack itself last */
    struct policy_document *chain[POLICY_CHAIN_MAX];
    size_t chain_count;
};

#endif
