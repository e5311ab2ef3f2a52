/*
 * actions/do_ledger.c - the history: list it, or that of one person; who may fetch its tiles.
 * One act and its proof: do_ledger_see.c.
 *
 * Read first: action_int.h, ledger/ledger.h, ledger/publish.h.
 */
#include "actions/table_int.h"
#include "ledger/ledger.h"
#include "ledger/ledger_sql.h"
#include "ledger/publish.h"
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
    {.name = STR_INIT("person"),
     .label = STR_INIT("About"),
     .kind = ACTION_PERSON,
     .is_hidden = true},
};

struct str action_kind_words(int64_t kind)
{
    static const struct str own[LEDGER_KIND_FIRST] = {
        [LEDGER_KIND_START] = STR_INIT("The ledger begins"),
        [LEDGER_KIND_EPOCH] = STR_INIT("Restored from a backup"),
        [LEDGER_KIND_ERASURE] = STR_INIT("Erased"),
        [LEDGER_KIND_KEY] = STR_INIT("The key was changed"),
    };
    if (kind > 0 && kind < LEDGER_KIND_FIRST) {
        return own[kind];
    }
    const struct action *action = action_numbered((uint16_t)kind);
    return action ? action->title : STR("An act of a later version");
}

/* Whether outsiders may fetch it, and where. */
MUST_USE static struct result say_witnesses(struct action_call *call)
{
    struct ledger_published published;
    TRY(ledger_published_read(call->transaction, &published));
    action_say(call, "witnesses", "Outside witnesses",
               !published.is_public ? STR("May not fetch it")
               : published.epoch == 1
                   ? STR("May fetch it, from /checkpoint on")
                   : str_format(call->arena, "May fetch it, from /epoch-%lld/checkpoint on",
                                (long long)published.epoch));
    return RESULT_OK;
}

static const struct action_column key_columns[] = {
    {STR_INIT("since"), STR_INIT("From act"), ACTION_CELL_NUMBER},
    {STR_INIT("when"), STR_INIT("When"), ACTION_CELL_TEXT},
    {STR_INIT("key"), STR_INIT("Key"), ACTION_CELL_TEXT},
    {STR_INIT("why"), STR_INIT("Why"), ACTION_CELL_TEXT},
};

/* Which keys signed from where on, the newest first; nothing where it is still the first one. */
MUST_USE static struct result show_keys(struct action_call *call)
{
    static const struct str why[LEDGER_KEY_WHY_COUNT] = {
        [LEDGER_KEY_FIRST] = STR_INIT("The first one"),
        [LEDGER_KEY_ROUTINE] = STR_INIT("Changed in the ordinary course: the one before agreed"),
        [LEDGER_KEY_LOST] = STR_INIT("The one before was lost"),
        [LEDGER_KEY_LEAKED] = STR_INIT("The one before had leaked"),
    };
    struct ledger_keys keys;
    struct result read = ledger_keys_read(call->transaction, &keys);
    if (read.code == RESULT_CODE_CORRUPT) {
        action_say(call, "keys", "Keys that signed", str_from(read.message));
        return RESULT_OK;
    }
    TRY(read);
    struct action_list *shown = keys.count > 1
                                    ? action_list(call, "keys", "Keys that signed", key_columns,
                                                  ACTION_COUNT_OF(key_columns), "")
                                    : NULL;
    for (size_t i = keys.count; shown && i-- > 0;) {
        struct action_cell *cells = action_row(call, shown);
        cells[0] = action_cell_act(call, keys.at[i].since);
        cells[1] = i > 0 ? action_cell_instant(call, keys.at[i].since_at) : cells[1];
        cells[2].text = note_key_id_write(call->arena, keys.at[i].key.id);
        cells[3].text = why[keys.at[i].why];
    }
    return RESULT_OK;
}

/* Acts below a position, the newest first: all, or those about a person. */
MUST_USE static struct result acts_before(struct action_call *call, struct person_id person,
                                          int64_t before, struct ledger_acts_before_rows *out)
{
    struct ledger_acts_of_person_rows rows;
    if (!person.value) {
        return ledger_acts_before(
            call->transaction, (struct ledger_acts_before_in){before, ACTION_PAGE_ROWS + 1}, out);
    }
    TRY(ledger_acts_of_person(
        call->transaction, (struct ledger_acts_of_person_in){person, before, ACTION_PAGE_ROWS + 1},
        &rows));
    struct ledger_acts_before_row *at =
        ARENA_ARRAY(call->arena, struct ledger_acts_before_row, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const struct ledger_acts_of_person_row *row = &rows.at[i];
        at[i] =
            (struct ledger_acts_before_row){row->position, row->kind,   row->done_at, row->actor,
                                            row->person,   row->school, row->content};
    }
    *out = (struct ledger_acts_before_rows){at, rows.count};
    return RESULT_OK;
}

MUST_USE static struct result show_act(struct action_call *call,
                                       const struct ledger_acts_before_row *row,
                                       struct action_cell *cells)
{
    cells[0] = action_cell_act(call, row->position);
    cells[1] = action_cell_instant(call, row->done_at);
    cells[2].text = str_is_empty(row->content)
                        ? str_format(call->arena, STR_FMT " (what it said was erased)",
                                     STR_ARG(action_kind_words(row->kind)))
                        : action_kind_words(row->kind);
    TRY(action_person_cell(call, row->actor, &cells[3]));
    return action_person_cell(call, row->person, &cells[4]);
}

MUST_USE static struct result list(struct action_call *call)
{
    int64_t before =
        action_value(call, "after")->is_given ? action_number(call, "after") : INT64_MAX;
    struct person_id person = action_person(call, "person");
    struct ledger_acts_before_rows rows;
    TRY(acts_before(call, person, before, &rows));
    struct action_list *shown = action_list(call, "acts", "What was done", list_columns,
                                            ACTION_COUNT_OF(list_columns), "Nothing yet.");
    for (size_t i = 0; i < rows.count && i < ACTION_PAGE_ROWS; i++) {
        TRY(show_act(call, &rows.at[i], action_row(call, shown)));
    }
    if (rows.count > ACTION_PAGE_ROWS) {
        call->outcome->answer.next =
            str_format(call->arena, "%lld", (long long)rows.at[ACTION_PAGE_ROWS - 1].position);
    }
    if (person.value) {
        struct action_cell about = {0};
        TRY(action_person_cell(call, person, &about));
        action_say_cell(call, "about", "About", about);
        return RESULT_OK;
    }
    TRY(say_witnesses(call));
    TRY(show_keys(call));
    action_offer(call, &action_ledger_publish, NULL, 0, NULL, 0);
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

/* ---- Outside witnesses ----------------------------------------------------------------------- */

static const struct action_choice publish_choices[] = {
    {STR_INIT("nobody"), STR_INIT("Nobody")},
    {STR_INIT("everybody"), STR_INIT("Everybody")},
};

static const struct action_field publish_fields[] = {
    {.name = STR_INIT("to"),
     .label = STR_INIT("Who may fetch it"),
     .hint = STR_INIT("Whoever fetches it learns how many acts there are, of what kind each is and "
                      "when it was done, and nothing about anybody"),
     .kind = ACTION_CHOICE,
     .choices = publish_choices,
     .choice_count = ACTION_COUNT_OF(publish_choices),
     .is_required = true},
};

MUST_USE static struct result publish(struct action_call *call)
{
    return ledger_publish(call->transaction, str_equal(action_text(call, "to"), STR("everybody")));
}

MUST_USE static struct result publish_fill(struct action_call *call)
{
    struct ledger_published published;
    TRY(ledger_published_read(call->transaction, &published));
    action_begin_with(call, "to", publish_choices[published.is_public].value);
    return RESULT_OK;
}

const struct action action_ledger_publish = {
    .number = 82,
    .name = STR_INIT("ledger.publish"),
    .title = STR_INIT("Outside witnesses of the history"),
    .help = STR_INIT("A witness is a machine of somebody else, such as another trust, that fetches "
                     "the history again and again and would notice if its past were changed. What "
                     "it fetches holds no names and no texts. What has been fetched cannot be "
                     "taken back."),
    .button = STR_INIT("Save"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .is_sensitive = true,
    .fields = publish_fields,
    .field_count = ACTION_COUNT_OF(publish_fields),
    .run = publish,
    .fill = publish_fill,
    .after = STR_INIT("ledger.list"),
};
