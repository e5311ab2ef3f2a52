/*
 * actions/do_factor.c - the second factor: one's own, one that was lost, and who needs one; and
 * links to sign in with.
 *
 * Read first: action_int.h, identity/factor.h.
 *
 * What must hold
 * - The secret is shown until its first code was given; recovery codes are shown once.
 * - Nobody takes the factor of somebody else away and leaves none: it has to be chosen anew.
 */
#include "actions/table_int.h"
#include "identity/factor.h"
#include "identity/factor_sql.h"
#include "identity/sign_in.h"
#include "identity/sign_in_sql.h"
#include "records/organisation.h"
#include "records/people.h"
#include "store/statement.h"

/* ---- One's own ------------------------------------------------------------------------------- */

static bool has_key(struct action_call *call)
{
    if (!call->place->key) {
        action_error(call, "", STR("Second factors cannot be set up in this way"));
    }
    return call->place->key != NULL;
}

MUST_USE static struct result begin(struct action_call *call)
{
    return has_key(call) ? factor_begin(call->transaction, call->place->key, call->person)
                         : RESULT_OK;
}

const struct action action_account_factor_begin = {
    .number = 110,
    .name = STR_INIT("account.factor-begin"),
    .title = STR_INIT("Set up a second factor"),
    .button = STR_INIT("Show the picture"),
    .help = STR_INIT(
        "Then a stolen password is of no use. You need an app that shows codes of six digits, such "
        "as Microsoft Authenticator, Google Authenticator or a password manager. The next page "
        "shows a picture for the app. If you have a second factor already, it stays good until the "
        "new one is set up."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SELF,
    .is_sensitive = true,
    .is_first_step = true,
    .run = begin,
    .after = STR_INIT("account.factor-confirm"),
};

static const struct action_field code_fields[] = {
    {.name = STR_INIT("code"),
     .label = STR_INIT("The six digits that the app shows now"),
     .bytes_max = 32,
     .is_secret = true,
     .is_required = true},
};

/* The picture, and the same as letters. */
MUST_USE static struct result show_secret(struct action_call *call)
{
    struct factor_state state;
    struct trust_of_row trust = {0};
    bool is_there = false;
    TRY(factor_state(call->transaction, call->place->key, call->person, &state));
    if (!state.is_begun) {
        action_error(call, "code",
                     STR("There is no picture, or it is too old: begin again with “Set up a "
                         "second factor” on the page of your account"));
        return RESULT_OK;
    }
    TRY(trust_of(call->transaction, &is_there, &trust));
    struct str issuer = str_format(call->arena, "Handrail " STR_FMT, STR_ARG(trust.name));
    call->outcome->answer.picture = totp_uri(call->arena, &state.next, issuer, state.account);
    action_say(call, "secret", "If you cannot scan it, type this into the app",
               totp_secret_text(call->arena, &state.next));
    return RESULT_OK;
}

static void show_codes(struct action_call *call, const struct token codes[RECOVERY_CODES])
{
    static const struct action_column columns[] = {
        {STR_INIT("number"), STR_INIT("Number"), ACTION_CELL_TEXT},
        {STR_INIT("code"), STR_INIT("Code"), ACTION_CELL_TEXT},
    };
    call->outcome->answer.title = STR("Your recovery codes");
    call->outcome->answer.note =
        STR("Print this page, or write the codes down, and keep them where your telephone is not. "
            "Each is good once in place of the six digits. They are not shown again.");
    struct action_list *shown =
        action_list(call, "codes", "Recovery codes", columns, ACTION_COUNT_OF(columns), "None.");
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0].text = str_format(call->arena, "%zu", i + 1);
        cells[1].text = codes[i].text;
    }
    action_offer(call, &action_account_see, NULL, 0, NULL, 0);
}

MUST_USE static struct result confirm(struct action_call *call)
{
    struct token codes[RECOVERY_CODES];
    bool is_right = false;
    size_t changed = 0;
    if (!has_key(call)) {
        return RESULT_OK;
    }
    TRY(factor_confirm(call->transaction, call->place->key, call->person, action_text(call, "code"),
                       &is_right, codes));
    if (!is_right) {
        action_error(call, "code",
                     STR("This is not the code. Wait for the next one, and see that the clock of "
                         "your telephone is right"));
        return RESULT_OK;
    }
    TRY(signed_in_remove_all(call->transaction,
                             (struct signed_in_remove_all_in){call->person, call->request->session},
                             &changed));
    TRY(signed_in_factor(call->transaction,
                         (struct signed_in_factor_in){call->request->session, call->person},
                         &changed));
    show_codes(call, codes);
    return RESULT_OK;
}

const struct action action_account_factor_confirm = {
    .number = 111,
    .name = STR_INIT("account.factor-confirm"),
    .title = STR_INIT("Scan the picture and give a code"),
    .button = STR_INIT("Confirm"),
    .help = STR_INIT("Open your app, add an account and scan this picture. You will be signed out "
                     "everywhere else."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SELF,
    .is_sensitive = true,
    .is_first_step = true,
    .fields = code_fields,
    .field_count = ACTION_COUNT_OF(code_fields),
    .run = confirm,
    .fill = show_secret,
};

/* True when the actor has a second factor; else an error says so. */
MUST_USE static struct result has_factor(struct action_call *call, bool *out)
{
    struct factor_state state;
    TRY(factor_state(call->transaction, call->place->key, call->person, &state));
    *out = state.is_there;
    if (!*out) {
        action_error(call, "", STR("You have no second factor: set one up first"));
    }
    return RESULT_OK;
}

MUST_USE static struct result make_codes(struct action_call *call)
{
    struct token codes[RECOVERY_CODES];
    bool is_there = false;
    TRY(has_factor(call, &is_there));
    if (is_there) {
        TRY(factor_codes_new(call->transaction, call->person, codes));
        show_codes(call, codes);
    }
    return RESULT_OK;
}

const struct action action_account_factor_codes = {
    .number = 112,
    .name = STR_INIT("account.factor-codes"),
    .title = STR_INIT("Make new recovery codes"),
    .help = STR_INIT("Those that you have are not good any more from then on."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SELF,
    .is_sensitive = true,
    .run = make_codes,
};

/* One of the roles that the actor holds today for which the trust wants a second factor. */
MUST_USE static struct result role_wants_factor(struct action_call *call, bool *out)
{
    *out = false;
    for (size_t i = 0; i < call->role_count && !*out; i++) {
        struct factor_role_of_row row;
        TRY(factor_role_of(call->transaction, (struct factor_role_of_in){call->roles[i].role}, out,
                           &row));
    }
    return RESULT_OK;
}

MUST_USE static struct result take_away(struct action_call *call)
{
    bool is_there = false, is_wanted = false;
    size_t changed = 0;
    TRY(has_factor(call, &is_there));
    TRY(role_wants_factor(call, &is_wanted));
    if (is_there && is_wanted) {
        action_error(call, "",
                     STR("You hold a role that needs a second factor. You can set up another in "
                         "place of this one"));
    }
    if (action_has_errors(call)) {
        return RESULT_OK;
    }
    TRY(factor_remove(call->transaction, call->person, false));
    return signed_in_remove_all(
        call->transaction, (struct signed_in_remove_all_in){call->person, call->request->session},
        &changed);
}

const struct action action_account_factor_remove = {
    .number = 113,
    .name = STR_INIT("account.factor-remove"),
    .title = STR_INIT("Take the second factor away"),
    .help = STR_INIT("From then on your password alone is enough. You are signed out everywhere "
                     "else."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_SELF,
    .is_sensitive = true,
    .run = take_away,
    .after = STR_INIT("account.see"),
};

/* ---- Of somebody who has lost it ------------------------------------------------------------- */

static const struct action_field person_fields[] = {ACTION_PERSON_FIELD};

MUST_USE static struct result reset(struct action_call *call)
{
    struct factor_state state;
    size_t changed = 0;
    if (call->actor.value == call->person.value) {
        action_error(call, "person",
                     STR("Nobody resets their own second factor: use a recovery code, or ask "
                         "somebody else"));
        return RESULT_OK;
    }
    TRY(action_check_reach(call, "person"));
    if (action_has_errors(call)) {
        return RESULT_OK;
    }
    TRY(factor_state(call->transaction, NULL, call->person, &state));
    if (!state.is_there) {
        action_error(call, "person", STR("This person has no second factor"));
        return RESULT_OK;
    }
    TRY(factor_remove(call->transaction, call->person, true));
    TRY(mail_links_end(call->transaction, (struct mail_links_end_in){call->person}));
    return signed_in_remove_all(
        call->transaction, (struct signed_in_remove_all_in){.person = call->person, .but = {0}},
        &changed);
}

const struct action action_account_factor_reset = {
    .number = 114,
    .name = STR_INIT("account.factor-reset"),
    .title = STR_INIT("Reset the second factor"),
    .help =
        STR_INIT("For somebody who has lost the app and the recovery codes. Be certain who asks "
                 "you: see the person, or call a number that you know. The person is signed "
                 "out everywhere and must set up another one at the next sign-in."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .is_sensitive = true,
    .fields = person_fields,
    .field_count = ACTION_COUNT_OF(person_fields),
    .run = reset,
    .after = STR_INIT("person.see"),
};

/* ---- Who needs one --------------------------------------------------------------------------- */

static const struct action_field role_fields[] = {
    {.name = STR_INIT("role"),
     .label = STR_INIT("Role"),
     .kind = ACTION_CHOICE,
     .words = ACTION_WORDS_ROLES,
     .is_required = true},
};

MUST_USE static struct result require(struct action_call *call)
{
    size_t changed = 0;
    return factor_role_add(
        call->transaction,
        (struct factor_role_add_in){action_text(call, "role"), store_now(call->transaction)},
        &changed);
}

const struct action action_trust_factor_require = {
    .number = 115,
    .name = STR_INIT("trust.factor-require"),
    .title = STR_INIT("Require a second factor for a role"),
    .help = STR_INIT("Whoever holds the role, at any school, sets up a second factor at the next "
                     "step and can do nothing else until then. Who signs in with the school's "
                     "provider and gives a second factor there needs none here."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .is_sensitive = true,
    .fields = role_fields,
    .field_count = ACTION_COUNT_OF(role_fields),
    .run = require,
    .after = STR_INIT("trust.see"),
};

MUST_USE static struct result waive(struct action_call *call)
{
    size_t changed = 0;
    TRY(factor_role_remove(call->transaction,
                           (struct factor_role_remove_in){action_text(call, "role")}, &changed));
    return action_changed(call, changed);
}

const struct action action_trust_factor_waive = {
    .number = 119,
    .name = STR_INIT("trust.factor-waive"),
    .title = STR_INIT("Require no second factor for a role"),
    .help = STR_INIT("Those that were set up stay."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .is_sensitive = true,
    .fields = role_fields,
    .field_count = ACTION_COUNT_OF(role_fields),
    .run = waive,
    .after = STR_INIT("trust.see"),
};

/* ---- A link to sign in with ------------------------------------------------------------------ */

MUST_USE static struct result link_send(struct action_call *call)
{
    struct str token;
    bool stands = false;
    TRY(action_check_reach(call, "person"));
    if (action_has_errors(call)) {
        return RESULT_OK;
    }
    TRY(account_make(call->transaction,
                     (struct account_make_in){call->person, store_now(call->transaction)}));
    TRY(sign_in_stands(call->transaction, call->person, &stands));
    if (!stands) {
        action_error(call, "person",
                     STR("The account is shut, or the person has left: no link would be good"));
        return RESULT_OK;
    }
    TRY(sign_in_link(call->transaction, call->person, STR("sign-in"), &token));
    call->outcome->answer.title = STR("The link");
    call->outcome->answer.note =
        STR("Whoever has this link can sign in as this person, unless a second factor is set up. "
            "Send it to the person's own address and to nobody else.");
    action_say(call, "link", "Good for 20 minutes, once",
               str_format(call->arena, "/link/" STR_FMT, STR_ARG(token)));
    return RESULT_OK;
}

const struct action action_account_link_send = {
    .number = 116,
    .name = STR_INIT("account.link-send"),
    .title = STR_INIT("Make a link to sign in with"),
    .help = STR_INIT("For governors, contractors and others who have no password here and no "
                     "account at the school's provider."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_PERSON,
    .is_sensitive = true,
    .fields = person_fields,
    .field_count = ACTION_COUNT_OF(person_fields),
    .run = link_send,
};
