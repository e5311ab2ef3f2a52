/*
 * check/check.h - a draft checked against a policy: what was found in it, and what the policy says
 * of that.
 *
 * Read first: screen/screen.h for findings, decide/decide.h for answers; docs/policy-language.md,
 * section 8, `screen`. Start at check_open() and check_run().
 *
 * How findings become a verdict. A `screen` statement of a clause names kinds of findings and the
 * facts that they set. A draft's question is the act of its channel, what the person has said, and
 * the facts of all statements that fire. A fact that some statement of the policy can set is taken
 * as not so where nothing was found; every other fact stays open until the person says it. What a
 * finding brings about is what stands with its facts, and without them does not stand, less surely
 * or in fewer ways, as far as matching tells (decide_standing_find()); and of that, what the whole
 * draft is cited for, at the level and as surely as there.
 *
 * What must hold
 * - Screening never judges: without a statement of the policy a finding has no consequence.
 * - Pure, and nothing is kept between calls.
 */
#ifndef HANDRAIL_CHECK_CHECK_H
#define HANDRAIL_CHECK_CHECK_H

#include "decide/decide.h"
#include "interview/interview.h"
#include "screen/screen.h"

/* Screen statements of one pack; lint refuses more. */
#define CHECK_STATEMENTS_MAX 1024
/* Facts that are asked beside a draft at one time. */
#define CHECK_ASKED_MAX 3

struct check; /* the screen statements of a pack, ready for use */

/* Reads the statements of a pack, which must outlive it. Lives in the arena. */
const struct check *check_open(struct arena *arena, const struct pack *pack);

size_t check_statement_count(const struct check *check);

/*
 * The statements that speak of a kind in a channel, as operations of the pack in the order of the
 * policy: those that find it and name the channel under `in`. One without `in` is about what
 * somebody is about to post, and about what comes in only where the kind is one of messages that
 * come in. `operations` has room for check_statement_count(). Answers how many they are.
 */
size_t check_speaking(const struct check *check, enum screen_kind kind, enum screen_channel channel,
                      uint32_t *operations);

/* The act that a draft of this channel is: its index; PACK_NONE where the vocabulary has none. */
uint32_t check_act(const struct pack *pack, enum screen_channel channel);

struct check_draft {
    struct str text;
    enum screen_channel channel;
    const struct interview *said; /* what the person has said beside it; NULL: nothing */
    struct civil_date as_of;
};

struct check_consequence { /* a rule that a finding brings in */
    uint32_t rule;
    uint32_t level;  /* enum pack_level of it here */
    bool is_certain; /* false: it depends on what was not said */
};

struct check_item { /* a finding, and what follows from it */
    const struct screen_finding *finding;
    struct check_consequence *consequences; /* strictest first */
    size_t consequence_count;
    uint32_t level;   /* of the strictest certain one; PACK_LEVEL_NOT_COVERED: none */
    bool may_be_more; /* an uncertain one is stricter */
    struct str mend;  /* the policy's own words, else those of the kind */
};

struct check_answer {
    struct screen_findings findings;
    struct check_item *items; /* one for each finding, in the order of the draft */
    size_t count;
    const struct decide_answer
        *overall;                /* of the whole draft; NULL: its facts exclude each other */
    enum decide_verdict verdict; /* of `overall`, else of the strictest item */
    const struct decide_question *question;    /* of `overall`, to be asked further */
    struct decide_open asked[CHECK_ASKED_MAX]; /* what can change the verdict, to be asked */
    size_t asked_count;
};

/* Checks a draft. `screen` may know a school, a roll and a model. */
const struct check_answer *check_run(struct arena *arena, const struct check *check,
                                     const struct screen *screen, const struct check_draft *draft);

/*
 * Whether an item is not shown to people: it is no concern in itself (screen_kind_info) and nothing
 * follows from it.
 */
bool check_item_is_aside(const struct check_item *item);

/* The answer as JSON (docs/schemas/check.json): all items. */
void check_answer_write(const struct check *check, const struct check_answer *answer,
                        struct text *out);

/* The findings alone, where there is no policy: the same without clauses. */
void check_findings_write(const struct screen_findings *findings, struct text *out);

/*
 * What a draft shows of one statement, an operation of the pack: for a policy's own tests.
 *
 * A statement that finds something of which nothing follows shows nothing of its policy. So it is
 * cited when, because of what it finds, the draft is cited for some rule, of its own clause or of
 * another one that its facts are for, for certain or depending on what was not said; or when it
 * lifts a rule that the draft would be cited for without it, as a disclaimer does. In a channel
 * that is no act nothing is decided, and what is found there is as good as cited.
 */
enum check_shown {
    CHECK_SHOWN_NOT,     /* it finds nothing */
    CHECK_SHOWN_IN_VAIN, /* it finds something, and nothing follows */
    CHECK_SHOWN_CITED
};
enum check_shown check_try(struct arena *arena, const struct check *check,
                           const struct screen *screen, const struct check_draft *draft,
                           uint32_t operation);

#endif
