/*
 * actions/do_me.c - what is known of whoever is signed in that a policy may ask: school, policy,
 * what the person is, what the time is by the timetable, and what was declared.
 *
 * Read first: action_int.h. Used by "May I?" and "Check" (web/page_mine.c), and by programs.
 * What must hold: nothing here is guessed. A fact is given only when the records say it.
 */
#include "actions/table_int.h"
#include "calendar/london.h"
#include "identity/sign_in.h"
#include "records/organisation.h"
#include "records/people.h"
#include "store/statement.h"

/* Facts of the shared vocabulary that the records can speak of. */
#define FACT_PERSON "person"
#define FACT_TIME "time"
#define TIME_OUTSIDE "outside-hours"

static const struct action_column fact_columns[] = {
    {STR_INIT("fact"), STR_INIT("Fact"), ACTION_CELL_TEXT},
    {STR_INIT("value"), STR_INIT("Value"), ACTION_CELL_TEXT},
    {STR_INIT("source"), STR_INIT("Where it is known from"), ACTION_CELL_TEXT},
};
static const struct action_column declared_columns[] = {
    {STR_INIT("kind"), STR_INIT("Declared"), ACTION_CELL_TEXT},
    {STR_INIT("ofWhom"), STR_INIT("Of whom"), ACTION_CELL_TEXT},
    {STR_INIT("means"), STR_INIT("What a policy asks"), ACTION_CELL_TEXT},
};

static const struct action_column name_columns[] = {
    {STR_INIT("kind"), STR_INIT("Kind"), ACTION_CELL_TEXT},
    {STR_INIT("word"), STR_INIT("Word"), ACTION_CELL_TEXT},
};

static const struct action_field fields[] = {
    {.name = STR_INIT("at"),
     .label = STR_INIT("At which of your schools"),
     .hint = STR_INIT("When you are at more than one"),
     .kind = ACTION_ROW,
     .is_hidden = true},
};

static bool is_current(const struct engagements_row *row, struct civil_date today)
{
    return (!store_date_is_given(row->starts_on) ||
            civil_date_compare(row->starts_on, today) <= 0) &&
           (!store_date_is_given(row->ends_on) || civil_date_compare(row->ends_on, today) >= 0);
}

static void add_fact(struct action_call *call, struct action_list *list, const char *fact,
                     struct action_cell value, const char *source)
{
    struct action_cell *cells = action_row(call, list);
    cells[0].text = str_from(fact);
    cells[1] = value;
    cells[2].text = str_from(source);
}

/* The school that is meant: that of `at`, or the first that has a policy, or the first. */
static const struct engagements_row *school_of_call(const struct action_call *call,
                                                    const struct engagements_rows *rows)
{
    const struct engagements_row *first = NULL;
    int64_t wanted = action_number(call, "at");
    for (size_t i = 0; i < rows->count; i++) {
        const struct engagements_row *row = &rows->at[i];
        if (is_current(row, call->today) &&
            (wanted == 0 ? first == NULL : row->school.value == wanted)) {
            first = row;
        }
    }
    return first;
}

/* Whether today is a day on which the school's timetable holds; without terms it always does. */
MUST_USE static struct result is_school_day(struct action_call *call, struct school_id school,
                                            struct civil_date date, bool *out)
{
    struct school_periods_rows rows;
    bool has_terms = false, is_in_term = false, is_shut = false;
    TRY(school_periods(call->transaction,
                       (struct school_periods_in){school, date, ACTION_PAGE_ROWS}, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        bool is_term = str_equal(rows.at[i].kind, STR("term"));
        bool is_on = civil_date_compare(rows.at[i].first_on, date) <= 0;
        has_terms |= is_term;
        is_in_term |= is_on && is_term;
        is_shut |= is_on && (str_equal(rows.at[i].kind, STR("half-term")) ||
                             str_equal(rows.at[i].kind, STR("closure")));
    }
    *out = !is_shut && (is_in_term || !has_terms);
    return RESULT_OK;
}

/* By the timetable of the school and of this person; nothing is said where there is none. */
MUST_USE static struct result add_times(struct action_call *call, struct school_id school,
                                        struct action_list *list)
{
    struct london_time now = london_time_of(store_now(call->transaction));
    struct slots_rows all;
    bool is_on = false;
    TRY(slots(call->transaction, (struct slots_in){school}, &all));
    if (all.count == 0) {
        return RESULT_OK;
    }
    TRY(is_school_day(call, school, now.date, &is_on));
    struct slots_of_moment_rows kinds = {0};
    if (is_on) {
        TRY(slots_of_moment(call->transaction,
                            (struct slots_of_moment_in){school, call->actor,
                                                        civil_date_weekday(now.date), now.minute},
                            &kinds));
    }
    for (size_t i = 0; i < kinds.count; i++) {
        add_fact(call, list, FACT_TIME,
                 action_cell_word(call, ACTION_WORDS_TIMES, kinds.at[i].kind),
                 "the timetable of your school");
    }
    if (kinds.count == 0) {
        add_fact(call, list, FACT_TIME,
                 action_cell_word(call, ACTION_WORDS_TIMES, STR(TIME_OUTSIDE)),
                 "the timetable of your school");
    }
    return RESULT_OK;
}

MUST_USE static struct result add_declared(struct action_call *call)
{
    struct relationships_rows rows;
    TRY(relationships(call->transaction, (struct relationships_in){call->actor}, &rows));
    struct action_list *list =
        action_list(call, "declared", "What you have declared", declared_columns,
                    ACTION_COUNT_OF(declared_columns), "Nothing.");
    for (size_t i = 0; i < rows.count; i++) {
        struct action_cell *cells = action_row(call, list);
        cells[0] = action_cell_word(call, ACTION_WORDS_RELATIONSHIPS, rows.at[i].kind);
        cells[1] = (struct action_cell){.text = rows.at[i].of_whom,
                                        .value = store_id_format(call->arena, rows.at[i].id.value)};
        cells[2].text = action_word_means(call, ACTION_WORDS_RELATIONSHIPS, rows.at[i].kind);
    }
    return RESULT_OK;
}

static void add_name(struct action_call *call, struct action_list *list, struct str kind,
                     struct str word)
{
    struct action_cell *cells = action_row(call, list);
    cells[0] = action_cell_choice(action_school_words, action_school_word_count, kind);
    cells[1].text = word;
}

/* How people write of the school: what "Check" looks for in a draft. */
MUST_USE static struct result add_names(struct action_call *call, struct school_id school,
                                        struct str name)
{
    struct school_words_rows words;
    TRY(school_words(call->transaction, (struct school_words_in){school}, &words));
    struct action_list *list = action_list(call, "names", "What your school is called",
                                           name_columns, ACTION_COUNT_OF(name_columns), "");
    add_name(call, list, STR("name"), name);
    for (size_t i = 0; i < words.count; i++) {
        add_name(call, list, words.at[i].kind, words.at[i].word);
    }
    return RESULT_OK;
}

MUST_USE static struct result facts(struct action_call *call)
{
    struct engagements_rows rows;
    TRY(engagements(call->transaction, (struct engagements_in){call->actor}, &rows));
    const struct engagements_row *here = school_of_call(call, &rows);
    struct str school_name = {0};
    if (here) {
        struct school_of_row school;
        bool is_there = false;
        TRY(school_of(call->transaction, (struct school_of_in){here->school}, &is_there, &school));
        school_name = school.name;
        action_say_link(call, "school", "School", school.name, "school.see", "school",
                        school.id.value);
        action_say_cell(call, "policy", "Policy",
                        action_cell_word(call, ACTION_WORDS_POLICIES, school.policy));
    }
    struct action_list *list = action_list(call, "facts", "What is known of you", fact_columns,
                                           ACTION_COUNT_OF(fact_columns), "Nothing yet.");
    for (size_t i = 0; here && i < rows.count; i++) {
        if (rows.at[i].school.value == here->school.value && is_current(&rows.at[i], call->today)) {
            add_fact(call, list, FACT_PERSON,
                     action_cell_word(call, ACTION_WORDS_KINDS, rows.at[i].kind),
                     "your school's list of people");
        }
    }
    if (here) {
        TRY(add_times(call, here->school, list));
        TRY(add_names(call, here->school, school_name));
    }
    TRY(add_declared(call));
    action_offer(call, &action_relationship_declare, "person", call->actor.value, NULL, 0);
    return RESULT_OK;
}

const struct action action_me_facts = {
    .number = 55,
    .name = STR_INIT("me.facts"),
    .title = STR_INIT("What a policy need not ask you"),
    .help = STR_INIT("Handrail knows this from your school, and uses it when you ask."),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_SELF,
    .fields = fields,
    .field_count = ACTION_COUNT_OF(fields),
    .run = facts,
};
