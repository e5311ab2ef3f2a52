/*
 * cli/command_vocabulary.c - `handrail vocabulary [PACK] [--json]`: the words of policies.
 *
 * Read first: docs/policy-language.md, section 3. Start at command_vocabulary().
 * The documents are shown as one: the shared vocabulary, then the law, the parents and the pack,
 * each adding words of its own.
 */
#include "base/json.h"
#include "cli/commands.h"
#include "cli/packs.h"
#include "cli/terminal.h"
#include "cli/wrap.h"
#include "interview/words.h"

/* Columns of names in the list. */
#define VOCABULARY_NAME_COLUMNS 26

#define VOCABULARY_DOCUMENTS_MAX (POLICY_CHAIN_MAX + 2)

struct vocabulary {
    struct arena *arena;
    const struct policy_document *documents[VOCABULARY_DOCUMENTS_MAX];
    size_t count;
};

/* Walks all things of one sort in all documents: EACH(vocabulary, policy_act, act, acts). */
#define VOCABULARY_EACH(vocabulary, type, item, list, list_count)                                  \
    for (size_t document_at = 0; document_at < (vocabulary)->count; document_at++)                 \
        for (const struct type *                                                                   \
                 item = (vocabulary)->documents[document_at]->list,                                \
                *const item##_end = item + (vocabulary)->documents[document_at]->list_count;       \
             item != item##_end; item++)

static const struct str vocabulary_kinds[POLICY_FACT_KIND_COUNT] = {
    [POLICY_FACT_ONE_OF] = STR_INIT("one-of"), [POLICY_FACT_SOME_OF] = STR_INIT("some-of"),
    [POLICY_FACT_YES_NO] = STR_INIT("yes-no"), [POLICY_FACT_NUMBER] = STR_INIT("number"),
    [POLICY_FACT_DATE] = STR_INIT("date"),
};

static const struct str vocabulary_sensitivities[POLICY_SENSITIVITY_COUNT] = {
    [POLICY_SENSITIVITY_LOW] = STR_INIT("low"),
    [POLICY_SENSITIVITY_PERSONAL] = STR_INIT("personal"),
    [POLICY_SENSITIVITY_SENSITIVE] = STR_INIT("sensitive"),
};

static bool vocabulary_is_other(struct str fact)
{
    return str_equal(fact, STR("other")) || str_starts(fact, STR("other."));
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void vocabulary_write_names(struct json_writer *writer, const char *key,
                                   const struct policy_names *names)
{
    json_key(writer, str_from(key));
    json_begin_array(writer);
    for (size_t i = 0; i < names->count; i++) {
        json_str(writer, names->at[i].text);
    }
    json_end_array(writer);
}

static void vocabulary_write_text(struct json_writer *writer, const char *key, struct str text)
{
    if (!str_is_empty(text)) {
        json_key_str(writer, str_from(key), text);
    }
}

static void vocabulary_write_words(struct json_writer *writer, const struct vocabulary *vocabulary)
{
    json_key(writer, STR("topics"));
    json_begin_array(writer);
    VOCABULARY_EACH(vocabulary, policy_topic, topic, topics, topic_count)
    {
        json_begin_object(writer);
        json_key_str(writer, STR("name"), topic->name.text);
        json_key_str(writer, STR("text"), topic->text);
        json_end_object(writer);
    }
    json_end_array(writer);
    json_key(writer, STR("roles"));
    json_begin_array(writer);
    VOCABULARY_EACH(vocabulary, policy_role, role, roles, role_count)
    {
        json_begin_object(writer);
        json_key_str(writer, STR("name"), role->name.text);
        json_key_str(writer, STR("text"), role->text);
        vocabulary_write_names(writer, "groups", &role->groups);
        json_end_object(writer);
    }
    json_end_array(writer);
    json_key(writer, STR("acts"));
    json_begin_array(writer);
    VOCABULARY_EACH(vocabulary, policy_act, act, acts, act_count)
    {
        json_begin_object(writer);
        json_key_str(writer, STR("name"), act->name.text);
        json_key_str(writer, STR("text"), act->text);
        vocabulary_write_text(writer, "example", act->example);
        vocabulary_write_names(writer, "groups", &act->groups);
        json_end_object(writer);
    }
    json_end_array(writer);
}

/* The values of a fact, and those that other documents add to it. */
static void vocabulary_write_values(struct json_writer *writer, const struct vocabulary *vocabulary,
                                    struct str name)
{
    json_key(writer, STR("values"));
    json_begin_array(writer);
    VOCABULARY_EACH(vocabulary, policy_fact, fact, facts, fact_count)
    {
        for (size_t i = 0; str_equal(fact->name.text, name) && i < fact->value_count; i++) {
            const struct policy_value *value = &fact->values[i];
            json_begin_object(writer);
            json_key_str(writer, STR("name"), value->name.text);
            json_key_str(writer, STR("text"), value->text);
            vocabulary_write_names(writer, "groups", &value->groups);
            vocabulary_write_names(writer, "includes", &value->includes);
            json_end_object(writer);
        }
    }
    json_end_array(writer);
}

static void vocabulary_write_fact(struct json_writer *writer, const struct vocabulary *vocabulary,
                                  const struct policy_fact *fact)
{
    json_begin_object(writer);
    json_key_str(writer, STR("name"), fact->name.text);
    json_key_str(writer, STR("type"), vocabulary_kinds[fact->kind]);
    json_key_str(writer, STR("about"),
                 vocabulary_is_other(fact->name.text) ? STR("person") : STR("act"));
    json_key_str(writer, STR("question"), fact->question);
    vocabulary_write_text(writer, "label", fact->label);
    vocabulary_write_text(writer, "help", fact->help);
    vocabulary_write_text(writer, "why", fact->why);
    json_key_str(writer, STR("sensitivity"), vocabulary_sensitivities[fact->sensitivity]);
    vocabulary_write_text(writer, "default", fact->preset.text);
    if (fact->kind == POLICY_FACT_NUMBER) {
        vocabulary_write_text(writer, "unit", fact->unit);
        json_key_int(writer, STR("from"), fact->from);
        json_key_int(writer, STR("to"), fact->to);
    }
    if (fact->kind == POLICY_FACT_ONE_OF || fact->kind == POLICY_FACT_SOME_OF) {
        vocabulary_write_values(writer, vocabulary, fact->name.text);
    }
    vocabulary_write_names(writer, "relevant_to", &fact->relevant);
    json_end_object(writer);
}

static void vocabulary_write_relations(struct json_writer *writer,
                                       const struct vocabulary *vocabulary)
{
    json_key(writer, STR("relations"));
    json_begin_array(writer);
    VOCABULARY_EACH(vocabulary, policy_relation, relation, relations, relation_count)
    {
        bool is_never = relation->kind == POLICY_RELATION_NEVER;
        json_begin_object(writer);
        json_key_str(writer, STR("kind"), is_never ? STR("never-together") : STR("implies"));
        json_key_str(writer, STR("fact"), relation->fact.text);
        vocabulary_write_names(writer, "values", &relation->left);
        if (!is_never) {
            json_key_str(writer, STR("implied"), relation->right.text);
        }
        json_end_object(writer);
    }
    json_end_array(writer);
}

static void vocabulary_write_relationships(struct json_writer *writer,
                                           const struct vocabulary *vocabulary)
{
    json_key(writer, STR("relationships"));
    json_begin_array(writer);
    VOCABULARY_EACH(vocabulary, policy_relationship, one, relationships, relationship_count)
    {
        json_begin_object(writer);
        json_key_str(writer, STR("name"), one->name.text);
        json_key_str(writer, STR("text"), one->text);
        json_key_str(writer, STR("fact"), one->fact.text);
        vocabulary_write_names(writer, "values", &one->values);
        json_end_object(writer);
    }
    json_end_array(writer);
}

static void vocabulary_write(const struct vocabulary *vocabulary, struct text *out)
{
    struct json_writer writer = json_writer_new(out, JSON_PRETTY);
    json_begin_object(&writer);
    vocabulary_write_words(&writer, vocabulary);
    json_key(&writer, STR("facts"));
    json_begin_array(&writer);
    VOCABULARY_EACH(vocabulary, policy_fact, fact, facts, fact_count)
    {
        if (!fact->is_extension) {
            vocabulary_write_fact(&writer, vocabulary, fact);
        }
    }
    json_end_array(&writer);
    vocabulary_write_relations(&writer, vocabulary);
    vocabulary_write_relationships(&writer, vocabulary);
    json_end_object(&writer);
    text_add_char(out, '\n');
}

/* ---- A list for people ----------------------------------------------------------------------- */

static void vocabulary_line(struct text *out, size_t indent, struct str name, struct str text)
{
    wrap_space(out, indent);
    wrap_pad(out, name, VOCABULARY_NAME_COLUMNS - indent);
    size_t used = name.len + indent < VOCABULARY_NAME_COLUMNS ? VOCABULARY_NAME_COLUMNS
                                                              : name.len + indent + 1;
    wrap_add(out, text, (struct wrap){TERMINAL_COLUMNS_MAX, used, VOCABULARY_NAME_COLUMNS});
}

static void vocabulary_show_fact(const struct vocabulary *vocabulary,
                                 const struct policy_fact *fact, struct text *out)
{
    struct str kind = words_of_name(vocabulary->arena, vocabulary_kinds[fact->kind]);
    struct str preset = fact->preset.text;
    struct str text = str_format(vocabulary->arena, STR_FMT " (" STR_FMT "%s" STR_FMT ")",
                                 STR_ARG(fact->question), STR_ARG(kind),
                                 str_is_empty(preset) ? "" : ", presumed: ", STR_ARG(preset));
    vocabulary_line(out, 2, fact->name.text, text);
    VOCABULARY_EACH(vocabulary, policy_fact, other, facts, fact_count)
    {
        for (size_t i = 0; str_equal(other->name.text, fact->name.text) && i < other->value_count;
             i++) {
            vocabulary_line(out, 4, other->values[i].name.text, other->values[i].text);
        }
    }
}

static void vocabulary_show(const struct vocabulary *vocabulary, struct text *out)
{
    text_add(out, STR("Acts: what somebody wants to do\n"));
    VOCABULARY_EACH(vocabulary, policy_act, act, acts, act_count)
    {
        vocabulary_line(out, 2, act->name.text, act->text);
    }
    text_add(out, STR("\nFacts: what can be asked about it\n"));
    VOCABULARY_EACH(vocabulary, policy_fact, fact, facts, fact_count)
    {
        if (!fact->is_extension) {
            vocabulary_show_fact(vocabulary, fact, out);
        }
    }
    text_add(out, STR("\nRoles: who approves, answers or is told\n"));
    VOCABULARY_EACH(vocabulary, policy_role, role, roles, role_count)
    {
        vocabulary_line(out, 2, role->name.text, role->text);
    }
    text_add(out, STR("\nTopics: what clauses are about\n"));
    VOCABULARY_EACH(vocabulary, policy_topic, topic, topics, topic_count)
    {
        vocabulary_line(out, 2, topic->name.text, topic->text);
    }
}

/* ---- Which documents ------------------------------------------------------------------------- */

static void vocabulary_add(struct vocabulary *vocabulary, const struct policy_document *document)
{
    if (document && vocabulary->count < VOCABULARY_DOCUMENTS_MAX) {
        vocabulary->documents[vocabulary->count++] = document;
    }
}

/* The shared vocabulary alone, for a folder of packs. */
static int vocabulary_open_shared(struct cli *cli, struct vocabulary *vocabulary, struct str path)
{
    struct str file = shelf_vocabulary_find(cli->arena, path);
    if (str_is_empty(file)) {
        return cli_wrong(cli,
                         STR("name the folder of a policy, or a folder of packs with a "
                             "folder \"vocabulary\" in it"),
                         "there is no vocabulary at \"" STR_FMT "\"", STR_ARG(path));
    }
    struct shelf shelf = shelf_new(cli->arena);
    struct diag_list diags = diag_list_new(cli->arena);
    vocabulary_add(vocabulary, shelf_document_read(&shelf, file, &diags));
    if (diag_error_count(&diags) > 0 || vocabulary->count == 0) {
        cli_diagnose(cli, &diags);
        return CLI_EXIT_WRONG;
    }
    return CLI_EXIT_FINE;
}

static int vocabulary_open(struct cli *cli, struct vocabulary *vocabulary)
{
    struct str path = cli->operand_count > 0 ? cli->operands[0] : STR("policies");
    struct shelf_names folders;
    bool is_folder = true;
    if (!result_is_ok(shelf_packs_find(cli->arena, path, &folders, &is_folder)) || is_folder) {
        return vocabulary_open_shared(cli, vocabulary, path);
    }
    struct shelf shelf;
    int status;
    if (!packs_open(cli, &shelf, 1, false, CLI_EXIT_WRONG, &status)) {
        return status;
    }
    const struct policy_bundle *bundle = &shelf.at[0].bundle;
    vocabulary_add(vocabulary, bundle->vocabulary);
    vocabulary_add(vocabulary, bundle->law);
    for (size_t i = 0; i < bundle->chain_count; i++) {
        vocabulary_add(vocabulary, bundle->chain[i]);
    }
    return CLI_EXIT_FINE;
}

int command_vocabulary(struct cli *cli)
{
    bool is_json = false;
    const struct cli_option options[] = {{.name = STR("--json"), .flag = &is_json}};
    if (!cli_options(cli, options, 1) || !cli_operands(cli, 0, 1)) {
        return CLI_EXIT_WRONG;
    }
    struct vocabulary vocabulary = {.arena = cli->arena};
    int status = vocabulary_open(cli, &vocabulary);
    if (status != CLI_EXIT_FINE) {
        return status;
    }
    struct text out = {.arena = cli->arena};
    if (is_json) {
        vocabulary_write(&vocabulary, &out);
    } else {
        vocabulary_show(&vocabulary, &out);
    }
    cli_print(cli->out, text_str(&out));
    return CLI_EXIT_FINE;
}
