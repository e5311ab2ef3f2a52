/*
 * policy/format.c - policy_format(): lays out the blocks of a file and leaves its prose alone.
 *
 * Read first: policy/lex_int.h. Start at: policy_format.
 *
 * The layout: heads at the left margin, lines under them at two spaces, lines under a value of the
 * vocabulary at four, continued lines two deeper than what they continue (four under a head); one
 * space between words, none before "," ";" ":" ")" and after "("; one blank line where there were
 * several, none at the ends of a block.
 *
 * What must hold: words, texts, comments, stories and the author's line breaks stay, so that
 * reading the result gives the same tree, and formatting it again gives the same bytes.
 */
#include "policy/lex_int.h"
#include "policy/policy.h"

#define INDENT ((size_t)2)

struct layout {
    struct text *out;
    struct str line_end;
    const struct lex_block *block;
    size_t next;    /* the first line of the block that is not written yet */
    bool has_lines; /* something of this block is written */
    bool is_blank_due;
};

static void write_indent(struct layout *layout, size_t spaces)
{
    for (size_t i = 0; i < spaces; i++) {
        text_add_char(layout->out, ' ');
    }
}

/* A line of the block, with the blank line that is due before it. */
static void begin_row(struct layout *layout, size_t spaces)
{
    if (layout->is_blank_due && layout->has_lines) {
        text_add(layout->out, layout->line_end);
    }
    layout->is_blank_due = false;
    layout->has_lines = true;
    write_indent(layout, spaces);
}

static void end_row(struct layout *layout)
{
    text_add(layout->out, layout->line_end);
}

static void write_comment(struct layout *layout, const struct lex_line *line)
{
    size_t steps = line->indent < 2 * INDENT ? 1 : 2;
    begin_row(layout, line->indent == 0 ? 0 : steps * INDENT);
    text_add(layout->out, line->text);
    end_row(layout);
}

/* Comments and blank lines that stand above this row of the file. Blank ones are left out. */
static void write_comments_before(struct layout *layout, uint32_t row)
{
    while (layout->next < layout->block->count) {
        const struct lex_line *line = &layout->block->lines[layout->next];
        if (line->kind == LEX_LINE_WORDS || line->kind == LEX_LINE_STORY ||
            line->place.line >= row) {
            return;
        }
        if (line->kind == LEX_LINE_COMMENT) {
            write_comment(layout, line);
        }
        layout->next++;
    }
}

/* The source of a word; a text over several rows keeps its breaks. Answers how many there were. */
static uint32_t write_word(struct layout *layout, const struct lex_word *word, size_t continued)
{
    struct str rest = word->source, row;
    uint32_t breaks = 0;
    while (str_cut(rest, '\n', &row, &rest)) {
        text_add(layout->out, breaks == 0 ? row : str_trim(row));
        while (layout->out->len > 0 && (layout->out->at[layout->out->len - 1] == ' ' ||
                                        layout->out->at[layout->out->len - 1] == '\r')) {
            layout->out->len--;
        }
        text_add(layout->out, layout->line_end);
        write_indent(layout, continued);
        breaks++;
    }
    text_add(layout->out, breaks == 0 ? row : str_trim(row));
    return breaks;
}

static bool is_space_between(enum lex_kind before, enum lex_kind after)
{
    return before != LEX_OPEN && after != LEX_COMMA && after != LEX_SEMICOLON &&
           after != LEX_COLON && after != LEX_CLOSE;
}

static void write_words(struct layout *layout, const struct lex_line *line)
{
    size_t own = line->depth * INDENT;
    size_t continued = line->depth == 0 ? 2 * INDENT : own + INDENT;
    uint32_t row = line->place.line;
    begin_row(layout, own);
    for (size_t i = 0; i < line->count; i++) {
        const struct lex_word *word = &line->words[i];
        if (word->place.line > row) {
            end_row(layout);
            write_comments_before(layout, word->place.line);
            begin_row(layout, continued);
            row = word->place.line;
        } else if (i > 0 && is_space_between(line->words[i - 1].kind, word->kind)) {
            text_add_char(layout->out, ' ');
        }
        row += write_word(layout, word, continued);
    }
    end_row(layout);
}

static void write_line(struct layout *layout, const struct lex_line *line)
{
    switch (line->kind) {
    case LEX_LINE_BLANK:
        layout->is_blank_due = true;
        break;
    case LEX_LINE_COMMENT:
        write_comment(layout, line);
        break;
    case LEX_LINE_STORY:
        begin_row(layout, 0);
        text_add(layout->out, line->text);
        end_row(layout);
        break;
    case LEX_LINE_WORDS:
        write_words(layout, line);
        break;
    }
}

static void write_block(struct arena *arena, const struct markdown_part *part, struct text *out,
                        struct diag_list *ignored)
{
    struct lex_block block = lex_read(arena, part, ignored);
    bool has_return = str_ends(part->opening, STR("\r\n"));
    struct layout layout = {
        .out = out, .line_end = has_return ? STR("\r\n") : STR("\n"), .block = &block};
    text_add(out, STR("```"));
    text_add(out, markdown_block_word(part->block));
    text_add(out, layout.line_end);
    while (layout.next < block.count) {
        write_line(&layout, &block.lines[layout.next++]);
    }
    text_add(out, STR("```"));
    if (str_ends(part->closing, STR("\n"))) {
        text_add(out, layout.line_end);
    }
}

bool policy_format(struct arena *arena, struct str file, struct str text, struct text *out,
                   struct diag_list *diags)
{
    size_t errors = diag_error_count(diags);
    (void)policy_read(arena, file, text, diags);
    if (diag_error_count(diags) > errors) {
        return false;
    }
    struct diag_list ignored = diag_list_new(arena); /* what policy_read has said already */
    struct markdown markdown = markdown_read(arena, file, text, &ignored);
    text_add(out, markdown.mark);
    for (size_t i = 0; i < markdown.count; i++) {
        if (markdown.parts[i].kind == MARKDOWN_BLOCK) {
            write_block(arena, &markdown.parts[i], out, &ignored);
        } else {
            text_add(out, markdown.parts[i].source);
        }
    }
    return true;
}
