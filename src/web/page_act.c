/*
 * web/page_act.c - one form and one answer for every row of the table of actions; the desk; the
 * set-up.
 *
 * Read first: office_int.h, signed_in_int.h, actions/actions.h.
 *
 * What must hold
 * - What may be shown and done is decided by action_run() alone. A page only asks.
 * - A form has a key of its own: sent twice, it is done once.
 */
#include "base/hex.h"
#include "identity/random.h"
#include "page/templates.h"
#include "web/asset_names.h"
#include "web/frame_int.h"
#include "web/office_int.h"
#include "web/pages_int.h"
#include "web/signed_in_int.h"

/* Of a form, and of a link after it was done. */
#define KEY_FIELD "key"
#define DONE_FIELD "done"

/* Where somebody is led who has to set up a second factor first. */
#define FACTOR_PLACE "/do/account.factor-begin"

struct action_request web_office_request(struct web_exchange *exchange, const struct action *action,
                                         const struct web_form *form)
{
    const struct sign_in_session *session = web_session(exchange);
    struct action_given *given = ARENA_ARRAY(exchange->arena, struct action_given, form->count);
    for (size_t i = 0; i < form->count; i++) {
        given[i] = (struct action_given){form->fields[i].name, form->fields[i].value};
    }
    return (struct action_request){.action = action,
                                   .actor = session->person,
                                   .session = session->id,
                                   .proven_at = session->proven_at,
                                   .is_factor_vouched = session->is_factor_vouched,
                                   .key = action->kind == ACTION_CHANGE
                                              ? web_form_value(form, STR(KEY_FIELD))
                                              : (struct str){0},
                                   .given = given,
                                   .given_count = form->count};
}

static bool takes_file(const struct action *action)
{
    for (size_t i = 0; i < action->field_count; i++) {
        if (action->fields[i].kind == ACTION_FILE) {
            return true;
        }
    }
    return false;
}

size_t web_act_body_max(const struct web_exchange *exchange)
{
    const struct action *action = action_named(web_parameter(exchange, 0));
    return action && takes_file(action) ? WEB_FILE_BYTES_MAX : WEB_BODY_BYTES_MAX;
}

static void show_page(struct web_exchange *exchange, enum web_status status, struct str title,
                      const struct html *main, struct str script)
{
    web_frame(exchange, status,
              &(struct web_frame){.title = title,
                                  .place = STR("/desk"),
                                  .before = web_who_is_signed_in(exchange),
                                  .main = html_take(main),
                                  .script = script});
}

/* A fresh proof is wanted: it leads back to the form. */
static void ask_proof(struct web_exchange *exchange, const struct action_request *request)
{
    struct action_given kept[ACTION_FIELDS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < request->given_count && count < ACTION_FIELDS_MAX; i++) {
        for (size_t field = 0; field < request->action->field_count; field++) {
            const struct action_field *at = &request->action->fields[field];
            if (at->is_hidden && str_equal(at->name, request->given[i].name)) {
                kept[count++] = request->given[i];
                break;
            }
        }
    }
    struct text query = {.arena = exchange->arena};
    web_form_add(&query, STR("back"),
                 web_office_address(exchange->arena, request->action->name, kept, count));
    web_redirect(exchange,
                 str_format(exchange->arena, "/prove?" STR_FMT, STR_ARG(text_str(&query))));
}

/* True when the outcome is to be shown; else it has been answered. */
static bool is_shown(struct web_exchange *exchange, const struct action_request *request,
                     struct result result, const struct action_outcome *outcome)
{
    if (!result_is_ok(result)) {
        web_failed(exchange, result);
        return false;
    }
    if (outcome->status == ACTION_FORBIDDEN) {
        web_error(exchange, WEB_FORBIDDEN);
        return false;
    }
    if (outcome->status == ACTION_UNPROVEN) {
        ask_proof(exchange, request);
        return false;
    }
    if (outcome->status == ACTION_FACTOR) {
        web_redirect(exchange, STR(FACTOR_PLACE));
        return false;
    }
    return true;
}

/* ---- Forms ----------------------------------------------------------------------------------- */

static struct str new_key(struct arena *arena)
{
    unsigned char bytes[16];
    identity_random(bytes, sizeof bytes);
    return hex_of(arena, bytes, sizeof bytes);
}

void web_office_form_show(struct web_exchange *exchange, const struct web_office_form *page)
{
    const struct action *action = page->action;
    struct page_office_hidden hidden[ACTION_FIELDS_MAX + 3];
    size_t count = 0;
    hidden[count++] = (struct page_office_hidden){STR("csrf"), web_form_mark(exchange)};
    hidden[count++] = (struct page_office_hidden){STR(KEY_FIELD), new_key(exchange->arena)};
    if (!str_is_empty(page->extra[0])) {
        hidden[count++] = (struct page_office_hidden){page->extra[0], page->extra[1]};
    }
    for (size_t i = 0; i < action->field_count; i++) {
        if (action->fields[i].is_hidden) {
            hidden[count++] = (struct page_office_hidden){action->fields[i].name, page->values[i]};
        }
    }
    struct html problem = html_new(exchange->arena), fields = html_new(exchange->arena);
    struct html shown = html_new(exchange->arena), main = html_new(exchange->arena);
    web_office_errors(exchange, action, page->outcome, &problem);
    web_office_picture(exchange, &page->outcome->answer, &shown);
    web_office_shown(exchange, &page->outcome->answer, &shown, &shown);
    struct result written =
        web_office_fields(exchange, action, page->values, page->outcome, &fields);
    if (!result_is_ok(written)) {
        web_failed(exchange, written);
        return;
    }
    page_office_form(&main, &(struct page_office_form_args){.title = action->title,
                                                            .help = action->help,
                                                            .problem = html_take(&problem),
                                                            .shown = html_take(&shown),
                                                            .action = page->address,
                                                            .hidden = hidden,
                                                            .hidden_count = count,
                                                            .fields = html_take(&fields),
                                                            .button = str_is_empty(action->button)
                                                                          ? action->title
                                                                          : action->button,
                                                            .is_warning = action->is_sensitive,
                                                            .back = STR("/desk")});
    struct str title = action->title;
    if (page->outcome->error_count > 0) {
        title = str_format(exchange->arena, "Error: " STR_FMT, STR_ARG(title));
    }
    show_page(exchange, page->status, title, &main,
              takes_file(action) ? STR(WEB_ASSET_OFFICE_JS) : STR(""));
}

static void begin_form(struct web_exchange *exchange, const struct action *action)
{
    struct action_request request = web_office_request(exchange, action, &exchange->arguments);
    struct str values[ACTION_FIELDS_MAX] = {0};
    struct action_outcome outcome;
    struct result filled =
        action_fill(&exchange->site->office->place, &request, exchange->arena, values, &outcome);
    if (is_shown(exchange, &request, filled, &outcome)) {
        web_office_form_show(
            exchange, &(struct web_office_form){
                          .action = action,
                          .values = values,
                          .outcome = &outcome,
                          .address = web_office_address(exchange->arena, action->name, NULL, 0),
                          .status = WEB_OK});
    }
}

/* ---- Answers --------------------------------------------------------------------------------- */

static void show_done(struct web_exchange *exchange, struct html *out)
{
    int64_t position = 0;
    struct str done = web_form_value(&exchange->arguments, STR(DONE_FIELD));
    if (!str_to_int(done, &position) || position < 0) {
        return;
    }
    struct action_given given = {STR("act"), done};
    page_office_done(
        out, &(struct page_office_done_args){
                 .position = position,
                 .href = web_office_address(exchange->arena, STR("ledger.see"), &given, 1)});
}

/* What was asked for again; from `next` on, when that is not empty. */
static struct str same_address(struct web_exchange *exchange, const struct action *action,
                               struct str next)
{
    struct action_given given[ACTION_FIELDS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < action->field_count; i++) {
        struct str name = action->fields[i].name;
        struct str value = str_equal(name, STR("after")) && !str_is_empty(next)
                               ? next
                               : web_form_value(&exchange->arguments, name);
        if (!str_is_empty(value)) {
            given[count++] = (struct action_given){name, value};
        }
    }
    return web_office_address(exchange->arena, action->name, given, count);
}

/* Where the file of what was asked for is: "/file/ledger.see?act=5". */
static struct str file_address(struct web_exchange *exchange, const struct action *action)
{
    struct str shown = same_address(exchange, action, (struct str){0}), place = STR("/do/");
    return str_format(exchange->arena, "/file/" STR_FMT,
                      STR_ARG(str_slice(shown, place.len, shown.len)));
}

/* A form above a list that chooses what it shows. */
static struct html_raw search_form(struct web_exchange *exchange, const struct action *action,
                                   const struct action_outcome *outcome)
{
    struct html fields = html_new(exchange->arena), out = html_new(exchange->arena);
    struct str values[ACTION_FIELDS_MAX] = {0};
    bool has_any = false;
    for (size_t i = 0; i < action->field_count; i++) {
        values[i] = web_form_value(&exchange->arguments, action->fields[i].name);
        has_any |= !action->fields[i].is_hidden;
    }
    struct result written = web_office_fields(exchange, action, values, outcome, &fields);
    if (has_any && action->kind == ACTION_READ && result_is_ok(written)) {
        page_office_search(&out,
                           &(struct page_office_search_args){
                               .action = web_office_address(exchange->arena, action->name, NULL, 0),
                               .fields = html_take(&fields)});
    }
    return html_take(&out);
}

static void show_answer(struct web_exchange *exchange, const struct action *action,
                        const struct action_outcome *outcome)
{
    const struct action_answer *answer = &outcome->answer;
    struct arena *arena = exchange->arena;
    struct html done = html_new(arena), summary = html_new(arena), lists = html_new(arena);
    struct page_office_link links[ACTION_LINKS_MAX + 1];
    size_t count = 0;
    if (!str_is_empty(answer->file.name)) {
        links[count++] =
            (struct page_office_link){answer->file.label, file_address(exchange, action)};
    }
    for (size_t i = 0; i < answer->link_count; i++) {
        const struct action_link *link = &answer->links[i];
        links[count++] = (struct page_office_link){
            str_is_empty(link->label) ? link->action->title : link->label,
            web_office_address(arena, link->action->name, link->given, link->given_count)};
    }
    show_done(exchange, &done);
    web_office_errors(exchange, action, outcome, &done);
    web_office_shown(exchange, answer, &summary, &lists);
    struct str title = str_is_empty(answer->title) ? action->title : answer->title;
    struct html main = html_new(arena);
    page_office_answer(&main, &(struct page_office_answer_args){
                                  .title = title,
                                  .note = answer->note,
                                  .done = html_take(&done),
                                  .search = search_form(exchange, action, outcome),
                                  .summary = html_take(&summary),
                                  .lists = html_take(&lists),
                                  .next = str_is_empty(answer->next)
                                              ? (struct str){0}
                                              : same_address(exchange, action, answer->next),
                                  .links = links,
                                  .links_count = count});
    show_page(exchange, outcome->status == ACTION_DONE ? WEB_OK : WEB_FORM_INVALID, title, &main,
              (struct str){0});
}

static void run_read(struct web_exchange *exchange, const struct action *action)
{
    struct action_request request = web_office_request(exchange, action, &exchange->arguments);
    struct action_outcome outcome;
    struct result ran =
        action_run(&exchange->site->office->place, &request, exchange->arena, &outcome);
    if (is_shown(exchange, &request, ran, &outcome)) {
        show_answer(exchange, action, &outcome);
    }
}

/* To the page that shows what was done, where there is one. */
static void show_change(struct web_exchange *exchange, const struct action *action,
                        const struct action_outcome *outcome)
{
    const struct action *after = action_named(action->after);
    if (!after) {
        show_answer(exchange, action, outcome);
        return;
    }
    struct arena *arena = exchange->arena;
    struct action_given given[3];
    size_t count = 0;
    if (after->about == ACTION_ABOUT_PERSON) {
        given[count++] =
            (struct action_given){STR("person"), store_id_format(arena, outcome->person.value)};
    } else if (after->about == ACTION_ABOUT_SCHOOL) {
        given[count++] =
            (struct action_given){STR("school"), store_id_format(arena, outcome->school.value)};
    }
    given[count++] = (struct action_given){STR(DONE_FIELD),
                                           str_format(arena, "%lld", (long long)outcome->position)};
    web_redirect(exchange, web_office_address(arena, after->name, given, count));
}

/* A form that is shown again shows the same beside it as the first time. */
static void fill_again(struct web_exchange *exchange, const struct action_request *request,
                       struct action_outcome *outcome)
{
    struct str values[ACTION_FIELDS_MAX] = {0};
    struct action_outcome filled;
    struct result again =
        action_fill(&exchange->site->office->place, request, exchange->arena, values, &filled);
    if (result_is_ok(again)) {
        outcome->answer = filled.answer;
    }
}

static void run_change(struct web_exchange *exchange, const struct action *action)
{
    struct action_request request = web_office_request(exchange, action, &exchange->form);
    struct action_outcome outcome;
    struct result ran =
        action_run(&exchange->site->office->place, &request, exchange->arena, &outcome);
    if (!is_shown(exchange, &request, ran, &outcome)) {
        return;
    }
    if (outcome.status == ACTION_DONE) {
        show_change(exchange, action, &outcome);
        return;
    }
    struct str values[ACTION_FIELDS_MAX] = {0};
    for (size_t i = 0; i < action->field_count; i++) {
        values[i] = web_form_value(&exchange->form, action->fields[i].name);
    }
    fill_again(exchange, &request, &outcome);
    web_office_form_show(
        exchange,
        &(struct web_office_form){
            .action = action,
            .values = values,
            .outcome = &outcome,
            .address = web_office_address(exchange->arena, action->name, NULL, 0),
            .status = outcome.status == ACTION_CONFLICT ? WEB_CONFLICT : WEB_FORM_INVALID});
}

/* ---- Routes ---------------------------------------------------------------------------------- */

void page_act(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    if (!office || !web_must_sign_in(exchange)) {
        return;
    }
    const struct action *action = action_named(web_parameter(exchange, 0));
    if (!action) {
        web_not_found(exchange);
    } else if (exchange->method == WEB_POST) {
        if (action->kind != ACTION_CHANGE) {
            web_error(exchange, WEB_METHOD_NOT_ALLOWED);
            web_header_add(exchange, STR("Allow"), STR("GET, HEAD"));
        } else if (web_form_is_own(exchange)) {
            run_change(exchange, action);
        }
    } else if (action->kind == ACTION_READ) {
        run_read(exchange, action);
    } else {
        begin_form(exchange, action);
    }
}

/* GET /file/{action}: what a reading action gives to keep, as a file. */
void page_file(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    const struct action *action = action_named(web_parameter(exchange, 0));
    if (!office || !web_must_sign_in(exchange)) {
        return;
    }
    if (!action || action->kind != ACTION_READ) {
        web_not_found(exchange);
        return;
    }
    struct action_request request = web_office_request(exchange, action, &exchange->arguments);
    struct action_outcome outcome;
    struct result ran = action_run(&office->place, &request, exchange->arena, &outcome);
    if (!is_shown(exchange, &request, ran, &outcome)) {
        return;
    }
    const struct action_file *file = &outcome.answer.file;
    if (outcome.status != ACTION_DONE || str_is_empty(file->name)) {
        web_not_found(exchange);
        return;
    }
    web_file(exchange, file->name, file->text);
}

void page_desk(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    if (!office || !web_must_sign_in(exchange)) {
        return;
    }
    static const struct str places[] = {STR_INIT("me.facts"),    STR_INIT("me.see"),
                                        STR_INIT("account.see"), STR_INIT("trust.see"),
                                        STR_INIT("school.list"), STR_INIT("person.list"),
                                        STR_INIT("import.list"), STR_INIT("ledger.list")};
    struct page_office_link links[sizeof places / sizeof places[0] + 3];
    const struct web_form none = {0};
    size_t count = 0;
    links[count++] = (struct page_office_link){STR("Ask: may I?"), STR("/desk/may-i")};
    links[count++] = (struct page_office_link){STR("Check before you post"), STR("/desk/check")};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const struct action *action = action_named(places[i]);
        struct action_request request = web_office_request(exchange, action, &none);
        struct str values[ACTION_FIELDS_MAX];
        struct action_outcome outcome;
        struct result may =
            action_fill(&office->place, &request, exchange->arena, values, &outcome);
        if (result_is_ok(may) && outcome.status == ACTION_FACTOR) {
            web_redirect(exchange, STR(FACTOR_PLACE));
            return;
        }
        if (result_is_ok(may) && outcome.status == ACTION_DONE) {
            links[count++] = (struct page_office_link){
                action->title, web_office_address(exchange->arena, action->name, NULL, 0)};
        }
    }
    links[count++] = (struct page_office_link){STR("Who may do what"), STR("/permissions")};
    struct html main = html_new(exchange->arena);
    page_office_answer(&main, &(struct page_office_answer_args){
                                  .title = STR("My desk"), .links = links, .links_count = count});
    show_page(exchange, WEB_OK, STR("My desk"), &main, (struct str){0});
}

/* ---- The set-up ------------------------------------------------------------------------------ */

#define CODE_FIELD "code"

static bool has_code(struct web_exchange *exchange, const struct web_form *form)
{
    struct str wanted = exchange->site->office->set_up_code;
    bool is_right =
        !str_is_empty(wanted) && token_text_equal(web_form_value(form, STR(CODE_FIELD)), wanted);
    if (!is_right) {
        web_error(exchange, WEB_FORBIDDEN);
    }
    return is_right;
}

static void set_up_form(struct web_exchange *exchange, const struct web_form *form,
                        const struct action_outcome *outcome, enum web_status status)
{
    const struct action *action = action_named(STR("trust.set-up"));
    struct str values[ACTION_FIELDS_MAX] = {0};
    for (size_t i = 0; i < action->field_count; i++) {
        values[i] = web_form_value(form, action->fields[i].name);
    }
    web_office_form_show(
        exchange,
        &(struct web_office_form){.action = action,
                                  .values = values,
                                  .outcome = outcome,
                                  .address = STR("/set-up"),
                                  .extra = {STR(CODE_FIELD), exchange->site->office->set_up_code},
                                  .status = status});
}

void page_set_up(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    const struct web_form *form =
        exchange->method == WEB_POST ? &exchange->form : &exchange->arguments;
    struct action_outcome outcome = {0};
    if (!office || !has_code(exchange, form)) {
        return;
    }
    if (exchange->method != WEB_POST) {
        set_up_form(exchange, form, &outcome, WEB_OK);
        return;
    }
    if (!web_is_from_here(exchange)) {
        web_error(exchange, WEB_FORBIDDEN);
        return;
    }
    struct action_request request =
        web_office_request(exchange, action_named(STR("trust.set-up")), &exchange->form);
    request.actor = (struct person_id){0}; /* the program itself, for whoever has the code */
    struct result ran = action_run(&office->place, &request, exchange->arena, &outcome);
    if (!result_is_ok(ran)) {
        web_failed(exchange, ran);
    } else if (outcome.status == ACTION_DONE) {
        web_redirect(exchange, STR("/sign-in"));
    } else {
        set_up_form(exchange, form, &outcome, WEB_FORM_INVALID);
    }
}

/* ---- Who may do what ------------------------------------------------------------------------- */

/* "anyone", as the table writes it, is no role of the vocabulary. */
static struct str role_words(const struct web_office *office, struct str role)
{
    const struct action_choice *known =
        action_choice_find(office->place.words[ACTION_WORDS_ROLES], role);
    return known ? known->label : role;
}

static struct str roles_for(struct web_exchange *exchange, struct str action,
                            enum action_scope scope)
{
    struct text out = {.arena = exchange->arena};
    for (size_t i = 0; i < action_permission_count; i++) {
        if (action_permissions[i].scope == scope &&
            str_equal(action_permissions[i].action, action)) {
            struct str words = role_words(exchange->site->office, action_permissions[i].role);
            text_addf(&out, "%s" STR_FMT, out.len > 0 ? ", " : "", STR_ARG(words));
        }
    }
    return text_str(&out);
}

void page_permissions(struct web_exchange *exchange)
{
    if (!web_office_of(exchange) || !web_must_sign_in(exchange)) {
        return;
    }
    static const struct action_column columns[] = {
        {STR_INIT("action"), STR_INIT("What"), ACTION_CELL_TEXT},
        {STR_INIT("self"), STR_INIT("For oneself"), ACTION_CELL_TEXT},
        {STR_INIT("school"), STR_INIT("At a school"), ACTION_CELL_TEXT},
        {STR_INIT("trust"), STR_INIT("In the whole trust"), ACTION_CELL_TEXT},
    };
    static const size_t column_count = sizeof columns / sizeof columns[0];
    struct arena *arena = exchange->arena;
    struct action_cell *cells = ARENA_ARRAY(arena, struct action_cell, action_count * column_count);
    for (size_t i = 0; i < action_count; i++) {
        const struct action *action = action_table[i];
        struct action_cell *row = &cells[i * column_count];
        row->text = str_format(arena, STR_FMT " (" STR_FMT ")", STR_ARG(action->title),
                               STR_ARG(action->name));
        for (int scope = 0; scope < ACTION_SCOPE_COUNT; scope++) {
            row[scope + 1].text = roles_for(exchange, action->name, (enum action_scope)scope);
        }
    }
    struct action_answer answer = {.list_count = 1};
    answer.lists[0] = (struct action_list){.title = STR("All that can be done"),
                                           .columns = columns,
                                           .column_count = column_count,
                                           .cells = cells,
                                           .row_count = action_count};
    struct html table = html_new(arena), main = html_new(arena);
    web_office_shown(exchange, &answer, &table, &table);
    page_office_permissions(&main,
                            &(struct page_office_permissions_args){.table = html_take(&table)});
    show_page(exchange, WEB_OK, STR("Who may do what"), &main, (struct str){0});
}
