/*
 * actions/do_person_more.c - what belongs to a person: where and as what, roles, line manager, what
 * was declared and agreed, holds, erasure.
 *
 * Read first: do_person.c.
 */
#include "actions/retention_int.h"
#include "actions/table_int.h"
#include "records/organisation.h"
#include "records/people.h"
#include "store/statement.h"

/* ---- Where, and as what ---------------------------------------------------------------------- */

static const struct action_field engagement_fields[] = {
    ACTION_PERSON_FIELD,
    {.name = STR_INIT("school"),
     .label = STR_INIT("School"),
     .kind = ACTION_SCHOOL,
     .is_required = true},
    {.name = STR_INIT("kind"),
     .label = STR_INIT("As"),
     .kind = ACTION_CHOICE,
     .words = ACTION_WORDS_KINDS,
     .is_required = true},
    {.name = STR_INIT("job"), .label = STR_INIT("Job")},
    {.name = STR_INIT("from"), .label = STR_INIT("From"), .kind = ACTION_DATE},
    {.name = STR_INIT("to"), .label = STR_INIT("To"), .kind = ACTION_DATE},
};

/* An end before the beginning is said beside its field. */
static bool are_in_order(struct action_call *call)
{
    struct civil_date from = action_date(call, "from"), to = action_date(call, "to");
    bool is_wrong =
        store_date_is_given(from) && store_date_is_given(to) && civil_date_compare(to, from) < 0;
    if (is_wrong) {
        action_error(call, "to", STR("To: it cannot come before the first day"));
    }
    return !is_wrong;
}

MUST_USE static struct result engage(struct action_call *call)
{
    if (!are_in_order(call)) {
        return RESULT_OK;
    }
    return engagement_put(call->transaction,
                          (struct engagement_put_in){.id = {store_id(call->transaction)},
                                                     .person = call->person,
                                                     .school = call->school,
                                                     .kind = action_text(call, "kind"),
                                                     .job_title = action_text(call, "job"),
                                                     .starts_on = action_date(call, "from"),
                                                     .ends_on = action_date(call, "to")});
}

const struct action action_engagement_put = {
    .number = 60,
    .name = STR_INIT("person.engage"),
    .title = STR_INIT("Say where the person works, and as what"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .fields = engagement_fields,
    .field_count = ACTION_COUNT_OF(engagement_fields),
    .run = engage,
    .after = STR_INIT("person.see"),
};

/* ---- Roles ----------------------------------------------------------------------------------- */

static const struct action_field role_fields[] = {
    ACTION_PERSON_FIELD,
    {.name = STR_INIT("role"),
     .label = STR_INIT("Role"),
     .kind = ACTION_CHOICE,
     .words = ACTION_WORDS_ROLES,
     .is_required = true},
    {.name = STR_INIT("school"),
     .label = STR_INIT("For which school"),
     .hint = STR_INIT("Leave it out when it is for the whole trust"),
     .kind = ACTION_SCHOOL},
    {.name = STR_INIT("from"), .label = STR_INIT("From"), .kind = ACTION_DATE},
    {.name = STR_INIT("to"), .label = STR_INIT("To"), .kind = ACTION_DATE},
    {.name = STR_INIT("deputy"),
     .label = STR_INIT("Stands in for"),
     .hint = STR_INIT("The number of the person, when it is for an absence"),
     .kind = ACTION_PERSON},
};

MUST_USE static struct result give(struct action_call *call)
{
    if (!are_in_order(call)) {
        return RESULT_OK;
    }
    if (call->actor.value && call->actor.value == call->person.value) {
        action_error(call, "person", STR("Nobody gives a role to themselves: ask somebody else"));
        return RESULT_OK;
    }
    if (!call->school.value && !action_may_at(call, call->action, call->school)) {
        action_error(call, "school",
                     STR("For which school: you may not give roles for the whole "
                         "trust, so choose a school"));
        return RESULT_OK;
    }
    struct civil_date from = action_date(call, "from"), to = action_date(call, "to");
    if (!store_date_is_given(from) && store_date_is_given(to) &&
        civil_date_compare(to, call->today) < 0) {
        action_error(call, "to", STR("To: it is over already, so say from when it was"));
        return RESULT_OK;
    }
    size_t changed = 0;
    return role_add(
        call->transaction,
        (struct role_add_in){.id = {store_id(call->transaction)},
                             .person = call->person,
                             .role = action_text(call, "role"),
                             .school = call->school,
                             .starts_on = store_date_is_given(from) ? from : call->today,
                             .ends_on = action_date(call, "to"),
                             .deputy_of = action_person(call, "deputy"),
                             .given_by = call->actor},
        &changed);
}

const struct action action_role_give = {
    .number = 61,
    .name = STR_INIT("role.give"),
    .title = STR_INIT("Give a role"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .is_sensitive = true,
    .fields = role_fields,
    .field_count = ACTION_COUNT_OF(role_fields),
    .run = give,
    .after = STR_INIT("person.see"),
};

static const struct action_field role_end_fields[] = {
    {.name = STR_INIT("role"),
     .label = STR_INIT("Role"),
     .kind = ACTION_ROW,
     .is_required = true,
     .is_hidden = true},
    {.name = STR_INIT("to"),
     .label = STR_INIT("Last day"),
     .hint = STR_INIT("Leave it out to end it yesterday, so that it holds no longer"),
     .kind = ACTION_DATE},
};

/* Whose role it is, and for which school, is known only when it has been read. */
MUST_USE static struct result end_role_locate(struct action_call *call)
{
    struct role_of_row row;
    bool is_there = false;
    TRY(role_of(call->transaction, (struct role_of_in){{action_number(call, "role")}}, &is_there,
                &row));
    if (is_there) {
        call->person = row.person;
        call->school = row.school;
        call->schools[0] = row.school;
        call->school_count = row.school.value != 0;
    }
    return RESULT_OK;
}

MUST_USE static struct result end_role(struct action_call *call)
{
    struct row_id id = {action_number(call, "role")};
    struct role_of_row row;
    bool is_there = false;
    TRY(role_of(call->transaction, (struct role_of_in){id}, &is_there, &row));
    if (!is_there) {
        return result_fail(RESULT_CODE_MISSING, "there is no such role", (struct str){0});
    }
    struct civil_date to = action_date(call, "to");
    to = store_date_is_given(to) ? to : civil_date_add_days(call->today, -1);
    if (civil_date_compare(to, row.starts_on) < 0) {
        to = row.starts_on;
    }
    size_t changed = 0;
    TRY(role_end(call->transaction, (struct role_end_in){id, row.person, to}, &changed));
    return action_changed(call, changed);
}

const struct action action_role_end = {
    .number = 62,
    .name = STR_INIT("role.end"),
    .title = STR_INIT("End a role"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SCHOOLS,
    .is_sensitive = true,
    .fields = role_end_fields,
    .field_count = ACTION_COUNT_OF(role_end_fields),
    .locate = end_role_locate,
    .run = end_role,
    .after = STR_INIT("person.see"),
};

static const struct action_field manager_fields[] = {
    ACTION_PERSON_FIELD,
    {.name = STR_INIT("manager"),
     .label = STR_INIT("Line manager"),
     .hint = STR_INIT("The number of the person"),
     .kind = ACTION_PERSON,
     .is_required = true},
};

MUST_USE static struct result set_manager(struct action_call *call)
{
    struct person_id manager = action_person(call, "manager");
    if (manager.value == call->person.value) {
        action_error(call, "manager", STR("Line manager: nobody is their own"));
        return RESULT_OK;
    }
    size_t changed = 0;
    return manager_put(call->transaction,
                       (struct manager_put_in){call->person, manager, call->today}, &changed);
}

const struct action action_manager_set = {
    .number = 63,
    .name = STR_INIT("person.manager"),
    .title = STR_INIT("Say who the line manager is"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .fields = manager_fields,
    .field_count = ACTION_COUNT_OF(manager_fields),
    .run = set_manager,
    .after = STR_INIT("person.see"),
};

/* ---- Declared and agreed --------------------------------------------------------------------- */

static const struct action_field declare_fields[] = {
    ACTION_PERSON_FIELD,
    {.name = STR_INIT("kind"),
     .label = STR_INIT("What you declare"),
     .kind = ACTION_CHOICE,
     .words = ACTION_WORDS_RELATIONSHIPS,
     .is_required = true},
    {.name = STR_INIT("whom"),
     .label = STR_INIT("Of whom"),
     .hint = STR_INIT("As you would say it, such as my daughter in Year 8; it may be left out")},
};

MUST_USE static struct result declare(struct action_call *call)
{
    size_t changed = 0;
    return relationship_add(
        call->transaction,
        (struct relationship_add_in){.id = {store_id(call->transaction)},
                                     .person = call->person,
                                     .kind = action_text(call, "kind"),
                                     .of_whom = action_text(call, "whom"),
                                     .declared_at = store_now(call->transaction)},
        &changed);
}

const struct action action_relationship_declare = {
    .number = 64,
    .name = STR_INIT("relationship.declare"),
    .title = STR_INIT("Declare a relationship"),
    .help = STR_INIT("So that nobody need ask you again when you want to know what you may do."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .fields = declare_fields,
    .field_count = ACTION_COUNT_OF(declare_fields),
    .run = declare,
    .after = STR_INIT("person.see"),
};

static const struct action_field own_row_fields[] = {
    ACTION_PERSON_FIELD,
    ACTION_ROW_FIELD,
};

MUST_USE static struct result end_relationship(struct action_call *call)
{
    size_t changed = 0;
    TRY(relationship_end(call->transaction,
                         (struct relationship_end_in){{action_number(call, "row")},
                                                      call->person,
                                                      store_now(call->transaction)},
                         &changed));
    return action_changed(call, changed);
}

const struct action action_relationship_end = {
    .number = 66,
    .name = STR_INIT("relationship.end"),
    .title = STR_INIT("Say that a relationship is over, or was declared by mistake"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .fields = own_row_fields,
    .field_count = ACTION_COUNT_OF(own_row_fields),
    .run = end_relationship,
    .after = STR_INIT("person.see"),
};

static const struct action_field agree_fields[] = {
    ACTION_PERSON_FIELD,
    {.name = STR_INIT("words"),
     .label = STR_INIT("What was agreed"),
     .kind = ACTION_LONG_TEXT,
     .bytes_max = 2000,
     .is_required = true},
    {.name = STR_INIT("review"),
     .label = STR_INIT("To be looked at again on"),
     .kind = ACTION_DATE},
};

MUST_USE static struct result agree(struct action_call *call)
{
    if (call->actor.value == call->person.value) {
        action_error(call, "words", STR("What was agreed: somebody else must agree to it"));
        return RESULT_OK;
    }
    size_t changed = 0;
    return adjustment_add(call->transaction,
                          (struct adjustment_add_in){.id = {store_id(call->transaction)},
                                                     .person = call->person,
                                                     .words = action_text(call, "words"),
                                                     .agreed_by = call->actor,
                                                     .agreed_on = call->today,
                                                     .review_on = action_date(call, "review")},
                          &changed);
}

const struct action action_adjustment_agree = {
    .number = 65,
    .name = STR_INIT("adjustment.agree"),
    .title = STR_INIT("Agree an adjustment"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .fields = agree_fields,
    .field_count = ACTION_COUNT_OF(agree_fields),
    .run = agree,
    .after = STR_INIT("person.see"),
};

MUST_USE static struct result end_adjustment(struct action_call *call)
{
    size_t changed = 0;
    TRY(adjustment_end(
        call->transaction,
        (struct adjustment_end_in){{action_number(call, "row")}, call->person, call->today},
        &changed));
    return action_changed(call, changed);
}

const struct action action_adjustment_end = {
    .number = 67,
    .name = STR_INIT("adjustment.end"),
    .title = STR_INIT("End an adjustment"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .fields = own_row_fields,
    .field_count = ACTION_COUNT_OF(own_row_fields),
    .run = end_adjustment,
    .after = STR_INIT("person.see"),
};

/* ---- Holds and erasure ----------------------------------------------------------------------- */

static const struct action_field hold_fields[] = {
    ACTION_PERSON_FIELD,
    {.name = STR_INIT("why"),
     .label = STR_INIT("Why"),
     .hint = STR_INIT("Such as a claim or an investigation that is not over"),
     .is_required = true},
};

MUST_USE static struct result hold(struct action_call *call)
{
    size_t changed = 0;
    return hold_add(call->transaction,
                    (struct hold_add_in){.id = {store_id(call->transaction)},
                                         .person = call->person,
                                         .why = action_text(call, "why"),
                                         .placed_by = call->actor,
                                         .placed_at = store_now(call->transaction)},
                    &changed);
}

const struct action action_hold_place = {
    .number = 70,
    .name = STR_INIT("hold.place"),
    .title = STR_INIT("Keep everything of this person for now"),
    .help = STR_INIT("Nothing of the person is erased until the hold is lifted."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .fields = hold_fields,
    .field_count = ACTION_COUNT_OF(hold_fields),
    .run = hold,
    .after = STR_INIT("person.see"),
};

static const struct action_field lift_fields[] = {
    ACTION_PERSON_FIELD,
    {.name = STR_INIT("hold"),
     .label = STR_INIT("Hold"),
     .kind = ACTION_ROW,
     .is_required = true,
     .is_hidden = true},
};

MUST_USE static struct result lift(struct action_call *call)
{
    size_t changed = 0;
    TRY(hold_lift(call->transaction,
                  (struct hold_lift_in){.id = {action_number(call, "hold")},
                                        .person = call->person,
                                        .lifted_by = call->actor,
                                        .lifted_at = store_now(call->transaction)},
                  &changed));
    return action_changed(call, changed);
}

const struct action action_hold_lift = {
    .number = 72,
    .name = STR_INIT("hold.lift"),
    .title = STR_INIT("Keep it no longer than usual"),
    .help = STR_INIT("The hold is lifted. What is due by the schedule may be erased from then on."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .fields = lift_fields,
    .field_count = ACTION_COUNT_OF(lift_fields),
    .run = lift,
    .after = STR_INIT("person.see"),
};

static const struct action_field erase_fields[] = {
    ACTION_PERSON_FIELD,
    {.name = STR_INIT("sure"),
     .label = STR_INIT("I know that this cannot be undone"),
     .kind = ACTION_YES,
     .is_required = true},
};

MUST_USE static struct result erase(struct action_call *call)
{
    struct holds_rows held;
    TRY(holds(call->transaction, (struct holds_in){call->person}, &held));
    if (held.count > 0 || !action_number(call, "sure")) {
        action_error(call, "sure",
                     held.count > 0
                         ? str_format(call->arena,
                                      "This person is held, so nothing is erased: " STR_FMT,
                                      STR_ARG(held.at[0].why))
                         : STR("Say yes to erase"));
        return RESULT_OK;
    }
    size_t count = 0;
    TRY(person_erase_all(call->transaction, call->person, call->actor, STR("\"person.erase\""),
                         &count));
    call->outcome->answer.title = STR("Erased");
    action_say_number(call, "acts", "Acts whose content is gone", (int64_t)count);
    call->person.value = 0;
    return RESULT_OK;
}

const struct action action_person_erase = {
    .number = 71,
    .name = STR_INIT("person.erase"),
    .title = STR_INIT("Erase everything of this person"),
    .help = STR_INIT("Name, addresses, declarations and what the history says of the person go "
                     "for good. That something happened, and when, stays."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .is_sensitive = true,
    .fields = erase_fields,
    .field_count = ACTION_COUNT_OF(erase_fields),
    .run = erase,
};
