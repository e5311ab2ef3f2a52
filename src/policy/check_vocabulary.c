/*
 * policy/check_vocabulary.c - facts, values and relations refer to what there is.
 *
 * Read first: docs/policy-language.md, section 3; policy/check_int.h. Start at: check_vocabulary.
 */
#include "policy/check_int.h"

#include "base/limits.h"

#define BIT(n) (UINT64_C(1) << (n))

/* ---- Values ---------------------------------------------------------------------------------- */

bool check_value_bits(const struct check_fact *fact, struct str name, uint64_t *bits)
{
    uint32_t index = 0;
    *bits = 0;
    if (hash_map_get(&fact->values, name, &index)) {
        *bits = index < LIMIT_POLICY_VALUES_MAX ? BIT(index) : 0;
        return true;
    }
    if (hash_map_get(&fact->groups, name, &index)) {
        *bits = fact->group_masks[index];
        return true;
    }
    return false;
}

static size_t kept_values(const struct check_fact *fact)
{
    return fact->value_count < LIMIT_POLICY_VALUES_MAX ? fact->value_count
                                                       : LIMIT_POLICY_VALUES_MAX;
}

/* Another fact that has the value: the usual reason of such a mistake. */
static const struct check_fact *fact_with_value(const struct check *check, struct str name)
{
    const struct check_table_data *facts = &check->tables[CHECK_FACTS];
    uint64_t bits = 0;
    for (size_t i = 0; i < facts->count; i++) {
        if (check_value_bits(facts->entries[i].item, name, &bits)) {
            return facts->entries[i].item;
        }
    }
    return NULL;
}

void check_unknown_value(struct check *check, const struct check_fact *fact,
                         struct policy_name name)
{
    struct str fact_name = fact->fact->name.text;
    struct problem_guess guess = problem_guess_new(name.text);
    bool is_shown = check->diags->count < LIMIT_DIAGS_MAX;
    for (size_t i = 0; i < kept_values(fact) && is_shown; i++) {
        const struct policy_value *value = fact->value_at[i];
        problem_guess_offer(&guess, value->name.text);
        for (size_t j = 0; j < value->groups.count; j++) {
            problem_guess_offer(&guess, value->groups.at[j].text);
        }
    }
    struct str hint = str_format(check->arena,
                                 "\"handrail vocabulary\" lists the values of \"" STR_FMT "\"; a "
                                 "pack adds more with: extend fact " STR_FMT,
                                 STR_ARG(fact_name), STR_ARG(fact_name));
    const struct check_fact *other = is_shown ? fact_with_value(check, name.text) : NULL;
    if (other && guess.best.len == 0) {
        hint = str_format(
            check->arena, "it is a value of \"" STR_FMT "\": write " STR_FMT " is " STR_FMT,
            STR_ARG(other->fact->name.text), STR_ARG(other->fact->name.text), STR_ARG(name.text));
    }
    problem_add(check->diags, PROBLEM_UNKNOWN_VALUE, name.place,
                problem_guess_hint(check->arena, &guess, hint),
                "the fact \"" STR_FMT "\" has no value \"" STR_FMT "\"", STR_ARG(fact_name),
                STR_ARG(name.text));
}

/* ---- Groups and implications ----------------------------------------------------------------- */

static void add_group(struct check *check, struct check_fact *fact, struct policy_name name,
                      size_t bit)
{
    uint32_t index = 0;
    if (hash_map_get(&fact->values, name.text, &index)) {
        problem_add(check->diags, PROBLEM_NAME_CLASH, name.place, STR("rename the group"),
                    "the group \"" STR_FMT "\" has the name of a value of this fact",
                    STR_ARG(name.text));
        return;
    }
    if (!hash_map_get(&fact->groups, name.text, &index)) {
        index = (uint32_t)fact->group_count;
        (void)hash_map_put(&fact->groups, name.text, index);
        *LIST_ADD(check->arena, fact->group_masks, fact->group_count) = 0;
    }
    fact->group_masks[index] |= BIT(bit);
}

static const struct str reserved_groups[] = {
    STR_INIT("none"), STR_INIT("unknown"), STR_INIT("withheld"), STR_INIT("missing"),
    STR_INIT("any"),  STR_INIT("all"),     STR_INIT("not")};

static void refuse_reserved_group(struct check *check, struct policy_name name)
{
    for (size_t i = 0; i < sizeof reserved_groups / sizeof reserved_groups[0]; i++) {
        if (str_equal(name.text, reserved_groups[i])) {
            problem_add(check->diags, PROBLEM_RESERVED_NAME, name.place, STR("choose another name"),
                        "\"" STR_FMT "\" is a word of the language and cannot name anything",
                        STR_ARG(name.text));
        }
    }
}

/* A value that a relation names, as a bit; 0 with a message. Groups are not meant here. */
static uint64_t value_bit(struct check *check, const struct check_fact *fact,
                          struct policy_name name)
{
    uint32_t index = 0;
    if (hash_map_get(&fact->values, name.text, &index)) {
        return index < LIMIT_POLICY_VALUES_MAX ? BIT(index) : 0;
    }
    if (hash_map_get(&fact->groups, name.text, &index)) {
        problem_add(check->diags, PROBLEM_WRONG_TYPE, name.place,
                    STR("name each value of the group"), "\"" STR_FMT "\" is a group of values",
                    STR_ARG(name.text));
        return 0;
    }
    check_unknown_value(check, fact, name);
    return 0;
}

static void add_includes(struct check *check, struct check_fact *fact, size_t bit)
{
    const struct policy_value *value = fact->value_at[bit];
    if (value->includes.count > 0 && fact->fact->kind != POLICY_FACT_SOME_OF) {
        problem_add(check->diags, PROBLEM_WRONG_TYPE, value->includes.at[0].place,
                    STR("make it a group of these values"),
                    "of a \"one of\" fact one value holds, so none can include another");
        return;
    }
    for (size_t i = 0; i < value->includes.count; i++) {
        uint64_t narrower = value_bit(check, fact, value->includes.at[i]);
        for (size_t j = 0; j < kept_values(fact); j++) {
            if ((narrower & BIT(j)) != 0) {
                fact->implies[j] |= BIT(bit);
            }
        }
    }
}

/* ---- Facts ----------------------------------------------------------------------------------- */

static bool is_default_good(const struct check_fact *fact)
{
    struct str preset = fact->fact->preset.text;
    switch (fact->fact->kind) {
    case POLICY_FACT_ONE_OF:
    case POLICY_FACT_SOME_OF:
        return str_equal(preset, STR("none")) || hash_map_get(&fact->values, preset, NULL);
    case POLICY_FACT_YES_NO:
        return str_equal(preset, STR("yes")) || str_equal(preset, STR("no"));
    case POLICY_FACT_NUMBER:
    case POLICY_FACT_DATE:
    case POLICY_FACT_KIND_COUNT:
        break;
    }
    return false;
}

static struct str default_hint(enum policy_fact_kind kind)
{
    switch (kind) {
    case POLICY_FACT_ONE_OF:
    case POLICY_FACT_SOME_OF:
        return STR("name one of its values, or none");
    case POLICY_FACT_YES_NO:
        return STR("write default yes or default no");
    case POLICY_FACT_NUMBER:
    case POLICY_FACT_DATE:
    case POLICY_FACT_KIND_COUNT:
        break;
    }
    return STR("take the line out: a number or a date is not presumed");
}

static void check_fact_lines(struct check *check, const struct check_fact *entry)
{
    const struct policy_fact *fact = entry->fact;
    bool has_values = fact->kind == POLICY_FACT_ONE_OF || fact->kind == POLICY_FACT_SOME_OF;
    if (has_values && entry->value_count == 0) {
        problem_add(check->diags, PROBLEM_NO_VALUES, fact->name.place,
                    STR("add indented lines: VALUE \"text\""),
                    "the fact \"" STR_FMT "\" has no values", STR_ARG(fact->name.text));
    }
    if (fact->preset.text.len > 0 && !is_default_good(entry)) {
        problem_add(check->diags, PROBLEM_DEFAULT, fact->preset.place, default_hint(fact->kind),
                    "\"" STR_FMT "\" cannot be the default of \"" STR_FMT "\"",
                    STR_ARG(fact->preset.text), STR_ARG(fact->name.text));
    }
    if (fact->has_bounds && fact->kind != POLICY_FACT_NUMBER) {
        problem_add(check->diags, PROBLEM_BOUNDS, fact->name.place, STR("take the line out"),
                    "the fact \"" STR_FMT "\" is no number and has no bounds",
                    STR_ARG(fact->name.text));
    }
    check_acts(check, &fact->relevant);
}

static void check_groups(struct check *check, struct check_fact *fact)
{
    for (size_t bit = 0; bit < kept_values(fact); bit++) {
        const struct policy_value *value = fact->value_at[bit];
        for (size_t i = 0; i < value->groups.count; i++) {
            refuse_reserved_group(check, value->groups.at[i]);
            add_group(check, fact, value->groups.at[i], bit);
        }
    }
}

static void check_fact(struct check *check, struct check_fact *fact)
{
    check_groups(check, fact);
    for (size_t bit = 0; bit < kept_values(fact); bit++) {
        add_includes(check, fact, bit);
    }
    check_fact_lines(check, fact);
}

/* ---- Relations ------------------------------------------------------------------------------- */

/* The "some of" fact of that name; NULL with a message. */
static struct check_fact *fact_some_of(struct check *check, struct policy_name name)
{
    const enum check_table tables[] = {CHECK_FACTS};
    struct check_fact *fact = check_find(check, CHECK_FACTS, name.text);
    if (!fact) {
        check_unknown(check, PROBLEM_UNKNOWN_FACT, name, tables, 1, STR("declare it with \"fact\""),
                      "fact");
        return NULL;
    }
    if (fact->fact->kind != POLICY_FACT_SOME_OF) {
        problem_add(check->diags, PROBLEM_WRONG_TYPE, name.place,
                    STR("only values of \"some of\" facts can hold together or imply one another"),
                    "\"" STR_FMT "\" is not a \"some of\" fact", STR_ARG(name.text));
        return NULL;
    }
    return fact;
}

static void check_relationship(struct check *check, const struct policy_relationship *relationship)
{
    struct check_fact *fact = fact_some_of(check, relationship->fact);
    for (size_t i = 0; fact && i < relationship->values.count; i++) {
        (void)value_bit(check, fact, relationship->values.at[i]);
    }
}

static void check_relation(struct check *check, const struct policy_relation *relation)
{
    struct check_fact *fact = fact_some_of(check, relation->fact);
    if (!fact) {
        return;
    }
    uint64_t left = 0;
    for (size_t i = 0; i < relation->left.count; i++) {
        left |= value_bit(check, fact, relation->left.at[i]);
    }
    if (relation->kind == POLICY_RELATION_NEVER) {
        *LIST_ADD(check->arena, fact->never, fact->never_count) = left;
        return;
    }
    uint64_t right = value_bit(check, fact, relation->right);
    for (size_t i = 0; i < kept_values(fact); i++) {
        if ((left & BIT(i)) != 0) {
            fact->implies[i] |= right;
        }
    }
}

void check_vocabulary(struct check *check)
{
    const struct check_table_data *facts = &check->tables[CHECK_FACTS];
    for (size_t i = 0; i < facts->count; i++) {
        check_fact(check, facts->entries[i].item);
    }
    for (size_t i = 0; i < check->document_count; i++) {
        const struct policy_document *document = check->documents[i];
        for (size_t j = 0; j < document->relation_count; j++) {
            check_relation(check, &document->relations[j]);
        }
        for (size_t j = 0; j < document->relationship_count; j++) {
            check_relationship(check, &document->relationships[j]);
        }
    }
}
