/*
 * store/transfer.c - all rows out, and in.
 *
 * Read first: transfer.h, table_int.h.
 */
#include "store/transfer.h"

#include <assert.h>
#include <string.h>

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

/* ---- Rows out -------------------------------------------------------------------------------- */

/* Every row of a table, page by page. */
MUST_USE static struct result
each_row(struct store_transaction *transaction, const struct store_table *table,
         struct result (*write)(void *context, struct arena *arena, const struct store_table *table,
                                const struct store_value *row),
         void *context, int64_t *count)
{
    struct arena *arena = store_arena(transaction);
    struct store_value after[STORE_COLUMNS_MAX + 1] = {{.kind = STORE_KIND_INT}};
    after[0] = STORE_INT(PAGE_ROWS);
    const struct store_statement *statement = table->first;
    struct store_rows rows;
    do {
        TRY(store_many(transaction, statement, after, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            TRY(write(context, arena, table, rows.at + i * table->column_count));
        }
        if (rows.count > 0) {
            const struct store_value *last = rows.at + (rows.count - 1) * table->column_count;
            for (size_t i = 0; i < table->key_count; i++) {
                after[i] = last[table->key[i]];
            }
            after[table->key_count] = STORE_INT(PAGE_ROWS);
            statement = table->next;
        }
        *count += (int64_t)rows.count;
    } while (rows.count == PAGE_ROWS);
    return RESULT_OK;
}

static struct str hex_of(struct arena *arena, struct str bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *at = arena_alloc(arena, 2 * bytes.len);
    for (size_t i = 0; i < bytes.len; i++) {
        at[2 * i] = digits[(unsigned char)bytes.at[i] >> 4];
        at[2 * i + 1] = digits[(unsigned char)bytes.at[i] & 15];
    }
    return (struct str){at, 2 * bytes.len};
}

MUST_USE static struct result put(FILE *out, struct str text)
{
    return fwrite(str_print_bytes(text), 1, text.len, out) == text.len
               ? RESULT_OK
               : result_fail(RESULT_CODE_IO, "the file cannot be written: is the disk full?",
                             (struct str){0});
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
        json_str(writer,
                 str_format(arena, BYTES_MARK STR_FMT, STR_ARG(hex_of(arena, value->text))));
    }
}

MUST_USE static struct result write_json_row(void *context, struct arena *arena,
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
    struct result written = put(context, text_str(&line));
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
    return fflush(out) == 0 ? RESULT_OK : put(NULL, STR("x"));
}

/* ---- CSV ------------------------------------------------------------------------------------- */

/*
 * In quotation marks, always. A cell that a spreadsheet would take for a formula has an apostrophe
 * in front: it is text.
 */
MUST_USE static struct result put_cell(FILE *out, struct arena *arena, struct str text,
                                       bool is_last)
{
    struct text cell = {.arena = arena};
    text_add_char(&cell, '"');
    if (text.len > 0 && strchr("=+-@\t\r", text.at[0])) {
        text_add_char(&cell, '\'');
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') {
            text_add_char(&cell, '"');
        }
        text_add_char(&cell, text.at[i]);
    }
    text_add(&cell, is_last ? STR("\"\r\n") : STR("\","));
    return put(out, text_str(&cell));
}

MUST_USE static struct result write_csv_row(void *context, struct arena *arena,
                                            const struct store_table *table,
                                            const struct store_value *row)
{
    struct arena_mark mark = arena_mark(arena);
    for (size_t i = 0; i < table->column_count; i++) {
        bool is_last = i + 1 == table->column_count;
        const struct store_value *value = &row[i];
        if (value->is_null || value->kind == STORE_KIND_INT) {
            TRY(put(context, value->is_null ? (struct str){0}
                                            : str_format(arena, "%lld", (long long)value->number)));
            TRY(put(context, is_last ? STR("\r\n") : STR(",")));
        } else {
            bool is_text = value->kind == STORE_KIND_TEXT;
            TRY(put_cell(context, arena, is_text ? value->text : hex_of(arena, value->text),
                         is_last));
        }
    }
    arena_rewind(arena, mark);
    return RESULT_OK;
}

struct result transfer_write_csv(struct store *store, struct arena *arena, struct str table,
                                 FILE *out)
{
    for (size_t i = 0; i < store_table_count; i++) {
        const struct store_table *at = &store_tables[i];
        if (!str_equal(str_from(at->name), table)) {
            continue;
        }
        for (size_t column = 0; column < at->column_count; column++) {
            TRY(put(out, str_from(at->columns[column].name)));
            TRY(put(out, column + 1 == at->column_count ? STR("\r\n") : STR(",")));
        }
        int64_t count = 0;
        DEFER(store_end) struct store_transaction *transaction = NULL;
        TRY(store_begin(store, arena, STORE_READ, &transaction));
        return each_row(transaction, at, write_csv_row, out, &count);
    }
    return result_fail(RESULT_CODE_MISSING, "there is no such table", table);
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

static int digit_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool bytes_read(struct arena *arena, struct str text, struct str *out)
{
    struct str mark = STR(BYTES_MARK);
    size_t count = text.len < mark.len ? 0 : (text.len - mark.len) / 2;
    if (!str_starts(text, mark) || text.len != mark.len + 2 * count) {
        return false;
    }
    char *at = arena_alloc(arena, count);
    for (size_t i = 0; i < count; i++) {
        int high = digit_of(text.at[mark.len + 2 * i]);
        int low = digit_of(text.at[mark.len + 2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        at[i] = (char)(high << 4 | low);
    }
    *out = (struct str){at, count};
    return true;
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

static const struct store_table *table_named(struct str name)
{
    for (size_t i = 0; i < store_table_count; i++) {
        if (str_equal(str_from(store_tables[i].name), name)) {
            return &store_tables[i];
        }
    }
    return NULL;
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
