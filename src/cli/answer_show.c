/*
 * cli/answer_show.c - see answer_show.h.
 */
#include "cli/answer_show.h"

#include "cli/wrap.h"

/* Columns of the label. */
#define ANSWER_LABEL_COLUMNS 12

static enum terminal_style answer_style(enum decide_verdict verdict)
{
    switch (verdict) {
    case DECIDE_VERDICT_NOT_COVERED:
        return TERMINAL_STYLE_STRONG;
    case DECIDE_VERDICT_ALLOWED:
    case DECIDE_VERDICT_ALLOWED_WITH_DUTIES:
        return TERMINAL_STYLE_GOOD;
    case DECIDE_VERDICT_CAUTION:
    case DECIDE_VERDICT_REQUIRED:
    case DECIDE_VERDICT_ASK_FIRST:
    case DECIDE_VERDICT_NEEDS_APPROVAL:
    case DECIDE_VERDICT_UNDETERMINED:
        return TERMINAL_STYLE_CARE;
    case DECIDE_VERDICT_FORBIDDEN:
        return TERMINAL_STYLE_BAD;
    case DECIDE_VERDICT_COUNT:
        break;
    }
    return TERMINAL_STYLE_PLAIN;
}

static struct str answer_capitals(struct arena *arena, struct str words)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < words.len; i++) {
        char c = words.at[i];
        text_add_char(&out, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    return text_str(&out);
}

static void answer_show_verdict(struct text *out, const struct terminal *terminal,
                                enum decide_verdict verdict, const struct answer_block *block)
{
    terminal_add(out, terminal, answer_style(verdict), answer_capitals(out->arena, block->label));
    text_add_char(out, '\n');
    for (size_t i = 0; i < block->count; i++) {
        wrap_add(out, block->lines[i].text, (struct wrap){terminal->columns, 0, 0});
    }
}

static void answer_show_line(struct text *out, const struct terminal *terminal,
                             const struct answer_line *line, bool is_first)
{
    size_t indent = ANSWER_LABEL_COLUMNS;
    if (!is_first) {
        wrap_space(out, indent);
    }
    if (line->level == ANSWER_LEVEL_POINT) {
        text_add(out, STR("- "));
        indent += 2;
    }
    struct str text = line->text;
    if (!str_is_empty(line->citation)) {
        text = str_format(out->arena, STR_FMT " [" STR_FMT "]", STR_ARG(text),
                          STR_ARG(line->citation));
    }
    wrap_add(out, text, (struct wrap){terminal->columns, indent, indent});
}

static void answer_show_block(struct text *out, const struct terminal *terminal,
                              const struct answer_block *block)
{
    text_add(out, terminal_style(terminal, TERMINAL_STYLE_STRONG));
    wrap_pad(out, block->label, ANSWER_LABEL_COLUMNS);
    text_add(out, terminal_style(terminal, TERMINAL_STYLE_PLAIN));
    for (size_t i = 0; i < block->count; i++) {
        answer_show_line(out, terminal, &block->lines[i], i == 0);
    }
}

/* An empty line before each block that begins a new thought. */
static bool answer_begins(const struct answer_block *block, const struct answer_block *before)
{
    bool is_exception = block->part == ANSWER_PART_BECAUSE && before->part == ANSWER_PART_BECAUSE &&
                        !str_equal(block->label, before->label);
    return !is_exception && block->part != ANSWER_PART_INSTEAD;
}

void answer_show(struct text *out, const struct terminal *terminal,
                 const struct decide_answer *answer, const struct answer_text *text)
{
    for (size_t i = 0; i < text->count; i++) {
        const struct answer_block *block = &text->blocks[i];
        if (block->part == ANSWER_PART_VERDICT) {
            answer_show_verdict(out, terminal, answer->verdict, block);
            continue;
        }
        if (answer_begins(block, &text->blocks[i - 1])) {
            text_add_char(out, '\n');
        }
        answer_show_block(out, terminal, block);
    }
}
