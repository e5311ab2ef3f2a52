/*
 * interview.h - an interview that knows all answers, led by one of several orders of questions.
 *
 * Read first: docs/benchmarks.md, "Questions per verdict", which defines the orders and names their
 * sources. Start at interview_begin(). Private to bench/.
 */
#ifndef HANDRAIL_BENCH_INTERVIEW_H
#define HANDRAIL_BENCH_INTERVIEW_H

#include "coverage/examples.h"
#include "decide/decide_int.h"

enum interview_order {
    INTERVIEW_HANDRAIL, /* decide_answer()'s own next question */
    INTERVIEW_FIRST,    /* the first unknown fact in the order of the vocabulary */
    INTERVIEW_L4,       /* L4, `ranked`: how many of an atom's two answers determine the outcome */
    INTERVIEW_L4_ASKS,  /* L4, `asks`: determining and shrinking, summed over the atoms of a fact */
    INTERVIEW_L4_GAIN,  /* L4, later: information gain, every atom yes or no with even chance */
    INTERVIEW_ORDER_COUNT
};

struct interview {
    struct arena *arena;                 /* rewound by interview_ask() */
    const struct decide_question *full;  /* every fact given: where the answers come from */
    struct decide_question *asked;       /* what has been said so far */
    uint32_t questions;
};

/*
 * The question of an example with every fact answered: what it leaves out on purpose is not so.
 * NULL when even so the verdict is undetermined.
 */
struct decide_question *interview_full(struct arena *arena, const struct pack *pack,
                                       const struct policy_example *example);

/* The act, the people and the approvals on record are known, and no fact. */
struct interview interview_begin(struct arena *arena, const struct decide_question *full);

/* Judges what was said so far. DECIDE_VERDICT_UNDETERMINED: go on with interview_ask(). */
struct decide_answer *interview_judge(struct interview *interview, bool is_brief);

/* The next fact by an order, from an answer that is undetermined; fact PACK_NONE: nothing left. */
struct decide_open interview_next(struct interview *interview, enum interview_order order,
                                  const struct decide_answer *answer);

/* Says what the full facts say of it. */
void interview_reply(struct interview *interview, struct decide_open open);

struct interview_times { /* of each answer that is undetermined, with its next question */
    uint64_t *nanoseconds;
    size_t count, capacity; /* past the capacity none are kept */
};

/*
 * The whole interview: how many questions until the verdict is determined. UINT32_MAX: it ended
 * without one. `times` may be NULL.
 */
uint32_t interview_hold(struct arena *arena, const struct decide_question *full,
                        enum interview_order order, struct interview_times *times);

#endif
