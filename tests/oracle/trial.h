/*
 * trial.h - one case put to both: the product, by its public interface, and the oracle.
 *
 * Read first: oracle.h, render.h, compare.h. Start at: trial_open, trial_ask, trial_close.
 */
#ifndef HANDRAIL_TESTS_ORACLE_TRIAL_H
#define HANDRAIL_TESTS_ORACLE_TRIAL_H

#include "base/str.h"
#include "oracle.h"
#include "render.h"

struct handrail_pack;

/* A policy and a question: plain data, so it can be copied and cut down. */
struct trial_case {
    struct oracle_pack pack;
    struct oracle_question question;
};

struct trial {
    struct arena *arena;
    struct oracle_engine engine;
    struct render_files files;
    struct handrail_pack *pack; /* NULL: the product refused the policy */
    struct str complaint;       /* then its diagnostics */
};

/* Renders, reads, checks, compiles and opens. `pack` must outlive the trial. */
void trial_open(struct trial *trial, struct arena *arena, const struct oracle_pack *pack);
void trial_close(struct trial *trial);

/* What the two said to one question. */
struct trial_answers {
    struct str question;   /* JSON */
    struct str product;    /* JSON */
    struct str difference; /* empty: none */
    struct oracle_answer oracle;
};

void trial_ask(struct trial *trial, struct arena *arena, const struct oracle_question *question,
               struct trial_answers *out);

/* Both of these for one case. A policy that is refused is a difference "pack: ...". */
struct str trial_difference(struct arena *arena, const struct trial_case *test);

/* The oracle's answer for people, several lines. */
struct str trial_describe(struct arena *arena, const struct oracle_engine *engine,
                          const struct oracle_answer *answer);

#endif
