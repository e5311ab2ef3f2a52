/*
 * oracle.h - a second, naive evaluator of the policy language.
 *
 * Read first: docs/policy-language.md, section 5. This module was written from that page alone and
 * shares nothing with src/decide, so that where the two agree on random policies, the page and the
 * product agree. It has its own model of a policy (not the product's tree), and it decides a
 * question by walking through every completion and judging each whole world with two truth values.
 *
 * Start here: fill a struct oracle_pack (generate.c does it at random, oracle_test.c by hand), call
 * oracle_prepare(), fill a struct oracle_question, call oracle_answer().
 *
 * What must hold
 * - Everything is plain data without pointers to anything but literals, so that a case can be
 *   copied, cut down and tried again (shrink.c).
 * - Each step of world.c names the paragraph that it follows. Where the page leaves something open
 *   the comment says "Reading:".
 */
#ifndef HANDRAIL_TESTS_ORACLE_H
#define HANDRAIL_TESTS_ORACLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ORACLE_FACTS_MAX 12
#define ORACLE_VALUES_MAX 8
#define ORACLE_GROUPS_MAX 2
#define ORACLE_RELATIONS_MAX 3
#define ORACLE_ACTS_MAX 4
#define ORACLE_ROLES_MAX 8
#define ORACLE_TOPICS_MAX 4
#define ORACLE_NODES_MAX 320
#define ORACLE_CHILDREN_MAX 3
#define ORACLE_CLAUSES_MAX 20
#define ORACLE_RULES_MAX 24
#define ORACLE_UNLESS_MAX 2
#define ORACLE_DUTIES_MAX 4
#define ORACLE_KNOWN_MAX 3
#define ORACLE_DEFINITIONS_MAX 4
#define ORACLE_INSTANCES_MAX 48
#define ORACLE_APPROVALS_MAX 64
#define ORACLE_PERSONS_MAX 3
#define ORACLE_RECORDS_MAX 5
#define ORACLE_CANDIDATES_MAX 64
#define ORACLE_COMPLETIONS_MAX 8192
#define ORACLE_NONE (-1)

/* A number or date that is not applicable. */
#define ORACLE_NOT_APPLICABLE INT64_MIN

/* ---- The policy ------------------------------------------------------------------------------ */

enum oracle_fact_kind {
    ORACLE_FACT_ONE_OF,
    ORACLE_FACT_SOME_OF,
    ORACLE_FACT_YES_NO,
    ORACLE_FACT_NUMBER,
    ORACLE_FACT_DATE,
    ORACLE_FACT_KIND_COUNT
};

/* Values are bits 0 to value_count - 1; "none" of a one-of fact, or "is none", is the next bit. */
struct oracle_fact {
    enum oracle_fact_kind kind;
    const char *name; /* as in the policy: "other.age" */
    bool is_other;
    int value_count;
    const char *values[ORACLE_VALUES_MAX];
    int group_count;
    const char *groups[ORACLE_GROUPS_MAX];
    uint32_t group_members[ORACLE_GROUPS_MAX];
    uint32_t includes[ORACLE_VALUES_MAX]; /* the narrower values that imply this one */
    int never_count;
    uint32_t never[ORACLE_RELATIONS_MAX]; /* at most one of these */
    int implies_count;
    uint32_t implies_left[ORACLE_RELATIONS_MAX];
    int implies_right[ORACLE_RELATIONS_MAX];
    bool has_default;
    int64_t preset;    /* one of: a value or value_count; yes or no: 0 or 1 */
    int64_t from, to;  /* numbers */
    int extended_from; /* values from this one on are added by the pack ("extend fact"); or count */
    uint32_t relevant; /* acts for which it can matter, written as in a rule; 0: all */
    bool is_hidden;    /* not written into the vocabulary: no condition mentions it (shrink.c) */
};

enum oracle_condition_kind {
    ORACLE_CONDITION_IS,
    ORACLE_CONDITION_COMPARE,
    ORACLE_CONDITION_YES,
    ORACLE_CONDITION_DEFINED,
    ORACLE_CONDITION_APPROVED,
    ORACLE_CONDITION_NOT,
    ORACLE_CONDITION_AND,
    ORACLE_CONDITION_OR,
    ORACLE_CONDITION_KIND_COUNT
};

enum oracle_compare {
    ORACLE_COMPARE_UNDER,
    ORACLE_COMPARE_OVER,
    ORACLE_COMPARE_AT_LEAST,
    ORACLE_COMPARE_AT_MOST,
    ORACLE_COMPARE_EXACTLY,
    ORACLE_COMPARE_BEFORE,
    ORACLE_COMPARE_FROM,
    ORACLE_COMPARE_COUNT
};

enum oracle_unit { ORACLE_UNIT_DAYS, ORACLE_UNIT_WEEKS, ORACLE_UNIT_MONTHS, ORACLE_UNIT_YEARS };

/* What is asked for. `roles`: bits of role names; 0 and not consent: "approved" without a role. */
struct oracle_approval {
    bool is_consent;
    uint32_t roles;
    bool in_writing, in_advance, afterwards, with_reason;
    int lasts; /* 0: not stated */
    enum oracle_unit lasts_unit;
};

struct oracle_condition {
    enum oracle_condition_kind kind;
    int fact;
    uint32_t values; /* IS */
    int group;       /* IS: a value group written beside `values`, or ORACLE_NONE */
    bool is_all_of;  /* IS */
    bool is_negated; /* IS, COMPARE: "is not" */
    enum oracle_compare compare;
    int64_t number;  /* COMPARE: unless by_setting */
    bool by_setting; /* COMPARE: with the number setting */
    int definition;  /* DEFINED */
    struct oracle_approval approval;
    int children[ORACLE_CHILDREN_MAX];
    int child_count;
};

enum oracle_head {
    ORACLE_HEAD_MUST_NOT,
    ORACLE_HEAD_SHOULD_NOT,
    ORACLE_HEAD_ADVISED_NOT,
    ORACLE_HEAD_TAKE_CARE,
    ORACLE_HEAD_ASK_FIRST,
    ORACLE_HEAD_MUST,
    ORACLE_HEAD_SHOULD,
    ORACLE_HEAD_DUTY_MUST,
    ORACLE_HEAD_DUTY_SHOULD,
    ORACLE_HEAD_DUTY_ADVISED,
    ORACLE_HEAD_MAY,
    ORACLE_HEAD_COVERS,
    ORACLE_HEAD_LEAVES_OUT,
    ORACLE_HEAD_PROTECTS,
    ORACLE_HEAD_IF_UNSURE,
    ORACLE_HEAD_COUNT
};

enum oracle_strength {
    ORACLE_STRENGTH_MUST,
    ORACLE_STRENGTH_SHOULD,
    ORACLE_STRENGTH_ADVISED,
    ORACLE_STRENGTH_MAY,
    ORACLE_STRENGTH_STATES,
    ORACLE_STRENGTH_COUNT
};

/* Acts as written in a rule: a bit an act, then one for the group and one for "anything". */
#define ORACLE_ACTS_GROUP (UINT32_C(1) << ORACLE_ACTS_MAX)
#define ORACLE_ACTS_ANYTHING (UINT32_C(2) << ORACLE_ACTS_MAX)

struct oracle_rule {
    int clause;
    enum oracle_head head;
    uint32_t acts; /* duties: of the "on" line; 0 there: all acts */
    int duty;
    bool is_nevertheless;
    int when; /* a node, or ORACLE_NONE: always */
    int unless_count;
    int unless[ORACLE_UNLESS_MAX];
    int only_if; /* a node, or ORACLE_NONE */
    bool is_regardless;
    uint32_t overrides; /* clauses */
    uint32_t roles;     /* "of" */
    uint32_t against;   /* topics; 0: all */
    bool has_words;
    enum oracle_strength words;
};

struct oracle_clause {
    const char *key;
    int file; /* 0 the law, 1 the policy, 2 a school's pack above the policy */
    int topic;
    bool states_topic; /* false: the topic is inherited from the clause above */
    bool is_hidden;    /* not written: nothing stands in it (shrink.c) */
};

enum oracle_take {
    ORACLE_TAKE_PERMIT,
    ORACLE_TAKE_PROHIBITION,
    ORACLE_TAKE_ASK,
    ORACLE_TAKE_COUNT
};

struct oracle_known {
    int clause;        /* where it is written */
    int first, second; /* clauses */
    int when;
    enum oracle_take take;
    uint32_t roles;
};

/* Role names: roles first, then one group of them, then one role setting. */
struct oracle_pack {
    int topic_count;
    const char *topics[ORACLE_TOPICS_MAX];
    int act_count;
    const char *acts[ORACLE_ACTS_MAX];
    uint32_t act_group; /* members */
    const char *act_group_name;
    int role_count;
    const char *roles[ORACLE_ROLES_MAX];
    int role_group; /* index of a group among `roles`, or ORACLE_NONE */
    uint32_t role_group_members;
    int role_setting;       /* index of a role setting among `roles`, or ORACLE_NONE */
    int role_setting_value; /* a role */
    bool has_approver;      /* the setting "approver" */
    int approver;           /* a role */
    bool has_number_setting;
    int64_t number_setting; /* its value in the end */
    bool is_set_by_school;  /* the school's pack sets them; else they are defaults */
    int fact_count;
    struct oracle_fact facts[ORACLE_FACTS_MAX];
    int node_count;
    struct oracle_condition nodes[ORACLE_NODES_MAX];
    int definition_count;
    const char *definitions[ORACLE_DEFINITIONS_MAX];
    int definition_when[ORACLE_DEFINITIONS_MAX];
    int definition_clause[ORACLE_DEFINITIONS_MAX];
    int duty_count;
    const char *duties[ORACLE_DUTIES_MAX];
    int duty_clause[ORACLE_DUTIES_MAX];
    int clause_count;
    struct oracle_clause clauses[ORACLE_CLAUSES_MAX];
    int rule_count;
    struct oracle_rule rules[ORACLE_RULES_MAX];
    int known_count;
    struct oracle_known knowns[ORACLE_KNOWN_MAX];
    bool has_law, has_school;
};

/* ---- The policy, ready to be asked ----------------------------------------------------------- */

enum oracle_effect {
    ORACLE_EFFECT_FORBIDS,
    ORACLE_EFFECT_GATE, /* the second half of "may ... only if" */
    ORACLE_EFFECT_CAUTIONS,
    ORACLE_EFFECT_ASKS_FIRST,
    ORACLE_EFFECT_REQUIRES,
    ORACLE_EFFECT_DUTY,
    ORACLE_EFFECT_PERMITS,
    ORACLE_EFFECT_COVERS,
    ORACLE_EFFECT_LEAVES_OUT,
    ORACLE_EFFECT_PROTECTS,
    ORACLE_EFFECT_IF_UNSURE,
    ORACLE_EFFECT_COUNT
};

/* A rule as 5.2 sees it: "may ... only if" is two of them. */
struct oracle_instance {
    int rule;
    enum oracle_effect effect;
    enum oracle_strength strength;
    bool is_law;
    uint64_t attackers; /* instances that attack it, 5.4 */
};

/* One approval: of one clause, the same roles, the same qualifiers. */
struct oracle_asked {
    int clause;
    struct oracle_approval what; /* settings replaced by their roles */
    uint32_t roles;              /* roles that may give it; 0: any */
};

struct oracle_engine {
    const struct oracle_pack *pack;
    int instance_count;
    struct oracle_instance instances[ORACLE_INSTANCES_MAX];
    int approval_count;
    struct oracle_asked approvals[ORACLE_APPROVALS_MAX];
    int node_approval[ORACLE_NODES_MAX]; /* APPROVED nodes: which approval; else ORACLE_NONE */
};

/* ---- The question ---------------------------------------------------------------------------- */

enum oracle_given_state {
    ORACLE_GIVEN_LEFT_OUT,
    ORACLE_GIVEN_VALUE,
    ORACLE_GIVEN_UNKNOWN,
    ORACLE_GIVEN_WITHHELD
};

struct oracle_given {
    enum oracle_given_state state;
    int64_t value;    /* one of: a value or value_count; some of: bits; yes or no: 0 or 1 */
    uint32_t unknown; /* some of, with VALUE: values named under "unknown" */
    uint32_t
        either; /* with VALUE: at least one of these holds; of a one-of fact: it is one of these */
    bool is_long; /* written {"is": ..., "unknown": ...} or "yes" where a shorter form would do */
};

enum oracle_approval_state {
    ORACLE_APPROVAL_NONE,
    ORACLE_APPROVAL_ASKED,
    ORACLE_APPROVAL_REFUSED,
    ORACLE_APPROVAL_GRANTED,
    ORACLE_APPROVAL_WITHDRAWN,
    ORACLE_APPROVAL_EXPIRED,
    ORACLE_APPROVAL_STATE_COUNT
};

struct oracle_person {
    struct oracle_given given[ORACLE_FACTS_MAX];
    bool has_consent;
    enum oracle_approval_state consent;
};

struct oracle_record {
    int by;     /* a role, or ORACLE_NONE */
    int clause; /* or ORACLE_NONE */
    enum oracle_approval_state state;
    bool has_reason, is_written, has_from, has_until;
    int64_t from, until; /* days since 1970-01-01 */
    int fact;            /* ORACLE_NONE, or a fact named platform, purpose, device or account ... */
    int fact_value;      /* ... and the value that the record names */
    int person;          /* from 1; 0: not stated */
};

struct oracle_question {
    int act;
    struct oracle_given given[ORACLE_FACTS_MAX];
    bool states_others;
    int person_count;
    struct oracle_person persons[ORACLE_PERSONS_MAX];
    int record_count;
    struct oracle_record records[ORACLE_RECORDS_MAX];
    bool has_as_of;
    int64_t as_of;
    bool is_otherwise_none;
    bool states_otherwise; /* "otherwise" is written even when it is "missing" */
    bool is_brief;
};

/* ---- The answer ------------------------------------------------------------------------------ */

enum oracle_verdict {
    ORACLE_VERDICT_NOT_COVERED,
    ORACLE_VERDICT_ALLOWED,
    ORACLE_VERDICT_ALLOWED_WITH_DUTIES,
    ORACLE_VERDICT_CAUTION,
    ORACLE_VERDICT_REQUIRED,
    ORACLE_VERDICT_ASK_FIRST,
    ORACLE_VERDICT_NEEDS_APPROVAL,
    ORACLE_VERDICT_FORBIDDEN,
    ORACLE_VERDICT_UNDETERMINED,
    ORACLE_VERDICT_COUNT
};

/* A whole world: a value for every fact, a state for every approval. */
struct oracle_world {
    int act;
    int64_t values[ORACLE_FACTS_MAX];
    enum oracle_approval_state approvals[ORACLE_APPROVALS_MAX];
};

/* What 5.2 to 5.7 make of a world. Masks have a bit for each instance unless said otherwise. */
struct oracle_judgement {
    enum oracle_verdict verdict;
    bool is_in_scope, is_silent;
    uint64_t fires, counts, defeated;
    uint64_t needs;        /* fires, and its level by 5.2 is needs-approval */
    uint64_t stands;       /* fired, counting, undefeated and not set aside by a known conflict */
    uint64_t suspended;    /* stand, with their level made ask-first by law */
    uint64_t set_aside;    /* by a known conflict */
    uint64_t protecting;   /* "protects" rules that suspend something */
    uint64_t needed;       /* approvals (bits of engine approvals) still to be had */
    uint64_t needed_least; /* the same of those alternatives that are not another one with more */
    uint32_t known_asks;   /* known conflicts with "take ask" that were applied */
    enum oracle_verdict levels[ORACLE_INSTANCES_MAX]; /* NOT_COVERED: no level */
    uint32_t conflicts[ORACLE_CLAUSES_MAX]; /* remaining: clauses in conflict, both ways */
};

enum oracle_scope { ORACLE_SCOPE_IN, ORACLE_SCOPE_OUT, ORACLE_SCOPE_UNKNOWN };

/* What all completions of one person make together. `all` is an AND over them, `some` an OR. */
struct oracle_person_answer {
    enum oracle_verdict verdict;
    bool is_unsure;
    uint64_t unsure_rules;    /* if unsure: the rules that fire in every completion in scope */
    uint64_t would_be_unsure; /* the same, whether or not they have an effect */
    uint64_t wavers;          /* fire in some completions only, or come to different levels */
    int completions;
    uint32_t verdicts; /* bits of the verdicts that occur */
    enum oracle_scope scope;
    uint64_t fires_all, fires_some;
    uint64_t needs_all, needs_some;
    uint64_t stands_all, stands_some;
    uint64_t needed_all, needed_some, needed_least_all;
    uint64_t suspended_all, suspended_some;
    uint64_t protecting_all, protecting_some;
    uint64_t set_aside_some, defeated_some;
    uint32_t known_asks_all, known_asks_some;
    uint32_t conflicts_all[ORACLE_CLAUSES_MAX], conflicts_some[ORACLE_CLAUSES_MAX];
    bool is_protected_all, is_protected_some, is_silent_all, is_silent_some;
    uint32_t depends; /* facts on which the verdict depends somewhere */
    uint32_t missing, unknown, withheld, presumed; /* facts, as 5.8 sorts them */
    uint32_t open;                                 /* of the missing facts, those that are open */
    struct oracle_judgement last; /* of the last completion: of the only one if completions is 1 */
    enum oracle_approval_state states[ORACLE_APPROVALS_MAX];
};

struct oracle_answer {
    bool is_error; /* the question must be refused: nothing below is set */
    enum oracle_verdict verdict;
    bool is_unsure;
    bool has_nobody;  /* nobody concerned: `persons` has one entry all the same */
    int person_count; /* at least 1 */
    struct oracle_person_answer persons[ORACLE_PERSONS_MAX];
};

/* Sets up `engine` for `pack`, which must outlive it. */
void oracle_prepare(struct oracle_engine *engine, const struct oracle_pack *pack);

/* Answers a question by brute force. */
void oracle_answer(const struct oracle_engine *engine, const struct oracle_question *question,
                   struct oracle_answer *answer);

/* 5.9: the joint verdict of several persons. */
enum oracle_verdict oracle_joint(const enum oracle_verdict *verdicts, int count);

/* The number of completions that oracle_answer() will look at for the person with the most. */
int64_t oracle_completions(const struct oracle_engine *engine,
                           const struct oracle_question *question);

/* 5.2 to 5.7: judges one whole world. */
void oracle_judge(const struct oracle_engine *engine, const struct oracle_world *world,
                  struct oracle_judgement *out);

/* ---- Pieces, for the other files of the oracle ----------------------------------------------- */

bool oracle_holds(const struct oracle_engine *engine, const struct oracle_world *world, int node);
bool oracle_rule_is_for(const struct oracle_pack *pack, const struct oracle_rule *rule, int act);

/* The act is among the acts that are written. */
bool oracle_acts_have(const struct oracle_pack *pack, uint32_t acts, int act);

/* Some rule of the act asks about a person (5.9). */
bool oracle_asks_other(const struct oracle_pack *pack, int act);

/* Facts that some condition of the pack mentions. */
uint32_t oracle_facts_mentioned(const struct oracle_pack *pack);
/* Facts that the conditions of a rule read. */
uint32_t oracle_facts_of_rule(const struct oracle_pack *pack, const struct oracle_rule *rule);
/* Facts that some rule for the act reads. */
uint32_t oracle_facts_of_act(const struct oracle_pack *pack, int act);

/*
 * True when a world was found in which another value of the fact makes some of these instances fire
 * or not fire, or changes their level by 5.2. By sampling: false says that it probably never does.
 */
bool oracle_matters(const struct oracle_engine *engine, int act, int fact, uint64_t instances);

/* Closes bits of a some-of fact under `implies` and `includes`. */
uint32_t oracle_closed(const struct oracle_fact *fact, uint32_t values);
/* Obeys `never together`, `implies` and `includes`. */
bool oracle_obeys(const struct oracle_fact *fact, uint32_t values);

const char *oracle_verdict_name(enum oracle_verdict verdict);
const char *oracle_strength_name(enum oracle_strength strength);
const char *oracle_approval_state_name(enum oracle_approval_state state);
const char *oracle_effect_name(enum oracle_effect effect);

#endif
