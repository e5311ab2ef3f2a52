/*
 * cli/mutants.c - see mutants.h.
 *
 * What must hold: when a function here returns, the tree is what it was when it was called.
 */
#include "cli/mutants.h"

#include <stdarg.h>

#include "cli/mutants_int.h"

void mutants_tell(struct mutants *mutants, const struct policy_place *place, const char *format,
                  ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str change = str_format_list(mutants->arena, format, arguments);
    va_end(arguments);
    mutants->try(mutants->context, place, change);
}

struct policy_names mutants_names_without(struct arena *arena, const struct policy_names *names,
                                          size_t index)
{
    struct policy_names less = {.at = ARENA_ARRAY(arena, struct policy_name, names->count)};
    for (size_t i = 0; i < names->count; i++) {
        if (i != index) {
            less.at[less.count++] = names->at[i];
        }
    }
    return less;
}

/* ---- Lines of a rule ------------------------------------------------------------------------- */

static void mutants_drop_rule(struct mutants *mutants, struct policy_clause *clause, size_t index)
{
    struct policy_rule *before = clause->rules;
    size_t count = clause->rule_count;
    struct policy_rule *less = ARENA_ARRAY(mutants->arena, struct policy_rule, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (i != index) {
            less[kept++] = before[i];
        }
    }
    clause->rules = less;
    clause->rule_count = kept;
    mutants_tell(mutants, &before[index].place, "the rule left out");
    clause->rules = before;
    clause->rule_count = count;
}

/* "may" for "must not" and the reverse. Gates and scope stay what they are. */
static void mutants_swap_effect(struct mutants *mutants, struct policy_rule *rule)
{
    struct policy_rule before = *rule;
    if (rule->effect == POLICY_EFFECT_FORBIDS) {
        rule->effect = POLICY_EFFECT_PERMITS;
        rule->strength = POLICY_STRENGTH_MAY;
        rule->head = STR("may");
        rule->is_regardless = false;
        rule->instead = (struct str){0};
        mutants_tell(mutants, &before.place, "\"may\" for \"" STR_FMT "\"", STR_ARG(before.head));
    } else if (rule->effect == POLICY_EFFECT_PERMITS && !rule->only_if) {
        rule->effect = POLICY_EFFECT_FORBIDS;
        rule->strength = POLICY_STRENGTH_MUST;
        rule->head = STR("must not");
        mutants_tell(mutants, &before.place, "\"must not\" for \"" STR_FMT "\"",
                     STR_ARG(before.head));
    }
    *rule = before;
}

static void mutants_drop_unless(struct mutants *mutants, struct policy_rule *rule, size_t index)
{
    struct policy_condition **before = rule->unless;
    size_t count = rule->unless_count;
    struct policy_condition **less = ARENA_ARRAY(mutants->arena, struct policy_condition *, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (i != index) {
            less[kept++] = before[i];
        }
    }
    rule->unless = less;
    rule->unless_count = kept;
    mutants_tell(mutants, &before[index]->place, "without this \"unless\"");
    rule->unless = before;
    rule->unless_count = count;
}

static void mutants_drop_lines(struct mutants *mutants, struct policy_rule *rule)
{
    struct policy_rule before = *rule;
    if (rule->when) {
        rule->when = NULL;
        mutants_tell(mutants, &before.when->place, "without \"when\"");
        *rule = before;
    }
    for (size_t i = 0; i < rule->unless_count; i++) {
        mutants_drop_unless(mutants, rule, i);
    }
    if (rule->only_if) {
        rule->only_if = NULL;
        mutants_tell(mutants, &before.only_if->place, "without \"only if\"");
        *rule = before;
    }
    if (rule->is_regardless) {
        rule->is_regardless = false;
        mutants_tell(mutants, &rule->place, "without \"regardless\"");
        *rule = before;
    }
    for (size_t i = 0; i < before.overrides.count; i++) {
        const struct policy_name *dropped = &before.overrides.at[i];
        rule->overrides = mutants_names_without(mutants->arena, &before.overrides, i);
        mutants_tell(mutants, &dropped->place, "without \"overrides " STR_FMT "\"",
                     STR_ARG(dropped->text));
        *rule = before;
    }
}

void mutants_of_rule(struct mutants *mutants, struct policy_clause *clause, size_t index)
{
    struct policy_rule *rule = &clause->rules[index];
    mutants_drop_rule(mutants, clause, index);
    mutants_swap_effect(mutants, rule);
    mutants_drop_lines(mutants, rule);
    if (rule->when) {
        mutants_of_condition(mutants, &rule->when, 0);
    }
    for (size_t i = 0; i < rule->unless_count; i++) {
        mutants_of_condition(mutants, &rule->unless[i], 0);
    }
    if (rule->only_if) {
        mutants_of_condition(mutants, &rule->only_if, 0);
    }
}

void mutants_of_definition(struct mutants *mutants, struct policy_definition *definition)
{
    if (definition->when) {
        mutants_of_condition(mutants, &definition->when, 0);
    }
}

void mutants_of_known_conflict(struct mutants *mutants, struct policy_clause *clause, size_t index)
{
    struct policy_known_conflict *before = clause->known_conflicts;
    size_t count = clause->known_conflict_count;
    struct policy_known_conflict *less =
        ARENA_ARRAY(mutants->arena, struct policy_known_conflict, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (i != index) {
            less[kept++] = before[i];
        }
    }
    clause->known_conflicts = less;
    clause->known_conflict_count = kept;
    mutants_tell(mutants, &before[index].place, "without the known conflict");
    clause->known_conflicts = before;
    clause->known_conflict_count = count;
    if (before[index].when) {
        mutants_of_condition(mutants, &before[index].when, 0);
    }
}
