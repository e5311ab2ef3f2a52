/*
 * actions/do_account.c - accounts: password, invitation, sessions, tokens of programs, disabling.
 *
 * Read first: action_int.h, identity/sign_in.h.
 * What must hold: a token is shown once, in the answer to who made it, and stands nowhere else.
 */
#include "actions/table_int.h"
#include "identity/factor.h"
#include "identity/password.h"
#include "identity/provider.h"
#include "identity/sign_in.h"
#include "identity/sign_in_sql.h"
#include "records/organisation.h"
#include "records/people.h"
#include "store/statement.h"

/* Days for which a program's token is good, at most. */
#define TOKEN_DAYS_MAX 366

/* ---- Passwords ------------------------------------------------------------------------------- */

struct result action_password_prepare(struct action_call *call, const struct str *own,
                                      size_t own_count)
{
    struct str password = action_text(call, "password");
    struct password_judgement judgement = password_judge(call->arena, password, own, own_count);
    bool is_shown = call->place->is_demonstration && judgement.fault == PASSWORD_FAULT_PUBLISHED;
    if (judgement.fault != PASSWORD_FAULT_NONE && !is_shown) {
        action_error(call, "password",
                     str_format(call->arena, STR_FMT " " STR_FMT, STR_ARG(judgement.reason),
                                STR_ARG(judgement.advice)));
        return RESULT_OK;
    }
    if (!call->place->gate) {
        return result_fail(RESULT_CODE_UNSUPPORTED, "passwords cannot be set in this way",
                           (struct str){0});
    }
    return password_hash(call->place->gate, call->arena, password, &call->prepared);
}

static const struct action_field password_fields[] = {
    {.name = STR_INIT("password"),
     .label = STR_INIT("New password"),
     .hint = STR_INIT("At least 12 characters; some words that do not belong together are good"),
     .kind = ACTION_PASSWORD,
     .bytes_max = PASSWORD_BYTES_MAX,
     .is_secret = true,
     .is_required = true},
};

/* A stranger would try the name and the address, and what the trust is called. */
MUST_USE static struct result trust_name(struct store_transaction *transaction, struct str *out)
{
    struct trust_of_row trust;
    bool is_there = false;
    TRY(trust_of(transaction, &is_there, &trust));
    *out = is_there ? trust.name : (struct str){0};
    return RESULT_OK;
}

MUST_USE static struct result password_prepare(struct action_call *call)
{
    struct str own[4] = {[3] = STR("Handrail")};
    {
        DEFER(store_end) struct store_transaction *transaction = NULL;
        TRY(store_begin(call->place->store, call->arena, STORE_READ, &transaction));
        struct account_of_row row;
        bool is_there = false;
        TRY(account_of(transaction, (struct account_of_in){call->actor}, &is_there, &row));
        own[0] = row.name;
        own[1] = row.email;
        TRY(trust_name(transaction, &own[2]));
    }
    return action_password_prepare(call, own, ACTION_COUNT_OF(own));
}

MUST_USE static struct result password_set(struct action_call *call)
{
    return sign_in_password_set(call->transaction, call->person, call->prepared,
                                call->request->session);
}

const struct action action_account_password = {
    .number = 100,
    .name = STR_INIT("account.password"),
    .title = STR_INIT("Change your password"),
    .help = STR_INIT("You stay signed in here and are signed out everywhere else."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SELF,
    .is_sensitive = true,
    .fields = password_fields,
    .field_count = ACTION_COUNT_OF(password_fields),
    .prepare = password_prepare,
    .run = password_set,
    .after = STR_INIT("account.see"),
};

/* ---- Invite and disable ---------------------------------------------------------------------- */

static const struct action_field person_fields[] = {ACTION_PERSON_FIELD};

/* Who invites sees the link, and who has the link can choose the password. */
struct result action_check_reach(struct action_call *call, const char *field)
{
    struct roles_of_person_rows rows;
    TRY(roles_of_person(call->transaction, (struct roles_of_person_in){call->person}, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        const struct roles_of_person_row *row = &rows.at[i];
        bool is_over =
            store_date_is_given(row->ends_on) && civil_date_compare(row->ends_on, call->today) < 0;
        if (!is_over && !action_may_at(call, call->action, row->school)) {
            action_error(call, field,
                         STR("This person has a role for the whole trust or for another school: "
                             "ask somebody who may do this there"));
            return RESULT_OK;
        }
    }
    return RESULT_OK;
}

MUST_USE static struct result invite(struct action_call *call)
{
    struct person_of_row row;
    bool is_there = false;
    TRY(person_of(call->transaction, (struct person_of_in){call->person}, &is_there, &row));
    if (!is_there || str_is_empty(row.email)) {
        action_error(call, "person", STR("This person has no work e-mail: add it first"));
        return RESULT_OK;
    }
    TRY(action_check_reach(call, "person"));
    if (action_has_errors(call)) {
        return RESULT_OK;
    }
    struct str token;
    TRY(account_open(call->transaction,
                     (struct account_open_in){call->person, store_now(call->transaction)}));
    TRY(sign_in_link(call->transaction, call->person, STR("invitation"), &token));
    call->outcome->answer.title = STR("Invitation");
    action_say(call, "for", "For", row.email);
    action_say(call, "link", "Send this link to the person. It is good for 7 days, once",
               str_format(call->arena, "/link/" STR_FMT, STR_ARG(token)));
    return RESULT_OK;
}

const struct action action_account_invite = {
    .number = 101,
    .name = STR_INIT("account.invite"),
    .title = STR_INIT("Invite the person to sign in"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .is_sensitive = true,
    .fields = person_fields,
    .field_count = ACTION_COUNT_OF(person_fields),
    .run = invite,
};

MUST_USE static struct result disable(struct action_call *call)
{
    if (call->actor.value == call->person.value) {
        action_error(call, "person", STR("Nobody shuts their own account: ask somebody else"));
        return RESULT_OK;
    }
    TRY(action_check_reach(call, "person"));
    return action_has_errors(call) ? RESULT_OK : sign_in_disable(call->transaction, call->person);
}

const struct action action_account_disable = {
    .number = 102,
    .name = STR_INIT("account.disable"),
    .title = STR_INIT("Shut the account"),
    .help = STR_INIT("The person is signed out everywhere at once and cannot sign in. Invite the "
                     "person to open the account again."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .is_sensitive = true,
    .fields = person_fields,
    .field_count = ACTION_COUNT_OF(person_fields),
    .run = disable,
    .after = STR_INIT("person.see"),
};

/* ---- A link that was sent -------------------------------------------------------------------- */

static const struct action_field accept_fields[] = {
    {.name = STR_INIT("link"),
     .label = STR_INIT("Link"),
     .is_hidden = true,
     .is_secret = true,
     .is_required = true},
    {.name = STR_INIT("password"),
     .label = STR_INIT("Choose a password"),
     .hint = STR_INIT("At least 12 characters; some words that do not belong together are good"),
     .kind = ACTION_PASSWORD,
     .bytes_max = PASSWORD_BYTES_MAX,
     .is_secret = true,
     .is_required = true},
};

MUST_USE static struct result accept_prepare(struct action_call *call)
{
    struct str own[4] = {[3] = STR("Handrail")};
    {
        DEFER(store_end) struct store_transaction *transaction = NULL;
        struct person_id person;
        struct str purpose;
        struct person_of_row row;
        bool is_there = false;
        TRY(store_begin(call->place->store, call->arena, STORE_READ, &transaction));
        TRY(sign_in_link_read(transaction, action_text(call, "link"), &person, &purpose));
        TRY(person_of(transaction, (struct person_of_in){person}, &is_there, &row));
        if (!is_there) {
            action_error(call, "link", STR("This link is not good any more: ask for a new one"));
            return RESULT_OK;
        }
        own[0] = row.name;
        own[1] = row.email;
        TRY(trust_name(transaction, &own[2]));
    }
    return action_password_prepare(call, own, ACTION_COUNT_OF(own));
}

MUST_USE static struct result accept(struct action_call *call)
{
    struct str purpose;
    TRY(sign_in_link_read(call->transaction, action_text(call, "link"), &call->person, &purpose));
    TRY(sign_in_link_use(call->transaction, action_text(call, "link")));
    return sign_in_password_set(call->transaction, call->person, call->prepared,
                                (struct row_id){0});
}

/* By the program itself, for whoever has the link: it has no row in permissions.tsv. */
const struct action action_account_accept = {
    .number = 108,
    .name = STR_INIT("account.accept"),
    .title = STR_INIT("Choose your password"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .fields = accept_fields,
    .field_count = ACTION_COUNT_OF(accept_fields),
    .prepare = accept_prepare,
    .run = accept,
};

/* ---- The school's provider ------------------------------------------------------------------- */

static const struct action_field link_fields[] = {
    ACTION_PERSON_FIELD,
    {.name = STR_INIT("issuer"),
     .label = STR_INIT("Provider"),
     .bytes_max = 2000,
     .is_hidden = true,
     .is_required = true},
    {.name = STR_INIT("subject"),
     .label = STR_INIT("Name there"),
     .bytes_max = 300,
     .is_hidden = true,
     .is_secret = true,
     .is_required = true},
};

MUST_USE static struct result link_run(struct action_call *call)
{
    return provider_link(call->transaction, call->person, action_text(call, "issuer"),
                         action_text(call, "subject"));
}

/* By the program itself, when somebody comes from the provider for the first time. */
const struct action action_account_link = {
    .number = 109,
    .name = STR_INIT("account.link"),
    .title = STR_INIT("Sign in with the school's provider for the first time"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .fields = link_fields,
    .field_count = ACTION_COUNT_OF(link_fields),
    .run = link_run,
};

/* ---- One's own account ----------------------------------------------------------------------- */

static const struct action_column session_columns[] = {
    {STR_INIT("device"), STR_INIT("With"), ACTION_CELL_TEXT},
    {STR_INIT("way"), STR_INIT("How"), ACTION_CELL_TEXT},
    {STR_INIT("since"), STR_INIT("Since"), ACTION_CELL_TEXT},
    {STR_INIT("seen"), STR_INIT("Last used"), ACTION_CELL_TEXT},
    {STR_INIT("end"), STR_INIT("Change"), ACTION_CELL_TEXT},
};
static const struct action_column token_columns[] = {
    {STR_INIT("name"), STR_INIT("Program"), ACTION_CELL_TEXT},
    {STR_INIT("scopes"), STR_INIT("May"), ACTION_CELL_TEXT},
    {STR_INIT("ends"), STR_INIT("Good until"), ACTION_CELL_TEXT},
    {STR_INIT("end"), STR_INIT("Change"), ACTION_CELL_TEXT},
};

MUST_USE static struct result see_tokens(struct action_call *call)
{
    struct api_token_list_rows rows;
    TRY(api_token_list(call->transaction, (struct api_token_list_in){call->person}, &rows));
    struct action_list *shown = action_list(call, "tokens", "Programs that act for you",
                                            token_columns, ACTION_COUNT_OF(token_columns), "None.");
    for (size_t i = 0; i < rows.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        bool is_over = instant_is_given(rows.at[i].revoked_at);
        cells[0].text = rows.at[i].name;
        cells[1].text = rows.at[i].scopes;
        cells[2] = is_over ? (struct action_cell){.text = STR("revoked")}
                           : action_cell_instant(call, rows.at[i].ends_at);
        if (!is_over) {
            cells[3] = action_cell_link(call, STR("Revoke it"), "token.revoke", "row",
                                        rows.at[i].id.value);
        }
    }
    return RESULT_OK;
}

/* "Password and code" */
static struct action_cell way_cell(struct action_call *call, struct str way, struct str factor)
{
    static const struct action_choice ways[] = {
        {STR_INIT("password"), STR_INIT("Password")},
        {STR_INIT("provider"), STR_INIT("The school's provider")},
        {STR_INIT("link"), STR_INIT("Link")},
        {STR_INIT("recovery"), STR_INIT("Password and recovery code")},
    };
    struct action_cell cell = action_cell_choice(ways, ACTION_COUNT_OF(ways), way);
    if (str_equal(factor, STR("code")) && !str_equal(way, STR("recovery"))) {
        cell.text = str_format(call->arena, STR_FMT " and code", STR_ARG(cell.text));
    }
    return cell;
}

MUST_USE static struct result see_factor(struct action_call *call)
{
    struct factor_state state;
    struct recovery_codes_left_row left = {0};
    bool is_there = false;
    TRY(factor_state(call->transaction, NULL, call->person, &state));
    TRY(recovery_codes_left(call->transaction, (struct recovery_codes_left_in){call->person},
                            &is_there, &left));
    action_say(call, "factor", "Second factor",
               state.is_there ? STR("An app that shows codes") : STR("None"));
    action_offer(call, &action_account_factor_begin, NULL, 0, NULL, 0);
    if (state.is_there) {
        action_say_number(call, "codesLeft", "Recovery codes that are still good", left.codes);
        action_offer(call, &action_account_factor_codes, NULL, 0, NULL, 0);
        action_offer(call, &action_account_factor_remove, NULL, 0, NULL, 0);
    }
    return RESULT_OK;
}

MUST_USE static struct result see(struct action_call *call)
{
    struct signed_in_list_rows rows;
    TRY(signed_in_list(call->transaction,
                       (struct signed_in_list_in){call->person, store_now(call->transaction)},
                       &rows));
    struct action_list *shown =
        action_list(call, "sessions", "Where you are signed in", session_columns,
                    ACTION_COUNT_OF(session_columns), "Nowhere.");
    for (size_t i = 0; i < rows.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        bool is_here = rows.at[i].id.value == call->request->session.value;
        cells[0].text = rows.at[i].device;
        cells[1] = way_cell(call, rows.at[i].way, rows.at[i].factor);
        cells[2] = action_cell_instant(call, rows.at[i].started_at);
        cells[3] = action_cell_instant(call, rows.at[i].seen_at);
        cells[4] = is_here ? (struct action_cell){.text = STR("This is here")}
                           : action_cell_link(call, STR("Sign out there"), "session.end", "row",
                                              rows.at[i].id.value);
    }
    TRY(see_tokens(call));
    action_offer(call, &action_account_password, NULL, 0, NULL, 0);
    TRY(see_factor(call));
    action_offer(call, &action_sessions_end, NULL, 0, NULL, 0);
    action_offer(call, &action_token_make, NULL, 0, NULL, 0);
    action_offer(call, &action_me_see, NULL, 0, NULL, 0);
    return RESULT_OK;
}

const struct action action_account_see = {
    .number = 103,
    .name = STR_INIT("account.see"),
    .title = STR_INIT("Your account"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_SELF,
    .run = see,
};

static const struct action_field row_fields[] = {ACTION_ROW_FIELD};

MUST_USE static struct result session_end(struct action_call *call)
{
    size_t changed = 0;
    TRY(signed_in_remove(call->transaction,
                         (struct signed_in_remove_in){{action_number(call, "row")}, call->person},
                         &changed));
    return action_changed(call, changed);
}

const struct action action_session_end = {
    .number = 104,
    .name = STR_INIT("session.end"),
    .title = STR_INIT("Sign out there"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SELF,
    .fields = row_fields,
    .field_count = ACTION_COUNT_OF(row_fields),
    .run = session_end,
    .after = STR_INIT("account.see"),
};

MUST_USE static struct result sessions_end(struct action_call *call)
{
    size_t changed = 0;
    return signed_in_remove_all(
        call->transaction, (struct signed_in_remove_all_in){call->person, call->request->session},
        &changed);
}

const struct action action_sessions_end = {
    .number = 105,
    .name = STR_INIT("sessions.end"),
    .title = STR_INIT("Sign out everywhere else"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SELF,
    .run = sessions_end,
    .after = STR_INIT("account.see"),
};

/* ---- Tokens of programs ---------------------------------------------------------------------- */

static const struct action_field token_fields[] = {
    {.name = STR_INIT("name"),
     .label = STR_INIT("Which program"),
     .hint = STR_INIT("So that you know it again"),
     .bytes_max = 100,
     .is_required = true},
    {.name = STR_INIT("scopes"),
     .label = STR_INIT("What it may do"),
     .hint = STR_INIT("Names of actions with spaces between, such as person.list import.preview; "
                      "* for all that you may"),
     .bytes_max = 1000,
     .is_required = true},
    {.name = STR_INIT("days"),
     .label = STR_INIT("Good for how many days"),
     .hint = STR_INIT("At most 366"),
     .kind = ACTION_NUMBER,
     .is_required = true},
};

/* All scopes must be actions. */
static bool scopes_are_good(struct action_call *call, struct str scopes)
{
    struct str rest = scopes, scope;
    bool has_more = true;
    while (has_more) {
        has_more = str_cut(rest, ' ', &scope, &rest);
        if (!str_is_empty(scope) && !str_equal(scope, STR("*")) && !action_named(scope)) {
            action_error(call, "scopes",
                         str_format(call->arena, "What it may do: there is no action " STR_FMT,
                                    STR_ARG(scope)));
            return false;
        }
    }
    return true;
}

MUST_USE static struct result token_make(struct action_call *call)
{
    int64_t days = action_number(call, "days");
    if (days < 1 || days > TOKEN_DAYS_MAX) {
        action_error(call, "days", STR("Good for how many days: from 1 to 366"));
    }
    if (!scopes_are_good(call, action_text(call, "scopes")) || action_has_errors(call)) {
        return RESULT_OK;
    }
    struct token token = token_api_new(call->arena);
    struct instant now = store_now(call->transaction);
    TRY(api_token_add(
        call->transaction,
        (struct api_token_add_in){.id = {store_id(call->transaction)},
                                  .digest = {(const char *)token.hash.bytes, TOKEN_HASH_BYTES},
                                  .person = call->person,
                                  .name = action_text(call, "name"),
                                  .scopes = action_text(call, "scopes"),
                                  .made_at = now,
                                  .ends_at = instant_add(now, days * INSTANT_DAY_MILLISECONDS)}));
    call->outcome->answer.title = STR("The token");
    action_say(call, "token", "Copy it now: it is not shown again", token.text);
    return RESULT_OK;
}

const struct action action_token_make = {
    .number = 106,
    .name = STR_INIT("token.make"),
    .title = STR_INIT("Let a program act for you"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SELF,
    .is_sensitive = true,
    .fields = token_fields,
    .field_count = ACTION_COUNT_OF(token_fields),
    .run = token_make,
};

MUST_USE static struct result token_revoke(struct action_call *call)
{
    size_t changed = 0;
    TRY(api_token_revoke(call->transaction,
                         (struct api_token_revoke_in){{action_number(call, "row")},
                                                      call->person,
                                                      store_now(call->transaction)},
                         &changed));
    return action_changed(call, changed);
}

const struct action action_token_revoke = {
    .number = 107,
    .name = STR_INIT("token.revoke"),
    .title = STR_INIT("Revoke a program's token"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SELF,
    .fields = row_fields,
    .field_count = ACTION_COUNT_OF(row_fields),
    .run = token_revoke,
    .after = STR_INIT("account.see"),
};
