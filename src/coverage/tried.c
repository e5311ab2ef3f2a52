/*
 * coverage/tried.c - which rules the policies' own examples reach.
 *
 * Read first: coverage.h, cover.h, examples.h. Start at coverage_try(). Whether an example's
 * expectation holds is not asked here: `handrail test` says that.
 */
#include "coverage/cover.h"
#include "coverage/coverage.h"
#include "coverage/examples.h"

static void try_examples(struct cover *cover, const struct cover_pack *into,
                         const struct coverage_policy *policy)
{
    DEFER(arena_close) struct arena *scratch = arena_open();
    for (size_t c = 0; c < policy->document->clause_count; c++) {
        const struct policy_clause *clause = &policy->document->clauses[c];
        for (size_t e = 0; e < clause->example_count; e++) {
            struct arena_mark mark = arena_mark(scratch);
            struct diag_list diags = diag_list_new(scratch);
            const struct decide_answer *answer =
                example_answer(scratch, policy->pack, &clause->examples[e], &diags);
            if (answer) {
                cover_mark(cover, into, answer);
            }
            arena_rewind(scratch, mark);
        }
    }
}

static bool rule_was_tried(const struct cover *cover, const struct policy_rule *rule)
{
    for (size_t i = 0; i < cover->count; i++) {
        const struct cover_point *point = &cover->points[i];
        if (point->kind == COVER_RULE && point->has_stood &&
            point->place.line == rule->place.line &&
            str_equal(point->place.file, rule->place.file)) {
            return true;
        }
    }
    return false;
}

void coverage_try(struct coverage *coverage)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct cover cover = cover_new(arena);
    const struct policy_document **wanted =
        ARENA_ARRAY(arena, const struct policy_document *, coverage->policy_count + 1);
    for (size_t i = 0; i < coverage->policy_count; i++) {
        wanted[i] = coverage->policies[i].document;
    }
    for (size_t i = 0; i < coverage->policy_count; i++) {
        const struct coverage_policy *policy = &coverage->policies[i];
        const struct cover_pack *into =
            cover_add_pack(&cover, policy->bundle, policy->pack, wanted, coverage->policy_count);
        try_examples(&cover, into, policy);
    }
    for (size_t i = 0; i < coverage->count; i++) {
        struct coverage_item *item = &coverage->items[i];
        for (size_t r = 0; r < item->rule_count; r++) {
            item->tried_count += rule_was_tried(&cover, &item->clause->rules[r]) ? 1 : 0;
        }
    }
}
