/*
 * cli/demo_plan.c - the plan of a demonstration, and how it is carried out.
 *
 * Read first: demo_int.h. Start at demo_do() and demo_carry_out().
 */
#include <assert.h>
#include <stdlib.h>

#include "cli/demo_int.h"
#include "cli/progress.h"

/* Minutes of a working day. */
#define DAY_BEGINS (8 * 60 + 30)
#define DAY_ENDS (17 * 60)

/* Between two acts of one sitting. */
#define STEP_SECONDS_MIN 40
#define STEP_SECONDS_MORE 60

/* ---- Chance and time ------------------------------------------------------------------------- */

/* splitmix64: the same everywhere. */
size_t demo_below(struct demo *demo, size_t bound)
{
    demo->random += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = demo->random;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (size_t)((z ^ (z >> 31)) % bound);
}

static struct instant moment(struct civil_date day, int64_t minutes)
{
    return (struct instant){day.days * INSTANT_DAY_MILLISECONDS +
                            minutes * INSTANT_MINUTE_MILLISECONDS};
}

static struct civil_date working_day(struct civil_date day)
{
    while (civil_date_weekday(day) >= CIVIL_SATURDAY) {
        day = civil_date_add_days(day, 1);
    }
    return day;
}

struct civil_date demo_clock_day(const struct demo *demo)
{
    return instant_date(demo->clock);
}

void demo_clock_to(struct demo *demo, struct civil_date day)
{
    struct instant begin = moment(working_day(day), DAY_BEGINS);
    demo->clock = instant_is_before(demo->clock, begin) ? begin : demo->clock;
}

void demo_clock_set(struct demo *demo, struct civil_date day)
{
    while (civil_date_weekday(day) >= CIVIL_SATURDAY) {
        day = civil_date_add_days(day, -1);
    }
    int64_t minutes = DAY_BEGINS + (int64_t)demo_below(demo, DAY_ENDS - DAY_BEGINS);
    demo->clock = moment(day, minutes);
}

void demo_clock_step(struct demo *demo)
{
    int64_t seconds = STEP_SECONDS_MIN + (int64_t)demo_below(demo, STEP_SECONDS_MORE);
    demo->clock = instant_add(demo->clock, seconds * INSTANT_SECOND_MILLISECONDS);
    struct civil_date day = demo_clock_day(demo);
    if (!instant_is_before(demo->clock, moment(day, DAY_ENDS))) {
        demo_clock_to(demo, civil_date_add_days(day, 1));
    }
}

/* ---- Planning -------------------------------------------------------------------------------- */

struct demo_act *demo_do(struct demo *demo, size_t actor, const char *action)
{
    assert(demo->act_count < DEMO_ACTS_MAX);
    struct demo_act *act = &demo->acts[demo->act_count];
    *act = (struct demo_act){.at = demo->clock,
                             .order = demo->act_count++,
                             .action = action_named(str_from(action)),
                             .actor = actor,
                             .makes_person = DEMO_NONE,
                             .makes_school = DEMO_NONE};
    assert(act->action && "the action is in the table");
    demo_clock_step(demo);
    return act;
}

static struct demo_given *give(struct demo_act *act, const char *field, enum demo_given_kind kind)
{
    assert(act->given_count < DEMO_FIELDS_MAX);
    struct demo_given *given = &act->given[act->given_count++];
    *given = (struct demo_given){.field = field, .kind = kind};
    return given;
}

void demo_give(struct demo_act *act, const char *field, struct str text)
{
    if (!str_is_empty(text)) {
        give(act, field, DEMO_GIVEN_TEXT)->text = text;
    }
}

void demo_give_day(struct demo *demo, struct demo_act *act, const char *field,
                   struct civil_date day)
{
    demo_give(act, field, civil_date_format(demo->arena, day));
}

void demo_give_person(struct demo_act *act, const char *field, size_t person)
{
    give(act, field, DEMO_GIVEN_PERSON)->index = person;
}

void demo_give_school(struct demo_act *act, const char *field, size_t school)
{
    give(act, field, DEMO_GIVEN_SCHOOL)->index = school;
}

/* ---- Carrying out ---------------------------------------------------------------------------- */

static int compare_acts(const void *left, const void *right)
{
    const struct demo_act *a = left, *b = right;
    if (a->at.milliseconds != b->at.milliseconds) {
        return a->at.milliseconds < b->at.milliseconds ? -1 : 1;
    }
    return a->order < b->order ? -1 : a->order > b->order;
}

static struct str value_of(const struct demo *demo, struct arena *arena,
                           const struct demo_given *given)
{
    switch (given->kind) {
    case DEMO_GIVEN_TEXT:
        return given->text;
    case DEMO_GIVEN_PERSON:
        return store_id_format(arena, demo->people[given->index].id.value);
    case DEMO_GIVEN_SCHOOL:
        return store_id_format(arena, demo->schools[given->index].id.value);
    case DEMO_GIVEN_COUNT:
        break;
    }
    assert(!"a value has no kind");
    return (struct str){0};
}

/* Nothing of a plan may be refused: what was said then is shown. */
MUST_USE static struct result check(struct demo *demo, const struct demo_act *act,
                                    const struct action_outcome *outcome)
{
    if (outcome->status == ACTION_DONE) {
        return RESULT_OK;
    }
    struct str why = outcome->error_count > 0 ? outcome->errors[0].message : STR("not permitted");
    return result_fail(
        RESULT_CODE_INVALID, "the demonstration's plan cannot be carried out",
        str_format(demo->arena, STR_FMT ": " STR_FMT, STR_ARG(act->action->name), STR_ARG(why)));
}

MUST_USE static struct result carry_out_one(struct demo *demo, struct arena *arena,
                                            const struct demo_act *act)
{
    struct action_given given[DEMO_FIELDS_MAX];
    for (size_t i = 0; i < act->given_count; i++) {
        given[i] = (struct action_given){str_from(act->given[i].field),
                                         value_of(demo, arena, &act->given[i])};
    }
    struct action_request request = {.action = act->action,
                                     .proven_at = act->at,
                                     .now = act->at,
                                     .given = given,
                                     .given_count = act->given_count};
    if (act->actor != DEMO_NONE) {
        request.actor = demo->people[act->actor].id;
    }
    struct action_outcome outcome;
    TRY(action_run(&demo->place->actions, &request, arena, &outcome));
    TRY(check(demo, act, &outcome));
    if (act->makes_person != DEMO_NONE) {
        demo->people[act->makes_person].id = outcome.person;
    }
    if (act->makes_school != DEMO_NONE) {
        demo->schools[act->makes_school].id = outcome.school;
    }
    return RESULT_OK;
}

struct result demo_carry_out(struct demo *demo)
{
    qsort(demo->acts, demo->act_count, sizeof demo->acts[0], compare_acts);
    DEFER(arena_close) struct arena *arena = arena_open();
    struct arena_mark mark = arena_mark(arena);
    struct progress progress = progress_new(demo->progress, "acts");
    for (size_t i = 0; i < demo->act_count; i++) {
        TRY(carry_out_one(demo, arena, &demo->acts[i]));
        arena_rewind(arena, mark);
        progress_tell(&progress, (int64_t)i + 1, (int64_t)demo->act_count);
    }
    progress_end(&progress);
    return RESULT_OK;
}
