/*
 * policy/lex.c - cuts the lines of a block into words, and joins continued lines.
 *
 * Read first: policy/lex_int.h. Start at: lex_read.
 *
 * What must hold: a row is a line of the file, a line is one of the language. `row_at` only moves
 * forward, so the time is linear in the block.
 */
#include "policy/lex_int.h"

#include "policy/list_int.h"
#include "policy/problem_int.h"

#define INDENT_MIN ((size_t)2)

struct lexer {
    struct arena *arena;
    struct diag_list *diags;
    struct str file, text;
    bool is_vocabulary, is_example;
    size_t row_at;       /* where the next row begins */
    uint32_t row_number; /* of the current row */
    struct str row;      /* the current row, without its line end */
    size_t at;           /* byte in the row */
    uint32_t column;     /* of that byte, in characters from 1 */
    struct lex_block out;
    size_t open_line;      /* 1 + the line that a deeper row would continue; 0: none */
    uint32_t value_indent; /* vocabulary: of the line that "group" would belong to; 0: none */
};

/* ---- Rows ------------------------------------------------------------------------------------ */

static bool next_row(struct lexer *lexer)
{
    struct str source;
    if (!markdown_next_line(lexer->text, &lexer->row_at, &lexer->row, &source)) {
        return false;
    }
    lexer->row_number++;
    lexer->at = 0;
    lexer->column = 1;
    return true;
}

/* The row that next_row would give, without moving. */
static bool peek_row(const struct lexer *lexer, struct str *row)
{
    size_t at = lexer->row_at;
    struct str source;
    return markdown_next_line(lexer->text, &at, row, &source);
}

static size_t indent_of(struct str row)
{
    size_t indent = 0;
    while (indent < row.len && (row.at[indent] == ' ' || row.at[indent] == '\t')) {
        indent++;
    }
    return indent;
}

static void advance(struct lexer *lexer, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        unsigned char byte = (unsigned char)lexer->row.at[lexer->at + i];
        lexer->column += (byte & 0xC0) != 0x80;
    }
    lexer->at += bytes;
}

static struct policy_place here(const struct lexer *lexer)
{
    return (struct policy_place){lexer->file, lexer->row_number, lexer->column};
}

/* ---- Words ----------------------------------------------------------------------------------- */

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_' || c == '\'';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool lex_is_name(struct str text)
{
    char before = '.';
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool is_join = (c == '-' || c == '.') && (is_letter(before) || is_digit(before));
        bool is_good = (c >= 'a' && c <= 'z') || (is_digit(c) && i > 0 && before != '.') || is_join;
        if (!is_good) {
            return false;
        }
        before = c;
    }
    return text.len > 0 && before != '.' && before != '-';
}

bool lex_is_key(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (!is_letter(c) && !is_digit(c) && (i == 0 || (c != '.' && c != '-'))) {
            return false;
        }
    }
    return text.len > 0;
}

static struct lex_word *add_word(struct lexer *lexer, struct lex_line *line, enum lex_kind kind,
                                 size_t bytes)
{
    struct lex_word *word = LIST_ADD(lexer->arena, line->words, line->count);
    word->kind = kind;
    word->place = here(lexer);
    word->source = str_slice(lexer->row, lexer->at, lexer->at + bytes);
    word->text = word->source;
    advance(lexer, bytes);
    return word;
}

static void break_line(struct lexer *lexer, struct lex_line *line, enum problem problem,
                       struct policy_place place, struct str hint, const char *message)
{
    if (!line->is_broken) {
        problem_add(lexer->diags, problem, place, hint, "%s", message);
    }
    line->is_broken = true;
}

/*
 * A text from its opening quote. It may go on in the next row when that is indented deeper than the
 * line; the parts are then joined by one space.
 */
static void take_text(struct lexer *lexer, struct lex_line *line)
{
    struct policy_place place = here(lexer);
    const char *begin = lexer->row.at + lexer->at;
    struct text joined = {.arena = lexer->arena};
    struct str tail, part;
    advance(lexer, 1);
    for (;;) {
        struct str rest = str_slice(lexer->row, lexer->at, lexer->row.len);
        bool is_closed = str_cut(rest, '"', &part, &tail);
        part = joined.len > 0 ? str_trim(part) : part;
        if (is_closed) {
            advance(lexer, rest.len - tail.len);
            break;
        }
        struct str next;
        if (!peek_row(lexer, &next) || indent_of(next) == next.len ||
            indent_of(next) <= line->indent) {
            advance(lexer, rest.len);
            break_line(lexer, line, PROBLEM_OPEN_TEXT, place,
                       STR("close the text with a \", or indent its next line deeper"),
                       "this text has no end");
            return;
        }
        text_add(&joined, str_trim(part));
        text_add_char(&joined, ' ');
        (void)next_row(lexer);
        advance(lexer, indent_of(lexer->row));
    }
    if (joined.len > 0) {
        text_add(&joined, part);
        part = str_trim(text_str(&joined));
    }
    struct lex_word *word = LIST_ADD(lexer->arena, line->words, line->count);
    *word = (struct lex_word){.kind = LEX_TEXT, .text = part, .place = place};
    word->source = (struct str){begin, (size_t)(lexer->row.at + lexer->at - begin)};
}

static void take_bad_character(struct lexer *lexer, struct lex_line *line)
{
    struct str rest = str_slice(lexer->row, lexer->at, lexer->row.len);
    static const struct str curly[] = {STR_INIT("\xE2\x80\x9C"), STR_INIT("\xE2\x80\x9D"),
                                       STR_INIT("\xE2\x80\x98"), STR_INIT("\xE2\x80\x99")};
    for (size_t i = 0; i < sizeof curly / sizeof curly[0]; i++) {
        if (str_starts(rest, curly[i])) {
            break_line(lexer, line, PROBLEM_CURLY_QUOTE, here(lexer),
                       STR("write straight quotes: \"...\""),
                       "texts stand in straight quotes, not in curly ones");
        }
    }
    if (rest.at[0] == '\t') {
        break_line(lexer, line, PROBLEM_TAB, here(lexer), STR("use spaces"),
                   "there is a tab in this line");
    }
    break_line(lexer, line, PROBLEM_BAD_CHARACTER, here(lexer),
               STR("names are lower-case words joined by hyphens; other text stands in quotes"),
               "this character has no meaning here");
    advance(lexer, rest.len);
}

static void take_word(struct lexer *lexer, struct lex_line *line)
{
    static const char marks[] = ",;:()";
    static const enum lex_kind kinds[] = {LEX_COMMA, LEX_SEMICOLON, LEX_COLON, LEX_OPEN, LEX_CLOSE};
    struct str rest = str_slice(lexer->row, lexer->at, lexer->row.len);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (rest.at[0] == marks[i]) {
            add_word(lexer, line, kinds[i], 1);
            return;
        }
    }
    if (rest.at[0] == '"') {
        take_text(lexer, line);
    } else if (str_starts(rest, STR("->"))) {
        add_word(lexer, line, LEX_ARROW, 2);
    } else if (is_word_byte(rest.at[0])) {
        size_t bytes = 0;
        while (bytes < rest.len && is_word_byte(rest.at[bytes]) &&
               !str_starts(str_slice(rest, bytes, rest.len), STR("->"))) {
            bytes++;
        }
        add_word(lexer, line, LEX_WORD, bytes);
    } else {
        take_bad_character(lexer, line);
    }
}

static void take_words(struct lexer *lexer, struct lex_line *line)
{
    while (lexer->at < lexer->row.len) {
        if (lexer->row.at[lexer->at] == ' ') {
            advance(lexer, 1);
        } else {
            take_word(lexer, line);
        }
    }
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static struct lex_line *begin_line(struct lexer *lexer, enum lex_line_kind kind, size_t indent)
{
    advance(lexer, indent);
    struct lex_line *line = LIST_ADD(lexer->arena, lexer->out.lines, lexer->out.count);
    line->kind = kind;
    line->indent = (uint32_t)indent;
    line->place = here(lexer);
    line->text = str_trim(lexer->row);
    return line;
}

/* In a vocabulary these stand under a value, deeper than it. */
static bool is_value_line(const struct lexer *lexer, struct str content)
{
    struct str word;
    (void)str_cut(content, ' ', &word, NULL);
    return lexer->is_vocabulary &&
           (str_equal(word, STR("group")) || str_equal(word, STR("includes")));
}

/* Whether a row continues the line before it: deeper than an indented line, or after a comma. */
static bool continues(const struct lexer *lexer, size_t indent, struct str content)
{
    if (lexer->open_line == 0 || indent == 0 || is_value_line(lexer, content)) {
        return false;
    }
    const struct lex_line *line = &lexer->out.lines[lexer->open_line - 1];
    if (line->indent > 0) {
        return indent > line->indent;
    }
    return line->count > 0 && line->words[line->count - 1].kind == LEX_COMMA;
}

static uint32_t depth_of(struct lexer *lexer, size_t indent, struct str content)
{
    if (indent == 0) {
        lexer->value_indent = 0;
        return 0;
    }
    if (lexer->value_indent > 0 && indent > lexer->value_indent && is_value_line(lexer, content)) {
        return 2;
    }
    lexer->value_indent = (uint32_t)indent;
    return 1;
}

static void take_row(struct lexer *lexer)
{
    size_t indent = indent_of(lexer->row);
    struct str content = str_slice(lexer->row, indent, lexer->row.len);
    if (content.len == 0) {
        (void)begin_line(lexer, LEX_LINE_BLANK, indent);
        return;
    }
    if (content.at[0] == '#') {
        (void)begin_line(lexer, LEX_LINE_COMMENT, indent);
        return;
    }
    if (indent == 0 && lexer->is_example && !str_starts(content, STR("->"))) {
        (void)begin_line(lexer, LEX_LINE_STORY, 0);
        lexer->open_line = 0;
        return;
    }
    struct lex_line *line = NULL;
    if (continues(lexer, indent, content)) {
        line = &lexer->out.lines[lexer->open_line - 1];
        advance(lexer, indent);
    } else {
        uint32_t depth = depth_of(lexer, indent, content);
        line = begin_line(lexer, LEX_LINE_WORDS, indent);
        line->depth = depth;
        lexer->open_line = lexer->out.count;
    }
    if (str_find(str_slice(lexer->row, 0, indent), STR("\t")) != STR_NONE) {
        break_line(lexer, line, PROBLEM_TAB,
                   (struct policy_place){lexer->file, lexer->row_number, 1},
                   STR("indent with spaces"), "this line is indented with a tab");
    } else if (indent > 0 && indent < INDENT_MIN) {
        break_line(lexer, line, PROBLEM_INDENT, here(lexer), STR("indent by two spaces or more"),
                   "this line is indented by one space");
    }
    take_words(lexer, line);
}

struct lex_block lex_read(struct arena *arena, const struct markdown_part *part,
                          struct diag_list *diags)
{
    struct lexer lexer = {.arena = arena,
                          .diags = diags,
                          .file = part->place.file,
                          .text = part->text,
                          .is_vocabulary = part->block == MARKDOWN_BLOCK_VOCABULARY,
                          .is_example = part->block == MARKDOWN_BLOCK_EXAMPLE,
                          .row_number = part->place.line};
    while (next_row(&lexer)) {
        take_row(&lexer);
    }
    return lexer.out;
}
