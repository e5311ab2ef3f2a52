/*
 * policy/parse.c - policy_read(): from the parts of a Markdown file to the tree.
 *
 * Read first: docs/policy-language.md, section 2; policy/markdown_int.h. Start at: policy_read.
 *
 * What must hold: a part belongs to the clause whose heading is the nearest above it, and to none
 * when that heading has no braces.
 */
#include "policy/parse_int.h"
#include "policy/policy.h"

static void add_heading(struct parse *parse, const struct markdown_part *part,
                        struct policy_clause *outside, struct policy_name *topic)
{
    if (part->is_broken) {
        *outside = (struct policy_clause){0};
        parse->clause = outside; /* what follows is read, for its own mistakes, and left out */
        return;
    }
    parse->clause = NULL;
    if (!part->is_clause) {
        parse->part = part->title;
        return;
    }
    struct policy_document *document = parse->document;
    struct policy_clause *clause =
        LIST_ADD(parse->arena, document->clauses, document->clause_count);
    clause->place = part->place;
    clause->key = part->key;
    clause->title = part->title;
    clause->part = parse->part;
    clause->level = part->level;
    clause->at = part->at.len > 0 ? part->at : part->key.text;
    clause->ledger = part->ledger.len > 0 ? part->ledger : part->key.text;
    if (part->topic.text.len > 0) {
        *topic = part->topic;
    }
    clause->topic = topic->text;
    clause->topic_place = topic->place;
    parse->clause = clause;
}

static void add_block(struct parse *parse, const struct markdown_part *part)
{
    static void (*const readers[MARKDOWN_BLOCK_COUNT])(struct parse *, const struct lex_block *) = {
        [MARKDOWN_BLOCK_VOCABULARY] = parse_vocabulary,
        [MARKDOWN_BLOCK_RULE] = parse_rules,
        [MARKDOWN_BLOCK_EXAMPLE] = parse_examples,
        [MARKDOWN_BLOCK_OPERATION] = parse_operations,
    };
    struct lex_block block = lex_read(parse->arena, part, parse->diags);
    if (part->block == MARKDOWN_BLOCK_PACK) {
        parse_pack(parse, part, &block);
        return;
    }
    if (part->block != MARKDOWN_BLOCK_VOCABULARY && !parse->clause) {
        struct str word = markdown_block_word(part->block);
        problem_add(parse->diags, PROBLEM_BLOCK_OUTSIDE_CLAUSE, part->place,
                    STR("put it under a heading that ends with {#KEY}"),
                    "this " STR_FMT " block belongs to no clause", STR_ARG(word));
        return;
    }
    readers[part->block](parse, &block);
}

static void add_note(struct parse *parse, const struct markdown_part *part)
{
    struct policy_clause *clause = parse->clause;
    if (!clause) {
        problem_add(parse->diags, PROBLEM_NOTE_OUTSIDE_CLAUSE, part->place,
                    STR("put it under a heading that ends with {#KEY}"),
                    "this note belongs to no clause, so no answer shows it");
        return;
    }
    *LIST_ADD(parse->arena, clause->notes, clause->note_count) = part->text;
}

/* Without blank lines at both ends; the indentation of the first line is Markdown's and stays. */
static struct str trim_blank_lines(struct str prose)
{
    size_t at = 0, begin = 0;
    struct str line, source;
    while (markdown_next_line(prose, &at, &line, &source) && str_trim(line).len == 0) {
        begin = at;
    }
    struct str rest = str_slice(prose, begin, prose.len);
    size_t end = rest.len;
    while (end > 0 && str_trim(str_slice(rest, end - 1, end)).len == 0) {
        end--;
    }
    return str_slice(rest, 0, end);
}

static void add_prose(struct parse *parse, const struct markdown_part *part, struct text *prose)
{
    struct str paragraphs = trim_blank_lines(part->text);
    if (paragraphs.len == 0 || !parse->clause) {
        return;
    }
    if (prose->len > 0) {
        text_add(prose, STR("\n\n"));
    }
    text_add(prose, paragraphs);
    parse->clause->prose = text_str(prose);
}

struct policy_document *policy_read(struct arena *arena, struct str file, struct str text,
                                    struct diag_list *diags)
{
    struct policy_document *document = ARENA_NEW(arena, struct policy_document);
    document->file = file;
    document->kind = POLICY_KIND_VOCABULARY; /* until a pack block says otherwise */
    struct parse parse = {.arena = arena, .diags = diags, .file = file, .document = document};
    struct markdown markdown = markdown_read(arena, file, text, diags);
    document->is_unread = markdown.is_unread;
    struct policy_clause outside = {0};
    struct policy_name topic = {0};
    struct text prose = {.arena = arena};
    for (size_t i = 0; i < markdown.count; i++) {
        const struct markdown_part *part = &markdown.parts[i];
        switch (part->kind) {
        case MARKDOWN_HEADING:
            add_heading(&parse, part, &outside, &topic);
            prose = (struct text){.arena = arena};
            break;
        case MARKDOWN_BLOCK:
            add_block(&parse, part);
            break;
        case MARKDOWN_NOTE:
            add_note(&parse, part);
            break;
        case MARKDOWN_PROSE:
            add_prose(&parse, part, &prose);
            break;
        case MARKDOWN_KIND_COUNT:
            break;
        }
    }
    return document;
}
