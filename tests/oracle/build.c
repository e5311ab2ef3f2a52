/*
 * build.c - small hands for putting a struct oracle_pack together.
 *
 * Read first: build.h.
 */
#include "build.h"

#include <assert.h>

void build_pack(struct oracle_pack *pack)
{
    *pack = (struct oracle_pack){
        .topic_count = 1,
        .topics = {"contacts"},
        .act_count = 1,
        .acts = {"post"},
        .role_group = ORACLE_NONE,
        .role_setting = ORACLE_NONE,
    };
}

int build_fact(struct oracle_pack *pack, enum oracle_fact_kind kind, const char *name,
               const char *const *values)
{
    assert(pack->fact_count < ORACLE_FACTS_MAX);
    struct oracle_fact *fact = &pack->facts[pack->fact_count];
    *fact = (struct oracle_fact){.kind = kind, .name = name, .to = 120};
    fact->is_other = name[0] == 'o' && name[1] == 't' && name[2] == 'h' && name[3] == 'e' &&
                     name[4] == 'r' && (name[5] == '\0' || name[5] == '.');
    for (; values && values[fact->value_count]; fact->value_count++) {
        assert(fact->value_count < ORACLE_VALUES_MAX);
        fact->values[fact->value_count] = values[fact->value_count];
    }
    fact->extended_from = fact->value_count;
    return pack->fact_count++;
}

int build_clause(struct oracle_pack *pack, const char *key, int file, int topic)
{
    assert(pack->clause_count < ORACLE_CLAUSES_MAX);
    pack->clauses[pack->clause_count] = (struct oracle_clause){
        .key = key,
        .file = file,
        .topic = topic,
        .states_topic = true,
    };
    return pack->clause_count++;
}

static int add_node(struct oracle_pack *pack, struct oracle_condition node)
{
    assert(pack->node_count < ORACLE_NODES_MAX);
    pack->nodes[pack->node_count] = node;
    return pack->node_count++;
}

int build_is(struct oracle_pack *pack, int fact, uint32_t values)
{
    return add_node(pack, (struct oracle_condition){.kind = ORACLE_CONDITION_IS,
                                                    .fact = fact,
                                                    .values = values,
                                                    .group = ORACLE_NONE});
}

int build_compare(struct oracle_pack *pack, int fact, enum oracle_compare compare, int64_t number)
{
    return add_node(pack, (struct oracle_condition){.kind = ORACLE_CONDITION_COMPARE,
                                                    .fact = fact,
                                                    .compare = compare,
                                                    .number = number});
}

int build_yes(struct oracle_pack *pack, int fact)
{
    return add_node(pack, (struct oracle_condition){.kind = ORACLE_CONDITION_YES, .fact = fact});
}

int build_defined(struct oracle_pack *pack, int definition)
{
    return add_node(pack, (struct oracle_condition){.kind = ORACLE_CONDITION_DEFINED,
                                                    .definition = definition});
}

int build_approved(struct oracle_pack *pack, struct oracle_approval approval)
{
    return add_node(
        pack, (struct oracle_condition){.kind = ORACLE_CONDITION_APPROVED, .approval = approval});
}

static int join(struct oracle_pack *pack, enum oracle_condition_kind kind, int a, int b)
{
    struct oracle_condition node = {.kind = kind, .children = {a, b}};
    node.child_count = b == ORACLE_NONE ? 1 : 2;
    return add_node(pack, node);
}

int build_not(struct oracle_pack *pack, int child)
{
    return join(pack, ORACLE_CONDITION_NOT, child, ORACLE_NONE);
}

int build_and(struct oracle_pack *pack, int a, int b)
{
    return join(pack, ORACLE_CONDITION_AND, a, b);
}

int build_or(struct oracle_pack *pack, int a, int b)
{
    return join(pack, ORACLE_CONDITION_OR, a, b);
}

struct oracle_rule *build_rule(struct oracle_pack *pack, int clause, enum oracle_head head)
{
    assert(pack->rule_count < ORACLE_RULES_MAX);
    struct oracle_rule *rule = &pack->rules[pack->rule_count++];
    *rule = (struct oracle_rule){
        .clause = clause,
        .head = head,
        .acts = ORACLE_ACTS_ANYTHING,
        .duty = ORACLE_NONE,
        .when = ORACLE_NONE,
        .only_if = ORACLE_NONE,
    };
    return rule;
}

void build_question(struct oracle_question *question)
{
    *question = (struct oracle_question){.is_brief = true};
}

void build_give(struct oracle_given *given, int fact, int64_t value)
{
    given[fact] = (struct oracle_given){.state = ORACLE_GIVEN_VALUE, .value = value};
}
