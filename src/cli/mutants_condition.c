/*
 * cli/mutants_condition.c - mutants of conditions. Read first: mutants.h.
 *
 * A changed condition is a copy that takes the place of the first; so nothing has to be undone but
 * one pointer.
 */
#include "cli/mutants_int.h"

/* Puts a changed copy in place, calls back, and takes it away. */
#define MUTANTS_WITH(mutants, slot, copy, ...)                                                     \
    do {                                                                                           \
        struct policy_condition *mutants_before = *(slot);                                         \
        *(slot) = (copy);                                                                          \
        mutants_tell((mutants), &mutants_before->place, __VA_ARGS__);                              \
        *(slot) = mutants_before;                                                                  \
    } while (0)

static struct policy_condition *mutants_copy(struct mutants *mutants,
                                             const struct policy_condition *condition)
{
    struct policy_condition *copy = ARENA_NEW(mutants->arena, struct policy_condition);
    *copy = *condition;
    return copy;
}

/* ---- Atoms ----------------------------------------------------------------------------------- */

static void mutants_negate(struct mutants *mutants, struct policy_condition **slot)
{
    struct policy_condition *copy = mutants_copy(mutants, *slot);
    struct str name = copy->fact.text;
    if (copy->kind == POLICY_CONDITION_BARE) {
        struct policy_condition *negation = ARENA_NEW(mutants->arena, struct policy_condition);
        negation->kind = POLICY_CONDITION_NOT;
        negation->place = copy->place;
        negation->children = ARENA_NEW(mutants->arena, struct policy_condition *);
        negation->children[0] = copy;
        negation->child_count = 1;
        copy = negation;
    } else {
        copy->is_negated = !copy->is_negated;
    }
    MUTANTS_WITH(mutants, slot, copy, "\"" STR_FMT "\" negated", STR_ARG(name));
}

static void mutants_of_values(struct mutants *mutants, struct policy_condition **slot)
{
    const struct policy_condition *condition = *slot;
    if (condition->values.count < 2) {
        return;
    }
    for (size_t i = 0; i < condition->values.count; i++) {
        struct policy_condition *copy = mutants_copy(mutants, condition);
        copy->values = mutants_names_without(mutants->arena, &condition->values, i);
        MUTANTS_WITH(mutants, slot, copy, "without the value \"" STR_FMT "\"",
                     STR_ARG(condition->values.at[i].text));
    }
    if (condition->is_all_of) {
        struct policy_condition *copy = mutants_copy(mutants, condition);
        copy->is_all_of = false;
        MUTANTS_WITH(mutants, slot, copy, "\"any of\" for \"all of\"");
    }
}

/*
 * The number one off, either way. For whole numbers this is also every slip between "under" and
 * "at most", so only a comparison with a setting, which has no number of its own, is made stricter
 * or looser by its words.
 */
static void mutants_of_number(struct mutants *mutants, struct policy_condition **slot)
{
    static const enum policy_compare near[POLICY_COMPARE_COUNT] = {
        [POLICY_COMPARE_UNDER] = POLICY_COMPARE_AT_MOST,
        [POLICY_COMPARE_OVER] = POLICY_COMPARE_AT_LEAST,
        [POLICY_COMPARE_AT_LEAST] = POLICY_COMPARE_OVER,
        [POLICY_COMPARE_AT_MOST] = POLICY_COMPARE_UNDER,
        [POLICY_COMPARE_EXACTLY] = POLICY_COMPARE_AT_LEAST,
        [POLICY_COMPARE_BEFORE] = POLICY_COMPARE_FROM,
        [POLICY_COMPARE_FROM] = POLICY_COMPARE_BEFORE,
    };
    const struct policy_condition *condition = *slot;
    if (!str_is_empty(condition->setting.text)) {
        struct policy_condition *copy = mutants_copy(mutants, condition);
        copy->compare = near[condition->compare];
        MUTANTS_WITH(mutants, slot, copy, "the limit of \"" STR_FMT "\" on its other side",
                     STR_ARG(condition->setting.text));
        return;
    }
    for (int step = -1; step <= 1; step += 2) {
        struct policy_condition *copy = mutants_copy(mutants, condition);
        copy->number += step;
        MUTANTS_WITH(mutants, slot, copy, "\"" STR_FMT "\" compared with one %s",
                     STR_ARG(condition->fact.text), step < 0 ? "less" : "more");
    }
}

/* What deciding looks at: the roles, the writing, the reason. The rest is for people. */
static void mutants_of_approval(struct mutants *mutants, struct policy_condition **slot)
{
    const struct policy_approval *approval = &(*slot)->approval;
    for (size_t i = 0; i < approval->roles.count && approval->roles.count > 1; i++) {
        struct policy_condition *copy = mutants_copy(mutants, *slot);
        copy->approval.roles = mutants_names_without(mutants->arena, &approval->roles, i);
        MUTANTS_WITH(mutants, slot, copy, "without the role \"" STR_FMT "\"",
                     STR_ARG(approval->roles.at[i].text));
    }
    if (approval->in_writing) {
        struct policy_condition *copy = mutants_copy(mutants, *slot);
        copy->approval.in_writing = false;
        MUTANTS_WITH(mutants, slot, copy, "without \"in writing\"");
    }
    if (approval->with_reason) {
        struct policy_condition *copy = mutants_copy(mutants, *slot);
        copy->approval.with_reason = false;
        MUTANTS_WITH(mutants, slot, copy, "without \"with reason\"");
    }
}

/* ---- Trees ----------------------------------------------------------------------------------- */

static bool mutants_has_approval(const struct policy_condition *condition, unsigned depth)
{
    if (condition->kind == POLICY_CONDITION_APPROVED) {
        return true;
    }
    for (size_t i = 0; i < condition->child_count && depth < MUTANTS_DEPTH_MAX; i++) {
        if (mutants_has_approval(condition->children[i], depth + 1)) {
            return true;
        }
    }
    return false;
}

/* The condition without one of its parts; the part that is left when there were two. */
static struct policy_condition *
mutants_without(struct mutants *mutants, const struct policy_condition *condition, size_t index)
{
    if (condition->child_count == 2) {
        return condition->children[1 - index];
    }
    struct policy_condition *copy = mutants_copy(mutants, condition);
    copy->children = ARENA_ARRAY(mutants->arena, struct policy_condition *, condition->child_count);
    copy->child_count = 0;
    for (size_t i = 0; i < condition->child_count; i++) {
        if (i != index) {
            copy->children[copy->child_count++] = condition->children[i];
        }
    }
    return copy;
}

static void mutants_of_joined(struct mutants *mutants, struct policy_condition **slot,
                              unsigned depth)
{
    struct policy_condition *condition = *slot;
    bool is_and = condition->kind == POLICY_CONDITION_AND;
    struct policy_condition *copy = mutants_copy(mutants, condition);
    copy->kind = is_and ? POLICY_CONDITION_OR : POLICY_CONDITION_AND;
    MUTANTS_WITH(mutants, slot, copy, "\"%s\" for \"%s\"", is_and ? "or" : "and",
                 is_and ? "and" : "or");
    for (size_t i = 0; i < condition->child_count; i++) {
        struct policy_condition *rest = mutants_without(mutants, condition, i);
        const struct policy_condition *dropped = condition->children[i];
        *slot = rest;
        mutants_tell(mutants, &dropped->place, "without this part of \"%s\": " STR_FMT "%s",
                     is_and ? "and" : "or", STR_ARG(dropped->fact.text),
                     dropped->child_count > 0 ? "(...)" : "");
        *slot = condition;
    }
    for (size_t i = 0; i < condition->child_count; i++) {
        mutants_of_condition(mutants, &condition->children[i], depth + 1);
    }
}

void mutants_of_condition(struct mutants *mutants, struct policy_condition **slot, unsigned depth)
{
    struct policy_condition *condition = *slot;
    if (depth >= MUTANTS_DEPTH_MAX) {
        return;
    }
    switch (condition->kind) {
    case POLICY_CONDITION_IS:
        mutants_negate(mutants, slot);
        mutants_of_values(mutants, slot);
        return;
    case POLICY_CONDITION_COMPARE:
        mutants_negate(mutants, slot);
        mutants_of_number(mutants, slot);
        return;
    case POLICY_CONDITION_BARE:
        mutants_negate(mutants, slot);
        return;
    case POLICY_CONDITION_APPROVED:
        mutants_of_approval(mutants, slot);
        return;
    case POLICY_CONDITION_NOT:
        if (!mutants_has_approval(condition, 0)) {
            MUTANTS_WITH(mutants, slot, condition->children[0], "without \"not\"");
        }
        mutants_of_condition(mutants, &condition->children[0], depth + 1);
        return;
    case POLICY_CONDITION_AND:
    case POLICY_CONDITION_OR:
        mutants_of_joined(mutants, slot, depth);
        return;
    case POLICY_CONDITION_KIND_COUNT:
        return;
    }
}
