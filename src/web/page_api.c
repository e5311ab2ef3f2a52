/*
 * web/page_api.c - the same actions for programs: JSON in, JSON out, and their description as
 * OpenAPI.
 *
 * Read first: actions/actions.h; docs/api.md. Start at page_api().
 *
 * What must hold
 * - A program shows a token, never a cookie: no page of another site can make a browser send one.
 * - What an answer says of a failure is the same as the page says (RFC 9457).
 */
#include "base/json.h"
#include "web/office_int.h"
#include "web/pages_int.h"
#include "web/signed_in_int.h"

#define JSON_TYPE "application/json"
#define PROBLEM_TYPE "application/problem+json"

/* ---- Failures -------------------------------------------------------------------------------- */

void web_problem(struct web_exchange *exchange, enum web_status status, struct str title,
                 const struct action_outcome *outcome)
{
    struct text out = {.arena = exchange->arena};
    struct json_writer writer = json_writer_new(&out, JSON_COMPACT);
    json_begin_object(&writer);
    json_key_str(&writer, STR("title"), title);
    json_key_int(&writer, STR("status"), status);
    if (outcome && outcome->error_count > 0) {
        json_key(&writer, STR("errors"));
        json_begin_array(&writer);
        for (size_t i = 0; i < outcome->error_count; i++) {
            json_begin_object(&writer);
            json_key_str(&writer, STR("field"), outcome->errors[i].field);
            json_key_str(&writer, STR("message"), outcome->errors[i].message);
            json_end_object(&writer);
        }
        json_end_array(&writer);
    }
    json_end_object(&writer);
    web_data(exchange, status, STR(PROBLEM_TYPE), text_str(&out));
    if (status == WEB_UNAUTHORISED) {
        web_header_add(exchange, STR("WWW-Authenticate"), STR("Bearer"));
    }
    if (status == WEB_BUSY) {
        web_header_add(exchange, STR("Retry-After"), STR("2"));
    }
}

static void answer(struct web_exchange *exchange, const struct action *action, struct result result,
                   const struct action_outcome *outcome)
{
    if (!result_is_ok(result)) {
        bool is_busy = result.code == RESULT_CODE_BUSY || result.code == RESULT_CODE_IO;
        web_problem(exchange, is_busy ? WEB_BUSY : WEB_FAILED, str_from(result.message), NULL);
        return;
    }
    switch (outcome->status) {
    case ACTION_DONE:
        web_data(exchange, WEB_OK, STR(JSON_TYPE),
                 action_answer_json(exchange->arena, action, outcome));
        return;
    case ACTION_INVALID:
        web_problem(exchange, WEB_FORM_INVALID, STR("What was sent cannot be used"), outcome);
        return;
    case ACTION_FORBIDDEN:
        web_problem(exchange, WEB_FORBIDDEN, STR("This is not allowed, or there is no such thing"),
                    NULL);
        return;
    case ACTION_UNPROVEN:
        web_problem(exchange, WEB_FORBIDDEN,
                    STR("This is sensitive: a person must do it, after a fresh proof of who it is"),
                    NULL);
        return;
    case ACTION_FACTOR:
        web_problem(exchange, WEB_FORBIDDEN,
                    STR("The person whose token this is has to set up a second factor first"),
                    NULL);
        return;
    case ACTION_CONFLICT:
        web_problem(exchange, WEB_CONFLICT, STR("This was changed meanwhile, or done before"),
                    outcome);
        return;
    case ACTION_STATUS_COUNT:
        break;
    }
    web_error(exchange, WEB_FAILED);
}

/* ---- What was sent --------------------------------------------------------------------------- */

/* A text, a whole number or true and false; false for anything else. */
static bool value_of(struct arena *arena, const struct json_value *value, struct str *out)
{
    switch (value->kind) {
    case JSON_STRING:
        *out = value->text;
        return true;
    case JSON_NUMBER:
        *out = str_format(arena, "%lld", (long long)value->integer);
        return value->is_integer;
    case JSON_BOOL:
        *out = value->boolean ? STR("yes") : STR("no");
        return true;
    case JSON_NULL:
        *out = (struct str){0};
        return true;
    case JSON_ARRAY:
    case JSON_OBJECT:
    case JSON_KIND_COUNT:
        break;
    }
    return false;
}

/* The members of the body as fields; what is wrong is answered. */
static bool read_body(struct web_exchange *exchange, struct action_request *request)
{
    struct diag_list diags = diag_list_new(exchange->arena);
    const struct json_value *body = json_read(exchange->arena, STR("body"), exchange->body, &diags);
    struct action_error error = {.message = STR("the body must be one JSON object")};
    struct action_outcome outcome = {.errors = &error, .error_count = 1};
    if (!body || body->kind != JSON_OBJECT) {
        if (diags.count > 0) {
            error.message = diags.items[0].message;
        }
        web_problem(exchange, WEB_BAD_REQUEST, STR("The body is not JSON"), &outcome);
        return false;
    }
    struct action_given *given = ARENA_ARRAY(exchange->arena, struct action_given, body->count);
    for (size_t i = 0; i < body->count; i++) {
        given[i].name = body->members[i].key;
        if (!value_of(exchange->arena, &body->members[i].value, &given[i].value)) {
            error.field = given[i].name;
            error.message = STR("this must be a text, a whole number, or true or false");
            web_problem(exchange, WEB_FORM_INVALID, STR("What was sent cannot be used"), &outcome);
            return false;
        }
    }
    request->given = given;
    request->given_count = body->count;
    return true;
}

static void read_query(struct web_exchange *exchange, struct action_request *request)
{
    const struct web_form *query = &exchange->arguments;
    struct action_given *given = ARENA_ARRAY(exchange->arena, struct action_given, query->count);
    for (size_t i = 0; i < query->count; i++) {
        given[i] = (struct action_given){query->fields[i].name, query->fields[i].value};
    }
    request->given = given;
    request->given_count = query->count;
}

void page_api(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    if (!office) {
        return;
    }
    const struct action *action = action_named(web_parameter(exchange, 0));
    const struct sign_in_session *session = web_program(exchange);
    if (!session->is_good) {
        web_problem(exchange, WEB_UNAUTHORISED, STR("Show a token that is good: Bearer hr_..."),
                    NULL);
        return;
    }
    bool is_post = exchange->method == WEB_POST;
    if (!action || (action->kind == ACTION_CHANGE) != is_post) {
        web_problem(exchange, WEB_NOT_FOUND, STR("There is no such action, or not by this method"),
                    NULL);
        return;
    }
    struct action_request request = {.action = action,
                                     .actor = session->person,
                                     .scopes = session->scopes,
                                     .key = exchange->idempotency_key};
    if (is_post && !read_body(exchange, &request)) {
        return;
    }
    if (!is_post) {
        read_query(exchange, &request);
    }
    struct action_outcome outcome;
    struct result ran = action_run(&office->place, &request, exchange->arena, &outcome);
    answer(exchange, action, ran, &outcome);
}

/* ---- OpenAPI --------------------------------------------------------------------------------- */

static void write_schema(struct json_writer *writer, const struct action_field *field)
{
    static const struct str formats[ACTION_FIELD_KIND_COUNT] = {
        [ACTION_EMAIL] = STR_INIT("email"),
        [ACTION_DATE] = STR_INIT("date"),
        [ACTION_PASSWORD] = STR_INIT("password"),
    };
    json_begin_object(writer);
    bool is_number = field->kind == ACTION_NUMBER || field->kind == ACTION_REVISION;
    json_key_str(writer, STR("type"),
                 is_number                   ? STR("integer")
                 : field->kind == ACTION_YES ? STR("boolean")
                                             : STR("string"));
    if (!str_is_empty(formats[field->kind])) {
        json_key_str(writer, STR("format"), formats[field->kind]);
    }
    if (field->kind == ACTION_TEXT || field->kind == ACTION_LONG_TEXT) {
        json_key_int(writer, STR("maxLength"), field->bytes_max ? (int64_t)field->bytes_max : 200);
    }
    if (field->choice_count > 0) {
        json_key(writer, STR("enum"));
        json_begin_array(writer);
        for (size_t i = 0; i < field->choice_count; i++) {
            json_str(writer, field->choices[i].value);
        }
        json_end_array(writer);
    }
    json_key_str(writer, STR("description"), field->label);
    json_end_object(writer);
}

static void write_parameters(struct json_writer *writer, const struct action *action)
{
    json_key(writer, STR("parameters"));
    json_begin_array(writer);
    for (size_t i = 0; action->kind == ACTION_READ && i < action->field_count; i++) {
        json_begin_object(writer);
        json_key_str(writer, STR("name"), action->fields[i].name);
        json_key_str(writer, STR("in"), STR("query"));
        json_key_bool(writer, STR("required"), action->fields[i].is_required);
        json_key(writer, STR("schema"));
        write_schema(writer, &action->fields[i]);
        json_end_object(writer);
    }
    if (action->kind == ACTION_CHANGE) {
        json_raw(writer, STR("{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"required\":false,"
                             "\"schema\":{\"type\":\"string\",\"maxLength\":100}}"));
    }
    json_end_array(writer);
}

static void write_body(struct json_writer *writer, const struct action *action)
{
    json_key(writer, STR("requestBody"));
    json_begin_object(writer);
    json_key_bool(writer, STR("required"), true);
    json_key(writer, STR("content"));
    json_begin_object(writer);
    json_key(writer, STR(JSON_TYPE));
    json_begin_object(writer);
    json_key(writer, STR("schema"));
    json_begin_object(writer);
    json_key_str(writer, STR("type"), STR("object"));
    json_key(writer, STR("properties"));
    json_begin_object(writer);
    for (size_t i = 0; i < action->field_count; i++) {
        json_key(writer, action->fields[i].name);
        write_schema(writer, &action->fields[i]);
    }
    json_end_object(writer);
    json_key(writer, STR("required"));
    json_begin_array(writer);
    for (size_t i = 0; i < action->field_count; i++) {
        if (action->fields[i].is_required) {
            json_str(writer, action->fields[i].name);
        }
    }
    json_end_array(writer);
    json_end_object(writer);
    json_end_object(writer);
    json_end_object(writer);
    json_end_object(writer);
}

static void write_action(struct json_writer *writer, const struct action *action)
{
    struct arena *arena = writer->out->arena;
    json_key(writer, str_format(arena, "/api/v1/" STR_FMT, STR_ARG(action->name)));
    json_begin_object(writer);
    json_key(writer, action->kind == ACTION_READ ? STR("get") : STR("post"));
    json_begin_object(writer);
    json_key_str(writer, STR("operationId"), action->name);
    json_key_str(writer, STR("summary"), action->title);
    if (!str_is_empty(action->help)) {
        json_key_str(writer, STR("description"), action->help);
    }
    write_parameters(writer, action);
    if (action->kind == ACTION_CHANGE) {
        write_body(writer, action);
    }
    json_key(writer, STR("responses"));
    json_raw(writer, STR("{\"200\":{\"$ref\":\"#/components/responses/Answer\"},"
                         "\"400\":{\"$ref\":\"#/components/responses/Problem\"},"
                         "\"401\":{\"$ref\":\"#/components/responses/Problem\"},"
                         "\"403\":{\"$ref\":\"#/components/responses/Problem\"},"
                         "\"409\":{\"$ref\":\"#/components/responses/Problem\"},"
                         "\"413\":{\"$ref\":\"#/components/responses/Problem\"},"
                         "\"415\":{\"$ref\":\"#/components/responses/Problem\"},"
                         "\"422\":{\"$ref\":\"#/components/responses/Problem\"},"
                         "\"503\":{\"$ref\":\"#/components/responses/Problem\"}}"));
    json_end_object(writer);
    json_end_object(writer);
}

/* What nobody may do is the program's own: the set-up, and accepting an invitation. */
static bool is_for_people(const struct action *action)
{
    for (size_t i = 0; i < action_permission_count; i++) {
        if (str_equal(action_permissions[i].action, action->name)) {
            return true;
        }
    }
    return false;
}

#define COMPONENTS                                                                                 \
    "{\"securitySchemes\":{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}},"                  \
    "\"responses\":{\"Answer\":{\"description\":\"Done, or shown\",\"content\":"                   \
    "{\"application/json\":{\"schema\":{\"type\":\"object\",\"required\":[\"action\",\"shown\"],"  \
    "\"properties\":{\"action\":{\"type\":\"string\"},\"act\":{\"type\":\"integer\"},"             \
    "\"person\":{\"type\":\"string\"},\"school\":{\"type\":\"string\"},"                           \
    "\"shown\":{\"type\":\"object\"},\"next\":{\"type\":\"string\"}}}}}},"                         \
    "\"Problem\":{\"description\":\"Not done, and "                                                \
    "why\",\"content\":{\"application/problem+json\":"                                             \
    "{\"schema\":{\"type\":\"object\",\"required\":[\"title\",\"status\"],\"properties\":"         \
    "{\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},\"errors\":"               \
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"field\",\"message\"],"     \
    "\"properties\":{\"field\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"}}}}}}}}}}}"

void page_openapi(struct web_exchange *exchange)
{
    if (!web_office_of(exchange)) {
        return;
    }
    struct text out = {.arena = exchange->arena};
    struct json_writer writer = json_writer_new(&out, JSON_PRETTY);
    json_begin_object(&writer);
    json_key_str(&writer, STR("openapi"), STR("3.1.0"));
    json_key(&writer, STR("info"));
    json_begin_object(&writer);
    json_key_str(&writer, STR("title"), STR("Handrail"));
    json_key_str(&writer, STR("version"), exchange->site->version);
    json_end_object(&writer);
    json_key(&writer, STR("security"));
    json_raw(&writer, STR("[{\"token\":[]}]"));
    json_key(&writer, STR("paths"));
    json_begin_object(&writer);
    for (size_t i = 0; i < action_count; i++) {
        if (is_for_people(action_table[i])) {
            write_action(&writer, action_table[i]);
        }
    }
    json_end_object(&writer);
    json_key(&writer, STR("components"));
    json_raw(&writer, STR(COMPONENTS));
    json_end_object(&writer);
    web_data(exchange, WEB_OK, STR(JSON_TYPE), text_str(&out));
    exchange->answer.cache = WEB_CACHE_CHECK;
}
