/*
 * base/json.c - reading JSON. Writing it stands in base/json_write.c.
 *
 * Read first: base/json.h and RFC 8259; the functions below follow its sections.
 * Start at: json_read, then read_value.
 *
 * What must hold
 * - Recursion goes no deeper than LIMIT_JSON_DEPTH_MAX.
 * - The first mistake ends the reading: is_broken is set with the one diagnostic, and no function
 *   adds another.
 * - No work grows faster than the input times its logarithm, also for input made to hurt: members
 *   are compared after sorting, and places are counted from the last place asked for.
 */
#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"

#define ITEMS_CAPACITY_FIRST ((size_t)4)

struct reader {
    struct arena *arena;
    struct diag_list *diags;
    struct str file;
    struct str input;
    size_t at; /* bytes read */
    size_t depth;
    size_t values;
    bool is_broken;
    /* The place of byte `place_at`, from which the place of a later byte is counted on. */
    size_t place_at;
    uint32_t line, column;
};

static void place_advance(struct reader *r, size_t to)
{
    for (; r->place_at < to; r->place_at++) {
        unsigned char byte = (unsigned char)r->input.at[r->place_at];
        if (byte == '\n') {
            r->line++;
            r->column = 1;
        } else if ((byte & 0xC0) != 0x80) { /* the first byte of a code point */
            r->column++;
        }
    }
}

/* The one diagnostic of this document, at byte `at`, which is not before any place asked for. */
static void refuse(struct reader *r, size_t at, struct str code, struct str message,
                   struct str hint)
{
    if (r->is_broken) {
        return;
    }
    r->is_broken = true;
    place_advance(r, at);
    diag_add(r->diags, DIAG_ERROR, code, r->file, r->line, r->column, message, hint);
}

static void refuse_syntax(struct reader *r, const char *message, const char *hint)
{
    refuse(r, r->at, STR("json-syntax"), str_from(message), str_from(hint));
}

static bool is_end(const struct reader *r)
{
    return r->at >= r->input.len;
}

/* The next byte, or 0 at the end, where 0 is never what a caller looks for. */
static char peek(const struct reader *r)
{
    return is_end(r) ? '\0' : r->input.at[r->at];
}

static bool take(struct reader *r, char wanted)
{
    bool is_there = !is_end(r) && r->input.at[r->at] == wanted;
    r->at += is_there ? 1 : 0;
    return is_there;
}

static void skip_space(struct reader *r)
{
    while (!is_end(r)) {
        char c = r->input.at[r->at];
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
            return;
        }
        r->at++;
    }
}

/* Section 3: null, true, false, each exactly so. */
static void read_word(struct reader *r, struct json_value *value)
{
    static const struct {
        struct str word;
        enum json_kind kind;
        bool boolean;
    } words[] = {
        {STR_INIT("null"), JSON_NULL, false},
        {STR_INIT("true"), JSON_BOOL, true},
        {STR_INIT("false"), JSON_BOOL, false},
    };
    struct str rest = str_slice(r->input, r->at, r->input.len);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (str_starts(rest, words[i].word)) {
            value->kind = words[i].kind;
            value->boolean = words[i].boolean;
            r->at += words[i].word.len;
            return;
        }
    }
    refuse_syntax(
        r, "this is no JSON value",
        "a value is text in double quotes, a number, true, false, null, a list or an object");
}

static size_t skip_digits(struct reader *r)
{
    size_t from = r->at;
    while (peek(r) >= '0' && peek(r) <= '9') {
        r->at++;
    }
    return r->at - from;
}

/* Section 6: the grammar of a number. *is_whole is false when it has a fraction or an exponent. */
static bool skip_number(struct reader *r, bool *is_whole)
{
    (void)take(r, '-');
    bool starts_zero = peek(r) == '0';
    size_t digits = skip_digits(r);
    if (digits == 0) {
        refuse_syntax(r, "a digit is missing", NULL);
        return false;
    }
    if (starts_zero && digits > 1) {
        refuse_syntax(r, "a number may not begin with 0",
                      "leave the zeros out, or put the number in double quotes");
        return false;
    }
    *is_whole = peek(r) != '.' && peek(r) != 'e' && peek(r) != 'E';
    if (take(r, '.') && skip_digits(r) == 0) {
        refuse_syntax(r, "a digit must follow the decimal point", NULL);
        return false;
    }
    if (take(r, 'e') || take(r, 'E')) {
        if (!take(r, '+')) {
            (void)take(r, '-');
        }
        if (skip_digits(r) == 0) {
            refuse_syntax(r, "a digit is missing in the exponent", NULL);
            return false;
        }
    }
    return true;
}

/* 1.0 and 1e2 are whole too, as long as a double holds them exactly. */
static void set_number(struct json_value *value, double number)
{
    const double exact = 9007199254740992.0; /* 2 to the 53rd */
    value->number = number;
    if (number >= -exact && number <= exact && number == (double)(int64_t)number) {
        value->is_integer = true;
        value->integer = (int64_t)number;
    }
}

static void read_number(struct reader *r, struct json_value *value)
{
    size_t from = r->at;
    bool is_whole = false;
    value->kind = JSON_NUMBER;
    if (!skip_number(r, &is_whole)) {
        return;
    }
    struct str digits = str_slice(r->input, from, r->at);
    if (digits.len > LIMIT_JSON_NUMBER_BYTES_MAX) {
        refuse(r, from, STR("json-limit"), STR("this number has too many digits"), (struct str){0});
        return;
    }
    if (is_whole && str_to_int(digits, &value->integer)) {
        value->is_integer = true;
        value->number = (double)value->integer;
        return;
    }
    char terminated[LIMIT_JSON_NUMBER_BYTES_MAX + 1] = {0};
    memcpy(terminated, digits.at, digits.len);
    char *end = NULL;
    double number = strtod(terminated, &end);
    /* Another locale would stop at the point: then refuse, rather than read another number. */
    if (end != terminated + digits.len || !isfinite(number)) {
        refuse(r, from, STR("json-limit"), STR("this number is too large"), (struct str){0});
        return;
    }
    set_number(value, number);
}

/* Four hexadecimal digits. */
static bool read_hex(struct reader *r, uint32_t *out)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        char c = peek(r);
        uint32_t digit = 0;
        if (c >= '0' && c <= '9') {
            digit = (uint32_t)(c - '0');
        } else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
            digit = (uint32_t)((c | 0x20) - 'a') + 10;
        } else {
            refuse_syntax(r, "four hexadecimal digits must follow \\u", NULL);
            return false;
        }
        value = value << 4 | digit;
        r->at++;
    }
    *out = value;
    return true;
}

static bool is_high_surrogate(uint32_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low_surrogate(uint32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* Section 7, after \u: one code unit, or two that make a code point beyond the first 65,536. */
static bool read_unicode_escape(struct reader *r, uint32_t *code_point)
{
    uint32_t low = 0;
    if (!read_hex(r, code_point)) {
        return false;
    }
    if (is_high_surrogate(*code_point)) {
        if (!take(r, '\\') || !take(r, 'u')) {
            refuse_syntax(r, "half a character: the second \\u of a pair is missing", NULL);
            return false;
        }
        if (!read_hex(r, &low)) {
            return false;
        }
        if (!is_low_surrogate(low)) {
            refuse_syntax(r, "half a character: these two \\u do not make a pair", NULL);
            return false;
        }
        *code_point = 0x10000 + ((*code_point - 0xD800) << 10) + (low - 0xDC00);
    } else if (is_low_surrogate(*code_point)) {
        refuse_syntax(r, "half a character: the first \\u of a pair is missing", NULL);
        return false;
    }
    return true;
}

/* After the backslash. Writes at `to` and answers the bytes, or 0 at the end and when refused. */
static size_t read_escape(struct reader *r, char *to)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    if (take(r, 'u')) {
        uint32_t code_point = 0;
        return read_unicode_escape(r, &code_point) ? utf8_encode(code_point, to) : 0;
    }
    if (is_end(r)) {
        return 0; /* the caller says that the quotes are not closed */
    }
    const char *letter = memchr(letters, peek(r), sizeof(letters) - 1);
    if (!letter) {
        refuse_syntax(r, "this character may not follow a backslash",
                      "write a backslash itself as two: \\\\");
        return 0;
    }
    r->at++;
    *to = meanings[letter - letters];
    return 1;
}

/* ASCII characters that stand for themselves, as many as come. Writes them at `to`. */
static size_t read_ascii(struct reader *r, char *to)
{
    size_t count = 0;
    for (; r->at < r->input.len; r->at++) {
        char c = r->input.at[r->at];
        if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\') {
            break;
        }
        to[count++] = c;
    }
    return count;
}

/* Characters that stand for themselves. Writes at `to` and answers the bytes, or 0 when refused. */
static size_t read_plain(struct reader *r, char *to)
{
    uint32_t code_point = 0;
    size_t ascii = read_ascii(r, to);
    if (ascii > 0) {
        return ascii;
    }
    size_t bytes = utf8_decode(r->input, r->at, &code_point);
    if (bytes == 0) {
        refuse(r, r->at, STR("json-encoding"), STR("this is not UTF-8 text"),
               STR("save the file as UTF-8"));
        return 0;
    }
    if (code_point < 0x20) {
        refuse_syntax(r, "a line end, tab or control character may not stand inside quotes",
                      "write a line end as \\n and a tab as \\t, or close the quotes");
        return 0;
    }
    memcpy(to, r->input.at + r->at, bytes);
    r->at += bytes;
    return bytes;
}

/* How many bytes the text in quotes has as written: no fewer than it has when decoded. */
static size_t written_bytes(const struct reader *r)
{
    size_t at = r->at;
    while (at < r->input.len && r->input.at[at] != '"') {
        at += r->input.at[at] == '\\' ? 2 : 1;
    }
    return (at < r->input.len ? at : r->input.len) - r->at;
}

/* Section 7, at the opening quote. */
static struct str read_string(struct reader *r)
{
    size_t opened_at = r->at;
    assert(peek(r) == '"');
    r->at++;
    size_t capacity = written_bytes(r);
    char *text = arena_alloc(r->arena, capacity + UTF8_BYTES_MAX);
    size_t len = 0;
    while (!r->is_broken && !take(r, '"')) {
        if (is_end(r)) {
            refuse(r, opened_at, STR("json-syntax"), STR("these double quotes are never closed"),
                   (struct str){0});
            break;
        }
        len += take(r, '\\') ? read_escape(r, text + len) : read_plain(r, text + len);
        assert(len <= capacity + UTF8_BYTES_MAX);
    }
    return (struct str){text, len};
}

static void read_value(struct reader *r, struct json_value *value);

/* Room for one more of `count` items of `size` bytes; the capacity doubles from the first. */
static void *room_for_one(struct reader *r, void *items, size_t count, size_t size)
{
    bool is_power = count >= ITEMS_CAPACITY_FIRST && (count & (count - 1)) == 0;
    if (count == 0) {
        return arena_alloc(r->arena, ITEMS_CAPACITY_FIRST * size);
    }
    return is_power ? arena_grow(r->arena, items, count * size, 2 * count * size) : items;
}

/*
 * After an element or a member: true when a comma says that another follows. False at the closing
 * bracket, which is taken, and after a mistake.
 */
static bool another_follows(struct reader *r, char close)
{
    skip_space(r);
    if (r->is_broken || take(r, close)) {
        return false;
    }
    if (!take(r, ',')) {
        refuse_syntax(r, close == ']' ? "a comma or ] is missing" : "a comma or } is missing",
                      NULL);
        return false;
    }
    skip_space(r);
    if (peek(r) == close) {
        refuse_syntax(r, "nothing follows this comma", "take the last comma out");
        return false;
    }
    return true;
}

/* Section 5, after the opening bracket. */
static void read_array(struct reader *r, struct json_value *array)
{
    struct json_value *elements = NULL;
    array->kind = JSON_ARRAY;
    skip_space(r);
    if (take(r, ']')) {
        return;
    }
    do {
        elements = room_for_one(r, elements, array->count, sizeof(*elements));
        read_value(r, &elements[array->count++]);
    } while (another_follows(r, ']'));
    array->elements = elements;
}

static int member_compare(const void *a, const void *b)
{
    const struct json_member *const *left = a;
    const struct json_member *const *right = b;
    int order = str_compare((*left)->key, (*right)->key);
    return order != 0 ? order : (*left > *right) - (*left < *right);
}

/* The first member, in document order, whose name another before it has; or NULL. */
static const struct json_member *find_repeated(struct reader *r, const struct json_value *object)
{
    const struct json_member *repeated = NULL;
    struct arena_mark mark = arena_mark(r->arena);
    const struct json_member **sorted =
        ARENA_ARRAY(r->arena, const struct json_member *, object->count);
    for (size_t i = 0; i < object->count; i++) {
        sorted[i] = &object->members[i];
    }
    qsort(sorted, object->count, sizeof(const struct json_member *), member_compare);
    for (size_t i = 1; i < object->count; i++) {
        if (str_equal(sorted[i - 1]->key, sorted[i]->key) && (!repeated || sorted[i] < repeated)) {
            repeated = sorted[i];
        }
    }
    arena_rewind(r->arena, mark);
    return repeated;
}

static void refuse_repeated(struct reader *r, const struct json_value *object)
{
    const struct json_member *repeated = find_repeated(r, object);
    if (!r->is_broken && repeated) {
        r->is_broken = true;
        diag_addf(r->diags, DIAG_ERROR, STR("json-duplicate"), r->file, repeated->line,
                  repeated->column, STR("keep one of the two"),
                  "\"" STR_FMT "\" is given twice in one object", STR_ARG(repeated->key));
    }
}

static void read_member(struct reader *r, struct json_member *member)
{
    place_advance(r, r->at);
    member->line = r->line;
    member->column = r->column;
    if (peek(r) != '"') {
        refuse_syntax(r, "a name in double quotes is missing", NULL);
        return;
    }
    member->key = read_string(r);
    skip_space(r);
    if (!r->is_broken && !take(r, ':')) {
        refuse_syntax(r, "a colon is missing after the name", NULL);
    }
    if (!r->is_broken) {
        read_value(r, &member->value);
    }
}

/* Section 4, after the opening brace. */
static void read_object(struct reader *r, struct json_value *object)
{
    struct json_member *members = NULL;
    object->kind = JSON_OBJECT;
    skip_space(r);
    if (take(r, '}')) {
        return;
    }
    do {
        members = room_for_one(r, members, object->count, sizeof(*members));
        read_member(r, &members[object->count++]);
    } while (another_follows(r, '}'));
    object->members = members;
    if (!r->is_broken) {
        refuse_repeated(r, object);
    }
}

static void read_container(struct reader *r, struct json_value *value)
{
    if (r->depth == LIMIT_JSON_DEPTH_MAX) {
        refuse(r, r->at, STR("json-limit"),
               str_format(r->diags->arena,
                          "lists and objects may stand in each other %d deep, no deeper",
                          LIMIT_JSON_DEPTH_MAX),
               (struct str){0});
        return;
    }
    r->depth++;
    if (take(r, '[')) {
        read_array(r, value);
    } else if (take(r, '{')) {
        read_object(r, value);
    }
    r->depth--;
}

/* Section 3. Space before the value is skipped, space behind it is not. */
static void read_value(struct reader *r, struct json_value *value)
{
    skip_space(r);
    place_advance(r, r->at);
    value->line = r->line;
    value->column = r->column;
    if (++r->values > LIMIT_JSON_VALUES_MAX) {
        refuse(r, r->at, STR("json-limit"),
               str_format(r->diags->arena, "there are more than %d values", LIMIT_JSON_VALUES_MAX),
               STR("split the file"));
        return;
    }
    char c = peek(r);
    if (is_end(r)) {
        refuse_syntax(r, "a value is missing: the text ends here", NULL);
    } else if (c == '[' || c == '{') {
        read_container(r, value);
    } else if (c == '"') {
        value->kind = JSON_STRING;
        value->text = read_string(r);
    } else if (c == '-' || (c >= '0' && c <= '9')) {
        read_number(r, value);
    } else {
        read_word(r, value);
    }
}

const struct json_value *json_read(struct arena *arena, struct str file, struct str input,
                                   struct diag_list *diags)
{
    struct str byte_order_mark = STR("\xEF\xBB\xBF");
    struct reader r = {.arena = arena, .diags = diags, .file = file, .line = 1, .column = 1};
    r.input = str_starts(input, byte_order_mark) ? str_slice(input, 3, input.len) : input;
    if (input.len > LIMIT_JSON_INPUT_BYTES_MAX) {
        refuse(
            &r, 0, STR("json-limit"),
            str_format(diags->arena, "there are more than %zu bytes", LIMIT_JSON_INPUT_BYTES_MAX),
            STR("split the file"));
        return NULL;
    }
    struct json_value *value = ARENA_NEW(arena, struct json_value);
    read_value(&r, value);
    skip_space(&r);
    if (!r.is_broken && !is_end(&r)) {
        refuse_syntax(&r, "the JSON value has ended, but more follows", "take it out");
    }
    return r.is_broken ? NULL : value;
}

const struct json_value *json_get(const struct json_value *object, struct str key)
{
    if (!object || object->kind != JSON_OBJECT) {
        return NULL;
    }
    for (size_t i = 0; i < object->count; i++) {
        if (str_equal(object->members[i].key, key)) {
            return &object->members[i].value;
        }
    }
    return NULL;
}

bool json_plain(struct arena *arena, const struct json_value *value, struct str *out)
{
    switch (value->kind) {
    case JSON_STRING:
        *out = value->text;
        return true;
    case JSON_NUMBER:
        if (value->is_integer) {
            *out = str_format(arena, "%lld", (long long)value->integer);
        }
        return value->is_integer;
    case JSON_BOOL:
        *out = value->boolean ? STR("yes") : STR("no");
        return true;
    case JSON_NULL:
    case JSON_ARRAY:
    case JSON_OBJECT:
    case JSON_KIND_COUNT:
        break;
    }
    return false;
}

struct str json_kind_name(enum json_kind kind)
{
    static const struct str names[JSON_KIND_COUNT] = {
        [JSON_NULL] = STR_INIT("null"),     [JSON_BOOL] = STR_INIT("true or false"),
        [JSON_NUMBER] = STR_INIT("number"), [JSON_STRING] = STR_INIT("text"),
        [JSON_ARRAY] = STR_INIT("list"),    [JSON_OBJECT] = STR_INIT("object"),
    };
    assert(kind < JSON_KIND_COUNT);
    return names[kind];
}
