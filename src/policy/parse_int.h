/*
 * policy/parse_int.h - what all parse_*.c share: statements, and a cursor over the words of a line.
 *
 * Read first: policy/lex_int.h, policy/ast.h. Start at: parse_statement_next, words_begin.
 *
 * What must hold
 * - A bad line is diagnosed once, at its first bad word, and left out; reading goes on with the
 *   next line. A bad head leaves out its whole statement.
 * - Nothing here knows the vocabulary: names are kept as written.
 */
#ifndef HANDRAIL_POLICY_PARSE_INT_H
#define HANDRAIL_POLICY_PARSE_INT_H

#include "policy/lex_int.h"
#include "policy/list_int.h"
#include "policy/problem_int.h"

struct parse {
    struct arena *arena;
    struct diag_list *diags;
    struct str file;
    struct policy_document *document;
    struct policy_clause *clause; /* NULL outside a clause */
    struct str part;              /* the last heading without a key */
};

/* ---- Statements ------------------------------------------------------------------------------ */

/* A head and the lines under it. */
struct parse_statement {
    const struct lex_line *head;
    const struct lex_line *lines; /* those under it, blanks and comments among them */
    size_t count;
};

/* The statement from line *at on; lines without a head are diagnosed, broken heads passed over. */
bool parse_statement_next(struct parse *parse, const struct lex_block *block, size_t *at,
                          struct parse_statement *out);

/* The next good line of words under the head from *at on, or NULL. */
const struct lex_line *parse_line_next(const struct parse_statement *statement, size_t *at);

/* ---- Words ----------------------------------------------------------------------------------- */

struct words {
    struct parse *parse;
    const struct lex_line *line;
    size_t at, end; /* indexes into the line's words */
    bool failed;    /* diagnosed: the line is to be left out */
};

struct words words_begin(struct parse *parse, const struct lex_line *line);

/* The current word, or NULL at the end. */
const struct lex_word *words_peek(const struct words *words);

/* The place of the current word, or just behind the last. */
struct policy_place words_place(const struct words *words);

bool words_at_end(const struct words *words);
bool words_is_kind(const struct words *words, enum lex_kind kind);

/* Whether the current words are these, in this order: words_is(&words, "only if"). */
bool words_is(const struct words *words, const char *phrase);

/* The same, and move past them. */
bool words_take(struct words *words, const char *phrase);
bool words_take_kind(struct words *words, enum lex_kind kind);

/* Diagnose at the current word, once for the line. */
void words_fail(struct words *words, enum problem problem, struct str hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Each reads what its name says, or fails; `what` completes "expected ...". */
struct policy_name words_name(struct words *words, const char *what);
struct policy_name words_key(struct words *words, const char *what);
struct policy_names words_names(struct words *words, const char *what); /* with commas */
struct policy_names words_keys(struct words *words, const char *what);
struct str words_text(struct words *words, const char *what);
int64_t words_number(struct words *words, const char *what);
struct civil_date words_date(struct words *words, const char *what);
struct policy_duration words_duration(struct words *words);

/* Whether the current word is a number, or a date, without a message. */
bool words_is_number(const struct words *words, int64_t *number);
bool words_is_date(const struct words *words, struct civil_date *date);

/* Fails when words are left over. True when the whole line was good. */
bool words_end(struct words *words);

/* True, with a message, when a line that may stand once has been given before. */
bool words_is_second(struct words *words, bool was_given, const char *line);

/* ---- Parts of the language ------------------------------------------------------------------- */

/* A condition up to the end of the words; NULL when it failed. */
struct policy_condition *parse_condition(struct words *words);

void parse_pack(struct parse *parse, const struct markdown_part *part,
                const struct lex_block *block);
void parse_vocabulary(struct parse *parse, const struct lex_block *block);
void parse_rules(struct parse *parse, const struct lex_block *block);
void parse_examples(struct parse *parse, const struct lex_block *block);
void parse_operations(struct parse *parse, const struct lex_block *block);

/* Statements of a rule block that are not rules (parse_statement.c). False: not one of these. */
bool parse_other_statement(struct parse *parse, const struct parse_statement *statement);

#endif
