/*
 * cli/demo_school.c - the trust and its schools: names, policies, terms, training days, the day.
 *
 * Read first: demo_int.h. Start at demo_plan_schools().
 */
#include "cli/demo_int.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const struct {
    const char *name, *code, *nation;
    const char *policy; /* when the shelf has it; else another */
    const char *words[6][2];
} schools[DEMO_SCHOOLS] = {
    {"Ashdown Vale Academy",
     "AVA",
     "england",
     "mandeville",
     {{"name", "Ashdown Vale"},
      {"abbreviation", "AVA"},
      {"abbreviation", "AVLT"},
      {"account", "AshdownValeAcademy"},
      {"account", "AVAsport"},
      {"domain", DEMO_MAIL}}},
    {"Thistlebrook Primary School",
     "TPS",
     "england",
     "chiltern",
     {{"name", "Thistlebrook"},
      {"name", "Thistlebrook Primary"},
      {"abbreviation", "TPS"},
      {"account", "ThistlebrookPrimary"},
      {"domain", DEMO_MAIL}}},
    {"Ysgol Gynradd Cwm Helygen",
     "YCH",
     "wales",
     "athelstan",
     {{"name", "Cwm Helygen"},
      {"name", "Ysgol Cwm Helygen"},
      {"abbreviation", "YGCH"},
      {"account", "YsgolCwmHelygen"},
      {"domain", DEMO_MAIL}}},
    {"Quillmoor School",
     "QMS",
     "england",
     "chancery",
     {{"name", "Quillmoor"},
      {"name", "Quillmoor Special School"},
      {"abbreviation", "QMS"},
      {"account", "QuillmoorSchool"},
      {"domain", DEMO_MAIL}}},
};

/* ---- The school year ------------------------------------------------------------------------- */

static struct civil_date date_of(int32_t year, int32_t month, int32_t day)
{
    struct civil_date date = {0};
    (void)!civil_date_from_ymd((struct civil_ymd){year, month, day}, &date);
    return date;
}

/* The first such weekday on or after a day. */
static struct civil_date weekday_from(struct civil_date day, enum civil_weekday wanted)
{
    while (civil_date_weekday(day) != wanted) {
        day = civil_date_add_days(day, 1);
    }
    return day;
}

/* Easter Sunday: the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8). */
static struct civil_date easter(int32_t year)
{
    int32_t a = year % 19, b = year / 100, c = year % 100;
    int32_t h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int32_t m = (a + 11 * h + 22 * l) / 451;
    int32_t sum = h + l - 7 * m + 114;
    return date_of(year, sum / 31, sum % 31 + 1);
}

struct year {
    struct civil_date autumn, autumn_half, autumn_end, spring, spring_half, spring_end, summer,
        may_day, summer_half, summer_end;
};

/* The school year of a day; in August it is the one that comes. */
static struct year year_of(struct civil_date today)
{
    struct civil_ymd ymd = civil_date_to_ymd(today);
    int32_t first = ymd.month >= 8 ? ymd.year : ymd.year - 1;
    struct civil_date sunday = easter(first + 1);
    return (struct year){
        .autumn = weekday_from(date_of(first, 9, 1), CIVIL_TUESDAY),
        .autumn_half = weekday_from(date_of(first, 10, 22), CIVIL_MONDAY),
        .autumn_end = weekday_from(date_of(first, 12, 16), CIVIL_FRIDAY),
        .spring = weekday_from(date_of(first + 1, 1, 3), CIVIL_MONDAY),
        .spring_half = weekday_from(date_of(first + 1, 2, 13), CIVIL_MONDAY),
        .spring_end = civil_date_add_days(sunday, -9),
        .summer = civil_date_add_days(sunday, 8),
        .may_day = weekday_from(date_of(first + 1, 5, 1), CIVIL_MONDAY),
        .summer_half = weekday_from(date_of(first + 1, 5, 25), CIVIL_MONDAY),
        .summer_end = weekday_from(date_of(first + 1, 7, 18), CIVIL_TUESDAY),
    };
}

static void plan_period(struct demo *demo, size_t school, const char *kind, const char *name,
                        struct civil_date first, int32_t days)
{
    struct demo_act *act = demo_do(demo, DEMO_TECHNICIAN, "school.period-add");
    demo_give_school(act, "school", school);
    demo_give(act, "kind", str_from(kind));
    demo_give(act, "name", str_from(name));
    demo_give_day(demo, act, "first", first);
    demo_give_day(demo, act, "last", civil_date_add_days(first, days - 1));
}

static void plan_year(struct demo *demo, size_t school)
{
    struct year year = year_of(demo->today);
    int32_t shift = (int32_t)school; /* training days differ from school to school */
    plan_period(demo, school, "inset", "Training before the year", year.autumn, 2);
    plan_period(demo, school, "term", "Autumn term", civil_date_add_days(year.autumn, 2),
                year.autumn_end.days - year.autumn.days - 1);
    plan_period(demo, school, "half-term", "Autumn half-term", year.autumn_half, 5);
    plan_period(demo, school, "inset", "Training in autumn",
                civil_date_add_days(year.autumn_half, 25 + shift), 1);
    plan_period(demo, school, "term", "Spring term", year.spring,
                year.spring_end.days - year.spring.days + 1);
    plan_period(demo, school, "inset", "Training in spring", year.spring, 1);
    plan_period(demo, school, "half-term", "Spring half-term", year.spring_half, 5);
    plan_period(demo, school, "term", "Summer term", year.summer,
                year.summer_end.days - year.summer.days + 1);
    plan_period(demo, school, "closure", "Early May bank holiday", year.may_day, 1);
    plan_period(demo, school, "half-term", "Summer half-term", year.summer_half, 5);
    plan_period(demo, school, "inset", "Training in summer",
                civil_date_add_days(year.summer_half, 7 + shift % 2), 1);
}

/* ---- The day --------------------------------------------------------------------------------- */

struct slot {
    const char *kind, *from, *to;
};

static const struct slot long_day[] = {
    {"working-hours", "08:20", "16:00"}, {"paid-time", "08:20", "13:10"},
    {"lesson", "08:50", "10:50"},        {"break", "10:50", "11:10"},
    {"lesson", "11:10", "13:10"},        {"lunch", "13:10", "13:55"},
    {"paid-time", "13:55", "16:00"},     {"lesson", "13:55", "15:10"},
};
static const struct slot short_day[] = {
    {"working-hours", "08:30", "15:45"}, {"paid-time", "08:30", "12:00"},
    {"lesson", "08:55", "10:30"},        {"break", "10:30", "10:45"},
    {"lesson", "10:45", "12:00"},        {"lunch", "12:00", "13:00"},
    {"paid-time", "13:00", "15:45"},     {"lesson", "13:00", "15:15"},
};

static void plan_day(struct demo *demo, size_t school)
{
    static const char *const weekdays[] = {"0", "1", "2", "3", "4"};
    const struct slot *slots = school == DEMO_SCHOOL_MAIN ? long_day : short_day;
    _Static_assert(COUNT_OF(long_day) == COUNT_OF(short_day), "both days have as many parts");
    for (size_t day = 0; day < COUNT_OF(weekdays); day++) {
        for (size_t i = 0; i < COUNT_OF(long_day); i++) {
            struct demo_act *act = demo_do(demo, DEMO_TECHNICIAN, "school.slot-add");
            demo_give_school(act, "school", school);
            demo_give(act, "kind", str_from(slots[i].kind));
            demo_give(act, "weekday", str_from(weekdays[day]));
            demo_give(act, "from", str_from(slots[i].from));
            demo_give(act, "to", str_from(slots[i].to));
        }
    }
}

/* ---- All of it ------------------------------------------------------------------------------- */

/* The one that is wanted, or any other that the shelf has. */
static struct str policy_of(const struct demo *demo, size_t school)
{
    struct action_word_list packs = demo->place->actions.words[ACTION_WORDS_POLICIES];
    for (size_t i = 0; i < packs.count; i++) {
        if (str_equal(packs.at[i].value, str_from(schools[school].policy))) {
            return packs.at[i].value;
        }
    }
    return packs.count > 0 ? packs.at[school % packs.count].value : (struct str){0};
}

static void plan_set_up(struct demo *demo)
{
    struct demo_act *act = demo_do(demo, DEMO_NONE, "trust.set-up");
    act->makes_person = DEMO_TECHNICIAN;
    act->makes_school = DEMO_SCHOOL_MAIN;
    demo_give(act, "trust", STR(DEMO_TRUST_UNFINISHED));
    demo_give(act, "origin", STR(PLACE_DEMONSTRATION));
    demo_give(act, "school-name", str_from(schools[DEMO_SCHOOL_MAIN].name));
    demo_give(act, "school-code", str_from(schools[DEMO_SCHOOL_MAIN].code));
    demo_give(act, "nation", str_from(schools[DEMO_SCHOOL_MAIN].nation));
    demo_give(act, "policy", policy_of(demo, DEMO_SCHOOL_MAIN));
    demo_give(act, "name", demo->people[DEMO_TECHNICIAN].name);
    demo_give(act, "email", demo->people[DEMO_TECHNICIAN].email);
    demo_give(act, "kind", demo->people[DEMO_TECHNICIAN].kind);
    demo_give(act, "role", STR("it-manager"));
    demo_give(act, "password", STR(PASSWORD_DEMONSTRATION));
}

static void plan_words(struct demo *demo, size_t school)
{
    for (size_t i = 0; i < COUNT_OF(schools[school].words); i++) {
        if (schools[school].words[i][0]) {
            struct demo_act *act = demo_do(demo, DEMO_TECHNICIAN, "school.word-add");
            demo_give_school(act, "school", school);
            demo_give(act, "kind", str_from(schools[school].words[i][0]));
            demo_give(act, "word", str_from(schools[school].words[i][1]));
        }
    }
}

void demo_plan_schools(struct demo *demo)
{
    plan_set_up(demo);
    for (size_t school = 0; school < DEMO_SCHOOLS; school++) {
        if (school != DEMO_SCHOOL_MAIN) {
            struct demo_act *act = demo_do(demo, DEMO_TECHNICIAN, "school.add");
            act->makes_school = school;
            demo_give(act, "name", str_from(schools[school].name));
            demo_give(act, "code", str_from(schools[school].code));
            demo_give(act, "nation", str_from(schools[school].nation));
            demo_give(act, "policy", policy_of(demo, school));
            demo_give_day(demo, act, "adopted",
                          civil_date_add_days(demo_clock_day(demo), -40 - 90 * (int32_t)school));
        }
        plan_words(demo, school);
        plan_year(demo, school);
        plan_day(demo, school);
    }
}
