/*
 * actions/do_ledger.c - the history: list it, look at one act, prove it.
 *
 * Read first: action_int.h, ledger/ledger.h.
 */
#include "actions/table_int.h"
#include "base/json.h"
#include "ledger/ledger.h"
#include "ledger/ledger_sql.h"
#include "records/people.h"

static const struct action_column list_columns[] = {
    {STR_INIT("act"), STR_INIT("Act"), ACTION_CELL_NUMBER},
    {STR_INIT("when"), STR_INIT("When"), ACTION_CELL_TEXT},
    {STR_INIT("what"), STR_INIT("What"), ACTION_CELL_TEXT},
    {STR_INIT("by"), STR_INIT("By"), ACTION_CELL_TEXT},
    {STR_INIT("about"), STR_INIT("About"), ACTION_CELL_TEXT},
};

static const struct action_field list_fields[] = {
    {.name = STR_INIT("after"),
     .label = STR_INIT("Before act"),
     .kind = ACTION_NUMBER,
     .is_hidden = true},
};

static struct str kind_words(int64_t kind)
{
    static const struct str own[LEDGER_KIND_FIRST] = {
        [LEDGER_KIND_START] = STR_INIT("The ledger begins"),
        [LEDGER_KIND_EPOCH] = STR_INIT("Restored from a backup"),
        [LEDGER_KIND_ERASURE] = STR_INIT("Erased"),
    };
    if (kind > 0 && kind < LEDGER_KIND_FIRST) {
        return own[kind];
    }
    const struct action *action = action_numbered((uint16_t)kind);
    return action ? action->title : STR("An act of a later version");
}

MUST_USE static struct result person_cell(struct action_call *call, struct person_id id,
                                          struct action_cell *cell)
{
    if (!id.value) {
        return RESULT_OK;
    }
    struct person_of_row row;
    bool is_there = false;
    TRY(person_of(call->transaction, (struct person_of_in){id}, &is_there, &row));
    *cell = action_cell_link(call, is_there ? row.name : STR("somebody"), "person.see", "person",
                             id.value);
    return RESULT_OK;
}

MUST_USE static struct result list(struct action_call *call)
{
    int64_t before =
        action_value(call, "after")->is_given ? action_number(call, "after") : INT64_MAX;
    struct ledger_acts_before_rows rows;
    TRY(ledger_acts_before(call->transaction,
                           (struct ledger_acts_before_in){before, ACTION_PAGE_ROWS + 1}, &rows));
    struct action_list *shown = action_list(call, "acts", "What was done", list_columns,
                                            ACTION_COUNT_OF(list_columns), "Nothing yet.");
    for (size_t i = 0; i < rows.count && i < ACTION_PAGE_ROWS; i++) {
        const struct ledger_acts_before_row *row = &rows.at[i];
        struct action_cell *cells = action_row(call, shown);
        cells[0] = (struct action_cell){
            .text = str_format(call->arena, "%lld", (long long)row->position),
            .action = STR("ledger.see"),
            .field = STR("act"),
            .value = str_format(call->arena, "%lld", (long long)row->position)};
        cells[1] = action_cell_instant(call, row->done_at);
        cells[2].text = kind_words(row->kind);
        TRY(person_cell(call, row->actor, &cells[3]));
        TRY(person_cell(call, row->person, &cells[4]));
    }
    if (rows.count > ACTION_PAGE_ROWS) {
        call->outcome->answer.next =
            str_format(call->arena, "%lld", (long long)rows.at[ACTION_PAGE_ROWS - 1].position);
    }
    return RESULT_OK;
}

const struct action action_ledger_list = {
    .number = 80,
    .name = STR_INIT("ledger.list"),
    .title = STR_INIT("History"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_TRUST,
    .fields = list_fields,
    .field_count = ACTION_COUNT_OF(list_fields),
    .run = list,
};

static const struct action_field see_fields[] = {
    {.name = STR_INIT("act"), .label = STR_INIT("Act"), .kind = ACTION_NUMBER, .is_required = true},
};

static const struct action_column content_columns[] = {
    {STR_INIT("name"), STR_INIT("Field"), ACTION_CELL_TEXT},
    {STR_INIT("value"), STR_INIT("Value"), ACTION_CELL_TEXT},
};

static void show_content(struct action_call *call, struct str content)
{
    struct action_list *shown =
        action_list(call, "content", "What was asked", content_columns,
                    ACTION_COUNT_OF(content_columns), "It was erased, or there was nothing.");
    struct diag_list diags = diag_list_new(call->arena);
    const struct json_value *said =
        str_is_empty(content) ? NULL : json_read(call->arena, STR("act"), content, &diags);
    for (size_t i = 0; said && i < said->count; i++) {
        struct action_cell *cells = action_row(call, shown);
        const struct json_value *value = &said->members[i].value;
        cells[0].text = said->members[i].key;
        cells[1].text = value->kind == JSON_NUMBER && value->is_integer
                            ? str_format(call->arena, "%lld", (long long)value->integer)
                            : value->text;
    }
}

MUST_USE static struct result see(struct action_call *call)
{
    int64_t position = action_number(call, "act");
    struct ledger_act_of_row row;
    bool is_there = false;
    TRY(ledger_act_of(call->transaction, (struct ledger_act_of_in){position}, &is_there, &row));
    if (!is_there) {
        return result_fail(RESULT_CODE_MISSING, "there is no such act", (struct str){0});
    }
    call->outcome->answer.title = str_format(call->arena, "Act %lld: " STR_FMT, (long long)position,
                                             STR_ARG(kind_words(row.kind)));
    struct action_cell by = {0}, about = {0};
    TRY(person_cell(call, row.actor, &by));
    TRY(person_cell(call, row.person, &about));
    action_say_cell(call, "when", "When", action_cell_instant(call, row.done_at));
    action_say_link(call, "by", "By", by.text, "person.see", "person", row.actor.value);
    action_say_link(call, "about", "About", about.text, "person.see", "person", row.person.value);
    show_content(call, row.content);
    struct str proof;
    struct result proven = ledger_prove(call->transaction, position, &proof);
    action_say(call, "proof", "Proof", result_is_ok(proven) ? proof : str_from(proven.message));
    return RESULT_OK;
}

const struct action action_ledger_see = {
    .number = 81,
    .name = STR_INIT("ledger.see"),
    .title = STR_INIT("An act, and its proof"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_TRUST,
    .fields = see_fields,
    .field_count = ACTION_COUNT_OF(see_fields),
    .run = see,
};
