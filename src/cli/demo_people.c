/*
 * cli/demo_people.c - who works at the trust: about 400 of staff, governors, trustees, volunteers,
 * contractors, trainees; their roles, who stands in for whom, and whom they answer to.
 *
 * Read first: demo_int.h. Start at demo_plan_people().
 */
#include <assert.h>

#include "actions/name.h"
#include "cli/demo_int.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* How long ago somebody can have joined, before the set-up. */
#define JOINED_DAYS_MAX 7000

/* Of a governor or trustee. */
#define TERM_MONTHS 48

/* ---- People ---------------------------------------------------------------------------------- */

const struct demo_known_person demo_known[DEMO_KNOWN_COUNT] = {
    [DEMO_TECHNICIAN] = {"technician of the trust", "Terry Tumblestone", "technician@" DEMO_MAIL},
    [DEMO_CHIEF] = {NULL, "Cordelia Cobblewick", "chief@" DEMO_MAIL},
    [DEMO_HR_DIRECTOR] = {NULL, "Hyun-woo Baeknamusan", "hr.director@" DEMO_MAIL},
    [DEMO_DPO] = {"data protection officer", "Dilys Derwengraig", "dpo@" DEMO_MAIL},
    [DEMO_HEAD] = {"head of Ashdown Vale Academy", "Hazel Thornquill", "head@" DEMO_MAIL},
    [DEMO_HR] = {"HR, Ashdown Vale Academy", "Harpreet Suryapankaj", "hr@" DEMO_MAIL},
    [DEMO_TEACHER] = {"teacher, Ashdown Vale Academy", "Tamsin Fenwhistle", "teacher@" DEMO_MAIL},
    [DEMO_GOVERNOR] = {"chair of governors, Ashdown Vale Academy", "Gwilym Hazelmarch",
                       "governor@" DEMO_MAIL},
};

static bool is_taken(const struct demo *demo, struct str email)
{
    for (size_t i = 0; i < demo->people_count; i++) {
        if (str_equal(demo->people[i].email, email)) {
            return true;
        }
    }
    return false;
}

/* First letter and last word, without signs and accents; a number when somebody has it. */
static struct str email_of(struct demo *demo, struct str name)
{
    size_t last = name.len;
    while (last > 0 && name.at[last - 1] != ' ') {
        last--;
    }
    struct str folded = name_fold(demo->arena, str_slice(name, last, name.len));
    struct text letters = {.arena = demo->arena};
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            text_add(&letters, str_slice(folded, i, i + 1));
        }
    }
    struct str family = letters.len > 0 ? text_str(&letters) : STR("colleague");
    struct str first = name_fold(demo->arena, name);
    bool has_letter = first.len > 0 && first.at[0] >= 'a' && first.at[0] <= 'z';
    struct str start = has_letter ? str_slice(first, 0, 1) : STR("x");
    struct str email =
        str_format(demo->arena, STR_FMT "." STR_FMT "@" DEMO_MAIL, STR_ARG(start), STR_ARG(family));
    for (int number = 2; is_taken(demo, email); number++) {
        email = str_format(demo->arena, STR_FMT "." STR_FMT "%d@" DEMO_MAIL, STR_ARG(start),
                           STR_ARG(family), number);
    }
    return email;
}

size_t demo_person_new(struct demo *demo, size_t school, const char *kind, const char *job)
{
    assert(demo->people_count < DEMO_PEOPLE_MAX);
    size_t index = demo->people_count;
    struct demo_person *person = &demo->people[index];
    *person = (struct demo_person){.kind = str_from(kind), .job = str_from(job), .school = school};
    if (index < DEMO_KNOWN_COUNT) {
        person->name = str_from(demo_known[index].name);
        person->email = str_from(demo_known[index].email);
    } else {
        demo_name_next(demo, &person->name, &person->known_as);
        person->email = email_of(demo, person->name);
    }
    person->reference = str_format(demo->arena, "AV%05zu", 1000 + 7 * index);
    int32_t ago = DEMO_PAST_DAYS + 1 + (int32_t)demo_below(demo, JOINED_DAYS_MAX);
    person->joined = civil_date_add_days(demo->today, -ago);
    demo->people_count++;
    return index;
}

struct demo_act *demo_add_person(struct demo *demo, size_t actor, size_t index)
{
    struct demo_person *person = &demo->people[index];
    struct demo_act *act = demo_do(demo, actor, "person.add");
    act->makes_person = index;
    demo_give_school(act, "school", person->school);
    demo_give(act, "kind", person->kind);
    demo_give(act, "name", person->name);
    demo_give(act, "known-as", person->known_as);
    demo_give(act, "email", person->email);
    demo_give(act, "reference", person->reference);
    demo_give_day(demo, act, "joined", person->joined);
    demo_give(act, "job", person->job);
    return act;
}

struct demo_act *demo_add_role(struct demo *demo, size_t actor, size_t person, const char *role,
                               size_t school, size_t stands_in_for)
{
    struct demo_act *act = demo_do(demo, actor, "role.give");
    demo_give_person(act, "person", person);
    demo_give(act, "role", str_from(role));
    if (school != DEMO_NONE) {
        demo_give_school(act, "school", school);
    }
    if (stands_in_for != DEMO_NONE) {
        demo_give_person(act, "deputy", stands_in_for);
    }
    return act;
}

void demo_add_manager(struct demo *demo, size_t actor, size_t person, size_t manager)
{
    struct demo_act *act = demo_do(demo, actor, "person.manager");
    demo_give_person(act, "person", person);
    demo_give_person(act, "manager", manager);
}

/* A term that has begun some time ago, and its last day. */
static void give_term(struct demo *demo, struct demo_act *act)
{
    int32_t ago = (int32_t)demo_below(demo, TERM_MONTHS);
    struct civil_date from = civil_date_add_months(demo->today, -ago);
    demo_give_day(demo, act, "from", from);
    demo_give_day(demo, act, "to",
                  civil_date_add_days(civil_date_add_months(from, TERM_MONTHS), -1));
}

void demo_plan_known(struct demo *demo)
{
    static const char *const kinds_and_jobs[DEMO_KNOWN_COUNT][2] = {
        [DEMO_TECHNICIAN] = {"central-staff", "IT manager"},
        [DEMO_CHIEF] = {"central-staff", "Chief executive"},
        [DEMO_HR_DIRECTOR] = {"central-staff", "Director of HR"},
        [DEMO_DPO] = {"central-staff", "Data protection officer"},
        [DEMO_HEAD] = {"headteacher", "Principal"},
        [DEMO_HR] = {"support-staff", "HR officer"},
        [DEMO_TEACHER] = {"teacher", "Teacher of geography"},
        [DEMO_GOVERNOR] = {"governor", "Chair of governors"},
    };
    for (size_t i = 0; i < DEMO_KNOWN_COUNT; i++) {
        demo_person_new(demo, DEMO_SCHOOL_MAIN, kinds_and_jobs[i][0], kinds_and_jobs[i][1]);
    }
}

/* ---- The trust ------------------------------------------------------------------------------- */

enum trust_post {
    TRUST_TECHNICIAN,
    TRUST_CHIEF,
    TRUST_HR,
    TRUST_DPO, /* as in enum demo_known so far */
    TRUST_DEPUTY,
    TRUST_COMMUNICATIONS,
    TRUST_POLICY,
    TRUST_HR_PARTNER,
    TRUST_NETWORK,
    TRUST_RECORDS,
    TRUST_CHAIR, /* of the board, and trustees */
    TRUST_VICE_CHAIR,
    TRUST_TRUSTEE,
    TRUST_LAST_TRUSTEE,
    TRUST_POST_COUNT
};

static const char *const trust_jobs[TRUST_POST_COUNT] = {
    [TRUST_DEPUTY] = "Deputy chief executive",
    [TRUST_COMMUNICATIONS] = "Communications manager",
    [TRUST_POLICY] = "Policy and compliance",
    [TRUST_HR_PARTNER] = "HR business partner",
    [TRUST_NETWORK] = "Network engineer",
    [TRUST_RECORDS] = "Records officer",
    [TRUST_CHAIR] = "Chair of the board",
    [TRUST_VICE_CHAIR] = "Vice-chair of the board",
    [TRUST_TRUSTEE] = "Trustee",
    [TRUST_LAST_TRUSTEE] = "Trustee",
};

static const struct {
    const char *role;
    enum trust_post holder, deputy;
    bool has_term;
} trust_roles[] = {
    {"trust-leadership-team", TRUST_CHIEF, TRUST_DEPUTY, false},
    {"trust-representative", TRUST_CHIEF, TRUST_DEPUTY, false},
    {"spokesperson", TRUST_CHIEF, TRUST_COMMUNICATIONS, false},
    {"director-of-hr", TRUST_HR, TRUST_HR_PARTNER, false},
    {"dpo", TRUST_DPO, TRUST_RECORDS, false},
    {"policy-owner", TRUST_POLICY, TRUST_DEPUTY, false},
    {"policy-contact", TRUST_POLICY, TRUST_COMMUNICATIONS, false},
    {"communications-lead", TRUST_COMMUNICATIONS, TRUST_POLICY, false},
    {"finance-and-personnel-manager", TRUST_DEPUTY, TRUST_HR_PARTNER, false},
    {"contract-manager", TRUST_DEPUTY, TRUST_NETWORK, false},
    {"case-administrator", TRUST_HR_PARTNER, TRUST_RECORDS, false},
    {"board", TRUST_CHAIR, TRUST_VICE_CHAIR, true},
    {"board", TRUST_TRUSTEE, TRUST_LAST_TRUSTEE, true},
    {"hr-committee", TRUST_VICE_CHAIR, TRUST_TRUSTEE, true},
    {"hearing-chair", TRUST_TRUSTEE, TRUST_LAST_TRUSTEE, true},
};

static void plan_trust(struct demo *demo)
{
    size_t people[TRUST_POST_COUNT];
    for (size_t i = 0; i < TRUST_POST_COUNT; i++) {
        people[i] =
            i < TRUST_DEPUTY
                ? i
                : demo_person_new(demo, DEMO_SCHOOL_MAIN,
                                  i >= TRUST_CHAIR ? "director" : "central-staff", trust_jobs[i]);
        if (i != TRUST_TECHNICIAN) {
            demo_add_person(demo, DEMO_TECHNICIAN, people[i]);
        }
    }
    demo_add_role(demo, DEMO_TECHNICIAN, people[TRUST_NETWORK], "it-manager", DEMO_NONE,
                  DEMO_TECHNICIAN);
    for (size_t i = 0; i < COUNT_OF(trust_roles); i++) {
        size_t holder = people[trust_roles[i].holder];
        struct demo_act *held =
            demo_add_role(demo, DEMO_TECHNICIAN, holder, trust_roles[i].role, DEMO_NONE, DEMO_NONE);
        if (trust_roles[i].has_term) {
            give_term(demo, held);
        }
        demo_add_role(demo, DEMO_TECHNICIAN, people[trust_roles[i].deputy], trust_roles[i].role,
                      DEMO_NONE, holder);
    }
    for (size_t i = 0; i < TRUST_CHAIR; i++) {
        demo_add_manager(demo, DEMO_TECHNICIAN, people[i],
                         i == TRUST_CHIEF ? people[TRUST_CHAIR] : DEMO_CHIEF);
    }
}

/* ---- Posts and roles of a school ------------------------------------------------------------- */

static const struct {
    const char *kind, *job;
    enum demo_post manager; /* the head's is the chief executive */
} posts[DEMO_POST_COUNT] = {
    [DEMO_POST_HEAD] = {"headteacher", "Headteacher", DEMO_POST_HEAD},
    [DEMO_POST_DEPUTY] = {"senior-leader", "Deputy headteacher", DEMO_POST_HEAD},
    [DEMO_POST_ASSISTANT] = {"senior-leader", "Assistant headteacher", DEMO_POST_HEAD},
    [DEMO_POST_BUSINESS] = {"support-staff", "School business manager", DEMO_POST_HEAD},
    [DEMO_POST_HR] = {"support-staff", "HR officer", DEMO_POST_BUSINESS},
    [DEMO_POST_SAFEGUARDING] = {"senior-leader", "Designated safeguarding lead", DEMO_POST_HEAD},
    [DEMO_POST_IT] = {"support-staff", "IT technician", DEMO_POST_BUSINESS},
    [DEMO_POST_OFFICE] = {"support-staff", "Office manager", DEMO_POST_BUSINESS},
    [DEMO_POST_UNION] = {"teacher", "Teacher", DEMO_POST_DEPUTY},
    [DEMO_POST_MIDDLE_FIRST] = {"teacher", "Head of English", DEMO_POST_DEPUTY},
    [DEMO_POST_MIDDLE_FIRST + 1] = {"teacher", "Head of mathematics", DEMO_POST_DEPUTY},
    [DEMO_POST_MIDDLE_FIRST + 2] = {"teacher", "Head of science", DEMO_POST_DEPUTY},
    [DEMO_POST_MIDDLE_FIRST + 3] = {"teacher", "Head of humanities", DEMO_POST_ASSISTANT},
    [DEMO_POST_MIDDLE_LAST] = {"teacher", "Head of inclusion", DEMO_POST_ASSISTANT},
};

static const struct {
    const char *role;
    enum demo_post holder, deputy;
} school_roles[] = {
    {"headteacher", DEMO_POST_HEAD, DEMO_POST_DEPUTY},
    {"principal", DEMO_POST_HEAD, DEMO_POST_DEPUTY},
    {"academy-representative", DEMO_POST_HEAD, DEMO_POST_DEPUTY},
    {"spokesperson", DEMO_POST_HEAD, DEMO_POST_DEPUTY},
    {"senior-leadership-team", DEMO_POST_HEAD, DEMO_POST_DEPUTY},
    {"hr", DEMO_POST_HR, DEMO_POST_BUSINESS},
    {"recruiting-manager", DEMO_POST_HR, DEMO_POST_ASSISTANT},
    {"case-administrator", DEMO_POST_HR, DEMO_POST_OFFICE},
    {"leadership-member", DEMO_POST_ASSISTANT, DEMO_POST_SAFEGUARDING},
    {"finance-and-personnel-manager", DEMO_POST_BUSINESS, DEMO_POST_OFFICE},
    {"contract-manager", DEMO_POST_BUSINESS, DEMO_POST_DEPUTY},
    {"complaints-lead", DEMO_POST_BUSINESS, DEMO_POST_ASSISTANT},
    {"safeguarding-lead", DEMO_POST_SAFEGUARDING, DEMO_POST_DEPUTY},
    {"investigator", DEMO_POST_ASSISTANT, DEMO_POST_SAFEGUARDING},
    {"policy-owner", DEMO_POST_ASSISTANT, DEMO_POST_DEPUTY},
    {"policy-contact", DEMO_POST_OFFICE, DEMO_POST_ASSISTANT},
    {"it-manager", DEMO_POST_IT, DEMO_POST_OFFICE},
    {"account-creator", DEMO_POST_IT, DEMO_POST_OFFICE},
    {"account-runner", DEMO_POST_OFFICE, DEMO_POST_IT},
    {"photo-lead", DEMO_POST_OFFICE, DEMO_POST_SAFEGUARDING},
    {"communications-lead", DEMO_POST_OFFICE, DEMO_POST_BUSINESS},
    {"union-representative", DEMO_POST_UNION, DEMO_POST_MIDDLE_FIRST},
    {"head-of-department", DEMO_POST_MIDDLE_FIRST, DEMO_POST_MIDDLE_FIRST + 1},
    {"head-of-department", DEMO_POST_MIDDLE_FIRST + 1, DEMO_POST_MIDDLE_FIRST + 2},
    {"head-of-department", DEMO_POST_MIDDLE_FIRST + 2, DEMO_POST_MIDDLE_FIRST},
    {"head-of-department", DEMO_POST_MIDDLE_FIRST + 3, DEMO_POST_MIDDLE_LAST},
    {"head-of-department", DEMO_POST_MIDDLE_LAST, DEMO_POST_MIDDLE_FIRST + 3},
    {"line-manager", DEMO_POST_MIDDLE_FIRST, DEMO_POST_MIDDLE_FIRST + 1},
    {"line-manager", DEMO_POST_MIDDLE_FIRST + 3, DEMO_POST_MIDDLE_LAST},
};

/* Head and HR are there first, since they do the rest. */
static bool is_early(enum demo_post post)
{
    return post == DEMO_POST_HEAD || post == DEMO_POST_HR;
}

static void plan_posts(struct demo *demo, size_t school, bool early)
{
    size_t *people = demo->schools[school].posts;
    for (size_t post = 0; post < DEMO_POST_COUNT; post++) {
        if (is_early(post) != early) {
            continue;
        }
        bool is_known = school == DEMO_SCHOOL_MAIN && early;
        people[post] = is_known ? (post == DEMO_POST_HEAD ? DEMO_HEAD : DEMO_HR)
                                : demo_person_new(demo, school, posts[post].kind, posts[post].job);
        demo_add_person(demo, early ? DEMO_TECHNICIAN : people[DEMO_POST_HR], people[post]);
    }
    for (size_t i = 0; i < COUNT_OF(school_roles); i++) {
        size_t holder = people[school_roles[i].holder];
        size_t actor =
            school_roles[i].holder == DEMO_POST_HEAD ? DEMO_TECHNICIAN : people[DEMO_POST_HEAD];
        if (is_early(school_roles[i].holder) == early) {
            demo_add_role(demo, actor, holder, school_roles[i].role, school, DEMO_NONE);
        }
        if (!early) {
            demo_add_role(demo, actor, people[school_roles[i].deputy], school_roles[i].role, school,
                          holder);
        }
    }
}

static void plan_managers_of_posts(struct demo *demo, size_t school)
{
    const size_t *people = demo->schools[school].posts;
    for (size_t post = 0; post < DEMO_POST_COUNT; post++) {
        bool is_head = post == DEMO_POST_HEAD;
        demo_add_manager(demo, is_head ? DEMO_HR_DIRECTOR : people[DEMO_POST_HEAD], people[post],
                         is_head ? DEMO_CHIEF : people[posts[post].manager]);
    }
}

/* ---- All the others -------------------------------------------------------------------------- */

/* Besides those with posts; with them, and ten of the central team, there are 400. */
static const size_t staff_counts[DEMO_SCHOOLS] = {165, 64, 64, 40};

static const char *const subjects[] = {
    "Teacher of art",     "Teacher of biology", "Teacher of chemistry",   "Teacher of computing",
    "Teacher of drama",   "Teacher of English", "Teacher of French",      "Teacher of geography",
    "Teacher of history", "Teacher of music",   "Teacher of mathematics", "Teacher of physics",
    "Teacher of Welsh",   "Teacher of sport",   "Teacher of textiles",    "Cover supervisor",
};
static const char *const classes[] = {
    "Nursery teacher", "Reception teacher", "Year 1 teacher", "Year 2 teacher",
    "Year 3 teacher",  "Year 4 teacher",    "Year 5 teacher", "Year 6 teacher",
};
static const char *const support[] = {
    "Teaching assistant",
    "Higher-level teaching assistant",
    "Midday supervisor",
    "Receptionist",
    "Site manager",
    "Cleaner",
    "Cook",
    "Librarian",
    "Science technician",
    "Learning mentor",
    "Attendance officer",
    "Exams officer",
    "Family support",
    "Speech therapist",
    "Minibus driver",
    "School nurse",
};

static const struct {
    const char *kind, *job;
    size_t count;
} guests[] = {
    {"governor", "Governor", 8},           {"volunteer", "Reading volunteer", 4},
    {"contractor", "Catering company", 2}, {"contractor", "Music tutor", 1},
    {"trainee", "Trainee teacher", 2},
};

static const char *job_of(struct demo *demo, size_t school, bool is_teacher)
{
    return !is_teacher                  ? support[demo_below(demo, COUNT_OF(support))]
           : school == DEMO_SCHOOL_MAIN ? subjects[demo_below(demo, COUNT_OF(subjects))]
                                        : classes[demo_below(demo, COUNT_OF(classes))];
}

static void plan_staff(struct demo *demo, size_t school)
{
    struct demo_school *at = &demo->schools[school];
    size_t hr = at->posts[DEMO_POST_HR];
    at->staff_first = demo->people_count;
    at->staff_count = staff_counts[school];
    for (size_t i = 0; i < at->staff_count; i++) {
        bool is_teacher = demo_below(demo, 100) < 58;
        size_t person = demo_person_new(demo, school, is_teacher ? "teacher" : "support-staff",
                                        job_of(demo, school, is_teacher));
        demo_add_person(demo, hr, person);
    }
    if (school == DEMO_SCHOOL_MAIN) {
        demo_add_person(demo, hr, DEMO_TEACHER);
        demo_add_manager(demo, hr, DEMO_TEACHER, at->posts[DEMO_POST_MIDDLE_FIRST + 3]);
    }
    for (size_t i = 0; i < at->staff_count; i++) {
        size_t middle = DEMO_POST_MIDDLE_FIRST + i % (DEMO_POST_COUNT - DEMO_POST_MIDDLE_FIRST);
        demo_add_manager(demo, hr, at->staff_first + i, at->posts[middle]);
    }
}

static void plan_guests(struct demo *demo, size_t school)
{
    struct demo_school *at = &demo->schools[school];
    bool is_main = school == DEMO_SCHOOL_MAIN;
    at->guests_first = demo->people_count;
    size_t chair = DEMO_NONE;
    for (size_t i = 0; i < COUNT_OF(guests); i++) {
        for (size_t k = 0; k < guests[i].count; k++) {
            bool is_known = is_main && i == 0 && k == 0;
            size_t person = is_known ? DEMO_GOVERNOR
                                     : demo_person_new(demo, school, guests[i].kind, guests[i].job);
            demo_add_person(demo, at->posts[DEMO_POST_HR], person);
            if (i == 0) {
                struct demo_act *held = demo_add_role(demo, DEMO_HR_DIRECTOR, person,
                                                      "governing-body", school, DEMO_NONE);
                give_term(demo, held);
            }
            if (i == 0 && k < 2) {
                demo_add_role(demo, DEMO_HR_DIRECTOR, person, "chair-of-governors", school, chair);
                chair = person;
            }
        }
    }
    at->guests_count = demo->people_count - at->guests_first;
}

void demo_plan_people(struct demo *demo)
{
    plan_trust(demo);
    for (size_t school = 0; school < DEMO_SCHOOLS; school++) {
        plan_posts(demo, school, true);
    }
    for (size_t school = 0; school < DEMO_SCHOOLS; school++) {
        plan_posts(demo, school, false);
        plan_managers_of_posts(demo, school);
        plan_staff(demo, school);
        plan_guests(demo, school);
    }
}
