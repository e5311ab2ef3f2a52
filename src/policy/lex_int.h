/*
 * policy/lex_int.h - the contents of a block as lines of words.
 *
 * Read first: docs/policy-language.md, section 2 ("Blocks"). Start at: lex_read.
 *
 * What must hold
 * - A line here is a logical line: a head at column 1 or an indented line, with the deeper lines
 *   that continue it. Blank lines, comments and the stories of examples are lines of their own.
 * - Lines stand in the order of the file; a comment inside a continued line follows that line.
 * - Every word knows its place, so that a diagnostic can point at it.
 */
#ifndef HANDRAIL_POLICY_LEX_INT_H
#define HANDRAIL_POLICY_LEX_INT_H

#include "policy/ast.h"
#include "policy/markdown_int.h"

enum lex_kind {
    LEX_WORD, /* a name, key, number or date: letters, digits, ".", "-" */
    LEX_TEXT, /* "text": `text` is without quotes and on one line */
    LEX_COMMA,
    LEX_SEMICOLON,
    LEX_COLON,
    LEX_OPEN,
    LEX_CLOSE,
    LEX_ARROW, /* -> */
    LEX_KIND_COUNT
};

struct lex_word {
    enum lex_kind kind;
    struct str text;
    struct str source; /* as written, quotes and line breaks included */
    struct policy_place place;
};

enum lex_line_kind {
    LEX_LINE_WORDS,
    LEX_LINE_BLANK,
    LEX_LINE_COMMENT,
    LEX_LINE_STORY /* example blocks: a sentence at column 1 */
};

struct lex_line {
    enum lex_line_kind kind;
    uint32_t depth;  /* 0: a head; 1: a line under it; 2: vocabulary, under a value */
    uint32_t indent; /* spaces as written */
    bool is_broken;  /* diagnosed already: not to be parsed */
    struct lex_word *words;
    size_t count;
    struct str text; /* comment and story: trimmed */
    struct policy_place place;
};

struct lex_block {
    struct lex_line *lines;
    size_t count;
};

/* Reads the text of a block. What cannot be read is said in `diags`. */
struct lex_block lex_read(struct arena *arena, const struct markdown_part *part,
                          struct diag_list *diags);

/* Lower-case words joined by hyphens, and these by dots; first a letter. */
bool lex_is_name(struct str text);

/* A clause key: letters, digits, ".", "-"; first a letter or digit. */
bool lex_is_key(struct str text);

#endif
