/*
 * policy/parse_pack.c - the pack block: name, title, kind and what is shown with the policy.
 *
 * Read first: docs/policy-language.md, section 2 ("The pack block").
 */
#include "policy/parse_int.h"

static const struct {
    const char *word;
    enum policy_kind kind;
} kinds[] = {
    {"policy", POLICY_KIND_POLICY},
    {"law", POLICY_KIND_LAW},
    {"school", POLICY_KIND_SCHOOL},
    {"vocabulary", POLICY_KIND_VOCABULARY},
};

static void read_kind(struct words *words, struct policy_document *document)
{
    struct policy_name name = words_name(words, "a kind of pack");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (str_equal(name.text, str_from(kinds[i].word))) {
            document->kind = kinds[i].kind;
            return;
        }
    }
    if (!words->failed) {
        words->at--;
        words_fail(words, PROBLEM_PACK_KIND, STR("write kind policy, kind law or kind school"),
                   "there is no kind of pack \"" STR_FMT "\"", STR_ARG(name.text));
    }
}

/* The field that a word names, and its bit in `given`. NULL: no such field. */
static struct str *text_field(struct policy_document *document, struct str word, uint32_t *bit)
{
    const struct {
        const char *word;
        struct str *field;
    } fields[] = {
        {"title", &document->title},     {"source", &document->source},
        {"notice", &document->notice},   {"extends", &document->extends},
        {"prevails", &document->prevails},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (str_equal(word, str_from(fields[i].word))) {
            *bit = 1u << i;
            return fields[i].field;
        }
    }
    return NULL;
}

#define GIVEN_NAME (1u << 30)
#define GIVEN_KIND (1u << 29)

static void fail_unknown(struct words *words, struct str word)
{
    static const struct str known[] = {STR_INIT("name"),    STR_INIT("title"),  STR_INIT("kind"),
                                       STR_INIT("source"),  STR_INIT("notice"), STR_INIT("extends"),
                                       STR_INIT("prevails")};
    struct problem_guess guess = problem_guess_new(word);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        problem_guess_offer(&guess, known[i]);
    }
    struct str hint = problem_guess_hint(
        words->parse->arena, &guess,
        STR("a pack states name, title, kind, source, notice, extends and prevails"));
    words_fail(words, PROBLEM_UNKNOWN_STATEMENT, hint, "a pack has no \"" STR_FMT "\"",
               STR_ARG(word));
}

static void read_field(struct words *words, uint32_t *given)
{
    struct policy_document *document = words->parse->document;
    const struct lex_word *word = words_peek(words);
    uint32_t bit = 0;
    struct str *field = text_field(document, word->text, &bit);
    bool is_name = str_equal(word->text, STR("name"));
    if (is_name || str_equal(word->text, STR("kind"))) {
        bit = is_name ? GIVEN_NAME : GIVEN_KIND;
    } else if (!field || word->kind != LEX_WORD) {
        fail_unknown(words, word->text);
        return;
    }
    if ((*given & bit) != 0) {
        (void)words_is_second(words, true, str_cstr(words->parse->arena, word->text));
        return;
    }
    *given |= bit;
    words->at++;
    if (field) {
        *field = words_text(words, "a text");
    } else if (is_name) {
        document->name = words_name(words, "the pack's name").text;
    } else {
        read_kind(words, document);
    }
    (void)words_end(words);
}

void parse_pack(struct parse *parse, const struct markdown_part *part,
                const struct lex_block *block)
{
    struct policy_document *document = parse->document;
    if (document->pack_place.line > 0) {
        problem_add(parse->diags, PROBLEM_PACK_TWICE, part->place,
                    STR("keep one pack block, before the first clause"),
                    "there is a pack block already on line %u", document->pack_place.line);
        return;
    }
    document->pack_place = part->place;
    document->kind = POLICY_KIND_POLICY;
    if (document->clause_count > 0) {
        problem_add(parse->diags, PROBLEM_PACK_LATE, part->place,
                    STR("move it to the top of the file"),
                    "the pack block stands after the first clause");
    }
    struct parse_statement statement;
    uint32_t given = 0;
    for (size_t at = 0; parse_statement_next(parse, block, &at, &statement);) {
        struct words words = words_begin(parse, statement.head);
        if (!words.failed && words_peek(&words)) {
            read_field(&words, &given);
        }
        size_t line_at = 0;
        const struct lex_line *line = parse_line_next(&statement, &line_at);
        if (line) {
            words = words_begin(parse, line);
            words_fail(&words, PROBLEM_UNKNOWN_LINE,
                       STR("write each entry of the pack block at the left margin"),
                       "nothing is indented in a pack block");
        }
    }
}
