/*
 * policy/markdown.c - reads a Markdown file line by line.
 *
 * Read first: policy/markdown_int.h. Start at: markdown_read, which hands each line to take_line.
 *
 * What must hold: a reader is always in one part; a line either extends it or begins another.
 */
#include "policy/markdown_int.h"

#include "base/utf8.h"
#include "policy/limits_int.h"
#include "policy/list_int.h"
#include "policy/problem_int.h"

#define FENCE_MARKS_MIN ((size_t)3)
#define HEADING_LEVEL_MAX ((size_t)6)
#define INDENT_MAX ((size_t)3) /* deeper, Markdown takes a line as code */

static const struct str block_words[MARKDOWN_BLOCK_COUNT] = {
    [MARKDOWN_BLOCK_PACK] = STR_INIT("pack"),
    [MARKDOWN_BLOCK_VOCABULARY] = STR_INIT("vocabulary"),
    [MARKDOWN_BLOCK_RULE] = STR_INIT("rule"),
    [MARKDOWN_BLOCK_EXAMPLE] = STR_INIT("example"),
    [MARKDOWN_BLOCK_OPERATION] = STR_INIT("operation"),
};

/* With the straight and with the curly apostrophe. */
static const struct str note_markers[] = {STR_INIT("Reader's note:"),
                                          STR_INIT("Reader\xE2\x80\x99s note:")};
#define NOTE_MARKER_COUNT (sizeof note_markers / sizeof note_markers[0])

struct fence {
    char mark;     /* ` or ~; 0: no fence */
    size_t length; /* of the fence */
    size_t indent;
    struct str info; /* what follows it, trimmed */
};

struct reader {
    struct arena *arena;
    struct diag_list *diags;
    struct str file, text;
    uint32_t line; /* number of the current line */
    struct markdown out;
    struct fence fence;  /* open now, when fence.mark */
    bool is_block;       /* the open fence is a block of ours */
    uint32_t fence_line; /* where the open fence began */
    struct text note;    /* of the current note part */
    bool is_quote;       /* the line before was of a block quote */
};

struct str markdown_block_word(enum markdown_block block)
{
    return block_words[block];
}

bool markdown_next_line(struct str text, size_t *at, struct str *line, struct str *source)
{
    if (*at >= text.len) {
        return false;
    }
    struct str rest = str_slice(text, *at, text.len);
    (void)str_cut(rest, '\n', line, NULL);
    *source = str_slice(rest, 0, line->len + 1);
    if (line->len > 0 && line->at[line->len - 1] == '\r') {
        line->len--;
    }
    *at += source->len;
    return true;
}

static struct policy_place place_at(const struct reader *reader, struct str line, size_t byte)
{
    size_t column = utf8_count(str_slice(line, 0, byte)) + 1;
    return (struct policy_place){reader->file, reader->line, (uint32_t)column};
}

static struct policy_place place_here(const struct reader *reader)
{
    return (struct policy_place){reader->file, reader->line, 1};
}

static struct markdown_part *last_part(struct reader *reader)
{
    return reader->out.count ? &reader->out.parts[reader->out.count - 1] : NULL;
}

static struct markdown_part *begin_part(struct reader *reader, enum markdown_kind kind,
                                        struct str source)
{
    struct markdown_part *part = LIST_ADD(reader->arena, reader->out.parts, reader->out.count);
    part->kind = kind;
    part->place = place_here(reader);
    part->source = source;
    return part;
}

/* Lines lie one after another in the file, so extending is a matter of length. */
static void extend_prose(struct reader *reader, struct str source)
{
    struct markdown_part *part = last_part(reader);
    if (!part || part->kind != MARKDOWN_PROSE) {
        part = begin_part(reader, MARKDOWN_PROSE, (struct str){source.at, 0});
        part->text = part->source;
    }
    part->source.len += source.len;
    part->text.len += source.len;
}

static size_t count_indent(struct str line)
{
    size_t indent = 0;
    while (indent < line.len && line.at[indent] == ' ') {
        indent++;
    }
    return indent;
}

/* ---- Fences ---------------------------------------------------------------------------------- */

static struct fence fence_of(struct str line)
{
    struct fence fence = {.indent = count_indent(line)};
    struct str rest = str_slice(line, fence.indent, line.len);
    if (fence.indent > INDENT_MAX || rest.len == 0 || (rest.at[0] != '`' && rest.at[0] != '~')) {
        return fence;
    }
    char mark = rest.at[0];
    while (fence.length < rest.len && rest.at[fence.length] == mark) {
        fence.length++;
    }
    fence.info = str_trim(str_slice(rest, fence.length, rest.len));
    bool is_code_span = mark == '`' && str_find(fence.info, STR("`")) != STR_NONE;
    if (fence.length >= FENCE_MARKS_MIN && !is_code_span) {
        fence.mark = mark;
    }
    return fence;
}

static bool closes(const struct fence *open, const struct fence *fence)
{
    return fence->mark == open->mark && fence->length >= open->length && fence->info.len == 0;
}

static bool block_of_info(struct str info, enum markdown_block *block)
{
    for (size_t i = 0; i < MARKDOWN_BLOCK_COUNT; i++) {
        if (str_equal(info, block_words[i])) {
            *block = (enum markdown_block)i;
            return true;
        }
    }
    return false;
}

/* A misspelt word would turn rules into prose without anybody noticing. */
static void warn_near_block_word(struct reader *reader, const struct fence *fence)
{
    struct str word;
    (void)str_cut(fence->info, ' ', &word, NULL);
    for (size_t i = 0; i < MARKDOWN_BLOCK_COUNT; i++) {
        size_t near = block_words[i].len <= 4 ? 1 : 2;
        if (str_distance(word, block_words[i], near) <= near) {
            problem_add(reader->diags, PROBLEM_UNKNOWN_BLOCK, place_here(reader),
                        str_format(reader->arena,
                                   "write ```" STR_FMT " and nothing else on the line",
                                   STR_ARG(block_words[i])),
                        "the block \"" STR_FMT "\" is read as prose", STR_ARG(fence->info));
            return;
        }
    }
}

static void open_fence(struct reader *reader, struct fence fence, struct str source)
{
    enum markdown_block block = MARKDOWN_BLOCK_PACK;
    bool is_word =
        fence.mark == '`' && fence.length == FENCE_MARKS_MIN && block_of_info(fence.info, &block);
    reader->fence = fence;
    reader->fence_line = reader->line;
    reader->is_block = is_word && fence.indent == 0;
    if (reader->is_block) {
        struct markdown_part *part = begin_part(reader, MARKDOWN_BLOCK, source);
        part->block = block;
        part->opening = source;
        part->text = (struct str){source.at + source.len, 0};
        return;
    }
    if (is_word) {
        problem_add(reader->diags, PROBLEM_INDENTED_BLOCK, place_here(reader),
                    STR("begin the line with the three backticks"),
                    "the " STR_FMT " block is indented", STR_ARG(fence.info));
    } else if (fence.info.len > 0) {
        warn_near_block_word(reader, &fence);
    }
    extend_prose(reader, source);
}

static void report_unclosed(struct reader *reader)
{
    struct policy_place place = {reader->file, reader->fence_line, 1};
    problem_add(reader->diags, PROBLEM_UNCLOSED_BLOCK, place,
                STR("end it with a line of three backticks"), "this block has no end");
    reader->fence = (struct fence){0};
}

/* ---- Headings -------------------------------------------------------------------------------- */

static size_t heading_level(struct str line, struct str *rest)
{
    size_t indent = count_indent(line), level = 0;
    while (indent + level < line.len && line.at[indent + level] == '#') {
        level++;
    }
    size_t after = indent + level;
    bool is_heading = indent <= INDENT_MAX && level >= 1 && level <= HEADING_LEVEL_MAX &&
                      (after == line.len || line.at[after] == ' ');
    *rest = str_slice(line, after, line.len);
    return is_heading ? level : 0;
}

static bool is_key_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_key(struct str key)
{
    for (size_t i = 0; i < key.len; i++) {
        bool is_inner = i > 0 && (key.at[i] == '.' || key.at[i] == '-');
        if (!is_key_byte(key.at[i]) && !is_inner) {
            return false;
        }
    }
    return key.len > 0;
}

/* NAME="text" from *at on, which moves past it. False when that does not stand there. */
static bool take_attribute(struct str line, size_t *at, struct str *name, struct str *value)
{
    struct str rest = str_slice(line, *at, line.len), tail;
    if (!str_cut(rest, '=', name, &tail) || tail.len == 0 || tail.at[0] != '"') {
        return false;
    }
    if (!str_cut(str_slice(tail, 1, tail.len), '"', value, NULL)) {
        return false;
    }
    *at += name->len + 1 + value->len + 2;
    return value->len + 2 <= tail.len;
}

/* `byte` is where the name stands in the line. */
static bool set_attribute(struct reader *reader, struct markdown_part *part, struct str line,
                          size_t byte, struct str name, struct str value)
{
    struct str known[] = {STR("at"), STR("topic"), STR("ledger")};
    struct str *slots[] = {&part->at, &part->topic.text, &part->ledger};
    struct problem_guess guess = problem_guess_new(name);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        problem_guess_offer(&guess, known[i]);
        if (str_equal(name, known[i]) && slots[i]->len == 0 && value.len > 0) {
            *slots[i] = value;
            if (slots[i] == &part->topic.text) {
                part->topic.place = place_at(reader, line, byte + name.len + 2);
            }
            return true;
        }
    }
    struct str hint =
        STR("a clause may state at=\"...\", topic=\"...\" and ledger=\"...\", once each");
    problem_add(reader->diags, PROBLEM_CLAUSE_ATTRIBUTE, place_at(reader, line, byte),
                guess.distance == 0 ? hint : problem_guess_hint(reader->arena, &guess, hint),
                "\"" STR_FMT "\" cannot be stated here", STR_ARG(name));
    return false;
}

/* From behind "{#" to the closing brace at `end`. */
static bool read_braces(struct reader *reader, struct markdown_part *part, struct str line,
                        size_t open, size_t end)
{
    size_t at = open + 2;
    size_t key_end = at;
    while (key_end < end && line.at[key_end] != ' ') {
        key_end++;
    }
    part->key.text = str_slice(line, at, key_end);
    part->key.place = place_at(reader, line, at);
    if (!is_key(part->key.text)) {
        problem_add(reader->diags, PROBLEM_CLAUSE_KEY, part->key.place,
                    STR("use letters, digits, \".\" and \"-\", beginning with a letter or digit"),
                    "\"" STR_FMT "\" cannot be the key of a clause", STR_ARG(part->key.text));
        return false;
    }
    for (at = key_end; at < end;) {
        struct str name = {0}, value = {0};
        if (line.at[at] == ' ') {
            at++;
            continue;
        }
        size_t begin = at;
        if (!take_attribute(str_slice(line, 0, end), &at, &name, &value)) {
            problem_add(reader->diags, PROBLEM_CLAUSE_BRACES, place_at(reader, line, begin),
                        STR("write {#KEY at=\"...\" topic=\"...\"} with straight quotes"),
                        "the braces of this heading cannot be read");
            return false;
        }
        if (!set_attribute(reader, part, line, begin, name, value)) {
            return false;
        }
    }
    return true;
}

static bool has_clause_braces(struct str line)
{
    return str_ends(str_trim(line), STR("}")) && str_find(line, STR("{#")) != STR_NONE;
}

static void read_heading(struct reader *reader, struct markdown_part *part, struct str line,
                         struct str rest)
{
    size_t open = str_find(rest, STR("{#"));
    size_t title_at = line.len - rest.len;
    size_t end = line.len;
    while (end > 0 && (line.at[end - 1] == ' ' || line.at[end - 1] == '\t')) {
        end--;
    }
    bool has_end = end > title_at && line.at[end - 1] == '}';
    size_t brace = open != STR_NONE ? open : has_end ? str_find(rest, STR("{")) : STR_NONE;
    part->title = str_trim(str_slice(rest, 0, brace == STR_NONE ? rest.len : brace));
    if (brace == STR_NONE) {
        return;
    }
    if (open == STR_NONE || !has_end) {
        problem_add(reader->diags, PROBLEM_CLAUSE_BRACES, place_at(reader, line, title_at + brace),
                    STR("end the heading with {#KEY} or {#KEY at=\"...\" topic=\"...\"}"),
                    "the braces of this heading cannot be read");
        part->is_broken = true;
        return;
    }
    part->is_clause = read_braces(reader, part, line, title_at + open, end - 1);
    part->is_broken = !part->is_clause;
}

/* ---- Notes ----------------------------------------------------------------------------------- */

/* What follows the ">" of a block quote. */
static bool quote_of(struct str line, struct str *content)
{
    size_t indent = count_indent(line);
    if (indent > INDENT_MAX || indent == line.len || line.at[indent] != '>') {
        return false;
    }
    *content = str_trim(str_slice(line, indent + 1, line.len));
    return true;
}

static bool note_of(struct str content, struct str *rest)
{
    for (size_t i = 0; i < NOTE_MARKER_COUNT; i++) {
        if (str_starts(content, note_markers[i])) {
            *rest = str_trim(str_slice(content, note_markers[i].len, content.len));
            return true;
        }
    }
    return false;
}

static void warn_near_note(struct reader *reader, struct str content)
{
    struct str words;
    size_t near = 4;
    if (!str_cut(content, ':', &words, NULL) ||
        str_distance(words, STR("Reader's note"), near) > near) {
        return;
    }
    problem_add(reader->diags, PROBLEM_NOTE_SPELLING, place_here(reader),
                STR("begin a note with \"Reader's note:\""),
                "this quotation is read as prose, not as a reader's note");
}

static void take_quote(struct reader *reader, struct str content, struct str source)
{
    struct markdown_part *part = last_part(reader);
    bool is_in_note = reader->is_quote && part && part->kind == MARKDOWN_NOTE;
    struct str rest;
    if (note_of(content, &rest)) {
        part = begin_part(reader, MARKDOWN_NOTE, (struct str){source.at, 0});
        reader->note = (struct text){.arena = reader->arena};
        content = rest;
    } else if (!is_in_note) {
        if (!reader->is_quote) {
            warn_near_note(reader, content);
        }
        extend_prose(reader, source);
        return;
    }
    if (content.len > 0 && reader->note.len > 0) {
        text_add_char(&reader->note, ' ');
    }
    text_add(&reader->note, content);
    part->source.len += source.len;
    part->text = text_str(&reader->note);
}

/* ---- Lines ----------------------------------------------------------------------------------- */

/* A line inside an open fence. False when the fence turned out to have no end before it. */
static bool take_fenced(struct reader *reader, struct str line, struct str source)
{
    struct fence fence = fence_of(line);
    bool is_end = closes(&reader->fence, &fence);
    if (!reader->is_block) {
        extend_prose(reader, source);
        if (is_end) {
            reader->fence = (struct fence){0};
        }
        return true;
    }
    struct str rest;
    enum markdown_block next;
    bool is_next_block = fence.mark == '`' && fence.indent == 0 && block_of_info(fence.info, &next);
    bool is_next_clause = heading_level(line, &rest) > 0 && has_clause_braces(line);
    if (is_next_block || is_next_clause) {
        report_unclosed(reader);
        return false;
    }
    struct markdown_part *part = last_part(reader);
    part->source.len += source.len;
    if (is_end) {
        part->closing = source;
        reader->fence = (struct fence){0};
    } else {
        part->text.len += source.len;
    }
    return true;
}

static void take_line(struct reader *reader, struct str line, struct str source)
{
    if (reader->fence.mark && take_fenced(reader, line, source)) {
        return;
    }
    struct str rest;
    struct fence fence = fence_of(line);
    size_t level = heading_level(line, &rest);
    bool is_quote = quote_of(line, &rest);
    if (fence.mark) {
        open_fence(reader, fence, source);
    } else if (level > 0) {
        (void)heading_level(line, &rest);
        struct markdown_part *part = begin_part(reader, MARKDOWN_HEADING, source);
        part->level = (uint32_t)level;
        read_heading(reader, part, line, rest);
    } else if (is_quote) {
        take_quote(reader, rest, source);
    } else {
        extend_prose(reader, source);
    }
    reader->is_quote = is_quote;
}

/* ---- The file -------------------------------------------------------------------------------- */

/* UTF-8 without control characters; else an error at the first line that is not. */
static bool is_text(struct reader *reader)
{
    size_t at = 0;
    struct str line, source;
    for (uint32_t number = 1; markdown_next_line(reader->text, &at, &line, &source); number++) {
        bool is_good = utf8_valid(line);
        for (size_t i = 0; is_good && i < line.len; i++) {
            unsigned char byte = (unsigned char)line.at[i];
            is_good = (byte >= ' ' && byte != 0x7F) || byte == '\t';
        }
        if (!is_good) {
            problem_add(reader->diags, PROBLEM_NOT_TEXT,
                        (struct policy_place){reader->file, number, 0},
                        STR("save the file as plain text in UTF-8"),
                        "this line has bytes that are not text");
            return false;
        }
        if (number > LIMIT_POLICY_FILE_LINES_MAX) {
            problem_add(reader->diags, PROBLEM_FILE_TOO_LARGE,
                        (struct policy_place){reader->file, number, 0},
                        STR("divide the policy into a parent and packs that extend it"),
                        "the file has more than %zu lines", LIMIT_POLICY_FILE_LINES_MAX);
            return false;
        }
    }
    return true;
}

static bool is_readable(struct reader *reader)
{
    if (reader->text.len > LIMIT_POLICY_FILE_BYTES_MAX) {
        problem_add(reader->diags, PROBLEM_FILE_TOO_LARGE,
                    (struct policy_place){reader->file, 0, 0},
                    STR("divide the policy into a parent and packs that extend it"),
                    "the file has more than %zu bytes", LIMIT_POLICY_FILE_BYTES_MAX);
        return false;
    }
    return is_text(reader);
}

struct markdown markdown_read(struct arena *arena, struct str file, struct str text,
                              struct diag_list *diags)
{
    struct reader reader = {.arena = arena, .diags = diags, .file = file, .text = text};
    if (str_starts(text, STR("\xEF\xBB\xBF"))) {
        reader.out.mark = str_slice(text, 0, 3);
        reader.text = str_slice(text, 3, text.len);
    }
    reader.out.is_unread = !is_readable(&reader);
    if (reader.out.is_unread) {
        return reader.out;
    }
    size_t at = 0;
    struct str line, source;
    while (markdown_next_line(reader.text, &at, &line, &source)) {
        reader.line++;
        take_line(&reader, line, source);
    }
    if (reader.fence.mark) {
        report_unclosed(&reader);
    }
    return reader.out;
}
