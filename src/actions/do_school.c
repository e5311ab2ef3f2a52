/*
 * actions/do_school.c - schools: list, see, add, change; their names, settings, terms and days.
 *
 * Read first: action_int.h; records/organisation.sql.
 */
#include "actions/table_int.h"
#include "records/organisation.h"
#include "records/people.h"
#include "store/statement.h"

const struct action_choice action_nations[ACTION_NATIONS] = {
    {STR_INIT("england"), STR_INIT("England")},
    {STR_INIT("wales"), STR_INIT("Wales")},
    {STR_INIT("scotland"), STR_INIT("Scotland")},
    {STR_INIT("northern-ireland"), STR_INIT("Northern Ireland")},
};

const struct action_choice action_school_words[] = {
    {STR_INIT("name"), STR_INIT("Another name")},
    {STR_INIT("abbreviation"), STR_INIT("Abbreviation")},
    {STR_INIT("account"), STR_INIT("Name of an official account")},
    {STR_INIT("domain"), STR_INIT("Domain of work e-mail")},
};
const size_t action_school_word_count = ACTION_COUNT_OF(action_school_words);

static const struct action_choice period_kinds[] = {
    {STR_INIT("term"), STR_INIT("Term")},
    {STR_INIT("half-term"), STR_INIT("Half-term")},
    {STR_INIT("inset"), STR_INIT("Training day (INSET)")},
    {STR_INIT("closure"), STR_INIT("Closed")},
};

/* ---- List and see ---------------------------------------------------------------------------- */

static const struct action_column list_columns[] = {
    {STR_INIT("name"), STR_INIT("School"), ACTION_CELL_TEXT},
    {STR_INIT("code"), STR_INIT("Code"), ACTION_CELL_TEXT},
    {STR_INIT("policy"), STR_INIT("Policy"), ACTION_CELL_TEXT},
    {STR_INIT("people"), STR_INIT("People"), ACTION_CELL_NUMBER},
};

static const struct action_field list_fields[] = {
    {.name = STR_INIT("after"),
     .label = STR_INIT("After"),
     .kind = ACTION_SCHOOL,
     .is_hidden = true},
};

MUST_USE static struct result list(struct action_call *call)
{
    struct school_id after = action_school(call, "after");
    struct schools_after_in in = {.most = ACTION_PAGE_ROWS + 1};
    if (after.value) {
        struct school_of_row last;
        bool is_there = false;
        TRY(school_of(call->transaction, (struct school_of_in){after}, &is_there, &last));
        in.name = last.name;
        in.id = after;
    }
    struct schools_after_rows rows;
    TRY(schools_after(call->transaction, in, &rows));
    struct action_list *shown =
        action_list(call, "schools", "Schools", list_columns, ACTION_COUNT_OF(list_columns),
                    "There are no schools yet.");
    for (size_t i = 0; i < rows.count && i < ACTION_PAGE_ROWS; i++) {
        const struct schools_after_row *row = &rows.at[i];
        struct action_cell *cells = action_row(call, shown);
        cells[0] = action_cell_link(call, row->name, "school.see", "school", row->id.value);
        cells[1].text = row->code;
        cells[2] = action_cell_word(call, ACTION_WORDS_POLICIES, row->policy);
        cells[3] = action_cell_number(call, row->people);
    }
    if (rows.count > ACTION_PAGE_ROWS) {
        call->outcome->answer.next =
            store_id_format(call->arena, rows.at[ACTION_PAGE_ROWS - 1].id.value);
    }
    action_offer(call, &action_school_add, NULL, 0, NULL, 0);
    return RESULT_OK;
}

const struct action action_school_list = {
    .number = 30,
    .name = STR_INIT("school.list"),
    .title = STR_INIT("Schools"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_TRUST,
    .fields = list_fields,
    .field_count = ACTION_COUNT_OF(list_fields),
    .run = list,
};

static const struct action_choice weekdays[] = {
    {STR_INIT("0"), STR_INIT("Monday")},    {STR_INIT("1"), STR_INIT("Tuesday")},
    {STR_INIT("2"), STR_INIT("Wednesday")}, {STR_INIT("3"), STR_INIT("Thursday")},
    {STR_INIT("4"), STR_INIT("Friday")},    {STR_INIT("5"), STR_INIT("Saturday")},
    {STR_INIT("6"), STR_INIT("Sunday")},
};

static const struct action_field see_fields[] = {ACTION_SCHOOL_FIELD(true)};

static const struct action_column word_columns[] = {
    {STR_INIT("kind"), STR_INIT("Kind"), ACTION_CELL_TEXT},
    {STR_INIT("word"), STR_INIT("Words"), ACTION_CELL_TEXT},
    {STR_INIT("change"), STR_INIT("Change"), ACTION_CELL_TEXT},
};
static const struct action_column setting_columns[] = {
    {STR_INIT("name"), STR_INIT("Setting"), ACTION_CELL_TEXT},
    {STR_INIT("setting"), STR_INIT("Value"), ACTION_CELL_TEXT},
};
static const struct action_column period_columns[] = {
    {STR_INIT("name"), STR_INIT("Name"), ACTION_CELL_TEXT},
    {STR_INIT("kind"), STR_INIT("Kind"), ACTION_CELL_TEXT},
    {STR_INIT("first"), STR_INIT("First day"), ACTION_CELL_TEXT},
    {STR_INIT("last"), STR_INIT("Last day"), ACTION_CELL_TEXT},
    {STR_INIT("change"), STR_INIT("Change"), ACTION_CELL_TEXT},
};
static const struct action_column slot_columns[] = {
    {STR_INIT("day"), STR_INIT("Day"), ACTION_CELL_TEXT},
    {STR_INIT("from"), STR_INIT("From"), ACTION_CELL_TEXT},
    {STR_INIT("to"), STR_INIT("To"), ACTION_CELL_TEXT},
    {STR_INIT("kind"), STR_INIT("What it is"), ACTION_CELL_TEXT},
    {STR_INIT("change"), STR_INIT("Change"), ACTION_CELL_TEXT},
};
static const struct action_column role_columns[] = {
    {STR_INIT("role"), STR_INIT("Role"), ACTION_CELL_TEXT},
    {STR_INIT("holder"), STR_INIT("Who"), ACTION_CELL_TEXT},
};

MUST_USE static struct result see_words(struct action_call *call)
{
    struct school_words_rows words;
    TRY(school_words(call->transaction, (struct school_words_in){call->school}, &words));
    struct action_list *shown =
        action_list(call, "words", "Names, abbreviations, accounts and mail domains", word_columns,
                    ACTION_COUNT_OF(word_columns), "None yet.");
    for (size_t i = 0; i < words.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0] = action_cell_choice(action_school_words, ACTION_COUNT_OF(action_school_words),
                                      words.at[i].kind);
        cells[1].text = words.at[i].word;
        cells[2] = action_cell_row(call, "Take it away", &action_school_word_remove, "school",
                                   call->school.value, words.at[i].id);
    }
    struct school_settings_rows settings;
    TRY(school_settings(call->transaction, (struct school_settings_in){call->school}, &settings));
    shown = action_list(call, "settings", "Settings of the policy", setting_columns,
                        ACTION_COUNT_OF(setting_columns), "All are as the policy has them.");
    for (size_t i = 0; i < settings.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0].text = settings.at[i].name;
        cells[1].text = settings.at[i].setting;
    }
    return RESULT_OK;
}

static struct str time_words(struct arena *arena, int64_t minute)
{
    return str_format(arena, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

MUST_USE static struct result see_slots(struct action_call *call)
{
    struct slots_of_everybody_rows rows;
    TRY(slots_of_everybody(call->transaction, (struct slots_of_everybody_in){call->school}, &rows));
    struct action_list *shown =
        action_list(call, "slots", "The day", slot_columns, ACTION_COUNT_OF(slot_columns),
                    "No parts of the day yet: so nothing is known of the time when somebody asks.");
    for (size_t i = 0; i < rows.count; i++) {
        const struct slots_of_everybody_row *row = &rows.at[i];
        struct action_cell *cells = action_row(call, shown);
        cells[0].text = weekdays[row->weekday].label;
        cells[1].text = time_words(call->arena, row->starts_at);
        cells[2].text = time_words(call->arena, row->ends_at);
        cells[3] = action_cell_word(call, ACTION_WORDS_TIMES, row->kind);
        cells[4] = action_cell_row(call, "Take it away", &action_school_slot_remove, "school",
                                   call->school.value, row->id);
    }
    return RESULT_OK;
}

MUST_USE static struct result see_days(struct action_call *call)
{
    struct school_periods_rows periods;
    TRY(school_periods(call->transaction,
                       (struct school_periods_in){call->school, call->today, ACTION_PAGE_ROWS},
                       &periods));
    struct action_list *shown =
        action_list(call, "periods", "Terms and training days", period_columns,
                    ACTION_COUNT_OF(period_columns), "None from today on.");
    for (size_t i = 0; i < periods.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0].text = periods.at[i].name;
        cells[1] =
            action_cell_choice(period_kinds, ACTION_COUNT_OF(period_kinds), periods.at[i].kind);
        cells[2] = action_cell_date(call, periods.at[i].first_on);
        cells[3] = action_cell_date(call, periods.at[i].last_on);
        cells[4] = action_cell_row(call, "Take it away", &action_school_period_remove, "school",
                                   call->school.value, periods.at[i].id);
    }
    TRY(see_slots(call));
    struct roles_of_school_rows roles;
    TRY(roles_of_school(call->transaction, (struct roles_of_school_in){call->school, call->today},
                        &roles));
    shown = action_list(call, "roles", "Who has which role", role_columns,
                        ACTION_COUNT_OF(role_columns), "Nobody has a role here yet.");
    for (size_t i = 0; i < roles.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0] = action_cell_word(call, ACTION_WORDS_ROLES, roles.at[i].role);
        cells[1] = action_cell_link(call, roles.at[i].name, "person.see", "person",
                                    roles.at[i].person.value);
    }
    return RESULT_OK;
}

MUST_USE static struct result see(struct action_call *call)
{
    struct school_of_row row;
    bool is_there = false;
    TRY(school_of(call->transaction, (struct school_of_in){call->school}, &is_there, &row));
    if (!is_there) {
        return result_fail(RESULT_CODE_MISSING, "there is no such school", (struct str){0});
    }
    call->outcome->answer.title = row.name;
    action_say(call, "name", "Name", row.name);
    action_say(call, "code", "Code", row.code);
    action_say_cell(call, "nation", "Nation",
                    action_cell_choice(action_nations, ACTION_NATIONS, row.nation));
    action_say_cell(call, "policy", "Policy",
                    action_cell_word(call, ACTION_WORDS_POLICIES, row.policy));
    action_say_date(call, "adoptedOn", "Adopted on", row.adopted_on);
    action_say_date(call, "closedOn", "Closed on", row.closed_on);
    TRY(see_words(call));
    TRY(see_days(call));
    action_offer(call, &action_person_list, "school", row.id.value, NULL, 0);
    action_offer(call, &action_school_change, "school", row.id.value, NULL, 0);
    action_offer(call, &action_school_word_add, "school", row.id.value, NULL, 0);
    action_offer(call, &action_school_setting, "school", row.id.value, NULL, 0);
    action_offer(call, &action_school_period_add, "school", row.id.value, NULL, 0);
    action_offer(call, &action_school_slot_add, "school", row.id.value, NULL, 0);
    return RESULT_OK;
}

const struct action action_school_see = {
    .number = 31,
    .name = STR_INIT("school.see"),
    .title = STR_INIT("A school"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_SCHOOL,
    .fields = see_fields,
    .field_count = ACTION_COUNT_OF(see_fields),
    .run = see,
};

/* ---- Add and change -------------------------------------------------------------------------- */

#define SCHOOL_FIELDS                                                                              \
    {.name = STR_INIT("name"), .label = STR_INIT("Name of the school"), .is_required = true},      \
        {.name = STR_INIT("code"),                                                                 \
         .label = STR_INIT("Code"),                                                                \
         .hint = STR_INIT("What your staff system calls it, such as its number"),                  \
         .bytes_max = 40,                                                                          \
         .is_required = true},                                                                     \
        {.name = STR_INIT("nation"),                                                               \
         .label = STR_INIT("Nation"),                                                              \
         .kind = ACTION_CHOICE,                                                                    \
         .choices = action_nations,                                                                \
         .choice_count = ACTION_NATIONS,                                                           \
         .is_required = true},                                                                     \
        {.name = STR_INIT("policy"),                                                               \
         .label = STR_INIT("Policy"),                                                              \
         .hint = STR_INIT("The one that it has adopted; leave it out if there is none yet"),       \
         .kind = ACTION_CHOICE,                                                                    \
         .words = ACTION_WORDS_POLICIES},                                                          \
    {                                                                                              \
        .name = STR_INIT("adopted"), .label = STR_INIT("Adopted on"), .kind = ACTION_DATE          \
    }

static const struct action_field add_fields[] = {SCHOOL_FIELDS};

/* A code that another school has is said beside its field. */
MUST_USE static struct result check_code(struct action_call *call)
{
    struct school_by_code_row other;
    bool is_there = false;
    TRY(school_by_code(call->transaction, (struct school_by_code_in){action_text(call, "code")},
                       &is_there, &other));
    if (is_there && other.id.value != call->school.value) {
        action_error(call, "code",
                     str_format(call->arena, "Code: " STR_FMT " has this code already",
                                STR_ARG(other.name)));
    }
    return RESULT_OK;
}

MUST_USE static struct result add(struct action_call *call)
{
    TRY(check_code(call));
    if (action_has_errors(call)) {
        return RESULT_OK;
    }
    call->school.value = store_id(call->transaction);
    size_t changed = 0;
    return school_add(call->transaction,
                      (struct school_add_in){.id = call->school,
                                             .code = action_text(call, "code"),
                                             .name = action_text(call, "name"),
                                             .nation = action_text(call, "nation"),
                                             .policy = action_text(call, "policy"),
                                             .adopted_on = action_date(call, "adopted")},
                      &changed);
}

const struct action action_school_add = {
    .number = 32,
    .name = STR_INIT("school.add"),
    .title = STR_INIT("Add a school"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .fields = add_fields,
    .field_count = ACTION_COUNT_OF(add_fields),
    .run = add,
    .after = STR_INIT("school.see"),
};

static const struct action_field change_fields[] = {
    ACTION_SCHOOL_FIELD(true),
    SCHOOL_FIELDS,
    {.name = STR_INIT("closed"), .label = STR_INIT("Closed on"), .kind = ACTION_DATE},
    {.name = STR_INIT("revision"),
     .label = STR_INIT("Revision"),
     .kind = ACTION_REVISION,
     .is_required = true,
     .is_hidden = true},
};

MUST_USE static struct result change(struct action_call *call)
{
    TRY(check_code(call));
    if (action_has_errors(call)) {
        return RESULT_OK;
    }
    size_t changed = 0;
    TRY(school_change(call->transaction,
                      (struct school_change_in){.id = call->school,
                                                .code = action_text(call, "code"),
                                                .name = action_text(call, "name"),
                                                .nation = action_text(call, "nation"),
                                                .policy = action_text(call, "policy"),
                                                .adopted_on = action_date(call, "adopted"),
                                                .closed_on = action_date(call, "closed"),
                                                .revision = action_number(call, "revision")},
                      &changed));
    return action_changed(call, changed);
}

MUST_USE static struct result change_fill(struct action_call *call)
{
    struct school_of_row row;
    bool is_there = false;
    TRY(school_of(call->transaction, (struct school_of_in){call->school}, &is_there, &row));
    action_begin_with(call, "name", row.name);
    action_begin_with(call, "code", row.code);
    action_begin_with(call, "nation", row.nation);
    action_begin_with(call, "policy", row.policy);
    action_begin_with(call, "adopted", action_date_text(call->arena, row.adopted_on));
    action_begin_with(call, "closed", action_date_text(call->arena, row.closed_on));
    action_begin_with(call, "revision", str_format(call->arena, "%lld", (long long)row.revision));
    return RESULT_OK;
}

const struct action action_school_change = {
    .number = 33,
    .name = STR_INIT("school.change"),
    .title = STR_INIT("Change what is said of the school"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOL,
    .fields = change_fields,
    .field_count = ACTION_COUNT_OF(change_fields),
    .run = change,
    .fill = change_fill,
    .after = STR_INIT("school.see"),
};

/* ---- Names, settings, days ------------------------------------------------------------------- */

static const struct action_field word_fields[] = {
    ACTION_SCHOOL_FIELD(true),
    {.name = STR_INIT("kind"),
     .label = STR_INIT("What it is"),
     .kind = ACTION_CHOICE,
     .choices = action_school_words,
     .choice_count = ACTION_COUNT_OF(action_school_words),
     .is_required = true},
    {.name = STR_INIT("word"), .label = STR_INIT("Words"), .is_required = true},
};

MUST_USE static struct result word_add(struct action_call *call)
{
    size_t changed = 0;
    return school_word_add(call->transaction,
                           (struct school_word_add_in){.id = {store_id(call->transaction)},
                                                       .school = call->school,
                                                       .kind = action_text(call, "kind"),
                                                       .word = action_text(call, "word")},
                           &changed);
}

const struct action action_school_word_add = {
    .number = 34,
    .name = STR_INIT("school.word-add"),
    .title = STR_INIT("Add a name, abbreviation, account or mail domain"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOL,
    .fields = word_fields,
    .field_count = ACTION_COUNT_OF(word_fields),
    .run = word_add,
    .after = STR_INIT("school.see"),
};

static const struct action_field row_fields[] = {ACTION_SCHOOL_FIELD(true), ACTION_ROW_FIELD};

MUST_USE static struct result word_remove(struct action_call *call)
{
    size_t changed = 0;
    TRY(school_word_remove(
        call->transaction,
        (struct school_word_remove_in){{action_number(call, "row")}, call->school}, &changed));
    return action_changed(call, changed);
}

const struct action action_school_word_remove = {
    .number = 35,
    .name = STR_INIT("school.word-remove"),
    .title = STR_INIT("Take a name, abbreviation, account or mail domain away"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOL,
    .fields = row_fields,
    .field_count = ACTION_COUNT_OF(row_fields),
    .run = word_remove,
    .after = STR_INIT("school.see"),
};

static const struct action_field setting_fields[] = {
    ACTION_SCHOOL_FIELD(true),
    {.name = STR_INIT("name"),
     .label = STR_INIT("Setting"),
     .hint = STR_INIT("Its name in the policy"),
     .is_required = true},
    {.name = STR_INIT("setting"),
     .label = STR_INIT("Value"),
     .hint = STR_INIT("Leave it empty to return to the policy's own")},
};

MUST_USE static struct result setting(struct action_call *call)
{
    struct str name = action_text(call, "name"), value = action_text(call, "setting");
    size_t changed = 0;
    if (str_is_empty(value)) {
        TRY(school_setting_remove(call->transaction,
                                  (struct school_setting_remove_in){call->school, name}, &changed));
        return action_changed(call, changed);
    }
    return school_setting_put(call->transaction,
                              (struct school_setting_put_in){call->school, name, value});
}

const struct action action_school_setting = {
    .number = 36,
    .name = STR_INIT("school.setting"),
    .title = STR_INIT("Set a setting of the policy"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOL,
    .fields = setting_fields,
    .field_count = ACTION_COUNT_OF(setting_fields),
    .run = setting,
    .after = STR_INIT("school.see"),
};

static const struct action_field period_fields[] = {
    ACTION_SCHOOL_FIELD(true),
    {.name = STR_INIT("kind"),
     .label = STR_INIT("What it is"),
     .kind = ACTION_CHOICE,
     .choices = period_kinds,
     .choice_count = ACTION_COUNT_OF(period_kinds),
     .is_required = true},
    {.name = STR_INIT("name"), .label = STR_INIT("Name"), .is_required = true},
    {.name = STR_INIT("first"),
     .label = STR_INIT("First day"),
     .kind = ACTION_DATE,
     .is_required = true},
    {.name = STR_INIT("last"),
     .label = STR_INIT("Last day"),
     .kind = ACTION_DATE,
     .is_required = true},
};

MUST_USE static struct result period_add(struct action_call *call)
{
    struct civil_date first = action_date(call, "first"), last = action_date(call, "last");
    if (civil_date_compare(last, first) < 0) {
        action_error(call, "last", STR("Last day: it cannot come before the first day"));
        return RESULT_OK;
    }
    size_t changed = 0;
    return school_period_add(call->transaction,
                             (struct school_period_add_in){.id = {store_id(call->transaction)},
                                                           .school = call->school,
                                                           .kind = action_text(call, "kind"),
                                                           .name = action_text(call, "name"),
                                                           .first_on = first,
                                                           .last_on = last},
                             &changed);
}

const struct action action_school_period_add = {
    .number = 37,
    .name = STR_INIT("school.period-add"),
    .title = STR_INIT("Add a term or training days"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOL,
    .fields = period_fields,
    .field_count = ACTION_COUNT_OF(period_fields),
    .run = period_add,
    .after = STR_INIT("school.see"),
};

MUST_USE static struct result period_remove(struct action_call *call)
{
    size_t changed = 0;
    TRY(school_period_remove(
        call->transaction,
        (struct school_period_remove_in){{action_number(call, "row")}, call->school}, &changed));
    return action_changed(call, changed);
}

const struct action action_school_period_remove = {
    .number = 38,
    .name = STR_INIT("school.period-remove"),
    .title = STR_INIT("Take a term or training days away"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOL,
    .fields = row_fields,
    .field_count = ACTION_COUNT_OF(row_fields),
    .run = period_remove,
    .after = STR_INIT("school.see"),
};

static const struct action_field slot_fields[] = {
    ACTION_SCHOOL_FIELD(true),
    {.name = STR_INIT("kind"),
     .label = STR_INIT("What it is"),
     .kind = ACTION_CHOICE,
     .words = ACTION_WORDS_TIMES,
     .is_required = true},
    {.name = STR_INIT("weekday"),
     .label = STR_INIT("Day"),
     .kind = ACTION_CHOICE,
     .choices = weekdays,
     .choice_count = ACTION_COUNT_OF(weekdays),
     .is_required = true},
    {.name = STR_INIT("from"), .label = STR_INIT("From"), .kind = ACTION_TIME, .is_required = true},
    {.name = STR_INIT("to"), .label = STR_INIT("To"), .kind = ACTION_TIME, .is_required = true},
    {.name = STR_INIT("whose"),
     .label = STR_INIT("Whose"),
     .hint = STR_INIT("Leave it out when it is so for everybody"),
     .kind = ACTION_PERSON},
};

MUST_USE static struct result slot_add_run(struct action_call *call)
{
    int64_t weekday = 0;
    if (!str_to_int(action_text(call, "weekday"), &weekday) ||
        action_number(call, "to") <= action_number(call, "from")) {
        action_error(call, "to", STR("To: it must come after the beginning"));
        return RESULT_OK;
    }
    size_t changed = 0;
    return slot_add(call->transaction,
                    (struct slot_add_in){.id = {store_id(call->transaction)},
                                         .school = call->school,
                                         .person = action_person(call, "whose"),
                                         .weekday = weekday,
                                         .starts_at = action_number(call, "from"),
                                         .ends_at = action_number(call, "to"),
                                         .kind = action_text(call, "kind")},
                    &changed);
}

const struct action action_school_slot_add = {
    .number = 39,
    .name = STR_INIT("school.slot-add"),
    .title = STR_INIT("Add a part of the day"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOL,
    .fields = slot_fields,
    .field_count = ACTION_COUNT_OF(slot_fields),
    .run = slot_add_run,
    .after = STR_INIT("school.see"),
};

MUST_USE static struct result slot_remove_run(struct action_call *call)
{
    size_t changed = 0;
    TRY(slot_remove(call->transaction,
                    (struct slot_remove_in){{action_number(call, "row")}, call->school}, &changed));
    return action_changed(call, changed);
}

const struct action action_school_slot_remove = {
    .number = 40,
    .name = STR_INIT("school.slot-remove"),
    .title = STR_INIT("Take a part of the day away"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOL,
    .fields = row_fields,
    .field_count = ACTION_COUNT_OF(row_fields),
    .run = slot_remove_run,
    .after = STR_INIT("school.see"),
};
