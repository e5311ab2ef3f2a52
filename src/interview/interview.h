/*
 * interview/interview.h - the interview as data, for the terminal and for pages.
 *
 * Read first: decide/decide.h. Start at struct interview: everything that was said so far. Each
 * turn builds the question anew from it, so going back is leaving out the last.
 *
 *   acts.c       what can be done, in groups, and found by words
 *   offer.c      what is offered as answers to a question
 *   said.c       what was said: kept, made into a question, put into words
 *   state.c      the same as a form, and back
 *   turn.c       one turn of pages: a form comes in, what is to be shown comes out
 *   words.h, answer_text.h   phrases; an answer in sentences
 *
 * A form (form.h) holds the whole state, in the order in which things were said:
 *   act=NAME  people=COUNT  named=yes  label.1=WORDS   f.FACT=VALUE  f.1.FACT=VALUE  have=...
 * FACT is a name of the vocabulary; `1` the person concerned. VALUE is the name of a value (several
 * fields for several of them, `NAME?` for "perhaps"), yes, no, a whole number, a day such as
 * 2026-09-01, none, unknown or withheld.
 *
 * What must hold: a form that was written by interview_form() reads as the same interview.
 */
#ifndef HANDRAIL_INTERVIEW_INTERVIEW_H
#define HANDRAIL_INTERVIEW_INTERVIEW_H

#include "decide/decide.h"
#include "interview/form.h"

#define INTERVIEW_SAID_MAX 512u
#define INTERVIEW_HAVE_MAX 64u
#define INTERVIEW_VALUES_MAX 64u
#define INTERVIEW_LABEL_BYTES_MAX 80u

struct interview_said {
    uint32_t fact, person; /* person 0: about the act */
    enum decide_state state;
    uint32_t values[INTERVIEW_VALUES_MAX], open[INTERVIEW_VALUES_MAX];
    size_t value_count, open_count;
    int64_t number; /* of a number; days since 1970-01-01 of a date */
    bool yes, is_none;
};

/* An approval that the person says they have. */
struct interview_have {
    bool is_consent;
    uint32_t person; /* consent */
    struct decide_approval record;
};

struct interview {
    struct arena *arena;
    const struct pack *pack;
    uint32_t act; /* PACK_NONE: not chosen yet */
    struct str labels[DECIDE_PEOPLE_MAX];
    uint32_t person_count;
    bool has_people; /* how many people it concerns was said */
    bool is_named;   /* what several people are to be called was asked */
    struct interview_said *said; /* in order; added to by interview_say() alone */
    size_t said_count, said_room;
    struct interview_have *have;
    size_t have_count;
};

/* Nothing said yet. */
struct interview *interview_new(struct arena *arena, const struct pack *pack);

/* ---- Acts (acts.c) --------------------------------------------------------------------------- */

#define INTERVIEW_GROUPS_MAX 64u
#define INTERVIEW_FOUND_MAX 32u  /* of one group */
#define INTERVIEW_SEARCH_MAX 9u  /* of a search: more would not be read */

struct interview_groups {
    struct str names[INTERVIEW_GROUPS_MAX]; /* empty: acts of no group */
    size_t count;
};

struct interview_found {
    uint32_t acts[INTERVIEW_FOUND_MAX];
    unsigned scores[INTERVIEW_FOUND_MAX];
    size_t count;
};

/* The first groups of acts, in the order of the vocabulary. */
void interview_groups(const struct pack *pack, struct interview_groups *out);

/* The acts of which this is the first group. */
void interview_group_acts(const struct pack *pack, struct str group, struct interview_found *out);

/*
 * Acts that fit some words, best first: by their description, example, name and groups, and by the
 * beginnings of words ("photo", "photograph"). What fits far less than the best is left out.
 */
void interview_search(struct arena *arena, const struct pack *pack, struct str words,
                      struct interview_found *out);

/* ---- What is asked (offer.c) ----------------------------------------------------------------- */

/* The answers that are offered to a question, in the order of the vocabulary. */
struct interview_offer {
    uint32_t values[INTERVIEW_VALUES_MAX]; /* indices of values of the fact */
    size_t count;                          /* 0: the fact is no list of values */
};

/* Those that can still matter; all of them where `next` names none. */
void interview_offer(const struct pack *pack, const struct decide_next *next,
                     struct interview_offer *out);

/* True when one of several things is all that is left to ask of a fact: a yes or a no will do. */
bool interview_is_single(const struct pack *pack, const struct decide_next *next);

/* ---- What was said (said.c) ------------------------------------------------------------------ */

/* The question so far. */
struct decide_question *interview_question(const struct interview *interview,
                                           struct civil_date as_of);

/* What was said of a fact, in words: "a pupil; a friend (perhaps)", "17 years", "I do not know". */
struct str interview_said_words(const struct interview *interview,
                                const struct interview_said *said);

/* What was said of a fact, NULL when nothing was. */
struct interview_said *interview_said_find(const struct interview *interview, uint32_t fact,
                                           uint32_t person);

/* Says it, in the place of what was said of the same fact. False when there is too much. */
bool interview_say(struct interview *interview, const struct interview_said *said);
void interview_unsay(struct interview *interview, uint32_t fact, uint32_t person);

/* Takes back what was said last: an approval, or else an answer. False when there is none. */
bool interview_unsay_last(struct interview *interview);

/* Notes an approval. False when there are too many. */
bool interview_have_add(struct interview *interview, const struct interview_have *have);

/* "Approval by the headteacher: granted" */
struct str interview_have_words(const struct interview *interview,
                                const struct interview_have *have);

/* All that was said, in one paragraph; empty when nothing is worth saying. */
struct str interview_words(const struct interview *interview);

/* "my niece", "person 2" */
struct str interview_person_words(const struct interview *interview, uint32_t person);

/* ---- Forms (state.c) ------------------------------------------------------------------------- */

/* "f.other", "f.2.other.age": the field of a fact. */
struct str interview_field(struct arena *arena, const struct pack *pack, uint32_t fact,
                           uint32_t person);

/* The fact of a field; false when it is none of the pack. */
bool interview_field_find(const struct pack *pack, struct str name, uint32_t *fact,
                          uint32_t *person);

/*
 * Takes one value of a fact, as a form says it, into *said. NULL, or one sentence of what is wrong
 * with it and how to say it right.
 */
const char *interview_value_take(struct arena *arena, const struct pack *pack, struct str value,
                                 struct interview_said *said);

/*
 * Notes an approval as a form says it: "CLAUSE ROLE STATE -reasonwriting", where ROLE may be "-"
 * and the words after "-" may each be left out, or "consent PERSON STATE -". False when it is not
 * understood.
 */
bool interview_have_read(struct interview *interview, struct str value);

/* Adds what a form says. Answers how many fields were not understood; these are left out. */
size_t interview_take(struct interview *interview, const struct form *form);

/* The whole state as a form; and as bytes. */
struct form interview_form(const struct interview *interview);
struct str interview_form_text(const struct interview *interview);

/* ---- Turns (turn.c) -------------------------------------------------------------------------- */

/*
 * Besides the state a posted form says
 *   asked=act | people | names | f.FACT   what the page asked; its answer is in the fields
 *   go=                                   the button: on, back, restart, find, unknown, withheld,
 *                                         "change f.FACT", or "have ID" with ID.clause, ID.who,
 *                                         ID.state, ID.reason, ID.writing: an approval
 *   find=WORDS                            a search for what the person wants to do
 *   was=FORM                              the answer that was being changed, for "back"
 * A day is said as f.FACT.day, f.FACT.month and f.FACT.year.
 */
enum interview_stage {
    INTERVIEW_STAGE_ACT,
    INTERVIEW_STAGE_PEOPLE,
    INTERVIEW_STAGE_NAMES,
    INTERVIEW_STAGE_FACT,
    INTERVIEW_STAGE_ANSWER,
    INTERVIEW_STAGE_COUNT
};

struct interview_problem { /* what has to be put right, at which field */
    struct str field, message;
};

struct interview_turn {
    struct interview *interview;
    enum interview_stage stage;
    struct str find; /* ACT: the words, as they were typed */
    bool has_searched;
    struct interview_found found;
    struct decide_next next; /* FACT: what is asked, and the choices that matter; none: all */
    bool is_change;          /* FACT: it was answered before */
    struct interview_said before;        /* FACT: the answer so far, where is_change */
    struct str was;                      /* the same as form text, for the field `was` */
    const struct form *posted;           /* what was typed, to be shown again beside a problem */
    const struct decide_answer *answer;  /* FACT and ANSWER; else NULL */
    struct interview_problem problem;    /* its message is empty when there is none */
    size_t lost; /* fields that were not understood */
};

/* What is to be shown after a form was posted, or at first (an empty form). */
struct interview_turn *interview_turn(struct arena *arena, const struct pack *pack,
                                      const struct form *form, struct civil_date as_of);

#endif
