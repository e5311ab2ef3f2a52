/*
 * Private to decide: worlds, matches and what is weighed out of them.
 *
 * Read first: decide.h and docs/policy-language.md, section 5; pack/image.h on variables and
 * tables.
 * Truth has three values: NO and YES hold in every completion of a world, OPEN is not settled by
 * matching alone.
 */
#ifndef HANDRAIL_DECIDE_DECIDE_INT_H
#define HANDRAIL_DECIDE_DECIDE_INT_H

#include "decide/decide.h"

/* The world of one person: what every variable may still be. */
struct decide_world {
    const struct pack *pack;
    uint32_t act;
    const struct pack_table *table;
    uint64_t *domain;           /* by variable: the set of values still possible, never empty */
    enum decide_state *state;   /* by variable: how it came to that */
    bool *is_presumed;          /* by variable: its default was taken */
    struct decide_some *somes;  /* of these variables at least one is yes */
    uint32_t some_count;
};

struct decide_some {
    uint32_t first_variable;
    uint64_t values; /* bit i: first_variable + i */
};

/* What weighing must know of an outcome at once, gathered from its rule: one of these a
 * position. */
struct decide_found {
    uint32_t rule;  /* PACK_NONE: of a known conflict */
    uint32_t level;
    uint32_t marks; /* see weigh.c */
};

/* What a rule comes to in a world. Of rules that are not in `rules` of struct decide_weigh: all NO
 * and PACK_NONE. */
struct decide_ruling {
    uint8_t fires, stands;         /* enum decide_truth */
    uint8_t level_low, level_high; /* of what it comes to, protection applied */
    uint8_t suspended;             /* enum decide_truth; of "protects": it suspends */
    uint32_t defeated_by;          /* an attacker that stands, PACK_NONE */
    uint32_t aside_by;             /* known conflict that set it aside, PACK_NONE */
};

/* Words of rows that are matched together: 1, 4, 8, 12 or 16 of them. */
struct decide_block {
    uint32_t begin, width;
    /* of its variables in `positions`; they begin where those of the block before end */
    uint32_t end;
};

/* match.c: how the rows of a table are matched, and what was found in the world last matched. */
struct decide_match {
    const struct pack *pack;
    const struct pack_table *table;
    uint64_t *certain, *possible; /* by word: rows that hold in all, in some, worlds allowed */
    uint32_t *rows, row_count;    /* those possible, written down */
    bool is_known;                /* no variable that rows read is open: all possible is certain */
    /* the plan */
    uint64_t *all;          /* by word: the bits that are rows */
    uint32_t *first;        /* by position in the table's variables: the masks of that variable */
    uint32_t *selected;     /* scratch, by position: the mask of its least value in this world */
    uint32_t *positions;    /* for each block the variables that its rows read */
    struct decide_block *blocks;
    uint32_t block_count;
};
struct decide_match decide_match_new(struct arena *arena, const struct pack *pack,
                                     const struct pack_table *table);
/* `domain`: by variable the values that it may have. */
void decide_match_world(struct decide_match *match, const uint64_t *domain);

/* What is found in a world. Made once for a question, used for many worlds of the same act. */
struct decide_weigh {
    const struct pack *pack;
    const struct pack_table *table;
    struct decide_match match;
    uint32_t steps;                 /* of all searches with it; DECIDE_STEPS_MAX at most */
    struct decide_found *founds;    /* by position in the table */
    uint32_t *outcomes;             /* positions in the table of those not NO */
    uint32_t outcome_count;
    uint8_t *outcome_truth;         /* by position in the table, of those in `outcomes` only */
    struct decide_ruling *rulings;  /* by rule */
    uint32_t *rules;                /* those that may fire */
    uint32_t rule_count;
    uint32_t marks;                 /* those of their outcomes; bit i: of enum pack_effect i */
    enum decide_truth in_scope;
    enum decide_truth conflict;     /* YES only when all is settled */
    enum decide_truth is_protected;
    bool is_total;                  /* nothing is OPEN */
    enum pack_level lowest, highest; /* of the verdict, conflicts apart */
    struct decide_conflict *conflicts; /* that remain; exact when is_total, else those possible */
    uint32_t conflict_count;
    uint8_t *known_took;            /* by known conflict: it set a side aside */
};

#define DECIDE_CONFLICTS_MAX 64u

/* weigh.c */
struct decide_weigh *decide_weigh_new(struct arena *arena, const struct pack *pack, uint32_t act);
void decide_weigh_world(struct decide_weigh *weigh, const uint64_t *domain);
/* The verdict when it is settled, else DECIDE_VERDICT_COUNT. */
enum decide_verdict decide_weigh_verdict(const struct decide_weigh *weigh);

/* conflict.c: conflicts among standing rules, and the known ones that settle them. */
void decide_conflicts_find(struct decide_weigh *weigh);
bool decide_rules_conflict(const struct pack *pack, const struct pack_rule *allowing,
                           const struct pack_rule *blocking);

/* answer.c: the question, with the one person concerned whom its act has where nobody was named. */
const struct decide_question *decide_question_settle(struct arena *arena,
                                                     const struct decide_question *question);

/* world.c */
struct decide_world *decide_world_new(struct arena *arena, const struct decide_question *question,
                                      uint32_t person, struct diag_list *diags);
uint64_t decide_full_domain(const struct pack *pack, uint32_t variable);
/* Values that any completion may take: numbers always get a number. */
uint64_t decide_open_domain(const struct pack *pack, uint32_t variable);

/* Changes to domains that can be taken back. */
struct decide_trail {
    uint32_t *variables;
    uint64_t *before;
    uint32_t count, capacity;
    const struct decide_some *somes; /* narrowing keeps these too */
    uint32_t some_count;
};
struct decide_trail decide_trail_new(struct arena *arena, const struct pack *pack);
/* The same for changes to the domains of one world. */
struct decide_trail decide_trail_of(struct arena *arena, const struct decide_world *world);
/* Narrows a variable and what follows from relations; false when that leaves no world. */
bool decide_narrow(const struct pack *pack, uint64_t *domain, uint32_t variable, uint64_t to,
                   struct decide_trail *trail);
void decide_undo(uint64_t *domain, struct decide_trail *trail, uint32_t down_to);

/* complete.c */
struct decide_search {
    struct decide_weigh *weigh;
    uint64_t *domain;
    struct decide_trail trail;
    bool is_cut_short;
    /* What a settled node comes to, -1 when it is not settled yet. */
    int (*judge)(const struct decide_search *search);
    uint32_t rule;              /* for judges that ask about one rule */
    const struct pack_fact *apart; /* splits leave its variables as they are; NULL: none */
};
/* Where to split a world that has been weighed: a variable, and the values that an open row
 * allows. */
bool decide_split_find(const struct decide_search *search, uint32_t *variable, uint64_t *allowed);
/* What all completions come to, -1 when they differ or the search was cut short. */
int decide_search_common(struct decide_search *search);
int decide_judge_verdict(const struct decide_search *search);
int decide_judge_scope(const struct decide_search *search);
int decide_judge_unsure(const struct decide_search *search);
int decide_judge_level(const struct decide_search *search);
int decide_judge_stands(const struct decide_search *search);
enum decide_verdict decide_complete(struct arena *arena, struct decide_weigh *weigh,
                                    const struct decide_world *world, bool *is_cut_short);

/* next.c, change.c, explain.c: each fills its part of the answer. */
struct decide_answer_parts {
    struct arena *arena;
    const struct decide_question *question;
    struct decide_world **worlds;
    uint32_t world_count;
    struct decide_answer *answer;
};
void decide_next_find(struct decide_answer_parts *parts);
void decide_changes_find(struct decide_answer_parts *parts);
void decide_explain(struct arena *arena, const struct decide_world *world,
                    struct decide_cited *cited);
struct str decide_headline(struct arena *arena, const struct decide_answer *answer);
enum decide_truth decide_node_truth(const struct pack *pack, const uint64_t *domain,
                                    uint32_t node);
/* The value of a variable in plain words: "the other person: a former pupil". */
struct str decide_variable_text(struct arena *arena, const struct pack *pack, uint32_t variable,
                                uint32_t value);
/* Joint verdict: forbidden if any is, else undetermined if any is, else the strictest. */
enum decide_verdict decide_join(enum decide_verdict a, enum decide_verdict b);
/* True for variables that rules of the act read. */
bool decide_table_reads(const struct pack *pack, const struct pack_table *table,
                        uint32_t variable);
/* How many open rows a variable keeps open. `mask` is its first mask in the table of the world. */
uint32_t decide_open_rows(const struct decide_world *world, const struct decide_weigh *weigh,
                          uint32_t variable, const uint64_t *mask);

#endif
