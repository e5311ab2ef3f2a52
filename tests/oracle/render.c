/*
 * render.c - writes a pack as Markdown: a vocabulary, sometimes a law, a policy, sometimes a
 * school's pack above it.
 *
 * Read first: render.h. Start at: render_pack, at the end.
 */
#include "render.h"

#include <assert.h>

#include "base/arena.h"
#include "base/civil.h"

static void add(struct text *out, const char *words)
{
    text_add(out, str_from(words));
}

/* "a, b" of the names whose bits are set. */
static void add_list(struct text *out, const char *const *names, int count, uint32_t bits)
{
    bool is_first = true;
    for (int i = 0; i < count; i++) {
        if (bits >> i & 1) {
            add(out, is_first ? "" : ", ");
            add(out, names[i]);
            is_first = false;
        }
    }
}

/* ---- Vocabulary ------------------------------------------------------------------------------ */

static void add_value(struct text *out, const struct oracle_fact *fact, int v)
{
    text_addf(out, "  %s \"%s\"\n", fact->values[v], fact->values[v]);
    for (int g = 0; g < fact->group_count; g++) {
        if (fact->group_members[g] >> v & 1) {
            text_addf(out, "    group %s\n", fact->groups[g]);
        }
    }
    if (fact->includes[v]) {
        add(out, "    includes ");
        add_list(out, fact->values, fact->value_count, fact->includes[v]);
        add(out, "\n");
    }
}

static void add_acts(struct text *out, const struct oracle_pack *pack, uint32_t acts);

static void add_fact(struct text *out, const struct oracle_pack *pack,
                     const struct oracle_fact *fact)
{
    static const char *const kinds[ORACLE_FACT_KIND_COUNT] = {
        "one of", "some of", "yes or no", "number of units", "date",
    };
    text_addf(out, "fact %s: %s \"What is %s?\"\n", fact->name, kinds[fact->kind], fact->name);
    for (int v = 0; v < fact->extended_from; v++) {
        add_value(out, fact, v);
    }
    if (fact->kind == ORACLE_FACT_NUMBER) {
        text_addf(out, "  from %lld to %lld\n", (long long)fact->from, (long long)fact->to);
    }
    if (fact->has_default && fact->kind == ORACLE_FACT_YES_NO) {
        text_addf(out, "  default %s\n", fact->preset ? "yes" : "no");
    } else if (fact->has_default) {
        bool is_none = fact->kind == ORACLE_FACT_SOME_OF || fact->preset == fact->value_count;
        text_addf(out, "  default %s\n", is_none ? "none" : fact->values[fact->preset]);
    }
    if (fact->relevant != 0) {
        add(out, "  relevant-to ");
        add_acts(out, pack, fact->relevant);
        add(out, "\n");
    }
    for (int i = 0; i < fact->never_count; i++) {
        text_addf(out, "never together %s: ", fact->name);
        add_list(out, fact->values, fact->value_count, fact->never[i]);
        add(out, "\n");
    }
    for (int i = 0; i < fact->implies_count; i++) {
        text_addf(out, "implies %s: ", fact->name);
        add_list(out, fact->values, fact->value_count, fact->implies_left[i]);
        text_addf(out, " -> %s\n", fact->values[fact->implies_right[i]]);
    }
}

static struct str vocabulary(struct arena *arena, const struct oracle_pack *pack)
{
    struct text out = {.arena = arena};
    add(&out, "# The vocabulary of a random case\n\nWords.\n\n```vocabulary\n");
    for (int i = 0; i < pack->topic_count; i++) {
        text_addf(&out, "topic %s \"About %s\"\n", pack->topics[i], pack->topics[i]);
    }
    for (int i = 0; i < pack->role_count; i++) {
        if (i != pack->role_group && i != pack->role_setting) {
            text_addf(&out, "role %s \"the %s\"\n", pack->roles[i], pack->roles[i]);
            if (pack->role_group != ORACLE_NONE && (pack->role_group_members >> i & 1)) {
                text_addf(&out, "  group %s\n", pack->roles[pack->role_group]);
            }
        }
    }
    for (int i = 0; i < pack->act_count; i++) {
        text_addf(&out, "act %s \"to %s\"\n", pack->acts[i], pack->acts[i]);
        if (pack->act_group >> i & 1) {
            text_addf(&out, "  group %s\n", pack->act_group_name);
        }
    }
    for (int f = 0; f < pack->fact_count; f++) {
        if (!pack->facts[f].is_hidden) {
            add_fact(&out, pack, &pack->facts[f]);
        }
    }
    add(&out, "```\n");
    return text_str(&out);
}

/* ---- Conditions ------------------------------------------------------------------------------ */

static void add_is(struct text *out, const struct oracle_fact *fact,
                   const struct oracle_condition *node)
{
    const char *words[ORACLE_VALUES_MAX + 2];
    int count = 0;
    for (int v = 0; v < fact->value_count; v++) {
        if (node->values >> v & 1) {
            words[count++] = fact->values[v];
        }
    }
    if (node->values >> fact->value_count & 1) {
        words[count++] = "none";
    }
    if (node->group != ORACLE_NONE) {
        words[count++] = fact->groups[node->group];
    }
    text_addf(out, "%s is %s%s", fact->name, node->is_negated ? "not " : "",
              count == 1        ? ""
              : node->is_all_of ? "all of "
                                : "any of ");
    add_list(out, words, count, UINT32_MAX);
}

static void add_date(struct text *out, int64_t days)
{
    struct civil_date date = {(int32_t)days};
    text_add(out, civil_date_format(out->arena, date));
}

static void add_compare(struct text *out, const struct oracle_pack *pack,
                        const struct oracle_condition *node)
{
    static const char *const words[ORACLE_COMPARE_COUNT] = {
        "under ", "over ", "at least ", "at most ", "", "before ", "from ",
    };
    text_addf(out, "%s is %s%s", pack->facts[node->fact].name, node->is_negated ? "not " : "",
              words[node->compare]);
    if (node->by_setting) {
        add(out, "limit");
    } else if (pack->facts[node->fact].kind == ORACLE_FACT_DATE) {
        add_date(out, node->number);
    } else {
        text_addf(out, "%lld", (long long)node->number);
    }
}

static void add_approved(struct text *out, const struct oracle_pack *pack,
                         const struct oracle_approval *approval)
{
    if (approval->is_consent) {
        add(out, "consent of other");
    } else if (approval->roles == 0) {
        add(out, "approved");
    } else {
        bool is_one = (approval->roles & (approval->roles - 1)) == 0;
        add(out, is_one ? "approved by " : "approved by any of ");
        add_list(out, pack->roles, pack->role_count, approval->roles);
    }
    add(out, approval->in_writing ? " in writing" : "");
    add(out, approval->in_advance ? " in advance" : "");
    add(out, approval->afterwards ? " afterwards" : "");
    add(out, approval->with_reason ? " with reason" : "");
    if (approval->lasts) {
        static const char *const units[] = {"days", "weeks", "months", "years"};
        text_addf(out, " for %d %s", approval->lasts, units[approval->lasts_unit]);
    }
}

static void add_condition(struct text *out, const struct oracle_pack *pack, int index);

/* A part of a longer condition: in brackets when it has parts itself. */
static void add_part(struct text *out, const struct oracle_pack *pack, int index)
{
    bool has_parts = pack->nodes[index].child_count > 0;
    add(out, has_parts ? "(" : "");
    add_condition(out, pack, index);
    add(out, has_parts ? ")" : "");
}

static void add_condition(struct text *out, const struct oracle_pack *pack, int index)
{
    const struct oracle_condition *node = &pack->nodes[index];
    switch (node->kind) {
    case ORACLE_CONDITION_IS:
        add_is(out, &pack->facts[node->fact], node);
        return;
    case ORACLE_CONDITION_COMPARE:
        add_compare(out, pack, node);
        return;
    case ORACLE_CONDITION_YES:
        add(out, pack->facts[node->fact].name);
        return;
    case ORACLE_CONDITION_DEFINED:
        add(out, pack->definitions[node->definition]);
        return;
    case ORACLE_CONDITION_APPROVED:
        add_approved(out, pack, &node->approval);
        return;
    case ORACLE_CONDITION_NOT:
        add(out, "not ");
        add_part(out, pack, node->children[0]);
        return;
    case ORACLE_CONDITION_AND:
    case ORACLE_CONDITION_OR:
        for (int i = 0; i < node->child_count; i++) {
            if (i > 0) { /* every third node goes on in the next line */
                add(out, node->kind == ORACLE_CONDITION_AND ? " and" : " or");
                add(out, index % 3 == 0 ? "\n    " : " ");
            }
            add_part(out, pack, node->children[i]);
        }
        return;
    case ORACLE_CONDITION_KIND_COUNT:
        break;
    }
    assert(false && "no condition");
}

/* ---- Rules ----------------------------------------------------------------------------------- */

static void add_line(struct text *out, const struct oracle_pack *pack, const char *word, int index)
{
    if (index != ORACLE_NONE) {
        text_addf(out, "  %s ", word);
        add_condition(out, pack, index);
        add(out, "\n");
    }
}

static void add_acts(struct text *out, const struct oracle_pack *pack, uint32_t acts)
{
    if (acts & ORACLE_ACTS_ANYTHING) {
        add(out, "anything");
        return;
    }
    if (acts & ORACLE_ACTS_GROUP) {
        add(out, pack->act_group_name);
        add(out, acts & (ORACLE_ACTS_GROUP - 1) ? ", " : "");
    }
    add_list(out, pack->acts, pack->act_count, acts & (ORACLE_ACTS_GROUP - 1));
}

static void add_head(struct text *out, const struct oracle_pack *pack,
                     const struct oracle_rule *rule)
{
    static const char *const words[ORACLE_HEAD_COUNT] = {
        "must not", "should not", "advised not", "take care", "ask first",
        "must",     "should",     "must",        "should",    "advised",
        "may",      "covers",     "leaves out",  "protects",  "if unsure",
    };
    add(out, rule->is_nevertheless ? "nevertheless " : "");
    text_addf(out, "%s ", words[rule->head]);
    if (rule->duty == ORACLE_NONE) {
        add_acts(out, pack, rule->acts);
    } else {
        add(out, pack->duties[rule->duty]);
        if (rule->acts != 0) {
            add(out, "\n  on ");
            add_acts(out, pack, rule->acts);
        }
    }
    add(out, "\n");
}

static void add_names_line(struct text *out, const char *word, const char *const *names, int count,
                           uint32_t bits)
{
    if (bits != 0) {
        text_addf(out, "  %s ", word);
        add_list(out, names, count, bits);
        add(out, "\n");
    }
}

static void add_rule(struct text *out, const struct oracle_pack *pack,
                     const struct oracle_rule *rule)
{
    const char *keys[ORACLE_CLAUSES_MAX];
    for (int c = 0; c < pack->clause_count; c++) {
        keys[c] = pack->clauses[c].key;
    }
    add_head(out, pack, rule);
    add_line(out, pack, "when", rule->when);
    for (int u = 0; u < rule->unless_count; u++) {
        add_line(out, pack, "unless", rule->unless[u]);
    }
    add_line(out, pack, "only if", rule->only_if);
    add(out, rule->is_regardless ? "  regardless\n" : "");
    add_names_line(out, "overrides", keys, pack->clause_count, rule->overrides);
    add_names_line(out, "of", pack->roles, pack->role_count, rule->roles);
    add_names_line(out, "against", pack->topics, pack->topic_count, rule->against);
    if (rule->has_words) {
        text_addf(out, "  words %s\n", oracle_strength_name(rule->words));
    }
}

static void add_known(struct text *out, const struct oracle_pack *pack,
                      const struct oracle_known *known)
{
    static const char *const takes[ORACLE_TAKE_COUNT] = {"permit", "prohibition", "ask "};
    text_addf(out, "known conflict %s, %s\n", pack->clauses[known->first].key,
              pack->clauses[known->second].key);
    add_line(out, pack, "when", known->when);
    text_addf(out, "  take %s", takes[known->take]);
    add_list(out, pack->roles, pack->role_count, known->roles);
    add(out, "\n");
}

/* ---- Clauses and files ----------------------------------------------------------------------- */

static void add_settings(struct text *out, const struct oracle_pack *pack)
{
    if (pack->has_number_setting) {
        add(out, "setting limit number \"Which limit?\"\n");
        int64_t preset = pack->is_set_by_school ? 99 : pack->number_setting;
        text_addf(out, "  default %lld\n", (long long)preset);
    }
    if (pack->role_setting != ORACLE_NONE) {
        text_addf(out, "setting %s role \"Who is it?\"\n", pack->roles[pack->role_setting]);
        int preset = pack->is_set_by_school ? 0 : pack->role_setting_value;
        text_addf(out, "  default %s\n", pack->roles[preset]);
    }
    if (pack->has_approver) {
        add(out, "setting approver role \"Who approves?\"\n");
        if (!pack->is_set_by_school) {
            text_addf(out, "  default %s\n", pack->roles[pack->approver]);
        }
    }
}

static void add_assignments(struct text *out, const struct oracle_pack *pack)
{
    if (pack->has_number_setting) {
        text_addf(out, "set limit %lld\n", (long long)pack->number_setting);
    }
    if (pack->role_setting != ORACLE_NONE) {
        text_addf(out, "set %s %s\n", pack->roles[pack->role_setting],
                  pack->roles[pack->role_setting_value]);
    }
    if (pack->has_approver) {
        text_addf(out, "set approver %s\n", pack->roles[pack->approver]);
    }
}

/* What stands in rule blocks beside rules: settings, definitions, known conflicts. */
static struct str statements(struct arena *arena, const struct oracle_pack *pack, int c,
                             bool is_first)
{
    struct text out = {.arena = arena};
    if (is_first && pack->clauses[c].file == 1) {
        add_settings(&out, pack);
    }
    if (is_first && pack->clauses[c].file == 2 && pack->is_set_by_school) {
        add_assignments(&out, pack);
    }
    for (int d = 0; d < pack->definition_count; d++) {
        if (pack->definition_clause[d] == c) {
            text_addf(&out, "define %s \"it is %s\"\n", pack->definitions[d], pack->definitions[d]);
            add_line(&out, pack, "when", pack->definition_when[d]);
        }
    }
    for (int k = 0; k < pack->known_count; k++) {
        if (pack->knowns[k].clause == c) {
            add_known(&out, pack, &pack->knowns[k]);
        }
    }
    return text_str(&out);
}

static void add_block(struct text *out, const char *word, struct str content)
{
    if (!str_is_empty(content)) {
        text_addf(out, "\n```%s\n" STR_FMT "```\n", word, STR_ARG(content));
    }
}

static void add_clause(struct text *out, const struct oracle_pack *pack, int c, bool is_first)
{
    const struct oracle_clause *clause = &pack->clauses[c];
    text_addf(out, "\n## Clause %s {#%s at=\"%d\"", clause->key, clause->key, c + 1);
    if (clause->states_topic || is_first) {
        text_addf(out, " topic=\"%s\"", pack->topics[clause->topic]);
    }
    text_addf(out, "}\n\nWhat %s says.\n", clause->key);
    add_block(out, "rule", statements(out->arena, pack, c, is_first));
    struct text rules = {.arena = out->arena}, duties = {.arena = out->arena};
    for (int r = 0; r < pack->rule_count; r++) {
        if (pack->rules[r].clause == c) {
            add_rule(&rules, pack, &pack->rules[r]);
            if (r % 2 == 0) { /* some rules share a block */
                add_block(out, "rule", text_str(&rules));
                rules = (struct text){.arena = out->arena};
            }
        }
    }
    add_block(out, "rule", text_str(&rules));
    for (int d = 0; d < pack->duty_count; d++) {
        if (pack->duty_clause[d] == c && pack->duties[d]) {
            text_addf(&duties, "duty %s \"Do %s\"\n  who \"You\"\n  by \"tomorrow\"\n",
                      pack->duties[d], pack->duties[d]);
        }
    }
    add_block(out, "operation", text_str(&duties));
}

/* Values that the policy adds to facts of the vocabulary. */
static void add_extensions(struct text *out, const struct oracle_pack *pack)
{
    struct text extensions = {.arena = out->arena};
    for (int f = 0; f < pack->fact_count; f++) {
        const struct oracle_fact *fact = &pack->facts[f];
        if (fact->is_hidden || fact->extended_from == fact->value_count) {
            continue;
        }
        text_addf(&extensions, "extend fact %s\n", fact->name);
        for (int v = fact->extended_from; v < fact->value_count; v++) {
            add_value(&extensions, fact, v);
        }
    }
    add_block(out, "vocabulary", text_str(&extensions));
}

static struct str file_of(struct arena *arena, const struct oracle_pack *pack, int file)
{
    static const char *const packs[] = {
        "name law\ntitle \"The law\"\nkind law\n",
        "name case\ntitle \"A random case\"\nkind policy\n",
        "name school\ntitle \"A school above it\"\nkind school\nextends \"../case\"\n",
    };
    struct text out = {.arena = arena};
    text_addf(&out, "# File %d\n\n```pack\n%s```\n", file, packs[file]);
    if (file == 1) {
        add_extensions(&out, pack);
    }
    bool is_first = true;
    for (int c = 0; c < pack->clause_count; c++) {
        if (pack->clauses[c].file == file && !pack->clauses[c].is_hidden) {
            add_clause(&out, pack, c, is_first);
            is_first = false;
        }
    }
    return text_str(&out);
}

struct render_files render_pack(struct arena *arena, const struct oracle_pack *pack)
{
    return (struct render_files){
        .vocabulary = vocabulary(arena, pack),
        .law = pack->has_law ? file_of(arena, pack, 0) : (struct str){0},
        .policy = file_of(arena, pack, 1),
        .school = pack->has_school ? file_of(arena, pack, 2) : (struct str){0},
    };
}

struct str render_all(struct arena *arena, const struct render_files *files)
{
    return str_format(arena, STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT,
                      STR_ARG(files->vocabulary), STR_ARG(files->law), STR_ARG(files->policy),
                      STR_ARG(files->school));
}
