/*
 * cli/wrap.c - see wrap.h.
 */
#include "cli/wrap.h"

#include "base/utf8.h"

static bool wrap_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next word from `*at` on; empty at the end. */
static struct str wrap_word(struct str s, size_t *at)
{
    while (*at < s.len && wrap_is_space(s.at[*at])) {
        (*at)++;
    }
    size_t from = *at;
    while (*at < s.len && !wrap_is_space(s.at[*at])) {
        (*at)++;
    }
    return str_slice(s, from, *at);
}

void wrap_space(struct text *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_add_char(out, ' ');
    }
}

void wrap_pad(struct text *out, struct str s, size_t columns)
{
    size_t used = utf8_columns(s);
    text_add(out, s);
    wrap_space(out, used < columns ? columns - used : 1);
}

void wrap_add(struct text *out, struct str s, struct wrap wrap)
{
    size_t column = wrap.start;
    bool is_first = true;
    size_t at = 0;
    for (struct str word = wrap_word(s, &at); word.len > 0; word = wrap_word(s, &at)) {
        size_t width = utf8_columns(word);
        size_t space = is_first ? 0 : 1;
        if (!is_first && column + space + width > wrap.columns) {
            text_add_char(out, '\n');
            wrap_space(out, wrap.indent);
            column = wrap.indent;
            space = 0;
        }
        wrap_space(out, space);
        text_add(out, word);
        column += space + width;
        is_first = false;
    }
    text_add_char(out, '\n');
}

/* Columns that a list marker such as "- " or "12. " takes; 0 when the line begins with none. */
static size_t wrap_marker(struct str line)
{
    if (str_starts(line, STR("- ")) || str_starts(line, STR("* ")) || str_starts(line, STR("+ "))) {
        return 2;
    }
    size_t digits = 0;
    while (digits < line.len && digits < 3 && line.at[digits] >= '0' && line.at[digits] <= '9') {
        digits++;
    }
    bool is_number = digits > 0 && digits + 1 < line.len &&
                     (line.at[digits] == '.' || line.at[digits] == ')') &&
                     line.at[digits + 1] == ' ';
    return is_number ? digits + 2 : 0;
}

static size_t wrap_depth(struct str line)
{
    size_t depth = 0;
    while (depth < line.len && line.at[depth] == ' ') {
        depth++;
    }
    return depth;
}

/* One paragraph or list item, whose lines have been joined. */
static void wrap_block(struct text *out, struct str block, size_t columns, size_t indent)
{
    size_t depth = wrap_depth(block);
    struct str rest = str_trim(block);
    size_t marker = wrap_marker(rest);
    if (rest.len == 0) {
        return;
    }
    wrap_space(out, indent + depth);
    text_add(out, str_slice(rest, 0, marker));
    size_t start = indent + depth + marker;
    wrap_add(out, str_slice(rest, marker, rest.len),
             (struct wrap){.columns = columns, .start = start, .indent = start});
}

void wrap_prose(struct text *out, struct str prose, size_t columns, size_t indent)
{
    struct str rest = str_trim(prose);
    struct text block = {.arena = out->arena};
    bool has_any = false;
    while (rest.len > 0) {
        struct str line;
        (void)str_cut(rest, '\n', &line, &rest);
        bool is_blank = str_trim(line).len == 0;
        if (is_blank || wrap_marker(str_trim(line)) > 0) {
            wrap_block(out, text_str(&block), columns, indent);
            has_any = has_any || block.len > 0;
            block = (struct text){.arena = out->arena};
        }
        if (is_blank) {
            if (has_any && rest.len > 0) {
                text_add_char(out, '\n');
            }
            has_any = false;
            continue;
        }
        if (block.len > 0) {
            text_add_char(&block, ' ');
        }
        text_add(&block, line);
    }
    wrap_block(out, text_str(&block), columns, indent);
}
