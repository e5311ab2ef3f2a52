/*
 * actions/retention_rules.c - what the policies say of what is kept, and the schedule that comes of
 * it at the schools of a trust.
 *
 * Read first: retention_int.h; docs/policy-language.md, section 8, "Retention".
 */
#include "actions/retention_int.h"
#include "base/sha256.h"
#include "policy/operation.h"
#include "records/retention.h"

#define MONTHS_OF_A_YEAR 12
#define DAYS_OF_A_WEEK 7

/* Longer than anybody lives; so no date leaves its range. */
#define YEARS_MAX 500

struct retention_rules retention_rules_new(struct arena *arena)
{
    return (struct retention_rules){ARENA_ARRAY(arena, struct retention_rule, RETENTION_RULES_MAX),
                                    0};
}

/* ---- Reading statements ---------------------------------------------------------------------- */

static struct str period_words(struct arena *arena, int64_t amount, const char *unit)
{
    return str_format(arena, "%lld %s%s", (long long)amount, unit, amount == 1 ? "" : "s");
}

/* policy_check() has refused units that are not of the calendar. */
static struct retention_period period_of(struct arena *arena, const struct policy_duration *keep)
{
    int64_t amount = keep->amount < YEARS_MAX * 366 ? keep->amount : YEARS_MAX * 366;
    int64_t years = amount < YEARS_MAX ? amount : YEARS_MAX;
    int64_t months = amount < YEARS_MAX * 12 ? amount : YEARS_MAX * 12;
    struct retention_period period = {.is_stated = true};
    switch (keep->unit) {
    case POLICY_DURATION_IMMEDIATELY:
        period.words = STR("0 days");
        break;
    case POLICY_DURATION_DAYS:
        period.days = (int32_t)amount;
        period.words = period_words(arena, amount, "day");
        break;
    case POLICY_DURATION_WEEKS:
        period.days =
            (int32_t)(amount < YEARS_MAX * 52 ? amount * DAYS_OF_A_WEEK : YEARS_MAX * 366);
        period.words = period_words(arena, amount, "week");
        break;
    case POLICY_DURATION_MONTHS:
        period.months = (int32_t)months;
        period.words = period_words(arena, months, "month");
        break;
    case POLICY_DURATION_YEARS:
        period.months = (int32_t)(years * MONTHS_OF_A_YEAR);
        period.words = period_words(arena, years, "year");
        break;
    case POLICY_DURATION_NONE:
    case POLICY_DURATION_MINUTES:
    case POLICY_DURATION_HOURS:
    case POLICY_DURATION_WORKING_DAYS:
    case POLICY_DURATION_LESSONS:
    case POLICY_DURATION_COUNT:
        period.is_stated = false;
        break;
    }
    return period;
}

static void add_statement(struct arena *arena, const struct policy_clause *clause,
                          const struct policy_operation *operation, struct str policy,
                          struct retention_rules *rules)
{
    const struct policy_field *covers = operation_said_find(operation, STR("covers"));
    const struct policy_field *from = operation_said_find(operation, STR("from"));
    const struct policy_field *keep = operation_said_find(operation, STR("keep"));
    const struct policy_field *then = operation_said_find(operation, STR("then"));
    for (size_t i = 0; covers && i < covers->names.count && rules->count < RETENTION_RULES_MAX;
         i++) {
        rules->at[rules->count++] = (struct retention_rule){
            .policy = policy,
            .clause = clause->key.text,
            .title = operation->text,
            .kept = covers->names.at[i].text,
            .event = from ? from->names.at[0].text : (struct str){0},
            .then = then ? then->text : (struct str){0},
            .period = keep ? period_of(arena, &keep->duration) : (struct retention_period){0}};
    }
}

static void add_document(struct arena *arena, const struct policy_document *document,
                         struct str policy, struct retention_rules *rules)
{
    for (size_t i = 0; document && i < document->clause_count; i++) {
        const struct policy_clause *clause = &document->clauses[i];
        for (size_t j = 0; j < clause->operation_count; j++) {
            if (str_equal(clause->operations[j].kind.text, STR("retention"))) {
                add_statement(arena, clause, &clause->operations[j], policy, rules);
            }
        }
    }
}

void retention_rules_add(struct arena *arena, const struct policy_bundle *bundle, struct str policy,
                         struct retention_rules *rules)
{
    add_document(arena, bundle->law, policy, rules);
    for (size_t i = 0; i < bundle->chain_count; i++) {
        add_document(arena, bundle->chain[i], policy, rules);
    }
}

struct civil_date retention_due_on(struct retention_period period, struct civil_date since)
{
    return civil_date_add_days(civil_date_add_months(since, period.months), period.days);
}

const struct retention_rule *retention_rule_of(const struct retention_rules *rules,
                                               struct str policy,
                                               const struct retention_class *class,
                                               struct civil_date since)
{
    const struct retention_rule *longest = NULL;
    for (size_t i = 0; i < rules->count; i++) {
        const struct retention_rule *rule = &rules->at[i];
        if (!rule->period.is_stated || !str_equal(rule->kept, class->kept) ||
            !str_equal(rule->event, class->event) || !str_equal(rule->policy, policy)) {
            continue;
        }
        if (!longest || civil_date_compare(retention_due_on(rule->period, since),
                                           retention_due_on(longest->period, since)) > 0) {
            longest = rule;
        }
    }
    return longest;
}

/* ---- The schedule ---------------------------------------------------------------------------- */

static void digest_add(struct sha256 *state, struct str text)
{
    uint64_t length = text.len;
    sha256_add(state, &length, sizeof length);
    sha256_add(state, text.at, text.len);
}

/* All that decides what is due; not how it is worded. */
static struct str digest_of(struct arena *arena, const struct retention_schedule *schedule)
{
    struct sha256 state = sha256_begin();
    for (size_t i = 0; i < schedule->school_count; i++) {
        digest_add(&state, store_id_format(arena, schedule->schools[i].id.value));
        digest_add(&state, schedule->schools[i].policy);
    }
    for (size_t i = 0; i < schedule->rules->count; i++) {
        const struct retention_rule *rule = &schedule->rules->at[i];
        digest_add(&state, rule->policy);
        digest_add(&state, rule->clause);
        digest_add(&state, rule->kept);
        digest_add(&state, rule->event);
        digest_add(&state, str_format(arena, "%d %d %d", rule->period.is_stated,
                                      (int)rule->period.months, (int)rule->period.days));
    }
    uint8_t digest[SHA256_BYTES];
    sha256_end(&state, digest);
    return action_digest_text(arena, (struct str){(const char *)digest, sizeof digest});
}

struct result retention_schedule_read(struct store_transaction *transaction,
                                      const struct retention_rules *rules,
                                      struct retention_schedule *out)
{
    struct arena *arena = store_arena(transaction);
    struct retention_schools_rows rows;
    TRY(retention_schools(transaction, (struct retention_schools_in){RETENTION_SCHOOLS_MAX},
                          &rows));
    *out = (struct retention_schedule){
        .rules = rules,
        .schools = ARENA_ARRAY(arena, struct retention_school, rows.count + 1),
        .school_count = rows.count};
    for (size_t i = 0; i < rows.count; i++) {
        out->schools[i] =
            (struct retention_school){rows.at[i].id, rows.at[i].name, rows.at[i].policy};
    }
    out->digest = digest_of(arena, out);
    return RESULT_OK;
}
