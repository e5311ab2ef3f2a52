/*
 * actions/retention_walk.c - what is due, item by item: its schools, the longest period, who holds
 * it.
 *
 * Read first: retention_int.h.
 */
#include <string.h>

#include "actions/actions_sql.h"
#include "actions/retention_int.h"
#include "records/retention.h"

/* People whose schools and holds are remembered; one more takes the place of another. */
#define KNOWN_MAX 256

struct retention_known {
    struct person_id person;
    size_t schools[ACTION_SCHOOLS_MAX]; /* places in the schedule */
    size_t school_count;
    struct row_id hold;
    struct str hold_why;
};

/* The latest day of an event that can be due: the day less the shortest period. */
static struct civil_date latest_of(const struct retention_schedule *schedule,
                                   const struct retention_class *class, struct civil_date as_of)
{
    struct civil_date latest = CIVIL_NO_DATE;
    for (size_t i = 0; i < schedule->rules->count; i++) {
        const struct retention_rule *rule = &schedule->rules->at[i];
        if (!rule->period.is_stated || !str_equal(rule->kept, class->kept)) {
            continue;
        }
        /* A month that has not the day ends sooner, by at most three days. */
        struct retention_period back = {.months = -rule->period.months,
                                        .days = -rule->period.days + 3};
        struct civil_date day = retention_due_on(back, as_of);
        latest = civil_date_compare(day, latest) > 0 ? day : latest;
    }
    return latest;
}

struct retention_walk retention_walk_new(struct store_transaction *transaction,
                                         const struct retention_schedule *schedule,
                                         const struct retention_class *class,
                                         struct civil_date as_of, struct retention_spot after)
{
    struct arena *arena = store_arena(transaction);
    struct retention_known *known = ARENA_ARRAY(arena, struct retention_known, KNOWN_MAX);
    memset(known, 0, KNOWN_MAX * sizeof *known);
    return (struct retention_walk){.transaction = transaction,
                                   .schedule = schedule,
                                   .class = class,
                                   .as_of = as_of,
                                   .page = {latest_of(schedule, class, as_of), after},
                                   .items = {NULL, RETENTION_PAGE_ROWS},
                                   .at = RETENTION_PAGE_ROWS,
                                   .spot = after,
                                   .known = known};
}

/* ---- Schools and holds ----------------------------------------------------------------------- */

static size_t school_place(const struct retention_schedule *schedule, struct school_id id)
{
    size_t place = 0;
    while (place < schedule->school_count && schedule->schools[place].id.value != id.value) {
        place++;
    }
    return place;
}

MUST_USE static struct result learn(struct retention_walk *walk, struct person_id person,
                                    struct retention_known *known)
{
    struct schools_of_person_rows schools;
    struct retention_hold_of_row hold;
    bool is_held = false;
    TRY(schools_of_person(walk->transaction,
                          (struct schools_of_person_in){person, ACTION_SCHOOLS_MAX}, &schools));
    TRY(retention_hold_of(walk->transaction, (struct retention_hold_of_in){person}, &is_held,
                          &hold));
    *known = (struct retention_known){.person = person};
    for (size_t i = 0; i < schools.count; i++) {
        known->schools[known->school_count++] = school_place(walk->schedule, schools.at[i].school);
    }
    if (is_held) {
        known->hold = hold.id;
        known->hold_why = hold.why;
    }
    return RESULT_OK;
}

MUST_USE static struct result known_of(struct retention_walk *walk, struct person_id person,
                                       const struct retention_known **out)
{
    struct retention_known *known = &walk->known[(uint64_t)person.value % KNOWN_MAX];
    if (known->person.value != person.value) {
        TRY(learn(walk, person, known));
    }
    *out = known;
    return RESULT_OK;
}

/* ---- One item -------------------------------------------------------------------------------- */

/* Takes a school's statement in, when it keeps longer. False when the school's policy is silent. */
static bool rule_join(const struct retention_walk *walk, size_t place, struct retention_found *out)
{
    if (place == walk->schedule->school_count) {
        return false;
    }
    const struct retention_school *school = &walk->schedule->schools[place];
    const struct retention_rule *rule =
        retention_rule_of(walk->schedule->rules, school->policy, walk->class, out->since);
    if (!rule) {
        return false;
    }
    struct civil_date due_on = retention_due_on(rule->period, out->since);
    if (!out->rule || civil_date_compare(due_on, out->due_on) > 0) {
        out->rule = rule;
        out->due_on = due_on;
    }
    out->school = out->school_count++ == 0 ? school->name : (struct str){0};
    return true;
}

/* False when one of the schools keeps it until somebody erases it. */
static bool rules_join(const struct retention_walk *walk, const struct retention_known *known,
                       struct retention_found *out)
{
    const struct retention_schedule *schedule = walk->schedule;
    if (out->item.school.value) {
        return rule_join(walk, school_place(schedule, out->item.school), out);
    }
    bool has_own = known && known->school_count > 0;
    size_t count = has_own ? known->school_count : schedule->school_count;
    for (size_t i = 0; i < count; i++) {
        if (!rule_join(walk, has_own ? known->schools[i] : i, out)) {
            return false;
        }
    }
    if (!has_own) {
        out->school = (struct str){0};
        out->school_count = 0;
    }
    return count > 0;
}

MUST_USE static struct result judge(struct retention_walk *walk, const struct retention_item *item,
                                    bool *is_due, struct retention_found *out)
{
    const struct retention_known *known = NULL;
    *out = (struct retention_found){.item = *item, .since = retention_item_day(walk->class, item)};
    if (item->person.value) {
        TRY(known_of(walk, item->person, &known));
        out->known = known;
        out->hold = known->hold;
        out->hold_why = known->hold_why;
    }
    *is_due = rules_join(walk, known, out) && civil_date_compare(out->due_on, walk->as_of) <= 0;
    return RESULT_OK;
}

bool retention_is_at(const struct retention_schedule *schedule, const struct retention_found *found,
                     struct school_id school)
{
    if (found->item.school.value || !found->known) {
        return found->item.school.value == school.value;
    }
    size_t place = school_place(schedule, school);
    for (size_t i = 0; i < found->known->school_count; i++) {
        if (found->known->schools[i] == place) {
            return true;
        }
    }
    return false;
}

/* ---- The walk -------------------------------------------------------------------------------- */

/* The next page; false when there is none. */
MUST_USE static struct result turn_page(struct retention_walk *walk, bool *is_there)
{
    *is_there = false;
    if (walk->items.count < RETENTION_PAGE_ROWS || !civil_date_is_given(walk->page.latest)) {
        return RESULT_OK;
    }
    walk->page.after = walk->spot;
    walk->at = 0;
    TRY(walk->class->due(walk->transaction, &walk->page, &walk->items));
    *is_there = walk->items.count > 0;
    return RESULT_OK;
}

struct result retention_walk_next(struct retention_walk *walk, bool *is_there,
                                  struct retention_found *out)
{
    bool is_due = false;
    *is_there = true;
    while (*is_there && !is_due) {
        if (walk->scanned == RETENTION_SCAN_MAX) {
            walk->is_cut = true;
            *is_there = false;
            return RESULT_OK;
        }
        if (walk->at == walk->items.count) {
            TRY(turn_page(walk, is_there));
        }
        if (*is_there) {
            const struct retention_item *item = &walk->items.at[walk->at++];
            walk->spot = item->spot;
            walk->scanned++;
            TRY(judge(walk, item, &is_due, out));
        }
    }
    return RESULT_OK;
}

struct result retention_count(struct store_transaction *transaction,
                              const struct retention_schedule *schedule, struct civil_date as_of,
                              int64_t *due, bool *is_cut)
{
    *due = 0;
    *is_cut = false;
    for (size_t i = 0; i < retention_class_count; i++) {
        struct retention_walk walk = retention_walk_new(
            transaction, schedule, &retention_classes[i], as_of, RETENTION_SPOT_FIRST);
        struct retention_found found;
        bool is_there = true;
        while (is_there) {
            TRY(retention_walk_next(&walk, &is_there, &found));
            *due += is_there && !found.hold.value;
        }
        *is_cut |= walk.is_cut;
    }
    return RESULT_OK;
}
