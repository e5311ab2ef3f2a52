/*
 * policy/check_names.c - declares every name of a bundle, and looks names up with suggestions.
 *
 * Read first: policy/check_int.h. Start at: check_names.
 *
 * What must hold: of two things of one name the first is kept, so that looking up stays possible.
 */
#include "policy/check_int.h"

#include "base/limits.h"

/* Words that would make a rule or an example ambiguous if they named something. */
static const struct str reserved[] = {
    STR_INIT("unknown"), STR_INIT("withheld"), STR_INIT("none"),    STR_INIT("missing"),
    STR_INIT("and"),     STR_INIT("or"),       STR_INIT("not"),     STR_INIT("is"),
    STR_INIT("any"),     STR_INIT("all"),      STR_INIT("of"),      STR_INIT("when"),
    STR_INIT("unless"),  STR_INIT("only"),     STR_INIT("if"),      STR_INIT("by"),
    STR_INIT("with"),    STR_INIT("approved"), STR_INIT("consent"), STR_INIT("anything"),
    STR_INIT("yes"),     STR_INIT("no"),       STR_INIT("nobody"),  STR_INIT("either"),
};

static bool is_reserved(struct str name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        if (str_equal(name, reserved[i])) {
            return true;
        }
    }
    return false;
}

/* ---- Declaring ------------------------------------------------------------------------------- */

static void refuse_reserved(struct check *check, struct policy_name name)
{
    if (is_reserved(name.text)) {
        problem_add(check->diags, PROBLEM_RESERVED_NAME, name.place, STR("choose another name"),
                    "\"" STR_FMT "\" is a word of the language and cannot name anything",
                    STR_ARG(name.text));
    }
}

static struct str other_place(struct check *check, struct policy_place place)
{
    return str_format(check->arena, "the other stands in " STR_FMT ", line %u; rename one of them",
                      STR_ARG(place.file), place.line);
}

static const struct check_entry *find_entry(const struct check *check, enum check_table table,
                                            struct str name)
{
    uint32_t index = 0;
    const struct check_table_data *data = &check->tables[table];
    return hash_map_get(&data->map, name, &index) ? &data->entries[index] : NULL;
}

void *check_find(const struct check *check, enum check_table table, struct str name)
{
    const struct check_entry *entry = find_entry(check, table, name);
    return entry ? entry->item : NULL;
}

static void put(struct check *check, enum check_table table, struct policy_name name, void *item)
{
    struct check_table_data *data = &check->tables[table];
    (void)hash_map_put(&data->map, name.text, (uint32_t)data->count);
    *LIST_ADD(check->arena, data->entries, data->count) =
        (struct check_entry){.name = name, .item = item};
}

/* False, with a message, when the table has the name already. */
static bool declare(struct check *check, enum check_table table, struct policy_name name,
                    void *item, const char *what)
{
    refuse_reserved(check, name);
    const struct check_entry *first = find_entry(check, table, name.text);
    if (!first) {
        put(check, table, name, item);
        return true;
    }
    problem_add(check->diags, PROBLEM_DUPLICATE_NAME, name.place,
                other_place(check, first->name.place), "%s \"" STR_FMT "\" is declared twice", what,
                STR_ARG(name.text));
    return false;
}

/* Two kinds of things that stand in the same places must not share a name. */
static void refuse_clash(struct check *check, enum check_table table, struct policy_name name,
                         const char *what, const char *other)
{
    const struct check_entry *first = find_entry(check, table, name.text);
    if (first && name.text.len > 0) {
        problem_add(check->diags, PROBLEM_NAME_CLASH, name.place,
                    other_place(check, first->name.place), "%s \"" STR_FMT "\" has the name of %s",
                    what, STR_ARG(name.text), other);
    }
}

/* ---- The vocabulary -------------------------------------------------------------------------- */

static void declare_groups(struct check *check, enum check_table groups, enum check_table members,
                           const struct policy_names *names, void *item, const char *member)
{
    for (size_t i = 0; i < names->count; i++) {
        refuse_reserved(check, names->at[i]);
        refuse_clash(check, members, names->at[i], "the group", member);
        if (!find_entry(check, groups, names->at[i].text)) {
            put(check, groups, names->at[i], item);
        }
    }
}

static void add_value(struct check *check, struct check_fact *fact,
                      const struct policy_value *value)
{
    uint32_t bit = 0;
    refuse_reserved(check, value->name);
    if (hash_map_get(&fact->values, value->name.text, &bit)) {
        struct str hint = bit < LIMIT_POLICY_VALUES_MAX
                              ? other_place(check, fact->value_at[bit]->name.place)
                              : STR("rename one of them");
        problem_add(check->diags, PROBLEM_DUPLICATE_NAME, value->name.place, hint,
                    "the value \"" STR_FMT "\" is declared twice", STR_ARG(value->name.text));
        return;
    }
    (void)hash_map_put(&fact->values, value->name.text, (uint32_t)fact->value_count);
    if (fact->value_count < LIMIT_POLICY_VALUES_MAX) {
        fact->value_at[fact->value_count] = value;
    } else if (fact->value_count == LIMIT_POLICY_VALUES_MAX) {
        problem_add(check->diags, PROBLEM_TOO_MANY_VALUES, value->name.place,
                    STR("divide the fact into two"),
                    "the fact \"" STR_FMT "\" has more than %zu values",
                    STR_ARG(fact->fact->name.text), LIMIT_POLICY_VALUES_MAX);
    }
    fact->value_count++;
}

static void add_values(struct check *check, struct check_fact *to, const struct policy_fact *from)
{
    for (size_t i = 0; i < from->value_count; i++) {
        add_value(check, to, &from->values[i]);
    }
}

static void declare_fact(struct check *check, const struct policy_fact *fact)
{
    struct check_fact *entry = ARENA_NEW(check->arena, struct check_fact);
    entry->fact = fact;
    entry->values = hash_map_new(check->arena);
    entry->groups = hash_map_new(check->arena);
    if (declare(check, CHECK_FACTS, fact->name, entry, "the fact")) {
        add_values(check, entry, fact);
    }
}

static void declare_extension(struct check *check, const struct policy_fact *extension)
{
    const enum check_table tables[] = {CHECK_FACTS};
    const struct check_entry *entry = find_entry(check, CHECK_FACTS, extension->name.text);
    if (!entry) {
        check_unknown(check, PROBLEM_UNKNOWN_FACT, extension->name, tables, 1,
                      STR("declare it with \"fact\" first"), "fact");
        return;
    }
    struct check_fact *fact = entry->item;
    bool has_values =
        fact->fact->kind == POLICY_FACT_ONE_OF || fact->fact->kind == POLICY_FACT_SOME_OF;
    if (!has_values) {
        problem_add(check->diags, PROBLEM_VALUE_PLACE, extension->name.place,
                    STR("only facts of the kinds \"one of\" and \"some of\" have values"),
                    "the fact \"" STR_FMT "\" cannot have values", STR_ARG(extension->name.text));
        return;
    }
    add_values(check, fact, extension);
}

static void declare_vocabulary(struct check *check, struct policy_document *document)
{
    for (size_t i = 0; i < document->topic_count; i++) {
        struct policy_topic *topic = &document->topics[i];
        (void)declare(check, CHECK_TOPICS, topic->name, topic, "the topic");
    }
    for (size_t i = 0; i < document->role_count; i++) {
        struct policy_role *role = &document->roles[i];
        (void)declare(check, CHECK_ROLES, role->name, role, "the role");
        refuse_clash(check, CHECK_ROLE_GROUPS, role->name, "the role", "a group of roles");
    }
    for (size_t i = 0; i < document->act_count; i++) {
        struct policy_act *act = &document->acts[i];
        (void)declare(check, CHECK_ACTS, act->name, act, "the act");
        refuse_clash(check, CHECK_ACT_GROUPS, act->name, "the act", "a group of acts");
    }
    for (size_t i = 0; i < document->role_count; i++) {
        struct policy_role *role = &document->roles[i];
        declare_groups(check, CHECK_ROLE_GROUPS, CHECK_ROLES, &role->groups, role, "a role");
    }
    for (size_t i = 0; i < document->act_count; i++) {
        struct policy_act *act = &document->acts[i];
        declare_groups(check, CHECK_ACT_GROUPS, CHECK_ACTS, &act->groups, act, "an act");
    }
    for (size_t i = 0; i < document->fact_count; i++) {
        if (!document->facts[i].is_extension) {
            declare_fact(check, &document->facts[i]);
        }
    }
    for (size_t i = 0; i < document->relationship_count; i++) {
        struct policy_relationship *relationship = &document->relationships[i];
        (void)declare(check, CHECK_RELATIONSHIPS, relationship->name, relationship,
                      "the relationship");
    }
    for (size_t i = 0; i < document->fact_count; i++) {
        if (document->facts[i].is_extension) {
            declare_extension(check, &document->facts[i]);
        }
    }
}

/* ---- Clauses --------------------------------------------------------------------------------- */

static void declare_clause(struct check *check, const struct policy_document *document,
                           struct policy_clause *clause)
{
    struct check_clause *entry = ARENA_NEW(check->arena, struct check_clause);
    *entry = (struct check_clause){.clause = clause,
                                   .document = document,
                                   .index = check->clause_count,
                                   .is_law = document == check->bundle->law ||
                                             document->kind == POLICY_KIND_LAW};
    *LIST_ADD(check->arena, check->clauses, check->clause_count) = entry;
    const struct check_entry *first = find_entry(check, CHECK_CLAUSES, clause->key.text);
    if (!first) {
        put(check, CHECK_CLAUSES, clause->key, entry);
        return;
    }
    problem_add(check->diags, PROBLEM_DUPLICATE_KEY, clause->key.place,
                str_format(check->arena,
                           "the other stands in " STR_FMT ", line %u; the place in the document "
                           "(at=\"...\") may be the same, the key not",
                           STR_ARG(first->name.place.file), first->name.place.line),
                "two clauses have the key \"" STR_FMT "\"", STR_ARG(clause->key.text));
}

static void declare_settings(struct check *check, struct policy_clause *clause)
{
    for (size_t i = 0; i < clause->setting_count; i++) {
        struct policy_setting *setting = &clause->settings[i];
        (void)declare(check, CHECK_SETTINGS, setting->name, setting, "the setting");
        if (setting->kind == POLICY_SETTING_ROLE) {
            refuse_clash(check, CHECK_ROLES, setting->name, "the setting", "a role");
            refuse_clash(check, CHECK_ROLE_GROUPS, setting->name, "the setting",
                         "a group of roles");
        }
    }
    for (size_t i = 0; i < clause->assignment_count; i++) {
        struct policy_name name = clause->assignments[i].name;
        const struct check_entry *first = find_entry(check, CHECK_ASSIGNMENTS, name.text);
        if (first && str_equal(first->name.place.file, name.place.file)) {
            problem_add(
                check->diags, PROBLEM_DUPLICATE_NAME, name.place, STR("keep one of the two"),
                "the setting \"" STR_FMT "\" is set twice in this pack", STR_ARG(name.text));
        }
        put(check, CHECK_ASSIGNMENTS, clause->assignments[i].name, &clause->assignments[i]);
    }
}

static void declare_of_clause(struct check *check, struct policy_clause *clause)
{
    for (size_t i = 0; i < clause->definition_count; i++) {
        struct policy_definition *definition = &clause->definitions[i];
        (void)declare(check, CHECK_DEFINITIONS, definition->name, definition, "the definition");
        refuse_clash(check, CHECK_FACTS, definition->name, "the definition", "a fact");
    }
    declare_settings(check, clause);
    for (size_t i = 0; i < clause->operation_count; i++) {
        struct policy_operation *operation = &clause->operations[i];
        if (!str_equal(operation->kind.text, STR("duty"))) {
            continue;
        }
        (void)declare(check, CHECK_DUTIES, operation->name, operation, "the duty");
        refuse_clash(check, CHECK_ACTS, operation->name, "the duty", "an act");
        refuse_clash(check, CHECK_ACT_GROUPS, operation->name, "the duty", "a group of acts");
    }
}

/* Operation statements of one kind have different names; duties are declared above. */
static void declare_operations(struct check *check)
{
    struct hash_map seen = hash_map_new(check->arena);
    for (size_t i = 0; i < check->clause_count; i++) {
        const struct policy_clause *clause = check->clauses[i]->clause;
        for (size_t j = 0; j < clause->operation_count; j++) {
            struct policy_operation *operation = &clause->operations[j];
            struct str name =
                str_format(check->arena, STR_FMT " " STR_FMT, STR_ARG(operation->kind.text),
                           STR_ARG(operation->name.text));
            if (str_equal(operation->kind.text, STR("duty"))) {
                continue;
            }
            refuse_reserved(check, operation->name);
            if (!hash_map_put(&seen, name, 0)) {
                problem_add(check->diags, PROBLEM_DUPLICATE_NAME, operation->name.place,
                            STR("rename one of them"),
                            "the " STR_FMT " \"" STR_FMT "\" is declared twice",
                            STR_ARG(operation->kind.text), STR_ARG(operation->name.text));
            }
        }
    }
}

void check_names(struct check *check)
{
    for (size_t i = 0; i < CHECK_TABLE_COUNT; i++) {
        check->tables[i].map = hash_map_new(check->arena);
    }
    for (size_t i = 0; i < check->document_count; i++) {
        declare_vocabulary(check, check->documents[i]);
    }
    for (size_t i = 0; i < check->document_count; i++) {
        struct policy_document *document = check->documents[i];
        for (size_t j = 0; j < document->clause_count && i > 0; j++) {
            declare_clause(check, document, &document->clauses[j]);
            declare_of_clause(check, &document->clauses[j]);
        }
    }
    declare_operations(check);
}

/* ---- Looking up ------------------------------------------------------------------------------ */

void check_unknown(struct check *check, enum problem problem, struct policy_name name,
                   const enum check_table *tables, size_t table_count, struct str otherwise,
                   const char *what)
{
    struct problem_guess guess = problem_guess_new(name.text);
    bool is_shown = check->diags->count < LIMIT_DIAGS_MAX;
    for (size_t i = 0; i < table_count && is_shown; i++) {
        const struct check_table_data *data = &check->tables[tables[i]];
        for (size_t j = 0; j < data->count; j++) {
            problem_guess_offer(&guess, data->entries[j].name.text);
        }
    }
    problem_add(check->diags, problem, name.place,
                problem_guess_hint(check->arena, &guess, otherwise),
                "there is no %s \"" STR_FMT "\"", what, STR_ARG(name.text));
}

static bool is_role(const struct check *check, struct str name)
{
    const struct policy_setting *setting = check_find(check, CHECK_SETTINGS, name);
    return check_find(check, CHECK_ROLES, name) || check_find(check, CHECK_ROLE_GROUPS, name) ||
           (setting && setting->kind == POLICY_SETTING_ROLE);
}

void check_roles(struct check *check, const struct policy_names *names)
{
    const enum check_table tables[] = {CHECK_ROLES, CHECK_ROLE_GROUPS, CHECK_SETTINGS};
    for (size_t i = 0; i < names->count; i++) {
        if (!is_role(check, names->at[i].text)) {
            check_unknown(check, PROBLEM_UNKNOWN_ROLE, names->at[i], tables, 3,
                          STR("use a role of the vocabulary, or declare one in a vocabulary block"),
                          "role");
        }
    }
}

void check_acts(struct check *check, const struct policy_names *names)
{
    const enum check_table tables[] = {CHECK_ACTS, CHECK_ACT_GROUPS};
    for (size_t i = 0; i < names->count; i++) {
        struct policy_name name = names->at[i];
        if (str_equal(name.text, STR("anything"))) {
            if (names->count > 1) {
                problem_add(check->diags, PROBLEM_UNEXPECTED_WORDS, name.place,
                            STR("keep \"anything\" alone, or name the acts"),
                            "\"anything\" means all acts and stands alone");
            }
        } else if (!check_find(check, CHECK_ACTS, name.text) &&
                   !check_find(check, CHECK_ACT_GROUPS, name.text)) {
            check_unknown(check, PROBLEM_UNKNOWN_ACT, name, tables, 2,
                          STR("use an act of the vocabulary, or declare one in a vocabulary block"),
                          "act");
        }
    }
}

/* Names that all must be in one table. */
static void check_table_names(struct check *check, enum check_table table,
                              const struct policy_names *names, enum problem problem,
                              const char *what, struct str otherwise)
{
    for (size_t i = 0; i < names->count; i++) {
        if (!check_find(check, table, names->at[i].text)) {
            check_unknown(check, problem, names->at[i], &table, 1, otherwise, what);
        }
    }
}

void check_topics(struct check *check, const struct policy_names *names)
{
    check_table_names(check, CHECK_TOPICS, names, PROBLEM_UNKNOWN_TOPIC, "topic",
                      STR("use a topic of the vocabulary, or declare one in a vocabulary block"));
}

void check_keys(struct check *check, const struct policy_names *names)
{
    check_table_names(check, CHECK_CLAUSES, names, PROBLEM_UNKNOWN_CLAUSE, "clause",
                      STR("a clause is named by the key in its heading: {#KEY}"));
}

void check_duties(struct check *check, const struct policy_names *names)
{
    check_table_names(check, CHECK_DUTIES, names, PROBLEM_UNKNOWN_DUTY, "duty",
                      STR("declare it in an operation block: duty NAME \"text\""));
}
