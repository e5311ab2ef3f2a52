/*
 * actions/run.c - one way to do anything.
 *
 * Read first: actions.h, action_int.h.
 *
 * The steps: fields; transaction; roles; whom it is about; permission; second factor; proof; key;
 * the row's own function; the ledger; the key's answer; commit.
 */
#include <assert.h>

#include "actions/action_int.h"
#include "actions/actions_sql.h" /* made of actions.sql */
#include "base/hex.h"
#include "base/json.h"
#include "base/sha256.h"
#include "calendar/london.h"
#include "identity/factor.h"
#include "ledger/ledger.h"
#include "records/organisation.h"
#include "records/people.h"

/* ---- Who, and about whom --------------------------------------------------------------------- */

MUST_USE static struct result load_roles(struct action_call *call)
{
    if (call->actor.value == 0) {
        return RESULT_OK;
    }
    struct roles_on_rows rows;
    TRY(roles_on(call->transaction, (struct roles_on_in){call->actor, call->today}, &rows));
    for (size_t i = 0; i < rows.count && call->role_count < ACTION_ROLES_MAX; i++) {
        call->roles[call->role_count++] = (struct action_role){rows.at[i].role, rows.at[i].school};
    }
    return RESULT_OK;
}

static int64_t id_given(const struct action_call *call, const char *name)
{
    for (size_t i = 0; i < call->action->field_count; i++) {
        if (str_equal(call->action->fields[i].name, str_from(name))) {
            return call->values[i].number;
        }
    }
    return 0;
}

MUST_USE static struct result load_about(struct action_call *call)
{
    call->school.value = id_given(call, "school");
    if (call->school.value && call->action->about != ACTION_ABOUT_PERSON) {
        call->schools[call->school_count++] = call->school;
    }
    switch (call->action->about) {
    case ACTION_ABOUT_SELF:
        call->person = call->actor;
        break;
    case ACTION_ABOUT_SCHOOLS:
        for (size_t i = 0; i < call->role_count && !call->school.value; i++) {
            call->schools[call->school_count++] = call->roles[i].school;
        }
        break;
    case ACTION_ABOUT_PERSON: {
        call->person.value = id_given(call, "person");
        struct schools_of_person_rows rows;
        TRY(schools_of_person(call->transaction,
                              (struct schools_of_person_in){call->person, ACTION_SCHOOLS_MAX - 1},
                              &rows));
        for (size_t i = 0; i < rows.count; i++) {
            call->schools[call->school_count++] = rows.at[i].school;
        }
        break;
    }
    case ACTION_ABOUT_TRUST:
    case ACTION_ABOUT_SCHOOL:
    case ACTION_ABOUT_COUNT:
        break;
    }
    return call->action->locate ? call->action->locate(call) : RESULT_OK;
}

static bool scopes_allow(struct str scopes, struct str action)
{
    struct str rest = scopes, scope;
    bool has_more = !str_is_empty(scopes);
    bool is_allowed = str_is_empty(scopes);
    while (has_more && !is_allowed) {
        has_more = str_cut(rest, ' ', &scope, &rest);
        is_allowed = str_equal(scope, action) || str_equal(scope, STR("*"));
    }
    return is_allowed;
}

/*
 * About a person it must be permitted where the person is, and also for the school that is named:
 * else a head could take anybody into the own school, and read there what is none of its business.
 */
bool action_may(const struct action_call *call, const struct action *action)
{
    if (call->actor.value == 0) {
        return true;
    }
    bool is_self = action->about == ACTION_ABOUT_SELF ||
                   (call->person.value != 0 && call->person.value == call->actor.value);
    bool is_permitted = action_is_permitted(action, call->roles, call->role_count, is_self,
                                            call->schools, call->school_count);
    if (call->action->about == ACTION_ABOUT_PERSON && call->school.value) {
        is_permitted &=
            action_is_permitted(action, call->roles, call->role_count, is_self, &call->school, 1);
    }
    return is_permitted && scopes_allow(call->request->scopes, action->name);
}

bool action_may_at(const struct action_call *call, const struct action *action,
                   struct school_id school)
{
    return call->actor.value == 0 ||
           (action_is_permitted(action, call->roles, call->role_count, false, &school, 1) &&
            scopes_allow(call->request->scopes, action->name));
}

void action_tell(const struct action_call *call, size_t done, size_t all)
{
    const struct action_progress *progress = &call->request->progress;
    if (progress->tell) {
        progress->tell(progress->context, (int64_t)done, (int64_t)all);
    }
}

/* ---- Keys ------------------------------------------------------------------------------------ */

static void digest_part(struct sha256 *state, struct str part)
{
    uint64_t length = part.len;
    sha256_add(state, &length, sizeof length);
    sha256_add(state, part.at, part.len);
}

/*
 * Of what was asked, so that a key cannot be used for something else. Secrets are left out: the
 * digest of a password is as good as the password for who can guess.
 */
static struct str digest_of(const struct action_call *call)
{
    const struct action *action = call->action;
    struct sha256 state = sha256_begin();
    digest_part(&state, action->name);
    for (size_t i = 0; i < action->field_count; i++) {
        if (call->values[i].is_given && !action->fields[i].is_secret) {
            digest_part(&state, action->fields[i].name);
            digest_part(&state, call->values[i].text);
        }
    }
    uint8_t *digest = arena_alloc(call->arena, SHA256_BYTES);
    sha256_end(&state, digest);
    return (struct str){(const char *)digest, SHA256_BYTES};
}

/* Which act it was, and about whom; not what was shown, which may be a token or a link. */
static struct str answer_of(const struct action_call *call)
{
    struct action_outcome kept = {.position = call->outcome->position,
                                  .person = call->outcome->person,
                                  .school = call->outcome->school};
    return action_answer_json(call->arena, call->action, &kept);
}

static void remember(struct action_call *call, struct str answer)
{
    struct diag_list diags = diag_list_new(call->arena);
    const struct json_value *said = json_read(call->arena, STR("answer"), answer, &diags);
    const struct json_value *act = json_get(said, STR("act"));
    const struct json_value *person = json_get(said, STR("person"));
    const struct json_value *school = json_get(said, STR("school"));
    call->outcome->position = act ? act->integer : -1;
    call->outcome->is_repeated = true;
    if (person && !store_id_parse(person->text, &call->outcome->person.value)) {
        call->outcome->person.value = 0;
    }
    if (school && !store_id_parse(school->text, &call->outcome->school.value)) {
        call->outcome->school.value = 0;
    }
}

static bool is_key(struct str key)
{
    for (size_t i = 0; i < key.len; i++) {
        if (key.at[i] <= 0x20 || key.at[i] >= 0x7F) {
            return false;
        }
    }
    return true;
}

/* *is_known: the key was used, and nothing is left to do. */
MUST_USE static struct result key_look_up(struct action_call *call, bool *is_known)
{
    const struct action_request *request = call->request;
    struct act_key_of_row row;
    *is_known = false;
    if (str_is_empty(request->key)) {
        return RESULT_OK;
    }
    if (request->key.len > ACTION_KEY_BYTES_MAX) {
        action_error(call, "key", STR("the key is too long"));
        return RESULT_OK;
    }
    if (!is_key(request->key)) {
        action_error(call, "key", STR("the key may hold letters, digits and signs of ASCII alone"));
        return RESULT_OK;
    }
    TRY(act_key_of(call->transaction, (struct act_key_of_in){call->actor, request->key}, is_known,
                   &row));
    if (*is_known && str_equal(row.digest, digest_of(call))) {
        remember(call, row.answer);
    } else if (*is_known) {
        call->outcome->status = ACTION_CONFLICT;
        action_error(call, "key", STR("this key was used for another request"));
        call->outcome->status = ACTION_CONFLICT;
    }
    return RESULT_OK;
}

MUST_USE static struct result key_keep(struct action_call *call)
{
    if (str_is_empty(call->request->key)) {
        return RESULT_OK;
    }
    return act_key_add(call->transaction,
                       (struct act_key_add_in){.person = call->actor,
                                               .word = call->request->key,
                                               .action = call->action->name,
                                               .digest = digest_of(call),
                                               .answer = answer_of(call),
                                               .done_at = store_now(call->transaction)});
}

/* ---- The ledger ------------------------------------------------------------------------------ */

void action_note(struct action_call *call, const char *name, struct str text)
{
    assert(call->note_count < ACTION_NOTES_MAX);
    call->notes[call->note_count++] = (struct action_note){str_from(name), text};
}

void action_note_number(struct action_call *call, const char *name, int64_t number)
{
    action_note(call, name, str_format(call->arena, "%lld", (long long)number));
}

struct str action_digest_text(struct arena *arena, struct str digest)
{
    return hex_of(arena, digest.at, digest.len);
}

/* Of a file its digest: what stands in it may be erased, and the act stays. */
static struct str content_value(struct action_call *call, const struct action_field *field,
                                struct str text)
{
    if (field->kind != ACTION_FILE) {
        return text;
    }
    uint8_t digest[SHA256_BYTES];
    sha256(text.at, text.len, digest);
    struct str shown =
        action_digest_text(call->arena, (struct str){(const char *)digest, SHA256_BYTES});
    return str_format(call->arena, "sha256:" STR_FMT ", %zu bytes", STR_ARG(shown), text.len);
}

/* All that was given, but for secrets, and what the function noted. */
static struct str content_of(struct action_call *call)
{
    struct text out = {.arena = call->arena};
    struct json_writer writer = json_writer_new(&out, JSON_COMPACT);
    json_begin_object(&writer);
    for (size_t i = 0; i < call->action->field_count; i++) {
        const struct action_field *field = &call->action->fields[i];
        if (call->values[i].is_given && !field->is_secret && field->kind != ACTION_REVISION) {
            json_key_str(&writer, field->name, content_value(call, field, call->values[i].text));
        }
    }
    for (size_t i = 0; i < call->note_count; i++) {
        json_key_str(&writer, call->notes[i].name, call->notes[i].text);
    }
    json_end_object(&writer);
    return text_str(&out);
}

MUST_USE static struct result record(struct action_call *call)
{
    struct ledger_act act = {.kind = call->action->number,
                             .actor = call->actor,
                             .person = call->person,
                             .school = call->school,
                             .content = content_of(call)};
    return ledger_append(call->transaction, &act, &call->outcome->position);
}

/* ---- Run ------------------------------------------------------------------------------------- */

static void begin_call(struct action_call *call, const struct actions_place *place,
                       const struct action_request *request, struct arena *arena,
                       struct action_outcome *out)
{
    *out = (struct action_outcome){.status = ACTION_DONE, .position = -1};
    *call = (struct action_call){.place = place,
                                 .request = request,
                                 .action = request->action,
                                 .arena = arena,
                                 .outcome = out,
                                 .actor = request->actor};
    action_read_fields(call);
}

static void turn_away(struct action_call *call, enum action_status status)
{
    *call->outcome = (struct action_outcome){.status = status, .position = -1};
}

/* Whether the actor has to set up a second factor before this. A program's token is no factor. */
MUST_USE static struct result wants_factor(struct action_call *call, bool *out)
{
    *out = false;
    if (!call->actor.value || call->action->is_first_step || call->request->is_factor_vouched) {
        return RESULT_OK;
    }
    return factor_is_missing(call->transaction, call->actor, call->today, out);
}

/* Roles, whom it is about, and whether it may be. Sets the status when it may not. */
MUST_USE static struct result admit(struct action_call *call)
{
    bool is_wanting = false;
    call->today = london_time_of(store_now(call->transaction)).date;
    call->role_count = call->school_count = 0;
    TRY(load_roles(call));
    TRY(load_about(call));
    TRY(wants_factor(call, &is_wanting));
    int64_t age = store_now(call->transaction).milliseconds - call->request->proven_at.milliseconds;
    if (!action_may(call, call->action)) {
        turn_away(call, ACTION_FORBIDDEN);
    } else if (is_wanting) {
        turn_away(call, ACTION_FACTOR);
    } else if (call->action->is_sensitive && call->actor.value && age > ACTION_PROOF_MILLISECONDS) {
        turn_away(call, ACTION_UNPROVEN);
    }
    return RESULT_OK;
}

/* A transaction at the moment of the request. */
MUST_USE static struct result begin(const struct action_call *call, enum store_mode mode,
                                    struct store_transaction **out)
{
    TRY(store_begin(call->place->store, call->arena, mode, out));
    if (instant_is_given(call->request->now)) {
        store_now_set(*out, call->request->now);
    }
    return RESULT_OK;
}

/* What takes long, for whoever may: outside of the transaction that writes. */
MUST_USE static struct result prepare(struct action_call *call)
{
    if (!call->action->prepare || call->outcome->status != ACTION_DONE) {
        return RESULT_OK;
    }
    {
        DEFER(store_end) struct store_transaction *transaction = NULL;
        TRY(begin(call, STORE_READ, &transaction));
        call->transaction = transaction;
        TRY(admit(call));
        call->transaction = NULL;
    }
    return call->outcome->status == ACTION_DONE ? call->action->prepare(call) : RESULT_OK;
}

/* The row's own function, the ledger and the key. */
MUST_USE static struct result carry_out(struct action_call *call)
{
    struct action_outcome *out = call->outcome;
    TRY(call->action->run(call));
    out->person = call->person;
    out->school = call->school;
    if (out->status != ACTION_DONE || call->action->kind == ACTION_READ) {
        return RESULT_OK;
    }
    TRY(record(call));
    TRY(key_keep(call));
    return store_commit(call->transaction);
}

/* A failure of the tables that the sender can do something about. */
MUST_USE static struct result judge(struct action_call *call, struct result result)
{
    switch (result.code) {
    case RESULT_CODE_EXISTS:
    case RESULT_CODE_INVALID:
    case RESULT_CODE_LIMIT:
        action_error(call, "", str_from(result.message));
        return RESULT_OK;
    case RESULT_CODE_CONFLICT:
        action_error(call, "", str_from(result.message));
        call->outcome->status = ACTION_CONFLICT;
        return RESULT_OK;
    case RESULT_CODE_MISSING:
        *call->outcome = (struct action_outcome){.status = ACTION_FORBIDDEN, .position = -1};
        return RESULT_OK;
    case RESULT_CODE_OK:
    case RESULT_CODE_REFUSED:
    case RESULT_CODE_BUSY:
    case RESULT_CODE_CORRUPT:
    case RESULT_CODE_UNSUPPORTED:
    case RESULT_CODE_IO:
    case RESULT_CODE_COUNT:
        break;
    }
    return result;
}

struct result action_run(const struct actions_place *place, const struct action_request *request,
                         struct arena *arena, struct action_outcome *out)
{
    struct action_call call;
    begin_call(&call, place, request, arena, out);
    TRY(prepare(&call));
    if (out->status != ACTION_DONE && out->status != ACTION_INVALID) {
        return RESULT_OK;
    }
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(begin(&call, request->action->kind == ACTION_READ ? STORE_READ : STORE_WRITE,
              &transaction));
    call.transaction = transaction;
    TRY(admit(&call));
    bool is_known = false;
    if (out->status == ACTION_DONE && request->action->kind == ACTION_CHANGE) {
        TRY(key_look_up(&call, &is_known));
    }
    if (out->status != ACTION_DONE || is_known) {
        return RESULT_OK;
    }
    return judge(&call, carry_out(&call));
}

struct result action_fill(const struct actions_place *place, const struct action_request *request,
                          struct arena *arena, struct str values[ACTION_FIELDS_MAX],
                          struct action_outcome *out)
{
    struct action_call call;
    begin_call(&call, place, request, arena, out);
    out->error_count = 0; /* a form that has not been sent yet has no faults */
    out->status = ACTION_DONE;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(place->store, arena, STORE_READ, &transaction));
    call.transaction = transaction;
    TRY(admit(&call));
    for (size_t i = 0; i < request->action->field_count; i++) {
        values[i] = call.values[i].text;
    }
    if (out->status != ACTION_DONE || !request->action->fill) {
        return RESULT_OK;
    }
    call.filled = values;
    return judge(&call, request->action->fill(&call));
}

struct result action_school_name(const struct actions_place *place, struct arena *arena,
                                 struct str school, struct str *out)
{
    struct school_id id;
    struct school_of_row row;
    bool is_there = false;
    *out = (struct str){0};
    if (!store_id_parse(school, &id.value)) {
        return RESULT_OK;
    }
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(place->store, arena, STORE_READ, &transaction));
    TRY(school_of(transaction, (struct school_of_in){id}, &is_there, &row));
    *out = is_there ? str_copy(arena, row.name) : *out;
    return RESULT_OK;
}

struct result action_choices(const struct actions_place *place, struct arena *arena,
                             const struct action_field *field, int64_t most,
                             struct action_word_list *out)
{
    *out = field->words == ACTION_WORDS_OWN
               ? (struct action_word_list){field->choices, field->choice_count}
               : place->words[field->words];
    if (field->kind != ACTION_SCHOOL) {
        return RESULT_OK;
    }
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(place->store, arena, STORE_READ, &transaction));
    struct school_choices_rows rows;
    TRY(school_choices(transaction, (struct school_choices_in){most}, &rows));
    struct action_choice *choices = ARENA_ARRAY(arena, struct action_choice, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        choices[i] =
            (struct action_choice){store_id_format(arena, rows.at[i].id.value), rows.at[i].name};
    }
    *out = (struct action_word_list){choices, rows.count};
    return RESULT_OK;
}
