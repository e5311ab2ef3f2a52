/*
 * actions/do_trust.c - the trust itself: see it, rename it.
 *
 * Read first: action_int.h. The set-up is in do_set_up.c.
 */
#include "actions/table_int.h"
#include "records/organisation.h"
#include "records/people.h"

MUST_USE static struct result see(struct action_call *call)
{
    struct trust_of_row trust;
    struct people_count_row people;
    bool is_there = false;
    TRY(trust_of(call->transaction, &is_there, &trust));
    if (!is_there) {
        return action_changed(call, 0);
    }
    TRY(people_count(call->transaction, &is_there, &people));
    call->outcome->answer.title = trust.name;
    action_say(call, "name", "Name", trust.name);
    action_say_number(call, "people", "People", people.people);
    action_offer(call, &action_school_list, NULL, 0, NULL, 0);
    action_offer(call, &action_person_list, NULL, 0, NULL, 0);
    action_offer(call, &action_school_add, NULL, 0, NULL, 0);
    action_offer(call, &action_trust_rename, NULL, 0, NULL, 0);
    action_offer(call, &action_ledger_list, NULL, 0, NULL, 0);
    return RESULT_OK;
}

const struct action action_trust_see = {
    .number = 20,
    .name = STR_INIT("trust.see"),
    .title = STR_INIT("The trust"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_TRUST,
    .run = see,
};

static const struct action_field rename_fields[] = {
    {.name = STR_INIT("name"), .label = STR_INIT("Name of the trust"), .is_required = true},
    {.name = STR_INIT("revision"),
     .label = STR_INIT("Revision"),
     .kind = ACTION_REVISION,
     .is_required = true,
     .is_hidden = true},
};

MUST_USE static struct result rename_run(struct action_call *call)
{
    size_t changed = 0;
    TRY(trust_change(
        call->transaction,
        (struct trust_change_in){action_text(call, "name"), action_number(call, "revision")},
        &changed));
    return action_changed(call, changed);
}

MUST_USE static struct result rename_fill(struct action_call *call)
{
    struct trust_of_row trust;
    bool is_there = false;
    TRY(trust_of(call->transaction, &is_there, &trust));
    action_begin_with(call, "name", trust.name);
    action_begin_with(call, "revision", str_format(call->arena, "%lld", (long long)trust.revision));
    return RESULT_OK;
}

const struct action action_trust_rename = {
    .number = 21,
    .name = STR_INIT("trust.rename"),
    .title = STR_INIT("Change the name of the trust"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .fields = rename_fields,
    .field_count = ACTION_COUNT_OF(rename_fields),
    .run = rename_run,
    .fill = rename_fill,
    .after = STR_INIT("trust.see"),
};
