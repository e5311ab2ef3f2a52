/*
 * tests/policy/dump.c - writes the tree of a policy, one line for each thing in it.
 *
 * Read first: tests/policy/dump.h. Start at: dump_document.
 */
#include "dump.h"

static void field(struct text *out, const char *name, struct str value)
{
    if (value.len > 0) {
        text_addf(out, " %s=[" STR_FMT "]", name, STR_ARG(value));
    }
}

static void flag(struct text *out, const char *name, bool is_set)
{
    if (is_set) {
        text_addf(out, " %s", name);
    }
}

static void number(struct text *out, const char *name, int64_t value)
{
    text_addf(out, " %s=%lld", name, (long long)value);
}

static void list(struct text *out, const char *name, const struct policy_names *names)
{
    if (names->count == 0) {
        return;
    }
    text_addf(out, " %s=", name);
    for (size_t i = 0; i < names->count; i++) {
        text_addf(out, "%s" STR_FMT, i == 0 ? "" : ",", STR_ARG(names->at[i].text));
    }
}

static void duration(struct text *out, const char *name, struct policy_duration length)
{
    if (length.unit != POLICY_DURATION_NONE) {
        text_addf(out, " %s=%lldx%d", name, (long long)length.amount, (int)length.unit);
    }
}

/* ---- Vocabulary ------------------------------------------------------------------------------ */

static void fact(struct text *out, const struct policy_fact *about)
{
    text_addf(out, "fact %d", (int)about->kind);
    field(out, "name", about->name.text);
    field(out, "question", about->question);
    field(out, "label", about->label);
    field(out, "help", about->help);
    field(out, "why", about->why);
    field(out, "unit", about->unit);
    field(out, "preset", about->preset.text);
    number(out, "from", about->from);
    number(out, "to", about->to);
    number(out, "sensitivity", (int64_t)about->sensitivity);
    list(out, "relevant", &about->relevant);
    flag(out, "extension", about->is_extension);
    text_add_char(out, '\n');
    for (size_t i = 0; i < about->value_count; i++) {
        const struct policy_value *value = &about->values[i];
        text_add(out, STR("  value"));
        field(out, "name", value->name.text);
        field(out, "text", value->text);
        list(out, "groups", &value->groups);
        list(out, "includes", &value->includes);
        text_add_char(out, '\n');
    }
}

static void vocabulary(struct text *out, const struct policy_document *document)
{
    for (size_t i = 0; i < document->topic_count; i++) {
        text_add(out, STR("topic"));
        field(out, "name", document->topics[i].name.text);
        field(out, "text", document->topics[i].text);
        text_add_char(out, '\n');
    }
    for (size_t i = 0; i < document->role_count; i++) {
        text_add(out, STR("role"));
        field(out, "name", document->roles[i].name.text);
        field(out, "text", document->roles[i].text);
        list(out, "groups", &document->roles[i].groups);
        text_add_char(out, '\n');
    }
    for (size_t i = 0; i < document->act_count; i++) {
        const struct policy_act *act = &document->acts[i];
        text_add(out, STR("act"));
        field(out, "name", act->name.text);
        field(out, "text", act->text);
        list(out, "groups", &act->groups);
        for (size_t j = 0; j < act->example_count; j++) {
            field(out, "example", act->examples[j]);
        }
        text_add_char(out, '\n');
    }
    for (size_t i = 0; i < document->fact_count; i++) {
        fact(out, &document->facts[i]);
    }
    for (size_t i = 0; i < document->relation_count; i++) {
        const struct policy_relation *relation = &document->relations[i];
        text_addf(out, "relation %d", (int)relation->kind);
        field(out, "fact", relation->fact.text);
        list(out, "left", &relation->left);
        field(out, "right", relation->right.text);
        text_add_char(out, '\n');
    }
    for (size_t i = 0; i < document->relationship_count; i++) {
        const struct policy_relationship *relationship = &document->relationships[i];
        text_addf(out, "relationship " STR_FMT, STR_ARG(relationship->name.text));
        field(out, "text", relationship->text);
        field(out, "fact", relationship->fact.text);
        list(out, "values", &relationship->values);
        text_add_char(out, '\n');
    }
}

/* ---- Conditions ------------------------------------------------------------------------------ */

static void approval(struct text *out, const struct policy_approval *given)
{
    flag(out, "consent", given->is_consent);
    list(out, "by", &given->roles);
    flag(out, "in-writing", given->in_writing);
    flag(out, "in-advance", given->in_advance);
    flag(out, "afterwards", given->afterwards);
    flag(out, "with-reason", given->with_reason);
    duration(out, "lasts", given->lasts);
}

/* In brackets of its own, so that the grouping is seen. */
static void condition(struct text *out, const struct policy_condition *about)
{
    static const char *const kinds[POLICY_CONDITION_KIND_COUNT] = {
        [POLICY_CONDITION_IS] = "is",     [POLICY_CONDITION_COMPARE] = "compare",
        [POLICY_CONDITION_BARE] = "bare", [POLICY_CONDITION_APPROVED] = "approved",
        [POLICY_CONDITION_NOT] = "not",   [POLICY_CONDITION_AND] = "and",
        [POLICY_CONDITION_OR] = "or"};
    text_addf(out, " {%s", kinds[about->kind]);
    flag(out, "bracketed", about->is_bracketed);
    flag(out, "negated", about->is_negated);
    flag(out, "all-of", about->is_all_of);
    flag(out, "list-words", about->has_list_words);
    field(out, "fact", about->fact.text);
    list(out, "values", &about->values);
    if (about->kind == POLICY_CONDITION_COMPARE) {
        number(out, "compare", (int64_t)about->compare);
        number(out, "number", about->number);
        field(out, "setting", about->setting.text);
        flag(out, "date", about->is_date);
    } else if (about->kind == POLICY_CONDITION_APPROVED) {
        approval(out, &about->approval);
    }
    for (size_t i = 0; i < about->child_count; i++) {
        condition(out, about->children[i]);
    }
    text_add_char(out, '}');
}

static void condition_of(struct text *out, const char *name, const struct policy_condition *about)
{
    if (about) {
        text_addf(out, " %s", name);
        condition(out, about);
    }
}

/* ---- Rules ----------------------------------------------------------------------------------- */

static void rule(struct text *out, const struct policy_rule *about)
{
    text_addf(out, "  rule effect=%d strength=%d", (int)about->effect, (int)about->strength);
    field(out, "head", about->head);
    flag(out, "words", about->has_words);
    flag(out, "nevertheless", about->is_nevertheless);
    list(out, "acts", &about->acts);
    field(out, "duty", about->duty.text);
    condition_of(out, "when", about->when);
    for (size_t i = 0; i < about->unless_count; i++) {
        condition_of(out, "unless", about->unless[i]);
    }
    condition_of(out, "only-if", about->only_if);
    flag(out, "regardless", about->is_regardless);
    list(out, "overrides", &about->overrides);
    list(out, "roles", &about->roles);
    list(out, "against", &about->against);
    field(out, "say", about->say);
    field(out, "instead", about->instead);
    text_add_char(out, '\n');
}

static void statements(struct text *out, const struct policy_clause *clause)
{
    for (size_t i = 0; i < clause->definition_count; i++) {
        text_add(out, STR("  define"));
        field(out, "name", clause->definitions[i].name.text);
        field(out, "text", clause->definitions[i].text);
        condition_of(out, "when", clause->definitions[i].when);
        text_add_char(out, '\n');
    }
    for (size_t i = 0; i < clause->known_conflict_count; i++) {
        const struct policy_known_conflict *conflict = &clause->known_conflicts[i];
        text_addf(out, "  known-conflict take=%d", (int)conflict->take);
        field(out, "first", conflict->first.text);
        field(out, "second", conflict->second.text);
        condition_of(out, "when", conflict->when);
        list(out, "roles", &conflict->roles);
        field(out, "say", conflict->say);
        text_add_char(out, '\n');
    }
    for (size_t i = 0; i < clause->setting_count; i++) {
        text_addf(out, "  setting kind=%d", (int)clause->settings[i].kind);
        field(out, "name", clause->settings[i].name.text);
        field(out, "question", clause->settings[i].question);
        field(out, "preset", clause->settings[i].preset.text);
        text_add_char(out, '\n');
    }
    for (size_t i = 0; i < clause->assignment_count; i++) {
        text_add(out, STR("  set"));
        field(out, "name", clause->assignments[i].name.text);
        field(out, "value", clause->assignments[i].value.text);
        text_add_char(out, '\n');
    }
}

/* ---- Examples -------------------------------------------------------------------------------- */

static void example_fact(struct text *out, const struct policy_example_fact *given)
{
    text_addf(out, " {" STR_FMT " given=%d", STR_ARG(given->fact.text), (int)given->given);
    list(out, "values", &given->values);
    list(out, "unknown", &given->unknown);
    list(out, "either", &given->either);
    if (given->given == POLICY_GIVEN_NUMBER) {
        number(out, "number", given->number);
        flag(out, "date", given->is_date);
    }
    text_add_char(out, '}');
}

static void expectation(struct text *out, const struct policy_expectation *about)
{
    text_add(out, STR("    ->"));
    field(out, "verdict", about->verdict);
    list(out, "by", &about->by);
    list(out, "not-by", &about->not_by);
    list(out, "roles", &about->roles);
    list(out, "owing", &about->owing);
    list(out, "not-owing", &about->not_owing);
    list(out, "asking", &about->asking);
    list(out, "presuming", &about->presuming);
    number(out, "person", about->person);
    flag(out, "protected", about->is_protected);
    flag(out, "unsure", about->is_unsure);
    flag(out, "noting", about->is_noting);
    text_add_char(out, '\n');
}

static void example_approval(struct text *out, const struct policy_example_approval *about)
{
    text_add(out, STR("    approval"));
    field(out, "by", about->by.text);
    field(out, "state", about->state.text);
    field(out, "for", about->clause.text);
    field(out, "on", about->platform.text);
    field(out, "from", about->from);
    field(out, "until", about->until);
    flag(out, "with-reason", about->with_reason);
    flag(out, "in-writing", about->in_writing);
    text_add_char(out, '\n');
}

static void example(struct text *out, const struct policy_example *about)
{
    text_add(out, STR("  example"));
    field(out, "story", about->story);
    field(out, "act", about->act.text);
    flag(out, "nobody", about->has_nobody);
    flag(out, "else-missing", about->everything_else_missing);
    field(out, "as-of", about->as_of);
    for (size_t i = 0; i < about->fact_count; i++) {
        example_fact(out, &about->facts[i]);
    }
    text_add_char(out, '\n');
    for (size_t i = 0; i < about->person_count; i++) {
        text_add(out, STR("    with"));
        field(out, "consent", about->people[i].consent);
        for (size_t j = 0; j < about->people[i].fact_count; j++) {
            example_fact(out, &about->people[i].facts[j]);
        }
        text_add_char(out, '\n');
    }
    for (size_t i = 0; i < about->approval_count; i++) {
        example_approval(out, &about->approvals[i]);
    }
    for (size_t i = 0; i < about->expectation_count; i++) {
        expectation(out, &about->expectations[i]);
    }
}

/* ---- Clauses --------------------------------------------------------------------------------- */

static void operation(struct text *out, const struct policy_operation *about)
{
    text_addf(out, "  operation " STR_FMT, STR_ARG(about->kind.text));
    field(out, "name", about->name.text);
    field(out, "text", about->text);
    text_add_char(out, '\n');
    for (size_t i = 0; i < about->field_count; i++) {
        const struct policy_field *at = &about->fields[i];
        text_addf(out, "    " STR_FMT, STR_ARG(at->name.text));
        field(out, "text", at->text);
        list(out, "names", &at->names);
        duration(out, "duration", at->duration);
        number(out, "number", at->number);
        condition_of(out, "condition", at->condition);
        text_add_char(out, '\n');
    }
}

static void clause_of(struct text *out, const struct policy_clause *clause)
{
    text_addf(out, "clause level=%u", clause->level);
    field(out, "key", clause->key.text);
    field(out, "at", clause->at);
    field(out, "topic", clause->topic);
    field(out, "ledger", clause->ledger);
    field(out, "title", clause->title);
    field(out, "prose", clause->prose);
    for (size_t i = 0; i < clause->note_count; i++) {
        field(out, "note", clause->notes[i]);
    }
    text_add_char(out, '\n');
    for (size_t i = 0; i < clause->rule_count; i++) {
        rule(out, &clause->rules[i]);
    }
    statements(out, clause);
    for (size_t i = 0; i < clause->example_count; i++) {
        example(out, &clause->examples[i]);
    }
    for (size_t i = 0; i < clause->operation_count; i++) {
        operation(out, &clause->operations[i]);
    }
}

struct str dump_document(struct arena *arena, const struct policy_document *document)
{
    struct text out = {.arena = arena};
    text_addf(&out, "document kind=%d", (int)document->kind);
    field(&out, "name", document->name);
    field(&out, "title", document->title);
    field(&out, "source", document->source);
    field(&out, "notice", document->notice);
    field(&out, "extends", document->extends);
    field(&out, "prevails", document->prevails);
    text_add_char(&out, '\n');
    vocabulary(&out, document);
    for (size_t i = 0; i < document->clause_count; i++) {
        clause_of(&out, &document->clauses[i]);
    }
    return text_str(&out);
}
