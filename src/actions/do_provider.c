/*
 * actions/do_provider.c - how people sign in with the school's provider: the settings, tried before
 * they are kept.
 *
 * Read first: action_int.h, identity/provider.h, identity/provider_seat.h; docs/identity.md.
 * What must hold: our secret at the provider is kept sealed, and never shown again.
 */
#include "actions/table_int.h"
#include "identity/factor_sql.h"
#include "identity/provider_seat.h"
#include "store/statement.h"

/* A directory id of Entra: 8-4-4-4-12 hexadecimal digits. */
#define TENANT_BYTES 36

#define BACK_PATH "/sign-in/back"

static const struct action_choice kinds[] = {
    {STR_INIT("microsoft"), STR_INIT("Microsoft Entra (Microsoft 365)")},
    {STR_INIT("google"), STR_INIT("Google Workspace")},
    {STR_INIT("other"), STR_INIT("Another one that speaks OpenID Connect")},
};

static const struct action_field fields[] = {
    {.name = STR_INIT("kind"),
     .label = STR_INIT("Provider"),
     .kind = ACTION_CHOICE,
     .choices = kinds,
     .choice_count = ACTION_COUNT_OF(kinds),
     .is_required = true},
    {.name = STR_INIT("client"),
     .label = STR_INIT("Client ID"),
     .hint = STR_INIT("Microsoft calls it Application (client) ID"),
     .bytes_max = 300,
     .is_required = true},
    {.name = STR_INIT("secret"),
     .label = STR_INIT("Client secret"),
     .hint =
         STR_INIT("Its value, not its ID. Leave it empty to keep the one that was given before"),
     .kind = ACTION_PASSWORD,
     .bytes_max = 1000,
     .is_secret = true},
    {.name = STR_INIT("tenants"),
     .label = STR_INIT("Microsoft: Directory (tenant) ID"),
     .hint = STR_INIT("Of several directories all of them, with spaces between"),
     .bytes_max = 2000},
    {.name = STR_INIT("domains"),
     .label = STR_INIT("Google: domains of your people's addresses"),
     .hint = STR_INIT("Such as ashdownvale.example, with spaces between"),
     .bytes_max = 2000},
    {.name = STR_INIT("issuer"),
     .label = STR_INIT("Another provider: its issuer"),
     .hint = STR_INIT("As it writes it, such as https://sign-in.ashdownvale.example"),
     .bytes_max = 500},
    {.name = STR_INIT("links"),
     .label = STR_INIT("Let people in by their work e-mail the first time, where the provider "
                       "vouches for it and its domain is one of their school"),
     .kind = ACTION_YES},
    {.name = STR_INIT("factor"),
     .label = STR_INIT("Everybody gives a second factor at the provider, so that none is asked for "
                       "here"),
     .kind = ACTION_YES},
};

/* ---- The settings that were given ------------------------------------------------------------ */

static size_t split(struct str words, struct str list[PROVIDER_LIST_MAX])
{
    struct str rest = words, word;
    bool has_more = !str_is_empty(words);
    size_t count = 0;
    while (has_more && count < PROVIDER_LIST_MAX) {
        has_more = str_cut(rest, ' ', &word, &rest);
        if (!str_is_empty(word)) {
            list[count++] = word;
        }
    }
    return count;
}

static bool is_tenant(struct str word)
{
    bool is_good = word.len == TENANT_BYTES;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.at[i];
        is_good &= (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-';
    }
    return is_good;
}

static void microsoft(struct action_call *call, struct provider_settings *out)
{
    out->tenants_count = split(action_text(call, "tenants"), out->tenants);
    bool is_good = out->tenants_count > 0;
    for (size_t i = 0; i < out->tenants_count; i++) {
        is_good &= is_tenant(out->tenants[i]);
    }
    if (!is_good) {
        action_error(call, "tenants",
                     STR("Directory (tenant) ID: give it as Microsoft's page shows it, 36 small "
                         "letters and digits with hyphens"));
    }
    out->issuer =
        out->tenants_count == 1
            ? str_format(call->arena, "https://login.microsoftonline.com/" STR_FMT "/v2.0",
                         STR_ARG(out->tenants[0]))
            : STR("https://login.microsoftonline.com/{tenantid}/v2.0");
}

static void settings_read(struct action_call *call, struct provider_settings *out)
{
    struct str kind = action_text(call, "kind");
    *out = (struct provider_settings){.client_id = action_text(call, "client"),
                                      .links_by_address = action_number(call, "links") != 0,
                                      .vouches_factor = action_number(call, "factor") != 0};
    if (str_equal(kind, STR("microsoft"))) {
        microsoft(call, out);
        return;
    }
    out->domains_count = split(action_text(call, "domains"), out->domains);
    out->issuer = STR("https://accounts.google.com");
    if (str_equal(kind, STR("other"))) {
        out->issuer = action_text(call, "issuer");
        if (str_is_empty(out->issuer)) {
            action_error(call, "issuer", STR("Its issuer: this is needed for another provider"));
        }
    } else if (out->domains_count == 0) {
        action_error(call, "domains",
                     STR("Domains: without them anybody with a Google account could come in"));
    }
}

/* The secret that was given, or the one that is kept. */
MUST_USE static struct result secret_read(struct action_call *call, struct str *out)
{
    struct provider_setting_of_row row;
    bool is_there = false;
    *out = str_trim(action_text(call, "secret"));
    if (!str_is_empty(*out)) {
        return RESULT_OK;
    }
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(call->place->store, call->arena, STORE_READ, &transaction));
    TRY(provider_setting_of(transaction, &is_there, &row));
    if (!is_there || !str_equal(row.client, action_text(call, "client"))) {
        action_error(call, "secret", STR("Client secret: this is needed"));
        return RESULT_OK;
    }
    return sealed_read(call->arena, call->place->key, STR(PROVIDER_PURPOSE), row.secret, out);
}

/* ---- Tried ----------------------------------------------------------------------------------- */

static bool can_be_set(struct action_call *call)
{
    const struct actions_place *place = call->place;
    if (!place->seat || !place->key) {
        action_error(call, "", STR("A provider cannot be set in this way"));
    } else if (provider_seat_is_filed(place->seat)) {
        action_error(call, "",
                     STR("The settings stand in the file provider.json on the server, which wins: "
                         "have it taken away first"));
    }
    return !action_has_errors(call);
}

MUST_USE static struct result now_of(struct action_call *call, struct instant *now)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(call->place->store, call->arena, STORE_READ, &transaction));
    *now = store_now(transaction);
    return RESULT_OK;
}

/* What the provider said, beside the field that it is about. */
static void say_fault(struct action_call *call, struct result fault)
{
    bool is_secret = str_find(str_from(fault.message), STR("id and secret")) != STR_NONE;
    struct str about = str_is_empty(fault.detail)
                           ? (struct str){0}
                           : str_format(call->arena, " (" STR_FMT ")", STR_ARG(fault.detail));
    action_error(
        call, is_secret ? "secret" : "kind",
        str_format(call->arena, "Nothing was saved. %s" STR_FMT, fault.message, STR_ARG(about)));
}

MUST_USE static struct result prepare(struct action_call *call)
{
    struct provider_settings settings;
    struct instant now;
    if (!can_be_set(call)) {
        return RESULT_OK;
    }
    settings_read(call, &settings);
    TRY(secret_read(call, &settings.client_secret));
    if (action_has_errors(call)) {
        return RESULT_OK;
    }
    TRY(now_of(call, &now));
    DEFER(provider_close) struct provider *provider = NULL;
    struct result tried =
        provider_make(call->arena, &settings, provider_seat_redirect(call->place->seat), &provider);
    if (result_is_ok(tried)) {
        tried = provider_try(provider, call->arena, now);
    }
    if (!result_is_ok(tried)) {
        say_fault(call, tried);
        return RESULT_OK;
    }
    call->prepared =
        sealed_write(call->arena, call->place->key, STR(PROVIDER_PURPOSE), settings.client_secret);
    return RESULT_OK;
}

MUST_USE static struct result set(struct action_call *call)
{
    struct provider_settings settings;
    settings_read(call, &settings);
    if (!can_be_set(call)) {
        return RESULT_OK;
    }
    return provider_setting_put(
        call->transaction,
        (struct provider_setting_put_in){.kind = action_text(call, "kind"),
                                         .issuer = settings.issuer,
                                         .client = settings.client_id,
                                         .secret = call->prepared,
                                         .tenants = action_text(call, "tenants"),
                                         .domains = action_text(call, "domains"),
                                         .links_by_address = settings.links_by_address,
                                         .vouches_factor = settings.vouches_factor,
                                         .revision = store_id(call->transaction)});
}

/* ---- What the page says ---------------------------------------------------------------------- */

static const struct action_column step_columns[] = {
    {STR_INIT("place"), STR_INIT("Where"), ACTION_CELL_TEXT},
    {STR_INIT("what"), STR_INIT("What to do"), ACTION_CELL_TEXT},
};

struct step {
    struct str place, what;
};

static const struct step microsoft_steps[] = {
    {STR_INIT("App registrations"),
     STR_INIT("At entra.microsoft.com: New registration. Name it Handrail.")},
    {STR_INIT("Supported account types"),
     STR_INIT("Accounts in this organisational directory only.")},
    {STR_INIT("Redirect URI"), STR_INIT("Web, and the redirect address above.")},
    {STR_INIT("Overview"),
     STR_INIT("Copy the Application (client) ID and the Directory (tenant) ID into this page.")},
    {STR_INIT("Certificates & secrets"),
     STR_INIT("New client secret. Copy its value at once. Put its last day into a calendar.")},
    {STR_INIT("Token configuration"),
     STR_INIT("Add optional claims of the ID token: email, sid and auth_time.")},
    {STR_INIT("Enterprise applications, Handrail, Properties"),
     STR_INIT("Assignment required: yes. Then assign the group of your staff under Users and "
              "groups.")},
};

static const struct step google_steps[] = {
    {STR_INIT("Google Cloud console"),
     STR_INIT("At console.cloud.google.com make a project in the organisation of your school.")},
    {STR_INIT("Google Auth Platform, Audience"), STR_INIT("Internal.")},
    {STR_INIT("Clients"), STR_INIT("Create client, of the type Web application.")},
    {STR_INIT("Authorised redirect URIs"), STR_INIT("The redirect address above.")},
    {STR_INIT("The client that was made"),
     STR_INIT("Copy the client ID and the client secret into this page, and give the domains of "
              "your people's addresses.")},
};

static void show_steps(struct action_call *call, const char *name, const char *title,
                       const struct step *steps, size_t count)
{
    struct action_list *list =
        action_list(call, name, title, step_columns, ACTION_COUNT_OF(step_columns), "");
    for (size_t i = 0; i < count; i++) {
        struct action_cell *cells = action_row(call, list);
        cells[0].text = steps[i].place;
        cells[1].text = steps[i].what;
    }
}

static void show_steps_all(struct action_call *call)
{
    struct str back = provider_seat_redirect(call->place->seat);
    struct str site = str_slice(back, 0, back.len - (sizeof(BACK_PATH) - 1));
    action_say(call, "redirect", "Redirect address to enter at the provider", back);
    action_say(call, "signed-out", "Address for back-channel logout, where the provider has it",
               str_format(call->arena, STR_FMT "/sign-out/provider", STR_ARG(site)));
    show_steps(call, "microsoft", "At Microsoft Entra", microsoft_steps,
               ACTION_COUNT_OF(microsoft_steps));
    show_steps(call, "google", "At Google Workspace", google_steps, ACTION_COUNT_OF(google_steps));
}

MUST_USE static struct result fill(struct action_call *call)
{
    struct provider_setting_of_row row;
    bool is_there = false;
    if (!can_be_set(call)) {
        return RESULT_OK;
    }
    show_steps_all(call);
    TRY(provider_setting_of(call->transaction, &is_there, &row));
    if (is_there) {
        action_begin_with(call, "kind", row.kind);
        action_begin_with(call, "client", row.client);
        action_begin_with(call, "tenants", row.tenants);
        action_begin_with(call, "domains", row.domains);
        action_begin_with(call, "links", row.links_by_address ? STR("yes") : (struct str){0});
        action_begin_with(call, "factor", row.vouches_factor ? STR("yes") : (struct str){0});
        bool is_other = str_equal(row.kind, STR("other"));
        action_begin_with(call, "issuer", is_other ? row.issuer : (struct str){0});
    }
    return RESULT_OK;
}

const struct action action_trust_provider = {
    .number = 117,
    .name = STR_INIT("trust.provider"),
    .title = STR_INIT("Let people sign in with the school's provider"),
    .button = STR_INIT("Try and save"),
    .help = STR_INIT("The settings are tried before they are saved, and hold at once. Whoever sets "
                     "them decides who can sign in: this stands in the history."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .is_sensitive = true,
    .fields = fields,
    .field_count = ACTION_COUNT_OF(fields),
    .prepare = prepare,
    .run = set,
    .fill = fill,
    .after = STR_INIT("trust.see"),
};

MUST_USE static struct result take_away(struct action_call *call)
{
    size_t changed = 0;
    TRY(provider_setting_remove(call->transaction, &changed));
    return action_changed(call, changed);
}

const struct action action_trust_provider_remove = {
    .number = 118,
    .name = STR_INIT("trust.provider-remove"),
    .title = STR_INIT("End signing in with the provider"),
    .help = STR_INIT("Who has no password here cannot sign in any more. Sessions that have begun "
                     "go on."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .is_sensitive = true,
    .run = take_away,
    .after = STR_INIT("trust.see"),
};
