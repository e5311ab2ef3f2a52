/*
 * The check of an image's insides, made once when it is opened.
 *
 * Read first: pack/image.h. `fields` says of every field of every record what it must point to;
 * what that table cannot say is checked by hand below it.
 * What must hold: after pack_check() no reader can step outside the image or loop for ever.
 */
#include "pack/check_int.h"

#include "base/civil.h"
#include "base/limits.h"
#include "pack/build.h"

#include <string.h>

enum field_kind {
    FIELD_TEXT,     /* pack_text */
    FIELD_INDEX,    /* uint32_t below the count of `target` */
    FIELD_OPTIONAL, /* the same, or PACK_NONE */
    FIELD_LIST,     /* pack_list of indices below the count of `target` */
    FIELD_SPAN,     /* uint32_t first and, right behind it, count: records of `target` */
    FIELD_BELOW     /* uint32_t below `target`, a plain number */
};

struct field {
    uint16_t section, offset;
    uint16_t kind;
    uint16_t target;
};

#define AT(section, record, member, kind, target)                                                  \
    {                                                                                              \
        PACK_SECTION_##section, offsetof(struct record, member), FIELD_##kind, target              \
    }
#define OF(section) PACK_SECTION_##section

static const struct field fields[] = {
    AT(TOPIC, pack_topic, name, TEXT, 0),
    AT(TOPIC, pack_topic, text, TEXT, 0),
    AT(ROLE, pack_role, name, TEXT, 0),
    AT(ROLE, pack_role, text, TEXT, 0),
    AT(ROLE, pack_role, members, LIST, OF(ROLE)),
    AT(ACT, pack_act, name, TEXT, 0),
    AT(ACT, pack_act, text, TEXT, 0),
    AT(ACT, pack_act, example, TEXT, 0),
    AT(ACT, pack_act, examples, TEXT, 0),
    AT(ACT, pack_act, table, INDEX, OF(TABLE)),
    AT(FACT, pack_fact, name, TEXT, 0),
    AT(FACT, pack_fact, question, TEXT, 0),
    AT(FACT, pack_fact, label, TEXT, 0),
    AT(FACT, pack_fact, help, TEXT, 0),
    AT(FACT, pack_fact, why, TEXT, 0),
    AT(FACT, pack_fact, unit, TEXT, 0),
    AT(FACT, pack_fact, kind, BELOW, PACK_FACT_KIND_COUNT),
    AT(FACT, pack_fact, first_value, SPAN, OF(VALUE)),
    AT(FACT, pack_fact, first_variable, SPAN, OF(VARIABLE)),
    AT(FACT, pack_fact, first_cut, SPAN, OF(NUMBER)),
    AT(FACT, pack_fact, relevant, LIST, OF(ACT)),
    AT(VALUE, pack_value, name, TEXT, 0),
    AT(VALUE, pack_value, text, TEXT, 0),
    AT(VALUE, pack_value, fact, INDEX, OF(FACT)),
    AT(VARIABLE, pack_variable, fact, OPTIONAL, OF(FACT)),
    AT(VARIABLE, pack_variable, approval, OPTIONAL, OF(APPROVAL)),
    AT(VARIABLE, pack_variable, relations, LIST, OF(RELATION)),
    AT(RELATION, pack_relation, kind, BELOW, PACK_RELATION_KIND_COUNT),
    AT(RELATION, pack_relation, first, INDEX, OF(VARIABLE)),
    AT(RELATION, pack_relation, second, INDEX, OF(VARIABLE)),
    AT(CLAUSE, pack_clause, key, TEXT, 0),
    AT(CLAUSE, pack_clause, at, TEXT, 0),
    AT(CLAUSE, pack_clause, title, TEXT, 0),
    AT(CLAUSE, pack_clause, ledger, TEXT, 0),
    AT(CLAUSE, pack_clause, prose, TEXT, 0),
    AT(CLAUSE, pack_clause, topic, OPTIONAL, OF(TOPIC)),
    AT(CLAUSE, pack_clause, first_note, SPAN, OF(NOTE)),
    AT(CLAUSE, pack_clause, first_rule, SPAN, OF(RULE)),
    AT(CLAUSE, pack_clause, first_operation, SPAN, OF(OPERATION)),
    AT(NOTE, pack_note, text, TEXT, 0),
    AT(RULE, pack_rule, clause, INDEX, OF(CLAUSE)),
    AT(RULE, pack_rule, effect, BELOW, PACK_EFFECT_COUNT),
    AT(RULE, pack_rule, strength, BELOW, PACK_STRENGTH_COUNT),
    AT(RULE, pack_rule, head, TEXT, 0),
    AT(RULE, pack_rule, say, TEXT, 0),
    AT(RULE, pack_rule, instead, TEXT, 0),
    AT(RULE, pack_rule, duty, OPTIONAL, OF(DUTY)),
    AT(RULE, pack_rule, acts, LIST, OF(ACT)),
    AT(RULE, pack_rule, roles, LIST, OF(ROLE)),
    AT(RULE, pack_rule, against, LIST, OF(TOPIC)),
    AT(RULE, pack_rule, attacks, LIST, OF(RULE)),
    AT(RULE, pack_rule, attackers, LIST, OF(RULE)),
    AT(RULE, pack_rule, when, OPTIONAL, OF(NODE)),
    AT(RULE, pack_rule, unless, LIST, OF(NODE)),
    AT(RULE, pack_rule, only_if, OPTIONAL, OF(NODE)),
    AT(RULE, pack_rule, first_outcome, SPAN, OF(OUTCOME)),
    AT(OUTCOME, pack_outcome, rule, OPTIONAL, OF(RULE)),
    AT(OUTCOME, pack_outcome, known, OPTIONAL, OF(KNOWN)),
    AT(OUTCOME, pack_outcome, level, BELOW, PACK_LEVEL_COUNT),
    AT(OUTCOME, pack_outcome, approvals, LIST, OF(APPROVAL)),
    AT(APPROVAL, pack_approval, clause, INDEX, OF(CLAUSE)),
    AT(APPROVAL, pack_approval, variable, INDEX, OF(VARIABLE)),
    AT(APPROVAL, pack_approval, roles, LIST, OF(ROLE)),
    AT(APPROVAL, pack_approval, lasts_unit, BELOW, PACK_LASTS_COUNT),
    AT(DUTY, pack_duty, name, TEXT, 0),
    AT(DUTY, pack_duty, text, TEXT, 0),
    AT(DUTY, pack_duty, who, TEXT, 0),
    AT(DUTY, pack_duty, by, TEXT, 0),
    AT(DUTY, pack_duty, evidence, TEXT, 0),
    AT(DUTY, pack_duty, otherwise, TEXT, 0),
    AT(KNOWN, pack_known, first, INDEX, OF(CLAUSE)),
    AT(KNOWN, pack_known, second, INDEX, OF(CLAUSE)),
    AT(KNOWN, pack_known, take, BELOW, PACK_TAKE_COUNT),
    AT(KNOWN, pack_known, outcome, INDEX, OF(OUTCOME)),
    AT(KNOWN, pack_known, roles, LIST, OF(ROLE)),
    AT(KNOWN, pack_known, say, TEXT, 0),
    AT(NODE, pack_node, kind, BELOW, PACK_NODE_KIND_COUNT),
    AT(NODE, pack_node, children, LIST, OF(NODE)),
    AT(NODE, pack_node, text, TEXT, 0),
    AT(TABLE, pack_table, act, INDEX, OF(ACT)),
    AT(TABLE, pack_table, outcomes, LIST, OF(OUTCOME)),
    AT(TABLE, pack_table, variables, LIST, OF(VARIABLE)),
    AT(OPERATION, pack_operation, clause, INDEX, OF(CLAUSE)),
    AT(OPERATION, pack_operation, first_field, SPAN, OF(FIELD)),
    AT(OPERATION, pack_operation, kind, TEXT, 0),
    AT(OPERATION, pack_operation, name, TEXT, 0),
    AT(OPERATION, pack_operation, text, TEXT, 0),
    AT(FIELD, pack_field, name, TEXT, 0),
    AT(FIELD, pack_field, text, TEXT, 0),
    AT(FIELD, pack_field, node, OPTIONAL, OF(NODE)),
};

static uint32_t section_count(const struct pack *pack, uint32_t section)
{
    return pack->header->sections[section].count;
}

static bool span_fits(uint64_t first, uint64_t count, uint64_t limit)
{
    return first <= limit && count <= limit - first;
}

static bool list_fits(const struct pack *pack, struct pack_list list, uint32_t below)
{
    if (!span_fits(list.first, list.count, pack->list_count))
        return false;
    for (uint32_t i = 0; i < list.count; i++)
        if (pack->list[list.first + i] >= below)
            return false;
    return true;
}

static bool text_fits(const struct pack *pack, struct pack_text text)
{
    return span_fits(text.offset, text.length, pack->text_count);
}

static bool field_fits(const struct pack *pack, const struct field *field, const uint8_t *at)
{
    uint32_t pair[2];
    memcpy(&pair[0], at, sizeof pair[0]);
    uint32_t below =
        field->kind == FIELD_BELOW ? field->target : section_count(pack, field->target);
    switch ((enum field_kind)field->kind) {
    case FIELD_TEXT:
        memcpy(pair, at, sizeof pair);
        return text_fits(pack, (struct pack_text){pair[0], pair[1]});
    case FIELD_INDEX:
    case FIELD_BELOW:
        return pair[0] < below;
    case FIELD_OPTIONAL:
        return pair[0] < below || pair[0] == PACK_NONE;
    case FIELD_LIST:
        memcpy(pair, at, sizeof pair);
        return list_fits(pack, (struct pack_list){pair[0], pair[1]}, below);
    case FIELD_SPAN:
        memcpy(pair, at, sizeof pair);
        return span_fits(pair[0], pair[1], below);
    }
    return false;
}

static bool fields_fit(const struct pack *pack)
{
    const uint8_t *bytes = (const uint8_t *)pack->header;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const struct field *field = &fields[i];
        const uint8_t *section = bytes + pack->header->sections[field->section].offset;
        size_t step = pack_record_bytes((enum pack_section)field->section);
        for (uint32_t record = 0; record < section_count(pack, field->section); record++)
            if (!field_fits(pack, field, section + record * step + field->offset))
                return false;
    }
    return text_fits(pack, pack->header->name) && text_fits(pack, pack->header->title) &&
           text_fits(pack, pack->header->source) && text_fits(pack, pack->header->notice) &&
           text_fits(pack, pack->header->prevails);
}

/* The groups of an act are pairs of offset and length of a text. */
static bool groups_fit(const struct pack *pack)
{
    for (uint32_t i = 0; i < pack->act_count; i++) {
        struct pack_list groups = pack->act[i].groups;
        if (!span_fits(groups.first, groups.count, pack->list_count) || groups.count % 2 != 0)
            return false;
        for (uint32_t k = 0; k < groups.count; k += 2)
            if (!span_fits(pack->list[groups.first + k], pack->list[groups.first + k + 1],
                           pack->text_count))
                return false;
    }
    return true;
}

/* Facts of the person concerned are told by their names, as the reader of questions finds them. */
static bool name_fits(const struct pack *pack, const struct pack_fact *fact)
{
    struct str name = pack_text(pack, fact->name);
    bool is_other = str_equal(name, STR("other")) || str_starts(name, STR("other."));
    return is_other == (fact->is_other != 0);
}

/* Cuts of dates are days that the calendar knows. */
static bool cuts_fit(const struct pack *pack, const struct pack_fact *fact)
{
    struct civil_date first = {0}, last = {0};
    if (fact->kind != PACK_FACT_DATE)
        return true;
    if (!civil_date_from_ymd((struct civil_ymd){LIMIT_CIVIL_YEAR_MIN, 1, 1}, &first) ||
        !civil_date_from_ymd((struct civil_ymd){LIMIT_CIVIL_YEAR_MAX, 12, 31}, &last))
        return false;
    for (uint32_t i = 0; i < fact->cut_count; i++) {
        int64_t cut = pack->number[fact->first_cut + i];
        if (cut < first.days || cut > last.days)
            return false;
    }
    return true;
}

/* A fact has the variables that its kind says, and each variable a fitting domain. */
static bool facts_fit(const struct pack *pack)
{
    for (uint32_t i = 0; i < pack->fact_count; i++) {
        const struct pack_fact *fact = &pack->fact[i];
        bool is_set = fact->kind == PACK_FACT_SOME_OF;
        bool is_choice = is_set || fact->kind == PACK_FACT_ONE_OF;
        bool is_number = fact->kind == PACK_FACT_NUMBER || fact->kind == PACK_FACT_DATE;
        if (fact->variable_count != (is_set ? fact->value_count : 1))
            return false;
        uint32_t domain = is_number                        ? fact->cut_count + 2
                          : fact->kind == PACK_FACT_ONE_OF ? fact->value_count + 1
                                                           : 2;
        if (domain > PACK_VALUES_MAX || fact->value_count > PACK_VALUES_MAX ||
            (!is_choice && fact->value_count != 0) || !name_fits(pack, fact) ||
            !cuts_fit(pack, fact))
            return false;
        for (uint32_t v = 0; v < fact->variable_count; v++) {
            const struct pack_variable *variable = &pack->variable[fact->first_variable + v];
            if (variable->fact != i || variable->domain != domain ||
                variable->is_other != fact->is_other || variable->approval != PACK_NONE ||
                variable->value != (is_set ? v : PACK_NONE))
                return false;
        }
        if (fact->preset != PACK_NONE && (is_number || fact->preset >= (is_set ? 1 : domain)))
            return false;
    }
    return true;
}

static bool variables_fit(const struct pack *pack)
{
    for (uint32_t i = 0; i < pack->variable_count; i++) {
        const struct pack_variable *variable = &pack->variable[i];
        bool is_approval = variable->approval != PACK_NONE;
        if (is_approval == (variable->fact != PACK_NONE))
            return false;
        if (is_approval && (variable->domain != PACK_APPROVAL_STATE_COUNT ||
                            pack->approval[variable->approval].variable != i))
            return false;
        if (!is_approval && (i < pack->fact[variable->fact].first_variable ||
                             i - pack->fact[variable->fact].first_variable >=
                                 pack->fact[variable->fact].variable_count))
            return false;
    }
    for (uint32_t i = 0; i < pack->approval_count; i++)
        if (pack->variable[pack->approval[i].variable].approval != i)
            return false;
    return true;
}

/* Relations hold between two values of one some-of fact. */
static bool relations_fit(const struct pack *pack)
{
    for (uint32_t i = 0; i < pack->relation_count; i++) {
        const struct pack_variable *first = &pack->variable[pack->relation[i].first];
        const struct pack_variable *second = &pack->variable[pack->relation[i].second];
        if (first->fact == PACK_NONE || first->fact != second->fact ||
            first->value == PACK_NONE || second->value == PACK_NONE)
            return false;
    }
    return true;
}

/* Attacks run from lower to higher rank, so they cannot run in a circle; children stand first. */
static bool order_fits(const struct pack *pack)
{
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        struct pack_list attackers = pack->rule[i].attackers;
        if (pack->rule[i].rank > UINT16_MAX)
            return false;
        for (uint32_t k = 0; k < attackers.count; k++)
            if (pack->rule[pack->list[attackers.first + k]].rank >= pack->rule[i].rank)
                return false;
    }
    for (uint32_t i = 0; i < pack->node_count; i++) {
        const struct pack_node *node = &pack->node[i];
        if (node->kind == PACK_NODE_ATOM) {
            if (node->variable >= pack->variable_count)
                return false;
        } else if (node->children.count == 0) {
            return false;
        }
        for (uint32_t k = 0; k < node->children.count; k++)
            if (pack->list[node->children.first + k] >= i)
                return false;
    }
    return true;
}

static bool table_fits(const struct pack *pack, const struct pack_table *table)
{
    uint64_t words = 0;
    if (table->word_count != pack_words(table->row_count) ||
        table->row_outcomes.count != table->row_count ||
        !list_fits(pack, table->row_outcomes, table->outcomes.count))
        return false;
    for (uint32_t row = 1; row < table->row_count; row++) { /* rows are sorted by outcome */
        const uint32_t *of_row = pack->list + table->row_outcomes.first + row;
        if (of_row[0] < of_row[-1])
            return false;
    }
    for (uint32_t i = 0; i < table->variables.count; i++)
        words += (uint64_t)table->word_count *
                 pack->variable[pack->list[table->variables.first + i]].domain;
    return span_fits(table->first_mask, words, pack->mask_count);
}

bool pack_check(const struct pack *pack)
{
    if (!fields_fit(pack) || !groups_fit(pack) || !facts_fit(pack) || !variables_fit(pack) ||
        !relations_fit(pack) || !order_fits(pack))
        return false;
    for (uint32_t i = 0; i < pack->table_count; i++)
        if (!table_fits(pack, &pack->table[i]))
            return false;
    for (uint32_t i = 0; i < pack->outcome_count; i++)
        if ((pack->outcome[i].rule == PACK_NONE) == (pack->outcome[i].known == PACK_NONE))
            return false;
    return true;
}
