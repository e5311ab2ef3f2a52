/*
 * web/prose.c - see prose_int.h. md4c reads the Markdown (CommonMark) and calls us.
 *
 * Start at web_prose_read(). Each block and span that is open has HTML of its own; when it ends,
 * its template writes it into the one around it.
 */
#include "web/prose_int.h"

#include <md4c.h>

#include "base/arena.h"
#include "page/templates.h"

/* Blocks and spans inside one another; prose that goes deeper is shown as it is written. */
#define PROSE_DEPTH_MAX 64

/* What a callback answers to have md_parse() end: md4c 0.4.8 lets a positive number pass. */
#define PROSE_ABORT (-1)

/* No HTML; tables and the like are not part of the language. */
#define PROSE_FLAGS (MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_COLLAPSEWHITESPACE)

struct reader {
    struct arena *arena;
    struct html open[PROSE_DEPTH_MAX];
    unsigned first[PROSE_DEPTH_MAX]; /* number of a list's first item: said only when it begins */
    size_t depth;                    /* open[depth] is written to */
    struct text plain;
};

/* ---- Opening and ending ---------------------------------------------------------------------- */

static int begin(struct reader *reader)
{
    if (reader->depth + 1 == PROSE_DEPTH_MAX) {
        return PROSE_ABORT;
    }
    reader->open[++reader->depth] = html_new(reader->arena);
    return 0;
}

/* What was written inside, and *out: what is around it. */
static struct html_raw end(struct reader *reader, struct html **out)
{
    struct html_raw inside = html_take(&reader->open[reader->depth]);
    *out = &reader->open[--reader->depth];
    return inside;
}

static int on_block_begin(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct reader *reader = context;
    if (type == MD_BLOCK_DOC) {
        return 0;
    }
    if (begin(reader) != 0) {
        return PROSE_ABORT;
    }
    if (type == MD_BLOCK_OL) {
        const MD_BLOCK_OL_DETAIL *list = detail;
        reader->first[reader->depth] = list->start;
    }
    return 0;
}

static int on_block_end(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct reader *reader = context;
    (void)detail;
    if (type == MD_BLOCK_DOC) {
        return 0;
    }
    unsigned first = reader->first[reader->depth];
    struct html *out;
    struct html_raw inside = end(reader, &out);
    text_add_char(&reader->plain, ' ');
    switch ((int)type) {
    case MD_BLOCK_UL:
        page_prose_list(out, &(struct page_prose_list_args){inside});
        return 0;
    case MD_BLOCK_OL:
        page_prose_numbers(out, &(struct page_prose_numbers_args){first, inside});
        return 0;
    case MD_BLOCK_LI:
        page_prose_item(out, &(struct page_prose_item_args){inside});
        return 0;
    case MD_BLOCK_QUOTE:
        page_prose_quote(out, &(struct page_prose_quote_args){inside});
        return 0;
    case MD_BLOCK_CODE:
        page_prose_block(out, &(struct page_prose_block_args){inside});
        return 0;
    case MD_BLOCK_HR:
        page_prose_rule(out);
        return 0;
    default: /* not an enum */ /* a paragraph, a heading, or what a new md4c adds */
        page_prose_paragraph(out, &(struct page_prose_paragraph_args){inside});
        return 0;
    }
}

static int on_span_begin(MD_SPANTYPE type, void *detail, void *context)
{
    (void)type;
    (void)detail;
    return begin(context);
}

static int on_span_end(MD_SPANTYPE type, void *detail, void *context)
{
    struct reader *reader = context;
    struct html *out;
    struct html_raw inside = end(reader, &out);
    switch ((int)type) {
    case MD_SPAN_EM:
        page_prose_emphasis(out, &(struct page_prose_emphasis_args){inside});
        return 0;
    case MD_SPAN_STRONG:
        page_prose_strong(out, &(struct page_prose_strong_args){inside});
        return 0;
    case MD_SPAN_CODE:
        page_prose_code(out, &(struct page_prose_code_args){inside});
        return 0;
    case MD_SPAN_A: {
        const MD_SPAN_A_DETAIL *link = detail;
        struct str href = {link->href.text, link->href.size};
        page_prose_link(out, &(struct page_prose_link_args){href, inside});
        return 0;
    }
    default: /* not an enum */ /* a picture, whose words are shown */
        html_raw(out, inside);
        return 0;
    }
}

/* ---- Text ------------------------------------------------------------------------------------ */

/* The character that a reference such as "&amp;" stands for; itself when it is not known. */
static struct str entity(struct str reference)
{
    static const struct {
        struct str name, text;
    } known[] = {
        {STR_INIT("&amp;"), STR_INIT("&")},         {STR_INIT("&lt;"), STR_INIT("<")},
        {STR_INIT("&gt;"), STR_INIT(">")},          {STR_INIT("&quot;"), STR_INIT("\"")},
        {STR_INIT("&nbsp;"), STR_INIT("\xC2\xA0")}, {STR_INIT("&pound;"), STR_INIT("\xC2\xA3")},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_equal(known[i].name, reference)) {
            return known[i].text;
        }
    }
    return reference;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *at, MD_SIZE size, void *context)
{
    struct reader *reader = context;
    struct html *out = &reader->open[reader->depth];
    struct str text = {at, size};
    if (type == MD_TEXT_SOFTBR) {
        text = STR(" ");
    } else if (type == MD_TEXT_NULLCHAR) {
        text = STR("\xEF\xBF\xBD");
    } else if (type == MD_TEXT_ENTITY) {
        text = entity(text);
    } else if (type == MD_TEXT_BR) {
        page_prose_break(out);
        text_add_char(&reader->plain, ' ');
        return 0;
    }
    html_text(out, text);
    text_add(&reader->plain, text);
    return 0;
}

struct web_prose web_prose_read(struct arena *arena, struct str markdown)
{
    static const MD_PARSER parser = {.flags = PROSE_FLAGS,
                                     .enter_block = on_block_begin,
                                     .leave_block = on_block_end,
                                     .enter_span = on_span_begin,
                                     .leave_span = on_span_end,
                                     .text = on_text};
    struct reader *reader = ARENA_NEW(arena, struct reader);
    reader->arena = arena;
    reader->plain.arena = arena;
    reader->open[0] = html_new(arena);
    if (markdown.len > UINT32_MAX ||
        md_parse(str_print_bytes(markdown), (MD_SIZE)markdown.len, &parser, reader) != 0) {
        struct html words = html_new(arena), out = html_new(arena);
        html_text(&words, markdown);
        page_prose_paragraph(&out, &(struct page_prose_paragraph_args){html_take(&words)});
        return (struct web_prose){.html = html_take(&out), .plain = markdown};
    }
    return (struct web_prose){.html = html_take(&reader->open[0]),
                              .plain = str_trim(text_str(&reader->plain))};
}
