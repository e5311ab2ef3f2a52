/*
 * cli/demo_past.c - what happened at the trust since it was set up: people came, went, married,
 * declared, stood in for each other; and today somebody lets you look.
 *
 * Read first: demo_int.h. Start at demo_plan_past().
 */
#include "cli/demo_int.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* Every person here is touched by one thing, so that revisions are known. */
struct past {
    struct demo *demo;
    struct civil_date first; /* from which day on */
    bool is_used[DEMO_PEOPLE_MAX];
    size_t turn;
};

/* A day between the first and yesterday; the clock stands in it. */
static struct civil_date some_day(struct past *past)
{
    struct demo *demo = past->demo;
    int32_t days = demo->today.days - past->first.days;
    struct civil_date day =
        civil_date_add_days(past->first, (int32_t)demo_below(demo, (size_t)days));
    demo_clock_set(demo, day);
    return demo_clock_day(demo);
}

/* Somebody without a post, of whom nothing was told yet; the schools take turns. */
static size_t somebody(struct past *past)
{
    struct demo *demo = past->demo;
    const struct demo_school *at = &demo->schools[past->turn++ % DEMO_SCHOOLS];
    size_t index = demo_below(demo, at->staff_count);
    while (past->is_used[at->staff_first + index]) {
        index = (index + 1) % at->staff_count;
    }
    past->is_used[at->staff_first + index] = true;
    return at->staff_first + index;
}

static size_t post_of(const struct demo *demo, size_t person, enum demo_post post)
{
    return demo->schools[demo->people[person].school].posts[post];
}

/* ---- Declared, agreed ------------------------------------------------------------------------ */

static void plan_declared(struct past *past)
{
    static const char *const declared[][2] = {
        {"parent-of-pupil", "my daughter in Year 8"},
        {"parent-of-pupil", "my twins in Reception"},
        {"relative-of-pupil", "a nephew in Year 5"},
        {"relative-of-pupil", "my sister's children"},
        {"relative-of-former-pupil", "my son, who left two years ago"},
        {"friend-of-parent", "a neighbour whose son is in Year 3"},
        {"friend-of-parent", ""},
        {"relative-of-colleague", "my husband, who works in the kitchen"},
        {"relative-of-colleague", "a cousin in the office"},
    };
    for (size_t i = 0; i < 4 * COUNT_OF(declared); i++) {
        size_t person = i == 0 ? DEMO_TEACHER : somebody(past);
        some_day(past);
        struct demo_act *act = demo_do(past->demo, person, "relationship.declare");
        demo_give_person(act, "person", person);
        demo_give(act, "kind", str_from(declared[i % COUNT_OF(declared)][0]));
        demo_give(act, "whom", str_from(declared[i % COUNT_OF(declared)][1]));
    }
}

static void plan_adjustments(struct past *past)
{
    static const char *const agreed[] = {
        "Posts may be dictated; somebody in the office reads them over before they go out.",
        "Two school days more for whatever has to be answered in writing.",
        "Guidance is read aloud or given in large print.",
        "No messages on the staff channel are expected before nine in the morning.",
        "A colleague comes along to any meeting about a post.",
        "Training on paper instead of on a screen.",
    };
    for (size_t i = 0; i < COUNT_OF(agreed); i++) {
        size_t person = somebody(past);
        struct civil_date day = some_day(past);
        struct demo_act *act =
            demo_do(past->demo, post_of(past->demo, person, DEMO_POST_HEAD), "adjustment.agree");
        demo_give_person(act, "person", person);
        demo_give(act, "words", str_from(agreed[i]));
        demo_give_day(past->demo, act, "review", civil_date_add_months(day, 12));
    }
}

/* ---- Coming and going ------------------------------------------------------------------------ */

static void plan_joiner(struct past *past, size_t number)
{
    struct demo *demo = past->demo;
    size_t school = number % DEMO_SCHOOLS;
    bool is_still_to_come = number < 3;
    struct civil_date day = some_day(past);
    size_t person =
        demo_person_new(demo, school, is_still_to_come ? "new-starter" : "teacher", "Teacher");
    demo->people[person].joined =
        civil_date_add_days(is_still_to_come ? demo->today : day, 10 + (int32_t)number);
    size_t hr = demo->schools[school].posts[DEMO_POST_HR];
    demo_add_person(demo, hr, person);
    demo_add_manager(demo, hr, person, demo->schools[school].posts[DEMO_POST_MIDDLE_LAST]);
}

/* All that is said of the person, as it was; the caller changes one thing. */
static struct demo_act *change(struct past *past, size_t index, struct str name)
{
    struct demo *demo = past->demo;
    const struct demo_person *person = &demo->people[index];
    struct demo_act *act = demo_do(demo, post_of(demo, index, DEMO_POST_HR), "person.change");
    demo_give_person(act, "person", index);
    demo_give(act, "name", str_is_empty(name) ? person->name : name);
    demo_give(act, "known-as", person->known_as);
    demo_give(act, "email", person->email);
    demo_give(act, "reference", person->reference);
    demo_give_day(demo, act, "joined", person->joined);
    demo_give(act, "revision", STR("1"));
    return act;
}

static void plan_leaver(struct past *past, size_t number)
{
    struct demo *demo = past->demo;
    size_t person = somebody(past);
    struct civil_date day = some_day(past);
    bool is_still_here = number < 3; /* has given notice */
    struct demo_act *act = change(past, person, (struct str){0});
    demo_give_day(demo, act, "left",
                  civil_date_add_days(is_still_here ? demo->today : day, 14 * (int32_t)number));
}

static void plan_new_name(struct past *past, const char *family)
{
    size_t person = somebody(past);
    some_day(past);
    struct str given = past->demo->people[person].name;
    str_cut(given, ' ', &given, NULL);
    change(past, person, str_format(past->demo->arena, STR_FMT " %s", STR_ARG(given), family));
}

/* Who works at a second school, or is a parent there as well. */
static void plan_second_place(struct past *past, size_t number)
{
    struct demo *demo = past->demo;
    size_t person = somebody(past);
    bool is_parent = number % 2 == 0;
    size_t school = demo->people[person].school;
    some_day(past);
    struct demo_act *act = demo_do(demo, DEMO_HR_DIRECTOR, "person.engage");
    demo_give_person(act, "person", person);
    demo_give_school(act, "school", is_parent ? school : (school + 1) % DEMO_SCHOOLS);
    demo_give(act, "kind", is_parent ? STR("parent") : demo->people[person].kind);
    demo_give(act, "job", is_parent ? (struct str){0} : STR("Two days a week"));
}

/* ---- Absences, holds, accounts --------------------------------------------------------------- */

/* The assistant head stands in for a head who is away: once it is over, once it is now. */
static void plan_absence(struct past *past, size_t school, struct civil_date from, int32_t days)
{
    struct demo *demo = past->demo;
    const size_t *posts = demo->schools[school].posts;
    demo_clock_set(demo, civil_date_add_days(from, -1));
    struct demo_act *act = demo_add_role(demo, DEMO_HR_DIRECTOR, posts[DEMO_POST_ASSISTANT],
                                         "headteacher", school, posts[DEMO_POST_HEAD]);
    demo_give_day(demo, act, "from", from);
    demo_give_day(demo, act, "to", civil_date_add_days(from, days));
}

static void plan_hold(struct past *past, const char *why)
{
    size_t person = somebody(past);
    some_day(past);
    struct demo_act *act =
        demo_do(past->demo, post_of(past->demo, person, DEMO_POST_HR), "hold.place");
    demo_give_person(act, "person", person);
    demo_give(act, "why", str_from(why));
}

static void plan_invitation(struct past *past, bool is_shut_later)
{
    struct demo *demo = past->demo;
    size_t person = somebody(past);
    some_day(past);
    size_t hr = post_of(demo, person, DEMO_POST_HR);
    demo_give_person(demo_do(demo, hr, "account.invite"), "person", person);
    if (is_shut_later) {
        demo_give_person(demo_do(demo, hr, "account.disable"), "person", person);
    }
}

/* A volunteer who asked for it. */
static void plan_erasure(struct past *past)
{
    struct demo *demo = past->demo;
    const struct demo_school *at = &demo->schools[DEMO_SCHOOLS - 1];
    for (size_t i = 0; i < at->guests_count; i++) {
        size_t person = at->guests_first + i;
        if (str_equal(demo->people[person].kind, STR("volunteer"))) {
            some_day(past);
            struct demo_act *act = demo_do(demo, DEMO_DPO, "person.erase");
            demo_give_person(act, "person", person);
            demo_give(act, "sure", STR("yes"));
            return;
        }
    }
}

/* The six who show it: invited and with the password of demonstrations. */
static void plan_accounts(struct past *past)
{
    struct demo *demo = past->demo;
    demo_clock_set(demo, civil_date_add_days(demo->today, -1));
    for (size_t i = 0; i < DEMO_KNOWN_COUNT; i++) {
        if (demo_known[i].what && i != DEMO_TECHNICIAN) {
            demo_give_person(demo_do(demo, DEMO_HR_DIRECTOR, "account.invite"), "person", i);
            demo_give(demo_do(demo, i, "account.password"), "password",
                      STR(PASSWORD_DEMONSTRATION));
        }
    }
}

/* The last act. */
static void plan_end(struct demo *demo)
{
    struct demo_act *act = demo_do(demo, DEMO_TECHNICIAN, "trust.rename");
    act->at = instant_add((struct instant){demo->today.days * INSTANT_DAY_MILLISECONDS}, -1);
    demo_give(act, "name", STR(DEMO_TRUST));
    demo_give(act, "revision", STR("1"));
}

void demo_plan_past(struct demo *demo)
{
    struct past *past = ARENA_NEW(demo->arena, struct past);
    past->demo = demo;
    past->first = civil_date_add_days(demo_clock_day(demo), 1);
    static const char *const new_names[] = {"Dewberrow-Skogsbjörkdal", "Fernwhistle",
                                            "ap Llwynhelyg"};
    for (size_t i = 0; i < 14; i++) {
        plan_joiner(past, i);
    }
    for (size_t i = 0; i < 12; i++) {
        plan_leaver(past, i);
    }
    for (size_t i = 0; i < COUNT_OF(new_names); i++) {
        plan_new_name(past, new_names[i]);
    }
    for (size_t i = 0; i < 10; i++) {
        plan_second_place(past, i);
        plan_invitation(past, i == 0);
    }
    plan_declared(past);
    plan_adjustments(past);
    plan_absence(past, DEMO_SCHOOL_MAIN, civil_date_add_days(demo->today, -60), 18);
    plan_absence(past, DEMO_SCHOOLS - 1, civil_date_add_days(demo->today, -7), 30);
    plan_hold(past, "An insurance claim that is not settled yet");
    plan_hold(past, "A grievance whose appeal is open");
    plan_erasure(past);
    plan_accounts(past);
    plan_end(demo);
}
