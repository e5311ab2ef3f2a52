/*
 * store/transfer.c - all rows out, and in.
 *
 * Read first: transfer.h, table_int.h.
 */
#include "store/transfer.h"

#include <assert.h>

#include "base/csv.h"
#include "base/hex.h"
#include "base/json.h"
#include "store/store_int.h"
#include "store/table_int.h"

#define PAGE_ROWS 1000
#define BYTES_MARK "hex:"

size_t transfer_table_count(void)
{
    return store_table_count;
}

struct str transfer_table_name(size_t index)
{
    return str_from(store_tables[index].name);
}

static const struct store_table *table_named(struct str name)
{
    for (size_t i = 0; i < store_table_count; i++) {
        if (str_equal(str_from(store_tables[i].name), name)) {
            return &store_tables[i];
        }
    }
    return NULL;
}

/* ---- Rows out -------------------------------------------------------------------------------- */

/* A row's key, in memory of its own, so that the page which it ends can be let go. */
static void key_copy(struct arena *arena, const struct store_table *table,
                     const struct store_value *row, struct store_value *key)
{
    for (size_t i = 0; i < table->key_count; i++) {
        key[i] = row[table->key[i]];
        key[i].text = str_copy(arena, key[i].text);
    }
}

/* Every row of a table, page by page. */
MUST_USE static struct result
each_row(struct store_transaction *transaction, const struct store_table *table,
         struct result (*write)(FILE *out, struct arena *arena, const struct store_table *table,
                                const struct store_value *row),
         FILE *out, int64_t *count)
{
    DEFER(arena_close) struct arena *keys = arena_open();
    struct arena_mark start = arena_mark(keys);
    struct arena *arena = store_arena(transaction);
    struct arena_mark page = arena_mark(arena);
    struct store_value after[STORE_COLUMNS_MAX + 1] = {STORE_INT(PAGE_ROWS)};
    const struct store_statement *statement = table->first;
    struct store_rows rows;
    do {
        TRY(store_many(transaction, statement, after, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            TRY(write(out, arena, table, rows.at + i * table->column_count));
        }
        if (rows.count > 0) {
            arena_rewind(keys, start);
            key_copy(keys, table, rows.at + (rows.count - 1) * table->column_count, after);
            after[table->key_count] = STORE_INT(PAGE_ROWS);
            statement = table->next;
        }
        *count += (int64_t)rows.count;
        arena_rewind(arena, page);
    } while (rows.count == PAGE_ROWS);
    return RESULT_OK;
}

MUST_USE static struct result written_or_not(bool is_written)
{
    return is_written ? RESULT_OK
                      : result_fail(RESULT_CODE_IO, "the file cannot be written: is the disk full?",
                                    (struct str){0});
}

MUST_USE static struct result put(FILE *out, struct str text)
{
    return written_or_not(fwrite(str_print_bytes(text), 1, text.len, out) == text.len);
}

/* A text that begins like bytes do is marked, so that it comes back as it was. */
static void json_value_write(struct json_writer *writer, struct arena *arena,
                             const struct store_value *value)
{
    if (value->is_null) {
        json_null(writer);
    } else if (value->kind == STORE_KIND_INT) {
        json_int(writer, value->number);
    } else if (value->kind == STORE_KIND_TEXT) {
        json_str(writer, value->text);
    } else {
        json_str(writer, str_format(arena, BYTES_MARK STR_FMT,
                                    STR_ARG(hex_of(arena, value->text.at, value->text.len))));
    }
}

MUST_USE static struct result write_json_row(FILE *out, struct arena *arena,
                                             const struct store_table *table,
                                             const struct store_value *row)
{
    struct arena_mark mark = arena_mark(arena);
    struct text line = {.arena = arena};
    struct json_writer writer = json_writer_new(&line, JSON_COMPACT);
    json_begin_object(&writer);
    json_key_str(&writer, STR("table"), str_from(table->name));
    json_key(&writer, STR("row"));
    json_begin_object(&writer);
    for (size_t i = 0; i < table->column_count; i++) {
        json_key(&writer, str_from(table->columns[i].name));
        json_value_write(&writer, arena, &row[i]);
    }
    json_end_object(&writer);
    json_end_object(&writer);
    text_add_char(&line, '\n');
    struct result written = put(out, text_str(&line));
    arena_rewind(arena, mark);
    return written;
}

struct result transfer_write(struct store *store, struct arena *arena, FILE *out,
                             struct transfer_progress progress)
{
    int64_t all = 0;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_READ, &transaction));
    TRY(put(out, str_format(arena, "{\"handrail\":\"records\",\"tables\":%lld}\n",
                            (long long)store_version(store))));
    for (size_t i = 0; i < store_table_count; i++) {
        int64_t count = 0;
        TRY(each_row(transaction, &store_tables[i], write_json_row, out, &count));
        all += count;
        if (progress.tell) {
            progress.tell(progress.context, store_tables[i].name, count);
        }
    }
    TRY(put(out, str_format(arena, "{\"end\":%lld}\n", (long long)all)));
    return written_or_not(fflush(out) == 0);
}

/* ---- CSV ------------------------------------------------------------------------------------- */

MUST_USE static struct result write_csv_row(FILE *out, struct arena *arena,
                                            const struct store_table *table,
                                            const struct store_value *row)
{
    struct arena_mark mark = arena_mark(arena);
    struct text line = {.arena = arena};
    for (size_t i = 0; i < table->column_count; i++) {
        const struct store_value *value = &row[i];
        text_add(&line, i > 0 ? STR(",") : STR(""));
        if (value->is_null) {
            continue;
        }
        if (value->kind == STORE_KIND_INT) {
            text_addf(&line, "%lld", (long long)value->number);
        } else {
            csv_add_cell(&line, value->kind == STORE_KIND_TEXT
                                    ? value->text
                                    : hex_of(arena, value->text.at, value->text.len));
        }
    }
    text_add(&line, STR("\r\n"));
    struct result written = put(out, text_str(&line));
    arena_rewind(arena, mark);
    return written;
}

struct result transfer_write_csv(struct store *store, struct arena *arena, struct str table,
                                 FILE *out)
{
    const struct store_table *at = table_named(table);
    if (!at) {
        return result_fail(RESULT_CODE_MISSING, "there is no such table", table);
    }
    for (size_t i = 0; i < at->column_count; i++) {
        TRY(put(out, str_from(at->columns[i].name)));
        TRY(put(out, i + 1 == at->column_count ? STR("\r\n") : STR(",")));
    }
    int64_t count = 0;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_READ, &transaction));
    TRY(each_row(transaction, at, write_csv_row, out, &count));
    return written_or_not(fflush(out) == 0);
}

/* ---- Rows in --------------------------------------------------------------------------------- */

struct reader {
    struct store_transaction *transaction;
    struct arena *arena;
    int64_t line, rows;
    bool is_complete;
};

MUST_USE static struct result bad_line(struct reader *reader, const char *message)
{
    return result_fail(
        RESULT_CODE_INVALID, message,
        str_format(store_arena(reader->transaction), "line %lld", (long long)reader->line));
}

static bool bytes_read(struct arena *arena, struct str text, struct str *out)
{
    struct str mark = STR(BYTES_MARK);
    struct str digits = str_slice(text, mark.len, text.len);
    char *at = arena_alloc(arena, digits.len / 2);
    *out = (struct str){at, digits.len / 2};
    return str_starts(text, mark) && hex_read(digits, at, digits.len / 2);
}

static bool value_read(struct arena *arena, const struct json_value *json, enum store_kind kind,
                       struct store_value *out)
{
    *out = (struct store_value){.kind = kind, .is_null = json && json->kind == JSON_NULL};
    if (!json || out->is_null) {
        return json != NULL;
    }
    if (kind == STORE_KIND_INT) {
        out->number = json->integer;
        return json->kind == JSON_NUMBER && json->is_integer;
    }
    out->text = json->text;
    return json->kind == JSON_STRING &&
           (kind == STORE_KIND_TEXT || bytes_read(arena, json->text, &out->text));
}

MUST_USE static struct result row_read(struct reader *reader, const struct json_value *line)
{
    const struct json_value *name = json_get(line, STR("table"));
    const struct json_value *row = json_get(line, STR("row"));
    const struct store_table *table = name ? table_named(name->text) : NULL;
    if (!table || !row || row->count != table->column_count) {
        return bad_line(reader, "this line is no row of a table of this Handrail");
    }
    struct store_value values[STORE_COLUMNS_MAX];
    assert(table->column_count <= STORE_COLUMNS_MAX);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct json_value *value = json_get(row, str_from(table->columns[i].name));
        if (!value_read(reader->arena, value, table->columns[i].kind, &values[i])) {
            return bad_line(reader, "a value of this line is not of its kind");
        }
    }
    reader->rows++;
    return store_do(reader->transaction, table->add, values, NULL);
}

MUST_USE static struct result line_read(struct reader *reader, struct str text, int64_t version)
{
    struct diag_list diags = diag_list_new(reader->arena);
    const struct json_value *line = json_read(reader->arena, STR("records"), text, &diags);
    const struct json_value *end = json_get(line, STR("end"));
    if (!line || reader->is_complete) {
        return bad_line(reader, "this line is not one of the file's: is it damaged?");
    }
    if (reader->line == 1) {
        const struct json_value *tables = json_get(line, STR("tables"));
        bool is_ours = tables && tables->is_integer && tables->integer == version;
        return is_ours ? RESULT_OK
                       : result_fail(RESULT_CODE_UNSUPPORTED,
                                     "this file was written by another version of Handrail: read "
                                     "it in with that one",
                                     (struct str){0});
    }
    if (end) {
        reader->is_complete = end->is_integer && end->integer == reader->rows;
        return reader->is_complete ? RESULT_OK : bad_line(reader, "rows of this file are missing");
    }
    return row_read(reader, line);
}

/* Nothing but the migrations may be there. */
MUST_USE static struct result check_empty(struct store_transaction *transaction)
{
    struct store_value most = STORE_INT(1);
    for (size_t i = 0; i < store_table_count; i++) {
        const struct store_value *row = NULL;
        TRY(store_one(transaction, store_tables[i].first, &most, &row));
        if (row) {
            return result_fail(RESULT_CODE_EXISTS,
                               "there are records already: choose an empty place",
                               str_from(store_tables[i].name));
        }
    }
    return RESULT_OK;
}

/* The next line without its end; false when there is none, or it is longer than is allowed. */
static bool line_next(FILE *in, struct text *line)
{
    int c;
    line->len = 0;
    while ((c = getc_unlocked(in)) != EOF && c != '\n' && line->len < TRANSFER_LINE_BYTES_MAX) {
        text_add_char(line, (char)c);
    }
    return line->len > 0 && line->len < TRANSFER_LINE_BYTES_MAX;
}

MUST_USE static struct result lines_read(struct reader *reader, FILE *in, int64_t version,
                                         struct transfer_progress progress)
{
    DEFER(arena_close) struct arena *own = arena_open();
    struct text line = {.arena = own};
    while (line_next(in, &line)) {
        struct arena_mark mark = arena_mark(reader->arena);
        reader->line++;
        TRY(line_read(reader, text_str(&line), version));
        arena_rewind(reader->arena, mark);
        if (progress.tell && reader->rows % PAGE_ROWS == 0) {
            progress.tell(progress.context, NULL, reader->rows);
        }
    }
    return line.len == 0 ? RESULT_OK : bad_line(reader, "the next line is too long");
}

struct result transfer_read(struct store *store, struct arena *arena, FILE *in,
                            struct transfer_progress progress)
{
    DEFER(arena_close) struct arena *scratch = arena_open();
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    TRY(check_empty(transaction));
    struct reader reader = {.transaction = transaction, .arena = scratch};
    TRY(lines_read(&reader, in, store_version(store), progress));
    if (!reader.is_complete) {
        return result_fail(RESULT_CODE_INVALID, "the file ends too early: is it whole?",
                           (struct str){0});
    }
    return store_commit(transaction);
}
