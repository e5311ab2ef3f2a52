/*
 * cli/coverage_write.c - coverage as a table for people and as JSON. Read first: coverage_int.h.
 */
#include "base/json.h"
#include "cli/coverage_int.h"
#include "cli/terminal.h"
#include "cli/wrap.h"

#define COVERAGE_ID_COLUMNS 9
#define COVERAGE_STATUS_COLUMNS 20 /* where the third column begins */
#define COVERAGE_RULES_COLUMNS 27
#define COVERAGE_PACK_COLUMNS 18

/* ---- A table --------------------------------------------------------------------------------- */

/* How often a kind waits for a module; 0 when it stands earlier in the list. */
static size_t coverage_count_kind(const struct coverage_item *item, size_t index)
{
    size_t count = 0;
    for (size_t i = 0; i < item->operation_count; i++) {
        bool is_same = str_equal(item->operations[i].kind, item->operations[index].kind);
        if (is_same && i < index) {
            return 0;
        }
        count += is_same ? 1 : 0;
    }
    return count;
}

/* "process, register (records); 2 screen (screen); nothing for: clock". */
static struct str coverage_remarks(struct arena *arena, const struct coverage_item *item)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < item->operation_count; i++) {
        const struct coverage_operation *operation = &item->operations[i];
        size_t count = coverage_count_kind(item, i);
        if (count == 0) {
            continue;
        }
        text_add(&out, out.len > 0 ? STR(", ") : STR(""));
        if (count > 1) {
            text_addf(&out, "%zu ", count);
        }
        text_add(&out, operation->kind);
        if (!str_is_empty(operation->module)) {
            text_addf(&out, " (" STR_FMT ")", STR_ARG(operation->module));
        }
    }
    if (item->unmet_count > 0 && item->clause) {
        struct str unmet = str_join(arena, item->unmet, item->unmet_count, STR(", "));
        text_addf(&out, "%snothing for: " STR_FMT, out.len > 0 ? "; " : "", STR_ARG(unmet));
    }
    if (!item->clause) {
        text_add(&out, STR("no clause of the policy names this row"));
    }
    return out.len > 0 ? text_str(&out) : STR("-");
}

static void coverage_show_item(struct text *out, const struct coverage_item *item)
{
    wrap_pad(out, item->id, COVERAGE_ID_COLUMNS);
    wrap_pad(out, coverage_status_name(item->status),
             COVERAGE_STATUS_COLUMNS - COVERAGE_ID_COLUMNS);
    struct str rules =
        item->rule_count > 0 ? str_format(out->arena, "%zu", item->rule_count) : STR("-");
    wrap_pad(out, rules, COVERAGE_RULES_COLUMNS - COVERAGE_STATUS_COLUMNS);
    wrap_add(out, coverage_remarks(out->arena, item),
             (struct wrap){TERMINAL_COLUMNS_MAX, COVERAGE_RULES_COLUMNS, COVERAGE_RULES_COLUMNS});
}

static void coverage_show_totals(struct text *out, struct str name,
                                 const struct coverage_totals *totals)
{
    wrap_pad(out, name, COVERAGE_PACK_COLUMNS);
    text_addf(out, "%5zu  %8zu  %8zu  %4zu  %7zu  %5zu\n", totals->rows,
              totals->by_status[COVERAGE_ENFORCED], totals->by_status[COVERAGE_DECLARED],
              totals->by_status[COVERAGE_TEXT], totals->by_status[COVERAGE_MISSING],
              totals->with_unmet);
}

static void coverage_show_remarks(const struct coverage *coverage, struct text *out)
{
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_item *item = &coverage->items[i];
        if (item->lacks_rule) {
            text_addf(out, STR_FMT ": should have a rule, and has none\n", STR_ARG(item->id));
        }
    }
    if (coverage->strange_rows > 0) {
        text_addf(out, "%zu rows of the ledger belong to none of these policies\n",
                  coverage->strange_rows);
    }
    if (coverage->unlisted > 0) {
        text_addf(out, "%zu clauses stand in no row of the ledger\n", coverage->unlisted);
    }
}

void coverage_show(const struct coverage *coverage, struct text *out)
{
    wrap_pad(out, STR("row"), COVERAGE_ID_COLUMNS);
    wrap_pad(out, STR("status"), COVERAGE_STATUS_COLUMNS - COVERAGE_ID_COLUMNS);
    wrap_pad(out, STR("rules"), COVERAGE_RULES_COLUMNS - COVERAGE_STATUS_COLUMNS);
    text_add(out, STR("declares (and waits for)\n"));
    for (size_t i = 0; i < coverage->count; i++) {
        coverage_show_item(out, &coverage->items[i]);
    }
    text_add_char(out, '\n');
    wrap_pad(out, STR("policy"), COVERAGE_PACK_COLUMNS);
    text_add(out, STR(" rows  enforced  declared  text  missing  unmet\n"));
    for (size_t p = 0; p < coverage->policy_count; p++) {
        const struct coverage_policy *policy = &coverage->policies[p];
        struct coverage_totals totals = coverage_sum(coverage, policy);
        if (totals.rows > 0) {
            coverage_show_totals(out, policy->document->name, &totals);
        }
    }
    struct coverage_totals all = coverage_sum(coverage, NULL);
    coverage_show_totals(out, STR("all"), &all);
    coverage_show_remarks(coverage, out);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void coverage_write_totals(struct json_writer *writer, const struct coverage_totals *totals)
{
    json_key(writer, STR("totals"));
    json_begin_object(writer);
    json_key_int(writer, STR("rows"), (int64_t)totals->rows);
    for (int i = 0; i < COVERAGE_STATUS_COUNT; i++) {
        json_key_int(writer, coverage_status_name((enum coverage_status)i),
                     (int64_t)totals->by_status[i]);
    }
    json_key_int(writer, STR("lacking_rule"), (int64_t)totals->lacking_rule);
    json_key_int(writer, STR("with_unmet"), (int64_t)totals->with_unmet);
    json_end_object(writer);
}

static void coverage_write_operations(struct json_writer *writer, const struct coverage_item *item)
{
    json_key(writer, STR("operations"));
    json_begin_array(writer);
    for (size_t i = 0; i < item->operation_count; i++) {
        const struct coverage_operation *operation = &item->operations[i];
        json_begin_object(writer);
        json_key_str(writer, STR("kind"), operation->kind);
        json_key_str(writer, STR("name"), operation->name);
        json_key(writer, STR("waits_for"));
        if (str_is_empty(operation->module)) {
            json_null(writer);
        } else {
            json_str(writer, operation->module);
        }
        json_end_object(writer);
    }
    json_end_array(writer);
}

static void coverage_write_list(struct json_writer *writer, const char *key,
                                const struct str *items, size_t count)
{
    json_key(writer, str_from(key));
    json_begin_array(writer);
    for (size_t i = 0; i < count; i++) {
        json_str(writer, items[i]);
    }
    json_end_array(writer);
}

static void coverage_write_item(struct json_writer *writer, const struct coverage_item *item)
{
    json_begin_object(writer);
    json_key_str(writer, STR("id"), item->id);
    json_key_str(writer, STR("status"), coverage_status_name(item->status));
    json_key(writer, STR("clause"));
    if (item->clause) {
        json_begin_object(writer);
        json_key_str(writer, STR("key"), item->clause->key.text);
        json_key_str(writer, STR("at"),
                     str_is_empty(item->clause->at) ? item->clause->key.text : item->clause->at);
        json_key_str(writer, STR("title"), item->clause->title);
        json_key_str(writer, STR("file"), item->clause->place.file);
        json_key_int(writer, STR("line"), (int64_t)item->clause->place.line);
        json_end_object(writer);
    } else {
        json_null(writer);
    }
    json_key_int(writer, STR("rules"), (int64_t)item->rule_count);
    coverage_write_operations(writer, item);
    if (item->row) {
        json_key_str(writer, STR("where"), item->row->where);
        json_key_str(writer, STR("says"), item->row->says);
        json_key_str(writer, STR("strength"), item->row->strength);
        coverage_write_list(writer, "put_into_operation_by", item->row->tokens,
                            item->row->token_count);
        coverage_write_list(writer, "unmet", item->unmet, item->unmet_count);
    }
    json_end_object(writer);
}

void coverage_write(const struct coverage *coverage, struct text *out)
{
    struct json_writer writer = json_writer_new(out, JSON_PRETTY);
    struct coverage_totals all = coverage_sum(coverage, NULL);
    json_begin_object(&writer);
    coverage_write_totals(&writer, &all);
    json_key(&writer, STR("ledger"));
    if (str_is_empty(coverage->ledger.file)) {
        json_null(&writer);
    } else {
        json_str(&writer, coverage->ledger.file);
    }
    json_key_int(&writer, STR("rows_of_no_pack"), (int64_t)coverage->strange_rows);
    json_key_int(&writer, STR("clauses_without_row"), (int64_t)coverage->unlisted);
    json_key(&writer, STR("packs"));
    json_begin_array(&writer);
    for (size_t p = 0; p < coverage->policy_count; p++) {
        const struct coverage_policy *policy = &coverage->policies[p];
        struct coverage_totals totals = coverage_sum(coverage, policy);
        json_begin_object(&writer);
        json_key_str(&writer, STR("pack"), policy->document->name);
        json_key_str(&writer, STR("title"), policy->document->title);
        coverage_write_totals(&writer, &totals);
        json_key(&writer, STR("rows"));
        json_begin_array(&writer);
        for (size_t i = 0; i < coverage->count; i++) {
            if (coverage->items[i].policy == policy) {
                coverage_write_item(&writer, &coverage->items[i]);
            }
        }
        json_end_array(&writer);
        json_end_object(&writer);
    }
    json_end_array(&writer);
    json_end_object(&writer);
    text_add_char(out, '\n');
}
