/*
 * actions/do_person.c - people: list, see, add, change.
 *
 * Read first: action_int.h; records/people.sql. What belongs to a person is in do_person_more.c.
 */
#include "actions/import_int.h"
#include "actions/name.h"
#include "actions/table_int.h"
#include "records/organisation.h"
#include "records/people.h"
#include "store/statement.h"

/* Holds that are offered to be lifted on the page of a person. */
#define HOLDS_OFFERED_MAX 5

/* ---- List ------------------------------------------------------------------------------------ */

static const struct action_column list_columns[] = {
    {STR_INIT("name"), STR_INIT("Name"), ACTION_CELL_TEXT},
    {STR_INIT("email"), STR_INIT("E-mail"), ACTION_CELL_TEXT},
    {STR_INIT("leftOn"), STR_INIT("Left on"), ACTION_CELL_TEXT},
};

static const struct action_field list_fields[] = {
    {.name = STR_INIT("school"), .label = STR_INIT("School"), .kind = ACTION_SCHOOL},
    {.name = STR_INIT("named"),
     .label = STR_INIT("Family name"),
     .hint = STR_INIT("Its first letters will do"),
     .bytes_max = NAME_BYTES_MAX},
    {.name = STR_INIT("after"),
     .label = STR_INIT("After"),
     .kind = ACTION_PERSON,
     .is_hidden = true},
};

struct page_place {
    struct str sort_name;
    struct person_id id;
};

MUST_USE static struct result page_begin(struct action_call *call, struct page_place *place)
{
    *place = (struct page_place){.id = action_person(call, "after")};
    if (place->id.value) {
        struct person_of_row last;
        bool is_there = false;
        TRY(person_of(call->transaction, (struct person_of_in){place->id}, &is_there, &last));
        place->sort_name = last.sort_name;
    }
    return RESULT_OK;
}

/* The four statements have rows of one form. */
_Static_assert(sizeof(struct people_after_row) == sizeof(struct people_of_school_named_row),
               "rows of people are alike");

MUST_USE static struct result page_read(struct action_call *call,
                                        struct people_of_school_named_rows *rows)
{
    struct page_place place;
    TRY(page_begin(call, &place));
    struct str begins = name_fold(call->arena, action_text(call, "named"));
    struct str ends = name_end(call->arena, begins);
    int64_t most = ACTION_PAGE_ROWS + 1;
    struct store_transaction *transaction = call->transaction;
    if (call->school.value && begins.len > 0) {
        return people_of_school_named(transaction,
                                      (struct people_of_school_named_in){call->school, begins, ends,
                                                                         place.sort_name, place.id,
                                                                         most},
                                      rows);
    }
    if (call->school.value) {
        return people_of_school(
            transaction,
            (struct people_of_school_in){call->school, place.sort_name, place.id, most},
            (struct people_of_school_rows *)rows);
    }
    if (begins.len > 0) {
        return people_named(transaction,
                            (struct people_named_in){begins, ends, place.sort_name, place.id, most},
                            (struct people_named_rows *)rows);
    }
    return people_after(transaction, (struct people_after_in){place.sort_name, place.id, most},
                        (struct people_after_rows *)rows);
}

MUST_USE static struct result list(struct action_call *call)
{
    struct people_of_school_named_rows rows;
    TRY(page_read(call, &rows));
    bool is_search = !str_is_empty(action_text(call, "named"));
    struct action_list *shown = action_list(
        call, "people", "People", list_columns, ACTION_COUNT_OF(list_columns),
        is_search ? "Nobody's family name begins like this." : "There is nobody here yet.");
    for (size_t i = 0; i < rows.count && i < ACTION_PAGE_ROWS; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0] =
            action_cell_link(call, rows.at[i].name, "person.see", "person", rows.at[i].id.value);
        cells[1].text = rows.at[i].email;
        cells[2] = action_cell_date(call, rows.at[i].left_on);
    }
    if (rows.count > ACTION_PAGE_ROWS) {
        call->outcome->answer.next =
            store_id_format(call->arena, rows.at[ACTION_PAGE_ROWS - 1].id.value);
    }
    action_offer(call, &action_person_add, call->school.value ? "school" : NULL, call->school.value,
                 NULL, 0);
    return RESULT_OK;
}

const struct action action_person_list = {
    .number = 50,
    .name = STR_INIT("person.list"),
    .title = STR_INIT("People"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_SCHOOL,
    .fields = list_fields,
    .field_count = ACTION_COUNT_OF(list_fields),
    .run = list,
};

/* ---- See ------------------------------------------------------------------------------------- */

static const struct action_field see_fields[] = {ACTION_PERSON_FIELD};

static const struct action_column engagement_columns[] = {
    {STR_INIT("school"), STR_INIT("School"), ACTION_CELL_TEXT},
    {STR_INIT("kind"), STR_INIT("As"), ACTION_CELL_TEXT},
    {STR_INIT("jobTitle"), STR_INIT("Job"), ACTION_CELL_TEXT},
    {STR_INIT("startsOn"), STR_INIT("From"), ACTION_CELL_TEXT},
    {STR_INIT("endsOn"), STR_INIT("To"), ACTION_CELL_TEXT},
};
static const struct action_column role_columns[] = {
    {STR_INIT("role"), STR_INIT("Role"), ACTION_CELL_TEXT},
    {STR_INIT("school"), STR_INIT("For"), ACTION_CELL_TEXT},
    {STR_INIT("startsOn"), STR_INIT("From"), ACTION_CELL_TEXT},
    {STR_INIT("endsOn"), STR_INIT("To"), ACTION_CELL_TEXT},
    {STR_INIT("deputyOf"), STR_INIT("Stands in for"), ACTION_CELL_TEXT},
    {STR_INIT("end"), STR_INIT("Change"), ACTION_CELL_TEXT},
};
static const struct action_column relationship_columns[] = {
    {STR_INIT("kind"), STR_INIT("Declared"), ACTION_CELL_TEXT},
    {STR_INIT("ofWhom"), STR_INIT("Of whom"), ACTION_CELL_TEXT},
    {STR_INIT("change"), STR_INIT("Change"), ACTION_CELL_TEXT},
};
static const struct action_column adjustment_columns[] = {
    {STR_INIT("words"), STR_INIT("Adjustment"), ACTION_CELL_TEXT},
    {STR_INIT("agreedBy"), STR_INIT("Agreed by"), ACTION_CELL_TEXT},
    {STR_INIT("agreedOn"), STR_INIT("On"), ACTION_CELL_TEXT},
    {STR_INIT("reviewOn"), STR_INIT("To be looked at again on"), ACTION_CELL_TEXT},
    {STR_INIT("change"), STR_INIT("Change"), ACTION_CELL_TEXT},
};

MUST_USE static struct result see_engagements(struct action_call *call)
{
    struct engagements_rows rows;
    TRY(engagements(call->transaction, (struct engagements_in){call->person}, &rows));
    struct action_list *shown =
        action_list(call, "engagements", "Where, and as what", engagement_columns,
                    ACTION_COUNT_OF(engagement_columns), "At no school.");
    for (size_t i = 0; i < rows.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0] = action_cell_link(call, rows.at[i].school_name, "school.see", "school",
                                    rows.at[i].school.value);
        cells[1] = action_cell_word(call, ACTION_WORDS_KINDS, rows.at[i].kind);
        cells[2].text = rows.at[i].job_title;
        cells[3] = action_cell_date(call, rows.at[i].starts_on);
        cells[4] = action_cell_date(call, rows.at[i].ends_on);
    }
    return RESULT_OK;
}

MUST_USE static struct result see_roles(struct action_call *call)
{
    struct roles_of_person_rows rows;
    TRY(roles_of_person(call->transaction, (struct roles_of_person_in){call->person}, &rows));
    struct action_list *shown = action_list(call, "roles", "Roles", role_columns,
                                            ACTION_COUNT_OF(role_columns), "No roles.");
    for (size_t i = 0; i < rows.count; i++) {
        const struct roles_of_person_row *row = &rows.at[i];
        struct action_cell *cells = action_row(call, shown);
        bool is_over =
            store_date_is_given(row->ends_on) && civil_date_compare(row->ends_on, call->today) < 0;
        cells[0] = action_cell_word(call, ACTION_WORDS_ROLES, row->role);
        cells[1].text = row->school.value ? row->school_name : STR("the whole trust");
        cells[2] = action_cell_date(call, row->starts_on);
        cells[3] = action_cell_date(call, row->ends_on);
        cells[4].text = row->deputy_of_name;
        if (!is_over && action_may_at(call, &action_role_end, row->school)) {
            cells[5] = action_cell_link(call, STR("End it"), "role.end", "role", row->id.value);
        }
    }
    return RESULT_OK;
}

/* What the person has told, or agreed: for the person, and those who may change it. */
MUST_USE static struct result see_declared(struct action_call *call)
{
    struct relationships_rows declared;
    TRY(relationships(call->transaction, (struct relationships_in){call->person}, &declared));
    struct action_list *shown =
        action_list(call, "relationships", "Declared", relationship_columns,
                    ACTION_COUNT_OF(relationship_columns), "Nothing declared.");
    for (size_t i = 0; i < declared.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0] = action_cell_word(call, ACTION_WORDS_RELATIONSHIPS, declared.at[i].kind);
        cells[1].text = declared.at[i].of_whom;
        cells[2] = action_cell_row(call, "End it", &action_relationship_end, "person",
                                   call->person.value, declared.at[i].id);
    }
    struct adjustments_rows agreed;
    TRY(adjustments(call->transaction, (struct adjustments_in){call->person}, &agreed));
    shown = action_list(call, "adjustments", "Adjustments", adjustment_columns,
                        ACTION_COUNT_OF(adjustment_columns), "None.");
    for (size_t i = 0; i < agreed.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0].text = agreed.at[i].words;
        cells[1].text = agreed.at[i].agreed_by_name;
        cells[2] = action_cell_date(call, agreed.at[i].agreed_on);
        cells[3] = action_cell_date(call, agreed.at[i].review_on);
        cells[4] = action_cell_row(call, "End it", &action_adjustment_end, "person",
                                   call->person.value, agreed.at[i].id);
    }
    return RESULT_OK;
}

static const struct action_column hold_columns[] = {
    {STR_INIT("why"), STR_INIT("Why"), ACTION_CELL_TEXT},
    {STR_INIT("since"), STR_INIT("Since"), ACTION_CELL_TEXT},
};

/* What keeps everything of the person, for whoever may lift it: it is not said to the person. */
MUST_USE static struct result see_holds(struct action_call *call)
{
    struct holds_rows rows;
    TRY(holds(call->transaction, (struct holds_in){call->person}, &rows));
    if (rows.count == 0 || call->person.value == call->actor.value ||
        !action_may(call, &action_hold_lift)) {
        return RESULT_OK;
    }
    struct action_list *shown =
        action_list(call, "holds", "Kept for now", hold_columns, ACTION_COUNT_OF(hold_columns), "");
    for (size_t i = 0; i < rows.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0].text = rows.at[i].why;
        cells[1] = action_cell_instant(call, rows.at[i].placed_at);
        if (i < HOLDS_OFFERED_MAX) {
            action_offer(call, &action_hold_lift, "person", call->person.value, "hold",
                         rows.at[i].id.value);
        }
    }
    return RESULT_OK;
}

static void offer_all(struct action_call *call)
{
    static const struct action *const offered[] = {
        &action_person_change,        &action_engagement_put,       &action_role_give,
        &action_manager_set,          &action_relationship_declare, &action_adjustment_agree,
        &action_hold_place,           &action_account_invite,       &action_account_link_send,
        &action_account_factor_reset, &action_account_disable,      &action_person_erase,
        &action_ledger_list};
    for (size_t i = 0; i < ACTION_COUNT_OF(offered); i++) {
        action_offer(call, offered[i], "person", call->person.value, NULL, 0);
    }
}

MUST_USE static struct result see_person(struct action_call *call)
{
    struct person_of_row row;
    bool is_there = false;
    TRY(person_of(call->transaction, (struct person_of_in){call->person}, &is_there, &row));
    if (!is_there || instant_is_given(row.erased_at)) {
        return result_fail(RESULT_CODE_MISSING, "there is nobody of this number", (struct str){0});
    }
    call->outcome->answer.title = row.name;
    action_say(call, "name", "Name", row.name);
    action_say(call, "knownAs", "Known as", row.known_as);
    action_say(call, "email", "E-mail", row.email);
    action_say(call, "reference", "Number in the staff system", row.reference);
    action_say_date(call, "joinedOn", "Joined on", row.joined_on);
    action_say_date(call, "leftOn", "Left on", row.left_on);
    struct manager_of_row manager;
    TRY(manager_of(call->transaction, (struct manager_of_in){call->person}, &is_there, &manager));
    if (is_there) {
        action_say_link(call, "manager", "Line manager", manager.name, "person.see", "person",
                        manager.manager.value);
    }
    TRY(see_engagements(call));
    TRY(see_roles(call));
    bool is_self = call->person.value == call->actor.value;
    if (is_self || action_may(call, &action_adjustment_agree)) {
        TRY(see_declared(call));
    }
    TRY(see_holds(call));
    TRY(import_show_of_person(call));
    offer_all(call);
    return RESULT_OK;
}

const struct action action_person_see = {
    .number = 51,
    .name = STR_INIT("person.see"),
    .title = STR_INIT("A person"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_PERSON,
    .fields = see_fields,
    .field_count = ACTION_COUNT_OF(see_fields),
    .run = see_person,
};

const struct action action_me_see = {
    .number = 52,
    .name = STR_INIT("me.see"),
    .title = STR_INIT("What is kept of you"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_SELF,
    .run = see_person,
};

/* ---- Add and change -------------------------------------------------------------------------- */

#define PERSON_FIELDS                                                                              \
    {.name = STR_INIT("name"),                                                                     \
     .label = STR_INIT("Full name"),                                                               \
     .bytes_max = NAME_BYTES_MAX,                                                                  \
     .is_required = true},                                                                         \
        {.name = STR_INIT("known-as"),                                                             \
         .label = STR_INIT("Known as"),                                                            \
         .bytes_max = NAME_BYTES_MAX},                                                             \
        {.name = STR_INIT("email"), .label = STR_INIT("Work e-mail"), .kind = ACTION_EMAIL},       \
        {.name = STR_INIT("reference"),                                                            \
         .label = STR_INIT("Number in the staff system"),                                          \
         .bytes_max = 60},                                                                         \
    {                                                                                              \
        .name = STR_INIT("joined"), .label = STR_INIT("Joined on"), .kind = ACTION_DATE            \
    }

static const struct action_field add_fields[] = {
    {.name = STR_INIT("school"),
     .label = STR_INIT("School"),
     .kind = ACTION_SCHOOL,
     .is_required = true},
    {.name = STR_INIT("kind"),
     .label = STR_INIT("As"),
     .kind = ACTION_CHOICE,
     .words = ACTION_WORDS_KINDS,
     .is_required = true},
    PERSON_FIELDS,
    {.name = STR_INIT("job"), .label = STR_INIT("Job")},
};

/* Two people never have one address or one number. */
MUST_USE static struct result check_unique(struct action_call *call)
{
    struct person_by_email_row by_email;
    struct person_by_reference_row by_reference;
    bool is_there = false;
    struct str email = action_text(call, "email"), reference = action_text(call, "reference");
    if (!str_is_empty(email)) {
        TRY(person_by_email(call->transaction, (struct person_by_email_in){email}, &is_there,
                            &by_email));
        if (is_there && by_email.id.value != call->person.value) {
            action_error(call, "email", STR("Work e-mail: somebody has this address already"));
        }
    }
    if (!str_is_empty(reference)) {
        TRY(person_by_reference(call->transaction, (struct person_by_reference_in){reference},
                                &is_there, &by_reference));
        if (is_there && by_reference.id.value != call->person.value) {
            action_error(call, "reference",
                         STR("Number in the staff system: somebody has this number already"));
        }
    }
    return RESULT_OK;
}

MUST_USE static struct result add(struct action_call *call)
{
    TRY(check_unique(call));
    if (action_has_errors(call)) {
        return RESULT_OK;
    }
    struct str name = action_text(call, "name");
    call->person.value = store_id(call->transaction);
    size_t changed = 0;
    TRY(person_add(call->transaction,
                   (struct person_add_in){.id = call->person,
                                          .name = name,
                                          .sort_name = name_sort(call->arena, name),
                                          .known_as = action_text(call, "known-as"),
                                          .email = action_text(call, "email"),
                                          .reference = action_text(call, "reference"),
                                          .joined_on = action_date(call, "joined")},
                   &changed));
    return engagement_put(call->transaction,
                          (struct engagement_put_in){.id = {store_id(call->transaction)},
                                                     .person = call->person,
                                                     .school = call->school,
                                                     .kind = action_text(call, "kind"),
                                                     .job_title = action_text(call, "job"),
                                                     .starts_on = action_date(call, "joined"),
                                                     .ends_on = STORE_NO_DATE});
}

const struct action action_person_add = {
    .number = 53,
    .name = STR_INIT("person.add"),
    .title = STR_INIT("Add a person"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOL,
    .fields = add_fields,
    .field_count = ACTION_COUNT_OF(add_fields),
    .run = add,
    .after = STR_INIT("person.see"),
};

static const struct action_field change_fields[] = {
    ACTION_PERSON_FIELD,
    PERSON_FIELDS,
    {.name = STR_INIT("left"),
     .label = STR_INIT("Left on"),
     .hint = STR_INIT("Who has left cannot sign in any more"),
     .kind = ACTION_DATE},
    {.name = STR_INIT("revision"),
     .label = STR_INIT("Revision"),
     .kind = ACTION_REVISION,
     .is_required = true,
     .is_hidden = true},
};

/* The address and the last day decide who can sign in. */
MUST_USE static struct result check_account(struct action_call *call)
{
    struct person_of_row row;
    bool is_there = false;
    TRY(person_of(call->transaction, (struct person_of_in){call->person}, &is_there, &row));
    if (is_there && !str_equal(row.email, action_text(call, "email"))) {
        return action_check_reach(call, "email");
    }
    struct civil_date left = action_date(call, "left");
    bool is_same = store_date_is_given(row.left_on) == store_date_is_given(left) &&
                   (!store_date_is_given(left) || civil_date_compare(left, row.left_on) == 0);
    return is_there && !is_same ? action_check_reach(call, "left") : RESULT_OK;
}

MUST_USE static struct result change(struct action_call *call)
{
    TRY(check_unique(call));
    TRY(check_account(call));
    if (action_has_errors(call)) {
        return RESULT_OK;
    }
    struct str name = action_text(call, "name");
    size_t changed = 0;
    TRY(person_change(call->transaction,
                      (struct person_change_in){.id = call->person,
                                                .name = name,
                                                .sort_name = name_sort(call->arena, name),
                                                .known_as = action_text(call, "known-as"),
                                                .email = action_text(call, "email"),
                                                .reference = action_text(call, "reference"),
                                                .joined_on = action_date(call, "joined"),
                                                .left_on = action_date(call, "left"),
                                                .revision = action_number(call, "revision")},
                      &changed));
    return action_changed(call, changed);
}

MUST_USE static struct result change_fill(struct action_call *call)
{
    struct person_of_row row;
    bool is_there = false;
    TRY(person_of(call->transaction, (struct person_of_in){call->person}, &is_there, &row));
    action_begin_with(call, "name", row.name);
    action_begin_with(call, "known-as", row.known_as);
    action_begin_with(call, "email", row.email);
    action_begin_with(call, "reference", row.reference);
    action_begin_with(call, "joined", action_date_text(call->arena, row.joined_on));
    action_begin_with(call, "left", action_date_text(call->arena, row.left_on));
    action_begin_with(call, "revision", str_format(call->arena, "%lld", (long long)row.revision));
    return RESULT_OK;
}

const struct action action_person_change = {
    .number = 54,
    .name = STR_INIT("person.change"),
    .title = STR_INIT("Change what is said of the person"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .fields = change_fields,
    .field_count = ACTION_COUNT_OF(change_fields),
    .run = change,
    .fill = change_fill,
    .after = STR_INIT("person.see"),
};
