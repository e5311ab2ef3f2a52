/*
 * actions/do_retention_proof.c - shows that what an execution erased is gone, and searches for
 * words that must not be there any more.
 *
 * Read first: retention_int.h; docs/retention.md, "Shown to be gone".
 *
 * What must hold: a search leaves its act in the history, and never the words that were looked for.
 */
#include "actions/retention_do_int.h"
#include "actions/table_int.h"
#include "ledger/ledger.h"
#include "records/retention.h"
#include "store/transfer.h"

/* Held items on the page. */
#define HELD_SHOWN 200

static const struct action_field proof_fields[] = {
    {.name = STR_INIT("run"),
     .label = STR_INIT("Execution"),
     .kind = ACTION_ROW,
     .is_required = true,
     .is_hidden = true},
    {.name = STR_INIT("after"),
     .label = STR_INIT("After act"),
     .kind = ACTION_NUMBER,
     .is_hidden = true},
};

/* Reads the whole history, before the transaction that shows the rest. */
MUST_USE static struct result verify(struct action_call *call)
{
    struct ledger_report report;
    TRY(ledger_verify(call->place->store, call->arena, NULL, 0, (struct ledger_progress){0},
                      &report));
    call->prepared =
        report.fault != LEDGER_FAULT_NONE
            ? str_format(call->arena, "The history is not whole: " STR_FMT,
                         STR_ARG(ledger_fault_words(report.fault)))
            : str_format(call->arena,
                         "The history is whole: %lld acts, of which %lld are erased, each named by "
                         "an act that erased it",
                         (long long)report.entries, (long long)report.erased);
    return RESULT_OK;
}

/* ---- The execution --------------------------------------------------------------------------- */

MUST_USE static struct result say_run(struct action_call *call, struct row_id run)
{
    struct retention_run_of_row row;
    bool is_there = false;
    TRY(retention_run_of(call->transaction, (struct retention_run_of_in){run}, &is_there, &row));
    if (!is_there) {
        return result_fail(RESULT_CODE_MISSING, "there is no such execution", (struct str){0});
    }
    action_say(call, "run", "Execution", store_id_format(call->arena, run.value));
    action_say_date(call, "asOf", "What was due on", row.as_of);
    action_say_cell(call, "begun", "Begun", action_cell_instant(call, row.begun_at));
    action_say(call, "by", "By", retention_by_words(row.begun_by_name));
    if (instant_is_given(row.ended_at)) {
        action_say_cell(call, "ended", "Ended", action_cell_instant(call, row.ended_at));
    }
    action_say(call, "outcome", "Came to", retention_outcome_words(row.outcome));
    action_say_number(call, "erased", "Erased", row.erased);
    action_say_number(call, "held", "Held, and passed over", row.held);
    action_say(call, "digest", "Digest of the schedule", row.schedule);
    action_say(call, "history", "History", call->prepared);
    return RESULT_OK;
}

static const struct action_column class_columns[] = {
    {STR_INIT("kept"), STR_INIT("What was kept"), ACTION_CELL_TEXT},
    {STR_INIT("erased"), STR_INIT("Erased"), ACTION_CELL_NUMBER},
    {STR_INIT("held"), STR_INIT("Held"), ACTION_CELL_NUMBER},
    {STR_INIT("left"), STR_INIT("Of what was erased, left"), ACTION_CELL_NUMBER},
};

MUST_USE static struct result show_classes(struct action_call *call, struct row_id run)
{
    struct retention_sums_of_rows rows;
    int64_t all = 0;
    TRY(retention_sums_of(call->transaction, (struct retention_sums_of_in){run}, &rows));
    struct action_list *shown =
        action_list(call, "classes", "What is left", class_columns, ACTION_COUNT_OF(class_columns),
                    "Nothing has been erased yet.");
    for (size_t i = 0; i < rows.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        const struct retention_class *class = retention_class_named(rows.at[i].class);
        int64_t left = 0;
        if (class) {
            TRY(class->left(call->transaction, run, &left));
        }
        all += left;
        cells[0] = action_cell_word(call, ACTION_WORDS_KEPT, rows.at[i].class);
        cells[1] = action_cell_number(call, rows.at[i].erased);
        cells[2] = action_cell_number(call, rows.at[i].held);
        cells[3].text = class ? str_format(call->arena, "%lld", (long long)left)
                              : STR("not known to this version");
    }
    action_say(call, "rest", "Left of what was erased",
               all == 0
                   ? STR("Nothing: no row, salt or content of it is there any more")
                   : str_format(call->arena, "%lld rows: tell whoever looks after Handrail at once",
                                (long long)all));
    return RESULT_OK;
}

/* ---- Its acts -------------------------------------------------------------------------------- */

static const struct action_column step_columns[] = {
    {STR_INIT("act"), STR_INIT("Act"), ACTION_CELL_NUMBER},
    {STR_INIT("kept"), STR_INIT("What was kept"), ACTION_CELL_TEXT},
    {STR_INIT("policy"), STR_INIT("Policy"), ACTION_CELL_TEXT},
    {STR_INIT("clause"), STR_INIT("Clause"), ACTION_CELL_TEXT},
    {STR_INIT("erased"), STR_INIT("Erased"), ACTION_CELL_NUMBER},
    {STR_INIT("held"), STR_INIT("Held"), ACTION_CELL_NUMBER},
};

/* How many rows make a page: an act is never divided. */
static size_t page_rows(const struct retention_steps_of_rows *rows)
{
    size_t count = rows->count < ACTION_PAGE_ROWS ? rows->count : ACTION_PAGE_ROWS;
    while (count < rows->count && count > 1 &&
           rows->at[count - 1].position == rows->at[count].position) {
        count--;
    }
    return count;
}

MUST_USE static struct result show_steps(struct action_call *call, struct row_id run)
{
    int64_t after = action_value(call, "after")->is_given ? action_number(call, "after") : -1;
    struct retention_steps_of_rows rows;
    TRY(retention_steps_of(
        call->transaction,
        (struct retention_steps_of_in){run, after, ACTION_PAGE_ROWS + RETENTION_STEP_ITEMS},
        &rows));
    struct action_list *shown = action_list(call, "acts", "Its acts in the history", step_columns,
                                            ACTION_COUNT_OF(step_columns), "None.");
    size_t count = page_rows(&rows);
    for (size_t i = 0; i < count; i++) {
        const struct retention_steps_of_row *row = &rows.at[i];
        struct action_cell *cells = action_row(call, shown);
        cells[0] = action_cell_act(call, row->position);
        cells[1] = action_cell_word(call, ACTION_WORDS_KEPT, row->class);
        cells[2] = action_cell_word(call, ACTION_WORDS_POLICIES, row->policy);
        cells[3].text = row->clause;
        cells[4] = action_cell_number(call, row->erased);
        cells[5] = action_cell_number(call, row->held);
    }
    if (rows.count > count) {
        call->outcome->answer.next =
            str_format(call->arena, "%lld", (long long)rows.at[count - 1].position);
    }
    return RESULT_OK;
}

static const struct action_column held_columns[] = {
    {STR_INIT("kept"), STR_INIT("What is kept"), ACTION_CELL_TEXT},
    {STR_INIT("person"), STR_INIT("Of"), ACTION_CELL_TEXT},
    {STR_INIT("why"), STR_INIT("Held, because"), ACTION_CELL_TEXT},
    {STR_INIT("lifted"), STR_INIT("Lifted on"), ACTION_CELL_TEXT},
};

MUST_USE static struct result show_held(struct action_call *call, struct row_id run)
{
    struct retention_held_of_rows rows;
    TRY(retention_held_of(call->transaction, (struct retention_held_of_in){run, HELD_SHOWN},
                          &rows));
    struct action_list *shown =
        action_list(call, "heldItems", "Held, and passed over", held_columns,
                    ACTION_COUNT_OF(held_columns), "Nothing was held.");
    for (size_t i = 0; i < rows.count; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0] = action_cell_word(call, ACTION_WORDS_KEPT, rows.at[i].class);
        cells[1] = action_cell_link(call, rows.at[i].name, "person.see", "person",
                                    rows.at[i].person.value);
        cells[2].text = rows.at[i].why;
        if (instant_is_given(rows.at[i].lifted_at)) {
            cells[3] = action_cell_instant(call, rows.at[i].lifted_at);
        }
    }
    return RESULT_OK;
}

MUST_USE static struct result proof(struct action_call *call)
{
    struct row_id run = {action_number(call, "run")};
    TRY(say_run(call, run));
    TRY(show_classes(call, run));
    TRY(show_steps(call, run));
    TRY(show_held(call, run));
    action_offer(call, &action_retention_search, "run", run.value, NULL, 0);
    action_offer(call, &action_retention_see, NULL, 0, NULL, 0);
    return RESULT_OK;
}

const struct action action_retention_proof = {
    .number = 127,
    .name = STR_INIT("retention.proof"),
    .title = STR_INIT("Shown to be gone"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_TRUST,
    .fields = proof_fields,
    .field_count = ACTION_COUNT_OF(proof_fields),
    .prepare = verify,
    .run = proof,
};

/* ---- The search ------------------------------------------------------------------------------ */

static const struct action_field search_fields[] = {
    {.name = STR_INIT("run"),
     .label = STR_INIT("Execution"),
     .kind = ACTION_ROW,
     .is_required = true,
     .is_hidden = true},
    {.name = STR_INIT("words"),
     .label = STR_INIT("Names, addresses, numbers"),
     .hint =
         STR_INIT("One on a line, at least three letters each, from your own list of who was to "
                  "be erased. They are looked for and not kept."),
     .kind = ACTION_LONG_TEXT,
     .bytes_max = 8000,
     .is_required = true,
     .is_secret = true},
};

static const struct action_column hit_columns[] = {
    {STR_INIT("table"), STR_INIT("Table"), ACTION_CELL_TEXT},
    {STR_INIT("column"), STR_INIT("Column"), ACTION_CELL_TEXT},
    {STR_INIT("cells"), STR_INIT("Places"), ACTION_CELL_NUMBER},
};

struct search {
    struct str words[TRANSFER_WORDS_MAX];
    size_t word_count;
    struct transfer_hit hits[TRANSFER_HITS_MAX];
    size_t hit_count;
};

static void read_words(struct action_call *call, struct search *search)
{
    struct str rest = action_text(call, "words"), line;
    bool has_more = true;
    while (has_more) {
        has_more = str_cut(rest, '\n', &line, &rest);
        line = str_trim(line);
        if (str_is_empty(line)) {
            continue;
        }
        if (line.len < TRANSFER_WORD_BYTES_MIN || search->word_count == TRANSFER_WORDS_MAX) {
            action_error(call, "words",
                         str_format(call->arena,
                                    "Names, addresses, numbers: at most %d, each of at least %d "
                                    "letters",
                                    TRANSFER_WORDS_MAX, TRANSFER_WORD_BYTES_MIN));
            return;
        }
        search->words[search->word_count++] = line;
    }
}

/* Outside of the transaction that writes: it reads everything that there is. */
MUST_USE static struct result search_all(struct action_call *call)
{
    struct search *search = ARENA_NEW(call->arena, struct search);
    read_words(call, search);
    if (!action_has_errors(call)) {
        TRY(transfer_find(call->place->store, call->arena, search->words, search->word_count,
                          search->hits, &search->hit_count));
    }
    call->prepared = (struct str){(const char *)search, sizeof *search};
    return RESULT_OK;
}

MUST_USE static struct result search(struct action_call *call)
{
    const struct search *found = (const void *)call->prepared.at;
    struct retention_run_of_row run;
    bool is_there = false;
    TRY(retention_run_of(call->transaction,
                         (struct retention_run_of_in){{action_number(call, "run")}}, &is_there,
                         &run));
    if (!is_there) {
        return result_fail(RESULT_CODE_MISSING, "there is no such execution", (struct str){0});
    }
    if (!found || action_has_errors(call)) {
        return RESULT_OK;
    }
    int64_t places = 0;
    struct action_list *shown = action_list(call, "places", "Where it still stands", hit_columns,
                                            ACTION_COUNT_OF(hit_columns), "Nowhere.");
    for (size_t i = 0; i < found->hit_count; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0].text = found->hits[i].table;
        cells[1].text = found->hits[i].column;
        cells[2] = action_cell_number(call, found->hits[i].cells);
        places += found->hits[i].cells;
    }
    action_note_number(call, "searched", (int64_t)found->word_count);
    action_note_number(call, "places", places);
    action_say_number(call, "searched", "Looked for", (int64_t)found->word_count);
    action_say(call, "found", "Found",
               places == 0 ? STR("Nothing: none of it stands anywhere in the records")
                           : str_format(call->arena,
                                        "In %lld places. Somebody else may have the same name, or "
                                        "have written it",
                                        (long long)places));
    action_offer(call, &action_retention_proof, "run", action_number(call, "run"), NULL, 0);
    return RESULT_OK;
}

const struct action action_retention_search = {
    .number = 128,
    .name = STR_INIT("retention.search"),
    .title = STR_INIT("Search for what was erased"),
    .button = STR_INIT("Search"),
    .help = STR_INIT("All that is kept is read. That somebody searched, how many words and in how "
                     "many places they were found goes into the history; the words do not."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .fields = search_fields,
    .field_count = ACTION_COUNT_OF(search_fields),
    .prepare = search_all,
    .run = search,
};
