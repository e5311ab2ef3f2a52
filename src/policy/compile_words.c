/*
 * Compiling the vocabulary: topics, roles, acts, facts with their variables, relations, duties and
 * settings. Read first: compile_int.h; pack/image.h says how facts become variables.
 */
#include "policy/compile_int.h"

#include <assert.h>
#include <string.h>

#define EACH_DOCUMENT(d, compile)                                                                  \
    for (uint32_t d##_i = 0; d##_i < (compile)->document_count; d##_i++)                           \
        for (const struct policy_document *d = (compile)->documents[d##_i]; d != NULL; d = NULL)

static struct pack_text kept(struct compile *compile, struct str text)
{
    return pack_builder_text(compile->builder, text);
}

/* ---- Topics and roles ------------------------------------------------------------------------ */

static void topics_add(struct compile *compile, const struct policy_document *document)
{
    for (size_t i = 0; i < document->topic_count; i++) {
        const struct policy_topic *topic = &document->topics[i];
        struct pack_topic record = {kept(compile, topic->name.text), kept(compile, topic->text)};
        uint32_t index = pack_builder_add(compile->builder, PACK_SECTION_TOPIC, &record);
        hash_map_put(&compile->topics, topic->name.text, index);
    }
}

static uint32_t role_add(struct compile *compile, struct str name, struct str text)
{
    struct pack_role record = {
        .name = kept(compile, name), .text = kept(compile, text), .members = {0, 0}};
    uint32_t index = pack_builder_add(compile->builder, PACK_SECTION_ROLE, &record);
    hash_map_put(&compile->roles, name, index);
    return index;
}

static void roles_add(struct compile *compile, const struct policy_document *document)
{
    for (size_t i = 0; i < document->role_count; i++)
        role_add(compile, document->roles[i].name.text, document->roles[i].text);
}

static bool names_have(const struct policy_names *names, struct str name)
{
    for (size_t i = 0; i < names->count; i++)
        if (str_equal(names->at[i].text, name))
            return true;
    return false;
}

/* "senior-leader" -> "senior leader". */
static struct str words_of(struct compile *compile, struct str name)
{
    struct str copy = str_copy(compile->arena, name);
    char *bytes = (char *)copy.at;
    for (size_t i = 0; i < copy.len; i++)
        if (bytes[i] == '-' || bytes[i] == '.')
            bytes[i] = ' ';
    return copy;
}

/* A role group becomes a role with members, once all roles are known. */
static void role_group_add(struct compile *compile, struct str group)
{
    if (hash_map_get(&compile->roles, group, NULL))
        return;
    uint32_t members[256];
    uint32_t count = 0;
    EACH_DOCUMENT(document, compile)
    for (size_t i = 0; i < document->role_count && count < 256; i++)
        if (names_have(&document->roles[i].groups, group))
            hash_map_get(&compile->roles, document->roles[i].name.text, &members[count++]);
    struct str words = words_of(compile, group);
    uint32_t index =
        role_add(compile, group, str_format(compile->arena, "a " STR_FMT, STR_ARG(words)));
    struct pack_list list = pack_builder_list(compile->builder, members, count);
    struct pack_role *record = pack_builder_at(compile->builder, PACK_SECTION_ROLE, index);
    record->members = list;
}

static void role_groups_add(struct compile *compile, const struct policy_document *document)
{
    for (size_t i = 0; i < document->role_count; i++)
        for (size_t g = 0; g < document->roles[i].groups.count; g++)
            role_group_add(compile, document->roles[i].groups.at[g].text);
}

uint32_t compile_role(struct compile *compile, struct str name)
{
    uint32_t index = 0;
    if (hash_map_get(&compile->roles, name, &index))
        return index;
    uint32_t setting = 0;
    bool is_setting = hash_map_get(&compile->settings, name, &setting);
    assert(is_setting && "a role that policy_check let pass is unknown");
    struct str value = compile_setting_value(compile, name);
    if (value.len != 0 && !str_equal(value, name))
        return compile_role(compile, value);
    return role_add(compile, name, compile->setting_at[setting]->question);
}

struct pack_list compile_roles(struct compile *compile, const struct policy_names *names)
{
    uint32_t *items = ARENA_ARRAY(compile->arena, uint32_t, names->count + 1);
    for (size_t i = 0; i < names->count; i++)
        items[i] = compile_role(compile, names->at[i].text);
    return pack_builder_list(compile->builder, items, names->count);
}

/* ---- Acts ------------------------------------------------------------------------------------ */

static void acts_add(struct compile *compile, const struct policy_document *document)
{
    for (size_t i = 0; i < document->act_count; i++) {
        const struct policy_act *act = &document->acts[i];
        uint32_t *groups = ARENA_ARRAY(compile->arena, uint32_t, 2 * act->groups.count + 1);
        for (size_t g = 0; g < act->groups.count; g++) {
            struct pack_text text = kept(compile, act->groups.at[g].text);
            groups[2 * g] = text.offset;
            groups[2 * g + 1] = text.length;
        }
        struct pack_act record = {
            .name = kept(compile, act->name.text),
            .text = kept(compile, act->text),
            .example = kept(compile, act->example),
            .examples = kept(compile, str_join(compile->arena, act->examples, act->example_count,
                                               STR(" "))),
            .groups = pack_builder_list(compile->builder, groups, 2 * act->groups.count)};
        uint32_t index = pack_builder_add(compile->builder, PACK_SECTION_ACT, &record);
        hash_map_put(&compile->acts, act->name.text, index);
        compile->act_count = index + 1;
    }
}

struct act_list {
    uint32_t *at;
    size_t count;
    bool *has; /* by act */
};

static void act_list_add(struct act_list *list, uint32_t act)
{
    if (!list->has[act])
        list->at[list->count++] = act;
    list->has[act] = true;
}

static void act_list_add_group(struct compile *compile, struct act_list *list, struct str group)
{
    bool is_all = str_equal(group, STR("anything"));
    EACH_DOCUMENT(document, compile)
    for (size_t i = 0; i < document->act_count; i++) {
        uint32_t act = 0;
        if (is_all || names_have(&document->acts[i].groups, group)) {
            hash_map_get(&compile->acts, document->acts[i].name.text, &act);
            act_list_add(list, act);
        }
    }
}

struct pack_list compile_acts(struct compile *compile, const struct policy_names *names)
{
    struct act_list list = {.at = ARENA_ARRAY(compile->arena, uint32_t, compile->act_count + 1),
                            .has = ARENA_ARRAY(compile->arena, bool, compile->act_count + 1)};
    if (names->count == 0)
        act_list_add_group(compile, &list, STR("anything"));
    for (size_t i = 0; i < names->count; i++) {
        uint32_t act = 0;
        if (hash_map_get(&compile->acts, names->at[i].text, &act))
            act_list_add(&list, act);
        else
            act_list_add_group(compile, &list, names->at[i].text);
    }
    return pack_builder_list(compile->builder, list.at, list.count);
}

/* ---- Facts ----------------------------------------------------------------------------------- */

struct compile_fact *compile_fact_find(const struct compile *compile, struct str name)
{
    uint32_t index = 0;
    return hash_map_get(&compile->facts, name, &index) ? &compile->fact_at[index] : NULL;
}

uint64_t compile_value_bits(const struct compile_fact *fact, struct str name)
{
    uint32_t index = 0;
    if (hash_map_get(&fact->values, name, &index)) {
        uint64_t bits = UINT64_C(1) << index;
        const struct policy_names *narrower = &fact->sources[index]->includes;
        for (size_t i = 0; fact->fact->kind == POLICY_FACT_ONE_OF && i < narrower->count; i++)
            if (hash_map_get(&fact->values, narrower->at[i].text, &index))
                bits |= UINT64_C(1) << index;
        return bits;
    }
    if (hash_map_get(&fact->groups, name, &index))
        return fact->group_masks[index];
    assert(str_equal(name, STR("none")) && "a value that policy_check let pass is unknown");
    return 0;
}

static void fact_group_join(struct compile_fact *fact, struct str group, uint32_t bit)
{
    uint32_t index = fact->group_count;
    if (!hash_map_get(&fact->groups, group, &index)) {
        hash_map_put(&fact->groups, group, index);
        fact->group_count++;
    }
    fact->group_masks[index] |= UINT64_C(1) << bit;
}

/* The values of one declaration, or of one extension, join the fact. */
static void fact_values_join(struct compile *compile, struct compile_fact *fact,
                             const struct policy_fact *source)
{
    for (size_t i = 0; i < source->value_count; i++) {
        const struct policy_value *value = &source->values[i];
        uint32_t bit = fact->value_count++;
        fact->sources[bit] = value;
        fact->records[bit] = (struct pack_value){.name = kept(compile, value->name.text),
                                                 .text = kept(compile, value->text),
                                                 .fact = fact->index};
        hash_map_put(&fact->values, value->name.text, bit);
        for (size_t g = 0; g < value->groups.count; g++)
            fact_group_join(fact, value->groups.at[g].text, bit);
    }
}

static void fact_start(struct compile *compile, const struct policy_fact *source)
{
    size_t values = 0, groups = 0;
    EACH_DOCUMENT(document, compile)
    for (size_t i = 0; i < document->fact_count; i++)
        if (str_equal(document->facts[i].name.text, source->name.text))
            for (size_t v = 0; v < document->facts[i].value_count; v++) {
                values++;
                groups += document->facts[i].values[v].groups.count;
            }
    struct compile_fact *fact = &compile->fact_at[compile->fact_count];
    fact->fact = source;
    fact->index = compile->fact_count++;
    fact->values = hash_map_new(compile->arena);
    fact->groups = hash_map_new(compile->arena);
    fact->group_masks = ARENA_ARRAY(compile->arena, uint64_t, groups + 1);
    fact->records = ARENA_ARRAY(compile->arena, struct pack_value, values + 1);
    fact->sources = ARENA_ARRAY(compile->arena, const struct policy_value *, values + 1);
    hash_map_put(&compile->facts, source->name.text, fact->index);
}

static void facts_start(struct compile *compile)
{
    size_t count = 0;
    EACH_DOCUMENT(document, compile)
    count += document->fact_count;
    compile->fact_at = ARENA_ARRAY(compile->arena, struct compile_fact, count + 1);
    EACH_DOCUMENT(document, compile)
    for (size_t i = 0; i < document->fact_count; i++)
        if (!document->facts[i].is_extension)
            fact_start(compile, &document->facts[i]);
    EACH_DOCUMENT(document, compile)
    for (size_t i = 0; i < document->fact_count; i++)
        fact_values_join(compile, compile_fact_find(compile, document->facts[i].name.text),
                         &document->facts[i]);
}

/* ---- Cuts of numbers ------------------------------------------------------------------------- */

int64_t compile_cut(const struct compile *compile, const struct policy_condition *condition,
                    int64_t *second)
{
    int64_t number = condition->number;
    if (condition->setting.text.len != 0 &&
        !str_to_int(compile_setting_value(compile, condition->setting.text), &number))
        number = condition->number;
    *second = number;
    switch (condition->compare) {
    case POLICY_COMPARE_UNDER:
    case POLICY_COMPARE_AT_LEAST:
    case POLICY_COMPARE_BEFORE:
    case POLICY_COMPARE_FROM:
        break;
    case POLICY_COMPARE_OVER:
    case POLICY_COMPARE_AT_MOST:
        number += 1;
        *second = number;
        break;
    case POLICY_COMPARE_EXACTLY:
        *second = number + 1;
        break;
    case POLICY_COMPARE_COUNT:
        assert(false && "no comparison");
    }
    return number;
}

static void cut_add(struct compile *compile, struct compile_fact *fact, int64_t cut)
{
    uint32_t at = 0;
    while (at < fact->cut_count && fact->cuts[at] < cut)
        at++;
    if (at < fact->cut_count && fact->cuts[at] == cut)
        return;
    if (fact->cuts == NULL)
        fact->cuts = ARENA_ARRAY(compile->arena, int64_t, PACK_VALUES_MAX);
    assert(fact->cut_count < PACK_VALUES_MAX - 2 && "too many thresholds passed policy_check");
    memmove(fact->cuts + at + 1, fact->cuts + at, (fact->cut_count - at) * sizeof *fact->cuts);
    fact->cuts[at] = cut;
    fact->cut_count++;
}

static void cuts_collect(struct compile *compile, const struct policy_condition *condition)
{
    if (condition == NULL)
        return;
    if (condition->kind == POLICY_CONDITION_COMPARE) {
        struct compile_fact *fact = compile_fact_find(compile, condition->fact.text);
        int64_t second = 0;
        cut_add(compile, fact, compile_cut(compile, condition, &second));
        cut_add(compile, fact, second);
    }
    for (size_t i = 0; i < condition->child_count; i++)
        cuts_collect(compile, condition->children[i]);
}

static void clause_cuts(struct compile *compile, const struct policy_clause *clause)
{
    for (size_t r = 0; r < clause->rule_count; r++) {
        cuts_collect(compile, clause->rules[r].when);
        cuts_collect(compile, clause->rules[r].only_if);
        for (size_t u = 0; u < clause->rules[r].unless_count; u++)
            cuts_collect(compile, clause->rules[r].unless[u]);
    }
    for (size_t k = 0; k < clause->known_conflict_count; k++)
        cuts_collect(compile, clause->known_conflicts[k].when);
    for (size_t d = 0; d < clause->definition_count; d++)
        cuts_collect(compile, clause->definitions[d].when);
}

/* ---- Records of facts and variables ---------------------------------------------------------- */

static uint32_t preset_of(const struct compile_fact *fact)
{
    struct str preset = fact->fact->preset.text;
    if (preset.len == 0)
        return PACK_NONE;
    if (fact->fact->kind == POLICY_FACT_YES_NO)
        return str_equal(preset, STR("yes")) ? 1 : 0;
    if (fact->fact->kind == POLICY_FACT_SOME_OF)
        return 0; /* the only default that a list can have: empty */
    uint32_t bit = fact->value_count;
    hash_map_get(&fact->values, preset, &bit);
    return bit;
}

static bool fact_is_other(struct str name)
{
    return str_equal(name, STR("other")) || str_starts(name, STR("other."));
}

static void fact_variables_add(struct compile *compile, struct compile_fact *fact,
                               struct pack_fact *record)
{
    bool is_set = fact->fact->kind == POLICY_FACT_SOME_OF;
    uint32_t domain = 2;
    if (fact->fact->kind == POLICY_FACT_ONE_OF)
        domain = fact->value_count + 1;
    if (fact->fact->kind == POLICY_FACT_NUMBER || fact->fact->kind == POLICY_FACT_DATE)
        domain = fact->cut_count + 2;
    record->variable_count = is_set ? fact->value_count : 1;
    record->first_variable = pack_builder_count(compile->builder, PACK_SECTION_VARIABLE);
    fact->first_variable = record->first_variable;
    for (uint32_t i = 0; i < record->variable_count; i++) {
        struct pack_variable variable = {.fact = fact->index,
                                         .value = is_set ? i : PACK_NONE,
                                         .approval = PACK_NONE,
                                         .domain = domain,
                                         .is_other = record->is_other};
        pack_builder_add(compile->builder, PACK_SECTION_VARIABLE, &variable);
    }
}

static void fact_finish(struct compile *compile, struct compile_fact *fact)
{
    const struct policy_fact *source = fact->fact;
    struct pack_fact record;
    memset(&record, 0, sizeof record);
    record.name = kept(compile, source->name.text);
    record.question = kept(compile, source->question);
    record.label = kept(compile, compile_label(compile, source));
    record.help = kept(compile, source->help);
    record.why = kept(compile, source->why);
    record.unit = kept(compile, source->unit);
    record.kind = (uint32_t)source->kind;
    record.sensitivity = (uint32_t)source->sensitivity;
    record.is_other = fact_is_other(source->name.text);
    record.preset = preset_of(fact);
    record.from = source->from;
    record.to = source->to;
    if (source->relevant.count != 0)
        record.relevant = compile_acts(compile, &source->relevant);
    record.first_value = pack_builder_count(compile->builder, PACK_SECTION_VALUE);
    record.value_count = fact->value_count;
    for (uint32_t i = 0; i < fact->value_count; i++)
        pack_builder_add(compile->builder, PACK_SECTION_VALUE, &fact->records[i]);
    record.first_cut = pack_builder_count(compile->builder, PACK_SECTION_NUMBER);
    record.cut_count = fact->cut_count;
    for (uint32_t i = 0; i < fact->cut_count; i++)
        pack_builder_add(compile->builder, PACK_SECTION_NUMBER, &fact->cuts[i]);
    fact_variables_add(compile, fact, &record);
    pack_builder_add(compile->builder, PACK_SECTION_FACT, &record);
}

/* ---- Relations ------------------------------------------------------------------------------- */

static void relation_add(struct compile *compile, enum pack_relation_kind kind,
                         const struct compile_fact *fact, uint64_t first, uint64_t second)
{
    for (uint32_t a = 0; a < fact->value_count; a++)
        for (uint32_t b = 0; b < fact->value_count; b++) {
            bool is_pair = (first >> a & 1) != 0 && (second >> b & 1) != 0 && a != b;
            if (!is_pair || (kind == PACK_RELATION_NEVER && first == second && a > b))
                continue;
            struct pack_relation record = {.kind = (uint32_t)kind,
                                           .first = fact->first_variable + a,
                                           .second = fact->first_variable + b};
            pack_builder_add(compile->builder, PACK_SECTION_RELATION, &record);
        }
}

static void relations_add(struct compile *compile, const struct policy_document *document)
{
    for (size_t i = 0; i < document->relation_count; i++) {
        const struct policy_relation *relation = &document->relations[i];
        const struct compile_fact *fact = compile_fact_find(compile, relation->fact.text);
        if (fact->fact->kind != POLICY_FACT_SOME_OF)
            continue;
        uint64_t left = 0;
        for (size_t v = 0; v < relation->left.count; v++)
            left |= compile_value_bits(fact, relation->left.at[v].text);
        if (relation->kind == POLICY_RELATION_NEVER)
            relation_add(compile, PACK_RELATION_NEVER, fact, left, left);
        else
            relation_add(compile, PACK_RELATION_IMPLIES, fact, left,
                         compile_value_bits(fact, relation->right.text));
    }
}

/* "includes a, b" under a value: a implies it, and so does b. */
static void includes_add(struct compile *compile, const struct compile_fact *fact)
{
    for (uint32_t i = 0; i < fact->value_count; i++) {
        uint64_t narrower = 0;
        for (size_t n = 0; n < fact->sources[i]->includes.count; n++)
            narrower |= compile_value_bits(fact, fact->sources[i]->includes.at[n].text);
        if (fact->fact->kind == POLICY_FACT_SOME_OF)
            relation_add(compile, PACK_RELATION_IMPLIES, fact, narrower, UINT64_C(1) << i);
    }
}

/* ---- Settings, definitions, duties ----------------------------------------------------------- */

struct str compile_setting_value(const struct compile *compile, struct str name)
{
    uint32_t index = 0;
    if (hash_map_get(&compile->assignments, name, &index))
        return compile->assignment_at[index]->value.text;
    if (hash_map_get(&compile->settings, name, &index))
        return compile->setting_at[index]->preset.text;
    return (struct str){0};
}

static void duties_add(struct compile *compile, const struct policy_clause *clause)
{
    for (size_t i = 0; i < clause->operation_count; i++) {
        const struct policy_operation *operation = &clause->operations[i];
        if (!str_equal(operation->kind.text, STR("duty")))
            continue;
        struct pack_duty record = {.name = kept(compile, operation->name.text),
                                   .text = kept(compile, operation->text)};
        for (size_t f = 0; f < operation->field_count; f++) {
            struct str name = operation->fields[f].name.text;
            struct pack_text text = kept(compile, operation->fields[f].text);
            if (str_equal(name, STR("who")))
                record.who = text;
            else if (str_equal(name, STR("by")))
                record.by = text;
            else if (str_equal(name, STR("evidence")))
                record.evidence = text;
            else if (str_equal(name, STR("otherwise")))
                record.otherwise = text;
        }
        hash_map_put(&compile->duties, operation->name.text,
                     pack_builder_add(compile->builder, PACK_SECTION_DUTY, &record));
    }
}

/* Definitions, settings and assignments by name. */
static void names_collect(struct compile *compile, const struct policy_clause *clause)
{
    for (size_t i = 0; i < clause->definition_count; i++) {
        hash_map_put(&compile->definitions, clause->definitions[i].name.text,
                     compile->definition_count);
        compile->definition_at[compile->definition_count++] = &clause->definitions[i];
    }
    for (size_t i = 0; i < clause->setting_count; i++) {
        hash_map_put(&compile->settings, clause->settings[i].name.text, compile->setting_count);
        compile->setting_at[compile->setting_count++] = &clause->settings[i];
    }
    for (size_t i = 0; i < clause->assignment_count; i++) {
        hash_map_put(&compile->assignments, clause->assignments[i].name.text,
                     compile->assignment_count);
        compile->assignment_at[compile->assignment_count++] = &clause->assignments[i];
    }
}

static void maps_start(struct compile *compile)
{
    struct hash_map *maps[] = {&compile->topics,    &compile->roles,       &compile->acts,
                               &compile->facts,     &compile->duties,      &compile->clauses,
                               &compile->settings,  &compile->assignments, &compile->definitions,
                               &compile->act_groups};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        *maps[i] = hash_map_new(compile->arena);
    size_t definitions = 0, settings = 0, assignments = 0;
    EACH_DOCUMENT(document, compile)
    for (size_t i = 0; i < document->clause_count; i++) {
        definitions += document->clauses[i].definition_count;
        settings += document->clauses[i].setting_count;
        assignments += document->clauses[i].assignment_count;
    }
    compile->definition_at =
        ARENA_ARRAY(compile->arena, const struct policy_definition *, definitions + 1);
    compile->definition_nodes = ARENA_ARRAY(compile->arena, uint32_t, definitions + 1);
    for (size_t i = 0; i < definitions; i++)
        compile->definition_nodes[i] = PACK_NONE;
    compile->setting_at = ARENA_ARRAY(compile->arena, const struct policy_setting *, settings + 1);
    compile->assignment_at =
        ARENA_ARRAY(compile->arena, const struct policy_assignment *, assignments + 1);
}

/* Each variable knows the relations that it is part of. */
static void variable_relations_set(struct compile *compile)
{
    uint32_t relations = pack_builder_count(compile->builder, PACK_SECTION_RELATION);
    uint32_t variables = pack_builder_count(compile->builder, PACK_SECTION_VARIABLE);
    uint32_t *items = ARENA_ARRAY(compile->arena, uint32_t, relations + 1);
    for (uint32_t v = 0; v < variables; v++) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < relations; i++) {
            const struct pack_relation *relation =
                pack_builder_at(compile->builder, PACK_SECTION_RELATION, i);
            if (relation->first == v || relation->second == v)
                items[count++] = i;
        }
        struct pack_list list = pack_builder_list(compile->builder, items, count);
        struct pack_variable *record = pack_builder_at(compile->builder, PACK_SECTION_VARIABLE, v);
        record->relations = list;
    }
}

void compile_vocabulary(struct compile *compile)
{
    maps_start(compile);
    EACH_DOCUMENT(document, compile)
    {
        topics_add(compile, document);
        roles_add(compile, document);
        acts_add(compile, document);
        for (size_t i = 0; i < document->clause_count; i++) {
            names_collect(compile, &document->clauses[i]);
            duties_add(compile, &document->clauses[i]);
        }
    }
    EACH_DOCUMENT(document, compile)
    role_groups_add(compile, document);
    facts_start(compile);
    EACH_DOCUMENT(document, compile)
    for (size_t i = 0; i < document->clause_count; i++)
        clause_cuts(compile, &document->clauses[i]);
    for (uint32_t i = 0; i < compile->fact_count; i++)
        fact_finish(compile, &compile->fact_at[i]);
    EACH_DOCUMENT(document, compile)
    relations_add(compile, document);
    for (uint32_t i = 0; i < compile->fact_count; i++)
        includes_add(compile, &compile->fact_at[i]);
    variable_relations_set(compile);
}
