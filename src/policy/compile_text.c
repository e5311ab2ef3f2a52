/*
 * Conditions, durations and fields in plain words, for explanations and for the published policy.
 * Read first: compile_int.h. The same condition always gives the same words.
 */
#include "policy/compile_int.h"

#include <assert.h>

struct str compile_label(struct compile *compile, const struct policy_fact *fact)
{
    if (fact->label.len != 0)
        return fact->label;
    struct str name = fact->name.text;
    if (str_equal(name, STR("other")))
        return STR("the other person");
    struct text words = {.arena = compile->arena};
    if (str_starts(name, STR("other."))) {
        text_add(&words, STR("their "));
        name = str_slice(name, sizeof "other." - 1, name.len);
    }
    for (size_t i = 0; i < name.len; i++)
        text_add_char(&words, name.at[i] == '-' ? ' ' : name.at[i]);
    return text_str(&words);
}

/* A value's own words, or a group's members joined with "or". */
static void value_text(struct text *out, const struct compile_fact *fact, struct str name)
{
    uint64_t bits = compile_value_bits(fact, name);
    uint32_t index = 0;
    if (hash_map_get(&fact->values, name, &index)) {
        text_add(out, fact->sources[index]->text);
        return;
    }
    bool is_first = true;
    for (uint32_t i = 0; i < fact->value_count; i++)
        if ((bits >> i & 1) != 0) {
            text_add(out, is_first ? STR("") : STR(" or "));
            text_add(out, fact->sources[i]->text);
            is_first = false;
        }
    if (is_first)
        text_add(out, STR("none of the choices"));
}

static void is_text(struct compile *compile, struct text *out,
                    const struct policy_condition *condition, bool is_negated)
{
    const struct compile_fact *fact = compile_fact_find(compile, condition->fact.text);
    text_add(out, compile_label(compile, fact->fact));
    text_add(out, is_negated ? STR(": not ") : STR(": "));
    for (size_t i = 0; i < condition->values.count; i++) {
        if (i != 0)
            text_add(out, condition->is_all_of ? STR(" and ") : STR(" or "));
        value_text(out, fact, condition->values.at[i].text);
    }
}

static const char *const compare_words[POLICY_COMPARE_COUNT] = {
    "under", "over", "at least", "at most", "exactly", "before", "from"};

static void compare_text(struct compile *compile, struct text *out,
                         const struct policy_condition *condition, bool is_negated)
{
    const struct compile_fact *fact = compile_fact_find(compile, condition->fact.text);
    text_add(out, compile_label(compile, fact->fact));
    text_add(out, is_negated ? STR(": not ") : STR(": "));
    text_add(out, str_from(compare_words[condition->compare]));
    text_add_char(out, ' ');
    if (fact->fact->kind == POLICY_FACT_DATE) {
        struct civil_date date = {(int32_t)condition->number};
        text_add(out, civil_date_format(compile->arena, date));
        return;
    }
    if (condition->setting.text.len != 0)
        text_add(out, compile_setting_value(compile, condition->setting.text));
    else
        text_addf(out, "%lld", (long long)condition->number);
    if (fact->fact->unit.len != 0)
        text_addf(out, " " STR_FMT, STR_ARG(fact->fact->unit));
}

static void bare_text(struct compile *compile, struct text *out,
                      const struct policy_condition *condition, bool is_negated)
{
    uint32_t index = 0;
    if (hash_map_get(&compile->definitions, condition->fact.text, &index)) {
        text_add(out, is_negated ? STR("not: ") : STR(""));
        text_add(out, compile->definition_at[index]->text);
        return;
    }
    const struct compile_fact *fact = compile_fact_find(compile, condition->fact.text);
    text_add(out, compile_label(compile, fact->fact));
    text_add(out, is_negated ? STR(": no") : STR(": yes"));
}

static const char *const duration_words[POLICY_DURATION_COUNT] = {
    "", "immediately", "minute", "hour", "day", "working day", "week", "month", "year", "lesson"};

struct str compile_duration_text(struct compile *compile, struct policy_duration duration)
{
    const char *word = duration_words[duration.unit];
    if (duration.unit == POLICY_DURATION_NONE || duration.unit == POLICY_DURATION_IMMEDIATELY)
        return str_from(word);
    return str_format(compile->arena, "%lld %s%s", (long long)duration.amount, word,
                      duration.amount == 1 ? "" : "s");
}

static void roles_text(struct compile *compile, struct text *out, const struct policy_names *roles)
{
    for (size_t i = 0; i < roles->count; i++) {
        const struct pack_role *role = pack_builder_at(compile->builder, PACK_SECTION_ROLE,
                                                       compile_role(compile, roles->at[i].text));
        text_add(out, i == 0 ? STR("") : i + 1 == roles->count ? STR(" or ") : STR(", "));
        text_add(out, str_copy(compile->arena, pack_builder_str(compile->builder, role->text)));
    }
}

static void approval_text(struct compile *compile, struct text *out,
                          const struct policy_approval *approval)
{
    if (approval->is_consent) {
        text_add(out, STR("each person concerned consents"));
    } else if (approval->roles.count == 0) {
        text_add(out, STR("approved by whomever the school names"));
    } else {
        text_add(out, STR("approved by "));
        roles_text(compile, out, &approval->roles);
    }
    text_add(out, approval->in_advance ? STR(", in advance") : STR(""));
    text_add(out, approval->afterwards ? STR(", afterwards") : STR(""));
    text_add(out, approval->in_writing ? STR(", in writing") : STR(""));
    text_add(out, approval->with_reason ? STR(", with a reason") : STR(""));
    if (approval->lasts.unit != POLICY_DURATION_NONE) {
        struct str lasts = compile_duration_text(compile, approval->lasts);
        text_addf(out, ", for " STR_FMT, STR_ARG(lasts));
    }
}

static void condition_text(struct compile *compile, struct text *out,
                           const struct policy_condition *condition, bool is_negated,
                           uint32_t depth);

static void joined_text(struct compile *compile, struct text *out,
                        const struct policy_condition *condition, bool is_negated, uint32_t depth)
{
    bool is_and = (condition->kind == POLICY_CONDITION_AND) != is_negated;
    text_add(out, depth == 0 ? STR("") : STR("("));
    for (size_t i = 0; i < condition->child_count; i++) {
        if (i != 0)
            text_add(out, is_and ? STR("; and ") : STR("; or "));
        condition_text(compile, out, condition->children[i], is_negated, depth + 1);
    }
    text_add(out, depth == 0 ? STR("") : STR(")"));
}

static void condition_text(struct compile *compile, struct text *out,
                           const struct policy_condition *condition, bool is_negated,
                           uint32_t depth)
{
    switch (condition->kind) {
    case POLICY_CONDITION_IS:
        is_text(compile, out, condition, is_negated != condition->is_negated);
        break;
    case POLICY_CONDITION_COMPARE:
        compare_text(compile, out, condition, is_negated != condition->is_negated);
        break;
    case POLICY_CONDITION_BARE:
        bare_text(compile, out, condition, is_negated);
        break;
    case POLICY_CONDITION_APPROVED:
        approval_text(compile, out, &condition->approval);
        break;
    case POLICY_CONDITION_NOT:
        condition_text(compile, out, condition->children[0], !is_negated, depth);
        break;
    case POLICY_CONDITION_AND:
    case POLICY_CONDITION_OR:
        joined_text(compile, out, condition, is_negated, depth);
        break;
    case POLICY_CONDITION_KIND_COUNT:
        assert(false && "no condition");
    }
}

struct str compile_condition_text(struct compile *compile, const struct policy_condition *condition,
                                  bool is_negated)
{
    struct text out = {.arena = compile->arena};
    condition_text(compile, &out, condition, is_negated, 0);
    return text_str(&out);
}

static struct str names_text(struct compile *compile, const struct policy_names *names)
{
    struct text out = {.arena = compile->arena};
    for (size_t i = 0; i < names->count; i++) {
        text_add(&out, i == 0 ? STR("") : STR(", "));
        text_add(&out, names->at[i].text);
    }
    return text_str(&out);
}

struct str compile_field_text(struct compile *compile, enum operation_type type,
                              const struct policy_field *field)
{
    switch (type) {
    case OPERATION_TEXT:
        return field->text;
    case OPERATION_NAMES:
    case OPERATION_ROLES:
    case OPERATION_ACTS:
    case OPERATION_KEYS:
    case OPERATION_KEPT:
        return names_text(compile, &field->names);
    case OPERATION_DURATION:
        return compile_duration_text(compile, field->duration);
    case OPERATION_DATE:
        return civil_date_format(compile->arena, (struct civil_date){(int32_t)field->number});
    case OPERATION_NUMBER:
        return str_format(compile->arena, "%lld", (long long)field->number);
    case OPERATION_NUMBER_TEXT:
        return str_format(compile->arena, "%lld " STR_FMT, (long long)field->number,
                          STR_ARG(field->text));
    case OPERATION_CONDITION:
        return compile_condition_text(compile, field->condition, false);
    case OPERATION_FLAG:
    case OPERATION_TYPE_COUNT:
        break;
    }
    return (struct str){0};
}
