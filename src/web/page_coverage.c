/*
 * web/page_coverage.c - GET /policy/{pack}/coverage: how each clause is put into operation.
 *
 * ?status= and ?topic= leave out the other clauses. Read first: coverage_int.h;
 * web/templates/coverage.html. Start at page_coverage().
 * What must hold: the numbers are those of `handrail coverage`.
 */
#include "interview/words.h"
#include "page/templates.h"
#include "web/clause_view_int.h"
#include "web/coverage_int.h"
#include "web/frame_int.h"
#include "web/kept_int.h"
#include "web/pages_int.h"

/* In an address: clauses that stand under no topic. No topic has this name. */
#define NO_TOPIC "-"

#define UNKNOWN SIZE_MAX

static const struct {
    struct str name, tag, says, is;
} statuses[COVERAGE_STATUS_COUNT] = {
    [COVERAGE_ENFORCED] = {STR_INIT("Enforced"), STR_INIT("govuk-tag--green"),
                           STR_INIT("Rules decide. The answer to “May I?” rests on them."),
                           STR_INIT("enforced")},
    [COVERAGE_DECLARED] = {STR_INIT("Declared"), STR_INIT("govuk-tag--yellow"),
                           STR_INIT("Written down, checked and kept. It waits for a part of "
                                    "Handrail that is not there yet."),
                           STR_INIT("declared and waiting")},
    [COVERAGE_TEXT] = {STR_INIT("Information"), STR_INIT("govuk-tag--grey"),
                       STR_INIT("Words to read. There is nothing in them to decide or to run."),
                       STR_INIT("information")},
    [COVERAGE_MISSING] = {STR_INIT("Missing"), STR_INIT("govuk-tag--red"),
                          STR_INIT("The list of the document’s clauses has it, and no clause here "
                                   "puts it into operation."),
                          STR_INIT("missing")},
};

/* The parts of Handrail for which statements wait. */
static const struct {
    struct str module, words;
} parts[] = {
    {STR_INIT("records"), STR_INIT("registers, requests and cases")},
    {STR_INIT("calendar"), STR_INIT("time limits and review dates")},
    {STR_INIT("inbox"), STR_INIT("the inbox")},
    {STR_INIT("notify"), STR_INIT("notices")},
    {STR_INIT("screen"), STR_INIT("the check of a draft")},
    {STR_INIT("report"), STR_INIT("reports and printed documents")},
    {STR_INIT("web"), STR_INIT("reminders on these pages")},
};
#define PART_COUNT (sizeof parts / sizeof parts[0])

struct viewer {
    struct arena *arena;
    const struct shelf_pack *one;
    const struct coverage *coverage;
    const struct coverage_policy *policy;
    struct coverage_totals totals;
    size_t status;    /* COVERAGE_STATUS_COUNT: all */
    struct str topic; /* empty: all */
};

/* ---- When the server starts ------------------------------------------------------------------ */

/* A row's clause is tried by the same examples. */
static void tried_take(struct coverage *rows, const struct coverage *clauses)
{
    for (size_t i = 0; i < rows->count; i++) {
        for (size_t c = 0; c < clauses->count; c++) {
            if (clauses->items[c].clause == rows->items[i].clause) {
                rows->items[i].tried_count = clauses->items[c].tried_count;
            }
        }
    }
}

static void ledger_read(struct arena *arena, const struct shelf *shelf, struct web_coverage *out)
{
    struct str file = shelf_file_find_above(arena, shelf->at[0].folder, STR(COVERAGE_LEDGER_FILE)),
               text;
    if (str_is_empty(file)) {
        return;
    }
    struct diag_list diags = diag_list_new(arena);
    struct result read = shelf_file_read(arena, file, COVERAGE_LEDGER_BYTES_MAX, &text);
    if (result_is_ok(read)) {
        coverage_ledger_read(arena, file, text, &out->rows.ledger, &diags);
    }
    out->is_unreadable = !result_is_ok(read) || diag_error_count(&diags) > 0;
    if (!out->is_unreadable) {
        out->rows.policies = out->policies;
        out->rows.policy_count = shelf->count;
        coverage_compute(&out->rows);
        tried_take(&out->rows, &out->clauses);
    }
}

const struct web_coverage *web_coverage_make(struct arena *arena, const struct shelf *shelf)
{
    struct web_coverage *out = ARENA_NEW(arena, struct web_coverage);
    out->policies = ARENA_ARRAY(arena, struct coverage_policy, shelf->count + 1);
    for (size_t i = 0; i < shelf->count; i++) {
        const struct shelf_pack *one = &shelf->at[i];
        out->policies[i] = (struct coverage_policy){
            .document = one->document, .bundle = &one->bundle, .pack = &one->pack};
    }
    out->clauses =
        (struct coverage){.arena = arena, .policies = out->policies, .policy_count = shelf->count};
    out->rows.arena = arena;
    coverage_compute(&out->clauses);
    coverage_try(&out->clauses);
    if (shelf->count > 0) {
        ledger_read(arena, shelf, out);
    }
    return out;
}

/* ---- What is asked for ----------------------------------------------------------------------- */

/* The name of an item's topic; NO_TOPIC where it has none or no clause. */
static struct str topic_of(const struct viewer *viewer, const struct coverage_item *item)
{
    const struct pack *pack = viewer->policy->pack;
    uint32_t index = item->clause ? pack_clause_find(pack, item->clause->key.text) : PACK_NONE;
    uint32_t topic = index == PACK_NONE ? PACK_NONE : pack->clause[index].topic;
    return topic == PACK_NONE ? STR(NO_TOPIC) : pack_text(pack, pack->topic[topic].name);
}

/* Whether an item is shown when the filters are these. */
static bool is_shown(const struct viewer *viewer, const struct coverage_item *item, size_t status,
                     struct str topic)
{
    return item->policy == viewer->policy &&
           (status == COVERAGE_STATUS_COUNT || item->status == (enum coverage_status)status) &&
           (str_is_empty(topic) || str_equal(topic_of(viewer, item), topic));
}

static size_t count_shown(const struct viewer *viewer, size_t status, struct str topic)
{
    size_t count = 0;
    for (size_t i = 0; i < viewer->coverage->count; i++) {
        count += is_shown(viewer, &viewer->coverage->items[i], status, topic) ? 1 : 0;
    }
    return count;
}

/* COVERAGE_STATUS_COUNT for all, UNKNOWN for what is no status. */
static size_t status_named(struct str name)
{
    for (size_t i = 0; i < COVERAGE_STATUS_COUNT; i++) {
        if (str_equal(coverage_status_name((enum coverage_status)i), name)) {
            return i;
        }
    }
    return str_is_empty(name) ? (size_t)COVERAGE_STATUS_COUNT : UNKNOWN;
}

/* Takes the filters of the query. False when there is no such status or topic: it is left out. */
static bool filters_take(struct viewer *viewer, const struct web_exchange *exchange)
{
    size_t status = status_named(web_form_value(&exchange->arguments, STR("status")));
    struct str topic = web_form_value(&exchange->arguments, STR("topic"));
    viewer->status = COVERAGE_STATUS_COUNT;
    if (!str_is_empty(topic) && count_shown(viewer, COVERAGE_STATUS_COUNT, topic) > 0) {
        viewer->topic = topic;
    }
    if (status != UNKNOWN) {
        viewer->status = status;
    }
    return status != UNKNOWN && str_equal(viewer->topic, topic);
}

/* The page with these filters. */
static struct str address(const struct viewer *viewer, size_t status, struct str topic)
{
    struct text query = {.arena = viewer->arena};
    if (status < COVERAGE_STATUS_COUNT) {
        web_form_add(&query, STR("status"), coverage_status_name((enum coverage_status)status));
    }
    if (!str_is_empty(topic)) {
        web_form_add(&query, STR("topic"), topic);
    }
    return str_format(viewer->arena, "/policy/" STR_FMT "/coverage%s" STR_FMT,
                      STR_ARG(viewer->one->document->name), query.len > 0 ? "?" : "",
                      STR_ARG(text_str(&query)));
}

static struct str topic_words(const struct viewer *viewer, struct str name)
{
    const struct pack *pack = viewer->policy->pack;
    for (uint32_t i = 0; i < pack->topic_count; i++) {
        if (str_equal(pack_text(pack, pack->topic[i].name), name)) {
            return pack_text(pack, pack->topic[i].text);
        }
    }
    return STR("No topic");
}

/* ---- Choices --------------------------------------------------------------------------------- */

static void statuses_fill(const struct viewer *viewer, struct page_coverage_page_args *args)
{
    struct page_coverage_choice *choices =
        ARENA_ARRAY(viewer->arena, struct page_coverage_choice, COVERAGE_STATUS_COUNT + 1);
    choices[args->statuses_count++] = (struct page_coverage_choice){
        .name = STR("All"),
        .says = str_is_empty(viewer->topic) ? STR("Every clause of the policy.")
                                            : STR("Every clause of this topic."),
        .count = (int64_t)count_shown(viewer, COVERAGE_STATUS_COUNT, viewer->topic),
        .href = address(viewer, COVERAGE_STATUS_COUNT, viewer->topic),
        .is_current = viewer->status == COVERAGE_STATUS_COUNT};
    for (size_t i = 0; i < COVERAGE_STATUS_COUNT; i++) {
        if (i == COVERAGE_MISSING && viewer->totals.by_status[i] == 0) {
            continue;
        }
        choices[args->statuses_count++] =
            (struct page_coverage_choice){.name = statuses[i].name,
                                          .says = statuses[i].says,
                                          .count = (int64_t)count_shown(viewer, i, viewer->topic),
                                          .href = address(viewer, i, viewer->topic),
                                          .is_current = viewer->status == i};
    }
    args->statuses = choices;
}

static void topic_add(const struct viewer *viewer, struct page_coverage_page_args *args,
                      struct page_coverage_choice *choices, struct str topic, struct str words)
{
    size_t count = count_shown(viewer, viewer->status, topic);
    bool is_current = str_equal(viewer->topic, topic);
    if (count > 0 || is_current) {
        choices[args->topics_count++] =
            (struct page_coverage_choice){.name = words,
                                          .count = (int64_t)count,
                                          .href = address(viewer, viewer->status, topic),
                                          .is_current = is_current};
    }
}

static void topics_fill(const struct viewer *viewer, struct page_coverage_page_args *args)
{
    const struct pack *pack = viewer->policy->pack;
    struct page_coverage_choice *choices =
        ARENA_ARRAY(viewer->arena, struct page_coverage_choice, pack->topic_count + 2);
    topic_add(viewer, args, choices, (struct str){0}, STR("All topics"));
    for (uint32_t i = 0; i < pack->topic_count; i++) {
        topic_add(viewer, args, choices, pack_text(pack, pack->topic[i].name),
                  pack_text(pack, pack->topic[i].text));
    }
    topic_add(viewer, args, choices, STR(NO_TOPIC), STR("No topic"));
    args->topics = choices;
    args->topic =
        str_is_empty(viewer->topic) ? (struct str){0} : topic_words(viewer, viewer->topic);
}

/* ---- A row ----------------------------------------------------------------------------------- */

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* "Waits for: registers, requests and cases; the inbox" */
static struct str waits_words(const struct viewer *viewer, const struct coverage_item *item)
{
    struct text out = {.arena = viewer->arena};
    const char *lead = item->status == COVERAGE_ENFORCED ? "Still waits for: " : "Waits for: ";
    for (size_t p = 0; p < PART_COUNT; p++) {
        bool is_waiting = false;
        for (size_t i = 0; i < item->operation_count; i++) {
            is_waiting = is_waiting || str_equal(item->operations[i].module, parts[p].module);
        }
        if (is_waiting) {
            text_addf(&out, "%s" STR_FMT, out.len == 0 ? lead : "; ", STR_ARG(parts[p].words));
        }
    }
    return text_str(&out);
}

static struct str says_words(const struct viewer *viewer, const struct coverage_item *item)
{
    if (item->status == COVERAGE_MISSING) {
        return STR("No clause of the policy names this row of the list.");
    }
    if (item->status != COVERAGE_ENFORCED) {
        return (struct str){0};
    }
    if (item->rule_count == 0) {
        return STR("A duty that rules of other clauses bring about.");
    }
    struct text out = {.arena = viewer->arena};
    size_t examples = item->clause->example_count;
    text_addf(&out, "%zu rule%s, %zu example%s.", item->rule_count, plural(item->rule_count),
              examples, plural(examples));
    if (item->tried_count < item->rule_count) {
        size_t left = item->rule_count - item->tried_count;
        text_addf(&out, " %zu of the rules %s tried by no example.", left,
                  left == 1 ? "is" : "are");
    }
    return text_str(&out);
}

/* What the list of clauses asks for and nothing in the clause answers. */
static struct str remark_words(const struct viewer *viewer, const struct coverage_item *item)
{
    if (item->unmet_count == 0 || !item->clause) {
        return (struct str){0};
    }
    return str_format(viewer->arena,
                      "The list asks for more, and nothing here answers it yet: " STR_FMT ".",
                      STR_ARG(words_join(viewer->arena, item->unmet, item->unmet_count, "and")));
}

static void statements_fill(const struct viewer *viewer, const struct coverage_item *item,
                            struct page_coverage_row *row)
{
    const struct pack *pack = viewer->policy->pack;
    uint32_t index = pack_clause_find(pack, item->clause->key.text);
    if (index == PACK_NONE) {
        return;
    }
    const struct page_operation_view *views =
        web_operation_views(viewer->arena, pack, item->clause, &pack->clause[index]);
    struct page_coverage_statement *statements =
        ARENA_ARRAY(viewer->arena, struct page_coverage_statement, item->operation_count + 1);
    for (size_t i = 0; i < item->operation_count; i++) {
        statements[i] = (struct page_coverage_statement){
            .kind = views[i].kind,
            .text = str_is_empty(views[i].text)
                        ? words_of_name(viewer->arena, item->operations[i].name)
                        : views[i].text};
    }
    row->statements = statements;
    row->statements_count = item->operation_count;
}

/* "3.5, RE-16" */
static struct str place_words(const struct viewer *viewer, const struct coverage_item *item)
{
    struct text out = {.arena = viewer->arena};
    struct str at = item->clause ? item->clause->at : item->row->where;
    if (!str_is_empty(at) && !str_equal(at, item->id)) {
        text_addf(&out, STR_FMT ", ", STR_ARG(words_capital(viewer->arena, at)));
    }
    text_add(&out, item->id);
    return text_str(&out);
}

static struct page_coverage_row row_of(const struct viewer *viewer,
                                       const struct coverage_item *item)
{
    struct page_coverage_row row = {.place = place_words(viewer, item),
                                    .status = statuses[item->status].name,
                                    .tag = statuses[item->status].tag,
                                    .says = says_words(viewer, item),
                                    .waits = waits_words(viewer, item),
                                    .remark = remark_words(viewer, item)};
    if (item->clause) {
        row.key = item->clause->key.text;
        row.title = item->clause->title;
        statements_fill(viewer, item, &row);
    } else {
        row.title = words_capital(viewer->arena, item->row->says);
    }
    return row;
}

/* Rows that follow one another below one heading of the policy are a part. */
static void parts_fill(const struct viewer *viewer, struct page_coverage_page_args *args)
{
    size_t count = 0;
    struct page_coverage_row *rows =
        ARENA_ARRAY(viewer->arena, struct page_coverage_row, viewer->totals.rows + 1);
    struct page_coverage_part *made =
        ARENA_ARRAY(viewer->arena, struct page_coverage_part, viewer->totals.rows + 1);
    for (size_t i = 0; i < viewer->coverage->count; i++) {
        const struct coverage_item *item = &viewer->coverage->items[i];
        if (!is_shown(viewer, item, viewer->status, viewer->topic)) {
            continue;
        }
        struct str part = item->clause ? item->clause->part : (struct str){0};
        if (count == 0 || !str_equal(made[args->parts_count - 1].title, part)) {
            made[args->parts_count++] =
                (struct page_coverage_part){.title = part, .rows = &rows[count]};
        }
        rows[count++] = row_of(viewer, item);
        made[args->parts_count - 1].rows_count++;
    }
    args->parts = made;
}

/* ---- Sums ------------------------------------------------------------------------------------ */

/* "Of 63 clauses, 38 are enforced, 11 are declared and waiting, and 14 are information." */
static struct str sum_words(const struct viewer *viewer)
{
    struct str words[COVERAGE_STATUS_COUNT];
    size_t count = 0;
    if (viewer->totals.rows == 0) {
        return STR("This policy has no clauses.");
    }
    for (size_t i = 0; i < COVERAGE_STATUS_COUNT; i++) {
        size_t of = viewer->totals.by_status[i];
        if (of > 0) {
            words[count++] = str_format(viewer->arena, "%zu %s " STR_FMT, of,
                                        of == 1 ? "is" : "are", STR_ARG(statuses[i].is));
        }
    }
    return str_format(viewer->arena, "Of %zu clause%s, " STR_FMT ".", viewer->totals.rows,
                      plural(viewer->totals.rows),
                      STR_ARG(words_join(viewer->arena, words, count, "and")));
}

static struct str rules_words(const struct viewer *viewer)
{
    size_t rules = 0, tried = 0, examples = 0;
    for (size_t i = 0; i < viewer->coverage->count; i++) {
        const struct coverage_item *item = &viewer->coverage->items[i];
        if (item->policy == viewer->policy && item->clause) {
            rules += item->rule_count;
            tried += item->tried_count;
            examples += item->clause->example_count;
        }
    }
    struct str all = str_format(viewer->arena, "%zu rule%s and %zu example%s.", rules,
                                plural(rules), examples, plural(examples));
    if (tried < rules) {
        return str_format(viewer->arena, STR_FMT " %zu of the rules %s tried by no example.",
                          STR_ARG(all), rules - tried, rules - tried == 1 ? "is" : "are");
    }
    return rules == 0 ? all
                      : str_format(viewer->arena, STR_FMT " Each rule is tried by an example.",
                                   STR_ARG(all));
}

/* What the list of the source's clauses has to do with it, and the clauses that it leaves out. */
static void ledger_fill(const struct viewer *viewer, const struct web_coverage *kept,
                        struct page_coverage_page_args *args)
{
    if (kept->is_unreadable) {
        args->ledger = STR("There is a list of the document’s clauses, but it could not be read; "
                           "each clause of the policy is shown instead.");
        return;
    }
    if (viewer->coverage != &kept->rows) {
        return;
    }
    struct page_coverage_row *rows = ARENA_ARRAY(viewer->arena, struct page_coverage_row,
                                                 viewer->policy->document->clause_count + 1);
    for (size_t i = 0; i < kept->clauses.count; i++) {
        const struct coverage_item *item = &kept->clauses.items[i];
        bool is_listed = item->policy != viewer->policy;
        for (size_t r = 0; r < kept->rows.count && !is_listed; r++) {
            is_listed = kept->rows.items[r].clause == item->clause;
        }
        if (!is_listed) {
            rows[args->unlisted_count++] = (struct page_coverage_row){.key = item->clause->key.text,
                                                                      .title = item->clause->title};
        }
    }
    args->unlisted = rows;
    size_t missing = viewer->totals.by_status[COVERAGE_MISSING];
    struct str found = missing == 0 ? STR("every one of them is here")
                                    : str_format(viewer->arena, "%zu of them %s missing here",
                                                 missing, missing == 1 ? "is" : "are");
    args->ledger = str_format(
        viewer->arena, "The list of the document’s clauses has %zu row%s, and " STR_FMT ".%s",
        viewer->totals.rows, plural(viewer->totals.rows), STR_ARG(found),
        args->unlisted_count > 0 ? " These clauses of the policy stand in no row of it:" : "");
}

/* "11 clauses: declared and waiting; Friends, followers and other contacts" */
static struct str shown_words(const struct viewer *viewer)
{
    size_t count = count_shown(viewer, viewer->status, viewer->topic);
    struct text out = {.arena = viewer->arena};
    text_addf(&out, "%zu clause%s", count, plural(count));
    const char *between = ": ";
    if (viewer->status < COVERAGE_STATUS_COUNT) {
        text_addf(&out, "%s" STR_FMT, between, STR_ARG(statuses[viewer->status].is));
        between = "; ";
    }
    if (!str_is_empty(viewer->topic)) {
        text_addf(&out, "%s" STR_FMT, between, STR_ARG(topic_words(viewer, viewer->topic)));
    }
    return text_str(&out);
}

/* ---- The page -------------------------------------------------------------------------------- */

static struct html_raw crumbs(const struct viewer *viewer)
{
    const struct policy_document *document = viewer->one->document;
    const struct page_crumb items[] = {
        {.text = STR("Policies"), .href = STR("/policies")},
        {.text = document->title,
         .href = str_format(viewer->arena, "/policy/" STR_FMT, STR_ARG(document->name))},
        {.text = STR("Put into operation")},
    };
    struct html out = html_new(viewer->arena);
    page_breadcrumbs(&out, &(struct page_breadcrumbs_args){
                               .items = items, .items_count = sizeof items / sizeof items[0]});
    return html_take(&out);
}

static struct viewer viewer_new(const struct web_exchange *exchange, const struct shelf_pack *one)
{
    const struct web_coverage *kept = exchange->site->kept->coverage;
    struct viewer viewer = {.arena = exchange->arena,
                            .one = one,
                            .policy = &kept->policies[one - exchange->site->shelf->at],
                            .coverage = &kept->rows};
    viewer.totals = coverage_sum(viewer.coverage, viewer.policy);
    if (viewer.totals.rows == 0) {
        viewer.coverage = &kept->clauses;
        viewer.totals = coverage_sum(viewer.coverage, viewer.policy);
    }
    return viewer;
}

void page_coverage(struct web_exchange *exchange)
{
    const struct shelf_pack *one = web_pack_named(exchange, web_parameter(exchange, 0));
    if (!one) {
        web_not_found(exchange);
        return;
    }
    struct viewer viewer = viewer_new(exchange, one);
    bool is_known = filters_take(&viewer, exchange);
    bool is_all = viewer.status == COVERAGE_STATUS_COUNT && str_is_empty(viewer.topic);
    struct page_coverage_page_args args = {
        .name = one->document->name,
        .title = one->document->title,
        .sum = sum_words(&viewer),
        .rules = rules_words(&viewer),
        .total = (int64_t)viewer.totals.rows,
        .enforced = (int64_t)viewer.totals.by_status[COVERAGE_ENFORCED],
        .declared = (int64_t)viewer.totals.by_status[COVERAGE_DECLARED],
        .shown = shown_words(&viewer),
        .all = is_all ? (struct str){0} : address(&viewer, COVERAGE_STATUS_COUNT, (struct str){0}),
        .is_unknown = !is_known};
    ledger_fill(&viewer, exchange->site->kept->coverage, &args);
    statuses_fill(&viewer, &args);
    topics_fill(&viewer, &args);
    parts_fill(&viewer, &args);
    struct html main = html_new(exchange->arena);
    page_coverage_page(&main, &args);
    web_frame(exchange, WEB_OK,
              &(struct web_frame){.title = str_format(exchange->arena,
                                                      "How it is put into operation: " STR_FMT,
                                                      STR_ARG(one->document->title)),
                                  .place = STR("/policies"),
                                  .before = crumbs(&viewer),
                                  .main = html_take(&main)});
    exchange->answer.cache = WEB_CACHE_CHECK;
}
