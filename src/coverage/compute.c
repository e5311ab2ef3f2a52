/*
 * coverage/compute.c - sets each row of the ledger beside its clause.
 *
 * Read first: coverage.h; docs/policy-language.md, section 8, "Coverage". Start at
 * coverage_compute(). A row's clause is the one whose `ledger` is the row's id. A row that no
 * clause names is missing from the pack that uses its prefix ("CH" of "CH-04").
 */
#include <assert.h>

#include "coverage/coverage.h"
#include "policy/operation.h"

/* Modules that work today; statements that wait for them wait no more. A module joins this list
 * with the change that puts its statements to work. */
static const struct str coverage_modules_here[] = {STR_INIT("decide"), STR_INIT("screen")};

/* What answers a token of the ledger besides rules: any of these statements in the clause. */
struct coverage_token {
    struct str token;
    struct str kinds[8]; /* of operation statements */
    bool by_prose;       /* the clause's prose is enough */
    bool by_vocabulary;  /* the words stand in the shared vocabulary, so the clause is enough */
    bool by_approval;    /* a rule that asks for an approval */
};

static const struct coverage_token coverage_tokens[] = {
    {.token = STR_INIT("text"), .by_prose = true},
    {.token = STR_INIT("vocabulary"), .by_vocabulary = true},
    {.token = STR_INIT("screening"), .kinds = {STR_INIT("screen")}},
    {.token = STR_INIT("workflow"),
     .kinds = {STR_INIT("process"), STR_INIT("route"), STR_INIT("review"), STR_INIT("duty"),
               STR_INIT("safeguard"), STR_INIT("case"), STR_INIT("inbox"), STR_INIT("training")}},
    {.token = STR_INIT("case"), .kinds = {STR_INIT("case"), STR_INIT("test")}},
    {.token = STR_INIT("clock"), .kinds = {STR_INIT("clock"), STR_INIT("review")}},
    {.token = STR_INIT("record"),
     .kinds = {STR_INIT("record"), STR_INIT("register"), STR_INIT("review"), STR_INIT("safeguard"),
               STR_INIT("retention"), STR_INIT("acknowledgement")}},
    {.token = STR_INIT("permission"),
     .kinds = {STR_INIT("register"), STR_INIT("process"), STR_INIT("record")},
     .by_approval = true},
    {.token = STR_INIT("self-check"), .kinds = {STR_INIT("self-check")}},
    {.token = STR_INIT("reminder"), .kinds = {STR_INIT("reminder")}},
    {.token = STR_INIT("inbox"), .kinds = {STR_INIT("inbox"), STR_INIT("route")}},
    {.token = STR_INIT("notice"), .kinds = {STR_INIT("notice")}},
    {.token = STR_INIT("roles"), .kinds = {STR_INIT("role")}},
    {.token = STR_INIT("training"), .kinds = {STR_INIT("training")}},
    {.token = STR_INIT("retention"), .kinds = {STR_INIT("retention")}},
    {.token = STR_INIT("report"), .kinds = {STR_INIT("report")}},
    {.token = STR_INIT("document"), .kinds = {STR_INIT("document")}},
    {.token = STR_INIT("acknowledgement"), .kinds = {STR_INIT("acknowledgement")}},
};

#define COVERAGE_TOKEN_COUNT (sizeof coverage_tokens / sizeof coverage_tokens[0])

struct str coverage_status_name(enum coverage_status status)
{
    static const struct str names[COVERAGE_STATUS_COUNT] = {
        [COVERAGE_ENFORCED] = STR_INIT("enforced"),
        [COVERAGE_DECLARED] = STR_INIT("declared"),
        [COVERAGE_TEXT] = STR_INIT("text"),
        [COVERAGE_MISSING] = STR_INIT("missing"),
    };
    return names[status];
}

/* ---- Clauses --------------------------------------------------------------------------------- */

static struct str coverage_clause_id(const struct policy_clause *clause)
{
    return str_is_empty(clause->ledger) ? clause->key.text : clause->ledger;
}

/* "CH" of "CH-04"; the empty text of an id without a hyphen. */
static struct str coverage_prefix(struct str id)
{
    for (size_t i = id.len; i > 0; i--) {
        if (id.at[i - 1] == '-') {
            return str_slice(id, 0, i - 1);
        }
    }
    return (struct str){0};
}

static const struct coverage_policy *coverage_find(const struct coverage *coverage, struct str id,
                                                   const struct policy_clause **clause)
{
    for (size_t p = 0; p < coverage->policy_count; p++) {
        const struct policy_document *document = coverage->policies[p].document;
        for (size_t i = 0; i < document->clause_count; i++) {
            if (str_equal(coverage_clause_id(&document->clauses[i]), id)) {
                *clause = &document->clauses[i];
                return &coverage->policies[p];
            }
        }
    }
    *clause = NULL;
    return NULL;
}

static const struct coverage_policy *coverage_find_prefix(const struct coverage *coverage,
                                                          struct str id)
{
    struct str prefix = coverage_prefix(id);
    for (size_t p = 0; p < coverage->policy_count; p++) {
        const struct policy_document *document = coverage->policies[p].document;
        for (size_t i = 0; i < document->clause_count; i++) {
            struct str other = coverage_prefix(coverage_clause_id(&document->clauses[i]));
            if (!str_is_empty(prefix) && str_equal(other, prefix)) {
                return &coverage->policies[p];
            }
        }
    }
    return NULL;
}

static bool coverage_module_is_here(struct str module)
{
    size_t count = sizeof coverage_modules_here / sizeof coverage_modules_here[0];
    for (size_t i = 0; i < count; i++) {
        if (str_equal(coverage_modules_here[i], module)) {
            return true;
        }
    }
    return false;
}

static void coverage_add_operations(struct arena *arena, struct coverage_item *item)
{
    item->operations = ARENA_ARRAY(arena, struct coverage_operation, item->clause->operation_count);
    for (size_t i = 0; i < item->clause->operation_count; i++) {
        const struct policy_operation *operation = &item->clause->operations[i];
        const struct operation_kind *kind = operation_kind_find(operation->kind.text);
        struct str module = kind ? kind->module : (struct str){0};
        if (item->operation_count < COVERAGE_OPERATIONS_MAX) {
            item->operations[item->operation_count++] = (struct coverage_operation){
                .kind = operation->kind.text,
                .name = operation->name.text,
                .module = coverage_module_is_here(module) ? (struct str){0} : module};
        }
    }
}

/* A duty decides where some rule of the pack adds it. */
static bool coverage_duty_is_used(const struct policy_document *document, struct str duty)
{
    for (size_t c = 0; c < document->clause_count; c++) {
        for (size_t r = 0; r < document->clauses[c].rule_count; r++) {
            if (str_equal(document->clauses[c].rules[r].duty.text, duty)) {
                return true;
            }
        }
    }
    return false;
}

static bool coverage_has_field(const struct policy_operation *operation, struct str name)
{
    for (size_t i = 0; i < operation->field_count; i++) {
        if (str_equal(operation->fields[i].name.text, name)) {
            return true;
        }
    }
    return false;
}

/* A screen statement works when drafts show what it finds and what it lets pass. */
static bool coverage_screen_is_shown(const struct policy_operation *operation)
{
    return str_equal(operation->kind.text, STR("screen")) &&
           coverage_has_field(operation, STR("fires")) &&
           coverage_has_field(operation, STR("passes"));
}

static enum coverage_status coverage_status_of(const struct coverage_item *item)
{
    if (!item->clause) {
        return COVERAGE_MISSING;
    }
    if (item->rule_count > 0) {
        return COVERAGE_ENFORCED;
    }
    enum coverage_status status = COVERAGE_TEXT;
    for (size_t i = 0; i < item->operation_count; i++) {
        const struct coverage_operation *operation = &item->operations[i];
        bool is_used_duty = str_equal(operation->kind, STR("duty")) &&
                            coverage_duty_is_used(item->policy->document, operation->name);
        if (is_used_duty || coverage_screen_is_shown(&item->clause->operations[i])) {
            return COVERAGE_ENFORCED;
        }
        status = COVERAGE_DECLARED;
    }
    return status;
}

/* ---- Tokens ---------------------------------------------------------------------------------- */

static bool coverage_condition_approves(const struct policy_condition *condition, unsigned depth)
{
    if (!condition || depth > 64) {
        return false;
    }
    if (condition->kind == POLICY_CONDITION_APPROVED) {
        return true;
    }
    for (size_t i = 0; i < condition->child_count; i++) {
        if (coverage_condition_approves(condition->children[i], depth + 1)) {
            return true;
        }
    }
    return false;
}

static bool coverage_has_approval(const struct policy_clause *clause)
{
    for (size_t r = 0; r < clause->rule_count; r++) {
        const struct policy_rule *rule = &clause->rules[r];
        if (rule->effect == POLICY_EFFECT_ASKS_FIRST ||
            coverage_condition_approves(rule->only_if, 0)) {
            return true;
        }
        for (size_t u = 0; u < rule->unless_count; u++) {
            if (coverage_condition_approves(rule->unless[u], 0)) {
                return true;
            }
        }
    }
    return false;
}

static bool coverage_has_kind(const struct policy_clause *clause,
                              const struct coverage_token *token)
{
    for (size_t i = 0; i < clause->operation_count; i++) {
        for (size_t k = 0; k < sizeof token->kinds / sizeof token->kinds[0]; k++) {
            if (!str_is_empty(token->kinds[k]) &&
                str_equal(token->kinds[k], clause->operations[i].kind.text) &&
                (!str_equal(token->kinds[k], STR("screen")) ||
                 coverage_screen_is_shown(&clause->operations[i]))) {
                return true;
            }
        }
    }
    return false;
}

static bool coverage_is_met(const struct coverage_item *item, struct str name)
{
    if (str_equal(name, STR("rule"))) {
        return item->rule_count > 0;
    }
    for (size_t i = 0; i < COVERAGE_TOKEN_COUNT; i++) {
        const struct coverage_token *token = &coverage_tokens[i];
        if (str_equal(token->token, name)) {
            return coverage_has_kind(item->clause, token) || token->by_vocabulary ||
                   (token->by_prose && !str_is_empty(item->clause->prose)) ||
                   (token->by_approval && coverage_has_approval(item->clause));
        }
    }
    return false;
}

static void coverage_check_tokens(struct arena *arena, struct coverage_item *item)
{
    item->unmet = ARENA_ARRAY(arena, struct str, item->row->token_count);
    for (size_t i = 0; i < item->row->token_count; i++) {
        struct str token = item->row->tokens[i];
        if (item->clause && coverage_is_met(item, token)) {
            continue;
        }
        item->unmet[item->unmet_count++] = token;
        item->lacks_rule = item->lacks_rule || str_equal(token, STR("rule"));
    }
}

/* ---- All of it ------------------------------------------------------------------------------- */

static void coverage_fill(struct arena *arena, struct coverage_item *item)
{
    if (item->clause) {
        item->rule_count = item->clause->rule_count;
        coverage_add_operations(arena, item);
    }
    item->status = coverage_status_of(item);
    if (item->row) {
        coverage_check_tokens(arena, item);
    }
}

static bool coverage_is_listed(const struct coverage *coverage, struct str id)
{
    for (size_t i = 0; i < coverage->ledger.count; i++) {
        if (str_equal(coverage->ledger.rows[i].id, id)) {
            return true;
        }
    }
    return false;
}

/* Without a ledger each clause is a row of its own. */
static void coverage_from_clauses(struct coverage *coverage, const struct coverage_policy *policy)
{
    for (size_t i = 0; i < policy->document->clause_count; i++) {
        const struct policy_clause *clause = &policy->document->clauses[i];
        struct str id = coverage_clause_id(clause);
        if (!str_is_empty(coverage->ledger.file)) {
            coverage->unlisted += coverage_is_listed(coverage, id) ? 0 : 1;
            continue;
        }
        if (coverage->count < coverage->capacity) {
            struct coverage_item *item = &coverage->items[coverage->count++];
            *item = (struct coverage_item){.policy = policy, .clause = clause, .id = id};
            coverage_fill(coverage->arena, item);
        }
    }
}

static void coverage_from_ledger(struct coverage *coverage, const struct coverage_policy *policy)
{
    for (size_t i = 0; i < coverage->ledger.count; i++) {
        const struct coverage_row *row = &coverage->ledger.rows[i];
        const struct policy_clause *clause;
        const struct coverage_policy *owner = coverage_find(coverage, row->id, &clause);
        if (!owner) {
            owner = coverage_find_prefix(coverage, row->id);
        }
        if (owner != policy || coverage->count >= coverage->capacity) {
            continue;
        }
        struct coverage_item *item = &coverage->items[coverage->count++];
        *item =
            (struct coverage_item){.row = row, .policy = policy, .clause = clause, .id = row->id};
        coverage_fill(coverage->arena, item);
    }
}

void coverage_compute(struct coverage *coverage)
{
    coverage->capacity = coverage->ledger.count;
    for (size_t p = 0; p < coverage->policy_count; p++) {
        coverage->capacity += coverage->policies[p].document->clause_count;
    }
    coverage->items = ARENA_ARRAY(coverage->arena, struct coverage_item, coverage->capacity);
    for (size_t p = 0; p < coverage->policy_count; p++) {
        coverage_from_ledger(coverage, &coverage->policies[p]);
        coverage_from_clauses(coverage, &coverage->policies[p]);
    }
    if (!str_is_empty(coverage->ledger.file)) {
        coverage->strange_rows = coverage->ledger.count - coverage->count;
    }
}

struct coverage_totals coverage_sum(const struct coverage *coverage,
                                    const struct coverage_policy *policy)
{
    struct coverage_totals totals = {0};
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_item *item = &coverage->items[i];
        if (policy && item->policy != policy) {
            continue;
        }
        totals.rows++;
        totals.by_status[item->status]++;
        totals.lacking_rule += item->lacks_rule ? 1 : 0;
        totals.with_unmet += item->unmet_count > 0 ? 1 : 0;
    }
    return totals;
}
