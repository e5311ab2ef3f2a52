/*
 * actions/do_set_up.c - the first act: a trust, its first school and the person who installs.
 *
 * Read first: action_int.h.
 * What must hold: it is done once, by the program itself, for whoever has the code that the program
 * showed in its terminal. Nobody who is signed in may do it: it has no row in permissions.tsv.
 */
#include "actions/name.h"
#include "actions/table_int.h"
#include "identity/sign_in.h"
#include "ledger/ledger.h"
#include "records/organisation.h"
#include "records/people.h"
#include "store/statement.h"

static const struct action_field fields[] = {
    {.name = STR_INIT("trust"),
     .label = STR_INIT("Name of the trust"),
     .autocomplete = STR_INIT("organization"),
     .is_required = true},
    {.name = STR_INIT("origin"),
     .label = STR_INIT("Address of this site"),
     .hint = STR_INIT("Without https://, such as handrail.ashdownvale.example: the name of its "
                      "history"),
     .is_required = true},
    {.name = STR_INIT("school-name"),
     .label = STR_INIT("Name of the first school"),
     .is_required = true},
    {.name = STR_INIT("school-code"),
     .label = STR_INIT("Its code"),
     .hint = STR_INIT("What your staff system calls it, such as its number"),
     .bytes_max = 40,
     .is_required = true},
    {.name = STR_INIT("nation"),
     .label = STR_INIT("Nation"),
     .kind = ACTION_CHOICE,
     .choices = action_nations,
     .choice_count = ACTION_NATIONS,
     .is_required = true},
    {.name = STR_INIT("policy"),
     .label = STR_INIT("Its policy"),
     .kind = ACTION_CHOICE,
     .words = ACTION_WORDS_POLICIES},
    {.name = STR_INIT("name"),
     .label = STR_INIT("Your full name"),
     .bytes_max = NAME_BYTES_MAX,
     .autocomplete = STR_INIT("name"),
     .is_required = true},
    {.name = STR_INIT("email"),
     .label = STR_INIT("Your work e-mail"),
     .kind = ACTION_EMAIL,
     .autocomplete = STR_INIT("username"),
     .is_required = true},
    {.name = STR_INIT("kind"),
     .label = STR_INIT("What you are"),
     .kind = ACTION_CHOICE,
     .words = ACTION_WORDS_KINDS,
     .is_required = true},
    {.name = STR_INIT("role"),
     .label = STR_INIT("Your role"),
     .kind = ACTION_CHOICE,
     .words = ACTION_WORDS_ROLES,
     .is_required = true},
    {.name = STR_INIT("password"),
     .label = STR_INIT("A password for you"),
     .hint = STR_INIT("At least 12 characters; some words that do not belong together are good"),
     .kind = ACTION_PASSWORD,
     .bytes_max = PASSWORD_BYTES_MAX,
     .is_secret = true,
     .is_required = true},
};

MUST_USE static struct result prepare(struct action_call *call)
{
    const struct str own[] = {action_text(call, "name"), action_text(call, "email"),
                              action_text(call, "trust"), action_text(call, "school-name")};
    return action_password_prepare(call, own, ACTION_COUNT_OF(own));
}

MUST_USE static struct result make_person(struct action_call *call)
{
    struct str name = action_text(call, "name");
    size_t changed = 0;
    call->person.value = store_id(call->transaction);
    TRY(person_add(call->transaction,
                   (struct person_add_in){.id = call->person,
                                          .name = name,
                                          .sort_name = name_sort(call->arena, name),
                                          .email = action_text(call, "email"),
                                          .joined_on = STORE_NO_DATE},
                   &changed));
    TRY(engagement_put(call->transaction,
                       (struct engagement_put_in){.id = {store_id(call->transaction)},
                                                  .person = call->person,
                                                  .school = call->school,
                                                  .kind = action_text(call, "kind"),
                                                  .starts_on = STORE_NO_DATE,
                                                  .ends_on = STORE_NO_DATE}));
    return role_add(call->transaction,
                    (struct role_add_in){.id = {store_id(call->transaction)},
                                         .person = call->person,
                                         .role = action_text(call, "role"),
                                         .starts_on = call->today,
                                         .ends_on = STORE_NO_DATE},
                    &changed);
}

MUST_USE static struct result set_up(struct action_call *call)
{
    struct trust_of_row trust;
    bool is_there = false;
    TRY(trust_of(call->transaction, &is_there, &trust));
    if (is_there || call->actor.value) {
        action_error(call, "trust", STR("Handrail has been set up here already"));
        return RESULT_OK;
    }
    struct result started = ledger_start(call->transaction, action_text(call, "origin"));
    if (started.code == RESULT_CODE_INVALID) {
        action_error(call, "origin",
                     STR("Address of this site: give it without spaces, such as "
                         "handrail.ashdownvale.example"));
        return RESULT_OK;
    }
    TRY(started);
    TRY(trust_add(call->transaction,
                  (struct trust_add_in){action_text(call, "trust"), store_now(call->transaction)}));
    call->school.value = store_id(call->transaction);
    size_t changed = 0;
    TRY(school_add(call->transaction,
                   (struct school_add_in){.id = call->school,
                                          .code = action_text(call, "school-code"),
                                          .name = action_text(call, "school-name"),
                                          .nation = action_text(call, "nation"),
                                          .policy = action_text(call, "policy"),
                                          .adopted_on = STORE_NO_DATE},
                   &changed));
    TRY(make_person(call));
    return sign_in_password_set(call->transaction, call->person, call->prepared,
                                (struct row_id){0});
}

const struct action action_trust_set_up = {
    .number = 19,
    .name = STR_INIT("trust.set-up"),
    .title = STR_INIT("Set Handrail up"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .fields = fields,
    .field_count = ACTION_COUNT_OF(fields),
    .prepare = prepare,
    .run = set_up,
    .after = STR_INIT("person.see"),
};
