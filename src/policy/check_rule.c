/*
 * policy/check_rule.c - rules, definitions, known conflicts and settings of one clause.
 *
 * Read first: docs/policy-language.md, section 4. Start at: check_rules.
 */
#include "policy/check_int.h"

/* ---- Settings -------------------------------------------------------------------------------- */

struct str check_setting_value(const struct check *check, const struct policy_setting *setting)
{
    const struct policy_assignment *assignment =
        check_find(check, CHECK_ASSIGNMENTS, setting->name.text);
    return assignment ? assignment->value.text : setting->preset.text;
}

static void check_value_kind(struct check *check, const struct policy_setting *setting,
                             struct policy_name value)
{
    int64_t number = 0;
    if (value.text.len == 0) {
        return;
    }
    if (setting->kind == POLICY_SETTING_NUMBER && !str_to_int(value.text, &number)) {
        problem_add(check->diags, PROBLEM_SETTING_KIND, value.place,
                    STR("write a whole number in digits"),
                    "the setting \"" STR_FMT "\" is a number, and \"" STR_FMT "\" is none",
                    STR_ARG(setting->name.text), STR_ARG(value.text));
    }
    bool is_role = check_find(check, CHECK_ROLES, value.text) ||
                   check_find(check, CHECK_ROLE_GROUPS, value.text);
    if (setting->kind == POLICY_SETTING_ROLE && !is_role) {
        const enum check_table tables[] = {CHECK_ROLES, CHECK_ROLE_GROUPS};
        check_unknown(check, PROBLEM_UNKNOWN_ROLE, value, tables, 2,
                      STR("the setting is a role: name a role of the vocabulary"), "role");
    }
}

static void check_settings(struct check *check, const struct check_clause *entry)
{
    const struct policy_clause *clause = entry->clause;
    const struct policy_bundle *bundle = check->bundle;
    bool is_school = bundle->chain_count > 0 &&
                     bundle->chain[bundle->chain_count - 1]->kind == POLICY_KIND_SCHOOL;
    for (size_t i = 0; i < clause->setting_count; i++) {
        const struct policy_setting *setting = &clause->settings[i];
        check_value_kind(check, setting, setting->preset);
        if (is_school && check_setting_value(check, setting).len == 0) {
            problem_add(check->diags, PROBLEM_SETTING_UNSET, setting->name.place,
                        str_format(check->arena,
                                   "write in the school's pack: set " STR_FMT " VALUE",
                                   STR_ARG(setting->name.text)),
                        "the school has not answered: " STR_FMT, STR_ARG(setting->question));
        }
    }
    const enum check_table tables[] = {CHECK_SETTINGS};
    for (size_t i = 0; i < clause->assignment_count; i++) {
        const struct policy_assignment *assignment = &clause->assignments[i];
        const struct policy_setting *setting =
            check_find(check, CHECK_SETTINGS, assignment->name.text);
        if (setting) {
            check_value_kind(check, setting, assignment->value);
        } else {
            check_unknown(check, PROBLEM_UNKNOWN_SETTING, assignment->name, tables, 1,
                          STR("the parent policy declares settings with \"setting\""), "setting");
        }
    }
}

/* ---- Acts and duties ------------------------------------------------------------------------- */

static bool is_act(const struct check *check, struct str name)
{
    return check_find(check, CHECK_ACTS, name) || check_find(check, CHECK_ACT_GROUPS, name);
}

static void settle_duty(struct check *check, struct policy_rule *rule)
{
    struct policy_name *all = LIST_ADD(check->arena, rule->acts.at, rule->acts.count);
    *all = (struct policy_name){STR("anything"), rule->duty.place};
    rule->acts = (struct policy_names){all, 1};
    rule->effect = POLICY_EFFECT_ADDS_DUTY;
}

/* "must NAME": an act or a duty. The rule is settled here (see policy/ast.h). */
static void settle_required(struct check *check, struct policy_rule *rule)
{
    const enum check_table tables[] = {CHECK_DUTIES, CHECK_ACTS, CHECK_ACT_GROUPS};
    struct policy_name name = rule->acts.at[0];
    if (str_equal(name.text, STR("anything"))) {
        problem_add(check->diags, PROBLEM_REQUIRES_ANYTHING, name.place,
                    STR("name the acts, or a duty"), "a rule cannot require \"anything\"");
    } else if (rule->duty.text.len > 0 && check_find(check, CHECK_DUTIES, rule->duty.text)) {
        settle_duty(check, rule);
    } else if (rule->acts.count == 1 && !is_act(check, name.text)) {
        check_unknown(check, PROBLEM_UNKNOWN_DUTY, name, tables, 3,
                      STR("declare a duty in an operation block: duty NAME \"text\""),
                      "duty or act");
    } else {
        rule->duty = (struct policy_name){0};
        check_acts(check, &rule->acts);
    }
}

static bool has_duty_among_acts(struct check *check, const struct policy_rule *rule)
{
    for (size_t i = 0; i < rule->acts.count && rule->acts.count > 1; i++) {
        struct policy_name name = rule->acts.at[i];
        if (check_find(check, CHECK_DUTIES, name.text)) {
            problem_add(check->diags, PROBLEM_ACTS_AND_DUTIES, name.place,
                        STR("write a rule for each duty"),
                        "\"" STR_FMT "\" is a duty, and stands in a list", STR_ARG(name.text));
            return true;
        }
    }
    return false;
}

static void check_head(struct check *check, struct policy_rule *rule)
{
    if (rule->effect == POLICY_EFFECT_ADDS_DUTY) {
        struct policy_names duty = {&rule->duty, 1};
        if (is_act(check, rule->duty.text)) {
            problem_add(check->diags, PROBLEM_ACTS_AND_DUTIES, rule->duty.place,
                        STR("declare a duty in an operation block, and name that"),
                        "\"" STR_FMT "\" is an act, and a duty is needed here",
                        STR_ARG(rule->duty.text));
        } else {
            check_duties(check, &duty);
        }
        check_acts(check, &rule->acts);
    } else if (rule->effect != POLICY_EFFECT_REQUIRES) {
        check_acts(check, &rule->acts);
    } else if (!has_duty_among_acts(check, rule)) {
        settle_required(check, rule);
    }
}

/* ---- Rules ----------------------------------------------------------------------------------- */

/* Whether an override has a rule to work on (docs/policy-language.md, 5.4). */
static bool is_overridable(const struct policy_clause *clause, const struct policy_rule *by,
                           bool by_law)
{
    for (size_t i = 0; i < clause->rule_count; i++) {
        const struct policy_rule *rule = &clause->rules[i];
        bool is_weighing = rule->effect == POLICY_EFFECT_FORBIDS ||
                           rule->effect == POLICY_EFFECT_CAUTIONS ||
                           rule->effect == POLICY_EFFECT_ASKS_FIRST;
        bool is_target = rule->effect == POLICY_EFFECT_PERMITS ||
                         (is_weighing && (!rule->is_regardless || by_law));
        if (is_target && rule != by) {
            return true;
        }
    }
    return false;
}

static void check_override(struct check *check, const struct check_clause *entry,
                           const struct policy_rule *rule, struct policy_name key)
{
    const struct check_clause *other = check_find(check, CHECK_CLAUSES, key.text);
    if (!other) {
        return;
    }
    if (other->is_law && !entry->is_law) {
        problem_add(check->diags, PROBLEM_OVERRIDES_LAW, key.place,
                    STR("take the line out: the law stands above every policy"),
                    "a policy cannot override \"" STR_FMT "\", which is law", STR_ARG(key.text));
    } else if (!is_overridable(other->clause, rule, entry->is_law && !other->is_law)) {
        problem_add(check->diags, PROBLEM_OVERRIDES_NOTHING, key.place,
                    STR("an override works on rules that forbid, caution, ask first or permit and "
                        "are not regardless"),
                    "the clause \"" STR_FMT "\" has no rule that could be overridden",
                    STR_ARG(key.text));
    }
}

static void check_law(struct check *check, const struct check_clause *entry,
                      const struct policy_rule *rule)
{
    if (rule->effect == POLICY_EFFECT_PROTECTS && !entry->is_law) {
        problem_add(check->diags, PROBLEM_ONLY_IN_LAW, rule->place,
                    STR("write it in the pack of kind law"),
                    "only the law can protect; this is a policy");
    }
    bool is_scope =
        rule->effect == POLICY_EFFECT_COVERS || rule->effect == POLICY_EFFECT_LEAVES_OUT;
    if (is_scope && entry->is_law) {
        problem_add(check->diags, PROBLEM_NO_EFFECT_IN_LAW, rule->place, STR("take the rule out"),
                    "law needs no scope, so this rule has no effect");
    }
}

static void check_rule(struct check *check, const struct check_clause *entry,
                       struct policy_rule *rule)
{
    check_head(check, rule);
    check_law(check, entry, rule);
    check_condition(check, rule->when, CHECK_WHERE_WHEN);
    check_condition(check, rule->only_if, CHECK_WHERE_EXCEPTION);
    for (size_t i = 0; i < rule->unless_count; i++) {
        check_condition(check, rule->unless[i], CHECK_WHERE_EXCEPTION);
    }
    check_keys(check, &rule->overrides);
    for (size_t i = 0; i < rule->overrides.count; i++) {
        check_override(check, entry, rule, rule->overrides.at[i]);
    }
    check_roles(check, &rule->roles);
    check_topics(check, &rule->against);
    bool asks = rule->effect == POLICY_EFFECT_ASKS_FIRST || rule->effect == POLICY_EFFECT_IF_UNSURE;
    if (asks && rule->roles.count == 0) {
        problem_add(check->diags, PROBLEM_NOBODY_TO_ASK, rule->place,
                    STR("add a line: of ROLE, ROLE"), "this rule does not say whom to ask");
    }
    check_possible(check, rule);
}

/* ---- Known conflicts ------------------------------------------------------------------------- */

static void check_known_conflict(struct check *check, struct policy_known_conflict *conflict)
{
    struct policy_names first = {&conflict->first, 1}, second = {&conflict->second, 1};
    check_keys(check, &first);
    check_keys(check, &second);
    check_condition(check, conflict->when, CHECK_WHERE_CONFLICT);
    check_roles(check, &conflict->roles);
}

void check_rules(struct check *check, const struct check_clause *entry)
{
    struct policy_clause *clause = entry->clause;
    for (size_t i = 0; i < clause->definition_count; i++) {
        check_condition(check, clause->definitions[i].when, CHECK_WHERE_DEFINITION);
    }
    for (size_t i = 0; i < clause->rule_count; i++) {
        check_rule(check, entry, &clause->rules[i]);
    }
    for (size_t i = 0; i < clause->known_conflict_count; i++) {
        check_known_conflict(check, &clause->known_conflicts[i]);
    }
    check_settings(check, entry);
}
