/*
 * tools/train_read.c - the files of data as documents. Read first: train_screen.h.
 *
 * What must hold: a file whose form is not the one expected ends the program; nothing is guessed.
 */
#include "train_screen.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS_MAX 16
#define INSTANCES_OF_TEMPLATE 16
#define TEMPLATE_SEED 20210

static void fail(const char *what)
{
    fprintf(stderr, "train_screen: %s\n", what);
    exit(1);
}

struct str train_file(struct arena *arena, const char *folder, const char *name)
{
    struct str path =
        folder == NULL ? str_from(name) : str_format(arena, "%s/%s", folder, name);
    FILE *file = fopen(str_cstr(arena, path), "rb");
    if (file == NULL) {
        fprintf(stderr, "train_screen: cannot open " STR_FMT "\n", STR_ARG(path));
        exit(1);
    }
    struct text text = {.arena = arena};
    char part[65536];
    for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;) {
        text_add(&text, (struct str){part, got});
    }
    fclose(file);
    return text_str(&text);
}

bool train_file_write(const char *path, struct str bytes)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes.at, 1, bytes.len, file) != bytes.len || fclose(file) != 0) {
        perror(path);
        return false;
    }
    printf("%s: %zu bytes\n", path, bytes.len);
    return true;
}

void train_add(struct train_documents *documents, const struct train_document *document)
{
    if (documents->count == documents->room) {
        size_t room = documents->room == 0 ? 4096 : documents->room * 2;
        documents->at = arena_grow(documents->arena, documents->at,
                                   documents->room * sizeof *documents->at,
                                   room * sizeof *documents->at);
        documents->room = room;
    }
    documents->at[documents->count++] = *document;
}

static struct train_document *document_add(struct train_documents *documents,
                                           enum train_source source, uint32_t row, struct str text)
{
    struct train_document document = {.source = source, .row = row, .text = text};
    for (size_t i = 0; i < SCREEN_SCORE_COUNT; i++) {
        document.whole[i] = TRAIN_UNKNOWN;
    }
    train_add(documents, &document);
    return &documents->at[documents->count - 1];
}

/* ---- CSV (RFC 4180) -------------------------------------------------------------------------- */

struct csv {
    struct arena *arena;
    struct str rest;
    struct str fields[FIELDS_MAX];
    size_t count;
};

/* A field in quotation marks, after the first of them. */
static struct str quoted_next(struct csv *csv)
{
    struct text text = {.arena = csv->arena};
    size_t at = 0;
    for (;; at++) {
        if (at >= csv->rest.len) {
            fail("a quoted field has no end");
        }
        if (csv->rest.at[at] == '"') {
            if (at + 1 >= csv->rest.len || csv->rest.at[at + 1] != '"') {
                break;
            }
            at++;
        }
        text_add_char(&text, csv->rest.at[at]);
    }
    csv->rest = str_slice(csv->rest, at + 1, csv->rest.len);
    return text_str(&text);
}

static bool csv_next(struct csv *csv)
{
    csv->count = 0;
    if (csv->rest.len == 0) {
        return false;
    }
    for (;;) {
        struct str field;
        if (str_starts(csv->rest, STR("\""))) {
            csv->rest = str_slice(csv->rest, 1, csv->rest.len);
            field = quoted_next(csv);
        } else {
            size_t end = 0;
            while (end < csv->rest.len && strchr(",\r\n", csv->rest.at[end]) == NULL) {
                end++;
            }
            field = str_slice(csv->rest, 0, end);
            csv->rest = str_slice(csv->rest, end, csv->rest.len);
        }
        if (csv->count == FIELDS_MAX) {
            fail("too many fields in a line");
        }
        csv->fields[csv->count++] = field;
        if (!str_starts(csv->rest, STR(","))) {
            break;
        }
        csv->rest = str_slice(csv->rest, 1, csv->rest.len);
    }
    csv->rest = str_slice(csv->rest, str_starts(csv->rest, STR("\r")), csv->rest.len);
    if (csv->rest.len > 0 && !str_starts(csv->rest, STR("\n"))) {
        fail("a quoted field is followed by something else");
    }
    csv->rest = str_slice(csv->rest, 1, csv->rest.len);
    return true;
}

/* Reads the head line; where the columns of these names stand is set. */
static struct csv csv_open(struct train_documents *documents, struct str text,
                           const struct str *names, size_t count, size_t *places)
{
    struct csv csv = {.arena = documents->arena, .rest = text};
    if (!csv_next(&csv)) {
        fail("an empty file");
    }
    for (size_t i = 0; i < count; i++) {
        places[i] = FIELDS_MAX;
        for (size_t field = 0; field < csv.count; field++) {
            if (str_equal(csv.fields[field], names[i])) {
                places[i] = field;
            }
        }
        if (places[i] == FIELDS_MAX) {
            fail("a column is missing");
        }
    }
    return csv;
}

static struct str field_of(const struct csv *csv, size_t place)
{
    if (place >= csv->count) {
        fail("a line has too few fields");
    }
    return csv->fields[place];
}

void train_read_hatemoji(struct train_documents *documents, struct str text)
{
    static const struct str names[] = {STR_INIT("text"), STR_INIT("label_gold"),
                                       STR_INIT("target"), STR_INIT("entry_id"),
                                       STR_INIT("matched_id")};
    size_t places[5];
    struct csv csv = csv_open(documents, text, names, 5, places);
    while (csv_next(&csv)) {
        int64_t entry, matched;
        if (!str_to_int(field_of(&csv, places[3]), &entry) ||
            !str_to_int(field_of(&csv, places[4]), &matched)) {
            fail("an entry without a number");
        }
        uint32_t pair = (uint32_t)(entry < matched ? entry : matched);
        struct train_document *document =
            document_add(documents, TRAIN_HATEMOJI, pair, field_of(&csv, places[0]));
        bool is_hate = str_equal(field_of(&csv, places[1]), STR("1"));
        document->whole[SCREEN_SCORE_HATE] = is_hate ? TRAIN_YES : TRAIN_NO;
        document->whole[SCREEN_SCORE_OFFENCE] = is_hate ? TRAIN_YES : TRAIN_UNKNOWN;
        document->target = str_copy(documents->arena, field_of(&csv, places[2]));
    }
}

/* ---- Tweets, which hold character references of HTML ----------------------------------------- */

/* The reference at the beginning of `rest` is written out; answers its bytes, 0 when there is
 * none. */
static size_t reference_add(struct text *out, struct str rest)
{
    static const struct {
        struct str name, text;
    } rows[] = {{STR_INIT("&amp;"), STR_INIT("&")},
                {STR_INIT("&lt;"), STR_INIT("<")},
                {STR_INIT("&gt;"), STR_INIT(">")},
                {STR_INIT("&quot;"), STR_INIT("\"")}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (str_starts(rest, rows[i].name)) {
            text_add(out, rows[i].text);
            return rows[i].name.len;
        }
    }
    struct str head, tail;
    int64_t number;
    char bytes[UTF8_BYTES_MAX];
    if (str_starts(rest, STR("&#")) &&
        str_cut(str_slice(rest, 2, 10), ';', &head, &tail) && str_to_int(head, &number)) {
        text_add(out, (struct str){bytes, utf8_encode((uint32_t)number, bytes)});
        return 3 + head.len;
    }
    return 0;
}

static struct str references_read(struct arena *arena, struct str text)
{
    struct text out = {.arena = arena};
    for (size_t at = 0; at < text.len;) {
        size_t bytes = 0;
        if (text.at[at] == '&') {
            bytes = reference_add(&out, str_slice(text, at, text.len));
        }
        if (bytes == 0) {
            text_add_char(&out, text.at[at]);
            bytes = 1;
        }
        at += bytes;
    }
    return text_str(&out);
}

void train_read_davidson(struct train_documents *documents, struct str text)
{
    static const struct str names[] = {STR_INIT("class"), STR_INIT("tweet")};
    size_t places[2];
    struct csv csv = csv_open(documents, text, names, 2, places);
    for (uint32_t row = 0; csv_next(&csv); row++) {
        struct str tweet = references_read(documents->arena, field_of(&csv, places[1]));
        struct str class = field_of(&csv, places[0]);
        struct train_document *document = document_add(documents, TRAIN_DAVIDSON, row, tweet);
        bool is_hate = str_equal(class, STR("0"));
        bool is_neither = str_equal(class, STR("2"));
        document->whole[SCREEN_SCORE_HATE] = is_hate ? TRAIN_YES : TRAIN_NO;
        document->whole[SCREEN_SCORE_OFFENCE] = is_neither ? TRAIN_NO : TRAIN_YES;
    }
}

/* ---- Toxic spans ----------------------------------------------------------------------------- */

/* Marks the characters of "[8, 9, 10]", counted in code points, in the bytes of the text. */
static uint8_t *spans_mark(struct arena *arena, struct str spans, struct str text)
{
    uint8_t *marks = arena_alloc(arena, text.len + 1);
    uint32_t *starts = ARENA_ARRAY(arena, uint32_t, text.len + 2);
    size_t characters = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code_point;
        size_t bytes = utf8_decode(text, at, &code_point);
        starts[characters++] = (uint32_t)at;
        at += bytes == 0 ? 1 : bytes;
    }
    starts[characters] = (uint32_t)text.len;
    struct str rest = str_slice(spans, 1, spans.len - 1), head;
    while (rest.len > 0) {
        int64_t character;
        (void)str_cut(rest, ',', &head, &rest);
        if (!str_to_int(str_trim(head), &character) || character < 0) {
            fail("a span is no list of numbers");
        }
        if ((size_t)character < characters) {
            for (uint32_t at = starts[character]; at < starts[character + 1]; at++) {
                marks[at] = TRAIN_MARK_TOXIC | TRAIN_MARK_OFFENCE;
            }
        }
    }
    return marks;
}

void train_read_spans(struct train_documents *documents, struct str text)
{
    static const struct str names[] = {STR_INIT("spans"), STR_INIT("text")};
    size_t places[2];
    struct csv csv = csv_open(documents, text, names, 2, places);
    for (uint32_t row = 0; csv_next(&csv); row++) {
        struct str said = field_of(&csv, places[1]);
        struct train_document *document = document_add(documents, TRAIN_SPANS, row, said);
        document->marks = spans_mark(documents->arena, field_of(&csv, places[0]), said);
    }
}

/* ---- Our own labelled drafts (tests/screen/corpus/README.md) --------------------------------- */

/* What a labelled span says to the model. */
static const struct {
    struct str kind;
    uint8_t marks;
} span_marks[] = {
    {STR_INIT("insult"), TRAIN_MARK_TOXIC | TRAIN_MARK_OFFENCE},
    {STR_INIT("obscenity"), TRAIN_MARK_TOXIC | TRAIN_MARK_OBSCENE},
    {STR_INIT("hatred"), TRAIN_MARK_HATE | TRAIN_MARK_OFFENCE | TRAIN_MARK_NOT_ASKED},
    {STR_INIT("disparagement"), TRAIN_MARK_NOT_ASKED},
    {STR_INIT("harassment"), TRAIN_MARK_OFFENCE | TRAIN_MARK_NOT_ASKED},
    {STR_INIT("threat"), TRAIN_MARK_OFFENCE | TRAIN_MARK_NOT_ASKED},
    {STR_INIT("sexual-content"), TRAIN_MARK_NOT_ASKED},
};

static uint8_t marks_of_kind(struct str kind)
{
    struct str name, detail;
    (void)str_cut(kind, ':', &name, &detail);
    for (size_t i = 0; i < sizeof span_marks / sizeof *span_marks; i++) {
        if (str_equal(span_marks[i].kind, name)) {
            return span_marks[i].marks;
        }
    }
    return 0;
}

struct str train_draft(struct arena *arena, struct str labelled, uint8_t **marks)
{
    enum { DEPTH_MAX = 8 };
    uint8_t open[DEPTH_MAX + 1] = {0};
    size_t depth = 0, length = 0;
    char *out = arena_alloc(arena, labelled.len + 1);
    *marks = arena_alloc(arena, labelled.len + 1);
    for (size_t at = 0; at < labelled.len; at++) {
        char c = labelled.at[at];
        struct str head, tail;
        if (c == '{' && depth < DEPTH_MAX &&
            str_cut(str_slice(labelled, at + 1, labelled.len), '|', &head, &tail)) {
            open[depth + 1] = open[depth] | marks_of_kind(head);
            depth++;
            at += head.len + 1;
        } else if (c == '}' && depth > 0) {
            depth--;
        } else {
            if (c == '\\' && at + 1 < labelled.len && labelled.at[at + 1] == 'n') {
                c = '\n';
                at++;
            }
            (*marks)[length] = open[depth];
            out[length++] = c;
        }
    }
    return (struct str){out, length};
}

void train_read_corpus(struct train_documents *documents, struct str tsv)
{
    struct str line, channel, kinds, labelled;
    for (uint32_t row = 0; tsv.len > 0; row++) {
        (void)str_cut(tsv, '\n', &line, &tsv);
        if (line.len == 0 || line.at[0] == '#') {
            continue;
        }
        if (!str_cut(line, '\t', &channel, &line) || !str_cut(line, '\t', &kinds, &labelled)) {
            fail("a draft has no three fields");
        }
        uint8_t *marks;
        struct str plain = train_draft(documents->arena, labelled, &marks);
        if (str_find(kinds, STR("abuse")) != STR_NONE) {
            continue; /* says only that the offence is somewhere */
        }
        document_add(documents, TRAIN_CORPUS, row, plain)->marks = marks;
    }
}

/* ---- Sentences of our own, from templates ---------------------------------------------------- */

#define SLOTS_MAX 64

struct templates {
    struct train_documents *documents;
    struct train_random random;
    struct train_list *slots;
    size_t slot_count;
    enum train_label whole[SCREEN_SCORE_COUNT];
    struct str head;
    bool is_all;
    uint32_t row;
};

static const struct train_list *slot_find(const struct templates *templates, struct str name)
{
    for (size_t i = 0; i < templates->slot_count; i++) {
        if (str_equal(templates->slots[i].name, name)) {
            return &templates->slots[i];
        }
    }
    fprintf(stderr, "train_screen: no slot {" STR_FMT "}\n", STR_ARG(name));
    exit(1);
}

/* Cuts a text at its first {slot}; NULL when there is none. */
static const struct train_list *slot_cut(const struct templates *templates, struct str text,
                                         struct str *before, struct str *after)
{
    struct str name;
    if (!str_cut(text, '{', before, after)) {
        return NULL;
    }
    if (!str_cut(*after, '}', &name, after)) {
        fail("a { without a }");
    }
    return slot_find(templates, name);
}

/* Its first slot is replaced by the choice of this number, the others by any; so are slots in
 * choices. */
static struct str slots_fill(struct templates *templates, struct str text, uint64_t number)
{
    enum { ROUNDS_MAX = 32 };
    struct str before, after;
    for (size_t round = 0; round < ROUNDS_MAX; round++) {
        const struct train_list *slot = slot_cut(templates, text, &before, &after);
        if (slot == NULL) {
            break;
        }
        struct str parts[] = {before, slot->at[number % slot->count], after};
        text = str_join(templates->documents->arena, parts, 3, STR(""));
        number = train_random_below(&templates->random, TRAIN_CHOICES_MAX * TRAIN_CHOICES_MAX);
    }
    return text;
}

static void template_read(struct templates *templates, struct str template)
{
    struct str before, after;
    const struct train_list *slot = slot_cut(templates, template, &before, &after);
    size_t count = slot == NULL ? 1 : templates->is_all ? slot->count : INSTANCES_OF_TEMPLATE;
    for (size_t i = 0; i < count; i++) {
        uint64_t number = templates->is_all ? i
                                            : train_random_below(&templates->random,
                                                                 TRAIN_CHOICES_MAX);
        struct train_document *document =
            document_add(templates->documents, TRAIN_SENTENCES, templates->row++,
                         slots_fill(templates, template, number));
        memcpy(document->whole, templates->whole, sizeof document->whole);
        document->target = templates->head;
    }
}

/* "[sentences offence=no hate=yes]": what holds of the templates below; the rest is not known. */
static void labels_read(struct templates *templates, struct str head)
{
    static const struct str names[] = {[SCREEN_SCORE_OFFENCE] = STR_INIT("offence="),
                                       [SCREEN_SCORE_HATE] = STR_INIT("hate="),
                                       [SCREEN_SCORE_OBSCENE] = STR_INIT("obscene=")};
    for (size_t i = 0; i < SCREEN_SCORE_COUNT; i++) {
        size_t at = str_find(head, names[i]);
        templates->whole[i] = TRAIN_UNKNOWN;
        if (at != STR_NONE) {
            struct str value = str_slice(head, at + names[i].len, head.len);
            templates->whole[i] = str_starts(value, STR("yes")) ? TRAIN_YES : TRAIN_NO;
        }
    }
}

/* Choices stand in one line, divided by commas, or in several. */
static size_t choices_read(struct str line, struct str *out, size_t count)
{
    struct str head;
    while (line.len > 0) {
        (void)str_cut(line, ',', &head, &line);
        head = str_trim(head);
        if (head.len > 0) {
            if (count == TRAIN_CHOICES_MAX) {
                fail("too many choices in a list");
            }
            out[count++] = head;
        }
    }
    return count;
}

/* The next line that says something. */
static bool line_next(struct str *text, struct str *line)
{
    while (text->len > 0) {
        (void)str_cut(*text, '\n', line, text);
        *line = str_trim(*line);
        if (line->len > 0 && line->at[0] != '#') {
            return true;
        }
    }
    return false;
}

/* Whether templates stand below it, and no list. */
static bool is_head(struct str line)
{
    return str_starts(line, STR("[sentences")) || str_starts(line, STR("[measured"));
}

/* The places of templates, in the order of the file. */
static void lists_read(struct templates *templates, struct str text)
{
    struct train_list *list = NULL;
    struct str line;
    while (line_next(&text, &line)) {
        if (is_head(line)) {
            list = NULL;
        } else if (line.at[0] == '[') {
            if (templates->slot_count == SLOTS_MAX) {
                fail("too many lists");
            }
            list = &templates->slots[templates->slot_count++];
            list->name = str_slice(line, 1, line.len - 1);
        } else if (list != NULL) {
            list->count = choices_read(line, list->at, list->count);
        }
    }
}

/* The documents of the templates below heads that begin so. */
static void templates_read(struct templates *templates, struct str text, struct str wanted)
{
    struct str line;
    bool is_wanted = false;
    while (line_next(&text, &line)) {
        if (line.at[0] == '[') {
            is_wanted = str_starts(line, wanted);
            templates->head = str_trim(str_slice(line, wanted.len, line.len - 1));
            templates->is_all = str_find(line, STR(" all ")) != STR_NONE;
            labels_read(templates, line);
        } else if (is_wanted) {
            template_read(templates, line);
        }
    }
}

static const struct train_list *list_of(const struct templates *templates, struct str name)
{
    const struct train_list *list = slot_find(templates, name);
    if (list->count == 0) {
        fail("an empty list");
    }
    return list;
}

static struct templates templates_open(struct train_documents *documents, struct str text)
{
    struct templates templates = {.documents = documents, .random = {TEMPLATE_SEED}};
    templates.slots = ARENA_ARRAY(documents->arena, struct train_list, SLOTS_MAX);
    lists_read(&templates, text);
    return templates;
}

void train_read_sentences(struct train_documents *documents, struct train_lists *lists,
                          struct str text)
{
    struct templates templates = templates_open(documents, text);
    templates_read(&templates, text, STR("[sentences"));
    *lists = (struct train_lists){.groups = list_of(&templates, STR("groups")),
                                  .people = list_of(&templates, STR("people")),
                                  .coarse = list_of(&templates, STR("coarse")),
                                  .insult = list_of(&templates, STR("insult")),
                                  .insulting = list_of(&templates, STR("insulting")),
                                  .names = list_of(&templates, STR("names"))};
}

void train_read_measured(struct train_documents *documents, struct str text)
{
    struct templates templates = templates_open(documents, text);
    templates_read(&templates, text, STR("[measured"));
}

/* ---- Texts whose words have tags ------------------------------------------------------------- */

bool train_tagged_next(struct str *rest, struct str *word, struct str *tag)
{
    struct str line;
    if (rest->len == 0) {
        return false;
    }
    (void)str_cut(*rest, '\n', &line, rest);
    (void)str_cut(str_trim(line), '\t', word, tag);
    *word = str_trim(*word);
    return true;
}

/* Whether a word is written with no space before it: "'s" and "n't", and what follows "@" or
 * "#". */
static bool is_joined(struct str before, struct str word)
{
    return str_is_empty(before) || str_starts(word, STR("'")) || str_starts(word, STR("n't")) ||
           str_equal(before, STR("@")) || str_equal(before, STR("#")) ||
           (word.len == 1 && strchr(".,!?:;)", word.at[0]) != NULL);
}

void train_read_tagged(struct train_documents *documents, struct str text)
{
    struct text out = {.arena = documents->arena};
    struct str word, tag, before = {0};
    uint32_t row = 0;
    for (bool is_more = true; is_more;) {
        is_more = train_tagged_next(&text, &word, &tag);
        if (is_more && word.len > 0) {
            text_add(&out, is_joined(before, word) ? STR("") : STR(" "));
            text_add(&out, word);
            before = word;
        } else if (out.len > 0) {
            struct train_document *document =
                document_add(documents, TRAIN_TAGGED, row++, text_str(&out));
            document->whole[SCREEN_SCORE_OFFENCE] = TRAIN_NO;
            document->whole[SCREEN_SCORE_HATE] = TRAIN_NO;
            out = (struct text){.arena = documents->arena};
            before = (struct str){0};
        }
    }
}
