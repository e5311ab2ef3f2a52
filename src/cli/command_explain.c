/*
 * cli/command_explain.c - `handrail explain PACK CLAUSE`: a clause's words, and what they come to.
 *
 * Read first: words.h. Start at explain_clause().
 */
#include "cli/commands.h"
#include "cli/packs.h"
#include "cli/terminal.h"
#include "cli/wrap.h"
#include "interview/rule_text.h"
#include "interview/words.h"

/* Columns of the label before each line of a rule. */
#define EXPLAIN_LABEL_COLUMNS 11

struct explain {
    struct cli *cli;
    struct arena *arena;
    struct terminal terminal;
    const struct shelf_pack *one;
    const struct policy_document *document; /* where the clause stands */
    const struct policy_clause *clause;
    uint32_t index; /* of the clause in the pack */
    struct text out;
};

/* ---- Finding the clause ---------------------------------------------------------------------- */

static bool explain_is_same(struct str a, struct str b)
{
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        char left = a.at[i] >= 'A' && a.at[i] <= 'Z' ? (char)(a.at[i] + 32) : a.at[i];
        char right = b.at[i] >= 'A' && b.at[i] <= 'Z' ? (char)(b.at[i] + 32) : b.at[i];
        if (left != right) {
            return false;
        }
    }
    return true;
}

/* Where a clause is looked for: in the pack, and when it was named alone, in all above it. */
static size_t explain_documents(const struct shelf_pack *one, bool is_alone,
                                const struct policy_document **out)
{
    size_t count = 0;
    for (size_t i = one->bundle.chain_count; i > 0; i--) {
        if (is_alone || count == 0) {
            out[count++] = one->bundle.chain[i - 1];
        }
    }
    if (is_alone && one->bundle.law) {
        out[count++] = one->bundle.law;
    }
    return count;
}

/* ---- Rules ----------------------------------------------------------------------------------- */

/* Adds a labelled line, wrapped beside the label. */
static void explain_line(struct explain *explain, const char *label, struct str text)
{
    wrap_space(&explain->out, 4);
    wrap_pad(&explain->out, str_from(label), EXPLAIN_LABEL_COLUMNS);
    wrap_add(&explain->out, text,
             (struct wrap){explain->terminal.columns, EXPLAIN_LABEL_COLUMNS + 4,
                           EXPLAIN_LABEL_COLUMNS + 4});
}

static struct rule_names explain_names(struct arena *arena, const struct policy_names *names)
{
    struct rule_names out = {.at = ARENA_ARRAY(arena, struct str, names->count + 1),
                             .count = names->count};
    for (size_t i = 0; i < names->count; i++) {
        out.at[i] = names->at[i].text;
    }
    return out;
}

static void explain_rule(struct explain *explain, const struct pack_rule *rule,
                         const struct policy_rule *source)
{
    struct rule_source written = {.acts = explain_names(explain->arena, &source->acts),
                                  .overrides = explain_names(explain->arena, &source->overrides),
                                  .against = explain_names(explain->arena, &source->against)};
    struct rule_text text = rule_text_make(explain->arena, &explain->one->pack, rule, &written);
    text_add(&explain->out, STR("  - "));
    wrap_add(&explain->out, text.says, (struct wrap){explain->terminal.columns, 4, 4});
    for (size_t i = 0; i < text.count; i++) {
        const struct rule_line *line = &text.lines[i];
        explain_line(explain, line->is_more ? "  and" : rule_part_word(line->part), line->text);
    }
}

/* The compiled rule that was written on this line; a gate is shown with its permit. */
static const struct pack_rule *explain_find_rule(const struct explain *explain,
                                                 const struct policy_rule *source)
{
    const struct pack *pack = &explain->one->pack;
    const struct pack_clause *clause = &pack->clause[explain->index];
    for (uint32_t i = 0; i < clause->rule_count; i++) {
        const struct pack_rule *rule = &pack->rule[clause->first_rule + i];
        if (rule->line == source->place.line && rule->effect != PACK_EFFECT_GATES) {
            return rule;
        }
    }
    return NULL;
}

static void explain_rules(struct explain *explain)
{
    const struct policy_clause *clause = explain->clause;
    if (clause->rule_count == 0) {
        return;
    }
    text_add(&explain->out, STR("\nWhat Handrail makes of it\n"));
    for (size_t i = 0; i < clause->rule_count; i++) {
        const struct pack_rule *rule = explain_find_rule(explain, &clause->rules[i]);
        if (rule) {
            explain_rule(explain, rule, &clause->rules[i]);
        }
    }
}

/* ---- The rest of a clause -------------------------------------------------------------------- */

static void explain_operations(struct explain *explain)
{
    const struct pack *pack = &explain->one->pack;
    const struct pack_clause *clause = &pack->clause[explain->index];
    if (clause->operation_count == 0) {
        return;
    }
    text_add(&explain->out, STR("\nWhat it declares\n"));
    for (uint32_t i = 0; i < clause->operation_count; i++) {
        const struct pack_operation *operation = &pack->operation[clause->first_operation + i];
        struct str kind = pack_text(pack, operation->kind);
        struct str text = pack_text(pack, operation->text);
        struct str line =
            str_format(explain->arena, STR_FMT " " STR_FMT ": " STR_FMT, STR_ARG(kind),
                       STR_ARG(pack_text(pack, operation->name)), STR_ARG(text));
        text_add(&explain->out, STR("  - "));
        wrap_add(&explain->out, line, (struct wrap){explain->terminal.columns, 4, 4});
        for (uint32_t f = 0; f < operation->field_count; f++) {
            const struct pack_field *field = &pack->field[operation->first_field + f];
            struct str value = pack_text(pack, field->text);
            explain_line(explain, str_cstr(explain->arena, pack_text(pack, field->name)),
                         str_is_empty(value) ? STR("yes") : value);
        }
    }
}

static void explain_conflicts(struct explain *explain)
{
    static const char *const takes[] = {
        [POLICY_TAKE_PERMIT] = "what permits goes first",
        [POLICY_TAKE_PROHIBITION] = "what forbids goes first",
        [POLICY_TAKE_ASK] = "ask first",
    };
    const struct policy_clause *clause = explain->clause;
    for (size_t i = 0; i < clause->known_conflict_count; i++) {
        const struct policy_known_conflict *known = &clause->known_conflicts[i];
        struct str line =
            str_format(explain->arena, "Where " STR_FMT " and " STR_FMT " disagree, %s. " STR_FMT,
                       STR_ARG(known->first.text), STR_ARG(known->second.text), takes[known->take],
                       STR_ARG(known->say));
        text_add(&explain->out, STR("  - "));
        wrap_add(&explain->out, line, (struct wrap){explain->terminal.columns, 4, 4});
    }
}

static void explain_title(struct explain *explain)
{
    const struct policy_clause *clause = explain->clause;
    const struct pack *pack = &explain->one->pack;
    struct str cited = words_clause(explain->arena, pack, explain->index);
    struct str line =
        str_format(explain->arena, STR_FMT "  " STR_FMT, STR_ARG(cited), STR_ARG(clause->title));
    terminal_add(&explain->out, &explain->terminal, TERMINAL_STYLE_STRONG, line);
    text_add_char(&explain->out, '\n');
    wrap_add(&explain->out, explain->document->title,
             (struct wrap){explain->terminal.columns, 0, 0});
    uint32_t topic = pack->clause[explain->index].topic;
    if (topic != PACK_NONE) {
        text_addf(&explain->out, "Topic: " STR_FMT "\n",
                  STR_ARG(pack_text(pack, pack->topic[topic].text)));
    }
}

static void explain_clause(struct explain *explain)
{
    if (explain->out.len > 0) {
        text_add_char(&explain->out, '\n');
    }
    explain_title(explain);
    text_add_char(&explain->out, '\n');
    wrap_prose(&explain->out, explain->clause->prose, explain->terminal.columns, 2);
    for (size_t i = 0; i < explain->clause->note_count; i++) {
        struct str note = str_format(explain->arena, "Reader's note: " STR_FMT,
                                     STR_ARG(explain->clause->notes[i]));
        text_add(&explain->out, STR("\n  "));
        wrap_add(&explain->out, note, (struct wrap){explain->terminal.columns, 2, 4});
    }
    explain_rules(explain);
    explain_conflicts(explain);
    explain_operations(explain);
    if (!str_is_empty(explain->document->prevails)) {
        text_add_char(&explain->out, '\n');
        wrap_add(&explain->out, explain->document->prevails,
                 (struct wrap){explain->terminal.columns, 0, 0});
    }
}

/* Explains each clause whose key, or whose place in the document, is `word`. */
static size_t explain_matches(struct explain *explain, const struct shelf *shelf, struct str word,
                              bool by_place)
{
    size_t found = 0;
    for (size_t p = 0; p < shelf->count; p++) {
        const struct policy_document *documents[POLICY_CHAIN_MAX + 1];
        explain->one = &shelf->at[p];
        size_t count = explain_documents(explain->one, shelf->count == 1, documents);
        for (size_t d = 0; d < count; d++) {
            for (size_t i = 0; i < documents[d]->clause_count; i++) {
                const struct policy_clause *clause = &documents[d]->clauses[i];
                if (!explain_is_same(by_place ? clause->at : clause->key.text, word)) {
                    continue;
                }
                explain->document = documents[d];
                explain->clause = clause;
                explain->index = pack_clause_find(&explain->one->pack, clause->key.text);
                explain_clause(explain);
                found++;
            }
        }
    }
    return found;
}

static int explain_nothing(struct explain *explain, const struct shelf *shelf, struct str word)
{
    struct str nearest = {0};
    for (size_t p = 0; p < shelf->count && str_is_empty(nearest); p++) {
        const struct policy_document *document = shelf->at[p].document;
        if (document->clause_count > 0) {
            nearest = cli_nearest(word, &document->clauses[0].key.text, document->clause_count,
                                  sizeof document->clauses[0]);
        }
    }
    return cli_wrong(explain->cli,
                     cli_suggest(explain->arena, nearest,
                                 STR("clauses have the keys that stand in braces in policy.md")),
                     "there is no clause \"" STR_FMT "\"", STR_ARG(word));
}

int command_explain(struct cli *cli)
{
    if (!cli_options(cli, NULL, 0) || !cli_operands(cli, 2, 2)) {
        return CLI_EXIT_WRONG;
    }
    struct shelf shelf;
    int status;
    if (!packs_open(cli, &shelf, 1, false, CLI_EXIT_WRONG, &status)) {
        return status;
    }
    struct explain explain = {.cli = cli,
                              .arena = cli->arena,
                              .terminal = terminal_of(cli->out, false),
                              .out = {.arena = cli->arena}};
    struct str word = cli->operands[1];
    if (explain_matches(&explain, &shelf, word, false) == 0 &&
        explain_matches(&explain, &shelf, word, true) == 0) {
        return explain_nothing(&explain, &shelf, word);
    }
    cli_print(cli->out, text_str(&explain.out));
    return CLI_EXIT_FINE;
}
