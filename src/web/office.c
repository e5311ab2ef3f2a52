/*
 * web/office.c - forms and answers of actions as HTML.
 *
 * Read first: office_int.h; web/templates/office.html, components.html.
 */
#include "web/office_int.h"

#include <assert.h>
#include <ctype.h>

#include "identity/totp.h"

const struct web_office *web_office_of(struct web_exchange *exchange)
{
    const struct web_office *office = exchange->site ? exchange->site->office : NULL;
    if (!office) {
        web_not_found(exchange);
    }
    return office;
}

/* "localhost", "127.0.0.1" and "[::1]", with or without a port. */
static bool is_this_machine(struct str host)
{
    static const struct str names[] = {STR_INIT("localhost"), STR_INIT("127.0.0.1"),
                                       STR_INIT("[::1]")};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_starts(host, names[i]) &&
            (host.len == names[i].len || host.at[names[i].len] == ':')) {
            return true;
        }
    }
    return false;
}

static bool is_same_name(struct str a, struct str b)
{
    bool is_same = a.len == b.len;
    for (size_t i = 0; is_same && i < a.len; i++) {
        is_same = tolower((unsigned char)a.at[i]) == tolower((unsigned char)b.at[i]);
    }
    return is_same;
}

bool web_host_is_own(const struct web_exchange *exchange)
{
    const struct web_office *office = exchange->site ? exchange->site->office : NULL;
    struct str host = exchange->host;
    return !office || is_this_machine(host) || str_equal(exchange->path, STR("/health")) ||
           (!str_is_empty(office->public_host) &&
            (is_same_name(host, office->public_host) ||
             is_same_name(
                 host, str_format(exchange->arena, STR_FMT ":443", STR_ARG(office->public_host)))));
}

struct str web_office_address(struct arena *arena, struct str action,
                              const struct action_given *given, size_t given_count)
{
    struct text query = {.arena = arena};
    for (size_t i = 0; i < given_count; i++) {
        web_form_add(&query, given[i].name, given[i].value);
    }
    return str_format(arena, "/do/" STR_FMT "%s" STR_FMT, STR_ARG(action), query.len > 0 ? "?" : "",
                      STR_ARG(text_str(&query)));
}

/* ---- Fields ---------------------------------------------------------------------------------- */

static struct str error_of(const struct action_outcome *outcome, struct str field)
{
    for (size_t i = 0; i < outcome->error_count; i++) {
        if (str_equal(outcome->errors[i].field, field)) {
            return outcome->errors[i].message;
        }
    }
    return (struct str){0};
}

/* What browsers may fill in. Nobody's own address belongs into a form about somebody else. */
static struct str autocomplete_of(const struct action_field *field)
{
    return !str_is_empty(field->autocomplete) ? field->autocomplete
           : field->kind == ACTION_PASSWORD   ? STR("new-password")
           : field->kind == ACTION_EMAIL || str_equal(field->name, STR("name")) ? STR("off")
                                                                                : (struct str){0};
}

static void write_input(const struct action_field *field, struct str value, struct str error,
                        struct html *out)
{
    bool is_password = field->kind == ACTION_PASSWORD;
    bool is_email = field->kind == ACTION_EMAIL;
    bool is_short =
        field->kind == ACTION_DATE || field->kind == ACTION_TIME || field->kind == ACTION_NUMBER;
    page_input(out,
               &(struct page_input_args){
                   .id = field->name,
                   .name = field->name,
                   .label = field->label,
                   .hint = field->hint,
                   .error = error,
                   .value = is_password ? (struct str){0} : value,
                   .type = is_password                  ? STR("password")
                           : is_email                   ? STR("email")
                           : field->kind == ACTION_DATE ? STR("date")
                           : field->kind == ACTION_TIME ? STR("time")
                                                        : STR("text"),
                   .autocomplete = autocomplete_of(field),
                   .autocapitalize = is_email ? STR("none") : (struct str){0},
                   .spellcheck = is_email ? STR("false") : (struct str){0},
                   .inputmode = field->kind == ACTION_NUMBER ? STR("numeric") : (struct str){0},
                   .classes = is_short ? STR("govuk-input--width-10") : (struct str){0}});
}

/* More schools than anybody wants to look through: they are chosen from their own list. */
MUST_USE static struct result write_school(struct web_exchange *exchange,
                                           const struct action_field *field, struct str value,
                                           struct html *out)
{
    struct str name;
    TRY(action_school_name(&exchange->site->office->place, exchange->arena, value, &name));
    page_office_school(out, &(struct page_office_school_args){.name = field->name,
                                                              .value = value,
                                                              .label = field->label,
                                                              .chosen = name,
                                                              .all = exchange->path,
                                                              .schools = STR("/do/school.list")});
    return RESULT_OK;
}

MUST_USE static struct result write_select(struct web_exchange *exchange, bool is_search,
                                           const struct action_field *field, struct str value,
                                           struct str error, struct html *out)
{
    struct action_word_list choices;
    int64_t most = is_search ? WEB_SCHOOLS_IN_SEARCH_MAX + 1 : STORE_ROWS_MAX;
    TRY(action_choices(&exchange->site->office->place, exchange->arena, field, most, &choices));
    if (is_search && field->kind == ACTION_SCHOOL && choices.count == (size_t)most) {
        return write_school(exchange, field, value, out);
    }
    struct page_option *options =
        ARENA_ARRAY(exchange->arena, struct page_option, choices.count + 1);
    options[0] = (struct page_option){.text = field->is_required ? STR("Choose")
                                              : is_search        ? STR("All")
                                                                 : STR("None"),
                                      .value = STR("")};
    for (size_t i = 0; i < choices.count; i++) {
        options[i + 1] = (struct page_option){.text = choices.at[i].label,
                                              .value = choices.at[i].value,
                                              .is_selected = str_equal(choices.at[i].value, value)};
    }
    page_select(out, &(struct page_select_args){.id = field->name,
                                                .name = field->name,
                                                .label = field->label,
                                                .hint = field->hint,
                                                .error = error,
                                                .items = options,
                                                .items_count = choices.count + 1});
    return RESULT_OK;
}

MUST_USE static struct result write_field(struct web_exchange *exchange, bool is_search,
                                          const struct action_field *field, struct str value,
                                          struct str error, struct html *out)
{
    switch (field->kind) {
    case ACTION_CHOICE:
    case ACTION_SCHOOL:
        return write_select(exchange, is_search, field, value, error, out);
    case ACTION_FILE:
        page_office_file(out, &(struct page_office_file_args){.id = field->name,
                                                              .label = field->label,
                                                              .hint = field->hint,
                                                              .error = error,
                                                              .value = value,
                                                              .name_field = field->name_field});
        return RESULT_OK;
    case ACTION_LONG_TEXT:
        page_textarea(out, &(struct page_textarea_args){.id = field->name,
                                                        .name = field->name,
                                                        .label = field->label,
                                                        .hint = field->hint,
                                                        .error = error,
                                                        .value = value});
        return RESULT_OK;
    case ACTION_YES: {
        struct page_choice yes = {
            .value = STR("yes"), .text = field->label, .is_checked = str_equal(value, STR("yes"))};
        page_checkboxes(out, &(struct page_checkboxes_args){.id = field->name,
                                                            .name = field->name,
                                                            .hint = field->hint,
                                                            .error = error,
                                                            .items = &yes,
                                                            .items_count = 1});
        return RESULT_OK;
    }
    case ACTION_TEXT:
    case ACTION_EMAIL:
    case ACTION_PASSWORD:
    case ACTION_DATE:
    case ACTION_TIME:
    case ACTION_NUMBER:
    case ACTION_PERSON:
    case ACTION_ROW:
    case ACTION_REVISION:
        write_input(field, value, error, out);
        return RESULT_OK;
    case ACTION_FIELD_KIND_COUNT:
        break;
    }
    assert(!"a field has no kind");
    return RESULT_OK;
}

struct result web_office_fields(struct web_exchange *exchange, const struct action *action,
                                const struct str *values, const struct action_outcome *outcome,
                                struct html *out)
{
    bool is_search = action->kind == ACTION_READ;
    for (size_t i = 0; i < action->field_count; i++) {
        const struct action_field *field = &action->fields[i];
        if (!field->is_hidden) {
            TRY(write_field(exchange, is_search, field, values[i], error_of(outcome, field->name),
                            out));
        }
    }
    return RESULT_OK;
}

static bool is_seen(const struct action *action, struct str field)
{
    for (size_t i = 0; i < action->field_count; i++) {
        if (str_equal(action->fields[i].name, field)) {
            return !action->fields[i].is_hidden;
        }
    }
    return false;
}

void web_office_errors(struct web_exchange *exchange, const struct action *action,
                       const struct action_outcome *outcome, struct html *out)
{
    if (outcome->error_count == 0) {
        return;
    }
    struct page_error_item *items =
        ARENA_ARRAY(exchange->arena, struct page_error_item, outcome->error_count);
    for (size_t i = 0; i < outcome->error_count; i++) {
        struct str field = outcome->errors[i].field;
        items[i].text = outcome->errors[i].message;
        if (is_seen(action, field)) {
            items[i].href = str_format(exchange->arena, "#" STR_FMT, STR_ARG(field));
        }
    }
    page_error_summary(out, &(struct page_error_summary_args){.title = STR("There is a problem"),
                                                              .items = items,
                                                              .items_count = outcome->error_count});
}

/* ---- What is shown --------------------------------------------------------------------------- */

/* A text, a link to another action, or lines that must stay as they are. */
static struct html_raw write_cell(struct web_exchange *exchange, const struct action_cell *cell,
                                  struct str label)
{
    struct html out = html_new(exchange->arena);
    struct str href = {0};
    if (!str_is_empty(cell->action)) {
        struct action_given given[] = {{cell->field, cell->value}, {STR("row"), cell->row}};
        href = web_office_address(exchange->arena, cell->action, given,
                                  str_is_empty(cell->row) ? 1 : 2);
    }
    page_office_cell(&out, &(struct page_office_cell_args){
                               .text = cell->text,
                               .href = href,
                               .label = label,
                               .is_code = str_find(cell->text, STR("\n")) != STR_NONE});
    return html_take(&out);
}

static struct html_raw write_table(struct web_exchange *exchange, const struct action_list *list)
{
    struct arena *arena = exchange->arena;
    struct page_table_row *rows = ARENA_ARRAY(arena, struct page_table_row, list->row_count);
    struct page_table_cell *head = ARENA_ARRAY(arena, struct page_table_cell, list->column_count);
    for (size_t i = 0; i < list->column_count; i++) {
        bool is_number = list->columns[i].kind == ACTION_CELL_NUMBER;
        head[i] = (struct page_table_cell){.text = list->columns[i].label,
                                           .format = is_number ? STR("numeric") : (struct str){0}};
    }
    for (size_t row = 0; row < list->row_count; row++) {
        struct page_table_cell *cells =
            ARENA_ARRAY(arena, struct page_table_cell, list->column_count);
        for (size_t i = 0; i < list->column_count; i++) {
            const struct action_cell *cell = &list->cells[row * list->column_count + i];
            cells[i] = (struct page_table_cell){
                .content =
                    write_cell(exchange, cell, i > 0 ? list->columns[i].label : (struct str){0}),
                .format = head[i].format};
        }
        rows[row] = (struct page_table_row){.cells = cells, .cells_count = list->column_count};
    }
    struct html out = html_new(arena);
    page_table(&out, &(struct page_table_args){.rows = rows,
                                               .rows_count = list->row_count,
                                               .head = head,
                                               .head_count = list->column_count,
                                               .caption = list->title,
                                               .caption_classes = STR("govuk-table__caption--m"),
                                               .first_is_header = true});
    return html_take(&out);
}

void web_office_picture(struct web_exchange *exchange, const struct action_answer *answer,
                        struct html *out)
{
    struct totp_qr code;
    if (!str_is_empty(answer->picture) &&
        result_is_ok(totp_qr(exchange->arena, answer->picture, &code))) {
        page_office_picture(
            out, &(struct page_office_picture_args){.label = STR("A picture for the app: scan it"),
                                                    .side = code.side,
                                                    .dark = code.dark});
    }
}

void web_office_shown(struct web_exchange *exchange, const struct action_answer *answer,
                      struct html *summary, struct html *lists)
{
    if (answer->entry_count > 0) {
        struct page_summary_row *rows =
            ARENA_ARRAY(exchange->arena, struct page_summary_row, answer->entry_count);
        for (size_t i = 0; i < answer->entry_count; i++) {
            rows[i] = (struct page_summary_row){
                .key = answer->entries[i].column.label,
                .content = write_cell(exchange, &answer->entries[i].cell, (struct str){0})};
        }
        page_summary_list(summary, &(struct page_summary_list_args){
                                       .rows = rows, .rows_count = answer->entry_count});
    }
    for (size_t i = 0; i < answer->list_count; i++) {
        const struct action_list *list = &answer->lists[i];
        bool is_empty = list->row_count == 0;
        page_office_list(lists,
                         &(struct page_office_list_args){
                             .title = list->title,
                             .table = is_empty ? (struct html_raw){0} : write_table(exchange, list),
                             .nothing = is_empty ? list->nothing : (struct str){0}});
    }
}
