/*
 * policy/check.c - policy_check(): packs and clauses, and the order of all other checks.
 *
 * Read first: policy/check_int.h. Start at: policy_check.
 */
#include "policy/check_int.h"

/* ---- Packs ----------------------------------------------------------------------------------- */

static void check_kind(struct check *check, const struct policy_document *document, bool is_law)
{
    bool is_good =
        is_law ? document->kind == POLICY_KIND_LAW : document->kind != POLICY_KIND_VOCABULARY;
    if (!is_good) {
        problem_add(check->diags, PROBLEM_PACK_KIND, document->pack_place,
                    is_law ? STR("write kind law") : STR("write kind policy or kind school"),
                    "this pack has the wrong kind for its place");
    }
}

static void check_pack(struct check *check, const struct policy_document *document, bool is_law)
{
    if (document->is_unread) {
        return;
    }
    if (document->pack_place.line == 0) {
        problem_add(check->diags, PROBLEM_PACK_MISSING, (struct policy_place){document->file, 1, 1},
                    STR("begin the file with a heading and a pack block with name, title and kind"),
                    "this file has no pack block");
        return;
    }
    if (document->name.len == 0) {
        problem_add(check->diags, PROBLEM_MISSING_LINE, document->pack_place,
                    STR("add a line: name NAME"), "the pack has no name");
    }
    if (document->title.len == 0) {
        problem_add(check->diags, PROBLEM_MISSING_LINE, document->pack_place,
                    STR("add a line: title \"...\""), "the pack has no title");
    }
    check_kind(check, document, is_law);
}

/* A vocabulary has words only: rules in it would be left out without anybody noticing. */
static void check_vocabulary_file(struct check *check, const struct policy_document *document)
{
    for (size_t i = 0; i < document->clause_count; i++) {
        const struct policy_clause *clause = &document->clauses[i];
        size_t count = clause->rule_count + clause->definition_count + clause->setting_count +
                       clause->example_count + clause->operation_count;
        if (count > 0) {
            problem_add(check->diags, PROBLEM_PACK_KIND, clause->place,
                        STR("move rules, examples and operation statements into a policy"),
                        "the clause \"" STR_FMT "\" stands in the shared vocabulary",
                        STR_ARG(clause->key.text));
        }
    }
}

/* ---- Clauses --------------------------------------------------------------------------------- */

/* Whether a rule says what may be done: such a clause should show by examples what it means. */
static bool has_deciding_rule(const struct policy_clause *clause)
{
    for (size_t i = 0; i < clause->rule_count; i++) {
        enum policy_effect effect = clause->rules[i].effect;
        if (effect != POLICY_EFFECT_COVERS && effect != POLICY_EFFECT_LEAVES_OUT) {
            return true;
        }
    }
    return false;
}

static void check_clause_text(struct check *check, const struct policy_clause *clause)
{
    if (clause->prose.len == 0) {
        problem_add(check->diags, PROBLEM_NO_PROSE, clause->place,
                    STR("write at least one sentence for people under the heading"),
                    "the clause \"" STR_FMT "\" has no text", STR_ARG(clause->key.text));
    }
    if (has_deciding_rule(clause) && clause->example_count == 0) {
        problem_add(check->diags, PROBLEM_NO_EXAMPLE, clause->place,
                    STR("add an example block: it is read by people and run as a test"),
                    "the clause \"" STR_FMT "\" has rules but no example",
                    STR_ARG(clause->key.text));
    }
}

/* A topic is said once, where it is written, not for every clause that inherits it. */
static void check_topic(struct check *check, const struct policy_clause *clause)
{
    bool is_here = clause->topic_place.line == clause->place.line;
    struct policy_name topic = {clause->topic, clause->topic_place};
    struct policy_names names = {&topic, clause->topic.len > 0 && is_here};
    check_topics(check, &names);
}

static void check_count(struct check *check)
{
    size_t clauses = 0, rules = 0;
    for (size_t i = 0; i < check->clause_count; i++) {
        const struct check_clause *entry = check->clauses[i];
        clauses++;
        rules += entry->clause->rule_count;
        if (clauses == LIMIT_POLICY_CLAUSES_MAX + 1) {
            problem_add(check->diags, PROBLEM_TOO_MANY_CLAUSES, entry->clause->place,
                        STR("divide the policy into several packs"),
                        "the pack has more than %zu clauses", LIMIT_POLICY_CLAUSES_MAX);
        }
        if (rules > LIMIT_POLICY_RULES_MAX) {
            problem_add(check->diags, PROBLEM_TOO_MANY_RULES, entry->clause->place,
                        STR("divide the policy into several packs"),
                        "the pack has more than %zu rules", LIMIT_POLICY_RULES_MAX);
            return;
        }
    }
}

/* ---- All ------------------------------------------------------------------------------------- */

static void add_document(struct check *check, struct policy_document *document)
{
    if (document) {
        check->documents[check->document_count++] = document;
    }
}

void policy_check(struct arena *arena, const struct policy_bundle *bundle, struct diag_list *diags)
{
    struct check *check = ARENA_NEW(arena, struct check);
    check->arena = arena;
    check->diags = diags;
    check->bundle = bundle;
    add_document(check, bundle->vocabulary);
    add_document(check, bundle->law);
    for (size_t i = 0; i < bundle->chain_count; i++) {
        add_document(check, bundle->chain[i]);
    }
    check_vocabulary_file(check, bundle->vocabulary);
    for (size_t i = 1; i < check->document_count; i++) {
        check_pack(check, check->documents[i], check->documents[i] == bundle->law);
    }
    check_names(check);
    check_vocabulary(check);
    check_count(check);
    for (size_t i = 0; i < check->clause_count; i++) {
        const struct check_clause *entry = check->clauses[i];
        check_clause_text(check, entry->clause);
        check_topic(check, entry->clause);
        check_rules(check, entry);
        check_examples(check, entry);
        check_operations(check, entry);
    }
    check_circles(check);
}
