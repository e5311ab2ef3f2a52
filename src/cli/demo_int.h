/*
 * cli/demo_int.h - inside `handrail demo`: a plan of acts, made first and then carried out.
 *
 *     command_demo.c   the command, and whom to sign in as
 *     demo_plan.c      the plan: acts with their moments, and how they are carried out
 *     demo_school.c    the trust, its schools, their names, terms and days
 *     demo_people.c    who works there, since when, in which roles
 *     demo_past.c      what happened since
 *     demo_names.c     names of nobody
 *
 * Read first: actions/actions.h.
 * What must hold
 * - Everything is done by action_run(), by somebody who may do it; nothing else here writes.
 * - The same seed and day make the same plan. Numbers of rows and hashes of passwords differ.
 * - Acts come after those that they rest on: whoever plans moves the clock.
 */
#ifndef HANDRAIL_CLI_DEMO_INT_H
#define HANDRAIL_CLI_DEMO_INT_H

#include "cli/cli.h"
#include "cli/place.h"
#include "identity/password.h"

#define DEMO_TRUST "Ashdown Vale Learning Trust"

/* What the trust is called until the last act, so that one that was cut short is known. */
#define DEMO_TRUST_UNFINISHED "Ashdown Vale, not finished"
#define DEMO_MAIL "ashdownvale.example"

#define DEMO_SCHOOLS 4
#define DEMO_PEOPLE_MAX 600
#define DEMO_ACTS_MAX 3000
#define DEMO_FIELDS_MAX 12

/* The set-up lies so long back. */
#define DEMO_PAST_DAYS 150

/* Where there is no index. */
#define DEMO_NONE SIZE_MAX

/* ---- The plan -------------------------------------------------------------------------------- */

enum demo_given_kind { DEMO_GIVEN_TEXT, DEMO_GIVEN_PERSON, DEMO_GIVEN_SCHOOL, DEMO_GIVEN_COUNT };

struct demo_given {
    const char *field;
    enum demo_given_kind kind;
    struct str text;
    size_t index; /* of a person or school of the plan: its number is not known yet */
};

struct demo_act {
    struct instant at;
    size_t order; /* of planning: decides between acts of one moment */
    const struct action *action;
    size_t actor;                      /* a person of the plan; DEMO_NONE: the program */
    size_t makes_person, makes_school; /* whose number it gives, or DEMO_NONE */
    struct demo_given given[DEMO_FIELDS_MAX];
    size_t given_count;
};

struct demo_person {
    struct person_id id;
    struct str name, known_as, email, reference, kind, job;
    struct civil_date joined;
    size_t school;
};

/* Posts that every school has. */
enum demo_post {
    DEMO_POST_HEAD,
    DEMO_POST_DEPUTY,
    DEMO_POST_ASSISTANT,
    DEMO_POST_BUSINESS,
    DEMO_POST_HR,
    DEMO_POST_SAFEGUARDING,
    DEMO_POST_IT,
    DEMO_POST_OFFICE,
    DEMO_POST_UNION,
    DEMO_POST_MIDDLE_FIRST,
    DEMO_POST_MIDDLE_LAST = DEMO_POST_MIDDLE_FIRST + 4,
    DEMO_POST_COUNT
};

struct demo_school {
    struct school_id id;
    size_t posts[DEMO_POST_COUNT];     /* people of the plan */
    size_t staff_first, staff_count;   /* those without a post, there from the beginning */
    size_t guests_first, guests_count; /* governors, volunteers, contractors, trainees */
};

struct demo {
    struct arena *arena;
    struct place *place;
    uint64_t random;
    struct civil_date today;
    struct instant clock; /* of the next act that is planned */
    struct demo_school schools[DEMO_SCHOOLS];
    struct demo_person people[DEMO_PEOPLE_MAX];
    size_t people_count, names_taken;
    struct demo_act acts[DEMO_ACTS_MAX];
    size_t act_count;
    FILE *progress; /* where it is shown */
};

/* From 0 to bound - 1. */
size_t demo_below(struct demo *demo, size_t bound);

/* The next moment of a working day, one to two minutes later; or the first of a later day. */
void demo_clock_step(struct demo *demo);
void demo_clock_to(struct demo *demo, struct civil_date day);

/* Any moment of the last working day until then: the clock may go back. */
void demo_clock_set(struct demo *demo, struct civil_date day);
struct civil_date demo_clock_day(const struct demo *demo);

/* An act at the clock's moment, which then moves on; its fields follow. */
struct demo_act *demo_do(struct demo *demo, size_t actor, const char *action);
void demo_give(struct demo_act *act, const char *field, struct str text); /* empty: not given */
void demo_give_day(struct demo *demo, struct demo_act *act, const char *field,
                   struct civil_date day);
void demo_give_person(struct demo_act *act, const char *field, size_t person);
void demo_give_school(struct demo_act *act, const char *field, size_t school);

/* All of it, in the order of time. A plan that is refused is a fault of the program: INVALID. */
MUST_USE struct result demo_carry_out(struct demo *demo);

/* ---- What is planned ------------------------------------------------------------------------- */

/* People who are known by name. The first set Handrail up. */
enum demo_known {
    DEMO_TECHNICIAN,
    DEMO_CHIEF,
    DEMO_HR_DIRECTOR,
    DEMO_DPO,
    DEMO_HEAD,
    DEMO_HR,
    DEMO_TEACHER,
    DEMO_GOVERNOR,
    DEMO_KNOWN_COUNT
};

struct demo_known_person {
    const char *what; /* NULL: nobody signs in as this one */
    const char *name, *email;
};

extern const struct demo_known_person demo_known[DEMO_KNOWN_COUNT];

/* The school of the head, the teacher and the governor; the central team has its rooms there. */
#define DEMO_SCHOOL_MAIN 0

/* In this order. */
void demo_plan_known(struct demo *demo);
void demo_plan_schools(struct demo *demo);
void demo_plan_people(struct demo *demo);
void demo_plan_past(struct demo *demo);

/* Somebody new in the list, with a name. The act is left to demo_add_person(). */
size_t demo_person_new(struct demo *demo, size_t school, const char *kind, const char *job);
struct demo_act *demo_add_person(struct demo *demo, size_t actor, size_t person);
void demo_add_manager(struct demo *demo, size_t actor, size_t person, size_t manager);

/* DEMO_NONE: for the whole trust; stands in for nobody. Its days may be given afterwards. */
struct demo_act *demo_add_role(struct demo *demo, size_t actor, size_t person, const char *role,
                               size_t school, size_t stands_in_for);

/* The next name that nobody has yet: demo_names.c. */
void demo_name_next(struct demo *demo, struct str *name, struct str *known_as);

#endif
