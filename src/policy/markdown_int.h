/*
 * policy/markdown_int.h - a Markdown file as a row of parts: headings, blocks, notes and prose.
 *
 * Read first: docs/policy-language.md, section 2. Start at: markdown_read.
 *
 * What must hold
 * - The parts follow one another and their `source` covers the whole text after a byte order mark,
 *   so that writing all sources one after another gives the file again.
 * - Every line is looked at a bounded number of times: the time is linear in the file.
 * - Only what Handrail needs of Markdown is understood. Whatever else stands there is prose.
 */
#ifndef HANDRAIL_POLICY_MARKDOWN_INT_H
#define HANDRAIL_POLICY_MARKDOWN_INT_H

#include "policy/ast.h"

enum markdown_kind {
    MARKDOWN_HEADING,
    MARKDOWN_BLOCK, /* fenced, with one of the five words */
    MARKDOWN_NOTE,  /* > Reader's note: ... */
    MARKDOWN_PROSE,
    MARKDOWN_KIND_COUNT
};

enum markdown_block {
    MARKDOWN_BLOCK_PACK,
    MARKDOWN_BLOCK_VOCABULARY,
    MARKDOWN_BLOCK_RULE,
    MARKDOWN_BLOCK_EXAMPLE,
    MARKDOWN_BLOCK_OPERATION,
    MARKDOWN_BLOCK_COUNT
};

struct markdown_part {
    enum markdown_kind kind;
    struct policy_place place; /* where its first line begins */
    struct str source;         /* all its lines with their line ends */

    /* heading */
    uint32_t level; /* 1 to 6 */
    bool is_clause; /* has braces with a good key */
    bool is_broken; /* has braces that could not be read: neither clause nor structure */
    struct policy_name key;
    struct str title, at, ledger;
    struct policy_name topic; /* empty: not stated */

    /* block */
    enum markdown_block block;
    struct str opening, closing; /* the fence lines with their line ends; closing may be empty */

    /* block: the lines between the fences; note: plain text without marker; prose: as it stands */
    struct str text;
};

struct markdown {
    struct markdown_part *parts;
    size_t count;
    struct str mark; /* a byte order mark at the start, or empty */
    bool is_unread;  /* too large or no text: no parts, one error */
};

/* The word after the fence: "rule". */
struct str markdown_block_word(enum markdown_block block);

/*
 * Reads a file into parts. A file that is too large or not UTF-8 text gives no parts and one error.
 * Everything borrows from `text`, save notes, which live in the arena.
 */
struct markdown markdown_read(struct arena *arena, struct str file, struct str text,
                              struct diag_list *diags);

/*
 * The line that begins at *at: its text without the line end, and its source with it. Moves *at to
 * the next line; false at the end.
 */
bool markdown_next_line(struct str text, size_t *at, struct str *line, struct str *source);

#endif
