/*
 * actions/do_trust.c - the trust itself: see it, rename it; which roles need a second factor.
 *
 * Read first: action_int.h. The set-up is in do_set_up.c.
 */
#include "actions/table_int.h"
#include "identity/factor_sql.h"
#include "identity/provider_seat.h"
#include "records/organisation.h"
#include "records/people.h"

static const struct action_column role_columns[] = {
    {STR_INIT("role"), STR_INIT("Role"), ACTION_CELL_TEXT},
    {STR_INIT("since"), STR_INIT("Since"), ACTION_CELL_TEXT},
    {STR_INIT("waive"), STR_INIT("Change"), ACTION_CELL_TEXT},
};

MUST_USE static struct result see_factor_roles(struct action_call *call)
{
    struct factor_roles_rows rows;
    TRY(factor_roles(call->transaction, &rows));
    struct action_list *shown =
        action_list(call, "factorRoles", "Roles that need a second factor", role_columns,
                    ACTION_COUNT_OF(role_columns), "None: each person decides.");
    bool may_waive = action_may(call, &action_trust_factor_waive);
    for (size_t i = 0; i < rows.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0] = action_cell_word(call, ACTION_WORDS_ROLES, rows.at[i].role);
        cells[1] = action_cell_date(call, instant_date(rows.at[i].since));
        if (may_waive) {
            cells[2] = (struct action_cell){.text = STR("Require it no longer"),
                                            .action = action_trust_factor_waive.name,
                                            .field = STR("role"),
                                            .value = rows.at[i].role};
        }
    }
    return RESULT_OK;
}

/* How people sign in besides passwords: for those who may set it. */
MUST_USE static struct result see_provider(struct action_call *call)
{
    struct provider_setting_of_row row;
    bool is_there = false;
    if (!action_may(call, &action_trust_provider)) {
        return RESULT_OK;
    }
    TRY(provider_setting_of(call->transaction, &is_there, &row));
    bool is_filed = call->place->seat && provider_seat_is_filed(call->place->seat);
    action_say(call, "provider", "Signing in with a provider",
               is_filed   ? STR("As the file provider.json on the server says")
               : is_there ? str_format(call->arena, "By " STR_FMT, STR_ARG(row.issuer))
                          : STR("Not set up"));
    action_offer(call, &action_trust_provider, NULL, 0, NULL, 0);
    if (is_there && !is_filed) {
        action_offer(call, &action_trust_provider_remove, NULL, 0, NULL, 0);
    }
    return RESULT_OK;
}

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
    TRY(see_factor_roles(call));
    TRY(see_provider(call));
    action_offer(call, &action_trust_factor_require, NULL, 0, NULL, 0);
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
