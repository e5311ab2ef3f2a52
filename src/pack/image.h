/*
 * The image of a compiled pack: the format first, the code after.
 *
 * Read first: docs/policy-language.md, section 5. An image holds one pack with its vocabulary, its
 * parents and the law, resolved to numbers. It is made by policy/compile_*.c, checked once by
 * pack_open() (pack/pack.h) and then read in place: no pointers, only offsets, so that the same
 * bytes serve the program, the C ABI and WebAssembly.
 *
 *   struct pack_header | sections, each 8-aligned, in the order of enum pack_section
 *
 * Variables. Rules speak of facts; the engine of variables with at most 64 values each:
 *   one of       one variable; value i of the fact is bit i, "none" is the last bit
 *   some of      one variable for each value; bit 0 no, bit 1 yes
 *   yes or no    one variable; bit 0 no, bit 1 yes
 *   number, date one variable; bit i is the i-th interval between cuts, "not applicable" is the
 * last
 *   approval     one variable for each approval of a clause; bit i is enum pack_approval_state
 *
 * Outcomes. Each rule compiles to one or more outcomes, each a condition in disjunctive form: rows
 * of (variable, allowed values). For every act a table holds the rows of its outcomes as bits, and
 * for
 * every (variable, value) the mask of rows that allow it. ANDing one mask a variable gives all rows
 * that hold. Rows are sorted by outcome.
 *
 * All integers are little-endian; a reader on another order refuses the image by its magic number.
 */
#ifndef HANDRAIL_PACK_IMAGE_H
#define HANDRAIL_PACK_IMAGE_H

#include <stdint.h>

#define PACK_MAGIC UINT64_C(0x314b41504e444148) /* "HADNPAK1" read little-endian: see pack_open */
#define PACK_VERSION 4u
#define PACK_NONE UINT32_MAX
#define PACK_VALUES_MAX 64u

enum pack_section {
    PACK_SECTION_TEXT,      /* bytes */
    PACK_SECTION_LIST,      /* uint32_t: lists that records point into */
    PACK_SECTION_MASK,      /* uint64_t: row masks */
    PACK_SECTION_NUMBER,    /* int64_t: cuts */
    PACK_SECTION_TOPIC,
    PACK_SECTION_ROLE,
    PACK_SECTION_ACT,
    PACK_SECTION_FACT,
    PACK_SECTION_VALUE,
    PACK_SECTION_VARIABLE,
    PACK_SECTION_RELATION,
    PACK_SECTION_CLAUSE,
    PACK_SECTION_NOTE,
    PACK_SECTION_RULE,
    PACK_SECTION_OUTCOME,
    PACK_SECTION_APPROVAL,
    PACK_SECTION_DUTY,
    PACK_SECTION_KNOWN,
    PACK_SECTION_NODE,
    PACK_SECTION_TABLE,
    PACK_SECTION_OPERATION,
    PACK_SECTION_FIELD,
    PACK_SECTION_COUNT
};

/* Text: offset and length in PACK_SECTION_TEXT. */
struct pack_text {
    uint32_t offset, length;
};

/* A list: first index and count in PACK_SECTION_LIST. */
struct pack_list {
    uint32_t first, count;
};

struct pack_span { /* a section: byte offset in the image, count of records */
    uint32_t offset, count;
};

struct pack_header {
    uint64_t magic;
    uint64_t checksum; /* of all bytes after this field */
    uint32_t version, size;
    struct pack_text name, title, source, notice, prevails;
    struct pack_span sections[PACK_SECTION_COUNT];
};

struct pack_topic {
    struct pack_text name, text;
};

struct pack_role { /* a role, a group of roles (members), or a role that a setting leaves open */
    struct pack_text name, text;
    struct pack_list members; /* of a group: role indices; else empty */
};

#define PACK_ACT_HAS_SCOPE 1u  /* some policy rule covers this act */
/* some policy rule forbids, cautions, asks, requires or permits it */
#define PACK_ACT_HAS_RULES 2u
#define PACK_ACT_ASKS_OTHER 4u /* some rule of this act reads a fact of the person concerned */

struct pack_act {
    struct pack_text name, text, example;
    struct pack_text examples; /* all of them, for searching */
    struct pack_list groups; /* indices of texts: pairs offset, length */
    uint32_t flags;
    uint32_t table; /* index of its table */
};

enum pack_fact_kind {
    PACK_FACT_ONE_OF,
    PACK_FACT_SOME_OF,
    PACK_FACT_YES_NO,
    PACK_FACT_NUMBER,
    PACK_FACT_DATE,
    PACK_FACT_KIND_COUNT
};

struct pack_fact {
    struct pack_text name, question, label, help, why, unit;
    uint32_t kind, sensitivity; /* 0 low, 1 personal, 2 sensitive */
    uint32_t is_other;
    uint32_t first_value, value_count;
    uint32_t first_variable, variable_count;
    /* one of: value index or the count for none; yes/no: 0 or 1; PACK_NONE: no default */
    uint32_t preset;
    uint32_t first_cut, cut_count; /* numbers: interval i is [cut i-1, cut i) */
    struct pack_list relevant;     /* acts for which it can matter; empty: all */
    int64_t from, to;
};

struct pack_value {
    struct pack_text name, text;
    uint32_t fact, padding;
};

enum pack_approval_state {
    PACK_APPROVAL_NONE,
    PACK_APPROVAL_ASKED,
    PACK_APPROVAL_REFUSED,
    PACK_APPROVAL_GRANTED,
    PACK_APPROVAL_WITHDRAWN,
    PACK_APPROVAL_EXPIRED,
    PACK_APPROVAL_STATE_COUNT
};

struct pack_variable {
    uint32_t fact;     /* PACK_NONE: an approval */
    uint32_t value;    /* some of: which value of the fact (0-based); else PACK_NONE */
    uint32_t approval; /* PACK_NONE: a fact */
    uint32_t domain;   /* number of values, "none" or "not applicable" included */
    uint32_t is_other; /* of the person concerned */
    struct pack_list relations; /* those that it is part of */
    uint32_t padding;
};

enum pack_relation_kind { PACK_RELATION_NEVER, PACK_RELATION_IMPLIES, PACK_RELATION_KIND_COUNT };

struct pack_relation { /* between two yes/no variables: not both; or the first means the second */
    uint32_t kind, first, second, padding;
};

struct pack_clause {
    struct pack_text key, at, title, ledger, prose;
    uint32_t topic; /* PACK_NONE: none */
    uint32_t is_law;
    uint32_t first_note, note_count;
    uint32_t first_rule, rule_count;
    uint32_t first_operation, operation_count;
};

struct pack_note {
    struct pack_text text;
};

enum pack_effect { /* in the order of enum policy_effect, with the gate of "only if" */
    PACK_EFFECT_FORBIDS,
    PACK_EFFECT_CAUTIONS,
    PACK_EFFECT_ASKS_FIRST,
    PACK_EFFECT_REQUIRES,
    PACK_EFFECT_ADDS_DUTY,
    PACK_EFFECT_PERMITS,
    PACK_EFFECT_COVERS,
    PACK_EFFECT_LEAVES_OUT,
    PACK_EFFECT_PROTECTS,
    PACK_EFFECT_IF_UNSURE,
    PACK_EFFECT_GATES, /* the forbidding half of "may ... only if" */
    PACK_EFFECT_COUNT
};

enum pack_strength {
    PACK_STRENGTH_MUST,
    PACK_STRENGTH_SHOULD,
    PACK_STRENGTH_ADVISED,
    PACK_STRENGTH_MAY,
    PACK_STRENGTH_STATES,
    PACK_STRENGTH_COUNT
};

#define PACK_RULE_REGARDLESS 1u
#define PACK_RULE_NEVERTHELESS 2u
#define PACK_RULE_LAW 4u

struct pack_rule {
    uint32_t clause, effect, strength, flags;
    struct pack_text head, say, instead;
    uint32_t duty;              /* PACK_NONE: none */
    uint32_t line;              /* in its file; for diagnostics and tests */
    struct pack_list acts;      /* act indices */
    struct pack_list roles;     /* role indices */
    struct pack_list against;   /* topics; empty: all */
    /* rules that this one defeats when it stands; they have a higher rank */
    struct pack_list attacks;
    struct pack_list attackers; /* the reverse */
    uint32_t rank;              /* 0: attacked by none; attackers have a lower rank */
    uint32_t when;              /* node; PACK_NONE: always */
    struct pack_list unless;    /* nodes */
    uint32_t only_if;           /* node; PACK_NONE: none */
    uint32_t first_outcome, outcome_count;
    uint32_t padding;
};

enum pack_level { /* from mild to strict; see section 5.7 */
    PACK_LEVEL_NOT_COVERED,
    PACK_LEVEL_ALLOWED,
    PACK_LEVEL_ALLOWED_WITH_DUTIES,
    PACK_LEVEL_CAUTION,
    PACK_LEVEL_REQUIRED,
    PACK_LEVEL_ASK_FIRST,
    PACK_LEVEL_NEEDS_APPROVAL,
    PACK_LEVEL_FORBIDDEN,
    PACK_LEVEL_COUNT
};

struct pack_outcome {
    uint32_t rule;  /* PACK_NONE: of a known conflict */
    uint32_t known; /* PACK_NONE: of a rule */
    /* PACK_LEVEL_NOT_COVERED where it adds none: scope, protects, if unsure, nevertheless */
    uint32_t level;
    uint32_t padding;
    struct pack_list approvals; /* needs approval: which, all of them */
};

#define PACK_APPROVAL_IN_WRITING 1u
#define PACK_APPROVAL_IN_ADVANCE 2u
#define PACK_APPROVAL_AFTERWARDS 4u
#define PACK_APPROVAL_WITH_REASON 8u
#define PACK_APPROVAL_CONSENT 16u
#define PACK_APPROVAL_UNNAMED 32u

enum pack_lasts { /* the unit of the period for which an approval holds */
    PACK_LASTS_ALWAYS,
    PACK_LASTS_DAYS,
    PACK_LASTS_WEEKS,
    PACK_LASTS_MONTHS,
    PACK_LASTS_YEARS,
    PACK_LASTS_COUNT
};

struct pack_approval {
    uint32_t clause, flags, variable;
    struct pack_list roles; /* any of them; empty for consent and unnamed */
    uint32_t lasts_unit;    /* enum pack_lasts */
    uint32_t lasts_amount;
    uint32_t padding;
};

struct pack_duty {
    struct pack_text name, text, who, by, evidence, otherwise;
};

enum pack_take { PACK_TAKE_PERMIT, PACK_TAKE_PROHIBITION, PACK_TAKE_ASK, PACK_TAKE_COUNT };

struct pack_known { /* a declared conflict of two clauses */
    uint32_t first, second, take, outcome;
    struct pack_list roles;
    struct pack_text say;
};

/* A condition as a tree, for explanations. Children come before their parent. */
enum pack_node_kind {
    PACK_NODE_ATOM, /* variable has one of `mask` */
    PACK_NODE_NOT,
    PACK_NODE_AND,
    PACK_NODE_OR,
    PACK_NODE_KIND_COUNT
};

struct pack_node {
    uint32_t kind, variable; /* variable: ATOM only */
    uint64_t mask;           /* ATOM only */
    struct pack_list children;
    /* in plain words where one sentence says it (an atom, a list, a definition); else empty */
    struct pack_text text;
};

struct pack_table {
    uint32_t act, row_count, word_count; /* pack_words() of the rows */
    struct pack_list outcomes;  /* in row order */
    struct pack_list row_outcomes; /* for each row the position of its outcome in `outcomes` */
    struct pack_list variables; /* those that rows read */
    /* in PACK_SECTION_MASK: for each variable, for each value, word_count words */
    uint32_t first_mask;
    uint32_t padding;
};

/* Words of 64 rows. More than three are a multiple of four, since four are matched at once. */
static inline uint32_t pack_words(uint32_t row_count)
{
    uint32_t words = (row_count + 63) / 64;
    return words <= 3 ? words : (words + 3) / 4 * 4;
}

struct pack_operation {
    uint32_t clause, first_field, field_count;
    struct pack_text kind, name, text;
    uint32_t padding;
};

struct pack_field {
    struct pack_text name, text; /* text: the value as laid out by the formatter */
    uint32_t node;               /* of a condition; else PACK_NONE */
    uint32_t padding;
};

#endif
